"""The executed notebooks that are kept: their links lead to pages, and JupyterLab trusts them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

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


def _copied(reports: Reports, name: str, folder: Path) -> Path:
    """A folder with a kept notebook, in which JupyterLab may write."""
    shutil.copy(reports["shipped"].folder / "notebooks" / f"{name}.ipynb", folder)
    return folder


@pytest.mark.thorough
def test_in_a_jupyterlab_without_trust_every_exhibit_is_a_claim_a_picture_and_a_table_and_nothing_is_dead(
    browser: object, reports: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    folder = _copied(reports, "30-tax-quality", tmp_path)
    cells = nbformat.read(folder / "30-tax-quality.ipynb", as_version=4).cells
    shown = sum("<figure" in output.data.get("text/html", "") for cell in cells for output in cell.get("outputs", []))
    with jupyterlab(folder) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 8000})  # type: ignore[attr-defined]
        page.set_default_timeout(120_000)
        page.goto(f"{address}/30-tax-quality.ipynb?reset")
        page.wait_for_function(
            f"""document.querySelectorAll('.jp-OutputArea-output:has(figure)').length === {shown}
            && [...document.querySelectorAll('.jp-OutputArea-output img')].every(one => one.complete)"""
        )  # JupyterLab draws cells one after the other
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
    assert asked["all"] == asked["tables"] == asked["claims"] == shown >= 4
    assert asked["drawn"] >= 2


INK = """() => {
  const linear = (part) => (part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
  const light = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => linear(part / 255));
    return .2126 * r + .7152 * g + .0722 * b; };
  const contrast = (a, b) => (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  const words = (host) => [...host.shadowRoot.querySelectorAll('.state:not([hidden]) .chart.wide text')];
  const ground = (host) => light(getComputedStyle(host).backgroundColor);
  const worst = (host) => words(host).map((text) => contrast(light(getComputedStyle(text).fill), ground(host)));
  return [...document.querySelectorAll('.parkstudy-exhibit')].flatMap(worst); }"""


@pytest.mark.slow
def test_in_a_jupyterlab_with_trust_every_exhibit_is_alive(browser: Any, reports: Reports, tmp_path: Path) -> None:
    folder = _copied(reports, "20-growth", tmp_path)
    cells = nbformat.read(folder / "20-growth.ipynb", as_version=4).cells
    shown = sum(
        'class="parkstudy-data"' in output.data["text/html"] for cell in cells for output in cell.get("outputs", [])
    )
    with jupyterlab(folder) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 6000})
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{address}/20-growth.ipynb?reset")

        def exhibit(name: str) -> Any:
            return page.locator(f".parkstudy-exhibit:has(#{name})")

        exhibit("growth-table").wait_for()
        plain, alive = ".jp-RenderedHTML > :is(figure, section, ul)", "document.querySelectorAll('.parkstudy-exhibit')"
        high = f"[...{alive}].filter(h => h.shadowRoot.querySelector('.exhibit').offsetHeight > 20).length"
        drawn = f"document.querySelectorAll('.jp-Cell').length === {len(cells)}"  # JupyterLab draws cells one after the other
        page.wait_for_function(f"{drawn} && {high} === {shown}")
        assert page.locator(f"{plain}:visible").count() == 0
        kinds = "[...document.querySelectorAll('.jp-Cell')].map(cell => cell.className.match(/jp-(Code|Markdown)Cell/)[1]).join()"
        stored = page.evaluate(kinds)

        growth, answer, table = map(exhibit, ("growth", "takeaways", "growth-table"))
        growth.locator(".switches label:has([value=real])").click()
        for one in (growth, answer, table):
            assert one.locator(".state:visible").get_attribute("data-when") == "price=real"
        number = growth.locator("span.number[role=button]:visible").first
        number.focus()
        for press in ("a", "b", "m", "d", "d", "x", "ArrowDown", "Enter"):
            page.keyboard.press(press)
        assert growth.locator("dialog[open] h2").inner_text()
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.shadowRoot.activeElement.matches('span.number')")
        assert page.evaluate(kinds) == stored

        first = table.locator("tbody tr:visible").first
        before = first.inner_text()
        table.locator(".sort:visible").nth(2).click()
        assert first.inner_text() != before
        table.locator("input[type=search]:visible").fill("hengshan")
        assert table.locator("tbody tr:visible").count() < 10
        for theme in ("true", "false"):
            page.evaluate(f"document.body.dataset.jpThemeLight = '{theme}'")
            assert growth.get_attribute("class") == f"parkstudy-exhibit {'light' if theme == 'true' else 'dark'}"
            assert min(page.evaluate(INK)) >= 4.5
        assert said == []
        page.close()
