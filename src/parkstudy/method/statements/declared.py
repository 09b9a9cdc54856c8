"""The statements themselves, fixed before their results (method, section 13): what each compares, and in which cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from parkstudy.method import land
from parkstudy.method.benchmarks import REVENUE_GROWTH, VALUE_ADDED_GROWTH
from parkstudy.method.cells import Array, Cell, Draw, Side, Unknown
from parkstudy.method.measures import RUNGS
from parkstudy.method.statements.record import MissingError, Record
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period
from parkstudy.words.language import Text

UNSTATED_TAX_FACTOR = Interval(0.57, 0.61)  # method, T3: industry tax over the tax of all sectors in national zones
HUNDRED = 100.0

_NOTHING = Text("", "")


@dataclass(frozen=True)
class Statement:
    """A declaration: the cells it yields, or the check that decides it, or the rule that refuses it."""

    id: str
    sentence: Text
    cells: Callable[[Record], Iterator[Cell]] | None = None
    check: tuple[str, str] | None = None
    refusal: Text = _NOTHING
    grade_c: bool = False
    tipping: bool = False


def _of(unknown: Unknown) -> Side:
    return lambda draw: draw(unknown)


def _real(rate: Side, price: Unknown) -> Side:
    """A growth rate in percent, deflated (method, G8)."""
    return lambda draw: HUNDRED * ((1 + rate(draw) / HUNDRED) / (1 + draw(price) / HUNDRED) - 1)


OUTPUT, TAX, ADDED = "gross_industrial_output", "tax_revenue", "industrial_value_added"
SPANS = {"months as printed": "outturn", "own full-year forecast": "forecast"}


def _above_the_nation(record: Record) -> Iterator[Cell]:
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


def _shuangpai_above_anon_2023(record: Record) -> Iterator[Cell]:
    left = record.figure("shuangpai", OUTPUT, "yoy")
    for span, kind in SPANS.items():
        right = record.figure("anon-2023", OUTPUT, "yoy", kind)
        yield Cell({"span": span}, _of(left), _of(right), 0.0 if kind == "outturn" else 5.0)


def _target_base_growth(record: Record, park: str) -> Side:
    """Growth on the base that the target implies, percent (method, G6): status CHECK, used in statement 3 alone."""
    level, share = record.figure(park, OUTPUT), record.share("output", park, OUTPUT)
    target, aim = record.figure(park, OUTPUT, "level", "target"), record.figure(park, OUTPUT, "yoy", "target")
    return lambda draw: HUNDRED * (draw(level) / draw(share) / (draw(target) / (1 + draw(aim) / HUNDRED)) - 1)


def _shuangpai_above_anon_2023_every_way(record: Record) -> Iterator[Cell]:
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


def _above_hengnan(park: str, spans: dict[str, str], margin: float) -> Callable[[Record], Iterator[Cell]]:
    def cells(record: Record) -> Iterator[Cell]:
        for price in ("nominal", "real"):
            for span, kind in spans.items():
                sides = []
                for where in ((park, OUTPUT, "yoy", kind), ("hengnan", OUTPUT, "yoy", "outturn")):
                    rate = _of(record.figure(*where))
                    sides.append(_real(rate, record.price(record.period(*where))) if price == "real" else rate)
                choices = {"price": price} | ({"span": span} if len(spans) > 1 else {})
                yield Cell(choices, sides[0], sides[1], margin)

    return cells


def _above_prefecture(record: Record) -> Iterator[Cell]:
    where = ("shuangpai", ADDED, "yoy")
    ((reference, _),) = record.reference(VALUE_ADDED_GROWTH, "Yongzhou", record.period(*where))[:1]
    yield Cell({}, _of(record.figure(*where)), _of(reference))


def _tax_slower_than_output(record: Record) -> Iterator[Cell]:
    yield Cell({}, _of(record.figure("shuangpai", OUTPUT, "yoy")), _of(record.figure("shuangpai", TAX, "yoy")))


def _ratio(record: Record, park: str, year: str, factor: Unknown | None = None) -> Side:
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


def _hengnan_over_shuangpai(record: Record) -> Iterator[Cell]:
    yield Cell({"year fraction": "scaled"}, _ratio(record, "hengnan", "scaled"), _ratio(record, "shuangpai", "scaled"))


def _hengnan_over_anon_2023(record: Record) -> Iterator[Cell]:
    for year in ("scaled", "own forecast"):
        for name, factor in FACTORS.items():
            right = _ratio(record, "anon-2023", year, factor)
            yield Cell({"year fraction": year, "tax population": name}, _ratio(record, "hengnan", "raw"), right)


def _anon_2023_over_shuangpai(record: Record) -> Iterator[Cell]:
    for year, other in (("raw", "raw"), ("scaled", "scaled"), ("own forecast", "scaled")):
        for name, factor in FACTORS.items():
            left = _ratio(record, "anon-2023", year, factor)
            yield Cell({"year fraction": year, "tax population": name}, left, _ratio(record, "shuangpai", other))


def _below_hengdong(record: Record) -> Iterator[Cell]:
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


def _per_area(record: Record, park: str, indicator: str, kind: str, rung: str) -> Side:
    area = land.areas(record.study, park).get(rung)
    if area is None:
        raise MissingError(
            Text(f"{park} prints no area on the rung {rung}", f"{record.name(park)}未列示{RUNGS[rung].zh}")
        )
    top, size = record.figure(park, indicator), Unknown.printed(area)
    share = record.share(kind, park, indicator)
    return lambda draw: draw(top) / draw(share) / draw(size)


def _on_matched_rungs(higher: str, lower: str, indicator: str, kind: str) -> Callable[[Record], Iterator[Cell]]:
    def cells(record: Record) -> Iterator[Cell]:
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


def _quarter_of_the_tax(record: Record) -> Iterator[Cell]:
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


def _on_track(record: Record) -> Iterator[Cell]:
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
