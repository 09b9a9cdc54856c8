"""The explorer: its widgets drive the exhibits, here and in JupyterLab in a real browser."""

from __future__ import annotations

import re
import shutil

import nbformat
import pytest
from browsing import jupyterlab

import parkstudy
from parkstudy import explorer, report
from parkstudy.__main__ import main
from parkstudy.record.codes import codes
from parkstudy.report import run

pytestmark = pytest.mark.slow  # drawing takes long


@pytest.fixture(scope="module")
def opened(study):
    return explorer.explore(study.only(""))


def choose(opened, measure, rung="", parks=()):
    """Move the controls; each that really moves draws once."""
    opened.rung.value = rung
    opened.measure.value = measure
    opened.parks.value = parks or tuple(park for _, park in opened.parks.options)
    return opened


def test_it_opens_on_all_parks_and_the_first_measure_and_shows_it_without_a_kernel_too(study):
    opened = explorer.explore(study.only(""))
    assert len(opened.parks.value) == 5
    assert opened.measure.value == "growth"
    assert opened.rung.disabled
    bundle, notes = opened._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/html"] == opened.exhibit.plain == opened.shown.value
    assert notes["parkstudy"]["exhibit"] == "growth"


@pytest.mark.parametrize("key", codes("exhibit"))
def test_every_measure_shows_an_exhibit_with_its_sources(opened, key):
    choose(opened, key)
    assert opened.exhibit.entry == key
    assert "Sources: " in opened.shown.value


def test_a_measure_per_area_obeys_the_rung(opened):
    everything = choose(opened, "land").exhibit.data
    choose(opened, "land", "expanded")
    assert everything["rung"][0] == "perimeter"
    assert opened.exhibit.data["rung"][0] == "expanded"
    assert set(opened.exhibit.data["rung"]) == set(everything["rung"])
    assert not opened.rung.disabled


def test_parks_left_out_are_not_in_the_exhibit(opened):
    choose(opened, "growth", parks=("hengnan",))
    assert set(opened.exhibit.data["park_id"]) == {"hengnan"}


def test_no_park_is_answered_in_words(opened):
    opened.parks.value = ()
    assert opened.shown.value == "<p>Choose at least one park.</p>"


def test_in_chinese_controls_and_exhibit_speak_chinese():
    opened = explorer.explore(parkstudy.load().only(""), "zh")
    assert [opened.parks.description, opened.measure.description, opened.rung.description] == [
        "园区",
        "指标",
        "面积口径",
    ]
    labels = [label for control in (opened.measure, opened.rung) for label, _ in control.options]
    assert not [label for label in labels if re.search("[A-Za-z]", label)]
    opened.measure.value = "land"
    opened.rung.value = "expanded"
    assert opened.exhibit.parameters["rung"] == "expanded"
    assert "资料来源：" in opened.shown.value
    opened.parks.value = ()
    assert opened.shown.value == "<p>请至少选择一个园区。</p>"


def test_a_clone_opens_its_own_notebook_and_a_package_a_copy(tmp_path, monkeypatch):
    assert report.explorer_notebook(tmp_path) == report.notebooks()["90-explorer"]
    inside = tmp_path / "_notebooks"
    inside.mkdir()
    shutil.copy(report.notebooks()["90-explorer"], inside)
    monkeypatch.setattr(run, "shipped", lambda _name: inside)
    assert report.explorer_notebook(tmp_path) == tmp_path / "90-explorer.ipynb"
    assert (tmp_path / "90-explorer.ipynb").is_file()


def test_of_ones_own_data_a_copy_opens_on_them_and_keeps_what_was_written_into_it(awkward, tmp_path, monkeypatch):
    started = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("parkstudy.__main__.serve", lambda command, _: started.append(command) or 0)
    assert main(["explore", "--data", str(awkward), "--no-browser"]) == 0
    path = tmp_path / "explorer.awkward.ipynb"
    assert started[0][-2:] == [str(path), "--no-browser"]
    found = nbformat.read(path, 4)
    nbformat.validate(found)
    found.cells.append(nbformat.v4.new_markdown_cell("mine"))
    nbformat.write(found, path)
    report.explorer_notebook(tmp_path, awkward)
    again = nbformat.read(path, 4)
    code = [cell.source for cell in again.cells if cell.cell_type == "code"]
    assert again.cells[-1].source == "mine"
    assert code[1].endswith(f'data = "{awkward.resolve()}"\n')
    assert (
        len(code)
        == len([1 for cell in nbformat.read(report.notebooks()["90-explorer"], 4).cells if cell.cell_type == "code"])
        + 1
    )
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_of_faulty_data_the_rest_is_explored(copy_of_data, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("parkstudy.__main__.serve", lambda *_: 0)
    copy_of_data.edit("observations", "hengnan-2019-005", population="everybody")
    assert main(["explore", "--data", str(copy_of_data.folder)]) == 0
    said = capsys.readouterr().err.splitlines()
    hint = f"parkstudy check --data {copy_of_data.folder}"
    assert said[-1] == f"parkstudy: 1 fault in the data; the explorer goes on without them: {hint}"


def test_in_jupyterlab_the_widgets_redraw_the_exhibit(browser, tmp_path):
    from playwright.sync_api import expect

    shutil.copy(report.notebooks()["90-explorer"], tmp_path)
    with jupyterlab(tmp_path) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(120_000)
        expect.set_options(timeout=60_000)
        page.goto(f"{address}/90-explorer.ipynb?reset")
        page.locator(".jp-Notebook").wait_for()
        page.get_by_text("| Idle").wait_for()  # cells run before the kernel answers are lost
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        claim = page.locator(".widget-html figure > p").first
        expect(claim).to_contain_text("output growth")
        dropdowns = page.locator(".widget-dropdown select")
        for control, option, text in (
            (dropdowns.first, "Tax and output per area", "Hengnan higher on all three shared areas"),
            (dropdowns.nth(1), "area after expansion", "Hengnan higher on all three shared areas"),
            (page.locator(".widget-select-multiple select"), "Hengnan", "nothing is compared"),
        ):
            control.scroll_into_view_if_needed()
            control.select_option(option)
            expect(claim).to_contain_text(text)
        page.close()
