"""Figures with a choice of price or basis, and the chart of the statements."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import polars as pl
import pytest

from parkstudy.method import land, statements, tax
from parkstudy.method.measures import RUNGS
from parkstudy.method.statements import Decision
from parkstudy.method.study import Study
from parkstudy.show import figures
from parkstudy.show.exhibit import MOST_STATES, Exhibit
from parkstudy.show.theme import PAPER

pytestmark = pytest.mark.slow  # drawing takes long

OUTPUT = "gross_industrial_output"


@pytest.fixture(scope="module")
def areas(study: Study) -> pl.DataFrame:
    return land.measures(study)


@pytest.fixture(scope="module")
def decided(study: Study) -> list[Decision]:
    return statements.decide(study)


def choices(exhibit: Exhibit) -> list[tuple[str, ...]]:
    return [tuple(chosen.values()) for chosen, _ in exhibit.states]


def test_a_figure_opens_in_the_state_asked_for_and_holds_the_others(study: Study, areas: pl.DataFrame) -> None:
    taxes = tax.measures(study)
    for exhibit in (
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


def test_a_band_opens_what_it_stands_for(study: Study) -> None:
    ratio = figures.plot_tax_per_output(study, tax.measures(study))
    bands = ratio.data["band_key"].drop_nulls().to_list()
    assert bands
    assert set(bands) <= set(ratio.records)


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
