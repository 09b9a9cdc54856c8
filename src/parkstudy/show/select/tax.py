"""What the exhibits on tax select."""

from __future__ import annotations

import polars as pl

from parkstudy.method import tax
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Selected
from parkstudy.show.select.shared import GIVEN, OFFICIAL, banded, on_basis, trust


def measures(study: Study) -> pl.DataFrame:
    """Every tax measure."""
    return study.measures.filter(pl.col("measure").is_in(list(tax.MEASURES)))


def sentences(study: Study, basis: str) -> Selected:
    """Tax per output by grade, with its bands; what is refused; buoyancy; the readings of a concentration, by sentence."""
    rows = measures(study)
    ratios = banded(rows, basis).filter(GIVEN, measure="tax_per_output")
    official = ratios.filter(OFFICIAL, value_type="outturn")
    concentration = rows.filter(GIVEN, measure="taxpayer_concentration")
    facts = {
        "official": official.to_dicts(),
        "several_populations": official["population"].n_unique() > 1,
        "apart": ratios.filter(grade="C").to_dicts(),
        "some": ratios.height > 0,
        "refused": rows.filter(pl.col("reason").is_not_null(), measure="tax_per_output", basis="reported").to_dicts(),
        "buoyancy": rows.filter(GIVEN, measure="tax_buoyancy").to_dicts(),
        "taxpayers": [
            group.to_dicts() for _, group in concentration.group_by("park_id", "subject", maintain_order=True)
        ],
        "nothing": not rows.filter(
            GIVEN, pl.col("measure").is_in(["tax_per_output", "tax_buoyancy", "taxpayer_concentration"])
        ).height,
        "trust": trust(rows.filter((pl.col("basis") == basis) | pl.col("reason").is_not_null())),
    }
    return Selected(rows, facts)


def per_output(study: Study, basis: str) -> Selected:
    """Tax per output with its full-year band, or as a full year; other revenue in a panel of its own."""
    rows = measures(study).filter(pl.col("measure").is_in(["tax_per_output", "tax_per_tit_revenue"]))
    rows = rows.filter((pl.col("measure") == "tax_per_output") | GIVEN)
    shown = banded(rows, basis)
    if basis == "annualised":  # a park without any value has its reason in the rows as reported
        refused = rows.filter(pl.col("reason").is_not_null(), basis="reported")
        shown = pl.concat([shown, refused], how="diagonal")
    official = shown.filter(GIVEN, OFFICIAL, measure="tax_per_output", value_type="outturn")
    return Selected(shown, {"official": official.to_dicts()})


def concentration(study: Study) -> Selected:
    """Tax of named taxpayers over the tax it is a part of, in every reading of the sentence."""
    return Selected(measures(study).filter(GIVEN, measure="taxpayer_concentration"))


def every(study: Study, basis: str) -> Selected:
    """Every tax measure of a basis, and what is refused."""
    return Selected(on_basis(measures(study), basis))
