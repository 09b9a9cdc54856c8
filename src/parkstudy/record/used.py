"""What this process has read of the words of the package since its start, so that a page can say what it rests on.

Whoever hands out a label, a list of codes or a sentence notes it here. A process makes one page, so that all it has read is that
page's; what is read while modules are imported is every page's.
"""

import csv
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
PACKAGE = Path(__file__).resolve().parents[1]
STARTED = time.time_ns()  # what is written later than this may be read in part as it was before, in part as it is now
_READ: dict[str, set[str]] = {}


def note(kind: str, name: str) -> None:
    """Keep that `name` was read: a `label` (`en/group/code`, or `en/group` for all of a list), the `codes` of a group, a `block` of a
    template (`en/land.j2/land_claim`), a `rule` of the method (`en/G5`, or `en` for the list of their codes), another
    `file` of the package by its path there.
    """
    _READ.setdefault(kind, set()).add(name)


def text(name: str) -> str:
    """A file of the package by its path there, as text (UTF-8); it is noted. Raises `FileNotFoundError`."""
    note("file", name)
    return (PACKAGE / name).read_text(encoding="utf-8")


def table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the package by its path there, a text a column; it is noted. Raises `FileNotFoundError`."""
    return list(csv.DictReader(text(name).splitlines()))


def add(read: Mapping[str, Iterable[str]]) -> None:
    """Keep that names of several kinds were read."""
    for kind, names in read.items():
        _READ.setdefault(kind, set()).update(names)


def during(work: Callable[[], T]) -> tuple[T, dict[str, set[str]]]:
    """What `work` gives, and what was read meanwhile."""
    before = dict(_READ)
    _READ.clear()
    try:
        done = work()
        return done, {kind: set(names) for kind, names in _READ.items()}
    finally:
        add(before)


def everything() -> dict[str, list[str]]:
    """Kind to sorted names of what was read; as kind `module` the modules of the package that are imported, as `beside` the files of
    those that are neither the package's nor installed, such as one beside a notebook.
    """
    own = __name__.partition(".")[0]
    paths = sysconfig.get_paths()
    installed = tuple(paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    others = {name: str(getattr(module, "__file__", None) or "") for name, module in list(sys.modules.items())}
    found = {kind: sorted(names) for kind, names in sorted(_READ.items())}
    found["module"] = sorted(name for name in others if name.partition(".")[0] == own)
    beside = {file for name, file in others.items() if file and name.partition(".")[0] != own}
    found["beside"] = sorted(file for file in beside if not file.startswith(installed))
    return found
