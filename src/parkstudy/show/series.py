"""Series: small multiples of what the texts of a park report over the years, on one time axis.

A panel is a park, a quantity and its firms. Its upper part has the levels, each over its own months, from zero; its lower part the
printed rates beside the change between the levels of two texts. A mark is as high as the interval of its figure; a year without a
text stays empty. The words are blocks of the entry or of its kind: `..._name` and `..._under` of a panel (`panel`), `..._growth`
over the rates, `..._mark` of a kind of mark (`mark`; with its `part` in the table), `..._none` where there is nothing; of the table
by years the `..._head` over each `column`, and `..._spread` and `..._against` of a line (`one`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from parkstudy.record.rows import Row, grouped
from parkstudy.record.schema import COMPLETE
from parkstudy.show.exhibit import Exhibit
from parkstudy.show.figure import Figure, Values
from parkstudy.show.markup import Cell
from parkstudy.show.select.shared import Selected
from parkstudy.show.sheet import OF_SIZE, SMALL, WORD, Sheet
from parkstudy.show.theme import GRID, INK, MUTED, PAPER, RULE
from parkstudy.show.view import View
from parkstudy.words.lines import columns
from parkstudy.words.speech import plain

_PANEL = ("park_id", "indicator", "population")
_HEIGHTS = {"level": 74.0, "rate": 62.0}  # pixels of the two parts of a panel
_LABEL = SMALL + 4  # pixels of a line of words at a mark
_CHANGED = "[{}]"
_LEAST = 3.0  # pixels of the height of a mark
_DIGIT = 0.56  # of its size that a digit takes
_DASHES = {"forecast": (0, (3, 1.5)), "target": (0, (1, 1.2))}
_BY_YEAR = ("figure", "year", "parks", "rates", "against")


@dataclass(frozen=True, kw_only=True)
class Series(Figure):
    """Levels and rates of several years; the module says how its words are given."""

    kind = "series"

    def state(self, view: View, parameters: Mapping[str, str], of: int = 1) -> Exhibit:
        """The drawing; a table by years where there are too many panels; one sentence where no park has two texts."""
        selected = self.select(view.study, **parameters)
        facts = {**selected.facts, **parameters}
        if not selected.facts["panels"]:
            said = self.words_of(view, "none", facts)
            return self.exhibit(view, f'<p class="empty">{said}</p>' if said else "", selected, answer=plain(said))
        if selected.facts["drawn"]:
            return super().state(view, parameters, of)
        claim, caption = (self.words_of(view, part, facts) for part in ("claim", "caption"))
        header = [plain(self.words_of(view, "head", {"column": column})) for column in _BY_YEAR]
        numeric = [column in ("year", "parks") for column in _BY_YEAR]
        rows = [self._year(view, one) for one in selected.facts["years"]]
        inside = self.in_words(view, plain(claim), header, rows, numeric)
        body = self.framed(view, selected, inside, claim, caption, self.room(view) / of)
        return self.exhibit(view, body, selected, answer=plain(claim))

    def _year(self, view: View, one: Row) -> list[object]:
        """The line of a quantity and year."""
        said = [self.words_of(view, part, {"one": one}) for part in ("spread", "against")]
        counts = [Cell(str(one["year"]), value=one["year"]), Cell(str(one["parks"]), value=one["parks"])]
        return [view.indicators[one["indicator"]], *counts, *said]

    def prepared(self, view: View, selected: Selected) -> Selected:
        """The rows with their figures in words; a change stands in brackets, as its mark is an open box."""
        told = [(row, view.rate(_told(row))) for row in selected.data.iter_rows(named=True)]
        said = [_CHANGED.format(said) if row["mark"] == "change" else said for row, said in told]
        return replace(selected, data=selected.data.with_columns(said=pl.Series(said, dtype=pl.String)))

    def table(self, view: View, selected: Selected) -> Values:
        """A row a figure: park, quantity, period, what it is, and the value, which opens its record."""
        header = [
            view.label("column", column) for column in ("park", "figure", "population", "period", "type", "value")
        ]
        rows = [
            [
                Cell(view.names[row["park_id"]], park=row["park_id"]), view.indicators[row["indicator"]],
                view.label("population", row["population"]), view.speech.period(row), self._mark(view, row),
                view.opens(view.span(_told(row)) if row["mark"] == "change" else view.amount(_told(row)), row["key"]),
            ]
            for row in selected.data.iter_rows(named=True)
        ]  # fmt: skip
        return header, rows

    def _mark(self, view: View, row: Row) -> str:
        return plain(self.words_of(view, "mark", {"mark": row["mark"], "part": row["part"]}))

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """The panels, two beside each other on a wide page."""
        rows = selected.data.to_dicts()
        sheet = Panels(view, width, rows)
        kinds = [mark for mark in ("outturn", "forecast", "target", "change") if mark in selected.facts["marks"]]
        sheet.key({mark: plain(self.words_of(view, "mark", {"mark": mark, "part": ""})) for mark in kinds})
        panels = list(grouped(rows, *_PANEL).values())
        told = [{"panel": panel, "alone": selected.facts["alone"]} for panel in selected.facts["panels"]]
        for place in range(0, len(panels), sheet.beside):
            words = [
                {part: plain(self.words_of(view, part, one)) for part in ("name", "under", "growth")}
                for one in told[place : place + sheet.beside]
            ]
            sheet.row(list(zip(panels[place : place + sheet.beside], words, strict=True)))
        return sheet.done()


class Panels(Sheet):
    """The drawing: a key of the marks, then rows of panels."""

    def __init__(self, view: View, width: float, rows: Sequence[Row]) -> None:
        super().__init__(view, width, (), {})
        self.beside = 1 if self.narrow else 2
        self.between = 34.0
        self.room = (self.across - self.between * (self.beside - 1)) / self.beside
        self.years = range(
            min(row["period_start"].year for row in rows), max(row["period_end"].year for row in rows) + 1
        )

    def key(self, words: Mapping[str, str]) -> None:
        """What each kind of mark is; a telephone has a line for each."""
        x, y = 0.0, 0.0
        for mark, said in words.items():
            long = 34 + columns(said) * SMALL * OF_SIZE + 12
            if x and x + long > self.across:
                x, y = 0.0, y + _LABEL + 3
            self._draw(
                {"mark": mark, "park_id": "", "key": "", "grade": COMPLETE[0]}, x, x + 24, (y + 7.5, y + 10.5), MUTED
            )
            self._small(y, x + 31, said, self.across)
            x += long
        self.at = y + _LABEL + 2

    def row(self, panels: Sequence[tuple[Sequence[Row], Mapping[str, str]]]) -> None:
        """Panels beside each other."""
        starts = [place * (self.room + self.between) for place in range(len(panels))]
        self.at = top = self.at + 10
        for x, (rows, words) in zip(starts, panels, strict=True):
            tied = (rows[0]["park_id"], "")
            low = self._write(x, top, words["name"], WORD, self.room, tied, weight="bold")
            self.at = max(self.at, self._small(low - 1, x, words["under"], self.room, tied))
        begun = self.at + 3
        for part, height in _HEIGHTS.items():
            own = [[row for row in rows if row["part"] == part] for rows, _ in panels]
            if not any(own):
                continue
            self.at += 4
            if part == "rate":
                self.at += 2
                lows = [
                    self._small(self.at, x, words["growth"] if rows else "", self.room)
                    for x, rows, (_, words) in zip(starts, own, panels, strict=True)
                ]
                self.at = max(lows)
            self.at += 2 * _LABEL
            for x, rows in zip(starts, own, strict=True):
                if rows:
                    self._part(x, rows, height)
            self.at += height + (_LABEL + 2 if part == "rate" else 4)
        for x in starts:
            self._years(x, begun)
        self.at += _LABEL + 4

    def _years(self, x: float, top: float) -> None:
        """Where each year begins, and its number at the foot; of many every so many one."""
        every = max(1, math.ceil(5 * SMALL * OF_SIZE * len(self.years) / self.room))
        for year in (*self.years, self.years[-1] + 1):
            at = self._day(x, date(year, 1, 1))
            self.stroke([at, at], [top, self.at], color=GRID, linewidth=self.point, zorder=-1)
            if year in self.years and not (self.years[-1] - year) % every:
                self._small(self.at, self._day(x, date(year, 7, 1)), str(year), ha="center")

    def _day(self, x: float, day: date) -> float:
        first, last = date(self.years[0], 1, 1), date(self.years[-1] + 1, 1, 1)
        return x + self.room * ((day - first).days / (last - first).days)

    def _part(self, x: float, rows: Sequence[Row], height: float) -> None:
        """The levels or the rates of a panel, above or around zero."""
        ends = [0.0, *(end for row in rows for end in _ends(row))]
        least, most = min(ends), max(ends) if max(ends) > min(ends) else min(ends) + 1

        def place(value: float) -> float:
            return self.at + height * (most - value) / (most - least)

        zero = place(0)
        self.stroke([x, x + self.room], [zero, zero], color=RULE, linewidth=self.point, zorder=1)
        marks = []
        for row in rows:
            start, end = (self._day(x, day) for day in (row["period_start"], row["period_end"] + timedelta(days=1)))
            low, high = (place(value) for value in _ends(row))
            middle = (low + high) / 2
            tall = max(low - high, _LEAST) / 2
            if row["part"] == "level" and row["mark"] == "outturn":
                self._box(row, (start + 1, end - 1), (middle, zero), facecolor=GRID, linewidth=0, zorder=0)
            self._draw(row, start + 1, end - 1, (middle - tall, middle + tall), self.colours[row["park_id"]])
            marks.append((row, (start + end) / 2, (middle - tall, middle + tall)))
        widest = max(columns(row["said"]) for row in rows) * _DIGIT * SMALL + 4
        step = max(1, math.ceil(widest * len(self.years) / self.room))  # of so many years one is labelled
        by_year: dict[int, list[tuple[Row, float, tuple[float, float]]]] = {}
        last = max(row["period_end"].year for row in rows)
        for mark in marks:
            year = mark[0]["period_end"].year
            if not (last - year) % step:
                by_year.setdefault(year, []).append(mark)
        for own in by_year.values():
            self._labels(x, sorted(own, key=lambda mark: -sum(mark[2])))

    def _labels(self, x: float, marks: Sequence[tuple[Row, float, tuple[float, float]]]) -> None:
        """The figures of a year at their marks, from the lowest up: of several the lowest below its mark, the others above."""
        last = math.inf
        for place, (row, middle, (top, low)) in enumerate(marks):
            if place == 0 and len(marks) > 1:
                self._figure(x, row, middle, low + 1)
                continue
            following = marks[place + 1][2][1] if place + 1 < len(marks) else -math.inf
            crossed = following > top - _LABEL - 3  # no room below the next mark: above all of them
            last = min((marks[-1][2][0] if crossed else top) - _LABEL + 1, last - _LABEL + 2)
            self._figure(x, row, middle, last)

    def _figure(self, x: float, row: Row, middle: float, top: float) -> None:
        half = columns(row["said"]) * SMALL * _DIGIT / 2
        at = min(max(middle, x + half), x + self.room - half)
        colour = INK if row["mark"] == "outturn" else MUTED
        self._small(top, at, row["said"], 2 * self.room, (row["park_id"], row["key"]), ha="center", color=colour)

    def _draw(self, row: Row, start: float, end: float, span: tuple[float, float], colour: str) -> None:
        """A mark from one day to another, as high as its interval."""
        if row["mark"] in _DASHES:
            middle = sum(span) / 2
            look = {"color": colour if row["mark"] == "forecast" else INK, "linewidth": 2.2 * self.point, "zorder": 3}
            line = self.stroke(
                [start, end], [middle, middle], linestyle=_DASHES[row["mark"]], dash_capstyle="butt", **look
            )
            self.view.tie(line, row["park_id"], row["key"])
        elif row["mark"] == "change":
            high, low = span[0] - 1, span[1] + 1
            look = {"facecolor": "none", "edgecolor": INK, "linewidth": 1.2 * self.point, "zorder": 4}
            self._box(row, (start + 3, end - 3), (high, low), **look)
        else:
            look = {"facecolor": PAPER if row["grade"] not in COMPLETE else colour, "edgecolor": colour, "zorder": 3}
            self._box(row, (start, end), span, linewidth=self.point if row["grade"] not in COMPLETE else 0, **look)

    def _box(self, row: Row, across: tuple[float, float], down: tuple[float, float], **look: Any) -> None:
        from matplotlib.patches import Rectangle

        box = Rectangle((across[0], down[0]), max(across[1] - across[0], 1), down[1] - down[0], **look)
        self.view.tie(self.ax.add_artist(box), row["park_id"], row["key"])


def _told(row: Row) -> Row:
    """A row as its words take it: in the unit of its quantity; what has no printed figure is a measure."""
    taken = {**row, "measure": row["shown_as"]}
    return taken if row["reported_figure"] else {name: taken[name] for name in taken if name != "reported_figure"}


def _ends(row: Row) -> tuple[float, float]:
    """The ends of the interval of a figure that can be drawn; of an open one its bound."""
    low, high = row["low"], row["high"]
    low = max(low, 0.0) if row["part"] == "level" else low
    return (low if math.isfinite(low) else high, high if math.isfinite(high) else low)
