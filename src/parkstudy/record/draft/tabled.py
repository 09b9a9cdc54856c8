"""What the cell of a table is of, by the name of its row, the head of its column and the head of the names."""

import re

from parkstudy.record.draft.head import other_park
from parkstudy.record.draft.lines import SENTENCE_END, begin
from parkstudy.record.draft.place import Place
from parkstudy.record.draft.subjects import NO_ONE, Part
from parkstudy.record.draft.words import context, terms

OF_TOTAL = "of what a list of several has in all"
_TOTAL = re.compile("(?:合|总|小|共)计|全部|总[数量]|平均|其他|其它")
_PLACES = re.compile(
    "全县|全市|全镇|县[(]市[)]|^[县市州]$|[\u4e00-\u9fff]{1,4}[县市州](?<!上市)(?<!城市)(?![级内外场值])"
)
_PARK = re.compile("(?:[\u4e00-\u9fff]{2,10})(?:园区|开发区|集中区|工业园|产业园|高新区|经开区)")
_OWN = re.compile("本园|我园|本区|我区|全区|全园|^(?:园区|工业园|开发区|高新区|经开区|集中区)")
_ZONE = re.compile("[\u4e00-\u9fff]{1,8}(?:片区|组团)|(?<!集)[东西南北中]部?[区园]|[A-Za-z一二三四五六七八九][区园]")
_KINDS = (  # what the head of the names says that its rows are
    ("project", re.compile("项目名称|工程|建设项目")),
    ("firm", re.compile("企业|公司|单位名称|纳税人")),
    ("sector", re.compile("行业|产业(?!园)|门类")),
    ("zone", re.compile("片区|组团|[园开][发]?区|区域|区划|分区|功能区")),
    ("", re.compile("乡镇|镇|村|地区|县|市|部门|责任单位|街道")),
)
_AMOUNT = re.compile("(?:投资|产值|收入|税收|税金|增加值|面积|资金|人数)$")
_OWNER = re.compile("(?:项目|工程|生产线|基地|公司|集团|产业|行业)$")
_NUMBERED = re.compile(r"^\(?\d{1,2}[、.)]")


def heads(place: Place) -> tuple[str, str] | None:
    """The name of the row and the head of the column of a cell; None for a figure that is none of a table."""
    if not place.coded.line.head:
        return None
    start = begin(SENTENCE_END, place.plain, place.at.start)
    name, _, column = _NUMBERED.sub("", place.plain[start : place.at.start]).partition("|")
    return name, column.rstrip("|")


def part_of_cell(place: Place, names: tuple[str, ...]) -> Part | None:
    """The subject of a cell by its heads; None for a figure that is none of a table.

    A column without an owner goes on with what its row is of; a rate with what is before it.
    """
    if (said := heads(place)) is None:
        return None
    name, column = said
    if place.at.unit == "percent" and place.before and not _owner(column, names):
        last = place.before[-1]
        return Part(last.row["subject"]) if last.row else Part("", reason=last.reason)
    listed = place.coded.line.head
    listed += "名称" * (listed == "项目" and "|总投资" in place.plain and not _AMOUNT.search(name))
    return _owner(column, names) or _of_row(listed, name, column, names)


def _owner(words: str, names: tuple[str, ...]) -> Part | None:
    """Of whom the head of a column says that it is; None where it says nothing."""
    if context("wider").search(words):
        return Part("", reason="of the province or the nation")
    zone = _ZONE.search(words)
    if zone and not _OWN.match(zone[0]):
        return Part("zone", (zone[0],))
    if (park := _PARK.search(words)) and not _OWN.search(words):
        return _park(park[0], names)
    return Part("county") if _PLACES.search(words) else Part("park") if _OWN.search(words) else None


def _park(name: str, names: tuple[str, ...]) -> Part:
    """A park that is named: this one by the beginning of its name, else another one."""
    if not names or any(one[:2] in name or name[:2] in one for one in names):
        return Part("park", doubt=not names)
    return Part("", reason=f"of another park: {other_park(name, names) or name}")


def _of_row(head: str, name: str, column: str, names: tuple[str, ...]) -> Part:
    """What a row is of, by its name and by what the head of the names says that all are."""
    kind = next((kind for kind, words in _KINDS if words.search(head)), None)
    owner = _OWNER.search(name) and terms(column, 0, len(column))  # the column names the quantity
    named = bool(terms(name, 0, len(name))) and not owner
    if kind is None and (named or re.match(r"\d|[一二三四上下前第全]?.?(?:月|季度|半年|年)", name)):
        return _owner(name, names) or Part("park")
    if _TOTAL.search(name):
        if _PLACES.search(name):
            return Part("county")
        return Part("park", doubt=True) if _OWN.search(name) else Part("", reason=OF_TOTAL)
    if kind in ("zone", "", None):
        if told := _owner(name, names):
            return told
        ends = (one for one in ("project", "sector", "firm", "zone") if re.search(f"(?:{context(one).pattern})$", name))
        kind = kind or next(ends, "")
    return Part(kind, (name,)) if kind and name else Part("", reason=NO_ONE)
