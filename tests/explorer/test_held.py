"""A study that is held: what is chosen of it is what `only` gives, nothing is computed again, and what is kept is bounded."""

from __future__ import annotations

import gc
import weakref
from collections import Counter

import pytest

import parkstudy
from parkstudy.explorer import explore
from parkstudy.explorer import held as module
from parkstudy.explorer.answer import answer
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.data import lasting
from parkstudy.explorer.held import Held
from parkstudy.explorer.variants import compared
from parkstudy.method import audit, compare, coverage, growth, land, tax
from parkstudy.record.chosen import UnknownParkError
from parkstudy.show.asked import asked_of

pytestmark = pytest.mark.slow

TABLES = ("parks", "places", "sources", "observations", "subjects", "measures", "coverage", "set_aside")


def chosen_in(held: Held) -> list[tuple[str, str]]:
    """Parks and years to choose: none, one, two in another order, three, every year there is."""
    parks = held.study.park_ids()
    every = ["", parks[0], f"{parks[1]},{parks[0]}", ",".join(parks[:3]), ",".join(held.study.parks["park_id"])]
    return [(one, year) for one in every for year in ("latest", "all", str(held.study.years[-1]))]


@pytest.mark.parametrize("name", ["shipped", "years", "six"])
def test_what_is_chosen_is_what_only_gives(name: str, request: pytest.FixtureRequest) -> None:
    held = request.getfixturevalue(name)
    pairs = 0
    for parks, year in chosen_in(held):
        try:
            other = held.study.only(parks, year)
        except parkstudy.record.chosen.UnknownYearError:
            assert held.chosen(parks, year).sources.filter(kind="work_summary").is_empty()
            continue
        found = held.chosen(parks, year)
        assert all(getattr(found, table).equals(getattr(other, table)) for table in TABLES), (parks, year)
        assert (found.findings, found.asked, found.year) == (other.findings, other.asked, other.year)
        rows = [
            [(one.key, one.verdict, one.limits, one.inputs) for one in study.compare.rows()] for study in (found, other)
        ]
        assert rows[0] == rows[1], (parks, year)
        assert found.all_years.sources.equals(other.all_years.sources)
        pairs += len(rows[0])
    assert pairs > 10


def test_a_comparison_of_a_year_does_not_hang_on_what_was_chosen_before(years: Held) -> None:
    first, second, third, *_ = years.study.park_ids()
    before = Held(years.study)
    before.chosen(f"{first},{second}", "all").compare.rows("gross_industrial_output_growth")
    found = before.chosen(f"{first},{third}", "all").compare.rows("gross_industrial_output_growth")
    other = years.study.only(f"{first},{third}", "all").compare.rows("gross_industrial_output_growth")
    assert [one.verdict for one in found] == [one.verdict for one in other] != []


def test_choosing_parks_computes_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: Counter[str] = Counter()
    for place, name in ((growth, "rows"), (tax, "rows"), (land, "rows"), (audit, "audit"), (coverage, "cells")):
        monkeypatch.setattr(place, name, counting(counts, f"{place.__name__}.{name}", getattr(place, name)))
    decided = compare.Comparisons._decided
    monkeypatch.setattr(compare.Comparisons, "_decided", counting(counts, "decided", decided))
    held = Held(parkstudy.load())
    held.keeps = False
    parks = held.study.park_ids()
    for chosen in ("", *parks, f"{parks[0]},{parks[2]}", f"{parks[2]},{parks[0]}", ",".join(parks[:3])):
        for measure in ("tax_per_output", "coverage"):
            answer(held, Choice(measure=measure, parks=chosen), "table")
    assert {name: n for name, n in counts.items() if name != "decided"} == {
        "parkstudy.method.growth.rows": 1, "parkstudy.method.tax.rows": 1, "parkstudy.method.land.rows": 1,
        "parkstudy.method.audit.audit": 1, "parkstudy.method.coverage.cells": 1,
    }  # fmt: skip
    before = counts["decided"]
    assert before
    for chosen in ("", f"{parks[0]},{parks[2]}", ",".join(parks[1:4])):
        answer(held, Choice(measure="tax_per_output", parks=chosen), "variants")
    assert counts["decided"] == before  # every pair was decided, whoever else is chosen


def counting(counts: Counter[str], name: str, act):
    """A function that is counted."""

    def counted(*args, **more):
        counts[name] += 1
        return act(*args, **more)

    return counted


def test_a_view_is_made_once_and_does_not_hang_on_what_does_not_act(shipped: Held) -> None:
    first = answer(shipped, Choice(measure="tax_per_output"), "table")
    assert (
        answer(shipped, Choice(measure="tax_per_output", price="real", rung="total", reading="each"), "table") is first
    )
    for other in ({"basis": "annualised"}, {"lang": "zh"}, {"parks": "hengnan"}):
        assert answer(shipped, Choice(measure="tax_per_output", **other), "table") != first
    assert answer(shipped, Choice(measure="tax_per_output"), "variants")["html"] != first["html"]


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_VIEWS", 3)
    monkeypatch.setattr(module, "_COMPARISONS", 8)
    held = Held(parkstudy.load())
    parks = held.study.park_ids()
    made = []
    for measure in filter(compared, asked_of(held.study)):
        for other in parks[1:3]:
            answer(held, Choice(measure=measure, parks=f"{parks[0]},{other}"), "audit")
            made.append(len(held.base("latest").study.compare._made))
    assert len(held._kept) == 3
    assert max(made) <= 8 + 6 < 18  # with what one view asks for; 18 were made in all


def test_rows_are_taken_from_one_part_and_what_lasts_is_kept_from_the_collector_of_garbage(shipped: Held) -> None:
    assert set(shipped.measures.frame.n_chunks("all")) == {1}
    before = gc.get_threshold()
    gc.set_threshold(701, 11, 11)
    with lasting():
        assert gc.get_threshold()[0] > 10_000
    assert gc.get_threshold() == (701, 11, 11)
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
    gc.set_threshold(*before)


def test_an_explorer_that_is_closed_is_thrown_away(undrawn: None) -> None:
    shown = explore()
    held = weakref.ref(shown.session)
    shown.close()
    del shown
    gc.collect()
    assert held() is None


def test_an_explorer_that_is_lost_is_thrown_away_when_another_one_opens() -> None:
    class Ring:
        pass

    with lasting():
        lost = Ring()
        lost.own = lost  # type: ignore[attr-defined]
    held = weakref.ref(lost)
    del lost
    with lasting():
        assert held() is None
    gc.unfreeze()


def test_an_unknown_park_is_refused(shipped: Held) -> None:
    with pytest.raises(UnknownParkError, match="unknown park 'hengnam'; did you mean 'hengnan'"):
        shipped.chosen("hengnam", "latest")
