"""A park's profile: its own measures as small multiples, each on its own axis, none of another park beside them."""

from __future__ import annotations

import polars as pl

from parkstudy import growth, land, tax, wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, cite, figure
from parkstudy.figures.panels import draw, labelled
from parkstudy.measures import GROWTH_OF, MEASURES

_SHOWN = (
    *(f"{indicator}_growth" for indicator in GROWTH_OF),
    "target_attainment",
    "tax_per_output",
    "tax_per_tit_revenue",
    "taxpayer_concentration",
    "tax_per_area",
    "output_per_area",
)
_SCALES = {
    "CNY/mu": (1e-4, "10,000 CNY per mu"),
    "CNY/km2": (1e-8, "100 million CNY per km²"),
    "percent": (1.0, "percent"),
}


def plot_profile(study: Study, park: str) -> Exhibit:
    """Every measure of one park that has a value, a panel each, as reported. Raises `UnknownParkError`."""
    own = study.only(park)
    everything = pl.concat([growth.measures(own), tax.measures(own), land.measures(own)])
    rows = everything.filter(
        pl.col("low").is_not_null(), pl.col("measure").is_in(_SHOWN), pl.col("price") != "real", basis="reported"
    )
    parts = [_panel(study, rows.filter(measure=name), name) for name in _SHOWN if rows.filter(measure=name).height]
    data = pl.concat(parts) if parts else rows
    titles = {name: f"{MEASURES[name].name}, {_SCALES[MEASURES[name].unit][1]}" for name in _SHOWN}
    name = wording.park_names(study)[park]
    return figure(
        "profile",
        f"{name}: {data.height} values of {len(parts)} measures" if parts else f"{name}: no measure has a value",
        lambda width: draw(study, data, titles, "", width, shared=False),
        alt=f"Small multiples of {len(parts)} measures of {name}: "
        + "; ".join(f"{MEASURES[r['measure']].name} {r['said']}" for r in data.iter_rows(named=True) if parts)
        + ".",
        caption="The park's own measures as reported, one panel and one axis a measure. Lines: what the printed digits allow; hollow: "
        "grade C; diamond: forecast. Panels cannot be compared with each other, nor with another park's page without its limits.",
        sources=cite(study, [i for inputs in data["inputs"] for i in inputs]),
        data=data,
    )


def _panel(study: Study, rows: pl.DataFrame, name: str) -> pl.DataFrame:
    scale = _SCALES[MEASURES[name].unit][0]
    data = labelled(
        study, rows, pl.lit(name), scale=scale, detail="population", digits=4 if name.endswith("_growth") else 3
    )
    rung = pl.col("rung").cast(pl.String).str.replace_all("_", " ")
    reading = pl.col("method").str.extract(r"read as (\w+)", 1)
    label = (
        pl.when(pl.col("rung").is_not_null())
        .then(pl.concat_str(rung, pl.lit(" area, "), pl.col("label").str.split(", ").list.last()))
        .when(reading.is_not_null())
        .then(pl.concat_str("label", pl.lit(", "), reading))
        .otherwise(pl.col("label"))
    )
    return data.with_columns(label=label)
