"""Tax: how much stands beside output, whose it is, how concentrated it is, and what comes out between parks, in both languages."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
import pytest
from cases import every
from exhibit_parts import claim, lines, prepared, said, sentences, shown, states, trust
from planted import append

import parkstudy
from parkstudy.method.study import Study
from parkstudy.show.catalogue import viewer
from parkstudy.show.select import land, orders, tax

FLAGS = "Caveats or reason"


def of_tax(study: Study, basis: str = "reported", lang: str = "en", key: str = "tax-takeaways") -> list[str]:
    return sentences(viewer(study, lang)(key, basis=basis))


def spans(rows: list[dict[str, Any]]) -> list[tuple[str, float, float]]:
    return [(row["park_id"], round(row["low"], 2), round(row["high"], 2)) for row in rows]


# Facts


def test_complete_official_texts_alone_open_the_page(study: Study) -> None:
    facts = tax.sentences(study, "reported").facts
    assert spans([*facts["first"], *facts["others"]]) == [
        ("hengnan", 2.07, 2.29), ("shuangpai", 0.49, 0.69),  # 1.15/55.5 to 1.25/54.5
    ]  # fmt: skip
    assert facts["trust"] == {"official": 2, "apart": 1, "elsewhere": 0, "other_concept": 1, "not_reported": 1}
    (pair,) = facts["orders"]
    assert (pair["kinds"][0]["higher"], facts["differ"]) == ("hengnan", ["years", "months", "population"])


def test_the_months_of_a_text_have_their_full_year_band_beside_them(study: Study) -> None:
    reported, years = (tax.sentences(study, basis).facts["others"][0] for basis in ("reported", "annualised"))
    assert (reported["band_low"], reported["band_high"]) == (years["low"], years["high"])
    assert (round(years["low"], 3), round(years["high"], 3), years["band_key"]) == (0.46, 0.825, None)
    assert reported["band_key"] == years["key"]
    assert tax.sentences(study, "reported").facts["first"][0]["band_key"] is None  # a full year is none of months


def test_a_sentence_on_taxpayers_is_kept_in_every_reading(study: Study) -> None:
    (one,) = tax.sentences(study, "reported").facts["taxpayers"]
    assert [(row["reading"], *spans([row])[0][1:]) for row in one["readings"]] == [
        ("together", 12.0, 13.04), ("each", 24.0, 26.09),
    ]  # fmt: skip
    assert (one["firms"], one["open"]) == (2, True)
    assert tax.concentration(study).data["key"].to_list() == [row["key"] for row in one["readings"]]


def test_a_park_without_a_value_is_a_line_with_its_reason_on_either_basis(study: Study) -> None:
    for basis in ("reported", "annualised"):
        data = tax.per_output(study, basis).data
        gaps = data.filter(pl.col("low").is_null()).select("park_id", "reason", "grade").rows()
        assert gaps == [("hengshan", "other_concept", "A"), ("anon-2020", "no_tax", "C")]
        assert set(data["column"]) == {"tax_per_output"}


def test_two_values_of_a_park_stand_on_two_lines(copy_of_data: Any) -> None:
    other = {
        "observation_id": "hengnan-2019-099",
        "population": "unstated",
        "reported_figure": "1.5亿元",
        "locator": "p9",
    }
    append(copy_of_data, "observations", "hengnan-2019-006", **other)
    changed = parkstudy.load(copy_of_data.folder)
    for data in (tax.per_output(changed, "reported").data, land.per_area(changed, "reported").data):
        own = data.filter(park_id="hengnan", measure=data["measure"][0]).group_by("rung", "line", "column").len()
        assert own["len"].to_list() == [1] * own.height
        assert own["rung"].value_counts()["count"].unique().to_list() == [2]


# What comes out: as `compare` decides, and in no other way


@every("basis", ["reported", "annualised"])
@every("measure", ["tax_per_output", "tax_per_area", "output_per_area"])
def test_a_page_tells_the_verdicts_of_compare(study: Study, measure: str, basis: str) -> None:
    found = orders.decided(study, measure, study.park_ids(), basis)
    for one in found:
        assert one in study.compare.rows(measure, one.left, one.right, basis=one.basis)
        if one.basis != basis:  # the months as printed differ
            own = study.compare.rows(measure, one.left, one.right, basis=basis, rung=one.rung)
            assert {other.verdict for other in own} == {"not_comparable"}
    told = [(pair["left"], pair["right"], rung, kind["verdict"]) for pair in orders.orders(found) for kind in pair["kinds"]
            for rung in kind["rungs"] or [None]]  # fmt: skip
    assert sorted(told, key=str) == sorted(((one.left, one.right, one.rung, one.verdict) for one in found), key=str)


def test_many_pairs_are_counted_by_what_comes_out(study: Study) -> None:
    found = orders.decided(study, "tax_per_output", study.park_ids(), "annualised")
    facts = orders.opening(found)
    assert (len(found), facts["orders"]) == (6, [])
    assert {one["verdict"]: one["count"] for one in facts["tallied"]} == {
        "not_comparable": 3, "ordered": 2, "not_distinguishable": 1,
    }  # fmt: skip


def test_of_several_pairs_a_sentence_names_both_parks(study: Study) -> None:
    found = orders.decided(study, "tax_per_output", ["hengnan", "shuangpai", "anon-2023"], "annualised")
    kinds = [kind for pair in orders.orders(found) for kind in pair["kinds"]]
    assert [(kind["several"], kind["higher"], kind["lower"]) for kind in kinds[:2]] == [
        (True, "hengnan", "shuangpai"), (True, "hengnan", "anon-2023"),
    ]  # fmt: skip
    (alone,) = orders.orders(found[:1])[0]["kinds"]
    assert not alone["several"]


# Sentences


def test_the_answer_says_what_two_official_texts_give_and_which_is_the_higher(study: Study) -> None:
    assert of_tax(study) == [
        "For every 100 yuan of output, Hengnan’s text (2019) reports 2.07–2.29 yuan of industrial tax; Shuangpai’s "
        "(Jan–Nov 2017) 0.49–0.69 yuan of tax from firms above the official size threshold, 0.46–0.82 scaled to a year.",
        "Over a full year, tax per 100 yuan of reported output is higher in Hengnan.",
        "The years, the months covered and the firms counted differ: this compares documents, not economies.",
        "The two taxpayers that Hengnan’s text names stand for 12.0–13.0 % or more of its industrial tax if the printed sum is "
        "theirs together, 24.0–26.1 % or more if each of them paid it.",
    ]


def test_the_chinese_answer_says_the_same(study: Study) -> None:
    first, order, differ, taxpayers = of_tax(study, "annualised", "zh")
    assert first == (
        "每百元公布产值对应的税收：衡南（2019年）为工业税收2.07～2.29元；"
        "双牌（2017年1—11月，折合全年）为规模以上工业企业税收0.46～0.82元。"
    )
    assert order == "全年百元产值税收：衡南较高。"
    assert differ == "各份材料的年份、所涉月份、企业范围不同，所比较的是材料，不是园区优劣。"
    assert taxpayers == (
        "衡南材料列名的2家纳税企业（税额按原文下限计）占其工业税收的比重：若税额为合计数，则为12.0%～13.0%或更高；"
        "若税额为各家分别缴纳，则为24.0%～26.1%或更高。"
    )


def test_a_changed_figure_changes_the_first_sentence(study: Study, copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-006", reported_figure="2.4亿元")
    changed = of_tax(parkstudy.load(copy_of_data.folder))[0]
    assert changed == of_tax(study)[0].replace("2.07–2.29", "4.23–4.50")


def test_a_grade_c_moves_a_park_out_of_the_answer(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "shuangpai-2017", grade="C")
    answer = of_tax(parkstudy.load(copy_of_data.folder))
    assert answer[0].endswith("Hengnan’s text (2019) reports 2.07–2.29 yuan of industrial tax.")
    assert answer[1] == "No second complete official text prints both, so there is nothing to compare it with."
    assert "Shuangpai" not in " ".join(answer)


def test_studies_without_an_official_value_say_so(study: Study, awkward: Any) -> None:
    apart = study.only("anon-2023,anon-2020")
    assert of_tax(apart)[0] == (
        "No complete official text prints both tax and output of the same months; a text of a lower grade does."
    )
    nothing = parkstudy.load(awkward).only("no-tax")
    assert of_tax(nothing) == [
        "No text prints both tax and output of the same months: nothing is said on tax beside output."
    ]
    assert of_tax(nothing, lang="zh") == ["没有一份材料同时列示同期的税收与产值，与产值相比税收有多少无从得知。"]
    assert trust(viewer(nothing)("tax-takeaways")).startswith("Rests on no complete text; 1 without the figure.")


def test_the_line_of_trust_says_texts_apart_and_states() -> None:
    assert trust(shown("tax-takeaways")) == (
        "Rests on 2 complete official texts; 1 of a lower grade apart; 1 park with another concept; 1 without the figure. "
        "No sample, no ranking. Texts of 2017, 2019, 2020, 2022 and 2023."
    )
    assert trust(shown("tax-takeaways", "zh")) == (
        "依据2份完整的官方材料；另有1份等级较低的材料单独列示；1个园区所列为其他口径；1个园区未列示。"
        "材料并非抽样，不作排名。所涉年份：2017、2019、2020、2022和2023年。"
    )


def test_the_notes_say_each_pair_its_limits_and_when_it_turns(study: Study) -> None:
    first, second, third, *rest = of_tax(study, "annualised", key="tax-notes")
    assert first == (
        "Hengnan and Shuangpai, tax per 100 yuan of reported output over a full year: Hengnan higher. Limits: other firms counted; "
        "other months; other years. The two values differ by a factor of 3.7 (at the least 2.5, at the "
        "ends of the ranges): so far would one reported output have to be off, against the other, for the order to turn. "
        "Nothing says that it is."
    )
    assert "Hengnan higher in all four ways of reading the data." in second
    assert "cannot be told apart. Limits" in third
    assert [text.partition(" ")[0] for text in rest] == ["Hengshan", "anon-2020", "Shuangpai"]
    assert rest[-1].startswith("Shuangpai (Jan–Nov 2017): tax grew by 36.5 %, output by 45.2 % (0.81 times), ")


def test_an_order_of_the_same_months_says_what_comes_out_as_full_years(study: Study) -> None:
    reported = of_tax(study, key="tax-notes")
    assert (
        "over the same months: anon-2023 higher in both ways of reading the data, where figures of few digits decide. "
        in reported[2]
    )
    assert reported[3] == (
        "Shuangpai and anon-2023 as full years: cannot be told apart; anon-2023 is higher in 3 of 4 ways of reading the data."
    )
    assert "无法区分，4种算法组合中匿名园区（2023）较高的有3种。" in of_tax(study, "reported", "zh", key="tax-notes")[3]


# Figures


def test_a_line_says_firms_the_full_year_or_its_gap(study: Study) -> None:
    rows = prepared(study, "tax-per-output", basis="reported").data
    assert rows.select("name", "under", "said", "below").rows() == [
        ("Hengnan", "2019", "2.07–2.29 yuan", "industrial tax; not final when written"),
        ("Hengshan", "Jan–Nov 2022", "another concept: 3.553–3.559 yuan of tax for every 100 yuan of revenue", ""),
        ("Shuangpai", "Jan–Nov 2017", "0.49–0.69 yuan",
         "tax from firms above the size threshold; full year 0.46–0.82"),
        ("anon-2023", "Jan–Nov 2023", "1.219–1.228 yuan", "tax from firms that the text does not name; full year 1.14–1.46"),
        ("anon-2023", "2023, its own forecast", "1.32–1.40 yuan", "tax from firms that the text does not name"),
        ("anon-2020", "Jan–Jun 2020", "tax not reported", ""),
    ]  # fmt: skip
    years = prepared(study, "tax-per-output", "zh", basis="annualised").data
    assert years.filter(park_id="shuangpai").select("under", "said", "below").row(0) == (
        "2017年1—11月", "0.46～0.82元", "规模以上工业企业税收，折合全年",
    )  # fmt: skip


def test_the_figure_claims_what_its_official_lines_show(study: Study) -> None:
    assert said(study, "tax-per-output", "claim", basis="annualised") == (
        "Tax for every 100 yuan of output, full years: 2.07–2.29 yuan in Hengnan (2019); 0.46–0.82 yuan in Shuangpai "
        "(Jan–Nov 2017)"
    )
    assert said(study, "tax-per-output", "claim", "zh", basis="reported") == (
        "百元产值税收：衡南（2019年）2.07～2.29元，双牌（2017年1—11月）0.49～0.69元"
    )
    alone = study.only("anon-2023")
    assert (
        said(alone, "tax-per-output", "claim", basis="reported")
        == "No complete official text gives both tax and output"
    )


def test_only_the_months_as_reported_have_thin_lines(study: Study) -> None:
    captions = [said(study, "tax-per-output", "caption", basis=basis) for basis in ("reported", "annualised")]
    assert ["thin line" in caption for caption in captions] == [True, False]


def test_a_concentration_is_a_line_a_reading(study: Study) -> None:
    rows = prepared(study, "concentration").data
    assert rows.select("under", "said").rows() == [
        ("2019; if the printed sum is theirs together", "12.0–13.0 % or more"), ("2019; if each of them paid it", "24.0–26.1 % or more"),
    ]  # fmt: skip
    alone = study.only("hengshan")
    assert said(alone, "concentration", "claim") == "No text names taxpayers with the tax they paid"


@pytest.mark.slow
def test_a_band_opens_what_it_stands_for() -> None:
    made = shown("tax-per-output")
    bands = made.data["band_key"].drop_nulls().to_list()
    assert len(bands) == 2
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
        "Firms counted": "industry", "Type and status": "reported result, provisional",
        FLAGS: "provisional, few digits, firms counted differ, too few like parks",
        "Printed (place in the text)": "1.2亿元 (一/(一)/p1); 55亿元 (一/(一)/p1)",
    }  # fmt: skip


@pytest.mark.parametrize("key", ["tax-table", "land-table"])
def test_a_row_without_a_value_gives_its_reason_and_every_flag_is_explained(key: str) -> None:
    exhibit = shown(key)
    legend = re.search(r'<span class="legend">Caveats: (.*?)</span>', exhibit.states[0][1])
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
        f"{given} values on tax, {gaps} gaps with their reasons"
    ] * 2
    assert claim(shown("tax-table", "zh")) == f"{given}项税收指标，另有{gaps}项未列示或不予计算（注明原因）"
