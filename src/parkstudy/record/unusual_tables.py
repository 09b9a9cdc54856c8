"""What is unusual about the rows beside the figures: ids, numbers, dates, hosts, the benchmark series, what a table lacks.

Each rule takes the cells of all tables as they are recorded and yields what is unusual as `unusual.Unusual`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import polars as pl

from parkstudy.record.cells import short
from parkstudy.record.rows import Row, as_rows, gathered, grouped, pairs
from parkstudy.record.spreadsheet import CHANGED, wide_percentages
from parkstudy.record.units import UNIT_OF_WORD, units
from parkstudy.record.unusual_names import Frames, Unusual, of

_GOVERNMENT = r"^https?://(?:[^/]*\.)?(?:gov|go|gob|gouv|govt)(?:\.[a-z]{2})?(?:[:/]|$)"
_MAGNITUDE = {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12, "百万": 1e6, "千": 1e3, "百": 1e2}
_GROWTH = re.compile("增速|同比|增长率")
_RATE = re.compile("(?:增速|同比|增长率|比重|占比|率)(?:[（(].*)?$")
_SHARE = re.compile(r"\bshare of\b")
_DATES, _SOON = ("period_start", "period_end", "published"), 3  # years from what a text reports to its date
_YEARS = 6  # of a span: a plan of five years, and a little more
_FAR = 1_000  # times off all others of a series


def other_id(frames: Frames) -> Iterator[Unusual]:
    """The id of a text that is not that of its park, or has a year that is none of its text."""
    known_parks = {*frames["parks"]["park_id"]}
    for row in as_rows(frames["sources"]):
        key, park = row["source_id"] or "", row["park_id"] or ""
        if not key or park not in known_parks:
            continue
        if not f"{key}-".startswith(f"{park}-"):
            said = f"{key!r} is a text of {park!r}; expected an id that begins with {park}-"
            yield "sources", row, "source_id", said, "correct the id, in every table, or the park"
            continue
        year = re.match(r"-((?:19|20)\d\d)(?!\d)", key[len(park) :])
        known = {cell[:4] for cell in (row["period_start"], row["period_end"], row["published"]) if cell}
        if year and known and year[1] not in known:
            said = f"{key!r} is dated {' and '.join(sorted(known))}; expected an id with the year that the text reports"
            yield "sources", row, "source_id", said, "correct the id, in every table, or the dates"


def host(frames: Frames) -> Iterator[Unusual]:
    """An official source whose host is none of a government, and the reverse."""
    for table, column in (("sources", "url"), ("reference", "source_url")):
        state = pl.col(column).str.to_lowercase().str.contains(_GOVERNMENT)
        for row in of(frames, table, state != (pl.col("official") == "true")):
            is_official = row["official"] == "true"
            said = f"official is {row['official']}, and {short(row[column])} is {'no' if is_official else 'a'} host of a government"
            said += f"; expected {'false' if is_official else 'true'}"
            yield table, row, "official", said, "correct one of the two"


def no_title(frames: Frames) -> Iterator[Unusual]:
    """A work summary without a title, of a park that is not anonymised."""
    named = frames["parks"].filter(pl.col("anonymised") == "false")["park_id"]
    bare = (pl.col("kind") == "work_summary") & pl.col("title").is_null()
    for row in of(frames, "sources", bare & pl.col("park_id").is_in(named.to_list())):
        said = f"the title of {row['source_id']!r} is not given; expected it as it is printed"
        yield "sources", row, "title", said, "fill it in"


def no_trace(frames: Frames) -> Iterator[Unusual]:
    """A text with neither a hash nor an address."""
    for row in of(frames, "sources", pl.col("sha256").is_null() & pl.col("url").is_null()):
        said = f"{row['source_id']!r} has neither sha256 nor url, so that nobody can find its text again; expected one of them"
        yield "sources", row, "sha256", said, "fill one in (parkstudy init and draft write the sha256)"


def _year(date: pl.Expr) -> pl.Expr:
    return date.str.head(4).str.to_integer(strict=False)


def odd_dates(frames: Frames) -> Iterator[Unusual]:
    """A span of a text or a benchmark that begins within a month, a text dated far from what it reports, a title of other years."""
    start, end = pl.col("period_start"), pl.col("period_end")
    for table in ("sources", "reference"):
        for row in of(frames, table, ~start.str.ends_with("-01") & (start != end)):
            said = f"a span that begins on {row['period_start']}; expected the first day of a month"
            yield table, row, "period_start", said, "correct the date"
        for row in of(frames, table, _year(end) - _year(start) > _YEARS):
            said = f"a span from {row['period_start']} to {row['period_end']}; expected {_YEARS} years at most"
            yield table, row, "period_start", said, "correct the date"
    for row in as_rows(frames["sources"]):
        years = {name: int(row[name][:4]) for name in _DATES if re.match(r"[0-9]{4}-", row[name] or "")}
        known = [years[name] for name in _DATES[:2] if name in years]
        if known and "published" in years and not min(known) <= years["published"] <= max(known) + _SOON:
            text = f"dated {row['published']}, and it reports {row['period_start']} to {row['period_end']}; expected a date soon after"
            yield "sources", row, "published", text, "correct the date"
        titled = {int(one) for one in re.findall(r"(?<!\d)(?:19|20)[0-9]{2}(?=年)", row["title"] or "")}
        if titled and years and not titled & {*years.values()}:
            text = f"the title names {_listed(titled)}, and the text is dated {_listed(years.values())}; expected a year in common"
            yield "sources", row, "title", text, "correct one of the two"


def _listed(years: Iterable[int]) -> str:
    return " and ".join(map(str, sorted({*years})))


def series(frames: Frames) -> Iterator[Unusual]:
    """A series of benchmarks in units of two kinds, of spans and points in time, or with a value a thousand times off all others."""
    rows = [row for row in as_rows(frames["reference"]) if row["series"]]
    for group in grouped(rows, "series").values():
        kinds = gathered(group, lambda row: _kind(row["unit"] or ""))
        said = "has the unit {cell!r}, and {other} the unit {usual!r}; expected units that can be compared"
        yield from _odd(kinds, "unit", said)
        spans, points = ([row for row in group if (row["period_start"] is None) is point] for point in (False, True))
        said = "has the first day {cell!r}, and {other} {usual!r}; expected spans or points in time, not both"
        yield from _odd({False: spans, True: points}, "period_start", said)
        for row in (one for one in group if (one["value"] or "").startswith("-") and one["unit"] != "%"):
            said = f"{row['value']} {row['unit']} is below zero, as a value of {row['series']}; expected what there is of it"
            yield "reference", row, "value", said, "correct the value"
        for row in (one for one in group if one["period_start"] is None and _GROWTH.search(one["name_zh"] or "")):
            said = f"growth of {row['series']!r} without its first day; expected the span that it is the growth of"
            yield "reference", row, "period_start", said, "fill it in"
        for row in (one for one in group if one["period_end"] is None):
            yield "reference", row, "period_end", f"{row['series']!r} of no time; expected the last day", "fill it in"
        yield from _far(group)


def _far(group: list[Row]) -> Iterator[Unusual]:
    """The largest and the smallest value of a series, where they are a thousand times off all others."""
    numbers = [
        (abs(float(row["value"])) * _times(row["unit"] or ""), row)
        for row in group
        if re.match(r"-?[0-9]+(\.[0-9]+)?$", row["value"] or "")
    ]
    known = sorted((one for one in numbers if one[0] > 0), key=lambda one: one[0])
    for (value, row), (near, _) in (
        ((known[-1], known[-2]), (known[0], known[1]))[: len(known) - 1]
        if len(known) > 1 and known[0][1]["unit"] != "%"
        else ()
    ):
        if not near / _FAR <= value <= near * _FAR:
            said = f"{row['value']} {row['unit']} is more than {_FAR:,} times off every other value of {row['series']}"
            yield "reference", row, "value", said, "correct the value or its unit"


def _odd(kinds: Mapping[Any, list[Row]], column: str, said: str) -> Iterator[Unusual]:
    """The rows of every kind but the most frequent one."""
    usual = max(kinds.values(), key=len)
    for rows in kinds.values():
        for row in rows if rows is not usual else ():
            text = said.format(cell=row[column] or "", usual=usual[0][column] or "", other=f"{len(usual)} other rows")
            yield "reference", row, column, f"{row['series']!r} {text}", "correct one of the two"


@cache
def _parts(unit: str) -> list[tuple[str, str]]:
    """Magnitude and word of what stands before and behind the stroke of a unit."""
    found = [re.fullmatch("(万亿|百万|万|亿|千|百)?(.*)", part) for part in unit.replace("每", "/").split("/")]
    return [(match[1] or "", match[2]) for match in found if match]


def _kind(unit: str) -> str:
    """What a unit measures: its family, or itself."""
    known = [UNIT_OF_WORD.get(word, word) for _, word in _parts(unit)]
    return "/".join(units()[code].family or code if code in units() else code for code in known)


def _times(unit: str) -> float:
    return _MAGNITUDE[_parts(unit)[0][0]]


def unknown_unit(frames: Frames) -> Iterator[Unusual]:
    """A benchmark in a unit that no figure is in, or a rate that is not in percent."""
    for row, *_ in grouped(as_rows(frames["reference"]), "series", "unit").values():
        unit, name = row["unit"] or "", row["name_zh"] or ""
        if unit and unit not in ("ratio", "百分点", "‰") and any(word not in UNIT_OF_WORD for _, word in _parts(unit)):
            said = f"{unit!r} is no known unit; expected one such as 亿元, %, 万元/亩 or ratio"
            yield "reference", row, "unit", said, "correct the unit"
        elif (
            unit
            and unit not in ("%", "ratio", "百分点", "‰")
            and (_RATE.search(name) or _SHARE.search(row["name_en"] or ""))
        ):
            said = f"{name!r} in {unit!r}; expected a rate in %"
            yield "reference", row, "unit", said, "correct the unit or the name"


_NUMBER = re.compile("(?<=-)[0-9]{3}$")  # of an observation


def numbering(frames: Frames) -> Iterator[Unusual]:
    """Observations of a text that are not numbered one after another from 001: a row may be lost, or out of its place."""
    figures = frames["observations"]
    last: dict[str, int] = {}
    odd: dict[str, list[tuple[int, int]]] = {}  # of a text the places of its rows, and the number expected there
    for place, (source, key) in enumerate(pairs(figures, "source_id", "observation_id")):
        number, expected = _NUMBER.search(key or ""), last.get(source, 0) + 1
        last[source] = int(number[0]) if number else 0
        if number and last[source] != expected:
            odd.setdefault(source, []).append((place, expected))
    for (place, expected), *others in odd.values():
        row = figures.row(place, named=True)
        more = f", and {len(others)} more such places" if others else ""
        said = (
            f"{row['observation_id']!r} stands where {expected:03} is expected{more}: a row may be lost or out of place"
        )
        yield "observations", row, "observation_id", said, "put the rows in order, or number them anew"


def no_place(frames: Frames) -> Iterator[Unusual]:
    """A core park without the nation among its places, where the others have it."""
    national = {*frames["places"].filter(pl.col("scope") == "national")["park_id"]}
    for row in of(frames, "parks", pl.col("role") == "core") if national else ():
        if row["park_id"] not in national:
            said = f"places.csv has no national for {row['park_id']!r}; expected it, as for the others"
            yield "parks", row, "park_id", said, "add the row"


def wide(frames: Frames) -> Iterator[Unusual]:
    """Percentages that all have two decimals, as a spreadsheet writes them."""
    rates = frames["observations"].filter(pl.col("reported_figure").str.contains("[%％]"))
    if wide_percentages(rates["reported_figure"].to_list()):
        said = f"every percentage has two decimals, some of them a zero: a spreadsheet may have saved the table, and {CHANGED}"
        (first,) = as_rows(rates[:1])
        yield "observations", first, "reported_figure", said, "hold the figures against their texts (parkstudy verify)"


RULES: dict[str, Callable[[Frames], Iterator[Unusual]]] = {
    "other_id": other_id,
    "host": host,
    "no_title": no_title,
    "no_trace": no_trace,
    "odd_dates": odd_dates,
    "series": series,
    "unknown_unit": unknown_unit,
    "numbering": numbering,
    "no_place": no_place,
    "spreadsheet": wide,
}
