"""The record held against its texts.

`verify` proves each observation in the paragraph its locator names: the figure stands there with its digits bounded
(`5亿元` is not in `55亿元`), it pairs with the recorded term, and growth, targets, forecasts and populations have
the words they need.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from parkstudy.record.bounds import ANOTHER, NO_BOUND, OTHER_CURRENCIES, fallen
from parkstudy.record.lists import CLAUSE_END as _CLAUSE_END
from parkstudy.record.lists import begin as _begin
from parkstudy.record.lists import first_listed, listed
from parkstudy.record.quantities import QuantityError, parse
from parkstudy.record.signs import squash
from parkstudy.record.source_texts import SourceText, find_texts
from parkstudy.record.tables import Tables
from parkstudy.record.texts import SENTENCE_END, paragraphs
from parkstudy.record.units import comparable_units

_FULL_STOP = re.compile("。")
_CLOSED_BRACKETS = re.compile(r"\([^()]*\)")

_GROWTH_WORDS = re.compile(r"增(?!加值|值)|同比|下降|下滑|下跌|[降减減]幅|\+(?=\d|$)")
_PLAN_WORDS = re.compile("(?:(?:任务|任務|目标|目標|计划|計劃|指标|指標|预算|預算|完成率)[数數值]?)+")
# a wide word rules to the end of its sentence, and on until a sentence has a time of its own; a narrow one its clause
_WIDE_WORDS = {
    "forecast": re.compile("预计|預計|预期|預期"),
    "target": re.compile("力争|力爭|(?:确保|確保)(?!了)|(?:目标|目標)(?:(?:任务|任務)?(?:为|為|是)?[::。]|是)"),
}
_LIST_OF_TARGETS = re.compile("(?:目标|目標)(?:任务|任務)?(?:为|為|是)?[::]")  # rules each item of its list
_LED = re.compile(  # what may stand before a wide word at the head of a sentence
    r"(?:\(?[一二三四五六七八九十\d]+[)、.]+|\d{4}年度?|[今明来來全本]年度?|下半年|到?年底|主要|[预預]期|工作|[奋奮]斗|[总總][体體]|发展|發展|[园園全][区區]|[,])*"
)
_NARROW_WORDS = {
    "forecast": re.compile("有望"),
    "target": re.compile(
        "指标值|指標值|目标|目標|任务|任務|全力|瞄准|瞄準|要(?:达到|達到|完成|实现|實現|突破|扩展到|擴展到)"
    ),
}
NEW, _IN_ALL = ("新增", "净增", "淨增"), re.compile("[总總][数數量]|累[计計]")  # 新增规上企业6家,总数达43家
_PART = re.compile("其中")
_VALUE_END = re.compile(r"[%元]|\d[余餘多]?[万萬]?[余餘多]?(?:[个個家户戶亩畝人项項]|平方[公千]?[里米])")
_PART_DONE = re.compile(r"其中.*?(?:已|目前|截至|\d+[-~至]\d+月)")  # a part of what is expected that is no more to come
_OWN_TIME = re.compile(r"\d月|\d年|今年|目前|已|(?<![可将將])完成")
_OWN_TIME_LISTED = re.compile(
    r"\d月|\d年|今年|目前|已|[截自]至|累[计計]|完成了"
)  # behind a `;`, where 完成 goes on with the list
POPULATION_WORDS = {
    "park": re.compile("[园園][区區]|(?:高新|集中|工[业業]|[开開][发發])[区區]"),
    "industry": re.compile("工[业業]"),
    "above_scale": re.compile("[规規][模上]"),
    "registered": re.compile("[注註][册冊]"),
}
_PARK_WORDS = (  # by which a text also names its whole park, beside the park's own name
    "(?:产业|產業|工[业業]|科技|化工|物流)[园園]|(?:经开|經開|集聚|保税|保稅|港|[全本该該])[区區]"
)
_NOT_BEFORE = re.compile(
    r"(?:\d,|[\d.零〇一二两兩三四五六七八九十百千万萬亿億廿卅壹贰貳叁肆伍陆陸柒捌玖拾佰仟]|[-−‐‑‒–~〜±]|(?<![减減])[负負]|(?<!—)—|[\d一二两兩三四五六七八九十百千万萬亿億][至到]|[\d十百千万萬亿億元%亩畝家个個]—{1,2}|[近不超逾]|约为|約為|大概|至少|不到|不足|突破|超出|至多|最多"
    rf"|[低高多少大小][于於]|(?<![通经經])[过過]|(?<![{NO_BOUND}])[约約])$"
)
_NOT_BEFORE_WORDS = re.compile("[数數几幾上]$")  # 数十家, 上百家
_NOT_AFTER = re.compile(
    r"[\d余餘多十百千万萬亿億零〇几幾成倍元%‰亩畝吨噸米A-Za-z²³¹¼-¾⁰-₉⅐-⅟]|\.\d|(?<=\d),\d|[-−‐‑‒–—~〜至到]+[\d一二三四五六七八九十百千]|以[上下内內]|左右|上下|平方|立方|公里|千[米瓦]|美元|km|公顷|公頃|分之"
    rf"|[个個]?百分[点點]|{OTHER_CURRENCIES}"
)
_NOT_AFTER_UNIT = re.compile(
    r"及?以[上下内內]|之[内內]|左右|上下|有?[余餘]|多(?=[,。;、!?的)]|$)|/亩|/畝|[-−‐‑‒–—~〜至]{1,2}\d|[十百千万萬亿億]"
)

_Claims = dict[tuple[str, ...], list[tuple[int, str]]]  # the places and indicators of the rows of one term so far


@dataclass(frozen=True)
class Unproven:
    """An observation that its text does not bear out: what was looked for, where, and what stands there instead."""

    observation_id: str
    locator: str
    message: str

    def __str__(self) -> str:
        return f"{self.observation_id} at {self.locator}: {self.message}"


@dataclass(frozen=True)
class Verification:
    """What `verify` found: the findings, whether each observation was proven, source to the text it was held against, the sources
    without a text in the folder, and how many observations of the others have no place that could be looked at."""

    findings: list[Unproven]
    results: dict[str, bool]
    texts: dict[str, SourceText]
    not_checked: list[str]
    without_place: int

    @property
    def proven(self) -> int:
        """The number of observations that were proven."""
        return sum(self.results.values())


def verify(study: Tables, folder: str | Path) -> Verification:
    """Hold every observation against its text in `folder`; see the module for what is proven.

    Raises `FileNotFoundError` if the folder does not exist.
    """
    texts = find_texts(study, folder)
    units = dict(study.indicators.select("indicator", "unit").iter_rows())
    names = dict(study.parks.select("park_id", "name_zh").iter_rows())
    of_text = {source: names[park] for source, park in study.sources.select("source_id", "park_id").iter_rows()}
    findings: list[Unproven] = []
    there = study.observations.filter(pl.col("source_id").is_in(list(texts)))
    placed = there.filter(pl.col("locator").is_not_null())
    for (source_id,), rows in placed.group_by("source_id", maintain_order=True):
        findings += prove(rows.to_dicts(), texts[str(source_id)].words, units, of_text[str(source_id)])
    against = {finding.observation_id for finding in findings}
    results = {key: key not in against for key in placed["observation_id"]}
    absent = [source for source in study.sources["source_id"] if source not in texts]
    return Verification(findings, results, texts, absent, there.height - placed.height)


def prove(rows: list[dict[str, Any]], text: str, units: Mapping[str, str], park: str = "") -> list[Unproven]:
    """What of one source's observations, in the order of the record, its text does not bear out.

    `units` are by indicator; `park` is the name of the park, which names it as well as `园区` does.
    """
    named = re.compile("|".join(filter(None, [_PARK_WORDS, re.escape(squash(park))])))
    places = paragraphs(text)
    terms = _term_rule({squash(row["reported_term"]) for row in rows})
    claims: _Claims = defaultdict(list)
    findings = []
    for row in rows:
        complaint = _unit_mismatch(row, units[row["indicator"]]) or _complaint(row, places, terms, claims, named)
        if complaint:
            findings.append(Unproven(row["observation_id"], row["locator"], complaint))
    return findings


def _term_rule(terms: set[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(term) for term in sorted(terms, key=lambda t: (-len(t), t))))


def _unit_mismatch(row: dict[str, Any], unit: str) -> str | None:
    wanted = unit if row["transformation"] == "level" else "percent"
    try:
        found = parse(row["reported_figure"], wanted).unit
    except QuantityError as error:
        return str(error)
    if comparable_units(found, wanted) or (found, wanted) == ("CNY", "CNY/mu"):
        return None
    return f"{row['reported_figure']!r} is in {found}, not in {wanted}"


def _complaint(
    row: dict[str, Any], places: Mapping[str, str], terms: re.Pattern[str], claims: _Claims, named: re.Pattern[str]
) -> str | None:
    """What the text says against a row. A row that has nothing against it claims its place: no row of its term may go
    back behind it, and none of its indicator may use it again, so that figures of one term cannot change places."""
    paragraph, term = places.get(row["locator"]), squash(row["reported_term"])
    if paragraph is None:
        return f"the text has no such paragraph; it has {', '.join(places)}"
    spots = _bounded(squash(row["reported_figure"]), paragraph)
    if not spots:
        return _not_bounded(row["reported_figure"], paragraph)
    reasons = [next(_mismatches(row, term, spot, terms, named), None) for spot in spots]
    if None not in reasons:
        return reasons[0]
    taken = claims[row["locator"], term, row["transformation"], row["value_type"]]
    for spot, reason in zip(spots, reasons, strict=True):
        claim = (spot.start(), row["indicator"])
        if reason is None and claim not in taken and (not taken or claim[0] >= taken[-1][0]):
            taken.append(claim)
            return None
    return f"the figure {row['reported_figure']!r} proves an earlier row already, or the rows are not in the order of the text"


def _not_bounded(printed: str, paragraph: str) -> str:
    """What is said of a figure that stands nowhere in a paragraph, or only within another one."""
    at = paragraph.find(squash(printed))
    if at < 0:
        return f"the figure {printed!r} does not stand in this paragraph"
    around = paragraph[max(0, at - 2) : at + len(squash(printed)) + 2]
    return f"the figure {printed!r} stands in this paragraph only within another, as in {around!r}; copy it whole, with its bound words"


def _bounded(figure: str, paragraph: str) -> list[re.Match[str]]:
    """Where a figure stands with its digits bounded; group 1 is the figure."""
    open_end = figure[-1].isdigit() or figure[-1] in "十百千万萬亿億"
    more = _NOT_AFTER if open_end else _NOT_AFTER_UNIT
    words = figure[0] in "十百千万萬"
    return [
        at
        for at in re.finditer(f"(?=({re.escape(figure)}))", paragraph)
        if not _NOT_BEFORE.search(ahead := paragraph[max(0, at.start() - 3) : at.start()])
        and not (words and _NOT_BEFORE_WORDS.search(ahead))
        and not more.match(paragraph, at.end(1))
        and not ANOTHER.match(paragraph, at.end(1))
    ]


def _mismatches(
    row: dict[str, Any], term: str, at: re.Match[str], terms: re.Pattern[str], named: re.Pattern[str]
) -> Iterator[str]:
    """What the words around a figure say against its row."""
    figure, wanted, paragraph, start = repr(row["reported_figure"]), row["value_type"], at.string, at.start()
    paired = _paired_term(at, terms)
    if paired is None:
        yield f"no recorded term stands beside {figure} or before it in its sentence"
        return
    if paired[0] != term and not (
        paired[0][:2] in NEW and paired[0][2:] == term and _IN_ALL.search(at.string, paired.end(), start)
    ):
        yield f"{figure} pairs with {paired[0]!r}, not with {term!r}"
    of_plan = row["transformation"] == "share" and row.get("share_of") == "plan"
    ruled = first_listed(paragraph, start, at.end(1))
    before = paragraph[_begin(_CLAUSE_END, paragraph, start) : ruled]
    before = before.rpartition("%")[2] if of_plan else before
    if of_plan and not _PLAN_WORDS.search(before):
        yield f"no word of a plan stands before {figure} in its clause"
    growth = bool(_GROWTH_WORDS.search(before + at[1]))
    if _is_rate(at[1]) and growth != (row["transformation"] == "yoy"):
        yield f"{figure} is {'a' if growth else 'no'} growth rate by the words before it"
    if row["transformation"] == "yoy" and fallen(before) and not _falls(at[1]):
        yield f"{figure} is a fall by the words before it; a fall is recorded with its word, as in 下降2.3%"
    words = without_plan(paragraph, ruled) if of_plan else paragraph  # the plan that it is a share of makes it no plan
    said = [kind for kind in ("forecast", "target") if says(kind, words, ruled, paired.end())]
    listed_ = wanted == "target" and aimed(words, ruled)
    if wanted in _WIDE_WORDS and wanted not in said and not listed_:
        yield f"no word of a {wanted} stands before {figure} in its sentence"
    if wanted == "outturn" and said:
        yield f"{figure} is a {' or '.join(said)} by the words before it"
    rule, closing = POPULATION_WORDS.get(row["population"]), _FULL_STOP.search(paragraph, start)
    stop = closing.start() if closing else len(paragraph)
    rules = [rule, named] if row["population"] == "park" else [rule] if rule else []
    begin = _begin(_FULL_STOP, paragraph, start)
    if rules and not any(one and one.search(paragraph, begin, stop) for one in rules):
        yield f"the sentence does not say the population {row['population']!r}"


def _is_rate(figure: str) -> bool:
    return bool(re.search("[%‰]|[百千]分之|成[一二三四五六七八九]?(?:[余餘多以左上]|$)", figure))


def _falls(figure: str) -> bool:
    quantity = parse(figure, "percent")
    return quantity.high <= 0 or (quantity.value or 0) < 0


def _paired_term(at: re.Match[str], terms: re.Pattern[str]) -> re.Match[str] | None:
    """The term a figure belongs to: the nearest of its comma clause, the one before winning a tie; else the last one
    before it in its sentence, from the last `;` on or else up to the last `。`."""
    paragraph, (start, end) = at.string, at.span(1)
    if names := listed(paragraph, start, end):
        named = any(terms.search(paragraph, *name) for name in names.names)
        return next(reversed(list(terms.finditer(paragraph, *(names.name if named else names.shared)))), None)
    stop = _CLAUSE_END.search(paragraph, end)
    beside = [(start - m.end(), 0, m) for m in terms.finditer(paragraph, _begin(_CLAUSE_END, paragraph, start), start)]
    after = terms.finditer(paragraph, end, stop.start() if stop else len(paragraph))
    beside += [(m.start() - end, 1, m) for m in after]
    if beside:
        return min(beside, key=lambda item: item[:2])[2]
    ahead = (terms.finditer(paragraph, _begin(mark, paragraph, start), start) for mark in (SENTENCE_END, _FULL_STOP))
    return next((found[-1] for found in map(list, ahead) if found), None)


def without_plan(paragraph: str, start: int) -> str:
    """The paragraph with the last words for a plan before `start` blanked out, everything else in its place."""
    found = list(_PLAN_WORDS.finditer(paragraph, _begin(_CLAUSE_END, paragraph, start), start))
    begin, end = found[-1].span() if found else (start, start)
    return paragraph[:begin] + "_" * (end - begin) + paragraph[end:]


def aimed(paragraph: str, start: int) -> bool:
    """True where a word of a target stands before `start` up to the last `。`: what a list of plans then goes on with may be one."""
    return bool(_WIDE_WORDS["target"].search(paragraph, _begin(_FULL_STOP, paragraph, start), start))


def _rules_list(kind: str, item: str) -> bool:
    """Whether a word of the first item of a list rules the others: 目标为:..., or one that stands before its first figure."""
    if kind == "target" and _LIST_OF_TARGETS.search(item):
        return True
    said = _WIDE_WORDS[kind].search(item)
    return bool(said and not _VALUE_END.search(item, 0, said.start()))


def says(kind: str, paragraph: str, start: int, term_end: int) -> bool:
    """True where a word of a forecast or target rules a figure at `start`, whose term ends at `term_end`."""
    clause, sentence = _begin(_CLAUSE_END, paragraph, start), _begin(SENTENCE_END, paragraph, start)
    near = _CLOSED_BRACKETS.sub("", paragraph[min(clause, term_end) : start])
    after_last_value = _VALUE_END.split(near)[-1] if "(" not in near else near[near.rindex("(") :]
    wide = _WIDE_WORDS[kind]
    ahead = _CLOSED_BRACKETS.sub("", paragraph[sentence:start])  # what is said in brackets ends with them
    if _NARROW_WORDS[kind].search(after_last_value):
        return True
    if found := wide.search(ahead):
        return not _PART_DONE.search(ahead, found.end())
    while sentence > 0:
        listed_on, before = paragraph[sentence - 1] == ";", _begin(SENTENCE_END, paragraph, sentence - 1)
        led = _LED.match(paragraph, before, sentence)
        head = wide.match(paragraph, led.end(), sentence) if led else None
        headed = head and head.end() == sentence  # (一)目标任务。 rules what follows it, 完成 or not
        if (_OWN_TIME_LISTED if listed_on or headed else _OWN_TIME).search(paragraph, sentence, start):
            break
        part = _PART.match(paragraph, sentence)  # of what the sentence before is about, wherever it says so
        sentence, start = before, sentence
        if wide.search(paragraph, sentence, start) if part else head:
            return True
        if listed_on and _rules_list(kind, paragraph[sentence:start]):
            return True
    return False
