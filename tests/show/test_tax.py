"""Tax: what a park's tax is a share of, in sentences, dot plots and a table, in both languages."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
import pytest
from exhibit_parts import claim, lines, panel_titles, prepared, said, sentences, shown, states, trust

import parkstudy
from parkstudy.method.study import Study
from parkstudy.show.catalogue import viewer
from parkstudy.show.select import land, tax

FLAGS = "Caveats or reason"


def of_tax(study: Study, basis: str = "reported", lang: str = "en") -> list[str]:
    return sentences(viewer(study, lang)("tax-takeaways", basis=basis))


def spans(rows: list[dict[str, Any]]) -> list[tuple[str, float, float]]:
    return [(row["park_id"], round(row["low"], 2), round(row["high"], 2)) for row in rows]


# Facts


def test_official_ratios_stand_apart_from_those_of_grade_c(study: Study) -> None:
    facts = tax.sentences(study, "reported").facts
    assert spans(facts["official"]) == [("hengnan", 2.07, 2.29), ("shuangpai", 0.49, 0.69)]  # 1.15/55.5 to 1.25/54.5
    assert spans(facts["apart"]) == [("anon-2023", 1.22, 1.23), ("anon-2023", 1.32, 1.4)]
    assert (facts["several_populations"], facts["some"], facts["nothing"]) == (True, True, False)
    assert [(row["park_id"], row["reason"]) for row in facts["refused"]] == [
        ("hengshan", "other_concept"), ("anon-2020", "no_tax"),
    ]  # fmt: skip


def test_the_months_of_a_text_have_their_full_year_band_beside_them(study: Study) -> None:
    reported, years = (tax.sentences(study, basis).facts["official"][1] for basis in ("reported", "annualised"))
    assert (reported["band_low"], reported["band_high"]) == (years["low"], years["high"])
    assert (round(years["low"], 3), round(years["high"], 3), years["band_key"]) == (0.46, 0.825, None)
    assert reported["band_key"] == years["key"]
    assert tax.sentences(study, "reported").facts["official"][0]["band_key"] is None  # a full year is none of months


def test_a_sentence_on_taxpayers_is_kept_in_every_reading(study: Study) -> None:
    ((first, second),) = tax.sentences(study, "reported").facts["taxpayers"]
    assert [(row["reading"], *spans([row])[0][1:]) for row in (first, second)] == [
        ("together", 12.0, 13.04), ("each", 24.0, 26.09),
    ]  # fmt: skip
    assert tax.concentration(study).data["key"].to_list() == [first["key"], second["key"]]


def test_trust_counts_values_gaps_and_parks(study: Study) -> None:
    counted = {"values": 9, "gaps": 18, "parks": 4, "graded": [{"grade": "A", "count": 3}, {"grade": "C", "count": 1}]}
    assert tax.sentences(study, "reported").facts["trust"] == counted
    assert tax.sentences(study, "annualised").facts["trust"] == {**counted, "values": 5}


def test_a_refused_park_has_its_reason_on_either_basis(study: Study) -> None:
    for basis in ("reported", "annualised"):
        data = tax.per_output(study, basis).data
        refused = data.filter(pl.col("reason").is_not_null()).select("park_id", "reason").rows()
        assert refused == [("hengshan", "other_concept"), ("anon-2020", "no_tax")]
        assert data.filter(measure="tax_per_tit_revenue")["park_id"].to_list() == ["hengshan"]


def test_a_study_without_tax_says_so(awkward: Any) -> None:
    study = parkstudy.load(awkward).only("no-tax")
    assert of_tax(study)[-1] == "No park reports tax."
    assert of_tax(study, lang="zh")[-1] == "没有园区列示税收。"
    assert of_tax(study)[0].startswith("no-tax: not comparable, because the text reports no tax of the whole park")


# Sentences


def test_the_sentences_on_tax_say_what_two_official_texts_give(study: Study) -> None:
    assert of_tax(study) == [
        "Tax per unit of reported output in complete official texts: Hengnan 2.07–2.29 yuan per 100 "
        "yuan of output (tax of industry, 2019) and "
        "Shuangpai 0.49–0.69 yuan per 100 yuan of output (tax of firms above the size threshold, Jan–Nov 2017; as a full year 0.46–0.82).",
        "These are taxes of different populations: the gap between them is no ranking of the parks.",
        "Apart from them, texts of grade C give anon-2023 1.219–1.228 yuan per 100 yuan of output (tax of firms counted not "
        "stated, Jan–Nov 2023, reported result) "
        "and anon-2023 1.32–1.40 yuan per 100 yuan of output (tax of firms counted not stated, 2023, forecast).",
        "Hengshan: not comparable, because the text reports revenue from technology, industry and trade, which is not "
        "output.",
        "anon-2020: not comparable, because the text reports no tax of the whole park.",
        "Shuangpai: tax growth over output growth, both as published, is 0.8075 (0.8055–0.8095).",
        "Hengnan: at the lower bound of what its text gives, the taxpayers it names stand for 12.0–13.0 % (together) or "
        "24.0–26.1 % (each) of its tax (industry).",
    ]


def test_the_chinese_sentences_say_the_same(study: Study) -> None:
    first, populations, *_, taxpayers = of_tax(study, "annualised", "zh")
    assert first == (
        "官方完整材料中每单位上报产值的税收（折合全年）：衡南为2.07～2.29元（税收范围：工业，2019年），"
        "双牌为0.46～0.82元（税收范围：规模以上工业企业，2017年1—11月）。"
    )
    assert populations == "上述税收的统计范围各不相同，其差距不构成园区排序。"
    assert taxpayers == (
        "衡南：按原文所给下限，点名的纳税企业税收占所属税收（工业）的12.0%～13.0%（按“合计”理解）或24.0%～26.1%（按“各自”理解）。"
    )


def test_a_changed_figure_changes_the_first_sentence(study: Study, copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-006", reported_figure="2.4亿元")
    changed = of_tax(parkstudy.load(copy_of_data.folder))[0]
    assert changed == of_tax(study)[0].replace("2.07–2.29", "4.23–4.50")


def test_a_grade_c_moves_a_park_out_of_the_first_sentence(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "shuangpai-2017", grade="C")
    first, apart, *_ = of_tax(parkstudy.load(copy_of_data.folder))
    assert first.endswith(
        "complete official texts: Hengnan 2.07–2.29 yuan per 100 yuan of output (tax of industry, 2019)."
    )
    assert apart.startswith(
        "Apart from them, texts of grade C give Shuangpai 0.49–0.69 yuan per 100 yuan of output (tax of firms above the size threshold"
    )


def test_texts_of_grade_c_alone_are_said_to_be_no_official_ones(study: Study) -> None:
    first, apart, *_ = of_tax(study.only("anon-2023,anon-2020"))
    assert first == "No complete official text gives both tax and output of the same months."
    assert "anon-2023 1.219–1.228 yuan per 100 yuan of output" in apart


def test_the_line_of_trust_says_values_parks_and_grades() -> None:
    assert trust(shown("tax-takeaways")) == (
        "Rests on 9 values from texts of 4 parks (3 of grade A and 1 of grade C); 18 further ones are refused with a "
        "reason. No sample: nothing is inferred to other parks."
    )
    assert trust(shown("tax-takeaways", "zh")) == (
        "依据：4个园区（A级3个、C级1个）的9个数值；另有18项不予计算并注明原因。并非抽样，不能推及其他园区。"
    )


# Figures


def test_the_words_beside_a_ratio_say_its_population_its_doubts_or_its_gap(study: Study) -> None:
    rows = prepared(study, "tax-per-output", basis="reported").data
    assert rows.filter(measure="tax_per_output").select("label", "said").rows() == [
        ("Hengnan, 2019", "2.18 (2.07–2.29) · industry · provisional · firms counted differ"),
        ("Hengshan", "the text reports revenue from technology, industry and trade, which is not output"),
        ("Shuangpai, Jan–Nov 2017", "0.59 (0.49–0.69) · firms above the size threshold · out of range"),
        ("anon-2023, Jan–Nov 2023", "1.224 · firms counted not stated · firms of one figure not stated"),
        (
            "anon-2023, 2023",
            "1.36 (1.32–1.40) · firms counted not stated · forecast · other firms · firms of one figure not stated",
        ),
        ("anon-2020", "the text reports no tax of the whole park"),
    ]
    chinese = prepared(study, "tax-per-output", "zh", basis="annualised").data
    assert chinese.filter(park_id="shuangpai").select("label", "said").row(0) == (
        "双牌，2017年1—11月", "0.46～0.82，规模以上工业企业，按区间折合全年，待核实",
    )  # fmt: skip


def test_another_concept_stands_in_a_panel_of_its_own(study: Study) -> None:
    selected = prepared(study, "tax-per-output", basis="reported")
    assert dict(selected.data.select("park_id", "panel").filter(pl.col("panel") != "tax_per_output").iter_rows()) == {
        "hengshan": "tax_per_tit_revenue"
    }
    assert [panel_titles(study, "tax-per-output", lang, basis="reported") for lang in ("en", "zh")] == [
        {"tax_per_output": "Tax per 100 yuan of reported output",
         "tax_per_tit_revenue": "Another concept: tax per revenue from technology, industry and trade"},
        {"tax_per_output": "百元产值税收", "tax_per_tit_revenue": "另一口径：税收与技工贸总收入之比"},
    ]  # fmt: skip


def test_the_figure_claims_what_its_official_dots_show(study: Study) -> None:
    assert said(study, "tax-per-output", "claim", basis="annualised") == (
        "Tax per unit of reported output in complete official texts: as a full year, Hengnan, 2019: 2.07–2.29 yuan "
        "per 100 yuan of output (tax of "
        "industry) and Shuangpai, Jan–Nov 2017: 0.46–0.82 yuan per 100 yuan of output (tax of firms above the size threshold)"
    )
    assert said(study, "tax-per-output", "claim", "zh", basis="reported") == (
        "官方完整材料中每单位上报产值的税收：衡南2019年为2.07～2.29元（税收范围：工业），"
        "双牌2017年1—11月为0.49～0.69元（税收范围：规模以上工业企业；折合全年为0.46～0.82元）"
    )
    alone = study.only("anon-2023")
    assert (
        said(alone, "tax-per-output", "claim", basis="reported")
        == "No complete official text gives both tax and output"
    )


def test_only_the_months_as_reported_have_thin_lines(study: Study) -> None:
    captions = [said(study, "tax-per-output", "caption", basis=basis) for basis in ("reported", "annualised")]
    assert ["thin line" in caption for caption in captions] == [True, False]
    assert all("(method, G5)" in caption for caption in captions)


def test_a_concentration_is_drawn_in_both_readings(study: Study) -> None:
    assert said(study, "concentration", "claim") == (
        "Tax of named taxpayers, at its bound, over the tax they are a part of: Hengnan, 2019: together 12.0–13.0 %; "
        "Hengnan, 2019: each 24.0–26.1 %"
    )
    assert said(study, "concentration", "claim", "zh") == (
        "点名的纳税企业税收（取边界值）占所属税收的比重：衡南2019年按“合计”理解为12.0%～13.0%，衡南2019年按“各自”理解为24.0%～26.1%"
    )
    alone = study.only("hengshan")
    assert said(alone, "concentration", "claim") == "None of the texts names taxpayers with their tax"


@pytest.mark.slow
def test_a_band_opens_what_it_stands_for() -> None:
    made = shown("tax-per-output")
    bands = made.data["band_key"].drop_nulls().to_list()
    assert len(bands) == 3
    assert set(bands) <= set(made.records)
    assert states(made) == ["basis=reported", "basis=annualised"]
    assert states(shown("tax-per-output", basis="annualised")) == ["basis=annualised", "basis=reported"]


# The table


@pytest.mark.parametrize("key", ["tax-table", "land-table"])
def test_a_table_on_a_basis_drops_no_refusal_and_nothing_that_has_no_other_basis(key: str, study: Study) -> None:
    measures = (tax if key == "tax-table" else land).measures(study)
    exhibit = shown(key)
    rows = [lines(exhibit, state) for state in (0, 1)]
    refused = measures.filter(pl.col("reason").is_not_null()).height
    assert [sum(row["Value"] == "not computed" for row in found) for found in rows] == [refused, refused]
    assert len({tuple(row.values()) for found in rows for row in found}) == measures.height
    years = [row for row in rows[0] if row["Area or months"].endswith("full year") and row["Value"] != "not computed"]
    assert years == []
    yearly = set(measures.filter(basis="annualised")["measure"].cast(pl.String))
    others = measures.filter(~pl.col("measure").cast(pl.String).is_in(yearly), pl.col("low").is_not_null()).height
    assert sum("full year" not in row["Area or months"] and bool(row["Range"]) for row in rows[1]) == others


def test_a_ratio_stands_with_interval_population_flags_and_both_figures() -> None:
    (row,) = [
        row
        for row in lines(shown("tax-table"))
        if (row["Park"], row["Value"]) == ("Hengnan", "2.18 yuan per 100 yuan of output")
    ]
    assert row == {
        "Park": "Hengnan", "Measure": "Tax per 100 yuan of reported output", "Value": "2.18 yuan per 100 yuan of output",
        "Range": "2.07–2.29",
        "Area or months": "as reported", "Period": "2019", "Method": "tax ÷ output of the same months (tax: industry; output: whole park)",
        "Firms counted": "industry", "Type and status": "reported result, provisional value",
        FLAGS: "provisional, round figure, firms counted differ, too few to compare",
        "Printed (place in the text)": "1.2亿元 (一/(一)/p1); 55亿元 (一/(一)/p1)",
    }  # fmt: skip


@pytest.mark.parametrize("key", ["tax-table", "land-table"])
def test_a_row_without_a_value_gives_its_reason_and_every_flag_is_explained(key: str) -> None:
    exhibit = shown(key)
    legend = re.search(r'<span class="legend">Flags: (.*?)</span>', exhibit.states[0][1])
    assert legend
    flags: set[str] = set()
    for row in lines(exhibit):
        refused = row["Value"] == "not computed"
        assert refused == (row["Range"] == "") == (row["Printed (place in the text)"] == "")
        assert row[FLAGS] or not refused
        flags |= set() if refused else set(filter(None, row[FLAGS].split(", ")))
    assert flags
    assert [flag for flag in flags if f"; {flag}: " not in f"; {legend[1]}"] == []


def test_the_table_counts_its_values_and_gaps(study: Study) -> None:
    data = tax.every(study, "reported").data
    given = data.filter(pl.col("low").is_not_null()).height
    gaps = data.height - given
    assert [claim(shown("tax-table"), state) for state in (0, 1)] == [
        f"{given} tax measures, {gaps} gaps with their reason"
    ] * 2
    assert claim(shown("tax-table", "zh")) == f"{given}项税收指标，另有{gaps}处缺口（注明原因）"
