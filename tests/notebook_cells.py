"""The notebooks of the repository: found, read, and their cells run in this process, without a kernel."""

from __future__ import annotations

import ast
import functools
import inspect
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from parkstudy.show.exhibit import Exhibit

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
FOLDERS = {"en": FOLDER, "zh": FOLDER / "zh"}
NAMES = sorted(path.stem for path in FOLDER.glob("*.ipynb") if path.stem != "80-recorder")  # of which no page is made


@dataclass(eq=False)
class Shown:
    """A cell that shows an exhibit: the notebook and the call as it is written there; the exhibit is made when asked for."""

    notebook: str
    call: str
    world: dict[str, Any] = field(repr=False)

    @property
    def key(self) -> str:
        """The key of the exhibit; empty for what is no entry of the catalogue."""
        (call,) = ast.parse(self.call).body
        first = call.value.args[0]
        return first.value if isinstance(first, ast.Constant) else ""

    @functools.cached_property
    def exhibit(self) -> Exhibit:
        """What the call gives where it stands."""
        made = eval(self.call, self.world)
        assert isinstance(made, Exhibit)
        return made


@functools.cache
def read(name: str, lang: str = "en") -> Any:
    """The notebook of that name in a language, which nobody changes."""
    return nbformat.read(FOLDERS[lang] / f"{name}.ipynb", as_version=4)


def tags(cell: Any) -> list[str]:
    """The tags of a cell."""
    return list(cell.metadata.get("tags", []))


@functools.cache
def shown(name: str, lang: str = "en", **parameters: str) -> tuple[Shown, ...]:
    """Every exhibit that the cells of a notebook show, with `parameters` in the place of their defaults.

    The cells are run, but what makes an exhibit is not: whoever looks at one exhibit makes that one alone.
    """
    world: dict[str, Any] = {}
    found = []
    for cell in read(name, lang).cells:
        if cell.cell_type == "code":
            tree = ast.parse(cell.source)
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "<cell>", "exec"), world)
            if "parameters" in tags(cell):
                world.update((key, given) for key, given in parameters.items() if key in world)
            if isinstance(last, ast.Expr) and _gives_an_exhibit(last.value, world):
                found.append(Shown(name, ast.unparse(last.value), world))
    return tuple(found)


def _gives_an_exhibit(node: ast.expr, world: dict[str, Any]) -> bool:
    """Whether a call is declared to give an exhibit: a function, or an object that is called."""
    if not isinstance(node, ast.Call):
        return False
    function = eval(ast.unparse(node.func), world)
    declared = function if inspect.isroutine(function) else type(function).__call__
    return declared.__annotations__.get("return") in (Exhibit, "Exhibit")


def everywhere(lang: str = "en", **parameters: str) -> list[Shown]:
    """Every exhibit of every notebook of a language."""
    return [one for name in NAMES for one in shown(name, lang, **parameters)]
