"""What pages show of a study, asked again of the data as they are now: digests, made without a kernel and without a drawing."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any

import polars as pl

from parkstudy.method.study import Study
from parkstudy.record.chosen import ALL
from parkstudy.report.calls import Call
from parkstudy.report.shown import place
from parkstudy.show.catalogue import CATALOGUE
from parkstudy.show.digest import digest, undrawn
from parkstudy.show.exhibit import Entry
from parkstudy.show.figure import Figure
from parkstudy.show.live import core_parks
from parkstudy.show.theme import park_names
from parkstudy.show.view import View

Narrowed = tuple[tuple[str, ...], ...]
PARK = "park "  # what begins the name of a park
PAGE = "page"  # the name of what a page itself asks of the study, beside its exhibits


class Rows:
    """A study as pages show it."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self._kept: dict[tuple[Any, ...], str] = {}
        self._park, self._core = cache(self._digest_of_park), cache(self._core_of)
        self.view = lru_cache(maxsize=8)(self._seen)

    def keep(self, shown: Iterable[Call], digests: Iterable[str]) -> None:
        """The digests of exhibits that are known."""
        self._kept |= {_key(call): value for call, value in zip(shown, digests, strict=True)}

    def every(self, shown: Sequence[Call], lang: str, about: Mapping[str, str], parks: Iterable[str]) -> dict[str, str]:
        """Name to digest of each exhibit of a page, of what the page itself asks of the study, and of each of the parks that it names.

        `about` is the park or the parks of the page. Raises whatever an exhibit raises that cannot be shown any more.
        """
        exhibits = {call.name: self._of(call) for call in shown}
        return {
            **exhibits,
            PAGE: self._page(shown, lang, about),
            **{f"{PARK}{park}": self._park(lang, park) for park in parks},
        }

    def _of(self, call: Call) -> str:
        if (key := _key(call)) not in self._kept:
            with undrawn():
                shown = _entry(call).show(self.view(call.lang, call.narrowed), **call.parameters)
            self._kept[key] = shown.digest
        return self._kept[key]

    def _narrow(self, narrowed: Narrowed) -> Study:
        if not narrowed:
            return self.study
        method, *texts = narrowed[-1]
        found: Study = getattr(self._narrow(narrowed[:-1]), method)(*texts)
        return found

    def _seen(self, lang: str, narrowed: Narrowed) -> View:
        return View(self._narrow(narrowed), lang)

    def _page(self, shown: Sequence[Call], lang: str, about: Mapping[str, str]) -> str:
        """What stands around the exhibits and in the index: the study's name, the page's parks, the share card."""
        view, park = self.view(lang, ()), about.get("park", "")
        narrowed: Narrowed = (("only", about["parks"], about.get("year", ALL)),) if "parks" in about else ()
        figures = [call for call in shown if isinstance(_entry(call), Figure)]
        drawn = [self._of(call._replace(lang=lang, narrowed=narrowed)) for call in figures]
        card = self.view(lang, narrowed)
        own = card.study.summaries().filter(pl.lit(bool(figures) or not park) | (pl.col("park_id") == park))
        texts = own.group_by("park_id", maintain_order=True).agg(pl.col("source_id").n_unique()).rows()
        named = [card.names[one] for one, _ in texts]
        called = [
            view.full_names.get(park),
            place(view, park),
            [view.names.get(one) for one in about.get("parks", "").split(",")],
        ]
        return digest(view.study.about, view.complete, view.unread, called, texts, named, drawn)

    @cached_property
    def _colours(self) -> dict[str, str]:
        """Every park, with the name of its colour."""
        return park_names(self.study.all_parks)

    def _digest_of_park(self, lang: str, park: str) -> str:
        """The name of a park, its colour, and whether it has a profile, and the one that is named after no park."""
        if park not in self._colours:
            return ""
        view, (core, first) = self.view(lang, ()), self._core(lang)
        own = view.names[park], view.full_names[park], self._colours[park]
        return digest(*own, core.get(park), park == first)

    def _core_of(self, lang: str) -> tuple[dict[str, list[str]], str]:
        """The core parks as pages name them, and the first of them."""
        return {one[0]: one for one in core_parks(self.view(lang, ()))}, self.study.first


def _entry(call: Call) -> Entry:
    return CATALOGUE[call.key]


def _key(call: Call) -> tuple[Any, ...]:
    return call.key, tuple(call.parameters.items()), call.lang, call.narrowed
