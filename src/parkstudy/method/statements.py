"""The statements fixed before their results: read from `statements.toml`, and decided (method, sections 11 and 13).

A statement names a measure, its sides and the choices that make its cells; its margin is that of rule G3.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl

from parkstudy.errors import ParkstudyError
from parkstudy.method.audit import CHECKS, OUTCOMES, Finding, audit
from parkstudy.method.basis import Basis, basis_of
from parkstudy.method.cells import Cell, RefusalError, Result, Side, Unknown, decide_cell, verdict_of
from parkstudy.method.compare import Comparison
from parkstudy.method.fact import Fact
from parkstudy.method.sides import OUTPUT, QUANTITIES, Chosen, Figures, levels, pair_cell, refusal
from parkstudy.record.folder import STATEMENTS
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period, growth_margin
from parkstudy.record.reading import Fault
from parkstudy.record.rows import Row
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.tables import Tables

_SIDES, _SENTENCE = {"id", "kind", "measure", "left", "right"}, {"sentence_en", "sentence_zh"}
_KEYS = {  # kind to the keys that it must have, and those that it may have
    "pair": (_SIDES, {"right_measure", "choices", *_SENTENCE}),
    "reference": (_SIDES, {"choices", *_SENTENCE}),
    "threshold": (_SIDES, {"choices", *_SENTENCE}),
    "check": ({"id", "kind", "check", "left", *_SENTENCE}, {"indicator"}),
    "refused": ({"id", "kind", "rule", "reason_en", "reason_zh", *_SENTENCE}, {"left"}),
}
_LONE = ("taxpayer_concentration", "target_attainment")  # measures that are set against a threshold alone


class StatementsError(ParkstudyError, ValueError):
    """A statement that is not declared as it must be: the message says where, what is wrong and what was expected."""

    status = 1


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A declaration. `left` are parks; `right` is a park, a scope (`nearest`: of the left park), a number or `year_share`.

    Without a sentence of its own it has the one of its kind and measure. In one of its own `{park}` is the name of a park, `{left}`
    those of the left parks, `{right}` what is on the right: it names each park, and prints the number, that is tested.
    """

    id: str
    kind: str
    measure: str = ""
    left: tuple[str, ...] = ()
    right: str | float = ""
    right_measure: str = ""
    choices: tuple[str, ...] = ()
    check: str = ""
    indicator: str = ""
    rule: str = ""
    sentence_en: str = ""
    sentence_zh: str = ""
    reason_en: str = ""
    reason_zh: str = ""

    @property
    def parks(self) -> tuple[str, ...]:
        """The parks it speaks of."""
        return (*self.left, str(self.right)) if self.kind == "pair" else self.left

    @property
    def tipping(self) -> bool:
        """True for an order of ratios that rest on reported output (method, R7)."""
        return self.kind == "pair" and "_per_" in self.measure and OUTPUT in QUANTITIES[self.measure].parts


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


def read(path: Path | None = None, parks: Collection[str] = ()) -> tuple[Statement, ...]:
    """The statements of a file (of the shipped one), about `parks` alone where some are given. Raises `StatementsError`."""
    path = path or shipped_folder() / STATEMENTS
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise StatementsError(f"{path.name}: {fault}; expected TOML in UTF-8") from fault
    _known(path.name, "table", tables, {"statement"})
    found: dict[str, Statement] = {}
    for place, table in enumerate(tables.get("statement", []), 1):
        where = f"{path.name}, statement {table.get('id', f'in place {place}')}"
        one = _declared(where, table, parks)
        if one.id in found:
            raise StatementsError(f"{where}: this id stands above already; expected another one")
        found[one.id] = one
    return tuple(found.values())


def _known(where: str, what: str, given: Iterable[Any], known: Iterable[str]) -> None:
    for one in given:
        if one not in known:
            raise StatementsError(f"{where}: unknown {what} {one!r}; expected {', '.join(sorted(known)) or 'none'}")


def _declared(where: str, table: dict[str, Any], parks: Collection[str]) -> Statement:
    _known(where, "kind", [table.get("kind")], _KEYS)
    kind = table["kind"]
    needed, more = _KEYS[kind]
    _known(where, "key", table, needed | more)
    if missing := sorted(needed - table.keys()):
        raise StatementsError(f"{where}: no {missing[0]}; expected one in a statement of the kind {kind}")
    values = dict(table)
    for key, value in table.items():
        texts = value if isinstance(value, list) and key in ("left", "choices") else [value]
        number = kind == "threshold" and key == "right" and isinstance(value, int | float)
        several = kind != "reference" and key == "left" and len(texts) > 1
        if several or not texts or not (number or all(isinstance(text, str) and text for text in texts)):
            raise StatementsError(f"{where}: {key} is {value!r}; expected {'one park' if several else 'a text'}")
        values[key] = tuple(texts) if key in ("left", "choices") else value
    found = Statement(**values)
    if found.measure:
        _known_measure(where, found)
    _known(where, "check", filter(None, [found.check]), CHECKS)
    _known(where, "park", found.parks if parks else [], parks)
    for key in sorted(_SENTENCE & table.keys()):
        _says_what_is_tested(f"{where}, {key}", found, table[key])
    return found


def _says_what_is_tested(where: str, found: Statement, sentence: str) -> None:
    """A fault of a sentence that names other parks than are tested, or does not print the number that is."""
    named, whole = (
        set(re.findall(r"\{([^{}]*)\}", sentence)),
        {"left", "right"} & ({"left", "right"} if found.right != "" else {"left"}),
    )
    _known(where, "name in brackets", sorted(named), {*found.parks, *whole})
    sides = {*named, *(found.left if "left" in named else ()), *([found.right] if "right" in named else [])}
    for park in found.parks:
        if park not in sides:
            raise StatementsError(
                f"{where}: does not name {{{park}}}, which is tested; expected each park of the statement"
            )
    if found.kind == "threshold" and "right" not in named:
        raise StatementsError(
            f"{where}: does not print the threshold that is tested; expected {{right}} in the sentence"
        )


def _known_measure(where: str, found: Statement) -> None:
    """Faults of a measure that its kind of statement does not take, of its choices and of its threshold."""
    fitting = [name for name in QUANTITIES if found.kind != "pair" or name not in _LONE]
    fitting = [name for name in fitting if found.kind != "reference" or QUANTITIES[name].series]
    _known(where, "measure", [found.measure], fitting)
    varied = set(QUANTITIES[found.measure].choices)
    if found.right_measure:
        _known(where, "right_measure", [found.right_measure], [name for name in fitting if name.endswith("_growth")])
        varied &= {*QUANTITIES[found.right_measure].choices}
    _known(where, "choice", found.choices, varied | ({"reference"} if found.kind == "reference" else set()))
    if "land_rung" in varied and "land_rung" not in found.choices:
        raise StatementsError(f"{where}: no choice land_rung; expected it, for every rung of both parks is a cell (L4)")
    if found.kind == "threshold" and isinstance(found.right, str):
        _known(where, "right side", [found.right], ["year_share"])


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
    try:
        read(path, study.all_parks)
    except StatementsError as fault:
        where, _, said = str(fault).partition(": ")
        what, _, advice = said.rpartition("; ")
        return [Fault(path.name, 0, where.removeprefix(path.name).strip(", "), what, advice)]
    return []


def _decided(statement: Statement, figures: Figures, study: Tables, findings: Sequence[Finding]) -> Decision:
    _known(f"statement {statement.id}", "park", statement.parks, study.parks["park_id"])
    if statement.kind == "refused":
        reason = {"en": statement.reason_en, "zh": statement.reason_zh}
        raise RefusalError("statement_refused", rule=statement.rule, reason=reason)
    if statement.kind == "check":
        return _by_check(statement, study, findings)
    tested = list(cells(statement, figures))
    results = tuple(map(decide_cell, tested))
    plain, coarse = ([(r.choices, getattr(r, name)) for r in results] for name in ("state", "coarse_state"))
    (verdict, depends_on), (coarse_verdict, _) = verdict_of(plain), verdict_of(coarse)
    support, coarse_support = ([state for _, state in states].count("for") for states in (plain, coarse))
    tipping = results if statement.tipping else ()
    ratio, lowest = (min((getattr(r, name) for r in tipping), default=None) for name in ("ratio", "lowest_ratio"))
    found = Decision(statement, verdict, coarse_verdict, depends_on, results, support, coarse_support, ratio, lowest)
    return replace(found, threshold=_threshold(statement, tested[0].right)) if statement.kind == "threshold" else found


def _threshold(statement: Statement, right: Side) -> Interval:
    """What the left side is held against: a number as it is declared, the share of the year in percent."""
    assert isinstance(right, Unknown)
    return right.interval.times(100) if statement.right == "year_share" else right.interval


def _by_check(statement: Statement, study: Tables, findings: Sequence[Finding]) -> Decision:
    """A statement that is a check: it reconciles, or it has the worst outcome of the check (method, R5)."""
    sources = study.sources.filter(pl.col("park_id").is_in(statement.left))["source_id"].to_list()
    of_indicator = {*study.observations.filter(indicator=statement.indicator)["observation_id"]}
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
        offered = [levels(figures, parks, quantity.parts, name) for name in names]
        varied = [found if name in declared else found[:1] for name, found in zip(names, offered, strict=True)]
        for combination in product(*varied):
            chosen = dict(zip(names, combination, strict=True))
            shown = ({"park": parks[0]} if len(groups) > 1 else {}) | {name: chosen[name] for name in declared}
            if statement.kind == "pair":
                yield pair_cell(figures, statement.measure, parks[0], parks[-1], chosen, shown, statement.right_measure)
                continue
            left, row = quantity.side(figures, parks[0], chosen)
            for right, margin, more in _right_sides(statement, figures, row, chosen):
                if margin is None:
                    raise RefusalError("statement_no_margin", row=row)
                yield Cell(shown | more, left, right, margin)


def _right_sides(
    statement: Statement, figures: Figures, row: Row, chosen: Chosen
) -> Iterator[tuple[Side, float | None, dict[str, str]]]:
    """The right sides with their margins: one, or the references of the nearest spans, a choice of its own (G7)."""
    right = statement.right
    if statement.kind == "reference":
        for found in figures.references(QUANTITIES[statement.measure].series, str(right), row):
            varied = "reference" in statement.choices
            if found.period != Period.of(row) and not varied:
                raise refusal(row, "no_reference", found.scope)
            known = Unknown.known(found.identifier, found.interval, (found.identifier,))
            span = {"reference": f"{found.period.start}/{found.period.end}"} if varied else {}
            yield known, growth_margin(Period.of(row), found.period), span
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
        own = [vars(r) | {"choices": "; ".join(": ".join(one) for one in r.choices.items())} for r in d.results]
        own = [{name: value for name, value in cell.items() if name not in ("left", "right")} for cell in own]
        rows += [head | cell | {"inputs": list(cell["inputs"])} for cell in own] or [head]
    return pl.DataFrame(rows, infer_schema_length=None)
