"""The texts behind the record: found in a folder, cleaned, and cut into paragraphs with locators.

Nothing here changes a text's script or repairs it.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from parkstudy.record.flat import tables
from parkstudy.record.signs import squash
from parkstudy.record.tables import Tables

_NUMERAL = "[一二三四五六七八九十]+"
_HEADING = re.compile(rf"^(?:({_NUMERAL})、|(\({_NUMERAL}\))|(\d{{1,2}})(?:、|\.(?!\d)))")  # a group a level
SENTENCE_END = re.compile(r"[。!?;]")
_TITLE_MOST = 30  # a heading of up to so many characters, its one sentence end at its close, is a title
_CLAUSES = re.compile("[,:]")
_FIGURE = re.compile(  # with a unit, as no title of a section has one
    r"\d[\d.,]*[余餘多]?[十百千万萬亿億]*[余餘多]?(?:元|美元|亩|畝|[个個家户戶人项項]|%|平方|公[顷頃]|㎡|m2|km2)"
)


@dataclass(frozen=True)
class Text:
    """The text of a source: its words, the name and SHA-256 of its file, and how it was found: `sha256`, `name` or `figures`."""

    words: str
    file: str
    sha256: str
    how: str


@lru_cache(maxsize=4)
def paragraphs(text: str) -> Mapping[str, str]:
    """Locator to paragraph, kept for the last texts: a review holds every correction against the same one.

    Lines without a sentence end (titles, dates, menus, headings alone) are no paragraphs, but for one of several clauses with a figure,
    and the row of a table, which is read as a sentence of its heads and cells.
    """
    rows, lines = tables(text), enumerate(zip(text.splitlines(), located(text), strict=True))
    found = {place: rows[number].words if number in rows else squash(line) for number, (line, place) in lines if place}
    return MappingProxyType(found)


def located(text: str) -> list[str | None]:
    """The locator of each line of a text; None for one that is no paragraph."""
    found: list[str | None] = []
    marks = ["", "", ""]
    count, rows = 0, tables(text)
    for number, line in enumerate(map(squash, text.splitlines())):
        if number in rows:
            found.append(rows[number].place)
            continue
        heading = _HEADING.match(line)
        if heading and (level := heading.lastindex):
            marks[level - 1 :] = [heading[level], *[""] * (3 - level)]
            count = 0
        ends = [match.end() for match in SENTENCE_END.finditer(line)]
        figure = _FIGURE.search(line, heading.end() if heading else 0)
        title = heading and len(line) <= _TITLE_MOST and not figure
        paragraph = any(end < len(line) for end in ends) if title else bool(ends or (figure and _CLAUSES.search(line)))
        count += paragraph
        found.append("/".join([*filter(None, marks), f"p{count}"]) if paragraph else None)
    return found


def find_texts(study: Tables, folder: str | Path) -> dict[str, Text]:
    """Source to text, for the sources whose text is in `folder`: by its hash, by its name `<source_id>.txt`, else by its figures.

    A file that has the name of a source is guessed to be the text of no other one.

    Raises `FileNotFoundError` if the folder does not exist.
    """
    top = Path(folder)
    if not top.is_dir():
        raise FileNotFoundError(f"no folder {str(top)!r}; --sources takes the folder that holds the texts")
    files = {path: path.read_bytes() for path in sorted(top.glob("*.txt"))}
    texts = {path: raw.decode("utf-8-sig", errors="replace") for path, raw in files.items()}
    hashes = {path: hashlib.sha256(raw).hexdigest() for path, raw in files.items()}
    by_hash = {sha256: path for path, sha256 in hashes.items()}
    by_name = {path.stem: path for path in files}
    rows = study.sources.select("source_id", "sha256").iter_rows()
    found = {}
    for source, sha256 in rows:
        path = by_hash.get(sha256) or by_name.get(source)
        found[source] = path, "sha256" if sha256 in by_hash else "name"
    for source in [source for source, (path, _) in found.items() if path is None]:
        taken = {path for path, _ in found.values()} | {by_name[one] for one in found if one in by_name}
        rest = {path: text for path, text in texts.items() if path not in taken}
        found[source] = _likeliest(study, source, rest), "figures"
    return {source: Text(texts[path], path.name, hashes[path], how) for source, (path, how) in found.items() if path}


def _likeliest(study: Tables, source_id: str, texts: Mapping[Path, str]) -> Path | None:
    """The text that holds most of the source's figures, if it holds more than half: a text edited since it was read."""
    figures = [squash(f) for f in study.observations.filter(source_id=source_id)["reported_figure"]]
    shares = {path: sum(f in squash(text) for f in figures) / max(len(figures), 1) for path, text in texts.items()}
    best = max(shares, key=lambda path: shares[path], default=None)
    return best if best is not None and shares[best] > 0.5 else None
