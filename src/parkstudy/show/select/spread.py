"""How the values of many parks spread: how many give one, the lowest and the highest, the quartiles, by year and by group."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from parkstudy.method.study import Study
from parkstudy.record.rows import Row, grouped

GROUPINGS = ("province", "prefecture", "zone_kind", "size")  # columns of the parks, those with a language by their stem
_LEAST, _GROUPS = 3, 2  # parks of a group (or year), and groups, that are needed to tell them apart
_MOST = 6  # years or groups that a sentence tells one by one
_PRINTED = ("as_printed", "as_reported")  # methods whose value is a figure of the text
_HALF = 8  # values from which on the middle half says more than the values themselves


def quantile(values: Iterable[float], share: float) -> float:
    """The value below which a share of the values lies, interpolated between the two nearest of them.

    Definition 7 of Hyndman and Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996), doi
    10.2307/2684934: of n values in order it is at the place 1 + (n - 1) * share. Raises `IndexError` without values.
    """
    ordered = sorted(values)
    before = math.floor(place := (len(ordered) - 1) * share)
    low, part = ordered[before], place - before
    if part and math.isinf(low):  # between an open end and another one, which may be closed
        return low
    return low if not part or ordered[before + 1] == low else low + (ordered[before + 1] - low) * part


def middle(row: Row) -> float:
    """Where a row stands among others: at its value, else in the middle of its interval, at the one end of an open one."""
    if row["value"] is not None:
        return float(row["value"])
    ends = [end for end in (row["low"], row["high"]) if math.isfinite(end)]
    return sum(ends) / len(ends) if ends else 0.0


def one_a_year(rows: Iterable[Row]) -> list[Row]:
    """The rows with a value, one of each park and year: a park-year is the unit.

    Of several it is that of the last months, of these the first: the one that a text names first, as comparisons take it.
    """
    found: dict[tuple[str, int | None], Row] = {}
    for row in rows:
        key = row["park_id"], row["period_end"] and row["period_end"].year
        if row["low"] is not None and (key not in found or (key[1] and row["period_end"] > found[key]["period_end"])):
            found[key] = row
    return list(found.values())


def parks_of(rows: Iterable[Row]) -> int:
    """How many parks rows are of."""
    return len({row["park_id"] for row in rows})


def spread(rows: Iterable[Row], of: int) -> Row | None:
    """How the values of one measure, one a park and year, spread over the parks that give one, out of `of`; None where none does.

    `lowest` and `highest` are the rows at the ends, with how many values more stand there (`lowest_more`, `highest_more`);
    `median` is a row without a key; so are the `first` and `third` of the `quartiles`, and what both lie `within`; `half` is the
    same, None of few values. Where values are intervals, a quartile is a range: that of the low ends to that of the high ends.
    `years` tells the medians by the year in which the period of a value ends, of years with three parks or more.
    """
    own = sorted(one_a_year(rows), key=middle)
    if not own:
        return None
    ends = {"lowest": own[0], "highest": own[-1]}
    more = {f"{name}_more": sum(middle(row) == middle(end) for row in own) - 1 for name, end in ends.items()}
    years = grouped(({**row, "year": row["period_end"].year} for row in own if row["period_end"]), "year")
    told = [_told(found, year=year) for (year,), found in sorted(years.items()) if len(found) >= _LEAST]
    return {
        "measure": own[0]["measure"], "parks": parks_of(own), "given": len(own), "of": of, "every": parks_of(own) == of,
        "repeated": len(own) > parks_of(own),
        **ends, **more, **_quartiles(own),
        "same": middle(own[0]) == middle(own[-1]), "year_count": len(years),
        "several_years": len(years) > 1, "years": told if 1 < len(told) <= _MOST else [],
    }  # fmt: skip


def _told(rows: Sequence[Row], **more: Any) -> Row:
    return {"parks": parks_of(rows), **_quartiles(rows), **more}


def _quartiles(rows: Sequence[Row]) -> dict[str, Row | None]:
    """The median and the quartiles as rows: of printed figures a value, of computed ones a range."""
    exact = all(row["method"] in _PRINTED and row["value"] is not None for row in rows)
    low, high = ([row["value" if exact else end] for row in rows] for end in ("low", "high"))
    like = {name: rows[0][name] for name in ("measure", "unit")} | {"key": "", "inputs": [], "grade": "A"}
    first, median, third = (
        {**like, "value": quantile(low, share) if exact else None, "low": quantile(low, share), "high": quantile(high, share)}
        for share in (0.25, 0.5, 0.75)
    )  # fmt: skip
    half: Row = {
        "exact": exact,
        "first": first,
        "third": third,
        "within": {**first, "high": third["high"], "outward": True},
    }
    said = len(rows) >= _HALF and any(math.isfinite(half["within"][end]) for end in ("low", "high"))
    return {"median": median, "quartiles": half, "half": half if said else None}


def groups_of(study: Study) -> dict[str, dict[str, Row]]:
    """The groupings of the parks of a study: to each park the name of its group, by language; parks without one left out."""
    found = {}
    for name in GROUPINGS:
        columns = {lang: f"{name}_{lang}" if f"{name}_{lang}" in study.parks.columns else name for lang in ("en", "zh")}
        if columns["en"] in study.parks.columns:
            rows = [row for row in study.parks.iter_rows(named=True) if row[columns["en"]]]
            found[name] = {row["park_id"]: {lang: row[column] for lang, column in columns.items()} for row in rows}
    return found


def by_group(study: Study, rows: Iterable[Row]) -> Row | None:
    """The medians of the first grouping in which two groups or more have three parks with a value; None where there is none."""
    own = one_a_year(rows)
    for grouping, names in groups_of(study).items():
        found = _groups(own, names)
        if len(found) >= _GROUPS:
            told = found[:_MOST]
            return {
                "grouping": grouping, "groups": told, "count": len(found), "told": len(told), "more": len(found) - len(told),
                "rest": parks_of(own) - sum(one["parks"] for one in found),
            }  # fmt: skip
    return None


def _groups(rows: Iterable[Row], names: dict[str, Row]) -> list[Row]:
    """The groups with three parks or more, the largest first: their name, how many parks, the median and all their rows."""
    placed = [{**row, "group": tuple(sorted(names[row["park_id"]].items()))} for row in rows if row["park_id"] in names]
    found = [(dict(name), own) for (name,), own in grouped(placed, "group").items() if parks_of(own) >= _LEAST]
    found.sort(key=lambda one: (-parks_of(one[1]), one[0]["en"]))
    return [{"name": name, **_told(own), "rows": own} for name, own in found]
