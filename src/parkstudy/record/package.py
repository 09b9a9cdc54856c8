"""The description of the dataset: `datapackage.json` (Data Package v2) and the codebook, written from `schema`.

`python -m parkstudy.record.package data` writes both; a test holds them against what it would write.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import dataframely as dy

from parkstudy import __version__
from parkstudy.record.schema import FOREIGN_KEYS, TABLES, UNIQUE_KEYS, columns

TITLES = {
    "parks": "Parks",
    "sources": "Texts",
    "indicators": "Indicators",
    "observations": "Printed figures",
    "subjects": "Names of parts of parks",
    "reference": "Benchmark values",
    "places": "Places that contain a park",
}
LICENCE, LICENCE_URL = "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"
CREATED = "2026-11-21T00:00:00Z"  # of this version of the data; never the clock


def describe(folder: Path) -> dict[str, Any]:
    """The Data Package descriptor of the tables in `folder`, with the hash and size of each file."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "parkstudy",
        "title": "What Chinese county industrial parks report",
        "description": "Figures printed in the work summaries of five county industrial parks, with term, place, period, "
        "population, status and caveats; figures of other parks for context and of news; and benchmark values. Many of the "
        "cited pages are reposts.",
        "version": __version__,
        "created": CREATED,
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": "The parkstudy authors", "roles": ["creator"]}],
        "sources": [{"title": "Work summaries of five county industrial parks; see sources.csv"}],
        "resources": [_resource(name, folder) for name in TABLES],
    }


def _resource(name: str, folder: Path) -> dict[str, Any]:
    raw = (folder / f"{name}.csv").read_bytes()
    return {
        "name": name,
        "title": TITLES[name],
        "type": "table",
        **{"path": f"{name}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"},
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
        "schema": _schema(name),
    }


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(key, column) for key, column in columns(name).items()],
        "missingValues": [{"value": "", "label": "not stated, or not applicable"}],
    }
    key = TABLES[name].primary_key()
    if key:
        schema["primaryKey"] = key
    if name in UNIQUE_KEYS:  # its dates may be empty, which a primary key may not
        schema["uniqueKeys"] = [UNIQUE_KEYS[name]]
    if name in FOREIGN_KEYS:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": [field]}}
            for column, (other, field) in FOREIGN_KEYS[name].items()
        ]
    return schema


def _field(key: str, column: dy.Column) -> dict[str, Any]:
    meta = _meta(column)
    field: dict[str, Any] = {"name": key, "type": meta["type"], "description": column.description}
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.primary_key:
        constraints["unique"] = True
    if "pattern" in meta:
        constraints["pattern"] = meta["pattern"].removeprefix("^").removesuffix("$")
    if meta["type"] == "list":
        field |= {"delimiter": ";", "itemType": "string"}
    elif "values" in meta:
        constraints["enum"] = list(meta["values"])
    if meta["type"] == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if "values" in meta:
        field["categories"] = [{"value": value, "label": label} for value, label in meta["values"].items()]
    return field | ({"constraints": constraints} if constraints else {})


def codebook() -> str:
    """Every table, column and code as Markdown."""
    lines = [
        "# Codebook\n",
        "Written from the schemas of the package by `make data`; lists in a cell are separated by `;`.\n",
    ]
    for name, table in TABLES.items():
        lines += [f"## {name}.csv\n", (table.__doc__ or "").strip() + "\n"]
        lines += ["| column | type | filled | meaning |", "|---|---|---|---|"]
        for key, column in columns(name).items():
            filled = "if known" if column.nullable else "always"
            lines.append(f"| `{key}` | {_meta(column)['type']} | {filled} | {column.description} |")
        lines.append("")
        for key, column in columns(name).items():
            values = _meta(column).get("values", {})
            if any(value != label for value, label in values.items()):
                lines += [f"### Codes of `{name}.{key}`\n", "| code | meaning |", "|---|---|"]
                lines += [*(f"| `{value}` | {label} |" for value, label in values.items()), ""]
    return "\n".join(lines).rstrip() + "\n"


def _meta(column: dy.Column) -> dict[str, Any]:
    return column.metadata or {}


def write(folder: Path) -> None:
    """Write `datapackage.json` and `codebook.md` into `folder`."""
    text = json.dumps(describe(folder), ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")
    (folder / "codebook.md").write_text(codebook(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
