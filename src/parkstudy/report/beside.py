"""What the process of a page does while its kernel runs: draw the share card, once the page is answered.

The code of the notebook says which figures will come, so that nobody waits for them.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Self

from parkstudy.report.calls import Call
from parkstudy.report.cards import Figured, card_of, view_of
from parkstudy.report.page import Page, first_figure
from parkstudy.report.run import exhibits
from parkstudy.show.catalogue import CATALOGUE
from parkstudy.show.figure import Figure


class Beside:
    """One thread beside the kernel, which has ended when this is closed.

    `page` makes the page of a notebook as far as it came, `asked` are the exhibits that it shows; None where its code does not say.
    Until this is closed nobody else may draw, or ask anything of the study: neither is made for two threads.
    """

    def __init__(self, page: Callable[[Any], Page], asked: Sequence[Call] | None) -> None:
        self._page, self._asked, self._thread = page, asked, ThreadPoolExecutor(1)
        self._begun: Future[tuple[Any, bytes]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown()

    def look(self, notebook: Any) -> None:
        """Begin the card, if the notebook has come to its answer."""
        if self._begun is None and self._asked is not None and _answered(notebook):
            self._begun = self._thread.submit(self._drawn, notebook, self._asked)

    def _drawn(self, notebook: Any, asked: Sequence[Call]) -> tuple[Any, bytes]:
        page = self._page(notebook)
        drawn, figure = card_of(page, _expected(page, asked))
        return _shows(page, figure), drawn

    def card(self, page: Page) -> bytes:
        """The card of the whole page: the one that was drawn, if it is the same. Raises what drawing it raises."""
        found = first_figure(page.notebook)
        figures: list[Figured] = [(found[1]["entry"], found[1]["parameters"])] if found else []
        if self._begun is not None and self._begun.exception() is None:
            shows, drawn = self._begun.result()
            if shows == _shows(page, *figures):
                return drawn
        return card_of(page, figures)[0]


def _answered(notebook: Any) -> bool:
    """Whether the answer of a page stands, or of a page without one an exhibit: so the study is loaded."""
    named = notebook.metadata.get("parkstudy", {}).get("answer")
    return any(not named or note["entry"] == named for _, note in exhibits(notebook))


def _expected(page: Page, asked: Sequence[Call]) -> Iterator[Figured]:
    """The figures that the code of a notebook shows, in order; one without anything to show is none."""
    for call in asked:
        if isinstance(entry := CATALOGUE[call.key], Figure):
            yield call.key, entry.first(view_of(page), call.parameters)


def _shows(page: Page, figure: Figured | None = None) -> Any:
    """All that a card shows of a page: its words and facts, and which figure."""
    facts = {name: value for name, value in page.facts.items() if name != "libraries"}
    return page.title, page.question, page.answer, facts, figure
