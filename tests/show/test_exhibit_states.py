"""Exhibits in several states: the one asked for comes first, the others are hidden, and none shares an id with another."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import polars as pl
import pytest

import parkstudy
from parkstudy.method import tax
from parkstudy.method.measures import BASES, RUNGS
from parkstudy.report.parameters import AXES, values_of
from parkstudy.show.exhibit import MOST_STATES, Cell, Exhibit, figure, opens, switched, table, takeaways
from parkstudy.show.provenance import measure_key

STUDY = parkstudy.load()
CHINESE = replace(STUDY, lang="zh")
FIRST, SECOND = STUDY.observations["observation_id"][:2]
ROWS = pl.DataFrame({"a": [1]})


def saying(study: Any = STUDY, **obeys: Any) -> Exhibit:
    """Takeaways whose one sentence names the state, with a number of its own in the first one."""

    def build(**choices: str) -> Exhibit:
        text = " ".join(f"{name} {value}" for name, value in choices.items())
        number = opens("1", FIRST if next(iter(choices.values())) in ("reported", "nominal") else SECOND)
        return takeaways(study, [f"{text} {number}"], pl.DataFrame({"state": [text]}))

    return switched(study, build, **obeys)


def drawn(**obeys: Any) -> Exhibit:
    def build(**_: str) -> Exhibit:
        return figure(
            STUDY, "key", "claim", _draw, alt="alt", caption="caption", data=ROWS, inputs=[],
            values=(("a", "b"), [("r", Cell("1", key=FIRST))]),
        )  # fmt: skip

    return switched(STUDY, build, **obeys)


def _draw(width: float) -> Any:
    import matplotlib.pyplot as plt

    made, axes = plt.subplots(figsize=(width, 0.5))
    axes.plot([0, 1])
    return made


def test_the_state_asked_for_comes_first_and_the_others_are_hidden() -> None:
    made = saying(basis=("annualised", BASES))
    assert [choices for choices, _ in made.states] == [{"basis": "annualised"}, {"basis": "reported"}]
    assert re.findall(r'<div class="state" data-when="([^"]*)"( hidden)?>', made.body) == [
        ("basis=annualised", ""),
        ("basis=reported", " hidden"),
    ]
    assert made.answer == "basis annualised 1"
    assert made.data["state"].to_list() == ["basis annualised"]


def test_two_parameters_give_every_combination() -> None:
    made = saying(basis=("reported", BASES), price=("real", ("nominal", "real")))
    assert [tuple(choices.values()) for choices, _ in made.states] == [
        ("reported", "real"), ("reported", "nominal"), ("annualised", "real"), ("annualised", "nominal"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("study", "axis"),
    [
        (STUDY, ["basis", "Months", [["reported", "as reported"], ["annualised", "as a full year"]]]),
        (CHINESE, ["basis", "时段", [["reported", "按原文时段"], ["annualised", "折合全年"]]]),
    ],
    ids=["en", "zh"],
)
def test_a_parameter_is_named_in_the_language_of_the_study(study: Any, axis: list[Any]) -> None:
    body = saying(study, basis=("annualised", BASES)).body
    (axes,) = re.findall(r'data-axes="([^"]*)"', body)
    assert json.loads(unescape(axes)) == [axis]


def test_a_parameter_of_one_value_is_no_switch() -> None:
    made = saying(basis=("reported", ("reported",)))
    assert (made.axes, len(made.states)) == ((), 1)
    assert "data-axes" not in made.body


def test_the_records_of_every_state_are_kept() -> None:
    assert list(saying(basis=("reported", BASES)).records) == [FIRST, SECOND]


def test_no_two_states_share_an_id() -> None:
    ids = re.findall(r'\bid="([^"]+)"', drawn(basis=("reported", BASES)).body)
    assert len(ids) == 5
    assert len(set(ids)) == len(ids)


def test_the_same_exhibit_twice_is_the_same_to_the_byte() -> None:
    assert drawn(basis=("reported", BASES)).body == drawn(basis=("reported", BASES)).body


@pytest.mark.parametrize("name", AXES)
def test_a_value_that_is_none_of_the_parameter_is_refused(name: str) -> None:
    known = ", ".join(AXES[name][1])
    with pytest.raises(ValueError, match=f"^unknown {name} 'nonsense'; expected one of {known}$"):
        saying(**{name: ("nonsense", tuple(AXES[name][1]))})


def test_more_than_six_states_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^10 states of basis, rung; an exhibit has 6 at most$"):
        saying(basis=("reported", BASES), rung=("perimeter", tuple(RUNGS)))
    assert MOST_STATES == 6


@pytest.mark.parametrize("name", AXES)
def test_the_parameters_that_exhibits_obey_are_those_of_the_notebooks(name: str) -> None:
    assert list(AXES[name][1]) == values_of(name, STUDY)


def test_the_file_of_a_state_has_the_rows_that_the_state_shows() -> None:
    measures = tax.measures(STUDY)
    shown = measures.filter(measure="tax_per_output").head(2)
    keys = [measure_key(row) for row in shown.iter_rows(named=True)]
    data = pl.DataFrame({"key": keys})
    made = table(STUDY, "key", "c", ("a",), [["x"]], caption="", data=data, inputs=[], measures=measures)
    assert made.records == {}
    (coded,) = re.findall(r'base64,([^"]+)"', made.body)
    text = base64.b64decode(coded).decode()
    assert text.startswith("\ufeffPARK,")
    assert len(text.splitlines()) == 3
