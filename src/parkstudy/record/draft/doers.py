"""Who did what a clause tells, where its words before the verb name someone and no rule knows of whom: never the park without a doubt."""

import re

from parkstudy.record.draft.place import Place
from parkstudy.record.draft.subjects import NO_ONE, OWN_MONEY, Part, bare_name
from parkstudy.record.draft.words import Term, context, terms

ANOTHER, ANOTHER_OR_PART = "of another park", "of another park or a part of this one"
_DID = "(?:共|累计|合计|总共|全年|今年|当年|已|也|仅|预计|力争|可|分别)*(?:完成|实现|上缴|缴纳|入库|达到|纳税)"
_WHO = re.compile(rf"(?P<who>[^,。;:()]{{1,24}}?){_DID}")
_FIRMS = re.compile(  # a class of firms, which is neither one of them nor the park
    r"(?P<name>(?:国有|国企|民营|私营|外资|内资|外商|规下|规模以下|限下|高新技术|上市|中小|小微|科技型|专精特新|纳税|税收|产值|前[\d十百]+[强名户家大]?|[\d十百]+强)"
    r"[^,。;:、]{0,8}?(?:企业|公司)|(?:国有|民营|上市)(?:企业|公司)|前[十百\d]+强)[^,。;:\d]{0,8}$"
)
_TOWN = re.compile("[\u4e00-\u9fff]{1,4}(?:镇|乡|街道)$")
_ZONE = re.compile("[A-Za-z东南西北中老新主一二三四五六七八九]部?(?:园区|[区园])")
_KIND = re.compile("高新|经开|保税")
_SAYS = {"高新": "高新", "经开": "经济|经开", "保税": "保税"}  # what stands in the name of a park of the kind
_NAMED = re.compile(
    "(?P<near>(?:邻近|毗邻|相邻|周边)的?)?(?P<own>[\u4e00-\u9fff]{2,4}?)(?:经济技术|经济|高新技术产业|工业|产业)?(?:开发区|高新区|经开区|集中区|园区)"
)
_OWN = re.compile("[该本我全各整年个家两]|工业|产业|经济|高新|区内|园内|辖区")
_EMPTY = re.compile(
    '计划|瞄准|全园|全力|目标是?|[“"]?十[一二三四五]五[”"]?(?:期间|时期|末)?|期间|每年|成功|[各该]项?|情况|[中内上下以]'
)


def doer(place: Place, term: Term, names: tuple[str, ...], indicator: str, part: Part) -> Part:
    """The part that a rule gave, but for what it takes for the park (or firms for one) though the clause names others."""
    if part.reason or part.subject not in ("park", "firm"):
        return part
    last = place.before[-1] if place.before and place.before[-1].place.start >= place.sentence else None
    goes_on = last and indicator in OWN_MONEY and not context("park").search(place.ahead)
    if last and goes_on and last.reason.startswith((ANOTHER, NO_ONE)):
        return Part("", reason=last.reason)
    ahead = place.plain[place.clause : min(term.start, place.at.start)]
    if indicator in OWN_MONEY and place.at.unit != "count" and (firms := _FIRMS.search(ahead)):
        return Part("group", (firms["name"],))
    said = _WHO.match(place.plain, place.clause, place.at.start)
    who = said["who"] if said else ahead if indicator in OWN_MONEY else ""
    if part.subject != "park" or not who or terms(who, 0, len(who)):
        return part
    return _named(place, who, names) or part


def _named(place: Place, who: str, names: tuple[str, ...]) -> Part | None:
    """What the words before a verb name; None where they name nobody."""
    who = re.sub(r"^(?:\d{4}年度?|[\d~—-]+月份?|其中)+|\d{4}年度?$", "", who)
    kind = _KIND.search(who)
    if kind and names and who.endswith("区") and not re.search(_SAYS[kind[0]], "".join(names)):
        return Part("zone", (who,)) if place.ahead.startswith("其中") else Part("park", doubt=True)
    if _ZONE.fullmatch(who):
        return Part("zone", (who,))
    if _TOWN.search(who):
        return Part("", reason=NO_ONE)
    other = _NAMED.fullmatch(who) if names else None
    if other and not _OWN.search(other["own"]) and not any(other["own"][:2] in own for own in names):
        return Part("", reason=f"{ANOTHER if other['near'] else ANOTHER_OR_PART}: {who}")
    name = _EMPTY.sub("", bare_name(who, names))
    if (
        len(name) < 2
        or any(name[:2] in own for own in names)
        or re.search(f"园$|{context('park').pattern}", name)
        or re.search(r"\d", name)
    ):
        return None
    of_parts = any(one.row and ":" in one.row["subject"] for one in place.before if one.place.start >= place.sentence)
    return Part("", reason=NO_ONE) if of_parts else Part("park", doubt=True)
