"""What a build hands from process to process: a page to be made, and what came of it. Both travel as JSON."""

import hashlib
import json
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

RECORDS, FAILED, NOTEBOOKS = ".built", "failed", "notebooks"  # folders beside the pages


def parts_of(out: Path, machine: str = "", process: str = "") -> Path:
    """The folder beside the pages for files of a process that are not whole yet; this one's, if none is named."""
    return out / f".parts-{machine or socket.gethostname()}-{process or os.getpid()}"


class Task(NamedTuple):
    """A page to be made: its name without ending, the path of its notebook, its language, the parameters that differ from the
    notebook's defaults, the folder of the pages, the folder for files that are not whole yet, Jupyter's data folder (where
    signatures are kept), seconds for a cell, and the `park`, or the `parks` and the `year`, it is about.
    """

    stem: str
    notebook: str
    lang: str
    parameters: Mapping[str, str]
    out: str
    parts: str
    jupyter: str
    timeout: int
    about: Mapping[str, str]

    @property
    def record(self) -> Path:
        """The file that says what the page is, what it rests on and which files it has; written last of all."""
        return Path(self.out) / RECORDS / f"{self.stem}.json"

    @property
    def failed(self) -> tuple[Path, Path]:
        """The error page and the notebook as far as it came, where the page could not be made."""
        folder = Path(self.out) / FAILED
        return folder / f"{self.stem}.html", folder / f"{self.stem}.ipynb"


class Due(NamedTuple):
    """A page that a call asks for, and why it has to be made; an empty list where it is up to date."""

    task: Task
    reasons: list[str]


class Outcome(NamedTuple):
    """What came of a task: `error` is empty where the page was made, `note` is said once for all pages that have it."""

    stem: str
    error: str = ""
    seconds: float = 0.0
    note: str = ""


class Shown(TypedDict):
    """All that an index needs of a page, as its record keeps it.

    `park` to `order` are empty where the page is not of one park; `order` sorts parks by province, prefecture and name, in
    both languages alike. `changed` says what makes it a variant of another page; only a page that is neither a variant nor a
    profile has a `thumbnail`.
    """

    file: str
    name: str
    lang: str
    title: str
    question: str
    answer: str
    park: str
    park_name: str
    short_name: str
    province: str
    prefecture: str
    order: str
    changed: str
    thumbnail: str


def put(path: Path, content: str | bytes, parts: str | Path = "") -> str:
    """Write a file in one move; gives its SHA-256. What is not whole lies in the folder `parts`, else beside the file."""
    data = content.encode() if isinstance(content, str) else content
    part = Path(parts or path.parent) / f".{path.name}.part"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return hashlib.sha256(data).hexdigest()


def hashed(path: Path) -> str:
    """The SHA-256 of a file; empty where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def recorded(path: Path) -> dict[str, Any] | None:
    """The record in a file; None where there is none that can be read, as after a stop, by another version or by hand."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and {"page", "shown", "files", "inputs"} <= found.keys() else None
