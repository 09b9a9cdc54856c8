"""Running a notebook: Papermill, a kernel over sockets of its own, and an executed notebook without a clock."""

import hashlib
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from parkstudy.errors import ParkstudyError
from parkstudy.record.codes import LANGUAGES, codes
from parkstudy.record.shipped import shipped
from parkstudy.show.catalogue import CATALOGUE

_WIDGET = "application/vnd.jupyter.widget-view+json"


class NotebookError(ParkstudyError):
    """A notebook that failed: which, in which cell, with what error."""

    status = 1


class Job(NamedTuple):
    """A page to be made: the notebook, its language, and the parameters that differ from its defaults."""

    path: Path
    lang: str
    parameters: Mapping[str, str]


def notebooks(lang: str = LANGUAGES[0]) -> dict[str, Path]:
    """Name to path of the notebooks of a language that travel with the package, in the order of their numbers."""
    folder = shipped("notebooks") / ("" if lang == LANGUAGES[0] else lang)
    return {path.stem: path for path in sorted(folder.glob("[0-9]*.ipynb"))}


def other(lang: str) -> str:
    """The other language."""
    return next(code for code in LANGUAGES if code != lang)


def page_stem(notebook: str, lang: str, changed: Mapping[str, str]) -> str:
    """The name of a page: the notebook's, then each value that differs from its default, in the order of the contract.

    A value that is no short plain word stands as a hash.
    """
    parts = [notebook] + ([] if lang == LANGUAGES[0] else [lang])
    for value in (changed[name] for name in sorted(changed, key=codes("parameter").index)):
        slug = re.sub(r"[^A-Za-z0-9_-]+", "-", value).strip("-")
        parts.append(slug if slug == value and len(slug) <= 24 else hashlib.sha256(value.encode()).hexdigest()[:8])
    return ".".join(parts)


def read(path: Path) -> Any:
    """A notebook file."""
    import nbformat

    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def put(path: Path, content: str | bytes) -> None:
    """Write a file in one move."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content.encode() if isinstance(content, str) else content)
    part.replace(path)


def execute(job: Job, timeout: int, facts: Mapping[str, Any]) -> Any:
    """The notebook of a job, run: no clock, `facts` about the run in its metadata.

    A folder is named there by its last part, so that no path of a machine is on a page. Raises `NotebookError`; `timeout` is
    in seconds for a cell.
    """
    import papermill
    from traitlets.config import Config

    with tempfile.TemporaryDirectory(prefix="park-") as folder:  # for sockets: no open port, none that two runs share
        ipc = {"AsyncKernelManager": {"transport": "ipc", "ip": f"{folder}/k"}}
        config = Config({} if sys.platform == "win32" else ipc)
        try:
            executed = papermill.execute_notebook(
                str(job.path), None, parameters=dict(job.parameters), kernel_name="python3", config=config,
                execution_timeout=timeout, start_timeout=120, progress_bar=False, log_output=False, record_timing=False,
                shutdown_kernel="immediate", request_save_on_cell_execute=False, autosave_cell_every=0,
            )  # fmt: skip
        except papermill.PapermillExecutionError as error:
            raise NotebookError(_failure(job.path, error, injected=int(bool(job.parameters)))) from error
        except (TimeoutError, RuntimeError) as error:  # a cell over its time, or a kernel that died
            raise NotebookError(f"{job.path.name}: {error}".strip()) from error
    _forget_the_clock(executed)
    shown = {name: Path(value).name if name == "data" else value for name, value in sorted(job.parameters.items())}
    own = {"notebook": job.path.stem, "lang": job.lang, "parameters": shown}
    executed.metadata["parkstudy"] = {**executed.metadata.get("parkstudy", {}), **facts, **own}
    _check_answer(job.path, executed)
    return executed


def _failure(path: Path, error: Any, injected: int) -> str:
    """Which notebook, which of its cells, which line, which error; `injected` cells hold parameters and stand before it."""
    first = str(error.source).strip().splitlines()
    shown = f": {first[0]}" if first else ""
    place = error.cell_index + 1 - injected  # the cell of the notebook as it is stored
    return f"{path.name}, cell {place} (In[{error.exec_count}]){shown}\n{error.ename}: {error.evalue}"


def _forget_the_clock(notebook: Any) -> None:
    """Without times, and without widgets: they are dead once their kernel is gone, and their ids differ in every run."""
    for place, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{place}"
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(_WIDGET, None)
    for metadata in (notebook.metadata, *(cell.metadata for cell in notebook.cells)):
        for name in ("papermill", "execution", "widgets"):
            metadata.pop(name, None)


def _check_answer(path: Path, notebook: Any) -> None:
    """A page is answered by the exhibit that its notebook names, and by no other."""
    named = notebook.metadata["parkstudy"].get("answer")
    answering = {key for key, entry in CATALOGUE.items() if entry.answers}
    shown = [note["entry"] for _, note in exhibits(notebook) if note["entry"] in answering]
    if shown != ([named] if named else []):
        found = ", ".join(shown) or "none"
        raise NotebookError(f"{path.name}: exhibit that answers the page: expected {named or 'none'}, shown {found}")


def exhibits(notebook: Any) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The output of every exhibit of an executed notebook, and what the exhibit says of itself, in order."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if note := output.get("metadata", {}).get("parkstudy"):
                yield output, note
