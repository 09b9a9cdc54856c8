"""Rows: a table as dictionaries, chosen and grouped by what stands in their columns."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

import polars as pl

Row = dict[str, Any]


def as_rows(frame: pl.DataFrame) -> list[Row]:
    """The rows of a table; lists of texts are tuples, which nobody changes and the garbage collector need not look through."""
    return [dict(zip(frame.columns, cells, strict=True)) for cells in zip(*map(_cells, frame), strict=True)]


def _cells(column: pl.Series) -> list[Any]:
    if column.dtype != pl.List:
        return column.to_list()
    joined = column.list.join("\n")  # a list a row is slow to hand over: each would become a series first
    return [tuple(texts.split("\n")) if texts else () for texts in joined.to_list()]


def fitting(rows: Iterable[Row], **wanted: Any) -> list[Row]:
    """The rows whose columns have the wanted values."""
    if not wanted:
        return list(rows)
    read = itemgetter(*wanted)
    values = read(wanted)
    return [row for row in rows if read(row) == values]


def grouped(rows: Iterable[Row], *columns: str) -> dict[tuple[Any, ...], list[Row]]:
    """The rows by what they have in some columns, in the order of the first of each group."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple([row[column] for column in columns]), []).append(row)
    return found
