"""Tables: rows made by code from the data, with the place of every figure in its text."""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy import __version__, coverage, wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, cite, table
from parkstudy.measures import FLAGS, MEASURES, REASONS
from parkstudy.periods import Period
from parkstudy.schema import DIMENSIONS, GRADES, OBS_STATUS


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
        for r in pairs.filter(~coverage.missing()).iter_rows(named=True)
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
    rates = measures.filter(pl.col("measure").cast(pl.String).str.contains(r"_growth(_target)?$"))
    return _table_of(study, rates, "growth-table", "rates and targets", "Percent on the same months a year earlier. ")


def table_checks(study: Study, measures: pl.DataFrame) -> Exhibit:
    """What the rates and targets imply: bases for checks, attainment, gaps, plans, output per firm."""
    rates = measures.filter(~pl.col("measure").cast(pl.String).str.contains(r"_growth(_target)?$"))
    text = "Derived from printed figures. A row marked CHECK is a step of a consistency check and never last year's value. "
    return _table_of(study, rates, "growth-checks", "derived values", text)


def table_tax(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Every tax measure, raw and as a full-year band, and what is refused."""
    text = "Basis: as reported, or as a full year (method, G5). The words in brackets are the populations of tax and denominator. "
    return _table_of(study, measures, "tax-table", "tax measures", text)


def table_land(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Every per-area value on every rung, raw and as a full year, and what is refused."""
    text = "Each value with its rung; values on different rungs are never compared (method, L2). 1 km² is 1,500 mu. "
    return _table_of(study, measures, "land-table", "per-area values", text)


def _table_of(study: Study, measures: pl.DataFrame, key: str, word: str, text: str) -> Exhibit:
    names = wording.short_names(study)
    printed = {
        r["observation_id"]: f"{r['reported_figure']} ({r['locator']})"
        for r in study.observations.iter_rows(named=True)
    }
    lines = [
        (
            names[r["park_id"]],
            MEASURES[r["measure"]].name.removesuffix(", as published"),
            _value(r),
            _interval(r),
            _basis(r),
            wording.period(r) if r["inputs"] else "",
            r["method"] or "",
            wording.population(r["population"]) if r["inputs"] else "",
            _type_and_status(r) if r["inputs"] else "",
            REASONS[r["reason"]] if r["reason"] else ", ".join(wording.plain(f) for f in r["flags"]),
            "; ".join(printed.get(i, i) for i in r["inputs"]),
        )
        for r in measures.iter_rows(named=True)
    ]
    present = [f for f in FLAGS if any(f in flags for flags in measures["flags"])]
    legend = "; ".join(f"{wording.plain(f)}: {FLAGS[f]}" for f in present)
    given = measures.filter(pl.col("low").is_not_null()).height
    return table(
        key,
        f"{given} {word}, {measures.height - given} gaps with their reason",
        (
            "Park",
            "Measure",
            "Value",
            "Interval",
            "Rung or basis",
            "Period",
            "Method",
            "Population",
            "Type and status",
            "Flags or reason",
            "Printed (place in the text)",
        ),
        lines,
        caption=f"{text}The interval is what the printed digits allow. Flags: {legend or 'none'}.",
        sources=cite(study, [i for inputs in measures["inputs"] for i in inputs]),
        data=measures,
        numeric=("Value", "Interval"),
    )


def _basis(row: dict[str, Any]) -> str:
    parts = [wording.plain(row["rung"] or ""), "full year" if row["basis"] == "annualised" else "as reported"]
    parts.append("constant prices" if row["price"] == "real" else "")
    parts.append(row["subject"].removeprefix("reference:") if row["subject"].startswith("reference:") else "")
    return ", ".join(part for part in parts if part)


def _value(row: dict[str, Any]) -> str:
    if row["low"] is None:
        return "not computed"
    return (
        wording.amount(row["value"], row["unit"], 5 if row["method"] == "as printed" else 3)
        if row["value"] is not None
        else "interval only"
    )


def _interval(row: dict[str, Any]) -> str:
    return (
        ""
        if row["low"] is None
        else wording.amount_interval(row["low"], row["high"], row["unit"], 5 if row["method"] == "as printed" else 3)
    )


def _type_and_status(row: dict[str, Any]) -> str:
    status = OBS_STATUS[row["status"]] if row["status"] not in (None, "A") else ""
    return ", ".join(part for part in (row["value_type"] or "", status) if part)


def table_profile(study: Study, park: str) -> Exhibit:
    """Everything that is recorded of one park: each figure with its place, type, period, caveats and note."""
    rows = (
        study.summaries()
        .filter(park_id=park)
        .join(study.indicators.select("indicator", "dimension"), on="indicator", maintain_order="left")
    )
    order = {dimension: place for place, dimension in enumerate(DIMENSIONS)}
    rows = rows.sort(
        pl.col("dimension").cast(pl.String).replace_strict(order, return_dtype=pl.Int64), maintain_order=True
    )
    lines = [
        (
            wording.quantity_name(study, r["indicator"], r["transformation"]),
            "" if r["subject"] == "park" else r["subject"],
            r["reported_term"],
            r["reported_figure"],
            r["value_type"],
            wording.period(r),
            wording.population(r["population"]),
            r["locator"],
            ", ".join(wording.plain(c) for c in r["caveats"]),
            r["note"],
        )
        for r in rows.iter_rows(named=True)
    ]
    return table(
        "profile-table",
        f"All {rows.height} recorded figures of {wording.park_names(study)[park]}",
        (
            "Indicator",
            "Part",
            "Printed term",
            "Printed figure",
            "Type",
            "Period",
            "Population",
            "Place in the text",
            "Caveats",
            "Note",
        ),
        lines,
        caption="Each distinct printed figure once, by dimension. Targets and plans stand beside outturns and are no outturns.",
        sources=cite(study, rows["observation_id"]),
        data=rows,
        numeric=("Printed figure",),
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
        )
        for r in rows.iter_rows(named=True)
    ]
    return table(
        "sources",
        f"{wording.counted(rows.height, 'text')}; parkstudy {__version__}, data {study.data_hash[:12]}",
        ("Park", "Title", "Issuer", "Date", "Months reported", "Grade"),
        lines,
        caption="The texts belong to their publishers and are not part of the study; only printed terms and figures are recorded.",
        sources=cite(study, study.summaries()["observation_id"]),
        data=rows,
    )
