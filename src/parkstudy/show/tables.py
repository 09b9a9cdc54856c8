"""The tables of the catalogue: each column with what it shows of a row; and decisions and findings in words, as frames."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import polars as pl

from parkstudy.method.audit import OUTCOMES, Finding
from parkstudy.method.statements import Decision, as_frame
from parkstudy.record.codes import codes
from parkstudy.record.rows import Row
from parkstudy.show.markup import Cell
from parkstudy.show.provenance import computed, how, input_name, status_said, title_of
from parkstudy.show.select.shared import Selected
from parkstudy.show.table import Table
from parkstudy.show.view import View
from parkstudy.words.numbers import number, times
from parkstudy.words.speech import plain

Cells = dict[str, Callable[[View, Any], object]]  # column to what it shows of a row


def table(cells: Cells, rows: str = "", **declared: Any) -> Table:
    """A table of `cells`: a line for each of the rows selected, or for each item of the fact `rows`."""
    numeric = tuple(column for column in cells if column in NUMERIC)
    return Table(columns=tuple(cells), lines=partial(lines_of, cells, rows), numeric=numeric, rows=rows, **declared)


def lines_of(cells: Cells, rows: str, view: View, selected: Selected) -> Iterator[list[object]]:
    """The cells of each of the rows selected, or of each item of the fact `rows`."""
    found = selected.facts[rows] if rows else selected.data.iter_rows(named=True)
    return ([cell(view, row) for cell in cells.values()] for row in found)


def _park(view: View, row: Row) -> Cell:
    return Cell(view.names[row["park_id"]], park=row["park_id"])


def _park_in_full(view: View, row: Row) -> Cell:
    return Cell(view.full_names[row["park_id"]], park=row["park_id"])


def _with_part(view: View, row: Row, park: Callable[[View, Row], Cell] = _park) -> Cell:
    """A park, with what a figure is of where that is not the park."""
    cell, part = park(view, row), view.part(row)
    return replace(cell, text=view.bracketed(str(cell.text), part)) if part else cell


def _flags(view: View, flags: Iterable[str]) -> str:
    return view.speech.mark("list").join(view.label("flag", flag) for flag in flags)


def _inputs(view: View, inputs: Iterable[str]) -> object:
    """The figures behind a row as printed, each open to its record; a reference by its scope and months."""

    def name(key: str) -> str:
        if row := view.rows["reference"].get(key):
            return view.scope(row["scope"]) + view.speech.mark("space") + view.speech.period(row)
        return str(view.rows["observation"][key]["reported_figure"])

    named = [view.opens(name(key), key) for key in dict.fromkeys(inputs)]
    return view.speech.join(named, view.speech.mark("list"))


# What the texts print

FIGURE: Cells = {
    "printed_term": lambda view, row: row["reported_term"],
    "printed_figure": lambda view, row: Cell(row["reported_figure"], row["observation_id"], row["value"]),
    "type": lambda view, row: view.label("value_type", row["value_type"]),
    "period": lambda view, row: view.period(row),
    "population": lambda view, row: view.label("population", row["population"]),
    "place_in_the_text": lambda view, row: row["locator"],
    "caveats": lambda view, row: _flags(view, row["caveats"]),
}
PROFILE: Cells = {"indicator": View.quantity, "part": View.part, **FIGURE, "note": View.note}
CONTEXT: Cells = {
    "park": lambda view, row: _with_part(view, row, _park_in_full),
    "indicator": View.quantity,
    **dict(list(FIGURE.items())[:5]),
}


SOURCES: Cells = {
    "park": _park_in_full,
    "title": title_of,
    "issuer": lambda view, row: row["publisher"],
    "date": lambda view, row: row["published"],
    "months_reported": FIGURE["period"],
    "grade": lambda view, row: row["kind"] == "work_summary" and view.grade(row["grade"]),
}

# Measures


def _interval(view: View, row: Row) -> object:
    """The interval: its unit stands with the value, if there is one."""
    said = view.span(row) if row["value"] is None else view.on_axis(row)
    return said and Cell(said, row["key"], row["low"])


def _basis(view: View, row: Row) -> str:
    kind, _, scope = row["subject"].partition(":")
    parts = [view.label("rung", row["rung"])] if row["rung"] else []
    parts += [view.label("basis", row["basis"])]
    parts += [view.speech.label("price", "real")] if row["price"] == "real" else []
    return view.speech.mark("comma").join([*parts, view.scope(scope)] if kind == "reference" else parts)


def _type_and_status(view: View, row: Row) -> str:
    """The type; and the status, unless it is normal or said by the type; of what is computed, that alone."""
    if computed(row):
        return status_said(view, row["status"])
    told = row["status"] in (None, "A") or (row["status"], row["value_type"]) == ("F", "forecast")
    parts = [view.label("value_type", row["value_type"])] if row["value_type"] else []
    return view.speech.mark("comma").join(parts if told else [*parts, status_said(view, row["status"])])


MEASURE: Cells = {
    "park": _park,
    "measure": lambda view, row: view.measure(row),
    "value": lambda view, row: Cell(view.value(row), row["key"], row["value"]),
    "interval": _interval,
    "rung_or_basis": _basis,
    "period": lambda view, row: view.speech.period(row) if row["inputs"] or row["period_end"] else "",
    "method": how,
    "population": lambda view, row: view.label("population", row["population"]) if row["inputs"] else "",
    "type_and_status": lambda view, row: _type_and_status(view, row) if row["inputs"] else "",
    "flags_or_reason": lambda view, row: view.reason(row) if row["reason"] else _flags(view, row["flags"]),
    "printed": lambda view, row: view.speech.join(
        [view.opens(input_name(view, i), i) for i in row["inputs"]], view.speech.mark("semicolon")
    ),
}  # fmt: skip
_measure_lines = partial(lines_of, MEASURE, "")


@dataclass(frozen=True, kw_only=True)
class MeasureTable(Table):
    """A table of measure rows; its legend explains the flags that stand in it."""

    kind = "measures"
    columns: tuple[str, ...] = tuple(MEASURE)
    lines: Any = _measure_lines
    by_park: bool = True
    numeric: tuple[str, ...] = ("value", "interval")

    def facts(self, view: View, selected: Selected) -> dict[str, Any]:
        """How many rows have a value, and which flags they carry."""
        given, carried = selected.data["low"].count(), set(selected.data["flags"].explode())
        flags = [flag for flag in codes("flag") if flag in carried]
        return {**super().facts(view, selected), "given": given, "gaps": selected.data.height - given, "flags": flags}


# Statements and their cells


def choices_said(view: View, chosen: Mapping[str, str], *, ids: bool = False) -> str:
    """The choices of a cell, `price: real; span: months as printed`; parks by their short name, or by their id."""
    said = [
        f"{view.label('choice', key)}{view.speech.mark('colon')}{code if ids and key == 'park' else view.level((key, code))}"
        for key, code in chosen.items()
    ]
    return view.speech.mark("semicolon").join(said)


def _share(view: View, count: int, of: int) -> object:
    return Cell(view.speech.label("number", "of").format(count=count, of=of), value=count / of) if of else ""


def _support(view: View, row: Row, name: str) -> object:
    """In how many ways a statement is so; nothing of a pair of which neither side is higher in any."""
    return "" if row["comparison"] and not row["support"] else _share(view, row[name], row["of"])


def _ratio(ratio: float | None) -> object:
    return "" if ratio is None else Cell(times(ratio), value=ratio)


STATEMENTS: Cells = {
    "statement": lambda view, row: Cell(row["id"], value=float(row["id"]) if row["id"].isdigit() else None),
    "sentence": lambda view, row: view.sentence(row["decision"]),
    "how": lambda view, row: view.label("way", row["way"]),
    "lowest_grade": lambda view, row: view.speech.label("way", "once") if row["once"] else row["grade"] or "",
    "verdict": lambda view, row: view.say("robustness.j2", "statements_outcome", d=row),
    "cells_for": lambda view, row: _support(view, row, "support"),
    "coarse": lambda view, row: _support(view, row, "coarse_support"),
    "sensitive": lambda view, row: view.speech.label("number", "yes") if row["sensitive"] else "",
    "tipping_point": lambda view, row: _ratio(row["ratio"]),
    "lowest_corner": lambda view, row: _ratio(row["lowest_ratio"]),
    "reason": lambda view, row: view.fact(row["reason"]) if row["reason"] else "",
    "inputs": lambda view, row: _inputs(view, row["basis"].keys),
}


def _percent(share: float) -> Cell:
    """A share in percent; one that is not whole is not rounded to 0 or 100."""
    text = f"{100 * share:.1f}"
    return Cell(text if share in (0, 1) else {"100.0": "99.9", "0.0": "0.1"}.get(text, text), value=share)


CELLS: Cells = {
    "statement": lambda view, row: row["id"],
    "choices": lambda view, row: choices_said(view, row["choices"]) or view.speech.label("number", "one_cell"),
    "value": lambda view, row: view.say("robustness.j2", "cells_value", way={**row["way"], "chosen": []}),
    "margin": lambda view, row: Cell(number(row["margin"]), value=row["margin"]),
    "above": lambda view, row: _percent(row["above"]),
    "below": lambda view, row: _percent(row["below"]),
    "state": lambda view, row: view.label("cell", row["state"]),
    "coarse": lambda view, row: view.label("cell", row["coarse_state"]),
    "inputs": lambda view, row: _inputs(view, row["inputs"]),
}


def said_decisions(view: View, decisions: Sequence[Decision]) -> pl.DataFrame:
    """`statements.as_frame` with the sentences, and with choices and reasons in words; the view collects none of them."""
    quiet, frame = View(view.study, view.lang), as_frame(decisions)
    rows = [(d, r) for d in decisions for r in d.results or [None]]
    frame.insert_column(1, pl.Series("sentence", [plain(quiet.sentence(d)) for d, _ in rows]))
    words: dict[str, list[Any]] = {
        "reason": ["" if d.reason is None else plain(quiet.fact(d.reason)) for d, _ in rows],
        "choices": [None if r is None else choices_said(quiet, r.choices, ids=True) for _, r in rows],
    }
    return frame.with_columns(pl.Series(name, column) for name, column in words.items() if name in frame.columns)


# The audit and figures from outside


def consequence(view: View, check: str, outcome: str) -> str:
    """What a finding does to a comparison; what holds does nothing."""
    return "" if outcome == "holds" else view.text("check", check)


FINDINGS: Cells = {
    "check": lambda view, row: f"{row['check']} {view.label('check', row['check'])}",
    "park": _park,
    "outcome": lambda view, row: view.label("outcome", row["outcome"]),
    "arithmetic": lambda view, row: view.fact(row["arithmetic"]),
    "consequence": lambda view, row: consequence(view, row["check"], row["outcome"]),
    "observations": lambda view, row: _inputs(view, row["observations"]),
}


def said_findings(view: View, findings: Iterable[Finding]) -> pl.DataFrame:
    """The findings as a frame: the outcome is a code; name, arithmetic and consequence are in the language of the view."""
    columns = ("check", "name", "source_id", "outcome", "observations", "arithmetic", "consequence")
    schema = dict.fromkeys(columns, pl.String) | {"outcome": pl.Enum(OUTCOMES), "observations": pl.List(pl.String)}
    rows = [
        (f.check, view.label("check", f.check), f.source_id, f.outcome, list(f.observations), plain(view.fact(f.arithmetic)),
         consequence(view, f.check, f.outcome))
        for f in findings
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def counted(name: str) -> Callable[[View, Row], Cell]:
    """A column of numbers."""
    return lambda view, row: Cell(row[name], value=row[name])


COUNTS: Cells = {
    "park": _park,
    "grade": lambda view, row: view.grade(row["grade"]),
    **{name: counted(name) for name in ("figures", "relations")},
    "hold": counted("holds"),
    "contradictions": counted("contradiction"),
    **{name: counted(name) for name in ("implausible", "ambiguous", "outside", "agree")},
}
OUTSIDE: Cells = {
    "park": _with_part,
    **{column: FIGURE[column] for column in ("printed_term", "printed_figure", "period")},
    "in_the_text": lambda view, row: FIGURE["printed_figure"](view, row["own"]) if row["own"] else "",
    "answer": lambda view, row: view.label("answer", row["answer"]),
    "reason": lambda view, row: view.fact(row["reason"]),
}

NUMERIC = {
    "printed_figure", "in_the_text", "tipping_point", "lowest_corner", "margin", "above", "below", *list(COUNTS)[2:],
}  # fmt: skip
