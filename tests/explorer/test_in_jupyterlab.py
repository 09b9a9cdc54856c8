"""The explorer in real JupyterLab, opened by its command: it is there without a click, and every control does what it says."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from explorer_screen import Screen, typed, worked

pytestmark = pytest.mark.slow

CELLS = "() => [...document.querySelectorAll('.jp-Notebook .jp-Cell')].map(cell => cell.className.match(/jp-(Code|Markdown|Raw)Cell/)[1])"


@contextmanager
def explored(folder: Path, *options: str) -> Iterator[str]:
    """`parkstudy explore` in a folder, until the block ends; the address that it says."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "parkstudy",
        "explore",
        "--no-browser",
        *options,
        "--",
        "--allow-root",
        f"--port={port}",
    ]
    told = folder / "told.txt"
    with told.open("w") as errors:
        program = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True, env={**os.environ}
        )
        try:
            assert program.stdout
            said = next((line for line in program.stdout if line.startswith("open ")), "")
            yield said.removeprefix("open ").strip()
        finally:
            program.terminate()
            program.communicate(timeout=30)


@contextmanager
def opened(browser: Any, folder: Path, *options: str, **context: Any) -> Iterator[Screen]:
    """The screen in a window of 1400 x 900, as the command opens it."""
    with explored(folder, *options) as address:
        assert "/lab/" in address, (folder / "told.txt").read_text()
        window = browser.new_context(viewport={"width": 1400, "height": 900}, **context)
        page = window.new_page()
        page.set_default_timeout(30_000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        screen = Screen(page)
        screen.expect.set_options(timeout=30_000)
        screen.holds.wait_for()
        yield screen
        assert errors == []
        window.close()


def test_it_is_there_without_a_click_and_every_control_works_by_mouse_and_by_keys(browser, tmp_path, copy_of_data):
    copy_of_data.edit("observations", "hengnan-2019-005", population="everybody")
    with opened(browser, tmp_path) as screen:
        shown = [screen.root.bounding_box(), screen.root.locator("footer").bounding_box()]
        assert all(box and box["y"] >= 0 and box["y"] + box["height"] <= 900 for box in shown)  # all of it is in sight
        done = list(worked(screen, tmp_path, copy_of_data.folder))
        assert len(set(done)) == len(done) > 40
        assert list(typed(screen, lambda: screen.page.evaluate(CELLS)))
    kept = nbformat.read(tmp_path / "explorer.ipynb", 4)
    assert "<figure>" in "".join(
        output.data.get("text/html", "") for cell in kept.cells for output in cell.get("outputs", [])
    )
