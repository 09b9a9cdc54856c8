"""The terms by which texts name their quantities, read from `terms.csv`: what each may mean, for the draft and for the check."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from parkstudy.record.used import table


class Meaning(NamedTuple):
    """What a term may mean: an indicator, or none, where a word of `beside` stands in its clause or, if `wide`, in its sentence.

    `population` is said by the term itself.
    """

    indicator: str
    beside: re.Pattern[str] | None
    wide: bool
    population: str


@cache
def meanings() -> Mapping[str, tuple[Meaning, ...]]:
    """Term (simplified) to what it may mean, the first that fits counts."""
    found: dict[str, list[Meaning]] = {}
    for row in table("record/terms.csv"):
        beside = re.compile(row["with"]) if row["with"] else None
        meaning = Meaning(row["indicator"], beside, row["within"] == "sentence", row["population"])
        for term in row["term"].split("|"):
            found.setdefault(term, []).append(meaning)
    return {term: tuple(several) for term, several in found.items()}


@cache
def terms_of() -> Mapping[str, tuple[str, ...]]:
    """Indicator to the terms (simplified) that may mean it."""
    found: dict[str, list[str]] = {}
    for term, several in meanings().items():
        for one in several:
            found.setdefault(one.indicator, []).append(term)
    return {indicator: tuple(terms) for indicator, terms in found.items()}
