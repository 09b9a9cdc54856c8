"""What a page rests on, and whether that is still so.

The process that makes a page keeps, with the page, the digest of everything that it and its kernel have read; a later build makes the
same digests of what is there now. Data are two things: while the bytes of the tables are the same, nothing is asked; if they differ,
what the page shows of them is made again without kernel and drawing, and its digests decide.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parkstudy.record import codes, used
from parkstudy.report.calls import Call, calls
from parkstudy.report.dependencies import CHANGED, KINDS, Now, cells_of, source_of
from parkstudy.report.modules import called
from parkstudy.report.run import LIBRARIES, outputs
from parkstudy.report.task import Task, hashed, put
from parkstudy.words import parts

if TYPE_CHECKING:
    from parkstudy.method.study import Study

_NO_BYTES = {f"parkstudy.report.{name}" for name in ("build", "cluster", "forking", "nursery", "progress", "task")}
_PARK = "park "  # begins the name of a park among what is shown of the data
_ROWS = "rows:"
_MOST = 3  # reasons of one kind that are told one by one


_OF_A_TASK: dict[str, Callable[[Task], str]] = {  # whose names a record does not hold: they have paths of this machine
    "notebook": lambda task: task.notebook,
    "parameters": lambda task: json.dumps(
        [sorted(task.parameters.items()), sorted(task.about.items())], ensure_ascii=False
    ),
}


def of(task: Task, executed: Any, told: Mapping[str, Any], study: "Study | None" = None) -> dict[str, str]:
    """What a page rests on, to be asked by the process that has made it: name (`kind:name`) to digest, or to the version of a library.

    `executed` is its notebook as it was run, `told` what the kernel told of itself, with what it has read under `used`, `study` the one
    that the process shows, where it has loaded it.
    """
    now = Now(task.parameters.get("data"), used.STARTED, study)
    now.known("library", told["libraries"])
    asked = _asked(now, task)
    read: dict[str, set[str]] = {kind: {""} for kind in ("notebook", "notebooks", "parameters", "python", "data")}
    read["library"] = set(LIBRARIES)
    for kind, names in (*used.everything().items(), *told["used"].items()):
        read.setdefault(kind, set()).update(names)
    keys = None if asked is None else {call.key for call in asked}
    explored = asked is not None and any(call.explored for call in asked)
    if asked is not None:
        read["beside"] = set()  # a notebook whose code is read imports nothing of its own
    read["module"] = called(
        read["module"] - _NO_BYTES, keys, lambda name: source_of(now, name).decode(), explored=explored
    )
    found = {f"{kind}:{name}": _present(now, task, kind, name) for kind in sorted(read) for name in sorted(read[kind])}
    return found | {f"{_ROWS}{name}": value for name, value in _shown(now, task, asked, executed).items()}


def read_source() -> None:
    """Read what modules and templates of the package name, once for every process that is forked from this one."""
    from parkstudy.show.catalogue import CATALOGUE

    now = Now()
    called(used.everything()["module"], CATALOGUE, lambda name: source_of(now, name).decode())
    for texts in map(now.words, codes.LANGUAGES):
        for file, text in texts.items():
            for block in parts.blocks_of(text):
                parts.source(texts, file, block)


def _present(now: Now, task: Task, kind: str, name: str) -> str:
    return now.value(kind, _OF_A_TASK[kind](task) if kind in _OF_A_TASK else name)


def _asked(now: Now, task: Task) -> list[Call] | None:
    """The exhibits that the notebook of a task shows; None where its code does more than that."""
    return calls(cells_of(now.read(Path(task.notebook)))["cells"], task.parameters)


def _shown(now: Now, task: Task, asked: Sequence[Call] | None, executed: Any) -> dict[str, str]:
    """Name to digest of what a page shows of the data, as the kernel said; nothing where it rests on all of them."""
    given = [
        output.get("metadata", {}).get("parkstudy", {}).get("digest", "")
        for cell in executed.cells
        for output in outputs(cell)
    ]
    whole = executed.metadata.get("parkstudy", {}).get("download") or now.value("data", "") == CHANGED
    if whole or asked is None or len(asked) != len(given) or not all(given):
        return {}
    from parkstudy.report.page import parks_of

    rows = now.rows
    rows.keep(asked, given)
    return rows.every(asked, task.lang, task.about, parks_of(executed, rows.view(task.lang, ())))


def reasons(task: Task, record: Mapping[str, Any] | None, now: Now) -> list[str]:
    """Why a page has to be made, in plain words; an empty list where it would come out as it is, but for the data that it names."""
    if record is None or not all(isinstance(record[name], dict) for name in ("files", "inputs")):
        return ["never made whole"]
    found = [
        f"{name} missing or changed"
        for name, digest in record["files"].items()
        if hashed(Path(task.out) / name) != digest
    ]
    kept: Mapping[str, str] = record["inputs"]
    different: dict[str, list[str]] = {}
    for name, was in kept.items():
        kind, _, of_kind = name.partition(":")
        if kind not in KINDS:
            if name.startswith(_ROWS):
                continue
            return [*found, "made by another version"]
        is_now = _present(now, task, kind, of_kind)
        if kind != "data" and is_now != was:
            told = KINDS[kind].said.format(of_kind, now=is_now or "none", was=was or "none")
            different.setdefault(kind, []).append(f"{told}, {was}" if was == CHANGED else told)
    found += [told for kind in different.values() for told in _few(kind)]
    return found or _by_data(task, record, now)


def _few(told: list[str]) -> Iterable[str]:
    return told if len(told) <= _MOST else [*told[:_MOST], f"and {len(told) - _MOST} more of that kind"]


def _by_data(task: Task, record: Mapping[str, Any], now: Now) -> list[str]:
    """Whether other data change what a page shows. If not, its record says that it is so with these data too."""
    kept = record["inputs"]
    was = {name.removeprefix(_ROWS): value for name, value in kept.items() if name.startswith(_ROWS)}
    if kept.get("data:") == now.value("data", ""):
        return []
    asked = _asked(now, task) if was else None
    if asked is None:
        return ["data"]
    try:
        parks = [name.removeprefix(_PARK) for name in was if name.startswith(_PARK)]
        present = now.rows.every(asked, task.lang, task.about, parks)
    except Exception:  # what an exhibit says that cannot be shown any more, is said where the page is made
        return ["data"]
    said = {call.name: f"rows shown by `{call.key}`" for call in asked}
    said |= {f"{_PARK}{park}": f"name or place of {park}" for park in parks}
    found = [
        said.get(name, "name of the study, entry in the index, or share card")
        for name in present
        if present[name] != was.get(name)
    ]
    if not found:
        kept["data:"] = now.value("data", "")
        with suppress(OSError):
            put(task.record, json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1))
    return found
