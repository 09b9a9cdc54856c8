"""Who makes pages on other machines: a Dask cluster, whose workers see the folders of notebooks, data and pages under the same paths.

A worker has a nursery of its own and makes one page at a time in it, exactly as on this machine; `dask worker --nthreads 1` fits.
A page whose worker dies is given to another one by the scheduler (`allowed-failures`), and is lost alone if that does not help.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from parkstudy import __version__
from parkstudy.errors import ParkstudyError
from parkstudy.report.nursery import Nursery
from parkstudy.report.task import Outcome, Task

_TURN = threading.Lock()


class ClusterError(ParkstudyError):
    """A cluster that cannot be used."""


@dataclass(frozen=True)
class Cluster:
    """Makes pages on the cluster whose scheduler has an address, such as `tcp://10.0.0.1:8786`."""

    address: str
    patience: float = 20  # seconds for the scheduler to answer

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Give an outcome for each task as it ends. Raises `ClusterError` where there is no such cluster, or one of another version."""
        try:
            from distributed import Client, as_completed
        except ImportError as missing:
            raise ClusterError("--cluster needs distributed; run: pip install 'parkstudy[cluster]'") from missing
        try:
            client = Client(self.address, timeout=self.patience, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise ClusterError(f"--cluster {self.address}: no scheduler answers there: {error}") from error
        with client:
            others = {worker: found for worker, found in client.run(version).items() if found != __version__}
            if others or not client.scheduler_info()["workers"]:
                told = "; ".join(f"{worker} has parkstudy {found}" for worker, found in others.items())
                raise ClusterError(
                    f"--cluster {self.address}: expected workers with parkstudy {__version__}; {told or 'none'}"
                )
            futures = {client.submit(made, task, pure=False): task for task in tasks}
            for future in as_completed(futures, loop=client.loop):  # type: ignore[no-untyped-call]
                lost = future.exception()
                yield Outcome(futures[future].stem, f"{futures[future].stem}: {lost}") if lost else future.result()


def version() -> str:
    """The version of a worker."""
    return __version__


def made(task: Task) -> Outcome:
    """Make a page on a worker."""
    with _TURN:
        nursery = _nursery()
        nursery.start(task)
        return nursery.ended()


@cache
def _nursery() -> Nursery:
    """The nursery of a worker, which ends with it."""
    return Nursery()
