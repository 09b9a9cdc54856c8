"""The review of one text: what a draft proposed, accepted, corrected, rejected or added to by a reader.

Every decision is on disk when its call returns: first in `review.csv`, then in `observations.csv`, which always holds what is recorded
now. Both files are looked at before each: what another program wrote meanwhile is kept, and a decision on a row that it changed is
refused, so that nobody's edit is lost.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import polars as pl

from parkstudy.record import decided
from parkstudy.record.cells import wrong
from parkstudy.record.decided import Decision
from parkstudy.record.draft.one import BETWEEN, NoFigureError, Proposal, propose
from parkstudy.record.verified import row_sha256
from parkstudy.recorder import parts
from parkstudy.recorder.marks import ADDED, Entry, Mark, marks
from parkstudy.recorder.offers import consequences, tidy
from parkstudy.recorder.state import EMPTY, Change, RefusedError, Row, State, UnprovenError
from parkstudy.recorder.text import Span


class Review(State):
    """One text of a folder of data, by its source, with its text out of `sources`.

    Raises `NoTextError` without the text, `RefusedError` for a source that the folder does not have.
    """

    def entry(self, key: str) -> Entry:
        """A row by its id. Raises `RefusedError` where there is none."""
        found = next((one for one in self.entries if one.key == key), None)
        if found is None:
            raise RefusedError(f"no row {key!r} of {self.source_id}; another program may have taken it out")
        return found

    def marks(self) -> list[Mark]:
        """Every figure of the text with its state, in order."""
        return marks(self.script, self.entries, self.account)

    def progress(self) -> dict[str, int]:
        """How many of the proposed rows are decided, how many doubts are left, and rows by state."""
        asked = [one for one in self.entries if one.state != ADDED or one.elsewhere]
        doubts = sum(self.doubted(one) for one in self.entries)
        count = {"proposed": len(asked), "decided": sum(not one.open for one in asked)}
        return count | {"doubts": doubts, "rows": len(self.rows)}

    def doubted(self, entry: Entry) -> bool:
        """Whether a row is a doubt: while it is to be decided by its fields, afterwards too by its text or its days."""
        return bool(entry.key in self.against or entry.key in self.unusual or (entry.open and entry.doubts))

    # decisions

    def accept(self, keys: Sequence[str], seen: Mapping[str, str] | None = None) -> list[Decision]:
        """Take rows as they are, all at once; those decided already stay as they are. Gives their lines."""

        def make() -> Change:
            found = [self._current(key, seen) for key in keys]
            found = [one for one in found if one.open and one.key in self.rows]
            if not found:
                raise RefusedError("nothing is left to accept here; a rejected row comes back by undo")
            self._must_be_sound([one.key for one in found])
            return Change([self.decision("accept", one, self.rows[one.key]) for one in found])

        return self.take(make)

    def correct(
        self, key: str, changes: Mapping[str, Any], seen: Mapping[str, str] | None = None, *, unproven: bool = False
    ) -> list[Decision]:
        """Change cells of a row, with what follows from them; refused where a value is not valid or the text does not bear it out.

        The proof knows the terms of all rows of a text, so that a right term may be refused beside one that is still wrong: with
        `unproven` a valid row is recorded all the same, and stays a doubt until the text bears it out.
        """
        wanted = tidy(changes)

        def make() -> Change:
            entry = self._current(key, seen)
            if key not in self.rows:
                raise RefusedError(f"{key} is rejected; undo that first")
            row = {**self.rows[key], **wanted, **consequences(self.rows[key], wanted, self.kinds())}
            row["subject"], names = self.numbered(row)
            self._must_hold(row, names=names, unproven=unproven)
            cells = {
                name: (self.rows[key][name], row[name]) for name in row if self.rows[key].get(name, "") != row[name]
            }
            if not cells:
                raise RefusedError("nothing is changed in this row; accept it as it is")
            return Change([self.decision("correct", entry, row, {**cells, **parts.cells(names)})], {key: row})

        return self.take(make)

    def reject(self, key: str, reason: str, seen: Mapping[str, str] | None = None) -> list[Decision]:
        """Take a row out, with the reason in words; a further draft does not propose it again."""
        why = " ".join(reason.split())

        def make() -> Change:
            entry = self._current(key, seen)
            if not why or wrong(pl.DataFrame({"reason": [why]}), "reason"):
                raise RefusedError("say in a few plain words why the figure is no row")
            if key not in self.rows:
                raise RefusedError(f"{key} is rejected already")
            if of_it := [one["observation_id"] for one in self.rows.values() if key in one["part_of"].split(";")]:
                raise RefusedError(f"{key} is the whole of {', '.join(of_it)}; take it out of their part_of first")
            cells = {name: (cell, "") for name, cell in self.rows[key].items() if cell}
            return Change([self.decision("reject", entry, {}, cells, why)], {key: None})

        return self.take(make)

    def propose(self, span: Span) -> Proposal:
        """A row for a figure or a span of the text, filled in as the draft does it. Raises `NoFigureError`."""
        before = [one.row for one in self.entries if one.span and one.span < span and one.key in self.rows]
        indicators = self.checker.rows("indicators")
        there = parts.placed(self.parts(), (one["subject"] for one in self.rows.values()))
        return propose(self.script.text, span, self.source, there, indicators, before[-1] if before else None)

    def propose_over(self, span: Span) -> tuple[Proposal, Span]:
        """A row for what was selected; where that is no figure but lies over one alone, for that one, whose term stands before it."""
        try:
            return self.propose(span), span
        except NoFigureError:
            over = [(one.start, one.end) for one in self.marks() if one.start < span[1] and span[0] < one.end]
            if len(over) != 1 or over[0] == span:
                raise
            found = self.propose(over[0])
            if not found.row.get("reported_term"):
                found.row["reported_term"] = self.script.text[span[0] : over[0][0]].strip(BETWEEN)
            return found, over[0]

    def numbered(
        self,
        row: Mapping[str, str],
        span: Span | None = None,
        more: Mapping[str, str] = MappingProxyType({}),
        used: Iterable[str] = (),
    ) -> tuple[str, dict[str, str]]:
        """The subject of a row with numbers for the words that a reader wrote, and the names of the parts that have none yet; of a row
        at `span` also those that the text gives. `more` are names and `used` subjects that are about to be written."""
        kind, _, words = row["subject"].partition(":")
        if kind != "firm" and re.search("[+＋]", words):
            raise RefusedError(
                "subject: firms alone are joined by +; name other parts of one figure together as a group, such as group:A、B"
            )
        there = {**self.parts(), **more}
        others = (one["subject"] for key, one in self.rows.items() if key != row["observation_id"])
        subject, names = parts.numbered(row["subject"], there, (*others, *used))
        kind, _, numbers = subject.partition(":")
        lacking = {f"{kind}:{number}" for number in numbers.split("+")} - {*there, *names} if numbers else set()
        given = self.propose(span).parts if lacking and span else {}
        return subject, names | {one: name for one, name in given.items() if one in lacking}

    def add(self, span: Span, cells: Mapping[str, Any], *, unproven: bool = False) -> list[Decision]:
        """Record a row for a figure of the text; its cells are those of `propose` with what the reader made of them."""
        wanted = tidy(cells)

        def make() -> Change:
            last = max((int(key[-3:]) for key in self.rows if key[-3:].isdigit()), default=0)
            number = max(last, decided.highest(self.decisions, self.source_id)) + 1
            row = {**EMPTY, **wanted, "observation_id": f"{self.source_id}-{number:03}", "source_id": self.source_id}
            row["subject"], names = self.numbered(row, span)
            self._must_hold(row, span, names, unproven=unproven)
            changed = {name: ("", cell) for name, cell in row.items() if cell} | parts.cells(names)
            entry = Entry(row, ADDED, span)
            return Change([self.decision("add", entry, row, changed)], {}, [(row, span)])

        return self.take(make)

    def keep(self, key: str, span: Span, field: str, value: str) -> list[Decision]:
        """Leave a row as it is where a second reader has `value` in a field.

        For the field `row`: leave out the row that the second reader has of the figure `value`.
        """

        def make() -> Change:
            row = self.rows.get(key, {})
            entry = Entry({**EMPTY, **row, "observation_id": key}, ADDED, span if span[0] >= 0 else None)
            return Change([self.decision("keep", entry, row, {field: (value, row.get(field, ""))})])

        return self.take(make)

    def undo(self) -> list[Decision]:
        """Take the last decision on this text back, also one of an earlier day."""
        return self.take(lambda: self._turn("undo"))

    def redo(self) -> list[Decision]:
        """Take what was undone last again."""
        return self.take(lambda: self._turn("redo"))

    def _turn(self, action: str) -> Change:
        stack = self.history.done if action == "undo" else self.history.undone
        if not stack:
            raise RefusedError(f"there is nothing to {action}")
        first = stack[-1][0]
        turned = first._replace(action=action, of=first.number, cells={}, reason="", row_sha256="")
        return Change([turned], *self.changes([turned]))

    def kinds(self) -> dict[str, str]:
        """Indicator to its kind: a flow, a stock, a ratio."""
        return {one["indicator"]: one["kind"] for one in self.checker.rows("indicators")}

    # what stands against a decision

    def _current(self, key: str, seen: Mapping[str, str] | None) -> Entry:
        """The row, unless it is not the one that the reader saw."""
        entry = self.entry(key)
        if seen is not None and not decided.same_row(seen, entry.row):
            raise RefusedError(
                f"{key} was changed by another program while it was shown; it is shown as it is now: decide again"
            )
        return entry

    def _must_hold(
        self,
        row: Row,
        span: Span | None = None,
        names: Mapping[str, str] = MappingProxyType({}),
        *,
        unproven: bool = False,
    ) -> None:
        """Raise what the rules of the tables, then what the proof says against a row among the others of its text, with new names."""
        rows = self._with(row, span)
        key = row["observation_id"]
        own = [("subject", said) for said in self.checker.misnamed(self.source_id, names)]
        own += [(column, said) for one, column, said in self.checker.faults(rows) if one == key]
        if own:
            raise RefusedError("\n".join(f"{column}: {said}" for column, said in own))
        before, against = self.against, self.checker.unproven(rows, self.script.text, self.park)
        if unproven:
            return
        if key in against:
            raise UnprovenError(f"not proven in its place: {against[key]}")
        if spoiled := [one for one in against if one not in before]:
            raise UnprovenError(f"with this row {spoiled[0]} would not be proven any more: {against[spoiled[0]]}")

    def _must_be_sound(self, keys: Sequence[str]) -> None:
        """Raise what speaks against rows that are there."""
        against = self.against
        wrong = [f"{key} is not proven in its place: {against[key]}" for key in keys if key in against]
        wrong += [
            f"{key}: {column}: {said}"
            for key, column, said in self.checker.faults([*self.rows.values()])
            if key in keys
        ]
        if wrong:
            raise RefusedError("\n".join(wrong))

    def _with(self, row: Row, span: Span | None) -> list[Row]:
        """The rows of the text as they would stand with this one."""
        key = row["observation_id"]
        if key in self.rows:
            return [row if one == key else other for one, other in self.rows.items()]
        behind, rows = self.behind(span), [*self.rows.values()]
        place = next((n for n, one in enumerate(rows, 1) if one["observation_id"] == behind), 0)
        return [*rows[:place], row, *rows[place:]]

    def decision(
        self, action: str, entry: Entry, row: Mapping[str, str], cells: decided.Cells | None = None, reason: str = ""
    ) -> Decision:
        """The line of a decision on a row, without the number and the time that it gets when it is taken."""
        start, end = entry.span or (-1, -1)
        sha256 = row_sha256({**EMPTY, **row}) if row else ""
        return Decision(0, "", self.source_id, action, entry.key, start, end, cells or {}, reason, 0, sha256)
