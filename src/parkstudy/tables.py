"""Tables and takeaways: sentences and rows made by code from the data, never typed into a notebook."""

from __future__ import annotations

import polars as pl

from parkstudy import __version__, coverage, wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, cite, table, takeaways
from parkstudy.figures import growth_beside_target
from parkstudy.measures import FLAGS, MEASURES, REASONS
from parkstudy.periods import Period, growth_margin
from parkstudy.schema import GRADES, OBS_STATUS


def table_observations(study: Study, dimensions: tuple[str, ...] = ("growth", "tax", "land")) -> Exhibit:
    """Every recorded figure of the named dimensions, with the place it stands in."""
    names = wording.short_names(study)
    rows = study.summaries().join(study.indicators.select("indicator", "dimension"), on="indicator", maintain_order="left")
    rows = rows.filter(pl.col("dimension").is_in(dimensions))
    lines = [
        (
            names[r["park_id"]],
            wording.quantity_name(study, r["indicator"], r["transformation"]) + ("" if r["subject"] == "park" else f" ({r['subject']})"),
            r["reported_term"],
            r["reported_figure"],
            r["value_type"],
            wording.period(r),
            wording.population(r["population"]),
            r["locator"],
            ", ".join(wording.plain(c) for c in r["caveats"]),
        )
        for r in rows.iter_rows(named=True)
    ]
    return table(
        "observations",
        f"{rows.height} figures on {wording.listing(dimensions)}, as printed",
        ("Park", "Indicator", "Printed term", "Printed figure", "Type", "Period", "Population", "Place in the text", "Caveats"),
        lines,
        caption="Each distinct printed figure once, with its term, its place (headings, then paragraph) and what the coder saw.",
        sources=cite(study, rows["observation_id"]),
        data=rows,
        numeric=("Printed figure",),
    )


def table_comparability(study: Study) -> Exhibit:
    """Every pair of parks on every shared indicator, with the reasons for the verdict."""
    pairs = coverage.comparability(study)
    names = wording.short_names(study)
    lines = [
        (
            wording.quantity_name(study, r["indicator"], r["transformation"]),
            f"{names[r['first']]} – {names[r['second']]}",
            coverage.VERDICTS[r["verdict"]],
            "; ".join(r["reasons"]),
        )
        for r in pairs.filter(pl.col("reasons").list.first().str.ends_with("whole park").not_()).iter_rows(named=True)
    ]
    gone = pairs.height - len(lines)
    return table(
        "comparability-reasons",
        f"Why {len(lines)} pairs of figures can or cannot be set side by side",
        ("Indicator", "Parks", "Verdict", "Reasons"),
        lines,
        caption="Pairs in which both parks report the figure as an outturn of the whole park; "
        f"{gone} further pairs are not comparable because one or both do not report it.",
        sources=cite(study, study.summaries()["observation_id"]),
        data=pairs,
    )


def takeaways_coverage(study: Study) -> Exhibit:
    """What the record supports at all, in sentences."""
    pairs = coverage.comparability(study)
    counts = dict(pairs["verdict"].value_counts().iter_rows())
    spans = [Period(r["period_start"], r["period_end"]) for r in study.sources.filter(kind="work_summary").iter_rows(named=True)]
    figures_, contradicted = study.summaries().height, study.summaries().filter(pl.col("caveats").list.contains("contradicted")).height
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


def table_growth(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Every growth rate and target with its interval, flags and place; and the rates that no text prints."""
    names = wording.short_names(study)
    places = dict(study.observations.select("observation_id", "locator").iter_rows())
    lines = [
        (
            names[r["park_id"]],
            MEASURES[r["measure"]].name.removesuffix(", as published"),
            wording.number(r["value"]) if r["value"] is not None else REASONS.get(r["reason"], ""),
            wording.interval(r["low"], r["high"]),
            wording.period(r) if r["inputs"] else "",
            wording.population(r["population"]),
            r["value_type"] + (f", {OBS_STATUS[r['status']]}" if r["status"] not in (None, "A") else ""),
            ", ".join(wording.plain(f) for f in r["flags"]),
            ", ".join(places[i] for i in r["inputs"]),
        )
        for r in measures.iter_rows(named=True)
    ]
    return table(
        "growth-table",
        f"{measures.filter(pl.col('value').is_not_null()).height} printed rates, {measures.filter(pl.col('value').is_null()).height} gaps",
        ("Park", "Rate", "Percent", "Interval", "Period", "Population", "Type and status", "Flags", "Place in the text"),
        lines,
        caption="Percent on the same months a year earlier. The interval is half a unit of the last printed digit either way. Flags: "
        + "; ".join(f"{wording.plain(f)}: {FLAGS[f]}" for f in FLAGS if any(f in flags for flags in measures["flags"]))
        + ".",
        sources=cite(study, [i for inputs in measures["inputs"] for i in inputs]),
        data=measures,
        numeric=("Percent", "Interval"),
    )


def takeaways_growth(study: Study, measures: pl.DataFrame) -> Exhibit:
    """What the published rates say and do not say, in sentences."""
    names = wording.short_names(study)
    rates = measures.filter(pl.col("value").is_not_null(), value_type="outturn").to_dicts()
    output = [r for r in rates if r["measure"] == "gross_industrial_output_growth"]
    official = [r for r in output if r["grade"] != "C"]
    sentences = []
    if official:
        said = wording.listing(f"{names[r['park_id']]} {wording.number(r['value'])} % ({wording.period(r)})" for r in official)
        sentences.append(f"Complete official texts publish output growth of {said}; the rates are of different years and are not ranked.")
    sentences += _apart(names, [r for r in output if r["grade"] == "C"])
    sentences += _margins(names, official)
    sentences += _two_concepts(names, rates)
    beside = growth_beside_target(study, measures)
    if beside.height:
        above = beside.filter(pl.col("value") > pl.col("target")).height
        parks = wording.listing(names[p] for p in beside["park_id"].unique(maintain_order=True))
        sentences.append(
            f"{parks}: {above} of {beside.height} rates are above the target printed beside them; targets are set for the year, rates are of its first months."
        )
    silent = [names[p] for p in study.park_ids() if p in names and p not in {r["park_id"] for r in output}]
    if silent:
        sentences.append(f"{wording.listing(silent)}: no growth rate of output is published.")
    return takeaways("takeaways", sentences or ["No park publishes a growth rate."], measures)


def _apart(names: dict[str, str], rows: list[dict]) -> list[str]:
    if not rows:
        return []
    said = wording.listing(f"{names[r['park_id']]} {wording.number(r['value'])} % ({wording.period(r)})" for r in rows)
    return [f"Apart from them, texts of grade C (re-posted or anonymised) print {said}."]


def _margins(names: dict[str, str], rows: list[dict]) -> list[str]:
    sentences = []
    for place, first in enumerate(rows):
        for second in rows[place + 1 :]:
            margin = growth_margin(*(Period(r["period_start"], r["period_end"]) for r in (first, second)))
            if margin:
                pair = f"{names[first['park_id']]} and {names[second['park_id']]}"
                gap = wording.number(abs(first["value"] - second["value"]))
                sentences.append(
                    f"{pair} report spans of different length; rates on them are ordered only beyond {wording.number(margin)} points, and they lie {gap} points apart."
                )
    return sentences


def _two_concepts(names: dict[str, str], rates: list[dict]) -> list[str]:
    found = {(r["park_id"], r["measure"]): r for r in rates}
    sentences = []
    for park, name in names.items():
        output, added = (found.get((park, f"{i}_growth")) for i in ("gross_industrial_output", "industrial_value_added"))
        if output and added:
            sentences.append(
                f"{name} prints {wording.number(output['value'])} % for output (current prices) and {wording.number(added['value'])} % for value added "
                "(real) on the same months: two concepts, shown apart; the gap is a question about the data."
            )
    return sentences


def table_sources(study: Study) -> Exhibit:
    """The texts behind the page, with issuer, date, grade and hash; and the version that computed it."""
    names = wording.park_names(study)
    rows = study.sources.filter(kind="work_summary")
    lines = [
        (
            names[r["park_id"]],
            r["title"] or "(hidden: the text is anonymised)",
            r["publisher"],
            r["published"],
            Period(r["period_start"], r["period_end"]).label(),
            f"{r['grade']}: {GRADES[r['grade']]}" if r["grade"] else "",
            (r["sha256"] or "")[:12],
        )
        for r in rows.iter_rows(named=True)
    ]
    return table(
        "sources",
        f"{rows.height} texts; parkstudy {__version__}, data {study.data_hash[:12]}",
        ("Park", "Title", "Issuer", "Date", "Months reported", "Grade", "SHA-256 of the text"),
        lines,
        caption="The texts belong to their publishers and are not part of the study; only printed terms and figures are recorded.",
        sources=cite(study, study.summaries()["observation_id"]),
        data=rows,
    )
