"""The texts behind the dataset: cleaned, cut into paragraphs with locators, and held against the record.

`verify` proves each observation in the paragraph its locator names: the figure stands there with its digits bounded
(`5亿元` is not in `55亿元`), it pairs with the recorded term, and growth, targets, forecasts and populations have
the words they need. Nothing here changes a text's script or repairs it.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from parkstudy.record.quantities import QuantityError, parse
from parkstudy.record.tables import Tables
from parkstudy.record.units import comparable_units

_ROMANISATION = re.compile(r"\((?!(?:km|ha|cm|mm|kg|t)\))[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}\)")
_NUMERAL = "[一二三四五六七八九十]+"
_HEADING = re.compile(rf"^(?:({_NUMERAL})、|(\({_NUMERAL}\))|(\d{{1,2}})(?:、|\.(?!\d)))")  # a group a level
_SENTENCE_END = re.compile(r"[。!?;]")
_CLAUSE_END = re.compile(r"[,。!?;]")
_FULL_STOP = re.compile("。")
_TITLE_MOST = 30  # a heading of up to so many characters, its one sentence end at its close, is a title
_CLOSED_BRACKETS = re.compile(r"\([^()]*\)")

_GROWTH_WORDS = re.compile("增长|增長|增速|增幅|增|同比|下降")
# a wide word rules to the end of its sentence, and on until a sentence has a time of its own; a narrow one its clause
_WIDE_WORDS = {"forecast": re.compile("预计|預計|预期|預期"), "target": re.compile("力争|力爭|确保|確保")}
_NARROW_WORDS = {"forecast": re.compile("有望"), "target": re.compile("指标值|指標值|目标|目標|任务|任務|全力")}
_OWN_TIME = re.compile(r"\d月|\d年|今年|目前|已|完成")
_POPULATION_WORDS = {
    "park": re.compile("[园園][区區]|(?:高新|集中|工[业業]|[开開][发發])[区區]"),
    "industry": re.compile("工[业業]"),
    "above_scale": re.compile("[规規][模上]"),
    "registered": re.compile("[注註][册冊]"),
}
_NOT_BEFORE = re.compile(
    r"(?:\d,|[\d.零〇一二两兩三四五六七八九十百千万萬亿億]|-|\d[~至]|约|約|近|不到|不足|低于|低於|超|逾|(?<![通经經])[过過]|突破)$"
)
_NOT_AFTER = re.compile(r"^(?:[\d余餘多万萬亿億元%亩畝]|\.\d|[-~]\d|以上|以下|左右|平方|美元|km|公顷|公頃)")
_NOT_AFTER_UNIT = re.compile(r"以上|以下|左右|/亩|/畝|[-~]\d|[十百千万萬亿億]")

_Claims = dict[tuple[str, ...], list[tuple[int, str]]]  # the places and indicators of the rows of one term so far


@dataclass(frozen=True)
class Finding:
    """An observation that its text does not bear out: what was looked for, where, and what stands there instead."""

    observation_id: str
    locator: str
    message: str

    def __str__(self) -> str:
        return f"{self.observation_id} at {self.locator}: {self.message}"


@dataclass(frozen=True)
class Text:
    """The text of a source: its words, the name and SHA-256 of its file, and how it was found: `sha256`, `name` or `figures`."""

    words: str
    file: str
    sha256: str
    how: str


@dataclass(frozen=True)
class Verification:
    """What `verify` found: the findings, whether each observation was proven, source to the text it was held against, the sources
    without a text in the folder, and how many observations of the others have no place that could be looked at."""

    findings: list[Finding]
    results: dict[str, bool]
    texts: dict[str, Text]
    not_checked: list[str]
    without_place: int

    @property
    def proven(self) -> int:
        """The number of observations that were proven."""
        return sum(self.results.values())


def clean(text: str) -> str:
    """`text` without byte-order mark and inserted romanisation (`區(qū)`), full-width forms narrowed; script unchanged."""
    narrow = unicodedata.normalize("NFKC", text.lstrip("\ufeff"))
    return _ROMANISATION.sub("", narrow)


def squash(text: str) -> str:
    """A line or cell as it is compared: cleaned and without blanks."""
    return re.sub(r"\s+", "", clean(text))


def paragraphs(text: str) -> dict[str, str]:
    """Locator to paragraph. Lines without a sentence end (titles, dates, menus, headings alone) are no paragraphs."""
    found: dict[str, str] = {}
    marks = ["", "", ""]
    count = 0
    for line in map(squash, text.splitlines()):
        heading = _HEADING.match(line)
        if heading and (level := heading.lastindex):
            marks[level - 1 :] = [heading[level], *[""] * (3 - level)]
            count = 0
        ends = [match.end() for match in _SENTENCE_END.finditer(line)]
        title = heading and len(line) <= _TITLE_MOST
        if any(end < len(line) for end in ends) if title else ends:
            count += 1
            found["/".join([*filter(None, marks), f"p{count}"])] = line
    return found


def find_texts(study: Tables, folder: str | Path) -> dict[str, Text]:
    """Source to text, for the sources whose text is in `folder`: by its hash, by its name `<source_id>.txt`, else by its figures.

    A file that has the name of a source is guessed to be the text of no other one.

    Raises `FileNotFoundError` if the folder does not exist.
    """
    top = Path(folder)
    if not top.is_dir():
        raise FileNotFoundError(f"no folder {str(top)!r}; --sources takes the folder that holds the texts")
    files = {path: path.read_bytes() for path in sorted(top.glob("*.txt"))}
    texts = {path: raw.decode("utf-8-sig", errors="replace") for path, raw in files.items()}
    hashes = {path: hashlib.sha256(raw).hexdigest() for path, raw in files.items()}
    by_hash = {sha256: path for path, sha256 in hashes.items()}
    by_name = {path.stem: path for path in files}
    rows = study.sources.select("source_id", "sha256").iter_rows()
    found = {}
    for source, sha256 in rows:
        path = by_hash.get(sha256) or by_name.get(source)
        found[source] = path, "sha256" if sha256 in by_hash else "name"
    for source in [source for source, (path, _) in found.items() if path is None]:
        taken = {path for path, _ in found.values()} | {by_name[one] for one in found if one in by_name}
        rest = {path: text for path, text in texts.items() if path not in taken}
        found[source] = _likeliest(study, source, rest), "figures"
    return {source: Text(texts[path], path.name, hashes[path], how) for source, (path, how) in found.items() if path}


def _likeliest(study: Tables, source_id: str, texts: Mapping[Path, str]) -> Path | None:
    """The text that holds most of the source's figures, if it holds more than half: a text edited since it was read."""
    figures = [squash(f) for f in study.observations.filter(source_id=source_id)["reported_figure"]]
    shares = {path: sum(f in squash(text) for f in figures) / max(len(figures), 1) for path, text in texts.items()}
    best = max(shares, key=lambda path: shares[path], default=None)
    return best if best is not None and shares[best] > 0.5 else None


def verify(study: Tables, folder: str | Path) -> Verification:
    """Hold every observation against its text in `folder`; see the module for what is proven.

    Raises `FileNotFoundError` if the folder does not exist.
    """
    texts = find_texts(study, folder)
    units = dict(study.indicators.select("indicator", "unit").iter_rows())
    findings: list[Finding] = []
    there = study.observations.filter(pl.col("source_id").is_in(list(texts)))
    placed = there.filter(pl.col("locator").is_not_null())
    for (source_id,), rows in placed.group_by("source_id", maintain_order=True):
        findings += prove(rows.to_dicts(), texts[str(source_id)].words, units)
    against = {finding.observation_id for finding in findings}
    results = {key: key not in against for key in placed["observation_id"]}
    absent = [source for source in study.sources["source_id"] if source not in texts]
    return Verification(findings, results, texts, absent, there.height - placed.height)


def prove(rows: list[dict[str, Any]], text: str, units: Mapping[str, str]) -> list[Finding]:
    """What of one source's observations, in the order of the record, its text does not bear out; `units` by indicator."""
    places = paragraphs(text)
    terms = _term_rule({squash(row["reported_term"]) for row in rows})
    claims: _Claims = defaultdict(list)
    findings = []
    for row in rows:
        complaint = _unit_mismatch(row, units[row["indicator"]]) or _complaint(row, places, terms, claims)
        if complaint:
            findings.append(Finding(row["observation_id"], row["locator"], complaint))
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


def _complaint(row: dict[str, Any], places: dict[str, str], terms: re.Pattern[str], claims: _Claims) -> str | None:
    """What the text says against a row. A row that has nothing against it claims its place: no row of its term may go
    back behind it, and none of its indicator may use it again, so that figures of one term cannot change places."""
    paragraph, term = places.get(row["locator"]), squash(row["reported_term"])
    if paragraph is None:
        return f"the text has no such paragraph; it has {', '.join(places)}"
    spots = _bounded(squash(row["reported_figure"]), paragraph)
    if not spots:
        return f"the figure {row['reported_figure']!r} does not stand in this paragraph"
    reasons = [next(_mismatches(row, term, spot, terms), None) for spot in spots]
    if None not in reasons:
        return reasons[0]
    taken = claims[row["locator"], term, row["transformation"], row["value_type"]]
    for spot, reason in zip(spots, reasons, strict=True):
        claim = (spot.start(), row["indicator"])
        if reason is None and claim not in taken and (not taken or claim[0] >= taken[-1][0]):
            taken.append(claim)
            return None
    return f"the figure {row['reported_figure']!r} proves an earlier row already, or the rows are not in the order of the text"


def _bounded(figure: str, paragraph: str) -> list[re.Match[str]]:
    """Where a figure stands with its digits bounded; group 1 is the figure."""
    open_end = figure[-1].isdigit() or figure[-1] in "十百千万萬亿億"
    more = _NOT_AFTER if open_end else _NOT_AFTER_UNIT
    return [
        at
        for at in re.finditer(f"(?=({re.escape(figure)}))", paragraph)
        if not _NOT_BEFORE.search(paragraph[max(0, at.start() - 2) : at.start()])
        and not more.match(paragraph[at.end(1) : at.end(1) + 2])
    ]


def _mismatches(row: dict[str, Any], term: str, at: re.Match[str], terms: re.Pattern[str]) -> Iterator[str]:
    """What the words around a figure say against its row."""
    figure, wanted, paragraph, start = repr(row["reported_figure"]), row["value_type"], at.string, at.start()
    paired = _paired_term(at, terms)
    if paired is None:
        yield f"no recorded term stands beside {figure} or before it in its sentence"
        return
    if paired[0] != term:
        yield f"{figure} pairs with {paired[0]!r}, not with {term!r}"
    growth = bool(_GROWTH_WORDS.search(paragraph, _begin(_CLAUSE_END, paragraph, start), start))
    if at[1].rstrip("以上下左右").endswith("%") and growth != (row["transformation"] == "yoy"):
        yield f"{figure} is {'a' if growth else 'no'} growth rate by the words before it"
    said = [kind for kind in ("forecast", "target") if _says(kind, paragraph, start, paired.end())]
    if wanted in _WIDE_WORDS and wanted not in said:
        yield f"no word of a {wanted} stands before {figure} in its sentence"
    if wanted == "outturn" and said:
        yield f"{figure} is a {' or '.join(said)} by the words before it"
    rule, closing = _POPULATION_WORDS.get(row["population"]), _FULL_STOP.search(paragraph, start)
    stop = closing.start() if closing else len(paragraph)
    if rule and not rule.search(paragraph, _begin(_FULL_STOP, paragraph, start), stop):
        yield f"the sentence does not say the population {row['population']!r}"


def _paired_term(at: re.Match[str], terms: re.Pattern[str]) -> re.Match[str] | None:
    """The term a figure belongs to: the nearest of its comma clause, the one before winning a tie; else the last one
    before it in its sentence."""
    paragraph, (start, end) = at.string, at.span(1)
    stop = _CLAUSE_END.search(paragraph, end)
    beside = [(start - m.end(), 0, m) for m in terms.finditer(paragraph, _begin(_CLAUSE_END, paragraph, start), start)]
    after = terms.finditer(paragraph, end, stop.start() if stop else len(paragraph))
    beside += [(m.start() - end, 1, m) for m in after]
    if beside:
        return min(beside, key=lambda item: item[:2])[2]
    return next(reversed(list(terms.finditer(paragraph, _begin(_SENTENCE_END, paragraph, start), start))), None)


def _says(kind: str, paragraph: str, start: int, term_end: int) -> bool:
    """True where a word of a forecast or target rules a figure at `start`, whose term ends at `term_end`."""
    clause, sentence = _begin(_CLAUSE_END, paragraph, start), _begin(_SENTENCE_END, paragraph, start)
    near = _CLOSED_BRACKETS.sub("", paragraph[min(clause, term_end) : start])
    after_last_value = re.split(r"[%元]", near)[-1] if "(" not in near else near[near.rindex("(") :]
    if _NARROW_WORDS[kind].search(after_last_value) or _WIDE_WORDS[kind].search(paragraph, sentence, start):
        return True
    while sentence > 0 and not _OWN_TIME.search(paragraph, sentence, start):
        sentence, start = _begin(_SENTENCE_END, paragraph, sentence - 1), sentence
        if _WIDE_WORDS[kind].match(paragraph, sentence):
            return True
    return False


def _begin(end: re.Pattern[str], paragraph: str, place: int) -> int:
    """Where the sentence or clause begins that holds `place`."""
    return max((m.end() for m in end.finditer(paragraph, 0, place)), default=0)
