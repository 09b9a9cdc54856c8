"""Printed numbers: digits and Chinese numerals with their magnitudes, read where there is one reading and refused where there are two.

`1亿2000万`, `一万五千` and `四万万` have one; `一万五`, `1亿2000` and `三百五千` have two or none.
"""

import re
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from parkstudy.errors import ParkstudyError

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SMALL = {"千": 1_000, "百": 100, "十": 10}
_WAN, _YI = Decimal(10_000), Decimal(100_000_000)
_GREAT = {"": Decimal(1), "万": _WAN, "亿": _YI, "万万": _WAN * _WAN, "万亿": _WAN * _YI}
_MOST = 20  # digits: more are no figure of a park, and are not reckoned with exactly

ARABIC = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_NUMERAL, _DECIMALS = "[零〇一二两三四五六七八九十百千]+", "[零〇一二三四五六七八九]+"
MAGNITUDE = "[十百千]?[万亿]+|[十百千]"
_PLAIN = f"(?:[零〇]?(?:{ARABIC})|{_NUMERAL}(?:点{_DECIMALS})?)"
NUMBER = f"(?:{_PLAIN}(?:{MAGNITUDE}))*{_PLAIN}"  # all but the last magnitude
_PART = re.compile("([^万亿]+)([万亿]*)")
_PIECE = re.compile(f"([零〇]?)({ARABIC}|[一二两三四五六七八九]?)([十百千]?)")
_ONE = "[一二两三四五六七八九]"
_TWO_READINGS = re.compile(
    f"[百千](?:{_ONE}|[1-9])$|{_ONE}{{2}}|{_ONE}[零〇](?!{_ONE})"
)  # 一百五: 105 to some, 150 to others


class NumeralError(ParkstudyError, ValueError):
    """A number that cannot be read, or that can be read in two ways."""


class Number(NamedTuple):
    """A number, the unit of its last printed digit, and that of its last digit that is not zero."""

    value: Decimal
    step: Decimal
    last: Decimal


class _Part(NamedTuple):
    """What stands before a 万 or 亿, or behind the last one: `2000` and `万` of `1亿2000万`; `step` is the unit of its last digit."""

    words: str
    number: Decimal
    step: Decimal
    magnitude: Decimal


def read(number: str, magnitude: str = "") -> Number:
    """A printed number with the magnitude behind it, such as `12.5` and `亿`. Raises `NumeralError`."""
    printed = number + magnitude
    if len(re.findall("[0-9]", printed)) > _MOST:
        raise NumeralError(f"{printed!r} has more than {_MOST} digits; expected a figure that counts something")
    parts = [_part(match[1], match[2], printed, match.start()) for match in _PART.finditer(printed)]
    if not _descend(parts):
        parts = [_multiplied(parts, printed)]
    _unambiguous(parts, printed)
    value, last = sum((part.number * part.magnitude for part in parts), Decimal(0)), parts[-1]
    least = max(last.step, _place(last.number.normalize())) * last.magnitude
    return Number(value, last.step * last.magnitude, least)


def _part(words: str, great: str, printed: str, place: int) -> _Part:
    if great not in _GREAT:
        raise NumeralError(f"{great!r} in {printed!r} is no magnitude; expected 万, 亿, 万万 or 万亿")
    if words[:1] in ("百", "千") and (place or len(words) > 1):  # 百 alone is one hundred, and begins a number
        raise NumeralError(f"{printed!r} lacks the digit before {words[:1]!r}; expected a number such as 一千五百")
    if not place and words[:1] in ("零", "〇") and len(words + great) > 1 and not words.startswith(("零点", "〇点")):
        raise NumeralError(f"{printed!r} begins with {words[:1]!r}; expected a number such as 一百零五")
    if not place and re.match("0[0-9]", words):
        raise NumeralError(f"{printed!r} begins with '0'; expected the digits as they are printed, such as 5000 or 0.5")
    number, step = _small(words, printed)
    return _Part(words + great, number, step, _GREAT[great])


def _small(words: str, printed: str) -> tuple[Decimal, Decimal]:
    """What stands before 万 or 亿 and the unit of its last digit: 2000, 2.5, 二千, 2千3百. A numeral prints no zeros at its end."""
    if plain := re.fullmatch(f"[零〇]?({ARABIC})([十百千]?)", words):
        number, times = Decimal(plain[1].replace(",", "")), Decimal(_SMALL.get(plain[2], 1))
        return number * times, _place(number) * times
    if plain := re.fullmatch(f"(.+)点({_DECIMALS})([十百千]?)", words):
        digits, times = "".join(str(DIGITS[sign]) for sign in plain[2]), Decimal(_SMALL.get(plain[3], 1))
        number = _small(plain[1], printed)[0] + Decimal(f"0.{digits}")
        return number * times, Decimal(1).scaleb(-len(digits)) * times
    if _TWO_READINGS.search(words):
        raise NumeralError(
            f"{printed!r} can be read in two ways; expected a number in full, such as 二十五 or 一百五十"
        )
    total, step, below = Decimal(0), Decimal(1), Decimal(10_000)
    for zero, digits, sign in (match.groups() for match in _PIECE.finditer(words) if match[0]):
        size = Decimal(_SMALL.get(sign, 1))
        one = _digits(digits, sign)
        if size >= below or one * size >= below or (digits == "" and sign in ("百", "千") and words != sign):
            raise NumeralError(f"{printed!r}: 千, 百 and 十 must descend; expected a number such as 三千五百")
        if zero and below < 10_000 and one and size * 100 > below:
            raise NumeralError(
                f"{printed!r} has a {zero} where nothing is left out; expected a number such as 一百零五"
            )
        total, below = total + one * size, size
        step = (_place(one) if digits[:1].isascii() and digits else Decimal(1)) * size
    return total, (step if words[-1:].isascii() or not total else max(step, _place(total.normalize())))


def _digits(digits: str, sign: str) -> Decimal:
    """The digits before a 千, 百 or 十, of which the one may be left out (十七, 一百十七)."""
    if not digits:
        return Decimal(bool(sign))
    return Decimal(digits.replace(",", "")) if digits.isascii() else Decimal(DIGITS[digits])


def _descend(parts: list[_Part]) -> bool:
    """Whether each part is less than one of the part before it, so that they add up."""
    return all(one.magnitude > max(other.number * other.magnitude, other.magnitude) for one, other in pairwise(parts))


def _multiplied(parts: list[_Part], printed: str) -> _Part:
    """The one reading of a number whose last magnitude comes again: 一万五千万 is one and a half times ten thousand, ten thousand times."""
    last = parts[-1]
    head = [*parts[:-1], last._replace(words=last.words.rstrip("万亿"), magnitude=Decimal(1))]
    if last.magnitude not in (_WAN, _YI) or not _descend(head):
        raise NumeralError(f"{printed!r}: magnitudes must descend; expected a number such as 1亿2000万")
    _unambiguous(head, printed)
    number = sum((part.number * part.magnitude for part in head), Decimal(0))
    return _Part(printed, number, last.step, last.magnitude)


def _unambiguous(parts: list[_Part], printed: str) -> None:
    """Refuse what leaves its last magnitude out, as 一亿五 and 1亿2000 do, and a fraction before a part."""
    for one, other in pairwise(parts):
        if one.number % 1:
            raise NumeralError(
                f"{printed!r} has a fraction before {other.words!r}; expected a number such as 1亿2000万"
            )
        said = one.magnitude == _WAN and bool(re.search("[十百千]|^[1-9][0-9]{3}$", other.words))
        if other.magnitude == 1 and not said and not other.words.startswith(("零", "〇")):
            more = (
                f"{other.words!r} behind {one.words!r} may stand for more; expected a number in full, such as 1亿2000万"
            )
            raise NumeralError(f"{printed!r} can be read in two ways: {more}")


def _place(number: Decimal) -> Decimal:
    """The unit of the last digit."""
    return Decimal(1).scaleb(int(number.as_tuple().exponent))
