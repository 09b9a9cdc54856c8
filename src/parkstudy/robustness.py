"""Tables and takeaways of the comparison: statements and their cells, the audit, outside figures, counts a park."""

from __future__ import annotations

import polars as pl

from parkstudy import consistency, outside, wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, cite, table, takeaways
from parkstudy.schema import GRADES
from parkstudy.statements import Decision, as_frame


def takeaways_statements(study: Study, decisions: list[Decision]) -> Exhibit:
    """What holds in every cell, what does not and why; grade C named apart."""
    official = [d for d in decisions if not d.statement.grade_c]
    holding = [d for d in official if d.verdict == "holds"]
    texts = study.sources.filter(kind="work_summary").height
    sentences = [
        f"{len(holding)} of {len(official)} statements about complete official texts hold in every "
        f"defensible cell; {texts} texts that happened to be at hand are no sample."
    ]
    sentences += [f"{_count(d)} {d.statement.sentence}{_aside(d)}." for d in holding]
    sentences += [f"Not: {d.statement.sentence}. {_why(d)}" for d in official if d.verdict != "holds"]
    apart = [d for d in decisions if d.statement.grade_c]
    words = wording.listing(f"{d.statement.id} {d.verdict}" for d in apart)
    sentences.append(f"Statements with a text of grade C stand apart and in no headline: {words}.")
    return takeaways("takeaways", sentences, as_frame(decisions))


def _count(decision: Decision) -> str:
    coarse = f"; coarse {decision.coarse_support}" if decision.coarse_support != decision.support else ""
    return f"Holds ({decision.support} of {len(decision.results)} cells{coarse}):"


def _aside(decision: Decision) -> str:
    parts = ["sensitive to round figures"] if decision.sensitive else []
    parts += [_tipping(decision)] if decision.lowest_ratio is not None else []
    parts += ["the reference was inferred in part"] if _inferred(decision) else []
    return f" ({'; '.join(parts)})" if parts else ""


def _tipping(decision: Decision) -> str:
    if decision.lowest_ratio is None or decision.ratio is None:
        return ""
    times = wording.number(decision.lowest_ratio, 2)
    return f"the order turns if one output were overstated {times} times as much as the other, at the lowest corner"


def _inferred(decision: Decision) -> bool:
    return any("above_scale_va_yoy/Yongzhou" in i for r in decision.results for i in r.inputs)


def _why(decision: Decision) -> str:
    if decision.verdict == "depends":
        return f"It depends on {wording.listing(decision.depends_on)}: {decision.support} of {len(decision.results)} cells are for it."
    if decision.results:
        return f"{decision.verdict.capitalize()}: {decision.support} of {len(decision.results)} cells are for it."
    return f"{decision.verdict.capitalize()}, because {decision.reason}."


def table_statements(study: Study, decisions: list[Decision]) -> Exhibit:
    """All statements in the order fixed before the results, refusals with the same weight as the rest."""
    lines = [
        (
            d.statement.id,
            d.statement.sentence,
            "C" if d.statement.grade_c else "A",
            d.verdict + (f" on {wording.listing(d.depends_on)}" if d.depends_on else ""),
            f"{d.support} of {len(d.results)}" if d.results else "",
            f"{d.coarse_support} of {len(d.results)}" if d.results else "",
            "yes" if d.sensitive else "",
            wording.number(d.ratio, 2) if d.ratio is not None else "",
            wording.number(d.lowest_ratio, 2) if d.lowest_ratio is not None else "",
            d.reason,
        )
        for d in decisions
    ]
    return table(
        "statements-table",
        f"{len(lines)} statements, fixed before the results",
        (
            "Statement",
            "Sentence",
            "Lowest grade",
            "Verdict",
            "Cells for",
            "Coarse",
            "Sensitive to round figures",
            "Tipping point",
            "Lowest corner",
            "Reason",
        ),
        lines,
        caption="Cells for: cells in which at least 95 % of the admissible values make the statement true. "
        "Coarse: the same with a whole unit "
        "instead of half a unit for figures of at most two significant digits. Tipping point: how "
        "many times as much one park's output would "
        "have to be overstated as the other's for the order to turn, at the printed values and at "
        "the lowest corner; it estimates nothing.",
        sources=cite(study, [i for d in decisions for r in d.results for i in r.inputs]),
        data=as_frame(decisions),
        numeric=("Tipping point", "Lowest corner"),
    )


def table_cells(study: Study, decisions: list[Decision]) -> Exhibit:
    """Every cell of every statement with its choices and shares."""
    lines = [
        (
            d.statement.id,
            "; ".join(f"{k}: {v}" for k, v in r.choices.items()) or "one cell",
            wording.number(r.margin),
            f"{100 * r.above:.1f}",
            f"{100 * r.below:.1f}",
            r.state,
            r.coarse_state,
        )
        for d in decisions
        for r in d.results
    ]
    return table(
        "cells",
        f"{len(lines)} cells, every one shown",
        ("Statement", "Choices", "Margin", "Above, %", "Below, %", "State", "Coarse"),
        lines,
        caption="Above and below: the share of the admissible values that put the left side above or below "
        "the right one by more than the margin, "
        "from 20,000 points of a fixed sequence. For and against begin at 95 %; the rest is open.",
        sources=cite(study, [i for d in decisions for r in d.results for i in r.inputs]),
        data=as_frame(decisions),
        numeric=("Margin", "Above, %", "Below, %"),
    )


def table_audit(study: Study) -> Exhibit:
    """What the texts contradict, what is implausible or ambiguous, and what was found to hold."""
    findings = consistency.audit(study)
    frame = consistency.as_frame(findings)
    names = wording.short_names(study)
    parks = dict(study.sources.select("source_id", "park_id").iter_rows())
    order = {outcome: place for place, outcome in enumerate(consistency.OUTCOMES)}
    rows = sorted(frame.to_dicts(), key=lambda r: (order[r["outcome"]], r["source_id"], int(r["check"][1:])))
    lines = [
        (
            f"{r['check']} {r['name']}",
            names[parks[r["source_id"]]],
            r["outcome"],
            r["arithmetic"],
            r["consequence"],
            ", ".join(r["observations"]),
        )
        for r in rows
    ]
    counts = wording.listing(f"{frame.filter(outcome=o).height} {o}" for o in consistency.OUTCOMES)
    return table(
        "audit",
        f"{frame.height} relations between printed figures: {counts}",
        ("Check", "Park", "Outcome", "Arithmetic", "What it does to the comparison", "Observations"),
        lines,
        caption="Relations inside one text that can be tested from its own figures. Contradiction: both "
        "sides are stated and do not meet. Implausible: "
        "the arithmetic closes but an implied value leaves its band. Ambiguous: something is not "
        "stated, or two readings exist. A finding is a "
        "question about the data and repairs nothing; relations that hold are listed so that silence means something.",
        sources=cite(study, study.summaries()["observation_id"]),
        data=frame,
    )


def table_counts(study: Study) -> Exhibit:
    """Counts instead of marks: figures, relations tested, held and found, outside figures, a park."""
    frame = consistency.as_frame(consistency.audit(study))
    outer = outside.corroborations(study).join(
        study.observations.select("observation_id", "park_id"), on="observation_id", how="left"
    )
    names = wording.short_names(study)
    lines = []
    for source in study.sources.filter(kind="work_summary").iter_rows(named=True):
        own = frame.filter(source_id=source["source_id"])
        beside = outer.filter(park_id=source["park_id"])
        counts = [own.filter(outcome=o).height for o in ("holds", "contradiction", "implausible", "ambiguous")]
        figures = study.summaries().filter(source_id=source["source_id"]).height
        agreed = beside.filter(answer="agrees").height
        grade = f"{source['grade']}: {GRADES[source['grade']]}" if source["grade"] else ""
        lines.append((names[source["park_id"]], grade, figures, own.height, *counts, beside.height, agreed))
    return table(
        "counts",
        "Counts, not marks: what was recorded, tested and found, text by text",
        (
            "Park",
            "Grade",
            "Figures",
            "Relations tested",
            "Hold",
            "Contradictions",
            "Implausible",
            "Ambiguous",
            "Outside figures",
            "Agree",
        ),
        lines,
        caption="More findings do not mean a worse text: a text that prints more can be tested more.",
        sources=cite(study, study.summaries()["observation_id"]),
        data=frame,
        numeric=(
            "Figures",
            "Relations tested",
            "Hold",
            "Contradictions",
            "Implausible",
            "Ambiguous",
            "Outside figures",
            "Agree",
        ),
    )


def table_outside(study: Study) -> Exhibit:
    """Outside figures on the named parks, each with what it can say."""
    rows = {r["observation_id"]: r for r in study.observations.iter_rows(named=True)}
    names = wording.short_names(study)
    frame = outside.corroborations(study)
    lines = [
        (
            names[rows[r["observation_id"]]["park_id"]],
            rows[r["observation_id"]]["reported_term"],
            rows[r["observation_id"]]["reported_figure"],
            wording.period(rows[r["observation_id"]]),
            r["answer"],
            r["reason"],
        )
        for r in frame.iter_rows(named=True)
    ]
    return table(
        "outside",
        f"{frame.height} outside figures: {frame.filter(answer='agrees').height} agree, "
        f"{frame.filter(answer='disagrees').height} disagree, the rest cannot be compared",
        ("Park", "Printed term", "Printed figure", "Period", "Answer", "Reason"),
        lines,
        caption="Figures of named news pages on the parks of the study. They support no verdict and are "
        "never chained to the texts' figures.",
        sources=cite(study, frame["observation_id"]),
        data=frame,
        numeric=("Printed figure",),
    )


def table_context(study: Study) -> Exhibit:
    """Figures of other parks, listed and never ranked."""
    frame = outside.context_figures(study).filter(pl.col("transformation") != "share")
    names = wording.park_names(study)
    lines = [
        (
            names[r["park_id"]],
            wording.quantity_name(study, r["indicator"], r["transformation"]),
            r["reported_term"],
            r["reported_figure"],
            r["value_type"],
            wording.period(r),
            wording.population(r["population"]),
        )
        for r in frame.iter_rows(named=True)
    ]
    return table(
        "context",
        f"{frame.height} figures of {frame['park_id'].n_unique()} other parks, for context",
        ("Park", "Indicator", "Printed term", "Printed figure", "Type", "Period", "Population"),
        lines,
        caption="Read once, in pages that are mostly reposts (status: not yet validated). Other years, "
        "other concepts; no park of the study is ranked among them.",
        sources=cite(study, frame["observation_id"]),
        data=frame,
        numeric=("Printed figure",),
    )
