"""What the exhibits on statements, audit and outside figures select."""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy.method import audit, outside, statements
from parkstudy.method.statements import Decision
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Selected

_FOUND = ("holds", "contradiction", "implausible", "ambiguous")  # the outcomes as they are counted of a text


def _behind(decisions: list[Decision]) -> list[str]:
    return [key for decision in decisions for result in decision.results for key in result.inputs]


def _decided(decision: Decision) -> dict[str, Any]:
    """What sentences and drawings say of a decision."""
    coarse = decision.coarse_support if decision.coarse_support != decision.support else None
    asides = {
        "sensitive": decision.sensitive,
        "corner": decision.lowest_ratio is not None,
        "inferred": decision.inferred,
    }
    return {
        "id": decision.statement.id,
        "statement": decision.statement,
        "verdict": decision.verdict,
        "depends_on": decision.depends_on,
        "reason": decision.reason,
        "support": decision.support,
        "of": len(decision.results),
        "coarse": coarse,
        "corner": decision.lowest_ratio,
        "asides": [name for name, said in asides.items() if said],
    }


def sentences(study: Study) -> Selected:
    """What holds in every cell, what does not and why; grade C apart."""
    official = [d for d in study.decisions if not d.grade_c]
    holding = [d for d in official if d.verdict == "holds"]
    facts = {
        "holding": [_decided(d) for d in holding],
        "not_holding": [_decided(d) for d in official if d.verdict != "holds"],
        "apart": [_decided(d) for d in study.decisions if d.grade_c],
        "held": len(holding),
        "official": len(official),
        "figures": len({key for key in _behind(official) if not key.startswith("ref:")}),
        "texts": study.sources.filter(kind="work_summary").height,
    }
    return Selected(statements.as_frame(study.decisions), facts, measures=False)


def decided(study: Study) -> Selected:
    """Every statement and every cell, as codes; the decisions themselves are facts."""
    official = [d for d in study.decisions if not d.grade_c]
    facts = {
        "decisions": [_decided(d) for d in study.decisions],
        "statements": len(study.decisions),
        "cells": sum(len(d.results) for d in study.decisions),
        "held": sum(d.verdict == "holds" for d in official),
        "official": len(official),
    }
    return Selected(statements.as_frame(study.decisions), facts, _behind(study.decisions), measures=False)


def findings(study: Study) -> Selected:
    """What the audit found, the gravest outcome first."""
    frame = audit.as_frame(study.findings)
    facts = {
        "relations": frame.height,
        "counts": [{"outcome": o, "count": frame.filter(outcome=o).height} for o in audit.OUTCOMES],
    }
    return Selected(frame, facts, study.summaries()["observation_id"].to_list(), measures=False)


def counts(study: Study) -> Selected:
    """Of each text: figures, relations tested and found, outside figures."""
    frame = audit.as_frame(study.findings)
    parks = dict(study.observations.select("observation_id", "park_id").iter_rows())
    beside = [(parks[a.observation_id], a.answer) for a in outside.answers(study)]
    rows = []
    for source in study.sources.filter(kind="work_summary").iter_rows(named=True):
        own = frame.filter(source_id=source["source_id"])
        told = [answer for park, answer in beside if park == source["park_id"]]
        rows.append(
            {
                "park_id": source["park_id"],
                "grade": source["grade"],
                "figures": study.summaries().filter(source_id=source["source_id"]).height,
                "relations": own.height,
                **{outcome: own.filter(outcome=outcome).height for outcome in _FOUND},
                "outside": len(told),
                "agree": told.count("agrees"),
            }
        )
    keys = study.summaries()["observation_id"].to_list()
    return Selected(pl.DataFrame(rows, infer_schema_length=None), {}, keys, measures=False)


def outside_figures(study: Study) -> Selected:
    """The outside figures on core parks, each with its answer."""
    answers = outside.answers(study)
    told = [answer.answer for answer in answers]
    facts = {
        "answers": answers,
        "figures": len(told),
        "agree": told.count("agrees"),
        "disagree": told.count("disagrees"),
    }
    return Selected(outside.corroborations(study), facts, [a.observation_id for a in answers], measures=False)


def context(study: Study) -> Selected:
    """Figures of other parks, without shares."""
    frame = outside.context_figures(study).filter(pl.col("transformation") != "share")
    facts = {"figures": frame.height, "parks": frame["park_id"].n_unique()}
    return Selected(frame, facts, frame["observation_id"].to_list(), measures=False)
