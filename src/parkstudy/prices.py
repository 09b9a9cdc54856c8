"""Prices: the producer price index of the same cumulative months, or the interval between the nearest spans.

Nominal output and revenue are deflated with the national index (method, G8); value-added growth never is. A deflated
rate is a scenario, not a bound: no park has an output price of its own (G9).
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from parkstudy.dataset import Study
from parkstudy.intervals import Interval
from parkstudy.periods import Period

SERIES = "ppi_yoy"
HALF_DIGIT = 0.05  # the index is published with one decimal


@dataclass(frozen=True)
class PriceChange:
    """The change of producer prices over a period, percent; `exact_span` False where it lies between two other spans."""

    interval: Interval
    exact_span: bool
    inputs: tuple[str, ...]


def reference_id(row: dict[str, object]) -> str:
    """How a measure names a reference row among its inputs."""
    return f"ref:{row['series']}/{row['scope']}/{row['period_start'] or ''}/{row['period_end']}"


def price_change(study: Study, period: Period) -> PriceChange | None:
    """The national producer price change of the same months, else between the nearest spans of that year; None without.

    The interval of a published value is half a unit of its last digit either way; a missing span lies between the
    published values of the nearest shorter and longer spans (G8), at the printed values, as in the method's example.
    """
    if period.start is None or period.end is None or period.months is None:
        return None
    rows = study.reference.filter(
        pl.col("series") == SERIES, pl.col("scope") == "national", pl.col("period_start") == period.start
    ).sort("period_end")
    same = rows.filter(pl.col("period_end") == period.end).to_dicts()
    if same:
        value = same[0]["value"]
        return PriceChange(Interval(value - HALF_DIGIT, value + HALF_DIGIT, value), True, (reference_id(same[0]),))
    around = [
        *rows.filter(pl.col("period_end") < period.end).tail(1).to_dicts(),
        *rows.filter(pl.col("period_end") > period.end).head(1).to_dicts(),
    ]
    if len(around) < 2:
        return None
    values = [row["value"] for row in around]
    span = Interval(min(values) - HALF_DIGIT, max(values) + HALF_DIGIT)
    return PriceChange(span, False, tuple(reference_id(row) for row in around))
