"""Documents: every command in them can be given, every file they name is there, every number in them is computed."""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib.util
import io
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cases import every
from notebook_cells import read, shown

import parkstudy
from parkstudy.__main__ import main
from parkstudy.method.study import Study
from parkstudy.report.parameters import declared, validated
from parkstudy.show.select import coverage
from parkstudy.show.view import View

ROOT = Path(__file__).resolve().parents[1]
GUIDES = ["README.md", "docs/building.md", "docs/own-data.md", "docs/recording.md"]
DOCUMENTS = [
    *GUIDES, "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md", "docs/method.md", "docs/method.zh.md", "reports/README.md",
]  # fmt: skip
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)


(RUN_TESTS,) = re.findall(r"^TEST := (.*)$", MAKEFILE, re.MULTILINE)


def text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def blocks(document: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text(document), re.DOTALL | re.MULTILINE)


COMMANDS = list(
    dict.fromkeys(
        line for guide in GUIDES for block in blocks(guide, "sh") for line in block.splitlines() if line.strip()
    )
)
OURS = [shlex.split(line)[1:] for line in COMMANDS if line.startswith(".venv/bin/parkstudy ")]
REPORTS = [words for words in OURS if words[0] == "report"]
OTHERS = [words for words in OURS if words[0] != "report"]


def test_the_guides_hold_the_commands_this_module_looks_for() -> None:
    assert {words[0] for words in OURS} >= {"report", "export", "verify", "check"}
    assert {"make report", "make test"} <= set(COMMANDS)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_a_guide_is_of_a_kind_that_is_tested(line: str) -> None:
    words = shlex.split(line)
    assert words[0] in ("make", "python3", ".venv/bin/python", ".venv/bin/parkstudy")
    if words[0] == "make":
        assert words[1] in TARGETS
    for module in re.findall(r"-m (\w+)", line):
        assert importlib.util.find_spec(module), module
    for file in re.findall(r"-r (\S+)", line):
        assert (ROOT / file).is_file()


@pytest.mark.parametrize("words", OTHERS, ids=" ".join)
def test_every_command_but_report_runs_as_it_is_written(
    words: list[str], awkward: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if words[0] == "explore":
        pytest.skip("it starts a server; tests/lab tests it")
    monkeypatch.chdir(tmp_path)
    given = [str(awkward) if word == "DIR" else word for word in words]
    if words[0] == "init":
        given = ["init", str(tmp_path / "new"), str(awkward / "no-tax-2021.txt")]
    if words[0] == "draft":
        given = ["draft", str(awkward / "no-tax-2021.txt"), "--out", str(tmp_path / "new")]
    if words[0] == "review":
        assert main(["draft", str(awkward / "no-tax-2021.txt"), "--out", str(tmp_path / "new")]) == 0
        given = ["review", "review.xlsx", "--data", str(tmp_path / "new"), "--sources", str(awkward)]
    if words[0] == "verify":
        given += ["--data", str(awkward)]
    assert main(given) == 0
    if words[0] == "export":
        assert [path.name for path in tmp_path.iterdir()] == [words[2]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """Notebooks and parameters of each report asked for; none is built."""
    asked: list[tuple[list[str], dict[str, str]]] = []

    def render(names: list[str], parameters: dict[str, str], *_rest: Any, **_named: Any) -> list[Any]:
        asked.append((names, parameters))
        return []

    monkeypatch.setattr("parkstudy.report.build.render", render)
    return asked


@pytest.mark.parametrize("words", REPORTS, ids=" ".join)
def test_every_report_of_a_guide_names_a_notebook_and_parameters_that_it_has(
    words: list[str],
    awkward: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    calls: list[tuple[list[str], dict[str, str]]],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([str(awkward) if word == "DIR" else word for word in words]) == 0
    if {"--dry-run", "--index"} & set(words):
        assert calls == []
        return
    ((names, parameters),) = calls
    if names:
        validated(parameters, [declared(read(name)) for name in names])
    else:
        assert set(parameters) <= {"data"}


@pytest.mark.slow
@pytest.mark.parametrize("words", [words for words in REPORTS if "-p" in words and "parks" not in words], ids=" ".join)
def test_a_report_of_a_guide_with_a_value_of_its_own_shows_something_else(
    words: list[str], calls: list[tuple[list[str], dict[str, str]]]
) -> None:
    main(words)
    (((name,), parameters),) = calls
    usual, asked = shown(name), shown(name, **parameters)
    assert [one.call for one in asked] == [one.call for one in usual]
    assert any(one.exhibit.body != other.exhibit.body for one, other in zip(asked, usual, strict=True))


@pytest.mark.slow  # the example draws
@pytest.mark.parametrize("block", blocks("README.md", "python"))
def test_the_python_of_the_readme_runs_and_prints(block: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(block, "README.md", "exec"), {"__name__": "readme"})
    prints = sum(
        isinstance(node, ast.Call) and ast.unparse(node.func) == "print" for node in ast.walk(ast.parse(block))
    )
    assert said.getvalue().count("shape: (") == prints > 0


@every("document", DOCUMENTS)
def test_every_link_leads_to_a_file(document: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text(document))
    local = [link for link in links if not re.match(r"https?://|mailto:", link)]
    assert [link for link in local if not ((ROOT / document).parent / link).exists()] == []


@functools.cache
def paths() -> list[str]:
    """Every file of the repository; a folder that begins with a dot, such as an environment, is not looked into."""
    tops = [path for path in ROOT.iterdir() if path.is_file() or not path.name.startswith(".")]
    files = [path for top in tops for path in (top, *top.rglob("*"))]
    return [f"/{path.relative_to(ROOT).as_posix()}" for path in files]


@every("document", DOCUMENTS)
def test_every_file_that_is_named_is_there(document: str) -> None:
    named = re.findall(r"`([\w./-]+\.(?:py|md|json|toml|yml|lock|ipynb|cff|css|svg))`", text(document))
    missing = [name for name in named if not any(path.endswith(f"/{name}") for path in paths())]
    assert [name for name in missing if "NN-" not in name] == []


@every("document", DOCUMENTS)
def test_every_make_target_that_is_named_exists(document: str) -> None:
    assert set(re.findall(r"`?\bmake ([a-z-]+)`", text(document))) <= set(TARGETS)


def test_every_make_target_is_phony_and_explained() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert sorted(phony.split()) == sorted(TARGETS)
    known = text("README.md") + text("CONTRIBUTING.md") + "make clean"
    assert [target for target in TARGETS if f"make {target}" not in known] == []


@pytest.mark.parametrize("target", TARGETS)
def test_make_can_plan_every_target(target: str) -> None:
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    command = ["make", "--dry-run", "--directory", str(ROOT), target]
    planned = subprocess.run(command, capture_output=True, text=True, check=False)
    assert planned.returncode == 0, planned.stderr
    assert planned.stdout


def test_the_plain_commands_are_those_of_make() -> None:
    recipes = MAKEFILE.replace("$(TEST)", RUN_TESTS).replace("$(BIN)", ".venv/bin").replace(" --quiet", "")
    plain = [line for line in COMMANDS if line.startswith((".venv/bin/python -m pip", ".venv/bin/python -m pytest"))]
    assert len(plain) == 4
    assert [line for line in plain if f"\t{line}\n" not in recipes] == []


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in text(".ci/run").splitlines()


def test_the_numbers_of_the_answer_are_computed(study: Study) -> None:
    study = study.only("")
    facts, answer = coverage.pairs(study).facts, text("README.md")
    assert f"print {study.summaries().height} distinct figures" in answer
    assert (
        f"make {facts['questions']} questions: {facts['ordered']} have an answer, {facts['official']} of them between complete "
        f"official texts; {facts['open']} stay open, {facts['refused']} cannot be compared, and in {facts['silent']} one text or "
        "both print no such figure."
    ) in answer


def test_the_picture_is_described_with_the_numbers_it_shows(study: Study) -> None:
    (alt,) = re.findall(r"!\[([^\]]+)\]\(docs/tax-per-output\.svg\)", text("README.md"))
    study = study.only("")
    rows = study.measures.filter(measure="tax_per_output", basis="reported", value_type="outturn").to_dicts()
    names = View(study).names
    for row in (row for row in rows if row["low"] is not None):
        assert f"{names[row['park_id']]} {row['low']:.2f} to {row['high']:.2f} yuan" in alt
    for row in (row for row in rows if row["low"] is None):
        assert names[row["park_id"]] in alt.partition(";")[2]


def test_the_tables_of_the_data_are_counted(study: Study) -> None:
    for name in ("parks", "sources", "indicators", "observations", "reference"):
        assert f"| `{name}.csv` | {getattr(study, name).height} | " in text("data/README.md")


def test_the_figures_of_the_texts_and_those_of_context_are_counted_apart(study: Study) -> None:
    printed = study.summaries().height
    beside = study.observations.height - printed
    (core, context) = (len(study.park_ids(role)) for role in ("core", "context"))
    said = f"{printed} figures of the five texts and {beside} of context and news"
    assert said in text("README.md")
    assert said in text("data/README.md")
    assert f"{printed} observations from five work summaries, read twice; {beside} of context and news;" in text(
        "CHANGELOG.md"
    )
    assert f"{study.reference.height} benchmark values" in text("CHANGELOG.md")
    assert f"{core} parks the study compares and {context} of context" in text("data/README.md")


@pytest.mark.slow  # it draws
def test_the_first_example_of_the_package_runs() -> None:
    example = re.findall(r"^ *>>> (.*)$", parkstudy.__doc__ or "", re.MULTILINE)
    world: dict[str, Any] = {}
    exec("\n".join(example[:-1]), world)
    assert eval(example[-1], world).data.height > 0
