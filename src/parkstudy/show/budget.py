"""What a page holds: its bytes are shared out here and nowhere else.

A page is one file of 1.5 MB at most, passed on by itself; what is not shared out is for font, style, scripts and prose. What does not
fit is left out in an order that no value decides, counted, and named with the command that gives all of it.
"""

from dataclasses import dataclass

import polars as pl

from parkstudy.record.as_csv import csv_text
from parkstudy.show.select.shared import FEW

EXHIBITS = 920_000  # bytes of its figures and tables, with the rows behind them as files
RECORDS = 280_000  # of the records that its numbers open
SLACK = 2.0  # shares that the states of one figure may take, as others take less than theirs
AROUND = 8_000  # of the words around a table, its sources among them
SPREAD = 90_000  # of a figure of many parks, which draws how they spread and no line a park: so much is kept for each
MOST_STATES = 6  # of an exhibit
STATES = 135_000  # that its states may take, as not every figure has several
FILE = 0.33  # of the room of a table, for its rows as a file
SOME = 50  # rows that tell the size of all
CITED = 40  # texts and pages that a line of sources names


@dataclass(frozen=True)
class Shares:
    """How many figures and tables share a page of a `size`: of so many parks, each year of one counted."""

    figures: int = 0
    tables: int = 1

    def figure(self, size: int) -> float:
        """Bytes for all states of a figure."""
        if size > FEW:
            return STATES
        return SLACK * EXHIBITS / (self.figures + self.tables) - AROUND

    def table(self, size: int) -> float:
        """Bytes for all states of a table: with many parks the figures are small, and the tables have what they leave."""
        if size <= FEW:
            return EXHIBITS / (self.figures + self.tables) - AROUND
        tables = self.tables + 1  # one more: its texts, which each page lists
        return (EXHIBITS - self.figures * SPREAD) / tables - AROUND


ALONE = Shares()


def fitting(rows: pl.DataFrame, room: float) -> tuple[str, int]:
    """The first rows that fit into a file of so many bytes in an address, as the size of some of them tells: as CSV, and how many."""
    each = a_row(rows)
    held = rows if rows.height * each <= room else rows.head(max(1, int(room / each)))
    return csv_text(held), held.height


def a_row(rows: pl.DataFrame) -> float:
    """The bytes that a row takes in such a file, as the size of some of them tells."""
    some = rows.gather_every(max(1, rows.height // SOME))
    return len(csv_text(some).encode()) / max(1, some.height) * 4 / 3  # what base 64 takes
