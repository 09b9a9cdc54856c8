"""Every variant of what is asked: each combination of the choices that act on it, and what comes out in it. Codes and numbers alone.

What comes out for two parks is the decision of `compare`; for more, how many pairs it orders. No order is decided on a measure that
`compare` does not know, and none of more parks than are told one by one.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, product

from parkstudy.explorer.apart import told
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.held import Held
from parkstudy.method.compare import MEASURES, Comparison, Comparisons
from parkstudy.method.measures import of_flow
from parkstudy.record.chosen import ALL, LATEST
from parkstudy.record.codes import codes
from parkstudy.record.rows import Row
from parkstudy.show.asked import Asked
from parkstudy.show.select.measured import gap

ACTING = ("price", "basis", "rung", "year", "reading")
MOST_PARKS = 8  # whose pairs are compared in every variant
MOST_VARIANTS = 60  # of more, the other years are those of the other choices as they are
BEHIND = ("outturn", "forecast", "target", "plan")  # of several figures of a park the first kind stands for it
_GAP: Row = {"gap": "", "own": "", "reason": None, "period_start": None, "period_end": None}


def compared(measure: str) -> bool:
    """Whether two parks are compared on a measure."""
    return measure in MEASURES or of_flow(measure)[1] == "growth"


@dataclass(frozen=True)
class Variant:
    """A combination of choices with what comes out in it.

    `verdict` is a code of the group `comparison`, for two parks that are compared; `pairs` (of more, they are counted); `values` (no
    order is decided); `silent` (fewer than two parks have a value, where an order is decided; none, where it is not). `values` are
    the rows of the parks that have one, `gaps` what says why another has none (`reason`, or `gap`).
    """

    choice: Mapping[str, str]
    on: bool
    verdict: str
    values: Mapping[str, Row]
    gaps: Mapping[str, Row]
    decided: tuple[Comparison, ...] = ()

    @property
    def one(self) -> Comparison | None:
        """The decision on two parks."""
        return self.decided[0] if self.verdict in codes("comparison") else None

    @property
    def tally(self) -> dict[str, int]:
        """How many pairs have an order, depend, cannot be told apart, are not compared: codes of the group `tally`."""
        verdicts = ["ordered" if one.ordered else one.verdict for one in self.decided]
        return {code: verdicts.count(code) for code in codes("tally") if code in verdicts}

    @property
    def orders(self) -> frozenset[tuple[str | None, str | None]]:
        """Who is above whom."""
        return frozenset((one.higher, one.lower) for one in self.decided if one.ordered)

    def turns(self, orders: frozenset[tuple[str | None, str | None]]) -> bool:
        """Whether it puts two parks the other way round."""
        return any((lower, higher) in orders for higher, lower in self.orders)


@dataclass(frozen=True)
class Asking:
    """What is asked of which parks: the parks in the order of the study, the rows of the measure in all their texts, and what acts."""

    held: Held
    choice: Choice
    asked: Asked
    parks: Sequence[str]

    @cached_property
    def rows(self) -> Mapping[str, list[Row]]:
        """Park to all rows of the measure."""
        return self.held.values(self.parks, self.asked.measure)

    @cached_property
    def every(self) -> dict[str, list[str]]:
        """What each choice that acts can be: as the values of the parks have it, with what is chosen."""
        given = [row for rows in self.rows.values() for row in rows if row["low"] is not None]
        found: dict[str, list[str]] = {}
        for name in ("price", "basis", "rung", "reading"):
            held = {row[name] for row in given} - {None}
            if name in self.asked.obeys and self.asked.measure:
                found[name] = [one for one in codes(name) if one in held or one == getattr(self.choice, name)]
        if "reading" in found:
            found["reading"] = ["", *found["reading"]] if len(found["reading"]) > 1 else [""]
        if "year" in self.asked.obeys:
            found["year"] = self._years()
        return {name: found[name] for name in ACTING if name in found}

    def _years(self) -> list[str]:
        """The years to choose from where a park has texts of several; what is chosen, where none has."""
        texts = self.held.years
        own = [texts.get(park, frozenset()) for park in self.parks]
        several = any(len(years) > 1 for years in own)
        years = sorted({year for found in own for year in found}, reverse=True) if several else []
        every = [LATEST, *map(str, years), ALL] if several else [self.choice.year]
        return every if self.choice.year in every else [*every, self.choice.year]

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What is chosen of what acts."""
        return {name: getattr(self.choice, name) for name in self.every}

    def combinations(self) -> Iterator[dict[str, str]]:
        """Every combination; of very many, those of another year only with the other choices as they are."""
        many = math.prod(map(len, self.every.values())) > MOST_VARIANTS
        for values in product(*self.every.values()):
            one = dict(zip(self.every, values, strict=True))
            others = {name for name, value in one.items() if value != self.chosen[name]}
            if not many or "year" not in others or len(others) == 1:
                yield one

    def variants(self) -> list[Variant]:
        """Every variant with what comes out; none of an exhibit that is of no measure."""
        return [self.variant(one) for one in self.combinations()] if self.asked.measure else []

    def variant(self, choice: Mapping[str, str] | None = None) -> Variant:
        """What comes out in a variant; in the chosen one without."""
        choice = self.chosen if choice is None else choice
        values, gaps = {}, {}
        for park in self.parks:
            own = self._own(park, choice)
            if row := _standing(own, choice):
                values[park] = row
            else:
                gaps[park] = self._gap(park, own, choice)
        verdict, decided = self._decided(choice, values)
        return Variant(choice, choice == self.chosen, verdict, values, gaps, decided)

    def fitting(self, park: str, choice: Mapping[str, str]) -> list[Row]:
        """The values of a park in a variant, in the order of the measures."""
        return [row for row in self._own(park, choice) if row["low"] is not None and _all_fit(row, choice)]

    def _own(self, park: str, choice: Mapping[str, str]) -> list[Row]:
        """The rows of the texts of the year, and those of a park without a text."""
        texts = self.held.base(choice.get("year", LATEST)).texts.get(park, frozenset())
        return [row for row in self.rows[park] if row["source_id"] is None or row["source_id"] in texts]

    def _gap(self, park: str, rows: list[Row], choice: Mapping[str, str]) -> Row:
        """Why a park has no value in a variant."""
        if not rows and not self.held.base(choice.get("year", LATEST)).texts.get(park):
            return {**_GAP, "park_id": park, "gap": "no_text"}
        texts = self.held.base(choice.get("year", LATEST)).texts.get(park, frozenset())
        where = told(self.held.apart.get(park, ()), texts, self.asked.measure)
        if where and all(row["low"] is None for row in rows):
            return {**_GAP, "park_id": park, "gap": "set_apart", "own": where}
        return {**_GAP, "park_id": park} | gap(
            rows,
            {**dict.fromkeys(ACTING, ""), **choice},
            [name for name in choice if name in ("price", "basis", "rung")],
        )

    def _decided(self, choice: Mapping[str, str], values: Mapping[str, Row]) -> tuple[str, tuple[Comparison, ...]]:
        """The verdict, and the decisions behind it."""
        measure = self.asked.measure
        if not compared(measure) or len(self.parks) < 2:
            return ("values" if values else "silent"), ()
        if len(self.parks) > MOST_PARKS:
            return "values" if values else "silent", ()
        among = self.parks if len(self.parks) == 2 else [park for park in self.parks if park in values]
        found = tuple(self.decisions(choice, among))
        if len(self.parks) == 2:
            return (found[0].verdict, found) if found else ("silent", ())
        return ("pairs", found) if found else ("silent", ())

    def decisions(self, choice: Mapping[str, str], parks: Iterable[str]) -> Iterator[Comparison]:
        """The decision on each pair of `parks` that both report what is needed, as `compare` makes it in the latest year they share."""
        study = self.held.base(choice.get("year", LATEST)).study
        known, wanted = (
            set(study.park_ids()),
            {name: choice[name] for name in ("price", "basis", "rung") if name in choice},
        )
        for left, right in combinations([park for park in parks if park in known], 2):
            yield from pair(study.compare, self.asked.measure, left, right, wanted)


def pair(compare: Comparisons, measure: str, left: str, right: str, wanted: Mapping[str, str]) -> list[Comparison]:
    """The decision on two parks in a variant, none where one is silent; where they print no area in common, that refusal."""
    found = compare.latest(measure, left, right, **wanted)
    if not found and "rung" in wanted:
        rest = {name: value for name, value in wanted.items() if name != "rung"}
        found = [one for one in compare.latest(measure, left, right, **rest) if one.rung is None]
    return found[:1]


def margins(undecided: Iterable[Comparison]) -> list[float]:
    """The margins, in points, that leave pairs undecided whose ranges lie apart: of rates of other months or firms (method, G3)."""
    results = (result for one in undecided if not one.ordered for result in one.results)
    return sorted({one.margin for one in results if one.margin and one.state == "open" and not one.overlapping})


def _standing(rows: Iterable[Row], choice: Mapping[str, str]) -> Row | None:
    """The row that stands for a park in a variant: a result before a forecast, the latest of several."""
    found = [
        row for row in rows if row["low"] is not None and all(_fits(row, name, value) for name, value in choice.items())
    ]
    if not found:
        return None
    kinds = [row["value_type"] for row in found]
    kind = next((one for one in BEHIND if one in kinds), None)
    return max((row for row in found if row["value_type"] == kind), key=lambda row: row["period_end"] or date.min)


def _all_fit(row: Row, choice: Mapping[str, str]) -> bool:
    return all(_fits(row, name, value) for name, value in choice.items())


def _fits(row: Row, name: str, value: str) -> bool:
    if name == "year" or (name == "reading" and not value):
        return True
    return row[name] in ((value, "comparable", None) if name == "price" else (value,))
