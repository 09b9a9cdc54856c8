"""Numbers as a reader sees them: the one place where digits are chosen.

A printed figure keeps its printed digits on every scale, and its interval has its exact ends. A computed interval goes to
the first digit of its width, one more where that digit is 1 to 3, so that its ends never look alike; a computed value is no
finer than its interval. A number that stands alone has a few significant digits and no trailing zeros.
"""

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

_ALONE, _TIMES = 4, 2  # significant digits of a number alone, and of a ratio
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)  # floats of any size
_NOISE = Decimal("1e-9")  # a width below this share of its ends comes from computing with floats


class Written(NamedTuple):
    """A value and the ends of its interval as texts: no value where there is none, an open end as None."""

    value: str | None
    low: str | None
    high: str | None


def number(value: float) -> str:
    """A number that stands alone: four significant digits at most, thousands separated, without trailing zeros."""
    return _significant(_decimal(value), _ALONE) if math.isfinite(value) else "∞" if value > 0 else "−∞"


def times(value: float) -> str:
    """How many times: two significant digits, more while it would look like once and is not."""
    found, digits = _decimal(value), _TIMES
    while digits < _ALONE and found != 1 and _significant(found, digits) == "1":
        digits += 1
    return _significant(found, digits)


def written(
    low: float,
    high: float,
    value: float | None = None,
    *,
    factor: float = 1,
    step: Decimal | None = None,
    outward: bool = False,
) -> Written:
    """A value and its interval, over `factor`; `step` is the unit of the last digit of a printed figure, None for a computed one.

    `outward`: a computed interval has one digit more and holds its exact ends, for what is said to lie within it.
    """
    scale = Decimal(repr(factor))
    ends = [_EXACT.divide(_decimal(end), scale) if math.isfinite(end) else None for end in (low, high)]
    shown = None if value is None or not math.isfinite(value) else _EXACT.divide(_decimal(value), scale)
    if step is not None:
        printed = [None if end is None else _said(end.normalize(_EXACT)) for end in ends]
        return Written(None if shown is None else _to(shown, step / scale), *printed)
    last = place(*ends)
    if last is None:
        ends = ends if None in ends else [ends[0]] * 2
        least, most = (ROUND_FLOOR, ROUND_CEILING) if None in ends else (ROUND_HALF_UP, ROUND_HALF_UP)
        ways = zip((shown, *ends), (ROUND_HALF_UP, least, most), strict=True)
        return Written(*(None if one is None else _significant(one, _ALONE, rounding) for one, rounding in ways))
    roundings = (ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING) if outward else (ROUND_HALF_UP,) * 3
    last = last.scaleb(-1) if outward else last
    return Written(
        *(None if one is None else _to(one, last, way) for one, way in zip((shown, *ends), roundings, strict=True))
    )


def last_digit(printed: str) -> Decimal:
    """The unit of the last digit of plain digits, `0.1` of `3.0`."""
    return Decimal(1).scaleb(int(Decimal(printed).as_tuple().exponent))


def place(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """The unit of the last digit of a computed interval; None for a point and where an end is open."""
    if low is None or high is None or (width := _EXACT.subtract(high, low)) <= _NOISE * max(abs(low), abs(high)):
        return None
    width = Context(prec=9).plus(width)  # 0.39999999999 is 0.4
    first = width.adjusted()
    return Decimal(1).scaleb(first - 1 if width < Decimal(4).scaleb(first) else first)


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.15g}")  # 3.8 + 0.05 is 3.85


def _significant(value: Decimal, digits: int, rounding: str = ROUND_HALF_UP) -> str:
    """At most so many significant digits, none of whole numbers lost, without trailing zeros."""
    if not value:
        return "0"
    last = Decimal(1).scaleb(min(0, value.adjusted() - digits + 1))
    return _said(value.quantize(last, rounding, context=_EXACT).normalize(_EXACT))


def _to(value: Decimal, last: Decimal, rounding: str = ROUND_HALF_UP) -> str:
    return _said(value.quantize(last.normalize(), rounding, context=_EXACT))


def _said(value: Decimal) -> str:
    return f"{value if value else abs(value):,f}".replace("-", "−")
