"""Texts: cleaning, paragraphs, and the proof of each observation in its place. All texts are invented."""

from __future__ import annotations

from typing import Any

from cases import every

from parkstudy.record.proof import prove
from parkstudy.record.signs import clean, squash
from parkstudy.record.texts import paragraphs

UNITS = {
    "gross_industrial_output": "CNY",
    "tax_revenue": "CNY",
    "enterprises": "count",
    "projects_signed": "count",
    "projects_in_negotiation": "count",
    "land_transfer_loss": "CNY/mu",
    "total_area": "km2",
}


def observation(figure: str, term: str = "产值", **other: str) -> dict[str, Any]:
    """An observation of output as `prove` wants it, in the first paragraph."""
    row = {
        "observation_id": "x-001",
        "indicator": "gross_industrial_output",
        "population": "unstated",
        "transformation": "level",
        "value_type": "outturn",
        "reported_term": term,
        "reported_figure": figure,
        "locator": "p1",
    }
    return {**row, **other}


def findings(text: str, *rows: dict[str, Any]) -> list[str]:
    return [str(finding) for finding in prove(list(rows), text, UNITS)]


TAX = {"indicator": "tax_revenue", "term": "税收"}


YOY = {"transformation": "yoy"}


def test_cleaning_drops_marks_and_romanisation_and_narrows_full_width_forms():
    assert clean("\ufeff園區(qū)产值(chǎn)５．５亿元，增12％（含）") == "園區产值5.5亿元,增12%(含)"


@every("text", ["萬億畝餘", "万亿亩余", "規模以上企業34戶", "平方公里", "(二)", "(ABC)", "(12)"])
def test_cleaning_never_changes_the_script_and_keeps_other_brackets(text):
    assert clean(text) == text


def test_squashing_drops_every_blank():
    assert squash(" 38\u3000km² \t 以上\n") == "38km2以上"


SMALL = """首页|返回
小结
2021年12月31日
开头的话。
一、成绩
(一)总量。产值5亿元。
又一段。
（二）用地
１、东片。征地3亩。
2.西片。征地4亩;再征1亩
3、标题。
二、打算
十、这个标题后面还有一句话。它算一段。
1.5亿元不是第一条。
"""


def test_a_paragraph_is_named_by_the_headings_above_it():
    assert paragraphs(SMALL) == {
        "p1": "开头的话。",
        "一/(一)/p1": "(一)总量。产值5亿元。",
        "一/(一)/p2": "又一段。",
        "一/(二)/1/p1": "1、东片。征地3亩。",
        "一/(二)/2/p1": "2.西片。征地4亩;再征1亩",
        "十/p1": "十、这个标题后面还有一句话。它算一段。",
        "十/p2": "1.5亿元不是第一条。",
    }


def test_lines_without_a_sentence_end_are_no_paragraphs():
    assert paragraphs("首页|返回\n小结\n2021年12月31日\n一、成绩\n(一)总量。\n") == {}


def test_a_text_without_lines_has_no_paragraphs():
    assert paragraphs("") == {}


PROVEN = {
    "a level": ("产值5亿元。", observation("5亿元")),
    "a growth rate": ("产值5亿元,同比增长12%。", observation("12%", **YOY)),
    "a share": ("产值占比12%。", observation("12%", transformation="share")),
    "a percent above": ("产值增幅在40%以上。", observation("40%以上", **YOY)),
    "a forecast": ("预计产值5亿元。", observation("5亿元", value_type="forecast")),
    "a forecast near by": ("产值有望达到5亿元。", observation("5亿元", value_type="forecast")),
    "a target": ("力争明年产值5亿元。", observation("5亿元", value_type="target")),
    "a target in brackets": ("产值5亿元(指标值6亿元)。", observation("6亿元", value_type="target")),
    "the value beside a target in brackets": ("产值5亿元(指标值6亿元)。", observation("5亿元")),
    "the value behind a target in brackets": ("产值(指标值6亿元)5亿元。", observation("5亿元")),
    "a plan": ("产值5亿元。", observation("5亿元", value_type="plan")),
    "a term behind the figure": ("完成5亿元的产值。", observation("5亿元")),
    "a term in the clause before": ("全年产值不错,共5亿元。", observation("5亿元")),
    "a figure in the other width": ("产值５亿元。", observation("5亿元")),
    "a figure with blanks": ("面积38 km²。", observation("38 km²", "面积", indicator="total_area")),
    "romanisation inside": ("产值(chǎn)5亿元。", observation("5亿元")),
    "traditional script": ("產值5億元。", observation("5億元", "產值")),
    "a bare magnitude": ("产值47.6亿,其他。", observation("47.6亿")),
    "a bound word in the figure": ("产值超过5亿元。", observation("超过5亿元")),
    "a price per mu": ("每亩亏损28万元左右。", observation("28万元左右", "亏损", indicator="land_transfer_loss")),
    "a word that only looks like a bound": ("产值通过5亿元贷款上升。", observation("5亿元")),
}


@every(("text", "row"), PROVEN.values())
def test_a_figure_in_its_place_is_proven(text, row):
    assert findings(text, row) == []


UNPROVEN = {
    "no such paragraph": (
        "产值5亿元。",
        observation("5亿元", locator="一/p1"),
        "x-001 at 一/p1: the text has no such paragraph; it has p1",
    ),
    "no such figure": (
        "产值5亿元。",
        observation("6亿元"),
        "x-001 at p1: the figure '6亿元' does not stand in this paragraph",
    ),
    "no term before the figure": (
        "产值不错。共5亿元。",
        observation("5亿元"),
        "x-001 at p1: no recorded term stands beside '5亿元' or before it in its sentence",
    ),
    "an outturn with a growth word": (
        "产值增长12%。",
        observation("12%", transformation="share"),
        "x-001 at p1: '12%' is a growth rate by the words before it",
    ),
    "growth without its word": (
        "产值占比12%。",
        observation("12%", **YOY),
        "x-001 at p1: '12%' is no growth rate by the words before it",
    ),
    "a forecast without its word": (
        "产值5亿元。",
        observation("5亿元", value_type="forecast"),
        "x-001 at p1: no word of a forecast stands before '5亿元' in its sentence",
    ),
    "a target without its word": (
        "产值5亿元。",
        observation("5亿元", value_type="target"),
        "x-001 at p1: no word of a target stands before '5亿元' in its sentence",
    ),
    "an outturn that is a forecast": (
        "预计产值5亿元。",
        observation("5亿元"),
        "x-001 at p1: '5亿元' is a forecast by the words before it",
    ),
    "an outturn that is a target": (
        "产值5亿元(指标值6亿元)。",
        observation("6亿元"),
        "x-001 at p1: '6亿元' is a target by the words before it",
    ),
    "an outturn that is both": (
        "预计产值力争5亿元。",
        observation("5亿元"),
        "x-001 at p1: '5亿元' is a forecast or target by the words before it",
    ),
    "a growth rate in yuan": (
        "产值增长5亿元。",
        observation("5亿元", **YOY),
        "x-001 at p1: '5亿元' is in CNY, not in percent",
    ),
    "a count in yuan": (
        "企业5亿元。",
        observation("5亿元", "企业", indicator="enterprises"),
        "x-001 at p1: '5亿元' is in CNY, not in count",
    ),
    "an unreadable figure": (
        "产值若干。",
        observation("若干"),
        "x-001 at p1: '若干' is not a figure; expected digits with a magnitude, a unit and bound words, "
        "such as 2亿余元 or 12.5%",
    ),
    "a population the sentence does not say": (
        "园区不错。产值5亿元。",
        observation("5亿元", population="park"),
        "x-001 at p1: the sentence does not say the population 'park'",
    ),
}


@every(("text", "row", "message"), UNPROVEN.values())
def test_a_finding_says_what_was_looked_for(text, row, message):
    assert findings(text, row) == [message]


@every(
    ("text", "figure"),
    [
        ("产值55亿元。", "5亿元"),
        ("产值1,500亿元。", "500亿元"),
        ("产值0.5亿元。", "5亿元"),
        ("产值5亿元。", "5亿"),
        ("产值5.5亿元。", "5"),
        ("产值二十五亿元。", "五亿元"),
        ("产值三萬5亿元。", "5亿元"),
        ("产值约5亿元。", "5亿元"),
        ("产值不足5亿元。", "5亿元"),
        ("产值低於5亿元。", "5亿元"),
        ("产值超5亿元。", "5亿元"),
        ("产值逾5亿元。", "5亿元"),
        ("产值已过5亿元。", "5亿元"),
        ("产值突破5亿元。", "5亿元"),
        ("产值5亿余元。", "5亿"),
        ("产值5亿元左右。", "5亿元"),
        ("产值5亿元以上。", "5亿元"),
        ("产值4-5亿元。", "5亿元"),
        ("产值4亿元-5亿元。", "4亿元"),
        ("产值4~5亿元。", "5亿元"),
        ("产值4-5亿元。", "4"),
        ("产值-5亿元。", "5亿元"),
        ("产值5万元/亩。", "5万元"),
        ("产值5亿美元。", "5亿"),
        ("产值5亿以上。", "5亿"),
        ("产值5亿左右。", "5亿"),
        ("产值5平方公里。", "5"),
        ("产值不超过5亿元。", "超过5亿元"),
        ("产值不少于5亿元。", "5亿元"),
        ("产值不低于5亿元。", "低于5亿元"),
        ("产值5亿元以内。", "5亿元"),
        ("产值5亿元有余。", "5亿元"),
        ("产值5万欧元。", "5万"),
        ("产值5元/平方米。", "5元"),
        ("产值−5亿元。", "5亿元"),
        ("产值4—5亿元。", "5亿元"),
        ("产值4至五百亿元。", "五百亿元"),
        ("产值上百亿元。", "百亿元"),
        ("产值数百亿元。", "百亿元"),
        ("产值5½亿元。", "5"),
    ],
)
def test_a_figure_cut_out_of_a_longer_one_does_not_stand_there(text, figure):
    (found,) = findings(text, observation(figure))
    assert found.startswith(f"x-001 at p1: the figure '{figure}' stands in this paragraph only within another, as in '")


@every("words", ["下降", "同比下滑了", "减幅为", "增速回落至", "分别下降5%和", "负增长", "同比降"])
def test_a_rate_that_the_words_before_it_call_a_fall_is_no_rise(words):
    (said,) = findings(f"产值{words}12%。", observation("12%", **YOY))
    assert said.endswith("'12%' is a fall by the words before it; a fall is recorded with its word, as in 下降2.3%")


@every("figure", ["下降12%", "负增长12%", "下滑12%", "-12%"])
def test_a_fall_with_its_word_is_proven(figure):
    assert (
        findings(f"产值同比增长{figure}。" if figure[0] == "-" else f"产值{figure}。", observation(figure, **YOY)) == []
    )


def test_a_rise_behind_a_fall_is_a_rise():
    assert findings("投资下降5%,产值增长12%。", observation("12%", **YOY)) == []


def test_a_figure_pairs_with_the_nearest_term_of_its_own_clause():
    text = "产值5亿元,税收1亿元。"
    assert findings(text, observation("5亿元"), observation("1亿元", **TAX)) == []
    assert findings(text, observation("1亿元"), observation("5亿元", **TAX)) == [
        "x-001 at p1: '1亿元' pairs with '税收', not with '产值'",
        "x-001 at p1: '5亿元' pairs with '产值', not with '税收'",
    ]


def test_the_term_before_a_figure_wins_over_one_as_near_behind_it():
    text = "产值5亿元税收。"
    assert findings(text, observation("5亿元"), observation("5亿元", **TAX)) == [
        "x-001 at p1: '5亿元' pairs with '产值', not with '税收'"
    ]


def test_the_longest_recorded_term_is_the_one_that_stands_there():
    text = "规模产值5亿元,产值3亿元。"
    rows = [observation("5亿元", "规模产值"), observation("3亿元")]
    assert findings(text, *rows) == []
    assert findings(text, observation("5亿元"), observation("3亿元", "规模产值")) == [
        "x-001 at p1: '5亿元' pairs with '规模产值', not with '产值'",
        "x-001 at p1: '3亿元' pairs with '产值', not with '规模产值'",
    ]


def test_of_two_recorded_terms_with_one_beginning_the_longer_one_stands_there():
    assert findings("产值总额5亿元。", observation("5亿元"), observation("5亿元", "产值总额")) == [
        "x-001 at p1: '5亿元' pairs with '产值总额', not with '产值'"
    ]


def test_figures_of_one_term_cannot_change_places():
    text = "产值5亿元,后来产值6亿元。"
    first, second = observation("5亿元"), observation("6亿元", observation_id="x-002")
    assert findings(text, first, second) == []
    assert findings(text, second, first) == [
        "x-001 at p1: the figure '5亿元' proves an earlier row already, or the rows are not in the order of the text"
    ]


def test_one_figure_proves_one_row_of_an_indicator_and_one_of_another():
    text = "项目5个。"
    signed = observation("5个", "项目", indicator="projects_signed")
    talks = observation("5个", "项目", indicator="projects_in_negotiation", observation_id="x-002")
    assert findings(text, signed, talks) == []
    assert findings(text, signed, {**signed, "observation_id": "x-003"}) == [
        "x-003 at p1: the figure '5个' proves an earlier row already, or the rows are not in the order of the text"
    ]


def test_the_same_figure_printed_twice_proves_two_rows():
    text = "项目5个,另有项目5个。"
    row = observation("5个", "项目", indicator="projects_signed")
    assert findings(text, row, row) == []
    assert len(findings(text, row, row, row)) == 1


@every(
    ("text", "carried"),
    [
        ("预计明春产值4亿元。税收1亿元。", True),
        ("预计明春产值4亿元;另外很好;税收1亿元。", True),
        ("预计明春产值4亿元。目前税收1亿元。", False),
        ("预计明春产值4亿元。3月税收1亿元。", False),
        ("产值预计4亿元。税收1亿元。", False),
        ("预计明春产值4亿元。已经很好。税收1亿元。", False),
    ],
)
def test_a_forecast_word_that_opens_a_sentence_is_carried_on_until_a_time_of_its_own(text, carried):
    row = observation("1亿元", "税收", indicator="tax_revenue", value_type="forecast" if carried else "outturn")
    other = {**row, "value_type": "outturn" if carried else "forecast"}
    assert findings(text, row) == []
    assert len(findings(text, other)) == 1


POPULATION_WORDS = {
    "park": "园区 園區 高新区 开发區",
    "industry": "工业 工業",
    "above_scale": "规上 規模",
    "registered": "注册 註冊",
}


@every(("population", "word"), [(code, word) for code, words in POPULATION_WORDS.items() for word in words.split()])
def test_a_population_has_its_word_somewhere_up_to_the_full_stop(population, word):
    row = observation("5亿元", population=population)
    assert findings(f"产值5亿元;{word}很好。", row) == []
    assert findings(f"{word}很好;产值5亿元。", row) == []
    assert findings(f"{word}很好。产值5亿元。{word}很好。", row) == [
        f"x-001 at p1: the sentence does not say the population '{population}'"
    ]


OF_PLAN = {"transformation": "share", "share_of": "plan"}
NO_PLAN = "x-001 at p1: no word of a plan stands before '75%' in its clause"


@every(
    "text",
    [
        "税收完成3亿元,占全年任务的75%。",
        "税收完成3亿元,完成年度目标任务的75%,同比增长9%。",
        "税收目标任务完成率为75%。",
        "税收同比增长9%、占全年任务的75%。",
        "税收完成預算的75%。",
    ],
)
def test_a_share_of_a_plan_is_an_outturn_although_the_plan_is_named(text):
    row = observation("75%", "税收", indicator="tax_revenue", **OF_PLAN)
    assert findings(text, row) == []
    assert findings(text, {**row, "value_type": "target"}) != []
    assert findings(text, {**row, "transformation": "yoy", "share_of": None}) != []


@every(
    ("text", "message"),
    [
        ("税收完成3亿元,占全县的75%。", NO_PLAN),
        ("完成全年任务,税收占全县的75%。", NO_PLAN),
        ("税收增长75%,占全年任务的9%。", NO_PLAN),
        ("力争税收完成全年任务的75%。", "x-001 at p1: '75%' is a target by the words before it"),
        ("税收全力完成全年任务的75%。", "x-001 at p1: '75%' is a target by the words before it"),
        ("预计税收可完成全年任务的75%。", "x-001 at p1: '75%' is a forecast by the words before it"),
        ("税收目标是完成全年任务的75%。", "x-001 at p1: '75%' is a target by the words before it"),
        ("税收任务完成率增长75%。", "x-001 at p1: '75%' is a growth rate by the words before it"),
    ],
)
def test_what_is_no_share_of_a_plan_that_was_reached_is_not_proven_as_one(text, message):
    assert findings(text, observation("75%", "税收", indicator="tax_revenue", **OF_PLAN)) == [message]


def test_shares_of_plans_are_listed_too():
    text = "产值、税收分别完成全年任务的75%和80%。"
    rows = observation("75%", **OF_PLAN), observation("80%", **TAX, **OF_PLAN)
    assert findings(text, *rows) == []
    assert len(findings(text, *({**row, "value_type": "target"} for row in rows))) == 2
    assert len(findings(text.replace("任务", "总量"), *rows)) == 2


def test_a_share_of_something_else_is_none_of_a_plan():
    row = observation("75%", "税收", indicator="tax_revenue", transformation="share", share_of="unstated")
    assert findings("税收占全年任务的75%。", row) == ["x-001 at p1: '75%' is a target by the words before it"]


def test_value_added_is_no_word_of_growth():
    row = observation("12%", "增加值", transformation="share")
    assert findings("增加值占比12%。", row) == []
    assert findings("增加值占比12%。", {**row, **YOY}) == [
        "x-001 at p1: '12%' is no growth rate by the words before it"
    ]
    assert findings("增加值增12%。", {**row, **YOY}) == []


LISTED = {  # text to the growth of output and that of tax
    "产值、税收分别增长12%和8%。": ("12%", "8%"),
    "全年产值和税收总额分别同比增长12%、8%。": ("12%", "8%"),
    "产值、用工、税收分别增长12%、5%和8%。": ("12%", "8%"),
    "产值、税收分别完成5亿元和3亿元,分别增长12%和8%。": ("12%", "8%"),
    "1-11月产值与税收达到5亿元与3亿元,分别增长12%与8%。": ("12%", "8%"),
    "2008年产值20.6亿元、收入26.9亿元、税收1.2亿元,分别比上年增长12%、140.9%、8%。": ("12%", "8%"),
    "2008年,产值20.6亿元、税收1.2亿元,分别比上年增长12%、8%。": ("12%", "8%"),
}


@every("text", LISTED)
def test_figures_listed_for_terms_listed_pair_in_their_order(text):
    output, tax = LISTED[text]
    of_output, of_tax = observation(output, **YOY), observation(tax, **TAX, **YOY)
    assert findings(text, of_output, of_tax) == []
    assert findings(text, {**of_output, "reported_figure": tax}, {**of_tax, "reported_figure": output}) == [
        f"x-001 at p1: '{tax}' pairs with '税收', not with '产值'",
        f"x-001 at p1: '{output}' pairs with '产值', not with '税收'",
    ]


def test_figures_listed_for_owners_pair_with_the_term_of_all():
    text = "食品、纺织分别实现产值5亿元和3亿元,分别增长12%和8%。"
    rows = [observation("5亿元"), observation("12%", **YOY), observation("3亿元"), observation("8%", **YOY)]
    assert findings(text, *rows) == []


def test_the_words_of_a_sentence_pair_and_rule_over_its_semicolons():
    assert findings("产值4亿元,增长5%;全年共5亿元。", observation("5亿元")) == []
    assert findings("力争产值4亿元;完成税收1亿元。", observation("1亿元", **TAX, value_type="target")) == []
    assert findings("力争产值4亿元;已完成税收1亿元。", observation("1亿元", **TAX)) == []
    assert findings("确保了产值4亿元。", observation("4亿元")) == []
    assert findings("签约5亿元。", observation("5亿元", "签约")) == []


def test_a_figure_listed_for_what_is_not_recorded_pairs_with_nothing():
    text = "产值、用工、税收分别增长12%、5%和8%。"
    assert findings(text, observation("5%", **YOY), observation("8%", **TAX, **YOY)) == [
        "x-001 at p1: no recorded term stands beside '5%' or before it in its sentence"
    ]


def test_lists_of_unlike_length_pair_as_other_figures_do():
    text = "产值、税收分别增长12%、8%和5%。"
    assert findings(text, observation("12%", **YOY), observation("8%", **TAX, **YOY)) == [
        "x-001 at p1: '12%' pairs with '税收', not with '产值'"
    ]


def test_rates_listed_for_levels_pair_in_their_order():
    text = "产值20.6亿元、税收1.2亿元、园区总面积3km2,分别增长12%、8%、5%。"
    rows = (
        observation("20.6亿元"),
        observation("12%", **YOY),
        observation("1.2亿元", **TAX),
        observation("8%", **TAX, **YOY),
    )
    assert findings(text, *rows) == []
    assert findings(text, observation("5%", **YOY)) == [
        "x-001 at p1: no recorded term stands beside '5%' or before it in its sentence"
    ]


def test_a_word_before_a_list_rules_each_of_its_figures():
    rows = observation("12%", **YOY), observation("8%", **TAX, **YOY)
    assert findings("明年产值、税收目标分别增长12%和8%。", *rows) == [
        "x-001 at p1: '12%' is a target by the words before it",
        "x-001 at p1: '8%' is a target by the words before it",
    ]
    assert findings("明年产值、税收目标分别增长12%和8%。", *({**row, "value_type": "target"} for row in rows)) == []


@every(
    ("text", "kind"),
    [
        ("预计全年产值5亿元,其中税收1亿元。", "forecast"),
        ("全年预计产值5亿元。其中税收1亿元。", "forecast"),
        ("全年预计产值5亿元;其中,税收1亿元。", "forecast"),
        ("预计全年产值5亿元,其中12月税收1亿元。", "forecast"),
        ("产值4亿元,其中预计税收1亿元。", "forecast"),
        ("预计全年产值5亿元,其中已完成税收1亿元。", "outturn"),
        ("预计全年产值5亿元,其中1-11月税收1亿元。", "outturn"),
        ("全年预计产值5亿元。其中目前税收1亿元。", "outturn"),
        ("产值5亿元(其中预计12月1亿元),税收1亿元。", "outturn"),
        ("产值5亿元。其中税收1亿元。", "outturn"),
    ],
)
def test_a_part_of_what_is_expected_is_expected_unless_it_is_done(text, kind):
    row = observation("1亿元", "税收", indicator="tax_revenue", value_type=kind)
    other = {**row, "value_type": "outturn" if kind == "forecast" else "forecast"}
    assert findings(text, row) == []
    assert len(findings(text, other)) == 1


@every("name", ["青滩经济开发区", "白石产业园", "洛溪高新区", "东坪工业园", "河源港区", "南山园区", "全区", "金滩新城"])
def test_a_park_is_named_by_its_own_name_and_by_any_word_for_one(name: str) -> None:
    row = observation("5亿元", population="park")
    assert prove([row], f"{name}产值5亿元。", UNITS, name) == []
    assert len(prove([row], "金滩新城产值5亿元。", UNITS, "南山园区")) == 1  # another one's name
    assert len(prove([row], "全县产值5亿元。", UNITS, name)) == 1


@every(
    ("text", "figure"),
    [
        ("税收2千3百万元。", "2"),
        ("税收12亿零500万元。", "12亿"),
        ("税收2成。", "2"),
        ("税收增3倍。", "3"),
        ("税收3百多万元。", "3"),
        ("税收3个月。", "3个"),
        ("税收5人次。", "5人"),
    ],
)
def test_a_piece_of_a_number_proves_nothing(text: str, figure: str) -> None:
    assert findings(text, observation(figure, **TAX)) != []
