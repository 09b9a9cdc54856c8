"""What a text says of itself: its title, its date, the span it reports, its park; as far as it is printed, and no further."""

import re
from collections import Counter
from collections.abc import Sequence

from parkstudy.record.draft.lines import Line, lines
from parkstudy.record.draft.times import frame

_KINDS = (
    "高新技术产业开发区|经济技术开发区|经济开发区|产业开发区|工业集中区|产业集聚区|产业园区|工业园区|高新区|经开区|"
    "开发区|集中区|工业园|产业园|科技园|工业区"
)
_NAME = re.compile(rf"[\u4e00-\u9fff—·-]{{0,12}}?(?:{_KINDS})")
_OF_ITS_OWN = re.compile(rf"(?![省市县区州全本各])[\u4e00-\u9fff·-]{{2,}}?(?:{_KINDS})")  # 某县: of any
_WITHIN = re.compile(_NAME.pattern + "[\u4e00-\u9fff]{1,4}(?:产业园|科技园|工业园)(?!区)")
_KIND_ALONE = re.compile("(?:高新技术产业|经济技术|经济|产业)?开发区|工业集中区|产业集聚区|产业园区|工业园区")
_LEAD = re.compile(
    r"^.*(?:关于|年度?|[月日]|省级园区|国家级|由|在|对|的|与|和|及|将|从|向|为|该|全市|全县|调整|申报|申请|推进|加快|支持)"
)
_WHOLE = ("开发区", "高新区", "经开区", "集中区", "工业园区", "产业园区")
_PLACE = re.compile("^(?![而该本我全各在与和但])[\u4e00-\u9fff]{1,6}[县市州]")
_PUBLISHER = re.compile(  # 来源:某某园区管委会 发布时间:2022-01-12
    r"(?:^|[^\u4e00-\u9fff]|次)(?:信息|文章|稿件|文件)?(?:来源|发布机构|发布单位)[::](?!本[站网]|网络|原创)"
    r"(?P<name>[^\d::,,。;;|/\[\]]{2,30}?)(?=发布|时间|日期|作者|编辑|审核|责任|浏览|阅读|点击|访问|字[体号]|[\d|/\[,,。]|$)"
)
_TITLE = 60  # characters of a line that is a title at most


def names_of(plain: list[str]) -> tuple[str, ...]:
    """The name of the park that a text is about, by its title or its first sentences; none where none is printed."""
    head = "。".join(plain[:8])[:400]
    found = Counter(name for match in _NAME.finditer(head) if len(name := _LEAD.sub("", match[0])) > 2)
    if plain and (longer := _WITHIN.match(plain[0])):  # 甲经开区乙产业园: a park within another one
        return (longer[0],)
    named = [name for name in found if not _KIND_ALONE.fullmatch(name)]
    return tuple(named or found)[:1]


def same_park(name: str, other: str) -> bool | None:
    """Whether two names are of one park; None where one of them does not tell its park from others (某县工业园区)."""
    if any("某" in one or not _OF_ITS_OWN.fullmatch(one) for one in (name, other)):
        return None
    return name == other or name[:2] in other or other[:2] in name


def other_park(words: str, names: tuple[str, ...]) -> str:
    """The name of another park in a piece of a text, by its full form; none where the text does not say which its own is."""
    for match in _NAME.finditer(words) if names else ():
        name = _LEAD.sub("", match[0])
        whole = name.endswith(_WHOLE) and _PLACE.match(name)
        if whole and not any(own[:2] in name or name[:2] in own for own in names):
            return name
    return ""


def described(text: str) -> dict[str, str]:
    """Title, publisher, date and period of a text for `sources.csv`, name and county of its park for `parks.csv`, as far as printed."""
    found = lines(text)
    plain = [line.plain for line in found]
    time, names = frame(plain), names_of(plain)
    said = {"title": _title(found), "name_zh": names[0] if names else "", "county_zh": _county("".join(plain), names)}
    issued = next(filter(None, (_PUBLISHER.search(line.words) for line in [*found[:14], *found[-6:]])), None)
    said |= {"publisher": issued["name"]} if issued else {}
    if time is None:
        return said
    published = str(time.published or "")
    return said | {"published": published, "period_start": str(time.start), "period_end": str(time.end)}


def _county(text: str, names: tuple[str, ...]) -> str:
    """The county by whose name the park is called, where the text names it as one."""
    for name in names:
        for length in (4, 3, 2):
            if len(name) > length and name[length - 1] == "县":
                return name[:length]
            if f"{name[:length]}县" in text:
                return f"{name[:length]}县"
    return ""


def _title(found: Sequence[Line]) -> str:
    """The first line that names a report, as it is printed."""
    heads = [line.words for line in found[:14] if len(line.words) <= _TITLE and line.locator is None]
    named = [
        words
        for words in heads
        if re.search("总结|總結|工作报告|工作報告|情况|情況|汇报|匯報", words) and not re.search("[>|]", words)
    ]
    return re.sub("^.{0,3}名称:", "", named[0]) if named else ""
