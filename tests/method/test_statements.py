"""The pre-registered statements on the shipped data: verdicts, counts of cells, and simple arithmetic that agrees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from parkstudy.method import declarations, statements
from parkstudy.method.basis import basis_of
from parkstudy.method.compare import MEASURES as COMPARED
from parkstudy.method.statements import Decision
from parkstudy.method.study import Study
from parkstudy.record.codes import codes

# id: verdict, choices it depends on, cells for, cells, cells for with coarse figures, verdict with coarse figures
DECIDED = {
    "1": ("holds", (), 6, 6, 6, "holds"),
    "2": ("holds", (), 2, 2, 2, "holds"),
    "3": ("depends", ("growth_base",), 4, 8, 4, "depends"),
    "4": ("holds", (), 4, 4, 4, "holds"),
    "5": ("holds", (), 2, 2, 2, "holds"),
    "6": ("implausible", (), 0, 0, 0, "implausible"),
    "7": ("holds", (), 1, 1, 1, "holds"),
    "8": ("holds", (), 1, 1, 1, "holds"),
    "9": ("holds", (), 1, 1, 1, "holds"),
    "10": ("holds", (), 4, 4, 4, "holds"),
    "11": ("not_distinguishable", (), 5, 6, 3, "not_distinguishable"),
    "12": ("not_comparable", (), 0, 0, 0, "not_comparable"),
    # 13 rests on figures of a park of context: see test_statements_declared.py
    "14": ("holds", (), 3, 3, 2, "not_distinguishable"),
    "15": ("holds", (), 3, 3, 3, "holds"),
    "16": ("not_comparable", (), 0, 0, 0, "not_comparable"),
    "17": ("depends", ("reading",), 1, 2, 0, "not_distinguishable"),
    "18": ("ambiguous", (), 0, 0, 0, "ambiguous"),
    "19": ("contradiction", (), 0, 0, 0, "contradiction"),
    "20": ("holds", (), 1, 1, 1, "holds"),
    "21": ("not_comparable", (), 0, 0, 0, "not_comparable"),
}


@pytest.fixture(scope="module")
def decided(study: Study) -> dict[str, Decision]:
    return {d.statement.id: d for d in study.decisions}


def states(decision: Decision, *choices: str) -> dict[tuple[str, ...], str]:
    """The state of each cell by some of its choices."""
    return {tuple(r.choices[c] for c in choices): r.state for r in decision.results}


def test_all_twenty_one_statements_are_decided_in_their_order(decided: dict[str, Decision]) -> None:
    assert list(decided) == [str(n) for n in range(1, 22)] == [s.id for s in declarations.read()]
    assert {d.verdict for d in decided.values()} <= set(codes("verdict"))


@pytest.mark.parametrize("number", DECIDED)
def test_the_verdict_and_the_counts_of_cells(decided: dict[str, Decision], number: str) -> None:
    d = decided[number]
    found = (d.verdict, d.depends_on, d.support, len(d.results), d.coarse_support, d.coarse_verdict)
    assert found == DECIDED[number]


def test_the_verdict_is_sensitive_to_round_figures_in_two_statements(decided: dict[str, Decision]) -> None:
    assert {number for number, d in decided.items() if d.sensitive} == {"14", "17"}


def test_a_statement_rests_on_what_it_used_and_has_the_lowest_grade_of_it(decided: dict[str, Decision]) -> None:
    assert {number for number, d in decided.items() if d.basis.grade == "C"} == {
        "1", "2", "3", "4", "5", "10", "11", "16", "18", "19",
    }  # fmt: skip
    tit = decided["13"].basis  # a neighbour's news page, read once
    assert (tit.texts, tit.pages) == ((("hengshan-2022", 2),), (("hengdong-2022", 2),))
    assert tit.grade is None  # no grade of the text outweighs a page without one
    assert set(tit.once) == {"hengdong-2022-002", "hengdong-2022-006"}
    assert {number for number, d in decided.items() if d.basis.official} == {
        "6", "7", "8", "9", "12", "14", "15", "17", "20", "21",
    }  # fmt: skip
    used = decided["6"].basis
    assert (used.texts, len(used.references)) == ((("shuangpai-2017", 4),), 2)  # of two spans of prices


def test_a_grade_is_that_of_the_texts_that_were_used(study: Study) -> None:
    """A park with a text of grade C lends its grade only to what rests on that text; without figures its texts tell."""
    assert basis_of(study, ["hengnan-2019-004"], ["anon-2023"]).grade == "A"
    assert basis_of(study, ["hengnan-2019-004", "anon-2023-2023-002"]).grade == "C"
    assert basis_of(study, [], ["anon-2023"]).grade == "C"
    assert basis_of(study, ["hengdong-2022-002", "anon-2023-2023-002"]).grade == "C"
    assert not basis_of(study, ["hengnan-2019b-004"]).official  # a news page: nobody graded it, and it was read once


def test_what_can_be_read_in_one_way_is_read_off_and_not_tested(decided: dict[str, Decision]) -> None:
    ways: dict[str, list[str]] = {}
    for number, d in decided.items():
        ways.setdefault(d.way, []).append(number)
    assert ways == {
        "tested": ["1", "2", "3", "4", "5", "10", "11", "14", "15", "17"], "checked": ["6", "18", "19"],
        "read_off": ["7", "8", "9", "13", "20"], "refused": ["12", "16", "21"],
    }  # fmt: skip


def test_one_way_of_each_of_several_parks_is_still_read_off(decided: dict[str, Decision]) -> None:
    cells = decided["1"].results
    once = tuple({r.choices["park"]: r for r in cells}.values())
    assert (replace(decided["1"], results=once).way, replace(decided["1"], results=cells[:3]).way) == (
        "read_off",
        "tested",
    )


def test_statements_and_comparisons_decide_alike_in_the_same_way_of_reading(study: Study) -> None:
    found = 0
    for d in study.decisions:
        if d.statement.kind != "pair" or d.statement.measure not in COMPARED or d.statement.right_measure:
            continue
        both = study.compare.rows(d.statement.measure, d.statement.left[0], str(d.statement.right))
        others = {
            frozenset({**r.choices, "price": one.price, "land_rung": one.rung}.items()): r
            for one in both
            for r in one.results
        }
        for r in d.results:
            chosen = {"price": "nominal", "land_rung": None, **r.choices}
            if chosen.pop("growth_base", "printed_rate") == "target_base":
                continue  # a choice of a statement and of nothing else (G6)
            like = [o for choices, o in others.items() if {**dict(choices), **chosen} == dict(choices)]
            assert like, (d.statement.id, chosen)
            assert {(o.state, o.coarse_state, o.left, o.right) for o in like} == {
                (r.state, r.coarse_state, r.left, r.right)
            }
            found += 1
    assert found == 29


def test_a_statement_without_cells_gives_its_reason_and_one_with_cells_none(decided: dict[str, Decision]) -> None:
    for number, d in decided.items():
        assert bool(d.reason) is not bool(d.results), number


def test_a_reference_inferred_in_part_is_said_of_statement_7_alone(decided: dict[str, Decision]) -> None:
    assert {number for number, d in decided.items() if d.basis.inferred} == {"7"}


def test_a_refusal_names_its_rule_and_a_check_its_family(decided: dict[str, Decision]) -> None:
    reasons = {number: d.reason for number, d in decided.items() if d.reason}
    assert {number: r.values.get("rule") or r.values.get("check") for number, r in reasons.items()} == {
        "6": "A7", "12": "T6", "16": None, "18": "A6", "19": "A2", "21": "R1",
    }  # fmt: skip
    assert reasons["16"].code == "statement_no_common_rung"
    assert reasons["16"].values == {"parks": ["hengnan", "anon-2023"]}


def test_the_same_data_give_the_same_digits(study: Study, decided: dict[str, Decision]) -> None:
    again = statements.as_frame(statements.decide(study))
    assert again.equals(statements.as_frame(list(decided.values())))


def test_the_cells_name_their_choices(decided: dict[str, Decision]) -> None:
    names = {number: {key for r in d.results for key in r.choices} for number, d in decided.items() if d.results}
    assert names.pop("13", {"year_fraction"}) == {"year_fraction"}
    assert names == {
        "1": {"park", "span", "reference"},
        "2": {"span"},
        "3": {"growth_base", "price", "span"},
        "4": {"price", "span"},
        "5": {"price"},
        "7": set(),
        "8": set(),
        "9": {"year_fraction"},
        "10": {"year_fraction", "tax_population"},
        "11": {"year_fraction", "tax_population"},
        "14": {"land_rung"},
        "15": {"land_rung"},
        "17": {"reading"},
        "20": set(),
    }


def test_1_the_nation_has_two_reference_spans_for_shuangpai_alone(decided: dict[str, Decision]) -> None:
    margins = [(r.choices["park"], r.margin) for r in decided["1"].results]
    assert margins == [
        ("hengnan", 0.0), ("shuangpai", 1.5), ("shuangpai", 1.5),
        ("anon-2023", 0.0), ("anon-2023", 0.0), ("anon-2020", 0.0),
    ]  # fmt: skip
    assert all(r.above == 1.0 for r in decided["1"].results)


def test_2_the_lowest_admissible_rate_is_above_the_highest_by_more_than_the_margin(
    decided: dict[str, Decision],
) -> None:
    lowest, months, forecast = 45.15, 16.335, 21.25
    assert lowest > months  # no margin
    assert lowest - forecast > 5  # the forecast is of another set of firms
    assert [(r.margin, r.above, r.below) for r in decided["2"].results] == [(0.0, 1.0, 0.0), (5.0, 1.0, 0.0)]


def test_3_the_verdict_turns_with_the_base_of_growth(decided: dict[str, Decision]) -> None:
    found = states(decided["3"], "growth_base", "price", "span")
    months, year = "months_as_printed", "own_full_year_forecast"
    assert {state for choices, state in found.items() if choices[0] == "printed_rate"} == {"for"}
    target = {choices[1:]: state for choices, state in found.items() if choices[0] == "target_base"}
    assert target == {
        ("nominal", months): "open",
        ("nominal", year): "open",
        ("real", months): "open",
        ("real", year): "against",
    }
    highest = 100 * ((50.65 / 0.885) / (54.5 / 1.215) / 1.0625 - 1)  # at the lowest prices of 2017
    lowest = 100 * (1.2115 / 0.9705 - 1)
    assert highest < lowest - 4.5  # so that nearly all values lie below by more than five points


def test_4_and_5_hold_by_the_corners_of_the_nominal_rates(decided: dict[str, Decision]) -> None:
    assert 16.325 - 10.25 > 5
    assert 21.15 - 10.25 > 5
    assert 23.5 - 10.25 > 6
    assert {r.margin for r in decided["4"].results} == {5.0}
    assert {r.margin for r in decided["5"].results} == {6.0}


def test_7_the_parks_value_added_is_above_its_prefectures(decided: dict[str, Decision]) -> None:
    lowest, highest = 8.55, 7.75
    assert lowest > highest
    assert decided["7"].results[0].above == 1.0


def test_8_tax_grew_more_slowly_than_output(decided: dict[str, Decision]) -> None:
    lowest, highest = 45.15, 36.55
    assert lowest > highest
    (cell,) = decided["8"].results
    assert (cell.above, cell.margin) == (1.0, 0.0)


def test_9_the_lowest_ratio_of_one_park_is_above_the_highest_of_the_other(decided: dict[str, Decision]) -> None:
    lowest, highest = 1.15 / 55.5, 0.35 / 50.55 * 0.917 / 0.77
    assert lowest > highest
    (cell,) = decided["9"].results
    assert cell.above == 1.0
    assert cell.lowest_ratio == pytest.approx(lowest / highest)
    coarse = (1.1 / 56) / (0.4 / 50.55 * 0.917 / 0.77)
    assert coarse > 1
    assert cell.coarse_state == "for"


def test_10_holds_in_each_corner(decided: dict[str, Decision]) -> None:
    scaled, forecast = 1.525 / 124.15 * 0.917 / 0.77, 1.95 / 139.5
    for highest in (scaled, forecast):  # the factor of 0.57 to 0.61 only lowers them
        assert highest < 1.15 / 55.5
    assert all(r.above == 1.0 for r in decided["10"].results)


def test_11_is_open_in_the_one_cell_that_scales_both_and_takes_the_factor(decided: dict[str, Decision]) -> None:
    found = states(decided["11"], "year_fraction", "tax_population")
    assert [choices for choices, state in found.items() if state == "open"] == [("scaled", "factor_t3")]
    points = np.random.default_rng(1).random((8, 400_000))

    def drawn(row: int, low: float, high: float) -> Any:
        return low + (high - low) * points[row]

    left = drawn(0, 1.515, 1.525) / drawn(1, 124.15, 124.25) * drawn(2, 0.885, 0.917) / drawn(3, 0.77, 0.95)
    right = drawn(4, 0.25, 0.35) / drawn(5, 50.55, 50.65) * drawn(6, 0.885, 0.917) / drawn(7, 0.77, 0.95)
    factor = 0.57 + 0.04 * np.random.default_rng(2).random(400_000)
    (cell,) = (r for r in decided["11"].results if r.state == "open")
    assert cell.above == pytest.approx(float(np.mean(left * factor > right)), abs=0.004)
    assert 0.93 < cell.above < 0.945


AREAS = {"perimeter": (5.99, 0.005, 3.51), "expanded": (6.99, 0.005, 5.08), "control_plan": (13.0, 0.5, 5.08)}


def test_14_holds_by_corners_on_two_rungs_and_by_nearly_all_values_on_the_third(decided: dict[str, Decision]) -> None:
    corners = {}
    for rung, (own, half, other) in AREAS.items():
        corners[rung] = (1.15 / (own + half)) / (0.35 / 0.77 / (other - 0.005))
    assert corners["perimeter"] > 1
    assert corners["expanded"] > 1
    assert corners["control_plan"] < 1
    found = {r.choices["land_rung"]: r for r in decided["14"].results}
    assert {rung: r.lowest_ratio for rung, r in found.items()} == pytest.approx(corners)
    points = np.random.default_rng(3).random((5, 400_000))
    whole = {}
    for units in (0.5, 1.0):  # half units, and whole units for coarse figures
        tax = 1.2 + 0.1 * units * (2 * points[0] - 1)
        area = 13 + units * (2 * points[1] - 1)
        peer_tax = 0.3 + 0.1 * units * (2 * points[2] - 1)
        peer_area = 5.08 + 0.005 * (2 * points[3] - 1)
        share = 0.77 + 0.18 * points[4]
        whole[units] = float(np.mean(tax / area > peer_tax / share / peer_area))
    assert found["control_plan"].above == pytest.approx(whole[0.5], abs=0.002)
    assert whole[0.5] > 0.99
    assert 0.06 < whole[1.0] < 0.94
    assert found["control_plan"].coarse_state == "open"


def test_15_the_lowest_output_per_area_of_one_park_is_above_the_highest_of_the_other(
    decided: dict[str, Decision],
) -> None:
    found = {r.choices["land_rung"]: r for r in decided["15"].results}
    assert list(found) == list(AREAS)
    for rung, (own, half, other) in AREAS.items():
        lowest, highest = 50.55 / 0.917 / (other + 0.005), 55.5 / (own - half)
        assert lowest > highest
        assert found[rung].lowest_ratio == pytest.approx(lowest / highest)
        width = 2 * half if half == 0.5 else half
        assert lowest > 56 / (own - width)  # whole units too
        assert found[rung].coarse_state == "for"


def test_17_each_reading_has_its_own_answer(decided: dict[str, Decision]) -> None:
    together, each = 100 * 0.15 / 1.15, 100 * 0.30 / 1.25
    assert together < 24
    assert each == pytest.approx(24)  # the lowest value is the threshold itself
    assert states(decided["17"], "reading") == {("together",): "against", ("each",): "for"}
    above = (0.30 / 0.24 - 1.1) / (1.3 - 1.1)  # share of 1.1 to 1.3 that puts 0.30 above 24 %
    assert above == pytest.approx(0.75)
    assert [r.coarse_state for r in decided["17"].results] == ["against", "open"]


def test_20_the_share_of_the_target_is_above_the_share_of_the_year(decided: dict[str, Decision]) -> None:
    assert 50.55 / 55 > 0.917
    (cell,) = decided["20"].results
    assert (cell.above, cell.state, cell.coarse_state) == (1.0, "for", "for")
    assert cell.lowest_ratio == pytest.approx(50.55 / 55 / 0.917)
