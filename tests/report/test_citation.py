"""Citations: the study's own title and authors, and none where it names none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from exhibit_parts import study_of

from parkstudy.record.about import About
from parkstudy.report.citation import bibtex, citation
from parkstudy.report.furniture import furniture
from parkstudy.show.view import View

STUDY = study_of()
MADE = {"version": "1", "data": "abc", "parameters": ""}


def view(lang: str = "en", **said: Any) -> View:
    return View(replace(STUDY, about=About(**said)), lang)


def test_the_study_is_cited_by_what_it_says_of_itself() -> None:
    year, about = STUDY.created[:4], STUDY.about
    assert citation(View(STUDY), "Growth", **MADE) == (
        f"The parkstudy authors ({year}): {about.title_en}: Growth. parkstudy 1, data abc."
    )
    assert citation(View(STUDY, "zh"), "", **MADE | {"parameters": "price=real"}) == (
        f"parkstudy作者. {about.title_zh}[R]. parkstudy 1, 数据abc, 参数price=real, {year}."
    )


def test_who_names_no_author_is_cited_without_one_and_without_our_year() -> None:
    assert citation(view(), "Growth?", **MADE) == "Untitled study: Growth? parkstudy 1, data abc."
    assert bibtex(view(), "20-growth", "Growth", **MADE) == (
        "@misc{parkstudy-20-growth,\n  title = {{Untitled study: Growth}},\n  note = {parkstudy 1, data abc},\n}"
    )
    assert "authors" not in citation(view(), "", **MADE)
    assert [furniture(view(lang), "")["authors"] for lang in ("en", "zh")] == ["", ""]


def test_bibtex_keeps_names_and_signs() -> None:
    entry = bibtex(
        view(authors=("A & B Group", "Last, First"), title_en="50% of {x}_1 ~ \\", title_zh="题"), "k", "", **MADE
    )
    assert "  author = {{A \\& B Group} and Last, First},\n" in entry
    assert (
        "  title = {{50\\% of \\textbraceleft{}x\\textbraceright{}\\_1 \\textasciitilde{} \\textbackslash{}}},\n"
        in entry
    )
    assert entry.count("{") == entry.count("}")


@pytest.mark.parametrize(
    ("contact", "start"),
    [
        ("", "Report it where you got this page: the id"),
        ("a@b.org", 'Report it to <a href="mailto:a@b.org">a@b.org</a>: the id'),
        ("https://b.org/x", 'Report it to <a href="https://b.org/x">https://b.org/x</a>: the id'),
    ],
)
def test_an_address_is_printed_where_there_is_one_and_never_invented(contact: str, start: str) -> None:
    assert furniture(view(contact=contact), "")["tell"].startswith(start)
