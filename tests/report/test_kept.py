"""The executed notebooks that are kept: their links lead to pages, and JupyterLab trusts them."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from browsing import jupyterlab
from built_pages import Reports
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_markdown_cell, new_notebook

from parkstudy import load
from parkstudy.report.kept import kept, sign
from parkstudy.report.page import Page
from parkstudy.show.view import View


def notebook(text: str = "", lang: str = "en", **given: str) -> Page:
    own = new_notebook(cells=[new_markdown_cell(text)], metadata={"parkstudy": {"parameters": given}})
    return Page("30-tax-quality", own, View(load(), lang))


@pytest.mark.parametrize(
    ("lang", "given", "to"),
    [
        ("en", {}, "20-growth.html"),
        ("zh", {}, "20-growth.zh.html"),
        ("en", {"data": "own"}, "20-growth.30-tax-quality.html"),
    ],
)
def test_a_link_to_a_notebook_leads_to_its_page(lang: str, given: dict[str, str], to: str) -> None:
    page = notebook("See [growth](20-growth.ipynb#section-1) and [more](https://example.org).", lang, **given)
    made = nbformat.reads(kept(page), as_version=4)
    assert made.cells[0].source == f"See [growth](../{to}#section-1) and [more](https://example.org)."
    assert "20-growth.ipynb" in page.notebook.cells[0].source  # the page is made from what was there


def test_a_signed_notebook_is_trusted(tmp_path: Path) -> None:
    other, own = notebook("another"), notebook("a")
    assert sign(kept(own), str(tmp_path / "jupyter")) == ""
    with NotebookNotary(data_dir=str(tmp_path / "jupyter")) as notary:
        trusted = [notary.check_signature(nbformat.reads(kept(page), as_version=4)) for page in (own, other)]
    assert trusted == [True, False]


def test_where_nothing_can_be_signed_this_is_said_and_the_build_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = sign(kept(notebook()), str(tmp_path / "file" / "jupyter"))
    assert said.startswith(f"notebooks not signed: {tmp_path / 'file' / 'jupyter'}: ")
    assert "`jupyter trust`" in said


def test_what_a_report_leaves_is_signed(reports: Reports) -> None:
    files = sorted((reports["shipped"].folder / "notebooks").glob("*.ipynb"))
    with NotebookNotary() as notary:
        untrusted = [file.name for file in files if not notary.check_signature(nbformat.read(file, as_version=4))]
    assert files
    assert untrusted == []


@pytest.mark.thorough
def test_in_a_jupyterlab_without_trust_every_exhibit_is_a_claim_a_picture_and_a_table_and_nothing_is_dead(
    browser: object, reports: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    with jupyterlab(reports["shipped"].folder) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 8000})  # type: ignore[attr-defined]
        page.goto(f"{address}/notebooks/30-tax-quality.ipynb?reset")
        page.locator(".jp-OutputArea-output figure").first.wait_for()
        page.wait_for_timeout(2000)
        asked = page.evaluate(
            """() => { const outputs = [...document.querySelectorAll('.jp-OutputArea-output:has(figure)')];
            return { dead: document.querySelectorAll('.jp-OutputArea-output :is(a:not([href]), button, [hidden], svg)').length,
              drawn: outputs.filter(o => o.querySelector('img') && o.querySelector('img').naturalWidth > 300).length,
              tables: outputs.filter(o => o.querySelector('table tbody tr th')).length, all: outputs.length,
              claims: outputs.filter(o => o.querySelector('figure > p').innerText.length > 20).length,
              trust: !!document.querySelector('[data-icon="ui-components:trusted"]') } }"""
        )
        page.close()
    assert asked["trust"] is False
    assert asked["dead"] == 0
    assert asked["all"] == asked["tables"] == asked["claims"] >= 4
    assert asked["drawn"] >= 2
