"""What a reader sees of an exhibit: its sentences, its claim and the rows of its table, without the tags."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from parkstudy.show.exhibit import Exhibit


class _Lines(HTMLParser):
    """The rows of a table as lists of text, its head first."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._open = False
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self._open = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1] += data


def words(markup: str) -> str:
    """The text of a piece of HTML."""
    return unescape(re.sub(r"<[^>]*>", "", markup))


def states(exhibit: Exhibit) -> list[str]:
    """The choices of every state, as `basis=reported`; one empty text where there is nothing to switch."""
    return [" ".join(f"{name}={value}" for name, value in choices.items()) for choices, _ in exhibit.states]


def rows(exhibit: Exhibit, state: int = 0) -> list[list[str]]:
    """The rows of the table of a state, without its head."""
    return _Lines(exhibit.states[state][1]).rows[1:]


def lines(exhibit: Exhibit, state: int = 0) -> list[dict[str, str]]:
    """The rows of the table of a state, each by its head."""
    head, *found = _Lines(exhibit.states[state][1]).rows
    return [dict(zip(head, row, strict=True)) for row in found]


def sentences(exhibit: Exhibit, state: int = 0) -> list[str]:
    """The takeaways of a state, the answer first."""
    view = exhibit.states[state][1]
    found = re.findall(r'<p class="answer">(.*?)</p>|<li>(.*?)</li>', view, flags=re.S)
    return [words(first or other) for first, other in found]


def trust(exhibit: Exhibit, state: int = 0) -> str:
    """The line that says on how much takeaways rest."""
    return "".join(words(text) for text in re.findall(r'<p class="trust">(.*?)</p>', exhibit.states[state][1]))


def claim(exhibit: Exhibit, state: int = 0) -> str:
    """The sentence above a table or a figure."""
    found = re.search(r'<p class="claim">(.*?)</p>', exhibit.states[state][1])
    assert found
    return words(found[1])


def opened(exhibit: Exhibit) -> set[str]:
    """The keys of the numbers that a reader can open, in every state."""
    return set(map(unescape, re.findall(r'data-opens="([^"]*)"', exhibit.body)))
