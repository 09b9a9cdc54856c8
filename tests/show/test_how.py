"""How a measure is computed, in both languages: the sentences typed by hand, each from the columns of one row."""

from __future__ import annotations

from typing import Any

import pytest
from cases import every

from parkstudy.method.study import Study, load
from parkstudy.record.codes import codes
from parkstudy.show.provenance import how
from parkstudy.show.view import View

OUTPUT, TAX = "gross_industrial_output", "tax_revenue"
SAID = [
    ("hengnan", f"{OUTPUT}_growth", {"price": "nominal"}, "as printed", "原文所载"),
    (
        "hengnan", f"{OUTPUT}_growth", {"price": "real"},
        "deflated with national producer prices", "用全国工业生产者出厂价格指数（PPI）缩减",
    ),
    ("hengnan", "reference_revenue_growth", {}, "as published, national", "公布数，全国"),
    (
        "shuangpai", f"{OUTPUT}_level", {"basis": "annualised"},
        "months scaled by a share of the year of 0.885–0.917", "按年内占比0.885～0.917折合全年",
    ),
    (
        "shuangpai", "target_attainment", {},
        "Gross industrial output: level ÷ target", "工业总产值：公布数÷目标",
    ),
    (
        "anon-2023", "tax_per_output", {"basis": "annualised", "value_type": "outturn"},
        "tax ÷ output of the same months (tax: firms counted not stated; output: firms above the size threshold), scaled to a full year",
        "税收÷同期产值（税收：统计范围未说明；产值：规模以上工业企业），折合全年",
    ),
    (
        "shuangpai", "tax_per_value_added", {},
        "tax ÷ value added of the same months (tax: firms above the size threshold; value added: firms above the size threshold)",
        "税收÷同期增加值（税收：规模以上工业企业；增加值：规模以上工业企业）",
    ),
    ("hengshan", "tax_per_output", {}, "tax ÷ output", "税收÷产值"),
    (
        "hengnan", "taxpayer_concentration", {"reading": "each"},
        "tax of 2 named taxpayers ÷ tax, read as “each”", "2家列名纳税企业税收÷税收，按“各自”理解",
    ),
    (
        "shuangpai", "tax_per_area", {"basis": "annualised", "rung": "control_plan"},
        "tax of a full year ÷ area of the detailed plan; months scaled by a share of the year of 0.77–0.95",
        "全年税收÷控规面积；按年内占比0.77～0.95折合全年",
    ),
    ("hengshan", "tax_per_area", {}, "tax ÷ area", "税收÷面积"),
    ("hengshan", "output_per_area", {}, "output ÷ area", "产值÷面积"),
    (
        "hengnan", "fixed_asset_investment_per_area", {"rung": "signed"},
        "investment of the period ÷ land under contract", "当期投资÷签约用地",
    ),
]  # fmt: skip


@every(("park", "measure", "columns", "english", "chinese"), SAID)
def test_how_a_row_is_computed_is_said_in_both_languages(
    study: Study, park: str, measure: str, columns: dict[str, Any], english: str, chinese: str
) -> None:
    row = study.measures.filter(park_id=park, measure=measure, **columns).row(0, named=True)
    assert (how(View(study, "en"), row), how(View(study, "zh"), row)) == (english, chinese)


def test_a_refused_row_is_said_without_what_its_inputs_would_say(copy_of_data: Any) -> None:
    for key in ("hengnan-2019-004", "hengnan-2019-006"):
        copy_of_data.edit("observations", key, period_end="2019-06-30")
    study = load(copy_of_data.folder)
    refused = study.measures.filter(park_id="hengnan", reason="no_year_share").filter(measure="tax_per_output")
    assert how(View(study), refused.row(0, named=True)) == "tax ÷ output, scaled to a full year"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_row_of_both_studies_says_how_it_is_computed(study: Study, awkward: Any, lang: str) -> None:
    for each in (study, load(awkward)):
        said = [how(View(each, lang), row) for row in each.measures.iter_rows(named=True)]
        assert all(said)
        assert not [text for text in said if "{" in text or "None" in text]


def test_every_method_is_that_of_a_row_but_for_the_refusals_of_months_without_a_share(
    study: Study, awkward: Any
) -> None:
    used = {method for each in (study, load(awkward)) for method in each.measures["method"]}
    assert set(codes("method")) - used == {"per_area_full_year"}
