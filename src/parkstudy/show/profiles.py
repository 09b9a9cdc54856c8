"""The table of facts of a park: a figure a line, its target beside it, and a strip of what other texts print alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from parkstudy.record.rows import Row
from parkstudy.show.markup import Cell
from parkstudy.show.select.shared import Selected
from parkstudy.show.table import Table
from parkstudy.show.tables import Cells
from parkstudy.show.theme import park_names
from parkstudy.show.view import View
from parkstudy.words.speech import HAN, plain

_WORDS = "profile.j2"
_WIDTH, _HEIGHT, _MARGIN = 150, 18, 8  # of a strip, in pixels
_MOST = 40  # figures of other texts that open one by one; of more, only their ends do, and each place is drawn once


def _shown(line: Row) -> Row:
    """The row that names a line: its result, else what follows from others, else its first target."""
    row: Row = line["row"] or line["measure"] or line["targets"][0]
    return row


def _figure(view: View, line: Row) -> str:
    row = _shown(line)
    if not line["measure"]:
        return view.quantity(row)
    name, aside = view.measure(row), plain(view.say(_WORDS, "facts_aside", row=row))
    return view.bracketed(name, aside) if aside else name


def _value(view: View, line: Row) -> object:
    """The printed figure, in English with its digits in the unit of the language; of a measure its interval and full-year band."""
    figure = line["row"]["reported_figure"] if line["row"] else ""
    return view.say(_WORDS, "facts_value", **line, original=figure if HAN.search(figure) else "")


def _period(view: View, line: Row) -> str:
    if line["row"]:
        return view.period(line["row"])
    return view.speech.period(line["measure"]) if line["measure"] else ""


def _beside(view: View, line: Row) -> object:
    """A strip with the figures of other texts in grey and this one in its colour, and their ends in words, which open."""
    if not line["peers"]:
        return ""
    return Markup("{}{}").format(_strip(view, line), view.say(_WORDS, "facts_beside", **_ends(line)))


def _ends(line: Row) -> Row:
    peers = sorted(line["peers"], key=lambda row: (row["low"], row["high"]))
    return {"lowest": peers[0], "highest": peers[-1], "count": len({row["park_id"] for row in peers})}


def _strip(view: View, line: Row) -> Markup:
    own, rows = line["row"], [*line["peers"], line["row"]]
    least, most = min(row["low"] for row in rows), max(row["high"] for row in rows)
    scale = (_WIDTH - 2 * _MARGIN) / ((most - least) or 1)
    colour = f"var(--{park_names(view.study.all_parks)[own['park_id']]})"

    def place(row: Mapping[str, Any]) -> str:
        return f"{_MARGIN + ((row['low'] + row['high']) / 2 - least) * scale:.1f}"

    def mark(row: Mapping[str, Any], radius: int, fill: str) -> Markup:
        view.opened[row["observation_id"]] = None
        return Markup('<circle cx="{}" cy="9" r="{}" fill="{}" data-opens="{}"/>').format(
            place(row), radius, fill, row["observation_id"]
        )

    if len(line["peers"]) <= _MOST:
        marks = [mark(row, 4, "var(--mark)") for row in line["peers"]]
    else:
        dot = Markup('<circle cx="{}" cy="9" r="4" fill="var(--mark)"/>')
        marks = [dot.format(at) for at in dict.fromkeys(place(row) for row in line["peers"])]
    alt = view.say(_WORDS, "facts_strip", figure=view.quantity(own), own=own, **_ends(line))
    return Markup(
        '<svg class="strip" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{alt}">'
        '<line x1="0" x2="{w}" y1="9" y2="9" stroke="var(--rule)"/>{marks}</svg>'
    ).format(w=_WIDTH, h=_HEIGHT, alt=alt.striptags(), marks=Markup().join([*marks, mark(own, 6, colour)]))


FACTS: Cells = {
    "figure": lambda view, line: Cell(view.speech.marked(_figure(view, line)), park=_shown(line)["park_id"]),
    "value": _value,
    "status": lambda view, line: view.say(_WORDS, "facts_status", **line),
    "target_or_plan": lambda view, line: view.say(_WORDS, "facts_targets", targets=line["targets"]),
    "beside": _beside,
    "period": _period,
    "population": lambda view, line: view.label("population", _shown(line)["population"]),
}


def _shown_columns(selected: Selected) -> list[str]:
    return [column for column in FACTS if selected.facts.get(column, True)]


def _lines(view: View, selected: Selected) -> list[list[object]]:
    wanted = _shown_columns(selected)
    return [[FACTS[column](view, line) for column in wanted] for line in selected.facts["lines"]]


@dataclass(frozen=True, kw_only=True)
class Facts(Table):
    """The table of facts; without a column for targets or for other texts where no line has any."""

    columns: tuple[str, ...] = tuple(FACTS)
    lines: Any = _lines
    rows: str = "lines"

    def header(self, view: View, selected: Selected) -> list[str]:
        """The heads of the columns that are shown."""
        return [view.label("column", column) for column in _shown_columns(selected)]
