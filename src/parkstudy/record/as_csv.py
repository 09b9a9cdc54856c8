"""A frame as CSV that a spreadsheet opens as it is meant, with SDMX column names where SDMX has one."""

import math

import polars as pl

from parkstudy.record.period import Period

SDMX_NAMES = {
    "park_id": "PARK", "indicator": "INDICATOR", "subject": "SUBJECT", "population": "POPULATION",
    "transformation": "TRANSFORMATION", "value_type": "VALUE_TYPE", "value": "OBS_VALUE", "low": "LOW", "high": "HIGH",
    "unit": "UNIT_MEASURE", "obs_status": "OBS_STATUS", "status": "OBS_STATUS", "bound": "BOUND", "source_id": "SOURCE",
    "locator": "LOCATOR", "grade": "GRADE", "price": "PRICE_BASIS", "method": "EST_METHOD",
}  # fmt: skip
TIME_PERIOD = "The period as ISO 8601: 2017-01-01/P11M for whole months, a date for a point in time, else both dates"
BYTE_ORDER_MARK = "utf-8-sig"  # the encoding by which a spreadsheet knows that a CSV is UTF-8
RUN = "^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"  # what a spreadsheet may run, in half and in full width
NUMBER = r"^[+-](\d[\d,]*(\.\d+)?|\.\d+)([eE][+-]?\d+)?%?$"  # a number has a sign of its own and is none of them
ENDS = {math.inf: "INF", -math.inf: "-INF"}  # as in XML Schema's double


def csv_text(frame: pl.DataFrame) -> str:
    """A frame as CSV text, with `with_sdmx_names`: lists joined by `;`, open ends empty and named, text that would be run guarded.

    It is stored in `BYTE_ORDER_MARK`. A cell of text that begins with = + - @ gets an apostrophe in front, a number never.
    """
    return csv_of(_with_open_ends(with_sdmx_names(frame)))


def _with_open_ends(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with an open end empty and, behind the upper one, `OPEN_END` (below, above, both): a spreadsheet would run `-INF`."""
    low, high = next((pair for pair in (("LOW", "HIGH"), ("low", "high")) if {*pair} <= {*frame.columns}), ("", ""))
    if not low:
        return frame
    below, above = pl.col(low) == -math.inf, pl.col(high) == math.inf
    one_end = pl.when(below).then(pl.lit("below")).when(above).then(pl.lit("above"))
    which = pl.when(below & above).then(pl.lit("both")).otherwise(one_end)
    closed = [pl.when(pl.col(name).is_finite()).then(name).alias(name) for name in (low, high)]
    named = "OPEN_END" if high.isupper() else "open_end"
    return frame.with_columns(*closed, which.alias(named)).select(
        *(name for column in frame.columns for name in ((column, named) if column == high else (column,)))
    )


def csv_of(frame: pl.DataFrame) -> str:
    """A frame whose columns already have their names, as CSV text with open ends as `INF`."""
    frame = with_text(frame)
    words = [name for name, kind in frame.schema.items() if kind == pl.String]
    frame = frame.with_columns(
        pl.when(runs(name)).then("'" + pl.col(name)).otherwise(name).alias(name) for name in words
    )
    ends = pl.col([name for name in ("LOW", "HIGH") if name in frame.columns])
    shown = ends.map_elements(lambda end: ENDS.get(end, repr(end)), return_dtype=pl.String, skip_nulls=True)
    return frame.with_columns(shown).write_csv(line_terminator="\n")


def runs(column: str) -> pl.Expr:
    """True for a cell of text that a spreadsheet would take for a formula."""
    return pl.col(column).str.contains(RUN) & ~pl.col(column).str.contains(NUMBER)


def with_text(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its lists joined by `;` and its codes as text."""
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    coded = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Enum)]
    return frame.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join(";"), pl.col(coded).cast(pl.String))


def with_sdmx_names(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with SDMX names, and the period as `TIME_PERIOD`.

    The key by which a page opens a row is left out; a frame without periods stays as it is.
    """
    if not {"period_start", "period_end"} <= set(frame.columns):
        return frame
    rows = frame.select("period_start", "period_end").iter_rows()
    times = pl.Series([Period(start, end).iso() for start, end in rows], dtype=pl.String)
    frame = frame.drop("key", strict=False).with_columns(TIME_PERIOD=times)
    return frame.rename({name: sdmx for name, sdmx in SDMX_NAMES.items() if name in frame.columns})
