"""What the exhibits on tax select."""

import polars as pl

from parkstudy.method import tax
from parkstudy.method.compare import Comparison
from parkstudy.method.study import Study
from parkstudy.record.rows import Row
from parkstudy.show.select.orders import (
    MOST_NOTED,
    MOST_REFUSED,
    MOST_VALUES,
    decided,
    noted,
    of_lines,
    opening,
    refusals,
    reporting,
    standing,
    told,
)
from parkstudy.show.select.shared import (
    GIVEN,
    HEADLINE,
    REFUSED,
    Selected,
    banded,
    measures_of,
    on_basis,
    texts_of,
    too_many_texts,
)
from parkstudy.show.select.spread import middle, spread

PER_OUTPUT = ("tax_per_output", "tax_per_tit_revenue")


def measures(study: Study) -> pl.DataFrame:
    """Every tax measure."""
    return measures_of(study, tax.MEASURES)


def read_as(rows: pl.DataFrame, reading: str) -> pl.DataFrame:
    """The rows without those of the other reading of a sentence, where it has the one that is chosen; all of them for an empty text."""
    sentence = ["park_id", "subject", "measure", "period_end", "value_type", pl.col("inputs").list.join(",")]
    there = (pl.col("reading") == reading).fill_null(False)
    return rows.filter(there | ~there.any().over(sentence)) if reading else rows


def sentences(study: Study, basis: str, reading: str = "") -> Selected:
    """Tax per output of the complete official texts, what comes out between them, and the tax of the taxpayers they name."""
    rows = read_as(measures(study).filter(GIVEN), reading)
    ratios = rows.filter(measure="tax_per_output")
    official = banded(ratios, basis).filter(HEADLINE, value_type="outturn")
    parks = official["park_id"].unique(maintain_order=True).to_list()
    facts = {
        **told(study, official), "some": ratios.height > 0,
        **_taxpayers(_named(rows.filter(HEADLINE))),
        "trust": standing(study, "tax_per_output"),
        "alone": len(parks) == 1, **opening(decided(study, "tax_per_output", parks, basis)),
    }  # fmt: skip
    return Selected(rows, facts)


def _named(rows: pl.DataFrame) -> list[Row]:
    """The shares of the taxpayers that a sentence names: how many they are, and the readings it allows."""
    shares = rows.filter(measure="taxpayer_concentration")
    sentences_ = [
        group.to_dicts() for group in shares.partition_by("park_id", "subject", "period_end", maintain_order=True)
    ]
    return [_sentence(readings) for readings in sentences_]


def _taxpayers(found: list[Row]) -> Row:
    """The sentences that name taxpayers; of many, how many texts they stand in, and between which shares their readings lie."""
    if len(found) <= MOST_VALUES:
        return {"taxpayers": found, "named": None}
    rows = [reading for one in found for reading in one["readings"]]
    ends = {"lowest": min(rows, key=middle), "highest": max(rows, key=middle)}
    return {"taxpayers": [], "named": {"texts": texts_of(found), **ends}}


def _sentence(readings: list[Row]) -> Row:
    first = readings[0]
    return {
        **first,
        "firms": len(tax.firms_of(first["subject"])),
        "readings": readings,
        "open": "at_bound" in first["flags"],
    }


def notes(study: Study, basis: str) -> Selected:
    """Every pair of parks on tax per output as it was decided, tax growth beside output growth, and who has no value."""
    found = noted(decided(study, "tax_per_output", reporting(study, "tax_per_output"), basis))
    changed = _as_years(study) if basis == "reported" else []
    rows = measures(study)
    facts = {
        **found, **_buoyancy(study, rows.filter(GIVEN, measure="tax_buoyancy").to_dicts()),
        "as_years": changed if len(changed) <= MOST_NOTED else [],
        "as_years_count": len(changed) if len(changed) > MOST_NOTED else 0,
        **refusals(rows.filter(REFUSED, measure="tax_per_output", basis="reported")),
    }  # fmt: skip
    return Selected(rows, facts)


def _buoyancy(study: Study, rows: list[Row]) -> Row:
    """Ratios of growth rates, each with the two printed rates that it is of; of many parks, the lowest and the highest."""
    if len(rows) > MOST_REFUSED:
        found = spread(rows, len(study.park_ids()))
        return {"buoyancy": [], "buoyancies": found}
    printed = study.measures.filter(GIVEN, pl.col("measure").str.ends_with("_growth"), pl.col("price") != "real")
    of = {one["inputs"][0]: one for one in printed.iter_rows(named=True)}
    told = [{**row, **dict(zip(("tax", "output"), map(of.__getitem__, row["inputs"]), strict=True))} for row in rows]
    return {"buoyancy": told, "buoyancies": None}


def _as_years(study: Study) -> list[Row]:
    """The pairs ordered on the same months in a way that as full years they are not: in how many ways each is higher then."""
    parks = reporting(study, "tax_per_output")
    own = [
        one for one in decided(study, "tax_per_output", parks, "reported") if one.ordered and one.basis == "reported"
    ]
    years = [
        y
        for one in own
        for y in decided(study, "tax_per_output", [one.left, one.right], "annualised")
        if y.verdict != one.verdict
    ]
    return [{"verdict": y.verdict, "left": y.left, "right": y.right, "cells": y.cells, "ways": _ways(y)} for y in years]


def _ways(one: Comparison) -> list[Row]:
    """In how many ways of reading the data each of two parks is higher, if in any."""
    return [
        {"park": park, "count": count} for park, count in zip((one.left, one.right), one.ways, strict=True) if count
    ]


def per_output(study: Study, basis: str) -> Selected:
    """Tax per output, a line a park and period, with its full-year range or as a full year; who has none says why."""
    rows = measures_of(study, PER_OUTPUT)
    shown = banded(rows.filter(measure="tax_per_output"), basis)
    if basis == "annualised":  # a park without any value has its reason in the rows as reported
        shown = pl.concat([shown, rows.filter(REFUSED, measure="tax_per_output", basis="reported")], how="diagonal")
    elsewhere = (
        rows.filter(GIVEN, measure="tax_per_tit_revenue", basis=basis)
        .select("source_id", other="key")
        .unique("source_id", keep="last")
    )
    shown = shown.join(elsewhere, on="source_id", how="left", maintain_order="left")
    official = shown.filter(GIVEN, HEADLINE, value_type="outturn").to_dicts()
    return Selected(of_lines(study, shown), {"official": official, "many": too_many_texts(official)})


def concentration(study: Study, reading: str = "") -> Selected:
    """Tax of named taxpayers over the tax it is a part of, in every reading of the sentence or in the one that is chosen."""
    rows = read_as(measures_of(study, ["taxpayer_concentration"], GIVEN), reading)
    return Selected(of_lines(study, rows), {"reading": reading})


def every(study: Study, basis: str, reading: str = "") -> Selected:
    """Every tax measure of a basis, and what is refused."""
    return Selected(read_as(on_basis(measures(study), basis), reading))
