"""Why a figure has no row: its digits stand apart, it is what a project will bring, or no term names it."""

import re

from parkstudy.record.draft.figures import Printed
from parkstudy.record.draft.lines import Line
from parkstudy.record.draft.place import COUNTED, Place
from parkstudy.record.draft.words import context
from parkstudy.record.quantities import apart

NAMELESS = "in a table: "  # why a cell is set aside, before the words of its heads
_FIRST_WORDS = re.compile(r"(?:[\d年月日、-]*)([\u4e00-\u9fff]{2,10}?)(?:[由从比较][^,]*)?(?=[\d、,(]|$)")
_COUNTED_THING = re.compile(r"([\u4e00-\u9fff]{2,8})")
_THING_AHEAD = re.compile(  # 出口交货值6.8亿元, 履约项目达到20个
    r"([\u4e00-\u9fff]{2,8}?)(?:共计|合计|累计|已|完成|实现|达到?|为|有|约|近|超过?|突破|[::])*$"
)
_ONCE_BUILT = re.compile("(?:达产|投产|建成|竣工|满产)(?:投产|达产|运营)?[之以]?后")
_CONDITION = re.compile(r"(?:^|[,。;!?:])(?:但|而)?(?:若是?|如果|假如|倘若|如能)[^。;!?]*$")
_ABLE = ("可达", "可实现", "可新增", "可带动", "可提供", "预计可")
_THRESHOLD = re.compile(
    r"(?:的|有)?\d+[余多]?[个项家户]|(?:的|及以上)?(?:重点|重大|工业|产业|产业类|各类)*(?:项目|企业)|(?:的|及以上)?(?:固定资产|工业|城镇)+投资"
)
_CLASS = re.compile("以[上下内]$|^[过超]|[元万亿][至到~—-]+\\d")  # 投资5000万元至1亿元的7个
_OF_SIZE = re.compile(r"的\d+[余多]?[个项家户](?!项目|企业)")  # 投资5亿元的2个
_UNDONE = re.compile(  # 9家规上企业退库, 5个项目签约后超过1年未开工
    r"[^,。;:]{0,14}?(?:退库|退规|退统|退出|注销|关停|停产|未能?(?:按[期时])?(?:开工|动工|建成|投产|达产|竣工|落地|复工))"
)
_LOST = re.compile(r"(?P<words>(?:退库|退规|退统|停产|注销)[^,。;\d]{0,8}?)(?:有|达到?|为|共)*$")  # 停产半停产企业11家
_YEAR_EXPECTED = re.compile(
    r"预计[^,。;]{0,6}(?:全年|年底|年末|今年|上半年|月底|\d{4}年)|(?:全年|年底|年末|今年|\d{4}年)[^,。;]{0,4}预计"
)


def apart_in(line: Line, one: Printed) -> str:
    """The reason against a figure whose digits have blanks between them in the text, which may be two numbers."""
    signs = range(one.start, one.end)
    gaps = (" " if place > one.start and line.starts[place] > line.ends[place - 1] else "" for place in signs)
    printed_ = "".join(gap + line.plain[place] for gap, place in zip(gaps, signs, strict=True))
    return f"unread: {printed_!r} has a blank between its digits" if apart(printed_) else ""


def alone_in(line: Line, one: Printed) -> str:
    """The reason against the cell of a table whose heads do not say in which unit it is or of what."""
    return f"{NAMELESS}{line.alone[one.start]}" if line.alone and one.start in line.alone else ""


def _promised(place: Place) -> bool:
    """Whether a figure is what a project will bring once it is built, by the words before it in its sentence."""
    if context("park").search(place.ahead):
        return False
    said = place.plain[place.sentence : place.at.start]
    found = context("capacity").search(place.ahead)
    expected = _YEAR_EXPECTED.search(place.plain, place.full[0], place.at.start)
    weak = found and found[0] in _ABLE and expected  # 预计全年可实现
    return bool(_ONCE_BUILT.search(said) or (found and not weak))


def only_a_class(place: Place) -> bool:
    """Whether a sum or an area only says how large what is told of is: 500万元以上固定资产投资, 投资5亿元的2个, 连片100亩以上."""
    sized = _THRESHOLD if _CLASS.search(place.plain[place.at.start : place.at.end]) else _OF_SIZE
    money = place.at.unit == "CNY" and (sized.match(place.behind) or place.behind.startswith("级"))  # 30亿元级项目
    return bool(money or place.ahead.endswith("连片"))


def no_result(place: Place) -> str:
    """The reason against a level that is none: what a project is to bring, a count of what was lost or not done; empty for others."""
    if _promised(place):
        return "what a project is to bring, no result"
    if place.at.unit not in COUNTED:
        return ""
    behind, ahead = _UNDONE.match(place.plain, place.at.end), _LOST.search(place.ahead)
    words = behind[0] if behind else ahead["words"] if ahead else ""
    return f"no_indicator:{words}" if words else ""


def conditional(place: Place) -> bool:
    """Whether it holds on a condition alone: 若实现税收5亿元."""
    return bool(_CONDITION.search(place.plain, place.sentence and place.sentence - 1, place.at.start))


def unnamed(place: Place) -> str:
    """The words beside a quantity that no term names, those behind a count first; none for a number without a unit."""
    if not place.at.unit:
        return "a number without a unit"
    behind = _COUNTED_THING.match(place.behind) if place.at.unit in COUNTED else None
    ahead = _THING_AHEAD.search(place.ahead)
    said = next((found[1] for found in (behind, ahead) if found and found[1][-1] not in "到至"), "")
    if not said and (first := _FIRST_WORDS.match(place.ahead)):  # 园区每亩税收由5.2万元提高到7.3万元
        said = first[1]
    return f"no_indicator:{said}" if said else "no term of an indicator stands beside it"
