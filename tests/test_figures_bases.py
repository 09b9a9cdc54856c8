"""Figures with a choice of price or basis, and the chart of the statements."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import polars as pl
import pytest

from parkstudy import figures, growth, land, statements
from parkstudy.dataset import Study
from parkstudy.statements import Decision

pytestmark = pytest.mark.slow  # drawing takes long

OUTPUT = "gross_industrial_output"


@pytest.fixture(scope="module")
def rates(study: Study) -> pl.DataFrame:
    return growth.measures(study)


@pytest.fixture(scope="module")
def areas(study: Study) -> pl.DataFrame:
    return land.measures(study)


@pytest.fixture(scope="module")
def decided(study: Study) -> list[Decision]:
    return statements.decide(study)


def test_growth_at_constant_prices_keeps_real_rates_and_leaves_tax_out(study: Study, rates: pl.DataFrame) -> None:
    exhibit = figures.plot_growth(study, rates, price="real")
    assert exhibit.key == "growth-real"
    assert set(exhibit.data["price"]) == {"real", "comparable"}
    assert set(exhibit.data["measure"]) == {
        f"{OUTPUT}_growth", "operating_revenue_growth", "industrial_value_added_growth",
    }  # fmt: skip
    assert "a scenario" in exhibit.answer
    assert re.findall(r"[0-9.]+[-–][0-9.]+ %|[0-9.]+ %", exhibit.answer) == ["10.53 %", "36.23–36.71 %"]


def test_a_deflated_rate_has_no_reference_beside_it(study: Study, rates: pl.DataFrame) -> None:
    real = figures.plot_growth(study, rates, price="real").data
    assert real.filter(price="real")["references"].list.len().sum() == 0
    nominal = figures.plot_growth(study, rates).data.filter(measure=f"{OUTPUT}_growth")
    assert dict(nominal.filter(value_type="outturn").select("park_id", "references").iter_rows()) == {
        "hengnan": [3.8], "shuangpai": [11.1, 12.4], "anon-2023": [1.0, 1.1], "anon-2020": [-5.2],
    }  # fmt: skip


@pytest.mark.parametrize("price", ["", "constant"])
def test_an_unknown_price_is_named(study: Study, rates: pl.DataFrame, price: str) -> None:
    with pytest.raises(ValueError, match=rf"^unknown price '{price}'; prices: nominal, real$"):
        figures.plot_growth(study, rates, price=price)


def test_levels_as_full_years_stand_beside_the_raw_value(study: Study, rates: pl.DataFrame) -> None:
    exhibit = figures.plot_levels(study, rates, OUTPUT, "annualised")
    assert exhibit.key == "levels-gross-industrial-output-annualised"
    said = dict(exhibit.data.select("park_id", "said").iter_rows())
    assert re.search(r"55\.1–57\.2 .*· raw 50\.6 \(Jan–Nov 2017\)$", said["shuangpai"])
    assert re.search(r"78\.7–103 .*· raw 44\.08 \(Jan–Jun 2020\)$", said["anon-2020"])
    assert "4 values on" in exhibit.answer


def test_levels_as_reported_are_the_printed_ones(study: Study, rates: pl.DataFrame) -> None:
    exhibit = figures.plot_levels(study, rates, OUTPUT)
    assert exhibit.key == "levels-gross-industrial-output-reported"
    assert exhibit.data.filter(pl.col("low").is_not_null())["value"].to_list() == pytest.approx(
        [55, 50.6, 124.2, 140, 44.08]
    )
    assert "5 values on 5 different spans" in exhibit.answer


@pytest.mark.parametrize(("indicator", "basis"), [(OUTPUT, "real"), ("employees_of_nothing", "reported")])
def test_an_unknown_basis_or_indicator_of_levels_is_named(
    study: Study, rates: pl.DataFrame, indicator: str, basis: str
) -> None:
    with pytest.raises(ValueError, match=rf"^unknown basis '{basis}' or indicator '{indicator}'; bases: reported"):
        figures.plot_levels(study, rates, indicator, basis)


@pytest.mark.parametrize(("basis", "suffix"), [("annualised", ""), ("reported", "-reported")])
def test_a_ladder_draws_one_basis(study: Study, areas: pl.DataFrame, basis: str, suffix: str) -> None:
    exhibit = figures.plot_ladder(study, areas, "output_per_area", basis=basis)
    assert set(exhibit.data["basis"]) == {basis}
    assert exhibit.key == f"ladder-output-per-area{suffix}"


def test_a_reported_ladder_has_the_full_year_band_beside_the_months(study: Study, areas: pl.DataFrame) -> None:
    data = figures.plot_ladder(study, areas, "output_per_area", basis="reported").data
    (own,) = data.filter(park_id="shuangpai", rung="perimeter").to_dicts()
    (year,) = areas.filter(
        park_id="shuangpai", rung="perimeter", measure="output_per_area", basis="annualised"
    ).to_dicts()
    assert (own["band_low"], own["band_high"]) == pytest.approx((year["low"] * 1e-8, year["high"] * 1e-8))
    assert data.filter(park_id="hengnan")["band_low"].null_count() == data.filter(park_id="hengnan").height


def test_an_unknown_basis_of_a_ladder_is_named(study: Study, areas: pl.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"^unknown basis 'real'; bases: reported, annualised$"):
        figures.plot_ladder(study, areas, basis="real")


def test_the_chart_of_statements_names_every_verdict(study: Study, decided: list[Decision]) -> None:
    exhibit = figures.plot_statements(study, decided)
    assert exhibit.answer == "7 of 11 statements about complete official texts hold in every cell"
    (alt,) = re.findall(r'<img [^>]*?alt="([^"]*)"', exhibit.body)
    for d in decided:
        cells = f", {d.support} of {len(d.results)} cells" if d.results else ""
        assert re.search(rf"statement {d.statement.id}: {d.verdict}{cells}[;.]", unescape(alt))
    assert f" {sum(len(d.results) for d in decided)} cells. " in unescape(exhibit.body)


def test_every_cell_is_a_dot_and_a_text_of_grade_c_is_hollow(
    study: Study, decided: list[Decision], monkeypatch: Any
) -> None:
    from matplotlib.figure import Figure

    seen: list[Any] = []
    save = Figure.savefig
    monkeypatch.setattr(Figure, "savefig", lambda self, *a, **k: (seen.append(self), save(self, *a, **k))[1])
    figures.plot_statements(study, decided)
    dots = [line for line in seen[0].axes[0].get_lines() if line.get_marker() == "o"]
    cells = [(d.statement.grade_c, 100 * r.above) for d in decided for r in d.results]
    assert [(dot.get_markerfacecolor() == "white", float(dot.get_xdata()[0])) for dot in dots] == cells
