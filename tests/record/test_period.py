"""Periods: how they are labelled, counted, written in SDMX, and what share of a year the method gives them."""

from __future__ import annotations

from datetime import date

from cases import every

from parkstudy.record.period import Period, growth_margin
from parkstudy.words.speech import speech

YEAR = Period(date(2019, 1, 1), date(2019, 12, 31))
ELEVEN = Period(date(2017, 1, 1), date(2017, 11, 30))
TEN = Period(date(2017, 1, 1), date(2017, 10, 31))
NINE = Period(date(2018, 1, 1), date(2018, 9, 30))
HALF = Period(date(2020, 1, 1), date(2020, 6, 30))
SECOND_HALF = Period(date(2020, 7, 1), date(2020, 12, 31))
MONTH = Period(date(2021, 2, 1), date(2021, 2, 28))
LEAP = Period(date(2020, 2, 1), date(2020, 2, 29))
ACROSS = Period(date(2018, 7, 1), date(2019, 6, 30))
DAYS = Period(date(2019, 1, 1), date(2019, 12, 15))
MIDDLE = Period(date(2019, 1, 2), date(2019, 12, 31))
POINT = Period(None, date(2019, 12, 31))
UNDATED = Period(None, None)


def test_the_period_of_a_row_is_that_of_its_dates() -> None:
    assert Period.of({"period_start": YEAR.start, "period_end": YEAR.end, "value": 1.0}) == YEAR


@every(
    ("period", "months"),
    [
        (YEAR, 12),
        (ELEVEN, 11),
        (HALF, 6),
        (MONTH, 1),
        (LEAP, 1),
        (Period(date(2020, 2, 1), date(2020, 2, 28)), None),
        (ACROSS, 12),
        (Period(date(2018, 1, 1), date(2019, 12, 31)), 24),
        (DAYS, None),
        (MIDDLE, None),
        (POINT, None),
        (UNDATED, None),
    ],
)
def test_months_are_counted_for_whole_months_only(period: Period, months: int | None) -> None:
    assert period.months == months


def test_only_january_to_december_of_one_year_is_a_full_year() -> None:
    others = (ELEVEN, HALF, ACROSS, DAYS, MIDDLE, POINT, UNDATED, Period(date(2018, 1, 1), date(2019, 12, 31)))
    assert YEAR.is_full_year
    assert not any(period.is_full_year for period in others)


@every(
    ("period", "label"),
    [
        (YEAR, "2019"),
        (ELEVEN, "Jan–Nov 2017"),
        (HALF, "Jan–Jun 2020"),
        (SECOND_HALF, "Jul–Dec 2020"),
        (MONTH, "Feb 2021"),
        (ACROSS, "Jul 2018–Jun 2019"),
        (DAYS, "1 Jan–15 Dec 2019"),
        (POINT, "31 Dec 2019"),
        (UNDATED, "undated"),
    ],
)
def test_a_label_says_the_period_as_a_reader_would(period: Period, label: str) -> None:
    assert speech("en").span_of_time(period.start, period.end) == label


@every(
    ("period", "label"),
    [
        (YEAR, "2019年"),
        (ELEVEN, "2017年1—11月"),
        (HALF, "2020年1—6月"),
        (SECOND_HALF, "2020年7—12月"),
        (MONTH, "2021年2月"),
        (ACROSS, "2018年7月—2019年6月"),
        (DAYS, "2019年1月1日至12月15日"),
        (Period(date(2018, 12, 2), date(2019, 1, 3)), "2018年12月2日至2019年1月3日"),
        (Period(date(2020, 5, 16), date(2020, 5, 16)), "2020年5月16日"),
        (POINT, "2019年12月31日时点"),
        (UNDATED, "日期不明"),
    ],
)
def test_a_chinese_label_says_the_same_period(period: Period, label: str) -> None:
    assert speech("zh").span_of_time(period.start, period.end) == label


@every(
    ("period", "kind"),
    [
        (YEAR, "year"),
        (Period(date(2018, 1, 1), date(2019, 12, 31)), "years"),
        (ELEVEN, "months"),
        (SECOND_HALF, "months"),
        (ACROSS, "months_across"),
        (MONTH, "month"),
        (DAYS, "days"),
        (MIDDLE, "days"),
        (Period(date(2018, 12, 2), date(2019, 1, 3)), "days_across"),
        (Period(date(2020, 5, 16), date(2020, 5, 16)), "day"),
        (POINT, "point"),
        (UNDATED, "undated"),
    ],
)
def test_each_kind_of_period_has_words_of_its_own(period: Period, kind: str) -> None:
    assert period.kind == kind


@every(
    ("period", "text"),
    [
        (YEAR, "2019-01-01/P12M"),
        (ELEVEN, "2017-01-01/P11M"),
        (HALF, "2020-01-01/P6M"),
        (SECOND_HALF, "2020-07-01/P6M"),
        (ACROSS, "2018-07-01/P12M"),
        (DAYS, "2019-01-01/2019-12-15"),
        (POINT, "2019-12-31"),
        (UNDATED, None),
    ],
)
def test_iso_says_the_months_or_the_days(period: Period, text: str | None) -> None:
    assert period.iso() == text


@every(
    ("start", "end", "frequency", "text"),
    [
        ("2019-01-01", "2019-12-31", "A", "2019"),
        ("2019-07-01", "2019-12-31", "S", "2019-S2"),
        ("2019-04-01", "2019-06-30", "Q", "2019-Q2"),
        ("2020-02-01", "2020-02-29", "M", "2020-02"),
        ("2018-07-01", "2019-06-30", "_O", "2018-07-01/P12M"),
        ("2019-02-01", "2019-04-30", "_O", "2019-02-01/P3M"),
        ("2017-01-01", "2017-11-30", "_O", "2017-01-01/P11M"),
        ("2019-01-01", "2020-12-31", "_O", "2019-01-01/P24M"),
        ("2020-05-16", "2020-05-16", "_O", "2020-05-16/P1D"),
        ("2022-10-01", "2022-12-15", "_O", "2022-10-01/P76D"),
        (None, "2017-11-30", "_Z", "2017-11-30"),
    ],
)
def test_sdmx_has_a_frequency_for_calendar_periods_and_a_range_for_others(
    start: str | None, end: str, frequency: str, text: str
) -> None:
    period = Period(date.fromisoformat(start) if start else None, date.fromisoformat(end))
    assert period.sdmx() == (frequency, text)


def test_what_is_undated_has_no_time_in_sdmx() -> None:
    assert UNDATED.sdmx() is None


@every(
    ("period", "kind", "share"),
    [
        (ELEVEN, "output", (0.885, 0.917)),
        (HALF, "output", (0.43, 0.56)),
        (ELEVEN, "tax", (0.77, 0.95)),
        (YEAR, "output", (1.0, 1.0)),
        (YEAR, "tax", (1.0, 1.0)),
    ],
)
def test_the_share_of_a_year_is_the_interval_of_the_method(
    period: Period, kind: str, share: tuple[float, float]
) -> None:
    found = period.year_share(kind)
    assert found is not None
    assert (found.low, found.high) == share


@every(
    ("period", "kind"),
    [
        (HALF, "tax"),  # the method gives none
        (ELEVEN, "investment"),
        (ELEVEN, "revenue"),
        (TEN, "output"),
        (SECOND_HALF, "output"),  # six months, but not the first six
        (DAYS, "output"),
        (POINT, "output"),
        (UNDATED, "tax"),
    ],
)
def test_nothing_else_has_a_share_of_a_year(period: Period, kind: str) -> None:
    assert period.year_share(kind) is None


@every(
    ("first", "second", "sample_changes", "margin"),
    [
        (YEAR, YEAR, False, 0.0),
        (ELEVEN, Period(date(2023, 1, 1), date(2023, 11, 30)), False, 0.0),
        (ELEVEN, YEAR, False, 1.5),
        (TEN, YEAR, False, 1.5),
        (TEN, ELEVEN, False, 1.5),
        (HALF, YEAR, False, 6.0),
        (HALF, ELEVEN, False, 6.0),
        (YEAR, YEAR, True, 5.0),
        (ELEVEN, YEAR, True, 5.0),
        (HALF, YEAR, True, 6.0),
    ],
)
def test_the_margin_between_growth_rates_is_the_largest_that_applies(
    first: Period, second: Period, sample_changes: bool, margin: float
) -> None:
    assert growth_margin(first, second, sample_changes) == margin
    assert growth_margin(second, first, sample_changes) == margin


def test_a_sample_is_taken_to_stay_where_nothing_is_said_of_it() -> None:
    assert growth_margin(YEAR, YEAR) == 0.0


@every(("first", "second"), [(NINE, YEAR), (POINT, YEAR), (UNDATED, UNDATED), (DAYS, YEAR)])
def test_no_margin_is_made_up_where_the_method_has_none(first: Period, second: Period) -> None:
    assert growth_margin(first, second) is None
    assert growth_margin(first, second, sample_changes=True) is None


@every(
    ("first", "second", "before"),
    [
        (Period(date(2018, 1, 1), date(2018, 12, 31)), YEAR, True),
        (Period(date(2016, 1, 1), date(2016, 11, 30)), ELEVEN, True),
        (Period(date(2020, 2, 1), date(2020, 2, 29)), MONTH, True),
        (YEAR, YEAR, False),
        (YEAR, Period(date(2018, 1, 1), date(2018, 12, 31)), False),
        (Period(date(2017, 1, 1), date(2017, 12, 31)), YEAR, False),
        (Period(date(2019, 1, 1), date(2019, 6, 30)), SECOND_HALF, False),
        (TEN, Period(date(2018, 1, 1), date(2018, 11, 30)), False),
        (POINT, YEAR, False),
        (YEAR, POINT, False),
        (UNDATED, UNDATED, False),
        (DAYS, Period(date(2020, 1, 1), date(2020, 12, 15)), False),
        (DAYS, Period(date(2020, 1, 1), date(2020, 3, 15)), False),
    ],
)
def test_a_year_before_is_the_same_whole_months_one_year_earlier(first: Period, second: Period, before: bool) -> None:
    assert first.year_before(second) is before
