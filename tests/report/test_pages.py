"""Pages in a real browser, opened from a file with the network cut, wide and on a telephone: quiet, whole, readable."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import SIZES, Opened, violations, visit
from built_pages import ONE_OF_EACH, STANDARD, STRANGE, Built, Reports, stem, thorough
from exhibit_parts import study_of

from parkstudy.record.codes import label

pytestmark = pytest.mark.slow
INDEXES = ["index", "index.zh"]
ABOUT = study_of().about
NAMES = (  # of the shipped study, and of one that says nothing of itself
    (ABOUT.title_en, label("page", "untitled", "en")),
    (ABOUT.title_zh, label("page", "untitled", "zh")),
)
AWKWARD = ["10-coverage", "10-coverage.zh", "20-growth", "40-land-efficiency", "60-park-profile", "60-park-profile.zh"]
EVERY = [
    (*page, size)
    for page in (*(("shipped", name) for name in [*INDEXES, *STANDARD]), *(("awkward", name) for name in AWKWARD))
    for size in SIZES
]
IN_TURN = itertools.cycle(["wide", "telephone", "telephone", "wide"])  # each language in each size
ONCE = [("shipped", name, size) for name, size in zip([*INDEXES, *ONE_OF_EACH], IN_TURN, strict=False)]
ONCE += [
    ("awkward", name, "telephone") for name in ("10-coverage.zh", "20-growth", "40-land-efficiency", "60-park-profile")
]


def file(run: Built, name: str) -> Path:
    """The page of that name; one's own data stand as a hash at the end of it."""
    exact = run.page(name)
    first, _, lang = name.partition(".")
    found = [exact] if exact.is_file() else sorted(run.folder.glob(f"{first}.*.html"))
    return next(path for path in found if path == exact or (".zh" in path.name) == (lang == "zh"))


@pytest.fixture(scope="module", params=[*ONCE, *thorough((one,) for one in EVERY if one not in ONCE)], ids="-".join)
def opened(request: pytest.FixtureRequest, browser: Any, reports: Reports) -> Iterator[Opened]:
    kind, name, size = request.param
    with visit(browser, file(reports[kind], name), size) as page:
        yield page


def test_a_page_asks_for_nothing_but_itself_and_says_nothing(opened: Opened) -> None:
    assert opened.requests[0].startswith("file://")
    assert [url[:80] for url in opened.requests[1:] if not url.startswith("data:")] == []
    assert opened.said == []


def test_the_document_is_no_wider_than_the_window(opened: Opened) -> None:
    wide, window = opened.ask("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window


def test_one_drawing_of_each_figure_is_shown_and_fits_its_column(opened: Opened) -> None:
    shown = opened.ask(
        """[...document.querySelectorAll('.state:not([hidden]) figure')].filter(f => f.querySelector('.chart svg')).map(f => {
        const drawn = [...f.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().height > 40);
        return [drawn.length, drawn[0].getBoundingClientRect().right <= innerWidth, drawn[0].parentElement.className] })"""
    )
    window = opened.ask("innerWidth")
    assert shown == [[1, True, "chart wide" if window > 600 else "chart narrow"]] * len(shown)


def test_the_words_of_a_drawing_are_text_in_the_font_of_the_page(opened: Opened) -> None:
    used, loaded = opened.ask(
        """document.fonts.ready.then(() => [
        [...new Set([...document.querySelectorAll('svg text')].map(t => getComputedStyle(t).fontFamily.split(',')[0]))],
        [...document.fonts].map(f => [f.family, f.status])])"""
    )
    if not used:  # a page of tables alone
        return
    assert used == ['"Noto Sans SC"']
    assert [[name.strip('"'), state] for name, state in loaded] == [["Noto Sans SC", "loaded"]]


def test_headings_are_in_order_and_the_first_is_the_title(opened: Opened) -> None:
    levels = opened.ask("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_a_page_has_a_language_a_title_and_one_main_part(opened: Opened) -> None:
    chinese = ".zh" in opened.requests[0].rpartition("/")[2]
    assert opened.ask("document.documentElement.lang") == ("zh-Hans" if chinese else "en")
    assert opened.tab.title().endswith(NAMES[chinese])
    assert opened.tab.locator("main").count() == 1


def test_the_keyboard_reaches_the_skip_link_first_and_it_leads_to_the_content(opened: Opened) -> None:
    opened.tab.keyboard.press("Tab")
    focused = "document.activeElement"
    assert opened.ask(f"{focused}.textContent") in ("Skip to the content", "跳至正文")
    left, top, width = opened.ask(
        f"(() => {{ const b = {focused}.getBoundingClientRect(); return [b.left, b.top, b.width] }})()"
    )
    assert left >= 0
    assert top >= 0
    assert width > 20
    opened.tab.keyboard.press("Enter")
    assert opened.ask("location.hash") == "#content"


def test_a_table_that_scrolls_can_be_reached_by_the_keyboard_and_has_a_name(opened: Opened) -> None:
    """The box itself, or a number or a head inside it: one stop, from which arrow keys go on."""
    regions = opened.ask(
        """[...document.querySelectorAll('.scroll')].map(r => [
            [r, ...r.querySelectorAll('*')].some(e => e.tabIndex === 0), r.getAttribute('role'), !!r.ariaLabel])"""
    )
    assert regions == [[True, "region", True]] * len(regions)
    assert opened.ask("[...document.querySelectorAll('table')].filter(t => !t.closest('.scroll')).length") == 0


def test_text_is_large_enough_to_read(opened: Opened) -> None:
    sizes = opened.ask(
        "[...document.querySelectorAll('p, li, td, th, figcaption, h1, h2, button, label')]"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 11


STRUCTURES = [  # each kind of content: an index, figures with switches, long tables, a profile of strange words
    ("shipped", "index", "telephone"), ("shipped", "40-land-efficiency", "wide"), ("shipped", "70-figures.zh", "telephone"),
    ("awkward", "60-park-profile", "wide"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name", "size"), [*STRUCTURES, *thorough(one for one in EVERY if one not in STRUCTURES)]
)
def test_axe_finds_no_fault_of_structure(browser: Any, reports: Reports, kind: str, name: str, size: str) -> None:
    """Colours are looked at in both schemes by test_pages_access.py."""
    with visit(browser, file(reports[kind], name), size) as page:
        assert violations(page, contrast=False) == []


FIRST_SCREENS = [
    ("20-growth", "telephone"),
    *thorough([("20-growth", "wide"), *(("20-growth.zh", size) for size in SIZES)]),
]


@pytest.mark.parametrize(("name", "size"), FIRST_SCREENS)
def test_question_answer_and_trust_stand_on_the_first_screen(
    browser: Any, reports: Reports, name: str, size: str
) -> None:
    with visit(browser, reports["shipped"].page(name), size) as page:
        bottoms = page.ask(
            "['h1 + p', '.answer', '.trust'].map(s => document.querySelector(s).getBoundingClientRect().bottom)"
        )
        assert max(bottoms) <= SIZES[size]["height"], bottoms


@pytest.mark.parametrize("name", ["20-growth", *thorough(["20-growth.zh", "index"])])
def test_a_page_alone_in_a_folder_lacks_nothing(browser: Any, reports: Reports, tmp_path: Path, name: str) -> None:
    look = "[document.body.innerText, document.documentElement.scrollHeight, document.querySelectorAll('svg').length]"
    alone = Path(shutil.copy(reports["shipped"].page(name), tmp_path))
    found = []
    for path in (alone, reports["shipped"].page(name)):
        with visit(browser, path) as page:
            found.append(page.ask(look))
            assert page.said == []
            assert [url for url in page.requests[1:] if not url.startswith("data:")] == []
    assert found[0] == found[1]
    assert found[0][2] > 0


@pytest.mark.parametrize(("lang", "size"), [("zh", "telephone"), *thorough([("en", "wide")])])
def test_the_index_leads_to_a_page_to_its_twin_and_back(browser: Any, reports: Reports, lang: str, size: str) -> None:
    with visit(browser, reports["shipped"].page("index" if lang == "en" else "index.zh"), size) as page:
        link = page.tab.locator("ul.pages h2 a").first
        title = link.inner_text()
        link.click()
        assert page.tab.locator("h1").inner_text() == title
        page.tab.locator("header.site a[hreflang]").click()
        assert page.ask("document.documentElement.lang") == ("zh-Hans" if lang == "en" else "en")
        page.tab.locator("header.site a").first.click()
        assert Path(page.tab.url).name == ("index.zh.html" if lang == "en" else "index.html")


def test_the_index_leads_to_a_profile_and_a_park_on_a_page_does_so_too(browser: Any, reports: Reports) -> None:
    with visit(browser, reports["shipped"].page("index")) as page:
        page.tab.locator("ul.profiles a", has_text="Hengshan").click()
        profile = page.tab.url
        assert "Hengshan" in page.tab.locator("h1").inner_text()
    with visit(browser, reports["shipped"].page("20-growth")) as page:
        page.tab.locator("a.park[href$='hengshan.html'] >> visible=true").first.click()
        assert page.tab.url == profile


@pytest.mark.parametrize("name", ["20-growth", *thorough(["20-growth.zh"])])
def test_the_contents_list_leads_to_every_part(browser: Any, reports: Reports, name: str) -> None:
    with visit(browser, reports["shipped"].page(name)) as page:
        links, heads = page.ask(
            """[[...document.querySelectorAll('nav.contents a')].map(a => [a.hash, a.textContent]),
            [...document.querySelectorAll('main h2')].map(h => ['#' + h.id, h.textContent])]"""
        )
        assert len(links) > 3
        assert links == heads
        page.tab.locator("nav.contents a").last.click()
        assert page.tab.locator("main h2").last.is_visible()


def test_a_park_without_figures_is_told_in_words(browser: Any, reports: Reports) -> None:
    (path,) = reports["awkward"].folder.glob("20-growth.single-row.*.html")
    with visit(browser, path, "telephone") as page:
        empty = page.tab.locator(".exhibit:not(#series) .empty >> visible=true")
        assert empty.count() >= 2
        assert set(empty.all_inner_texts()) == {
            "No park reports a figure for this exhibit.",
            "A share stands here once a text prints a target and a level of its year, for like firms.",
        }
        assert page.said == []
        assert page.tab.locator("figure:has(.empty:not(.none)) + .files").count() == 0


def test_a_strange_name_is_shown_as_it_was_written(browser: Any, reports: Reports) -> None:
    with visit(browser, file(reports["awkward"], "60-park-profile")) as page:
        assert STRANGE in page.tab.locator("h1").text_content()
        assert STRANGE in page.tab.title()
        assert page.tab.locator("table", has_text=STRANGE).count() > 0
        assert page.said == []


@pytest.mark.parametrize("lang", ["en", *thorough(["zh"])])
def test_a_strange_term_opens_as_it_was_written(browser: Any, reports: Reports, lang: str) -> None:
    with visit(browser, file(reports["awkward"], stem("60-park-profile", lang))) as page:
        page.tab.locator("table [data-opens='awkward-2021-001'] >> visible=true").first.click()
        words = page.tab.locator("dialog dd").all_text_contents()
        assert words.count(STRANGE) >= 2  # the term and the note
        assert [text for text in words if STRANGE in text and text != STRANGE]  # the title of the text, in a line
        assert page.said == []


def test_no_mark_of_direction_is_left_on_a_page(reports: Reports) -> None:
    for path in reports["awkward"].everything:
        text = path.read_text(encoding="utf-8")
        assert not set(text) & set("\u202e\u202c\u200f\u200e\u2066\u2069"), path.name


def test_every_name_of_a_page_is_by_the_contract(reports: Reports) -> None:
    assert file(reports["shipped"], stem("20-growth", "zh")).name == "20-growth.zh.html"
