"""The verdict table: statements by subject, and beside each what comes out in every way of reading the data, with both sides."""

from dataclasses import dataclass, replace
from typing import Any

from parkstudy.record.rows import grouped
from parkstudy.show.exhibit import Selected
from parkstudy.show.figure import Figure, Values
from parkstudy.show.record_tables import COMPARISONS
from parkstudy.show.sheet import OF_SIZE, SMALL, Sheet, Tie
from parkstudy.show.tables import Cells
from parkstudy.show.theme import INK
from parkstudy.show.view import View
from parkstudy.words.lines import columns
from parkstudy.words.speech import plain

Row = dict[str, Any]
_SIGNS = {"for": "✓", "open": "?", "against": "✗"}  # a sign and its place, no colour: a park's colour is no verdict
_PARTS = (0.0, 0.37, 0.59, 0.81)  # of the room for ways: the way, the first side, the other one, the unit
_NARROW_PARTS = (0.0, 0.31, 0.57, 0.8)  # of a telephone, where a long way has a line of its own above its values


def _measure(view: View, row: Row) -> str:
    return view.bracketed(view.label(row["one"].measure, "measure"), str(COMPARISONS["read_as"](view, row["one"])))


def _values(view: View, row: Row) -> object:
    """Both values of a comparison, each open to its record; nothing where it is refused."""
    sides = row["sides"]
    return view.say("robustness.j2", "pairs_values", way={**sides, "chosen": []}) if sides["left"] else ""


COMPARED: Cells = {
    "parks": lambda view, row: COMPARISONS["parks"](view, row["one"]),
    "measure": _measure,
    "verdict": lambda view, row: COMPARISONS["verdict"](view, row["one"]),
    "value": _values,
}

_SENTENCE = 13.4  # pixels of its letters
_FILLED = 0.92  # of a room that long lines fill: a mark may hang over, and wider words would shrink the whole drawing
_SENTENCES = 0.42  # of the width, where ways stand beside their statement


@dataclass(frozen=True, kw_only=True)
class VerdictTable(Figure):
    """A line a statement. Its words are blocks of the entry: `..._outcome` and `..._under` of a decision `d`, `..._heads_...`."""

    kind = "verdicts"

    def table(self, view: View, selected: Selected) -> Values:
        """Statement, what comes out, and the ways of reading the data; every value opens its record."""
        header = [view.speech.label("column", code) for code in ("subject", "sentence", "verdict", "read_as")]
        rows = []
        for d in selected.facts["decisions"]:
            ways = view.speech.join((self._told(view, way) for way in d["ways"]), view.speech.mark("semicolon"))
            outcome, subject = self.words_of(view, "outcome", {"d": d}), view.label(d["subject"], "subject")
            rows.append(
                [subject, view.sentence(d["decision"]), outcome, ways or self.words_of(view, "under", {"d": d})]
            )
        return header, rows

    def _told(self, view: View, way: Row) -> Any:
        return self.words_of(view, "way", {"way": way, "sign": _SIGNS[way["state"]]})

    def begun(self, selected: Selected, share: float) -> tuple[Selected, int]:
        """The first statements, and how many are left out."""
        every = selected.facts["decisions"]
        fitting = max(1, int(len(every) * share))
        return replace(selected, facts={**selected.facts, "decisions": every[:fitting]}), len(every) - fitting

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """The table in a width in inches; a telephone has the ways below their statement."""
        sheet = _Sheet(view, width, (), {})
        sheet.head(*(plain(self.words_of(view, part, {})) for part in ("head_way", "head_left", "head_right")))
        for (subject,), found in grouped(selected.facts["decisions"], "subject").items():
            sheet.title(view.label(subject, "subject"), {})
            for place, d in enumerate(found):
                if place:
                    sheet.rule()
                words = {
                    part: plain(self.words_of(view, part, {"d": d}))
                    for part in ("outcome", "under", "read_off", "plain")
                }
                sheet.statement(d, words)
        return sheet.done()


class _Sheet(Sheet):
    """A sheet of statements."""

    @property
    def parts(self) -> tuple[float, ...]:
        """Where the columns of the ways begin, as shares of their room."""
        return _NARROW_PARTS if self.narrow else _PARTS

    def head(self, *heads: str) -> None:
        """What stands in the columns of the ways of reading the data."""
        start = 0.0 if self.narrow else self.across * _SENTENCES
        places = [start + part * (self.across - start) for part in self.parts]
        ends = [
            self._small(0, place, words, room - place)
            for place, words, room in zip(places, heads, places[1:], strict=False)
        ]
        self.at = max(ends) + 3

    def statement(self, d: Row, words: Row) -> None:
        """A statement, and beside it what comes out."""
        room = self.across * (1.0 if self.narrow else _SENTENCES) - 1.5 * self.gap
        tied, top = (_parks(self.view, d), ""), self.at + 6
        low = self._write(0, top, plain(self.view.sentence(d["decision"])), _SENTENCE, room, tied)
        if d["ways"]:
            low = self._small(low, 0, words["under"], room, tied)
        start = 0.0 if self.narrow else self.across * _SENTENCES
        self.at = max(low, self._ways(low + 2 if self.narrow else top + 1, start, tied, d, words)) + 6

    def _ways(self, top: float, start: float, tied: Tie, d: Row, words: Row) -> float:
        """The outcome, and a line for each way of reading the data; how far down they come."""
        room, fitting = self.across - start, _FILLED * (self.across - start)
        if d["way"] != "read_off":
            top = self._small(top, start, words["outcome"], fitting, tied, color=INK, weight="bold")
        if not d["ways"]:
            return self._small(top, start, words["under"], fitting, tied)
        unit = self.view.unit(d["ways"][0]["left"]["measure"])
        for way in d["ways"]:
            top, unit = (
                self._way(top, start, room, tied, way, words["plain" if d["way"] == "tested" else "read_off"], unit),
                "",
            )
        return top

    def _way(self, top: float, start: float, room: float, tied: Tie, way: Row, read_off: str, unit: str) -> float:
        """A way of reading the data: whether the statement is so in it, how the data are read, and both sides."""
        chosen = self.view.speech.mark("list").join(self.view.level(one) for one in way["chosen"]) or read_off
        places = [start + part * room for part in self.parts]
        self._small(top, start, _SIGNS[way["state"]], room, tied, color=INK, weight="bold")
        low = self._small(top, start + 15, chosen, (room if self.narrow else places[1] - start) - 22, tied, color=INK)
        if self.narrow and 15 + OF_SIZE * SMALL * columns(chosen) > places[1] - start - 7:  # on a line of its own
            top = low
        for place, side in zip(places[1:], (way["left"], way["right"]), strict=False):
            if side:
                shown = self._small(top, place, _shown(self.view, side), room, (tied[0], side["key"]), color=INK)
                low = max(low, shown)
        return max(low, self._small(top, places[3], unit, self.across - places[3], tied))


def _shown(view: View, side: Row) -> str:
    """A side: a printed figure as it is printed, what is computed by its interval."""
    return view.rate(side) if side["printed"] else view.on_axis(side)


def _parks(view: View, d: Row) -> str:
    """The parks of a statement that the study holds."""
    return " ".join(park for park in d["statement"].parks if park in view.study.park_ids())
