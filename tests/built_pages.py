"""The pages, built once in a session by the command itself: of the shipped data, of one park, of the awkward parks."""

from __future__ import annotations

import csv
import functools
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from notebook_cells import NAMES, read

from parkstudy.parameters import declared

AWKWARD = Path(__file__).resolve().parent / "data" / "awkward"
STRANGE = "\"O\" 'n' $x_1$ \\a {0} %s & 名"
KINDS = ("shipped", "one park", "awkward")


@dataclass(frozen=True)
class Built:
    """One run of `parkstudy report`: its notebooks, folder, exit status, output and errors."""

    names: list[str]
    folder: Path
    status: int
    output: str
    errors: str

    @property
    def pages(self) -> list[Path]:
        """The pages, without the index."""
        return sorted(path for path in self.folder.glob("*.html") if path.name != "index.html")


def built(factory: pytest.TempPathFactory) -> dict[str, Built]:
    """Every kind of report, for a fixture of a test module; the modules share them."""
    return _built(factory.getbasetemp() / "built")


@functools.cache
def _built(top: Path) -> dict[str, Built]:
    top.mkdir()
    choosing = [name for name in NAMES if {"park", "parks"} & set(declared(read(name)))]
    wanted = {
        "shipped": (NAMES, []),
        "one park": (choosing, [*choosing, "-p", "parks", "hengshan", "-p", "park", "hengshan"]),
        "awkward": (NAMES, ["--data", str(_awkward(top / "data")), "-p", "park", "awkward"]),
    }
    with ThreadPoolExecutor(2) as pool:  # two at a time
        runs = pool.map(lambda kind: _run(top / kind.replace(" ", "-"), *wanted[kind]), KINDS)
        return dict(zip(KINDS, runs, strict=True))


def _run(folder: Path, names: list[str], arguments: list[str]) -> Built:
    command = [sys.executable, "-m", "parkstudy", "report", "--out", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return Built(names, folder, done.returncode, done.stdout, done.stderr)


def _awkward(folder: Path) -> Path:
    """The awkward parks, one of them in a county with a strange name."""
    shutil.copytree(AWKWARD, folder)
    _edit(folder / "parks.csv", "awkward", "county_en", STRANGE)
    _edit(folder / "sources.csv", "awkward-2021b", "title", "A page")
    return folder


def _edit(path: Path, key: str, column: str, cell: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for row in rows:
        if row[0] == key:
            row[header.index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
