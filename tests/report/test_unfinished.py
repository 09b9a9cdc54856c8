"""A folder of pages while pages are made, and after a run was killed: nothing that it says is not so."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from holders import holding
from page_records import put

from parkstudy import scratch
from parkstudy.report.gather import gather
from parkstudy.report.unfinished import making

pytestmark = pytest.mark.slow

NOTE = 'class="unfinished"'


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with two pages that are listed."""
    for stem in ("20-growth", "30-tax-quality"):
        put(tmp_path, stem)
    assert gather(tmp_path) == 2
    return tmp_path


def manifest(out: Path) -> tuple[list[str], list[str]]:
    """The pages of a manifest, each with the hash of its file, and those that are being made."""
    found = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    for page in found["pages"]:
        assert page["sha256"] == sha256((out / page["file"]).read_bytes()).hexdigest()
    return [page["file"] for page in found["pages"]], found.get("unfinished", [])


def indexed(out: Path) -> tuple[list[str], bool]:
    """The pages that an index lists, and whether it says that it may differ from them."""
    index = (out / "index.html").read_text(encoding="utf-8")
    return [page for page in ("20-growth.html", "30-tax-quality.html") if f'href="{page}"' in index], NOTE in index


def files(out: Path) -> dict[str, bytes]:
    """All that stands in a folder."""
    return {str(path): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_what_is_being_made_is_out_of_the_manifest_and_the_index_says_so_until_it_is_done(out: Path) -> None:
    before = files(out)
    with making(out, ["20-growth.html"]):
        assert manifest(out) == (["30-tax-quality.html"], ["20-growth.html"])
        assert indexed(out) == (["20-growth.html", "30-tax-quality.html"], True)
    assert gather(out) == 2
    assert files(out) == before


def test_a_run_that_is_killed_leaves_that_and_the_next_command_of_any_kind_makes_it_true(out: Path) -> None:
    before = files(out)
    with making(out, ["20-growth.html"]):
        left = out / ".parts-here-1"
        left.mkdir()
        (left / "due.json").write_text('["20-growth.html"]', "utf-8")
        (left / ".20-growth.html.part").write_text("half a pa", "utf-8")
    assert manifest(out) == (["30-tax-quality.html"], ["20-growth.html"])
    assert gather(out) == 2
    assert files(out) == before


def test_pages_of_a_run_that_goes_on_are_left_to_it(out: Path) -> None:
    before = files(out)
    other = out / ".parts-there-1"
    with holding(other):
        (other / "due.json").write_text('["20-growth.html"]', "utf-8")
        assert gather(out) == 2
        assert (manifest(out), indexed(out)[1]) == ((["30-tax-quality.html"], ["20-growth.html"]), True)
    gather(out)
    assert files(out) == before


def test_a_page_that_came_without_its_record_is_named_and_not_listed(out: Path, capsys: Any) -> None:
    page = out / "20-growth.html"
    page.write_text("another page", encoding="utf-8")  # killed before its record
    assert gather(out) == 1
    assert capsys.readouterr().err == f"{page}: not as its record says, and not listed; build it again\n"
    assert manifest(out) == (["30-tax-quality.html"], [])
    assert indexed(out) == (["30-tax-quality.html"], False)
    put(out, "20-growth", text="another page")
    assert gather(out) == 2
    assert manifest(out)[0] == ["20-growth.html", "30-tax-quality.html"]


def test_a_copy_with_other_times_is_listed_all_the_same(out: Path) -> None:
    before = files(out)
    os.utime(out / "20-growth.html")
    assert gather(out) == 2
    assert {name: text for name, text in files(out).items() if "gathered" not in name} == {
        name: text for name, text in before.items() if "gathered" not in name
    }


def test_a_run_that_begins_while_another_sweeps_keeps_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = scratch.hold

    def held(parts: Path) -> None:
        assert scratch.held(tmp_path)  # another run cannot sweep at this moment
        hold(parts)

    monkeypatch.setattr(scratch, "hold", held)
    with making(tmp_path) as parts:
        assert scratch.held(parts)
        assert not scratch.held(tmp_path)


def test_half_a_record_that_a_killed_run_left_is_swept_once_it_is_old(out: Path) -> None:
    old, new = (out / ".built" / f".{stem}.json.part" for stem in ("20-growth", "30-tax-quality"))
    for part in (old, new):
        part.write_text("{", "utf-8")
    os.utime(old, (0, 0))
    gather(out)
    assert (old.exists(), new.exists()) == (False, True)


def test_temporary_folders_of_killed_runs_are_swept_also_where_nothing_is_made(
    out: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path_factory.mktemp("t")
    monkeypatch.setattr("tempfile.tempdir", str(place))
    (place / "park-left").mkdir()
    (place / "park-left" / ".parkstudy").touch()
    gather(out)
    assert list(place.iterdir()) == []
