"""What the processes that make pages have around them: nothing of the user's that could change a page, and a folder of their own."""

import contextlib
import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

from parkstudy import scratch
from parkstudy.record import shared

_DEATH, _REAPER = 1, 36  # PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER
_SOCKET = 96  # bytes of a folder in which the address of a socket fits: systems take 104 and more
_NAME = 14  # bytes of `/park-` and what makes it unique
# the beginnings of variables that would change a page, and what is set in their place
_FOREIGN = (
    "COLUMNS", "IPYTHON", "JPY_", "JUPYTER", "LANG", "LC_", "LINES", "MATPLOTLIBRC", "MPLBACKEND", "POLARS_",
    "PYTEST_CURRENT_TEST", "PYTHONINSPECT", "PYTHONSTARTUP", "PYTHONWARNINGS", "SOURCE_DATE_EPOCH", "TZ",
)  # fmt: skip
_OURS = {
    "LC_ALL": "C", "MATPLOTLIBRC": os.devnull, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1", "TZ": "UTC",
    "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",  # macOS ends what was forked from a process with frameworks
}  # fmt: skip
_SPARED = ("debugpy", "rfc3987_syntax")  # a debugger, and a grammar of addresses: 0.1 and 1.3 s
_FOLDERS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "TMPDIR", "TEMP", "TMP")


def environment(folder: str) -> dict[str, str]:
    """The variables of a process that makes pages; what is temporary goes to `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return {**kept, **_OURS, **dict.fromkeys(_FOLDERS, folder), shared.FOLDER: folder, "JUPYTER_NO_CONFIG": "1"}


def temporary(room: int = 0) -> str:
    """A new folder for temporary files, held by this process, which `scratch.remove` takes away.

    Where this machine has a place for it that is short enough, folders of `room` bytes in it can hold sockets.
    """
    for place in places():
        if len(os.fsencode(place)) + _NAME + room < _SOCKET:
            with contextlib.suppress(OSError):
                return scratch.temporary(place)
    return scratch.temporary(tempfile.gettempdir())


def places() -> list[str]:
    """Where temporary folders are made, the best place first."""
    known = (tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR"), "/tmp", "/dev/shm")
    return [place for place in known if place]


def fits(folder: str) -> bool:
    """Whether the address of a socket in a folder is short enough."""
    return len(os.fsencode(folder)) < _SOCKET


def prepare() -> None:
    """Prepare a new process for pages: without what takes long to import and serves none, and with matplotlib as it was shipped.

    A `matplotlibrc` in the folder of the call would come before every other.
    """
    for name in _SPARED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # so that it counts as not installed
    with contextlib.chdir(Path(__file__).parent):
        import matplotlib  # noqa: F401


def die_with(parent: int) -> None:
    """End this process when its parent ends, whatever it is doing then; only after its last fork, as it may start a thread."""
    if sys.platform == "linux":
        _prctl(_DEATH, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=[parent], daemon=True).start()
    if os.getppid() != parent:  # it ended before this was asked for
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def adopt() -> None:
    """On Linux: become the parent of what the children of this process leave behind, so that it can be waited for."""
    if sys.platform == "linux":
        _prctl(_REAPER, 1)


def _prctl(option: int, value: int) -> None:
    import ctypes

    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
