"""What the cells of a notebook show, read from its code without running it: which exhibit of which parks with which parameters.

Read is what a notebook of the study needs: parameters, `load`, `viewer`, parks and a year chosen by `only`, `within` or `one`, and
exhibits shown by the last line of a cell. A notebook that does anything else may show anything of the data.
"""

import ast
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

_DOORS = dict.fromkeys(("load", "viewer", "explore"), "parkstudy")
_CHOSEN = ("measure", "parks", "price", "basis", "rung", "year", "reading", "lang", "data")  # that the explorer is told


class _Study(NamedTuple):
    """A study, by what narrowed the whole one: a method and the texts that it was given, one after the other."""

    narrowed: tuple[tuple[str, ...], ...] = ()


class Call(NamedTuple):
    """An exhibit that a notebook shows: key and parameters, the language, what narrowed its study, whether the explorer shows it."""

    key: str
    parameters: Mapping[str, str]
    lang: str
    narrowed: tuple[tuple[str, ...], ...] = ()
    explored: bool = False

    @property
    def name(self) -> str:
        """Everything that it says, in one line."""
        given = [f"{name}={value}" for name, value in self.parameters.items()]
        return " ".join([self.lang, self.key, *given, *(f"{one[0]}({', '.join(one[1:])})" for one in self.narrowed)])


class _View(NamedTuple):
    study: _Study
    lang: str


class _UnreadError(Exception):
    """Something that is not read here."""


def calls(cells: Iterable[Mapping[str, Any]], given: Mapping[str, Any]) -> list[Call] | None:
    """The exhibits that the cells of a notebook show in order, run with the parameters `given`; None where the code does more than
    choose and show. The folder of the data is the one `given`, or none.
    """
    found: list[Call] = []
    known: dict[str, Any] = dict(given)
    try:
        for cell in cells:
            tags = cell.get("metadata", {}).get("tags", [])
            if cell.get("cell_type") != "code" or "injected-parameters" in tags:
                continue
            source = "".join(cell.get("source", ""))
            body = ast.parse(source).body
            for statement in body:
                if isinstance(statement, ast.Expr):
                    if statement is not body[-1] or source.rstrip().endswith(";"):
                        raise _UnreadError
                    found.append(_shown(statement.value, known, given))
                else:
                    _kept(statement, known, given)
            if "parameters" in tags:
                known |= given
    except (_UnreadError, SyntaxError):
        return None
    return found


def _kept(statement: ast.stmt, known: dict[str, Any], given: Mapping[str, Any]) -> None:
    match statement:
        case ast.ImportFrom(module=module, names=names, level=0) if all(
            _DOORS.get(one.name) == module and not one.asname for one in names
        ):
            known |= {one.name: _DOORS for one in names}
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            known[name] = _value(value, known, given)
        case _:
            raise _UnreadError


def _value(node: ast.expr, known: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
    """What an expression is: a text, a study or a view."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name) if name in known:
            return known[name]
        case ast.Call(func=ast.Name(id="load"), args=[] | [_] as args, keywords=[]) if known.get("load") is _DOORS:
            if (_text(args[0], known, given) if args else "") == given.get("data", ""):
                return _Study()
        case ast.Call(
            func=ast.Attribute(value=study, attr="only" | "within" | "one" as method), args=[_, *_] as args, keywords=[]
        ):
            texts = [_text(one, known, given) for one in args]
            return _Study((*_study(study, known, given).narrowed, (method, *texts)))
        case ast.Call(func=ast.Name(id="viewer"), args=[study, lang], keywords=[]) if known.get("viewer") is _DOORS:
            return _View(_study(study, known, given), _text(lang, known, given))
    raise _UnreadError


def _shown(node: ast.expr, known: Mapping[str, Any], given: Mapping[str, Any]) -> Call:
    """The exhibit of the last line of a cell."""
    match node:
        case ast.Call(func=ast.Name(id="explore"), args=args, keywords=named) if known.get("explore") is _DOORS:
            told = [*zip(_CHOSEN, args, strict=False), *((str(one.arg), one.value) for one in named)]
            return _explored({name: _text(value, known, given) for name, value in told}, given)
        case ast.Call(func=ast.Name(id=name), args=[key], keywords=named) if isinstance(known.get(name), _View):
            parameters = {str(one.arg): _text(one.value, known, given) for one in named if one.arg}
            if len(parameters) == len(named):
                view = known[name]
                return Call(_text(key, known, given), parameters, view.lang, view.study.narrowed)
    raise _UnreadError


def _explored(chosen: Mapping[str, str], given: Mapping[str, Any]) -> Call:
    """The first view of the explorer."""
    from parkstudy.show.asked import ASKED

    if set(chosen) != set(_CHOSEN) or chosen["data"] != given.get("data", ""):
        raise _UnreadError
    try:
        asked = ASKED[chosen["measure"]]
    except KeyError:
        raise _UnreadError from None
    narrowed = ("only", chosen["parks"], chosen["year"])
    return Call(asked.entry, asked.parameters(chosen), chosen["lang"], (narrowed,), True)


def _text(node: ast.expr, known: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    if isinstance(found := _value(node, known, given), str):
        return found
    raise _UnreadError


def _study(node: ast.expr, known: Mapping[str, Any], given: Mapping[str, Any]) -> _Study:
    if isinstance(found := _value(node, known, given), _Study):
        return found
    raise _UnreadError
