"""What a page lets run and load: its own script, by its hash, and nothing else; and what is left where it may not even run that."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import visit
from built_pages import ONE_OF_EACH, Reports
from exhibit_parts import study_of
from nbformat.v4 import new_markdown_cell, new_notebook
from page_parts import Page as Parts

from parkstudy.report.index import MANY, glossary, index
from parkstudy.report.make import failed_page
from parkstudy.report.page import Page, export
from parkstudy.report.task import Task
from parkstudy.show.view import View

VIEW = View(study_of(), "en")
PROFILE = {
    "name": "60-park-profile", "lang": "en", "changed": "", "park": "hengnan", "park_name": "A park", "short_name": "A", "file": "a.html",
    "title": "A park", "question": "", "answer": "A prints nothing.", "province": "", "prefecture": "", "order": "", "thumbnail": "",
}  # fmt: skip
TASK = Task("20-growth", "20-growth.ipynb", "en", {}, out="", parts="", jupyter="", timeout=1, about={})
FACTS = {"lang": "en", "parameters": {}, "libraries": {}, "data_hash": "0" * 64}
NOTEBOOK = new_notebook(cells=[new_markdown_cell("# A question?")], metadata={"parkstudy": FACTS})
KINDS: dict[str, tuple[Callable[[], str], int]] = {
    "page": (lambda: export(Page("10-page", NOTEBOOK, VIEW)), 1),
    "index": (lambda: index([PROFILE], VIEW, "data.zip"), 0),  # type: ignore[list-item]
    "index of many": (lambda: index([PROFILE] * MANY, VIEW, "data.zip"), 1),  # type: ignore[list-item]
    "glossary": (lambda: glossary(VIEW), 0),
    "failed": (lambda: failed_page(TASK, "an error", "a trace"), 0),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_runs_its_own_script_and_loads_nothing(kind: str) -> None:
    make, count = KINDS[kind]
    text = make()
    parts = Parts(text)
    scripts = [e for e in parts.all("script") if e["type"] != "application/json"]
    run = [text.partition("<script>")[2].partition("</script>")[0]] if scripts else []
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in run]
    assert len(scripts) == count
    (meta,) = (e for e in parts.all("meta") if e["http-equiv"] == "Content-Security-Policy")
    policy = dict(one.split(" ", 1) for one in meta["content"].split("; "))
    assert policy == {
        "default-src": "'none'", "script-src": " ".join(hashes) or "'none'", "style-src": "'unsafe-inline'", "img-src": "data:",
        "font-src": "data:", "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip
    head = [e.tag for e in parts.elements[: parts.elements.index(meta)]]
    assert head == ["html", "head", "meta"], "nothing stands before it that it does not govern"
    assert [name for name in {name for e in parts.elements for name in e.attributes} if name.startswith("on")] == []


@pytest.mark.thorough
def test_what_is_not_the_page_s_own_is_refused(browser: Any, reports: Reports) -> None:
    add = """html => { const place = document.createElement('div'); document.body.append(place); place.innerHTML = html;
      const script = document.createElement('script'); script.textContent = 'window.ran = 1'; place.append(script); return window.ran }"""
    with visit(browser, reports["shipped"].page("20-growth")) as opened:
        assert opened.ask(add, '<img src="x" onerror="window.ran = 2"><img src="https://example.org/x.png">') is None
        opened.tab.wait_for_timeout(300)
        assert opened.ask("window.ran") is None
        refused = [said for said in opened.said if "Content Security Policy" in said]
        kinds = ("event handler", "inline script", "image")
        assert [kind for kind in kinds if not any(kind in said for said in refused)] == []


@pytest.mark.thorough
@pytest.mark.parametrize("name", ONE_OF_EACH)
@pytest.mark.parametrize("allowed", ["", "allow-scripts"])
def test_a_page_in_a_sandbox_is_alive_or_whole(
    browser: Any, reports: Reports, tmp_path: Path, name: str, allowed: str
) -> None:
    frame = tmp_path / "frame.html"
    address = reports["shipped"].page(name).as_uri()
    frame.write_text(f'<iframe sandbox="{allowed}" src="{address}" style="width: 1200px; height: 800px"></iframe>')
    with visit(browser, frame) as opened:
        inside = opened.tab.frame_locator("iframe")
        inside.locator("footer").wait_for()
        number = inside.locator("span.number[role=button]:visible")
        assert (number.count() > 0) is bool(allowed)
        if allowed:
            number.first.click()
            assert inside.locator("dialog[open] h2").count() == 1
            assert opened.said == []
        assert inside.locator(".exhibit").count() > 0
        assert inside.locator(".exhibit tbody tr:visible").count() > 0


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["20-growth", "70-figures.zh"])
def test_a_page_saved_whole_keeps_nothing_back_where_no_script_runs(
    browser: Any, reports: Reports, tmp_path: Path, name: str
) -> None:
    rows = "[...document.querySelectorAll('.exhibit > .state:not([hidden]) tbody tr')].length"
    with visit(browser, reports["shipped"].page(name)) as opened:
        every = opened.ask(rows)
        opened.tab.locator(".filter input:visible").last.fill("no row has these words")
        saved = tmp_path / "saved.html"
        saved.write_text(opened.tab.content(), encoding="utf-8")
    with visit(browser, saved, java_script_enabled=False) as opened:
        tab = opened.tab
        tab.locator("details.values").evaluate_all("all => all.forEach(e => { e.open = true })")
        assert tab.locator(".exhibit > .state:visible tbody tr:visible").count() == every
        assert tab.locator("[data-made]:visible, .switches:visible, .filter:visible").count() == 0


@pytest.mark.thorough
def test_without_modal_dialogs_a_record_opens_closes_and_gives_the_focus_back(browser: Any, reports: Reports) -> None:
    with visit(browser, reports["shipped"].page("20-growth")) as opened:
        opened.ask("['showModal', 'show', 'close'].forEach(name => { HTMLDialogElement.prototype[name] = undefined })")
        number, shown = opened.tab.locator("span.number:visible").first, opened.tab.locator("dialog[open]")
        for leave in (lambda: opened.tab.keyboard.press("Escape"), lambda: shown.locator("button").click()):
            number.press("Enter")
            assert shown.is_visible()
            assert opened.ask("document.activeElement.matches('dialog .close')")
            leave()
            assert shown.count() == 0
            assert number.evaluate("e => e === document.activeElement")
        assert opened.said == []
