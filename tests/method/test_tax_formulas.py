"""The formulas of tax on a handful of figures: every row whole, every refusal by the figure that calls for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cases import every
from printed_rows import ELEVEN, OUTPUT, TAX, TEXT, TIT, YEAR, Printed, level, made, rate, refused

from parkstudy.method.measures import Measure
from parkstudy.method.tax import LEAST_PEERS, MEASURES, buoyancy, concentration, firms_of, tax_over, with_peers
from parkstudy.record.rows import Row

ADDED = "industrial_value_added"
HALF = {"period_start": date(2020, 1, 1), "period_end": date(2020, 6, 30)}
Any_ = dict[str, Any]


def test_each_measure_follows_a_rule_of_the_method() -> None:
    assert {
        "tax_per_output": Measure("percent", "T1", "per_100_of_output"),
        "tax_per_tit_revenue": Measure("percent", "T6", "per_100_of_revenue"),
        "tax_per_value_added": Measure("percent", "T6", "per_100_of_value_added"),
        "tax_buoyancy": Measure("ratio", "T4"),
        "taxpayer_concentration": Measure("percent", "T5"),
    } == MEASURES
    assert LEAST_PEERS == 3


GROWN, PRODUCED = rate("t", TAX, 19.5, 20.5), rate("o", OUTPUT, 9.5, 10.5)


def test_buoyancy_is_a_rate_over_a_rate() -> None:
    ends = (19.5 / 10.5, 20.5 / 9.5, 2.0)
    assert buoyancy(Printed(GROWN, PRODUCED), TEXT) == [made("tax_buoyancy", "buoyancy", ends, GROWN, PRODUCED)]
    still = rate("t", TAX, 0.0, 1.0)
    assert buoyancy(Printed(still, PRODUCED), TEXT)[0]["low"] == 0.0


@every(
    ("tax", "output", "reason"),
    [
        ({"low": -0.5, "high": 0.5, "value": 0.0}, {}, "reaches_zero"),
        ({}, {"low": -0.5, "high": 0.5, "value": 0.0}, "reaches_zero"),
        ({}, {"low": 0.0, "high": 1.0, "value": 0.5}, "reaches_zero"),
        (ELEVEN, {}, "no_rates"),
        ({"population": "industry"}, {}, "no_rates"),
        ({"population": "unstated"}, {"population": "unstated"}, "no_rates"),
        ({"value_type": "forecast"}, {"value_type": "forecast"}, "no_rates"),
        ({"subject": "zone:old"}, {"subject": "zone:old"}, "no_rates"),
        ({"transformation": "share"}, {"transformation": "share"}, "no_rates"),
    ],
)
def test_no_buoyancy_of_rates_that_reach_zero_or_do_not_belong_together(tax: Any_, output: Any_, reason: str) -> None:
    found = buoyancy(Printed({**GROWN, **tax}, {**PRODUCED, **output}), TEXT)
    assert found == [refused("tax_buoyancy", "buoyancy", reason)]


PAID = level("t", TAX, 95, 105, population="above_scale")
TWO = level("p", TAX, 19.0, 21.0, subject="firm:x+y", part_of=("t",), population="above_scale")


def concentrated(part: Row, low: float, high: float, value: float | None, **columns: Any) -> Row:
    ends = tuple(map(pytest.approx, (low, high, value)))
    more = {"subject": part["subject"], "reading": "together", **columns}
    return made("taxpayer_concentration", "taxpayers", ends, part, PAID, **more)


def test_named_taxpayers_stand_over_the_tax_that_they_are_part_of() -> None:
    assert concentration(Printed(PAID, TWO), TEXT) == [concentrated(TWO, 1900 / 105, 2100 / 95, 20)]
    both = {**TWO, "caveats": ("two_readings",)}
    flags = {"flags": ["two_readings"]}
    assert concentration(Printed(PAID, both), TEXT) == [
        concentrated(both, 1900 / 105, 2100 / 95, 20, **flags),
        concentrated(both, 3800 / 105, 4200 / 95, 40, reading="each", **flags),
    ]
    alone = {**both, "subject": "firm:x"}
    assert concentration(Printed(PAID, alone), TEXT) == [concentrated(alone, 1900 / 105, 2100 / 95, 20, **flags)]
    least = {**TWO, "bound": "at_least", "value": 19.0, "high": float("inf")}
    at_bound = concentrated(least, 1900 / 105, 1900 / 95, 19, flags=["at_bound"])
    assert concentration(Printed(PAID, least), TEXT) == [at_bound]
    assert firms_of("firm:x+y") == ["x", "y"]


@every(
    ("whole", "part", "reason"),
    [
        ({"low": 0.0}, {}, "reaches_zero"),
        ({}, {"subject": "zone:old"}, "no_taxpayers"),
        ({}, {"part_of": ()}, "no_taxpayers"),
        ({}, {"part_of": ("u",)}, "no_taxpayers"),
        ({}, {"transformation": "share"}, "no_taxpayers"),
        ({}, {"indicator": OUTPUT}, "no_taxpayers"),
    ],
)
def test_without_a_whole_or_a_firm_there_is_no_concentration(whole: Any_, part: Any_, reason: str) -> None:
    found = concentration(Printed({**PAID, **whole}, {**TWO, **part}), TEXT)
    assert found == [refused("taxpayer_concentration", "taxpayers", reason)]


def over(measure: str, *observations: Row) -> list[Row]:
    return tax_over(Printed(*observations), TEXT, measure)  # type: ignore[arg-type]


GIVEN, WHOLE = level("t", TAX, 9.0, 11.0), level("o", OUTPUT, 190.0, 210.0)
RAW = (100 * 9 / 210, 100 * 11 / 190, 5.0)


def test_tax_over_output_of_a_year_stands_as_it_is_twice() -> None:
    raw = tuple(map(pytest.approx, RAW))
    year = {"basis": "annualised", "status": "A"}
    assert over("tax_per_output", GIVEN, WHOLE) == [
        made("tax_per_output", "ratio", raw, GIVEN, WHOLE),
        made("tax_per_output", "ratio_full_year_reported", raw, GIVEN, WHOLE, **year),
    ]


def test_tax_over_output_of_eleven_months_has_a_band_for_the_year() -> None:
    tax, output = {**GIVEN, **ELEVEN}, {**WHOLE, **ELEVEN}
    band = (pytest.approx(RAW[0] * 0.885 / 0.95), pytest.approx(RAW[1] * 0.917 / 0.77), None)
    raw, year = over("tax_per_output", tax, output)
    assert raw == made("tax_per_output", "ratio", tuple(map(pytest.approx, RAW)), tax, output)
    assert year == made("tax_per_output", "ratio_full_year", band, tax, output, basis="annualised", status="I")
    revenue = {**output, "indicator": TIT}
    raw, year = over("tax_per_tit_revenue", tax, revenue)
    assert (raw["flags"], year["flags"]) == ([], ["borrowed_share"])
    (raw,) = over("tax_per_value_added", tax, {**output, "indicator": ADDED})
    assert (raw["method"], raw["basis"], raw["flags"]) == ("ratio", "reported", ["question_only"])


def test_tax_over_output_of_a_half_year_has_none() -> None:
    raw, year = over("tax_per_output", {**GIVEN, **HALF}, {**WHOLE, **HALF})
    assert raw["method"] == "ratio"
    more = {"basis": "annualised", **HALF}
    assert year == refused("tax_per_output", "ratio_full_year", "no_year_share", **more)


@every(
    ("tax", "output", "flags"),
    [
        ("park", "park", []),
        ("industry", "above_scale", ["populations_differ"]),
        ("unstated", "above_scale", ["population_unstated"]),
        ("park", "unstated", ["population_unstated"]),
        ("unstated", "unstated", ["population_unstated"]),
    ],
)
def test_tax_and_output_of_other_firms_are_flagged(tax: str, output: str, flags: list[str]) -> None:
    rows = over("tax_per_output", {**GIVEN, "population": tax}, {**WHOLE, "population": output})
    assert [row["flags"] for row in rows] == [flags, flags]


@every(
    ("measure", "printed", "reason"),
    [
        ("tax_per_output", [], "no_tax"),
        ("tax_per_output", [GIVEN], "no_output"),
        ("tax_per_output", [GIVEN, {**WHOLE, "indicator": TIT}], "other_concept"),
        ("tax_per_output", [{**WHOLE, "indicator": TIT}], "other_concept"),
        ("tax_per_output", [WHOLE], "no_tax"),
        ("tax_per_output", [GIVEN, {**WHOLE, **YEAR, **ELEVEN}], "spans_differ"),
        ("tax_per_output", [GIVEN, {**WHOLE, "low": 0.0}], "reaches_zero"),
        ("tax_per_tit_revenue", [GIVEN], "no_tit_revenue"),
        ("tax_per_tit_revenue", [], "no_tit_revenue"),
        ("tax_per_value_added", [GIVEN], "no_value_added"),
    ],
)
def test_what_is_not_printed_or_does_not_fit_is_refused(measure: str, printed: list[Row], reason: str) -> None:
    assert over(measure, *printed) == [refused(measure, "ratio", reason)]


def ratio(park: str, low: float, high: float, **cells: Any) -> Row:
    return {**made("tax_per_output", "ratio", (low, high, None), GIVEN, WHOLE), "park_id": park, **cells}


def flagged(*rows: Row) -> list[list[str]]:
    return [row.get("flags", []) for row in with_peers(Printed(GIVEN, WHOLE), list(rows))]  # type: ignore[arg-type]


def test_a_ratio_is_outside_the_range_of_its_peers_where_it_lies_beyond_both_ends() -> None:
    peers = [ratio("a", 1, 2), ratio("b", 2, 3), ratio("c", 3, 4)]
    assert flagged(*peers, ratio("d", 3.5, 9)) == [[], [], [], []]
    assert flagged(*peers, ratio("d", 4, 9)) == [[], [], [], []]  # it touches the highest
    assert flagged(*peers, ratio("d", 4.1, 9)) == [[], [], [], ["outside_peer_range"]]
    assert flagged(*peers, ratio("d", 0, 1)) == [[], [], [], []]
    assert flagged(*peers, ratio("d", 0, 0.9)) == [[], [], [], ["outside_peer_range"]]


def test_the_rows_of_one_park_are_no_peers_of_each_other() -> None:
    three = [ratio("a", 1, 2), ratio("b", 2, 3), ratio("c", 3, 4), ratio("c", 8, 9)]
    assert flagged(*three) == [["no_peer_set"]] * 4
    four = flagged(*three, ratio("d", 2, 3, flags=["coarse_figure"]))
    assert four == [[], [], [], ["outside_peer_range"], ["coarse_figure"]]


def test_peers_are_of_one_basis_kind_and_way_and_other_rows_are_left_alone() -> None:
    others = [
        ratio("e", 50, 60, basis="annualised"), ratio("f", 50, 60, value_type="forecast"),
        ratio("g", 50, 60, method="ratio_full_year"), ratio("h", 50, 60, measure="tax_per_tit_revenue"),
        refused("tax_per_output", "ratio", "no_tax"),
    ]  # fmt: skip
    peers = [ratio("a", 1, 2), ratio("b", 2, 3), ratio("c", 3, 4), ratio("d", 2, 3)]
    assert flagged(*peers, *others) == [[]] * 4 + [["no_peer_set"]] * 3 + [[], []]
