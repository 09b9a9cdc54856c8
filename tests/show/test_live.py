"""What makes exhibits alive in a notebook: the loader, once, and what each exhibit brings."""

from __future__ import annotations

import json
import re
import sys
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from exhibit_parts import shown, study_of

import parkstudy
from parkstudy.show import LOADER, live, notebook, theme
from parkstudy.show.view import View


class Scripts(HTMLParser):
    """The scripts of a piece of HTML, and the names of all other elements."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.others: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, _: Any) -> None:
        self.scripts += [""] if tag == "script" else []
        self.others += [] if tag == "script" else [tag]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.scripts[-1] += data


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a cell of a notebook that asks for a viewer; gives what its output holds."""
    monkeypatch.setattr(notebook, "_brought", {})
    requests = iter(range(99))

    def cell(code: str, calls: int = 1, kind: str = "execute_request", **metadata: str) -> list[Any]:
        said: list[Any] = []
        header = {"msg_type": kind, "msg_id": str(next(requests))}
        parent = {"header": header, "metadata": metadata, "content": {"code": code}}
        shell = SimpleNamespace(
            kernel=SimpleNamespace(get_parent=lambda: parent),
            display_pub=SimpleNamespace(publish=lambda data, metadata: said.append((data, metadata))),
        )
        monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
        for _ in range(calls):
            parkstudy.viewer(parkstudy.load())
        return said

    return cell


def test_the_loader_is_shown_once_a_notebook_and_again_by_its_own_cell_only(run: Any) -> None:
    (said,) = run("view = viewer(study)", calls=2, cellId="a")
    assert list(said[0]) == ["text/html"]
    assert said[1] == {LOADER: True}
    found = Scripts(said[0]["text/html"])
    assert (found.scripts, found.others) == ([live.loader()], [])
    assert run("other = viewer(study)", cellId="b") == []
    assert run("view = viewer(study, lang)", cellId="a") == [said]
    assert run("", kind="comm_msg") == []


def test_where_no_front_end_names_its_cells_the_text_of_the_cell_tells(run: Any) -> None:
    assert [len(run(code)) for code in ("one", "two", "one")] == [1, 0, 1]


def test_outside_of_a_notebook_nothing_is_shown(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    parkstudy.viewer(parkstudy.load())
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_exhibit_brings_the_words_of_its_language_and_its_own_parks(lang: str) -> None:
    exhibit = shown("tax-takeaways", lang)
    bundle, _ = exhibit._repr_mimebundle_()
    (told,) = map(json.loads, Scripts(bundle["text/html"]).scripts)
    view = View(study_of(), lang)
    assert told["lang"] == {"en": "en", "zh": "zh-Hans"}[lang]
    assert told["words"] == live.facts(view)["words"]
    assert {park for park, *_ in told["parks"]} == set(re.findall(r'data-park="([^" ]*)"', exhibit.body))
    assert set(re.findall(r'data-opens="([^"]*)"', exhibit.body)) <= set(told["records"])
    assert told["face"] == ""


def test_no_text_ends_what_an_exhibit_brings() -> None:
    nasty = "</script><script>alert(1)</script><!-- ]]>"
    found = Scripts(live.form(View(study_of()), nasty, {"a": {"title": nasty}}))
    (told,) = map(json.loads, found.scripts)
    assert (told["body"], told["records"]["a"]["title"], found.others) == (nasty, nasty, [])


def test_the_font_of_drawings_has_what_the_loader_s_own_has_not() -> None:
    assert live.face("<p>名</p><svg><text>Tax – 1 ² ≥ 0</text></svg>") == ""
    face = live.face('<p>名</p><svg aria-label="别"><text>园区</text></svg>')
    assert re.search(r"unicode-range:([^}]*)", face)[1] == "U+533A,U+56ED"  # type: ignore[index]


def test_the_colours_are_the_same_on_a_page_and_in_a_root() -> None:
    page, root = theme.stylesheet(), theme.stylesheet(":host", ":host(.dark)")
    for name, (light, dark) in theme.PALETTE.items():
        assert [sheet.count(f"--{name}:{light};") for sheet in (page, root)] == [1 + (light == dark)] * 2
        assert all(f"--{name}:{dark};" in sheet.partition("@media screen")[2] for sheet in (page, root))
    assert ":root" not in root
    assert ":host(.dark){color-scheme:dark;" in root


def test_a_rule_of_the_style_stands_in_one_place() -> None:
    from parkstudy.report.furniture import asset

    sheets = [live.asset("exhibit.css"), asset("page.css"), live.asset("notebook.css")]
    rules = [
        line.strip() for sheet in sheets for line in sheet.splitlines() if "{" in line and not line.startswith("@")
    ]
    assert sorted({rule for rule in rules if rules.count(rule) > 1}) == []


NOTEBOOK = """([loader, html]) => {
    const [made, out, around] = ["script", "div", "div"].map((tag) => document.createElement(tag));
    const soon = () => new Promise((done) => setTimeout(done));
    const how = (host) => `${host.shadowRoot ? "alive" : "dead"} ${host.classList[1]}`;
    const seen = () => [...document.querySelectorAll(".parkstudy-exhibit")].map(how);
    made.textContent = loader;
    document.body.append(made);
    document.body.dataset.jpThemeLight = "true";
    const steps = [
        () => { out.innerHTML = html; document.body.append(out); },
        () => { out.remove(); document.body.dataset.jpThemeLight = "false"; },
        () => { around.append(out); document.body.append(around); },
        () => document.body.append(out.cloneNode(true)),
        () => { out.innerHTML = html; },
        () => document.body.append("a key"),
    ];
    return steps.reduce(async (before, step) => { const found = await before; step(); await soon(); return [...found, seen()]; }, []);
}"""  # an output is drawn, taken out, put back in the dark, copied and drawn again; then something that is no output


@pytest.mark.slow
def test_an_output_is_alive_however_it_comes_into_the_notebook(browser: Any) -> None:
    page = browser.new_page()
    html = shown("tax-takeaways")._repr_mimebundle_()[0]["text/html"]
    found = page.evaluate(NOTEBOOK, [live.loader(), html])
    page.close()
    assert found == [["alive light"], [], ["alive dark"], ["alive dark"] * 2, ["alive dark"] * 2, ["alive dark"] * 2]
