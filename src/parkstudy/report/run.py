"""Running a notebook: Papermill, a kernel over sockets of its own, and an executed notebook without a clock."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parkstudy.report.parameters import ORDER
from parkstudy.show.provenance import visible


class NotebookError(Exception):
    """A notebook that failed: which, in which cell, with what error."""


@dataclass(frozen=True)
class Job:
    """A page to be made: the notebook, and the parameters that differ from its defaults."""

    path: Path
    parameters: Mapping[str, str]

    @property
    def stem(self) -> str:
        """The name of the page, without its ending."""
        return page_stem(self.path.stem, self.parameters)

    @property
    def lang(self) -> str:
        """The language of the page."""
        return self.parameters.get("lang", "en")

    @property
    def twin(self) -> Job:
        """The same page in the other language."""
        rest = {name: value for name, value in self.parameters.items() if name != "lang"}
        return Job(self.path, rest | ({"lang": "zh"} if self.lang == "en" else {}))


def page_stem(notebook: str, changed: Mapping[str, str]) -> str:
    """The name of a page: the notebook's, then each value that differs from its default, in the order of the contract.

    A value that is no short plain word stands as a hash.
    """
    import hashlib

    parts = [notebook]
    for value in (changed[name] for name in sorted(changed, key=ORDER.index)):
        slug = re.sub(r"[^A-Za-z0-9_-]+", "-", str(value)).strip("-")
        parts.append(
            slug if slug == str(value) and len(slug) <= 24 else hashlib.sha256(str(value).encode()).hexdigest()[:8]
        )
    return ".".join(parts)


def read(path: Path) -> Any:
    """A notebook file."""
    import nbformat

    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


_WIDGET = "application/vnd.jupyter.widget-view+json"


def execute(job: Job, timeout: int, facts: Mapping[str, Any]) -> Any:
    """The notebook of a job, run: one language, no clock, `facts` about the run in its metadata.

    Raises `NotebookError`; `timeout` is in seconds for a cell.
    """
    import papermill

    with tempfile.TemporaryDirectory(prefix="park-") as sockets:
        try:
            executed = papermill.execute_notebook(
                str(job.path),
                None,
                parameters=dict(job.parameters),
                kernel_name="python3",
                config=_over_sockets(sockets),
                execution_timeout=timeout,
                start_timeout=120,
                progress_bar=False,
                log_output=False,
                record_timing=False,
                shutdown_kernel="immediate",
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
            )
        except papermill.PapermillExecutionError as error:
            raise NotebookError(_failure(job.path, error, injected=int(bool(job.parameters)))) from error
        except (TimeoutError, RuntimeError) as error:  # a cell over its time, or a kernel that died
            raise NotebookError(f"{job.path.name}: {error}".strip()) from error
    _forget_the_clock(executed)
    executed.metadata["parkstudy"] = {**facts, "notebook": job.path.stem, "lang": job.lang}
    executed.metadata["parkstudy"] |= {"parameters": _shown(job), "twin": job.twin.stem}
    return executed


def _shown(job: Job) -> dict[str, str]:
    """The parameters of a page as it names them: a folder by its name, so that no path of a machine is on a page."""
    return {name: Path(value).name if name == "data" else value for name, value in sorted(job.parameters.items())}


def write(notebook: Any, path: Path) -> None:
    """Write a notebook in one move."""
    import nbformat

    part = path.with_name(f".{path.name}.part")
    nbformat.write(notebook, part)  # type: ignore[no-untyped-call]
    part.replace(path)


def _over_sockets(folder: str) -> Any:
    """Configuration of a kernel that talks over sockets in a folder of its own: no open port, none that two runs share."""
    from traitlets.config import Config

    if sys.platform == "win32":
        return Config()
    return Config({"AsyncKernelManager": {"transport": "ipc", "ip": f"{folder}/k"}})


def _failure(path: Path, error: Any, injected: int) -> str:
    """Which notebook, which of its cells, which line, which error; `injected` cells hold parameters and stand before it."""
    first = str(error.source).strip().splitlines()
    shown = f": {first[0]}" if first else ""
    place = error.cell_index + 1 - injected  # the cell of the notebook as it is stored
    return f"{path.name}, cell {place} (In[{error.exec_count}]){shown}\n{error.ename}: {error.evalue}"


def _forget_the_clock(notebook: Any) -> None:
    """Without times, and without widgets: they are dead once their kernel is gone, and their ids differ in every run."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata.pop("widgets", None)
    for place, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{place}"
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(_WIDGET, None)


def title_and_question(notebook: Any) -> tuple[str, str]:
    """The first heading of a notebook in its language and the paragraph under it, without markup."""
    for cell in in_language(notebook.cells, notebook.metadata.get("parkstudy", {}).get("lang", "en")):
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            heading, _, rest = cell.source.partition("\n")
            paragraphs = [p.strip() for p in rest.split("\n\n") if p.strip()]
            question = re.sub(r"[*_`]|\[([^]]*)\]\([^)]*\)", r"\1", paragraphs[0]) if paragraphs else ""
            return heading.removeprefix("# ").strip(), question
    return "", ""


def in_language(cells: Iterable[Any], lang: str) -> list[Any]:
    """The cells without those of the other language."""
    other = {"en": "lang-zh", "zh": "lang-en"}[lang]
    return [cell for cell in cells if other not in cell.metadata.get("tags", [])]


def outputs(notebook: Any) -> Iterator[Any]:
    """Everything that the code cells of an executed notebook gave, in order."""
    return (output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)


def notes(notebook: Any) -> list[dict[str, Any]]:
    """What the exhibits of an executed notebook say of themselves: key, answer, records."""
    found = (output.get("metadata", {}).get("parkstudy") for output in outputs(notebook))
    return [note for note in found if note]


def answer(notebook: Any) -> str:
    """The answer that the takeaways of an executed notebook give."""
    return visible(next((note["answer"] for note in notes(notebook) if note["exhibit"] == "takeaways"), ""))
