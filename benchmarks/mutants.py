"""Small errors put into the modules that read, reckon and decide: how many of them the fast tests of each module find.

    uv run --with mutmut python benchmarks/mutants.py [GROUP or MODULE ...] [--sample 84] [--seed 1] [--minutes 11]

The errors are those of mutmut (operators, comparisons, numbers, codes, arguments, assignments, the arms of a condition), and three of
cosmic-ray's kind: a condition turned round, a statement left out, nothing returned. mutmut itself changes no decorated function and
no table of a module, which here are a third of all places (`parse`, each property of a period, the margins, the patterns): so each
error is written into a copy of the package, and the tests of its module run, in a process forked with the libraries loaded, until the
first that fails. Text for readers, annotations and decorators are left alone. Of each group so many places are drawn, and of each one
change. `equivalent.csv` names the changes that make no difference, with the reason; they are left out of the count. Printed are the
survivors and a table: the share that was found, with its interval (Wilson, 95 %).
"""

import argparse
import ast
import csv
import difflib
import gc
import math
import os
import random
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import dataframely
import jinja2
import libcst as cst
import matplotlib.figure
import polars
import pytest
from mutmut.mutation.mutators import mutation_operators
from shares import interval

PRELOADED = (dataframely, jinja2, matplotlib.figure, polars)  # by every process that is forked
ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "parkstudy"
EQUIVALENT = Path(__file__).with_name("equivalent.csv")
_FIGURES = ("record/test_quantities", "record/test_exact")
_COMPARED = ("method/test_compare", "method/test_cells", "method/test_pairwise", "method/test_years")
GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "figures": {
        "record/quantities": _FIGURES,
        "record/numerals": _FIGURES,
        "record/signs": (*_FIGURES, "record/test_proof"),
        "record/bounds": (*_FIGURES, "record/test_proof"),
        "record/units": ("record/test_units", *_FIGURES),
    },
    "intervals": {"record/interval": ("record/test_interval", "record/test_exact")},
    "periods": {"record/period": ("record/test_period",)},
    "rules": {
        "record/rules": ("record/test_rules_of_a_row", "record/test_rules"),
        "record/schema": ("record/test_schema", "record/test_rules_of_a_row", "record/test_tables"),
    },
    "decisions": {
        "method/cells": ("method/test_cells", "method/test_compare"),
        "method/compare": _COMPARED,
        "method/pairwise": ("method/test_pairwise", "method/test_compare"),
        "method/limits": ("method/test_limits", *_COMPARED),
    },
    "formulas": {
        "method/growth": ("method/test_growth_formulas", "method/test_growth", "method/test_growth_derived"),
        "method/tax": ("method/test_tax_formulas", "method/test_tax"),
        "method/land": ("method/test_land",),
        "method/year": ("method/test_year",),
    },
}
SECONDS = 60  # of the processor, after which the tests of a mutant are ended: one that does not end is found


class Mutant(NamedTuple):
    """A module with one change: its text, and the lines that were and are there."""

    module: str
    text: str
    was: str
    now: str


def _turned(node: cst.If | cst.While | cst.CompIf) -> Iterator[cst.CSTNode]:
    inner = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), inner))


def _returned(node: cst.Return) -> Iterator[cst.CSTNode]:
    if node.value is not None and not node.value.deep_equals(cst.Name("None")):
        yield node.with_changes(value=None)


def _left_out(node: cst.SimpleStatementLine) -> Iterator[cst.CSTNode]:
    last = node.body[-1]
    if isinstance(last, cst.Raise | cst.Continue) or (isinstance(last, cst.Expr) and not _is_text(last.value)):
        yield node.with_changes(body=[*node.body[:-1], cst.Pass()])


OPERATORS: list[tuple[type | tuple[type, ...], Callable[..., Iterator[cst.CSTNode]]]] = [
    *mutation_operators,
    ((cst.If, cst.While, cst.CompIf), _turned),
    (cst.Return, _returned),
    (cst.SimpleStatementLine, _left_out),
]


def _is_text(node: cst.CSTNode) -> bool:
    """A text for readers, or a docstring: words with blanks between them, or one that begins with a capital."""
    return isinstance(node, cst.BaseString) and bool(
        re.search(r" |^\W*[A-Z][a-z]+\W*$", cst.Module([]).code_for_node(node))
    )


class _Places(cst.CSTVisitor):
    """Each node that can be changed, with its changes."""

    def __init__(self) -> None:
        self.found: list[tuple[cst.CSTNode, list[cst.CSTNode]]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom) or _is_text(node):
            return False
        changes = [one for kind, operator in OPERATORS if isinstance(node, kind) for one in operator(node)]
        if changes:
            self.found.append((node, changes))
        return True


def places(module: str) -> tuple[cst.Module, list[tuple[cst.CSTNode, list[cst.CSTNode]]]]:
    """The tree of a module, and where it can be changed."""
    tree, found = cst.parse_module((PACKAGE / f"{module}.py").read_text("utf-8")), _Places()
    tree.visit(found)
    return tree, found.found


def changed(module: str, tree: cst.Module, node: cst.CSTNode, to: cst.CSTNode) -> Mutant | None:
    """A mutant; None for one that is the same or no program."""
    text = tree.deep_replace(node, to).code  # type: ignore[union-attr]
    lines = [*difflib.ndiff(tree.code.splitlines(), text.splitlines())]
    was, now = (" ".join(line[2:].strip() for line in lines if line[0] == sign) for sign in "-+")
    try:
        return Mutant(module, text, was, now) if _meaning(text) != _meaning(tree.code) else None
    except SyntaxError:
        return None


def _meaning(text: str) -> str:
    """What a program does, whether or not `zip` is strict: that only guards against slips."""
    program = ast.parse(text)
    for node in ast.walk(program):
        if isinstance(node, ast.Call):
            node.keywords = [one for one in node.keywords if one.arg != "strict"]
    return ast.dump(program)


def drawn(modules: list[str], sample: int, seed: int) -> Iterator[Mutant]:
    """Mutants of modules: places in random order, one change of each."""
    dice, trees = random.Random(seed), {module: places(module) for module in modules}
    every = [(module, *place) for module, (_, found) in trees.items() for place in found]
    dice.shuffle(every)
    made = (changed(module, trees[module][0], node, dice.choice(changes)) for module, node, changes in every)
    yield from (mutant for mutant, _ in zip(filter(None, made), range(sample), strict=False))


def equivalents() -> set[tuple[str, str, str]]:
    """The changes that make no difference: module, the line as it was, and as it became (empty: whatever it became)."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        return {(row["module"], row["was"], row["now"]) for row in csv.DictReader(file)}


def found(package: Path, tests: tuple[str, ...], *, sound: bool = False) -> bool:
    """Whether one of these tests fails, in a process that has the libraries and not yet the package.

    Of a `sound` package what was compiled is kept.
    """
    gc.freeze()  # what is held here is nothing to look through there
    if pid := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        os.chdir(ROOT)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        sys.path.insert(0, str(package.parent))
        sys.dont_write_bytecode = not sound
        files = [str(ROOT / "tests" / f"{name}.py") for name in tests]
        status = int(
            pytest.main(
                ["-q", "-x", "-p", "no:xdist", "-p", "no:anyio", "-p", "no:cacheprovider", "-m", "not slow", *files]
            )
        )
    finally:
        os._exit(status)


def line(name: str, results: list[bool | None]) -> str:
    """A line of the table: drawn, equivalent (None), killed, share, interval."""
    run = [caught for caught in results if caught is not None]
    low, high = interval(sum(run), len(run)) if run else (0.0, 1.0)
    share = f"{sum(run) / len(run):.0%}" if run else ""
    return f"| {name} | {len(results)} | {len(results) - len(run)} | {sum(run)} | {share} | {low:.0%} to {high:.0%} |"


def tried(
    package: Path, tests: dict[str, tuple[str, ...]], sample: int, seed: int, until: float
) -> dict[str, list[bool | None]]:
    """Module to what became of each of its mutants: found, not found, or None for one that makes no difference."""
    known, results = equivalents(), {module: list[bool | None]() for module in tests}
    for module, text, was, now in drawn([*tests], sample, seed):
        if time.monotonic() > until:  # those that were tried are a sample too
            break
        if {(module, was, now), (module, was, "")} & known:
            results[module].append(None)
            continue
        file = package / f"{module}.py"
        before = file.read_text("utf-8")
        file.write_text(text, "utf-8")
        caught = found(package, tests[module])
        file.write_text(before, "utf-8")
        results[module].append(caught)
        if not caught:
            print(f"survived: {module}\n  - {was}\n  + {now}", flush=True)
    return results


def main() -> None:
    """Draw mutants, run them, and print what survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "names", nargs="*", default=list(GROUPS), metavar="GROUP", help=f"{', '.join(GROUPS)}; a module"
    )
    parser.add_argument("--sample", type=int, default=84)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=math.inf, help="after which no more are tried")
    options = parser.parse_args()
    every = {module: tests for own in GROUPS.values() for module, tests in own.items()}
    table, until = [], time.monotonic() + 60 * options.minutes
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(ROOT / "src", Path(name) / "src")
        for folder in ("data", "docs", "notebooks"):
            (Path(name) / folder).symlink_to(ROOT / folder)
        package = Path(name) / "src" / "parkstudy"
        for group in options.names:
            tests = GROUPS.get(group) or {group: every[group]}
            for module, files in tests.items():
                if found(package, files, sound=True):
                    sys.exit(f"the tests of {module} fail as it is; nothing can be learned")
            results = tried(package, tests, options.sample, options.seed, until)
            table += [line(module, own) for module, own in results.items()] if len(results) > 1 else []
            table.append(line(f"**{group}**", [one for own in results.values() for one in own]))
            print("\n".join(table), flush=True)


if __name__ == "__main__":
    main()
