"""Periods: spans of months, points in time, and what share of a year a span stands for.

The texts report full years, January to November and half-years. Two spans are compared as they are printed; the share
of a year is an interval taken from the method (section 5), never the number of months over twelve.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from parkstudy.record.interval import Interval

YEAR_SHARES = {
    ("output", 11): Interval(0.885, 0.917),
    ("output", 6): Interval(0.43, 0.56),
    ("tax", 11): Interval(0.77, 0.95),
}  # method, section 5; nothing else is annualised
FULL_YEAR = Interval(1.0, 1.0)


@dataclass(frozen=True)
class Period:
    """A span from `start` to `end`, a point in time (`start` None), or undated (both None)."""

    start: date | None
    end: date | None

    @property
    def months(self) -> int | None:
        """Months of a span that begins on a first and ends on a last day of a month; None for any other period."""
        if self.start is None or self.end is None or self.start.day != 1:
            return None
        if self.end.day != calendar.monthrange(self.end.year, self.end.month)[1]:
            return None
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def is_full_year(self) -> bool:
        """True for January to December of one year."""
        return self.months == 12 and self.start is not None and self.start.month == 1

    @property
    def of_whole_years(self) -> bool:
        """True for several whole years."""
        return self.months is not None and self.months % 12 == 0 and self.start is not None and self.start.month == 1

    def year_before(self, later: Period) -> bool:
        """True where `later` is the same whole months one year on."""
        if self.start is None or later.start is None or self.months is None or self.months != later.months:
            return False
        return (self.start.year + 1, self.start.month) == (later.start.year, later.start.month)

    def label(self, lang: str = "en") -> str:
        """The period as a reader says it: `2019`, `2017–2021`, `Jan–Nov 2017`, `at 2019-12-31`, `undated`."""
        if lang == "zh":
            return self._label_zh()
        if self.end is None or self.start is None:
            return f"at {self.end.isoformat()}" if self.end else "undated"
        if self.of_whole_years:
            return str(self.end.year) if self.is_full_year else f"{self.start.year}–{self.end.year}"
        if self.months is None or self.start.year != self.end.year:
            days = dict.fromkeys((self.start.isoformat(), self.end.isoformat()))  # a single day is said once
            return " to ".join(days)
        first, last = calendar.month_abbr[self.start.month], calendar.month_abbr[self.end.month]
        return f"{first} {self.end.year}" if first == last else f"{first}–{last} {self.end.year}"

    def _label_zh(self) -> str:
        """The same in Chinese: `2019年`, `2017—2021年`, `2017年1—11月`, `2019年12月31日时点`, `日期不明`."""
        if self.end is None or self.start is None:
            return f"{_day_zh(self.end)}时点" if self.end else "日期不明"
        if self.of_whole_years:
            return f"{self.end.year}年" if self.is_full_year else f"{self.start.year}—{self.end.year}年"
        if self.months is None:
            last = _day_zh(self.end)
            until = last.partition("年")[2] if self.start.year == self.end.year else last
            return last if self.start == self.end else f"{_day_zh(self.start)}至{until}"
        if self.start.year != self.end.year:
            return f"{self.start.year}年{self.start.month}月—{self.end.year}年{self.end.month}月"
        first = "" if self.months == 1 else f"{self.start.month}—"
        return f"{self.end.year}年{first}{self.end.month}月"

    def iso(self) -> str | None:
        """The period as SDMX writes it: `2017-01-01/P11M` for whole months, a date for a point in time, else both dates."""
        if self.end is None:
            return None
        if self.start is None:
            return self.end.isoformat()
        return (
            f"{self.start.isoformat()}/P{self.months}M"
            if self.months
            else f"{self.start.isoformat()}/{self.end.isoformat()}"
        )

    def year_share(self, kind: str) -> Interval | None:
        """The share of its year that the span stands for, for `output` or `tax`; None where the method gives none."""
        if self.is_full_year:
            return FULL_YEAR
        if self.start is None or self.start.month != 1 or self.months is None:
            return None
        return YEAR_SHARES.get((kind, self.months))


def growth_margin(first: Period, second: Period, sample_changes: bool = False) -> float | None:
    """Points by which two growth rates on these spans must differ before they are ordered (method, G3).

    0 on spans of the same months; 1.5 if the shorter one has ten or eleven months, 6 if it is a half-year, 5 where the
    firm count of a text changes between its spans; the largest that applies. None where the method has no margin.
    """
    spans = (first.months, second.months)
    if None in spans:
        return None
    base = 0.0
    if spans[0] != spans[1]:
        shorter = min(s for s in spans if s is not None)
        margins = {10: 1.5, 11: 1.5, 6: 6.0}
        if shorter not in margins:
            return None
        base = margins[shorter]
    return max(base, 5.0) if sample_changes else base


def _day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
