"""The executed notebooks that are kept beside the pages: their links lead to pages, and JupyterLab trusts them on this machine."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from parkstudy.report.page import Page
from parkstudy.report.run import changed
from parkstudy.show.exhibit import PAGE

_LINK = re.compile(r"\]\((\d\d-[a-z-]+)\.ipynb(#[^)]*)?\)")


def kept(page: Page) -> str:
    """The executed notebook of a page as a file: what leads to a notebook beside the source leads to its page, a folder up."""
    import nbformat

    def led(cell: Any) -> Any:
        if cell.cell_type == "code":
            return changed(cell, outputs=list(map(_once, cell.outputs)))
        if cell.cell_type != "markdown":
            return cell
        return changed(cell, source=_LINK.sub(lambda to: f"](../{page.links.page(to[1])}{to[2] or ''})", cell.source))

    notebook = changed(page.notebook, cells=list(map(led, page.notebook.cells)))
    return str(nbformat.writes(notebook)) + "\n"  # type: ignore[no-untyped-call]


def _once(output: Any) -> Any:
    """An output without what it holds twice: the HTML of a page and the records are in the HTML that JupyterLab shows."""
    if PAGE not in output.get("data", {}):
        return output
    note = {name: value for name, value in output.metadata["parkstudy"].items() if name != "records"}
    data = {kind: value for kind, value in output.data.items() if kind != PAGE}
    return changed(output, data=data, metadata={**output.metadata, "parkstudy": note})


def sign(text: str, data_folder: str) -> str:
    """Sign a notebook in Jupyter's data folder, so that JupyterLab trusts what it shows; where that cannot be, gives what is to be said."""
    import nbformat
    from nbformat.sign import NotebookNotary

    folder = Path(data_folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        notary = NotebookNotary(data_dir=str(folder))  # type: ignore[no-untyped-call]
        with closing(notary.store):
            if getattr(notary.store, "db_file", "") == ":memory:":
                raise OSError("its database of signatures cannot be opened")
            notary.sign(nbformat.reads(text, as_version=4))  # type: ignore[no-untyped-call]
    except (OSError, sqlite3.Error) as error:
        return (
            f"notebooks not signed: {folder}: {error}; JupyterLab shows them without trust, as claims and plain tables, "
            "until `jupyter trust` signs them"
        )
    return ""
