"""Pages of data that try to be more than text, in a browser: nothing runs, every record opens, and nothing is wider than the screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nasty
import pytest
from browsing import visit

NOTEBOOKS = ["00-overview", "20-growth", "60-park-profile", "70-figures"]
STARTS = [0, 35, 42]  # names that would run; an English and a Chinese name without a place to break
UNLOOKED = """
import importlib.abc, importlib.util, sys

class Unlook(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "parkstudy.method.study":
            sys.meta_path.remove(self)
            import unlooked
            unlooked.unlook()

sys.meta_path.insert(0, Unlook())
"""
OPEN = """
() => {
  const boxes = [...document.querySelectorAll("[data-opens]")].slice(0, 300);
  const opened = boxes.filter((one) => {
    one.dispatchEvent(new MouseEvent("click", {bubbles: true}));
    const box = document.querySelector("dialog[open]");
    box?.close();
    return box;
  });
  return [boxes.length, opened.length];
}
"""


@pytest.fixture(scope="module", params=STARTS)
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The pages of a nasty study, made by processes that do not look at what a cell may hold."""
    data, site, out = (tmp_path_factory.mktemp(name) for name in ("data", "site", "out"))
    nasty.write(data, request.param)
    (site / "sitecustomize.py").write_text(UNLOOKED, "utf-8")
    found = [str(site), str(Path(nasty.__file__).parent), os.environ.get("PYTHONPATH", "")]
    command = [sys.executable, "-m", "parkstudy", "report", *NOTEBOOKS, "--lang", "all"]
    run = [*command, "--data", str(data), "--out", str(out)]
    subprocess.run(run, env={**os.environ, "PYTHONPATH": os.pathsep.join(found)}, check=True)
    return sorted(out.glob("*.html"))


@pytest.mark.thorough
@pytest.mark.slow
@pytest.mark.parametrize("size", ["wide", "telephone"])
def test_nothing_runs_every_record_opens_and_nothing_is_wider_than_the_screen(
    pages: list[Path], browser: Any, size: str
) -> None:
    assert len(pages) == 2 * len(NOTEBOOKS) + 4  # with indexes and glossaries
    for path in pages:
        with visit(browser, path, size) as page:
            there, opened = page.ask(f"({OPEN})()")
            assert (path.name, there - opened) == (path.name, 0)
            assert (path.name, page.ask("document.documentElement.scrollWidth <= innerWidth")) == (path.name, True)
            assert (page.ask("typeof boom"), page.said, page.requests[1:]) == ("undefined", [], [])
