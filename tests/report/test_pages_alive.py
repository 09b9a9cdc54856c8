"""Pages that answer: switches, parks, tables, the record behind a number, files; by mouse, keyboard and finger."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest
from browsing import Opened, visit
from built_pages import Reports, stem, thorough
from page_parts import parsed
from PIL import Image

from parkstudy.record.codes import codes, label

pytestmark = pytest.mark.slow
SWITCHED = ["20-growth", *thorough(["20-growth.zh", "30-tax-quality", "30-tax-quality.zh", "40-land-efficiency.zh"])]
LAND = ["40-land-efficiency"]  # whose switches have more values
STATES = """() => Object.fromEntries([...document.querySelectorAll('.exhibit')].map(e => [e.id,
    [...e.querySelectorAll(':scope > .state')].filter(s => !s.hidden).map(s => s.dataset.when)]))"""
VISIBLE = """() => Object.fromEntries([...document.querySelectorAll('.exhibit')].map(e => [e.id,
    [...e.querySelectorAll(':scope > .state')].filter(s => !s.hidden).map(s => s.innerText)]))"""


@contextmanager
def at(browser: Any, reports: Reports, name: str, size: str = "wide", **options: Any) -> Iterator[Opened]:
    """A page of the standard build, which must have nothing to complain about when it is left."""
    with visit(browser, reports["shipped"].page(name), size, **options) as page:
        yield page
        assert page.said == []
        assert [url for url in page.requests[1:] if not url.startswith(("data:", "blob:"))] == []


def radio(page: Opened, exhibit: str, value: str) -> Any:
    return page.tab.locator(f"#{exhibit} input[type=radio][value={value}]")


def choose(page: Opened, exhibit: str, value: str) -> None:
    """Click on the words of a switch."""
    page.tab.locator(f"#{exhibit} .switches label:has(input[value={value}])").click()


def switches(page: Opened) -> dict[str, dict[str, list[str]]]:
    """Exhibit to parameter to values, as the page shows them."""
    found: dict[str, dict[str, list[str]]] = page.ask(
        """() => { const found = {};
        document.querySelectorAll('.exhibit input[type=radio]').forEach(r => {
          const own = found[r.closest('.exhibit').id] ||= {};
          (own[r.dataset.axis] ||= []).push(r.value); });
        return found; }"""
    )
    return found


def axes(page: Opened) -> dict[str, dict[str, list[str]]]:
    """Exhibit to the parameters it obeys; an answer whose picture has the same switches has none of its own."""
    found: dict[str, dict[str, list[str]]] = page.ask(
        """() => Object.fromEntries([...document.querySelectorAll('.exhibit[data-axes]')].map(e => [e.id,
        Object.fromEntries(JSON.parse(e.dataset.axes).map(([name, , values]) => [name, values.map(([value]) => value)]))]))"""
    )
    return found


@pytest.mark.parametrize("name", SWITCHED + LAND)
def test_a_switch_moves_every_exhibit_that_obeys_it_and_back_again(browser: Any, reports: Reports, name: str) -> None:
    with at(browser, reports, name) as page:
        first, words, offered, every = page.ask(STATES), page.ask(VISIBLE), switches(page), axes(page)
        assert {"takeaways"} < set(every), "takeaways and others follow"
        for exhibit, own in offered.items():
            for parameter, (now, *others) in own.items():
                for value in [*others, now]:
                    choose(page, exhibit, value)
                    obeying = {other for other, names in every.items() if value in names.get(parameter, [])}
                    assert exhibit in obeying
                    shown = page.ask(STATES)
                    assert all(len(states) == 1 for states in shown.values())
                    follow = {other for other, (when,) in shown.items() if f"{parameter}={value}" in when.split()}
                    assert follow == obeying
                    assert all(radio(page, other, value).is_checked() for other in obeying & set(offered))
                assert page.ask(STATES) == first
        assert page.ask(VISIBLE) == words


@pytest.mark.parametrize("name", SWITCHED + thorough(LAND))
def test_the_states_of_an_exhibit_differ_in_what_they_show(browser: Any, reports: Reports, name: str) -> None:
    drawn = "e => [...e.querySelectorAll(':scope > .state')].map(s => s.textContent.replace(/\\s+/g, ' '))"
    with at(browser, reports, name) as page:
        for exhibit in switches(page):
            texts = page.tab.locator(f"#{exhibit}").evaluate(drawn)
            assert len(set(texts)) == len(texts), exhibit


@pytest.mark.parametrize("name", ["20-growth", *thorough(["30-tax-quality.zh"])])
def test_a_switch_is_said_aloud_and_keeps_its_place(browser: Any, reports: Reports, name: str) -> None:
    with at(browser, reports, name) as page:
        last = list(switches(page))[-1]
        moved = page.ask(
            """id => { const exhibit = document.getElementById(id);
            exhibit.scrollIntoView({behavior: 'instant'});
            const before = exhibit.getBoundingClientRect().top;
            const height = document.documentElement.scrollHeight;
            exhibit.querySelector('input[type=radio]:not(:checked)').click();
            return [exhibit.getBoundingClientRect().top - before, document.documentElement.scrollHeight - height] }""",
            last,
        )
        assert abs(moved[0]) <= 1
        assert moved[1] != 0  # other exhibits above or below took more room or less
        spoken = page.tab.locator("[role=status]").inner_text()
        count = sum(1 for own in axes(page).values() if set(own) & set(switches(page)[last]))
        assert re.search(rf"\b{count}\.$|{count}个。$", spoken), spoken


@pytest.mark.parametrize("name", ["20-growth", *thorough(["40-land-efficiency.zh"])])
def test_the_keyboard_alone_switches_opens_closes_and_comes_back(browser: Any, reports: Reports, name: str) -> None:
    with at(browser, reports, name) as page:
        keys, focused = page.tab.keyboard, "document.activeElement"

        def tab_to(selector: str) -> None:
            for _ in range(400):
                keys.press("Tab")
                while page.ask(f"{focused}.matches('.takeaways a')"):  # a group has one stop: arrow keys lead on
                    keys.press("ArrowRight")
                if page.ask(f"{focused}.matches({selector!r})"):
                    return
            raise AssertionError(f"the keyboard never reaches {selector}")

        tab_to("span.number[role=button]")
        opener = page.ask(f"{focused}.textContent")
        for press in ("Enter", " "):
            keys.press(press)
            assert page.tab.locator("dialog[open]").is_visible()
            assert page.ask(f"!!{focused}.closest('dialog')")
            keys.press("Escape")
            assert page.tab.locator("dialog[open]").count() == 0
            assert page.ask(f"[{focused}.textContent, {focused}.matches('span.number')]") == [opener, True]
        keys.press("Enter")
        keys.press("Enter")  # on the button that closes
        assert page.tab.locator("dialog[open]").count() == 0
        assert page.ask(f"{focused}.matches('span.number')")
        tab_to("input[type=radio]")
        before = page.ask(STATES)
        keys.press("ArrowRight")
        assert page.ask(STATES) != before
        keys.press("ArrowLeft")
        assert page.ask(STATES) == before


def test_the_focus_can_be_seen_wherever_the_keyboard_goes(browser: Any, reports: Reports) -> None:
    with at(browser, reports, "20-growth") as page:
        unseen = []
        for _ in range(60):
            page.tab.keyboard.press("Tab")
            seen, what = page.ask(
                """(() => { const e = document.activeElement; const look = x => getComputedStyle(x);
                const by = e.matches('input[type=radio]') ? e.nextElementSibling : e;
                return [look(by).outlineStyle !== 'none' && parseFloat(look(by).outlineWidth) >= 2, e.outerHTML.slice(0, 80)] })()"""
            )
            if not seen and not what.startswith(("<body", "<html")):  # behind the last stop
                unseen.append(what)
        assert unseen == []


def dialog_of(page: Opened) -> dict[str, str]:
    """The lines of the first part of the record that stands open."""
    lines: list[list[str]] = page.ask(
        """() => { const own = document.querySelector('dialog[open] section > dl');
        return [...own.querySelectorAll('dt')].map(t => [t.textContent, t.nextElementSibling.textContent]) }"""
    )
    return dict(lines)


@pytest.mark.parametrize("lang", ["en", *thorough(["zh"])])
def test_a_printed_number_opens_to_the_place_it_comes_from(browser: Any, reports: Reports, lang: str) -> None:
    with at(browser, reports, stem("70-figures", lang)) as page:
        number = page.tab.locator("table [data-opens='hengnan-2019-005'] >> visible=true").first
        number.click()
        shown = dialog_of(page)
        record = parsed(reports["shipped"].page(stem("70-figures", lang))).records["hengnan-2019-005"]
        labels = [label("record_observation", code, lang) for code in codes("record_observation")]
        assert shown == {label: value for label, value in zip(labels, record["values"], strict=True) if value}
        assert {labels[place] for place in (0, 1, 2, 6, 7, 8, 9, 11)} <= set(shown)
        page.tab.locator("dialog .close").click()
        assert page.tab.locator("dialog[open]").count() == 0


@pytest.mark.parametrize("lang", ["zh", *thorough(["en"])])
def test_a_derived_number_opens_to_formula_and_inputs_down_to_printed_figures(
    browser: Any, reports: Reports, lang: str
) -> None:
    name = stem("30-tax-quality", lang)
    records = parsed(reports["shipped"].page(name)).records
    labels = [label("record_measure", code, lang) for code in codes("record_measure")]
    with at(browser, reports, name) as page:
        keys = page.ask("[...document.querySelectorAll('.state:not([hidden]) span.number')].map(n => n.dataset.opens)")
        key = next(k for k in keys if k.startswith("m-") and len(records[k]["inputs"]) >= 2)
        page.tab.locator(f".state:not([hidden]) span.number[data-opens='{key}'] >> visible=true").first.click()
        shown = dialog_of(page)
        assert {labels[0], labels[1], labels[2], labels[3], labels[5], labels[12]} <= set(shown)
        parts = page.tab.locator("dialog section section").count()
        assert parts >= len(records[key]["inputs"])
        printed = [records[i]["values"][1] for i in records[key]["inputs"] if records[i]["kind"] == "observation"]
        text = page.tab.locator("dialog").inner_text()
        assert all(figure in text for figure in printed)


def test_a_click_beside_the_record_closes_it(browser: Any, reports: Reports) -> None:
    with at(browser, reports, "20-growth") as page:
        page.tab.locator("span.number >> visible=true").first.click()
        page.tab.mouse.click(5, 5)
        assert page.tab.locator("dialog[open]").count() == 0


MARK = """() => { const marks = [...document.querySelectorAll('.state:not([hidden]) .chart svg [data-opens]')];
    for (const mark of marks) {
      mark.scrollIntoView({block: 'center', behavior: 'instant'});
      const box = mark.getBoundingClientRect();
      if (!box.width) continue;
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const hit = document.elementFromPoint(x, y);
      const found = hit && hit.closest('[data-opens]');
      if (found && found.dataset.opens === mark.dataset.opens) return [x, y, mark.dataset.opens];
    }
    return null; }"""


@pytest.mark.parametrize("name", ["20-growth", *thorough(["30-tax-quality.zh", "40-land-efficiency"])])
def test_a_finger_on_a_mark_of_a_figure_opens_its_number(browser: Any, reports: Reports, name: str) -> None:
    with at(browser, reports, name, "telephone", has_touch=True, is_mobile=True) as page:
        found = page.ask(MARK)
        assert found
        x, y, key = found
        page.tab.touchscreen.tap(x, y)
        page.tab.locator("dialog[open]").wait_for()
        title = parsed(reports["shipped"].page(name)).records[key]["title"]
        assert page.tab.locator("dialog h2").inner_text() == title
        page.tab.locator("dialog .close").tap()
        assert page.tab.locator("dialog[open]").count() == 0


def test_a_finger_switches_and_picks(browser: Any, reports: Reports) -> None:
    with at(browser, reports, "30-tax-quality", "telephone", has_touch=True, is_mobile=True) as page:
        before = page.ask(STATES)
        page.tab.locator(".switches label:has(input:not(:checked))").first.tap()
        assert page.ask(STATES) != before
        page.tab.locator(".parks button").first.tap()
        assert page.tab.locator(".dim").count() > 0


def dimmed(page: Opened) -> dict[str, list[str]]:
    """The parks of what is dim and of what is not, in drawings and in tables."""
    found: dict[str, list[str]] = page.ask(
        """() => { const parks = (dim, css) => [...new Set([...document.querySelectorAll(css)]
            .filter(e => e.classList.contains('dim') === dim).flatMap(e => e.dataset.park.split(' ')))].sort();
        return {drawn: parks(true, 'svg [data-park]'), rows: parks(true, 'tr[data-park]'),
            clear: parks(false, 'svg [data-park]'), lines: parks(false, 'tr[data-park]')} }"""
    )
    return found


@pytest.mark.parametrize("name", ["20-growth", *thorough(["30-tax-quality.zh"])])
def test_a_park_picked_out_dims_the_others_until_it_is_let_go(browser: Any, reports: Reports, name: str) -> None:
    with at(browser, reports, name) as page:
        start = dimmed(page)
        assert (start["drawn"], start["rows"]) == ([], [])
        buttons = page.tab.locator(".parks button")
        assert buttons.count() >= 3
        buttons.nth(0).click()
        one = dimmed(page)
        (own,) = set(start["clear"]) - set(one["drawn"])
        assert one["clear"] == [own]
        assert own not in one["rows"]
        assert own in one["lines"]
        assert page.ask("parseFloat(getComputedStyle(document.querySelector('svg .dim')).opacity)") < 0.5
        buttons.nth(1).click()
        assert len(dimmed(page)["clear"]) == 2
        assert [b.get_attribute("aria-pressed") for b in buttons.all()][:3] == ["true", "true", "false"]
        buttons.nth(0).click()
        buttons.nth(1).click()
        assert dimmed(page) == start


def test_a_park_stays_picked_out_when_a_parameter_is_switched(browser: Any, reports: Reports) -> None:
    with at(browser, reports, "30-tax-quality") as page:
        page.tab.locator(".parks button").first.click()
        one = dimmed(page)
        page.tab.locator(".switches label:has(input:not(:checked))").first.click()
        assert dimmed(page) == one


SORTED = """([table, place]) => [...document.querySelectorAll('.state:not([hidden]) table')][table].tBodies[0].rows.length &&
    [...[...document.querySelectorAll('.state:not([hidden]) table')][table].tBodies[0].rows].map(r => {
    const v = r.cells[place].dataset.value; return v === undefined ? null : Number(v) })"""


@pytest.mark.parametrize("name", ["40-land-efficiency", *thorough(["10-coverage", "30-tax-quality.zh"])])
def test_a_column_of_numbers_sorts_both_ways_with_gaps_last(browser: Any, reports: Reports, name: str) -> None:
    with at(browser, reports, name) as page:
        page.ask("document.querySelectorAll('details').forEach(d => { d.open = true })")
        places: list[list[int]] = page.ask(
            """() => [...document.querySelectorAll('.state:not([hidden]) table')].flatMap((t, i) =>
            [...t.tHead.rows[0].cells].map((c, j) => [i, j]).filter(([, j]) =>
            [...t.tBodies[0].rows].filter(r => r.cells[j].dataset.value !== undefined).length > 1))"""
        )
        assert places
        gaps = 0
        for table, place in places:
            head = page.tab.locator(".state:not([hidden]) table").nth(table).locator("thead th").nth(place)
            for way in ("ascending", "descending"):
                head.locator(".sort").click()
                assert head.get_attribute("aria-sort") == way
                values = page.ask(SORTED, [table, place])
                numbers = [value for value in values if value is not None]
                assert numbers == sorted(numbers, reverse=way == "descending")
                assert values == numbers + [None] * (len(values) - len(numbers))
                gaps += len(values) - len(numbers)
        assert gaps or name == "10-coverage"


def test_a_column_of_words_sorts_and_only_one_column_says_so(browser: Any, reports: Reports) -> None:
    with at(browser, reports, "10-coverage") as page:
        table = page.tab.locator("#observations table, #table-observations table, table").last
        heads = table.locator("thead th .sort")
        heads.nth(1).press("Enter")
        heads.nth(0).press(" ")
        column = table.locator("tbody tr > :first-child").all_inner_texts()
        assert column == sorted(column, key=page_order)
        assert [h.get_attribute("aria-sort") for h in table.locator("thead th").all()].count("ascending") == 1


def page_order(text: str) -> tuple[Any, ...]:
    """As the page compares: digits by their number, letters without their case."""
    return tuple(int(p) if p.isdigit() else p.casefold() for p in re.split(r"(\d+)", text))


@pytest.mark.parametrize("name", ["70-figures.zh", *thorough(["70-figures"])])
def test_a_filter_hides_rows_and_says_how_many_are_left(browser: Any, reports: Reports, name: str) -> None:
    with at(browser, reports, name) as page:
        field = page.tab.locator(".filter input").last
        exhibit = page.tab.locator(".exhibit:has(.filter)").last
        everything, page_of = exhibit.locator("tbody tr").count(), 25
        assert everything > exhibit.locator("tbody tr >> visible=true").count() == page_of  # it is long
        field.fill("2019 hengnan" if name == "70-figures" else "衡南")
        left = exhibit.locator("tbody tr:not([hidden])").count()
        assert exhibit.locator("tbody tr >> visible=true").count() == min(left, page_of)
        assert 0 < left < everything
        assert re.findall(r"\d+", exhibit.locator("output").inner_text()) in (
            [str(left), str(everything)], [str(everything), str(left)],
        )  # fmt: skip
        field.fill("no row has these words")
        assert exhibit.locator("tbody tr >> visible=true").count() == 0
        assert "0" in exhibit.locator("output").inner_text()
        assert exhibit.locator(".none").inner_text() == label("script", "no_rows", "zh" if ".zh" in name else "en")
        field.fill("")
        assert not exhibit.locator(".none").is_visible()
        assert exhibit.locator("tbody tr >> visible=true").count() == page_of
        assert exhibit.locator("output").inner_text() == ""


def test_a_long_table_turns_its_pages_keeps_its_order_and_is_whole_on_paper(browser: Any, reports: Reports) -> None:
    with at(browser, reports, "70-figures") as page:
        exhibit = page.tab.locator("#figures")
        rows, shown = exhibit.locator("tbody tr"), exhibit.locator("tbody tr >> visible=true")
        back, on = exhibit.locator(".turns button").all()
        first, every = shown.first.inner_text(), rows.count()
        on.click()
        assert exhibit.locator(".turns span").inner_text() == f"Rows 26 to 50 of {every}"
        assert page.tab.locator("[role=status]").inner_text() == f"Rows 26 to 50 of {every}"
        assert shown.first.inner_text() == rows.nth(25).inner_text() != first
        back.click()
        back.click(force=True)  # there is no page before the first
        assert shown.first.inner_text() == first
        exhibit.locator("thead .sort").nth(1).click()
        parks = [park for park, _ in groupby(exhibit.locator("tbody tr > :nth-child(2)").all_text_contents())]
        assert len(parks) == len(set(parks)) > 5  # all rows were sorted, not those of a page
        link = page.tab.locator("#matrix td a >> visible=true").last
        link.click()
        assert page.tab.locator(str(link.get_attribute("href"))).is_visible()
        page.tab.emulate_media(media="print")
        assert shown.count() == every


def downloaded(page: Opened, act: Any, folder: Path) -> Path:
    with page.tab.expect_download() as waiting:
        act()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


@pytest.mark.parametrize("name", ["30-tax-quality", *thorough(["30-tax-quality.zh"])])
def test_the_data_of_a_figure_come_down_as_csv_with_the_rows_of_the_state_shown(
    browser: Any, reports: Reports, name: str, tmp_path: Path
) -> None:
    with at(browser, reports, name, accept_downloads=True) as page:
        exhibit = "table-tax" if page.tab.locator("#table-tax").count() else list(switches(page))[-1]
        seen = []
        for value in ("reported", "annualised"):
            choose(page, exhibit, value)
            state = page.tab.locator(f"#{exhibit} > .state:not([hidden])")
            file = downloaded(page, state.locator("a.csv").click, tmp_path)
            assert file.name == f"{exhibit}.csv"
            assert file.read_bytes().startswith(b"\xef\xbb\xbf")
            frame = pl.read_csv(file)
            assert {"PARK", "measure", "OBS_VALUE", "LOW", "HIGH", "UNIT_MEASURE", "basis", "TIME_PERIOD"} <= set(
                frame.columns
            )
            assert frame.height > 3
            keyed = state.locator("tbody tr").count()
            assert frame.height <= keyed * len(frame.columns)
            seen.append(frame)
        assert not seen[0].equals(seen[1])
        assert "annualised" in seen[1]["basis"].to_list()
        assert "annualised" not in seen[0]["basis"].to_list()


def test_every_csv_of_a_page_opens(browser: Any, reports: Reports) -> None:
    for name in ("10-coverage", "50-robustness.zh", "00-overview"):
        links = parsed(reports["shipped"].page(name)).all("a", css="csv")
        assert links
        for link in links:
            text = base64.b64decode(link["href"].partition("base64,")[2]).decode("utf-8-sig")
            head, *rows = list(csv.reader(io.StringIO(text)))
            assert rows
            assert {len(row) for row in rows} == {len(head)}
            assert not [c for row in rows for c in row if re.match(r"[=+@\t\r]|-[^\d]", c)]
            assert link["download"].endswith(".csv")


@pytest.mark.parametrize(("name", "size"), [
    ("30-tax-quality.zh", "telephone"),
    *thorough([("20-growth", "wide"), ("20-growth", "telephone"), ("30-tax-quality.zh", "wide")]),
])  # fmt: skip
def test_a_figure_comes_down_as_svg_and_png(
    browser: Any, reports: Reports, name: str, size: str, tmp_path: Path
) -> None:
    with at(browser, reports, name, size, accept_downloads=True) as page:
        files = page.tab.locator(".state:not([hidden]):has(.chart) .files").first
        exhibit = files.evaluate("e => e.closest('.exhibit').id")
        drawing = downloaded(page, files.get_by_role("button", name="SVG").click, tmp_path)
        picture = downloaded(page, files.get_by_role("button", name="PNG").click, tmp_path)
    assert (drawing.name, picture.name) == (f"{exhibit}.svg", f"{exhibit}.png")
    text = drawing.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in text
    assert "data:font/woff;base64," in text
    assert "data-opens" not in text
    assert [node.text for node in root.iter("{http://www.w3.org/2000/svg}text") if node.text]
    with Image.open(picture) as image:
        assert image.width >= 1600
        colours = image.convert("RGB").getcolors(1 << 24)
        assert len(colours) > 12
        assert max(colours)[1] == (255, 255, 255)


def test_a_figure_that_was_dimmed_comes_down_whole(browser: Any, reports: Reports, tmp_path: Path) -> None:
    with at(browser, reports, "20-growth", accept_downloads=True) as page:
        page.tab.locator(".parks button").first.click()
        files = page.tab.locator(".state:not([hidden]):has(.chart) .files").first
        text = downloaded(page, files.get_by_role("button", name="SVG").click, tmp_path).read_text(encoding="utf-8")
        assert page.tab.locator("svg .dim").count() > 0
        assert 'class="dim"' not in text


@pytest.mark.parametrize(("name", "said"), [("20-growth.zh", "已复制"), *thorough([("20-growth", "Copied")])])
def test_the_citation_can_be_copied(browser: Any, reports: Reports, name: str, said: str) -> None:
    with at(browser, reports, name) as page:
        page.tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
        button = page.tab.locator("p.citation + p button")
        button.click()
        page.tab.locator("[role=status]:not(:empty)").wait_for(state="attached")
        assert page.ask("navigator.clipboard.readText()") == page.tab.locator("p.citation").inner_text()
        assert button.inner_text() == said
        assert page.tab.locator("[role=status]").inner_text() == said


def test_a_number_without_a_record_is_no_button(browser: Any, reports: Reports) -> None:
    with at(browser, reports, "20-growth") as page:
        dead = page.ask(
            """() => { const known = JSON.parse(document.getElementById('records').textContent);
            return [...document.querySelectorAll('[data-opens]')].filter(n => !known[n.dataset.opens]).length }"""
        )
        assert dead == 0
        roles = page.ask(
            "[...new Set([...document.querySelectorAll('span.number')].map(n => [n.getAttribute('role'), n.tabIndex].join()))]"
        )
        assert sorted(roles) == ["button,-1", "button,0"]


def test_arrow_keys_move_among_the_numbers_of_a_table_and_tab_leaves_it(browser: Any, reports: Reports) -> None:
    with at(browser, reports, "30-tax-quality") as page:
        keys, table = (
            page.tab.keyboard,
            page.tab.locator("#tax-table > .state:not([hidden]) table"),
        )
        here = "e => [e.contains(document.activeElement), document.activeElement.closest('tr').rowIndex]"
        table.locator(".sort").first.focus()
        seen = []
        for key in ("End", "Home", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowLeft"):
            keys.press(key)
            inside, row = table.evaluate(here)
            assert inside, key
            seen.append(row)
        assert seen[0] > 3
        assert seen[1:6] == [0, 0, 1, 2, 1]
        assert page.tab.locator(".hint").is_visible()
        keys.press("Tab")
        assert not table.evaluate("e => e.contains(document.activeElement)")
        keys.press("Shift+Tab")
        assert table.evaluate(here) == [True, seen[-1]], "the keyboard comes back to where it was"


CONTROLS = """() => ['.switches', 'input', '.parks', '.filter', '.sort', '.fold', 'button', 'dialog', '[role=status]', '.hint',
    'span.number[role=button]'].map(css => [css, document.querySelectorAll(css).length])"""


def test_a_page_that_a_browser_saved_whole_has_each_control_once_and_what_was_chosen(
    browser: Any, reports: Reports, tmp_path: Path
) -> None:
    with at(browser, reports, "30-tax-quality") as page:
        controls = page.ask(CONTROLS)
        page.tab.locator(".parks button").nth(1).click()
        page.tab.locator(".switches label:has(input:not(:checked))").first.click()
        page.tab.locator(".filter input >> visible=true").last.fill("no row has these words")
        page.tab.locator("span.number >> visible=true").first.click()
        chosen, dim, words = page.ask(STATES), dimmed(page), page.ask(VISIBLE)
        saved = tmp_path / "saved.html"
        saved.write_text(page.tab.content(), encoding="utf-8")
    with visit(browser, saved) as page:
        assert page.ask(CONTROLS) == controls
        assert (page.ask(STATES), dimmed(page)) == (chosen, dim)
        assert page.tab.locator("tr[hidden], dialog[open]").count() == 0
        assert page.tab.locator(".parks [aria-pressed=true]").count() == 1
        assert page.ask(VISIBLE).keys() == words.keys()
        page.tab.locator(".switches label:has(input:not(:checked))").first.click()
        assert page.ask(STATES) != chosen
        assert page.said == []


def test_a_minus_is_copied_as_a_spreadsheet_reads_it(browser: Any, reports: Reports) -> None:
    with at(browser, reports, "30-tax-quality") as page:
        copied = page.ask(
            """() => { const row = document.querySelector('.state:not([hidden]) > figure > .scroll tbody tr');
            row.cells[1].textContent = '\u22121.5 to \u2212'; row.cells[2].textContent = '\u2212.5';
            const cut = (first, last) => { getSelection().setBaseAndExtent(first, 0, last, 1);
              const event = new ClipboardEvent('copy', {clipboardData: new DataTransfer(), bubbles: true, cancelable: true});
              document.dispatchEvent(event);
              return ['text/plain', 'text/html'].map(kind => event.clipboardData.getData(kind)); };
            return [cut(row.cells[1], row.cells[2]), cut(row.cells[0], row.cells[0])] }"""
        )
    (text, markup), untouched = copied
    assert text == "-1.5 to \u2212\t-.5"
    assert re.sub(r" [a-z-]+=\"[^\"]*\"", "", markup).startswith("<table><tr><td>-1.5 to \u2212</td><td>-.5")
    assert untouched == ["", ""]  # left to the browser


def test_what_the_browser_finds_in_a_folded_list_unfolds_it(browser: Any, reports: Reports) -> None:
    with at(browser, reports, "10-coverage") as page:
        folded = page.tab.locator(".folded")
        count = folded.count()
        folded.first.evaluate("e => { e.scrollTop = 30 }")
        folded.nth(count - 1).wait_for(state="detached")
