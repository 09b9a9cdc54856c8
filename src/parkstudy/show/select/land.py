"""What the exhibits on land select."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import polars as pl

from parkstudy.method import land
from parkstudy.method.compare import Comparison
from parkstudy.method.land import matched_rungs
from parkstudy.method.measures import texts as texts_of
from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.record.rows import Row
from parkstudy.record.rungs import WHOLE
from parkstudy.show.budget import MOST_STATES
from parkstudy.show.select.orders import (
    MOST_NOTED,
    decided,
    noted,
    of_lines,
    opening,
    refusals,
    reporting,
    standing,
    told,
)
from parkstudy.show.select.shared import GIVEN, HEADLINE, Selected, banded, many, measures_of, on_basis

RUNGS = codes("rung")
PER_AREA = ("tax_per_area", "output_per_area")  # the measures that sentences speak of


def measures(study: Study) -> pl.DataFrame:
    """Every measure per area."""
    return measures_of(study, land.MEASURES)


def sentences(study: Study, basis: str, rung: str) -> Selected:
    """Tax per area of the complete official texts on one area, and what comes out between them on every area that both print."""
    rows = measures(study).filter(GIVEN)
    official = rows.filter(HEADLINE, measure="tax_per_area", value_type="outturn")
    headline, parks = banded(official, basis), official["park_id"].unique(maintain_order=True).to_list()
    on = _instead(headline, rung)
    shown = headline.filter(rung=on)
    found = decided(study, "tax_per_area", parks, basis)
    facts = {
        **told(study, shown), "on": on, "instead": on != rung,
        "some": bool(parks), "any": rows.filter(measure="tax_per_area").height > 0,
        "trust": standing(study, "tax_per_area"),
        "alone": len(parks) == 1, **opening(found),
    }  # fmt: skip
    return Selected(rows, facts)


def _instead(values: pl.DataFrame, rung: str) -> str:
    """The area that an answer speaks of: the one asked for, or where no value is on it the one on which most are."""
    on = values["rung"].cast(pl.String).to_list()
    return rung if rung in on or not on else max(RUNGS, key=on.count)


def notes(study: Study) -> Selected:
    """Every pair of parks per area as it was decided on full years, and who has no value."""
    rows = measures(study)
    comparisons = _decided(study, "annualised")
    refused = rows.filter(pl.col("reason").is_in(["no_area", "no_tax"]), measure="tax_per_area")
    apart = {(one.left, one.right): {"left": one.left, "right": one.right} for one in comparisons if not one.rung}
    facts = {
        **noted(one for one in comparisons if one.rung),
        "apart": list(apart.values()) if len(apart) <= MOST_NOTED else [],
        "apart_count": len(apart) if len(apart) > MOST_NOTED else 0,
        **refusals(refused),
    }
    return Selected(rows, facts)


def per_area(study: Study, basis: str, rung: str = "", *, measure: str = PER_AREA[0]) -> Selected:
    """One measure per area, a group an area that two parks or more print, the one asked for first, with what comes out on each.

    Where no two parks print one, every area. Output takes the place of tax where no park gives tax, and then has no rows of its own.
    """
    given = set(measures(study).filter(GIVEN)["measure"])
    first = next((one for one in PER_AREA if one in given), PER_AREA[0])
    of = [first] if measure == PER_AREA[0] else [one for one in (measure,) if one != first]
    return _on_areas(study, basis, rung, of, lambda r, shared: r in shared or r == rung or not shared)


def alone(study: Study, basis: str) -> Selected:
    """Tax and output on the areas that one park alone prints; none where no area is shared, for then each measure has them."""
    return _on_areas(study, basis, "", PER_AREA, lambda r, shared: bool(shared) and r not in shared)


def _on_areas(
    study: Study, basis: str, rung: str, of: Sequence[str], kept: Callable[[str, set[str]], bool]
) -> Selected:
    """The measures `of` on the areas that are `kept` of all, given those that two parks or more print."""
    rows = measures(study).filter(GIVEN, pl.col("measure").is_in(PER_AREA))
    verdicts = [one for one in _decided(study, basis) if one.rung]
    shared = {*matched_rungs(rows)} if many(study) else {one.rung for one in verdicts if one.rung}
    rows = rows.filter(pl.col("measure").is_in(of))
    given = set(rows["rung"])
    lower = given - set(rows.filter(HEADLINE)["rung"])  # of texts of grade C alone
    order = [r for r in RUNGS if r in given and kept(r, shared)]
    order.sort(key=lambda r: (r not in shared, r in lower, r != rung))
    rows = rows.filter(pl.col("rung").is_in(order))
    shown = of_lines(study, banded(rows, basis)).sort(pl.col("rung").cast(pl.Enum(order)), maintain_order=True)
    verdicts = [one for one in verdicts if one.rung in order and one.measure in of]
    full_years = all(one.basis == "annualised" for one in verdicts)
    facts = {
        "verdicts": {r: {m: _on_area(rows, verdicts, r, m) for m in of} for r in order}, "order": order,
        "ties": {r: {m: _tie(verdicts, r, m) for m in of} for r in order if r in shared},
        "shows": "several" if len(of) > 1 else "".join(of),
        "full_years": bool(verdicts) and full_years, **opening(verdicts),
        "verdict_basis": "" if not verdicts else "full_years" if full_years else "both",
    }  # fmt: skip
    return Selected(shown.with_columns(group=pl.col("rung").cast(pl.String)), facts)


def _on_area(rows: pl.DataFrame, verdicts: Iterable[Comparison], rung: str, measure: str) -> Row:
    """What comes out on one area for one measure, and how many parks give a value there."""
    parks = rows.filter(rung=rung, measure=measure)["park_id"].n_unique()
    return {"parks": parks, **opening([one for one in verdicts if (one.rung, one.measure) == (rung, measure)])}


def _tie(verdicts: Iterable[Comparison], rung: str, measure: str) -> tuple[str, str]:
    """The parks that what comes out on an area is about, and the comparison of two that it opens."""
    found = [one for one in verdicts if (one.rung, one.measure) == (rung, measure)]
    parks = dict.fromkeys(park for one in found for park in (one.left, one.right))
    return " ".join(parks), found[0].key if len(found) == 1 else ""


def _decided(study: Study, basis: str) -> list[Comparison]:
    return [one for measure in PER_AREA for one in decided(study, measure, reporting(study, measure), basis)]


def switched_rungs(study: Study, rung: str) -> list[str]:
    """The areas that two or more parks print and the one asked for, as many as fit, in the order of the areas; of many parks the one
    asked for: their picture draws all.
    """
    if many(study):
        return [rung]
    shared = matched_rungs(measures(study))
    others = [other for other in shared if other != rung][: MOST_STATES // len(codes("basis")) - 1]
    return [r for r in RUNGS if r == rung or r in others]


def switched_bases(study: Study, basis: str) -> Sequence[str]:
    """Both; of many parks the one asked for, so that answer and picture are of the same: their picture has room for one."""
    return [basis] if many(study) else codes("basis")


def areas(study: Study) -> Selected:
    """Every area that a text prints for a rung, in km², and how many times the largest of a park is its smallest, if it prints two."""
    rows = []
    for text in texts_of(study):
        for rung, area in land.areas(study, text).items():
            size = land.square_kilometres(area)
            rows.append((*text, rung, size.value, size.low, size.high, area["grade"], area["observation_id"]))
    schema: Any = dict.fromkeys(("park_id", "source_id", "rung", "km2", "low", "high", "grade", "key"), pl.String)
    schema |= {"rung": pl.Enum(RUNGS), **dict.fromkeys(("km2", "low", "high"), pl.Float64)}
    data = pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col("km2") > 0)
    whole = data.filter(pl.col("rung").is_in(WHOLE)).group_by("park_id", "source_id", maintain_order=True)
    km2, of_rung = pl.col("km2"), pl.col("rung")
    rungs = {"largest": of_rung.get(km2.arg_max()), "smallest": of_rung.get(km2.arg_min())}
    spread = whole.agg(factor=km2.max() / km2.min(), **rungs).sort("factor", maintain_order=True)
    spread = spread.filter(pl.col("factor") > 1)
    facts = {
        "widest": spread.row(-1, named=True) if spread.height else None,
        "rungs": [rung for rung in RUNGS if rung in set(data["rung"])],
        "parks": data["park_id"].n_unique(),
    }
    return Selected(data, facts, data["key"].to_list(), of_measures=False)


def every(study: Study, basis: str) -> Selected:
    """Every per-area value of a basis, and what is refused."""
    return Selected(on_basis(measures(study), basis))
