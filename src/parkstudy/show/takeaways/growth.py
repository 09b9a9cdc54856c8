"""Takeaways on growth: the published rates, or the same at constant prices; margins, concepts, targets, silence."""

from __future__ import annotations

import math
from typing import Any

import polars as pl

from parkstudy.method.measures import GROWTH_OF, REASONS
from parkstudy.method.study import Study
from parkstudy.record.period import Period, growth_margin
from parkstudy.show.exhibit import Exhibit, opens, switched, takeaways
from parkstudy.show.figures import growth_beside_target
from parkstudy.show.provenance import measure_key
from parkstudy.show.takeaways.shared import each_park, linked_names, trust
from parkstudy.words import wording
from parkstudy.words.language import Text

PRICES = ("nominal", "real")
_OUTPUT = "gross_industrial_output_growth"
Row = dict[str, Any]


def takeaways_growth(study: Study, measures: pl.DataFrame, price: str = "nominal") -> Exhibit:
    """What the rates say and do not say, in sentences. Raises `ValueError` for an unknown price."""
    return switched(study, lambda price: _takeaways_growth(study, measures, price), price=(price, PRICES))


def _takeaways_growth(study: Study, measures: pl.DataFrame, price: str) -> Exhibit:
    names = linked_names(study)
    kinds = [f"{indicator}_growth" for indicator in GROWTH_OF]
    every = measures.filter(pl.col("measure").cast(pl.String).is_in(kinds))
    given = every.filter(pl.col("low").is_not_null(), value_type="outturn")
    rates = given.filter(pl.col("price") != "real").to_dicts()
    real = {row["inputs"][0]: row for row in given.filter(price="real").to_dicts()}
    published = [row for row in rates if row["measure"] == _OUTPUT]
    output = [real[row["inputs"][0]] for row in published if row["inputs"][0] in real] if price == "real" else published
    official = [row for row in output if row["grade"] == "A"]
    sentences = _first(study, names, output, published, price)
    sentences += _apart(study, names, [row for row in output if row["grade"] == "C"], published, price)
    if price == "real":
        sentences += _without_index(study, names, every)
    sentences += _margins(study, names, official)
    sentences += _two_concepts(study, names, rates)
    sentences += _beside_targets(study, names, measures)
    silent = [names[p] for p in study.park_ids() if p in names and p not in {row["park_id"] for row in published}]
    if silent:
        said = wording.listing(silent, study.lang)
        sentences.append(
            study.say(f"{said}: no growth rate of output is published.", f"{said}：未公布工业总产值增速。")
        )
    nothing = [study.say("No park publishes a growth rate.", "没有园区公布增速。")]
    state = every.filter(pl.col("price").is_in([price, "comparable"]) | pl.col("reason").is_not_null())
    gaps = Text("are not published or cannot be computed", "未公布或无法计算")
    return takeaways(study, sentences or nothing, measures, measures, trust(study, state, gaps))


def _first(study: Study, names: dict[str, str], output: list[Row], published: list[Row], price: str) -> list[str]:
    official = [row for row in output if row["grade"] == "A"]
    said = each_park(study, [_rate_said(study, names, row, published) for row in official])
    if official and price == "real":
        return [
            study.say(
                f"Real output growth in complete official texts: {said}; they are not ranked.",
                f"官方完整材料的工业总产值增速，按不变价计算：{said}；不作排序。",
            )
        ]
    if official:
        return [
            study.say(
                f"Complete official texts publish output growth of {said}; they are not ranked.",
                f"官方完整材料公布的工业总产值增速：{said}；不作排序。",
            )
        ]
    if not published:
        return []
    if price == "real" and any(row["grade"] == "A" for row in published):
        text = Text(
            "No growth rate of output in a complete official text can be set at constant prices.",
            "官方完整材料的工业总产值增速均无法换算为不变价。",
        )
    else:
        text = Text(
            "No complete official text publishes a growth rate of output.", "没有一份官方完整材料公布工业总产值增速。"
        )
    return [study.say(text)]


def _rate_said(study: Study, names: dict[str, str], row: Row, published: list[Row]) -> str:
    """Park, rate, interval, months and population; a rate at constant prices with the published one it comes from."""
    say, lang = study.say, study.lang
    details = f"{wording.period(row, lang)}{say(', ', '，')}{wording.population(row['population'], lang)}"
    if row["price"] == "real":
        source = next(other for other in published if other["inputs"][0] == row["inputs"][0])
        rate = wording.interval(row["low"], row["high"], 3, lang)
        details += say("; published ", "；公布数") + _percent(study, wording.rate(source, lang=lang), source)
    else:
        rate = wording.rate(row, lang=lang)
        if row["value"] is not None and math.isfinite(row["low"]) and math.isfinite(row["high"]):
            details = f"{wording.interval(row['low'], row['high'], 5, lang)}{say('; ', '；')}{details}"
    name, rate = names[row["park_id"]], _percent(study, rate, row)
    return say(f"{name} {rate} ({details})", f"{name}为{rate}（{details}）")


def _percent(study: Study, rate: str, row: Row) -> str:
    return opens(study.say(f"{rate} %", f"{rate}%"), measure_key(row))


def _apart(study: Study, names: dict[str, str], rows: list[Row], published: list[Row], price: str) -> list[str]:
    if not rows:
        return []
    said = each_park(study, [_rate_said(study, names, row, published) for row in rows])
    verb = "give" if price == "real" else "print"
    return [
        study.say(
            f"Apart from them, texts of grade C (re-posted or anonymised) {verb} {said}.",
            f"另据C级材料（转载或匿名），{said}。",
        )
    ]


def _without_index(study: Study, names: dict[str, str], every: pl.DataFrame) -> list[str]:
    rows = every.filter(reason="no_price_index").to_dicts()
    reason = REASONS["no_price_index"]
    return [
        study.say(
            f"{names[park]}: no rate at constant prices, because {reason}.",
            f"{names[park]}：无不变价增速，原因是{reason.zh}。",
        )
        for park in dict.fromkeys(row["park_id"] for row in rows)
    ]


def _margins(study: Study, names: dict[str, str], rows: list[Row]) -> list[str]:
    sentences = []
    for place, first in enumerate(rows):
        for second in rows[place + 1 :]:
            spans = [Period(r["period_start"], r["period_end"]) for r in (first, second)]
            margin = growth_margin(spans[0], spans[1])
            if margin:
                pair = [names[first["park_id"]], names[second["park_id"]]]
                points = wording.number(margin)
                sentences.append(
                    study.say(
                        f"{' and '.join(pair)} report spans of different length; rates on them are ordered only beyond "
                        f"{points} points.",
                        f"{'与'.join(pair)}的时段长短不同，增速相差超过{points}个百分点方可排序。",
                    )
                )
    return sentences


def _two_concepts(study: Study, names: dict[str, str], rates: list[Row]) -> list[str]:
    found = {(row["park_id"], row["measure"]): row for row in rates}
    sentences = []
    for park, name in names.items():
        output, added = found.get((park, _OUTPUT)), found.get((park, "industrial_value_added_growth"))
        if not output or not added or any(output[end] != added[end] for end in ("period_start", "period_end")):
            continue
        first, second = (_percent(study, wording.rate(row, lang=study.lang), row) for row in (output, added))
        sentences.append(
            study.say(
                f"{name} prints {first} for output (current prices) and {second} for value added (real) on the same months: "
                "two concepts, shown apart; the gap is a question about the data.",
                f"{name}同期列示工业总产值（现价）增速{first}、工业增加值（可比价）增速{second}，口径不同，分别列示；"
                "其差距仅是对数据的疑问。",
            )
        )
    return sentences


def _beside_targets(study: Study, names: dict[str, str], measures: pl.DataFrame) -> list[str]:
    beside = growth_beside_target(study, measures.filter(pl.col("price").ne_missing("real")))
    if not beside.height:
        return []
    above = beside.filter(pl.col("value") > pl.col("target")).height
    parks = wording.listing([names[p] for p in beside["park_id"].unique(maintain_order=True)], study.lang)
    return [
        study.say(
            f"{parks}: {above} of {beside.height} rates are above the target printed beside them; "
            "targets are set for the year, rates are of the months printed.",
            f"{parks}：{beside.height}个增速中有{above}个高于并列的目标；目标针对全年，增速仅为原文所涉月份。",
        )
    ]
