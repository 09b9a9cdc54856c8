"""The statements on a page: what holds in every cell, what does not and why, and every cell with its choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parkstudy.method.benchmarks import reference_id
from parkstudy.method.statements import CHOICE_WORDS, STATE_NAMES, VERDICT_NAMES, Decision, as_frame, choices_said
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Cell, Exhibit, opens, table, takeaways
from parkstudy.words import wording
from parkstudy.words.language import Text


def takeaways_statements(study: Study, decisions: list[Decision]) -> Exhibit:
    """What holds in every cell, what does not and why; grade C named apart."""
    say = study.say
    official = [d for d in decisions if not d.statement.grade_c]
    holding = [d for d in official if d.verdict == "holds"]
    sentences = [
        say(
            f"{len(holding)} of {len(official)} statements about complete official texts hold in every defensible cell.",
            f"关于官方完整材料的{len(official)}个命题中，有{len(holding)}个在所有合理的设定组合下均成立。",
        )
    ]
    for d in holding:
        count, aside = _count(study, d), _aside(study, d)
        sentences.append(say(f"{count} {d.statement.sentence}{aside}.", f"{count}{say(d.statement.sentence)}{aside}。"))
    for d in (d for d in official if d.verdict != "holds"):
        why = _why(study, d)
        sentences.append(say(f"Not: {d.statement.sentence}. {why}", f"未成立：{say(d.statement.sentence)}。{why}"))
    apart = [d for d in decisions if d.statement.grade_c]
    words = wording.listing(
        [f"{d.statement.id} {VERDICT_NAMES[d.verdict]}" for d in apart]
        if study.lang == "en"
        else [f"命题{d.statement.id}{VERDICT_NAMES[d.verdict].zh}" for d in apart],
        study.lang,
    )
    sentences.append(
        say(
            f"Statements with a text of grade C stand apart and in no headline: {words}.",
            f"涉及C级材料的命题单列，不进入主要结论：{words}。",
        )
    )
    return takeaways(study, sentences, as_frame(decisions, study.lang), trust=_trust(study, official))


def _trust(study: Study, decisions: list[Decision]) -> str:
    figures = len({i for d in decisions for r in d.results for i in r.inputs if not i.startswith("ref:")})
    texts = study.sources.filter(kind="work_summary").height
    return study.say(
        f"Rests on {wording.counted(figures, 'printed figure')} of {wording.counted(texts, 'text')} that happened to be at hand: no "
        "sample, nothing is inferred to other parks.",
        f"依据：手头可得的{texts}份材料中的{figures}个数据。并非抽样，不能推及其他园区。",
    )


def _count(study: Study, decision: Decision) -> str:
    coarse = decision.coarse_support if decision.coarse_support != decision.support else None
    en = "" if coarse is None else f"; coarse {coarse}"
    zh = "" if coarse is None else f"；粗略数放宽后{coarse}个"
    return study.say(
        f"Holds ({decision.support} of {len(decision.results)} cells{en}):",
        f"成立（{_support_zh(decision)}{zh}）：",
    )


def _support_zh(decision: Decision) -> str:
    return f"{len(decision.results)}个设定组合中{decision.support}个支持"


def _aside(study: Study, decision: Decision) -> str:
    parts = []
    if decision.sensitive:
        parts.append(Text("sensitive to round figures", "对粗略数敏感"))
    if decision.lowest_ratio is not None and decision.ratio is not None:
        times = wording.number(decision.lowest_ratio, 2)
        parts.append(
            Text(
                f"the order turns if one output were overstated {times} times as much as the other, at the lowest corner",
                f"按最不利端点，若一方产值的高估程度达另一方的{times}倍，次序即反转",
            )
        )
    if _inferred(decision):
        parts.append(Text("the reference was inferred in part", "参照数据有部分内容系推定"))
    words = study.say("; ", "；").join(study.say(part) for part in parts)
    return study.say(f" ({words})", f"（{words}）") if words else ""


def _inferred(decision: Decision) -> bool:
    return any("above_scale_va_yoy/Yongzhou" in i for r in decision.results for i in r.inputs)


def _why(study: Study, decision: Decision) -> str:
    support = f"{decision.support} of {len(decision.results)} cells are for it."
    name = VERDICT_NAMES[decision.verdict]
    if decision.verdict == "depends":
        on = _depends_on(study, decision)
        return study.say(f"It depends on {on}: {support}", f"取决于{on}：{_support_zh(decision)}。")
    if decision.results:
        return study.say(f"{name.capitalize()}: {support}", f"{name.zh}：{_support_zh(decision)}。")
    reason = study.say(decision.reason)
    return study.say(f"{name.capitalize()}, because {reason}.", f"{name.zh}，原因是{reason}。")


def _depends_on(study: Study, decision: Decision) -> str:
    words = [CHOICE_WORDS.get(choice, Text(choice, choice)) for choice in decision.depends_on]
    return wording.listing([study.say(word) for word in words], study.lang)


def _inputs(study: Study, inputs: Iterable[str], references: Mapping[str, str]) -> str:
    """The ids of the figures behind a row, each open to its record; a reference by its scope and months."""
    return study.say(", ", "、").join(opens(references.get(i, i), i) for i in dict.fromkeys(inputs))


def _references(study: Study) -> dict[str, str]:
    names = {}
    for row in study.reference.iter_rows(named=True):
        scope, period = wording.scope(row["scope"], study.lang, study), wording.period(row, study.lang)
        names[reference_id(row)] = study.say(f"{scope} {period}", f"{scope}{period}")
    return names


def _behind(decisions: list[Decision]) -> list[str]:
    return [i for d in decisions for r in d.results for i in r.inputs]


_STATEMENTS = (
    Text("Statement", "命题"),
    Text("Sentence", "表述"),
    Text("Lowest grade", "最低等级"),
    Text("Verdict", "判定"),
    Text("Cells for", "支持的设定组合"),
    Text("Coarse", "粗略数放宽后"),
    Text("Sensitive to round figures", "对粗略数敏感"),
    Text("Tipping point", "临界倍数"),
    Text("Lowest corner", "最不利端点"),
    Text("Reason", "原因"),
    Text("Inputs", "所用数据"),
)


def table_statements(study: Study, decisions: list[Decision]) -> Exhibit:
    """All statements in the order fixed before the results, refusals with the same weight as the rest."""
    say = study.say
    references = _references(study)
    header = [say(name) for name in _STATEMENTS]
    return table(
        study,
        "statements-table",
        say(f"{len(decisions)} statements, fixed before the results", f"{len(decisions)}个命题，均在得出结果之前确定"),
        header,
        [_statement(study, d, references) for d in decisions],
        caption=say(
            "Cells for: cells in which at least 95 % of the admissible values make the statement true. "
            "Coarse: the same with a whole unit "
            "instead of half a unit for figures of at most two significant digits. Tipping point: how "
            "many times as much one park's output would "
            "have to be overstated as the other's for the order to turn, at the printed values and at "
            "the lowest corner; it estimates nothing.",
            "支持的设定组合：容许取值中至少95%使命题为真的设定组合。粗略数放宽后：有效数字不超过两位的数据，区间由末位上下半个单位放宽为一个单位。"
            "临界倍数：一方产值的高估程度须达另一方的多少倍，次序才会反转，分别按原文数字和最不利端点计算；"
            "临界倍数不是对任何实际情况的估计。",
        ),
        data=as_frame(decisions, study.lang),
        inputs=_behind(decisions),
        numeric=header[7:9],
    )


def _statement(study: Study, decision: Decision, references: Mapping[str, str]) -> list[object]:
    say, of = study.say, len(decision.results)
    on = _depends_on(study, decision)
    verdict = VERDICT_NAMES[decision.verdict]
    return [
        Cell(decision.statement.id, value=float(decision.statement.id) if decision.statement.id.isdigit() else None),
        say(decision.statement.sentence),
        "C" if decision.statement.grade_c else "A",
        say(f"{verdict} on {on}", f"{verdict.zh}：{on}") if decision.depends_on else say(verdict),
        _share(study, decision.support, of),
        _share(study, decision.coarse_support, of),
        say("yes", "是") if decision.sensitive else "",
        _ratio(decision.ratio),
        _ratio(decision.lowest_ratio),
        say(decision.reason),
        _inputs(study, _behind([decision]), references),
    ]


def _share(study: Study, count: int, of: int) -> object:
    return Cell(study.say(f"{count} of {of}", f"{of}个中{count}个"), value=count / of) if of else ""


def _ratio(ratio: float | None) -> object:
    return "" if ratio is None else Cell(wording.number(ratio, 2), value=ratio)


_CELLS = (
    Text("Statement", "命题"),
    Text("Choices", "设定"),
    Text("Margin", "规定幅度"),
    Text("Above, %", "高于的比例，%"),
    Text("Below, %", "低于的比例，%"),
    Text("State", "状态"),
    Text("Coarse", "粗略数放宽后"),
    Text("Inputs", "所用数据"),
)


def _percent(share: float) -> str:
    """A share in percent; one that is not whole is not rounded to 0 or 100."""
    text = f"{100 * share:.1f}"
    return "99.9" if text == "100.0" and share < 1 else "0.1" if text == "0.0" and share > 0 else text


def table_cells(study: Study, decisions: list[Decision]) -> Exhibit:
    """Every cell of every statement with its choices, shares and inputs."""
    say, parks = study.say, wording.short_names(study)
    references = _references(study)
    lines = [
        [
            d.statement.id,
            choices_said(r.choices, study.lang, parks) or say("one cell", "唯一的设定组合"),
            Cell(wording.number(r.margin), value=r.margin),
            Cell(_percent(r.above), value=r.above),
            Cell(_percent(r.below), value=r.below),
            say(STATE_NAMES[r.state]),
            say(STATE_NAMES[r.coarse_state]),
            _inputs(study, r.inputs, references),
        ]
        for d in decisions
        for r in d.results
    ]
    header = [say(name) for name in _CELLS]
    return table(
        study,
        "cells",
        say(f"{len(lines)} cells, every one shown", f"{len(lines)}个设定组合，逐一列示"),
        header,
        lines,
        caption=say(
            "Above and below: the share of the admissible values that put the left side above or below "
            "the right one by more than the margin, "
            "from 20,000 points of a fixed sequence. For and against begin at 95 %; the rest is open.",
            "高于、低于的比例：容许取值中，命题左方高于或低于右方且超出规定幅度的比例，按固定序列的2万个点计算。达到95%即为支持或反对，其余为未决。",
        ),
        data=as_frame(decisions, study.lang),
        inputs=_behind(decisions),
        numeric=header[2:5],
    )
