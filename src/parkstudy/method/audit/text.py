"""One text as the checks see it, and what they find."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from parkstudy.record.exact import Exact
from parkstudy.record.period import Period
from parkstudy.record.tables import Tables
from parkstudy.words.language import Text as Words

Row = dict[str, Any]

OUTCOMES = ("contradiction", "implausible", "ambiguous", "holds")
OUTCOME_NAMES = {
    "contradiction": Words("contradiction", "矛盾"),
    "implausible": Words("implausible", "存疑"),
    "ambiguous": Words("ambiguous", "含糊"),
    "holds": Words("holds", "相符"),
}
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Finding:
    """One relation: which check, of which text, with which outcome; `marked` are the rows that carry `contradicted`."""

    check: str
    source_id: str
    outcome: str
    observations: tuple[str, ...]
    arithmetic: Words
    marked: tuple[str, ...] = ()


@dataclass
class Text:
    """One text's observations with their exact intervals, as the checks need them."""

    study: Tables
    source_id: str
    rows: list[Row]
    units: dict[str, str]
    published: date | None
    exact: dict[str, Exact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.exact = {row["observation_id"]: Exact.printed(row, self.units[row["indicator"]]) for row in self.rows}

    def of(self, row: Row) -> Exact:
        """The interval of a row; areas in mu are brought to km², so that different land indicators can be compared."""
        found = self.exact[row["observation_id"]]
        if row["transformation"] == "level" and self.units[row["indicator"]] == "mu":
            return Exact(found.low / 1500, found.high / 1500, found.open_above)
        return found

    def where(self, **wanted: Any) -> list[Row]:
        """The rows whose columns have these values, in the order of the record."""
        return [row for row in self.rows if all(row[key] == value for key, value in wanted.items())]

    def bounded(self, **wanted: Any) -> list[Row]:
        """The rows among `where` that one may divide by: bounded, levels and shares above zero, rates above -100 %."""
        return [row for row in self.where(**wanted) if self._divides(row)]

    def _divides(self, row: Row) -> bool:
        found = self.exact[row["observation_id"]]
        least = -HUNDRED if row["transformation"] == "yoy" else Decimal(0)
        return found.low > least and found.high.is_finite()

    def finding(
        self, check: str, outcome: str, rows: list[Row], arithmetic: Words, marked: list[Row] | None = None
    ) -> Finding:
        """A finding of this text; only a contradiction marks rows."""
        ids = tuple(row["observation_id"] for row in rows)
        carrying = tuple(row["observation_id"] for row in marked or []) if outcome == "contradiction" else ()
        return Finding(check, self.source_id, outcome, ids, arithmetic, carrying)


def said(row: Row) -> Words:
    """Term and figure as printed; Chinese words and figures stand without a space."""
    term, figure = row["reported_term"], row["reported_figure"]
    apart = " " if term[-1].isascii() else ""
    return Words(f"{term} {figure}", f"{term}{apart}{figure}")


def added(rows: list[Row]) -> Words:
    """Printed figures with plus signs between them."""
    figures = [row["reported_figure"] for row in rows]
    return Words(" + ".join(figures), "+".join(figures))


def same_months(*rows: Row) -> bool:
    """True where all rows are of one period."""
    return len({(row["period_start"], row["period_end"]) for row in rows}) == 1


def parts_of(text: Text) -> dict[str, list[Row]]:
    """Whole to the rows that name it as theirs."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in text.rows:
        for whole in row["part_of"]:
            found[whole].append(row)
    return found


def by_id(text: Text) -> dict[str, Row]:
    """Identifier to row."""
    return {row["observation_id"]: row for row in text.rows}


def scaled(value: Exact, like: Row) -> Words:
    """An interval in words, on the scale of a row: money in 100 million yuan."""
    size, unit = {
        "CNY": (Decimal(10) ** 8, Words(" 亿元", "亿元")),
        "percent": (Decimal(1), Words(" %", "%")),
        "km2": (Decimal(1), Words(" km²", "平方公里")),
        "mu": (Decimal(1), Words(" km²", "平方公里")),
    }.get(str(like["unit"]), (Decimal(1), Words("", "")))
    return Words(value.said(size) + unit, value.said(size) + unit.zh)


def rate_of(text: Text, level: Row, value_type: str) -> Row | None:
    """The growth rate printed for a level: same indicator, subject, population and months."""
    same = {"indicator": level["indicator"], "subject": level["subject"], "population": level["population"]}
    rates = text.bounded(transformation="yoy", value_type=value_type, **same)
    return next((rate for rate in rates if same_months(rate, level)), None)


def grown(rate: Exact) -> Exact:
    """One plus a rate in percent."""
    return rate.times(1 / HUNDRED).plus(Decimal(1))


def year_share(row: Row) -> Exact | None:
    """The share of the year that the months of a row stand for; None where the method gives none."""
    kind = {"gross_industrial_output": "output", "tax_revenue": "tax"}.get(row["indicator"], "")
    share = Period(row["period_start"], row["period_end"]).year_share(kind)
    return None if share is None else Exact(Decimal(str(share.low)), Decimal(str(share.high)))
