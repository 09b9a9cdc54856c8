"""The notebooks of the report: which there are, how a page of one is named, and what an executed one holds."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from parkstudy.errors import ParkstudyError
from parkstudy.record.codes import LANGUAGES, codes, table
from parkstudy.record.shipped import shipped
from parkstudy.show import LOADER

LIBRARIES = (  # that write bytes of a page, or whose numbers its drawings rest on: a page names them all
    "beautifulsoup4", "dataframely", "fonttools", "ipykernel", "ipython", "jinja2", "kiwisolver", "markupsafe", "matplotlib",
    "mistune", "nbclient", "nbconvert", "nbformat", "numpy", "pandas", "papermill", "pillow", "polars", "seaborn", "zhplot",
)  # fmt: skip
RECORDER = "80-recorder"  # a notebook to work in, of which no page is made


class NotANotebookError(ParkstudyError):
    """A file in the place of a notebook that is none."""

    status = 1


def notebooks(lang: str = LANGUAGES[0]) -> dict[str, Path]:
    """Name to path of the notebooks of a language that travel with the package, in the order of their numbers."""
    folder = shipped("notebooks") / ("" if lang == LANGUAGES[0] else lang)
    return {path.stem: path for path in sorted(folder.glob("[0-9]*.ipynb")) if path.stem != RECORDER}


def other(lang: str) -> str:
    """The other language."""
    return next(code for code in LANGUAGES if code != lang)


def page_stem(notebook: str, lang: str, changed: Mapping[str, str]) -> str:
    """The name of a page: the notebook's, then each value that differs from its default, in the order of the contract.

    A value that is no short plain word stands as a hash, and so does a park whose name is the word or the number for something else.
    """
    parts = [notebook] + ([] if lang == LANGUAGES[0] else [lang])
    for name in sorted(changed, key=codes("parameter").index):
        slug = re.sub(r"[^A-Za-z0-9_-]+", "-", value := changed[name]).strip("-")
        taken = name not in (*table(), "year") and (value in _words() or value.isdecimal())
        own = slug == value and len(slug) <= 24 and not taken
        parts.append(slug if own else hashlib.sha256(value.encode()).hexdigest()[:8])
    return ".".join(parts)


def stored(path: Path) -> dict[str, Any]:
    """A notebook file as its JSON has it, for whoever only looks: light. Raises `NotANotebookError`."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {**found, "cells": [{**cell, "source": "".join(cell["source"])} for cell in found["cells"]]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotANotebookError(f"{path}: expected a notebook (JSON with a list of cells): {error}") from error


@cache
def _words() -> set[str]:
    """The languages, the words for years and the values of all parameters with a closed list: what they are in the name of a page,
    nothing else is.
    """
    return {value for name in (*codes("parameter"), "year_word") if name in table() for value in codes(name)}


def outputs(cell: Any) -> list[Any]:
    """The outputs of a cell of an executed notebook, without what makes exhibits alive in JupyterLab."""
    return [output for output in cell.get("outputs", []) if LOADER not in output.get("metadata", {})]


def exhibits(notebook: Any) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The output of every exhibit of an executed notebook, and what the exhibit says of itself, in order."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if note := output.get("metadata", {}).get("parkstudy"):
                yield output, note


def changed(node: Any, **values: Any) -> Any:
    """A node of a notebook with other values; what is not changed is shared with the one it was made from, which stays as it is."""
    copy = type(node)(node)
    copy.update(values)
    return copy
