"""What the exhibits on land select."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import polars as pl

from parkstudy.method import land
from parkstudy.method.land import matched_rungs
from parkstudy.method.study import Study
from parkstudy.show.exhibit import MOST_STATES, Selected
from parkstudy.show.select.shared import GIVEN, OFFICIAL, Row, banded, on_basis, trust
from parkstudy.words.codes import codes

RUNGS = codes("rung")
_SAID = ("tax_per_area", "output_per_area")  # the measures that sentences speak of


def measures(study: Study) -> pl.DataFrame:
    """Every measure per area."""
    return study.measures.filter(pl.col("measure").is_in(list(land.MEASURES)))


def sentences(study: Study, basis: str) -> Selected:
    """The values of the complete official texts on the rungs that two parks share, and what stands without a partner.

    The values of months as printed are never in an order: tax on the first shared rung opens the page, the others follow.
    """
    rows = measures(study)
    rungs = matched_rungs(rows)
    found = {measure: _on_rungs(rows, measure, rungs, basis) for measure in _SAID}
    first = found["tax_per_area"].pop(0) if basis == "reported" and found["tax_per_area"] else None
    reported = rows.filter(GIVEN, OFFICIAL, pl.col("rung").is_in(rungs), measure="tax_per_area", basis="reported")
    alone = rows.filter(GIVEN, ~pl.col("rung").is_in(rungs), measure="tax_per_area", basis=basis)
    facts = {
        "first": first,
        "several_populations": first and reported.filter(value_type="outturn")["population"].n_unique() > 1,
        "rungs": rungs,
        "rung_count": len(rungs),
        "others": [{"measure": measure, "rungs": said} for measure, said in found.items() if said],
        "alone": alone.select("park_id", "rung").unique(maintain_order=True).to_dicts(),
        "without": rows.filter(pl.col("reason").is_in(["no_area", "no_tax"]), measure="tax_per_area").to_dicts(),
        "trust": trust(rows.filter((pl.col("basis") == basis) | pl.col("reason").is_not_null())),
    }
    return Selected(rows, facts)


def _on_rungs(rows: pl.DataFrame, measure: str, rungs: list[str], basis: str) -> list[dict[str, Any]]:
    """Each rung with what the complete official texts give on it, where that is more than one."""
    found = [{"rung": rung, "measure": measure, "rows": _of_parks(rows, measure, rung, basis)} for rung in rungs]
    return [one for one in found if len(one["rows"]) > 1]


def _of_parks(rows: pl.DataFrame, measure: str, rung: str, basis: str) -> list[Row]:
    rows = rows.filter(GIVEN, OFFICIAL, measure=measure, rung=rung)
    bands = {row["park_id"]: row for row in rows.filter(basis="annualised", status="I").to_dicts()}
    shown = rows.filter(basis=basis)
    if basis == "annualised":
        return shown.to_dicts()
    return [{**row, "band": bands.get(row["park_id"])} for row in shown.filter(value_type="outturn").to_dicts()]


def ladder(study: Study, measure: str, basis: str, rung: str = "") -> Selected:
    """Values per area, a panel a rung: of all rungs or of one; the reported months with their full-year bands, or full years."""
    rows = measures(study)
    chosen = rows.filter(GIVEN, measure=measure)
    chosen = chosen.filter(pl.col("rung") == rung) if rung else chosen
    years = chosen.filter(basis="annualised")
    shared = [r for r in matched_rungs(rows, measure) if rung in ("", r)]
    official = years.filter(OFFICIAL, pl.col("rung").is_in(shared))
    shown = banded(chosen, basis)
    facts = {
        "measure": measure,
        "basis": basis,
        "shared": shared,
        "panels": shown["rung"].n_unique(),
        "apart": sum(_apart(official.filter(pl.col("rung") == r)) for r in shared),
        "of": len(shared),
        "populations": official["population"].unique(maintain_order=True).to_list(),
        "several_populations": official["population"].n_unique() > 1,
        "tipping": [one for r in shared if (one := _tipping(official.filter(pl.col("rung") == r), r))]
        if measure == "output_per_area"
        else [],
    }
    return Selected(shown, facts)


def switched_rungs(study: Study, rung: str, measure: str) -> list[str]:
    """The rungs that two or more parks share and the one asked for, as many as fit, in the order of the ladder."""
    shared = matched_rungs(measures(study), measure)
    others = [other for other in shared if other != rung][: MOST_STATES // len(codes("basis")) - 1]
    return [r for r in RUNGS if r == rung or r in others]


def _apart(rows: pl.DataFrame) -> bool:
    spans = sorted(rows.select("low", "high").iter_rows())
    return len(spans) > 1 and all(first[1] < second[0] for first, second in pairwise(spans))


def _tipping(rows: pl.DataFrame, rung: str) -> dict[str, Any] | None:
    """The tipping point of an order of two (method, R7): how many times as much the higher output would be overstated."""
    spans = sorted(rows.select("low", "high").iter_rows(), key=sum)
    if len(spans) != 2:
        return None
    (low, high), (higher_low, higher_high) = spans
    return {"rung": rung, "middle": (higher_low + higher_high) / (low + high), "corner": higher_low / high}


def areas(study: Study) -> Selected:
    """Every area that a text prints for a rung, in km², and how many times the largest of a park is its smallest."""
    rows = []
    for park in study.park_ids():
        for rung, area in land.areas(study, park).items():
            size = land.square_kilometres(area)
            rows.append(
                {"park_id": park, "rung": rung, "km2": size.value, "low": size.low, "high": size.high}
                | {"grade": area["grade"], "key": area["observation_id"]}
            )
    numbers = dict.fromkeys(["km2", "low", "high"], pl.Float64)
    schema: dict[str, Any] = {
        "park_id": pl.String,
        "rung": pl.Enum(RUNGS),
        **numbers,
        "grade": pl.String,
        "key": pl.String,
    }
    data = pl.DataFrame(rows, schema=schema).filter(pl.col("km2") > 0)
    whole = data.filter(pl.col("rung") != "signed").group_by("park_id", maintain_order=True)
    spread = whole.agg(factor=pl.col("km2").max() / pl.col("km2").min()).sort("factor", maintain_order=True)
    facts = {"widest": spread.row(-1, named=True) if spread.height else None, "rungs": RUNGS}
    return Selected(data, facts, data["key"].to_list(), measures=False)


def every(study: Study, basis: str) -> Selected:
    """Every per-area value of a basis, and what is refused."""
    return Selected(on_basis(measures(study), basis))
