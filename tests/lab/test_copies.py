"""The copy of a notebook in which a reader works: made anew while nothing is written into it, kept once something is."""

from __future__ import annotations

import nbformat
import pytest

from parkstudy.lab.copies import copied, explorer
from parkstudy.report.run import NotANotebookError, notebooks


def written(path, *more):
    found = nbformat.read(path, 4)
    found.cells.extend(nbformat.v4.new_markdown_cell(source) for source in more)
    nbformat.write(found, path)
    return found


def sources(path, kind="code"):
    return [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == kind]


def test_it_has_the_cells_of_the_notebook_which_stays_as_it_is(tmp_path):
    own = notebooks()["90-explorer"]
    before = own.read_bytes()
    path, how = explorer(tmp_path)
    assert path == tmp_path / "explorer.ipynb"
    assert how == "a copy of the notebook, to write in"
    assert sources(path) == sources(own)
    nbformat.validate(nbformat.read(path, 4))
    assert own.read_bytes() == before


def test_of_a_language_and_of_a_folder_of_data_there_is_one_each_that_opens_on_them(tmp_path, awkward):
    path, _ = explorer(tmp_path, awkward, "zh")
    assert path.name == "explorer.zh.awkward.ipynb"
    assert sources(path)[0] == sources(notebooks("zh")["90-explorer"])[0]
    assert sources(path)[1] == f'# Opened with\ndata = "{awkward.resolve()}"\n'


def test_nothing_written_it_is_made_anew_even_where_cells_were_run_and_an_empty_one_was_left(tmp_path):
    path, _ = explorer(tmp_path)
    found = written(path, "  ")
    found.cells[2].outputs = [nbformat.v4.new_output("stream", text="run")]
    nbformat.write(found, path)
    _, how = explorer(tmp_path)
    assert how == "a fresh copy of the notebook; nothing was written into the one before"
    assert len(nbformat.read(path, 4).cells) == len(nbformat.read(notebooks()["90-explorer"], 4).cells)


def test_written_into_it_is_kept_and_opens_on_the_data_that_are_asked_for_now(tmp_path, awkward):
    path, _ = explorer(tmp_path, awkward)
    written(path, "mine")
    _, how = explorer(tmp_path, awkward)
    assert how == "as you left it; delete it for a fresh copy of the notebook"
    assert sources(path, "markdown")[-1] == "mine"
    assert sources(path).count(f'# Opened with\ndata = "{awkward.resolve()}"\n') == 1


def test_a_file_that_is_no_notebook_is_not_overwritten(tmp_path):
    (tmp_path / "explorer.ipynb").write_text("mine", encoding="utf-8")
    with pytest.raises(NotANotebookError):
        explorer(tmp_path)
    assert (tmp_path / "explorer.ipynb").read_text(encoding="utf-8") == "mine"


def test_a_notebook_of_that_name_that_is_no_copy_stays_as_it_is(tmp_path):
    path = tmp_path / "explorer.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("mine = 1")]), path)
    before = path.read_bytes()
    with pytest.raises(NotANotebookError) as raised:
        explorer(tmp_path)
    assert str(raised.value) == (
        f"{path}: another notebook, not a copy that this command made; rename it, or work in another folder"
    )
    assert path.read_bytes() == before


def test_links_to_notebooks_beside_lead_there_or_are_words_where_jupyterlab_does_not_reach(tmp_path):
    inside = tmp_path / "notebooks"
    inside.mkdir()
    beside = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("[Growth](20-growth.ipynb), [out](https://a.b/c.ipynb)")]
    )
    nbformat.write(beside, inside / "a.ipynb")
    copied(inside / "a.ipynb", tmp_path / "b.ipynb", {})
    assert sources(tmp_path / "b.ipynb", "markdown") == [
        "[Growth](notebooks/20-growth.ipynb), [out](https://a.b/c.ipynb)"
    ]
    apart = tmp_path / "apart"
    apart.mkdir()
    copied(inside / "a.ipynb", apart / "b.ipynb", {})
    assert sources(apart / "b.ipynb", "markdown") == ["Growth, [out](https://a.b/c.ipynb)"]
