"""Rates: published growth, and the targets beside it."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import polars as pl

from parkstudy import wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, cite, figure
from parkstudy.measures import GROWTH_OF, MEASURES
from parkstudy.theme import INK, MUTED, NARROW, park_colours, to_plot


def plot_growth(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Published growth rates, one panel a concept, each row with its period and population."""
    data = _labelled(
        study, measures.filter(pl.col("value").is_not_null(), pl.col("value_type").is_in(["outturn", "forecast"]))
    )
    output = data.filter(measure="gross_industrial_output_growth", value_type="outturn")
    claim = _growth_claim(output)
    outside = data.filter(measure="gross_industrial_output_growth").sort("value")
    alt = f"Dot plot, percent, {data.height} rates in {data['measure'].n_unique()} panels by concept."
    if outside.height:
        low, high = outside.row(0, named=True), outside.row(-1, named=True)
        alt += (
            f" For output the lowest dot is {low['label']} at {wording.number(low['value'])},"
            f" the highest {high['label']} at {wording.number(high['value'])}."
        )
    return figure(
        "growth",
        claim,
        lambda width: _draw_growth(study, data, width),
        alt=alt,
        caption="Growth on the same months a year earlier, percent, as published; lines show what the printed digits allow. Filled: "
        "complete official text; hollow: grade C; diamond: the source's own forecast. Rates of different concepts stand in "
        "different panels; different months stand in the labels. Value added grows in real terms, the rest in current prices.",
        sources=cite(study, [i for inputs in data["inputs"] for i in inputs]),
        data=data,
    )


def _growth_claim(output: pl.DataFrame) -> str:
    """The rates of the texts that may stand in a headline (method, Q2): those that are not of grade C."""
    rows = output.filter(pl.col("grade") != "C").to_dicts()
    if not rows:
        return "No complete official text publishes a growth rate of output"
    said = wording.listing(f"{wording.number(r['value'])} % ({r['label']})" for r in rows)
    return f"Complete official texts publish output growth of {said}"


def _labelled(study: Study, measures: pl.DataFrame) -> pl.DataFrame:
    names = wording.short_names(study)
    order = {park: place for place, park in enumerate(study.parks["park_id"])}
    labels = [f"{names[r['park_id']]}, {wording.period(r)}" for r in measures.iter_rows(named=True)]
    populations = [wording.population(r["population"]) for r in measures.iter_rows(named=True)]
    return measures.with_columns(
        label=pl.Series(labels, dtype=pl.String),
        population_label=pl.Series(populations, dtype=pl.String),
        place=pl.col("park_id").replace_strict(order, return_dtype=pl.Int64),
    ).sort("measure", "place", "period_end", maintain_order=True)


def _draw_growth(study: Study, data: pl.DataFrame, width: float) -> Any:
    import matplotlib.pyplot as plt
    import seaborn as sns

    narrow = width <= NARROW
    panels = [f"{i}_growth" for i in GROWTH_OF if f"{i}_growth" in data["measure"].cast(pl.String)]
    heights = [data.filter(measure=panel).height + 0.9 for panel in panels]
    fig, axes = plt.subplots(
        len(panels),
        1,
        figsize=(width, 0.36 * sum(heights) + 0.4),
        sharex=True,
        height_ratios=heights,
        squeeze=False,
        layout="constrained",
    )
    colours = park_colours(study.parks["park_id"].to_list())
    most = max(_finite(data["high"]), default=0) * (1.75 if narrow else 1.3)
    for ax, panel in zip(axes[:, 0], panels, strict=True):
        rows = data.filter(measure=panel)
        sns.scatterplot(data=to_plot(rows), x="value", y="label", ax=ax, s=0, legend=False)
        for row in rows.iter_rows(named=True):
            _dot(ax, row, colours[row["park_id"]])
            ax.annotate(
                _said(row),
                (row["value"], row["label"]),
                (8, 0),
                textcoords="offset points",
                va="center",
                fontsize=7.2,
                color=MUTED,
            )
        ax.set(xlabel="", ylabel="", xlim=(min([0, *_finite(data["low"])]) * 1.1, most))
        ax.set_title(
            textwrap.fill(MEASURES[panel].name.removesuffix(", as published"), 44 if narrow else 90), fontsize=8.5
        )
        ax.set_ylim(rows.height - 0.4, -0.6)
        ax.tick_params(length=0, labelsize=7.2 if narrow else 8.5)
    axes[-1, 0].set_xlabel("percent on the same months a year earlier")
    return fig


def _finite(numbers: pl.Series) -> list[float]:
    return [float(n) for n in numbers if n is not None and math.isfinite(n)]


def _said(row: dict[str, Any]) -> str:
    """Value, population and status beside a dot."""
    status = {"P": "provisional", "F": "forecast", "U": "contradicted"}.get(row["status"], "")
    return " · ".join(part for part in (wording.number(row["value"]), row["population_label"], status) if part)


def _dot(ax: Any, row: dict[str, Any], colour: str) -> None:
    face = "white" if row["grade"] == "C" else colour
    ax.plot([row["low"], row["high"]], [row["label"]] * 2, color=colour, linewidth=2, solid_capstyle="butt", zorder=2)
    marker = "D" if row["value_type"] == "forecast" else "o"
    ax.plot(
        row["value"],
        row["label"],
        marker,
        color=colour,
        markerfacecolor=face,
        markersize=6.5,
        markeredgewidth=1.4,
        zorder=3,
    )


def plot_growth_targets(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Published growth beside the growth that the same text names as its target."""
    data = growth_beside_target(study, measures)
    above = data.filter(pl.col("value") > pl.col("target"))
    return figure(
        "growth-targets",
        f"{data.height} rates stand beside a printed target; {above.height} are above it",
        lambda width: _draw_targets(study, data, width),
        alt="Dot plot with target ticks. "
        + "; ".join(
            f"{r['label']}: {wording.number(r['value'])} against a target of {wording.number(r['target'])} percent"
            for r in data.iter_rows(named=True)
        )
        + ".",
        caption="Dots: published growth, percent, with what the printed digits allow; ticks: the target for the growth of the same "
        "quantity in the same text. A target is set for the year, the rate is of the months in the label.",
        sources=cite(study, [i for inputs in data["inputs"] for i in inputs]),
        data=data,
    )


def growth_beside_target(study: Study, measures: pl.DataFrame) -> pl.DataFrame:
    """One row a published outturn rate with the target rate of the same text and population beside it."""
    targets = measures.filter(value_type="target").select(
        pl.col("park_id"),
        pl.col("measure").cast(pl.String).str.strip_suffix("_target"),
        pl.col("population").cast(pl.String),
        target=pl.col("value"),
        target_inputs=pl.col("inputs"),
    )
    rates = _labelled(study, measures.filter(pl.col("value").is_not_null(), value_type="outturn"))
    rates = rates.with_columns(pl.col("measure", "population").cast(pl.String))
    joined = rates.join(targets, on=["park_id", "measure", "population"], how="inner", maintain_order="left")
    return joined.with_columns(
        inputs=pl.col("inputs").list.concat("target_inputs"),
        label=pl.col("label")
        + pl.lit("\n")
        + pl.col("measure").replace_strict({m: MEASURES[m].name.removesuffix(", as published") for m in MEASURES}),
    ).drop("target_inputs")


def _draw_targets(study: Study, data: pl.DataFrame, width: float) -> Any:
    import matplotlib.pyplot as plt
    import seaborn as sns

    fig, ax = plt.subplots(figsize=(width, 0.62 * data.height + 0.6))
    colours = park_colours(study.parks["park_id"].to_list())
    sns.scatterplot(data=to_plot(data), x="value", y="label", ax=ax, s=0, legend=False)
    for row in data.iter_rows(named=True):
        _dot(ax, row, colours[row["park_id"]])
        ax.plot(row["target"], row["label"], "|", color=INK, markersize=16, markeredgewidth=2)
        ax.annotate(
            f"target {wording.number(row['target'])}",
            (row["target"], row["label"]),
            (0, 11),
            textcoords="offset points",
            ha="center",
            fontsize=7.5,
            color=MUTED,
        )
        ax.annotate(
            wording.number(row["value"]),
            (row["value"], row["label"]),
            (0, -13),
            textcoords="offset points",
            ha="center",
            fontsize=7.5,
            color=MUTED,
        )
    most = max([*_finite(data["high"]), *_finite(data["target"])], default=0)
    ax.set(xlabel="percent", ylabel="", xlim=(min([0, *_finite(data["low"])]), most * 1.08))
    ax.set_ylim(data.height - 0.5, -0.6)
    ax.tick_params(length=0, labelsize=7.2 if width <= NARROW else 8.5)
    return fig
