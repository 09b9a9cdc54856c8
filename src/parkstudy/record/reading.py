"""Reading a table of the dataset: every cell as text, every fault of the file with its place.

Nothing is repaired and nothing is dropped here: `read` returns the cells as they stand, with the line each row begins
on, and one `Fault` for each thing that is wrong with the file or with a cell. Rows are parsed by the standard `csv`
module, which knows line numbers; the declarations of `schema` are applied to the cells.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from parkstudy.record.schema import LINE, TABLES, UNIQUE_KEYS, Table
from parkstudy.record.schema import columns as declared


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: where it stands, what it is, what to do. `line` 0 means the file as a whole."""

    file: str
    line: int
    column: str
    message: str
    advice: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line or "", self.column) if part != "")
        return f"{place}: {self.message}; {self.advice}"


@dataclass(frozen=True)
class Cells:
    """A table as it was read: one text column a declared column, and `_line`, the line each row begins on."""

    name: str
    file: str
    frame: pl.DataFrame
    faults: list[Fault] = field(default_factory=list)

    @property
    def unread(self) -> bool:
        """True where a fault keeps rows out of `frame`, so that what is not found there need not be unknown."""
        lines = set(self.frame[LINE])
        return any(fault.line not in lines for fault in self.faults)

    def add(self, line: int, column: str, message: str, advice: str) -> None:
        """Keep a fault of this file."""
        self.faults.append(self.fault(line, column, message, advice))

    def fault(self, line: int, column: str, message: str, advice: str) -> Fault:
        """A `Fault` placed in this file."""
        return Fault(self.file, line, column, message, advice)


def read(name: str, path: Path) -> Cells:
    """The cells of table `name` in the file `path`, with every fault that can be seen without the other tables."""
    columns = list(declared(name))
    cells = Cells(name, path.name, pl.DataFrame(schema={LINE: pl.Int64, **dict.fromkeys(columns, pl.String)}))
    text = _decode(cells, path.read_bytes())
    rows = [] if text is None else list(_rows(cells, text))
    if not rows and not cells.faults:
        cells.add(0, "", "the file is empty", f"give it the header {', '.join(columns)}")
    if not rows or not _header(cells, rows[0][1], columns):
        return cells
    header = rows[0][1]
    records = []
    for line, row in rows[1:]:
        if len(row) != len(header):
            advice = "put text that holds a comma in double quotes, and give every column a cell"
            cells.add(line, "", f"{len(row)} cells where the header has {len(header)}", advice)
            continue
        given = {key: value.strip() or None for key, value in zip(header, row, strict=True)}
        records.append((line, *(given[column] for column in columns)))
    frame = pl.DataFrame(records, cells.frame.schema, orient="row")
    return replace(cells, frame=frame, faults=[*cells.faults, *_cell_faults(cells, frame)])


def _decode(cells: Cells, raw: bytes) -> str | None:
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        guess = " (it reads as GBK)" if _is_gbk(raw) else ""
        message = f"not UTF-8: byte 0x{raw[error.start]:02x}{guess}"
        cells.add(line, "", message, "save the file as UTF-8; none of its rows was read")
        return None


def _is_gbk(raw: bytes) -> bool:
    try:
        return bool(raw.decode("gbk"))
    except UnicodeDecodeError:
        return False


def _rows(cells: Cells, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        cells.add(line, "", f"not a CSV row: {error}", "close every double quote; the rows after it were not read")


def _header(cells: Cells, header: list[str], columns: list[str]) -> bool:
    faults = []
    for column in columns:
        if column not in header:
            near = difflib.get_close_matches(column, [h for h in header if h not in columns], 1)
            hint = f"rename the column {near[0]!r}" if near else "add the column (its cells may be empty where allowed)"
            faults.append(cells.fault(1, column, "the column is missing", hint))
    for column in header:
        if column not in columns:
            near = difflib.get_close_matches(column, columns, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"take it out; the table has {', '.join(columns)}"
            faults.append(cells.fault(1, column, "unknown column", hint))
        elif header.count(column) > 1:
            faults.append(cells.fault(1, column, "the column stands there twice", "take one of them out"))
    cells.faults.extend(dict.fromkeys(faults))
    return not faults


def _cell_faults(cells: Cells, frame: pl.DataFrame) -> list[Fault]:
    """The faults that the declarations find, one a cell and rule."""
    schema = TABLES[cells.name]
    details = schema.filter(frame)[1].details()
    faults = []
    rules = [c for c in details.columns if "|" in c or c == "primary_key"]
    for record in details.filter(pl.any_horizontal(pl.col(rules) == "invalid")).iter_rows(named=True):
        for rule in rules:
            if record[rule] == "invalid":
                faults.append(_cell_fault(cells, schema, rule, record))
    return faults + _duplicate_faults(cells, frame)


def _cell_fault(cells: Cells, schema: type[Table], rule: str, record: dict[str, Any]) -> Fault:
    line = record[LINE]
    if rule == "primary_key":
        key = schema.primary_key()[0]
        message = f"{record[key]!r} is used twice"
        return cells.fault(line, key, message, "give each row an identifier of its own")
    column, _, kind = rule.partition("|")
    value = record[column]
    expected = (schema.columns()[column].metadata or {})["expected"]
    if kind == "nullability":
        return cells.fault(line, column, "the cell is empty", f"expected {expected}")
    if kind.endswith("formula"):
        message = f"{_short(value)} would run as a formula in a spreadsheet"
        return cells.fault(line, column, message, "begin the cell with another character")
    if kind.endswith("markup"):
        return cells.fault(line, column, f"{_short(value)} holds markup", "write plain text, without < before a letter")
    return cells.fault(line, column, f"{_short(value)} is not allowed", f"expected {expected}")


def _duplicate_faults(cells: Cells, frame: pl.DataFrame) -> list[Fault]:
    key = UNIQUE_KEYS.get(cells.name)
    if not key:
        return []
    twice = frame.filter(pl.struct(key).is_duplicated())
    return [
        cells.fault(row[LINE], key[0], f"{tuple(row[k] for k in key)} is used twice", "give each key one row")
        for row in twice.iter_rows(named=True)
    ]


def _short(value: str, most: int = 60) -> str:
    return repr(value if len(value) <= most else value[:most] + "...")
