"""What a study calls itself: read, or refused with the place and what was expected."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from parkstudy.record.about import KEYS, About, read
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.tables import Tables, load

ROOT = Path(__file__).resolve().parents[2]
GOOD = """\
title_en = "A title"
title_zh = "题目"
authors = ["A. Author", "B. Author"]
contact = "someone@example.org"
licence = "CC0-1.0"
"""


def written(folder: Path, text: str) -> Path:
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return folder / "study.toml"


def test_what_is_not_said_is_empty(tmp_path: Path) -> None:
    found, faults = read(written(tmp_path, GOOD))
    assert faults == []
    assert (found.said("title", "en"), found.said("title", "zh"), found.said("question", "zh")) == (
        "A title",
        "题目",
        "",
    )
    assert found.said("authors", "zh") == found.authors == ("A. Author", "B. Author")
    assert read(written(tmp_path, "")) == (About(), [])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("titel_en = 'x'", "6:titel_en: no key of a study; did you mean 'title_en'? keys: title_en, "),
        ("question_en = 'Why?'", "6:question_en: is given without question_zh; write question_zh too, or leave out both"),
        ("notes_zh = '说明'", "6:notes_zh: is given without notes_en; write notes_en too, or leave out both"),
        ("authors_zh = 'B'", "6:authors_zh: 'B' is not allowed; write a list of names, such as ['A. Author']"),
        ("notes_en = '<b>x</b>'", "6:notes_en: '<b>x</b>' is not allowed; write a text on one line"),
        ("[authors_zh]", "6:authors_zh: {} is not allowed; write a list"),
        ("x", "6: "),
    ],
)  # fmt: skip
def test_a_fault_says_where_what_and_what_was_expected(tmp_path: Path, line: str, fault: str) -> None:
    said = [str(one) for one in read(written(tmp_path, GOOD + line + "\n"))[1]]
    assert any(one.startswith(f"study.toml:{fault}") for one in said), said


@pytest.mark.parametrize("value", ["'nowhere'", "3", "'a b@c.de'", "'ftp://x.org'"])
def test_an_address_is_an_address(tmp_path: Path, value: str) -> None:
    (fault,) = read(written(tmp_path, f"contact = {value}"))[1]
    assert (fault.line, fault.column) == (1, "contact")
    assert fault.advice == "write an e-mail address, an address that begins with http, or ''"


def test_the_faults_of_the_file_are_faults_of_the_data(copy_of_data: Any) -> None:
    written(copy_of_data.folder, GOOD + "titel_en = 'x'\n")
    assert [fault[:24] for fault in copy_of_data.faults()] == ["study.toml:6:titel_en: n"]


def test_a_folder_of_ones_own_names_no_author_unless_it_says_so(copy_of_data: Any, study: Tables) -> None:
    (copy_of_data.folder / "study.toml").unlink()
    bare = load(copy_of_data.folder, Tables)
    assert (bare.about, bare.faults) == (About(), ())
    assert bare.data_hash != study.data_hash
    written(copy_of_data.folder, GOOD)
    named = load(copy_of_data.folder, Tables)
    assert named.about.authors == ("A. Author", "B. Author")
    assert named.data_hash not in (bare.data_hash, study.data_hash)


def test_the_shipped_study_says_all_but_an_address_that_it_does_not_have() -> None:
    found, faults = read(shipped_folder() / "study.toml")
    assert faults == []
    assert [key for key in KEYS if not getattr(found, key)] == ["contact"]


def test_the_citation_file_says_the_same() -> None:
    """The repository is cited as a program under its own licence; title and authors are those of the study."""
    cited, (found, _) = (
        yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8")),
        read(shipped_folder() / "study.toml"),
    )
    assert cited["title"] == found.title_en
    assert [author["name"] for author in cited["authors"]] == list(found.authors)
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["authors"]
    assert [author["name"] for author in packaged] == list(found.authors)
    assert cited["abstract"].strip() == f"{found.question_en} {found.notes_en}"
