"""The words of the draft: what a term means for a figure, and what the words around a figure say of it."""

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from parkstudy.record.draft.lines import simple
from parkstudy.record.terms import Meaning, meanings
from parkstudy.record.units import UNITS, comparable_units

_HERE = Path(__file__).parent


class Indicators(NamedTuple):
    """The indicators that a figure may be of: the unit and the kind of each."""

    units: Mapping[str, str]
    kinds: Mapping[str, str]


class Term(NamedTuple):
    """A term in a line."""

    start: int
    end: int
    words: str


def meant_by(term: str) -> tuple[Meaning, ...]:
    """What a printed term may mean, in either script; nothing where it is no term."""
    return meanings().get("".join(map(simple, term)), ())


@cache
def _any_term() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(meanings(), key=len, reverse=True))))


@cache
def context(kind: str) -> re.Pattern[str]:
    """The words of a kind of context. Raises `KeyError` for a kind that `contexts.csv` does not have."""
    with (_HERE / "contexts.csv").open(encoding="utf-8", newline="") as file:
        return re.compile({row["kind"]: row["words"] for row in csv.DictReader(file)}[kind])


def terms(plain: str, start: int, end: int) -> list[Term]:
    """The terms of a piece of a line, the longest at each place."""
    return [Term(*match.span(), match[0]) for match in _any_term().finditer(plain, start, end)]


def fits(unit: str, wanted: str) -> bool:
    """Whether a figure in a unit (none printed: `""`) may be one of an indicator in another."""
    if not unit:
        return wanted in ("CNY", "ratio")
    if wanted == "count":
        return unit == "count"
    if (unit, wanted) in {("CNY", "CNY/mu"), ("count", "person")}:
        return True
    return wanted in UNITS and comparable_units(unit, wanted)


def _last(words: re.Pattern[str] | None, before: str) -> int:
    """Where some words stand last; -1 where they do not."""
    return max((found.start() for found in words.finditer(before)), default=-1) if words else -1


def meaning(term: str, unit: str, around: Sequence[str], indicators: Indicators, before: str = "") -> Meaning | None:
    """What a term means for a figure in a unit, by the words `around` it: its clause, then its sentence, then more.

    The nearest words decide; of several in its sentence those that stand last in what is said `before` it. A term that names no
    indicator means that whatever the unit; None: nothing that has such a unit.
    """
    fitting = [
        one for one in meanings()[term] if not one.indicator or fits(unit, indicators.units.get(one.indicator, ""))
    ]
    for place, words in enumerate(around):
        said = [one for one in fitting if one.beside and (one.wide or place < 2) and one.beside.search(words)]
        if said:
            return max(said, key=lambda one: _last(one.beside, before)) if place > 1 else said[0]
    return next((one for one in fitting if not one.beside), None)
