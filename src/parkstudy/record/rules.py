"""Rules that look at more than one cell of an observation: its figure, its period, its codes, its links.

Each rule takes a row and what the other tables say, and yields what is wrong as (column, message, advice). They state
what a row *means*; whether two figures agree with each other is a finding of the audit, never a fault here.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache

import polars as pl

from parkstudy.errors import did_you_mean
from parkstudy.record.codes import codes
from parkstudy.record.period import iso_day
from parkstudy.record.quantities import QuantityError, parse, simplify
from parkstudy.record.reading import Cells
from parkstudy.record.rows import Row, distinct
from parkstudy.record.schema import FOREIGN_KEYS, LINE
from parkstudy.record.units import UNIT_OF_WORD, UNITS, WHOLE, comparable_units, units

Complaint = tuple[str, str, str]

FIGURE_KEY = (
    "source_id", "indicator", "subject", "population", "transformation", "value_type",
    "period_start", "period_end", "reported_figure", "locator",
)  # fmt: skip
_TRANSFORMATIONS = codes("transformation")
_ANONYMOUS_SUBJECT = re.compile(r"^(park|sector:[a-z-]+|(zone|sector|group|project|firm):\d+(\+\d+)*)$")
_NUMBERED = re.compile(r"(zones?|sectors?|(project )?groups?|projects?|firms?|and|[\d, ])+|[片区行业项目组企、和\d]+")
_HIDING = (  # would name the place
    "county_zh", "county_en", "prefecture_zh", "prefecture_en", "province_zh", "province_en", "title", "publisher", "url",
)  # fmt: skip
HIDDEN = "the text hides its county, and it stays hidden"
_HAN = re.compile(r"[\u3400-\u9fff]")
_FIGURE_WORDS = re.compile(  # of a simplified figure: digits and magnitudes, bounds, units
    "[0-9.,%/~—–+-]|[零〇一二两三四五六七八九十百千万亿]|[余多大约近左右以上下不到足低于超过逾突破至]|"
    + "|".join(re.escape(letter) for letter in sorted({*"".join(UNIT_OF_WORD)}))
)


class _World:
    """What the rules of one row need to know of the others."""

    def __init__(self, tables: dict[str, Cells]) -> None:
        self.indicators = {r["indicator"]: r for r in tables["indicators"].frame.iter_rows(named=True)}
        self.parks = {r["park_id"]: r for r in tables["parks"].frame.iter_rows(named=True)}
        self.sources = {r["source_id"]: r for r in tables["sources"].frame.iter_rows(named=True)}
        self.hidden = {park for park, row in self.parks.items() if row["anonymised"] == "true"}
        self.hidden_texts = {text for text, row in self.sources.items() if row["park_id"] in self.hidden}
        self.unread = {name for name, cells in tables.items() if cells.unread}
        figures = tables["observations"].frame
        self.source_of = dict(figures.select("observation_id", "source_id").iter_rows())

    def hides(self, row: Row) -> bool:
        """True for a row of an anonymised park, which it names itself or by its source."""
        return row.get("park_id") in self.hidden or row.get("source_id") in self.hidden_texts


def _identity(row: Row, world: _World) -> Iterator[Complaint]:
    known = row["source_id"] in world.sources and row["observation_id"]
    if known and row["observation_id"].rpartition("-")[0] != row["source_id"]:
        message = f"{row['observation_id']!r} does not begin with its source_id {row['source_id']!r}"
        yield "observation_id", message, f"expected {row['source_id']}- and three digits"
    if known and world.sources[row["source_id"]]["kind"] == "work_summary" and not row["locator"]:
        yield "locator", "the cell is empty", "expected a place such as 一/(二)/1/p1"


def _figure(row: Row, world: _World) -> Iterator[Complaint]:
    indicator, figure = world.indicators.get(row["indicator"]), row["reported_figure"]
    if indicator is None or indicator["unit"] not in UNITS or not figure:
        return
    unit = "percent" if row["transformation"] in ("yoy", "share") else indicator["unit"]
    try:
        quantity = parse(figure, unit)
    except QuantityError as error:
        yield "reported_figure", str(error), "copy the figure as it is printed, and nothing else"
        return
    if quantity.bound != row["bound"] and row["bound"] in codes("bound"):
        message = f"{row['bound']!r}, but the figure {figure!r} reads as {quantity.bound!r}"
        yield "bound", message, "make the two agree: bound words belong into the figure"
    if not quantity.printed_unit and "unit_assumed" not in (row["caveats"] or "").split(";"):
        message = f"{figure!r} prints no unit, and no caveat says that {unit} is assumed"
        spoilt = unit == "percent" and quantity.low > -1 and quantity.high < 1
        advice = "copy the figure as it is printed, such as 26.4% (a spreadsheet may have made 0.264 of it)"
        yield "caveats", message, advice if spoilt else "add unit_assumed, or copy the unit that is printed"
    things = unit in WHOLE or units()[unit].family == "area"
    if row["transformation"] == "level" and things and quantity.high < 0:
        message = f"{figure!r} is below zero, as a level of {row['indicator']}"
        yield "reported_figure", message, "correct the figure or the transformation"
    per_mu = unit == "CNY/mu" and quantity.unit == "CNY"
    if row["transformation"] in _TRANSFORMATIONS and not per_mu and not comparable_units(quantity.unit, unit):
        message = f"{figure!r} is in {quantity.unit}, but a {row['transformation']} of {row['indicator']} is in {unit}"
        yield "reported_figure", message, "choose another indicator or transformation, or correct the figure"


def _open(row: Row, world: _World) -> Iterator[Complaint]:
    if iso_day(row["period_start"]) and not row["period_end"]:
        yield "period_end", "a start without an end", "give the last day, or leave both empty for an undated figure"


def _backwards(row: Row, world: _World) -> Iterator[Complaint]:
    start, end = iso_day(row["period_start"]), iso_day(row["period_end"])
    if start and end and end < start:
        yield "period_end", f"the period ends on {end}, before it starts on {start}", "correct one of the two dates"


def _codes(row: Row, world: _World) -> Iterator[Complaint]:
    kind, status, form, whole = row["value_type"], row["obs_status"], row["transformation"], row["share_of"]
    if kind in ("outturn", "forecast") and not status:
        yield "obs_status", f"empty for a figure of type {kind}", "expected A, P, F, U or another SDMX code"
    if kind in ("target", "plan") and status:
        yield "obs_status", f"{status!r} on a {kind}", "leave it empty: a target or plan has no status"
    if status in ("O", "L", "Q"):
        message = f"{status!r}, a missing value, on a row with a figure"
        yield "obs_status", message, "give the status that the figure has"
    if kind == "outturn" and status == "F":
        yield "obs_status", "'F', a forecast, on an outturn", "make the two agree"
    if form == "share" and not whole:
        yield "share_of", "empty for a share", "name the indicator it is a share of, plan, or unstated"
    if form in ("level", "yoy") and whole:
        yield "share_of", f"{whole!r} on a {form}", "leave it empty, or make the row a share"
    known = {"plan", "unstated", *world.indicators}
    if whole and whole not in known and "indicators" not in world.unread:
        yield "share_of", f"unknown indicator {whole!r}", "expected an indicator, plan or unstated"


def _one_value(row: Row, world: _World) -> Iterator[Complaint]:
    if row["bound"] == "range":
        yield "bound", f"'range', and {row['value']!r} is one value", "give the bound that the value has"


def _links(row: Row, world: _World) -> Iterator[Complaint]:
    wholes = row["part_of"].split(";") if row["part_of"] else []
    if bool(wholes) != bool(row["split"]):
        yield "split", "part_of and split go together", "give both: complete or some beside the printed whole"
    for whole in wholes:
        if whole not in world.source_of and "observations" in world.unread:
            continue
        if world.source_of.get(whole) != row["source_id"] or whole == row["observation_id"]:
            message = f"{whole!r} is no other observation of {row['source_id']}"
            yield "part_of", message, "name the observation_id of the printed whole"


def _twice(figures: Cells) -> None:
    for line in figures.frame.filter(pl.struct(FIGURE_KEY).is_duplicated())[LINE]:
        message = "the same figure of the same thing is recorded twice"
        figures.add(line, "reported_figure", message, "keep one row: a repetition adds none")


@cache
def _more_than_figure(figure: str) -> bool:
    return bool(_FIGURE_WORDS.sub("", simplify(figure)))


def _anonymous(row: Row, world: _World) -> Iterator[Complaint]:
    if not world.hides(row):
        return
    subject, term, figure = row["subject"], row["reported_term"], row["reported_figure"]
    if subject and not _ANONYMOUS_SUBJECT.match(subject):
        yield "subject", f"{subject!r} in an anonymised text", f"use park, sector:<name> or a number; {HIDDEN}"
    indicator = world.indicators.get(row["indicator"])
    if indicator and term and term not in (indicator["terms_zh"] or "").split(";"):
        message = f"{term!r} is no accepted term of {row['indicator']}"
        yield "reported_term", message, f"{HIDDEN}; add it to terms_zh"
    if figure and _more_than_figure(figure):
        yield "reported_figure", f"{figure!r} holds more than a figure", HIDDEN
    if row["note"] and _HAN.search(row["note"]):
        message = "Chinese text in the note of an anonymised text"
        yield "note", message, f"write it in English, without names; {HIDDEN}"


def _hidden(row: Row, world: _World) -> Iterator[Complaint]:
    for column in filter(row.get, _HIDING if world.hides(row) else ()):
        yield column, "filled for an anonymised park", "leave it empty: the text hides its county"


def _place(row: Row, world: _World) -> Iterator[Complaint]:
    if row["scope"] != "national" and world.hides(row):
        yield "scope", f"{row['scope']!r} for an anonymised park", f"use national; {HIDDEN}"


def _part_name(row: Row, world: _World) -> Iterator[Complaint]:
    numbered = (row["subject"] or "").partition(":")[2][:1].isdigit()
    for column in ("name_zh", "name_en") if numbered and world.hides(row) else ():
        if row[column] and not _NUMBERED.fullmatch(row[column]):
            yield column, f"{row[column]!r} in an anonymised text", f"use a number, such as firm 1; {HIDDEN}"


_MATCHED = 0.5  # the share of rows from which on two tables of which one is the shipped one are of different parks
_NEEDED = {"parks": "park", "sources": "text", "observations": "printed figure"}
_RULES = {
    "parks": (_hidden,),
    "sources": (_backwards, _hidden),
    "observations": (_identity, _figure, _open, _backwards, _codes, _links, _anonymous),
    "subjects": (_part_name,),
    "reference": (_backwards, _one_value),
    "places": (_place,),
}


_Rule = Callable[[Row, _World], Iterator[Complaint]]
_LACKING = pl.col("value_type").is_in(["outturn", "forecast"]) == pl.col("obs_status").is_null()
_SUSPECTED: dict[_Rule, pl.Expr] = {  # of many rows the few that a rule can have anything to say of
    _identity: (pl.concat_str("source_id", pl.lit("-")) != pl.col("observation_id").str.head(-3))
    | pl.col("locator").is_null(),
    _open: pl.col("period_end").is_null() & pl.col("period_start").is_not_null(),
    _backwards: pl.col("period_end") < pl.col("period_start"),
    _codes: _LACKING
    | pl.col("obs_status").is_in(["O", "L", "Q", "F"])
    | pl.col("share_of").is_not_null()
    | (pl.col("transformation") == "share"),
    _links: pl.col("part_of").is_not_null() | pl.col("split").is_not_null(),
}
_READ = ("indicator", "reported_figure", "transformation", "bound", "caveats")  # what the rule on figures reads


def _suspected(frame: pl.DataFrame, rule: _Rule, world: _World) -> pl.DataFrame:
    """The rows that a rule looks at, in the columns that it reads."""
    if rule in (_anonymous, _part_name):
        return frame.filter(pl.col("source_id").is_in(list(world.hidden_texts)))
    if rule is _figure:
        return frame.select(LINE, *_READ)
    return frame.filter(_SUSPECTED[rule]) if rule in _SUSPECTED else frame


def check_together(tables: dict[str, Cells], shipped: Collection[str] = (), misnamed: Collection[str] = ()) -> None:
    """Add to the tables every fault that shows only when cells or tables are read together.

    `shipped` are the names of those that are the shipped ones in a folder of one's own, `misnamed` those of them in whose place the
    folder has a file of nearly that name: what does not fit them is that one slip.
    """
    for name, what in _NEEDED.items():
        if tables[name].frame.is_empty() and not tables[name].faults:
            tables[name].add(0, "", "the table has no row", f"add a row for each {what}")
    world = _World(tables)  # what hangs on a table without a row is no fault beside it
    world.unread |= {*misnamed}
    for name, rules in _RULES.items():
        for rule in rules:
            for row in _suspected(tables[name].frame, rule, world).iter_rows(named=True):
                for complaint in rule(row, world):
                    tables[name].add(row[LINE], *complaint)
    _twice(tables["observations"])
    for name, keys in FOREIGN_KEYS.items():
        for column, (other, key) in keys.items() if name in tables and name not in misnamed else ():
            if other in world.unread:  # the fault to mend is there; the rows that hang on it are set apart
                continue
            if distinct(tables[name].frame[column]) <= distinct(tables[other].frame[key]):
                continue
            known = tables[other].frame[key].drop_nulls().to_list()
            rows = tables[name].frame.select(LINE, column).drop_nulls().filter(~pl.col(column).is_in(known))
            if (name in shipped) != (other in shipped) and rows.height > _MATCHED * tables[name].frame.height:
                _of_others(tables, name, other, column, rows[column], shipped)
                continue
            for line, cell in rows.iter_rows():
                advice = f"{did_you_mean(cell, known)}add it to {tables[other].file} or correct it"
                tables[name].add(line, column, f"unknown {column} {cell!r}", advice)


def _of_others(
    tables: dict[str, Cells], name: str, other: str, column: str, unknown: pl.Series, shipped: Collection[str]
) -> None:
    """One fault for a table of the folder and a shipped one that are of different parks: rows would be many, and none of them wrong."""
    own, taken = (other, name) if name in shipped else (name, other)
    if any(not fault.line for fault in tables[taken].faults):  # said once, of whichever table it does not fit first
        return
    some = ", ".join(map(repr, unknown.unique(maintain_order=True)[:3]))
    message = f"the folder has none, and the shipped one, which is read in its place, does not fit {tables[own].file}"
    advice = (
        f"put a {tables[taken].file} of the same parks into the folder ({column} {some} is not in {tables[other].file})"
    )
    tables[taken].add(0, "", message, advice)
