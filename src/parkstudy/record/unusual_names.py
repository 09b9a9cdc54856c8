"""What is unusual about names and words: their language, whose they are, and what has none.

Each rule takes the cells of all tables as they are recorded and yields what is unusual as `unusual.Unusual`.
"""

from collections.abc import Callable, Iterator, Mapping

import polars as pl

from parkstudy.record.cells import LONGEST, PROSE, short
from parkstudy.record.rows import Row, as_rows, grouped
from parkstudy.record.schema import LINE

Unusual = tuple[str, Row, str, str, str]  # table, row, column, what it is, what to do
Frames = Mapping[str, pl.DataFrame]
_HAN, _HAN_OR_WIDE = r"[\u3400-\u9fff\U00020000-\U0003ffff]", r"[\u3400-\u9fff\uff10-\uff5a\U00020000-\U0003ffff]"
_BRAND = r"^[^a-z ][^ ]*( [^a-z ][^ ]*)*$"  # a name in Latin letters in both languages, each word with a capital
_PAIRS = {  # table to what it names in both languages
    "parks": ("name", "county", "prefecture", "province"),
    "indicators": ("name", "definition"),
    "subjects": ("name",),
    "reference": ("name",),
}
_NOTES = {"note_zh": "note", "inferred_zh": "inferred"}
_NAMED = 3  # that a message lists


def of(frames: Frames, table: str, which: pl.Expr) -> list[Row]:
    """The rows of a table of which something holds."""
    return as_rows(frames[table].filter(which))


def _not_chinese(table: str, row: Row, column: str) -> Unusual:
    said = f"{short(row[column])} has no Chinese character; expected it in Chinese"
    return table, row, column, said, "write it in Chinese"


def script(frames: Frames) -> Iterator[Unusual]:
    """A Chinese name without a Chinese character, unless the name is the same in both languages; an English one with one."""
    for table, named in _PAIRS.items():
        for name in named:
            zh, en = f"{name}_zh", f"{name}_en"
            capital = pl.col(zh).str.contains(_BRAND) if table == "subjects" else pl.lit(value=False)
            brand = (pl.col(zh) == pl.col(en)).fill_null(value=False) & capital
            for row in of(frames, table, ~pl.col(zh).str.contains(_HAN) & ~brand):
                yield _not_chinese(table, row, zh)
            foreign = (
                ~pl.col(en).str.contains("[A-Za-z]{3}")
                if name == "definition"
                else pl.col(en).str.contains(_HAN_OR_WIDE)
            )
            for row in of(frames, table, foreign):
                yield (
                    table,
                    row,
                    en,
                    f"{short(row[en])} has Chinese or full-width characters; expected it in English",
                    "write it in English",
                )
    if 2 * frames["reference"].filter(pl.col("scope").str.contains(_HAN)).height < frames["reference"].height:
        for row in of(frames, "reference", pl.col("scope").str.contains(_HAN)):
            yield (
                "reference",
                row,
                "scope",
                f"{short(row['scope'])} is in Chinese, unlike most scopes; expected one name a place",
                "write it as there",
            )
    for table, frame in frames.items():
        for zh in set(_NOTES) & set(frame.columns):
            for row in of(frames, table, ~pl.col(zh).str.contains(_HAN)):
                yield _not_chinese(table, row, zh)


def one_language(frames: Frames) -> Iterator[Unusual]:
    """A name in one language and not in the other; a note without the twin that most notes of its table have."""
    for name in _PAIRS["parks"][1:]:  # names are required
        for one, other in ((f"{name}_zh", f"{name}_en"), (f"{name}_en", f"{name}_zh")):
            for row in of(frames, "parks", pl.col(one).is_not_null() & pl.col(other).is_null()):
                yield (
                    "parks",
                    row,
                    other,
                    f"{one} is {row[one]!r} and {other} is empty; expected both or neither",
                    "fill it in",
                )
    for table, frame in frames.items():
        for zh in set(_NOTES) & set(frame.columns):
            note, twin = pl.col(_NOTES[zh]), pl.col(zh)
            twins, notes = (
                frame.filter(twin.is_not_null() & note.is_not_null()).height,
                frame.filter(note.is_not_null()).height,
            )
            lacking = twin.is_null() & note.is_not_null() if 2 * twins > notes else pl.lit(value=False)
            for row in of(frames, table, lacking):
                yield (
                    table,
                    row,
                    zh,
                    f"{_NOTES[zh]} is filled and {zh} is empty; expected both, as in the other rows",
                    "fill it in",
                )
            for row in of(frames, table, twin.is_not_null() & note.is_null()):
                yield table, row, _NOTES[zh], f"{zh} is filled and {_NOTES[zh]} is empty; expected both", "fill it in"


def same_name(frames: Frames) -> Iterator[Unusual]:
    """Two parks, indicators, series, or parts of one text, with one name."""
    for table, key, within in (
        ("parks", "park_id", ()), ("indicators", "indicator", ()), ("reference", "series", ()), ("subjects", "subject", ("source_id",)),
    ):  # fmt: skip
        for column in ("name_zh", "name_en"):
            things = frames[table].unique([key, column, *within], keep="first", maintain_order=True)
            twice = things.filter(pl.col(column).is_not_null() & pl.struct(column, *within).is_duplicated())
            for group in grouped(as_rows(twice), column, *within).values():
                for row in group[1:]:
                    said = f"{row[key]!r} has the {column} of {group[0][key]!r}, {short(row[column])}; expected a name of its own"
                    yield table, row, column, said, "correct one of the two"


def two_names(frames: Frames) -> Iterator[Unusual]:
    """One county, prefecture, province or series with two names."""
    pairs = [("parks", f"{name}_zh", f"{name}_en") for name in ("county", "prefecture", "province")]
    for table, key, column in (*pairs, ("reference", "series", "name_zh"), ("reference", "series", "name_en")):
        named = frames[table].filter(pl.col(key).is_not_null() & pl.col(column).is_not_null())
        usual = (
            named.group_by(key, column)
            .len()
            .sort("len", descending=True)
            .unique(key, keep="first", maintain_order=True)
        )
        odd = named.join(usual.select(key, usual=column), on=key).filter(pl.col("usual") != pl.col(column)).sort(LINE)
        for row in as_rows(odd):
            said = (
                f"{row[key]!r} is called {short(row[column])}, and elsewhere {short(row['usual'])}; expected one name"
            )
            yield table, row, column, said, "correct one of the two"


def place_level(frames: Frames) -> Iterator[Unusual]:
    """A county whose Chinese name does not end as that of one, or a province whose name ends as that of a county."""
    for row in of(frames, "parks", ~pl.col("county_zh").str.contains("[县縣市区區旗州岛]$")):
        yield (
            "parks",
            row,
            "county_zh",
            f"{row['county_zh']!r}; expected a county, which ends in 县, 市, 区 or 旗",
            "correct the place",
        )
    for row in of(
        frames, "parks", pl.col("province_zh").str.contains("[县縣旗]$|(?:^|[^治政])[区區]$|^.{3,}[^省市区區]$")
    ):
        yield "parks", row, "province_zh", f"{row['province_zh']!r}; expected a province", "correct the place"


def part_names(frames: Frames) -> Iterator[Unusual]:
    """A part of a text that has figures and no name where others have one, or a name and no figure."""
    figures, named = frames["observations"], frames["subjects"]
    parts = figures.filter(~pl.col("subject").is_in(["park", "county"]))
    on = ["source_id", "subject"]
    for row in as_rows(named.join(parts, on=on, how="anti", maintain_order="left")):
        said = f"{row['subject']!r} of {row['source_id']!r} is named and has no figure; expected a subject of observations.csv"
        yield "subjects", row, "subject", said, "correct the subject in one of the two tables, or take the row out"
    nameless = parts.join(named, on=on, how="anti", maintain_order="left") if named.height else named
    for rows in grouped(as_rows(nameless), "source_id").values():
        some = ", ".join(dict.fromkeys(repr(row["subject"]) for row in rows[:_NAMED]))
        said = f"{some} of {rows[0]['source_id']!r} has figures and no name; expected a row in subjects.csv"
        yield "observations", rows[0], "subject", said, "correct the subject, or name it"


def long_cell(frames: Frames) -> Iterator[Unusual]:
    """A note or definition of over two thousand characters."""
    for table, frame in frames.items():
        for column in [name for name in PROSE if name in frame.columns]:
            for row in of(frames, table, pl.col(column).str.len_chars() > LONGEST):
                yield (
                    table,
                    row,
                    column,
                    f"{column} has {len(row[column]):,} characters; expected {LONGEST:,} at most",
                    "shorten it",
                )


RULES: dict[str, Callable[[Frames], Iterator[Unusual]]] = {
    "script": script,
    "one_language": one_language,
    "same_name": same_name,
    "two_names": two_names,
    "place_level": place_level,
    "part_names": part_names,
    "long_cell": long_cell,
}
