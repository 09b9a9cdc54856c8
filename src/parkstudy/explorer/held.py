"""A study that is held while it is explored: what follows from it is computed once, and choosing parks filters that."""

import copy
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple

import polars as pl

from parkstudy.explorer import apart
from parkstudy.explorer.apart import Apart
from parkstudy.explorer.choice import NONE
from parkstudy.method.audit import Finding
from parkstudy.method.compare import Comparisons
from parkstudy.method.growth import NO_RATE
from parkstudy.method.study import Study, load
from parkstudy.record.chosen import ALL, parks_of
from parkstudy.record.rows import Made, Row, as_rows, positions, taken
from parkstudy.show.view import View

_VIEWS, _STUDIES = 64, 16  # payloads and chosen studies that are kept
_COMPARISONS = 5_000  # decisions that are kept: more are made again when they are asked for
_READ = ("measure", "park_id", "source_id", "method", "reason", "value_type")
_LASTING = ("sources", "subjects", "indicators", "scopes", "_dated_by_month")  # of a view, whatever parks are chosen


class Places(NamedTuple):
    """All measures, their measure row by row, and where those of a text, of a park without one, and of a measure and park stand;
    `silent` are the rows that say of a text that it prints no such rate, `rates` the printed ones.
    """

    frame: pl.DataFrame
    measure: list[str]
    of_text: dict[Any, list[int]]
    without_text: dict[Any, list[int]]
    of_measure: dict[str, dict[str, list[int]]]
    silent: frozenset[int]
    rates: frozenset[int]

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Places":
        """Of the frame of all measures."""
        measure, park, text, method, reason, kind = (frame[name].to_list() for name in _READ)
        alone = positions(own if of is None else None for of, own in zip(text, park, strict=True))
        marks = list(zip(method, reason, strict=True))
        silent = frozenset(place for place, mark in enumerate(marks) if mark == NO_RATE)
        rates = frozenset(
            place for place, (how, of) in enumerate(zip(method, kind, strict=True))
            if how == NO_RATE[0] and of == "outturn" and place not in silent
        )  # fmt: skip
        without = {own: places for own, places in alone.items() if own is not None}
        of_measure: dict[str, dict[str, list[int]]] = {}
        for place, (own, of) in enumerate(zip(measure, park, strict=True)):
            of_measure.setdefault(own, {}).setdefault(of, []).append(place)
        return cls(frame, measure, positions(text), without, of_measure, silent, rates)


@dataclass(frozen=True, eq=False)
class ChosenStudy(Study):
    """The study of chosen parks and texts; its measures, findings, coverage and comparisons are those of the whole, filtered."""

    @cached_property
    def base(self) -> "Base | None":
        """What they are taken from; None for one that was chosen from this one in another way, which computes its own."""
        return None

    @cached_property
    def measures(self) -> pl.DataFrame:
        """The rows of its texts; see `Study.measures`."""
        return self.base.measures_of(self) if self.base else super().measures

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings on its texts."""
        return self.base.findings_of(self) if self.base else super().findings

    @cached_property
    def coverage(self) -> pl.DataFrame:
        """What its texts hold; a quantity that none of them prints has no row."""
        return self.base.coverage_of(self) if self.base else super().coverage

    @cached_property
    def compare(self) -> Comparisons:
        """The comparisons of its parks, each made once for all choices."""
        return self.base.compare_of(self) if self.base else super().compare

    @cached_property
    def every(self) -> Study:
        """The study of the same parks with their texts of all years."""
        if self.base and not self.set_aside.is_empty():
            return self.base.held.chosen(",".join(self.parks["park_id"]), ALL)
        return self


class Base:
    """The study of the texts of a year (`latest`, `all`), with where the rows of each park and text stand."""

    def __init__(self, held: "Held", year: str) -> None:
        self.held, self.study = held, held.study.within("", year)
        self.year = self.study.year if year == ALL else year
        frames = {
            name: getattr(self.study, name) for name in ("parks", "places", "sources", "observations", "subjects")
        }
        self.frames: dict[str, tuple[pl.DataFrame, dict[Any, list[int]], str]] = {}
        for name, frame in frames.items():
            column = "source_id" if name in ("observations", "subjects") else "park_id"
            self.frames[name] = (frame, positions(frame[column].to_list()), column)
        whole = held.study.sources
        parks = dict(whole.select("source_id", "park_id").iter_rows())
        aside = self.study.set_aside
        self.aside = (aside, positions(parks[source] for source in aside["source_id"]))

    @cached_property
    def texts(self) -> dict[str, frozenset[str]]:
        """Park to its work summaries."""
        own = self.study.sources.filter(kind="work_summary").select("park_id", "source_id")
        found: dict[str, set[str]] = {}
        for park, text in own.iter_rows():
            found.setdefault(park, set()).add(text)
        return {park: frozenset(texts) for park, texts in found.items()}

    def chosen(self, asked: str) -> Study:
        """The study of these parks; the whole one where it is of all texts and parks. Raises `UnknownParkError`."""
        wanted = self.held.parks_of(asked)
        own: dict[str, Any] = {
            name: taken(frame, places, wanted)
            for name, (frame, places, column) in self.frames.items()
            if column == "park_id"
        }
        texts = own["sources"]["source_id"].to_list()
        context = bool(asked.strip()) and not {*self.held.study.park_ids("context")}.isdisjoint(wanted)
        every = all(own[name].height == getattr(self.held.study, name).height for name in ("parks", "sources"))
        if every and not context:
            return self.held.study
        own |= {
            name: taken(frame, places, texts)
            for name, (frame, places, column) in self.frames.items()
            if column != "park_id"
        }
        rest = {one.name: getattr(self.study, one.name) for one in fields(Study) if one.name not in own}
        made = ChosenStudy(**rest, **own)
        missing = self.held.core - {*wanted}
        vars(made).update(
            base=self, origin=self.held.study, year=self.year, set_aside=taken(*self.aside, wanted),
            asked=asked.strip() if missing else "", context_named=context,
        )  # fmt: skip
        return made

    def measures_of(self, study: Study) -> pl.DataFrame:
        """The measures of the texts of a study, and those of its parks without one; a rate that none of them publishes is no gap."""
        own = self.held.measures
        rows = [place for text in study.sources["source_id"] for place in own.of_text.get(text, ())]
        rows += [place for park in study.park_ids() for place in own.without_text.get(park, ())]
        rates = {own.measure[place] for place in rows if place in own.rates}
        kept = sorted(place for place in rows if place not in own.silent or own.measure[place] in rates)
        return own.frame[kept] if kept else own.frame.clear()

    def findings_of(self, study: Study) -> list[Finding]:
        """The findings on the texts of a study, in their order."""
        found, places = self.held.findings
        return [
            found[place] for place in sorted(p for text in study.sources["source_id"] for p in places.get(text, ()))
        ]

    @cached_property
    def _coverage(self) -> tuple[pl.DataFrame, dict[Any, list[int]]]:
        frame = self.study.coverage
        return frame, positions(frame["park_id"].to_list())

    def coverage_of(self, study: Study) -> pl.DataFrame:
        """The coverage of the parks of a study."""
        own, quantity = taken(*self._coverage, study.park_ids()), ("indicator", "transformation")
        printed = (pl.col("state") != "absent") & pl.col("as_what").ne_missing("other_concept")
        return own.filter(printed.any().over(quantity)) if own.height else own

    def compare_of(self, study: Study) -> Comparisons:
        """The comparisons of all parks, which list the pairs of a study."""
        every = self.study.compare
        found = copy.copy(every)
        found.study = study
        vars(found).pop("_years", None)
        vars(found)["of_year"] = every.of_year  # those of a year are of all parks too
        return found


class Held:
    """A loaded study with what is kept between views: chosen studies, what lasts of a view, comparisons, payloads.

    A chosen study is the one that `Study.only` gives; a year in which none of its parks has a text gives one without texts.
    """

    def __init__(self, study: Study, folder: str = "") -> None:
        self.study, self.folder = study.whole, folder
        self._bases: dict[str, Base] = {}
        self._lasting: dict[str, View] = {}
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._chosen = lru_cache(maxsize=_STUDIES)(lambda parks, year: self.base(year).chosen(parks))
        self.keeps = True  # payloads: a measurement of unseen views turns it off

    @classmethod
    def of(cls, folder: str = "") -> "Held":
        """The study of a data folder, of the shipped data without one. Raises `DataFolderError`."""
        return cls(load(folder or None), folder)

    @cached_property
    def measures(self) -> "Places":
        """Where the rows of the measures stand."""
        return Places.of(self.study.measures)

    @cached_property
    def findings(self) -> tuple[list[Finding], dict[Any, list[int]]]:
        """All findings, with where those on each text stand."""
        found = self.study.findings
        return found, positions(one.source_id for one in found)

    @cached_property
    def findings_on(self) -> dict[str, list[Finding]]:
        """Printed figure to what the checks found on it."""
        found: dict[str, list[Finding]] = {}
        for one in self.study.findings:
            for key in dict.fromkeys(one.observations):
                found.setdefault(key, []).append(one)
        return found

    def values(self, parks: Sequence[str], measure: str) -> dict[str, list[Row]]:
        """Park to the rows of a measure in its texts of all years; they are shared, so nobody changes one."""
        found: dict[str, list[Row]] = {park: [] for park in parks}
        for row in as_rows(taken(self.measures.frame, self.measures.of_measure.get(measure, {}), found)):
            found[row["park_id"]].append(row)
        return found

    @cached_property
    def apart(self) -> dict[str, list[Apart]]:
        """Park to the faulty rows of its texts."""
        return apart.of(self.study)

    @cached_property
    def core(self) -> frozenset[str]:
        """The core parks."""
        return frozenset(self.study.park_ids())

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.study.parks["park_id"])

    def parks_of(self, asked: str) -> list[str]:
        """The parks that a choice names. Raises `UnknownParkError`."""
        words = [] if asked == NONE else list(dict.fromkeys(asked.split(",")))
        return words if self._known.issuperset(words) else parks_of(self.study.parks, asked)

    @cached_property
    def years(self) -> dict[str, frozenset[int]]:
        """Park to the years in which its work summaries end."""
        own = self.study.sources.filter(kind="work_summary").drop_nulls("period_end")
        found: dict[str, set[int]] = {}
        for park, end in own.select("park_id", "period_end").iter_rows():
            found.setdefault(park, set()).add(end.year)
        return {park: frozenset(years) for park, years in found.items()}

    def base(self, year: str) -> Base:
        """The study of the texts of a year. Raises `UnknownYearError`."""
        if year not in self._bases:
            self._bases[year] = Base(self, year)
        return self._bases[year]

    def chosen(self, parks: str, year: str) -> Study:
        """The study of chosen parks and of the texts of a year, as `Study.only` gives it. Raises what `only` raises."""
        made: Study = self._chosen(parks, year)
        return made

    def view(self, study: Study, lang: str) -> View:
        """A view of a chosen study, which has what lasts of one of the whole and collects its own keys and words."""
        if lang not in self._lasting:
            self._lasting[lang] = View(self.study, lang)
        whole, made = self._lasting[lang], View(study, lang)
        vars(made).update({name: getattr(whole, name) for name in _LASTING})
        kinds = {kind: partial(whole.rows.__getitem__, kind) for kind in ("measure", "observation", "reference")}
        vars(made)["rows"] = Made(comparison=lambda: study.compare.by_key, **kinds)
        return made

    def kept(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What was made for a key before, else what `make` gives; of the keys that were asked for last."""
        if self.keeps and key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._forget()
        made = make()
        if self.keeps:
            self._kept[key] = made
            while len(self._kept) > _VIEWS:
                self._kept.popitem(last=False)
        return made

    def _forget(self) -> None:
        """Decisions that are too many to keep: each is made again when it is asked for."""
        for base in self._bases.values():
            found = base.study.compare
            every = [found, *found._of_year.values()]
            if sum(len(one._made) for one in every) > _COMPARISONS:
                found.by_key.clear()
                for one in every:
                    one._made.clear()
