"""Coverage: every verdict and reason by a case made by hand, every state of a cell, and what the five texts allow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from planted import said

import parkstudy
from parkstudy.method import coverage
from parkstudy.method.study import Study
from parkstudy.record.codes import codes

Verdict = Callable[..., tuple[str, list[str]]]
LEFT, RIGHT = "hengnan", "shuangpai"  # the parks of the two figures
YEAR = (date(2019, 1, 1), date(2019, 12, 31))
NEXT_YEAR = (date(2020, 1, 1), date(2020, 12, 31))
ELEVEN = (date(2017, 1, 1), date(2017, 11, 30))
POINT = (None, date(2019, 12, 31))
OUTPUT = "gross_industrial_output"


def figure(period: tuple[date | None, date | None] = YEAR, **cells: Any) -> dict[str, Any]:
    """A level of a stated population from a text of grade A, changed by `cells`."""
    plain = {"transformation": "level", "population": "industry", "caveats": [], "grade": "A", "share_of": None}
    return plain | {"park_id": LEFT, "period_start": period[0], "period_end": period[1]} | cells


@pytest.fixture
def verdict(study: Study) -> Verdict:
    """The verdict on two figures, with its reasons in words."""

    def told(
        first: dict[str, Any] | None, second: dict[str, Any] | None, kind: str = "flow", lang: str = "en"
    ) -> tuple[str, list[str]]:
        second = None if second is None else second | {"park_id": RIGHT}
        answer, reasons = coverage.reasons_of(first, second, kind)
        return answer, [said(study, reason, lang) for reason in reasons]

    return told


def test_figures_of_one_concept_population_and_span_are_comparable(verdict: Verdict) -> None:
    assert verdict(figure(), figure(NEXT_YEAR)) == ("comparable", ["periods: 2019 and 2020"])


@pytest.mark.parametrize(("first", "second"), [(None, figure()), (figure(), None), (None, None)])
def test_a_figure_that_is_missing_is_not_comparable(
    verdict: Verdict, first: dict[str, Any] | None, second: dict[str, Any] | None
) -> None:
    assert verdict(first, second) == ("not_comparable", ["not reported as an outturn of the whole park"])
    assert verdict(first, second, lang="zh") == ("not_comparable", ["未列示全园区实绩"])


@pytest.mark.parametrize("kind", ["flow", "count"])
def test_levels_that_accumulate_over_different_spans_are_refused(verdict: Verdict, kind: str) -> None:
    reason = "spans differ: 2019 and Jan–Nov 2017"
    assert verdict(figure(), figure(ELEVEN), kind) == ("not_comparable", [reason])


def test_growth_on_different_spans_has_a_limit(verdict: Verdict) -> None:
    rates = [figure(period, transformation="yoy") for period in (YEAR, ELEVEN)]
    assert verdict(*rates) == ("limits", ["spans differ: 2019 and Jan–Nov 2017"])


def test_a_stock_at_another_kind_of_time_has_a_limit(verdict: Verdict) -> None:
    assert verdict(figure(), figure(POINT), "stock") == ("limits", ["spans differ: 2019 and at 2019-12-31"])


def test_levels_of_two_stated_populations_are_refused(verdict: Verdict) -> None:
    reason = "populations differ: industry and above scale"
    assert verdict(figure(), figure(population="above_scale")) == ("not_comparable", [reason])


def test_growth_of_two_stated_populations_has_a_limit(verdict: Verdict) -> None:
    first, second = (figure(transformation="yoy", population=p) for p in ("park", "above_scale"))
    assert verdict(first, second) == ("limits", ["populations differ: park and above scale"])


def test_a_population_stated_by_one_text_only_is_a_limit(verdict: Verdict) -> None:
    reason = "only one text states which firms are counted (industry)"
    assert verdict(figure(), figure(population="unstated")) == ("limits", [reason])


def test_a_population_that_neither_text_states_is_a_limit(verdict: Verdict) -> None:
    first, second = figure(population="unstated"), figure(population="unstated")
    assert verdict(first, second) == ("limits", ["neither text states which firms are counted"])


@pytest.mark.parametrize(
    ("caveat", "words"),
    [
        ("concept_unstated", "concept unstated"),
        ("concept_inferred", "our reading"),
        ("mixed_concept", "mixed concept"),
        ("contradicted", "contradicted"),
    ],
)
def test_a_doubt_about_the_concept_is_a_limit_of_its_park(verdict: Verdict, caveat: str, words: str) -> None:
    assert verdict(figure(), figure(caveats=[caveat])) == ("limits", [f"Shuangpai: {words}"])
    assert verdict(figure(caveats=[caveat]), figure()) == ("limits", [f"Hengnan: {words}"])


def test_other_caveats_are_no_limit(verdict: Verdict) -> None:
    assert verdict(figure(caveats=["coarse_figure", "base_unstated"]), figure())[0] == "comparable"


def test_a_text_of_grade_c_is_a_limit(verdict: Verdict) -> None:
    assert verdict(figure(grade="C"), figure()) == ("limits", ["Hengnan: grade C text"])


def test_shares_of_different_wholes_have_a_limit(verdict: Verdict) -> None:
    shares = [figure(transformation="share", share_of=whole) for whole in ("plan", "unstated")]
    assert verdict(*shares, kind="share") == ("limits", ["shares of different wholes: plan and unstated"])


def test_shares_of_different_wholes_that_are_both_stated_are_refused(verdict: Verdict) -> None:
    shares = [figure(transformation="share", share_of=whole) for whole in ("operating_revenue", OUTPUT)]
    reason = "shares of different wholes: operating revenue and gross industrial output"
    assert verdict(*shares, kind="share") == ("not_comparable", [reason])


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (figure(ELEVEN), "时段不同：2019年与2017年1—11月"),
        (figure(population="above_scale"), "统计范围不同：工业与规模以上工业企业"),
        (figure(population="unstated"), "仅一份材料说明统计范围（工业）"),
        (figure(grade="C"), "双牌：C级材料"),
        (figure(caveats=["contradicted"]), "双牌：与其他数据矛盾"),
        (figure(NEXT_YEAR), "时段：2019年与2020年"),
    ],
)
def test_a_reason_is_said_in_chinese(verdict: Verdict, second: dict[str, Any], reason: str) -> None:
    assert verdict(figure(), second, lang="zh")[1] == [reason]


def test_a_population_that_neither_text_states_is_said_in_chinese(verdict: Verdict) -> None:
    first = figure(population="unstated")
    assert verdict(first, first, lang="zh")[1] == ["两份材料均未说明统计范围"]


@pytest.mark.parametrize(
    ("whole", "words"),
    [
        ("plan", "占比所属的总体不同：工业总产值与计划"),
        ("unstated", "占比所属的总体不同：一方为工业总产值，另一方未说明"),
    ],
)
def test_the_whole_of_a_share_has_its_chinese_name(verdict: Verdict, whole: str, words: str) -> None:
    shares = [figure(transformation="share", share_of=of) for of in (OUTPUT, whole)]
    assert verdict(*shares, kind="share", lang="zh")[1] == [words]


def test_refusals_come_first_and_limits_after_them(verdict: Verdict) -> None:
    first = figure(caveats=["contradicted"])
    second = figure(ELEVEN, population="above_scale", grade="C")
    assert verdict(first, second) == (
        "not_comparable",
        [
            "spans differ: 2019 and Jan–Nov 2017",
            "populations differ: industry and above scale",
            "Hengnan: contradicted",
            "Shuangpai: grade C text",
        ],
    )


def test_no_verdict_looks_at_the_size_of_a_figure(verdict: Verdict) -> None:
    first, second = figure(value=1.0, low=1.0, high=1.0), figure(value=9e12, low=9e12, high=9e12)
    assert verdict(first, second)[0] == "comparable"


def states(study: Study, indicator: str, transformation: str = "level") -> dict[str, str]:
    found = coverage.cells(study).filter(indicator=indicator, transformation=transformation)
    return dict(found.select("park_id", "state").iter_rows())


def test_the_cells_of_output_say_what_each_text_holds(study: Study) -> None:
    assert states(study, OUTPUT) == {
        "hengnan": "full_year",
        "hengshan": "none",
        "shuangpai": "part_year",
        "anon-2023": "part_year",
        "anon-2020": "part_year",
    }


def test_a_stock_is_a_state_at_a_point_in_time(study: Study) -> None:
    assert states(study, "perimeter_area") == {
        "hengnan": "point",
        "hengshan": "none",
        "shuangpai": "point",
        "anon-2023": "none",
        "anon-2020": "none",
    }


def test_a_park_of_forecasts_has_no_more_than_forecasts(awkward: Any) -> None:
    own = parkstudy.load(awkward)
    assert states(own, OUTPUT)["only-forecasts"] == "ahead"
    assert states(own, OUTPUT)["awkward"] == "part_year"
    assert "neighbour" not in states(own, OUTPUT)  # a park of context is compared with nobody


def test_a_figure_of_a_part_is_a_part(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-004", subject="zone:old")
    assert states(parkstudy.load(copy_of_data.folder), OUTPUT)["hengnan"] == "parts"


def test_the_outturn_of_the_longest_span_stands_for_a_park(study: Study) -> None:
    cells = coverage.cells(study).filter(indicator=OUTPUT, transformation="level", park_id="anon-2023")
    (chosen,) = study.observations.filter(observation_id=cells["observation_id"][0]).to_dicts()
    assert (chosen["value_type"], chosen["reported_figure"]) == ("outturn", "124.2亿元")


def test_every_indicator_has_a_cell_for_every_park_and_only_known_states(study: Study) -> None:
    cells = coverage.cells(study)
    sizes = cells.group_by("indicator", "transformation").len()["len"]
    assert set(sizes) == {len(study.park_ids())}
    assert set(cells["state"]) <= set(codes("coverage"))
    assert cells.filter(pl.col("observation_id").is_null())["state"].unique().to_list() == ["none"]
    assert cells.filter(state="none")["observation_id"].null_count() == cells.filter(state="none").height


def test_indicators_come_in_the_order_of_their_table(study: Study) -> None:
    order = study.indicators["indicator"].to_list()
    shown = coverage.cells(study)["indicator"].unique(maintain_order=True).to_list()
    assert shown == sorted(shown, key=order.index)


def test_no_pair_of_the_five_parks_agrees_on_everything(study: Study) -> None:
    pairs = coverage.comparability(study)
    shared = pairs.filter(reported="both")
    assert (pairs.height, shared.height) == (120, 35)
    assert dict(shared["verdict"].value_counts().iter_rows()) == {"limits": 17, "not_comparable": 18}


def test_a_pair_tells_how_many_of_its_parks_have_an_outturn_of_the_whole(study: Study) -> None:
    cells = coverage.cells(study).filter(pl.col("state").is_in(coverage.REPORTED))
    held = {tuple(row[:3]): row[3] for row in cells.drop("state").iter_rows()}
    pairs = coverage.comparability(study)
    assert set(pairs["reported"]) == {"both", "one", "none"}
    for row in pairs.iter_rows(named=True):
        figures = [held.get((row["indicator"], row["transformation"], row[side])) for side in ("first", "second")]
        assert [row["first_observation"], row["second_observation"]] == figures
        assert row["reported"] == {0: "both", 1: "one", 2: "none"}[figures.count(None)]
        if None in figures:
            assert (row["verdict"], row["reasons"]) == ("not_comparable", ["pair_not_reported"])


def test_the_parks_of_context_change_no_pair(study: Study) -> None:
    assert (
        coverage.comparability(study)
        .select("indicator", "first", "second", "verdict")
        .equals(coverage.comparability(study.only("")).select("indicator", "first", "second", "verdict"))
    )


def test_every_pair_has_a_known_verdict_and_a_reason(study: Study) -> None:
    pairs = coverage.comparability(study)
    assert set(pairs["verdict"]) <= set(codes("comparability"))
    assert pairs["reasons"].list.len().min() > 0
    assert all(reason for reasons in pairs["reasons"] for reason in reasons)


def test_a_doubt_is_named_by_its_flag(study: Study) -> None:
    pairs = coverage.comparability(study).filter(reported="both")
    assert {"concept_inferred", "contradicted", "pair_grade_c"} <= set(pairs["reasons"].explode())
    assert "pair_doubt" not in set(pairs["reasons"].explode())


def test_every_pair_of_parks_stands_once_for_every_shared_figure(study: Study) -> None:
    pairs = coverage.comparability(study)
    assert set(pairs.group_by("indicator", "transformation").len()["len"]) == {10}
    assert pairs.select("indicator", "transformation", "first", "second").is_duplicated().sum() == 0


def test_output_of_two_official_texts_is_refused_for_both_its_reasons(study: Study) -> None:
    pairs = coverage.comparability(study).filter(indicator=OUTPUT, transformation="level")
    (row,) = pairs.filter(first="hengnan", second="shuangpai").to_dicts()
    assert row["verdict"] == "not_comparable"
    assert row["reasons"] == ["pair_spans_differ", "pair_populations_differ"]


def test_output_growth_of_two_official_texts_has_limits(study: Study) -> None:
    pairs = coverage.comparability(study).filter(indicator=OUTPUT, transformation="yoy")
    (row,) = pairs.filter(first="hengnan", second="shuangpai").to_dicts()
    assert row["verdict"] == "limits"
    assert row["reasons"] == ["pair_spans_differ", "pair_populations_differ"]


def test_a_study_of_one_park_has_no_pair(study: Study) -> None:
    pairs = coverage.comparability(study.only("hengnan"))
    assert pairs.height == 0
    sides = ["first", "second", "first_observation", "second_observation"]
    assert pairs.columns == ["indicator", "transformation", *sides, "reported", "verdict", "reasons"]


def test_a_study_without_figures_has_no_cell(awkward: Any) -> None:
    assert coverage.cells(parkstudy.load(awkward).only("neighbour")).height == 0
