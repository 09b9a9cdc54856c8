"""What the processes of one run tell each other of data: that they have no fault, so that every page need not check them anew.

A run makes a folder and names it in the environment; without one nothing is kept, and nothing is known.
"""

import os
from contextlib import suppress
from pathlib import Path

FOLDER = "PARKSTUDY_SHARED"


def faultless(key: str) -> bool:
    """Whether a process of this run has found no fault in the data of this key."""
    mark = _mark(key)
    return mark is not None and mark.exists()


def keep(key: str) -> None:
    """Tell the run that the data of this key have no fault; where that cannot be written, they are checked again."""
    if mark := _mark(key):
        with suppress(OSError):
            mark.touch()


def _mark(key: str) -> Path | None:
    folder = os.environ.get(FOLDER)
    return Path(folder, f"faultless-{key}") if folder else None
