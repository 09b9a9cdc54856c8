"""One text as the checks see it: its printed figures with their exact intervals, and what is found of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from parkstudy.method.fact import Fact
from parkstudy.record.interval import Exact, quotient, total
from parkstudy.record.period import day
from parkstudy.record.rows import Row, fitting
from parkstudy.record.schema import REST_NAMED
from parkstudy.record.tables import Tables
from parkstudy.record.units import sizes

_SAID_IN = {"CNY": Decimal(10) ** 8}  # sums of money are said in 100 million yuan


@dataclass(frozen=True)
class Finding:
    """One relation: which check, of which text, with which outcome; `marked` are the rows that carry `contradicted`, `references` the
    published rates that the check takes."""

    check: str
    source_id: str
    outcome: str
    observations: tuple[str, ...]
    arithmetic: Fact
    marked: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintedText:
    """The rows of one text in the order of the record, the unit of each indicator, the exact interval of each row."""

    study: Tables
    source_id: str
    published: date | None
    rows: list[Row]
    units: dict[str, str]
    exact: dict[str, Exact]

    @classmethod
    def by(cls, study: Tables, source: Row) -> PrintedText:
        """What the text of a source prints."""
        units = {row["indicator"]: row["unit"] for row in study.rows("indicators")}
        rows = study.rows("observations", source_id=source["source_id"])
        exact = {row["observation_id"]: Exact.printed(row, _held_in(units[row["indicator"]])) for row in rows}
        return cls(study, source["source_id"], day(source["published"]), rows, units, exact)

    def of(self, row: Row) -> Exact:
        """The interval of a row; areas are in km²."""
        return self.exact[row["observation_id"]]

    def sum(self, rows: Iterable[Row]) -> Exact:
        """The sum of the intervals of rows."""
        return total(self.of(row) for row in rows)

    def base(self, level: Row, rate: Row) -> Exact:
        """The base that a level and its growth rate imply: level / (1 + rate)."""
        return self.of(level).over(factor(self.of(rate)))

    def change(self, rated: Sequence[tuple[int, Row, Row]]) -> Exact:
        """The growth in percent of a sum of levels, each with its sign and its rate: a level enters the sum and its base."""
        terms = []
        for sign, level, rate in rated:
            corners = product(self.of(level).ends, factor(self.of(rate)).ends)
            terms.append([(sign * value, sign * value / times) for value, times in corners])
        return (quotient(*terms) + Exact.point(-1)).times(100)

    def where(self, **wanted: Any) -> list[Row]:
        """The rows whose columns have these values."""
        kind = {key: wanted[key] for key in ("transformation", "value_type") if key in wanted}
        return fitting(self.study.rows("observations", source_id=self.source_id, **kind), **wanted)

    def is_rest(self, row: Row) -> bool:
        """Whether the subject of a row is called what is left of a list."""
        wanted = {"source_id": self.source_id, "subject": row["subject"]}
        named = (one[name] or "" for one in self.study.rows("subjects", **wanted) for name in ("name_zh", "name_en"))
        return any(name.lower().startswith(REST_NAMED) for name in named)

    def bounded(self, **wanted: Any) -> list[Row]:
        """The rows among `where` that one may divide by: bounded, levels and shares above zero, rates above -100 %."""
        found = [row for row in self.where(**wanted) if self.of(row).high.is_finite()]
        return [row for row in found if self.of(row).low > (-100 if row["transformation"] == "yoy" else 0)]

    def levels(self, value_type: str = "outturn", **wanted: Any) -> list[Row]:
        """The levels among `bounded`."""
        return self.bounded(transformation="level", value_type=value_type, **wanted)

    def rate(self, level: Row) -> Row | None:
        """The growth rate printed for a level: same concept, subject, population, type and months."""
        same = concept(level) | months(level) | {"value_type": level["value_type"]}
        return next(iter(self.bounded(transformation="yoy", **same)), None)

    def wholes(self) -> list[tuple[Row, list[Row]]]:
        """Each row that others name as their whole, with those of them that are in its unit: the others add nothing to it."""
        rows = {row["observation_id"]: row for row in self.rows}
        wholes = dict.fromkeys(whole for row in self.rows for whole in row["part_of"] if whole in rows)
        named = ((rows[whole], [row for row in self.rows if whole in row["part_of"]]) for whole in wholes)
        found = ((whole, self._added(whole, parts)) for whole, parts in named)
        return [(whole, parts) for whole, parts in found if parts]

    def _added(self, whole: Row, parts: list[Row]) -> list[Row]:
        """The parts in the unit of their whole; of a complete list all or none, for without one of them it makes up no total."""
        other = [row for row in parts if self._in(row) != self._in(whole)]
        torn = any(row["split"] == "complete" for row in other)
        return [row for row in parts if row not in other and not (torn and row["split"] == "complete")]

    def _in(self, row: Row) -> str:
        """The unit in which a row is added up."""
        return (
            row["unit"]
            if row["transformation"] != "level" or row["unit"] == "USD"
            else _held_in(self.units[row["indicator"]])
        )

    def finding(
        self, check: str, outcome: str, rows: Sequence[Row], said: str, marked: Sequence[Row] = (), /, **values: Any
    ) -> Finding:
        """A finding of this text, with the fact that says its arithmetic; only a contradiction marks rows."""
        ids, carrying = (tuple(row["observation_id"] for row in those) for those in (rows, marked))
        fact, carrying = Fact(said, values), carrying if outcome == "contradiction" else ()
        return Finding(check, self.source_id, outcome, ids, fact, carrying)


def months(row: Row) -> dict[str, Any]:
    """What the rows of the same period have in common with a row."""
    return {"period_start": row["period_start"], "period_end": row["period_end"]}


def concept(row: Row) -> dict[str, Any]:
    """What a level shares with its growth rate, and a level with its target."""
    return {key: row[key] for key in ("indicator", "subject", "population")}


def factor(rate: Exact) -> Exact:
    """One plus a rate in percent."""
    return rate.times(Decimal("0.01")) + Exact.point(1)


def amount(value: Exact, unit: str) -> Fact:
    """A computed interval as a sentence prints it, in the unit of the figures it follows from; a point has no `high`."""
    times, over = sizes(_held_in(unit), unit) or (1, 1)
    low, high = (float(end * times / over / _SAID_IN.get(unit, Decimal(1))) for end in value.ends)
    return Fact("audit_amount", {"low": low, "high": None if value.low == value.high else high, "unit": unit})


def _held_in(unit: str) -> str:
    """The unit in which a figure is held against others: km² for the areas, which have indicators in mu and in km²."""
    return "km2" if unit == "mu" else unit
