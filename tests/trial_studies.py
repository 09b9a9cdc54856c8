"""Small studies of figures and periods at the edge: zeros, bounds without an end, ends that are one, odd spans; made by choosing.

`made(choose, folder)` writes the tables of one; `choose` takes a list and gives one of it. `looked_at` asks a study for all that it says.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from foreign_parks import COLUMNS

from parkstudy.method.sides import QUANTITIES
from parkstudy.method.study import Study, load
from parkstudy.record.quantities import parse
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.figure import Figure

Choose = Callable[[Sequence[Any]], Any]

_MONEY = (
    "0亿元", "0.0亿元", "0元", "0.3亿元", "0.00001亿元", "近0.1亿元", "不到1亿元", "1亿元以上", "0亿元以上", "约0亿元", "0-5亿元",
    "5-5亿元", "5-8亿元", "99999999亿元", "50.6亿元", "44.08亿元", "5亿余元", "超过0元", "百亿元", "不足0元", "-5亿元", "5万美元", "1元",
)  # fmt: skip
_RATES = (
    "0%", "0.0%", "-100%", "下降100%", "-99.9%", "-150%", "5%以下", "近0%", "0%以上", "下降超过5%", "下降近5%", "12.4%", "10%", "1-2%",
    "5-5%", "0-5%", "99999%", "约0%", "-0.04%", "下降5-8%", "100%", "0.001%", "-100%至-90%",
)  # fmt: skip
_AREAS = ("0平方公里", "0.0平方公里", "0.001平方公里", "0.00平方公里", "5.99平方公里", "不到1平方公里", "1平方公里以上", "0-3平方公里",
          "3-3平方公里", "0亩", "7.5亩", "8600亩", "约0亩", "99999平方公里")  # fmt: skip
_COUNTS = ("0家", "零家", "1家", "34家", "0-2家", "近1家", "3家以上", "2-2家", "不足0家", "百余家")
_KINDS = {  # indicator to its figures of a level, whether rates of it are printed
    "gross_industrial_output": (_MONEY, True), "tax_revenue": (_MONEY, True), "industrial_value_added": (_MONEY, True),
    "tech_industry_trade_revenue": (_MONEY, True), "operating_revenue": (_MONEY, True), "fixed_asset_investment": (_MONEY, True),
    "industrial_investment": (_MONEY, True), "perimeter_area": (_AREAS, False),
    "control_plan_area": (_AREAS, False),
    "total_area": (_AREAS, False), "approved_area": (_AREAS, False), "built_area": (_AREAS, False),
    "above_scale_enterprises": (_COUNTS, False),
    "new_above_scale_enterprises": (_COUNTS, False), "projects_signed": (_COUNTS, False),
    "employees": (("0人", "1.2万人", "近万人"), False),
}  # fmt: skip
_SPANS = (
    ("-01-01", "-12-31"), ("-01-01", "-11-30"), ("-01-01", "-06-30"), ("-01-01", "-10-31"), ("", ""), ("", "-12-31"), ("-02-28", "-02-28"),
    ("-03-15", "-09-02"), ("-04-01", "-06-30"), ("-01-01", "-09-30"), ("-01-01", "-02-28"),
)  # fmt: skip
_FLOWS = ("gross_industrial_output", "tax_revenue")
SHOWN = [key for key, entry in CATALOGUE.items() if not isinstance(entry, Figure)]
DRAWN = [key for key, entry in CATALOGUE.items() if isinstance(entry, Figure)]
NOTHING = re.compile(r"\b(?:nan|NaN|inf|Inf|INF|Infinity|None(?! of)|null)\b|∞|\(\s*\)|（\s*）")


def made(choose: Choose, folder: Path, most: int = 3) -> None:
    """The tables of a study of two parks or more, some of them with texts of two years."""
    parks = [f"park{number}" for number in range(1, choose(range(2, most + 1)) + 1)]
    texts = [
        (f"{park}-{year}", park, year, choose("AAABC"))
        for park in parks
        for year in choose([["2021"], ["2021"], ["2020", "2021"]])
    ]
    _write(folder / "parks.csv", "park_id,name_zh,name_en,county_zh,county_en,province_zh,province_en,anonymised,role,note",
           [[park, f"{park}园区", f"{park.title()} Park", "", "", "", "", "false", "core", ""] for park in parks])  # fmt: skip
    usual = choose(_SPANS[:4])  # most texts of a study report the same months
    spans = {text: choose([usual, usual, choose(_SPANS)]) for text, *_ in texts}
    _write(
        folder / "sources.csv", "source_id,park_id,kind,title,publisher,published,url,official,period_start,period_end,sha256,grade,note",
        [[text, park, "work_summary", f"{park} {year}", "", f"{year}-12-31", "", "false", f"{year}-01-01", f"{year}-12-31", "", grade, ""]
         for text, park, year, grade in texts],
    )  # fmt: skip
    _benchmarks(choose, folder)
    (folder / "statements.toml").write_text(_statements(choose, parks), encoding="utf-8")
    rows = [row for text, _, year, _ in texts for row in _rows(choose, text, year, spans[text])]
    _write(folder / "observations.csv", COLUMNS, rows)


def _benchmarks(choose: Choose, folder: Path) -> None:
    """Reference rates of the nation at the edge: of the whole year, of parts of it, none."""
    head = "series,name_zh,name_en,scope,period_start,period_end,value,unit,bound,source_title,source_url,official,inferred,note"
    values = ["0", "-100", "-100.0", "-99.96", "-150", "5.2", "-0.0", "99999", "-3.1"]
    page = ["%", "exact", "a page", "https://example.org/", "false", "", ""]
    rows = [
        [series, "指数", "an index", "national", f"{year}-01-01", f"{year}-{end}", choose(values), *page]
        for series in ("ppi_yoy", "operating_revenue_yoy", "above_scale_va_yoy") for year in ("2020", "2021")
        for end in ("06-30", "11-30", "12-31") if choose([True, True, False])
    ]  # fmt: skip
    _write(
        folder / "reference.csv",
        head,
        rows
        or [
            [*"iii", "national", "", "2020-12-31", "1", "%", "exact", "a page", "https://example.org/", "false", "", ""]
        ],
    )


def _statements(choose: Choose, parks: Sequence[str]) -> str:
    """Statements of each kind on any measure, or none, so that every pair is one."""
    if choose([True, False]):
        return ""
    found = []
    for place in range(1, choose([1, 3, 6]) + 1):
        measure = choose(list(QUANTITIES))
        kind = choose(["pair", "threshold", "check", "reference"])
        if kind == "pair" and measure in ("taxpayer_concentration", "target_attainment"):
            kind = "threshold"
        if kind == "reference" and not QUANTITIES[measure].series:
            kind = "threshold"
        varied = list(QUANTITIES[measure].choices)
        choices = f"choices = {varied}" if varied else ""
        number = choose(["0", "0.0", "-5", "1e308", "0.001", "50"])
        sides = {
            "pair": f'measure = "{measure}"\nleft = "{parks[0]}"\nright = "{parks[1]}"\n{choices}',
            "threshold": f'measure = "{measure}"\nleft = "{parks[0]}"\nright = {number}\n{choices}',
            "reference": f'measure = "{measure}"\nleft = ["{parks[0]}", "{parks[1]}"]\nright = "national"\n{choices}',
            "check": f'check = "{choose(["A1", "A5", "A6", "A10", "A13"])}"\nleft = "{parks[0]}"',
        }[kind]
        words = "{left} {right}" if kind in ("threshold", "reference") else "{left}"
        sentences = (
            f'sentence_en = "{words} {{{parks[0]}}}"\nsentence_zh = "{words}"' if kind in ("check", "threshold") else ""
        )
        found.append(f'[[statement]]\nid = "{place}"\nkind = "{kind}"\n{sides}\n{sentences}\n')
    return "\n".join(found)


_USUAL = [  # what most texts print of their park: indicator, form, value type
    ("gross_industrial_output", "level", "outturn"), ("gross_industrial_output", "yoy", "outturn"), ("tax_revenue", "level", "outturn"),
    ("tax_revenue", "yoy", "outturn"), ("perimeter_area", "level", "outturn"), ("total_area", "level", "outturn"),
    ("gross_industrial_output", "level", "target"), ("gross_industrial_output", "yoy", "target"),
    ("gross_industrial_output", "level", "forecast"),
    ("tax_revenue", "level", "forecast"), ("gross_industrial_output", "yoy", "forecast"), ("above_scale_enterprises", "level", "outturn"),
    ("industrial_value_added", "yoy", "outturn"), ("industrial_value_added", "level", "outturn"),
    ("tech_industry_trade_revenue", "level", "outturn"),
    ("fixed_asset_investment", "level", "outturn"), ("tax_revenue", "share", "outturn"), ("control_plan_area", "level", "plan"),
]  # fmt: skip


def _rows(choose: Choose, text: str, year: str, span: tuple[str, str]) -> Iterator[list[str]]:
    """The usual figures of a park, some of them left out; parts of them; some that are none of the usual ones."""
    population = choose(["park", "above_scale", "industry", "unstated"])
    things = [(*one, "park", span, population) for one in _USUAL if choose([True, True, False])]
    for _ in range(choose([0, 1, 3, 6])):
        indicator = choose(list(_KINDS))
        form = choose(["level", "level", "share", "yoy" if _KINDS[indicator][1] else "level"])
        subject = choose(["park", "county", "zone:a", "sector:b", "sector:c", "firm:a+b", "firm:c"])
        things.append(
            (
                indicator,
                form,
                choose(["outturn", "outturn", "plan"]),
                subject,
                choose(_SPANS),
                choose(["park", "unstated"]),
            )
        )
    seen = set()
    for number, (indicator, form, kind, subject, (start, end), firms) in enumerate(things, 1):
        figure = choose(_KINDS[indicator][0] if form == "level" else _RATES)
        dates = ("-01-01", "-12-31") if kind in ("forecast", "target") else (start, end)
        days = [day and year + day for day in dates]
        if (thing := (indicator, subject, form, kind, *days, figure, firms)) in seen:
            continue
        seen.add(thing)
        wholes = f"{text}-00{choose([1, 3])}" if number > 3 and subject.partition(":")[1] else ""
        yield [
            f"{text}-{number:03}", text, indicator, subject, firms, form, kind, *days, indicator, figure, parse(figure).bound,
            "" if kind in ("target", "plan") else choose("AFP"), wholes, choose(["some", "complete"]) if wholes else "",
            choose(["plan", "unstated", *_FLOWS]) if form == "share" else "",
            choose(["", "", "two_readings", "sample_change", "concept_inferred", "coarse_figure"]), f"一/p{choose([1, 2])}", "",
        ]  # fmt: skip


def _write(path: Path, header: str, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def sound(folder: Path) -> Study:
    """The study of a folder; what is at fault in it is set apart and taken out, as a user would do."""
    study = load(folder)
    while study.faults:
        gone = {fault.line for fault in study.faults if fault.file == "observations.csv"}
        assert gone, study.faults
        lines = (folder / "observations.csv").read_text(encoding="utf-8").splitlines()
        kept = [line for number, line in enumerate(lines, 1) if number not in gone]
        (folder / "observations.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
        if len(kept) < 2:
            return study
        study = load(folder)
    return study


def looked_at(study: Study, drawn: str = "") -> list[str]:
    """Ask for measures, findings, comparisons, decisions and the words of every exhibit; gives what holds no value in words.

    `drawn` is the language in which the figures are asked for as well.
    """
    assert study.measures.height >= 0
    assert study.findings is not None
    compared = study.compare.rows()
    assert all(one.verdict for one in compared)
    assert all(decision.verdict for decision in study.decisions)
    wrong = []
    for lang in ("en", "zh"):
        show = viewer(study, lang)
        for key in SHOWN + (DRAWN if lang == drawn else []):
            given = {"park": study.park_ids()[0]} if "park" in CATALOGUE[key].takes else {}
            body = re.sub(r"<(?:style|svg)\b.*?</(?:style|svg)>", "", show(key, **given).body, flags=re.DOTALL)
            words = re.sub(r"<[^>]+>", " ", body)
            wrong += [
                f"{lang} {key}: {words[max(0, at.start() - 80) : at.end() + 40]!r}" for at in NOTHING.finditer(words)
            ]
    return wrong
