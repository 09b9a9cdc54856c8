"""What stands beside the sentence that holds: whose figures they are, what is no result, what speaks against a value, why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from parkstudy.explorer import tabs
from parkstudy.explorer.variants import BEHIND, MOST_PARKS, Variant
from parkstudy.method.compare import Comparison
from parkstudy.record.rows import Row, gathered, grouped
from parkstudy.record.schema import COMPLETE
from parkstudy.show.select.spread import spread

if TYPE_CHECKING:
    from parkstudy.explorer.answer import Question

PRINTED = ("as_printed", "as_reported")
MOST_ORDERS, _MOST_REASONS = 6, 2  # that are named in a sentence
_AGAINST = ("contradicted", "implausible")  # flags of a value that another figure of its text speaks against
_ADDED_UP = ("as_reported", "per_firm", "per_area")  # methods of values that grow with the months


def whose(question: Question, rows: Iterable[Row]) -> Iterable[Markup]:
    """Which firms the values are of, each set with its parks; none of many parks, which the table tells."""
    found = grouped([row for row in rows if row.get("population")], "population")
    told = [{"population": own[0]["population"], "parks": [row["park_id"] for row in own]} for own in found.values()]
    if told and sum(len(one["parks"]) for one in told) <= MOST_PARKS:
        yield question.say("whose", found=told)


def spread_of(question: Question, chosen: Variant) -> Iterable[Markup]:
    """How the results of complete official texts spread, where a claim of many parks only counts them."""
    facts = question.shown[1].facts if question.shown else {}
    if facts.get("many") and "spread" not in facts:
        grades = dict(question.study.sources.select("source_id", "grade").iter_rows())
        rows = [row for row in chosen.values.values() if grades.get(row["source_id"]) in COMPLETE]
        if found := spread((row for row in rows if row["value_type"] == "outturn"), len(question.asking.parks)):
            yield question.say("spread", spread=found)


def apart(question: Question, chosen: Variant) -> Iterable[Markup]:
    """What a claim of complete official texts leaves out: the parks of other texts, and values that are no result."""
    grades = dict(question.study.sources.select("source_id", "grade").iter_rows())
    rows = [row for row in chosen.values.values() if grades.get(row["source_id"]) not in COMPLETE]
    if rows:
        yield question.say("apart", rows=rows, count=len(rows), many=len(rows) > MOST_PARKS)
    given = [row for row in tabs.measured(question) if row["low"] is not None]
    ahead = [row for row in given if row["value_type"] in BEHIND[1:]]
    if ahead and any(row["value_type"] == "outturn" for row in given):
        yield question.say("ahead", rows=ahead, count=len(ahead), many=len(ahead) > MOST_ORDERS)
        results = grouped([row for row in given if row["method"] in _ADDED_UP], "source_id")
        behind = [
            r["park_id"] for r in ahead if any(_falls_behind(one, r) for one in results.get((r["source_id"],), ()))
        ]
        if behind:
            yield question.say("less", parks=list(dict.fromkeys(behind)))


def _falls_behind(result: Row, forecast: Row) -> bool:
    """Whether the forecast of a year is below the result of its first months, of what adds up month by month."""
    alike = all(
        result[name] == forecast[name] for name in ("source_id", "unit", "population", "period_start", "rung", "basis")
    )
    kinds = (result["value_type"], forecast["value_type"]) == ("outturn", "forecast")
    if not (alike and kinds and result["method"] in _ADDED_UP and result["period_end"] and forecast["period_end"]):
        return False
    return bool(result["period_end"] < forecast["period_end"] and forecast["high"] < result["low"])


def doubted(question: Question, chosen: Variant) -> Iterable[Markup]:
    """The values that another figure of their text speaks against, printed or computed; none of many, which the table tells."""
    found = [row for row in chosen.values.values() if {*_AGAINST} & {*row["flags"]}]
    for flag, printed in product(_AGAINST, (True, False)) if len(found) <= MOST_ORDERS else ():
        if rows := [row for row in found if flag in row["flags"] and (row["method"] in PRINTED) == printed]:
            yield question.say("doubted", rows=rows, flag=flag, printed=printed)


def refusals(question: Question, decided: Iterable[Comparison]) -> list[Row]:
    """Why pairs are not compared: each reason; of many the first of each kind, with how many pairs `more` it is told of."""
    refused = [one.reason for one in decided if one.reason]
    told = list(dict.fromkeys(map(question.view.fact, refused)))
    if len(told) <= _MOST_REASONS:
        return [{"said": said if place else begun(said), "more": 0} for place, said in enumerate(told)]
    kinds: Sequence[Any] = [*gathered(refused, lambda reason: reason.code).values()]
    said = [question.view.fact(own[0]) for own in kinds]
    return [{"said": one if place else begun(one), "more": len(kinds[place]) - 1} for place, one in enumerate(said)]


def begun(words: Markup) -> Markup:
    """Words as a sentence begins: with a capital, unless their first word is a name with other signs."""
    return Markup(words[:1].upper() + words[1:]) if re.match(r"[a-z]+ ", words) else words


def reasons(gaps: Mapping[str, Row]) -> list[Row]:
    """Why parks have no value: each reason with its parks, the one of most parks first."""
    found: dict[tuple[Any, ...], Row] = {}
    for park, row in gaps.items():
        one = found.setdefault(
            (row["gap"], row["own"], row["reason"], row["period_start"], row["period_end"]), {**row, "parks": []}
        )
        one["parks"].append(park)
    return sorted(found.values(), key=lambda one: -len(one["parks"]))
