"""What is unusual about printed figures: looked for in all observations at once, in numbers where a number can tell.

Each rule takes the figures as `table` makes them and yields what is unusual as `unusual.Unusual`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import polars as pl

from parkstudy.errors import listed
from parkstudy.record.quantities import parse, simplify
from parkstudy.record.rows import Row
from parkstudy.record.schema import LINE
from parkstudy.record.terms import terms_of
from parkstudy.record.units import WHOLE, comparable_units
from parkstudy.record.unusual_names import Unusual, where

Figures = pl.DataFrame
FAR = 1_000  # times off all others of an indicator
NEAR = 100  # times within a text, of one indicator, subject, type and period
_SAME_SPAN = ("source_id", "indicator", "subject", "value_type", "period_start", "period_end")
_GROWTH, _SHARE, _OF_PLAN = (-100.0, 1_000.0), (0.0, 100.0), (0.0, 1_000.0)
_TABLE, _TERMS = "observations", 3  # accepted terms that a message names


def table(observations: pl.DataFrame, cells: pl.DataFrame, frames: Mapping[str, pl.DataFrame]) -> Figures:
    """The sound observations in numbers, with their lines and what indicators and sources say of them.

    `observations` are typed and normalised, `cells` as recorded; the other frames are the typed ones.
    """
    text = [
        pl.col(name).cast(pl.String)
        for name in ("transformation", "value_type", "bound", "obs_status", "population", "kind", "unit")
    ]
    wanted = (
        "observation_id", "source_id", "indicator", "reported_term", "reported_figure", "share_of", "period_start", "period_end", "value",
        "low", "high", "significant", "caveats", "part_of", "subject",
    )  # fmt: skip
    indicators = frames["indicators"].select(
        "indicator",
        "terms_zh",
        named="name_zh",
        of_kind=pl.col("kind").cast(pl.String),
        whole=pl.col("unit").cast(pl.String),
    )
    month = pl.col("published").str.len_chars() == len("2020-01")
    dated = pl.when(month).then(pl.col("published") + "-01").otherwise("published").str.to_date(strict=False)
    written = pl.when(month).then(dated.dt.month_end()).otherwise(dated)
    sources = frames["sources"].select("source_id", text_start="period_start", text_end="period_end", written=written)
    recorded = cells.select("observation_id", LINE, recorded="caveats")
    return (
        observations.select(*wanted, *text)
        .join(indicators, on="indicator", how="left", maintain_order="left")
        .join(sources, on="source_id", how="left", maintain_order="left")
        .join(recorded, on="observation_id", how="left", maintain_order="left")
        .with_columns(shown=pl.coalesce("value", pl.when(pl.col("high").is_finite()).then("high"), "low"))
    )


def _each(
    found: pl.DataFrame, column: str, said: str, advice: str, **values: Callable[[Row], Any]
) -> Iterator[Unusual]:
    for row in found.iter_rows(named=True):
        yield _TABLE, row, column, said.format(**row, **{name: value(row) for name, value in values.items()}), advice


def _found(figures: Figures, *which: pl.Expr) -> list[Figures]:
    """The figures of which each of several things holds."""
    return [figures.filter(held) if held.any() else figures.clear() for held in where(figures, *which)]


def negative(figures: Figures) -> Iterator[Unusual]:
    """A level below zero, of money or a ratio: of things and areas it is a fault."""
    found = figures.filter((pl.col("transformation") == "level") & (pl.col("high") < 0))
    said = "{reported_figure!r} is below zero, as a level of {indicator}; expected what there is of it"
    yield from _each(found, "reported_figure", said, "correct the figure or the transformation")


def out_of_range(figures: Figures) -> Iterator[Unusual]:
    """Growth and shares that are far from what growth and shares usually are."""
    form, of_plan = pl.col("transformation"), pl.col("share_of") == "plan"
    beyond = [
        (form == "yoy", _GROWTH),
        ((form == "share") & of_plan, _OF_PLAN),
        ((form == "share") & of_plan.not_(), _SHARE),
    ]
    out = (which & ((pl.col("high") < least) | (pl.col("low") > most)) for which, (least, most) in beyond)
    for (_, (least, most)), found in zip(beyond, _found(figures, *out), strict=True):
        said = f"{{reported_figure!r}} as a {{transformation}}; expected {least:,.0f} to {most:,.0f} %"
        yield from _each(found, "reported_figure", said, "correct the figure or what it is a share of")


def far_value(figures: Figures) -> Iterator[Unusual]:
    """A level a thousand times as large as the largest, or as small as the smallest, of all others of its indicator, or zero of money
    or an area where those are not: a count may be zero. Of money, one a hundred times as small as another of its text, subject, type
    and period."""
    levels = figures.filter((pl.col("transformation") == "level") & (pl.col("shown") > 0))
    by = levels.with_columns(
        pl.len().over("indicator").alias("n"),
        pl.col("shown").rank("ordinal").over("indicator").alias("place"),
        pl.col("shown").top_k(2).min().over("indicator").alias("next_high"),
        pl.col("shown").bottom_k(2).max().over("indicator").alias("next_low"),
    ).filter(pl.col("n") > 1)
    high = by.filter((pl.col("place") == pl.col("n")) & (pl.col("shown") > FAR * pl.col("next_high")))
    low = by.filter((pl.col("n") > 2) & (pl.col("place") == 1) & (pl.col("shown") * FAR < pl.col("next_low")))
    zero = figures.filter((pl.col("transformation") == "level") & (pl.col("value") == 0) & ~pl.col("unit").is_in(WHOLE))
    if zero.height:
        several = levels.group_by("indicator").len().filter(pl.col("len") > 1)
        found = zero.join(several, on="indicator", how="semi", maintain_order="left")
        said = "{reported_figure!r} is zero, where other levels of {indicator} are not; expected what there is of it"
        yield from _each(found, "reported_figure", said, "correct the figure")
    said = f"{{reported_figure!r}} is more than {FAR:,} times as {{how}} as every other {{indicator}} (the next is {{near:,.0f}} {{unit}})"
    advice = "correct its magnitude, unit or indicator"
    yield from _each(high, "reported_figure", said, advice, how=lambda row: "large", near=lambda row: row["next_high"])
    yield from _each(low, "reported_figure", said, advice, how=lambda row: "small", near=lambda row: row["next_low"])
    own = levels.filter(pl.col("unit") == "CNY").with_columns(most=pl.col("shown").max().over(_SAME_SPAN))
    said = f"{{reported_figure!r}} is less than 1/{NEAR} of another {{indicator}} of its subject and period ({{most:,.0f}} {{unit}})"
    yield from _each(own.filter(pl.col("shown") * NEAR < pl.col("most")), "reported_figure", said, advice)


def term(figures: Figures) -> Iterator[Unusual]:
    """A printed term that none of the accepted ones covers, nor one of the draft's; a share of a plan is named by its plan.

    A page may name a quantity by the words around it; of its terms, and of those of a share of a plan, only those are unusual that
    are one of another indicator.
    """
    summary = (pl.col("kind") == "work_summary") & (pl.col("share_of").fill_null("") != "plan")
    pairs = figures.select("indicator", "reported_term", "terms_zh", "named", summary=summary).unique(
        ["indicator", "reported_term", "summary"]
    )
    known = {
        simplify(one)
        for terms, named in pairs.select("terms_zh", "named").unique("named").iter_rows()
        for one in [*terms, named]
    }
    drafted = terms_of()
    odd = [
        (row["indicator"], row["reported_term"], row["summary"])
        for row in pairs.iter_rows(named=True)
        if (row["summary"] or simplify(row["reported_term"]) in known)
        and not any(
            simplify(one) in simplify(row["reported_term"])
            for one in [*row["terms_zh"], row["named"], *drafted.get(row["indicator"], ())]
        )
    ]
    wrong = pl.DataFrame(odd, {"indicator": pl.String, "reported_term": pl.String, "summary": pl.Boolean}, orient="row")
    on = ["indicator", "reported_term", "summary"]
    found = figures.with_columns(summary=summary).join(wrong, on=on, how="semi", maintain_order="left")
    said = "{reported_term!r} holds none of the accepted terms of {indicator}: {terms}"
    advice = (
        "correct the term or the indicator; where both are right, add the term to terms_zh of indicators.csv (in a folder "
        "without that file: copy the shipped one into it first)"
    )
    yield from _each(found, "reported_term", said, advice, terms=lambda row: listed(row["terms_zh"], _TERMS))


def mid_month(figures: Figures) -> Iterator[Unusual]:
    """A span that begins within a month; the day of an event begins and ends on itself."""
    found = figures.filter((pl.col("period_start").dt.day() != 1) & (pl.col("period_start") != pl.col("period_end")))
    said = "a span that begins on {period_start}; expected the first day of a month"
    yield from _each(found, "period_start", said, "correct the date")


def undated(figures: Figures) -> Iterator[Unusual]:
    """A result, forecast or target without an end, or of a flow without a start, and without the caveat that says why."""
    told = (pl.col("value_type") != "plan") & ~pl.col("caveats").list.contains("period_ambiguous")
    flow = (pl.col("of_kind") == "flow") | (pl.col("transformation") != "level")
    endless = told & pl.col("period_end").is_null()
    startless = told & flow & pl.col("period_start").is_null() & pl.col("period_end").is_not_null()
    for column, found in zip(("period_end", "period_start"), _found(figures, endless, startless), strict=True):
        said = f"{{value_type}} of {{indicator}} without its {'last' if column == 'period_end' else 'first'} day, and without the caveat "
        yield from _each(found, column, said + "period_ambiguous", "fill it in, or add the caveat")


def far_period(figures: Figures) -> Iterator[Unusual]:
    """A figure of more than a year before the start of its text, or a result of a day after the text."""
    start, end, first = pl.col("text_start"), pl.col("text_end"), pl.coalesce("period_start", "period_end")
    ended = pl.col("period_end").is_not_null() & start.is_not_null() & end.is_not_null()
    of, early = "of a text that reports {text_start} to {text_end}", first < start.dt.offset_by("-1y")
    late = (pl.col("period_end") > pl.max_horizontal(end, "written")) & (pl.col("value_type") == "outturn") & ~early
    started, open_, later = _found(
        figures,
        ended & early & pl.col("period_start").is_not_null(),
        ended & early & pl.col("period_start").is_null(),
        ended & late & ~pl.col("caveats").list.contains("not_final"),
    )
    for column, found in (("period_start", started), ("period_end", open_)):
        said = f"{{{column}}} is more than a year before the start {of}"
        yield from _each(found, column, said, "correct the date")
    said = f"an outturn to {{period_end}} {of}; expected no result of a later day without the caveat not_final"
    yield from _each(later, "period_end", said, "correct the date, the value_type or the caveats")


def far_ahead(figures: Figures) -> Iterator[Unusual]:
    """A figure for more than thirty years behind its text, or a target or forecast for a time before it."""
    late, past = _found(
        figures,
        pl.col("period_end").dt.year() > pl.col("text_end").dt.year() + 30,
        pl.col("value_type").is_in(["target", "forecast"]) & (pl.col("period_end") < pl.col("text_start")),
    )
    said = "{period_end} is more than thirty years after a text that reports to {text_end}"
    yield from _each(late, "period_end", said, "correct the date")
    said = "a {value_type} to {period_end} of a text that reports from {text_start}"
    yield from _each(past, "period_end", said, "correct the date or the value_type")


_STATUS, _KIND, _SUMMARY = pl.col("obs_status"), pl.col("value_type"), pl.col("kind") == "work_summary"
_HAS, _OWN = pl.col("caveats").list.contains, pl.col("recorded").fill_null("").str.split(";").list.contains
_CONTRADICT = (  # what does not go together, the column, what it is
    (
        (_KIND == "forecast") & ~_STATUS.is_in(["F", "P", "U", "V"]),
        "obs_status", "status {obs_status} on a forecast; expected F, or P once its period is over",
    ),
    ((_STATUS == "A") & _HAS("not_final"), "obs_status", "status A with the caveat not_final; expected P"),
    (
        _SUMMARY & _KIND.is_in(["outturn", "forecast"]) & (_STATUS != "U") & _HAS("contradicted"),
        "obs_status", "status {obs_status} with the caveat contradicted; expected U",
    ),
    (_SUMMARY & (_STATUS == "U") & ~_HAS("contradicted"), "caveats", "status U without the caveat contradicted; expected both"),
    (
        _OWN("base_unstated") & (pl.col("transformation") != "yoy"),
        "caveats", "the caveat base_unstated on a {transformation}; expected it on growth",
    ),
    (_OWN("pending_approval") & (_KIND == "outturn"), "caveats", "the caveat pending_approval on an outturn; expected a plan"),
    (
        _OWN("coarse_figure") & (pl.col("significant") > 2),
        "caveats", "coarse_figure on {reported_figure!r}, of {significant} significant digits; expected two at most",
    ),
)  # fmt: skip


def contradiction(figures: Figures) -> Iterator[Unusual]:
    """Status, type and caveats that do not go together."""
    told = figures.filter(_OWN("unit_assumed"))
    level = pl.when(pl.col("transformation") == "level").then("whole").otherwise(pl.lit("percent"))
    printed = [parse(*one).printed_unit for one in told.select("reported_figure", level).iter_rows()]
    said = "unit_assumed on {reported_figure!r}, which prints its unit; expected it where none is printed"
    yield from _each(told.filter(pl.Series(printed, dtype=pl.Boolean)), "caveats", said, "make the two agree")
    yield from _unlike_whole(figures)
    found = _found(figures, *(which for which, _, _ in _CONTRADICT))
    for (_, column, said), those in zip(_CONTRADICT, found, strict=True):
        yield from _each(those, column, said, "make the two agree")


def _unlike_whole(figures: Figures) -> Iterator[Unusual]:
    """A part of a whole that is in another unit."""
    parts = figures.filter(pl.col("part_of").list.len() > 0).explode("part_of")
    wholes = figures.select(part_of="observation_id", whole_unit="unit")
    both = parts.join(wholes, on="part_of", maintain_order="left")
    said = "a part in {unit} of {part_of!r}, which is in {whole_unit}; expected one unit"
    for row in both.filter(pl.col("unit") != pl.col("whole_unit")).iter_rows(named=True):
        if not comparable_units(row["unit"], row["whole_unit"]):
            yield _TABLE, row, "part_of", said.format(**row), "correct the id of the whole, or the figure"


def wording(figures: Figures) -> Iterator[Unusual]:
    """A term that says another type or population than is recorded."""
    words = pl.col("reported_term")
    wide = words.str.contains("[规規][模上]") & (pl.col("population") != "above_scale")
    ahead = words.str.contains("预计|預計|力争|力爭|目标|目標") & (pl.col("transformation") != "share")
    wider, hoped = _found(
        figures, (pl.col("kind") == "work_summary") & wide, ahead & (pl.col("value_type") == "outturn")
    )
    said = "{population!r} beside the term {reported_term!r}; expected above_scale"
    yield from _each(wider, "population", said, "correct one of them")
    said = "an outturn with the term {reported_term!r}; expected a forecast or a target"
    yield from _each(hoped, "value_type", said, "correct one of them")


RULES: dict[str, Callable[[Figures], Iterator[Unusual]]] = {
    "negative": negative,
    "out_of_range": out_of_range,
    "far_value": far_value,
    "other_term": term,
    "mid_month": mid_month,
    "undated": undated,
    "far_period": far_period,
    "far_ahead": far_ahead,
    "contradiction": contradiction,
    "wording": wording,
}
