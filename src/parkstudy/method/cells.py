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


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Result:
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
    def touching(self) -> bool:
        """True where the intervals of the two sides overlap, so that their ends alone decide nothing."""
        return self.left.low <= self.right.high and self.right.low <= self.left.high


@cache
def halton(dimension: int, points: int = POINTS) -> Array:
    """The first `points` numbers of the van der Corput sequence in a prime base, 0 left out (Halton 1960, Numer. Math. 2, 84-90)."""
    base = _PRIMES[dimension]
    index = np.arange(1, points + 1)
    result, scale = np.zeros(points), 1.0 / base
    while index.any():
        result += (index % base) * scale
        index, scale = index // base, scale / base
    return result


@np.errstate(all="ignore")
def decide_cell(cell: Cell) -> Result:
    """A cell decided: by the ends of the intervals where these leave no doubt, else by the points of the sequence.

    Raises `RefusalError` if a side divides by an interval that reaches zero, or if an open end leaves it undecided.
    """
    unknowns = _unknowns(cell)
    corners, drawn = 2 ** len(unknowns), dict(zip((u.name for u in unknowns), _values(unknowns).T, strict=True))
    found = np.empty((4, 2 * corners + 1))
    left, right, difference, ratio = found
    left[:], right[:] = cell.left(lambda unknown: drawn[unknown.name]), cell.right(lambda unknown: drawn[unknown.name])
    difference[:], ratio[:] = left - right, np.where(right > 0, left / right, np.nan)
    least, most = found[:, :corners].min(axis=1).tolist(), found[:, :corners].max(axis=1).tolist()
    shares = coarse = _shares(cell, {u.name: u.interval for u in unknowns}, least[2], most[2])
    if any(u.coarse is not u.interval for u in unknowns):
        doubted = difference[corners:-1]
        coarse = _shares(cell, {u.name: u.coarse for u in unknowns}, float(doubted.min()), float(doubted.max()))
    return Result(
        choices=cell.choices, margin=cell.margin, above=shares[0], below=shares[1], state=_state(*shares, cell.margin),
        coarse_state=_state(*coarse, cell.margin), ratio=float(ratio[-1]), lowest_ratio=least[3], highest_ratio=most[3],
        left=Interval(least[0], most[0]), right=Interval(least[1], most[1]),
        inputs=tuple(dict.fromkeys(i for unknown in unknowns for i in unknown.inputs)),
    )  # fmt: skip


def _unknowns(cell: Cell) -> list[Unknown]:
    """The unknowns of both sides in the order of their first use, which is that of the dimensions of the sequence."""
    found: dict[str, Unknown] = {}

    def draw(unknown: Unknown) -> Any:
        return np.float64(found.setdefault(unknown.name, unknown).interval.low)

    for side in (cell.left, cell.right):
        side(draw)
    return list(found.values())


def _values(unknowns: Sequence[Unknown]) -> Array:
    """A column an unknown; a row a corner of the intervals, then a corner of the coarse ones, at last the printed values.

    A side rises or falls evenly in each unknown, so that no other value lies outside those at the corners.
    """
    ends = [(u.interval.low, u.interval.high, u.coarse.low, u.coarse.high, _printed_value(u)) for u in unknowns]
    return np.array(ends)[np.arange(len(unknowns)), _places(len(unknowns))]


@cache
def _places(unknowns: int) -> NDArray[np.int_]:
    """Which of its five values each unknown has in each row."""
    corners = np.array([*product((0, 1), repeat=unknowns)])
    return np.vstack([corners, corners + 2, np.full(unknowns, 4)])


def _shares(cell: Cell, intervals: Mapping[str, Interval], least: float, most: float) -> tuple[float, float]:
    """P+ and P-: 0 and 1 where the least and the most difference decide, which no point could change; else counted among points."""
    if math.isnan(least) or (math.inf in (-least, most) and not _endless(intervals)):
        raise RefusalError("statement_reaches_zero")
    if least > cell.margin:
        return 1.0, 0.0
    if most < -cell.margin:
        return 0.0, 1.0
    if endless := _endless(intervals):
        raise RefusalError("statement_open_bound", name=endless)
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


def verdict_of(cells: Sequence[tuple[Mapping[str, str], str]]) -> tuple[str, tuple[str, ...]]:
    """The verdict of R4 and, where it depends, the choices that differ between an against cell and the nearest for cell."""
    fors, others = ([choices for choices, state in cells if state == which] for which in ("for", "against"))
    if len(cells) in (len(fors), len(others)):
        return "holds" if fors else "reversed", ()
    if not fors or not others:
        return "not_distinguishable", ()
    pairs = [(other, min(fors, key=lambda one: sum(other[k] != one[k] for k in other))) for other in others]
    return "depends", tuple(dict.fromkeys(k for other, nearest in pairs for k in other if other[k] != nearest[k]))
