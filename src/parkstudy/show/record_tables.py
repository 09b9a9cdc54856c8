"""Tables of what is recorded and what of it can be compared: a row a pair of parks, a comparison, an indicator, a figure."""

from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from parkstudy.method import compare
from parkstudy.method.compare import Comparison
from parkstudy.show.exhibit import Cell
from parkstudy.show.tables import FIGURE, Cells, Row
from parkstudy.show.view import View

_DASH = " – "  # between two parks of a row in either language
_WORDS = "coverage.j2"

# What can be compared


def _two_parks(view: View, left: str, right: str) -> Cell:
    return Cell(view.speech.join(map(view.park, (left, right)), _DASH), park=f"{left} {right}")


def _question(place: int) -> Any:
    return lambda view, line: view.say(_WORDS, "comparability_cell", **line["questions"][place])


PAIRS: Cells = {
    "parks": lambda view, line: _two_parks(view, *line["parks"]),
    **{measure: _question(place) for place, measure in enumerate(compare.MEASURES)},
}


def _read_as(view: View, one: Comparison) -> str:
    """Price, months and area of a comparison, as far as its measure has a choice of them."""
    parts = [view.label(one.rung, "rung")] if one.rung else []
    growth = one.measure.endswith("_growth")
    parts.append(view.label(one.price, "price") if growth else view.label(one.basis, "basis"))
    return view.speech.mark("comma").join(parts)


def _ways(view: View, one: Comparison) -> object:
    if not one.cells:
        return ""
    return Cell(view.speech.label("number", "of").format(count=one.cells_for, of=one.cells), value=one.cells_for / one.cells)


def _differs(view: View, one: Comparison) -> str:
    return view.speech.mark("list").join(view.label(limit, "comparison_limit") for limit in one.limits)


COMPARISONS: Cells = {
    "parks": lambda view, one: _two_parks(view, one.left, one.right),
    "measure": lambda view, one: view.label(one.measure, "measure"),
    "read_as": _read_as,
    "verdict": lambda view, one: view.say(_WORDS, "comparisons_verdict", one=one),
    "cells_for": _ways,
    "differs": _differs,
    "reason": lambda view, one: view.fact(one.reason) if one.reason else "",
}
