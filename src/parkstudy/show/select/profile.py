"""What the profile of a park selects: its own figures and measures, none of another park beside them."""

from __future__ import annotations

import polars as pl

from parkstudy.method import coverage
from parkstudy.method.growth import RATES
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Selected
from parkstudy.show.select.shared import GIVEN
from parkstudy.words.codes import codes

MEASURES = (
    *RATES, "target_attainment", "tax_per_output", "tax_per_tit_revenue", "taxpayer_concentration", "tax_per_area",
    "output_per_area",
)  # fmt: skip
_MOST_CAVEATS = 3  # that a sentence lists


def sentences(study: Study, park: str) -> Selected:
    """What the text of the park covers, what it is silent on, what its figures carry. Raises `UnknownParkError`."""
    rows = _figures(study, park)
    sources = study.sources.filter(park_id=park, kind="work_summary")
    cells = coverage.cells(study).filter(park_id=park)
    carried = rows.explode("caveats").drop_nulls("caveats").group_by("caveats").len()
    carried = carried.sort("len", "caveats", descending=[True, False]).head(_MOST_CAVEATS)
    counts = {value_type: rows.filter(value_type=value_type).height for value_type in codes("value_type")}
    facts = {
        "source": sources.row(0, named=True) if sources.height else None,
        "figures": rows.height,
        "types": [{"value_type": value_type, "number": n} for value_type, n in counts.items() if n],
        "cells": cells.height,
        "absent": cells.filter(pl.col("state").is_in(["none", "parts"])).height,
        "caveats": [{"caveat": caveat, "number": n} for caveat, n in carried.iter_rows()],
        "marked": rows.filter(pl.col("caveats").list.len() > 0).height,
    }
    return Selected(rows, facts, measures=False)


def panels(study: Study, park: str) -> Selected:
    """Every measure of the park that has a value, a panel each, as reported. Raises `UnknownParkError`."""
    study.only(park)
    data = study.measures.filter(GIVEN, pl.col("measure").is_in(MEASURES), park_id=park, basis="reported")
    data = data.filter(pl.col("price") != "real")
    return Selected(data, {"measures": data["measure"].n_unique()})


def recorded(study: Study, park: str) -> Selected:
    """Everything that is recorded of the park, by dimension. Raises `UnknownParkError`."""
    rows = _figures(study, park).join(
        study.indicators.select("indicator", "dimension"), on="indicator", maintain_order="left"
    )
    order = {dimension: place for place, dimension in enumerate(codes("dimension"))}
    place = pl.col("dimension").cast(pl.String).replace_strict(order, return_dtype=pl.Int64)
    rows = rows.sort(place, maintain_order=True)
    return Selected(rows, inputs=rows["observation_id"].to_list(), measures=False)


def _figures(study: Study, park: str) -> pl.DataFrame:
    return study.only(park).summaries()
