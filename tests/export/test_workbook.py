"""The .xlsx workbook: numbers and dates are such, text stays text, its notes and codes, the same bytes twice."""

from __future__ import annotations

import inspect
import io
import math
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import polars as pl
import pytest

import parkstudy
from parkstudy.export import ExportError, workbook
from parkstudy.export.files import TABLES
from parkstudy.method import cells, compare, sides
from parkstudy.method.study import Study
from parkstudy.record.as_csv import with_sdmx_names
from parkstudy.record.codes import codes

_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_EPOCH = date(1899, 12, 30)


def sheets(raw: bytes) -> dict[str, list[dict[str, tuple[str, str, str]]]]:
    """Each sheet by its name: a row to its cells by column letters, each as its type, its style and its text."""
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        strings = ElementTree.fromstring(file.read("xl/sharedStrings.xml"))
        shared = ["".join(part.text or "" for part in item.iter(f"{_X}t")) for item in strings]
        names = [
            sheet.get("name", "") for sheet in ElementTree.fromstring(file.read("xl/workbook.xml")).iter(f"{_X}sheet")
        ]
        found = {}
        for place, name in enumerate(names, 1):
            rows = []
            for row in ElementTree.fromstring(file.read(f"xl/worksheets/sheet{place}.xml")).iter(f"{_X}row"):
                cells = {}
                for cell in row:
                    kind, text = cell.get("t", "n"), cell.findtext(f"{_X}v")
                    if text is not None:
                        letters = re.sub(r"\d", "", cell.get("r", ""))
                        cells[letters] = (kind, cell.get("s", ""), shared[int(text)] if kind == "s" else text)
                rows.append(cells)
            found[name] = rows
        return found


def made(study: Study, table: str) -> bytes:
    return workbook.workbook(study, table, TABLES[table](study))


def columns(rows: list[dict[str, tuple[str, str, str]]]) -> dict[str, str]:
    """A column's name to its letters."""
    return {text: letters for letters, (_, _, text) in rows[0].items()}


def test_numbers_are_numbers_dates_are_dates_and_text_is_text(study: Study) -> None:
    rows = sheets(made(study, "observations"))["observations"]
    at = columns(rows)
    assert list(at) == with_sdmx_names(study.observations).columns
    for row, wanted in zip(rows[1:], study.observations.iter_rows(named=True), strict=True):
        for column, name in (("OBS_VALUE", "value"), ("LOW", "low"), ("HIGH", "high")):
            number, cell = wanted[name], row.get(at[column])
            if number is None or cell is None:
                assert number is cell
            elif math.isinf(number):
                assert cell[::2] == ("s", "INF" if number > 0 else "-INF")
            else:
                assert cell[0] == "n"
                assert float(cell[2]) == pytest.approx(number, rel=1e-14)
        day = row.get(at["period_end"])
        assert (day and int(day[2])) == (wanted["period_end"] and (wanted["period_end"] - _EPOCH).days)
        assert row[at["reported_figure"]][::2] == ("s", wanted["reported_figure"])


def test_text_that_would_be_run_stays_text_also_when_it_is_edited(study: Study) -> None:
    frame = TABLES["comparisons"](study).head(2).with_columns(reason=pl.Series(["=1+1", "-7.1%"]))
    raw = workbook.workbook(study, "comparisons", frame)
    rows = sheets(raw)["comparisons"]
    (kind, style, text), (other, plain, number) = (row[columns(rows)["reason"]] for row in rows[1:])
    assert (kind, text, other, number) == ("s", "=1+1", "s", "-7.1%")
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        cells = list(ElementTree.fromstring(file.read("xl/styles.xml")).iterfind(f"{_X}cellXfs/{_X}xf"))
    assert [cells[int(one or 0)].get("quotePrefix") for one in (style, plain)] == ["1", None]


@pytest.mark.parametrize("table", TABLES)
def test_the_notes_say_what_each_column_is_and_of_which_data(study: Study, table: str) -> None:
    made_of = sheets(made(study, table))
    notes = {row["A"][2]: row["B"][2] for row in made_of["notes"][1:] if row.get("A") and row["A"][2]}
    assert set(columns(made_of[table])) <= set(notes)
    assert notes["data"] == f"{study.version}, SHA-256 {study.data_hash}"
    assert notes["version"] == f"parkstudy {parkstudy.__version__}"
    assert notes["licence"].startswith(f"{study.about.licence}, https://")
    assert study.about.title_en in notes["cite as"]


@pytest.mark.parametrize("table", TABLES)
def test_each_code_that_occurs_has_its_words_in_both_languages(study: Study, table: str) -> None:
    made_of = sheets(made(study, table))
    listed = {(row["A"][2], row["B"][2]): (row["C"][2], row["D"][2]) for row in made_of["codes"][1:] if "C" in row}
    rows = made_of[table]
    at = columns(rows)
    coded = {
        "PARK",
        "left",
        "right",
        "INDICATOR",
        "measure",
        "POPULATION",
        "VALUE_TYPE",
        "OBS_STATUS",
        "caveats",
        "flags",
    }
    coded |= {"verdict", "limits", "EST_METHOD", "PRICE_BASIS", "basis", "price", "rung", "kind", "GRADE", "reason"}
    for column in coded & set(at):
        used = {code for row in rows[1:] if at[column] in row for code in row[at[column]][2].split(";")} - {""}
        assert {code for name, code in listed if name == column} == used
    assert not [code for (_, code), (english, chinese) in listed.items() if not english or not chinese]


def test_each_reason_that_refuses_a_comparison_has_words() -> None:
    sources = (inspect.getsource(module) for module in (cells, compare, sides))
    raised = {code for text in sources for code in re.findall(r'RefusalError\("(\w+)"', text)}
    assert raised - {"statement_refusal"} == set(codes("refusal"))  # that one hands on the reason of a measure


def test_an_empty_table_is_a_workbook_with_its_header(study: Study) -> None:
    rows = sheets(workbook.workbook(study, "measures", study.measures.clear()))
    assert list(columns(rows["measures"])) == with_sdmx_names(study.measures).columns
    assert not [cell for row in rows["measures"][1:] for cell in row.values()]
    assert set(rows) == {"measures", "notes", "codes"}


def test_no_clock_stands_in_the_file(study: Study) -> None:
    with zipfile.ZipFile(io.BytesIO(made(study, "sources"))) as file:
        core = file.read("docProps/core.xml").decode()
        assert {entry.date_time[:3] for entry in file.infolist()} == {(1980, 1, 1)}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"1980-01-01T00:00:00Z"}


def test_what_a_sheet_cannot_hold_is_refused(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    long = study.sources.head(1).with_columns(note=pl.lit("x" * 32_768))
    with pytest.raises(
        ExportError, match=r"^32768 signs in a cell of note; a cell holds 32767: write .parquet or .csv$"
    ):
        workbook.workbook(study, "sources", long)
    monkeypatch.setattr(workbook, "ROWS", 3)
    with pytest.raises(ExportError, match=r"^22 rows of sources; a sheet holds 3: write .parquet or .csv$"):
        workbook.workbook(study, "sources", study.sources)
