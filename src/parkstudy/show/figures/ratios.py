"""Ratios: tax per output, concentration of taxpayers, and the areas that values are computed on."""

from __future__ import annotations

import math
from typing import Any

import polars as pl

from parkstudy.method import land, tax
from parkstudy.method.measures import BASES, MEASURES, RUNG_NAMES, RUNGS
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Cell, Exhibit, figure, names_park, opens, plain, switched
from parkstudy.show.figures.panels import draw, labelled, placed, spoken
from parkstudy.show.provenance import with_keys
from parkstudy.show.svg import tie
from parkstudy.show.theme import INK, NARROW, PAPER, RULE, park_colours, to_plot
from parkstudy.words import wording


def plot_tax_per_output(study: Study, measures: pl.DataFrame, basis: str = "reported") -> Exhibit:
    """Tax per unit of reported output, with its full-year band or as a full year; other revenue in a panel of its own.

    Raises `ValueError` for an unknown basis.
    """
    return switched(study, lambda basis: _tax_per_output(study, measures, basis), basis=(basis, BASES))


def _tax_per_output(study: Study, measures: pl.DataFrame, basis: str) -> Exhibit:
    say = study.say
    rows = measures.filter(pl.col("measure").is_in(["tax_per_output", "tax_per_tit_revenue"]))
    rows = rows.filter((pl.col("measure") == "tax_per_output") | pl.col("low").is_not_null())
    data = labelled(study, _on_basis(rows, basis), pl.col("measure"), detail="population")
    official = data.filter(
        pl.col("low").is_not_null(), pl.col("grade") == "A", measure="tax_per_output", value_type="outturn"
    ).to_dicts()
    ratios = [_ratio_said(study, r) for r in official]
    quoted = study.say(wording.listing(ratios), "，".join(ratios))
    titles = {
        "tax_per_output": say("Tax per unit of reported output", "每单位上报产值的税收"),
        "tax_per_tit_revenue": say(
            "Another concept: tax per revenue from technology, industry and trade", "另一口径：税收与技工贸总收入之比"
        ),
    }
    whole = say("as a full year, ", "折合全年，") if basis == "annualised" else ""
    return figure(
        study,
        "tax-per-output",
        say(
            f"Tax per unit of reported output in complete official texts: {whole}{quoted}",
            f"官方完整材料中每单位上报产值的税收：{whole}{quoted}",
        )
        if official
        else say("No complete official text gives both tax and output", "没有一份官方完整材料同时列示税收与产值"),
        lambda width: draw(study, data, titles, say("percent", "%"), width, shared=False),
        alt=say("Interval dot plot, percent: ", "区间点图，单位%：") + spoken(study, data),
        caption=say(
            "Tax over reported output of the same months, percent. "
            + (
                "Dot and thick line: as reported; thin line: the band of the same ratio as a full year (method, G5). "
                if basis == "reported"
                else "Full years as reported, and bands of the full year that the months stand for (method, G5). "
            )
            + "Words: the population of the tax. Hollow: grade C; diamond: the source's own forecast. "
            "Populations differ from row to row: no order is drawn.",
            "同期税收与上报产值之比，%。"
            + (
                "圆点与粗线：按原文时段；细线：同一比值折合全年的区间（方法G5）。"
                if basis == "reported"
                else "全年数，以及由所涉月份折合全年的区间（方法G5）。"
            )
            + "文字为税收的统计范围。空心：C级材料；菱形：材料自身的预计数。各行统计范围不同，图中不作排序。",
        ),
        data=data,
        measures=measures,
        titles=titles,
    )


def _on_basis(rows: pl.DataFrame, basis: str) -> pl.DataFrame:
    """Reported rows with their full-year bands beside them, or the full-year rows with the refusals of either."""
    if basis == "reported":
        return with_bands(rows)
    refused = rows.filter(pl.col("low").is_null())
    return pl.concat([rows.filter(pl.col("low").is_not_null(), basis=basis), refused]).unique(
        ["park_id", "measure", "value_type", "reason", "rung", "inputs"], maintain_order=True
    )


def _ratio_said(study: Study, row: dict[str, Any]) -> str:
    """An interval with the population of the tax, its months, and the full-year band of a part of a year (method, G5)."""
    lang = study.lang
    whole = ""
    if row.get("band_low") is not None:
        band = opens(wording.interval(row["band_low"], row["band_high"], 3, lang), row["band_key"])
        whole = study.say(f"; as a full year {band}", f"；折合全年为{band}%")
    span = opens(wording.interval(row["low"], row["high"], 3, lang) + study.say(" %", "%"), row["key"])
    taxed, where = wording.population(row["population"], lang), placed(study, row)
    return study.say(f"{where}: {span} (tax of {taxed}{whole})", f"{where}为{span}（税收范围：{taxed}{whole}）")


def with_bands(measures: pl.DataFrame) -> pl.DataFrame:
    """Reported rows with the full-year band of the same park, measure and months beside them; refused rows kept once."""
    key = ["park_id", "measure", "value_type", "period_start", "period_end", "rung", "from"]
    measures = measures.with_columns(pl.col("inputs").list.join(",").alias("from"))
    bands = with_keys(measures.filter(pl.col("low").is_not_null(), basis="annualised", status="I")).select(
        *key, band_low=pl.col("low"), band_high=pl.col("high"), band_key=pl.col("key")
    )
    raw = measures.filter(basis="reported")
    return raw.join(bands, on=key, how="left", nulls_equal=True, maintain_order="left").drop("from")


def plot_concentration(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Tax of named taxpayers over the tax of the park, in both readings of the sentence."""
    say, lang, name = study.say, study.lang, "taxpayer_concentration"
    rows = measures.filter(pl.col("low").is_not_null(), measure=name)
    data = labelled(study, rows, pl.col("measure")).with_columns(reading=tax.reading())
    data = data.with_columns(label=pl.concat_str("label", pl.lit(say(": ", "：")), pl.col("reading").fill_null("")))
    told = [
        (
            placed(study, r),
            r["reading"] or "",
            opens(wording.interval(r["low"], r["high"], 3, lang) + say(" %", "%"), r["key"]),
        )
        for r in data.iter_rows(named=True)
    ]
    spans = say(
        "; ".join(f"{park}: {reading} {span}" for park, reading, span in told),
        "；".join(f"{park}{'按“' + reading + '”理解' if reading else ''}为{span}" for park, reading, span in told),
    )
    return figure(
        study,
        "concentration",
        say(
            f"Tax of named taxpayers, at its bound, over the tax they are a part of: {spans}",
            f"点名的纳税企业税收（取边界值）占所属税收的比重：{spans}",
        )
        if data.height
        else say("None of the texts names taxpayers with their tax", "没有一份材料点名纳税企业并列示其税收"),
        lambda width: draw(study, data, {name: say(MEASURES[name].name)}, say("percent", "%"), width),
        alt=say(
            f"Interval dot plot, percent, of {data.height} readings: {plain(spans)}.",
            f"区间点图，单位%，{data.height}种理解：{plain(spans)}。",
        ),
        caption=say(
            "Tax of the taxpayers that a text names over the tax they are a part of, percent. Together: the printed sum is of all "
            "named firms; each: it is of every one of them. The sentence allows both. The sum is taken at its lower bound. Diamonds: "
            "the text gives the sum as its expectation.",
            "材料点名的纳税企业税收占所属税收的比重，%。“合计”：原文数额为所列企业之和；“各自”：原文数额为其中每家企业各自的数额。原句两种理解均可。"
            "数额按下限取值。菱形：材料将该数额列为预计数。",
        ),
        data=data,
        measures=measures,
    )


def plot_areas(study: Study) -> Exhibit:
    """The ladder of denominators: every area that a text prints, by rung."""
    say, data = study.say, _areas(study)
    whole = data.filter(pl.col("rung") != "signed").group_by("park_id", "park", maintain_order=True)
    widest = max(((max(g["km2"]) / min(g["km2"]), names_park(p[1], str(p[0]))) for p, g in whole), default=None)
    claim = say("None of the texts prints an area", "没有一份材料列示面积")
    if widest:
        factor = wording.number(widest[0], 2)
        claim = say(
            f"The area of one park differs by a factor of up to {factor} with the rung ({widest[1]})",
            f"同一园区因面积口径不同，最大面积可达最小面积的{factor}倍（{widest[1]}）",
        )
    rows = [(r, say(RUNG_NAMES[r["rung"]]), wording.number(r["km2"], 3)) for r in data.iter_rows(named=True)]
    return figure(
        study,
        "areas",
        claim,
        lambda width: _draw_areas(study, data, width),
        alt=say("Bar chart of areas in km² by park and rung: ", "条形图，按园区和面积口径列示面积，单位平方公里：")
        + say("; ", "；").join(say(f"{r['park']} {rung} {km2}", f"{r['park']}{rung}{km2}") for r, rung, km2 in rows)
        + say(".", "。"),
        caption=say(
            "Areas on which values are computed, km², by rung, with what the printed digits allow; hollow: grade C. "
            + "; ".join(f"{RUNG_NAMES[r]}: {text}" for r, text in RUNGS.items())
            + ". No rung is the built-up or approved area of the national statistics.",
            "计算所用面积，平方公里，按面积口径列示，附原文位数所容许的区间；空心：C级材料。"
            + "；".join(f"{RUNG_NAMES[r].zh}：{text.zh}" for r, text in RUNGS.items())
            + "。各口径均非全国统计所用的建成面积或批准面积。",
        ),
        data=data,
        inputs=data["input"],
        values=(
            (say("Park", "园区"), say("Area", "面积口径"), say("km²", "平方公里")),
            [(Cell(r["park"], park=r["park_id"]), rung, Cell(km2, key=r["input"])) for r, rung, km2 in rows],
        ),
    )


def _areas(study: Study) -> pl.DataFrame:
    names = wording.short_names(study)
    rows = []
    for park in study.park_ids():
        for rung, area in land.areas(study, park).items():
            size = land.square_kilometres(area)
            rows.append(
                {
                    "park_id": park,
                    "park": names[park],
                    "rung": rung,
                    "km2": size.value,
                    "low": size.low,
                    "high": size.high,
                }
                | {"grade": area["grade"], "input": area["observation_id"]}
            )
    text = dict.fromkeys(["park_id", "park"], pl.String)
    numbers = dict.fromkeys(["km2", "low", "high"], pl.Float64)
    schema: dict[str, Any] = {**text, "rung": pl.Enum(list(RUNGS)), **numbers, "grade": pl.String, "input": pl.String}
    return pl.DataFrame(rows, schema=schema).filter(pl.col("km2") > 0)


def _draw_areas(study: Study, data: pl.DataFrame, width: float) -> Any:
    import matplotlib.pyplot as plt
    import seaborn as sns

    narrow = width <= NARROW
    fig, ax = plt.subplots(figsize=(width, 0.3 * data.height + 0.6), layout="constrained")
    colours = park_colours(study.all_parks)
    bars = data.select("km2", place=pl.int_range(data.height).cast(pl.String))
    sns.barplot(data=to_plot(bars), x="km2", y="place", ax=ax, width=0.6, color=RULE, saturation=1, errorbar=None)
    for place, row in enumerate(data.iter_rows(named=True)):
        tied, colour = (row["park_id"], row["input"]), colours[row["park_id"]]
        bar = tie(ax.patches[place], *tied)
        bar.set(facecolor=PAPER if row["grade"] == "C" else colour, edgecolor=colour, linewidth=1.2)
        ends = ax.plot([row["low"], row["high"]], [place] * 2, color=INK, linewidth=1.4, solid_capstyle="butt")
        tie(ends[0], *tied)
        at = (max(row["km2"], row["high"]) if math.isfinite(row["high"]) else row["km2"], place)
        size = wording.number(row["km2"], 3)
        tie(ax.annotate(size, at, (4, 0), textcoords="offset points", va="center", fontsize=7.5), *tied)
    labels = [
        study.say(", ", "，").join([r["park"], study.say(RUNG_NAMES[r["rung"]])]) for r in data.iter_rows(named=True)
    ]
    ax.set_yticks(range(data.height), [wording.shortened(label, 44) for label in labels])
    for text, row in zip(ax.get_yticklabels(), data.iter_rows(named=True), strict=True):
        tie(text, row["park_id"], row["input"])
    ax.set(xlabel=study.say("km²", "平方公里"), ylabel="")
    ax.tick_params(length=0, labelsize=7.2 if narrow else 8.5)
    return fig
