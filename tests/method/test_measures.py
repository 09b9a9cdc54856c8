"""Measures: the closed lists, the one form of a row, and what observations hand on to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl
import pytest
from cases import every

from parkstudy.method import measures
from parkstudy.method.study import MEASURES
from parkstudy.record.codes import codes
from parkstudy.record.schema import CAVEATS
from parkstudy.record.units import units

CONTRACT = [
    "park_id", "subject", "measure", "population", "value_type", "value", "low", "high", "unit", "period_start",
    "period_end", "basis", "price", "rung", "status", "grade", "method", "flags", "reason", "inputs", "reading",
    "source_id", "key",
]  # fmt: skip
GROWTH = "gross_industrial_output_growth"


def whole(text: str) -> str:
    """A pattern for nothing but `text`."""
    return f"^{re.escape(text)}$"


def row(**cells: Any) -> dict[str, Any]:
    """A row that `frame` accepts, changed by `cells`."""
    blank = {"park_id": "hengnan", "subject": "park", "measure": GROWTH, "basis": "reported", "method": "as_printed"}
    return blank | {"value": 10.2, "low": 10.15, "high": 10.25} | cells


def frame(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """The rows as the frame of the declared measures."""
    return measures.frame(rows, MEASURES)


def observation(**cells: Any) -> dict[str, Any]:
    """An observation without anything to hand on, changed by `cells`."""
    return {"caveats": [], "obs_status": "A", "value_type": "outturn", "grade": "A"} | cells


def test_a_frame_has_the_columns_of_the_contract_in_their_order() -> None:
    assert frame([]).columns == CONTRACT
    assert frame([row()]).columns == CONTRACT


def test_a_row_is_completed_with_empty_cells_and_the_unit_of_its_measure() -> None:
    made = frame([row(period_end=date(2019, 12, 31))]).row(0, named=True)
    assert made["unit"] == "percent"
    assert made["flags"] == []
    assert made["inputs"] == []
    assert made["period_end"] == date(2019, 12, 31)
    assert made["reason"] is None


def test_the_method_of_a_row_is_a_code_of_the_closed_list() -> None:
    assert frame([row(method="ratio")])["method"].to_list() == ["ratio"]
    with pytest.raises(pl.exceptions.PolarsError):
        frame([row(method="by heart")])


def test_a_key_is_the_same_for_the_same_row_and_another_for_another_interval() -> None:
    made = frame([row(), row(method="ratio"), row(low=10.1)])
    assert made["key"][0] == made["key"][1] != made["key"][2]
    assert made["key"].to_list() == [measures.measure_key(found) for found in made.iter_rows(named=True)]


def test_the_lead_of_a_row_is_its_first_input() -> None:
    made = frame([row(inputs=["a-001", "a-002"]), row()])
    assert made.select(measures.lead())["inputs"].to_list() == ["a-001", None]


def test_rows_keep_their_order() -> None:
    parks = ["shuangpai", "hengnan", "anon-2020"]
    assert frame(row(park_id=park) for park in parks)["park_id"].to_list() == parks


def test_every_measure_has_a_name_and_a_formula_or_those_of_its_kind() -> None:
    assert set(measures.OF_FLOW) == set(codes("measure_of_flow")) == set(codes("formula_of_flow"))
    others = [
        {one for one in of if not measures.of_flow(one)[0]} for of in (MEASURES, codes("measure"), codes("formula"))
    ]
    assert others[0] == others[1] == others[2]
    declared = [MEASURES[name] for name in {*MEASURES, *codes("measure")}]
    assert all(measure.unit in {*units(), ""} and measure.rule for measure in declared)


@every(
    ("cells", "rule"),
    [
        ({"flags": ["grade_c", "striking"]}, "declared_flags"),
        ({"value": None, "low": None, "high": None, "reason": "too_dull"}, "reason|check"),
        ({"reason": "not_reported"}, "value_or_reason"),
        ({"value": None, "low": None, "high": None}, "value_or_reason"),
        ({"low": 10.3}, "low_to_high"),
        ({"basis": None}, "basis|nullability"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_by_name(cells: dict[str, Any], rule: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"{GROWTH} of hengnan: {rule}: ")):
        frame([row(), row(**cells)])


def test_an_interval_without_a_value_is_enough() -> None:
    made = frame([row(value=None, low=8.0, high=10.0)]).row(0, named=True)
    assert (made["value"], made["low"], made["high"], made["reason"]) == (None, 8.0, 10.0, None)


def test_a_measure_that_is_not_declared_is_refused() -> None:
    with pytest.raises(KeyError, match=whole("'happiness'")):
        frame([row(measure="happiness")])


def test_flags_are_handed_on_once_and_in_the_order_of_the_list() -> None:
    first = observation(caveats=["coarse_figure", "base_unstated"], obs_status="P", grade="C")
    second = observation(caveats=["base_unstated"], value_type="forecast", obs_status="F")
    found = measures.flags_of(first, second)
    assert set(found) == {"provisional", "forecast", "base_unstated", "coarse_figure", "grade_c"}
    assert found == [flag for flag in measures.FLAGS if flag in found]


def test_a_sound_observation_hands_on_no_flag() -> None:
    assert measures.flags_of(observation(), observation()) == []


@every(
    ("grades", "lowest"),
    [(["A", "A"], "A"), (["A", "C"], "C"), (["B", "A"], "B"), (["A", None], None), (["C", None], "C"), ([None], None)],
)
def test_a_value_has_the_lowest_grade_of_its_inputs(grades: list[str | None], lowest: str | None) -> None:
    assert measures.lowest_grade(*(observation(grade=grade) for grade in grades)) == lowest


def test_every_caveat_but_not_final_is_handed_on_and_so_is_the_audit_s() -> None:
    caveats = [observation(caveats=[caveat]) for caveat in (*CAVEATS, "implausible")]
    assert set(measures.flags_of(*caveats)) == {*CAVEATS, "implausible"} - {"not_final"}
