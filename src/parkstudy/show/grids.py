"""Heat maps of codes by seaborn: a row an indicator, a column a park or a pair of parks, a cell the colour and sign of its code."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from parkstudy.record.codes import codes
from parkstudy.show.dots import Figure, Values
from parkstudy.show.exhibit import Cell, Selected
from parkstudy.show.theme import INK, NARROW, PALETTE, PAPER, RULE
from parkstudy.show.view import View
from parkstudy.words.lines import columns, shortened

COLOURS = {
    "full_year": "park-1", "part_year": "part", "point": "point", "ahead": "ahead", "parts": "pieces", "none": "paper",
    "comparable": "park-1", "limits": "limits", "not_comparable": "paper",
}  # fmt: skip
_DARK = "park-1"  # the one ground on which a sign is light


@dataclass(frozen=True, kw_only=True)
class Grid(Figure):
    """A heat map of the column `value`, which holds codes of the group `codes` and has their sign in the group `signs`.

    `across` are the columns of park ids that name a column of the map. The rows of the data fill it line by line.
    """

    value: str
    codes: str
    signs: str
    across: tuple[str, ...]

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """seaborn's heat map, its cells and signs tied to what they stand for."""
        import matplotlib.pyplot as plt
        import seaborn as sns
        from matplotlib.colors import ListedColormap

        lines, heads, names = self._map(view, selected)
        narrow, labels = width <= NARROW, [view.quantity(line.row(0, named=True)) for line in lines]
        rotation = 90 if narrow or len(heads) > 6 else 0
        above = 0.055 * max(map(columns, names)) if rotation else 0.2  # inches that the names of the columns take
        figure, ax = plt.subplots(figsize=(width, 0.225 * len(lines) + above + 0.1), layout="constrained")
        order = codes(self.codes)
        palette = [PALETTE[COLOURS[code]][0] for code in order]
        sns.heatmap(
            [[order.index(code) for code in line[self.value]] for line in lines], ax=ax, cmap=ListedColormap(palette), vmin=0,
            vmax=len(order) - 1, annot=[[view.label(code, self.signs) for code in line[self.value]] for line in lines],
            fmt="", annot_kws={"fontsize": 7.5}, linewidths=0.8, linecolor=RULE, antialiased=True, cbar=False, xticklabels=False,
            yticklabels=False,
        )  # fmt: skip
        keys = [row.get("observation_id") or "" for row in selected.data.iter_rows(named=True)]
        ties = list(zip(map(" ".join, selected.data.select(self.across).rows()), keys, strict=True))
        view.tie_each(ax.collections[0], ties)
        for sign, tied, code in zip(ax.texts, ties, selected.data[self.value], strict=True):
            view.tie(sign, *tied).set_color(PAPER if COLOURS[code] == _DARK else INK)
        most = 34 if narrow else 60
        ax.set_yticks([i + 0.5 for i in range(len(lines))], [shortened(label, most) for label in labels], rotation=0)
        ax.xaxis.tick_top()
        ax.set_xticks([i + 0.5 for i in range(len(heads))], names, rotation=rotation)
        for text, head in zip(ax.get_xticklabels(), heads, strict=True):
            view.tie(text, " ".join(head))
        ax.tick_params(length=0, labelsize=6.5 if narrow else 8)
        ax.grid(visible=False)
        return figure

    def table(self, view: View, selected: Selected) -> Values:
        """The map in words."""
        lines, _, names = self._map(view, selected)
        rows: list[list[object]] = []
        for line in (line.to_dicts() for line in lines):
            said = [(view.label(row[self.value], self.codes), row.get("observation_id") or "") for row in line]
            rows.append([view.quantity(line[0]), *(Cell(words, key) for words, key in said)])
        return [view.speech.label("column", "indicator"), *names], rows

    def _map(self, view: View, selected: Selected) -> tuple[list[pl.DataFrame], list[tuple[str, ...]], list[str]]:
        """The lines of the map, the parks of its columns, and the names of these."""
        lines = selected.data.partition_by("indicator", "transformation", maintain_order=True)
        heads = lines[0].select(self.across).rows()
        return lines, heads, [view.speech.mark("dash").join(map(view.name, head)) for head in heads]
