"""Takeaways: the sentences that open a page, made by code from the data and never typed into a notebook."""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy import coverage, land, wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, takeaways
from parkstudy.figures import growth_beside_target
from parkstudy.measures import GROWTH_OF, MEASURES, REASONS
from parkstudy.periods import Period, growth_margin
from parkstudy.schema import GRADES, VALUE_TYPES


def takeaways_coverage(study: Study) -> Exhibit:
    """What the record supports at all, in sentences."""
    pairs = coverage.comparability(study)
    both = pairs.filter(~coverage.missing())
    counts = {verdict: both.filter(verdict=verdict).height for verdict in coverage.VERDICTS}
    texts = study.sources.filter(kind="work_summary")
    spans = [Period(r["period_start"], r["period_end"]) for r in texts.iter_rows(named=True) if r["period_end"]]
    contradicted = study.summaries().filter(pl.col("caveats").list.contains("contradicted")).height
    grade_c = texts.filter(pl.col("grade") == "C").height
    years = len({s.end.year for s in spans if s.end})
    sentences = [
        f"Of {both.height} pairs of figures that both parks report, {counts['comparable']} agree in concept, population and months; "
        f"{counts['limits']} can be set side by side with limits, {counts['not_comparable']} cannot. In {pairs.height - both.height} "
        "further pairs one or both report none.",
        f"{wording.counted(len(spans), 'text')}: {wording.listing(s.label() for s in spans)}; {wording.counted(years, 'year')} and "
        f"{wording.counted(len({s.months for s in spans}), 'length')} of span.",
        f"{study.summaries().height} figures are recorded; {contradicted} of them are contradicted by another figure of the same text.",
        f"{grade_c} of {wording.counted(len(spans), 'text')} re-posted, anonymised or cut off (grade C): in no headline.",
        f"{wording.counted(len(spans), 'text')} that happened to be at hand: no sample, and nothing here is inferred to other parks.",
    ]
    return takeaways("takeaways", sentences, pairs)


def takeaways_growth(study: Study, measures: pl.DataFrame) -> Exhibit:
    """What the published rates say and do not say, in sentences."""
    names = wording.short_names(study)
    kinds = [f"{indicator}_growth" for indicator in GROWTH_OF]
    published = measures.filter(pl.col("measure").cast(pl.String).is_in(kinds), pl.col("price") != "real")
    rates = published.filter(pl.col("low").is_not_null(), value_type="outturn").to_dicts()
    output = [r for r in rates if r["measure"] == "gross_industrial_output_growth"]
    official = [r for r in output if r["grade"] == "A"]
    sentences = []
    if official:
        said = wording.listing(_rate_said(names, r) for r in official)
        sentences.append(f"Complete official texts publish output growth of {said}; they are not ranked.")
    elif output:
        sentences.append("No complete official text publishes a growth rate of output.")
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


def _rate_said(names: dict[str, str], row: dict[str, Any]) -> str:
    return f"{names[row['park_id']]} {wording.rate(row)} % ({wording.period(row)}, {wording.population(row['population'])})"


def _apart(names: dict[str, str], rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    said = wording.listing(_rate_said(names, r) for r in rows)
    return [f"Apart from them, texts of grade C (re-posted or anonymised) print {said}."]


def _margins(names: dict[str, str], rows: list[dict[str, Any]]) -> list[str]:
    sentences = []
    for place, first in enumerate(rows):
        for second in rows[place + 1 :]:
            spans = [Period(r["period_start"], r["period_end"]) for r in (first, second)]
            margin = growth_margin(spans[0], spans[1])
            if margin:
                pair = f"{names[first['park_id']]} and {names[second['park_id']]}"
                sentences.append(
                    f"{pair} report spans of different length; rates on them are ordered only beyond "
                    f"{wording.number(margin)} points."
                )
    return sentences


def _two_concepts(names: dict[str, str], rates: list[dict[str, Any]]) -> list[str]:
    found = {(r["park_id"], r["measure"]): r for r in rates}
    sentences = []
    for park, name in names.items():
        output, added = (
            found.get((park, f"{i}_growth")) for i in ("gross_industrial_output", "industrial_value_added")
        )
        if (
            output
            and added
            and output["period_end"] == added["period_end"]
            and output["period_start"] == added["period_start"]
        ):
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
    official = [r for r in ratios if r["grade"] == "A" and r["value_type"] == "outturn"]
    sentences = []
    bands = {
        r["park_id"]: f"; as a full year {wording.interval(r['low'], r['high'], 2)}"
        for r in measures.filter(
            pl.col("low").is_not_null(), measure="tax_per_output", basis="annualised", status="I"
        ).to_dicts()
    }
    if official:
        said = wording.listing(f"{_percent(names, r)}{bands.get(r['park_id'], '')})" for r in official)
        sentences.append(f"Tax per unit of reported output in complete official texts: {said}.")
    elif ratios:
        sentences.append("No complete official text gives both tax and output of the same months.")
    if len({r["population"] for r in official}) > 1:
        sentences.append("These are taxes of different populations: the gap between them is no ranking of the parks.")
    apart = [r for r in ratios if r["grade"] == "C"]
    if apart:
        said = wording.listing(f"{_percent(names, r)}, {r['value_type']})" for r in apart)
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
    for (park, _), rows in _readings(measures):
        spans = " or ".join(
            f"{wording.interval(r['low'], r['high'], 3)} % ({r['method'].rpartition(' ')[2]})" for r in rows
        )
        tax = wording.population(rows[0]["population"])
        sentences.append(
            f"{names[park]}: at the lower bound of what its text gives, the taxpayers it names stand for {spans} of its tax ({tax})."
        )
    return takeaways("takeaways", sentences or ["No park reports tax."], measures)


def _readings(measures: pl.DataFrame) -> list[tuple[tuple[str, str], list[dict[str, Any]]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in measures.filter(pl.col("low").is_not_null(), measure="taxpayer_concentration").to_dicts():
        found.setdefault((row["park_id"], row["subject"]), []).append(row)
    return list(found.items())


def _percent(names: dict[str, str], row: dict[str, Any]) -> str:
    """Park, interval, population and months, with the bracket left open for what follows."""
    span = wording.interval(row["low"], row["high"], 3)
    return f"{names[row['park_id']]} {span} % (tax of {wording.population(row['population'])}, {wording.period(row)}"


_PER_AREA = (("tax_per_area", "10,000 CNY a mu", 1e-4), ("output_per_area", "100 million CNY a km²", 1e-8))


def takeaways_land(study: Study, measures: pl.DataFrame) -> Exhibit:
    """What the per-area values say and do not say, in sentences."""
    names = wording.short_names(study)
    rungs = land.matched_rungs(measures)
    values = measures.filter(pl.col("low").is_not_null(), basis="annualised")
    sentences = [_rung_by_rung(values, rungs, names, *what) for what in _PER_AREA]
    shared = wording.listing(wording.plain(rung) for rung in rungs)
    first = f"{wording.counted(len(rungs), 'rung')} shared by two parks ({shared}); everything else per area is not comparable."
    alone = (
        values.filter(~pl.col("rung").is_in(rungs), measure="tax_per_area")
        .select("park_id", "rung")
        .unique(maintain_order=True)
    )
    said = wording.listing(f"{names[park]} ({wording.plain(str(rung))})" for park, rung in alone.iter_rows())
    last = (
        [f"Shown without a partner, not comparable because none of the other texts here gives tax on the rung: {said}."]
        if alone.height
        else []
    )
    without = measures.filter(pl.col("reason").is_in(["no_area", "no_tax"]), measure="tax_per_area").to_dicts()
    last += [f"{names[r['park_id']]}: no value, because {REASONS[r['reason']]}." for r in without]
    return takeaways(
        "takeaways",
        [first, *sentences, *last] if rungs else ["No two of the parks stand on one rung.", *last],
        measures,
    )


def _rung_by_rung(
    values: pl.DataFrame, rungs: list[str], names: dict[str, str], measure: str, unit: str, scale: float
) -> str:
    """One sentence with the full-year values of the complete official texts on every shared rung."""
    said = []
    for rung in rungs:
        rows = values.filter(pl.col("grade") == "A", measure=measure, rung=rung).to_dicts()
        spans = [
            f"{names[r['park_id']]} {wording.interval(r['low'] * scale, r['high'] * scale, 3)} ({wording.population(r['population'])})"
            for r in rows
        ]
        if len(spans) > 1:
            said.append(f"{wording.plain(rung)} {', '.join(spans)}")
    return f"Full-year {MEASURES[measure].name.lower()}, {unit}: {'; '.join(said)}." if said else ""


def takeaways_profile(study: Study, park: str) -> Exhibit:
    """One park in sentences: what its text covers, what it is silent on, what its figures carry."""
    name = wording.park_names(study)[park]
    rows = study.summaries().filter(park_id=park)
    sources = study.sources.filter(park_id=park, kind="work_summary")
    if not sources.height:
        return takeaways("takeaways", [f"{name}: the study holds no work summary of this park."], rows)
    source = sources.row(0, named=True)
    span = Period(source["period_start"], source["period_end"]).label()
    counts = {kind: rows.filter(value_type=kind).height for kind in VALUE_TYPES}
    types = wording.listing(wording.counted(n, kind) for kind, n in counts.items() if n)
    caveats = (
        rows.explode("caveats")
        .drop_nulls("caveats")
        .group_by("caveats")
        .len()
        .sort("len", "caveats", descending=[True, False])
        .head(3)
    )
    cells = coverage.cells(study).filter(park_id=park)
    absent = cells.filter(pl.col("state").is_in(["none", "parts"])).height
    sentences = [
        f"{name} reports {span}; {rows.height} figures are recorded: {types}.",
        f"Grade {source['grade']}: {GRADES[source['grade']]}." if source["grade"] else "The text has no grade.",
        f"Of {cells.height} figures that the texts report for a whole park, {absent} are not reported for the whole of this one.",
    ]
    if caveats.height:
        said = wording.listing(f"{wording.plain(c)} ({n})" for c, n in caveats.iter_rows())
        sentences.append(f"Most frequent caveats: {said}.")
    return takeaways("takeaways", sentences, rows)
