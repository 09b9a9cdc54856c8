"""Texts without an error: what is true of an invented park, rounded and worded as work summaries round and word it.

Each park has two texts, of two years. Every identity that the audit tests is true of the numbers behind them: parts make their
total, a rate is the change of its level on the same firms, a share is its parts over its whole. Where the audit expects an order of
size and no identity (section 10: the shares of the year, sales over output, value added over output, the rest of a year or of a
total), the numbers lie within what it expects. Only then are they printed, each in its own way: digits behind the point, unit, and
words such as about, more than, and odd, nearly. What the audit finds in them is found wrongly.

The same number of parks, seed and manner give the same bytes. Manners: `rounded`; `cut`, in which the digits behind the last printed
one are dropped and not rounded; `round`, in which what is said to be about something has one significant digit.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path

from parkstudy.method.benchmarks import price_change
from parkstudy.record.period import Period
from parkstudy.record.quantities import parse
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.tables import Tables, load

MANNERS = {"rounded": "rounded", "cut": "digits cut off", "round": "about, one digit"}
WORDED = 0.15  # of the figures that may be worded
SPANS = {
    "12-31": (1.0, 1.0),
    "11-30": (0.885, 0.917),
    "06-30": (0.43, 0.56),
}  # last day to the share of output (section 5)
TAX = {"12-31": (1.0, 1.0), "11-30": (0.77, 0.95)}
YEARS = (2017, 2018, 2019, 2020, 2022, 2023)  # of which the price index of some months is among the benchmarks
Row = dict[str, str]


@dataclass
class Text:
    """One text in the making: its dates, how it prints, and the figures printed so far."""

    rng: random.Random
    manner: str
    park: str
    year: int
    end: str
    rows: list[Row] = field(default_factory=list)

    @property
    def source(self) -> str:
        """Its id."""
        return f"{self.park}-{self.year}"

    def figure(self, value: float, unit: str, places: int, worded: bool = True) -> str:
        """A number as a text prints it, with so many digits behind the point."""
        number, step = Decimal(repr(value)), Decimal(1).scaleb(-places)
        draw = self.rng.random() / WORDED if worded and number > 0 else 1.0
        top = Decimal(1).scaleb(number.adjusted() - 1) if number else step  # a unit of the second digit
        if draw < 0.3:
            fine = top * 10 if self.manner == "round" else top
            said = self._plain((number / fine).quantize(Decimal(1), ROUND_HALF_UP) * fine)
            return self.rng.choice([f"约{said}{unit}", f"{said}{unit}左右"])
        if draw < 0.9 and (number / top) % 1:  # of two digits, and there is something above or below them
            below = self._plain((number / top).quantize(Decimal(1), ROUND_DOWN) * top)
            above = self._plain((number / top).quantize(Decimal(1), ROUND_CEILING) * top)
            if draw > 0.8:
                return f"近{above}{unit}"
            if draw > 0.6 and unit[-1] != "%" and "." not in below:
                return f"{below}{unit[0]}多{unit[1:]}" if unit[0] in "万亿" else f"{below}余{unit}"
            return self.rng.choice([f"超过{below}{unit}", f"{below}{unit}以上"])
        return f"{number.quantize(step, ROUND_DOWN if self.manner == 'cut' else ROUND_HALF_UP)}{unit}"

    @staticmethod
    def _plain(number: Decimal) -> str:
        return f"{number.normalize():f}"

    def money(self, value: float, worded: bool = True) -> str:
        """A sum in 100 million yuan, or in 10,000 where it is small."""
        if value < 1 and self.rng.random() < 0.7:
            return self.figure(value * 10_000, "万元", 0, worded)
        return self.figure(value, "亿元", self.rng.choice([1, 1, 2, 2, 0] if value > 20 else [1, 2, 2]), worded)

    def rate(self, value: float) -> str:
        """A rate or a share in percent, most often with one digit behind the point."""
        return self.figure(value, "%", self.rng.choice([1, 1, 1, 2, 2, 0]))

    def add(self, indicator: str, term: str, figure: str, span: tuple[str, str] | None = None, **cells: str) -> str:
        """Print a figure; gives its id."""
        form, kind = cells.pop("transformation", "level"), cells.pop("value_type", "outturn")
        start, end = span or (f"{self.year}-01-01", f"{self.year}-{self.end}")
        status = {"outturn": "A", "forecast": "F"}.get(kind, "")
        key = f"{self.source}-{len(self.rows) + 1:03}"
        bound = parse(figure, "percent" if form != "level" else None).bound
        row = dict.fromkeys(COLUMNS["observations"], "") | {
            "subject": "park",
            "population": "above_scale",
            "locator": "一/p1",
        }
        row |= {"observation_id": key, "source_id": self.source, "indicator": indicator, "transformation": form}
        row |= {
            "value_type": kind,
            "period_start": start,
            "period_end": end,
            "reported_term": term,
            "reported_figure": figure,
        }
        self.rows.append(row | {"bound": bound, "obs_status": status} | cells)
        return key


@dataclass
class World:
    """What is true of a park in a year, in 100 million yuan and percent."""

    output: float
    growth: float
    sectors: list[tuple[float, float]]  # the level of each and its growth
    year: float  # output of the whole year
    year_base: float

    @property
    def base(self) -> float:
        """Output of the same months of the year before."""
        return self.output / (1 + self.growth / 100)


def _world(rng: random.Random, base: float, shares: tuple[float, float]) -> World:
    """Draws until all lies within what the audit expects of a text."""
    while True:
        growth = rng.uniform(-5, 28)
        output = base * (1 + growth / 100)
        year, year_base = output / rng.uniform(*shares), base / rng.uniform(*shares)
        rest = 100 * ((year - output) / (year_base - base) - 1) if shares[1] < 1 else growth
        year_growth = 100 * (year / year_base - 1)
        parts = [(output * rng.uniform(0.12, 0.4), growth + rng.uniform(-15, 15)) for _ in range(2)]
        left, left_base = output - sum(p for p, _ in parts), base - sum(p / (1 + g / 100) for p, g in parts)
        near = min(growth, year_growth) - 20 < rest < max(growth, year_growth) + 20
        if near and left > 0 < left_base and -50 < 100 * (left / left_base - 1) < 100:
            return World(output, growth, parts, year, year_base)


def _output(text: Text, world: World) -> None:
    """Output, its growth, its sectors, their share, and the year as forecast and as aimed at (A2, A4, A5, A6, A13)."""
    output, term = "gross_industrial_output", "工业总产值"
    text.add(output, term, text.money(world.output))
    text.add(output, term, text.rate(world.growth), transformation="yoy")
    for name, (level, growth) in zip(("textiles", "food"), world.sectors, strict=True):
        text.add(output, "产值", text.money(level), subject=f"sector:{name}", locator="二/p1")
        text.add(output, "产值", text.rate(growth), transformation="yoy", subject=f"sector:{name}", locator="二/p1")
    share = 100 * sum(level for level, _ in world.sectors) / world.output
    cells = {"transformation": "share", "share_of": output, "locator": "二/p1"}
    text.add("leading_industry_share", "主导产业产值占比", text.rate(share), **cells)
    whole_year = (f"{text.year}-01-01", f"{text.year}-12-31")
    if text.end != "12-31":
        growth = 100 * (world.year / world.year_base - 1)
        text.add(output, term, text.money(world.year), whole_year, value_type="forecast")
        text.add(output, term, text.rate(growth), whole_year, value_type="forecast", transformation="yoy")
    aim = text.rng.choice([8, 10, 12, 15, 18, 20])
    text.add(output, term, text.money(world.year_base * (1 + aim / 100)), whole_year, value_type="target")
    text.add(output, term, f"{aim}%", whole_year, value_type="target", transformation="yoy")


def _beside_output(text: Text, world: World, study: Tables) -> None:
    """Value added, sales and tax (A4, A6, A7, A8)."""
    rng = text.rng
    start, end = date(text.year, 1, 1), date.fromisoformat(f"{text.year}-{text.end}")
    prices = price_change(study, Period(start, end))
    now = rng.uniform(20, 32)
    before = now + rng.uniform(-5, 5)
    change = rng.uniform(prices.interval.low, prices.interval.high) if prices else 2.0
    added = world.output * now / 100
    growth = 100 * (added / (world.base * before / 100) / (1 + change / 100) - 1)
    text.add("industrial_value_added", "工业增加值", text.money(added))
    text.add("industrial_value_added", "工业增加值", text.rate(growth), transformation="yoy")
    text.add("operating_revenue", "工业销售产值", text.money(world.output * rng.uniform(0.9, 1.05)))
    tax = world.year * rng.uniform(0.01, 0.06)
    part = tax * rng.uniform(*TAX[text.end]) if text.end in TAX else tax * rng.uniform(0.4, 0.6)
    text.add("tax_revenue", "税收", text.money(part), population="park")
    if text.end != "12-31":
        whole_year = (f"{text.year}-01-01", f"{text.year}-12-31")
        text.add("tax_revenue", "税收", text.money(tax), whole_year, population="park", value_type="forecast")
    quarter = (f"{text.year}-01-01", f"{text.year}-03-31")
    text.add("tax_revenue", "税收", text.money(part * rng.uniform(0.2, 0.5)), quarter, population="park")


def _projects(text: Text) -> None:
    """A complete list with its total and its number, some of it, and other counts of the same sentence (A1, A4)."""
    rng, number = text.rng, text.rng.randint(3, 8)
    values = [0.2 + rng.lognormvariate(0.7, 1) for _ in range(number)]
    unit = rng.choice([1, 2])
    cells = {"population": "park", "locator": "三/p1", "value_type": "plan"}
    whole = text.add("contracted_investment", "合同投资", text.figure(sum(values), "亿元", unit), **cells)
    count = text.add("projects_signed", "签约项目", f"{number}个", population="park", locator="三/p1")
    counts = (number + rng.randint(1, 9), rng.randint(1, 30))
    text.add("projects_in_negotiation", "在谈项目", f"{counts[0]}个", population="park", locator="三/p1")
    text.add("recruits", "招工", f"{counts[1]}人", population="park", locator="三/p1")
    for place, value in enumerate(values, 1):
        figure = text.figure(value, "亿元", unit, worded=False)
        text.add(
            "contracted_investment",
            "投资",
            figure,
            **cells,
            subject=f"project:{place}",
            part_of=whole,
            split="complete",
        )
    some = rng.randint(1, number)
    of_list = {"population": "park", "locator": "三/p1", "part_of": count, "split": "some", "subject": "group:1"}
    text.add("projects_signed", "亿元以上项目", f"{some}个", **of_list)


def _land(text: Text) -> None:
    """The areas of the park and what is done of a plan (A10, A11)."""
    rng = text.rng
    former, added = rng.uniform(2, 12), rng.uniform(0.3, 4)
    control = former + added + rng.choice([0.0, rng.uniform(0, 3)])
    area, at, places = {"population": "park", "locator": "四/p1"}, ("", f"{text.year}-{text.end}"), rng.choice([1, 2])

    def km2(value: float) -> str:
        return text.figure(value, "平方公里", places)

    if rng.random() < 0.3:  # the area before the last enlargement too
        text.add("perimeter_area", "面积", km2(former * rng.uniform(0.5, 1)), ("", f"{text.year - 3}-12-31"), **area)
    text.add("perimeter_area", "面积", km2(former), at, **area)
    more = text.figure(added * 1500, "亩", 0) if rng.random() < 0.4 else km2(added)
    text.add("expansion_area", "新增", more, at, **area)
    planned = area | {"value_type": "plan"}
    text.add("perimeter_area", "面积", km2(former + added), ("", ""), **planned)
    text.add("control_plan_area", "控规", km2(control), ("", ""), **planned)
    text.add("concept_plan_area", "概规", km2(control * rng.uniform(1, 3)), ("", ""), **planned)
    plan, done = rng.uniform(300, 3000), rng.uniform(0.3, 1.1)
    text.add("land_requisitioned", "征地", text.figure(plan * done, "亩", 0), **area)
    text.add("land_requisitioned", "征地", text.rate(100 * done), **area, transformation="share", share_of="plan")
    text.add("land_requisitioned", "征地", text.figure(plan, "亩", 0, worded=False), **planned)


def _said_again(text: Text) -> None:
    """One sum in two places, and firms by sector (A3, A4)."""
    rng = text.rng
    invested = rng.lognormvariate(2, 0.7)
    for place in ("五/p1", "六/p1"):
        text.add("fixed_asset_investment", "固定资产投资", text.money(invested), population="park", locator=place)
    firms = [rng.randint(3, 40) for _ in range(3)]
    at = ("", f"{text.year}-{text.end}")
    text.add("above_scale_enterprises", "规上企业", text.figure(sum(firms), "家", 0), at)
    for name, number in zip(("textiles", "food"), firms, strict=False):
        text.add("enterprises", "企业", f"{number}家", at, subject=f"sector:{name}", locator="二/p1")


def _park(rng: random.Random, park: str, manner: str, study: Tables) -> list[Text]:
    """Two texts of years that follow each other: the later one prints the earlier output again (A15, A16, A17)."""
    first = rng.choice([year for year in YEARS if year + 1 in YEARS])
    end = rng.choice(list(SPANS))
    base, texts = rng.lognormvariate(3.8, 0.7), []
    for year in (first, first + 1):
        text = Text(rng, manner, park, year, end)
        world = _world(rng, base, SPANS[end])
        _output(text, world)
        _beside_output(text, world, study)
        _projects(text)
        _land(text)
        _said_again(text)
        if texts:
            span = (f"{first}-01-01", f"{first}-{end}")
            text.add("gross_industrial_output", "工业总产值", text.money(base), span)
        texts.append(text)
        base = world.output
    return texts


COLUMNS: dict[str, list[str]] = {}


def make(folder: Path, parks: int, seed: int = 1, manner: str = "rounded") -> Path:
    """Write the tables of a study of so many invented parks; the other tables are the shipped ones."""
    tables: dict[str, list[Row]] = {name: [] for name in ("parks", "places", "sources", "subjects", "observations")}
    for name in tables:
        with (shipped_folder() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            COLUMNS[name] = next(csv.reader(file))
    rng, study = random.Random(seed), load(None, Tables)
    for number in range(1, parks + 1):
        park = f"park-{number:04}"
        named = {
            "park_id": park,
            "name_zh": f"园区{number}",
            "name_en": f"Park {number}",
            "anonymised": "false",
            "role": "core",
        }
        tables["parks"].append(named)
        tables["places"].append({"park_id": park, "scope": "national"})
        for text in _park(rng, park, manner, study):
            late = f"{text.year + 1}-01-15" if text.end == "12-31" else f"{text.year}-{int(text.end[:2]) + 1:02}-20"
            of = {
                "source_id": text.source,
                "park_id": park,
                "kind": "work_summary",
                "published": late,
                "official": "true",
            }
            of |= {"period_start": f"{text.year}-01-01", "period_end": f"{text.year}-{text.end}", "grade": "A"}
            tables["sources"].append(of)
            tables["observations"] += text.rows
            for subject in sorted({row["subject"] for row in text.rows} - {"park"}):
                names = {"name_zh": f"部分{subject}", "name_en": subject}
                tables["subjects"].append({"source_id": text.source, "subject": subject, **names})
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder
