"""Coverage: who reports what, and which pairs of parks can be set side by side.

Two figures are set side by side where concept, population and span are one; no verdict here looks at the size of a figure.
"""

from collections import defaultdict
from itertools import combinations

import polars as pl

from parkstudy.method.fact import Fact
from parkstudy.method.measures import Row, fitting, grouped
from parkstudy.record.period import Period
from parkstudy.record.tables import Tables

COMPARED_DIMENSIONS = ("growth", "tax", "land", "investment", "sectors", "enterprises", "projects")
REPORTED = ("full_year", "part_year", "point")  # the states of a cell that are an outturn of the whole park
_DOUBTS = ("concept_unstated", "concept_inferred", "mixed_concept", "contradicted")
_VALUE_TYPE_ORDER = ("outturn", "forecast", "target", "plan")


def cells(study: Tables) -> pl.DataFrame:
    """One row an indicator, transformation and park: `state`, and `observation_id` of the figure that stands for it.

    The indicators are those of the compared dimensions that a park reports for the whole park, in the order of their table;
    of several figures the outturn of the longest span stands.
    """
    dimensions = dict(study.indicators.select("indicator", "dimension").iter_rows())
    compared = [r for r in study.summaries().to_dicts() if dimensions[r["indicator"]] in COMPARED_DIMENSIONS]
    found, order = grouped(compared, "indicator", "transformation"), list(dimensions)
    rows = [
        (*quantity, park, *_cell(fitting(found[quantity], park_id=park)))
        for quantity in sorted(found, key=lambda quantity: (order.index(quantity[0]), quantity[1]))
        if fitting(found[quantity], subject="park")
        for park in study.park_ids()
    ]
    columns = ("indicator", "transformation", "park_id", "state", "observation_id")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def _cell(rows: list[Row]) -> tuple[str, str | None]:
    """The state of a cell and the figure that stands for it, given the figures of a park."""

    def precedence(row: Row) -> tuple[int, float, str]:
        days = (row["period_end"] - row["period_start"]).days if row["period_start"] and row["period_end"] else 0
        return _VALUE_TYPE_ORDER.index(row["value_type"]), -days, row["observation_id"]

    best = min(fitting(rows, subject="park"), key=precedence, default=None)
    if best is None:
        return ("parts", rows[0]["observation_id"]) if rows else ("none", None)
    period, state = Period.of(best), "ahead"
    if best["value_type"] == "outturn":
        state = "point" if period.start is None else "full_year" if period.is_full_year else "part_year"
    return state, best["observation_id"]


def comparability(study: Tables) -> pl.DataFrame:
    """One row an indicator, transformation and pair of parks, for the indicators that two parks report as an outturn.

    `reported`: whether `both` parks report it, `one` or `none`; `verdict` and `reasons` are the codes of `reasons_of`.
    """
    rows = {row["observation_id"]: row for row in study.summaries().iter_rows(named=True)}
    kinds = dict(study.indicators.select("indicator", "kind").iter_rows())
    found: dict[tuple[str, str], dict[str, str | None]] = defaultdict(dict)
    for indicator, kind, park, state, observation in cells(study).iter_rows():
        found[indicator, kind][park] = observation if state in REPORTED else None
    result = []
    for quantity, chosen in found.items():
        if sum(observation is not None for observation in chosen.values()) < 2:
            continue
        for pair in combinations(chosen, 2):
            ids = [chosen[park] for park in pair]
            first, second = (rows.get(i or "") for i in ids)
            verdict, reasons = reasons_of(first, second, kinds[quantity[0]])
            reported = ("both", "one", "none")[ids.count(None)]
            codes = [str(reason.values.get("flag", reason.code)) for reason in reasons]
            result.append((*quantity, *pair, *ids, reported, verdict, codes))
    columns = ("indicator", "transformation", "first", "second", "first_observation", "second_observation")
    schema = dict.fromkeys((*columns, "reported", "verdict"), pl.String)
    return pl.DataFrame(result, schema={**schema, "reasons": pl.List(pl.String)}, orient="row")


def reasons_of(first: Row | None, second: Row | None, kind: str) -> tuple[str, list[Fact]]:
    """The verdict on two figures of one indicator of this `kind` (`flow`, `stock`, ...), with its reasons.

    Refused: a missing figure; levels of a flow on spans of different length, or of two stated populations (method, G5, T3).
    Limits: growth on different spans (G3), an unstated population, an unstated or inferred concept, grade C (Q2).
    """
    if first is None or second is None:
        return "not_comparable", [Fact("pair_not_reported")]
    both = {"first": first, "second": second}
    refusals: list[Fact] = []
    limits: list[Fact] = []
    level = first["transformation"] == "level"
    if not _same_span(first, second):
        (refusals if level and kind in ("flow", "count") else limits).append(Fact("pair_spans_differ", both))
    populations, wholes = ({first[key], second[key]} for key in ("population", "share_of"))
    stated = [row for row in both.values() if row["population"] != "unstated"]
    if len(stated) < 2:
        limits.append(
            Fact("pair_population_stated_once", {"stated": stated[0]}) if stated else Fact("pair_population_unstated")
        )
    elif len(populations) > 1:
        (refusals if level else limits).append(Fact("pair_populations_differ", both))
    if len(wholes) > 1:
        (limits if "unstated" in wholes else refusals).append(Fact("pair_wholes_differ", both))
    for row in both.values():
        doubts = [flag for flag in _DOUBTS if flag in row["caveats"]]
        limits += [Fact("pair_doubt", {"park": row["park_id"], "flag": flag}) for flag in doubts]
        limits += [Fact("pair_grade_c", {"park": row["park_id"]})] if row["grade"] == "C" else []
    if refusals:
        return "not_comparable", refusals + limits
    return ("limits", limits) if limits else ("comparable", [Fact("pair_same", both)])


def _same_span(*rows: Row) -> bool:
    """True for the same months of any year, and for two points in time."""
    first, second = (Period.of(row) for row in rows)
    if first.start is None or second.start is None:
        return first.start is None and second.start is None and (first.end is None) == (second.end is None)
    return first.months is not None and (first.months, first.start.month) == (second.months, second.start.month)
