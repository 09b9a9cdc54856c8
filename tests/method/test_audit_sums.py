"""The audit of sums and counts: contradictions and agreements planted in a copy of the tables (A1 to A4)."""

from __future__ import annotations

from typing import Any

import pytest
from planted import append, edited, findings, outcome

HENGNAN, HENGSHAN, ANON = "hengnan-2019-", "hengshan-2022-", "anon-2023-2023-"
LAND = [HENGNAN + n for n in ("033", "034", "035")]
CONTRACTS = [ANON + n for n in ("033", "036", "038", "040", "042", "044")]
PROJECTS = [f"anon-2020-2020-0{n}" for n in range(12, 20)]


@pytest.mark.parametrize(
    ("figure", "bound", "expected"),
    [
        ("648亩", "exact", "holds"),
        ("649亩", "exact", "holds"),  # 6,990 to 6,992 against 6,989.5 to 6,990.5
        ("650亩", "exact", "contradiction"),
        ("64亩", "exact", "contradiction"),
        ("600余亩", "at_least", "holds"),  # 600 to 700
        ("500余亩", "at_least", "contradiction"),
        ("不到650亩", "at_most", "holds"),
    ],
)
def test_a1_parts_that_miss_their_total_contradict_it(
    copy_of_data: Any, figure: str, bound: str, expected: str
) -> None:
    copy_of_data.edit("observations", LAND[2], bound=bound)
    assert outcome(edited(copy_of_data, hengnan_2019_035=figure), "A1", *LAND) == expected


@pytest.mark.parametrize(("figure", "expected"), [("247.9亿元", "holds"), ("247.6亿元", "contradiction")])
def test_a1_a_total_of_its_parts_reconciles(copy_of_data: Any, figure: str, expected: str) -> None:
    assert outcome(edited(copy_of_data, anon_2023_2023_033=figure), "A1", *CONTRACTS) == expected


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("7個", "holds"),
        ("8個", "contradiction"),
        ("6個", "contradiction"),
        ("七个", "holds"),
        ("十个", "contradiction"),
    ],
)
def test_a1_the_number_of_parts_is_the_printed_count(copy_of_data: Any, figure: str, expected: str) -> None:
    assert outcome(edited(copy_of_data, anon_2020_2020_012=figure), "A1", *PROJECTS) == expected


@pytest.mark.parametrize(
    ("count", "other", "cells", "expected"),
    [
        (
            "7個",
            "9個",
            {"indicator": "projects_in_negotiation", "reported_term": "项目"},
            ["holds"],
        ),  # the other count is of something else
        ("8個", "9個", {"indicator": "projects_in_negotiation", "reported_term": "项目"}, ["ambiguous"] * 2),
        (
            "8個",
            "9家",
            {"indicator": "new_above_scale_enterprises", "reported_term": "新增规上企业"},
            ["contradiction"],
        ),  # firms do not count projects
    ],
)
def test_a1_of_several_counts_beside_a_list_one_is_its_number(
    copy_of_data: Any, count: str, other: str, cells: dict[str, str], expected: list[str]
) -> None:
    new = {"observation_id": ANON.replace("2023", "2020") + "099", "reported_figure": other, "part_of": "", "split": ""}
    append(copy_of_data, "observations", PROJECTS[0], **new, **cells)
    found = findings(edited(copy_of_data, anon_2020_2020_012=count), "A1", *PROJECTS[1:])
    assert [one.outcome for one in found if one.arithmetic.code == "audit_count"] == expected


def test_a1_a_complete_list_with_a_part_in_another_currency_makes_no_total(copy_of_data: Any) -> None:
    assert not findings(edited(copy_of_data, anon_2023_2023_038="5000万美元"), "A1", CONTRACTS[0])


def test_a1_a_list_that_is_not_complete_need_not_make_its_total(copy_of_data: Any) -> None:
    for part in CONTRACTS[1:]:
        copy_of_data.edit("observations", part, split="some")
    assert not findings(edited(copy_of_data), "A1", CONTRACTS[0])


def test_a1_marks_the_total_and_not_its_parts(copy_of_data: Any) -> None:
    (finding,) = findings(edited(copy_of_data, hengnan_2019_035="748亩"), "A1", *LAND)
    assert finding.marked == (LAND[0],)


SHARE = [ANON + n for n in ("020", "015", "018", "002")]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("61.82%", "holds"),
        ("61.8%", "holds"),
        ("61.78%", "contradiction"),  # ends below 61.787
        ("61.86%", "contradiction"),
        ("62%", "holds"),
        ("38.18%", "contradiction"),
    ],
)
def test_a2_a_share_is_its_sectors_over_the_park(copy_of_data: Any, figure: str, expected: str) -> None:
    assert outcome(edited(copy_of_data, anon_2023_2023_020=figure), "A2", *SHARE) == expected


@pytest.mark.parametrize(
    ("sector", "share", "expected"),
    [
        ("33亿元以上", "61.82%", "holds"),  # 76.545 or more of 124.2
        ("33亿元以上", "70%", "holds"),
        ("33亿元以上", "60%", "contradiction"),
        ("不到34亿元", "40%", "holds"),
        ("不到34亿元", "63%", "contradiction"),  # of 62.5 at most
    ],
)
def test_a2_a_sector_with_an_open_end_is_a_part_like_the_others(
    copy_of_data: Any, sector: str, share: str, expected: str
) -> None:
    copy_of_data.edit("observations", SHARE[2], bound="at_least" if "以上" in sector else "at_most")
    changed = edited(copy_of_data, anon_2023_2023_018=sector, anon_2023_2023_020=share)
    assert outcome(changed, "A2", *SHARE) == expected


def test_a2_another_sector_turns_a_share_that_holds_into_a_contradiction(copy_of_data: Any) -> None:
    figures = {"anon_2023_2023_020": "61.82%", "anon_2023_2023_018": "32.23亿元"}
    (finding,) = findings(edited(copy_of_data, **figures), "A2", *SHARE)
    assert finding.outcome == "contradiction"
    assert finding.marked == (SHARE[0],)


def test_a2_sectors_of_other_months_are_not_set_against_the_share(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", SHARE[0], period_end="2023-10-31")
    assert not findings(edited(copy_of_data), "A2")


def test_a2_a_sector_called_the_others_is_no_leading_one(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", SHARE[0], reported_figure="61.82%")
    sector = {"subject": "sector:other", "reported_figure": "20亿元"}
    append(copy_of_data, "observations", SHARE[2], observation_id=ANON + "099", **sector)
    (finding,) = findings(edited(copy_of_data), "A2", *SHARE)
    assert (finding.outcome, finding.observations) == ("holds", tuple(SHARE))


@pytest.mark.parametrize(
    ("figure", "population", "expected"),
    [("35.1%", "unstated", "holds"), ("55.8%", "unstated", "ambiguous"), ("55.8%", "above_scale", "contradiction")],
)
def test_a2_the_share_of_one_sector_is_its_level_over_the_park(
    copy_of_data: Any, figure: str, population: str, expected: str
) -> None:
    copy_of_data.edit("observations", SHARE[1], population=population)
    own = {"observation_id": ANON + "099", "subject": "sector:textiles-footwear", "reported_figure": figure}
    cells = {"indicator": "gross_industrial_output", "reported_term": "产值", "obs_status": "A"}
    append(copy_of_data, "observations", SHARE[0], **own, **cells)
    study = edited(copy_of_data)
    (finding,) = findings(study, "A2", own["observation_id"])
    assert (finding.outcome, finding.observations) == (expected, (own["observation_id"], SHARE[1], SHARE[3]))
    assert not findings(study, "A12", own["observation_id"])


TWICE = [ANON + "005", ANON + "026"]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [("15.43亿元", "holds"), ("15.4亿元", "holds"), ("15.44亿元", "contradiction"), ("15.42亿元", "contradiction")],
)
def test_a3_two_figures_for_one_thing_agree(copy_of_data: Any, figure: str, expected: str) -> None:
    assert outcome(edited(copy_of_data, anon_2023_2023_026=figure), "A3", *TWICE) == expected


@pytest.mark.parametrize(
    ("indicator", "first", "second", "term", "expected"),
    [
        ("fixed_asset_investment", "001", "47.6亿元", "固定资产投资", "holds"),
        ("fixed_asset_investment", "001", "47.8亿元", "固定资产投资", "contradiction"),
        ("fixed_asset_investment", "001", "47.8亿元", "固定资产投资额", "ambiguous"),  # another wording
    ],
)
def test_a3_other_wording_makes_a_disagreement_ambiguous(
    copy_of_data: Any, indicator: str, first: str, second: str, term: str, expected: str
) -> None:
    new = HENGNAN + "901"
    append(
        copy_of_data, "observations", HENGNAN + first,
        observation_id=new, reported_figure=second, reported_term=term, locator="二/p9",
    )  # fmt: skip
    assert outcome(edited(copy_of_data), "A3", HENGNAN + first, new) == expected


@pytest.mark.parametrize(("locator", "expected"), [("二/p9", "contradiction"), ("", "ambiguous")])
def test_a3_two_stocks_of_one_paragraph_may_be_what_is_new_and_what_there_is_in_all(
    copy_of_data: Any, locator: str, expected: str
) -> None:
    first, new = HENGSHAN + "016", HENGSHAN + "901"
    changed = {"locator": locator} if locator else {}
    append(copy_of_data, "observations", first, observation_id=new, reported_figure="140家", **changed)
    assert outcome(edited(copy_of_data), "A3", first, new) == expected


def test_a3_another_currency_makes_a_disagreement_ambiguous(copy_of_data: Any) -> None:
    first, new = HENGSHAN + "010", HENGSHAN + "901"
    append(copy_of_data, "observations", first, observation_id=new, reported_figure="3700万美元")
    assert outcome(edited(copy_of_data), "A3", first, new) == "ambiguous"


def test_a3_figures_of_other_months_or_populations_are_two_things(copy_of_data: Any) -> None:
    append(
        copy_of_data, "observations", HENGNAN + "001",
        observation_id=HENGNAN + "901", reported_figure="9亿元", population="unstated",
    )  # fmt: skip
    append(
        copy_of_data, "observations", HENGNAN + "001",
        observation_id=HENGNAN + "902", reported_figure="9亿元", period_end="2019-06-30",
    )  # fmt: skip
    assert not findings(edited(copy_of_data), "A3", HENGNAN + "001")


WHOLE = HENGSHAN + "017"


@pytest.mark.parametrize(
    ("figure", "expected"),
    [("1030亩", "holds"), ("1035亩", "ambiguous"), ("1038亩", "ambiguous")],
)
def test_a4_parts_that_may_overlap_and_exceed_their_whole_are_ambiguous(
    copy_of_data: Any, figure: str, expected: str
) -> None:
    study = edited(copy_of_data, hengshan_2022_021=figure)
    assert outcome(study, "A4", WHOLE, HENGSHAN + "021", HENGSHAN + "031") == expected


def test_a4_a_part_above_its_whole_contradicts_it_and_both_are_marked(copy_of_data: Any) -> None:
    part = HENGSHAN + "021"
    (finding,) = findings(edited(copy_of_data, hengshan_2022_021="1040亩"), "A4", part)
    assert finding.outcome == "contradiction"
    assert finding.marked == finding.observations == (part, WHOLE)


def test_a4_a_part_that_fits_is_a_contradiction_no_more(copy_of_data: Any) -> None:
    study = edited(copy_of_data, hengshan_2022_034="7余亩")
    assert [f.outcome for f in findings(study, "A4", HENGSHAN + "034")] == ["ambiguous"]  # 1,044.5 in all
    study = edited(copy_of_data, hengshan_2022_034="7余亩", hengshan_2022_021="1020亩")
    assert [f.outcome for f in findings(study, "A4", HENGSHAN + "034")] == ["holds"]


SECTORS = [ANON + n for n in ("002", "015", "018")]


@pytest.mark.parametrize(
    ("population", "figure", "expected"),
    [
        ("unstated", "43.55亿元", "holds"),
        ("unstated", "93.55亿元", "ambiguous"),  # the sectors may be wider than the park's firms above scale
        ("above_scale", "93.55亿元", "contradiction"),
        ("above_scale", "43.55亿元", "holds"),
        ("above_scale", "91亿元", "holds"),  # 123.7 to 124.7
    ],
)
def test_a4_sectors_above_the_park_contradict_it_on_one_stated_population(
    copy_of_data: Any, population: str, figure: str, expected: str
) -> None:
    for sector in SECTORS[1:]:
        copy_of_data.edit("observations", sector, population=population)
    assert outcome(edited(copy_of_data, anon_2023_2023_015=figure), "A4", *SECTORS) == expected


@pytest.mark.parametrize(("figure", "expected"), [("34户", "ambiguous"), ("35户", "holds"), ("36户", "holds")])
def test_a4_firms_of_sectors_within_the_firms_above_scale(copy_of_data: Any, figure: str, expected: str) -> None:
    study = edited(copy_of_data, anon_2023_2023_001=figure)
    assert outcome(study, "A4", ANON + "001", ANON + "014", ANON + "017") == expected


@pytest.mark.parametrize(
    ("figure", "expected"), [("13个", "ambiguous"), ("28个", "ambiguous"), ("29个", "holds"), ("40个", "holds")]
)
def test_a4_months_together_within_their_year(copy_of_data: Any, figure: str, expected: str) -> None:
    study = edited(copy_of_data, hengnan_2019_002=figure)
    assert outcome(study, "A4", HENGNAN + "002", HENGNAN + "019", HENGNAN + "020") == expected


def test_a4_months_that_overlap_are_not_added(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", HENGNAN + "020", period_start="2019-04-01")
    assert not findings(edited(copy_of_data), "A4", HENGNAN + "002")
