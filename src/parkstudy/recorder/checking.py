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
from parkstudy.record.period import day
from parkstudy.record.proof import prove
from parkstudy.record.reading import Cells, Fault, read
from parkstudy.record.rules import check_together
from parkstudy.record.schema import ACCEPTED, KEPT, LINE, TABLES, columns
from parkstudy.record.unusual_figures import RULES
from parkstudy.recorder.parts import naming

Row = Mapping[str, str]
_EMPTY, _FORM = "the cell is empty", "expected the form "
_BESIDE = ("parks", "sources", "indicators")  # what the rules of an observation read


def _said(fault: Fault) -> str:
    """A fault in words; of an empty cell without its form, which nobody reads."""
    form = fault.message == _EMPTY and _FORM in fault.advice
    return f"{fault.message}; {'fill it in' if form else fault.advice}"


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
        own = self._beside(rows[0]["source_id"], "observations", rows)["observations"]
        ids = dict(own.frame.select(LINE, "observation_id").iter_rows())
        found = {(ids.get(fault.line) or "", fault.column, _said(fault)) for fault in own.faults}
        better = {
            one[:2] for one in found if _FORM not in one[2]
        }  # a second fault of the cell says what a form does not
        return sorted(one for one in found if _FORM not in one[2] or one[:2] not in better)

    def misnamed(self, source_id: str, names: Mapping[str, str]) -> list[str]:
        """The faults that `check` finds in new names of parts of a text, by their subjects."""
        if not names:
            return []
        rows = [naming(source_id, subject, name) for subject, name in names.items()]
        tables = self._beside(source_id, "subjects", rows)
        return sorted({_said(fault) for fault in tables["subjects"].faults if fault.column == "name_zh"})

    def _beside(self, source_id: str, name: str, rows: Sequence[Row]) -> dict[str, Cells]:
        """The tables of one text with these rows alone in table `name`, checked together."""
        with tempfile.TemporaryDirectory(prefix="parkstudy-") as folder:
            path = Path(folder, f"{name}.csv")
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(columns(name)), restval="", extrasaction="ignore")
                writer.writeheader()
                writer.writerows(rows)
            own = read(name, path)
        tables = {one: read(one, None) for one in TABLES if one not in KEPT}
        tables |= {one: replace(self.table(one), faults=[]) for one in _BESIDE}
        source = pl.col("source_id") == source_id
        tables["sources"] = replace(tables["sources"], frame=tables["sources"].frame.filter(source))
        tables[name] = own
        check_together(tables)
        return tables

    def unusual(self, rows: Sequence[Row], source: Row) -> dict[str, list[tuple[str, str]]]:
        """The rows of a text whose days are far from it, as `check` warns of them unless that is acknowledged: column and words."""
        texts = {"text_start": source["period_start"], "text_end": source["period_end"], "written": source["published"]}
        wanted = ("observation_id", "period_start", "period_end", "value_type", "caveats")
        figures = pl.DataFrame([{name: row[name] for name in wanted} for row in rows], dict.fromkeys(wanted, pl.String))
        figures = figures.with_columns(
            pl.col("period_start", "period_end").str.to_date(strict=False), pl.col("caveats").str.split(";"),
            **{name: pl.lit(day(cell), pl.Date) for name, cell in texts.items()},
        )  # fmt: skip
        own = (self.folder / f"{ACCEPTED}.csv").is_file()
        known = {(one["key"], one["code"]) for one in self.rows(ACCEPTED, file="observations.csv")} if own else set()
        found: dict[str, list[tuple[str, str]]] = {}
        for code in ("far_period", "far_ahead"):
            for _, row, column, said, advice in RULES[code](figures):
                if (row["observation_id"], code) not in known:
                    found.setdefault(row["observation_id"], []).append((column, f"{said}; {advice}"))
        return found

    def unproven(self, rows: Sequence[Row], text: str, park: str) -> dict[str, str]:
        """The rows, in the order of the record, that the text does not bear out, with what speaks against each."""
        units = dict(self.table("indicators").frame.select("indicator", "unit").iter_rows())
        placed = [
            dict(row)
            for row in rows
            if row["locator"] and row["indicator"] in units and row["reported_figure"] and row["reported_term"]
        ]
        return {finding.observation_id: finding.message for finding in prove(placed, text, units, park)}
