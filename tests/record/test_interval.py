"""Intervals: corners, what is refused, and what stays true however they are combined."""

from __future__ import annotations

import math

import pytest
from cases import every
from hypothesis import given
from hypothesis import strategies as st

from parkstudy.record.interval import Interval

POSITIVE = st.floats(min_value=0.01, max_value=1e9)


def interval(ends):
    low, high = sorted(ends)
    return Interval(low, high, (low + high) / 2)


INTERVALS = st.tuples(POSITIVE, POSITIVE).map(interval)


def test_a_quotient_has_the_corners_of_both_sides():
    assert Interval(1, 2, 1.5).over(Interval(4, 8, 6)) == Interval(0.125, 0.5, 0.25)


def test_a_side_without_a_value_gives_none():
    assert Interval(1, 2).over(Interval(4, 8, 6)).value is None
    assert Interval(1, 2, 1.5).over(Interval(4, 8)).value is None


@every(
    ("form", "low", "expected"),
    [("level", -math.inf, 0.0), ("level", 5.0, 5.0), ("yoy", -7.5, -7.5), ("share", -1.0, -1.0)],
)
def test_a_level_is_never_below_zero_and_a_rate_may_be(form, low, expected):
    row = {"low": low, "high": 6.0, "value": 5.5, "transformation": form}
    assert Interval.of(row) == Interval(expected, 6.0, 5.5)


@pytest.mark.parametrize(("low", "positive"), [(-1.0, False), (0.0, False), (0.5, True)])
def test_an_interval_is_positive_where_it_does_not_reach_zero(low, positive):
    assert Interval(low, 2.0).positive is positive


def test_nothing_of_something_is_no_refusal():
    assert Interval(0, 2, 1).over(Interval(1, 4, 2)) == Interval(0, 2, 0.5)


def test_what_has_no_value_has_none_when_it_is_scaled_or_divided_by_growth():
    assert Interval(1, 2).times(3) == Interval(3, 6)
    assert Interval(22, 44, 33).over_growth(Interval(0, 10)) == Interval(pytest.approx(20), 44)


def test_an_open_denominator_gives_zero_below():
    assert Interval(1, 2, 1).over(Interval(4, math.inf, 4)) == Interval(0, 0.5, 0.25)


@pytest.mark.parametrize(
    ("top", "bottom"),
    [(Interval(1, 2), Interval(0, 1)), (Interval(1, 2), Interval(-1, 1)), (Interval(-1, 2), Interval(1, 2))],
)
def test_a_denominator_that_reaches_zero_is_refused(top, bottom):
    with pytest.raises(ZeroDivisionError, match="reaches zero, or"):
        top.over(bottom)


def test_a_base_is_the_level_over_one_and_the_growth():
    base = Interval(54.5, 55.5, 55).over_growth(Interval(10.15, 10.25, 10.2))
    assert (base.low, base.high, base.value) == pytest.approx((54.5 / 1.1025, 55.5 / 1.1015, 55 / 1.102))


@given(INTERVALS, INTERVALS)
def test_a_quotient_contains_its_value_and_its_ends_are_in_order(top, bottom):
    found = top.over(bottom)
    assert found.low <= found.high
    assert found.low <= found.value * (1 + 1e-12)
    assert found.value <= found.high * (1 + 1e-12)


@given(INTERVALS, st.floats(min_value=0.01, max_value=100))
def test_scaling_scales_everything(found, factor):
    scaled = found.times(factor)
    assert (scaled.low, scaled.high, scaled.value) == pytest.approx(
        (found.low * factor, found.high * factor, found.value * factor)
    )
