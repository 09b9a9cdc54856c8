"""Which of the times of a paragraph rules a figure."""

import re
from collections.abc import Sequence
from datetime import date

from parkstudy.record.draft.lines import CLAUSE_END, SENTENCE_END, begin, close
from parkstudy.record.draft.place import FULL_STOP, Place
from parkstudy.record.draft.times import Time, to_be

_ITS_TARGET = re.compile("(?:主要|预期|总体|奋斗|发展|工作)*目标")
_OF_A_TARGET = re.compile(r"[\d.]+[万亿]*元?的?(?:年度)?(?:目标|任务|计划|预算)")
_FOUNDED = re.compile(
    "动工|兴建|奠基|设立|成立|升格|升级|揭牌|更名|开园|始建|创建|筹建|整合|建成(?!区|面积)|批准|获批|批复|认定|核定|列为|列入|纳入|晋升|评为|授予|入选|启动"
)
_HELD_AGAINST = re.compile("[^,。;]{0,24}?相比")  # 与2020年的65亿元相比
_NO_TIME = re.compile(
    "同期|任务|目标|计划(?!投)|指标|预算|设立|成立|升格|获批|开园|建成(?!区|面积)|揭牌|度?工作|更名"
)  # behind a time that rules no figure


def ruling(place: Place, said: Sequence[tuple[int, int, Time]], kind: str, *, stock: bool) -> tuple[bool, Time | None]:
    """The time said last before the figure: in its sentence (True), else a span from January on in its paragraph, which rules a list."""
    fit = [
        (start, time)
        for start, end, time in said
        if end <= place.at.start
        and not (_same_over(place, start, end) if time.same else _of_else(place, start, end, kind))
        and not _over(place, start, end)
        and not (kind == "outturn" and start < place.sentence and to_be(place.plain, start, end))
    ]
    if here := [time for start, time in fit if start >= place.full[0]]:
        return True, here[-1]
    spans = [time for _, time in fit if time.start and (time.start.month, time.start.day) == (1, 1)]
    lasting = [time for time in spans if time.start and time.start.year == time.end.year]  # not 十三五开局
    return False, None if stock or not lasting else lasting[-1]


def signing(place: Place, said: Sequence[tuple[int, int, Time]]) -> date | None:
    """The day of a signing that an earlier sentence of the paragraph tells of, where this one goes on with what was signed."""
    if not re.search("签约", place.plain[place.full[0] : place.at.end + 6]):
        return None
    days = [(start, time.end) for start, _, time in said if time.start == time.end and start < place.full[0]]
    signed = (day for start, day in reversed(days) if "签" in place.plain[start : close(FULL_STOP, place.plain, start)])
    return next(signed, None)


def _same_over(place: Place, start: int, end: int) -> bool:
    """Whether the same span of another year rules no more: within a sentence it rules its clause, at the head of one the sentence."""
    plain, at = place.plain, place.at.start
    heads = begin(SENTENCE_END, plain, start) == start
    return begin(SENTENCE_END if heads else CLAUSE_END, plain, at) > start


def _over(place: Place, start: int, end: int) -> bool:
    """Whether a time rules no more where the figure stands: it stood in a bracket that is closed, or behind 其中 in another clause."""
    plain, at = place.plain, place.at.start
    opened = plain.rfind("(", 0, start)
    if opened > plain.rfind(")", 0, start) and 0 <= plain.find(")", end) < at:
        return True
    ruled = begin(SENTENCE_END if plain.startswith(",", end) else CLAUSE_END, plain, at)
    return plain.endswith("其中", 0, start) and ruled > start


def _of_else(place: Place, start: int, end: int, kind: str) -> bool:
    """Whether a time does not rule a figure: one that is compared with, of a plan, of a founding, of where it rose from."""
    plain, at = place.plain, place.at.start
    if re.search("[由从自]$", plain[:start]) and re.search(
        r"\d.*?(?:[增上扩提发升下降减]\w{0,2}[到至]|转为)", plain[end:at]
    ):
        return True
    if kind == "target" and _ITS_TARGET.match(plain, end):  # 今年目标是产值85亿元
        return False
    if _OF_A_TARGET.match(plain, end):  # 超额完成全年15亿元的目标
        return True
    if re.search("[与同和跟]$", plain[:start]) and _HELD_AGAINST.match(plain, end):
        return True
    if re.search("[比较占为是]$", plain[max(0, start - 2) : start]) or (
        plain[start] not in "明来" and _NO_TIME.match(plain[end : end + 6])
    ):
        return True
    first, stop = begin(CLAUSE_END, plain, start), close(CLAUSE_END, plain, end)
    return bool(_FOUNDED.search(plain, first, stop)) and not re.search(r"\d", plain[end:stop])
