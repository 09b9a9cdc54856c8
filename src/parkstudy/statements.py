"""The pre-registered statements: what each one compares, in which cells, and what follows.

Each statement was fixed before its result (method, section 13). A new one is a declaration: an id, a sentence, and a
function that yields its cells from the study. `decide` applies the decision rule (R2 to R8) to all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from parkstudy import consistency, land
from parkstudy.benchmarks import REVENUE_GROWTH, VALUE_ADDED_GROWTH, price_change, references
from parkstudy.cells import Array, Cell, Draw, Result, Side, UnboundedError, Unknown, decide_cell
from parkstudy.dataset import Study
from parkstudy.intervals import Interval
from parkstudy.language import Text, said
from parkstudy.measures import RUNG_NAMES, RUNGS
from parkstudy.periods import Period
from parkstudy.schema import VALUE_TYPE_NAMES
from parkstudy.tax import READINGS
from parkstudy.wording import indicator_names, listing, quantity_name, scope, short_names

Row = dict[str, Any]

VERDICTS = (
    "holds",
    "reversed",
    "depends",
    "not distinguishable",
    "not comparable",
    "reconciles",
    *consistency.OUTCOMES[:3],
)
VERDICT_NAMES = {
    "holds": Text("holds", "成立"),
    "reversed": Text("reversed", "反向成立"),
    "depends": Text("depends", "取决于设定"),
    "not distinguishable": Text("not distinguishable", "无法区分"),
    "not comparable": Text("not comparable", "不可比"),
    "reconciles": Text("reconciles", "可对上"),
    **{outcome: consistency.OUTCOME_NAMES[outcome] for outcome in consistency.OUTCOMES[:3]},
}
STATE_NAMES = {"for": Text("for", "支持"), "against": Text("against", "反对"), "open": Text("open", "未决")}
CHOICE_WORDS = {
    word: Text(word, zh)
    for word, zh in {
        "park": "园区",
        "span": "时段",
        "months as printed": "原文所载月份",
        "own full-year forecast": "材料自身的全年预计数",
        "reference": "参照时段",
        "growth base": "增速基数",
        "printed rate": "原文增速",
        "target base": "按目标推算的基数",
        "price": "价格",
        "nominal": "现价",
        "real": "不变价",
        "year fraction": "年度折算",
        "raw": "同期原值",
        "scaled": "折合全年",
        "own forecast": "材料自身的预计数",
        "scaled, borrowed share": "借用占比折合全年",
        "tax population": "税收统计范围",
        "factor 1": "系数1",
        "factor 0.57-0.61": "系数0.57–0.61",
        "land rung": "面积口径",
        **{rung: name.zh for rung, name in RUNG_NAMES.items()},
        "reading": "原句理解",
        **{reading: word.zh for reading, word in READINGS.items()},
    }.items()
}
UNSTATED_TAX_FACTOR = Interval(0.57, 0.61)  # method, T3: industry tax over the tax of all sectors in national zones
HUNDRED = 100.0


_PARKS = ("hengnan", "hengshan", "shuangpai", "anon-2023", "anon-2020")


class MissingError(LookupError):
    """A figure that a statement needs and the record does not hold; the message, a `Text`, says which."""


_NOTHING = Text("", "")


@dataclass(frozen=True)
class Statement:
    """A declaration: the cells it yields, or the check that decides it, or the rule that refuses it."""

    id: str
    sentence: Text
    cells: Callable[[_Record], Iterator[Cell]] | None = None
    check: tuple[str, str] | None = None
    refusal: Text = _NOTHING
    grade_c: bool = False
    tipping: bool = False


@dataclass(frozen=True)
class Decision:
    """A decided statement: verdict, `support` of `cells` cells, the second count with coarse figures, tipping point."""

    statement: Statement
    verdict: str
    depends_on: tuple[str, ...]
    results: tuple[Result, ...]
    support: int
    coarse_support: int
    coarse_verdict: str
    reason: Text
    ratio: float | None
    lowest_ratio: float | None

    @property
    def sensitive(self) -> bool:
        """True where whole units for coarse figures give another verdict (method, R6)."""
        return self.verdict != self.coarse_verdict


class _Record:
    """The figures that the declarations ask for, by park and indicator."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.rows = study.summaries().filter(subject="park").to_dicts()
        self.names = short_names(study, "zh")

    def row(self, park: str, indicator: str, transformation: str = "level", value_type: str = "outturn") -> Row:
        wanted = {"park_id": park, "indicator": indicator, "transformation": transformation, "value_type": value_type}
        found = [r for r in self.rows if all(r[k] == v for k, v in wanted.items()) and r["low"] is not None]
        if park not in set(self.study.parks["park_id"]):
            raise MissingError(_absent([park]))
        if not found:
            what = quantity_name(self.study, indicator, transformation, "zh")
            raise MissingError(
                Text(
                    f"{park} prints no {value_type} {transformation} of {indicator.replace('_', ' ')}",
                    f"{self.name(park)}未列示{what}（{VALUE_TYPE_NAMES[value_type].zh}）",
                )
            )
        return found[0]

    def name(self, park: str) -> str:
        """The park in a Chinese sentence."""
        return self.names.get(park, park)

    def figure(self, *where: str) -> Unknown:
        return Unknown.printed(self.row(*where))

    def period(self, *where: str) -> Period:
        row = self.row(*where)
        return Period(row["period_start"], row["period_end"])

    def share(self, kind: str, *where: str, neutral: bool = False) -> Unknown:
        """The share of the year of a figure's months, drawn for each park on its own (method, section 5)."""
        found = self.period(*where).year_share(kind)
        if found is None:
            what = indicator_names(self.study, "zh")[where[1]]
            raise MissingError(
                Text(
                    f"the method gives no share of the year for {kind} of {where[0]}",
                    f"方法未给出{self.name(where[0])}{what}所涉月份的年内占比",
                )
            )
        return replace(Unknown.known(f"share of the year, {kind} of {where[0]}", found), neutral=neutral)

    def price(self, period: Period) -> Unknown:
        found = price_change(self.study, period)
        if found is None:
            raise MissingError(
                Text(
                    f"no producer price index for {period.label()} or around it",
                    f"未见{period.label('zh')}或相邻时段的工业生产者出厂价格指数（PPI）",
                )
            )
        return Unknown.known(f"producer prices, {period.label()}", found.interval, found.inputs)

    def reference(self, series: tuple[str, ...], where: str, period: Period) -> list[tuple[Unknown, Period]]:
        """The reference rates of a scope with their spans: the same months, else the nearest around (G7)."""
        found = references(self.study, series, where, period)
        if not found:
            raise MissingError(
                Text(
                    f"no reference of {', '.join(series)} for {where}, {period.label()}",
                    f"未见{scope(where, 'zh', self.study)}{period.label('zh')}的{_REFERENCE_ZH[series]}增速",
                )
            )
        return [(Unknown.known(b.identifier, b.interval, (b.identifier,)), b.period) for b in found]


_REFERENCE_ZH = {REVENUE_GROWTH: "规模以上工业企业营业收入", VALUE_ADDED_GROWTH: "规模以上工业增加值"}


def _of(unknown: Unknown) -> Side:
    return lambda draw: draw(unknown)


def _real(rate: Side, price: Unknown) -> Side:
    """A growth rate in percent, deflated (method, G8)."""
    return lambda draw: HUNDRED * ((1 + rate(draw) / HUNDRED) / (1 + draw(price) / HUNDRED) - 1)


OUTPUT, TAX, ADDED = "gross_industrial_output", "tax_revenue", "industrial_value_added"
SPANS = {"months as printed": "outturn", "own full-year forecast": "forecast"}


def _above_the_nation(record: _Record) -> Iterator[Cell]:
    for park, spans in (
        ("hengnan", ["months as printed"]),
        ("shuangpai", ["months as printed"]),
        ("anon-2023", list(SPANS)),
        ("anon-2020", ["months as printed"]),
    ):
        for span in spans:
            where = (park, OUTPUT, "yoy", SPANS[span])
            own = record.period(*where)
            for reference, period in record.reference(REVENUE_GROWTH, "national", own):
                months = Text(reference.name.split("/", 2)[2], period.label("zh"))
                choices = {"park": park, "span": span, "reference": months}
                yield Cell(choices, _of(record.figure(*where)), _of(reference), 0.0 if period == own else 1.5)


def _shuangpai_above_anon_2023(record: _Record) -> Iterator[Cell]:
    left = record.figure("shuangpai", OUTPUT, "yoy")
    for span, kind in SPANS.items():
        right = record.figure("anon-2023", OUTPUT, "yoy", kind)
        yield Cell({"span": span}, _of(left), _of(right), 0.0 if kind == "outturn" else 5.0)


def _target_base_growth(record: _Record, park: str) -> Side:
    """Growth on the base that the target implies, percent (method, G6): status CHECK, used in statement 3 alone."""
    level, share = record.figure(park, OUTPUT), record.share("output", park, OUTPUT)
    target, aim = record.figure(park, OUTPUT, "level", "target"), record.figure(park, OUTPUT, "yoy", "target")
    return lambda draw: HUNDRED * (draw(level) / draw(share) / (draw(target) / (1 + draw(aim) / HUNDRED)) - 1)


def _shuangpai_above_anon_2023_every_way(record: _Record) -> Iterator[Cell]:
    full_year = Period(
        record.row("shuangpai", OUTPUT, "level", "target")["period_start"],
        record.row("shuangpai", OUTPUT, "level", "target")["period_end"],
    )
    bases = {
        "printed rate": (_of(record.figure("shuangpai", OUTPUT, "yoy")), record.period("shuangpai", OUTPUT, "yoy")),
        "target base": (_target_base_growth(record, "shuangpai"), full_year),
    }
    for base, (left, period) in bases.items():
        for price in ("nominal", "real"):
            for span, kind in SPANS.items():
                where = ("anon-2023", OUTPUT, "yoy", kind)
                right = _of(record.figure(*where))
                sides = (left, right)
                if price == "real":
                    sides = (_real(left, record.price(period)), _real(right, record.price(record.period(*where))))
                margin = 0.0 if (base, kind) == ("printed rate", "outturn") else 5.0
                yield Cell({"growth base": base, "price": price, "span": span}, *sides, margin)


def _above_hengnan(park: str, spans: dict[str, str], margin: float) -> Callable[[_Record], Iterator[Cell]]:
    def cells(record: _Record) -> Iterator[Cell]:
        for price in ("nominal", "real"):
            for span, kind in spans.items():
                sides = []
                for where in ((park, OUTPUT, "yoy", kind), ("hengnan", OUTPUT, "yoy", "outturn")):
                    rate = _of(record.figure(*where))
                    sides.append(_real(rate, record.price(record.period(*where))) if price == "real" else rate)
                choices = {"price": price} | ({"span": span} if len(spans) > 1 else {})
                yield Cell(choices, sides[0], sides[1], margin)

    return cells


def _above_prefecture(record: _Record) -> Iterator[Cell]:
    where = ("shuangpai", ADDED, "yoy")
    ((reference, _),) = record.reference(VALUE_ADDED_GROWTH, "Yongzhou", record.period(*where))[:1]
    yield Cell({}, _of(record.figure(*where)), _of(reference))


def _tax_slower_than_output(record: _Record) -> Iterator[Cell]:
    yield Cell({}, _of(record.figure("shuangpai", OUTPUT, "yoy")), _of(record.figure("shuangpai", TAX, "yoy")))


def _ratio(record: _Record, park: str, year: str, factor: Unknown | None = None) -> Side:
    """Tax over output, percent: `raw`, `scaled` to a year by the two shares, or of the `own forecast`."""
    kind = "forecast" if year == "own forecast" else "outturn"
    top, whole = record.figure(park, TAX, "level", kind), record.figure(park, OUTPUT, "level", kind)
    shares = (
        (record.share("output", park, OUTPUT, neutral=True), record.share("tax", park, TAX, neutral=True))
        if year == "scaled"
        else None
    )

    def side(draw: Draw) -> Array:
        value = HUNDRED * draw(top) / draw(whole)
        value = value * draw(shares[0]) / draw(shares[1]) if shares else value
        return value * draw(factor) if factor else value

    return side


FACTORS: dict[str, Unknown | None] = {"factor 1": None, "factor 0.57-0.61": Unknown.known("T3", UNSTATED_TAX_FACTOR)}


def _hengnan_over_shuangpai(record: _Record) -> Iterator[Cell]:
    yield Cell({"year fraction": "scaled"}, _ratio(record, "hengnan", "scaled"), _ratio(record, "shuangpai", "scaled"))


def _hengnan_over_anon_2023(record: _Record) -> Iterator[Cell]:
    for year in ("scaled", "own forecast"):
        for name, factor in FACTORS.items():
            right = _ratio(record, "anon-2023", year, factor)
            yield Cell({"year fraction": year, "tax population": name}, _ratio(record, "hengnan", "raw"), right)


def _anon_2023_over_shuangpai(record: _Record) -> Iterator[Cell]:
    for year, other in (("raw", "raw"), ("scaled", "scaled"), ("own forecast", "scaled")):
        for name, factor in FACTORS.items():
            left = _ratio(record, "anon-2023", year, factor)
            yield Cell({"year fraction": year, "tax population": name}, left, _ratio(record, "shuangpai", other))


def _below_hengdong(record: _Record) -> Iterator[Cell]:
    peers = record.study.observations.filter(
        park_id="hengdong", transformation="level", value_type="outturn"
    ).to_dicts()
    found = {row["indicator"]: Unknown.printed(row) for row in peers}
    if not {TAX, "tech_industry_trade_revenue"} <= set(found):
        raise MissingError(
            Text(
                "hengdong prints no tax or no revenue from technology, industry and trade",
                f"{record.name('hengdong')}未列示税收或技工贸总收入",
            )
        )
    tax, revenue = record.figure("hengshan", TAX), record.figure("hengshan", "tech_industry_trade_revenue")
    out, paid = record.share("output", "hengshan", TAX), record.share("tax", "hengshan", TAX)
    peer_tax, peer_revenue = found[TAX], found["tech_industry_trade_revenue"]
    yield Cell(
        {"year fraction": "scaled, borrowed share"},
        lambda draw: HUNDRED * draw(peer_tax) / draw(peer_revenue),
        lambda draw: HUNDRED * draw(tax) / draw(revenue) * draw(out) / draw(paid),
    )


def _per_area(record: _Record, park: str, indicator: str, kind: str, rung: str) -> Side:
    area = land.areas(record.study, park).get(rung)
    if area is None:
        raise MissingError(
            Text(f"{park} prints no area on the rung {rung}", f"{record.name(park)}未列示{RUNGS[rung].zh}")
        )
    top, size = record.figure(park, indicator), Unknown.printed(area)
    share = record.share(kind, park, indicator)
    return lambda draw: draw(top) / draw(share) / draw(size)


def _on_matched_rungs(higher: str, lower: str, indicator: str, kind: str) -> Callable[[_Record], Iterator[Cell]]:
    def cells(record: _Record) -> Iterator[Cell]:
        found = [land.areas(record.study, park) for park in (higher, lower)]
        rungs = [r for r in ("perimeter", "expanded", "control_plan", "total") if all(r in areas for areas in found)]
        if not rungs:
            raise MissingError(
                Text(
                    f"{higher} and {lower} stand on no common rung (L2, L4)",
                    f"{record.name(higher)}与{record.name(lower)}没有共同的面积口径（L2、L4）",
                )
            )
        for rung in rungs:
            sides = [_per_area(record, park, indicator, kind, rung) for park in (higher, lower)]
            yield Cell({"land rung": rung}, sides[0], sides[1])

    return cells


def _quarter_of_the_tax(record: _Record) -> Iterator[Cell]:
    firms = record.study.summaries().filter(
        pl.col("park_id") == "hengnan",
        pl.col("subject").str.starts_with("firm:"),
        pl.col("indicator") == TAX,
        pl.col("transformation") == "level",
    )
    if not firms.height:
        raise MissingError(
            Text("hengnan names no taxpayers with their tax", f"{record.name('hengnan')}未点名列示纳税企业的税收")
        )
    part = firms.row(0, named=True)
    whole, count = record.figure("hengnan", TAX), len(part["subject"].split("+"))
    if part["value"] is None:
        raise MissingError(
            Text(
                "hengnan prints a range for its named taxpayers, which has no bound to take",
                f"{record.name('hengnan')}对点名的纳税企业列示的是区间，无边界可取",
            )
        )
    at_bound = Unknown.known(
        part["observation_id"], Interval(part["value"], part["value"], part["value"]), (part["observation_id"],)
    )
    for reading, times in (("together", 1), ("each", count)):
        yield Cell({"reading": reading}, _shared(at_bound, whole, times), lambda draw: np.asarray(24.0))


def _shared(part: Unknown, whole: Unknown, times: int) -> Side:
    return lambda draw: HUNDRED * times * draw(part) / draw(whole)


def _on_track(record: _Record) -> Iterator[Cell]:
    level, share = record.figure("shuangpai", OUTPUT), record.share("output", "shuangpai", OUTPUT)
    target = record.row("shuangpai", OUTPUT, "level", "target")
    if target["value"] is None:
        raise MissingError(
            Text(
                "shuangpai prints a range as its target, which is no exact number",
                f"{record.name('shuangpai')}的目标为区间，并非确数",
            )
        )
    exact = Unknown.known(
        target["observation_id"],
        Interval(target["value"], target["value"], target["value"]),
        (target["observation_id"],),
    )
    yield Cell({}, lambda draw: draw(level) / draw(exact), _of(share))


STATEMENTS: tuple[Statement, ...] = (
    Statement(
        "1",
        Text(
            "Each of the four reported output growth rates exceeds national revenue growth of the same span",
            "四个园区上报的产值增速均高于同时段全国营业收入增速",
        ),
        _above_the_nation,
        grade_c=True,
    ),
    Statement(
        "2",
        Text("Shuangpai's reported output growth exceeds anon-2023's", "双牌上报的产值增速高于匿名园区(2023)"),
        _shuangpai_above_anon_2023,
        grade_c=True,
    ),
    Statement(
        "3",
        Text(
            "Shuangpai's reported output growth exceeds anon-2023's in real terms and on the target's base as well",
            "改按不变价、改用目标推算的基数，双牌产值增速仍高于匿名园区(2023)",
        ),
        _shuangpai_above_anon_2023_every_way,
        grade_c=True,
    ),
    Statement(
        "4",
        Text("anon-2023's output growth exceeds Hengnan's", "匿名园区(2023)的产值增速高于衡南"),
        _above_hengnan("anon-2023", SPANS, 5.0),
        grade_c=True,
    ),
    Statement(
        "5",
        Text("anon-2020's output growth exceeds Hengnan's", "匿名园区(2020)的产值增速高于衡南"),
        _above_hengnan("anon-2020", {"months as printed": "outturn"}, 6.0),
        grade_c=True,
    ),
    Statement(
        "6",
        Text(
            "Shuangpai's output and value-added growth describe one stable sample",
            "双牌的产值增速与增加值增速出自同一稳定的企业样本",
        ),
        check=("A7", "shuangpai"),
    ),
    Statement(
        "7",
        Text(
            "Shuangpai's value-added growth exceeds its prefecture's, same months",
            "双牌的增加值增速高于所在地级市的同期增速",
        ),
        _above_prefecture,
    ),
    Statement(
        "8",
        Text("Shuangpai's tax grew more slowly than its output, as reported", "按原文列示，双牌的税收增速低于产值增速"),
        _tax_slower_than_output,
    ),
    Statement(
        "9",
        Text("Hengnan has more tax per reported output than Shuangpai", "衡南每单位上报产值的税收高于双牌"),
        _hengnan_over_shuangpai,
        tipping=True,
    ),
    Statement(
        "10",
        Text("Hengnan has more tax per reported output than anon-2023", "衡南每单位上报产值的税收高于匿名园区(2023)"),
        _hengnan_over_anon_2023,
        grade_c=True,
        tipping=True,
    ),
    Statement(
        "11",
        Text("anon-2023 has more tax per reported output than Shuangpai", "匿名园区(2023)每单位上报产值的税收高于双牌"),
        _anon_2023_over_shuangpai,
        grade_c=True,
        tipping=True,
    ),
    Statement(
        "12",
        Text(
            "Hengshan can be ordered with the others on tax per reported output",
            "衡山可与其他园区按每单位上报产值的税收排序",
        ),
        refusal=Text(
            "T6: its text reports revenue from technology, industry and trade, which is not output",
            "T6：其材料所列为技工贸总收入，并非产值",
        ),
    ),
    Statement(
        "13",
        Text(
            "Hengshan has less tax per technology, industry and trade revenue than Hengdong in 2022",
            "2022年衡山每单位技工贸总收入的税收低于衡东",
        ),
        _below_hengdong,
    ),
    Statement(
        "14",
        Text("Hengnan has more tax per area than Shuangpai", "衡南的亩均税收高于双牌"),
        _on_matched_rungs("hengnan", "shuangpai", TAX, "tax"),
    ),
    Statement(
        "15",
        Text("Shuangpai has more output per area than Hengnan", "双牌的地均产值高于衡南"),
        _on_matched_rungs("shuangpai", "hengnan", OUTPUT, "output"),
        tipping=True,
    ),
    Statement(
        "16",
        Text("Hengnan has more tax per area than anon-2023", "衡南的亩均税收高于匿名园区(2023)"),
        _on_matched_rungs("hengnan", "anon-2023", TAX, "tax"),
        grade_c=True,
    ),
    Statement(
        "17",
        Text(
            "Two firms pay a quarter or more of Hengnan's industrial tax",
            "两家企业的税收占衡南工业税收的四分之一或以上",
        ),
        _quarter_of_the_tax,
    ),
    Statement(
        "18",
        Text(
            "anon-2023's full-year forecast is on its eleven-month sample",
            "匿名园区(2023)全年预计数与1—11月数的企业样本相同",
        ),
        check=("A6", "anon-2023"),
        grade_c=True,
    ),
    Statement(
        "19",
        Text(
            "anon-2023's share of leading industries agrees with its sectors",
            "匿名园区(2023)的主导产业占比与其分产业数据相符",
        ),
        check=("A2", "anon-2023"),
        grade_c=True,
    ),
    Statement(
        "20",
        Text("Shuangpai was on track for its output target at month 11", "截至11月，双牌产值达到全年目标所需的进度"),
        _on_track,
    ),
    Statement(
        "21",
        Text(
            "The complete parks have one order over growth, tax and land", "数据完整的园区在增长、税收和用地上次序一致"
        ),
        refusal=Text(
            "R1: no composite over dimensions is admitted; with two complete parks an index would measure its own normalisation",
            "R1：不采用跨维度的综合指数；数据完整的园区仅两个，所得指数只反映所用的标准化方法",
        ),
    ),
)


def decide(study: Study, statements: tuple[Statement, ...] = STATEMENTS) -> list[Decision]:
    """Every statement decided, in the order fixed before the results (method, sections 11 and 13)."""
    findings = consistency.audit(study)
    return [_decide(statement, _Record(study), study, findings) for statement in statements]


def _decide(statement: Statement, record: _Record, study: Study, findings: list[consistency.Finding]) -> Decision:
    absent = [park for park in _PARKS if park in statement.sentence.lower() and park not in set(study.parks["park_id"])]
    if absent:
        return _refused(statement, _absent(absent))
    if statement.check:
        return _by_check(statement, study, findings)
    if statement.cells is None:
        return _refused(statement, statement.refusal)
    try:
        results = tuple(decide_cell(cell) for cell in statement.cells(record))
    except (MissingError, UnboundedError) as refusal:
        return _refused(statement, refusal.args[0])
    if not results:
        return _refused(statement, Text("no cell is admissible", "没有可采用的设定组合"))
    verdict, depends = _verdict([(r.choices, r.state) for r in results])
    coarse, _ = _verdict([(r.choices, r.coarse_state) for r in results])
    ratios = [r.ratio for r in results]
    return Decision(
        statement=statement,
        verdict=verdict,
        depends_on=depends,
        results=results,
        support=sum(r.state == "for" for r in results),
        coarse_support=sum(r.coarse_state == "for" for r in results),
        coarse_verdict=coarse,
        reason=_NOTHING,
        ratio=min(ratios) if statement.tipping else None,
        lowest_ratio=min(r.lowest_ratio for r in results) if statement.tipping else None,
    )


def _absent(parks: list[str]) -> Text:
    return Text(f"{' and '.join(parks)}: not in this study", f"{listing(parks, 'zh')}：不在本研究之内")


def _refused(statement: Statement, reason: Text) -> Decision:
    return Decision(statement, "not comparable", (), (), 0, 0, "not comparable", reason, None, None)


def _by_check(statement: Statement, study: Study, findings: list[consistency.Finding]) -> Decision:
    """A statement that is a check: it reconciles, or it has the worst outcome of the check (method, R5)."""
    name, park = statement.check or ("", "")
    sources = study.sources.filter(park_id=park)["source_id"].to_list()
    found = [f for f in findings if f.check == name and f.source_id in sources]
    if not found:
        own = short_names(study, "zh").get(park, park)
        return _refused(
            statement,
            Text(f"{park}: the text does not print what check {name} needs", f"{own}：材料未列示{name}核查所需的数据"),
        )
    worst = min(found, key=lambda f: consistency.OUTCOMES.index(f.outcome))
    verdict = "reconciles" if worst.outcome == "holds" else worst.outcome
    reason = Text(f"{name}: {worst.arithmetic}", f"{name}：{worst.arithmetic.zh}")
    return Decision(statement, verdict, (), (), 0, 0, verdict, reason, None, None)


def _verdict(cells: list[tuple[Any, str]]) -> tuple[str, tuple[str, ...]]:
    """The verdict of R4 and, where it depends, the choices that differ between an against cell and the nearest for cell."""
    states = {state for _, state in cells}
    if states == {"for"}:
        return "holds", ()
    if states == {"against"}:
        return "reversed", ()
    if {"for", "against"} <= states:
        return "depends", _differing(cells)
    return ("not distinguishable", ()) if cells else ("not comparable", ())


def _differing(cells: list[tuple[Any, str]]) -> tuple[str, ...]:
    fors = [choices for choices, state in cells if state == "for"]
    found: dict[str, None] = {}
    for against in (choices for choices, state in cells if state == "against"):
        nearest = min(fors, key=lambda other: sum(against[k] != other[k] for k in against))
        found.update(dict.fromkeys(k for k in against if against[k] != nearest[k]))
    return tuple(found)


def choices_said(choices: Mapping[str, str], lang: str = "en", names: Mapping[str, str] | None = None) -> str:
    """The choices of a cell, `price: real; span: months as printed`; parks by their id, or as `names` has them."""
    colon, comma = ("：", "；") if lang == "zh" else (": ", "; ")
    named = {key: (names or {}).get(value) or _choice(value, lang) for key, value in choices.items()}
    return comma.join(f"{_choice(key, lang)}{colon}{value}" for key, value in named.items())


def _choice(word: str, lang: str) -> str:
    """A word of a choice; a span of days, by which a reference is named, as a reader says it."""
    days = re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", word)
    if days:
        return Period(date.fromisoformat(days[1]), date.fromisoformat(days[2])).label(lang)
    return said(CHOICE_WORDS.get(word, word), lang)


def as_frame(decisions: list[Decision], lang: str = "en") -> pl.DataFrame:
    """One row a cell (one a statement without cells): statement, verdict, choices, shares, states, tipping points.

    Sentence, choices and reason are said in a language; verdicts, states and `depends_on` are codes.
    """
    rows = []
    for d in decisions:
        head = {
            "statement": d.statement.id,
            "sentence": said(d.statement.sentence, lang),
            "verdict": d.verdict,
            "depends_on": list(d.depends_on),
            "support": d.support,
            "cells": len(d.results),
            "coarse_support": d.coarse_support,
            "sensitive": d.sensitive,
            "reason": said(d.reason, lang),
            "grade_c": d.statement.grade_c,
        }
        rows += [head | _cell_row(r, lang) for r in d.results] or [head]
    return pl.DataFrame(rows, infer_schema_length=None)


def _cell_row(result: Result, lang: str) -> Row:
    return {
        "choices": choices_said(result.choices, lang),
        "margin": result.margin,
        "above": result.above,
        "below": result.below,
        "state": result.state,
        "coarse_state": result.coarse_state,
        "ratio": result.ratio,
        "lowest_ratio": result.lowest_ratio,
        "inputs": list(result.inputs),
    }
