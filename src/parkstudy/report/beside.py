"""What the process of a page does while its kernel runs: draw the share card, as soon as what it shows stands in the notebook."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Self

from parkstudy.report.cards import card_of
from parkstudy.report.page import Page, first_figure
from parkstudy.report.run import exhibits


class Beside:
    """One thread beside the kernel, which has ended when this is closed; `page` makes the page of a notebook as far as it came.

    Until then nobody else may draw, or ask anything of the study: neither is made for two threads.
    """

    def __init__(self, page: Callable[[Any], Page]) -> None:
        self._page, self._thread = page, ThreadPoolExecutor(1)
        self._begun: Future[tuple[Any, bytes]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown()

    def look(self, notebook: Any) -> None:
        """Begin the card, if the notebook has come to its answer and to its first figure."""
        if self._begun is None and _stands(notebook):
            self._begun = self._thread.submit(self._drawn, notebook)

    def _drawn(self, notebook: Any) -> tuple[Any, bytes]:
        page = self._page(notebook)
        return _shows(page), card_of(page)

    def card(self, page: Page) -> bytes:
        """The card of the whole page: the one that was begun, unless a later cell changed what it shows. Raises what drawing raises."""
        if self._begun is not None:
            shows, drawn = self._begun.result()
            if shows == _shows(page):
                return drawn
        return card_of(page)


def _stands(notebook: Any) -> bool:
    named = notebook.metadata.get("parkstudy", {}).get("answer")
    answered = not named or any(note["entry"] == named for _, note in exhibits(notebook))
    return answered and first_figure(notebook) is not None


def _shows(page: Page) -> Any:
    """All that a card shows of a page: its words and facts, and which figure."""
    figure = first_figure(page.notebook)
    facts = {name: value for name, value in page.facts.items() if name != "libraries"}
    return page.title, page.question, page.answer, facts, figure and (figure[1]["entry"], figure[1]["parameters"])
