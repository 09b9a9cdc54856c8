"""Printed figures: what `2亿余元`, `二十余个` or `12.5％` stand for.

A printed figure is not a point. `parse` reads digits, magnitude, unit and bound words and returns a `Quantity`: the
value with the interval that the printing allows. Arithmetic is exact (`decimal.Decimal`), so that two intervals that
only touch are never taken for overlapping ones. Chinese texts in either script and full-width forms are read alike.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from parkstudy.errors import ParkstudyError
from parkstudy.record.numerals import MAGNITUDE, NUMBER, Number, NumeralError, read
from parkstudy.record.units import UNIT_OF_WORD, WHOLE, sizes

ABOUT_SHARE = Decimal("0.05")  # 约, 左右: 5 % either way, a judgement of the method (section 10)
INFINITY = Decimal("Infinity")

_SIMPLIFIED = str.maketrans(
    "萬億畝餘個戶約過幾兩項棟頃間條隻種張傢員處達輛臺幣於減−", "万亿亩余个户约过几两项栋顷间条只种张家员处达辆台币于减-"
)
_ODD = "|".join(re.escape(w) for w in sorted(UNIT_OF_WORD, key=len) if re.search(r"[\d.\-+余多左以]", w))  # m2
_FIGURE = re.compile(
    rf"(?P<fall>下降|减少|降低)?(?P<before>大约|约|接近|近|至少|不到|不足|低于|超过|突破|超|逾|过)?"
    rf"(?P<number>{NUMBER})?[余多]?(?P<magnitude>{MAGNITUDE})?[余多]?"
    rf"(?P<unit>{_ODD}|[^\d.\-+余多左以]*?)[余多]?(?P<after>左右|以上|以下)?"
)
_MORE = re.compile("[余多]")
_RANGE = re.compile(rf"(?P<first>{NUMBER})(?P<scale>{MAGNITUDE})?(?P<middle>[^\d\-~至—–]*)[-~至—–]+(?P<second>.+)")
_BOUND_WORDS = {
    "余": "at_least", "多": "at_least", "约": "about", "大约": "about", "左右": "about",
    "超过": "at_least", "突破": "at_least", "超": "at_least", "逾": "at_least", "过": "at_least", "以上": "at_least",
    "至少": "at_least", "接近": "at_most", "近": "at_most", "不到": "at_most", "不足": "at_most", "低于": "at_most", "以下": "at_most",
}  # fmt: skip


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
    printed_unit: bool = True

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
    """`text` with full-width forms narrowed, blanks dropped and unit and bound words in simplified script."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_SIMPLIFIED)


@cache  # many figures are printed again and again, and each is asked for by the checks, the tables and the audit
def parse(text: str, unit: str | None = None) -> Quantity:
    """The `Quantity` of a printed figure.

    `unit` is assumed where the figure prints none (a bare number, `亿`, `万`). Raises `QuantityError`, with the figure
    and the known forms, for a text without a number and for an unknown unit.

    The intervals (method, section 1 and 10): `exact` is half a unit of the last printed digit either way, a count that is
    printed to the last thing is itself; `about` is 5 % either way; `at_least` is open above, but 余 and 多 end one unit of the last
    non-zero digit above; `at_most` is open below; `range` has its two printed ends and no value. `下降2.3%` is -2.3.
    """
    plain = simplify(text)
    span = _RANGE.fullmatch(plain)
    if span and not plain.startswith(("-", "+")):
        return _parse_range(text, span, unit)
    figure = _FIGURE.fullmatch(plain)
    if not figure or not figure["number"]:
        raise QuantityError(
            f"{text!r} is not a figure; expected digits with a magnitude, a unit and bound words, such as 2亿余元 or 12.5%"
        )
    value, step, last = _number(figure["number"], figure["magnitude"] or "")
    printed, bound = _unit(text, figure["unit"]), _bound(text, figure)
    found = printed or unit
    _whole(text, found, value)
    half, about = Decimal(0) if found in WHOLE and step <= 1 else step / 2, abs(value) * ABOUT_SHARE
    low, high = {
        "exact": (value - half, value + half),
        "about": (value - about, value + about),
        "at_least": (value, value + last if _MORE.search(plain) else INFINITY),
        "at_most": (-INFINITY, value),
    }[bound]
    if figure["fall"]:
        if figure["number"].startswith(("-", "+")):
            raise QuantityError(f"{text!r} has a word of a fall and a sign; expected one of them")
        if found != "percent":
            raise QuantityError(f"{text!r} is a fall; expected one in percent, such as 下降2.3%")
        value, low, high = -value, -high, -low
    shown = step if bound == "exact" else last
    return Quantity(value, low, high, found, bound, _significant(value, step), shown, printed is not None)


@cache
def normal_quantity(figure: str, transformation: str, unit: str) -> Quantity:
    """A printed figure in the unit of its indicator: areas converted, a price per mu recognised, money left as it is."""
    quantity = parse(figure, "percent" if transformation in ("yoy", "share") else unit)
    if quantity.unit == "CNY" and unit == "CNY/mu":
        return replace(quantity, unit=unit)
    return quantity.to(unit) if transformation == "level" and sizes(quantity.unit, unit) else quantity


def _parse_range(text: str, span: re.Match[str], unit: str | None) -> Quantity:
    tail = _FIGURE.fullmatch(span["second"])
    if not tail or not tail["number"]:
        raise QuantityError(f"{text!r} is not a range; expected two figures, such as 400-500亩")
    bound = _bound(text, tail, "range")
    printed = _unit(text, tail["unit"])
    first_unit = _unit(text, span["middle"])
    if printed and first_unit not in (None, printed):
        raise QuantityError(f"{text!r} has two units; expected one, such as 400-500亩")
    printed = printed or first_unit
    scale = tail["magnitude"] or ""
    own = span["scale"] or ("" if first_unit else scale)
    if _two_readings(span["first"], span["scale"], tail["number"], scale):
        one, other = (
            f"{span['first']}{own}",
            f"{span['first']}{''.join(c for c in tail['number'] if c in '十百千')}{own}",
        )
        raise QuantityError(f"{text!r} can be read in two ways: from {one} or from {other}; expected each end in full")
    low, _, _ = _number(span["first"], own)
    high, step, _ = _number(tail["number"], scale)
    _whole(text, printed or unit, low, high)
    if high < low:
        raise QuantityError(f"{text!r} runs backwards; expected the smaller figure first")
    return Quantity(None, low, high, printed or unit, bound, _significant(high, step), step, printed is not None)


def _two_readings(first: str, own: str | None, second: str, scale: str) -> bool:
    """Whether the first end of a range may share the small magnitudes of the second, as in 4至六百亿 and 三至五百亿."""
    return not own and bool(scale) and bool(re.search("[十百千]", second)) and not re.search("[十百千]", first)


def _number(number: str, magnitude: str) -> Number:
    try:
        return read(number, magnitude)
    except NumeralError as error:
        raise QuantityError(str(error)) from error


def _whole(text: str, unit: str | None, *values: Decimal) -> None:
    """Refuse a count that is no whole number: an average is no count."""
    if unit in WHOLE and any(value % 1 for value in values):
        raise QuantityError(f"{text!r} is a count with a fraction; expected a whole number of things, such as 6个")


def _unit(text: str, word: str) -> str | None:
    if word and word not in UNIT_OF_WORD:
        raise QuantityError(f"unknown unit {word!r} in {text!r}; known units: {' '.join(sorted(UNIT_OF_WORD))}")
    return UNIT_OF_WORD.get(word)


def _bound(text: str, figure: re.Match[str], *also: str) -> str:
    words = (figure["before"], figure["after"], *_MORE.findall(figure[0]))
    found = {*also, *(_BOUND_WORDS[word] for word in words if word)}
    if found == {"about", "at_least"} and _MORE.search(
        figure[0]
    ):  # 约1600多人: more than it, as 多 says, by less than one step
        return "at_least"
    if len(found) > 1:
        raise QuantityError(f"{text!r} has bounds that exclude each other: {', '.join(sorted(found))}")
    return found.pop() if found else "exact"


def _significant(value: Decimal, step: Decimal) -> int:
    return len((value / step).normalize().as_tuple().digits)
