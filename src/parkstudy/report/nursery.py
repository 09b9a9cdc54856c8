"""Who makes pages on this machine: the nursery, seen from outside, which starts pages, ends them, and tells what came of each.

Its own process is `forking.py`.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

from parkstudy import scratch
from parkstudy.errors import ParkstudyError
from parkstudy.report.environment import environment, places, temporary
from parkstudy.report.forking import how_it_ended
from parkstudy.report.task import Outcome, Task

MAKE = "parkstudy.report.make:make"  # a task and a kernel in waiting (None: start one) to an outcome
_ROOM = 24  # bytes of the folders of a page and of its kernel
_END = 1.0  # seconds in which what was killed must have ended


class NurseryError(ParkstudyError):
    """A nursery that did not start; the message says what it printed."""

    status = 1


class _Process:
    """A process of `forking`, in a session of its own: the keys of a terminal do not reach it."""

    def __init__(self, make: str, folder: str, number: int, how: str) -> None:
        self.said, self.ready = Path(folder, f"said-{number}"), False
        with self.said.open("wb") as said:
            code = "from parkstudy.report.forking import main; main()"
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
        scratch.sweep_temporary(places())
        self._make, self._fork, self._folder = make, fork, temporary(_ROOM)
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
        scratch.remove(self._folder)

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
        how = how_it_ended(process.popen.wait(), process.said)
        if not process.ready:
            self._ended.put(NurseryError(f"the process that makes pages {how}"))
        for stem in [stem for stem, running in self._running.items() if running.process is process]:
            self._tell(stem, None, how)

    def _tell(self, stem: str, outcome: Mapping[str, Any] | None, how: str) -> None:
        seconds = time.monotonic() - self._running.pop(stem).began
        died = Outcome(stem, f"{stem}: its process {how}", seconds)
        self._ended.put(Outcome(**outcome) if outcome else died)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Local:
    """Makes pages on this machine, `jobs` at a time: the number of cores for 0."""

    jobs: int = 0

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Give an outcome for each task as it ends; every process has ended when this does, however it ends."""
        waiting, running = deque(tasks), 0
        with Nursery() as nursery:
            while waiting or running:
                while waiting and running < (self.jobs or cores()):
                    nursery.start(waiting.popleft())
                    running += 1
                yield nursery.ended()
                running -= 1
