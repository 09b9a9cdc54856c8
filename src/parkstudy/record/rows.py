"""Rows: a table as dictionaries, chosen and grouped by what stands in their columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, TypeVar

import polars as pl

T = TypeVar("T")
K = TypeVar("K")
Row = dict[str, Any]
FEW = 2000  # cells for which it is not worth while to set polars going


def as_rows(frame: pl.DataFrame) -> list[Row]:
    """The rows of a table; lists of texts are tuples, which nobody changes and the garbage collector need not look through."""
    if frame.is_empty():  # as what a rule finds mostly is
        return []
    names = frame.columns
    return [dict(zip(names, cells, strict=True)) for cells in zip(*map(_cells, frame), strict=True)]


class Keyed(Mapping[str, Row]):
    """The rows of a table by what stands in one column, each read when it is asked for: of thousands, a page asks for few."""

    def __init__(self, frame: pl.DataFrame, column: str) -> None:
        self._frame = frame
        self._places = {value: place for place, value in enumerate(frame[column].to_list())}

    def __getitem__(self, value: str) -> Row:
        return self._frame.row(self._places[value], named=True)

    def __contains__(self, value: object) -> bool:
        return value in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Made(dict[str, Mapping[str, Row]]):
    """Kind to its rows by key, each made when it is first asked for: not every exhibit needs measures."""

    def __init__(self, **made: Callable[[], Mapping[str, Any]]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, kind: str) -> Mapping[str, Any]:
        self[kind] = found = self._made[kind]()
        return found


def pairs(frame: pl.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """What stands in some columns, row by row."""
    return zip(*(frame[column].to_list() for column in columns), strict=True)


def distinct(column: pl.Series) -> set[Any]:
    """What stands in a column, without empty cells."""
    cells = column if column.len() < FEW else column.unique()
    return {cell for cell in cells.to_list() if cell is not None}


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
    if len(columns) < 2:
        for row in rows:
            found.setdefault(tuple([row[column] for column in columns]), []).append(row)
        return found
    read = itemgetter(*columns)
    for row in rows:
        found.setdefault(read(row), []).append(row)
    return found


def gathered(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """The items by what a function says of each, in the order of the first of each group."""
    found: dict[K, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def positions(values: Iterable[Any]) -> dict[Any, list[int]]:
    """Where each value stands in a column."""
    found: dict[Any, list[int]] = {}
    for place, value in enumerate(values):
        found.setdefault(value, []).append(place)
    return found


def taken(frame: pl.DataFrame, places: dict[Any, list[int]], wanted: Iterable[Any]) -> pl.DataFrame:
    """The rows at the places of the wanted values, in the order of the frame."""
    rows = sorted(place for value in wanted for place in places.get(value, ()))
    return frame[rows] if rows else frame.clear()
