"""Maps of the record: which months, which figures, which pairs of parks."""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy import coverage, wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, cite, figure
from parkstudy.periods import Period
from parkstudy.theme import ACCENT, INK, NARROW, PARK_COLOURS, RULE, to_plot

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
    rows = study.sources.filter(pl.col("kind") == "work_summary", pl.col("period_start").is_not_null()).to_dicts()
    names = wording.short_names(study)
    spans = [Period(r["period_start"], r["period_end"]) for r in rows]
    data = pl.DataFrame(
        {
            "park": [f"{names[r['park_id']]}, {span.label()}" for r, span in zip(rows, spans, strict=True)],
            "first": [r["period_start"].month - 1 for r in rows],
            "months": [span.months or 0 for span in spans],
            "year": [r["period_end"].year for r in rows],
            "grade": [r["grade"] for r in rows],
        },
        schema={"park": pl.String, "first": pl.Int64, "months": pl.Int64, "year": pl.Int64, "grade": pl.String},
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
        ax.text(
            row["first"] + 0.15,
            place,
            str(row["year"]),
            va="center",
            fontsize=8.5,
            color=ACCENT if row["grade"] == "C" else "white",
        )
    step = 1 if width > NARROW else 2
    ax.set(
        xlim=(0, max([12, *(data["first"] + data["months"])])),
        xlabel="",
        ylabel="",
        xticks=[m + 0.5 for m in range(0, 12, step)],
    )
    ax.set_xticklabels(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][::step])
    ax.tick_params(length=0)
    return fig


def plot_coverage(study: Study) -> Exhibit:
    """Which park reports which indicator, and as what."""
    cells = coverage.cells(study)
    held = cells.with_columns(here=pl.col("state").is_in(["full_year", "part_year", "point"]))
    by_figure = held.group_by("indicator", "transformation", maintain_order=True).agg(pl.col("here").sum())
    shared = cells.join(
        by_figure.filter(pl.col("here") >= 2), on=["indicator", "transformation"], maintain_order="left"
    )
    most, alone = max(by_figure["here"].to_list(), default=0), by_figure.filter(pl.col("here") <= 1).height
    return figure(
        "coverage",
        f"No figure of {by_figure.height} is reported by more than {most} of "
        f"{len(study.park_ids())} parks; {alone} are an outturn of the whole park in at most one text",
        lambda width: _draw_map(study, shared, "park_id", "state", _STATE_COLOURS, _STATE_MARKS, width),
        alt=f"Grid of {by_figure.height - alone} indicators by {len(study.park_ids())} parks. "
        + "; ".join(f"{text}: {shared.filter(state=s).height} cells" for s, text in coverage.STATES.items())
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
    both = pairs.filter(~coverage.missing())
    claim = f"{fine} of {both.height} pairs of figures that both parks report agree in concept, population and months"
    return figure(
        "comparability",
        claim,
        lambda width: _draw_map(study, data, "pair", "verdict", _VERDICT_COLOURS, _VERDICT_MARKS, width),
        alt="Grid of indicators by pairs of parks. "
        + "; ".join(f"{coverage.VERDICTS[v]}: {counts.get(v, 0)}" for v in coverage.VERDICTS)
        + ".",
        caption="For every indicator that two parks report as an outturn of the whole park, each pair of parks: = same concept, "
        "population and months, ~ comparable only with the limits named in the table, × not comparable.",
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
    ax.set_yticks(
        [i + 0.5 for i in range(len(down))], [_cut(label, 30 if narrow else 60) for label in labels], rotation=0
    )
    heads = [names.get(column, column) for column in across]
    ax.set_xticks([i + 0.5 for i in range(len(across))], heads, rotation=90 if narrow or len(across) > 6 else 0)
    ax.xaxis.tick_top()
    ax.tick_params(length=0, labelsize=6.5 if narrow else 8)
    ax.grid(visible=False)
    return fig


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
