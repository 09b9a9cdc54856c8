"""A copy of a notebook to work in. The one that travels with the package is never written to.

A copy remembers what it was made of. One in which nothing was written is made anew, so that it follows the package; one that was
written into stays as it is but for its parameters.
"""

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from parkstudy.record.codes import LANGUAGES
from parkstudy.report.run import NotANotebookError, notebooks, stored
from parkstudy.scratch import write

_MADE_OF = "made_of"  # in the metadata of a copy: the hash of its cells when it was made
_LINK = re.compile(r"\[([^\]]*)\]\((?!\w+:|#|/)([^)\s]+\.ipynb)\)")  # to a notebook beside


_MADE = "a copy of the notebook, to write in"
_RENEWED = "a fresh copy of the notebook; nothing was written into the one before"
_KEPT = "as you left it; delete it for a fresh copy of the notebook"
_STRANGE = "another notebook, not a copy that this command made; rename it, or work in another folder"


class Copy(NamedTuple):
    """A copy, and what became of it, in words."""

    path: Path
    how: str


def explorer(folder: Path, data: str | Path | None = None, lang: str = LANGUAGES[0]) -> Copy:
    """The copy of the explorer's notebook in `folder`, `explorer[.zh][.<name of the folder of data>].ipynb`."""
    own = [lang] if lang != LANGUAGES[0] else []
    own += [Path(data).resolve().name] if data else []
    given = {"data": str(Path(data).resolve())} if data else {}
    return copied(notebooks(lang)["90-explorer"], folder / ".".join(["explorer", *own, "ipynb"]), given)


def copied(notebook: Path, copy: Path, parameters: Mapping[str, str]) -> Copy:
    """The copy of a notebook that opens on some parameters. Raises `NotANotebookError` if there is something else in its place."""
    import nbformat
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    there = copy.exists()
    kept = there and _written_into(copy)
    found = load_notebook_node(str(copy if kept else notebook))
    if not kept:
        _lead_back(found, notebook.parent, copy.parent)
    if parameters:
        found = parameterize_notebook(found, dict(parameters), comment="Opened with")
    found.metadata.pop("papermill", None)
    for cell in found.cells:
        cell.metadata.pop("papermill", None)
    if not kept:
        found.metadata["parkstudy"] = {_MADE_OF: _hash(found.cells)}
    write(copy.resolve(), nbformat.writes(found) + "\n")  # type: ignore[no-untyped-call]
    return Copy(copy, _KEPT if kept else _RENEWED if there else _MADE)


def _written_into(copy: Path) -> bool:
    """Whether a reader wrote into a copy. Raises `NotANotebookError` where the file is no copy that was made here."""
    notebook = stored(copy)
    made_of = notebook.get("metadata", {}).get("parkstudy", {}).get(_MADE_OF)
    if made_of is None:
        raise NotANotebookError(f"{copy}: {_STRANGE}")
    return bool(made_of != _hash(notebook["cells"]))


def _hash(cells: Any) -> str:
    """Of kind and source of every cell but for what parameters set; an empty cell at the end is what Enter leaves there."""
    kept = [
        (cell["cell_type"], cell["source"])
        for cell in cells
        if "injected-parameters" not in cell.get("metadata", {}).get("tags", ())
    ]
    while kept and not kept[-1][1].strip():
        kept.pop()
    return hashlib.sha256(repr(kept).encode()).hexdigest()


def _lead_back(notebook: Any, home: Path, folder: Path) -> None:
    """Let links to the notebooks beside lead there from a copy elsewhere; where JupyterLab does not reach, words remain."""
    inside = home.resolve().is_relative_to(folder.resolve())
    way = Path(os.path.relpath(home, folder)).as_posix()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _LINK.sub(rf"[\1]({way}/\2)" if inside else r"\1", cell.source)
