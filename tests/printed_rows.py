"""Printed figures as rows, and a study that has them and nothing else: formulas are tested on a handful."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from parkstudy.method.measures import Text
from parkstudy.record.rows import Row, fitting

TEXT = Text("a", "a-2020")
YEAR = {"period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31)}
ELEVEN = {"period_start": date(2020, 1, 1), "period_end": date(2020, 11, 30)}
BEFORE = {"period_start": date(2019, 1, 1), "period_end": date(2019, 12, 31)}
AFTER = {"period_start": date(2021, 1, 1), "period_end": date(2021, 12, 31)}
OUTPUT, TAX, TIT = "gross_industrial_output", "tax_revenue", "tech_industry_trade_revenue"
NAMED_FOR = ("park_id", "source_id", "population", "value_type", "period_start", "period_end")


def level(key: str, indicator: str, low: float, high: float, **cells: Any) -> Row:
    """A level of the whole park for the year 2020, its value in the middle."""
    of = {"observation_id": key, "park_id": "a", "source_id": "a-2020", "indicator": indicator, "subject": "park"}
    said = {"population": "park", "transformation": "level", "value_type": "outturn", "kind": "flow", "unit": "CNY"}
    figure = {"low": low, "high": high, "value": (low + high) / 2, "bound": "exact"}
    doubts = {"obs_status": "A", "grade": "A", "caveats": (), "part_of": (), "share_of": None}
    return {**of, **said, **figure, **doubts, **YEAR, **cells}


def rate(key: str, indicator: str, low: float, high: float, **cells: Any) -> Row:
    """A growth rate for the year 2020."""
    return level(key, indicator, low, high, **{"transformation": "yoy", "unit": "percent", **cells})


def made(measure: str, method: str, ends: tuple[float, float, float | None], *inputs: Row, **columns: Any) -> Row:
    """The row of a measure that follows from these figures: low, high, value; the first of them leads it."""
    row = {key: inputs[0][key] for key in NAMED_FOR} | {"subject": "park", "measure": measure, "method": method}
    row |= {"low": ends[0], "high": ends[1], "value": ends[2], "basis": "reported", "price": "nominal", "status": "A"}
    return row | {"grade": "A", "flags": [], "inputs": [one["observation_id"] for one in inputs], **columns}


def refused(measure: str, method: str, reason: str, **columns: Any) -> Row:
    """The row of a measure that has no value."""
    row = {"park_id": "a", "source_id": "a-2020", "subject": "park", "basis": "reported"}
    return {**row, "measure": measure, "method": method, "reason": reason, **columns}


class Printed:
    """A study of these observations; `one_a_year` are the texts of which one is taken a year."""

    def __init__(self, *observations: Row, one_a_year: Collection[str] = (), **tables: list[Row]) -> None:
        self.tables, self.one_a_year = {"observations": [*observations], **tables}, one_a_year

    def rows(self, table: str, **wanted: Any) -> list[Row]:
        return fitting(self.tables[table], **wanted)

    def park_ids(self) -> list[str]:
        return [*dict.fromkeys(row["park_id"] for row in self.tables["observations"])]
