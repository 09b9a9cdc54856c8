"""Figures as work summaries print them, made together with what they mean: `python tests/record/generated_figures.py 100000`.

The oracle is the way a figure is made, and uses nothing of the parser: a number is chosen, then written. What has two readings is made on
purpose and must be refused.
"""

from __future__ import annotations

import random
import sys
from decimal import Decimal
from typing import NamedTuple

_SIGNS = "零一二三四五六七八九"
_UNITS = {"元": "CNY", "亩": "mu", "平方公里": "km2", "美元": "USD", "%": "percent"}
_COUNTED = {"家": "count", "个": "count", "人": "person"}
_BOUNDS = {
    "": "exact", "约": "about", "大约": "about", "近": "at_most", "接近": "at_most", "不到": "at_most", "超过": "at_least",
    "突破": "at_least", "至少": "at_least",
}  # fmt: skip


class Made(NamedTuple):
    """A figure with its meaning; `value` None: it has two readings, or none, and is to be refused."""

    text: str
    value: Decimal | None
    unit: str = ""
    bound: str = "exact"


def numeral(number: int) -> str:
    """A whole number below a hundred million in Chinese, as it is written in full."""
    great, small = divmod(number, 10_000)
    if great:
        joint = "零" if 0 < small < 1_000 else ""
        return f"{numeral(great)}万{joint}{numeral(small) if small else ''}"
    written, gap = "", False
    for size, sign in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            written += ("零" if gap and written else "") + _SIGNS[digit] + sign
            gap = False
        else:
            gap = bool(written)
    return written.removeprefix("一") if 10 <= number < 20 else written or "零"


def figure(chance: random.Random) -> Made:
    """One figure."""
    return chance.choice((_plain, _plain, _composite, _in_words, _repeated, _fallen, _counted, _wrong))(chance)


def _with_bound(chance: random.Random, written: str, value: Decimal, unit: str) -> Made:
    before, bound = chance.choice(list(_BOUNDS.items()))
    return Made(f"{before}{written}{unit}", value, {**_UNITS, **_COUNTED}[unit], bound)


def _plain(chance: random.Random) -> Made:
    places, scale, size = (
        chance.randrange(5),
        *chance.choice([("", 1), ("万", 10**4), ("亿", 10**8), ("千万", 10**7), ("百亿", 10**10)]),
    )
    number = Decimal(chance.randrange(1, 10**6)).scaleb(-places)
    text = f"{number:,f}" if chance.random() < 0.2 else f"{number:f}"
    return _with_bound(chance, f"{text}{scale}", number * size, chance.choice(list(_UNITS)))


def _composite(chance: random.Random) -> Made:
    great, small = chance.randrange(1, 1_000), chance.randrange(1, 10_000)
    words = chance.random() < 0.4
    joint = "零" if words and small < 1_000 else ""
    text = f"{numeral(great)}亿{joint}{numeral(small)}万" if words else f"{great}亿{small}万"
    return _with_bound(chance, text, Decimal(great * 10**8 + small * 10**4), "元")


def _in_words(chance: random.Random) -> Made:
    number = chance.randrange(1, 10 ** chance.randrange(1, 8))
    return _with_bound(chance, numeral(number), Decimal(number), chance.choice(["家", "个", "亩"]))


def _repeated(chance: random.Random) -> Made:
    number = chance.randrange(1, 10) * 10**4 + chance.randrange(1, 10) * 1_000
    return Made(f"{numeral(number)}万元", Decimal(number * 10**4), "CNY")


def _fallen(chance: random.Random) -> Made:
    number = Decimal(chance.randrange(1, 1_000)).scaleb(-chance.randrange(3))
    sign = chance.random() < 0.3
    return Made(f"下降{'-' if sign else ''}{number:f}%", None if sign else -number, "percent")


def _counted(chance: random.Random) -> Made:
    number = Decimal(chance.randrange(1, 10_000)).scaleb(-chance.randrange(2))
    scale, size = chance.choice([("", 1), ("万", 10**4)])
    whole = number * size % 1 == 0
    return Made(f"{number:f}{scale}{chance.choice(list(_COUNTED))}", number * size if whole else None, "")


def _wrong(chance: random.Random) -> Made:
    one, two = chance.randrange(1, 10), chance.randrange(1, 10)
    high = chance.randrange(max(one, two), 10)
    form = chance.choice(
        [
            "{a}百{b}",
            "{a}万{b}",
            "{a}亿{b}",
            "{a}百{b}千元",
            "{a}亿万元",
            "{n}至{c}百亿元",
            "{a}{b}十个",
            "{n}.5亿{b}千万元",
        ]
    )
    return Made(form.format(a=_SIGNS[one], b=_SIGNS[two], c=_SIGNS[high], n=one), None)


def difference(made: Made) -> str:
    """What `parse` says against the meaning of a figure; empty where the two agree."""
    from parkstudy.record.quantities import QuantityError, parse

    try:
        found = parse(made.text)
    except QuantityError as error:
        return "" if made.value is None else f"{made.text}: refused ({error}), is {made.value}"
    if made.value is None:
        return f"{made.text}: read as {found.value}, has no one reading"
    agrees = found.value == made.value and (not made.unit or (found.unit, found.bound) == (made.unit, made.bound))
    return (
        ""
        if agrees
        else f"{made.text}: read as {found.value} {found.unit} {found.bound}, is {made.value} {made.unit} {made.bound}"
    )


def differences(number: int, seed: int) -> list[str]:
    """What is said against so many figures of a seed."""
    chance = random.Random(seed)
    return [said for said in (difference(figure(chance)) for _ in range(number)) if said]


if __name__ == "__main__":
    said = differences(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print("\n".join([*said[:50], f"{len(said)} of {sys.argv[1]} figures wrong"]))
