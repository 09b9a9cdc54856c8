"""Heat maps of codes by seaborn: a row an indicator, a column a park, a cell the colour and sign of its code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import polars as pl

from parkstudy.record.codes import codes
from parkstudy.show.counts import of_rows
from parkstudy.show.distribution import in_many
from parkstudy.show.figure import Figure, Values
from parkstudy.show.markup import Cell
from parkstudy.show.select.shared import Selected
from parkstudy.show.theme import INK, NARROW, PALETTE, RULE
from parkstudy.show.view import View
from parkstudy.words.lines import columns, shortened

COLOURS = {"stated": "stated", "otherwise": "ahead", "absent": "paper"}  # state to its ground; none is a park's

_MOST = 400  # cells of a map: some 700 bytes each, as two drawings and in words


def state_said(view: View, row: Mapping[str, Any]) -> str:
    """The state of a cell in words; where something is stated otherwise, how: only as a target, of a part."""
    if row["as_what"]:
        return view.label("as_what", row["as_what"])
    return view.label("stated", row["state"])


@dataclass(frozen=True, kw_only=True)
class Grid(Figure):
    """What each text holds of the indicators of the data, whose rows fill the map line by line.

    A cell has the sign of its state; where there is room, what is stated otherwise says how.
    """

    counting: ClassVar[str] = "coverage"

    def form(self, view: View, selected: Selected) -> Figure:
        """The map; of more than a few parks, or of more cells than a page holds, how many parks state each quantity."""
        return of_rows(self) if in_many(view, selected) or selected.data.height > _MOST else self

    def counted(self, view: View, selected: Selected) -> list[tuple[str, int, int]]:
        """How many parks state each quantity as a result of the whole park, and how many otherwise, by subject."""
        lines = selected.data.group_by("indicator", "transformation", maintain_order=True).agg(
            count=(pl.col("state") == "stated").sum(), other=(pl.col("state") == "otherwise").sum()
        )
        return [(view.quantity(row), row["count"], row["other"]) for row in lines.to_dicts()]

    def begun(self, selected: Selected, share: float) -> tuple[Selected, int]:
        """The whole map: its lines are low."""
        return selected, 0

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """seaborn's heat map, its cells and signs tied to what they stand for."""
        import seaborn as sns
        from matplotlib.colors import ListedColormap
        from matplotlib.figure import Figure as Drawing

        lines, parks = self._map(selected)
        narrow, rows, order = width <= NARROW, selected.data.to_dicts(), codes("stated")
        names = [view.name(park) for park in parks]
        size = 9.2 if narrow else 8.8  # points: no word of a page is smaller than 12 pixels
        turned = 90 if narrow or len(parks) > 6 else 0
        above = 0.085 * max(map(columns, names)) if turned else 0.25  # inches that the names of the columns take
        figure = Drawing(figsize=(width, 0.27 * len(lines) + above + 0.1), layout="constrained")
        ax = figure.subplots()
        sns.heatmap(
            [[order.index(row["state"]) for row in line] for line in lines], ax=ax,
            cmap=ListedColormap([PALETTE[COLOURS[code]][0] for code in order]), vmin=0, vmax=len(order) - 1,
            annot=[[self._sign(view, row, len(parks), narrow) for row in line] for line in lines], fmt="",
            annot_kws={"fontsize": size, "color": INK}, linewidths=0.8, linecolor=RULE, antialiased=True, cbar=False,
            xticklabels=False, yticklabels=False,
        )  # fmt: skip
        ties = [(row["park_id"], row["observation_id"] or "") for row in rows]
        view.tie_each(ax.collections[0], ties)
        for sign, tied in zip(ax.texts, ties, strict=True):
            view.tie(sign, *tied).set_color(INK)
        most = 34 if narrow else 52
        labels = [shortened(view.quantity(line[0]), most) for line in lines]
        ax.set_yticks([i + 0.5 for i in range(len(lines))], labels, rotation=0)
        ax.xaxis.tick_top()
        ax.set_xticks(
            [i + 0.5 for i in range(len(parks))], names, rotation=turned, va="bottom" if turned else "baseline"
        )
        for text, park in zip(ax.get_xticklabels(), parks, strict=True):
            view.tie(text, park)
        ax.tick_params(length=0, labelsize=size)
        ax.grid(visible=False)
        return figure

    def _sign(self, view: View, row: Mapping[str, Any], parks: int, narrow: bool) -> str:
        roomy = row["as_what"] and parks <= 6 and not narrow
        return view.label("as_what", row["as_what"]) if roomy else view.label("stated_sign", row["state"])

    def table(self, view: View, selected: Selected) -> Values:
        """The map in words."""
        lines, parks = self._map(selected)
        rows: list[list[object]] = [
            [view.quantity(line[0]), *(Cell(state_said(view, row), row["observation_id"] or "") for row in line)]
            for line in lines
        ]
        return [view.speech.label("column", "indicator"), *map(view.name, parks)], rows

    def _map(self, selected: Selected) -> tuple[list[list[dict[str, Any]]], list[str]]:
        """The lines of the map, and the parks of its columns."""
        found = selected.data.partition_by("indicator", "transformation", maintain_order=True)
        lines = [line.to_dicts() for line in found]
        return lines, [row["park_id"] for row in lines[0]]
