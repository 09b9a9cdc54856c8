"""All figures: every quantity by every park, every figure in one table, and the way from the one to the other."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl
from exhibit_parts import Parts, claim, lines, opened, sentences, trust

from parkstudy.method import coverage
from parkstudy.method.study import Study
from parkstudy.record.codes import codes, label
from parkstudy.show.catalogue import viewer


def test_the_answer_counts_own_and_other_figures(study: Study) -> None:
    said = sentences(viewer(study)("figures-takeaways"))
    assert said[0] == (
        "279 figures are recorded: 181 that the parks’ own summaries print, and 98 of news and other pages beside them."
    )
    assert (
        said[1]
        == "The five own summaries print 81 quantities, of which 12 are stated for the park as a whole by two of them or more."
    )


def test_only_what_was_proven_is_called_verified(study: Study) -> None:
    recorded = "Recorded as printed: not audited, not corrected."
    proven = study.verified.filter(pl.col("observation_id") == "hengnan-2019-001")
    kept = {"all": study.verified, "one": proven, "none": study.verified.clear()}
    for which, of in kept.items():
        two = replace(study, verified=of).only("hengnan,anon-2020")
        two = replace(two, observations=two.summaries())
        said = trust(viewer(two)("figures-takeaways"))
        assert recorded in said, which
        assert ("verified" in said) == (which != "none")
        assert ("That each figure is printed as recorded is verified; that a figure is right is not." in said) == (
            which == "all"
        )
        assert (f"That 1 of the {two.observations.height} figures is printed as recorded is verified" in said) == (
            which == "one"
        )


def test_the_matrix_says_the_state_of_every_park_and_quantity_in_words(study: Study) -> None:
    found = {row["Indicator"]: row for row in lines(viewer(study)("matrix"))}
    assert len(found) == 81
    assert list(found["Gross industrial output"].values())[1:] == [
        "stated 1", "other concept 1", "stated 2", "stated 4", "stated 1", "growth",
    ]  # fmt: skip
    assert found["Land requisitioned"]["Hengnan"] == "target only 1"
    assert found["Planned area"]["Hengnan"] == "a part only 1"
    assert found["Planned area"]["Hengshan"] == "not reported"
    known = {label(group, code, "en") for group in ("stated", "as_what") for code in codes(group)}
    words = {re.sub(r" \d+$", "", cell) for row in found.values() for cell in list(row.values())[1:-1]}
    assert words <= known


def test_a_cell_of_the_matrix_leads_to_the_first_row_of_its_figures(study: Study) -> None:
    links = re.findall(r'href="#([^"]+)"', viewer(study)("matrix").body)
    places = Parts(viewer(study)("figures").body).all("id")
    assert len(links) == coverage.cells(study)["observation_id"].count()
    assert set(links) <= set(places)
    assert "figures-hengnan-gross_industrial_output-level" in links
    assert (
        links.count("figures-hengshan-tech_industry_trade_revenue-level") == 2
    )  # of its own row, and in the place of output


def test_every_recorded_figure_stands_once_and_opens(study: Study) -> None:
    exhibit = viewer(study)("figures")
    found = lines(exhibit)
    assert len(found) == study.observations.height == len(opened(exhibit))
    assert opened(exhibit) == set(study.observations["observation_id"])
    assert (
        claim(exhibit)
        == "All 279 figures of 20 parks, as printed: 181 in the parks’ own summaries, 98 in news and other pages"
    )
    assert list(found[0].values()) == [
        "Gross industrial output", "Hengnan", "55亿元", "工业总产值", "reported result", "2019", "whole park", "own summary",
        "一/(一)/p1", "few digits, not final",
    ]  # fmt: skip


def test_the_parks_asked_for_are_the_parks_shown(study: Study) -> None:
    assert study.within("") is study
    assert {row["Park"] for row in lines(viewer(study.within("xintian"))("figures"))} == {
        "Xintian County Industrial Park"
    }
    assert "No park reports" in viewer(study.within("xintian"))("matrix").body  # a park of context has no own summary
    assert list(lines(viewer(study.within("hengshan"))("matrix"))[0]) == ["Indicator", "Hengshan", "Subject"]
