"""A page: what it links, cites and lists is collected where its text is made."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from exhibit_parts import study_of
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from page_parts import Page as Parts

from parkstudy.report.page import Page, export, exporter
from parkstudy.report.run import changed
from parkstudy.show import LOADER
from parkstudy.show.exhibit import PAGE
from parkstudy.show.view import View, park_mark
from parkstudy.words.rules import rule

STUDY = study_of()
PROSE = (
    "# A question?\n\nOf *all* [links](20-growth.ipynb) & 县.",
    "## First `县`\n\nAs G2 says; see [growth](20-growth.ipynb), [tax](30-tax-quality.ipynb) and [elsewhere](https://example.org).",
    "## Second 园区\n\n- one\n- two",
)


def page(lang: str = "en", prose: tuple[str, ...] = PROSE, html: str = "", park: str = "", **note: Any) -> Page:
    """A page with a cell of prose, an exhibit of `html` behind it, and the rest of the prose."""
    said = {"exhibit": "e", "entry": "e", "answer": "An answer.", "records": {}, "rules": [], **note}
    output = new_output("display_data", {"text/html": "for a notebook", PAGE: html}, metadata={"parkstudy": said})
    hidden = new_markdown_cell("By L2, for the notebook alone.", metadata={"tags": ["notebook-only"]})
    cells = [new_markdown_cell(text) for text in prose]
    notebook = new_notebook(cells=[cells[0], hidden, new_code_cell("view('e')", outputs=[output]), *cells[1:]])
    facts = {"lang": lang, "parameters": {}, "libraries": {}, "data_hash": "0" * 64, "answer": "e"}
    notebook.metadata["parkstudy"] = facts | ({"park": park} if park else {})
    return Page("10-page", notebook, View(STUDY, lang))


def exported(of: Page) -> Parts:
    return Parts(export(of))


def test_a_page_knows_its_title_question_and_answer_without_marks() -> None:
    shown = page()
    assert (shown.title, shown.question, shown.answer) == ("A question?", "Of all links & 县.", "An answer.")


@pytest.mark.parametrize(
    ("lang", "title"),
    [("en", "A question? Hengnan Industrial Concentration Zone"), ("zh", "A question?衡南工业集中区")],
)
def test_a_page_of_one_park_is_titled_by_it(lang: str, title: str) -> None:
    shown = page(lang, park="hengnan")
    assert shown.title == title
    assert "".join(exported(shown).text("h1").split()) == "".join(title.split())


def test_headings_are_numbered_and_listed_twice_with_the_end_of_the_page() -> None:
    parts = exported(page())
    heads = [(e["id"], "".join(run.text for run in parts.runs if e in run.inside)) for e in parts.all("h2")]
    assert heads == [("section-1", "First 县"), ("section-2", "Second 园区"), ("about", "About this page")]
    for css in ("contents", "contents-small"):
        links = [e for e in parts.all("a") if any(css in outer.classes for outer in e.around)]
        listed = ["".join(run.text for run in parts.runs if e in run.inside) for e in links]
        assert [(e["href"], text) for e, text in zip(links, listed, strict=True)] == [
            (f"#{name}", text) for name, text in heads
        ]


def test_prose_leads_to_pages_whether_they_were_built_or_not() -> None:
    parts = exported(page())
    linked = [run.inside[-1]["href"] for run in parts.runs if run.within("p") and run.inside[-1].tag == "a"]
    assert linked == ["20-growth.html", "20-growth.html", "30-tax-quality.html", "https://example.org", "glossary.html"]


@pytest.mark.parametrize(("lang", "marked"), [("en", {"县", "园区"}), ("zh", set())])
def test_chinese_words_of_an_english_page_are_named_as_chinese(lang: str, marked: set[str]) -> None:
    parts = exported(page(lang))
    assert {run.text for run in parts.runs if run.within("span") and run.language == "zh-Hans"} == marked


def test_the_rules_are_those_that_prose_and_exhibits_name_and_no_others() -> None:
    parts = exported(page(rules=["T1"]))
    named = [run.text for run in parts.runs if run.within("dt") and re.fullmatch(r"[A-Z]\d+", run.text)]
    assert named == ["G2", "T1"]
    assert rule("G2") in parts.text("dd")
    assert "Rules of the method" not in exported(page(prose=("# A question?",))).text("h3")


@pytest.mark.parametrize(
    ("park", "links"),
    [("hengnan", ["60-park-profile.html"]), ("hengshan", ["60-park-profile.hengshan.html"]), ("hengdong", [""])],
)
def test_the_mark_of_a_park_leads_to_its_profile_which_a_park_of_the_context_has_not(
    park: str, links: list[str]
) -> None:
    parts = exported(page(html=f"<p>{park_mark(park)}A park</a>, which is a park.</p>"))
    assert [e["href"] for e in parts.all("a", css="park")] == links
    assert [e["data-park"] for e in parts.all("a", css="park")] == [park]
    assert "A park, which is a park." in parts.text("p")


def test_the_script_knows_the_parks_that_a_page_shows_and_no_others() -> None:
    shown = f"<p>{park_mark('hengshan')}A park</a></p><table><thead><tr><th>Measure</th><th>Shuangpai</th></tr></thead></table>"
    parts = exported(page(html=shown))
    (furniture,) = (run.text for run in parts.runs if run.inside[-1]["id"] == "furniture")
    assert json.loads(furniture)["parks"] == [
        ["hengshan", "Hengshan", "park-2", "Hengshan High-tech Zone"],
        ["shuangpai", "Shuangpai", "park-3", "Shuangpai Industrial Concentration Zone"],
    ]


def test_what_looks_like_a_part_of_the_template_is_shown_as_text() -> None:
    strange = '<style id="face"></style> {{ 7*7 }} <a class="park" data-park="hengnan">'
    text = strange.replace("<", "&lt;")
    parts = exported(page(prose=(f"# A question?\n\n`{strange}`",), html=f"<p>{text}</p>"))
    assert parts.text("code").startswith(strange)
    assert strange in parts.text("p")
    assert len(parts.all("style")) == 2
    assert (parts.open, parts.wrong) == ([], [])


def test_records_of_every_exhibit_are_on_the_page_and_end_no_script() -> None:
    record = {"kind": "observation", "title": "</script><script>alert(1)</script>", "values": [], "inputs": []}
    parts = exported(page(records={"a": record}))
    assert parts.records == {"a": record}


def test_a_page_shows_whatever_a_cell_shows_and_every_picture_has_words() -> None:
    shown = page()
    bundles = [
        {"text/plain": "a < b \x1b[31mred\x1b[0m"}, {"text/markdown": "*by* 县"}, {"image/png": "iVBORw0=", "text/plain": "p"},
        {"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'/>"}, {"application/x-unknown": "odd bytes"},
    ]  # fmt: skip
    cell = new_code_cell("x", outputs=[new_output("display_data", data) for data in bundles])
    cell.outputs[2].metadata["image/png"] = {"alt": 'A "dot"'}
    shown.notebook.cells.append(cell)
    parts = exported(shown)
    assert [(e["src"].partition(",")[0], e["alt"]) for e in parts.all("img")] == [
        ("data:image/png;base64", 'A "dot"'), ("data:image/svg+xml;base64", "A picture without a description"),
    ]  # fmt: skip
    html = export(shown)
    assert '<pre>a &lt; b <span class="ansi-red-fg">red</span></pre>' in html
    assert "<em>by</em>" in html
    assert "odd bytes" not in html


def test_templates_and_files_of_a_users_own_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = page()
    expected = export(shown)
    for name in ("template", "basic", "classic", "base"):
        folder = tmp_path / "nbconvert" / "templates" / name
        folder.mkdir(parents=True)
        for file in ("page.html.j2", "index.html.j2", "base.html.j2", "null.j2"):
            (folder / file).write_text("another's", encoding="utf-8")
    (tmp_path / "page.html.j2").write_text("another's", encoding="utf-8")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    exporter.cache_clear()
    assert export(shown) == expected


def test_what_makes_exhibits_alive_in_jupyterlab_is_no_part_of_a_page() -> None:
    made = page()
    loader = new_output("display_data", {"text/html": "<script>loader()</script>"}, metadata={LOADER: True})
    cells = [*made.notebook.cells, new_code_cell("view = viewer(load())", outputs=[loader])]
    with_it = Page("10-page", changed(made.notebook, cells=cells), View(STUDY, "en"))
    text = export(with_it)
    assert "loader()" not in text
    (setup,) = (run.text for run in Parts(text).runs if run.within("code") and "viewer" in run.text)
    assert setup == "view = viewer(load())"
