"""The pre-registered statements: what each one compares, in which cells, and what follows.

Each statement was fixed before its result (method, section 13). A new one is a declaration: an id, a sentence, and a
function that yields its cells from the study. `decide` applies the decision rule (R2 to R8) to all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from parkstudy.method import audit as consistency
from parkstudy.method.cells import Result, UnboundedError, decide_cell
from parkstudy.method.statements.declared import STATEMENTS, UNSTATED_TAX_FACTOR, Statement
from parkstudy.method.statements.record import MissingError, Record, absent
from parkstudy.method.statements.words import CHOICE_WORDS, STATE_NAMES, VERDICT_NAMES, VERDICTS, choices_said
from parkstudy.record.tables import Tables
from parkstudy.words.language import Text, said
from parkstudy.words.wording import short_names

__all__ = [
    "CHOICE_WORDS", "STATEMENTS", "STATE_NAMES", "UNSTATED_TAX_FACTOR", "VERDICTS", "VERDICT_NAMES", "Decision", "MissingError",
    "Statement", "as_frame", "choices_said", "decide",
]  # fmt: skip

Row = dict[str, Any]

_PARKS = ("hengnan", "hengshan", "shuangpai", "anon-2023", "anon-2020")


@dataclass(frozen=True)
class Decision:
    """A decided statement: verdict, `support` of `cells` cells, the second count with coarse figures, tipping point."""

    statement: Statement
    verdict: str
    depends_on: tuple[str, ...]
    results: tuple[Result, ...]
    support: int
    coarse_support: int
    coarse_verdict: str
    reason: Text
    ratio: float | None
    lowest_ratio: float | None

    @property
    def sensitive(self) -> bool:
        """True where whole units for coarse figures give another verdict (method, R6)."""
        return self.verdict != self.coarse_verdict


def decide(study: Tables, statements: tuple[Statement, ...] = STATEMENTS) -> list[Decision]:
    """Every statement decided, in the order fixed before the results (method, sections 11 and 13)."""
    findings = consistency.audit(study)
    return [_decide(statement, Record(study), study, findings) for statement in statements]


def _decide(statement: Statement, record: Record, study: Tables, findings: list[consistency.Finding]) -> Decision:
    named = [park for park in _PARKS if park in statement.sentence.lower()]
    gone = [park for park in named if park not in set(study.parks["park_id"])]
    if gone:
        return _refused(statement, absent(gone))
    if statement.check:
        return _by_check(statement, study, findings)
    if statement.cells is None:
        return _refused(statement, statement.refusal)
    try:
        results = tuple(decide_cell(cell) for cell in statement.cells(record))
    except (MissingError, UnboundedError) as refusal:
        return _refused(statement, refusal.args[0])
    if not results:
        return _refused(statement, Text("no cell is admissible", "没有可采用的设定组合"))
    verdict, depends = _verdict([(r.choices, r.state) for r in results])
    coarse, _ = _verdict([(r.choices, r.coarse_state) for r in results])
    ratios = [r.ratio for r in results]
    return Decision(
        statement=statement,
        verdict=verdict,
        depends_on=depends,
        results=results,
        support=sum(r.state == "for" for r in results),
        coarse_support=sum(r.coarse_state == "for" for r in results),
        coarse_verdict=coarse,
        reason=Text("", ""),
        ratio=min(ratios) if statement.tipping else None,
        lowest_ratio=min(r.lowest_ratio for r in results) if statement.tipping else None,
    )


def _refused(statement: Statement, reason: Text) -> Decision:
    return Decision(statement, "not comparable", (), (), 0, 0, "not comparable", reason, None, None)


def _by_check(statement: Statement, study: Tables, findings: list[consistency.Finding]) -> Decision:
    """A statement that is a check: it reconciles, or it has the worst outcome of the check (method, R5)."""
    name, park = statement.check or ("", "")
    sources = study.sources.filter(park_id=park)["source_id"].to_list()
    found = [f for f in findings if f.check == name and f.source_id in sources]
    if not found:
        own = short_names(study, "zh").get(park, park)
        return _refused(
            statement,
            Text(f"{park}: the text does not print what check {name} needs", f"{own}：材料未列示{name}核查所需的数据"),
        )
    worst = min(found, key=lambda f: consistency.OUTCOMES.index(f.outcome))
    verdict = "reconciles" if worst.outcome == "holds" else worst.outcome
    reason = Text(f"{name}: {worst.arithmetic}", f"{name}：{worst.arithmetic.zh}")
    return Decision(statement, verdict, (), (), 0, 0, verdict, reason, None, None)


def _verdict(cells: list[tuple[Any, str]]) -> tuple[str, tuple[str, ...]]:
    """The verdict of R4 and, where it depends, the choices that differ between an against cell and the nearest for cell."""
    states = {state for _, state in cells}
    if states == {"for"}:
        return "holds", ()
    if states == {"against"}:
        return "reversed", ()
    if {"for", "against"} <= states:
        return "depends", _differing(cells)
    return ("not distinguishable", ()) if cells else ("not comparable", ())


def _differing(cells: list[tuple[Any, str]]) -> tuple[str, ...]:
    fors = [choices for choices, state in cells if state == "for"]
    found: dict[str, None] = {}
    for against in (choices for choices, state in cells if state == "against"):
        nearest = min(fors, key=lambda other: sum(against[k] != other[k] for k in against))
        found.update(dict.fromkeys(k for k in against if against[k] != nearest[k]))
    return tuple(found)


def as_frame(decisions: list[Decision], lang: str = "en") -> pl.DataFrame:
    """One row a cell (one a statement without cells): statement, verdict, choices, shares, states, tipping points.

    Sentence, choices and reason are said in a language; verdicts, states and `depends_on` are codes.
    """
    rows = []
    for d in decisions:
        head = {
            "statement": d.statement.id,
            "sentence": said(d.statement.sentence, lang),
            "verdict": d.verdict,
            "depends_on": list(d.depends_on),
            "support": d.support,
            "cells": len(d.results),
            "coarse_support": d.coarse_support,
            "sensitive": d.sensitive,
            "reason": said(d.reason, lang),
            "grade_c": d.statement.grade_c,
        }
        rows += [head | _cell_row(r, lang) for r in d.results] or [head]
    return pl.DataFrame(rows, infer_schema_length=None)


def _cell_row(result: Result, lang: str) -> Row:
    return {
        "choices": choices_said(result.choices, lang),
        "margin": result.margin,
        "above": result.above,
        "below": result.below,
        "state": result.state,
        "coarse_state": result.coarse_state,
        "ratio": result.ratio,
        "lowest_ratio": result.lowest_ratio,
        "inputs": list(result.inputs),
    }
