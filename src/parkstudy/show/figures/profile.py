"""A park's profile: its own measures as small multiples, each on its own axis, none of another park beside them."""

from __future__ import annotations

import polars as pl

from parkstudy.method import growth, land, tax
from parkstudy.method.measures import GROWTH_OF, MEASURES, RUNG_NAMES
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Exhibit, figure, names_park
from parkstudy.show.figures.panels import SCALES, draw, labelled
from parkstudy.words import wording

_SHOWN = (
    *(f"{indicator}_growth" for indicator in GROWTH_OF),
    "target_attainment",
    "tax_per_output",
    "tax_per_tit_revenue",
    "taxpayer_concentration",
    "tax_per_area",
    "output_per_area",
)


def plot_profile(study: Study, park: str) -> Exhibit:
    """Every measure of one park that has a value, a panel each, as reported. Raises `UnknownParkError`."""
    say = study.say
    own = study.only(park)
    everything = pl.concat([growth.measures(own), tax.measures(own), land.measures(own)])
    rows = everything.filter(
        pl.col("low").is_not_null(), pl.col("measure").is_in(_SHOWN), pl.col("price") != "real", basis="reported"
    )
    parts = [_panel(study, rows.filter(measure=name), name) for name in _SHOWN if rows.filter(measure=name).height]
    data = pl.concat(parts) if parts else rows
    titles = {
        name: say(", ", "，").join([say(MEASURES[name].name), say(SCALES[MEASURES[name].unit][1])]) for name in _SHOWN
    }
    name = wording.park_names(study)[park]
    linked = names_park(name, park)
    told = [
        say(f"{MEASURES[r['measure']].name} {r['said']}", f"{MEASURES[r['measure']].name.zh}{r['said']}")
        for r in data.iter_rows(named=True)
        if parts
    ]
    return figure(
        study,
        "profile",
        say(
            f"{linked}: {data.height} values of {len(parts)} measures",
            f"{linked}：{len(parts)}项指标共{data.height}个数值",
        )
        if parts
        else say(f"{linked}: no measure has a value", f"{linked}：各项指标均无数值"),
        lambda width: draw(study, data, titles, "", width, shared=False),
        alt=say(f"Small multiples of {len(parts)} measures of {name}: ", f"{name}{len(parts)}项指标的并列小图：")
        + say("; ", "；").join(told)
        + say(".", "。"),
        caption=say(
            "The park's own measures as reported, one panel and one axis a measure. Lines: what the printed digits allow; hollow: "
            "grade C; diamond: forecast. Panels cannot be compared with each other, nor with another park's page without its limits.",
            "该园区自身各项指标，按原文时段，每项一个分图、各用坐标轴。线段：原文位数所容许的区间；空心：C级材料；菱形：预计数。"
            "各分图之间不可比；与其他园区页面相比须附其限制条件。",
        ),
        data=data,
        measures=everything,
        titles=titles,
    )


def _panel(study: Study, rows: pl.DataFrame, name: str) -> pl.DataFrame:
    scale = SCALES[MEASURES[name].unit][0]
    digits = 4 if name.endswith("_growth") else 3
    data = labelled(study, rows, pl.lit(name), scale=scale, detail="population", digits=digits)
    words = data.with_columns(reading=tax.reading())
    return data.with_columns(label=pl.Series([_label(study, row) for row in words.to_dicts()], dtype=pl.String))


def _label(study: Study, row: dict[str, str]) -> str:
    """A value per area is told apart by its rung, a concentration by its reading; the park is in the title."""
    comma = study.say(", ", "，")
    if row["rung"]:
        rung = RUNG_NAMES[row["rung"]]
        return comma.join([study.say(f"{rung} area", rung.zh), wording.period(row, study.lang)])
    return comma.join([row["label"], row["reading"]]) if row["reading"] else row["label"]
