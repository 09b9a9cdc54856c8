"""Which values of a choice a measure refuses, and the rule that refuses them: a code of a group of `codes.csv`, with its values."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import polars as pl

from parkstudy.explorer.apart import told
from parkstudy.explorer.choice import CLOSED, Choice
from parkstudy.explorer.printed import OfYear, Printed
from parkstudy.method.growth import COMPARABLE
from parkstudy.record.chosen import ALL, LATEST
from parkstudy.show.asked import Asked

_KEPT = 512  # lists of values that are kept
_FIXED = (LATEST, ALL)  # words for years that no data refuse


class Rule(NamedTuple):
    """Why a value cannot be chosen: a code of a group, with what its words print."""

    group: str
    code: str
    year: str = ""


class Value(NamedTuple):
    """A value of a choice, and the rule that refuses it, if one does."""

    value: str
    rule: Rule | None = None


_not_possible = partial(Rule, "not_possible")


def values(printed: Printed, asked: Asked, choice: Choice, name: str) -> list[Value]:
    """Every value of a choice that acts on a measure, for the parks, the year and the other choices that are made."""
    if (key := (asked.key, choice, name)) not in printed.values:
        if len(printed.values) >= _KEPT:
            printed.values.clear()
        found = list(_EVERY[name](printed, asked, choice))
        printed.values[key] = found if any(not one.rule for one in found) else [Value(one.value) for one in found]
    made: list[Value] = printed.values[key]
    return made


def acting(asked: Asked) -> Iterator[str]:
    """The choices that act on it, in the order in which they are shown."""
    return (name for name in _EVERY if name in asked.obeys)


def settled(printed: Printed, asked: Asked, choice: Choice, kept: Sequence[str] = ()) -> tuple[Choice, dict[str, Rule]]:
    """The choice with another value where one is refused, and which were, by which rule; those `kept` give way last."""
    refused: dict[str, Rule] = {}
    for _ in _EVERY:  # what one gave way to, another may not go with
        before = choice
        for name in sorted(acting(asked), key=lambda one: one in kept):
            every = values(printed, asked, choice, name)
            own = next((one for one in every if one.value == getattr(choice, name)), None)
            if own and own.rule:
                refused.setdefault(name, own.rule)
                choice = replace(choice, **{name: _instead(printed, asked, choice, name, every)})
        if choice == before:
            break
    return choice, refused


def _instead(printed: Printed, asked: Asked, choice: Choice, name: str, every: Sequence[Value]) -> str:
    """The standard value where it can be chosen, else the one of which most of the chosen parks have a value."""
    free = [one.value for one in every if not one.rule]
    if (standard := getattr(Choice, name)) in free or not asked.measure or name not in ("rung", "basis", "price"):
        return standard if standard in free else free[0]
    rows = printed.of(choice.year).given(asked.measure, printed.compared(choice))
    counts = dict(rows.group_by(name).agg(pl.col("park_id").n_unique()).iter_rows())
    return max(free, key=lambda value: counts.get(value, 0))


def _rows(printed: Printed, asked: Asked, choice: Choice, but: str) -> pl.DataFrame:
    """The values of the chosen parks under the other choices that act on it."""
    own = {name: getattr(choice, name) for name in ("basis", "rung") if name in asked.obeys and name != but}
    return printed.of(choice.year).given(asked.measure, printed.compared(choice), **own)


def _prices(printed: Printed, asked: Asked, choice: Choice) -> Iterator[Value]:
    of, parks = printed.of(choice.year), printed.compared(choice)
    given = of.given(asked.measure, parks)
    prices = set(given["price"])
    yield Value("nominal")
    if "real" in prices or not prices:
        yield Value("real")
    elif prices == {COMPARABLE}:
        yield Value("real", _not_possible("comparable"))
    else:
        yield Value("real", _reason(of, asked.measure, parks, price="real") or _not_possible("no_deflator"))


def _reason(of: OfYear, measure: str, parks: Sequence[str], **equal: str) -> Rule | None:
    """The reason that most rows of the refused value have."""
    rows = of.refused(measure, parks, **equal)
    counts = rows["reason"].value_counts(sort=True) if rows.height else rows
    return Rule("reason", counts["reason"][0]) if rows.height else None


def _bases(printed: Printed, asked: Asked, choice: Choice) -> Iterator[Value]:
    bases = set(_rows(printed, asked, choice, "basis")["basis"])
    for basis in CLOSED["basis"]:
        rule = None
        if bases and basis not in bases:
            of, parks = printed.of(choice.year), printed.compared(choice)
            rule = _reason(of, asked.measure, parks, basis=basis) or _not_possible("not_scaled")
        yield Value(basis, rule)


def _rungs(printed: Printed, asked: Asked, choice: Choice) -> Iterator[Value]:
    rungs = set(_rows(printed, asked, choice, "rung")["rung"])
    for rung in CLOSED["rung"]:
        yield Value(rung, None if rung in rungs else _not_possible("no_such_area"))


def _readings(printed: Printed, asked: Asked, choice: Choice) -> Iterator[Value]:
    readings = set(printed.of(choice.year).given(asked.measure, printed.compared(choice))["reading"])
    two = len(readings - {None}) > 1
    yield from (Value(one, None if two or not one else _not_possible("one_reading")) for one in CLOSED["reading"])


def _years(printed: Printed, asked: Asked, choice: Choice) -> Iterator[Value]:
    yield from map(Value, _FIXED)
    chosen = set(printed.compared(choice))
    for year, parks in printed.years.items():
        if not chosen & parks:
            yield Value(year, _not_possible("no_text_in_year", year))
        elif asked.measure and not chosen & printed.in_year(asked, year):
            every = (one for park in chosen for one in printed.apart.get(park, ()))
            lost = told(every, {*printed.of(year).study.sources["source_id"]}, asked.measure)
            yield Value(year, _not_possible("apart_in_year" if lost else "silent_in_year", year))
        else:
            yield Value(year)


_EVERY: dict[str, Callable[[Printed, Asked, Choice], Iterator[Value]]] = {
    "price": _prices, "basis": _bases, "rung": _rungs, "year": _years, "reading": _readings,
}  # fmt: skip
