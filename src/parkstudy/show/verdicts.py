"""The verdict table: statements by subject, and beside each what comes out in every way of reading the data, with both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from parkstudy.method.measures import grouped
from parkstudy.show.dots import Figure, Values
from parkstudy.show.exhibit import Selected
from parkstudy.show.sheet import LEADING, SMALL, WORD, Sheet
from parkstudy.show.theme import INK, MUTED
from parkstudy.show.view import View
from parkstudy.words.lines import wrapped
from parkstudy.words.speech import plain

Row = dict[str, Any]
_SIGNS = {"for": "✓", "open": "?", "against": "✗"}  # a sign and its place, no colour: a park's colour is no verdict
_PARTS = (0.0, 0.35, 0.57, 0.79)  # of the room for ways: the way, the first side, the other one, the unit
_SENTENCES = 0.46  # of the width, where ways stand beside their statement


@dataclass(frozen=True, kw_only=True)
class VerdictTable(Figure):
    """A line a statement. Its words are blocks of the entry: `..._outcome` and `..._under` of a decision `d`, `..._heads_...`."""

    kind = "verdicts"

    def table(self, view: View, selected: Selected) -> Values:
        """Statement, what comes out, and the ways of reading the data; every value opens its record."""
        header = [view.speech.label("column", code) for code in ("panel", "sentence", "verdict", "choices")]
        rows = []
        for d in selected.facts["decisions"]:
            ways = view.speech.join((self._told(view, way) for way in d["ways"]), view.speech.mark("semicolon"))
            outcome, subject = self.words_of(view, "outcome", {"d": d}), view.label(d["subject"], "subject")
            rows.append([subject, view.sentence(d["decision"]), outcome, ways or self.words_of(view, "under", {"d": d})])
        return header, rows

    def _told(self, view: View, way: Row) -> Any:
        return self.words_of(view, "way", {"way": way, "sign": _SIGNS[way["state"]]})

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """The table in a width in inches; a telephone has the ways below their statement."""
        sheet = _Sheet(view, width, (), {})
        for (subject,), found in grouped(selected.facts["decisions"], "subject").items():
            sheet.title(view.label(subject, "subject"))
            for place, d in enumerate(found):
                if place:
                    sheet.rule()
                words = {part: plain(self.words_of(view, part, {"d": d})) for part in ("outcome", "under", "read_off")}
                sheet.statement(d, words)
        return sheet.done()


class _Sheet(Sheet):
    """A sheet of statements."""

    def statement(self, d: Row, words: Row) -> None:
        """A statement, and beside it what comes out."""
        room = self.across * (1.0 if self.narrow else _SENTENCES) - self.gap
        park, top = _parks(self.view, d), self.at + 6
        lines = wrapped(plain(self.view.sentence(d["decision"])), self.fits(room, WORD))
        self.write(0, top, lines, WORD, park)
        low = top + (lines.count("\n") + 1) * WORD * 1.25 + 2
        if d["ways"]:
            low = self.small(low, 0, words["under"], room=room, park=park)
        start = 0.0 if self.narrow else self.across * _SENTENCES
        at = low + 2 if self.narrow else top + 1
        self.at = max(low, self._ways(at, start, park, d, words)) + 6

    def _ways(self, top: float, start: float, park: str, d: Row, words: Row) -> float:
        """The outcome, and a line for each way of reading the data; how far down they come."""
        room = self.across - start
        if d["way"] != "read_off":
            top = self.small(top, start, words["outcome"], room=room, park=park, color=INK, weight="bold")
        if not d["ways"]:
            return self.small(top, start, words["under"], room=room, park=park)
        for way in d["ways"]:
            top = self._way(top, start, room, park, way, words["read_off"])
        return top

    def _way(self, top: float, start: float, room: float, park: str, way: Row, read_off: str) -> float:
        chosen = self.view.speech.mark("list").join(self.view.level(one) for one in way["chosen"]) or read_off
        places = [start + part * room for part in _PARTS]
        self.write(start, top, _SIGNS[way["state"]], SMALL, park, color=INK, weight="bold")
        low = self.small(top, start + 15, chosen, room=places[1] - start - 18, park=park, color=INK)
        for place, side in zip(places[1:], (way["left"], way["right"]), strict=False):
            if side:
                self.write(place, top, self.view.on_axis(side), SMALL, park, side["key"], color=INK)
        return max(low, self.small(top, places[3], self.view.unit_of(way["left"]), room=room - (places[3] - start), color=MUTED))


def _parks(view: View, d: Row) -> str:
    """The parks of a statement that the study holds."""
    return " ".join(park for park in d["statement"].parks if park in view.study.park_ids())
