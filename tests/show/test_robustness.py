"""Robustness: statements, cells, audit, counts, outside figures and context, in both languages, and the chart of the statements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from exhibit_parts import alts, claim, file_rows, lines, opened, parts, rows, sentences, shown, study_of, trust

import parkstudy
from parkstudy.method.audit import OUTCOMES
from parkstudy.method.cells import Result
from parkstudy.method.statements import Decision
from parkstudy.method.study import Study
from parkstudy.record.codes import label
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.select import robustness
from parkstudy.show.specification import Specification
from parkstudy.show.theme import INK, MUTED, NARROW, PALETTE, PAPER, WIDE
from parkstudy.show.view import View

PRINTED = "hengnan-2019-006"


def deciding(change: Callable[[Decision], Decision]) -> Study:
    """The study with other decisions."""
    other = parkstudy.load()
    vars(other)["decisions"] = [change(decision) for decision in study_of().decisions]
    return other


def of_statement(number: str, **changes: Any) -> Study:
    """The study with one decision changed."""
    return deciding(lambda d: replace(d, **changes) if d.statement.id == number else d)


def of_statements(study: Study, lang: str = "en") -> list[str]:
    return sentences(viewer(study, lang)("statements-takeaways"))


# Facts


def test_official_statements_are_told_by_verdict_and_grade_c_apart(study: Study) -> None:
    facts = robustness.sentences(study).facts
    assert (facts["held"], facts["official"]) == (7, 11)
    assert [d["id"] for d in facts["holding"]] == ["7", "8", "9", "13", "14", "15", "20"]
    assert [(d["id"], d["verdict"]) for d in facts["not_holding"]] == [
        ("6", "implausible"), ("12", "not_comparable"), ("17", "depends"), ("21", "not_comparable"),
    ]  # fmt: skip
    assert [d["id"] for d in facts["apart"]] == ["1", "2", "3", "4", "5", "10", "11", "16", "18", "19"]
    assert (facts["figures"], facts["texts"]) == (19, 5)


def test_a_decision_tells_its_cells_its_coarse_cells_and_what_is_to_be_said_beside_it(study: Study) -> None:
    told = {d["id"]: d for d in robustness.decided(study).facts["decisions"]}
    assert {name: (d["support"], d["of"], d["coarse"], d["asides"]) for name, d in told.items() if d["asides"]} == {
        "7": (1, 1, None, ["inferred"]),
        "9": (1, 1, None, ["corner"]),
        "10": (4, 4, None, ["corner"]),
        "11": (5, 6, 3, ["corner"]),
        "14": (3, 3, 2, ["sensitive"]),
        "15": (3, 3, None, ["corner"]),
        "17": (1, 2, 0, ["sensitive"]),
    }


def test_statements_and_cells_are_counted(study: Study) -> None:
    selected = robustness.decided(study)
    counted = {name: value for name, value in selected.facts.items() if name != "decisions"}
    assert counted == {"statements": 21, "cells": 45, "held": 7, "official": 11}
    assert set(selected.keys) == {key for d in study.decisions for r in d.results for key in r.inputs}


def test_relations_are_counted_by_outcome_the_gravest_first(study: Study) -> None:
    facts = robustness.findings(study).facts
    assert facts["relations"] == 43
    assert [(one["outcome"], one["count"]) for one in facts["counts"]] == [
        ("contradiction", 4), ("implausible", 2), ("ambiguous", 16), ("holds", 21),
    ]  # fmt: skip


def test_counts_of_a_text_are_of_its_own_figures_relations_and_outside_figures(study: Study) -> None:
    selected = robustness.counts(study)
    assert selected.data.rows() == [
        ("hengnan", "A", 44, 14, 6, 0, 0, 8, 9, 1),
        ("hengshan", "A", 36, 10, 5, 1, 0, 4, 0, 0),
        ("shuangpai", "A", 28, 5, 2, 0, 2, 1, 6, 0),
        ("anon-2023", "C", 51, 11, 6, 3, 0, 2, 0, 0),
        ("anon-2020", "C", 22, 3, 2, 0, 0, 1, 0, 0),
    ]
    assert len(selected.keys) == 181 == selected.data["figures"].sum()


def test_outside_figures_are_counted_by_their_answer(study: Study, copy_of_data: Any) -> None:
    facts = robustness.outside_figures(study).facts
    assert [facts[name] for name in ("figures", "agree", "disagree")] == [15, 1, 0]
    copy_of_data.edit("observations", "hengnan-2019b-004", reported_figure="6家")  # the text prints 5 of the whole year
    facts = robustness.outside_figures(parkstudy.load(copy_of_data.folder)).facts
    assert [facts[name] for name in ("figures", "agree", "disagree")] == [15, 0, 1]


def test_context_is_of_other_parks_and_leaves_shares_out(study: Study, copy_of_data: Any) -> None:
    selected = robustness.context(study)
    assert selected.facts == {"figures": 83, "parks": 15}
    copy_of_data.edit("observations", "xintian-2018-003", transformation="share", share_of="unstated")
    assert copy_of_data.faults() == []
    assert robustness.context(parkstudy.load(copy_of_data.folder)).facts == {"figures": 82, "parks": 15}
    assert not set(selected.data["park_id"]) & set(study.park_ids())


# Sentences


def test_the_sentences_say_what_holds_and_what_does_not_and_why(study: Study) -> None:
    assert of_statements(study) == [
        "7 of 11 statements about complete official texts hold in every defensible cell.",
        "Holds (1 of 1 cells): Shuangpai's value-added growth exceeds its prefecture's, same months (the reference was inferred in "
        "part).",
        "Holds (1 of 1 cells): Shuangpai's tax grew more slowly than its output, as reported.",
        "Holds (1 of 1 cells): Hengnan has more tax per reported output than Shuangpai (the order turns if one output were "
        "overstated 2.5 times as much as the other, at the lowest corner).",
        "Holds (1 of 1 cells): Hengshan has less tax per technology, industry and trade revenue than Hengdong in 2022.",
        "Holds (3 of 3 cells; coarse 2): Hengnan has more tax per area than Shuangpai (sensitive to round figures).",
        "Holds (3 of 3 cells): Shuangpai has more output per area than Hengnan (the order turns if one output were overstated 1.4 "
        "times as much as the other, at the lowest corner).",
        "Holds (1 of 1 cells): Shuangpai was on track for its output target at month 11.",
        "Not: Shuangpai's output and value-added growth describe one stable sample. Out of range, because A7: value added over output "
        "is 27.74–27.99 %, in the base implied by the printed rates 34.8–35.3 %.",
        "Not: Hengshan can be ordered with the others on tax per reported output. Not comparable, because T6: its text reports "
        "revenue from technology, industry and trade, which is not output.",
        "Not: Two firms pay a quarter or more of Hengnan's industrial tax. It depends on reading of the sentence: 1 of 2 cells are for it.",
        "Not: The complete parks have one order over growth, tax and land. Not comparable, because R1: no composite over dimensions "
        "is admitted; with two complete parks an index would measure its own normalisation.",
        "Statements with a text of grade C stand apart and in no headline: 1 holds, 2 holds, 3 depends, 4 holds, 5 holds, 10 holds, "
        "11 not distinguishable, 16 not comparable, 18 ambiguous and 19 contradiction.",
    ]
    assert trust(viewer(study)("statements-takeaways")) == (
        "Rests on 19 printed figures of 5 texts that happened to be at hand: no sample, nothing is inferred to other parks."
    )


def test_the_chinese_sentences_say_the_same(study: Study) -> None:
    said = of_statements(study, "zh")
    assert said[0] == "关于官方完整材料的11个命题中，有7个在所有合理的设定组合下均成立。"
    assert said[1].endswith("双牌的增加值增速高于所在地级市的同期增速（参照数据有部分内容系推定）。")
    assert said[3] == (
        "成立（1个设定组合中1个支持）：衡南每单位上报产值的税收高于双牌（按最不利端点，若一方产值的高估程度达另一方的2.5倍，"
        "次序即反转）。"
    )
    assert said[5] == "成立（3个设定组合中3个支持；粗略数放宽后2个）：衡南的亩均税收高于双牌（对粗略数敏感）。"
    assert (
        said[9]
        == "未成立：衡山可与其他园区按每单位上报产值的税收排序。不可比，原因是T6：其材料所列为技工贸总收入，并非产值。"
    )
    assert said[10] == "未成立：两家企业的税收占衡南工业税收的四分之一或以上。取决于原句理解：2个设定组合中1个支持。"
    assert said[12].startswith("涉及C级材料的命题单列，不进入主要结论：命题1成立、")
    assert trust(shown("statements-takeaways", "zh")) == (
        "依据：手头可得的5份材料中的19个数据。并非抽样，不能推及其他园区。"
    )


def test_a_verdict_of_grade_c_changes_the_last_sentence_alone(study: Study) -> None:
    other = deciding(lambda d: replace(d, verdict="reversed") if d.grade_c else d)
    before, after = of_statements(study), of_statements(other)
    assert before[:-1] == after[:-1]
    assert re.findall(r"(\d+) reversed", after[-1]) == ["1", "2", "3", "4", "5", "10", "11", "16", "18", "19"]


def test_a_statement_that_stops_holding_moves_and_lowers_the_count() -> None:
    said = of_statements(of_statement("9", verdict="not_distinguishable", support=0))
    assert said[0].startswith("6 of 11 statements")
    assert said[8] == (
        "Not: Hengnan has more tax per reported output than Shuangpai. Not distinguishable: 0 of 1 cells are for it."
    )


def test_a_sentence_has_every_aside_of_its_statement() -> None:
    said = of_statements(of_statement("9", coarse_verdict="not_distinguishable", inferred=True))
    assert said[3].endswith(
        "(sensitive to round figures; the order turns if one output were overstated 2.5 times as much as the other, at the "
        "lowest corner; the reference was inferred in part)."
    )


def test_statements_about_parks_that_are_absent_are_refused_and_nothing_stands_apart() -> None:
    made = shown("statements-takeaways", data="awkward")
    assert sentences(made)[0] == "0 of 21 statements about complete official texts hold in every defensible cell."
    assert sentences(made)[8].endswith("Not comparable, because shuangpai: not in this study.")  # named once, not twice
    assert sentences(made)[9] == (
        "Not: hengnan has more tax per reported output than shuangpai. Not comparable, because hengnan and shuangpai: not in this "
        "study."
    )
    assert sentences(made)[-1] == "Statements with a text of grade C stand apart and in no headline: none."
    assert "No park reports a figure for this exhibit." in shown("cells", data="awkward").body


# Tables


def test_a_statement_stands_with_verdict_cells_tipping_point_and_inputs() -> None:
    made = shown("statements-table")
    assert claim(made) == "21 statements, fixed before the results"
    assert claim(shown("statements-table", "zh")) == "21个命题，均在得出结果之前确定"
    found = rows(made)
    assert [row[0] for row in found] == [str(n) for n in range(1, 22)]
    assert [row[0] for row in found if row[2] == "C"] == ["1", "2", "3", "4", "5", "10", "11", "16", "18", "19"]
    assert found[6][-1] == "8.6%, Yongzhou Jan–Nov 2017"
    assert found[8] == [
        "9", "Hengnan has more tax per reported output than Shuangpai", "A", "holds", "1 of 1", "1 of 1", "", "3.7", "2.5", "",
        "1.2亿元, 55亿元, 0.3亿元, 50.6亿元",
    ]  # fmt: skip
    assert found[10][3:9] == ["not distinguishable", "5 of 6", "3 of 6", "", "1.2", "0.79"]
    assert found[13][3:9] == ["holds", "3 of 3", "2 of 3", "yes", "", ""]
    assert found[16][3:7] == ["depends on reading of the sentence", "1 of 2", "0 of 2", "yes"]
    assert rows(shown("statements-table", "zh"))[16][3:7] == ["取决于设定：原句理解", "2个中1个", "2个中0个", "是"]


def test_a_statement_without_cells_has_its_reason_in_their_place() -> None:
    refused = {row[0]: (row[3], row[9]) for row in rows(shown("statements-table")) if not row[4]}
    assert list(refused) == ["6", "12", "16", "18", "19", "21"]
    assert refused["16"] == ("not comparable", "Hengnan and anon-2023 stand on no common rung (L2, L4)")
    assert refused["19"] == (
        "contradiction",
        "A2: (43.55亿元 + 33.23亿元) / 124.2亿元 = 61.79–61.85 % against 主导产业产值占比 23.14%",
    )
    chinese = {row[0]: row[9] for row in rows(shown("statements-table", "zh")) if not row[4]}
    assert chinese["16"] == "衡南与匿名园区（2023）没有共同的面积口径（L2、L4）"


def test_statements_sort_by_number_share_and_tipping_point() -> None:
    body = shown("statements-table").body
    line = body[body.index('<th scope="row" data-value="11">') :].partition("</tr>")[0]
    assert [round(float(value), 2) for value in re.findall(r'data-value="([^"]*)"', line)] == [
        11,
        0.83,
        0.5,
        1.22,
        0.79,
    ]


def test_every_cell_stands_with_its_choices_margin_and_shares(study: Study) -> None:
    made = shown("cells")
    assert (claim(made), claim(shown("cells", "zh"))) == ("45 cells, every one shown", "45个设定组合，逐一列示")
    found = rows(made)
    assert [(row[0], row[5], row[6]) for row in found] == [
        (d.statement.id, r.state, r.coarse_state) for d in study.decisions for r in d.results
    ]
    assert found[1] == [
        "1", "park: Shuangpai; span: months as printed; reference: Jan–Oct 2017", "1.5", "100.0", "0.0", "for", "for",
        "45.2%, national Jan–Oct 2017",
    ]  # fmt: skip
    assert found[12][1:6] == [
        "base of the growth rate: base implied by the target; price: as published; span: months as printed",
        "5",
        "93.9",
        "0.0",
        "open",
    ]
    assert rows(shown("cells", "zh"))[12][1:6] == [
        "增速基数：按目标推算的基数；价格：按公布值；时段：原文所载月份", "5", "93.9", "0.0", "未决",
    ]  # fmt: skip
    assert [row[1] for row in found if row[0] in ("8", "9")] == [
        "the only way of reading the data",
        "part of the year: scaled to a full year",
    ]


@pytest.mark.parametrize(
    ("share", "said"),
    [(1.0, "100.0"), (0.99996, "99.9"), (0.9994, "99.9"), (0.5, "50.0"), (0.00004, "0.1"), (0.0, "0.0")],
)
def test_a_share_that_is_not_whole_is_rounded_to_neither_end(share: float, said: str) -> None:
    def with_share(decision: Decision) -> Decision:
        return replace(decision, results=tuple(replace(r, above=share, below=1 - share) for r in decision.results))

    view = View(deciding(with_share))
    cells: Any = CATALOGUE["cells"]
    above = cells.lines(view, cells.select(view.study))[0][3]
    assert (above.text, above.value) == (said, share)


def test_findings_stand_before_what_holds_with_arithmetic_and_consequence() -> None:
    made = shown("audit")
    assert claim(made) == (
        "43 relations between printed figures: 4 contradiction, 2 implausible, 16 ambiguous and 21 holds"
    )
    assert claim(shown("audit", "zh")) == "原文数字之间的43项关系：矛盾4项、待核实2项、含糊16项和相符21项"
    found = rows(made)
    outcomes, names = [row[2] for row in found], [label("outcome", code, "en") for code in OUTCOMES]
    assert outcomes == sorted(outcomes, key=names.index)
    assert [outcomes.count(outcome) for outcome in names] == [4, 2, 16, 21]
    assert found[3] == [
        "A4 parts within wholes", "Hengshan", "contradiction", "part 征地 1100余亩 above whole 征地 1038亩",
        "neither side is used as a check on the other", "1100余亩, 1038亩",
    ]  # fmt: skip
    assert rows(shown("audit", "zh"))[2] == [
        "A3 同一数据列示两次", "匿名园区（2023）", "矛盾", "基础设施投资15.43亿元，对照基础设施投资15.44亿元",
        "两个数据均予保留，不作取舍", "15.43亿元、15.44亿元",
    ]  # fmt: skip
    assert [bool(row[4]) for row in found] == [outcome != "holds" for outcome in outcomes]
    assert all(row[3] and row[5] for row in found)


def test_the_table_of_counts_adds_up() -> None:
    found = rows(shown("counts"))
    assert [row[0] for row in found] == ["Hengnan", "Hengshan", "Shuangpai", "anon-2023", "anon-2020"]
    assert all(int(row[3]) == sum(map(int, row[4:8])) for row in found)
    assert [sum(int(row[place]) for row in found) for place in range(2, 10)] == [181, 43, 21, 4, 2, 16, 15, 1]
    assert found[0][1] == "A: complete text on a county government's site, issuer and date shown"


def test_a_text_without_a_grade_has_an_empty_cell(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "hengnan-2019", grade="")
    assert rows(viewer(parkstudy.load(copy_of_data.folder))("counts"))[0][:3] == ["Hengnan", "", "44"]


def test_an_outside_figure_stands_beside_the_figure_of_the_text_with_its_answer() -> None:
    made = shown("outside")
    assert claim(made) == "15 outside figures: 1 agree, 0 disagree, the rest cannot be compared"
    assert claim(shown("outside", "zh")) == "15项外部数据：1项相符，0项不相符，其余不可比"
    found = rows(made)
    assert found[0] == [
        "Shuangpai", "园区规模工业总产值", "51.23亿元", "Jan–Sep 2018", "50.6亿元", "cannot be compared",
        "other months; never chained (G1)",
    ]  # fmt: skip
    assert found[3][4:] == ["", "cannot be compared", "the text prints no such figure"]
    assert [row for row in found if row[5] == "agrees"] == [
        [
            "Hengnan",
            "新增规上企业",
            "2家",
            "Jan–Jun 2019",
            "5家",
            "agrees",
            "a part of the same year, not above its whole",
        ]
    ]
    assert {"shuangpai-2018-001", "shuangpai-2017-016"} <= opened(made)


def test_context_is_listed_in_the_order_of_the_record_and_ranked_by_nothing(study: Study) -> None:
    made = shown("context")
    assert claim(made) == "83 figures of 15 other parks, for context"
    assert claim(shown("context", "zh")) == "其他15个园区的83项数据，仅作背景"
    core = set(study.park_ids())
    recorded = study.observations.to_dicts()
    assert [row[3] for row in rows(made)] == [r["reported_figure"] for r in recorded if r["park_id"] not in core]
    assert rows(made)[0] == [
        "Xintian County Industrial Park", "Gross industrial output", "规模工业总产值", "95.13亿元", "reported result", "2018",
        "firms above the size threshold",
    ]  # fmt: skip


def test_inputs_and_observations_open_their_records(study: Study) -> None:
    behind = {key for d in study.decisions for r in d.results for key in r.inputs}
    audited = {key for finding in study.findings for key in finding.observations}
    found = {key: opened(shown(key)) for key in ("statements-table", "cells", "audit")}
    assert found == {"statements-table": behind, "cells": behind, "audit": audited}
    assert all(set(shown(key).records) == keys for key, keys in found.items())


@pytest.mark.parametrize("key", ["audit", "counts", "outside", "context"])
def test_a_row_belongs_to_the_park_it_names(key: str) -> None:
    body = shown(key).body.partition("<tbody>")[2]
    assert body.count("<tr data-park=") == len(lines(shown(key))) > 0


def test_the_files_hold_codes_and_sentences(study: Study) -> None:
    for key in ("statements-table", "cells"):
        head, *found = file_rows(shown(key))
        assert head[:3] == ["statement", "sentence", "verdict"]
        assert len(found) == 45 + 6  # a row for every statement without cells
    chinese = [dict(zip(head, row, strict=True)) for head, *found in [file_rows(shown("cells", "zh"))] for row in found]
    (refused,) = (row for row in chinese if row["statement"] == "16")
    assert (refused["verdict"], refused["choices"]) == ("not_comparable", "")
    assert refused["reason"] == "衡南与匿名园区（2023）没有共同的面积口径（L2、L4）"
    assert chinese[0]["choices"] == "园区：hengnan；时段：原文所载月份；参照时段：2019年"
    head, *found = file_rows(shown("audit"))
    assert head == ["check", "name", "source_id", "outcome", "observations", "arithmetic", "consequence"]
    assert len(found) == 43


# The chart of the statements


@pytest.fixture
def chart() -> Iterator[Callable[..., Any]]:
    """The axes of the chart of a study's statements."""
    import matplotlib.pyplot as plt

    def draw(study: Study, width: float = WIDE, lang: str = "en") -> Any:
        (ax,) = entry.draw(View(study, lang), robustness.decided(study), width).axes
        return ax

    entry = CATALOGUE["statements"]
    assert isinstance(entry, Specification)
    yield draw
    plt.close("all")


def cell(above: float, state: str) -> Result:
    return Result({}, 0.0, above, 1 - above, state, state, 1.0, 1.0, (PRINTED,))


def dots(ax: Any) -> list[Any]:
    return [line for line in ax.get_lines() if line.get_marker() == "o"]


@pytest.mark.slow
def test_every_cell_is_a_dot_and_a_text_of_grade_c_is_hollow(study: Study, chart: Callable[..., Any]) -> None:
    ax = chart(study)
    assert [(dot.get_markerfacecolor() == PAPER, float(dot.get_xdata()[0])) for dot in dots(ax)] == [
        (d.grade_c, 100 * r.above) for d in study.decisions for r in d.results
    ]
    left, right = ax.get_xlim()
    low, high = ax.get_ylim()
    assert all(left <= dot.get_xdata()[0] <= right and high <= dot.get_ydata()[0] <= low for dot in dots(ax))


@pytest.mark.slow
def test_a_dot_has_the_colour_of_its_state_and_stands_in_the_row_of_its_statement(chart: Callable[..., Any]) -> None:
    cells = (cell(1, "for"), cell(0.5, "open"), cell(0, "against"))
    ax = chart(of_statement("9", results=cells, support=1))
    row = [dot for dot in dots(ax) if round(float(dot.get_ydata()[0])) == 8]
    assert [(dot.get_color(), float(dot.get_xdata()[0])) for dot in row] == [
        (PALETTE["park-1"][0], 100), (PALETTE["open"][0], 50), (PALETTE["park-2"][0], 0),
    ]  # fmt: skip
    assert len({float(dot.get_ydata()[0]) for dot in row}) == 3  # cells of one share do not hide each other
    assert {dot.get_gid() for dot in row} == {"tie|hengnan|"}
    assert [line.get_xdata()[0] for line in ax.get_lines() if line.get_linestyle() == ":"] == [5, 95]


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "words"), [("en", "holds, 1 of 1"), ("zh", "成立，1/1")])
def test_the_verdict_stands_at_the_right_and_the_sentence_at_the_left(
    study: Study, chart: Callable[..., Any], lang: str, words: str
) -> None:
    ax = chart(study, WIDE, lang)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert [label.split()[0] for label in labels] == [str(n) for n in range(1, 22)]
    assert all(text.count("\n") <= 2 for text in labels)
    assert (ax.texts[8].get_text(), ax.texts[8].get_color()) == (words, INK)
    refused = ax.texts[11]
    assert (refused.xy, refused.get_color()) == ((7, 11), MUTED)
    assert refused.get_text() == {"en": "not comparable", "zh": "不可比"}[lang]
    assert refused.get_style() == {"en": "italic", "zh": "normal"}[lang]


@pytest.mark.slow
def test_a_telephone_has_the_sentence_above_its_row_and_the_verdict_where_no_dot_is(
    study: Study, chart: Callable[..., Any]
) -> None:
    ax = chart(study, NARROW)
    assert ax.get_yticklabels() == []
    above = [text for text in ax.texts if re.match(r"\d+ ", text.get_text())]
    assert [text.xy for text in above] == [(-4, place) for place in range(21)]
    crowded = chart(of_statement("9", results=(cell(0.5, "open"), cell(0.3, "open"))), NARROW)
    for ax_, place in ((ax, 50), (crowded, 74)):
        (verdict,) = (text for text in ax_.texts if text.xy[1] == 8 and text.get_text().startswith("holds, "))
        assert verdict.xy[0] == place


@pytest.mark.slow
def test_the_chart_names_every_verdict(study: Study) -> None:
    made = shown("statements")
    assert made.answer == "7 of 11 statements about complete official texts hold in every cell"
    assert shown("statements", "zh").answer == "关于官方完整材料的11个命题中，有7个在所有设定组合下均成立"
    (alt,) = alts(made)
    assert alt.startswith("Specification chart. statement 1: holds, 6 of 6 cells; statement 2: holds, 2 of 2 cells; ")
    assert "; statement 12: not comparable; " in alt
    assert alt.count("statement ") == 21
    assert " 45 cells. " in parts(made)[0].words["figcaption"]
    assert [row[1:] for row in rows(made)[8:12]] == [
        ["holds", "1 of 1"], ["holds", "4 of 4"], ["not distinguishable", "5 of 6"], ["not comparable", ""],
    ]  # fmt: skip
    assert len(file_rows(made)) == 1 + 45 + 6


@pytest.mark.slow
def test_a_row_of_the_chart_belongs_to_the_parks_of_its_figures(study: Study) -> None:
    marks = [mark["data-park"] for mark in parts(shown("statements"))[0].marks]
    assert marks.count("hengnan shuangpai") >= 2 * (1 + 3 + 3)  # statements 9, 14 and 15, wide and narrow
    order = study.park_ids()
    assert all(park.split() == sorted(park.split(), key=order.index) for park in marks)


def test_a_decision_without_inputs_of_a_text_selects_no_key() -> None:
    other = deciding(lambda d: replace(d, results=()))
    selected = robustness.decided(other)
    assert (selected.keys, selected.facts["cells"]) == ([], 0)
