"""Maps of the record: which months, which figures, which pairs of parks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from parkstudy.method import coverage
from parkstudy.method.study import Study
from parkstudy.record.period import Period
from parkstudy.show.exhibit import Cell, Exhibit, figure
from parkstudy.show.svg import tie
from parkstudy.show.theme import ACCENT, INK, NARROW, PALETTE, PAPER, RULE, to_plot
from parkstudy.words import wording
from parkstudy.words.language import Text

_STATE_LOOKS = {
    "full_year": ("park-1", Text("Y", "年")),
    "part_year": ("part", Text("M", "月")),
    "point": ("point", Text("P", "点")),
    "ahead": ("ahead", Text("f", "预")),
    "parts": ("pieces", Text("·", "·")),
    "none": ("paper", Text("–", "–")),
}  # state: colour, letter
_VERDICT_LOOKS = {
    "comparable": ("park-1", Text("=", "=")),
    "limits": ("limits", Text("~", "~")),
    "not_comparable": ("paper", Text("×", "×")),
}
_VERDICT_NAMES = {
    "comparable": Text("comparable", "可比"),
    "limits": Text("with limits", "有条件可比"),
    "not_comparable": Text("not comparable", "不可比"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def plot_spans(study: Study) -> Exhibit:
    """What months of which year each text reports."""
    say = study.say
    data = _spans(study)
    years, full = data["year"].n_unique(), sum(m == 12 for m in data["months"])
    told = [
        say(f"{r['park']} {r['months']} months of {r['year']}", f"{r['park']}，{r['year']}年{r['months']}个月")
        for r in data.iter_rows(named=True)
    ]
    return figure(
        study,
        "spans",
        say(
            f"{data.height} texts cover {years} different years; {full} covers all twelve months",
            f"{data.height}份材料涉及{years}个不同年份，其中{full}份覆盖全年12个月",
        ),
        lambda width: _draw_spans(study, data, width),
        alt=say("Bar chart of the months each text reports: ", "条形图，各材料所涉月份：")
        + say("; ", "；").join(told)
        + say(".", "。"),
        caption=say(
            "Months that each work summary reports, by park, with the year. Hollow bars: texts of grade C.",
            "各园区工作总结所涉月份，条内为年份。空心条：C级材料。",
        ),
        data=data,
        inputs=study.summaries()["observation_id"],
        values=(
            (say("Row", "行"), say("Months", "月数"), say("Year", "年份")),
            [(Cell(r["park"], park=r["park_id"]), r["months"], r["year"]) for r in data.iter_rows(named=True)],
        ),
    )


def _spans(study: Study) -> pl.DataFrame:
    rows = study.sources.filter(pl.col("kind") == "work_summary", pl.col("period_start").is_not_null()).to_dicts()
    names = wording.short_names(study)
    spans = [Period(r["period_start"], r["period_end"]) for r in rows]
    labels = zip(rows, spans, strict=True)
    return pl.DataFrame(
        {
            "park_id": [r["park_id"] for r in rows],
            "park": [study.say(", ", "，").join([names[r["park_id"]], s.label(study.lang)]) for r, s in labels],
            "first": [r["period_start"].month - 1 for r in rows],
            "months": [span.months or 0 for span in spans],
            "year": [r["period_end"].year for r in rows],
            "grade": [r["grade"] for r in rows],
        },
        schema={
            "park_id": pl.String, "park": pl.String, "first": pl.Int64, "months": pl.Int64, "year": pl.Int64,
            "grade": pl.String,
        },
    )  # fmt: skip


def _draw_spans(study: Study, data: pl.DataFrame, width: float) -> Any:
    import matplotlib.pyplot as plt
    import seaborn as sns

    narrow = width <= NARROW
    fig, ax = plt.subplots(figsize=(width, 0.42 * data.height + 0.5), layout="constrained")
    shown = to_plot(data.with_columns(park=pl.int_range(data.height).cast(pl.String)))  # a place, not a name, is unique
    sns.barplot(
        data=shown, x="months", y="park", left=data["first"].to_list(), ax=ax, color=ACCENT, saturation=1, width=0.55,
        errorbar=None,
    )  # fmt: skip
    for place, row in enumerate(data.iter_rows(named=True)):
        bar, hollow = tie(ax.patches[place], row["park_id"]), row["grade"] == "C"
        bar.set(facecolor=PAPER if hollow else ACCENT, edgecolor=ACCENT, linewidth=1.2)
        year = ax.text(row["first"] + 0.15, place, str(row["year"]), va="center", fontsize=8.5)
        tie(year, row["park_id"]).set_color(ACCENT if hollow else PAPER)
    step = 2 if narrow else 1
    ax.set(xlim=(0, max([12, *(data["first"] + data["months"])])), xlabel="", ylabel="")
    months = [study.say(name, f"{number}月") for number, name in enumerate(_MONTHS, 1)]
    ax.set_xticks([month + 0.5 for month in range(0, 12, step)], months[::step])
    ax.set_yticks(range(data.height), [wording.shortened(label, 44) for label in data["park"]])
    for text, park in zip(ax.get_yticklabels(), data["park_id"], strict=True):
        tie(text, park)
    ax.tick_params(length=0, labelsize=7.2 if narrow else 8.5)
    return fig


def plot_coverage(study: Study) -> Exhibit:
    """Which park reports which indicator, and as what."""
    say = study.say
    cells = coverage.cells(study)
    held = cells.with_columns(here=pl.col("state").is_in(["full_year", "part_year", "point"]))
    by_figure = held.group_by("indicator", "transformation", maintain_order=True).agg(pl.col("here").sum())
    shared = cells.join(
        by_figure.filter(pl.col("here") >= 2), on=["indicator", "transformation"], maintain_order="left"
    )
    most, alone = max(by_figure["here"].to_list(), default=0), by_figure.filter(pl.col("here") <= 1).height
    parks, figures = len(study.park_ids()), by_figure.height
    told = [
        say(f"{text}: {shared.filter(state=s).height} cells", f"{text.zh}：{shared.filter(state=s).height}格")
        for s, text in coverage.STATES.items()
    ]
    return figure(
        study,
        "coverage",
        say(
            f"No figure of {figures} is reported by more than {most} of "
            f"{parks} parks; {alone} are an outturn of the whole park in at most one text",
            f"{figures}项指标在{parks}个园区中至多有{most}个列示；{alone}项至多在一份材料中有全园区实绩",
        ),
        lambda width: _draw_map(study, _grid(study, shared, "park_id", "state"), _STATE_LOOKS, width),
        alt=say(
            f"Grid of {figures - alone} indicators by {parks} parks. ",
            f"{figures - alone}项指标×{parks}个园区的矩阵图。",
        )
        + say("; ", "；").join(told)
        + say(".", "。"),
        caption=say(
            "What each text holds for the whole park, of the figures that two or more parks report: Y outturn of a full year, "
            "M outturn of a part of the year, P state at a point in time, f only a forecast, target or plan, · only parts of the park, "
            "– not reported.",
            "两个以上园区列示的指标，各材料对全园区的记载：“年”为全年实绩，“月”为年内部分月份实绩，“点”为时点数，"
            "“预”为仅有预计数、目标或规划数，“·”为仅有园区局部的数据，“–”为未列示。",
        ),
        data=shared,
        inputs=study.summaries()["observation_id"],
        values=_values(study, _grid(study, shared, "park_id", "state"), coverage.STATES),
    )


def plot_comparability(study: Study) -> Exhibit:
    """Which pairs of parks can be set side by side on which indicator."""
    say = study.say
    pairs = coverage.comparability(study)
    names = wording.short_names(study)
    data = pairs.with_columns(
        pair=pl.concat_str(pl.col("first").replace(names), pl.lit(say(" – ", "—")), pl.col("second").replace(names)),
        parks=pl.concat_str("first", pl.lit(" "), "second"),
    )
    counts = dict(pairs["verdict"].value_counts().iter_rows())
    fine = counts.get("comparable", 0)
    both = pairs.filter(~coverage.missing()).height
    told = [
        say(f"{text}: {counts.get(v, 0)}", f"{text.zh}：{counts.get(v, 0)}") for v, text in coverage.VERDICTS.items()
    ]
    return figure(
        study,
        "comparability",
        say(
            f"{fine} of {both} pairs of figures that both parks report agree in concept, population and months",
            f"双方均列示的{both}对数据中，口径、统计范围和所涉月份一致的有{fine}对",
        ),
        lambda width: _draw_map(study, _grid(study, data, "parks", "verdict"), _VERDICT_LOOKS, width),
        alt=say("Grid of indicators by pairs of parks. ", "指标×园区两两组合的矩阵图。")
        + say("; ", "；").join(told)
        + say(".", "。"),
        caption=say(
            "For every indicator that two parks report as an outturn of the whole park, each pair of parks: = same concept, "
            "population and months, ~ comparable only with the limits named in the table, × not comparable.",
            "凡有两个园区列示全园区实绩的指标，逐对园区判断：“=”为口径、统计范围和所涉月份一致，“~”为有条件可比（条件见表），“×”为不可比。",
        ),
        data=data,
        inputs=study.summaries()["observation_id"],
        values=_values(study, _grid(study, data, "parks", "verdict"), _VERDICT_NAMES),
    )


Grid = tuple[list[str], list[str], dict[tuple[int, int], tuple[str, str]]]  # heads, rows, (row, column): (code, key)


def _grid(study: Study, data: pl.DataFrame, across: str, value: str) -> Grid:
    """The rows as a grid: ids of the columns (a park, or two with a space between), names of the rows, and the cells."""
    heads = data[across].unique(maintain_order=True).to_list()
    quantities = data.select("indicator", "transformation").unique(maintain_order=True).rows()
    cells = {
        (quantities.index((r["indicator"], r["transformation"])), heads.index(r[across])): (
            r[value],
            r.get("observation_id") or "",
        )
        for r in data.iter_rows(named=True)
    }
    return heads, [wording.quantity_name(study, *quantity) for quantity in quantities], cells


def _heads(study: Study, heads: list[str]) -> list[str]:
    names = wording.short_names(study)
    return [study.say(" – ", "—").join(names[park] for park in head.split()) for head in heads]


def _values(study: Study, grid: Grid, words: Mapping[str, str]) -> tuple[list[str], list[list[object]]]:
    heads, rows, cells = grid
    shown = {place: Cell(study.say(words[code]), key=key) for place, (code, key) in cells.items()}
    return [study.say("Indicator", "指标"), *_heads(study, heads)], [
        [row, *(shown[down, across] for across in range(len(heads)))] for down, row in enumerate(rows)
    ]


def _draw_map(study: Study, grid: Grid, looks: dict[str, tuple[str, Text]], width: float) -> Any:
    import matplotlib.pyplot as plt
    import seaborn as sns
    from matplotlib.patches import Rectangle

    heads, rows, cells = grid
    narrow = width <= NARROW
    names = _heads(study, heads)
    rotation = 90 if narrow or len(heads) > 6 else 0
    above = 0.055 * max(map(wording.columns, names)) if rotation else 0.2  # inches that the names of the columns take
    fig, ax = plt.subplots(figsize=(width, 0.225 * len(rows) + above + 0.1), layout="constrained")
    sns.heatmap([[0.0] * len(heads)] * len(rows), ax=ax, cbar=False)
    ax.collections[0].remove()  # seaborn lays out the grid; its one mesh gives way to cells that open their figure
    for (down, across), (code, key) in cells.items():
        colour, letter = looks[code]
        cell = Rectangle((across, down), 1, 1, facecolor=PALETTE[colour][0], edgecolor=RULE, linewidth=0.8)
        tie(ax.add_patch(cell), heads[across], key)
        sign = ax.text(across + 0.5, down + 0.5, study.say(letter), ha="center", va="center", fontsize=7.5)
        tie(sign, heads[across], key).set_color(PAPER if colour == "park-1" else INK)
    most = 34 if narrow else 60
    ax.set_yticks([i + 0.5 for i in range(len(rows))], [wording.shortened(row, most) for row in rows], rotation=0)
    ax.set_xticks([i + 0.5 for i in range(len(heads))], names, rotation=rotation)
    for text, head in zip(ax.get_xticklabels(), heads, strict=True):
        tie(text, head)
    ax.xaxis.tick_top()
    ax.tick_params(length=0, labelsize=6.5 if narrow else 8)
    ax.grid(visible=False)
    return fig
