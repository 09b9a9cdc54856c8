"""The rows of the tables of statements, cells, findings and outside figures."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from parkstudy.method.audit import OUTCOMES
from parkstudy.show.decisions import choices_said, said_decisions
from parkstudy.show.exhibit import Cell, Selected
from parkstudy.show.findings import said_findings
from parkstudy.show.view import View
from parkstudy.words.speech import number

Lines = list[list[object]]

STATEMENTS = (
    "statement", "sentence", "lowest_grade", "verdict", "cells_for", "coarse", "sensitive", "tipping_point", "lowest_corner",
    "reason", "inputs",
)  # fmt: skip
CELLS = ("statement", "choices", "margin", "above", "below", "state", "coarse", "inputs")
FINDINGS = ("check", "park", "outcome", "arithmetic", "consequence", "observations")
COUNTS = (
    "park", "grade", "figures", "relations", "hold", "contradictions", "implausible", "ambiguous", "outside", "agree",
)  # fmt: skip
OUTSIDE = ("park", "printed_term", "printed_figure", "period", "in_the_text", "answer", "reason")
CONTEXT = ("park", "indicator", "printed_term", "printed_figure", "type", "period", "population")


def _inputs(view: View, inputs: Iterable[str]) -> object:
    """The ids of the figures behind a row, each open to its record; a reference by its scope and months."""
    named = []
    for key in dict.fromkeys(inputs):
        row = view.rows["reference"].get(key)
        name = key if row is None else view.scope(row["scope"]) + view.speech.mark("space") + view.speech.period(row)
        named.append(view.opens(name, key))
    return view.speech.join(named, view.speech.mark("list"))


def _share(view: View, count: int, of: int) -> object:
    return Cell(plain_of(view, count, of), value=count / of) if of else ""


def plain_of(view: View, count: int, of: int) -> str:
    """`3 of 4`."""
    return view.speech.label("number", "of").format(count=count, of=of)


def _ratio(ratio: float | None) -> object:
    return "" if ratio is None else Cell(number(ratio, 2), value=ratio)


def statement_rows(view: View, _: Selected) -> Lines:
    """All statements in the order fixed before the results, refusals with the same weight as the rest."""
    say, lines = view.speech, []
    for d in view.study.decisions:
        on = say.listing(say.label("choice", code) for code in d.depends_on)
        verdict = say.label("verdict", d.verdict)
        said = say.label("number", "depends").format(verdict=verdict, on=on) if d.depends_on else verdict
        name, of = d.statement.id, len(d.results)
        lines.append(
            [
                Cell(name, value=float(name) if name.isdigit() else None), view.sentence(d.statement), "C" if d.grade_c else "A",
                said, _share(view, d.support, of), _share(view, d.coarse_support, of),
                say.label("number", "yes") if d.sensitive else "", _ratio(d.ratio), _ratio(d.lowest_ratio),
                view.fact(d.reason) if d.reason else "", _inputs(view, [key for r in d.results for key in r.inputs]),
            ]
        )  # fmt: skip
    return lines


def _percent(share: float) -> str:
    """A share in percent; one that is not whole is not rounded to 0 or 100."""
    text = f"{100 * share:.1f}"
    return "99.9" if text == "100.0" and share < 1 else "0.1" if text == "0.0" and share > 0 else text


def cell_rows(view: View, _: Selected) -> Lines:
    """Every cell of every statement with its choices, shares and inputs."""
    say = view.speech
    return [
        [
            d.statement.id, choices_said(view, r.choices) or say.label("number", "one_cell"), Cell(number(r.margin), value=r.margin),
            Cell(_percent(r.above), value=r.above), Cell(_percent(r.below), value=r.below), say.label("cell", r.state),
            say.label("cell", r.coarse_state), _inputs(view, r.inputs),
        ]
        for d in view.study.decisions
        for r in d.results
    ]  # fmt: skip


def finding_rows(view: View, _: Selected) -> Lines:
    """What the texts contradict, what is implausible or ambiguous, and what was found to hold."""
    say = view.speech
    parks = dict(view.study.sources.select("source_id", "park_id").iter_rows())
    found = sorted(view.study.findings, key=lambda f: (OUTCOMES.index(f.outcome), f.source_id, int(f.check[1:])))
    return [
        [
            f"{f.check} {say.label('check', f.check)}", Cell(view.names[parks[f.source_id]], park=parks[f.source_id]),
            say.label("outcome", f.outcome), view.fact(f.arithmetic),
            "" if f.outcome == "holds" else say.text("check", f.check),
            say.join([view.opens(key, key) for key in f.observations], say.mark("list")),
        ]
        for f in found
    ]  # fmt: skip


def count_rows(view: View, selected: Selected) -> Lines:
    """Counts of each text."""
    return [
        [
            Cell(view.names[row["park_id"]], park=row["park_id"]), view.grade(row["grade"]) if row["grade"] else "",
            *(Cell(count, value=count) for name, count in row.items() if name not in ("park_id", "grade")),
        ]
        for row in selected.data.iter_rows(named=True)
    ]  # fmt: skip


def outside_rows(view: View, selected: Selected) -> Lines:
    """Outside figures on the named parks, each beside the text's nearest figure and with what it can say."""
    rows, lines = view.rows["observation"], []
    for found in selected.facts["answers"]:
        row, own = rows[found.observation_id], rows.get(found.against or "")
        lines.append(
            [
                Cell(view.names[row["park_id"]], park=row["park_id"]), row["reported_term"], _figure(row), view.speech.period(row),
                _figure(own) if own else "", view.label(found.answer, "answer"), view.fact(found.reason),
            ]
        )  # fmt: skip
    return lines


def _figure(row: dict[str, object]) -> Cell:
    value = row["value"]
    return Cell(
        row["reported_figure"], key=str(row["observation_id"]), value=value if isinstance(value, float) else None
    )


def context_rows(view: View, selected: Selected) -> Lines:
    """Figures of other parks, listed and never ranked."""
    return [
        [
            Cell(view.full_names[row["park_id"]], park=row["park_id"]), view.quantity(row), row["reported_term"], _figure(row),
            view.label(row["value_type"], "value_type"), view.speech.period(row), view.label(row["population"], "population"),
        ]
        for row in selected.data.iter_rows(named=True)
    ]  # fmt: skip


def decision_file(view: View, _: Selected) -> pl.DataFrame:
    """Every cell of every statement, its sentence, choices and reason in words."""
    return said_decisions(view, view.study.decisions)


def finding_file(view: View, _: Selected) -> pl.DataFrame:
    """Every finding, its arithmetic and consequence in words."""
    return said_findings(view, view.study.findings)
