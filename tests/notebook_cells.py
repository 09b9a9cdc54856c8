"""The notebooks of the repository: found, read, and their cells run in this process, without a kernel."""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from parkstudy.show.exhibit import Exhibit

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
NAMES = [path.stem for path in PATHS]


@dataclass(frozen=True)
class Shown:
    """What one cell shows: the notebook, the call as it is written there, and the exhibit it gives."""

    notebook: str
    call: str
    exhibit: Exhibit

    @property
    def function(self) -> str:
        """The name of the function called, without its module."""
        return self.call.partition("(")[0].rpartition(".")[2]


def read(name: str) -> Any:
    """The notebook of that name."""
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def tags(cell: Any) -> list[str]:
    """The tags of a cell."""
    return list(cell.metadata.get("tags", []))


def called(prefix: str) -> list[str]:
    """The functions of that prefix that the notebooks call, by their names without a module."""
    cells = (cell for name in NAMES for cell in read(name).cells if cell.cell_type == "code")
    calls = (node.func for cell in cells for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call))
    names = {ast.unparse(function).rpartition(".")[2] for function in calls}
    return sorted(name for name in names if name.startswith(prefix))


@functools.cache
def shown(name: str, **parameters: str) -> tuple[Shown, ...]:
    """Every exhibit that the cells of a notebook show, with `parameters` in the place of their defaults."""
    world: dict[str, Any] = {}
    found = []
    for cell in read(name).cells:
        if cell.cell_type == "code":
            value, call = _run(cell.source, world)
            if "parameters" in tags(cell):
                world.update((key, given) for key, given in parameters.items() if key in world)
            if isinstance(value, Exhibit):
                found.append(Shown(name, call, value))
    return tuple(found)


def _run(source: str, world: dict[str, Any]) -> tuple[Any, str]:
    """Run a cell as a notebook does: the value of its last expression, and that expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), world)
    if not isinstance(last, ast.Expr):
        return None, ""
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), world), ast.unparse(last.value)


def everywhere(**parameters: str) -> list[Shown]:
    """Every exhibit of every notebook."""
    return [one for name in NAMES for one in shown(name, **parameters)]
