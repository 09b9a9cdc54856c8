"""Land efficiency: tax, output and investment per area, each on a named kind of area, a rung.

A per-area value is compared only between parks on one rung (method, L2). Investment per area is no efficiency (L5, T7).
"""

from typing import Any

import polars as pl

from parkstudy.method.measures import RUNGS, Measure, Text, derived, levels, printed, refused, span, text_of, texts
from parkstudy.method.year import full_year
from parkstudy.record.interval import Interval
from parkstudy.record.rows import Row, fitting
from parkstudy.record.rungs import AREAS
from parkstudy.record.tables import Tables

MU_PER_KM2 = 1_500
INVESTMENTS = ("fixed_asset_investment", "industrial_investment", "infrastructure_investment")
MEASURES = {
    "tax_per_area": Measure("CNY/mu", "L1"),
    "output_per_area": Measure("CNY/km2", "L1"),
    **{f"{indicator}_per_area": Measure("CNY/mu", "L5") for indicator in INVESTMENTS},
}
# measure to the indicator over the area, how it is computed, and the reason where the text does not print it
_NUMERATORS = {
    "tax_per_area": ("tax_revenue", "per_area", "no_tax"),
    "output_per_area": ("gross_industrial_output", "per_area", "no_output"),
    **{f"{indicator}_per_area": (indicator, "investment_per_area", "no_investment") for indicator in INVESTMENTS},
}


def rows(study: Tables) -> list[Row]:
    """Every per-area measure of the texts of the core parks on every rung that they support."""
    return [row for text in texts(study) for measure in MEASURES for row in per_area(study, text, measure)]


def areas(study: Tables, text: Text) -> dict[str, Row]:
    """Rung to the observation of its area; some rungs may be of a part (L6)."""
    found: dict[str, Row] = {}
    for code, rung in AREAS.items():
        sizes = printed(study, text, indicator=rung.indicator, transformation="level")
        for value_type in rung.value_types:
            of_type = fitting(sizes, value_type=value_type)
            parts = [row for row in of_type if rung.part and row["subject"].startswith(f"{rung.part}:")]
            if fit := fitting(of_type, subject="park") or parts:
                found.setdefault(code, fit[0])
    return found


def square_kilometres(area: Row) -> Interval:
    """The area of an observation in km², from km² or mu (1 km² is 1,500 mu)."""
    return Interval.of(area).times(1 if area["unit"] == "km2" else 1 / MU_PER_KM2)


def per_area(study: Tables, text: Text, measure: str) -> list[Row]:
    """One numerator over each rung, raw and, but for investment, as a full year (L1)."""
    indicator, method, without = _NUMERATORS[measure]
    tops, rungs = levels(study, indicator, text), areas(study, text)
    if not tops or not rungs:
        return [refused(text, measure, method, "no_area" if tops else without)]
    found = []
    for top in tops:
        found += [_over(measure, method, Interval.of(top), top, area, rung) for rung, area in rungs.items()]
        if method == "per_area" and top["value_type"] == "outturn":
            year = full_year(top, tops)  # G4
            if year is None:
                refusal = (text, measure, "per_area_full_year", "no_year_share")
                found += [refused(*refusal, rung=rung, basis="annualised", **span(top)) for rung in rungs]
            else:
                lead, way, columns = (
                    year.lead,
                    f"per_area_{year.method}",
                    {"basis": "annualised", "status": year.status},
                )
                found += [_over(measure, way, year.interval, lead, a, rung, **columns) for rung, a in rungs.items()]
    return found


def _over(measure: str, method: str, top: Interval, row: Row, area: Row, rung: str, **columns: Any) -> Row:
    size = square_kilometres(area)
    if not size.positive:
        return refused(text_of(row), measure, method, "reaches_zero", rung=rung)
    flags = ["part_area"] if area["subject"] != "park" else []
    flags += ["not_efficiency"] if method == "investment_per_area" else []
    value = top.over(size).times(1 / MU_PER_KM2 if MEASURES[measure].unit == "CNY/mu" else 1)
    return derived(measure, method, value, row, area, rung=rung, flags=flags, **columns)


def matched_rungs(measures: pl.DataFrame) -> list[str]:
    """The rungs on which two parks or more have a full-year value of tax per area, in the order of `RUNGS`."""
    rows = measures.filter(pl.col("low").is_not_null(), measure="tax_per_area", basis="annualised")
    parks = dict(rows.group_by("rung").agg(pl.col("park_id").n_unique()).iter_rows())
    return [rung for rung in RUNGS if parks.get(rung, 0) > 1]
