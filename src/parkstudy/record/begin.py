"""A new folder of data, and further texts in one: rows for parks and sources, with what the texts print of themselves.

Nothing here overwrites a row; a table that is added to is written whole beside its file, and then takes its place.
"""

import csv
import hashlib
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from parkstudy.errors import ParkstudyError, counted
from parkstudy.record import about
from parkstudy.record.alike import same_text
from parkstudy.record.edited import edited, require_sound
from parkstudy.record.folder import FILES
from parkstudy.record.reading import not_utf8, read
from parkstudy.record.schema import ACCEPTED, columns, may_lack
from parkstudy.record.shipped import shipped_folder
from parkstudy.scratch import write

_KINDS = {
    "high-tech-zone": "高新",
    "economic-zone": "经开|经济.{0,2}开发",
    "industrial-zone": "集中区|集聚区|工业区",
    "industrial-park": "工业园|产业园",
}
_NAMED = 5  # ids that a line names
BEGUN = ("parks", "sources", "observations")  # the tables that a new folder has


class NewFolderError(ParkstudyError):
    """A folder that cannot become a new one of data, or a text that cannot be entered into one."""


class _Entered(NamedTuple):
    """A text as it is entered: its file, what its name says beside a year, the ids it was given, and what it says of itself."""

    path: Path
    called: str
    park_id: str
    source_id: str
    sha256: str
    said: Mapping[str, str]

    def row(self, table: str) -> dict[str, str]:
        """Its row in a table, with what it prints of the columns of that table; what must be said and is not printed, by its file."""
        park = {
            "park_id": self.park_id, "role": "core", "anonymised": "false", "name_zh": self.called or self.park_id,
            "name_en": self.park_id.replace("-", " ").capitalize(),
        }  # fmt: skip
        own = {"parks": park}.get(table) or {
            "source_id": self.source_id, "park_id": self.park_id, "kind": "work_summary", "sha256": self.sha256, "official": "false",
        }  # fmt: skip
        return own | {name: words for name, words in self.said.items() if words and name in columns(table)}


class Sources(NamedTuple):
    """The source of each text in a folder, those that are new in it, and what is to be said of these, a line each."""

    of: dict[Path, str]
    new: frozenset[str]
    to_do: list[str]


def begin(folder: str | Path, texts: Iterable[str | Path] = ()) -> list[str]:
    """Make a folder of data with the headers of its tables and rows for each text; gives what was done, a line each.

    A text is a park and a source of its own, but texts that print one name of a park, or whose own names differ only by a year, are of
    one park (in `enter` also one of a park of the folder that has this id or name), unless two names are printed. Nothing is written where
    `NewFolderError` is raised: for a folder that has files of a study already, and for a text that is none.
    """
    top = Path(folder)
    entered, contents = _begun(top, texts)
    parks = {one.park_id for one in entered}
    return [
        *(
            f"{one.path.name}: park {one.park_id}{_called(one.said)}, text {one.source_id}, core, a work summary"
            for one in entered
        ),
        f"{top}: {', '.join(contents)}; {counted(len(parks), 'park')}, {counted(len(entered), 'text')}",
        *(_to_do(top, entered) if entered else ()),
        f"next: `parkstudy draft TEXT ... --out {top}` proposes the rows of observations.csv (by hand: the manual is "
        f"{shipped_folder() / 'README.md'}); `parkstudy check --data {top}` lists what is still to be said (a warning that is right "
        f"as it stands is acknowledged in {ACCEPTED}.csv); then `parkstudy report --data {top}`",
    ]


def _begun(top: Path, texts: Iterable[str | Path]) -> tuple[list[_Entered], Iterable[str]]:
    """The texts of a folder that is begun with them, and the names of its files."""
    if top.exists() and not top.is_dir():
        raise NewFolderError(f"{top} is a file; name a new or an empty folder")
    if there := [name for name in FILES if (top / name).exists()]:
        raise NewFolderError(
            f"{top} has {', '.join(there)} already; nothing was changed: name a new or an empty folder"
        )
    entered = list(_entered([Path(text) for text in texts]))
    parks = [one.row("parks") for one in {one.park_id: one for one in reversed(entered)}.values()][::-1]
    sources = [one.row("sources") for one in entered]
    rows = dict(zip(BEGUN, (parks, sources, []), strict=True))
    top.mkdir(parents=True, exist_ok=True)
    contents = {**{f"{name}.csv": _table(name, rows[name]) for name in BEGUN}, about.FILE: about.unsaid()}
    for name, text in contents.items():
        with (top / name).open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    return entered, contents


def _to_do(top: Path, entered: Sequence[_Entered]) -> list[str]:
    """What is to be looked at and said of texts that were entered, in order."""
    nameless = [one.park_id for one in entered if not one.said.get("name_zh")]
    undated = [one.source_id for one in entered if not one.said.get("period_start")]
    made = f" (of {_some(nameless)} made of the name of the file)" if nameless else ""
    none = f"; {_some(undated)}: no year is printed, so fill it in before the draft" if undated else ""
    return [
        "to look at and fill in, in this order:",
        f"1. {top / 'parks.csv'}: name_zh{made}; name_en, made of the id; anonymised, true where the text hides its county; counties and "
        "provinces in both languages where pages shall name them",
        f"2. {top / 'sources.csv'}: title, published, period_start and period_end{none}; publisher and url; official, true where a "
        "government or statistics office hosts the text; grade A (complete, on a county government's site), B (complete, elsewhere) or C",
        f"3. {top / about.FILE}: title, question and authors of the study",
    ]


def _some(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    return ", ".join([*names[:_NAMED], *([f"{len(names) - _NAMED} more"] if len(names) > _NAMED else [])])


def enter(folder: str | Path, texts: Sequence[str | Path]) -> Sources:
    """The source of each text in a folder; a text that it does not know yet, by its SHA-256, is entered as `begin` does it.

    A missing or empty folder is begun. Raises `NewFolderError`, also for a file that has the name of a source and other bytes, or under
    another name most of its figures: who mended a misprint would get a second park.
    """
    top, paths, to_do = Path(folder), [Path(text) for text in texts], []
    if begun := not any((top / name).exists() for name in FILES):
        to_do = _to_do(top, _begun(top, paths)[0])
    known = _sources(top)
    before = set() if begun else {*known.values()}
    new = [path for path in paths if hashlib.sha256(_read(path)).hexdigest() not in known]
    if again := [path for path in new if path.stem in known.values()]:
        said = (another_text(path.stem, str(path), hashlib.sha256(path.read_bytes()).hexdigest()) for path in again)
        raise NewFolderError("\n".join([*said, "nothing was drafted"]))
    if alike := list(same_text(top, new)):
        raise NewFolderError("\n".join([*alike, "nothing was drafted"]))
    if new:
        there = _parks(top / "parks.csv")
        entered = list(_entered(new, known.values(), there))
        parks = {one.park_id: one.row("parks") for one in reversed(entered) if one.park_id not in there.values()}
        add(top / "parks.csv", "parks", [*parks.values()][::-1])
        add(top / "sources.csv", "sources", [one.row("sources") for one in entered])
        known, to_do = _sources(top), _to_do(top, entered)
    of = {path: known[hashlib.sha256(path.read_bytes()).hexdigest()] for path in paths}
    return Sources(of, frozenset(of.values()) - before, to_do)


def another_text(source_id: str, file: str, sha256: str) -> str:
    """What is said of a file that has the name of a source, but other bytes than those that were entered."""
    return (
        f"{source_id}: {file} has another SHA-256 than sources.csv: it was edited since it was entered, or is another text; if it is the "
        f"same text, put {sha256} into sources.csv and draft it again: rows stay, new places are found; else give it another name"
    )


def add(
    path: Path, table: str, rows: Sequence[Mapping[str, str]], behind: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Rows behind those that a table has, in the columns of its file; a file that is not there begins with its header.

    `behind` gives the key of a row and that of the row in the file behind which it belongs, an empty one for the first place. No other
    byte of the file changes. Raises `NewFolderError` where it was changed while it was read, `NotEditedError` where it cannot be read.
    """
    if not path.exists():
        write(path, _table(table, rows))
        return
    require_sound(path)
    before = path.read_bytes()
    after = edited(before, table, added=rows, behind=behind)
    if path.read_bytes() != before:
        raise NewFolderError(f"{path} was changed meanwhile; nothing was written to it: run the command again")
    write(path, after)


def _sources(top: Path) -> dict[str, str]:
    """SHA-256 of a text to its source."""
    frame = read("sources", top / "sources.csv").frame if (top / "sources.csv").is_file() else None
    return (
        {} if frame is None else {sha: source for source, sha in frame.select("source_id", "sha256").iter_rows() if sha}
    )


def _parks(path: Path) -> dict[str, str]:
    """What a park of a folder is called, by its id or in Chinese, to its id; without names that two of them have."""
    rows = read("parks", path).frame.select("park_id", "name_zh").rows() if path.is_file() else []
    named = Counter(name_zh for _, name_zh in rows)
    return {name: park for park, name_zh in rows for name in (name_zh, park) if park and name and named[name] < 2}


def _keys(path: Path, table: str) -> list[str]:
    return read(table, path).frame[:, 1].to_list() if path.is_file() else []


def header(table: str) -> list[str]:
    """The columns of a new table: all but those that it may lack."""
    return [column for column in columns(table) if column not in may_lack(table)]


def _table(name: str, rows: Sequence[Mapping[str, str]]) -> str:
    """A table as CSV text."""
    file = io.StringIO()
    writer = csv.DictWriter(file, header(name), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def _entered(
    texts: Sequence[Path], taken: Iterable[str] = (), parks: Mapping[str, str] = MappingProxyType({})
) -> Iterator[_Entered]:
    from parkstudy.record.draft.head import described, same_park

    shipped = (shipped_folder() / f"{name}.csv" for name in ("parks", "sources"))  # those have names and places already
    taken = {*taken, *parks.values(), *(key for path in shipped for key in _keys(path, path.stem))}
    by_name, of_printed = {**parks}, {**parks}
    printed_of = {park: name for name, park in parks.items() if name != park}
    seen: dict[str, Path] = {}
    for path in texts:
        raw = _read(path)
        sha256 = hashlib.sha256(raw).hexdigest()
        if sha256 in seen:
            raise NewFolderError(f"{path} is the same text as {seen[sha256]}; give it once")
        seen[sha256] = path
        said = described(raw.decode("utf-8-sig"))
        stem = unicodedata.normalize("NFKC", path.stem).lower()
        year = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)年?度?", stem)
        name = re.sub(r"[\W_]+", "-", stem.replace(year[0], " ", 1) if year else stem).strip("-")
        printed = said.get("name_zh", "")
        park = by_name.get(name, "") if year else ""
        if park and same_park(printed, printed_of.get(park, "")) is False:
            park = ""
        source = f"{park}-{year[1]}" if park and year else ""
        if (not source or source in taken) and same_park(printed, printed) and printed in of_printed:
            park = of_printed[printed]
            source = _free(f"{park}-{year[1] if year else said.get('period_end', '')[:4]}".rstrip("-"), taken)
        if not source or source in taken:
            park = _free(_slug(name) or _kind(stem) or _kind(printed) or "park", taken)
            source = _free(f"{park}-{year[1]}", taken) if year else park
            if name and year:
                by_name[name] = park
        if printed:
            printed_of.setdefault(park, printed)
            of_printed.setdefault(printed, park)
        taken |= {park, source}
        yield _Entered(path, name, park, source, sha256, said)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text)[:40].strip("-")


def _called(said: Mapping[str, str]) -> str:
    """The name of the park behind its id, where the text prints one."""
    return f" ({said['name_zh']})" if said.get("name_zh") else ""


def _kind(name: str) -> str:
    """The kind of park that a Chinese name says, as an id; empty where it says none."""
    return next((key for key, words in _KINDS.items() if re.search(words, name)), "")


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
