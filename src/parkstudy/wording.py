"""Words and numbers as a reader sees them: rounding, names of parks and indicators, lists in a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from parkstudy.dataset import Study
from parkstudy.periods import Period

TRANSFORMATION_WORDS = {"level": "", "yoy": "growth", "share": "share"}


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


def interval(low: float | None, high: float | None, digits: int = 5) -> str:
    """An interval as `10.15–10.25`, `at least 40`, `at most 5`; empty where there is none."""
    if low is None or high is None:
        return ""
    if math.isinf(high):
        return f"at least {number(low)}"
    if math.isinf(low):
        return f"at most {number(high)}"
    return number(low) if low == high else f"{number(low, digits)}–{number(high, digits)}"


_MONEY = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"))


def amount(value: float, unit: str, digits: int = 3) -> str:
    """A value with its unit: `5.06 billion CNY`, `13,400 CNY per mu`, `2.18 %`."""
    words = {"percent": " %", "points": " points", "ratio": ""}
    if unit in words:
        return number(value, digits) + words[unit]
    scale, name = _scale(abs(value), unit)
    return f"{number(value / scale, digits)}{name} {unit.replace('/', ' per ')}"


def amount_interval(low: float, high: float, unit: str, digits: int = 3) -> str:
    """An interval in the unit, both ends on one scale; three digits for what is computed, more for what is printed."""
    if unit in ("percent", "points", "ratio"):
        return interval(low, high, digits)
    scale, name = _scale(abs(low) if math.isinf(high) else abs(high), unit)
    return f"{interval(low / scale, high / scale, digits)}{name}"


def _scale(size: float, unit: str) -> tuple[float, str]:
    """The scale of an amount of money and its word; a price per mu stays in yuan."""
    if unit == "CNY/mu":
        return 1.0, ""
    return next(((s, f" {name}") for s, name in _MONEY if size >= s), (1.0, ""))


def rate(row: dict[str, Any], digits: int = 4) -> str:
    """The printed value of a row, or its interval where the text prints a range or an open figure."""
    closed = math.isfinite(row["low"]) and math.isfinite(row["high"])
    return (
        number(row["value"], digits)
        if row["value"] is not None and closed
        else interval(row["low"], row["high"], digits)
    )


def period(row: dict[str, Any]) -> str:
    """The period of a row, as a reader says it."""
    return Period(row["period_start"], row["period_end"]).label()


def population(code: str | None) -> str:
    """A population as a reader says it."""
    return {
        "above_scale": "above-scale firms",
        "unstated": "population not stated",
        "park": "whole park",
        None: "",
    }.get(code, str(code))


def counted(number_: int, word: str) -> str:
    """A number with its noun: `1 text`, `2 texts`."""
    return f"{number_} {word}" if number_ == 1 else f"{number_} {word}s"


def plain(code: str) -> str:
    """A code as words."""
    return code.replace("_", " ")


def park_names(study: Study) -> dict[str, str]:
    """Park id to English name."""
    return dict(study.parks.select("park_id", "name_en").iter_rows())


def short_names(study: Study) -> dict[str, str]:
    """Park id to a name short enough for a figure: the county if it is named and no other park's, else the id."""
    rows = study.parks.iter_rows(named=True)
    names = {row["park_id"]: (row["county_en"] or row["park_id"]).removesuffix(" County") for row in rows}
    names = {park: name if list(names.values()).count(name) == 1 else park for park, name in names.items()}
    return {park: name if len(name) <= 28 else name[:27] + "…" for park, name in names.items()}


def quantity_name(study: Study, indicator: str, transformation: str) -> str:
    """Name of an indicator with what is printed of it: `Gross industrial output, growth`."""
    names = dict(study.indicators.select("indicator", "name_en").iter_rows())
    kind = TRANSFORMATION_WORDS[transformation]
    name = names[indicator]
    return name if not kind or kind in name.lower() else f"{name}, {kind}"


def listing(words: Iterable[str]) -> str:
    """Words as `a, b and c`."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "none"
