"""A second reader: the same text recorded blind into a set of its own, and the two held against each other, field by field.

The set lies in the folder, as `readers/<name>`, and is a folder of data itself. It begins with the draft of the text and without
anything that the first reader made of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from shutil import copy2
from typing import NamedTuple

from parkstudy.record.draft import draft
from parkstudy.record.folder import files
from parkstudy.record.schema import columns
from parkstudy.record.signs import squash
from parkstudy.recorder.review import Review
from parkstudy.recorder.state import RefusedError
from parkstudy.recorder.text import Span, text_of
from parkstudy.scratch import write

READERS = "readers"
FIELDS = (  # of `data/README.md`, how the two readings of a text agree
    "indicator", "transformation", "bound", "share_of", "reported_term", "value_type", "obs_status",
    "period_start", "period_end", "population", "subject", "caveats",
)  # fmt: skip
_NAME = re.compile(r"[\w-]{1,40}")  # of a folder on any system
ROW, FIGURE = "row", "reported_figure"

Row = Mapping[str, str]


class Difference(NamedTuple):
    """What two readers have otherwise: a field of a row, or (`row`) a row that only one of them has.

    `first` and `second` are the values, for a row that only one has its figure; the ids are those of either set, empty for none.
    """

    field: str
    first: str
    second: str
    first_id: str
    second_id: str


class Agreement(NamedTuple):
    """Two readings of one text: the rows that both have, and of these how many agree in each field; `slug` counts subjects that differ in
    the name of a part alone."""

    first: int
    second: int
    both: int
    same: Mapping[str, int]
    slug: int


def begin_second(folder: str | Path, source_id: str, sources: str | Path, name: str, *, drafted: bool = True) -> Path:
    """The set of a reader for a text, begun where it is not there: with the draft of the text, or with no row at all.

    Raises `RefusedError` for a name that is none, `NoTextError` without the text.
    """
    if not _NAME.fullmatch(name):
        raise RefusedError(
            f"{name!r} is no name of a reader, and of a folder; use letters, digits and -, such as second"
        )
    top, own = Path(folder), Path(folder, READERS, name)
    found = files(top)
    own.mkdir(parents=True, exist_ok=True)
    for table in ("parks.csv", "sources.csv", "indicators.csv"):
        if found[table].parent == top and not (own / table).exists():
            copy2(found[table], own)
    if not (own / "observations.csv").exists():
        write(own / "observations.csv", ",".join(columns("observations")) + "\n")
    source = next(row for row in Review(top, source_id, sources).checker.rows("sources", source_id=source_id))
    if drafted and not any(line.startswith(f"{source_id},") for line in _lines(own / "draft.csv")):
        draft([text_of(source, sources)[0]], own)
    return own


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def paired(
    first: Sequence[Row], second: Sequence[Row], spans: tuple[Mapping[str, Span], Mapping[str, Span]] = ({}, {})
) -> list[tuple[Row | None, Row | None]]:
    """The rows of two sets by the printed figure they record: the paragraph and the figure, else places (`spans`) that overlap.

    Several rows of one figure are paired by what they have in common.
    """
    groups: dict[tuple[str, str], tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((first, second)):
        for row in rows:
            groups[row["locator"], squash(row[FIGURE])][side].append(row)
    found: list[tuple[Row | None, Row | None]] = []
    left: tuple[list[Row], list[Row]] = ([], [])
    for ours, theirs in groups.values():
        while ours and theirs:
            pair = max(((one, other) for one in ours for other in theirs), key=lambda pair: len(_same(*pair)))
            found.append(pair)
            ours.remove(pair[0])
            theirs.remove(pair[1])
        left[0].extend(ours)
        left[1].extend(theirs)
    for one in left[0]:
        place = spans[0].get(one["observation_id"])
        other = next((row for row in left[1] if _overlap(place, spans[1].get(row["observation_id"]))), None)
        found.append((one, other))
        if other:
            left[1].remove(other)
    return [*found, *((None, row) for row in left[1])]


def _overlap(one: Span | None, other: Span | None) -> bool:
    return bool(one and other and one[0] < other[1] and other[0] < one[1])


def _cell(row: Row, field: str) -> str:
    cell = row.get(field) or ""
    if field == FIGURE:
        return squash(cell)
    return ";".join(sorted(filter(None, cell.split(";")))) if field == "caveats" else cell


def _key(row: Row) -> str:
    return row["observation_id"]


def _same(one: Row, other: Row) -> list[str]:
    return [field for field in FIELDS if _cell(one, field) == _cell(other, field)]


def agreement(pairs: Iterable[tuple[Row | None, Row | None]]) -> Agreement:
    """How many rows two readers both have, and in how many of these each field is the same."""
    pairs = [*pairs]
    both = [(one, other) for one, other in pairs if one and other and squash(one[FIGURE]) == squash(other[FIGURE])]
    same = {field: sum(field in _same(one, other) for one, other in both) for field in FIELDS}
    parts = [(one["subject"], other["subject"]) for one, other in both if one["subject"] != other["subject"]]
    slug = sum(one.partition(":")[0] == other.partition(":")[0] and ":" in one for one, other in parts)
    counts = [sum(pair[side] is not None for pair in pairs) for side in (0, 1)]
    return Agreement(counts[0], counts[1], len(both), same, slug)


def differences(pairs: Iterable[tuple[Row | None, Row | None]]) -> list[Difference]:
    """What two readers have otherwise, in the order of the pairs."""
    found = []
    for one, other in pairs:
        if one is None or other is None:
            there = one or other or {}
            figure, key = there.get(FIGURE, ""), there.get("observation_id", "")
            found.append(
                Difference(
                    ROW, figure if one else "", figure if other else "", key if one else "", key if other else ""
                )
            )
            continue
        for field in (FIGURE, *FIELDS):
            if _cell(one, field) != _cell(other, field):
                ids = one["observation_id"], other["observation_id"]
                found.append(Difference(field, one.get(field) or "", other.get(field) or "", *ids))
    return found


class Comparison:
    """Two reviews of one text: how they agree, what is to be settled, and settling it in the first."""

    def __init__(self, first: Review, second: Review) -> None:
        self.first, self.second = first, second

    def pairs(self) -> list[tuple[Row | None, Row | None]]:
        """The rows of both, in the order of the text."""
        spans = tuple({one.key: one.span for one in review.entries if one.span} for review in (self.first, self.second))
        rows = ([*self.first.rows.values()], [*self.second.rows.values()])
        found = paired(*rows, (spans[0], spans[1]))
        return sorted(
            found, key=lambda pair: next(spans[side].get(_key(row), ()) for side, row in enumerate(pair) if row)
        )

    def agreement(self) -> Agreement:
        """How the two agree now."""
        return agreement(self.pairs())

    def open(self) -> list[Difference]:
        """The differences that nobody has settled yet."""
        kept = {
            (one.observation_id, one.start, name, cells[0])
            for group in self.first.history.done for one in group if one.action == "keep" for name, cells in one.cells.items()
        }  # fmt: skip
        return [one for one in differences(self.pairs()) if self._as_kept(one) not in kept]

    def _as_kept(self, one: Difference) -> tuple[str, int, str, str]:
        span = self._span(one)
        return one.first_id, span[0], one.field, one.second

    def _span(self, one: Difference) -> Span:
        review, key = (self.first, one.first_id) if one.first_id else (self.second, one.second_id)
        return review.entry(key).span or (-1, -1)

    def settle(self, one: Difference, *, second: bool) -> None:
        """Let the first reader's value stand, or take the second's; a taken value is held against the text like any correction.

        Raises `RefusedError` where the text does not bear it out.
        """
        if not second:
            self.first.keep(one.first_id, self._span(one), one.field, one.second)
        elif one.field != ROW:
            self.first.correct(one.first_id, {one.field: one.second})
        elif one.first_id:
            self.first.reject(one.first_id, f"settled with the second reader, who has no row of {one.first}")
        else:
            cells = {
                name: cell
                for name, cell in self.second.rows[one.second_id].items()
                if name not in ("observation_id", "source_id")
            }
            self.first.add(self._span(one), cells | {"part_of": "", "split": ""})
