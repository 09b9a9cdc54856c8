"""The modules that a page can come to call, found by following imports in their source.

A process that makes pages has imported every exhibit there is, because the catalogue names them all. So the imports of the catalogue
are followed for the exhibits that are shown, and for no other.
"""

import ast
import re
from collections.abc import Callable, Iterable
from functools import cache

ROOT = "parkstudy"
CATALOGUE = f"{ROOT}.show.catalogue"
_DOOR = (ROOT, CATALOGUE, f"{ROOT}.method.study", f"{ROOT}.report.kernel")  # what every notebook comes in by
_DOTTED = re.compile(rf"\b{ROOT}(?:\.\w+)+")
_FROM = re.compile(rf"\bfrom\s+({ROOT}[\w.]*)\s+import\s+(\([^)]*\)|[^\n]*)")
EXPLORER = f"{ROOT}.explorer"

Source = Callable[[str], str]  # the source of a module, by its name


def called(imported: Iterable[str], shown: Iterable[str] | None, source: Source, explored: bool = False) -> set[str]:
    """Those of the modules `imported` that the exhibits `shown` (by key), and what makes a page of them, can come to call.

    All of them for None, and where the catalogue is not read as expected.
    """
    known = set(imported)
    if shown is None:
        return known
    waiting = [
        name for name in known if name.startswith(f"{ROOT}.report.") or name in _DOOR or (explored and name == EXPLORER)
    ]
    waiting += _of_exhibits(source(CATALOGUE), frozenset(shown))
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        for part in _with_parents(name):
            if part in known and part not in found:
                found.add(part)
                waiting += _imports(source(part)) if part != CATALOGUE else ()
    return found


def _with_parents(name: str) -> list[str]:
    """A module and the packages that it is in, whose `__init__` is run before it."""
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]


@cache
def _imports(source: str) -> list[str]:
    """What a module imports, anywhere in it; of `from a import b` both `a` and `a.b`, one of which may be no module."""
    found = _DOTTED.findall(source)
    for module, names in _FROM.findall(source):
        found += [f"{module}.{name}" for name in re.findall(r"\w+", names)]
    return found


def _names(node: ast.AST) -> dict[str, list[str]]:
    """The names that a node imports, each with the modules it may come from."""
    if isinstance(node, ast.Import):
        return {(one.asname or one.name).partition(".")[0]: [one.name] for one in node.names}
    if isinstance(node, ast.ImportFrom) and node.module:
        return {one.asname or one.name: [node.module, f"{node.module}.{one.name}"] for one in node.names}
    return {}


def _of_exhibits(source: str, shown: Iterable[str]) -> list[str]:
    """The modules that the declarations of exhibits name, directly or by other names of the catalogue.

    A declaration is a call with a literal `key`; an exhibit that has none is made by some call without, and all of those count.
    """
    imported, defined, declared = _names_of(source)
    waiting = [name for key in shown for name in declared.get(key, declared[""])]
    found = dict[str, None]()
    while waiting:
        if (name := waiting.pop()) not in found:
            found[name] = None
            waiting += defined.get(name, ())
    return [module for name in found for module in imported.get(name, ())]


@cache
def _names_of(source: str) -> tuple[dict[str, list[str]], dict[str, set[str]], dict[str, set[str]]]:
    """Of the catalogue: name to the modules it may come from, name to the names behind it, key of an exhibit to the names it is made of."""
    imported, defined = dict[str, list[str]](), dict[str, set[str]]()
    declared: dict[str, set[str]] = {"": set()}
    for statement in ast.parse(source).body:
        imported |= _names(statement)
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            defined[statement.name] = _used(statement)
        elif isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
            value = statement.value
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            calls = [
                one
                for one in getattr(value, "elts", [value])
                if any(isinstance(node, ast.Call) for node in ast.walk(one))
            ]
            for call in calls:
                declared.setdefault(_key(call), set()).update(_used(call))
            if not calls:
                defined |= {target.id: _used(value) for target in targets if isinstance(target, ast.Name)}
    return imported, defined, declared


def _key(element: ast.expr) -> str:
    """The literal key of a declaration."""
    named = {one.arg: one.value for one in element.keywords} if isinstance(element, ast.Call) else {}
    key = named.get("key")
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""


def _used(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
