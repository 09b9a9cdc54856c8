"""What a page rests on: one edit of each kind, and the pages that have to be made again."""

from __future__ import annotations

import copy
import csv
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import page_inputs
import pytest
from page_inputs import PAGES, copies, executed, notebooks, task

from parkstudy.method.study import load
from parkstudy.record import codes, used
from parkstudy.report import dependencies, inputs
from parkstudy.report.calls import Call
from parkstudy.report.dependencies import Now
from parkstudy.report.page import Page, export
from parkstudy.report.rows import Rows
from parkstudy.report.shown import shown
from parkstudy.report.task import Task, recorded
from parkstudy.show.view import View
from parkstudy.words import rules

pytestmark = pytest.mark.slow  # pages are made in forks, and whatever is edited is asked of all of them
ALL, ENGLISH = set(PAGES), set(PAGES) - {"land.zh"}


class Build:
    """Pages made from copies: `folder` holds the copies, `pages` what each rests on."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.out = folder, folder / "data", folder / "out"
        copies(folder)
        program = Path(page_inputs.__file__)
        subprocess.run([sys.executable, program, folder], check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
        self.pages: dict[str, tuple[Task, dict[str, Any]]] = {
            name: (task(folder, name), json.loads((folder / f"{name}.json").read_bytes())) for name in PAGES
        }

    def why(self, keep: bool = False) -> dict[str, list[str]]:
        """The pages that have to be made again, with the reasons."""
        now, found = Now(str(self.data)), {}
        for name, (page, record) in self.pages.items():
            found[name] = inputs.reasons(page, record if keep else copy.deepcopy(record), now)
        return {name: reasons for name, reasons in found.items() if reasons}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """Pages made once, and this process looking at the copies that they were made from."""
    if not hasattr(os, "fork"):
        pytest.skip("pages are made in forks")
    with pytest.MonkeyPatch.context() as patch:
        build = Build(tmp_path_factory.mktemp("inputs"))
        patch.setattr(dependencies, "PACKAGE", build.folder / "parkstudy")
        patch.setattr(dependencies, "notebooks", lambda: notebooks(build.folder))
        yield build


@pytest.fixture
def edit(built: Build) -> Iterator[Callable[..., None]]:
    """Change a file of the copies, which is put back after the test."""
    kept: dict[Path, bytes] = {}

    def change(file: str, old: str, new: str) -> None:
        path = built.folder / file
        text = kept.setdefault(path, path.read_bytes()).decode()
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")

    yield change
    for path, content in kept.items():
        path.write_bytes(content)


def every(pages: Iterable[str], reason: str) -> dict[str, list[str]]:
    """The same reason for each page."""
    return {page: [reason] for page in pages}


def test_every_file_of_the_package_that_making_a_page_opens_is_an_input() -> None:
    program = """
import sys
opened = set()
sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" else None)
import json, parkstudy
from parkstudy.record import used
from parkstudy.report import make, page
from parkstudy.report.furniture import furniture
from parkstudy.report.dependencies import PACKAGE
from parkstudy.show.catalogue import CATALOGUE
from parkstudy.show.digest import undrawn
from parkstudy.show.view import View
view = View(parkstudy.load(), "en")
page.exporter(), page._script(), furniture(view, "")
with undrawn():
    CATALOGUE["facts"].show(view, park="hengnan")
inside = {path.removeprefix(f"{PACKAGE}/") for path in opened if path.startswith(f"{PACKAGE}/")}
print(json.dumps([sorted(inside), used.everything()["file"]]))
"""
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    inside, files = json.loads(run.stdout)
    others = {path for path in inside if ".py" not in path and "__pycache__" not in path} - set(files)
    assert others == {"words/codes.csv", *(path for path in others if re.fullmatch(r"words/en/\w+\.j2", path))}
    assert {"record/units.csv", "report/template/page.css", "show/assets/exhibit.css", "show/assets/alive.js"} <= set(
        files
    )


def test_nothing_changed_is_no_reason_and_needs_no_table(built: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Now, "rows")
    assert built.why() == {}


def test_a_page_that_was_never_whole_is_made(built: Build) -> None:
    assert inputs.reasons(built.pages["land"][0], None, Now()) == ["never made whole"]


FILES = [
    ("prose of a notebook", "notebooks/40-land-efficiency.ipynb", "## Limits", "## The limits", {"land"}, "notebook"),
    ("a default of a notebook", "notebooks/60-park-profile.ipynb", 'park = \\"\\"', 'park = \\"hengshan\\"', ALL,
     "names or parameters of the notebooks"),
    ("layout of a notebook", "notebooks/40-land-efficiency.ipynb", '{\n "cells"', '{\n\n  "cells"', set(), ""),
    ("words of an exhibit", "parkstudy/words/en/land.j2", "{% block land_claim %}", "{% block land_claim %}!", {"land"},
     "words en/land.j2/land_claim"),
    ("words of another exhibit in the template of one on every page", "parkstudy/words/en/coverage.j2", "{% block spans_claim %}",
     "{% block spans_claim %}!", set(), ""),
    ("words of an exhibit on every page", "parkstudy/words/en/coverage.j2", "{% block sources_claim %}",
     "{% block sources_claim %}!", ENGLISH, "words en/coverage.j2/sources_claim"),
    ("a block of its own in the place of the usual one", "parkstudy/words/en/profile.j2", "{% block facts_claim %}",
     "{% block facts_legend %}!{% endblock %}{% block facts_claim %}", {"hengnan", "shuangpai"}, "words en/profile.j2/facts_legend"),
    ("a macro that the words of none use", "parkstudy/words/en/shared.j2", "{% macro counted_way(one) -%}",
     "{% macro counted_way(one) -%}!", set(), ""),
    ("what a template has beside its parts", "parkstudy/words/zh/shared.j2", "{% macro placed", "!{% macro placed", {"land.zh"}, ""),
    ("a comment of a template", "parkstudy/words/en/shared.j2", "{# What", "{# Whatever", set(), ""),
    ("the style", "parkstudy/show/assets/exhibit.css", "body", "main", ALL, "file show/assets/exhibit.css"),
    ("a script", "parkstudy/report/template/view.js", "const", "let", ALL, "file report/template/view.js"),
    ("the template of the index", "parkstudy/report/template/contents.html.j2", "<", " <", set(), ""),
    ("a module of every page", "parkstudy/method/tax.py", "\n", "\n\n", ALL, "module parkstudy.method.tax"),
    ("a module of an exhibit", "parkstudy/show/select/land.py", "\n", "\n\n", {"land", "land.zh"}, "module parkstudy.show.select.land"),
    ("a module that writes nothing of a page", "parkstudy/report/build.py", "\n", "\n\n", set(), ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "pages", "reason"), [row[1:] for row in FILES], ids=[row[0] for row in FILES]
)
def test_an_edited_file_concerns_the_pages_that_rest_on_it(
    built: Build, edit: Callable[..., None], file: str, old: str, new: str, pages: set[str], reason: str
) -> None:
    edit(file, old, new)
    why = built.why()
    assert set(why) == pages
    assert all(reason in " ".join(reasons) for reasons in why.values()), why


@pytest.mark.parametrize(
    ("label", "column", "pages"),
    [
        ("measure/tax_per_area", "short_en", ENGLISH),
        ("measure/tax_per_area", "long_zh", {"land.zh"}),
        ("page/about", "short_en", ENGLISH),  # of a list that is read as a whole
        ("check/A1", "short_en", set()),
    ],
)
def test_an_edited_label_concerns_the_pages_of_its_language_that_print_it(
    built: Build, monkeypatch: pytest.MonkeyPatch, label: str, column: str, pages: set[str]
) -> None:
    (group, code), table = label.split("/"), copy.deepcopy(codes.table())
    table[group][code][column] += "!"
    monkeypatch.setattr(codes, "table", lambda: table)
    why = built.why()
    assert set(why) == pages
    assert {reason for reasons in why.values() for reason in reasons} <= {
        f"label {column[-2:]}/{n}" for n in (label, group)
    }


def test_another_order_of_a_list_concerns_the_pages_that_go_through_it(
    built: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = copy.deepcopy(codes.table())
    table["cardinal"] = dict(reversed(table["cardinal"].items()))
    monkeypatch.setattr(codes, "table", lambda: table)
    assert built.why() == every({"overview", "land", "land.zh"}, "codes of cardinal")


def test_an_edited_rule_concerns_the_pages_that_print_it(built: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    read = rules.rules
    monkeypatch.setattr(
        rules, "rules", lambda lang: {**read(lang), "T1": "Another one."} if lang == "en" else read(lang)
    )
    assert built.why() == every({"overview", "hengnan", "shuangpai"}, "rule en/T1")


def test_another_version_of_a_library_or_the_interpreter_concerns_every_page(
    built: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = dependencies.metadata.version
    monkeypatch.setattr(dependencies.metadata, "version", lambda name: "9.9" if name == "polars" else version(name))
    assert built.why() == every(PAGES, f"polars 9.9, was {version('polars')}")
    monkeypatch.setattr(dependencies.metadata, "version", version)
    monkeypatch.setattr(dependencies.sys, "version_info", (3, 99, 1))
    assert set(built.why()) == ALL


def test_a_file_of_a_page_that_is_gone_or_was_edited_concerns_that_page(
    built: Build, edit: Callable[..., None]
) -> None:
    edit("out/land.html", "<html", "<html ")
    edit("out/overview.html", "<html", "")
    (built.out / "overview.html").unlink()
    assert built.why() == {name: [f"{name}.html missing or changed"] for name in ("overview", "land")}


def test_many_reasons_of_a_kind_are_counted(built: Build, edit: Callable[..., None]) -> None:
    edit("parkstudy/words/zh/shared.j2", "{% macro placed", "!{% macro placed")
    (reasons,) = built.why().values()
    assert len(reasons) == 4
    assert re.fullmatch(r"and \d+ more of that kind", reasons[-1])


def test_what_was_written_while_the_page_was_made_is_no_sound_ground(
    built: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, record = built.pages["hengnan"]
    path = dependencies.PACKAGE / "method" / "tax.py"
    monkeypatch.setattr(used, "STARTED", time.time_ns())
    os.utime(path, (0, 0))  # whatever it says of its age
    now = Now(str(built.data), used.STARTED)
    found = {**record["inputs"], "module:parkstudy.method.tax": now.value("module", "parkstudy.method.tax")}
    reason = "module parkstudy.method.tax, changed while the page was made"
    assert inputs.reasons(page, {**record, "inputs": found}, Now(str(built.data))) == [reason]
    assert now.value("module", "parkstudy.method.land") == record["inputs"]["module:parkstudy.method.land"]


# The data


def cells(built: Build, edit: Callable[..., None], table: str, key: str, **given: str) -> None:
    """Write cells of the row of a table whose first cell is `key`."""
    lines = (built.data / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    header = next(csv.reader(lines[:1]))
    (line,) = (line for line in lines if line.startswith(f"{key},"))
    row = dict(zip(header, next(csv.reader([line])), strict=True)) | given
    edit(f"data/{table}.csv", line, ",".join(f'"{cell}"' for cell in row.values()))


ROWS = [
    (
        "a row of one park",
        "observations",
        "shuangpai-2017-004",
        {"note": "Another note."},
        ALL,  # a row that was proven: pages say how many warnings are open
    ),
    (
        "a row shown beside another park",
        "observations",
        "bazhong-2016-001",
        {"note": "Another note.", "note_zh": "另注。"},
        {"shuangpai"},
    ),
    (
        "the place of a park, which its entry in the index has",
        "parks",
        "hengnan",
        {"province_en": "Elsewhere", "province_zh": "别省"},
        {"hengnan", "overview"},
    ),
    ("the name of a park", "parks", "anon-2020", {"name_en": "Another name"}, {"overview", "land", "shuangpai"}),
]


@pytest.mark.parametrize(("table", "key", "given", "pages"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_an_edited_row_concerns_the_pages_that_show_it(
    built: Build, edit: Callable[..., None], table: str, key: str, given: dict[str, str], pages: set[str]
) -> None:
    cells(built, edit, table, key, **given)
    why = built.why()
    assert set(why) == pages
    form = re.compile(
        r"rows shown by `[a-z-]+`|name of the study, entry in the index, or share card|name or place of [a-z0-9-]+"
    )
    assert all(form.fullmatch(reason) for reasons in why.values() for reason in reasons)


def test_around_its_exhibits_a_page_asks_the_study_for_nothing_else_than_what_is_compared(
    built: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()

    class Watched:
        def __getattr__(self, name: str) -> Any:
            asked.add(name)
            return getattr(study, name)

    study = load(built.data)
    page = built.pages["hengnan"][0]
    made = Page("hengnan", executed(page, Rows(study)), View(cast("Any", Watched()), "en"))
    monkeypatch.setattr("parkstudy.show.svg.face", lambda _: "")
    assert export(made)
    assert shown(made)["province"] == "Hunan"
    of_its_data = {
        "created",
        "data_hash",
        "edition",
        "version",
    }  # a page names the data it was made from, also where it is left alone
    compared = {"about", "all_parks", "files", "first", "park_ids", "parks", "places", "reference", "sources"}
    compared |= {"faulty", "whole"}  # by `View.unread`, by the names of parks
    assert asked <= compared | of_its_data  # see `Rows`: what more is asked, add there


def test_what_the_study_says_of_itself_concerns_every_page(built: Build, edit: Callable[..., None]) -> None:
    edit("data/study.toml", 'licence = "', 'licence = "X-')
    assert built.why() == every(PAGES, "name of the study, entry in the index, or share card")


def test_a_statement_concerns_the_exhibits_that_show_what_came_of_it(built: Build, edit: Callable[..., None]) -> None:
    both = [Call(key, {}, "en") for key in ("statements", "overview")]
    before = Rows(load(built.data)).every(both, "en", {}, [])
    edit("data/statements.toml", 'left = "anon-2023"', 'left = "hengshan"')
    after = Rows(load(built.data)).every(both, "en", {}, [])
    assert {name for name in before if before[name] != after[name]} == {
        "en statements",
        "page",
    }  # its card has the statements
    assert built.why() == {}


def test_pages_that_stay_are_not_asked_again_for_the_same_data(
    built: Build, edit: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    cells(built, edit, "observations", "shuangpai-2018-005", note="Another note.", note_zh="另注。")
    assert built.why(keep=True) == {}
    monkeypatch.delattr(Now, "rows")
    assert built.why() == {}
    assert recorded(built.pages["land"][0].record) == built.pages["land"][1]


def test_a_page_that_shows_more_than_exhibits_rests_on_all_data(
    built: Build, edit: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, record = built.pages["hengnan"]
    monkeypatch.setattr(used, "STARTED", 2**63)
    notebook = executed(page, Rows(load(built.data)))
    edit("notebooks/60-park-profile.ipynb", 'own(\\"sources\\")', 'own(\\"sources\\").data')
    beside = built.folder / "beside.py"
    beside.write_text("x = 1")
    told = {"module": ["parkstudy.show.select.tax"], "beside": [str(beside)]}
    older = inputs.of(page, notebook, {"used": told, "libraries": {"polars": "0.1"}})
    found = inputs.of(page, notebook, {"used": told, "libraries": {}})
    assert {name for name in found if found[name] != older[name]} == {"library:polars"}  # the one that it was made with
    assert not [name for name in found if name.startswith("rows:")]
    assert "module:parkstudy.show.select.tax" in found
    assert inputs.reasons(page, {**record, "inputs": found}, Now(str(built.data))) == []
    beside.write_text("x = 2")
    assert inputs.reasons(page, {**record, "inputs": found}, Now(str(built.data))) == [f"file {beside}"]
    beside.write_text("x = 1")
    edit("data/README.md", "\n", "\n\n")
    assert inputs.reasons(page, {**record, "inputs": found}, Now(str(built.data))) == ["data"]
