"""Robustness: statements, cells, audit, counts, outside figures and context, in both languages, and the verdict table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from typing import Any

import pytest
from cases import every
from exhibit_parts import alts, claim, file_rows, lines, opened, parts, rows, sentences, shown, study_of, trust

import parkstudy
from parkstudy.method.audit import OUTCOMES
from parkstudy.method.statements import Decision
from parkstudy.method.study import Study
from parkstudy.record import codes
from parkstudy.record.codes import label
from parkstudy.show import verdicts
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.select import robustness
from parkstudy.show.theme import PALETTE, wide
from parkstudy.show.view import View
from parkstudy.words.lines import wrapped
from parkstudy.words.speech import plain


def deciding(change: Callable[[Decision], Decision]) -> Study:
    """The study with other decisions."""
    other = replace(study_of())
    vars(other)["decisions"] = [change(decision) for decision in study_of().decisions]
    return other


def of_statement(number: str, **changes: Any) -> Study:
    """The study with one decision changed."""
    return deciding(lambda d: replace(d, **changes) if d.statement.id == number else d)


def of_statements(study: Study, lang: str = "en") -> list[str]:
    return sentences(viewer(study, lang)("statements-takeaways"))


# Facts


def test_statements_are_told_by_the_way_they_were_decided_and_weaker_sources_apart(study: Study) -> None:
    facts = robustness.official(study).facts
    assert [d["id"] for d in facts["decisions"]] == ["7", "8", "20", "9", "12", "17", "14", "15", "21", "6"]
    assert [d["subject"] for d in facts["decisions"]] == [
        *["growth"] * 3,
        *["tax"] * 3,
        *["land"] * 2,
        "together",
        "texts",
    ]
    assert [d["id"] for d in facts["holding"]] == ["14", "15"]
    assert [(d["id"], d["verdict"]) for d in facts["turning"]] == [("17", "depends")]
    counted = [facts[name] for name in ("tested", "held", "read_off", "checked", "refused")]
    assert counted == [3, 2, 4, 1, 2]
    weaker = robustness.apart(study).facts
    assert [d["id"] for d in weaker["decisions"]] == ["1", "2", "3", "4", "5", "10", "11", "13", "16", "18", "19"]
    assert [weaker[name] for name in ("tested", "held", "read_off")] == [7, 5, 1]


def test_what_statements_rest_on_is_counted_from_the_figures_that_were_used(study: Study) -> None:
    official, weaker = (select(study).facts for select in (robustness.official, robustness.apart))
    names = ("figures", "texts", "pages", "page_figures", "references", "once")
    assert [official[name] for name in names] == [16, 2, 0, 0, 3, 0]
    assert [weaker[name] for name in names] == [20, 5, 1, 2, 12, 2]


def test_a_decision_tells_its_cells_and_what_is_to_be_said_beside_it(study: Study) -> None:
    told = {d["id"]: d for d in robustness.decided(study).facts["decisions"]}
    assert {name: (d["support"], d["of"], d["asides"]) for name, d in told.items() if d["asides"]} == {
        "1": (6, 6, ["margin"]), "2": (2, 2, ["margin"]), "3": (4, 8, ["margin"]), "4": (4, 4, ["margin"]),
        "5": (2, 2, ["margin"]), "7": (1, 1, ["inferred"]), "9": (1, 1, ["tipping"]), "10": (4, 4, ["tipping"]),
        "13": (1, 1, ["once"]), "14": (3, 3, ["sensitive"]), "15": (3, 3, ["tipping"]),
        "17": (1, 2, ["sensitive"]),
    }  # fmt: skip


def test_a_way_of_reading_the_data_has_both_sides_as_the_measures_that_they_are(study: Study) -> None:
    told = {d["id"]: d for d in robustness.decided(study).facts["decisions"]}
    known = set(study.measures["key"])
    for number in ("8", "9", "14", "15"):
        assert all({way["left"]["key"], way["right"]["key"]} <= known for way in told[number]["ways"]), number
    assert [way["right"]["key"] for way in told["7"]["ways"]] == [
        "ref:above_scale_va_yoy/Yongzhou/2017-01-01/2017-11-30"
    ]
    by_factor = [way for way in told["10"]["ways"] if ("tax_population", "factor_t3") in way["chosen"]]
    assert [way["right"]["key"] for way in by_factor] == ["", ""]  # no page shows a value with that factor
    assert [way["chosen"] for way in told["14"]["ways"]] == [
        [("land_rung", r)] for r in ("perimeter", "expanded", "control_plan")
    ]


def test_the_complete_parks_are_compared_on_every_measure_in_the_open(study: Study) -> None:
    facts = robustness.pairs(study).facts
    assert (facts["complete"], facts["pairs"], facts["ordered"]) == (["hengnan", "shuangpai"], 9, 9)
    growth = [row["one"] for row in facts["rows"] if row["one"].measure.endswith("_growth")]
    assert [(one.price, one.higher) for one in growth] == [("nominal", "shuangpai"), ("real", "shuangpai")]
    assert [one for one in study.compare.rows("gross_industrial_output_growth", "hengnan", "shuangpai")] == growth


def test_statements_and_cells_are_counted(study: Study) -> None:
    selected = robustness.decided(study)
    assert [selected.facts[name] for name in ("statements", "cells")] == [21, 45]
    assert set(selected.keys) == {key for d in study.decisions for key in d.basis.keys}


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


def counted(study: Study, lang: str = "en") -> str:
    """The claim of the verdict table."""
    entry: Any = CATALOGUE["statements"]
    return plain(entry.words_of(View(study, lang), "claim", entry.select(study).facts))


def test_the_answer_says_what_holds_in_every_way_and_the_claim_counts_every_row_of_the_picture(study: Study) -> None:
    assert of_statements(study) == [
        "Whichever way the data are read, Hengnan has more tax per mu than Shuangpai (12,800–13,900 against 5,000–8,600 yuan per "
        "mu, area in force; partly by figures of few digits) and Shuangpai has more output per area than Hengnan (1,570–1,630 against "
        "909–927 million yuan per km², area in force).",
        "Two firms named in the text pay more than 24 % of Hengnan's industrial tax: that depends on the reading of the sentence "
        "(1 of 2).",
    ]
    assert counted(study) == (
        "10 statements: 2 of 3 with several ways hold in all, 4 of 4 with one way agree, 1 has figures that do not fit, "
        "2 allow no comparison"
    )
    assert trust(viewer(study)("statements-takeaways")) == (
        "Rests on 16 figures of 2 complete official texts and 3 published rates (read in reposts, 1 partly inferred). "
        "11 statements on weaker sources stand apart. No sample, no ranking. Texts of 2017, 2019, 2020, 2022 and 2023."
    )


def test_the_chinese_answer_says_the_same(study: Study) -> None:
    assert of_statements(study, "zh") == [
        "无论按何种算法均成立的：衡南的亩均税收高于双牌（现行面积：1.28万～1.39万元/亩对0.50万～0.86万元/亩；有的组合取决于有效数字较少的数据）；"
        "双牌的地均产值高于衡南（现行面积：15.7亿～16.3亿元/平方公里对9.09亿～9.27亿元/平方公里）。",
        "文中列示的两家企业缴税超过衡南工业税收的24%：取决于原句理解，2种算法组合中1种支持。",
    ]
    assert counted(study, "zh") == (
        "10个命题：多种算法的3个中2个均成立，只有一种算法的4个均相符，1个推算值超出范围，2个不可比"
    )
    told = trust(shown("statements-takeaways", "zh"))
    assert told.startswith("依据：2份官方完整材料的16个数据和3项公布的参照增速（均据转载页面，1项部分内容系推定）。")


def test_a_verdict_of_a_weaker_source_changes_no_word_of_the_answer(study: Study) -> None:
    other = deciding(lambda d: d if d.basis.official else replace(d, verdict="reversed"))
    assert of_statements(study) == of_statements(other)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"verdict": "not_distinguishable", "support": 2}, "Shuangpai: so in 2 of 3 ways, not to be told apart in the rest."),
        ({"verdict": "reversed", "support": 0}, "Shuangpai: the reverse holds in all three ways."),
    ],
)  # fmt: skip
def test_a_statement_that_stops_holding_lowers_the_count_and_is_told(changes: dict[str, Any], said: str) -> None:
    other = of_statement("14", **changes)
    found = of_statements(other)
    assert found[0].startswith("Whichever way the data are read, Shuangpai has more output")
    assert counted(other).startswith("10 statements: 1 of 3 with several ways hold in all, ")
    assert f"Hengnan has more tax per mu than {said}" in found


def test_nothing_is_headed_not(study: Study) -> None:
    for lang, head in (("en", ("Not",)), ("zh", ("未成立", "不成立"))):
        for key in ("statements-takeaways", "pairs", "statements-table"):
            words = re.findall(r">([^<>]+)<", shown(key, lang).body)
            assert not [text for text in words if text.strip().startswith(head)], key


def test_where_no_statement_is_on_the_parks_of_a_study_each_pair_of_them_is_told() -> None:
    made = shown("statements-takeaways", data="awkward")
    told = sentences(made)
    assert told[0] == (
        "Each pair of parks is compared on every measure that both texts report: of 5 comparisons on complete texts, "
        "4 can be ordered and 1 cannot be told apart."
    )
    assert "; the 21 that come with the software are on other parks." in trust(made)
    assert claim(shown("statements-table", data="awkward")) == (
        "8 comparisons: every pair of parks on every measure; none was fixed before its result"
    )


# Tables


def test_a_statement_stands_with_verdict_cells_tipping_point_and_inputs() -> None:
    made = shown("statements-table")
    assert claim(made) == "21 statements, fixed before the results"
    assert claim(shown("statements-table", "zh")) == "21个命题，均在得出结果之前确定"
    found = rows(made)
    assert [row[0] for row in found] == [str(n) for n in range(1, 22)]
    assert [row[0] for row in found if row[3] == "C"] == ["1", "2", "3", "4", "5", "10", "11", "16", "18", "19"]
    assert [row[0] for row in found if row[3] == "read once"] == ["13"]
    assert found[6][-1] == "8.6%, Yongzhou Jan–Nov 2017"
    assert found[8] == [
        "9", "Hengnan has more tax per 100 yuan of output than Shuangpai", "one way only", "A",
        "Agrees with the printed figures; there is one way to read them",
        "1 of 1", "1 of 1", "", "3.7", "2.5", "", "1.2亿元, 55亿元, 0.3亿元, 50.6亿元",
    ]  # fmt: skip
    assert found[10][4:10] == [
        "Holds in 5 of 6 ways, cannot be told apart in the rest",
        "5 of 6",
        "3 of 6",
        "",
        "1.2",
        "0.79",
    ]
    assert found[13][4:10] == ["Holds in all three ways", "3 of 3", "2 of 3", "yes", "", ""]
    assert found[16][4:8] == ["Depends on reading of the sentence: 1 of 2 ways", "1 of 2", "0 of 2", "yes"]
    assert rows(shown("statements-table", "zh"))[16][4:8] == [
        "取决于原句理解：2种中1种成立",
        "2个中1个",
        "2个中0个",
        "是",
    ]


def test_a_statement_without_cells_has_its_reason_in_their_place() -> None:
    refused = {row[0]: (row[4], row[10]) for row in rows(shown("statements-table")) if not row[5]}
    assert list(refused) == ["6", "12", "16", "18", "19", "21"]
    assert refused["16"][0] == "No comparison is possible"
    assert refused["16"][1] == "Hengnan and anon-2023 print no kind of area in common"
    assert refused["19"][0] == "The figures contradict each other"
    assert "主导产业产值占比 23.14%" in refused["19"][1]
    assert refused["18"][0] == "The text leaves it open"


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
    assert (claim(made), claim(shown("cells", "zh"))) == (
        "45 ways of reading the data, every one shown",
        "45种算法组合，逐一列示",
    )
    found = rows(made)
    assert [(row[0], row[6], row[7]) for row in found] == [
        (d.statement.id, r.state, r.coarse_state) for d in study.decisions for r in d.results
    ]
    assert found[1] == [
        "1", "park: Shuangpai; span: months as printed; reference: Jan–Oct 2017", "45.2 against 12.4 %", "1.5", "100.0", "0.0",
        "for", "for", "45.2%, national Jan–Oct 2017",
    ]  # fmt: skip
    assert found[12][1:7] == [
        "base of the growth rate: base implied by the target; price: as published; span: months as printed",
        "20–28 against 16.33 %",
        "5",
        "93.9",
        "0.0",
        "open",
    ]
    assert rows(shown("cells", "zh"))[12][1:7] == [
        "增速基数：按目标推算的基数；价格：按公布值；时段：原文所载月份", "20%～28%对16.33%", "5", "93.9", "0.0", "无法区分",
    ]  # fmt: skip
    assert [row[1] for row in found if row[0] in ("8", "9")] == [
        "the only way of reading the data",
        "part of the year: scaled to a full year",
    ]


def test_a_share_that_is_not_whole_is_rounded_to_neither_end() -> None:
    said = {1.0: "100.0", 0.99996: "99.9", 0.9994: "99.9", 0.5: "50.0", 0.00004: "0.1", 0.0: "0.0"}
    shares = cycle(said)

    def with_shares(decision: Decision) -> Decision:
        given = ((result, next(shares)) for result in decision.results)
        return replace(decision, results=tuple(r._replace(above=share, below=1 - share) for r, share in given))

    view = View(deciding(with_shares))
    cells: Any = CATALOGUE["cells"]
    assert {line[4].value: line[4].text for line in cells.lines(view, cells.select(view.study))} == said


def test_findings_stand_before_what_holds_with_arithmetic_and_consequence() -> None:
    made = shown("audit")
    assert claim(made) == (
        "43 relations between printed figures: contradiction 4, out of range 2, not clear 16 and holds 21"
    )
    assert claim(shown("audit", "zh")) == "原文数字之间的43项关系：矛盾4项、超出合理范围2项、尚不明确16项和相符21项"
    found = rows(made)
    outcomes, names = [row[2] for row in found], [label("outcome", code, "en") for code in OUTCOMES]
    assert outcomes == sorted(outcomes, key=names.index)
    assert [outcomes.count(outcome) for outcome in names] == [4, 2, 16, 21, 0]
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


def test_a_text_without_a_grade_says_so(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "hengnan-2019", grade="")
    assert rows(viewer(parkstudy.load(copy_of_data.folder))("counts"))[0][:3] == ["Hengnan", "grade not stated", "44"]


def test_an_outside_figure_stands_beside_the_figure_of_the_text_with_its_answer() -> None:
    made = shown("outside")
    assert claim(made) == "15 outside figures: agree 1, disagree 0; the rest cannot be compared"
    assert claim(shown("outside", "zh")) == "15项外部数据：1项相符，0项不相符，其余不可比"
    found = rows(made)
    assert found[0] == [
        "Shuangpai", "园区规模工业总产值", "51.23亿元", "Jan–Sep 2018", "50.6亿元", "cannot be compared",
        "other months; such figures are never linked (rule G1)",
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
    assert {row[0]: row[6] for row in found if row[2] in ("43.62亿元", "70%", "11亿元")} == {
        "Hengnan (whole county)": "it is of the whole county, not of the park", "Hengnan": "the text prints no such figure",
    }  # fmt: skip
    assert ["衡南（全县）", "该数据为全县数，不是园区数"] in [[row[0], row[6]] for row in rows(shown("outside", "zh"))]
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
    behind = {key for d in study.decisions for key in d.basis.keys}
    used = {key for d in study.decisions for r in d.results for key in r.inputs}
    audited = {key for finding in study.findings for key in finding.observations}
    ways = [way for d in robustness.decided(study).facts["decisions"] for way in d["ways"]]
    sides = {way[side]["key"] for way in ways for side in ("left", "right") if way[side]} - {""}
    found = {key: opened(shown(key)) for key in ("statements-table", "cells", "audit")}
    assert found == {"statements-table": behind, "cells": used | sides, "audit": audited}
    assert all(set(shown(key).records) == keys for key, keys in found.items())


@every("key", ["audit", "counts", "outside", "context"])
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
    assert refused["reason"] == "衡南与匿名园区（2023）没有共同的面积口径"
    assert chinese[0]["choices"] == "园区：hengnan；时段：原文所载月份；参照时段：2019年"
    head, *found = file_rows(shown("audit"))
    assert head == ["check", "name", "source_id", "outcome", "observations", "arithmetic", "consequence"]
    assert len(found) == 43


# The verdict table


def drawn(key: str, lang: str = "en") -> list[str]:
    """The words of the wide drawing."""
    return [text.strip() for text in re.findall(r"<text[^>]*>([^<]*)</text>", shown(key, lang).svg)]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_draws_each_subject_each_state_and_both_sides(study: Study, lang: str) -> None:
    found = drawn("statements", lang)
    subjects = [codes.label("subject", code, lang) for code in codes.codes("subject")]
    assert [text for text in subjects if text in " ".join(found)] == subjects
    official = [d for d in study.decisions if d.basis.official]
    states = [state for d in official for state in {r.state for r in d.results}]
    assert [found.count(sign) for sign in "✓✗?"] == [states.count(state) for state in ("for", "against", "open")]
    assert [found.count(sign) for sign in "–≠="] == [2, 1, 0]
    assert {"45.2", "36.5", "2.07–2.29" if lang == "en" else "2.07～2.29"} <= set(found)


@pytest.mark.slow
def test_a_telephone_has_every_statement_with_its_signs_and_no_values() -> None:
    _, narrow = re.findall(r"<svg.*?</svg>", shown("statements").body, re.DOTALL)
    found = re.findall(r"<text[^>]*>([^<]*)</text>", narrow)
    assert [found.count(sign) for sign in ("✓", "✓✗", "–", "≠")] == [6, 1, 2, 1]
    assert "Depends on reading of the sentence: 1 of 2 ways" in found
    assert any(text.startswith("Holds in all three ways; figures") for text in found)
    assert "45.2" not in found


@pytest.mark.slow
def test_a_value_opens_its_record_and_belongs_to_the_parks_of_its_statement(study: Study) -> None:
    marks = parts(shown("statements"))[0].marks
    opened_by = {mark["data-opens"] for mark in marks if mark.get("data-opens")}
    assert opened_by >= {
        one["first"][side]["key"] for d in robustness.official(study).facts["decisions"] for one in d["states"]
        for side in ("left", "right") if one["first"][side] and one["first"][side]["key"]
    }  # fmt: skip
    assert {mark.get("data-park") for mark in marks} >= {"hengnan shuangpai", "shuangpai", "hengnan", "hengshan"}


@pytest.mark.slow
def test_a_verdict_has_no_colour_of_a_park() -> None:
    colours = {light.lower() for name, (light, _) in PALETTE.items() if name.startswith("park-")}
    assert not colours & set(re.findall(r"#[0-9a-f]{6}", shown("statements").svg.lower()))


@pytest.mark.slow
def test_the_table_names_every_verdict_and_has_its_rows_as_a_file() -> None:
    made = shown("statements")
    (alt,) = alts(made)
    assert "Hengnan has more tax per mu than Shuangpai: Holds in all three ways; " in alt
    assert [row[2:] for row in rows(made)[4:6]] == [
        ["No comparison is possible; its text reports revenue from technology, industry and trade, which is not output (rule T6)", ""],
        ["Depends on reading of the sentence: 1 of 2 ways; figures of few digits decide",
         "✓ 24.0–26.1 against 24 %, each; ✗ 12.0–13.0 against 24 %, together"],
    ]  # fmt: skip
    assert len(file_rows(made)) == 1 + 12 + 3  # a row for each way, one for a statement without
    assert len(file_rows(shown("statements-apart"))) == 1 + 33 + 3


@pytest.mark.parametrize(
    ("left", "right", "moved"), [("12,800–13,900", "5,000–8,600", False), ("14,500–15,000", "11,200–11,700", True)]
)
def test_columns_of_values_and_statements_stand_apart(
    monkeypatch: pytest.MonkeyPatch, left: str, right: str, moved: bool
) -> None:
    monkeypatch.setattr(verdicts, "_shown", lambda view, side: side)
    sheet: Any = object.__new__(verdicts._Sheet)
    sheet.across, sheet.view = 707.0, None
    sheet.fit([{"states": [{"first": {"left": left, "right": right}}]}])
    assert (sheet.places != verdicts._STARTS) is moved
    size = verdicts.SMALL
    assert sheet._start(3) + wide(left, size) + (10 if moved else 2) < sheet._start(4)
    assert sheet._start(4) + wide(right, size) < sheet.across
    sentence = "Tax per 100 yuan of reported output: Hengnan Industrial Co…Zone 1 and Hengnan Industrial Co…Zone 6"
    told = wrapped(sentence, sheet.fits(sheet._filled(sentence), size))
    assert sheet._start(1) + wide(told, size) < sheet._start(2) - 1
