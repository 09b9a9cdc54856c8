"""Intervals of derived values: the corners of their inputs' intervals, never a standard error.

A printed figure stands for an interval (see `quantities`); what is computed from figures has the interval that their
ends allow (method, section 1). Parts of a year are intervals too (section 5). Checks of consistency are decided in
decimals (`Exact`), because floats would decide the cases where two ends touch by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from parkstudy.record.quantities import normal_quantity


@dataclass(frozen=True)
class Interval:
    """`low` to `high`, with the `value` at the printed figures where there is one. Ends may be infinite."""

    low: float
    high: float
    value: float | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Interval:
        """The interval of an observation; a level (money, an area, a count) is never below zero."""
        low = max(row["low"], 0.0) if row["transformation"] == "level" else row["low"]
        return cls(low, row["high"], row["value"])

    @property
    def positive(self) -> bool:
        """True where zero is not reached, so that one may divide by it."""
        return self.low > 0

    def over(self, other: Interval) -> Interval:
        """The quotient of two intervals, this one not negative, the other one positive; `ZeroDivisionError` if not."""
        if not other.positive or self.low < 0:
            raise ZeroDivisionError(f"{other} reaches zero, or {self} is negative")
        value = None if self.value is None or other.value is None else self.value / other.value
        return Interval(self.low / other.high, self.high / other.low, value)

    def times(self, factor: float) -> Interval:
        """The interval times a positive number."""
        return Interval(self.low * factor, self.high * factor, None if self.value is None else self.value * factor)

    def over_growth(self, percent: Interval) -> Interval:
        """`level / (1 + growth)`, growth in percent: the comparable base that a level and its rate imply (method, G1)."""
        value = None if percent.value is None else 1 + percent.value / 100
        return self.over(Interval(1 + percent.low / 100, 1 + percent.high / 100, value))


@dataclass(frozen=True)
class Exact:
    """`low` to `high`; `open_above` if `high` is not reached, as of a rounded figure: 15.43 and 15.44 do not overlap.

    A rounded figure is [v - h, v + h), a count a point, an open bound infinite.
    """

    low: Decimal
    high: Decimal
    open_above: bool = False

    @classmethod
    def printed(cls, row: Mapping[str, Any], unit: str) -> Exact:
        """The interval of an observation in the unit of its indicator."""
        return exact(row["reported_figure"], row["transformation"], unit)

    @classmethod
    def of(cls, interval: Interval) -> Exact:
        """The ends of an interval in decimals: a figure of the method or of a reference, which prints few digits."""
        return cls(Decimal(str(interval.low)), Decimal(str(interval.high)))

    @classmethod
    def point(cls, number: int) -> Exact:
        """One number."""
        return cls(Decimal(number), Decimal(number))

    def overlaps(self, other: Exact) -> bool:
        """True where some number lies in both."""
        return self.may_be_at_most(other) and other.may_be_at_most(self)

    def may_be_at_most(self, other: Exact) -> bool:
        """True where this quantity can be no more than the other one."""
        return self.low < other.high if other.open_above else self.low <= other.high

    def __add__(self, other: Exact) -> Exact:
        return Exact(self.low + other.low, self.high + other.high, self.open_above or other.open_above)

    def __sub__(self, other: Exact) -> Exact:
        return Exact(self.low - other.high, self.high - other.low)

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """Both ends."""
        return self.low, self.high

    def between(self, other: Exact) -> Exact:
        """The corners of the product of two intervals."""
        found = [own * factor for own in self.ends for factor in other.ends]
        return Exact(min(found), max(found))

    def over(self, other: Exact) -> Exact:
        """The corners of the quotient of two positive intervals; `ZeroDivisionError` where one of them is not."""
        if other.low <= 0 or self.low < 0:
            raise ZeroDivisionError(f"{other} reaches zero, or {self} is negative")
        return Exact(self.low / other.high, self.high / other.low)

    def times(self, factor: Decimal | int) -> Exact:
        """The interval times a positive number."""
        return Exact(self.low * factor, self.high * factor, self.open_above)


@cache
def exact(figure: str, transformation: str, unit: str) -> Exact:
    """The interval of a printed figure in the unit of its indicator."""
    quantity = normal_quantity(figure, transformation, unit)
    return Exact(quantity.low, quantity.high, quantity.bound == "exact" and quantity.low < quantity.high)


def total(parts: Iterable[Exact]) -> Exact:
    """The sum of intervals; zero for none."""
    return sum(parts, Exact.point(0))


Adds = Sequence[
    tuple[Decimal, Decimal]
]  # what a term adds to a numerator and to a denominator, at each of its own corners


def quotient(*terms: Adds) -> Exact:
    """The corners of a quotient of two sums whose terms may enter both: a figure has one value wherever it enters.

    A term may pick any of its pairs; `ZeroDivisionError` where the denominator may reach zero.
    """
    if sum(min(below for _, below in term) for term in terms) <= 0:
        raise ZeroDivisionError("the denominator reaches zero")
    low, high = (_extreme(terms, sign) for sign in (1, -1))
    return Exact(low, high)


def _extreme(terms: Sequence[Adds], sign: int) -> Decimal:
    """The least quotient (the greatest for a `sign` of -1): each step is at the corner that beats the one before (Dinkelbach 1967)."""

    def at(corner: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
        return sum((above for above, _ in corner), Decimal(0)) / sum((below for _, below in corner), Decimal(0))

    best = at([term[0] for term in terms])
    while True:
        found = at([min(term, key=lambda pair: sign * (pair[0] - best * pair[1])) for term in terms])
        if sign * (best - found) <= 0:
            return best
        best = found
