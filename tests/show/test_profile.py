"""The profile of a park: its own text, figures and measures, none of another park beside them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from exhibit_parts import claim, lines, opened, sentences, trust

import parkstudy
from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.record.tables import UnknownParkError
from parkstudy.show.catalogue import CATALOGUE, PROFILE, viewer
from parkstudy.show.dots import Dots
from parkstudy.show.select import profile
from parkstudy.show.view import View

PARKS = ["hengnan", "anon-2020"]


@pytest.mark.parametrize(
    ("park", "first", "grade"),
    [
        ("hengshan", "Hengshan High-tech Zone reports Jan–Nov 2022; 36 figures are recorded: ", "A"),
        ("anon-2020", "Anonymised park (2020) reports Jan–Jun 2020; 22 figures are recorded: ", "C"),
    ],
)
def test_a_profile_says_what_its_text_covers_and_its_grade(study: Study, park: str, first: str, grade: str) -> None:
    exhibit = viewer(study)("profile-takeaways", park=park)
    found = sentences(exhibit)
    assert found[0].startswith(first)
    assert found[1].startswith(f"Grade {grade}: ")
    assert trust(exhibit).startswith(f"Rests on one text of grade {grade}; ")


def test_a_profile_counts_types_gaps_and_caveats(study: Study) -> None:
    facts = profile.sentences(study.only(""), "anon-2020").facts
    assert sum(one["number"] for one in facts["types"]) == facts["figures"] == 22
    caveats = [(one["number"], one["caveat"]) for one in facts["caveats"]]
    assert caveats == sorted(caveats, key=lambda pair: (-pair[0], pair[1]))
    assert len(caveats) == 3
    assert 0 < facts["absent"] < facts["cells"]
    assert 0 < facts["marked"] <= facts["figures"]


def test_a_figure_that_the_park_prints_no_longer_is_one_gap_more(study: Study, copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", subject="zone:other")
    before, after = (profile.sentences(s, "hengnan").facts for s in (study, parkstudy.load(copy_of_data.folder)))
    assert after["absent"] == before["absent"] + 1


def test_a_text_without_a_grade_says_so(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "hengnan-2019", grade="")
    exhibit = viewer(parkstudy.load(copy_of_data.folder))("profile-takeaways", park="hengnan")
    assert sentences(exhibit)[1] == "The text has no grade."
    assert trust(exhibit).startswith("Rests on one text; ")


def test_a_park_without_a_text_says_so(awkward: Any) -> None:
    study = parkstudy.load(awkward)
    for lang, end in (
        ("en", ": the study holds no work summary of this park."),
        ("zh", "：本研究未收录该园区的工作总结。"),
    ):
        exhibit = viewer(study, lang)("profile-takeaways", park="neighbour")
        (found,) = sentences(exhibit)
        assert found.endswith(end)
        assert trust(exhibit) == ""


@pytest.mark.parametrize("park", PARKS)
def test_a_profile_holds_every_recorded_figure_of_its_park(study: Study, park: str) -> None:
    exhibit = viewer(study)("profile-table", park=park)
    recorded = study.summaries().filter(park_id=park)
    assert sorted(row["Printed figure"] for row in lines(exhibit)) == sorted(recorded["reported_figure"])
    assert opened(exhibit) == set(recorded["observation_id"])
    name = study.parks.filter(park_id=park)["name_en"][0]
    assert claim(exhibit) == f"All {recorded.height} recorded figures of {name}"


def test_the_figures_of_a_profile_stand_by_dimension(study: Study) -> None:
    order = [str(dimension) for dimension in profile.recorded(study, "hengnan").data["dimension"]]
    known = list(codes("dimension"))
    assert [known.index(one) for one in order] == sorted(known.index(one) for one in order)
    assert len(set(order)) > 3


@pytest.mark.parametrize("entry", PROFILE, ids=lambda entry: entry.key)
def test_an_unknown_park_is_named(study: Study, entry: Any) -> None:
    with pytest.raises(UnknownParkError, match=r"^unknown park 'hengnam'; did you mean 'hengnan'\?"):
        viewer(study)(entry.key, park="hengnam")


@pytest.mark.parametrize("key", ["profile-takeaways", "profile-table"])
@pytest.mark.parametrize("park", PARKS)
def test_chinese_words_open_the_same_numbers_and_hold_no_english(study: Study, key: str, park: str) -> None:
    english, chinese = (viewer(study, lang)(key, park=park) for lang in ("en", "zh"))
    assert opened(english) == opened(chinese)
    words = [*sentences(chinese), trust(chinese)] if key == "profile-takeaways" else [claim(chinese)]
    assert len(words) == (len(sentences(english)) + 1 if key == "profile-takeaways" else 1)
    assert not [text for text in words if re.search(r"[A-Za-z]{3,}|[\u4e00-\u9fff][,;:]", text)]


def test_a_profile_draws_its_own_measures_as_reported(study: Study) -> None:
    entry = CATALOGUE["profile"]
    assert isinstance(entry, Dots)
    selected = entry.prepared(View(study), entry.select(study, park="hengnan"))
    data = selected.data
    assert set(data["park_id"]) == {"hengnan"}
    assert set(data["basis"]) == {"reported"}
    assert "real" not in data["price"].to_list()
    assert not [measure for measure in profile.MEASURES if measure.startswith("reference")]
    assert selected.facts["measures"] == data["panel"].n_unique() == 5
    said = dict(data.select("label", "said").iter_rows())
    assert said["area in force, 2019"].startswith("918 (909–927)")
    assert said["Hengnan, 2019, each"].startswith("25.0 (24.0–26.1)")
    assert data.filter(measure="gross_industrial_output_growth")["said"][0].startswith("10.2 ")
    places = [profile.MEASURES.index(str(panel)) for panel in data["panel"]]
    assert places == sorted(places)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_profile_is_drawn_and_one_without_a_measure_says_so(study: Study, awkward: Any, lang: str) -> None:
    exhibit = viewer(study, lang)("profile", park="shuangpai")
    assert set(exhibit.data["key"]) <= opened(exhibit) <= set(exhibit.records)
    assert len(re.findall("<svg ", exhibit.body)) == 2
    empty = viewer(parkstudy.load(awkward), lang)("profile", park="neighbour")
    assert claim(empty).endswith({"en": ": no measure has a value", "zh": "：各项指标均无数值"}[lang])
    assert "<svg " not in empty.body
