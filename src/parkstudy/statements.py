"""The pre-registered statements: what each one compares, in which cells, and what follows.

Each statement was fixed before its result (method, section 13). A new one is a declaration: an id, a sentence, and a
function that yields its cells from the study. `decide` applies the decision rule (R2 to R8) to all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from parkstudy import consistency, land
from parkstudy.benchmarks import REVENUE_GROWTH, VALUE_ADDED_GROWTH, price_change, references
from parkstudy.cells import Array, Cell, Draw, Result, Side, UnboundedError, Unknown, decide_cell
from parkstudy.dataset import Study
from parkstudy.intervals import Interval
from parkstudy.periods import Period

Row = dict[str, Any]

VERDICTS = (
    "holds",
    "reversed",
    "depends",
    "not distinguishable",
    "not comparable",
    "reconciles",
    *consistency.OUTCOMES[:3],
)
UNSTATED_TAX_FACTOR = Interval(0.57, 0.61)  # method, T3: industry tax over the tax of all sectors in national zones
HUNDRED = 100.0


_PARKS = ("hengnan", "hengshan", "shuangpai", "anon-2023", "anon-2020")


class MissingError(LookupError):
    """A figure that a statement needs and the record does not hold; the message says which."""


@dataclass(frozen=True)
class Statement:
    """A declaration: the cells it yields, or the check that decides it, or the rule that refuses it."""

    id: str
    sentence: str
    cells: Callable[[_Record], Iterator[Cell]] | None = None
    check: tuple[str, str] | None = None
    refusal: str = ""
    grade_c: bool = False
    tipping: bool = False


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
    reason: str
    ratio: float | None
    lowest_ratio: float | None

    @property
    def sensitive(self) -> bool:
        """True where whole units for coarse figures give another verdict (method, R6)."""
        return self.verdict != self.coarse_verdict


class _Record:
    """The figures that the declarations ask for, by park and indicator."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.rows = study.summaries().filter(subject="park").to_dicts()

    def row(self, park: str, indicator: str, transformation: str = "level", value_type: str = "outturn") -> Row:
        wanted = {"park_id": park, "indicator": indicator, "transformation": transformation, "value_type": value_type}
        found = [r for r in self.rows if all(r[k] == v for k, v in wanted.items()) and r["low"] is not None]
        if park not in set(self.study.parks["park_id"]):
            raise MissingError(f"{park}: not in this study")
        if not found:
            raise MissingError(f"{park} prints no {value_type} {transformation} of {indicator.replace('_', ' ')}")
        return found[0]

    def figure(self, *where: str) -> Unknown:
        return Unknown.printed(self.row(*where))

    def period(self, *where: str) -> Period:
        row = self.row(*where)
        return Period(row["period_start"], row["period_end"])

    def share(self, kind: str, *where: str, neutral: bool = False) -> Unknown:
        """The share of the year of a figure's months, drawn for each park on its own (method, section 5)."""
        found = self.period(*where).year_share(kind)
        if found is None:
            raise MissingError(f"the method gives no share of the year for {kind} of {where[0]}")
        return replace(Unknown.known(f"share of the year, {kind} of {where[0]}", found), neutral=neutral)

    def price(self, period: Period) -> Unknown:
        found = price_change(self.study, period)
        if found is None:
            raise MissingError(f"no producer price index for {period.label()} or around it")
        return Unknown.known(f"producer prices, {period.label()}", found.interval, found.inputs)

    def reference(self, series: tuple[str, ...], scope: str, period: Period) -> list[tuple[Unknown, bool]]:
        """The reference rates of a span, and whether the span is the same: the same months, else the nearest around (G7)."""
        found = references(self.study, series, scope, period)
        if not found:
            raise MissingError(f"no reference of {', '.join(series)} for {scope}, {period.label()}")
        return [(Unknown.known(b.identifier, b.interval, (b.identifier,)), b.period == period) for b in found]


def _of(unknown: Unknown) -> Side:
    return lambda draw: draw(unknown)


def _real(rate: Side, price: Unknown) -> Side:
    """A growth rate in percent, deflated (method, G8)."""
    return lambda draw: HUNDRED * ((1 + rate(draw) / HUNDRED) / (1 + draw(price) / HUNDRED) - 1)


OUTPUT, TAX, ADDED = "gross_industrial_output", "tax_revenue", "industrial_value_added"
SPANS = {"months as printed": "outturn", "own full-year forecast": "forecast"}


def _above_the_nation(record: _Record) -> Iterator[Cell]:
    for park, spans in (
        ("hengnan", ["months as printed"]),
        ("shuangpai", ["months as printed"]),
        ("anon-2023", list(SPANS)),
        ("anon-2020", ["months as printed"]),
    ):
        for span in spans:
            where = (park, OUTPUT, "yoy", SPANS[span])
            for reference, same in record.reference(REVENUE_GROWTH, "national", record.period(*where)):
                choices = {"park": park, "span": span, "reference": reference.name.split("/", 2)[2]}
                yield Cell(choices, _of(record.figure(*where)), _of(reference), 0.0 if same else 1.5)


def _shuangpai_above_anon_2023(record: _Record) -> Iterator[Cell]:
    left = record.figure("shuangpai", OUTPUT, "yoy")
    for span, kind in SPANS.items():
        right = record.figure("anon-2023", OUTPUT, "yoy", kind)
        yield Cell({"span": span}, _of(left), _of(right), 0.0 if kind == "outturn" else 5.0)


def _target_base_growth(record: _Record, park: str) -> Side:
    """Growth on the base that the target implies, percent (method, G6): status CHECK, used in statement 3 alone."""
    level, share = record.figure(park, OUTPUT), record.share("output", park, OUTPUT)
    target, aim = record.figure(park, OUTPUT, "level", "target"), record.figure(park, OUTPUT, "yoy", "target")
    return lambda draw: HUNDRED * (draw(level) / draw(share) / (draw(target) / (1 + draw(aim) / HUNDRED)) - 1)


def _shuangpai_above_anon_2023_every_way(record: _Record) -> Iterator[Cell]:
    full_year = Period(
        record.row("shuangpai", OUTPUT, "level", "target")["period_start"],
        record.row("shuangpai", OUTPUT, "level", "target")["period_end"],
    )
    bases = {
        "printed rate": (_of(record.figure("shuangpai", OUTPUT, "yoy")), record.period("shuangpai", OUTPUT, "yoy")),
        "target base": (_target_base_growth(record, "shuangpai"), full_year),
    }
    for base, (left, period) in bases.items():
        for price in ("nominal", "real"):
            for span, kind in SPANS.items():
                where = ("anon-2023", OUTPUT, "yoy", kind)
                right = _of(record.figure(*where))
                sides = (left, right)
                if price == "real":
                    sides = (_real(left, record.price(period)), _real(right, record.price(record.period(*where))))
                margin = 0.0 if (base, kind) == ("printed rate", "outturn") else 5.0
                yield Cell({"growth base": base, "price": price, "span": span}, *sides, margin)


def _above_hengnan(park: str, spans: dict[str, str], margin: float) -> Callable[[_Record], Iterator[Cell]]:
    def cells(record: _Record) -> Iterator[Cell]:
        for price in ("nominal", "real"):
            for span, kind in spans.items():
                sides = []
                for where in ((park, OUTPUT, "yoy", kind), ("hengnan", OUTPUT, "yoy", "outturn")):
                    rate = _of(record.figure(*where))
                    sides.append(_real(rate, record.price(record.period(*where))) if price == "real" else rate)
                choices = {"price": price} | ({"span": span} if len(spans) > 1 else {})
                yield Cell(choices, sides[0], sides[1], margin)

    return cells


def _above_prefecture(record: _Record) -> Iterator[Cell]:
    where = ("shuangpai", ADDED, "yoy")
    ((reference, _),) = record.reference(VALUE_ADDED_GROWTH, "Yongzhou", record.period(*where))[:1]
    yield Cell({}, _of(record.figure(*where)), _of(reference))


def _tax_slower_than_output(record: _Record) -> Iterator[Cell]:
    yield Cell({}, _of(record.figure("shuangpai", OUTPUT, "yoy")), _of(record.figure("shuangpai", TAX, "yoy")))


def _ratio(record: _Record, park: str, year: str, factor: Unknown | None = None) -> Side:
    """Tax over output, percent: `raw`, `scaled` to a year by the two shares, or of the `own forecast`."""
    kind = "forecast" if year == "own forecast" else "outturn"
    top, whole = record.figure(park, TAX, "level", kind), record.figure(park, OUTPUT, "level", kind)
    shares = (
        (record.share("output", park, OUTPUT, neutral=True), record.share("tax", park, TAX, neutral=True))
        if year == "scaled"
        else None
    )

    def side(draw: Draw) -> Array:
        value = HUNDRED * draw(top) / draw(whole)
        value = value * draw(shares[0]) / draw(shares[1]) if shares else value
        return value * draw(factor) if factor else value

    return side


FACTORS: dict[str, Unknown | None] = {"factor 1": None, "factor 0.57-0.61": Unknown.known("T3", UNSTATED_TAX_FACTOR)}


def _hengnan_over_shuangpai(record: _Record) -> Iterator[Cell]:
    yield Cell({"year fraction": "scaled"}, _ratio(record, "hengnan", "scaled"), _ratio(record, "shuangpai", "scaled"))


def _hengnan_over_anon_2023(record: _Record) -> Iterator[Cell]:
    for year in ("scaled", "own forecast"):
        for name, factor in FACTORS.items():
            right = _ratio(record, "anon-2023", year, factor)
            yield Cell({"year fraction": year, "tax population": name}, _ratio(record, "hengnan", "raw"), right)


def _anon_2023_over_shuangpai(record: _Record) -> Iterator[Cell]:
    for year, other in (("raw", "raw"), ("scaled", "scaled"), ("own forecast", "scaled")):
        for name, factor in FACTORS.items():
            left = _ratio(record, "anon-2023", year, factor)
            yield Cell({"year fraction": year, "tax population": name}, left, _ratio(record, "shuangpai", other))


def _below_hengdong(record: _Record) -> Iterator[Cell]:
    peers = record.study.observations.filter(
        park_id="hengdong", transformation="level", value_type="outturn"
    ).to_dicts()
    found = {row["indicator"]: Unknown.printed(row) for row in peers}
    if not {TAX, "tech_industry_trade_revenue"} <= set(found):
        raise MissingError("hengdong prints no tax or no revenue from technology, industry and trade")
    tax, revenue = record.figure("hengshan", TAX), record.figure("hengshan", "tech_industry_trade_revenue")
    out, paid = record.share("output", "hengshan", TAX), record.share("tax", "hengshan", TAX)
    peer_tax, peer_revenue = found[TAX], found["tech_industry_trade_revenue"]
    yield Cell(
        {"year fraction": "scaled, borrowed share"},
        lambda draw: HUNDRED * draw(peer_tax) / draw(peer_revenue),
        lambda draw: HUNDRED * draw(tax) / draw(revenue) * draw(out) / draw(paid),
    )


def _per_area(record: _Record, park: str, indicator: str, kind: str, rung: str) -> Side:
    area = land.areas(record.study, park).get(rung)
    if area is None:
        raise MissingError(f"{park} prints no area on the rung {rung}")
    top, size = record.figure(park, indicator), Unknown.printed(area)
    share = record.share(kind, park, indicator)
    return lambda draw: draw(top) / draw(share) / draw(size)


def _on_matched_rungs(higher: str, lower: str, indicator: str, kind: str) -> Callable[[_Record], Iterator[Cell]]:
    def cells(record: _Record) -> Iterator[Cell]:
        found = [land.areas(record.study, park) for park in (higher, lower)]
        rungs = [r for r in ("perimeter", "expanded", "control_plan", "total") if all(r in areas for areas in found)]
        if not rungs:
            raise MissingError(f"{higher} and {lower} stand on no common rung (L2, L4)")
        for rung in rungs:
            sides = [_per_area(record, park, indicator, kind, rung) for park in (higher, lower)]
            yield Cell({"land rung": rung}, sides[0], sides[1])

    return cells


def _quarter_of_the_tax(record: _Record) -> Iterator[Cell]:
    firms = record.study.summaries().filter(
        pl.col("park_id") == "hengnan",
        pl.col("subject").str.starts_with("firm:"),
        pl.col("indicator") == TAX,
        pl.col("transformation") == "level",
    )
    if not firms.height:
        raise MissingError("hengnan names no taxpayers with their tax")
    part = firms.row(0, named=True)
    whole, count = record.figure("hengnan", TAX), len(part["subject"].split("+"))
    if part["value"] is None:
        raise MissingError("hengnan prints a range for its named taxpayers, which has no bound to take")
    at_bound = Unknown.known(
        part["observation_id"], Interval(part["value"], part["value"], part["value"]), (part["observation_id"],)
    )
    for reading, times in (("together", 1), ("each", count)):
        yield Cell({"reading": reading}, _shared(at_bound, whole, times), lambda draw: np.asarray(24.0))


def _shared(part: Unknown, whole: Unknown, times: int) -> Side:
    return lambda draw: HUNDRED * times * draw(part) / draw(whole)


def _on_track(record: _Record) -> Iterator[Cell]:
    level, share = record.figure("shuangpai", OUTPUT), record.share("output", "shuangpai", OUTPUT)
    target = record.row("shuangpai", OUTPUT, "level", "target")
    if target["value"] is None:
        raise MissingError("shuangpai prints a range as its target, which is no exact number")
    exact = Unknown.known(
        target["observation_id"],
        Interval(target["value"], target["value"], target["value"]),
        (target["observation_id"],),
    )
    yield Cell({}, lambda draw: draw(level) / draw(exact), _of(share))


STATEMENTS: tuple[Statement, ...] = (
    Statement(
        "1",
        "Each of the four reported output growth rates exceeds national revenue growth of the same span",
        _above_the_nation,
        grade_c=True,
    ),
    Statement("2", "Shuangpai's reported output growth exceeds anon-2023's", _shuangpai_above_anon_2023, grade_c=True),
    Statement(
        "3", "The same in real terms and on the target's base", _shuangpai_above_anon_2023_every_way, grade_c=True
    ),
    Statement(
        "4", "anon-2023's output growth exceeds Hengnan's", _above_hengnan("anon-2023", SPANS, 5.0), grade_c=True
    ),
    Statement(
        "5",
        "anon-2020's output growth exceeds Hengnan's",
        _above_hengnan("anon-2020", {"months as printed": "outturn"}, 6.0),
        grade_c=True,
    ),
    Statement("6", "Shuangpai's output and value-added growth describe one stable sample", check=("A7", "shuangpai")),
    Statement("7", "Shuangpai's value-added growth exceeds its prefecture's, same months", _above_prefecture),
    Statement("8", "Shuangpai's tax grew more slowly than its output, as reported", _tax_slower_than_output),
    Statement("9", "Hengnan has more tax per reported output than Shuangpai", _hengnan_over_shuangpai, tipping=True),
    Statement(
        "10",
        "Hengnan has more tax per reported output than anon-2023",
        _hengnan_over_anon_2023,
        grade_c=True,
        tipping=True,
    ),
    Statement(
        "11",
        "anon-2023 has more tax per reported output than Shuangpai",
        _anon_2023_over_shuangpai,
        grade_c=True,
        tipping=True,
    ),
    Statement(
        "12",
        "Hengshan can be ordered with the others on tax per reported output",
        refusal="T6: its text reports revenue from technology, industry and trade, which is not output",
    ),
    Statement(
        "13", "Hengshan has less tax per technology, industry and trade revenue than Hengdong in 2022", _below_hengdong
    ),
    Statement(
        "14", "Hengnan has more tax per area than Shuangpai", _on_matched_rungs("hengnan", "shuangpai", TAX, "tax")
    ),
    Statement(
        "15",
        "Shuangpai has more output per area than Hengnan",
        _on_matched_rungs("shuangpai", "hengnan", OUTPUT, "output"),
        tipping=True,
    ),
    Statement(
        "16",
        "Hengnan has more tax per area than anon-2023",
        _on_matched_rungs("hengnan", "anon-2023", TAX, "tax"),
        grade_c=True,
    ),
    Statement("17", "Two firms pay a quarter or more of Hengnan's industrial tax", _quarter_of_the_tax),
    Statement(
        "18", "anon-2023's full-year forecast is on its eleven-month sample", check=("A6", "anon-2023"), grade_c=True
    ),
    Statement(
        "19", "anon-2023's share of leading industries agrees with its sectors", check=("A2", "anon-2023"), grade_c=True
    ),
    Statement("20", "Shuangpai was on track for its output target at month 11", _on_track),
    Statement(
        "21",
        "The complete parks have one order over growth, tax and land",
        refusal="R1: no composite over dimensions is admitted; with two complete parks an index would measure its own normalisation",
    ),
)


def decide(study: Study, statements: tuple[Statement, ...] = STATEMENTS) -> list[Decision]:
    """Every statement decided, in the order fixed before the results (method, sections 11 and 13)."""
    findings = consistency.audit(study)
    return [_decide(statement, _Record(study), study, findings) for statement in statements]


def _decide(statement: Statement, record: _Record, study: Study, findings: list[consistency.Finding]) -> Decision:
    absent = [park for park in _PARKS if park in statement.sentence.lower() and park not in set(study.parks["park_id"])]
    if absent:
        return _refused(statement, f"{' and '.join(absent)}: not in this study")
    if statement.check:
        return _by_check(statement, study, findings)
    if statement.cells is None:
        return _refused(statement, statement.refusal)
    try:
        results = tuple(decide_cell(cell) for cell in statement.cells(record))
    except (MissingError, UnboundedError) as refusal:
        return _refused(statement, str(refusal))
    if not results:
        return _refused(statement, "no cell is admissible")
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
        reason="",
        ratio=min(ratios) if statement.tipping else None,
        lowest_ratio=min(r.lowest_ratio for r in results) if statement.tipping else None,
    )


def _refused(statement: Statement, reason: str) -> Decision:
    return Decision(statement, "not comparable", (), (), 0, 0, "not comparable", reason, None, None)


def _by_check(statement: Statement, study: Study, findings: list[consistency.Finding]) -> Decision:
    """A statement that is a check: it reconciles, or it has the worst outcome of the check (method, R5)."""
    name, park = statement.check or ("", "")
    sources = study.sources.filter(park_id=park)["source_id"].to_list()
    found = [f for f in findings if f.check == name and f.source_id in sources]
    if not found:
        return _refused(statement, f"{park}: the text does not print what check {name} needs")
    worst = min(found, key=lambda f: consistency.OUTCOMES.index(f.outcome))
    verdict = "reconciles" if worst.outcome == "holds" else worst.outcome
    return Decision(statement, verdict, (), (), 0, 0, verdict, f"{name}: {worst.arithmetic}", None, None)


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


def as_frame(decisions: list[Decision]) -> pl.DataFrame:
    """One row a cell (one a statement without cells): statement, verdict, choices, shares, states, tipping points."""
    rows = []
    for d in decisions:
        head = {
            "statement": d.statement.id,
            "sentence": d.statement.sentence,
            "verdict": d.verdict,
            "depends_on": list(d.depends_on),
            "support": d.support,
            "cells": len(d.results),
            "coarse_support": d.coarse_support,
            "sensitive": d.sensitive,
            "reason": d.reason,
            "grade_c": d.statement.grade_c,
        }
        rows += [head | _cell_row(r) for r in d.results] or [head]
    return pl.DataFrame(rows, infer_schema_length=None)


def _cell_row(result: Result) -> Row:
    return {
        "choices": "; ".join(f"{k}: {v}" for k, v in result.choices.items()),
        "margin": result.margin,
        "above": result.above,
        "below": result.below,
        "state": result.state,
        "coarse_state": result.coarse_state,
        "ratio": result.ratio,
        "lowest_ratio": result.lowest_ratio,
        "inputs": list(result.inputs),
    }
