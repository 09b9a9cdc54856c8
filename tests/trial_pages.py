"""What a nursery of the tests makes: a notebook is run and its outputs are told; a name may ask for another end."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from parkstudy.report.execute import NotebookError, execute
from parkstudy.report.task import Outcome, Task

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
PARAMETERS = new_code_cell("given = ''", metadata={"tags": ["parameters"]})


def written(folder: Path, name: str, *cells: str) -> Path:
    """A notebook of some cells behind a heading and the parameters."""
    path, code = folder / f"{name}.ipynb", [new_code_cell(cell) for cell in cells]
    nbformat.write(new_notebook(cells=[new_markdown_cell("# A page"), PARAMETERS, *code], metadata=KERNEL), path)
    return path


def texts(notebook: Any) -> list[str]:
    """What the cells of an executed notebook show, as text."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.get("text") or output["data"]["text/plain"] for output in outputs]


def make(task: Task, kernel: Any = None) -> Outcome:
    """Run the notebook of a task; what it showed is the note of the outcome."""
    try:
        executed = execute(Path(task.notebook), task.parameters, timeout=task.timeout, kernel=kernel)
    except NotebookError as error:
        return Outcome(task.stem, str(error))
    if task.stem == "killed":
        print("a last word", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(task.stem, note=json.dumps(texts(executed.notebook)))
