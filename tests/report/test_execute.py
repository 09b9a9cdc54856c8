"""Running a notebook: the failed cell is named as it is stored, what was executed is kept, and there is no clock."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
from cases import every
from trial_pages import texts, written

from parkstudy.report.execute import NotebookError, check_answer, execute


@pytest.mark.slow
def test_a_failed_notebook_is_kept_as_far_as_it_came(tmp_path: Path) -> None:
    path = written(tmp_path, "wrong {x}", "1", "given + 1\n'never'", "2")
    with pytest.raises(NotebookError) as raised:
        execute(path, {"given": "a"}, timeout=60)
    error = raised.value
    assert (
        str(error)
        == 'wrong {x}.ipynb, cell 4 (In[4]): given + 1\nTypeError: can only concatenate str (not "int") to str'
    )
    assert "TypeError" in error.trace
    cells = [cell for cell in error.notebook.cells if cell.cell_type == "code"]
    assert [[output.output_type for output in cell.outputs] for cell in cells] == [
        [],
        [],
        ["execute_result"],
        ["error"],
        [],
    ]
    nbformat.validate(error.notebook)
    assert not re.search(r"start_time|end_time|duration|\d{4}-\d\d-\d\d", json.dumps(error.notebook))


@pytest.mark.slow
def test_a_value_is_a_value_and_the_same_run_twice_is_the_same(tmp_path: Path) -> None:
    values = {"given": "\\ ' \" \n {x} '''", "a": 1, "b": 0.5, "c": True, "d": None, "e": ["x", {"y": 2}]}
    path = written(tmp_path, "page", "[given, a, b, c, d, e]", "print(1); import sys; print(2, file=sys.stderr); 3")
    executed, told = execute(path, values, timeout=60)
    assert texts(executed) == [repr(list(values.values())), "1\n", "2\n", "3"]
    assert {"Python", "polars"} < set(told["libraries"])
    assert "parkstudy.report.kernel" in told["used"]["module"]
    assert json.dumps(execute(path, values, timeout=60).notebook) == json.dumps(executed)


@every(
    ("named", "shown", "error"),
    [
        ("growth-answer", ["growth-answer"], ""),
        ("", [], ""),
        ("growth-answer", [], "expected growth-answer, shown none"),
        ("", ["growth-answer"], "expected none, shown growth-answer"),
        (
            "growth-answer",
            ["growth-answer", "growth-answer"],
            "expected growth-answer, shown growth-answer, growth-answer",
        ),
    ],
)
def test_a_page_is_answered_by_the_exhibit_that_its_notebook_names(named: str, shown: list[str], error: str) -> None:
    outputs = [
        nbformat.v4.new_output("display_data", {}, metadata={"parkstudy": {"entry": entry}})
        for entry in [*shown, "growth"]
    ]
    cell = nbformat.v4.new_code_cell("", outputs=outputs)
    metadata = {"parkstudy": {"answer": named}} if named else {}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=metadata)
    if not error:
        check_answer(Path("20-growth.ipynb"), notebook)
        return
    with pytest.raises(NotebookError) as raised:
        check_answer(Path("20-growth.ipynb"), notebook)
    assert str(raised.value) == f"20-growth.ipynb: exhibit that answers the page: {error}"
    assert raised.value.notebook is notebook
