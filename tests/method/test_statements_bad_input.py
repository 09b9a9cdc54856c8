"""Statements on data that lack something or hold odd figures: a stated verdict, never a crash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from planted import drop, edited

import parkstudy
from parkstudy.method import statements
from parkstudy.method.cells import Cell, RefusalError, Unknown, decide_cell
from parkstudy.method.statements import Decision
from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.record.interval import Interval
from parkstudy.show.view import View
from parkstudy.words.speech import plain


def said(study: Study, decision: Decision, lang: str = "en") -> str:
    """The reason in a language."""
    assert decision.reason is not None
    return plain(View(study, lang).fact(decision.reason))


def decide(study: Study) -> dict[str, Decision]:
    found = {d.statement.id: d for d in statements.decide(study)}
    assert len(found) == 21
    for number, decision in found.items():
        assert decision.verdict in codes("verdict"), number
        assert decision.results or decision.reason, number
    return found


OF_PARK = {
    "hengnan": {"1", "4", "5", "9", "10", "14", "15", "16", "17"},
    "hengshan": {"12", "13"},
    "shuangpai": {"1", "2", "3", "6", "7", "8", "9", "11", "14", "15", "20"},
    "anon-2023": {"1", "2", "3", "4", "10", "11", "16", "18", "19"},
    "anon-2020": {"1", "5"},
}


@pytest.mark.parametrize("park", OF_PARK)
def test_without_a_park_its_statements_are_left_out_and_counted_and_no_others(study: Study, park: str) -> None:
    others = study.only(",".join(p for p in study.all_parks if p != park))
    kept = {d.statement.id for d in others.decisions}
    assert kept == {str(number) for number in range(1, 22)} - OF_PARK[park]
    assert others.left_out == 21 - len(kept)


def test_without_any_of_its_parks_no_shipped_statement_is_left(awkward: Path) -> None:
    other = parkstudy.load(awkward)
    assert (other.pairwise, other.left_out, other.faults) == (True, 21, ())
    assert all(decision.comparison for decision in other.decisions)


def test_a_park_that_a_statement_of_the_folder_names_and_does_not_hold_is_a_fault(copy_of_data: Any) -> None:
    path = copy_of_data.folder / "statements.toml"
    path.write_text(
        '[[statement]]\nid = "a"\nkind = "pair"\nmeasure = "tax_per_output"\nleft = "hengnan"\nright = "nowhere"\n',
        encoding="utf-8",
    )
    (fault,) = parkstudy.load(copy_of_data.folder).faults
    assert str(fault).startswith(
        "statements.toml:6:statement a: unknown park 'nowhere'; expected anon-2020, anon-2023, "
    )
    path.write_text("[[statement]", encoding="utf-8")
    (fault,) = parkstudy.load(copy_of_data.folder).faults
    assert str(fault).startswith("statements.toml:1: ")
    assert str(fault).endswith("; expected TOML in UTF-8")


@pytest.mark.parametrize(
    ("gone", "number", "reason", "in_chinese"),
    [
        ("shuangpai-2017-018", "2", "Shuangpai: its text does not print Gross industrial output, growth (reported result)",
         "双牌未列示工业总产值增速（实际数）"),
        ("shuangpai-2017-017", "20", "Shuangpai: its text does not print Gross industrial output (target)",
         "双牌未列示工业总产值（目标）"),
        ("shuangpai-2017-023", "9", "Shuangpai: its text does not print Tax paid (reported result)",
         "双牌未列示税收（实际数）"),
        ("anon-2023-2023-011", "11", "anon-2023: its text does not print Tax paid (forecast)",
         "匿名园区（2023）未列示税收（预计数）"),
        ("hengnan-2019-007", "17", "Hengnan, 2019: the text names no taxpayers with the tax they paid",
         "衡南，2019年：材料未列出具名纳税企业的税额"),
        ("shuangpai-2017-021", "6", "Shuangpai: the text does not print what the check of output and value-added growth (A7) needs",
         "双牌：材料未列示核查“产值与增加值增速”（A7）所需的数据"),
    ],
)  # fmt: skip
def test_a_missing_figure_is_named_in_the_reason(
    copy_of_data: Any, gone: str, number: str, reason: str, in_chinese: str
) -> None:
    drop(copy_of_data, "observations", lambda row: row["observation_id"] == gone)
    study = edited(copy_of_data)
    decision = decide(study)[number]
    assert decision.verdict == "not_comparable"
    assert (said(study, decision), said(study, decision, "zh")) == (reason, in_chinese)
    assert (decision.support, decision.coarse_support, decision.results) == (0, 0, ())


def test_without_its_own_forecast_a_text_has_the_cells_of_its_months(copy_of_data: Any) -> None:
    drop(copy_of_data, "observations", lambda row: row["observation_id"] == "anon-2023-2023-010")
    found = decide(edited(copy_of_data))
    assert {number: len(found[number].results) for number in ("1", "2", "3", "4")} == {"1": 5, "2": 1, "3": 4, "4": 2}
    assert {r.choices["span"] for r in found["2"].results} == {"months_as_printed"}


def test_a_rung_that_one_park_lacks_leaves_the_other_rungs(copy_of_data: Any) -> None:
    drop(copy_of_data, "observations", lambda row: row["observation_id"] == "shuangpai-2017-006")
    found = decide(edited(copy_of_data))
    for number in ("14", "15"):
        assert (found[number].verdict, found[number].support, len(found[number].results)) == ("holds", 2, 2)


def test_a_reference_series_without_the_months_is_named_in_the_reason(copy_of_data: Any) -> None:
    for table in ("reference", "places"):
        drop(copy_of_data, table, lambda row: row["scope"] == "Yongzhou")
    study = edited(copy_of_data)
    found = decide(study)["7"]
    assert found.verdict == "not_comparable"
    assert said(study, found).startswith("Shuangpai, Jan–Nov 2017, Yongzhou: no reference rate of this concept")
    assert said(study, found, "zh").startswith("双牌，2017年1—11月，")


def test_a_reference_series_without_the_year_refuses_the_comparison_with_the_nation(copy_of_data: Any) -> None:
    drop(
        copy_of_data, "reference",
        lambda row: row["series"] == "main_business_revenue_yoy" and row["period_start"] == "2017-01-01",
    )  # fmt: skip
    study = edited(copy_of_data)
    found = decide(study)
    assert found["1"].verdict == "not_comparable"
    assert "2017" in said(study, found["1"])
    assert found["2"].verdict == "holds"


def test_with_one_of_two_nearest_spans_the_comparison_has_a_cell_less(copy_of_data: Any) -> None:
    drop(
        copy_of_data, "reference",
        lambda row: row["series"] == "main_business_revenue_yoy" and row["period_end"] == "2017-12-31",
    )  # fmt: skip
    found = decide(edited(copy_of_data))["1"]
    assert (found.verdict, found.support, len(found.results)) == ("holds", 5, 5)


def test_prices_without_the_year_refuse_the_statements_in_real_terms(copy_of_data: Any) -> None:
    drop(
        copy_of_data, "reference",
        lambda row: row["series"] == "ppi_yoy" and row["period_start"] == "2017-01-01",
    )  # fmt: skip
    study = edited(copy_of_data)
    found = decide(study)
    assert found["3"].verdict == found["6"].verdict == "not_comparable"
    assert said(study, found["3"]).startswith("Shuangpai, Jan–Nov 2017: no producer price index")
    assert said(study, found["3"], "zh").startswith("双牌，2017年1—11月：未见")


def test_identical_figures_are_not_distinguishable(copy_of_data: Any) -> None:
    found = decide(edited(copy_of_data, shuangpai_2017_024="45.2%"))["8"]
    assert found.verdict == "not_distinguishable"
    assert found.results[0].above == pytest.approx(0.5, abs=0.01)


def test_an_order_the_other_way_round_is_reversed(copy_of_data: Any) -> None:
    found = decide(edited(copy_of_data, shuangpai_2017_024="55.2%"))["8"]
    assert (found.verdict, found.support, found.results[0].state) == ("reversed", 0, "against")


def test_figures_of_no_width_are_decided(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "shuangpai-2017-018", bound="range")
    found = decide(edited(copy_of_data, shuangpai_2017_018="45-45%"))
    assert (found["2"].verdict, found["8"].verdict) == ("holds", "holds")


def test_a_check_that_reconciles_says_so(copy_of_data: Any) -> None:
    found = decide(edited(copy_of_data, anon_2023_2023_020="61.82%"))["19"]
    assert found.verdict == "reconciles"
    assert found.reason is not None
    assert found.reason.values["check"] == "A2"


UNDECIDED = {"not_distinguishable", "not_comparable"}


@pytest.mark.parametrize(
    ("observation", "figure", "bound", "number"),
    [
        ("shuangpai-2017-024", "超过36.5%", "at_least", "8"),
        ("hengnan-2019-004", "不到55亿元", "at_most", "9"),
        ("hengnan-2019-005", "超过10.2%", "at_least", "4"),
        ("hengnan-2019-004", "超过55亿元", "at_least", "9"),
        ("shuangpai-2017-023", "超过0.3亿元", "at_least", "14"),
    ],
)
def test_an_unbounded_figure_decides_no_order(
    copy_of_data: Any, observation: str, figure: str, bound: str, number: str
) -> None:
    copy_of_data.edit("observations", observation, bound=bound, reported_figure=figure)
    study = edited(copy_of_data)
    found = decide(study)[number]
    assert found.verdict in UNDECIDED
    expected = (f"{observation}一端无界，无法取值", "该算法组合下分母可能为零")
    assert found.reason is None or said(study, found, "zh") in expected


def test_an_unbounded_figure_decides_where_its_end_leaves_no_doubt(copy_of_data: Any) -> None:
    """Growth of less than 36.5 % is below 45.2 % whatever it is."""
    copy_of_data.edit("observations", "shuangpai-2017-024", bound="at_most", reported_figure="不到36.5%")
    assert decide(edited(copy_of_data))["8"].verdict == "holds"


@pytest.mark.parametrize("figure", ["0亿元", "约0亿元"])
def test_a_ratio_over_a_figure_that_reaches_zero_is_refused(copy_of_data: Any, figure: str) -> None:
    copy_of_data.edit("observations", "hengnan-2019-004", bound="about" if "约" in figure else "exact")
    assert decide(edited(copy_of_data, hengnan_2019_004=figure))["9"].verdict in UNDECIDED


@pytest.mark.parametrize(
    ("observation", "figure", "number"),
    [("shuangpai-2017-017", "50-60亿元", "20"), ("hengnan-2019-007", "1000-1500万元", "17")],
)
def test_a_range_where_an_exact_number_is_taken_is_drawn_between_its_ends(
    copy_of_data: Any, observation: str, figure: str, number: str
) -> None:
    copy_of_data.edit("observations", observation, bound="range", reported_figure=figure)
    found = decide(edited(copy_of_data))[number]
    assert found.verdict == "not_distinguishable"
    assert "open" in {r.state for r in found.results}


def test_an_interval_without_a_printed_value_is_decided() -> None:
    left, right = (Unknown.known(str(low), Interval(low, low + 1)) for low in (3.0, 1.0))
    found = decide_cell(Cell({}, lambda draw: draw(left), lambda draw: draw(right)))
    assert (found.state, found.ratio, found.lowest_ratio) == ("for", 3.5 / 1.5, 1.5)


def test_an_open_bound_and_a_denominator_that_reaches_zero_are_refusals_with_a_fact() -> None:
    one, nothing = Unknown.known("one", Interval(1, 1)), Unknown.known("nothing", Interval(0, 1))
    endless = Unknown.known("endless", Interval(1, float("inf")))
    with pytest.raises(RefusalError) as refusal:
        decide_cell(Cell({}, lambda draw: draw(one), lambda draw: draw(endless)))
    assert (refusal.value.fact.code, refusal.value.fact.values) == ("statement_open_bound", {"name": "endless"})
    with pytest.raises(RefusalError) as refusal:
        decide_cell(Cell({}, lambda draw: draw(one) / draw(nothing), lambda draw: draw(one)))
    assert refusal.value.fact.code == "statement_reaches_zero"


@pytest.mark.parametrize(("target", "number"), [("shuangpai-2017-017", "20"), ("shuangpai-2017-019", "3")])
def test_a_target_for_other_firms_is_no_target_of_a_level(copy_of_data: Any, target: str, number: str) -> None:
    copy_of_data.edit("observations", target, population="park")
    decided = {d.statement.id: d for d in statements.decide(parkstudy.load(copy_of_data.folder))}
    reason = decided[number].reason
    assert reason is not None
    assert reason.values["reason"] == "target_other_firms"
