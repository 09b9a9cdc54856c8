"""The ladder: tax, output and investment per area, one panel a rung, and the orders that it supports."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from parkstudy.method import land
from parkstudy.method.measures import BASES, MEASURES, RUNG_NAMES, RUNGS
from parkstudy.method.study import Study
from parkstudy.show.exhibit import MOST_STATES, Exhibit, figure, switched
from parkstudy.show.figures.panels import SCALES, draw, labelled
from parkstudy.show.figures.ratios import with_bands
from parkstudy.words import wording


def plot_ladder(
    study: Study, measures: pl.DataFrame, measure: str = "tax_per_area", rung: str = "", basis: str = "annualised"
) -> Exhibit:
    """Values per area, one panel a rung: all of them, or `rung` alone with the shared rungs as its other states.

    `basis="reported"` draws the reported months with the full-year band beside them, `"annualised"` the full years.
    Raises `ValueError` for a measure that is not per area, an unknown rung or an unknown basis.
    """
    known = [name for name in MEASURES if name.endswith("_per_area")]
    if measure not in known:
        raise ValueError(f"unknown measure {measure!r}; measures per area: {', '.join(known)}")
    bases = ("reported",) if "investment" in measure else BASES  # the investment of a period is never a full year's
    obeyed = {"basis": (bases[0] if basis in BASES and basis not in bases else basis, bases)}
    if not rung:
        return switched(study, lambda basis: _ladder(study, measures, measure, "", basis), **obeyed)
    rungs = _switched_rungs(land.matched_rungs(measures, measure), rung, MOST_STATES // len(bases))
    return switched(
        study,
        lambda rung, basis: _ladder(study, measures, measure, rung, basis),
        rung=(rung, rungs),
        **obeyed,
    )


def _switched_rungs(shared: list[str], rung: str, most: int) -> list[str]:
    """The rungs that two or more parks share and the one asked for, as many as fit, in the order of the ladder."""
    others = [other for other in shared if other != rung][: most - 1]
    return [r for r in RUNGS if r == rung or r in others]


def _ladder(study: Study, measures: pl.DataFrame, measure: str, rung: str, basis: str) -> Exhibit:
    say, lang = study.say, study.lang
    scale, unit = SCALES[MEASURES[measure].unit][0], say(SCALES[MEASURES[measure].unit][1])
    chosen = measures.filter(pl.col("low").is_not_null(), measure=measure)
    chosen = chosen.filter(pl.col("rung") == rung) if rung else chosen
    years = chosen.filter(basis="annualised")
    rows = years
    if basis == "reported":
        rows = with_bands(chosen).with_columns(pl.col("band_low", "band_high") * scale)
    data = labelled(study, rows, pl.col("rung"), scale=scale, detail="population")
    shared = [r for r in land.matched_rungs(measures, measure) if rung in ("", r)]
    titles = {r: _title(study, r, r in shared) for r in RUNGS}
    told = [
        (say(RUNG_NAMES[r["rung"]]), r["label"], wording.interval(r["low"], r["high"], 3, lang))
        for r in data.iter_rows(named=True)
    ]
    panels = data["rung"].n_unique()
    return figure(
        study,
        f"ladder-{measure.replace('_', '-')}" + ("-rung" if rung else ""),
        _claim(study, years, shared, measure),
        lambda width: draw(study, data, titles, unit, width),
        alt=say(
            f"Interval dot plot in {panels} panels by rung, {unit}: ",
            f"区间点图，按面积口径分为{panels}个分图，单位{unit}：",
        )
        + say("; ".join(" ".join(row) for row in told), "；".join("，".join(row) for row in told))
        + say(".", "。"),
        caption=_caption(study, measure, unit, basis)
        + (_tipping(study, years, shared) if measure == "output_per_area" else ""),
        data=data,
        measures=measures,
        titles=titles,
    )


def _title(study: Study, rung: str, shared: bool) -> str:
    alone = "" if shared else study.say(" (one park, no comparison)", "（仅一个园区，不作比较）")
    name, text = RUNG_NAMES[rung], RUNGS[rung]
    return study.say(f"{name.capitalize()}: {text}{alone}", f"{name.zh}：{text.zh}{alone}")


def _caption(study: Study, measure: str, unit: str, basis: str) -> str:
    name = MEASURES[measure].name
    months, months_zh = {
        "reported": (
            "of the reported months; thin lines: the same as full years",
            "按原文时段；细线：同一数值折合全年",
        ),
        "annualised": (
            "of a full year: as reported, by the source's own forecast, or by an interval",
            "全年：取原文全年数、材料自身的预计数或区间",
        ),
    }[basis]
    return study.say(
        f"{name}, {unit}, {months}. One panel a rung, because only values on the same rung may be compared (method, L2). "
        "Hollow: grade C.",
        f"{name.zh}，{unit}，{months_zh}。每一面积口径一个分图，因为只有同一口径的数值方可比较（方法L2）。空心：C级材料。",
    )


def _claim(study: Study, data: pl.DataFrame, shared: list[str], measure: str) -> str:
    name = MEASURES[measure].name
    if not shared:
        return study.say(f"{name}: no two parks stand on the same rung", f"{name.zh}：没有两个园区处于同一面积口径")
    rows = data.filter(pl.col("rung").is_in(shared), pl.col("grade") == "A")
    apart = len([r for r in shared if _apart(rows.filter(pl.col("rung") == r))])
    kinds = [wording.population(str(p), study.lang) for p in rows["population"].unique(maintain_order=True)]
    listed = wording.listing(kinds, study.lang)
    of = study.say(f", of different populations ({listed})", f"（统计范围不同：{listed}）") if len(kinds) > 1 else ""
    return study.say(
        f"{name} of a full year{of}: the parks' intervals lie apart on {apart} of {len(shared)} shared rungs",
        f"全年{name.zh}{of}：在{len(shared)}个共有的面积口径中，园区区间互不重叠的有{apart}个",
    )


def _tipping(study: Study, data: pl.DataFrame, shared: list[str]) -> str:
    """The tipping point of each order (method, R7): how many times as much the higher park's output would be overstated."""
    said = []
    for rung in shared:
        rows = sorted(data.filter(pl.col("grade") == "A", rung=rung).to_dicts(), key=lambda r: r["low"] + r["high"])
        if len(rows) == 2:
            lower, higher = rows
            middle = wording.number((higher["low"] + higher["high"]) / (lower["low"] + lower["high"]), 2)
            corner = wording.number(higher["low"] / lower["high"], 2)
            name = RUNG_NAMES[rung]
            said.append(
                study.say(f"{name} {middle} (lowest corner {corner})", f"{name.zh}{middle}倍（最不利端点{corner}倍）")
            )
    if not said:
        return ""
    return study.say(
        " The order rests on reported output and turns if the higher output were overstated this many times as much: "
        f"{', '.join(said)}.",
        f"高低次序以上报产值为据；若较高一方的产值相对另一方高估达到下列倍数，次序即反转：{'、'.join(said)}。",
    )


def _apart(rows: pl.DataFrame) -> bool:
    spans = sorted(rows.select("low", "high").iter_rows())
    return len(spans) > 1 and all(first[1] < second[0] for first, second in pairwise(spans))
