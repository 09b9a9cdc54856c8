"""The draft of texts in a folder of data: proposed rows in `observations.csv`, and an account of every printed figure in `draft.csv`.

A row is proposed only where the proof bears it out and the check of the tables has nothing against it. Rows that are there are never
touched: a second draft of a text adds what they lack.
"""

import csv
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, pairwise
from pathlib import Path
from shutil import copy2
from types import MappingProxyType

from parkstudy.errors import counted
from parkstudy.record import decided
from parkstudy.record.begin import add, enter, header
from parkstudy.record.draft.account import COLUMNS, FILE, Drafted, Row, account, lines_of, proposed, told
from parkstudy.record.draft.coding import code
from parkstudy.record.draft.head import names_of
from parkstudy.record.draft.lines import lines
from parkstudy.record.draft.numbered import Known, astray, numbered
from parkstudy.record.draft.parts import parts_of
from parkstudy.record.draft.place import Coded
from parkstudy.record.draft.same import SAME
from parkstudy.record.draft.times import frame
from parkstudy.record.draft.trial import on_lines, own_rows, with_rows
from parkstudy.record.draft.words import Indicators, meant_by
from parkstudy.record.edited import append, require_sound
from parkstudy.record.folder import files
from parkstudy.record.period import iso_day
from parkstudy.record.proof import prove
from parkstudy.record.quantities import forget
from parkstudy.record.reading import read
from parkstudy.record.schema import LINE, columns
from parkstudy.record.signs import squash
from parkstudy.record.tables import Tables, load
from parkstudy.scratch import write

_READ = ("parks", "sources", "indicators", "observations", "subjects")
_AT_ONCE = 100  # texts, so that memory does not grow with their number


def draft(texts: Sequence[str | Path], folder: str | Path) -> list[str]:
    """Propose rows for texts in a folder, which is begun where there is none; gives what was done, a line a text and one for all.

    Raises `NewFolderError` for a text that is none, and where a table was changed while it was read; `NotEditedError`, before anything
    is written, where one cannot be read.
    """
    top = Path(folder)
    with decided.begun(top):  # a review that adds a row meanwhile would give it the number of a drafted one
        return _draft(top, texts)


def _draft(top: Path, texts: Sequence[str | Path]) -> list[str]:
    for name in _READ:
        require_sound(top / f"{name}.csv")
    require_sound(top / FILE, COLUMNS)
    decided.read(top)  # which says what is wrong with it
    sources = enter(top, texts)
    of_source = {
        source: path for path, source in reversed(sources.of.items())
    }  # one text, though its file be given twice
    entered = {path: source for source, path in reversed(of_source.items())}
    kinds = {
        row["indicator"]: row for row in read("indicators", files(top)["indicators.csv"]).frame.iter_rows(named=True)
    }
    indicators = Indicators(*({name: row[column] for name, row in kinds.items()} for column in ("unit", "kind")))
    said, rows = [], 0
    for place in range(0, len(entered), _AT_ONCE):
        some = dict(islice(entered.items(), place, place + _AT_ONCE))
        drafted = _some(top, some, indicators, sources.new)
        said += [told(path, one) for path, one in zip(some, drafted, strict=True)]
        rows += sum(len(one.rows) for one in drafted)
        forget()
    return [*said, *sources.to_do, _next(top, rows)]


def _some(top: Path, entered: Mapping[Path, str], indicators: Indicators, new: frozenset[str]) -> list[Drafted]:
    """Draft some texts and write what was found; where all are `new` in the folder, behind what is there, which then is not read."""
    fresh = new.issuperset(entered.values())
    known = _known(top, entered.values(), fresh=fresh)
    read_ = (
        _drafted(path.read_bytes().decode("utf-8-sig"), known[source], indicators) for path, source in entered.items()
    )
    drafted = _checked(top, list(read_), indicators.units, known)
    parts = [row for one in drafted for row in one.parts if row["subject"] not in known[one.source_id].parts]
    if fresh:
        rows = [row for one in drafted for row in one.rows]
        append(top / "observations.csv", header("observations"), rows, "observation_id")
        if parts:
            append(top / "subjects.csv", header("subjects"), parts)
        append(top / FILE, COLUMNS, (line for one in drafted for line in lines_of(one)))
        return drafted
    lines_now = account(top / FILE, drafted)
    _add(top, drafted)
    if parts:
        add(top / "subjects.csv", "subjects", parts)
    write(top / FILE, lines_now)
    return drafted


def _add(top: Path, drafted: Sequence[Drafted]) -> None:
    """The new rows among those that are there, in the order of the text."""
    path = top / "observations.csv"
    there = read("observations", path).frame.select("source_id", "observation_id").rows() if path.is_file() else ()
    before: dict[str, str] = {}  # of each source, the row that stands before its first one
    for (_, other), (source, _) in pairwise([("", ""), *there]):
        before.setdefault(source, other)
    behind = {
        row["observation_id"]: one.behind[row["observation_id"]] or before[one.source_id]
        for one in drafted if one.source_id in before for row in one.rows
    }  # fmt: skip
    add(path, "observations", [row for one in drafted for row in one.rows], behind)


def _known(top: Path, wanted: Iterable[str], *, fresh: bool) -> dict[str, Known]:
    rows: dict[str, list[Row]] = {}
    wanted = list(wanted)
    for row in () if fresh else _rows(top, "observations", wanted):
        rows.setdefault(row["source_id"], []).append(row)
    sources = {row["source_id"]: row for row in _rows(top, "sources", wanted)}
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    for row in () if fresh else _rows(top, "subjects", wanted):
        parts[row["source_id"]][row["subject"]] = row["name_zh"]
    lines = decided.read(top)
    drafted = {} if fresh else proposed(top / FILE, set(wanted))
    return {
        source: Known(
            sources[source], rows.get(source, []), parts[source],
            decided.rejected(lines, source), decided.highest(lines, source), drafted.get(source, {}),
        )
        for source in wanted
    }  # fmt: skip


def _rows(top: Path, table: str, sources: list[str]) -> list[Row]:
    """The rows that a table of the folder has of some sources, an empty text for an empty cell; none where there is no such table."""
    path = top / f"{table}.csv"
    if not path.is_file():
        return []
    frame = read(table, path).frame
    found = frame.filter(frame["source_id"].is_in(sources)).iter_rows(named=True)
    return [{name: cell or "" for name, cell in row.items() if name != LINE} for row in found]


def _drafted(text: str, known: Known, indicators: Indicators) -> Drafted:
    plain = [line.plain for line in lines(text)]
    span = (known.source["period_start"], known.source["period_end"])
    time = frame(plain, *map(iso_day, span))
    parts: dict[str, list[str]] = defaultdict(list)
    for subject, name in known.parts.items():
        kind, _, number = subject.partition(":")
        if number == str(len(parts[kind]) + 1):  # numbered by a draft: its numbers go on
            parts[kind].append(name)
    found = code(text, time, indicators, names_of(plain), parts)
    found = [one for one in found if one.row or one.line.starts[one.place.start] < one.line.ends[one.place.end - 1]]
    for coded in found:
        if coded.row and (why := _rejected(coded, known.rejected)):
            coded.row, coded.reason = None, f"rejected by a reader: {why}"
    one = Drafted(
        known.source["source_id"],
        text,
        found,
        {},
        [],
        _named(known.source["source_id"], parts),
        {},
        astray(text, known.rows),
    )
    return _proven(one, known, indicators.units)


def _rejected(coded: Coded, rejected: Sequence[decided.Decision]) -> str:
    """Why a reader rejected the row of a figure, in its place or where it is printed first; empty for one that nobody rejected."""
    span, row = coded.line.span(coded.place.start, coded.place.end), coded.row or {}
    for one in rejected:
        was = {name: one.cells[name][0] if name in one.cells else "" for name in SAME}
        if span == (one.start, one.end) or all(squash(row.get(name, "")) == squash(cell) for name, cell in was.items()):
            return one.reason
    return ""


def _named(source: str, parts: Mapping[str, Sequence[str]]) -> list[Row]:
    """The numbered parts with the words by which the text calls them."""
    return [
        {"source_id": source, "subject": f"{kind}:{number}", "name_zh": name, "name_en": f"{kind} {number}"}
        for kind, names in parts.items()
        for number, name in enumerate(names, 1)
    ]


def _proven(
    one: Drafted, known: Known, units: Mapping[str, str], refused: Mapping[int, str] = MappingProxyType({})
) -> Drafted:
    """The figures with those rows alone that the text bears out; the others are set aside with what speaks against them.

    A row that is not borne out by its term takes the next best one, else it goes. With it goes its term, which may leave another row to
    stand on: so one after the other, until there is none against which anything speaks.
    """
    for place, reason in refused.items():
        one.found[place].reason, one.found[place].row = reason, None
    while True:
        account, rows, behind = numbered(one, known, units)
        ordered = _merged(known.rows, rows, behind)
        against = {finding.observation_id: finding.message for finding in prove(ordered, one.text, units)}
        against = {key: said for key, said in against.items() if key in {row["observation_id"] for row in rows}}
        if not against:
            used = {row["subject"] for row in rows}
            _part(rows, account, one, units)
            kept = [part for part in one.parts if any(part["subject"] in _each(subject) for subject in used)]
            drafted = {*known.places.values()} - {*account.values()}
            left = [row for row in known.rows if row["observation_id"] in drafted]
            return one._replace(account=account, rows=rows, parts=kept, behind=behind, left=left)
        first = next(row["observation_id"] for row in rows if row["observation_id"] in against)
        for place, key in account.items():
            if key == first:
                coded = one.found[place]
                coded.row = _paired(coded, against[key]) or (coded.others.pop(0) if coded.others else None)
                coded.reason = "" if coded.row else f"not proven: {against[key]}"


def _paired(coded: Coded, against: str) -> Row | None:
    """The row with the term that the proof found beside the figure, where that one names the same indicator; tried once."""
    beside = re.search("pairs with '(.+?)', not with '(.+?)'", against)
    row, own = coded.row or {}, coded.line.words[coded.term.start : coded.term.end] if coded.term else ""
    if not beside or beside[2] != own or row["indicator"] not in {one.indicator for one in meant_by(beside[1])}:
        return None
    return row | {"reported_term": beside[1]}


def _part(rows: Sequence[Row], account: Mapping[int, str], one: Drafted, units: Mapping[str, str]) -> None:
    """Name the wholes of new rows among them, where the text names them."""
    first = {key: place for place, key in reversed(list(account.items()))}
    new = sorted((first[row["observation_id"]], row["observation_id"]) for row in rows)
    found = parts_of([(key, one.found[place]) for place, key in new], units)
    for row in rows:
        row["part_of"], row["split"] = found.get(row["observation_id"], ("", ""))


def _merged(recorded: Sequence[Row], rows: Sequence[Row], behind: Mapping[str, str]) -> list[Row]:
    """Recorded and new rows as they will stand in the file."""
    after: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        after[behind[row["observation_id"]]].append(row)
    return [*after[""], *(one for row in recorded for one in (row, *after[row["observation_id"]]))]


def _each(subject: str) -> list[str]:
    kind, _, numbers = subject.partition(":")
    return [f"{kind}:{number}" for number in numbers.split("+")]


def _checked(top: Path, drafted: list[Drafted], units: Mapping[str, str], known: Mapping[str, Known]) -> list[Drafted]:
    """The drafts without the rows that the check of the tables finds fault with, as they will stand among those of their texts."""
    with tempfile.TemporaryDirectory(prefix="parkstudy-") as name:
        trial = Path(name)
        for path in top.glob("*.csv"):
            if path.name in ("sources.csv", "subjects.csv"):
                own_rows(path, trial / path.name, {one.source_id for one in drafted})
            elif path.name not in ("observations.csv", FILE, decided.FILE):
                copy2(path, trial)
        table, subjects = trial / "observations.csv", trial / "subjects.csv"
        there = subjects.read_text(encoding="utf-8") if subjects.is_file() else f"{','.join(header('subjects'))}\n"
        while True:
            merged = (_merged(known[one.source_id].rows, one.rows, one.behind) for one in drafted)
            with table.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(columns("observations")), restval="", extrasaction="ignore")
                writer.writeheader()
                writer.writerows(row for several in merged for row in several)
            parts = [row for one in drafted for row in one.parts if row["subject"] not in known[one.source_id].parts]
            write(subjects, with_rows(there, parts))
            found = load(trial, Tables).faults
            faults = {fault.line: f"{fault.column}: {fault.message}" for fault in found if fault.file == table.name}
            ids = dict(read("observations", table).frame.select(LINE, "observation_id").iter_rows())
            wrong = {ids[line]: said for line, said in faults.items() if line in ids}
            unnamed = on_lines(subjects, {fault.line for fault in found if fault.file == subjects.name})
            wrong |= {
                row["observation_id"]: "subject: the text prints no name of the part"
                for one in drafted for row in one.rows if any((one.source_id, part) in unnamed for part in _each(row["subject"]))
            }  # fmt: skip
            new = {row["observation_id"] for one in drafted for row in one.rows}
            if not wrong.keys() & new:
                return drafted
            drafted = [_without(one, known[one.source_id], units, wrong) for one in drafted]


def _without(one: Drafted, known: Known, units: Mapping[str, str], wrong: Mapping[str, str]) -> Drafted:
    """A draft without its rows against which the check of the tables has something."""
    own = {row["observation_id"] for row in one.rows}
    refused = {
        place: f"fails the check: {wrong[key]}" for place, key in one.account.items() if key in wrong and key in own
    }
    return _proven(one, known, units, refused)


def _next(top: Path, rows: int) -> str:
    return (
        f"{counted(rows, 'row')} proposed in {top / 'observations.csv'}, every figure accounted for in {top / FILE}; next: read each "
        f"row against its sentence and correct what is wrong (`parkstudy explore --record {top} --sources DIR`, or in a workbook "
        f"`parkstudy review FILE.xlsx --data {top} --sources DIR`), then `parkstudy check --data {top}` and "
        f"`parkstudy verify --data {top} --sources DIR`"
    )
