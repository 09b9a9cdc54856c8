"""What the selections of several subjects share: the rows of a state, full-year bands, and on how much sentences rest."""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy.words.codes import codes

Row = dict[str, Any]

GRADES = codes("grade")
OFFICIAL = pl.col("grade") == "A"  # complete official texts: what may stand in a headline (method, Q2)
GIVEN = pl.col("low").is_not_null()


def on_basis(measures: pl.DataFrame, basis: str) -> pl.DataFrame:
    """The rows of a basis, what no basis changes (measures that are never made a full year), and every refusal."""
    yearly = measures.filter(basis="annualised")["measure"].unique()
    unchanged = ~pl.col("measure").is_in(yearly.implode())
    return measures.filter((pl.col("basis") == basis) | unchanged | pl.col("reason").is_not_null())


def at_prices(rates: pl.DataFrame, price: str) -> pl.DataFrame:
    """The rates of a price with those that are at comparable prices as printed, and every refusal."""
    return rates.filter(pl.col("price").is_in([price, "comparable"]) | pl.col("reason").is_not_null())


def with_bands(measures: pl.DataFrame) -> pl.DataFrame:
    """Reported rows with the full-year band of the same park, measure and months beside them; refused rows kept once."""
    match = ["park_id", "measure", "value_type", "period_start", "period_end", "rung", "from"]
    measures = measures.with_columns(pl.col("inputs").list.join(",").alias("from"))
    bands = measures.filter(GIVEN, basis="annualised", status="I").select(
        *match, band_low=pl.col("low"), band_high=pl.col("high"), band_key=pl.col("key")
    )
    raw = measures.filter(basis="reported")
    return raw.join(bands, on=match, how="left", nulls_equal=True, maintain_order="left").drop("from")


def banded(measures: pl.DataFrame, basis: str) -> pl.DataFrame:
    """The rows of a basis; those of the months as reported have their full-year bands beside them, full years need none."""
    if basis == "reported":
        return with_bands(measures)
    none = {"band_low": pl.Float64, "band_high": pl.Float64, "band_key": pl.String}
    return measures.filter(basis=basis).with_columns(pl.lit(None, kind).alias(name) for name, kind in none.items())


def trust(rows: pl.DataFrame) -> dict[str, Any]:
    """On how much sentences rest: values and gaps, and the number of parks by the grade of the texts behind the values."""
    given = rows.filter(GIVEN)
    parks = {grade: given.filter(grade=grade)["park_id"].n_unique() for grade in GRADES}
    return {
        "values": given.height,
        "gaps": rows.height - given.height,
        "parks": given["park_id"].n_unique(),
        "graded": [{"grade": grade, "count": count} for grade, count in parks.items() if count],
    }
