"""The explorer in JupyterLab in a browser: `python benchmarks/explorer_browser.py [--clicks S] [--changes N] [--shots DIR] [PARKS ...]`.

a  from opening the address to the first view: JupyterLab, a cold kernel, and all cells of the notebook
b  from running all cells in a kernel that is new and waits to the first view
c  from a click to what is drawn, unseen views in random order, beside drawing that one figure alone in a process, turn by turn
d  the same of views that were seen before, which the page draws at once, and until the kernel has said the same
e  so many seconds of clicks on every control, faster than they can be answered: how many, how long it was busy without a pause, what
   went wrong; afterwards a view is asked for, which must be what is shown
f  after every hundredth of many changes: memory of the kernel, heap, elements and listeners of the page, garbage collected, with one
   and the same view shown, so that what grows is what stays

Seconds and milliseconds are medians of the clock, in brackets of the processor: kernel and page, of the page without what the browser
does outside its main thread. `5` parks are those of the shipped study. It says under which load it ran: other work is in each figure.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from browsing import CHROMIUM, QUIET, explored
from explorer import alone, views
from many_parks import make
from markupsafe import Markup

from parkstudy.explorer.choice import Choice
from parkstudy.explorer.data import Opened, opened
from parkstudy.explorer.session import Session
from parkstudy.words.speech import plain

SIZES = ("5", "30", "100", "1000")
SHIPPED = "5"
_SHOWN = "document.querySelector('.parkstudy')?.shadowRoot?.querySelector('.explorer .holds .claim')?.textContent"
_PASTE = """async ([key, whole = true]) => {
    const root = document.querySelector('.parkstudy').shadowRoot, frame = root.querySelector('.frame');
    const field = root.querySelector('input.key'), go = [...root.querySelectorAll('.key-line button')].at(-1);
    const until = async (test) => {
        if (!test()) await new Promise((done) => {
            const look = new MutationObserver(() => { if (test()) { look.disconnect(); done(); } });
            look.observe(frame, { attributes: true, attributeFilter: ['class'] });
        });
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - began;
    };
    field.value = key;
    const began = performance.now();
    go.click();
    if (!frame.classList.contains('busy')) throw new Error('no busy sign');
    const known = frame.classList.contains('known');
    const drawn = await until(() => known || !frame.classList.contains('busy'));
    return { known, drawn, answered: whole ? await until(() => !frame.classList.contains('busy')) : 0 };
}"""
_QUIET = "!document.querySelector('.parkstudy').shadowRoot.querySelector('.frame').classList.contains('busy')"
_CLICKS = """async ([seconds, seed]) => {
    const root = document.querySelector('.parkstudy').shadowRoot, frame = root.querySelector('.frame');
    let at = seed;
    const random = (below) => { at = (at * 1103515245 + 12345) % 2147483648; return Math.floor(at / 2147483648 * below); };
    const kinds = ['.measure input', '.park-line input', '.park-choice .line button', '.choices input:not([disabled])', 'select',
        '.variant',
        '.tabs [role=tab]', 'button.undo', 'button.redo', 'button.keep', '.langs button', '.holds .number', '.view svg [data-mark]',
        '.view .number', '.view .sort', '.drawer:not([hidden]) .drawer-head button', '.kept-one .line button', '.again > button',
        '.pick-box'];
    const found = { clicks: 0, kinds: {}, turns: 0, longest: 0, troubles: {} };
    let since = 0;
    const look = new MutationObserver(() => {
        const busy = frame.classList.contains('busy');
        if (busy && !since) { since = performance.now(); found.turns += 1; }
        if (!busy && since) { found.longest = Math.max(found.longest, performance.now() - since); since = 0; }
        const trouble = root.querySelector('.trouble');
        if (!trouble.hidden) found.troubles[trouble.textContent] = 1;
    });
    look.observe(root.querySelector('.frame'), { attributes: true, attributeFilter: ['class', 'hidden'], subtree: true, childList: true });
    const end = performance.now() + 1000 * seconds;
    while (performance.now() < end) {
        const kind = kinds[random(kinds.length)], every = root.querySelectorAll(kind);
        if (every.length) {
            const one = every[random(every.length)];
            if (one.matches('select')) {
                one.selectedIndex = random(one.options.length);
                one.dispatchEvent(new Event('change', { bubbles: true }));
            } else one.click ? one.click() : one.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
            found.clicks += 1;
            found.kinds[kind] = (found.kinds[kind] || 0) + 1;
        }
        await new Promise((done) => setTimeout(done, 20 + random(180)));
    }
    const waits = performance.now();
    while (frame.classList.contains('busy') && performance.now() < waits + 60000) await new Promise((done) => setTimeout(done, 20));
    look.disconnect();
    return { ...found, settled: performance.now() - waits, kinds: Object.keys(found.kinds).length };
}"""


def main() -> None:
    """Measure the sizes asked for, each as a line of a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parks", nargs="*", default=SIZES)
    parser.add_argument("--views", type=int, default=30)
    parser.add_argument("--clicks", type=float, default=60)
    parser.add_argument("--changes", type=int, default=500)
    parser.add_argument("--shots", type=Path, default=None, help="a folder for a picture of each size")
    asked = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}\n")
    print("| parks | opened: s | cells: s | unseen: ms | drawing: ms | seen: ms | clicks | longest busy: s | wrong |")
    print("|---|---|---|---|---|---|---|---|---|")
    for size in asked.parks:
        with tempfile.TemporaryDirectory() as work, _window() as page:
            folder = "" if size == SHIPPED else str(make(Path(work, "data"), int(size)))
            cells = [size]
            for cell in _measured(page, folder, Path(work), asked, size):
                cells.append(cell)
                print(f"{size} parks: {cell}", file=sys.stderr, flush=True)
            print(f"| {' | '.join(cells)} |", flush=True)
    print(f"\nload {os.getloadavg()[0]:.1f}")


@contextmanager
def _window() -> Iterator[Any]:
    """A window of 1400 x 900, with what it said and what went wrong in `page.said`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
        page.set_default_timeout(240_000)
        page.said = []
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("console", lambda one: one.type == "error" and page.said.append(one.text))
        yield page
        browser.close()


def _measured(page: Any, folder: str, work: Path, asked: argparse.Namespace, size: str) -> Iterator[str]:
    data = opened(folder)
    data.held.keeps = False
    with explored(work, *(["--data", folder] if folder else [])) as address:
        yield f"{_until_shown(page, lambda: page.goto(address)):.1f}"
        _restarted(page)
        line, kernel = _metrics_of(page), _kernel()
        began = _processor(line, kernel)
        clock = _until_shown(page, page.get_by_text("Run All Cells", exact=True).first.click)
        spent = [now - then for now, then in zip(_processor(line, kernel), began, strict=True)]
        yield f"{clock:.1f} ({spent[0]:.1f} + {spent[1]:.1f})"
        del page.said[:]  # of JupyterLab while a kernel starts anew
        yield from _latency(page, data, asked.views)
        found = page.evaluate(_CLICKS, [asked.clicks, 7])
        wrong = [*page.said, *_not_shown(page, data)]
        print(f"\n{size} parks: {found}; wrong: {wrong}", file=sys.stderr, flush=True)
        yield f"{found['clicks']} on {found['kinds']} kinds of control, {found['turns']} turns"
        yield f"{found['longest'] / 1000:.1f}"
        yield str(len(wrong))
        for line in _memory(page, data, asked.changes):
            print(f"{size} parks, {line}", file=sys.stderr, flush=True)
        if asked.shots:
            asked.shots.mkdir(parents=True, exist_ok=True)
            page.evaluate(_PASTE, ["gross_industrial_output_growth&parks="])
            page.screenshot(path=asked.shots / f"explorer-{size}.png")


def _until_shown(page: Any, act: Callable[[], object]) -> float:
    """Seconds from an act to a view that is there."""
    began = time.perf_counter()
    act()
    page.wait_for_function(_SHOWN, polling=50)
    return time.perf_counter() - began


def _restarted(page: Any) -> None:
    """A kernel that is new and waits, the old view gone, and the menu open that runs all cells."""
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_text("Restart Kernel…", exact=True).first.click()
    page.locator(".jp-Dialog button.jp-mod-warn").click()
    page.locator(".parkstudy.lost").wait_for()
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for()
    page.evaluate("document.querySelector('.parkstudy').remove()")
    page.get_by_role("menuitem", name="Run", exact=True).click()


def _latency(page: Any, data: Opened, count: int) -> Iterator[str]:
    """(c) and (d): medians of the clock, and what a view takes of the processor in the kernel, on the page, and drawn alone."""
    session, unseen, drawing, keys = Session(data, Choice()), [], [], []
    line, kernel = _metrics_of(page), _kernel()
    began, took = _processor(line, kernel), 0.0
    for choice in views(data, count):
        session.act({"do": "set", "choice": choice})
        keys.append(f"{session.state.choice.key}&lang={choice['lang']}")
        told = page.evaluate(_PASTE, [keys[-1]])
        started = time.perf_counter()
        if (figure := alone(data, session.state.choice)) and not told["known"]:
            took += figure
            unseen.append(told["drawn"])
            drawing.append(1000 * (time.perf_counter() - started))
    spent = [1000 * (now - then) / count for now, then in zip(_processor(line, kernel), began, strict=True)]
    yield f"{median(unseen):.0f} ({spent[0]:.0f} + {spent[1]:.0f})"
    yield f"{median(drawing):.0f} ({1000 * took / max(len(drawing), 1):.0f})"
    few = list(dict.fromkeys(keys))[-10:]
    yield _seen(page, few, line, kernel)


def _seen(page: Any, keys: Sequence[str], line: Any, kernel: int) -> str:
    """(d): medians of the clock to the drawn view, in brackets the processor of the page until then; then the same to the answer."""
    drawn, until, known = [], 0.0, 0
    for key in keys:  # to what is drawn alone, and what comes later waited for
        began = _processor(line, kernel)
        told = page.evaluate(_PASTE, [key, False])
        until += _processor(line, kernel)[1] - began[1]
        drawn.append(told["drawn"])
        known += told["known"]
        page.wait_for_function(_QUIET, polling=20)
    began = _processor(line, kernel)
    answered = [page.evaluate(_PASTE, [key])["answered"] for key in keys]
    count = len(keys)
    spent = [1000 * (now - then) / count for now, then in zip(_processor(line, kernel), began, strict=True)]
    own = f"{median(drawn):.0f} ({1000 * until / count:.0f}), {known} of {count} before the answer"
    return f"{own}; answered {median(answered):.0f} ({spent[0]:.0f} + {spent[1]:.0f})"


def _metrics_of(page: Any) -> Any:
    """A line to what the browser counts of a page."""
    line = page.context.new_cdp_session(page)
    line.send("Performance.enable")
    return line


def _counted(line: Any) -> dict[str, float]:
    return {one["name"]: one["value"] for one in line.send("Performance.getMetrics")["metrics"]}


def _processor(line: Any, kernel: int) -> tuple[float, float]:
    """Seconds of the processor that the kernel and the page have taken."""
    user, system = Path(f"/proc/{kernel}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK"), _counted(line)["ThreadTime"]


def _not_shown(page: Any, data: Opened) -> Iterator[str]:
    """What is not as a view that is asked for last."""
    choice = Choice().changed({"measure": "tax_per_output", "parks": ",".join(data.offers.printed.core[:3])})
    page.evaluate(_PASTE, [f"{choice.key}&lang=en"])
    page.evaluate("document.querySelector('.parkstudy').shadowRoot.querySelector('.tabs [role=tab]').click()")
    session = Session(data, choice)
    wanted = {
        "key": session.panel("bottom")["key"],
        "sentence": plain(Markup(session.panel("view")["sentence"])),
        "measure": choice.measure,
    }
    shown = page.evaluate(
        """() => {
            const root = document.querySelector('.parkstudy').shadowRoot;
            return { key: root.querySelector('input.key').value, sentence: root.querySelector('.holds .claim').textContent,
                measure: root.querySelector('.measure input:checked').value };
        }"""
    )
    plainly = {name: value.replace("\xa0", " ") for name, value in shown.items()}
    return (
        f"{name}: {plainly[name]!r}, not {value!r}"
        for name, value in wanted.items()
        if plainly[name] != value.replace("\xa0", " ")
    )


def _memory(page: Any, data: Opened, count: int) -> Iterator[str]:
    """(f) Megabytes and numbers before, and after every hundred changes."""
    line, kernel, session = _metrics_of(page), _kernel(), Session(data, Choice())
    for place, choice in enumerate(views(data, count, seed=3)):
        if not place % 100:
            yield _now(page, line, kernel, place)
        page.evaluate(_PASTE, [f"{session.state.choice.changed(choice).key}&lang={choice['lang']}"])
    yield _now(page, line, kernel, count)


def _now(page: Any, line: Any, kernel: int, place: int) -> str:
    page.evaluate(_PASTE, [f"{Choice().key}&lang=en"])
    for _ in range(2):  # what the first lets go may hold something else
        line.send("HeapProfiler.collectGarbage")
    found = _counted(line)
    resident = int(Path(f"/proc/{kernel}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    heap, elements, listeners = found["JSHeapUsedSize"] / 1e6, found["Nodes"], found["JSEventListeners"]
    return f"{place} changes: kernel {resident:.0f} MB, heap {heap:.0f} MB, {elements:.0f} nodes, {listeners:.0f} listeners"


def _kernel() -> int:
    """The youngest kernel among what this process has started."""
    parents, kernels = {}, []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            own = int(status.parent.name)
            parents[own] = int(status.read_text().rpartition(")")[2].split()[1])
            if b"ipykernel_launcher" in (status.parent / "cmdline").read_bytes():
                kernels.append(own)
        except OSError:
            continue
    return max(one for one in kernels if _below(one, os.getpid(), parents))


def _below(one: int, top: int, parents: dict[int, int]) -> bool:
    while one in parents and one != top:
        one = parents[one]
    return one == top


if __name__ == "__main__":
    main()
