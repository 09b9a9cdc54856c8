"""Printed figures: what `2亿余元`, `二十余个` or `12.5％` stand for.

A printed figure is not a point. `parse` reads digits, magnitude, unit and bound words and returns a `Quantity`: the
value with the interval that the printing allows. Arithmetic is exact (`decimal.Decimal`), so that two intervals that
only touch are never taken for overlapping ones. Chinese texts in either script and full-width forms are read alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from parkstudy.errors import ParkstudyError
from parkstudy.record.bounds import AFTER, BEFORE, FALLS, any_of
from parkstudy.record.numerals import MAGNITUDE, NUMBER, Number, NumeralError, read
from parkstudy.record.signs import ALIKE, narrow
from parkstudy.record.units import UNIT_OF_WORD, WHOLE, sizes

ABOUT_SHARE = Decimal("0.05")  # 约, 左右: 5 % either way, a judgement of the method (section 10)
INFINITY = Decimal("Infinity")

_SIMPLIFIED = str.maketrans(
    "萬億畝餘個戶約過幾兩項棟頃間條隻種張傢員處達輛臺幣於減滑負將內點圓壹贰貳叁參肆伍陆陸柒捌玖拾佰仟",
    "万亿亩余个户约过几两项栋顷间条只种张家员处达辆台币于减滑负将内点元一二二三三四五六六七八九十百千",
) | str.maketrans({"廿": "二十", "卅": "三十", "長": "长"})
_ODD = "|".join(re.escape(w) for w in sorted(UNIT_OF_WORD, key=len) if re.search(r"[\d.\-+余多左以]", w))  # m2
_SIGN, _DASH = "[-+负]", "(?:[-~—–]+|至|到)"
_FIGURE = re.compile(
    rf"(?:(?P<fall>{any_of(FALLS)})了?)?(?P<before>{any_of(BEFORE)}|上(?=[百千万亿]))?(?P<sign>{_SIGN})?(?P<share>[百千]分之)?"
    rf"(?P<number>{NUMBER})?[余多]?(?P<magnitude>{MAGNITUDE})?[余多]?"
    rf"(?P<unit>(?i:{_ODD})|[^\d.\-+余多左以]*?)(?:有?[余多])?(?P<after>{any_of(AFTER)})?"
)
_MORE = re.compile("[余多]")
_IN_FULL = re.compile("(?![百千]$)[零〇一二两三四五六七八九十百千]+")  # 三百 as 300; not 百, 3百, 三万
_RANGE = re.compile(
    rf"(?P<fall>(?:(?:{any_of(FALLS)})了?)?)(?P<before>{any_of(BEFORE)})?(?P<sign>{_SIGN})?(?P<share>[百千]分之)?(?P<first>{NUMBER})"
    rf"(?P<scale>{MAGNITUDE})?(?P<middle>[^\d\-~至到—–余多]*?){_DASH}(?P<second>.+)"
)
_BLANKS = re.compile(r"\d[\d.,]*(?:\s+\d[\d.,]*)+")  # digits with blanks between them
_SPACED = re.compile(r"\d{1,3}(?:\s\d{3})+(?:\.\d+)?")  # 1 234: blanks between groups of three digits
_TENTHS = re.compile("([一二三四五六七八九])成([一二三四五六七八九])")
_YI = re.compile("个([余多]?亿)(?=[余多左以]|$)")  # 3个亿; 3个亿元企业 are three firms
_MORE_WITHIN = re.compile("([十百千])([余多])([万亿]+)")
_UNRECORDED = re.compile("倍|个?百分点|翻.{0,2}番")
_OF_HUNDRED = {"‰": Decimal("0.1"), "成": Decimal(10), "千分之": Decimal("0.1"), "百分之": Decimal(1)}  # in percent


class QuantityError(ParkstudyError, ValueError):
    """A printed figure that cannot be read: no number in it, an unknown unit, or two bounds that exclude each other."""


@dataclass(frozen=True)
class Quantity:
    """A printed figure as an interval.

    `value` is the printed number in `unit` (None for a range), `low` and `high` the ends of what the printing allows
    (`high` infinite where it is open above, `low` where open below). `significant` counts the significant digits, the
    trailing zeros left out; `step` is the unit of the last printed digit, of the last one that is not zero where the figure
    is a bound; None where a conversion leaves no such digit. `printed_unit` tells whether the figure itself names its unit.
    """

    value: Decimal | None
    low: Decimal
    high: Decimal
    unit: str | None
    bound: str
    significant: int
    step: Decimal | None
    printed_unit: bool

    def to(self, unit: str) -> Quantity:
        """The same quantity in another unit of area; any other unit raises `QuantityError` (no exchange rates here)."""
        if self.unit == unit:
            return self
        found = sizes(self.unit, unit)
        if found is None:
            raise QuantityError(f"{self.unit} cannot be expressed in {unit}; only areas are converted")
        times, over = found
        value = None if self.value is None else self.value * times / over
        step = self.step and (self.step * times / over).normalize()
        step = step if step and step.as_tuple().digits == (1,) else None
        return replace(
            self, value=value, low=self.low * times / over, high=self.high * times / over, unit=unit, step=step
        )


def simplify(text: str) -> str:
    """`text` with full-width forms narrowed, blanks dropped and number, unit and bound words in simplified script."""
    return re.sub(r"\s+", "", narrow(text)).translate(ALIKE).translate(_SIMPLIFIED)


def apart(text: str) -> bool:
    """Whether blanks stand between digits of `text` and do not part it in groups of three: 12 5家 may be two numbers."""
    return any(not _SPACED.fullmatch(run) for run in _BLANKS.findall(narrow(text)))


def _ordered(plain: str) -> str:
    """The words of a figure in the order of its grammar: 三成五 as 三点五成, 3个亿 as 3亿, 3千多万 as 3千万多."""
    return _MORE_WITHIN.sub(r"\1\3\2", _YI.sub(r"\1", _TENTHS.sub(r"\1点\2成", plain)))


@cache  # many figures are printed again and again, and each is asked for by the checks, the tables and the audit
def parse(text: str, unit: str | None = None) -> Quantity:
    """The `Quantity` of a printed figure.

    `unit` is assumed where the figure prints none (a bare number, `亿`, `万`). Raises `QuantityError`, with the figure
    and the known forms, for a text without a number, for an unknown unit and for a figure that can be read in two ways.

    The intervals (method, section 1 and 10): `exact` is half a unit of the last printed digit either way, a count that is
    printed to the last thing, in digits or as a numeral without 万 and 亿, is itself; `about` is 5 % either way; `at_least` is
    open above, but 余 and 多 end one unit of the last non-zero digit above; `at_most` is open below; `range` has its two
    printed ends and no value. `下降2.3%` is -2.3.
    """
    if apart(text):
        raise QuantityError(f"{text!r} has a blank between its digits; expected one number, such as 1234 or 1 234")
    plain = _ordered(simplify(text))
    if _UNRECORDED.search(plain):
        raise QuantityError(
            f"{text!r} is a multiple or a difference of rates, which the record has no form for; leave it out"
        )
    span = _RANGE.fullmatch(plain) if re.search(_DASH, plain) else None
    if span:
        return _parse_range(text, span, unit)
    figure = _FIGURE.fullmatch(plain)
    number = figure and (figure["number"] or _bare(figure))
    if not figure or not number or (figure["before"] == "上" and number not in ("百", "千", "1")):
        raise QuantityError(
            f"{text!r} is not a figure; expected digits with a magnitude, a unit and bound words, such as 2亿余元 or 12.5%"
        )
    printed, times = _unit(text, figure["unit"], figure["share"])
    found = printed or unit
    value, step, last = (one * times for one in _number(number, figure["magnitude"] or "", found))
    bound = _bound(text, figure)
    _whole(text, found, value)
    if figure["unit"] == "成" and value > 100:
        raise QuantityError(f"{text!r} has more than ten tenths; expected ten at most, such as 三成")
    value = 0 - value if figure["sign"] in ("-", "负") else value
    _signed(text, figure, bound, found)
    half, about = Decimal(0) if found in WHOLE and step <= 1 else step / 2, abs(value) * ABOUT_SHARE
    low, high = {
        "exact": (value - half, value + half),
        "about": (value - about, value + about),
        "at_least": (value, value + last if _more_alone(figure) else INFINITY),
        "at_most": (-INFINITY, value),
    }[bound]
    if figure["fall"]:
        value, low, high = 0 - value, 0 - high, 0 - low
    shown = step if bound == "exact" else last
    return Quantity(value, low, high, found, bound, _significant(value, step), shown, printed is not None)


@cache
def normal_quantity(figure: str, transformation: str, unit: str) -> Quantity:
    """A printed figure in the unit of its indicator: areas converted, a price per mu recognised, money left as it is."""
    quantity = parse(figure, "percent" if transformation in ("yoy", "share") else unit)
    if quantity.unit == "CNY" and unit == "CNY/mu":
        return replace(quantity, unit=unit)
    return quantity.to(unit) if transformation == "level" and sizes(quantity.unit, unit) else quantity


def forget() -> None:
    """Let go of the figures that were read and kept: for who reads many texts one after the other."""
    parse.cache_clear()
    normal_quantity.cache_clear()


def _parse_range(text: str, span: re.Match[str], unit: str | None) -> Quantity:
    tail = _FIGURE.fullmatch(span["second"])
    if not tail or not tail["number"] or tail["fall"] or tail["before"] or (tail["share"] and not span["share"]):
        raise QuantityError(f"{text!r} is not a range; expected two figures, such as 400-500亩")
    bound = _bound(text, tail, "range", *([BEFORE[span["before"]]] if span["before"] else []))
    printed, times = _unit(text, tail["unit"], span["share"])
    first_unit, first_times = _unit(text, span["middle"], span["share"] if span["middle"] else None)
    if (printed and first_unit not in (None, printed)) or (first_unit and printed and first_times != times):
        raise QuantityError(f"{text!r} has two units; expected one, such as 400-500亩")
    printed, times = (printed, times) if printed else (first_unit, first_times)
    high, step, _ = (one * times for one in _number(tail["number"], tail["magnitude"] or "", printed or unit))
    low = _first_end(text, span, tail, high / times) * times
    _whole(text, printed or unit, low, high)
    signs = [one["sign"] in ("-", "负") for one in (span, tail)]
    if signs[0] and (not tail["sign"] or "-" in span[0][span.end("first") : span.start("second")]):
        raise QuantityError(f"{text!r} has a sign and a dash; expected both ends with their signs, such as -5%至-3%")
    low, high = (0 - end if below else end for end, below in zip((low, high), signs, strict=True))
    if high < low:
        raise QuantityError(f"{text!r} runs backwards; expected the smaller figure first")
    if span["fall"]:
        _signed(text, span, bound, printed or unit)
        low, high = 0 - high, 0 - low
    return Quantity(None, low, high, printed or unit, bound, _significant(high, step), step, printed is not None)


def _first_end(text: str, span: re.Match[str], tail: re.Match[str], high: Decimal) -> Decimal:
    """The first end of a range, which may leave its magnitude to the second: 2-3万, but not 4至六百亿."""
    first, own, scale = span["first"], span["scale"] or "", tail["magnitude"] or ""
    great = re.sub("[十百千]", "", scale)
    shared = re.search("[十百千]$", tail["number"]) if not re.search("[十百千]", first + scale) else None
    options = [own or scale]
    if span["middle"] or re.search("[万亿]", own):
        options = [own]
    elif own and great:  # 5百-6千万: 500, or 5 million
        options += [own + great]
    elif shared and not own:
        options += [shared[0] + scale]
    elif found := re.search("[万亿]+", tail["number"]):  # 1-2亿3000万
        options += [found[0], ""]
    read_ = {f"{first}{option}": _number(first, option).value for option in options}
    fit = {words: value for words, value in read_.items() if value < high} or {
        words: high for words in read_ if read_[words] == high
    }
    if len(set(fit.values())) > 1:
        raise QuantityError(
            f"{text!r} can be read in two ways: from {' or from '.join(fit)}; expected each end in full"
        )
    if not fit and not own and (bare := _number(first, "").value) <= high:
        return bare  # 500-1万: no 500万
    return next(iter(fit.values()), next(iter(read_.values())))


def _bare(figure: re.Match[str]) -> str:
    """The one that 万 and 亿 stand for where a bound word is beside them: 近万人, 万余人, 超亿元."""
    bounded = figure["before"] or figure["after"] or _MORE.search(figure[0])
    return "1" if bounded and (figure["magnitude"] or " ")[0] in "万亿" else ""


def _number(number: str, magnitude: str, unit: str | None = None) -> Number:
    """The number; a numeral of things has its last digit in the ones as 300家 has, for which it has no sign: 三百家."""
    try:
        found = read(number, magnitude)
    except NumeralError as error:
        raise QuantityError(str(error)) from error
    return found._replace(step=Decimal(1)) if unit in WHOLE and _IN_FULL.fullmatch(number + magnitude) else found


def _whole(text: str, unit: str | None, *values: Decimal) -> None:
    """Refuse a count that is no whole number: an average is no count."""
    if unit in WHOLE and any(value % 1 for value in values):
        raise QuantityError(f"{text!r} is a count with a fraction; expected a whole number of things, such as 6个")


def _signed(text: str, figure: re.Match[str], bound: str, unit: str | None) -> None:
    """Refuse a fall that is no rate, and a sign beside what turns it or what may be meant of either side of it."""
    if figure["fall"] and figure["sign"]:
        raise QuantityError(f"{text!r} has a word of a fall and a sign; expected one of them")
    if figure["fall"] and unit != "percent":
        raise QuantityError(f"{text!r} is a fall; expected one in percent, such as 下降2.3%")
    if figure["sign"] in ("-", "负") and bound in ("at_least", "at_most"):
        raise QuantityError(f"{text!r} has a bound and a sign, which can be read in two ways; expected 下降2.3%以上")


def _unit(text: str, word: str, share: str | None = None) -> tuple[str | None, Decimal]:
    """The unit of a printed word, and what one of it is in that unit."""
    if share and word:
        raise QuantityError(f"{text!r} has two units; expected one, such as 百分之五 or 5%")
    if times := _OF_HUNDRED.get(share or word):
        return "percent", times
    if word and word.lower() not in UNIT_OF_WORD:
        raise QuantityError(f"unknown unit {word!r} in {text!r}; known units: {' '.join(sorted(UNIT_OF_WORD))}")
    return UNIT_OF_WORD.get(word.lower()), Decimal(1)


def _more_alone(figure: re.Match[str]) -> bool:
    """Whether 余 or 多 says how far above the number the figure is, and no 超过 or 以上 beside it."""
    others = {BEFORE.get(figure["before"] or "", "about"), AFTER.get(figure["after"] or "", "about")}
    return others == {"about"} and figure["before"] != "上" and bool(_MORE.search(figure[0]))


def _bound(text: str, figure: re.Match[str], *also: str) -> str:
    before = figure["before"] or ""
    more = _MORE.findall(figure[0].removeprefix((figure["fall"] or "") + before))
    found = {*also, *(["at_least"] if more or before == "上" else [])}
    found |= {words[word] for words, word in ((BEFORE, before), (AFTER, figure["after"])) if word in words}
    if found == {"about", "at_least"} and more and figure["after"] not in AFTER:
        return "at_least"  # 约1600多人: more than it, as 多 says, by less than one step
    if len(found) > 1 or len(more) > 1:
        raise QuantityError(f"{text!r} has bounds that exclude each other: {', '.join(sorted(found))}")
    return found.pop() if found else "exact"


def _significant(value: Decimal, step: Decimal) -> int:
    return len((value / step).normalize().as_tuple().digits)
