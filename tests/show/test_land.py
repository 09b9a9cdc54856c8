"""Land: what stands on one rung may be compared, in sentences, ladders, bars and a table, in both languages."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
import pytest
from exhibit_parts import claim, panel_titles, prepared, said, sentences, shown, states, trust

import parkstudy
from parkstudy.method.land import matched_rungs
from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.exhibit import MOST_STATES
from parkstudy.show.select import land

RUNGS = codes("rung")
OFFICIAL = ["hengnan", "shuangpai"]


def of_land(study: Study, basis: str = "annualised", lang: str = "en") -> list[str]:
    return sentences(viewer(study, lang)("land-takeaways", basis=basis))


def span(row: dict[str, Any], size: float, digits: int = 3) -> tuple[float, float]:
    return round(row["low"] / size, digits), round(row["high"] / size, digits)


# Facts


def test_the_months_of_two_official_texts_open_the_page_with_their_band(study: Study) -> None:
    facts = land.sentences(study, "reported").facts
    first = facts["first"]
    assert (first["measure"], first["rung"], facts["several_populations"]) == ("tax_per_area", "perimeter", True)
    assert [(row["park_id"], *span(row, 1e4)) for row in first["rows"]] == [
        ("hengnan", 1.279, 1.392), ("shuangpai", 0.474, 0.666),  # 1.15e8/(5.995*1500) to 1.25e8/(5.985*1500)
    ]  # fmt: skip
    assert [row["band"] and span(row["band"], 1e4) for row in first["rows"]] == [None, (0.499, 0.865)]
    assert [(one["measure"], [on["rung"] for on in one["rungs"]]) for one in facts["others"]] == [
        ("tax_per_area", ["expanded", "control_plan"]), ("output_per_area", ["perimeter", "expanded", "control_plan"]),
    ]  # fmt: skip


def test_full_years_have_no_first_sentence_of_their_own(study: Study) -> None:
    facts = land.sentences(study, "annualised").facts
    assert (facts["first"], facts["several_populations"]) == (None, None)
    tax, output = facts["others"]
    assert [one["rung"] for one in tax["rungs"]] == facts["rungs"] == ["perimeter", "expanded", "control_plan"]
    assert [(row["park_id"], *span(row, 1e8)) for row in output["rungs"][0]["rows"]] == [
        ("hengnan", 9.091, 9.273), ("shuangpai", 15.683, 16.329),
    ]  # fmt: skip


def test_a_park_without_a_partner_or_without_a_value_is_told_apart(study: Study) -> None:
    facts = land.sentences(study, "annualised").facts
    assert facts["alone"] == [{"park_id": "hengnan", "rung": "signed"}, {"park_id": "anon-2023", "rung": "total"}]
    assert [(row["park_id"], row["reason"]) for row in facts["without"]] == [
        ("hengshan", "no_area"), ("anon-2020", "no_tax"),
    ]  # fmt: skip
    assert facts["trust"] == {"values": 16, "gaps": 15, "parks": 3,
                              "graded": [{"grade": "A", "count": 2}, {"grade": "C", "count": 1}]}  # fmt: skip


def test_an_order_of_two_turns_where_the_higher_one_were_overstated_so_many_times(study: Study) -> None:
    facts = land.ladder(study, "output_per_area", "annualised").facts
    assert (facts["apart"], facts["of"], facts["panels"]) == (3, 3, 5)
    perimeter = facts["tipping"][0]  # (15.683 + 16.329) / (9.091 + 9.273), and 15.683 / 9.273
    assert (perimeter["rung"], round(perimeter["middle"], 2), round(perimeter["corner"], 2)) == (
        "perimeter",
        1.74,
        1.69,
    )
    assert [one["rung"] for one in facts["tipping"]] == ["perimeter", "expanded", "control_plan"]
    assert land.ladder(study, "tax_per_area", "annualised").facts["tipping"] == []
    assert land.ladder(study, "tax_per_area", "annualised").facts["apart"] == 2  # on the control plan they overlap


def test_an_area_is_in_square_kilometres_with_its_digits(study: Study) -> None:
    selected = land.areas(study)
    assert selected.data.select("park_id", "rung", "km2", "low", "high", "grade").rows()[:4] == [
        ("hengnan", "perimeter", 5.99, 5.985, 5.995, "A"),
        ("hengnan", "expanded", 6.99, 6.985, 6.995, "A"),
        ("hengnan", "control_plan", 13.0, 12.5, 13.5, "A"),
        ("hengnan", "signed", 4.228, pytest.approx(6341.5 / 1500), pytest.approx(6342.5 / 1500), "A"),
    ]
    widest = selected.facts["widest"]
    assert (widest["park_id"], round(widest["factor"], 3)) == ("hengnan", round(13 / 5.99, 3))  # not the signed part
    assert selected.keys == selected.data["key"].to_list()


def test_a_study_without_areas_has_none_to_show(study: Study) -> None:
    alone = study.only("hengshan")
    assert (land.areas(alone).data.height, land.areas(alone).facts["widest"]) == (0, None)
    assert claim(viewer(alone)("areas")) == "None of the texts prints an area"
    assert claim(viewer(alone, "zh")("areas")) == "没有一份材料列示面积"


# Sentences


def test_the_sentences_on_land_name_the_shared_rungs_and_both_parks(study: Study) -> None:
    first, tax, output, alone, *without = of_land(study)
    assert first == (
        "3 rungs shared by two parks (area in force, area after expansion and area of the detailed plan); everything "
        "else per area is not comparable."
    )
    assert tax.startswith(
        "Full-year tax per mu, yuan per mu: area in force Hengnan 12,800–13,900 (industry), Shuangpai 5,000–8,600 "
        "(firms above the size threshold); area after expansion Hengnan 11,000–11,900 (industry)"
    )
    assert output.startswith(
        "Full-year reported output per area, million yuan per km²: area in force Hengnan 909–927 (whole park), "
        "Shuangpai 1,570–1,630 (firms above the size threshold); "
    )
    assert alone.endswith(
        "none of the other texts here gives tax on the rung: Hengnan (land under contract) and anon-2023 (total area)."
    )
    assert without == [
        "Hengshan: no value, because the text reports no area of the park.",
        "anon-2020: no value, because the text reports no tax of the whole park.",
    ]


def test_the_reported_months_of_land_stand_with_their_band_and_in_no_order(study: Study) -> None:
    first, populations, rungs, *rest = of_land(study, "reported")
    assert first == (
        "Tax per mu (area in force, yuan per mu) in complete official texts: Hengnan 12,800–13,900 (industry, 2019) and "
        "Shuangpai 4,700–6,700 (firms above the size threshold, Jan–Nov 2017; as a full year 5,000–8,600)."
    )
    assert "no ranking of the parks" in populations
    assert rungs.startswith("3 rungs shared by two parks")
    ordering = re.compile(r"\b(more|less|higher|lower|first|highest|lowest)\b")
    assert not [text for text in (first, *rest) if ordering.search(text)]
    assert "as a full year 1,570–1,630" in " ".join(rest)


def test_the_chinese_sentences_say_the_same(study: Study) -> None:
    assert of_land(study, "reported", "zh")[0] == (
        "官方完整材料的亩均税收（现行面积，万元/亩）：衡南为1.28～1.39（工业，2019年），"
        "双牌为0.47～0.67（规模以上工业企业，2017年1—11月；折合全年0.50～0.86）。"
    )
    first, tax, *_, last = of_land(study, "annualised", "zh")
    assert first == "两个园区共有的面积口径为3个（现行面积、扩区后面积和控规面积），其余单位面积数值均不可比。"
    assert tax.startswith(
        "折合全年的亩均税收（万元/亩）：现行面积，衡南为1.28～1.39（工业），双牌为0.50～0.86（规模以上工业企业）；"
    )
    assert last == "匿名园区（2020）：无数值，原因是材料未列示全园区税收。"
    assert trust(shown("land-takeaways", "zh")).startswith("依据：3个园区（A级2个、C级1个）的28个数值；另有15项")


def test_a_rung_of_one_park_is_not_compared(study: Study) -> None:
    alone = study.only("hengnan,anon-2023")
    assert of_land(alone)[0] == "No two of the parks stand on one rung."
    assert of_land(alone, "reported", "zh")[0] == "没有两个园区处于同一面积口径。"
    assert (
        said(alone, "ladder-tax-per-area", "claim", basis="reported")
        == "Tax per mu: no two parks stand on the same rung"
    )


def test_a_text_of_grade_c_has_no_place_in_the_sentences(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "shuangpai-2017", grade="C")
    for basis in ("reported", "annualised"):
        said_ = of_land(parkstudy.load(copy_of_data.folder), basis)
        assert said_[0].startswith("3 rungs shared by two parks")
        assert not [text for text in said_ if "Shuangpai" in text]


# Ladders


def test_a_ladder_has_a_panel_a_rung_and_says_which_are_compared(study: Study) -> None:
    titles = panel_titles(study, "ladder-tax-per-area", basis="reported")
    assert list(titles) == list(RUNGS)
    assert titles["perimeter"] == "Area in force: area in force before a planned expansion"
    assert (
        titles["total"] == "Total area: printed as total area; the text does not say of what (one park, no comparison)"
    )
    assert panel_titles(study, "ladder-tax-per-area", "zh", basis="reported")["signed"] == (
        "签约用地：已签约用地，仅为园区的一部分（仅一个园区，不作比较）"
    )


def test_a_ladder_claims_how_many_rungs_tell_the_parks_apart(study: Study) -> None:
    assert said(study, "ladder-tax-per-area", "claim", basis="reported") == (
        "Tax per mu of a full year, of different populations (industry and firms above the size threshold): the parks' intervals lie "
        "apart on 2 of 3 shared rungs"
    )
    assert said(study, "ladder-output-per-area", "claim", "zh", basis="annualised") == (
        "全年地均产值（统计范围不同：全园区和规模以上工业企业）：在3个共有的面积口径中，园区区间互不重叠的有3个"
    )


def test_a_ladder_of_output_says_when_its_order_turns(study: Study) -> None:
    turned = "area after expansion 1.4 (lowest corner 1.4), area of the detailed plan 2.6 (lowest corner 2.4)."
    assert said(study, "ladder-output-per-area", "caption", basis="annualised").endswith(turned)
    chinese = said(study, "ladder-output-per-area", "caption", "zh", basis="reported")
    assert "现行面积1.7倍（最不利端点1.7倍）、扩区后面积1.4倍" in chinese
    assert "overstated" not in said(study, "ladder-tax-per-area", "caption", basis="annualised")


@pytest.mark.parametrize("basis", ["reported", "annualised"])
@pytest.mark.parametrize("measure", ["tax_per_area", "output_per_area"])
def test_a_ladder_is_of_one_basis(study: Study, basis: str, measure: str) -> None:
    data = land.ladder(study, measure, basis).data
    assert set(data["basis"]) == {basis}
    assert set(data["measure"]) == {measure}
    assert set(data["park_id"]) == {*OFFICIAL, "anon-2023"}


def test_a_reported_ladder_has_the_full_year_band_beside_the_months(study: Study) -> None:
    data = prepared(study, "ladder-output-per-area", basis="reported").data
    (own,) = data.filter(park_id="shuangpai", rung="perimeter").to_dicts()
    (year,) = study.measures.filter(
        park_id="shuangpai", rung="perimeter", measure="output_per_area", basis="annualised"
    ).to_dicts()
    assert (own["band_low"], own["band_high"]) == pytest.approx((year["low"], year["high"]))
    assert own["band_key"] == year["key"]
    assert data.filter(park_id="hengnan")["band_low"].null_count() == data.filter(park_id="hengnan").height
    assert prepared(study, "ladder-output-per-area", basis="annualised").data["band_key"].null_count() == 8


def test_the_words_beside_a_value_say_its_population_and_its_doubts(study: Study) -> None:
    rows = prepared(study, "ladder-tax-per-area", basis="annualised").data
    found = rows.filter(pl.col("rung") == "expanded").select("label", "said").rows()
    assert found == [
        ("Hengnan, 2019", "11,400 (11,000–11,900) · industry · provisional · awaits approval"),
        ("Shuangpai, Jan–Nov 2017",
         "3,500–6,000 · firms above the size threshold · scaled to a full year · concept: our reading · awaits approval"),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_chosen_rung_has_the_shared_rungs_beside_it() -> None:
    made = shown("ladder-tax-per-area-rung", rung="expanded", basis="reported")
    assert [tuple(choices.values()) for choices, _ in made.states] == [
        (rung, basis) for rung in ("expanded", "perimeter", "control_plan") for basis in ("reported", "annualised")
    ]
    assert [(name, [value for value, _ in values]) for name, _, values in made.axes] == [
        ("rung", ["perimeter", "expanded", "control_plan"]), ("basis", ["reported", "annualised"]),
    ]  # fmt: skip
    assert set(made.data["rung"]) == {"expanded"}
    assert (made.key, made.entry) == ("ladder-tax-per-area-rung", "ladder-tax-per-area-rung")


@pytest.mark.parametrize("rung", RUNGS)
def test_a_rung_that_no_two_parks_share_takes_the_place_of_the_last_one(study: Study, rung: str) -> None:
    switched = land.switched_rungs(study, rung, "tax_per_area")
    shared = [r for r in matched_rungs(land.measures(study)) if r != rung]
    assert switched == [r for r in RUNGS if r in (rung, *shared[:2])]
    assert 2 * len(switched) == MOST_STATES


def test_a_rung_that_is_none_is_refused(study: Study) -> None:
    with pytest.raises(ValueError, match=f"^unknown rung 'top'; expected one of {', '.join(RUNGS)}$"):
        viewer(study)("ladder-tax-per-area-rung", rung="top")


def test_the_investment_of_a_period_is_never_a_full_year_s(study: Study) -> None:
    annual = land.measures(study).filter(pl.col("measure").cast(pl.String).str.contains("investment"))
    assert set(annual["basis"]) == {"reported"}


# Areas, and the table


def test_the_bars_of_areas_claim_how_far_the_rungs_of_a_park_differ(study: Study) -> None:
    assert (
        said(study, "areas", "claim") == "The area of one park differs by a factor of up to 2.2 with the rung (Hengnan)"
    )
    assert said(study, "areas", "claim", "zh") == "同一园区因面积口径不同，最大面积可达最小面积的2.2倍（衡南）"
    assert said(study, "areas", "alt").startswith(
        "Bar chart of areas in km² by park and rung: Hengnan area in force 5.99; Hengnan area after expansion 6.99; "
        "Hengnan area of the detailed plan 13; "
    )
    assert prepared(study, "areas", "zh").data["label"].to_list()[:2] == ["衡南，现行面积", "衡南，扩区后面积"]


@pytest.mark.slow
def test_every_area_is_a_bar_with_its_size_in_the_colour_of_its_grade(study: Study) -> None:
    import matplotlib.pyplot as plt

    from parkstudy.show.theme import PAPER, WIDE
    from parkstudy.show.view import View

    entry: Any = CATALOGUE["areas"]
    figure = entry.draw(View(study), prepared(study, "areas"), WIDE)
    (ax,) = figure.axes
    plt.close(figure)
    data = land.areas(study).data
    assert [bar.get_width() for bar in ax.patches] == data["km2"].to_list()
    hollow = [tuple(bar.get_facecolor()[:3]) == (1, 1, 1) for bar in ax.patches]
    assert PAPER == "#ffffff"
    assert hollow == [grade == "C" for grade in data["grade"]]
    assert [text.get_text() for text in ax.texts][:3] == ["5.99", "6.99", "13"]


def test_the_table_counts_its_values_and_gaps() -> None:
    made = shown("land-table")
    assert states(made) == ["basis=reported", "basis=annualised"]
    assert claim(made) == f"{made.data['low'].count()} per-area values, 15 gaps with their reason"
    assert re.fullmatch(r"\d+个单位面积数值，另有15处缺口（注明原因）", claim(shown("land-table", "zh")))
