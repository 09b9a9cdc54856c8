"""A text in lines, each character with its place in the file: as the proof compares it, and the same in simplified script."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from parkstudy.record.cells import complaints
from parkstudy.record.flat import Read, tables
from parkstudy.record.signs import ALIKE, ROMANISATION, pieces, squash
from parkstudy.record.texts import located

_WIDE = {0xFEE0 + sign: sign for sign in range(0x21, 0x7F)}  # full-width digits and signs
_BLANKS = re.compile(r"[^\S\r\n]+")


class Line(NamedTuple):
    """A line, or those of a broken paragraph: its words as the proof compares them, the same in simplified script, and where each
    character begins and ends in the text.

    `locator` is None for a line that is no paragraph; `plain` has as many characters as `words`. The row of a table is read as
    `record.flat` does it: words of a head stand where the cell begins, a unit in the place of its last digit; `alone` says where a figure
    begins that its heads do not name whole, and of what it is; None for what is no table. `raw` is what stands in the file, `head` what
    stands over the names of the rows of a table.
    """

    words: str
    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    locator: str | None
    raw: str
    place: int  # of `raw` in the text
    alone: Mapping[int, str] | None = None
    head: str = ""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the line stands in the text."""
        return self.starts[start], self.ends[end - 1]

    def printed(self, start: int, end: int) -> str:
        """A figure of the line as a reader copies it: `38 km²`, where the proof compares `38km2`."""
        found, last = "", self.starts[start]
        for first, stop in zip(self.starts[start:end], self.ends[start:end], strict=True):
            between = self.raw[last - self.place : first - self.place]
            found += " " * bool(_BLANKS.fullmatch(between))
            found, last = found + self.raw[max(first, last) - self.place : stop - self.place], stop
        found = found.translate(_WIDE)
        return found if squash(found) == self.words[start:end] and not any(complaints(found)) else self.words[start:end]


@lru_cache(maxsize=2)
def lines(text: str) -> Sequence[Line]:
    """The lines of a text that hold anything, kept for the last texts; offsets are characters of `text`."""
    raw = text.splitlines(keepends=True)
    found, place, rows = [], 0, tables(text)
    for whole, locator in located(text):
        line, row = "".join(raw[whole.start : whole.stop]), rows.get(whole.start)
        words, starts, ends = _of_table(line, row) if row else _squashed(line)
        if words:
            shifted = tuple(place + start for start in starts), tuple(place + end for end in ends)
            alone, head = (row.alone, "".join(map(simple, row.head))) if row else (None, "")
            found.append(Line(words, "".join(map(simple, words)), *shifted, locator, line, place, alone, head))
        place += len(line)
    return tuple(found)


def _squashed(line: str) -> tuple[str, list[int], list[int]]:
    """`squash(line)`, with the first and the last place in the line from which each of its characters comes."""
    signs = [(sign, place) for place, piece in enumerate(pieces(line)) for sign in piece]
    narrow = "".join(sign for sign, _ in signs)
    dropped = {place for match in ROMANISATION.finditer(narrow) for place in range(*match.span())}
    kept = [(sign, place) for number, (sign, place) in enumerate(signs) if number not in dropped]
    kept = [(sign, place) for sign, place in kept if not sign.isspace() and sign != "\ufeff"]
    words, wanted = "".join(sign for sign, _ in kept), squash(line)
    if words != wanted:  # signs that only together make another one: the places of the line as a whole stand for them
        return wanted, [0] * len(wanted), [len(line)] * len(wanted)
    return words, [place for _, place in kept], [place + 1 for _, place in kept]


def _of_table(line: str, row: Read) -> tuple[str, list[int], list[int]]:
    """The words of the row of a table, each with its place in the line."""
    starts: list[int] = []
    ends: list[int] = []
    for piece in row.pieces:
        count = len(piece.words)
        _, first, last = _squashed(line[piece.start : piece.end]) if piece.own else ("", [0] * count, [0] * count)
        starts += [piece.start + place for place in first[:count]]
        ends += [piece.start + place for place in last[:count]] if piece.own else [piece.end] * count
    return row.words, starts, ends


@cache
def simple(sign: str) -> str:
    """A character in simplified script; itself where another one would take another number of places."""
    if sign < "\u3400":
        return sign.translate(ALIKE)
    found = str(_converter().convert(sign))
    return found if len(found) == 1 else sign


@cache
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")


CLAUSE_END = re.compile(r"[,。!?;:】]")
SENTENCE_END = re.compile(r"[。!?;】]")  # 【招商引资】全年签约项目12个: a heading within a line


def begin(end: re.Pattern[str], text: str, place: int) -> int:
    """Where the clause or sentence begins that holds a place."""
    return max((match.end() for match in end.finditer(text, 0, place)), default=0)


def close(end: re.Pattern[str], text: str, place: int) -> int:
    """Where it ends."""
    found = end.search(text, place)
    return found.start() if found else len(text)
