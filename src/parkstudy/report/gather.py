"""What a folder has beside its pages: indexes, glossary, manifest; made from the records of the pages alone.

Nothing is made while what it rests on is the same, and then neither the study nor a drawing library is loaded. A page counts while
it and its record are both there, and it is as its record says: a run may have been killed between the two. Pages that another run is
making are left to that run. Of two builds that end at once the later gather has seen the pages of both.
"""

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from parkstudy import scratch
from parkstudy.errors import listed
from parkstudy.record.codes import LANGUAGES
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.used import PACKAGE
from parkstudy.report.environment import places
from parkstudy.report.task import RECORDS, Shown, hashed, put, recorded
from parkstudy.report.unfinished import MANIFEST, elsewhere, making, manifest, noted, sweep

_GATHERED = "gathered"  # beside the records: what was made last, and from what
_CODE, _DATA = {".py", ".j2", ".css", ".js", ".csv"}, {".csv", ".toml", ".md"}
_PAGE = re.compile(r"\d\d-[a-z-]+(\.[\w-]+)*\.html")
_MANIFEST = ("notebook", "language", "parameters", "parkstudy", "data_sha256", "libraries")
_NAMED = 3  # pages that a warning names


class _Gathered(NamedTuple):
    """What stands in a folder: the digest of all that it was made from, that of package and data alone, the hash of each file, the
    number of pages listed, what is said of those left out.
    """

    digest: str
    rest: str
    files: Mapping[str, str]
    pages: int
    warnings: list[str]


def gather(out: str | Path, data: str | Path | None = None) -> int:
    """Write the indexes, the glossary and the manifest of the pages in the folder `out`; gives the number of pages.

    `data` is the folder of one's own data, of which the indexes speak. A page without a record, as one copied in, and a record
    that cannot be read are not listed and named on stderr; a record whose page is gone counts for nothing. Raises `OSError`.
    """
    folder, rest = Path(out), _digest(_rest(data))
    sweep(folder)
    scratch.sweep_temporary(places())
    done, digest = _standing(folder), _digest(_pages(folder), rest)
    while done is None or done.digest != digest:
        with scratch.locked(folder):  # so that no run begins while it is written which pages are being made
            done = _made(folder, data, _digest(_pages(folder), rest), rest, done)
        digest = _digest(_pages(folder), rest)  # another build may have ended meanwhile
    for warning in done.warnings:
        print(warning, file=sys.stderr)
    return done.pages


def _standing(out: Path) -> _Gathered | None:
    """What was made last, with the files that are still as they were, and without a digest unless all are; None where that is not known."""
    try:
        found = _Gathered(**json.loads((out / RECORDS / _GATHERED).read_text(encoding="utf-8")))
        same = {name: digest for name, digest in found.files.items() if hashed(out / name) == digest}
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return found._replace(files=same, digest=found.digest if len(same) == len(found.files) else "")


def _digest(files: Iterable[tuple[str, Path | None]], more: str = "") -> str:
    """One hash over names and contents; of a file that is None the name alone."""
    hashed = hashlib.sha256(more.encode())
    for name, path in files:
        with suppress(FileNotFoundError):  # a record that a build has just taken away
            hashed.update(f"{name}\0".encode() + (path.read_bytes() if path else b"") + b"\0")
    return hashed.hexdigest()


def _pages(out: Path) -> Iterator[tuple[str, Path | None]]:
    """The records of a folder, which pages it has, those that were written after their records, and what is being made."""
    yield from sorted((path.name, path) for path in (out / RECORDS).glob("*.json"))
    yield from sorted((f"{path.name} {_later(path)}", None) for path in out.glob("[0-9]*.html"))
    yield from ((name, None) for name in elsewhere(out))


def _later(page: Path) -> str:
    """The SHA-256 of a page that was not written before its record, so that it may be another one's; empty for the others."""
    try:
        before = page.stat().st_mtime_ns < (page.parent / RECORDS / f"{page.stem}.json").stat().st_mtime_ns
    except OSError:
        return ""
    return "" if before else hashed(page)


def _rest(data: str | Path | None) -> Iterator[tuple[str, Path]]:
    """All that the files beside the pages rest on but for the pages: the package, and the data."""
    yield from sorted((str(path), path) for path in PACKAGE.rglob("*") if path.suffix in _CODE)
    for folder in (shipped_folder(), Path(data) if data else None):
        if folder and folder.is_dir():
            yield from sorted((path.name, path) for path in folder.iterdir() if path.suffix in _DATA)


def _made(out: Path, data: str | Path | None, digest: str, rest: str, before: _Gathered | None) -> _Gathered:
    """Write everything anew, each file in one move, last what it was made from; but not a glossary that is the same as `before`.

    A folder without pages is left alone.
    """
    records, warnings = _records(out)
    if not records:
        return _Gathered(digest, rest, {}, 0, [*warnings, f"{out}: no page to list"])
    same = before.files if before and before.rest == rest else {}
    with making(out) as parts:
        files = {
            name: same[name] if name in same and name.startswith("glossary") else put(out / name, content(), parts)
            for name, content in _files(records, data, elsewhere(out))
        }
        done = _Gathered(digest, rest, files, len(records), warnings)
        put(out / RECORDS / _GATHERED, json.dumps(done._asdict()), parts)
    return done


def _files(
    records: list[dict[str, Any]], data: str | Path | None, unfinished: list[str]
) -> Iterator[tuple[str, Callable[[], str | bytes]]]:
    """The name of each file, and what makes its content; `unfinished` are the pages that another run is making."""
    from parkstudy.method.study import load
    from parkstudy.record.package import archive as archived
    from parkstudy.report.furniture import ZIP, archive
    from parkstudy.report.glossary import GLOSSARY
    from parkstudy.report.index import glossary, index
    from parkstudy.report.links import INDEX
    from parkstudy.show.view import View

    study = load(data)
    download = archive(study)
    if download == ZIP:
        yield ZIP, lambda: archived(study)
    shown = [record["shown"] for record in records]
    for lang in LANGUAGES:
        view = View(study, lang)
        yield GLOSSARY[lang], partial(glossary, view)
        if any(page["lang"] == lang for page in shown):
            made = partial(index, shown, view, download)
            yield INDEX[lang], partial(lambda made, lang: noted(made(), lang), made, lang) if unfinished else made
    yield MANIFEST, partial(_manifest, records, unfinished)


def _records(out: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """The records of the pages that are there, in the order of their names, and a warning for what cannot be listed."""
    found, warnings, known = [], [], set()
    for path in sorted((out / RECORDS).glob("*.json"), key=lambda path: path.stem):
        page = out / f"{path.stem}.html"
        if not page.is_file():
            continue
        known.add(page.name)
        if (record := _read(path)) and (later := _later(page)) and later != record["sha256"]:
            warnings.append(f"{page}: not as its record says, and not listed; build it again")
        elif record:
            found.append(record)
        else:
            warnings.append(
                f"{path}: not the record of a page as this version writes it; {page.name} is not listed: build it again"
            )
    if others := sorted(p.name for p in out.glob("[0-9]*.html") if p.name not in known and _PAGE.fullmatch(p.name)):
        told = f"not listed, for no record in {RECORDS} says what they are: {listed(others, _NAMED)}; build them here"
        warnings.append(f"{out}: {told}")
    return found, warnings


def _read(path: Path) -> dict[str, Any] | None:
    """What is needed of the record in a file, a small part of it; None where it is none, or not of that page."""
    record = recorded(path) or {}
    try:
        page, shown, hashed = record["page"], record["shown"], record["files"][f"{path.stem}.html"]
        own = page["file"] == shown["file"] == f"{path.stem}.html" and shown["lang"] in LANGUAGES
        texts = [hashed, *(shown[name] for name in Shown.__annotations__)]
        whole = own and page.keys() >= {*_MANIFEST} and all(isinstance(text, str) for text in texts)
        return {"page": page, "shown": shown, "sha256": hashed} if whole else None
    except (KeyError, TypeError, AttributeError):
        return None


def _manifest(records: list[dict[str, Any]], unfinished: list[str]) -> str:
    """For every page in the folder its parameters, versions, data and hash; no clock and no path of a machine."""
    entries = list[dict[str, object]]()
    for record in records:
        page = record["page"]
        if page["file"] in unfinished:
            continue
        own = {name: page[name] for name in _MANIFEST}
        entries.append({"file": page["file"], "sha256": record["sha256"], **own})
    return manifest(entries, unfinished)
