"""Exact intervals: half-open ends, counts, open bounds, sums, differences and quotients in decimals."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from cases import every
from hypothesis import given
from hypothesis import strategies as st

from parkstudy.record.interval import Exact, Interval, quotient, total

D = Decimal
INFINITY = D("Infinity")


def printed(figure: str, unit: str = "CNY", transformation: str = "level") -> Exact:
    return Exact.printed({"reported_figure": figure, "transformation": transformation}, unit)


def test_a_printed_figure_is_half_a_unit_either_way_and_open_above() -> None:
    assert printed("15.43亿元") == Exact(D("1542500000"), D("1543500000"), open_above=True)
    assert printed("23.14%", "percent", "share") == Exact(D("23.135"), D("23.145"), open_above=True)


def test_a_printed_figure_stands_in_the_unit_of_its_indicator() -> None:
    row = {"reported_figure": "1.5平方公里", "transformation": "level"}
    assert Exact.printed(row, "mu") == Exact(D(2175), D(2325), open_above=True)
    assert Exact.printed({**row, "reported_figure": "12"}, "count") == Exact(D(12), D(12))


def test_a_count_is_a_point() -> None:
    assert printed("34户", "count") == Exact(D(34), D(34))
    assert printed("34户", "count").overlaps(Exact(D(34), D(34)))
    assert not printed("34户", "count").overlaps(printed("35户", "count"))


@every(
    ("figure", "expected"),
    [
        ("超过1500万元", Exact(D(15_000_000), INFINITY)),
        ("不到6亿元", Exact(-INFINITY, D(600_000_000))),
        ("约20亿元", Exact(D(1_900_000_000), D(2_100_000_000))),
        ("2亿余元", Exact(D(200_000_000), D(300_000_000))),
    ],
)
def test_a_figure_with_a_bound_is_closed_at_its_ends(figure: str, expected: Exact) -> None:
    assert printed(figure) == expected
    assert not printed(figure).open_above


@every(
    ("first", "second", "overlap"),
    [
        ("15.43亿元", "15.44亿元", False),  # their ends touch at 15.435
        ("15.43亿元", "15.43亿元", True),
        ("15.43亿元", "15.4亿元", True),
        ("15.43亿元", "15.5亿元", False),
        ("15.45亿元", "15.5亿元", True),  # 15.45 is the closed lower end of 15.5
        ("15.44亿元", "15.5亿元", False),  # 15.445 is not reached
        ("1.2亿元", "12000万元", True),
        ("超过15.44亿元", "15.43亿元", False),
        ("超过15.43亿元", "15.43亿元", True),
        ("不到15.43亿元", "15.43亿元", True),
        ("超过15亿元", "不到15亿元", True),
    ],
)
def test_two_figures_overlap_where_a_number_lies_in_both(first: str, second: str, overlap: bool) -> None:
    assert printed(first).overlaps(printed(second)) is overlap
    assert printed(second).overlaps(printed(first)) is overlap


@every(
    ("part", "whole", "fits"),
    [
        ("1.2亿元", "1.2亿元", True),
        ("1.1亿元", "1.2亿元", True),
        ("1.3亿元", "1.2亿元", False),  # 1.25 is the end that 1.2 does not reach
        ("1.25亿元", "1.2亿元", True),
        ("1.26亿元", "1.2亿元", False),
        ("超过1500万元", "1.2亿元", True),
        ("超过1.3亿元", "1.2亿元", False),
        ("不到9亿元", "1.2亿元", True),
    ],
)
def test_a_part_fits_where_it_can_be_no_more_than_the_whole(part: str, whole: str, fits: bool) -> None:
    assert printed(part).may_be_at_most(printed(whole)) is fits


def test_a_sum_adds_the_ends_and_stays_open_if_one_part_is_open() -> None:
    point, figure = Exact(D(2), D(2)), Exact(D("0.95"), D("1.05"), open_above=True)
    assert point + point == Exact(D(4), D(4))
    assert point + figure == figure + point == Exact(D("2.95"), D("3.05"), open_above=True)
    assert total([figure] * 3) == Exact(D("2.85"), D("3.15"), open_above=True)
    assert total([]) == Exact(D(0), D(0))


def test_a_sum_of_tenths_has_no_error_of_floats() -> None:
    assert total(Exact(D(part), D(part)) for part in ("0.1", "0.2")) == Exact(D("0.3"), D("0.3"))


def test_a_sum_with_an_open_bound_is_open_on_that_side() -> None:
    assert printed("超过1亿元") + printed("2亿元") == Exact(D(250_000_000), INFINITY, open_above=True)
    assert (printed("不到1亿元") + printed("2亿元")).low == -INFINITY


def test_a_difference_has_the_widest_corners() -> None:
    assert Exact(D(5), D(7)) - Exact(D(1), D(2)) == Exact(D(3), D(6))
    assert Exact(D(5), D(7)) - Exact(D(1), INFINITY) == Exact(-INFINITY, D(6))


def test_a_quotient_has_the_widest_corners() -> None:
    assert Exact(D(1), D(2)).over(Exact(D(4), D(8))) == Exact(D("0.125"), D("0.5"))
    assert Exact(D(1), D(2)).over(Exact(D(4), INFINITY)) == Exact(D(0), D("0.5"))
    assert Exact(D(0), D(2)).over(Exact(D(1), D(4))) == Exact(D(0), D(2))  # nothing of something is no refusal


@pytest.mark.parametrize("low", [D(0), D(-1), -INFINITY])
def test_a_quotient_by_what_reaches_zero_is_refused(low: Decimal) -> None:
    with pytest.raises(ZeroDivisionError, match=r"^Exact\(.+\) reaches zero, or Exact\(.+\) is negative$"):
        Exact(D(1), D(2)).over(Exact(low, D(3)))


def test_a_quotient_of_what_may_be_negative_is_refused() -> None:
    with pytest.raises(ZeroDivisionError, match=r"is negative$"):
        Exact(D(-1), D(2)).over(Exact(D(1), D(3)))


def test_a_product_has_the_widest_corners() -> None:
    assert Exact(D(-1), D(2)).between(Exact(D(3), D(5))) == Exact(D(-5), D(10))
    assert Exact(D(1), D(2)).between(Exact(D(3), D(5))) == Exact(D(3), D(10))


def test_times_keeps_the_open_end() -> None:
    figure = Exact(D("16.325"), D("16.335"), open_above=True)
    assert figure.times(D("0.01")) == Exact(D("0.16325"), D("0.16335"), open_above=True)
    assert figure.times(100) == Exact(D("1632.5"), D("1633.5"), open_above=True)


def test_a_point_and_the_ends_of_a_reference_are_decimals() -> None:
    assert Exact.point(34) == Exact(D(34), D(34))
    assert Exact.of(Interval(0.885, 0.917)) == Exact(D("0.885"), D("0.917"))


cents = st.integers(1, 10**9).map(lambda n: D(n) / 100)


@st.composite
def intervals(draw: st.DrawFn) -> Exact:
    low, high = sorted((draw(cents), draw(cents)))
    return Exact(low, high, draw(st.booleans()) and low < high)


def inside(number: Decimal, where: Exact) -> bool:
    return where.low <= number and (number < where.high if where.open_above else number <= where.high)


@given(intervals(), intervals())
def test_overlap_is_mutual_and_means_a_number_in_both(first: Exact, second: Exact) -> None:
    assert first.overlaps(second) is second.overlaps(first)
    common = max(first.low, second.low)
    assert first.overlaps(second) is (inside(common, first) and inside(common, second))


@given(intervals(), intervals())
def test_of_two_intervals_one_may_be_at_most_the_other(first: Exact, second: Exact) -> None:
    assert first.may_be_at_most(second) or second.may_be_at_most(first)
    assert first.overlaps(second) is (first.may_be_at_most(second) and second.may_be_at_most(first))


@given(intervals(), intervals())
def test_sums_differences_and_quotients_hold_every_corner(first: Exact, second: Exact) -> None:
    summed, less, ratio = first + second, first - second, first.over(second)
    for a, b in product((first.low, first.high), (second.low, second.high)):
        assert summed.low <= a + b <= summed.high
        assert less.low <= a - b <= less.high
        assert ratio.low <= a / b <= ratio.high


@given(st.lists(intervals(), max_size=6))
def test_a_total_is_the_total_in_any_order(parts: list[Exact]) -> None:
    assert total(parts) == total(reversed(parts))


@given(st.integers(-(10**6), 10**6))
def test_neighbouring_figures_touch_and_do_not_overlap(step: int) -> None:
    figure = Exact(D(step) / 100 - D("0.005"), D(step) / 100 + D("0.005"), open_above=True)
    neighbour = figure + Exact(D("0.01"), D("0.01"))
    assert figure.high == neighbour.low
    assert not figure.overlaps(neighbour)
    assert figure.overlaps(figure)


@given(
    st.lists(
        st.tuples(st.integers(1, 99), st.integers(1, 9), st.integers(0, 80), st.integers(1, 20)), min_size=1, max_size=4
    )
)
def test_a_quotient_of_sums_has_the_corners_of_its_own_figures(parts: list[tuple[int, int, int, int]]) -> None:
    whole = [(D(1000 + end), D(1000 + end) / (1 + D(rate) / 100)) for end in (-5, 5) for rate in (5, 6)]
    terms = [whole] + [
        [(-D(level + a), -D(level + a) / (1 + D(rate + b) / 100)) for a in (0, half) for b in (0, more)]
        for level, half, rate, more in parts
    ]
    corners = [sum(a for a, _ in one) / sum(b for _, b in one) for one in product(*terms)]
    found = quotient(*terms)
    assert (found.low, found.high) == (min(corners), max(corners))


def test_a_quotient_whose_denominator_may_reach_zero_is_refused() -> None:
    assert quotient([(D(1), D("0.5"))]) == Exact(D(2), D(2))
    with pytest.raises(ZeroDivisionError, match=r"^the denominator reaches zero$"):
        quotient([(D(1), D(2)), (D(1), D(3))], [(D(1), D(-2))])
