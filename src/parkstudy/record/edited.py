"""A table of a folder with some of its rows changed, taken out or added, every other byte as it was."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from parkstudy.errors import ParkstudyError
from parkstudy.record.reading import head_faults
from parkstudy.record.schema import UNIQUE_KEYS, columns, may_lack
from parkstudy.scratch import rewritten

_NONE: Mapping[str, str] = MappingProxyType({})
_MARK = b"\xef\xbb\xbf"


class NotEditedError(ParkstudyError):
    """A table whose rows cannot be told apart, so that none of them is changed."""

    status = 1


def require_sound(path: Path, header: Sequence[str] = ()) -> None:
    """Raises `NotEditedError` where a table cannot be read, as `check` says it, so that rows put into it would be lost.

    `header` is that of a file that is no table of a study.
    """
    name = path.stem
    if faults := head_faults(path, header or [*columns(name)], () if header else may_lack(name)):
        raise NotEditedError("\n".join([*map(str, faults), f"{path} was left as it is"]))


def edited(
    before: bytes,
    table: str,
    changed: Mapping[str, Mapping[str, str] | None] = MappingProxyType({}),
    added: Sequence[Mapping[str, str]] = (),
    behind: Mapping[str, str] = _NONE,
) -> bytes:
    """The bytes of a table (UTF-8) with rows in the columns of its file; new ones stand last unless `behind` says otherwise.

    `changed` gives the key of a row and its new cells, None to take it out; `behind` the key of a new row and that of the row
    behind which it belongs, an empty one for the first place. Raises `NotEditedError` where a key to be changed stands there
    never or twice, and where an id to be added stands there already.
    """
    text = before.decode("utf-8-sig")
    lines = list(io.StringIO(text, newline=""))
    ends = "\r\n" if "\r\n" in text else "\n"
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += ends
    records = csv.reader(lines)
    header = next((row for row in records if "".join(row).strip()), list(columns(table)))
    key, place = next(iter(columns(table))), records.line_num
    pieces, last, times = {"": "".join(lines[:place])}, "", dict.fromkeys(changed, 0)
    for number, record in enumerate(records):
        last = record[header.index(key)].strip() if key in header and len(record) == len(header) else f"line {number}"
        piece = "".join(lines[place : records.line_num])
        if last in changed:
            row, times[last] = changed[last], times[last] + 1
            piece = _line(row, header, ends) if row is not None else ""
        pieces[last] = pieces.get(last, "") + piece
        place = records.line_num
    for name, count in times.items():
        if count != 1:
            raise NotEditedError(
                f"{name!r} stands {'nowhere' if not count else 'more than once'} in {table}.csv; nothing was changed"
            )
    twice = {row[key] for row in added if table not in UNIQUE_KEYS and row[key] in pieces and row[key] not in changed}
    if twice:
        raise NotEditedError(
            f"{min(twice)!r} stands in {table}.csv by now; nothing was changed: give the command again"
        )
    new: dict[str, list[str]] = {}
    for row in added:
        there = behind.get(row[key], last)
        new.setdefault(there if there in pieces else last, []).append(_line(row, header, ends))
    whole = "".join(piece + "".join(new.get(name, ())) for name, piece in pieces.items())
    return (_MARK if before.startswith(_MARK) else b"") + whole.encode()


def append(path: Path, table: Sequence[str], rows: Iterable[Mapping[str, Any]], unique: str = "") -> None:
    """Write rows behind those of a table, line by line, so that memory does not grow with it; a missing file begins with `table`.

    The columns are those of its file. Raises `NotEditedError` where it was changed meanwhile, and where a row stands there already by
    the column `unique`, which must be the first one.
    """
    if not path.exists():
        rows = iter(rows)
        with rewritten(path) as file:
            file.write(_line(dict(zip(table, table, strict=True)), table, "\n").encode())
            file.writelines(_line(row, table, "\n").encode() for row in rows)
        return
    seen = _identity(path)
    with rewritten(path) as after, path.open("rb") as before:  # closed before it is replaced
        head = last = b""
        header = list[str]()
        while not "".join(header).strip():  # blank lines before it
            last = before.readline()
            head += last
            header = next(csv.reader([last.decode("utf-8-sig")]), []) if last else list(table)
        ends = "\r\n" if last.endswith(b"\r\n") else "\n"
        new = [_line(row, header, ends).encode() for row in rows]
        keys = {line.partition(b",")[0] for line in new} if unique and header[:1] == [unique] else set()
        after.write(head)
        for last in before:
            if keys and last.partition(b",")[0] in keys:
                key = last.partition(b",")[0].decode()
                raise NotEditedError(
                    f"{key!r} stands in {path.name} by now; nothing was changed: give the command again"
                )
            after.write(last)
        after.write(b"" if last.endswith(b"\n") else ends.encode())
        after.writelines(new)
        if _identity(path) != seen:
            raise NotEditedError(f"{path} was changed meanwhile; nothing was written to it: run the command again")


def _identity(path: Path) -> tuple[int, int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _line(row: Mapping[str, str], header: Sequence[str], ends: str) -> str:
    line = io.StringIO()
    csv.DictWriter(line, header, restval="", extrasaction="ignore", lineterminator=ends).writerow(row)
    return line.getvalue()
