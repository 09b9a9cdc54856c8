"""The explorer's screen in a browser: every control by mouse and by keys, each with what it does to picture, table or number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

FIRST, TAX = "gross_industrial_output_growth", "tax_per_output"


class Screen:
    """The screen on a page of a browser; `press` and `click` wait until it has answered."""

    def __init__(self, page: Any) -> None:
        from playwright.sync_api import expect

        self.page, self.expect = page, expect
        self.root = page.locator(".explorer")
        self.holds, self.view = self.root.locator(".holds"), self.root.locator(".view:not(.shelf)")
        self.key, self.ask = self.root.locator("input.key"), self.root.get_by_role("combobox").first
        self.drawer = self.root.locator(".drawer")

    def at(self, selector: str, **more: Any) -> Any:
        """What is on the screen at a selector."""
        return self.root.locator(selector, **more)

    def click(self, what: Any, **more: Any) -> None:
        """Click, and wait for the answer."""
        (self.at(what) if isinstance(what, str) else what).first.click(**more)
        self.settled()

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each answered before the next."""
        for key in keys:
            self.page.keyboard.press(key)
            self.settled()

    def focus(self, what: Any) -> None:
        """Give the focus, as a tab key would."""
        (self.at(what) if isinstance(what, str) else what).first.focus()

    def settled(self) -> None:
        """Wait until no answer is awaited."""
        self.page.locator(".frame:not(.busy)").first.wait_for(state="attached")

    def focused(self) -> str:
        """What has the focus inside the screen, as its own HTML begins."""
        found: str = self.page.evaluate(
            """() => {
                const { shadowRoot } = document.activeElement || {};
                return shadowRoot && shadowRoot.activeElement ? shadowRoot.activeElement.outerHTML.slice(0, 300) : '';
            }"""
        )
        return found

    def show(self, key: str) -> None:
        """A view by its key, pasted."""
        self.key.fill(key)
        self.focus(self.key)
        self.press("Enter")
        self.expect(self.key).to_have_value(key)

    def marks(self, park: str) -> int:
        """How many parts of the drawing are a park's."""
        return int(self.view.locator(f"svg [data-park='{park}']").count())


def worked(screen: Screen, folder: Path, faulty: Path) -> Iterator[str]:
    """Work every control, by mouse and by keys; gives the name of each once its effect was seen. Files go into `folder`."""
    for part in (question, keys, language, measures, parks, choices, narrow, strip, tabs, numbers, tables, marks):
        screen.show(FIRST)
        yield from part(screen)
    screen.show(FIRST)
    yield from steps(screen)
    yield from kept(screen)
    yield from commands(screen)
    yield from files(screen, folder)
    yield from data(screen, faulty)


def question(s: Screen) -> Iterator[str]:
    s.click(s.ask)
    s.page.keyboard.type("tax per 100 output")
    s.click(s.at("[role=option]", has_text="Tax per 100 yuan of reported output"))
    s.expect(s.key).to_have_value(TAX)
    s.expect(s.holds).to_contain_text("2.07–2.29")
    yield "question by mouse"
    s.focus(".tabs [aria-selected=true]")
    s.press("/")
    assert 'role="combobox"' in s.focused()
    s.page.keyboard.type("growth of industrial output")
    s.press("ArrowDown", "ArrowUp", "Enter")
    s.expect(s.key).to_have_value(FIRST)
    s.press("Escape")
    yield "question by keys"
    s.focus(s.ask)
    s.page.keyboard.type("45.2")
    s.expect(s.at("[role=option]").first).to_contain_text("45.2%")
    s.press("Enter")
    s.expect(s.drawer).to_contain_text("45.2")
    s.expect(s.key).to_have_value(FIRST)
    s.press("Escape")
    yield "printed figure by keys"


def keys(s: Screen) -> Iterator[str]:
    s.focus(".tabs [aria-selected=true]")
    s.press("?")
    s.expect(s.at(".keys")).to_contain_text("Ctrl+Z")
    s.press("Escape")
    s.expect(s.at(".keys")).to_be_hidden()
    assert 'role="tab"' in s.focused()
    yield "list of keys by keys"
    s.click(".keys-opener")
    s.expect(s.at(".keys")).to_be_visible()
    s.press("Escape")
    yield "list of keys by mouse"


def language(s: Screen) -> Iterator[str]:
    s.click(".langs [value=zh]")
    s.expect(s.holds).to_contain_text("公布的产值增速")
    assert "衡南" in s.view.locator("svg").first.get_attribute("aria-label")
    yield "language by mouse"
    s.focus(".langs [value=en]")
    s.press("Enter")
    s.expect(s.holds).to_contain_text("Hengnan")
    yield "language by keys"


def measures(s: Screen) -> Iterator[str]:
    s.expect(s.at(f".measure input[value={TAX}]")).to_be_hidden()
    s.click("[data-group=tax]")
    s.expect(s.at(f".measure input[value={FIRST}]")).to_be_hidden()
    yield "group of measures by mouse"
    s.focus("[data-group=growth]")
    s.press("Enter")
    s.expect(s.at(f".measure input[value={FIRST}]")).to_be_visible()
    s.focus("[data-group=tax]")
    s.press("Enter")
    yield "group of measures by keys"
    s.click(f".measure input[value={TAX}]")
    s.expect(s.holds).to_contain_text("2.07–2.29")
    yield "measure by mouse"
    s.focus(f".measure input[value={TAX}]")
    s.press("ArrowDown")
    s.expect(s.key).not_to_have_value(TAX)
    yield "measure by keys"


def parks(s: Screen) -> Iterator[str]:
    box = ".park-line input[value=hengnan]"
    assert s.marks("hengnan")
    s.click(box)
    assert not s.marks("hengnan")
    s.expect(s.at(".park-choice output")).to_have_text("4 of 5")
    yield "park by mouse"
    s.focus(box)
    s.press("Space")
    assert s.marks("hengnan")
    s.press("ArrowDown", "ArrowDown", "Space")
    assert not s.marks("shuangpai")
    yield "park by keys"
    s.click(s.at(".park-choice button").nth(1))
    s.expect(s.holds).to_have_text("Choose at least one park.")
    yield "no park by mouse"
    s.focus(s.at(".park-choice button").nth(0))
    s.press("Enter")
    assert s.marks("shuangpai")
    yield "all parks by keys"
    s.focus(".park-choice input[type=search]")
    s.page.keyboard.type("shuang")
    s.expect(s.at(".park-line:visible")).to_have_count(1)
    s.press("Enter")
    assert not s.marks("shuangpai")
    s.press("Escape")
    s.expect(s.at(".park-line:visible").nth(4)).to_be_attached()
    yield "search of parks by keys"
    s.at(".park-choice select").select_option(index=1)
    s.settled()
    s.expect(s.key).to_have_value(re.compile("group:"))
    yield "group of parks"


def choices(s: Screen) -> Iterator[str]:
    s.click("[data-choice=price] label:has([value=real])")
    s.expect(s.view).to_contain_text("constant prices")
    yield "choice by mouse"
    s.focus("[data-choice=price] input[value=real]")
    s.press("ArrowLeft")
    s.expect(s.key).to_have_value(FIRST)
    yield "choice by keys"
    s.click("[data-choice=price] label:has([value=real])")
    s.click("[data-group=tax]")
    s.click(".measure input[value=tax_revenue_growth]")
    s.expect(s.at(".instead")).to_contain_text("shown with “as published” instead")
    s.show(FIRST)
    s.expect(s.at(".instead")).to_be_hidden()
    yield "what is shown instead"
    s.show("tax_per_area")
    s.expect(s.at("[data-choice=rung] option[value=approved]")).to_be_disabled()
    s.expect(s.at("[data-choice=rung] .refused")).to_contain_text("approved")
    yield "refused value with its rule"
    s.at("select[data-choice=rung]").select_option("total")
    s.expect(s.key).to_have_value("tax_per_area&rung=total")
    yield "choice of many values"


def narrow(s: Screen) -> Iterator[str]:
    """Where it is narrow, a line opens what there is to choose over the answer."""
    wide = s.page.viewport_size
    s.page.set_viewport_size({"width": 900, "height": 700})
    part = "[data-part=measures]"
    s.expect(s.at(part)).to_contain_text("Growth of industrial output")
    s.expect(s.at(".measures")).to_be_hidden()
    s.click(part)
    s.click("[data-group=tax]")
    s.click(s.at(".measure", has_text="Tax per 100 yuan of reported output"))
    s.expect(s.key).to_have_value(TAX)
    s.expect(s.at(".measures")).to_be_hidden()
    assert "data-part" in s.focused()
    yield "narrow, measure by mouse"
    s.focus("[data-part=parks]")
    s.press("Enter")
    s.expect(s.at(".park-choice")).to_be_visible()
    s.press("Escape")
    s.expect(s.at(".park-choice")).to_be_hidden()
    assert "parks" in s.focused()
    s.page.set_viewport_size(wide)
    s.expect(s.at(".park-choice")).to_be_visible()
    yield "narrow, parks by keys"


def strip(s: Screen) -> Iterator[str]:
    s.click(s.at(".variant").nth(1))
    s.expect(s.key).to_have_value(f"{FIRST}&price=real")
    s.expect(s.at(".variant").nth(1)).to_have_attribute("aria-pressed", "true")
    yield "variant by mouse"
    s.focus(s.at(".variant").nth(1))
    s.press("ArrowLeft", "Enter")
    s.expect(s.key).to_have_value(FIRST)
    yield "variant by keys"


def tabs(s: Screen) -> Iterator[str]:
    s.click(".tabs [value=table]")
    s.expect(s.view.locator("tbody tr")).to_have_count(6)
    yield "tab by mouse"
    s.focus(".tabs [value=table]")
    s.press("ArrowRight")
    s.expect(s.view).to_contain_text("constant prices")
    s.press("End")
    s.expect(s.view.locator("thead")).to_contain_text("Outcome")
    s.press("Home")
    s.expect(s.view.locator(".chart svg").first).to_be_visible()
    yield "tabs by keys"


def numbers(s: Screen) -> Iterator[str]:
    number = s.holds.locator(".number[data-opens]")
    s.click(number)
    s.expect(s.drawer).to_contain_text("10.15–10.25")
    s.click(s.drawer.locator("summary"))
    s.expect(s.drawer).to_contain_text("工业总产值")
    s.click(s.drawer.get_by_role("button", name="Close"))
    s.expect(s.drawer).to_be_hidden()
    yield "number by mouse"
    number.first.focus()
    s.press("Enter")
    s.expect(s.drawer).to_contain_text("How to cite it")
    s.press("Escape")
    s.expect(s.drawer).to_be_hidden()
    assert "data-opens" in s.focused()
    assert "10.2" in s.focused()
    yield "number by keys"


def marks(s: Screen) -> Iterator[str]:
    s.click(".tabs [value=figure]")
    wide = s.view.locator("svg").first.get_attribute("viewBox")
    said = s.view.locator("svg [data-mark]").evaluate_all("(every) => every.map((one) => one.ariaLabel)")
    assert len(set(said)) == len(said)
    s.view.locator("svg [data-mark]").first.click(force=True)
    s.settled()
    s.expect(s.drawer).to_contain_text("Hengnan")
    s.press("Escape")
    yield "mark by mouse"
    s.view.locator("svg [data-mark][tabindex='0']").focus()
    s.press("ArrowRight", "ArrowLeft", "Enter")
    s.expect(s.drawer).to_contain_text("Hengnan")
    s.expect(s.view.locator("svg").first).not_to_have_attribute("viewBox", wide)  # drawn for the room beside the drawer
    s.press("Escape")
    s.expect(s.view.locator("svg").first).to_have_attribute("viewBox", wide)
    assert "data-mark" in s.focused()
    yield "mark by keys"


def tables(s: Screen) -> Iterator[str]:
    s.click(".tabs [value=table]")
    heads, rows = s.view.locator("thead .sort"), s.view.locator("tbody tr")
    s.click(heads.nth(1))
    s.expect(rows.first).to_contain_text("Hengnan")
    s.click(heads.nth(1))
    s.expect(rows.first).to_contain_text("45.2")
    yield "sorting by mouse"
    heads.nth(1).focus()
    s.press("Enter")
    s.expect(rows.first).to_contain_text("Hengnan")
    yield "sorting by keys"
    s.at(".park-line", has_text="Shuangpai").hover()
    s.expect(s.view.locator("tr.lit")).to_have_attribute("data-park", "shuangpai")
    s.click(rows.filter(has_text="Hengnan").locator("td").nth(3))
    s.click(".tabs [value=figure]")
    s.expect(s.view.locator("svg .lit").first).to_have_attribute("data-park", "hengnan")
    yield "row and mark light each other"


def steps(s: Screen) -> Iterator[str]:
    s.click("[data-choice=price] label:has([value=real])")
    s.click("button.undo")
    s.expect(s.key).to_have_value(FIRST)
    yield "undo by mouse"
    s.click("button.redo")
    s.expect(s.key).to_have_value(f"{FIRST}&price=real")
    yield "redo by mouse"
    s.focus(".tabs [aria-selected=true]")
    s.press("Control+z")
    s.expect(s.key).to_have_value(FIRST)
    s.press("Control+Shift+Z")
    s.expect(s.key).to_have_value(f"{FIRST}&price=real")
    s.press("Control+z")
    yield "undo and redo by keys"


def kept(s: Screen) -> Iterator[str]:
    s.click("button.keep")
    s.expect(s.at(".tabs [value=kept]")).to_contain_text("1")
    s.show(TAX)
    s.focus("button.keep")
    s.press("Enter")
    s.click(".tabs [value=kept]")
    s.expect(s.at(".kept-one")).to_have_count(2)
    s.expect(s.at(".kept-one").nth(1)).to_contain_text("2.07–2.29")
    yield "keep by mouse and by keys"
    s.click(s.at(".kept-one").nth(1).get_by_role("button", name="Drop"))
    s.expect(s.at(".kept-one")).to_have_count(1)
    yield "drop by mouse"
    s.at(".kept-one").get_by_role("button", name="Show again").focus()
    s.press("Enter")
    s.expect(s.key).to_have_value(FIRST)
    s.click(".tabs [value=kept]")
    s.at(".kept-one").get_by_role("button", name="Drop").focus()
    s.press("Enter")
    s.expect(s.at(".tabs [value=kept]")).to_have_count(0)
    yield "kept shown again and dropped by keys"


def commands(s: Screen) -> Iterator[str]:
    s.click(".again")
    s.expect(s.at(".command pre").first).to_have_text(re.compile("^parkstudy report 90-explorer"))
    s.click("[data-command=report]")
    s.expect(s.at("[data-command=report]")).to_have_text(re.compile("Copied|Selected"))
    s.press("Escape")
    s.expect(s.at(".commands")).to_be_hidden()
    assert "again" in s.focused()
    yield "commands by mouse"
    s.press("Enter")
    s.focus("[data-command=python]")
    s.press("Enter", "Escape")
    yield "commands by keys"
    s.key.fill("tax_per_outputt")
    s.focus(s.key)
    s.press("Enter")
    s.expect(s.at(".key-refused")).to_contain_text("did you mean")
    s.expect(s.holds).to_contain_text("10.2")
    s.key.fill(TAX)
    s.click(s.at(".key-line button").nth(1))
    s.expect(s.at(".key-refused")).to_be_hidden()
    s.expect(s.holds).to_contain_text("2.07–2.29")
    yield "key refused and taken"


def files(s: Screen, folder: Path) -> Iterator[str]:
    heads: dict[str, Callable[[bytes], bool]] = {
        "csv": lambda made: made.startswith(b"\xef\xbb\xbfPARK,") and b"hengnan" in made,
        "xlsx": lambda made: made.startswith(b"PK"),
        "svg": lambda made: b"<svg" in made[:100] and TAX.encode() in made,
        "png": lambda made: made.startswith(b"\x89PNG"),
    }
    s.click(".tabs [value=audit]")  # a figure is saved whatever is seen
    for place, (kind, right) in enumerate(heads.items()):
        with s.page.expect_download() as coming:
            if place % 2:
                s.focus(f"[data-kind={kind}]")
                s.page.keyboard.press("Enter")
            else:
                s.at(f"[data-kind={kind}]").click()
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        assert path.suffix == f".{kind}"
        assert right(path.read_bytes())
        yield f"file {kind}"


def data(s: Screen, faulty: Path) -> Iterator[str]:
    s.click(".data-opener")
    s.page.keyboard.press("Control+a")
    s.page.keyboard.type(str(faulty))
    s.press("Enter")
    s.expect(s.at(".badge")).to_contain_text("1 fault")
    s.expect(s.at(".faults li").first).to_contain_text("observations.csv")
    yield "faulty data by keys"
    s.click(s.at(".data button", has_text="Check again"))
    s.expect(s.page.locator(".frame > .spoken")).to_contain_text("The data are as they were.")
    yield "check again by mouse"
    s.click(s.at(".data button", has_text="Back to the shipped data"))
    s.press("Escape")
    s.expect(s.at(".badge")).to_be_hidden()
    yield "shipped data again by mouse"


# Keys that mean something to a notebook, typed into each kind of control.
KINDS = {
    "field": ".ask", "radio": ".measure input:checked", "checkbox": ".park-line input[value=hengnan]", "select": ".park-choice select",
    "choice": ".choices input:checked", "variant": ".variant", "tab": ".tabs [aria-selected=true]", "view": ".view:not(.shelf)",
    "number": ".holds .number[data-opens]", "button": "button.keep", "key": "input.key",
    "group": "[data-group=tax]", "list": "select[data-choice=year]",
}  # fmt: skip
_KEYS = ["m", "d", "d", "a", "b", "x", "ArrowDown", "ArrowUp", "Shift+Enter", "Control+Enter", "Escape"]


def typed(screen: Screen, notebook: Callable[[], Any], kinds: Iterable[str]) -> Iterator[str]:
    """Type what a notebook listens to into kinds of controls; the notebook stays as it was."""
    before = notebook()
    for kind in kinds:
        screen.show(FIRST)
        screen.focus(KINDS[kind])
        for key in _KEYS:
            screen.page.keyboard.press(key)
        screen.settled()
        assert notebook() == before, kind
        yield kind
    screen.press("Escape")
