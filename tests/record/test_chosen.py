"""Which parks and texts of a study are chosen, and what is said of the others."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from yearly_parks import yearly

from parkstudy.method.study import Study, load
from parkstudy.record.chosen import UnknownParkError, UnknownYearError, texts_of

_PLACES = "county, prefecture, province, county_zh, county_en, prefecture_zh, prefecture_en, province_zh, province_en"


@pytest.fixture(scope="module")
def three(tmp_path_factory: Any) -> Study:
    return yearly(tmp_path_factory.mktemp("yearly"))


@pytest.mark.parametrize(
    ("year", "texts", "aside"),
    [
        (
            "latest",
            ["qinghe-2020", "lanshan-2020", "donggang-2021"],
            {"qinghe-2019": "other_year", "qinghe-2021": "lower_grade", "lanshan-2019": "other_year", "lanshan-2020a": "same_year"},
        ),
        (
            "2020",
            ["qinghe-2020", "lanshan-2020"],
            {
                "qinghe-2019": "other_year", "qinghe-2021": "other_year", "lanshan-2019": "other_year",
                "lanshan-2020a": "same_year", "donggang-2021": "other_year",
            },
        ),
        (
            "2021",
            ["qinghe-2021", "donggang-2021"],
            dict.fromkeys(["qinghe-2019", "qinghe-2020", "lanshan-2019", "lanshan-2020a", "lanshan-2020"], "other_year"),
        ),
        (
            "all",
            ["qinghe-2019", "qinghe-2020", "qinghe-2021", "lanshan-2019", "lanshan-2020", "donggang-2021"],
            {"lanshan-2020a": "same_year"},
        ),
    ],
)  # fmt: skip
def test_a_park_has_one_text_a_year_and_the_others_are_named(
    three: Study, year: str, texts: list[str], aside: dict[str, str]
) -> None:
    chosen = three.only("", year)
    assert chosen.sources["source_id"].to_list() == texts
    assert dict(chosen.set_aside.select("source_id", "why").iter_rows()) == aside
    assert set(chosen.set_aside["taken"].drop_nulls()) <= set(texts)
    assert set(chosen.observations["source_id"]) == set(texts)
    assert chosen.all_years.years == (2019, 2020, 2021)
    assert chosen.only("qinghe").all_years.sources.height == 3  # chosen twice, and still with every text


@pytest.mark.parametrize("dates", [("", "2021-01-10", "2021-02"), ("2021-01-31", "", "2021-02-01")])
def test_of_two_texts_alike_the_later_dated_one_is_taken_and_an_undated_one_last(dates: tuple[str, ...]) -> None:
    year = {"period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31)}
    own = {"park_id": "qinghe", "kind": "work_summary", "grade": "A", **year}
    texts = pl.DataFrame([{"source_id": one or "none", "published": one or None, **own} for one in dates])
    assert texts_of(texts, "all")[0] == [dates[2]]
    assert texts_of(texts[:2], "all")[0] == [max(dates[:2])]


@pytest.mark.parametrize(
    ("asked", "parks"),
    [
        ("group:province=江西省", ["qinghe", "lanshan"]),
        ("group:province_en=jiangxi", ["qinghe", "lanshan"]),
        ("group:size=small, qinghe", ["qinghe", "lanshan", "donggang"]),
        ("group:zone_kind=county", ["qinghe", "lanshan", "donggang"]),
        ("group:prefecture=Ganzhou,group:size=large", ["qinghe"]),
    ],
)
def test_parks_are_chosen_by_group(three: Study, asked: str, parks: list[str]) -> None:
    assert three.only(asked).parks["park_id"].to_list() == parks


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("qinghee", "unknown park 'qinghee'; did you mean 'qinghe'? known parks: qinghe, lanshan, donggang"),
        (
            "group:provinc=Jiangxi",
            "unknown group 'provinc=Jiangxi'; did you mean 'province'? expected group:<column>=<value> with a column out of "
            f"{_PLACES}, zone_kind, size",
        ),
        (
            "group:size",
            f"unknown group 'size'; expected group:<column>=<value> with a column out of {_PLACES}, zone_kind, size",
        ),
        (
            "group:province=Jangxi",
            "no park with province 'Jangxi'; did you mean 'Jiangxi'? known values: 江西省, Jiangxi, 福建省, Fujian",
        ),
        ("group:county=x", "no park with county 'x'; parks.csv gives none for a core park"),
    ],
)  # fmt: skip
def test_an_unknown_park_or_group_is_refused_with_what_there_is(three: Study, asked: str, said: str) -> None:
    with pytest.raises(UnknownParkError) as error:
        three.only(asked)
    assert str(error.value) == said


@pytest.mark.parametrize(
    ("parks", "year", "said"),
    [
        ("", "2031", "no text of 2031; years in which a text of these parks ends: 2019, 2020, 2021"),
        ("donggang", "2019", "no text of 2019; years in which a text of these parks ends: 2021"),
        (
            "", "lates",
            "unknown year 'lates'; did you mean 'latest'? expected latest, all or a year; years in which a text of these parks "
            "ends: 2019, 2020, 2021",
        ),
    ],
)  # fmt: skip
def test_a_year_without_a_text_is_refused_with_the_years_there_are(
    three: Study, parks: str, year: str, said: str
) -> None:
    with pytest.raises(UnknownYearError) as error:
        three.only(parks, year)
    assert str(error.value) == said


def test_a_park_without_a_text_stays_where_no_year_is_asked(tmp_path: Path) -> None:
    yearly(tmp_path, ["qinghe-2020"])
    own = load(tmp_path)
    assert own.only("", "latest").park_ids() == ["qinghe", "lanshan", "donggang"]
    assert own.only("", "2020").park_ids() == ["qinghe"]


def test_an_anonymised_park_is_in_no_group_of_a_place(study: Study) -> None:
    with pytest.raises(UnknownParkError, match=r"known values: 湖南省, Hunan$"):
        study.only("group:province=anonymous")
    named = study.parks.filter(role="core", anonymised=False)["park_id"].to_list()
    assert study.only("group:province=湖南省").park_ids() == named
