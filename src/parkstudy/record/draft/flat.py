"""Tables that came into a text as lines of cells with blanks between them: each cell read by itself, named by its row and column.

No row is proposed of them, as no sentence bears one out; the account says of what a figure is.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from parkstudy.record.draft.figures import Printed, printed
from parkstudy.record.draft.lines import Line

_LEAST = 3  # cells of a line of a table
_ENDS, _BEGINS = re.compile(r"[\d.%‰)—–-]"), re.compile(r"[\d.(+—–-]")


class Cell(NamedTuple):
    """A cell: where it begins in its line, and its words."""

    start: int
    words: str


def in_cells(line: Line) -> list[Printed]:
    """The figures of a line that is no paragraph: none goes on over the blanks between two numbers."""
    gaps = [n for n in _gaps(line) if _ENDS.match(line.plain[n - 1]) and _BEGINS.match(line.plain[n])]
    pieces = pairwise([0, *gaps, len(line.plain)])
    return [one._replace(start=one.start + a, end=one.end + a) for a, b in pieces for one in printed(line.plain[a:b])]


def header_of(line: Line, before: list[Cell]) -> list[Cell]:
    """The head of the table that a line is in: itself, where its cells have no number; none in a paragraph."""
    if line.locator:
        return []
    cells = _cells(line)
    head = len(cells) >= _LEAST and not any(re.match(r"[\d.+—–-]+%?$", cell.words) for cell in cells)
    return cells if head else before


def named_by(line: Line, header: Sequence[Cell], figures: Sequence[Printed]) -> dict[int, str]:
    """Where a figure begins to what it is of, for those that are cells under a head of as many cells."""
    cells = _cells(line)
    if len(cells) != len(header) or len(cells) < _LEAST:
        return {}
    heads = {cell.start: head.words for cell, head in zip(cells, header, strict=True)}
    return {
        one.start: f"in a table: {cells[0].words}, {heads[one.start]}"
        for one in figures if heads.get(one.start) and one.start > 0
    }  # fmt: skip


def _cells(line: Line) -> list[Cell]:
    return [Cell(a, line.plain[a:b]) for a, b in pairwise([0, *_gaps(line), len(line.plain)])]


def _gaps(line: Line) -> list[int]:
    """Before which characters blanks stand in the text."""
    return [n for n in range(1, len(line.plain)) if line.starts[n] > line.ends[n - 1]]
