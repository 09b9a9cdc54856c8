"""The parameters of the notebooks: what a value may be, checked before a kernel is started.

A parameter is a row of the group `parameter` in `codes.csv`, in the order of the contract; a group of its own name holds its
values, if they are a closed list. Papermill runs a notebook with an unknown parameter and only logs it, and it pastes names into
code unescaped; so names are checked against the notebook's own `parameters` cell, and values against the list.
"""

import ast
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from parkstudy.errors import ParkstudyError, did_you_mean
from parkstudy.record.codes import codes, has

if TYPE_CHECKING:
    from parkstudy.method.study import Study

_OF_STUDY = ("parks", "park", "year", "measure")  # whose values are parks, years and measures of the study
_OPEN = ("reading",)  # which may be left open: every value of the list


class ParameterError(ParkstudyError, ValueError):
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


def closed(name: str) -> tuple[str, ...]:
    """The values of a parameter that has a closed list, the default of the notebooks first; none for another."""
    if name in _OF_STUDY or name not in codes("parameter") or not has(name):
        return ()
    return ("", *codes(name)) if name in _OPEN else codes(name)


def validated(given: Mapping[str, str], notebooks: Iterable[Mapping[str, Any]]) -> list[str]:
    """The names that the notebooks declare. Raises `ParameterError` for another one, or a value that is none of its parameter."""
    from parkstudy.method.study import load

    known = sorted({name for defaults in notebooks for name in defaults})
    for name, value in given.items():
        values = closed(name)
        if name not in known:
            listed = f"parameters of these notebooks: {', '.join(known)}"
            raise ParameterError(f"unknown parameter {name!r}; {did_you_mean(name, known)}{listed}")
        if values and value not in values:
            meant = f"{did_you_mean(value, values)}expected one of {', '.join(filter(None, values))}"
            raise ParameterError(f"parameter {name}: unknown {name} {value!r}; {meant}")
        if any("\ud800" <= sign <= "\udfff" for sign in value):  # bytes of a name that are no signs
            hint = "rename it, or call it from a terminal in UTF-8 (PYTHONUTF8=1)"
            raise ParameterError(f"parameter {name}: {value!r} is no text that a page could name; {hint}")
    if any(name in _OF_STUDY for name in given):
        _in_study(given, load(given.get("data")))
    return known


def _in_study(given: Mapping[str, str], study: "Study") -> None:
    """Raise `ParameterError` for parks, a group, a measure or a year that the study does not hold, and for a year that the chosen parks
    lack.
    """
    from parkstudy.record.chosen import UnknownParkError, UnknownYearError
    from parkstudy.show.asked import UnknownMeasureError, known

    park = given.get("park")
    if park is not None and ("," in park or not park):
        parks = ", ".join(study.park_ids())
        raise ParameterError(f"parameter park: expected one park id, not {park!r}; parks: {parks}")
    for name in filter(given.__contains__, _OF_STUDY):
        asked = (given.get("parks", ""), given[name]) if name == "year" else (given[name],)
        try:
            if name == "measure":
                known(study, given[name])
            else:
                study.only(*asked)
        except (UnknownParkError, UnknownYearError, UnknownMeasureError) as error:
            raise ParameterError(f"parameter {name}: {error}") from error


def values_of(name: str, study: "Study") -> list[str]:
    """Every value of a parameter that a page can be made for: core parks, years in which a text ends, measures, or a closed list.

    Raises `ParameterError` for a parameter whose values cannot be listed.
    """
    if name in _OF_STUDY:
        from parkstudy.show.asked import asked_of

        every = {"year": lambda: [*map(str, study.years)], "measure": lambda: [*asked_of(study)]}
        return every.get(name, study.park_ids)()
    if not closed(name):
        listed = ", ".join(other for other in codes("parameter") if other in _OF_STUDY or closed(other))
        raise ParameterError(f"the values of parameter {name!r} cannot be listed; those of {listed} can")
    return list(closed(name))
