"""Panels of interval dot plots: the one drawing that every measure shares.

A row is a park on its months; a panel is one concept, so that nothing of another concept shares its axis. The thick line
is what the printed digits allow, the dot the printed value, the thin line a full-year band; a hollow dot is a text of
grade C, a diamond a forecast; a row without a value says why in words.
"""

from __future__ import annotations

import math
import textwrap
from typing import Any

import polars as pl

from parkstudy import wording
from parkstudy.dataset import Study
from parkstudy.measures import REASONS
from parkstudy.theme import INK, MUTED, NARROW, park_colours, to_plot

STATUS_WORDS = {"P": "provisional", "F": "forecast", "U": "contradicted", "I": "full year by interval"}
FLAG_WORDS = {
    "populations_differ": "tax and output of different firms",
    "concept_inferred": "our reading",
    "sample_change": "other firms",
    "two_readings": "two readings",
    "part_area": "part of the park",
    "at_bound": "at its bound",
    "contradicted": "contradicted",
    "implausible": "audit finding",
    "pending_approval": "pending approval",
    "borrowed_share": "borrowed share",
}


def labelled(
    study: Study, measures: pl.DataFrame, panel: pl.Expr, *, scale: float = 1.0, detail: str = "", digits: int = 3
) -> pl.DataFrame:
    """The rows that `draw` takes: `panel`, `label`, `said`, the interval times `scale`, in the order of the study.

    `detail` names a column whose words follow the value (a population); a refused row has its reason there. `digits` is
    the number of significant digits: four for printed rates, three for what is computed from them.
    """
    names = wording.short_names(study)
    order = {park: place for place, park in enumerate(study.parks["park_id"])}
    rows = [_words(row, names, scale, detail, digits) for row in measures.iter_rows(named=True)]
    words = pl.DataFrame(rows, schema={"label": pl.String, "said": pl.String})
    scaled = measures.with_columns(pl.col("value", "low", "high") * scale, panel=panel.cast(pl.String))
    place = pl.col("park_id").replace_strict(order, return_dtype=pl.Int64)
    labelled_rows = pl.concat([scaled, words], how="horizontal").with_columns(place=place)
    return labelled_rows.sort("place", "period_end", maintain_order=True, nulls_last=True)


def _words(row: dict[str, Any], names: dict[str, str], scale: float, detail: str, digits: int) -> dict[str, str]:
    if row["low"] is None:
        return {"label": names[row["park_id"]], "said": REASONS[row["reason"]]}
    span = wording.interval(row["low"] * scale, row["high"] * scale, 3)
    value = span if row["value"] is None else wording.number(row["value"] * scale, digits)
    if row["value"] is not None and row["high"] > row["low"] * 1.02:  # an interval too narrow to see is not printed
        value += f" ({span})"
    marks = [STATUS_WORDS.get(row["status"], ""), *(FLAG_WORDS[f] for f in row["flags"] if f in FLAG_WORDS)]
    parts = [value, wording.population(row[detail]) if detail else "", *dict.fromkeys(mark for mark in marks if mark)]
    return {"label": f"{names[row['park_id']]}, {wording.period(row)}", "said": " · ".join(p for p in parts if p)}


def finite(numbers: pl.Series) -> list[float]:
    """The numbers of a column that are neither missing nor infinite."""
    return [float(n) for n in numbers if n is not None and math.isfinite(n)]


def draw(
    study: Study, data: pl.DataFrame, titles: dict[str, str], unit: str, width: float, *, shared: bool = True
) -> Any:
    """Draw the panels of `data` that `titles` names, in its order; `unit` labels the axis (each one, if not `shared`)."""
    import matplotlib.pyplot as plt

    narrow = width <= NARROW
    panels = [panel for panel in titles if panel in data["panel"].to_list()]
    heights = [data.filter(panel=panel).height + 0.9 for panel in panels]
    size = (width, (0.55 if narrow else 0.36) * sum(heights) + 0.5 + (0 if shared else 0.22 * len(panels)))
    fig, axes = plt.subplots(
        len(panels), 1, figsize=size, sharex=shared, height_ratios=heights, squeeze=False, layout="constrained"
    )
    colours = park_colours(study.all_parks)
    for ax, panel in zip(axes[:, 0], panels, strict=True):
        rows = data.filter(panel=panel)
        span = data if shared else rows
        _draw_panel(ax, rows, colours, _limits(span, narrow), narrow)
        ax.set_title(textwrap.fill(titles[panel], 46 if narrow else 100), fontsize=8.5)
    axes[-1, 0].set_xlabel(unit)
    return fig


def _limits(rows: pl.DataFrame, narrow: bool) -> tuple[float, float]:
    most = max([0.0, *finite(rows["high"]), *finite(rows["value"])])
    if "band_high" in rows.columns:
        most = max([most, *finite(rows["band_high"])])
    least = min([0.0, *finite(rows["low"])])
    if "target" in rows.columns:
        most = max([most, *finite(rows["target"])])
    if "references" in rows.columns:
        beside = finite(rows["references"].explode())
        least, most = min([least, *(1.3 * r for r in beside)]), max([most, *beside])
    return least * 1.1, (most or 1.0) * (1.15 if narrow else 1.9)


def _draw_panel(
    ax: Any, rows: pl.DataFrame, colours: dict[str, str], limits: tuple[float, float], narrow: bool
) -> None:
    import seaborn as sns

    places = pl.Series("place_in_panel", list(range(rows.height)))
    shown = rows.with_columns(places, at=pl.col("value").fill_null(0.0))
    sns.scatterplot(
        data=to_plot(shown.select("at", "place_in_panel")), x="at", y="place_in_panel", ax=ax, s=0, legend=False
    )
    ax.set_xlim(*limits)
    for place, row in enumerate(rows.iter_rows(named=True)):
        _draw_row(ax, row, place, colours[row["park_id"]], limits, narrow)
    ax.set(xlabel="", ylabel="", ylim=(rows.height - (0.1 if narrow else 0.4), -0.6))
    ax.set_yticks(range(rows.height), [textwrap.shorten(text, 40, placeholder="…") for text in rows["label"]])
    ax.tick_params(length=0, labelsize=7.2 if narrow else 8.5)


def _draw_row(ax: Any, row: dict[str, Any], place: int, colour: str, limits: tuple[float, float], narrow: bool) -> None:
    if row["low"] is None:
        ax.annotate(
            textwrap.fill(row["said"], 46 if narrow else 84), (limits[0], place), (4, 0), textcoords="offset points",
            va="center", fontsize=6.6 if narrow else 7.2, color=MUTED, style="italic",
        )  # fmt: skip
        return
    if row.get("band_low") is not None:
        ax.plot(
            [row["band_low"], row["band_high"]],
            [place] * 2,
            color=colour,
            linewidth=1,
            marker="|",
            markersize=7,
            zorder=1,
        )
    if row.get("target") is not None:
        ax.plot(row["target"], place, "|", color=INK, markersize=15, markeredgewidth=2, zorder=4)
    for reference in row.get("references") or []:
        ax.plot(reference, place, "d", color="#8a96a3", markersize=4.5, zorder=2)
    ends = max(row["low"], limits[0]), min(row["high"], limits[1])
    soft = row["value"] is None
    ax.plot(
        ends,
        [place] * 2,
        color=colour,
        linewidth=5 if soft else 2.4,
        alpha=0.45 if soft else 1,
        solid_capstyle="butt",
        zorder=2,
    )
    if math.isinf(row["high"]):
        ax.plot(ends[1], place, ">", color=colour, markersize=5, clip_on=False)
    if not soft:
        face = "white" if row["grade"] == "C" else colour
        marker = "D" if row["value_type"] == "forecast" else "o"
        ax.plot(
            row["value"],
            place,
            marker,
            color=colour,
            markerfacecolor=face,
            markersize=6.2,
            markeredgewidth=1.4,
            zorder=3,
        )
    _say(ax, row, place, ends[1], narrow)


def _say(ax: Any, row: dict[str, Any], place: int, end: float, narrow: bool) -> None:
    """The words of a row: beside its interval, or under it where the page is narrow."""
    at = max(end, row.get("band_high") or end)
    if narrow:
        left = ax.get_xlim()[0]
        words = textwrap.fill(row["said"], 50)
        ax.annotate(words, (left, place), (2, -6), textcoords="offset points", va="top", fontsize=6.4, color=INK)
        return
    ax.annotate(row["said"], (at, place), (7, 0), textcoords="offset points", va="center", fontsize=7.2, color=MUTED)
