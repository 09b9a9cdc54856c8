"""The closed lists of the study and their labels, read from `codes.csv`: a code, short and long, in both languages.

The table is the one declaration of a code: its group is the list, its row the place in it.
"""

import csv
from functools import cache
from pathlib import Path


@cache
def table() -> dict[str, dict[str, dict[str, str]]]:
    """Group to code to its row, in the order of the file."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    with (Path(__file__).parents[1] / "words" / "codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["group"], {})[row["code"]] = row
    return found


@cache
def codes(group: str) -> tuple[str, ...]:
    """The codes of a closed list, in its order. Raises `KeyError` for a group that `codes.csv` does not have."""
    return tuple(table()[group])


def label(group: str, code: str, lang: str, *, long: bool = False) -> str:
    """The short words for a code, or the long ones; an empty form is the same as the other one.

    Raises `KeyError` for a code that its group does not have.
    """
    row = table()[group][code]
    words = (row[f"short_{lang}"], row[f"long_{lang}"])
    return words[long] or words[not long]


def labels(group: str, lang: str = "en", *, long: bool = True) -> dict[str, str]:
    """Code to words of a whole list."""
    return {code: label(group, code, lang, long=long) for code in codes(group)}


LANGUAGES = codes("lang")
