"""Figures, and the interval dot plot that every measure shares.

A row is a park on its months; a panel is one concept, so that nothing of another concept shares its axis. The thick line
is what the printed digits allow, the dot the printed value, the thin line a full-year band; a hollow dot is a text of
grade C, a diamond a forecast; a row without a value says why in words. seaborn gives the theme; a frozen drawing whose
every mark opens its record has no plot of seaborn's, so the marks are drawn here.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from markupsafe import Markup

from parkstudy.show import svg
from parkstudy.show.exhibit import STATE, Cell, Entry, Exhibit, Selected, table_html
from parkstudy.show.theme import INK, MUTED, NARROW, PALETTE, PAPER, WIDE, park_colours, slant, style
from parkstudy.show.view import View
from parkstudy.words.lines import columns, shortened, wrapped
from parkstudy.words.speech import plain

Values = tuple[Sequence[str], Sequence[Sequence[object]]]  # header and rows of the table under a figure

MARKED_STATUS = ("P", "F", "U", "I")
MARKED_FLAGS = (
    "populations_differ", "population_unstated", "concept_inferred", "sample_change", "two_readings", "part_area", "at_bound",
    "contradicted", "implausible", "pending_approval", "borrowed_share",
)  # fmt: skip
_COLUMNS = 68  # of the words of a row that a telephone's width holds
_TOO_NARROW = 1.02  # high over low of an interval that nobody sees, which is not printed


@dataclass(frozen=True, kw_only=True)
class Figure(Entry):
    """A figure, drawn for a wide column and for a telephone, with its values in words. A kind of figure gives three methods."""

    kind = "figure"

    def state(self, view: View, parameters: Mapping[str, str]) -> Exhibit:
        """The figure of one state."""
        selected = self.prepared(view, self.select(view.study, **parameters))
        facts = self.facts(selected, parameters)
        claim = self.words_of(view, "claim", facts)
        if selected.data.height == 0:
            return self.without_rows(view, selected, claim)
        caption = self.words_of(view, "caption", facts)
        alt = plain(self.words_of(view, "alt", facts))
        if alt == plain(caption):
            raise ValueError(
                f"exhibit {self.key!r}: the alternative text repeats the caption; describe what the picture shows"
            )
        style()
        wide, narrow = (svg.drawn(self.draw(view, selected, width)) for width in (WIDE, NARROW))
        name = self.anchor or self.key
        charts = "".join(
            f'<div class="chart {kind}"{hidden}>{svg.inline(document, f"{name}-{STATE}{kind[0]}-", alt)}</div>'
            for kind, hidden, document in (("wide", "", wide), ("narrow", " hidden", narrow))
        )
        inside = charts + _details(view, claim, *self.table(view, selected))
        body = self.framed(view, selected, inside, claim, caption, Markup(""))
        return self.exhibit(view, body, selected, answer=plain(claim), svg=wide)

    def prepared(self, view: View, selected: Selected) -> Selected:
        """What was selected, with the words that stand in the drawing."""
        return selected

    def facts(self, selected: Selected, parameters: Mapping[str, str]) -> dict[str, Any]:
        """What its words may print."""
        return {**selected.facts, **parameters, "rows": selected.data.to_dicts(), "height": selected.data.height}

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """The matplotlib figure in a width in inches."""
        raise NotImplementedError

    def table(self, view: View, selected: Selected) -> Values:
        """The values of the figure in words."""
        raise NotImplementedError


def _details(view: View, claim: Markup, header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    title = view.say("exhibit.j2", "values", height=len(rows))
    name = plain(view.say("exhibit.j2", "values_of", claim=claim))
    inside = table_html(view, name, header, rows, [False] * len(header))
    return f'<details class="values"><summary>{title}</summary>{inside}</details>'


@dataclass(frozen=True, kw_only=True)
class Dots(Figure):
    """An interval dot plot of measure rows, a panel a concept.

    `panels` are the codes that `panel` (a column, of measures if it is `measure`) may hold, in their order; the block
    `..._panel` says its title, else the measure's short name is. `detail` names a column whose label follows the value;
    `shared` is one axis for all panels. The blocks `..._label` and `..._more` say other words at the left of a row, and more
    behind its value. A `target` beside a value has a mark, and a column of its own in the table.
    """

    kind = "dots"
    panels: tuple[str, ...]
    panel: str = "measure"
    detail: str = "population"
    shared: bool = False

    def prepared(self, view: View, selected: Selected) -> Selected:
        """The rows with `panel`, `label` and `said`, in the order of the study."""
        parks, among = pl.Enum(view.study.parks["park_id"]), pl.Enum(self.panels)
        data = selected.data.with_columns(panel=pl.col(self.panel).cast(pl.String))
        order = pl.col("park_id").cast(parks), pl.col("panel").cast(among), pl.col("period_end")
        data = data.sort(order, maintain_order=True, nulls_last=True)
        words = [self._words(view, row, selected.facts) for row in data.iter_rows(named=True)]
        data = data.hstack(pl.DataFrame(words, schema=dict.fromkeys(("label", "brief", "said"), pl.String)))
        official = data.filter(
            pl.col("low").is_not_null(), grade="A", value_type="outturn"
        )  # who may stand in a claim (Q2)
        unit = view.unit(data["measure"][0]) if data.height else ""
        facts = {"unit": unit, "measure": self.panels[0], "official": official.to_dicts(), **selected.facts}
        return replace(selected, data=data, facts=facts)

    def _words(self, view: View, row: dict[str, Any], facts: Mapping[str, Any]) -> dict[str, str]:
        say = view.speech
        if row["low"] is None:
            reason = say.text("reason", row["reason"])
            return {"label": view.names[row["park_id"]], "brief": reason, "said": reason}
        label, more = (plain(self.words_of(view, part, {**facts, "row": row})) for part in ("label", "more"))
        value, span = view.rate(row), view.on_axis(row)
        if value != span and row["high"] > row["low"] * _TOO_NARROW:
            value = view.bracketed(value, span)
        detail = say.label(self.detail, row[self.detail]) if self.detail and row[self.detail] else ""
        marks = [say.label("obs_status", row["status"])] if row["status"] in MARKED_STATUS else []
        marks += [say.label("flag", flag) for flag in row["flags"] if flag in MARKED_FLAGS]
        brief = say.mark("dot").join(filter(None, (value, detail, *dict.fromkeys(marks))))
        return {"label": label, "brief": brief, "said": brief + say.mark("dot") + more if more else brief}

    def titles(self, view: View, selected: Selected) -> dict[str, str]:
        """Panel to title."""
        return {panel: plain(self.words_of(view, "panel", {**selected.facts, "panel": panel})) for panel in self.panels}

    def unit(self, view: View, selected: Selected) -> str:
        """The words at the axis: the block `..._axis`, else the unit of the measure."""
        return plain(self.words_of(view, "axis", selected.facts))

    def table(self, view: View, selected: Selected) -> Values:
        """Header and rows of the values, from the words that are drawn beside the marks."""
        data, titles = selected.data, self.titles(view, selected)
        beside, several = "target" in data.columns, len(titles) > 1
        codes = [*(["panel"] if several else []), "row", *(["rate", "target"] if beside else ["value"])]
        rows: list[list[object]] = []
        for row in data.iter_rows(named=True):
            line: list[object] = [titles[row["panel"]]] if several else []
            line += [Cell(row["label"], park=row["park_id"]), Cell(row["brief" if beside else "said"], key=row["key"])]
            if beside:
                line.append(Cell(view.rate(view.measured(row["target_key"])), key=row["target_key"]))
            rows.append(line)
        return [view.speech.label("column", code) for code in codes], rows

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """The panels that have rows, one under another."""
        import matplotlib.pyplot as plt
        from matplotlib.layout_engine import ConstrainedLayoutEngine

        data, narrow = on_scale(view, selected.data), width <= NARROW
        titles = self.titles(view, selected)
        panels = [panel for panel in titles if panel in data["panel"].to_list()]
        heights = [data.filter(panel=panel).height + 0.9 for panel in panels]
        size = (width, (0.55 if narrow else 0.36) * sum(heights) + 0.5 + (0 if self.shared else 0.22 * len(panels)))
        layout = ConstrainedLayoutEngine(h_pad=0.07)  # a title keeps away from the axis above it
        figure, axes = plt.subplots(
            len(panels), 1, figsize=size, sharex=self.shared, height_ratios=heights, squeeze=False, layout=layout
        )
        colours = park_colours(view.study.all_parks)
        for ax, panel in zip(axes[:, 0], panels, strict=True):
            rows = data.filter(panel=panel)
            _Panel(view, ax, rows, _limits(data if self.shared else rows, narrow), narrow).draw(colours)
            ax.set_title(wrapped(titles[panel], _COLUMNS - 8 if narrow else 100), fontsize=8.5)
        axes[-1, 0].set_xlabel(self.unit(view, selected))
        return figure


def on_scale(view: View, data: pl.DataFrame) -> pl.DataFrame:
    """The rows on the scale of the unit in which their measure is shown."""
    scaled = [name for name in ("value", "low", "high", "band_low", "band_high", "target") if name in data.columns]
    measure = pl.col("measure").cast(pl.String)
    factors = {name: view.factor(name) for name in data["measure"].cast(pl.String).unique()}
    return data.with_columns(pl.col(scaled) / measure.replace_strict(factors, return_dtype=pl.Float64))


def _finite(numbers: pl.Series) -> list[float]:
    return [float(n) for n in numbers if n is not None and math.isfinite(n)]


def _limits(rows: pl.DataFrame, narrow: bool) -> tuple[float, float]:
    """The ends of an axis: zero and everything that is drawn, with room for the words at the right."""
    ends = [name for name in ("high", "value", "band_high", "target") if name in rows.columns]
    most = max([0.0, *(end for name in ends for end in _finite(rows[name]))])
    least = min([0.0, *_finite(rows["low"])])
    if "references" in rows.columns:
        beside = _finite(rows["references"].explode())
        least, most = min([least, *(1.3 * r for r in beside)]), max([most, *beside])
    return least * 1.1, (most or 1.0) * (1.15 if narrow else 1.9)


@dataclass
class _Panel:
    """One panel while it is drawn."""

    view: View
    ax: Any
    rows: pl.DataFrame
    limits: tuple[float, float]
    narrow: bool

    def draw(self, colours: Mapping[str, str]) -> None:
        ax, narrow = self.ax, self.narrow
        ax.set_xlim(*self.limits)
        for place, row in enumerate(self.rows.iter_rows(named=True)):
            self._row(row, place, colours[row["park_id"]])
        ax.set(xlabel="", ylabel="", ylim=(self.rows.height - (0.3 if narrow else 0.4), -0.6))
        if narrow:  # a telephone has no room for a column of labels: each stands above its row
            ax.set_yticks([])
        else:
            ax.set_yticks(range(self.rows.height), [shortened(text, 44) for text in self.rows["label"]])
            for text, row in zip(ax.get_yticklabels(), self.rows.iter_rows(named=True), strict=True):
                self.view.tie(text, row["park_id"], row["key"])
        ax.tick_params(length=0, labelsize=7.2 if narrow else 8.5)

    def _say(
        self, row: Mapping[str, Any], text: str, at: tuple[float, float], offset: tuple[int, int], **look: Any
    ) -> None:
        words = self.ax.annotate(text, at, offset, textcoords="offset points", **{"color": MUTED, **look})
        self.view.tie(words, row["park_id"], row["key"])

    def _row(self, row: Mapping[str, Any], place: int, colour: str) -> None:
        (left, right), known = self.limits, row["low"] is not None
        look = {"style": "normal" if known else slant(row["said"]), "fontsize": 7 if self.narrow else 7.4}
        if self.narrow:
            label = shortened(row["label"], _COLUMNS)
            self._say(row, label, (left, place), (0, 5), va="bottom", fontsize=7.4, color=INK)
        at = self._marks(row, place, colour) if known else left
        if self.narrow:
            self._say(row, wrapped(row["said"], _COLUMNS), (left, place), (0, -5 if known else 2), va="top", **look)
            return
        room = 15 * self.ax.figure.get_figwidth() * (right - at) / (right - left)  # the axes take three quarters
        width = max(int(room), columns(row["said"]) // 2 + 6) if known else 96  # two lines at most
        self._say(row, wrapped(row["said"], width), (at, place), (7 if known else 4, 0), va="center", **look)

    def _marks(self, row: Mapping[str, Any], place: int, colour: str) -> float:
        """Draw the marks of a row, those of its reference, target and band too; the place on the axis where its words begin."""

        def plot(x: Any, y: Any, *marker: str, key: str = row["key"], **look: Any) -> None:
            self.view.tie(self.ax.plot(x, y, *marker, **{"color": colour, **look})[0], row["park_id"], key)

        if row.get("band_low") is not None:
            band = row["band_low"], row["band_high"]
            plot(band, [place] * 2, key=row["band_key"], linewidth=1, marker="|", markersize=7, zorder=1)
        if row.get("target") is not None:
            look = {"markersize": 10 if self.narrow else 15, "markeredgewidth": 2}
            plot(row["target"], place, "|", key=row["target_key"], color=INK, zorder=4, **look)
        for reference, key in zip(row.get("references") or [], row.get("reference_keys") or [], strict=True):
            plot(reference, place, "d", key=key, color=PALETTE["mark"][0], markersize=4.5, zorder=2)
        ends = max(row["low"], self.limits[0]), min(row["high"], self.limits[1])
        width, alpha = (5, 0.45) if row["value"] is None else (2.4, 1)
        plot(ends, [place] * 2, linewidth=width, alpha=alpha, solid_capstyle="butt", zorder=2)
        if math.isinf(row["high"]):
            plot(ends[1], place, ">", markersize=5, clip_on=False)
        if row["value"] is not None:
            face = PAPER if row["grade"] == "C" else colour
            marker = "D" if row["value_type"] == "forecast" else "o"
            plot(row["value"], place, marker, markerfacecolor=face, markersize=6.2, markeredgewidth=1.4, zorder=3)
        return float(max(ends[1], row.get("band_high") or ends[1]))
