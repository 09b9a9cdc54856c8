"""What a reader sees of an exhibit: its sentences, its claim, the rows of its table and its drawings, without the tags."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader

import parkstudy
from parkstudy.method.study import Study
from parkstudy.record.codes import LANGUAGES
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.exhibit import Exhibit
from parkstudy.show.figure import Figure
from parkstudy.show.select.shared import Selected
from parkstudy.show.view import View
from parkstudy.words.speech import plain, speech

FOLDERS = {"shipped": None, "awkward": Path(__file__).parent / "data" / "awkward"}


@cache
def study_of(data: str = "shipped") -> Study:
    """The study of a dataset of the tests, one in a session."""
    return parkstudy.load(FOLDERS[data])


@cache
def shown(key: str, lang: str = "en", data: str = "shipped", **parameters: str) -> Exhibit:
    """An exhibit of the catalogue, made once in a session."""
    return viewer(study_of(data), lang)(key, **parameters)


@contextmanager
def own_words(template: str) -> Iterator[None]:
    """Exhibits of a test may have their words in `try.j2`, which is `template` in both languages."""
    before = {lang: speech(lang).templates.loader for lang in LANGUAGES}
    for lang, loader in before.items():
        assert loader
        speech(lang).templates.loader = ChoiceLoader([DictLoader({"try.j2": template}), loader])
    yield
    for lang, loader in before.items():
        speech(lang).templates.loader = loader


class Parts(HTMLParser):
    """The tags, attributes and words of a piece of HTML; of an exhibit its table and its drawings as well.

    `words` are by the class of what they stand in, or by its tag; `marks` are what a drawing ties to a park or a number.
    """

    def __init__(self, body: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.words: dict[str, str] = {}
        self.sentences: list[str] = []
        self.rows: list[list[str]] = []
        self.drawn: list[str] = []
        self.marks: list[dict[str, str]] = []
        self._in: list[tuple[str, str]] = []
        self.feed(body)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes += found.items()
        self._in.append((tag, found.get("class", tag)))
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
        elif tag == "text":
            self.drawn.append("")
        elif tag == "g" and {"data-park", "data-opens"} & set(found):
            self.marks.append(found)
        if tag == "li" or found.get("class") == "sentence":
            self.sentences.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        tags = [tag for tag, _ in self._in]
        for name in dict.fromkeys(name for _, name in self._in):
            self.words[name] = self.words.get(name, "") + data
        if "th" in tags or "td" in tags:
            self.rows[-1][-1] += data
        if "text" in tags:
            self.drawn[-1] += data
        if "li" in tags or "sentence" in [name for _, name in self._in]:
            self.sentences[-1] += data

    def all(self, name: str) -> list[str]:
        """The values of an attribute."""
        return [value for key, value in self.attributes if key == name]


@cache
def _read(view: str) -> Parts:
    return Parts(view)


def parts(exhibit: Exhibit) -> list[Parts]:
    """What every state shows, the one asked for first."""
    return [_read(view) for _, view in exhibit.states]


def words(markup: str) -> str:
    """The text of a piece of HTML."""
    return Parts(markup).text


def states(exhibit: Exhibit) -> list[str]:
    """The choices of every state, as `basis=reported`; one empty text where there is nothing to switch."""
    return [" ".join(f"{name}={value}" for name, value in choices.items()) for choices, _ in exhibit.states]


def rows(exhibit: Exhibit, state: int = 0) -> list[list[str]]:
    """The rows of the table of a state, without its head."""
    return parts(exhibit)[state].rows[1:]


def lines(exhibit: Exhibit, state: int = 0) -> list[dict[str, str]]:
    """The rows of the table of a state, each by its head."""
    head, *found = parts(exhibit)[state].rows
    return [dict(zip(head, row, strict=True)) for row in found]


def sentences(exhibit: Exhibit, state: int = 0) -> list[str]:
    """The sentences of the answer of a state, or the items of its notes."""
    return parts(exhibit)[state].sentences


def trust(exhibit: Exhibit, state: int = 0) -> str:
    """The line that says on how much takeaways rest."""
    return parts(exhibit)[state].words.get("trust", "")


def claim(exhibit: Exhibit, state: int = 0) -> str:
    """The sentence above a table or a figure."""
    return parts(exhibit)[state].words["claim"]


def alts(exhibit: Exhibit, state: int = 0) -> set[str]:
    """The texts that stand for the drawings of a state."""
    return {unescape(alt) for alt in re.findall(r'<svg [^>]*aria-label="([^"]*)"', exhibit.states[state][1])}


def opened(exhibit: Exhibit) -> set[str]:
    """The keys of the numbers that a reader can open, in every state."""
    return {key for view in parts(exhibit) for key in view.all("data-opens")}


def file_rows(exhibit: Exhibit, state: int = 0) -> list[list[str]]:
    """The file that a state of an exhibit offers, as a spreadsheet reads it."""
    (coded,) = re.findall(r'href="data:text/csv;base64,([A-Za-z0-9+/=]*)"', exhibit.states[state][1])
    text = base64.b64decode(coded).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def prepared(study: Study, key: str, lang: str = "en", **parameters: str) -> Selected:
    """What a figure selects, with the words of its drawing, not drawn."""
    entry = CATALOGUE[key]
    assert isinstance(entry, Figure)
    return entry.prepared(View(study, lang), entry.select(study, **parameters))


def said(study: Study, key: str, part: str, lang: str = "en", **parameters: str) -> str:
    """A part of the words of a figure, which is not drawn."""
    selected = prepared(study, key, lang, **parameters)
    facts = {**selected.facts, **parameters, "rows": selected.data.to_dicts(), "height": selected.data.height}
    return plain(CATALOGUE[key].words_of(View(study, lang), part, facts))
