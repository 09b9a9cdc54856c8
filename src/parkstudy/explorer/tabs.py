"""The tabs of an answer, each made when it is asked for: one drawing, the values, every variant, what the checks found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from parkstudy.explorer.drawer import of_year
from parkstudy.explorer.room import PIXELS
from parkstudy.explorer.strip import label, note, outcome, why
from parkstudy.explorer.variants import MOST_PARKS, compared
from parkstudy.method.audit import OUTCOMES, Finding
from parkstudy.method.compare import Comparison
from parkstudy.method.growth import OF_ANY
from parkstudy.panels.causes import cause
from parkstudy.record.rows import Row
from parkstudy.show.figure import Figure
from parkstudy.show.markup import Cell, lines_html, table_html
from parkstudy.show.record_tables import COMPARISONS
from parkstudy.show.select.orders import standing
from parkstudy.show.select.shared import Selected
from parkstudy.show.table import Table
from parkstudy.show.tables import FINDINGS, MEASURE, NUMERIC, Cells
from parkstudy.show.theme import NARROW
from parkstudy.words.speech import plain

if TYPE_CHECKING:
    from parkstudy.explorer.answer import Question
    from parkstudy.explorer.variants import Variant
    from parkstudy.show.view import View

_TALL = 540  # pixels: 60 percent of the height of a window of 900
MANY_LINES = 40  # a figure of more comes behind the table, and of the parks that are picked out there
_MOST_LISTED = 500  # rows of a table that is of no measure
_FEW_ROWS, _MOST_ROWS = 200, 2_000  # up to which a table has all columns; that it holds
_COLUMNS = ("park", "value", "interval", "period", "population", "type_and_status", "flags_or_reason", "printed")
_LEAN = (*_COLUMNS[:5], "flags_or_reason")

Made = tuple[Callable[[], int | str], Callable[[], str]]  # how many rows a tab has, and its HTML


def every(question: Question) -> dict[str, Made]:
    """The tabs of an answer in their order, the first of them the one that is shown where none is asked for."""
    found: dict[str, Made] = {}
    if question.shown:
        found["figure"] = (lambda: "", partial(figure, question))
    found["table"] = (lambda: rows_of(question), partial(table, question))
    if question.asked.measure:
        found["variants"] = (lambda: len(question.variants), partial(variants, question))
    found["audit"] = (lambda: len(findings(question)), partial(audit, question))
    return found


def lines(question: Question) -> int:
    """How many lines the figure of a measure has: one a value or gap; 0 for another exhibit, whose figure is not of lines."""
    return len(measured(question)) if question.asked.measure else 0


# The figure


def figure(question: Question) -> str:
    """One drawing: of the parks that are picked out of many, where some are."""
    _, form, selected = pictured(question)
    if question.picked:
        return _words(question.say("picked", count=len(question.picked))) + drawn(question, form, selected)
    many = lines(question)
    note = _words(question.say("pick", rows=many)) if many > MANY_LINES else ""
    return note + drawn(question, form, selected) + rests_on(question)


def rests_on(question: Question) -> str:
    """On which texts a view rests, and what the grades of these mean."""
    grades = list(dict.fromkeys(question.study.sources.filter(kind="work_summary")["grade"].sort(nulls_last=True)))
    measure, parks = question.asked.measure, question.asking.parks
    several = compared(measure) and len(parks) > 1
    keys = {row["key"] for row in measured(question)} if several else ()
    stood = standing(question.study, measure, keys, states=len(parks) <= MOST_PARKS) if several else None
    return _words(question.say("rests", grades=grades, on=stood), "note rests") if grades else ""


def pictured(question: Question) -> tuple[View, Figure, Selected]:
    """What the one drawing shows, and in which view."""
    if not question.picked:
        assert question.shown
        return (question.view, *question.shown)
    held, choice = question.held, question.choice
    view = held.view(held.chosen(",".join(question.picked), choice.year), choice.lang)
    return (view, *question.entry.chosen(view, question.parameters))  # type: ignore[attr-defined]


def drawn(question: Question, form: Figure, selected: Selected) -> str:
    """A figure as an exhibit; words where it has no rows, or could not be drawn."""
    try:
        body, document = form.alone(question.view, selected, question.parameters, question.width)
    except Exception as error:
        return _words(question.say("not_drawn", cause=cause(error, question.choice.lang)), "empty failed")
    if body:
        if question.width == NARROW:  # not larger than it is read well
            body = body.replace('class="chart wide', 'class="chart wide slim', 1)
        body = _bounded(body, document, question) + '<p class="files"></p>'  # where the script puts what saves it
        return f'<div class="exhibit" id="{form.anchor or form.key}"><div class="state">{body}</div></div>'
    facts = form.facts(selected, question.parameters)
    own = question.view.speech.join(form.sentences(question.view, "nothing", facts), question.view.speech.mark("space"))
    return _words(own or question.say("table_nothing"), "empty")


def _bounded(body: str, document: str, question: Question) -> str:
    """A drawing that is taller than it may be in a box that scrolls: made smaller, its words could not be read."""
    width, height = (
        float(size) for size in document[: document.index(">")].partition('viewBox="')[2].split('"')[0].split()[2:]
    )
    if height / width * question.width * PIXELS <= _TALL:
        return body
    name = escape(question.view.speech.label("explorer_tab", "figure"))
    box = f'<div class="scroll tall" role="region" tabindex="0" aria-label="{name}"><div class="chart'
    return body.replace('<div class="chart', box, 1).replace("</div><figcaption", "</div></div><figcaption", 1)


def _words(words: Markup, kind: str = "note") -> str:
    return f'<p class="{kind}">{words}</p>'


# The table


def measured(question: Question) -> list[Row]:
    """The values of the chosen variant with the gaps, park by park."""
    return question.measured


def values_and_gaps(question: Question) -> list[Row]:
    """Those of `measured`, which a question keeps."""
    found: list[Row] = []
    chosen = question.chosen
    for park in question.asking.parks:
        own = question.asking.fitting(park, chosen.choice)
        found += own or [{**_NO_VALUE, "measure": question.asked.measure, "subject": "park", **chosen.gaps[park]}]
    return found


_NO_VALUE: Row = {
    **dict.fromkeys(("value", "low", "high", "rung", "period_start", "period_end", "population", "value_type", "status", "price")),
    "basis": "reported", "method": "", "unit": "", "key": "", "inputs": (), "flags": (),
}  # fmt: skip


def rows_of(question: Question) -> int:
    """How many rows the table has."""
    if question.asked.measure:
        return len(measured(question))
    return _listed(question)[3]


def table(question: Question) -> str:
    """The values of the view, each with the key of its mark."""
    view = question.view
    if not question.asked.measure:
        header, rows, numeric, every = _listed(question)
        cut = question.say("table_cut", shown=_MOST_LISTED, every=every) if every > _MOST_LISTED else ""
        return _table(question, "table_name", header, islice(rows, _MOST_LISTED), numeric, cut)
    found = measured(question)
    columns = list(_COLUMNS if len(found) <= _FEW_ROWS else _LEAN)
    if question.asked.measure in OF_ANY:
        columns.insert(1, "measure")
    cells: Cells = {**MEASURE, "flags_or_reason": _flags_or_reason}
    shown = ([cells[column](view, row) for column in columns] for row in found[:_MOST_ROWS])
    numeric = [column in ("value", "interval") for column in columns]
    cut = question.say("table_cut", shown=_MOST_ROWS, every=len(found)) if len(found) > _MOST_ROWS else ""
    return _table(question, "table_name", _heads(question, columns), shown, numeric, cut) + rests_on(question)


def _flags_or_reason(view: Any, row: Row) -> object:
    """The flags of a value; of a gap why there is none."""
    if row.get("gap"):
        return view.say("answer.j2", "variant_why", reason=None, row={**row, "park_id": row["park_id"]})
    return MEASURE["flags_or_reason"](view, row)


def _listed(question: Question) -> tuple[Sequence[str], Iterable[Sequence[object]], list[bool], int]:
    """Header and rows of an exhibit that is of no measure, which are made as they are asked for, and how many they are."""
    view, entry = question.view, question.entry
    if question.shown:
        form, selected = question.shown
        header, rows = form.table(view, selected) if selected.data.height else ((), ())
        return header, rows, [False] * len(header), len(rows)
    assert isinstance(entry, Table)
    selected = entry.select(view.study, **question.parameters)
    header = entry.header(view, selected)
    right = {view.label("column", column) for column in entry.numeric}
    every = len(selected.facts[entry.rows]) if entry.rows else selected.data.height
    return header, entry.lines(view, selected), [head in right for head in header], every


def _heads(question: Question, columns: Iterable[str]) -> list[str]:
    return [question.view.label("column", column) for column in columns]


def _table(
    question: Question, name: str, header: Sequence[str], rows: Iterable[Sequence[object]], numeric: Sequence[bool], cut: str = ""
) -> str:  # fmt: skip
    view = question.view
    made = lines_html(view, rows, numeric)
    if not made:
        return _words(question.say("audit_nothing" if name == "audit_name" else "table_nothing"), "empty")
    after = f'<p class="cut">{cut}</p>' if cut else ""
    inside = table_html(view, plain(question.say(name)), header, made, numeric)
    return f'<div class="exhibit of-{name.removesuffix("_name")}"><div class="state">{inside}{after}</div></div>'


# Every variant


def variants(question: Question) -> str:
    """A row a variant: its values, what comes out, in how many ways of reading the data, and what is to be kept in mind."""
    view, parks = question.view, question.asking.parks
    two = len(parks) == 2
    names = [view.names[park] for park in parks] if two else _heads(question, ["parks_given" if parks[1:] else "value"])
    units = dict.fromkeys(row["unit"] for one in question.variants for row in one.values.values())
    unit = view.unit(question.asked.measure, next(iter(units))) if len(units) == 1 and len(parks) < 3 else ""
    of_two = ["cells_for", "differs"] if two else []
    header = [*_heads(question, ["variant"]), *names, *_heads(question, ["verdict", *of_two, "reason"])]
    varying = [name for name, values in question.asking.every.items() if len(values) > 1]
    rows = []
    for one in question.variants:
        values = [_value(view, one.values.get(park)) for park in parks] if two else [_values(question, one)]
        pair = [_ways(question, one.one), COMPARISONS["differs"](view, one.one)] if one.one else [""] * len(of_two)
        said = outcome(question, one)
        verdict: object = view.opens(said, key_of(question, one)) if one.one else said
        chosen = Cell(label(question, one.choice, varying) + (" ●" if one.on else ""))
        rows.append([chosen, *values, verdict, *pair, why(question, one) or note(question, one) or _refused(view, one)])
    above = (
        _words(question.say("variants_unit", unit=unit)) if unit else ""
    )  # once: a head would be as wide as the table
    return above + _table(question, "variants_name", header, rows, [False] * len(header))


def _ways(question: Question, one: Comparison) -> object:
    """In how many ways of reading the data it comes out so."""
    return (
        plain(question.say("one_way"))
        if one.ordered and one.cells == 1
        else COMPARISONS["cells_for"](question.view, one)
    )


def _refused(view: Any, one: Variant) -> str:
    """Why pairs of more than two parks are not compared, each reason once."""
    said = dict.fromkeys(view.fact(pair.reason) for pair in one.decided if pair.reason)
    return plain(view.speech.join(said, view.speech.mark("semicolon")))


def key_of(question: Question, one: Variant) -> str:
    """The key of the decision of a variant; of another year than the one that is shown it tells that year too."""
    year = one.choice.get("year", "")
    assert one.one
    return of_year(one.one.key, year) if year != question.choice.year else one.one.key


def _value(view: Any, row: Row | None) -> object:
    if not row:
        return ""
    said = (
        view.rate(row)
        if row["method"] in ("as_printed", "as_reported") and row["price"] != "real"
        else view.on_axis(row)
    )
    return Cell(said, row["key"], row["value"] if row["value"] is not None else row["low"])


def _values(question: Question, one: Variant) -> object:
    """Of one park its value; of more how many values there are."""
    rows = list(one.values.values())
    if len(question.asking.parks) == 1:
        return _value(question.view, rows[0] if rows else None)
    return Cell(len(rows), value=len(rows))


# The audit


def findings(question: Question) -> list[Finding]:
    """What the checks found on the figures behind the view, the gravest first."""
    keys = {key for rows in (_inputs(question),) for key in rows}
    found = [one for one in question.study.findings if keys & set(one.observations)]
    return sorted(found, key=lambda one: (OUTCOMES.index(one.outcome), one.source_id, int(one.check[1:])))


def _inputs(question: Question) -> Iterator[str]:
    """The keys of the figures behind the view."""
    if question.asked.measure:
        return (key for row in measured(question) for key in row["inputs"])
    selected = (
        question.shown[1] if question.shown else question.entry.select(question.view.study, **question.parameters)
    )
    return iter(selected.keys)


def audit(question: Question) -> str:
    """What the checks found on the figures behind the view, in words."""
    parks = dict(question.study.sources.select("source_id", "park_id").iter_rows())
    rows = [{**vars(one), "park_id": parks[one.source_id]} for one in findings(question)]
    cells = ([cell(question.view, row) for cell in FINDINGS.values()] for row in rows)
    return _table(question, "audit_name", _heads(question, FINDINGS), cells, [column in NUMERIC for column in FINDINGS])
