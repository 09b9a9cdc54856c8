"""Export as CSV and Parquet: SDMX names, open ends, lists, guarded text, and a file that is whole or not there."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from cases import every

import parkstudy
from parkstudy.export import ExportError
from parkstudy.export.files import FORMS, TABLES, put_csv, write
from parkstudy.method.study import Study
from parkstudy.record.as_csv import csv_text, with_sdmx_names
from parkstudy.record.codes import codes

OBSERVATION_COLUMNS = [
    "observation_id", "SOURCE", "INDICATOR", "SUBJECT", "POPULATION", "TRANSFORMATION", "VALUE_TYPE", "period_start",
    "period_end", "reported_term", "reported_figure", "BOUND", "OBS_STATUS", "part_of", "split", "share_of", "caveats",
    "LOCATOR", "note", "note_zh", "OBS_VALUE", "LOW", "HIGH", "UNIT_MEASURE", "significant", "PARK", "kind", "GRADE", "TIME_PERIOD",
]  # fmt: skip
MEASURE_COLUMNS = [
    "PARK", "SUBJECT", "measure", "POPULATION", "VALUE_TYPE", "OBS_VALUE", "LOW", "HIGH", "UNIT_MEASURE",
    "period_start", "period_end", "basis", "PRICE_BASIS", "rung", "OBS_STATUS", "GRADE", "EST_METHOD", "flags",
    "reason", "inputs", "reading", "SOURCE", "TIME_PERIOD",
]  # fmt: skip
COMPARISON_COLUMNS = [
    "measure", "left", "left_source", "right", "right_source", "price", "basis", "rung", "reading", "verdict",
    "cells_for", "cells", "limits", "reason", "inputs",
]  # fmt: skip
SOURCE_COLUMNS = [
    "SOURCE", "PARK", "kind", "title", "publisher", "published", "url", "official", "period_start", "period_end", "sha256",
    "GRADE", "note", "note_zh", "TIME_PERIOD",
]  # fmt: skip
COLUMNS = dict(zip(TABLES, (OBSERVATION_COLUMNS, MEASURE_COLUMNS, COMPARISON_COLUMNS, SOURCE_COLUMNS), strict=True))


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def exported(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every table in both formats."""
    folder = tmp_path_factory.mktemp("exported")
    for table in TABLES:
        for ending in (".csv", ".parquet"):
            write(study, table, folder / f"{table}{ending}")
    return folder


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
@pytest.mark.parametrize(("table", "columns"), COLUMNS.items())
def test_columns_have_sdmx_names_where_sdmx_has_one(
    exported: Path, table: str, columns: list[str], ending: str
) -> None:
    file = exported / f"{table}{ending}"
    names = list(read(file)[0]) if ending == ".csv" else pl.read_parquet_schema(file)
    if ending == ".csv" and "HIGH" in columns:
        columns = [name for column in columns for name in ((column, "OPEN_END") if column == "HIGH" else (column,))]
    assert list(names) == columns


def test_every_observation_is_exported_in_the_order_of_the_record(study: Study, exported: Path) -> None:
    rows = read(exported / "observations.csv")
    assert [row["observation_id"] for row in rows] == study.observations["observation_id"].to_list()


def test_an_exported_figure_is_normalised_with_its_interval_and_period(exported: Path) -> None:
    (row,) = (row for row in read(exported / "observations.csv") if row["observation_id"] == "shuangpai-2017-018")
    assert (row["OBS_VALUE"], row["LOW"], row["HIGH"], row["UNIT_MEASURE"]) == ("45.2", "45.15", "45.25", "percent")
    assert (row["TIME_PERIOD"], row["PARK"], row["GRADE"]) == ("2017-01-01/P11M", "shuangpai", "A")
    assert (row["reported_figure"], row["SOURCE"], row["OBS_STATUS"]) == ("45.2%", "shuangpai-2017", "A")


def test_open_ends_are_empty_and_named_in_csv_and_infinite_in_parquet(study: Study, exported: Path) -> None:
    rows = read(exported / "observations.csv")
    open_above = study.observations.filter(pl.col("high") == float("inf"))["observation_id"].to_list()
    assert open_above
    assert [row["observation_id"] for row in rows if row["OPEN_END"] == "above"] == open_above
    ends = {(row["OPEN_END"], row["LOW"] == "", row["HIGH"] == "") for row in rows if row["OBS_VALUE"]}
    assert ends == {("", False, False), ("above", False, True), ("below", True, False)}
    stored = pl.read_parquet(exported / "observations.parquet")
    assert stored.filter(pl.col("HIGH") == float("inf"))["observation_id"].to_list() == open_above


def test_an_end_open_below_is_empty_and_named(awkward: Any, tmp_path: Path) -> None:
    write(parkstudy.load(awkward), "observations", tmp_path / "x.csv")
    (row,) = (row for row in read(tmp_path / "x.csv") if row["observation_id"] == "awkward-2021-008")
    assert (row["LOW"], row["HIGH"], row["OPEN_END"]) == ("", "90000000.0", "below")


def test_a_range_has_no_value_in_the_file(awkward: Any, tmp_path: Path) -> None:
    write(parkstudy.load(awkward), "observations", tmp_path / "x.csv")
    (row,) = (row for row in read(tmp_path / "x.csv") if row["observation_id"] == "awkward-2021-035")
    assert (row["OBS_VALUE"], row["LOW"], row["HIGH"]) == ("", "6.0", "8.0")


def test_lists_are_joined_by_semicolons_in_csv_and_lists_in_parquet(study: Study, exported: Path) -> None:
    rows = read(exported / "observations.csv")
    caveats = study.observations["caveats"].to_list()
    assert [row["caveats"] for row in rows] == [";".join(codes) for codes in caveats]
    assert pl.read_parquet(exported / "observations.parquet")["caveats"].to_list() == caveats


@pytest.mark.parametrize("table", ["observations", "measures"])
def test_both_formats_hold_the_same_numbers(exported: Path, table: str) -> None:
    stored = pl.read_parquet(exported / f"{table}.parquet")
    rows = read(exported / f"{table}.csv")
    ends = {("LOW", "below"): float("-inf"), ("HIGH", "above"): float("inf")}
    for column in ("OBS_VALUE", "LOW", "HIGH"):
        numbers = [float(row[column]) if row[column] else ends.get((column, row["OPEN_END"])) for row in rows]
        assert numbers == stored[column].to_list()


def test_parquet_keeps_every_cell(study: Study, exported: Path) -> None:
    stored = pl.read_parquet(exported / "observations.parquet")
    assert stored.equals(with_sdmx_names(study.observations))
    assert stored.schema["period_end"] == pl.Date


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_of_the_csv_begins_a_formula(exported: Path, table: str) -> None:
    cells = [cell for row in read(exported / f"{table}.csv") for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))]


def test_csv_has_lf_line_ends_and_a_byte_order_mark(exported: Path, tmp_path: Path) -> None:
    put_csv(
        pl.DataFrame({"a": [1]}), tmp_path / "findings"
    )  # as `audit --csv` and `compare --csv` do, whatever the ending
    for raw in ((exported / "observations.csv").read_bytes(), (tmp_path / "findings").read_bytes()):
        assert b"\r" not in raw
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.endswith(b"\n")


def test_text_with_quotes_braces_and_commas_comes_back_as_it_was(awkward: Any, tmp_path: Path) -> None:
    study = parkstudy.load(awkward)
    write(study, "observations", tmp_path / "x.csv")
    assert [row["note"] or None for row in read(tmp_path / "x.csv")] == study.observations["note"].to_list()


def test_how_a_measure_is_computed_and_read_is_a_code(exported: Path) -> None:
    rows = read(exported / "measures.csv")
    assert {row["EST_METHOD"] for row in rows} <= {*codes("method"), ""}
    assert {row["reading"] for row in rows} == {*codes("reading"), ""}


def test_the_number_of_rows_is_returned(study: Study, tmp_path: Path) -> None:
    assert write(study, "observations", tmp_path / "x.csv") == (study.observations.height, 0)
    assert write(study, "measures", tmp_path / "x.PARQUET") == (pl.read_parquet(tmp_path / "x.PARQUET").height, 0)


@pytest.mark.parametrize("ending", FORMS)
def test_the_same_export_twice_is_the_same_to_the_byte(study: Study, tmp_path: Path, ending: str) -> None:
    for name in ("a", "b"):
        write(study, "sources", tmp_path / f"{name}{ending}")
    assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


@every(
    "cell",
    [
        "=1+1",
        "+1+cmd",
        "@SUM(1)",
        "-x",
        "-1+1",
        "-7.1亿",
        "+",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uff1d1",
        "-1e5x",
        "1".join("-."),
    ],
)
def test_text_that_a_spreadsheet_would_run_is_guarded(cell: str) -> None:
    frame = pl.DataFrame({"a": [cell, "a=b"], "b": [[cell], []]})
    assert list(csv.reader(csv_text(frame).splitlines(keepends=True))) == [["a", "b"], ["'" + cell] * 2, ["a=b", ""]]


@every("cell", ["-7.1%", "-1,234.5", "+5", "-.5", "-1e-05", "12", "−3"])
def test_a_number_is_never_guarded(cell: str) -> None:
    frame = pl.DataFrame({"a": [cell], "LOW": [float("-inf")], "HIGH": [-0.5], "n": [-3]})
    assert list(csv.reader(csv_text(frame).splitlines()))[1] == [cell, "", "-0.5", "below", "-3"]


def test_the_file_of_an_exhibit_with_periods_has_sdmx_names(study: Study) -> None:
    rows = list(csv.DictReader(csv_text(study.observations).splitlines()))
    assert set(rows[0]) == {*OBSERVATION_COLUMNS, "OPEN_END"}
    assert len(rows) == study.observations.height


@pytest.mark.parametrize(
    ("table", "file", "text"),
    [
        ("rates", "x.csv", "unknown table 'rates'; expected one of observations, measures, comparisons, sources"),
        ("observations", "x.xls", "'x.xls' ends in '.xls'; expected one of .csv, .xlsx, .parquet, .bib"),
        ("observations", "x", "'x' ends in 'nothing'; expected one of .csv, .xlsx, .parquet, .bib"),
        ("measures", "x.csv.gz", "'x.csv.gz' ends in '.gz'; expected one of .csv, .xlsx, .parquet, .bib"),
        ("measures", "x.bib", "a .bib file lists sources, not measures; run: parkstudy export sources FILE.bib"),
        ("measures", "no/x.csv", "no folder '{folder}/no' for x.csv; make it first, or name another one"),
    ],
)
def test_an_unknown_table_or_ending_is_refused(study: Study, tmp_path: Path, table: str, file: str, text: str) -> None:
    with pytest.raises(ExportError) as error:
        write(study, table, tmp_path / file)
    assert str(error.value) == text.format(folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_the_old_file_as_it_was(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "x.csv"
    file.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match=r"^\[Errno 28\] No space left on device$"):
        write(study, "observations", file)
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_nothing_but_the_file_is_left_behind(study: Study, tmp_path: Path) -> None:
    write(study, "observations", tmp_path / "x.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
