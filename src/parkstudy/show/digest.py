"""A digest of what an exhibit shows of the study, made without its drawing, so that a build knows whether a page would change.

What is written (words, cells, embedded rows, records) is compared as it is written, so that nothing read on the way to it is
forgotten. A drawing costs more than all of that and prints nothing else: in its place stand the selected rows and facts in full
precision, and the records of every key among them.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Set
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


def texts(value: Any) -> set[str]:
    """Every text in a value of any depth."""
    return set(_leaves(value))


def _leaves(value: Any) -> Iterator[str]:
    """The leaves of a value as texts, each branch between marks that tell its kind and length; of a set in sorted order."""
    if isinstance(value, str):
        yield str(value)
    elif isinstance(value, pl.DataFrame):
        yield f"frame {value.schema}"
        yield from _branch(value.rows())
    elif isinstance(value, Mapping):
        yield from _branch([*value.keys(), *value.values()])
    elif isinstance(value, Set):
        yield from sorted("\x1e".join(_leaves(one)) for one in value)
    elif isinstance(value, list | tuple):
        yield from _branch(value)
    elif is_dataclass(value) and not isinstance(value, type):
        yield type(value).__name__
        yield from _branch([getattr(value, field.name) for field in fields(value)])
    elif isinstance(value, pl.Series):
        yield from _branch(value.to_list())
    elif type(value).__repr__ == object.__repr__:
        raise TypeError(
            f"{type(value).__name__} in what an exhibit shows has no value that two processes share; use data"
        )
    else:
        yield f"\x1d{value!r}"


def _branch(values: Iterable[Any]) -> Iterator[str]:
    every = list(values)
    yield f"\x1c{len(every)}"
    for one in every:
        yield from _leaves(one)
