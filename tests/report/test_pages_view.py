"""A view that can be sent: in the address, in the other language, as a file; and what is dim when a park is picked out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browsing import Opened, visit
from built_pages import Reports, thorough

from parkstudy.report.links import standard

pytestmark = pytest.mark.slow
PICKED = "#price=real&parks=hengnan"
STATE = """() => ({hash: location.hash, picked: document.documentElement.dataset.picked || '',
    chosen: [...new Set([...document.querySelectorAll('input[data-axis=price]:checked')].map(r => r.value))],
    pressed: [...document.querySelectorAll('.parks [aria-pressed=true]')].map(b => b.value)})"""
START = {"hash": "", "picked": "", "chosen": ["nominal"], "pressed": []}
REAL = {"hash": PICKED, "picked": "hengnan", "chosen": ["real"], "pressed": ["hengnan"]}


def state(page: Opened) -> dict[str, Any]:
    found: dict[str, Any] = page.ask(STATE)
    return found


def again(page: Opened, address: str) -> dict[str, Any]:
    """The state of a page that is opened anew at an address."""
    page.tab.goto("about:blank")
    page.tab.goto(address)
    return state(page)


def choose(page: Opened, value: str, park: str) -> None:
    page.tab.locator(f".switches label:has(input[value={value}])").first.click()
    page.tab.locator(f".parks button[value={park}]").click()


def test_what_is_chosen_stands_in_the_address_is_kept_and_goes_to_the_other_language(
    browser: Any, reports: Reports
) -> None:
    with visit(browser, reports["shipped"].page("20-growth")) as page:
        assert state(page) == START
        choose(page, "real", "hengnan")
        assert state(page) == REAL
        page.tab.reload()
        assert state(page) == REAL
        page.tab.locator("nav.contents a").last.click()
        page.tab.wait_for_url(re.compile("#about."))  # written when the browser tells of the change
        assert state(page)["hash"] == f"#about&{PICKED[1:]}"
        page.tab.reload()
        assert page.ask("document.getElementById('about').getBoundingClientRect().top < innerHeight")
        page.tab.locator("header.site a[hreflang]").click()
        page.tab.wait_for_url("**/20-growth.zh.html#*")
        assert state(page) == {**REAL, "hash": f"#about&{PICKED[1:]}"}
        choose(page, "nominal", "hengnan")
        assert state(page) == {**START, "hash": "#about"}
        assert page.said == []


def test_an_address_that_says_nothing_known_is_ignored(browser: Any, reports: Reports) -> None:
    path = reports["shipped"].page("20-growth")
    with visit(browser, path) as page:
        for unknown in ("price=bogus&parks=nobody&x=1", "__proto__=real&constructor", "=&&=real", "price=%E0%A4%A"):
            found = again(page, f"{path.as_uri()}#{unknown}")
            assert {**found, "hash": ""} == START, unknown
        assert again(page, f"{path.as_uri()}#parks=nobody,hengnan&price=real") == REAL
        page.tab.evaluate("location.hash = 'parks=shuangpai'")  # as a reader would write into the address
        page.tab.locator("html[data-picked=shuangpai]").wait_for(state="attached")
        assert state(page)["chosen"] == ["nominal"]
        assert page.said == []


def test_a_view_is_saved_as_a_page_that_opens_in_it_and_saves_again(
    browser: Any, reports: Reports, tmp_path: Path
) -> None:
    controls = "['input', '.parks button', '.sort', '.fold', '.files button', 'dialog'].map(s => document.querySelectorAll(s).length)"
    with visit(browser, reports["shipped"].page("20-growth")) as page:
        choose(page, "real", "hengnan")
        count = page.ask(controls)
        with page.tab.expect_download() as caught:
            page.tab.locator(".parks .save").click()
        assert caught.value.suggested_filename == "20-growth.view.real.hengnan.html"
        caught.value.save_as(tmp_path / "one.html")
    assert "file:" not in (tmp_path / "one.html").read_text("utf-8"), "the folder of the one who saved it"
    with visit(browser, tmp_path / "one.html", java_script_enabled=False) as page:
        shown = page.tab.locator(".exhibit > .state[data-when*='price=']:not([hidden])")
        assert {one.get_attribute("data-when") for one in shown.all()} == {"price=real"}
        assert page.tab.locator("svg .dim").count() > 0
    with visit(browser, tmp_path / "one.html") as page:
        assert (state(page), page.ask(controls)) == ({**REAL, "hash": ""}, count)
        choose(page, "nominal", "hengnan")
        assert state(page) == {**START, "hash": "#price=nominal&parks="}
        with page.tab.expect_download() as caught:
            page.tab.locator(".parks .save").click()
        caught.value.save_as(tmp_path / "two.html")
        assert page.said == []
    with visit(browser, tmp_path / "two.html") as page:
        assert (state(page), page.ask(controls)) == (START, count)


@pytest.mark.parametrize("name", ["20-growth", "70-figures", *thorough(["10-coverage", "50-robustness"])])
def test_picking_out_a_park_dims_whatever_is_not_its_own(browser: Any, reports: Reports, name: str) -> None:
    bright = """park => [...document.querySelectorAll(
        '.exhibit tbody tr:not(:has([data-park])), .exhibit tbody :is(th, td)[data-park], .exhibit .chart text')].filter(e => {
        let seen = 1;
        for (let o = e; o; o = o.parentElement) seen *= parseFloat(getComputedStyle(o).opacity);
        const own = e.closest('[data-park]');
        return seen > .5 && !(own && own.dataset.park.split(' ').includes(park)) }).map(e => e.textContent.slice(0, 60))"""
    with visit(browser, reports["shipped"].page(name)) as page:
        assert page.ask(bright, "hengnan")
        page.tab.locator(".parks button[value=hengnan]").click()
        assert page.ask(bright, "hengnan") == [], name
        assert page.ask(bright, "shuangpai"), name  # its own stay as they were


def test_a_page_leads_to_the_next_and_the_last_back_to_the_index(browser: Any, reports: Reports) -> None:
    """What is between has its links from `Links.around`."""
    names = standard()
    for name in (names[0], names[-1]):
        with visit(browser, reports["shipped"].page(name), "telephone") as page:
            here = page.tab.locator("header.site nav a[aria-current=page]")
            assert here.get_attribute("href") == f"{name}.html"
            left, right = page.ask(
                "(() => { const b = document.querySelector('header.site nav [aria-current]').getBoundingClientRect();"
                " return [b.left, b.right] })()"
            )
            assert 0 <= left < right <= 390, "the page that is read is in sight"
            if name == names[0]:
                page.tab.locator(".along a[rel=next]").click()
                page.tab.wait_for_url(f"**/{names[1]}.html")
                continue
            assert page.tab.locator(".along a[rel=next]").count() == 0
            assert page.tab.locator(".along a[rel=prev]").get_attribute("href") == f"{names[-2]}.html"
            page.tab.locator("header.site > a").first.click()
            page.tab.wait_for_url("**/index.html")
