"""Strips: how many values spread, a panel a measure. Each park is a dot, the lowest at the bottom; of very many, bars count them.

Complete texts stand above, those not known to be complete below and hollow; the middle half of the former is shaded, its median
a line, and the ends are named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from parkstudy.record.rows import Row
from parkstudy.show.select.spread import middle
from parkstudy.show.sheet import DOT, OF_SIZE, SMALL, WORD, Axis, Sheet, Tie, spans_of
from parkstudy.show.theme import ACCENT, GRID, INK, PALETTE, PAPER, to_plot
from parkstudy.show.view import View
from parkstudy.words.lines import columns

MARKED = 200  # parks up to which each has a mark of its own
_EDGE = 6.0  # pixels at both sides of a strip
_HIGH, _APART, _BARS = 130.0, 40.0, 100.0  # pixels: of a strip, of the one below it, of bars
_SEEN = 3.0  # pixels from which an interval is drawn: a narrower one is within its dot


@dataclass(frozen=True)
class Panel:
    """The values of one measure: its words, the rows of complete texts and of the others (lowest first), what they stand beside.

    `marks` are rows with the words that name them: the ends and the median. `ticks` are references with their words,
    `ticks_said`. `groups` are groups of the parks, `grouped` by what, each with its words, its rows and its spread. `silent`
    parks have no value.
    """

    title: str
    unit: str
    rows: Sequence[Row]
    apart: Sequence[Row] = ()
    spread: Row | None = None
    marks: dict[str, tuple[str, Row]] = field(default_factory=dict)
    ticks: Sequence[Row] = ()
    ticks_said: str = ""
    aside: str = ""
    grouped: str = ""
    groups: Sequence[tuple[str, Row]] = ()
    silent: int = 0


class Strips(Sheet):
    """The sheet of panels, one below the other."""

    def __init__(self, view: View, width: float, *, marked: bool) -> None:
        super().__init__(view, width, (), {})
        self.marked = marked
        self.bars: list[tuple[float, Axis, Panel]] = []

    def panel(self, panel: Panel) -> None:
        """A panel with its title, its named marks, its strip (or its bars) and its axis."""
        axis = self._axis([*panel.rows, *panel.apart, *panel.ticks])
        low = self._named(0, self.at + 7, (panel.title, WORD), panel.unit, self.across, beside=True)
        top = self._labels(low + 1, axis, panel) + 3
        if self.marked:
            high = _HIGH if panel.rows else 0.0
            self._shade(panel, axis, top, top + high)
            self._dots(panel.rows, axis, (top, top + high), hollow=False)
            foot = top + high + (_APART + 6 if panel.apart else 0)
            self._dots(panel.apart, axis, (top + high + 8, foot), hollow=True)
        else:
            foot = top + _BARS + (_APART if panel.apart else 0)
            self._shade(panel, axis, top, top + _BARS)
            self.bars.append((top, axis, panel))
        self.at = self._groups(self._foot(foot, axis, panel), axis, panel) + 4

    def _axis(self, rows: Sequence[Row]) -> Axis:
        """The axis of a panel, which has room for more numbers than that of a cell."""
        from matplotlib.ticker import MaxNLocator

        axis = Axis.of(self.view, rows)
        named: Any = MaxNLocator(4 if self.narrow else 8, steps=[1, 2, 2.5, 5, 10]).tick_values(axis.least, axis.most)
        return replace(axis, named=tuple(float(at) for at in named if axis.least <= at <= axis.most))

    def _place(self, axis: Axis, row: Row) -> tuple[float, float]:
        """The ends of a row in pixels across."""
        low, high = spans_of(self.view, row)["key"]
        return self._at(axis, low), self._at(axis, high)

    def _at(self, axis: Axis, value: float) -> float:
        return _EDGE + axis.share(value) * (self.across - 2 * _EDGE)

    def _middle(self, axis: Axis, row: Row) -> float:
        return self._at(axis, self.view.scaled({**row, "value": middle(row)})["value"])

    def _labels(self, top: float, axis: Axis, panel: Panel) -> float:
        """The words at the ends, on one line where both fit, and the median over its place."""
        lines = [panel.marks[name] for name in ("lowest", "highest") if name in panel.marks]
        beside = sum(columns(words) for words, _ in lines) + 3 <= self.fits(self.across, SMALL)
        low = top
        for (words, row), right in zip(lines, (False, True), strict=False):
            start = top if beside else low
            look = {"ha": "right"} if right else {}
            low = max(low, self._small(start, self.across if right else 0, words, self.across, _tie(row), **look))
        if "median" in panel.marks:
            words, row = panel.marks["median"]
            wide = columns(words) * SMALL * OF_SIZE
            x = self._middle(axis, panel.spread["median"]) if panel.spread else 0.0
            left = max(0.0, min(x - wide / 2, self.across - wide))
            low = self._small(low, left, words, self.across, _tie(row), color=INK)
        return low

    def _shade(self, panel: Panel, axis: Axis, top: float, low: float) -> None:
        """The middle half as a band and the median as a line."""
        if not panel.spread:
            return
        if half := panel.spread["half"]:
            left, right = self._place(axis, half["within"])
            self._box(left, top, right, low)
        x = self._middle(axis, panel.spread["median"])
        self.stroke([x, x], [top - 2, low], color=INK, linewidth=1.2 * self.point, zorder=1)

    def _box(self, left: float, top: float, right: float, low: float) -> None:
        from matplotlib.patches import Rectangle

        self.ax.add_artist(Rectangle((left, top), right - left, low - top, color=GRID, linewidth=0, zorder=0))

    def _dots(self, rows: Sequence[Row], axis: Axis, span: tuple[float, float], *, hollow: bool) -> None:
        """A dot a park from the foot of a span up, the interval behind it where it is wider."""
        import seaborn as sns

        if not rows:
            return
        top, low = span
        step = (low - top - DOT) / max(len(rows) - 1, 1)
        y = [low - DOT / 2 - place * step for place in range(len(rows))]
        ends = [self._place(axis, row) for row in rows]
        wide = [
            (*span, at, row["park_id"])
            for span, at, row in zip(ends, y, rows, strict=True)
            if span[1] - span[0] > DOT + _SEEN
        ]
        if wide:
            left, right, at, parks = zip(*wide, strict=True)
            look: Row = {"color": PALETTE["mark"][0], "linewidth": self.point, "zorder": 2, "clip_on": False}
            self.view.tie_each(self.ax.hlines(at, left, right, **look), [(park, "") for park in parks])
        x = [self._middle(axis, row) for row in rows]
        size = (DOT if len(rows) <= MARKED / 2 else DOT - 1.5) * self.point
        marks = sns.scatterplot(
            x=x, y=y, ax=self.ax, s=size**2, color=PAPER if hollow else ACCENT, edgecolor=ACCENT if hollow else PAPER,
            linewidth=(1.4 if hollow else 0.5) * self.point, legend=False, zorder=3, clip_on=False,
        ).collections[-1]  # fmt: skip
        self.view.tie_each(marks, [(row["park_id"], "") for row in rows])

    def _foot(self, foot: float, axis: Axis, panel: Panel) -> float:
        """The axis with its numbers, what the values stand beside, and what stands apart; how far down they come."""
        self.stroke([0, self.across], [foot, foot], color=PALETTE["mark"][0], linewidth=self.point, zorder=1)
        low = foot
        for value in axis.named:
            x = self._at(axis, value)
            self.stroke([x, x], [foot, foot + 4], color=PALETTE["mark"][0], linewidth=self.point)
            align = "left" if x < 20 else "right" if x > self.across - 20 else "center"
            low = max(low, self._small(foot + 4, x, self.view.speech.foot(value), ha=align))
        places = [self._middle(axis, row) for row in panel.ticks]
        for x, row in zip(places, panel.ticks, strict=True):
            tick = self.stroke([x, x], [foot - 9, foot + 4], color=INK, linewidth=2 * self.point, zorder=4)
            self.view.tie(tick, "", row["key"])
        if places:
            wide = columns(panel.ticks_said) * SMALL * OF_SIZE
            left = min(sum(places) / len(places) - wide / 2, self.across - wide)
            low = self._small(low, max(0.0, left), panel.ticks_said, self.across, color=INK)
        return self._small(low, 0, panel.aside, self.across) if panel.aside else low

    def _groups(self, top: float, axis: Axis, panel: Panel) -> float:
        """A line a group: from its lowest to its highest value, thick over its middle half, its median as a dot."""
        low = self._small(top + 2, 0, panel.grouped, self.across, color=INK) if panel.groups else top
        for words, group in panel.groups:
            low = self._small(low, 0, words, self.across)
            y = low + 6
            places = [place for row in group["rows"] for place in self._place(axis, row)]
            half = self._place(axis, group["quartiles"]["within"])
            for ends, wide in (((min(places), max(places)), 1.4), (half, 6.0)):
                look = {"color": PALETTE["mark"][0], "linewidth": wide * self.point, "solid_capstyle": "butt"}
                self.stroke(ends, [y, y], **look)
            x = self._middle(axis, group["median"])
            self.stroke([x], [y], marker="o", markersize=DOT * self.point, color=INK)
            low += 12
        return low

    def done(self) -> Any:
        """The figure, with the bars in axes of their own."""
        self.figure.set_size_inches(self.width, self.at * self.point / 72)
        self.ax.set(xlim=(0, self.across), ylim=(self.at, 0), xlabel="", ylabel="")
        self.ax.set_axis_off()
        for top, axis, panel in self.bars:
            self._bars(top, axis, panel)
        return self.figure

    def _bars(self, top: float, axis: Axis, panel: Panel) -> None:
        """How many values lie where, those apart downwards and hollow."""
        import polars as pl
        import seaborn as sns

        high = _BARS + (_APART if panel.apart else 0)
        edge, across = _EDGE / self.across, 1 - 2 * _EDGE / self.across
        ax: Any = self.figure.add_axes((edge, 1 - (top + high) / self.at, across, high / self.at))
        ax.set_axis_off()
        x, apart = ([self._middle(axis, row) for row in rows] for rows in (panel.rows, panel.apart))
        inside = (_EDGE, self.across - _EDGE)
        look: Row = {"ax": ax, "bins": 24 if self.narrow else 40, "binrange": inside, "legend": False}
        if x:
            filled = {"color": ACCENT, "alpha": 1, "edgecolor": PAPER, "linewidth": 0.5 * self.point}
            sns.histplot(to_plot(pl.DataFrame({"x": x})), x="x", **look, **filled)
        tallest = max((bar.get_height() for bar in ax.patches), default=1.0)
        if apart:
            hollow = {"fill": False, "edgecolor": ACCENT, "linewidth": self.point}
            frame = pl.DataFrame({"x": apart, "n": [-1.0] * len(apart)})
            sns.histplot(to_plot(frame), x="x", weights="n", **look, **hollow)
        deepest = min((bar.get_height() for bar in ax.patches), default=0.0)
        ax.set(xlim=inside, ylim=(deepest * 1.05 if apart else 0, tallest * 1.02))


def _tie(row: Row) -> Tie:
    return row["park_id"], row["key"]
