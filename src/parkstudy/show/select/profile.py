"""What the profile of a park selects: its own figures and measures, none of another park beside them."""

import polars as pl

from parkstudy.method import coverage
from parkstudy.method.growth import RATES
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Selected
from parkstudy.show.select.land import PER_AREA
from parkstudy.show.select.shared import GIVEN, measures_of, tally, texts
from parkstudy.show.select.tax import PER_OUTPUT

MEASURES = (*RATES, "target_attainment", *PER_OUTPUT, "taxpayer_concentration", *PER_AREA)
_MOST_CAVEATS = 3  # that a sentence lists


def sentences(study: Study, park: str) -> Selected:
    """What the text of the park covers, what it is silent on, what its figures carry. Raises `UnknownParkError`."""
    rows = study.only(park).summaries()
    source, cells = texts(study).filter(park_id=park), coverage.cells(study).filter(park_id=park)
    carried = rows.explode("caveats").drop_nulls("caveats").group_by("caveats").len()
    carried = carried.sort("len", "caveats", descending=[True, False]).head(_MOST_CAVEATS)
    facts = {
        "source": source.row(0, named=True) if source.height else None,
        "figures": rows.height, "marked": rows.filter(pl.col("caveats").list.len() > 0).height,
        "types": [one for one in tally(rows, "value_type", "number") if one["number"]],
        "cells": cells.height, "absent": cells.filter(pl.col("state").is_in(["none", "parts"])).height,
        "caveats": carried.rename({"caveats": "caveat", "len": "number"}).to_dicts(),
    }  # fmt: skip
    return Selected(rows, facts, measures=False)


def panels(study: Study, park: str) -> Selected:
    """Every measure of the park that has a value, a panel each, as reported. Raises `UnknownParkError`."""
    study.only(park)
    data = measures_of(study, MEASURES, GIVEN, pl.col("price") != "real", park_id=park, basis="reported")
    return Selected(data, {"measures": data["measure"].n_unique()})


def recorded(study: Study, park: str) -> Selected:
    """Everything that is recorded of the park, by dimension. Raises `UnknownParkError`."""
    dimensions = study.indicators.select("indicator", "dimension")
    rows = study.only(park).summaries().join(dimensions, on="indicator", maintain_order="left")
    rows = rows.sort("dimension", maintain_order=True)
    return Selected(rows, inputs=rows["observation_id"].to_list(), measures=False)
