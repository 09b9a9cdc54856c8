"""Bar charts of seaborn whose bars know their park and the figure they stand for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import polars as pl

from parkstudy.show.dots import Figure, Values
from parkstudy.show.exhibit import Cell, Selected
from parkstudy.show.theme import ACCENT, INK, NARROW, PAPER, park_colours, to_plot
from parkstudy.show.view import View
from parkstudy.words.codes import codes
from parkstudy.words.lines import shortened
from parkstudy.words.speech import number, plain


@dataclass(frozen=True, kw_only=True)
class Bars(Figure):
    """Horizontal bars, a row of the data each, from `start` (0 without) over the column `length`; a text of grade C is hollow.

    The block `..._label` says the words at the left of a row.
    """

    kind = "bars"
    length: ClassVar[str]
    row_height: ClassVar[float]
    thickness: ClassVar[float]

    def prepared(self, view: View, selected: Selected) -> Selected:
        """The rows with their `label`."""
        labels = [plain(self.words_of(view, "label", {"row": row})) for row in selected.data.iter_rows(named=True)]
        data = selected.data.with_columns(label=pl.Series(labels, dtype=pl.String))
        return Selected(data, selected.facts, selected.inputs, selected.measures)

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """The bars, and at each what `beside` writes."""
        import matplotlib.pyplot as plt
        import seaborn as sns

        data, narrow = selected.data, width <= NARROW
        figure, ax = plt.subplots(figsize=(width, self.row_height * data.height + 0.55), layout="constrained")
        colours = self.colours(view, data)
        shown = data.with_columns(place=pl.int_range(data.height).cast(pl.String))  # a place, not a name, is unique
        sns.barplot(
            data=to_plot(shown.select(self.length, "place")), x=self.length, y="place", hue="place", palette=colours, ax=ax,
            width=self.thickness, saturation=1, errorbar=None, legend=False,
        )  # fmt: skip
        for place, (row, colour) in enumerate(zip(data.iter_rows(named=True), colours, strict=True)):
            bar = view.tie(ax.patches[place], row["park_id"], row.get("key", ""))
            face = PAPER if row["grade"] == "C" else colour
            bar.set(x=row.get("start", 0), facecolor=face, edgecolor=colour, linewidth=1.2)
            self.beside(view, ax, row, place)
        self.axes(view, ax, data, narrow)
        ax.set_yticks(range(data.height), [shortened(label, 44) for label in data["label"]])
        for text, row in zip(ax.get_yticklabels(), data.iter_rows(named=True), strict=True):
            view.tie(text, row["park_id"], row.get("key", ""))
        ax.tick_params(length=0, labelsize=7.2 if narrow else 8.5)
        return figure

    def colours(self, view: View, data: pl.DataFrame) -> list[str]:
        """A colour a bar."""
        raise NotImplementedError

    def beside(self, view: View, ax: Any, row: Mapping[str, Any], place: int) -> None:
        """What stands in or beside the bar of a row."""
        raise NotImplementedError

    def axes(self, view: View, ax: Any, data: pl.DataFrame, narrow: bool) -> None:
        """The axis of the lengths."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class AreaBars(Bars):
    """Areas with the interval that their digits allow, in the colours of their parks."""

    length = "km2"
    row_height = 0.3
    thickness = 0.6

    def colours(self, view: View, data: pl.DataFrame) -> list[str]:
        """The colour of each row's park."""
        colours = park_colours(view.study.all_parks)
        return [colours[park] for park in data["park_id"]]

    def beside(self, view: View, ax: Any, row: Mapping[str, Any], place: int) -> None:
        """The interval, and the size."""
        tied = row["park_id"], row["key"]
        (ends,) = ax.plot([row["low"], row["high"]], [place] * 2, color=INK, linewidth=1.4, solid_capstyle="butt")
        view.tie(ends, *tied)
        at = max(row["km2"], row["high"]) if math.isfinite(row["high"]) else row["km2"]
        size = number(row["km2"], 3)
        view.tie(ax.annotate(size, (at, place), (4, 0), textcoords="offset points", va="center", fontsize=7.5), *tied)

    def axes(self, view: View, ax: Any, data: pl.DataFrame, narrow: bool) -> None:
        """The unit."""
        ax.set(xlabel=view.speech.label("column", "km2"), ylabel="")

    def table(self, view: View, selected: Selected) -> Values:
        """Park, rung and size."""
        header = [view.speech.label("column", code) for code in ("park", "rung", "km2")]
        return header, [
            (Cell(view.names[r["park_id"]], park=r["park_id"]), view.label(r["rung"], "rung"), Cell(number(r["km2"], 3), key=r["key"]))
            for r in selected.data.iter_rows(named=True)
        ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class MonthBars(Bars):
    """Spans of months on one year's axis, the year written into the bar."""

    length = "months"
    row_height = 0.42
    thickness = 0.55

    def colours(self, view: View, data: pl.DataFrame) -> list[str]:
        """One colour: a span is no quantity of a park."""
        return [ACCENT] * data.height

    def beside(self, view: View, ax: Any, row: Mapping[str, Any], place: int) -> None:
        """The year."""
        year = ax.text(row["start"] + 0.15, place, str(row["year"]), va="center", fontsize=8.5)
        view.tie(year, row["park_id"]).set_color(ACCENT if row["grade"] == "C" else PAPER)

    def axes(self, view: View, ax: Any, data: pl.DataFrame, narrow: bool) -> None:
        """The months."""
        step = 2 if narrow else 1
        ax.set(xlim=(0, max([12, *(data["start"] + data["months"])])), xlabel="", ylabel="")
        names = [view.label(month, "month") for month in codes("month")]
        ax.set_xticks([month + 0.5 for month in range(0, 12, step)], names[::step])

    def table(self, view: View, selected: Selected) -> Values:
        """Text, months and year."""
        header = [view.speech.label("column", code) for code in ("row", "months", "year")]
        rows = selected.data.iter_rows(named=True)
        return header, [(Cell(r["label"], park=r["park_id"]), r["months"], r["year"]) for r in rows]
