"""Scratch folders, for what is temporary or not whole yet: a process holds its own while it lives, and what a dead one left is swept;
and files that are written whole or not at all.

A folder is held by a lock on it, which the system lets go when the last process that has it ends, however that ends; processes that
are forked have it too. Where there are no such locks, a folder that is named for a process of this machine is held while that runs.
"""

import os
import secrets
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

_PREFIX, _MARK = "park-", ".parkstudy"  # of temporary folders, and the file by which one is known to be ours
_PATIENCE, _MOMENT = 30.0, 0.01  # seconds that a lock is waited for, and between two looks
_BUSY = "in use by another command for {seconds:g} seconds; going on beside it. If it is stuck, end it and run this one again"
_HELD: dict[str, int] = {}  # path to descriptor
_LOCKED: set[str] = set()


def temporary(place: str) -> str:
    """A new temporary folder in a place, held; `remove` takes it away. Raises `OSError`."""
    folder = tempfile.mkdtemp(prefix=_PREFIX, dir=place)
    hold(folder)
    Path(folder, _MARK).touch()  # held before it can be known to be ours, and swept
    return folder


def hold(folder: str | Path) -> None:
    """Hold a folder until this process and all that are forked from it have ended. Raises `OSError` where it is gone."""
    if fcntl is None:
        return
    descriptor = os.open(folder, os.O_RDONLY)
    with suppress(OSError):
        _wait(descriptor, shared=True)
    _HELD[str(folder)] = descriptor
    os.stat(folder)


def remove(folder: str | Path) -> None:
    """Take away a folder that this process made."""
    shutil.rmtree(folder, ignore_errors=True)
    if (descriptor := _HELD.pop(str(folder), None)) is not None:
        os.close(descriptor)


def sweep(folders: Iterable[Path]) -> None:
    """Take away those of the folders that no process holds."""
    for folder in folders:
        with suppress(OSError), _unheld(folder) as dead:
            if dead:
                shutil.rmtree(folder, ignore_errors=True)


def sweep_temporary(places: Iterable[str]) -> None:
    """Take away the temporary folders that dead processes of this user left in some places; none that lacks our mark."""
    for place in dict.fromkeys(places):
        for folder in Path(place).glob(f"{_PREFIX}*"):
            with suppress(OSError):
                if not folder.is_symlink() and folder.lstat().st_uid == _user() and (folder / _MARK).exists():
                    sweep([folder])


def held(folder: Path) -> bool:
    """Whether a living process holds a folder."""
    with suppress(OSError), _unheld(folder) as dead:
        return not dead
    return False


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """A time in which no other process is in here for the same folder; as if alone where there is no folder or no lock.

    Who is in here already may enter again. Where another does not leave in time, standard error says that it is not waited for.
    """
    if str(folder) in _LOCKED:
        yield
        return
    descriptor = -1
    try:
        _LOCKED.add(str(folder))
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                _wait(descriptor, shared=False)
            except BlockingIOError:
                print(f"parkstudy: {folder}: {_BUSY.format(seconds=_PATIENCE)}", file=sys.stderr)
        yield
    finally:
        _LOCKED.discard(str(folder))
        if descriptor >= 0:
            os.close(descriptor)


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; a link stays a link, and a file keeps who may read it."""
    with rewritten(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def rewritten(path: Path) -> Iterator[BinaryIO]:
    """A file to be written piece by piece, which at the end takes the place of what is there, as with `write`."""
    there = path.resolve()
    beside = there.with_name(f".{secrets.token_hex(8)}.new")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if there.exists():
            shutil.copymode(there, beside)
        os.replace(beside, there)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _wait(descriptor: int, *, shared: bool) -> None:
    """Wait for a lock, not for ever. Raises `OSError` where it cannot be had."""
    late = time.monotonic() + _PATIENCE
    while fcntl is not None:
        try:
            return fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > late:
                raise
            time.sleep(_MOMENT)


@contextmanager
def _unheld(folder: Path) -> Iterator[bool]:
    """Whether no process holds a folder, and none can as long as this lasts."""
    if fcntl is None:
        yield _ended(folder)
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            dead = True
        except BlockingIOError:
            dead = False
        except OSError:  # a file system without locks
            dead = _ended(folder)
        yield dead
    finally:
        os.close(descriptor)


def _ended(folder: Path) -> bool:
    """Whether the name of a folder ends in this machine and a process that is no more."""
    machine, _, process = folder.name.rpartition("-")
    if not machine.endswith(f"-{socket.gethostname()}") or not process.isdecimal() or sys.platform == "win32":
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:  # somebody else's
        return False
    return False


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0
