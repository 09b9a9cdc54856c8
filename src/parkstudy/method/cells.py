"""Cells: one combination of data-concept choices, and the share of admissible values in which a statement is true.

In a cell every unknown lies somewhere in its interval. The cell asks which share of the admissible values puts the left
side above the right one by more than the margin (method, R3), at the points of a Halton sequence, so that every machine
gives the same digits. That share is no probability.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from parkstudy.method.fact import Fact
from parkstudy.method.measures import Row, exactly
from parkstudy.record.interval import Interval

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
    """A decided cell: `above` and `below` are the shares R3 calls P+ and P-; `state` is for, against or open."""

    choices: Mapping[str, str]
    margin: float
    above: float
    below: float
    state: str
    coarse_state: str
    ratio: float
    lowest_ratio: float
    inputs: tuple[str, ...]


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


def decide_cell(cell: Cell) -> Result:
    """A cell decided; `RefusalError` if an unknown has an open end or a side divides by an interval that reaches zero."""
    above, below, unknowns = _shares(cell, coarse=False)
    coarse_above, coarse_below, _ = _shares(cell, coarse=True)
    ends = np.array([*product(*((unknown.interval.low, unknown.interval.high) for unknown in unknowns.values()))])
    difference, ratios = _compared(cell, lambda unknown: ends[:, list(unknowns).index(unknown.name)])
    if not np.isfinite(difference).all():
        raise RefusalError("statement_reaches_zero")
    states = _state(above, below, cell.margin), _state(coarse_above, coarse_below, cell.margin)
    ratio, lowest = float(_compared(cell, _at_printed)[1]), min(ratios.ravel().tolist())
    inputs = tuple(dict.fromkeys(i for unknown in unknowns.values() for i in unknown.inputs))
    return Result(cell.choices, cell.margin, above, below, *states, ratio, lowest, inputs)


def _compared(cell: Cell, draw: Draw) -> tuple[Array, Array]:
    """Left less right; left over right, not a number where the right side is not positive."""
    with np.errstate(all="ignore"):
        left, right = cell.left(draw), cell.right(draw)
        return left - right, np.where(right > 0, left / right, np.nan)


def _shares(cell: Cell, *, coarse: bool) -> tuple[float, float, dict[str, Unknown]]:
    """P+, P- and the unknowns by name, each with the dimension of the sequence of its first use."""
    unknowns: dict[str, Unknown] = {}

    def draw(unknown: Unknown) -> Array:
        interval = unknown.coarse if coarse else unknown.interval
        if not (math.isfinite(interval.low) and math.isfinite(interval.high)):
            raise RefusalError("statement_open_bound", name=unknown.name)
        unknowns.setdefault(unknown.name, unknown)
        return interval.low + (interval.high - interval.low) * halton(list(unknowns).index(unknown.name))

    difference, _ = _compared(cell, draw)
    if not np.isfinite(difference).all():
        raise RefusalError("statement_reaches_zero")
    return float(np.mean(difference > cell.margin)), float(np.mean(difference < -cell.margin)), unknowns


def _state(above: float, below: float, margin: float) -> str:
    against = below if margin else 1 - above
    if min(abs(above - HOLDS_FROM), abs(against - HOLDS_FROM)) < AT_THRESHOLD:
        return "open"
    return "for" if above >= HOLDS_FROM else "against" if against >= HOLDS_FROM else "open"


def _at_printed(unknown: Unknown) -> Array:
    """The printed value; the middle of an interval that has none; one for a share of the year (method, R7)."""
    interval = unknown.interval
    middle = (interval.low + interval.high) / 2 if interval.value is None else interval.value
    return np.asarray(1.0 if unknown.neutral else middle)
