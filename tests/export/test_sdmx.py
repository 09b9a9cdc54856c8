"""SDMX-CSV: its columns, its keys, its times; and what pysdmx reads of it, where that is installed."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import parkstudy
from parkstudy.export import ExportError
from parkstudy.export.files import TABLES, write
from parkstudy.export.sdmx import FLOWS
from parkstudy.method.study import Study

ID = re.compile(r"[A-Z][A-Z0-9_]*")
CODE = re.compile(r"[A-Za-z0-9_@$-]+")
TIME = re.compile(
    r"\d{4}(-S[12]|-Q[1-4]|-\d\d(-\d\d)?)?|\d{4}-\d\d-\d\d/P\d+[MD]"
)  # ObservationalTimePeriod, as far as it is used
UNCODED = {"SUBJECT"}  # parts have a colon, and firms a plus: a text, not a code


@pytest.fixture(scope="module")
def folder(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every data flow."""
    made = tmp_path_factory.mktemp("sdmx")
    for table in FLOWS:
        write(study, table, made / f"{table}.csv", as_sdmx=True)
    return made


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("table", FLOWS)
def test_a_data_flow_has_the_form_of_the_standard(folder: Path, table: str) -> None:
    rows = read(folder / f"{table}.csv")
    dimensions = FLOWS[table].dimensions
    names = list(rows[0])
    assert names[: 4 + len(dimensions)] == ["STRUCTURE", "STRUCTURE_ID", "ACTION", *dimensions, "OBS_VALUE"]
    assert [name for name in names if not ID.fullmatch(name)] == []
    expected = ("dataflow", f"PARKSTUDY:{table.upper()}({parkstudy.__version__})", "I")
    assert {tuple(row.values())[:3] for row in rows} == {expected}
    keys = [tuple(row[name] for name in dimensions) for row in rows]
    assert len(set(keys)) == len(keys)
    coded = [name for name in dimensions if name not in {*UNCODED, "TIME_PERIOD"}]
    assert not [row for row in rows if not all(CODE.fullmatch(row[name]) for name in coded)]
    assert not [row for row in rows if not row["OBS_VALUE"] or not TIME.fullmatch(row.get("TIME_PERIOD", "2019"))]


def test_a_figure_is_keyed_and_measured_as_a_statistician_expects(folder: Path) -> None:
    rows = {row["OBSERVATION_ID"]: row for row in read(folder / "observations.csv")}
    row = rows["shuangpai-2017-018"]
    assert [row[name] for name in ("FREQ", "TIME_PERIOD", "REF_AREA")] == ["_O", "2017-01-01/P11M", "shuangpai"]
    assert [row[name] for name in ("OBS_VALUE", "LOW", "HIGH")] == ["45.2", "45.15", "45.25"]
    assert [row[name] for name in ("UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS")] == ["percent", "0", "A"]
    assert [rows["hengnan-2019-001"][name] for name in ("FREQ", "TIME_PERIOD")] == ["A", "2019"]


def test_a_comparison_is_between_an_area_and_its_counterpart(study: Study, folder: Path) -> None:
    for row, one in zip(read(folder / "comparisons.csv"), study.compare.rows(), strict=True):
        assert (row["REF_AREA"], row["COUNTERPART_AREA"], row["OBS_VALUE"]) == (one.left, one.right, one.verdict)
        assert row["RUNG"] == (one.rung or "_Z")


def test_what_is_undated_is_left_out_and_counted(study: Study, tmp_path: Path) -> None:
    undated = study.observations["period_end"].is_null().sum()
    assert undated
    found = write(study, "observations", tmp_path / "x.csv", as_sdmx=True)
    assert found == (study.observations.height - undated, undated)
    assert len(read(tmp_path / "x.csv")) == found[0]


@pytest.mark.parametrize(
    ("table", "file", "text"),
    [
        ("sources", "x.csv", "sources are no statistics; SDMX-CSV is written of observations, measures, comparisons"),
        ("measures", "x.xlsx", "SDMX-CSV is written to a .csv file, not to 'x.xlsx'"),
    ],
)
def test_what_sdmx_has_no_form_for_is_refused(study: Study, tmp_path: Path, table: str, file: str, text: str) -> None:
    with pytest.raises(ExportError) as error:
        write(study, table, tmp_path / file, as_sdmx=True)
    assert str(error.value) == text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.thorough
@pytest.mark.parametrize("table", FLOWS)
def test_pysdmx_reads_a_data_flow(study: Study, folder: Path, table: str) -> None:
    """By hand, with `pip install "pysdmx[data]"`: pyarrow, which it needs, is larger than all the rest together."""
    read_sdmx = pytest.importorskip("pysdmx.io", exc_type=ImportError).read_sdmx
    (dataset,) = read_sdmx(folder / f"{table}.csv").data
    assert dataset.structure == f"Dataflow=PARKSTUDY:{table.upper()}({parkstudy.__version__})"
    assert list(dataset.data["OBS_VALUE"]) == [row["OBS_VALUE"] for row in read(folder / f"{table}.csv")]
    assert set(FLOWS[table].dimensions) <= set(dataset.data.columns)
    assert len(dataset.data) <= TABLES[table](study).height
