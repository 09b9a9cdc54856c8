"""The files of one text under review as they are on disk now, and how a decision gets there.

A decision is first a line of `review.csv`, then a change of `observations.csv`; whoever is stopped between the two finds it carried out
at the next look. What another program wrote meanwhile is kept.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from parkstudy.errors import ParkstudyError
from parkstudy.record import decided
from parkstudy.record.decided import Decision
from parkstudy.record.draft.account import FILE as DRAFT
from parkstudy.record.edited import edited
from parkstudy.record.schema import columns
from parkstudy.recorder import parts, text
from parkstudy.recorder.checking import Checker
from parkstudy.recorder.marks import entries
from parkstudy.recorder.text import Script, Span
from parkstudy.scratch import write

OBSERVATIONS = "observations.csv"
EMPTY: dict[str, str] = dict.fromkeys(columns("observations"), "")

Row = dict[str, str]


class RefusedError(ParkstudyError):
    """A decision that was not taken, with what speaks against it; nothing was written."""

    status = 1


class UnprovenError(RefusedError):
    """A valid row that its text does not bear out beside the other rows as they are now."""


class Change(NamedTuple):
    """What a decision writes: its lines, the rows that it changes or takes out, those that it adds with their places."""

    decisions: list[Decision]
    changed: Mapping[str, Row | None] = MappingProxyType({})
    added: Sequence[tuple[Row, Span | None]] = ()


class State:
    """One text of a folder of data, by its source, with its text out of `sources`: rows, draft, decisions.

    Raises `NoTextError` without the text, `RefusedError` for a source that the folder does not have.
    """

    def __init__(self, folder: str | Path, source_id: str, sources: str | Path) -> None:
        self.folder, self.source_id = Path(folder), source_id
        self.checker = Checker(self.folder)
        found = self.checker.rows("sources", source_id=source_id)
        if not found:
            raise RefusedError(
                f"{self.folder} has no source {source_id!r}; enter its text: parkstudy draft TEXT --out {self.folder}"
            )
        self.source = found[0]
        self.park = next((one["name_zh"] for one in self.checker.rows("parks", park_id=self.source["park_id"])), "")
        self.sources = Path(sources)
        self.text_file, words, self.text_sha256 = text.text_of(self.source, sources)
        self.script = Script(words)
        self.told = list(text.edited([self.source], sources))
        self._look()

    def refresh(self) -> bool:
        """Read again what other programs wrote since; whether there was anything."""
        return self._identity() != self._seen and self._look()

    def _identity(self) -> tuple[Any, ...]:
        paths = (self.folder / name for name in (OBSERVATIONS, DRAFT, decided.FILE))
        stats = (path.stat() if path.is_file() else None for path in paths)
        return tuple((one.st_mtime_ns, one.st_size, one.st_ino) if one else None for one in stats)

    def _look(self) -> bool:
        """Read the files; a decision that was written down but not carried out is carried out now."""
        self._read()
        if self._left_open():
            with decided.locked(self.folder):  # whoever takes it just now is between the two files
                self._read()
                if self._left_open():
                    self._carry_out([one for one in self.decisions if one.number == self.decisions[-1].number])
        return True

    def _left_open(self) -> bool:
        return bool(self.decisions) and self.decisions[-1].table_sha256 not in ("", decided.sha256(self.before))

    def _carry_out(self, group: Sequence[Decision]) -> None:
        """Change the table as a decision that was written down says, unless another program changed these rows since."""
        if group[0].source_id != self.source_id:
            with suppress(ParkstudyError):  # it is carried out with its own text
                State(self.folder, group[0].source_id, self.sources)
                self._read()
            return
        with suppress(ParkstudyError):  # what another program wrote stays
            changes = self.changes(group)
            after = self._edited(*changes)
            if decided.sha256(after) == group[-1].table_sha256:
                with self._naming(group, *changes):
                    write(self.folder / OBSERVATIONS, after)
                self._read()

    def _read(self) -> None:
        for name in ("against", "unusual"):
            vars(self).pop(name, None)
        self._seen = self._identity()
        path, wanted = self.folder / OBSERVATIONS, {"source_id": self.source_id}
        if not path.is_file():
            raise RefusedError(
                f"{self.folder} has no {OBSERVATIONS}; begin it: parkstudy draft TEXT --out {self.folder}"
            )
        self.before = path.read_bytes()
        self.decisions = decided.read(self.folder)
        cells = self.checker.table("observations")
        self.broken = str(cells.faults[0]) if cells.faults and cells.frame.is_empty() else ""
        self.rows = {one["observation_id"]: {**EMPTY, **one} for one in self.checker.rows("observations", **wanted)}
        self.account = _account(self.folder / DRAFT, self.source_id)
        self.history = decided.history(self.decisions, self.source_id)
        self.entries = entries(self.script, self.rows, self.account, self.history)

    @cached_property
    def against(self) -> dict[str, str]:
        """The rows that the text does not bear out, with what speaks against each."""
        return self.checker.unproven([*self.rows.values()], self.script.text, self.park)

    @cached_property
    def unusual(self) -> dict[str, list[tuple[str, str]]]:
        """The rows whose days are far from what the text reports, by column, with what is said of them."""
        return self.checker.unusual([*self.rows.values()], self.source)

    def changes(self, group: Sequence[Decision]) -> tuple[dict[str, Row | None], list[tuple[Row, Span | None]]]:
        """The rows that decisions of one number change or take out, and those that they add, from the cells that they name."""
        back = group[0].action == "undo"
        lines = [one for one in self.decisions if one.number == group[0].of] if group[0].of else group
        changed: dict[str, Row | None] = {}
        added: list[tuple[Row, Span | None]] = []
        for one in lines:
            key, now = one.observation_id, self.rows.get(one.observation_id, EMPTY)
            if one.action == "keep" or not one.cells:
                continue
            own = {name: cells for name, cells in one.cells.items() if name in EMPTY}
            if any(now.get(name, "") != cells[back] for name, cells in own.items()):
                raise RefusedError(f"{key} was changed by another program since; it stays as it is")
            row = {**now, **{name: cells[not back] for name, cells in own.items()}}
            if not row["observation_id"]:
                changed[key] = None
            elif key in self.rows:
                changed[key] = row
            else:
                added.append((row, (one.start, one.end) if one.start >= 0 else None))
        return changed, added

    def behind(self, span: Span | None) -> str:
        """The row of the text behind which a new one belongs; empty where it is before the first."""
        there = [one for one in self.entries if one.key in self.rows and one.span]
        before = [one for one in there if span is None or one.span <= span]  # type: ignore[operator]
        return before[-1].key if before else ""

    def take(self, make: Callable[[], Change]) -> list[Decision]:
        """Write a decision down and carry it out, alone and on what is on disk now."""
        with decided.locked(self.folder):
            self.refresh()
            if self.broken:
                raise RefusedError(f"{self.broken}; mend it first: nothing was decided")
            change = make()
            after = self._edited(change.changed, change.added)
            number = max((one.number for one in self.decisions), default=0) + 1
            at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            sha256 = decided.sha256(after)
            decisions = self._with_names(change)
            lines = [one._replace(number=number, at=at, table_sha256=sha256) for one in decisions]
            with self._naming(lines, change.changed, change.added):
                self._write(lines, after)
            self._look()
        return lines

    def _write(self, lines: Sequence[Decision], after: bytes) -> None:
        """Lines of decisions, then the table as they leave it; neither where one of the two cannot be written."""
        try:
            size = decided.append(self.folder, lines)
        except OSError as error:
            raise RefusedError(f"{decided.FILE} cannot be written ({error}): nothing was decided") from error
        try:
            now = (self.folder / OBSERVATIONS).read_bytes()
            if now not in (self.before, after):  # where there are no locks, another review carries it out
                raise RefusedError(
                    f"{OBSERVATIONS} was changed by another program just now; nothing was decided: decide again"
                )
            if now != after:
                write(self.folder / OBSERVATIONS, after)
        except (OSError, RefusedError) as error:
            decided.take_back(self.folder, size)
            self._look()
            said = f"{OBSERVATIONS} cannot be written ({error}); close the program that holds it: nothing was decided"
            raise error if isinstance(error, RefusedError) else RefusedError(said) from error

    def parts(self) -> dict[str, str]:
        """The names of the parts of the text, by subject."""
        return {one["subject"]: one["name_zh"] for one in self.checker.rows("subjects", source_id=self.source_id)}

    def _used(self, changed: Mapping[str, Row | None], added: Sequence[tuple[Row, Span | None]]) -> set[str]:
        """The parts that rows of the text are of, with these changed and added."""
        after = [*{**self.rows, **changed}.values(), *(row for row, _ in added)]
        return parts.each(row["subject"] for row in after if row)

    def _with_names(self, change: Change) -> list[Decision]:
        """The decisions of a change, which take with them the names that readers gave to parts that no row is of any more."""
        if change.decisions[0].of:
            return change.decisions
        given = {subject: new for group in self.history.done for subject, (_, new) in parts.named(group).items() if new}
        left = parts.each(row["subject"] for row in self.rows.values()) - self._used(change.changed, change.added)
        there = self.parts()
        return parts.without(
            change.decisions,
            {one: given[one] for one in sorted(left) if given.get(one) and given[one] == there.get(one)},
        )

    @contextmanager
    def _naming(
        self, group: Sequence[Decision], changed: Mapping[str, Row | None], added: Sequence[tuple[Row, Span | None]]
    ) -> Iterator[None]:
        """The names of parts as decisions of one number leave them: written first, and put back where these are not carried out."""
        lines = [one for one in self.decisions if one.number == group[0].of] if group[0].of else group
        names = parts.named(lines)
        if group[0].action == "undo":
            names = {subject: (new, old) for subject, (old, new) in names.items()}
        used = self._used(changed, added)
        names = {subject: both for subject, both in names.items() if both[1] or subject not in used}
        try:
            before = parts.change(self.folder, self.source_id, names, self.parts())
        except (OSError, UnicodeDecodeError) as error:
            raise RefusedError(f"{parts.FILE} cannot be written ({error}): nothing was decided") from error
        try:
            yield
        except Exception:
            parts.restore(self.folder, before)
            raise

    def _edited(self, changed: Mapping[str, Row | None], added: Sequence[tuple[Row, Span | None]]) -> bytes:
        if not changed and not added:
            return self.before
        first = self._first()
        behind = {row["observation_id"]: self.behind(span) or first for row, span in added}
        try:
            return edited(self.before, "observations", changed, [row for row, _ in added], behind)
        except UnicodeDecodeError as error:
            raise RefusedError(
                f"{OBSERVATIONS} is not UTF-8 any more ({error}); save it as UTF-8: nothing was decided"
            ) from error

    def _first(self) -> str:
        """The row of another text behind which the first row of this one belongs; empty for the head of the table."""
        before = ""
        for row in self.checker.rows("observations"):
            if row["source_id"] == self.source_id:
                return before
            before = row["observation_id"]
        return before


def _account(path: Path, source_id: str) -> list[dict[str, str]]:
    """The lines of a draft on one text; none where there is no draft."""
    if not path.is_file():
        return []
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    lines = csv.DictReader(io.StringIO(text, newline=""))
    return [line for line in lines if line.get("source_id") == source_id and line.get("end")]
