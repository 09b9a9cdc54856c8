"""What readers decided about the rows of a draft: `review.csv`, a line each decision, only ever added to.

A line is on disk before the table is changed, and names the SHA-256 of the table as the decision leaves it: whoever was stopped between
the two finds at the next start which one is open. What was undone stands there too, so that undoing outlives the kernel.
"""

import csv
import hashlib
import io
import json
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from parkstudy.errors import ParkstudyError, counted, listed
from parkstudy.record.rows import gathered
from parkstudy.record.schema import columns
from parkstudy.record.spreadsheet import encoding

FILE, DRAFT = "review.csv", "draft.csv"
_MOST = 10  # texts that are named one by one
COLUMNS = (
    "number", "at", "source_id", "action", "observation_id", "start", "end", "cells", "reason", "of", "row_sha256", "table_sha256",
)  # fmt: skip
ACTIONS = ("accept", "correct", "reject", "add", "keep")  # and undo, redo, each of the number in `of`

Cells = Mapping[str, tuple[str, str]]  # column to what stood there and what stands there now


class ReviewFileError(ParkstudyError):
    """A `review.csv` that holds what no review wrote."""

    status = 1


class Decision(NamedTuple):
    """A line: what was decided of a row or of the figure at `start` to `end`; several lines of one number were decided at once.

    `cells` are those that it changed; `keep` leaves a row as it is although a second reader has it otherwise.
    """

    number: int
    at: str
    source_id: str
    action: str
    observation_id: str = ""
    start: int = -1
    end: int = -1
    cells: Cells = MappingProxyType({})
    reason: str = ""
    of: int = 0
    row_sha256: str = ""
    table_sha256: str = ""

    def line(self) -> str:
        """The decision as a line of the file."""
        place = ["" if self.start < 0 else str(self.start), "" if self.end < 0 else str(self.end)]
        cells = json.dumps(dict(self.cells), ensure_ascii=False) if self.cells else ""
        head = [str(self.number), self.at, self.source_id, self.action, self.observation_id]
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow(
            [*head, *place, cells, self.reason, str(self.of or ""), self.row_sha256, self.table_sha256]
        )
        return out.getvalue()


class History(NamedTuple):
    """The decisions of a text that are in force, in their order, and those that were undone and can be done again; each by its number."""

    done: list[list[Decision]]
    undone: list[list[Decision]]

    def last(self) -> dict[str, Decision]:
        """The last decision in force of each row."""
        return {one.observation_id: one for group in self.done for one in group if one.action != "keep"}


def read(folder: str | Path) -> list[Decision]:
    """The decisions of a folder, in their order; none where nothing was decided. A last line without its end was never decided.

    Raises `ReviewFileError`.
    """
    path = Path(folder) / FILE
    raw = path.read_bytes() if path.is_file() else b""
    whole = raw[: raw.rfind(b"\n") + 1]
    if said := encoding(whole):
        raise ReviewFileError(f"{path}: {said[0]}; {said[1]}")
    found = list(csv.reader(io.StringIO(whole.decode("utf-8-sig", errors="replace"), newline="")))
    if found and tuple(found[0]) != COLUMNS:
        raise ReviewFileError(
            f"{path}: expected the header {','.join(COLUMNS)}; give the file another name, and a new one is begun"
        )
    return [_decision(path, number, cells) for number, cells in enumerate(found[1:], 2) if cells]


def _decision(path: Path, line: int, cells: list[str]) -> Decision:
    try:
        row = dict(zip(COLUMNS, cells, strict=True))
        changed = {name: (old, new) for name, (old, new) in json.loads(row["cells"] or "{}").items()}
        return Decision(
            int(row["number"]), row["at"], row["source_id"], row["action"], row["observation_id"], int(row["start"] or -1),
            int(row["end"] or -1), changed, row["reason"], int(row["of"] or 0), row["row_sha256"], row["table_sha256"],
        )  # fmt: skip
    except (ValueError, AttributeError) as error:
        raise ReviewFileError(f"{path}: line {line} is none that a review wrote ({error}); take it out") from error


def history(decisions: Iterable[Decision], source_id: str) -> History:
    """What is in force of the decisions on one text; a new decision takes away what could be done again."""
    done: dict[int, list[Decision]] = {}
    undone: dict[int, list[Decision]] = {}
    for one in decisions:
        if one.source_id != source_id:
            continue
        if one.action == "undo" and one.of in done:
            undone[one.of] = done.pop(one.of)
        elif one.action == "redo" and one.of in undone:
            done[one.of] = undone.pop(one.of)
        elif one.action in ACTIONS:
            undone = undone if one.number in done else {}
            done.setdefault(one.number, []).append(one)
    return History(list(done.values()), list(undone.values()))


def undecided(folder: str | Path | None) -> dict[str, tuple[int, int]]:
    """Source to how many of the rows that its draft proposed, and that are there, nobody has decided on, and to how many there are.

    Such a row is a row like any other; a text of which all are decided is left out, and so is one without a draft.
    """
    there, drafted, lines = _proposed(folder)
    keys_of = {source: keys & there for source, keys in drafted.items()}
    left = {source: keys - lines[source].keys() for source, keys in keys_of.items()}
    return {source: (len(keys), len(keys_of[source])) for source, keys in left.items() if keys}


def drafted(folder: str | Path | None) -> set[str]:
    """The texts of a folder that were drafted."""
    path = Path(folder) / DRAFT if folder else None
    return {row.get("source_id") or "" for row in _rows(path)} if path and path.is_file() else set()


def lost(folder: str | Path | None) -> list[str]:
    """The rows that a draft proposed or a reader took, and that are neither there nor rejected: somebody deleted them in the table."""
    there, drafted, lines = _proposed(folder)
    kept = {
        source: keys - {key for key, one in lines[source].items() if one.action == "reject"}
        for source, keys in drafted.items()
    }
    return sorted(key for keys in kept.values() for key in keys - there)


def _proposed(folder: str | Path | None) -> tuple[set[str], dict[str, set[str]], dict[str, dict[str, Decision]]]:
    """The rows of a folder; by source those that a draft proposed, and the last decision in force of each."""
    top = Path(folder) if folder else None
    if top is None or not (top / DRAFT).is_file() or not (top / "observations.csv").is_file():
        return set(), {}, {}
    there = {row.get("observation_id") or "" for row in _rows(top / "observations.csv")}
    drafted: dict[str, set[str]] = {}
    for row in _rows(top / DRAFT):
        if row.get("state") == "proposed" and row.get("observation_id"):
            drafted.setdefault(row["source_id"], set()).add(row["observation_id"])
    taken = gathered(read(top), lambda one: one.source_id)
    return there, drafted, {source: history(taken.get(source, ()), source).last() for source in drafted}


def _rows(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    return list(csv.DictReader(io.StringIO(text.lstrip("\r\n"), newline="")))


def told(folder: str | Path | None) -> list[str]:
    """What is said of the rows that nobody has decided on, and of those that are gone: a line each, none where there are none."""
    try:
        found, gone = undecided(folder), lost(folder)
    except ReviewFileError as error:  # it says what to do, and stops no command but a review
        return [str(error)]
    named = f"{counted(len(gone), 'row')} that a draft proposed, neither there nor rejected: {listed(gone, _MOST)}"
    said = [f"{named}; draft the text again, or reject what is no row in a review"] if gone else []
    if not found:
        return said
    some = [f"{source} {left} of {every}" for source, (left, every) in found.items()]
    more = [f"{len(some) - _MOST} more"] if len(some) > _MOST else []
    rows = counted(sum(left for left, _ in found.values()), "proposed row")
    how = f"parkstudy explore --record {folder} --sources DIR"
    return [*said, f"{rows} not decided on, counted like any other: {', '.join(some[:_MOST] + more)}; review: {how}"]


def rejected(decisions: Iterable[Decision], source_id: str) -> list[Decision]:
    """The rejections in force of a text: what a further draft does not propose again."""
    return [one for one in history(decisions, source_id).last().values() if one.action == "reject"]


def highest(decisions: Iterable[Decision], source_id: str) -> int:
    """The highest number that a row of a text ever had in a decision: a rejected row's is not given again."""
    ids = (one.observation_id for one in decisions if one.source_id == source_id)
    return max((int(name[-3:]) for name in ids if name[-3:].isdigit()), default=0)


def append(folder: str | Path, decisions: Sequence[Decision]) -> int:
    """Add lines to the file, which is begun where there is none; on disk when this returns. Gives the size the file had."""
    path = Path(folder) / FILE
    text = "".join(one.line() for one in decisions)
    with path.open("a+b", buffering=0) as file:
        file.seek(0)
        raw = file.readall()
        size = raw.rfind(b"\n") + 1
        if size < len(raw):  # a line that whoever was stopped did not end
            file.truncate(size)
        left = memoryview((("" if size else ",".join(COLUMNS) + "\n") + text).encode())
        try:
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except BaseException:  # a full disk takes some lines of a decision, and it would stand by halves
            file.truncate(size)
            if not size:
                path.unlink()
            raise
    return size


def take_back(folder: str | Path, size: int) -> None:
    """Cut the file to what it was before lines were added whose decision could not be carried out."""
    path = Path(folder) / FILE
    if size:
        os.truncate(path, size)
    else:
        path.unlink()


class _Held(threading.local):
    """The folders that this thread has locked."""

    def __init__(self) -> None:
        self.folders: set[Path] = set()


_HELD = _Held()


@contextmanager
def locked(folder: str | Path) -> Iterator[None]:
    """Alone among the reviews and drafts of a folder, until the block ends; without locks on a system that has none.

    Who holds it may ask for it again.
    """
    there = Path(folder).resolve()
    try:
        import fcntl
    except ImportError:
        yield
        return
    if there in _HELD.folders:
        yield
        return
    held = os.open(there, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(held, fcntl.LOCK_EX)
        _HELD.folders.add(there)
        yield
    finally:
        _HELD.folders.discard(there)
        os.close(held)


@contextmanager
def begun(folder: Path) -> Iterator[None]:
    """As `locked`, in a folder that is made where there is none, and taken away again where nothing was put into it."""
    if folder.is_file():  # whoever needs a folder says it
        yield
        return
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with locked(folder):
            yield
    finally:
        if made:
            with suppress(OSError):
                folder.rmdir()


def sha256(content: bytes) -> str:
    """The SHA-256 of a table."""
    return hashlib.sha256(content).hexdigest()


def same_row(row: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two rows have the same cells, an absent one being empty."""
    return all((row.get(name) or "") == (other.get(name) or "") for name in columns("observations"))
