"""Exhibits in several states: the one asked for comes first, the others are hidden, and none shares an id with another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
import pytest
from cases import every
from exhibit_parts import Parts, own_words, parts, sentences, states, study_of

from parkstudy.record.codes import codes
from parkstudy.show.budget import MOST_STATES, Shares
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.exhibit import Exhibit, Takeaways
from parkstudy.show.figure import Figure, Values
from parkstudy.show.markup import Cell
from parkstudy.show.select.shared import Selected
from parkstudy.show.view import View

STUDY = study_of()
FIRST, SECOND = STUDY.observations["observation_id"][:2]
TEMPLATE = """
{% block try_sentences %}{{ state }} {{ "1"|opens(key) }} ({{ rule }}){% endblock %}
{% block try_trust %}{% endblock %}
{% block try_claim %}{{ state }}{% endblock %}
{% block try_caption %}caption{% endblock %}
{% block try_alt %}alt{% endblock %}
"""


@pytest.fixture(autouse=True, scope="module")
def words_of_the_test() -> Iterator[None]:
    with own_words(TEMPLATE):
        yield


def select(study: Any, **choices: str) -> Selected:
    """A state that says its choices, with a number and a rule of its own in the first one."""
    state = " ".join(f"{name} {value}" for name, value in choices.items())
    first = next(iter(choices.values())) in ("reported", "nominal")
    facts = {"state": state, "key": FIRST if first else SECOND, "rule": "T6" if first else "G5"}
    return Selected(pl.DataFrame({"state": [state]}), facts, [], of_measures=False)


def saying(*obeys: str, **more: Any) -> Takeaways:
    return Takeaways(key="try", words="try", select=select, obeys=obeys, **more)


def show(entry: Any, lang: str = "en", **parameters: str) -> Exhibit:
    return entry.show(View(STUDY, lang), **parameters)


@dataclass(frozen=True, kw_only=True)
class Drawing(Figure):
    """A figure whose line is tied to a number that its words do not name."""

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        import matplotlib.pyplot as plt

        made, axes = plt.subplots(figsize=(width, 0.5))
        view.tie(axes.plot([0, 1])[0], "hengnan", SECOND)
        return made

    def table(self, view: View, selected: Selected) -> Values:
        return ("a", "b"), [("r", Cell("1", key=FIRST))]


@dataclass(frozen=True)
class Room(Shares):
    """So much for the states of a figure."""

    most: float = 0

    def figure(self, parks: int) -> float:
        return self.most


def test_the_state_asked_for_comes_first_and_the_others_are_hidden() -> None:
    made = show(saying("basis"), basis="annualised")
    assert [choices for choices, _ in made.states] == [{"basis": "annualised"}, {"basis": "reported"}]
    assert re.findall(r'<div class="state" data-when="([^"]*)"( hidden)?>', made.body) == [
        ("basis=annualised", ""),
        ("basis=reported", " hidden"),
    ]
    assert made.answer == "basis annualised 1 (G5)"
    assert made.data["state"].to_list() == ["basis annualised"]


def test_the_first_value_of_a_parameter_is_shown_without_one() -> None:
    assert states(show(saying("price"))) == ["price=nominal", "price=real"]


def test_two_parameters_give_every_combination() -> None:
    assert [tuple(choices.values()) for choices, _ in show(saying("basis", "price"), price="real").states] == [
        ("reported", "real"), ("reported", "nominal"), ("annualised", "real"), ("annualised", "nominal"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "axis"),
    [
        ("en", ["basis", "Months", [["reported", "as reported"], ["annualised", "as a full year"]]]),
        ("zh", ["basis", "时段", [["reported", "按原文时段"], ["annualised", "折合全年"]]]),
    ],
)
def test_a_parameter_is_named_in_the_language_of_the_view(lang: str, axis: list[Any]) -> None:
    (axes,) = parts_of(show(saying("basis"), lang, basis="annualised")).all("data-axes")
    assert json.loads(axes) == [axis]


def parts_of(made: Exhibit) -> Any:
    return Parts(made.body)


def test_a_parameter_of_one_value_is_no_switch() -> None:
    made = show(saying("basis", values={"basis": lambda study, shown: ("reported",)}))
    assert (made.axes, states(made)) == ((), ["basis=reported"])
    assert "data-axes" not in made.body


def test_an_exhibit_without_the_state_asked_for_opens_in_its_first() -> None:
    made = show(saying("rung", values={"rung": lambda study, shown: ("total", "signed")}), rung="perimeter")
    assert states(made) == ["rung=total", "rung=signed"]


def test_the_values_of_a_parameter_may_follow_the_one_asked_for() -> None:
    entry = saying("rung", values={"rung": lambda study, shown: [r for r in codes("rung") if r in (shown, "signed")]})
    assert states(show(entry, rung="total")) == ["rung=total", "rung=signed"]


def test_what_is_given_by_the_caller_alone_is_no_switch() -> None:
    made = show(saying("basis", takes=("park",)), park="hengnan")
    assert states(made) == ["basis=reported", "basis=annualised"]
    assert [sentences(made, state) for state in (0, 1)] == [
        ["park hengnan basis reported 1 (G5)"], ["park hengnan basis annualised 1 (G5)"],
    ]  # fmt: skip
    assert [name for name, _, _ in made.axes] == ["basis"]
    assert made.parameters["park"] == "hengnan"


def test_the_numbers_and_rules_of_every_state_are_kept_and_of_no_other_exhibit() -> None:
    view = View(STUDY)
    both = saying("basis").show(view)
    assert (list(both.records), both.rules) == ([FIRST, SECOND], ("T6", "G5"))
    alone = saying("basis", values={"basis": lambda study, shown: ("annualised",)}).show(view)
    assert (list(alone.records), alone.rules) == ([SECOND], ("G5",))


@pytest.mark.slow
def test_no_two_states_share_an_id_and_a_tied_mark_opens_its_number() -> None:
    made = show(Drawing(key="try", words="try", select=select, obeys=("basis",)))
    ids = parts_of(made).all("id")
    assert len(ids) == 5
    assert len(set(ids)) == len(ids)
    assert [mark["data-opens"] for view in parts(made) for mark in view.marks] == [SECOND] * 4
    assert list(made.records) == [FIRST, SECOND]
    assert show(Drawing(key="try", words="try", select=select, obeys=("basis",))).body == made.body


# What is refused


@every("name", ["basis", "price", "rung"])
@every("value", ["", "nonsense"])
def test_a_value_that_is_none_of_the_parameter_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"^unknown {name} '{value}'; expected one of {', '.join(codes(name))}$"):
        show(saying(name), **{name: value})


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (saying("basis", takes=("park",)), "exhibit 'try' has no parameter 'price'; its parameters: basis, park"),
        (saying(), "exhibit 'try' has no parameter 'price'; its parameters: none"),
    ],
)
def test_a_parameter_that_is_none_of_the_exhibit_is_refused(entry: Takeaways, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        show(entry, price="real")


def test_more_than_six_states_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^16 states of basis, rung; an exhibit has 6 at most$"):
        show(saying("basis", "rung"))
    assert MOST_STATES == 6


def test_an_exhibit_that_the_catalogue_does_not_have_is_refused() -> None:
    message = f"unknown exhibit 'wealth'; exhibits: {', '.join(CATALOGUE)}"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        viewer(STUDY)("wealth")


def test_a_language_that_the_study_does_not_speak_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^unknown language 'fr'; expected one of en, zh$"):
        viewer(STUDY, "fr")


@pytest.mark.slow
def test_a_figure_whose_states_do_not_fit_says_which_are_not_drawn_and_has_the_digest_of_all() -> None:
    entry = Drawing(key="try", words="try", select=select, obeys=("price", "basis"))
    whole = show(entry)
    size = len(whole.states[0][1].encode())
    tight = replace(entry, share=Room(most=2.5 * size))
    made = show(tight)
    assert [choices for choices, _ in made.states] == [{"price": "nominal"}, {"price": "real"}]
    assert [name for name, *_ in made.axes] == ["price"]
    assert made.digest == whole.digest
    said = "Not drawn here, for want of room: Months as a full year. A page with it: parkstudy report NOTEBOOK -p basis annualised"
    assert said in re.sub("<[^>]+>", "", made.states[0][1])
    alone = show(replace(entry, share=Room(most=1.0)), basis="annualised")
    assert (alone.axes, len(alone.states)) == ((), 1)
    assert "Months as reported; Prices" in re.sub("<[^>]+>", "", alone.states[0][1])


def test_a_switch_that_would_change_nothing_is_not_offered() -> None:
    shown = show(replace(saying("basis"), select=lambda study, basis: select(study, of="one")), basis="annualised")
    assert (shown.axes, len(shown.states), shown.parameters) == ((), 1, {"basis": "annualised"})
