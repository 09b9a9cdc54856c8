"""Reports: notebooks run by Papermill and exported by nbconvert to one HTML file a page and language.

A page is written in one move when it is whole; a notebook that fails leaves no page behind. The executed notebooks are
kept beside the pages, without clock times; the indexes, the share cards and the manifest are made from them.
"""

from __future__ import annotations

import platform
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from parkstudy import __version__
from parkstudy.method.study import Study, load
from parkstudy.record.tables import shipped
from parkstudy.report.index import stored, write_card, write_index, write_manifest
from parkstudy.report.pages import export, page_title
from parkstudy.report.parameters import ParameterError, declared, validated, values_of
from parkstudy.report.run import Job, NotebookError, answer, execute, page_stem, read, title_and_question, write
from parkstudy.words.language import LANGUAGES

__all__ = ["NotebookError", "Page", "UnknownNotebookError", "explorer_notebook", "notebooks", "page_stem", "render"]

_LIBRARIES = (
    "polars",
    "seaborn",
    "matplotlib",
    "papermill",
    "nbconvert",
    "fonttools",
)  # what the bytes of a page hang on


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
    lang: str = "",
    each: str = "",
) -> list[Page]:
    """Run the notebooks (all, if no name is given), write their pages, indexes and manifest into `out`; return the pages.

    `lang` is `en`, `zh` or `all`; without it, all if no notebook is named, else English. `each` names a parameter of which
    every value makes a page; if no notebook is named, the profile makes one for each core park. Raises
    `UnknownNotebookError` or `ParameterError` before anything is run, `DataFaultsError` if the data have faults, and
    `NotebookError` for the first notebook that fails, once the pages before it are written; `timeout` is in seconds
    for a cell.
    """
    named = list(names)
    chosen = _chosen(named)
    given = dict(parameters or {})
    wanted = {name: declared(read(path)) for name, path in chosen.items()}
    validated(given, wanted)
    languages = _languages(lang, given, default="en" if named else "all", each=each)
    study = load(given.get("data")).require_faultless()
    jobs = _jobs(chosen, wanted, given, languages, each or ("" if named else "park"), bool(each), study)
    target = Path(out)
    (target / "notebooks").mkdir(parents=True, exist_ok=True)
    done: dict[str, Any] = {}
    try:
        for job in _with_progress(jobs):
            done[job.stem] = execute(job, timeout, _facts(job, wanted[job.path.stem], study))
    finally:
        pages = _publish(target, done, study)
    return pages


def _languages(lang: str, given: dict[str, str], default: str, each: str) -> list[str]:
    """The languages of the pages; `lang` is taken out of the parameters given, because it is no choice of one page."""
    if lang not in ("", *LANGUAGES, "all"):
        raise ParameterError(f"unknown language {lang!r}; expected one of {', '.join(LANGUAGES)}, all")
    own = given.pop("lang", "")
    if own and lang:
        raise ParameterError(f"the language is given twice, -p lang {own} and --lang {lang}; give it once")
    if each == "lang" and (own or lang):
        raise ParameterError("--each lang: is given a value already")
    wanted = "all" if each == "lang" else own or lang or default
    return list(LANGUAGES) if wanted == "all" else [wanted]


def _jobs(
    chosen: dict[str, Path], wanted: dict[str, dict[str, Any]], given: dict[str, str], languages: list[str],
    each: str, asked: bool, study: Study,
) -> list[Job]:  # fmt: skip
    """Every page to be made: notebook by notebook, value by value of `each`, language by language."""
    known = sorted({name for defaults in wanted.values() for name in defaults})
    if asked and (each not in known or each in given):
        reason = "is given a value already" if each in given else f"expected one of {', '.join(known)}"
        raise ParameterError(f"--each {each}: {reason}")
    listed = each not in ("", "lang", *given)  # languages vary by themselves
    varied = [{each: value} for value in values_of(each, study)] if listed else [{}]
    jobs = []
    for name, path in chosen.items():
        defaults = wanted[name]
        own = {"park": study.park_ids()[0]} if defaults.get("park") not in (None, *study.all_parks) else {}
        for value in varied if each in defaults else [{}]:
            for lang in languages if "lang" in defaults else ["en"]:
                asked_for = {**own, **given, **value, "lang": lang}
                changed = {k: v for k, v in asked_for.items() if k in {*defaults, *given} and v != defaults.get(k, v)}
                jobs.append(Job(path, changed))
    return list({job.stem: job for job in jobs}.values())


def _facts(job: Job, defaults: Mapping[str, Any], study: Study) -> dict[str, Any]:
    """What a page says of how it was made, for its manifest, its index and its end."""
    libraries = {"Python": platform.python_version()} | {name: metadata.version(name) for name in _LIBRARIES}
    # in the order in which a stored notebook gives them back, so that the manifest is the same either way
    facts = {"version": __version__, "data_hash": study.data_hash, "libraries": dict(sorted(libraries.items()))}
    return facts | ({"park": job.parameters.get("park", defaults["park"])} if "park" in defaults else {})


def _publish(target: Path, done: dict[str, Any], study: Study) -> list[Page]:
    """Write what was run: notebooks, pages, cards; then the indexes and the manifest of everything in the folder."""
    if not done:
        return []
    there = {stem: notebook for stem, notebook in stored(target).items() if (target / f"{stem}.html").is_file()}
    everything = dict(sorted({**there, **done}.items()))
    known = {stem: f"{stem}.html" for stem in everything}
    speaking = {lang: replace(study, lang=lang) for lang in LANGUAGES}
    pages = []
    for stem, notebook in done.items():
        spoken = speaking[notebook.metadata["parkstudy"]["lang"]]
        part = target / f".{stem}.part"
        page = export(notebook, stem, spoken, known, _profiles(everything, spoken.lang))
        part.write_text(page, encoding="utf-8", newline="\n")
        write_card(notebook, stem, spoken, target)
        write(notebook, target / "notebooks" / f"{stem}.ipynb")
        part.replace(target / f"{stem}.html")
        _, question = title_and_question(notebook)
        pages.append(Page(f"{stem}.html", page_title(notebook, spoken), question, answer(notebook)))
    for lang in LANGUAGES:
        if any(notebook.metadata["parkstudy"]["lang"] == lang for notebook in everything.values()):
            write_index(target, everything, lang, speaking[lang])
    write_manifest(target, everything)
    return pages


def _profiles(notebooks_: Mapping[str, Any], lang: str) -> dict[str, str]:
    """The file of the profile of each park in a language, among the executed notebooks."""
    facts = {stem: notebook.metadata["parkstudy"] for stem, notebook in notebooks_.items()}
    return {own["park"]: f"{stem}.html" for stem, own in facts.items() if own.get("park") and own["lang"] == lang}


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


def _with_progress(jobs: list[Job]) -> Iterator[Job]:
    """The jobs one by one: a bar on a terminal, a plain line after each one otherwise."""
    if sys.stderr.isatty():
        from tqdm import tqdm

        bar = tqdm(jobs, unit="page", file=sys.stderr)
        for job in bar:
            bar.set_description(job.stem)
            yield job
        return
    for place, job in enumerate(jobs, 1):
        began = time.monotonic()
        yield job
        print(f"[{place}/{len(jobs)}] {job.stem} ({time.monotonic() - began:.1f} s)", file=sys.stderr, flush=True)
