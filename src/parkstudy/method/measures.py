"""What a measure is: one row of a frame, with its interval, its flags, its inputs, or the reason why it has no value.

`growth`, `tax` and `land` declare the measures and compute their rows. A code that is not declared cannot be written.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

import dataframely as dy
import polars as pl

from parkstudy.record.codes import codes
from parkstudy.record.interval import Interval
from parkstudy.record.rows import Row, fitting
from parkstudy.record.schema import CAVEATS
from parkstudy.record.tables import Tables

FLAGS, REASONS, RUNGS, BASES = codes("flag"), codes("reason"), codes("rung"), codes("basis")
HANDED_ON = {*CAVEATS, "implausible"} - {"not_final"}  # the caveats that are flags; `implausible` is the audit's


class Text(NamedTuple):
    """A text that measures are made of, and its park; without a text one of which nothing is known."""

    park: str
    source: str


class Measure(NamedTuple):
    """The declaration of a measure: its unit, the rule of the method it follows, the unit in which readers see it if another one.

    Without a unit it has that of the figure it follows from, which its row says. Its name stands in `codes.csv`.
    """

    unit: str
    rule: str
    shown: str = ""


OF_FLOW = {  # what a measure may be of a flow: it follows the name of the flow, the longer ones first
    "growth_target": Measure("percent", "G11"), "implied_base": Measure("", "G1"), "level_change": Measure("percent", "G2"),
    "growth": Measure("percent", "G2"), "level": Measure("", "G4"),
}  # fmt: skip


def of_flow(measure: str) -> tuple[str, str]:
    """The flow that a measure is of, and what it is of it (`growth`, `level`); two empty texts for a measure of another kind."""
    for kind in OF_FLOW:
        if measure.endswith(f"_{kind}") and not measure.startswith("reference_"):
            return measure.removesuffix(f"_{kind}"), kind
    return "", ""


class Declared(dict[str, Measure]):
    """Measure to its declaration; one of a flow that is not named has that of its kind. Raises `KeyError` for another code."""

    def __missing__(self, measure: str) -> Measure:
        flow, kind = of_flow(measure)
        if not flow:
            raise KeyError(measure)
        return OF_FLOW[kind]


class Measures(dy.Schema):
    """The frame of all measures. `method` is a code of how a row is computed, `key` opens its record on a page."""

    park_id = dy.String(description="Park the measure is of")
    subject = dy.String(description="What it is of: park, or a part of the park")
    measure = dy.String(description="Measure: a code, or an indicator of growth and what it is of it")
    population = dy.Enum(codes("population"), nullable=True, description="Units the figures behind it cover")
    value_type = dy.Enum(codes("value_type"), nullable=True, description="Outturn, forecast, target or plan")
    value = dy.Float64(
        nullable=True, allow_inf=True, description="Value in the unit; empty: an interval alone, or none"
    )
    low = dy.Float64(nullable=True, allow_inf=True, description="Lower end of the interval; -INF: open below")
    high = dy.Float64(nullable=True, allow_inf=True, description="Upper end of the interval; INF: open above")
    unit = dy.String(description="Unit of value, low and high")
    period_start = dy.Date(nullable=True, description="First day; empty: a point in time")
    period_end = dy.Date(nullable=True, description="Last day, or the point in time; empty: undated")
    basis = dy.Enum(BASES, description="Months as reported, or made a full year by the method")
    price = dy.Enum((*codes("price"), "comparable"), nullable=True, description="Price basis")
    rung = dy.Enum(RUNGS, nullable=True, description="Which area it is divided by")
    status = dy.Enum(codes("obs_status"), nullable=True, description="SDMX CL_OBS_STATUS")
    grade = dy.Enum(codes("grade"), nullable=True, description="Lowest grade of the sources behind it")
    method = dy.Enum(codes("method"), description="How it is computed")
    flags = dy.List(dy.String(), description="What to keep in mind")
    reason = dy.String(nullable=True, check=lambda code: code.is_in(REASONS), description="Why it has no value")
    inputs = dy.List(
        dy.String(), description="observation_id, and ref:<series>/<scope>/<start>/<end> for reference rows"
    )
    reading = dy.Enum(codes("reading"), nullable=True, description="How an ambiguous sentence is read")
    source_id = dy.String(nullable=True, description="Text it is of; of a change between two texts the later one")
    key = dy.String(description="Key of the row, the same for the same inputs and choices")

    @dy.rule()
    def declared_flags(cls) -> pl.Expr:  # noqa: N805
        """Every flag is one of the closed list."""
        return pl.col("flags").list.set_difference(list(FLAGS)).list.len() == 0

    @dy.rule()
    def value_or_reason(cls) -> pl.Expr:  # noqa: N805
        """A row has either a value, or at least an interval, or the reason why it has none."""
        return pl.any_horizontal(pl.col("value", "low").is_not_null()) == pl.col("reason").is_null()

    @dy.rule()
    def low_to_high(cls) -> pl.Expr:  # noqa: N805
        """An interval does not run backwards."""
        return pl.col("low") <= pl.col("high")


def frame(rows: Iterable[Row], measures: Mapping[str, Measure]) -> pl.DataFrame:
    """The rows as a frame of `Measures`; `ValueError` for a row that breaks a rule, `KeyError` for an unknown measure."""
    filled = [{**row, "unit": measures[row["measure"]].unit or row.get("unit", "")} for row in rows]
    schema = Measures.create_empty().schema
    columns = {name: [row.get(name) for row in filled] for name in schema}
    joined = {name: ["\n".join(texts or ()) for texts in columns[name]] for name in ("flags", "inputs")}
    made = pl.DataFrame({**columns, **joined}, schema={**schema, **dict.fromkeys(joined, pl.String)})
    # a list a row is slow to hand over: each would become a series first
    made = made.with_columns(pl.col(*joined).str.split("\n").list.eval(pl.element().filter(pl.element() != "")))
    keys = pl.Series(_keys(made), dtype=pl.String)
    sound, failures = Measures.filter(made.with_columns(key=keys))
    if len(failures):
        first = failures.invalid().row(0, named=True)
        raise ValueError(f"{first['measure']} of {first['park_id']}: {', '.join(failures.counts())}: {first}")
    return sound.rechunk()  # rows are taken from it by their places, which is slow where it lies in parts


_KEY = (
    "park_id", "subject", "measure", "value_type", "period_end", "basis", "price", "rung", "inputs", "low", "high", "reason",
)  # fmt: skip


def measure_key(row: Mapping[str, Any], source: str = "") -> str:
    """The key of a measure row: the same for the same inputs, basis, price, rung and interval (and `source`, if given)."""
    return _key([row[part] for part in _KEY], source)


def _key(values: Iterable[Any], source: str = "") -> str:
    """The key of what a row has in `_KEY`."""
    parts = "|".join([*map(str, values), *filter(None, [source])])
    return "m-" + hashlib.sha256(parts.encode()).hexdigest()[:10]


def _keys(rows: pl.DataFrame) -> list[str]:
    """The key of each row; where an earlier text of the park has it (a refusal has no input), the text is part of it."""
    found: dict[str, str | None] = {}
    keys = []
    for values, source in zip(rows.select(_KEY).iter_rows(), rows["source_id"], strict=True):
        key = _key(values)
        if found.setdefault(key, source) != source:
            key = _key(values, source)
        keys.append(key)
    return keys


def lead() -> pl.Expr:
    """The observation that a row leads back to first: what joins rows of one figure."""
    return pl.col("inputs").list.first()


def flags_of(*observations: Row, more: Iterable[str] = ()) -> list[str]:
    """The flags that observations hand on: their caveats, their status, their grade, with `more`, in the order of `FLAGS`."""
    found = {*more} | {caveat for row in observations for caveat in row["caveats"] if caveat in HANDED_ON}
    found |= {"provisional" for row in observations if row["obs_status"] == "P"}
    found |= {"forecast" for row in observations if row["value_type"] == "forecast"}
    found |= {"grade_c" for row in observations if row["grade"] == "C"}
    found |= {"no_grade" for row in observations if not row["grade"]}
    return [flag for flag in FLAGS if flag in found]


def lowest_grade(*observations: Row) -> str | None:
    """The lowest grade of the inputs (method, Q2); none where that of one is not stated, unless another is C."""
    return lowest_of({row["grade"] for row in observations})


def lowest_of(grades: Collection[str | None]) -> str | None:
    """The lowest of some grades, by the same rule."""
    return None if None in grades and "C" not in grades else max(filter(None, grades), default=None)


def derived(measure: str, method: str, value: Interval, *inputs: Row, flags: Iterable[str] = (), **columns: Any) -> Row:
    """A measure row computed from observations: flags and lowest grade handed on, the worst status (`U`, `F`, `P`, `A`) kept.

    Period, population and value type are those of the first input; `columns` gives what differs: `rung`, `basis`, `status`.
    """
    printed = {row["obs_status"] for row in inputs if row["obs_status"]}
    worst = next((status for status in "UFP" if status in printed), "A" if printed else None)
    status = columns.pop("status", None) or worst
    own = ("park_id", "source_id", "population", "value_type", "period_start", "period_end")
    row = {key: inputs[0][key] for key in own}
    row |= {"subject": "park", "measure": measure, "method": method, "basis": "reported", "price": "nominal"}
    row |= {**vars(value), "status": status, "grade": lowest_grade(*inputs), "flags": flags_of(*inputs, more=flags)}
    return row | {"inputs": [observation["observation_id"] for observation in inputs], **columns}


def refused(text: Text, measure: str, method: str, reason: str, **columns: Any) -> Row:
    """A measure row without a value, with the reason."""
    row = {"park_id": text.park, "source_id": text.source or None, "subject": "park"}
    return {**row, "measure": measure, "method": method, "reason": reason, "basis": "reported", **columns}


def texts(study: Tables) -> list[Text]:
    """The work summaries of the core parks, park by park; of a park without one a text that prints nothing."""
    own = ((park, study.rows("sources", park_id=park, kind="work_summary")) for park in study.park_ids())
    return [Text(park, source) for park, rows in own for source in ([row["source_id"] for row in rows] or [""])]


def text_of(row: Row) -> Text:
    """The text of an observation."""
    return Text(row["park_id"], row["source_id"])


def span(row: Row) -> Row:
    """The period of a row, for what is refused because of it."""
    return {end: row[end] for end in ("period_start", "period_end")}


def same_months(first: Row, second: Row) -> bool:
    """True where two observations of one text cover the same months and are of one value type."""
    keys = ("source_id", "period_start", "period_end", "value_type")
    return all(first[key] == second[key] for key in keys)


def one_sample(first: Row, second: Row) -> bool:
    """True where two figures are of one set of firms. Two that do not state theirs are not (method, G12).

    Level, rate and target of one indicator in one text stay one concept, stated or not.
    """
    alike = all(first[key] == second[key] for key in ("source_id", "indicator", "subject"))
    return first["population"] == second["population"] and (alike or first["population"] != "unstated")


def exactly(row: Row) -> Interval:
    """A printed figure as an exact number: a target that is compared with (method, G11), an open figure at its bound."""
    return Interval(row["value"], row["value"], row["value"])


def printed(study: Tables, text: Text, **wanted: Any) -> list[Row]:
    """What a text prints with these columns, in the order of the record; a level below zero is left where it is recorded."""
    of_text = {"source_id": text.source} | ({"indicator": wanted.pop("indicator")} if "indicator" in wanted else {})
    return [row for row in fitting(study.rows("observations", **of_text), **wanted) if not below_zero(row)]


def below_zero(row: Row) -> bool:
    """True for a level all of which is below zero: of no such quantity a rate, a ratio or a share is known."""
    return bool(row["transformation"] == "level" and row["high"] < 0)


def levels(study: Tables, indicator: str, text: Text, *, subject: str = "park") -> list[Row]:
    """The outturn and forecast levels of an indicator among what is `printed`; dollars are never set against yuan."""
    rows = printed(study, text, indicator=indicator, transformation="level", subject=subject)
    return [row for row in rows if row["unit"] != "USD" and row["value_type"] in ("outturn", "forecast")]
