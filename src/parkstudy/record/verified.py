"""What `verify` proved, kept beside the record: `verified.csv`, a row for each observation that was held against its text.

A row speaks of an observation as it was recorded, by the SHA-256 over its cells, and of a text as it was, by that of its bytes. What
is changed afterwards is not verified by it.
"""

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from parkstudy.errors import ParkstudyError
from parkstudy.record.rows import Row
from parkstudy.record.schema import columns
from parkstudy.scratch import write

FILE = "verified.csv"
PROVEN, UNPROVEN = "proven", "unproven"


class KeepError(ParkstudyError):
    """A folder whose record is not its own, so that nothing about it can be kept there."""


def row_sha256(row: Row) -> str:
    """The SHA-256 over the cells of an observation as they are recorded, in the order of the codebook."""
    cells = [row.get(name) or "" for name in columns("observations")]
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode()).hexdigest()


def proven(kept: pl.DataFrame, recorded: pl.DataFrame, sources: pl.DataFrame) -> frozenset[str]:
    """The ids of the observations that were proven as they are recorded now, in the text whose SHA-256 their source gives, if it gives one.

    `kept` is `verified.csv`, `recorded` the observations as text cells.
    """
    texts = dict(sources.select("source_id", "sha256").iter_rows())
    passed = kept.filter(pl.col("result").cast(pl.String) == PROVEN)
    hashes = {row["observation_id"]: row for row in passed.iter_rows(named=True)}
    rows = recorded.filter(pl.col("observation_id").is_in(list(hashes)))
    return frozenset(
        row["observation_id"]
        for row in rows.iter_rows(named=True)
        if row_sha256(row) == hashes[row["observation_id"]]["row_sha256"]
        and texts.get(row["source_id"]) in (None, hashes[row["observation_id"]]["text_sha256"])
    )


def keep(
    folder: str | Path | None,
    files: Mapping[str, Path],
    recorded: pl.DataFrame,
    texts: Mapping[str, str],
    results: Mapping[str, bool],
) -> Path:
    """Write `verified.csv` into the folder of data, in the order of the record; gives its path.

    `texts` is source to SHA-256, `results` observation to whether it was proven; what was not held against a text has no row.
    Raises `KeepError` where the figures are not those of the folder.
    """
    figures = files["observations.csv"]
    if folder and figures.parent != Path(folder):
        raise KeepError(
            f"{folder} has no observations.csv of its own, and of the shipped one nothing is kept there; "
            "copy it into the folder first, or leave out --keep"
        )
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns("verified"))
    for row in recorded.iter_rows(named=True):
        if (key := row["observation_id"]) in results:
            writer.writerow([key, row_sha256(row), texts[row["source_id"]], PROVEN if results[key] else UNPROVEN])

    path = figures.with_name(FILE)
    write(path, file.getvalue())
    return path
