"""What of a study is chosen: parks by their ids or by a group, and of their texts at most one for a park and year.

Nothing is dropped in silence: a text that is not taken is named with the reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from parkstudy.errors import ParkstudyError, did_you_mean, listed, nearest
from parkstudy.record.codes import codes
from parkstudy.record.rows import Row, gathered, grouped

LATEST, ALL = codes("year_word")
SUMMARY = "work_summary"
_GROUP = "group:"
_PLACES = ("county", "prefecture", "province")  # in two languages; of an anonymised park none is known
_SCHEMA = dict.fromkeys(("source_id", "why", "taken"), pl.String)


class UnknownParkError(ParkstudyError, ValueError):
    """A park id, or a group of parks, that the study does not hold."""


class UnknownYearError(ParkstudyError, ValueError):
    """A year in which no text of the chosen parks ends, or a word that names no year."""


def parks_of(parks: pl.DataFrame, asked: str) -> list[str]:
    """The parks that `asked` lists, ids and groups separated by commas; the core parks for an empty text.

    A group, `group:<column>=<value>`, is its core parks; a place is found in either language. Raises `UnknownParkError`.
    """
    rows = parks.to_dicts()
    words = [word.strip() for word in asked.split(",") if word.strip()]
    core = [row["park_id"] for row in rows if row["role"] == "core"]
    found: list[str] = [] if words else core
    known = [row["park_id"] for row in rows]
    there = set(known)
    for word in words:
        if word.startswith(_GROUP):
            found += _of_group(rows, word.removeprefix(_GROUP))
        elif word in there:
            found.append(word)
        else:
            message = f"unknown park {word!r}; {did_you_mean(word, known)}known parks: {listed(known)}"
            raise UnknownParkError(message).told("park", given=word, near=nearest(word, known))
    return list(dict.fromkeys(found))


def groups(rows: list[Row]) -> dict[str, list[str]]:
    """The columns of parks.csv by which parks can be chosen, to what stands in them of the core parks, each value once."""
    columns: dict[str, tuple[str, ...]] = {place: (f"{place}_zh", f"{place}_en") for place in _PLACES}
    columns |= {name: (name,) for pair in columns.values() for name in pair} | {n: (n,) for n in ("zone_kind", "size")}
    return {
        name: list(dict.fromkeys(value for row in rows for value in _values(row, own))) for name, own in columns.items()
    }


def _values(row: Row, columns: tuple[str, ...]) -> Iterator[str]:
    """What a core park has in columns; of an anonymised one no place."""
    for column in columns:
        hidden = row["anonymised"] and column.rpartition("_")[0] in _PLACES
        if row["role"] == "core" and row[column] and not hidden:
            yield row[column]


def _of_group(rows: list[Row], asked: str) -> list[str]:
    """The core parks with a value in a column."""
    (column, equals, value), known = asked.partition("="), groups(rows)
    column, value = column.strip(), value.strip()
    if not equals or column not in known:
        hint = "" if column in known else did_you_mean(column, known)
        raise UnknownParkError(
            f"unknown group {asked!r}; {hint}expected group:<column>=<value> with a column out of {', '.join(known)}"
        ).told("group", given=asked, known=", ".join(known))
    same = {one for one in known[column] if one.casefold() == value.casefold()}
    if not same:
        listed = (
            f"known values: {', '.join(known[column])}" if known[column] else "parks.csv gives none for a core park"
        )
        message = f"no park with {column} {value!r}; {did_you_mean(value, known[column])}{listed}"
        raise UnknownParkError(message).told(
            "group_value", column=column, given=value, near=nearest(value, known[column])
        )
    columns = (column,) if column in rows[0] else (f"{column}_zh", f"{column}_en")
    return [row["park_id"] for row in rows if same.intersection(_values(row, columns))]


def year_of(source: Mapping[str, Any]) -> int | None:
    """The year of a text: the one in which its period ends; None where it has no period."""
    end: date | None = source["period_end"]
    return end.year if end else None


def years_of(texts: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
    """The years that texts end in, from the first."""
    return tuple(sorted({year for year in map(year_of, texts) if year}))


def texts_of(sources: pl.DataFrame, year: str) -> tuple[list[str], pl.DataFrame]:
    """The texts that `year` takes of each park, with every page that is no work summary; and those that it does not take.

    `latest`: of each park the latest of its best grade; a year: those that end in it; `all`: every year. Of several of one park and year
    the one of the better grade is taken, then of the longer span, then the later one, an undated one last, then the first. The frame of
    those set aside is `source_id, why, taken`: a code of the group `set_aside`, and the text that was taken of that park, if one was.
    Raises `UnknownYearError`.
    """
    rows = sources.to_dicts()
    _known(year, years_of(row for row in rows if row["kind"] == SUMMARY))
    kept = {row["source_id"] for row in rows if row["kind"] != SUMMARY}
    aside: dict[str, tuple[str, str | None]] = {}
    for texts in grouped([row for row in rows if row["kind"] == SUMMARY], "park_id").values():
        best = {of: min(own, key=_precedence) for of, own in gathered(texts, year_of).items()}
        taken = list(best.values())
        if year == LATEST:
            taken = [max(taken, key=lambda one: (-_rank(one), one["period_end"] or date.min))]
        elif year != ALL:
            taken = [one for of, one in best.items() if str(of) == year]
        kept |= {one["source_id"] for one in taken}
        for text in texts:
            first = best[year_of(text)]
            if text is not first and first in taken:
                aside[text["source_id"]] = ("same_year", first["source_id"])
            elif text not in taken:
                lower = year == LATEST and _rank(text) > _rank(taken[0])
                aside[text["source_id"]] = (
                    "lower_grade" if lower else "other_year",
                    taken[0]["source_id"] if taken else None,
                )
    order = sources["source_id"].to_list()
    lost = pl.DataFrame([(one, *aside[one]) for one in order if one in aside], _SCHEMA, orient="row")
    return [one for one in order if one in kept], lost


def texts_by_park(sources: pl.DataFrame, year: str) -> dict[str, str]:
    """Park to the work summary that `latest` or a year takes of it; see `texts_of`."""
    own = sources.filter(kind=SUMMARY)
    kept = texts_of(own, year)[0]
    return dict(own.filter(pl.col("source_id").is_in(kept)).select("park_id", "source_id").iter_rows())


def nothing_aside() -> pl.DataFrame:
    """No text that was not taken."""
    return pl.DataFrame(schema=_SCHEMA)


def _known(year: str, years: tuple[int, ...]) -> None:
    listed = [str(one) for one in years]
    if year not in (LATEST, ALL, *listed):
        there = f"years in which a text of these parks ends: {', '.join(listed) or 'none'}"
        if year.isdecimal():
            raise UnknownYearError(f"no text of {year}; {there}").told("year", given=year, known=", ".join(listed))
        raise UnknownYearError(
            f"unknown year {year!r}; {did_you_mean(year, (LATEST, ALL))}expected {LATEST}, {ALL} or a year; {there}"
        ).told("year_word", given=year, known=f"{LATEST}, {ALL}", near=nearest(year, (LATEST, ALL)))


def _rank(text: Row) -> int:
    """The place of a grade, from the best; one that is not known is behind all."""
    known = codes("grade")
    return known.index(text["grade"]) if text["grade"] else len(known)


def _precedence(text: Row) -> tuple[int, int, int, bool, str]:
    start, end = text["period_start"], text["period_end"]
    days = (end - start).days if start and end else 0
    later = "".join(chr(0x10FFFF - ord(sign)) for sign in text["published"] or "")  # later dates first
    return _rank(text), -days, -end.toordinal() if end else 0, not later, later
