"""Takeaways: the sentences that open a page, made by code from the data and never typed into a notebook."""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy import coverage, growth, land, tax, wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, takeaways
from parkstudy.figures import growth_beside_target
from parkstudy.measures import GROWTH_OF, MEASURES, REASONS
from parkstudy.periods import Period, growth_margin
from parkstudy.schema import GRADES


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
    kinds = [f"{indicator}_growth" for indicator in GROWTH_OF]
    published = measures.filter(pl.col("measure").cast(pl.String).is_in(kinds), pl.col("price") != "real")
    rates = published.filter(pl.col("low").is_not_null(), value_type="outturn").to_dicts()
    output = [r for r in rates if r["measure"] == "gross_industrial_output_growth"]
    official = [r for r in output if r["grade"] != "C"]
    sentences = []
    if official:
        said = wording.listing(f"{names[r['park_id']]} {wording.rate(r)} % ({wording.period(r)})" for r in official)
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
    said = wording.listing(f"{names[r['park_id']]} {wording.rate(r)} % ({wording.period(r)})" for r in rows)
    return [f"Apart from them, texts of grade C (re-posted or anonymised) print {said}."]


def _margins(names: dict[str, str], rows: list[dict[str, Any]]) -> list[str]:
    sentences = []
    for place, first in enumerate(rows):
        for second in rows[place + 1 :]:
            spans = [Period(r["period_start"], r["period_end"]) for r in (first, second)]
            margin = growth_margin(spans[0], spans[1])
            if margin:
                pair = f"{names[first['park_id']]} and {names[second['park_id']]}"
                if first["value"] is None or second["value"] is None:
                    continue
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
                f"{name} prints {wording.rate(output)} % for output (current prices) and "
                f"{wording.rate(added)} % for value added (real) on the same months: two concepts, shown apart; "
                "the gap is a question about the data."
            )
    return sentences


def takeaways_tax(study: Study, measures: pl.DataFrame) -> Exhibit:
    """What the tax figures say and do not say, in sentences."""
    names = wording.short_names(study)
    ratios = measures.filter(pl.col("low").is_not_null(), measure="tax_per_output", basis="reported").to_dicts()
    official = [r for r in ratios if r["grade"] != "C" and r["value_type"] == "outturn"]
    sentences = []
    if official:
        said = wording.listing(f"{names[r['park_id']]} {_percent(r)} ({wording.period(r)})" for r in official)
        sentences.append(f"Tax per unit of reported output in complete official texts: {said}.")
    if len({r["population"] for r in official}) > 1:
        kinds = wording.listing(f"{names[r['park_id']]} {wording.population(r['population'])}" for r in official)
        sentences.append(
            f"These are taxes of different populations ({kinds}): the gap between them is no ranking of the parks."
        )
    apart = [r for r in ratios if r["grade"] == "C"]
    if apart:
        said = wording.listing(
            f"{names[r['park_id']]} {_percent(r)} ({wording.period(r)}, {r['value_type']})" for r in apart
        )
        sentences.append(f"Apart from them, texts of grade C give {said}.")
    sentences += [
        f"{names[r['park_id']]}: not comparable, because {REASONS[r['reason']]}."
        for r in measures.filter(measure="tax_per_output", basis="reported")
        .filter(pl.col("reason").is_not_null())
        .to_dicts()
    ]
    for row in measures.filter(pl.col("low").is_not_null(), measure="tax_buoyancy").to_dicts():
        value = f"{wording.rate(row, 2)} ({wording.interval(row['low'], row['high'], 3)})"
        sentences.append(f"{names[row['park_id']]}: tax growth over output growth, both as published, is {value}.")
    readings = measures.filter(pl.col("low").is_not_null(), measure="taxpayer_concentration").to_dicts()
    if len(readings) > 1:
        spans = " or ".join(f"{wording.interval(r['low'], r['high'], 3)} %" for r in readings)
        sentences.append(
            f"{names[readings[0]['park_id']]}: the taxpayers it names pay {spans} of its tax, by the reading of one sentence."
        )
    return takeaways("takeaways", sentences or ["No park reports tax."], measures)


def _percent(row: dict[str, Any]) -> str:
    return f"{wording.rate(row, 3)} % ({wording.interval(row['low'], row['high'], 3)})"


_PER_AREA = (("tax_per_area", "10,000 CNY a mu", 1e-4), ("output_per_area", "100 million CNY a km²", 1e-8))


def takeaways_land(study: Study, measures: pl.DataFrame) -> Exhibit:
    """What the per-area values say and do not say, in sentences."""
    names = wording.short_names(study)
    rungs = land.matched_rungs(measures)
    values = measures.filter(pl.col("low").is_not_null(), basis="annualised")
    sentences = [_rung_by_rung(values, rungs, names, *what) for what in _PER_AREA]
    shared = wording.listing(wording.plain(rung) for rung in rungs)
    first = f"Only {len(rungs)} rungs are shared by two parks ({shared}); everything else per area is not comparable."
    alone = (
        values.filter(~pl.col("rung").is_in(rungs), measure="tax_per_area")
        .select("park_id", "rung")
        .unique(maintain_order=True)
    )
    said = wording.listing(f"{names[park]} ({wording.plain(str(rung))})" for park, rung in alone.iter_rows())
    last = (
        [f"Shown without a partner, not comparable because no other text prints the rung: {said}."]
        if alone.height
        else []
    )
    without = measures.filter(pl.col("reason").is_in(["no_area", "no_tax"]), measure="tax_per_area").to_dicts()
    last += [f"{names[r['park_id']]}: no value, because {REASONS[r['reason']]}." for r in without]
    return takeaways(
        "takeaways", [first, *sentences, *last] if rungs else ["No two parks stand on one rung.", *last], measures
    )


def _rung_by_rung(
    values: pl.DataFrame, rungs: list[str], names: dict[str, str], measure: str, unit: str, scale: float
) -> str:
    """One sentence with the full-year values of the complete official texts on every shared rung."""
    said = []
    for rung in rungs:
        rows = values.filter(pl.col("grade") != "C", measure=measure, rung=rung).to_dicts()
        spans = [f"{names[r['park_id']]} {wording.interval(r['low'] * scale, r['high'] * scale, 3)}" for r in rows]
        if len(spans) > 1:
            said.append(f"{wording.plain(rung)} {', '.join(spans)}")
    return f"Full-year {MEASURES[measure].name.lower()}, {unit}: {'; '.join(said)}." if said else ""


def takeaways_overview(study: Study) -> Exhibit:
    """The three questions and what the record answers, in sentences."""
    rates, taxes, areas = growth.measures(study), tax.measures(study), land.measures(study)
    pairs = coverage.comparability(study)
    fine = pairs.filter(verdict="comparable").height
    opening = (
        f"{study.sources.filter(kind='work_summary').height} texts that happened to be at hand, no sample; {fine} of {pairs.height} pairs "
        "of shared figures agree in concept, population and months."
    )
    parts = [
        _first(takeaways_growth(study, rates)),
        _first(takeaways_tax(study, taxes)),
        _first(takeaways_land(study, areas)),
    ]
    return takeaways("takeaways", [opening, *parts], pairs)


def _first(exhibit: Exhibit) -> str:
    return exhibit.answer


def takeaways_profile(study: Study, park: str) -> Exhibit:
    """One park in sentences: what its text covers, what it is silent on, what its figures carry."""
    name = wording.park_names(study)[park]
    rows = study.summaries().filter(park_id=park)
    source = study.sources.filter(park_id=park, kind="work_summary").row(0, named=True)
    span = Period(source["period_start"], source["period_end"]).label()
    counts = dict(rows["value_type"].value_counts().iter_rows())
    types = wording.listing(f"{n} {kind}s" for kind, n in counts.items())
    caveats = rows.explode("caveats").drop_nulls("caveats")["caveats"].value_counts(sort=True).head(3)
    cells = coverage.cells(study).filter(park_id=park)
    absent = cells.filter(state="none").height
    sentences = [
        f"{name} reports {span}; {rows.height} figures are recorded: {types}.",
        f"Grade {source['grade']}: {GRADES[source['grade']]}.",
        f"Of {cells.height} figures that the texts report for a whole park, {absent} are not in this one.",
    ]
    if caveats.height:
        said = wording.listing(f"{wording.plain(c)} ({n})" for c, n in caveats.iter_rows())
        sentences.append(f"Most frequent caveats: {said}.")
    return takeaways("takeaways", sentences, rows)
