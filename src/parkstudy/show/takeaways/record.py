"""Takeaways on the record itself: what it supports at all, and what it holds of one park."""

from __future__ import annotations

import polars as pl

from parkstudy.method import coverage
from parkstudy.method.measures import GRADES as GRADE_ORDER
from parkstudy.method.study import Study
from parkstudy.record.period import Period
from parkstudy.record.schema import CAVEAT_NAMES, GRADES, VALUE_TYPE_NAMES
from parkstudy.show.exhibit import Exhibit, names_park, takeaways
from parkstudy.words import wording


def takeaways_coverage(study: Study) -> Exhibit:
    """What the record supports at all, in sentences."""
    say = study.say
    pairs = coverage.comparability(study)
    both = pairs.filter(~coverage.missing())
    counts = {verdict: both.filter(verdict=verdict).height for verdict in coverage.VERDICTS}
    texts = study.sources.filter(kind="work_summary")
    contradicted = study.summaries().filter(pl.col("caveats").list.contains("contradicted")).height
    sentences = [
        say(
            f"Of {both.height} pairs of figures that both parks report, {counts['comparable']} agree in concept, population and months; "
            f"{counts['limits']} can be set side by side with limits, {counts['not_comparable']} cannot.",
            f"两个园区均列示的{both.height}对数据中，口径、统计范围和所涉月份均一致的有{counts['comparable']}对，"
            f"有条件可比的{counts['limits']}对，不可比的{counts['not_comparable']}对。",
        ),
        *_texts(study, texts),
        say(
            f"In {pairs.height - both.height} further pairs one or both report none.",
            f"另有{pairs.height - both.height}对因一方或双方未列示而无从比较。",
        ),
        say(
            f"{study.summaries().height} figures are recorded; {contradicted} of them are contradicted by another figure of the same text.",
            f"共收录{study.summaries().height}项数据，其中{contradicted}项与同一材料的另一数据矛盾。",
        ),
    ]
    return takeaways(study, sentences, pairs, trust=_trust_in_texts(study, texts))


def _texts(study: Study, texts: pl.DataFrame) -> list[str]:
    """The spans that the texts report, and how many texts stand in no headline."""
    spans = [Period(r["period_start"], r["period_end"]) for r in texts.iter_rows(named=True) if r["period_end"]]
    labels = wording.listing([span.label(study.lang) for span in spans], study.lang)
    years, lengths = len({s.end.year for s in spans if s.end}), len({s.months for s in spans})
    grade_c, count = texts.filter(pl.col("grade") == "C").height, wording.counted(len(spans), "text")
    return [
        study.say(
            f"{count}: {labels}; {wording.counted(years, 'year')} and {wording.counted(lengths, 'length')} of span.",
            f"{len(spans)}份材料分别涉及{labels}，共{years}个年份、{lengths}种时段长度。",
        ),
        study.say(
            f"{grade_c} of {count} re-posted, anonymised or cut off (grade C): in no headline.",
            f"{len(spans)}份材料中有{grade_c}份系转载、匿名或截断（C级），不进入主要结论。",
        ),
    ]


def _trust_in_texts(study: Study, texts: pl.DataFrame) -> str:
    counts = {grade: texts.filter(pl.col("grade") == grade).height for grade in GRADE_ORDER}
    graded = [study.say(f"{n} of grade {grade}", f"{grade}级{n}份") for grade, n in counts.items() if n]
    said = "、".join(graded) if study.lang == "zh" else wording.listing(graded)
    return study.say(
        f"Rests on {wording.counted(texts.height, 'text')} that happened to be at hand ({said}). No sample: nothing is inferred to "
        "other parks.",
        f"依据：手头可得的{texts.height}份材料（{said}）。并非抽样，不能推及其他园区。",
    )


def takeaways_profile(study: Study, park: str) -> Exhibit:
    """One park in sentences: what its text covers, what it is silent on, what its figures carry."""
    say, lang = study.say, study.lang
    name = names_park(wording.park_names(study)[park], park)
    rows = study.summaries().filter(park_id=park)
    sources = study.sources.filter(park_id=park, kind="work_summary")
    if not sources.height:
        return takeaways(
            study,
            [say(f"{name}: the study holds no work summary of this park.", f"{name}：本研究未收录该园区的工作总结。")],
            rows,
        )
    source = sources.row(0, named=True)
    span = Period(source["period_start"], source["period_end"]).label(lang)
    counts = {kind: rows.filter(value_type=kind).height for kind in VALUE_TYPE_NAMES}
    types = wording.listing(
        [say(wording.counted(n, kind), f"{VALUE_TYPE_NAMES[kind].zh}{n}项") for kind, n in counts.items() if n], lang
    )
    cells = coverage.cells(study).filter(park_id=park)
    absent = cells.filter(pl.col("state").is_in(["none", "parts"])).height
    grade = source["grade"]
    sentences = [
        say(
            f"{name} reports {span}; {rows.height} figures are recorded: {types}.",
            f"{name}的材料涉及{span}，共收录{rows.height}项数据：{types}。",
        ),
        say(f"Grade {grade}: {GRADES[grade]}.", f"{grade}级：{GRADES[grade].zh}。")
        if grade
        else say("The text has no grade.", "该材料未定级。"),
        say(
            f"Of {cells.height} figures that the texts report for a whole park, {absent} are not reported for the whole of this one.",
            f"各材料按全园区列示的数据共{cells.height}项，该园区有{absent}项未按全园区列示。",
        ),
        *_frequent_caveats(study, rows),
    ]
    return takeaways(study, sentences, rows, trust=_trust_in_text(study, rows, grade))


def _frequent_caveats(study: Study, rows: pl.DataFrame) -> list[str]:
    listed = rows.explode("caveats").drop_nulls("caveats").group_by("caveats").len()
    listed = listed.sort("len", "caveats", descending=[True, False]).head(3)
    if not listed.height:
        return []
    words = [(CAVEAT_NAMES[code], n) for code, n in listed.iter_rows()]
    said = wording.listing([study.say(f"{word} ({n})", f"{word.zh}（{n}项）") for word, n in words], study.lang)
    return [study.say(f"Most frequent caveats: {said}.", f"最常见的提示：{said}。")]


def _trust_in_text(study: Study, rows: pl.DataFrame, grade: str | None) -> str:
    marked = rows.filter(pl.col("caveats").list.len() > 0).height
    en, zh = (f" of grade {grade}", f"{grade}级") if grade else ("", "")
    return study.say(
        f"Rests on one text{en}; {marked} of {rows.height} figures carry a caveat. That a figure is printed is verified, that it is "
        "right is not.",
        f"依据：一份{zh}材料；{rows.height}项数据中有{marked}项附有提示。本研究只核实数字确为原文所载，不核实其是否属实。",
    )
