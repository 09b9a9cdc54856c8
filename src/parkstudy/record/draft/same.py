"""When two figures of a text say one thing, of which one row is kept."""

from collections.abc import Mapping
from typing import Any

from parkstudy.record.quantities import QuantityError, parse
from parkstudy.record.rules import FIGURE_KEY
from parkstudy.record.signs import squash

SAME = FIGURE_KEY[1:-1]  # without the text and the place in it


def what(row: Mapping[str, Any], units: Mapping[str, str]) -> tuple[str, ...]:
    """What a row says, wherever and in whichever unit it is printed: 58600万元 is 5.86亿元."""
    said = tuple(squash(str(row[name])) for name in SAME)
    try:
        found = parse(said[-1], units.get(row["indicator"]) if row["transformation"] == "level" else "percent")
    except QuantityError:  # a reader wrote it
        return said
    ends = (found.low, found.high) if found.value is None else (found.value,)
    return *said[:-1], found.bound, found.unit or "", *(str(end.normalize()) for end in ends)
