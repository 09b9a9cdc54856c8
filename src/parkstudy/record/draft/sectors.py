"""A list by sector: each item names one, with as many as there are of what was counted before the list, and what was signed for them."""

import re

from parkstudy.record.draft.carried import FIRMS
from parkstudy.record.draft.place import Coded, Place
from parkstudy.record.draft.words import Term
from parkstudy.record.terms import Meaning

_BY_SECTOR = re.compile(r"(?:按|从|分)[^,。;:\d]{0,6}(?:产业|行业)[^,。;:\d]{0,4}[,:]")
_ITEM = re.compile(  # 按产业分,陶瓷建材类6个,新材料项目12个,其他3个
    "(?:^|[、,;:和与及])(?P<name>[\u4e00-\u9fff]{2,12}?)(?P<what>项目|企业)?(?:共|有|为|达)*$"
)
_COUNTED_BY_SECTOR = ("projects_signed", "projects_started", "projects_completed")
_SIGNED_SUM = re.compile("^[、,]?(?P<words>(?:计划|协议|合同|签约|总)*(?:投资|资金|金额)额?|)(?:约|为|达)*$")


def by_sector(place: Place) -> tuple[Term, Meaning] | None:
    """What the item of a list by sector is of: of what was counted before the list, or what was signed for those of an item."""
    lead = _BY_SECTOR.search(place.plain, place.full[0], place.at.start)
    if lead is None or not place.before:
        return None
    if found := _sum_by_sector(place, place.before[-1]):
        return found
    item = _ITEM.search(place.ahead) if place.at.unit == "count" else None
    wanted = FIRMS if item and item["what"] == "企业" else _COUNTED_BY_SECTOR
    counted = (one.meaning for one in reversed(place.before) if one.place.start < lead.start() and one.row)
    whole = next((meant for meant in counted if meant and meant.indicator in wanted), None)
    if not (item and whole):
        return None
    place.coded.sector, named = item["name"], "what" if item["what"] else "name"
    return Term(place.clause + item.start(named), place.clause + item.end(named), item[named]), whole


def _sum_by_sector(place: Place, last: Coded) -> tuple[Term, Meaning] | None:
    """What was signed for the projects of a sector that are counted right before: 新材料项目12个,投资额51.4亿元."""
    found = _SIGNED_SUM.match(place.plain[last.place.end : place.at.start])
    signed = last.sector and last.term and last.meaning and last.meaning.indicator == "projects_signed"
    if not (found and signed and last.term and last.meaning and place.at.unit == "CNY"):
        return None
    place.coded.sector, start, words = last.sector, last.place.end + found.start("words"), found["words"]
    term = Term(start, start + len(words), words) if words else last.term  # 电子信息类11个、39.2亿元
    return term, last.meaning._replace(indicator="contracted_investment")
