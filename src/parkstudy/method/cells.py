"""Cells: one combination of data-concept choices, and the share of admissible values in which a statement is true.

In a cell every unknown lies somewhere in its interval. The cell asks which share of the admissible values puts the left
side above the right one by more than the margin (method, R3), at the points of a Halton sequence, so that every machine
gives the same digits. That share is no probability.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from parkstudy.method.fact import Fact
from parkstudy.method.measures import exactly
from parkstudy.record.interval import Interval
from parkstudy.record.rows import Row

Array = NDArray[np.float64]

POINTS = 20_000  # method, R8
HOLDS_FROM = 0.95  # method, R4
AT_THRESHOLD = 0.003  # method, R8: closer to a threshold than this counts as open
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


class RefusalError(Exception):
    """Why a cell or a statement cannot be decided: `fact` says it."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.fact = Fact(code, values)


@dataclass(frozen=True, eq=False)
class Unknown:
    """A quantity known to lie in an interval, drawn evenly; `coarse` is the interval with a whole unit for a coarse figure.

    `name` makes two unknowns one: an area or a figure used twice is drawn once (method, L4). A `neutral` unknown counts
    as one where the sides are compared at the printed values.
    """

    name: str
    interval: Interval
    coarse: Interval
    inputs: tuple[str, ...] = ()
    neutral: bool = False

    @classmethod
    def printed(cls, row: Row, *, exact: bool = False) -> Unknown:
        """The unknown behind an observation: its interval, and twice its width if it is a coarse figure (method, R6).

        With `exact` it is the printed number, no interval; a range stays one.
        """
        near = wide = exactly(row) if exact and row["value"] is not None else Interval.of(row)
        if not exact and "coarse_figure" in row["caveats"] and row["bound"] == "exact" and row["value"] is not None:
            half = near.high - near.low
            wide = Interval(row["value"] - half, row["value"] + half, row["value"])
        return cls(row["observation_id"], near, wide, (row["observation_id"],))

    @classmethod
    def known(cls, name: str, interval: Interval, inputs: tuple[str, ...] = (), *, neutral: bool = False) -> Unknown:
        """An unknown that is not a printed figure: a share of the year, a price change, a factor, an exact number."""
        return cls(name, interval, interval, inputs, neutral)

    def __call__(self, draw: Draw) -> Array:
        """The side that is this unknown itself."""
        return draw(self)


Draw = Callable[[Unknown], Array]
Side = Callable[[Draw], Array]


class Cell(NamedTuple):
    """One combination of choices, by code, with the two sides that it compares and the margin of the comparison."""

    choices: Mapping[str, str]
    left: Side
    right: Side
    margin: float = 0.0


class Result(NamedTuple):
    """A decided cell: `above` and `below` are the shares R3 calls P+ and P-; `state` is for, against or open.

    `left` and `right` are the intervals of the two sides, `ratio` left over right at the printed values, with the lowest and
    the highest that the intervals allow.
    """

    choices: Mapping[str, str]
    margin: float
    above: float
    below: float
    state: str
    coarse_state: str
    ratio: float
    lowest_ratio: float
    highest_ratio: float
    left: Interval
    right: Interval
    inputs: tuple[str, ...]

    @property
    def overlapping(self) -> bool:
        """True where the intervals of the two sides overlap, so that their ends alone decide nothing; two that meet in an end do not."""
        low, high = max(self.left.low, self.right.low), min(self.left.high, self.right.high)
        return low < high or (low == high and any(one.low == one.high for one in (self.left, self.right)))


@cache
def halton(dimension: int) -> Array:
    """The first numbers of the van der Corput sequence in a prime base, 0 left out (Halton 1960, Numer. Math. 2, 84-90)."""
    base = _PRIMES[dimension]
    index = np.arange(1, POINTS + 1)
    result, scale = np.zeros(POINTS), 1.0 / base
    while index.any():
        result += (index % base) * scale
        index, scale = index // base, scale / base
    return result


class Ends(NamedTuple):
    """What the sides of a cell are decided by: the least and the greatest value at the corners of the unknowns, also of the coarse ones.

    A side rises or falls evenly in each unknown, so that no value lies outside those at its corners. `printed` is the value at
    the printed figures; `widened` tells that an unknown is a coarse figure, `finite` that each of these values is a number.
    """

    low: float
    high: float
    coarse_low: float
    coarse_high: float
    printed: float
    unknowns: tuple[Unknown, ...]
    names: frozenset[str]
    interval: Interval
    finite: bool
    widened: bool


@lru_cache(maxsize=4096)  # a park meets one park after the other with the same sides
@np.errstate(all="ignore")
def ends(side: Side) -> Ends:
    """The ends of a side, its unknowns in the order of their first use."""
    unknowns = _unknowns(side)
    values, corners = side(_drawing(unknowns)), 2 ** len(unknowns)
    widened = any(u.coarse is not u.interval for u in unknowns)
    near, wide = values[:corners], values[corners:-1]
    low, high, coarse_low, coarse_high, printed = map(
        float, (near.min(), near.max(), wide.min(), wide.max(), values[-1])
    )
    finite = all(map(math.isfinite, (low, high, coarse_low, coarse_high, printed)))
    names, interval = frozenset([u.name for u in unknowns]), Interval(low, high)
    return Ends(low, high, coarse_low, coarse_high, printed, unknowns, names, interval, finite, widened)


def decide_cell(cell: Cell) -> Result:
    """A cell decided: by the ends of the intervals where these leave no doubt, else by the points of the sequence.

    Raises `RefusalError` if a side divides by an interval that reaches zero, or if an open end leaves it undecided.
    """
    left, right = ends(cell.left), ends(cell.right)
    apart = _ends_apart(left, right) or _ends_together(cell, left, right)
    shares = coarse = _shares(cell, left, right, apart.least, apart.most)
    if left.widened or right.widened:
        coarse = _shares(cell, left, right, apart.coarse_least, apart.coarse_most, coarse=True)
    inputs = [i for side in (left, right) for unknown in side.unknowns for i in unknown.inputs]
    return Result(
        cell.choices, cell.margin, *shares, _state(*shares, cell.margin), _state(*coarse, cell.margin), apart.ratio,
        apart.lowest_ratio, apart.highest_ratio, left.interval, right.interval,
        tuple(dict.fromkeys(inputs)),
    )  # fmt: skip


class _Apart(NamedTuple):
    """How far apart two sides lie: their difference and their ratio, at least and at most."""

    least: float
    most: float
    coarse_least: float
    coarse_most: float
    ratio: float
    lowest_ratio: float
    highest_ratio: float


def _ends_apart(left: Ends, right: Ends) -> _Apart | None:
    """Of two sides without a common unknown, whose ends are free of each other; None where they are not, or where an end is open."""
    if not (left.finite and right.finite and left.names.isdisjoint(right.names)):
        return None
    lowest = highest = ratio = math.nan
    if right.low > 0 or (right.low == 0 < left.low and right.high):
        lowest = left.low / (right.high if left.low >= 0 else right.low)
        highest = left.high / (right.low if left.high >= 0 else right.high) if right.low else math.inf
    if right.printed > 0:
        ratio = left.printed / right.printed
    return _Apart(
        left.low - right.high, left.high - right.low, left.coarse_low - right.coarse_high,
        left.coarse_high - right.coarse_low, ratio, lowest, highest,
    )  # fmt: skip


@np.errstate(all="ignore")
def _ends_together(cell: Cell, left: Ends, right: Ends) -> _Apart:
    """How far apart any two sides are: at the corners of all their unknowns."""
    unknowns = _joined(left, right)
    draw, corners = _drawing(unknowns), 2 ** len(unknowns)
    first, second = (np.broadcast_to(side(draw), 2 * corners + 1) for side in (cell.left, cell.right))
    positive = (second > 0) | ((second == 0) & (first > 0))
    difference, ratio = first - second, np.where(positive, first / second, np.nan)
    near, wide = difference[:corners], difference[corners:-1]
    found = (near.min(), near.max(), wide.min(), wide.max(), ratio[-1], ratio[:corners].min(), ratio[:corners].max())
    return _Apart(*map(float, found))


def _joined(left: Ends, right: Ends) -> tuple[Unknown, ...]:
    """The unknowns of both sides in the order of their first use, which is that of the dimensions of the sequence."""
    known = {unknown.name: unknown for unknown in (*right.unknowns, *left.unknowns)}  # of a name the first that is used
    return tuple(known[name] for name in dict.fromkeys(u.name for u in (*left.unknowns, *right.unknowns)))


def _unknowns(side: Side) -> tuple[Unknown, ...]:
    """The unknowns of a side in the order of their first use."""
    found: dict[str, Unknown] = {}

    def draw(unknown: Unknown) -> Any:
        return np.float64(found.setdefault(unknown.name, unknown).interval.low)

    side(draw)
    return tuple(found.values())


def _drawing(unknowns: Sequence[Unknown]) -> Draw:
    """What draws each unknown at the corners of the intervals, then at those of the coarse ones, at last at the printed value."""
    ends = [(u.interval.low, u.interval.high, u.coarse.low, u.coarse.high, _printed_value(u)) for u in unknowns]
    values = np.array(ends)[np.arange(len(unknowns)), _places(len(unknowns))]
    drawn = dict(zip((u.name for u in unknowns), values.T, strict=True))
    return lambda unknown: drawn[unknown.name]


@cache
def _places(unknowns: int) -> NDArray[np.int_]:
    """Which of its five values each unknown has in each row."""
    corners = np.array([*product((0, 1), repeat=unknowns)])
    return np.vstack([corners, corners + 2, np.full(unknowns, 4)])


def _shares(
    cell: Cell, left: Ends, right: Ends, least: float, most: float, *, coarse: bool = False
) -> tuple[float, float]:
    """P+ and P-: 0 and 1 where the least and the most difference decide, which no point could change; else counted among points."""
    if least > cell.margin and most < math.inf:
        return 1.0, 0.0
    if most < -cell.margin and least > -math.inf:
        return 0.0, 1.0
    unknowns = _joined(left, right)
    intervals = {u.name: u.coarse if coarse else u.interval for u in unknowns}
    endless = _endless(intervals)
    if not endless and (math.isnan(least) or math.inf in (-least, most)):
        raise RefusalError("statement_reaches_zero")
    if least > cell.margin:
        return 1.0, 0.0
    if most < -cell.margin:
        return 0.0, 1.0
    if endless:
        raise RefusalError("statement_open_bound", name=endless)
    if left.finite and right.finite and left.names.isdisjoint(right.names):
        return _counted_apart(cell, len(left.unknowns), coarse=coarse)
    return _counted(cell, intervals)


def _counted_apart(cell: Cell, place: int, *, coarse: bool) -> tuple[float, float]:
    """The shares of `_counted` for two sides without a common unknown and with ends: each is drawn once for all that it meets."""
    first, second, margin = _drawn(cell.left, 0, coarse), _drawn(cell.right, place, coarse), cell.margin
    more, less = (first > second, first < second) if not margin else (first - second > margin, first - second < -margin)
    return int(np.count_nonzero(more)) / POINTS, int(np.count_nonzero(less)) / POINTS


@lru_cache(maxsize=32)
def _drawn(side: Side, place: int, coarse: bool) -> Array:
    """The values of a side at the points, its first unknown in this dimension of the sequence."""
    drawn = {}
    for dimension, unknown in enumerate(ends(side).unknowns, place):
        interval = unknown.coarse if coarse else unknown.interval
        drawn[unknown.name] = _points(dimension, interval.low, interval.high)
    return side(lambda unknown: drawn[unknown.name])


@np.errstate(all="ignore")
def _counted(cell: Cell, intervals: Mapping[str, Interval]) -> tuple[float, float]:
    """The share of the points at which the left side is above the right one by more than the margin, and that where it is below."""
    points = {name: _points(place, i.low, i.high) for place, (name, i) in enumerate(intervals.items())}
    difference = cell.left(lambda unknown: points[unknown.name]) - cell.right(lambda unknown: points[unknown.name])
    if not np.isfinite(difference).all():
        raise RefusalError("statement_reaches_zero")
    above, below = (int(np.count_nonzero(which)) for which in (difference > cell.margin, difference < -cell.margin))
    return above / POINTS, below / POINTS


@lru_cache(maxsize=64)  # a park meets one park after the other with the same figures
def _points(place: int, low: float, high: float) -> Array:
    return low + (high - low) * halton(place)


def _endless(intervals: Mapping[str, Interval]) -> str | None:
    """The first unknown with an open end."""
    return next((name for name, i in intervals.items() if not (math.isfinite(i.low) and math.isfinite(i.high))), None)


def _state(above: float, below: float, margin: float) -> str:
    against = below if margin else 1 - above
    if min(abs(above - HOLDS_FROM), abs(against - HOLDS_FROM)) < AT_THRESHOLD:
        return "open"
    return "for" if above >= HOLDS_FROM else "against" if against >= HOLDS_FROM else "open"


def _printed_value(unknown: Unknown) -> float:
    """The printed value; the middle of an interval that has none; one for a share of the year (method, R7)."""
    interval = unknown.interval
    middle = (interval.low + interval.high) / 2 if interval.value is None else interval.value
    return 1.0 if unknown.neutral else middle


@np.errstate(all="ignore")
def tipping(results: Sequence[Result], *, turned: bool = False) -> tuple[float, float] | None:
    """The least ratio of cells at the printed values and at their corners (method, R7), of the right side over the left if `turned`.

    None without a cell, and where one of the two is not known, endless or not above zero.
    """
    ratios = np.array([(r.ratio, r.highest_ratio if turned else r.lowest_ratio) for r in results] or [(0.0, 0.0)])
    printed, corner = map(float, (1 / ratios if turned else ratios).min(axis=0))
    return (printed, corner) if 0 < printed < math.inf and 0 < corner < math.inf else None


def verdict_of(cells: Sequence[tuple[Mapping[str, str], str]]) -> tuple[str, tuple[str, ...]]:
    """The verdict of R4 and, where it depends, the choices that differ between an against cell and the nearest for cell."""
    fors, others = ([choices for choices, state in cells if state == which] for which in ("for", "against"))
    if len(cells) in (len(fors), len(others)):
        return "holds" if fors else "reversed", ()
    if not fors or not others:
        return "not_distinguishable", ()
    pairs = [(other, min(fors, key=lambda one: sum(other[k] != one[k] for k in other))) for other in others]
    return "depends", tuple(dict.fromkeys(k for other, nearest in pairs for k in other if other[k] != nearest[k]))
