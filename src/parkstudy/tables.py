"""Tables: rows made by code from the data, with the place of every figure in its text."""

from __future__ import annotations

import polars as pl

from parkstudy import __version__, coverage, wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, cite, table
from parkstudy.measures import FLAGS, MEASURES, REASONS
from parkstudy.periods import Period
from parkstudy.schema import GRADES, OBS_STATUS


def table_observations(study: Study, dimensions: tuple[str, ...] = ("growth", "tax", "land")) -> Exhibit:
    """Every recorded figure of the named dimensions, with the place it stands in."""
    names = wording.short_names(study)
    rows = study.summaries().join(
        study.indicators.select("indicator", "dimension"), on="indicator", maintain_order="left"
    )
    rows = rows.filter(pl.col("dimension").is_in(dimensions))
    lines = [
        (
            names[r["park_id"]],
            wording.quantity_name(study, r["indicator"], r["transformation"])
            + ("" if r["subject"] == "park" else f" ({r['subject']})"),
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
        (
            "Park",
            "Indicator",
            "Printed term",
            "Printed figure",
            "Type",
            "Period",
            "Population",
            "Place in the text",
            "Caveats",
        ),
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
        (
            "Park",
            "Rate",
            "Percent",
            "Interval",
            "Period",
            "Population",
            "Type and status",
            "Flags",
            "Place in the text",
        ),
        lines,
        caption="Percent on the same months a year earlier. The interval is half a unit of the last printed digit either way. Flags: "
        + "; ".join(f"{wording.plain(f)}: {FLAGS[f]}" for f in FLAGS if any(f in flags for flags in measures["flags"]))
        + ".",
        sources=cite(study, [i for inputs in measures["inputs"] for i in inputs]),
        data=measures,
        numeric=("Percent", "Interval"),
    )


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
