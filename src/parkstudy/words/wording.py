"""Words and numbers as a reader sees them: rounding, names of parks and indicators, lists in a sentence, line breaks.

What takes `lang` says it in English or in Chinese (`zh`); what takes a study says it in the study's language.
"""

from __future__ import annotations

import math
import textwrap
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any
from typing import Any as Study

from parkstudy.record.period import Period
from parkstudy.words.language import Text, said

TRANSFORMATION_WORDS = {"level": Text("", ""), "yoy": Text("growth", "增速"), "share": Text("share", "占比")}
_POPULATIONS = {
    "above_scale": Text("above-scale firms", "规模以上工业企业"),
    "industry": Text("industry", "工业"),
    "park": Text("whole park", "全园区"),
    "registered": Text("registered", "园区注册企业"),
    "unstated": Text("population not stated", "范围未说明"),
}
_SCOPES = {
    "national": "全国",
    "Hunan": "湖南省",
    "Hengyang": "衡阳市",
    "Yongzhou": "永州市",
    "Shanghai": "上海市",
    "national-level development zones": "国家级开发区",
    "parks in Hunan": "湖南省园区",
    "parks in Hengyang": "衡阳市园区",
    "parks in Yongzhou": "永州市园区",
    "county zones of Ankang, together": "安康市县域工业集中区合计",
    "44 Hunan high-tech zones": "湖南省44家高新区",
    "Hunan provincial demonstration bases (selected, strong parks)": "湖南省示范基地（入选的较强园区）",
    "Hunan provincial-level and above parks (bonded zones excluded)": "湖南省省级及以上园区（不含综合保税区）",
    "Guangdong: 28 national-level + 89 provincial zones": "广东省28家国家级和89家省级开发区",
    "Qinghai: 9 zones": "青海省9家开发区",
    "Longchang industrial park: entry rule for new projects": "隆昌市工业园区新项目准入标准",
    "Wangcheng economic and technological development zone: entry rule for new projects": "望城经济技术开发区新项目准入标准",
}


def both(say: Callable[[str], str]) -> Text:
    """A text made by one function of the language, such as `period.label`."""
    return Text(say("en"), say("zh"))


def number(value: float, digits: int = 4) -> str:
    """A number with at most `digits` significant digits, thousands separated, without trailing zeros."""
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")


def interval(low: float | None, high: float | None, digits: int = 5, lang: str = "en") -> str:
    """An interval as `10.15–10.25`, `at least 40`, `at most 5`; empty where there is none."""
    if low is None or high is None:
        return ""
    if math.isinf(high):
        return said(Text(f"at least {number(low)}", f"不低于{number(low)}"), lang)
    if math.isinf(low):
        return said(Text(f"at most {number(high)}", f"不高于{number(high)}"), lang)
    return number(low) if low == high else f"{number(low, digits)}–{number(high, digits)}"


_MONEY = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"))
_MONEY_ZH = ((1e8, "亿"), (1e4, "万"))
_UNITS_ZH = {
    "CNY": "元",
    "USD": "美元",
    "CNY/mu": "元/亩",
    "CNY/km2": "元/平方公里",
    "mu": "亩",
    "ha": "公顷",
    "km2": "平方公里",
    "m2": "平方米",
    "percent": "%",
    "points": "个百分点",
    "person": "人",
}  # a count and a ratio have none: the unit of a count depends on what is counted


def amount(value: float, unit: str, digits: int = 3, lang: str = "en") -> str:
    """A value with its unit: `5.06 billion CNY`, `13,400 CNY per mu`, `2.18 %`; in Chinese `50.6亿元`, `1.34万元/亩`."""
    if lang == "zh":
        scale, name = _scale_zh(abs(value), unit)
        return f"{number(value / scale, digits)}{name}"
    words = {"percent": " %", "points": " points", "ratio": ""}
    if unit in words:
        return number(value, digits) + words[unit]
    scale, name = _scale(abs(value), unit)
    return f"{number(value / scale, digits)}{name} {unit.replace('/', ' per ')}"


def amount_interval(low: float, high: float, unit: str, digits: int = 3, lang: str = "en") -> str:
    """An interval in the unit, both ends on one scale; three digits for what is computed, more for what is printed."""
    size = abs(low) if math.isinf(high) else abs(high)
    if lang == "zh":
        scale, name = _scale_zh(size, unit)
        return f"{interval(low / scale, high / scale, digits, lang)}{name}"
    if unit in ("percent", "points", "ratio"):
        return interval(low, high, digits)
    scale, name = _scale(size, unit)
    return f"{interval(low / scale, high / scale, digits)}{name}"


def unit_name(unit: str) -> str:
    """A unit in English, as it stands behind an interval; a count and a ratio have none."""
    return {"percent": "%", "ratio": "", "count": ""}.get(unit, unit.replace("/", " per "))


def _scale(size: float, unit: str) -> tuple[float, str]:
    """The scale of an amount of money and its word; a price per mu stays in yuan."""
    if unit == "CNY/mu":
        return 1.0, ""
    return next(((s, f" {name}") for s, name in _MONEY if size >= s), (1.0, ""))


def _scale_zh(size: float, unit: str) -> tuple[float, str]:
    """The scale of an amount and its unit: money in 亿 and 万; per km² always in 亿, per mu always in 万, as in the charts."""
    word = _UNITS_ZH.get(unit, "")
    if unit == "CNY/km2":
        return 1e8, f"亿{word}"
    if unit == "CNY/mu":
        return 1e4, f"万{word}"
    if unit not in ("CNY", "USD"):
        return 1.0, word
    return next(((s, name + word) for s, name in _MONEY_ZH if size >= s), (1.0, word))


def rate(row: dict[str, Any], digits: int = 4, lang: str = "en") -> str:
    """The printed value of a row, or its interval where the text prints a range or an open figure."""
    closed = math.isfinite(row["low"]) and math.isfinite(row["high"])
    return (
        number(row["value"], digits)
        if row["value"] is not None and closed
        else interval(row["low"], row["high"], digits, lang)
    )


def period(row: dict[str, Any], lang: str = "en") -> str:
    """The period of a row, as a reader says it."""
    return Period(row["period_start"], row["period_end"]).label(lang)


def population(code: str | None, lang: str = "en") -> str:
    """A population as a reader says it."""
    return "" if code is None else said(_POPULATIONS.get(code, code), lang)


UNSTATED_ZH = "未说明"


def population_zh(code: str) -> str:
    """A population inside a Chinese sentence that says elsewhere that it is one."""
    return UNSTATED_ZH if code == "unstated" else population(code, "zh")


def scope(code: str, lang: str = "en", study: Study | None = None) -> str:
    """What a reference covers; in Chinese the province of a park of `study` has the name of the table."""
    if lang != "zh":
        return code
    own = {} if study is None else dict(study.parks.select("province_en", "province_zh").iter_rows())
    return _SCOPES.get(code) or own.get(code) or code


def counted(number_: int, word: str) -> str:
    """A number with its noun in English: `1 text`, `2 texts`."""
    return f"{number_} {word}" if number_ == 1 else f"{number_} {word}s"


def plain(code: str) -> str:
    """A code as English words; the Chinese ones stand beside the lists of codes (`CAVEAT_NAMES`, `FLAG_NAMES`, ...)."""
    return code.replace("_", " ")


def park_names(study: Study, lang: str = "") -> dict[str, str]:
    """Park id to name, in the study's language or another one."""
    return dict(study.parks.select("park_id", f"name_{lang or study.lang}").iter_rows())


_SHORT = 28  # columns of a name in a figure


def short_names(study: Study, lang: str = "") -> dict[str, str]:
    """Park id to a name short enough for a figure: the county if it is named and no other park's, else the id.

    In Chinese a park without a county of its own has its name, where that is short enough and no other park's.
    """
    if (lang or study.lang) == "zh":
        return _short_names_zh(study)
    rows = study.parks.iter_rows(named=True)
    names = {row["park_id"]: (row["county_en"] or row["park_id"]).removesuffix(" County") for row in rows}
    names = {park: name if list(names.values()).count(name) == 1 else park for park, name in names.items()}
    return {park: name if len(name) <= _SHORT else name[: _SHORT - 1] + "…" for park, name in names.items()}


def _short_names_zh(study: Study) -> dict[str, str]:
    rows = list(study.parks.iter_rows(named=True))
    counties = [row["county_zh"] for row in rows]
    wanted = [
        _short_county(row["county_zh"])
        if counties.count(row["county_zh"]) == 1 and row["county_zh"]
        else row["name_zh"]
        for row in rows
    ]
    return {
        row["park_id"]: name if columns(name) <= _SHORT and wanted.count(name) == 1 else row["park_id"]
        for row, name in zip(rows, wanted, strict=True)
    }


def _short_county(name: str) -> str:
    """A county without 县, unless one character would be left or the county is an autonomous one."""
    stem = name.removesuffix("县")
    return name if len(stem) < 2 or stem.endswith("自治") else stem


def indicator_names(study: Study, lang: str = "") -> dict[str, str]:
    """Indicator to name, in the study's language or another one."""
    return dict(study.indicators.select("indicator", f"name_{lang or study.lang}").iter_rows())


def quantity_name(study: Study, indicator: str, transformation: str, lang: str = "") -> str:
    """Name of an indicator with what is printed of it: `Gross industrial output, growth`."""
    lang = lang or study.lang
    kind = said(TRANSFORMATION_WORDS[transformation], lang)
    name = indicator_names(study, lang)[indicator]
    return name if not kind or kind in name.lower() else name + ("，" if lang == "zh" else ", ") + kind


def listing(words: Iterable[str], lang: str = "en") -> str:
    """Words as `a, b and c`, in Chinese as `甲、乙和丙`."""
    items = list(words)
    comma, last, none = ("、", "和", "无") if lang == "zh" else (", ", " and ", "none")
    return items[0] if len(items) == 1 else f"{comma.join(items[:-1])}{last}{items[-1]}" if items else none


_CLOSING = frozenset("、，。；：！？）】》〉」』”’%…·—–,.;:!?)]")  # never at the start of a line
_OPENING = frozenset("（【《〈「『“‘([")  # never at its end


def columns(text: str) -> int:
    """Display width: a wide character, such as a Chinese one, takes two columns, a combining one none."""
    return sum(0 if unicodedata.combining(c) else 2 if _wide(c) else 1 for c in text)


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def wrapped(text: str, width: int) -> str:
    """The text in lines of at most `width` columns; Chinese may break between any two characters, English as usual."""
    if not any(map(_wide, text)):
        return textwrap.fill(text, width)
    lines, line = [], ""
    for piece in _pieces(text, width):
        if line.strip() and columns((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return "\n".join([*lines, line.rstrip()] if line.strip() else lines)


def shortened(text: str, width: int) -> str:
    """The text in one line of at most `width` columns, cut with `…` where it is longer."""
    if not any(map(_wide, text)):
        return textwrap.shorten(text, width, placeholder="…")
    text = " ".join(text.split())
    if columns(text) <= width:
        return text
    kept = ""
    for piece in _pieces(text, width - 1):
        if columns(kept + piece) > width - 1:
            break
        kept += piece
    return kept.rstrip("".join(_OPENING) + "、，；： ") + "…"


def _pieces(text: str, width: int) -> list[str]:
    """What may not be broken: a run without wide characters or spaces, a wide character with its punctuation."""
    pieces: list[str] = []
    for c in " ".join(text.split()):
        last = pieces[-1] if pieces else " "
        if c in _CLOSING and last == " " and len(pieces) > 1 and columns(pieces[-2]) + 2 <= width:
            pieces[-2:] = [f"{pieces[-2]} {c}"]  # a dot between spaces ends its line
        elif " " in (c, last) or not _clings(last[-1], c):
            pieces.append(c)
        elif columns(last + c) <= width or (c in _CLOSING and columns(last) <= width):  # a mark may hang over the end
            pieces[-1] += c
        else:
            pieces.append(c)
    return pieces


def _clings(before: str, after: str) -> bool:
    """True where no line may break between two characters: a number keeps its unit, a mark its word."""
    narrow = not _wide(before) and not _wide(after)
    return narrow or after in _CLOSING or before in _OPENING or (before.isdecimal() and _wide(after))
