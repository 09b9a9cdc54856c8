"""Cells: the sequence of points, the states of the decision rule, corners, and coarse figures."""

from __future__ import annotations

import math
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from cases import every

from parkstudy.method.cells import (
    POINTS,
    Cell,
    RefusalError,
    Side,
    Unknown,
    decide_cell,
    ends,
    halton,
    tipping,
    verdict_of,
)
from parkstudy.method.study import Study
from parkstudy.record.interval import Interval


def between(low: float, high: float, name: str = "u") -> Unknown:
    return Unknown.known(name, Interval(low, high), (name,))


def exactly(value: float, name: str) -> Unknown:
    return Unknown.known(name, Interval(value, value, value), (name,))


def of(unknown: Unknown) -> Side:
    return lambda draw: draw(unknown)


def state(left: Unknown, right: Unknown, margin: float = 0.0) -> str:
    return decide_cell(Cell({}, of(left), of(right), margin)).state


@pytest.mark.parametrize(
    ("dimension", "expected"),
    [
        (0, [1 / 2, 1 / 4, 3 / 4, 1 / 8, 5 / 8, 3 / 8, 7 / 8, 1 / 16]),
        (1, [1 / 3, 2 / 3, 1 / 9, 4 / 9, 7 / 9, 2 / 9, 5 / 9, 8 / 9, 1 / 27]),
        (2, [1 / 5, 2 / 5, 3 / 5, 4 / 5, 1 / 25]),
    ],
)
def test_the_sequence_has_the_digits_of_the_index_mirrored(dimension: int, expected: list[float]) -> None:
    assert halton(dimension)[: len(expected)].tolist() == pytest.approx(expected, abs=1e-15)


def test_the_sequence_is_the_same_at_every_call() -> None:
    first = halton(3).tolist()
    halton.cache_clear()
    assert halton(3).tolist() == first


@every("dimension", range(12))
def test_the_points_of_a_dimension_are_even(dimension: int) -> None:
    points = halton(dimension)
    assert points.shape == (POINTS,) == (20_000,)
    assert len(np.unique(points)) == POINTS
    assert 0 < points.min() < points.max() < 1
    counts, _ = np.histogram(points, bins=20, range=(0, 1))
    assert abs(counts - POINTS / 20).max() <= 20  # two hundredths of a bin


def test_two_dimensions_are_even_together() -> None:
    for first, second in combinations(range(8), 2):
        counts, _, _ = np.histogram2d(halton(first), halton(second), bins=5, range=((0, 1), (0, 1)))
        assert abs(counts - POINTS / 25).max() <= 40, (first, second)  # a twentieth of a bin


@every(
    ("above", "expected"),
    [
        (1.0, "for"),
        (0.96, "for"),
        (0.952, "open"),  # at the threshold
        (0.95, "open"),
        (0.948, "open"),
        (0.94, "open"),
        (0.5, "open"),
        (0.06, "open"),
        (0.052, "open"),  # at the threshold
        (0.05, "open"),
        (0.048, "open"),
        (0.04, "against"),
        (0.0, "against"),
    ],
)
def test_without_a_margin_a_share_of_95_is_for_and_of_5_is_against(above: float, expected: str) -> None:
    cell = decide_cell(Cell({}, of(between(0, 1)), of(exactly(1 - above, "threshold"))))
    assert cell.above == pytest.approx(above, abs=2e-4)
    assert cell.above + cell.below == pytest.approx(1, abs=1e-4)
    assert cell.state == expected


@every(
    ("right", "expected"),
    [
        (-0.2, "for"),
        (-0.06, "for"),  # 0.96 above -0.06 + 0.1
        (-0.05, "open"),  # at the threshold
        (0.0, "open"),
        (0.5, "open"),
        (1.0, "open"),  # 0.9 below 1.0 - 0.1: without a margin this is against
        (1.05, "open"),  # at the threshold
        (1.06, "against"),
        (1.2, "against"),
    ],
)
def test_with_a_margin_either_side_needs_95_beyond_it(right: float, expected: str) -> None:
    assert state(between(0, 1), exactly(right, "right"), 0.1) == expected


def test_a_difference_within_the_margin_is_open_and_without_a_margin_decided() -> None:
    near, far = exactly(16.3, "near"), exactly(21.2, "far")
    assert state(far, near, 5.0) == state(near, far, 5.0) == "open"
    assert (state(far, near), state(near, far)) == ("for", "against")
    assert (state(far, near, 4.0), state(near, far, 4.0)) == ("for", "against")


def test_a_difference_of_the_margin_itself_does_not_exceed_it() -> None:
    assert state(exactly(15, "left"), exactly(10, "right"), 5.0) == "open"
    assert state(exactly(10, "left"), exactly(15, "right"), 5.0) == "open"


def test_intervals_of_no_width_are_decided_by_their_values() -> None:
    result = decide_cell(Cell({}, of(exactly(3, "left")), of(exactly(2, "right"))))
    assert (result.above, result.below, result.state) == (1.0, 0.0, "for")
    assert result.ratio == result.lowest_ratio == 1.5


def test_identical_values_do_not_exceed_each_other() -> None:
    result = decide_cell(Cell({}, of(exactly(3, "left")), of(exactly(3, "right"))))
    assert (result.above, result.below, result.state) == (0.0, 0.0, "against")  # R4: P+ is at most 0.05
    assert state(exactly(3, "left"), exactly(3, "right"), 1.0) == "open"


def test_identical_intervals_of_two_unknowns_are_open() -> None:
    result = decide_cell(Cell({}, of(between(1, 2, "left")), of(between(1, 2, "right"))))
    assert result.above == pytest.approx(0.5, abs=0.005)
    assert result.state == "open"
    assert (result.ratio, result.lowest_ratio) == (1.0, 0.5)


def test_an_unknown_on_both_sides_is_drawn_once() -> None:
    area, more, less = between(1, 9, "area"), exactly(2.01, "more"), exactly(2.0, "less")
    cell = Cell({}, lambda draw: draw(more) / draw(area), lambda draw: draw(less) / draw(area))
    result = decide_cell(cell)
    assert (result.above, result.state) == (1.0, "for")
    assert result.lowest_ratio == pytest.approx(1.005)
    assert result.inputs == ("more", "area", "less")


def test_the_name_makes_two_unknowns_one() -> None:
    twice = Cell({}, lambda draw: draw(between(0, 1)) - draw(between(0, 1)), of(exactly(0, "zero")))
    assert decide_cell(twice).above == 0.0
    parts = Cell({}, lambda draw: draw(between(0, 1, "a")) - draw(between(0, 1, "b")), of(exactly(0, "zero")))
    assert decide_cell(parts).above == pytest.approx(0.5, abs=0.005)


def test_the_share_above_is_the_area_of_the_admissible_values() -> None:
    product_of_two = Cell({}, lambda draw: draw(between(0, 1, "a")) * draw(between(0, 1, "b")), of(exactly(0.5, "h")))
    assert decide_cell(product_of_two).above == pytest.approx(0.5 - 0.5 * math.log(2), abs=0.001)


def test_the_lowest_ratio_is_that_of_the_corners_tried_one_by_one() -> None:
    ends = {"tax": (1.15, 1.25), "output": (54.5, 55.5), "peer tax": (0.25, 0.35), "peer output": (50.55, 50.65)}
    ends |= {"share": (0.885, 0.917), "rebate": (-0.1, 0.2)}
    unknowns = {name: between(*pair, name) for name, pair in ends.items()}

    def left(get: Any) -> Any:
        return (get("tax") - get("rebate")) / get("output")

    def right(get: Any) -> Any:
        return get("peer tax") * get("share") / (get("peer output") + get("rebate"))

    found = decide_cell(
        Cell({}, lambda draw: left(lambda n: draw(unknowns[n])), lambda draw: right(lambda n: draw(unknowns[n])))
    )
    corners = [dict(zip(ends, corner, strict=True)) for corner in product(*ends.values())]
    assert len(corners) == 64
    assert found.lowest_ratio == pytest.approx(min(left(c.get) / right(c.get) for c in corners), rel=1e-12)
    middle = {name: sum(pair) / 2 for name, pair in ends.items()}
    assert found.ratio == pytest.approx(left(middle.get) / right(middle.get), rel=1e-12)


def test_the_ratio_is_taken_at_the_printed_value_where_there_is_one() -> None:
    printed = Unknown.known("printed", Interval(1.0, 3.0, 1.5))
    assert decide_cell(Cell({}, of(printed), of(exactly(1, "one")))).ratio == 1.5


def test_a_ratio_over_what_is_not_positive_is_no_number() -> None:
    result = decide_cell(Cell({}, of(exactly(24, "left")), of(exactly(-5.2, "right"))))
    assert result.state == "for"
    assert math.isnan(result.ratio)
    assert math.isnan(result.lowest_ratio)


def test_a_side_that_may_be_zero_has_the_mirrored_ratios() -> None:
    output, endless = between(1, 2, "output"), Unknown.known("endless", Interval(4.0, math.inf, 4.0))
    small, large = (lambda draw: draw(exactly(1, "tax")) / draw(endless)), (lambda draw: 1 / draw(output))
    above, below = decide_cell(Cell({}, large, small)), decide_cell(Cell({}, small, large))
    assert (above.lowest_ratio, above.highest_ratio, below.lowest_ratio, below.highest_ratio) == (
        2.0,
        math.inf,
        0.0,
        0.5,
    )
    assert tipping([above]) == tipping([below], turned=True) == pytest.approx((4 / 1.5, 2.0))
    apart = decide_cell(Cell({}, of(between(2, 3, "more")), of(between(0, 1, "less"))))
    assert (apart.lowest_ratio, apart.highest_ratio) == (2.0, math.inf)


def test_a_factor_that_is_unknown_or_endless_is_not_told() -> None:
    result = decide_cell(Cell({}, of(exactly(24, "left")), of(exactly(8, "right"))))
    assert tipping([result]) == (3.0, 3.0)
    assert tipping([result._replace(lowest_ratio=0.5)]) == (3.0, 0.5)
    assert tipping([result._replace(ratio=0.25), result]) == (0.25, 3.0)
    assert tipping([result._replace(highest_ratio=4.0)], turned=True) == (1 / 3, 0.25)
    for factor in (math.nan, math.inf, 0.0):
        for name in ("ratio", "lowest_ratio"):
            other = result._replace(**{name: factor})
            assert tipping([other]) is None
            if factor != math.inf:
                assert tipping([result, other]) is tipping([other, result]) is None
    assert tipping([]) is None


def test_two_open_ends_against_each_other_are_refused_as_open() -> None:
    endless = [Unknown.known(name, Interval(4.0, math.inf, 4.0)) for name in ("left", "right")]
    with pytest.raises(RefusalError) as refused:
        decide_cell(Cell({}, *map(of, endless)))
    assert (refused.value.fact.code, refused.value.fact.values) == ("statement_open_bound", {"name": "left"})


def test_a_coarse_figure_is_decided_a_second_time_with_a_whole_unit() -> None:
    heaped = Unknown("heaped", Interval(11.5, 12.5, 12.0), Interval(11.0, 13.0, 12.0), ("heaped",))
    result = decide_cell(Cell({}, of(heaped), of(exactly(11.5, "right"))))
    assert (result.state, result.coarse_state) == ("for", "open")  # a quarter of 11 to 13 lies below 11.5
    assert result.above > 0.999
    assert result.lowest_ratio == 1.0  # corners are those of half units


def test_without_coarse_figures_both_states_are_one() -> None:
    for right in (0.01, 0.5, 0.99):
        result = decide_cell(Cell({}, of(between(0, 1)), of(exactly(right, "right"))))
        assert result.state == result.coarse_state


@every(
    ("observation", "near", "coarse"),
    [
        ("hengnan-2019-004", (54.5e8, 55.5e8), (54e8, 56e8)),
        ("hengnan-2019-006", (1.15e8, 1.25e8), (1.1e8, 1.3e8)),
        ("shuangpai-2017-021", (8.55, 8.65), (8.5, 8.7)),
        ("shuangpai-2017-016", (50.55e8, 50.65e8), (50.55e8, 50.65e8)),  # three digits
        ("hengnan-2019-007", (0.15e8, math.inf), (0.15e8, math.inf)),  # a bound has no rounding to widen
        ("anon-2023-2023-001", (34, 34), (34, 34)),  # counts are exact
    ],
)
def test_a_printed_figure_has_its_interval_and_a_coarse_one_twice_its_width(
    study: Study, observation: str, near: tuple[float, float], coarse: tuple[float, float]
) -> None:
    unknown = Unknown.printed(study.observations.filter(observation_id=observation).to_dicts()[0])
    assert unknown.name == observation
    assert unknown.inputs == (observation,)
    assert (unknown.interval.low, unknown.interval.high) == pytest.approx(near)
    assert (unknown.coarse.low, unknown.coarse.high) == pytest.approx(coarse)


def test_a_cell_gives_the_same_digits_at_every_call() -> None:
    cell = Cell({"a": "b"}, lambda draw: draw(between(1, 2, "x")) * draw(between(3, 4, "y")), of(between(4, 6, "z")))
    first = decide_cell(cell)
    halton.cache_clear()
    assert decide_cell(cell) == first
    assert first.choices == {"a": "b"}


def test_each_dimension_has_a_prime_of_its_own() -> None:
    assert [round(1 / halton(place)[0]) for place in range(12)] == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]


def row(**cells: Any) -> dict[str, Any]:
    figure = {"low": 11.5, "high": 12.5, "value": 12.0, "bound": "exact", "transformation": "level"}
    return {"observation_id": "a-001", "caveats": ["coarse_figure"], **figure, **cells}


@every(
    ("cells", "exact", "near", "coarse"),
    [
        ({}, False, Interval(11.5, 12.5, 12.0), Interval(11.0, 13.0, 12.0)),
        ({}, True, Interval(12.0, 12.0, 12.0), Interval(12.0, 12.0, 12.0)),  # an exact number is not widened
        ({"bound": "about"}, False, Interval(11.5, 12.5, 12.0), Interval(11.5, 12.5, 12.0)),
        ({"bound": "range", "value": None}, False, Interval(11.5, 12.5), Interval(11.5, 12.5)),
        ({"bound": "range", "value": None}, True, Interval(11.5, 12.5), Interval(11.5, 12.5)),  # a range stays one
        ({"caveats": []}, False, Interval(11.5, 12.5, 12.0), Interval(11.5, 12.5, 12.0)),
    ],
)
def test_what_is_unknown_of_a_printed_figure(
    cells: dict[str, Any], exact: bool, near: Interval, coarse: Interval
) -> None:
    unknown = Unknown.printed(row(**cells), exact=exact)
    assert (unknown.name, unknown.inputs, unknown.neutral) == ("a-001", ("a-001",), False)
    assert (unknown.interval, unknown.coarse) == (near, coarse)


def test_a_neutral_unknown_counts_as_one_at_the_printed_values() -> None:
    share = Unknown.known("share", Interval(0.8, 0.9), neutral=True)
    result = decide_cell(Cell({}, lambda draw: 3 / draw(share), of(exactly(2, "right"))))
    assert (result.ratio, result.lowest_ratio, result.highest_ratio) == (1.5, 1.5 / 0.9, 1.5 / 0.8)
    assert share.inputs == ()


def test_the_ends_of_a_side_are_those_at_its_corners() -> None:
    coarse = Unknown("coarse", Interval(2, 3, 2.5), Interval(1.5, 3.5, 2.5), ("i",))
    factor = between(2, 4, "factor")
    found = ends(lambda draw: draw(coarse) * draw(factor))
    assert (found.low, found.high, found.coarse_low, found.coarse_high, found.printed) == (4, 12, 3, 14, 7.5)
    assert (found.unknowns, found.names) == ((coarse, factor), {"coarse", "factor"})
    assert (found.interval, found.finite, found.widened) == (Interval(4, 12), True, True)
    endless = ends(of(Unknown.known("endless", Interval(4.0, math.inf, 4.0))))
    assert (endless.finite, endless.widened) == (False, False)


@every(
    ("left", "right", "expected"),
    [
        ((2, 3), (0, 1), (1.0, 0.0)),
        ((0, 1), (2, 3), (0.0, 1.0)),
        ((4, math.inf), (1, 2), (1.0, 0.0)),  # an open end that changes nothing
        ((1, 2), (4, math.inf), (0.0, 1.0)),
        ((1, 1), (1, 1), (0.0, 0.0)),
    ],
)
def test_where_the_ends_decide_the_shares_are_nothing_and_all(
    left: tuple[float, float], right: tuple[float, float], expected: tuple[float, float]
) -> None:
    result = decide_cell(Cell({}, of(between(*left, "l")), of(between(*right, "r"))))
    assert (result.above, result.below) == expected


@every(
    ("left", "right", "overlapping"),
    [
        ((0, 1), (0.9, 2), True),
        ((0.9, 2), (0, 1), True),
        ((0, 1), (1, 2), False),
        ((1, 2), (0, 1), False),
        ((1, 1), (1, 2), True),
        ((0, 1), (1.5, 2), False),
    ],
)
def test_sides_overlap_where_their_intervals_share_more_than_an_end(
    left: tuple[float, float], right: tuple[float, float], overlapping: bool
) -> None:
    assert decide_cell(Cell({}, of(between(*left, "l")), of(between(*right, "r")))).overlapping is overlapping


SIDES = [(-2, -1), (-2, 0), (-1, 2), (0, 0), (0, 2), (0.5, 1), (3, 5)]


@every(("left", "right", "margin"), [(a, b, m) for a, b in product(SIDES, repeat=2) if b != (0, 0) for m in (0.0, 0.5)])
def test_two_sides_with_nothing_in_common_are_decided_as_any_two_sides(
    left: tuple[float, float], right: tuple[float, float], margin: float
) -> None:
    """A factor of one on both sides changes nothing but the way they are decided: apart, or together."""
    first, second, one = between(*left, "l"), between(*right, "r"), exactly(1.0, "one")
    apart = decide_cell(Cell({}, of(first), of(second), margin))
    shared = Cell({}, lambda draw: draw(first) * draw(one), lambda draw: draw(second) * draw(one), margin)
    together = decide_cell(shared)
    assert (together.above, together.below) == pytest.approx((apart.above, apart.below), abs=0.005)
    assert (together.left, together.right, together.margin) == (apart.left, apart.right, margin)
    ratios = [(one.ratio, one.lowest_ratio, one.highest_ratio) for one in (apart, together)]
    assert ratios[0] == pytest.approx(ratios[1], nan_ok=True)


@every(
    ("left", "right", "ratios"),
    [
        ((-2, -1), (1, 4), (-1.5 / 2.5, -2.0, -0.25)),
        ((-2, 0), (1, 4), (-1 / 2.5, -2.0, 0.0)),
        ((0, 2), (1, 4), (1 / 2.5, 0.0, 2.0)),
        ((2, 3), (0, 1), (5.0, 2.0, math.inf)),
        ((0, 3), (0, 1), (3.0, math.nan, math.nan)),
        ((2, 3), (-1, 1), (math.nan, math.nan, math.nan)),
    ],
)
def test_the_ratio_lies_between_those_of_the_ends(
    left: tuple[float, float], right: tuple[float, float], ratios: tuple[float, float, float]
) -> None:
    found = decide_cell(Cell({}, of(between(*left, "l")), of(between(*right, "r"))))
    assert (found.ratio, found.lowest_ratio, found.highest_ratio) == pytest.approx(ratios, nan_ok=True)


def test_of_an_unknown_on_both_sides_the_points_are_counted() -> None:
    area, more, less = between(1, 9, "area"), between(0, 1, "more"), exactly(0.25, "less")
    cell = Cell({}, lambda draw: draw(more) * draw(area), lambda draw: draw(less) * draw(area))
    result = decide_cell(cell)
    assert (result.above, result.below) == pytest.approx((0.75, 0.25), abs=0.001)
    assert result.lowest_ratio == 0.0
    margin = decide_cell(Cell({}, lambda d: d(area) + d(more), lambda d: d(area) + d(less), 0.5))
    assert (margin.above, margin.below) == pytest.approx((0.25, 0.0), abs=0.001)
    heaped = Unknown("heaped", Interval(11.5, 12.5, 12.0), Interval(11.0, 13.0, 12.0))
    coarse = decide_cell(Cell({}, lambda d: d(heaped) + d(area), lambda d: 11.4 + d(area)))
    assert (coarse.state, coarse.coarse_state) == ("for", "open")


def test_what_is_divided_by_zero_at_a_point_is_refused() -> None:
    around = between(-1, 1, "around")
    with pytest.raises(RefusalError, match=r"^statement_reaches_zero$"):
        decide_cell(Cell({}, lambda draw: 1 / draw(around), lambda draw: draw(around) * 0))


@every("other", [2.0, 0.5])  # within its ends, and beyond them
@every("ends_", [(0.0, 1.0), (0.0, 0.0)])
def test_a_side_that_divides_by_what_reaches_zero_is_refused(ends_: tuple[float, float], other: float) -> None:
    bottom, known = between(*ends_, "bottom"), of(exactly(other, "known"))
    for sides in ((lambda draw: 1 / draw(bottom), known), (known, lambda draw: 1 / draw(bottom))):
        with pytest.raises(RefusalError, match=r"^statement_reaches_zero$"):
            decide_cell(Cell({}, *sides))


def test_an_end_open_below_is_refused_where_it_matters() -> None:
    falling = Unknown.known("falling", Interval(-math.inf, 4.0, 4.0))
    with pytest.raises(RefusalError) as refused:
        decide_cell(Cell({}, of(falling), of(exactly(3, "right"))))
    assert (refused.value.fact.code, refused.value.fact.values) == ("statement_open_bound", {"name": "falling"})


FOR, AGAINST, OPEN = "for", "against", "open"


@every(
    ("cells", "verdict"),
    [
        ([("11", FOR)], ("holds", ())),
        ([("11", FOR), ("12", FOR)], ("holds", ())),
        ([("11", AGAINST)], ("reversed", ())),
        ([("11", AGAINST), ("12", AGAINST)], ("reversed", ())),
        ([("11", OPEN)], ("not_distinguishable", ())),
        ([("11", FOR), ("12", OPEN)], ("not_distinguishable", ())),
        ([("11", AGAINST), ("12", OPEN)], ("not_distinguishable", ())),
        ([("11", FOR), ("12", AGAINST)], ("depends", ("b",))),
        ([("11", FOR), ("12", AGAINST), ("21", OPEN)], ("depends", ("b",))),
        ([("11", FOR), ("22", AGAINST)], ("depends", ("a", "b"))),
        ([("11", FOR), ("12", FOR), ("22", AGAINST)], ("depends", ("a",))),  # by the nearest cell that is for
        ([("12", FOR), ("11", FOR), ("22", AGAINST)], ("depends", ("a",))),
        ([("11", FOR), ("21", AGAINST), ("12", AGAINST), ("22", AGAINST)], ("depends", ("a", "b"))),
    ],
)
def test_a_verdict_is_that_of_all_cells_or_of_what_they_depend_on(
    cells: list[tuple[str, str]], verdict: tuple[str, tuple[str, ...]]
) -> None:
    assert verdict_of([(dict(zip("ab", choices, strict=True)), state) for choices, state in cells]) == verdict
