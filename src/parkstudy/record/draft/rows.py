"""The row of a figure whose term is known: what it is of, of which kind, which firms it covers, when it was, with which caveats."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from parkstudy.record.draft.carried import BASE
from parkstudy.record.draft.doers import doer
from parkstudy.record.draft.place import Coded, Place
from parkstudy.record.draft.ruling import ruling, signing
from parkstudy.record.draft.subjects import CLASS, CONTRACTS, Part, of_list, subject_of
from parkstudy.record.draft.tabled import part_of_cell
from parkstudy.record.draft.times import Frame, Time
from parkstudy.record.draft.words import Term, context, meaning, terms
from parkstudy.record.proof import POPULATION_WORDS, aimed, says, without_plan
from parkstudy.record.quantities import parse
from parkstudy.record.terms import Meaning
from parkstudy.record.units import WHOLE

ALWAYS_PLAN = (  # a contract is not money spent, a plan no land in use
    "contracted_investment", "negotiated_investment", "project_land", "control_plan_area", "concept_plan_area",
    "land_requested", "expansion_area", "special_use_land",
)  # fmt: skip
_LARGER = re.compile("规[上模](?:以上)?(?:工业)?(?:企业)?$")  # right before a term: 规模以上工业主营业务收入
_PARK = re.compile(f"{POPULATION_WORDS['park'].pattern}|(?:经开|集聚)区")  # of whom a sentence tells
_OF_FIRMS = ("gross_industrial_output", "industrial_value_added", "operating_revenue")
_FIRMS_DID = re.compile("规[上模][^,。;]{0,8}企业[^,。;]{0,4}(?:实现|完成)")
_PAID_BY_FIRMS = ("tax_revenue", "rnd_expenditure", "exports_imports")
_FIRMS_PAID = re.compile(  # until the sentence tells of another
    r"规[上模][^,。;\d]{0,8}企业[^,。;\d]{0,4}(?:实现|完成|[上实]?缴|上交|入库|税|研发|进?出口)(?:(?!园区|[全该本]区|[全我该][县市镇]|集中区|开发区|高新区|经开区).)*$"
)
_PLAN_LED = re.compile(
    r"(?:明年|来年|下一?年度?|下半年|下一?步|\d{4}年)[^,。;\d]{0,6}?(?:计划|拟|打算|将)(?!总?投资)|今年[^。;\d]{0,10}?将(?:实现|完成|新增)"
)  # rules its sentence
_DONE = re.compile(r"已|截[至止]|累计完成|完成了|\d月|今年|目前")
_SPENT = re.compile("完成|到位|投入")
_PLANNED_LAND = re.compile("规划(?:总|控制|用|总用|用地)?(?:面积|用地|范围)")
_TARGETS_OF = re.compile(r"(?P<year>20\d\d)年(?:度|主要|预期|发展|工作|奋斗)*目标[是为]?:")  # 2014年目标:
_PLAN_OF_YEAR = re.compile(  # 年度计划投资12亿元, not the whole of a project
    r"(?:(?P<year>(?:19|20)\d\d)年度?|(?P<next>明年|来年|下一?年度?)|今年|本年度?|当年|年度|全年)(?![^\d]*总投资)[^,。;\d]{0,4}(?:计划|拟)"
)
_OF_PLAN = re.compile("任务|目标|计划|指标|预算")
_WHOLES = {"营业收入": "operating_revenue", "产值": "gross_industrial_output", "税收": "tax_revenue"}


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


class _Period(NamedTuple):
    start: date | None
    end: date | None
    ambiguous: bool = False


def row_of(
    place: Place,
    section: Section,
    said: Sequence[tuple[int, int, Time]],
    what: tuple[Term, Meaning, str],
    last: Coded | None,
) -> tuple[dict[str, Any] | None, str]:
    """The row of a figure (without its ids), or None with the reason why it has none; `what` is its term, meaning and form.

    `last` is the figure whose rate it is, or beside which it stands as the target.
    """
    term, found, form = what
    part = _part(place, section, term, found, last)
    if part.reason:
        return None, part.reason
    if found.indicator == "planned_area" and part.subject.startswith(("project", "firm")):
        found = found._replace(indicator="project_land")
    kind = _value_type(place, section, (term, found, form), part)
    period = _period(place, section, said, found, kind, part)
    ahead = place.plain[place.sentence : place.at.start]
    late = period.end is not None and period.end.year > section.frame.written.year
    if kind == "outturn" and late and re.search(r"到20\d\d年|将|要", ahead):
        kind = "plan"  # of a year to come
    words, printed = place.coded.words, place.coded.line.printed(place.at.start, place.at.end)
    percent = place.at.unit == "percent"
    quantity = parse(words, "percent" if percent else place.indicators.units[found.indicator])
    frame, late = section.frame, period.end is not None and period.end > section.frame.written
    status = "F" if late and kind == "forecast" else "P" if late or kind == "forecast" else "A"
    coarse = quantity.significant <= 2 and quantity.unit not in WHOLE and quantity.bound != "range"
    caveats = {
        "period_ambiguous": period.ambiguous, "unit_assumed": not quantity.printed_unit, "coarse_figure": coarse,
        "base_unstated": form == "yoy" and kind in ("outturn", "forecast") and not _base_printed(place),
        "concept_inferred": _inferred(term, found),
        "damaged_text": _damaged(place), "not_final": kind == "outturn" and (late or _beyond(period, frame)),
    }  # fmt: skip
    doubts = {
        "time": period.ambiguous,
        "heading": section.unsure,
        "owner": part.doubt,
        "part": ":" in part.subject,
        "base": place.coded.base_year is not None,
        "general term": len(term.words) < 3,
    }
    wholes = _OF_FIRMS + _PAID_BY_FIRMS
    doubts["share of a larger whole"] = form == "share" and "占" in place.ahead and found.indicator in wholes
    place.coded.doubts += [doubt for doubt, there in doubts.items() if there]
    return {
        "indicator": found.indicator, "subject": part.subject, "population": _population(place, term, found, part),
        "transformation": form, "value_type": kind,
        "period_start": str(period.start or ""), "period_end": str(period.end or ""),
        "reported_term": place.coded.line.words[term.start : term.end], "reported_figure": printed, "bound": quantity.bound,
        "obs_status": "" if kind in ("target", "plan") else "P" if caveats["not_final"] else status,
        "share_of": _share_of(place, term, found) if form == "share" else "",
        "caveats": ";".join(sorted(name for name, there in caveats.items() if there)), "locator": place.coded.line.locator,
    }, ""  # fmt: skip


def _base_printed(place: Place) -> bool:
    """Whether the sentence prints the figure of the year before, on which a rate is: 252亿元(2017年为222亿元), 由222亿元增长."""
    here = [one for one in place.before if one.place.start >= place.sentence and one.beside]
    return any(one.reason == BASE or (one.row and one.row["value_type"] == "outturn") for one in here)


def _inferred(term: Term, found: Meaning) -> bool:
    """Whether the term says less than the indicator: 内资 not from where it comes, 增加值 not of what."""
    wanted = {"domestic_capital": "省外", "industrial_value_added": "工业"}.get(found.indicator, "")
    return wanted not in term.words


def _beyond(period: _Period, frame: Frame) -> bool:
    """Whether a span ends after the months that the text reports, as a whole year of which eleven months are told does."""
    return period.start is not None and period.end is not None and not period.ambiguous and period.end > frame.end


def _damaged(place: Place) -> bool:
    """Whether something inserted had to be taken out of the line before it could be read."""
    line = place.coded.line
    return line.alone is None and any(start - end > 1 for end, start in zip(line.ends, line.starts[1:], strict=False))


# what it is of


def _part(place: Place, section: Section, term: Term, found: Meaning, last: Coded | None) -> Part:
    """The subject; the parts that a text names are numbered in their order."""
    if last and last.row:
        return Part(last.row["subject"], doubt="owner" in last.doubts)
    if place.following and place.following[0] == term:
        return Part(place.following[1])
    if place.coded.sector:
        return _numbered(Part("sector", (place.coded.sector,)), section)
    here = [one.row["indicator"] for one in place.before if one.row and one.place.start >= place.sentence]
    of_projects = any(indicator.startswith("projects_") for indicator in here)
    if cell := part_of_cell(place, section.names):
        part = cell
    elif place.owned and place.owned[2] == term:
        part = of_list(*place.owned[:2], found.indicator, section.names)
    else:
        part = subject_of(place, term, section.names, found.indicator, of_projects=of_projects)
        part = doer(place, term, section.names, found.indicator, part)
    if (
        cell is None
        and place.owned is None
        and part.subject in ("park", "project")
        and (first := _goes_on(place, part, found))
    ):
        return Part(first)
    return _numbered(part, section)


def _numbered(part: Part, section: Section) -> Part:
    """A part with the numbers of its names among those that the text tells of."""
    if not part.names:
        return part
    known = section.parts[part.subject]
    known += [name for name in part.names if name not in known]
    numbers = sorted({known.index(name) + 1 for name in part.names})
    return part._replace(subject=f"{part.subject}:" + "+".join(map(str, numbers)))


def _goes_on(place: Place, part: Part, found: Meaning) -> str:
    """The part that the first figure of the sentence is of, where the sentence goes on to tell of it; empty where it does not."""
    here = [one.row for one in place.before if one.row and one.place.start >= place.sentence]
    parted = bool(here and here[-1]["subject"].startswith("group"))
    parted &= found.indicator in CONTRACTS or "其中" in place.plain[place.sentence : place.clause]
    first = here[-1] if parted else next(iter(here), None)  # 其中工业项目11个,签约资金4亿元
    kind = first["subject"].partition(":")[0] if first and not first["subject"].startswith("county") else "park"
    if first is None or kind == "park" or context("park").search(place.ahead) or "其中" in place.ahead:
        return ""
    of_one = kind == "project" and found.indicator.startswith("projects_")
    if of_one or place.indicators.kinds[found.indicator] in ("share", "ratio"):
        return ""
    invested = found.indicator in (*CONTRACTS, "project_investment")
    if kind == "group":
        return first["subject"] if invested and place.at.unit not in ("mu", "m2") else ""
    return first["subject"] if part.subject == "park" or kind in ("zone", "sector") else ""


def _population(place: Place, term: Term, found: Meaning, part: Part) -> str:
    """The narrowest that the term or its sentence says; only what the sentence up to its full stop says."""
    words, near = place.coded.line.words, place.around[3]
    sentence = words[slice(*place.full)]
    larger = re.search("规模|规上", term.words) or _LARGER.search(place.plain, 0, term.start)
    narrow = found.population or ("above_scale" if larger else "")
    ahead = place.plain[place.sentence : place.at.start]
    if not narrow and (
        (found.indicator in _OF_FIRMS and _FIRMS_DID.search(near))
        or (found.indicator in _PAID_BY_FIRMS and _FIRMS_PAID.search(ahead))
    ):
        narrow = "above_scale"
    if narrow and POPULATION_WORDS[narrow].search(sentence):
        return narrow
    return "park" if part.subject == "park" and _PARK.search(sentence) else "unstated"


def _share_of(place: Place, term: Term, found: Meaning) -> str:
    """The plan, the same indicator of what is larger, or the indicator that the term of a share names within itself."""
    if place.indicators.units.get(found.indicator) != "percent":
        own = place.ahead.rpartition("%")[2]
        return found.indicator if "占" in own and not _OF_PLAN.search(own) else "plan"
    inner = [one for one in terms(term.words, 0, len(term.words)) if one.words != term.words]
    meant = filter(None, (meaning(one.words, "CNY", (), place.indicators) for one in inner))
    named = [one.indicator for one in meant if one.indicator]
    named += [whole for word, whole in _WHOLES.items() if word in term.words]
    return next(iter(named), "unstated")


# of which kind


def _value_type(place: Place, section: Section, what: tuple[Term, Meaning, str], part: Part) -> str:
    """Outturn, forecast, target or plan; forecasts and targets by the very words that the proof will ask for."""
    term, found, form = what
    words, ruled, plain = place.coded.line.words, place.first_of_list(), place.plain
    if form == "share" and place.indicators.units.get(found.indicator) != "percent":
        words, plain = without_plan(words, ruled), without_plan(plain, ruled)
    zoned = found.indicator == "planned_area" and not section.plans  # of the whole park what is in force
    if found.indicator in ALWAYS_PLAN or zoned:
        return "outturn" if zoned and ":" not in part.subject else "plan"
    end = term.end if term.end <= place.at.start else place.clause
    spoken = next((kind for kind in ("target", "forecast") if says(kind, words, ruled, end)), "")
    if spoken := spoken or ("target" if section.plans and aimed(words, ruled) else ""):
        return spoken
    if found.indicator == "project_investment" and form == "level" and not _SPENT.search(place.ahead):
        return "plan" if "总投资" in term.words or part.subject != "park" else "outturn"
    if found.indicator == "perimeter_area":
        return "plan" if re.search("至|到", term.words) else "outturn"
    led = _PLAN_LED.search(place.plain, place.full[0], place.at.start)
    if section.plans or (led and not _DONE.search(place.plain, led.end(), place.at.start)):
        return "plan"
    return "plan" if context("plan").search(_of_plan_itself(plain[place.clause : place.at.start])) else "outturn"


def _of_plan_itself(ahead: str) -> str:
    """The words before a figure without those of a planned area, and of a class of projects by their planned size."""
    return CLASS.sub("", _PLANNED_LAND.sub("", ahead))


# when it was


def _period(
    place: Place, section: Section, said: Sequence[tuple[int, int, Time]], found: Meaning, kind: str, part: Part
) -> _Period:
    """First and last day, and whether the text leaves them open; a stock is at the end of what is said."""
    stock = place.indicators.kinds[found.indicator] in ("stock", "ratio")
    here, time = ruling(place, said, kind, stock=stock)
    signed = found.indicator in (*CONTRACTS, "projects_signed")
    day = signing(place, said) if signed and not here else None
    if same := _Period(day, day) if day else None if here or kind != "outturn" else _as_before(place, found, part):
        return same
    if year := place.coded.base_year or (place.is_task and (time.end.year if time and here else section.year)):
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


def _as_before(place: Place, found: Meaning, part: Part) -> _Period | None:
    """The time of the figure before it of which it is a part, or in whose words it tells how many there are in all by then."""
    for one in () if place.coded.base_year else reversed(place.before):
        row, term = one.row, place.coded.term
        if not row or one.beside or row["value_type"] != "outturn" or not row["period_end"]:
            continue
        of_part = ":" in part.subject and row["subject"] == "park" and row["indicator"] == found.indicator
        in_all = term and one.term and one.term.end == term.end and row["indicator"] != found.indicator
        if of_part or in_all:
            start = date.fromisoformat(row["period_start"]) if row["period_start"] and of_part else None
            return _Period(start, date.fromisoformat(row["period_end"]), "period_ambiguous" in row["caveats"])
    return None


def _year(year: int, *, stock: bool, open_end: bool = False) -> _Period:
    return _Period(None if stock else date(year, 1, 1), date(year, 12, 31), open_end)


def _planned(section: Section, time: Time | None, found: Meaning, part: Part, *, here: bool, stock: bool) -> _Period:
    """A contract is of the span in which it was made, a plan of a year that is said or under whose heading it stands; else of none."""
    if found.indicator in CONTRACTS:
        if part.subject.startswith("project") and (time is None or not here or time.open_end):
            return _Period(None, None)
        return _stock(section.frame, time) if stock else _flow(section.frame, time, here=here)
    if found.indicator in ALWAYS_PLAN or found.indicator == "project_investment":
        return _Period(None, None)
    if time and here and (section.plans or (time.end > section.frame.end and not time.open_end)):
        return _Period(None if stock else time.start, time.end)
    return _year(section.year, stock=stock) if section.plans else _Period(None, None)


def _stock(frame: Frame, time: Time | None) -> _Period:
    """A stock is at the end of what is said; where nothing is, on the day of the text."""
    return _Period(None, time.end, time.open_end) if time else _Period(None, frame.written, True)


def _flow(frame: Frame, time: Time | None, *, here: bool) -> _Period:
    """A flow is of the span that is said; where none is, or a year that a sentence before named, of what the text reports of it."""
    if time is None or (time.start is None and time.open_end):
        return _Period(frame.start, frame.until, True)
    if time.year and not time.whole and not here and time.end.year == frame.end.year and time.end > frame.until:
        return _Period(time.start, frame.until, True)
    return _Period(time.start or date(time.end.year, 1, 1), time.end, time.open_end)


def _to_come(section: Section, time: Time | None, *, here: bool, kind: str, stock: bool, first: bool) -> _Period:
    """The year of a target or forecast: the one that is said, else that of the section."""
    frame = section.frame
    if first and time and time.start and not (time.open_end or time.year):
        return _Period(None if stock else time.start, time.end)
    if time and (here or (kind == "target" and time.year)) and not time.open_end and time.end != frame.end:
        return _Period(None if stock else time.start or date(time.end.year, 1, 1), time.end)
    year = time.end.year if time and here else section.year
    stated = kind == "forecast" or bool(time and here and time.end == frame.end and time.year)
    return _year(year, stock=stock, open_end=not stated)
