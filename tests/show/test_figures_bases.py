"""Figures with a choice of price or basis, and the chart of the statements."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import polars as pl
import pytest

from parkstudy.method import growth, land, statements, tax
from parkstudy.method.measures import RUNGS
from parkstudy.method.statements import Decision
from parkstudy.method.study import Study
from parkstudy.show import figures
from parkstudy.show.exhibit import MOST_STATES, Exhibit
from parkstudy.show.theme import PAPER

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


def choices(exhibit: Exhibit) -> list[tuple[str, ...]]:
    return [tuple(chosen.values()) for chosen, _ in exhibit.states]


def test_a_figure_opens_in_the_state_asked_for_and_holds_the_others(
    study: Study, rates: pl.DataFrame, areas: pl.DataFrame
) -> None:
    taxes = tax.measures(study)
    assert choices(figures.plot_growth(study, rates)) == [("nominal",), ("real",)]
    assert choices(figures.plot_growth(study, rates, "real")) == [("real",), ("nominal",)]
    for exhibit in (
        figures.plot_levels(study, rates, OUTPUT, "annualised"),
        figures.plot_tax_per_output(study, taxes, "annualised"),
        figures.plot_ladder(study, areas),
    ):
        assert choices(exhibit) == [("annualised",), ("reported",)]
        assert [name for name, _, _ in exhibit.axes] == ["basis"]


def test_a_chosen_rung_has_the_shared_rungs_beside_it(study: Study, areas: pl.DataFrame) -> None:
    exhibit = figures.plot_ladder(study, areas, "tax_per_area", "expanded", "reported")
    assert exhibit.key == "ladder-tax-per-area-rung"
    assert choices(exhibit) == [
        (rung, basis) for rung in ("expanded", "perimeter", "control_plan") for basis in ("reported", "annualised")
    ]
    assert [(name, [value for value, _ in values]) for name, _, values in exhibit.axes] == [
        ("rung", ["perimeter", "expanded", "control_plan"]), ("basis", ["reported", "annualised"]),
    ]  # fmt: skip
    assert set(exhibit.data["rung"]) == {"expanded"}


@pytest.mark.parametrize("rung", RUNGS)
def test_a_rung_that_no_two_parks_share_takes_the_place_of_the_last_one(
    study: Study, areas: pl.DataFrame, rung: str
) -> None:
    exhibit = figures.plot_ladder(study, areas, "tax_per_area", rung)
    assert len(exhibit.states) == MOST_STATES
    shown = list(dict.fromkeys(chosen["rung"] for chosen, _ in exhibit.states))
    shared = [r for r in land.matched_rungs(areas) if r != rung]
    assert shown == [rung, *shared[:2]]


def test_the_investment_of_a_period_is_never_a_full_year_s(study: Study, areas: pl.DataFrame) -> None:
    exhibit = figures.plot_ladder(study, areas, "fixed_asset_investment_per_area")
    assert choices(exhibit) == [("reported",)]
    assert exhibit.axes == ()


def test_a_band_a_target_and_a_reference_open_what_they_stand_for(study: Study, rates: pl.DataFrame) -> None:
    beside = figures.plot_growth_targets(study, rates)
    kinds = {beside.records[key]["title"] for key in beside.data["target_key"]}
    assert kinds == {"Target for the growth of industrial output", "Target for the growth of industrial value added",
                     "Target for the growth of tax paid"}  # fmt: skip
    growing = figures.plot_growth(study, rates)
    references = growing.data["reference_keys"].explode().drop_nulls().to_list()
    assert references
    assert all(growing.records[key]["title"].startswith("Reference: ") for key in references)
    done = figures.plot_attainment(study, rates)
    (band,) = done.data["band_key"]
    assert done.records[band]["title"] == "Share of the year that the months stand for"
    ratio = figures.plot_tax_per_output(study, tax.measures(study))
    bands = ratio.data["band_key"].drop_nulls().to_list()
    assert bands
    assert set(bands) <= set(ratio.records)


def test_growth_at_constant_prices_keeps_real_rates_and_leaves_tax_out(study: Study, rates: pl.DataFrame) -> None:
    exhibit = figures.plot_growth(study, rates, price="real")
    assert exhibit.key == "growth"
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
    with pytest.raises(ValueError, match=rf"^unknown price '{price}'; expected one of nominal, real$"):
        figures.plot_growth(study, rates, price=price)


def test_levels_as_full_years_stand_beside_the_raw_value(study: Study, rates: pl.DataFrame) -> None:
    exhibit = figures.plot_levels(study, rates, OUTPUT, "annualised")
    assert exhibit.key == "levels-gross-industrial-output"
    said = dict(exhibit.data.select("park_id", "said").iter_rows())
    assert re.search(r"55\.1–57\.2 .*· raw 50\.6 \(Jan–Nov 2017\)$", said["shuangpai"])
    assert re.search(r"78\.7–103 .*· raw 44\.08 \(Jan–Jun 2020\)$", said["anon-2020"])
    assert "4 values on" in exhibit.answer


def test_levels_as_reported_are_the_printed_ones(study: Study, rates: pl.DataFrame) -> None:
    exhibit = figures.plot_levels(study, rates, OUTPUT)
    assert exhibit.key == "levels-gross-industrial-output"
    assert exhibit.data.filter(pl.col("low").is_not_null())["value"].to_list() == pytest.approx(
        [55, 50.6, 124.2, 140, 44.08]
    )
    assert "5 values on 5 different spans" in exhibit.answer


def test_an_unknown_basis_or_indicator_of_levels_is_named(study: Study, rates: pl.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"^unknown basis 'real'; expected one of reported, annualised$"):
        figures.plot_levels(study, rates, OUTPUT, "real")
    with pytest.raises(ValueError, match=r"^unknown indicator 'employees_of_nothing'; indicators: gross_industrial"):
        figures.plot_levels(study, rates, "employees_of_nothing")


@pytest.mark.parametrize("basis", ["annualised", "reported"])
def test_a_ladder_draws_one_basis(study: Study, areas: pl.DataFrame, basis: str) -> None:
    exhibit = figures.plot_ladder(study, areas, "output_per_area", basis=basis)
    assert set(exhibit.data["basis"]) == {basis}
    assert exhibit.key == "ladder-output-per-area"


def test_a_reported_ladder_has_the_full_year_band_beside_the_months(study: Study, areas: pl.DataFrame) -> None:
    data = figures.plot_ladder(study, areas, "output_per_area", basis="reported").data
    (own,) = data.filter(park_id="shuangpai", rung="perimeter").to_dicts()
    (year,) = areas.filter(
        park_id="shuangpai", rung="perimeter", measure="output_per_area", basis="annualised"
    ).to_dicts()
    assert (own["band_low"], own["band_high"]) == pytest.approx((year["low"] * 1e-8, year["high"] * 1e-8))
    assert data.filter(park_id="hengnan")["band_low"].null_count() == data.filter(park_id="hengnan").height


@pytest.mark.parametrize("measure", ["tax_per_area", "fixed_asset_investment_per_area"])
@pytest.mark.parametrize("rung", ["", "perimeter"])
def test_an_unknown_basis_of_a_ladder_is_named(study: Study, areas: pl.DataFrame, measure: str, rung: str) -> None:
    with pytest.raises(ValueError, match=r"^unknown basis 'real'; expected one of reported, annualised$"):
        figures.plot_ladder(study, areas, measure, rung, "real")


def test_an_unknown_rung_or_measure_of_a_ladder_is_named(study: Study, areas: pl.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"^unknown rung 'top'; expected one of perimeter, expanded"):
        figures.plot_ladder(study, areas, rung="top")
    with pytest.raises(ValueError, match=r"^unknown measure 'tax'; measures per area: tax_per_area, output_per_area"):
        figures.plot_ladder(study, areas, "tax")


def test_the_chart_of_statements_names_every_verdict(study: Study, decided: list[Decision]) -> None:
    exhibit = figures.plot_statements(study, decided)
    assert exhibit.answer == "7 of 11 statements about complete official texts hold in every cell"
    (alt,) = set(re.findall(r'<svg [^>]*?aria-label="([^"]*)"', exhibit.body))
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
    assert [(dot.get_markerfacecolor() == PAPER, float(dot.get_xdata()[0])) for dot in dots] == cells
