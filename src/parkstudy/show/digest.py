"""A digest of what an exhibit shows of the study, made without its drawing, so that a build knows whether a page would change.

What is written (words, cells, embedded rows, records) is compared as it is written, so that nothing read on the way to it is
forgotten. A drawing costs more than all of that and prints nothing else: in its place stand the selected rows and facts in full
precision, and the records of every key among them.
"""

import hashlib
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from typing import Any

import polars as pl

PLACE = "\x01"  # where a drawing enters the words around it; no text shown holds it
_DRAWN: ContextVar[bool] = ContextVar("drawn", default=True)


@contextmanager
def undrawn() -> Iterator[None]:
    """Exhibits made within have their digest, and no drawing."""
    before = _DRAWN.set(False)
    try:
        yield
    finally:
        _DRAWN.reset(before)


def drawn() -> bool:
    """Whether exhibits are drawn."""
    return _DRAWN.get()


def digest(*values: Any) -> str:
    """16 hexadecimal digits for values of any depth: equal in every process for equal values."""
    return hashlib.sha256("\x1f".join(_leaves(values)).encode()).hexdigest()[:16]


def strings(value: Any) -> set[str]:
    """Every text in a value of any depth."""
    return set(_leaves(value))


def _leaves(value: Any) -> list[str]:
    """The leaves of a value as texts, each branch behind a mark that tells its length; of a set in sorted order."""
    found: list[str] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.append(one)
            continue
        branch = _branch(one)
        if branch is None:
            found.append(f"\x1d{one!r}")
        else:
            found.append(f"\x1c{type(one).__name__} {len(branch)}")
            waiting += reversed(branch)
    return found


def _branch(value: Any) -> list[Any] | None:
    """What a value consists of; None for a leaf. Raises `TypeError` for one that is told by its place in memory alone."""
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if isinstance(value, pl.DataFrame):
        return [*(f"{name} {kind}" for name, kind in value.schema.items()), *value.rows()]
    if isinstance(value, Set):
        return sorted("\x1e".join(_leaves(one)) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in fields(value)]
    if callable(value) or " object at 0x" in repr(value):
        raise TypeError(
            f"{type(value).__name__} in what an exhibit shows: no value that two processes share; select data"
        )
    return None
