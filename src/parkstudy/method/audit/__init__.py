"""Internal consistency: fourteen families of relations between printed figures, checked on any park.

A check knows a relation between kinds of rows, never a known case. Each relation that can be tested gives one
`Finding`: it holds, or it is a contradiction, implausible or ambiguous (method, section 10). A finding names its
observations and its arithmetic, and never repairs a figure; the label of its check says what it does to a comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import polars as pl

from parkstudy.method.audit import labels, rates, sums
from parkstudy.method.audit.printed import Finding, Printed
from parkstudy.record.tables import Tables
from parkstudy.words.codes import codes

__all__ = ["CHECKS", "OUTCOMES", "Finding", "as_frame", "audit", "carried"]

T = TypeVar("T", bound=Tables)

OUTCOMES = codes("outcome")
CHECKS: dict[str, Callable[[Printed], Iterator[Finding]]] = {
    "A1": sums.parts_and_total,
    "A2": sums.printed_share,
    "A3": sums.printed_twice,
    "A4": sums.nesting,
    "A5": rates.target_base,
    "A6": rates.year_to_date,
    "A7": rates.value_added,
    "A8": rates.sales,
    "A9": labels.same_digits,
    "A10": labels.areas_nest,
    "A11": labels.part_of_plan,
    "A12": labels.share_of_other,
    "A13": rates.rest,
    "A14": labels.wording_and_status,
}


def audit(study: Tables) -> list[Finding]:
    """Every relation that can be tested in the parks' own summaries, in the order of the texts and of the checks."""
    sources = study.sources.filter(kind="work_summary").iter_rows(named=True)
    texts = [Printed.by(study, source) for source in sources]
    return [finding for text in texts for check in CHECKS.values() for finding in check(text)]


def carried(study: T, findings: list[Finding]) -> T:
    """The study with its findings as caveats of its observations, so that every measure hands them on.

    The marked rows of a contradiction carry `contradicted` and, where a status is allowed, status `U`; the rows of an
    implausible relation carry `implausible`. No figure changes.
    """
    marked = {
        "contradicted": [i for f in findings for i in f.marked],
        "implausible": [i for f in findings if f.outcome == "implausible" for i in f.observations],
    }
    observation, caveats, status = pl.col("observation_id"), pl.col("caveats"), pl.col("obs_status")
    for caveat, ids in marked.items():
        caveats = pl.when(observation.is_in(ids)).then(pl.concat_list(caveats, pl.lit(caveat))).otherwise(caveats)
    withheld = observation.is_in(marked["contradicted"]) & status.is_not_null()
    unusable = pl.lit("U", dtype=study.observations.schema["obs_status"])
    rows = study.observations.with_columns(
        caveats=caveats.list.unique().list.sort(), obs_status=pl.when(withheld).then(unusable).otherwise(status)
    )
    return replace(study, observations=rows)


def as_frame(findings: list[Finding]) -> pl.DataFrame:
    """The findings as codes: `check, source_id, outcome, observations`, and the code of their arithmetic."""
    columns = ("check", "source_id", "outcome", "observations", "arithmetic")
    schema = dict.fromkeys(columns, pl.String) | {"outcome": pl.Enum(OUTCOMES), "observations": pl.List(pl.String)}
    rows = [(f.check, f.source_id, f.outcome, list(f.observations), f.arithmetic.code) for f in findings]
    return pl.DataFrame(rows, schema=schema, orient="row")
