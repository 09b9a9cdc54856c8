"""What the selections of several subjects share: texts, rows of a state, full-year bands, counts, and on how much they rest."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from parkstudy.method import pairwise
from parkstudy.method.study import Study
from parkstudy.record.codes import codes

Row = dict[str, Any]

FEW = pairwise.FEW  # so many parks are shown one by one; more are counted and spread
OFFICIAL = pl.col("grade") == "A"  # complete official texts: what may stand in a headline (method, Q2)
COMPLETE = ("A", "B")  # grades of complete texts: their parks may stand in a headline (method, Q2)
HEADLINE = pl.col("grade").is_in(COMPLETE)
GIVEN = pl.col("low").is_not_null()
REFUSED = pl.col("reason").is_not_null()


def texts(study: Study) -> pl.DataFrame:
    """The work summaries."""
    return study.sources.filter(kind="work_summary")


def printed(study: Study) -> list[str]:
    """The keys of every figure that the work summaries print."""
    return study.summaries()["observation_id"].to_list()


def national(study: Study, park: str, end: object, measure: str = "reference_revenue_growth") -> pl.DataFrame:
    """The national rates beside the growth of a park that ends then: of the same months, else of the spans around them."""
    rows = study.measures.filter(GIVEN, measure=measure, subject="reference:national", park_id=park)
    same = rows.filter(pl.col("period_end") == end)
    return (same if same.height else rows).unique("value", keep="first", maintain_order=True).sort("value")


def doubted(study: Study, rows: Iterable[Row]) -> list[Row]:
    """The parks whose figures behind these rows a check of the audit questions: how many checks, and the row that opens."""
    inputs: dict[str, set[str]] = {}
    first: dict[str, Row] = {}
    for row in rows:
        inputs.setdefault(row["park_id"], set()).update(row["inputs"])
        first.setdefault(row["park_id"], row)
    named = {"implausible": "observations", "contradiction": "marked"}
    figures = [set(getattr(one, named[one.outcome])) for one in study.findings if one.outcome in named]
    counts = {park: sum(bool(own & figures_) for figures_ in figures) for park, own in inputs.items()}
    return [{"park_id": park, "count": count, "key": first[park]["key"]} for park, count in counts.items() if count]


def years_differ(rows: Iterable[Row]) -> bool:
    """True where the periods of rows end in more than one year."""
    return len({row["period_end"].year for row in rows if row.get("period_end")}) > 1


def measures_of(study: Study, names: Iterable[str], *where: pl.Expr, **equal: str) -> pl.DataFrame:
    """The rows of some measures."""
    return study.measures.filter(pl.col("measure").is_in(list(names)), *where, **equal)


def on_basis(measures: pl.DataFrame, basis: str) -> pl.DataFrame:
    """The rows of a basis, what no basis changes (measures that are never made a full year), and every refusal."""
    yearly = measures.filter(basis="annualised")["measure"].unique()
    return measures.filter((pl.col("basis") == basis) | ~pl.col("measure").is_in(yearly.implode()) | REFUSED)


def banded(measures: pl.DataFrame, basis: str) -> pl.DataFrame:
    """The rows of a basis with `band_low, band_high, band_key`; refused rows once.

    Rows of the months as reported have the full-year band of the same park, measure and months; full years need none.
    """
    match = ["park_id", "measure", "value_type", "period_start", "period_end", "rung", "from"]
    rows = measures.with_columns(pl.col("inputs").list.join(",").alias("from"))
    bands = rows.filter(GIVEN, basis="annualised", status="I") if basis == "reported" else rows.clear()
    bands = bands.select(*match, band_low="low", band_high="high", band_key="key")
    return (
        rows.filter(basis=basis).join(bands, on=match, how="left", nulls_equal=True, maintain_order="left").drop("from")
    )


def tally(rows: pl.DataFrame, column: str, name: str = "count", group: str = "") -> list[Row]:
    """How many rows have each code of a column, in the order of its `group`: the code, and the number as `name`."""
    counts = dict(rows[column].value_counts().iter_rows())
    return [{column: code, name: counts.get(code, 0)} for code in codes(group or column)]
