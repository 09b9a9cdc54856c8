"""A page as a file, without a browser: its elements, its running text with what it lies in, its records."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

VOID = {"meta", "br", "img", "source", "hr", "input", "link", "col", "wbr"}


@dataclass
class Element:
    """A tag with its attributes and the elements around it, the nearest last."""

    tag: str
    attributes: dict[str, str]
    around: list[Element] = field(repr=False, default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def classes(self) -> list[str]:
        return self["class"].split()


@dataclass(frozen=True)
class Run:
    """A piece of text between two tags, and the elements that it lies in."""

    text: str
    inside: list[Element]

    def within(self, *tags: str) -> bool:
        return any(element.tag in tags for element in self.inside)

    def classed(self, *names: str) -> bool:
        return any(set(names) & set(element.classes) for element in self.inside)

    @property
    def language(self) -> str:
        """The language that the nearest element names."""
        return next((element["lang"] for element in reversed(self.inside) if element["lang"]), "")


class Page(HTMLParser):
    """The elements and runs of text of a page; `open` and `wrong` are tags left open or closed in the wrong place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source = text
        self.elements: list[Element] = []
        self.runs: list[Run] = []
        self.open: list[Element] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._element(tag, attrs)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._element(tag, attrs)

    def _element(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        element = Element(tag, {name: value or "" for name, value in attrs}, list(self.open))
        self.elements.append(element)
        return element

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.runs.append(Run(data, list(self.open)))

    def all(self, *tags: str, css: str = "") -> list[Element]:
        """Elements of these tags (any, if none is named) and of a class."""
        return [e for e in self.elements if (not tags or e.tag in tags) and (not css or css in e.classes)]

    def attributes(self, name: str) -> list[str]:
        return [e.attributes[name] for e in self.elements if name in e.attributes]

    def text(self, *tags: str, css: str = "") -> str:
        """The words inside elements of these tags and of a class, as a reader sees them."""
        return "".join(
            run.text
            for run in self.runs
            if (not tags or run.within(*tags)) and (not css or run.classed(css)) and not run.within("style", "script")
        )

    def running(self) -> Iterator[Run]:
        """What is read as text: not code, not drawings, not what the head says."""
        return (run for run in self.runs if not run.within("svg", "script", "style", "pre", "head"))

    @property
    def records(self) -> dict[str, Any]:
        """What the numbers of the page open."""
        (found,) = (run.text for run in self.runs if run.inside[-1]["id"] == "records")
        records: dict[str, Any] = json.loads(found)
        return records


@functools.cache
def parsed(path: Path) -> Page:
    """The page of a file."""
    return Page(path.read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    """The text without any space: line breaks of the source are none of the words."""
    return "".join(text.split())


def answer_of(page: Page) -> str:
    """The answer in the first state of the takeaways, without what explains its words."""
    first = next((e for e in page.all("p", css="answer")), None)
    runs = (run for run in page.runs if any(outer is first for outer in run.inside) and not run.classed("means"))
    return squeezed("".join(run.text for run in runs))
