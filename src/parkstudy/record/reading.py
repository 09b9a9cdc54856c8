"""Reading a table of the dataset: every cell as text, every fault of the file with its place.

Nothing is repaired here: `read` returns the cells as they stand (`TRUE` as `true`, `; ` as `;`), with the line each row
begins on, and a `Fault` for each thing that is wrong with the file or with a cell.
"""

import codecs
import csv
import difflib
import io
import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl

from parkstudy.errors import did_you_mean
from parkstudy.record.cells import NOTHING, short, wrong
from parkstudy.record.schema import LINE, TABLES, UNIQUE_KEYS, may_lack
from parkstudy.record.schema import columns as declared
from parkstudy.record.spreadsheet import NOT_READ, encoding, saved, separator, trimmed

# rows from which on a file was clipped on purpose; rows of a wrong length that are named one by one
CLIPPED, MANY = (3, 5)
SMALL = 2**20  # bytes of a table that is kept as it was read


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

    @property
    def sound(self) -> pl.DataFrame:
        """The rows without a fault."""
        return self.frame.filter(~pl.col(LINE).is_in([fault.line for fault in self.faults]))

    def add(self, line: int, column: str, message: str, advice: str) -> None:
        """Keep a fault of this file."""
        self.faults.append(Fault(self.file, line, column, message, advice))


def toml(path: Path, advice: str) -> tuple[str, dict[str, Any], list[Fault]]:
    """Text and tables of a TOML file; of one that is none neither, and the fault."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return text, tomllib.loads(text), []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        line = re.search(r"at line (\d+)", str(fault))
        return "", {}, [Fault(path.name, int(line[1]) if line else 0, "", str(fault), advice)]


def _empty(name: str) -> pl.DataFrame:
    """The cells of a table without a row."""
    return pl.DataFrame(schema={LINE: pl.Int64, **dict.fromkeys(declared(name), pl.String)})


def read(name: str, path: Path | None) -> Cells:
    """The cells of table `name` in the file `path`, with every fault that can be seen without the other tables; none without a file."""
    if path is None:
        return Cells(name, f"{name}.csv", _empty(name))
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    cells = _kept(name, raw) if len(raw) <= SMALL else _read(name, raw)
    return replace(cells, faults=[*cells.faults])  # whoever reads a table adds to its faults


@lru_cache(maxsize=32)
def _kept(name: str, raw: bytes) -> Cells:
    """A small table, read once for the same bytes: a folder that is checked again has few tables that changed, and shipped ones."""
    return _read(name, raw)


def _read(name: str, raw: bytes) -> Cells:
    columns = list(declared(name))
    cells = Cells(name, f"{name}.csv", _empty(name))
    rows = list(_rows(cells, raw, columns))
    if not _begins(cells, rows, columns, may_lack(name)):
        return cells
    header = trimmed(rows[0][1], 0)
    lines, *given = [*zip(*_whole(cells, header, rows[1:]), strict=True)] or [()] * (len(header) + 1)
    frame = pl.DataFrame(
        {LINE: lines, **dict(zip(header, given, strict=True))}, {LINE: pl.Int64, **dict.fromkeys(header, pl.String)}
    )
    text = pl.col(header).str.strip_chars()
    frame = pl.concat([cells.frame, frame.with_columns(pl.when(text != "").then(text))], how="diagonal")
    small = pl.col(_of_type(name, "boolean")).str.to_lowercase()  # a spreadsheet writes TRUE
    frame = frame.with_columns(
        pl.when(small.is_in(["true", "false"])).then(small).otherwise(pl.col(_of_type(name, "boolean")))
    )
    frame = frame.with_columns(pl.col(_of_type(name, "list")).str.replace_all(r"\s*;\s*", ";"))
    if said := saved(frame, name):
        cells.add(0, "", *said)
        return cells
    cells = replace(cells, frame=frame)
    _check_cells(cells)
    return cells


def _of_type(name: str, kind: str) -> list[str]:
    return [key for key, column in declared(name).items() if (column.metadata or {})["type"] == kind]


def _whole(cells: Cells, header: list[str], rows: list[tuple[int, list[str]]]) -> Iterator[tuple[int | str, ...]]:
    """Line and cells of the rows with as many cells as the header: no empty ones behind it, and those that a spreadsheet clipped."""
    width, given = len(header), declared(cells.name)
    rows = [(line, row if len(row) == width else trimmed(row, width)) for line, row in rows]
    may_end = width - next((n for n, name in enumerate(reversed(header)) if not given[name].nullable), width)
    odd = [(line, len(row)) for line, row in rows if len(row) != width]
    clipped = len(odd) >= CLIPPED and all(may_end <= cells_there < width for _, cells_there in odd)
    for line, row in rows:
        if len(row) == width:
            yield line, *row
        elif clipped:
            yield line, *row, *[""] * (width - len(row))
    if clipped or not odd:
        return
    advice = "put text that holds a comma in double quotes, and give every column a cell"
    if len(odd) > MANY:
        lines = ", ".join(str(line) for line, _ in odd[:MANY])
        said = f"{len(odd)} rows do not have the {width} cells of the header, the first on lines {lines}"
        cells.add(0, "", said, f"{advice}; the other rows were read")
        return
    for line, number in odd:
        cells.add(line, "", f"{number} cells where the header has {width}", advice)


_OTHERS = {  # how a file begins that is no text in UTF-8
    b"\xff\xfe": "it reads as UTF-16", b"\xfe\xff": "it reads as UTF-16", b"\x89PNG": "it is a picture", b"\xff\xd8": "it is a picture",
    b"GIF8": "it is a picture", b"%PDF": "it is a PDF", b"PK": "it is a document or another packed file", b"\xd0\xcf": "it is a document",
}  # fmt: skip


def not_utf8(raw: bytes) -> tuple[int, str] | None:
    """The line of the first byte that is not UTF-8, and what is to be said of it; None where there is no such byte."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        known = next((what for begin, what in _OTHERS.items() if raw.startswith(begin)), "")
        known = known or ("" if "\ufffd" in raw.decode("gbk", errors="replace") else "it reads as GBK")
        guess = f" ({known})" if known else ""
        return raw.count(b"\n", 0, error.start) + 1, f"not UTF-8: byte 0x{raw[error.start]:02x}{guess}"
    return None


def _rows(cells: Cells, raw: bytes, columns: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row that is not blank, as far as the file can be read."""
    if said := encoding(raw):
        cells.add(0, "", *said)
        return
    if bad := not_utf8(raw):
        cells.add(bad[0], "", bad[1], f"save the file as UTF-8; {NOT_READ}")
        return
    text = raw.decode("utf-8")
    text = text if "\n" in text else text.replace("\r", "\n")  # lines as old machines end them
    if said := separator(text, columns):
        cells.add(0, "", *said)
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            if (row and row[0].strip()) or any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        cells.add(line, "", f"not a CSV row: {error}", "close every double quote; the rows after it were not read")


def head_faults(path: Path, columns: Sequence[str], spare: Sequence[str] = ()) -> list[Fault]:
    """What keeps every row of a table from being read: its encoding, its separator, its header (without those `spare` if need be).

    None of a file that is not there; of one that is, no more than a line is held, unless it is not UTF-8.
    """
    cells = Cells(path.stem, path.name, pl.DataFrame())
    if path.is_file():
        with path.open("rb") as file:
            head = next((line for line in file if line.removeprefix(b"\xef\xbb\xbf").strip(b", \r\n")), b"")
            try:
                for _ in codecs.iterdecode(chain([head], file), "utf-8-sig"):
                    pass
            except UnicodeDecodeError:
                head = path.read_bytes()
        _begins(cells, list(_rows(cells, head.removeprefix(b"\xef\xbb\xbf"), columns)), columns, spare)
    return cells.faults


def _begins(cells: Cells, rows: Sequence[tuple[int, list[str]]], columns: Sequence[str], spare: Sequence[str]) -> bool:
    """True if the first row is a header of these columns; else with the faults that say why it is none."""
    if not rows and not cells.faults:
        cells.add(0, "", "the file is empty", f"give it the header {', '.join(columns)}")
    return bool(rows) and _header(cells, trimmed(rows[0][1], 0), columns, spare)


def _header(cells: Cells, header: list[str], columns: Sequence[str], spare: Sequence[str]) -> bool:
    """True if the header has each column once; else with a fault for each that it lacks or has too much."""
    columns = [column for column in columns if column in header or column not in spare]
    for column in dict.fromkeys([*columns, *header]):
        if column not in header:
            near = difflib.get_close_matches(column, [given for given in header if given not in columns], 1)
            hint = f"rename the column {near[0]!r}" if near else "add the column (its cells may be empty where allowed)"
            cells.add(1, column, "the column is missing", hint)
        elif column not in columns:
            hint = did_you_mean(column, columns).rstrip() or f"take it out; the table has {', '.join(columns)}"
            cells.add(1, column, "unknown column", hint)
        elif header.count(column) > 1:
            cells.add(1, column, "the column stands there twice", "take one of them out")
    return sorted(header) == sorted(columns)


_RULES = {  # what is wrong with a cell, and what to do
    "nullability": ("the cell is empty", "expected {expected}"),
    "check__form": ("{cell} is not allowed", "expected {expected}"),
    "primary_key": ("{whole!r} is used twice", "give each row an identifier of its own"),
}


def _check_cells(cells: Cells) -> None:
    """Keep the faults that the declarations find, one a cell and rule."""
    schema, key = TABLES[cells.name], UNIQUE_KEYS.get(cells.name, [])
    failures = schema.filter(cells.frame)[1]
    for record in failures.details().iter_rows(named=True) if len(failures) else ():
        for rule in (name for name in record if name not in cells.frame.columns and record[name] == "invalid"):
            column, _, kind = rule.rpartition("|")
            column = column or schema.primary_key()[0]
            whole = record[column] or ""
            expected = (schema.columns()[column].metadata or {})["expected"]
            message, advice = (text.format(whole=whole, cell=short(whole), expected=expected) for text in _RULES[kind])
            cells.add(record[LINE], column, message, advice)
    formless = {(fault.line, fault.column) for fault in cells.faults}
    for column in cells.frame.columns[1:]:
        if found := wrong(cells.frame, column):
            of_rows = cells.frame.select(LINE, column).filter(pl.col(column).is_in(list(found))).iter_rows()
            for line, message, advice in ((line, *one) for line, cell in of_rows for one in found[cell]):
                if not (message.endswith(NOTHING) and (line, column) in formless):
                    cells.add(line, column, message, advice)
    for row in cells.frame.filter(pl.struct(key).is_duplicated()).iter_rows(named=True) if key else ():
        cells.add(row[LINE], key[0], f"{tuple(row[k] for k in key)} is used twice", "give each key one row")
