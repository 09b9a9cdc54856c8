"""The parameters of the notebooks: what a value may be, checked before a kernel is started.

Papermill runs a notebook with an unknown parameter and only logs it, and it pastes names into code unescaped; so names
are checked against the notebook's own `parameters` cell, and values against the rules here.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from parkstudy.method.study import Study, load
from parkstudy.record.tables import UnknownParkError
from parkstudy.words.language import LANGUAGES, Text

ORDER = ("lang", "parks", "price", "basis", "rung", "park", "data")  # of the values in the name of a page
AXES: dict[str, tuple[Text, dict[str, Text]]] = {
    "price": (
        Text("Prices", "价格"),
        {"nominal": Text("as published", "按公布值"), "real": Text("constant prices", "不变价")},
    ),
    "basis": (
        Text("Months", "时段"),
        {"reported": Text("as reported", "按原文时段"), "annualised": Text("as a full year", "折合全年")},
    ),
    "rung": (
        Text("Area", "面积口径"),
        {
            "perimeter": Text("in force", "现行范围"),
            "expanded": Text("expanded", "扩区后"),
            "control_plan": Text("control plan", "控规范围"),
            "total": Text("total", "总面积"),
            "signed": Text("signed", "签约用地"),
        },
    ),
}  # what an exhibit can obey: a word for the parameter, and one for each value


class ParameterError(ValueError):
    """A parameter that no notebook has, or a value that is not allowed."""


def declared(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Name and default of each parameter in the cell tagged `parameters`; only literals are parameters."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and "parameters" in cell["metadata"].get("tags", []):
            return {
                statement.targets[0].id: ast.literal_eval(statement.value)
                for statement in ast.parse(cell["source"]).body
                if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
            }
    return {}


def validated(given: Mapping[str, str], notebooks: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise `ParameterError` for a name that none of the notebooks declares, or a value its rule refuses."""
    known = sorted({name for defaults in notebooks.values() for name in defaults})
    for name, value in given.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise ParameterError(f"unknown parameter {name!r}; {hint}parameters of these notebooks: {', '.join(known)}")
        if name in _RULES:
            _RULES[name](value, load(given.get("data")))


def _parks(value: str, study: Study) -> None:
    try:
        study.only(value)
    except UnknownParkError as error:
        raise ParameterError(f"parameter parks: {error}") from error


def _park(value: str, study: Study) -> None:
    if "," in value or not value:
        raise ParameterError(
            f"parameter park: expected one park id, not {value!r}; parks: {', '.join(study.park_ids())}"
        )
    try:
        study.only(value)
    except UnknownParkError as error:
        raise ParameterError(f"parameter park: {error}") from error


def _one_of(name: str, values: Iterable[str]) -> Callable[[str, Study], None]:
    known = list(values)

    def rule(value: str, _study: Study) -> None:
        if value not in known:
            near = difflib.get_close_matches(value, known, 1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise ParameterError(
                f"parameter {name}: unknown {name} {value!r}; {hint}expected one of {', '.join(known)}"
            )

    return rule


def values_of(name: str, study: Study) -> list[str]:
    """Every value of a parameter that a page can be made for: core parks, or a closed list.

    Raises `ParameterError` for a parameter whose values cannot be listed.
    """
    if name in ("park", "parks"):
        return study.park_ids()
    if name not in _CLOSED:
        listed = ", ".join(["park", "parks", *_CLOSED])
        raise ParameterError(f"the values of parameter {name!r} cannot be listed; those of {listed} can")
    return _CLOSED[name]


_CLOSED: dict[str, list[str]] = {**{name: list(words) for name, (_, words) in AXES.items()}, "lang": list(LANGUAGES)}
_RULES: dict[str, Callable[[str, Study], None]] = {
    "parks": _parks,
    "park": _park,
    **{name: _one_of(name, values) for name, values in _CLOSED.items()},
}
