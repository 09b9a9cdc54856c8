"""Land efficiency: tax, output and investment per area, each on a named rung of the ladder of areas.

A per-area value is compared only between parks on the same rung (method, L2). Raw values stand beside full-year ones,
which are the source's own full-year figure where it prints one, else an interval (G4). A year's investment per area is
an input and no measure of efficiency (T7), and is never held against norms of cumulative investment (L5).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy.method.audit import carried
from parkstudy.method.measures import MEASURES, RUNG_NAMES, RUNGS, derived, frame, levels, refused
from parkstudy.method.year import full_year
from parkstudy.record.interval import Interval
from parkstudy.record.tables import Tables
from parkstudy.words.language import Text

Row = dict[str, Any]

MU_PER_KM2 = 1_500
_AREA_OF_RUNG = {
    "perimeter": ("perimeter_area", "outturn"),
    "expanded": ("perimeter_area", "plan"),
    "control_plan": ("control_plan_area", "plan"),
    "total": ("total_area", "outturn"),
    "signed": ("signed_land", "outturn"),
}
_NUMERATORS = {
    "tax_per_area": ("tax_revenue", "tax", "no_tax"),
    "output_per_area": ("gross_industrial_output", "output", "no_output"),
}
_KINDS = {"tax": Text("tax", "税收"), "output": Text("output", "产值")}
_INVESTMENTS = tuple(name for name in MEASURES if name.endswith("_investment_per_area"))


def measures(study: Tables) -> pl.DataFrame:
    """Every per-area measure of the parks of the study on every rung that their texts support."""
    study = carried(study)
    rows: list[Row] = []
    for park in study.park_ids():
        found = areas(study, park)
        for measure, (indicator, kind, without) in _NUMERATORS.items():
            rows += per_area(study, park, measure, indicator, kind, without, found)
        for measure in _INVESTMENTS:
            rows += _investment(study, park, measure, found)
    return frame(rows, study.lang)


def areas(study: Tables, park: str, source: str = "") -> dict[str, Row]:
    """Rung to the observation of its area, of one text where `source` names it.

    Signed land is of a part of the park wherever the text says so (L6).
    """
    rows = study.summaries().filter(park_id=park, transformation="level").to_dicts()
    rows = [row for row in rows if source in ("", row["source_id"])]
    found: dict[str, Row] = {}
    for rung, (indicator, value_type) in _AREA_OF_RUNG.items():
        fitting = [r for r in rows if r["indicator"] == indicator and r["value_type"] == value_type]
        whole = [r for r in fitting if r["subject"] == "park"]
        parts = [r for r in fitting if r["subject"].startswith("zone:")] if rung == "signed" else []
        if whole or parts:
            found[rung] = (whole or parts)[0]
    return found


def square_kilometres(area: Row) -> Interval:
    """The area of an observation in km², from km² or mu (1 km² is 1,500 mu)."""
    return Interval.of(area).times(1 if area["unit"] == "km2" else 1 / MU_PER_KM2)


def per_area(
    study: Tables, park: str, measure: str, indicator: str, kind: str, without: str, found: dict[str, Row]
) -> list[Row]:
    """One numerator over each rung, raw and as a full year: tax in CNY a mu, output in CNY a km² (L1)."""
    tops = levels(study, indicator, park)
    method = Text(f"{kind} / area", f"{_KINDS[kind].zh}÷面积")
    if not tops:
        return [refused(park, measure, without, method=method)]
    if not found:
        return [refused(park, measure, "no_area", method=method)]
    factor = 1 / MU_PER_KM2 if measure == "tax_per_area" else 1
    rows = []
    for top in tops:
        found = areas(study, park, top["source_id"])
        for rung, area in found.items():
            rows.append(_over(measure, Interval.of(top), top, area, rung, factor, _on_rung(_KINDS[kind], rung)))
        if top["value_type"] == "outturn":
            rows += _full_year(top, tops, measure, kind, found, factor)
    return rows


def _on_rung(what: Text, rung: str, how: Text | None = None) -> Text:
    """The method of a value on a rung: what is divided, the area, and how a full year was got."""
    en, zh = f"{what} / {rung} area", f"{what.zh}÷面积（{RUNG_NAMES[rung].zh}）"
    return Text(en, zh) if how is None else Text(f"{en}; {how}", f"{zh}；{how.zh}")


def _over(
    measure: str, top: Interval, row: Row, area: Row, rung: str, factor: float, method: Text, **columns: Any
) -> Row:
    size = square_kilometres(area)
    if not size.positive:
        return refused(row["park_id"], measure, "reaches_zero", rung=rung, method=method)
    flags = ["part_area"] if area["subject"] != "park" else []
    flags += ["not_efficiency"] if measure in _INVESTMENTS else []
    value = top.over(size).times(factor)
    return derived(measure, value, row, area, rung=rung, flags=flags, method=method, **columns)


def _full_year(top: Row, tops: list[Row], measure: str, kind: str, found: dict[str, Row], factor: float) -> list[Row]:
    """The full-year values of one reported level on every rung (G4), or the refusal."""
    year = full_year(top, tops)
    what = Text(f"{kind} of a full year", f"全年{_KINDS[kind].zh}")
    if year is None:
        refusal = {"basis": "annualised", "method": Text(f"{what} / area", f"{what.zh}÷面积")}
        return [refused(top["park_id"], measure, "no_year_share", rung=rung, **refusal) for rung in found]
    columns: dict[str, Any] = {"basis": "annualised"} | ({"status": year.status} if year.status else {})
    return [
        _over(measure, year.interval, year.lead, area, rung, factor, _on_rung(what, rung, year.method), **columns)
        for rung, area in found.items()
    ]


def _investment(study: Tables, park: str, measure: str, found: dict[str, Row]) -> list[Row]:
    indicator = measure.removesuffix("_per_area")
    tops = levels(study, indicator, park)
    method, what = Text("investment / area", "投资÷面积"), Text("investment of the period", "当期投资")
    if not tops:
        return [refused(park, measure, "no_investment", method=method)]
    if not found:
        return [refused(park, measure, "no_area", method=method)]
    return [
        _over(measure, Interval.of(top), top, area, rung, 1 / MU_PER_KM2, _on_rung(what, rung))
        for top in tops
        for rung, area in areas(study, park, top["source_id"]).items()
    ]


def matched_rungs(measures: pl.DataFrame, measure: str = "tax_per_area") -> list[str]:
    """The rungs on which two parks or more have a full-year value of a measure, in the order of `RUNGS`."""
    rows = measures.filter(pl.col("low").is_not_null(), measure=measure, basis="annualised")
    parks = dict(rows.group_by("rung").agg(pl.col("park_id").n_unique()).iter_rows())
    return [rung for rung in RUNGS if parks.get(rung, 0) > 1]
