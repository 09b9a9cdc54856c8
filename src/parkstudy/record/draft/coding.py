"""Coding a text: every printed figure as a proposed row, or set aside with the reason in words.

The rules are those of the coder's manual in `data/README.md`. A figure takes the nearest term of its clause that has its unit; a
growth rate or a share of a plan takes the quantity before it. What stands in no paragraph, has no term, or cannot be proven is set
aside: nothing disappears.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from parkstudy.record.draft.figures import Printed, printed
from parkstudy.record.draft.lines import CLAUSE_END, SENTENCE_END, Line, begin, close, lines
from parkstudy.record.draft.subjects import Part, subject_of
from parkstudy.record.draft.times import Frame, Time, plan_year, times
from parkstudy.record.draft.words import Meaning, Term, context, fits, meaning, terms
from parkstudy.record.proof import POPULATION_WORDS, says, without_plan
from parkstudy.record.quantities import parse
from parkstudy.record.units import WHOLE

Row = dict[str, Any]
_GROWTH = re.compile("增(?!加值|值)|同比|下降")
_PLAN_OF = re.compile("任务|目标|计划|指标|预算")
_RESPECTIVELY = re.compile("分别")
_LISTED = re.compile("、|以及|和|及|与")
_THRESHOLD = re.compile(r"(?:的|及以上)?(?:重点|重大|工业|产业|产业类|各类)*(?:项目|企业)")
_BASE = re.compile(r"(?:比|较)(?:上年|去年|\d{4}年|上年同期|去年同期|同期)")
_NEARBY, _BEFORE, _ADJACENT = 14, 8, 2  # characters to what a count counts behind and before it; to a term behind any other figure
_COUNTED = ("count", "person")
_ALWAYS_PLAN = (  # a contract is not money spent, a plan no land in use
    "contracted_investment", "negotiated_investment", "project_land", "control_plan_area", "concept_plan_area", "land_requested",
)  # fmt: skip


@dataclass
class Coded:
    """A printed figure: where it stands, its row if one is proposed, else the reason; `doubts` are what was inferred for it."""

    line: Line
    place: Printed
    reason: str = ""
    row: Row | None = None
    meaning: Meaning | None = None
    term: Term | None = None
    doubts: list[str] = field(default_factory=list)

    @property
    def confidence(self) -> str:
        """How sure the reading is: `high` where nothing was inferred, `medium` where one thing was, else `low`."""
        return ("high", "medium", "low")[min(len(self.doubts), 2)]

    @property
    def words(self) -> str:
        """The figure as the proof compares it."""
        return self.line.words[self.place.start : self.place.end]


@dataclass
class _State:
    """What holds from figure to figure: the time that was said last, the year of the section, whether it is one of plans."""

    frame: Frame
    year: int
    plans: bool = False
    time: Time | None = None
    parts: dict[str, list[str]] = field(default_factory=dict)


def code(text: str, frame: Frame | None, units: Mapping[str, str], kinds: Mapping[str, str], names: tuple[str, ...] = ()) -> list[Coded]:
    """Every printed figure of a text, in order; `units` by indicator, `names` by which the text calls its own park."""
    found: list[Coded] = []
    state = _State(frame, frame.end.year) if frame else None
    for line in lines(text):
        figures = printed(line.plain)
        if state and (year := plan_year(line.plain[:40], state.frame)) and _heading(line):
            state = replace(state, year=year, plans=True, time=None)
        elif state and _heading(line) and not line.plain.startswith(("(", "1", "2", "3", "4", "5", "6", "7", "8", "9")):
            state = replace(state, year=state.frame.end.year, plans=False, time=None)
        if line.locator is None or state is None:
            reason = "in no paragraph" if line.locator is None else "no year stands in the text"
            found += [Coded(line, one, one.aside or reason) for one in figures]
            continue
        state = replace(state, time=None)
        found += _coded_line(line, figures, state, units, kinds, names)
    return found


def _heading(line: Line) -> bool:
    return bool(re.match(r"[一二三四五六七八九十]+、", line.plain)) or (line.locator is None and len(line.plain) < 40)


def _coded_line(line: Line, figures: list[Printed], state: _State, units: Mapping[str, str], kinds: Mapping[str, str], names: tuple[str, ...]
) -> list[Coded]:
    said = list(times(line.plain, state.frame, state.year))
    found: list[Coded] = []
    for one in figures:
        coded = Coded(line, one, one.aside)
        found.append(coded)
        if not one.aside:
            _Figure(coded, found[:-1], said, state, units, kinds, names).decide()
    return found


class _Figure:
    """The decision on one figure, which looks at those before it in its line."""

    def __init__(
        self, coded: Coded, before: list[Coded], said: list[tuple[int, int, Time]], state: _State,
        units: Mapping[str, str], kinds: Mapping[str, str], names: tuple[str, ...],
    ) -> None:  # fmt: skip
        self.coded, self.before, self.said, self.state, self.units, self.kinds, self.names = coded, before, said, state, units, kinds, names
        self.plain, self.at = coded.line.plain, coded.place
        self.clause, self.sentence = (begin(end, self.plain, self.at.start) for end in (CLAUSE_END, SENTENCE_END))
        self.clause_end, self.sentence_end = (close(end, self.plain, self.at.end) for end in (CLAUSE_END, SENTENCE_END))
        self.ahead = self.plain[self.clause : self.at.start]
        self.around = self._around()

    def _around(self) -> tuple[str, ...]:
        """The words around it, the nearest first: up to it in its clause, its clause, its sentence to the `;`, that to the `。`, and one more
        where that only goes on with a list."""
        full = re.compile("[。!?]")
        start, stop = begin(full, self.plain, self.at.start), close(full, self.plain, self.at.end)
        while start and self.plain.startswith("其中", start):
            start = begin(full, self.plain, start - 1)
        pieces = [(self.clause, self.at.start), (self.clause, self.clause_end), (self.sentence, self.sentence_end), (start, stop)]
        return tuple(self.plain[a:b] for a, b in pieces)

    def decide(self) -> None:
        """Give the figure its row, or the reason why it has none."""
        if self.at.unit == "percent":
            self._percent()
        else:
            self._level()

    def _aside(self, reason: str) -> None:
        self.coded.reason = reason

    # percentages

    def _percent(self) -> None:
        listed = self._listed()
        head = self.plain[self.clause : self._first_of_list()]
        if _GROWTH.search(head):
            self._rate("yoy", listed)
            return
        near = head.rpartition("%")[2]
        own = self._nearest(share=True)
        if own and own[1].indicator and self.units.get(own[1].indicator) == "percent":
            self._propose(own[0], own[1], "share")
        elif _PLAN_OF.search(near) and "(" not in near:
            self._rate("share", listed)
        elif "(" in self.plain[self.sentence : self.at.start] and self._bracketed() and (last := self._last()) and last.row:
            self._propose(last.term, last.meaning, last.row["transformation"])
        elif own and not own[1].indicator:
            self._aside(f"no_indicator:{own[0].words}")
        else:
            self._aside("a share of something that no indicator names")

    def _rate(self, form: str, listed: Term | None) -> None:
        """A growth rate, or a share of a plan, of the quantity that its clause or else the words before it name."""
        if listed:
            found = meaning(listed.words, "CNY", self.around, self.units) or meaning(listed.words, "count", self.around, self.units)
            self._of(listed, found, form)
            return
        last = self._last()
        here = [one for one in terms(self.plain, self.clause, self.at.start) if not self._taken(one)]
        if last and last.term:  # 投资增速 behind 固定资产投资额 speaks of it
            here = [one for one in here if one.words not in last.term.words]
        for term in reversed(here):
            for unit in ("CNY", "count", "mu", "person", "m2"):
                if found := meaning(term.words, unit, self.around, self.units):
                    self._of(term, found, form)
                    return
        if last is None:
            self._aside("a rate of nothing that is named")
        elif last.meaning and last.term:
            self._of(last.term, last.meaning, form, last)
        else:
            self._aside(f"a rate of a figure that is set aside: {last.reason}")

    def _of(self, term: Term, found: Meaning | None, form: str, last: Coded | None = None) -> None:
        if found is None or not found.indicator:
            self._aside(f"no_indicator:{term.words}")
        elif last is not None and last.row is None:
            self._aside(f"a rate of a figure that is set aside: {last.reason}")
        else:
            self._propose(term, found, form, last)

    # levels

    def _level(self) -> None:
        behind = self.plain[self.at.end : self.at.end + 8]
        if self.at.unit == "CNY" and re.search("以上$|^过", self.plain[self.at.start : self.at.end]) and _THRESHOLD.match(behind):
            self._aside("a threshold that only names a class")
            return
        if context("capacity").search(self.plain[self.clause : self.at.start]) and not self._own_words("park"):
            self._aside("what a project is to bring, no result")
            return
        listed = self._listed()
        if listed and (found := meaning(listed.words, self.at.unit, self.around, self.units)):
            self._of(listed, found, "level")
            return
        if self._bracketed() and (last := self._last()) and last.row and last.meaning and last.term and self._fits(last.meaning):
            self._propose(last.term, last.meaning, "level", last)
            return
        own = self._nearest()
        if own is None:
            self._aside(self._no_term())
        elif not own[1].indicator:
            self._aside(f"no_indicator:{own[0].words}")
        else:
            self.coded.doubts += ["another clause"] if own[0].end <= self.clause else []
            self._propose(own[0], own[1], "level")

    def _fits(self, found: Meaning) -> bool:
        return fits(self.at.unit, self.units.get(found.indicator, ""))

    def _no_term(self) -> str:
        if self.at.unit in _COUNTED:
            behind = re.match(r"[\u4e00-\u9fff]{0,6}", self.plain[self.at.end :])
            return f"a count of what no indicator names: {behind[0] if behind else ''}"
        return "no term of an indicator stands beside it" if self.at.unit else "a number without a unit"

    def _nearest(self, *, share: bool = False) -> tuple[Term, Meaning] | None:
        """The nearest term of the clause that has the unit, those before the figure first; a count may stand before what it counts.

        Without one, the last term of the sentence that has no figure of its own yet.
        """
        unit = "percent" if share else self.at.unit
        counted = unit in _COUNTED
        of_list = self.plain[: self.at.start].endswith("等")  # 收回A、B等31个项目
        ahead = [term for term in terms(self.plain, self.clause, self.at.start) if not self._taken(term)]
        options = [(self.at.start - term.end, 0, term) for term in ahead if not counted or of_list or self.at.start - term.end <= _BEFORE]
        stop = min(self.clause_end, self._next_figure())
        behind = [(term.start - self.at.end, 1, term) for term in terms(self.plain, self.at.end, stop)][:1]
        options += [one for one in behind if one[0] <= (_NEARBY if counted else _ADJACENT)]
        for _, _, term in sorted(options, key=lambda one: (one[2].words == "项目", *one[:2])):
            if (found := meaning(term.words, unit, self.around, self.units)) and self._measured(found):
                return term, found
        if share or counted:
            return None
        for term in reversed(terms(self.plain, self.sentence, self.clause)):
            if not self._taken(term) and (found := meaning(term.words, unit, self.around, self.units)):
                return term, found
        return None

    def _measured(self, found: Meaning) -> bool:
        """Whether a count has a measure word that what is counted takes."""
        word = self.plain[self.at.end - 1]
        if self.at.unit != "count" or not found.indicator:
            return True
        if found.indicator.startswith("projects_"):
            return word in "个项家"
        return (word == "件") <= (found.indicator == "patents_granted") and (word == "宗") <= found.indicator.endswith("plots")

    def _taken(self, term: Term) -> bool:
        """Whether a figure of the same kind of unit stands between a term and this one."""
        between = [one for one in self.before if term.end <= one.place.start < self.at.start and not one.place.aside]
        return any((one.place.unit in _COUNTED) == (self.at.unit in _COUNTED) for one in between)

    def _next_figure(self) -> int:
        found = re.compile(r"\d").search(self.plain, self.at.end)
        return found.start() if found else len(self.plain)

    # lists

    def _mark(self) -> re.Match[str] | None:
        return next(reversed(list(_RESPECTIVELY.finditer(self.plain, self.clause, self.at.start))), None)

    def _first_of_list(self) -> int:
        mark = self._mark()
        first = re.compile(r"\d").search(self.plain, mark.end(), self.at.start) if mark else None
        return first.start() if first else self.at.start

    def _listed(self) -> Term | None:
        """The term in the place that the figure has in `A、B分别x和y`."""
        mark = self._mark()
        if mark is None:
            return None
        own = [one.start for one in printed(self.plain[: self.clause_end]) if one.start >= mark.end() and not one.aside]
        start = self.clause
        named = terms(self.plain, start, mark.start())
        while len(named) < len(own) and start > self.sentence:
            start = begin(CLAUSE_END, self.plain, start - 1)
            named = terms(self.plain, start, mark.start())
        named = named[-len(own) :]
        return named[own.index(self.at.start)] if len(named) == len(own) and self.at.start in own else None

    # what is before

    def _last(self) -> Coded | None:
        """The last level or share before it in its sentence, or in the one before where this one begins with the rate."""
        for one in reversed(self.before):
            if one.place.start < self.sentence and (one.place.end < begin(SENTENCE_END, self.plain, self.sentence - 1) or self.ahead.strip() == ""):
                return None
            if one.place.unit not in ("percent", "") or (one.row and one.row["transformation"] != "yoy") or one.meaning:
                if one.row and one.row["transformation"] != "level" and one.place.unit == "percent" and not self._bracketed():
                    continue
                return one
        return None

    def _bracketed(self) -> bool:
        """Whether it stands in a bracket behind another figure, as a target does."""
        opened = self.plain.rfind("(", self.sentence, self.at.start)
        return opened >= 0 and self.plain.rfind(")", opened, self.at.start) < 0 and bool(re.search("指标|目标|任务|计划", self.plain[opened : self.at.start]))

    def _own_words(self, kind: str) -> bool:
        return bool(context(kind).search(self.ahead))

    # the row

    def _propose(self, term: Term | None, found: Meaning | None, form: str, last: Coded | None = None) -> None:
        assert term and found
        self.coded.term, self.coded.meaning = term, found
        part = self._part(term, found, last)
        if part.reason:
            self._aside(part.reason)
            return
        kind = self._value_type(term, found, form, part)
        start, end, ambiguous = self._period(found, kind, term)
        words = self.coded.words
        quantity = parse(words, "percent" if self.at.unit == "percent" else self.units[found.indicator])
        caveats = set()
        caveats |= {"period_ambiguous"} if ambiguous else set()
        caveats |= {"unit_assumed"} if not quantity.printed_unit else set()
        caveats |= {"base_unstated"} if form == "yoy" and kind != "target" and not _BASE.search(self.around[2]) else set()
        caveats |= {"coarse_figure"} if quantity.significant <= 2 and quantity.unit not in WHOLE and quantity.bound != "range" else set()
        caveats |= {"damaged_text"} if self._damaged() else set()
        late = kind == "forecast" and end and end > self.state.frame.written
        status = "" if kind in ("target", "plan") else "F" if late else "P" if kind == "forecast" else "A"
        self.coded.row = {
            "indicator": found.indicator, "subject": part.subject, "population": self._population(found, term, part),
            "transformation": form, "value_type": kind, "period_start": str(start or ""), "period_end": str(end or ""),
            "reported_term": self.coded.line.words[term.start : term.end], "reported_figure": words, "bound": quantity.bound,
            "obs_status": status, "share_of": self._share_of(found, form, term), "caveats": ";".join(sorted(caveats)),
            "locator": self.coded.line.locator,
        }  # fmt: skip
        self.coded.doubts += ["time"] if ambiguous else []
        self.coded.doubts += ["part"] if part.subject not in ("park", "county") else []
        self.coded.doubts += ["general term"] if len(term.words) < 3 else []

    def _part(self, term: Term, found: Meaning, last: Coded | None) -> Part:
        """What it is of; the parts that a text names are numbered in their order."""
        if last and last.row:
            return Part(last.row["subject"])
        of_projects = any(one.row and one.row["indicator"].startswith("projects_") for one in self.before if one.place.start >= self.sentence)
        part = subject_of(self.plain, term, self.at, self.sentence, self.names, found.indicator, of_projects=of_projects)
        kind = part.subject.partition(":")[0]
        if not part.names:
            return part
        known = self.state.parts.setdefault(kind, [])
        known += [name for name in part.names if name not in known]
        return part._replace(subject=f"{kind}:" + "+".join(str(known.index(name) + 1) for name in part.names))

    def _damaged(self) -> bool:
        line = self.coded.line
        return any(b > a for a, b in zip(line.ends, line.starts[1:], strict=False))

    def _share_of(self, found: Meaning, form: str, term: Term) -> str:
        if form != "share":
            return ""
        if self.units.get(found.indicator) != "percent":
            return "plan"
        inner = [one for one in terms(term.words, 0, len(term.words)) if one.words != term.words]
        whole = next((m.indicator for one in inner if (m := meaning(one.words, "CNY", (), self.units)) and m.indicator), "")
        for word, indicator in (("营业收入", "operating_revenue"), ("产值", "gross_industrial_output"), ("税收", "tax_revenue")):
            if word in term.words and indicator in self.units:
                return whole or indicator
        return whole or "unstated"

    def _population(self, found: Meaning, term: Term, part: Part) -> str:
        """The narrowest that the term or its sentence says."""
        words = self.coded.line.words
        full = [match.end() for match in re.finditer("。", words[: self.at.start])]
        stop = words.find("。", self.at.start)
        sentence = words[full[-1] if full else 0 : stop if stop >= 0 else len(words)]
        said = re.search("规模|规上", term.words) and "above_scale"
        for one in filter(None, (found.population, said)):
            if POPULATION_WORDS[one].search(sentence):
                return str(one)
        if found.indicator in ("gross_industrial_output", "industrial_value_added", "operating_revenue"):
            near = self.around[3]
            if re.search("规[上模][^,。;]{0,8}企业[^,。;]{0,4}(?:实现|完成)", near) and POPULATION_WORDS["above_scale"].search(sentence):
                return "above_scale"
        return "park" if part.subject == "park" and POPULATION_WORDS["park"].search(sentence) else "unstated"

    def _value_type(self, term: Term, found: Meaning, form: str, part: Part) -> str:
        words, ruled = self.coded.line.words, self._first_of_list()
        if form == "share" and self.units.get(found.indicator) != "percent":
            words = without_plan(words, ruled)
        if found.indicator in _ALWAYS_PLAN:
            return "plan"
        end = term.end if term.end <= self.at.start else self.clause
        for kind in ("target", "forecast"):
            if says(kind, words, ruled, end):
                return kind
        if found.indicator == "project_investment" and not re.search("完成|到位|投入", self.plain[self.clause : self.at.start]):
            return "plan" if self.units[found.indicator] == "CNY" and "总投资" in term.words or part.subject != "park" else "outturn"
        ahead = self.plain[self.clause : self.at.start]
        if found.indicator == "perimeter_area":
            return "plan" if re.search("至|到", term.words) else "outturn"
        if self.state.plans or context("plan").search(re.sub("规划(?:总|控制|用)?(?:面积|用地)", "", ahead)) or found.indicator in ("expansion_area", "special_use_land"):
            return "target" if self.state.plans and says("target", words, ruled, end) else "plan"
        return "outturn"

    # time

    def _period(self, found: Meaning, kind: str, term: Term) -> tuple[date | None, date | None, bool]:
        """First and last day, and whether the text leaves them open; a stock is at the end of what is said."""
        stock = self.kinds[found.indicator] in ("stock", "ratio")
        time, ambiguous = self._time(stock)
        if kind == "plan" and not self.state.plans and not self._said_here():
            return None, None, False
        if kind == "target":
            if time and not ambiguous and time.start and (time.year or time.end.year > self.state.frame.end.year or self.state.plans):
                return (None if stock else time.start), time.end, False
            year = time.end.year if time and self._said_here() else self.state.year
            return (None if stock else date(year, 1, 1)), date(year, 12, 31), True
        if kind == "forecast":
            year = time.end.year if time else self.state.frame.end.year
            end = time.end if time and self._said_here() and not time.open_end and not _before(time, self.state.frame) else date(year, 12, 31)
            return (None if stock else date(year, 1, 1)), end, False
        if time is None:
            return (None, self.state.frame.written, True) if stock else (self.state.frame.start, self.state.frame.until, True)
        if stock:
            return None, time.end, time.open_end
        start = time.start or date(time.end.year, 1, 1)
        end = self.state.frame.until if time.start is None and time.open_end else time.end
        return start, end, time.open_end

    def _said_here(self) -> bool:
        return any(self.sentence <= start < self.at.start for start, _, _ in self.said)

    def _time(self, stock: bool) -> tuple[Time | None, bool]:
        """The time said last before the figure, in its sentence, else in its paragraph; a time of comparison or of a plan is none."""
        fit = [(s, e, t) for s, e, t in self.said if e <= self.at.start and not self._of_comparison(s, e)]
        here = [one for one in fit if one[0] >= self.sentence]
        lasting = [one for one in fit if one[2].start and (one[2].start.month, one[2].start.day) == (1, 1)]
        for pool in (here, [] if stock else lasting):
            if pool:
                return pool[-1][2], False
        return None, True

    def _of_comparison(self, start: int, end: int) -> bool:
        before, after = self.plain[max(0, start - 2) : start], self.plain[end : end + 6]
        if re.search("[比较占为]$", before) or re.match("同期|任务|目标|计划(?!投)|指标|预算|设立|成立|升格|获批|开园|建成|揭牌|度?工作|更名", after):
            return True
        clause = self.plain[begin(CLAUSE_END, self.plain, start) : close(CLAUSE_END, self.plain, end)]
        return bool(re.search("设立|升格为?|揭牌|更名|开园|始建|整合|建成", clause)) and not any(ch.isdigit() for ch in clause[end - begin(CLAUSE_END, self.plain, start) :])


def _before(time: Time, frame: Frame) -> bool:
    """Whether a time is the span that the text reports, so that a forecast is of the year after all."""
    return time.end == frame.end and frame.end.month != 12


