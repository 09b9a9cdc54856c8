"""A figure in its line: the words around it, the term that it belongs to, the figures before it."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from parkstudy.record.draft.figures import Printed, printed
from parkstudy.record.draft.lines import CLAUSE_END, SENTENCE_END, Line, begin, close
from parkstudy.record.draft.words import Indicators, Term, meaning, terms
from parkstudy.record.lists import listed
from parkstudy.record.terms import Meaning

COUNTED = ("count", "person")
NO_YEAR = "no year stands in the text"  # why a figure is set aside that a period of the source would date
_NEARBY, _BEFORE, _ADJACENT = (
    14,
    8,
    2,
)  # characters to what a count counts behind and before it; to a term behind others
_OF_ANOTHER = re.compile("、|分局|办事处|工作组|小组|专班|团队|部门|单位|机构|商会|协会|乡镇")  # 2个招商分局引进项目9个
_VILLAGES = re.compile("(?:行政|自然)?村(?:庄|寨|民小组|组)?|(?:村民)?小组|组|社区|乡镇|街道")
_OF_YEAR = re.compile("((?:19|20)\\d\\d)年(?:度|全年)?(?:园区|[全我该]区|[全我]园|开发区|集中区|高新区|经开区)?$")
_MEASURED = re.compile("unit (?:[吨千兆KkM度立方]|蒸)")  # of which a rate may be
_RESPECTIVELY = re.compile("分别")
_TARGET = re.compile("指标|目标|任务|计划")
FULL_STOP = re.compile("[。!?]")
_DIGIT = re.compile(r"\d")
GENERAL = re.compile(
    "项目$|(?:扩大|扩展|扩增|调整|调增)[到至]$|原来的$"
)  # a term than which any other is nearer to the point
_MEASURE = re.compile("(?:左右|上下|及?以[上下内]|之内|有?[余多])+$")  # behind the measure word of a count
_ANY_PROJECT = "项目"
_HOUSEHOLDS = (
    "relocated_households", "relocation_agreements", "households_to_relocate", "households_valued", "relocation_in_negotiation",
)  # fmt: skip
_BARE = ("开工", "投产", "竣工")  # which of firms mean another thing than of projects


@dataclass
class Coded:
    """A printed figure: where it stands, its row if one is proposed, else the reason; `doubts` are what was inferred for it."""

    line: Line
    place: Printed
    reason: str = ""
    row: dict[str, Any] | None = None
    meaning: Meaning | None = None
    term: Term | None = None
    others: list[dict[str, Any]] = field(default_factory=list)  # rows by its other terms, the next best first
    doubts: list[str] = field(default_factory=list)
    sector: str = ""  # the sector by whose name alone it is counted, in a list by sector
    part: bool = False  # a part of the figure before it, by its name alone
    base_year: int | None = None  # the year of a figure that another one is compared with
    beside: bool = False  # a task, a change or a base: no rate behind it is of it

    @property
    def confidence(self) -> str:
        """How sure the reading is: `high` where nothing was inferred, `medium` where one thing was, else `low`."""
        return ("high", "medium", "low")[min(len(self.doubts), 2)]

    @property
    def words(self) -> str:
        """The figure as the proof compares it."""
        return self.line.words[self.place.start : self.place.end]


class Place:
    """One figure among those of its line; every question about the words around it is answered here."""

    def __init__(self, coded: Coded, before: list[Coded], indicators: Indicators) -> None:
        self.coded, self.before, self.indicators = coded, before, indicators
        self.plain, self.at = coded.line.plain, coded.place
        self.clause, self.sentence = (begin(end, self.plain, self.at.start) for end in (CLAUSE_END, SENTENCE_END))
        self.clause_end, self.sentence_end = (close(end, self.plain, self.at.end) for end in (CLAUSE_END, SENTENCE_END))
        self.ahead = self.plain[self.clause : self.at.start]
        self.is_task = False
        self.behind = self.plain[self.at.end : self.at.end + _ADJACENT * 4]

    @cached_property
    def full(self) -> tuple[int, int]:
        """The sentence up to its full stop, which a time at its head rules."""
        return begin(FULL_STOP, self.plain, self.at.start), close(FULL_STOP, self.plain, self.at.end)

    @cached_property
    def around(self) -> tuple[str, ...]:
        """The words around it, the nearest first.

        Its clause up to it, the whole clause, the sentence up to a `;`, up to the `。`; the sentence before, too, where this one only goes
        on with a list (其中).
        """
        start, stop = self.full
        while start and self.plain.startswith("其中", start):
            start = begin(FULL_STOP, self.plain, start - 1)
        bracket = self.plain.find("(", self.at.end, self.clause_end)  # 规上企业86家(当年净增7家): of another figure
        clause_end = self.clause_end if bracket < 0 else bracket
        pieces = ((self.clause, self.at.start), (self.clause, clause_end), (self.sentence, self.sentence_end))
        return tuple(self.plain[a:b] for a, b in (*pieces, (start, stop)))

    def means(self, term: Term, unit: str) -> Meaning | None:
        """What a term means for a figure in a unit that stands here."""
        before = self.plain[self.sentence : self.at.start]
        return meaning(term.words, unit, self.around, self.indicators, before)

    def nearest(self, unit: str) -> list[tuple[Term, Meaning]]:
        """The terms of the clause that have the unit, the nearest first, of equal ones that before the figure.

        A count may stand before what it counts. Without one, but for counts and percentages, the last term of the sentence that has no
        figure of its own yet.
        """
        counted = unit in COUNTED
        far = _BEFORE if counted and not self.ahead.endswith("等") else len(self.plain)  # 收回A、B等31个项目
        start = (
            begin(CLAUSE_END, self.plain, self.clause - 1) if self.plain.endswith(":", 0, self.clause) else self.clause
        )
        options = [(self.at.start - term.end, 0, term) for term in self._free(start, self.at.start)]
        options = [one for one in options if one[0] <= far]
        digit = _DIGIT.search(self.plain, self.at.end)
        stop = min(self.clause_end, digit.start() if digit else len(self.plain))
        after = [(term.start - self.at.end, 1, term) for term in terms(self.plain, self.at.end, stop)][:1]
        after = [one for one in after if not counted or not _OF_ANOTHER.search(self.plain[self.at.end : one[2].start])]
        options += [one for one in after if one[0] <= (_NEARBY if counted else _ADJACENT)]
        ranked = [
            term for _, _, term in sorted(options, key=lambda one: (bool(GENERAL.search(one[2].words)), *one[:2]))
        ]
        found = [(term, meant) for term in ranked if (meant := self.means(term, unit)) and self._measured(term, meant)]
        if found and counted and found[0][0].words == _ANY_PROJECT:
            return [*self._said_by_verb(unit, found[0][1].indicator), *found]
        if found or counted or unit == "percent":
            return found
        ahead = self._free(self.sentence, self.clause)[::-1]
        return [(term, meant) for term in ahead if (meant := self.means(term, unit))][:1]

    def _said_by_verb(self, unit: str, indicator: str) -> list[tuple[Term, Meaning]]:
        """The other term of the clause that makes a count of projects what it is: 收回31个项目1145亩, 10个项目2100亩工业用地."""
        here = [term for term in terms(self.plain, self.clause, self.clause_end) if term.words != _ANY_PROJECT]
        means = ((term, self.means(term, unit)) for term in here)
        return [(term, meant) for term, meant in means if meant and meant.indicator == indicator][:1]

    def free(self) -> list[Term]:
        """The terms of the clause before the figure that have no figure of its kind."""
        return self._free(self.clause, self.at.start)

    def _free(self, start: int, stop: int) -> list[Term]:
        """Terms with no figure of the same kind, a count or none, between them and this one."""
        kind = self.at.unit in COUNTED
        places = [one.place for one in self.before if not one.place.aside and not self._where(one)]
        taken = max((place.start for place in places if (place.unit in COUNTED) == kind), default=-1)
        return [term for term in terms(self.plain, start, stop) if term.end > taken]

    def _where(self, one: Coded) -> bool:
        """Whether a count before it only says where: 拆迁4个村庄326户."""
        return one.row is None and bool(_VILLAGES.fullmatch(self.plain, one.place.end, self.at.start))

    def _measured(self, term: Term, found: Meaning) -> bool:
        """Whether a count has a measure word that what is counted takes."""
        if self.at.unit != "count" or not found.indicator:
            return True
        word = _MEASURE.sub("", self.plain[self.at.start : self.at.end])[-1]
        if found.indicator.startswith("projects_"):
            return word in ("个项" if term.words in _BARE else "个项家")
        if word == "户" or found.indicator in _HOUSEHOLDS:
            return word == "户" and found.indicator != "buildings_demolished"
        return (word != "件" or found.indicator == "patents_granted") and (
            word != "宗" or found.indicator.endswith("plots")
        )

    def first_of_list(self) -> int:
        """Where the words before it end: those before a list of figures rule each of it."""
        mark = self._mark()
        first = _DIGIT.search(self.plain, mark.end(), self.at.start) if mark else None
        return first.start() if first else self.at.start

    def listed(self) -> Term | None:
        """The term in the place that the figure has in `A、B分别x和y`, be the names in the clauses before."""
        mark = self._mark()
        if mark is None:
            return None
        own = [one.start for one in printed(self.plain[: self.clause_end]) if one.start >= mark.end() and not one.aside]
        start, named = self.clause, terms(self.plain, self.clause, mark.start())
        while len(named) < len(own) and start > self.sentence:
            start = begin(CLAUSE_END, self.plain, start - 1)
            named = terms(self.plain, start, mark.start())
        named = named[-len(own) :]
        return named[own.index(self.at.start)] if len(named) == len(own) and self.at.start in own else None

    @cached_property
    def owned(self) -> tuple[tuple[str, ...], int, Term] | None:
        """The owners in `A、B分别完成产值x和y`, which of them has the figure, and the term of all; None for another form.

        Behind it, `分别增长u和v` goes on with the same.
        """
        found = listed(self.plain, self.at.start, self.at.end)
        if found is None or terms(self.plain, found.names[0][0], found.names[-1][1]):
            return None
        shared = terms(self.plain, *found.shared)
        return (tuple(self.plain[a:b] for a, b in found.names), found.place, shared[-1]) if shared else None

    @cached_property
    def following(self) -> tuple[Term, str] | None:
        """The term and the part of a figure of `税收分别为x、y和z`, where the sentence before tells of as many parts, in their order."""
        mark, start = self._mark(), self.full[0]
        own = terms(self.plain, start, mark.start()) if mark else []
        if not (mark and own and own[-1].end == mark.start() and own[-1].start - start < _ADJACENT):
            return None
        first = begin(FULL_STOP, self.plain, start - 1)
        rows = [one.row for one in self.before if one.row and first <= one.place.start < start]
        parts = list(dict.fromkeys(row["subject"] for row in rows))
        listed_ = [
            one.start for one in printed(self.plain[: self.clause_end]) if one.start >= mark.end() and not one.aside
        ]
        if not all(":" in part for part in parts) or self.at.start not in listed_ or not 1 < len(parts) == len(listed_):
            return None
        return own[-1], parts[listed_.index(self.at.start)]

    @property
    def shared(self) -> Term | None:
        """The term that all of a list of figures have, be their owners named before it or in the sentence before."""
        return self.owned[2] if self.owned else self.following[0] if self.following else None

    @cached_property
    def listed_year(self) -> int | None:
        """The year that has the figure in `2020年、2021年分别完成产值x和y`; None for another form."""
        years = [_OF_YEAR.match(name) for name in self.owned[0]] if self.owned else []
        own = years[self.owned[1]] if self.owned and all(years) else None
        return int(own[1]) if own else None

    def _mark(self) -> re.Match[str] | None:
        return next(reversed(list(_RESPECTIVELY.finditer(self.plain, self.clause, self.at.start))), None)

    def last(self) -> Coded | None:
        """The last level, share or figure set aside before it, of which a rate may be: in its sentence or the one before."""
        earliest = (
            begin(SENTENCE_END, self.plain, self.sentence - 1)
            if self.sentence and self.ahead.strip()
            else self.sentence
        )
        for one in reversed(self.before):
            if one.place.start < earliest:
                return None
            passed = (
                one.row is None and one.term is None and self.plain.startswith(("突破", "超", "过"), one.place.start)
            )
            if _MEASURED.match(one.place.aside) and self.at.unit == "percent":  # 用电1.2亿千瓦时,同比增长2%
                return one
            if passed or one.beside or one.place.aside or (one.place.unit == "percent" and not self._rated(one)):
                continue
            return one
        return None

    def _rated(self, one: Coded) -> bool:
        """Whether a percentage is a figure of its own: a share, or in brackets the rate that a target is set for."""
        return one.row is not None and (one.row["share_of"] not in ("", "plan") or self.bracketed())

    def bracketed(self) -> bool:
        """Whether it stands in a bracket behind another figure, as a target does."""
        opened = self.plain.rfind("(", self.sentence, self.at.start)
        inside = opened >= 0 and self.plain.rfind(")", opened, self.at.start) < 0
        return inside and bool(_TARGET.search(self.plain[opened : self.at.start]))
