"""The profile of a park: its own text, figures and measures, none of another park beside them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cases import every
from exhibit_parts import claim, lines, opened, sentences, trust

import parkstudy
from parkstudy.method.study import Study
from parkstudy.method.tax import LEAST_PEERS
from parkstudy.record.chosen import UnknownParkError
from parkstudy.record.codes import codes
from parkstudy.show import profiles
from parkstudy.show.catalogue import PROFILE, viewer
from parkstudy.show.select import profile

PARKS = ["hengnan", "anon-2020"]


def test_a_profile_answers_with_growth_tax_and_land_and_what_it_is_silent_on(study: Study) -> None:
    exhibit = viewer(study)("profile-takeaways", park="shuangpai")
    said = sentences(exhibit)
    assert said[0].startswith(
        "Shuangpai, Jan–Nov 2017: growth of output 45.2 % (firms above the size threshold); tax per output 0.49–0.69"
    )
    assert said[1] == (
        "At least two of the other texts state for the park as a whole what this one does not state in the same way: "
        "Fixed-asset investment; Firms above the size threshold; Projects signed; Projects started."
    )
    assert trust(exhibit).endswith("25 of its 28 figures carry a caveat. A profile is no comparison.")
    keys = study.measures.filter(park_id="shuangpai", measure="tax_per_area", rung="perimeter")["key"]
    assert set(keys) <= opened(exhibit)  # as reported, and as a full year


@pytest.mark.parametrize(
    ("park", "said"),
    [
        ("hengshan", "growth of output not reported; tax per output not computed, for revenue of another concept stands in "
         "the place of output; tax per area not computed."),
        ("anon-2020", "growth of output 24 % (firms above the size threshold); tax per output not computed; tax per area not computed."),
    ],
)  # fmt: skip
def test_what_a_text_does_not_report_is_said(study: Study, park: str, said: str) -> None:
    assert sentences(viewer(study)("profile-takeaways", park=park))[0].endswith(said)


def test_a_long_silence_is_counted(study: Study) -> None:
    facts = profile.sentences(study, "hengshan").facts
    assert (len(facts["silent"]), facts["more"]) == (4, 4)
    assert sentences(viewer(study)("profile-takeaways", park="hengshan"))[1].endswith("; and 4 more.")


def test_a_figure_that_the_park_prints_no_longer_is_a_silence(study: Study, copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", subject="zone:other")
    changed = parkstudy.load(copy_of_data.folder)
    assert "growth of output not reported" in sentences(viewer(changed)("profile-takeaways", park="hengnan"))[0]
    silent = [
        (row["indicator"], row["transformation"]) for row in profile.sentences(changed, "hengnan").facts["silent"]
    ]
    assert silent[0] == ("gross_industrial_output", "yoy")


def test_a_text_without_a_grade_says_so(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "hengnan-2019", grade="")
    exhibit = viewer(parkstudy.load(copy_of_data.folder))("profile-takeaways", park="hengnan")
    assert trust(exhibit).startswith("One text without a grade; ")


def test_a_park_without_a_text_says_so(awkward: Any) -> None:
    study = parkstudy.load(awkward)
    for lang, end, none in (
        ("en", ": the study holds no work summary of this park.", ": no figure on growth, tax or land"),
        ("zh", "：本研究未收录该园区的工作总结。", "：未列示增长、税收和用地数据"),
    ):
        exhibit = viewer(study, lang)("profile-takeaways", park="neighbour")
        (found,) = sentences(exhibit)
        assert found.endswith(end)
        assert trust(exhibit) == ""
        assert claim(viewer(study, lang)("facts", park="neighbour")).endswith(none)


def facts_of(study: Study, park: str) -> dict[str, dict[str, str]]:
    return {row["Figure"]: row for row in lines(viewer(study)("facts", park=park))}


def test_facts_stand_with_their_printed_digits_and_their_target(study: Study) -> None:
    found = facts_of(study, "shuangpai")
    row = found["Gross industrial output, growth"]
    assert (row["Value"], row["Target or plan"]) == ("45.2 %", "target 21 % (2017)")
    assert (row["Period"], row["Firms counted"], row["Status"]) == (
        "Jan–Nov 2017",
        "firms above the size threshold",
        "reported result",
    )
    assert found["Gross industrial output"]["Value"] == "5.06 billion yuan 50.6亿元"
    assert found["Area of the regulatory detailed plan"]["Value"] == "plan only"
    assert facts_of(study, "hengnan")["Land supplied"]["Value"] == "700–800 mu 700余亩"  # not 700: more than that
    tax = [row for row in lines(viewer(study)("facts", park="hengnan")) if row["Figure"] == "Tax paid"]
    assert [(row["Value"][:11], row["Target or plan"], row["Period"]) for row in tax] == [
        ("120 million", "", "2019"), ("target only", "target 200 million yuan (2020)", ""),
    ]  # fmt: skip
    chinese = {row["指标"]: row for row in lines(viewer(study, "zh")("facts", park="shuangpai"))}
    assert chinese["工业总产值增速"]["数值"] == "45.2%"


def test_every_printed_figure_of_the_whole_park_on_growth_tax_and_land_is_a_fact(study: Study) -> None:
    dimension = dict(study.indicators.select("indicator", "dimension").iter_rows())
    for park in study.park_ids():
        rows = study.summaries().filter(park_id=park, subject="park").iter_rows(named=True)
        wanted = {row["observation_id"] for row in rows if dimension[row["indicator"]] in profile.DERIVED}
        assert wanted <= opened(viewer(study)("facts", park=park))


def test_peers_count_the_same_firms_and_are_results_of_other_parks(study: Study) -> None:
    rows = {row["observation_id"]: row for row in study.observations.iter_rows(named=True)}
    held = {}
    for park in study.park_ids():
        for line in profile.facts(study, park).facts["lines"]:
            for peer in line["peers"]:
                own = rows[line["row"]["observation_id"]]
                assert peer["park_id"] != park
                assert own["value_type"] == "outturn"  # a forecast is set beside no result
                assert peer["population"] == own["population"] != "unstated"
                assert (peer["value_type"], peer["transformation"]) == ("outturn", own["transformation"])
                held.setdefault((park, own["indicator"]), set()).add(peer["park_id"])
    assert held["shuangpai", "gross_industrial_output"] == {"anon-2023", "anon-2020", "guilin-gaotie", "zibo-high-tech"}
    assert not [key for key in held if key[0] == "hengnan"]  # nobody else reports for the whole park
    assert min(map(len, held.values())) >= LEAST_PEERS


def test_a_strip_marks_the_park_in_its_colour_and_others_in_grey(study: Study) -> None:
    body = viewer(study)("facts", park="shuangpai").body
    strips = re.findall(r'<svg class="strip".*?</svg>', body)
    assert len(strips) == 2
    place = study.all_parks.index("shuangpai") + 1
    for strip in strips:
        assert strip.count('fill="var(--mark)"') == 4
        assert strip.count(f'fill="var(--park-{place})"') == 1
        assert "Shuangpai" not in strip  # no words in the drawing: they stand below it
        assert re.search('aria-label="[^"]*45.2|8.6', strip)
    assert "<svg" not in viewer(study)("facts", park="hengnan").body


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


@every("entry", PROFILE)
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


def test_a_point_in_time_known_by_a_month_has_no_day(study: Study) -> None:
    found = {row["Figure"]: row["Period"] for row in lines(viewer(study)("facts", park="hengnan"))}
    assert found["Area in force"] == "Jan 2020"  # the text prints 2020-01 as its date


def test_a_planned_area_is_not_called_the_area_in_force(study: Study) -> None:
    found = {row["Printed figure"]: row["Indicator"] for row in lines(viewer(study)("profile-table", park="hengnan"))}
    assert (found["5.99km²"], found["6.99 km²"]) == ("Area in force", "Area after expansion")


def test_of_many_figures_beside_one_each_place_is_drawn_once_and_the_ends_alone_open(
    study: Study, monkeypatch: Any
) -> None:
    each = viewer(study)("facts", park="shuangpai")
    monkeypatch.setattr(profiles, "_MOST", 3)
    many = viewer(study)("facts", park="shuangpai")
    dots = [re.findall(r'<circle cx="([^"]*)"[^>]*var\(--mark\)', one.body) for one in (each, many)]
    assert set(dots[0]) == set(dots[1])
    assert 'fill="var(--mark)" data-opens' not in many.body
    assert opened(many) < opened(each)
    assert {"shuangpai-2017-018"} <= opened(many)
