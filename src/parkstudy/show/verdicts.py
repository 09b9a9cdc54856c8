"""The verdict table: statements by subject, a line or two each: what comes out over the ways of reading the data, and both sides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from parkstudy.record.rows import Row, grouped
from parkstudy.show.figure import Figure, Values
from parkstudy.show.record_tables import COMPARISONS
from parkstudy.show.select.shared import Selected
from parkstudy.show.sheet import OF_SIZE, SMALL, Sheet, Tie
from parkstudy.show.tables import Cells
from parkstudy.show.theme import GRID, INK, wide
from parkstudy.show.view import View
from parkstudy.words.lines import columns, wrapped
from parkstudy.words.speech import plain

# signs and their places, no colours: a park's colour is no verdict
_SIGNS = {"for": "✓", "against": "✗", "open": "?"}  # of a way of reading the data
_OF_PAIRS = {"ordered": "✓", "depends": "✓✗", "not_distinguishable": "?", "not_comparable": "–"}
_WITHOUT_WAYS = {"reconciles": "=", "contradiction": "≠", "implausible": "≠", "ambiguous": "?", "not_comparable": "–"}
_STARTS = (0.0, 0.115, 0.56, 0.767, 0.888)  # of the width: the subject, the statement, what comes out, and both sides
_SIGN, _ALL_SIGNS = 16.0, 28.0  # pixels that they take
_DIGIT = 0.53  # of its size that a letter of a value takes, figures being wide
_AIR = 12.0  # pixels between two values
_FILLED = 0.95  # of a room that long lines fill: a mark may hang over, and wider words would shrink the whole drawing


def _measure(view: View, row: Row) -> str:
    return view.bracketed(view.label("measure", row["one"].measure), str(COMPARISONS["read_as"](view, row["one"])))


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


@dataclass(frozen=True, kw_only=True)
class VerdictTable(Figure):
    """A line a statement: what comes out, and both sides in the first way of reading the data that gives it.

    Its words are blocks of the entry: of a decision `d` the `..._outcome`, what stands `..._under` it and that it holds by
    `..._sensitive` figures; of the ways that come out alike (`one`) the `..._state`, and the `..._state_way` whose sides are shown;
    `..._head_...` over the columns.
    """

    kind = "verdicts"

    def table(self, view: View, selected: Selected) -> Values:
        """Subject, statement, what comes out, and both sides as they are drawn; every value opens its record."""
        header = [view.speech.label("column", code) for code in ("subject", "sentence", "verdict", "value")]
        if summary := selected.facts["summary"]:
            counts = [view.speech.join(self._tallied(view, one), view.speech.mark("comma")) for one in summary]
            pairs = [
                [view.label("subject", one["subject"]), self.words_of(view, "of_pairs", {"one": one}), count]
                for one, count in zip(summary, counts, strict=True)
            ]
            return header[:3], pairs
        rows = []
        for d in selected.facts["decisions"]:
            said = [self.words_of(view, part, {"d": d}) for part in ("outcome", "under")]
            outcome = view.speech.join(filter(None, said), view.speech.mark("semicolon"))
            values = view.speech.join((self._told(view, one) for one in d["states"]), view.speech.mark("semicolon"))
            rows.append([view.label("subject", d["subject"]), view.sentence(d["decision"]), outcome, values])
        return header, rows

    def _told(self, view: View, one: Row) -> Any:
        return self.words_of(view, "way", {"way": one["first"], "sign": _SIGNS[one["state"]]})

    def _tallied(self, view: View, one: Row) -> list[str]:
        """How many pairs came out in each way."""
        return [plain(self.words_of(view, "tallied", {"one": one, "tally": tally})) for tally in one["tallied"]]

    def begun(self, selected: Selected, share: float) -> tuple[Selected, int]:
        """The first statements, and how many are left out."""
        name = "summary" if selected.facts["summary"] else "decisions"
        every = selected.facts[name]
        fitting = max(1, int(len(every) * share))
        return replace(selected, facts={**selected.facts, name: every[:fitting]}), len(every) - fitting

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """The table in a width in inches; a telephone has what comes out below its statement, and no values."""
        sheet = _Sheet(view, width, (), {})
        for (subject,), measures in grouped(selected.facts["summary"], "subject").items():
            for place, one in enumerate(measures):
                sheet.part(strong=not place)
                signs = [_OF_PAIRS[tally["verdict"]] for tally in one["tallied"]]
                said = plain(self.words_of(view, "of_pairs", {"one": one}))
                sheet.counted("" if place else view.label("subject", subject), said, signs, self._tallied(view, one))
        if selected.facts["summary"]:
            return sheet.done()
        sheet.fit(selected.facts["decisions"])
        sheet.head(*(plain(self.words_of(view, part, {})) for part in ("head_state", "head_left", "head_right")))
        for (subject,), found in grouped(selected.facts["decisions"], "subject").items():
            for place, d in enumerate(found):
                sheet.part(strong=not place)
                sheet.statement(d, "" if place else view.label("subject", subject), found, self._words(view, d))
        return sheet.done()

    def _words(self, view: View, d: Row) -> Row:
        states = [
            [plain(self.words_of(view, part, {"d": d, "one": one})) for part in ("state", "state_way")]
            for one in d["states"]
        ]
        return {
            **{part: plain(self.words_of(view, part, {"d": d})) for part in ("outcome", "sensitive")},
            "states": states,
        }


class _Sheet(Sheet):
    """A sheet of statements."""

    places: tuple[float, ...] = _STARTS

    def fit(self, rows: Sequence[Row]) -> None:
        """Move the columns to the left where a value is wider than its own."""
        ways = [one["first"] for d in rows for one in d["states"]]
        left, right = (
            max((_DIGIT * SMALL * columns(_shown(self.view, way[side])) for way in ways if way[side]), default=0.0)
            for side in ("left", "right")
        )
        if left <= self._room(3) and right <= self._room(4):
            return
        last = 1.0 - right / self.across
        first = last - (left + _AIR) / self.across
        self.places = (*_STARTS[:2], first - (_STARTS[3] - _STARTS[2]), first, last)

    def _write(self, *where: Any, **look: Any) -> float:
        """Words whose first line stands level with what is beside it, however many lines either has."""
        return super()._write(*where, **{"linespacing": 1.33, **look})

    def _start(self, column: int) -> float:
        return self.places[column] * self.across

    def _room(self, column: int) -> float:
        ends = [*self.places[1:], 1.0]
        return ends[column] * self.across - self._start(column)

    def head(self, *heads: str) -> None:
        """What stands in the columns; a telephone has none."""
        if not self.narrow:
            ends = [self._small(0, self._start(at), words, self._room(at)) for at, words in enumerate(heads, 2)]
            self.at = max(ends) + 1

    def part(self, *, strong: bool) -> None:
        """What parts two statements, and more strongly two subjects."""
        self._across(INK if strong else GRID)

    def statement(self, d: Row, subject: str, of_subject: Sequence[Row], words: Row) -> None:
        """A statement, and beside or below it what comes out; its subject belongs to the parks of all its statements."""
        tied, top = (_parks(self.view, d), ""), self.at + 2
        whose = (_parks(self.view, *of_subject), "")
        sentence = plain(self.view.sentence(d["decision"]))
        if self.narrow:
            room = _FILLED * (self.across - _ALL_SIGNS)
            self._small(top, 0, _sign(d), room, tied, color=INK, weight="bold")
            low = self._small(top, _ALL_SIGNS, sentence, room, tied, color=INK) - 1
            self._small(low, self.across, subject, room, whose, ha="right")
            outcome = self.view.speech.mark("semicolon").join(filter(None, (words["outcome"], words["sensitive"])))
            beside = self.across - _ALL_SIGNS - OF_SIZE * SMALL * columns(subject) - 8
            self.at = self._small(low, _ALL_SIGNS, outcome, beside, tied) + 0.5
            return
        low = self._small(top, 0, subject, self._room(0) - 6, whose, color=INK, weight="bold")
        said = self._small(top, self._start(1), sentence, self._filled(sentence), tied, color=INK)
        self.at = max(low, said, self._outcomes(top, tied, d, words)) + 1

    def _filled(self, sentence: str) -> float:
        """A part of the room of a statement, in whose lines it comes to no sign beside it, as wide as its letters are."""
        share, room, air = _FILLED, self._room(1), 2 if self.places == _STARTS else 8
        while share > 0.5 and wide(wrapped(sentence, self.fits(share * room, SMALL)), SMALL) > room - air:
            share -= 0.05
        return share * room

    def counted(self, subject: str, said: str, signs: Sequence[str], counts: Sequence[str]) -> None:
        """How many pairs came out in each way on a measure: a line each, beside or below its name."""
        top, free = self.at + 2, ("", "")
        if self.narrow:
            low = self._small(top, 0, said, _FILLED * self.across, free, color=INK)
            for sign, count in zip(signs, counts, strict=True):
                self._small(low, 0, sign, self.across, free, color=INK, weight="bold")
                low = self._small(low, _ALL_SIGNS, count, self.across - _ALL_SIGNS, free)
            self.at = low + 1
            return
        low = self._small(top, 0, subject, self._room(0) - 6, free, color=INK, weight="bold")
        low = max(low, self._small(top, self._start(1), said, _FILLED * self._room(1), free, color=INK))
        for sign, count in zip(signs, counts, strict=True):
            self._small(top, self._start(2), sign, self.across, free, color=INK, weight="bold")
            top = self._small(
                top, self._start(2) + _ALL_SIGNS, count, self.across - self._start(2) - _ALL_SIGNS, free, color=INK
            )
        self.at = max(low, top) + 1

    def _outcomes(self, top: float, tied: Tie, d: Row, words: Row) -> float:
        """What comes out, a line for each of the states that the ways of reading the data have; how far down they come."""
        if not d["states"]:
            return self._outcome(top, _sign(d), words["outcome"], 1.0 - self.places[2], tied)
        unit = self.view.unit(d["states"][0]["first"]["left"]["measure"])
        for one, (said, read) in zip(d["states"], words["states"], strict=True):
            share = _STARTS[3] - _STARTS[2]
            low = self._outcome(top, _SIGNS[one["state"]], said, share, tied)
            low = self._small(low, self._start(2) + _SIGN, read, share * self.across - _SIGN - 6, tied)
            top = max(low, self._sides(top, tied[0], one["first"], unit))
            unit = ""
        return self._small(top, self._start(2) + _SIGN, words["sensitive"], self._room(2) - _SIGN, tied)

    def _outcome(self, top: float, sign: str, said: str, share: float, tied: Tie) -> float:
        start = self._start(2)
        self._small(top, start, sign, self.across, tied, color=INK, weight="bold")
        return self._small(top, start + _SIGN, said, share * self.across - _SIGN - 6, tied, color=INK)

    def _sides(self, top: float, parks: str, way: Row, unit: str) -> float:
        """Both sides of a way, the unit behind them where it fits, else below; how far down they come."""
        low, last = top, 3
        for column, side in ((3, way["left"]), (4, way["right"])):
            if side:
                low, last = (
                    self._small(
                        top, self._start(column), _shown(self.view, side), self.across, (parks, side["key"]), color=INK
                    ),
                    column,
                )
        shown = _shown(self.view, way["right"] or way["left"])
        behind = self._start(last) + OF_SIZE * SMALL * columns(shown) + 5
        if behind + OF_SIZE * SMALL * columns(unit) <= self.across:
            self._small(top, behind, unit, self.across, (parks, ""))
            return low
        return self._small(low, self._start(3), unit, self.across - self._start(3), (parks, ""))


def _sign(d: Row) -> str:
    """The sign of each state that the ways of a decision have; of one without ways its own."""
    return "".join(_SIGNS[one["state"]] for one in d["states"]) or _WITHOUT_WAYS[d["verdict"]]


def _shown(view: View, side: Row) -> str:
    """A side: a printed figure as it is printed, what is computed by its interval."""
    return view.rate(side) if side["printed"] else view.on_axis(side)


def _parks(view: View, *decisions: Row) -> str:
    """The parks of statements that the study holds."""
    known = view.study.park_ids()
    return " ".join(dict.fromkeys(park for d in decisions for park in d["statement"].parks if park in known))
