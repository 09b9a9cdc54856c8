"""Warnings: what may be right but is unusual, looked for in the tables, and what of it a folder acknowledges.

A warning has a code of the group `warning` of `codes.csv` and a rule here. It stops nothing; it is listed until it is corrected or
acknowledged in `accepted.csv` by a reason in words. A fault cannot be acknowledged, and a line that acknowledges nothing is a fault.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import polars as pl

from parkstudy.errors import counted, did_you_mean
from parkstudy.record import decided, unusual_figures, unusual_names, unusual_tables
from parkstudy.record.period import day
from parkstudy.record.reading import Cells, Fault
from parkstudy.record.rows import Row, as_rows, fitting, grouped
from parkstudy.record.schema import ACCEPTED, LINE, TABLES, VERIFIED, columns
from parkstudy.record.unusual_names import Unusual
from parkstudy.record.verified import PROVEN, row_sha256

FILE = f"{ACCEPTED}.csv"
HEADER = ",".join(columns(ACCEPTED))
_GRADES = (
    "A (complete, on a county government's site), B (complete, elsewhere) or C (re-posted, anonymised or cut off), "
    "by rule Q1 of docs/method.md"
)
Read = Mapping[str, list[Row]]
T = TypeVar("T")


@dataclass(frozen=True, order=True)
class Warned:
    """One thing that is unusual: where it stands, the key of its row, its code, what it is, what to do."""

    file: str
    line: int
    column: str
    key: str
    code: str
    message: str
    advice: str

    @property
    def accepted(self) -> str:
        """The line of `accepted.csv` that acknowledges it, once it gives a reason."""
        return f"{self.file},{self.key},{self.code},<reason>"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}: warning: {self.message}; {self.advice}, or add to {FILE}: {self.accepted}"


def _years_on(start: date, years: int) -> date:
    """The same day in another year; of a leap day the one behind it."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def _summaries(tables: Read) -> list[Row]:
    return fitting(tables["sources"], kind="work_summary")


def _long_source(tables: Read) -> Iterator[Unusual]:
    for row in _summaries(tables):
        start, end = day(row["period_start"]), day(row["period_end"])
        if start and end and end >= _years_on(start, 1):
            said = f"{row['source_id']!r} reports {start} to {end}; expected twelve months at most"
            yield "sources", row, "period_end", said, "correct the dates"


def _no_period(tables: Read) -> Iterator[Unusual]:
    for row in tables["sources"]:
        for column, which in (("period_start", "first"), ("period_end", "last")):
            if not row[column]:
                said = f"the {which} day of what {row['source_id']!r} reports is not given; expected a date such as 2019-12-31"
                yield "sources", row, column, said, "fill it in"


def _no_grade(tables: Read) -> Iterator[Unusual]:
    for row in _summaries(tables):
        if not row["grade"]:
            said = f"the grade of {row['source_id']!r} is not given; expected {_GRADES}"
            yield "sources", row, "grade", said, "fill it in"


def _second_of_year(tables: Read) -> Iterator[Unusual]:
    years = [{**row, "year": (row["period_end"] or "")[:4]} for row in _summaries(tables)]
    for (park, year), rows in grouped(years, "park_id", "year").items():
        for row in rows[1:] if park and year else ():
            said = f"{row['source_id']!r} is a further summary of {park} for {year}, beside {rows[0]['source_id']!r}; expected one a year"
            yield "sources", row, "period_end", said, "correct the dates or the park"


def _same_text(tables: Read) -> Iterator[Unusual]:
    for column in ("sha256", "url"):
        for (cell,), rows in grouped(tables["sources"], column).items():
            for row in rows[1:] if cell else ():
                if column == "sha256" or row["sha256"] != rows[0]["sha256"] or not row["sha256"]:
                    of = f"{row['source_id']!r} of {row['park_id']} is the same text as {rows[0]['source_id']!r} of {rows[0]['park_id']}"
                    yield "sources", row, column, f"{of}; expected one row a text", "take one of them out"


def _no_text(tables: Read) -> Iterator[Unusual]:
    written = {row["park_id"] for row in _summaries(tables)}
    for row in fitting(tables["parks"], role="core"):
        if row["park_id"] not in written:
            said = f"the study compares {row['park_id']!r} and has no work summary of it; expected one or more in sources.csv"
            yield "parks", row, "park_id", said, "add the text, or make the role context"


def _no_figure(tables: Read) -> Iterator[Unusual]:
    used = {row["source_id"] for row in tables["used"]}
    for row in _summaries(tables) if used else ():  # a table without a row is a fault already
        if row["source_id"] not in used:
            said = f"no figure of {row['source_id']!r} is recorded; expected one or more in observations.csv"
            yield "sources", row, "source_id", said, "record its figures, or take the text out"


def _shipped_id(tables: Read) -> Iterator[Unusual]:
    for table, (column, alike) in BESIDE.items():
        known = {row[column]: row for row in tables.get(f"shipped {table}", ())}
        for row in tables[table]:
            other = known.get(row[column])
            if other and row[alike] and other[alike] and row[alike] != other[alike]:
                of = f"{row[column]!r} is the {column} of a shipped row with the {alike} {other[alike]!r}"
                said = f"{of}, whose places, names of parts and statements are taken for it; expected an id of its own"
                yield table, row, column, said, "choose another id, in every table"


def _unverified(tables: Read) -> Iterator[Unusual]:
    figures = {row["observation_id"]: row for row in tables["recorded"]}
    texts = {row["source_id"]: row for row in tables["sources"]}
    again = "hold it against its text again (parkstudy verify --keep)"
    gone: dict[str, list[str]] = {}
    for row in fitting(tables[VERIFIED], result=PROVEN):
        key, figure = row["observation_id"] or "", figures.get(row["observation_id"])
        text = texts.get(key.rpartition("-")[0])
        if figure is None:
            gone.setdefault(key.rpartition("-")[0], []).append(key)
        elif row_sha256(figure) != row["row_sha256"]:
            said = (
                f"{key!r} was proven in its text, and its row has been changed since; expected the row as it was proven"
            )
            yield "observations", figure, "observation_id", said, again
        elif text and text["sha256"] not in (None, row["text_sha256"]) and gone.setdefault(f"text {key}", []) == []:
            said = f"the figures of {text['source_id']!r} were proven in a text of another SHA-256; expected the one of that text"
            yield "sources", text, "sha256", said, again
            texts.pop(text["source_id"])
    for source, keys in gone.items():
        if keys and source in texts:
            said = f"recorded no more, though proven in it: {', '.join(map(repr, keys[:3]))}; expected what was proven"
            yield "sources", texts[source], "source_id", said, again


# table to its id, and what tells two rows of one id apart
BESIDE = {"parks": ("park_id", "name_zh"), "sources": ("source_id", "sha256")}
RULES: dict[str, Callable[[Read], Iterator[Unusual]]] = {
    "no_text": _no_text,
    "no_period": _no_period,
    "no_grade": _no_grade,
    "long_source": _long_source,
    "second_of_year": _second_of_year,
    "same_text": _same_text,
    "no_figure": _no_figure,
    "shipped_id": _shipped_id,
    "unverified": _unverified,
}  # a code of the group `warning` to what is unusual in that way; a rule reads cells as they are recorded
ALL_RULES = (*RULES, *unusual_names.RULES, *unusual_tables.RULES, *unusual_figures.RULES)

_READ = {  # of each table the columns that the rules look at, its key first
    "parks": ("park_id", "role", "name_zh"),
    "sources": ("source_id", "park_id", "kind", "published", "url", "period_start", "period_end", "sha256", "grade"),
}
_KEYS = {name: next(iter(columns(name))) for name in TABLES}
# a fault may hide what is missed
_MISSED = ("no_text", "no_figure", "numbering", "part_names", "no_place", "unverified")
# of rows that were rejected or added; which of a draft are lost, `decided.lost` says
_LEFT_BY_REVIEW = (("numbering", "observations"), ("part_names", "subjects"))
_HIDING = (*_READ, "observations", "subjects", "places")


def look(
    tables: Mapping[str, Cells],
    shipped: Mapping[str, list[Row]],
    frames: Mapping[str, pl.DataFrame],
    folder: str | Path | None = None,
) -> list[Warned]:
    """Every warning of the tables, sorted by file and line; of texts drafted in `folder` none of what a review leaves.

    `shipped` are the rows in whose place tables of a folder stand, `frames` the typed and normalised tables of what is sound, and
    under `recorded` and `verified` the observations as they are recorded and what was proven of them.
    """
    read = {name: as_rows(tables[name].frame.select(LINE, *wanted)) for name, wanted in _READ.items()}
    read |= {f"shipped {name}": rows for name, rows in shipped.items()}
    read["used"] = as_rows(tables["observations"].frame.select("source_id").unique())
    proven = as_rows(frames[VERIFIED])
    read |= {VERIFIED: proven, "recorded": as_rows(tables["observations"].frame) if proven else []}
    cells = {name: one.frame for name, one in tables.items()}
    figures = unusual_figures.table(frames["observations"], cells["observations"], frames)
    waiting = _not_looked_for(tables)
    told = [
        *_told(RULES, read, waiting),
        *_told(unusual_names.RULES, cells, waiting),
        *_told(unusual_tables.RULES, cells, waiting),
        *_told(unusual_figures.RULES, figures, waiting),
    ]
    left = any((code, table) in _LEFT_BY_REVIEW for code, (table, *_) in told)
    drafted = decided.drafted(folder) if left else set()
    return sorted(
        Warned(tables[table].file, row[LINE], column, row[_KEYS[table]] or "", code, message, advice)
        for code, (table, row, column, message, advice) in told
        if (code, table) not in _LEFT_BY_REVIEW or row["source_id"] not in drafted
    )


def _told(
    rules: Mapping[str, Callable[[T], Iterator[Unusual]]], given: T, waiting: Sequence[str]
) -> Iterator[tuple[str, Unusual]]:
    """The code of each thing that is unusual by some rules, and what is unusual."""
    for code, rule in rules.items():
        for one in rule(given) if code not in waiting else ():
            yield code, one


def _not_looked_for(tables: Mapping[str, Cells]) -> tuple[str, ...]:
    """The codes that wait until the tables have no fault, which may hide what they would find missing."""
    return _MISSED if any(tables[name].faults for name in _HIDING) else ()


def told(found: Sequence[Warned], folder: str | Path | None) -> str:
    """One line on warnings that are open; empty where there is none."""
    check = f"parkstudy check{f' --data {folder}' if folder else ''}"
    return f"parkstudy: {counted(len(found), 'warning')} in the data, listed by: {check}" if found else ""


def hold(
    found: list[Warned], accepted: Cells, tables: Mapping[str, Cells], faults: list[Fault]
) -> tuple[tuple[Warned, ...], tuple[Warned, ...]]:
    """The warnings that are open, and those that `accepted` acknowledges; faults of its lines are added to it.

    `faults` are those of the tables, which no line acknowledges. Of a warning that was not looked for a line is left as it is.
    """
    waiting = _not_looked_for(tables)
    wrong = {fault.line for fault in accepted.faults}
    named = {(one.file, one.key, one.code) for one in found}
    given = set()
    for row in accepted.frame.filter(~pl.col(LINE).is_in(list(wrong))).iter_rows(named=True):
        triple = (row["file"], row["key"], row["code"])
        given.add(triple)
        if triple not in named and row["code"] not in waiting:
            accepted.add(row[LINE], *_idle(row, tables, faults))
    at = {
        (fault.file, fault.line, fault.column) for fault in faults
    }  # of such a cell, or its twin, the fault is said first
    told = [one for one in found if not {(one.file, one.line, name) for name in _twins(one.column)} & at]
    open_ones = tuple(one for one in told if (one.file, one.key, one.code) not in given)
    return open_ones, tuple(one for one in found if (one.file, one.key, one.code) in given)


def _twins(column: str) -> tuple[str, str]:
    """A column, and the one that it is the Chinese twin of, if it is one."""
    return column, column.removesuffix("_zh")


def _idle(row: Row, tables: Mapping[str, Cells], faults: list[Fault]) -> tuple[str, str, str]:
    """What is wrong with a line that acknowledges no warning: its key, a fault where it stands, or that nothing is left to say."""
    cells = next(one for one in tables.values() if one.file == row["file"])
    lines = dict(cells.frame[:, 1::-1].iter_rows())
    if row["key"] not in lines:
        advice = f"{did_you_mean(row['key'], filter(None, lines))}write the first cell of a row of {row['file']}"
        return "key", f"no row {row['key']!r} in {row['file']}", advice
    at = [fault for fault in faults if (fault.file, fault.line) == (row["file"], lines[row["key"]])]
    if at:
        advice = f"a fault cannot be acknowledged: correct {at[0].file}:{at[0].line}"
        return "code", f"{row['key']!r} has no such warning but a fault", advice
    return "code", f"acknowledges nothing: {row['key']!r} has no warning {row['code']}", "take the line out"
