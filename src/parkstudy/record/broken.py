"""Lines of a text that were broken at a width, as text copied from a PDF has them: which of them are one paragraph.

A text is taken for a broken one where several lines of prose end in no closing mark, all about as wide as one another, many with the end of
a sentence within them, and hardly any others are wider: the paragraphs of a page stand on a line each, of any length. In it a line that
wide goes on in the next one, but before a heading, an item, cells, an indented line or a blank one; lines of which none ends a sentence are
a list, and left as they are. One that ends a sentence goes on only where an indent marks the paragraphs, or behind a `;`.
"""

import re
from collections.abc import Container, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple
from unicodedata import east_asian_width

from parkstudy.record.flat import SEVERAL
from parkstudy.record.signs import squash

_CLOSED = re.compile(r"[。!?;:][\"'”’)】]*$")
_ENDS = re.compile("[。!?;].")  # the end of a sentence within a line
_PROSE = re.compile("[。!?;:,]")
_ITEM = re.compile(
    r"\(?[一二三四五六七八九十\d]{1,3}[)、]|\d{1,2}\.(?!\d)|[①-⑳●■◆★▲○□·•*【#]|[>—-](?![\d-])|第[一二三四五六七八九十\d]+[章节条页]"
)
_TOLD = re.compile(r"[。!?;:].|,.*\d|\d.*,")  # behind a heading or in an item
_LEAST, _LOWEST, _HIGHEST = 40, 0.75, 1.25  # columns of a broken line; its width as a part of that of the middle one
_FEWEST = 3  # broken lines of a text
_TELLING, _WIDER = (
    0.2,
    0.1,
)  # the part of them that has the end of a sentence; the part of the lines of prose that may be wider


class _Row(NamedTuple):
    """A line: its words as they are compared, its width in columns (two for a Chinese character), its indent, whether it has cells."""

    words: str
    width: int
    indent: int
    cells: bool


def wholes(lines: Sequence[str], rows: Container[int]) -> list[range]:
    """The numbers of the lines of a text, those of a broken paragraph together; `rows` are lines of tables."""
    read = [_row(line, cells=number in rows) for number, line in enumerate(lines)]
    broken = [row for row in read if row.width >= _LEAST and _is_open(row)]
    middle = median([row.width for row in broken]) if broken else 0
    alike = sum(middle * _LOWEST <= row.width <= middle * _HIGHEST for row in broken)
    prose = [row.width for row in read if _PROSE.search(row.words)]
    wider = sum(width > middle * _HIGHEST for width in prose)
    told = sum(bool(_ENDS.search(row.words)) for row in broken)
    if alike < max(_FEWEST, len(broken) / 2) or told < len(broken) * _TELLING or wider > len(prose) * _WIDER:
        return [range(number, number + 1) for number in range(len(lines))]
    text = _Text.of(read, middle * _LOWEST)
    found: list[range] = []
    while (start := found[-1].stop if found else 0) < len(lines):
        found.append(range(start, text.stop(start)))
    return found


class _Text(NamedTuple):
    """The lines of a broken text, the least width of one that goes on, the indent of those it goes on in, whether paragraphs have more."""

    rows: Sequence[_Row]
    width: float
    indent: int
    marked: bool

    @classmethod
    def of(cls, rows: Sequence[_Row], width: float) -> "_Text":
        """The lines of a text with what holds for all of them."""
        behind = [other for one, other in pairwise(rows) if _is_open(one) and one.width >= width and other.words]
        indent = min((row.indent for row in behind), default=0)
        marked = sum(row.indent > indent and bool(_PROSE.search(row.words)) for row in rows) >= _FEWEST
        return cls(rows, width, indent, marked)

    def stop(self, start: int) -> int:
        """Where the paragraph ends that begins in a line."""
        last, first = start, self.rows[start]
        if self.marked or (_PROSE.search(first.words) and (_TOLD.search(first.words) or not _ITEM.match(first.words))):
            while last + 1 < len(self.rows) and self._goes_on(self.rows[last], self.rows[last + 1]):
                last += 1
        told = any(_ENDS.search(row.words) for row in self.rows[start:last]) or _CLOSED.search(self.rows[last].words)
        return last + 1 if told else start + 1

    def _goes_on(self, one: _Row, other: _Row) -> bool:
        new = not other.words or other.cells or other.indent > self.indent or _ITEM.match(other.words)
        if new or one.cells or one.width < self.width:
            return False
        return _is_open(one) or ((self.marked or one.words[-1] == ";") and bool(_PROSE.search(other.words)))


def _row(line: str, *, cells: bool) -> _Row:
    bare = line.rstrip()
    width = sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in bare)
    words = squash(line)
    return _Row(words, width, len(bare) - len(bare.lstrip()), cells or bool(SEVERAL.search(bare.strip())))


def _is_open(row: _Row) -> bool:
    return bool(row.words) and not row.cells and not _CLOSED.search(row.words)
