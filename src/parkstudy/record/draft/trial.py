"""The tables on which the rows of a draft are tried before they are written: those of the folder, with what is new."""

import csv
import io
from collections.abc import Iterable, Mapping, Set
from itertools import dropwhile
from pathlib import Path

from parkstudy.record.reading import read
from parkstudy.record.schema import LINE


def with_rows(table: str, rows: Iterable[Mapping[str, str]]) -> str:
    """The words of a table with rows behind it, in the order of its columns."""
    out = io.StringIO()
    fields = next(csv.reader(table.splitlines()), [])
    csv.DictWriter(out, fields, restval="", extrasaction="ignore", lineterminator="\n").writerows(rows)
    return table + out.getvalue()


def on_lines(path: Path, at: Set[int]) -> set[tuple[str, str]]:
    """The parts, by text and subject, on some lines of `subjects.csv`."""
    rows = read("subjects", path).frame.select(LINE, "source_id", "subject").iter_rows() if at else ()
    return {(source or "", subject or "") for line, source, subject in rows if line in at}


def own_rows(path: Path, copy: Path, sources: Set[str]) -> None:
    """A copy of a table with the rows of some sources alone, so that the trial does not grow with the texts of the folder."""
    with path.open(encoding="utf-8-sig", newline="") as there, copy.open("w", encoding="utf-8", newline="") as file:
        rows, writer = csv.reader(dropwhile(str.isspace, there)), csv.writer(file)
        head = next(rows, [])
        writer.writerow(head)
        place = head.index("source_id") if "source_id" in head else -1
        writer.writerows(row for row in rows if place < 0 or (len(row) > place and row[place].strip() in sources))
