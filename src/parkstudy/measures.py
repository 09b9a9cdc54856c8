"""What a measure is: one row of a frame, with its interval, its flags, its inputs, or the reason why it has no value.

The lists here are closed: a name, flag or reason that is not declared cannot be written. `growth`, `tax` and `land`
compute; this module only gives their results one form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from parkstudy.dataset import Study
from parkstudy.intervals import Interval
from parkstudy.schema import OBS_STATUS, POPULATIONS, VALUE_TYPES


@dataclass(frozen=True)
class Measure:
    """The declaration of a measure: its English name, its unit, the rule of the method it follows."""

    name: str
    unit: str
    rule: str


GROWTH_OF = (
    "gross_industrial_output",
    "industrial_value_added",
    "operating_revenue",
    "tech_industry_trade_revenue",
    "tax_revenue",
    "fixed_asset_investment",
)
_NAMES = {
    "gross_industrial_output": "industrial output",
    "industrial_value_added": "industrial value added",
    "operating_revenue": "operating or sales revenue",
    "tech_industry_trade_revenue": "technology, industry and trade revenue",
    "tax_revenue": "tax paid",
    "fixed_asset_investment": "fixed-asset investment",
}

_BASE_OF = ("gross_industrial_output", "operating_revenue", "tax_revenue", "fixed_asset_investment")
_INVESTMENTS = {
    "fixed_asset_investment": "fixed-asset investment",
    "industrial_investment": "industrial investment",
    "infrastructure_investment": "infrastructure investment",
}
RUNGS = {
    "perimeter": "area in force before a planned expansion",
    "expanded": "area after the planned expansion, pending approval",
    "control_plan": "area of the regulatory detailed plan",
    "total": "printed as total area, concept not stated",
    "signed": "land under contract, a part of the park",
}

MEASURES: dict[str, Measure] = {
    **{f"{i}_growth": Measure(f"Growth of {n}, as published", "percent", "G2") for i, n in _NAMES.items()},
    **{f"{i}_growth_target": Measure(f"Target for the growth of {n}", "percent", "G11") for i, n in _NAMES.items()},
    **{f"{i}_level": Measure(f"{_NAMES[i][0].upper()}{_NAMES[i][1:]}", "CNY", "G4") for i in _NAMES},
    "reference_revenue_growth": Measure("Reference: growth of revenue of above-scale industry", "percent", "G7"),
    "reference_value_added_growth": Measure("Reference: growth of above-scale value added", "percent", "G7"),
    **{f"{i}_implied_base": Measure(f"Implied comparable base: {_NAMES[i]} (CHECK)", "CNY", "G1") for i in _BASE_OF},
    **{f"{i}_level_change": Measure(f"Change of the level of {_NAMES[i]}", "percent", "G2") for i in _BASE_OF},
    "target_attainment": Measure("Level over the target of the year", "percent", "G11"),
    "year_share": Measure("Share of the year that the months stand for", "percent", "section 5"),
    "target_gap": Measure("Share less its target", "points", "G11"),
    "target_over_outturn": Measure("Next target above the reported level", "percent", "G11"),
    "implied_plan": Measure("Plan implied by a printed percentage of it", "CNY", "A11"),
    "output_per_firm": Measure("Output per above-scale firm", "CNY", "G12"),
    "tax_per_output": Measure("Tax per unit of reported output", "percent", "T1"),
    "tax_per_tit_revenue": Measure("Tax per technology, industry and trade revenue", "percent", "T6"),
    "tax_per_value_added": Measure("Tax per value added, a question about the data", "percent", "T6"),
    "tax_buoyancy": Measure("Tax growth over output growth, as published", "ratio", "T4"),
    "taxpayer_concentration": Measure("Tax of named taxpayers over the tax they are a part of", "percent", "T5"),
    "tax_per_area": Measure("Tax per area", "CNY/mu", "L1"),
    "output_per_area": Measure("Reported output per area", "CNY/km2", "L1"),
    **{
        f"{i}_per_area": Measure(f"{n.capitalize()} of the period per area", "CNY/mu", "L5")
        for i, n in _INVESTMENTS.items()
    },
}

FLAGS = {
    "provisional": "the outturn was not final when the text was written",
    "forecast": "the source's own forecast, not an outturn",
    "base_unstated": "the base of the growth rate is not stated",
    "coarse_figure": "an input has at most two significant digits",
    "concept_unstated": "the text does not say which official concept an input follows",
    "concept_inferred": "an input rests on our reading of its term",
    "two_readings": "the sentence can be read in two ways",
    "mixed_concept": "an input is one figure for several things",
    "unit_assumed": "no unit is printed",
    "contradicted": "another figure of the same text contradicts an input",
    "implausible": "the audit finds a relation with another printed figure that leaves its band",
    "sample_change": "the set of firms behind the figure changed",
    "period_ambiguous": "the end of an input's period is not printed",
    "pending_approval": "an input awaits approval",
    "damaged_text": "the text had to be cleaned before it could be read",
    "check_only": "a step of a consistency check, not last year's value",
    "populations_differ": "numerator and denominator cover different populations",
    "no_peer_set": "fewer than three peers of the same populations, so none to hold it against",
    "outside_peer_range": "outside the range of its peers of the same populations",
    "borrowed_share": "the output share of a year is borrowed for another concept",
    "price_between_spans": "the price index of these months was not found; the interval runs between the nearest spans",
    "reference_other_span": "the reference is of the nearest span, not of the same months",
    "reference_inferred": "something of the reference row was inferred",
    "not_efficiency": "investment is an input; this is not a measure of efficiency",
    "question_only": "never compared across parks",
    "part_area": "the area is of a part of the park, so that the value is too high",
    "at_bound": "an open figure is taken at its bound",
    "grade_c": "the text is re-posted, anonymised or cut off",
}
CAVEAT_FLAGS = (
    "base_unstated", "coarse_figure", "concept_unstated", "concept_inferred", "two_readings", "mixed_concept", "unit_assumed",
    "contradicted", "implausible", "sample_change", "period_ambiguous", "pending_approval", "damaged_text",
)  # fmt: skip

REASONS = {
    "not_reported": "the text reports no such figure",
    "no_tax": "the text reports no tax of the whole park",
    "no_output": "the text reports no industrial output of the whole park",
    "other_concept": "the text reports revenue from technology, industry and trade, which is not output (T6)",
    "no_value_added": "the text reports no value added",
    "no_area": "the text reports no area on any rung",
    "no_investment": "the text reports no such investment of the whole park",
    "no_rates": "the text does not print both growth rates on the same months and population (T4)",
    "no_taxpayers": "the text names no taxpayers with their tax",
    "no_target": "the text prints no target for the year of a level it reports",
    "no_share_target": "the text prints no target of a share it reports",
    "no_next_target": "the text prints no target of the next year for a level it reports",
    "no_plan_percentage": "the text prints no percentage of a plan",
    "no_rate": "the text prints no growth rate on the same months as the level",
    "no_tit_revenue": "the text reports no revenue from technology, industry and trade",
    "no_firm_count": "the text does not print output and the number of above-scale firms on one set of firms (G12)",
    "no_second_level": "no second text gives the level of the same months a year apart",
    "spans_differ": "numerator and denominator cover different months",
    "reaches_zero": "the denominator is zero or its interval reaches zero",
    "no_year_share": "the method gives no share of the year for these months (G4)",
    "no_price_index": "no producer price index of these months or around them was found",
    "no_reference": "no reference rate of this concept was found for these months or around them",
}

BASES = ("reported", "annualised")
PRICES = ("nominal", "real", "comparable")
GRADES = ("A", "B", "C")

SCHEMA: dict[str, Any] = {
    "park_id": pl.String,
    "subject": pl.String,
    "measure": pl.Enum(list(MEASURES)),
    "population": pl.Enum(list(POPULATIONS)),
    "value_type": pl.Enum(list(VALUE_TYPES)),
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "unit": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "basis": pl.Enum(BASES),
    "price": pl.Enum(PRICES),
    "rung": pl.Enum(list(RUNGS)),
    "status": pl.Enum(list(OBS_STATUS)),
    "grade": pl.Enum(GRADES),
    "method": pl.String,
    "flags": pl.List(pl.String),
    "reason": pl.String,
    "inputs": pl.List(pl.String),
}


def frame(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """The rows as a frame of the contract's columns. Raises `ValueError` for a flag or reason that is not declared."""
    rows = [{**dict.fromkeys(SCHEMA), "flags": [], "inputs": [], **row} for row in rows]
    for row in rows:
        unknown = [flag for flag in row["flags"] if flag not in FLAGS]
        if unknown or (row["reason"] is not None and row["reason"] not in REASONS):
            raise ValueError(
                f"{row['measure']}: flags {unknown} or reason {row['reason']!r} are not declared in measures"
            )
        if (row["value"] is None and row["low"] is None) == (row["reason"] is None):
            raise ValueError(f"{row['measure']} of {row['park_id']}: a row has either a value or a reason")
        row["unit"] = MEASURES[row["measure"]].unit
    return pl.DataFrame(rows, schema=SCHEMA)


def flags_of(*observations: dict[str, Any]) -> list[str]:
    """The flags that observations hand on: their caveats, their status, their grade, in the order of `FLAGS`."""
    found = {caveat for row in observations for caveat in row["caveats"] if caveat in CAVEAT_FLAGS}
    found |= {"provisional" for row in observations if row["obs_status"] == "P"}
    found |= {"forecast" for row in observations if row["value_type"] == "forecast"}
    found |= {"grade_c" for row in observations if row["grade"] == "C"}
    return [flag for flag in FLAGS if flag in found]


def lowest_grade(*observations: dict[str, Any]) -> str | None:
    """The lowest grade of the inputs (method, Q2)."""
    return max((row["grade"] for row in observations if row["grade"]), default=None)


def derived(
    measure: str, value: Interval, *inputs: dict[str, Any], flags: Iterable[str] = (), **columns: Any
) -> dict[str, Any]:
    """A measure row computed from observations: their flags and lowest grade handed on, their worst status kept.

    `columns` gives what differs: `method`, `rung`, `basis`, `status`, a period. Period, population and value type are
    those of the first input.
    """
    lead = inputs[0]
    carried = set(flags_of(*inputs)) | set(flags)
    return {
        "park_id": lead["park_id"],
        "subject": "park",
        "measure": measure,
        "population": lead["population"],
        "value_type": lead["value_type"],
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "period_start": lead["period_start"],
        "period_end": lead["period_end"],
        "basis": "reported",
        "price": "nominal",
        "status": worst_status(*inputs),
        "grade": lowest_grade(*inputs),
        "flags": [flag for flag in FLAGS if flag in carried],
        "inputs": [row["observation_id"] for row in inputs],
        **columns,
    }


def refused(park: str, measure: str, reason: str, **columns: Any) -> dict[str, Any]:
    """A measure row without a value, with the reason."""
    return {"park_id": park, "subject": "park", "measure": measure, "basis": "reported", "reason": reason, **columns}


def worst_status(*observations: dict[str, Any]) -> str | None:
    """The status of a value computed from observations: `U` before `F`, `F` before `P`, `P` before `A`."""
    found = {row["obs_status"] for row in observations if row["obs_status"]}
    return next((status for status in ("U", "F", "P") if status in found), "A" if found else None)


def same_months(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """True where two observations of one text cover the same months and are of one value type."""
    keys = ("source_id", "period_start", "period_end", "value_type")
    return all(first[key] == second[key] for key in keys)


def levels(study: Study, indicator: str, park: str, *, subject: str = "park") -> list[dict[str, Any]]:
    """The outturn and forecast levels of an indicator that a park's summaries print, in the order of the record."""
    rows = study.summaries().filter(park_id=park, indicator=indicator, transformation="level", subject=subject)
    rows = rows.filter(pl.col("unit") != "USD")  # dollars are never set against yuan
    return rows.filter(pl.col("value_type").is_in(["outturn", "forecast"])).to_dicts()
