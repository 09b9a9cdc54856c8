"""Outside figures: what news and other pages print on the parks of the study, and on other parks for context.

They support no verdict and are never chained to the texts' figures; a park of context is listed, never ranked.
"""

from collections.abc import Collection
from functools import partial
from typing import NamedTuple

import polars as pl

from parkstudy.method.fact import Fact
from parkstudy.method.measures import derived, of_flow, printed, texts
from parkstudy.record.interval import Interval
from parkstudy.record.rows import Row
from parkstudy.record.tables import Tables

_SAME = ("indicator", "transformation", "subject", "value_type")
_NEAR = ("population", "period_start", "period_end")


class Answer(NamedTuple):
    """What an outside figure says of the nearest figure `against` of the text: a code of the group `answer`, and why."""

    observation_id: str
    answer: str
    reason: Fact
    against: str | None


def answers(study: Tables) -> list[Answer]:
    """One answer an outside figure on a core park, in the order of the record."""
    parks, found = set(study.park_ids()), []
    outside = (row for row in study.rows("observations") if row["kind"] != "work_summary" and row["park_id"] in parks)
    for figure in outside:
        of_park = [text for text in texts(study) if text.park == figure["park_id"]]
        same = [row for text in of_park for row in printed(study, text, **{key: figure[key] for key in _SAME})]
        nearest = min(same, key=partial(_distance, figure), default=None)
        against = None if nearest is None else nearest["observation_id"]
        found.append(Answer(figure["observation_id"], *_held_against(figure, nearest), against))
    return found


def _distance(figure: Row, row: Row) -> list[int]:
    """How far a figure of a text is from an outside one: firms counted and years first, then months."""
    years = [one["period_end"].year if one["period_end"] else 0 for one in (figure, row)]
    differs = [int(row[key] != figure[key]) for key in _NEAR]
    return [differs[0], abs(years[0] - years[1]), *differs[1:]]


def corroborations(study: Tables) -> pl.DataFrame:
    """The answers as codes: `observation_id, answer, reason, against`."""
    rows = [(a.observation_id, a.answer, a.reason.code, a.against) for a in answers(study)]
    columns = ("observation_id", "answer", "reason", "against")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def _held_against(figure: Row, row: Row | None) -> tuple[str, Fact]:
    if row is None:
        return "cannot_be_compared", Fact("outside_county" if figure["subject"] == "county" else "outside_none")
    if "unstated" in (row["population"], figure["population"]):  # two texts: no one says that they count the same firms
        return "cannot_be_compared", Fact("outside_population_unstated")
    if row["population"] != figure["population"]:
        return "cannot_be_compared", Fact("outside_populations_differ", {"own": row, "outside": figure})
    spans = [(r["period_start"], r["period_end"]) for r in (figure, row)]
    below = figure["low"] <= row["high"]
    if spans[0] == spans[1]:
        return "agrees" if below and row["low"] <= figure["high"] else "disagrees", Fact("outside_same")
    dated = None not in (*spans[0], *spans[1])
    if dated and row["transformation"] == "level" and spans[1][0] <= spans[0][0] and spans[0][1] <= spans[1][1]:
        return ("agrees", Fact("outside_part_within")) if below else ("disagrees", Fact("outside_part_above"))
    return "cannot_be_compared", Fact("outside_other_months")


_AS_PRINTED = {"growth": ("yoy", "as_printed"), "level": ("level", "as_reported")}


def context_figures(study: Tables) -> pl.DataFrame:
    """The observations of the parks of context, in the order of the record."""
    return study.observations.filter(pl.col("park_id").is_in(study.park_ids("context")))


def beside(study: Tables, measure: str, populations: Collection[str | None]) -> list[Row]:
    """The results of the parks of context for the concept of a measure, a rate or an amount, and for one of these populations, as rows
    of that measure: in no comparison and no count. Each has the id of its observation as its key.

    An unstated population agrees with none (method, G12).
    """
    flow, kind = of_flow(measure)
    transformation, method = _AS_PRINTED.get(kind, ("", ""))
    wanted = {"indicator": flow, "transformation": transformation, "subject": "park", "value_type": "outturn"}
    found = []
    for row in context_figures(study).filter(**wanted).to_dicts() if transformation else ():
        if row["population"] in populations and row["population"] != "unstated":
            more = {"status": row["obs_status"], "unit": row["unit"], "source_id": row["source_id"], "reason": None}
            found.append(derived(measure, method, Interval.of(row), row, **more) | {"key": row["observation_id"]})
    return found
