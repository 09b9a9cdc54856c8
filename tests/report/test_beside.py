"""The card that is drawn while the kernel runs is the card of the whole page."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

from parkstudy.report import beside
from parkstudy.report.beside import Beside


def notebook(*shown: tuple[str, str], answer: str = "growth-answer") -> Any:
    """An executed notebook with an exhibit a cell: its key, and the answer that it gives."""
    cells = []
    for key, said in shown:
        note = {"entry": key, "parameters": {}, "answer": said}
        data = {} if "answer" in key else {"image/svg+xml": "<svg/>"}
        output = nbformat.v4.new_output("display_data", data, metadata={"parkstudy": note})
        cells.append(nbformat.v4.new_code_cell("", outputs=[output]))
    return nbformat.v4.new_notebook(cells=cells, metadata={"parkstudy": {"answer": answer}})


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads that drew, one for each card."""
    found: list[str] = []

    def card_of(page: Any) -> bytes:
        found.append(threading.current_thread().name)
        if page.answer == "wrong":
            raise ValueError("no card")
        return str(page.answer).encode()

    monkeypatch.setattr(beside, "card_of", card_of)
    return found


def page_of(executed: Any) -> Any:
    said = [output.metadata.parkstudy for cell in executed.cells for output in cell.outputs]
    answers = [note["answer"] for note in said if note["entry"] == executed.metadata.parkstudy.answer]
    return SimpleNamespace(
        title="t", question="q", answer=answers[0], facts={"libraries": len(said)}, notebook=executed
    )


WHOLE = (("growth-answer", "It grew."), ("growth", ""), ("overview", ""))


@pytest.mark.parametrize("order", [WHOLE, (WHOLE[1], WHOLE[0], WHOLE[2])])
def test_a_card_is_begun_once_answer_and_figure_stand(drawn: list[str], order: Any) -> None:
    with Beside(page_of) as made:
        made.look(notebook(*order[:1]))
        assert made._begun is None
        made.look(notebook(*order[:2]))
        made.look(notebook(*order))
    assert len(drawn) == 1
    assert drawn[0] != threading.current_thread().name
    assert not any(thread.name == drawn[0] for thread in threading.enumerate())
    assert made.card(page_of(notebook(*order))) == b"It grew."
    assert len(drawn) == 1


@pytest.mark.parametrize(
    "whole", [(("growth-answer", "It shrank."), *WHOLE[1:]), (WHOLE[0], ("overview", ""), WHOLE[1])]
)
def test_what_a_later_cell_changed_is_drawn_again(drawn: list[str], whole: Any) -> None:
    with Beside(page_of) as made:
        made.look(notebook(*WHOLE))
    assert made.card(page_of(notebook(*whole))) == whole[0][1].encode()
    assert drawn[1:] == [threading.current_thread().name]


def test_a_page_without_a_figure_has_its_card_at_the_end(drawn: list[str]) -> None:
    with Beside(page_of) as made:
        made.look(notebook(*WHOLE[:1]))
    assert made.card(page_of(notebook(*WHOLE[:1]))) == b"It grew."
    assert drawn == [threading.current_thread().name]


def test_a_card_that_fails_fails_where_it_is_asked_for(drawn: list[str]) -> None:
    wrong = notebook(("growth-answer", "wrong"), *WHOLE[1:])
    with Beside(page_of) as made:
        made.look(wrong)
    with pytest.raises(ValueError, match="no card"):
        made.card(page_of(wrong))
    assert len(drawn) == 1
