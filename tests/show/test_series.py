"""Series: what parks with several texts report over the years, as a drawing, as a table by years, or as one sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import many_parks
import pytest
from exhibit_parts import claim, lines, parts, prepared, said, shown, study_of
from foreign_parks import foreign

from parkstudy.method.study import Study, load
from parkstudy.record.codes import LANGUAGES
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.series import Series
from parkstudy.show.theme import NARROW, WIDE
from parkstudy.show.view import View


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return foreign(tmp_path_factory.mktemp("years"), years=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_text_a_park_is_one_sentence_on_the_page_of_all_and_nothing_on_that_of_a_park(lang: str) -> None:
    only = {
        "en": "No park of this study has two texts, so that nothing can be shown over the years.",
        "zh": "本研究的园区均只有一份材料，无法逐年列示。",
    }
    assert parts(shown("series", lang))[0].text == only[lang]
    assert parts(shown("park-series", lang, park="hengnan"))[0].text == ""


def test_a_panel_is_a_quantity_and_its_firms_that_two_texts_report(years: Study) -> None:
    panels = prepared(years, "series").facts["panels"]
    found = [(one["park_id"], one["indicator"], one["population"], one["texts"]) for one in panels]
    assert found == [
        ("qingtan", "gross_industrial_output", "above_scale", 3),
        ("qingtan", "tax_revenue", "industry", 3),
        ("baishi", "gross_industrial_output", "above_scale", 2),
        ("baishi", "tax_revenue", "industry", 2),
        ("luoxi", "gross_industrial_output", "above_scale", 2),
        ("luoxi", "tax_revenue", "park", 2),
    ]


def test_every_mark_has_its_own_months_and_no_mark_stands_in_a_gap(years: Study) -> None:
    data = prepared(years, "park-series", park="qingtan").data.filter(indicator="gross_industrial_output")
    marks = [(row["part"], row["mark"], row["period_end"].year, row["said"]) for row in data.iter_rows(named=True)]
    assert sorted(marks) == [
        ("level", "outturn", 2018, "7.012"),
        ("level", "outturn", 2019, "7.84"),
        ("level", "outturn", 2021, "9.513"),
        ("level", "target", 2019, "8.0"),
        ("rate", "change", 2019, "[11.81]"),
        ("rate", "outturn", 2019, "11.8"),
        ("rate", "outturn", 2021, "12.4"),
        ("rate", "target", 2019, "14"),
    ]
    spans = prepared(years, "park-series", park="luoxi").data.filter(mark="outturn", part="level")
    assert set(spans["period_end"]) == {date(2020, 11, 30), date(2021, 11, 30)}


def test_the_claim_counts_the_printed_rates_that_agree_with_the_levels(years: Study) -> None:
    held = "of 5 printed rates with an earlier level beside them, 3 agree with the change of the levels"
    assert said(years, "series", "claim") == f"3 parks with texts of several years: {held}"
    assert "其中3个与绝对数的变动率相符" in said(years, "series", "claim", "zh")
    alone = "Each park has texts of one year alone, so that no rate can be set beside the level of the year before"
    assert said(study_of(), "series", "claim") == alone
    assert said(years, "park-series", "claim", park="baishi").startswith(
        "Baishi Industrial Park over the years: of 1 printed rate "
    )


def test_a_page_of_one_year_still_shows_the_texts_of_all(years: Study) -> None:
    latest = years.only("", "latest")
    assert latest.sources.height < years.sources.height
    for study in (latest, years):
        assert said(study.all_years, "series", "claim").startswith("3 parks")
    assert {"A15", "A17"} <= {line["Check"][:3] for line in lines(viewer(latest)("audit"))}


def test_more_parks_than_panels_are_told_year_by_year(tmp_path: Path) -> None:
    study = load(many_parks.make(tmp_path, 10, 3)).require_faultless()
    made = viewer(study)("series")
    assert "<svg" not in made.body
    assert claim(made).startswith("10 parks with texts of several years: of ")
    rows = [line for line in lines(made) if line["Indicator"] == "Gross industrial output"]
    assert {line["Year"]: line["Parks"] for line in rows} == {
        "2015": "2",
        "2016": "2",
        "2017": "4",
        "2018": "2",
        "2019": "2",
    }
    agreed = {line["Year"]: line["Beside the levels of two texts"] for line in rows}
    assert [year for year, words in agreed.items() if not words] == ["2015"]


@pytest.mark.slow
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_mark_is_as_wide_as_its_months_and_opens_its_figure(years: Study, width: float) -> None:
    entry, view = CATALOGUE["park-series"], View(years)
    assert isinstance(entry, Series)
    selected = entry.prepared(view, entry.select(years, park="luoxi"))
    (ax,) = entry.draw(view, selected, width).axes
    wide = {box.get_gid(): box.get_width() for box in ax.patches if box.get_gid()}
    months = wide["tie|luoxi|luoxi-2021-001"]
    change = next(row["key"] for row in selected.data.iter_rows(named=True) if row["mark"] == "change")
    assert wide[f"tie|luoxi|{change}"] < months
    forecast = next(line for line in ax.lines if line.get_gid() == "tie|luoxi|luoxi-2020-002")
    assert forecast.is_dashed()
    assert months / (max(forecast.get_xdata()) - min(forecast.get_xdata())) == pytest.approx(11 / 12, abs=0.02)
    assert {row["key"] for row in selected.data.iter_rows(named=True)} <= set(view.opened)
    sizes = [text.get_fontsize() for text in ax.texts]
    assert min(sizes) * {WIDE: 717, NARROW: 355}[width] / (width * 72) > 11.9
