"""The specification chart: every statement, every cell, and how it is decided."""

from __future__ import annotations

import textwrap
from typing import Any

import polars as pl

from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, cite, figure
from parkstudy.statements import Decision, as_frame
from parkstudy.theme import INK, MUTED, NARROW, PARK_COLOURS, to_plot

_STATE_COLOURS = {"for": PARK_COLOURS[0], "open": "#c9a227", "against": PARK_COLOURS[1]}


def plot_statements(study: Study, decisions: list[Decision]) -> Exhibit:
    """The share of admissible values that make a statement true, one dot a cell, one row a statement."""
    frame = as_frame(decisions)
    with_cells = [d for d in decisions if d.results]
    official = [d for d in decisions if not d.statement.grade_c]
    held = sum(d.verdict == "holds" for d in official)
    return figure(
        "statements",
        f"{held} of {len(official)} statements about complete official texts hold in every cell",
        lambda width: _draw(decisions, width),
        alt="Specification chart. "
        + "; ".join(
            f"statement {d.statement.id}: {d.verdict}"
            + (f", {d.support} of {len(d.results)} cells" if d.results else "")
            for d in decisions
        )
        + ".",
        caption="Each dot is one cell, that is one combination of defensible choices; its place is the share of the admissible values "
        "(rounding, shares of the year, prices) for which the statement is true by more than its margin. "
        f"{sum(len(d.results) for d in with_cells)} cells. Blue: for (95 % or more); yellow: open; red: against; hollow: a text of "
        "grade C is on one side. A share of admissible values is no probability.",
        sources=cite(study, frame["inputs"].explode().drop_nulls().to_list() if "inputs" in frame.columns else []),
        data=frame,
    )


def _draw(decisions: list[Decision], width: float) -> Any:
    import matplotlib.pyplot as plt
    import seaborn as sns

    narrow = width <= NARROW
    rows = [
        {
            "place": place + 0.11 * (i % 3 - 1) * (len(d.results) > 1),
            "share": 100 * r.above,
            "state": r.state,
            "grade_c": d.statement.grade_c,
        }
        for place, d in enumerate(decisions)
        for i, r in enumerate(d.results)
    ]
    data = pl.DataFrame(
        rows, schema={"place": pl.Float64, "share": pl.Float64, "state": pl.String, "grade_c": pl.Boolean}
    )
    fig, ax = plt.subplots(figsize=(width, (0.46 if narrow else 0.38) * len(decisions) + 0.7))
    sns.scatterplot(data=to_plot(data), x="share", y="place", ax=ax, s=0, legend=False)
    for row in data.iter_rows(named=True):
        colour = _STATE_COLOURS[row["state"]]
        ax.plot(
            row["share"],
            row["place"],
            "o",
            color=colour,
            markerfacecolor="white" if row["grade_c"] else colour,
            markersize=5,
        )
    for share in (5, 95):
        ax.axvline(share, color=MUTED, linewidth=0.7, linestyle=":")
    for place, decision in enumerate(decisions):
        _say(ax, decision, place, narrow)
    labels = [f"{d.statement.id}  {d.statement.sentence}" for d in decisions]
    wrap = 26 if narrow else 52
    ax.set_yticks(
        range(len(decisions)),
        [textwrap.fill(textwrap.shorten(text, 2 * wrap, placeholder="…"), wrap) for text in labels],
    )
    ax.set(xlim=(-4, 104), ylim=(len(decisions) - 0.4, -0.7), ylabel="", xlabel="percent of admissible values")
    ax.tick_params(length=0, labelsize=5.8 if narrow else 7.2)
    return fig


def _say(ax: Any, decision: Decision, place: int, narrow: bool) -> None:
    words = decision.verdict
    if decision.results:
        words += f", {decision.support} of {len(decision.results)}"
        x, colour = 104, INK
    else:
        x, colour = 2, MUTED
    style = {"fontsize": 5.8 if narrow else 7.2, "color": colour, "va": "center"}
    if decision.results and not narrow:
        ax.annotate(words, (x, place), (4, 0), textcoords="offset points", annotation_clip=False, **style)
    elif decision.results:
        ax.annotate(words, (50, place - 0.3), ha="center", **style)
    else:
        ax.annotate(words, (x, place), style="italic", **style)
