"""Reports: a page is whole or not there, a failure is one page's alone, and the same page twice is the same bytes."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from exhibit_parts import study_of
from holders import holding
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from one_nursery import one_nursery
from page_parts import Page as Parts

import parkstudy
from parkstudy.__main__ import main
from parkstudy.record.shipped import DataFolderError
from parkstudy.record.tables import DataFaultsError
from parkstudy.report import FailedPagesError, ParameterError, UnknownNotebookError, build, render
from parkstudy.report import make as making
from parkstudy.report.build import OutputFolderError
from parkstudy.report.glossary import GLOSSARY
from parkstudy.report.run import outputs
from parkstudy.report.task import Outcome, Task, put

PARKS = ", ".join(study_of().parks["park_id"])
PARAMETERS = 'parks = ""\nrung = "perimeter"\ndata = ""'
SETUP = "from parkstudy import load, viewer\nprint('a trace')\nview = viewer(load().only(parks))"
EXHIBIT, TAKEAWAY = "view('concentration')", "view('tax-takeaways')"
ANSWER = "For every 100 yuan of output, "
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
NOTEBOOKS: dict[str, list[Any]] = {
    "1-tiny": [
        new_markdown_cell("# A tiny page?\n\nWhat is one & two?\n\nMore of it."),
        new_markdown_cell("For the notebook alone.", metadata={"tags": ["notebook-only"]}),
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        new_code_cell(SETUP),
        new_code_cell(EXHIBIT),
        new_code_cell(TAKEAWAY),
    ],
    "2-broken": [
        new_markdown_cell("# Broken"),
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        new_code_cell("fine = 1"),
        new_code_cell("parks + 1\n'never'"),
    ],
    "5-unanswered": [new_markdown_cell("# Unanswered?"), new_code_cell(f"parks = ''\n{SETUP}\nview('tax-takeaways')")],
    "3-dead": [new_markdown_cell("# Dead"), new_code_cell("import os\nos._exit(1)")],
    "4-slow": [new_markdown_cell("# Slow"), new_code_cell("import time\ntime.sleep(600)")],
}


WHOLE = [
    ".built/1-tiny.json", ".built/gathered", "1-tiny.html", "1-tiny.png", *GLOSSARY.values(), "index.html", "manifest.json",
    "notebooks/1-tiny.ipynb",
]  # fmt: skip
UNADDED = '2-broken.ipynb, cell 4 (In[3]): parks + 1\nTypeError: can only concatenate str (not "int") to str'


@pytest.fixture(scope="module", autouse=True)
def _one_nursery() -> Iterator[None]:
    with one_nursery():
        yield


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of tiny notebooks in the place of those that travel with the package."""
    folder = tmp_path_factory.mktemp("notebooks")
    for name, cells in NOTEBOOKS.items():
        answer = {} if name != "1-tiny" else {"parkstudy": {"answer": "tax-takeaways"}}
        nbformat.write(new_notebook(cells=cells, metadata={**KERNEL, **answer}), folder / f"{name}.ipynb")
    paths = {name: folder / f"{name}.ipynb" for name in sorted(NOTEBOOKS)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "notebooks", lambda lang="en": paths if lang == "en" else {})
        yield folder


@pytest.fixture(scope="module")
def built(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page of the tiny notebook."""
    out = tmp_path_factory.mktemp("pages") / "not" / "yet"
    assert render(["1-tiny"], out=out) == ["1-tiny"]
    return out


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def failure(error: type[Exception], call: Callable[[], object]) -> str:
    with pytest.raises(error) as raised:
        call()
    return str(raised.value)


@pytest.mark.slow
def test_a_report_is_a_page_a_card_an_index_a_manifest_the_executed_notebook_and_what_it_rests_on(built: Path) -> None:
    assert files(built) == WHOLE
    record = json.loads((built / ".built" / "1-tiny.json").read_text(encoding="utf-8"))
    assert sorted(record["files"]) == ["1-tiny.html", "1-tiny.png", "notebooks/1-tiny.ipynb"]
    assert record["shown"]["title"] == "A tiny page?"
    assert record["shown"]["question"] == "What is one & two?"
    assert record["shown"]["answer"].startswith(ANSWER)


@pytest.mark.slow
def test_a_page_shows_prose_and_exhibits_with_their_code_and_no_trace_or_tagged_cell(built: Path) -> None:
    page = (built / "1-tiny.html").read_text(encoding="utf-8")
    assert f"<title>A tiny page? · {parkstudy.load().about.title_en}</title>" in page
    assert 'content="What is one &amp; two?"' in page
    assert f'<p class="answer"><span class="sentence">{ANSWER}' in page
    assert 'aria-label="Table-chart' in page
    assert not [text for text in ("a trace</", "For the notebook alone") if text in page]
    codes = [Parts(code).text() for code in re.findall(r'<details class="code">(.*?)</details>', page, re.S)]
    assert codes == ["Code" + EXHIBIT, f"Code that prepares this page{PARAMETERS}\n\n{SETUP}\n\n{TAKEAWAY}"]


@pytest.mark.slow
def test_the_index_names_title_question_and_answer(built: Path) -> None:
    index = (built / "index.html").read_text(encoding="utf-8")
    assert ('<h2><a href="1-tiny.html">A tiny page?</a></h2><p class="question">What is one &amp; two?</p>') in index
    assert '<div class="thumb" aria-hidden="true"><svg ' in index
    assert "hreflang" not in index  # no page in another language


@pytest.mark.slow
def test_the_executed_notebook_has_outputs_and_no_clock(built: Path) -> None:
    path = built / "notebooks" / "1-tiny.ipynb"
    executed = nbformat.read(path, as_version=4)
    nbformat.validate(executed)
    assert [len(outputs(cell)) for cell in executed.cells if cell.cell_type == "code"] == [0, 1, 1, 1]
    assert not re.search(
        r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d|start_time|end_time|duration|\"papermill\": \{", path.read_text("utf-8")
    )


@pytest.mark.slow
def test_the_same_page_twice_is_the_same_to_the_byte(built: Path, tmp_path: Path) -> None:
    render(["1-tiny"], out=tmp_path)
    for name in files(tmp_path):
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes()


@pytest.mark.slow
def test_a_value_of_its_own_makes_a_page_of_its_own_and_the_index_keeps_both(built: Path) -> None:
    given = {"parks": "hengnan", "rung": "perimeter"}  # the second is the default
    assert render(["1-tiny"], given, out=built) == ["1-tiny.hengnan"]
    page = (built / "1-tiny.hengnan.html").read_text(encoding="utf-8")
    assert [name for name in ("Hengnan", "Shuangpai") if name in Parts(page).text("main")] == ["Hengnan"]
    assert " · parks=hengnan</p>" in page
    assert ", parameters parks=hengnan.</p>" in page
    index = (built / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<h2><a href="([^"]+)"', index) == ["1-tiny.html"]
    assert '<li><a href="1-tiny.hengnan.html">A tiny page? (Parks: Hengnan)</a></li>' in index
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert [(page["file"], page["parameters"]) for page in manifest["pages"]] == [
        ("1-tiny.html", {}),
        ("1-tiny.hengnan.html", {"parks": "hengnan"}),
    ]


@pytest.mark.slow
def test_failures_stop_no_other_page_and_are_told_with_notebook_cell_and_error(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "2-broken.html").write_text("the page of an earlier run", encoding="utf-8")
    names = ["2-broken", "3-dead", "4-slow", "5-unanswered", "1-tiny"]
    text = failure(FailedPagesError, lambda: render(names, out=tmp_path, timeout=1))
    head, *told = text.split("\n")
    assert head == (
        f"4 of 5 pages failed; error pages in {tmp_path / 'failed'}; the same command makes what is missing"
    )
    told_all = "\n".join(told)
    assert UNADDED in told_all
    assert "3-dead.ipynb, cell 2 (In[1]): import os\nthe kernel ended with exit status 1" in told_all
    assert "4-slow.ipynb, cell 2 (In[1]): import time\nthe cell took longer than 1 s" in told_all
    assert "5-unanswered.ipynb: exhibit that answers the page: expected none, shown tax-takeaways" in told_all
    assert set(WHOLE) <= set(files(tmp_path))
    assert sorted(path.name for path in (tmp_path / "failed").glob("*.html")) == [
        "2-broken.html", "3-dead.html", "4-slow.html", "5-unanswered.html",
    ]  # fmt: skip
    assert (tmp_path / "2-broken.html").read_text(encoding="utf-8") == "the page of an earlier run"
    assert "TypeError: can only concatenate str" in Parts((tmp_path / "failed" / "2-broken.html").read_text()).text()
    kept = nbformat.read(tmp_path / "failed" / "2-broken.ipynb", as_version=4)
    assert kept.cells[3].outputs[0].ename == "TypeError"
    assert not list(tmp_path.glob(".parts*"))
    lines = capsys.readouterr().err.splitlines()
    assert len([line for line in lines if re.match(r"\[\d/5\] [\w-]+ failed \(\d+\.\d s\); \d failed", line)]) == 4


@pytest.mark.slow
def test_the_next_run_makes_only_what_is_missing(tiny: Path, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {name: (built / name).stat().st_mtime_ns for name in WHOLE if "1-tiny" in name}
    said = {name: (built / name).read_bytes() for name in WHOLE}
    failure(FailedPagesError, lambda: render(["1-tiny", "2-broken"], out=built))
    assert [line.split()[1] for line in capsys.readouterr().err.splitlines()] == ["2-broken"]
    assert {name: (built / name).stat().st_mtime_ns for name in before} == before
    assert {name: (built / name).read_bytes() for name in WHOLE} == said
    path = tiny / "2-broken.ipynb"
    broken = path.read_bytes()
    try:
        path.write_text(path.read_text(encoding="utf-8").replace("parks + 1", "'mended'"), encoding="utf-8")
        assert render(["1-tiny", "2-broken"], out=built) == ["1-tiny", "2-broken"]
    finally:
        path.write_bytes(broken)
    assert [line.split()[1] for line in capsys.readouterr().err.splitlines()] == ["2-broken"]
    assert not (built / "failed").exists()


class Made:
    """An executor that makes nothing and says of each page what it is told."""

    def __init__(self, **errors: str) -> None:
        self.tasks: list[Task] = []
        self.errors = errors

    def run(self, tasks: list[Task]) -> Iterator[Outcome]:
        for task in tasks:
            self.tasks.append(task)
            yield Outcome(task.stem, self.errors.get(task.stem, ""), 0.25, "once")


def test_an_executor_of_ones_own_makes_the_pages(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Made()
    assert render(["1-tiny", "3-dead"], out=tmp_path, timeout=7, executor=made, index=False) == ["1-tiny", "3-dead"]
    assert [(task.stem, task.timeout, task.out) for task in made.tasks] == [
        ("1-tiny", 7, str(tmp_path)),
        ("3-dead", 7, str(tmp_path)),
    ]
    assert capsys.readouterr().err == "[1/2] 1-tiny (0.2 s)\n[2/2] 3-dead (0.2 s)\nonce\n"


def test_a_folder_that_cannot_take_pages_is_named(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for out, why in ((tmp_path / "file", "File exists"), (tmp_path / "file" / "below", "Not a directory")):
        assert failure(OutputFolderError, lambda out=out: render(["1-tiny"], out=out)) == (
            f"{out}: no pages can be written there ({why}); name another folder"
        )


def test_a_full_disk_is_told_of_the_page_that_met_it_and_leaves_no_half_of_it(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(making, "_made", lambda task, _: put(Path(task.out, "1-tiny.html"), "a page"))
    made = making.make(Task("1-tiny", str(tiny / "1-tiny.ipynb"), "en", {}, str(tmp_path), "", "", 60, {}))
    first, second = made.error.split("\n")
    assert first == "1-tiny.ipynb: OSError: [Errno 28] No space left on device"
    assert second == "its error page could not be written: [Errno 28] No space left on device"
    assert files(tmp_path) == []


@pytest.mark.thorough
def test_a_disk_that_fills_up_while_a_page_is_made_stops_the_command_in_the_same_way(tmp_path: Path) -> None:
    command = f"ulimit -f 60; exec {sys.executable} -m parkstudy report 60-park-profile --out {tmp_path / 'pages'}"
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)  # in kB, or half of it
    assert run.returncode == 1
    assert "60-park-profile.ipynb: OSError: [Errno 27] File too large" in run.stderr
    left = [name for name in files(tmp_path / "pages") if not name.startswith("failed/")]
    assert left == []


@pytest.mark.slow
def test_a_page_alone_by_the_command_of_a_dry_run_and_the_indexes_behind_it(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, again = tmp_path / "one go", tmp_path / "one by one"
    assert main(["report", "1-tiny", "--lang", "en", "--out", str(out)]) == 0
    capsys.readouterr()
    asked_for = ["report", "1-tiny", "--lang", "en", "--out", str(again)]
    assert main([*asked_for, "--dry-run"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    command, _, why = line.partition("  # ")
    assert why == "1-tiny: never made whole"
    assert command == f"parkstudy report 1-tiny --lang en --out '{again}' --timeout 600 --no-index"
    assert main(shlex.split(command)[1:]) == 0
    assert not (again / "index.html").exists()
    assert main(["report", "--index", "--out", str(again)]) == 0
    assert capsys.readouterr().out.endswith(f"1 page in {again}\n")
    assert files(again) == files(out)
    assert [name for name in files(out) if (out / name).read_bytes() != (again / name).read_bytes()] == []
    assert main([*asked_for, "--dry-run"]) == 0
    assert capsys.readouterr().out.endswith("  # 1-tiny: up to date\n")


def test_what_a_killed_run_left_is_taken_away_and_nothing_of_a_run_that_goes_on(tiny: Path, tmp_path: Path) -> None:
    left, goes_on = tmp_path / ".parts-here-1", tmp_path / ".parts-elsewhere-1"
    left.mkdir()
    with holding(goes_on):
        render(["1-tiny"], out=tmp_path, executor=Made(), index=False)
        assert [path.name for path in tmp_path.iterdir()] == [goes_on.name]
    render(["1-tiny"], out=tmp_path, executor=Made(), index=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [pytest.param(signal.SIGINT, marks=pytest.mark.thorough), signal.SIGTERM])
def test_a_run_that_is_stopped_ends_its_kernels_and_leaves_nothing_half_made(
    tmp_path: Path, number: signal.Signals
) -> None:
    out = tmp_path / "pages"
    command = [sys.executable, "-m", "parkstudy", "report", "20-growth", "--lang", "all", "--out", str(out)]
    run = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PARKSTUDY_TEST": str(tmp_path)}
    )
    until(lambda: len(marked(tmp_path)) >= 4)  # the command, the nursery, a page and its kernel
    run.send_signal(number)
    told = run.communicate(timeout=30)[1]
    assert run.returncode == 128 + number
    assert "parkstudy: stopped; what is made is kept, and the same command goes on from there" in told
    until(lambda: not marked(tmp_path), 2)
    assert not list(out.glob(".parts*"))


def until(true: Callable[[], object], most: float = 240) -> None:
    """Wait until something is so."""
    late = time.monotonic() + most
    while not true():
        assert time.monotonic() < late, "it did not come about"
        time.sleep(0.05)


def marked(folder: Path) -> list[str]:
    """The processes that were started with the folder in their environment."""
    mark = f"PARKSTUDY_TEST={folder}".encode()
    return [path.parent.name for path in Path("/proc").glob("[0-9]*/environ") if mark in environ(path)]


def environ(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_an_unknown_notebook_is_refused_before_anything_is_run(tiny: Path, tmp_path: Path) -> None:
    out = tmp_path / "pages"
    assert failure(UnknownNotebookError, lambda: render(["1-tiny", "2-brokn"], out=out)) == (
        "unknown notebook '2-brokn'; did you mean '2-broken'? notebooks: 1-tiny, 2-broken, 3-dead, 4-slow, 5-unanswered"
    )
    assert failure(UnknownNotebookError, lambda: render(["xyz"], out=out)) == (
        "unknown notebook 'xyz'; notebooks: 1-tiny, 2-broken, 3-dead, 4-slow, 5-unanswered"
    )
    assert not out.exists()


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (
            {"park": "x"},
            "unknown parameter 'park'; did you mean 'parks'? parameters of these notebooks: data, parks, rung",
        ),
        (
            {"parks": "hengsan"},
            f"parameter parks: unknown park 'hengsan'; did you mean 'hengshan'? known parks: {PARKS}",
        ),
    ],
)
def test_an_unknown_parameter_or_value_is_refused_before_anything_is_run(
    tiny: Path, tmp_path: Path, given: dict[str, str], text: str
) -> None:
    assert failure(ParameterError, lambda: render(["1-tiny"], given, out=tmp_path / "pages")) == text
    assert not (tmp_path / "pages").exists()


def test_a_notebook_may_be_named_with_its_ending_and_twice(tiny: Path, tmp_path: Path) -> None:
    names = ["1-tiny.ipynb", "1-tiny"]
    given = {"prices": "real"}
    assert failure(ParameterError, lambda: render(names, given, out=tmp_path)) == (
        "unknown parameter 'prices'; parameters of these notebooks: data, parks, rung"
    )


def test_faulty_data_are_refused_before_anything_is_run(tiny: Path, tmp_path: Path, copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", population="everybody")
    given = {"data": str(copy_of_data.folder)}
    text = failure(DataFaultsError, lambda: render(["1-tiny"], given, out=tmp_path / "pages"))
    assert text.startswith("1 fault in the data:\nobservations.csv:6:population: 'everybody' is not allowed;")
    assert not (tmp_path / "pages").exists()


def test_a_missing_data_folder_is_refused_before_anything_is_run(tiny: Path, tmp_path: Path) -> None:
    given = {"data": str(tmp_path / "absent")}
    text = failure(DataFolderError, lambda: render(["1-tiny"], given, out=tmp_path / "pages"))
    assert text.startswith("no folder ")
    assert not (tmp_path / "pages").exists()


@pytest.mark.slow
def test_the_manifest_says_the_same_of_a_page_that_was_built_before(tiny: Path, tmp_path: Path) -> None:
    entries = []
    for given in ({"rung": "expanded", "parks": "hengnan"}, {}):
        render(["1-tiny"], given, out=tmp_path)
        pages = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["pages"]
        entries.append([json.dumps(page) for page in pages if page["file"] == "1-tiny.hengnan.expanded.html"])
    assert entries[0] == entries[1] != []
