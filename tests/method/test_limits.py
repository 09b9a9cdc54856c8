"""Limits of a comparison: each by the one difference that calls for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases import every

from parkstudy.method.limits import SideFigures, limits

SIDE = SideFigures(
    source="a-2020", inputs=("a-2020-001",), indicators=("tax_revenue", "gross_industrial_output"),
    populations=("park", "above_scale"), months=12, year=2020, grades=frozenset("A"), doubted=False,
)  # fmt: skip


def row(**cells: Any) -> dict[str, Any]:
    whole = {"source_id": "a-2020", "observation_id": "a-2020-001", "indicator": "tax_revenue", "population": "park"}
    year = {"period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31)}
    return {**whole, **year, "grade": "A", "caveats": [], **cells}


@every(
    ("other", "expected"),
    [
        ({}, ()),
        ({"source": "b-2020", "inputs": ("b-2020-001",)}, ()),
        ({"populations": ("park", "park")}, ("population",)),
        ({"populations": ("unstated", "above_scale")}, ("population",)),
        ({"months": 11}, ("months",)),
        ({"months": None}, ("months",)),
        ({"year": 2019}, ("years",)),
        ({"year": None}, ()),
        ({"grades": frozenset("C")}, ("grade",)),
        ({"grades": frozenset("AB")}, ()),
        ({"grades": frozenset({None})}, ("no_grade",)),
        ({"indicators": ("tax_revenue", "operating_revenue")}, ("concept",)),
        ({"doubted": True}, ("concept",)),
        ({"months": 6, "year": 2018, "doubted": True}, ("months", "years", "concept")),
    ],
)
def test_a_difference_of_one_side_is_a_limit_of_both(other: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert limits(SIDE, SIDE._replace(**other)) == limits(SIDE._replace(**other), SIDE) == expected


def test_what_is_unstated_on_both_sides_is_not_thereby_the_same() -> None:
    unstated = SIDE._replace(populations=("unstated",))
    assert limits(unstated, unstated) == ("population",)


def test_a_side_is_asked_for_its_figures_the_leading_one_first() -> None:
    area = row(observation_id="a-2020-002", indicator="built_area", population=None, grade="B", period_start=None)
    assert SideFigures.of([row(), area]) == SideFigures(
        "a-2020", ("a-2020-001", "a-2020-002"), ("tax_revenue", "built_area"), ("park",), 12, 2020, frozenset("AB"), False
    )  # fmt: skip
    undated = SideFigures.of([row(period_start=None, period_end=None)])
    assert (undated.months, undated.year) == (None, None)


@every("caveat", ["concept_unstated", "concept_inferred", "mixed_concept", "contradicted"])
def test_a_doubt_about_what_is_meant_is_one_of_the_side(caveat: str) -> None:
    assert SideFigures.of([row(), row(caveats=["coarse_figure", caveat])]).doubted
    assert not SideFigures.of([row(caveats=["coarse_figure"])]).doubted
