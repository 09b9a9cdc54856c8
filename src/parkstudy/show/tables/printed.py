"""Tables of what the texts print: the recorded figures, the pairs that may be set side by side, one park, the texts."""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy import __version__
from parkstudy.method import coverage
from parkstudy.method.study import Study
from parkstudy.record.period import Period
from parkstudy.record.schema import CAVEAT_NAMES, DIMENSIONS, GRADES, VALUE_TYPE_NAMES
from parkstudy.show.exhibit import Cell, Exhibit, names_park, opens, table
from parkstudy.words import wording
from parkstudy.words.language import Text

_FIGURE_HEADER = (
    Text("Printed term", "原文用语"),
    Text("Printed figure", "原文数字"),
    Text("Type", "类型"),
    Text("Period", "时期"),
    Text("Population", "统计范围"),
    Text("Place in the text", "原文位置"),
    Text("Caveats", "提示"),
)
_PRINTED_FIGURE = _FIGURE_HEADER[1]


def _figure_cells(study: Study, row: dict[str, Any]) -> list[object]:
    """What is said of a recorded figure in every table of figures, by `_FIGURE_HEADER`."""
    return [
        row["reported_term"],
        Cell(row["reported_figure"], key=row["observation_id"], value=row["value"]),
        study.say(VALUE_TYPE_NAMES[row["value_type"]]),
        wording.period(row, study.lang),
        wording.population(row["population"], study.lang),
        row["locator"],
        study.say(", ", "、").join(study.say(CAVEAT_NAMES[c]) for c in row["caveats"]),
    ]


def table_observations(study: Study, dimensions: tuple[str, ...] = ("growth", "tax", "land")) -> Exhibit:
    """Every recorded figure of the named dimensions, with the place it stands in."""
    say, names = study.say, wording.short_names(study)
    rows = _with_dimension(study, study.summaries()).filter(pl.col("dimension").is_in(dimensions))
    lines = []
    for row in rows.iter_rows(named=True):
        part = "" if row["subject"] == "park" else say(f" ({row['subject']})", f"（{row['subject']}）")
        quantity = wording.quantity_name(study, row["indicator"], row["transformation"]) + part
        lines.append([Cell(names[row["park_id"]], park=row["park_id"]), quantity, *_figure_cells(study, row)])
    said = wording.listing([say(DIMENSIONS[dimension]) for dimension in dimensions], study.lang)
    return table(
        study,
        "observations",
        say(f"{rows.height} figures on {said}, as printed", f"关于{said}的{rows.height}项数据，按原文列示"),
        [say("Park", "园区"), say("Indicator", "指标"), *map(say, _FIGURE_HEADER)],
        lines,
        caption=say(
            "Each distinct printed figure once, with its term, its place (headings, then paragraph) and what the coder saw.",
            "原文中每项不同的数据列示一次，并注明用语、位置（标题及段落）和收录时所见的问题。",
        ),
        data=rows,
        inputs=rows["observation_id"],
        numeric=(say(_PRINTED_FIGURE),),
    )


def _with_dimension(study: Study, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.join(study.indicators.select("indicator", "dimension"), on="indicator", maintain_order="left")


def table_comparability(study: Study) -> Exhibit:
    """Every pair of parks on every shared indicator, with the two figures and the reasons for the verdict."""
    say = study.say
    pairs = coverage.comparability(study)
    shown = pairs.filter(~coverage.missing())
    gone = pairs.height - shown.height
    return table(
        study,
        "comparability-reasons",
        say(
            f"Why {shown.height} pairs of figures can or cannot be set side by side",
            f"{shown.height}对数据可否并列比较及其原因",
        ),
        [
            say("Indicator", "指标"), say("Parks", "园区"), say("Printed figures", "原文数字"), say("Verdict", "判定"),
            say("Reasons", "原因"),
        ],
        _pairs(study, shown),
        caption=say(
            "Pairs in which both parks report the figure as an outturn of the whole park; "
            f"{gone} further pairs are not comparable because one or both do not report it.",
            f"仅列两个园区均以全园区实绩列示的数据；另有{gone}对因一方或双方未列示而不可比。",
        ),
        data=pairs,
        inputs=study.summaries()["observation_id"],
    )  # fmt: skip


def _pairs(study: Study, pairs: pl.DataFrame) -> list[list[object]]:
    say, names = study.say, wording.short_names(study)
    printed = dict(study.observations.select("observation_id", "reported_figure").iter_rows())
    cells = coverage.cells(study).select("indicator", "transformation", "park_id", "observation_id")
    chosen = {(indicator, kind, park): i for indicator, kind, park, i in cells.iter_rows()}
    lines: list[list[object]] = []
    for row in pairs.iter_rows(named=True):
        parks = (row["first"], row["second"])
        ids = [chosen[row["indicator"], row["transformation"], park] for park in parks]
        lines.append(
            [
                wording.quantity_name(study, row["indicator"], row["transformation"]),
                Cell(" – ".join(names_park(names[park], park) for park in parks), park=" ".join(parks)),
                " – ".join(opens(printed[i], i) for i in ids),
                say(coverage.VERDICTS[row["verdict"]]),
                say("; ", "；").join(row["reasons"]),
            ]
        )
    return lines


def table_profile(study: Study, park: str) -> Exhibit:
    """Everything that is recorded of one park: each figure with its place, type, period, caveats and note."""
    say = study.say
    order = {dimension: place for place, dimension in enumerate(DIMENSIONS)}
    place = pl.col("dimension").cast(pl.String).replace_strict(order, return_dtype=pl.Int64)
    rows = _with_dimension(study, study.summaries().filter(park_id=park)).sort(place, maintain_order=True)
    lines = [
        [
            wording.quantity_name(study, row["indicator"], row["transformation"]),
            "" if row["subject"] == "park" else row["subject"],
            *_figure_cells(study, row),
            row["note"],
        ]
        for row in rows.iter_rows(named=True)
    ]
    name = names_park(wording.park_names(study)[park], park)
    return table(
        study,
        "profile-table",
        say(f"All {rows.height} recorded figures of {name}", f"{name}的全部{rows.height}项数据"),
        [say("Indicator", "指标"), say("Part", "部分"), *map(say, _FIGURE_HEADER), say("Note", "备注")],
        lines,
        caption=say(
            "Each distinct printed figure once, by dimension. Targets and plans stand beside outturns and are no outturns.",
            "原文中每项不同的数据列示一次，按维度排列。目标与规划数和实绩并列，但不是实绩。",
        ),
        data=rows,
        inputs=rows["observation_id"],
        numeric=(say(_PRINTED_FIGURE),),
    )


def table_sources(study: Study) -> Exhibit:
    """The texts behind the page, with issuer, date, grade and hash; and the version that computed it."""
    say, names = study.say, wording.park_names(study)
    rows = study.sources.filter(kind="work_summary")
    lines = [
        [
            Cell(names[row["park_id"]], park=row["park_id"]),
            row["title"] or say("(hidden: the text is anonymised)", "（隐去：材料已匿名）"),
            row["publisher"],
            row["published"],
            Period(row["period_start"], row["period_end"]).label(study.lang),
            _grade(study, row["grade"]),
        ]
        for row in rows.iter_rows(named=True)
    ]
    texts = say(wording.counted(rows.height, "text"), f"{rows.height}份材料")
    data = study.data_hash[:12]
    return table(
        study,
        "sources",
        say(f"{texts}; parkstudy {__version__}, data {data}", f"{texts}；parkstudy {__version__}，数据{data}"),
        [
            say("Park", "园区"), say("Title", "标题"), say("Issuer", "发布单位"), say("Date", "日期"),
            say("Months reported", "所涉月份"), say("Grade", "等级"),
        ],
        lines,
        caption=say(
            "The texts belong to their publishers and are not part of the study; only printed terms and figures are recorded.",
            "材料归其发布单位所有，不属于本研究；本研究仅收录原文用语和数字。",
        ),
        data=rows,
        inputs=study.summaries()["observation_id"],
    )  # fmt: skip


def _grade(study: Study, grade: str | None) -> str:
    if not grade:
        return ""
    return study.say(f"{grade}: {GRADES[grade]}", f"{grade}级：{GRADES[grade].zh}")
