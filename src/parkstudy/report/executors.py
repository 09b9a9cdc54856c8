"""Who makes pages on this machine: as many page processes side by side as it has cores, all forked from one nursery."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parkstudy.report.nursery import Nursery
from parkstudy.report.task import Outcome, Task


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
