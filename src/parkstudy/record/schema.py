"""The tables of the dataset, each column declared once.

A table is a `dataframely` schema over the cells as they are read: all of them text, so that one run finds every fault
of a row instead of the first one. Everything else (the typed frames of `tables`, `datapackage.json`, the codebook) is made
from these declarations. Codes are closed lists of `codes.csv`; adding to one is a change of the published contract.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import dataframely as dy
import polars as pl

from parkstudy.record.units import UNITS
from parkstudy.words.codes import label, labels

CAVEATS = (
    "contradicted", "two_readings", "period_ambiguous", "base_unstated", "concept_unstated", "concept_inferred",
    "mixed_concept", "sample_change", "coarse_figure", "not_final", "pending_approval", "unit_assumed", "damaged_text",
)  # fmt: skip
LINE = "_line"

SUBJECT_PATTERN = r"^(park|county|(zone|sector|group|project):[a-z0-9-]+|firm:[a-z0-9-]+(\+[a-z0-9-]+)*)$"
OUTPUT_SOLD = ("销售产值", "工业销售产值")  # the terms that mean output sold, not sales of any kind
LOCATOR_PATTERN = r"^([一二三四五六七八九十]+/|\([一二三四五六七八九十]+\)/|\d+/)*p\d+$"
FORMULA_START = r"^[=+@\t\r]|^-[^\d]"  # what a spreadsheet would run; a negative figure is not a formula
MARKUP = r"<[A-Za-z/!?]"


def _column(
    description: str, *, required: bool, expected: str, key: bool = False, checks: Mapping[str, Any], **meta: Any
) -> dy.String:
    safe = {"formula": lambda c: ~c.str.contains(FORMULA_START), "markup": lambda c: ~c.str.contains(MARKUP)}
    tolerant = {rule: _or_empty(test) for rule, test in {**safe, **checks}.items()}
    meta = {"type": "string", "expected": expected, **meta}
    return dy.String(nullable=not required, primary_key=key, check=tolerant, description=description, metadata=meta)


def _or_empty(test: Callable[[pl.Expr], pl.Expr]) -> Callable[[pl.Expr], pl.Expr]:
    """The test, passed by an empty cell: whether a cell may be empty is a rule of its own."""
    return lambda cell: cell.is_null() | test(cell)


def text(description: str, required: bool = False) -> dy.String:
    """A column of free text."""
    return _column(description, required=required, expected="text", checks={})


def pattern(description: str, form: str, expected: str, required: bool = False, key: bool = False) -> dy.String:
    """A column whose text has a form."""
    checks = {"pattern": lambda c: c.str.contains(form)}
    return _column(description, required=required, expected=expected, key=key, checks=checks, pattern=form)


def ident(description: str, form: str = r"^[a-z0-9]+(-[a-z0-9]+)*$", key: bool = False) -> dy.String:
    """A required identifier of the given form."""
    return pattern(description, form, f"the form {form}", required=True, key=key)


def code(description: str, values: Mapping[str, str], required: bool = True) -> dy.String:
    """A column with a closed list of codes."""
    checks = {"code": lambda c: c.is_in(list(values))}
    expected = f"one of {', '.join(values)}"
    return _column(description, required=required, expected=expected, checks=checks, values=dict(values))


def codes(description: str, values: Mapping[str, str]) -> dy.String:
    """A column with several codes of a closed list in a cell, separated by `;`."""
    checks = {"code": lambda c: c.str.split(";").list.eval(pl.element().is_in(list(values))).list.all()}
    expected = f"codes out of {', '.join(values)}, separated by ;"
    return _column(description, required=False, expected=expected, checks=checks, type="list", values=dict(values))


def listed(description: str, required: bool = False) -> dy.String:
    """A column with several texts in a cell, separated by `;`."""
    checks = {"blank": lambda c: ~c.str.contains(r"^;|;;|;$")}
    return _column(description, required=required, expected="texts separated by ;", checks=checks, type="list")


def day(description: str) -> dy.String:
    """A column of ISO dates."""
    form = r"^\d{4}-\d\d-\d\d$"
    checks = {"date": lambda c: c.str.contains(form) & c.str.to_date("%Y-%m-%d", strict=False).is_not_null()}
    return _column(description, required=False, expected="a date such as 2019-12-31", checks=checks, type="date")


def flag(description: str) -> dy.String:
    """A column of true or false."""
    checks = {"code": lambda c: c.is_in(["true", "false"])}
    return _column(description, required=True, expected="true or false", checks=checks, type="boolean")


def number(description: str) -> dy.String:
    """A required column of numbers."""
    checks = {"number": lambda c: c.str.contains(r"^-?\d+(\.\d+)?$")}
    return _column(description, required=True, expected="a number such as 12.5", checks=checks, type="number")


class Table(dy.Schema):
    """What every table has while it is read: the line that a row begins on. It is not a column of the file."""

    line = dy.Int64(alias=LINE, nullable=False)


class Parks(Table):
    """One row is a park."""

    park_id = ident("Identifier of the park", key=True)
    name_zh = text("Name in Chinese; for an anonymised park a descriptive one", required=True)
    name_en = text("Name in English; for an anonymised park a descriptive one", required=True)
    county_zh = text("County in Chinese; empty for an anonymised park")
    county_en = text("County in English; empty for an anonymised park")
    province_zh = text("Province in Chinese; empty for an anonymised park")
    province_en = text("Province in English; empty for an anonymised park")
    anonymised = flag("The text hides the county; it stays hidden")
    role = code("Part the park plays in the study", labels("role"))
    note = text("Note")


class Sources(Table):
    """One row is a text."""

    source_id = ident("Identifier of the text: <park_id>-<year>; a further text of the year adds a letter", key=True)
    park_id = ident("Park the text is about")
    kind = code("Kind of text", labels("source_kind"))
    title = text("Title; empty for an anonymised park")
    publisher = text("Issuer or site; empty for an anonymised park")
    published = pattern(
        "Date printed in the text or on its page",
        r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$",
        "a date such as 2018-01-03 or 2020-01",
    )
    url = pattern("Address; empty where unknown or anonymised", r"^https?://\S+$", "an address that begins with http")
    official = flag("The host belongs to a government or a statistics office")
    period_start = day("First day of the span the text reports")
    period_end = day("Last day of the span the text reports")
    sha256 = pattern("SHA-256 of the text as it was read", r"^[0-9a-f]{64}$", "64 hexadecimal digits")
    grade = code("Grade of the source", labels("grade"), required=False)
    note = text("Note")


class Indicators(Table):
    """One row is an indicator."""

    indicator = ident("Name of the indicator", r"^[a-z0-9]+(_[a-z0-9]+)*$", key=True)
    name_zh = text("Name in Chinese", required=True)
    name_en = text("Name in English", required=True)
    terms_zh = listed("Printed terms accepted for it, as printed", required=True)
    dimension = code("Dimension of the study", labels("dimension"))
    kind = code("What kind of quantity it is", labels("kind"))
    unit = code("Unit of its level; areas and money are converted on load only within one kind", {u: u for u in UNITS})
    growth_price = code("Price basis of its published growth", labels("growth_price"), required=False)
    definition_en = text("Definition in English", required=True)
    definition_zh = text("Definition in Chinese", required=True)
    definition_source = text("Where the definition comes from", required=True)


class Observations(Table):
    """One row is a distinct printed figure of one subject, period and concept."""

    observation_id = ident("Identifier: <source_id>-<three digits>", r"^[a-z0-9]+(-[a-z0-9]+)*-\d{3}$", key=True)
    source_id = ident("Text the figure stands in")
    indicator = ident("Indicator", r"^[a-z0-9]+(_[a-z0-9]+)*$")
    subject = pattern(
        "What the figure is of: park, county, or a part (zone:, sector:, group:, project:, firm:)",
        SUBJECT_PATTERN,
        "park, county, or zone:, sector:, group:, project:, firm: with a slug of a-z, 0-9 and -",
        required=True,
    )
    population = code("Units the figure covers, as far as the same sentence says it", labels("population"))
    transformation = code("Level, growth or share", labels("transformation"))
    value_type = code("Outturn, forecast, target or plan", labels("value_type"))
    period_start = day("First day; empty: a point in time")
    period_end = day("Last day, or the point in time; empty: undated")
    reported_term = text("Printed words that name the quantity", required=True)
    reported_figure = text("Figure as printed, with magnitude, unit and bound words", required=True)
    bound = code("Which interval the printed figure stands for", labels("bound"))
    obs_status = code("SDMX CL_OBS_STATUS; empty for targets and plans", labels("obs_status"), required=False)
    part_of = listed("observation_id of the printed wholes this figure is a part of")
    split = code("Whether the parts make up the whole", labels("split"), required=False)
    share_of = pattern(
        "For a share: the indicator it is a share of, plan, or unstated",
        r"^[a-z0-9_]+$",
        "an indicator, plan or unstated",
    )
    caveats = codes("What the coder saw", {caveat: label("flag", caveat, "en", long=True) for caveat in CAVEATS})
    locator = pattern(
        "Headings and numbered items, then p and the paragraph; empty only for pages that are no work summary",
        LOCATOR_PATTERN,
        "a place such as 一/(二)/1/p1",
    )
    note = text("Note in English")


class Subjects(Table):
    """One row is the name of a part of a park that a text gives figures of."""

    source_id = ident("Text")
    subject = pattern(
        "Subject of an observation of the text, other than park and county",
        SUBJECT_PATTERN,
        "a subject of observations.csv, such as zone:old",
        required=True,
    )
    name_zh = text("Name in Chinese; for an anonymised park a descriptive or a numbered one", required=True)
    name_en = text("Name in English; for an anonymised park a descriptive or a numbered one", required=True)


class Places(Table):
    """One row is a place that contains a park, the nearest place of a park first."""

    park_id = ident("Park")
    scope = text("Scope of reference.csv; for an anonymised park the nation only", required=True)


class Reference(Table):
    """One row is a benchmark value."""

    series = ident("Name of the series", r"^[a-z0-9]+(_[a-z0-9]+)*$")
    name_zh = text("Name in Chinese", required=True)
    name_en = text("Name in English", required=True)
    scope = text("What the value covers: national, a province, a prefecture, a set of zones", required=True)
    period_start = day("First day; empty: a point in time")
    period_end = day("Last day, or the point in time")
    value = number("Value in the unit beside it")
    unit = text("Unit as the source prints it; growth in percent", required=True)
    bound = code("Which interval the value stands for", labels("bound"))
    source_title = text("Title or host of the page it was read in", required=True)
    source_url = pattern(
        "Address of that page; linked only where official",
        r"^https?://\S+$",
        "an address that begins with http",
        required=True,
    )
    official = flag("The host belongs to a government or a statistics office")
    inferred = text("What of the row was inferred, if anything")
    note = text("Note, such as the printed form of a converted value")


TABLES: dict[str, type[Table]] = {
    "parks": Parks,
    "sources": Sources,
    "indicators": Indicators,
    "observations": Observations,
    "subjects": Subjects,
    "reference": Reference,
    "places": Places,
}
UNIQUE_KEYS = {
    "subjects": ["source_id", "subject"],
    "reference": ["series", "scope", "period_start", "period_end"],
    "places": ["park_id", "scope"],
}
FOREIGN_KEYS = {
    "sources": {"park_id": ("parks", "park_id")},
    "observations": {"source_id": ("sources", "source_id"), "indicator": ("indicators", "indicator")},
    "subjects": {"source_id": ("sources", "source_id")},
    "places": {"park_id": ("parks", "park_id"), "scope": ("reference", "scope")},
}
OPTIONAL = ("subjects", "places")  # of the shipped ones, the rows that fit the tables of a folder are kept


def columns(table: str) -> dict[str, dy.Column]:
    """The declared columns of a table, in the order of the file."""
    return {name: column for name, column in TABLES[table].columns().items() if name != LINE}
