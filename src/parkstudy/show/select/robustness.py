"""What the exhibits on statements, audit and outside figures select."""

from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from parkstudy.method import audit, outside, statements
from parkstudy.method.statements import Decision
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Selected
from parkstudy.show.select.shared import Row, printed, tally, texts

_FOUND = ("holds", "contradiction", "implausible", "ambiguous")  # the outcomes as they are counted of a text


def _behind(decisions: Iterable[Decision]) -> list[str]:
    return [key for decision in decisions for result in decision.results for key in result.inputs]


def _decided(d: Decision) -> Row:
    """What sentences, drawings and tables say of a decision."""
    coarse = None if d.coarse_support == d.support else d.coarse_support
    said = {"sensitive": d.sensitive, "corner": d.lowest_ratio is not None, "inferred": d.inferred}
    more = {"id": d.statement.id, "of": len(d.results), "coarse": coarse, "corner": d.lowest_ratio}
    return {**vars(d), **more, "sensitive": d.sensitive, "asides": [name for name, true in said.items() if true]}


def sentences(study: Study) -> Selected:
    """What holds in every cell, what does not and why; grade C apart."""
    official = [d for d in study.decisions if not d.grade_c]
    holding = [_decided(d) for d in official if d.verdict == "holds"]
    facts = {
        "holding": holding, "held": len(holding), "official": len(official),
        "not_holding": [_decided(d) for d in official if d.verdict != "holds"],
        "apart": [_decided(d) for d in study.decisions if d.grade_c],
        "figures": len({key for key in _behind(official) if not key.startswith("ref:")}), "texts": texts(study).height,
    }  # fmt: skip
    return Selected(statements.as_frame(study.decisions), facts, measures=False)


def decided(study: Study) -> Selected:
    """Every statement and every cell, as codes; the decisions themselves are facts, in the order fixed before the results."""
    official = [d.verdict for d in study.decisions if not d.grade_c]
    facts = {
        "decisions": [_decided(d) for d in study.decisions], "statements": len(study.decisions),
        "cells": sum(len(d.results) for d in study.decisions), "held": official.count("holds"), "official": len(official),
    }  # fmt: skip
    return Selected(statements.as_frame(study.decisions), facts, _behind(study.decisions), measures=False)


def cells(study: Study) -> Selected:
    """The same, with every cell of every statement as a fact."""
    found = decided(study)
    rows = [{**vars(result), "id": d.statement.id} for d in study.decisions for result in d.results]
    return replace(found, facts={**found.facts, "rows": rows})


def findings(study: Study) -> Selected:
    """What the audit found, the gravest outcome first."""
    frame, parks = audit.as_frame(study.findings), dict(study.sources.select("source_id", "park_id").iter_rows())
    gravest = sorted(study.findings, key=lambda f: (audit.OUTCOMES.index(f.outcome), f.source_id, int(f.check[1:])))
    facts = {
        "relations": frame.height, "counts": tally(frame, "outcome"),
        "findings": [{**vars(finding), "park_id": parks[finding.source_id]} for finding in gravest],
    }  # fmt: skip
    return Selected(frame, facts, printed(study), measures=False)


def counts(study: Study) -> Selected:
    """Of each text: figures, relations tested and found, outside figures."""
    frame, figures, answers = audit.as_frame(study.findings), study.summaries(), _answers(study)
    rows = []
    for text in texts(study).iter_rows(named=True):
        own = frame.filter(source_id=text["source_id"])
        told = [row["answer"] for row in answers if row["park_id"] == text["park_id"]]
        row = {"park_id": text["park_id"], "grade": text["grade"]}
        row |= {"figures": figures.filter(source_id=text["source_id"]).height, "relations": own.height}
        row |= {outcome: own.filter(outcome=outcome).height for outcome in _FOUND}
        rows.append(row | {"outside": len(told), "agree": told.count("agrees")})
    return Selected(pl.DataFrame(rows, infer_schema_length=None), {}, printed(study), measures=False)


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
    return Selected(outside.corroborations(study), facts, [row["observation_id"] for row in answers], measures=False)


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
    return Selected(frame, facts, frame["observation_id"].to_list(), measures=False)
