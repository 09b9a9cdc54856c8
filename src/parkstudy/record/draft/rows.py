"""The row of a figure whose term is known: what it is of, of which kind, which firms it covers, when it was, with which caveats."""

import re
from collections.abc import Sequence
from typing import Any

from parkstudy.record.draft.carried import BASE
from parkstudy.record.draft.doers import doer
from parkstudy.record.draft.place import Coded, Place
from parkstudy.record.draft.ruling import ruling
from parkstudy.record.draft.spans import ALWAYS_PLAN, Period, Section, period_of
from parkstudy.record.draft.subjects import CLASS, CONTRACTS, Part, of_list, subject_of
from parkstudy.record.draft.tabled import part_of_cell
from parkstudy.record.draft.times import Frame, Time
from parkstudy.record.draft.words import Term, context, meaning, terms
from parkstudy.record.proof import POPULATION_WORDS, aimed, says, without_plan
from parkstudy.record.quantities import parse
from parkstudy.record.terms import Meaning
from parkstudy.record.units import WHOLE

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
_AIM_BEHIND = re.compile(  # 没有实现产值150亿元的目标; 产值500亿元、税收15亿元的目标
    r"(?:、[^,。;、\d]{2,16}[\d.]+(?:[万亿]元|[万亿]|[家个户人]))*的?(?:年度|全年|年初|既定|预期|奋斗)*(?:目标|任务|计划|预算)(?!的?[\d比完])"
)
_OF_PLAN = re.compile("任务|目标|计划|指标|预算")
_WHOLES = {"营业收入": "operating_revenue", "产值": "gross_industrial_output", "税收": "tax_revenue"}


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
    period = period_of(place, section, said, found, kind, part)
    if kind == "plan" and _told_among_plans(place, section, said, found):
        kind = "outturn"
        period = period_of(place, section, said, found, kind, part)
    ahead = place.plain[place.sentence : place.at.start]
    late = period.end is not None and period.end.year > section.frame.written.year
    whole = period.end is not None and (period.end.month, period.end.day) == (12, 31)
    to_come = re.search(r"到20\d\d年|将|要", ahead)
    if kind == "outturn" and late and (whole or to_come):
        kind = "plan"  # of a year to come
        place.coded.doubts += [] if to_come else ["a year to come"]
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


def _told_among_plans(place: Place, section: Section, said: Sequence[tuple[int, int, Time]], found: Meaning) -> bool:
    """Whether it is of a year before that of the plans among which it is told, by a time of its own: 2021年税收3.2亿元."""
    here, time = ruling(place, said, "outturn", stock=False)
    if not (section.plans and here and time) or time.open_end or found.indicator in ALWAYS_PLAN:
        return False
    wanted = context("plan").search(place.ahead) or _PLAN_LED.search(place.plain, place.full[0], place.at.start)
    return time.end.year < section.year and time.end <= section.frame.written and not wanted


def _base_printed(place: Place) -> bool:
    """Whether the sentence prints the figure of the year before, on which a rate is: 252亿元(2017年为222亿元), 由222亿元增长."""
    here = [one for one in place.before if one.place.start >= place.sentence and one.beside]
    return any(one.reason == BASE or (one.row and one.row["value_type"] == "outturn") for one in here)


def _inferred(term: Term, found: Meaning) -> bool:
    """Whether the term says less than the indicator: 内资 not from where it comes, 增加值 not of what."""
    wanted = {"domestic_capital": "省外", "industrial_value_added": "工业"}.get(found.indicator, "")
    return wanted not in term.words


def _beyond(period: Period, frame: Frame) -> bool:
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
    elif place.owned and place.owned[2] == term and not place.listed_year:
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
    groups = {row["subject"] for row in here if row["subject"].startswith("group")}
    parted = len(groups) == 1 and here[-1]["subject"] in groups  # of several the whole has what follows
    place.coded.doubts += ["part"] * (len(groups) > 1)
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
    aimed_at = form == "level" and _AIM_BEHIND.match(place.plain, place.at.end)
    place.coded.doubts += ["aim behind"] * bool(aimed_at)
    if aimed_at or section.plans or (led and not _DONE.search(place.plain, led.end(), place.at.start)):
        return "plan"
    return "plan" if context("plan").search(_of_plan_itself(plain[place.clause : place.at.start])) else "outturn"


def _of_plan_itself(ahead: str) -> str:
    """The words before a figure without those of a planned area, and of a class of projects by their planned size."""
    return CLASS.sub("", _PLANNED_LAND.sub("", ahead))
