"""Which headings of a text begin its plans, and which of the later ones end them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parkstudy.record.draft.lines import Line
from parkstudy.record.draft.spans import Section
from parkstudy.record.draft.times import plan_year
from parkstudy.record.flat import FIRST_HEAD

_NUMERALS = "一二三四五六七八九十"
_MARKS = (  # a rank each, the highest first
    re.compile(rf"(?P<n>[{_NUMERALS}]+)、|第(?P<n2>[{_NUMERALS}]+)(?:部分|章)"),
    re.compile(rf"\((?P<n>[{_NUMERALS}]+)\)"),
    re.compile(r"(?P<n>\d{1,2})(?:、|\.(?!\d))|\((?P<n2>\d{1,2})\)"),
)
_MOST = 40  # characters of a line that may be a heading
_NO_HEADING = re.compile(  # a page number, a caption, a date, the unit of a table
    r"[^\u4e00-\u9fff]*[\u4e00-\u9fff]?[^\u4e00-\u9fff]*|第\d+页.*|[图表]\d.*|[(]?\d{2,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?[)]?|.*单位:.*"
)
_RESULTS = re.compile("总结|完成|回顾|成效|成绩|情况|进展|问题|现状|概况|运行|做法|经验|体会")
_REPORT = re.compile("总结|情况|报告|汇报")


class _Mark(NamedTuple):
    """The rank of a heading (0: it has no number) and its number."""

    rank: int
    number: int


def sections(found: Sequence[Line], section: Section) -> Iterator[tuple[Line, Section]]:
    """The lines of a text with what holds in each; `section` holds before the first heading."""
    heads, begun, plans = _cells_of_heads(found), False, _Mark(0, 0)  # the heading under which the plans stand
    for number, line in enumerate(found):
        mark, heading = _marked(line.plain), line.plain[:_MOST]
        if number not in heads and _heading(line, mark):
            year = plan_year(heading, section.frame)
            if year and not (section.plans and _within(mark, plans)):
                titled = not begun and any(_REPORT.search(one.plain) for one in found[:number])
                plans = _Mark(-1, 0) if number == 0 else _Mark(0, titled) if not mark.rank else mark
                section = section._replace(year=year, plans=True, unsure=False)
            elif year:
                section = section._replace(year=year)
            elif section.plans and _ends(heading, mark, plans, section.frame.end.year):
                section = section._replace(year=section.frame.end.year, plans=False, unsure=False)
            elif section.plans and mark == (1, 1):
                plans = _Mark(-1, 0)  # the numbers stand under it
            elif section.plans and not mark.rank and plans.rank == 0:
                section = section._replace(unsure=True)
        elif section.plans and mark == (plans.rank, plans.number + 1) and plans.rank > 1:
            section = section._replace(year=section.frame.end.year, plans=False, unsure=False)
        begun |= line.locator is not None
        yield line, _of_its_head(section, line)


def _heading(line: Line, mark: _Mark) -> bool:
    """Whether a line is a heading: `一、...`, or a line that is no paragraph, no item of a list and none of the page or a table."""
    if line.locator is not None or len(line.plain) >= _MOST:
        return mark.rank == 1 and bool(line.plain.startswith(tuple(_NUMERALS)))
    if _NO_HEADING.fullmatch(line.plain) or ("," in line.plain and re.match(r"[(\d]", line.plain)):
        return False
    return bool(mark.rank) or len(re.split(r"[\s|]+", line.raw.strip())) < 3


def _marked(plain: str) -> _Mark:
    for rank, pattern in enumerate(_MARKS, 1):
        if found := pattern.match(plain):
            words = next(filter(None, found.groups()))
            return _Mark(rank, int(words) if words.isdecimal() else _counted(words))
    return _Mark(0, 0)


def _counted(words: str) -> int:
    tens, ten, ones = words.rpartition("十")
    return (10 * (_NUMERALS.find(tens[-1:] or "一") + 1) if ten else 0) + (_NUMERALS.find(ones) + 1 if ones else 0)


def _within(mark: _Mark, plans: _Mark) -> bool:
    """Whether a heading stands under that of the plans."""
    return plans.rank < 0 or (mark.rank > max(plans.rank, 1) if mark.rank else plans.rank > 0)


def _ends(heading: str, mark: _Mark, plans: _Mark, year: int) -> bool:
    """Whether a heading ends the plans: one of results, or with a number one that does not stand under theirs.

    One without a number may stand under them.
    """
    said = [int(one) for one in re.findall(r"((?:19|20)\d\d)年", heading)]
    if _RESULTS.search(heading) or (said and said[-1] <= year):
        return True
    if plans.rank < 0 or not mark.rank or (plans == (0, 0) and mark == (1, 1)):
        return False
    return mark.rank <= max(plans.rank, 1)


def _cells_of_heads(found: Sequence[Line]) -> set[int]:
    """The lines that are cells of the heads of tables whose every cell has a line."""
    heads: set[int] = set()
    for number, line in enumerate(found):
        if re.fullmatch(r"t\d+/r1/c[23]", line.locator or ""):
            back = range(number - 1, max(-1, number - 16), -1)
            first = next((n for n in back if FIRST_HEAD.fullmatch(found[n].words)), number)
            heads |= set(range(first, number))
    return heads


def _of_its_head(section: Section, line: Line) -> Section:
    """What holds in a paragraph: where it begins with the words of a plan (2012年工作计划:), it tells of one."""
    head = re.match(r"[^,。;]{2,24}?:", line.plain)
    year = plan_year(head[0], section.frame) if head and line.locator else None
    return section._replace(year=year, plans=True) if year else section
