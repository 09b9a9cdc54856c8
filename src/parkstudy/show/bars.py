"""Bar charts of seaborn whose bars know their park and the figure they stand for."""

import math
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import polars as pl

from parkstudy.record.codes import codes
from parkstudy.record.rows import grouped
from parkstudy.record.schema import COMPLETE
from parkstudy.show.counts import of_rows
from parkstudy.show.distribution import in_many, of_figure
from parkstudy.show.figure import Figure, Values
from parkstudy.show.markup import Cell
from parkstudy.show.select.shared import Selected
from parkstudy.show.theme import ACCENT, INK, NARROW, PAPER, letters, park_colours, to_plot
from parkstudy.show.view import View
from parkstudy.words.lines import columns, wrapped
from parkstudy.words.speech import capital, plain

_LABEL = 30  # columns of a line of a long label
_LINE = 0.16  # inches that it takes
_MOST_SPANS = 40  # the latest of them, where texts of many years stand together


@dataclass(frozen=True, kw_only=True)
class Bars(Figure):
    """Horizontal bars, a row of the data each, from `start` (0 without) on; a text of grade C is hollow.

    The block `..._label` says the words at the left of a row.
    """

    kind = "bars"

    def prepared(self, view: View, selected: Selected) -> Selected:
        """The rows with their `label`."""
        labels = [plain(self.words_of(view, "label", {"row": row})) for row in selected.data.iter_rows(named=True)]
        return replace(selected, data=selected.data.with_columns(label=pl.Series(labels, dtype=pl.String)))


def _bars(view: View, data: pl.DataFrame, length: str, colours: list[str], size: tuple[float, float, float]) -> Any:
    """Axes with bars as long as a column says; `size`: width and height of a row in inches, share of it that the bar takes."""
    import seaborn as sns
    from matplotlib.figure import Figure as Drawing

    width, high, thick = size
    labels = _in_lines(data["label"].to_list(), width)
    high = max(high, _LINE * max((label.count("\n") + 1 for label in labels), default=1) + 0.08)
    ax = Drawing(figsize=(width, high * data.height + 0.55), layout="constrained").subplots()
    shown = data.with_columns(place=pl.int_range(data.height).cast(pl.String))  # a place, not a name, is unique
    sns.barplot(
        data=to_plot(shown.select(length, "place")), x=length, y="place", hue="place", palette=colours, ax=ax, width=thick,
        saturation=1, errorbar=None, legend=False,
    )  # fmt: skip
    ax.set_yticks(range(data.height), labels)
    marks = zip(data.iter_rows(named=True), colours, ax.patches, ax.get_yticklabels(), strict=True)
    for row, colour, bar, text in marks:
        face = colour if row["grade"] in COMPLETE else PAPER
        bar.set(x=row.get("start", 0), facecolor=face, edgecolor=colour, linewidth=1.2)
        for mark in (bar, text):
            view.tie(mark, row["park_id"], row.get("key", ""))
    ax.set(xlabel="", ylabel="")
    ax.tick_params(length=0, labelsize=letters(width))
    return ax


def _in_lines(labels: list[str], width: float) -> list[str]:
    """Labels in one line each, or all of them in lines of a length where one of them would leave the bars too little room."""
    most = 36 if width <= NARROW else 44
    return labels if all(columns(label) <= most for label in labels) else [wrapped(label, _LABEL) for label in labels]


@dataclass(frozen=True, kw_only=True)
class AreaBars(Bars):
    """Areas with the interval that their digits allow, in the colours of their parks; of many parks, how they spread."""

    def form(self, view: View, selected: Selected) -> Figure:
        """A bar an area; of more than a few parks, how the areas of each kind spread."""
        return of_figure(self) if in_many(view, selected) else self

    def panel_rows(self, view: View, selected: Selected) -> list[tuple[str, str, list[dict[str, Any]]]]:
        """The areas of each kind, as rows of a value."""
        like = {"measure": "", "unit": "km2", "method": "as_printed", "period_start": None, "period_end": None}
        rows = [{**row, **like, "value": row["km2"], "inputs": [row["key"]]} for row in selected.data.to_dicts()]
        kinds = grouped(sorted(rows, key=lambda row: codes("rung").index(row["rung"])), "rung")
        unit = view.speech.label("column", "km2")
        return [(capital(view.label("rung", rung)), unit, own) for (rung,), own in kinds.items()]

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """The bars, at each its interval and its size."""
        colours = park_colours(view.study.all_parks)
        chosen = [colours[park] for park in selected.data["park_id"]]
        ax = _bars(view, selected.data, "km2", chosen, (width, 0.3, 0.6))
        for place, row in enumerate(selected.data.iter_rows(named=True)):
            (ends,) = ax.plot([row["low"], row["high"]], [place] * 2, color=INK, linewidth=1.4, solid_capstyle="butt")
            at = max(row["km2"], row["high"]) if math.isfinite(row["high"]) else row["km2"]
            look = {"textcoords": "offset points", "va": "center", "fontsize": letters(width)}
            for mark in (ends, ax.annotate(view.size(row), (at, place), (4, 0), **look)):
                view.tie(mark, row["park_id"], row["key"])
        ax.set_xlabel(view.speech.label("column", "km2"), fontsize=letters(width))
        return ax.figure

    def table(self, view: View, selected: Selected) -> Values:
        """Park, rung and size."""
        header = [view.speech.label("column", code) for code in ("park", "rung", "km2")]
        return header, [
            (Cell(view.names[r["park_id"]], park=r["park_id"]), view.label("rung", r["rung"]), Cell(view.size(r), key=r["key"]))
            for r in selected.data.iter_rows(named=True)
        ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class MonthBars(Bars):
    """Spans of months on one year's axis, in one colour, for a span is no quantity of a park; of many parks, counts of each."""

    counting: ClassVar[str] = "spans"

    def form(self, view: View, selected: Selected) -> Figure:
        """A bar a text; of more than a few parks, a bar a span."""
        return of_rows(self) if in_many(view, selected) else self

    def counted(self, view: View, selected: Selected) -> list[tuple[str, int, int]]:
        """How many texts report each span, in the order of the years."""
        spans = grouped(selected.data.sort("period_end", "period_start").to_dicts(), "period_start", "period_end")
        return [(view.speech.span_of_time(*span), len(rows), 0) for span, rows in spans.items()][-_MOST_SPANS:]

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """The bars with the year in each, over the months."""
        data = selected.data
        longest = max(map(columns, "\n".join(_in_lines(data["label"].to_list(), width)).splitlines()), default=0)
        step = 1 if width > NARROW else 2 if longest <= _LABEL else 3  # the names of the months stand apart
        ax = _bars(view, data, "months", [ACCENT] * data.height, (width, 0.42, 0.55))
        for place, row in enumerate(data.iter_rows(named=True)):
            year = ax.text(row["start"] + 0.15, place, str(row["year"]), va="center", fontsize=letters(width))
            view.tie(year, row["park_id"]).set_color(PAPER if row["grade"] in COMPLETE else ACCENT)
        ax.set_xlim(0, max([12, *(data["start"] + data["months"])]))
        names = [view.label("month", month) for month in codes("month")]
        ax.set_xticks([month + 0.5 for month in range(0, 12, step)], names[::step])
        return ax.figure

    def table(self, view: View, selected: Selected) -> Values:
        """Text, months and year."""
        header = [view.speech.label("column", code) for code in ("row", "months", "year")]
        rows = selected.data.iter_rows(named=True)
        return header, [(Cell(r["label"], park=r["park_id"]), r["months"], r["year"]) for r in rows]
