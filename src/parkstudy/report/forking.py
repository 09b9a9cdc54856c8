"""The nursery's process: one a run, which has the imports of every page and forks a process for each.

It only imports: it runs no operation of polars, whose pool of threads does not outlive a fork. Its standard input is its life line:
when that ends, for whatever reason, it ends every process it started and then itself. Lines of JSON go in, `{"start": task}` or
`{"kill": stem}`, and come out: `{"ready": true}`, then `{"stem": ..., "outcome": ..., "how": ...}` for every page that ended.
Where there is no fork, every page has a process of this module for itself, which makes it with an ordinary kernel.
"""

import contextlib
import gc
import importlib
import io
import json
import os
import pkgutil
import select
import selectors
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from parkstudy import scratch
from parkstudy.record.codes import LANGUAGES
from parkstudy.report.environment import adopt, die_with, prepare
from parkstudy.report.task import Outcome, Task

_END = 0.5  # seconds in which what was killed must have ended
_SELDOM = 20_000  # objects after which a page looks for those that only refer to each other: it ends soon
_TAIL = 2000  # bytes of what a process printed that are told when it died
# what a page or its kernel imports only when it comes to it
_LATE = (
    "encodings.unicode_escape", "encodings.utf_8_sig", "faulthandler", "ipykernel.debugger", "ipywidgets", "jinja2.ext",
    "mistune.plugins.def_list", "mistune.plugins.task_lists", "mistune.plugins.url", "IPython.core.completerlib",
    "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect", "IPython.utils.wildcard", "pdb",
    "polars._utils.udfs", "pygments.styles.default", "seaborn", "tornado.platform.asyncio", "xml.etree.cElementTree",
    "zmq.utils.garbage",
)  # fmt: skip


def how_it_ended(status: int, said: Path) -> str:
    """How a process ended, and the end of what it printed."""
    ended = f"was ended by {signal.Signals(-status).name}" if status < 0 else f"ended with exit status {status}"
    tail = ""
    with contextlib.suppress(OSError), said.open("rb") as lines:
        lines.seek(max(0, said.stat().st_size - _TAIL))
        tail = lines.read().decode(errors="replace").strip()
    return f"{ended}: {tail}" if tail else ended


class _Page(NamedTuple):
    """A page that is being made: its name, and the folder for what is temporary of it."""

    stem: str
    folder: Path

    @property
    def outcome(self) -> Path:
        """The file for its outcome."""
        return self.folder / "outcome.json"

    @property
    def said(self) -> Path:
        """The file for what its process prints."""
        return self.folder / "said"


class _Forking:
    """The nursery itself: starts, ends and tells of pages, in one thread."""

    def __init__(self, make: Callable[[Task, Any], Outcome]) -> None:
        self.make, self.pages, self.number = make, dict[int, _Page](), 0
        self.told, self.folder = os.dup(1), Path(os.environ["TMPDIR"])  # its own folder: `environment`
        os.dup2(2, 1)  # what somebody prints is no line of ours
        self.woken, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        adopt()

    def run(self) -> None:
        """Until the life line ends, or somebody ends this process."""
        selector, lines = selectors.DefaultSelector(), b""
        selector.register(0, selectors.EVENT_READ)
        selector.register(self.woken, selectors.EVENT_READ)
        self.tell(ready=True)
        while True:
            for key, _ in selector.select():
                read = os.read(key.fd, 65536)
                if key.fd == self.woken:
                    self.reap()
                    if signal.SIGTERM in read:
                        return
                    continue
                if not read:
                    return
                *whole, lines = (lines + read).split(b"\n")
                for line in whole:
                    self.do(**json.loads(line))

    def do(self, start: Mapping[str, Any] | None = None, kill: str = "") -> None:
        """What a line asks for."""
        for pid in [pid for pid, page in self.pages.items() if page.stem == kill]:
            _kill(pid)
        if start:
            self.number += 1
            task, parent = Task(**start), os.getpid()
            page = _Page(task.stem, self.folder / str(self.number))
            try:
                page.folder.mkdir()
                if not (pid := os.fork()):
                    self.be(page, task, parent)
                self.pages[pid] = page
            except OSError as error:  # a full disk, or no process to be had
                self.tell(stem=task.stem, outcome=None, how=f"did not start: {error}")

    def be(self, page: _Page, task: Task, parent: int) -> NoReturn:
        """Be the process of a page, from its fork to its end."""
        status = 1
        try:
            os.setsid()
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            os.close(self.told)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            said = os.open(page.said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(said, 1)
            os.dup2(said, 2)
            tempfile.tempdir = os.environ["TMPDIR"] = str(page.folder)
            from parkstudy.report.kernel import waiting

            kernel = waiting()
            die_with(parent)
            page.outcome.write_text(json.dumps(self.make(task, kernel)._asdict()), encoding="utf-8")
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)

    def reap(self) -> None:
        """Tell of the pages that ended, and end what they left."""
        with contextlib.suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                pid, status = found
                if page := self.pages.pop(pid, None):
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(pid, signal.SIGKILL)
                    self.tell(stem=page.stem, **_report(page, os.waitstatus_to_exitcode(status)))

    def tell(self, **what: Any) -> None:
        """Write a line to who started this; nobody may be there any more."""
        with contextlib.suppress(OSError):
            os.write(self.told, json.dumps(what).encode() + b"\n")

    def end(self) -> None:
        """End every page, and remove what was temporary."""
        late = time.monotonic() + _END
        for pid in self.pages:
            _kill(pid)
        while self.pages and time.monotonic() < late:
            time.sleep(0.005)
            self.reap()
        shutil.rmtree(self.folder, ignore_errors=True)


def _report(page: _Page, status: int) -> dict[str, Any]:
    """What came of a page, whose folder goes."""
    outcome, how = None, how_it_ended(status, page.said)
    with contextlib.suppress(OSError, ValueError):
        outcome = json.loads(page.outcome.read_text(encoding="utf-8"))
    shutil.rmtree(page.folder, ignore_errors=True)
    return {"outcome": outcome if status == 0 else None, "how": how}


def _kill(pid: int) -> None:
    """End a page process and its group; it may not lead its group yet, and then has started nothing."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            os.kill(pid, signal.SIGKILL)


def _alone(make: Callable[[Task, Any], Outcome]) -> None:
    """Make the one page that standard input asks for; end when it ends, or asks for the end."""
    task = Task(**json.loads(sys.stdin.readline())["start"])

    def life_line() -> None:
        sys.stdin.readline()
        os._exit(1)

    threading.Thread(target=life_line, daemon=True).start()
    with contextlib.redirect_stdout(sys.stderr):
        outcome = make(task, None)
    print(json.dumps({"stem": task.stem, "outcome": outcome._asdict(), "how": ""}), flush=True)


def _warm() -> None:
    """Draw, write and check something, so that the libraries have imported, read and compiled what they need for it."""
    import nbformat
    from matplotlib.figure import Figure

    from parkstudy.report.inputs import read_source
    from parkstudy.report.kernel import versions
    from parkstudy.report.page import exporter
    from parkstudy.show import live, svg, theme
    from parkstudy.words.speech import speech

    versions()
    read_source()
    nbformat.validate(nbformat.v4.new_notebook())  # type: ignore[no-untyped-call]
    live.loader()  # which every kernel shows
    svg.read_font()
    assert exporter().template
    for templates in (speech(lang).templates for lang in LANGUAGES):
        for name in templates.list_templates():
            templates.get_template(name)
    with theme.drawing():
        for save in (svg.drawn, lambda figure: figure.savefig(io.BytesIO(), format="png")):
            figure = Figure(layout="constrained")
            figure.subplots().set_title("a")
            save(figure)


@contextlib.contextmanager
def _watched() -> Iterator[None]:
    """While modules are imported nobody reads the life line: look every moment whether it has ended."""
    line = select.poll()
    line.register(0, 0)  # only that nobody holds its other end is told

    def look(*_: Any) -> None:
        if line.poll(0):
            shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 0.2, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def main() -> None:
    """A process of this module: `nursery` or `page`, and the name of the function that makes a page."""
    with contextlib.suppress(OSError):  # so that nobody sweeps the folder while a page of a killed run ends
        scratch.hold(os.environ["TMPDIR"])
    if sys.argv[1] == "page":
        prepare()
        _alone(pkgutil.resolve_name(sys.argv[2]))
        return
    with _watched():
        prepare()
        make = pkgutil.resolve_name(sys.argv[2])
        importlib.import_module("parkstudy.report.kernel")
        for name in _LATE:
            with contextlib.suppress(ImportError):  # another version of a library, in which it has another name
                importlib.import_module(name)
        _warm()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_SELDOM)
    nursery = _Forking(make)
    try:
        nursery.run()
    finally:
        nursery.end()
