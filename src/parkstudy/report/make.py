"""Making one page, in a process of its own: run its notebook, export it, draw its card, write its files, then its record.

The record stands last, so that a page whose files are not all there, or not of one run, is known by it and made again.
"""

import json
import re
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from parkstudy import __version__
from parkstudy.method.study import load
from parkstudy.report import inputs
from parkstudy.report.beside import Beside
from parkstudy.report.calls import calls
from parkstudy.report.execute import NotebookError, check_answer, execute
from parkstudy.report.furniture import filled, furniture, policy, with_face
from parkstudy.report.kept import kept, sign
from parkstudy.report.page import Page, export
from parkstudy.report.run import changed, stored
from parkstudy.report.shown import shown
from parkstudy.report.task import NOTEBOOKS, Outcome, Task, put
from parkstudy.show.live import tag
from parkstudy.show.view import View

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")  # colours of a terminal


def make(task: Task, kernel: Any = None) -> Outcome:
    """Make a page; `kernel` is one that waits for it. Whatever goes wrong is this page's failure alone, and is said in the outcome."""
    began = time.monotonic()
    error = note = ""
    try:
        note = _made(task, kernel)
        for path in task.failed:
            path.unlink(missing_ok=True)
        with suppress(OSError):  # not empty, or not there
            task.failed[0].parent.rmdir()
    except NotebookError as fault:
        error = _kept_failure(task, str(fault), fault.notebook, fault.trace)
    except Exception as fault:  # a fault of ours or of the machine (a full disk) must not stop the other pages
        told = "".join(traceback.format_exception_only(fault)).strip()
        error = _kept_failure(task, f"{Path(task.notebook).name}: {told}", None, traceback.format_exc())
    return Outcome(task.stem, error, time.monotonic() - began, note)


def _made(task: Task, kernel: Any) -> str:
    path, out, data = Path(task.notebook), Path(task.out), task.parameters.get("data")
    view = cache(lambda: View(load(data), task.lang))  # not before the kernel has left its study for this process
    asked = calls(stored(path)["cells"], task.parameters)
    with Beside(lambda notebook: _page(task, notebook, view()), asked) as beside:
        executed, told = execute(path, task.parameters, timeout=task.timeout, kernel=kernel, seen=beside.look)
    check_answer(path, executed)
    page = _page(task, executed, view(), told["libraries"])
    notebook = kept(page)
    files: dict[str, str | bytes] = {
        page.file: export(page),
        f"{task.stem}.png": beside.card(page),
        f"{NOTEBOOKS}/{task.stem}.ipynb": notebook,
    }
    record = {
        "page": entry(page), "shown": shown(page), "inputs": inputs.of(task, executed, told, page.view.study),
        "files": {name: put(out / name, content, task.parts) for name, content in files.items()},
    }  # fmt: skip
    note = sign(notebook, task.jupyter)
    put(task.record, json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1), task.parts)
    return note


def _page(task: Task, notebook: Any, view: View, libraries: Mapping[str, str] | None = None) -> Page:
    """The page of a notebook, whole or as far as it came; the notebook is left as it is."""
    named = {name: Path(value).name if name == "data" else value for name, value in sorted(task.parameters.items())}
    facts = {
        **notebook.metadata.get("parkstudy", {}), **task.about, "notebook": Path(task.notebook).stem, "lang": task.lang,
        "parameters": named, "version": __version__, "data_hash": view.study.data_hash, "libraries": libraries or {},
    }  # fmt: skip
    return Page(task.stem, changed(notebook, metadata={**notebook.metadata, "parkstudy": facts}), view)


def entry(page: Page) -> dict[str, Any]:
    """What the manifest says of a page, but for its hash: no clock and no path of a machine."""
    facts = page.facts
    return {
        "file": page.file, "notebook": facts["notebook"], "language": tag(page.view.lang), "parameters": facts["parameters"],
        "parkstudy": facts["version"], "data_sha256": facts["data_hash"], "libraries": facts["libraries"],
    }  # fmt: skip


def failed_page(task: Task, error: str, trace: str) -> str:
    """The error page of a task, to which no page leads: the error, and `trace` as the kernel or this process printed it."""
    view = View(load(task.parameters.get("data")), task.lang)
    given = ", ".join(f"{name}={value}" for name, value in task.parameters.items() if name != "data")
    text = filled(
        "failed.html.j2", **furniture(view, ""), stem=task.stem, policy=policy(), given=given, error=error, trace=trace
    )
    return with_face(text, text)


def _kept_failure(task: Task, error: str, notebook: Any, trace: str) -> str:
    """Keep the error page, and the notebook as far as it came; where the disk does not even take that, say so."""
    page, beside = task.failed
    try:
        put(page, failed_page(task, error, _ESCAPES.sub("", trace)), task.parts)
        if notebook is not None:
            put(beside, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", task.parts)
    except OSError as fault:
        return f"{error}\nits error page could not be written: {fault}"
    return error
