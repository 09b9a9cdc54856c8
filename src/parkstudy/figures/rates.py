"""Rates: published growth, the targets beside it, and how far a level has come towards its target."""

from __future__ import annotations

import polars as pl

from parkstudy import wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, cite, figure
from parkstudy.figures.panels import draw, labelled
from parkstudy.measures import GROWTH_OF, MEASURES

_GROWTH_TITLES = {f"{i}_growth": MEASURES[f"{i}_growth"].name.removesuffix(", as published") for i in GROWTH_OF}
_OUTPUT = "gross_industrial_output_growth"


def plot_growth(study: Study, measures: pl.DataFrame, price: str = "nominal") -> Exhibit:
    """Published growth rates, one panel a concept, each row with its period, population and reference rates.

    With `price="real"` output and revenue are deflated; value added is real already, tax and investment stay out.
    Raises `ValueError` for another price.
    """
    if price not in ("nominal", "real"):
        raise ValueError(f"unknown price {price!r}; prices: nominal, real")
    rates = measures.filter(
        pl.col("low").is_not_null(),
        pl.col("measure").cast(pl.String).is_in(list(_GROWTH_TITLES)),
        pl.col("value_type").is_in(["outturn", "forecast"]),
        pl.col("price").is_in(["comparable", price]),
    )
    data = _with_references(labelled(study, rates, pl.col("measure"), detail="population", digits=4), measures)
    output = data.filter(measure=_OUTPUT, value_type="outturn")
    alt = f"Dot plot, percent, {data.height} rates in {data['measure'].n_unique()} panels by concept: "
    alt += (
        "; ".join(f"{_GROWTH_TITLES[r['measure']]}, {r['label']}, {r['said']}" for r in data.iter_rows(named=True))
        + "."
    )
    basis = (
        "as published; lines show what the printed digits allow"
        if price == "nominal"
        else "at constant prices: output and revenue deflated with national producer prices, a scenario and no bound"
    )
    return figure(
        "growth" if price == "nominal" else "growth-real",
        _growth_claim(output, price),
        lambda width: draw(
            study, data, _GROWTH_TITLES, "percent on the same months a year earlier", width, shared=False
        ),
        alt=alt,
        caption=f"Growth on the same months a year earlier, percent, {basis}. Filled: complete official text; hollow: grade C; diamond: "
        "the source's own forecast. Grey marks: national growth of revenue (beside output) or of value added, of the same months or of the "
        "nearest spans. Rates of different concepts stand in panels with their own axes. By the usual rule growth of value added is real "
        "and the rest is in current prices; the texts do not say so.",
        sources=cite(study, [*(i for inputs in data["inputs"] for i in inputs), *_reference_inputs(measures, data)]),
        data=data,
    )


def _reference_inputs(measures: pl.DataFrame, data: pl.DataFrame) -> list[str]:
    """The reference rows whose marks the figure draws."""
    drawn = data.filter(pl.col("references").list.len() > 0)["park_id"].to_list()
    rows = measures.filter(pl.col("park_id").is_in(drawn), subject="reference:national")
    return [i for inputs in rows["inputs"] for i in inputs]


def _with_references(data: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """The rows with the national rates of their concept as `references`; a deflated rate has none beside it."""
    found: dict[tuple[str, str], list[float]] = {}
    names = {"reference_revenue_growth": _OUTPUT, "reference_value_added_growth": "industrial_value_added_growth"}
    for row in measures.filter(pl.col("low").is_not_null(), subject="reference:national").to_dicts():
        if row["measure"] in names:
            found.setdefault((row["park_id"], names[row["measure"]]), []).append(row["value"])
    values = [
        sorted(set(found.get((r["park_id"], r["measure"]), [])))
        if r["price"] != "real" and r["value_type"] == "outturn"
        else []
        for r in data.iter_rows(named=True)
    ]
    return data.with_columns(references=pl.Series(values, dtype=pl.List(pl.Float64)))


def _growth_claim(output: pl.DataFrame, price: str) -> str:
    """The rates of the texts that may stand in a headline (method, Q2): those that are not of grade C."""
    rows = output.filter(pl.col("grade") == "A").to_dicts()
    if not rows:
        return "No complete official text publishes a growth rate of output"
    said = wording.listing(f"{wording.rate(r)} % ({r['label']}, {wording.population(r['population'])})" for r in rows)
    if price == "real":
        return f"Deflated with national producer prices, a scenario, output growth of complete official texts: {said}"
    return f"Complete official texts publish output growth of {said}"


def plot_growth_targets(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Published growth beside the growth that the same text names as its target."""
    data = growth_beside_target(study, measures)
    above = data.filter(pl.col("value") > pl.col("target"))
    return figure(
        "growth-targets",
        f"{data.height} rates stand beside a printed target; {above.height} are above it"
        if data.height
        else "No rate stands beside a printed target",
        lambda width: draw(study, data, _GROWTH_TITLES, "percent", width, shared=False),
        alt="Dot plot with target ticks. "
        + "; ".join(
            f"{_GROWTH_TITLES[r['measure']]}, {r['label']}: {wording.rate(r)} against a target of {wording.number(r['target'])} percent"
            for r in data.iter_rows(named=True)
        )
        + ".",
        caption="Dots: published growth, percent, with what the printed digits allow; ticks: the target for the growth of the same "
        "quantity in the same text, a panel a concept. A target is taken to be set for the year, the rate is of the months in the label.",
        sources=cite(study, [i for inputs in data["inputs"] for i in inputs]),
        data=data,
    )


def growth_beside_target(study: Study, measures: pl.DataFrame) -> pl.DataFrame:
    """One row a published outturn rate with the target rate of the same text and population beside it."""
    targets = measures.filter(pl.col("value").is_not_null(), value_type="target").select(
        pl.col("park_id"),
        pl.col("measure").cast(pl.String).str.strip_suffix("_target"),
        pl.col("population").cast(pl.String),
        target=pl.col("value"),
        target_inputs=pl.col("inputs"),
        target_year=pl.col("period_end").dt.year(),
        text=pl.col("inputs").list.first().str.replace(r"-\d{3}$", ""),
    )
    kept = measures.filter(
        pl.col("value").is_not_null(),
        pl.col("measure").cast(pl.String).is_in(list(_GROWTH_TITLES)),
        value_type="outturn",
    )
    rates = labelled(study, kept, pl.col("measure"), detail="population", digits=4)
    rates = rates.with_columns(pl.col("measure", "population").cast(pl.String))
    rates = rates.with_columns(text=pl.col("inputs").list.first().str.replace(r"-\d{3}$", ""))
    joined = rates.join(targets, on=["text", "park_id", "measure", "population"], how="inner", maintain_order="left")
    joined = joined.filter(pl.col("period_end").dt.year() == pl.col("target_year"))
    return joined.with_columns(
        inputs=pl.col("inputs").list.concat("target_inputs"),
        said=pl.concat_str(
            "said", pl.lit(" · target "), pl.col("target").map_elements(wording.number, return_dtype=pl.String)
        ),
    ).drop("target_inputs", "target_year", "text")


def plot_attainment(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Levels over their targets, beside the share of the year that their months stand for: never against 100 %."""
    rows = measures.filter(pl.col("low").is_not_null(), measure="target_attainment")
    shares = measures.filter(pl.col("low").is_not_null(), measure="year_share").select(
        "park_id",
        "period_end",
        band_low=pl.col("low"),
        band_high=pl.col("high"),
        share_of=pl.col("method").str.split(":").list.first(),
    )
    joined = rows.with_columns(share_of=pl.col("method").str.split(":").list.first()).join(
        shares, on=["park_id", "period_end", "share_of"], how="left", maintain_order="left"
    )
    data = labelled(study, joined, pl.lit("attainment"), detail="population")
    first = data.row(0, named=True) if data.height else None
    claim = "No level stands beside a printed target"
    if first:
        claim = f"{first['label']}: {wording.rate(first, 3)} % of the year's target"
        if first["band_low"] is not None:
            claim += f"; its months stand for {wording.interval(first['band_low'], first['band_high'])} % of a year"
    return figure(
        "attainment",
        claim,
        lambda width: draw(
            study, data, {"attainment": "Reported level over the target of the year"}, "percent of the target", width
        ),
        alt="Dot plot of the reported level as a percentage of the year's target, with the share of the year as a thin band: "
        + "; ".join(f"{r['label']} at {wording.rate(r, 3)}" for r in data.iter_rows(named=True))
        + ".",
        caption="Dot: level over target, percent, with what the printed digits allow; the target is taken as an exact number. Thin band: "
        "the share of a year's output that the same months stand for (method, section 5).",
        sources=cite(study, [i for inputs in data["inputs"] for i in inputs]),
        data=data,
    )


def plot_levels(study: Study, measures: pl.DataFrame, indicator: str, basis: str = "reported") -> Exhibit:
    """The levels of one indicator: as reported, or as full years with the raw value beside (method, G4).

    Raises `ValueError` for an unknown basis or an indicator without levels.
    """
    name = f"{indicator}_level"
    if basis not in ("reported", "annualised") or name not in MEASURES:
        known = ", ".join(m.removesuffix("_level") for m in MEASURES if m.endswith("_level"))
        raise ValueError(
            f"unknown basis {basis!r} or indicator {indicator!r}; bases: reported, annualised; indicators: {known}"
        )
    rows = measures.filter(measure=name, basis=basis)
    data = labelled(study, rows, pl.lit(name), scale=1e-8, detail="population")
    if basis == "annualised":
        data = data.with_columns(
            said=_beside_raw(data, measures.filter(measure=name, basis="reported", value_type="outturn"))
        )
    given = data.filter(pl.col("low").is_not_null())
    word = "as full years" if basis == "annualised" else "as reported"
    return figure(
        f"levels-{indicator.replace('_', '-')}-{basis}",
        f"{MEASURES[name].name}, {word}: {given.height} values on {given.select('period_start', 'period_end').n_unique()} different spans",
        lambda width: draw(study, data, {name: f"{MEASURES[name].name}, {word}"}, "100 million CNY", width),
        alt="Interval dot plot, 100 million CNY: "
        + "; ".join(f"{r['label']} {r['said']}" for r in data.iter_rows(named=True))
        + ".",
        caption=f"{MEASURES[name].name}, 100 million CNY, {word}. "
        + (
            "A full-year value is the reported year, the source's own forecast, or an interval; the raw value stands behind it. "
            if basis == "annualised"
            else ""
        )
        + "Levels of parks of different size, years and populations: no order is meant. Hollow: grade C; diamond: forecast.",
        sources=cite(study, [i for inputs in data["inputs"] for i in inputs]),
        data=data,
    )


def _beside_raw(data: pl.DataFrame, raw: pl.DataFrame) -> pl.Series:
    """The words of full-year rows with the raw value of the same park behind them."""
    found = {
        r[
            "park_id"
        ]: f"raw {wording.rate({**r, **{k: r[k] and r[k] * 1e-8 for k in ('value', 'low', 'high')}})} ({wording.period(r)})"
        for r in raw.to_dicts()
    }
    return pl.Series(
        [f"{r['said']} · {found[r['park_id']]}" if r["park_id"] in found else r["said"] for r in data.to_dicts()],
        dtype=pl.String,
    )
