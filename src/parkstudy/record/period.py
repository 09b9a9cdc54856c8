"""Periods: spans of months, points in time, and what share of a year a span stands for.

The texts report full years, January to November and half-years. Two spans are compared as they are printed; the share
of a year is an interval taken from the method (section 5), never the number of months over twelve.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from parkstudy.record.interval import Interval
from parkstudy.record.schema import YEAR

YEAR_SHARES = {
    ("output", 11): Interval(0.885, 0.917),
    ("output", 6): Interval(0.43, 0.56),
    ("tax", 11): Interval(0.77, 0.95),
}  # method, section 5; nothing else is annualised
FULL_YEAR = Interval(1.0, 1.0)
_MARGINS = {10: 1.5, 11: 1.5, 6: 6.0}  # points, by the months of the shorter span; method, G3
_SAMPLE_MARGIN = 5.0
_CALENDAR = {
    12: ("A", "{year}"), 6: ("S", "{year}-S{place}"), 3: ("Q", "{year}-Q{place}"), 1: ("M", "{year}-{place:02}"),
}  # fmt: skip


@dataclass(frozen=True)
class Period:
    """A span from `start` to `end`, a point in time (`start` None), or undated (both None)."""

    start: date | None
    end: date | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Period:
        """The period of a row."""
        return cls(row["period_start"], row["period_end"])

    @property
    def months(self) -> int | None:
        """Months of a span that begins on a first and ends on a last day of a month; None for any other period."""
        return _months(self.start, self.end)

    @property
    def is_full_year(self) -> bool:
        """True for January to December of one year."""
        return self.months == 12 and self.start is not None and self.start.month == 1

    def year_before(self, later: Period) -> bool:
        """True where `later` is the same whole months one year on."""
        if self.start is None or later.start is None or self.months is None or self.months != later.months:
            return False
        return (self.start.year + 1, self.start.month) == (later.start.year, later.start.month)

    @property
    def kind(self) -> str:
        """What kind of period it is, as words tell them apart: a code of the group `period`."""
        if self.end is None or self.start is None:
            return "point" if self.end else "undated"
        if self.months and self.months % 12 == 0 and self.start.month == 1:
            return "year" if self.months == 12 else "years"
        across = "" if self.start.year == self.end.year else "_across"
        if self.months is None:
            return "day" if self.start == self.end else f"days{across}"
        return "month" if self.months == 1 else f"months{across}"

    def iso(self) -> str | None:
        """The period as ISO 8601 has it: `2017-01-01/P11M` for whole months, a date for a point in time, else both dates."""
        if self.end is None:
            return None
        if self.start is None:
            return self.end.isoformat()
        return f"{self.start.isoformat()}/{f'P{self.months}M' if self.months else self.end.isoformat()}"

    def sdmx(self) -> tuple[str, str] | None:
        """Frequency (CL_FREQ) and period as SDMX has them; None for what is undated.

        A calendar year, half-year, quarter or month is one; any other span is the first day and how long it is (a time range),
        with frequency `_O`, other; a point in time is a date, to which no frequency applies, `_Z`.
        """
        if self.end is None:
            return None
        if self.start is None:
            return "_Z", self.end.isoformat()
        year, months, before = self.start.year, self.months, self.start.month - 1
        if months in _CALENDAR and before % months == 0:
            code, form = _CALENDAR[months]
            return code, form.format(year=year, place=before // months + 1)
        length = f"{months}M" if months else f"{(self.end - self.start).days + 1}D"
        return "_O", f"{self.start.isoformat()}/P{length}"

    def year_share(self, kind: str) -> Interval | None:
        """The share of its year that the span stands for, for `output` or `tax`; None where the method gives none."""
        if self.start is None or self.start.month != 1:
            return None
        return FULL_YEAR if self.months == 12 else YEAR_SHARES.get((kind, self.months or 0))


def iso_day(cell: str | None) -> date | None:
    """A cell as a date; None where it is empty or none (a fault of its own, found by the schema)."""
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        return None


def day(cell: str | None) -> date | None:
    """A cell as a date of a year that a table may have, None for any other; a month stands for its last day."""
    if not cell or not re.match(YEAR, cell):
        return None
    if len(cell) == len("2020-01") and (first := iso_day(f"{cell}-01")):
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return iso_day(cell)


@cache  # a study has few periods, and asks for their months at every turn
def _months(start: date | None, end: date | None) -> int | None:
    if start is None or end is None or start.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1]:
        return None
    return (end.year - start.year) * 12 + end.month - start.month + 1


def growth_margin(first: Period, second: Period, sample_changes: bool = False) -> float | None:
    """Points by which two growth rates on these spans must differ before they are ordered (method, G3).

    0 on spans of the same months; 1.5 if the shorter one has ten or eleven months, 6 if it is a half-year, 5 where the
    firm count of a text changes between its spans; the largest that applies. None where the method has no margin.
    """
    if first.months is None or second.months is None:
        return None
    margin = 0.0 if first.months == second.months else _MARGINS.get(min(first.months, second.months))
    return margin if margin is None or not sample_changes else max(margin, _SAMPLE_MARGIN)
