"""Comparisons: one decision for each pair of parks and measure, by the ends of the intervals or by points."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from cases import every

from parkstudy.method import cells, compare
from parkstudy.method.cells import Cell, Unknown, decide_cell
from parkstudy.method.compare import MEASURES, as_frame
from parkstudy.method.sides import QUANTITIES
from parkstudy.method.study import Study, load
from parkstudy.record.chosen import UnknownParkError
from parkstudy.record.interval import Interval

OUTPUT_GROWTH = "gross_industrial_output_growth"


def one(study: Study, measure: str, left: str, right: str, **variant: Any) -> compare.Comparison:
    (found,) = study.compare.rows(measure, left, right, **variant)
    return found


def test_the_complete_parks_are_ordered_with_their_limits(study: Study) -> None:
    """Shuangpai's growth is the higher one, in both prices; Hengnan's tax per output and per area (method, section 13)."""
    for price in ("nominal", "real"):
        growth = one(study, OUTPUT_GROWTH, "hengnan", "shuangpai", price=price)
        assert (growth.verdict, growth.limits) == ("lower", ("population", "months", "years"))
    tax = one(study, "tax_per_output", "hengnan", "shuangpai", basis="annualised")
    assert (tax.verdict, tax.cells_for, tax.cells, tax.overlapping) == ("higher", 1, 1, False)
    assert tax.tipping == pytest.approx((3.68, 2.51), abs=0.005)  # method, section 11
    land = study.compare.rows("tax_per_area", "hengnan", "shuangpai", basis="annualised")
    assert [(row.rung, row.verdict, row.overlapping, row.sensitive) for row in land] == [
        ("perimeter", "higher", False, False),
        ("expanded", "higher", False, False),
        ("control_plan", "higher", True, True),
    ]
    output = study.compare.rows("output_per_area", "hengnan", "shuangpai", basis="annualised")
    assert [row.verdict for row in output] == ["lower"] * 3
    tipping = [row.tipping for row in output if row.tipping]
    assert [pair[0] for pair in tipping] == pytest.approx([1.7, 1.4, 2.6], abs=0.05)
    assert [pair[1] for pair in tipping] == pytest.approx([1.7, 1.4, 2.4], abs=0.05)


def test_what_is_not_comparable_says_why_and_what_is_not_reported_has_no_row(study: Study) -> None:
    raw = one(study, "tax_per_output", "hengnan", "shuangpai", basis="reported")
    other = one(study, "tax_per_output", "hengnan", "hengshan", basis="annualised")
    (rungs,) = study.compare.rows("tax_per_area", "hengnan", "anon-2023", basis="annualised")
    assert [row.verdict for row in (raw, other, rungs)] == ["not_comparable"] * 3
    reasons = [row.reason and row.reason.code for row in (raw, other, rungs)]
    assert reasons == ["comparison_months_differ", "statement_refusal", "statement_no_common_rung"]
    assert other.reason is not None
    assert other.reason.values["reason"] == "other_concept"
    assert study.compare.rows(OUTPUT_GROWTH, "hengnan", "hengshan") == []
    states = {park: study.compare.state(park, "tax_per_output") for park in study.park_ids()}
    assert states == {
        "hengnan": "reported", "hengshan": "other_concept", "shuangpai": "reported", "anon-2023": "reported",
        "anon-2020": "not_reported",
    }  # fmt: skip


def test_a_pair_turned_round_has_the_other_verdict(study: Study) -> None:
    turned = {"higher": "lower", "lower": "higher"}
    for row in study.compare.rows():
        other = one(study, row.measure, row.right, row.left, price=row.price, basis=row.basis, rung=row.rung)
        assert other.verdict == turned.get(row.verdict, row.verdict)
        assert (other.cells_for, other.cells) == (row.cells_for, row.cells)
        assert set(other.limits) == set(row.limits)
        assert (other.tipping is None) == (row.tipping is None)
        if row.tipping and other.tipping:
            assert other.tipping == pytest.approx(row.tipping)


def test_what_cannot_be_told_apart_says_which_side_is_higher_more_often(study: Study) -> None:
    """Tax per output of a full year: three of four ways put the anonymised park above, one leaves it open."""
    (tax,) = study.compare.rows("tax_per_output", "shuangpai", "anon-2023", basis="annualised")
    assert (tax.verdict, tax.leaning, tax.cells_for, tax.cells) == ("not_distinguishable", "anon-2023", 3, 4)
    (growth,) = study.compare.rows(OUTPUT_GROWTH, "anon-2023", "anon-2020", price="real")
    assert (growth.leaning, growth.cells_for, growth.cells) == (None, 0, 2)


def test_years_apart_are_always_a_limit(study: Study) -> None:
    ends = dict(study.sources.select("source_id", "period_end").iter_rows())
    for row in study.compare.rows():
        assert ("years" in row.limits) == (ends[row.left_source].year != ends[row.right_source].year)


def test_one_park_is_compared_with_all_others(study: Study) -> None:
    rows = study.compare.rows(OUTPUT_GROWTH, "shuangpai", price="nominal")
    assert [(row.left, row.right) for row in rows] == [("shuangpai", p) for p in ("hengnan", "anon-2023", "anon-2020")]


def test_a_comparison_is_made_when_it_is_asked_for_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(compare, "decide_cell", lambda cell: made.append(cell) or decide_cell(cell))
    study = load()
    assert made == []
    first = one(study, OUTPUT_GROWTH, "hengnan", "shuangpai", price="nominal")
    assert len(made) == 1
    assert one(study, OUTPUT_GROWTH, "hengnan", "shuangpai", price="nominal") is first
    assert len(made) == 1


def test_an_unknown_measure_or_park_is_refused(study: Study) -> None:
    with pytest.raises(ValueError, match=f"unknown measure 'tax'; expected one of {', '.join(MEASURES)}"):
        study.compare.rows("tax")
    with pytest.raises(UnknownParkError, match="unknown park 'changsha'; did you mean 'hengshan'\\? parks: hengnan, "):
        study.compare.rows(OUTPUT_GROWTH, "changsha")
    with pytest.raises(
        UnknownParkError, match="'hengnan' is compared with other parks, not with itself; parks: hengnan, "
    ):
        study.compare.rows(OUTPUT_GROWTH, "hengnan", "hengnan")


def test_statements_about_pairs_agree_with_the_comparisons_cell_by_cell(study: Study) -> None:
    """The choices of a comparison are columns and cells; where a statement has the same ones, it has the same state."""
    compared = 0
    for decision in study.decisions:
        statement = decision.statement
        if statement.kind != "pair" or statement.right_measure or statement.measure not in MEASURES:
            continue
        cells_of = {}
        for row in study.compare.rows(statement.measure, *statement.parks):
            fixed = {"price": row.price, "land_rung": row.rung}
            for result in row.results:
                cells_of[frozenset({**fixed, **result.choices}.items())] = (result.state, result.coarse_state)
        for result in decision.results:
            if result.choices.get("growth_base") == "target_base":
                continue
            wanted = {(name, value) for name, value in result.choices.items() if name != "growth_base"}
            found = [states for choices, states in cells_of.items() if wanted <= choices]
            assert (result.state, result.coarse_state) in found, (statement.id, result.choices)
            compared += 1
    assert compared > 15


def _cell(left: Interval, right: Interval, margin: float = 0.0) -> Cell:
    sides = (Unknown.known("left", left), Unknown.known("right", right))
    return Cell({}, sides[0], sides[1], margin)


@pytest.mark.parametrize("seed", range(40))
def test_the_ends_give_the_share_that_the_points_would(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ratios like those of the study: disjoint, touching and overlapping ones."""
    random = np.random.default_rng(seed)
    unknowns = []
    for name in ("tax", "output", "other tax", "other output"):
        low = random.uniform(1, 1.5)
        unknowns.append(Unknown.known(name, Interval(low, low * random.uniform(1.0, 1.3))))
    tax, output, other_tax, other_output = unknowns
    margin = float(random.choice([0.0, 0.2]))
    cell = Cell({}, lambda d: d(tax) / d(output), lambda d: d(other_tax) / d(other_output), margin)
    found = decide_cell(cell)
    points = {
        u.name: u.interval.low + (u.interval.high - u.interval.low) * cells.halton(i) for i, u in enumerate(unknowns)
    }
    difference = points["tax"] / points["output"] - points["other tax"] / points["other output"]
    assert found.above == pytest.approx(np.mean(difference > margin), abs=0.003)
    assert found.below == pytest.approx(np.mean(difference < -margin), abs=0.003)


def test_points_are_drawn_only_where_the_intervals_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "halton", lambda *_: pytest.fail("points were drawn"))
    assert decide_cell(_cell(Interval(2, 3), Interval(0, 1))).state == "for"
    assert decide_cell(_cell(Interval(0, 1), Interval(2, 3), 0.5)).state == "against"
    with pytest.raises(pytest.fail.Exception, match="points were drawn"):
        decide_cell(_cell(Interval(0, 2), Interval(1, 3)))


def test_the_file_has_codes_alone(study: Study) -> None:
    rows = study.compare.rows()
    frame = as_frame(rows)
    assert frame.columns == [
        "measure", "left", "left_source", "right", "right_source", "price", "basis", "rung", "reading", "verdict",
        "cells_for", "cells", "limits", "reason", "inputs",
    ]  # fmt: skip
    assert frame.height == len(rows) == 44
    assert set(frame["reason"].drop_nulls()) == {
        "other_concept",
        "comparison_months_differ",
        "statement_no_common_rung",
    }
    known = set(study.observations["observation_id"])
    assert all(key in known or key.startswith("ref:") for keys in frame["inputs"] for key in keys)


def test_no_reading_of_a_sentence_tells_two_comparisons_apart(study: Study) -> None:
    flows = [f"{row['indicator']}_growth" for row in study.rows("indicators", kind="flow")]
    assert [name for name in (*MEASURES, *flows) if "reading" in QUANTITIES[name].choices] == []
    assert as_frame(study.compare.rows())["reading"].null_count() == 44


CELL = decide_cell(_cell(Interval(1, 2), Interval(1, 2)))
GIVEN: dict[str, Any] = {
    "measure": "tax_per_output", "left": "a", "left_source": "a-1", "right": "b", "right_source": "b-1", "price": "nominal",
    "basis": "reported", "rung": None, "coarse_verdict": "higher",
}  # fmt: skip


def compared(verdict: str, *states: str, **more: Any) -> compare.Comparison:
    results = tuple(CELL._replace(state=state) for state in states)
    return compare.Comparison(**{**GIVEN, "verdict": verdict, "results": results, **more})


@every(
    ("verdict", "states", "cells_for", "leaning", "higher", "lower"),
    [
        ("higher", ("for", "for"), 2, "a", "a", "b"),
        ("lower", ("against", "against"), 2, "b", "b", "a"),
        ("higher", ("for",), 1, "a", "a", "b"),
        ("not_distinguishable", ("for", "open", "open"), 1, "a", None, None),
        ("not_distinguishable", ("open", "against"), 1, "b", None, None),
        ("not_distinguishable", ("open",), 0, None, None, None),
        ("depends", ("for", "against", "against"), 2, "b", None, None),
        ("depends", ("for", "against"), 1, None, None, None),
        ("not_comparable", (), 0, None, None, None),
    ],
)
def test_a_comparison_tells_its_cells_and_sides(
    verdict: str, states: tuple[str, ...], cells_for: int, leaning: str | None, higher: str | None, lower: str | None
) -> None:
    made = compared(verdict, *states)
    assert (made.cells, made.cells_for, made.leaning) == (len(states), cells_for, leaning)
    assert (made.higher, made.lower, made.ordered) == (higher, lower, higher is not None)
    assert made.overlapping == bool(states)
    assert made.sensitive == (verdict != "higher")


def test_only_an_order_of_tax_or_output_over_an_amount_has_a_tipping_point() -> None:
    ratios = CELL._replace(state="for", ratio=3.0, lowest_ratio=2.0, highest_ratio=4.0)
    for measure in ("tax_per_output", "output_per_area"):
        assert compared("higher", measure=measure, results=(ratios,)).tipping == (3.0, 2.0)
        assert compared("lower", measure=measure, results=(ratios,)).tipping == (1 / 3, 0.25)
        assert compared("depends", measure=measure, results=(ratios,)).tipping is None
    for measure in (OUTPUT_GROWTH, "tax_per_area"):
        assert compared("higher", measure=measure, results=(ratios,)).tipping is None


def test_the_key_names_what_is_compared_and_the_year_where_it_is_one_of_several() -> None:
    assert compared("higher").year == ""
    assert compared("higher").key == "c/tax_per_output/a/b/nominal/reported/"
    assert compared("higher", rung="total", year="2020").key == "c/tax_per_output/a/b/nominal/reported/total/2020"


def test_a_side_that_touches_in_one_cell_touches() -> None:
    apart = decide_cell(_cell(Interval(3, 4), Interval(1, 2)))
    assert compared("higher", results=(apart, CELL)).overlapping
    assert not compared("higher", results=(apart,)).overlapping


def test_the_file_has_texts_numbers_and_lists() -> None:
    reason = compare.Fact("comparison_months_differ")
    refusal = compare.Fact("statement_refusal", {"reason": "no_tax"})
    rows = [
        compared("depends", "for", "against", depends_on=("span", "price"), limits=("months",), inputs=("a-001",)),
        compared("not_comparable", reason=reason), compared("not_comparable", reason=refusal), compared("higher", "for"),
    ]  # fmt: skip
    frame = as_frame(rows)
    assert frame["reason"].to_list() == ["span;price", "comparison_months_differ", "no_tax", None]
    assert frame.select("cells_for", "cells", "limits", "inputs").row(0) == (1, 2, ["months"], ["a-001"])
    lists, numbers = {"limits", "inputs"}, {"cells_for", "cells"}
    kinds = {
        name: pl.List(pl.String) if name in lists else pl.Int64 if name in numbers else pl.String
        for name in frame.columns
    }
    assert frame.schema == as_frame([]).schema == kinds
