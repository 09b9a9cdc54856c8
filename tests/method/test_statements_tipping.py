"""Tipping points of the orders that rest on reported output (method, R7): the table of the method, and plain corners."""

from __future__ import annotations

from itertools import product

import pytest

from parkstudy.method import declarations
from parkstudy.method.statements import Decision
from parkstudy.method.study import Study


@pytest.fixture(scope="module")
def decided(study: Study) -> dict[str, Decision]:
    return {d.statement.id: d for d in study.decisions}


def test_the_orders_that_rest_on_reported_output_have_a_tipping_point_and_no_others(
    decided: dict[str, Decision],
) -> None:
    assert {s.id for s in declarations.read() if s.tipping} == {"9", "10", "11", "15"}
    for decision in decided.values():
        assert (decision.ratio is not None) is decision.statement.tipping
        assert (decision.lowest_ratio is not None) is decision.statement.tipping


@pytest.mark.parametrize(("number", "lowest"), [("9", 2.5), ("10", 1.4), ("11", 0.8), ("15", 1.4)])
def test_the_lowest_corner_is_that_of_the_method(decided: dict[str, Decision], number: str, lowest: float) -> None:
    decision = decided[number]
    assert decision.lowest_ratio is not None
    assert round(decision.lowest_ratio, 1) == lowest
    assert decision.lowest_ratio == min(r.lowest_ratio for r in decision.results)


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("9", 3.7),
        ("10", 1.6),
        ("11", 1.2),
        ("15", 1.4),
    ],
)
def test_the_ratio_at_printed_values_is_that_of_the_method(
    decided: dict[str, Decision], number: str, printed: float
) -> None:
    ratio = decided[number].ratio
    assert ratio is not None
    assert round(ratio, 1) == printed


@pytest.mark.parametrize(("factor", "lowest"), [("factor_1", 1.4), ("factor_t3", 0.8)])
def test_the_lowest_corner_of_statement_11_turns_with_the_factor_alone(
    decided: dict[str, Decision], factor: str, lowest: float
) -> None:
    corners = [r.lowest_ratio for r in decided["11"].results if r.choices["tax_population"] == factor]
    assert len(corners) == 3
    assert round(min(corners), 1) == lowest


@pytest.mark.parametrize(("rung", "lowest"), [("perimeter", 1.7), ("expanded", 1.4), ("control_plan", 2.4)])
def test_the_lowest_corner_of_output_per_area_on_each_rung(
    decided: dict[str, Decision], rung: str, lowest: float
) -> None:
    (cell,) = (r for r in decided["15"].results if r.choices["land_rung"] == rung)
    assert round(cell.lowest_ratio, 1) == lowest


def test_the_corners_are_those_tried_by_hand(decided: dict[str, Decision]) -> None:
    own = [tax / output for tax, output in product((1.15, 1.25), (54.5, 55.5))]
    peer = [
        tax / output * out / paid
        for tax, output, out, paid in product((0.25, 0.35), (50.55, 50.65), (0.885, 0.917), (0.77, 0.95))
    ]
    assert decided["9"].lowest_ratio == pytest.approx(min(own) / max(peer))
    scaled = [
        tax / output * out / paid
        for tax, output, out, paid in product((1.515, 1.525), (124.15, 124.25), (0.885, 0.917), (0.77, 0.95))
    ]
    forecast = [tax / output for tax, output in product((1.85, 1.95), (139.5, 140.5))]
    assert decided["10"].lowest_ratio == pytest.approx(min(own) / max(*scaled, *forecast))
    assert decided["11"].lowest_ratio == pytest.approx(0.57 * min(scaled) / max(peer))


def test_a_printed_ratio_lies_above_its_lowest_corner(decided: dict[str, Decision]) -> None:
    for number in ("9", "10", "11", "15"):
        for result in decided[number].results:
            assert result.lowest_ratio < result.ratio
