"""Ratios: tax per output, concentration of taxpayers, and the ladder of values per area."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import polars as pl

from parkstudy import land, wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, cite, figure
from parkstudy.figures.panels import draw, labelled
from parkstudy.measures import MEASURES, RUNGS
from parkstudy.theme import INK, NARROW, park_colours, to_plot

_SCALES = {"CNY/mu": (1e-4, "10,000 CNY per mu"), "CNY/km2": (1e-8, "100 million CNY per km²")}


def plot_tax_per_output(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Tax per unit of reported output, raw with its full-year band; other concepts of revenue in a panel of their own."""
    names = ["tax_per_output", "tax_per_tit_revenue"]
    rows = measures.filter(pl.col("measure").is_in(names))
    data = with_bands(rows.filter((pl.col("measure") == "tax_per_output") | pl.col("low").is_not_null()))
    data = labelled(study, data, pl.col("measure"), detail="population")
    official = data.filter(
        pl.col("low").is_not_null(), pl.col("grade") == "A", measure="tax_per_output", value_type="outturn"
    ).to_dicts()
    said = wording.listing(_ratio_said(r) for r in official)
    titles = {
        "tax_per_output": "Tax per unit of reported output",
        "tax_per_tit_revenue": "Another concept: tax per revenue from technology, industry and trade",
    }
    return figure(
        "tax-per-output",
        f"Tax per unit of reported output in complete official texts: {said}"
        if official
        else "No complete official text gives both tax and output",
        lambda width: draw(study, data, titles, "percent", width, shared=False),
        alt="Interval dot plot, percent: "
        + "; ".join(f"{r['label']}, {r['said']}" for r in data.iter_rows(named=True))
        + ".",
        caption="Tax over reported output of the same months, percent. Dot and thick line: as reported; "
        "thin line: the band of the same ratio as a full year (method, G5). Words: the population of the tax. Hollow: grade C; "
        "diamond: the source's own forecast. Populations differ from row to row: no order is drawn.",
        sources=cite(study, [i for inputs in data["inputs"] for i in inputs]),
        data=data,
    )


def _ratio_said(row: dict[str, Any]) -> str:
    """An interval with the population of the tax, its months, and the full-year band of a part of a year (method, G5)."""
    whole = (
        "" if row["band_low"] is None else f"; as a full year {wording.interval(row['band_low'], row['band_high'], 2)}"
    )
    return f"{row['label']}: {wording.interval(row['low'], row['high'], 3)} % (tax of {wording.population(row['population'])}{whole})"


def with_bands(measures: pl.DataFrame) -> pl.DataFrame:
    """Reported rows with the full-year band of the same park, measure and months beside them; refused rows kept once."""
    key = ["park_id", "measure", "value_type", "period_start", "period_end", "rung", "from"]
    measures = measures.with_columns(pl.col("inputs").list.join(",").alias("from"))
    bands = measures.filter(pl.col("low").is_not_null(), basis="annualised", status="I").select(
        *key, band_low=pl.col("low"), band_high=pl.col("high")
    )
    raw = measures.filter(basis="reported")
    return raw.join(bands, on=key, how="left", nulls_equal=True, maintain_order="left").drop("from")


def plot_concentration(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Tax of named taxpayers over the tax of the park, in both readings of the sentence."""
    data = measures.filter(pl.col("low").is_not_null(), measure="taxpayer_concentration")
    data = labelled(study, data, pl.col("measure"))
    reading = pl.col("method").str.extract(r"read as (\w+)", 1)
    data = data.with_columns(label=pl.concat_str("label", pl.lit(": "), reading))
    spans = "; ".join(f"{r['label']} {wording.interval(r['low'], r['high'], 3)} %" for r in data.iter_rows(named=True))
    return figure(
        "concentration",
        f"Tax of named taxpayers, at its bound, over the tax they are a part of: {spans}"
        if data.height
        else "None of the texts names taxpayers with their tax",
        lambda width: draw(
            study, data, {"taxpayer_concentration": MEASURES["taxpayer_concentration"].name}, "percent", width
        ),
        alt=f"Interval dot plot, percent, of {data.height} readings: {spans}.",
        caption="Tax of the taxpayers that a text names over the tax they are a part of, percent. Together: the printed sum is of all "
        "named firms; each: it is of every one of them. The sentence allows both. The sum is taken at its lower bound. Diamonds: "
        "the text gives the sum as its expectation.",
        sources=cite(study, [i for inputs in data["inputs"] for i in inputs]),
        data=data,
    )


def plot_ladder(
    study: Study, measures: pl.DataFrame, measure: str = "tax_per_area", rung: str = "", basis: str = "annualised"
) -> Exhibit:
    """Values per area, one panel a rung. `rung` keeps one rung; the empty text keeps all.

    `basis="reported"` draws the reported months with the full-year band beside them, `"annualised"` the full years.
    Raises `ValueError` for a measure that is not per area, an unknown rung or an unknown basis.
    """
    known = [name for name in MEASURES if name.endswith("_per_area")]
    if measure not in known:
        raise ValueError(f"unknown measure {measure!r}; measures per area: {', '.join(known)}")
    if rung and rung not in RUNGS:
        raise ValueError(f"unknown rung {rung!r}; rungs: {', '.join(RUNGS)}")
    if basis not in ("reported", "annualised"):
        raise ValueError(f"unknown basis {basis!r}; bases: reported, annualised")
    basis = "reported" if "investment" in measure else basis
    scale, unit = _SCALES[MEASURES[measure].unit]
    chosen = measures.filter(pl.col("low").is_not_null(), measure=measure)
    chosen = chosen.filter(pl.col("rung") == rung) if rung else chosen
    rows = with_bands(chosen) if basis == "reported" else chosen.filter(basis=basis)
    rows = rows.with_columns(pl.col("band_low", "band_high") * scale) if basis == "reported" else rows
    data = labelled(study, rows, pl.col("rung"), scale=scale, detail="population")
    shared = [r for r in land.matched_rungs(measures, measure) if not rung or r == rung]
    titles = {
        r: f"{wording.plain(r).capitalize()}: {RUNGS[r]}{'' if r in shared else ' (one park, no comparison)'}"
        for r in RUNGS
    }
    return figure(
        f"ladder-{measure.replace('_', '-')}"
        + (f"-{rung.replace('_', '-')}" if rung else "")
        + ("" if basis == "annualised" else f"-{basis}"),
        _ladder_claim(chosen.filter(basis="annualised"), shared, MEASURES[measure].name),
        lambda width: draw(study, data, titles, unit, width),
        alt=f"Interval dot plot in {data['rung'].n_unique()} panels by rung, {unit}: "
        + "; ".join(
            f"{wording.plain(r['rung'])} {r['label']} {wording.interval(r['low'], r['high'], 3)}"
            for r in data.iter_rows(named=True)
        )
        + ".",
        caption=f"{MEASURES[measure].name}, {unit}, "
        + (
            "of the reported months; thin lines: the same as full years"
            if basis == "reported"
            else "of a full year: as reported, by the source's own forecast, or by an interval"
        )
        + ". One panel a rung, because only values on the same rung may be compared (method, L2). Hollow: grade C."
        + (_tipping(chosen.filter(basis="annualised"), shared) if measure == "output_per_area" else ""),
        sources=cite(study, [i for inputs in data["inputs"] for i in inputs]),
        data=data,
    )


def _ladder_claim(data: pl.DataFrame, shared: list[str], name: str) -> str:
    if not shared:
        return f"{name}: no two parks stand on the same rung"
    rows = data.filter(pl.col("rung").is_in(shared), pl.col("grade") == "A")
    apart = [r for r in shared if _apart(rows.filter(pl.col("rung") == r))]
    populations = [wording.population(str(p)) for p in rows["population"].unique(maintain_order=True)]
    of = f", of different populations ({wording.listing(populations)})" if len(populations) > 1 else ""
    return f"{name} of a full year{of}: the parks' intervals lie apart on {len(apart)} of {len(shared)} shared rungs"


def _tipping(data: pl.DataFrame, shared: list[str]) -> str:
    """The tipping point of each order (method, R7): how many times as much the higher park's output would be overstated."""
    said = []
    for rung in shared:
        rows = sorted(data.filter(pl.col("grade") == "A", rung=rung).to_dicts(), key=lambda r: r["low"] + r["high"])
        if len(rows) == 2:
            lower, higher = rows
            middle = (higher["low"] + higher["high"]) / (lower["low"] + lower["high"])
            corner = higher["low"] / lower["high"]
            said.append(
                f"{wording.plain(rung)} {wording.number(middle, 2)} (lowest corner {wording.number(corner, 2)})"
            )
    if not said:
        return ""
    return f" The order rests on reported output and turns if the higher output were overstated this many times as much: {', '.join(said)}."


def _apart(rows: pl.DataFrame) -> bool:
    spans = sorted(rows.select("low", "high").iter_rows())
    return len(spans) > 1 and all(first[1] < second[0] for first, second in pairwise(spans))


def plot_areas(study: Study) -> Exhibit:
    """The ladder of denominators: every area that a text prints, by rung."""
    names = wording.short_names(study)
    rows = [
        {
            "park_id": park,
            "park": names[park],
            "rung": rung,
            "km2": land.square_kilometres(area).value,
            "low": land.square_kilometres(area).low,
            "high": land.square_kilometres(area).high,
            "grade": area["grade"],
            "input": area["observation_id"],
        }
        for park in study.park_ids()
        for rung, area in land.areas(study, park).items()
    ]
    schema: dict[str, Any] = {
        "park_id": pl.String,
        "park": pl.String,
        "rung": pl.Enum(list(RUNGS)),
        "km2": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "grade": pl.String,
        "input": pl.String,
    }
    data = pl.DataFrame(rows, schema=schema).filter(pl.col("km2") > 0)
    whole = data.filter(pl.col("rung") != "signed").group_by("park", maintain_order=True)
    widest = max(((max(g["km2"]) / min(g["km2"]), p[0]) for p, g in whole), default=None)
    claim = (
        f"The area of one park differs by a factor of up to {wording.number(widest[0], 2)} with the rung ({widest[1]})"
        if widest
        else "None of the texts prints an area"
    )
    return figure(
        "areas",
        claim,
        lambda width: _draw_areas(study, data, width),
        alt="Bar chart of areas in km² by park and rung: "
        + "; ".join(
            f"{r['park']} {wording.plain(r['rung'])} {wording.number(r['km2'], 3)}" for r in data.iter_rows(named=True)
        )
        + ".",
        caption="Areas on which values are computed, km², by rung, with what the printed digits allow; hollow: grade C. "
        + "; ".join(f"{wording.plain(r)}: {text}" for r, text in RUNGS.items())
        + ". No rung is the built-up or approved area of the national statistics.",
        sources=cite(study, data["input"]),
        data=data,
    )


def _draw_areas(study: Study, data: pl.DataFrame, width: float) -> Any:
    import matplotlib.pyplot as plt
    import seaborn as sns

    shown = data.with_columns(
        label=pl.concat_str("park", pl.lit(", "), pl.col("rung").cast(pl.String).str.replace_all("_", " "))
    )
    fig, ax = plt.subplots(figsize=(width, 0.3 * data.height + 0.6))
    colours = park_colours(study.all_parks)
    sns.barplot(data=to_plot(shown.select("km2", "label")), x="km2", y="label", ax=ax, width=0.6, color="#9db4c0")
    for place, row in enumerate(shown.iter_rows(named=True)):
        colour = colours[row["park_id"]]
        ax.patches[place].set(facecolor="white" if row["grade"] == "C" else colour, edgecolor=colour, linewidth=1.2)
        ax.plot([row["low"], row["high"]], [place] * 2, color=INK, linewidth=1.4, solid_capstyle="butt")
        ax.annotate(
            wording.number(row["km2"], 3),
            (row["km2"], place),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=7.5,
        )
    ax.set(xlabel="km²", ylabel="")
    ax.tick_params(length=0, labelsize=7.2 if width <= NARROW else 8.5)
    return fig
