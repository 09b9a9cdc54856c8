"""The sheet of a board: what it draws, from the top down, in the pixels in which a page shows it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parkstudy.show.theme import GRID, INK, MUTED, NARROW, PAPER, RULE, WIDE, park_colours, slant
from parkstudy.show.view import View
from parkstudy.words.lines import columns, wrapped
from parkstudy.words.speech import number

Row = dict[str, Any]

_SHOWN = {WIDE: 717.0, NARROW: 355.0}  # pixels in which a page shows a drawing of a width in inches
_PAD = 0.05  # inches that are added around a drawing
_WORD, _SMALL = 14.2, 12.2  # pixels of letters
_NAMES = 168.0  # of the column of names; a telephone has none: a name stands above its cells
_LEADING = 16.5  # from a small line to the next


@dataclass(frozen=True)
class Axis:
    """The common axis of a column: its ends, and the round numbers that are named at it."""

    least: float
    most: float
    named: tuple[float, ...]

    @classmethod
    def of(cls, view: View, rows: Sequence[Row]) -> "Axis":
        """From zero, or what is below it, to the highest end that is drawn."""
        from matplotlib.ticker import MaxNLocator

        spans = [span for row in rows for span in (*spans_of(view, row).values(), *ticks_of(view, row))]
        ends = [0.0, *(end for end in spans for end in end if math.isfinite(end))]
        least, most = min(ends), max(ends) if max(ends) > min(ends) else min(ends) + 1
        named = MaxNLocator(2, steps=[1, 2, 4, 5, 10]).tick_values(least, most)
        return cls(least, most, tuple(float(at) for at in named if least <= at <= most))

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

    def __init__(self, view: View, width: float, names: Sequence[str], axes: Mapping[str, Axis]) -> None:
        import matplotlib.pyplot as plt

        self.view, self.axes, self.width, self.narrow = view, axes, width, width <= NARROW
        self.point = (width + 2 * _PAD) * 72 / _SHOWN.get(width, 100 * width)  # points to a pixel
        self.across = width * 72 / self.point
        self.gap = 12.0 if self.narrow else 20.0
        left = 0.0 if self.narrow else _NAMES + self.gap
        self.column = (self.across - left - self.gap * (len(names) - 1)) / max(len(names), 1)
        self.starts = {name: left + place * (self.column + self.gap) for place, name in enumerate(names)}
        self.colours = park_colours(view.study.all_parks)
        self.at = self.first = 0.0
        self.figure = plt.figure(figsize=(width, 1))
        self.ax = self.figure.add_axes((0, 0, 1, 1))
        self.ax.set_axis_off()

    def heads(self, heads: Mapping[str, tuple[str, str]]) -> None:
        """The title and the unit of every column."""
        lows = [
            self._small(self._small(0, self.starts[c], t, color=INK, weight="bold"), self.starts[c], unit)
            for c, (t, unit) in heads.items()
        ]
        self.first = self.at = max(lows, default=0.0) + 4
        self._across(self.at, INK)

    def title(self, text: str) -> None:
        """The header of a group."""
        if self.at > self.first:
            self._across(self.at, INK)
        self.at += 8
        self._write(0, self.at, text, _WORD, weight="bold")
        self.at += 18

    def rule(self, words: str = "") -> None:
        """What parts two lines; with `words` what follows stands apart."""
        self._across(self.at, INK if words else GRID)
        if words:
            self.at = self._small(self.at + 5, 0, words, room=self.across)

    def line(self, line: Sequence[Row]) -> None:
        """A line with its name and what stands under it, and its cells."""
        first = line[0]
        room = self.across if self.narrow else _NAMES
        self.at += 7
        self._write(0, self.at, wrapped(first["name"], self._fits(room, _WORD)), _WORD, first["park_id"], weight="bold")
        low = self._small(self.at + 19, 0, first["under"], room=room, park=first["park_id"])
        top = low + 3 if self.narrow else self.at
        self.at = max([low, *(self._cell(top, row) for row in line if row["column"] in self.starts)]) + 6

    def _cell(self, top: float, row: Row) -> float:
        """A cell; how far down it comes."""
        axis, start, tied = self.axes.get(row["column"]), self.starts[row["column"]], (row["park_id"], row["key"])
        if row["low"] is None and axis:
            self._strip(top + 28, row["column"])
            look = {"style": slant(row["said"])}
            return self._small(top + 2, start, row["said"], park=row["park_id"], key=row["key"] or "", **look)
        words = wrapped(row["said"], self._fits(self.column, _WORD))
        self._write(start, top, words, _WORD, *tied)
        low = top + 19 * (words.count("\n") + 1)
        if axis:
            self._marks(low + 9, row, axis)
            low = self._tick(low + 17, row, axis)
        return self._small(low, start, row["below"], park=row["park_id"], key=row.get("band_key") or row["key"])

    def _marks(self, y: float, row: Row, axis: Axis) -> None:
        """The strip of a cell with its band, its references and its interval."""
        park, colour, spans = row["park_id"], self.colours[row["park_id"]], spans_of(self.view, row)
        self._strip(y, row["column"])

        def plot(x: Sequence[float], key: str | None, *marker: str, **look: Any) -> None:
            self.view.tie(self.ax.plot(x, [y] * len(x), *marker, **look)[0], park, key or "")

        for key, span in reversed(spans.items()):
            ends = [self._x(row["column"], axis, end) for end in span]
            hollow = row["grade"] == "C"
            if key == "band_key":
                plot(ends, row[key], linewidth=1.6 * self.point, color=colour, marker="|", markersize=9 * self.point)
            elif ends[1] - ends[0] < 7:
                look = {"markersize": 8 * self.point, "markeredgewidth": 1.6 * self.point, "zorder": 3}
                plot([sum(ends) / 2], row[key], "o", color=colour, markerfacecolor=PAPER if hollow else colour, **look)
            else:
                plot(ends, row[key], linewidth=8 * self.point, color=colour, solid_capstyle="butt", zorder=3)
                inner = [ends[0] + 1.6, ends[1] - 1.6]
                if hollow:
                    plot(inner, row[key], linewidth=4.8 * self.point, color=PAPER, solid_capstyle="butt", zorder=4)
            if math.isinf(span[1]):
                plot(ends[1:], row[key], ">", color=colour, markersize=8 * self.point, zorder=4)
        for (tick, _), key in zip(ticks_of(self.view, row), row.get("tick_keys") or [], strict=True):
            look = {"markersize": 13 * self.point, "markeredgewidth": 1.8 * self.point, "color": INK, "zorder": 2}
            plot([self._x(row["column"], axis, tick)], key, "|", **look)

    def _tick(self, y: float, row: Row, axis: Axis) -> float:
        """The words at the references of a cell, kept inside the column; how far down they come."""
        if not row["tick"]:
            return y
        places = [self._x(row["column"], axis, tick) for tick, _ in ticks_of(self.view, row)]
        start, half = self.starts[row["column"]], columns(row["tick"]) * _SMALL * 0.27
        middle = min(max(sum(places) / len(places), start + half), start + self.column - half)
        self._write(middle, y, row["tick"], _SMALL, row["park_id"], row["tick_keys"][0], color=MUTED, ha="center")
        return y + _LEADING

    def _x(self, column: str, axis: Axis, value: float) -> float:
        return self.starts[column] + 4 + axis.share(value) * (self.column - 8)

    def _strip(self, y: float, column: str) -> None:
        self.ax.plot(
            [self.starts[column], self.starts[column] + self.column], [y, y], color=RULE, linewidth=self.point, zorder=0
        )

    def _across(self, y: float, colour: str) -> None:
        self.ax.plot(
            [0, self.across], [y, y], color=colour, linewidth=(1.2 if colour == INK else 1) * self.point, zorder=0
        )

    def _fits(self, room: float, size: float) -> int:
        """The columns of letters of a size that fit into a room."""
        return max(6, int(room / (size * 0.53)))

    def _small(
        self, top: float, x: float, words: str, room: float = 0, park: str = "", key: str = "", **look: Any
    ) -> float:
        """Small words, in lines; how far down they come."""
        if not words:
            return top
        lines = wrapped(words, self._fits(room or self.column, _SMALL)).split("\n")
        for place, line in enumerate(lines):
            self._write(x, top + place * _LEADING, line, _SMALL, park, key, **{"color": MUTED, **look})
        return top + len(lines) * _LEADING

    def _write(self, x: float, y: float, text: str, size: float, park: str = "", key: str = "", **look: Any) -> None:
        words = self.ax.text(
            x, y, text, fontsize=size * self.point, **{"color": INK, "va": "top", "linespacing": 1.2, **look}
        )
        self.view.tie(words, park, key)

    def done(self) -> Any:
        """The figure, with the axis of every column at its foot."""
        self._across(self.at, RULE)
        for column, axis in self.axes.items():
            for value in axis.named:
                x = self._x(column, axis, value)
                look = {"linewidth": self.point, "zorder": -1}
                self.ax.plot([x, x], [self.first, self.at], color=RULE if value == 0 else GRID, **look)
                self._write(x, self.at + 3, number(value), _SMALL, color=MUTED, ha="center")
        self.at += 3 + (_LEADING if self.axes else 0)
        self.figure.set_size_inches(self.width, self.at * self.point / 72)
        self.ax.set(xlim=(0, self.across), ylim=(self.at, 0))
        return self.figure
