"""Random single damages of the shipped data, and what the checks make of each.

    python benchmarks/damage.py 2000                     # the table of kinds, the silent ones first
    python benchmarks/damage.py 10000 --seed 7 --texts FOLDER --list silent

A damage is one slip in one table: a cell, a row, the file. Each kind says beside it whether a check could know it without the
text (`knowable`); that judgement is of the kind and of the cell, and never asks the checks. What comes out is one of: `fault`,
`warning`, `same` (nothing of what is computed differs), `plausible` (only the text can tell; `verified` where `verify` does, with
`--texts`), `silent` (a check could know and none said so), `crash`. A damage that changes no byte is drawn again.

`verified.csv` and the warning that an id is a shipped one are left out unless `--kept` is given: data of one's own have neither.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import re
import shutil
import tempfile
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import polars as pl

from parkstudy.errors import ParkstudyError
from parkstudy.record import reading, tables
from parkstudy.record.codes import codes, table
from parkstudy.record.quantities import QuantityError, normal_quantity
from parkstudy.record.reading import Cells
from parkstudy.record.schema import KEPT, TABLES, columns
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.tables import Tables, load
from parkstudy.record.units import UNIT_OF_WORD

NAMES = tuple(name for name in TABLES if name not in KEPT)
WEIGHTS = {"observations": 10, "reference": 4, "sources": 4, "parks": 3, "indicators": 3, "subjects": 2, "places": 1}
FREE = {"note", "note_zh", "inferred", "inferred_zh", "title", "publisher", "source_title", "definition_source", "size"}
FREE |= {"definition_en", "definition_zh"}
READ = {"reported_figure", "reported_term", *FREE, "name_zh", "name_en", "scope", "terms_zh", "url", "source_url"}
INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\ufeff\u00ad\u2028\u2029\u00a0\u2009\u202f\ufe0f\u3164\u061c"
)
CONTROL = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127, 0x80, 0x85, 0x9F])) + "\t\ufffd\ue000\uf8ff"
NOTHING = ("nan", "NaN", "None", "null", "NULL", "N/A", "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "inf", "-inf")
NOTHING += ("Infinity", "-", "--", "—", "…")
LOOKS = dict(zip("aceiopxyABCEHKMOPTX", "асеіорхуАВСЕНКМОРТХ", strict=True))
LOOKS |= {
    unicodedata.normalize("NFKC", char): char for char in map(chr, range(0x2F00, 0x2FD6))
}  # radicals of Chinese characters
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
WAN, YI = "\u4e07", "\u4ebf"  # ten thousand and a hundred million; in the other script below
TEN_THOUSAND = {WAN: YI, YI: WAN, "\u842c": "\u5104", "\u5104": "\u842c"}
MAGNITUDES = f"[{''.join(TEN_THOUSAND)}]"
UNITS = (*list(UNIT_OF_WORD)[::4], "%", "\u2030")
UNIT = re.compile(f"({MAGNITUDES})?( ?km²|％|{'|'.join(sorted(map(re.escape, UNIT_OF_WORD), key=len, reverse=True))})$")


@dataclass
class Copy:
    """One table to be damaged: its cells, and what the damage writes instead of them."""

    rng: random.Random
    name: str
    header: list[str]
    rows: list[list[str]]
    raw: bytes | None = None
    about: str = ""
    line: int = -1
    summary: bool = False  # the row is a figure of a work summary
    others: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def pick(self, wanted: Callable[[str, str], bool] = lambda column, cell: bool(cell)) -> tuple[list[str], int]:
        """A row and the place of a cell that is wanted; `AgainError` where twenty draws find none."""
        for _ in range(40):
            row, at = self.rng.choice(self.rows), self.rng.randrange(len(self.header))
            if wanted(self.header[at], row[at]):
                self.line = self.rows.index(row)
                return row, at
        raise AgainError

    def of_summary(self, row: list[str]) -> bool:
        """Whether a row is, or is a figure of, a work summary."""
        return row[self.header.index("source_id")] in SUMMARIES

    def put(self, row: list[str], at: int, cell: str) -> str:
        """Write a cell; gives the column."""
        if cell == row[at]:
            raise AgainError
        self.about = f"{self.name}.{self.header[at]}: {row[at][:40]!r} -> {cell[:40]!r} ({row[0]})"
        row[at] = cell
        return self.header[at]

    def text(self) -> bytes:
        """The bytes of the file."""
        if self.raw is not None:
            return self.raw
        made = io.StringIO()
        csv.writer(made, lineterminator="\n").writerows([self.header, *self.rows])
        return made.getvalue().encode("utf-8", "surrogatepass")


class AgainError(Exception):
    """The damage does not fit what was drawn."""


Kind = Callable[[Copy], bool]  # damages the copy; gives whether a check could know
KINDS: dict[str, tuple[Kind, int]] = {}


def kind(said: str, weight: int = 2) -> Callable[[Kind], Kind]:
    """Declare a kind of damage by its name and its weight."""

    def keep(made: Kind) -> Kind:
        KINDS[said] = (made, weight)
        return made

    return keep


def _insert(copy: Copy, char: str) -> bool:
    row, at = copy.pick()
    place = copy.rng.randrange(len(row[at]) + 1)
    copy.put(row, at, row[at][:place] + char + row[at][place:])
    return row[at].strip() == row[at]  # what stands at an end is taken off as the file is read


@kind("an invisible character in a cell", 4)
def _(copy: Copy) -> bool:
    return _insert(copy, copy.rng.choice(INVISIBLE))


@kind("a control or private character in a cell", 3)
def _(copy: Copy) -> bool:
    return _insert(copy, copy.rng.choice(CONTROL))


@kind("a word for nothing in a cell", 3)
def _(copy: Copy) -> bool:
    copy.put(*copy.pick(lambda column, cell: True), copy.rng.choice(NOTHING))
    return True


@kind("a letter that looks like another", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: any(char in LOOKS for char in cell))
    place = copy.rng.choice([place for place, char in enumerate(row[at]) if char in LOOKS])
    whole = row[at]
    copy.put(row, at, whole[:place] + LOOKS[whole[place]] + whole[place + 1 :])
    word = re.search(r"[A-Za-z]*$", whole[:place])[0] + re.match(r"[A-Za-z]*", whole[place + 1 :])[0]  # type: ignore[index]
    return whole[place] > "z" or bool(word)


@kind("full-width digits", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: bool(re.search(r"\d", cell)))
    return copy.put(row, at, row[at].translate(WIDE)) not in READ


@kind("a row deleted", 5)
def _(copy: Copy) -> bool:
    at = copy.line = copy.rng.randrange(len(copy.rows))
    row = copy.rows.pop(at)
    copy.about = f"{copy.name}: row {row[:2]} deleted"
    last = copy.name == "observations" and (at == len(copy.rows) or copy.rows[at][1] != row[1])
    return copy.name in ("parks", "sources", "subjects") or (copy.name == "observations" and not last)


@kind("two rows swapped", 2)
def _(copy: Copy) -> bool:
    one, other = sorted(copy.rng.sample(range(len(copy.rows)), 2))
    copy.rows[one], copy.rows[other] = copy.rows[other], copy.rows[one]
    copy.about = f"{copy.name}: rows {copy.rows[other][0]} and {copy.rows[one][0]} swapped"
    of_text: dict[str, list[str]] = {}
    for row in copy.rows:
        of_text.setdefault(row[1], []).append(row[0])
    return copy.name == "observations" and any(keys != sorted(keys) for keys in of_text.values())


@kind("a row twice", 2)
def _(copy: Copy) -> bool:
    row = list(copy.rng.choice(copy.rows))
    if copy.name == "observations" and copy.rng.random() < 0.5:
        row[0] = f"{row[1]}-{sum(one[1] == row[1] for one in copy.rows) + 1:03}"
    copy.rows.append(row)
    copy.about = f"{copy.name}: {row[:2]} again"
    return True


@kind("the last rows of a file cut off", 1)
def _(copy: Copy) -> bool:
    kept = copy.rng.randrange(1, len(copy.rows))
    torn = {row[1] for row in copy.rows[kept:]} - {row[1] for row in copy.rows[:kept]}  # texts without any figure now
    copy.rows = copy.rows[:kept]
    copy.about = f"{copy.name}: cut off behind {kept} rows"
    return copy.name in ("parks", "sources", "subjects") or (copy.name == "observations" and bool(torn & SUMMARIES))


@kind("a cell cleared", 8)
def _(copy: Copy) -> bool:
    row, at = copy.pick()
    column = copy.put(row, at, "")
    if column in ("period_start", "period_end") and any("period_ambiguous" in cell for cell in row):
        return False
    if column == "period_start" and copy.name == "reference":  # of a series of one row, a level at a time may be meant
        return sum(one[0] == row[0] for one in copy.rows) > 1
    may = {*FREE, "published", "url", "caveats", "part_of", "zone_kind", "growth_price"} - {"note", "inferred"}
    return column not in may and not (column == "locator" and not copy.summary)


@kind("two cells of a row swapped", 5)
def _(copy: Copy) -> bool:
    row, at = copy.pick()
    other = copy.rng.choice([place for place, cell in enumerate(row) if cell and cell != row[at]] or [at])
    mine, theirs = copy.header[at], copy.header[other]
    cell = row[other]
    row[other] = row[at]
    copy.put(row, at, cell)
    alike = [
        {"title", "publisher"},
        {"note", "inferred"},
        {"note_zh", "inferred_zh"},
        {"definition_source", "definition_en"},
    ]
    alike += [
        {"source_title", "name_en"},
        {"source_title", "name_zh"},
        {"name_en", "scope"},
        {"note", "scope"},
        {"name_zh", "definition_zh"},
    ]
    return {mine, theirs} not in alike and not {mine, theirs} <= FREE | {"name_en", "name_zh"}


@kind("the cells of a row shifted", 3)
def _(copy: Copy) -> bool:
    row = copy.rng.choice(copy.rows)
    at = copy.rng.randrange(len(row))
    before = list(row)
    row[:] = [*row[:at], "", *row[at:-1]] if copy.rng.random() < 0.5 else row[:at] + row[at + 1 :] + [""]
    if row == before:
        raise AgainError
    copy.about = f"{copy.name}: {row[0]} shifted from {copy.header[at]}"
    return copy.header[at] not in FREE


@kind("cells of two rows swapped", 4)
def _(copy: Copy) -> bool:
    at = copy.rng.randrange(len(copy.header))
    one, other = copy.rng.sample(copy.rows, 2)
    cell = other[at]
    other[at] = one[at]
    column = copy.put(one, at, cell)
    return column in ("source_id", "observation_id", "bound") and copy.name not in ("places", "reference")


@kind("a figure ten thousand times as large or small", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column == "reported_figure" and bool(re.search(MAGNITUDES, cell)))
    place = copy.rng.choice([found.start() for found in re.finditer(MAGNITUDES, row[at])])
    copy.put(row, at, row[at][:place] + TEN_THOUSAND[row[at][place]] + row[at][place + 1 :])
    return _far(copy, row)


@kind("a digit added, dropped or changed", 3)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column in ("reported_figure", "value") and bool(re.search(r"\d", cell)))
    place = copy.rng.choice([found.start() for found in re.finditer(r"\d", row[at])])
    new = copy.rng.choice(["", copy.rng.choice("0123456789"), row[at][place] + copy.rng.choice("0123456789")])
    copy.put(row, at, row[at][:place] + new + row[at][place + 1 :])
    return _far(copy, row) if copy.name == "observations" else False


@kind("a point moved", 1)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column in ("reported_figure", "value") and "." in cell)
    copy.put(row, at, row[at].replace(".", copy.rng.choice(["", ",", "。", "．", ".."]), 1))
    return False


@kind("a minus before a figure", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column in ("reported_figure", "value"))
    copy.put(row, at, copy.rng.choice("-−－") + row[at])
    of = dict(zip(copy.header, row, strict=True))
    return of.get("transformation", "yoy" if of.get("unit") == "%" else "level") != "yoy" or _far(copy, row)


@kind("the unit of a figure dropped", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column == "reported_figure" and bool(UNIT.search(cell)))
    copy.put(row, at, UNIT.sub(r"\1", row[at]))
    return True


@kind("a figure without its digits", 1)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column == "reported_figure")
    copy.put(row, at, re.sub(r"[\d.,]", "", row[at]))
    return _far(copy, row)  # nearly 200,000 that became nearly 10,000 (one sign) is a figure


@kind("another unit at a figure", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column == "reported_figure" and bool(UNIT.search(cell)))
    copy.put(
        row,
        at,
        UNIT.sub(lambda found: copy.rng.choice(UNITS), row[at]),
    )
    return _far(copy, row)


@kind("a unit of a benchmark", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column == "unit")
    before = row[at]
    copy.put(
        row,
        at,
        copy.rng.choice([*UNITS, "%%", "percent", YI, WAN + YI, WAN + "x", row[at] + UNITS[0], "no unit"]),
    )
    known = re.sub(f"{MAGNITUDES}+", "", row[at]) in UNIT_OF_WORD  # of a series of one row it may be the unit
    return not known or before == "%" or sum(one[0] == row[0] for one in copy.rows) > 1


@kind("what a spreadsheet would run", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick()
    copy.put(row, at, copy.rng.choice(["=", "+", "@", "=1+", "-1+", "＝", "＋", "-2+3+"]) + row[at])
    return True


@kind("a code of another list", 2)
def _(copy: Copy) -> bool:
    row, at = _coded(copy)
    own = (columns(copy.name)[copy.header[at]].metadata or {})["values"]
    copy.put(row, at, copy.rng.choice(codes(copy.rng.choice(list(table())))))
    return row[at] not in own  # of both lists it is another code of its own


def _coded(copy: Copy) -> tuple[list[str], int]:
    given = {name for name, column in columns(copy.name).items() if "values" in (column.metadata or {})} - {"caveats"}
    return copy.pick(lambda column, cell: column in given)


@kind("another code of the list", 3)
def _(copy: Copy) -> bool:
    row, at = _coded(copy)
    values = list((columns(copy.name)[copy.header[at]].metadata or {})["values"])
    column = copy.put(row, at, copy.rng.choice(values))
    of = dict(zip(copy.header, row, strict=True))
    if column == "obs_status":
        return row[at] in "OLQ" or (of["value_type"] == "outturn") == (row[at] == "F")
    if column == "value_type":
        return row[at] in ("target", "plan") if of["obs_status"] else row[at] in ("outturn", "forecast")
    if column == "bound" and copy.name == "reference":
        return row[at] == "range"
    return column in ("bound", "transformation")


@kind("a caveat added or taken away", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column == "caveats")
    given = [one for one in row[at].split(";") if one]
    one = copy.rng.choice(given or ["unit_assumed"]) if copy.rng.random() < 0.4 else copy.rng.choice(codes("flag"))
    copy.put(row, at, ";".join(sorted({*given} ^ {one})))
    of, there = dict(zip(copy.header, row, strict=True)), one not in given
    against = {
        "not_final": there and of["obs_status"] == "A",
        "base_unstated": there and of["transformation"] != "yoy",
        "pending_approval": there and of["value_type"] == "outturn",
        "contradicted": copy.of_summary(row) and there != (of["obs_status"] == "U") and of["obs_status"] != "",
        "coarse_figure": there,
    }
    return against.get(one, one == "unit_assumed")


@kind("a slip in a date", 4)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column in ("period_start", "period_end", "published") and len(cell) == 10)
    year, month, day = row[at].split("-")
    far = copy.rng.choice([-100, -30, -10, 10, 30])
    column = copy.header[at]
    new, known = copy.rng.choice(
        [
            (f"{year}-02-30", True), (f"{year}-13-{day}", True), (f"{year}/{int(month)}/{int(day)}", True),
            (f"{year}{month}{day}", True), (f"{int(year) + far}-{month}-{day}", column == "period_start"),
            (f"{year}-{month}-{copy.rng.randrange(2, 28):02}", column == "period_start"),
            (f"{year}-{copy.rng.randrange(1, 13):02}-{'01' if day == '01' else '28'}", False), ("0000-01-01", True),
        ]
    )  # fmt: skip
    copy.put(row, at, new)
    return known


@kind("a slip in a key", 3)
def _(copy: Copy) -> bool:
    keys = {"park_id", "source_id", "observation_id", "indicator", "subject", "series", "scope", "part_of", "share_of"}
    row, at = copy.pick(lambda column, cell: column in keys and bool(cell))
    place = copy.rng.randrange(len(row[at]))
    left, char, right = row[at][:place], row[at][place], row[at][place + 1 :]
    new = copy.rng.choice(["", char * 2, char.upper(), "x", "-", "1", str(copy.rng.randrange(10))])
    column = copy.put(row, at, left + new + right)
    anonymous_subject = column == "subject" and copy.name == "observations" and not copy.summary
    return not (column in ("series", "scope") and copy.name == "reference") and not anonymous_subject


@kind("a slip in a place of the text", 1)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column == "locator" and bool(cell))
    copy.put(
        row, at, copy.rng.choice([row[at][:-1] + str(copy.rng.randrange(1, 9)), "2/" + row[at], row[at][2:], "§ 1"])
    )
    return row[at] == "§ 1"


@kind("a name in the other language, or of another row", 3)
def _(copy: Copy) -> bool:
    row, at = copy.pick(
        lambda column, cell: bool(re.match("(name|county|prefecture|province)_", column)) and bool(cell)
    )
    twin = copy.header[at][:-2] + ("en" if copy.header[at].endswith("zh") else "zh")
    same = copy.header[at].startswith("name") and copy.name in ("parks", "indicators")
    new, known = copy.rng.choice(
        [
            (row[copy.header.index(twin)], copy.name != "subjects"),  # a firm may be named in Latin letters alone
            (copy.rng.choice(copy.rows)[at], same),
            (row[at].encode().decode("latin-1"), True),
        ]
    )
    copy.put(row, at, new)
    return known


@kind("an official source or none", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column == "official")
    copy.put(row, at, {"true": "false", "false": "true"}[row[at]])
    url = next((cell for cell in row if cell.startswith("http")), "")
    return bool(url)


@kind("another host of a source", 1)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: cell.startswith("http"))
    official = row[copy.header.index("official")] == "true"
    copy.put(row, at, "https://news.example.com/a/1.html" if official else "http://www.stats.gov.cn/a/1.html")
    return True


@kind("a text without its period, grade, title, hash or address", 2)
def _(copy: Copy) -> bool:
    told = ("period_start", "period_end", "grade", "title", "sha256", "url", "published")
    row, at = copy.pick(lambda column, cell: column in told and bool(cell) and copy.name == "sources")
    column = copy.put(row, at, "")
    untraced = not row[copy.header.index("sha256")] and not row[copy.header.index("url")]
    return column.startswith("period") or untraced or (column in ("grade", "title") and copy.of_summary(row))


@kind("an id that does not fit its park or year", 2)
def _(copy: Copy) -> bool:
    wanted = {"sources": ("park_id", "period_start"), "observations": ("observation_id",)}.get(copy.name, ())
    row, at = copy.pick(lambda column, cell: column in wanted and bool(cell))
    if copy.name == "observations":
        other = copy.rng.choice(copy.rows)[1]
        copy.put(row, at, f"{other}-{row[at].rpartition('-')[2]}")
        return True
    if copy.header[at] == "park_id":
        copy.put(row, at, copy.rng.choice(copy.rows)[at])
        return True
    end = copy.header.index("period_end")
    years = copy.rng.choice([-3, -2, 2, 3])
    row[end] = f"{int(row[end][:4]) + years}{row[end][4:]}".replace("-02-29", "-02-28")
    copy.put(row, at, f"{int(row[at][:4]) + years}{row[at][4:]}")
    return True


@kind("one series with two names", 1)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: copy.name == "reference" and column in ("name_zh", "name_en"))
    others = sorted({one[at] for one in copy.rows} - {row[at]})
    taken = copy.rng.random() < 0.5
    copy.put(row, at, copy.rng.choice(others) if taken else row[at] + copy.rng.choice(["2", " A", "(1)"]))
    return taken or sum(one[0] == row[0] for one in copy.rows) > 1


@kind("a share or growth out of its range", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column == "reported_figure" and bool(re.search(r"\d.*%", cell)))
    copy.put(row, at, re.sub(r"\d+", lambda number: number[0] + copy.rng.choice(["0", "00", "000"]), row[at], count=1))
    return _far(copy, row)


@kind("a key emptied beside one that leads nowhere", 1)
def _(copy: Copy) -> bool:
    keys = {"parks": ["park_id"], "sources": ["source_id", "park_id"], "places": ["park_id"], "subjects": ["source_id"]}
    keys |= {"observations": ["observation_id", "source_id", "indicator"], "reference": ["series"]}
    at = copy.header.index(copy.rng.choice(keys.get(copy.name, ["indicator"])))
    row, other = copy.rng.sample(copy.rows, 2)
    other[at] = copy.rng.choice(["nowhere", "NOWHERE-1", " ", "１"])
    copy.put(row, at, "")
    return True


@kind("a term of another indicator", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick(lambda column, cell: column == "reported_term")
    copy.put(row, at, copy.rng.choice(OTHER_TERMS))
    of = dict(zip(copy.header, row, strict=True))
    mine = [one for one in BASE.rows("indicators", indicator=of["indicator"])]
    return copy.summary and not any(term in row[at] for one in mine for term in (*one["terms_zh"], one["name_zh"]))


@kind("a very long cell", 1)
def _(copy: Copy) -> bool:
    row, at = copy.pick()
    copy.put(row, at, (row[at] * 2100)[: copy.rng.randrange(2001, 40000)])
    return len(row[at]) > 2000


@kind("markup or an entity in a cell", 1)
def _(copy: Copy) -> bool:
    return _insert(copy, copy.rng.choice(["<b>", "</p>", "&nbsp;", "&amp;", "&#160;", "<script>"]))


@kind("a file as a spreadsheet or another machine saves it", 3)
def _(copy: Copy) -> bool:
    text, rng = copy.text().decode(), copy.rng
    slashed = re.sub(r"(\d{4})-0?(\d+)-0?(\d+)(?=[,\n])", r"\1/\2/\3", text)
    half = text.encode()[: rng.randrange(20, len(text.encode()))]
    last = next(csv.reader([half.decode(errors="ignore").rpartition("\n")[2]]), [])
    padded = "".join(line + ",,,\n" for line in text.split("\n")[:-1])
    forms: list[tuple[str, str | bytes, bool]] = [
        ("GBK", text.encode("gb18030"), True),
        ("UTF-16", text.encode("utf-16"), True),
        ("UTF-16 without a mark", text.encode("utf-16-be"), True),
        (
            "half a file",
            half,
            len(last) not in (0, len(copy.header)) or copy.name in ("parks", "sources", "observations"),
        ),
        ("semicolons", _written(copy, ";"), True),
        ("tabs", _written(copy, "\t"), True),
        ("padded", padded, False),
        ("clipped", re.sub(r",+\n", "\n", text), False),
        ("line ends of two bytes", text.replace("\n", "\r\n"), False),
        ("line ends of old machines", text.replace("\n", "\r"), False),
        ("slashed dates", slashed, slashed != text),
        ("percentages of two decimals", re.sub(r"(\d+\.\d)%", r"\g<1>0%", text), False),
        ("UTF-8 read as Latin", text.encode().decode("latin-1"), True),
        ("no header", text.split("\n", 1)[1], True),
        ("an open quote", text.replace(",", ',"', 1), True),
        ("empty", b"", True),
        ("a zero byte", text.replace("a", "a\0", 1), True),
    ]
    said, saved, known = rng.choice(forms)
    copy.raw = saved.encode() if isinstance(saved, str) else saved
    copy.about = f"{copy.name}: {said}"
    return known


def _written(copy: Copy, delimiter: str) -> bytes:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, lineterminator="\n").writerows([copy.header, *copy.rows])
    return made.getvalue().encode()


@kind("a number as a spreadsheet turns it", 2)
def _(copy: Copy) -> bool:
    row, at = copy.pick(
        lambda column, cell: column in ("reported_figure", "value", "published", "period_end", "locator")
    )
    cell = row[at]
    number = re.search(r"\d+(\.\d+)?", cell)
    if not number:
        raise AgainError
    share = f"{float(number[0]) / 100:.4f}".rstrip("0")
    new = copy.rng.choice(
        [share if "%" in cell else "43466", f"{float(number[0]):.2E}", cell.replace("%", "0%"), "Jan-20", "########"]
    )
    column = copy.put(row, at, new)
    return new != cell.replace("%", "0%") and (column, new) != ("value", "43466")


def _far(copy: Copy, row: list[str]) -> bool:
    """Whether a figure is a thousand times off all others of its indicator, of which there are two at least; or is out of any range."""
    if copy.name != "observations":
        return False
    of = dict(zip(copy.header, row, strict=True))
    units = dict(_indicator_units())
    try:
        quantity = normal_quantity(of["reported_figure"], of["transformation"], units.get(of["indicator"], "CNY"))
    except (QuantityError, KeyError):
        return True
    value = float(quantity.value if quantity.value is not None else quantity.high)
    if of["transformation"] == "yoy":
        return not -100 <= value <= 1000
    if of["transformation"] == "share":
        return not 0 <= value <= (1000 if of["share_of"] == "plan" else 100)
    others = [one for key, one in copy.others.get((of["indicator"], "level"), []) if key != of["observation_id"]]
    return value < 0 or (len(others) > 1 and (value > 1000 * max(others) or value < min(others) / 1000))


def _indicator_units() -> Iterator[tuple[str, str]]:
    yield from BASE.indicators.with_columns(pl.col("unit").cast(pl.String)).select("indicator", "unit").iter_rows()


BASE = load(None, Tables)
SUMMARIES = {row["source_id"] for row in BASE.rows("sources", kind="work_summary")}
OTHER_TERMS = BASE.indicators["name_zh"].to_list()


def computed(study: Tables) -> list[pl.DataFrame]:
    """What is computed with: every typed table but its words for readers."""
    return [
        getattr(study, name).drop([column for column in FREE if column in getattr(study, name).columns])
        for name in NAMES
    ]


def _read(name: str) -> tuple[list[str], list[list[str]]]:
    with (shipped_folder() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def damages(seed: int, count: int) -> Iterator[tuple[str, Copy, bool]]:
    """Kind, damaged table, and whether a check could know it."""
    rng = random.Random(seed)
    read = {name: _read(name) for name in NAMES}
    values: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for key, indicator, form, value, high in BASE.observations.select(
        "observation_id", "indicator", pl.col("transformation").cast(pl.String), "value", "high"
    ).iter_rows():
        values.setdefault((indicator, form), []).append((key, value if value is not None else high))
    summaries = {*BASE.summaries()["observation_id"]}
    made = 0
    while made < count:
        name = rng.choices(NAMES, [WEIGHTS[one] for one in NAMES])[0]
        said = rng.choices(list(KINDS), [weight for _, weight in KINDS.values()])[0]
        header, rows = read[name]
        copy = Copy(rng, name, list(header), [list(row) for row in rows])
        copy.others = values  # type: ignore[assignment]
        copy.summary = name == "observations"
        before = copy.text()
        try:
            known = KINDS[said][0](copy)
        except AgainError:
            continue
        if name == "observations" and known and copy.line >= 0 and rows[copy.line][0] not in summaries:
            known = known and said not in ("a term of another indicator",) and "locator" not in copy.about
        if copy.text() == before:
            continue
        made += 1
        yield said, copy, known


def outcome(
    folder: Path, copy: Copy, known: bool, base: list[pl.DataFrame], options: argparse.Namespace
) -> tuple[str, str]:
    """What came out of a damage, and the first thing that was said of it."""
    path = folder / f"{copy.name}.csv"
    path.write_bytes(copy.text())
    try:
        return _judged(load(folder, Tables), known, base, options)
    except ParkstudyError as error:
        return "fault", str(error).splitlines()[0]
    except Exception:  # what a check must never let through
        return "crash", traceback.format_exc().strip().splitlines()[-1]
    finally:
        shutil.copyfile(shipped_folder() / f"{copy.name}.csv", path)


def _judged(study: Tables, known: bool, base: list[pl.DataFrame], options: argparse.Namespace) -> tuple[str, str]:
    if study.faults:
        return "fault", str(study.faults[0])
    warned = [one for one in study.warnings if options.kept or one.code != "shipped_id"]
    if warned:
        return "warning", str(warned[0])
    if known:
        return "silent", ""
    if all(one.equals(other) for one, other in zip(computed(study), base, strict=True)):
        return "same", ""
    if options.texts:
        from parkstudy.record.proof import verify

        if found := verify(study, options.texts).findings:
            return "verified", str(found[0])
    return "plausible", ""


ORDER = ("silent", "crash", "fault", "warning", "same", "verified", "plausible")


def remember() -> None:
    """Read a table again only where its bytes are others: a damage is of one."""
    kept: dict[tuple[str, bytes], Cells] = {}

    def read(name: str, path: Path | None) -> Cells:
        key = (name, path.read_bytes() if path else b"")
        if key not in kept:
            cells = reading.read(name, path)
            if path and path.read_bytes() != (shipped_folder() / path.name).read_bytes():
                return cells
            kept[key] = cells
        return replace(kept[key], faults=list(kept[key].faults))

    tables.read = read


def part(options: argparse.Namespace, first: int, step: int) -> tuple[dict[str, Counter[str]], list[str]]:
    """Every `step`th damage from the `first` on: what came of each kind, and the lines of those that are to be listed."""
    remember()
    counts: dict[str, Counter[str]] = {}
    listed = []
    with tempfile.TemporaryDirectory(prefix="damage-") as top:
        folder = Path(top)
        for name in [*NAMES, *(["verified"] if options.kept else [])]:
            shutil.copyfile(shipped_folder() / f"{name}.csv", folder / f"{name}.csv")
        base = computed(load(folder, Tables))
        for said, copy, known in islice(damages(options.seed, options.count), first, None, step):
            came, message = outcome(folder, copy, known, base, options)
            counts.setdefault(said, Counter())[came] += 1
            if came in options.list:
                listed.append(f"{came} | {said} | {copy.about} | {message}")
    return counts, listed


def main() -> None:
    """Make the damages and print the table of kinds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int, nargs="?", default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=Path, help="a folder with the texts, for what only they can tell")
    parser.add_argument("--kept", action="store_true", help="with verified.csv, and with the warning of shipped ids")
    parser.add_argument("--list", action="append", default=[], choices=ORDER, help="print each damage of an outcome")
    parser.add_argument("--jobs", type=int, default=2, help="processes that share them")
    parser.add_argument("--turn", default="1/1", help="as 2/5: the second of five runs that together make them all")
    options = parser.parse_args()
    turn, turns = map(int, options.turn.split("/"))
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    counts: dict[str, Counter[str]] = {}
    step = turns * options.jobs
    with ProcessPoolExecutor(options.jobs, get_context("spawn")) as pool:
        starts = [turn - 1 + turns * job for job in range(options.jobs)]
        for found, listed in pool.map(part, [options] * options.jobs, starts, [step] * options.jobs):
            for said, came in found.items():
                counts.setdefault(said, Counter()).update(came)
            print(*listed, sep="\n")
    total = sum(counts.values(), Counter())
    print("| kind | " + " | ".join(ORDER) + " |\n|---|" + "---|" * len(ORDER))
    for said, found in sorted(counts.items(), key=lambda item: (-item[1]["silent"] - item[1]["crash"], item[0])):
        print(f"| {said} | " + " | ".join(str(found[one] or "") for one in ORDER) + " |")
    print("| all | " + " | ".join(str(total[one]) for one in ORDER) + " |")


if __name__ == "__main__":
    main()
