"""The nursery: one process a run, which has the imports of every page and forks a process for each.

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
import queue
import select
import selectors
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, Self

from parkstudy.errors import ParkstudyError
from parkstudy.record.codes import LANGUAGES
from parkstudy.report.environment import adopt, die_with, environment, prepare, temporary
from parkstudy.report.task import Outcome, Task

MAKE = "parkstudy.report.make:make"  # a task and a kernel in waiting (None: start one) to an outcome
_END = 1.0  # seconds in which what was killed must have ended
_TAIL = 2000  # bytes of what a process printed that are told when it died
# what a page or its kernel imports only when it comes to it
_LATE = (
    "encodings.unicode_escape", "encodings.utf_8_sig", "faulthandler", "ipykernel.debugger", "ipywidgets", "jinja2.ext",
    "mistune.plugins.def_list", "mistune.plugins.task_lists", "mistune.plugins.url", "IPython.core.completerlib",
    "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect", "IPython.utils.wildcard", "pdb",
    "polars._utils.udfs", "pygments.styles.default", "seaborn", "tornado.platform.asyncio", "xml.etree.cElementTree",
    "zmq.utils.garbage",
)  # fmt: skip


class NurseryError(ParkstudyError):
    """A nursery that did not start; the message says what it printed."""

    status = 1


class _Process:
    """A process of this module, in a session of its own: the keys of a terminal do not reach it."""

    def __init__(self, make: str, folder: str, number: int, how: str) -> None:
        self.said, self.ready = Path(folder, f"said-{number}"), False
        with self.said.open("wb") as said:
            code = f"from {__name__} import main; main()"
            self.popen = subprocess.Popen(
                [sys.executable, "-P", "-c", code, how, make], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
                env=environment(folder), start_new_session=True,
            )  # fmt: skip

    def tell(self, **what: Any) -> None:
        """Write a line; where it died this moment, whoever listens tells what becomes of its pages."""
        stdin = self.popen.stdin
        with contextlib.suppress(OSError):
            if stdin is not None:
                stdin.write(json.dumps(what).encode() + b"\n")
                stdin.flush()

    def end(self) -> None:
        """Let it end what it started and itself; what is still importing has started nothing."""
        with contextlib.suppress(OSError):
            if self.popen.stdin is not None:
                self.popen.stdin.close()
        if not self.ready:
            self.popen.kill()

    def wait(self) -> None:
        """Wait for its end, not for ever."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.popen.wait(2 * _END)
        self.popen.kill()
        self.popen.wait()


class _Running(NamedTuple):
    process: _Process
    began: float


class Nursery:
    """Makes pages, as many at once as are started; all its processes have ended once it is closed.

    `make` names the function that makes a page; `fork` is false where no process can be forked.
    """

    def __init__(self, make: str = MAKE, *, fork: bool = hasattr(os, "fork")) -> None:
        self._make, self._fork, self._folder = make, fork, temporary()
        self._ended: queue.SimpleQueue[Outcome | NurseryError] = queue.SimpleQueue()
        self._running: dict[str, _Running] = {}
        self._processes: list[_Process] = []
        if fork:
            self._begin("nursery")

    def start(self, task: Task) -> None:
        """Begin to make a page."""
        if not self._fork:
            process = self._begin("page")
        elif (process := self._processes[-1]).popen.poll() is not None:  # killed, as by a machine out of memory
            process = self._begin("nursery")
        self._running[task.stem] = _Running(process, time.monotonic())
        process.tell(start=task._asdict())

    def kill(self, stem: str) -> None:
        """End the processes of a page, if there are any; `ended` tells of it as of every other."""
        if running := self._running.get(stem):
            running.process.tell(kill=stem)

    def ended(self, timeout: float | None = None) -> Outcome:
        """What came of the next page that ends.

        Raises `TimeoutError` if none does within `timeout` seconds, and `NurseryError` if the nursery cannot be.
        """
        try:
            found = self._ended.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError(f"no page ended within {timeout} s") from None
        if isinstance(found, NurseryError):
            raise found
        return found

    def close(self) -> None:
        """End every process, and remove what was temporary."""
        for process in self._processes:
            process.end()
        for process in self._processes:
            process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self, how: str) -> _Process:
        process = _Process(self._make, self._folder, len(self._processes), how)
        self._processes.append(process)
        threading.Thread(target=self._listen, args=[process], daemon=True).start()
        return process

    def _listen(self, process: _Process) -> None:
        """Pass on what a process tells, and that it ended."""
        with process.popen.stdout or open(os.devnull, "rb") as lines:
            for line in lines:
                report = json.loads(line)
                process.ready = True
                if stem := report.get("stem"):
                    self._tell(stem, report["outcome"], report["how"])
        how = _how(process.popen.wait(), process.said)
        if not process.ready:
            self._ended.put(NurseryError(f"the process that makes pages {how}"))
        for stem in [stem for stem, running in self._running.items() if running.process is process]:
            self._tell(stem, None, how)

    def _tell(self, stem: str, outcome: Mapping[str, Any] | None, how: str) -> None:
        seconds = time.monotonic() - self._running.pop(stem).began
        died = Outcome(stem, f"{stem}: its process {how}", seconds)
        self._ended.put(Outcome(**outcome) if outcome else died)


def _how(status: int, said: Path) -> str:
    """How a process ended, and the end of what it printed."""
    ended = f"was ended by {signal.Signals(-status).name}" if status < 0 else f"ended with exit status {status}"
    tail = ""
    with contextlib.suppress(OSError), said.open("rb") as lines:
        lines.seek(max(0, said.stat().st_size - _TAIL))
        tail = lines.read().decode(errors="replace").strip()
    return f"{ended}: {tail}" if tail else ended


class _Page(NamedTuple):
    """A page that is being made: its name, and the files for its outcome and for what its process prints."""

    stem: str
    outcome: Path
    said: Path


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
            task, files = Task(**start), self.folder / f"page-{self.number}"
            page = _Page(task.stem, files.with_suffix(".json"), files.with_suffix(".said"))
            parent = os.getpid()
            if not (pid := os.fork()):
                self.be(page, task, parent)
            self.pages[pid] = page

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
        late = time.monotonic() + _END / 2
        for pid in self.pages:
            _kill(pid)
        while self.pages and time.monotonic() < late:
            time.sleep(0.005)
            self.reap()
        shutil.rmtree(self.folder, ignore_errors=True)


def _report(page: _Page, status: int) -> dict[str, Any]:
    """What came of a page, whose files go."""
    outcome, how = None, _how(status, page.said)
    with contextlib.suppress(OSError, ValueError):
        outcome = json.loads(page.outcome.read_text(encoding="utf-8"))
    for path in (page.outcome, page.said):
        path.unlink(missing_ok=True)
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

    from parkstudy.report.page import exporter
    from parkstudy.show import svg, theme
    from parkstudy.words.speech import speech

    nbformat.validate(nbformat.v4.new_notebook())  # type: ignore[no-untyped-call]
    svg.face("")
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
    nursery = _Forking(make)
    try:
        nursery.run()
    finally:
        nursery.end()
