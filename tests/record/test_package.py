"""The data package: the stored description is what the schemas say, and a validator accepts it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from parkstudy.record import package as datapackage
from parkstudy.record.schema import ACCEPTED, TABLES, columns
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.tables import Tables, load

SHIPPED = [name for name in TABLES if name != ACCEPTED]  # the shipped data need no warning acknowledged


@pytest.fixture(scope="module")
def stored() -> dict[str, Any]:
    """The descriptor as it is stored."""
    found: dict[str, Any] = json.loads((shipped_folder() / "datapackage.json").read_text(encoding="utf-8"))
    return found


def test_the_stored_files_are_what_would_be_written(tmp_path: Path) -> None:
    shutil.copy(shipped_folder() / "datapackage.json", tmp_path)
    for name in SHIPPED:
        shutil.copy(shipped_folder() / f"{name}.csv", tmp_path)
    for name in datapackage.DOCUMENTS:
        shutil.copy(shipped_folder() / f"{name}.toml", tmp_path)
    datapackage.write(tmp_path)
    for name in ("datapackage.json", "codebook.md"):
        assert (tmp_path / name).read_bytes() == (shipped_folder() / name).read_bytes(), f"run make data: {name}"


def test_the_module_writes_both_files_as_make_data_does(tmp_path: Path) -> None:
    for name in SHIPPED:
        shutil.copy(shipped_folder() / f"{name}.csv", tmp_path)
    subprocess.run([sys.executable, "-m", "parkstudy.record.package", str(tmp_path)], check=True)
    assert (tmp_path / "codebook.md").read_bytes() == (shipped_folder() / "codebook.md").read_bytes()


def test_the_changelog_says_what_the_version_of_the_data_brought(stored: dict[str, Any]) -> None:
    changes = Path("CHANGELOG.md").read_text(encoding="utf-8").split("### Data\n")[1].partition("\n#")[0]
    assert f"Version {stored['version']} of the data" in changes


def test_data_that_changed_need_a_higher_version(copy_of_data: Any) -> None:
    folder = copy_of_data.folder
    shutil.copy(shipped_folder() / "datapackage.json", folder)
    for name in datapackage.DOCUMENTS:
        shutil.copy(shipped_folder() / f"{name}.toml", folder)
    study = load(folder, Tables)
    before = study.version
    assert study.edition == f"{before}+{study.data_hash[:12]}"
    copy_of_data.edit("observations", "hengnan-2019-004", reported_figure="56.1亿元")
    study = load(folder, Tables)
    assert (study.version, study.created, study.edition) == ("", "", study.data_hash[:12])
    with pytest.raises(datapackage.VersionError) as fault:
        datapackage.write(folder)
    assert str(fault.value) == (
        f"{folder}: changed since version {before} of the data: observations.csv (observations hengnan-2019-004); give a higher "
        "version, as in: make data VERSION=0.3.0, and list each old and new figure with its observation_id under Data in CHANGELOG.md"
    )
    for version, said in (
        (before, f"the data have version {before}; expected a higher one than {before}"),
        ("2", "'2' is no version"),
    ):
        with pytest.raises(datapackage.VersionError, match=re.escape(said)):
            datapackage.write(folder, version)
    datapackage.write(folder, "0.10.0")
    assert load(folder, Tables).version == "0.10.0"
    datapackage.write(folder)
    assert load(folder, Tables).version == "0.10.0"


def test_the_descriptor_has_a_licence(stored: dict[str, Any]) -> None:
    assert stored["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [licence["name"] for licence in stored["licenses"]] == ["CC-BY-4.0"]


def test_hash_and_size_are_those_of_the_files(stored: dict[str, Any]) -> None:
    for resource in stored["resources"]:
        raw = (shipped_folder() / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
        assert resource["bytes"] == len(raw)


def test_fields_stand_in_the_order_of_the_files(stored: dict[str, Any]) -> None:
    assert [resource["name"] for resource in stored["resources"]] == [*SHIPPED, *datapackage.DOCUMENTS]
    for resource in stored["resources"][: len(SHIPPED)]:
        header = (shipped_folder() / resource["path"]).read_text(encoding="utf-8").partition("\n")[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_every_field_is_described_and_every_code_has_a_label(stored: dict[str, Any]) -> None:
    for field in (field for resource in stored["resources"][: len(SHIPPED)] for field in resource["schema"]["fields"]):
        assert field["description"]
        assert all(category["label"] for category in field.get("categories", []))
        assert field.get("constraints", {}).get("enum", []) in (
            [], [category["value"] for category in field.get("categories", [])],
        )  # fmt: skip


def test_keys_are_declared(stored: dict[str, Any]) -> None:
    schemas = {resource["name"]: resource.get("schema") for resource in stored["resources"]}
    assert schemas["observations"]["primaryKey"] == ["observation_id"]
    assert [key["fields"] for key in schemas["observations"]["foreignKeys"]] == [["source_id"], ["indicator"]]
    assert schemas["sources"]["foreignKeys"] == [
        {"fields": ["park_id"], "reference": {"resource": "parks", "fields": ["park_id"]}}
    ]
    assert schemas["subjects"]["uniqueKeys"] == [["source_id", "subject"]]
    assert [key["reference"]["resource"] for key in schemas["places"]["foreignKeys"]] == ["parks", "reference"]
    assert schemas["reference"]["uniqueKeys"] == [["series", "scope", "period_start", "period_end"]]


def test_the_codebook_has_every_table_column_and_code() -> None:
    text = (shipped_folder() / "codebook.md").read_text(encoding="utf-8")
    for name in TABLES:
        assert f"\n## {name}.csv\n" in text
        for key, column in columns(name).items():
            assert f"| `{key}` | " in text
            for value, label in (column.metadata or {}).get("values", {}).items():
                assert value == label or f"| `{value}` | {label} |" in text


def test_the_unit_of_an_indicator_is_one_in_which_a_figure_can_be_printed(stored: dict[str, Any]) -> None:
    (unit,) = (
        field
        for resource in stored["resources"] if resource["name"] == "indicators"
        for field in resource["schema"]["fields"] if field["name"] == "unit"
    )  # fmt: skip
    assert unit["constraints"]["enum"] == [
        "CNY", "USD", "CNY/mu", "mu", "ha", "km2", "m2", "percent", "count", "person", "ratio",
    ]  # fmt: skip


def test_everything_in_one_file_is_the_same_twice_and_describes_itself(tmp_path: Path, copy_of_data: Any) -> None:
    shipped = load(None, Tables)
    one = datapackage.archive(shipped)
    assert one == datapackage.archive(load(None, Tables))
    with zipfile.ZipFile(io.BytesIO(one)) as file:
        names = file.namelist()
        assert names == sorted({*shipped.files, "datapackage.json", "codebook.md", "README.md"})
        assert {name: file.read(name) for name in names} == {
            name: (shipped_folder() / name).read_bytes() for name in names
        }
    copy_of_data.edit("parks", "hengnan", note="changed")
    (copy_of_data.folder / "study.toml").unlink()
    with zipfile.ZipFile(io.BytesIO(datapackage.archive(load(copy_of_data.folder, Tables)))) as file:
        file.extractall(tmp_path)
        assert "README.md" not in file.namelist()  # it describes other data
    own = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert {"title", "version", "created", "contributors", "licenses"} & own.keys() == set()
    assert validated(tmp_path) == []


def validated(folder: Path) -> list[tuple[Any, ...]]:
    """Table, row, field and type of every error that the validator finds."""
    from frictionless import Package

    report = Package(str(folder / "datapackage.json")).validate()
    found = [("", None, None, error.type) for error in report.errors]
    for task in report.tasks:
        found += [(task.name, *row) for row in task.flatten(["rowNumber", "fieldName", "type"])]
    return found


def test_frictionless_accepts_the_data_package() -> None:
    assert validated(shipped_folder()) == []


def test_frictionless_would_see_a_wrong_cell(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", population="everybody", source_id="hengnan-2091")
    datapackage.write(copy_of_data.folder)
    assert validated(copy_of_data.folder) == [
        ("observations", 6, "population", "constraint-error"),
        ("observations", 6, None, "foreign-key"),
    ]


def test_frictionless_would_see_a_file_that_was_changed_afterwards(copy_of_data: Any) -> None:
    datapackage.write(copy_of_data.folder)
    copy_of_data.edit("parks", "hengnan", note="changed")
    assert {(table, kind) for table, _, _, kind in validated(copy_of_data.folder)} == {
        ("parks", "hash-count"),
        ("parks", "byte-count"),
    }
