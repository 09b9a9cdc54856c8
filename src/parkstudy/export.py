"""Export: the normalised observations, the measures and the comparisons as files, with SDMX column names where SDMX has one."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from parkstudy.errors import ParkstudyError
from parkstudy.method.compare import as_frame
from parkstudy.method.study import Study
from parkstudy.record.period import Period
from parkstudy.record.schema import FORMULA_START

TABLES: dict[str, Callable[[Study], pl.DataFrame]] = {
    "observations": lambda study: study.observations,
    "measures": lambda study: study.measures,
    "comparisons": lambda study: as_frame(study.compare.rows()),
}

SDMX_NAMES = {
    "park_id": "PARK", "indicator": "INDICATOR", "subject": "SUBJECT", "population": "POPULATION",
    "transformation": "TRANSFORMATION", "value_type": "VALUE_TYPE", "value": "OBS_VALUE", "low": "LOW", "high": "HIGH",
    "unit": "UNIT_MEASURE", "obs_status": "OBS_STATUS", "status": "OBS_STATUS", "bound": "BOUND", "source_id": "SOURCE",
    "locator": "LOCATOR", "grade": "GRADE", "price": "PRICE_BASIS", "method": "EST_METHOD",
}  # fmt: skip


class ExportError(ParkstudyError, ValueError):
    """A table that does not exist, or a file whose ending names no known format."""


def write(study: Study, table: str, file: Path) -> int:
    """Write `table` (one of `TABLES`) to `file` (.csv or .parquet) and return the number of rows.

    Lists are joined by `;` in CSV; an open end of an interval is `INF` or `-INF`, as in XML Schema's double. The file
    appears whole or not at all. Raises `ExportError` for an unknown table or ending.
    """
    if table not in TABLES:
        raise ExportError(f"unknown table {table!r}; expected one of {', '.join(TABLES)}")
    if file.suffix not in (".csv", ".parquet"):
        raise ExportError(f"{file.name!r} ends in {file.suffix or 'nothing'!r}; expected .csv or .parquet")
    frame = with_sdmx_names(TABLES[table](study))
    write_frame(frame, file)
    return frame.height


def write_frame(frame: pl.DataFrame, file: Path) -> None:
    """Write a frame to a .csv or .parquet file, whole or not at all; lists joined by `;` in CSV.

    Raises `ExportError` where its folder is missing.
    """
    if not file.parent.is_dir():
        raise ExportError(f"no folder {str(file.parent)!r} for {file.name}; make it first, or name another one")
    part = file.with_name(file.name + ".part")
    try:
        if file.suffix == ".csv":
            _flat(frame).write_csv(part, line_terminator="\n")
        else:
            frame.write_parquet(part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def csv_text(frame: pl.DataFrame) -> str:
    """A frame as CSV text: lists joined by `;`, and no cell that a spreadsheet would run as a formula."""
    frame = with_sdmx_names(frame)
    harmless = pl.col(pl.String).str.replace(f"({FORMULA_START})", "'${1}")
    return _flat(frame).with_columns(harmless).write_csv(line_terminator="\n")


def with_sdmx_names(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with SDMX names, the period as TIME_PERIOD (ISO 8601: `2017-01-01/P11M`, a date, or a span of dates).

    The key by which a page opens a row is left out; a frame without periods stays as it is.
    """
    if not {"period_start", "period_end"} <= set(frame.columns):
        return frame
    rows = frame.select("period_start", "period_end").iter_rows()
    times = pl.Series([Period(start, end).iso() for start, end in rows], dtype=pl.String)
    frame = frame.drop("key", strict=False).with_columns(TIME_PERIOD=times)
    return frame.rename({name: sdmx for name, sdmx in SDMX_NAMES.items() if name in frame.columns})


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    ends = {float("inf"): "INF", float("-inf"): "-INF"}
    shown = pl.col([name for name in ("LOW", "HIGH") if name in frame.columns])
    shown = shown.map_elements(lambda end: ends.get(end, repr(end)), return_dtype=pl.String, skip_nulls=True)
    return frame.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join(";"), shown)
