"""The exhibit of any measure: its value in each text, in the variant chosen, and why a text has none."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from cases import every
from exhibit_parts import study_of

from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.select.measured import acting, values
from parkstudy.show.select.shared import GIVEN
from parkstudy.show.view import View
from parkstudy.words.speech import plain

MEASURE = CATALOGUE["measure"]
PLAIN = {"price": "nominal", "basis": "reported", "rung": "perimeter"}


def rows(measure: str, parks: str = "", **chosen: str) -> list[dict[str, object]]:
    return values(study_of().only(parks), measure, **{**PLAIN, **chosen}).data.to_dicts()


def claim(measure: str, lang: str, parks: str = "", **chosen: str) -> str:
    view, parameters = View(study_of().only(parks), lang), {"measure": measure, **PLAIN, **chosen}
    form, selected = MEASURE.chosen(view, parameters)  # type: ignore[attr-defined]
    return plain(form.words_of(view, "claim", form.facts(selected, parameters)))


@every(
    ("measure", "acts"),
    [
        ("gross_industrial_output_growth", {"price": ["nominal", "real"]}),
        ("fixed_asset_investment_growth", {}),
        ("tax_revenue_level", {"basis": ["reported", "annualised"]}),
        ("infrastructure_investment_per_area", {"rung": ["perimeter", "expanded", "control_plan", "total"]}),
        ("tax_buoyancy", {}),
    ],
)
def test_the_choices_that_act_on_a_measure_are_those_its_values_have(measure: str, acts: dict[str, list[str]]) -> None:
    assert acting(study_of().measures.filter(GIVEN, measure=measure)) == acts


def test_a_line_a_value_and_one_for_each_text_without() -> None:
    found = rows("fixed_asset_investment_level")
    assert [(row["park_id"], row["value"], row["reason"]) for row in found] == [
        ("hengnan", 4_760_000_000, None), ("hengshan", 4_062_000_000, None), ("shuangpai", None, "not_reported"),
        ("anon-2023", None, "not_reported"), ("anon-2020", None, "not_reported"),
    ]  # fmt: skip
    yearly = {row["park_id"]: row for row in rows("fixed_asset_investment_level", basis="annualised")}
    assert (yearly["hengshan"]["low"], yearly["hengshan"]["reason"]) == (None, "no_year_share")


def test_a_value_on_other_areas_alone_is_a_gap_that_names_them() -> None:
    found = rows("tax_per_area", "hengnan,anon-2023", rung="signed")
    assert [(row["park_id"], row["gap"], row["own"]) for row in found] == [
        ("hengnan", None, None), ("anon-2023", "other_rung", "total"),
    ]  # fmt: skip


def test_a_park_without_a_text_is_a_gap() -> None:
    study = replace(study_of(), sources=study_of().sources.filter(pl.col("park_id") != "hengnan"))
    found = values(study, "tax_per_output", **PLAIN).data.filter(park_id="hengnan")
    assert found["gap"].to_list() == ["no_text"]


@pytest.mark.parametrize(
    ("measure", "chosen", "english", "chinese"),
    [
        (
            "fixed_asset_investment_growth", {}, "Growth of fixed-asset investment, as published: Hengshan 17.67 % (Jan–Nov 2022)",
            "公布的固定资产投资增速：衡山17.67%（2022年1—11月）",
        ),
        (
            "infrastructure_investment_per_area", {"rung": "expanded"},
            "Infrastructure investment of the period per area, on the area after expansion: "
            "Shuangpai 84,600–86,000 yuan per mu (Jan–Nov 2017)",
            "当期亩均基础设施投资，按扩区后面积计：双牌8.46万～8.60万元/亩（2017年1—11月）",
        ),
        ("operating_revenue_growth", {"price": "real"},
         "Growth of operating or sales revenue, as published, at constant prices: no value in a complete official text",
         "公布的营业（销售）收入增速，扣除价格变动：完整的官方材料均无数值"),
        ("output_per_firm", {"parks": "hengnan"}, "Output per firm above the size threshold: no value", "规模以上工业企业户均产值：无数值"),
    ],
)  # fmt: skip
def test_the_claim_tells_the_values_in_the_variant(
    measure: str, chosen: dict[str, str], english: str, chinese: str
) -> None:
    assert [claim(measure, lang, **chosen) for lang in ("en", "zh")] == [english, chinese]


def test_an_unknown_measure_is_refused_with_what_there_is() -> None:
    with pytest.raises(ValueError, match="unknown measure 'tax_per_outputs'; did you mean 'tax_per_output'"):
        viewer(study_of())("measure", measure="tax_per_outputs")


@pytest.mark.slow
def test_a_choice_that_acts_is_switched_on_a_page() -> None:
    growth = viewer(study_of())("measure", measure="operating_revenue_growth", price="real")
    assert [choices["price"] for choices, _ in growth.states] == ["real", "nominal"]
    assert len(viewer(study_of())("measure", measure="tax_buoyancy").states) == 1
