"""The words that a reader may not know: explained where they first stand on a page, listed on a page of their own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from exhibit_parts import study_of
from page_parts import Page as Parts
from page_parts import parsed

from parkstudy.record.codes import LANGUAGES, codes, label
from parkstudy.report.glossary import GLOSSARY, Explaining, marked, meaning
from parkstudy.report.index import glossary
from parkstudy.show.view import View
from parkstudy.words.speech import speech

# the words that no page may use unexplained, by the code that explains them
WORDS = {
    "en": {
        "above_scale": r"(?:official )?size threshold|above[- ]scale", "mu": r"\bmu\b", "grade": r"\bgrade [ABC]\b",
        "rung": r"\brungs?\b", "perimeter": r"\barea in force\b", "control_plan": r"\bdetailed plan\b",
        "attainment": r"\bshare of the target\b", "tipping_point": r"\btipping points?\b",
    },
    "zh": {"grade": "[ABC]级", "cell": "算法组合", "tipping_point": "临界倍数", "attainment": "目标完成率"},
}  # fmt: skip


def term(code: str, words: str = "", lang: str = "en") -> str:
    return str(speech(lang).term(code, words))


def shown(*cells: str, lang: str = "en") -> list[str]:
    explaining = Explaining(lang)
    return [explaining(cell) for cell in cells]


def test_a_word_is_linked_and_explained_where_it_first_stands_and_plain_afterwards() -> None:
    first, second = shown(
        f"<p>A {term('mu')}, two {term('mu')}.</p>", f"<p>{term('mu', 'Mu')} and {term('target')}</p>"
    )
    link = f'<a class="term" href="glossary.html#mu">mu</a><span class="means"> ({meaning("mu", "en")})</span>'
    assert first == f"<p>A {link}, two mu.</p>"
    assert second.startswith("<p>Mu and <a")
    assert meaning("target", "en") in second


def test_a_word_that_the_text_marks_is_not_told_again_behind_a_number() -> None:
    number = '<span class="number" data-opens="k">5 yuan per mu</span>'
    (text,) = shown(f"<p>Tax per {term('mu')} ({number})</p>")
    assert Parts(text).text("p") == f"Tax per mu ({meaning('mu', 'en')}) (5 yuan per mu)"


def test_a_word_in_brackets_is_explained_without_brackets_of_its_own() -> None:
    (text,) = shown(f"<p>(a</p><p>Output (2019, <b>{term('above_scale')}</b>)</p>")
    assert (
        Parts(text).text("p")
        == f"(aOutput (2019, {label('glossary', 'above_scale', 'en')}: {meaning('above_scale', 'en')})"
    )
    (text,) = shown(f"<p>Output ({term('above_scale')} only)</p>")
    assert Parts(text).text("p").endswith(f" – {meaning('above_scale', 'en')} – only)")
    (text,) = shown(f"<p>产值（{term('above_scale', lang='zh')}）</p>", lang="zh")
    assert Parts(text).text("p") == f"产值（规模以上工业企业：{meaning('above_scale', 'zh')}）"


def test_a_hidden_state_explains_what_is_not_seen_before_it_and_nothing_for_what_is() -> None:
    state = '<div class="state" data-when="basis={}{}>{}</div>'
    exhibit = state.format("a", '"', term("mu")) + state.format("b", '" hidden', term("mu") + term("target"))
    first, after = shown(exhibit, f"<p>{term('target')} {term('mu')}</p>")
    assert re.findall(r"#(\w+)", first) == ["mu", "target"]
    assert re.findall(r"#(\w+)", after) == ["target"]


def test_a_hard_word_is_explained_though_nothing_marks_it_and_once_in_a_text() -> None:
    (text,) = shown("<h2>Tax per mu</h2><p>Per mu, and <b>per mu</b>; mud.</p>")
    assert re.findall(r"#(\w+)", text) == ["mu"]
    assert text.startswith("<h2>Tax per mu</h2><p>Per <a")
    first, second = shown("<svg><text>grade C</text></svg><p>grade C</p>", "<p>Grade A, a tipping point</p>")
    assert [re.findall(r"html#(\w+)", part) for part in (first, second)] == [["grade"], ["tipping_point"]]
    assert first.startswith("<svg><text>grade C</text></svg>")


def test_a_hard_word_in_a_number_is_explained_behind_it_because_a_number_holds_no_link() -> None:
    number = '<span class="number" data-opens="k">1,038 <span lang="en">mu</span></span>'
    first, after = shown(f"<p>{number}, done</p>", "<p>a mu</p>")
    behind = first.removeprefix(f"<p>{number}")
    assert re.sub(r"<[^>]+>", "", behind) == f" (mu: {meaning('mu', 'en')}), done"
    assert re.findall(r"#(\w+)", behind) == ["mu"]
    assert after == "<p>a mu</p>"


def test_a_word_marked_in_a_notebook_is_one_of_the_glossary() -> None:
    assert marked('a <dfn id="mu">mu</dfn> of *land*') == f"a {term('mu', 'mu')} of *land*"
    with pytest.raises(KeyError, match="no 'nonsense'; its words: above_scale"):
        marked('<dfn id="nonsense">it</dfn>')


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_glossary_lists_every_word_with_its_definition(lang: str) -> None:
    page = Parts(glossary(View(study_of(), lang)))
    assert [e["id"] for e in page.all("dt")] == list(codes("glossary"))
    words = page.text("dd").lower()
    assert [code for code in codes("glossary") if meaning(code, lang).lower() not in words] == []
    assert {e["href"] for e in page.all("a") if e["hreflang"]} == set(GLOSSARY.values()) - {GLOSSARY[lang]}
    assert (page.open, page.wrong) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_explains_each_hard_word_where_it_first_stands(reports: Any, lang: str) -> None:
    missing = []
    for path in reports["shipped"].pages:
        if (".zh" in path.name) != (lang == "zh"):
            continue
        text, explained = "", {}
        for run in parsed(path).runs:
            seen = run.within("main") and not run.within(
                "script", "style", "code", "svg", "dl", "details", "thead", "h1", "h2", "h3"
            )
            if seen and not any("hidden" in e.attributes for e in run.inside):
                for link in run.inside:
                    explained |= {link["href"].partition("#")[2]: len(text)} if "term" in link.classes else {}
                text += run.text + " "
        for code, words in WORDS[lang].items():
            found = re.search(words, text)
            if found and not found.start() - 60 <= explained.get(code, -999) <= found.end() + 4:  # behind a number
                missing.append(f"{path.name}: {code}: ...{text[max(0, found.start() - 60) : found.end()]}")
    assert missing == []
