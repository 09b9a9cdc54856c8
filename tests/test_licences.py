"""Every part that is installed with the package has a licence that is known and named."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata

from licences import LIST, ROOT, SAID, licence, pinned

ROWS = dict(re.findall(r"^\| ([a-z0-9._-]+) \| (.*) \|$", LIST.read_text(encoding="utf-8"), re.M))
ROWS.pop("package")
OPEN = r"(?i)\b(MIT|BSD|0BSD|Apache|MPL|Mozilla Public|Python Software Foundation|PSF|ISC|Zlib|CC0|Unlicense)\b"


def test_every_package_of_the_lock_is_listed_with_an_open_licence() -> None:
    assert list(ROWS) == pinned()
    assert [name for name, said in ROWS.items() if not re.search(OPEN, said)] == []


def test_every_direct_dependency_is_listed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = [re.split(r"[<>=!~\[ ;]", one)[0].lower() for one in project["dependencies"]]
    assert [name for name in direct if name not in ROWS] == []


def test_the_list_says_what_is_installed() -> None:
    installed = {(one.metadata["Name"] or "").lower().replace("_", "-") for one in metadata.distributions()}
    wrong = {name: said for name, said in ROWS.items() if name in installed and said != licence(name)}
    assert wrong == {}, "run python tests/licences.py"


def test_what_says_nothing_of_itself_is_named_by_hand_and_nothing_else_of_what_is_installed() -> None:
    for name in SAID:
        try:
            said = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        assert not said.get("License-Expression"), name
