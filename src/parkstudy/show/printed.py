"""Tables of what the texts print: recorded figures, pairs that may be set side by side, the texts themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parkstudy.show.exhibit import Cell, Selected
from parkstudy.show.view import View

FIGURE = ("printed_term", "printed_figure", "type", "period", "population", "place_in_the_text", "caveats")
PROFILE = ("indicator", "part", *FIGURE, "note")
OBSERVATIONS = ("park", "indicator", *FIGURE)
PAIRS = ("indicator", "parks", "printed_figures", "verdict", "reasons")
SOURCES = ("park", "title", "issuer", "date", "months_reported", "grade")
_DASH = " – "  # between two parks of a row in either language


def figure_cells(view: View, row: Mapping[str, Any]) -> list[object]:
    """What is said of a recorded figure in every table of figures, by `FIGURE`."""
    say = view.speech
    return [
        row["reported_term"],
        Cell(row["reported_figure"], key=row["observation_id"], value=row["value"]),
        say.label("value_type", row["value_type"]),
        say.period(row),
        say.label("population", row["population"]),
        row["locator"],
        say.mark("list").join(say.label("flag", caveat) for caveat in row["caveats"]),
    ]


def profile_rows(view: View, selected: Selected) -> list[list[object]]:
    """The cells of every figure of a park, by `PROFILE`."""
    return [
        [view.quantity(row), view.part(row), *figure_cells(view, row), row["note"]]
        for row in selected.data.iter_rows(named=True)
    ]


def observation_rows(view: View, selected: Selected) -> list[list[object]]:
    """A recorded figure a row, by `OBSERVATIONS`; the part of the park that it is of stands behind its indicator."""
    return [
        [Cell(view.name(row["park_id"]), park=row["park_id"]), _of_part(view, row), *figure_cells(view, row)]
        for row in selected.data.iter_rows(named=True)
    ]


def _of_part(view: View, row: Mapping[str, Any]) -> str:
    name, part = view.quantity(row), view.part(row)
    return view.bracketed(name, part) if part else name


def pair_rows(view: View, selected: Selected) -> list[list[object]]:
    """A pair of figures a row, by `PAIRS`."""
    say = view.speech
    return [
        [
            view.quantity(pair["first"]),
            Cell(say.join(map(view.park, pair["parks"]), _DASH), park=" ".join(pair["parks"])),
            say.join([view.opens(row["reported_figure"], row["observation_id"]) for row in (pair["first"], pair["second"])], _DASH),
            view.text(pair["verdict"], "comparability"),
            say.join(map(view.fact, pair["reasons"]), say.mark("semicolon")),
        ]
        for pair in selected.facts["pairs"]
    ]  # fmt: skip


def source_rows(view: View, selected: Selected) -> list[list[object]]:
    """A text a row, by `SOURCES`; an anonymised one has no title."""
    return [
        [
            Cell(view.full_names[row["park_id"]], park=row["park_id"]),
            row["title"] or view.speech.label("record", "hidden"),
            row["publisher"],
            row["published"],
            view.speech.period(row),
            row["grade"] and view.grade(row["grade"]),
        ]
        for row in selected.data.iter_rows(named=True)
    ]
