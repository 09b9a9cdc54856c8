"""Tables of what the texts print: recorded figures, pairs that may be set side by side, the texts themselves."""

from __future__ import annotations

from typing import Any

from parkstudy.show.exhibit import Cell, Selected
from parkstudy.show.view import View

FIGURE = ("printed_term", "printed_figure", "type", "period", "population", "place_in_the_text", "caveats")
PROFILE = ("indicator", "part", *FIGURE, "note")


def figure_cells(view: View, row: dict[str, Any]) -> list[object]:
    """What is said of a recorded figure in every table of figures, by `FIGURE`."""
    return [
        row["reported_term"],
        Cell(row["reported_figure"], key=row["observation_id"], value=row["value"]),
        view.label(row["value_type"], "value_type"),
        view.speech.period(row),
        view.label(row["population"], "population"),
        row["locator"],
        view.speech.mark("list").join(view.label(caveat, "flag") for caveat in row["caveats"]),
    ]


def profile_rows(view: View, selected: Selected) -> list[list[object]]:
    """A recorded figure of one park a row, by `PROFILE`."""
    return [
        [view.quantity(row), "" if row["subject"] == "park" else row["subject"], *figure_cells(view, row), row["note"]]
        for row in selected.data.iter_rows(named=True)
    ]
