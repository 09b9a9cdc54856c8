"""Parks of context that are chosen: grey, last, as printed, where concept and firms agree; in no claim, no rank, no count."""

from __future__ import annotations

from typing import Any

import pytest

from parkstudy.method import outside
from parkstudy.method.study import Study
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.select.shared import Selected
from parkstudy.show.view import View

GROWTH = "gross_industrial_output_growth"


def prepared(study: Study, key: str, lang: str = "en", **parameters: str) -> tuple[View, Any, Selected]:
    view, entry = View(study, lang), CATALOGUE[key]
    form, selected = entry.chosen(view, parameters)
    return view, form, selected


@pytest.fixture(scope="module")
def every(study: Study) -> Study:
    return study.only(",".join(study.parks["park_id"]), "latest")


def test_what_they_print_for_the_same_firms_is_a_row_of_the_measure_with_its_observation_as_key(study: Study) -> None:
    found = outside.beside(study, GROWTH, {"above_scale"})
    assert [(row["park_id"], row["low"], row["high"]) for row in found] == [
        ("guilin-gaotie", 11.5, 12.5), ("zibo-high-tech", 6.05, 6.15),
    ]  # fmt: skip
    assert [row["inputs"] for row in found] == [[row["key"]] for row in found]
    assert outside.beside(study, GROWTH, {"unstated"}) == []  # which agrees with nothing
    assert outside.beside(study, "tax_per_output", {"industry"}) == []


def test_they_stand_last_and_in_no_words_of_the_figure(every: Study, study: Study) -> None:
    view, form, selected = prepared(every, "growth", price="nominal")
    shown = [row["park_id"] for row in selected.data.to_dicts()]
    assert shown == [*every.park_ids(), "guilin-gaotie", "zibo-high-tech"]
    facts = form.facts(selected, {"price": "nominal"})
    assert {row["park_id"] for row in facts["rows"]} == set(every.park_ids())
    alone = prepared(study.only("", "latest"), "growth", price="nominal")
    assert form.words_of(view, "claim", facts) == alone[1].words_of(
        alone[0], "claim", alone[1].facts(alone[2], {"price": "nominal"})
    )


@pytest.mark.parametrize(("lang", "said"), [("en", "shown for context, never ranked"), ("zh", "仅作背景，不参与排序")])
def test_the_table_says_what_they_are(every: Study, lang: str, said: str) -> None:
    view, form, selected = prepared(every, "growth", lang, price="nominal")
    _, rows = form.table(view, selected)
    assert [said in str(row[0]) for row in rows] == [False] * 5 + [True] * 2


def test_nothing_of_them_is_shown_that_they_do_not_print(every: Study, study: Study) -> None:
    real = prepared(every, "growth", price="real")[2].data
    assert set(real["park_id"]) == set(every.park_ids())  # no text prints a rate at constant prices
    years = prepared(every, "levels-gross-industrial-output", basis="annualised")[2].data
    assert "context" not in years.columns
    few = prepared(study.only("hengnan,zibo-high-tech"), "growth", price="nominal")[2].data
    assert set(few["park_id"]) == {"hengnan"}  # which counts the whole park, and Zibo the firms above the threshold


def test_they_are_shown_only_where_they_were_named(study: Study) -> None:
    for chosen in (study, study.only("", "latest"), study.within("", "latest"), study.only("", "2019")):
        assert "context" not in prepared(chosen, "growth", price="nominal")[2].data.columns
    assert study.only(",".join(study.parks["park_id"])) is not study


def test_they_change_no_comparison_and_no_measure(every: Study, study: Study) -> None:
    chosen = study.only("", "latest")
    assert every.measures.equals(chosen.measures)
    assert viewer(every)("sources").data.height == viewer(chosen)("sources").data.height
