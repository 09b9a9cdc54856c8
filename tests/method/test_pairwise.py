"""Where no statement is declared, the decisions of `compare` on every pair are the statements: the same results, both ways said."""

from __future__ import annotations

import math
from pathlib import Path

import foreign_parks
import pytest

from parkstudy.method import pairwise
from parkstudy.method.statements import Decision
from parkstudy.method.study import Study, load

VERDICTS = {"higher": "holds", "lower": "holds"}


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return foreign_parks.foreign(tmp_path_factory.mktemp("foreign"))


def of(study: Study, measure: str, *parks: str) -> Decision:
    """The decision on two parks."""
    (found,) = (d for d in study.decisions if d.statement.measure == measure and {*d.statement.parks} == {*parks})
    return found


def test_every_decision_is_one_of_compare_and_every_plain_one_is_there(six: Study) -> None:
    every = six.compare.rows()
    told = [decision.comparison for decision in six.decisions]
    assert six.pairwise
    assert len(told) == 32
    assert all(any(one is made for made in every) for one in told)
    pairs = {(one.measure, one.left, one.right, one.rung) for one in every}
    assert pairs == {(one.measure, one.left, one.right, one.rung) for one in told if one}
    for decision in six.decisions:
        one = decision.comparison
        assert one
        assert decision.verdict == VERDICTS.get(one.verdict, one.verdict)
        assert (decision.verdict == decision.coarse_verdict) is not one.sensitive
        assert decision.support == one.cells_for
        assert decision.coarse_support == [cell.coarse_state for cell in decision.results].count("for")
        assert decision.coarse_verdict == VERDICTS.get(one.coarse_verdict, one.coarse_verdict)
        assert {state for cell in decision.results for state in (cell.state, cell.coarse_state)} <= {
            "for",
            "against",
            "open",
        }
        assert (decision.reason is None) == bool(decision.results)
        assert (decision.statement.kind, decision.depends_on) == ("pair", one.depends_on)
        assert decision.statement.choices == (tuple(decision.results[0].choices) if decision.results else ())
        assert decision.statement.left[0] in (one.leaning, one.left)
        assert (decision.ratio, decision.lowest_ratio) == (one.tipping or (None, None))
        assert {*decision.basis.keys} == {*one.inputs}


def test_a_cell_said_of_the_other_side_is_the_same_cell(six: Study) -> None:
    decision = of(six, "tax_per_output", "qingtan", "luoxi")
    (said,), (made,) = decision.results, decision.comparison.results if decision.comparison else ()
    assert (decision.statement.left, decision.statement.right) == (("luoxi",), "qingtan")
    assert (said.left, said.right, said.above, said.below) == (made.right, made.left, made.below, made.above)
    assert said.state == said.coarse_state == "for"
    assert made.state == made.coarse_state == "against"
    assert said.ratio == pytest.approx((1.9 / 61.7) / (2.31 / 95.13))  # the months as printed (R7)
    assert decision.comparison
    assert (decision.ratio, decision.lowest_ratio) == (1 / made.ratio, 1 / made.highest_ratio)


@pytest.mark.parametrize(("state", "turned"), [("for", "against"), ("against", "for"), ("open", "open")])
def test_each_part_of_a_cell_is_turned(six: Study, state: str, turned: str) -> None:
    (cell,) = of(six, "tax_per_output", "qingtan", "luoxi").results
    cell = cell._replace(
        state=state, coarse_state="open", above=0.7, below=0.2, ratio=2.0, lowest_ratio=0.0, highest_ratio=4.0
    )
    other = pairwise._turned(cell)
    assert (other.state, other.coarse_state, pairwise._turned(cell._replace(coarse_state=state)).coarse_state) == (
        turned, "open", turned,
    )  # fmt: skip
    assert (other.above, other.below, other.left, other.right) == (0.2, 0.7, cell.right, cell.left)
    assert (other.ratio, other.lowest_ratio, other.highest_ratio) == (0.5, 0.25, math.inf)
    assert (other.choices, other.margin, other.inputs) == (cell.choices, cell.margin, cell.inputs)


def test_the_sides_are_those_computed_by_hand(six: Study) -> None:
    growth = of(six, "gross_industrial_output_growth", "qingtan", "luoxi")
    (cell,) = growth.results
    assert [cell.left.low, cell.left.high, cell.right.low, cell.right.high] == pytest.approx([12.35, 12.45, 9.75, 9.85])
    assert (cell.margin, growth.verdict) == (1.5, "holds")  # eleven months against a year (G3)
    (cell,) = of(six, "tax_per_output", "qingtan", "luoxi").results
    low, high = 100 * 1.85 / 61.75 * 0.885 / 0.95, 100 * 1.95 / 61.65 * 0.917 / 0.77  # as full years (G5)
    assert [cell.left.low, cell.left.high] == pytest.approx([low, high])
    assert [cell.right.low, cell.right.high] == pytest.approx([100 * 2.305 / 95.135, 100 * 2.315 / 95.125])
    near = of(six, "output_per_area", "qingtan", "baishi")
    (cell,) = near.results
    sides = [95.125 / 8.65, 95.135 / 8.55, 95.15 / 8.615, 95.25 / 8.605]
    assert [end / 1e8 for end in (cell.left.low, cell.left.high, cell.right.low, cell.right.high)] == pytest.approx(
        sides
    )
    assert (near.verdict, near.support) == ("not_distinguishable", 0)


def test_what_rests_on_a_text_of_lower_or_unknown_grade_is_not_official(six: Study) -> None:
    apart = {park for d in six.decisions if not d.basis.official for park in d.statement.parks}
    assert {d.statement.parks for d in six.decisions if {"dongping", "heyuan"} & {*d.statement.parks}} == {
        d.statement.parks for d in six.decisions if not d.basis.official
    }
    assert {"dongping", "heyuan"} < apart
    assert of(six, "gross_industrial_output_growth", "qingtan", "heyuan").basis.grade is None


def test_above_few_parks_no_pair_is_compared(six: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pairwise.FEW == 30
    monkeypatch.setattr(pairwise, "FEW", 5)
    assert pairwise.decisions(six, six.compare) == []
    monkeypatch.setattr(pairwise, "FEW", 6)
    assert len(pairwise.decisions(six, six.compare)) == 32


def test_a_statement_of_the_folder_wins(tmp_path: Path) -> None:
    foreign_parks.write(tmp_path)
    (tmp_path / "statements.toml").write_text(
        '[[statement]]\nid = "a"\nkind = "pair"\nmeasure = "gross_industrial_output_growth"\nleft = "qingtan"\nright = "luoxi"\n',
        encoding="utf-8",
    )
    own = load(tmp_path)
    assert (own.pairwise, [d.statement.id for d in own.decisions], own.faults) == (False, ["a"], ())


def test_a_side_of_zero_has_no_tipping_point(tmp_path: Path) -> None:
    foreign_parks.write(tmp_path)
    path = tmp_path / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2.31亿元", "0亿元"), encoding="utf-8")
    decision = of(load(tmp_path), "tax_per_output", "qingtan", "baishi")
    assert (decision.verdict, decision.ratio) == ("holds", None)
    assert math.isinf(decision.results[0].ratio)


def test_an_open_end_of_an_output_leaves_the_least_factor_known(tmp_path: Path) -> None:
    foreign_parks.write(tmp_path)
    path = tmp_path / "observations.csv"
    text = path.read_text(encoding="utf-8").replace("95.2亿元,exact", "超过195亿元,at_least")
    path.write_text(text, encoding="utf-8")
    decision = of(load(tmp_path).require_faultless(), "tax_per_output", "qingtan", "baishi")
    assert decision.verdict == "holds"
    assert (decision.ratio, decision.lowest_ratio) == pytest.approx(((2.31 / 95.13) / (2.3 / 195), 2.01047), rel=1e-5)
