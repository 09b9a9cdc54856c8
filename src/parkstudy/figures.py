"""Figures: seaborn charts wrapped as exhibits, each with one message, its intervals and its gaps drawn.

Parks stand in the order of the study and never in the order of their values. A row label names the period and the
population, so that no axis mixes them unseen; a text of grade C is drawn hollow; a missing figure is a gap with words.
"""

from __future__ import annotations

import textwrap
from typing import Any

import polars as pl

from parkstudy import coverage, wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, cite, figure
from parkstudy.measures import GROWTH_OF, MEASURES
from parkstudy.theme import ACCENT, INK, MUTED, NARROW, PARK_COLOURS, RULE, park_colours, to_plot

_STATE_COLOURS = {
    "full_year": PARK_COLOURS[0],
    "part_year": "#7fb8d9",
    "point": "#b9d9c9",
    "ahead": "#f3e3b3",
    "parts": "#e9ecef",
    "none": "#ffffff",
}
_STATE_MARKS = {"full_year": "Y", "part_year": "M", "point": "P", "ahead": "f", "parts": "·", "none": "–"}
_VERDICT_COLOURS = {"comparable": PARK_COLOURS[0], "limits": "#b7d3e4", "not_comparable": "#ffffff"}
_VERDICT_MARKS = {"comparable": "=", "limits": "~", "not_comparable": "×"}


def plot_spans(study: Study) -> Exhibit:
    """What months of which year each text reports."""
    rows = study.sources.filter(pl.col("kind") == "work_summary").to_dicts()
    names = wording.short_names(study)
    data = pl.DataFrame(
        {
            "park": [names[r["park_id"]] for r in rows],
            "first": [r["period_start"].month - 1 for r in rows],
            "months": [r["period_end"].month - r["period_start"].month + 1 for r in rows],
            "year": [r["period_end"].year for r in rows],
            "grade": [r["grade"] for r in rows],
        }
    )
    years = sorted(set(data["year"]))
    full = sum(m == 12 for m in data["months"])
    return figure(
        "spans",
        f"{len(rows)} texts cover {len(years)} different years; {full} covers all twelve months",
        lambda width: _draw_spans(data, width),
        alt="Bar chart of the months each text reports: "
        + "; ".join(f"{r['park']} {r['months']} months of {r['year']}" for r in data.iter_rows(named=True))
        + ".",
        caption="Months that each work summary reports, by park, with the year. Hollow bars: texts of grade C.",
        sources=cite(study, study.summaries()["observation_id"]),
        data=data,
    )


def _draw_spans(data: pl.DataFrame, width: float) -> Any:
    import matplotlib.pyplot as plt
    import seaborn as sns

    fig, ax = plt.subplots(figsize=(width, 0.42 * data.height + 0.7))
    sns.barplot(data=to_plot(data), x="months", y="park", left=data["first"].to_list(), ax=ax, color=ACCENT, width=0.55)
    for place, row in enumerate(data.iter_rows(named=True)):
        bar = ax.patches[place]
        if row["grade"] == "C":
            bar.set(facecolor="none", edgecolor=ACCENT, linewidth=1.2)
        ax.text(row["first"] + 0.15, place, str(row["year"]), va="center", fontsize=8.5, color=ACCENT if row["grade"] == "C" else "white")
    step = 1 if width > NARROW else 2
    ax.set(xlim=(0, 12), xlabel="", ylabel="", xticks=[m + 0.5 for m in range(0, 12, step)])
    ax.set_xticklabels("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[::step])
    ax.tick_params(length=0)
    return fig


def plot_coverage(study: Study) -> Exhibit:
    """Which park reports which indicator, and as what."""
    cells = coverage.cells(study)
    held = cells.with_columns(here=pl.col("state").is_in(["full_year", "part_year", "point"]))
    by_figure = held.group_by("indicator", "transformation", maintain_order=True).agg(pl.col("here").sum())
    shared = cells.join(by_figure.filter(pl.col("here") >= 2), on=["indicator", "transformation"], maintain_order="left")
    most, alone = by_figure["here"].max() or 0, by_figure.filter(pl.col("here") <= 1).height
    return figure(
        "coverage",
        f"No figure of {by_figure.height} is reported by more than {most} of {study.parks.height} parks; {alone} stand in one text or none",
        lambda width: _draw_map(study, shared, "park_id", "state", _STATE_COLOURS, _STATE_MARKS, width),
        alt=f"Grid of {by_figure.height - alone} indicators by {study.parks.height} parks. "
        + "; ".join(f"{coverage.STATES[s]}: {n} cells" for s, n in shared["state"].value_counts(sort=True).iter_rows())
        + ".",
        caption="What each text holds for the whole park, of the figures that two or more parks report: Y outturn of a full year, "
        "M outturn of a part of the year, P state at a point in time, f only a forecast, target or plan, · only parts of the park, "
        "– not reported.",
        sources=cite(study, study.summaries()["observation_id"]),
        data=shared,
    )


def plot_comparability(study: Study) -> Exhibit:
    """Which pairs of parks can be set side by side on which indicator."""
    pairs = coverage.comparability(study)
    names = wording.short_names(study)
    data = pairs.with_columns(
        pair=pl.concat_str(pl.col("first").replace(names), pl.lit(" – "), pl.col("second").replace(names))
    )
    counts = dict(pairs["verdict"].value_counts().iter_rows())
    fine = counts.get("comparable", 0)
    claim = f"{fine} of {pairs.height} pairs of figures agree in concept, population and months; their years still differ"
    return figure(
        "comparability",
        claim,
        lambda width: _draw_map(study, data, "pair", "verdict", _VERDICT_COLOURS, _VERDICT_MARKS, width),
        alt="Grid of indicators by pairs of parks. "
        + "; ".join(f"{coverage.VERDICTS[v]}: {counts.get(v, 0)}" for v in coverage.VERDICTS)
        + ".",
        caption="For every indicator that two parks report as an outturn of the whole park, each pair of parks: = same concept, "
        "population and months (the years differ), ~ comparable only with the limits named in the table, × not comparable.",
        sources=cite(study, study.summaries()["observation_id"]),
        data=data,
    )


def _draw_map(
    study: Study, data: pl.DataFrame, columns: str, value: str,
    colours: dict[str, str], marks: dict[str, str], width: float,
) -> Any:  # fmt: skip
    import matplotlib.pyplot as plt
    import seaborn as sns
    from matplotlib.colors import ListedColormap

    across = data[columns].unique(maintain_order=True).to_list()
    down = data.select("indicator", "transformation").unique(maintain_order=True).rows()
    state = {(r["indicator"], r["transformation"], r[columns]): r[value] for r in data.iter_rows(named=True)}
    codes = list(colours)
    grid = [[codes.index(state[(*quantity, column)]) for column in across] for quantity in down]
    letters = [[marks[state[(*quantity, column)]] for column in across] for quantity in down]
    names = wording.short_names(study)
    narrow = width <= NARROW
    fig, ax = plt.subplots(figsize=(width, 0.225 * len(down) + 1.5))
    sns.heatmap(
        grid, ax=ax, cmap=ListedColormap(list(colours.values())), vmin=0, vmax=len(codes) - 1, cbar=False,
        linewidths=0.8, linecolor=RULE, annot=letters, fmt="", annot_kws={"fontsize": 7.5},
    )  # fmt: skip
    for text in ax.texts:
        text.set_color("white" if text.get_text() in ("Y", "=") else INK)
    labels = [wording.quantity_name(study, *quantity) for quantity in down]
    ax.set_yticks([i + 0.5 for i in range(len(down))], [_cut(label, 30 if narrow else 60) for label in labels], rotation=0)
    heads = [names.get(column, column) for column in across]
    ax.set_xticks([i + 0.5 for i in range(len(across))], heads, rotation=90 if narrow or len(across) > 6 else 0)
    ax.xaxis.tick_top()
    ax.tick_params(length=0, labelsize=6.5 if narrow else 8)
    ax.grid(visible=False)
    return fig


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def plot_growth(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Published growth rates, one panel a concept, each row with its period and population."""
    data = _labelled(study, measures.filter(pl.col("value").is_not_null(), pl.col("value_type").is_in(["outturn", "forecast"])))
    output = data.filter(measure="gross_industrial_output_growth", value_type="outturn")
    claim = _growth_claim(output)
    outside = data.filter(measure="gross_industrial_output_growth").sort("value")
    alt = f"Dot plot, percent, {data.height} rates in {data['measure'].n_unique()} panels by concept."
    if outside.height:
        low, high = outside.row(0, named=True), outside.row(-1, named=True)
        alt += f" For output the lowest dot is {low['label']} at {wording.number(low['value'])}, the highest {high['label']} at {wording.number(high['value'])}."
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
        len(panels), 1, figsize=(width, 0.36 * sum(heights) + 0.4), sharex=True, height_ratios=heights, squeeze=False, layout="constrained"
    )
    colours = park_colours(study.parks["park_id"].to_list())
    most = float(data["high"].filter(data["high"].is_finite()).max() or 0) * (1.75 if narrow else 1.3)
    for ax, panel in zip(axes[:, 0], panels, strict=True):
        rows = data.filter(measure=panel)
        sns.scatterplot(data=to_plot(rows), x="value", y="label", ax=ax, s=0, legend=False)
        for row in rows.iter_rows(named=True):
            _dot(ax, row, colours[row["park_id"]])
            ax.annotate(_said(row), (row["value"], row["label"]), (8, 0), textcoords="offset points", va="center", fontsize=7.2, color=MUTED)
        ax.set(xlabel="", ylabel="", xlim=(min(0, float(data["low"].min() or 0) * 1.1), most))
        ax.set_title(textwrap.fill(MEASURES[panel].name.removesuffix(", as published"), 44 if narrow else 90), fontsize=8.5)
        ax.set_ylim(rows.height - 0.4, -0.6)
        ax.tick_params(length=0, labelsize=7.2 if narrow else 8.5)
    axes[-1, 0].set_xlabel("percent on the same months a year earlier")
    return fig


def _said(row: dict[str, Any]) -> str:
    """Value, population and status beside a dot."""
    status = {"P": "provisional", "F": "forecast", "U": "contradicted"}.get(row["status"], "")
    return " · ".join(part for part in (wording.number(row["value"]), row["population_label"], status) if part)


def _dot(ax: Any, row: dict[str, Any], colour: str) -> None:
    face = "white" if row["grade"] == "C" else colour
    ax.plot([row["low"], row["high"]], [row["label"]] * 2, color=colour, linewidth=2, solid_capstyle="butt", zorder=2)
    marker = "D" if row["value_type"] == "forecast" else "o"
    ax.plot(row["value"], row["label"], marker, color=colour, markerfacecolor=face, markersize=6.5, markeredgewidth=1.4, zorder=3)


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
        label=pl.col("label") + pl.lit("\n") + pl.col("measure").replace_strict({m: MEASURES[m].name.removesuffix(", as published") for m in MEASURES}),
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
        ax.annotate(f"target {wording.number(row['target'])}", (row["target"], row["label"]), (0, 11), textcoords="offset points", ha="center", fontsize=7.5, color=MUTED)
        ax.annotate(wording.number(row["value"]), (row["value"], row["label"]), (0, -13), textcoords="offset points", ha="center", fontsize=7.5, color=MUTED)
    most = max(float(data["high"].max() or 0), float(data["target"].max() or 0))
    ax.set(xlabel="percent", ylabel="", xlim=(min(0, float(data["low"].min() or 0)), most * 1.08))
    ax.set_ylim(data.height - 0.5, -0.6)
    ax.tick_params(length=0, labelsize=7.2 if width <= NARROW else 8.5)
    return fig
