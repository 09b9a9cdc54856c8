"""The statements fixed before their results, decided (method, sections 11 and 13).

A statement names a measure, its sides and the choices that make its cells; its margin is that of rule G3.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import polars as pl

from parkstudy.method.audit import OUTCOMES, Finding, audit
from parkstudy.method.basis import Basis, basis_of
from parkstudy.method.cells import Cell, RefusalError, Result, Side, Unknown, decide_cell, tipping, verdict_of
from parkstudy.method.compare import Comparison
from parkstudy.method.declarations import Statement, StatementsError, looked_at, read
from parkstudy.method.fact import Fact
from parkstudy.method.sides import QUANTITIES, Chosen, Figures, choice_levels, pair_cell, refusal
from parkstudy.record.folder import STATEMENTS
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period, growth_margin
from parkstudy.record.reading import Fault
from parkstudy.record.rows import Row
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.tables import Tables


@dataclass(frozen=True)
class Decision:
    """A decided statement: `support` of its cells are for it, `coarse_...` with whole units for coarse figures (method, R6).

    `ratio`, `lowest_ratio`: the tipping point (R7); `threshold`: what a threshold statement is held against, in percent or in
    the unit of its measure; `basis`: what it rests on, outside figures included; `comparison`: that of a pair which is its own statement.
    """

    statement: Statement
    verdict: str
    coarse_verdict: str
    depends_on: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    support: int = 0
    coarse_support: int = 0
    ratio: float | None = None
    lowest_ratio: float | None = None
    reason: Fact | None = None
    threshold: Interval | None = None
    basis: Basis = field(default_factory=Basis)
    comparison: Comparison | None = None

    @property
    def way(self) -> str:
        """How it was decided: `tested` in several ways of reading the data, `read_off` in the one there is, `checked` or `refused`."""
        if not self.results:
            return "checked" if self.statement.kind == "check" and self.verdict != "not_comparable" else "refused"
        sides = {result.choices.get("park") for result in self.results}
        return "tested" if len(self.results) > len(sides) else "read_off"

    @property
    def margins(self) -> tuple[float, ...]:
        """The margins of its cells, from the smallest."""
        return tuple(sorted({result.margin for result in self.results}))

    @property
    def sensitive(self) -> bool:
        """True where whole units for coarse figures give another verdict (method, R6)."""
        return self.verdict != self.coarse_verdict


def decide(
    study: Tables, statements: Sequence[Statement] | None = None, findings: Sequence[Finding] | None = None
) -> list[Decision]:
    """Every statement decided, by default those that are `declared`, in the order fixed before the results.

    `findings` are those of the audit, where they are known already. Raises `StatementsError` for a park that the study does not hold.
    """
    figures, found_by_audit = Figures(study), audit(study) if findings is None else findings
    decisions = []
    for statement in declared(study)[0] if statements is None else statements:
        try:
            found = _decided(statement, figures, study, found_by_audit)
        except RefusalError as refused:
            found = Decision(statement, "not_comparable", "not_comparable", reason=refused.fact)
        keys = [*found.basis.keys, *(i for result in found.results for i in result.inputs)]
        decisions.append(replace(found, basis=basis_of(study, keys, statement.parks)))
    return decisions


def declared(study: Tables) -> tuple[list[Statement], int]:
    """The statements of the folder, or the shipped ones, whose parks are all in the study; and how many were left out.

    Where none that speaks of parks is left, those that speak of none are left out too: they were made for the others.
    """
    every, parks = read(study.files[STATEMENTS]), set(study.parks["park_id"])
    kept = [one for one in every if parks.issuperset(one.parks)]
    kept = kept if any(one.parks for one in kept) else []
    return kept, len(every) - len(kept)


def faults_of(study: Tables) -> list[Fault]:
    """What is wrong with statements of the folder's own, a park that it does not hold among it; the shipped ones are not asked."""
    path = study.files[STATEMENTS]
    if path.parent == shipped_folder():
        return []
    return looked_at(path, study.all_parks)[1]


def _decided(statement: Statement, figures: Figures, study: Tables, findings: Sequence[Finding]) -> Decision:
    for park in statement.parks:
        if park not in (known := sorted(study.parks["park_id"])):
            raise StatementsError(f"statement {statement.id}: unknown park {park!r}; expected {', '.join(known)}")
    if statement.kind == "refused":
        reason = {"en": statement.reason_en, "zh": statement.reason_zh}
        raise RefusalError("statement_refused", rule=statement.rule, reason=reason)
    if statement.kind == "check":
        return _by_check(statement, figures, findings)
    tested = list(cells(statement, figures))
    results = tuple(map(decide_cell, tested))
    plain, coarse = ([(r.choices, getattr(r, name)) for r in results] for name in ("state", "coarse_state"))
    (verdict, depends_on), (coarse_verdict, _) = verdict_of(plain), verdict_of(coarse)
    support, coarse_support = ([state for _, state in states].count("for") for states in (plain, coarse))
    ratio, lowest = (tipping(results) if statement.tipping else None) or (None, None)
    found = Decision(statement, verdict, coarse_verdict, depends_on, results, support, coarse_support, ratio, lowest)
    return replace(found, threshold=_threshold(statement, tested[0].right)) if statement.kind == "threshold" else found


def _threshold(statement: Statement, right: Side) -> Interval:
    """What the left side is held against: a number as it is declared, the share of the year in percent."""
    assert isinstance(right, Unknown)
    return right.interval.times(100) if statement.right == "year_share" else right.interval


def _by_check(statement: Statement, figures: Figures, findings: Sequence[Finding]) -> Decision:
    """A statement that is a check: it reconciles, or it has the worst outcome of the check (method, R5)."""
    sources = [figures.texts.get(park) for park in statement.left]
    of_indicator = {*figures.study.observations.filter(indicator=statement.indicator)["observation_id"]}
    found = [f for f in findings if f.check == statement.check and f.source_id in sources]
    found = [f for f in found if not statement.indicator or of_indicator.issuperset(f.observations)]
    if not found:
        raise RefusalError("statement_no_check", park=statement.left[0], check=statement.check)
    worst = min(found, key=lambda f: OUTCOMES.index(f.outcome))
    verdict = "reconciles" if worst.outcome == "holds" else worst.outcome
    reason = Fact("statement_check", {"check": statement.check, "arithmetic": worst.arithmetic})
    keys = tuple(key for finding in found for key in (*finding.observations, *finding.references))
    return Decision(statement, verdict, verdict, reason=reason, basis=Basis(keys))


def cells(statement: Statement, figures: Figures) -> Iterator[Cell]:
    """A cell for each combination of the levels of the choices; a choice that is not declared stays at its first level."""
    quantity, declared = QUANTITIES[statement.measure], [c for c in statement.choices if c != "reference"]
    names = [*declared, *(c for c in quantity.choices if c not in declared)]
    groups = [(park,) for park in statement.left] if statement.kind == "reference" else [statement.parks]
    for parks in groups:
        offered = [choice_levels(figures, parks, quantity.parts, name) for name in names]
        varied = [found if name in declared else found[:1] for name, found in zip(names, offered, strict=True)]
        for combination in product(*varied):
            chosen = dict(zip(names, combination, strict=True))
            shown = ({"park": parks[0]} if len(groups) > 1 else {}) | {name: chosen[name] for name in declared}
            if statement.kind == "pair":
                yield pair_cell(figures, statement.measure, parks[0], parks[-1], chosen, shown, statement.right_measure)
                continue
            left, row = quantity.side(figures, parks[0], chosen)
            for right, margin, more in _right_sides(statement, figures, row, chosen):
                yield Cell(shown | more, left, right, margin)


def _right_sides(
    statement: Statement, figures: Figures, row: Row, chosen: Chosen
) -> Iterator[tuple[Side, float, dict[str, str]]]:
    """The right sides with their margins: one, or the references of the nearest spans, a choice of its own (G7)."""
    right = statement.right
    if statement.kind == "reference":
        for found in figures.references(QUANTITIES[statement.measure].series, str(right), row):
            varied = "reference" in statement.choices
            if found.period != Period.of(row) and not varied:
                raise refusal(row, "no_reference", found.scope)
            known = Unknown.known(found.identifier, found.interval, (found.identifier,))
            span = {"reference": f"{found.period.start}/{found.period.end}"} if varied else {}
            margin = growth_margin(Period.of(row), found.period)
            if margin is None:
                other = {"period_start": found.period.start, "period_end": found.period.end}
                raise RefusalError("statement_no_margin", row=row, other=other)
            yield known, margin, span
    elif right == "year_share":
        yield figures.share(row), 0.0, {}
    else:
        number = float(right)
        yield Unknown.known("threshold", Interval(number, number, number)), 0.0, {}


def as_frame(decisions: Iterable[Decision]) -> pl.DataFrame:
    """A row a cell (one a statement without cells): statement, verdict, choices, shares, states; codes alone."""
    rows = []
    for d in decisions:
        head: dict[str, Any] = {"statement": d.statement.id, "verdict": d.verdict, "depends_on": list(d.depends_on)}
        head |= {"support": d.support, "cells": len(d.results), "coarse_support": d.coarse_support}
        head |= {"sensitive": d.sensitive, "reason": d.reason.code if d.reason else "", "way": d.way}
        head |= {"grade": d.basis.grade, "figures": len(d.basis.keys), "read_once": len(d.basis.once)}
        own = [r._asdict() | {"choices": "; ".join(": ".join(one) for one in r.choices.items())} for r in d.results]
        own = [{name: value for name, value in cell.items() if name not in ("left", "right")} for cell in own]
        rows += [head | cell | {"inputs": list(cell["inputs"])} for cell in own] or [head]
    return pl.DataFrame(rows, infer_schema_length=None)
