"""What a page can rest on, each kind declared once, in `KINDS`, and what each is worth now."""

import ast
import hashlib
import json
import sys
import sysconfig
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from parkstudy.record import codes
from parkstudy.record.shipped import shipped_folder
from parkstudy.report.run import notebooks
from parkstudy.words import parts, rules

if TYPE_CHECKING:
    from parkstudy.method.study import Study
    from parkstudy.report.rows import Rows

PACKAGE = Path(__file__).resolve().parents[1]
CHANGED = "changed while the page was made"
_COARSE = 20_000_000  # nanoseconds by which the clock of files may be behind


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
            self._values[key] = CHANGED if self._late else found
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


def cells_of(notebook: bytes) -> dict[str, Any]:
    """A notebook as JSON; without cells where it is none."""
    try:
        found = json.loads(notebook)
        return found if isinstance(found.get("cells"), list) else {"cells": []}
    except (ValueError, AttributeError):
        return {"cells": []}


def _notebook(now: Now, path: str) -> str:
    """The cells with their tags and the metadata, however the file is laid out; not what an editor adds."""
    found = cells_of(raw := now.read(Path(path)))
    own = [
        (c.get("cell_type"), "".join(c.get("source", "")), c.get("metadata"), c.get("attachments"))
        for c in found["cells"]
    ]
    metadata_of_all = {name: value for name, value in found.get("metadata", {}).items() if name != "language_info"}
    return _as_json([own, metadata_of_all]) if own else _digest(raw)


def _notebooks(now: Now, _: str) -> str:
    """The names of all notebooks and their parameters: pages lead to each other by them."""
    cells = [
        (path.stem, [_code("".join(cell["source"])) for cell in cells_of(now.read(path))["cells"] if _declares(cell)])
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


def source_of(now: Now, name: str) -> bytes:
    """The source of a module of the package."""
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


def _rule(_: Now, name: str) -> str:
    lang, *code = name.split("/", 1)
    found = rules.rules(lang)
    return _digest(found.get(code[0], "")) if code else _as_json(list(found))


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
    "module": Kind(lambda now, name: _digest(source_of(now, name)), "module {}"),
    "block": Kind(_block, "words {}"),
    "label": Kind(_label, "label {}"),
    "codes": Kind(lambda _, group: _as_json(list(codes.table().get(group, {}))), "codes of {}"),
    "rule": Kind(_rule, "rule {}"),
    "file": Kind(lambda now, name: _digest(now.read(PACKAGE / name)), "file {}"),
    "beside": Kind(lambda now, path: _digest(now.read(Path(path))), "file {}"),
    "library": Kind(_library, "{} {now}, was {was}"),
    "python": Kind(_python, "{now}, was {was}"),
    "data": Kind(_data, "data"),
}
