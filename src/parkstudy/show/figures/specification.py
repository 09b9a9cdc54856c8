"""The specification chart: every statement, every cell, and how it is decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from parkstudy.method.statements import VERDICT_NAMES, Decision, as_frame
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Exhibit, figure
from parkstudy.show.svg import tie
from parkstudy.show.theme import INK, MUTED, NARROW, PALETTE, PAPER, slant, to_plot
from parkstudy.words import wording

_STATE_COLOURS = {"for": "park-1", "open": "open", "against": "park-2"}


def plot_statements(study: Study, decisions: list[Decision]) -> Exhibit:
    """The share of admissible values that make a statement true, one dot a cell, one row a statement."""
    say = study.say
    frame = as_frame(decisions, study.lang)
    cells = sum(len(d.results) for d in decisions)
    official = [d for d in decisions if not d.statement.grade_c]
    held = sum(d.verdict == "holds" for d in official)
    told = [
        say(
            f"statement {d.statement.id}: {_verdict(study, d, cells=True)}",
            f"命题{d.statement.id}：{_verdict(study, d)}",
        )
        for d in decisions
    ]
    return figure(
        study,
        "statements",
        say(
            f"{held} of {len(official)} statements about complete official texts hold in every cell",
            f"关于官方完整材料的{len(official)}个命题中，有{held}个在所有设定组合下均成立",
        ),
        lambda width: _draw(study, decisions, width),
        alt=say("Specification chart. ", "设定图。") + say("; ", "；").join(told) + say(".", "。"),
        caption=say(
            "Each dot is one cell, that is one combination of defensible choices; its place is the share of the admissible values "
            "(rounding, shares of the year, prices) for which the statement is true by more than its margin. "
            f"{cells} cells. Blue: for (95 % or more); yellow: open; red: against; hollow: a text of "
            "grade C is on one side. A share of admissible values is no probability.",
            "每点为一个设定组合，即各项合理设定的一种搭配；横轴位置为命题成立且超出规定幅度的容许取值（四舍五入、年内占比、价格）所占比例。"
            f"共{cells}个设定组合。蓝色：支持（95%及以上）；黄色：未决；红色：反对；空心：一方为C级材料。容许取值的比例并非概率。",
        ),
        data=frame,
        inputs=frame["inputs"].explode().drop_nulls().to_list() if "inputs" in frame.columns else [],
        values=(
            (say("Statement", "命题"), say("Verdict", "判定"), say("Cells for", "支持的设定组合")),
            [
                (
                    f"{d.statement.id}  {say(d.statement.sentence)}",
                    say(VERDICT_NAMES[d.verdict]),
                    say(f"{d.support} of {len(d.results)}", f"{d.support}/{len(d.results)}") if d.results else "",
                )
                for d in decisions
            ],
        ),
    )


def _verdict(study: Study, decision: Decision, *, cells: bool = False) -> str:
    """The verdict with the number of cells that are for the statement."""
    words, count = study.say(VERDICT_NAMES[decision.verdict]), len(decision.results)
    unit = " cells" if cells else ""
    return (
        words + study.say(f", {decision.support} of {count}{unit}", f"，{decision.support}/{count}") if count else words
    )


def _draw(study: Study, decisions: list[Decision], width: float) -> Any:
    import matplotlib.pyplot as plt
    import seaborn as sns

    narrow = width <= NARROW
    rows = [
        {
            "place": place + 0.11 * (i % 3 - 1) * (len(d.results) > 1),
            "share": 100 * r.above,
            "colour": PALETTE[_STATE_COLOURS[r.state]][0],
            "grade_c": d.statement.grade_c,
            "parks": _parks(study, r.inputs),
        }
        for place, d in enumerate(decisions)
        for i, r in enumerate(d.results)
    ]
    schema = {"place": pl.Float64, "share": pl.Float64, "colour": pl.String, "grade_c": pl.Boolean, "parks": pl.String}
    data = pl.DataFrame(rows, schema=schema)
    size = (width, (0.5 if narrow else 0.36) * len(decisions) + 0.6)
    fig, ax = plt.subplots(figsize=size, layout="constrained")
    sns.scatterplot(data=to_plot(data), x="share", y="place", ax=ax, s=0, legend=False)
    for empty in list(ax.collections):
        empty.remove()  # seaborn lays out the axes; the dots are drawn one by one
    for row in data.iter_rows(named=True):
        face = PAPER if row["grade_c"] else row["colour"]
        (dot,) = ax.plot(row["share"], row["place"], "o", color=row["colour"], markerfacecolor=face, markersize=5)
        tie(dot, row["parks"])
    for share in (5, 95):
        ax.axvline(share, color=MUTED, linewidth=0.7, linestyle=":")
    for place, decision in enumerate(decisions):
        tie(_say(study, ax, decision, place, narrow), _parks_of(study, decision))
    _label(study, ax, decisions, narrow)
    ax.set(xlim=(-4, 104), ylim=(len(decisions) - (0.6 if narrow else 0.4), -0.7), ylabel="")
    ax.set_xlabel(study.say("percent of admissible values", "占容许取值的比例，%"))
    ax.tick_params(length=0, labelsize=7 if narrow else 7.5)
    return fig


def _label(study: Study, ax: Any, decisions: list[Decision], narrow: bool) -> None:
    """The sentence of each row: beside it, or above it on a telephone, whose width has no room for a column of labels."""
    wrap = 74 if narrow else 52
    labels = [f"{d.statement.id}  {study.say(d.statement.sentence)}" for d in decisions]
    lines = [wording.wrapped(wording.shortened(text, 2 * wrap), wrap) for text in labels]
    if narrow:
        ax.set_yticks([])
        look = {"textcoords": "offset points", "va": "bottom", "fontsize": 7, "color": INK}
        texts = [ax.annotate(line, (-4, place), (0, 7), **look) for place, line in enumerate(lines)]
    else:
        ax.set_yticks(range(len(decisions)), lines)
        texts = ax.get_yticklabels()
    for text, decision in zip(texts, decisions, strict=True):
        tie(text, _parks_of(study, decision))


def _parks(study: Study, inputs: Iterable[str]) -> str:
    """The parks of the figures that a cell rests on, in the order of the study, with a space between."""
    found = set(study.summaries().filter(pl.col("observation_id").is_in(list(inputs)))["park_id"])
    return " ".join(park for park in study.park_ids() if park in found)


def _parks_of(study: Study, decision: Decision) -> str:
    return _parks(study, [i for result in decision.results for i in result.inputs])


def _say(study: Study, ax: Any, decision: Decision, place: int, narrow: bool) -> Any:
    words = _verdict(study, decision)
    style = {"fontsize": 7 if narrow else 7.5, "color": INK if decision.results else MUTED, "va": "center"}
    if decision.results and not narrow:
        return ax.annotate(words, (104, place), (4, 0), textcoords="offset points", annotation_clip=False, **style)
    if decision.results:
        shares = [100 * result.above for result in decision.results]
        free = (at for at in (50, 26, 74) if all(abs(at - share) > 20 for share in shares))
        return ax.annotate(words, (next(free, 50), place), ha="center", **style)
    return ax.annotate(words, (7, place), style=slant(words), **style)
