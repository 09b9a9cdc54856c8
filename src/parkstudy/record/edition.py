"""Which data these are: their version, as `datapackage.json` beside them gives it, while they are those that it describes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

DESCRIPTOR = "datapackage.json"


def descriptor(folder: Path) -> dict[str, Any]:
    """The descriptor of a folder; empty where it has none that can be read."""
    try:
        found = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def changed(described: Mapping[str, Any], files: Iterable[Path]) -> list[str]:
    """The names of the files that are not as a descriptor describes them, and of those that it describes and that are gone."""
    resources = described.get("resources")
    known: dict[str, str | None] = {
        str(one.get("path")): one.get("hash")
        for one in (resources if isinstance(resources, list) else ())
        if isinstance(one, dict)
    }
    now = {path.name: f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files}
    return sorted(str(name) for name in {*known, *now} if known.get(name) != now.get(name))


def edition(folder: Path, files: Iterable[Path]) -> tuple[str, str]:
    """Version and time of the data of a folder; empty where nothing beside them says so, and where they have changed since."""
    described = descriptor(folder)
    if not described.get("version") or changed(described, files):
        return "", ""
    return str(described["version"]), str(described.get("created", ""))
