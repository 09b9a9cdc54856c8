"""Where a page leads: to the standard pages, to the profile of a park, to the same in the other language, to the index.

A link follows from the names of notebooks and parameters alone, never from what lies in a folder, so that the bytes of a page
do not depend on which others were built. A page with other parameters leads to the standard pages; one of a folder of one's own
to the pages of that folder.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from parkstudy.record.codes import LANGUAGES, codes, label
from parkstudy.report.parameters import closed, declared
from parkstudy.report.run import notebooks, other, page_stem, stored

INDEX = {lang: "index.html" if lang == LANGUAGES[0] else f"index.{lang}.html" for lang in LANGUAGES}


class Link(NamedTuple):
    """A file with what it is called; `here` is the page that has the link."""

    file: str
    text: str
    here: bool = False


@cache
def _defaults() -> dict[str, dict[str, Any]]:
    """Name of every notebook to the defaults of its parameters."""
    return {name: declared(stored(path)) for name, path in notebooks().items()}


def defaults_of(name: str) -> dict[str, Any]:
    """The defaults of the parameters of a notebook; none for a notebook that does not exist."""
    return _defaults().get(name, {})


def standard() -> list[str]:
    """The notebooks whose pages stand in every navigation: those that are not about one park."""
    return [name for name, defaults in _defaults().items() if "park" not in defaults]


class Links:
    """The files that a page leads to. `stem` is its name, `lang` its language, `given` its parameters, `first` the first core park."""

    def __init__(self, stem: str, lang: str, given: Mapping[str, str], first: str = "") -> None:
        self.stem, self.lang, self.given, self.first = stem, lang, given, first
        self.name = stem.partition(".")[0]
        self._end = f".{stem.rpartition('.')[2]}" if "data" in given else ""  # `data` is the last parameter of a name

    def page(self, name: str, lang: str = "", **changed: str) -> str:
        """The file of a standard page."""
        return f"{page_stem(name, lang or self.lang, changed)}{self._end}.html"

    def profile(self, park: str, lang: str = "") -> str:
        """The file of the profile of a park."""
        name, default = next((name, own["park"]) for name, own in _defaults().items() if "park" in own)
        return self.page(name, lang, **({} if park == (default or self.first) else {"park": park}))

    @property
    def twin(self) -> str:
        """This page in the other language: the standard page, in the state that the parameters of this one ask for."""
        lang, shown = other(self.lang), {n: v for n, v in self.given.items() if n == "parks" or closed(n)}
        state = "&".join(f"{name}={quote(value, safe=',')}" for name, value in shown.items())
        own = "park" in defaults_of(self.name) and self.given.get("park")
        file = self.profile(own, lang) if own else self.page(self.name, lang)
        return f"{file}#{state}" if state else file

    @property
    def index(self) -> str:
        """The index of the language."""
        return INDEX[self.lang]

    def navigation(self) -> list[Link]:
        """The standard pages."""
        return [self._link(name) for name in standard()]

    def around(self) -> tuple[Link | None, Link | None]:
        """The standard pages before and behind this one."""
        before = [name for name in standard() if name < self.name]
        behind = [name for name in standard() if name > self.name]
        return (self._link(before[-1]) if before else None, self._link(behind[0]) if behind else None)

    def name_of(self, name: str) -> str:
        """What the standard page of a notebook is called."""
        return label("notebook", name, self.lang) if name in codes("notebook") else name

    def _link(self, name: str) -> Link:
        file = self.page(name)
        return Link(file, self.name_of(name), file == f"{self.stem}.html")
