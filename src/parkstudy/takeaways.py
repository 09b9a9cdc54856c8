"""Takeaways: the sentences that open a page, made by code from the data and never typed into a notebook."""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy import coverage, wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, takeaways
from parkstudy.figures import growth_beside_target
from parkstudy.periods import Period, growth_margin


def takeaways_coverage(study: Study) -> Exhibit:
    """What the record supports at all, in sentences."""
    pairs = coverage.comparability(study)
    counts = dict(pairs["verdict"].value_counts().iter_rows())
    spans = [
        Period(r["period_start"], r["period_end"])
        for r in study.sources.filter(kind="work_summary").iter_rows(named=True)
    ]
    figures_, contradicted = (
        study.summaries().height,
        study.summaries().filter(pl.col("caveats").list.contains("contradicted")).height,
    )
    grade_c = study.sources.filter(pl.col("grade") == "C").height
    sentences = [
        f"{counts.get('comparable', 0)} of {pairs.height} pairs of figures agree in concept, population and months; "
        f"{counts.get('limits', 0)} can be set side by side with limits, {counts.get('not_comparable', 0)} cannot.",
        f"The {len(spans)} texts report {wording.listing(s.label() for s in spans)}: "
        f"{len({s.end.year for s in spans if s.end})} years and {len({s.months for s in spans})} lengths of span.",
        f"{figures_} distinct figures are recorded; {contradicted} of them are contradicted by another figure of the same text.",
        f"{grade_c} of the {len(spans)} texts are re-posted, anonymised or cut off (grade C) and stand in no headline.",
        f"{len(spans)} texts that happened to be at hand are no sample: nothing here is inferred to other parks.",
    ]
    return takeaways("takeaways", sentences, pairs)


def takeaways_growth(study: Study, measures: pl.DataFrame) -> Exhibit:
    """What the published rates say and do not say, in sentences."""
    names = wording.short_names(study)
    rates = measures.filter(pl.col("value").is_not_null(), value_type="outturn").to_dicts()
    output = [r for r in rates if r["measure"] == "gross_industrial_output_growth"]
    official = [r for r in output if r["grade"] != "C"]
    sentences = []
    if official:
        said = wording.listing(
            f"{names[r['park_id']]} {wording.number(r['value'])} % ({wording.period(r)})" for r in official
        )
        sentences.append(
            f"Complete official texts publish output growth of {said}; the rates are of different years and are not ranked."
        )
    sentences += _apart(names, [r for r in output if r["grade"] == "C"])
    sentences += _margins(names, official)
    sentences += _two_concepts(names, rates)
    beside = growth_beside_target(study, measures)
    if beside.height:
        above = beside.filter(pl.col("value") > pl.col("target")).height
        parks = wording.listing(names[p] for p in beside["park_id"].unique(maintain_order=True))
        sentences.append(
            f"{parks}: {above} of {beside.height} rates are above the target printed beside them; "
            "targets are set for the year, rates are of the months printed."
        )
    silent = [names[p] for p in study.park_ids() if p in names and p not in {r["park_id"] for r in output}]
    if silent:
        sentences.append(f"{wording.listing(silent)}: no growth rate of output is published.")
    return takeaways("takeaways", sentences or ["No park publishes a growth rate."], measures)


def _apart(names: dict[str, str], rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    said = wording.listing(f"{names[r['park_id']]} {wording.number(r['value'])} % ({wording.period(r)})" for r in rows)
    return [f"Apart from them, texts of grade C (re-posted or anonymised) print {said}."]


def _margins(names: dict[str, str], rows: list[dict[str, Any]]) -> list[str]:
    sentences = []
    for place, first in enumerate(rows):
        for second in rows[place + 1 :]:
            spans = [Period(r["period_start"], r["period_end"]) for r in (first, second)]
            margin = growth_margin(spans[0], spans[1])
            if margin:
                pair = f"{names[first['park_id']]} and {names[second['park_id']]}"
                gap = wording.number(abs(first["value"] - second["value"]))
                sentences.append(
                    f"{pair} report spans of different length; rates on them are ordered only beyond "
                    f"{wording.number(margin)} points, and they lie {gap} points apart."
                )
    return sentences


def _two_concepts(names: dict[str, str], rates: list[dict[str, Any]]) -> list[str]:
    found = {(r["park_id"], r["measure"]): r for r in rates}
    sentences = []
    for park, name in names.items():
        output, added = (
            found.get((park, f"{i}_growth")) for i in ("gross_industrial_output", "industrial_value_added")
        )
        if output and added:
            sentences.append(
                f"{name} prints {wording.number(output['value'])} % for output (current prices) and "
                f"{wording.number(added['value'])} % for value added (real) on the same months: two concepts, shown apart; "
                "the gap is a question about the data."
            )
    return sentences
