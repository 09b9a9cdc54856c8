"""The files that `parkstudy export` writes: what is in a table, and which ending stands for which form."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from parkstudy import scratch
from parkstudy.export import ExportError, bibliography, sdmx, workbook
from parkstudy.method.compare import as_frame
from parkstudy.method.study import Study
from parkstudy.record.as_csv import BYTE_ORDER_MARK, csv_of, csv_text, with_sdmx_names

TABLES: dict[str, Callable[[Study], pl.DataFrame]] = {
    "observations": lambda study: study.observations,
    "measures": lambda study: study.measures,
    "comparisons": lambda study: as_frame(study.compare.rows()),
    "sources": lambda study: study.sources,
}


def _parquet(frame: pl.DataFrame) -> bytes:
    made = io.BytesIO()
    with_sdmx_names(frame).write_parquet(made)
    return made.getvalue()


FORMS: Mapping[str, Callable[[Study, str, pl.DataFrame], bytes]] = {
    ".csv": lambda _study, _table, frame: csv_text(frame).encode(BYTE_ORDER_MARK),
    ".xlsx": workbook.workbook,
    ".parquet": lambda _study, _table, frame: _parquet(frame),
    ".bib": bibliography.bibliography,
}


def write(study: Study, table: str, file: Path, *, as_sdmx: bool = False) -> tuple[int, int]:
    """Write `table` (one of `TABLES`) to `file` in the form of its ending (one of `FORMS`); `as_sdmx` for SDMX-CSV in a .csv.

    Gives the number of rows written, and that of rows left out because SDMX has no observation without a time. The file appears
    whole or not at all. Raises `ExportError` for an unknown table or ending, a missing folder, or a form that cannot hold the
    table.
    """
    if table not in TABLES:
        raise ExportError(f"unknown table {table!r}; expected one of {', '.join(TABLES)}")
    ending = file.suffix.lower()
    if ending not in FORMS:
        raise ExportError(f"{file.name!r} ends in {file.suffix or 'nothing'!r}; expected one of {', '.join(FORMS)}")
    if as_sdmx and ending != ".csv":
        raise ExportError(f"SDMX-CSV is written to a .csv file, not to {file.name!r}")
    frame = TABLES[table](study)
    if not as_sdmx:
        put(file, lambda: FORMS[ending](study, table, frame))
        return frame.height, 0
    made = sdmx.flow(table, frame)
    put(file, lambda: csv_of(made).encode(BYTE_ORDER_MARK))
    return made.height, frame.height - made.height


def put_csv(frame: pl.DataFrame, file: Path) -> None:
    """Write a frame to a file as CSV, whatever its ending. Raises `ExportError` where its folder is missing."""
    put(file, lambda: csv_text(frame).encode(BYTE_ORDER_MARK))


def put(file: Path, made: Callable[[], bytes]) -> None:
    """Write what is `made` to a file, whole or not at all. Raises `ExportError` where its folder is missing."""
    if not file.parent.is_dir():
        raise ExportError(f"no folder {str(file.parent)!r} for {file.name}; make it first, or name another one")
    scratch.write(file, made())
