"""Notebooks: found by discovery; one question each, prose before code, no logic, no output and no result typed in.

A notebook is in one language; its twin in the other one has the same code, but for the default of `lang`.
"""

from __future__ import annotations

import ast
import os
import re
import statistics
import subprocess
import sys
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest
from cases import every
from notebook_cells import FOLDER, FOLDERS, NAMES, read, shown, tags

from parkstudy import report
from parkstudy.explorer.choice import Choice
from parkstudy.method.study import Study
from parkstudy.record.codes import LANGUAGES, codes
from parkstudy.report.parameters import closed, declared
from parkstudy.show.asked import ASKED, FIRST
from parkstudy.show.catalogue import CATALOGUE
from parkstudy.words.speech import number

LOGIC = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp, ast.Try,
    ast.With, ast.comprehension, ast.Global, ast.Delete, ast.Assert, ast.Raise, ast.BinOp, ast.Compare, ast.BoolOp,
)  # fmt: skip
DEFAULTS = {name: (closed(name) or [""])[0] for name in codes("parameter")} | {"year": "latest", "measure": FIRST}
CHOSEN = [one.name for one in fields(Choice)]
TAGS = {"parameters", "setup", "notebook-only"}

LAST_HEADINGS = {
    "en": ["## Limits of this page", "## How it was computed"],
    "zh": ["## 本页局限", "## 计算方法"],
}
HAN = r"[\u3400-\u9fff]"
LATIN_SENTENCE = r"(?:[A-Za-z][A-Za-z'’-]*[\s,;:.]+){3,}[A-Za-z]"

each = every("name", NAMES)
each_language = every("lang", LANGUAGES)


def code(name: str, lang: str = "en") -> list[Any]:
    return [cell for cell in read(name, lang).cells if cell.cell_type == "code"]


def prose(name: str, lang: str) -> list[Any]:
    return [cell for cell in read(name, lang).cells if cell.cell_type == "markdown"]


def sources(name: str, lang: str) -> list[str]:
    return [cell.source for cell in prose(name, lang)]


def twins(name: str) -> list[tuple[Any, Any]]:
    """Each English cell with its Chinese twin."""
    return list(zip(read(name).cells, read(name, "zh").cells, strict=True))


def headings(text: str) -> list[int]:
    """The levels of the headings of a text."""
    return [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]


def links(text: str) -> list[str]:
    """Where the links of a text lead."""
    return re.findall(r"\]\(([^)]*)\)", text)


def plain(text: str) -> str:
    """A text without what is no word of it: code, and where its links lead."""
    return re.sub(r"`[^`]*`|(?<=\])\([^)]*\)", "", text)


def test_the_command_finds_every_notebook_in_the_order_of_their_numbers() -> None:
    assert list(report.notebooks()) == list(report.notebooks("zh")) == NAMES == sorted(NAMES)
    assert [report.notebooks(lang)["20-growth"] for lang in LANGUAGES] == [
        FOLDERS[lang] / "20-growth.ipynb" for lang in LANGUAGES
    ]
    assert {"10-coverage", "20-growth"} <= set(NAMES)
    assert all(re.fullmatch(r"\d\d-[a-z]+(-[a-z]+)*", name) for name in NAMES)
    assert len({name[:2] for name in NAMES}) == len(NAMES)


@each
@each_language
def test_a_notebook_is_valid_and_stored_without_outputs_or_traces_of_a_run(name: str, lang: str) -> None:
    notebook = read(name, lang)
    nbformat.validate(notebook)
    assert [cell for cell in code(name, lang) if cell.outputs or cell.execution_count is not None] == []
    assert set(notebook.metadata) - {"parkstudy"} == {"kernelspec", "language_info"}
    assert dict(notebook.metadata.language_info) == {"name": "python"}
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@each
@each_language
def test_a_notebook_file_has_lf_line_ends_and_an_end(name: str, lang: str) -> None:
    raw = (FOLDERS[lang] / f"{name}.ipynb").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"}\n")


@each
def test_twins_are_the_same_but_for_their_prose_and_the_default_of_their_language(name: str) -> None:
    assert read(name).metadata == read(name, "zh").metadata
    for english, chinese in twins(name):
        assert (chinese.id, chinese.cell_type, tags(chinese)) == (english.id, english.cell_type, tags(english))
        if english.cell_type == "code":
            assert chinese.source == english.source.replace('lang = "en"', 'lang = "zh"')


@each
def test_a_page_names_the_exhibit_that_answers_it_and_shows_no_other_that_answers(name: str) -> None:
    named = read(name).metadata.get("parkstudy", {}).get("answer")
    answering = [one.key for one in shown(name) if one.key and CATALOGUE[one.key].answers]
    assert answering == ([named] if named else [])
    assert bool(named) == (name != "90-explorer")


def test_every_exhibit_is_shown_on_a_page_or_offered_by_the_explorer() -> None:
    offered = {one.key for name in NAMES for one in shown(name)} | {one.entry for one in ASKED.values()}
    assert set(CATALOGUE) - offered == set()
    assert offered - set(CATALOGUE) <= {""}


@each
def test_twins_have_one_structure(name: str) -> None:
    for english, chinese in zip(*(sources(name, lang) for lang in LANGUAGES), strict=True):
        assert headings(chinese) == headings(english)
        assert chinese.count("\n\n") == english.count("\n\n")
        for marks in (r"^- ", r"\*\*", r"\*", r"`[^`]*`"):  # items of lists, strong words, all emphasis, code
            assert len(re.findall(marks, chinese, re.MULTILINE)) == len(re.findall(marks, english, re.MULTILINE))
        assert links(chinese) == links(english)


@each
@each_language
def test_links_lead_to_notebooks_beside_this_one_so_that_none_is_dead_in_jupyterlab(name: str, lang: str) -> None:
    beside = {f"{other}.ipynb" for other in NAMES if other != name}
    assert {link for cell in prose(name, lang) for link in links(cell.source)} <= beside


@each
def test_each_language_is_written_in_its_own_words(name: str) -> None:
    for english, chinese in zip(*(map(plain, sources(name, lang)) for lang in LANGUAGES), strict=True):
        assert not re.search(HAN, english)
        assert re.search(HAN, chinese)
        assert not re.search(LATIN_SENTENCE, chinese)


@each
def test_chinese_is_set_with_full_width_marks_and_without_spaces(name: str) -> None:
    for text in (cell.source for cell in prose(name, "zh")):
        assert not re.findall(rf"{HAN}[,.;:?!()]|[,.;:?!]{HAN}", plain(text))
        assert not re.findall(rf"{HAN} [A-Za-z0-9`*\[]|[A-Za-z0-9%`*)] {HAN}", text)
        assert not re.findall(r"[。；，：][。；，：]|[\d] %|(?<!\n)\n(?![\n-])", text)


@each
@each_language
def test_a_notebook_has_neither_too_few_nor_too_many_cells(name: str, lang: str) -> None:
    assert 10 <= len(read(name, lang).cells) <= 35


@each
@each_language
def test_the_first_cell_is_a_title_with_a_question_and_the_only_one(name: str, lang: str) -> None:
    first, *others = prose(name, lang)
    assert read(name, lang).cells[0] == first
    heading, blank, question, *_ = first.source.split("\n")
    assert heading.startswith("# ")
    assert blank == ""
    assert re.search("[?？]", heading + question)
    assert not [cell for cell in others if re.search(r"^# ", cell.source, re.MULTILINE)]


@each
@each_language
def test_the_question_is_plain_text_because_the_index_shows_it_so(name: str, lang: str) -> None:
    question = prose(name, lang)[0].source.split("\n\n")[1]
    assert not re.search(r"[*_`\[\]<>]", question)


@each
@each_language
def test_headings_go_down_one_level_at_a_time(name: str, lang: str) -> None:
    levels = [level for cell in prose(name, lang) for level in headings(cell.source)]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


@each
@each_language
def test_a_notebook_ends_with_its_limits_how_it_was_computed_and_the_texts(name: str, lang: str) -> None:
    lines = [line for cell in prose(name, lang) for line in cell.source.splitlines() if line.startswith("## ")]
    assert lines[-2:] == LAST_HEADINGS[lang]
    assert code(name)[-1].source.endswith('("sources")')


@each
def test_code_cells_are_short(name: str) -> None:
    lengths = [len(cell.source.splitlines()) for cell in code(name)]
    assert max(lengths) <= 10
    assert statistics.median(lengths) <= 2


@each
@each_language
def test_prose_stands_before_four_in_five_code_cells(name: str, lang: str) -> None:
    cells = read(name, lang).cells
    after = [one.cell_type == "markdown" for one, two in pairwise(cells) if two.cell_type == "code"]
    assert sum(after) >= 0.8 * len(code(name))


@each
def test_cells_hold_no_logic(name: str) -> None:
    found = [type(node).__name__ for cell in code(name) for node in ast.walk(ast.parse(cell.source))
             if isinstance(node, LOGIC)]  # fmt: skip
    assert found == []


@each
def test_cells_hold_no_magic_no_path_and_no_address(name: str) -> None:
    for cell in code(name):
        assert not re.search(r"^\s*[%!?]", cell.source, re.MULTILINE)
        texts = [n.value for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Constant)]
        assert not [text for text in texts if isinstance(text, str) and re.search(r"[/\\]|\.\w{2,7}$", text)]


@each
def test_cells_import_from_the_package_alone_and_in_the_set_up_alone(name: str) -> None:
    for cell in code(name):
        imports = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, (ast.Import, ast.ImportFrom))]
        assert not imports or tags(cell) == ["setup"]
        modules = [node.module for node in imports if isinstance(node, ast.ImportFrom)]
        assert len(modules) == len(imports)
        assert not [module for module in modules if not str(module).startswith("parkstudy")]


@each
def test_one_cell_holds_the_parameters_of_the_contract_as_literals(name: str) -> None:
    (cell,) = (cell for cell in code(name) if "parameters" in tags(cell))
    found = declared(read(name))
    assert len(ast.parse(cell.source).body) == len(found)
    assert list(found) == [key for key in codes("parameter") if key in found]
    assert found == {key: DEFAULTS[key] for key in found}
    assert {"lang", "data"} <= set(found)
    assert declared(read(name, "zh")) == found | {"lang": "zh"}


@each
def test_the_data_are_loaded_once_and_shown_in_the_language_asked_for(name: str) -> None:
    text = "\n".join(cell.source for cell in code(name))
    assert text.count("load(data)") == 1
    assert set(re.findall(r"\bviewer\(.*, (\w+)\)", text)) == {"lang"}
    assert [names for names in re.findall(r"\bexplore\((.*)\)", text) if names.split(", ") != CHOSEN] == []


@each
def test_every_parameter_says_what_it_may_be(name: str) -> None:
    (cell,) = (cell for cell in code(name) if "parameters" in tags(cell))
    assert [line for line in cell.source.splitlines() if not re.search(r"  # \S.{8,}$", line)] == []


@each
def test_a_parameter_is_declared_as_papermill_reads_it(name: str) -> None:
    (cell,) = (cell for cell in code(name) if "parameters" in tags(cell))
    assert [
        line for line in cell.source.splitlines() if line.count("=") != 1
    ] == []  # with more it knows no such parameter


@each
def test_cells_have_known_tags(name: str) -> None:
    assert {tag for cell in read(name).cells for tag in tags(cell)} <= TAGS


@each
@each_language
def test_no_result_is_typed_into_prose(name: str, lang: str, study: Study) -> None:
    values = [value for value in study.observations["value"] if value is not None]
    results = {number(value).replace("−", "") for value in values if value > 12}
    results |= set(re.findall(r"\d+\.\d*[1-9]|\d\d+\.\d+", " ".join(study.observations["reported_figure"])))
    results = {found for found in results if len(re.sub(r"^[0.]+|\.", "", found)) > 1}
    results |= {str(study.observations.height), "120"}
    typed = {found for cell in prose(name, lang) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", plain(cell.source))}
    assert {found.strip(",") for found in typed} & results == set()


@each
@each_language
def test_prose_is_neutral(name: str, lang: str) -> None:
    loaded = {
        "en": r"\b(achieve[sd]?|boasts?|thanks to|best|worst|inflated|n/a|impressive|unfortunately|leading park)\b",
        "zh": "取得|成绩|成效|得益于|最好|最差|虚报|虚高|注水|造假|亮眼|喜人|遗憾|领先|落后|自相矛盾",
    }
    assert [text for cell in prose(name, lang) for text in re.findall(loaded[lang], cell.source, re.IGNORECASE)] == []


def tool(*arguments: str, cwd: Path) -> None:
    """Run a Jupyter tool as a user would, with the package importable."""
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=cwd, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def without_tags(page: str) -> str:
    """The words of a page, those inside its links and numbers included."""
    return re.sub(r"<[^>]*>", "", page)


@pytest.mark.slow
def test_plain_papermill_runs_a_notebook_with_a_parameter_and_plain_nbconvert_makes_a_page_of_it(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out.ipynb"
    tool("papermill", os.fspath(FOLDER / "60-park-profile.ipynb"), str(out), "-p", "park", "hengnan", cwd=tmp_path)
    tool("nbconvert", "--to", "html", str(out), cwd=tmp_path)
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "Hengnan, 2019: growth of output 10.2 %" in without_tags(page)
    assert "Traceback" not in page


@pytest.mark.thorough
def test_plain_nbconvert_runs_a_notebook(tmp_path: Path) -> None:
    source = os.fspath(FOLDER / "20-growth.ipynb")
    tool("nbconvert", "--to", "html", "--execute", source, "--output-dir", str(tmp_path), cwd=tmp_path)
    page = (tmp_path / "20-growth.html").read_text(encoding="utf-8")
    assert "Hengnan (2019) reports output growth of 10.2 %" in without_tags(page)
    assert "Traceback" not in page
