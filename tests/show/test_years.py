"""What pages say of the years of their texts, and that no exhibit mixes two texts of a park without a word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from exhibit_parts import trust
from yearly_parks import yearly

from parkstudy.method.study import Study
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.select import coverage, growth, overview, years
from parkstudy.show.view import View


@pytest.fixture(scope="module")
def three(tmp_path_factory: Any) -> Study:
    return yearly(tmp_path_factory.mktemp("yearly"))


@pytest.mark.parametrize(
    ("year", "lang", "said"),
    [
        (
            "latest", "en",
            "The latest text of each park (of the best grade), of 2020 and 2021; 4 texts are not on this page. "
            "The page on coverage names them.",
        ),
        ("latest", "zh", "每个园区取等级最高的总结中最新的一份，属2020和2021年；另有4份未列入本页，见“列示情况”一页。"),
        ("2021", "en", "Texts of 2021 alone; 1 park has none and is not on this page."),
        ("2021", "zh", "仅取2021年的总结；1个园区该年无总结，未列入本页。"),
        (
            "all", "en",
            "All texts, of 2019 to 2021, three years. Two parks are compared in the latest year that both have.",
        ),
        ("all", "zh", "取全部总结，属2019—2021年（3年）。两个园区相比，取双方都有总结的最近年份。"),
    ],
)  # fmt: skip
def test_an_answer_says_which_years_its_texts_are_of(three: Study, year: str, lang: str, said: str) -> None:
    assert trust(viewer(three.only("", year), lang)("growth-answer")).endswith(said)


@pytest.mark.parametrize(("lang", "end"), [("en", "4 texts are not on this page."), ("zh", "另有4份未列入本页。")])
def test_the_page_that_names_the_texts_left_out_does_not_lead_to_itself(three: Study, lang: str, end: str) -> None:
    assert trust(viewer(three.only("", "latest"), lang)("coverage-takeaways")).endswith(end)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "The park has three texts, of 2019 to 2021, three years; these figures are from that of 2020, the latest of the best grade.",
        ),
        ("zh", "该园区有3份总结，属2019—2021年（3年）；以上数据取自2020年的一份，即等级最高者中最新的一份。"),
    ],
)  # fmt: skip
def test_a_profile_says_which_of_its_texts_it_is_of(three: Study, lang: str, said: str) -> None:
    shown = viewer(three.within("", "latest"), lang)("profile-takeaways", park="qinghe")
    assert trust(shown).endswith(said)


def test_texts_of_one_year_need_no_word(three: Study, study: Study) -> None:
    assert years.told(three.only("donggang", "latest"))["kind"] == ""
    assert years.told(study.only("hengnan", "latest"))["kind"] == ""
    assert years.told(study)["kind"] == "mixed"


def test_the_page_on_coverage_names_what_was_not_taken(three: Study) -> None:
    entry = CATALOGUE["spans"]

    def caption(study: Study) -> str:
        selected = entry.select(study)
        return str(entry.words_of(View(study), "caption", entry.facts(selected, {})))

    shown = caption(three.only("", "latest"))
    assert "2 texts (the period ends in another year): Qinghe Park, 2019; Lanshan Park, 2019. " in shown
    assert "1 text (a text of a better grade is taken): Qinghe Park, Jan–Nov 2021. " in shown
    assert "Not on this page" not in caption(three.only("donggang", "latest"))


def test_every_year_gives_one_line_a_park_where_a_park_has_one(three: Study) -> None:
    lines = overview.board(three.only("", "all")).data
    assert lines["park_id"].unique().sort().to_list() == ["donggang", "lanshan", "qinghe"]
    assert {
        key.rpartition("-")[0] for keys in lines["inputs"].to_list() for key in keys or [] if key.startswith("qinghe")
    } == {"qinghe-2020"}


def without_rate(study: Study, text: str) -> Study:
    """All texts, one of them without its rate of output."""
    other = (pl.col("source_id") != text) | (pl.col("transformation") != "yoy")
    return replace(study.only("", "all"), observations=study.observations.filter(other))


def test_a_pair_is_told_by_the_texts_of_the_latest_year_that_both_have(three: Study) -> None:
    """Neither by a text of another year of the best grade, nor by an earlier year where a side is silent in the latest."""
    rate = "gross_industrial_output_growth"
    silent = without_rate(three, "lanshan-2020")
    assert [one.year for one in silent.compare.rows(rate, "qinghe", "lanshan", price="nominal")] == ["2019"]
    assert silent.compare.latest(rate, "qinghe", "lanshan") == []
    told = [line["questions"][0] for line in coverage.pairs(silent).facts["lines"]]
    assert [(one["outcome"], one["silent"], one["year"]) for one in told] == [
        ("silent", ["lanshan"], "2020"), ("ordered", [], "2021"), ("silent", ["lanshan"], ""),
    ]  # fmt: skip
    assert "not reported by Lanshan Park in 2020<" in viewer(silent)("comparability").body
    assert "兰山园区2020年未列示<" in viewer(silent, "zh")("comparability").body
    best = coverage.pairs(without_rate(three, "qinghe-2020")).facts["lines"]  # the latest of the best grade of Qinghe
    assert [(one["outcome"], one["silent"]) for line in best for one in line["questions"][:1]][1] == ("ordered", [])


def test_a_text_of_an_earlier_year_has_its_own_reason_for_no_rate(three: Study) -> None:
    data = growth.board(without_rate(three, "qinghe-2019"), "nominal").data
    assert data.filter(pl.col("gap").is_not_null()).select("line", "gap").rows() == [("qinghe-2019", "not_reported")]


@pytest.mark.parametrize(
    ("lang", "every", "some"),
    [
        ("en", "in the texts of all years of these parks", "in the chosen texts alone"),
        ("zh", "这些园区各年材料中", "仅计所选材料"),
    ],
)
def test_the_audit_and_the_counts_say_which_texts_they_count(three: Study, lang: str, every: str, some: str) -> None:
    def claims(study: Study) -> list[str]:
        return [viewer(study, lang)(key).body for key in ("audit", "counts")]

    of_all, of_some = claims(three.only("", "latest"))
    assert (every in of_all, some in of_some) == (True, True)
    alone = claims(three.only("donggang", "latest"))
    assert not any(said in claim for claim in alone for said in (every, some))
