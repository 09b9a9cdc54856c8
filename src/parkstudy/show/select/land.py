"""What the exhibits on land select."""

from itertools import pairwise
from typing import Any

import polars as pl

from parkstudy.method import land
from parkstudy.method.land import matched_rungs
from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.show.exhibit import MOST_STATES, Selected
from parkstudy.show.select.shared import GIVEN, OFFICIAL, REFUSED, Row, banded, measures_of, on_basis, trust

RUNGS = codes("rung")
PER_AREA = ("tax_per_area", "output_per_area")  # the measures that sentences speak of


def measures(study: Study) -> pl.DataFrame:
    """Every measure per area."""
    return measures_of(study, land.MEASURES)


def sentences(study: Study, basis: str) -> Selected:
    """The values of the complete official texts on the rungs that two parks share, and what stands without a partner.

    The values of months as printed are never in an order: tax on the first shared rung opens the page, the others follow.
    """
    rows = measures(study)
    rungs, tax = matched_rungs(rows), rows.filter(measure="tax_per_area")
    found = {measure: _on_rungs(rows, measure, rungs, basis) for measure in PER_AREA}
    first = found["tax_per_area"].pop(0) if basis == "reported" and found["tax_per_area"] else None
    on_rung = pl.col("rung").is_in(rungs)
    reported = tax.filter(GIVEN, OFFICIAL, on_rung, basis="reported", value_type="outturn")
    alone = tax.filter(GIVEN, ~on_rung, basis=basis).select("park_id", "rung").unique(maintain_order=True)
    facts = {
        "first": first, "several_populations": first and reported["population"].n_unique() > 1,
        "rungs": rungs, "rung_count": len(rungs),
        "others": [{"measure": measure, "rungs": said} for measure, said in found.items() if said],
        "alone": alone.to_dicts(), "without": tax.filter(pl.col("reason").is_in(["no_area", "no_tax"])).to_dicts(),
        "trust": trust(rows.filter((pl.col("basis") == basis) | REFUSED)),
    }  # fmt: skip
    return Selected(rows, facts)


def _on_rungs(rows: pl.DataFrame, measure: str, rungs: list[str], basis: str) -> list[dict[str, Any]]:
    """Each rung with what the complete official texts give on it, where that is more than one."""
    given = rows.filter(GIVEN, OFFICIAL, measure=measure)
    found = [{"rung": rung, "measure": measure, "rows": _of_parks(given.filter(rung=rung), basis)} for rung in rungs]
    return [one for one in found if len(one["rows"]) > 1]


def _of_parks(rows: pl.DataFrame, basis: str) -> list[Row]:
    if basis == "annualised":
        return rows.filter(basis=basis).to_dicts()
    bands = {row["park_id"]: row for row in rows.filter(basis="annualised", status="I").to_dicts()}
    shown = rows.filter(basis=basis, value_type="outturn").to_dicts()
    return [{**row, "band": bands.get(row["park_id"])} for row in shown]


def ladder(study: Study, measure: str, basis: str, rung: str = "") -> Selected:
    """Values per area, a panel a rung: of all rungs or of one; the reported months with their full-year bands, or full years."""
    rows = measures(study)
    shared = [r for r in matched_rungs(rows, measure) if rung in ("", r)]
    chosen = rows.filter(GIVEN, pl.lit(not rung) | (pl.col("rung") == rung), measure=measure)
    official = chosen.filter(OFFICIAL, pl.col("rung").is_in(shared), basis="annualised")
    spans = {r: sorted(official.filter(rung=r).select("low", "high").iter_rows(), key=sum) for r in shared}
    populations, shown = official["population"].unique(maintain_order=True).to_list(), banded(chosen, basis)
    turned = [_tipping(r, own) for r, own in spans.items() if len(own) == 2] if measure == "output_per_area" else []
    facts = {
        "measure": measure, "basis": basis, "shared": shared, "panels": shown["rung"].n_unique(), "of": len(shared),
        "apart": sum(map(_apart, spans.values())), "tipping": turned, "populations": populations,
        "several_populations": len(populations) > 1,
    }  # fmt: skip
    return Selected(shown, facts)


def switched_rungs(study: Study, rung: str, measure: str) -> list[str]:
    """The rungs that two or more parks share and the one asked for, as many as fit, in the order of the ladder."""
    shared = matched_rungs(measures(study), measure)
    others = [other for other in shared if other != rung][: MOST_STATES // len(codes("basis")) - 1]
    return [r for r in RUNGS if r == rung or r in others]


def _apart(spans: list[tuple[float, float]]) -> bool:
    return len(spans) > 1 and all(first[1] < second[0] for first, second in pairwise(sorted(spans)))


def _tipping(rung: str, spans: list[tuple[float, float]]) -> dict[str, Any]:
    """The tipping point of an order of two (method, R7): how many times as much the higher output would be overstated."""
    (low, high), (higher_low, higher_high) = spans
    return {"rung": rung, "middle": (higher_low + higher_high) / (low + high), "corner": higher_low / high}


def areas(study: Study) -> Selected:
    """Every area that a text prints for a rung, in km², and how many times the largest of a park is its smallest."""
    rows = []
    for park in study.park_ids():
        for rung, area in land.areas(study, park).items():
            size = land.square_kilometres(area)
            rows.append((park, rung, size.value, size.low, size.high, area["grade"], area["observation_id"]))
    sizes = dict.fromkeys(("km2", "low", "high"), pl.Float64)
    schema: Any = {"park_id": pl.String, "rung": pl.Enum(RUNGS), **sizes, "grade": pl.String, "key": pl.String}
    data = pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col("km2") > 0)
    whole = data.filter(pl.col("rung") != "signed").group_by("park_id", maintain_order=True)
    spread = whole.agg(factor=pl.col("km2").max() / pl.col("km2").min()).sort("factor", maintain_order=True)
    facts = {"widest": spread.row(-1, named=True) if spread.height else None, "rungs": RUNGS}
    return Selected(data, facts, data["key"].to_list(), measures=False)


def every(study: Study, basis: str) -> Selected:
    """Every per-area value of a basis, and what is refused."""
    return Selected(on_basis(measures(study), basis))
