"""SDMX-CSV 2.0: a data flow a table, one observation a row, every column a component in upper case.

A dimension is never empty: what does not apply is `_Z`. A row of a table of figures needs a time; what is undated is left out,
and who calls counts it. Lists are one text, joined by `;`: the marked lists of the standard (`FLAGS[]`) are read by few tools.
"""

from typing import NamedTuple

import polars as pl

from parkstudy import __version__
from parkstudy.export import ExportError
from parkstudy.record.as_csv import SDMX_NAMES
from parkstudy.record.period import Period

AGENCY = "PARKSTUDY"
NOT_APPLICABLE = "_Z"
_COMPONENTS = {  # a column to the concept that SDMX has for it; any other is its own name in upper case
    **SDMX_NAMES,
    "park_id": "REF_AREA", "left": "REF_AREA", "right": "COUNTERPART_AREA", "left_source": "SOURCE",
    "right_source": "COUNTERPART_SOURCE", "measure": "INDICATOR", "key": "MEASURE_ID", "verdict": "OBS_VALUE",
    "note": "COMMENT", "note_zh": "COMMENT_ZH",
}  # fmt: skip


class Flow(NamedTuple):
    """A data flow: its dimensions, which tell every row from every other, and whether its rows have a time."""

    dimensions: tuple[str, ...]
    timed: bool = True


FLOWS = {
    "observations": Flow((
        "FREQ", "REF_AREA", "SUBJECT", "INDICATOR", "POPULATION", "TRANSFORMATION", "VALUE_TYPE", "OBSERVATION_ID", "TIME_PERIOD",
    )),
    "measures": Flow((
        "FREQ", "REF_AREA", "SUBJECT", "INDICATOR", "POPULATION", "VALUE_TYPE", "BASIS", "PRICE_BASIS", "RUNG", "MEASURE_ID",
        "TIME_PERIOD",
    )),
    "comparisons": Flow((
        "REF_AREA", "SOURCE", "COUNTERPART_AREA", "COUNTERPART_SOURCE", "INDICATOR", "PRICE_BASIS", "BASIS", "RUNG",
    ), timed=False),
}  # fmt: skip


def flow(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of a table as observations of its data flow. Raises `ExportError` for a table that is none.

    `OBS_VALUE` is a number, `NaN` where there is an interval alone or none; for a comparison it is the verdict.
    """
    if table not in FLOWS:
        raise ExportError(f"{table} are no statistics; SDMX-CSV is written of {', '.join(FLOWS)}")
    dimensions, timed = FLOWS[table]
    if timed:
        spans = frame.select("period_start", "period_end").iter_rows()
        times = [Period(start, end).sdmx() or (None, None) for start, end in spans]
        named = pl.DataFrame(times, {"FREQ": pl.String, "TIME_PERIOD": pl.String}, orient="row")
        frame = pl.concat([frame, named], how="horizontal").filter(pl.col("TIME_PERIOD").is_not_null())
        frame = frame.with_columns(pl.col("value").fill_null(float("nan")), UNIT_MULT=pl.lit(0))
    frame = frame.rename({name: _COMPONENTS.get(name, name.upper()) for name in frame.columns})
    others = [name for name in frame.columns if name not in (*dimensions, "OBS_VALUE")]
    return frame.select(
        pl.lit("dataflow").alias("STRUCTURE"),
        pl.lit(f"{AGENCY}:{table.upper()}({__version__})").alias("STRUCTURE_ID"),
        pl.lit("I").alias("ACTION"),
        pl.col(dimensions).cast(pl.String).fill_null(NOT_APPLICABLE),
        "OBS_VALUE",
        *others,
    )
