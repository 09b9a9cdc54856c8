"""What is being made in a folder of pages: held in a folder beside them, and said by its manifest and its indexes until it is done.

A run names the pages that it makes before it touches the first. From then on the manifest leaves them out and lists their names as
`unfinished`, and each index says that it may differ from the pages; so a run that is killed leaves nothing that is not so. Whoever
gathers next knows by the folder's lock whether that run still lives.
"""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time

from markupsafe import escape

from parkstudy import scratch
from parkstudy.record.codes import LANGUAGES, label
from parkstudy.report.links import INDEX
from parkstudy.report.task import RECORDS, parts_of, put

MANIFEST = "manifest.json"
_DUE = "due.json"  # in the folder of a run: the files of the pages that it makes
_MAIN = '<main id="content">'
_OLD = 60  # seconds after which the part of a record is none that is just being written


@contextmanager
def making(out: Path, files: Collection[str] = ()) -> Iterator[Path]:
    """The folder for files of this process that are not whole yet, gone at the end; `files` are the pages that it makes.

    Raises `OSError` where the folder cannot be made.
    """
    parts = parts_of(out)
    out.mkdir(parents=True, exist_ok=True)  # a folder to lock
    sweep(out)
    try:
        with scratch.locked(out):  # so that nobody sweeps what is not held yet
            parts.mkdir(exist_ok=True)
            scratch.hold(parts)
            (parts / _DUE).write_text(json.dumps(sorted(files)), encoding="utf-8")
            _withdraw(out, set(files), parts)
        yield parts
    finally:
        scratch.remove(parts)


def sweep(out: Path) -> None:
    """Take away what runs left that were killed."""
    with scratch.locked(out):
        scratch.sweep(folder for folder in out.glob(parts_of(out, "*", "*").name) if folder != parts_of(out))
    for part in (out / RECORDS).glob(".*.part"):
        with suppress(OSError):
            if time() - part.stat().st_mtime > _OLD:
                part.unlink()


def elsewhere(out: Path) -> list[str]:
    """The pages that other runs are making in the folder at this moment."""
    found = set[str]()
    for folder in out.glob(parts_of(out, "*", "*").name):
        if folder != parts_of(out) and scratch.held(folder):
            with suppress(OSError, ValueError):
                found.update(json.loads((folder / _DUE).read_text(encoding="utf-8")))
    return sorted(found)


def noted(index: str, lang: str) -> str:
    """An index that says that pages are being made."""
    note = f'{_MAIN}\n<p class="unfinished" role="note">{escape(label("page", "unfinished", lang))}</p>'
    return index if note in index else index.replace(_MAIN, note, 1)


def _withdraw(out: Path, files: set[str], parts: Path) -> None:
    """Take pages out of the manifest, and let the indexes say so, where there are any."""
    if not files:
        return
    with suppress(FileNotFoundError, ValueError, KeyError, TypeError):  # none, or one that nobody can read
        found = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        left = [page for page in found["pages"] if page["file"] not in files]
        put(out / MANIFEST, manifest(left, {*found.get("unfinished", ()), *files}), parts)
    for lang in LANGUAGES:
        with suppress(FileNotFoundError, UnicodeDecodeError):
            put(out / INDEX[lang], noted((out / INDEX[lang]).read_text(encoding="utf-8"), lang), parts)


def manifest(pages: list[dict[str, object]], unfinished: Collection[str] = ()) -> str:
    """The text of a manifest."""
    whole = {"pages": pages, **({"unfinished": sorted(unfinished)} if unfinished else {})}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
