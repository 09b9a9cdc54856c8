"""The indexes: every page with its question, answer and picture, profiles by name, in both languages."""

from __future__ import annotations

import base64

import pytest
from built_pages import PARKS, STANDARD, Reports, profiles
from exhibit_parts import study_of
from page_parts import Element, Page, parsed, squeezed

from parkstudy.record.package import archive

pytestmark = pytest.mark.slow
INDEXES = {"en": "index", "zh": "index.zh"}
languages = pytest.mark.parametrize("lang", INDEXES)


def entries(page: Page) -> list[Element]:
    """The list items of the pages, without those of profiles and variants."""
    return [e for e in page.all("li") if any("pages" in outer.classes for outer in e.around)]


def inside(page: Page, entry: Element, css: str = "", tag: str = "") -> str:
    runs = (run for run in page.runs if any(outer is entry for outer in run.inside) and not run.within("svg"))
    return "".join(run.text for run in runs if (not css or run.classed(css)) and (not tag or run.within(tag)))


@languages
def test_every_page_stands_with_title_question_and_picture(reports: Reports, lang: str) -> None:
    run = reports["shipped"]
    index = parsed(run.page(INDEXES[lang]))
    wanted = [name for name in STANDARD if (".zh" in name) == (lang == "zh") and not name.startswith("60-")]
    linked = []
    for entry in entries(index):
        (file,) = (
            e["href"]
            for e in index.all("a")
            if any(o is entry for o in e.around) and any(o.tag == "h2" for o in e.around)
        )
        linked.append(file.removesuffix(".html"))
        page = parsed(run.folder / file)
        assert inside(index, entry, tag="h2") == page.text("h1").strip()
        assert inside(index, entry, css="question") in page.text("p")
        drawn = [e for e in index.all("svg") if any(o is entry for o in e.around)]
        assert len(drawn) == 1 or not page.all("svg"), file  # a page of tables alone may have their shape
        assert all(any(outer["aria-hidden"] == "true" for outer in one.around) for one in drawn)
    assert linked == sorted(wanted)


@languages
def test_the_index_opens_with_the_study_and_the_answer_of_the_overview(reports: Reports, lang: str) -> None:
    index, about = parsed(reports["shipped"].page(INDEXES[lang])), study_of().about
    assert (index.text("h1"), index.text("title")) == (about.said("title", lang),) * 2
    overview = next(name for name in STANDARD if name.startswith("00-") and (".zh" in name) == (lang == "zh"))
    said = "".join(run.text for run in index.runs if run.classed("answer") and not run.classed("means"))
    page = parsed(reports["shipped"].page(overview))
    first = next(e for e in page.all("p") if "answer" in e.classes)
    answer = "".join(run.text for run in page.runs if first in run.inside and not run.classed("means"))
    assert squeezed(said).startswith(squeezed(answer))
    assert about.said("question", lang) in index.text("p")
    assert about.said("notes", lang) in index.text("p")
    assert "".join(about.said("authors", lang)) in index.text("pre")


def test_the_index_and_the_page_of_all_figures_give_all_the_data_in_one_file(reports: Reports) -> None:
    for name in (*INDEXES.values(), "70-figures", "70-figures.zh"):
        index = parsed(reports["shipped"].page(name))
        (link,) = (e for e in index.all("a") if e["download"].endswith(".zip"))
        kind, _, data = link["href"].partition(",")
        assert (kind, link["download"]) == (
            "data:application/zip;base64",
            f"parkstudy-{study_of().data_hash[:12]}.zip",
        )
        assert base64.b64decode(data) == archive(study_of())


@languages
def test_the_profiles_of_the_core_parks_stand_in_the_order_of_the_study(reports: Reports, lang: str) -> None:
    index = parsed(reports["shipped"].page(INDEXES[lang]))
    links = [e for e in index.all("a") if any("profiles" in outer.classes for outer in e.around)]
    assert [link["href"] for link in links] == [f"{name}.html" for name in profiles(lang)]
    names = dict(study_of().parks.select("park_id", f"name_{lang}").iter_rows())
    shown = ["".join(run.text for run in index.runs if any(o is link for o in run.inside)) for link in links]
    assert shown == [names[park] for park in PARKS]


@languages
def test_an_index_leads_to_its_twin_and_speaks_its_language(reports: Reports, lang: str) -> None:
    index = parsed(reports["shipped"].page(INDEXES[lang]))
    other = "index.zh.html" if lang == "en" else "index.html"
    assert [e["lang"] for e in index.all("html")] == ["en" if lang == "en" else "zh-Hans"]
    (twin,) = (e for e in index.all("a") if e["hreflang"])
    assert (twin["href"], twin["lang"]) == (other, "zh-Hans" if lang == "en" else "en")


def test_each_card_is_linked_where_it_lies(reports: Reports) -> None:
    for name in INDEXES.values():
        index = parsed(reports["shipped"].page(name))
        cards = [e["href"] for e in index.all("a") if e["href"].endswith(".png")]
        assert len(cards) == len(entries(index))
        assert all((reports["shipped"].folder / card).is_file() for card in cards)


@pytest.mark.thorough
def test_an_index_of_one_language_has_no_twin(reports: Reports) -> None:
    index = parsed(reports["one park"].page("index"))
    assert [e for e in index.all("a", "link") if e["hreflang"]] == []
    assert not reports["one park"].page("index.zh").exists()


@pytest.mark.thorough
def test_pages_with_other_parameters_are_named_by_them(reports: Reports) -> None:
    text = parsed(reports["one park"].page("index")).text("main")
    assert text.count("(Parks: Hengshan)") == 8  # all but the profile, which takes a park


def test_the_drawings_of_an_index_open_nothing(reports: Reports) -> None:
    for name in INDEXES.values():
        index = parsed(reports["shipped"].page(name))
        drawn = [e for e in index.elements if e.tag == "svg" or any(o.tag == "svg" for o in e.around)]
        assert drawn
        assert not [e for e in drawn if {"role", "aria-label", "data-park", "data-opens"} & set(e.attributes)]
