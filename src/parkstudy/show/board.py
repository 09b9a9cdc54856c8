"""The table-chart: lines down the page, measures across, in each cell the value in words above its mark.

A board is declared in the catalogue like any figure:

    Board(key="parks", words="overview", select=overview.board, columns=(GROWTH, PER_OUTPUT, PER_AREA))

Its rows are its cells. Each has `line` (what stands on one line; lines and groups keep the order in which they first come),
`column` (one of `columns`), `park_id`, `key`, `grade`, `measure`, `unit`, `value`, `low`, `high`, and whatever its words print;
a row without `low` is a gap, said in words. It may have `group` (a code: its lines stand below a header), `band_low, band_high,
band_key` (a full-year interval, a thin line behind the mark), and `ticks, tick_keys` (lists: references, each with a mark).
All cells of a column share an axis; a column without a row is left out. Where one column stands, its marks are beside the values.
Lines of grade C stand last in their group, hollow, below a rule.

The words are blocks of the entry, else those of `board.j2`: `..._name` and `..._under` of a line (`line`: its rows, `row`:
the first with a value), `..._value` above the mark of a `row`, `..._below` under it, `..._tick` at its references, `..._gap`
in a gap; `..._head` and `..._unit` over a `column`, `..._group` over a `group` with `..._verdict` (what comes out in it) over
each `column`, `..._apart` at the rule. The fact `ties` says of a verdict (by group, then column) its parks and what it opens.
A column in `wordy` has no axis: its `..._value` and `..._below` stand alone, as a verdict does; it needs no `low`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, ClassVar

import polars as pl

from parkstudy.method.outside import beside
from parkstudy.record.rows import Row, gathered, grouped
from parkstudy.record.schema import COMPLETE
from parkstudy.show.distribution import in_many, of_figure
from parkstudy.show.figure import Figure, Values
from parkstudy.show.markup import Cell
from parkstudy.show.select.shared import Selected
from parkstudy.show.sheet import Axis, Sheet, Single
from parkstudy.show.view import View
from parkstudy.words.speech import capital, plain

_OF_CELL = ("said", "below", "tick")
_OF_LINE = ("name", "under")


@dataclass(frozen=True, kw_only=True)
class Board(Figure):
    """A table-chart; the module says how its rows and words are given."""

    kind = "board"
    single: ClassVar[type[Sheet]] = Single  # what it is drawn on where one column stands
    columns: tuple[str, ...] = ()  # without, the fact `columns` says them
    wordy: tuple[str, ...] = ()

    def form(self, view: View, selected: Selected) -> Figure:
        """A line a park; of more than a few parks, how their values spread."""
        return of_figure(self) if in_many(view, selected) else self

    def panel_rows(self, view: View, selected: Selected) -> list[tuple[str, str, list[Row]]]:
        """The rows of each measure, group and reading, with what stands above them."""
        rows = [row for row in selected.data.to_dicts() if row["column"] not in self.wordy]
        found = []
        for (group, column, measure, reading), own in _parted(rows, self.standing(selected)).items():
            values = {"column": column, "group": group or ""}
            head = (
                self._say(view, "head", selected, **values)
                if column in (measure, None)
                else view.label("measure", measure)
            )
            parts = [self._say(view, "group", selected, **values)] if group else []
            parts = [part[:1].lower() + part[1:] for part in parts] + (
                [view.label("reading_if", reading)] if reading else []
            )
            title = view.bracketed(head, view.speech.mark("comma").join(parts)) if parts else head
            found.append((title, self._say(view, "unit", selected, **values), own))
        return found

    def prepared(self, view: View, selected: Selected) -> Selected:
        """The rows in the order of the lines, with the words of their cell and of their line; those of parks of context last."""
        filled, context = [], self._context(view, selected)
        for line in [*_lines(selected.data), *grouped(context, "line").values()]:
            first = next((row for row in line if row["low"] is not None), line[0])
            words = {part: self._say(view, part, selected, row=first, line=line) for part in _OF_LINE}
            filled += [{**row, **words, **self._words(view, row, selected)} for row in line]
        schema: dict[str, Any] = {**selected.data.schema, **dict.fromkeys((*_OF_LINE, *_OF_CELL), pl.String)}
        schema |= {"context": pl.Boolean} if context else {}
        made = pl.DataFrame([{name: row.get(name) for name in schema} for row in filled], schema=schema, orient="row")
        return replace(selected, data=made)

    def _context(self, view: View, selected: Selected) -> list[Row]:
        """What chosen parks of context print of the same concept for the same firms, as printed: a line a text and population."""
        given = [row for row in selected.data.to_dicts() if row["low"] is not None] if view.study.context_named else []
        if any(row["price"] == "real" or row["basis"] == "annualised" for row in given):
            return []  # no text prints it so
        found = []
        for column in self.standing(selected):
            own = [row for row in given if row["column"] == column == row["measure"]]
            of, units = {row["population"] for row in own}, {row["unit"] for row in own}
            for row in beside(view.study, column, of):
                line = "|".join((row["park_id"], row["source_id"], row["population"], str(row["period_end"])))
                found += [{**row, "line": line, "column": column, "context": True}] if row["unit"] in units else []
        return found

    def standing(self, selected: Selected) -> list[str]:
        """The columns that hold a row, in their order."""
        held = set(selected.data["column"])
        return [column for column in self.columns or selected.facts["columns"] if column in held]

    def _say(self, view: View, part: str, selected: Selected, **values: Any) -> str:
        return plain(self.words_of(view, part, {**selected.facts, **values}))

    def _verdicts(self, view: View, selected: Selected, group: str) -> dict[str, tuple[str, tuple[str, str]]]:
        """What comes out in a group, by column, with the parks it is about and the comparison it opens."""
        tied = selected.facts.get("ties", {}).get(group, {})
        said = {c: self._say(view, "verdict", selected, group=group, column=c) for c in self.standing(selected)}
        return {c: (words, tied.get(c, ("", ""))) for c, words in said.items() if words}

    def _words(self, view: View, row: Row, selected: Selected) -> dict[str, str]:
        """The words of a cell; of a gap why there is no value."""
        if row["low"] is None and row["column"] not in self.wordy:
            return {**dict.fromkeys(_OF_CELL, ""), "said": self._say(view, "gap", selected, row=row)}
        parts = ("value", "below", *(["tick"] if row.get("ticks") else []))
        said = {"tick": "", **{part: self._say(view, part, selected, row=row) for part in parts}}
        return {"said": said.pop("value"), **said}

    def table(self, view: View, selected: Selected) -> Values:
        """A row for every line of the board; every value, band and reference opens its record."""
        several = "group" in selected.data.columns
        header = [view.speech.label("column", code) for code in (*(["panel"] if several else []), "row")]
        heads = [
            [self._say(view, part, selected, column=column) for part in ("head", "unit")]
            for column in self.standing(selected)
        ]
        header += [view.speech.mark("comma").join(filter(None, head)) for head in heads]
        rows: list[list[object]] = []
        for before, line in pairwise([[], *_lines(selected.data)]):
            name, under, group = line[0]["name"], line[0]["under"], line[0].get("group")
            cells: list[object] = [self._say(view, "group", selected, group=group) if group else ""] if several else []
            new = bool(group) and (not before or before[0]["group"] != group)
            if verdicts := self._verdicts(view, selected, group) if group and new else {}:
                found = [verdicts.get(column, ("", ("", ""))) for column in self.standing(selected)]
                said = [Cell(words, key=key, park=park) for words, (park, key) in found]
                rows.append([*cells, view.speech.label("column", "verdict"), *said])
            under = view.speech.mark("semicolon").join(filter(None, (under, _of_context(view, line))))
            cells.append(Cell(view.bracketed(name, under) if under else name, park=line[0]["park_id"]))
            cells += [
                Cell(_told(view, [row for row in line if row["column"] == column]))
                for column in self.standing(selected)
            ]
            rows.append(cells)
        return header, rows

    def begun(self, selected: Selected, share: float) -> tuple[Selected, int]:
        """The first lines, of groups whole ones where one fits, and how many are left out."""
        lines = _lines(selected.data)
        fitting = max(1, int(len(lines) * share))
        groups = [line[0].get("group") for line in lines]
        fitting = max((n for n in range(1, fitting + 1) if groups[n - 1 : n] != groups[n : n + 1]), default=fitting)
        rows = [row for line in lines[:fitting] for row in line]
        return replace(selected, data=pl.DataFrame(rows, schema=selected.data.schema)), len(lines) - fitting

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """The board in a width in inches."""
        rows, lines = selected.data.to_dicts(), _lines(selected.data)
        drawn = [column for column in self.standing(selected) if column not in self.wordy]
        axes = {column: Axis.of(view, [row for row in rows if row["column"] == column]) for column in drawn}
        kind = self.single if len(axes) == len(self.standing(selected)) == 1 else Sheet
        sheet = kind(view, width, self.standing(selected), axes)
        sheet.fit(rows)
        heads = {
            c: (self._say(view, "head", selected, column=c), self._say(view, "unit", selected, column=c))
            for c in self.standing(selected)
        }
        sheet.heads(heads)
        for before, line in pairwise([[], *lines]):
            group = line[0].get("group")
            new = not before or before[0].get("group") != group
            if new and group:
                sheet.title(self._say(view, "group", selected, group=group), self._verdicts(view, selected, group))
            if (told := _of_context(view, line)) and not _of_context(view, before):
                sheet.rule(capital(told))
            elif apart(line) and (new or not apart(before)):
                sheet.rule(self._say(view, "apart", selected), drawn=not (new and group))
            elif not new:
                sheet.rule()
            sheet.line(line)
        return sheet.done()


def _parted(rows: Sequence[Row], columns: Sequence[str]) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by group, column, measure and reading: the groups as they come, the columns as declared."""
    found = gathered(rows, lambda row: (row.get("group"), row["column"], row["measure"], row.get("reading")))
    groups = list(dict.fromkeys(key[0] for key in found))
    return dict(sorted(found.items(), key=lambda one: (groups.index(one[0][0]), columns.index(one[0][1]))))


def apart(line: Sequence[Row]) -> bool:
    """True for a line of a text of grade C, or of none that is stated (method, Q2)."""
    return any(row["grade"] not in COMPLETE for row in line)


def _lines(data: pl.DataFrame) -> list[list[Row]]:
    """The cells of every line; the lines of grade C behind the others of their group."""
    names = ("group", "line") if "group" in data.columns else ("line",)
    lines = list(grouped(data.to_dicts(), *names).values())
    groups = list(dict.fromkeys(line[0].get("group") for line in lines))
    return sorted(
        lines, key=lambda line: (bool(line[0].get("context")), groups.index(line[0].get("group")), apart(line))
    )


def _of_context(view: View, line: Sequence[Row]) -> str:
    """What is said of a line of a park of context; nothing of another one."""
    return view.speech.text("role", "context") if line and line[0].get("context") else ""


def _told(view: View, rows: Sequence[Row]) -> object:
    """What a cell of the table says: the words of a cell of the board, each of which opens what it stands for."""
    told: list[object] = []
    for row in rows:
        pieces = (
            (row["said"], row["key"]),
            (row["below"], row.get("band_key")),
            (row["tick"], (row.get("tick_keys") or [""])[0]),
        )
        told += [view.opens(words, key) if key and row["low"] is not None else words for words, key in pieces if words]
    return view.speech.join(told, view.speech.mark("semicolon"))
