"""What a page rests on, and whether that is still so: each kind of dependency is declared once, in `KINDS`.

The process that makes a page keeps, with the page, the digest of everything that it and its kernel have read; a later build makes the
same digests of what is there now. Data are two things: while the bytes of the tables are the same, nothing is asked; if they differ,
what the page shows of them is made again without kernel and drawing, and its digests decide.
"""

import ast
import hashlib
import json
import sys
import sysconfig
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from parkstudy.record import codes, used
from parkstudy.record.shipped import shipped_folder
from parkstudy.report.calls import Call, calls
from parkstudy.report.modules import called
from parkstudy.report.run import LIBRARIES, notebooks, outputs
from parkstudy.report.task import Task, put
from parkstudy.words import parts, rules

if TYPE_CHECKING:
    from parkstudy.method.study import Study
    from parkstudy.report.rows import Rows

PACKAGE = Path(__file__).resolve().parents[1]
_NO_BYTES = {
    f"parkstudy.report.{name}" for name in ("build", "cluster", "executors", "forking", "nursery", "progress", "task")
}
_PARK = "park "  # begins the name of a park among what is shown of the data
_ROWS, _CHANGED = "rows:", "changed while the page was made"
_COARSE = 20_000_000  # nanoseconds by which the clock of files may be behind
_MOST = 3  # reasons of one kind that are told one by one


class Now:
    """Everything a page can rest on as it is now, each read once; `data` is the folder of the data, empty for the shipped ones.

    With `since`, a time in nanoseconds, what is in a file that was written later has no value: nobody knows in which of its states
    it was used.
    """

    def __init__(self, data: str | None = "", since: int | None = None, study: "Study | None" = None) -> None:
        self.folder, self.since, self._study = data or "", since, study
        self._values: dict[tuple[str, str], str] = {}
        self._files: dict[Path, tuple[bytes, bool]] = {}  # with whether it was written later
        self._words: dict[str, tuple[dict[str, str], bool]] = {}
        self._rows: Rows | None = None
        self._late = False  # whether something that was written later was read for the value that is being made

    def value(self, kind: str, name: str) -> str:
        """The digest of a name of a kind, the version of a library; empty where there is no such thing."""
        key = (kind, name)
        if key not in self._values:
            self._late = False
            found = KINDS[kind].value(self, name)
            self._values[key] = _CHANGED if self._late else found
        return self._values[key]

    def known(self, kind: str, values: Mapping[str, str]) -> None:
        """Take values from whoever has used what they are of."""
        self._values |= {(kind, name): value for name, value in values.items()}

    @property
    def rows(self) -> "Rows":
        """The study as it is now."""
        if self._rows is None:
            from parkstudy.method.study import load
            from parkstudy.report.rows import Rows

            self._rows = Rows(self._study or load(self.folder))
        return self._rows

    def words(self, lang: str) -> dict[str, str]:
        """File to text of every template of a language."""
        if lang not in self._words:
            paths = sorted((PACKAGE / "words" / lang).glob("*.j2"))
            texts = {path.name: self.read(path).decode() for path in paths}
            self._words[lang] = texts, any(self._files[path][1] for path in paths)
        self._late |= self._words[lang][1]
        return self._words[lang][0]

    def read(self, path: Path) -> bytes:
        """A file; nothing where there is none."""
        if path not in self._files:
            self._files[path] = b"", False
            with suppress(OSError):
                state = path.stat()
                late = self.since is not None and max(state.st_mtime_ns, state.st_ctime_ns) > self.since - _COARSE
                self._files[path] = path.read_bytes(), late
        self._late |= self._files[path][1]
        return self._files[path][0]


def _digest(content: bytes | str) -> str:
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()[:16] if raw else ""


def _as_json(value: Any) -> str:
    return _digest(json.dumps(value, ensure_ascii=False))


def _cells(notebook: bytes) -> dict[str, Any]:
    """A notebook as JSON; without cells where it is none."""
    try:
        found = json.loads(notebook)
        return found if isinstance(found.get("cells"), list) else {"cells": []}
    except (ValueError, AttributeError):
        return {"cells": []}


def _notebook(now: Now, path: str) -> str:
    """The cells with their tags and the metadata, however the file is laid out; not what an editor adds."""
    found = _cells(raw := now.read(Path(path)))
    own = [
        (c.get("cell_type"), "".join(c.get("source", "")), c.get("metadata"), c.get("attachments"))
        for c in found["cells"]
    ]
    metadata_of_all = {name: value for name, value in found.get("metadata", {}).items() if name != "language_info"}
    return _as_json([own, metadata_of_all]) if own else _digest(raw)


def _notebooks(now: Now, _: str) -> str:
    """The names of all notebooks and their parameters: pages lead to each other by them."""
    cells = [
        (path.stem, [_code("".join(cell["source"])) for cell in _cells(now.read(path))["cells"] if _declares(cell)])
        for path in notebooks().values()
    ]
    return _as_json(cells)


def _declares(cell: Mapping[str, Any]) -> bool:
    return cell.get("cell_type") == "code" and "parameters" in cell.get("metadata", {}).get("tags", [])


def _code(source: str) -> str:
    try:
        return ast.dump(ast.parse(source))
    except SyntaxError:
        return source


def _module(now: Now, name: str) -> str:
    return _digest(_source(now, name))


def _source(now: Now, name: str) -> bytes:
    path = PACKAGE.joinpath(*name.split(".")[1:])
    return now.read(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"))


def _block(now: Now, name: str) -> str:
    lang, file, block = name.split("/")
    return _digest(parts.source(now.words(lang), file, block))


def _label(_: Now, name: str) -> str:
    lang, group, *code = name.split("/", 2)
    rows = codes.table().get(group, {})
    wanted = [code[0]] if code else list(rows)
    return _as_json([(one, rows[one][f"short_{lang}"], rows[one][f"long_{lang}"]) for one in wanted if one in rows])


def _codes(_: Now, group: str) -> str:
    return _as_json(list(codes.table().get(group, {})))


def _rule(_: Now, name: str) -> str:
    lang, *code = name.split("/", 1)
    found = rules.rules(lang)
    return _digest(found.get(code[0], "")) if code else _as_json(list(found))


def _file(now: Now, name: str) -> str:
    return _digest(now.read(PACKAGE / name))


def _library(_: Now, name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _python(_now: Now, _: str) -> str:
    """The interpreter, and the library that packs pictures and fonts."""
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{sys.implementation.name} {version}, zlib {zlib.ZLIB_RUNTIME_VERSION}, {sysconfig.get_platform()}"


def _data(now: Now, _: str) -> str:
    """The bytes of everything that a study can read: of the shipped folder, and of one's own that is laid over it."""
    folders = [shipped_folder(), *([Path(now.folder)] if now.folder else [])]
    kinds = (".csv", ".toml", ".md")
    paths = [[path for path in sorted(folder.glob("*")) if path.suffix in kinds] for folder in folders]
    return _as_json([[(path.name, _digest(now.read(path))) for path in found] for found in paths])


class Kind(NamedTuple):
    """A kind of dependency: its value now, and how a reason names it."""

    value: Callable[[Now, str], str]
    said: str


KINDS = {
    "notebook": Kind(_notebook, "notebook"),
    "notebooks": Kind(_notebooks, "names or parameters of the notebooks"),
    "parameters": Kind(lambda _, name: _digest(name), "parameters"),
    "module": Kind(_module, "module {}"),
    "block": Kind(_block, "words {}"),
    "label": Kind(_label, "label {}"),
    "codes": Kind(_codes, "codes of {}"),
    "rule": Kind(_rule, "rule {}"),
    "file": Kind(_file, "file {}"),
    "beside": Kind(lambda now, path: _digest(now.read(Path(path))), "file {}"),
    "library": Kind(_library, "{} {now}, was {was}"),
    "python": Kind(_python, "{now}, was {was}"),
    "data": Kind(_data, "data"),
}
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
        read["module"] - _NO_BYTES, keys, lambda name: _source(now, name).decode(), explored=explored
    )
    found = {f"{kind}:{name}": _present(now, task, kind, name) for kind in sorted(read) for name in sorted(read[kind])}
    return found | {f"{_ROWS}{name}": value for name, value in _shown(now, task, asked, executed).items()}


def read_source() -> None:
    """Read what modules and templates of the package name, once for every process that is forked from this one."""
    from parkstudy.show.catalogue import CATALOGUE

    now = Now()
    called(used.everything()["module"], CATALOGUE, lambda name: _source(now, name).decode())
    for texts in map(now.words, codes.LANGUAGES):
        for file, text in texts.items():
            for block in parts.blocks_of(text):
                parts.source(texts, file, block)


def _present(now: Now, task: Task, kind: str, name: str) -> str:
    return now.value(kind, _OF_A_TASK[kind](task) if kind in _OF_A_TASK else name)


def _asked(now: Now, task: Task) -> list[Call] | None:
    """The exhibits that the notebook of a task shows; None where its code does more than that."""
    return calls(_cells(now.read(Path(task.notebook)))["cells"], task.parameters)


def _shown(now: Now, task: Task, asked: Sequence[Call] | None, executed: Any) -> dict[str, str]:
    """Name to digest of what a page shows of the data, as the kernel said; nothing where it rests on all of them."""
    given = [
        output.get("metadata", {}).get("parkstudy", {}).get("digest", "")
        for cell in executed.cells
        for output in outputs(cell)
    ]
    whole = executed.metadata.get("parkstudy", {}).get("download") or now.value("data", "") == _CHANGED
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
        if not _there(Path(task.out) / name, digest)
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
            different.setdefault(kind, []).append(f"{told}, {was}" if was == _CHANGED else told)
    found += [told for kind in different.values() for told in _few(kind)]
    return found or _by_data(task, record, now)


def _there(path: Path, digest: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


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
