"""The texts of the sources of a study, found in a folder: by their hash, by their name, else by their figures."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from parkstudy.record.signs import squash
from parkstudy.record.tables import Tables


@dataclass(frozen=True)
class SourceText:
    """The text of a source: its words, the name and SHA-256 of its file, and how it was found: `sha256`, `name` or `figures`."""

    words: str
    file: str
    sha256: str
    how: str


def find_texts(study: Tables, folder: str | Path) -> dict[str, SourceText]:
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
    return {
        source: SourceText(texts[path], path.name, hashes[path], how) for source, (path, how) in found.items() if path
    }


def _likeliest(study: Tables, source_id: str, texts: Mapping[Path, str]) -> Path | None:
    """The text that holds most of the source's figures, if it holds more than half: a text edited since it was read."""
    figures = [squash(f) for f in study.observations.filter(source_id=source_id)["reported_figure"]]
    shares = {path: sum(f in squash(text) for f in figures) / max(len(figures), 1) for path, text in texts.items()}
    best = max(shares, key=lambda path: shares[path], default=None)
    return best if best is not None and shares[best] > 0.5 else None
