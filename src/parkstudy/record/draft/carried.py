"""A figure that is named by the one before it: what something grew to, how many there are in all, the task of which a share is printed.

Beside it what is none of these: by how much something changed, and what it is compared with; no rate behind them is of them.
"""

import re
from collections.abc import Sequence

from parkstudy.record.draft.place import GENERAL, Coded, Place
from parkstudy.record.draft.words import Term, context, meant_by, terms
from parkstudy.record.proof import NEW
from parkstudy.record.terms import Meaning

CHANGE = "a change, no level"
BASE = "what it is compared with"
_BOUND = "(?:了|约|近|超过?|达)?$"
_CHANGED = re.compile(f"(?:净增|增加|增收|多收|增长|提高|上升|减少|减收)额?{_BOUND}")
DIFFERS = re.compile(  # 比全市平均低4.6亿元
    f"(?:(?<![最不至更许众很降减提升走新])(?:低|高|少|多)出?|相差|差[额距]|[还尚仍]差){_BOUND}"
)
EACH = re.compile(  # 每亩税收达到7.2万元
    r"(?:每(?:一)?[亩户人家个平公]|[亩户人地]均|单位面积|平均每|(?:企业|项目|职工|员工)平均)[^\d]*$"
)
_COMPARED = re.compile(
    r"[与同和跟](?:19|20)\d\d年的$|[由从]$|[比较](?:上年|去年|前年|\d{4}年|年初)?(?:同期|全年|年?末|年?底)?的?$|是(?:19|20)\d\d年的?$"
)
_BASE_YEAR = re.compile(
    "(?:由|从|[比较是])(?:(?P<year>(?:19|20)\\d\\d)年(?:底|末)?的?|(?:上年(?:底|末)?|去年(?:底|末)?)的)$"
)
_TASK = re.compile(
    r"(?:完成|占|为|达到?)(?:了)?[^,。;%元]{0,10}?(?P<word>任务|计划|目标|指标|预算)(?:任务|总?[数量额值])?(?:为|的|\()?$"
)
_SHARE_FOLLOWS = re.compile(r"\)?的?(?:比例|比重)?(?:约|近|超过?|达|为)?\d[\d.]*%")
_REACHED = re.compile(r"^[^,。;\d]{0,2}(?:达到?|为|完成|实现|突破|到位|投入|新增)(?:了)?$")  # 增长10%,达到350亿元
_PASSED = re.compile("突破|超过?|达到?")
_SUFFERED = re.compile(  # 11家规模企业产值同比下降: firms that are counted for what happened to them
    r"(?P<what>[^,。;\d]{0,6}企业(?:[^,。;\d]{0,10}(?:下降|下滑|减少|回落|负增长|亏损)|(?:半?停产|减产|停工|倒闭|关停)))"
)
_NEWLY = re.compile(
    "^[、(]?(?:其中|全年|当年|今年|本年|年内|比上年)*(?:新增|净增|新入规|新纳规|新升规)(?:了)?$"
)  # 规上企业113户,全年新增17户
_IN_ALL_NOW = re.compile("^[、]?(?:年末|年底|期末|目前|现|总数|累计)+(?:实有|现有|共有|达到?|为|有)?$")
_BUILT_ON = re.compile("^[、]?(?:另有?|还有|正)?在建$")  # 建成标准厂房9.4万平方米,在建7万平方米
_STRIVEN = re.compile("^(?:力争|争取|奋力|冲刺)(?:达到?|突破|完成|实现)?(?:了)?$")  # 税收确保4.6亿元,力争5亿元
_OF_INVESTMENT = re.compile(  # 固定资产投资90亿元,其中基础设施8.4亿元、工业66亿元
    r"(?:其中:?|[、,和])(?P<name>工业|基础设施|技术改造|技改|工业技改)(?:投入|完成|达到?|为)*$"
)
_KIND_OF_INVESTMENT = {"工业": "industrial_investment", "基础设施": "infrastructure_investment"}
_OTHER_YEAR = re.compile(r"^\((?:上年|去年|\d{4}年)(?:同期|度)?(?:为|是|达)?$")  # 252亿元(2017年为222亿元)
MONEY = r"[\d.]*[十百千]?[万亿]元?"
SIZE = re.compile(  # 项目19个,其中亿元以上6个、投资5000万元至1亿元的7个
    rf"(?P<size>(?:总?投资|产值|[营业主务销售]+收入|纳税|税收)?额?(?:[在为]|实现|达到?)?(?:{MONEY}(?:及?以[上下内])|(?<!投资)[过超]\d*亿元?|\d{MONEY}[至到~—-]+\d{MONEY}|\d{MONEY}(?=的))(?:之间)?)的?有?$"
)
_BY_YEAR_END = re.compile(  # 预计全年可完成46亿元; 上半年完成1.1亿元
    "^(?:预计|预期|力争|确保|有望)*(?:到)?(?:全年|今年|年底|年末|年内|上半年|前三季度|一季度)(?:可|将|能|有望|共|累计|实际)*(?:达到?|完成|实现|突破)?$"
)
_RISEN = re.compile(r"(?:增加|上升|扩大|扩展|提高|提升|增长|发展|壮大|增)[到至]了?$")  # 由3家增加到5家
_TOTAL = re.compile(  # 新增3家,总数达5家
    "^[、,]?(?:目前|现|企业|其|使)*(?:累计|总[数量]|总数累计)(?:已|累计|企业)*(?:达到?|为|增至|增加到|有|突破)?$"
)
SO_FAR = re.compile(  # 今年计划投资2亿元,上半年完成1亿元
    r"^(?:(?:截至|截止|到)?(?:上半年|前三季度|[一二三四]季度|今年|全年|当年|目前|年底|年末|[\d~-]+月份?底?|末|以来))*(?:现|已|累计|实际|可)*(?:完成|到位|投入)(?:投资|了)?$"
)
_PART = re.compile(
    r"(?:^|其中|[、和与及])(?P<name>[\u4e00-\u9fff]{2,10}?)(?:达到?|为|有|完成|实现)?$"
)  # 其中南片区520亩
FIRMS = ("enterprises", "above_scale_enterprises")
_REST = re.compile("^(?:其余|其他)(?:产业|行业|片区|园区|企业)(?:共|合计|完成|实现|为|有)*$")  # behind a list of them
_STOCK_OF = {"new_above_scale_enterprises": "above_scale_enterprises"}


def base_year(place: Place, own: int) -> int | None:
    """The year of a figure that another one is compared with, where it is named by its own words: 由2010年的6.2平方公里扩大到…"""
    said = _BASE_YEAR.search(place.ahead)
    expected = re.search(
        "预计|预期|有望|力争|确保|目标", place.plain[place.sentence : place.at.start]
    )  # rules it for the proof
    return int(said["year"] or own - 1) if said and not expected else None


def no_level(place: Place) -> str:
    """The reason against a figure that is no level: a change, or what another one is compared with; empty for others."""
    if DIFFERS.search(place.ahead) or (place.at.unit != "percent" and _CHANGED.search(place.ahead)):
        return CHANGE
    if place.at.unit == "count" and (suffered := _SUFFERED.match(place.plain, place.at.end)):
        return f"no_indicator:{suffered['what']}"
    last = place.before[-1] if place.before else None
    if last and last.reason == CHANGE and re.fullmatch("[、和与及]", place.plain[last.place.end : place.at.start]):
        return CHANGE  # 分别多3个和2个
    return BASE if _COMPARED.search(place.ahead) else ""


def task(place: Place) -> bool:
    """Whether it is the task or plan of which the figure behind it is a share: 完成年任务75亿元的23.7%."""
    behind = place.plain[place.at.end : place.at.end + 12]
    return bool(_TASK.search(place.ahead) and _SHARE_FOLLOWS.match(behind))


def carried(place: Place) -> tuple[Term, Meaning] | None:
    """The term and meaning that a figure takes over from the one before it; None for one that has a name of its own."""
    named = [one for one in reversed(place.before) if one.row or (one.term and one.reason != CHANGE)]
    last = next(iter(named), None)
    if _BY_YEAR_END.match(place.ahead):  # 完成41亿元,完成任务的88%,增长6%;预计全年完成46亿元
        last = next(
            (one for one in named if one.place.unit == place.at.unit and one.place.start >= place.full[0]), None
        )
        return _by_year_end(last)
    if apart := _in_all(place) or _of_list(place, named):
        return apart
    if last is None or last.term is None or last.place.start < place.sentence or GENERAL.search(last.term.words):
        return None  # 由原来的3平方公里调增至4平方公里: each has its own word
    meant = last.meaning or Meaning("", None, False, "")
    clause = place.plain[max(place.clause, last.place.end) : place.at.start]
    level = next((one for one in named if one.row and one.place.unit == place.at.unit), last)
    if other := _as_other(place, last, meant, clause) or _invested(place, level) or _of_size(place, level):
        return other
    place.coded.part = _part_named(place, last)
    alike = last.place.unit == place.at.unit
    place.coded.beside |= alike and bool(_OTHER_YEAR.search(place.plain[last.place.end : place.at.start]))
    if place.coded.part or place.coded.beside:
        return last.term, meant
    return (last.term, meant) if _goes_on(place, last, meant, clause) else None


def _as_other(place: Place, last: Coded, meant: Meaning, clause: str) -> tuple[Term, Meaning] | None:
    """Firms that are new and firms in all, each named by the other: 新增3家,总数达5家; 规上企业113户,全年新增17户."""
    if last.term and _TOTAL.match(clause) and _counts(last, place):
        new = last.term.words[:2] in NEW and meant_by(last.term.words[2:])
        term = Term(last.term.start + 2, last.term.end, last.term.words[2:]) if new else last.term
        return term, meant._replace(indicator=_STOCK_OF.get(meant.indicator, meant.indicator))
    entry = _of_entry(place, last, clause).get(meant.indicator)
    return (last.term, meant._replace(indicator=entry)) if last.term and entry else None


def _invested(place: Place, level: Coded) -> tuple[Term, Meaning] | None:
    """A kind of the investment before it: 投资90亿元,增长25%,其中工业66亿元."""
    named = _investment_named(place, level)
    return (level.term, level.meaning._replace(indicator=named)) if named and level.term and level.meaning else None


def _of_size(place: Place, level: Coded) -> tuple[Term, Meaning] | None:
    """A class of what was counted before it, by its size; named by its size where another term or figure stands between."""
    size, counted = SIZE.search(place.ahead), level.meaning and level.meaning.indicator
    if not (size and counted and level.term and level.meaning and _counts(level, place)):
        return None
    if not (counted in FIRMS or counted.startswith("projects_")) or level.place.start < place.sentence:
        return None
    named = SIZE.search(level.term.words) or terms(size["size"], 0, len(size["size"]))
    between = named or any(one.row and one.place.start > level.place.start for one in place.before)
    start, words = place.clause + size.start("size"), size["size"]
    own = Term(start, start + len(words), words)
    return own if between else level.term, level.meaning


def _goes_on(place: Place, last: Coded, meant: Meaning, clause: str) -> bool:
    """Whether the words between two figures make the second one of the same quantity."""
    row, between = last.row or {}, place.plain[last.place.end : place.at.start]
    alike = last.place.unit == place.at.unit
    if alike and _RISEN.search(between) and not re.search("[,;、]", between):
        return True
    wanted = alike and row.get("value_type") in ("target", "plan")
    named = terms(clause, 0, len(clause))  # 总投资6亿元,已完成投资2亿元: it has a name of its own
    if (
        wanted and SO_FAR.match(clause) and not named
    ):  # 签约资金30亿元,已到位3亿元: money in place is none that is signed
        return row["indicator"] not in ("contracted_investment", "negotiated_investment")
    at_once = not clause and _PASSED.match(place.plain, place.at.start)  # 税收增长13%以上,突破3.2亿元
    if (wanted or row.get("transformation") == "yoy") and (_REACHED.match(clause) or at_once) and not named:
        return True
    to_come = row.get("value_type") in ("target", "plan", "forecast")
    strives = (alike or row.get("transformation") == "yoy") and to_come and _STRIVEN.match(clause)
    built_on = alike and meant.indicator == "standard_factory_area" and _BUILT_ON.match(clause)
    if strives or built_on:
        return True
    passed = alike and row.get("bound") == "at_least"
    return bool(passed and re.fullmatch("达到?了?|为", clause))  # 突破500亿元,达512亿元


def _of_entry(place: Place, last: Coded, clause: str) -> dict[str, str]:
    """How firms above the threshold go on: all of them to those that are new, the new ones to all."""
    if not _counts(last, place):
        return {}
    if _NEWLY.match(clause):
        return {whole: new for new, whole in _STOCK_OF.items()}
    return _STOCK_OF if _IN_ALL_NOW.match(clause) else {}


def _investment_named(place: Place, last: Coded) -> str:
    """The kind of investment in fixed assets that 其中 singles out of all of it by its name alone; empty for other figures."""
    row, named = last.row or {}, _OF_INVESTMENT.search(place.ahead)
    whole = last.place.start >= place.sentence and row.get("indicator") in (
        "fixed_asset_investment",
        "industrial_investment",
        "infrastructure_investment",
    )
    if not (named and whole and row["transformation"] == "level" and last.place.unit == place.at.unit):
        return ""
    said = "其中" in place.plain[place.sentence : place.at.start]
    return _KIND_OF_INVESTMENT.get(named["name"], "technical_renovation_investment") if said else ""


def _part_named(place: Place, last: Coded) -> bool:
    """Whether 其中 and the name of a part stand between two figures in one unit, and no name of a quantity; so on in its list."""
    of_list = last.part or "其中" in place.plain[last.place.end : place.at.start]
    found = _PART.search(place.ahead)
    if not (
        found and of_list and last.row and last.row["transformation"] == "level" and last.place.unit == place.at.unit
    ):
        return False
    kinds = "|".join(context(kind).pattern for kind in ("zone", "sector", "firm"))
    return bool(re.search(f"(?:{kinds})$", found["name"])) and not terms(found["name"], 0, len(found["name"]))


def _by_year_end(last: Coded | None) -> tuple[Term, Meaning] | None:
    """What the whole year is to bring: more of the flow before it."""
    return (last.term, last.meaning) if last and last.row and last.term and last.meaning else None


def _in_all(place: Place) -> tuple[Term, Meaning] | None:
    """What there is in all of what grew by the number before it: 规上企业净增9家、总数58家."""
    last = place.before[-1] if place.before else None
    if not (last and last.reason == CHANGE and _counts(last, place) and last.place.start >= place.sentence):
        return None
    own = terms(place.plain, place.sentence, last.place.start)[-1:]
    meant = (
        place.means(own[0], place.at.unit)
        if own and _TOTAL.match(place.plain[last.place.end : place.at.start])
        else None
    )
    stock = _STOCK_OF.get(meant.indicator, meant.indicator) if meant else ""
    return (own[0], meant._replace(indicator=stock)) if meant and stock in FIRMS else None


def _of_list(place: Place, named: Sequence[Coded]) -> tuple[Term, Meaning] | None:
    """What the others of a list have: the quantity in its unit that is last in the sentence up to its `。`."""
    alike = (one for one in named if one.place.unit == place.at.unit and one.place.start >= place.full[0])
    last = next(alike, None) if _REST.match(place.ahead) else None
    place.coded.part = last is not None
    return (last.term, last.meaning) if last and last.row and last.term and last.meaning else None


def _counts(last: Coded, place: Place) -> bool:
    return last.place.unit == place.at.unit and last.place.unit in ("count", "person", "m2", "mu", "km2")
