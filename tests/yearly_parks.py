"""Three parks with texts of two and three years, one of them twice in a year: what a selection of years must take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foreign_parks import COLUMNS, table

from parkstudy.method.study import Study, load

PARKS = {  # park to its names, place and size
    "qinghe": ("清河产业园", "Qinghe Park", "江西省", "Jiangxi", "赣州市", "Ganzhou", "large"),
    "lanshan": ("兰山园区", "Lanshan Park", "江西省", "Jiangxi", "吉安市", "Ji'an", "small"),
    "donggang": ("东港园区", "Donggang Park", "福建省", "Fujian", "", "", "small"),
}
TEXTS = {  # text to its park, months, grade, date, and the figures: output, its growth, tax, area
    "qinghe-2019": ("qinghe", "2019-01-01", "2019-12-31", "A", "2020-01-10", "80.1亿元", "9.1%", "2.1亿元", "6.1平方公里"),
    "qinghe-2020": ("qinghe", "2020-01-01", "2020-12-31", "A", "2021-01-10", "88.3亿元", "10.2%", "2.4亿元", "6.5平方公里"),
    "qinghe-2021": ("qinghe", "2021-01-01", "2021-11-30", "C", "2021-12-10", "91.7亿元", "12.3%", "2.5亿元", "6.5平方公里"),
    "lanshan-2019": ("lanshan", "2019-01-01", "2019-12-31", "B", "2020-01-20", "60.2亿元", "4.1%", "1.1亿元", "3.2平方公里"),
    "lanshan-2020a": ("lanshan", "2020-01-01", "2020-06-30", "B", "2020-07-20", "31.4亿元", "3.6%", "0.6亿元", "3.2平方公里"),
    "lanshan-2020": ("lanshan", "2020-01-01", "2020-12-31", "B", "2021-01-20", "66.7亿元", "5.3%", "1.2亿元", "3.4平方公里"),
    "donggang-2021": ("donggang", "2021-01-01", "2021-12-31", "", "2022-01-20", "40.5亿元", "7.7%", "0.9亿元", "2.2平方公里"),
}  # fmt: skip
_PRINTED = (  # indicator, population, transformation and term of the figures of each text
    ("gross_industrial_output", "above_scale", "level", "规模以上工业总产值"),
    ("gross_industrial_output", "above_scale", "yoy", "规模以上工业总产值"),
    ("tax_revenue", "above_scale", "level", "税收"),
    ("perimeter_area", "park", "level", "规划面积"),
)


def yearly(folder: Path, texts: Sequence[str] = tuple(TEXTS)) -> Study:
    """The study of the three parks with these texts, its tables written into `folder`."""
    kept = {text: TEXTS[text] for text in texts}
    parks = (
        "park_id,name_zh,name_en,county_zh,county_en,prefecture_zh,prefecture_en,province_zh,province_en,zone_kind,size"
    )
    rows = [
        [park, zh, en, "", "", city_zh, city_en, province_zh, province_en, "county", size, "false", "core", ""]
        for park, (zh, en, province_zh, province_en, city_zh, city_en, size) in PARKS.items()
    ]
    table(folder / "parks.csv", f"{parks},anonymised,role,note", rows)
    sources = "source_id,park_id,kind,title,publisher,published,url,official,period_start,period_end,sha256,grade,note"
    rows = [
        [text, park, "work_summary", f"{PARKS[park][0]}总结", "", published, "", "true", start, end, "", grade, ""]
        for text, (park, start, end, grade, published, *_) in kept.items()
    ]
    table(folder / "sources.csv", sources, rows)
    rows = [
        [
            f"{text}-{place:03}", text, indicator, "park", population, form, "outturn", start, end, term, figure, "exact",
            "A", "", "", "", "", "p1", "",
        ]
        for text, (_, start, end, _, _, *figures) in kept.items()
        for place, ((indicator, population, form, term), figure) in enumerate(zip(_PRINTED, figures, strict=True), 1)
    ]  # fmt: skip
    table(folder / "observations.csv", COLUMNS, rows)
    return load(folder).require_faultless()
