"""The printed figures of a line: every run of digits, and every numeral in words that counts something, with what it is.

What is no figure of a quantity (a date, a number of a document, a slogan) is found first and keeps its digits to itself.
"""

import re
from typing import NamedTuple

from parkstudy.record.bounds import AFTER, ANOTHER, BEFORE, FALLS, NO_BOUND, OTHER_CURRENCIES, any_of
from parkstudy.record.numerals import ARABIC, MAGNITUDE
from parkstudy.record.quantities import QuantityError, parse
from parkstudy.record.units import UNIT_OF_WORD

_UNITS = any_of([*UNIT_OF_WORD, "‰"]) + "|成[一二三四五六七八九]?"
_NUMERAL = "[一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰仟]+"
_DIGITS = f"(?:(?:{ARABIC})(?:{MAGNITUDE})[零〇]?)*(?:{ARABIC})"  # in digits, be it in several magnitudes
_WORDS = f"(?:{_NUMERAL}[万亿][零〇]?)*{_NUMERAL}(?:[零〇]{_NUMERAL})*(?:点[零〇一二三四五六七八九]+)?"
_BEFORE = any_of([word for word in BEFORE if word not in ("过", "近", "约")])
_BEFORE += f"|(?<![通经])过|(?<![最附邻])近|(?<![{NO_BOUND}])约"
_AFTER, _FALL = any_of(AFTER), f"(?:{any_of(FALLS)})了?"
_DASH = "(?:[-~—–]{1,2}|至|到)"
_SCALE = f"[十百千]?[万亿]+|[十百千](?=[余多]|{_UNITS})"

_ASIDE = [  # what holds digits and is no figure of a quantity, with the reason in words
    (
        "date",
        r"\d{2,4}年度?(?:\d{1,2}[-~至—]{1,2}\d{1,2}月份?|\d{1,2}月(?:份|底|初|中旬|上旬|下旬|末)?(?:\d{1,2}[日号])?)?",
    ),
    (
        "date",
        r"(?:19|20)\d\d(?P<sep>[-/.])(?:1[0-2]|0?[1-9])(?P=sep)(?:3[01]|[12]\d|0?[1-9])|(?:19|20)\d\d[-/](?:1[0-2]|0[1-9])(?!\d)",
    ),
    ("date", r"\d{4}[-~至—]{1,2}\d{4}年?"),
    ("date", r"\d{1,2}[-~至—]{1,2}\d{1,2}月份?"),
    ("date", r"\d{1,2}月(?:份|底|初|中旬|上旬|下旬|末)?(?:\d{1,2}[日号](?!线))?"),
    ("date", r"\d{1,2}[日](?=[,。、至召前后举组在]|$)"),
    ("a span of time", r"(?<![\d.])\d年(?!级)"),
    ("time", r"\d{1,2}[::]\d{2}(?!\d)|(?:晚上|上午|下午|早上)\d{1,2}[点时]"),
    ("document number", r"[\[〔(【]\d{4}[\]〕)】]第?\d+号|第\d+号|\d{4}-\d{5}|[A-Z]?\d{5,}/\d[\d/-]*|\d{9,}"),
    ("road", r"\d{3}(?=国道|省道|县道)|[GSX]\d{2,4}"),
    ("digits of another script", r"(?:(?![0-9])\d)+"),
    ("rank", r"第\d+(?:位|名|届|次|批|期|条|季度)?|前\d+(?:位|名|强)|\d+强"),
    ("address", r"(?:https?://|www\.)[\w./%?=&-]+"),
    ("slogan", r"[“\"'《][^“”\"'《》,。]{0,14}?\d[^“”\"'《》,。]{0,14}?[”\"'》]"),
    ("slogan", r"\d*个?(?:百|千|万)亿级|[百千]亿(?=级|园区|产业|企业)|\d+\+\d+(?:\+[\dX]+)*"),
    ("paragraph number", r"^\(?\d{1,2}(?:[、)]|\.(?!\d))|(?<=[。;])\d{1,2}\.(?!\d)"),
]
_NOT_FIGURES = re.compile("|".join(f"(?P<k{n}>{form})" for n, (_, form) in enumerate(_ASIDE)))
_FIGURE = re.compile(
    rf"(?P<fall>{_FALL})?(?P<before>{_BEFORE})?(?P<sign>(?<![0-9A-Za-z%)])[-+]|(?<!减)负)?(?P<number>{_DIGITS})"
    rf"(?:(?P<scale1>[十百千]?[万亿]*)(?P<unit1>{_UNITS})?{_DASH}(?P<second>[-+负]?{_DIGITS}))?"
    rf"[余多]?(?P<scale>{_SCALE})?(?:[余多][万亿]*)?(?P<unit>{_UNITS})?(?:/(?P<per>亩|km2))?(?:有?[余多])?(?P<after>{_AFTER})?"
)
_TO = f"(?:(?:{_WORDS}|{_DIGITS})[万亿]*(?:{_UNITS})?{_DASH})?"  # the first end of a range whose second one is in words
_IN_WORDS = re.compile(
    rf"(?P<fall>{_FALL})?(?P<before>{_BEFORE})?(?P<share>[百千]分之{_WORDS}(?:{_DASH}(?:[百千]分之)?{_WORDS})?(?:{_AFTER})?)|"
    rf"(?P<tens>数[十百千万亿]+|[十百千]?几[十百千万亿]*|{_NUMERAL}分之{_NUMERAL})(?P<what>[个家户项名人亩件]?)|"
    rf"(?P<bare>(?:近|逾|超过?|上|约)万余?[人亩户家]|万余[人亩户家])|"
    rf"(?P<before2>{_BEFORE}|(?<![以之及])上(?=[百千]))?(?P<number>(?<![第每一几数]){_TO}{_WORDS})(?P<more>[余多])?(?P<scale>[万亿]+)?[余多]?"
    rf"(?P<unit>{_UNITS})(?:有?[余多])?(?P<after>{_AFTER})?"
)
_RATES = "%‰成"
_OWN = "家户亩成"  # what a numeral of one sign counts; 三个, 一项 are words as well
_GROWN = ("增长", "下降", "增幅", "增速")  # before points it is a rate, which is in percent: 增长6.3个百分点
_OTHER_UNITS = re.compile(
    OTHER_CURRENCIES
    + "|个?百分点|倍|吨|公里|千米|米|立方米|方|千瓦时|千瓦|兆瓦|KVA?|kVA?|MW|KW|kW"
    + "|度|伏|次|人次|场次|场|天|小时|分钟|期|岁|级|点|位|层|幢|蒸吨|口|台套|亿级|分"
)


def _kind(match: re.Match[str]) -> str:
    """The reason of the alternative that matched."""
    return next(_ASIDE[n][0] for n in range(len(_ASIDE)) if match[f"k{n}"] is not None)


class Printed(NamedTuple):
    """A printed figure by its place in a line: `unit` is a unit of the study, or empty; `aside` says why it is none of a quantity."""

    start: int
    end: int
    unit: str
    aside: str = ""


def printed(plain: str) -> list[Printed]:
    """The figures of a line, in order, none over another."""
    taken = [(match.start(), match.end(), _kind(match)) for match in _NOT_FIGURES.finditer(plain)]
    found = [
        Printed(start, end, "", reason) for start, end, reason in taken if re.search(r"\d|[百千]亿", plain[start:end])
    ]
    for free in _free(plain, taken):
        found += _within(plain, *free)
    return sorted(found)


def _free(plain: str, taken: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    ends = [0, *(end for _, end, _ in taken)]
    return [(a, b) for a, b in zip(ends, [*(start for start, _, _ in taken), len(plain)], strict=True) if a < b]


def _within(plain: str, start: int, stop: int) -> list[Printed]:
    words = [match for match in _IN_WORDS.finditer(plain, start, stop) if not _no_count(match)]
    spans = [match.span() for match in words]
    digits = [match for match in _FIGURE.finditer(plain, start, stop) if not _over(spans, match.span())]
    found = [_in_digits(plain, match) for match in digits]
    taken = [(one.start, one.end) for one in found]
    return [*found, *(_in_words(plain, match) for match in words if not any(_meet(match.span(), one) for one in taken))]


def _over(spans: list[tuple[int, int]], own: tuple[int, int]) -> bool:
    """Whether one of the spans holds another, and more: 五km2 the 2, 8至九百亿元 the 8."""
    return any(start <= own[0] and own[1] <= end and (start, end) != own for start, end in spans)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _in_digits(plain: str, match: re.Match[str]) -> Printed:
    end, unit, falls = match.end(), match["unit"], bool(match["fall"])
    signs = ("before", "number") if match["sign"] == "+" else ("before", "sign", "number")  # +8.4%: growth of 8.4%
    begin = next(match.start(name) for name in signs if match[name])
    if not match["before"] and match.start("number") and re.match("[A-Za-z]", plain[match.start("number") - 1]):
        return Printed(begin, end, "", "part of a word")
    if not unit and (other := _OTHER_UNITS.match(plain, end)):
        return _of_no_unit(plain, begin, other.end(), other[0])
    if unit and (other := ANOTHER.match(plain, match.end("unit"))):
        return _of_no_unit(plain, begin, other.end(), f"{unit}{other[0]}")
    if falls and (unit or " ")[0] not in _RATES:
        return Printed(begin, end, "", "a change, no level")
    return _read(plain, match.start() if falls else begin, end)


def _of_no_unit(plain: str, begin: int, end: int, unit: str) -> Printed:
    points = unit.endswith("百分点") and plain.endswith(_GROWN, 0, begin)
    return Printed(begin, end, "", "growth in points, no rate" if points else f"unit {unit}")


def _in_words(plain: str, match: re.Match[str]) -> Printed:
    if match["tens"]:
        return Printed(*match.span(), "", "in words, not a number")
    if match["unit"] and (other := ANOTHER.match(plain, match.end("unit"))):
        return Printed(match.start(), other.end(), "", f"unit {match['unit']}{other[0]}")
    return _read(plain, *match.span())


def _no_count(match: re.Match[str]) -> bool:
    """Whether a numeral of one sign may be a word and no count (三个, 一项)."""
    alone = match["number"] and len(match["number"]) == 1 and not match["scale"] and not match["more"]
    return bool(alone and match["unit"][0] not in _OWN)


def _read(plain: str, begin: int, end: int) -> Printed:
    try:
        return Printed(begin, end, parse(plain[begin:end]).unit or "")
    except QuantityError as fault:
        return Printed(begin, end, "", f"unread: {fault}")
