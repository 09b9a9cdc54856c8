"""The build: which pages a call asks for, which of them are out of date, who makes them, and what is said at the end.

A page that fails stops no other one. What is up to date is left alone, so that a run that was stopped goes on where it was.
"""

import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from parkstudy.errors import ParkstudyError, counted, did_you_mean
from parkstudy.record.codes import LANGUAGES
from parkstudy.report.parameters import ParameterError, declared, validated, values_of
from parkstudy.report.progress import Progress
from parkstudy.report.run import notebooks, page_stem, stored
from parkstudy.report.task import Due, Outcome, Task, parts_of, recorded
from parkstudy.report.unfinished import making

if TYPE_CHECKING:
    from parkstudy.method.study import Study

Strings = Mapping[str, str]


class UnknownNotebookError(ParkstudyError, ValueError):
    """A notebook name that does not exist."""


class FailedPagesError(ParkstudyError):
    """Pages that could not be made; the message names each with its notebook, cell and error. `outcomes` are those of all pages."""

    status = 1

    def __init__(self, outcomes: Sequence[Outcome], out: Path) -> None:
        self.outcomes = outcomes
        failed = [outcome for outcome in outcomes if outcome.error]
        told = "\n".join(outcome.error for outcome in failed)
        super().__init__(
            f"{len(failed)} of {counted(len(outcomes), 'page')} failed; error pages in {out / 'failed'}; "
            f"the same command makes what is missing\n{told}"
        )


class OutputFolderError(ParkstudyError):
    """A folder for pages that is none, or that may not be written to."""


class Executor(Protocol):
    """Who makes pages: gives an outcome for each task, in the order in which they end."""

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Make the pages."""


def asked(
    names: Iterable[str] = (),
    parameters: Strings | None = None,
    out: str | Path = "reports",
    timeout: int = 600,
    lang: str = "",
    each: str = "",
) -> list[Task]:
    """The pages that a call asks for.

    `lang` is `en`, `zh` or `all`; without it, all if no notebook is named, else English. `each` names a parameter of which
    every value makes a page; if no notebook is named, the profile makes one for each core park. Raises
    `UnknownNotebookError`, `ParameterError`, or `DataFaultsError` if the data have faults.
    """
    from jupyter_core.paths import jupyter_data_dir

    from parkstudy.method.study import load
    from parkstudy.record.unusual import told

    names, given = list(names), dict(parameters or {})
    if lang not in ("", *LANGUAGES, "all"):
        raise ParameterError(f"unknown language {lang!r}; expected one of {', '.join(LANGUAGES)}, all")
    wanted = lang or ("en" if names and each != "lang" else "all")
    languages = LANGUAGES if wanted == "all" else (wanted,)
    chosen = [(own, path, declared(stored(path))) for own in languages for path in _chosen(names, own)]
    _check(chosen, given, lang, each)
    study = load(given.get("data")).require_faultless()
    if said := told(study.warnings, given.get("data")):
        print(said, file=sys.stderr)
    target = Path(out).resolve()
    parts, tasks = parts_of(target), dict[str, Task]()
    jupyter = jupyter_data_dir()
    for own, path, written in chosen:
        defaults = {**written, **({"park": study.first} if written.get("park") == "" else {})}
        if names and written.get("park") == "" and "park" not in (*given, each) and own == languages[0]:
            _tell_of_one(path.stem, study)
        for changed in _changes(defaults, given, each or ("" if names else "park"), study):
            about = {
                name: value for name, value in {**defaults, **changed}.items() if name in ("park", "parks", "year")
            }
            stem = page_stem(path.stem, own, changed)
            if stem in tasks:  # long values stand as a hash in a name
                both = f"{dict(tasks[stem].parameters)} and {changed}"
                raise ParameterError(f"two pages would be named {stem}: {both}; build them into two folders")
            tasks[stem] = Task(stem, str(path), own, changed, str(target), str(parts), jupyter, timeout, about)
    return list(tasks.values())


def due(tasks: Iterable[Task], *, force: bool = False) -> list[Due]:
    """Which of the pages have to be made, and why."""
    from parkstudy.report import inputs
    from parkstudy.report.dependencies import Now

    tasks = list(tasks)
    now = Now(tasks[0].parameters.get("data") if tasks else None)
    return [Due(task, ["asked for"] if force else inputs.reasons(task, recorded(task.record), now)) for task in tasks]


def alone(task: Task) -> str:
    """The command that makes a page alone, and leaves the indexes to `parkstudy report --index`."""
    options = {"--lang": task.lang, "--out": task.out, "--timeout": str(task.timeout)}
    command = ["parkstudy", "report", Path(task.notebook).stem, *chain(*options.items()), "--no-index"]
    for name, value in task.parameters.items():
        command += ["--data", value] if name == "data" else ["-p", name, value]
    return shlex.join(command)


def render(
    names: Iterable[str] = (),
    parameters: Strings | None = None,
    out: str | Path = "reports",
    timeout: int = 600,
    lang: str = "",
    each: str = "",
    *,
    force: bool = False,
    executor: Executor | None = None,
    told: Progress | None = None,
    index: bool = True,
) -> list[str]:
    """Make the pages that are out of date (all, if `force`) into `out`, then the indexes if `index`; gives the names of all.

    What can be asked for is said at `asked`. `timeout` is in seconds for a cell; `executor` makes the pages, as many at a time
    as there are cores if none is given. Raises what `asked` raises before anything is run, and `FailedPagesError` once every other
    page is made; one that is stopped writes the indexes of what is there first.
    """
    from parkstudy.report.gather import gather
    from parkstudy.report.nursery import Local

    tasks = asked(names, parameters, out, timeout, lang, each)
    told = told or Progress()
    waiting = told.begin(due(tasks, force=force))
    outcomes, stopped = list[Outcome](), None
    if waiting:
        with _folder(waiting):
            try:
                for outcome in (executor or Local()).run(waiting):
                    outcomes.append(outcome)
                    told.ended(outcome)
            except KeyboardInterrupt as stop:
                stopped = stop
    told.done()
    if index:
        gather(Path(out), (parameters or {}).get("data"))
    if stopped:
        raise stopped
    if any(outcome.error for outcome in outcomes):
        raise FailedPagesError(outcomes, Path(out))
    return [task.stem for task in tasks]


def _tell_of_one(notebook: str, study: "Study") -> None:
    """Say of which park a page is that could be of any, where the study has several."""
    if others := len(study.park_ids()) - 1:
        how = "--each park makes a page of each, -p park ID that of another"
        print(
            f"parkstudy: {notebook}: the page of {study.first}, the first of {others + 1} parks; {how}", file=sys.stderr
        )


@contextmanager
def _folder(tasks: Sequence[Task]) -> Iterator[None]:
    """The folder of the pages, with one for files that are not whole yet, gone at the end."""
    with ExitStack() as stack:
        try:
            stack.enter_context(making(Path(tasks[0].out), [f"{task.stem}.html" for task in tasks]))
        except OSError as error:
            told = f"{tasks[0].out}: no pages can be written there ({error.strerror}); name another folder"
            raise OutputFolderError(told) from error
        yield


def _chosen(names: list[str], lang: str) -> list[Path]:
    known = notebooks(lang)
    wanted = list(dict.fromkeys(name.removesuffix(".ipynb") for name in names)) or list(known)
    for name in wanted:
        if name not in known:
            meant = f"{did_you_mean(name, known)}notebooks: {', '.join(known)}"
            raise UnknownNotebookError(f"unknown notebook {name!r}; {meant}")
    return [known[name] for name in wanted]


def _check(chosen: list[tuple[str, Path, dict[str, Any]]], given: Strings, lang: str, each: str) -> None:
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


def _changes(defaults: Strings, given: Strings, each: str, study: "Study") -> Iterator[dict[str, str]]:
    """For every page of a notebook the parameters that differ from its defaults: one for each value of `each`."""
    listed = each in defaults and each not in ("lang", *given)  # languages vary by themselves
    study = study.only(given["parks"]) if each == "year" and "parks" in given else study
    for value in [{each: value} for value in values_of(each, study)] if listed else [{}]:
        asked_for = {**given, **value}
        yield {name: value for name, value in asked_for.items() if name in defaults and value != defaults[name]}
