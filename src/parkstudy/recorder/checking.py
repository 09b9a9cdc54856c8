"""What speaks against the rows of one text: the faults of `check`, and what `verify` does not find borne out.

Only the rows of the text are looked at, so that a correction is answered at once whatever else the folder holds.
"""

import csv
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from parkstudy.record.folder import files
from parkstudy.record.proof import prove
from parkstudy.record.reading import Cells, read
from parkstudy.record.rules import check_together
from parkstudy.record.schema import KEPT, LINE, TABLES, columns

Row = Mapping[str, str]
_BESIDE = ("parks", "sources", "indicators")  # what the rules of an observation read


class Checker:
    """The tables of a folder as the rules read them, each read again when its file has changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, tuple[Any, Cells]] = {}

    def table(self, name: str) -> Cells:
        """The cells of a table of the folder, or of the shipped one in its place."""
        path = files(self.folder)[f"{name}.csv"]
        stat = path.stat()
        identity = (path, stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if name not in self._read or self._read[name][0] != identity:
            self._read[name] = identity, read(name, path)
        return self._read[name][1]

    def rows(self, name: str, **wanted: str) -> list[dict[str, str]]:
        """The rows of a table with these cells, an empty text for an empty cell."""
        frame = self.table(name).frame.drop(LINE).filter(**wanted).fill_null("")
        return list(frame.iter_rows(named=True))

    def faults(self, rows: Sequence[Row]) -> list[tuple[str, str, str]]:
        """The faults that `check` finds in the rows of one text: id, column, what is wrong and what to do."""
        if not rows:
            return []
        with tempfile.TemporaryDirectory(prefix="parkstudy-") as name:
            path = Path(name, "observations.csv")
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(columns("observations")), restval="", extrasaction="ignore")
                writer.writeheader()
                writer.writerows(rows)
            own = read("observations", path)
        tables = {one: read(one, None) for one in TABLES if one not in KEPT}
        tables |= {one: replace(self.table(one), faults=[]) for one in _BESIDE}
        source = pl.col("source_id") == rows[0]["source_id"]
        tables["sources"] = replace(tables["sources"], frame=tables["sources"].frame.filter(source))
        tables["observations"] = own
        check_together(tables)
        ids = dict(own.frame.select(LINE, "observation_id").iter_rows())
        found = {(ids.get(fault.line) or "", fault.column, f"{fault.message}; {fault.advice}") for fault in own.faults}
        return sorted(found)

    def unproven(self, rows: Sequence[Row], text: str, park: str) -> dict[str, str]:
        """The rows, in the order of the record, that the text does not bear out, with what speaks against each."""
        units = dict(self.table("indicators").frame.select("indicator", "unit").iter_rows())
        placed = [
            dict(row)
            for row in rows
            if row["locator"] and row["indicator"] in units and row["reported_figure"] and row["reported_term"]
        ]
        return {finding.observation_id: finding.message for finding in prove(placed, text, units, park)}
