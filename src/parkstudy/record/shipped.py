"""The folders that travel with the package; found without reading a table."""

from functools import cache
from pathlib import Path

from parkstudy.errors import ParkstudyError
from parkstudy.record.used import PACKAGE


class DataFolderError(ParkstudyError):
    """The folder given as data does not exist or holds none of the tables."""


def shipped_folder() -> Path:
    """The folder of the published dataset: beside the package in a wheel, at the top of a clone."""
    return shipped("data")


@cache
def shipped(name: str) -> Path:
    """A folder that travels with the package (`data`, `notebooks`, `docs`), in a wheel and in a clone alike.

    Raises `DataFolderError` where the installation lacks it.
    """
    for place in (PACKAGE / f"_{name}", PACKAGE.parents[1] / name):
        if place.is_dir():
            return place
    raise DataFolderError(f"the folder {name!r} that travels with parkstudy was not found; install the package again")
