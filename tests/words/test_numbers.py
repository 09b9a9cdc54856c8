"""Digits: a printed figure keeps its own, an interval has those that its width bears, a value none finer than its interval."""

from __future__ import annotations

from decimal import Decimal
from math import inf

import pytest
from cases import every
from hypothesis import assume, given
from hypothesis import strategies as st

from parkstudy.words.numbers import Written, last_digit, number, times, written

finite = st.floats(-1e12, 1e12).filter(lambda x: x == 0 or abs(x) > 1e-9)


@st.composite
def widths(draw: st.DrawFn) -> tuple[float, float]:
    """Intervals around a middle, from a width that one can see to one far above it."""
    middle, share = draw(finite), draw(st.floats(1e-7, 1e3))
    return middle - abs(middle or 1) * share, middle + abs(middle or 1) * share


def read(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


def digits(text: str) -> int:
    return len(text.partition(".")[2])


@every(
    ("value", "text"),
    [
        (10.2, "10.2"),
        (16.33, "16.33"),
        (24.0, "24"),
        (0, "0"),
        (-0.0, "0"),
        (-7.1, "−7.1"),
        (0.1 + 0.2, "0.3"),
        (9.9996, "10"),
        (0.0012345, "0.001235"),
        (1234.56, "1,235"),
        (5.06e9, "5,060,000,000"),
        (inf, "∞"),
        (-inf, "−∞"),
    ],
)
def test_a_number_alone_has_four_digits_at_most(value: float, text: str) -> None:
    assert number(value) == text


@every(("value", "text"), [(1.018, "1.02"), (2.6, "2.6"), (3.123, "3.1"), (1.0, "1"), (123.4, "123")])
def test_a_ratio_is_said_to_two_digits_but_never_as_once_where_it_is_not(value: float, text: str) -> None:
    assert times(value) == text


@every(
    ("low", "high", "value", "said"),
    [
        (2.0721, 2.2936, 2.1818, Written("2.18", "2.07", "2.29")),  # the width begins with 2: one digit more
        (0.4598, 0.8246, None, Written(None, "0.46", "0.82")),
        (12_788, 13_924, 13_356, Written("13,400", "12,800", "13,900")),
        (0.4, 0.8, 0.6, Written("0.6", "0.4", "0.8")),  # with 4: none more
        (0.5999999999, 1.0, None, Written(None, "0.6", "1.0")),  # what floats add is no digit
        (55.0, 65.1, None, Written(None, "55", "65")),
        (-0.04, 4.2, None, Written(None, "0", "4")),
        (-10.195, -10.184, -10.19, Written("−10.190", "−10.195", "−10.184")),
        (34.0, 34.0, 34.0, Written("34", "34", "34")),
        (4.65973, inf, None, Written(None, "4.659", None)),  # an open end is not said to be narrower than it is
        (-inf, 4.65973, None, Written(None, None, "4.66")),
        (None, None, None, None),
    ],
)
def test_an_interval_has_the_digits_of_its_width(
    low: float | None, high: float | None, value: float | None, said: Written | None
) -> None:
    assert (said is None) if low is None or high is None else written(low, high, value) == said


@every(
    ("low", "high", "value", "factor", "step", "said"),
    [
        (124.15, 124.25, 124.2, 1, "0.1", Written("124.2", "124.15", "124.25")),
        (1.195e8, 1.205e8, 1.2e8, 1e8, "1000000.00", Written("1.20", "1.195", "1.205")),  # 1.20 stays 1.20
        (1.195e8, 1.205e8, 1.2e8, 1e6, "1000000.00", Written("120", "119.5", "120.5")),  # on another scale too
        (1.4820315e10, 1.4820325e10, 1.482032e10, 1e9, "10000", Written("14.82032", "14.820315", "14.820325")),
        (475.0, 525.0, 500.0, 1, "100", Written("500", "475", "525")),
        (8.0, 10.0, None, 1, "1", Written(None, "8", "10")),
        (40.0, inf, 40.0, 1, "10", Written("40", "40", None)),
    ],
)
def test_a_printed_figure_keeps_its_digits_and_its_interval_its_ends(
    low: float, high: float, value: float | None, factor: float, step: str, said: Written
) -> None:
    assert written(low, high, value, factor=factor, step=Decimal(step)) == said


@pytest.mark.parametrize(("printed", "step"), [("3.0", "0.1"), ("280600", "1"), ("94.70", "0.01")])
def test_the_last_digit_of_a_published_figure_is_read_from_it(printed: str, step: str) -> None:
    assert last_digit(printed) == Decimal(step)


@given(widths())
def test_two_ends_never_look_alike(ends: tuple[float, float]) -> None:
    said = written(*ends)
    assert read(str(said.low)) < read(str(said.high))


@given(widths(), st.floats(0, 1))
def test_ends_and_value_have_one_place_and_round_by_less_than_an_eighth_of_the_width(
    ends: tuple[float, float], share: float
) -> None:
    low, high = ends
    value = min(high, low + share * (high - low))
    said = written(low, high, value)
    assert len({digits(str(text)) for text in said}) == 1
    for text, exact in zip(said, (value, low, high), strict=True):
        assert abs(read(str(text)) - Decimal(exact)) <= Decimal(high - low) * Decimal("0.126")


@given(widths(), st.integers(-8, 8))
def test_the_same_interval_has_the_same_digits_on_every_scale(ends: tuple[float, float], power: int) -> None:
    here, there = written(*ends), written(*ends, factor=10.0**power)
    assume(power >= 0 or max(map(abs, ends)) < 1e9)
    for first, second in zip(here[1:], there[1:], strict=True):
        assert read(str(first)).scaleb(-power) == read(str(second))


@given(finite)
def test_an_interval_without_a_width_is_one_number(value: float) -> None:
    assert (
        written(value, value)
        == written(value, value + abs(value) * 1e-12)
        == Written(None, number(value), number(value))
    )


def test_what_values_lie_within_is_rounded_outward() -> None:
    assert written(5720, 14380, outward=True) == Written(None, "5,700", "14,400")
    assert written(5720, 14380) == Written(None, "6,000", "14,000")
