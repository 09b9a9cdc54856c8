"""Rates: published growth, and the targets beside it."""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy.method.measures import GROWTH_OF, MEASURES, lead
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Cell, Exhibit, figure, opens, switched
from parkstudy.show.figures.panels import draw, labelled, placed, spoken
from parkstudy.show.provenance import with_keys
from parkstudy.words import wording

_GROWTH = tuple(f"{indicator}_growth" for indicator in GROWTH_OF)
_OUTPUT = "gross_industrial_output_growth"
_SHOWN_PRICES = ("nominal", "real")


def _growth_titles(study: Study) -> dict[str, str]:
    return {name: study.say(MEASURES[name].short) for name in _GROWTH}


def plot_growth(study: Study, measures: pl.DataFrame, price: str = "nominal") -> Exhibit:
    """Published growth rates, one panel a concept, each row with its period, population and reference rates.

    With `price="real"` output and revenue are deflated; value added is real already, tax and investment stay out.
    Raises `ValueError` for another price.
    """
    return switched(study, lambda price: _growth(study, measures, price), price=(price, _SHOWN_PRICES))


def _growth(study: Study, measures: pl.DataFrame, price: str) -> Exhibit:
    say = study.say
    rates = measures.filter(
        pl.col("low").is_not_null(),
        pl.col("measure").cast(pl.String).is_in(_GROWTH),
        pl.col("value_type").is_in(["outturn", "forecast"]),
        pl.col("price").is_in(["comparable", price]),
    )
    data = _with_references(labelled(study, rates, pl.col("measure"), detail="population", digits=4), measures)
    titles = _growth_titles(study)
    panels = data["measure"].n_unique()
    told = data.with_columns(concept=pl.col("measure").cast(pl.String).replace(titles))
    return figure(
        study,
        "growth",
        _growth_claim(study, data.filter(measure=_OUTPUT, value_type="outturn"), price),
        lambda width: draw(
            study,
            data,
            titles,
            say("percent on the same months a year earlier", "比上年同期增长，%"),
            width,
            shared=False,
        ),
        alt=say(
            f"Dot plot, percent, {data.height} rates in {panels} panels by concept: ",
            f"点图，单位%，{data.height}个增速按口径分列于{panels}个分图：",
        )
        + spoken(study, told, "concept"),
        caption=_growth_caption(study, price),
        data=data,
        inputs=[*(i for inputs in data["inputs"] for i in inputs), *_reference_inputs(measures, data)],
        measures=measures,
        titles=titles,
    )


def _growth_caption(study: Study, price: str) -> str:
    basis, basis_zh = {
        "nominal": ("as published; lines show what the printed digits allow", "按公布值；线段为原文位数所容许的区间"),
        "real": (
            "at constant prices: output and revenue deflated with national producer prices, a scenario and no bound",
            "按不变价：产值与收入以全国工业生产者出厂价格（PPI）缩减，属情景测算，并非上下限",
        ),
    }[price]
    return study.say(
        f"Growth on the same months a year earlier, percent, {basis}. Filled: complete official text; hollow: grade C; diamond: "
        "the source's own forecast. Grey marks: national growth of revenue (beside output) or of value added, of the same months or of the "
        "nearest spans. Rates of different concepts stand in panels with their own axes. By the usual rule growth of value added is real "
        "and the rest is in current prices; the texts do not say so.",
        f"比上年同期增长，%，{basis_zh}。实心：官方完整材料；空心：C级材料；菱形：材料自身的预计数。"
        "灰色标记：同期或相邻时段全国的营业收入增速（与产值并列）或增加值增速。不同口径的增速分图列示，各用坐标轴。"
        "按通行规则，增加值增速按不变价计算，其余按现价计算；各材料对此均未说明。",
    )


def _reference_inputs(measures: pl.DataFrame, data: pl.DataFrame) -> list[str]:
    """The reference rows whose marks the figure draws."""
    drawn = data.filter(pl.col("references").list.len() > 0)["park_id"].to_list()
    rows = measures.filter(pl.col("park_id").is_in(drawn), subject="reference:national")
    return [i for inputs in rows["inputs"] for i in inputs]


def _with_references(data: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """The rows with the national rates of their concept as `references`, and what these open as `reference_keys`.

    A deflated rate has none beside it.
    """
    found: dict[tuple[str, str], dict[float, str]] = {}
    names = {"reference_revenue_growth": _OUTPUT, "reference_value_added_growth": "industrial_value_added_growth"}
    national = measures.filter(pl.col("low").is_not_null(), subject="reference:national")
    for row in with_keys(national).iter_rows(named=True):
        if row["measure"] in names:
            found.setdefault((row["park_id"], names[row["measure"]]), {}).setdefault(row["value"], row["key"])
    beside = [
        sorted(found.get((r["park_id"], r["measure"]), {}).items())
        if r["price"] != "real" and r["value_type"] == "outturn"
        else []
        for r in data.iter_rows(named=True)
    ]
    return data.with_columns(
        references=pl.Series([[rate for rate, _ in pairs] for pairs in beside], dtype=pl.List(pl.Float64)),
        reference_keys=pl.Series([[key for _, key in pairs] for pairs in beside], dtype=pl.List(pl.String)),
    )


def _growth_claim(study: Study, output: pl.DataFrame, price: str) -> str:
    """The rates of the texts that may stand in a headline (method, Q2): those that are not of grade C."""
    rows = output.filter(pl.col("grade") == "A").to_dicts()
    if not rows:
        return study.say(
            "No complete official text publishes a growth rate of output", "没有一份官方完整材料公布产值增速"
        )
    rates = [_rate_said(study, r) for r in rows]
    said = study.say(wording.listing(rates), "，".join(rates))
    if price == "real":
        return study.say(
            f"Deflated with national producer prices, a scenario, output growth of complete official texts: {said}",
            f"以全国工业生产者出厂价格（PPI）缩减（情景测算），官方完整材料的产值增速：{said}",
        )
    return study.say(f"Complete official texts publish output growth of {said}", f"官方完整材料公布的产值增速：{said}")


def _rate_said(study: Study, row: dict[str, Any]) -> str:
    """A rate with its park, months and population, as it stands in a sentence."""
    population = wording.population(row["population"], study.lang)
    rate = wording.rate(row, 4, study.lang)
    return study.say(
        f"{opens(f'{rate} %', row['key'])} ({placed(study, row)}, {population})",
        f"{placed(study, row)}为{opens(f'{rate}%', row['key'])}（{population}）",
    )


def plot_growth_targets(study: Study, measures: pl.DataFrame) -> Exhibit:
    """Published growth beside the growth that the same text names as its target."""
    say = study.say
    data = growth_beside_target(study, measures)
    above = data.filter(pl.col("value") > pl.col("target")).height
    titles = _growth_titles(study)
    claim = say("No rate stands beside a printed target", "没有增速可与原文目标并列")
    if data.height:
        claim = say(
            f"{data.height} rates stand beside a printed target; {above} are above it",
            f"{data.height}个增速可与原文目标并列，其中{above}个高于目标",
        )
    spoken_rows = [
        say(
            f"{titles[r['measure']]}, {r['label']}: {wording.rate(r)} against a target of {wording.number(r['target'])} percent",
            f"{titles[r['measure']]}，{r['label']}：{wording.rate(r, 4, study.lang)}%，目标为{wording.number(r['target'])}%",
        )
        for r in data.iter_rows(named=True)
    ]
    return figure(
        study,
        "growth-targets",
        claim,
        lambda width: draw(study, data, titles, say("percent", "%"), width, shared=False),
        alt=say("Dot plot with target ticks. ", "带目标刻度的点图。")
        + say("; ", "；").join(spoken_rows)
        + say(".", "。"),
        caption=say(
            "Dots: published growth, percent, with what the printed digits allow; ticks: the target for the growth of the same "
            "quantity in the same text, a panel a concept. A target is taken to be set for the year, the rate is of the months in the "
            "label.",
            "圆点：公布的增速，%，附原文位数所容许的区间；竖线：同一材料中同一指标的增速目标，每一口径一个分图。"
            "目标视为全年目标，增速则为行标所示月份的增速。",
        ),
        data=data,
        measures=measures,
        titles=titles,
        values=_target_values(study, data, titles),
    )


def _target_values(
    study: Study, data: pl.DataFrame, titles: dict[str, str]
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    say = study.say
    header = (
        say("Panel", "分图"),
        say("Row", "行"),
        say("Rate, percent", "增速，%"),
        say("Target, percent", "目标，%"),
    )
    rows: list[tuple[object, ...]] = [
        (
            titles[r["measure"]],
            Cell(r["label"], park=r["park_id"]),
            Cell(r["rate_said"], key=r["key"]),
            Cell(wording.number(r["target"]), key=r["target_key"]),
        )
        for r in data.iter_rows(named=True)
    ]
    return header, rows


def growth_beside_target(study: Study, measures: pl.DataFrame) -> pl.DataFrame:
    """One row a published outturn rate with the target rate of the same text and population beside it."""
    aims = with_keys(measures.filter(pl.col("value").is_not_null(), value_type="target"))
    targets = aims.select(
        pl.col("park_id"),
        pl.col("measure").cast(pl.String).str.strip_suffix("_target"),
        pl.col("population").cast(pl.String),
        target=pl.col("value"),
        target_key=pl.col("key"),
        target_inputs=pl.col("inputs"),
        target_year=pl.col("period_end").dt.year(),
        text=lead().str.replace(r"-\d{3}$", ""),
    )
    kept = measures.filter(
        pl.col("value").is_not_null(), pl.col("measure").cast(pl.String).is_in(_GROWTH), value_type="outturn"
    )
    rates = labelled(study, kept, pl.col("measure"), detail="population", digits=4)
    rates = rates.with_columns(pl.col("measure", "population").cast(pl.String), text=lead().str.replace(r"-\d{3}$", ""))
    joined = rates.join(targets, on=["text", "park_id", "measure", "population"], how="inner", maintain_order="left")
    joined = joined.filter(pl.col("period_end").dt.year() == pl.col("target_year"))
    aim = pl.col("target").map_elements(wording.number, return_dtype=pl.String)
    return joined.with_columns(
        inputs=pl.col("inputs").list.concat("target_inputs"),
        rate_said=pl.col("said"),
        said=pl.concat_str("said", pl.lit(study.say(" · target ", "，目标")), aim),
    ).drop("target_inputs", "target_year", "text")
