"""The build: which pages a call makes, and what it leaves in the folder.

A page is written in one move when it is whole; a notebook that fails leaves no page behind. The executed notebooks are
kept beside the pages, without clock times; the indexes, the share cards and the manifest are made from them.
"""

import hashlib
import json
import platform
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from parkstudy import __version__
from parkstudy.errors import ParkstudyError, did_you_mean
from parkstudy.method.study import Study, load
from parkstudy.record.codes import LANGUAGES
from parkstudy.report.cards import card_of
from parkstudy.report.execute import check_answer, execute
from parkstudy.report.glossary import GLOSSARY
from parkstudy.report.index import glossary, index, shown
from parkstudy.report.kept import kept, sign
from parkstudy.report.links import INDEX
from parkstudy.report.page import Page, archive, export, tag
from parkstudy.report.parameters import ParameterError, declared, validated, values_of
from parkstudy.report.run import LIBRARIES, Job, notebooks, page_stem, put, read
from parkstudy.show.view import View

Strings = Mapping[str, str]


class UnknownNotebookError(ParkstudyError, ValueError):
    """A notebook name that does not exist."""


def explorer_notebook(folder: Path) -> Path:
    """The explorer's notebook: the one of a clone itself, or a copy in `folder` of the one in an installed package."""
    path = notebooks()["90-explorer"]
    if path.parent.name != "_notebooks":
        return path
    copy = folder / path.name
    if not copy.exists():
        shutil.copyfile(path, copy)
    return copy


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
    names, given = list(names), dict(parameters or {})
    if lang not in ("", *LANGUAGES, "all"):
        raise ParameterError(f"unknown language {lang!r}; expected one of {', '.join(LANGUAGES)}, all")
    wanted = lang or ("en" if names and each != "lang" else "all")
    languages = LANGUAGES if wanted == "all" else (wanted,)
    chosen = [(own, path, declared(read(path))) for own in languages for path in _chosen(names, own)]
    _check(chosen, given, lang, each)
    study = load(given.get("data")).require_faultless()
    libraries = {"Python": platform.python_version()} | {name: metadata.version(name) for name in LIBRARIES}
    made = {"version": __version__, "data_hash": study.data_hash, "libraries": libraries}
    jobs = {}
    for own, path, defaults in chosen:
        for changed in _changes(defaults, given, each or ("" if names else "park"), study):
            parks = {name: value for name, value in {**defaults, **changed}.items() if name in ("park", "parks")}
            jobs[page_stem(path.stem, own, changed)] = (Job(path, own, changed), {**made, **parks})
    target = Path(out)
    (target / "notebooks").mkdir(parents=True, exist_ok=True)
    done: dict[str, Any] = {}
    try:
        for stem in _with_progress(list(jobs)):
            job, facts = jobs[stem]
            done[stem] = executed(job, timeout, facts)
    finally:
        pages = publish(target, done, study)
    return pages


def executed(job: Job, timeout: int, facts: Mapping[str, Any]) -> Any:
    """The notebook of a job, run, with `facts` about the run in its metadata.

    A folder is named there by its last part, so that no path of a machine is on a page.
    """
    notebook, _ = execute(job.path, job.parameters, timeout=timeout)
    shown = {name: Path(value).name if name == "data" else value for name, value in sorted(job.parameters.items())}
    own = {"notebook": job.path.stem, "lang": job.lang, "parameters": shown}
    notebook.metadata["parkstudy"] = {**notebook.metadata.get("parkstudy", {}), **facts, **own}
    check_answer(job.path, notebook)
    return notebook


def _chosen(names: list[str], lang: str) -> list[Path]:
    known = notebooks(lang)
    wanted = list(dict.fromkeys(name.removesuffix(".ipynb") for name in names)) or list(known)
    for name in wanted:
        if name not in known:
            meant = f"{did_you_mean(name, known)}notebooks: {', '.join(known)}"
            raise UnknownNotebookError(f"unknown notebook {name!r}; {meant}")
    return [known[name] for name in wanted]


def _check(chosen: list[tuple[str, Path, dict[str, Any]]], given: Mapping[str, str], lang: str, each: str) -> None:
    """Raise `ParameterError` for what the notebooks do not have; one is written in one language, its twin in the other."""
    known = validated(given, [defaults for _, _, defaults in chosen])
    for own, path, _ in chosen:
        if (to := given.get("lang", own)) != own:
            twin = "/".join(notebooks(to).get(path.stem, path).parts[-2:])
            raise ParameterError(f"parameter lang: {path.name} is written in {own}; --lang {to} runs its twin {twin}")
    if each in given or (each == "lang" and lang):
        raise ParameterError(f"--each {each}: is given a value already")
    if each and each not in known:
        raise ParameterError(f"--each {each}: expected one of {', '.join(known)}")


def _changes(defaults: Strings, given: Strings, each: str, study: Study) -> Iterator[dict[str, str]]:
    """For every page of a notebook the parameters that differ from its defaults: one for each value of `each`."""
    first = {"park": study.park_ids()[0]} if defaults.get("park") not in (None, *study.all_parks) else {}
    listed = each in defaults and each not in ("lang", *given)  # languages vary by themselves
    for value in [{each: value} for value in values_of(each, study)] if listed else [{}]:
        asked = {**first, **given, **value}
        yield {name: value for name, value in asked.items() if name in defaults and value != defaults[name]}


def publish(target: Path, done: Mapping[str, Any], study: Study) -> list[Page]:
    """Write what was run: notebooks, pages, cards; then the indexes and the manifest of everything in the folder."""
    if not done:
        return []
    stored = {path.stem: read(path) for path in (target / "notebooks").glob("*.ipynb")}
    there = {stem: notebook for stem, notebook in stored.items() if (target / f"{stem}.html").is_file()}
    views = {lang: View(study, lang) for lang in LANGUAGES}
    pages = {
        stem: Page(stem, notebook, views[notebook.metadata["parkstudy"]["lang"]])
        for stem, notebook in sorted({**there, **done}.items())
    }
    executed = []
    for page in (pages[stem] for stem in done):
        body = export(page)
        put(target / f"{page.stem}.png", card_of(page))
        executed.append(kept(page))
        put(target / "notebooks" / f"{page.stem}.ipynb", executed[-1])
        put(target / page.file, body)
    sign(executed)
    listed = [shown(page) for page in pages.values()]
    for lang in LANGUAGES:
        put(target / GLOSSARY[lang], glossary(views[lang]))
        if any(page.view.lang == lang for page in pages.values()):
            put(target / INDEX[lang], index(listed, views[lang], archive(study)))
    put(target / "manifest.json", _manifest(pages, target))
    return [pages[stem] for stem in done]


def _manifest(pages: Mapping[str, Page], folder: Path) -> str:
    """For every page in the folder its parameters, versions, data and hash; no clock and no path of a machine."""
    entries: list[dict[str, Any]] = [
        {
            "file": page.file, "sha256": hashlib.sha256((folder / page.file).read_bytes()).hexdigest(),
            "notebook": page.facts["notebook"], "language": tag(page.view.lang), "parameters": page.facts["parameters"],
            "parkstudy": page.facts["version"], "data_sha256": page.facts["data_hash"], "libraries": page.facts["libraries"],
        }
        for page in pages.values()
    ]  # fmt: skip
    return json.dumps({"pages": entries}, ensure_ascii=False, indent=1) + "\n"


def _with_progress(stems: list[str]) -> Iterator[str]:
    """The pages one by one: a bar on a terminal, a plain line after each one otherwise."""
    if sys.stderr.isatty():
        from tqdm import tqdm

        bar = tqdm(stems, unit="page", file=sys.stderr)
        for stem in bar:
            bar.set_description(stem)
            yield stem
        return
    for place, stem in enumerate(stems, 1):
        began = time.monotonic()
        yield stem
        print(f"[{place}/{len(stems)}] {stem} ({time.monotonic() - began:.1f} s)", file=sys.stderr, flush=True)
