"""Fixtures of the whole test suite."""

from __future__ import annotations

import csv
import gc
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from unlooked import unwarned

from parkstudy.record.schema import ACCEPTED, TABLES
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.tables import Tables, load
from parkstudy.report.environment import spare

if TYPE_CHECKING:
    from parkstudy import Study

ROOT = Path(__file__).resolve().parents[1]
AWKWARD = Path(__file__).resolve().parent / "data" / "awkward"

gc.set_threshold(100_000, 20, 100)  # thousands of small studies: looking for cycles took a twentieth of the time
settings.register_profile("same on every run", derandomize=True, deadline=None, database=None)
settings.load_profile("same on every run")
spare()
STARTED = {"ipykernel_launcher", "papermill", "nbconvert", "jupyterlab", "build"}  # modules that take long
FAST: list[str] = []  # the test that runs, where it is not marked `slow`


if "PYTEST_XDIST_WORKER" not in os.environ:  # workers have it from the process that starts them
    os.environ["JUPYTER_DATA_DIR"] = tempfile.mkdtemp(
        prefix="parkstudy-jupyter-"
    )  # signatures of tests are nobody's trust


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what is thorough or asks for pages or a browser as slow; then put the tests in the order in which two workers share them.

    Each begins with one half. At the head of one stand the tests of pages, at that of the other all else that is slow: what a
    worker steals at the end are fast ones, so that no fixture of a slow module is made by both.
    """
    for item in items:
        asks = {"reports", "browser"} & set(getattr(item, "fixturenames", ()))
        if asks or item.get_closest_marker("thorough"):
            item.add_marker("slow")
    yield
    of_pages = {item.path for item in items if "reports" in getattr(item, "fixturenames", ())}
    slow = [item for item in items if item.get_closest_marker("slow")]
    pages, others = ([item for item in slow if (item.path in of_pages) is one] for one in (True, False))
    fast = [item for item in items if not item.get_closest_marker("slow")]
    rest = max(0, len(items) // 2 - len(pages))
    items[:] = pages + fast[:rest] + others + fast[rest:]


@pytest.fixture(scope="session", autouse=True)
def _slow_or_fast() -> Iterator[None]:
    """A test that draws or starts a kernel or a build, and is not marked `slow`, fails: `make check` has no time for it."""
    from matplotlib.figure import Figure

    draw, start = Figure.savefig, subprocess.Popen.__init__

    def draws(self: Any, *rest: Any, **named: Any) -> None:
        if not FAST:
            return draw(self, *rest, **named)
        return pytest.fail("this test draws: mark it slow")

    def starts(self: Any, args: Any, *rest: Any, **named: Any) -> None:
        if FAST and STARTED & set(map(str, args)):
            pytest.fail(f"this test starts {args}: mark it slow")
        start(self, args, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", draws)
        patch.setattr(subprocess.Popen, "__init__", starts)
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Whether the test that comes now is a fast one; asked before its fixtures are made."""
    FAST.clear()
    FAST.extend([] if item.get_closest_marker("slow") else [item.name])


@cache
def _shipped_files() -> dict[str, bytes]:
    """The files of the shipped data, read once; they need no accepted warnings."""
    names = [*(f"{name}.csv" for name in TABLES if name != ACCEPTED), "study.toml"]
    return {name: (shipped_folder() / name).read_bytes() for name in names}


class DataCopy:
    """The shipped tables in a folder of their own, to be edited cell by cell."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, raw in _shipped_files().items():
            (folder / name).write_bytes(raw)

    def path(self, table: str) -> Path:
        return self.folder / f"{table}.csv"

    def edit(self, table: str, key: str, **cells: str) -> None:
        """Write `cells` into the row of `table` whose first cell is `key`."""
        with self.path(table).open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        (row,) = (row for row in rows if row[0] == key)
        for column, cell in cells.items():
            row[header.index(column)] = cell
        with self.path(table).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])

    def faults(self) -> list[str]:
        """The text of every fault; warnings, which cost half of the time, are looked for only where some are acknowledged."""
        with nullcontext() if self.path(ACCEPTED).exists() else unwarned():
            return [str(fault) for fault in load(self.folder, Tables).faults]


@pytest.fixture(scope="session")
def study() -> Study:
    """The study of the shipped dataset."""
    from exhibit_parts import study_of

    return study_of()


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Kind to report, each built when it is first asked for and shared by the workers (`built_pages.Reports`)."""
    from built_pages import Reports

    return Reports(tmp_path_factory)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser for the tests of a module: while it runs, nothing else in this process can run a loop of events."""
    from browsing import running

    with running() as found:
        yield found


@pytest.fixture
def copy_of_data(tmp_path: Path) -> DataCopy:
    """A folder with the shipped tables, and `edit` to change a cell."""
    folder = tmp_path / "data"
    folder.mkdir()
    return DataCopy(folder)


@pytest.fixture(scope="session")
def awkward() -> Path:
    """The folder of the invented parks, which has every awkward case; its texts are in it."""
    return AWKWARD


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five texts, which are not published with the dataset; skips where it is absent."""
    folder = ROOT.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the five texts are not at hand (../shared/seeds)")
    return folder
