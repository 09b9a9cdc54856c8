"""What the exhibit selects that shows any measure: its value in each text of the chosen parks, and why a text has none."""

from collections import Counter
from collections.abc import Iterable

import polars as pl

from parkstudy.method.growth import OF_ANY
from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.record.rows import Row, grouped
from parkstudy.record.schema import COMPLETE
from parkstudy.show.select.orders import of_lines
from parkstudy.show.select.shared import GIVEN, Selected, banded, texts, too_many, years_differ
from parkstudy.show.select.spread import spread

CHOICES = ("price", "basis", "rung")  # that may act on a measure
_OF_REFUSAL = ("key", "reason", "period_start", "period_end", "method", "basis", "price", "rung")


def acting(given: pl.DataFrame) -> dict[str, list[str]]:
    """The choices that act on a measure, by the rows that have a value: each with what it can be, in the order of its codes.

    A rate at comparable prices is the same at either price.
    """
    found = {name: {one for one in given[name].unique().to_list() if one in codes(name)} for name in CHOICES}
    return {name: [one for one in codes(name) if one in held] for name, held in found.items() if _acts(name, held)}


def _acts(name: str, held: set[str]) -> bool:
    return bool(held) if name == "rung" else codes(name)[1] in held


def first(study: Study) -> str:
    """The measure that is shown where none is named: the first of the study."""
    return str(next(iter(study.measures["measure"]), codes("measure")[0]))


def values(study: Study, measure: str, price: str, basis: str, rung: str) -> Selected:
    """A line a value of the measure in the variant chosen, one a text without it with the reason (`gap`), park by park.

    Of several units the commonest is drawn: the value in another one is the reason why its line has no mark.
    """
    rows = study.measures.filter(measure=measure)
    given = rows.filter(GIVEN)
    acts, chosen = acting(given), {"price": price, "basis": basis, "rung": rung}
    shown = given.filter(pl.lit(True), *(_fits(name, chosen[name]) for name in acts if name != "basis"))
    shown = banded(shown, basis) if "basis" in acts else shown
    unit = Counter(shown["unit"].to_list()).most_common(1)
    of = unit[0][0] if unit else ""
    lines = [{**row, "gap": "other_unit", "own": row["key"], **dict.fromkeys(("value", "low", "high"))} if row["unit"] != of else row
             for row in shown.iter_rows(named=True)]  # fmt: skip
    like = {"subject": "park", "measure": measure}
    lines += _gaps(study, rows, like, {row["source_id"] for row in lines}, chosen, acts)
    more = {
        **dict.fromkeys(("gap", "own", "band_key"), pl.String),
        **dict.fromkeys(("band_low", "band_high"), pl.Float64),
    }
    made = pl.DataFrame(
        [{name: row.get(name) for name in (*rows.columns, *more)} for row in lines], {**rows.schema, **more}
    )
    data = of_lines(study, made).with_columns(
        line=pl.coalesce("key", "source_id", "park_id"), column=pl.col("measure").cast(pl.String)
    )
    facts = {
        "measure": measure,
        "unit": of,
        "acts": list(acts),
        "columns": [measure],
        **_told(study, measure, data.to_dicts()),
    }
    return Selected(data if shown.height else data.clear(), facts)


def _fits(name: str, value: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).is_in([value, "comparable"] if name == "price" else [value])


def _told(study: Study, measure: str, rows: list[Row]) -> Row:
    """What the words say of the lines."""
    given = [row for row in rows if row["low"] is not None]
    kinds = [row["value_type"] for row in given]
    of_firms = [row["population"] == "above_scale" for row in given]
    kind = "outturn" if "outturn" in kinds else next(iter(kinds), None)  # a measure may be of targets alone
    official = [row for row in given if row["grade"] in COMPLETE and row["value_type"] == kind]
    leads = [row["inputs"][0] for row in given if row["inputs"]] if measure in OF_ANY else []
    of = study.observations.filter(pl.col("observation_id").is_in(leads))["indicator"].n_unique() if leads else 0
    return {
        "official": official, "many": too_many(official), "spread": spread(official, len(study.park_ids())),
        "apart": len(given) - len(official), "given": len(given),
        "parks": len({row["park_id"] for row in given}), "years_differ": years_differ(given), "several": of > 0,
        "hollow": any(row["grade"] not in COMPLETE for row in given),
        "banded": any(row["band_key"] for row in given), "above_scale": any(of_firms) and ("all" if all(of_firms) else "some"),
    }  # fmt: skip


def _gaps(study: Study, rows: pl.DataFrame, line: Row, given: set[str], chosen: Row, acts: Iterable[str]) -> list[Row]:
    """A row for each text that has no value in the variant, with the first reason that fits: a refusal, or what it has instead."""
    own = grouped(rows.to_dicts(), "source_id")
    parks = set(study.park_ids())
    told = [text for text in texts(study).iter_rows(named=True) if text["park_id"] in parks]
    found = [
        {**line, "park_id": text["park_id"], "source_id": text["source_id"], **gap(own.get((text["source_id"],), []), chosen, acts)}
        for text in told if text["source_id"] not in given
    ]  # fmt: skip
    parks -= {text["park_id"] for text in told}
    return found + [{**line, "park_id": park, "gap": "no_text"} for park in study.park_ids() if park in parks]


def gap(rows: list[Row], chosen: Row, acts: Iterable[str]) -> Row:
    """Why a text has no value in a variant: its refusal, else the variants in which it has one, else any refusal."""
    refused = [row for row in rows if row["reason"]]
    same = [row for row in refused if all(row[name] in (None, chosen[name]) for name in acts)]
    others = [row for row in rows if row["low"] is not None]
    for name in acts if others and not same else ():
        held = dict.fromkeys(row[name] for row in others if row[name])
        if chosen[name] not in held:
            return {"gap": f"other_{name}", "own": ";".join(held)}
    for row in (same or refused)[:1]:
        return {name: row[name] for name in _OF_REFUSAL}
    return {"reason": "not_reported"}
