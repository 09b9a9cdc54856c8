"""Coverage: who reports what, and which pairs of parks can be set side by side.

A cell of the coverage map says what the text of a park holds of an indicator; a row of the comparability map says
whether the figures of two parks are of one concept, one population and one span, and if not, what differs. No verdict
here looks at the size of a figure.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import polars as pl

from parkstudy.dataset import Study
from parkstudy.periods import Period
from parkstudy.wording import short_names

STATES = {
    "full_year": "outturn, full year",
    "part_year": "outturn, part of a year",
    "point": "state at a point in time",
    "ahead": "only a forecast, target or plan",
    "parts": "only parts of the park",
    "none": "not reported",
}
VERDICTS = {
    "comparable": "same concept, population and months",
    "limits": "comparable only with the limits named",
    "not_comparable": "not comparable",
}
NOT_REPORTED = "not reported as an outturn of the whole park"
COMPARED_DIMENSIONS = ("growth", "tax", "land", "investment", "sectors", "enterprises", "projects")
_QUANTITY = ["indicator", "transformation"]
_VALUE_TYPE_ORDER = ("outturn", "forecast", "target", "plan")


def cells(study: Study) -> pl.DataFrame:
    """One row an indicator, transformation and park: `state`, and `observation_id` of the figure that stands for it.

    Indicators are those of the compared dimensions that at least one park reports for the whole park; they come in
    the order of the indicator table. Where a park prints several figures, the outturn of the longest span stands.
    """
    rows = study.summaries().join(
        study.indicators.select("indicator", "dimension"), on="indicator", maintain_order="left"
    )
    rows = rows.filter(pl.col("dimension").is_in(COMPARED_DIMENSIONS))
    whole = rows.filter(pl.col("subject") == "park")
    order = {name: place for place, name in enumerate(study.indicators["indicator"])}
    quantities = sorted(whole.select(_QUANTITY).unique().iter_rows(), key=lambda q: (order[q[0]], str(q[1])))
    result = [
        {"indicator": indicator, "transformation": kind, "park_id": park, **_cell(rows, indicator, kind, park)}
        for indicator, kind in quantities
        for park in study.park_ids()
    ]
    schema = dict.fromkeys(["indicator", "transformation", "park_id", "state", "observation_id"], pl.String)
    return pl.DataFrame(result, schema=schema)


def _cell(rows: pl.DataFrame, indicator: str, kind: str, park: str) -> dict[str, str | None]:
    found = rows.filter(indicator=indicator, transformation=kind, park_id=park).to_dicts()
    whole = [row for row in found if row["subject"] == "park"]
    if not whole:
        return {"state": "parts" if found else "none", "observation_id": found[0]["observation_id"] if found else None}
    best = min(whole, key=_precedence)
    return {"state": _state(best), "observation_id": best["observation_id"]}


def _precedence(row: dict[str, Any]) -> tuple[int, float, str]:
    span = (row["period_end"] - row["period_start"]).days if row["period_start"] and row["period_end"] else 0
    return _VALUE_TYPE_ORDER.index(row["value_type"]), -span, row["observation_id"]


def _state(row: dict[str, Any]) -> str:
    if row["value_type"] != "outturn":
        return "ahead"
    period = Period(row["period_start"], row["period_end"])
    if period.start is None:
        return "point"
    return "full_year" if period.is_full_year else "part_year"


def comparability(study: Study) -> pl.DataFrame:
    """One row an indicator, transformation and pair of parks, for the indicators that two parks report as an outturn:
    `verdict` (a key of `VERDICTS`) and `reasons`, a list of sentences."""
    names = short_names(study)
    rows = {row["observation_id"]: row for row in study.summaries().iter_rows(named=True)}
    kinds = dict(study.indicators.select("indicator", "kind").iter_rows())
    result = []
    for (indicator, kind), group in cells(study).group_by(_QUANTITY, maintain_order=True):
        chosen = dict(
            group.filter(pl.col("state").is_in(["full_year", "part_year", "point"]))
            .select("park_id", "observation_id")
            .iter_rows()
        )
        if len(chosen) < 2:
            continue
        for first, second in combinations(group["park_id"], 2):
            pair = [rows.get(chosen.get(park, "")) for park in (first, second)]
            verdict, reasons = compare(pair[0], pair[1], kinds[str(indicator)], (names[first], names[second]))
            result.append(
                {"indicator": indicator, "transformation": kind, "first": first, "second": second}
                | {"verdict": verdict, "reasons": reasons}
            )
    text = ["indicator", "transformation", "first", "second", "verdict"]
    return pl.DataFrame(result, schema={**dict.fromkeys(text, pl.String), "reasons": pl.List(pl.String)})


def missing() -> pl.Expr:
    """True for a pair of `comparability` in which one or both parks do not report the figure."""
    return pl.col("reasons").list.first().str.ends_with(NOT_REPORTED)


def compare(
    first: dict[str, Any] | None, second: dict[str, Any] | None, kind: str, names: tuple[str, str]
) -> tuple[str, list[str]]:
    """The verdict on two figures of one indicator, with its reasons.

    `kind` is the kind of the indicator (`flow`, `stock`, ...). Refused: a figure that is missing; levels of a flow on
    spans of different length; levels of two populations that are both stated and differ (method, G5, T3). Limits:
    growth on different spans (G3), an unstated population, an unstated or inferred concept, grade C (Q2).
    """
    absent = [name for name, row in zip(names, (first, second), strict=True) if row is None]
    if first is None or second is None:
        return "not_comparable", [f"{' and '.join(absent)}: {NOT_REPORTED}"]
    refusals: list[str] = []
    limits: list[str] = []
    level = first["transformation"] == "level"
    spans = [Period(row["period_start"], row["period_end"]) for row in (first, second)]
    if not _same_span(spans[0], spans[1]):
        text = f"spans differ: {spans[0].label()} and {spans[1].label()}"
        (refusals if level and kind in ("flow", "count") else limits).append(text)
    populations = [row["population"] for row in (first, second)]
    if populations[0] != populations[1]:
        stated = "unstated" not in populations
        text = f"populations differ: {populations[0].replace('_', ' ')} and {populations[1].replace('_', ' ')}"
        (refusals if level and stated else limits).append(text)
    elif populations[0] == "unstated":
        limits.append("neither text states the population")
    wholes = [row["share_of"] for row in (first, second)]
    if wholes[0] != wholes[1]:
        text = f"shares of different wholes: {' and '.join(str(w).replace('_', ' ') for w in wholes)}"
        (limits if "unstated" in wholes else refusals).append(text)
    limits += _concept_limits(first, second, names)
    if refusals:
        return "not_comparable", refusals + limits
    return ("limits", limits) if limits else ("comparable", [f"periods: {spans[0].label()} and {spans[1].label()}"])


def _same_span(first: Period, second: Period) -> bool:
    """True for the same months of any year, and for two points in time."""
    if first.start is None or second.start is None:
        return first.start is None and second.start is None and (first.end is None) == (second.end is None)
    return first.months is not None and (first.months, first.start.month) == (second.months, second.start.month)


def _concept_limits(first: dict[str, Any], second: dict[str, Any], names: tuple[str, str]) -> list[str]:
    limits = []
    for name, row in zip(names, (first, second), strict=True):
        doubts = [
            c for c in ("concept_unstated", "concept_inferred", "mixed_concept", "contradicted") if c in row["caveats"]
        ]
        limits += [f"{name}: {doubt.replace('_', ' ')}" for doubt in doubts]
        if row["grade"] == "C":
            limits.append(f"{name}: grade C text")
    return limits
