"""The description of the dataset: `datapackage.json` (Data Package v2) and the codebook, written from `schema`.

`python -m parkstudy.record.package data` writes both; a test holds them against what it would write.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import dataframely as dy

from parkstudy import __version__
from parkstudy.record.schema import FOREIGN_KEYS, TABLES, UNIQUE_KEYS, columns

TITLES = {
    "parks": "Parks", "sources": "Texts", "indicators": "Indicators", "observations": "Printed figures",
    "subjects": "Names of parts of parks", "reference": "Benchmark values", "places": "Places that contain a park",
}  # fmt: skip
_LAYOUT: dict[str, dict[str, Any]] = {
    "list": {"delimiter": ";", "itemType": "string"},
    "boolean": {"trueValues": ["true"], "falseValues": ["false"]},
}
CREATED = "2026-11-21T00:00:00Z"  # of this version of the data; never the clock


def describe(folder: Path) -> dict[str, Any]:
    """The Data Package descriptor of the tables in `folder`, with the hash and size of each file."""
    licence = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "parkstudy",
        "title": "What Chinese county industrial parks report",
        "description": "Figures printed in the work summaries of five county industrial parks, with term, place, period, "
        "population, status and caveats; figures of other parks for context and of news; and benchmark values. Many of the "
        "cited pages are reposts.",
        "version": __version__,
        "created": CREATED,
        "licenses": [{**licence, "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": "The parkstudy authors", "roles": ["creator"]}],
        "sources": [{"title": "Work summaries of five county industrial parks; see sources.csv"}],
        "resources": [_resource(name, folder) for name in TABLES],
    }


def _resource(name: str, folder: Path) -> dict[str, Any]:
    raw = (folder / f"{name}.csv").read_bytes()
    file = {"path": f"{name}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(raw)}
    digest = f"sha256:{hashlib.sha256(raw).hexdigest()}"
    return {"name": name, "title": TITLES[name], "type": "table", **file, "hash": digest, "schema": _schema(name)}


def _schema(name: str) -> dict[str, Any]:
    keys = {
        "primaryKey": TABLES[name].primary_key(),
        "uniqueKeys": [UNIQUE_KEYS[name]] if name in UNIQUE_KEYS else [],  # its dates may be empty, a primary key not
        "foreignKeys": [
            {"fields": [column], "reference": {"resource": other, "fields": [field]}}
            for column, (other, field) in FOREIGN_KEYS.get(name, {}).items()
        ],
    }
    return {
        "fields": [_field(key, column) for key, column in columns(name).items()],
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
    return "\n".join(lines).rstrip() + "\n"


def write(folder: Path) -> None:
    """Write `datapackage.json` and `codebook.md` into `folder`."""
    described = json.dumps(describe(folder), ensure_ascii=False, indent=2) + "\n"
    for name, text in (("datapackage.json", described), ("codebook.md", codebook())):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
