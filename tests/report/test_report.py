"""Reports: a page is whole or not there, errors name notebook and cell, and the same page twice is the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from page_parts import Page as Parts

import parkstudy
from parkstudy.record.shipped import DataFolderError
from parkstudy.record.tables import DataFaultsError
from parkstudy.report import NotebookError, ParameterError, UnknownNotebookError, build, render
from parkstudy.report.glossary import GLOSSARY

PARKS = ", ".join(parkstudy.load().parks["park_id"])
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
    (page,) = render(["1-tiny"], out=out)
    assert (page.file, page.title, page.question) == ("1-tiny.html", "A tiny page?", "What is one & two?")
    assert page.answer.startswith(ANSWER)
    return out


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def failure(error: type[Exception], call: Callable[[], object]) -> str:
    with pytest.raises(error) as raised:
        call()
    return str(raised.value)


@pytest.mark.slow
def test_a_report_is_a_page_a_card_an_index_a_manifest_and_the_executed_notebook(built: Path) -> None:
    assert files(built) == [
        "1-tiny.html",
        "1-tiny.png",
        *GLOSSARY.values(),
        "index.html",
        "manifest.json",
        "notebooks/1-tiny.ipynb",
    ]


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
    assert [len(cell.outputs) for cell in executed.cells if cell.cell_type == "code"] == [0, 1, 1, 1]
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
    assert [page.file for page in render(["1-tiny"], given, out=built)] == ["1-tiny.hengnan.html"]
    page = (built / "1-tiny.hengnan.html").read_text(encoding="utf-8")
    assert [name for name in ("Hengnan", "Shuangpai") if name in Parts(page).text("main")] == ["Hengnan"]
    assert " · parks=hengnan</p>" in page
    assert ", parameters parks=hengnan.</p>" in page
    index = (built / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<h2><a href="([^"]+)"', index) == ["1-tiny.html"]
    assert '<li><a href="1-tiny.hengnan.html">A tiny page? (parks=hengnan)</a></li>' in index
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert [(page["file"], page["parameters"]) for page in manifest["pages"]] == [
        ("1-tiny.html", {}),
        ("1-tiny.hengnan.html", {"parks": "hengnan"}),
    ]


@pytest.mark.slow
def test_a_notebook_that_fails_leaves_no_page_and_names_itself_and_its_cell(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = failure(NotebookError, lambda: render(["1-tiny", "2-broken"], out=tmp_path))
    assert text == ('2-broken.ipynb, cell 4 (In[3]): parks + 1\nTypeError: can only concatenate str (not "int") to str')
    assert files(tmp_path) == [
        "1-tiny.html",
        "1-tiny.png",
        *GLOSSARY.values(),
        "index.html",
        "manifest.json",
        "notebooks/1-tiny.ipynb",
    ]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert re.fullmatch(r"\[1/2\] 1-tiny \(\d+\.\d s\)\n", capsys.readouterr().err)


@pytest.mark.slow
def test_a_page_of_an_earlier_run_survives_a_notebook_that_fails(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "2-broken.html").write_text("the page of an earlier run", encoding="utf-8")
    failure(NotebookError, lambda: render(["2-broken"], out=tmp_path))
    assert (tmp_path / "2-broken.html").read_text(encoding="utf-8") == "the page of an earlier run"


@pytest.mark.slow
def test_a_page_that_shows_another_answer_than_its_notebook_names_is_refused(tiny: Path, tmp_path: Path) -> None:
    text = failure(NotebookError, lambda: render(["5-unanswered"], out=tmp_path))
    assert text == "5-unanswered.ipynb: exhibit that answers the page: expected none, shown tax-takeaways"
    assert files(tmp_path) == []


@pytest.mark.slow
def test_a_kernel_that_dies_names_the_notebook(tiny: Path, tmp_path: Path) -> None:
    text = failure(NotebookError, lambda: render(["3-dead"], out=tmp_path))
    assert text == "3-dead.ipynb, cell 2 (In[1]): import os\nthe kernel ended with exit status 1"
    assert files(tmp_path) == []


@pytest.mark.slow
def test_a_cell_over_its_time_names_the_notebook_and_the_cell(tiny: Path, tmp_path: Path) -> None:
    text = failure(NotebookError, lambda: render(["4-slow"], out=tmp_path, timeout=1))
    assert text == "4-slow.ipynb, cell 2 (In[1]): import time\nthe cell took longer than 1 s"
    assert files(tmp_path) == []


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
    assert text.startswith("1 fault(s) in the data:\nobservations.csv:6:population: 'everybody' is not allowed;")
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
