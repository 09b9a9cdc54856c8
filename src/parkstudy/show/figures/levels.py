"""Levels: as reported or as full years, and how far a level has come towards its target."""

from __future__ import annotations

import polars as pl

from parkstudy.method.measures import BASES, MEASURES, lead
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Exhibit, figure, opens, switched
from parkstudy.show.figures.panels import draw, labelled, placed, spoken
from parkstudy.show.provenance import with_keys
from parkstudy.words import wording


def plot_attainment(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Levels over their targets, beside the share of the year that their months stand for: never against 100 %."""
    say = study.say
    rows = measures.filter(pl.col("low").is_not_null(), measure="target_attainment").with_columns(level=lead())
    shares = with_keys(measures.filter(pl.col("low").is_not_null(), measure="year_share")).select(
        level=lead(), band_low=pl.col("low"), band_high=pl.col("high"), band_key=pl.col("key")
    )
    joined = rows.join(shares.unique("level", maintain_order=True), on="level", how="left", maintain_order="left")
    data = labelled(study, joined, pl.lit("attainment"), detail="population")
    title = say("Reported level over the target of the year", "上报数与年度目标之比")
    spoken_rows = [
        say(f"{r['label']} at {wording.rate(r, 3)}", f"{r['label']}为{wording.rate(r, 3, study.lang)}%")
        for r in data.iter_rows(named=True)
    ]
    return figure(
        study,
        "attainment",
        _attainment_claim(study, data),
        lambda width: draw(study, data, {"attainment": title}, say("percent of the target", "相当于目标的%"), width),
        alt=say(
            "Dot plot of the reported level as a percentage of the year's target, with the share of the year as a thin band: ",
            "点图，上报数相当于年度目标的百分比，细带为年内占比：",
        )
        + say("; ", "；").join(spoken_rows)
        + say(".", "。"),
        caption=say(
            "Dot: level over target, percent, with what the printed digits allow; the target is taken as an exact number. Thin band: "
            "the share of a year's output that the same months stand for (method, section 5).",
            "圆点：上报数与目标之比，%，附原文位数所容许的区间；目标按准确数处理。细带：所涉月份的产值年内占比（方法第5节）。",
        ),
        data=data,
        measures=measures,
    )


def _attainment_claim(study: Study, data: pl.DataFrame) -> str:
    if not data.height:
        return study.say("No level stands beside a printed target", "没有上报数可与原文目标并列")
    first = data.row(0, named=True)
    rate = wording.rate(first, 3, study.lang)
    claim = study.say(
        f"{placed(study, first)}: {opens(f'{rate} %', first['key'])} of the year's target",
        f"{placed(study, first)}相当于年度目标的{opens(f'{rate}%', first['key'])}",
    )
    if first["band_low"] is not None:
        share = wording.interval(first["band_low"], first["band_high"], 5, study.lang)
        claim += study.say(f"; its months stand for {share} % of a year", f"；所涉月份的年内占比为{share}%")
    return claim


def plot_levels(study: Study, measures: pl.DataFrame, indicator: str, basis: str = "reported") -> Exhibit:
    """The levels of one indicator: as reported, or as full years with the raw value beside (method, G4).

    Raises `ValueError` for an unknown basis or an indicator without levels.
    """
    if f"{indicator}_level" not in MEASURES:
        known = ", ".join(m.removesuffix("_level") for m in MEASURES if m.endswith("_level"))
        raise ValueError(f"unknown indicator {indicator!r}; indicators: {known}")
    return switched(study, lambda basis: _levels(study, measures, indicator, basis), basis=(basis, BASES))


def _levels(study: Study, measures: pl.DataFrame, indicator: str, basis: str) -> Exhibit:
    say, measure = study.say, f"{indicator}_level"
    data = labelled(
        study, measures.filter(measure=measure, basis=basis), pl.lit(measure), scale=1e-8, detail="population"
    )
    whole = basis == "annualised"
    if whole:
        data = data.with_columns(
            said=_beside_raw(study, data, measures.filter(measure=measure, basis="reported", value_type="outturn"))
        )
    given = data.filter(pl.col("low").is_not_null())
    spans = given.select("period_start", "period_end").n_unique()
    name, unit = say(MEASURES[measure].name), say("100 million CNY", "亿元")
    title = (
        say(f"{name}, as full years", f"{name}，折合全年")
        if whole
        else say(f"{name}, as reported", f"{name}，按原文时段")
    )
    return figure(
        study,
        f"levels-{indicator.replace('_', '-')}",
        say(
            f"{title}: {given.height} values on {spans} different spans",
            f"{title}：{given.height}个数值分属{spans}个不同时段",
        ),
        lambda width: draw(study, data, {measure: title}, unit, width),
        alt=say(f"Interval dot plot, {unit}: ", f"区间点图，单位{unit}：") + spoken(study, data),
        caption=_levels_caption(study, title, whole),
        data=data,
        measures=measures,
    )


def _levels_caption(study: Study, title: str, whole: bool) -> str:
    name, _, word = title.rpartition(study.say(", ", "，"))
    return study.say(
        f"{name}, 100 million CNY, {word}. "
        + (
            "A full-year value is the reported year, the source's own forecast, or an interval; the raw value stands behind it. "
            if whole
            else ""
        )
        + "Levels of parks of different size, years and populations: no order is meant. Hollow: grade C; diamond: forecast.",
        f"{name}，亿元，{word}。"
        + ("全年数为原文全年数、材料自身的预计数或区间；其后为原值。" if whole else "")
        + "各园区规模、年份和统计范围不同，不含排序之意。空心：C级材料；菱形：预计数。",
    )


def _beside_raw(study: Study, data: pl.DataFrame, raw: pl.DataFrame) -> pl.Series:
    """The words of full-year rows with the raw value of the same park behind them."""
    found = {}
    for row in raw.iter_rows(named=True):
        scaled = {**row, **{k: row[k] and row[k] * 1e-8 for k in ("value", "low", "high")}}
        rate, months = wording.rate(scaled, 4, study.lang), wording.period(row, study.lang)
        found[row["park_id"]] = study.say(f" · raw {rate} ({months})", f"，原值{rate}（{months}）")
    words = [row["said"] + found.get(row["park_id"], "") for row in data.iter_rows(named=True)]
    return pl.Series(words, dtype=pl.String)
