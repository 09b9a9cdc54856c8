"""The pages, built once in a session by the command itself: the standard build, one park, awkward parks, twice the same.

Tests ask for them by the fixture `reports` of conftest.py: `reports["shipped"]`.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import one_nursery
import pytest
from exhibit_parts import study_of
from notebook_cells import NAMES, read

from parkstudy.report.parameters import declared
from parkstudy.report.run import page_stem

AWKWARD = Path(__file__).resolve().parent / "data" / "awkward"
STRANGE = (
    "\"O\" 'n' $x_1$ \\a {0} {{ 7*7 }} {% raw %} %s & < script>alert(2)< /script> "
    '" onload="alert(3) @contents@ @face@ 名 🏭 \u05d0'
)  # what a check of the tables refuses is shown in tests/test_nasty.py
WAIT = 900  # seconds for a report that another worker builds
LONG = "x" * 300  # without a place to break
LANGUAGES = ("en", "zh")
PARKS = study_of().park_ids()
SOME = ["30-tax-quality", "60-park-profile", "90-explorer"]
CHOOSING = [name for name in NAMES if {"park", "parks"} & set(declared(read(name)))]


def stem(name: str, lang: str = "en", **changed: str) -> str:
    """The name of a page, without its ending."""
    return page_stem(name, lang, changed)


def profiles(lang: str) -> list[str]:
    """The profiles of the core parks; the first one's is the notebook's default."""
    rest = PARKS[1:]
    return [stem("60-park-profile", lang), *(stem("60-park-profile", lang, park=park) for park in rest)]


STANDARD = sorted(
    page
    for lang in LANGUAGES
    for page in [*(stem(name, lang) for name in NAMES if name != "60-park-profile"), *profiles(lang)]
)
ONE_OF_EACH = [stem(name, LANGUAGES[place % 2]) for place, name in enumerate(NAMES)]  # a page of each kind


def thorough(cases: Iterable[Any]) -> list[Any]:
    """Cases that only `make test-all` looks at, because the others show the same."""
    return [pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.thorough) for case in cases]


@dataclass(frozen=True)
class Built:
    """One folder made by `parkstudy report`: its exit status (the worst of several calls), output and errors."""

    folder: Path
    status: int
    output: str
    errors: str

    @property
    def pages(self) -> list[Path]:
        """The pages, without the indexes."""
        return sorted(path for path in self.folder.glob("*.html") if not path.name.startswith(("index.", "glossary.")))

    @property
    def everything(self) -> list[Path]:
        """The pages and the indexes."""
        return sorted(self.folder.glob("*.html"))

    def page(self, name: str) -> Path:
        """The page of that name."""
        return self.folder / f"{name}.html"


class Reports:
    """Report by kind (shipped, awkward, some, some again, one park): each is built when a worker first asks for it, once."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        base = factory.getbasetemp()
        self.top = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "built"
        self.top.mkdir(exist_ok=True)
        self._found: dict[str, Built] = {}

    def __getitem__(self, kind: str) -> Built:
        if kind not in self._found:
            folder = self.top / kind.replace(" ", "-")
            self._found[kind] = Built(folder, **_once(folder, lambda: _run(folder, _calls(kind, self.top))))
        return self._found[kind]


def _once(folder: Path, build: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `build` gives: to the first who asks by building, to everybody after by waiting for what it left."""
    said, claimed, part = (folder.with_suffix(ending) for ending in (".json", ".claimed", ".part"))
    for _ in range(5 * WAIT):
        if said.is_file():
            break
        try:
            claimed.mkdir()
        except FileExistsError:
            time.sleep(0.2)
            continue
        try:
            part.write_text(json.dumps(build()), encoding="utf-8")
            part.replace(said)
        except BaseException:
            claimed.rmdir()  # whoever waits fails in the same way, instead of waiting on
            raise
    found: dict[str, Any] = json.loads(said.read_text(encoding="utf-8"))
    return found


def _calls(kind: str, top: Path) -> list[list[str]]:
    """The arguments of each call of `parkstudy report` that makes a report of that kind."""
    if kind == "awkward":
        own = ["--data", str(_awkward(top / "data"))]
        return [
            [*own, "-p", "park", "awkward", "--lang", "en"],
            ["10-coverage", "60-park-profile", *own, "-p", "park", "awkward", "--lang", "zh"],
            ["20-growth", *own, "-p", "parks", "single-row"],
        ]
    if kind == "one park":
        return [[*CHOOSING, "-p", "parks", "hengshan", "-p", "park", "hengshan"]]
    return [[]] if kind == "shipped" else [[*SOME, "--lang", "all"]]


def _run(folder: Path, calls: list[list[str]]) -> dict[str, Any]:
    every = [["report", "--out", str(folder), *call] for call in calls]
    several = [os.fspath(Path(one_nursery.__file__)), json.dumps(every)]
    command = [sys.executable, *(several if every[1:] else ["-m", "parkstudy", *every[0]])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return {"status": done.returncode, "output": done.stdout, "errors": done.stderr}


def _awkward(folder: Path) -> Path:
    """The awkward parks, with strange words wherever the tables let a text through."""
    shutil.copytree(AWKWARD, folder, dirs_exist_ok=True)
    _edit(folder / "parks.csv", "awkward", county_en=STRANGE, name_en=STRANGE, name_zh=STRANGE, note=STRANGE)
    _edit(folder / "parks.csv", "no-tax", county_en=LONG, name_en=LONG, name_zh=LONG)
    _edit(folder / "sources.csv", "awkward-2021", title=STRANGE, publisher=STRANGE, note=STRANGE)
    _edit(folder / "sources.csv", "awkward-2021b", title="A page")
    _edit(folder / "sources.csv", "no-tax-2021", title=LONG)
    _edit(folder / "observations.csv", "awkward-2021-001", reported_term=STRANGE, note=STRANGE)
    _edit(folder / "observations.csv", "awkward-2021-002", reported_term=LONG, note=LONG)
    return folder


def _edit(path: Path, key: str, **cells: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for row in rows:
        if row[0] == key:
            for column, cell in cells.items():
                row[header.index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
