"""The review in JupyterLab in a real browser, by keyboard: decided, refused, undone, killed and opened again."""

import csv
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browsing import jupyterlab

from parkstudy.recorder import Review
from parkstudy.recorder.notebook import recorder_notebook

pytestmark = pytest.mark.slow  # starts JupyterLab and a browser

SOURCE = "qinghe-2021"


def key(number: int) -> str:
    return f"{SOURCE}-{number:03}"


def rows(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        return {row["observation_id"]: row for row in csv.DictReader(file)}


class Reader:
    """Who reviews a text in a notebook, by keyboard."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def run(self) -> None:
        """Run the notebook, and stand in the review."""
        self.page.get_by_text("| Idle").wait_for()  # cells run before the kernel answers are lost
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_text("Run All Cells", exact=True).first.click()
        self.sees(".progress", "of 14")
        self.page.locator(".desk:focus").wait_for()  # the keys are its own without a click

    def press(self, keys: str, decided: str = "") -> None:
        for one in keys.split():
            self.page.keyboard.press(one)
        if decided:
            self.sees(".progress", f"{decided} of 14")

    def sees(self, where: str, words: str) -> None:
        from playwright.sync_api import expect

        expect(self.page.locator(where)).to_contain_text(words, timeout=30_000)

    def drag(self, where: str, beyond: int) -> None:
        """Select words with the mouse, a few points too far."""
        box = self.page.locator(where).bounding_box()
        self.page.mouse.move(box["x"] + 2, box["y"] + 8)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + box["width"] + beyond, box["y"] + 8, steps=4)
        self.page.mouse.up()


@contextmanager
def reading(browser: Any, home: Path, data: Path, texts: Path) -> Iterator[Reader]:
    """A reader before the notebook of a folder of data, whose kernel writes its number to `pid`."""
    home.mkdir()
    path = recorder_notebook(home, data, texts).path
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code["source"] += [f"\nopen({str(home / 'pid')!r}, 'w').write(str(__import__('os').getpid()))"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    with jupyterlab(home) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(60_000)
        page.goto(f"{address}/{path.name}?reset")
        yield Reader(page)
        page.close()


def correct(reader: Reader, folder: Path) -> None:
    """Accept, then correct the first doubt: refused where the text says otherwise, recorded where it does not."""
    reader.press("a", "1")
    reader.press("n")
    reader.sees(".row.active .head", "1.2亿元")
    reader.press("e")
    term = reader.page.locator("[name=reported_term]")
    term.fill("工业总产值")
    reader.press("Enter")
    reader.sees(".trouble", "not proven in its place: '1.2亿元' pairs with '税收', not with '工业总产值'")
    assert rows(folder)[key(3)]["reported_term"] == "税收"
    term.fill("税收")
    reader.page.locator("[name=population]").focus()
    reader.page.keyboard.type("firms counted not")  # a list that is chosen from by its words
    reader.press("Enter", "2")
    assert rows(folder)[key(3)]["population"] == "unstated"
    reader.press(".", "3")  # the same in the row of its growth
    assert rows(folder)[key(4)]["population"] == "unstated"
    reader.press("u", "2")


def reject_and_add(reader: Reader, folder: Path) -> None:
    """Find a figure, reject its row, and make another one by selecting it in the text."""
    reader.press("/")
    reader.page.keyboard.type("5亿元。")
    reader.press("Enter")
    reader.sees(".piece.here .locator", "二/p1")
    reader.press("Escape ArrowRight ArrowLeft")
    reader.sees(".row.active .head", "5亿元")
    reader.press("x")
    reader.page.keyboard.type("one project")
    reader.press("Enter", "3")
    assert key(9) not in rows(folder)
    reader.drag(".fig.rejected", 8)
    reader.press("i")
    reader.sees(".form h3", "New row: 5亿元")
    reader.press("Enter")
    reader.sees(".fig.added", "5亿元")
    assert rows(folder)[key(15)]["subject"] == "project:1"


def test_a_draft_is_reviewed_by_keyboard_and_outlives_its_kernel(browser, drafted, folder, tmp_path):
    def states() -> dict[str, str]:
        return {one.key: one.state for one in Review(folder, SOURCE, drafted / "texts").entries}

    with reading(browser, tmp_path / "home", folder, drafted / "texts") as reader:
        reader.run()
        cells = reader.page.locator(".jp-Notebook-cell").count()
        correct(reader, folder)
        reject_and_add(reader, folder)
        reader.press("a", "4")
        reader.press("u", "3")
        assert reader.page.locator(".jp-Notebook-cell").count() == cells > 5  # a and x are commands of the notebook
        was = states()
        os.kill(int((tmp_path / "home" / "pid").read_text(encoding="utf-8")), signal.SIGKILL)
        reader.page.locator(".jp-Dialog").get_by_role("button", name="Ok").click()
        reader.run()
        reader.sees(".progress", "3 of 14")
        assert states() == was
        reader.press("U", "4")  # what was undone before the kill can still be done again
