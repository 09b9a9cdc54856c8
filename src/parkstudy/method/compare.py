"""Comparisons: what comes out for two parks on one measure, decided once and obeyed by every page (method, R4 and R4a).

A variant of a measure (price, basis, rung) is decided in every way of reading the data that is left: the span of a forecast,
which tax is meant, how months become a year. A pair of which one side prints nothing has no row: silence is no verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from itertools import combinations, product
from typing import Any

import polars as pl

from parkstudy.errors import did_you_mean, listed
from parkstudy.method import sides
from parkstudy.method.cells import Cell, RefusalError, Result, decide_cell, tipping, verdict_of
from parkstudy.method.fact import Fact
from parkstudy.method.limits import SideFigures, limits
from parkstudy.method.measures import lowest_of
from parkstudy.method.sides import OUTPUT, QUANTITIES, REVENUE, Figures, pair_cell, refusal, rests_on_output
from parkstudy.record.chosen import LATEST, UnknownParkError
from parkstudy.record.codes import codes
from parkstudy.record.rungs import WHOLE
from parkstudy.record.tables import Tables

MEASURES = ("gross_industrial_output_growth", "tax_per_output", "tax_per_area", "output_per_area")
_VERDICTS = {"holds": "higher", "reversed": "lower"}  # what a statement "left is higher" is, as a comparison says it
# basis to ways to a year
_YEARS = {"reported": ("raw",), "annualised": ("scaled", "scaled_borrowed_share", "own_forecast")}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The decision on `left` against `right` (parks): a code of the group `comparison`, with its cells and its limits.

    `limits` are codes of the group `comparison_limit`; `reason` says why there is no order, or on what it depends; `coarse_verdict`
    is the verdict with a whole unit of doubt for round figures (R6). `grade` is the lowest of the figures behind it; `year` is that of
    both texts where the pair could be compared in another one too.
    """

    measure: str
    left: str
    left_source: str
    right: str
    right_source: str
    price: str
    basis: str
    rung: str | None
    verdict: str
    coarse_verdict: str
    results: tuple[Result, ...] = ()
    limits: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    reason: Fact | None = None
    inputs: tuple[str, ...] = ()
    grade: str | None = None
    year: str = ""

    @property
    def key(self) -> str:
        """What opens its record on a page."""
        of_year = (self.year,) if self.year else ()
        return "/".join(("c", self.measure, self.left, self.right, self.price, self.basis, self.rung or "", *of_year))

    @property
    def cells(self) -> int:
        """In how many ways of reading the data it was decided."""
        return len(self.results)

    @property
    def ways(self) -> tuple[int, int]:
        """In how many of them the left side is higher, and in how many the right one."""
        states = [result.state for result in self.results]
        return states.count("for"), states.count("against")

    @property
    def cells_for(self) -> int:
        """In how many of them the verdict is so; where it is no order, in how many the side that is higher more often is."""
        return max(self.ways) if not self.ordered else self.ways[self.verdict == "lower"]

    @property
    def leaning(self) -> str | None:
        """The side that is higher in more of the ways than the other; None where neither is."""
        above, below = self.ways
        return None if above == below else self.left if above > below else self.right

    @property
    def sensitive(self) -> bool:
        """True where a whole unit of doubt for round figures gives another verdict."""
        return self.verdict != self.coarse_verdict

    @property
    def overlapping(self) -> bool:
        """True where the two intervals overlap in some way of reading the data, so that their ends alone decide nothing."""
        return any(result.overlapping for result in self.results)

    @property
    def ordered(self) -> bool:
        """True for higher and lower."""
        return self.verdict in _VERDICTS.values()

    @property
    def higher(self) -> str | None:
        """The park with the higher value, where there is an order."""
        return {"higher": self.left, "lower": self.right}.get(self.verdict)

    @property
    def lower(self) -> str | None:
        """The park with the lower value, where there is an order."""
        return {"higher": self.right, "lower": self.left}.get(self.verdict)

    @property
    def tipping(self) -> tuple[float, float] | None:
        """At the printed values and at the lowest corner: how many times as much one output would have to be overstated as
        the other's for the order to turn (R7). None for growth, tax per area, where there is no order, and where it is not known.
        """
        if not self.ordered or not rests_on_output(self.measure):
            return None
        return tipping(self.results, turned=self.verdict == "lower")


_Variant = tuple[str, str, str, str, str, str | None]  # measure, left, right, price, basis, rung


class Comparisons:
    """The comparisons of the core parks of a study, each made when it is first asked for and then kept.

    They are of one text a park: where parks have several, of each year in which both have one; of two that share no year, of the
    latest of the best grade of each.
    """

    def __init__(self, study: Tables, year: str = "") -> None:
        self.study, self.year, self.figures = study, year, Figures(study, year or LATEST)
        self.state: Callable[[str, str], str] = cache(self._state)
        self.printed = cache(self._printed)  # of a side, whatever it is compared with
        self.choice_levels = lru_cache(maxsize=16)(
            partial(sides.choice_levels, self.figures)
        )  # the same for every variant of a pair
        self._made: dict[_Variant, Comparison] = {}
        self._of_year: dict[int, Comparisons] = {}
        self.by_key: dict[str, Comparison] = {}  # those that were asked for

    def rows(
        self, measure: str | None = None, left: str | None = None, right: str | None = None, *,
        price: str | None = None, basis: str | None = None, rung: str | None = None,
    ) -> list[Comparison]:  # fmt: skip
        """The comparisons of these; of all pairs in the order of the study, or of one park with all others, year by year.

        Without a measure they are on those of `MEASURES`; the growth of any other flow is compared where it is asked for.
        Raises `ValueError` for an unknown measure, `UnknownParkError` for an unknown park, and for one with itself.
        """
        return list(self._rows(measure, left, right, {"price": price, "basis": basis, "rung": rung}))

    def latest(self, measure: str, left: str, right: str, **variant: str) -> list[Comparison]:
        """The comparisons of two parks in the latest year that both have a text of: none where one of these is silent."""
        found, year = self.rows(measure, left, right, **variant), self.of_latest(left, right).year
        return [one for one in found if one.year == year]

    def of_latest(self, left: str, right: str) -> Comparisons:
        """Those of the texts of two parks in the latest year that both have; of two that share no year, of the latest of each."""
        return self._of_pair(left, right)[-1]

    def _rows(
        self, measure: str | None, left: str | None, right: str | None, wanted: Mapping[str, str | None]
    ) -> Iterator[Comparison]:
        others = [f"{row['indicator']}_growth" for row in self.study.rows("indicators", kind="flow")]
        if measure not in (None, *MEASURES, *others):
            raise ValueError(f"unknown measure {measure!r}; expected one of {', '.join(MEASURES)}")
        for name in MEASURES if measure is None else (measure,):
            for pair in self._pairs(left, right):
                for own in self._of_pair(*pair):
                    for variant in own._variants(name, *pair):
                        if all(value in (None, own) for value, own in zip(wanted.values(), variant, strict=True)):
                            yield own._comparison((name, *pair, *variant))

    def _of_pair(self, left: str, right: str) -> list[Comparisons]:
        """The comparisons that two parks have: those of the texts of each year that both have, else of the latest of each."""
        own, others = self._years[left], self._years[right]
        shared = sorted(own & others) if len(own) > 1 or len(others) > 1 else []
        return [self.of_year(year) for year in shared] or [self]

    def of_year(self, year: int) -> Comparisons:
        """Those of the texts of a year alone."""
        if year not in self._of_year:
            self._of_year[year] = Comparisons(self.study, str(year))
            self._of_year[year].by_key = self.by_key
        return self._of_year[year]

    @cached_property
    def _years(self) -> dict[str, set[int]]:
        """Park to the years in which its texts end."""
        found: dict[str, set[int]] = {park: set() for park in self.study.park_ids()}
        for row in self.study.rows("sources", kind="work_summary"):
            if row["period_end"] and row["park_id"] in found:
                found[row["park_id"]].add(row["period_end"].year)
        return found

    def _state(self, park: str, measure: str) -> str:
        """Whether a park reports what a measure needs: `reported`, `other_concept` (revenue for output), `not_reported`."""
        quantity, kind = QUANTITIES[measure], _kind(measure)
        missing = [i for i in quantity.parts if not self.figures.find(park, i, kind)]
        if "land_rung" in quantity.choices and not self._rungs(park):
            return "not_reported"
        if missing == [OUTPUT] and self.figures.find(park, REVENUE, kind):
            return "other_concept"
        return "not_reported" if missing else "reported"

    def _pairs(self, left: str | None, right: str | None) -> Iterator[tuple[str, str]]:
        parks = self.study.park_ids()
        for park in filter(None, (left, right)):
            if park not in parks:
                hint = did_you_mean(park, parks)
                raise UnknownParkError(f"unknown park {park!r}; {hint}parks: {listed(parks)}")
        if left is not None and left == right:
            raise UnknownParkError(f"{left!r} is compared with other parks, not with itself; parks: {listed(parks)}")
        if left and right:
            yield left, right
        elif left or right:
            yield from ((left or park, right or park) for park in parks if park not in (left, right))
        else:
            yield from combinations(parks, 2)

    def _rungs(self, park: str) -> list[str]:
        """The rungs on which a value of the whole park stands; one of a part is not compared (L6)."""
        own = self.figures.areas(park)
        return [rung for rung in WHOLE if rung in own]

    def _variants(self, measure: str, left: str, right: str) -> Iterator[tuple[str, str, str | None]]:
        """Price, basis and rung of each comparison of a pair; none where a side is silent."""
        if "not_reported" in (self.state(left, measure), self.state(right, measure)):
            return
        choices = QUANTITIES[measure].choices
        rungs: list[str | None] = [None]
        if "land_rung" in choices:
            own, others = self._rungs(left), self._rungs(right)
            rungs = [rung for rung in own if rung in others] or [None]
        prices = codes("price") if "price" in choices else ("nominal",)
        bases = codes("basis") if "year_fraction" in choices else ("reported",)
        yield from ((price, basis, rung) for rung in rungs for basis in bases for price in prices)

    def _comparison(self, variant: _Variant) -> Comparison:
        if variant not in self._made:
            made = self._made[variant] = self._decided(*variant)
            self.by_key[made.key] = made
        return self._made[variant]

    def _decided(self, measure: str, left: str, right: str, price: str, basis: str, rung: str | None) -> Comparison:
        first, second = self.printed(measure, left, rung), self.printed(measure, right, rung)
        found: tuple[Result, ...] = ()
        reason: Fact | None = None
        try:
            fixed = {"price": price, "land_rung": rung} if rung else {"price": price}
            found = tuple(decide_cell(cell) for cell in self._cells(measure, (left, right), basis, fixed))
        except RefusalError as refused:
            reason = refused.fact
        verdict, depends_on = verdict_of([(r.choices, r.state) for r in found]) if found else ("not_comparable", ())
        coarse, _ = verdict_of([(r.choices, r.coarse_state) for r in found]) if found else ("not_comparable", ())
        if verdict == "depends":
            reason = Fact("comparison_depends", {"choices": depends_on})
        used = dict.fromkeys(i for result in found for i in result.inputs)
        inputs = tuple(used) or (*first.inputs, *second.inputs)
        return Comparison(
            measure=measure, left=left, right=right, price=price, basis=basis, rung=rung,
            left_source=first.source, right_source=second.source,
            verdict=_VERDICTS.get(verdict, verdict), coarse_verdict=_VERDICTS.get(coarse, coarse), results=found,
            limits=limits(first, second), depends_on=depends_on, reason=reason, inputs=inputs,
            grade=lowest_of(first.grades | second.grades), year=self.year,
        )  # fmt: skip

    def _cells(self, measure: str, parks: tuple[str, str], basis: str, fixed: Mapping[str, str]) -> Iterator[Cell]:
        """A cell for each admissible reading that the variant leaves open. Raises `RefusalError` where none is."""
        quantity = QUANTITIES[measure]
        for park in parks:
            if self.state(park, measure) == "other_concept":
                raise refusal(self.figures.row(park, REVENUE, _kind(measure)), "other_concept")
        open_: dict[str, tuple[str, ...]] = {}
        for choice in quantity.choices:
            if choice == "growth_base":  # a check, a choice in one statement and nowhere else (G6)
                open_[choice] = ("printed_rate",)
            elif choice in fixed:
                open_[choice] = (fixed[choice],)
            else:
                open_[choice] = tuple(self.choice_levels(parks, quantity.parts, choice))
        if years := open_.get("year_fraction"):
            open_["year_fraction"] = tuple(year for year in years if year in _YEARS[basis])
            if not open_["year_fraction"]:
                rows = [self.figures.row(park, quantity.parts[0]) for park in parks]
                raise RefusalError("comparison_months_differ", first=rows[0], second=rows[1])
        for chosen, shown in _combined(tuple(open_.items())):
            yield pair_cell(self.figures, measure, *parks, chosen, shown)

    def _printed(self, measure: str, park: str, rung: str | None) -> SideFigures:
        """The figures of a side: what its parts print, and its area."""
        kind = _kind(measure)
        parts = [part if self.figures.find(park, part, kind) else REVENUE for part in QUANTITIES[measure].parts]
        areas = [self.figures.areas(park)[rung]] if rung else []
        return SideFigures.of([self.figures.row(park, part, kind) for part in parts] + areas)


def _kind(measure: str) -> str:
    """The transformation of the figures that a measure is made of."""
    return "yoy" if measure.endswith("_growth") else "level"


@lru_cache(maxsize=256)  # pairs differ in few ways of reading the data
def _combined(levels: tuple[tuple[str, tuple[str, ...]], ...]) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Each combination of the levels of the choices; and of it what a cell is known by, which is what the variant leaves open."""
    names = [name for name, _ in levels]
    every = [dict(zip(names, chosen, strict=True)) for chosen in product(*(levels for _, levels in levels))]
    fixed = ("price", "land_rung", "growth_base")
    return [(one, {name: level for name, level in one.items() if name not in fixed}) for one in every]


COLUMNS = {
    "measure": "Measure on which two parks are compared",
    "left": "First park; the verdict is said of it",
    "left_source": "Text of the first park",
    "right": "Second park",
    "right_source": "Text of the second park",
    "price": "Price basis",
    "basis": "Months as reported, or made a full year by the method",
    "rung": "Which area is divided by",
    "reading": "Empty: readings of an ambiguous sentence vary one measure alone (T5), which is compared between no parks",
    "verdict": "The first park against the second",
    "cells_for": "In how many ways of reading the data it is so",
    "cells": "In how many ways of reading the data it was decided",
    "limits": "What differs between the two sides",
    "reason": "Why there is no order, or the choices on which it depends",
    "inputs": "observation_id, and ref:<series>/<scope>/<start>/<end> for reference rows",
}


def as_frame(comparisons: list[Comparison]) -> pl.DataFrame:
    """A row a comparison, codes alone; `reason` is the code of a refusal, or the choices on which the verdict depends."""
    rows = []
    for one in comparisons:
        row = {name: getattr(one, name) for name in COLUMNS if name != "reading"}
        why = ";".join(one.depends_on) or (one.reason and str(one.reason.values.get("reason", one.reason.code)))
        rows.append({**row, "reason": why or None})
    schema: dict[str, Any] = dict.fromkeys(COLUMNS, pl.String)
    schema |= dict.fromkeys(("cells_for", "cells"), pl.Int64) | dict.fromkeys(("limits", "inputs"), pl.List(pl.String))
    return pl.DataFrame(rows, schema=schema)
