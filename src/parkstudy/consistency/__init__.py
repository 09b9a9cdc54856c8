"""Internal consistency: fourteen families of relations between printed figures, checked on any park.

A check knows a relation between kinds of rows, never a known case. Each relation that can be tested gives one
`Finding`: it holds, or it is a contradiction, implausible or ambiguous (method, section 10). A finding names its
observations and its arithmetic, and what it does to a comparison; it never repairs a figure.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from parkstudy.consistency import labels, rates, sums
from parkstudy.consistency.text import OUTCOMES, Finding, Text
from parkstudy.dataset import Study

__all__ = ["CHECKS", "OUTCOMES", "Check", "Finding", "as_frame", "audit", "carried"]


@dataclass(frozen=True)
class Check:
    """A family of relations: its name, what a finding does to the comparison, and the function that yields findings."""

    name: str
    consequence: str
    run: Callable[[Text], Iterator[Finding]]


def audit(study: Study) -> list[Finding]:
    """Every relation that can be tested in the parks' own summaries, in the order of the texts and of the checks."""
    units = dict(study.indicators.select("indicator", "unit").iter_rows())
    findings: list[Finding] = []
    for source in study.sources.filter(pl.col("kind") == "work_summary").iter_rows(named=True):
        rows = study.summaries().filter(source_id=source["source_id"]).to_dicts()
        text = Text(study, source["source_id"], rows, units, _day(source["published"]))
        for check in CHECKS.values():
            findings += check.run(text)
    return findings


def carried(study: Study) -> Study:
    """The study with the findings as caveats of its observations, so that every measure hands them on.

    The marked rows of a contradiction carry `contradicted` and, where a status is allowed, status `U`; the rows of an
    implausible relation carry `implausible`. No figure changes.
    """
    findings = audit(study)
    contradicted = {i for f in findings if f.outcome == "contradiction" for i in f.marked}
    implausible = {i for f in findings if f.outcome == "implausible" for i in f.observations}
    rows = study.observations.select("observation_id", "caveats", "obs_status").to_dicts()
    for row in rows:
        added = {"contradicted"} if row["observation_id"] in contradicted else set()
        added |= {"implausible"} if row["observation_id"] in implausible else set()
        row["caveats"] = sorted({*row["caveats"], *added})
        if "contradicted" in added and row["obs_status"] is not None:
            row["obs_status"] = "U"
    columns = {
        "caveats": pl.Series([row["caveats"] for row in rows], dtype=pl.List(pl.String)),
        "obs_status": pl.Series([row["obs_status"] for row in rows], dtype=study.observations.schema["obs_status"]),
    }
    return replace(study, observations=study.observations.with_columns(**columns))


def as_frame(findings: list[Finding]) -> pl.DataFrame:
    """The findings as a frame: `check, name, source_id, outcome, observations, arithmetic, consequence`."""
    rows = [
        {
            "check": f.check,
            "name": CHECKS[f.check].name,
            "source_id": f.source_id,
            "outcome": f.outcome,
            "observations": list(f.observations),
            "arithmetic": f.arithmetic,
            "consequence": "" if f.outcome == "holds" else CHECKS[f.check].consequence,
        }
        for f in findings
    ]
    schema: dict[str, Any] = dict.fromkeys(("check", "name", "source_id"), pl.String) | {"outcome": pl.Enum(OUTCOMES)}
    schema |= {"observations": pl.List(pl.String), "arithmetic": pl.String, "consequence": pl.String}
    return pl.DataFrame(rows, schema=schema)


def _day(published: str | None) -> date | None:
    """The date of a text; a month without a day is its last day."""
    if not published:
        return None
    if len(published) == 7:
        year, month = (int(part) for part in published.split("-"))
        return date(year, month, calendar.monthrange(year, month)[1])
    return date.fromisoformat(published)


CHECKS: dict[str, Check] = {
    "A1": Check("parts and total", "the total is not used beyond its own row", sums.parts_and_total),
    "A2": Check("printed share", "the share enters no comparison", sums.printed_share),
    "A3": Check("one figure printed twice", "both figures are kept; neither is preferred", sums.printed_twice),
    "A4": Check("counts nest", "neither side is used as a check on the other", sums.nesting),
    "A5": Check(
        "level and growth against target",
        "the growth rate is shown with the base that the target implies",
        rates.target_base,
    ),
    "A6": Check(
        "year to date and full year", "the forecast is no continuation of the months reported", rates.year_to_date
    ),
    "A7": Check(
        "output and value-added growth", "the two rates do not describe one stable set of firms", rates.value_added
    ),
    "A8": Check("sales and output", "sales and output are not read as one sample", rates.sales),
    "A9": Check("same digits, other unit", "the two are never merged", labels.same_digits),
    "A10": Check("areas nest", "values per area on these rungs are not compared", labels.areas_nest),
    "A11": Check("percentage of a plan", "the plan stays implied", labels.part_of_plan),
    "A12": Check("share equal to another ratio", "the label of the share is doubtful", labels.share_of_other),
    "A13": Check("rates of parts and total", "the sector rates are not set beside the total", rates.rest),
    "A14": Check("wording and status", "the figure is provisional", labels.wording_and_status),
}
