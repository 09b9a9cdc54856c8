"""The closed lists of the study and their labels, read from `codes.csv`: a code, short and long, in both languages.

The table is the one declaration of a code: its group is the list, its row the place in it.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from parkstudy.record.used import PACKAGE, note


@cache
def table() -> dict[str, dict[str, dict[str, str]]]:
    """Group to code to its row, in the order of the file."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    with (PACKAGE / "words" / "codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["group"], {})[row["code"]] = row
    return found


def codes(group: str) -> tuple[str, ...]:
    """The codes of a closed list, in its order. Raises `KeyError` for a group that `codes.csv` does not have."""
    note("codes", group)
    return tuple(table()[group])


def has(group: str) -> bool:
    """Whether there is a closed list of that name."""
    note("codes", group)
    return group in table()


def label(group: str, code: str, lang: str, *, long: bool = False) -> str:
    """The short words for a code, or the long ones; an empty form is the same as the other one.

    Raises `KeyError` for a code that its group does not have.
    """
    note("label", f"{lang}/{group}/{code}")
    return _words(group, code, lang, long)


def labels(group: str, lang: str = "en", *, long: bool = True) -> dict[str, str]:
    """Code to words of a whole list."""
    note("label", f"{lang}/{group}")
    return {code: _words(group, code, lang, long) for code in table()[group]}


class Labels(Mapping[str, str]):
    """The long English words of a list, or of some of its codes, read when they are asked for and not before."""

    def __init__(self, group: str, some: Iterable[str] = ()) -> None:
        self.group, self.codes = group, tuple(some) or codes(group)

    def __getitem__(self, code: str) -> str:
        return label(self.group, code, "en", long=True)

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)


def _words(group: str, code: str, lang: str, long: bool) -> str:
    row = table()[group][code]
    words = (row[f"short_{lang}"], row[f"long_{lang}"])
    return words[long] or words[not long]


LANGUAGES = codes("lang")
