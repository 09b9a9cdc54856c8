"""The formulas of growth on a handful of figures: every row whole, every refusal by the figure that calls for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cases import every
from printed_rows import AFTER, BEFORE, ELEVEN, OUTPUT, TAX, TEXT, YEAR, Printed, level, made, rate, refused

from parkstudy.method import growth
from parkstudy.method.growth import Flow
from parkstudy.method.measures import Measure
from parkstudy.record.rows import Row

ADDED, FIRMS = "industrial_value_added", "above_scale_enterprises"
HALF = {"period_start": date(2020, 1, 1), "period_end": date(2020, 6, 30)}
NINE = {"period_start": date(2020, 1, 1), "period_end": date(2020, 9, 30)}
Any_ = dict[str, Any]


def test_each_measure_follows_a_rule_of_the_method() -> None:
    billions = (OUTPUT, ADDED, "operating_revenue", "tech_industry_trade_revenue", "fixed_asset_investment")
    shown = {**dict.fromkeys(billions, "CNY_billions"), "tax_revenue": "CNY_millions"}
    assert tuple(shown) == growth.NAMED
    of_any = {
        "target_attainment": Measure("percent", "G11"), "year_share": Measure("percent", "section 5"),
        "target_gap": Measure("points", "G11"), "target_over_outturn": Measure("percent", "G11"),
        "implied_plan": Measure("", "A11"),
    }  # fmt: skip
    assert of_any.keys() == {*growth.OF_ANY}
    assert {
        "reference_revenue_growth": Measure("percent", "G7"), "reference_value_added_growth": Measure("percent", "G7"),
        **{f"{flow}_level": Measure("CNY", "G4", unit) for flow, unit in shown.items()},
        **{f"{flow}_implied_base": Measure("CNY", "G1", unit) for flow, unit in shown.items()},
        **of_any, "output_per_firm": Measure("CNY", "G12", "CNY_millions"),
    } == growth.MEASURES  # fmt: skip


MADE, GREW = level("o", OUTPUT, 99.0, 121.0), rate("g", OUTPUT, 10.0, 20.0)
BASE = f"{OUTPUT}_implied_base"


def test_a_level_and_its_rate_imply_the_level_of_the_year_before() -> None:
    ends = (pytest.approx(99 / 1.2), pytest.approx(121 / 1.1), pytest.approx(110 / 1.15))
    more = {"flags": ["check_only"], "status": "E", "unit": "CNY"}
    expected = made(BASE, "implied_base", ends, MADE, GREW, **more)
    assert growth.implied_bases(Printed(MADE, GREW), TEXT, OUTPUT) == [expected]


@every(
    ("figure", "grown", "expected"),
    [
        ({}, {"low": -100.0}, [("implied_base", "reaches_zero")]),
        ({}, {"low": -101.0}, [("implied_base", "reaches_zero")]),
        (ELEVEN, {}, [("implied_base", "no_rate")]),
        ({"population": "above_scale"}, {}, [("implied_base", "no_rate")]),
        ({}, {"transformation": "share"}, [("implied_base", "no_rate")]),
        ({}, {"subject": "zone:old"}, [("implied_base", "no_rate")]),
        ({}, {"indicator": TAX}, [("implied_base", "no_rate")]),
        ({"transformation": "share"}, {}, []),
    ],
)
def test_no_base_follows_from_a_rate_of_minus_a_hundred_or_of_something_else(
    figure: Any_, grown: Any_, expected: list[tuple[str, str]]
) -> None:
    found = growth.implied_bases(Printed({**MADE, **figure}, {**GREW, **grown}), TEXT, OUTPUT)
    assert found == [refused(BASE, *one) for one in expected]


def test_a_rate_just_above_minus_a_hundred_has_a_base() -> None:
    (found,) = growth.implied_bases(Printed(MADE, {**GREW, "low": -99.5, "high": -99.0, "value": -99.2}), TEXT, OUTPUT)
    assert (found["low"], found["high"]) == pytest.approx((99 / 0.01, 121 / 0.005))


EARLIER = level("e", OUTPUT, 80.0, 90.0, **BEFORE)


def changes(earlier: Row, later: Row, **study: Any) -> list[Row]:
    return growth.level_changes(Printed(earlier, later, **study), TEXT, OUTPUT)  # type: ignore[arg-type]


def test_two_levels_a_year_apart_have_a_change() -> None:
    ends = tuple(map(pytest.approx, (100 * (99 / 90 - 1), 100 * (121 / 80 - 1), 100 * (110 / 85 - 1))))
    row = made(f"{OUTPUT}_level_change", "level_change", ends, MADE, EARLIER)
    assert changes(EARLIER, MADE) == [row]
    other = {**EARLIER, "source_id": "a-2019", "population": "park"}
    assert changes(other, MADE, one_a_year={"a-2019"}) == [row]  # of another text, the one that is taken of its year


@every(
    "earlier",
    [
        {"source_id": "a-2019x"},
        {"park_id": "b"},
        {"indicator": TAX},
        {"subject": "zone:old"},
        {"transformation": "share"},
        {"value_type": "target"},
        {"kind": "stock"},
        {"unit": "USD"},
        {"population": "above_scale"},
        {"low": 0.0},
        {"period_end": date(2019, 11, 30)},
        {"period_start": date(2019, 2, 1)},
        YEAR,
    ],
)
def test_other_levels_have_none(earlier: Any_) -> None:
    no = refused(f"{OUTPUT}_level_change", "level_change", "no_second_level")
    assert changes({**EARLIER, **earlier}, MADE, one_a_year={"b-2019"}) == [no]


def test_a_level_of_days_or_at_a_point_has_no_change() -> None:
    no = [refused(f"{OUTPUT}_level_change", "level_change", "no_second_level")]
    assert changes(EARLIER, {**MADE, "period_start": None}) == no
    assert changes(EARLIER, {**MADE, "period_end": date(2020, 12, 30)}) == no
    assert growth.level_changes(Printed(), TEXT, OUTPUT) == []  # type: ignore[arg-type]


AIM = level("a", OUTPUT, 199.0, 201.0, value_type="target")


def test_a_level_stands_over_its_target_beside_the_share_of_the_year() -> None:
    ends = tuple(map(pytest.approx, (49.5, 60.5, 55.0)))
    reached, share = growth.attainments(Printed(MADE, AIM), TEXT)
    assert reached == made("target_attainment", "attainment", ends, MADE, AIM)
    assert share == made("year_share", "year_share", (100.0, 100.0, None), MADE, status="I")
    part = {**MADE, **ELEVEN}
    reached, share = growth.attainments(Printed(part, AIM), TEXT)
    assert reached == made("target_attainment", "attainment", ends, part, AIM)
    assert share == made("year_share", "year_share", (88.5, pytest.approx(91.7), None), part, status="I")
    none = {**MADE, **NINE}
    assert list(growth.attainments(Printed(none, AIM), TEXT))[1] == refused(
        "year_share", "year_share", "no_year_share", **NINE
    )


@every(
    ("figure", "aim"),
    [
        ({"period_start": None}, {}),
        ({}, {"period_start": None}),
        (BEFORE, {}),
        ({"period_end": date(2021, 1, 31)}, {}),
        ({}, {"value": 0.0, "low": 0.0, "high": 0.0}),
        ({}, {"value": None}),
        ({"population": "above_scale"}, {}),
        ({}, {"subject": "zone:old"}),
        ({}, {"value_type": "plan"}),
        ({}, {"transformation": "yoy"}),
        ({"indicator": TAX}, {}),
    ],
)
def test_a_level_outside_the_year_of_a_target_reaches_none_of_it(figure: Any_, aim: Any_) -> None:
    assert [*growth.attainments(Printed({**MADE, **figure}, {**AIM, **aim}), TEXT)] == []


@pytest.mark.parametrize(("own", "aims"), [("park", "unstated"), ("unstated", "park")])
def test_a_result_of_the_park_stands_over_a_target_whose_firms_are_not_stated_and_this_is_said(
    own: str, aims: str
) -> None:
    level_, aim = {**MADE, "population": own}, {**AIM, "population": aims}
    reached, _ = growth.attainments(Printed(level_, aim), TEXT)
    assert reached["flags"] == ["population_unstated"]
    assert reached["value"] == pytest.approx(55.0)


def test_a_target_of_other_firms_is_no_missing_target() -> None:
    found = growth.rows(study({**MADE, "population": "park"}, {**AIM, "population": "above_scale"}))  # type: ignore[arg-type]
    (reason,) = (row["reason"] for row in found if row["measure"] == "target_attainment")
    assert reason == "target_other_firms"


def test_a_share_is_set_against_its_target_in_points() -> None:
    share = level("s", OUTPUT, 69.5, 70.5, transformation="share", unit="percent")
    aim = {**share, "observation_id": "a", "value_type": "target", "value": 80.0}
    row = made("target_gap", "gap", (-10.5, -9.5, -10.0), share, aim)
    assert [*growth.gaps(Printed(share, aim), TEXT)] == [row]
    span = {**share, "value": None}
    assert [*growth.gaps(Printed(span, aim), TEXT)] == [{**row, "value": None}]
    zero = {**aim, "value": 0.0}
    assert [*growth.gaps(Printed(share, zero), TEXT)] == [{**row, "low": 69.5, "high": 70.5, "value": 70.0}]
    for other in ({"value": None}, {"indicator": TAX}, {"subject": "zone:old"}, {"value_type": "plan"}):
        assert [*growth.gaps(Printed(share, {**aim, **other}), TEXT)] == []
    assert [*growth.gaps(Printed({**share, "value_type": "forecast"}, aim), TEXT)] == []


MONEY = [{"indicator": OUTPUT, "kind": "flow", "unit": "CNY"}, {"indicator": FIRMS, "kind": "flow", "unit": "count"}]


def test_the_target_of_the_next_year_is_set_against_the_level() -> None:
    after = {**AIM, **AFTER}
    ends = tuple(map(pytest.approx, (100 * (200 / 121 - 1), 100 * (200 / 99 - 1), 100 * (200 / 110 - 1))))
    row = made("target_over_outturn", "next_target", ends, MADE, after)
    assert [*growth.next_targets(Printed(MADE, after, indicators=MONEY), TEXT)] == [row]
    for other in (MONEY[1:], [{**MONEY[0], "unit": "count"}], [{**MONEY[0], "kind": "stock"}]):
        assert [*growth.next_targets(Printed(MADE, after, indicators=other), TEXT)] == []
    for figure in ({"low": 0.0}, {"population": "above_scale"}, ELEVEN):
        assert [*growth.next_targets(Printed({**MADE, **figure}, after, indicators=MONEY), TEXT)] == []
    assert [*growth.next_targets(Printed(MADE, AIM, indicators=MONEY), TEXT)] == []


def test_what_is_done_of_a_plan_implies_the_plan() -> None:
    done = level("d", OUTPUT, 0.5, 1.5, transformation="share", share_of="plan", unit="percent", subject="zone:old")
    part = {**MADE, "subject": "zone:old"}
    ends = tuple(map(pytest.approx, (99 / 0.015, 121 / 0.005, 110 / 0.01)))
    more = {"subject": "zone:old", "unit": "CNY", "status": "E"}
    row = made("implied_plan", "implied_plan", ends, part, done, **more)
    assert [*growth.implied_plans(Printed(part, done), TEXT)] == [row]
    for other in ({"low": 0.0}, {"share_of": TAX}, ELEVEN, {"subject": "park"}, {"indicator": TAX}):
        assert [*growth.implied_plans(Printed(part, {**done, **other}), TEXT)] == []


def test_output_per_firm_is_of_one_set_of_firms_at_one_date() -> None:
    firms = level("f", FIRMS, 10, 10, unit="count", **{**YEAR, "period_start": None})
    ends = tuple(map(pytest.approx, (9.9, 12.1, 11.0)))
    row = made("output_per_firm", "per_firm", ends, MADE, firms)
    assert [*growth.per_firm(Printed(MADE, firms), TEXT)] == [row]
    for other in ({"low": 0.0}, {"period_end": date(2020, 11, 30)}, {"value_type": "forecast"}, {"population": "x"}):
        assert [*growth.per_firm(Printed(MADE, {**firms, **other}), TEXT)] == []


def test_a_level_stands_beside_its_full_year() -> None:
    name = f"{OUTPUT}_level"
    ends = (99.0, 121.0, 110.0)
    annual = {"basis": "annualised", "unit": "CNY"}
    assert [*growth.full_years(Printed(MADE), TEXT, OUTPUT)] == [
        made(name, "as_reported", ends, MADE, unit="CNY"),
        made(name, "full_year_reported", ends, MADE, **annual),
    ]
    part = {**MADE, **ELEVEN}
    year = (pytest.approx(99 / 0.917), pytest.approx(121 / 0.885), None)
    assert [*growth.full_years(Printed(part), TEXT, OUTPUT)] == [
        made(name, "as_reported", ends, part, unit="CNY"),
        made(name, "full_year_scaled", year, part, status="I", **annual),
    ]
    ahead = {**MADE, "observation_id": "w", "value_type": "forecast", "obs_status": "F"}
    assert [*growth.full_years(Printed(part, ahead), TEXT, OUTPUT)][2] == made(
        name, "full_year_own", ends, ahead, **annual, status="F", flags=["forecast"]
    )
    none = {**MADE, **NINE}
    assert [*growth.full_years(Printed(none), TEXT, OUTPUT)] == [
        made(name, "as_reported", ends, none, unit="CNY"),
        refused(name, "full_year", "no_year_share", **annual, **NINE),
    ]


PARK = {"park_id": "a", "anonymised": False, "prefecture_en": "", "province_en": "Somewhere"}


def study(*observations: Row, series: list[Row] | None = None) -> Printed:
    kinds = {
        OUTPUT: ("growth", "current"),
        ADDED: ("growth", "comparable"),
        TAX: ("tax", ""),
        "rnd": ("innovation", ""),
    }
    flows: list[Row] = [
        {"indicator": flow, "kind": "flow", "dimension": dimension, "growth_price": price, "unit": "CNY"}
        for flow, (dimension, price) in kinds.items()
    ]
    text = {"source_id": "a-2020", "park_id": "a", "kind": "work_summary"}
    found = Printed(*observations, indicators=flows, sources=[text], parks=[PARK], places=[], reference=series or [])
    found.observations = _Frame(observations)  # type: ignore[attr-defined]
    return found


class _Frame:
    """What is asked of the frame of observations: the rates of the whole park."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.found = rows

    def filter(self, _: Any, **wanted: Any) -> _Frame:
        return _Frame(tuple(row for row in self.found if all(row[name] == value for name, value in wanted.items())))

    def to_dicts(self) -> list[Row]:
        return [*self.found]


def reference(series: str, scope: str, value: float, **cells: Any) -> Row:
    return {"series": series, "scope": scope, "value": value, "printed": str(value), "inferred": "", **YEAR, **cells}


def test_flows_of_turnover_and_tax_are_followed_and_those_of_which_a_rate_is_printed() -> None:
    plain = {OUTPUT: Flow("current", False), ADDED: Flow("comparable", False), TAX: Flow("", False)}
    assert growth.flows(study()) == plain  # type: ignore[arg-type]
    assert growth.flows(study(rate("r", "rnd", 1, 3), GREW)) == {  # type: ignore[arg-type]
        **plain, OUTPUT: Flow("current", True), "rnd": Flow("", True),
    }  # fmt: skip
    for other in ({"subject": "zone:old"}, {"transformation": "share"}):
        assert growth.flows(study(rate("r", "rnd", 1, 3, **other))) == plain  # type: ignore[arg-type]


def test_a_published_rate_has_its_price_and_a_target_its_own_name() -> None:
    real, ahead = rate("v", ADDED, 7, 9), rate("w", OUTPUT, 5, 7, value_type="plan", obs_status=None)
    coming = rate("c", TAX, 1, 3, value_type="forecast", obs_status="F")
    assert growth.published_rates(study(GREW, real, ahead, coming)) == [  # type: ignore[arg-type]
        made(f"{OUTPUT}_growth", "as_printed", (10.0, 20.0, 15.0), GREW),
        made(f"{ADDED}_growth", "as_printed", (7, 9, 8.0), real, price="comparable"),
        made(f"{OUTPUT}_growth_target", "as_printed", (5, 7, 6.0), ahead, status=None),
        made(f"{TAX}_growth", "as_printed", (1, 3, 2.0), coming, status="F", flags=["forecast"]),
    ]


def test_a_rate_is_deflated_by_producer_prices_or_refused() -> None:
    rates = growth.published_rates(study(GREW, rate("v", ADDED, 7, 9), rate("t", TAX, 7, 9)))  # type: ignore[arg-type]
    prices = study(series=[reference("ppi_yoy", "national", 2.0)])
    (real,) = growth.real_rates(prices, rates)  # type: ignore[arg-type]
    ends = tuple(100 * (grown / price - 1) for grown, price in ((1.1, 1.0205), (1.2, 1.0195), (1.15, 1.02)))
    key = f"ref:ppi_yoy/national/{YEAR['period_start']}/{YEAR['period_end']}"
    more = {"price": "real", "inputs": ["g", key]}
    assert real == made(f"{OUTPUT}_growth", "deflated", tuple(map(pytest.approx, ends)), GREW, **more)
    around = [reference("ppi_yoy", "national", 1.0, **NINE), reference("ppi_yoy", "national", 2.0, **YEAR)]
    part = [{**row, **ELEVEN} for row in rates]
    (between,) = growth.real_rates(study(series=around), part)  # type: ignore[arg-type]
    assert (between["flags"], len(between["inputs"])) == (["price_between_spans"], 3)
    assert (between["low"], between["high"]) == pytest.approx((100 * (1.1 / 1.0205 - 1), 100 * (1.2 / 1.0095 - 1)))
    assert [*growth.real_rates(study(), rates)] == [  # type: ignore[arg-type]
        refused(f"{OUTPUT}_growth", "deflated", "no_price_index", price="real", **YEAR)
    ]


def test_references_of_the_same_concept_stand_beside_a_rate_the_widest_first() -> None:
    rates = growth.published_rates(study(GREW, rate("v", ADDED, 7, 9), rate("t", TAX, 7, 9)))  # type: ignore[arg-type]
    series = [
        reference("operating_revenue_yoy", "Somewhere", 5.5), reference("operating_revenue_yoy", "national", 4.0),
        reference("above_scale_va_yoy", "national", 6.0, inferred="the span"),
    ]  # fmt: skip
    found = [*growth.reference_rates(study(series=series), rates)]  # type: ignore[arg-type]

    def beside(measure: str, scope: str, of: str, value: float, price: str, **columns: Any) -> Row:
        row = {"park_id": "a", "source_id": "a-2020", "subject": f"reference:{scope}", "measure": measure}
        row |= {"method": "as_published", "population": "above_scale", "value_type": "outturn", "basis": "reported"}
        row |= {"price": price, "low": pytest.approx(value - 0.05), "high": pytest.approx(value + 0.05), "value": value}
        key = f"ref:{of}/{scope}/{YEAR['period_start']}/{YEAR['period_end']}"
        return {**row, **YEAR, "status": "A", "flags": [], "inputs": [key], **columns}

    assert found == [
        beside("reference_revenue_growth", "national", "operating_revenue_yoy", 4.0, "nominal"),
        beside("reference_revenue_growth", "Somewhere", "operating_revenue_yoy", 5.5, "nominal"),
        beside(
            "reference_value_added_growth", "national", "above_scale_va_yoy", 6.0, "comparable",
            flags=["reference_inferred"],
        ),
    ]  # fmt: skip
    longer = [{**row, **YEAR} for row in series[:1]]
    (other,) = growth.reference_rates(study(series=longer), [{**rates[0], **ELEVEN}])  # type: ignore[arg-type]
    assert other["flags"] == ["reference_other_span"]
    assert [*growth.reference_rates(study(), rates[:1])] == [  # type: ignore[arg-type]
        refused("reference_revenue_growth", "as_published", "no_reference", **YEAR)
    ]


def test_what_no_text_prints_is_a_row_with_its_reason() -> None:
    found = growth.rows(study(GREW, {**MADE, **ELEVEN}, level("v", ADDED, 1, 2, **NINE), level("t", TAX, 1, 2)))  # type: ignore[arg-type]
    reasons = {(row["measure"], row["method"], row["reason"]) for row in found if "reason" in row}
    assert reasons == {
        (f"{OUTPUT}_growth", "deflated", "no_price_index"), ("reference_revenue_growth", "as_published", "no_reference"),
        (f"{ADDED}_level", "full_year", "no_year_share"), (BASE, "implied_base", "no_rate"),
        (f"{OUTPUT}_level_change", "level_change", "no_second_level"),
        ("target_attainment", "attainment", "no_target"), ("target_gap", "gap", "no_share_target"),
        ("target_over_outturn", "next_target", "no_next_target"), ("implied_plan", "implied_plan", "no_plan_percentage"),
        ("output_per_firm", "per_firm", "no_firm_count"),
    }  # fmt: skip
