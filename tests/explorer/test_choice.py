"""A choice: the parameters of the notebook, and a key that can be pasted back."""

from __future__ import annotations

import pytest
from cases import every

from parkstudy.explorer.choice import Choice, ChoiceError
from parkstudy.show.asked import ASKED, FIRST, UnknownMeasureError, asked_of, known
from parkstudy.show.catalogue import CATALOGUE


def test_a_key_names_what_is_not_standard_and_can_be_read_back() -> None:
    choice = Choice("tax_per_output", parks="hengnan,shuangpai", basis="annualised", lang="zh")
    assert choice.key == "tax_per_output&basis=annualised&lang=zh&parks=hengnan,shuangpai"
    assert Choice.read(choice.key) == choice
    assert Choice.read("#" + choice.key) == choice
    assert Choice().key == FIRST


@every("text", ["group:size=large", "a&b=c d", "园区", "100%", "x#y?z"])
def test_whatever_stands_in_a_value_comes_back(text: str) -> None:
    choice = Choice("tax_per_area", parks=text, data=f"/tmp/{text}")
    assert Choice.read(choice.key) == choice


def test_what_a_key_does_not_name_is_standard_or_as_it_stays() -> None:
    assert Choice.read("tax_per_area", {"lang": "zh"}) == Choice("tax_per_area", lang="zh")
    assert Choice.read("basis=annualised") == Choice(basis="annualised")


@every(
    ("key", "said"),
    [
        ("", "an empty key; expected one such as tax_per_output&basis=annualised"),
        (
            "tax_per_output&basi=annualised",
            "unknown choice 'basi'; did you mean 'basis'? choices: measure, parks, price",
        ),
        (
            "x&basis=anualised",
            "unknown basis 'anualised'; did you mean 'annualised'? expected one of reported, annualised",
        ),
        ("x&reading=both", "unknown reading 'both'; expected one of together, each"),
    ],
)
def test_a_key_that_names_no_choice_says_what_was_meant(key: str, said: str) -> None:
    with pytest.raises(ChoiceError, match=r"^" + said.replace("?", r"\?")):
        Choice.read(key)


def test_a_value_that_is_no_text_is_refused() -> None:
    with pytest.raises(ChoiceError, match="year: expected text, not 2019"):
        Choice().changed({"year": 2019})  # type: ignore[dict-item]


def test_what_is_given_in_place_of_a_value_is_quoted_shortly(study) -> None:
    with pytest.raises(ChoiceError, match="measure: expected text, not ") as refused:
        Choice().changed({"measure": study})
    assert len(str(refused.value)) < 120


def test_every_measure_can_be_asked_and_has_an_exhibit_that_takes_its_choices(study) -> None:
    asked = asked_of(study)
    apart = {"reference_revenue_growth", "reference_value_added_growth"}  # which stand beside a rate
    assert set(study.measures["measure"]) - apart <= set(asked)
    own = {one.entry for one in asked.values()} - {"measure"}
    assert own <= set(CATALOGUE)
    for one in asked.values():
        if one.entry in own:
            entry = CATALOGUE[one.entry]
            assert {*entry.obeys, *entry.takes} == {*one.obeys} - {"year"}


def test_a_flow_of_ones_own_can_be_asked_too(study) -> None:
    assert ASKED["freight_growth"].obeys == ("price", "year")
    with pytest.raises(UnknownMeasureError, match="unknown measure 'freight_growth'"):
        known(study, "freight_growth")  # which is no indicator of this study
    with pytest.raises(KeyError):
        ASKED["freight"]
    with pytest.raises(UnknownMeasureError, match="did you mean 'tax_per_output'"):
        known(study, "tax_per_ouput")
