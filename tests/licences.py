"""The licences of all parts that are installed with the package, as their own metadata say: `python tests/licences.py` writes the list."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "docs" / "licences.md"
SAID = {  # of what says none in its metadata, or is only for other systems and versions of Python: as its own page says
    "aiohappyeyeballs": "PSF-2.0", "aiohttp": "Apache-2.0 AND MIT", "aiosignal": "Apache-2.0", "appnope": "BSD-2-Clause",
    "colorama": "BSD-3-Clause", "dataframely": "BSD-3-Clause", "frozenlist": "Apache-2.0", "multidict": "Apache-2.0",
    "propcache": "Apache-2.0", "pywinpty": "MIT", "yarl": "Apache-2.0",
}  # fmt: skip
HEAD = """# Licences

parkstudy is under the MIT licence (`LICENSE`), its data under the licence that `data/study.toml` names. A page holds the glyphs it needs
of Noto Sans SC, from the package zhplot: SIL Open Font License 1.1. What is installed with it (`requirements.lock`), each by its own
metadata, is below; `make sbom` writes the list of the parts with versions and hashes as CycloneDX. Written by `python tests/licences.py`.

| package | licence |
|---|---|
"""


def pinned() -> list[str]:
    """The packages of the lock, each once."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==", lock, re.M)))


def licence(package: str) -> str:
    """What a package says of its licence: an expression, else its classifiers, else its first line; empty where it says nothing."""
    if package in SAID:
        return SAID[package]
    said = metadata.metadata(package)
    named = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or [] if one.startswith("License ::")]
    return said.get("License-Expression") or "; ".join(named) or (said.get("License") or "").strip().partition("\n")[0]


def text() -> str:
    """The list."""
    return HEAD + "".join(f"| {package} | {licence(package)} |\n" for package in pinned())


if __name__ == "__main__":
    LIST.write_text(text(), encoding="utf-8")
