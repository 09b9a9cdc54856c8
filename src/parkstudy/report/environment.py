"""What the processes that make pages have around them: nothing of the user's that could change a page, and a folder of their own."""

import contextlib
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
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


@contextlib.contextmanager
def at_home() -> Iterator[dict[str, str]]:
    """The variables of a JupyterLab that needs a home: none where there is one, else those of a folder that is gone at the end.

    What a read-only folder has of settings is read all the same.
    """
    from jupyter_core.paths import jupyter_config_dir, jupyter_data_dir, jupyter_runtime_dir

    wanted = {
        "JUPYTER_CONFIG_DIR": jupyter_config_dir(), "JUPYTER_DATA_DIR": jupyter_data_dir(),
        "JUPYTER_RUNTIME_DIR": jupyter_runtime_dir(), "IPYTHONDIR": os.environ.get("IPYTHONDIR") or str(Path.home() / ".ipython"),
    }  # fmt: skip
    if all(map(_writable, wanted.values())):
        yield {}
        return
    scratch.sweep_temporary(places())
    folder = temporary()
    told = "no home that can be written to; settings and trust of this JupyterLab last until it ends"
    print(f"parkstudy: {told}", file=sys.stderr)
    read = [wanted["JUPYTER_CONFIG_DIR"], *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    try:
        yield {name: f"{folder}/{name.lower()}" for name in wanted} | {"JUPYTER_CONFIG_PATH": os.pathsep.join(read)}
    finally:
        scratch.remove(folder)


def _writable(folder: str) -> bool:
    """Whether a folder can be written to, or made."""
    place = Path(folder)
    while not place.exists() and place != place.parent:
        place = place.parent
    return place.is_dir() and os.access(place, os.W_OK | os.X_OK)


def fits(folder: str) -> bool:
    """Whether the address of a socket in a folder is short enough."""
    return len(os.fsencode(folder)) < _SOCKET


def prepare() -> None:
    """Prepare a new process for pages: without what takes long to import and serves none, and with matplotlib as it was shipped.

    A `matplotlibrc` in the folder of the call would come before every other.
    """
    spare()
    with contextlib.chdir(Path(__file__).parent):
        import matplotlib  # noqa: F401


def spare() -> None:
    """Let what takes long to import and serves no notebook count as not installed in this process."""
    for name in _SPARED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


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
