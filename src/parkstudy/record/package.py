"""The dataset as a package: `datapackage.json` (Data Package v2) and the codebook, written from `schema`, and all in one file.

`python -m parkstudy.record.package data [VERSION]` writes both; a test holds them against what it would write. The version of the data
is kept in `datapackage.json` with the hashes of what it is the version of, and rises with them.
"""

import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import dataframely as dy

from parkstudy.errors import ParkstudyError, listed
from parkstudy.record import about
from parkstudy.record.edition import changed, descriptor
from parkstudy.record.reading import read
from parkstudy.record.schema import FOREIGN_KEYS, TABLES, UNIQUE_KEYS, columns, may_lack
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.tables import Tables
from parkstudy.record.verified import row_sha256

TITLES = {
    "parks": "Parks", "sources": "Texts", "indicators": "Indicators", "observations": "Printed figures",
    "subjects": "Names of parts of parks", "reference": "Benchmark values", "places": "Places that contain a park",
    "verified": "Figures held against their texts", "accepted": "Warnings acknowledged",
}  # fmt: skip
DOCUMENTS = {"study": "What the study calls itself", "statements": "Statements fixed before their results"}
LICENCES = {
    "CC-BY-4.0": ("https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0"),
}
_LAYOUT: dict[str, dict[str, Any]] = {
    "list": {"delimiter": ";", "itemType": "string"},
    "boolean": {"trueValues": ["true", "True", "TRUE"], "falseValues": ["false", "False", "FALSE"]},
}
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_FEW = 12  # observations that a message names


class VersionError(ParkstudyError):
    """Data that changed and have the version of what they were, or a version that is none or does not rise."""


def describe(files: Mapping[str, Path], called: about.About, **published: str) -> dict[str, Any]:
    """The Data Package descriptor of the tables and documents in `files`, with the hash and size of each."""
    licence = dict(zip(("path", "title"), LICENCES.get(called.licence, ()), strict=False))
    said = {
        "title": called.title_en,
        "description": " ".join(filter(None, (called.question_en, called.notes_en))),
        **published,
        "licenses": [{"name": called.licence, **licence}] if called.licence else [],
        "contributors": [{"title": name, "roles": ["creator"]} for name in called.authors],
    }
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "parkstudy",
        **{key: value for key, value in said.items() if value},
        "sources": [{"title": "Work summaries of county industrial parks; see sources.csv"}],
        "resources": [
            *(_resource(name, files[f"{name}.csv"]) for name in TABLES if f"{name}.csv" in files),
            *(_document(name, files[f"{name}.toml"]) for name in DOCUMENTS if f"{name}.toml" in files),
        ],
    }


def _file(path: Path, form: str, mediatype: str) -> dict[str, Any]:
    raw = path.read_bytes()
    layout = {"path": path.name, "format": form, "mediatype": mediatype, "encoding": "utf-8", "bytes": len(raw)}
    return {**layout, "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}


def _resource(name: str, path: Path) -> dict[str, Any]:
    file = _file(path, "csv", "text/csv")
    return {"name": name, "title": TITLES[name], "type": "table", **file, "schema": _schema(name, path)}


def _document(name: str, path: Path) -> dict[str, Any]:
    return {"name": name, "title": DOCUMENTS[name], **_file(path, "toml", "application/toml")}


def _schema(name: str, path: Path) -> dict[str, Any]:
    """The columns that the file has, its keys and what an empty cell means."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lacking = set(may_lack(name)).difference(next(csv.reader(file), []))
    keys = {
        "primaryKey": TABLES[name].primary_key(),
        "uniqueKeys": [UNIQUE_KEYS[name]] if name in UNIQUE_KEYS else [],  # its dates may be empty, a primary key not
        "foreignKeys": [
            {"fields": [column], "reference": {"resource": other, "fields": [field]}}
            for column, (other, field) in FOREIGN_KEYS.get(name, {}).items()
        ],
    }
    return {
        "fields": [_field(key, column) for key, column in columns(name).items() if key not in lacking],
        "missingValues": [{"value": "", "label": "not stated, or not applicable"}],
        **{key: listed for key, listed in keys.items() if listed},
    }


def _field(key: str, column: dy.Column) -> dict[str, Any]:
    meta = column.metadata or {}
    kind, values = meta["type"], meta.get("values", {})
    constraints = {
        "required": not column.nullable,
        "unique": column.primary_key,
        "pattern": meta.get("pattern", "").removeprefix("^").removesuffix("$"),
        "enum": list(values) if kind != "list" else [],
    }
    more = {
        **_LAYOUT.get(kind, {}),
        "categories": [{"value": value, "label": label} for value, label in values.items()],
        "constraints": {name: value for name, value in constraints.items() if value},
    }
    return {"name": key, "type": kind, "description": column.description, **{k: v for k, v in more.items() if v}}


def codebook() -> str:
    """Every table, column and code as Markdown."""
    lines = [
        "# Codebook\n",
        "Written from the schemas of the package by `make data`; lists in a cell are separated by `;`.\n",
    ]
    for name, table in TABLES.items():
        lines += [f"## {name}.csv\n", f"{table.__doc__}\n"]
        lines += ["| column | type | filled | meaning |", "|---|---|---|---|"]
        codes = []
        for key, column in columns(name).items():
            meta = column.metadata or {}
            filled = "if known" if column.nullable else "always"
            lines.append(f"| `{key}` | {meta['type']} | {filled} | {column.description} |")
            values = meta.get("values", {})
            if any(value != label for value, label in values.items()):
                codes += [f"### Codes of `{name}.{key}`\n", "| code | meaning |", "|---|---|"]
                codes += [*(f"| `{value}` | {label} |" for value, label in values.items()), ""]
        lines += ["", *codes]
    lines += [f"## {about.FILE}\n", "| key | meaning |", "|---|---|"]
    lines += [f"| `{key}` | {meta['description']} |" for key, meta in about.KEYS.items()]
    return "\n".join(lines).rstrip() + "\n"


def _described(files: Mapping[str, Path], called: about.About, version: str, created: str) -> dict[str, str]:
    """The name and text of the files that describe the others."""
    named = {"version": version, "created": created} if version else {}
    described = json.dumps(describe(files, called, **named), ensure_ascii=False, indent=2) + "\n"
    return {"datapackage.json": described, "codebook.md": codebook()}


def write(folder: Path, version: str = "") -> None:
    """Write `datapackage.json` and `codebook.md` into `folder`; `version` is that of its data, a higher one where they changed.

    Raises `VersionError` where the data changed since the version that is stored and none or no higher one is given.
    """
    names = [*(f"{name}.csv" for name in TABLES), *(f"{name}.toml" for name in DOCUMENTS)]
    files = {name: folder / name for name in names if (folder / name).is_file()}
    called = about.read(files[about.FILE])[0] if about.FILE in files else about.About()
    was = descriptor(folder)
    before, created = str(was.get("version", "")), str(was.get("created", ""))
    if version and not _VERSION.fullmatch(version):
        raise VersionError(f"{version!r} is no version; expected three numbers such as 1.2.0")
    if before and version and _numbers(version) <= _numbers(before):
        raise VersionError(f"the data have version {before}; expected a higher one than {version}")
    if before and not version and (others := changed(was, files.values())):
        raise VersionError(
            f"{folder}: changed since version {before} of the data: {', '.join(others)}{_rows_changed(files)}; give a higher version, "
            f"as in: make data VERSION={_next(before)}, and list each old and new figure with its observation_id under Data in CHANGELOG.md"
        )
    if version:
        created = datetime.combine(datetime.now(UTC), time()).strftime("%Y-%m-%dT%H:%M:%SZ")
    for name, text in _described(files, called, version or before, created).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def _next(version: str) -> str:
    numbers = [*_numbers(version), 0, 0, 0]
    return f"{numbers[0]}.{numbers[1] + 1}.0"


def _rows_changed(files: Mapping[str, Path]) -> str:
    """The observations that are not any more what was held against the texts, where that was kept."""
    if not {"observations.csv", "verified.csv"} <= files.keys():
        return ""
    kept = dict(read("verified", files["verified.csv"]).frame.select("observation_id", "row_sha256").iter_rows())
    rows = {
        row["observation_id"]: row_sha256(row)
        for row in read("observations", files["observations.csv"]).frame.iter_rows(named=True)
    }
    other = [key for key, digest in kept.items() if rows.get(key) != digest]
    return f" (observations {listed(other, _FEW)})" if other else ""


def archive(study: Tables) -> bytes:
    """The files of a study with what describes them, as one zip; the same bytes from the same files."""
    readme, ours = shipped_folder() / "README.md", {p.parent for p in study.files.values()} == {shipped_folder()}
    contents = {name: path.read_bytes() for name, path in study.files.items()}
    contents |= {
        name: text.encode() for name, text in _described(study.files, study.about, study.version, study.created).items()
    }
    if ours:
        contents[readme.name] = readme.read_bytes()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name)  # of 1980: no clock
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            file.writestr(entry, contents[name], zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


if __name__ == "__main__":
    try:
        write(Path(sys.argv[1]), *sys.argv[2:3])
    except VersionError as error:
        sys.exit(f"parkstudy: {error}")
