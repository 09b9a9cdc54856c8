"""A cell of a returned workbook as the text that stood there: what a spreadsheet made of it is undone or named.

A spreadsheet makes numbers of `2` and `10.2%` and dates of `2021-12-31`. Where a cell holds what became of the text that stood there, it is
taken as that text; any other number or date is a fault, for nobody knows what was typed.
"""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from parkstudy.recorder.offers import FIELDS, MANY, tidy
from parkstudy.recorder.workbook import DECISION, LISTED


class Said(NamedTuple):
    """What is wrong with a cell: its row, its column, in words."""

    row: int
    column: str
    words: str


def plain(value: Any) -> str:
    """A locked cell: an offset that became a number is that number."""
    value = int(value) if isinstance(value, float) and value.is_integer() else value
    return "" if value is None else str(value).strip()


def cell_text(
    cell: Any,
    was: str,
    name: str,
    row: int,
    faults: list[Said],
    mended: list[str],
    codes: Mapping[tuple[str, str], str],
) -> str:
    """The text of a cell; what a spreadsheet made of the text that stood there is that text."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        what = "a formula" if cell.data_type == "f" else f"the error {value}"
        faults.append(Said(row, name, f"{name} holds {what}; type what is printed, as text"))
        return was
    if isinstance(value, str):
        value = " ".join(value.split()) if name in LISTED or name == DECISION else value.strip()
        value = codes.get((name, value.lower()), value)  # as a list has it: the code with its words behind
        if name in MANY:
            several = (one.strip() for one in re.split("[;；,，、]", value))
            value = ";".join(codes.get((name, one.lower()), one) for one in several)
        return tidy({name: value})[name] if name in FIELDS else value
    if _became(value, was):
        mended.append(f"{cell.coordinate} {was}")
        return was
    shown = value.isoformat().partition("T")[0] if isinstance(value, date | datetime) else value
    kind = (
        "the date" if isinstance(value, date | datetime) else "the value" if isinstance(value, bool) else "the number"
    )
    example = "2021-12-31" if name.startswith("period") else "10.2%"
    faults.append(
        Said(
            row,
            name,
            f"{name} holds {kind} {shown}, which the spreadsheet made of what was typed; type it again as text, such as {example}",
        )
    )
    return was


def _became(value: Any, was: str) -> bool:
    """Whether a spreadsheet makes this value of that text: 0.102 of 10.2%, 2.0 of 2, a date of 2021-12-31."""
    if isinstance(value, bool):
        return False
    if isinstance(value, datetime):
        return value.time() == datetime.min.time() and value.date().isoformat() == was
    if isinstance(value, date):
        return value.isoformat() == was
    number, times = was.removesuffix("%").replace(",", ""), 100 if was.endswith("%") else 1
    try:
        return math.isclose(float(value) * times, float(number), rel_tol=1e-12)
    except (TypeError, ValueError):
        return False
