"""Panels of interval dot plots: the one drawing that every measure shares.

A row is a park on its months; a panel is one concept, so that nothing of another concept shares its axis. The thick line
is what the printed digits allow, the dot the printed value, the thin line a full-year band; a hollow dot is a text of
grade C, a diamond a forecast; a row without a value says why in words.
"""

from __future__ import annotations

import math
from typing import Any

import polars as pl

from parkstudy.method.measures import REASONS
from parkstudy.method.study import Study
from parkstudy.show.exhibit import names_park
from parkstudy.show.provenance import with_keys
from parkstudy.show.svg import tie
from parkstudy.show.theme import INK, MUTED, NARROW, PALETTE, PAPER, park_colours, slant, to_plot
from parkstudy.words import wording
from parkstudy.words.language import Text

STATUS_WORDS = {
    "P": Text("provisional", "初步数"),
    "F": Text("forecast", "预计数"),
    "U": Text("contradicted", "与其他数据矛盾"),
    "I": Text("full year by interval", "按区间折合全年"),
}
FLAG_WORDS = {
    "populations_differ": Text("tax and output of different firms", "税收与产值的企业范围不同"),
    "concept_inferred": Text("our reading", "口径系推定"),
    "sample_change": Text("other firms", "企业样本有变"),
    "two_readings": Text("two readings", "有两种理解"),
    "part_area": Text("part of the park", "仅为园区一部分"),
    "at_bound": Text("at its bound", "取边界值"),
    "contradicted": Text("contradicted", "与其他数据矛盾"),
    "implausible": Text("audit finding", "核查存疑"),
    "pending_approval": Text("pending approval", "待批准"),
    "borrowed_share": Text("borrowed share", "占比系借用"),
}

_COLUMNS = 68  # of the words of a row that a telephone's width holds

SCALES = {
    "CNY/mu": (1e-4, Text("10,000 CNY per mu", "万元/亩")),
    "CNY/km2": (1e-8, Text("100 million CNY per km²", "亿元/平方公里")),
    "percent": (1.0, Text("percent", "%")),
}  # unit of a measure: factor, and the unit that a figure shows


def labelled(
    study: Study, measures: pl.DataFrame, panel: pl.Expr, *, scale: float = 1.0, detail: str = "", digits: int = 3
) -> pl.DataFrame:
    """The rows that `draw` takes: `panel`, `label`, `said`, `key`, the interval times `scale`, in the order of the study.

    `detail` names a column whose words follow the value (a population); a refused row has its reason there. `digits` is
    the number of significant digits: four for printed rates, three for what is computed from them.
    """
    names = wording.short_names(study)
    order = {park: place for place, park in enumerate(study.parks["park_id"])}
    rows = [_words(study, row, names, scale, detail, digits) for row in measures.iter_rows(named=True)]
    words = pl.DataFrame(rows, schema={"label": pl.String, "said": pl.String})
    scaled = with_keys(measures).with_columns(pl.col("value", "low", "high") * scale, panel=panel.cast(pl.String))
    place = pl.col("park_id").replace_strict(order, return_dtype=pl.Int64)
    labelled_rows = pl.concat([scaled, words], how="horizontal").with_columns(place=place)
    return labelled_rows.sort("place", "period_end", maintain_order=True, nulls_last=True)


def _words(
    study: Study, row: dict[str, Any], names: dict[str, str], scale: float, detail: str, digits: int
) -> dict[str, str]:
    lang = study.lang
    if row["low"] is None:
        return {"label": names[row["park_id"]], "said": study.say(REASONS[row["reason"]])}
    span = wording.interval(row["low"] * scale, row["high"] * scale, 3, lang)
    value = span if row["value"] is None else wording.number(row["value"] * scale, digits)
    if row["value"] is not None and row["high"] > row["low"] * 1.02:  # an interval too narrow to see is not printed
        value += study.say(f" ({span})", f"（{span}）")
    marks = [STATUS_WORDS.get(row["status"], ""), *(FLAG_WORDS[f] for f in row["flags"] if f in FLAG_WORDS)]
    said = dict.fromkeys(study.say(mark) for mark in marks if mark)
    parts = [value, wording.population(row[detail], lang) if detail else "", *said]
    label = study.say(", ", "，").join([names[row["park_id"]], wording.period(row, lang)])
    return {"label": label, "said": study.say(" · ", "，").join(p for p in parts if p)}


def placed(study: Study, row: dict[str, Any]) -> str:
    """The park of a row, leading to its profile, and its months, as they stand in a sentence."""
    name = wording.short_names(study)[row["park_id"]]
    months = wording.period(row, study.lang)
    return study.say(names_park(f"{name}, {months}", row["park_id"]), names_park(name, row["park_id"]) + months)


def spoken(study: Study, data: pl.DataFrame, *before: str) -> str:
    """The rows of a figure in words for its alternative text: the columns `before`, label and value."""
    rows = [[*(r[column] for column in before), r["label"], r["said"]] for r in data.iter_rows(named=True)]
    return study.say("; ", "；").join(study.say(", ", "，").join(row) for row in rows) + study.say(".", "。")


def finite(numbers: pl.Series) -> list[float]:
    """The numbers of a column that are neither missing nor infinite."""
    return [float(n) for n in numbers if n is not None and math.isfinite(n)]


def draw(
    study: Study, data: pl.DataFrame, titles: dict[str, str], unit: str, width: float, *, shared: bool = True
) -> Any:
    """Draw the panels of `data` that `titles` names, in its order; `unit` labels the axis (each one, if not `shared`)."""
    import matplotlib.pyplot as plt
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    narrow = width <= NARROW
    panels = [panel for panel in titles if panel in data["panel"].to_list()]
    heights = [data.filter(panel=panel).height + 0.9 for panel in panels]
    size = (width, (0.55 if narrow else 0.36) * sum(heights) + 0.5 + (0 if shared else 0.22 * len(panels)))
    layout = ConstrainedLayoutEngine(h_pad=0.07)  # a title keeps away from the axis above it
    fig, axes = plt.subplots(
        len(panels), 1, figsize=size, sharex=shared, height_ratios=heights, squeeze=False, layout=layout
    )
    colours = park_colours(study.all_parks)
    for ax, panel in zip(axes[:, 0], panels, strict=True):
        rows = data.filter(panel=panel)
        span = data if shared else rows
        _draw_panel(ax, rows, colours, _limits(span, narrow), narrow)
        ax.set_title(wording.wrapped(titles[panel], _COLUMNS - 8 if narrow else 100), fontsize=8.5)
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
    ax.collections[0].remove()  # seaborn lays out the axes; the marks are drawn row by row below
    ax.set_xlim(*limits)
    for place, row in enumerate(rows.iter_rows(named=True)):
        _draw_row(ax, row, place, colours[row["park_id"]], limits, narrow)
    ax.set(xlabel="", ylabel="", ylim=(rows.height - (0.3 if narrow else 0.4), -0.6))
    if narrow:  # a telephone has no room for a column of labels: each stands above its row
        ax.set_yticks([])
    else:
        ax.set_yticks(range(rows.height), [wording.shortened(text, 44) for text in rows["label"]])
        for text, row in zip(ax.get_yticklabels(), rows.iter_rows(named=True), strict=True):
            tie(text, row["park_id"], row["key"])
    ax.tick_params(length=0, labelsize=7.2 if narrow else 8.5)


def _draw_row(ax: Any, row: dict[str, Any], place: int, colour: str, limits: tuple[float, float], narrow: bool) -> None:
    tied = row["park_id"], row["key"]
    if narrow:
        label = wording.shortened(row["label"], _COLUMNS)
        look = {"textcoords": "offset points", "va": "bottom", "fontsize": 7.4, "color": INK}
        tie(ax.annotate(label, (limits[0], place), (0, 5), **look), *tied)
    if row["low"] is None:
        words = ax.annotate(
            wording.wrapped(row["said"], _COLUMNS if narrow else 96), (limits[0], place),
            (0, 2) if narrow else (4, 0), textcoords="offset points", va="top" if narrow else "center",
            fontsize=7 if narrow else 7.4, color=MUTED, style=slant(row["said"]),
        )  # fmt: skip
        tie(words, *tied)
        return

    def plot(x: Any, y: Any, *marker: str, key: str = row["key"], **look: Any) -> None:
        tie(ax.plot(x, y, *marker, **{"color": colour, **look})[0], row["park_id"], key)

    if row.get("band_low") is not None:
        ends = row["band_low"], row["band_high"]
        plot(ends, [place] * 2, key=row["band_key"], linewidth=1, marker="|", markersize=7, zorder=1)
    if row.get("target") is not None:
        plot(
            row["target"],
            place,
            "|",
            key=row["target_key"],
            color=INK,
            markersize=10 if narrow else 15,
            markeredgewidth=2,
            zorder=4,
        )
    for reference, key in zip(row.get("references") or [], row.get("reference_keys") or [], strict=True):
        plot(reference, place, "d", key=key, color=PALETTE["mark"][0], markersize=4.5, zorder=2)
    ends = max(row["low"], limits[0]), min(row["high"], limits[1])
    soft = row["value"] is None
    width, alpha = (5, 0.45) if soft else (2.4, 1)
    plot(ends, [place] * 2, linewidth=width, alpha=alpha, solid_capstyle="butt", zorder=2)
    if math.isinf(row["high"]):
        plot(ends[1], place, ">", markersize=5, clip_on=False)
    if not soft:
        face = PAPER if row["grade"] == "C" else colour
        marker = "D" if row["value_type"] == "forecast" else "o"
        plot(row["value"], place, marker, markerfacecolor=face, markersize=6.2, markeredgewidth=1.4, zorder=3)
    tie(_say(ax, row, place, ends[1], narrow), *tied)


def _say(ax: Any, row: dict[str, Any], place: int, end: float, narrow: bool) -> Any:
    """The words of a row: beside its interval, or under it where the page is narrow."""
    at = max(end, row.get("band_high") or end)
    if narrow:
        left = ax.get_xlim()[0]
        words = wording.wrapped(row["said"], _COLUMNS)
        return ax.annotate(words, (left, place), (0, -5), textcoords="offset points", va="top", fontsize=7, color=MUTED)
    left, right = ax.get_xlim()
    room = int(15 * ax.figure.get_figwidth() * (right - at) / (right - left))  # columns: the axes take three quarters
    words = wording.wrapped(row["said"], max(room, wording.columns(row["said"]) // 2 + 6))  # two lines at most
    return ax.annotate(words, (at, place), (7, 0), textcoords="offset points", va="center", fontsize=7.4, color=MUTED)
