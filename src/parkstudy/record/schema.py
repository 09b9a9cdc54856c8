"""The tables of the dataset, each column declared once.

A table is a `dataframely` schema over the cells as they are read: all of them text, so that one run finds every fault
of a row instead of the first one. Everything else (the typed frames of `tables`, `datapackage.json`, the codebook) is made
from these declarations. Codes are closed lists of `codes.csv`; adding to one is a change of the published contract.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import dataframely as dy
import polars as pl

from parkstudy.record.codes import Labels, codes
from parkstudy.record.units import UNITS

CAVEATS = (
    "contradicted", "two_readings", "period_ambiguous", "base_unstated", "concept_unstated", "concept_inferred",
    "mixed_concept", "sample_change", "coarse_figure", "not_final", "pending_approval", "unit_assumed", "damaged_text",
)  # fmt: skip
LINE = "_line"
# grades of complete texts, which may stand in a headline; any other, or none, may not (method, Q2)
COMPLETE = ("A", "B")
REST_NAMED = (
    "其他",
    "其它",
    "其余",
    "余下",
    "剩余",
    "other ",
    "remaining ",
)  # what a name of the rest of a list begins with
OUTPUT_SOLD = ("销售产值", "工业销售产值")  # the terms that mean output sold, not sales of any kind

SLUG, NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$", r"^[a-z0-9]+(_[a-z0-9]+)*$"
_SUBJECT = r"^(park|county|(zone|sector|group|project):[a-z0-9-]+|firm:[a-z0-9-]+(\+[a-z0-9-]+)*)$"
SUBJECT = (_SUBJECT, "park, county, or zone:, sector:, group:, project:, firm: with a slug of a-z, 0-9 and -")
PART = (_SUBJECT, "a subject of observations.csv, such as zone:old")
WHOLE = (r"^[a-z0-9_]+$", "an indicator, plan or unstated")
LOCATOR = (
    r"^(([一二三四五六七八九十]+/|\([一二三四五六七八九十]+\)/|[0-9]+/)*p[0-9]+|t[0-9]+/r[0-9]+(/c[0-9]+)?)$",
    "a place such as 一/(二)/1/p1",
)
# others are slips, and calendars end there
YEAR, _YEARS = (r"^(19[0-9][0-9]|20[0-9][0-9]|2100)-", "of a year from 1900 to 2100")
PUBLISHED = (YEAR + r"(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$", f"a date such as 2018-01-03 or 2020-01, {_YEARS}")
SHA256 = (r"^[0-9a-f]{64}$", "64 hexadecimal digits")
WEB = (r"^https?://\S+$", "an address that begins with http")

Check = Callable[[pl.Expr], pl.Expr]
_KINDS: dict[str, tuple[str, Check | None]] = {  # what is expected in a cell, and what holds for it
    "string": ("text", None),
    "list": ("texts separated by ;", lambda c: ~c.str.contains(r"^;|;;|;$")),
    "date": (
        f"a date such as 2019-12-31, {_YEARS}",
        lambda c: (
            c.is_null()
            | c.str.contains(YEAR + r"[0-9][0-9]-[0-9][0-9]$") & c.str.to_date("%F", strict=False).is_not_null()
        ),
    ),
    "boolean": ("true or false", lambda c: c.is_in(["true", "false"])),
    "number": ("a number such as 12.5", lambda c: c.str.contains(r"^-?[0-9]+(\.[0-9]+)?$")),
}


def column(
    description: str, kind: str = "string", *, expected: str = "", check: Check | None = None,
    required: bool = False, key: bool = False, **meta: Any,
) -> dy.String:  # fmt: skip
    """A column of one kind of cell, narrowed by a `check` that says what is `expected`. Empty cells pass every check."""
    usual, form = _KINDS[kind]
    form = check or form
    meta = {"type": kind, "expected": expected or usual, **meta}
    nullable = not (required or key)
    return dy.String(
        nullable=nullable,
        primary_key=key,
        check={"form": form} if form else None,
        description=description,
        metadata=meta,
    )


def group(description: str, **meta: Any) -> dy.String:
    """A column by which parks are chosen in a list that is separated by commas."""
    return column(description, expected="text without a comma", check=lambda c: ~c.str.contains(","), **meta)


def twin(of: str) -> dy.String:
    """The Chinese words of a column, which a file need not have: a page in Chinese shows them in its place."""
    return column(f"The same as {of}, in Chinese; a file may lack the column", optional=True)


def pattern(
    description: str,
    form: str,
    expected: str = "",
    *,
    required: bool = True,
    key: bool = False,
    more: Check | None = None,
) -> dy.String:
    """A column whose text has a form; `more` is what a pattern cannot say."""
    meta: dict[str, Any] = {"expected": expected or f"the form {form}", "pattern": form}
    check: Check = lambda c: c.str.contains(form) & more(c) if more else c.str.contains(form)  # noqa: E731
    return column(description, check=check, required=required, key=key, **meta)


def _of_the_calendar(cell: pl.Expr) -> pl.Expr:
    """True for a month, and for a day that there is: no 2021-02-30."""
    return (cell.str.len_chars() < len("2021-02-30")) | cell.str.to_date("%F", strict=False).is_not_null()


def code(
    description: str, values: Mapping[str, str], *, required: bool = True, more: str = "", **meta: Any
) -> dy.String:
    """A column with a code of a closed list; `more` is said behind it where another stands."""
    known, expected = list(values), f"one of {', '.join(values)}{more}"
    return column(
        description, expected=expected, check=lambda c: c.is_in(known), required=required, values=values, **meta
    )


class Table(dy.Schema):
    """What every table has while it is read: the line that a row begins on. It is not a column of the file."""

    line = dy.Int64(alias=LINE, nullable=False)


class Parks(Table):
    """One row is a park."""

    park_id = pattern("Identifier of the park", SLUG, key=True)
    name_zh = column("Name in Chinese; for an anonymised park a descriptive one", required=True)
    name_en = column("Name in English; for an anonymised park a descriptive one", required=True)
    county_zh = group("County in Chinese; empty for an anonymised park")
    county_en = group("County in English; empty for an anonymised park")
    prefecture_zh = group(
        "Prefecture in Chinese; empty for an anonymised park; a file may lack the column", optional=True
    )
    prefecture_en = group(
        "Prefecture in English; empty for an anonymised park; a file may lack the column", optional=True
    )
    province_zh = group("Province in Chinese; empty for an anonymised park")
    province_en = group("Province in English; empty for an anonymised park")
    zone_kind = code(
        "Kind of zone; a file may lack the column",
        Labels("zone_kind", codes("zone_kind")),
        required=False,
        optional=True,
    )
    size = group("Size of the park, in words of one's own; a file may lack the column", optional=True)
    anonymised = column("The text hides the county; it stays hidden", "boolean", required=True)
    role = code("Part the park plays in the study", Labels("role"))
    note = column("Note in English")
    note_zh = twin("note")


class Sources(Table):
    """One row is a text."""

    source_id = pattern(
        "Identifier of the text: <park_id>-<year>; a further text of the year adds a letter", SLUG, key=True
    )
    park_id = pattern("Park the text is about", SLUG)
    kind = code("Kind of text", Labels("source_kind"))
    title = column("Title; empty for an anonymised park")
    publisher = column("Issuer or site; empty for an anonymised park")
    published = pattern("Date printed in the text or on its page", *PUBLISHED, required=False, more=_of_the_calendar)
    url = pattern("Address; empty where unknown or anonymised", *WEB, required=False)
    official = column("The host belongs to a government or a statistics office", "boolean", required=True)
    period_start = column("First day of the span the text reports", "date")
    period_end = column("Last day of the span the text reports", "date")
    sha256 = pattern("SHA-256 of the text as it was read", *SHA256, required=False)
    grade = code("Grade of the source", Labels("grade"), required=False)
    note = column("Note in English")
    note_zh = twin("note")


class Indicators(Table):
    """One row is an indicator."""

    indicator = pattern("Name of the indicator", NAME, key=True)
    name_zh = column("Name in Chinese", required=True)
    name_en = column("Name in English", required=True)
    terms_zh = column("Printed terms accepted for it, as printed", "list", required=True)
    dimension = code("Dimension of the study", Labels("dimension"))
    kind = code("What kind of quantity it is", Labels("kind"))
    unit = code("Unit of its level; areas and money are converted on load only within one kind", {u: u for u in UNITS})
    growth_price = code("Price basis of its published growth", Labels("growth_price"), required=False)
    definition_en = column("Definition in English", required=True)
    definition_zh = column("Definition in Chinese", required=True)
    definition_source = column("Where the definition comes from", required=True)


class Observations(Table):
    """One row is a distinct printed figure of one subject, period and concept."""

    observation_id = pattern("Identifier: <source_id>-<three digits>", r"^[a-z0-9]+(-[a-z0-9]+)*-[0-9]{3}$", key=True)
    source_id = pattern("Text the figure stands in", SLUG)
    indicator = pattern("Indicator", NAME)
    subject = pattern(
        "What the figure is of: park, county, or a part (zone:, sector:, group:, project:, firm:)", *SUBJECT
    )
    population = code("Units the figure covers, as far as the same sentence says it", Labels("population"))
    transformation = code("Level, growth or share", Labels("transformation"))
    value_type = code("Outturn, forecast, target or plan", Labels("value_type"))
    period_start = column("First day; empty: a point in time", "date")
    period_end = column("Last day, or the point in time; empty: undated", "date")
    reported_term = column("Printed words that name the quantity", required=True)
    reported_figure = column("Figure as printed, with magnitude, unit and bound words", required=True)
    bound = code("Which interval the printed figure stands for", Labels("bound"))
    obs_status = code("SDMX CL_OBS_STATUS; empty for targets and plans", Labels("obs_status"), required=False)
    part_of = column("observation_id of the printed wholes this figure is a part of", "list")
    split = code("Whether the parts make up the whole", Labels("split"), required=False)
    share_of = pattern("For a share: the indicator it is a share of, plan, or unstated", *WHOLE, required=False)
    caveats = column(
        "What the coder saw",
        "list",
        expected=f"codes out of {', '.join(CAVEATS)}, separated by ;",
        check=lambda c: c.str.split(";").list.eval(pl.element().is_in(CAVEATS)).list.all(),
        values=Labels("flag", CAVEATS),
    )
    locator = pattern(
        "Headings and numbered items, then p and the paragraph (table t, row r); empty only for pages that are no work summary",
        *LOCATOR,
        required=False,
    )
    note = column("Note in English")
    note_zh = twin("note")


class Subjects(Table):
    """One row is the name of a part of a park that a text gives figures of."""

    source_id = pattern("Text", SLUG)
    subject = pattern("Subject of an observation of the text, other than park and county", *PART)
    name_zh = column("Name in Chinese; for an anonymised park a descriptive or a numbered one", required=True)
    name_en = column("Name in English; for an anonymised park a descriptive or a numbered one", required=True)


class Places(Table):
    """One row is a place that contains a park, the nearest place of a park first."""

    park_id = pattern("Park", SLUG)
    scope = column("Scope of reference.csv; for an anonymised park the nation only", required=True)


class Reference(Table):
    """One row is a benchmark value."""

    series = pattern("Name of the series", NAME)
    name_zh = column("Name in Chinese", required=True)
    name_en = column("Name in English", required=True)
    scope = column("What the value covers: national, a province, a prefecture, a set of zones", required=True)
    period_start = column("First day; empty: a point in time", "date")
    period_end = column("Last day, or the point in time", "date")
    value = column("Value in the unit beside it", "number", required=True)
    unit = column("Unit as the source prints it; growth in percent", required=True)
    bound = code("Which interval the value stands for", Labels("bound"))
    source_title = column("Title or host of the page it was read in", required=True)
    source_url = pattern("Address of that page; linked only where official", *WEB)
    official = column("The host belongs to a government or a statistics office", "boolean", required=True)
    inferred = column("What of the row was inferred, if anything, in English")
    inferred_zh = twin("inferred")
    note = column("Note in English, such as the printed form of a converted value")
    note_zh = twin("note")


class Verified(Table):
    """One row is an observation that was held against its text by `parkstudy verify --keep`."""

    observation_id = pattern("Observation", r"^[a-z0-9]+(-[a-z0-9]+)*-[0-9]{3}$", key=True)
    row_sha256 = pattern("SHA-256 over the cells of the observation as it was", *SHA256)
    text_sha256 = pattern("SHA-256 of the text it was held against", *SHA256)
    result = code("What came out", Labels("proof"))


_RECORD = (Parks, Sources, Indicators, Observations, Subjects, Reference, Places)
_FILES = [f"{table.__name__.lower()}.csv" for table in _RECORD]


class Accepted(Table):
    """One row is a warning of `parkstudy check` that was looked at and is right as it stands."""

    file = column(
        "File of the row", expected=f"one of {', '.join(_FILES)}", check=lambda c: c.is_in(_FILES), required=True
    )
    key = column("Key of the row, which is its first cell", required=True)
    code = code(
        "Code of the warning",
        Labels("warning"),
        more="; what has no such code is a fault, and no fault is acknowledged",
    )
    reason = column("Why it is right as it stands", expected="the reason in words", required=True)


_ALL = (*_RECORD, Verified, Accepted)
TABLES: dict[str, type[Table]] = {table.__name__.lower(): table for table in _ALL}
UNIQUE_KEYS = {
    "subjects": ["source_id", "subject"],
    "reference": ["series", "scope", "period_start", "period_end"],
    "places": ["park_id", "scope"],
    "accepted": ["file", "key", "code"],
}
FOREIGN_KEYS = {
    "sources": {"park_id": ("parks", "park_id")},
    "observations": {"source_id": ("sources", "source_id"), "indicator": ("indicators", "indicator")},
    "subjects": {"source_id": ("sources", "source_id")},
    "places": {"park_id": ("parks", "park_id"), "scope": ("reference", "scope")},
    "verified": {"observation_id": ("observations", "observation_id")},
}
OPTIONAL = ("subjects", "places")  # of the shipped ones, the rows that fit the tables of a folder are kept
VERIFIED, ACCEPTED = "verified", "accepted"
KEPT = (VERIFIED, ACCEPTED)  # no tables of the record but of what was proven or acknowledged of it


def may_lack(table: str) -> list[str]:
    """The columns of a table that a file need not have."""
    return [name for name, column in columns(table).items() if (column.metadata or {}).get("optional")]


@cache
def columns(table: str) -> dict[str, dy.Column]:
    """The declared columns of a table, in the order of the file."""
    return {name: column for name, column in TABLES[table].columns().items() if name != LINE}
