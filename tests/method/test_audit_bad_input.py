"""The audit on odd figures: unbounded ends, rates of minus one hundred, other years; a finding or none, never a crash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from planted import append, edited, findings, said

import parkstudy
from parkstudy.show.view import View

SHUANGPAI, ANON, HENGNAN = "shuangpai-2017-", "anon-2023-2023-", "hengnan-2019-"


@pytest.mark.parametrize(
    ("observation", "figure", "bound"),
    [
        (HENGNAN + "005", "超过10.2%", "at_least"),
        (HENGNAN + "006", "不到1.2亿元", "at_most"),
        (ANON + "009", "不到140亿元", "at_most"),
        (ANON + "009", "超过140亿元", "at_least"),
        (ANON + "002", "超过124.2亿元", "at_least"),
        (ANON + "010", "超过21.2%", "at_least"),
        (SHUANGPAI + "020", "不到14.1亿元", "at_most"),
        (HENGNAN + "013", "不到5.99km²", "at_most"),
        (ANON + "015", "约43.55亿元", "about"),
        # a base that cannot be computed
        ("hengshan-2022-001", "不到148.2032亿元", "at_most"),  # A12
        (SHUANGPAI + "016", "不到50.6亿元", "at_most"),  # A7
        (SHUANGPAI + "016", "0亿元", "exact"),  # A7
        (SHUANGPAI + "018", "不到45.2%", "at_most"),  # A5
        (SHUANGPAI + "018", "超过45.2%", "at_least"),  # A7
        (SHUANGPAI + "018", "-100%", "exact"),  # A5
        (SHUANGPAI + "021", "不到8.6%", "at_most"),  # A7
        (ANON + "010", "不到21.2%", "at_most"),  # A6
        (ANON + "019", "不到22.62%", "at_most"),  # A13
    ],
)
def test_a_figure_with_a_bound_is_audited(copy_of_data: Any, observation: str, figure: str, bound: str) -> None:
    copy_of_data.edit("observations", observation, reported_figure=figure, bound=bound)
    assert edited(copy_of_data).findings


def test_a6_a_forecast_of_the_next_year_is_no_continuation_of_these_months(awkward: Path) -> None:
    study = parkstudy.load(awkward)
    years = {r["observation_id"]: r["period_end"].year for r in study.summaries().to_dicts() if r["period_end"]}
    for finding in findings(study, "A6"):
        assert len({years[i] for i in finding.observations}) == 1


def test_a5_a_target_of_the_next_year_is_not_set_against_these_months(copy_of_data: Any) -> None:
    for number in ("017", "019"):
        copy_of_data.edit("observations", SHUANGPAI + number, period_start="2018-01-01", period_end="2018-12-31")
    assert not findings(edited(copy_of_data), "A5")


def test_a2_a_share_of_something_unstated_that_disagrees_is_ambiguous(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", ANON + "020", share_of="unstated")
    assert [f.outcome for f in findings(edited(copy_of_data), "A2", ANON + "020")] == ["ambiguous"]


def test_a4_sectors_of_eleven_months_are_not_set_against_one_month(copy_of_data: Any) -> None:
    new = ANON + "901"
    append(
        copy_of_data, "observations", ANON + "002",
        observation_id=new, period_start="2023-11-01", reported_figure="11.5亿元",
    )  # fmt: skip
    assert not [f for f in findings(edited(copy_of_data), "A4", new, ANON + "015")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("001", "47.6亿"), ("015", "47.6亿元")),  # the same unit, once left out
        (("013", "6.99 km²"), ("014", "6.99平方公里")),  # the same unit, written twice
    ],
)
def test_a9_equal_digits_in_one_unit_are_no_finding(
    copy_of_data: Any, first: tuple[str, str], second: tuple[str, str]
) -> None:
    for number, figure in (first, second):
        copy_of_data.edit("observations", HENGNAN + number, reported_figure=figure)
    assert not findings(edited(copy_of_data), "A9", HENGNAN + first[0], HENGNAN + second[0])


def test_a9_the_digit_of_a_unit_is_no_digit_of_the_figure(copy_of_data: Any) -> None:
    study = edited(copy_of_data, hengnan_2019_014="6.99km2")
    assert findings(study, "A9", HENGNAN + "014", HENGNAN + "033")


def test_a13_sectors_that_make_up_the_whole_within_rounding_are_not_implausible(copy_of_data: Any) -> None:
    figures = {"anon_2023_2023_015": "90.97亿元", "anon_2023_2023_016": "16.33%", "anon_2023_2023_019": "16.33%"}
    assert "implausible" not in [f.outcome for f in findings(edited(copy_of_data, **figures), "A13")]


def test_a1_a_sum_of_areas_is_said_with_its_unit(copy_of_data: Any) -> None:
    study = edited(copy_of_data)
    (finding,) = findings(study, "A1", HENGNAN + "033")
    assert said(study, finding.arithmetic) == "6342亩 + 648亩 = 4.6593–4.6607 km² against 规划用地 6990亩"
    assert said(study, finding.arithmetic, "zh") == "6342亩+648亩=4.6593～4.6607平方公里，对照规划用地6990亩"


def test_a1_an_open_part_leaves_its_sum_open(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", HENGNAN + "035", bound="at_least")
    study = edited(copy_of_data, hengnan_2019_035="超过648亩")
    (finding,) = findings(study, "A1", HENGNAN + "033")
    assert said(study, finding.arithmetic) == "6342亩 + 超过648亩 = at least 4.659 km² against 规划用地 6990亩"


def test_a9_a_fall_that_prints_no_percent_sign_is_read_in_percent(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", HENGNAN + "005", caveats="base_unstated;not_final;unit_assumed")
    study = edited(copy_of_data, hengnan_2019_005="下降69.9", hengnan_2019_014="6.99 km²")
    (finding,) = findings(study, "A9", HENGNAN + "005", HENGNAN + "014")
    assert finding.outcome == "ambiguous"


def test_words_of_a_text_are_escaped(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", HENGNAN + "022", reported_term="<1 & 2")
    study = edited(copy_of_data)
    (finding,) = findings(study, "A11", HENGNAN + "022")
    shown = View(study).fact(finding.arithmetic)
    assert shown.startswith('&lt;1 &amp; 2 41.1<span lang="zh-Hans">亿</span> / 62.1% = a plan of 66.05–66.32 ')
