"""Takeaways on land: the values per area on the rungs that two parks share, and what stands without a partner."""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy.method import land
from parkstudy.method.measures import BASES, MEASURES, REASONS, RUNG_NAMES
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Exhibit, opens, switched, takeaways
from parkstudy.show.provenance import measure_key
from parkstudy.show.takeaways.shared import each_park, linked_names, on_basis, trust
from parkstudy.words import wording
from parkstudy.words.language import Text

_PER_AREA = {
    "tax_per_area": (Text("10,000 CNY a mu", "万元/亩"), 1e-4),
    "output_per_area": (Text("100 million CNY a km²", "亿元/平方公里"), 1e-8),
}
Row = dict[str, Any]


def takeaways_land(study: Study, measures: pl.DataFrame, basis: str = "reported") -> Exhibit:
    """What the per-area values say and do not say, in sentences. Raises `ValueError` for an unknown basis."""
    return switched(study, lambda basis: _takeaways_land(study, measures, basis), basis=(basis, BASES))


def _takeaways_land(study: Study, measures: pl.DataFrame, basis: str) -> Exhibit:
    say = study.say
    rungs = land.matched_rungs(measures)
    values = measures.filter(pl.col("low").is_not_null())
    if rungs:
        count = wording.counted(len(rungs), "rung")
        shared = say(
            f"{count} shared by two parks ({_rungs(study, rungs)}); everything else per area is not comparable.",
            f"两个园区共有的面积口径为{len(rungs)}个（{_rungs(study, rungs)}），其余单位面积数值均不可比。",
        )
    else:
        shared = say("No two of the parks stand on one rung.", "没有两个园区处于同一面积口径。")
    if basis == "reported":
        first, others = _as_reported(study, values, rungs)
        sentences = [*first, shared, *others]
    else:
        sentences = [shared, *(_full_year(study, values, rungs, measure) for measure in _PER_AREA)]
    sentences = [sentence for sentence in sentences if sentence]
    rows = on_basis(measures, basis)
    return takeaways(
        study, [*sentences, *_alone(study, measures, rungs, basis)], measures, measures, trust(study, rows)
    )


def _rungs(study: Study, rungs: list[str]) -> str:
    return wording.listing([study.say(RUNG_NAMES[rung]) for rung in rungs], study.lang)


def _as_reported(study: Study, values: pl.DataFrame, rungs: list[str]) -> tuple[list[str], list[str]]:
    """The values of the months as printed, never in an order: tax on the first shared rung, and all the others."""
    first, others = [], []
    for measure, (unit, _) in _PER_AREA.items():
        found = {rung: _of_parks(study, values, measure, rung, "reported") for rung in rungs}
        found = {rung: said for rung, said in found.items() if len(said) > 1}
        name = MEASURES[measure].name
        if measure == "tax_per_area" and found:
            rung = next(iter(found))
            first = [_first(study, name, unit, rung, found.pop(rung)), *_populations(study, values, rungs)]
        if found:
            listed = study.say("; ", "；").join(_on_rung(study, rung, said) for rung, said in found.items())
            others.append(study.say(f"{name}, {unit}: {listed}.", f"{name.zh}（{unit.zh}）：{listed}。"))
    return first, others


def _first(study: Study, name: Text, unit: Text, rung: str, said: list[str]) -> str:
    listed, area = each_park(study, said), RUNG_NAMES[rung]
    return study.say(
        f"{name} ({area}, {unit}) in complete official texts: {listed}.",
        f"官方完整材料的{name.zh}（{area.zh}，{unit.zh}）：{listed}。",
    )


def _populations(study: Study, values: pl.DataFrame, rungs: list[str]) -> list[str]:
    """A warning where the taxes of the first sentence are of different populations."""
    rows = values.filter(pl.col("grade") == "A", pl.col("rung").is_in(rungs), measure="tax_per_area", basis="reported")
    if rows.filter(value_type="outturn")["population"].n_unique() < 2:
        return []
    return [
        study.say(
            "These are taxes of different populations: the gap between them is no ranking of the parks.",
            "上述税收的统计范围各不相同，其差距不构成园区排序。",
        )
    ]


def _full_year(study: Study, values: pl.DataFrame, rungs: list[str], measure: str) -> str:
    """One sentence with the full-year values of the complete official texts on every shared rung."""
    unit = _PER_AREA[measure][0]
    found = {rung: _of_parks(study, values, measure, rung, "annualised") for rung in rungs}
    listed = study.say("; ", "；").join(_on_rung(study, rung, said) for rung, said in found.items() if len(said) > 1)
    if not listed:
        return ""
    name = MEASURES[measure].name
    return study.say(f"Full-year {name.lower()}, {unit}: {listed}.", f"折合全年的{name.zh}（{unit.zh}）：{listed}。")


def _on_rung(study: Study, rung: str, said: list[str]) -> str:
    name = RUNG_NAMES[rung]
    return study.say(f"{name} {', '.join(said)}", f"{name.zh}，{'，'.join(said)}")


def _of_parks(study: Study, values: pl.DataFrame, measure: str, rung: str, basis: str) -> list[str]:
    """What each complete official text gives on a rung; months as printed go with their band of a full year."""
    names, (_, scale) = linked_names(study), _PER_AREA[measure]
    rows = values.filter(pl.col("grade") == "A", measure=measure, rung=rung)
    bands = {row["park_id"]: row for row in rows.filter(basis="annualised", status="I").to_dicts()}
    said = []
    for row in rows.filter(basis=basis).to_dicts():
        if basis == "reported" and row["value_type"] != "outturn":
            continue
        details = wording.population(row["population"], study.lang)
        if basis == "reported":
            details += study.say(", ", "，") + wording.period(row, study.lang)
            band = bands.get(row["park_id"])
            details += study.say("; as a full year ", "；折合全年") + _span(study, band, scale) if band else ""
        name, span = names[row["park_id"]], _span(study, row, scale)
        said.append(study.say(f"{name} {span} ({details})", f"{name}为{span}（{details}）"))
    return said


def _span(study: Study, row: Row, scale: float) -> str:
    return opens(wording.interval(row["low"] * scale, row["high"] * scale, 3, study.lang), measure_key(row))


def _alone(study: Study, measures: pl.DataFrame, rungs: list[str], basis: str) -> list[str]:
    """What stands without a partner, and the parks without any value."""
    say, names = study.say, linked_names(study)
    values = measures.filter(
        pl.col("low").is_not_null(), ~pl.col("rung").is_in(rungs), measure="tax_per_area", basis=basis
    )
    pairs = values.select("park_id", "rung").unique(maintain_order=True).rows()
    said = [
        say(f"{names[park]} ({RUNG_NAMES[rung]})", f"{names[park]}（{RUNG_NAMES[rung].zh}）") for park, rung in pairs
    ]
    sentences = []
    if said:
        listed = wording.listing(said, study.lang)
        sentences.append(
            say(
                f"Shown without a partner, not comparable because none of the other texts here gives tax on the rung: {listed}.",
                f"单独列示、不可比（其他材料均无同一面积口径的税收数据）：{listed}。",
            )
        )
    without = measures.filter(pl.col("reason").is_in(["no_area", "no_tax"]), measure="tax_per_area").to_dicts()
    for row in without:
        name, reason = names[row["park_id"]], REASONS[row["reason"]]
        sentences.append(say(f"{name}: no value, because {reason}.", f"{name}：无数值，原因是{reason.zh}。"))
    return sentences
