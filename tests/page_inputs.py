"""Pages made from copies of the package's files, of the notebooks and of the data, each in a fork of a process that has only imported.

`python page_inputs.py FOLDER` makes them, without their drawings, and leaves what each rests on as a JSON file.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_output

from parkstudy.method.study import load
from parkstudy.record import used
from parkstudy.record.shipped import shipped, shipped_folder
from parkstudy.report import dependencies, inputs
from parkstudy.report.calls import calls
from parkstudy.report.page import Page, export
from parkstudy.report.rows import Rows
from parkstudy.report.task import Task, put
from parkstudy.show import svg
from parkstudy.show.catalogue import CATALOGUE
from parkstudy.show.digest import undrawn
from parkstudy.show.view import View

PAGES = {  # name to notebook, language and park
    "overview": ("00-overview", "en", ""),
    "land": ("40-land-efficiency", "en", ""),
    "land.zh": ("40-land-efficiency", "zh", ""),
    "hengnan": ("60-park-profile", "en", "hengnan"),
    "shuangpai": ("60-park-profile", "en", "shuangpai"),
}


def copies(folder: Path) -> None:
    """What pages are made from, in `folder`."""
    shutil.copytree(dependencies.PACKAGE, folder / "parkstudy", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(shipped("notebooks"), folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(shipped_folder(), folder / "data")


def notebooks(folder: Path) -> dict[str, Path]:
    """Name to path of the copies of the notebooks."""
    return {path.stem: path for path in sorted((folder / "notebooks").glob("*.ipynb"))}


def task(folder: Path, name: str) -> Task:
    """The page of that name."""
    notebook, lang, park = PAGES[name]
    given = {"data": str(folder / "data")} | ({"park": park} if park not in ("", "hengnan") else {})
    about = {"park": park} if park else {"parks": ""} if notebook.startswith("40") else {}
    path = folder / "notebooks" / ("" if lang == "en" else lang) / f"{notebook}.ipynb"
    return Task(
        stem=name, notebook=str(path), lang=lang, parameters=given, out=str(folder / "out"), parts="", jupyter="", timeout=600,
        about=about,
    )  # fmt: skip


def executed(of: Task, rows: Rows) -> Any:
    """The notebook of a task as its kernel would give it back, without drawings."""
    notebook = nbformat.read(of.notebook, as_version=4)  # type: ignore[no-untyped-call]
    asked = iter(calls(notebook.cells, of.parameters) or [])
    for cell in (cell for cell in notebook.cells if re.match(r"(view|own)\(", cell.source)):
        call = next(asked)
        with undrawn():
            shown = CATALOGUE[call.key].show(rows.view(call.lang, call.narrowed), **call.parameters)
        bundle, note = shown._repr_mimebundle_()
        cell.outputs = [new_output("display_data", bundle, metadata=note)]
    facts = {"notebook": Path(of.notebook).stem, "lang": of.lang, "parameters": {}, "data_hash": rows.study.data_hash}
    notebook.metadata["parkstudy"] |= {**of.about, **facts, "libraries": {}}
    return notebook


def make(folder: Path, name: str) -> None:
    """Make a page and write what it rests on."""
    dependencies.PACKAGE = folder / "parkstudy"
    dependencies.notebooks = lambda: notebooks(folder)  # type: ignore[assignment,misc]
    svg.face = lambda *_, **__: ""  # cutting the font takes most of the time of a page
    used.STARTED = 2**63  # the copies are new, and count as older
    of = task(folder, name)
    rows = Rows(load(of.parameters["data"]))
    notebook = executed(of, rows)
    text = export(Page(name, notebook, View(rows.study, of.lang)))
    told = {"used": used.everything(), "libraries": {}}
    record = {"page": {}, "shown": {}, "inputs": inputs.of(of, notebook, told, rows.study)}
    record["files"] = {f"{name}.html": put(folder / "out" / f"{name}.html", text)}
    (folder / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")


if __name__ == "__main__":
    for page in PAGES:
        if not (child := os.fork()):
            make(Path(sys.argv[1]), page)
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            sys.exit(f"{page} failed")
