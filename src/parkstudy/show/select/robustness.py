"""What the exhibits on statements, audit and outside figures select."""

import math
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import polars as pl

from parkstudy.method import audit, growth, land, outside, statements, tax
from parkstudy.method.basis import Basis, basis_of
from parkstudy.method.benchmarks import reference_id
from parkstudy.method.cells import Result
from parkstudy.method.compare import MEASURES as COMPARED
from parkstudy.method.compare import Comparison, as_frame
from parkstudy.method.land import MU_PER_KM2
from parkstudy.method.limits import LIMITS
from parkstudy.method.measures import of_flow
from parkstudy.method.sides import PLAIN
from parkstudy.method.statements import Decision
from parkstudy.method.study import MEASURES, Study
from parkstudy.record.codes import codes
from parkstudy.record.interval import Interval
from parkstudy.record.rows import Row, grouped
from parkstudy.record.schema import COMPLETE
from parkstudy.show.select.orders import reporting as reported
from parkstudy.show.select.shared import FEW, Selected, grades, many, printed, several, size, tally, texts

MOST_PARKS = 6  # whose pairs are told one by one
_MOST_TOLD = 4  # orders that an answer holds; the picture under it holds them all
_FOUND = ("holds", "contradiction", "implausible", "ambiguous")  # the outcomes as they are counted of a text
_OF_RULE = {"G": "growth", "T": "tax", "L": "land"}  # the first letter of a rule to what it is about


def decided(study: Study) -> Selected:
    """Every statement that speaks of parks of the study, as codes, in the order fixed before the results; the decisions are facts."""
    found = _decisions(study)
    facts = {"decisions": [told_of(study, d) for d in found], "statements": len(found), "cells": _cells(found)}
    facts |= {"pairwise": study.pairwise, **_many(study)}
    return Selected(statements.as_frame(found), facts, _behind(found), of_measures=False)


def official(study: Study) -> Selected:
    """The statements on complete texts that were graded and read twice."""
    return _verdicts(study, [d for d in _decisions(study) if d.basis.official], graded=True)


def apart(study: Study) -> Selected:
    """The statements that rest on a text of grade C, or on a page that was read once."""
    return _verdicts(study, [d for d in _decisions(study) if not d.basis.official], graded=False)


def sentences(study: Study) -> Selected:
    """What holds in every way of reading the data, what does not, and what is read off; on how much it rests."""
    selected, all_apart = official(study), [d for d in _decisions(study) if not d.basis.official]
    left_out = {"absent": study.left_out, "declared": len(_decisions(study)) + study.left_out}
    facts = {**selected.facts, "apart": len(all_apart), **left_out}
    return replace(selected, facts=facts)


def _decisions(study: Study) -> list[Decision]:
    """The decisions that a page tells: none where the pairs of so many parks and years would be the statements."""
    return [] if study.pairwise and many(study) else study.decisions


def _many(study: Study) -> Row:
    """How many parks there are, where they (or their texts) are too many for their pairs to be the statements, else 0; and how many
    texts, where these alone are.
    """
    parks, asked = len(study.park_ids()), study.pairwise and many(study)
    return {"many": parks if asked else 0, "many_texts": size(study) if asked and parks <= FEW else 0, "few": FEW}


def _verdicts(study: Study, found: list[Decision], *, graded: bool) -> Selected:
    found = sorted(found, key=lambda d: codes("subject").index(_subject(d)))
    rows = [told_of(study, d) for d in found]
    ways = {way: [row for row in rows if row["way"] == way] for way in codes("way")}
    holding = [row for row in ways["tested"] if row["verdict"] == "holds"]
    basis = basis_of(study, [key for d in found for key in d.basis.keys])
    facts = {
        "decisions": rows, "statements": len(rows), "cells": _cells(found), "graded": graded,
        "tested": len(ways["tested"]), "held": len(holding), "holding": holding,
        "turning": [row for row in ways["tested"] if row not in holding],
        "read_off": len(ways["read_off"]),
        "between": [row for row in ways["read_off"] if row["verdict"] == "holds" and len({*row["statement"].parks}) > 1],
        "undecided": not ways["tested"] + ways["read_off"], "told": [_counted_way(way, ways[way]) for way in ways if ways[way]],
        "by_factor": any(("tax_population", "factor_t3") in way["chosen"] for row in rows for way in row["ways"]),
        "checked": len(ways["checked"]), "refused": len(ways["refused"]), **_counted(study, basis), **_of_pairs(study, rows),
    }  # fmt: skip
    return Selected(statements.as_frame(found), facts, [*basis.keys], of_measures=False)


def _of_pairs(study: Study, rows: list[Row]) -> Row:
    """What is said where every pair is a statement of its own: what came out, in all and on each measure, and what differs."""
    pairs = [row for row in rows if row["comparison"]]
    reporting = [{"measure": measure, "parks": len(reported(study, measure))} for measure in COMPARED]
    several = len(study.park_ids()) > MOST_PARKS
    return {
        "pairwise": study.pairwise, **_many(study), "tallied": _tallied(pairs), "reporting": reporting,
        "measures": _came_out(pairs, "measure"), "summary": _came_out(pairs, "measure", "rung") if several else [],
        "differ": [limit for limit in LIMITS if any(limit in row["limits"] for row in pairs)],
    }  # fmt: skip


def _came_out(pairs: list[Row], *by: str) -> list[Row]:
    """What came out for pairs of parks by measure (and area): of few orders each is told, of more the number."""
    found, few = [], sum(row["verdict"] == "holds" for row in pairs) <= _MOST_TOLD
    for key, own in grouped(pairs, *by).items():
        orders = [row for row in own if row["verdict"] == "holds"]
        told = orders if few else []
        kinds = {(row["rung"], row["comparison"].basis) for row in told}
        found.append({
            **dict(zip(by, key, strict=True)), "subject": own[0]["subject"], "count": len(own), "tallied": _tallied(own), "told": told,
            "alike": kinds.pop() if len(kinds) == 1 else (None, ""), "rest": _tallied([row for row in own if row not in told]),
            "sensitive": sum(row["sensitive"] for row in orders),
        })  # fmt: skip
    return found


def _tallied(rows: Iterable[Row]) -> list[Row]:
    """How many pairs have an order, depend, cannot be told apart, are not compared: codes of the group `tally`."""
    verdicts = ["ordered" if row["verdict"] == "holds" else row["verdict"] for row in rows]
    return [{"verdict": code, "count": verdicts.count(code)} for code in codes("tally") if code in verdicts]


def _counted(study: Study, basis: Basis) -> Row:
    """On how many figures, of how many texts and pages, something rests."""
    reposted = len(_reposted(study, basis))
    return {
        "figures": sum(count for _, count in basis.texts), "texts": len(basis.texts), "references": len(basis.references),
        "page_figures": sum(count for _, count in basis.pages), "pages": len(basis.pages), "once": len(basis.once),
        "inferred": len(basis.inferred), "reposted": reposted, "all_reposted": reposted == len(basis.references),
    }  # fmt: skip


def _reposted(study: Study, basis: Basis) -> list[str]:
    """The references of a basis that were read on a page other than an official one."""
    official = {reference_id(row): row["official"] for row in study.reference.iter_rows(named=True)}
    return [key for key in basis.references if not official.get(key)]


def _counted_way(way: str, rows: list[Row]) -> Row:
    """How many statements were decided in a way, how many of them hold, and what the checks among them found."""
    verdicts = [row["verdict"] for row in rows]
    yes = verdicts.count("holds")
    outcomes = [{"outcome": verdict, "count": verdicts.count(verdict)} for verdict in dict.fromkeys(verdicts)]
    return {"way": way, "count": len(rows), "yes": yes, "all": yes == len(rows), "outcomes": outcomes}


def _subject(d: Decision) -> str:
    """What a statement is about: a code of the group `subject`."""
    if d.statement.kind == "check":
        return "texts"
    if of_flow(d.statement.measure)[0]:
        return "growth"
    of_measure = {**dict.fromkeys(growth.MEASURES, "growth"), **dict.fromkeys(tax.MEASURES, "tax")}
    of_measure |= dict.fromkeys(land.MEASURES, "land")
    return of_measure.get(d.statement.measure) or _OF_RULE.get(d.statement.rule[:1], "together")


def _cells(decisions: Iterable[Decision]) -> int:
    return sum(len(d.results) for d in decisions)


def _behind(decisions: Iterable[Decision]) -> list[str]:
    return [key for decision in decisions for key in decision.basis.keys]


def told_of(study: Study, d: Decision) -> Row:
    """What sentences, drawings and tables say of a decision."""
    margins = d.margins or (0.0,)
    asides = {
        "sensitive": d.sensitive, "tipping": d.verdict == "holds" and d.lowest_ratio is not None, "inferred": bool(d.basis.inferred),
        "once": bool(d.basis.once), "margin": margins[-1] > 0,
    }  # fmt: skip
    levels = [set(result.choices.items()) for result in d.results]
    same = set.intersection(*levels) if len(levels) > 1 else set()
    ways = [_way(study, d, result, same) for result in d.results]
    more = {"id": d.statement.id, "decision": d, "subject": _subject(d), "of": len(d.results), "ways": ways}
    more |= {"states": _states(ways), "way": d.way, "sensitive": d.sensitive, "measure": d.statement.measure}
    more |= {"limits": d.comparison.limits if d.comparison else (), "rung": d.comparison and d.comparison.rung}
    more |= {
        "asides": [name for name, true in asides.items() if true],
        "margin": margins[-1],
        "of_margin": len(margins) == 1,
    }
    return {**vars(d), **more, **_counted(study, d.basis), "grade": d.basis.grade, "official": d.basis.official}


def _states(ways: list[Row]) -> list[Row]:
    """What the ways of reading the data give: each state with its ways counted and the first of them, what is for it first."""
    found = grouped(sorted(ways, key=lambda way: codes("cell").index(way["state"])), "state")
    return [
        {"state": state, "count": len(own), "all": len(found) == 1, "first": own[0]} for (state,), own in found.items()
    ]


def _way(study: Study, d: Decision, result: Result, same: set[tuple[str, str]]) -> Row:
    """A way of reading the data: what tells it from the others, whether the statement holds in it, and its two sides."""
    statement = d.statement
    chosen = [(name, level) for name, level in result.choices.items() if (name, level) not in same]
    chosen = [one for one in chosen if one not in PLAIN]
    park = result.choices.get("park") or statement.left[0]
    right: Row | None = None
    if statement.kind == "pair":
        right = _side(study, str(statement.right), statement.right_measure or statement.measure, result.right, result)
    elif statement.kind == "reference":
        right = _reference(study, statement.measure, result)
    elif d.threshold:
        right = {**_value(statement.measure, d.threshold), "low": d.threshold.low, "high": d.threshold.high}
    left = _side(study, park, statement.measure, result.left, result)
    return {"state": result.state, "coarse": result.coarse_state, "chosen": chosen, "left": left, "right": right}


def _reference(study: Study, measure: str, result: Result) -> Row:
    """The published rate that a side is: the printed figure."""
    rows = {reference_id(row): row for row in study.reference.iter_rows(named=True)}
    key = next(i for i in result.inputs if i in rows)
    return {**_value(measure, result.right), "value": rows[key]["value"], "inputs": [key], "key": key, "printed": True}


def _side(study: Study, park: str, measure: str, interval: Interval, result: Result) -> Row:
    """The row of measures that a side of a cell is; the bare interval where it is none, as with a factor or another base."""
    found = _value(measure, interval)
    for row in _given(study).get((park, measure), []):
        alike = all(math.isclose(row[end], found[end], rel_tol=1e-9) for end in ("low", "high"))
        if alike and {*row["inputs"]} <= {*result.inputs}:
            return {**row, "printed": row["method"] in ("as_printed", "as_reported")}
    return found


@lru_cache(maxsize=1)  # many pairs ask for the few rows of their parks
def _given(study: Study) -> dict[tuple[str, str], list[Row]]:
    """The rows of measures that have a value, by park and measure."""
    return grouped(study.measures.filter(pl.col("low").is_not_null()).to_dicts(), "park_id", "measure")


def _value(measure: str, interval: Interval) -> Row:
    """A side as a row: per mu and in percent, where cells hold areas in km² and a share of a target as a ratio."""
    times = 1 / MU_PER_KM2 if measure in MEASURES and MEASURES[measure].unit == "CNY/mu" else 1.0
    times = 100.0 if measure == "target_attainment" else times
    ends = {"low": interval.low * times, "high": interval.high * times}
    return {**ends, "value": None, "unit": MEASURES[measure].unit, "measure": measure, "key": "", "printed": False}


def cells(study: Study) -> Selected:
    """The decided statements, with every cell of every statement as a fact."""
    found = decided(study)
    rows = [
        {**result._asdict(), "id": d["id"], "way": way}
        for d in found.facts["decisions"]
        for result, way in zip(d["results"], d["ways"], strict=True)
    ]
    return replace(found, facts={**found.facts, "rows": rows})


def pairs(study: Study) -> Selected:
    """The complete parks against each other on every measure, as `compare` decides: those whose official texts print all."""
    graded = grades(study)
    complete = [
        park for park in study.park_ids()
        if graded.get(park) in COMPLETE and all(study.compare.state(park, measure) == "reported" for measure in COMPARED)
    ]  # fmt: skip
    told = complete if len(complete) <= MOST_PARKS else []
    found = [d.comparison for d in _decisions(study) if d.comparison] if study.pairwise else [
        one for place, left in enumerate(told) for right in told[place + 1 :]
        for measure in COMPARED for one in study.compare.latest(measure, left, right)
        if one.basis == "annualised" or "_per_" not in measure
    ]  # fmt: skip
    facts = {
        "complete": complete, "told": bool(told[1:]), "pairs": len(found), "ordered": len([one for one in found if one.ordered]),
        "rows": [compared(study, one) for one in found], "several": len(complete) > 1,
        "differ": [limit for limit in LIMITS if any(limit in one.limits for one in found)], "complete_count": len(complete),
        "pairwise": study.pairwise, **_many(study),
    }  # fmt: skip
    return Selected(as_frame(found), facts, [key for one in found for key in one.inputs], of_measures=False)


def compared(study: Study, one: Comparison) -> Row:
    """A comparison with its two sides, in the first way of reading the data."""
    first = one.results[0] if one.results else None
    sides = {
        name: _side(study, getattr(one, name), one.measure, getattr(first, name), first) if first else None
        for name in ("left", "right")
    }
    return {"one": one, "sides": sides}


def findings(study: Study) -> Selected:
    """What the audit found, the gravest outcome first."""
    frame, parks = audit.as_frame(study.findings), dict(study.sources.select("source_id", "park_id").iter_rows())
    gravest = sorted(study.findings, key=lambda f: (audit.OUTCOMES.index(f.outcome), f.source_id, int(f.check[1:])))
    facts = {
        "relations": frame.height, "between": frame["check"].is_in(audit.BETWEEN).any(),
        "counts": [one for one in tally(frame, "outcome") if one["count"] or one["outcome"] in _FOUND],
        "findings": [{**vars(finding), "park_id": parks[finding.source_id]} for finding in gravest],
        "years": several(study),
    }  # fmt: skip
    return Selected(frame, facts, printed(study), of_measures=False)


def counts(study: Study) -> Selected:
    """Of each text: figures, relations inside it that were tested and found, outside figures."""
    frame, figures, answers = audit.as_frame(study.findings), study.summaries(), _answers(study)
    frame = frame.filter(~pl.col("check").is_in(audit.BETWEEN))
    printing = dict(figures["source_id"].value_counts().iter_rows())
    found = grouped(frame.to_dicts(), "source_id")
    told, rows = grouped(answers, "park_id"), []
    for text in texts(study).iter_rows(named=True):
        own = [row["outcome"] for row in found.get((text["source_id"],), [])]
        outside_ = [row["answer"] for row in told.get((text["park_id"],), [])]
        row = {"park_id": text["park_id"], "grade": text["grade"]}
        row |= {"figures": printing.get(text["source_id"], 0), "relations": len(own)}
        row |= {outcome: own.count(outcome) for outcome in _FOUND}
        rows.append(row | {"outside": len(outside_), "agree": outside_.count("agrees")})
    chosen = len(study.set_aside) > 0
    return Selected(pl.DataFrame(rows, infer_schema_length=None), {"chosen": chosen}, printed(study), of_measures=False)


def outside_figures(study: Study) -> Selected:
    """The outside figures on core parks, each with its answer and with the text's nearest figure as `own`."""
    answers = _answers(study)
    told = [row["answer"] for row in answers]
    facts = {
        "answers": answers,
        "figures": len(told),
        "agree": told.count("agrees"),
        "disagree": told.count("disagrees"),
    }
    return Selected(outside.corroborations(study), facts, [row["observation_id"] for row in answers], of_measures=False)


def _answers(study: Study) -> list[Row]:
    rows = {row["observation_id"]: row for row in study.observations.iter_rows(named=True)}
    return [
        {**rows[a.observation_id], "own": rows.get(a.against or ""), "answer": a.answer, "reason": a.reason}
        for a in outside.answers(study)
    ]


def context(study: Study) -> Selected:
    """Figures of other parks, without shares."""
    frame = outside.context_figures(study).filter(pl.col("transformation") != "share")
    facts = {"figures": frame.height, "parks": frame["park_id"].n_unique()}
    return Selected(frame, facts, frame["observation_id"].to_list(), of_measures=False)
