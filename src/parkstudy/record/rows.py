"""Rows: a table as dictionaries, chosen and grouped by what stands in their columns."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

Row = dict[str, Any]


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
