"""Pages in a real browser, opened from a file, wide and on a telephone: quiet, whole, and usable from the keyboard."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from built_pages import Built, built

pytestmark = pytest.mark.slow

CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZES = {"wide": {"width": 1280, "height": 900}, "telephone": {"width": 390, "height": 844}}
SHOWN = [("shipped", name) for name in ("index", "00-overview", "10-coverage", "20-growth", "90-explorer")] + [
    ("one park", "20-growth"),
    ("awkward", "10-coverage"),
    ("awkward", "60-park-profile"),
]


@dataclass
class Opened:
    """A page that was opened, with every request it made and everything it said."""

    tab: Any
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    return built(tmp_path_factory)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium was found; install one (apt-get install chromium) or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="module", params=[(*page, size) for page in SHOWN for size in SIZES], ids="-".join)
def opened(request: pytest.FixtureRequest, browser: Any, reports: dict[str, Built]) -> Iterator[Opened]:
    kind, name, size = request.param
    (path,) = (p for p in reports[kind].folder.glob("*.html") if p.name.partition(".")[0] == name)
    context = browser.new_context(viewport=SIZES[size])
    page = Opened(context.new_page())
    page.tab.on("request", lambda sent: page.requests.append(sent.url))
    page.tab.on("console", lambda message: page.said.append(message.text))
    page.tab.on("pageerror", lambda error: page.said.append(str(error)))
    page.tab.goto(path.as_uri(), wait_until="load")
    yield page
    context.close()


def test_a_page_asks_for_nothing_but_itself(opened: Opened) -> None:
    assert opened.requests[0].startswith("file://")
    assert [url[:80] for url in opened.requests[1:] if not url.startswith("data:")] == []


def test_a_page_says_nothing_on_the_console(opened: Opened) -> None:
    assert opened.said == []


def test_the_document_is_no_wider_than_the_window(opened: Opened) -> None:
    wide, window = opened.tab.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window


def test_every_picture_is_drawn_and_fits_its_column(opened: Opened) -> None:
    pictures = opened.tab.evaluate(
        "[...document.images].map(i => [i.complete && i.naturalWidth > 0, i.getBoundingClientRect().right <= innerWidth])"
    )
    assert pictures == [[True, True]] * len(pictures)


def test_headings_are_in_order_and_the_first_is_the_title(opened: Opened) -> None:
    levels = opened.tab.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_a_page_has_a_language_a_title_and_one_main_part(opened: Opened) -> None:
    assert opened.tab.evaluate("document.documentElement.lang") == "en"
    assert opened.tab.title()
    assert opened.tab.locator("main").count() == 1


def test_the_keyboard_reaches_the_skip_link_first_and_it_leads_to_the_content(opened: Opened) -> None:
    if opened.tab.locator("a.skip").count() == 0:  # the index has nothing to skip
        assert opened.tab.locator("nav").count() == 0
        return
    opened.tab.keyboard.press("Tab")
    focused = "document.activeElement"
    assert opened.tab.evaluate(f"{focused}.textContent") == "Skip to the content"
    box = opened.tab.evaluate(
        f"(() => {{ const b = {focused}.getBoundingClientRect(); return [b.left, b.top, b.width] }})()"
    )
    assert box[0] >= 0
    assert box[1] >= 0
    assert box[2] > 20
    opened.tab.keyboard.press("Enter")
    assert opened.tab.evaluate("location.hash") == "#content"


def test_a_table_that_scrolls_can_be_reached_by_the_keyboard_and_has_a_name(opened: Opened) -> None:
    regions = opened.tab.evaluate(
        "[...document.querySelectorAll('.scroll')].map(r => [r.tabIndex, r.getAttribute('role'), !!r.ariaLabel])"
    )
    assert regions == [[0, "region", True]] * len(regions)
    loose = opened.tab.evaluate("[...document.querySelectorAll('table')].filter(t => !t.closest('.scroll')).length")
    assert loose == 0


def test_text_is_large_enough_to_read(opened: Opened) -> None:
    sizes = opened.tab.evaluate(
        "[...document.querySelectorAll('p, li, td, th, figcaption, h1, h2')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 11


@pytest.mark.parametrize("size", SIZES)
def test_the_figures_follow_the_width_of_the_window(browser: Any, reports: dict[str, Built], size: str) -> None:
    context = browser.new_context(viewport=SIZES[size])
    tab = context.new_page()
    tab.goto((reports["shipped"].folder / "20-growth.html").as_uri())
    drawn, narrow = tab.evaluate(
        "(() => { const p = document.querySelector('picture'); "
        "return [p.querySelector('img').currentSrc, p.querySelector('source').srcset] })()"
    )
    context.close()
    assert (drawn == narrow) == (size == "telephone")


def test_the_index_leads_to_a_page_and_the_page_back(browser: Any, reports: dict[str, Built]) -> None:
    context = browser.new_context(viewport=SIZES["telephone"])
    tab = context.new_page()
    tab.goto((reports["shipped"].folder / "index.html").as_uri())
    title = tab.locator("ul.pages a").first.inner_text()
    tab.locator("ul.pages a").first.click()
    assert tab.locator("h1").inner_text() == title
    tab.locator("nav a").first.click()
    found = Path(tab.url).name
    context.close()
    assert found == "index.html"


def test_a_page_is_readable_without_scripts(browser: Any, reports: dict[str, Built]) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((reports["shipped"].folder / "20-growth.html").as_uri())
    shown = tab.locator("figure.exhibit img").first.is_visible() and tab.locator("section.takeaways").is_visible()
    context.close()
    assert shown
