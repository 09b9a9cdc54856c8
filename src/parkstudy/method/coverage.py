"""Coverage: what the text of each park (of several its latest of its best grade) holds of an indicator: stated as a result of the
whole park, stated otherwise, or absent.

Whether two parks may be compared on it is not decided here: see `compare`.
"""

import polars as pl

from parkstudy.method.sides import OUTPUT, REVENUE
from parkstudy.record.chosen import LATEST, texts_by_park
from parkstudy.record.codes import codes
from parkstudy.record.rows import Row, fitting, grouped
from parkstudy.record.tables import Tables

_OTHER_CONCEPTS = {OUTPUT: (REVENUE,)}  # what a text may print in the place of an indicator (method, T6)
_VALUE_TYPE_ORDER = ("outturn", "forecast", "target", "plan")  # of several figures of a park, the first stands for it


def cells(study: Tables) -> pl.DataFrame:
    """One row an indicator, transformation and park, by dimension and in the order of the indicators.

    `state` is `stated` (a result of the whole park), `otherwise` or `absent`; `as_what` says how otherwise: `forecast`, `target`,
    `plan`, `part` or `other_concept`. `observation_id` is the figure that stands for the cell, of several results the one of the
    longest span; `figures` is how many the text prints.
    """
    parks, kinds = study.park_ids(), dict(study.indicators.select("indicator", "dimension").iter_rows())
    order, dimensions = list(kinds), codes("dimension")
    own = [
        row
        for text in texts_by_park(study.sources, LATEST).values()
        for row in study.rows("observations", source_id=text)
    ]
    found = grouped(own, "indicator", "transformation", "park_id")
    places = {
        (indicator, form): (dimensions.index(kinds[indicator]), order.index(indicator), form)
        for indicator, form, _ in found
    }
    rows = [
        (*quantity, park, *_cell(found.get((*quantity, park), []), _instead(found, *quantity, park)))
        for quantity in sorted(places, key=places.__getitem__)
        for park in parks
    ]
    columns = ("indicator", "transformation", "park_id", "state", "as_what", "observation_id")
    schema = {**dict.fromkeys(columns, pl.String), "figures": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _instead(found: dict[tuple[str, ...], list[Row]], indicator: str, form: str, park: str) -> list[Row]:
    """The figures of the whole park that are of another concept, where a text may print them in the place of this one."""
    others = [(other, form, park) for other in _OTHER_CONCEPTS.get(indicator, ())]
    return [row for other in others for row in fitting(found.get(other, []), subject="park")]


def _cell(rows: list[Row], instead: list[Row]) -> tuple[str, str | None, str | None, int]:
    """State, what it is stated as, and the figure that stands for it, given the figures of a park; and their number."""
    best = min(fitting(rows, subject="park"), key=_precedence, default=None)
    if best is not None:
        kind = str(best["value_type"])
        state = ("stated", None) if kind == "outturn" else ("otherwise", kind)
        return *state, best["observation_id"], len(rows)
    for as_what, held in (("part", rows), ("other_concept", instead)):
        if held:
            return "otherwise", as_what, min(held, key=_precedence)["observation_id"], len(held)
    return "absent", None, None, 0


def _precedence(row: Row) -> tuple[int, float, str]:
    days = (row["period_end"] - row["period_start"]).days if row["period_start"] and row["period_end"] else 0
    return _VALUE_TYPE_ORDER.index(row["value_type"]), -days, row["observation_id"]
