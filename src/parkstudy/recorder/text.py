"""A text as it is reviewed: cut into pieces that can be shown one by one, and where in it the figure of a row stands."""

import hashlib
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from parkstudy.errors import ParkstudyError
from parkstudy.record.begin import another_text
from parkstudy.record.draft.lines import Line, lines
from parkstudy.record.reading import not_utf8
from parkstudy.record.signs import squash

LONGEST = 1200  # characters of a piece; a longer line is cut at the ends of its sentences
_SENTENCE = re.compile(r"[。!?;！？；]")

Span = tuple[int, int]


class NoTextError(ParkstudyError):
    """A source whose text is not in the folder of texts, or is none."""

    status = 1


class Piece(NamedTuple):
    """A line of a text or a part of a long one, by its places in the file; `locator` is None where the line is no paragraph."""

    start: int
    end: int
    locator: str | None


class Script:
    """The text of a source: its characters after decoding, as the offsets of a draft count them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = lines(text)
        self.pieces = [piece for line in self.lines for piece in _pieces(text, line)]

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    @cached_property
    def _by_locator(self) -> Mapping[str, list[Line]]:
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.locator:
                found[line.locator].append(line)
        return found

    def piece_of(self, place: int) -> int:
        """The number of the piece that holds a place."""
        return max(bisect_right(self._starts, place) - 1, 0)

    def line_of(self, span: Span) -> tuple[Line, int, int] | None:
        """The line that holds a span, and the part of its words; None where the span holds nothing or more than a line."""
        for line in self.lines:
            if line.starts[0] <= span[0] and span[1] <= line.ends[-1]:
                inside = [
                    n
                    for n, (a, b) in enumerate(zip(line.starts, line.ends, strict=True))
                    if a < span[1] and span[0] < b
                ]
                return (line, inside[0], inside[-1] + 1) if inside else None
        return None

    def where(self, rows: Iterable[Mapping[str, Any]]) -> dict[str, Span]:
        """The places of the figures of rows by what they say: the paragraph and the figure; of equal ones the first, second ..."""
        taken: dict[tuple[str, str], int] = defaultdict(int)
        found: dict[str, Span] = {}
        for row in rows:
            figure = squash(row["reported_figure"] or "")
            for line in self._by_locator.get(row["locator"] or "", ()):
                at = line.words.find(figure, taken[row["locator"], figure]) if figure else -1
                at = line.words.find(figure) if at < 0 < taken[row["locator"], figure] else at
                if at >= 0:
                    taken[row["locator"], figure] = at + 1
                    found[row["observation_id"]] = line.span(at, at + len(figure))
                    break
        return found

    def find(self, words: str, after: int = -1) -> Span | None:
        """Where words stand next behind a place, beginning anew at the end of the text; None where they stand nowhere."""
        at = self.text.find(words, after + 1) if words else -1
        at = self.text.find(words) if at < 0 and words else at
        return (at, at + len(words)) if at >= 0 else None


def _pieces(text: str, line: Line) -> Iterable[Piece]:
    start, stop = line.starts[0], line.ends[-1]
    while stop - start > LONGEST:
        ends = [match.end() for match in _SENTENCE.finditer(text, start, start + LONGEST)]
        cut = ends[-1] if ends else start + LONGEST
        yield Piece(start, cut, line.locator)
        start = cut
    if text[start:stop].strip():
        yield Piece(start, stop, line.locator)


def text_of(source: Mapping[str, Any], folder: str | Path) -> tuple[Path, str, str]:
    """The file, the words and the SHA-256 of a source's text in a folder, found by the SHA-256 of `sources.csv`, else by its name.

    Raises `NoTextError`, in words, also for a file that is no text in UTF-8.
    """
    top, name = Path(folder), f"{source['source_id']}.txt"
    if not top.is_dir():
        raise NoTextError(f"no folder {str(top)!r}; --sources takes the folder that holds the texts")
    paths = sorted(top.glob("*.txt"), key=lambda path: path.name != name)
    hashes = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths[:1]}
    if source["sha256"] and source["sha256"] not in hashes.values():
        hashes |= {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths[1:]}
    named = [path for path in paths[:1] if path.name == name]
    found = [path for path, sha256 in hashes.items() if sha256 == source["sha256"]] or named
    if not found:
        raise NoTextError(
            f"no text of {source['source_id']!r} in {top}; put it there as {name}, as it was when it was drafted"
        )
    raw = found[0].read_bytes()
    if wrong := not_utf8(raw):
        raise NoTextError(f"{found[0]}:{wrong[0]}: {wrong[1]}; save the text as UTF-8 and draft it again")
    if not raw.strip():
        raise NoTextError(f"{found[0]}: the text is empty")
    return found[0], raw.decode("utf-8-sig"), hashes[found[0]]


def edited(sources: Iterable[Mapping[str, Any]], folder: str | Path) -> Iterator[str]:
    """What is said of each source whose text in the folder has other bytes than those that were entered."""
    for source in sources:
        with suppress(NoTextError):
            path, _, sha256 = text_of(source, folder)
            if source["sha256"] not in ("", sha256):
                yield another_text(source["source_id"], path.name, sha256)
