"""Coverage: every state of a cell, and what the five texts hold."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import parkstudy
from parkstudy.method import coverage
from parkstudy.method.study import Study
from parkstudy.record.codes import codes

OUTPUT = "gross_industrial_output"


def held(study: Study, indicator: str, transformation: str = "level") -> dict[str, str]:
    """Park to the state of its cell; where something is stated otherwise, to how."""
    found = coverage.cells(study).filter(indicator=indicator, transformation=transformation)
    return {row["park_id"]: row["as_what"] or row["state"] for row in found.iter_rows(named=True)}


def test_the_cells_of_output_say_what_each_text_holds(study: Study) -> None:
    assert held(study, OUTPUT) == {
        "hengnan": "stated",
        "hengshan": "other_concept",
        "shuangpai": "stated",
        "anon-2023": "stated",
        "anon-2020": "stated",
    }
    assert held(study, OUTPUT, "yoy")["hengshan"] == "absent"  # it prints no growth of the other concept either


def test_a_figure_of_another_concept_stands_for_the_cell_and_is_no_result(study: Study) -> None:
    (cell,) = coverage.cells(study).filter(indicator=OUTPUT, transformation="level", park_id="hengshan").to_dicts()
    assert (cell["state"], cell["observation_id"], cell["figures"]) == ("otherwise", "hengshan-2022-001", 1)


def test_a_plan_is_no_result_where_the_text_prints_no_other(study: Study) -> None:
    assert held(study, "control_plan_area") == {
        "hengnan": "plan", "hengshan": "absent", "shuangpai": "plan", "anon-2023": "absent", "anon-2020": "absent",
    }  # fmt: skip
    assert held(study, "land_requisitioned")["hengnan"] == "target"
    assert held(study, "project_investment")["anon-2023"] == "forecast"


def test_a_park_of_forecasts_has_no_more_than_forecasts(awkward: Any) -> None:
    own = parkstudy.load(awkward)
    assert held(own, OUTPUT)["only-forecasts"] in ("forecast", "target", "plan")
    assert held(own, OUTPUT)["awkward"] == "stated"
    assert "neighbour" not in held(own, OUTPUT)  # a park of context is compared with nobody


def test_a_figure_of_a_part_is_a_part(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-004", subject="zone:old")
    assert held(parkstudy.load(copy_of_data.folder), OUTPUT)["hengnan"] == "part"


def test_the_result_of_the_longest_span_stands_for_a_park(study: Study) -> None:
    cells = coverage.cells(study).filter(indicator=OUTPUT, transformation="level", park_id="anon-2023")
    (chosen,) = study.observations.filter(observation_id=cells["observation_id"][0]).to_dicts()
    assert (chosen["value_type"], chosen["reported_figure"]) == ("outturn", "124.2亿元")


def test_every_quantity_has_a_cell_for_every_park_and_counts_its_figures(study: Study) -> None:
    cells = coverage.cells(study)
    sizes = cells.group_by("indicator", "transformation").len()["len"]
    assert set(sizes) == {len(study.park_ids())}
    assert set(cells["state"]) == set(codes("stated"))
    assert set(cells["as_what"].drop_nulls()) == set(codes("as_what"))
    assert cells.filter(pl.col("observation_id").is_null())["state"].unique().to_list() == ["absent"]
    assert cells.filter(state="absent")["observation_id"].null_count() == cells.filter(state="absent").height
    own = cells.filter(pl.col("as_what").ne_missing("other_concept"))
    assert own["figures"].sum() == study.summaries().height


def test_quantities_come_by_dimension_and_in_the_order_of_their_table(study: Study) -> None:
    order = study.indicators["indicator"].to_list()
    dimension = dict(study.indicators.select("indicator", "dimension").iter_rows())
    shown = coverage.cells(study)["indicator"].unique(maintain_order=True).to_list()
    assert shown == sorted(shown, key=lambda name: (codes("dimension").index(dimension[name]), order.index(name)))


def test_a_study_without_figures_has_no_cell(awkward: Any) -> None:
    assert coverage.cells(parkstudy.load(awkward).only("neighbour")).height == 0


@pytest.mark.parametrize("park", ["hengnan", "anon-2020"])
def test_a_park_alone_has_the_cells_it_has_among_others(study: Study, park: str) -> None:
    alone = coverage.cells(study.only(park))
    among = coverage.cells(study).filter(park_id=park, state="stated")
    assert alone.filter(state="stated").equals(among)
