"""A folder of data: which files a study reads of it, what in it only looks like one of them, and how a new one begins."""

import difflib
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from parkstudy.record import about
from parkstudy.record.reading import Fault
from parkstudy.record.schema import ACCEPTED, KEPT, TABLES, VERIFIED
from parkstudy.record.shipped import DataFolderError, shipped_folder

STATEMENTS = "statements.toml"
_OWN_ONLY = (about.FILE, f"{ACCEPTED}.csv")  # of a folder of one's own, never the shipped one in its place
_TABLE_FILES = tuple(f"{name}.csv" for name in TABLES if name not in KEPT)
FILES = (*_TABLE_FILES, about.FILE, STATEMENTS, *(f"{name}.csv" for name in KEPT))
_VERIFIED_FILE = f"{VERIFIED}.csv"

_SPREADSHEET = {"", ".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods", ".numbers"}
_COPY = re.compile(r"(?:[\s_.-]*(?:\(?\d+\)?|copy|副本|复件|拷贝|backup|bak|old|new|final|v\d+))+$")
_ALIKE = 0.8  # how near a name is to that of a file of ours


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
    shipped_ones = {name: shipped_folder() / name for name in FILES}
    if not folder:
        return {name: path for name, path in shipped_ones.items() if path.is_file()}
    top = Path(folder)
    if not top.is_dir():
        raise DataFolderError(
            f"no folder {str(top)!r}; --data takes a folder with tables such as observations.csv"
        ).told("folder", given=str(top))
    own = {name: top / name for name in FILES if (top / name).is_file()}
    if not set(own) & set(_TABLE_FILES):
        near = "".join(f"; {one.name!r} is not read: {one.advice}" for one in strangers(top))
        message = f"{str(top)!r} holds no table; expected one or more of {', '.join(_TABLE_FILES)}{near}"
        raise DataFolderError(message).told("folder_empty", given=str(top), known=", ".join(_TABLE_FILES))
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
    same = [top / name for name in FILES if (top / name).is_file()]
    found = []
    for path in sorted(top.iterdir()):
        if path.name in FILES or path.name.startswith((".", "~$")) or not path.is_file():
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
    known = [Path(file).stem for file in FILES if (Path(file).suffix == ".toml") == toml]
    if kinds == [".txt"]:  # a text of one's own may be called almost anything
        return f"{stem}.csv" if stem in known else None
    near = difflib.get_close_matches(stem, known, 1, _ALIKE)
    return f"{near[0]}{'.toml' if toml else '.csv'}" if near else None


def astray(folder: str | Path | None) -> list[Stranger]:
    """The strangers in the place of a file that the folder lacks."""
    return [one for one in (strangers(folder) if folder else ()) if not (Path(folder or "") / one.expected).is_file()]


def misnamed(folder: str | Path | None) -> list[Fault]:
    """A fault for each file that goes astray: in its stead another would be read, or none."""
    return [
        Fault(
            one.name, 0, "", f"not read: a {'table' if one.table else 'file'} of a study has another name", one.advice
        )
        for one in astray(folder)
    ]
