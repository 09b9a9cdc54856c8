"""Tables of what is recorded and what of it can be compared: a row a pair of parks, a comparison, a quantity, a figure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from parkstudy.method import compare
from parkstudy.method.compare import Comparison
from parkstudy.record.codes import codes
from parkstudy.record.rows import Row
from parkstudy.show.grids import state_said
from parkstudy.show.markup import Cell
from parkstudy.show.select.figures import anchor
from parkstudy.show.select.shared import Selected
from parkstudy.show.table import Table
from parkstudy.show.tables import FIGURE, Cells, counted, lines_of
from parkstudy.show.view import View
from parkstudy.words.numbers import number
from parkstudy.words.speech import capital, visible

_WORDS = "coverage.j2"

# What can be compared


def _parks(view: View, line: Row) -> object:
    return (
        _two_parks(view, *line["parks"])
        if "parks" in line
        else view.as_complete(view.label("printing", line["printing"]))
    )


def _two_parks(view: View, left: str, right: str) -> Cell:
    return Cell(
        view.speech.marked(view.speech.label("record", "pair").format(left=view.name(left), right=view.name(right))),
        park=f"{left} {right}",
    )


def _question(place: int) -> Any:
    def said(view: View, line: Row) -> object:
        if "counts" in line:
            return _counted(line["counts"][compare.MEASURES[place]])
        return view.say(_WORDS, "comparability_cell", **line["questions"][place])

    return said


PAIRS: Cells = {
    "parks": _parks,
    **{measure: _question(place) for place, measure in enumerate(compare.MEASURES)},
}


def _read_as(view: View, one: Comparison) -> str:
    """Price, months, area and year of a comparison, as far as there is a choice of them."""
    parts = [view.label("rung", one.rung)] if one.rung else []
    growth = one.measure.endswith("_growth")
    parts.append(view.label("price", one.price) if growth else view.label("basis", one.basis))
    return view.speech.mark("comma").join([*parts, *filter(None, [one.year])])


def _ways(view: View, one: Comparison) -> object:
    if not one.ordered:  # nothing is supported where there is no order
        return ""
    if one.cells == 1:  # read off, not tested (R5)
        return Cell(view.speech.label("way", "read_off"), value=one.cells_for)
    return Cell(
        view.speech.label("number", "of").format(count=one.cells_for, of=one.cells), value=one.cells_for / one.cells
    )


COMPARISONS: Cells = {
    "parks": lambda view, one: _two_parks(view, one.left, one.right),
    "measure": lambda view, one: view.label("measure", one.measure),
    "read_as": _read_as,
    "verdict": lambda view, one: view.say(_WORDS, "comparisons_verdict", one=one),
    "cells_for": _ways,
    "differs": lambda view, one: view.speech.mark("list").join(
        view.label("comparison_limit", limit) for limit in one.limits
    ),
    "reason": lambda view, one: view.fact(one.reason) if one.reason else "",
}
ALIKE: Cells = {
    "measure": lambda view, row: view.label("measure", row["measure"]),
    "rung": lambda view, row: view.label("rung", row["rung"]) if row["rung"] else "",
    "months": counted("months"),
    "population": lambda view, row: view.label("population", row["population"]) if row["population"] else "",
    "year": lambda view, row: view.say(_WORDS, "comparisons_years", first=row["first"], last=row["last"]),
    "parks": counted("parks"),
}


def _of_parks(selected: Selected) -> Cells:
    return COMPARISONS if selected.facts["few"] else ALIKE


def _comparable_lines(view: View, selected: Selected) -> Iterator[list[object]]:
    return lines_of(_of_parks(selected), "rows", view, selected)


@dataclass(frozen=True, kw_only=True)
class Comparable(Table):
    """A line a comparison; of many parks a line for those that print a measure alike."""

    columns: tuple[str, ...] = tuple(COMPARISONS)
    lines: Any = _comparable_lines
    rows: str = "rows"
    numeric: tuple[str, ...] = ("months",)

    def header(self, view: View, selected: Selected) -> list[str]:
        """The heads of the columns that it has."""
        return [view.label("column", column) for column in _of_parks(selected)]


# Every quantity and every figure


def _leads(view: View, row: Row) -> Cell:
    """The state of a cell, which leads to the rows of its figures, with their number."""
    said = view.speech.marked(state_said(view, row))
    if not row["observation_id"]:
        return Cell(Markup('<span class="absent">{}</span>').format(said))
    to = anchor(view.rows["observation"][row["observation_id"]])
    return Cell(Markup('<a href="#{}">{}</a> {}').format(visible(to), said, row["figures"]))


def _matrix_lines(view: View, selected: Selected) -> Iterator[list[object]]:
    for line in selected.facts["lines"]:
        own = (_leads(view, row) for row in line["cells"]) if selected.facts["few"] else map(_counted, line["counts"])
        yield [view.quantity(line), *own, view.label("dimension", line["dimension"])]


def _counted(count: int) -> Cell:
    return Cell(number(count), value=count)


@dataclass(frozen=True, kw_only=True)
class Matrix(Table):
    """Quantities by parks, each cell in words: a column for each park of the study between those of `columns`; of many parks how
    many are in each state, and how many figures they print.
    """

    columns: tuple[str, ...] = ("indicator", "subject")
    lines: Any = _matrix_lines
    rows: str = "lines"

    def header(self, view: View, selected: Selected) -> list[str]:
        """The names of the parks, or the states, between the heads of `columns`."""
        first, last = super().header(view, selected)
        if selected.facts["few"]:
            return [first, *map(view.name, view.study.park_ids()), last]
        states = [capital(view.label("stated", code)) for code in codes("stated")]
        return [first, *states, view.speech.label("column", "figures"), last]


def _quantity_of_part(view: View, row: Row) -> Markup:
    """Quantity and part of a figure; the first of a park and quantity can be led to."""
    name, part = view.quantity(row), view.part(row)
    said = view.speech.marked(view.bracketed(name, part) if part else name)
    return Markup('<span id="{}">{}</span>').format(visible(row["anchor"]), said) if row["anchor"] else said


FIGURES: Cells = {
    "indicator": _quantity_of_part,
    "park": lambda view, row: Cell(view.name(row["park_id"]), park=row["park_id"]),
    "printed_figure": FIGURE["printed_figure"],
    "printed_term": FIGURE["printed_term"],
    **{column: FIGURE[column] for column in ("type", "period", "population")},
    "text": lambda view, row: view.label("source_kind", row["kind"]),
    **{column: FIGURE[column] for column in ("place_in_the_text", "caveats")},
}
