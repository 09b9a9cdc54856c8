"""A folder of data: which files a study reads of it, what in it only looks like one of them, and how a new one begins."""

import csv
import difflib
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from parkstudy.errors import ParkstudyError, counted
from parkstudy.record import about
from parkstudy.record.reading import Fault, not_utf8, read
from parkstudy.record.schema import ACCEPTED, KEPT, TABLES, VERIFIED, columns, may_lack
from parkstudy.record.shipped import DataFolderError, shipped_folder

STATEMENTS = "statements.toml"
BEGUN = ("parks", "sources", "observations")  # the tables that a new folder has
_OWN_ONLY = (about.FILE, f"{ACCEPTED}.csv")  # of a folder of one's own, never the shipped one in its place
_TABLE_FILES = tuple(f"{name}.csv" for name in TABLES if name not in KEPT)
_FILES = (*_TABLE_FILES, about.FILE, STATEMENTS, *(f"{name}.csv" for name in KEPT))
_VERIFIED_FILE = f"{VERIFIED}.csv"

_SPREADSHEET = {"", ".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods", ".numbers"}
_COPY = re.compile(r"(?:[\s_.-]*(?:\(?\d+\)?|copy|副本|复件|拷贝|backup|bak|old|new|final|v\d+))+$")
_ALIKE = 0.8  # how near a name is to that of a file of ours


class NewFolderError(ParkstudyError):
    """A folder that cannot become a new one of data, or a text that cannot be entered into one."""


class Stranger(NamedTuple):
    """A file that is not read although its name is nearly that of one that would be, and the name that would be read."""

    name: str
    expected: str
    table: bool

    @property
    def advice(self) -> str:
        """What to do with it."""
        plain = Path(self.name).suffix.lower() in ("", ".csv", ".txt", ".toml")
        return f"{'name it' if plain else 'save it as CSV (UTF-8) under the name'} {self.expected}"


def files(folder: str | Path | None) -> dict[str, Path]:
    """Name to path of what a study of `folder` reads: its own files, and the shipped tables in the place of those it lacks.

    Without a folder the shipped ones. Raises `DataFolderError` if the folder is missing or holds no table.
    """
    shipped_ones = {name: shipped_folder() / name for name in _FILES}
    if not folder:
        return {name: path for name, path in shipped_ones.items() if path.is_file()}
    top = Path(folder)
    if not top.is_dir():
        raise DataFolderError(f"no folder {str(top)!r}; --data takes a folder with tables such as observations.csv")
    own = {name: top / name for name in _FILES if (top / name).is_file()}
    if not set(own) & set(_TABLE_FILES):
        near = "".join(f"; {one.name!r} is not read: {one.advice}" for one in strangers(top))
        raise DataFolderError(f"{str(top)!r} holds no table; expected one or more of {', '.join(_TABLE_FILES)}{near}")
    found = {name: own.get(name, path) for name, path in shipped_ones.items() if name in own or name not in _OWN_ONLY}
    if found[_VERIFIED_FILE].parent != found["observations.csv"].parent:
        del found[_VERIFIED_FILE]
    return {name: path for name, path in found.items() if path.is_file()}


def told(folder: str | Path | None) -> list[str]:
    """Which files a study of `folder` reads and which of them are the shipped ones, a line; then a line for each stranger."""
    if not folder:
        return ["data: the shipped tables"]
    found = files(folder)
    own = [name for name, path in found.items() if path.parent == Path(folder)]
    line = f"data: {', '.join(own)} of {folder}"
    if rest := [name for name in found if name not in own]:
        line += f"; shipped: {', '.join(rest)}"
    return [line, *(f"{one.name!r} in {folder} is not read; to use it, {one.advice}" for one in strangers(folder))]


def strangers(folder: str | Path) -> list[Stranger]:
    """What lies in a folder and looks like a file of a study but is none, in the order of the names."""
    top = Path(folder)
    same = [top / name for name in _FILES if (top / name).is_file()]
    found = []
    for path in sorted(top.iterdir()):
        if path.name in _FILES or path.name.startswith((".", "~$")) or not path.is_file():
            continue
        if any(path.samefile(one) for one in same):  # where a file system takes Parks.CSV for parks.csv
            continue
        if expected := _meant(path.name):
            found.append(Stranger(path.name, expected, expected.endswith(".csv")))
    return found


def _meant(name: str) -> str | None:
    """The file of a study whose name is nearly this one; None where there is none."""
    stem, kinds = unicodedata.normalize("NFKC", name).casefold(), []
    while kind := re.search(r"\.[a-z]{2,7}$", stem):
        stem = stem[: kind.start()]
        kinds.append(kind[0])
    stem = _COPY.sub("", stem).strip()
    toml = ".toml" in kinds
    if not toml and not set(kinds) <= _SPREADSHEET:
        return None
    known = [Path(file).stem for file in _FILES if (Path(file).suffix == ".toml") == toml]
    if kinds == [".txt"]:  # a text of one's own may be called almost anything
        return f"{stem}.csv" if stem in known else None
    near = difflib.get_close_matches(stem, known, 1, _ALIKE)
    return f"{near[0]}{'.toml' if toml else '.csv'}" if near else None


def misnamed(folder: str | Path | None) -> list[Fault]:
    """A fault for each stranger in the place of a file that the folder lacks: in its stead another would be read, or none."""
    own = [one for one in (strangers(folder) if folder else ()) if not (Path(folder or "") / one.expected).is_file()]
    return [
        Fault(
            one.name, 0, "", f"not read: a {'table' if one.table else 'file'} of a study has another name", one.advice
        )
        for one in own
    ]


# A new folder


class _Entered(NamedTuple):
    """A text as it is entered: its file, and the ids it was given."""

    path: Path
    park_id: str
    source_id: str
    sha256: str


def begin(folder: str | Path, texts: Iterable[str | Path] = ()) -> list[str]:
    """Make a folder of data with the headers of its tables and rows for each text; gives what was done, a line each.

    A text is a park and a source of its own, but texts whose names differ only by a year are of one park. Nothing is written where
    `NewFolderError` is raised: for a folder that has files of a study already, and for a text that is none.
    """
    top = Path(folder)
    if top.exists() and not top.is_dir():
        raise NewFolderError(f"{top} is a file; name a new or an empty folder")
    if there := [name for name in _FILES if (top / name).exists()]:
        raise NewFolderError(
            f"{top} has {', '.join(there)} already; nothing was changed: name a new or an empty folder"
        )
    entered = list(_entered([Path(text) for text in texts]))
    parks = [{"park_id": park, "role": "core"} for park in dict.fromkeys(one.park_id for one in entered)]
    sources = [
        {"source_id": one.source_id, "park_id": one.park_id, "kind": "work_summary", "sha256": one.sha256}
        for one in entered
    ]
    rows = dict(zip(BEGUN, (parks, sources, []), strict=True))
    top.mkdir(parents=True, exist_ok=True)
    contents = {**{f"{name}.csv": _table(name, rows[name]) for name in BEGUN}, about.FILE: about.unsaid()}
    for name, text in contents.items():
        with (top / name).open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    return [
        *(f"{one.path.name}: park {one.park_id}, text {one.source_id}, core, a work summary" for one in entered),
        f"{top}: {', '.join(contents)}; {counted(len(parks), 'park')}, {counted(len(sources), 'text')}",
        f"next: fill in what `parkstudy check --data {top}` lists (a warning that is right as it stands is acknowledged in "
        f"{ACCEPTED}.csv), and record the figures of each text in observations.csv "
        f"by the manual in {shipped_folder() / 'README.md'}; then `parkstudy report --data {top}`",
    ]


def _table(name: str, rows: list[dict[str, str]]) -> str:
    """A table as CSV text, without the columns that it may lack."""
    header = [column for column in columns(name) if column not in may_lack(name)]
    file = io.StringIO()
    writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def _entered(texts: list[Path]) -> Iterator[_Entered]:
    taken = {key for name in ("parks", "sources") for key in _shipped_keys(name)}  # those have names and places already
    by_name: dict[str, str] = {}
    seen: dict[str, Path] = {}
    for path in texts:
        sha256 = hashlib.sha256(_read(path)).hexdigest()
        if sha256 in seen:
            raise NewFolderError(f"{path} is the same text as {seen[sha256]}; give it once")
        seen[sha256] = path
        stem = unicodedata.normalize("NFKC", path.stem).lower()
        year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", stem)
        name = _slug(stem.replace(year[0], " ", 1) if year else stem)
        park = by_name.get(name, "") if year else ""
        source = f"{park}-{year[0]}" if park and year else ""
        if not source or source in taken:
            park = _free(name or "park", taken)
            source = _free(f"{park}-{year[0]}", taken) if year else park
            if name and year:
                by_name[name] = park
        taken |= {park, source}
        yield _Entered(path, park, source, sha256)


def _shipped_keys(table: str) -> list[str]:
    return read(table, shipped_folder() / f"{table}.csv").frame[:, 1].to_list()


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text)[:40].strip("-")


def _free(name: str, taken: set[str]) -> str:
    """The name, or the first of its numbered ones that nobody has."""
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _read(path: Path) -> bytes:
    """The bytes of a text. Raises `NewFolderError` if it is none in UTF-8."""
    if not path.is_file():
        raise NewFolderError(f"no text {str(path)!r}; expected a file of plain text (UTF-8)")
    if path.suffix != ".txt":
        raise NewFolderError(
            f"{path}: the name does not end in .txt; save the text as plain text (UTF-8) under such a name"
        )
    raw = path.read_bytes()
    if wrong := not_utf8(raw):
        raise NewFolderError(f"{path}:{wrong[0]}: {wrong[1]}; save the text as UTF-8")
    if not raw.strip():
        raise NewFolderError(f"{path}: the text is empty; leave it out")
    return raw
