"""Takeaways on tax: tax per unit of reported output, what is refused and why, named taxpayers."""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy.method import tax
from parkstudy.method.measures import BASES, REASONS
from parkstudy.method.study import Study
from parkstudy.record.schema import VALUE_TYPE_NAMES
from parkstudy.show.exhibit import Exhibit, opens, switched, takeaways
from parkstudy.show.provenance import measure_key
from parkstudy.show.takeaways.shared import each_park, linked_names, on_basis, trust
from parkstudy.words import wording


def takeaways_tax(study: Study, measures: pl.DataFrame, basis: str = "reported") -> Exhibit:
    """What the tax figures say and do not say, in sentences. Raises `ValueError` for an unknown basis."""
    return switched(study, lambda basis: _takeaways_tax(study, measures, basis), basis=(basis, BASES))


def _takeaways_tax(study: Study, measures: pl.DataFrame, basis: str) -> Exhibit:
    say, lang = study.say, study.lang
    names = linked_names(study)
    kept = measures.filter(pl.col("low").is_not_null(), measure="tax_per_output")
    ratios = kept.filter(basis=basis).to_dicts()
    bands = (
        {r["park_id"]: r for r in kept.filter(basis="annualised", status="I").to_dicts()} if basis == "reported" else {}
    )
    official = [r for r in ratios if r["grade"] == "A" and r["value_type"] == "outturn"]
    whole = say("as a full year, ", "（折合全年）") if basis == "annualised" else ""
    sentences = []
    if official:
        quoted = each_park(study, [_ratio(study, names, r, bands.get(r["park_id"])) for r in official])
        sentences.append(
            say(
                f"Tax per unit of reported output in complete official texts: {whole}{quoted}.",
                f"官方完整材料中每单位上报产值的税收{whole}：{quoted}。",
            )
        )
    elif ratios:
        sentences.append(
            say(
                "No complete official text gives both tax and output of the same months.",
                "没有一份官方完整材料同时列示同期的税收与产值。",
            )
        )
    if len({r["population"] for r in official}) > 1:
        sentences.append(
            say(
                "These are taxes of different populations: the gap between them is no ranking of the parks.",
                "上述税收的统计范围各不相同，其差距不构成园区排序。",
            )
        )
    apart = [r for r in ratios if r["grade"] == "C"]
    if apart:
        quoted = each_park(
            study, [_ratio(study, names, r, None, say(VALUE_TYPE_NAMES[r["value_type"]])) for r in apart]
        )
        sentences.append(say(f"Apart from them, texts of grade C give {quoted}.", f"另据C级材料，{quoted}。"))
    refused = measures.filter(pl.col("reason").is_not_null(), measure="tax_per_output", basis="reported")
    sentences += [
        say(
            f"{names[r['park_id']]}: not comparable, because {REASONS[r['reason']]}.",
            f"{names[r['park_id']]}：不可比，原因是{REASONS[r['reason']].zh}。",
        )
        for r in refused.to_dicts()
    ]
    for row in measures.filter(pl.col("low").is_not_null(), measure="tax_buoyancy").to_dicts():
        span = wording.interval(row["low"], row["high"], 3, lang)
        value = opens(wording.rate(row, 2) + say(f" ({span})", f"（{span}）"), measure_key(row))
        name = names[row["park_id"]]
        sentences.append(
            say(
                f"{name}: tax growth over output growth, both as published, is {value}.",
                f"{name}：按公布数，税收增速与产值增速之比为{value}。",
            )
        )
    for (park, _), rows in _readings(measures):
        quoted = say(" or ", "或").join(_reading(study, r) for r in rows)
        tax = wording.population(rows[0]["population"], lang)
        sentences.append(
            say(
                f"{names[park]}: at the lower bound of what its text gives, the taxpayers it names stand for {quoted} of its tax ({tax}).",
                f"{names[park]}：按原文所给下限，点名的纳税企业税收占所属税收（{tax}）的{quoted}。",
            )
        )
    nothing = [say("No park reports tax.", "没有园区列示税收。")]
    return takeaways(study, sentences or nothing, measures, measures, trust(study, on_basis(measures, basis)))


def _reading(study: Study, row: dict[str, Any]) -> str:
    span = opens(wording.interval(row["low"], row["high"], 3, study.lang) + study.say(" %", "%"), measure_key(row))
    reading = tax.reading_of(row["method"])
    return study.say(f"{span} ({reading})", f"{span}（按“{reading}”理解）")


def _ratio(
    study: Study, names: dict[str, str], row: dict[str, Any], band: dict[str, Any] | None, word: str = ""
) -> str:
    """Park, interval, population and months of a ratio, and its band of a full year, each number with its record."""
    say, lang = study.say, study.lang
    value = opens(wording.interval(row["low"], row["high"], 3, lang) + say(" %", "%"), measure_key(row))
    population = wording.population(row["population"], lang)
    taxes = say(
        f"tax of {population}", "税收范围未说明" if row["population"] == "unstated" else f"税收范围：{population}"
    )
    said = say(", ", "，").join(part for part in (taxes, wording.period(row, lang), word) if part)
    if band:
        span = opens(wording.interval(band["low"], band["high"], 3, lang) + say("", "%"), measure_key(band))
        said += say(f"; as a full year {span}", f"；折合全年{span}")
    return say(f"{names[row['park_id']]} {value} ({said})", f"{names[row['park_id']]}为{value}（{said}）")


def _readings(measures: pl.DataFrame) -> list[tuple[tuple[str, str], list[dict[str, Any]]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in measures.filter(pl.col("low").is_not_null(), measure="taxpayer_concentration").to_dicts():
        found.setdefault((row["park_id"], row["subject"]), []).append(row)
    return list(found.items())
