"""Many decisions on one text, looked at together and taken at once or not at all: what a workbook brings back."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import polars as pl

from parkstudy.record import decided
from parkstudy.record.cells import wrong
from parkstudy.record.decided import Decision
from parkstudy.record.draft.one import NoFigureError, term_of
from parkstudy.record.verified import row_sha256
from parkstudy.recorder import parts
from parkstudy.recorder.marks import ADDED, Entry
from parkstudy.recorder.offers import consequences
from parkstudy.recorder.review import Review
from parkstudy.recorder.state import EMPTY, Change, RefusedError, Row
from parkstudy.recorder.text import Span


class Wanted(NamedTuple):
    """A decision that a reader made elsewhere: on the row `key`, or (`add`) on the figure at `span`.

    `cells` are those that it changes, `seen` the SHA-256 of the row as the reader saw it; `unproven` records it though the text does not
    bear it out, whatever that does to the proof of other rows.
    """

    action: str
    key: str = ""
    cells: Mapping[str, str] = MappingProxyType({})
    reason: str = ""
    span: Span | None = None
    seen: str = ""
    unproven: bool = False


class Against(NamedTuple):
    """What speaks against one of the decisions: its place among them, the column that it is about (none: the decision), in words."""

    place: int
    column: str
    said: str


class _Made(NamedTuple):
    """The change that decisions make, the row that each is about by its id, and what speaks against them."""

    change: Change
    places: Mapping[str, int]
    against: list[Against]


def against(review: Review, wanted: Sequence[Wanted]) -> list[Against]:
    """Everything that speaks against decisions, with all of them taken; nothing is written."""
    return _made(review, wanted).against


def take(review: Review, wanted: Sequence[Wanted]) -> list[Decision]:
    """Take decisions under one number, so that one undo takes them back. Raises `RefusedError` with all that speaks against them."""

    def make() -> Change:
        made = _made(review, wanted)
        if made.against:
            raise RefusedError("\n".join(one.said for one in made.against))
        return made.change

    return review.take(make)


def _made(review: Review, wanted: Sequence[Wanted]) -> _Made:
    lines: list[Decision] = []
    changed: dict[str, Row | None] = {}
    added: list[tuple[Row, Span | None]] = []
    places: dict[str, int] = {}
    found: list[Against] = []
    names: dict[str, str] = {}  # of parts that these decisions name
    used = [one.cells["subject"] for one in wanted if "subject" in one.cells]
    last = max((int(key[-3:]) for key in review.rows if key[-3:].isdigit()), default=0)
    last = max(last, decided.highest(review.decisions, review.source_id))
    for place, one in enumerate(wanted):
        try:
            if one.action == "add":
                last += 1
                entry, row, cells = _new(review, one, f"{review.source_id}-{last:03}", names, used)
                added.append((row, one.span))
            else:
                entry, row, cells = _of_row(review, one, names, used)
                if cells:
                    changed[entry.key] = row or None
        except (RefusedError, NoFigureError) as refused:
            found.append(Against(place, "", str(refused)))
            continue
        places[entry.key] = place
        lines.append(review.decision(one.action, entry, row, cells, " ".join(one.reason.split())))
    change = Change(lines, changed, added)
    return _Made(change, places, found + _rules(review, change, places, wanted))


def _of_row(
    review: Review, one: Wanted, names: dict[str, str], used: Sequence[str]
) -> tuple[Entry, Row, decided.Cells]:
    """A row of the text, as the decision leaves it (empty: taken out), and the cells that change."""
    entry = review.entry(one.key)
    row = review.rows.get(one.key)
    if row is None:
        raise RefusedError(f"{one.key} is rejected already; undo that first")
    if one.seen and one.seen != row_sha256(row):
        raise RefusedError(
            f"{one.key} was changed since it was shown; it stays as it is: write a new workbook and decide there"
        )
    if one.action == "accept":
        return entry, row, {}
    if one.action == "correct":
        made = {**row, **one.cells, **consequences(row, one.cells, review.kinds())}
        made["subject"], new = review.numbered(made, more=names, used=used)
        names |= new
        cells = {name: (row[name], made[name]) for name in made if row.get(name, "") != made[name]}
        if not cells:
            raise RefusedError(f"nothing is changed in {one.key}; accept it as it is")
        return entry, made, {**cells, **parts.cells(new)}
    if not one.reason.strip() or wrong(pl.DataFrame({"reason": [one.reason]}), "reason"):
        raise RefusedError("say in a few plain words why the figure is no row")
    return entry, {}, {name: (cell, "") for name, cell in row.items() if cell}


def _new(
    review: Review, one: Wanted, key: str, names: dict[str, str], used: Sequence[str]
) -> tuple[Entry, Row, decided.Cells]:
    """The row of a figure that has none: as the draft fills it in, with the cells that the reader filled in."""
    if one.span is None:
        raise RefusedError("no place in the text; a row is added for a figure of the text")
    proposed = {
        name: str(cell) for name, cell in review.propose(one.span).row.items() if name in EMPTY and cell is not None
    }
    row = {**EMPTY, **proposed, **one.cells, "observation_id": key, "source_id": review.source_id}
    row |= {name: cell for name, cell in consequences(row, one.cells, review.kinds()).items() if name not in one.cells}
    row["reported_term"] = row["reported_term"] or term_of(review.script.text, one.span, row["indicator"])
    row["subject"], new = review.numbered(row, one.span, names, used)
    names |= new
    cells = {name: ("", cell) for name, cell in row.items() if cell} | parts.cells(new)
    return Entry(row, ADDED, one.span), row, cells


def _rules(review: Review, change: Change, places: Mapping[str, int], wanted: Sequence[Wanted]) -> list[Against]:
    """What the rules of the tables and the proof say against the rows as they would stand, that they do not say now."""
    if not places:
        return []
    rows = {key: change.changed.get(key, row) for key, row in review.rows.items()}
    after = [row for row in rows.values() if row is not None]
    for row, span in change.added:
        behind = review.behind(span)
        place = next((n for n, one in enumerate(after, 1) if one["observation_id"] == behind), 0)
        after.insert(place, row)
    found = []
    for line in change.decisions:
        named = {subject: new for subject, (_, new) in parts.named([line]).items()}
        misnamed = review.checker.misnamed(review.source_id, named)
        found += [Against(places[line.observation_id], "subject", said) for said in misnamed]
    before = {fault[:2] for fault in review.checker.faults([*review.rows.values()])}
    for key, column, said in review.checker.faults(after):
        if key in places:
            found.append(Against(places[key], column, said))
        elif (key, column) not in before:
            found.append(Against(min(places.values()), "", f"with these decisions {key} has a fault: {column}: {said}"))
    for key, said in review.checker.unproven(after, review.script.text, review.park).items():
        if key in places and wanted[places[key]].unproven:
            continue
        if key in places:
            found.append(Against(places[key], "reported_figure", f"not proven in its place: {said}"))
        elif key not in review.against and not any(one.unproven for one in wanted):
            found.append(
                Against(min(places.values()), "", f"with these decisions {key} would not be proven any more: {said}")
            )
    return found
