"""The limits of a comparison: what stands beside any order of two sides (method, R4a)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from parkstudy.record.codes import codes
from parkstudy.record.period import Period
from parkstudy.record.rows import Row

LIMITS = codes("comparison_limit")
_DOUBTS = {"concept_unstated", "concept_inferred", "mixed_concept", "contradicted"}


class SideFigures(NamedTuple):
    """What a comparison asks of the figures of a side: the same whatever they are compared with."""

    source: str
    inputs: tuple[str, ...]
    indicators: tuple[str, ...]
    populations: tuple[str, ...]
    months: int | None
    year: int | None
    grades: frozenset[str | None]
    doubted: bool

    @classmethod
    def of(cls, rows: list[Row]) -> SideFigures:
        """Of the figures of a side, that which leads it first."""
        period = Period.of(rows[0])
        return cls(
            rows[0]["source_id"], tuple(row["observation_id"] for row in rows), tuple(row["indicator"] for row in rows),
            tuple(row["population"] for row in rows if row["population"]), period.months,
            period.end.year if period.end else None,
            frozenset(row["grade"] for row in rows),
            any(flag in _DOUBTS for row in rows for flag in row["caveats"]),
        )  # fmt: skip


def limits(left: SideFigures, right: SideFigures) -> tuple[str, ...]:
    """What stands beside any order of two sides: firms counted, months, years, concepts, grade."""
    grades = left.grades | right.grades
    return _named(
        population=left.populations != right.populations or "unstated" in (*left.populations, *right.populations),
        months=left.months != right.months,
        years=None not in (left.year, right.year) and left.year != right.year,
        grade="C" in grades,
        no_grade=None in grades,
        concept=left.doubted or right.doubted or left.indicators != right.indicators,
    )


@cache
def _named(**found: bool) -> tuple[str, ...]:
    return tuple(limit for limit in LIMITS if found[limit])
