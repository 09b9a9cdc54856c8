"""Benchmarks: producer prices and reference growth rates of the same months, or of the nearest spans around them.

Nominal output and revenue are deflated with the national producer price index (method, G8): a scenario and no bound (G9).
A reference rate stands beside a park's only where concept and span are the same, or the span is said (G7).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import gt, lt
from typing import Any, NamedTuple

from parkstudy.record.interval import Interval
from parkstudy.record.period import Period
from parkstudy.record.rows import fitting
from parkstudy.record.tables import Tables

REVENUE_GROWTH = ("operating_revenue_yoy", "main_business_revenue_yoy")  # the national series changed its name in 2019
VALUE_ADDED_GROWTH = ("above_scale_va_yoy",)
SERIES = {"gross_industrial_output": REVENUE_GROWTH, "industrial_value_added": VALUE_ADDED_GROWTH}  # of one concept, G7


class Benchmark(NamedTuple):
    """A published rate in percent: its identifier among a measure's inputs, its scope, period, and what its digit allows."""

    identifier: str
    scope: str
    period: Period
    interval: Interval
    inferred: bool


class PriceChange(NamedTuple):
    """The change of producer prices over a period, percent; `exact_span` False where it lies between two other spans."""

    interval: Interval
    exact_span: bool
    inputs: tuple[str, ...]


def scopes(study: Tables, park_id: str) -> list[str]:
    """The scopes whose rates may stand beside a park's, nearest first: its places, else prefecture, province and nation (Q7)."""
    (park,) = study.rows("parks", park_id=park_id)
    if park["anonymised"]:
        return ["national"]
    listed = [row["scope"] for row in study.rows("places", park_id=park_id)]
    around = [park[name] for name in ("prefecture_en", "province_en") if park.get(name)]
    return listed or [*(place for place in around if study.rows("reference", scope=place)), "national"]


def references(study: Tables, series: Sequence[str], scope: str, period: Period) -> list[Benchmark]:
    """The benchmark of the same months, alone; else the ones of the nearest shorter and longer spans of that year."""
    if period.start is None or period.end is None or period.months is None:
        return []
    of_year = study.rows("reference", scope=scope, period_start=period.start)
    rows = sorted((r for r in of_year if r["series"] in series and r["period_end"]), key=lambda r: r["period_end"])
    shorter, longer = ([r for r in rows if beyond(r["period_end"], period.end)] for beyond in (lt, gt))
    found = []
    for row in fitting(rows, period_end=period.end) or [*shorter[-1:], *longer[:1]]:
        half = _half_digit(row["printed"])
        interval = Interval(row["value"] - half, row["value"] + half, row["value"])
        found.append(Benchmark(reference_id(row), scope, Period.of(row), interval, bool(row["inferred"])))
    return found


def _half_digit(printed: str) -> float:
    """Half a unit of the last digit that a published figure has."""
    return float(Decimal(5).scaleb(-1 - len(printed.partition(".")[2])))


def reference_id(row: Mapping[str, Any]) -> str:
    """How a measure names a reference row among its inputs."""
    return f"ref:{row['series']}/{row['scope']}/{row['period_start'] or ''}/{row['period_end']}"


def price_change(study: Tables, period: Period) -> PriceChange | None:
    """The national producer price change of the same months, else over both nearest spans of that year (G8), else None.

    A change of -100 % or below is none that one may divide by.
    """
    found = [one for one in references(study, ["ppi_yoy"], "national", period) if one.interval.low > -100]
    if found and found[0].period == period:
        return PriceChange(found[0].interval, True, (found[0].identifier,))
    if len(found) < 2:
        return None
    span = Interval(min(b.interval.low for b in found), max(b.interval.high for b in found))
    return PriceChange(span, False, tuple(b.identifier for b in found))


def deflated(rate: Interval, price: Interval) -> Interval:
    """A growth rate in percent at constant prices: (1 + rate) / (1 + price change) - 1, with the corners of both."""

    def real(nominal: float, change: float) -> float:
        return 100 * ((1 + nominal / 100) / (1 + change / 100) - 1)

    value = None if rate.value is None or price.value is None else real(rate.value, price.value)
    corners = [real(nominal, change) for nominal in (rate.low, rate.high) for change in (price.low, price.high)]
    return Interval(min(corners), max(corners), value)
