"""The closed lists of the study and their labels, read from `codes.csv`: a code, short and long, in both languages.

The table is the one declaration of a code: its group is the list, its row the place in it.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Label(NamedTuple):
    """The words for a code; an empty form is the same as the other one."""

    short_en: str
    short_zh: str
    long_en: str
    long_zh: str


@cache
def table() -> dict[str, dict[str, Label]]:
    """Group to code to label, in the order of the file."""
    found: dict[str, dict[str, Label]] = {}
    with (Path(__file__).parent / "codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            group, code = row.pop("group"), row.pop("code")
            found.setdefault(group, {})[code] = Label(**row)
    return found


def codes(group: str) -> tuple[str, ...]:
    """The codes of a closed list, in its order. Raises `KeyError` for a group that `codes.csv` does not have."""
    return tuple(table()[group])


def label(group: str, code: str, lang: str, *, long: bool = False) -> str:
    """The short words for a code, or the long ones. Raises `KeyError` for a code that its group does not have."""
    words = table()[group][code]
    short_form, long_form = (words.short_zh, words.long_zh) if lang == "zh" else (words.short_en, words.long_en)
    return (long_form or short_form) if long else (short_form or long_form)


def labels(group: str, lang: str = "en", *, long: bool = True) -> dict[str, str]:
    """Code to words of a whole list."""
    return {code: label(group, code, lang, long=long) for code in codes(group)}


LANGUAGES = codes("lang")
