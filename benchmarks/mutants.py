"""Small errors put into the modules that read and decide: how many of them the fast tests of each module find.

    python benchmarks/mutants.py [MODULE ...] [--sample 100] [--seed 1]

A mutant changes one place: an operator, a comparison, a number, a condition, a word for true or false, or what is returned. It is
written into a copy of the package, and the tests of its module run until the first that fails. Text for readers is left alone. Printed
are the survivors, each with its line, and the share that was found with its interval (Wilson, 95 %). Not every survivor is a fault of
the tests: one may do the same as the code that it stands for.
"""

import argparse
import ast
import math
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dataframely
import jinja2
import polars
import pytest

PRELOADED = (dataframely, jinja2, polars)  # by every process that is forked
ROOT = Path(__file__).resolve().parents[1]
TESTS = {
    "record/quantities": ["record/test_quantities.py", "record/test_exact.py"],
    "record/numerals": ["record/test_quantities.py", "record/test_exact.py"],
    "record/interval": ["record/test_interval.py", "record/test_exact.py", "record/test_quantities.py"],
    "record/period": ["record/test_period.py"],
    "record/rules": ["record/test_rules.py"],
    "method/cells": ["method/test_cells.py", "method/test_compare.py"],
    "method/compare": ["method/test_compare.py", "method/test_pairwise.py", "method/test_cells.py"],
}
_OTHER = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SECONDS = 300  # after which the tests of a mutant are ended: one that does not end is found


def places(tree: ast.Module) -> list[tuple[ast.AST, str]]:
    """Where one thing can be changed, and how."""
    found: list[tuple[ast.AST, str]] = []
    types = {id(one) for node in ast.walk(tree) for one in _types(node)}
    for node in ast.walk(tree):
        if id(node) in types:
            continue
        if isinstance(node, ast.BinOp) and type(node.op) in _OTHER:
            found.append((node, "operator"))
        elif isinstance(node, ast.Compare) and type(node.ops[0]) in _OTHER:
            found.append((node, "comparison"))
        elif isinstance(node, ast.BoolOp):
            found.append((node, "and, or"))
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            found.append((node, "not"))
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
            found.append((node, "constant"))
        elif isinstance(node, ast.If | ast.IfExp):
            found.append((node, "condition"))
        elif isinstance(node, ast.Return) and node.value is not None:
            found.append((node, "returned"))
    return found


def _types(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in an annotation, which nothing runs."""
    for name in ("annotation", "returns"):
        if (said := getattr(node, name, None)) is not None:
            yield from ast.walk(said)


def changed(source: str, place: int) -> tuple[str, str]:
    """The source with one place changed, and which."""
    tree = ast.parse(source)
    node, how = places(tree)[place]
    line = source.splitlines()[node.lineno - 1].strip()
    if isinstance(node, ast.BinOp):
        node.op = _OTHER[type(node.op)]()
    elif isinstance(node, ast.Compare):
        node.ops[0] = _OTHER[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = _OTHER[type(node.op)]()
    elif isinstance(node, ast.UnaryOp):
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.Constant):
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
    elif isinstance(node, ast.If | ast.IfExp):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Return):
        node.value = ast.Constant(None)
    return ast.unparse(ast.fix_missing_locations(tree)), f"{node.lineno}: {how}: {line}"


def found(package: Path, module: str) -> bool:
    """Whether a test of a module fails, in a process that has the libraries and not yet the package."""
    if pid := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0
    status = 1
    try:
        signal.alarm(SECONDS)
        os.chdir(ROOT)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        sys.path.insert(0, str(package.parent))
        sys.dont_write_bytecode = True
        tests = [str(ROOT / "tests" / name) for name in TESTS[module]]
        status = int(pytest.main(["-q", "-x", "-p", "no:xdist", "-p", "no:cacheprovider", "-m", "not slow", *tests]))
    finally:
        os._exit(status)


def interval(killed: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share, at 95 %."""
    z, share = 1.96, killed / of
    middle, width = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - width) / (1 + z * z / of), (middle + width) / (1 + z * z / of)


def main() -> None:
    """Draw mutants, run them, and print what survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", default=list(TESTS), metavar="MODULE", help=", ".join(TESTS))
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sources = {module: (ROOT / "src" / "parkstudy" / f"{module}.py").read_text("utf-8") for module in options.modules}
    every = [(module, place) for module, text in sources.items() for place in range(len(places(ast.parse(text))))]
    drawn = random.Random(options.seed).sample(every, min(options.sample, len(every)))
    killed = 0
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(ROOT / "src", Path(name) / "src")
        for folder in ("data", "docs", "notebooks"):
            (Path(name) / folder).symlink_to(ROOT / folder)
        package = Path(name) / "src" / "parkstudy"
        for module in sources:
            if found(package, module):
                sys.exit(f"the tests of {module} fail as it is; nothing can be learned")
        for number, (module, place) in enumerate(drawn, 1):
            file = package / f"{module}.py"
            text, where = changed(sources[module], place)
            file.write_text(text, "utf-8")
            caught = found(package, module)
            file.write_text(sources[module], "utf-8")
            killed += caught
            if not caught:
                print(f"survived: {module}:{where}", flush=True)
            if number % 10 == 0 or number == len(drawn):
                low, high = interval(killed, number)
                print(f"{killed} of {number} found ({low:.0%} to {high:.0%}), of {len(every)} places", flush=True)


if __name__ == "__main__":
    main()
