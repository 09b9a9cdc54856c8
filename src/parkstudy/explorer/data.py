"""The data that are open: a folder, read and checked, with what is offered of it and what answers."""

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from parkstudy.explorer.choice import Choice
from parkstudy.explorer.offers import Offers
from parkstudy.explorer.printed import Printed
from parkstudy.method.study import Study, load
from parkstudy.record.shipped import DataFolderError
from parkstudy.record.tables import identity

_TIMES = 3  # that data are read which change meanwhile
_SELDOM = 100_000  # things made, after which the collector of garbage looks for some
Stamp = tuple[tuple[str, int, int], ...]


class ChangingError(DataFolderError):
    """Files that were changed while they were read."""


class Opened:
    """A folder of data that is open; empty for the shipped ones."""

    def __init__(self, study: Study, folder: str, own: str) -> None:
        self.folder, self.offers = folder, Offers(Printed(study), folder)
        self.stamp, self.identity = stamp(study), own

    @cached_property
    def held(self) -> Any:
        """The study with what is kept between views."""
        from parkstudy.explorer.held import Held

        return Held(self.offers.printed.study, self.folder)

    def view(self, choice: Choice, tab: str, picked: Sequence[str], width: float) -> dict[str, Any]:
        """The answer to a choice, in the form of a tab, its drawing in a width in inches; of `picked` parks alone where some are."""
        from parkstudy.explorer.answer import answer

        found: dict[str, Any] = answer(self.held, choice, tab, picked, width)
        return found

    def stated(self, statement: str, lang: str) -> str:
        """A declared statement with its verdict, as HTML; empty where the data do not have it."""
        from parkstudy.explorer.answer import stated

        return stated(self.held, statement, lang)

    def silent(self, choice: Choice, words: str) -> dict[str, Any]:
        """The view of a choice to which there is no answer: the reason stands where the answer does."""
        said = str(Markup('<span class="sentence">{}</span>').format(words))
        return {
            "title": "", "sentence": said, "strip": [], "tabs": [], "tab": "", "html": "", "first": "", "empty": words,
        }  # fmt: skip

    def picture(self, choice: Choice, picked: Sequence[str]) -> bytes:
        """The figure of the answer as a file that stands alone."""
        from parkstudy.explorer.answer import question
        from parkstudy.explorer.picture import picture

        return picture(question(self.held, choice, picked))

    def drawer(self, choice: Choice, key: str) -> dict[str, Any]:
        """The record behind a number."""
        from parkstudy.explorer.drawer import opened as of_key

        found: dict[str, Any] = of_key(self.held, choice, key)
        return found


def opened(folder: str) -> Opened:
    """A folder of data, read and checked. Raises `DataFolderError` for one that is none, holds no table, or changes all the time."""
    path = str(Path(folder).expanduser()) if folder else ""
    for _ in range(_TIMES - 1):
        with suppress(ChangingError):
            return _opened(path, identity(path or None))
    return _opened(path, identity(path or None))


@lru_cache(maxsize=2)  # the way back to the data before is short
def _opened(path: str, own: str) -> Opened:
    """The data that have an identity. Raises `ChangingError` where they have another one when they have been read."""
    found = Opened(load(path or None), path, own)
    if identity(path or None) != own:
        raise ChangingError(
            f"{path or 'the shipped data'}: the files were changed while they were read; open them again"
        ).told("changing")
    return found


@contextmanager
def lasting() -> Iterator[None]:
    """What is made inside stays while the data are open: the collector of garbage seldom looks meanwhile, and later not through it.

    What stayed before and was thrown away since is looked for first.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.freeze()


def renewed() -> None:
    """Of other data the same, once what was made of those before is thrown away."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def stamp(study: Study) -> Stamp:
    """Name, size and time of every file that a study was read from, those that are gone left out."""
    found = []
    for name, path in sorted(study.files.items()):
        try:
            state = os.stat(path)
        except OSError:
            continue
        found.append((name, state.st_size, state.st_mtime_ns))
    return tuple(found)


def moved(data: Opened) -> str:
    """What became of the files since they were read: a code of the words of the explorer; empty where they are as they were."""
    if data.folder and not Path(data.folder).is_dir():
        return "data_gone"
    return "" if stamp(data.offers.printed.study) == data.stamp else "data_moved"
