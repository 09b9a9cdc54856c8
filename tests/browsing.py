"""Pages in a real browser, opened from a file with the network cut; skipped where there is no Chromium."""

from __future__ import annotations

import functools
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
)  # the first has no window, and takes half of the time
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZES = {"wide": {"width": 1280, "height": 900}, "telephone": {"width": 390, "height": 844}}


@dataclass
class Opened:
    """A page that was opened, with every request it made and everything it said."""

    tab: Any
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def ask(self, script: str, argument: Any = None) -> Any:
        """What the page answers to a script."""
        return self.tab.evaluate(script, argument)


@functools.cache
def _axe() -> str:
    """The script of axe-core."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Opened, contrast: bool = True) -> list[tuple[str, list[str]]]:
    """What axe finds on a page: the rule and the first places. The contrast of colours takes most of its time."""
    page.ask("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.ask(_axe())
    found = page.ask(
        """contrast => axe.run(document, {resultTypes: ['violations'], elementRef: false,
        rules: {'color-contrast': {enabled: contrast}}}).then(r => [r.violations, r.passes.map(p => p.id)])""",
        contrast,
    )
    assert len(found[1]) > 10  # it did look
    assert contrast is ("color-contrast" in found[1])
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in found[0]]


@contextmanager
def running() -> Iterator[Any]:
    """A browser; the test is skipped without one."""
    if CHROMIUM is None:
        pytest.skip(
            "no Chromium was found; install one (apt-get install chromium-headless-shell) or name it in CHROMIUM"
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def visit(browser: Any, path: Path, size: str = "wide", **options: Any) -> Iterator[Opened]:
    """A page in a window of its own; whatever it asks of the network is refused and listed."""
    context = browser.new_context(viewport=SIZES[size], offline=True, **options)
    page = Opened(context.new_page())
    page.tab.on("request", lambda sent: page.requests.append(sent.url))
    page.tab.on("console", lambda message: page.said.append(message.text))
    page.tab.on("pageerror", lambda error: page.said.append(str(error)))
    page.tab.on("dialog", lambda dialog: (page.said.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
    page.tab.goto(path.as_uri(), wait_until="load")
    try:
        yield page
    finally:
        context.close()


@contextmanager
def jupyterlab(folder: Path) -> Iterator[str]:
    """A JupyterLab on a folder: the address to which the name of a notebook is added."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [f"--ServerApp.port={port}", "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api")
        yield f"http://127.0.0.1:{port}/lab/tree"
    finally:
        server.terminate()
        server.wait(30)


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


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
        else:
            return
    pytest.fail("JupyterLab did not start within a minute")
