"""The sheet of a board: what it draws, from the top down, in the pixels in which a page shows it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from parkstudy.record.rows import Row
from parkstudy.record.schema import COMPLETE
from parkstudy.show.theme import GRID, INK, MUTED, NARROW, PALETTE, PAPER, RULE, WIDE, park_colours, slant
from parkstudy.show.view import View
from parkstudy.words.lines import columns, wrapped

Tie = tuple[str, str]  # a park and the key of a number

_SHOWN = {WIDE: 717.0, NARROW: 355.0}  # pixels in which a page shows a drawing of a width in inches
DOT = 8.0  # pixels of a dot, and of a bar's height
_PAD = 0.05  # inches that are added around a drawing
WORD, SMALL = 14.2, 12.2  # pixels of letters
OF_SIZE = 0.48  # of its size that a Latin letter takes, on the whole
_APART = 14.0  # pixels between the words of a value and the axis beside them


@dataclass(frozen=True)
class Axis:
    """The common axis of a column: its ends, and the round numbers that are named at its foot."""

    least: float
    most: float
    named: tuple[float, ...]

    @classmethod
    def of(cls, view: View, rows: Sequence[Row]) -> "Axis":
        """From zero, or what is below it, to the highest end that is drawn; nothing is named where nothing is."""
        from matplotlib.ticker import MaxNLocator

        spans = [span for row in rows for span in [*spans_of(view, row).values(), *ticks_of(view, row)]]
        ends = [0.0, *(end for span in spans for end in span if math.isfinite(end))]
        least, most = min(ends), max(ends) if max(ends) > min(ends) else min(ends) + 1
        named: Any = MaxNLocator(2, steps=[1, 2, 4, 5, 10]).tick_values(least, most)
        return cls(least, most, tuple(float(at) for at in named if least <= at <= most) if spans else ())

    def share(self, value: float) -> float:
        """Where a value is, as a share of the axis; what is beyond it is at its end."""
        return (min(max(value, self.least), self.most) - self.least) / (self.most - self.least)


def spans_of(view: View, row: Row) -> dict[str, tuple[float, float]]:
    """The interval of a cell and its full-year band, by the name of their key, on the scale on which figures show the unit."""
    found = {}
    for key, low, high in (("key", "low", "high"), ("band_key", "band_low", "band_high")):
        if row.get(low) is not None:
            scaled = view.scaled({**row, "value": None, "low": row[low], "high": row[high]})
            found[key] = (scaled["low"], scaled["high"])
    return found


def ticks_of(view: View, row: Row) -> list[tuple[float, float]]:
    """The references of a cell on that scale, each as an interval of one point."""
    scaled = [view.scaled({**row, "value": None, "low": tick, "high": tick}) for tick in row.get("ticks") or []]
    return [(one["low"], one["high"]) for one in scaled]


class Sheet:
    """A drawing that grows downwards: `heads`, then titles, rules and lines, then `done`."""

    names: ClassVar[float] = 206.0  # pixels of the column of names; a telephone has none: a name stands above its cells
    air: ClassVar[float] = 0.0  # pixels more below a title and below a line
    rooms: tuple[float, float] = (0.0, 0.0)  # pixels at the left and the right of every axis for words beside the marks

    def __init__(self, view: View, width: float, names: Sequence[str], axes: Mapping[str, Axis]) -> None:
        from matplotlib.figure import Figure

        self.view, self.axes, self.width, self.narrow = view, axes, width, width <= NARROW
        self.point = (width + 2 * _PAD) * 72 / _SHOWN.get(width, 100 * width)  # points to a pixel
        self.across = width * 72 / self.point
        self.gap = 12.0 if self.narrow else 14.0
        left = 0.0 if self.narrow else self.names + self.gap
        self.column = (self.across - left - self.gap * (len(names) - 1)) / max(len(names), 1)
        self.starts = {name: left + place * (self.column + self.gap) for place, name in enumerate(names)}
        grey = dict.fromkeys(view.study.park_ids("context"), PALETTE["mark"][0])
        self.colours = park_colours(view.study.all_parks) | grey
        self.at = 0.0
        self.figure = Figure(figsize=(width, 1))
        self.ax = self.figure.add_axes((0, 0, 1, 1))
        self.ax.set_axis_off()

    def fit(self, rows: Sequence[Row]) -> None:
        """Make room for what the cells hold; a kind of sheet whose words stand beside its marks needs it."""

    def heads(self, heads: Mapping[str, tuple[str, str]]) -> None:
        """The title and the unit of every column."""
        for name, (title, unit) in heads.items():
            low = self._named(self.starts[name], 0, (title, SMALL), unit, self.column, beside=len(heads) == 1)
            self.at = max(self.at, low + 3)
        self._across(INK)

    def title(self, words: str, verdicts: Mapping[str, tuple[str, Tie]]) -> None:
        """The header of a group, with what comes out in it under each column."""
        self._across(INK)
        top = self.at + 7
        low = self._write(
            0, top, words, WORD, self.names if verdicts and not self.narrow else self.across, weight="bold"
        )
        top = low if self.narrow else top + 1
        lows = [self._small(top, self.starts[c], said, tied=tied, color=INK) for c, (said, tied) in verdicts.items()]
        self.at = max([low, *lows]) - 3 + self.air

    def rule(self, words: str = "", *, drawn: bool = True) -> None:
        """What parts two lines; with `words` what follows stands apart, below a header without a line of its own."""
        if drawn:
            self._across(INK if words else GRID)
        self.at = self._small(self.at + 5, 0, words, self.across) if words else self.at

    def line(self, line: Sequence[Row]) -> None:
        """A line with its name and what stands under it, and its cells."""
        first, room = line[0], self.across if self.narrow else self.names
        top, tied = self.at + 4, (first["park_id"], "")
        low = self._named(0, top, (first["name"], WORD), first["under"], room, tied, beside=self.narrow)
        top = low + 2 if self.narrow else top
        self.at = max([low, *(self._cell(top, row) for row in line if row["column"] in self.starts)]) + 3 + self.air

    def _named(
        self,
        x: float,
        top: float,
        name: tuple[str, float],
        under: str,
        room: float,
        tied: Tie = ("", ""),
        *,
        beside: bool,
    ) -> float:
        """A name of a size in bold with small words under it, or `beside` it where both fit; how far down they come."""
        words, size = name
        look = {"color": INK, "weight": "bold"}
        low = self._write(x, top, words, size, room, tied, **look)
        # the capital of a short name counts
        bold = 1.0 if columns(words) > len(words) else 1.2 if len(words) < 12 else 1.1
        start = bold * OF_SIZE * size * columns(words) + 8
        if not beside or start + OF_SIZE * SMALL * columns(under) > room:
            return self._small(low - 1, x, under, room, tied)
        self._small(top + 0.95 * (size - SMALL), x + start, under, 2 * room, tied)
        return low

    def _cell(self, top: float, row: Row) -> float:
        """A cell; how far down it comes."""
        axis, start = self.axes.get(row["column"]), self.starts[row["column"]]
        tied = (row["park_id"], row["key"] or "")
        if row["low"] is None and axis:
            return self._small(top + 1, start, row["said"], tied=tied, style=slant(row["said"]))
        low = self._write(start, top, row["said"], WORD, self.column, tied)
        if axis:
            self._marks(low + 5, row, axis)
            low = self._tick(low + 13, row, axis)
        return self._small(low, start, row["below"], tied=(tied[0], row.get("band_key") or tied[1]))

    def _marks(self, y: float, row: Row, axis: Axis) -> None:
        """The strip of a cell with its references, its full-year band and its interval."""
        point, column = self.point, row["column"]
        self._strip(y, column, axis)
        ticks, keys = ticks_of(self.view, row), row.get("tick_keys") or []
        for (tick, _), key in zip(ticks, keys * len(ticks) if len(keys) == 1 else keys, strict=True):
            look = {"markersize": 13 * point, "markeredgewidth": 1.8 * point, "color": INK, "zorder": 2}
            self._plot(row, key, [self._x(column, axis, tick)], y, "|", **look)
        for name, span in reversed(spans_of(self.view, row).items()):
            ends = [self._x(column, axis, end) for end in span]
            if name == "band_key":
                self._plot(row, row[name], ends, y, linewidth=1.6 * point, marker="|", markersize=9 * point)
            else:
                self._interval(row, ends, y)
            if math.isinf(span[1]):
                self._plot(row, row[name], ends[1:], y, ">", markersize=8 * point, zorder=4)

    def _interval(self, row: Row, ends: Sequence[float], y: float) -> None:
        """A bar from end to end, a dot where it would be narrower than one; hollow for a text of grade C."""
        point, key, hollow = self.point, row["key"], row["grade"] not in COMPLETE
        if ends[1] - ends[0] < DOT - 1:
            look: Row = {"markersize": DOT * point, "markeredgewidth": 1.6 * point, "zorder": 3}
            look |= {"markerfacecolor": PAPER} if hollow else {}
            self._plot(row, key, [sum(ends) / 2], y, "o", **look)
            return
        self._plot(row, key, ends, y, linewidth=DOT * point, solid_capstyle="butt", zorder=3)
        if hollow:
            look = {"linewidth": (DOT - 3.2) * point, "color": PAPER, "solid_capstyle": "butt", "zorder": 4}
            self._plot(row, key, [ends[0] + 1.6, ends[1] - 1.6], y, **look)

    def _plot(self, row: Row, key: str, x: Sequence[float], y: float, *marker: str, **look: Any) -> None:
        look = {"color": self.colours[row["park_id"]], **look}
        look |= {"marker": marker[0], "linestyle": "None"} if marker else {}
        self.view.tie(self.stroke(x, [y] * len(x), **look), row["park_id"], key or "")

    def stroke(self, x: Sequence[float], y: Sequence[float], **look: Any) -> Any:
        """A line as it is, where `Axes.plot` would work out limits and the colour of a series for each."""
        from matplotlib.lines import Line2D

        return self.ax.add_artist(Line2D(x, y, **look))

    def _tick(self, y: float, row: Row, axis: Axis) -> float:
        """The words at the references of a cell, kept inside the column; how far down they come."""
        if not row["tick"]:
            return y
        places = [self._x(row["column"], axis, tick) for tick, _ in ticks_of(self.view, row)]
        start, wide = self.starts[row["column"]], columns(row["tick"]) * SMALL * OF_SIZE
        left = max(min(sum(places) / len(places) - wide / 2, start + self.column - wide), start)
        return self._small(y, left, row["tick"], 2 * self.column, (row["park_id"], row["tick_keys"][0]))

    def _x(self, column: str, axis: Axis, value: float) -> float:
        left, right = self.rooms
        return self.starts[column] + 5 + left + axis.share(value) * (self.column - 10 - left - right)

    def _strip(self, y: float, column: str, axis: Axis) -> None:
        """The axis of a cell, with a notch at every number that is named at its foot."""
        look: Row = {"color": RULE, "linewidth": self.point, "zorder": 0}
        (left, right), start = self.rooms, self.starts[column]
        self.stroke([start + left, start + self.column - right], [y, y], **look)
        for value in axis.named:
            x = self._x(column, axis, value)
            self.stroke([x, x], [y - 4, y + 4], **look)

    def _across(self, colour: str) -> None:
        width = (1.2 if colour == INK else 1) * self.point
        self.stroke([0, self.across], [self.at, self.at], color=colour, linewidth=width, zorder=0)

    def _small(self, top: float, x: float, words: str, room: float = 0, tied: Tie = ("", ""), **look: Any) -> float:
        """Small words in a room; how far down they come."""
        return self._write(x, top, words, SMALL, room or self.column, tied, **{"color": MUTED, **look})

    def _write(
        self, x: float, top: float, words: str, size: float, room: float, tied: Tie = ("", ""), **look: Any
    ) -> float:
        """Words in as many lines as a room needs; how far down they come."""
        if not words:
            return top
        lines = wrapped(words, self.fits(room, size))
        low = top + (lines.count("\n") + 1) * (size + 4.5)
        look = {"color": INK, "va": "baseline", "linespacing": 1.27, **look}  # the baseline of the last line
        text = self.ax.text(x, low - 0.05 * size - 4.5, lines, fontsize=size * self.point, **look)
        self.view.tie(text, *tied)
        return low

    def fits(self, room: float, size: float) -> int:
        """The columns of letters of a size that fit into a room."""
        return max(6, int(room / (size * OF_SIZE)))

    def done(self) -> Any:
        """The figure, with the axis of every column at its foot."""
        self._across(RULE)
        low = self.at
        for column, axis in self.axes.items():
            for value in axis.named:
                x = self._x(column, axis, value)
                low = max(low, self._small(self.at + 2, x, self.view.speech.foot(value), ha="center"))
        self.figure.set_size_inches(self.width, low * self.point / 72)
        self.ax.set(xlim=(0, self.across), ylim=(low, 0))
        return self.figure


class Single(Sheet):
    """The sheet of a single column: its room is enough for the mark of a cell beside the value in words."""

    names: ClassVar[float] = 230.0
    air: ClassVar[float] = 2.0

    def fit(self, rows: Sequence[Row]) -> None:
        """Leave room for the widest value at the left of the axis, under which all marks stand."""
        widest = max((columns(row["said"]) for row in rows if row["low"] is not None), default=0)
        self.rooms = (OF_SIZE * WORD * widest + _APART, 0.0)

    def _cell(self, top: float, row: Row) -> float:
        """A cell in one line, and what stands under it; how far down it comes."""
        axis, start = self.axes.get(row["column"]), self.starts[row["column"]]
        if row["low"] is None or axis is None:
            return super()._cell(top, row)
        tied = (row["park_id"], row["key"])
        low = self._write(start, top, row["said"], WORD, self.column, tied)
        y = top + 0.6 * WORD
        self._marks(y, row, axis)
        low = max(low, self._tick(y + 9, row, axis))
        return self._small(low - 1, start, row["below"], tied=(tied[0], row.get("band_key") or tied[1]))
