"""Text that tries to be more than text: markup, code, formulas, marks of other languages, and what has no end or no shape.

`study` holds it wherever the data have text of their own, with the checks of what a cell may hold put aside: a page must show it as
text even where nobody has looked at the data.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import foreign_parks
import pytest

from parkstudy.method.study import Study, load
from parkstudy.record import about, reading, unusual
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
_PART = "qingtan-2021-900,qingtan-2021,gross_industrial_output,zone:a,above_scale,level,outturn,2021-01-01,2021-12-31,,5亿元,exact,A,,,,,p1,\n"
_TERM = "产值合计"
_SAID = ("title_en", "title_zh", "question_en", "question_zh", "notes_en", "notes_zh")
TEXTS = {  # the columns of each table that hold text of its own
    "parks": ["name_zh", "name_en", "county_zh", "county_en", "prefecture_zh", "prefecture_en", "province_zh", "province_en", "note", "note_zh"],
    "sources": ["title", "publisher", "note", "note_zh"],
    "observations": ["note", "note_zh"],
    "indicators": ["name_zh", "name_en", "definition_en", "definition_zh", "definition_source"],
    "reference": ["name_zh", "name_en", "source_title", "inferred", "inferred_zh", "note", "note_zh"],
    "subjects": ["name_zh", "name_en"],
}  # fmt: skip


@contextmanager
def unchecked() -> Iterator[None]:
    """A time in which nobody looks at what a cell may hold."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "wrong", lambda *_: {})
        patch.setattr(unusual, "look", lambda *_: [])
        patch.setattr(about, "_line", lambda value: isinstance(value, str))
        for name in ("title_en", "title_zh", "question_en", "question_zh", "notes_en", "notes_zh"):
            patch.setitem(about.KEYS[name], "fits", lambda value: isinstance(value, str))
        for name in ("authors", "authors_zh"):
            patch.setitem(about.KEYS[name], "fits", lambda value: isinstance(value, list))
        yield


def _cell(column: str, text: str, number: int) -> str:
    """A text as a column takes it: unlike all others of the column, without what parts a list."""
    text = text.replace(
        "," if column[:6] in ("county", "prefec", "provin") else ";" if column == "terms_zh" else "\0\0", " "
    )
    return f"{text} {number}"


def write(folder: Path, start: int = 0, *, plain: bool = False) -> None:
    """The six foreign parks with nasty text in every column of text, another one in each cell; or with plain words."""
    foreign_parks.write(folder, years=True)
    for table in ("indicators", "reference"):
        (folder / f"{table}.csv").write_bytes((shipped_folder() / f"{table}.csv").read_bytes())
    with (folder / "observations.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(_PART)
    foreign_parks.table(
        folder / "subjects.csv", "source_id,subject,name_zh,name_en", [["qingtan-2021", "zone:a", "", ""]]
    )
    words = NASTY[start:] + NASTY[:start]
    for table, columns in TEXTS.items():
        file = folder / f"{table}.csv"
        with file.open(encoding="utf-8", newline="") as read:
            rows = list(csv.DictReader(read))
        for place, column in enumerate(columns):
            for number, row in enumerate(rows):
                text = f"words {column}" if plain else words[(number + place * 7) % len(words)]
                row[column] = _cell(column, text, number)
        if table == "observations":
            rows[-1]["reported_term"] = _TERM if plain else f"{NASTY[start % len(NASTY)].replace(';', ' ')} x"
        if table == "indicators":
            (row,) = (row for row in rows if row["indicator"] == "gross_industrial_output")
            row["terms_zh"] += ";" + (_TERM if plain else f"{NASTY[start % len(NASTY)].replace(';', ' ')} x")
        names = list(dict.fromkeys([*rows[0], *columns]))
        foreign_parks.table(file, ",".join(names), [[row.get(name, "") for name in names] for row in rows])
    said = {name: "plain words" if plain else words[number % len(words)] for number, name in enumerate(_SAID)}
    toml = "".join(f"{name} = {json.dumps(text)}\n" for name, text in said.items())
    toml += f"authors = {json.dumps(['plain words'] if plain else list(NASTY[:3]))}\n"
    (folder / "study.toml").write_text(toml.replace("\x7f", "\\u007F"), "utf-8")
    sentence = "plain words" if plain else "".join(words[:6]).replace("{", "(").replace("}", ")")
    (folder / "statements.toml").write_text(
        '[[statement]]\nid = "1"\nkind = "pair"\nmeasure = "gross_industrial_output_growth"\nleft = "qingtan"\n'
        f'right = "baishi"\nchoices = ["span"]\nsentence_en = {json.dumps("{left}{right}" + sentence)}\n'
        f"sentence_zh = {json.dumps('{left}{right}' + sentence)}\n".replace("\x7f", "\\u007F"),
        "utf-8",
    )


def study(folder: Path, start: int = 0, *, plain: bool = False) -> Study:
    """The study of those tables, which has no fault."""
    write(folder, start, plain=plain)
    with unchecked():
        return load(folder).require_faultless()
