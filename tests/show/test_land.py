"""Land: values per area beside each other on one area alone, what comes out on each, and the areas themselves, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from cases import every
from exhibit_parts import claim, prepared, said, sentences, shown, states, trust
from small_studies import small

import parkstudy
from parkstudy.method.land import matched_rungs
from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.show.budget import MOST_STATES
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.select import land
from parkstudy.show.view import View
from parkstudy.words.speech import plain

RUNGS = codes("rung")
SHARED = ["perimeter", "expanded", "control_plan"]


def of_land(study: Study, basis: str = "annualised", lang: str = "en", rung: str = "perimeter") -> list[str]:
    return sentences(viewer(study, lang)("land-takeaways", basis=basis, rung=rung))


def span(row: dict[str, Any], digits: int = 3) -> tuple[float, float]:
    return round(row["low"] / 1e4, digits), round(row["high"] / 1e4, digits)


# Facts


def test_the_answer_is_of_the_area_asked_for(study: Study) -> None:
    facts = land.sentences(study, "reported", "perimeter").facts
    first, second = *facts["first"], *facts["others"]
    assert [(row["park_id"], *span(row)) for row in (first, second)] == [
        ("hengnan", 1.279, 1.392), ("shuangpai", 0.474, 0.666),  # 1.15e8/(5.995*1500) to 1.25e8/(5.985*1500)
    ]  # fmt: skip
    assert (round(second["band_low"] / 1e4, 3), round(second["band_high"] / 1e4, 3)) == (0.499, 0.865)
    assert first["band_key"] is None
    wider = land.sentences(study, "annualised", "control_plan").facts
    assert [span(row, 2) for row in (*wider["first"], *wider["others"])] == [(0.57, 0.67), (0.35, 0.6)]
    assert [one["measure"] for one in facts["orders"]] == ["tax_per_area"]  # output stands in the claim of the picture
    assert facts["trust"] == {"official": 2, "apart": 1, "elsewhere": 0, "other_concept": 0, "not_reported": 2}


def test_the_picture_has_a_group_an_area_that_two_parks_print_and_those_of_one_park_stand_apart(study: Study) -> None:
    selected = land.per_area(study, "reported", "expanded")
    assert selected.facts["order"] == ["expanded", "perimeter", "control_plan"]
    assert land.per_area(study, "reported", "total").facts["order"] == [*SHARED, "total"]
    assert selected.data["group"].unique(maintain_order=True).to_list() == selected.facts["order"]
    assert set(selected.data["measure"]) == {"tax_per_area"}
    assert set(selected.data["basis"]) == {"reported"}
    output = land.per_area(study, "reported", measure="output_per_area")
    assert (set(output.data["measure"]), output.facts["order"]) == ({"output_per_area"}, SHARED)
    apart = land.alone(study, "reported")
    assert set(apart.data["measure"]) == set(land.PER_AREA)
    assert (apart.facts["order"], apart.facts["orders"]) == (["signed", "total"], [])
    assert [apart.facts["verdicts"][rung]["tax_per_area"]["parks"] for rung in apart.facts["order"]] == [1, 1]
    assert said(study, "land-alone", "claim", basis="reported") == (
        "On these areas one park alone gives values: nothing is compared"
    )


def test_areas_that_no_two_parks_print_stand_in_the_one_picture(study: Study) -> None:
    alone = study.only("hengnan")
    assert land.per_area(alone, "reported", "perimeter").facts["order"] == [*SHARED, "signed"]
    assert land.alone(alone, "reported").data.height == 0


def test_output_takes_the_place_of_tax_that_no_park_gives_and_stands_once(tmp_path: Path) -> None:
    without = small("without_tax", tmp_path)
    assert set(land.per_area(without, "reported").data["measure"]) == {"output_per_area"}
    assert land.per_area(without, "reported", measure="output_per_area").data.height == 0
    made = viewer(without)("land-output")
    assert (
        claim(made)
        == "Output per area stands in the first picture of this page: no park prints tax together with an area"
    )
    assert '<p class="empty">Nothing is left to show here.</p>' in made.body


def test_an_order_rests_on_reported_output_so_many_times(study: Study) -> None:
    """(15.683 + 16.329) / (9.091 + 9.273), and 15.683 / 9.273, on the area in force."""
    tax, output = land.notes(study).facts["pairs"]
    assert tax["turns"] == []
    assert [(at["rung"], round(at["printed"], 1), round(at["corner"], 1)) for at in output["turns"]] == [
        ("perimeter", 1.7, 1.7), ("expanded", 1.4, 1.4), ("control_plan", 2.6, 2.4),
    ]  # fmt: skip


def test_parks_without_an_area_in_common_are_named_once(study: Study) -> None:
    facts = land.notes(study).facts
    assert facts["apart"] == [
        {"left": "hengnan", "right": "anon-2023"}, {"left": "shuangpai", "right": "anon-2023"},
    ]  # fmt: skip
    assert [(row["park_id"], row["reason"]) for row in facts["refused"]] == [
        ("hengshan", "no_area"), ("anon-2020", "no_tax"),
    ]  # fmt: skip


def test_an_area_is_in_square_kilometres_with_its_digits(study: Study) -> None:
    selected = land.areas(study)
    assert selected.data.select("park_id", "rung", "km2", "low", "high", "grade").rows()[:4] == [
        ("hengnan", "perimeter", 5.99, 5.985, 5.995, "A"),
        ("hengnan", "expanded", 6.99, 6.985, 6.995, "A"),
        ("hengnan", "control_plan", 13.0, 12.5, 13.5, "A"),
        ("hengnan", "signed", 4.228, pytest.approx(6341.5 / 1500), pytest.approx(6342.5 / 1500), "A"),
    ]
    widest = selected.facts["widest"]
    assert (widest["largest"], widest["smallest"]) == ("control_plan", "perimeter")
    assert (widest["park_id"], round(widest["factor"], 3)) == ("hengnan", round(13 / 5.99, 3))  # not the signed part
    assert selected.keys == selected.data["key"].to_list()


def test_a_study_without_areas_has_none_to_show(study: Study) -> None:
    alone = study.only("hengshan")
    assert (land.areas(alone).data.height, land.areas(alone).facts["widest"]) == (0, None)
    assert claim(viewer(alone)("areas")) == "No text prints an area"
    assert claim(viewer(alone, "zh")("areas")) == "没有一份材料列示面积"


# Sentences


def test_the_answer_says_the_values_on_one_area_and_who_is_higher_on_all(study: Study) -> None:
    assert of_land(study, "reported") == [
        "Per mu of the area in force, Hengnan (2019) reports 12,800–13,900 yuan of industrial tax; Shuangpai "
        "(Jan–Nov 2017) 4,700–6,700 yuan of tax from firms above the size threshold, 5,000–8,600 scaled to a year.",
        "Over a full year it is higher in Hengnan on all three shared areas; on one, ranges overlap and figures of few digits decide.",
        "Years, months and firms differ: this compares texts, not economies.",
    ]


def test_the_chinese_answer_says_the_same(study: Study) -> None:
    first, tax, _ = of_land(study, "reported", "zh")
    assert first == (
        "按现行面积计的亩均税收：衡南（2019年）为工业税收1.28万～1.39万元/亩；双牌（2017年1—11月）为规模以上工业企业税收"
        "0.47万～0.67万元/亩（折合全年0.50万～0.86万元/亩）。"
    )
    assert (
        tax
        == "全年亩均税收：在双方均列示的三种面积口径下，衡南均较高；按控规面积计，两者区间部分重叠，结果取决于有效数字较少的数据。"
    )
    assert trust(shown("land-takeaways", "zh")).startswith(
        "依据2份完整的官方材料；另有1份等级较低的材料单独列示；2个园区未列示。"
    )


def test_an_area_of_no_official_text_and_one_of_one_park_are_said_so(study: Study) -> None:
    assert of_land(study, rung="total")[0] == "No complete official text gives tax on the total area."
    assert of_land(study, rung="signed")[0].count("yuan") == 1
    alone = study.only("hengnan,anon-2023")
    assert of_land(alone)[1:] == [
        "No second complete official text prints both, so there is nothing to compare it with.",
    ]
    assert said(alone, "land", "claim", rung="perimeter", basis="reported") == (
        "No two parks give tax per mu on the same kind of area: nothing is compared"
    )


def test_a_text_of_grade_c_has_no_place_in_the_answer(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "shuangpai-2017", grade="C")
    for basis in ("reported", "annualised"):
        assert "Shuangpai" not in " ".join(of_land(parkstudy.load(copy_of_data.folder), basis))


def test_a_study_without_tax_or_area_says_so(study: Study) -> None:
    alone = study.only("hengshan")
    assert of_land(alone) == ["No text prints both tax and an area of the park: tax per area is not computed."]
    assert claim(viewer(alone)("land")) == "No park prints tax together with an area"
    assert claim(viewer(alone, "zh")("land")) == "没有园区同时列示面积与税收"
    assert claim(viewer(alone)("land-output")) == "No park prints output together with an area"


# The table-chart


def test_the_claim_says_who_is_higher_on_the_areas_that_both_print(study: Study) -> None:
    assert said(study, "land", "claim", rung="perimeter", basis="reported") == (
        "Tax per mu: Hengnan higher on all three shared areas (full years)"
    )
    assert said(study, "land-output", "claim", basis="reported") == (
        "Reported output per area: Shuangpai higher on all three shared areas (full years)"
    )
    assert said(study, "land", "claim", "zh", rung="perimeter", basis="annualised") == (
        "亩均税收，在三种共有面积口径下衡南均较高（全年数）"
    )


def verdict(study: Study, group: str, column: str, lang: str = "en") -> str:
    entry: Any = CATALOGUE["land"]
    facts = land.per_area(study, "reported", group, measure=column).facts
    return plain(entry.words_of(View(study, lang), "verdict", {**facts, "group": group, "column": column}))


def test_the_verdict_of_each_area_stands_over_its_lines(study: Study) -> None:
    assert [verdict(study, group, "tax_per_area") for group in (*SHARED, "total")] == [
        "Hengnan higher", "Hengnan higher", "Hengnan higher, ranges overlap, figures of few digits decide",
        "one park alone: no comparison",
    ]  # fmt: skip
    assert [verdict(study, group, "output_per_area", "zh") for group in ("perimeter", "signed")] == [
        "双牌较高", "仅一个园区，不可比",
    ]  # fmt: skip


def test_a_line_says_its_months_and_doubts_and_a_cell_its_firms_and_full_year(study: Study) -> None:
    rows = prepared(study, "land", rung="perimeter", basis="reported").data
    own = rows.filter(park_id="shuangpai", group="perimeter")
    assert own.select("under", "said", "below").rows() == [
        ("Jan–Nov 2017; the area is our reading", "4,700–6,700", "firms above the size threshold; full year 5,000–8,600"),
    ]  # fmt: skip
    (part, _) = prepared(study, "land-alone", basis="reported").data.filter(group="signed")["under"]
    assert part == "2019; a part of the park, so the values are too high"
    years = prepared(study, "land", "zh", rung="perimeter", basis="annualised").data
    assert years.filter(park_id="shuangpai", group="perimeter")["below"][0] == "规模以上工业企业，折合全年"


def test_a_reported_value_has_the_full_year_band_beside_the_months(study: Study) -> None:
    data = land.per_area(study, "reported", "perimeter", measure="output_per_area").data
    (own,) = data.filter(park_id="shuangpai", rung="perimeter", measure="output_per_area").to_dicts()
    (year,) = study.measures.filter(
        park_id="shuangpai", rung="perimeter", measure="output_per_area", basis="annualised"
    ).to_dicts()
    assert (own["band_low"], own["band_high"], own["band_key"]) == (year["low"], year["high"], year["key"])
    assert data.filter(park_id="hengnan")["band_low"].null_count() == data.filter(park_id="hengnan").height
    assert land.per_area(study, "annualised", "perimeter").data["band_key"].null_count() == 6


@pytest.mark.slow
def test_a_chosen_area_has_the_shared_ones_beside_it() -> None:
    made = shown("land", rung="expanded", basis="reported")
    assert [tuple(choices.values()) for choices, _ in made.states] == [
        (rung, basis) for rung in ("expanded", "perimeter", "control_plan") for basis in ("reported", "annualised")
    ]
    assert [(name, values) for name, _, values in made.axes] == [
        ("rung", (("perimeter", "in force"), ("expanded", "after expansion"), ("control_plan", "detailed plan"))),
        ("basis", (("reported", "as reported"), ("annualised", "as a full year"))),
    ]


@every("rung", RUNGS)
def test_an_area_that_no_two_parks_print_takes_the_place_of_the_last_one(study: Study, rung: str) -> None:
    switched = land.switched_rungs(study, rung)
    shared = [r for r in matched_rungs(land.measures(study)) if r != rung]
    assert switched == [r for r in RUNGS if r in (rung, *shared[:2])]
    assert 2 * len(switched) == MOST_STATES


def test_an_area_that_is_none_is_refused(study: Study) -> None:
    with pytest.raises(ValueError, match=f"^unknown rung 'top'; expected one of {', '.join(RUNGS)}$"):
        viewer(study)("land", rung="top")


def test_the_investment_of_a_period_is_never_a_full_year_s(study: Study) -> None:
    annual = land.measures(study).filter(pl.col("measure").cast(pl.String).str.contains("investment"))
    assert set(annual["basis"]) == {"reported"}


# Areas, and the table


def test_the_bars_of_areas_claim_how_far_the_rungs_of_a_park_differ(study: Study) -> None:
    assert said(study, "areas", "claim") == "Hengnan’s area of the detailed plan is 2.2 times its area in force"
    assert said(study, "areas", "claim", "zh") == "衡南的控规面积为其现行面积的2.2倍"
    assert said(study, "areas", "alt").startswith(
        "Bar chart of areas in km² by park and kind of area: Hengnan area in force 5.99; Hengnan area after expansion 6.99; "
    )
    assert prepared(study, "areas", "zh").data["label"].to_list()[:2] == ["衡南，现行面积", "衡南，扩区后面积"]


@pytest.mark.slow
def test_every_area_is_a_bar_with_its_size_in_the_colour_of_its_grade(study: Study) -> None:
    import matplotlib.pyplot as plt

    from parkstudy.show.theme import PAPER, WIDE

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
    assert claim(made) == f"{made.data['low'].count()} values per area, 15 gaps with their reasons"
    assert re.fullmatch(r"\d+个单位面积数值，另有15项未列示或不予计算（注明原因）", claim(shown("land-table", "zh")))
