"""Pages for everyone: checked by axe in both languages and schemes, without scripts, on paper, read aloud."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
import pytest
from browsing import Opened, violations, visit
from built_pages import STANDARD, Reports, stem, thorough
from page_parts import Page, parsed

from parkstudy.show.theme import PALETTE

pytestmark = pytest.mark.slow
ALL = ["index", "index.zh", *STANDARD]
ENGLISH = [name for name in ALL if ".zh" not in name]
SHEET = {"width": 794, "height": 1123}  # A4 at 96 dots to the inch
HAN = re.compile("[\u3400-\u9fff]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]*(?: [A-Za-z][A-Za-z'’-]*){3,}")
CONTROLS = ".switches, .parks, .filter, .files, details.code, details.values, .skip, .contents, .contents-small, dialog"
KINDS = ["20-growth", "60-park-profile", "70-figures.zh", "90-explorer"]  # a page of each kind of content
each_kind = pytest.mark.parametrize("name", [*KINDS, *thorough(name for name in STANDARD if name not in KINDS)])


LOOKED_AT = [("index.zh", "light", "telephone")]  # pages below, with a record open; of their structure test_pages.py
EVERY = [(name, scheme, size) for name in ALL for scheme in ("light", "dark") for size in ("wide", "telephone")]


@pytest.mark.parametrize(
    ("name", "scheme", "size"), [*LOOKED_AT, *thorough(one for one in EVERY if one not in LOOKED_AT)]
)
def test_axe_finds_nothing(browser: Any, reports: Reports, name: str, scheme: str, size: str) -> None:
    with visit(browser, reports["shipped"].page(name), size, color_scheme=scheme) as page:
        assert violations(page) == []


@pytest.mark.parametrize(("name", "scheme", "size"), [
    ("30-tax-quality", "light", "wide"), ("30-tax-quality.zh", "dark", "telephone"),
    *thorough([("10-coverage", "dark", "wide")]),
])  # fmt: skip
def test_axe_finds_nothing_in_an_open_record_nor_with_a_park_picked_and_a_state_switched(
    browser: Any, reports: Reports, name: str, scheme: str, size: str
) -> None:
    with visit(browser, reports["shipped"].page(name), size, color_scheme=scheme) as page:
        other = page.tab.locator(".switches label:has(input:not(:checked))")
        if other.count():
            other.first.click()
        page.tab.locator("span.number >> visible=true").last.click()
        assert page.tab.locator("dialog[open]").is_visible()
        assert violations(page) == []


def test_axe_does_find_what_is_wrong(browser: Any, reports: Reports) -> None:
    with visit(browser, reports["shipped"].page("index")) as page:
        page.ask(
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button><img src=\"data:,\">')"
        )
        assert {rule for rule, _ in violations(page, contrast=False)} >= {"button-name", "image-alt"}


@pytest.mark.parametrize("name", ["50-robustness", *thorough(name for name in ENGLISH if name != "50-robustness")])
def test_a_page_is_walked_through_with_at_most_60_stops_of_the_keyboard(
    browser: Any, reports: Reports, name: str
) -> None:
    with visit(browser, reports["shipped"].page(name)) as page:
        stops = 0
        while stops < 200:
            page.tab.keyboard.press("Tab")
            if page.ask("document.activeElement === document.body"):
                break
            stops += 1
        assert 10 < stops <= 60


@pytest.mark.parametrize("name", ["50-robustness", *thorough(name for name in ALL if name != "50-robustness")])
def test_on_a_telephone_a_row_is_a_card_and_nothing_scrolls_sideways(browser: Any, reports: Reports, name: str) -> None:
    with visit(browser, reports["shipped"].page(name), "telephone") as page:
        page.ask("document.querySelectorAll('details.values').forEach(d => { d.open = true })")
        wide, high, unnamed, alike = page.ask(
            """() => { const boxes = [...document.querySelectorAll('.scroll')].filter(e => e.checkVisibility());
            const what = e => e.closest('.exhibit').id;
            const cards = [...document.querySelectorAll('table.cards')].filter(e => e.checkVisibility());
            const head = row => [...row.querySelectorAll('th, .tells')].map(e => e.textContent).join('|');
            return [boxes.filter(e => e.scrollWidth > e.clientWidth + 1).map(what),
              boxes.filter(e => e.offsetHeight > innerHeight).map(what),
              cards.flatMap(t => [...t.querySelectorAll('tbody td:not(.tells)')].filter(e => !e.dataset.label)).length,
              cards.filter(t => { const rows = [...t.tBodies[0].rows].map(head);
                return new Set(rows).size < rows.length / 2 }).map(what)] }"""
        )
        assert page.ask("document.documentElement.scrollWidth") == 390
        assert (wide, high, unnamed, alike) == ([], [], 0, [])


@pytest.mark.parametrize("size", [{"width": 1280, "height": 420}])
def test_a_table_is_never_higher_than_the_window_and_keeps_its_head(
    browser: Any, reports: Reports, size: dict[str, int]
) -> None:
    with visit(browser, reports["shipped"].page("50-robustness")) as page:
        page.tab.set_viewport_size(size)
        box = page.tab.locator("#cells .scroll")
        assert box.evaluate("e => e.offsetHeight") < size["height"]
        apart = "e => { e.scrollTop = 300; return e.querySelector('thead th').getBoundingClientRect().top - e.getBoundingClientRect().top }"
        assert abs(box.evaluate(apart)) <= 2


def test_forced_colours_show_what_is_chosen(browser: Any, reports: Reports) -> None:
    look = "e => { const s = getComputedStyle(e); return [s.backgroundColor, s.color, s.opacity, s.textDecorationLine].join() }"
    pairs = {
        ".parks button[aria-pressed=true]": ".parks button[aria-pressed=false]",
        ".switches input:checked + span": ".switches input:not(:checked) + span",
        "th[aria-sort] .sort": "th:not([aria-sort]) .sort",
        "tr.dim td:last-child": "tr[data-park]:not(.dim) td:last-child",
        "svg .dim": "svg [data-park]:not(.dim)",
    }
    with visit(browser, reports["shipped"].page("30-tax-quality"), forced_colors="active") as page:
        page.tab.locator(".parks button").first.click()
        page.tab.locator(".sort >> visible=true").first.click()
        assert [
            on
            for on, off in pairs.items()
            if page.tab.locator(on).first.evaluate(look) == page.tab.locator(off).first.evaluate(look)
        ] == []


def colours(page: Opened) -> list[str]:
    found: list[str] = page.ask(
        """(() => { const look = e => getComputedStyle(document.querySelector(e));
        return [look('body').backgroundColor, look('body').color, look('svg :is(text, circle)').fill, look('a').color] })()"""
    )
    return found


def as_css(colour: str) -> str:
    return "rgb({}, {}, {})".format(*(int(colour[place : place + 2], 16) for place in (1, 3, 5)))


@pytest.mark.parametrize("name", ["20-growth", *thorough(["10-coverage.zh"])])
def test_a_dark_screen_gets_the_dark_side_of_the_palette_drawings_included(
    browser: Any, reports: Reports, name: str
) -> None:
    for side, scheme in enumerate(("light", "dark")):
        with visit(browser, reports["shipped"].page(name), color_scheme=scheme) as page:
            paper, ink, drawn, link = colours(page)
            assert (paper, ink, link) == tuple(as_css(PALETTE[n][side]) for n in ("paper", "ink", "accent"))
            assert drawn in {as_css(pair[side]) for pair in PALETTE.values()}
            faint = page.ask(
                """() => [...new Set([...document.querySelectorAll('svg :is(text, circle)')].map(t => getComputedStyle(t).fill))]"""
            )
            assert set(faint) <= {as_css(pair[side]) for pair in PALETTE.values()}


@pytest.mark.parametrize("name", ["20-growth", *thorough(["30-tax-quality.zh", "10-coverage"])])
def test_paper_is_white_whatever_the_screen(browser: Any, reports: Reports, name: str) -> None:
    with visit(browser, reports["shipped"].page(name), color_scheme="dark") as page:
        page.tab.emulate_media(media="print", color_scheme="dark")
        assert colours(page)[:2] == [as_css(PALETTE[n][0]) for n in ("paper", "ink")]


@each_kind
def test_a_printed_page_has_all_text_and_sources_and_no_control(browser: Any, reports: Reports, name: str) -> None:
    with visit(browser, reports["shipped"].page(name)) as page:
        parks = page.tab.locator(".parks button")
        if parks.count():
            parks.first.click()
        page.tab.set_viewport_size(SHEET)
        page.tab.emulate_media(media="print")
        assert page.tab.locator(f":is({CONTROLS}) >> visible=true").count() == 0
        assert page.tab.locator("button:not(.fold) >> visible=true").count() == 0  # a fold is the word before sources
        sources = page.tab.locator(".state:not([hidden]) .sources")
        assert sources.count() > 0
        assert all(one.is_visible() for one in sources.all())
        assert page.tab.locator("p.citation").is_visible()
        assert page.ask("document.documentElement.scrollWidth") <= SHEET["width"]
        cut = page.ask(
            """() => [...document.querySelectorAll('.state:not([hidden]) .scroll, .state:not([hidden]) .sources, main p, svg, td')]
            .filter(e => e.getBoundingClientRect().width > 0)
            .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible'
                || e.getBoundingClientRect().right > innerWidth + 1
                || e.matches('.scroll, .sources') && e.scrollHeight > e.clientHeight + 4).map(e => e.outerHTML.slice(0, 120))"""
        )
        assert cut == []
        assert page.ask("[...document.querySelectorAll('.dim')].every(e => getComputedStyle(e).opacity === '1')")


@pytest.mark.parametrize("name", ["20-growth.zh", *thorough(["20-growth"])])
def test_a_page_can_be_made_a_pdf_with_selectable_text(browser: Any, reports: Reports, name: str) -> None:
    with visit(browser, reports["shipped"].page(name)) as page:
        pdf = page.tab.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 30
    assert b"/ToUnicode" in pdf


@each_kind
def test_without_scripts_the_first_state_is_whole_and_no_control_is_dead(
    browser: Any, reports: Reports, name: str
) -> None:
    with visit(browser, reports["shipped"].page(name), java_script_enabled=False) as page:
        tab = page.tab
        assert tab.locator("section.takeaways >> visible=true").count() == (not name.startswith("90-explorer"))
        first, others = tab.locator(".state:first-child"), tab.locator(".state:not(:first-child)")
        assert first.count() == tab.locator(".exhibit").count()
        assert all(state.is_visible() for state in first.all())
        assert not any(state.is_visible() for state in others.all())
        assert tab.locator("button, input, select, [role=button], [aria-sort]").count() == 0
        charts = tab.locator(".state:first-child .chart.wide svg")
        assert all(chart.is_visible() for chart in charts.all())
        for summary in ("details.code > summary", "details.values > summary"):
            closed = tab.locator(f"{summary} >> visible=true")
            if closed.count():
                inside = closed.first.locator("xpath=../*[2]")
                assert not inside.is_visible()
                closed.first.click()
                assert inside.is_visible()
        assert page.said == []


@pytest.mark.parametrize("name", ENGLISH)
def test_chinese_words_on_an_english_page_are_named_as_chinese(reports: Reports, name: str) -> None:
    page = parsed(reports["shipped"].page(name))
    assert [e["lang"] for e in page.all("html")] == ["en"]
    loose = [run.text for run in page.running() if HAN.search(run.text) and run.language != "zh-Hans"]
    assert loose == []
    wrong = [run.text for run in page.running() if run.language == "zh-Hans" and not HAN.search(run.text)]
    assert wrong == []


def test_chinese_words_in_an_open_record_are_named_as_chinese_too(browser: Any, reports: Reports) -> None:
    with visit(browser, reports["shipped"].page("70-figures")) as page:
        page.tab.locator("table [data-opens='hengnan-2019-005'] >> visible=true").first.click()
        loose = page.ask(
            """() => { const walk = document.createTreeWalker(document.querySelector('dialog'), NodeFilter.SHOW_TEXT);
            const found = [[], []];
            while (walk.nextNode()) if (/[\u3400-\u9fff]/.test(walk.currentNode.data))
              found[+(walk.currentNode.parentElement.closest('[lang]').lang === 'zh-Hans')].push(walk.currentNode.data);
            return found }"""
        )
        assert loose[0] == []
        assert loose[1]


ALLOWED = re.compile(r"https?://|\.(html|csv|ipynb)\b|parkstudy|SHA-256")


@pytest.mark.parametrize("name", [stem_ for stem_ in ALL if ".zh" in stem_])
def test_the_running_text_of_a_chinese_page_is_chinese(reports: Reports, name: str) -> None:
    """Titles and notes of the data stay in the language they were written in; code and addresses are no text."""
    page = parsed(reports["shipped"].page(name))
    assert [e["lang"] for e in page.all("html")] == ["zh-Hans"]
    running = (
        run for run in page.running()
        if not run.within("code") and not run.classed("sources") and run.language == "zh-Hans"
    )  # fmt: skip
    found = [m[0] for run in running for m in LATIN.finditer(run.text) if not ALLOWED.search(m[0])]
    assert sorted(set(found) - notes()) == []
    assert [a for a in page.attributes("aria-label") if LATIN.search(a)] == []
    drawn = [run.text for run in page.runs if run.within("svg") and LATIN.search(run.text)]
    assert drawn == []


def notes() -> set[str]:
    """Runs of Latin words in what the data say in English alone: notes, inferences, titles and names of series."""
    import parkstudy

    study = parkstudy.load()
    frames = (study.parks, study.sources, study.observations, study.reference, study.indicators)
    cells = (cell for frame in frames for name in frame.columns if frame[name].dtype == pl.String
             for cell in frame[name].drop_nulls() if name in ("note", "inferred", "title", "source_title", "publisher"))  # fmt: skip
    return {match[0] for cell in cells for match in LATIN.finditer(cell)}


def numbers(page: Page) -> dict[str, list[str]]:
    """The keys of the numbers of the takeaways with the percentages that stand behind each."""
    found: dict[str, list[str]] = {}
    for run in page.runs:
        if run.classed("takeaways") and run.inside[-1]["data-opens"]:
            percent = re.findall(r"\d[\d.]*", run.text) if "%" in run.text else []  # other units differ by language
            found.setdefault(run.inside[-1]["data-opens"], []).extend(percent)
    return {key: sorted(set(values)) for key, values in found.items()}


@pytest.mark.parametrize("name", [name for name in STANDARD if ".zh" not in name])
def test_twins_say_the_same_numbers(reports: Reports, name: str) -> None:
    first, _, rest = name.partition(".")
    twin = ".".join(filter(None, [first, "zh", rest]))
    one, other = (parsed(reports["shipped"].page(page)) for page in (name, twin))
    assert numbers(one) == numbers(other)
    ids = [[e["id"] for e in page.all("div", css="exhibit")] for page in (one, other)]
    assert ids[0] == ids[1]
    assert set(one.records) == set(other.records)
    shown = [sorted(page.attributes("data-opens")) for page in (one, other)]
    assert set(shown[0]) == set(shown[1])


def test_some_takeaways_do_have_numbers(reports: Reports) -> None:
    assert any(numbers(parsed(reports["shipped"].page(stem(name)))) for name in ("20-growth", "30-tax-quality"))
