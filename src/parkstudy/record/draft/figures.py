"""The printed figures of a line: every run of digits, and every numeral in words that counts something, with what it is.

What is no figure of a quantity (a date, a number of a document, a slogan) is found first and keeps its digits to itself.
"""

import re
from typing import NamedTuple

from parkstudy.record.numerals import ARABIC, MAGNITUDE
from parkstudy.record.quantities import QuantityError, parse
from parkstudy.record.units import UNIT_OF_WORD

_UNITS = "|".join(re.escape(word) for word in sorted(UNIT_OF_WORD, key=len, reverse=True))
_NUMERAL = "[一二两三四五六七八九十百千]+"
_DIGITS = f"(?:(?:{ARABIC})(?:{MAGNITUDE})[零〇]?)*(?:{ARABIC})"  # in digits, be it in several magnitudes
_WORDS = f"(?:{_NUMERAL}[万亿][零〇]?)*{_NUMERAL}(?:[零〇]{_NUMERAL})*"
_BEFORE = "大约|约|接近|近|不到|不足|低于|超过|突破|超|逾|至少|(?<![通经])过"
_SCALE = "[十百千]?[万亿]+|[十百千](?=[余多个家户项人亩名])"

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
    ("time", r"\d{1,2}[::]\d{2}(?!\d)|(?:晚上|上午|下午|早上)\d{1,2}[点时]"),
    ("document number", r"[\[〔(【]\d{4}[\]〕)】]第?\d+号|第\d+号|\d{4}-\d{5}|[A-Z]?\d{5,}/\d[\d/-]*|\d{9,}"),
    ("road", r"\d{3}(?=国道|省道|县道)|[GSX]\d{2,4}"),
    ("rank", r"第\d+(?:位|名|届|次|批|期|条|季度)?|前\d+(?:位|名|强)|\d+强"),
    ("address", r"(?:https?://|www\.)[\w./%?=&-]+"),
    ("slogan", r"[“\"'《][^“”\"'《》,。]{0,14}?\d[^“”\"'《》,。]{0,14}?[”\"'》]"),
    ("slogan", r"\d*个?(?:百|千|万)亿级|[百千]亿(?=级|园区|产业|企业)|\d+\+\d+(?:\+[\dX]+)*"),
    ("paragraph number", r"^\(?\d{1,2}(?:[、)]|\.(?!\d))|(?<=[。;])\d{1,2}\.(?!\d)"),
]
_NOT_FIGURES = re.compile("|".join(f"(?P<k{n}>{form})" for n, (_, form) in enumerate(_ASIDE)))
_FIGURE = re.compile(
    rf"(?P<fall>下降|减少|降低)?(?P<before>{_BEFORE})?(?P<number>{_DIGITS})"
    rf"(?:(?P<scale1>{_SCALE})?(?P<unit1>{_UNITS})?[-~至—]{{1,2}}(?P<second>{_DIGITS}))?"
    rf"[余多]?(?P<scale>{_SCALE})?[余多]?(?P<unit>{_UNITS})?(?:/(?P<per>亩|km2))?[余多]?(?P<after>左右|以上|以下)?"
)
_IN_WORDS = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<number>(?<![第每一]){_WORDS})(?P<more>[余多])?(?P<scale>[万亿]+)?[余多]?(?P<unit>{_UNITS})(?P<after>左右|以上|以下)?|"
    rf"(?P<tens>数[十百千万]+|几[十百千万]*|[一二三四五六七八九]成|{_NUMERAL}分之{_NUMERAL})(?P<what>[个家户项名人亩件]?)"
)
_OWN = "家户亩"  # what a numeral of one sign counts; 三个, 一项 are words as well
_OTHER_UNITS = re.compile(
    "个?百分点|‰|倍|成|吨|公里|千米|米|立方米|方|千瓦时|千瓦|兆瓦|KVA?|kVA?|MW|KW|kW|度|伏|次|人次|场次|场|天|小时|分钟|期|岁|级|点|位|层|幢|蒸吨|口|台套|亿级|分"
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
    found = []
    for match in _FIGURE.finditer(plain, start, stop):
        begin = match.start("before") if match["before"] else match.start("number")
        begin = match.start() if match["fall"] and match["unit"] == "%" else begin
        end = match.end()
        other = None if match["unit"] or (match["scale"] and match["unit"]) else _OTHER_UNITS.match(plain, match.end())
        if match["unit"] == "个" and plain.startswith("百分点", end):
            other = _OTHER_UNITS.match(plain, match.start("unit"))
            end = match.start("unit")
        if other and other[0] in plain[end : end + len(other[0]) + 1]:
            end += len(other[0])
            found.append(Printed(begin, end, "", f"unit {other[0]}"))
            continue
        text = plain[begin:end]
        try:
            unit = parse(text).unit or ""
        except QuantityError as fault:
            found.append(Printed(begin, end, "", f"unread: {fault}"))
            continue
        found.append(Printed(begin, end, unit, ""))
    for match in _IN_WORDS.finditer(plain, start, stop):
        if any(match.start() < one.end and one.start < match.end() for one in found):
            continue
        if (
            not match["tens"]
            and len(match["number"]) == 1
            and not match["scale"]
            and match["unit"] not in _OWN
            and not match["more"]
        ):
            continue
        if match["tens"]:
            found.append(Printed(*match.span(), "", "in words, not a number"))
            continue
        try:
            found.append(Printed(*match.span(), parse(match[0]).unit or "", ""))
        except QuantityError as fault:
            found.append(Printed(*match.span(), "", f"unread: {fault}"))
    return found
