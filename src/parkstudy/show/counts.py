"""The form that a figure takes of many parks where its rows are no values: bars that count the parks, one a code, with their number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import polars as pl
from markupsafe import Markup

from parkstudy.record.rows import Row
from parkstudy.show.figure import Figure, Values
from parkstudy.show.markup import Cell
from parkstudy.show.select.shared import Selected
from parkstudy.show.theme import INK, NARROW, PALETTE, letters, to_plot
from parkstudy.show.view import View
from parkstudy.words.lines import shortened


@dataclass(frozen=True, kw_only=True)
class Counts(Figure):
    """Bars of counts; `of` is the figure whose rows are counted: its `counted` gives label, `count` and `other` of each bar.

    `other` parks are drawn behind the `count`, paler: those that print something else in the place of it.
    """

    kind = "counts"
    of: Any

    def words_of(self, view: View, part: str, facts: Mapping[str, Any]) -> Markup:
        """A part of its words: the claim of the figure itself, which counts too; the rest of `counts.j2`."""
        if part == "claim":
            claim: Markup = self.of.words_of(view, part, facts)
            return claim
        return view.say("counts.j2", part, **{**facts, "words": self.of.counting})

    def prepared(self, view: View, selected: Selected) -> Selected:
        """The bars as rows."""
        rows = self.of.counted(view, selected)
        data = pl.DataFrame(rows, schema={"label": pl.String, "count": pl.Int64, "other": pl.Int64}, orient="row")
        return replace(selected, data=data, facts={**selected.facts, "of": len(view.study.park_ids())})

    def facts(self, selected: Selected, parameters: Mapping[str, str]) -> dict[str, Any]:
        """What its words may print; `height` is how many rows were counted."""
        rows = selected.data.to_dicts()
        return {
            "height": len(rows),
            **selected.facts,
            **parameters,
            "rows": rows,
            "others": any(row["other"] for row in rows),
        }

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """seaborn's bars, each with its numbers at its end."""
        import seaborn as sns
        from matplotlib.figure import Figure as Drawing

        data, size = selected.data, letters(width)
        ax = Drawing(figsize=(width, 0.26 * data.height + 0.2), layout="constrained").subplots()
        shown = data.with_columns(
            place=pl.int_range(data.height).cast(pl.String), whole=pl.col("count") + pl.col("other")
        )
        for length, colour in (("whole", PALETTE["ahead"][0]), ("count", PALETTE["stated"][0])):
            plotted = to_plot(shown.select(length, "place"))
            sns.barplot(plotted, x=length, y="place", color=colour, ax=ax, width=0.7, saturation=1, errorbar=None)
        for place, row in enumerate(data.iter_rows(named=True)):
            words = view.say("counts.j2", "end", row=row)
            look: Row = {"va": "center", "fontsize": size, "color": INK}
            ax.annotate(str(words), (row["count"] + row["other"], place), (4, 0), textcoords="offset points", **look)
        most = 30 if width <= NARROW else 52
        ax.set_yticks(range(data.height), [shortened(label, most) for label in data["label"]])
        ax.set(xlabel="", ylabel="", xticks=[])
        ax.margins(x=0.12 if width > NARROW else 0.3)
        ax.grid(visible=False)
        ax.tick_params(length=0, labelsize=size)
        return ax.figure

    def table(self, view: View, selected: Selected) -> Values:
        """The counts as numbers."""
        header = [view.speech.label("column", name) for name in ("row", "parks", "other_than")]
        rows: Sequence[Sequence[object]] = [
            (row["label"], Cell(row["count"], value=row["count"]), Cell(row["other"], value=row["other"]))
            for row in selected.data.iter_rows(named=True)
        ]
        return header, rows


def of_rows(figure: Figure) -> Counts:
    """The counts that a figure becomes."""
    made = Counts(**{one.name: getattr(figure, one.name) for one in fields(Figure)}, of=figure)
    return replace(made, file=lambda view, selected: selected.data)
