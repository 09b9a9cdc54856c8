"""Coverage: who reports what, and which pairs of parks can be set side by side.

A cell of the coverage map says what the text of a park holds of an indicator; a row of the comparability map says
whether the figures of two parks are of one concept, one population and one span, and if not, what differs. No verdict
here looks at the size of a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import polars as pl

from parkstudy.record.period import Period
from parkstudy.record.schema import CAVEAT_NAMES
from parkstudy.record.tables import Tables
from parkstudy.words.language import Text, said
from parkstudy.words.wording import UNSTATED_ZH, both, indicator_names, population_zh, short_names

STATES = {
    "full_year": Text("outturn, full year", "实绩，全年"),
    "part_year": Text("outturn, part of a year", "实绩，年内部分月份"),
    "point": Text("state at a point in time", "时点数"),
    "ahead": Text("only a forecast, target or plan", "仅有预计数、目标或规划数"),
    "parts": Text("only parts of the park", "仅有园区局部的数据"),
    "none": Text("not reported", "未列示"),
}
VERDICTS = {
    "comparable": Text("same concept, population and months", "口径、统计范围和所涉月份一致"),
    "limits": Text("comparable only with the limits named", "有条件可比，条件如所列"),
    "not_comparable": Text("not comparable", "不可比"),
}
NOT_REPORTED = Text("not reported as an outturn of the whole park", "未列示全园区实绩")
COMPARED_DIMENSIONS = ("growth", "tax", "land", "investment", "sectors", "enterprises", "projects")
_QUANTITY = ["indicator", "transformation"]
_VALUE_TYPE_ORDER = ("outturn", "forecast", "target", "plan")


def cells(study: Tables) -> pl.DataFrame:
    """One row an indicator, transformation and park: `state`, and `observation_id` of the figure that stands for it.

    Indicators are those of the compared dimensions that at least one park reports for the whole park; they come in
    the order of the indicator table. Where a park prints several figures, the outturn of the longest span stands.
    """
    rows = study.summaries().join(
        study.indicators.select("indicator", "dimension"), on="indicator", maintain_order="left"
    )
    rows = rows.filter(pl.col("dimension").is_in(COMPARED_DIMENSIONS))
    whole = rows.filter(pl.col("subject") == "park")
    order = {name: place for place, name in enumerate(study.indicators["indicator"])}
    quantities = sorted(whole.select(_QUANTITY).unique().iter_rows(), key=lambda q: (order[q[0]], str(q[1])))
    result = [
        {"indicator": indicator, "transformation": kind, "park_id": park, **_cell(rows, indicator, kind, park)}
        for indicator, kind in quantities
        for park in study.park_ids()
    ]
    schema = dict.fromkeys(["indicator", "transformation", "park_id", "state", "observation_id"], pl.String)
    return pl.DataFrame(result, schema=schema)


def _cell(rows: pl.DataFrame, indicator: str, kind: str, park: str) -> dict[str, str | None]:
    found = rows.filter(indicator=indicator, transformation=kind, park_id=park).to_dicts()
    whole = [row for row in found if row["subject"] == "park"]
    if not whole:
        return {"state": "parts" if found else "none", "observation_id": found[0]["observation_id"] if found else None}
    best = min(whole, key=_precedence)
    return {"state": _state(best), "observation_id": best["observation_id"]}


def _precedence(row: dict[str, Any]) -> tuple[int, float, str]:
    span = (row["period_end"] - row["period_start"]).days if row["period_start"] and row["period_end"] else 0
    return _VALUE_TYPE_ORDER.index(row["value_type"]), -span, row["observation_id"]


def _state(row: dict[str, Any]) -> str:
    if row["value_type"] != "outturn":
        return "ahead"
    period = Period(row["period_start"], row["period_end"])
    if period.start is None:
        return "point"
    return "full_year" if period.is_full_year else "part_year"


def comparability(study: Tables) -> pl.DataFrame:
    """One row an indicator, transformation and pair of parks, for the indicators that two parks report as an outturn:
    `verdict` (a key of `VERDICTS`) and `reasons`, a list of sentences in the language of the study."""
    names = short_names(study)
    rows = {row["observation_id"]: row for row in study.summaries().iter_rows(named=True)}
    wholes = indicator_names(study, "zh")
    kinds = dict(study.indicators.select("indicator", "kind").iter_rows())
    result = []
    for (indicator, kind), group in cells(study).group_by(_QUANTITY, maintain_order=True):
        chosen = dict(
            group.filter(pl.col("state").is_in(["full_year", "part_year", "point"]))
            .select("park_id", "observation_id")
            .iter_rows()
        )
        if len(chosen) < 2:
            continue
        for first, second in combinations(group["park_id"], 2):
            pair = [rows.get(chosen.get(park, "")) for park in (first, second)]
            verdict, reasons = compare(pair[0], pair[1], kinds[str(indicator)], (names[first], names[second]), wholes)
            result.append(
                {"indicator": indicator, "transformation": kind, "first": first, "second": second}
                | {"verdict": verdict, "reasons": [said(reason, study.lang) for reason in reasons]}
            )
    text = ["indicator", "transformation", "first", "second", "verdict"]
    return pl.DataFrame(result, schema={**dict.fromkeys(text, pl.String), "reasons": pl.List(pl.String)})


def missing() -> pl.Expr:
    """True for a pair of `comparability` in which one or both parks do not report the figure."""
    first = pl.col("reasons").list.first()
    return first.str.ends_with(str(NOT_REPORTED)) | first.str.ends_with(NOT_REPORTED.zh)


def compare(
    first: dict[str, Any] | None,
    second: dict[str, Any] | None,
    kind: str,
    names: tuple[str, str],
    wholes: Mapping[str, str] | None = None,
) -> tuple[str, list[Text]]:
    """The verdict on two figures of one indicator, with its reasons in both languages.

    `kind` is the kind of the indicator (`flow`, `stock`, ...), `wholes` the Chinese names of what a share is of.
    Refused: a figure that is missing; levels of a flow on spans of different length; levels of two populations that are
    both stated and differ (method, G5, T3). Limits: growth on different spans (G3), an unstated population, an unstated
    or inferred concept, grade C (Q2).
    """
    absent = [name for name, row in zip(names, (first, second), strict=True) if row is None]
    if first is None or second is None:
        return "not_comparable", [
            Text(f"{' and '.join(absent)}: {NOT_REPORTED}", f"{'和'.join(absent)}：{NOT_REPORTED.zh}")
        ]
    refusals: list[Text] = []
    limits: list[Text] = []
    level = first["transformation"] == "level"
    spans = [Period(row["period_start"], row["period_end"]) for row in (first, second)]
    if not _same_span(spans[0], spans[1]):
        text = _pair(Text("spans differ", "时段不同"), *(both(span.label) for span in spans))
        (refusals if level and kind in ("flow", "count") else limits).append(text)
    populations = [row["population"] for row in (first, second)]
    if populations[0] != populations[1]:
        stated = "unstated" not in populations
        covered = (Text(p.replace("_", " "), population_zh(p)) for p in populations)
        text = _pair(Text("populations differ", "统计范围不同"), *covered)
        (refusals if level and stated else limits).append(text)
    elif populations[0] == "unstated":
        limits.append(Text("neither text states the population", "两份材料均未说明统计范围"))
    shares_of = [row["share_of"] for row in (first, second)]
    if shares_of[0] != shares_of[1]:
        known = _WHOLES | dict(wholes or {})
        what = (Text(str(w).replace("_", " "), known.get(str(w), str(w))) for w in shares_of)
        text = _pair(Text("shares of different wholes", "占比所属的总体不同"), *what)
        (limits if "unstated" in shares_of else refusals).append(text)
    limits += _concept_limits(first, second, names)
    if refusals:
        return "not_comparable", refusals + limits
    if limits:
        return "limits", limits
    return "comparable", [_pair(Text("periods", "时段"), *(both(span.label) for span in spans))]


_WHOLES = {"plan": "计划", "unstated": UNSTATED_ZH, "None": UNSTATED_ZH}


def _pair(what: Text, first: Text, second: Text) -> Text:
    zh = f"{first.zh}与{second.zh}"
    if UNSTATED_ZH in (first.zh, second.zh):
        sides = [text.zh if text.zh == UNSTATED_ZH else f"为{text.zh}" for text in (first, second)]
        zh = f"一方{sides[0]}，另一方{sides[1]}"
    return Text(f"{what}: {first} and {second}", f"{what.zh}：{zh}")


def _same_span(first: Period, second: Period) -> bool:
    """True for the same months of any year, and for two points in time."""
    if first.start is None or second.start is None:
        return first.start is None and second.start is None and (first.end is None) == (second.end is None)
    return first.months is not None and (first.months, first.start.month) == (second.months, second.start.month)


def _concept_limits(first: dict[str, Any], second: dict[str, Any], names: tuple[str, str]) -> list[Text]:
    limits = []
    for name, row in zip(names, (first, second), strict=True):
        doubts = [
            c for c in ("concept_unstated", "concept_inferred", "mixed_concept", "contradicted") if c in row["caveats"]
        ]
        limits += [Text(f"{name}: {CAVEAT_NAMES[doubt]}", f"{name}：{CAVEAT_NAMES[doubt].zh}") for doubt in doubts]
        if row["grade"] == "C":
            limits.append(Text(f"{name}: grade C text", f"{name}：C级材料"))
    return limits
