"""What a measure is: one row of a frame, with its interval, its flags, its inputs, or the reason why it has no value.

The lists here are closed: a name, flag or reason that is not declared cannot be written. `growth`, `tax` and `land`
compute; this module only gives their results one form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

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

MEASURES: dict[str, Measure] = {
    **{f"{i}_growth": Measure(f"Growth of {n}, as published", "percent", "G2") for i, n in _NAMES.items()},
    **{f"{i}_growth_target": Measure(f"Target for the growth of {n}", "percent", "G11") for i, n in _NAMES.items()},
}

FLAGS = {
    "provisional": "the outturn was not final when the text was written",
    "forecast": "the source's own forecast, not an outturn",
    "base_unstated": "the base of the growth rate is not stated",
    "coarse_figure": "an input has at most two significant digits",
    "concept_inferred": "an input rests on our reading of its term",
    "contradicted": "another figure of the same text contradicts an input",
    "sample_change": "the set of firms behind the figure changed",
    "period_ambiguous": "the end of an input's period is not printed",
    "damaged_text": "the text had to be cleaned before it could be read",
    "grade_c": "the text is re-posted, anonymised or cut off",
}
CAVEAT_FLAGS = tuple(flag for flag in FLAGS if flag not in ("provisional", "forecast", "grade_c"))

REASONS = {
    "not_reported": "the text reports no such figure",
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
    "rung": pl.String,
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
