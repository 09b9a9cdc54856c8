"""Data that nobody looks at: the checks of what a cell may hold put aside, so that what comes after them stands alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from parkstudy.record import about, reading, unusual

_SAID = ("title_en", "title_zh", "question_en", "question_zh", "notes_en", "notes_zh", "authors", "authors_zh")


@contextmanager
def unwarned() -> Iterator[None]:
    """No warning is looked for, which takes half of the time of loading a study and changes nothing but its warnings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unusual, "look", lambda *_: [])
        yield


def unlook(setattr_: Callable[..., object] = setattr, setitem: Callable[..., object] = dict.__setitem__) -> None:
    """Let nobody look at what a cell may hold: for good, if it is not a patch that ends."""
    setattr_(reading, "wrong", lambda *_: {})
    setattr_(reading, "SMALL", -1)  # nothing is kept of what was read so
    setattr_(unusual, "look", lambda *_: [])
    for name in _SAID:
        setitem(about.KEYS[name], "fits", lambda value: True)
