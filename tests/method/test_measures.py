"""Measures: the closed lists, the one form of a row, and what observations hand on to it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import polars as pl
import pytest

from parkstudy.method import measures
from parkstudy.record.schema import CAVEATS

CONTRACT = [
    "park_id", "subject", "measure", "population", "value_type", "value", "low", "high", "unit", "period_start",
    "period_end", "basis", "price", "rung", "status", "grade", "method", "flags", "reason", "inputs",
]  # fmt: skip
GROWTH = "gross_industrial_output_growth"


def whole(text: str) -> str:
    """A pattern for nothing but `text`."""
    return f"^{re.escape(text)}$"


def row(**cells: Any) -> dict[str, Any]:
    """A row that `frame` accepts, changed by `cells`."""
    return {"park_id": "hengnan", "measure": GROWTH, "value": 10.2, "low": 10.15, "high": 10.25} | cells


def observation(**cells: Any) -> dict[str, Any]:
    """An observation without anything to hand on, changed by `cells`."""
    return {"caveats": [], "obs_status": "A", "value_type": "outturn", "grade": "A"} | cells


def test_a_frame_has_the_columns_of_the_contract_in_their_order() -> None:
    assert measures.frame([]).columns == CONTRACT
    assert measures.frame([row()]).columns == CONTRACT


def test_a_row_is_completed_with_empty_cells_and_the_unit_of_its_measure() -> None:
    made = measures.frame([row(period_end=date(2019, 12, 31))]).row(0, named=True)
    assert made["unit"] == "percent"
    assert made["flags"] == []
    assert made["inputs"] == []
    assert made["period_end"] == date(2019, 12, 31)
    assert made["reason"] is None


@pytest.mark.parametrize(("lang", "method"), [("en", "as printed"), ("zh", "原文所载")])
def test_the_method_is_said_in_the_language_of_the_frame_and_known_in_both(lang: str, method: str) -> None:
    made = measures.frame([row(method=measures.AS_PRINTED)], lang).row(0, named=True)
    assert made["method"] == method
    assert measures.as_printed(made)
    assert not measures.as_printed(measures.frame([row(method="computed")], lang).row(0, named=True))
    assert not measures.as_printed(measures.frame([row()], lang).row(0, named=True))


def test_a_measure_as_published_has_a_shorter_name_in_both_languages() -> None:
    short = measures.MEASURES[GROWTH].short
    assert (short, short.zh) == ("Growth of industrial output", "工业总产值增速")
    assert measures.MEASURES["tax_per_area"].short.zh == "亩均税收"


def test_the_lead_of_a_row_is_its_first_input() -> None:
    made = measures.frame([row(inputs=["a-001", "a-002"]), row()])
    assert made.select(measures.lead())["inputs"].to_list() == ["a-001", None]


def test_rows_keep_their_order() -> None:
    parks = ["shuangpai", "hengnan", "anon-2020"]
    assert measures.frame(row(park_id=park) for park in parks)["park_id"].to_list() == parks


def test_the_measure_column_is_an_enumeration_in_the_order_of_the_declarations() -> None:
    assert measures.frame([])["measure"].dtype == pl.Enum(list(measures.MEASURES))


def test_a_flag_that_is_not_declared_is_refused() -> None:
    text = "gross_industrial_output_growth: flags ['striking'] or reason None are not declared in measures"
    with pytest.raises(ValueError, match=whole(text)):
        measures.frame([row(flags=["grade_c", "striking"])])


def test_a_reason_that_is_not_declared_is_refused() -> None:
    text = "gross_industrial_output_growth: flags [] or reason 'too_dull' are not declared in measures"
    with pytest.raises(ValueError, match=whole(text)):
        measures.frame([row(value=None, low=None, high=None, reason="too_dull")])


@pytest.mark.parametrize(
    "cells",
    [{"reason": "not_reported"}, {"value": None, "low": None, "high": None}],
    ids=["a value and a reason", "neither"],
)
def test_a_row_has_either_a_value_or_a_reason(cells: dict[str, Any]) -> None:
    text = "gross_industrial_output_growth of hengnan: a row has either a value or a reason"
    with pytest.raises(ValueError, match=whole(text)):
        measures.frame([row(**cells)])


def test_an_interval_without_a_value_is_enough() -> None:
    made = measures.frame([row(value=None, low=8.0, high=10.0)]).row(0, named=True)
    assert (made["value"], made["low"], made["high"], made["reason"]) == (None, 8.0, 10.0, None)


def test_a_measure_that_is_not_declared_is_refused() -> None:
    with pytest.raises(KeyError, match=whole("'happiness'")):
        measures.frame([row(measure="happiness")])


def test_flags_are_handed_on_once_and_in_the_order_of_the_list() -> None:
    first = observation(caveats=["coarse_figure", "base_unstated"], obs_status="P", grade="C")
    second = observation(caveats=["base_unstated"], value_type="forecast", obs_status="F")
    found = measures.flags_of(first, second)
    assert set(found) == {"provisional", "forecast", "base_unstated", "coarse_figure", "grade_c"}
    assert found == [flag for flag in measures.FLAGS if flag in found]


def test_a_sound_observation_hands_on_no_flag() -> None:
    assert measures.flags_of(observation(), observation()) == []


@pytest.mark.parametrize(
    ("grades", "lowest"),
    [(["A", "A"], "A"), (["A", "C"], "C"), (["B", "A"], "B"), (["A", None], "A"), ([None], None)],
)
def test_a_value_has_the_lowest_grade_of_its_inputs(grades: list[str | None], lowest: str | None) -> None:
    assert measures.lowest_grade(*(observation(grade=grade) for grade in grades)) == lowest


def test_every_flag_made_of_a_caveat_is_a_caveat_of_the_dataset_or_the_audit_s() -> None:
    assert set(measures.CAVEAT_FLAGS) - set(CAVEATS) == {"implausible"}  # which only `consistency.carried` adds
    assert set(measures.CAVEAT_FLAGS) <= set(measures.FLAGS)


def test_every_declaration_is_worded() -> None:
    texts = [*measures.FLAGS.values(), *measures.REASONS.values(), *(m.name for m in measures.MEASURES.values())]
    assert all(text.strip() == text and text for text in texts)
    assert len({m.name for m in measures.MEASURES.values()}) == len(measures.MEASURES)
    assert all(m.unit and m.rule for m in measures.MEASURES.values())
