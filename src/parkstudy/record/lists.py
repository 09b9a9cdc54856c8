"""Figures that are listed for names in the same order: `A、B分别增长x和y`."""

import re
from typing import NamedTuple

from parkstudy.record.texts import SENTENCE_END

CLAUSE_END = re.compile(r"[,。!?;]")
_RESPECTIVELY, _LISTED = re.compile("分别|分別"), re.compile("、|以及|和|及|与|與")
_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"[\d年月日~至-]*")
_SAME_TIME = re.compile(
    "(?:[与與和]?(?:上年|去年)?同期?[比相]*|[同环環]比|[比较較](?:上年|去年)(?:同期)?)?"
)  # 同比分别增长
_TOGETHER = re.compile(  # what all that is listed are: 建材三大产业产值
    r".+?[两二三四五六七八九十\d]+[大个家](?:主导|支柱|重点|优势|特色|传统|新兴)*(?:产业|行业|企业|公司|片区|园区|组团|项目)"
)

Span = tuple[int, int]


class Listed(NamedTuple):
    """The names of a list, which of them a figure is for, and where words stand that all of them share (分别实现产值)."""

    names: list[Span]
    place: int
    shared: Span

    @property
    def name(self) -> Span:
        """Where the name of the figure stands."""
        return self.names[self.place]


def listed(paragraph: str, start: int, end: int) -> Listed | None:
    """The list of names that a figure stands for one of: in the place of the first list that the figure has in the second.

    The names may stand in the clause before (`A、B分别完成u和v,分别增长x和y`, `A为u、B为v,分别增长x和y`), or each in one of its own.
    None for another form, or lists of unlike length.
    """
    if (mark := _mark(paragraph, start)) is None:
        return None
    clause, stop = begin(CLAUSE_END, paragraph, start), CLAUSE_END.search(paragraph, end)
    figures = _items(paragraph, mark.end(), stop.start() if stop else len(paragraph))
    names = _names(paragraph, clause, mark, len(figures))
    place = next((n for n, span in enumerate(figures) if span[0] <= start < span[1]), None)
    if len(names) != len(figures) or len(names) < 2 or place is None:
        return None
    if together := _TOGETHER.match(paragraph, *names[-1]):
        names[-1] = together.span()
    first = _DIGIT.search(paragraph, mark.end(), start)  # 分别有企业1户和2户,分别实现产值: the last words are its own
    return Listed(names, place, (names[-1][1], first.start() if first else start))


def first_listed(paragraph: str, start: int, end: int) -> int:
    """Where the words before a figure end: those before a list of figures rule each of it."""
    mark = _mark(paragraph, start)
    first = _DIGIT.search(paragraph, mark.end(), start) if mark and listed(paragraph, start, end) else None
    return first.start() if first else start


def _names(paragraph: str, clause: int, mark: re.Match[str], count: int) -> list[Span]:
    """The spans of the names of a list of so many figures behind `mark`."""
    place, stop = clause, mark.start()
    bare = _SAME_TIME.fullmatch(paragraph, place, stop)
    if bare and place > begin(SENTENCE_END, paragraph, place):
        place, stop = begin(CLAUSE_END, paragraph, place - 1), place - 1
        place = date.end() if (date := _DATE.match(paragraph, place, stop)) else place
        cut = re.compile(rf"{_RESPECTIVELY.pattern}|\d").search(paragraph, place, stop)
        stop = cut.start() if cut else stop
    names = _items(paragraph, place, stop)
    if len(names) != count:
        names = _levels(paragraph, place, clause - 1) if bare and place < clause else []
    return names if len(names) == count else _clauses(paragraph, clause, count)


def _mark(paragraph: str, start: int) -> re.Match[str] | None:
    found = _RESPECTIVELY.finditer(paragraph, begin(CLAUSE_END, paragraph, start), start)
    return next(reversed(list(found)), None)


def _items(paragraph: str, begin_: int, stop: int) -> list[Span]:
    """The spans of what is listed between two places."""
    ends = [(mark.start(), mark.end()) for mark in _LISTED.finditer(paragraph, begin_, stop)]
    return list(zip([begin_, *(end for _, end in ends)], [*(start for start, _ in ends), stop], strict=True))


def _levels(paragraph: str, begin_: int, stop: int) -> list[Span]:
    """The spans of a list whose every name has a figure of its own; none where one of them has none, or begins with it."""
    found = _items(paragraph, begin_, stop)
    return found if all((at := _DIGIT.search(paragraph, *span)) and at.start() > span[0] for span in found) else []


def _clauses(paragraph: str, place: int, count: int) -> list[Span]:
    """The last clauses before a place in its sentence, each with figures of its own; none where one of them has none."""
    found: list[Span] = []
    sentence = begin(SENTENCE_END, paragraph, place)
    while len(found) < count and place > sentence:
        start = begin(CLAUSE_END, paragraph, place - 1)
        found.insert(0, (start, place - 1))
        place = start
    return found if all(_DIGIT.search(paragraph, *span) for span in found) else []


def begin(end: re.Pattern[str], paragraph: str, place: int) -> int:
    """Where the sentence or clause begins that holds `place`."""
    return max((m.end() for m in end.finditer(paragraph, 0, place)), default=0)
