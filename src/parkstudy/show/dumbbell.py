"""The dumbbell: a board of one column whose cells set a value against what stands beside it, each named at its outer side.

Its rows are those of a board. The value is the mark of its park, `ticks` are what it is set against (the nation, or the rate
as published); a line joins the two, the block `..._value` stands beside the one, `..._tick` beside the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from parkstudy.record.rows import Row, grouped
from parkstudy.show.board import Board
from parkstudy.show.select.shared import Selected
from parkstudy.show.sheet import OF_SIZE, SMALL, WORD, Axis, Sheet, Tie, spans_of, ticks_of
from parkstudy.show.theme import GRID, INK, MUTED, PALETTE
from parkstudy.show.view import View
from parkstudy.words.lines import columns

_APART = 9.0  # pixels between a mark and its words


class Pairs(Sheet):
    """The drawing of a dumbbell."""

    def fit(self, rows: Sequence[Row]) -> None:
        """Leave room at both sides of the axis for the words that stand there."""
        sides = [_sides(self, row) for row in rows if row["low"] is not None]
        left, right = (max([0.0, *(side[place] for side in sides)]) for place in (0, 1))
        self.rooms = (left, right)

    def _strip(self, y: float, column: str, axis: Axis) -> None:
        """No line along the axis, which would cross the words; a notch at every number that is named at its foot."""
        for value in axis.named:
            x = self._x(column, axis, value)
            self.stroke([x, x], [y - 8, y + 8], color=GRID, linewidth=self.point, zorder=0)

    def _cell(self, top: float, row: Row) -> float:
        """A cell in one line: the marks with their words beside them; how far down it comes."""
        axis, column = self.axes[row["column"]], row["column"]
        if row["low"] is None:
            return super()._cell(top, row)
        y, tied = top + 0.6 * WORD, (row["park_id"], row["key"])
        self._strip(y, column, axis)
        ends = [self._x(column, axis, end) for end in spans_of(self.view, row)["key"]]
        beside = [self._x(column, axis, tick) for tick, _ in ticks_of(self.view, row)]
        if beside:
            self._joined(row, ends, beside, y)
        self._interval(row, ends, y)
        above = _above(row)
        self._beside(row["said"], ends, y, tied, right=above, size=WORD, color=INK)
        if beside:
            own = (row["park_id"], row["tick_keys"][0])
            self._beside(row["tick"], beside, y, own, right=not above, size=SMALL, color=MUTED)
        return self._small(y + 0.6 * WORD, ends[0], row["below"], tied=tied)

    def _joined(self, row: Row, ends: Sequence[float], beside: Sequence[float], y: float) -> None:
        """The line between the two, and the marks of what a value stands beside."""
        nearest = max(beside) if _above(row) else min(beside)
        look: Row = {"color": PALETTE["mark"][0], "linewidth": 2.2 * self.point, "zorder": 1, "solid_capstyle": "butt"}
        self._plot(row, row["key"], [nearest, ends[0] if _above(row) else ends[1]], y, **look)
        for x, key in zip(beside, row["tick_keys"], strict=True):
            mark = {"markersize": 13 * self.point, "markeredgewidth": 1.8 * self.point, "color": INK, "zorder": 2}
            self._plot(row, key, [x], y, "|", **mark)

    def _beside(
        self, words: str, ends: Sequence[float], y: float, tied: Tie, *, right: bool, size: float, color: str
    ) -> None:
        """Words at the outer side of marks."""
        x = max(ends) + _APART if right else min(ends) - _APART
        look = {"ha": "left" if right else "right", "color": color}
        self._write(x, y - 0.6 * size, words, size, 2 * self.column, tied, **look)


@dataclass(frozen=True, kw_only=True)
class Dumbbell(Board):
    """A dumbbell; the module says how its rows and words are given."""

    single: ClassVar[type[Sheet]] = Pairs


@dataclass(frozen=True, kw_only=True)
class Against(Dumbbell):
    """A dumbbell of values that stand beside a `target` of their own, from which those of many parks are counted, in points.

    The block `..._less` says what is left over it. A target is exact, so that the interval is that of the value.
    """

    def panel_rows(self, view: View, selected: Selected) -> list[tuple[str, str, list[Row]]]:
        """The values less their targets, measure by measure."""
        found = []
        for (measure,), own in grouped(selected.data.to_dicts(), "measure").items():
            rows = [
                {**row, **{name: row[name] - row["target"] for name in ("value", "low", "high")}, "measure": "", "unit": "points",
                 "ticks": None, "tick_keys": None}
                for row in own
            ]  # fmt: skip
            title = self._say(view, "less", selected, measure=measure)
            found.append((title, view.speech.axis("points"), rows))
        return found


def _above(row: Row) -> bool:
    """True where the words of the value stand at the right: it is the higher one on the axis, or stands alone."""
    middle = row["low"] + row["high"]
    return not row["ticks"] or middle >= min(row["ticks"]) + max(row["ticks"])


def _sides(sheet: Sheet, row: Row) -> tuple[float, float]:
    """The room in pixels that the words of a cell take at the left and at the right of its marks, if these stand at the ends."""
    own, beside = (
        OF_SIZE * size * columns(words) + _APART for words, size in ((row["said"], WORD), (row["tick"], SMALL))
    )
    left, right = (beside, own) if _above(row) else (own, beside)
    return (left if row["ticks"] else 0.0, right)
