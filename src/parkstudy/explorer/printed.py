"""Who prints what: of a study, year by year, which parks have a value of what can be asked, and why the others have none."""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any

import polars as pl

from parkstudy.explorer import apart
from parkstudy.explorer.apart import Apart
from parkstudy.explorer.choice import NONE, Choice
from parkstudy.method.measures import OF_FLOW, of_flow
from parkstudy.method.study import Study
from parkstudy.record.chosen import parks_of
from parkstudy.record.rows import Row, positions, taken
from parkstudy.record.rungs import AREAS
from parkstudy.show.asked import Asked, asked_of

_GIVEN, _REFUSED = pl.col("low").is_not_null(), pl.col("reason").is_not_null()
SUMMARY = "work_summary"


class Printed:
    """What the core parks of a study print; each year counted when it is first asked for, and kept."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.core, self.context = study.park_ids(), study.park_ids("context")
        self.of = lru_cache(maxsize=16)(self._of)
        self.chosen = lru_cache(maxsize=64)(self._chosen)
        self.values: dict[Any, Any] = {}  # what `rules` has said of values

    def _of(self, year: str) -> "OfYear":
        return OfYear(self.study.only("", year))

    def _chosen(self, asked: str) -> tuple[str, ...]:
        """The parks that a choice takes, in the order of the study. Raises `UnknownParkError`."""
        words = {word.strip() for word in asked.split(",")} - {""}
        if not words or not words <= self.places.keys():  # a group, or what is wrong
            words = set() if asked == NONE else {*parks_of(self.study.parks, asked)}
        return tuple(sorted(words, key=self.places.__getitem__))

    @cached_property
    def apart(self) -> dict[str, list[Apart]]:
        """Park to the faulty rows of its texts."""
        return apart.of(self.study)

    @cached_property
    def figures(self) -> list[str]:
        """Every printed figure as it is looked through by its digits, in the order of the observations."""
        from parkstudy.explorer.figures import bare

        return bare(self.study.observations["reported_figure"])

    @cached_property
    def places(self) -> dict[str, int]:
        """Every park with its place in the study."""
        return {park: place for place, park in enumerate(self.study.parks["park_id"])}

    def compared(self, choice: Choice) -> list[str]:
        """Those of them that are compared: the core parks."""
        context = set(self.context)
        return [park for park in self.chosen(choice.parks) if park not in context]

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """Key to what can be asked."""
        return asked_of(self.study)

    @cached_property
    def years(self) -> dict[str, frozenset[str]]:
        """Year to the core parks of which a text ends in it."""
        own = self.study.sources.filter(pl.col("park_id").is_in(self.core), kind=SUMMARY)
        found = own.drop_nulls("period_end").group_by(pl.col("period_end").dt.year().alias("year")).agg("park_id")
        return {str(year): frozenset(parks) for year, parks in found.sort("year").iter_rows()}

    @cached_property
    def _by_year(self) -> dict[str, dict[str, frozenset[str]]]:
        """Measure to year to the parks that have a value in it."""
        own = self.study.sources.filter(pl.col("source_id").is_in(list(self.study.one_a_year)), kind=SUMMARY)
        dated = own.drop_nulls("period_end").select("source_id", year=pl.col("period_end").dt.year())
        found = self.study.measures.filter(_GIVEN).join(dated, on="source_id").group_by("measure", "year")
        years: dict[str, dict[str, frozenset[str]]] = {}
        for measure, year, parks in found.agg(pl.col("park_id").unique()).iter_rows():
            years.setdefault(measure, {})[str(year)] = frozenset(parks)
        return years

    def in_year(self, asked: Asked, year: str) -> frozenset[str]:
        """The parks that print it in a year."""
        if asked.measure:
            return self._by_year.get(asked.measure, {}).get(year, frozenset())
        return self.of(year).prints(asked)

    @cached_property
    def by_indicator(self) -> dict[str, list[str]]:
        """Indicator to the measures that rest on it, the one that most parks print first, else in the order of what can be asked."""
        inputs = self.study.measures.filter(_GIVEN).select("measure", "park_id", pl.col("inputs").alias("key"))
        figures = self.study.observations.select("indicator", key="observation_id")
        found = inputs.explode("key").join(figures, on="key").group_by("indicator", "measure")
        parks: dict[str, dict[str, int]] = {}
        for indicator, measure, count in found.agg(pl.col("park_id").n_unique()).iter_rows():
            if measure in self.asked:
                parks.setdefault(indicator, {})[measure] = count
        order = {key: place for place, key in enumerate(self.asked)}
        return {
            indicator: sorted(counts, key=lambda key: (of_flow(key)[0] != indicator, -counts[key], order[key]))
            for indicator, counts in parks.items()
        }


class OfYear:
    """What the texts of a year print."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.rows = lru_cache(maxsize=64)(self._rows)
        self.reasons = lru_cache(maxsize=64)(self._reasons)
        self._places = lru_cache(maxsize=64)(lambda measure: positions(self.rows(measure)["park_id"].to_list()))

    @cached_property
    def texts(self) -> frozenset[str]:
        """The core parks that have a text."""
        return frozenset(self.study.sources.filter(kind=SUMMARY)["park_id"]) & {*self.study.park_ids()}

    @cached_property
    def _given(self) -> dict[str, frozenset[str]]:
        found = self.study.measures.filter(_GIVEN).group_by("measure").agg(pl.col("park_id").unique())
        return {measure: frozenset(parks) for measure, parks in found.iter_rows()}

    def prints(self, asked: Asked) -> frozenset[str]:
        """The core parks that print it: a value of a measure, an area, a rate beside its target, or a text at all."""
        if asked.measure:
            return self._given.get(asked.measure, frozenset())
        return {"areas": self._areas, "growth_targets": self._beside_targets}.get(asked.key, self.texts)

    @cached_property
    def _areas(self) -> frozenset[str]:
        kinds = [area.indicator for area in AREAS.values()]
        own = self.study.summaries().filter(pl.col("indicator").is_in(kinds), transformation="level")
        return frozenset(own["park_id"]) & self.texts

    @cached_property
    def _beside_targets(self) -> frozenset[str]:
        kinds = {measure: kind for measure in self._given if (kind := of_flow(measure)[1]) in OF_FLOW}
        targets = [measure for measure, kind in kinds.items() if kind == "growth_target"]
        both = (self._given[one] & self._given.get(one.removesuffix("_target"), frozenset()) for one in targets)
        return frozenset().union(*both)

    def _rows(self, measure: str) -> pl.DataFrame:
        """The rows of a measure."""
        return self.study.measures.filter(measure=measure)

    def given(self, measure: str, parks: Iterable[str], **equal: str) -> pl.DataFrame:
        """Its values of some parks."""
        return self._own(measure, parks).filter(_GIVEN, **equal)

    def refused(self, measure: str, parks: Iterable[str], **equal: str) -> pl.DataFrame:
        """The rows of it that say why some parks have no value."""
        return self._own(measure, parks).filter(_REFUSED, **equal)

    def _own(self, measure: str, parks: Iterable[str]) -> pl.DataFrame:
        """The rows of a measure that are of some parks, by their places: of many parks few are asked for."""
        return taken(self.rows(measure), self._places(measure), dict.fromkeys(parks))

    def _reasons(self, measure: str) -> Mapping[str, Row]:
        """Park to the first row that says why it has no value."""
        found: dict[str, Row] = {}
        columns = ("park_id", "reason", "period_start", "period_end")
        for row in self.rows(measure).filter(_REFUSED).select(columns).iter_rows(named=True):
            found.setdefault(row["park_id"], row)
        return found
