"""Statements as declarations: a neighbouring park laid into the tables, a new statement, and the frame of them all."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import polars as pl
import pytest
from planted import append, edited, without_park

from parkstudy.method import statements
from parkstudy.method.cells import Cell, Unknown
from parkstudy.method.statements import Decision, Statement
from parkstudy.record.interval import Interval
from parkstudy.method.study import Study


def with_hengdong(copy: Any, tax: str) -> Decision:
    """Statement 13 where the tables hold the neighbouring park with this tax."""
    without_park(copy, "hengdong")
    park = {"park_id": "hengdong", "name_zh": "衡东园区", "name_en": "Hengdong park", "role": "context"}
    append(copy, "parks", "hengshan", **park, county_zh="衡东县", county_en="Hengdong County")
    append(
        copy, "sources", "hengshan-2022",
        source_id="hengdong-2022", park_id="hengdong", kind="page", grade="", sha256="",
        published="", title="", publisher="", period_end="2022-12-31",
    )  # fmt: skip
    for number, like, figure in (("001", "002", tax), ("002", "001", "129.6亿元")):
        append(
            copy, "observations", f"hengshan-2022-{like}",
            observation_id=f"hengdong-2022-{number}", source_id="hengdong-2022", population="unstated",
            period_end="2022-12-31", reported_figure=figure,
        )  # fmt: skip
    return {d.statement.id: d for d in statements.decide(edited(copy))}["13"]


@pytest.mark.parametrize(
    ("tax", "verdict", "support"),
    [("6.79亿元", "holds", 1), ("3.79亿元", "reversed", 0), ("4.79亿元", "not distinguishable", 0)],
)
def test_13_is_decided_by_the_full_year_band_and_the_tax_of_the_neighbour(
    copy_of_data: Any, tax: str, verdict: str, support: int
) -> None:
    decision = with_hengdong(copy_of_data, tax)
    assert (decision.verdict, decision.support, len(decision.results)) == (verdict, support, 1)
    band = [100 * 5.27 / 148.2032 * out / paid for out, paid in product((0.885, 0.917), (0.77, 0.95))]
    assert (min(band), max(band)) == pytest.approx((3.31, 4.24), abs=0.01)
    peer = 100 * float(tax.removesuffix("亿元")) / 129.6
    assert (peer > max(band)) is (verdict == "holds")
    assert (peer < min(band)) is (verdict == "reversed")


def test_13_is_not_comparable_without_the_neighbour(copy_of_data: Any) -> None:
    without_park(copy_of_data, "hengdong")
    decision = {d.statement.id: d for d in statements.decide(edited(copy_of_data))}["13"]
    assert decision.verdict == "not comparable"
    assert "hengdong" in decision.reason


def test_a_new_statement_is_a_few_lines_of_declaration(study: Study) -> None:
    def cells(record: Any) -> Any:
        left, right = record.figure("hengnan", "tax_revenue"), record.figure("hengshan", "tax_revenue")
        yield Cell({}, lambda draw: draw(right), lambda draw: draw(left))

    new = Statement("22", "Hengshan reports more tax than Hengnan", cells)
    (decision,) = statements.decide(study, (new,))
    assert (decision.verdict, decision.support, len(decision.results)) == ("holds", 1, 1)
    assert decision.results[0].inputs == ("hengshan-2022-002", "hengnan-2019-006")
    assert decision.ratio is decision.lowest_ratio is None


def test_a_statement_depends_on_the_choices_that_turn_the_nearest_cell(study: Study) -> None:
    def cells(_: Any) -> Any:
        for a, b in product("xy", "12"):
            value = Interval(*([1.0 if a == "x" else -1.0] * 2))
            unknown = Unknown.known(a, value)
            yield Cell({"first": a, "second": b}, lambda draw, u=unknown: draw(u), lambda draw: np.asarray(0.0))

    (decision,) = statements.decide(study, (Statement("22", "", cells),))
    assert (decision.verdict, decision.depends_on) == ("depends", ("first",))


def test_the_frame_has_a_row_for_each_cell_and_one_for_a_statement_without(study: Study) -> None:
    decisions = statements.decide(study)
    frame = statements.as_frame(decisions)
    assert frame.height == sum(len(d.results) or 1 for d in decisions)
    assert frame["statement"].unique(maintain_order=True).to_list() == [d.statement.id for d in decisions]
    known = set(study.observations["observation_id"])
    inputs = set(frame["inputs"].drop_nulls().explode().drop_nulls())
    assert {i for i in inputs if not i.startswith("ref:")} <= known
    rows = frame.filter(pl.col("statement") == "17")
    assert rows["choices"].to_list() == ["reading: together", "reading: each"]
    assert rows["state"].to_list() == ["against", "for"]
