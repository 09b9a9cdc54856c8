"""Small studies made from the shipped tables: what a page must take without an invented axis or an empty bracket."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl

from parkstudy.method.study import Study, load
from parkstudy.record.shipped import shipped_folder

_TAX = pl.col("indicator") == "tax_revenue"
_AREA = pl.col("indicator").is_in(
    ["perimeter_area", "control_plan_area", "concept_plan_area", "total_area", "signed_land"]
)
_COUNT = pl.col("indicator") == "above_scale_enterprises"
_ALL = pl.lit(value=True)

SMALL: dict[str, tuple[list[str], pl.Expr]] = {  # name to the parks that stay, and the figures that do
    "one_park": (["hengnan"], _ALL),
    "one_park_of_grade_c": (["anon-2020"], _ALL),
    "nothing_in_common": (["hengshan", "anon-2020"], _ALL),
    "without_tax": (["hengnan", "shuangpai"], ~_TAX),
    "without_area": (["hengnan", "shuangpai"], ~_AREA),
    "without_tax_and_area": (["hengnan", "hengshan", "shuangpai"], ~_TAX & ~_AREA),
    "every_measure_refused": (["anon-2020"], _COUNT),
}


def small(name: str, folder: Path) -> Study:
    """The study of that name, its tables written into `folder`."""
    parks, kept = SMALL[name]
    tables = {table: pl.read_csv(shipped_folder() / f"{table}.csv", infer_schema=False) for table in _FILTERS}
    sources = tables["sources"].filter(pl.col("park_id").is_in(parks))["source_id"]
    for table, choose in _FILTERS.items():
        choose(tables[table], parks, sources, kept).write_csv(folder / f"{table}.csv")
    return load(folder).require_faultless()


_Filter = Callable[[pl.DataFrame, list[str], pl.Series, pl.Expr], pl.DataFrame]
_FILTERS: dict[str, _Filter] = {
    "parks": lambda frame, parks, _, __: frame.filter(pl.col("park_id").is_in(parks)),
    "places": lambda frame, parks, _, __: frame.filter(pl.col("park_id").is_in(parks)),
    "sources": lambda frame, _, sources, __: frame.filter(pl.col("source_id").is_in(sources)),
    "subjects": lambda frame, _, sources, __: frame.filter(pl.col("source_id").is_in(sources)),
    "observations": lambda frame, _, sources, kept: _observations(
        frame.filter(pl.col("source_id").is_in(sources), kept)
    ),
}


def _observations(frame: pl.DataFrame) -> pl.DataFrame:
    """Figures of which no total is named that is gone."""
    left = set(frame["observation_id"])
    keep = (
        pl.col("part_of").str.split(";").list.eval(pl.element().filter(pl.element().is_in(list(left)))).list.join(";")
    )
    return frame.with_columns(part_of=keep)
