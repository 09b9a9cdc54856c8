"""What was found around the comparison: the audit, counts a text, outside figures, figures of other parks."""

from __future__ import annotations

import polars as pl

from parkstudy.method import audit as consistency
from parkstudy.method import outside
from parkstudy.record.schema import GRADES, VALUE_TYPE_NAMES
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Cell, Exhibit, opens, table
from parkstudy.words import wording
from parkstudy.words.language import Text


def table_audit(study: Study) -> Exhibit:
    """What the texts contradict, what is implausible or ambiguous, and what was found to hold."""
    say = study.say
    frame = consistency.as_frame(consistency.audit(study), study.lang)
    names = wording.short_names(study)
    parks = dict(study.sources.select("source_id", "park_id").iter_rows())
    order = {outcome: place for place, outcome in enumerate(consistency.OUTCOMES)}
    rows = sorted(frame.to_dicts(), key=lambda r: (order[r["outcome"]], r["source_id"], int(r["check"][1:])))
    lines = [
        [
            f"{row['check']} {row['name']}",
            Cell(names[parks[row["source_id"]]], park=parks[row["source_id"]]),
            say(consistency.OUTCOME_NAMES[row["outcome"]]),
            row["arithmetic"],
            row["consequence"],
            say(", ", "、").join(opens(i, i) for i in row["observations"]),
        ]
        for row in rows
    ]
    counts = {o: frame.filter(outcome=o).height for o in consistency.OUTCOMES}
    said = wording.listing(
        [say(f"{n} {o}", f"{consistency.OUTCOME_NAMES[o].zh}{n}项") for o, n in counts.items()], study.lang
    )
    return table(
        study,
        "audit",
        say(
            f"{frame.height} relations between printed figures: {said}",
            f"原文数字之间的{frame.height}项关系：{said}",
        ),
        [
            say("Check", "核查"), say("Park", "园区"), say("Outcome", "结果"), say("Arithmetic", "算式"),
            say("What it does to the comparison", "对比较的影响"), say("Observations", "所用数据"),
        ],
        lines,
        caption=say(
            "Relations inside one text that can be tested from its own figures. Contradiction: both "
            "sides are stated and do not meet. Implausible: "
            "the arithmetic closes but an implied value leaves its band. Ambiguous: something is not "
            "stated, or two readings exist. A finding is a "
            "question about the data and repairs nothing; relations that hold are listed so that silence means something.",
            "同一材料内可用其自身数字检验的关系。矛盾：两方均有列示而不相符。存疑：算式成立，但推算值超出合理范围。"
            "含糊：有内容未说明，或存在两种理解。核查结果是对数据的疑问，不修改任何数据；相符的关系一并列出，以示均已检验。",
        ),
        data=frame,
        inputs=study.summaries()["observation_id"],
    )  # fmt: skip


_COUNTS = (
    Text("Park", "园区"),
    Text("Grade", "等级"),
    Text("Figures", "数据"),
    Text("Relations tested", "检验的关系"),
    Text("Hold", "相符"),
    Text("Contradictions", "矛盾"),
    Text("Implausible", "存疑"),
    Text("Ambiguous", "含糊"),
    Text("Outside figures", "外部数据"),
    Text("Agree", "与外部相符"),
)


def table_counts(study: Study) -> Exhibit:
    """Counts instead of marks: figures, relations tested, held and found, outside figures, a park."""
    say = study.say
    frame = consistency.as_frame(consistency.audit(study), study.lang)
    outer = outside.corroborations(study).join(
        study.observations.select("observation_id", "park_id"), on="observation_id", how="left"
    )
    names = wording.short_names(study)
    lines = []
    for source in study.sources.filter(kind="work_summary").iter_rows(named=True):
        own = frame.filter(source_id=source["source_id"])
        beside = outer.filter(park_id=source["park_id"])
        found = [own.filter(outcome=o).height for o in ("holds", "contradiction", "implausible", "ambiguous")]
        figures = study.summaries().filter(source_id=source["source_id"]).height
        counts = [figures, own.height, *found, beside.height, beside.filter(answer="agrees").height]
        park = Cell(names[source["park_id"]], park=source["park_id"])
        lines.append([park, _grade(study, source["grade"]), *(Cell(n, value=n) for n in counts)])
    header = [say(name) for name in _COUNTS]
    return table(
        study,
        "counts",
        say(
            "Counts, not marks: what was recorded, tested and found, text by text",
            "只计数，不评分：各材料收录、检验和发现的项数",
        ),
        header,
        lines,
        caption=say(
            "More findings do not mean a worse text: a text that prints more can be tested more.",
            "发现较多不表示材料较差：列示的数据越多，可检验的关系越多。",
        ),
        data=frame,
        inputs=study.summaries()["observation_id"],
        numeric=header[2:],
    )


def _grade(study: Study, grade: str | None) -> str:
    if not grade:
        return ""
    return study.say(f"{grade}: {GRADES[grade]}", f"{grade}级：{GRADES[grade].zh}")


def table_outside(study: Study) -> Exhibit:
    """Outside figures on the named parks, each beside the text's nearest figure and with what it can say."""
    say = study.say
    rows = {r["observation_id"]: r for r in study.observations.iter_rows(named=True)}
    names = wording.short_names(study)
    frame = outside.corroborations(study)
    lines = []
    for found in frame.iter_rows(named=True):
        row, own = rows[found["observation_id"]], rows.get(found["against"])
        lines.append(
            [
                Cell(names[row["park_id"]], park=row["park_id"]),
                row["reported_term"],
                Cell(row["reported_figure"], key=row["observation_id"], value=row["value"]),
                wording.period(row, study.lang),
                Cell(own["reported_figure"], key=own["observation_id"], value=own["value"]) if own else "",
                say(outside.ANSWERS[found["answer"]]),
                found["reason"],
            ]
        )
    agree, disagree = (frame.filter(answer=answer).height for answer in ("agrees", "disagrees"))
    numeric = (say("Printed figure", "原文数字"), say("In the text", "材料所载"))
    return table(
        study,
        "outside",
        say(
            f"{frame.height} outside figures: {agree} agree, {disagree} disagree, the rest cannot be compared",
            f"{frame.height}项外部数据：{agree}项相符，{disagree}项不相符，其余不可比",
        ),
        [
            say("Park", "园区"), say("Printed term", "原文用语"), numeric[0], say("Period", "时期"), numeric[1],
            say("Answer", "结果"), say("Reason", "原因"),
        ],
        lines,
        caption=say(
            "Figures of named news pages on the parks of the study. They support no verdict and are "
            "never chained to the texts' figures.",
            "新闻网页所载的本研究各园区数据。不作为任何判定的依据，也不与材料数据链接推算。",
        ),
        data=frame,
        inputs=frame["observation_id"],
        numeric=numeric,
    )  # fmt: skip


def table_context(study: Study) -> Exhibit:
    """Figures of other parks, listed and never ranked."""
    say = study.say
    frame = outside.context_figures(study).filter(pl.col("transformation") != "share")
    names = wording.park_names(study)
    lines = [
        [
            Cell(names[row["park_id"]], park=row["park_id"]),
            wording.quantity_name(study, row["indicator"], row["transformation"]),
            row["reported_term"],
            Cell(row["reported_figure"], key=row["observation_id"], value=row["value"]),
            say(VALUE_TYPE_NAMES[row["value_type"]]),
            wording.period(row, study.lang),
            wording.population(row["population"], study.lang),
        ]
        for row in frame.iter_rows(named=True)
    ]
    parks = frame["park_id"].n_unique()
    figure = say("Printed figure", "原文数字")
    return table(
        study,
        "context",
        say(f"{frame.height} figures of {parks} other parks, for context", f"其他{parks}个园区的{frame.height}项数据，仅作背景"),
        [
            say("Park", "园区"), say("Indicator", "指标"), say("Printed term", "原文用语"), figure, say("Type", "类型"),
            say("Period", "时期"), say("Population", "统计范围"),
        ],
        lines,
        caption=say(
            "Read once, in pages that are mostly reposts (status: not yet validated). Other years, "
            "other concepts; no park of the study is ranked among them.",
            "仅查阅一次，所据网页多为转载（状态：尚未核实）。年份和口径各异，本研究的园区不与之排序。",
        ),
        data=frame,
        inputs=frame["observation_id"],
        numeric=(figure,),
    )  # fmt: skip
