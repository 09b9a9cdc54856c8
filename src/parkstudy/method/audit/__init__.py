"""Internal consistency: fourteen families of relations inside a text and three between the texts of a park.

Each relation that can be tested gives one `Finding` (method, section 10): its observations, its outcome, its arithmetic.
A check knows kinds of rows, never a known case, and repairs no figure.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import polars as pl

from parkstudy.method.audit import between, checks
from parkstudy.method.audit.printed import Finding, PrintedText
from parkstudy.record.codes import codes
from parkstudy.record.tables import Tables

__all__ = ["BETWEEN", "CHECKS", "OUTCOMES", "Finding", "as_frame", "audit", "carried"]

T = TypeVar("T", bound=Tables)

OUTCOMES = codes("outcome")
CHECKS: dict[str, Callable[[PrintedText], Iterator[Finding]]] = {
    "A1": checks.parts_and_total,
    "A2": checks.printed_share,
    "A3": checks.printed_twice,
    "A4": checks.nesting,
    "A5": checks.target_base,
    "A6": checks.year_to_date,
    "A7": checks.value_added,
    "A8": checks.sales,
    "A9": checks.same_digits,
    "A10": checks.areas_nest,
    "A11": checks.part_of_plan,
    "A12": checks.share_of_other,
    "A13": checks.rest,
    "A14": checks.wording_and_status,
}
BETWEEN = tuple(between.CHECKS)  # what is checked between the texts of a park


def audit(study: Tables) -> list[Finding]:
    """Every relation that can be tested in the parks' own summaries, in the order of the texts and of the checks; then between texts."""
    texts = [PrintedText.by(study, source) for source in study.rows("sources", kind="work_summary")]
    inside = [finding for text in texts for check in CHECKS.values() for finding in check(text)]
    return [*inside, *between.between(study)]


def carried(study: T, findings: list[Finding]) -> T:
    """The study with its findings as caveats of its observations, so that every measure hands them on; no figure changes."""
    contradicted = [i for f in findings for i in f.marked]
    implausible = [i for f in findings if f.outcome == "implausible" for i in f.observations]
    observation, caveats, status = pl.col("observation_id"), pl.col("caveats"), pl.col("obs_status")
    for caveat, ids in (("contradicted", contradicted), ("implausible", implausible)):
        caveats = pl.when(observation.is_in(ids)).then(pl.concat_list(caveats, pl.lit(caveat))).otherwise(caveats)
    unusable = pl.lit("U", dtype=study.observations.schema["obs_status"])
    withheld = pl.when(observation.is_in(contradicted) & status.is_not_null()).then(unusable).otherwise(status)
    marked = study.observations.with_columns(caveats=caveats.list.unique().list.sort(), obs_status=withheld)
    return replace(study, observations=marked)


def as_frame(findings: list[Finding]) -> pl.DataFrame:
    """The findings as codes: `check, source_id, outcome, observations`, and the code of their arithmetic."""
    columns = ("check", "source_id", "outcome", "observations", "arithmetic")
    schema = dict.fromkeys(columns, pl.String) | {"outcome": pl.Enum(OUTCOMES), "observations": pl.List(pl.String)}
    rows = [(f.check, f.source_id, f.outcome, list(f.observations), f.arithmetic.code) for f in findings]
    return pl.DataFrame(rows, schema=schema, orient="row")
