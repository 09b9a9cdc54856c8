"""The card that is drawn while the kernel runs is the card of the whole page."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

from parkstudy import load
from parkstudy.report import beside
from parkstudy.report.beside import Beside
from parkstudy.report.calls import Call
from parkstudy.show.view import View

Drawn = list[tuple[str, Any]]
ASKED = [Call(key, {}, "en") for key in ("growth-answer", "growth", "growth-table", "overview")]
WHOLE = (("growth-answer", "It grew."), ("growth", ""), ("overview", ""))


def notebook(*shown: tuple[str, str]) -> Any:
    """An executed notebook with an exhibit a cell: its key, and the answer that it gives."""
    cells = []
    for key, said in shown:
        note = {"entry": key, "parameters": given(key), "answer": said}
        data = {} if "answer" in key else {"image/svg+xml": "<svg/>"}
        output = nbformat.v4.new_output("display_data", data, metadata={"parkstudy": note})
        cells.append(nbformat.v4.new_code_cell("", outputs=[output]))
    return nbformat.v4.new_notebook(cells=cells, metadata={"parkstudy": {"answer": "growth-answer"}})


def given(key: str) -> dict[str, str]:
    return {"price": "nominal"} if key == "growth" else {}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """The threads that drew, with the figure: the first that is not empty."""
    found: Drawn = []

    def card_of(page: Any, figures: Iterable[Any]) -> tuple[bytes, Any]:
        figure = next((one for one in figures if one[0] not in page.empty), None)
        found.append((threading.current_thread().name, figure and figure[0]))
        if page.answer == "wrong":
            raise ValueError("no card")
        return f"{page.answer} {figure}".encode(), figure

    monkeypatch.setattr(beside, "card_of", card_of)
    monkeypatch.setattr(beside, "view_of", lambda _: View(load(), "en"))
    return found


def page_of(executed: Any) -> Any:
    said = [output.metadata.parkstudy for cell in executed.cells for output in cell.outputs]
    answers = [note["answer"] for note in said if note["entry"] == executed.metadata.parkstudy.answer]
    facts = {"libraries": len(said)}
    empty = executed.metadata.parkstudy.get("empty", [])
    return SimpleNamespace(title="t", question="q", answer=answers[0], facts=facts, notebook=executed, empty=empty)


def test_a_card_is_begun_once_the_page_is_answered(drawn: Drawn) -> None:
    with Beside(page_of, ASKED) as made:
        made.look(notebook())
        assert made._begun is None
        made.look(notebook(*WHOLE[:1]))
        made.look(notebook(*WHOLE))
    ((thread, figure),) = drawn
    assert figure == "growth"
    assert thread not in [one.name for one in threading.enumerate()]
    assert made.card(page_of(notebook(*WHOLE))) == f"It grew. {('growth', given('growth'))}".encode()
    assert len(drawn) == 1


def test_a_figure_with_nothing_to_show_is_none(drawn: Drawn) -> None:
    whole = notebook(WHOLE[0], WHOLE[2])
    whole.metadata.parkstudy["empty"] = ["growth"]
    with Beside(page_of, ASKED) as made:
        made.look(whole)
    assert made.card(page_of(whole)) == b"It grew. ('overview', {})"
    assert [figure for _, figure in drawn] == ["overview"]


@pytest.mark.parametrize(
    "whole", [(("growth-answer", "It shrank."), *WHOLE[1:]), (WHOLE[0], WHOLE[2], WHOLE[1]), WHOLE[:1]]
)
def test_what_a_later_cell_changed_is_drawn_again(drawn: Drawn, whole: Any) -> None:
    with Beside(page_of, ASKED) as made:
        made.look(notebook(*WHOLE[:1]))
    own = [(key, given(key)) for key, _ in whole[1:]]
    assert made.card(page_of(notebook(*whole))) == f"{whole[0][1]} {own[0] if own else None}".encode()
    assert [thread for thread, _ in drawn[1:]] == [threading.current_thread().name]


def test_a_notebook_that_does_more_than_show_has_its_card_at_the_end(drawn: Drawn) -> None:
    with Beside(page_of, None) as made:
        made.look(notebook(*WHOLE))
    assert made.card(page_of(notebook(*WHOLE))).startswith(b"It grew. ('growth'")
    assert [thread for thread, _ in drawn] == [threading.current_thread().name]


def test_a_card_that_fails_fails_where_it_is_asked_for(drawn: Drawn) -> None:
    wrong = notebook(("growth-answer", "wrong"), *WHOLE[1:])
    with Beside(page_of, ASKED) as made:
        made.look(wrong)
    with pytest.raises(ValueError, match="no card"):
        made.card(page_of(wrong))
    assert len(drawn) == 2
