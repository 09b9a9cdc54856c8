"""A table as an exhibit: its lines, as many as a page has room for, in an order that no value decides."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from parkstudy.show import budget
from parkstudy.show.exhibit import Entry, Exhibit
from parkstudy.show.markup import lines_html, table_html
from parkstudy.show.select.shared import Selected, size
from parkstudy.show.view import View
from parkstudy.words.speech import plain


@dataclass(frozen=True, kw_only=True)
class Table(Entry):
    """A table with one row header a line: `columns` are codes of the group `column`, those in `numeric` set to the right.

    `lines` takes the view, what was selected and the parameters, and gives the cells of every row: a text or a `Cell`. A legend
    (the block `..._legend`) explains words of the cells: a reader of a page folds it away like the sources. A line is one of the
    rows selected, or of the fact `rows`; where not all fit into the page these are the first, `by_park` park by park.
    """

    kind = "table"
    columns: tuple[str, ...]
    lines: Callable[..., Iterable[Sequence[object]]]
    numeric: tuple[str, ...] = ()
    rows: str = ""
    by_park: bool = False

    def facts(self, view: View, selected: Selected) -> dict[str, Any]:
        """What its words may print."""
        return {**selected.facts, "height": selected.data.height}

    def header(self, view: View, selected: Selected) -> list[str]:
        """The words at the head of each column."""
        return [view.label("column", column) for column in self.columns]

    def state(self, view: View, parameters: Mapping[str, str], of: int = 1) -> Exhibit:
        """The table of one state."""
        selected = self.select(view.study, **parameters)
        facts = {**self.facts(view, selected), **parameters}
        claim = self.words_of(view, "claim", facts)
        every = len(selected.facts[self.rows]) if self.rows else selected.data.height
        if not every:
            return self.without_rows(view, selected, claim)
        header, room = self.header(view, selected), self.share.table(size(view.study)) / of
        right = [view.label("column", column) for column in self.numeric]
        numeric = [head in right for head in header]
        before = dict(view.opened)
        lines = lines_html(view, self.lines(view, selected), numeric, room * (1 - budget.FILE))
        behind = self.rows_behind(view, selected)
        alike = behind.height == every  # a row of the file is a line: it has those of the page, if it can
        whole = sum(len(line.encode()) for line in lines) + behind.height * budget.a_row(behind) <= room
        kept = behind if alike and len(lines) == every and whole else None
        if len(lines) < every:
            view.opened.clear()
            view.opened.update(before)
            selected = _park_by_park(view, selected, self.rows) if self.by_park else selected
            to, beside = (room, budget.a_row(behind)) if alike else (room * (1 - budget.FILE), 0)
            lines = lines_html(view, self.lines(view, selected), numeric, to, beside)
            kept = self.rows_behind(view, self.begun(selected, len(lines))) if alike else None
            claim = self.words_of(view, "claim", {**facts, "shown": len(lines)})
        inside = table_html(view, plain(claim), header, lines, numeric)
        inside += self.cut(view, len(lines), every, by_park=self.by_park, filed=kept is not None)
        caption, legend = (self.words_of(view, part, facts) for part in ("caption", "legend"))
        body = self.framed(view, selected, inside, claim, caption, room, legend, kept)
        return self.exhibit(view, body, selected, answer=plain(claim))

    def begun(self, selected: Selected, held: int) -> Selected:
        """The first of what was selected."""
        facts = {**selected.facts, self.rows: selected.facts[self.rows][:held]} if self.rows else selected.facts
        return replace(selected, data=selected.data.head(held), facts=facts)


def _park_by_park(view: View, selected: Selected, rows: str) -> Selected:
    """The rows in the order of the parks of the study, of each in their own order: what does not fit is then of the last parks."""
    place = {park: number for number, park in enumerate(view.study.park_ids())}
    found = selected.facts[rows] if rows else ()
    data = selected.data
    if "park_id" in data.columns:
        by = pl.col("park_id").cast(pl.String).replace_strict(place, default=len(place), return_dtype=pl.Int64)
        data = data.sort(by, maintain_order=True)
    ordered = sorted(found, key=lambda row: place.get(row["park_id"], len(place)))
    return replace(selected, data=data, facts={**selected.facts, rows: ordered} if rows else selected.facts)
