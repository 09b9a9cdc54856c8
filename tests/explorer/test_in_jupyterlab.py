"""The explorer in real JupyterLab, opened by its command: it is there without a click, and every control does what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browsing import _axe, explored
from explorer_screen import FIRST, KINDS, TAX, Screen, typed, worked

from parkstudy.explorer import explore
from parkstudy.explorer.widget import SCREEN
from parkstudy.panels.panel import script

pytestmark = pytest.mark.slow

CELLS = "() => [...document.querySelectorAll('.jp-Notebook .jp-Cell')].map(cell => cell.className.match(/jp-(Code|Markdown|Raw)Cell/)[1])"


STANDING = """() => [".parkstudy-first", ".parkstudy-first"].map((one, place) => {
    const output = document.querySelector(one).closest(".jp-OutputArea-child");
    return (place ? output.nextElementSibling.lastElementChild : output).checkVisibility();
})"""  # whether the first view is seen, and the panel behind it
LOST = """() => { const output = document.querySelector(".parkstudy").closest(".jp-OutputArea-output");
    output.classList.add("jupyter-widgets"); output.textContent = "Error displaying widget: model not found"; }"""  # as JupyterLab does


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
        for _ in range(100):  # it scrolls into sight once it is drawn
            shown = [screen.root.bounding_box(), screen.root.locator(".bottom").bounding_box()]
            if in_sight := all(box and box["y"] >= 0 and box["y"] + box["height"] <= 900 for box in shown):
                break
            screen.page.wait_for_timeout(100)
        assert in_sight
        done = list(worked(screen, tmp_path, copy_of_data.folder))
        assert len(set(done)) == len(done) > 40
        assert list(typed(screen, lambda: screen.page.evaluate(CELLS), ("field", "radio", "select", "number")))
        assert screen.page.evaluate(STANDING) == [False, True]
        assert screen.page.evaluate(f"({LOST})() || ({STANDING})()") == [True, False]
    kept = nbformat.read(tmp_path / "explorer.ipynb", 4)
    assert "<figure>" in "".join(
        output.data.get("text/html", "") for cell in kept.cells for output in cell.get("outputs", [])
    )


def test_a_page_is_linked_below_the_folder_of_jupyterlab_from_where_the_notebook_lies_and_no_other(browser):
    code = (SCREEN / "bottom.js").read_text(encoding="utf-8")
    asked = """return ["reports/a.html#s=1", "../../reports/a.html", "../../../reports/a.html"].map(
        (href) => addressOf(href, "/x/lab/tree/n/zh/e.ipynb"))"""
    page = browser.new_page()
    page.set_content('<script id="jupyter-config-data" type="application/json">{"baseUrl": "/x/"}</script>')
    found = page.evaluate(f"() => {{ {code[code.index('const addressOf') :]}; {asked} }}")
    assert found == ["/x/files/n/zh/reports/a.html#s=1", "/x/files/reports/a.html", ""]
    page.close()


ALONE = """([code, panels, words, replies]) => {
    const { made } = new Function(`${code}; return { made: panel(screen, options)() };`)();
    const state = { panels, words }, hear = {};
    const on = (name, act) => { hear[name] = act; };
    window.sent = [];
    const model = { get: (name) => state[name], set: (name, now) => { state[name] = now; }, on, send: (message) => sent.push(message) };
    made.initialize({ model });
    made.render({ model, el: document.body });
    window.hear = (reply) => hear["msg:custom"](reply);
    window.change = (at) => hear["msg:custom"]({ n: 0, error: "", said: "", panels: structuredClone(replies[at % replies.length]) });
}"""  # the screen without a notebook, which draws given replies


def test_what_was_drawn_before_is_let_go(browser):
    shown, replies = explore(), []
    panels, words = json.loads(json.dumps(shown.panels)), dict(shown.words)
    for choice in ({"lang": "zh"}, {"measure": TAX}, {"lang": "en"}, {"measure": FIRST}):
        shown.act({"do": "set", "choice": choice})
        replies.append(
            json.loads(
                json.dumps({name: shown.panels[name] for name in ("top", "left", "view", "bottom", "at", "facts")})
            )
        )
    page = browser.new_page()
    page.evaluate(ALONE, [script(SCREEN).rpartition("export default")[0], panels, words, replies])
    line, counted = page.context.new_cdp_session(page), []
    for _ in range(2):  # radios that stayed in a shadow root's groups left 12,000 nodes of it
        page.evaluate("for (let at = 0; at < 12; at += 1) change(at)")
        line.send("HeapProfiler.collectGarbage")
        found = line.send("Memory.getDOMCounters")
        counted.append((found["nodes"], found["jsEventListeners"]))
    page.close()
    (nodes, listeners), (more, heard) = counted
    assert nodes > 500
    assert abs(more - nodes) < 200
    assert abs(heard - listeners) < 50


SEEN = """(act) => {
    const root = document.body.firstChild.shadowRoot, frame = root.querySelector(".frame"), view = root.querySelector(".view");
    if (!window.look) {
        window.look = new MutationObserver((found) => { window.made += found.length; });
        look.observe(view, { childList: true, subtree: true });
    }
    look.takeRecords();
    window.made = 0;
    if (act.click) root.querySelector(act.click).click();
    if (act.hear) hear(act.hear);
    made += look.takeRecords().length;
    return { says: root.querySelector(".holds .claim").textContent, key: root.querySelector("input.key").value, made,
        measure: root.querySelector(".measure input:checked").value, state: frame.className,
        tab: root.querySelector("[role=tab][aria-selected=true]").value };
}"""  # does something, and tells what is shown, and how often the view was made anew


def test_a_view_that_was_drawn_before_is_drawn_without_the_kernel_and_its_answer_changes_nothing(browser):
    shown = explore()
    page = browser.new_page()
    page.evaluate(
        ALONE,
        [script(SCREEN).rpartition("export default")[0], json.loads(json.dumps(shown.panels)), dict(shown.words), []],
    )

    def answered() -> dict[str, Any]:
        """What is shown when the kernel has answered all that was asked of it."""
        found: dict[str, Any] = {}
        while waiting := [one for one in page.evaluate("sent.splice(0)") if "n" in one]:
            found = page.evaluate(SEEN, {"hear": json.loads(json.dumps(shown.act(waiting[0])))})
        return found

    def does(selector: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """What is shown before the kernel has answered, and after."""
        return page.evaluate(SEEN, {"click": selector}), answered()

    page.wait_for_timeout(400)  # it tells how much room it has
    answered()
    waits, second = does(f".measure input[value={TAX}]")
    assert (waits["state"], waits["made"]) == ("frame busy", 0)  # nothing of it is known
    assert (second["measure"], second["state"]) == (TAX, "frame")
    ways = [
        ("button.undo", FIRST, ""),
        ("button.redo", TAX, ""),
        (f".measure input[value={FIRST}]", FIRST, ""),
        (f".measure input[value={TAX}]", TAX, ""),
    ]
    for selector, measure, _ in ways:
        before, after = does(selector)
        assert (before["measure"], before["state"]) == (measure, "frame busy known")
        assert before["made"]
        assert {**after, "state": "", "made": 0} == {**before, "state": "", "made": 0}
        assert (after["state"], after["made"]) == ("frame", 0)
    assert does("[role=tab][value=table]")[0]["state"] == "frame busy"
    assert does("[role=tab][value=figure]")[1]["tab"] == "figure"
    assert does("[role=tab][value=table]")[0]["state"] == "frame busy known"
    page.evaluate(SEEN, {"click": "button.undo"})
    (message,) = page.evaluate("sent.splice(0)")
    refused = page.evaluate(SEEN, {"hear": {"n": message["n"], "panels": {}, "error": "no", "cause": "", "said": ""}})
    assert (refused["measure"], refused["tab"], refused["state"]) == (
        TAX,
        "table",
        "frame failed",
    )  # what the kernel has is shown
    page.close()


AXE = """async () => {
    const found = await axe.run('.jp-OutputArea-output:has(.parkstudy)', {resultTypes: ['violations'], elementRef: false});
    return [found.violations.map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]), found.passes.length];
}"""
SHOWN = {
    "figure": ".tabs [value=figure]", "table": ".tabs [value=table]", "variants": ".tabs [value=variants]", "audit": ".tabs [value=audit]",
    "drawer": ".holds .number[data-opens]", "commands": ".again", "data": ".data-opener", "question": ".ask", "keys": ".keys-opener",
}  # fmt: skip


@pytest.mark.thorough
def test_no_key_that_is_typed_into_any_kind_of_control_reaches_the_notebook(browser, tmp_path):
    with opened(browser, tmp_path) as screen:
        assert list(typed(screen, lambda: screen.page.evaluate(CELLS), KINDS)) == list(KINDS)


@pytest.mark.thorough
@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_in_light_and_dark_axe_finds_nothing_in_it_and_its_ground_is_that_of_the_notebook(browser, tmp_path, theme):
    with opened(browser, tmp_path) as screen:
        page = screen.page
        page.get_by_role("menuitem", name="Settings", exact=True).click()
        page.get_by_text("Theme", exact=True).first.hover()
        page.get_by_text(theme, exact=True).first.click()
        page.locator(f".parkstudy.{theme.rpartition(' ')[2].lower()}").wait_for()
        page.evaluate(_axe())
        page.evaluate("document.body.style.height = '100vh'")  # JupyterLab's has none, so that axe takes all for hidden
        for name, selector in SHOWN.items():
            screen.show(TAX)
            screen.click(selector)
            found, passed = page.evaluate(AXE)
            assert found == [], name
            assert passed > 20
            page.keyboard.press("Escape")


@pytest.mark.thorough
def test_after_many_changes_the_last_is_shown_and_the_page_has_not_grown(browser, tmp_path):
    with opened(browser, tmp_path) as screen:
        size = "() => document.querySelector('.parkstudy').shadowRoot.querySelectorAll('*').length"
        values = ["real", "nominal"]
        screen.click("[data-choice=price] label:has([value=real])")
        screen.show(FIRST)
        before = screen.page.evaluate(size)
        for place in range(500):  # faster than they can be drawn: the first and the last are
            screen.at(f"[data-choice=price] input[value={values[place % 2]}]").evaluate("radio => radio.click()")
        screen.settled()
        screen.expect(screen.key).to_have_value(FIRST)
        screen.expect(screen.holds).to_contain_text("10.2")
        assert screen.page.evaluate(size) == before
        screen.click("button.undo")
        screen.expect(screen.key).to_have_value(f"{FIRST}&price=real")


@pytest.mark.thorough
def test_a_kernel_that_is_restarted_is_told_and_a_page_loaded_anew_shows_what_was_chosen_last(browser, tmp_path):
    with opened(browser, tmp_path) as screen:
        page = screen.page
        screen.show(TAX)
        page.reload()
        screen.expect(screen.key).to_have_value(TAX)
        screen.expect(screen.holds).to_contain_text("2.07–2.29")
        page.get_by_role("menuitem", name="Kernel", exact=True).click()
        page.get_by_text("Restart Kernel…", exact=True).first.click()
        page.locator(".jp-Dialog button.jp-mod-warn").click()
        screen.at(".measure input").nth(1).evaluate("radio => radio.click()")
        screen.expect(page.locator(".trouble")).to_contain_text("Run all cells again.")
