"""The part of a park whose name leads an item of a list, of which all figures of the item are."""

import re

from parkstudy.record.draft.place import Place
from parkstudy.record.draft.words import context

_ITEM = re.compile("[。!?;】:]|其中|看,")  # behind which an item begins
_ZONE = re.compile(  # 城东工业园9个,投资22亿元
    r"[,:]?(?:\d{4}年[末底]?,?|全年|目前|截至[\d年月日底末]*,?|[\d~至-]+月,?)?"
    r"(?P<name>(?![我全该本各县市])[^\W\d]{2,10}?(?:产业园|工业园|科技园|物流园|创业园|片区|组团))"
    r"(?=\d|[,:]|全年|实现|完成|累计|共|现?有|入驻|规[上模]|税收|工业|总?产值|[营业主务销售]+收入|上缴|固定|签约|引进|面积|标准|厂房|新建|已?建成)"
)
_NO_NAME = re.compile(
    "[的和与及、在将对为]|新建|推进|加快|实施|建设|打造|启动|支持|围绕|依托|完成|实现|投资|全[县市省区]|我[县市区]"
)


def leading_zone(place: Place, at: int, names: tuple[str, ...]) -> str:
    """The part of the park that leads the item of a figure, where nothing tells of the park behind it; empty for none."""
    start = max((match.end() for match in _ITEM.finditer(place.plain, place.full[0], at)), default=place.full[0])
    found = _ZONE.match(place.plain, start, place.at.start)
    if not found or found.end() > at or _NO_NAME.search(found["name"]):
        return ""
    own = any(found["name"] in name or name in found["name"] for name in names)
    return "" if own or context("park").search(place.plain, found.end(), at) else found["name"]
