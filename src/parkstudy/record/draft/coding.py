"""Coding a text: every printed figure as a proposed row, or set aside with the reason in words.

The rules are those of the coder's manual in `data/README.md`. A figure takes the nearest term of its clause that has its unit; a
growth rate or a share of a plan takes the quantity before it. What stands in no paragraph, has no term or is what a project is to
bring is set aside: nothing disappears.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from parkstudy.record.bounds import FALLS, any_of, fallen
from parkstudy.record.draft.aside import alone_in, apart_in, conditional, no_result, only_a_class, unnamed
from parkstudy.record.draft.carried import BASE, CHANGE, DIFFERS, EACH, SO_FAR, base_year, carried, no_level, task
from parkstudy.record.draft.figures import Printed, printed
from parkstudy.record.draft.flat import in_cells
from parkstudy.record.draft.headings import sections
from parkstudy.record.draft.lines import Line, lines
from parkstudy.record.draft.place import NO_YEAR, Coded, Place
from parkstudy.record.draft.projects import built
from parkstudy.record.draft.rows import row_of
from parkstudy.record.draft.sectors import by_sector
from parkstudy.record.draft.spans import Section
from parkstudy.record.draft.subjects import CONTRACTS, OWN_MONEY, firms_of
from parkstudy.record.draft.times import Frame, times
from parkstudy.record.draft.words import Indicators, Term, fits, terms
from parkstudy.record.numerals import ARABIC
from parkstudy.record.quantities import parse
from parkstudy.record.terms import Meaning
from parkstudy.record.units import UNIT_OF_WORD

_GROWTH = re.compile(r"增(?!加值|值)|同比|下降|下滑|下跌|[降减]幅|\+(?=\d|$)")
_PLAN_OF = re.compile("任务|目标|计划|指标|预算")
_OTHER_BASE = re.compile(r"环比|[比较]上?个?(?:月|季度)|[比较](?:年初|上年末|上年底|(?P<year>20\d\d)年)")
_HELD_AGAINST = re.compile(r"[与同和跟](?P<year>20\d\d)年[^,。;]{0,24}相比,$")  # 与2020年的65亿元相比,产值增长84%
_RATE_BEHIND = re.compile(r"[、和与及]\d[\d.]*[%‰]")
_ADDED = re.compile("(?:新增|净增)(?:规[模上]以?上?)?(?:工业|销售|主营)?(?:总?产值|税收|[营业务]*收入|增加值)")
_UNIT_BEHIND = re.compile(
    rf"(?:[、和与及]|以及)(?:{ARABIC})[余多]?[十百千]?[万亿]*(?:{any_of(UNIT_OF_WORD)})"
)  # 1230、860万元
_NEW = re.compile("新增|新建|净增|新引进|新入驻|新落户|新注册")
_OF_ALL = re.compile(  # 占24.6%, 占园区的48.6%: of the same quantity
    r"占(?:[全本该我][省市县区州镇园]|[\u4e00-\u9fff]{0,4}[园区县市])?(?:总[量数额])?的?(?:比重|比例|份额)?(?:为|达到?)?[约近]?$"
)
_FOR_EACH = re.compile("每(?:完成|实现|投入|增加|新增|产出).*$")  # 每完成1亿元产值实现税收270万元
_OF_RATES = ("CNY", "count", "mu", "person", "m2")  # in what a quantity may be whose rate is printed


def code(
    text: str, frame: Frame | None, indicators: Indicators, names: tuple[str, ...], parts: Mapping[str, list[str]]
) -> list[Coded]:
    """Every printed figure of a text, in order; without a `frame` none has a row.

    `names` are those by which the text calls its own park; the names of the parts that it tells of are added to `parts`, kind to
    names in the order of their numbers.
    """
    found: list[Coded] = []
    for line, section in _sections(text, frame, names, parts):
        figures = printed(line.plain) if line.locator else in_cells(line)
        if section and line.locator:
            found += _coded(line, figures, section, indicators)
        else:
            reason = NO_YEAR if line.locator else "in no paragraph"
            found += [Coded(line, one, one.aside or reason) for one in figures]
    return [one for one in found if one.row or _printed_here(one)]


def _printed_here(coded: Coded) -> bool:
    """Whether a figure is printed in its line; a year in the head of a table is read there, and printed in the head."""
    start, end = coded.line.span(coded.place.start, coded.place.end)
    return start < end


def code_span(
    text: str,
    span: tuple[int, int],
    frame: Frame | None,
    indicators: Indicators,
    names: tuple[str, ...],
    parts: Mapping[str, list[str]],
) -> Coded | None:
    """A figure that a reader points at, coded as `code` codes those that it finds; None where the span is no part of one line.

    Raises `QuantityError` where the words are no figure.
    """
    for line, section in _sections(text, frame, names, parts):
        if not (line.starts[0] <= span[0] and span[1] <= line.ends[-1]):
            continue
        inside = [
            n
            for n, ends in enumerate(zip(line.starts, line.ends, strict=True))
            if ends[0] < span[1] and span[0] < ends[1]
        ]
        if not inside:
            return None
        start, end = inside[0], inside[-1] + 1
        own = Printed(start, end, parse(line.plain[start:end]).unit or "")
        if section is None or line.locator is None:
            return Coded(line, own, NO_YEAR if line.locator else "in no paragraph")
        others = [one for one in printed(line.plain) if one.end <= start or end <= one.start]
        return next(one for one in _coded(line, sorted([*others, own]), section, indicators) if one.place == own)
    return None


def _sections(
    text: str, frame: Frame | None, names: tuple[str, ...], parts: Mapping[str, list[str]]
) -> Iterator[tuple[Line, Section | None]]:
    """The lines of a text with what holds in each; nothing does without a `frame`."""
    if frame:
        yield from sections(lines(text), Section(frame, frame.end.year, False, names, parts))
    else:
        yield from ((line, None) for line in lines(text))


def _coded(line: Line, figures: list[Printed], section: Section, indicators: Indicators) -> list[Coded]:
    said = list(times(line.plain, section.frame, section.year))
    found: list[Coded] = []
    for one in figures:
        coded = Coded(line, one, one.aside or apart_in(line, one) or alone_in(line, one))
        place = Place(coded, [*found], indicators)
        if not coded.reason and conditional(place):
            coded.reason = "on a condition, no result"
        elif not coded.reason:
            _Decision(place, section, said).decide()
        found.append(coded)
    return found


class _Decision:
    """What becomes of one figure."""

    def __init__(self, place: Place, section: Section, said: list[Any]) -> None:
        self.place, self.section, self.said, self.coded = place, section, said, place.coded
        self.units = place.indicators.units

    def decide(self) -> None:
        """Give the figure its row, or the reason why it has none."""
        if self.place.at.unit == "percent":
            self._percent()
        else:
            self._level()

    def _percent(self) -> None:
        place = self.place
        head, listed, last = place.plain[place.clause : place.first_of_list()], place.listed(), place.last()
        figure = place.plain[place.at.start : place.at.end]
        rated = head.rpartition("占")[2] + figure  # 呈增长势头企业占75.8%
        if fallen(head) and not re.match(f"[-负]|{any_of(FALLS)}", figure):
            self.coded.reason = "a fall whose word does not stand beside it"
            return
        if DIFFERS.search(place.ahead):
            self.coded.reason = CHANGE
            return
        if _GROWTH.search(rated) and re.search("年均|平均", head):
            self.coded.reason = "an average of several years"
            return
        if _GROWTH.search(rated):
            self._growth(head, listed, last)
            return
        if re.search("完成率[为达]?$", head):
            self._rate("share", listed, last)
            return
        term, found = next(iter(place.nearest("percent")), (None, None))
        if term and found and self.units.get(found.indicator) == "percent":
            self._propose(term, found, "share")
        elif _PLAN_OF.search(head.rpartition("%")[2]) and "(" not in head.rpartition("%")[2]:
            self._rate("share", listed, last)
        elif place.bracketed() and last and last.row and last.term and last.meaning:
            self._propose(last.term, last.meaning, last.row["transformation"])
        elif term and found and not found.indicator:
            self.coded.reason = f"no_indicator:{term.words}"
        elif known := self._known_whole(head, last):
            self._share_of_known(*known, last)
        else:
            self.coded.reason = unnamed(place)

    def _known_whole(self, head: str, last: Coded | None) -> tuple[Term, Meaning | None] | None:
        """The quantity that has an indicator, and of which a share is printed: 占园区税收的66%, or behind a target 完成66%."""
        own = (last.term, last.meaning) if last and last.row and last.term else None
        if re.search("(?:完成|实现|达到?)$", head):
            return (own[0], None) if own else None
        if not re.search("占|比重|比例|份额", head):
            return None
        here = terms(self.place.plain, self.place.clause, self.place.at.start)[::-1]
        meant = ((term, self.place.means(term, unit)) for term in here for unit in _OF_RATES)
        known = next(((term, found) for term, found in meant if found and found.indicator), own)
        share = self.place.plain.rfind("占", self.place.clause, self.place.at.start)
        apart_ = share > self.place.clause and not any(term.end == share for term in here)  # 规上企业中原料型企业占六成
        if known and (apart_ or (known is own and not _OF_ALL.search(head))):
            return known[0], None
        return known

    def _share_of_known(self, term: Term, found: Meaning | None, last: Coded | None) -> None:
        """A share that the quantity before it has of the same one elsewhere: 产值52亿元,占园区的48.6%; else a reader records it."""
        said = re.search("^(?!其中).*占(?!比)[^,。;%]{0,16}$", self.place.ahead)
        of_last = last and last.row and last.meaning and found and last.meaning.indicator == found.indicator
        of_last = of_last and found and self.units.get(found.indicator) == "CNY"
        if said and of_last and last and last.meaning and last.row and last.row["value_type"] == "outturn":
            self._propose(term, last.meaning, "share", last)
        if not self.coded.row:
            self.coded.reason = f"a share of another figure, which only a reader records: {term.words}"

    def _growth(self, head: str, listed: Term | None, last: Coded | None) -> None:
        """A growth rate on the year before; on another base it is none."""
        base = _OTHER_BASE.search(head) or _HELD_AGAINST.search(
            self.place.plain, self.place.sentence, self.place.clause
        )
        if base is None or base["year"]:
            self._rate("yoy", listed, last)
        end = self.coded.row["period_end"][:4] if self.coded.row else ""
        if base and (end or not base["year"]) and end != str(int(base["year"] or 0) + 1):
            self.coded.row, self.coded.reason = None, "growth on another base than the year before"

    def _rate(self, form: str, listed: Term | None, last: Coded | None) -> None:
        """A growth rate, or a share of a plan, of the quantity that its clause or else the words before it name."""
        behind = self.place.plain[self.place.at.end : self.place.clause_end]
        if form == "yoy" and self.place.owned:
            self._rate_of_list(self.place.owned)
            return
        if form == "yoy" and not listed and _RATE_BEHIND.match(behind):
            self.coded.reason = "one of several rates, and nothing says of which quantity it is"
            return
        here = [listed] if listed else self.place.free()[::-1]
        if last and last.term and not listed:  # 投资增速 behind 固定资产投资额 speaks of it
            here = [term for term in here if term.words not in last.term.words]
        for term in here:
            if found := next(filter(None, (self.place.means(term, unit) for unit in _OF_RATES)), None):
                self._of(term, found, form)
                return
        if "其中" in self.place.ahead:  # 产值增长7%,其中四季度增长12%
            last = next(
                (one for one in self.place.before[::-1] if one.place.start >= self.place.sentence and one.row), last
            )
        if last and last.row and last.term and last.meaning:
            self._propose(last.term, last.meaning, form, last)
        elif last and last.reason.startswith("no_indicator"):
            self.coded.reason = last.reason
        else:
            self.coded.reason = "a rate of a figure that is set aside" if last else "a rate of nothing that is named"

    def _rate_of_list(self, owned: tuple[tuple[str, ...], int, Term]) -> None:
        """The rate of one of a list of owners: of the figure that the same owner has before it."""
        levels = [
            one for one in self.place.before if one.place.start >= owned[2].end and one.place.end <= self.place.clause
        ]
        last = levels[owned[1]] if len(levels) == len(owned[0]) else None
        if last and last.row and last.term and last.meaning:
            self._propose(last.term, last.meaning, "yoy", last)
        elif levels:
            self.coded.reason = "a rate of a figure that is set aside"
        elif found := next(filter(None, (self.place.means(owned[2], unit) for unit in _OF_RATES)), None):
            self._of(owned[2], found, "yoy")
        else:
            self.coded.reason = "a rate of nothing that is named"

    def _level(self) -> None:
        place, listed, last, shared = self.place, self.place.listed(), self.place.last(), self.place.shared
        if only_a_class(place):
            self.coded.reason = "a threshold that only names a class"
        elif why := no_level(place):
            self.coded.reason, self.coded.beside = why, True
            if why == BASE:
                self._compared(last)
        elif reason := no_result(place):
            self.coded.reason = reason
        elif task(place) and last and last.row and last.term and last.meaning and self._alike(last.meaning):
            self.coded.beside = place.is_task = True
            self._propose(last.term, last.meaning, "level", last)
        elif not place.at.unit and _UNIT_BEHIND.match(place.plain, place.at.end):
            self.coded.reason = "its unit stands behind another figure"
        elif (named := shared or listed) and (found := place.means(named, place.at.unit)):
            self._of(named, found, "level")
        elif place.bracketed() and last and last.row and last.term and last.meaning and self._alike(last.meaning):
            self._propose(last.term, last.meaning, "level", last)
        elif taken := by_sector(place) or carried(place):
            self._of(*taken, "level")
        elif (own := place.nearest(place.at.unit)) and own[0][1].indicator in CONTRACTS and SO_FAR.match(place.ahead):
            self.coded.reason = unnamed(place)  # 签约资金30亿元,已到位3亿元
        elif own:
            self.coded.doubts += ["another clause"] if own[0][0].end <= place.clause else []
            self._of(*own[0], "level")
            others = [(term, found, "level") for term, found in own[1:] if found.indicator]
            rows = (row_of(place, self.section, self.said, what, None)[0] for what in others)
            self.coded.others = [row for row in rows if row] if self.coded.row else []
        else:
            self._unnamed()

    def _compared(self, last: Coded | None) -> None:
        """A level with which one is compared: recorded where the words name its year, be its own term there or that of the other one."""
        place = self.place
        own = place.nearest(place.at.unit)
        if own and not self._each(own[0][1], None):
            self.coded.term, self.coded.meaning = own[0]
        alike = last and last.row and last.term and last.meaning and last.place.unit == place.at.unit
        term, found = own[0] if own else (last.term, last.meaning) if alike and last else (None, None)
        year = base_year(place, self.section.year)
        if year and term and found and found.indicator and not EACH.search(place.ahead):
            self.coded.base_year = year
            self._propose(term, found, "level")
            self.coded.base_year = year if self.coded.row else None

    def _unnamed(self) -> None:
        """Firms that are counted by what they make, else a quantity of which no term is known."""
        if named := firms_of(self.place):
            self._of(named, Meaning("enterprises", None, False, ""), "level")
        else:
            self.coded.reason = unnamed(self.place)

    def _alike(self, found: Meaning) -> bool:
        return fits(self.place.at.unit, self.units.get(found.indicator, ""))

    def _each(self, found: Meaning, last: Coded | None) -> str:
        """The words that say that it is counted for each mu or head, where the indicator is a total; empty where none do."""
        place, ruled = self.place, self.place.first_of_list()
        last_end = max((one.place.end for one in place.before if one.place.end <= ruled), default=0)
        total = place.indicators.kinds.get(found.indicator) not in ("ratio", "share")
        if last is not None or not total:
            return ""
        said = EACH.search(place.plain, max(place.clause, last_end), ruled) or _FOR_EACH.search(
            place.plain, place.clause, ruled
        )
        return said[0] if said else ""

    def _of(self, term: Term, found: Meaning, form: str) -> None:
        if found.indicator:
            self._propose(term, found, form)
        else:
            self.coded.term, self.coded.reason = term, f"no_indicator:{term.words}"

    def _propose(self, term: Term, found: Meaning, form: str, last: Coded | None = None) -> None:
        if found.indicator == "contracted_investment" and built(self.place):
            found = found._replace(indicator="project_investment")
        self.coded.term, self.coded.meaning = term, found
        if form == "level" and found.indicator in OWN_MONEY and _ADDED.search(self.place.ahead):
            self.coded.reason, self.coded.beside = CHANGE, True
            return
        if each := self._each(found, last):
            self.coded.reason, self.coded.term, self.coded.meaning = f"no_indicator:{each}", None, None
            return
        last_end = max((one.place.end for one in self.place.before), default=0)
        said = self.place.plain[max(self.place.clause, last_end) : self.place.at.start]
        new = _NEW.search(said) and not _NEW.search(term.words)
        if form == "level" and self.place.indicators.kinds[found.indicator] == "stock" and new:
            self.coded.reason = "how many are new, where the indicator is of how many there are"
            return
        self.coded.row, self.coded.reason = row_of(self.place, self.section, self.said, (term, found, form), last)
