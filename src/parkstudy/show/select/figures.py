"""What the page of all figures selects: every quantity by every park, and every recorded figure."""

import polars as pl

from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.record.rows import Row
from parkstudy.show.select.coverage import QUANTITY, stating
from parkstudy.show.select.shared import Selected, many, printed, texts


def sentences(study: Study) -> Selected:
    """How many figures of how many texts and quantities are recorded, and how many quantities two texts or more state."""
    own, cells = printed(study), study.coverage
    held = stating(cells)
    verified = study.observations["observation_id"].is_in(list(study.proven)).sum()
    facts = {
        "figures": study.observations.height, "own": len(own), "beside": study.observations.height - len(own),
        "texts": texts(study).height, "quantities": held.height, "shared": held.filter(pl.col("parks") >= 2).height,
        "few": not many(study), "proven": verified, "unproven": study.observations.height - verified,
    }  # fmt: skip
    return Selected(cells, facts, own, of_measures=False)


def matrix(study: Study) -> Selected:
    """Every quantity that a work summary prints, each with its cell for every park; its figures lead to their rows."""
    cells = study.coverage.join(
        study.indicators.select("indicator", "dimension"), on="indicator", maintain_order="left"
    )
    few = not many(study)
    found = cells.partition_by(QUANTITY, maintain_order=True)
    lines = [{**line.row(0, named=True), "cells": line.to_dicts()} if few else _counts(line) for line in found]
    facts = {"lines": lines, "quantities": len(lines), "parks": len(study.park_ids()), "few": few}
    data = cells if few else pl.DataFrame([_as_row(line) for line in lines], infer_schema_length=None)
    return Selected(data, facts, printed(study), of_measures=False)


def _counts(cells: pl.DataFrame) -> Row:
    """How many parks have a quantity in each state, and how many figures they print."""
    states = cells["state"].to_list()
    counts = [*map(states.count, codes("stated")), cells["figures"].sum()]
    return {**cells.row(0, named=True), "counts": counts}


def _as_row(line: Row) -> Row:
    names = (*QUANTITY, "dimension")
    return {
        **{name: line[name] for name in names},
        **dict(zip((*codes("stated"), "figures"), line["counts"], strict=True)),
    }


def every(study: Study) -> Selected:
    """Every recorded figure, by dimension, quantity and park; `anchor` names the place of a park's first one of a quantity."""
    kinds = study.indicators.select("indicator", "dimension").with_row_index("place")
    parks, dimensions = pl.Enum(study.parks["park_id"]), pl.Enum(codes("dimension"))
    rows = study.observations.join(kinds, on="indicator", maintain_order="left")
    rows = rows.sort(
        pl.col("dimension").cast(pl.String).cast(dimensions), "place", pl.col("transformation").cast(pl.String),
        pl.col("park_id").cast(parks), pl.col("kind") != "work_summary", maintain_order=True,
    )  # fmt: skip
    first = rows.select(pl.struct(*QUANTITY, "park_id").is_first_distinct()).to_series()
    shown = [{**row, "anchor": anchor(row) if leads else ""} for row, leads in zip(rows.to_dicts(), first, strict=True)]
    facts = {
        "rows": shown,
        "shown": 0,
        "figures": rows.height,
        "parks": rows["park_id"].n_unique(),
        "own": len(printed(study)),
        "beside": rows.height - len(printed(study)),
    }
    return Selected(rows.drop("place"), facts, rows["observation_id"].to_list(), of_measures=False)


def anchor(row: Row) -> str:
    """The id on the page of the first figure of a park and quantity."""
    return f"figures-{row['park_id']}-{row['indicator']}-{row['transformation']}"
