"""What the exhibits on growth select."""

import math
from itertools import combinations
from typing import Any

import polars as pl

from parkstudy.method import growth
from parkstudy.method.growth import RATES
from parkstudy.method.measures import lead
from parkstudy.method.study import Study
from parkstudy.record.period import Period, growth_margin
from parkstudy.show.exhibit import Selected
from parkstudy.show.select.shared import GIVEN, OFFICIAL, REFUSED, Row, measures_of, trust

OUTPUT, VALUE_ADDED = RATES[:2]
_TABLED = [name for name in growth.MEASURES if name.endswith(("_growth", "_growth_target"))]
_REFERENCES = {"reference_revenue_growth": OUTPUT, "reference_value_added_growth": VALUE_ADDED}
_REAL = pl.col("price") == "real"
_ABOVE = pl.col("value") > pl.col("target")


def _at_prices(rates: pl.DataFrame, price: str) -> pl.DataFrame:
    """The rates of a price with those that are at comparable prices as printed, and every refusal."""
    return rates.filter(pl.col("price").is_in([price, "comparable"]) | REFUSED)


def sentences(study: Study, price: str) -> Selected:
    """Rates of output by grade, their margins; two concepts side by side; targets; who is silent, by sentence."""
    rows = measures_of(study, RATES)
    given = rows.filter(GIVEN, value_type="outturn")
    printed = given.filter(~_REAL)
    published = printed.filter(measure=OUTPUT).to_dicts()
    shown = _of_output(given, published, price)
    official = [row for row in shown if row["grade"] == "A"]
    unindexed = rows.filter(reason="no_price_index") if price == "real" else rows.clear()
    beside, parks = _beside_targets(study), {row["park_id"] for row in published}
    facts = {
        "official": official, "apart": [row for row in shown if row["grade"] == "C"],
        "some": bool(published), "some_official": any(row["grade"] == "A" for row in published),
        "without_index": unindexed["park_id"].unique(maintain_order=True).to_list(),
        "margins": _margins(official), "concepts": _two_concepts(printed),
        "target_parks": beside["park_id"].unique(maintain_order=True).to_list(),
        "above": beside.filter(_ABOVE).height, "beside": beside.height,
        "silent": [park for park in study.park_ids() if park not in parks], "trust": trust(_at_prices(rows, price)),
    }  # fmt: skip
    return Selected(rows, facts)


def _of_output(given: pl.DataFrame, published: list[Row], price: str) -> list[Row]:
    """The rates of output at the prices asked for, each with the published one that it comes from."""
    if price == "nominal":
        closed = [row["value"] is not None and math.isfinite(row["high"] - row["low"]) for row in published]
        return [{**row, "closed": one} for row, one in zip(published, closed, strict=True)]
    from_ = {row["inputs"][0]: row for row in published}
    return [{**row, "published": from_[row["inputs"][0]]} for row in given.filter(_REAL, measure=OUTPUT).to_dicts()]


def _margins(rows: list[Row]) -> list[dict[str, Any]]:
    """Each pair of rates on spans of different length, and the points beyond which they are ordered (method, G3)."""
    pairs = [(one, other, growth_margin(Period.of(one), Period.of(other))) for one, other in combinations(rows, 2)]
    return [{"parks": [one["park_id"], other["park_id"]], "points": points} for one, other, points in pairs if points]


def _two_concepts(rates: pl.DataFrame) -> list[dict[str, Row]]:
    """Output and value added of one park on the same months."""
    same = ("park_id", "period_start", "period_end")
    output, added = (rates.filter(measure=measure).to_dicts() for measure in (OUTPUT, VALUE_ADDED))
    return [{"output": one, "added": other} for one in output for other in added if all(one[k] == other[k] for k in same)]  # fmt: skip


def published(study: Study, price: str) -> Selected:
    """Published rates with the national ones of their concept, or at constant prices; tax and investment have no index."""
    kinds, prices = pl.col("value_type").is_in(["outturn", "forecast"]), pl.col("price").is_in(["comparable", price])
    national = study.measures.filter(GIVEN, subject="reference:national")
    data = _with_references(measures_of(study, RATES, GIVEN, kinds, prices), national)
    official = data.filter(OFFICIAL, measure=OUTPUT, value_type="outturn").to_dicts()
    drawn = data.filter(pl.col("references").is_not_null())["park_id"]
    behind = pl.concat([data["inputs"], national.filter(pl.col("park_id").is_in(drawn.implode()))["inputs"]])
    facts = {"official": official, "panels": data["measure"].n_unique()}
    return Selected(data, facts, behind.explode().drop_nulls().to_list())


def _with_references(rates: pl.DataFrame, national: pl.DataFrame) -> pl.DataFrame:
    """The rates with `references` of their concept and what these open; a forecast and a deflated rate have none."""
    measure = pl.col("measure").cast(pl.String)
    marks = national.filter(pl.col("measure").is_in(list(_REFERENCES)))
    marks = marks.with_columns(measure.replace_strict(_REFERENCES, return_dtype=pl.String))
    marks = marks.unique(["park_id", "measure", "value"], keep="first", maintain_order=True).sort("value")
    marks = marks.group_by("park_id", "measure").agg(references="value", reference_keys="key")
    joined = rates.with_columns(measure).join(marks, on=["park_id", "measure"], how="left", maintain_order="left")
    compared = ~_REAL & (pl.col("value_type") == "outturn")
    return joined.with_columns(pl.when(compared).then(pl.col("references", "reference_keys")))


def beside_targets(study: Study) -> Selected:
    """Published rates with the target that the same text prints for the growth of the same quantity in its year."""
    data = _beside_targets(study)
    return Selected(data, {"above": data.filter(_ABOVE).height})


def _beside_targets(study: Study) -> pl.DataFrame:
    texts = study.observations.select(lead="observation_id", text="source_id")
    rows = study.measures.filter(pl.col("value").is_not_null(), ~_REAL)
    rows = rows.with_columns(pl.col("measure").cast(pl.String), lead=lead(), year=pl.col("period_end").dt.year())
    rows = rows.join(texts, on="lead", maintain_order="left").drop("lead")
    same = ["text", "park_id", "measure", "population", "year"]
    targets = rows.filter(value_type="target").with_columns(pl.col("measure").str.strip_suffix("_target"))
    targets = targets.select(*same, target="value", target_key="key", target_inputs="inputs")
    rates = rows.filter(pl.col("measure").is_in(RATES), value_type="outturn")
    joined = rates.join(targets, on=same, maintain_order="left")
    return joined.with_columns(pl.col("inputs").list.concat("target_inputs")).drop("text", "year", "target_inputs")


def levels(study: Study, measure: str, basis: str) -> Selected:
    """The levels of an indicator as reported, or as full years with the raw value beside them (method, G4)."""
    rows = study.measures.filter(measure=measure)
    data = rows.filter(basis=basis)
    given = data.filter(GIVEN)
    if basis == "annualised":
        ends = ("measure", "value", "low", "high", "unit", "period_start", "period_end", "inputs")
        raw = rows.filter(basis="reported", value_type="outturn").select("park_id", raw=pl.struct(ends))
        raw = raw.unique("park_id", keep="last", maintain_order=True)
        data = data.join(raw, on="park_id", how="left", maintain_order="left")
    spans = given.select("period_start", "period_end").n_unique()
    return Selected(data, {"measure": measure, "basis": basis, "given": given.height, "spans": spans})


def attainment(study: Study) -> Selected:
    """Levels over their targets, with the share of the year that their months stand for: never against 100 %."""
    rows = study.measures.filter(GIVEN).with_columns(level=lead())
    shares = rows.filter(measure="year_share").unique("level", keep="first", maintain_order=True)
    shares = shares.select("level", band_low="low", band_high="high", band_key="key")
    data = rows.filter(measure="target_attainment").join(shares, on="level", how="left", maintain_order="left")
    return Selected(data.drop("level"))


def every(study: Study, price: str) -> Selected:
    """Every rate and target at the prices asked for, and the rates that no text prints."""
    return Selected(_at_prices(measures_of(study, _TABLED), price))


def checks(study: Study) -> Selected:
    """What rates and targets imply: bases for checks, attainment, gaps, plans, output per firm."""
    return Selected(measures_of(study, [name for name in growth.MEASURES if name not in _TABLED]))
