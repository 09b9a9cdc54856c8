"""Outside figures: they agree, disagree, or cannot be compared for a stated reason."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from cases import every
from planted import append, edited, said

from parkstudy.method import outside
from parkstudy.method.fact import Fact
from parkstudy.method.study import Study
from parkstudy.record.codes import codes

NEWS = "shuangpai-2018-001"  # output of all of 2017, the text prints it of eleven months
SAME = "outside_same"


def answers(study: Study) -> dict[str, tuple[str, str, str | None]]:
    return {row[0]: row[1:] for row in outside.corroborations(study).iter_rows()}


def test_every_outside_figure_on_a_park_of_the_study_is_answered_and_no_other(study: Study) -> None:
    found = answers(study)
    rows = study.observations.to_dicts()
    core = set(study.park_ids())
    assert list(found) == [r["observation_id"] for r in rows if r["kind"] != "work_summary" and r["park_id"] in core]
    assert Counter(answer for answer, _, _ in found.values()) == {"cannot_be_compared": 14, "agrees": 1}


@every(
    ("identifier", "answer"),
    [
        (NEWS, ("cannot_be_compared", "outside_other_months", "shuangpai-2017-016")),
        ("shuangpai-2018-004", ("cannot_be_compared", "outside_none", None)),
        (
            "hengnan-2019b-001",
            ("cannot_be_compared", "outside_population_unstated", "hengnan-2019-006"),
        ),
        (
            "shuangpai-2018-006",
            ("cannot_be_compared", "outside_populations_differ", "shuangpai-2017-013"),
        ),
        ("hengnan-2019b-004", ("agrees", "outside_part_within", "hengnan-2019-003")),
    ],
)
def test_an_answer_has_its_reason_and_the_figure_it_is_held_against(
    study: Study, identifier: str, answer: tuple[str, str, str | None]
) -> None:
    assert answers(study)[identifier] == answer


def test_every_answer_is_declared(study: Study) -> None:
    assert {a.answer for a in outside.answers(study)} <= set(codes("answer"))


@every(
    ("identifier", "en", "zh"),
    [
        (NEWS, "other months; such figures are never linked (rule G1)", "所涉月份不同，不作链接推算（规则G1）"),
        ("shuangpai-2018-004", "the text prints no such figure", "材料未列示该数据"),
        (
            "hengnan-2019b-001",
            "not both sources state which firms they count",
            "至少一方未说明统计范围",
        ),
        ("hengnan-2019b-004", "a part of the same year, not above its whole", "同年部分月份的数据，未超过总数"),
    ],
)
def test_a_reason_is_said_in_both_languages(study: Study, identifier: str, en: str, zh: str) -> None:
    (answer,) = (a for a in outside.answers(study) if a.observation_id == identifier)
    assert (said(study, answer.reason), said(study, answer.reason, "zh")) == (en, zh)


@pytest.mark.parametrize(
    ("code", "en", "zh"),
    [
        ("outside_same", "same months, same firms", "所涉月份和统计范围相同"),
        ("outside_part_above", "a part above its whole", "部分月份的数据超过总数"),
    ],
)
def test_the_other_reasons_are_said_as_well(study: Study, code: str, en: str, zh: str) -> None:
    assert (said(study, Fact(code)), said(study, Fact(code), "zh")) == (en, zh)


@pytest.mark.parametrize(
    ("figure", "answer"),
    [
        ("50.6亿元", "agrees"),
        ("50.65亿元", "agrees"),
        ("51亿元", "agrees"),
        ("52亿元", "disagrees"),
        ("49.9亿元", "disagrees"),
    ],
)
def test_figures_of_the_same_months_agree_where_their_intervals_meet(
    copy_of_data: Any, figure: str, answer: str
) -> None:
    (own,) = (r for r in edited(copy_of_data).observations.to_dicts() if r["observation_id"] == "shuangpai-2017-016")
    copy_of_data.edit(
        "observations", NEWS,
        period_start=str(own["period_start"]), period_end=str(own["period_end"]), population=own["population"],
        bound="exact",
    )  # fmt: skip
    found = answers(edited(copy_of_data, **{NEWS.replace("-", "_"): figure}))[NEWS]
    assert found == (answer, SAME, "shuangpai-2017-016")


def test_a_part_above_its_whole_disagrees(copy_of_data: Any) -> None:
    own = {r["observation_id"]: r for r in edited(copy_of_data).observations.to_dicts()}["hengnan-2019-003"]
    digits = f"{int(own['high']) + 1}"
    printed = {r["observation_id"]: r for r in edited(copy_of_data).observations.to_dicts()}["hengnan-2019b-004"]
    unit = printed["reported_figure"].lstrip("0123456789.")
    copy_of_data.edit("observations", "hengnan-2019b-004", bound="exact", reported_figure=digits + unit)
    found = answers(edited(copy_of_data))["hengnan-2019b-004"]
    assert found == ("disagrees", "outside_part_above", "hengnan-2019-003")


def test_a_rate_of_a_part_of_the_year_is_never_held_against_the_year(copy_of_data: Any) -> None:
    append(
        copy_of_data, "observations", "shuangpai-2018-002",
        observation_id="shuangpai-2018-901", period_start="2017-01-01", period_end="2017-10-31",
    )  # fmt: skip
    found = answers(edited(copy_of_data))["shuangpai-2018-901"]
    assert found == ("cannot_be_compared", "outside_other_months", "shuangpai-2017-018")


def test_the_figures_of_context_are_those_of_the_other_parks_in_the_order_of_the_record(study: Study) -> None:
    found = outside.context_figures(study)
    core = set(study.park_ids())
    assert found["observation_id"].to_list() == [
        r["observation_id"] for r in study.observations.to_dicts() if r["park_id"] not in core
    ]
    assert (found.height, found["park_id"].n_unique()) == (83, 15)


def test_a_study_without_outside_figures_has_none_to_answer(awkward: Any) -> None:
    import parkstudy

    study = parkstudy.load(awkward)
    expected = study.observations.filter(kind="news").height
    assert outside.corroborations(study).height == expected
