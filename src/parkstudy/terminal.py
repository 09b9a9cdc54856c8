"""The terminal of a command: what is said comes in the signs that it has, no work depends on a listener, and a stop is in order."""

import codecs
import errno
import io
import os
import re
import signal
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

_STREAMS = ("stdout", "stderr")
# how Python says what a terminal has no sign for, if nobody asks otherwise
_OWN = ("strict", "surrogateescape", "backslashreplace")
_ERRORS = "parkstudy"
_LIKE = {"−": "-", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "×": "x", "·": ".", "≤": "<=", "≥": ">="}
_END = 15  # seconds that a program has to end by itself
_STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SIGNALS = ("SIGTERM", "SIGHUP")  # that stop a command as Ctrl-C does


class Stopped(KeyboardInterrupt):
    """A signal that asks for the end; `number` is its number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class _Raw(io.RawIOBase):
    """A file descriptor: who has stopped reading is told nothing more, and `error` is why nothing can be written."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor, self.error = descriptor, OSError(0, "")

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return os.isatty(self._descriptor)

    def write(self, data: Any, /) -> int:
        if not self.error.errno:
            try:
                return os.write(self._descriptor, data)
            except OSError as error:
                self.error = error
        return len(data)


class _Text(io.TextIOWrapper):
    """Text in which nothing from a file or an argument can steer the terminal: neither its colours nor its direction."""

    def write(self, text: str, /) -> int:
        return super().write(_STEERING.sub(lambda sign: repr(sign[0])[1:-1], text))


@contextmanager
def speaking() -> Iterator[list[OSError]]:
    """Standard output and error that take any text and never raise; gives what could not be written for another reason than that
    its reader has gone, once it is over.
    """
    codecs.register_error(_ERRORS, _spelled)
    before, raws, failed = {name: getattr(sys, name) for name in _STREAMS}, list[_Raw](), list[OSError]()
    for name, stream in before.items():
        if stream is None:  # closed before this began
            setattr(sys, name, io.StringIO())
            continue
        with suppress(OSError):  # no file, as where a test listens
            raws.append(_Raw(stream.fileno()))
            stream.flush()
            errors = _ERRORS if stream.errors in _OWN else stream.errors
            lines = name == "stderr" or stream.line_buffering or stream.write_through or raws[-1].isatty()
            told = _Text(io.BufferedWriter(raws[-1]), stream.encoding, errors, line_buffering=lines)
            setattr(sys, name, told)
    try:
        yield failed
    finally:
        for name, stream in before.items():
            if getattr(sys, name) is not stream:
                getattr(sys, name).flush()
                setattr(sys, name, stream)
        failed += [raw.error for raw in raws if raw.error.errno not in (0, errno.EPIPE)]


def _spelled(error: UnicodeError) -> tuple[str | bytes, int]:
    """What stands for signs that an encoding lacks: the nearest that it has, else their numbers."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_like(sign) for sign in signs), error.end


def _like(sign: str) -> str:
    like = _LIKE.get(sign) or unicodedata.normalize("NFKD", sign)
    return like if like.isascii() else sign.encode("ascii", "backslashreplace").decode()


@contextmanager
def stoppable() -> Iterator[None]:
    """A time in which SIGTERM, and the end of a terminal unless it is to be outlived, stop as Ctrl-C does, by `Stopped`."""
    numbers = [number for name in _SIGNALS if (number := getattr(signal, name, None)) is not None]
    own = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    own = own if threading.current_thread() is threading.main_thread() else []
    for number in own:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in own:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, _: Any) -> None:
    raise Stopped(number)


def serve(
    command: Sequence[str],
    variables: Mapping[str, str],
    begun: Callable[["subprocess.Popen[bytes]"], None] | None = None,
) -> int:
    """Run another program with some more variables until it ends; gives its exit status. `begun` is called once it runs.

    Ctrl-C at a terminal is its own to answer. Whatever else stops this process ends it too.
    """
    before = signal.getsignal(signal.SIGINT)
    asked = sys.stdin is not None and sys.stdin.isatty() and threading.current_thread() is threading.main_thread()
    with subprocess.Popen(command, env={**os.environ, **variables}) as program:
        try:
            if begun:
                begun(program)
            if asked:
                signal.signal(signal.SIGINT, lambda *_: None)
            return program.wait()
        except BaseException:
            program.terminate()
            with suppress(subprocess.TimeoutExpired):
                program.wait(_END)
            program.kill()
            raise
        finally:
            if asked:
                signal.signal(signal.SIGINT, before)
