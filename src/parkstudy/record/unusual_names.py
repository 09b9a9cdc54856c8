"""What is unusual about names and words: their language, whose they are, and what has none.

Each rule takes the cells of all tables as they are recorded and yields what is unusual as `unusual.Unusual`.
"""

from collections import Counter
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


def where(frame: pl.DataFrame, *which: pl.Expr) -> list[pl.Series]:
    """Of each of several things whether it holds of a row, all looked for at once: asking one by one takes longer than to look."""
    return frame.select(one.fill_null(value=False).alias(str(n)) for n, one in enumerate(which)).get_columns()


def those(frame: pl.DataFrame, held: pl.Series) -> list[Row]:
    """The rows that `where` found; mostly none."""
    return as_rows(frame.filter(held)) if held.any() else []


def _not_chinese(table: str, row: Row, column: str) -> Unusual:
    said = f"{short(row[column])} has no Chinese character; expected it in Chinese"
    return table, row, column, said, "write it in Chinese"


def script(frames: Frames) -> Iterator[Unusual]:
    """A Chinese name without a Chinese character, unless the name is the same in both languages; an English one with one."""
    for table, frame in frames.items():
        named = _PAIRS.get(table, ())
        chinese = [*(f"{name}_zh" for name in named), *(zh for zh in _NOTES if zh in frame.columns)]
        english = [f"{name}_en" for name in named]
        found = where(frame, *(_foreign(table, zh) for zh in chinese), *map(_not_english, english))
        for zh, held in zip(chinese, found, strict=False):
            for row in those(frame, held):
                yield _not_chinese(table, row, zh)
        for en, held in zip(english, found[len(chinese) :], strict=True):
            for row in those(frame, held):
                said = f"{short(row[en])} has Chinese or full-width characters; expected it in English"
                yield table, row, en, said, "write it in English"
    (scopes,) = where(frames["reference"], pl.col("scope").str.contains(_HAN))
    if 2 * scopes.sum() < scopes.len():
        for row in those(frames["reference"], scopes):
            said = f"{short(row['scope'])} is in Chinese, unlike most scopes; expected one name a place"
            yield "reference", row, "scope", said, "write it as there"


def _foreign(table: str, zh: str) -> pl.Expr:
    """Without a Chinese character, and no brand: those are named alike in both languages."""
    bare = ~pl.col(zh).str.contains(_HAN)
    alike = (pl.col(zh) == pl.col(zh.replace("_zh", "_en"))) if table == "subjects" else None
    return bare if alike is None else bare & ~(alike.fill_null(value=False) & pl.col(zh).str.contains(_BRAND))


def _not_english(en: str) -> pl.Expr:
    if en == "definition_en":
        return ~pl.col(en).str.contains("[A-Za-z]{3}")
    return pl.col(en).str.contains(_HAN_OR_WIDE)


def one_language(frames: Frames) -> Iterator[Unusual]:
    """A name in one language and not in the other; a note without the twin that most notes of its table have."""
    names = _PAIRS["parks"][1:]  # names of parks are required
    pairs = [(f"{name}_{one}", f"{name}_{other}") for name in names for one, other in (("zh", "en"), ("en", "zh"))]
    for (one, other), held in zip(pairs, where(frames["parks"], *(_alone(*pair) for pair in pairs)), strict=True):
        for row in those(frames["parks"], held):
            said = f"{one} is {row[one]!r} and {other} is empty; expected both or neither"
            yield "parks", row, other, said, "fill it in"
    for table, frame in frames.items():
        for zh, note in ((zh, note) for zh, note in _NOTES.items() if zh in frame.columns):
            lacking, bare = where(frame, _alone(note, zh), _alone(zh, note))
            notes = frame.height - frame[note].null_count()
            for row in those(frame, lacking) if notes > 2 * lacking.sum() else ():
                said = f"{note} is filled and {zh} is empty; expected both, as in the other rows"
                yield table, row, zh, said, "fill it in"
            for row in those(frame, bare):
                yield table, row, note, f"{zh} is filled and {note} is empty; expected both", "fill it in"


def _alone(one: str, other: str) -> pl.Expr:
    return pl.col(one).is_not_null() & pl.col(other).is_null()


def same_name(frames: Frames) -> Iterator[Unusual]:
    """Two parks, indicators, series, or parts of one text, with one name."""
    for table, key, within in (
        ("parks", "park_id", ()), ("indicators", "indicator", ()), ("reference", "series", ()), ("subjects", "subject", ("source_id",)),
    ):  # fmt: skip
        rows = as_rows(frames[table].select(LINE, key, "name_zh", "name_en", *within))
        for column in ("name_zh", "name_en"):
            for (name, *_), group in grouped(rows, column, *within).items():
                things = {row[key]: row for row in reversed(group)} if name else {}
                for row in [row for row in group if row is things.get(row[key])][1:]:
                    said = f"{row[key]!r} has the {column} of {group[0][key]!r}, {short(row[column])}; expected a name of its own"
                    yield table, row, column, said, "correct one of the two"


def two_names(frames: Frames) -> Iterator[Unusual]:
    """One county, prefecture, province or series with two names."""
    pairs = [("parks", f"{name}_zh", f"{name}_en") for name in ("county", "prefecture", "province")]
    for table, key, column in (*pairs, ("reference", "series", "name_zh"), ("reference", "series", "name_en")):
        of_key = "park_id" if table == "parks" else key
        rows = as_rows(frames[table].select(LINE, *{of_key: 0, key: 0, column: 0}))
        named = [row for row in rows if row[key] is not None and row[column] is not None]
        names = {
            one: usual for (one, usual), _ in reversed(Counter((row[key], row[column]) for row in named).most_common())
        }
        for row in (row for row in named if row[column] != names[row[key]]):
            said = f"{row[key]!r} is called {short(row[column])}, and elsewhere {short(names[row[key]])}; expected one name"
            yield table, row, column, said, "correct one of the two"


def place_level(frames: Frames) -> Iterator[Unusual]:
    """A county whose Chinese name does not end as that of one, or a province whose name ends as that of a county."""
    counties, provinces = where(
        frames["parks"],
        ~pl.col("county_zh").str.contains("[县縣市区區旗州岛]$"),
        pl.col("province_zh").str.contains("[县縣旗]$|(?:^|[^治政])[区區]$|^.{3,}[^省市区區]$"),
    )
    for row in those(frames["parks"], counties):
        said = f"{row['county_zh']!r}; expected a county, which ends in 县, 市, 区 or 旗"
        yield "parks", row, "county_zh", said, "correct the place"
    for row in those(frames["parks"], provinces):
        yield "parks", row, "province_zh", f"{row['province_zh']!r}; expected a province", "correct the place"


def part_names(frames: Frames) -> Iterator[Unusual]:
    """A part of a text that has figures and no name where others have one, or a name and no figure."""
    figures, named = frames["observations"], frames["subjects"]
    parts = figures.filter(~pl.col("subject").is_in(["park", "county"]))
    on = ["source_id", "subject"]
    kind, several = (
        pl.col("subject").str.extract("^([a-z]+:)"),
        pl.col("subject").str.replace("^[a-z]+:", "").str.split("+"),
    )
    each = parts.with_columns(kind=kind, one=several).explode("one").with_columns(one=pl.col("kind") + pl.col("one"))
    used = pl.concat([parts.select(on), each.select("source_id", subject="one")])
    for row in as_rows(named.join(used, on=on, how="anti", maintain_order="left")):
        said = f"{row['subject']!r} of {row['source_id']!r} is named and has no figure; expected a subject of observations.csv"
        yield "subjects", row, "subject", said, "correct the subject in one of the two tables, or take the row out"
    lone = each.join(
        named.select("source_id", one="subject"), on=["source_id", "one"], how="anti"
    )  # one of several has no name
    nameless = parts.join(named, on=on, how="anti", maintain_order="left").join(
        lone, on=on, how="semi", maintain_order="left"
    )
    nameless = nameless if named.height else named
    for rows in grouped(as_rows(nameless), "source_id").values():
        some = ", ".join(dict.fromkeys(repr(row["subject"]) for row in rows[:_NAMED]))
        said = f"{some} of {rows[0]['source_id']!r} has figures and no name; expected a row in subjects.csv"
        yield "observations", rows[0], "subject", said, "correct the subject, or name it"


def long_cell(frames: Frames) -> Iterator[Unusual]:
    """A note or definition of over two thousand characters."""
    for table, frame in frames.items():
        prose = [name for name in PROSE if name in frame.columns]
        for column, held in zip(
            prose, where(frame, *(pl.col(name).str.len_chars() > LONGEST for name in prose)), strict=True
        ):
            for row in those(frame, held):
                said = f"{column} has {len(row[column]):,} characters; expected {LONGEST:,} at most"
                yield table, row, column, said, "shorten it"


RULES: dict[str, Callable[[Frames], Iterator[Unusual]]] = {
    "script": script,
    "one_language": one_language,
    "same_name": same_name,
    "two_names": two_names,
    "place_level": place_level,
    "part_names": part_names,
    "long_cell": long_cell,
}
