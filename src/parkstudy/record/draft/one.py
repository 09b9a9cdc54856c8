"""One row for a figure that a reader points at: every column filled as the draft of a whole text fills it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from parkstudy.errors import ParkstudyError
from parkstudy.record.draft.aside import NAMELESS
from parkstudy.record.draft.coding import code_span
from parkstudy.record.draft.head import names_of
from parkstudy.record.draft.lines import SENTENCE_END, begin, lines
from parkstudy.record.draft.place import Coded
from parkstudy.record.draft.times import frame
from parkstudy.record.draft.words import Indicators, meant_by, terms
from parkstudy.record.period import iso_day
from parkstudy.record.quantities import QuantityError, parse

Row = dict[str, Any]
BETWEEN = " ,，、:：;；。为為达達约約"  # between a term and its figure


class NoFigureError(ParkstudyError):
    """Words that are no figure of which a row can be made."""

    status = 1


class Proposal(NamedTuple):
    """The cells of a row but its id; those that nothing in the text gives are empty. `parts` are the names of parts by subject."""

    row: Row
    parts: dict[str, str]
    reason: str


def propose(
    text: str, span: tuple[int, int], source: Mapping[str, Any], parts: Mapping[str, str],
    indicators: Sequence[Mapping[str, Any]], before: Mapping[str, Any] | None = None,
) -> Proposal:  # fmt: skip
    """A row for the figure at `span`; where no rule reads it, with the period of the row `before` it, for a reader to fill in.

    `source` is its row of `sources.csv`, `parts` subject to printed name. Raises `NoFigureError`.
    """
    plain = [line.plain for line in lines(text)]
    numbered: dict[str, list[str]] = defaultdict(list)
    for subject, name in parts.items():
        kind, _, number = subject.partition(":")
        if number == str(len(numbered[kind]) + 1):
            numbered[kind].append(name)
    known = Indicators(*({one["indicator"]: one[column] for one in indicators} for column in ("unit", "kind")))
    time = frame(plain, *(iso_day(source[column]) for column in ("period_start", "period_end")))
    try:
        coded = code_span(text, span, time, known, names_of(plain), numbered)
    except QuantityError as error:
        raise NoFigureError(
            f"{text[slice(*span)]!r} is no figure: {error}; select digits with their unit, and nothing else"
        ) from error
    if coded is None:
        raise NoFigureError(
            f"{text[slice(*span)]!r} is no part of one line; select the digits of one figure with their unit"
        )
    if not coded.line.locator:
        raise NoFigureError(
            f"{text[slice(*span)]!r} stands in a heading, a menu, or a table whose cells its heads do not name one by one; "
            "a row needs a sentence, or a cell whose column and row have a head and a unit"
        )
    if coded.reason.startswith(NAMELESS):
        raise NoFigureError(
            f"{text[slice(*span)]!r} is a cell of which no head prints what it is and in which unit: "
            f"{coded.reason.removeprefix(NAMELESS)}; only what is printed is recorded"
        )
    names = {f"{kind}:{n}": name for kind, several in numbered.items() for n, name in enumerate(several, 1)}
    row = coded.row or _unread(coded, before)
    return Proposal(row, {subject: name for subject, name in names.items() if subject not in parts}, coded.reason)


def term_of(text: str, span: tuple[int, int], indicator: str) -> str:
    """The words that name an indicator last in the sentence of a figure, before it; empty where none do."""
    for line in lines(text):
        if line.starts[0] <= span[0] and span[1] <= line.ends[-1]:
            at = sum(start < span[0] for start in line.starts)
            said = terms(line.plain, begin(SENTENCE_END, line.plain, at), at)
            named = [term for term in said if any(one.indicator == indicator for one in meant_by(term.words))]
            return line.words[named[-1].start : named[-1].end] if named else ""
    return ""


def _unread(coded: Coded, before: Mapping[str, Any] | None) -> Row:
    """The cells that the figure alone says, the time that of the row before it."""
    place, line = coded.place, coded.line
    quantity, share = parse(coded.words), place.unit == "percent"
    of = before or {}
    return {
        "indicator": "", "subject": "park", "population": "unstated", "transformation": "share" if share else "level",
        "value_type": "outturn", "period_start": of.get("period_start", ""), "period_end": of.get("period_end", ""),
        "reported_term": "", "reported_figure": line.printed(place.start, place.end), "bound": quantity.bound, "obs_status": "A",
        "share_of": "unstated" if share else "", "caveats": "" if quantity.printed_unit else "unit_assumed", "locator": line.locator,
    }  # fmt: skip
