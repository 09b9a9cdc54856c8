"""Takeaways and tables of the comparison follow from the decisions, the audit and the record, and from nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

import exhibit_parts as parts
import polars as pl
import pytest

from parkstudy.method import audit as consistency
from parkstudy.method import outside, statements
from parkstudy.method.statements import Decision
from parkstudy.method.study import Study
from parkstudy.show import robustness


@pytest.fixture(scope="module")
def decided(study: Study) -> list[Decision]:
    return statements.decide(study)


def sentences(study: Study, decisions: list[Decision]) -> list[str]:
    return parts.sentences(robustness.takeaways_statements(study, decisions))


def test_the_first_sentence_counts_complete_official_texts_alone(study: Study, decided: list[Decision]) -> None:
    official = [d for d in decided if not d.statement.grade_c]
    held = sum(d.verdict == "holds" for d in official)
    assert (held, len(official)) == (7, 11)
    assert sentences(study, decided)[0] == (
        "7 of 11 statements about complete official texts hold in every defensible cell."
    )
    assert parts.trust(robustness.takeaways_statements(study, decided)).endswith(
        " of 5 texts that happened to be at hand: no sample, nothing is inferred to other parks."
    )


def test_a_verdict_of_grade_c_changes_the_last_sentence_alone(study: Study, decided: list[Decision]) -> None:
    other = [replace(d, verdict="reversed") if d.statement.grade_c else d for d in decided]
    before, after = sentences(study, decided), sentences(study, other)
    assert before[:-1] == after[:-1]
    apart = [d.statement.id for d in decided if d.statement.grade_c]
    assert re.findall(r"(\d+) reversed", after[-1]) == apart
    assert after[-1].startswith("Statements with a text of grade C stand apart and in no headline: ")


def test_every_official_statement_has_one_sentence_and_no_other_has(study: Study, decided: list[Decision]) -> None:
    said = sentences(study, decided)[1:-1]
    for decision in decided:
        found = [s for s in said if decision.statement.sentence in s]
        assert len(found) == (not decision.statement.grade_c)
        assert all(s.startswith("Holds (" if decision.verdict == "holds" else "Not: ") for s in found)


def test_a_statement_that_stops_holding_moves_and_lowers_the_count(study: Study, decided: list[Decision]) -> None:
    other = [replace(d, verdict="not distinguishable", support=0) if d.statement.id == "9" else d for d in decided]
    said = sentences(study, other)
    assert said[0].startswith("6 of 11 statements")
    assert (
        "Not: Hengnan has more tax per reported output than Shuangpai. Not distinguishable: 0 of 1 cells are for it."
        in said
    )


def test_a_sentence_names_tipping_point_sensitivity_and_inference(study: Study, decided: list[Decision]) -> None:
    said = sentences(study, decided)
    assert (
        "Holds (1 of 1 cells): Hengnan has more tax per reported output than Shuangpai (the order turns if one output were "
        "overstated 2.5 times as much as the other, at the lowest corner)." in said
    )
    assert (
        "Holds (3 of 3 cells; coarse 2): Hengnan has more tax per area than Shuangpai (sensitive to round figures)."
        in said
    )
    assert (
        "Holds (1 of 1 cells): Shuangpai's value-added growth exceeds its prefecture's, same months "
        "(the reference was inferred in part)." in said
    )


def test_the_table_of_statements_has_all_of_them_in_their_order(study: Study, decided: list[Decision]) -> None:
    exhibit = robustness.table_statements(study, decided)
    rows = parts.rows(exhibit)
    assert parts.claim(exhibit) == "21 statements, fixed before the results"
    assert [row[0] for row in rows] == [str(n) for n in range(1, 22)]
    assert [row[2] == "C" for row in rows] == [d.statement.grade_c for d in decided]
    assert [row[3].partition(" on ")[0] for row in rows] == [d.verdict for d in decided]
    assert rows[8][3:10] == ["holds", "1 of 1", "1 of 1", "", "3.7", "2.5", ""]
    assert all(row[9] for row, d in zip(rows, decided, strict=True) if not d.results)


def test_the_table_of_cells_shows_every_cell(study: Study, decided: list[Decision]) -> None:
    exhibit = robustness.table_cells(study, decided)
    results = [(d.statement.id, r) for d in decided for r in d.results]
    rows = parts.rows(exhibit)
    assert parts.claim(exhibit) == f"{len(results)} cells, every one shown"
    assert [(row[0], row[3], row[5], row[6]) for row in rows] == [
        (number, "99.9" if 0.9995 <= r.above < 1 else f"{100 * r.above:.1f}", r.state, r.coarse_state)
        for number, r in results
    ]


def test_the_table_of_the_audit_lists_findings_first_and_counts_what_holds(study: Study) -> None:
    exhibit = robustness.table_audit(study)
    outcomes = [row[2] for row in parts.rows(exhibit)]
    assert parts.claim(exhibit).startswith(f"{len(consistency.audit(study))} relations between printed figures: ")
    assert [outcomes.count(o) for o in consistency.OUTCOMES] == [
        int(n) for n in re.findall(r"(\d+) (?:contradiction|implausible|ambiguous|holds)", parts.claim(exhibit))
    ]
    assert outcomes == sorted(outcomes, key=consistency.OUTCOMES.index)


def test_the_table_of_counts_adds_up(study: Study) -> None:
    rows = parts.rows(robustness.table_counts(study))
    assert [row[0] for row in rows] == ["Hengnan", "Hengshan", "Shuangpai", "anon-2023", "anon-2020"]
    assert sum(int(row[2]) for row in rows) == study.summaries().height == 181
    assert all(int(row[3]) == sum(map(int, row[4:8])) for row in rows)
    assert sum(int(row[3]) for row in rows) == len(consistency.audit(study))
    assert [(row[8], row[9]) for row in rows] == [("9", "1"), ("0", "0"), ("6", "0"), ("0", "0"), ("0", "0")]


def test_the_table_of_outside_figures_gives_answer_and_reason_of_each(study: Study) -> None:
    exhibit = robustness.table_outside(study)
    assert parts.claim(exhibit) == "15 outside figures: 1 agree, 0 disagree, the rest cannot be compared"
    assert [(row[5], row[6]) for row in parts.rows(exhibit)] == outside.corroborations(study).select(
        "answer", "reason"
    ).rows()


def test_the_table_of_context_leaves_shares_out_and_ranks_nothing(study: Study) -> None:
    exhibit = robustness.table_context(study)
    kept = outside.context_figures(study).filter(pl.col("transformation") != "share")
    assert exhibit.data["observation_id"].to_list() == kept["observation_id"].to_list()
    assert [row[3] for row in parts.rows(exhibit)] == kept["reported_figure"].to_list()
    assert re.fullmatch(rf"{kept.height} figures of \d+ other parks, for context", parts.claim(exhibit))


def test_the_inputs_of_statements_and_cells_open_their_records(study: Study, decided: list[Decision]) -> None:
    wanted = {i for d in decided for r in d.results for i in r.inputs}
    for exhibit in (robustness.table_statements(study, decided), robustness.table_cells(study, decided)):
        assert parts.opened(exhibit) == wanted == set(exhibit.records)
    (row,) = (row for row in parts.lines(robustness.table_statements(study, decided)) if row["Statement"] == "7")
    assert row["Inputs"] == "shuangpai-2017-021, Yongzhou Jan–Nov 2017"


def test_every_observation_of_the_audit_opens_its_record(study: Study) -> None:
    exhibit = robustness.table_audit(study)
    assert parts.opened(exhibit) == {i for finding in consistency.audit(study) for i in finding.observations}


def test_an_outside_figure_stands_beside_the_figure_of_the_text(study: Study) -> None:
    frame = outside.corroborations(study)
    printed = dict(study.observations.select("observation_id", "reported_figure").iter_rows())
    shown = [row["In the text"] for row in parts.lines(robustness.table_outside(study))]
    assert shown == [printed.get(i, "") for i in frame["against"]]
    assert parts.opened(robustness.table_outside(study)) == {*frame["observation_id"], *frame["against"].drop_nulls()}
