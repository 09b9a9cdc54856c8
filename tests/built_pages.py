"""The pages, built once in a session by the command itself: the standard build, one park, awkward parks, twice the same."""

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

import parkstudy
from parkstudy.report.run import page_stem
from parkstudy.report.parameters import declared

AWKWARD = Path(__file__).resolve().parent / "data" / "awkward"
STRANGE = (
    "\"O\" 'n' $x_1$ \\a {0} {{ 7*7 }} {% raw %} %s & &lt;script&gt;alert(1)&lt;/script&gt; < script>alert(2)< /script> "
    '" onload="alert(3) @contents@ @face@ 名 🏭 a\u202edcb\u202c \u200f\u05d0'
)
SHOWN = STRANGE.replace("\u202e", "").replace("\u202c", "").replace("\u200f", "")
LONG = "x" * 300  # without a place to break
LANGUAGES = ("en", "zh")
PARKS = parkstudy.load().park_ids()
KINDS = ("shipped", "one park", "awkward", "some", "some again")
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
LONE = {"parks": "single-row"}  # a park with so few figures that exhibits have no rows


@dataclass(frozen=True)
class Built:
    """One folder made by `parkstudy report`: its exit status, output and errors, those of the first call first."""

    folder: Path
    status: tuple[int, ...]
    output: str
    errors: str

    @property
    def pages(self) -> list[Path]:
        """The pages, without the indexes."""
        return sorted(path for path in self.folder.glob("*.html") if not path.name.startswith("index."))

    @property
    def everything(self) -> list[Path]:
        """The pages and the indexes."""
        return sorted(self.folder.glob("*.html"))

    def page(self, name: str) -> Path:
        """The page of that name."""
        return self.folder / f"{name}.html"


def built(factory: pytest.TempPathFactory) -> dict[str, Built]:
    """Every kind of report, for a fixture of a test module; the modules share them."""
    return _built(factory.getbasetemp() / "built")


@functools.cache
def _built(top: Path) -> dict[str, Built]:
    top.mkdir()
    own = ["--data", str(_awkward(top / "data"))]
    wanted: dict[str, list[list[str]]] = {
        "shipped": [[]],
        "one park": [[*CHOOSING, "-p", "parks", "hengshan", "-p", "park", "hengshan"]],
        "awkward": [
            [*own, "-p", "park", "awkward", "--lang", "en"],
            ["10-coverage", "60-park-profile", *own, "-p", "park", "awkward", "--lang", "zh"],
            ["20-growth", *own, "-p", "parks", "single-row", "--lang", "all"],
        ],
        "some": [[*SOME, "--lang", "all"]],
        "some again": [[*SOME, "--lang", "all"]],
    }
    with ThreadPoolExecutor(2) as pool:  # two at a time
        runs = pool.map(lambda kind: _run(top / kind.replace(" ", "-"), wanted[kind]), KINDS)
        return dict(zip(KINDS, runs, strict=True))


def _run(folder: Path, calls: list[list[str]]) -> Built:
    command = [sys.executable, "-m", "parkstudy", "report", "--out", str(folder)]
    done = [subprocess.run([*command, *call], capture_output=True, text=True, check=False) for call in calls]
    output, errors = ("".join(getattr(one, name) for one in done) for name in ("stdout", "stderr"))
    return Built(folder, tuple(one.returncode for one in done), output, errors)


def _awkward(folder: Path) -> Path:
    """The awkward parks, with strange words wherever the tables let a text through."""
    shutil.copytree(AWKWARD, folder)
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
