"""The audit of labels: digits, areas, plans, shares, wording, planted in a copy of the tables (A9 to A12, A14)."""

from __future__ import annotations

from typing import Any

import pytest
from planted import append, edited, findings, outcome, said

HENGNAN, HENGSHAN, SHUANGPAI = "hengnan-2019-", "hengshan-2022-", "shuangpai-2017-"


@pytest.mark.parametrize(
    ("figures", "pair", "found"),
    [
        ({}, ("014", "033"), ["ambiguous"]),
        ({"hengnan_2019_033": "6991亩"}, ("014", "033"), []),
        ({"hengnan_2019_033": "6990 km²"}, ("014", "033"), []),  # one unit
        ({"hengnan_2019_016": "1250亩"}, ("015", "016"), ["ambiguous"]),  # 125 of money
        ({"hengnan_2019_017": "250亩", "hengnan_2019_018": "25亿元"}, ("017", "018"), []),  # two digits are too few
    ],
)
def test_a9_three_equal_digits_with_another_unit_are_ambiguous(
    copy_of_data: Any, figures: dict[str, str], pair: tuple[str, str], found: list[str]
) -> None:
    study = edited(copy_of_data, **figures)
    assert [f.outcome for f in findings(study, "A9", *(HENGNAN + n for n in pair))] == found


@pytest.mark.parametrize(
    ("figure", "expected"),
    [("13 km²", "holds"), ("7 km²", "holds"), ("6 km²", "contradiction"), ("5.99 km²", "contradiction")],
)
def test_a10_the_control_plan_is_no_smaller_than_the_expanded_area(
    copy_of_data: Any, figure: str, expected: str
) -> None:
    study = edited(copy_of_data, hengnan_2019_010=figure)
    assert outcome(study, "A10", HENGNAN + "014", HENGNAN + "010") == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"hengnan_2019_012": "1.0 km²"}, "holds"),
        ({"hengnan_2019_012": "1500亩"}, "holds"),
        ({"hengnan_2019_012": "1.1 km²"}, "contradiction"),
        ({"hengnan_2019_012": "1.1 km²", "hengnan_2019_014": "7.09 km²"}, "holds"),
        ({"hengnan_2019_012": "2000亩"}, "contradiction"),
    ],
)
def test_a10_the_former_and_the_added_area_make_the_new_one(
    copy_of_data: Any, figures: dict[str, str], expected: str
) -> None:
    ids = [HENGNAN + n for n in ("013", "012", "014")]
    (finding,) = (f for f in findings(edited(copy_of_data, **figures), "A10", *ids))
    assert finding.outcome == expected
    assert finding.marked == ((ids[2],) if expected == "contradiction" else ())


@pytest.mark.parametrize(
    ("earlier", "added", "expected"),
    [("5.2 km²", "1.0 km²", ["holds"]), ("5.2 km²", "1.4 km²", ["ambiguous"] * 2), ("5.59 km²", "1.4 km²", ["holds"])],
)
def test_a10_of_areas_at_several_dates_one_is_the_former(
    copy_of_data: Any, earlier: str, added: str, expected: list[str]
) -> None:
    other = {"observation_id": HENGNAN + "099", "reported_figure": earlier, "period_end": "2018-12-31", "locator": "p9"}
    append(copy_of_data, "observations", HENGNAN + "013", **other)
    found = findings(edited(copy_of_data, hengnan_2019_012=added), "A10", HENGNAN + "012", HENGNAN + "014")
    assert [one.outcome for one in found] == expected


PLAN = [HENGNAN + "022", HENGNAN + "023"]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [("66.2亿元", "holds"), ("66亿元", "holds"), ("66.4亿元", "contradiction"), ("70亿元", "contradiction")],
)
def test_a11_a_printed_plan_is_what_was_done_over_its_percentage(copy_of_data: Any, figure: str, expected: str) -> None:
    new = HENGNAN + "901"
    append(
        copy_of_data, "observations", PLAN[0],
        observation_id=new, value_type="plan", obs_status="", reported_figure=figure,
    )  # fmt: skip
    study = edited(copy_of_data)
    assert outcome(study, "A11", *PLAN, new) == expected
    assert len(findings(study, "A11")) == 1


def test_a11_the_plan_of_the_year_is_that_of_its_months(copy_of_data: Any) -> None:
    for row in PLAN:
        copy_of_data.edit("observations", row, period_end="2019-11-30")
    year = {"value_type": "plan", "obs_status": "", "period_end": "2019-12-31", "reported_figure": "66.2亿元"}
    append(copy_of_data, "observations", PLAN[0], observation_id=HENGNAN + "901", **year)
    next_year = {"period_start": "2020-01-01", "period_end": "2020-12-31", "reported_figure": "90亿元"}
    append(copy_of_data, "observations", HENGNAN + "901", observation_id=HENGNAN + "902", **next_year)
    (finding,) = findings(edited(copy_of_data), "A11", *PLAN)
    assert (finding.outcome, finding.observations) == ("holds", (*PLAN, HENGNAN + "901"))


def test_a11_an_implied_plan_that_is_not_printed_is_ambiguous(copy_of_data: Any) -> None:
    study = edited(copy_of_data, hengnan_2019_023="50.0%")
    (finding,) = findings(study, "A11", *PLAN)
    assert finding.outcome == "ambiguous"
    assert (
        said(study, finding.arithmetic)
        == "已完成投资 41.1亿 / 50.0% = a plan of 82.02–82.38 亿元, which is not printed"
    )


def test_a11_a_share_of_something_else_implies_no_plan(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", PLAN[1], share_of="unstated")
    assert not findings(edited(copy_of_data), "A11")


RATIO = [HENGSHAN + n for n in ("006", "005", "001")]


@pytest.mark.parametrize(
    ("figure", "found"),
    [("63.7%", ["ambiguous"]), ("63.74%", ["ambiguous"]), ("63.8%", []), ("64%", []), ("64.7%", [])],
)
def test_a12_a_share_equal_to_the_ratio_of_two_other_sums_is_ambiguous(
    copy_of_data: Any, figure: str, found: list[str]
) -> None:
    study = edited(copy_of_data, hengshan_2022_006=figure)
    assert [f.outcome for f in findings(study, "A12", *RATIO)] == found


def test_a12_a_share_of_a_third_quantity_is_no_ratio_of_two_others(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", RATIO[0], share_of="exports_imports")
    assert not findings(edited(copy_of_data), "A12", *RATIO)


def test_a12_every_share_is_looked_at(copy_of_data: Any) -> None:
    study = edited(copy_of_data, hengshan_2022_007="63.74%")
    assert {f.observations[0] for f in findings(study, "A12")} == {HENGSHAN + "006", HENGSHAN + "007"}


def test_a12_sums_of_other_months_are_no_ratio_of_the_share(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", HENGSHAN + "005", period_end="2022-10-31")
    assert not findings(edited(copy_of_data), "A12")


def wording(study: Any, observation: str) -> list[str]:
    """What the check of wording says of an observation."""
    found = [f for f in findings(study, "A14") if f.observations == (observation,)]
    assert {f.outcome for f in found} <= {"ambiguous"}
    return [f.arithmetic.code for f in found]


def test_a14_a_figure_that_is_final_is_not_found(copy_of_data: Any) -> None:
    before = wording(edited(copy_of_data), HENGNAN + "004")
    copy_of_data.edit("observations", HENGNAN + "004", caveats="coarse_figure", obs_status="A")
    assert (before, wording(edited(copy_of_data), HENGNAN + "004")) == (["audit_not_final"], [])


@pytest.mark.parametrize(
    ("published", "found"),
    [
        ("2022-12-15", ["audit_not_over"]),
        ("2022-12", []),  # a month without a day is its last day
        ("2022-12-31", []),
        ("2023-01-05", []),
    ],
)
def test_a14_an_outturn_of_a_period_that_was_not_over(copy_of_data: Any, published: str, found: list[str]) -> None:
    copy_of_data.edit("sources", "hengshan-2022", published=published)
    copy_of_data.edit("observations", HENGSHAN + "001", period_end="2022-12-31")
    assert wording(edited(copy_of_data), HENGSHAN + "001") == found


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "技工贸总收入 148.2032亿元: its period ends on 2022-12-31, after the text"),
        ("zh", "技工贸总收入148.2032亿元：所涉时段止于2022年12月31日，晚于成文日期"),
    ],
)
def test_a14_the_end_of_the_period_is_said(copy_of_data: Any, lang: str, sentence: str) -> None:
    copy_of_data.edit("sources", "hengshan-2022", published="2022-12-15")
    copy_of_data.edit("observations", HENGSHAN + "001", period_end="2022-12-31")
    study = edited(copy_of_data)
    (finding,) = (f for f in findings(study, "A14") if f.observations == (HENGSHAN + "001",))
    assert said(study, finding.arithmetic, lang) == sentence


@pytest.mark.parametrize(
    ("published", "found"),
    [("2020-01", ["audit_was_over"]), ("2019-12-01", []), ("", [])],
)
def test_a14_a_forecast_of_a_period_that_was_over(copy_of_data: Any, published: str, found: list[str]) -> None:
    copy_of_data.edit("sources", "hengnan-2019", published=published)
    assert wording(edited(copy_of_data), HENGNAN + "007") == found


def test_a14_an_undated_text_has_no_early_outturn(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "hengshan-2022", published="")
    assert wording(edited(copy_of_data), HENGSHAN + "019") == ["audit_not_final"]
