"""Text that tries to be more than text: markup, code, formulas, marks of other languages, and what has no end or no shape.

`study` holds it wherever the data have text of their own, with the checks of what a cell may hold put aside: a page must show it as
text even where nobody has looked at the data.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import foreign_parks
import pytest
from unlooked import unlook

from parkstudy.method.study import Study, load
from parkstudy.record.shipped import shipped_folder

NASTY = (
    "<script>boom(1)</script>",
    "</script><script>boom(2)</script>",
    "<img src=x onerror=boom(3)>",
    '"><svg onload=boom(4)>',
    "' onmouseover='boom(5)' x='",
    "javascript:boom(6)",
    "[go](javascript:boom(7))",
    "![go](x onerror=boom(8))",
    "<!-- boom --><![CDATA[boom]]>]]>",
    "</style><style>*{display:none}</style>",
    "</title></text></svg><b>bold",
    "<a href='data:text/html,boom'>go</a>",
    "&lt;b&gt; &amp;amp; &#60;i&#62; &#x3c;",
    "{{ 7*7 }} {% raw %} {# c #}",
    "{0} {name} {} %s %(x)s %d 100%",
    "${7*7} #{7*7} `id` $(id)",
    "$x^2$ \\frac{1}{2} $\\alpha $",
    "-2+3+cmd|' /C calc'!A0",
    "=1+1",
    "+1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "－1+2",
    "\t=1+1",
    "\x1b[31mred\x1b[0m \x07\x08",
    "right\u202eto left\u2066iso\u2069",
    "مرحبا بالعالم שלום",
    "zero\u200bwidth\u200d\u200c\ufeffjoined\u00ad",
    "private\ue000\ue001\uf8ff\U000f0000use",
    "nul\x00nul \x01\x02\x1f\x7f\x85",
    "e\u0301\u0327\u0323" + "\u0301" * 40,
    "👨‍👩‍👧‍👦🏳️‍🌈🇨🇳 emoji",
    "\U00020000\U0002a6d6𠮷 beyond the plane",
    "line\nbreak\r\nand\u2028more\u2029end",
    'a"b\'c`d\\e\\"f',
    "../../etc/passwd",
    "C:\\con\\nul?*|<>:",
    "# head\n- item\n> quote\n```\ncode",
    "| a | b |\n|---|---|",
    "*a* _b_ **c** ~~d~~ $$e$$",
    "\\textbf{x} \\input{/etc/passwd} {}%~^_&#$",
    'data-opens="x" class=number hidden',
    "unbroken" * 40,
    "长" * 300,
    "   padded   ",
    "-INF",
    "-7.1%",
    "NaN",
    "null; DROP TABLE parks;--",
    "%00%0a%3Cscript%3E",
    "__proto__ constructor toString",
    'https://example.org/<b>?a=1&b="2"',
)
_PART = (
    "qingtan-2021-900,qingtan-2021,gross_industrial_output,zone:a,above_scale,level,outturn,2021-01-01,2021-12-31,,"
    "5亿元,exact,A,,,,,p1,\n"
)
_TERM = "产值合计"
_SAID = ("title_en", "title_zh", "question_en", "question_zh", "notes_en", "notes_zh")
_PLACES = [f"{place}_{lang}" for place in ("county", "prefecture", "province") for lang in ("zh", "en")]
TEXTS = {  # the columns of each table that hold text of its own
    "parks": ["name_zh", "name_en", *_PLACES, "note", "note_zh"],
    "sources": ["title", "publisher", "note", "note_zh"],
    "observations": ["note", "note_zh"],
    "indicators": ["name_zh", "name_en", "definition_en", "definition_zh", "definition_source"],
    "reference": ["name_zh", "name_en", "source_title", "inferred", "inferred_zh", "note", "note_zh"],
    "subjects": ["name_zh", "name_en"],
}
_STATEMENT = """[[statement]]
id = "1"
kind = "pair"
measure = "gross_industrial_output_growth"
left = "qingtan"
right = "baishi"
choices = ["span"]
sentence_en = {}
sentence_zh = {}
"""


@contextmanager
def unchecked() -> Iterator[None]:
    """A time in which nobody looks at what a cell may hold."""
    with pytest.MonkeyPatch.context() as patch:
        unlook(patch.setattr, patch.setitem)
        yield


def _cell(column: str, text: str, number: int) -> str:
    """A text as a column takes it: unlike all others of the column, without what parts a list."""
    return f"{text.replace(',', ' ') if column in _PLACES else text} {number}"


def _toml(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def write(folder: Path, start: int = 0, *, plain: bool = False) -> None:
    """The six foreign parks with nasty text in every column of text, another one in each cell; or with plain words."""
    foreign_parks.write(folder, years=True)
    words = ["words"] * len(NASTY) if plain else [*NASTY[start:], *NASTY[:start]]
    for table in ("indicators", "reference"):
        (folder / f"{table}.csv").write_bytes((shipped_folder() / f"{table}.csv").read_bytes())
    with (folder / "observations.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(_PART)
    foreign_parks.table(folder / "subjects.csv", "source_id,subject", [["qingtan-2021", "zone:a"]])
    term = _TERM if plain else f"{words[0].replace(';', ' ')} x"
    for table, columns in TEXTS.items():
        file_ = folder / f"{table}.csv"
        with file_.open(encoding="utf-8", newline="") as read:
            rows = list(csv.DictReader(read))
        for place, column in enumerate(columns):
            for number, row in enumerate(rows):
                row[column] = _cell(column, words[(number + place * 7) % len(words)], number)
        for row in rows:
            if row.get("observation_id") == "qingtan-2021-900":
                row["reported_term"] = term
            if row.get("indicator") == "gross_industrial_output" and "terms_zh" in row:
                row["terms_zh"] += f";{term}"
        foreign_parks.table(file_, ",".join(rows[0]), [list(row.values()) for row in rows])
    said = "".join(f"{name} = {_toml(words[number])}\n" for number, name in enumerate(_SAID))
    (folder / "study.toml").write_text(f"{said}authors = {_toml(words[:3])}\n", "utf-8")
    sentence = "{left}{right}" + re.sub("[{}]", "|", "".join(words[:6]))
    (folder / "statements.toml").write_text(_STATEMENT.format(*[_toml(sentence)] * 2), "utf-8")


def study(folder: Path, start: int = 0, *, plain: bool = False) -> Study:
    """The study of those tables, which has no fault."""
    write(folder, start, plain=plain)
    with unchecked():
        return load(folder).require_faultless()
