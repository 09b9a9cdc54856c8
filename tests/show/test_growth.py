"""Growth: the answer, the dumbbell beside the nation, notes, other concepts, targets, levels and tables, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from exhibit_parts import claim, lines, opened, parts, prepared, said, sentences, states, trust
from foreign_parks import foreign, write

import parkstudy
from parkstudy.method.growth import MEASURES
from parkstudy.method.measures import of_flow
from parkstudy.method.study import Study, load
from parkstudy.show.catalogue import CATALOGUE, GROWTH, viewer
from parkstudy.show.exhibit import Exhibit
from parkstudy.show.figure import Figure
from parkstudy.show.select import growth, shared
from parkstudy.show.view import View
from parkstudy.words.speech import plain

FLAGS = "Caveats or reason"
LEVELS = "levels-gross-industrial-output"
STRANGE = "\"O\" 'n' $x_1$ \\a {0} %s & 名"  # no longer than a name may be in a figure
EMPTY = "No park reports a figure for this exhibit."
FIGURES = [entry.key for entry in GROWTH if isinstance(entry, Figure)]
DOUBT = "In the text of Shuangpai, printed figures do not fit together in two places (page Statements)."
LESS = "but the years, months and firms counted differ: this compares two texts, not two economies."


def answer(study: Study, price: str = "nominal", lang: str = "en") -> list[str]:
    return sentences(viewer(study, lang)("growth-answer", price=price))


def notes(study: Study, price: str = "nominal", lang: str = "en") -> list[str]:
    return sentences(viewer(study, lang)("growth-notes", price=price))


@pytest.fixture(scope="module")
def table(study: Study) -> Exhibit:
    return viewer(study)("growth-table")


# The answer


def test_a_complete_text_that_stands_elsewhere_is_called_no_official_one(study: Study) -> None:
    moved = pl.when(pl.col("source_id") == "hengnan-2019")
    texts = study.sources.with_columns(
        grade=moved.then(pl.lit("B")).otherwise(pl.col("grade").cast(pl.String)).cast(study.sources.schema["grade"]),
        official=moved.then(pl.lit(value=False)).otherwise("official"),
    )
    elsewhere = replace(study, sources=texts)
    claims = [
        str(View(one, lang).say("growth.j2", "growth_claim", many=3, price="nominal"))
        for lang in ("en", "zh")
        for one in (study, elsewhere)
    ]
    assert claims == [
        "3 complete official texts report growth of output", "3 complete texts report growth of output",
        "3份完整的官方总结公布产值增速", "3份完整的总结公布产值增速",
    ]  # fmt: skip


def test_the_answer_gives_both_complete_texts_the_nation_and_who_is_higher(study: Study) -> None:
    assert answer(study) == [
        "Hengnan (2019) reports output growth of 10.2 % for the whole park; the nation's industrial revenue grew by 3.8 % "
        "in the same months.",
        "Shuangpai (Jan–Nov 2017) reports 45.2 % for firms above the official size threshold; the nation's grew by 11.1 % "
        "(2017) and 12.4 % (Jan–Oct 2017).",
        DOUBT,
        f"The rate of Shuangpai is the higher, {LESS}",
    ]
    assert (
        trust(viewer(study)("growth-answer"))
        == "Five texts; no sample, no ranking. Texts of 2017, 2019, 2020, 2022 and 2023."
    )


def test_the_chinese_answer_says_the_same(study: Study) -> None:
    assert answer(study, lang="zh") == [
        "衡南（2019年）公布产值增长10.2%（全园区），同期全国规模以上工业企业营业收入增长3.8%。",
        "双牌（2017年1—11月）公布产值增长45.2%（规模以上工业企业），全国规模以上工业企业营业收入增长11.1%（2017年）、12.4%（2017年1—10月）。",
        "双牌的材料有两处数据前后不相吻合（见命题检验）。",
        "双牌公布的增速较高，但两份材料年份、月份、企业范围不同，所比较的是材料，不是园区优劣。",
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"reported_figure": "9.70%"}, "of 9.70 % for the whole park"),
        ({"reported_figure": "-7.1%"}, "of −7.1 % for the whole park"),
        ({"reported_figure": "10%以上", "bound": "at_least"}, "of at least 10 % for the whole park"),
        ({"population": "above_scale"}, "of 10.2 % for firms above the official size threshold"),
    ],
)
def test_a_changed_figure_changes_the_answer(copy_of_data: Any, cells: dict[str, str], said: str) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", **cells)
    assert said in answer(parkstudy.load(copy_of_data.folder))[0]


def test_who_is_higher_is_what_was_compared(study: Study, copy_of_data: Any) -> None:
    (decided,) = study.compare.rows(growth.OUTPUT, "hengnan", "shuangpai", price="nominal")
    assert decided.key in opened(viewer(study)("growth-answer"))
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="44.2%")  # within the margin of 1.5 points
    assert answer(parkstudy.load(copy_of_data.folder))[-1] == "The two rates cannot be told apart."


def test_at_constant_prices_the_answer_is_a_range_beside_the_published_rate(study: Study) -> None:
    assert answer(study, "real") == [
        "At constant prices, output growth is 10.43–10.64 % in Hengnan (2019; published: 10.2 %) and 36.2–36.7 % in Shuangpai "
        "(Jan–Nov 2017; published: 45.2 %).",
        DOUBT,
        f"The rate of Shuangpai is the higher, {LESS}",
    ]


def test_a_text_of_grade_c_stands_in_no_answer(study: Study, copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "shuangpai-2017", grade="C")
    changed = parkstudy.load(copy_of_data.folder)
    assert "Shuangpai" not in " ".join(answer(changed))
    assert "Shuangpai 45.2 % (Jan–Nov 2017" in notes(changed)[0]
    assert answer(study.only("anon-2023,anon-2020"))[0] == "No complete official text reports a growth rate of output."


def test_three_texts_are_counted_and_not_ranked(copy_of_data: Any) -> None:
    for text in ("anon-2023-2023", "anon-2020-2020"):
        copy_of_data.edit("sources", text, grade="A")
    first, *_, last = answer(parkstudy.load(copy_of_data.folder))
    assert first == (
        "Growth of output in complete official texts: 4 of 5 parks, from 10.2 % (Hengnan) to 45.2 % (Shuangpai); "
        "the median is 20.17 %. The values are of 4 years."
    )
    assert last.startswith("Of their 6 pairs, five can be ordered; ")


def test_a_study_without_any_rate_says_so(awkward: Any) -> None:
    study = parkstudy.load(awkward).only("neighbour")
    assert answer(study) == ["No park reports a growth rate of output."]
    assert answer(study, lang="zh") == ["没有一个园区在总结中公布工业总产值的增速，因此不可比。"]


# The dumbbell


def test_a_line_has_its_rate_the_nation_or_a_gap_in_words(study: Study) -> None:
    rows = prepared(study, "growth", price="nominal").data.select("name", "under", "said", "tick").rows()
    assert rows == [
        ("Hengnan", "2019; whole park", "10.2 %", "nation 3.8 %"),
        ("Hengshan", "Jan–Nov 2022", "not reported", ""),
        ("Shuangpai", "Jan–Nov 2017; firms above the size threshold", "45.2 %", "nation 11.1 and 12.4 %"),
        ("anon-2023", "Jan–Nov 2023; firms above the size threshold", "16.33 %", "nation 1.0 %"),
        ("anon-2020", "Jan–Jun 2020; firms above the size threshold", "24 %", "nation −5.2 %"),
    ]


def test_at_constant_prices_a_line_has_the_published_rate_beside_it(study: Study) -> None:
    rows = prepared(study, "growth", "zh", price="real").data.select("said", "tick").rows()
    assert rows[0] == ("10.43%～10.64%", "公布数10.2%")
    assert said(study, "growth", "claim", price="real") == (
        "Output growth at constant prices: Hengnan 10.43–10.64 %, published 10.2 %; Shuangpai 36.2–36.7 %, published 45.2 %"
    )
    assert "no park has an index of its own" in said(study, "growth", "caption", price="real")
    assert "scenario" not in said(study, "growth", "caption", price="nominal")


def test_a_park_with_a_rate_in_two_texts_has_two_lines(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "shuangpai-2017-021", indicator="gross_industrial_output", population="park")
    study = parkstudy.load(copy_of_data.folder)
    assert prepared(study, "growth", price="nominal").data["park_id"].to_list().count("shuangpai") == 2


@pytest.mark.slow
@pytest.mark.parametrize("price", ["nominal", "real"])
def test_the_words_of_a_dumbbell_stand_outside_its_marks(study: Study, price: str) -> None:
    drawn = parts(viewer(study)("growth", price=price))[0].drawn
    beside = {"nominal": ["nation 3.8 %", "10.2 %"], "real": ["published 10.2 %", "10.43–10.64 %"]}[price]
    assert set(beside) <= set(drawn)
    assert "not reported" in drawn


# Notes


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ("45.2%", "Shuangpai: all three rates with a printed target are above their targets;"),
        ("20.9%", "Shuangpai: 2 of 3 rates with a printed target are above their targets;"),
    ],
)
def test_rates_above_their_targets_are_counted(copy_of_data: Any, figure: str, sentence: str) -> None:
    copy_of_data.edit("observations", "shuangpai-2017-018", reported_figure=figure)
    study = parkstudy.load(copy_of_data.folder)
    assert [text for text in notes(study) if text.startswith(sentence)]
    assert growth.beside_targets(study).facts["all_above"] == ("all three" in sentence)


def test_different_numbers_of_months_need_a_margin(study: Study, copy_of_data: Any) -> None:
    sentence = (
        "The rates cover 11 or 12 months: of two on different numbers of months one counts as the higher only if they"
    )
    assert sentence in " ".join(notes(study))
    copy_of_data.edit("observations", "hengnan-2019-005", period_end="2019-11-30")
    assert "numbers of months" not in " ".join(notes(parkstudy.load(copy_of_data.folder)))


def test_a_text_that_expects_other_firms_says_that_its_rates_need_more(copy_of_data: Any) -> None:
    more = "is from anon-2023, they must be more than 5 points apart: the text gives more than one number of"
    copy_of_data.edit("sources", "anon-2023-2023", grade="A")
    assert more in " ".join(notes(parkstudy.load(copy_of_data.folder)))
    copy_of_data.edit("observations", "anon-2023-2023-008", reported_figure="34家")
    assert more not in " ".join(notes(parkstudy.load(copy_of_data.folder)))


@pytest.mark.parametrize(("texts", "said_of"), [(1, "1 complete official text"), (3, "3 complete official texts")])
def test_a_claim_counts_texts_and_not_their_figures(study: Study, texts: int, said_of: str) -> None:
    many = shared.too_many_texts([{"source_id": str(n % texts)} for n in range(7)])
    assert (many, shared.too_many_texts([{"source_id": str(n)} for n in range(6)])) == (texts, 0)
    of_growth, of_tax = (
        str(View(study, "en").say(template, block, many=many, price="nominal", basis="reported"))
        for template, block in (("growth.j2", "growth_claim"), ("tax.j2", "tax_per_output_claim"))
    )
    verb = "" if texts > 1 else "s"
    assert plain(of_growth) == f"{said_of} report{verb} growth of output"
    assert plain(of_tax) == f"{said_of} give{verb} tax and output"


def test_a_rate_printed_as_about_so_much_is_said_so(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "anon-2023-2023-010", reported_figure="21.2%左右", bound="about")
    changed = parkstudy.load(copy_of_data.folder)
    assert "anon-2023 expects about 21.2 % for 2023: its own forecast, no reported result." in notes(changed)
    assert any(one.startswith("匿名园区（2023）预计2023年增长约21.2%") for one in notes(changed, lang="zh"))


def test_output_and_value_added_are_said_to_be_two_concepts(study: Study, copy_of_data: Any) -> None:
    sentence = (
        "Shuangpai prints 45.2 % for output (current prices) and 8.6 % for value added (real) on the same months: "
        "two concepts, not compared."
    )
    assert sentence in notes(study)
    copy_of_data.edit("observations", "shuangpai-2017-021", period_end="2017-06-30")
    assert growth.notes(parkstudy.load(copy_of_data.folder), "nominal").facts["concepts"] == []


def test_a_park_without_a_rate_and_a_forecast_are_named(study: Study) -> None:
    said = notes(study)
    assert "Hengshan: no growth rate of output is reported." in said
    assert "anon-2023 expects 21.2 % for 2023: its own forecast, no reported result." in said
    assert "Hengshan" not in " ".join(notes(study.only("hengnan,shuangpai")))
    assert notes(study.only("hengnan")) == ["The texts say nothing else that bears on the growth of output."]
    assert "anon-2020 25.8–27.0 % (Jan–Jun 2020" in notes(study, "real")[0]


def test_a_rate_without_a_price_index_is_not_set_at_constant_prices(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", period_start="1990-01-01", period_end="1990-12-31")
    study = parkstudy.load(copy_of_data.folder).only("hengnan")
    assert answer(study, "real") == [
        "No growth rate of output in a complete official text can be set at constant prices."
    ]
    assert notes(study, "real")[0].startswith(
        "Hengnan: no rate at constant prices, because no producer price index of "
    )
    assert notes(study, "real", "zh")[0].startswith("衡南：无扣除价格变动的增速，原因是未见")
    assert "constant prices" not in " ".join(notes(study))


# Words and tables


def test_the_table_switches_prices_and_refuses_an_unknown_one(study: Study) -> None:
    show = viewer(study)
    assert states(show("growth-table")) == ["price=nominal", "price=real"]
    assert states(show("growth-table", price="real")) == ["price=real", "price=nominal"]
    with pytest.raises(ValueError, match=r"^unknown price 'constant'; expected one of nominal, real$"):
        show("growth-table", price="constant")


@pytest.mark.parametrize("key", ["growth-answer", "growth-notes", "growth-table", "growth-checks"])
def test_chinese_words_open_the_same_numbers_and_hold_no_english(study: Study, key: str) -> None:
    english, chinese = (viewer(study.only(""), lang)(key) for lang in ("en", "zh"))
    assert opened(english) == opened(chinese)
    for state in range(len(chinese.states)):
        words = sentences(chinese, state) or [claim(chinese, state)]
        assert len(words) == len(sentences(english, state) or [""])
        assert not [text for text in words if re.search(r"[A-Za-z]{3,}|[\u4e00-\u9fff][,;:]", text)]


@pytest.mark.parametrize("key", FIGURES)
@pytest.mark.parametrize("part", ["claim", "alt", "caption"])
def test_chinese_words_of_a_figure_hold_no_english(study: Study, key: str, part: str) -> None:
    obeys = CATALOGUE[key].obeys
    for value in {"price": ("nominal", "real"), "basis": ("reported", "annualised")}[obeys[0]] if obeys else ("",):
        words = said(study.only(""), key, part, "zh", **dict.fromkeys(obeys, value))
        assert re.search("[\u4e00-\u9fff]", words)
        assert not re.search(r"[A-Za-z]{2}", re.sub(r"PPI|G\d", "", words))
        assert not re.search(r"\b(None|nan|inf)\b", words)


def test_a_rate_stands_with_interval_period_status_flags_and_place(study: Study, table: Exhibit) -> None:
    (place,) = study.observations.filter(observation_id="hengnan-2019-005")["locator"]
    (row,) = (row for row in lines(table) if row["Park"] == "Hengnan" and row["Value"] == "10.2 %")
    expected = {
        "Measure": "Growth of industrial output",
        "Range": "10.15–10.25",
        "Period": "2019",
        "Method": "as printed",
        "Type and status": "reported result, provisional",
        FLAGS: "provisional, base figure not printed",
        "Firms counted": "whole park",
        "Printed (place in the text)": f"10.2% ({place})",
    }
    assert {name: row[name] for name in expected} == expected


def test_a_changed_figure_stands_in_the_table(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="9.75%")
    rows = lines(viewer(parkstudy.load(copy_of_data.folder))("growth-table"))
    (row,) = (row for row in rows if row["Park"] == "Hengnan" and row["Value"] == "9.75 %")
    assert row["Range"] == "9.745–9.755"
    assert row["Printed (place in the text)"].startswith("9.75% (")


def test_a_gap_is_said_in_words(table: Exhibit) -> None:
    gaps = [row for row in lines(table) if row[FLAGS] == "the text reports no such figure"]
    assert len(gaps) == 17
    assert {row["Value"] for row in gaps} == {"not computed"}
    assert {row["Range"] + row["Period"] + row["Printed (place in the text)"] for row in gaps} == {""}


def test_the_table_obeys_the_price_and_keeps_every_gap(table: Exhibit) -> None:
    nominal, real = lines(table), lines(table, 1)
    gaps = [[row for row in rows if row["Value"] == "not computed"] for rows in (nominal, real)]
    assert gaps[0] == gaps[1]
    assert "constant prices" not in "".join(row["Area or months"] for row in nominal)
    (row,) = (row for row in real if row["Park"] == "Shuangpai" and "output" in row["Measure"])
    assert (row["Value"], row["Range"], row["Area or months"]) == (
        "no single value, a range only",
        "36.2–36.7 %",
        "as reported, constant prices",
    )


def test_the_table_counts_its_rates_and_gaps(table: Exhibit) -> None:
    gaps = table.data["low"].null_count()
    assert claim(table) == f"{table.data.height - gaps} rates and targets, {gaps} gaps with their reasons"
    assert len(lines(table)) == table.data.height


def test_what_is_derived_is_in_the_other_table_and_nothing_is_in_both(study: Study, table: Exhibit) -> None:
    checks = viewer(study)("growth-checks").data
    real = study.measures.filter(price="real").height
    assert not set(checks["key"]) & set(table.data["key"])
    flows = [measure for measure in study.measures["measure"].unique() if of_flow(measure)[0]]
    every = study.measures.filter(pl.col("measure").is_in([*MEASURES, *flows])).height
    assert checks.height + table.data.height + real == every


@pytest.mark.parametrize("key", ["growth-table", "growth-checks"])
def test_a_measure_has_its_interval_or_its_reason_and_every_flag_is_explained(study: Study, key: str) -> None:
    exhibit = viewer(study)(key)
    legend = exhibit.states[0][1].partition('<span class="legend">Caveats: ')[2].partition("</span>")[0]
    for row in lines(exhibit):
        refused = row["Value"] == "not computed"
        assert refused == (row["Range"] == "") == (row["Printed (place in the text)"] == "")
        assert row[FLAGS] or not refused
        assert refused or all(f"; {flag}: " in f"; {legend}" for flag in row[FLAGS].split(", ") if flag)


# Other concepts, targets, levels


def test_other_concepts_have_a_column_each_and_gaps_in_words(study: Study) -> None:
    data = prepared(study, "growth-concepts", price="nominal").data
    found = {(row["park_id"], row["column"]): (row["said"], row["tick"]) for row in data.iter_rows(named=True)}
    assert found["shuangpai", "industrial_value_added_growth"] == ("8.6 %", "nation 6.6 %")
    assert found["hengshan", "fixed_asset_investment_growth"] == ("17.67 %", "")
    assert found["hengnan", "tax_revenue_growth"] == ("not reported", "")
    assert {column for _, column in found} == {
        "industrial_value_added_growth", "operating_revenue_growth", "tax_revenue_growth", "fixed_asset_investment_growth",
    }  # fmt: skip


def test_at_constant_prices_tax_and_investment_have_no_column(study: Study) -> None:
    data = prepared(study, "growth-concepts", price="real").data
    assert set(data["column"]) == {"industrial_value_added_growth", "operating_revenue_growth"}


def test_no_rate_of_grade_c_stands_in_a_claim(study: Study) -> None:
    assert re.findall(r"[0-9.]+ %", said(study, "growth-concepts", "claim", price="nominal")) == [
        "17.67 %",
        "8.6 %",
        "36.5 %",
    ]


def test_a_rate_stands_beside_the_target_of_its_own_quantity(study: Study) -> None:
    beside = growth.beside_targets(study).data
    assert beside.select("park_id", "measure", "value", "target").rows() == [
        ("shuangpai", "gross_industrial_output_growth", 45.2, 21.0),
        ("shuangpai", "industrial_value_added_growth", 8.6, 8.0),
        ("shuangpai", "tax_revenue_growth", 36.5, 20.0),
    ]
    assert beside["inputs"].to_list()[0] == ["shuangpai-2017-018", "shuangpai-2017-019"]


@pytest.mark.parametrize(
    "cells",
    [{"period_start": "2018-01-01", "period_end": "2018-12-31"}, {"population": "park"}],
    ids=["year", "population"],
)
def test_a_target_of_another_year_or_population_stands_beside_no_rate(copy_of_data: Any, cells: dict[str, str]) -> None:
    copy_of_data.edit("observations", "shuangpai-2017-019", **cells)
    beside = growth.beside_targets(parkstudy.load(copy_of_data.folder)).data
    assert beside["measure"].to_list() == ["industrial_value_added_growth", "tax_revenue_growth"]


def test_a_target_is_the_mark_beside_its_rate_and_opens_its_own_record(study: Study) -> None:
    first, *_ = prepared(study, "growth-targets").data.to_dicts()
    assert [first[part] for part in ("name", "under", "said", "tick")] == [
        "Growth of industrial output", "Shuangpai, Jan–Nov 2017", "45.2 %", "target 21 %",
    ]  # fmt: skip
    assert first["tick_keys"] == [first["target_key"]] != [first["key"]]


def test_levels_as_full_years_stand_beside_the_printed_value(study: Study) -> None:
    for lang, said_ in (
        ("en", "scaled to a full year; as printed 5.06 billion yuan"),
        ("zh", "折合全年，原文为50.6亿元"),
    ):
        rows = prepared(study, LEVELS, lang, basis="annualised").data.filter(park_id="shuangpai")
        assert rows.select("said", "below").row(0) == ({"en": "5.51–5.72", "zh": "55.1～57.2"}[lang], said_)
    assert said(study, LEVELS, "claim", basis="annualised").startswith(
        "Industrial output, as full years: Hengnan 5.45–5.55 billion yuan (2019); Shuangpai"
    )


def test_levels_as_reported_keep_their_printed_digits(study: Study) -> None:
    for lang, printed in (
        ("en", ["5.5", "5.06", "12.42", "14.0", "4.408"]),
        ("zh", ["55", "50.6", "124.2", "140", "44.08"]),
    ):
        assert prepared(study, LEVELS, lang, basis="reported").data["said"].to_list() == printed
    assert said(study, LEVELS, "claim", basis="reported") == (
        "Industrial output, as reported: Hengnan 5.5 billion yuan (2019); Shuangpai 5.06 billion yuan (Jan–Nov 2017)"
    )


def test_a_level_is_held_against_the_share_of_the_year_of_its_months(study: Study) -> None:
    (row,) = growth.attainment(study).data.to_dicts()
    assert (row["band_low"], row["band_high"]) == pytest.approx((88.5, 91.7))
    band = study.measures.row(by_predicate=pl.col("key") == row["band_key"], named=True)
    assert (band["measure"], band["inputs"][0]) == ("year_share", row["inputs"][0])
    assert said(study, "attainment", "claim", "zh").startswith("双牌2017年1—11月工业总产值完成年度目标的92%")
    assert said(study, "attainment", "claim").startswith(
        "Shuangpai, Jan–Nov 2017: 92 % of the year's target of gross industrial output; "
    )
    assert "these months make up 88.5–91.7 % of a year" in said(study, "attainment", "claim")


def test_a_printed_share_of_a_plan_stands_with_the_shares_of_a_target(study: Study) -> None:
    (row,) = study.observations.filter(share_of="plan").to_dicts()
    english, chinese = (
        plain(View(study, lang).say("growth.j2", "attainment_of_plan", of_plan=[row])) for lang in ("en", "zh")
    )
    assert english.endswith("project investment, share of the plan (2019): 62.1 %.")
    assert chinese.endswith("项目投资占计划比重（2019年）62.1%。")
    assert growth.attainment(study).facts["of_plan"] == []  # it is of one group of projects


@pytest.mark.parametrize("make", [growth.beside_targets, growth.attainment], ids=["targets", "attainment"])
def test_a_study_without_targets_selects_no_row(study: Study, make: Callable[..., Any]) -> None:
    assert make(study.only("anon-2020")).data.height == 0


def test_a_study_without_rates_says_so(awkward: Any) -> None:
    show = viewer(parkstudy.load(awkward).only("single-row"))
    for key in ("growth", "growth-concepts", "growth-targets"):
        assert f'<p class="empty">{EMPTY}</p>' in show(key).body


@pytest.mark.slow
@pytest.mark.parametrize("key", FIGURES)
def test_a_figure_opens_the_same_records_in_both_languages(study: Study, key: str) -> None:
    import matplotlib.pyplot as plt

    english, chinese = (viewer(study.only(""), lang)(key) for lang in ("en", "zh"))
    assert english.records.keys() == chinese.records.keys()
    assert opened(english) == opened(chinese)
    assert states(english) == states(chinese)
    assert plt.get_fignums() == []
    names = [name for name in ("key", "band_key", "tick_keys") if name in english.data.columns]
    drawn = {key for name in names for key in english.data[name].explode().drop_nulls()}
    assert drawn <= opened(english) <= set(english.records)


@pytest.mark.slow
def test_a_park_with_a_strange_name_is_drawn_as_text(copy_of_data: Any) -> None:
    copy_of_data.edit("parks", "shuangpai", county_en=STRANGE, name_en=STRANGE, name_zh=STRANGE)
    exhibit = viewer(parkstudy.load(copy_of_data.folder))("growth")
    assert STRANGE in " ".join(" ".join(row.values()) for row in lines(exhibit))
    assert exhibit.body == viewer(parkstudy.load(copy_of_data.folder))("growth").body


@pytest.mark.parametrize(
    ("lang", "share", "index", "margin"),
    [
        ("en", "no share of the year is known of this quantity for Jan–Sep 2021",
         "no producer price index of Jan–Sep 2021 or around it was found",
         "the rate of Qingtan Economic Zone is for 2021, that of Dongping Industrial Park for Jan–Sep 2021, and growth over such different "
         "spans is not compared"),
        ("zh", "方法未给出该指标2021年1—9月的年内占比", "未见2021年1—9月或相邻时段的工业生产者出厂价格指数（PPI）",
         "青滩经济开发区的增速对应2021年，东坪工业园的对应2021年1—9月，时段相差较大，不作比较"),
    ],
)  # fmt: skip
def test_what_the_method_does_not_know_of_some_months_names_them(
    tmp_path: Path, lang: str, share: str, index: str, margin: str
) -> None:
    other = foreign(tmp_path)  # one of its texts is of nine months
    view = View(other, lang)
    refused = other.measures.filter(pl.col("reason").is_not_null(), park_id="dongping").to_dicts()
    said = {row["reason"]: view.reason(row) for row in refused if row["period_end"]}
    assert (said["no_year_share"], said["no_price_index"]) == (share, index)
    (rates,) = other.compare.rows(growth.OUTPUT, "qingtan", "dongping", price="nominal")
    assert rates.reason is not None
    assert plain(view.fact(rates.reason)) == margin


def test_a_rate_of_a_year_without_a_national_one_stands_alone(tmp_path: Path) -> None:
    write(tmp_path)
    for name in ("sources.csv", "observations.csv"):
        text = (tmp_path / name).read_text(encoding="utf-8").replace("2021-01-01,2021-12-31", "2003-01-01,2003-12-31")
        (tmp_path / name).write_text(text, encoding="utf-8")
    told = said(load(tmp_path).only(""), "growth", "claim", price="nominal")
    assert told.startswith("Reported output growth: Qingtan Economic Zone 12.4 %; Baishi Industrial Park 12.3 %; ")


def test_a_rate_printed_as_a_range_has_a_mark_at_either_end_at_constant_prices(tmp_path: Path) -> None:
    write(tmp_path)
    text = (tmp_path / "observations.csv").read_text(encoding="utf-8").replace("12.4%,exact", "10-12%,range")
    (tmp_path / "observations.csv").write_text(text, encoding="utf-8")
    row = prepared(load(tmp_path).only(""), "growth", price="real").data.row(0, named=True)
    assert (row["park_id"], row["ticks"], len(row["tick_keys"])) == ("qingtan", [10.0, 12.0], 2)
    assert row["tick"] == "published 10–12 %"
