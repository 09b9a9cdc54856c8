"""When a figure was: the first and last day of its span, or the day of a stock, by the times that its text says."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from parkstudy.record.draft.place import Place
from parkstudy.record.draft.ruling import ruling, signing
from parkstudy.record.draft.subjects import CONTRACTS, Part
from parkstudy.record.draft.times import Frame, Time
from parkstudy.record.terms import Meaning

ALWAYS_PLAN = (  # a contract is not money spent, a plan no land in use
    "contracted_investment", "negotiated_investment", "project_land", "control_plan_area", "concept_plan_area",
    "land_requested", "expansion_area", "special_use_land",
)  # fmt: skip
_TARGETS_OF = re.compile(r"(?P<year>20\d\d)年(?:度|主要|预期|发展|工作|奋斗)*目标[是为]?:")  # 2014年目标:
_PLAN_OF_YEAR = re.compile(  # 年度计划投资12亿元, not the whole of a project
    r"(?:(?P<year>(?:19|20)\d\d)年度?|(?P<next>明年|来年|下一?年度?)|今年|本年度?|当年|年度|全年)(?![^\d]*总投资)[^,。;\d]{0,4}(?:计划|拟)"
)


class Section(NamedTuple):
    """What holds for the figures of a section: the time of its text, its year, whether it tells of plans; the park's names, the parts.

    `unsure` where another heading without a number stands between it and the one that says that these are plans.
    """

    frame: Frame
    year: int
    plans: bool
    names: tuple[str, ...]
    parts: Mapping[str, list[str]]
    unsure: bool = False


class Period(NamedTuple):
    """The first and last day of a figure, and whether the text leaves them open; a stock has no first day."""

    start: date | None
    end: date | None
    ambiguous: bool = False


def period_of(
    place: Place, section: Section, said: Sequence[tuple[int, int, Time]], found: Meaning, kind: str, part: Part
) -> Period:
    """First and last day, and whether the text leaves them open; a stock is at the end of what is said."""
    stock = place.indicators.kinds[found.indicator] in ("stock", "ratio")
    here, time = ruling(place, said, kind, stock=stock)
    signed = found.indicator in (*CONTRACTS, "projects_signed")
    day = signing(place, said) if signed and not here else None
    if same := Period(day, day) if day else None if here or kind != "outturn" else _as_before(place, found, part):
        return same
    if (
        year := place.listed_year
        or place.coded.base_year
        or (place.is_task and (time.end.year if time and here else section.year))
    ):
        return _year(year, stock=stock)
    if kind == "plan":
        of_year = _PLAN_OF_YEAR.search(place.ahead) if found.indicator not in ALWAYS_PLAN else None
        own = section.frame.end.year + 1 if of_year and of_year["next"] else section.year
        planned = None if of_year else _planned(section, time, found, part, here=here, stock=stock)
        return planned or _year(int((of_year and of_year["year"]) or own), stock=stock)
    if headed := _TARGETS_OF.search(place.plain, place.full[0], place.at.start) if kind == "target" else None:
        return _year(int(headed["year"]), stock=stock)
    if kind in ("target", "forecast"):
        told = any(
            one.row and one.row["value_type"] == "outturn" and one.place.start >= place.full[0] for one in place.before
        )
        first = kind == "forecast" and here and not told  # 1-6月,产值预计完成190亿元
        return _to_come(section, time, here=here, kind=kind, stock=stock, first=first)
    return _stock(section.frame, time) if stock else _flow(section.frame, time, here=here)


def _as_before(place: Place, found: Meaning, part: Part) -> Period | None:
    """The time of the figure before it of which it is a part, or in whose words it tells how many there are in all by then."""
    for one in () if place.coded.base_year else reversed(place.before):
        row, term = one.row, place.coded.term
        if not row or one.beside or row["value_type"] != "outturn" or not row["period_end"]:
            continue
        of_part = ":" in part.subject and row["subject"] == "park" and row["indicator"] == found.indicator
        in_all = term and one.term and one.term.end == term.end and row["indicator"] != found.indicator
        if of_part or in_all:
            start = date.fromisoformat(row["period_start"]) if row["period_start"] and of_part else None
            return Period(start, date.fromisoformat(row["period_end"]), "period_ambiguous" in row["caveats"])
    return None


def _year(year: int, *, stock: bool, open_end: bool = False) -> Period:
    return Period(None if stock else date(year, 1, 1), date(year, 12, 31), open_end)


def _planned(section: Section, time: Time | None, found: Meaning, part: Part, *, here: bool, stock: bool) -> Period:
    """A contract is of the span in which it was made, a plan of a year that is said or under whose heading it stands; else of none."""
    if found.indicator in CONTRACTS:
        if part.subject.startswith("project") and (time is None or not here or time.open_end):
            return Period(None, None)
        return _stock(section.frame, time) if stock else _flow(section.frame, time, here=here)
    if found.indicator in ALWAYS_PLAN or found.indicator == "project_investment":
        return Period(None, None)
    if time and here and (section.plans or (time.end > section.frame.end and not time.open_end)):
        return Period(None if stock else time.start, time.end)
    return _year(section.year, stock=stock) if section.plans else Period(None, None)


def _stock(frame: Frame, time: Time | None) -> Period:
    """A stock is at the end of what is said; where nothing is, on the day of the text."""
    return Period(None, time.end, time.open_end) if time else Period(None, frame.written, True)


def _flow(frame: Frame, time: Time | None, *, here: bool) -> Period:
    """A flow is of the span that is said; where none is, or a year that a sentence before named, of what the text reports of it."""
    if time is None or (time.start is None and time.open_end):
        return Period(frame.start, frame.until, True)
    if time.year and not time.whole and not here and time.end.year == frame.end.year and time.end > frame.until:
        return Period(time.start, frame.until, True)
    return Period(time.start or date(time.end.year, 1, 1), time.end, time.open_end)


def _to_come(section: Section, time: Time | None, *, here: bool, kind: str, stock: bool, first: bool) -> Period:
    """The year of a target or forecast: the one that is said, else that of the section."""
    frame = section.frame
    if first and time and time.start and not (time.open_end or time.year):
        return Period(None if stock else time.start, time.end)
    if time and (here or (kind == "target" and time.year)) and not time.open_end and time.end != frame.end:
        return Period(None if stock else time.start or date(time.end.year, 1, 1), time.end)
    year = time.end.year if time and here else section.year
    stated = kind == "forecast" or bool(time and here and time.end == frame.end and time.year)
    return _year(year, stock=stock, open_end=not stated)
