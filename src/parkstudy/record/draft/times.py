"""The times of a text: which span or point a phrase such as `1-11月`, `今年以来` or `截至10月底` means, and which one rules a figure.

A phrase that names no end (今年以来, 目前) ends on the date of the text, else with the span it reports, and is marked ambiguous.
"""

import calendar
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from parkstudy.record.draft.lines import CLAUSE_END, close

_MONTH_WORD = "十[一二]?|[一二三四五六七八九]"
_YEAR = r"(?P<year>(?:19|20)\d\d)年"
_PHRASE = re.compile(
    rf"(?P<till>截至|截止|到)?(?:{_YEAR}(?:度)?|(?P<this>今年|本年度?)|(?P<same>当年)|(?P<last>去年|上年|上一年)|(?P<next>明年|来年|下一?年度?)"
    r"|[“\"]?十(?P<plan>[一二三四五])五[”\"]?(?P<planend>(?:规划)?(?:末|期末)|末)?(?:期间|时期|以来)?)?"
    rf"(?:(?P<first>\d{{1,2}}|[元一])月?份?[-~至到—]{{1,2}}(?P<final>\d{{1,2}}|{_MONTH_WORD})月份?"
    r"|前(?P<upto>\d{1,2})个月|(?P<month>\d{1,2})月(?:份)?(?P<part>底|末|初|上旬|中旬|下旬)?(?:(?P<day>\d{1,2})[日号])?"
    r"|(?P<half>上半年|下半年)|(?P<quarter>第?[一二三四1-4]季度|前三季度|前[23]季度|首季度?)|(?P<whole>全年|年度)|(?P<begin>年初)(?=的)|(?P<end>年底|年末|底(?=[,前]))"
    r"|(?P<since>以来|年初以来|来(?=[,,]))|(?P<now>目前|现有|截至目前|现已|现(?=有|已)))?"
)
_ANCHOR = re.compile(
    r"\d{4}年|今年|本年|当年|去年|上年|明年|来年|下一?年|十[一二三四五][”\"]?五|\d{1,2}月|前\d{1,2}个月|[至到-][一二三四五六七八九十]{1,2}月|年初的|半年|季度|全年|年底|年末|目前|现有|现已|年初以来|现"
)
_FOUNDED = re.compile(
    '动工|兴建|奠基|批准|批复|审核|公告|列为|认定|评为|授予|预计到|十[一二三四五][”"]?五|设立|成立|升格|获批|开园|建成(?!区|面积)|始建|更名|创建|揭牌|召开|印发|列第|百强|计划|力争|目标|打算'
)
_QUANTITY = re.compile(r"\d(?=[余多]?[亿万%家个户亩人平])")
_LATE = 3  # the month up to which a text tells of the year before as 今年
_WORDED = re.compile(
    "[(]?(?P<year>[二一][〇零○O0一二三四五六七八九]{3})年(?P<month>十[一二]?|[一二三四五六七八九])月(?:(?P<day>[二三]?十?[一二三四五六七八九]?)日)?[)]?"
)
_PLANS = r"(?:度|主要|重点)*(?:工作)?(?:要点|计划|打算|思路|安排|目标|部署)"
_BARE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=[::,。]|$|年?(?:总结|报告|成绩单))")  # 数说某某园区2023:
_TITLE = re.compile("工作总结|总结|工作情况|工作报告|情况汇报|述职|工作汇报")
_PLAN_HEAD = re.compile(
    r"\d年(?:度)?(?:主要|工作|发展|预期|经济)*(?:目标|任务|计划|打算|思路|安排|要点)|工作要点|工作思路|工作目标|主要目标|目标任务|工作计划|工作打算|工作安排|工作部署|下一步|下阶段|下步|来年|明年"
)
_DATED = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:年|[-/.])(?P<month>1[0-2]|0?[1-9])(?:月(?![-~至到—])|[-/.](?=\d)(?!\d+月)|(?![\d至到~—-]))(?:(?P<day>3[01]|[12]\d|0?[1-9])(?:日|(?!\d{0,3}[年月])))?"
)

_WANTED = re.compile("预计|预期|力争|确保|计划|目标|任务|有望")
_SAME_SPAN = re.compile("同期(?!相?比|持平|[增下减]|的|基数|水平)")
_NO_DATE = re.compile("[,。;]|总结|计划|打算|思路")


class Time(NamedTuple):
    """A span, or a point where `start` is None; `open_end` where the text names no end, `explicit` where it is said at all."""

    start: date | None
    end: date
    open_end: bool = False
    year: bool = False
    whole: bool = False  # a whole year in so many words (全年)
    same: bool = False  # the span told before, of another year (2020年同期)


class Frame(NamedTuple):
    """What a text says of its own time: the span it reports, the date it bears (None: none), and the year it speaks of."""

    start: date
    end: date
    published: date | None

    @property
    def until(self) -> date:
        """The end of a flow for which none is printed: the date of the text, but no later than the year that it reports."""
        return min(self.written, date(self.end.year, 12, 31))

    @property
    def written(self) -> date:
        """The date of the text, else the end of what it reports."""
        return self.published or self.end


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def frame(plain: list[str], start: date | None = None, end: date | None = None) -> Frame | None:
    """The time of a text by its title, its first sentences and its date; what is given already is kept. None: no year stands in it."""
    heads = [line for line in plain if len(line) < 60]
    title = next((line for line in heads if _TITLE.search(line) and re.search(r"\d{4}年", line)), "")
    years = [int(year) for year in re.findall(rf"((?:19|20)\d\d)年(?!{_PLANS})", title)]
    years += [int(year) - 1 for year in re.findall(rf"((?:19|20)\d\d)年(?={_PLANS})", title)]
    year = end.year if end else years[0] if years else _commonest(plain) or _bare_year(plain)
    if year is None and (day := _date_of(plain) or _last_date(plain)):  # of a January it tells of the year before
        year = day.year - (day.month < _LATE and "今年" not in "".join(plain))
    if year is None:
        return None
    published = _date_of(plain, year)
    late = published and published.year > year and published.month > _LATE and "今年" in "".join(plain)
    if published and late and not (title or end):
        year = published.year  # news of this year, which tells more of the last one
    if start and end:
        return Frame(start, end, published)
    named = re.search("上半年|一季度|前三季度", title or "".join(plain[:3]))
    last = {"上半年": 6, "一季度": 3, "前三季度": 9}[named[0]] if named else _months_told(plain, year)
    return Frame(date(year, 1, 1), last_day(year, last), published)


def _months_told(plain: list[str], year: int) -> int:
    """Up to which month the text tells most of its figures: 12, unless most stand under a span such as 1-11月 of the year."""
    found: Counter[int] = Counter()
    for line in plain:
        ruling = 12
        for clause in re.split("[,。;!?]", line):
            spans = [
                m
                for m in _PHRASE.finditer(clause)
                if m["first"] in ("1", "元", "一") and m["year"] in (None, str(year))
            ]
            ruling = _number(spans[-1]["final"]) if spans else 12 if re.search(r"\d{4}年|全年", clause) else ruling
            found[ruling] += len(_QUANTITY.findall(clause)) * (bool(spans) or ruling != 12 or f"{year}年" in line)
    told = max(found, key=lambda month: (found[month], -month), default=12)
    return told if found[told] and 1 <= told <= 12 else 12


def _bare_year(plain: list[str]) -> int | None:
    """A year without its word at the head of a text: 数说园区2023:产值……"""
    found = _BARE_YEAR.search("".join(plain[:2])[:60])
    return int(found[1]) if found else None


def _last_date(plain: list[str]) -> date | None:
    """The last day printed in figures, in a bracket at the end of a text as a source has it."""
    days = list(re.finditer(r"(20\d\d)[-/.](1[0-2]|0?[1-9])[-/.](3[01]|[12]\d|0?[1-9])(?!\d)", "".join(plain[-2:])))
    try:
        return date(*map(int, days[-1].groups())) if days else None
    except ValueError:
        return None


def _commonest(plain: list[str]) -> int | None:
    """The year under which most figures of the text stand, the later of equal ones: a year rules what follows until another one does.

    A year that is compared with rules nothing, nor does one of a founding or of a plan.
    """
    found: Counter[int] = Counter()
    every: list[int] = []
    for line in plain:
        ruling: int | None = None
        for clause in re.split("[,。;!?]", line):
            for match in re.finditer(r"(?P<of>[比较到是于由从自])?(?P<year>(?:19|20)\d\d)年(?P<base>的\d)?", clause):
                every.append(int(match["year"]))
                if not match["of"] and not match["base"]:
                    ruling = None if _FOUNDED.search(clause) else int(match["year"])
            if _FOUNDED.search(clause):
                ruling = None
            if ruling:
                found[ruling] += 1 + 2 * len(_QUANTITY.findall(clause))
    return max(found, key=lambda year: (found[year], year), default=max(every, default=None))


def _date_of(plain: list[str], year: int | None = None) -> date | None:
    """The date that stands on a line of its own, at the head or the foot; a month without a day is its last day."""
    ends = [*reversed([_in_digits(line) for line in plain[-6:]]), *plain[:14]]
    heads = [line for line in ends if len(line) < 70 and not _NO_DATE.search(line)]
    alone = [line for line in heads if re.fullmatch(rf"[((]?{_DATED.pattern}[))]?", line)]
    for line in [*alone, *heads]:
        match = _DATED.search(line)
        if match and (year is None or int(match["year"]) in (year, year + 1)):
            if not match["day"] and re.search(r"(?:19|20)\d\d年", line[match.end() :]):
                continue  # the head of a table
            with suppress(ValueError):  # a misprint, as 31 June
                last = last_day(int(match["year"]), int(match["month"]))
                return last.replace(day=int(match["day"])) if match["day"] else last
    return None


def _in_digits(line: str) -> str:
    """A date in words at the foot of a text in digits: 二〇一五年十二月二十五日."""
    if not (found := _WORDED.fullmatch(line)):
        return line
    year = "".join(str("〇一二三四五六七八九".index(sign)) for sign in re.sub("[零○O0]", "〇", found["year"]))
    return f"{year}年{_numeral(found['month'])}月" + (f"{_numeral(found['day'])}日" if found["day"] else "")


def _numeral(words: str) -> int:
    """A number up to 31 in words."""
    tens, _, ones = words.rpartition("十")
    digit = {sign: place for place, sign in enumerate("〇一二三四五六七八九")} | {"": 0}
    return (digit[tens] or 1) * 10 + digit[ones] if "十" in words else digit[words]


def plan_year(heading: str, found: Frame) -> int | None:
    """The year of which a heading says that plans follow; None for another heading."""
    if re.search("总结|完成|回顾|落实|进展", heading):
        return None
    years = [int(year) for year in re.findall(r"((?:19|20)\d\d)年", heading)]
    if _PLAN_HEAD.search(heading):
        return years[-1] if years else found.end.year + (found.end.month > 6)
    to_come = years and years[-1] > found.end.year and re.search("工作|任务|重点|举措|展望", heading)
    return years[-1] if to_come else None


def times(plain: str, found: Frame, year: int) -> Iterator[tuple[int, int, Time]]:
    """The times of a line with where they stand; `year` is meant where none is printed."""
    place, told = 0, Time(found.start, found.until)
    titles = [match.span() for match in re.finditer("《[^》]*》", plain)]  # a year in a title is none of what is told
    while anchor := _ANCHOR.search(plain, place):
        begin = max(0, anchor.start() - 2)
        tries = [
            m
            for m in (_PHRASE.match(plain, p) for p in range(begin, anchor.start() + 1))
            if m and m.end() > anchor.start()
        ]
        match = max(tries, key=lambda m: m.end() - m.start(), default=None)
        place = max(anchor.end(), match.end() if match else 0)
        if any(a <= anchor.start() < b for a, b in titles):
            continue
        if match and (time := _time(match, found, year)):
            same = bool(time.year and plain.startswith("同期", match.end()))
            if match["year"] and not same and not re.search("[比较]$", plain[: match.start()]):
                founding = _FOUNDED.search(plain, match.end(), close(CLAUSE_END, plain, match.end()))
                year = year if founding and int(match["year"]) < found.end.year - 1 else int(match["year"])
            if same and _SAME_SPAN.match(plain, match.end()) and re.search(r"(?:^|[,。;:(|])$", plain[: match.start()]):
                time = _of_year(told, time.end.year)
            elif time.start and time.start.year == found.end.year and not to_be(plain, match.start(), match.end()):
                told = time
            yield match.start(), match.end(), time


def to_be(plain: str, start: int, end: int) -> bool:
    """Whether a time is that of what is expected or wanted, which rules no result of another sentence: 预计全年完成39.5亿元。"""
    ahead = re.split("[,。;:]", plain[:start])[-1]
    return bool(_WANTED.search(ahead) or re.match(rf"[^,。;\d]{{0,4}}(?:{_WANTED.pattern})", plain[end:]))


def _of_year(told: Time, year: int) -> Time:
    """The span told before, in another year."""
    first, end = told.start or told.end, told.end
    day = end.day if end != last_day(end.year, end.month) else 31
    return Time(
        date(year, first.month, min(first.day, last_day(year, first.month).day)),
        date(year, end.month, min(day, last_day(year, end.month).day)), same=True,
    )  # fmt: skip


def _time(match: re.Match[str], found: Frame, year: int) -> Time | None:
    """What a phrase means; `year` is meant where none is printed. None where it is no time after all."""
    stated = match["year"] is not None
    if stated:
        year = int(match["year"])
    elif match["this"] or match["last"] or match["next"]:
        year = found.end.year - bool(match["last"]) + bool(match["next"]) + _of_its_date(match, found)
    try:
        return _five_years(match, found) or _part_of(match, found, year) or _whole(match, found, year, stated=stated)
    except ValueError:  # a thirteenth month
        return None


def _of_its_date(match: re.Match[str], found: Frame) -> bool:
    """Whether 今年1-2月 is of the year in which the text was published, which reports the one before."""
    month = match["final"] or match["month"] or match["upto"]
    day = found.published
    later = bool(day and day.year == found.end.year + 1 and match["this"] and month)
    return later and day is not None and month is not None and _number(month) <= day.month


def _five_years(match: re.Match[str], found: Frame) -> Time | None:
    """A five-year plan, what there is of it (以来), or its end: the eleventh one ran from 2006 to 2010."""
    if not match["plan"]:
        return None
    last = 2005 + 5 * (1 + "一二三四五".index(match["plan"]))
    if match[0].endswith("以来") and found.until < date(last, 12, 31):
        return Time(date(last - 4, 1, 1), found.until, True)
    return Time(None if match["planend"] else date(last - 4, 1, 1), date(last, 12, 31))


def _part_of(match: re.Match[str], found: Frame, year: int) -> Time | None:
    """A part of a year, its end, or the day of the text."""
    if final := match["final"] or match["upto"]:
        return Time(date(year, _number(match["first"] or "1"), 1), last_day(year, _number(final)))
    if match["month"]:
        return _month(match, year, found)
    if match["half"]:
        first, last = (1, 6) if match["half"] == "上半年" else (7, 12)
        return Time(date(year, first, 1), last_day(year, last))
    if match["quarter"]:
        return _quarter(match["quarter"], year)
    if match["begin"] or match["end"]:  # at its beginning as at the end of the year before
        return Time(None, date(year - bool(match["begin"]), 12, 31))
    return Time(None, found.written, True) if match["now"] else None


def _number(month: str) -> int:
    """A month in digits or in words; 元月 is the first."""
    if month.isdecimal():
        return int(month)
    return {"元": 1, "十": 10, "十一": 11, "十二": 12}.get(month) or "一二三四五六七八九".index(month) + 1


def _whole(match: re.Match[str], found: Frame, year: int, *, stated: bool) -> Time | None:
    """A year, or what there is of this one."""
    named = match["last"] or match["next"] or match["same"] or (stated and not match["since"])
    if match["whole"] or named:
        return Time(date(year, 1, 1), date(year, 12, 31), year=True, whole=bool(match["whole"]))
    if match["since"] or match["this"]:
        return Time(date(year, 1, 1), found.until if year == found.end.year else date(year, 12, 31), True)
    return None


def _month(match: re.Match[str], year: int, found: Frame) -> Time:
    month = int(match["month"])
    if match.string[match.end() :].startswith(("以来", "起")):
        return Time(date(year, month, 1), max(found.until, last_day(year, month)), True)
    if match["day"]:
        day = date(year, month, int(match["day"]))
        return Time(None if match["till"] else day, day)
    end = last_day(year, month)
    return Time(None, end) if match["till"] or match["part"] in ("底", "末") else Time(date(year, month, 1), end)


def _quarter(words: str, year: int) -> Time:
    number = next(
        ("一二三四".index(sign) + 1 if sign in "一二三四" else int(sign) for sign in words if sign in "一二三四1234"), 1
    )
    first = 1 if words.startswith(("前", "首")) or number == 1 else 3 * number - 2
    return Time(date(year, first, 1), last_day(year, 3 * number))
