"""Intervals of derived values: the corners of their inputs' intervals, never a standard error.

A printed figure stands for an interval (see `quantities`); what is computed from figures has the interval that their
ends allow (method, section 1). Parts of a year are intervals too (section 5).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


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
        low = 0.0 if math.isinf(other.high) else self.low / other.high
        return Interval(low, self.high / other.low, value)

    def times(self, factor: float) -> Interval:
        """The interval times a positive number."""
        return Interval(self.low * factor, self.high * factor, None if self.value is None else self.value * factor)

    def over_growth(self, percent: Interval) -> Interval:
        """`level / (1 + growth)`, growth in percent: the comparable base that a level and its rate imply (method, G1)."""
        base = Interval(
            1 + percent.low / 100, 1 + percent.high / 100, None if percent.value is None else 1 + percent.value / 100
        )
        return self.over(base)
