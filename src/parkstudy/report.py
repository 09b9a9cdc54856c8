"""Reports: a notebook run by Papermill and exported by nbconvert to one HTML file.

A page is written in one move when it is whole; a notebook that fails leaves no page behind. The executed notebooks are
kept beside the pages, without clock times.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parkstudy import __version__
from parkstudy.dataset import load, shipped
from parkstudy.parameters import ORDER, declared, validated

TEMPLATE = Path(__file__).resolve().parent / "template"


class NotebookError(Exception):
    """A notebook that failed: which, in which cell, with what error."""


class UnknownNotebookError(ValueError):
    """A notebook name that does not exist."""


@dataclass(frozen=True)
class Page:
    """A page of the report: file name, title, question, and the answer that its takeaways gave."""

    file: str
    title: str
    question: str
    answer: str


def notebooks() -> dict[str, Path]:
    """Name to path of the notebooks that travel with the package, in the order of their numbers."""
    return {path.stem: path for path in sorted(shipped("notebooks").glob("[0-9]*.ipynb"))}


def render(
    names: Iterable[str] = (),
    parameters: Mapping[str, str] | None = None,
    out: str | Path = "reports",
    timeout: int = 600,
) -> list[Page]:
    """Run the notebooks (all, if no name is given), write their pages and an index into `out`, and return the pages.

    Raises `UnknownNotebookError` or `ParameterError` before anything is run, `DataFaultsError` if the data have faults,
    and `NotebookError` for the first notebook that fails; `timeout` is in seconds for a cell.
    """
    chosen = _chosen(list(names))
    given = dict(parameters or {})
    sources = {name: _read(path) for name, path in chosen.items()}
    wanted = {name: declared(notebook) for name, notebook in sources.items()}
    validated(given, wanted)
    study = load(given.get("data")).require_faultless()
    if given.get("park") is None and any(own.get("park") not in (None, *study.all_parks) for own in wanted.values()):
        given["park"] = study.park_ids()[0]  # one's own data need not hold the park that the profile shows by default
    target = Path(out)
    target.mkdir(parents=True, exist_ok=True)
    pages = []
    with tempfile.TemporaryDirectory(dir=target, prefix=".build-") as scratch:
        for name in _with_progress(list(chosen)):
            changed = {key: value for key, value in given.items() if value != wanted[name].get(key, value)}
            pages.append(_page(chosen[name], changed, Path(scratch), target, study.data_hash, timeout))
    _write_index(target, study.data_hash)
    return pages


def explorer_notebook(folder: Path) -> Path:
    """The explorer's notebook: the one of a clone itself, or a copy in `folder` of the one in an installed package."""
    path = notebooks()["90-explorer"]
    if path.parent.name != "_notebooks":
        return path
    copy = folder / path.name
    if not copy.exists():
        shutil.copyfile(path, copy)
    return copy


def _chosen(names: list[str]) -> dict[str, Path]:
    import difflib

    known = notebooks()
    for name in names:
        if name.removesuffix(".ipynb") not in known:
            near = difflib.get_close_matches(name, known, 1, cutoff=0.4)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise UnknownNotebookError(f"unknown notebook {name!r}; {hint}notebooks: {', '.join(known)}")
    return {n: known[n] for n in dict.fromkeys(name.removesuffix(".ipynb") for name in names)} or known


def _read(path: Path) -> Any:
    import nbformat

    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def _page(path: Path, changed: dict[str, str], scratch: Path, target: Path, data_hash: str, timeout: int) -> Page:
    stem = page_stem(path.stem, changed)
    executed = _execute(path, changed, scratch / f"{stem}.ipynb", timeout)
    page = Page(f"{stem}.html", *_title_and_question(executed), _answer(executed))
    parts = scratch / page.file
    parts.write_text(_export(executed, page, data_hash, changed), encoding="utf-8", newline="\n")
    kept = target / "notebooks"
    kept.mkdir(exist_ok=True)
    shutil.move(scratch / f"{stem}.ipynb", kept / f"{stem}.ipynb")
    shutil.move(parts, target / page.file)
    return page


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


def _execute(path: Path, parameters: dict[str, str], output: Path, timeout: int) -> Any:
    import nbformat
    import papermill

    with tempfile.TemporaryDirectory(prefix="park-") as sockets:
        try:
            executed = papermill.execute_notebook(
                str(path),
                None,
                parameters=parameters,
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
            raise NotebookError(_failure(path, error, injected=int(bool(parameters)))) from error
        except (TimeoutError, RuntimeError) as error:  # a cell over its time, or a kernel that died
            raise NotebookError(f"{path.name}: {error}".strip()) from error
    _forget_the_clock(executed)
    nbformat.write(executed, output)  # type: ignore[no-untyped-call]
    return executed


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
    notebook.metadata.pop("papermill", None)
    for place, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{place}"
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)


def _title_and_question(notebook: Any) -> tuple[str, str]:
    """The first heading of a notebook and the paragraph under it."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            heading, _, rest = cell.source.partition("\n")
            paragraphs = [p.strip() for p in rest.split("\n\n") if p.strip()]
            return heading.removeprefix("# ").strip(), paragraphs[0] if paragraphs else ""
    return "", ""


def _answer(notebook: Any) -> str:
    outputs = (output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)
    notes = (output.get("metadata", {}).get("parkstudy", {}) for output in outputs)
    return next((note["answer"] for note in notes if note.get("exhibit") == "takeaways"), "")


def _export(notebook: Any, page: Page, data_hash: str, changed: Mapping[str, str]) -> str:
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="template", extra_template_basedirs=[str(TEMPLATE.parent)], exclude_input=True,
        exclude_input_prompt=True, exclude_output_prompt=True, exclude_anchor_links=True,
    )  # fmt: skip
    notebook = _without_traces(notebook)
    shown = ", ".join(f"{name}={Path(value).name if name == 'data' else value}" for name, value in changed.items())
    resources = {
        "page_title": page.title, "page_question": page.question, "page_style": _style(),
        "page_version": __version__, "page_data": data_hash[:12], "page_parameters": shown,
    }  # fmt: skip
    body, _ = exporter.from_notebook_node(notebook, resources=resources)
    return body


def _without_traces(notebook: Any) -> Any:
    """A copy with the cells and outputs that a reader of the page needs: prose, and what the code shows."""
    import copy

    page = copy.deepcopy(notebook)
    page.metadata.pop("widgets", None)
    for cell in page.cells:
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if o.output_type in ("display_data", "execute_result")]
            for output in cell.outputs:
                output.data.pop("application/vnd.jupyter.widget-view+json", None)
    page.cells = [
        cell for cell in page.cells
        if "notebook-only" not in cell.metadata.get("tags", []) and (cell.cell_type == "markdown" or cell.outputs)
    ]  # fmt: skip
    return page


def _style() -> str:
    return (TEMPLATE / "style.css").read_text(encoding="utf-8")


def _write_index(target: Path, data_hash: str) -> None:
    """The index of every page in the folder, made from the executed notebooks beside them."""
    from jinja2 import Environment, FileSystemLoader

    pages = []
    for path in sorted((target / "notebooks").glob("*.ipynb")):
        if (target / f"{path.stem}.html").is_file():
            executed = _read(path)
            title, question = _title_and_question(executed)
            values = path.stem.split(".")[1:]
            title += f" ({', '.join(values)})" if values else ""
            pages.append(Page(f"{path.stem}.html", title, question, _answer(executed)))
    template = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True).get_template("contents.html.j2")
    text = template.render(pages=pages, style=_style(), version=__version__, data=data_hash[:12])
    part = target / ".index.part"
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(target / "index.html")


def _with_progress(names: list[str]) -> Iterator[str]:
    """The names one by one: a bar on a terminal, a plain line after each one otherwise."""
    if sys.stderr.isatty():
        from tqdm import tqdm

        bar = tqdm(names, unit="page", file=sys.stderr)
        for name in bar:
            bar.set_description(name)
            yield name
        return
    for place, name in enumerate(names, 1):
        began = time.monotonic()
        yield name
        print(f"[{place}/{len(names)}] {name} ({time.monotonic() - began:.1f} s)", file=sys.stderr, flush=True)
