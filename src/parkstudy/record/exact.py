"""Exact intervals for consistency checks: decimals, with half-open ends where a printed figure was rounded.

A rounded figure is [v - h, v + h): 15.43 and 15.44 do not overlap, though their ends touch. Counts are points; open
bounds are infinite. Floats would decide such cases by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from parkstudy.record.interval import Interval
from parkstudy.record.tables import normal_quantity


@dataclass(frozen=True)
class Exact:
    """`low` to `high`; `open_above` if `high` itself is not reached."""

    low: Decimal
    high: Decimal
    open_above: bool = False

    @classmethod
    def printed(cls, row: Mapping[str, Any], unit: str) -> Exact:
        """The interval of an observation in the unit of its indicator."""
        quantity = normal_quantity(row["reported_figure"], row["transformation"], unit)
        return cls(quantity.low, quantity.high, quantity.bound == "exact" and quantity.low < quantity.high)

    @classmethod
    def of(cls, interval: Interval) -> Exact:
        """The same ends in decimals: a figure of the method or of a reference, which prints few digits."""
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

    def over(self, other: Exact) -> Exact:
        """The corners of the quotient of two positive intervals; `ZeroDivisionError` where one of them is not."""
        if other.low <= 0 or self.low < 0:
            raise ZeroDivisionError(f"{other} reaches zero, or {self} is negative")
        low = Decimal(0) if other.high.is_infinite() else self.low / other.high
        return Exact(low, self.high / other.low)

    def times(self, factor: Decimal | int) -> Exact:
        """The interval times a positive number."""
        return Exact(self.low * factor, self.high * factor, self.open_above)


def total(parts: Iterable[Exact]) -> Exact:
    """The sum of intervals; zero for none."""
    return sum(parts, Exact.point(0))
