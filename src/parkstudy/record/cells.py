"""What no cell of a table may hold, whatever its column: characters that are not seen, look-alikes, words for nothing, formulas, markup.

Each of the different cells of a column is looked at once: a table of many rows repeats most of them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

import polars as pl

from parkstudy.record.rows import FEW, distinct

NOTHING = "is a word for nothing"
LONGEST = 2_000  # characters of a cell; of a note or a definition a longer one is unusual, elsewhere it is a slip
PROSE = ("note", "note_zh", "inferred", "inferred_zh", "definition_en", "definition_zh")
# as they are printed
_PRINTED = ("title", "publisher", "source_title", "definition_source", "reported_term", "reported_figure")
MARKUP = r"<[A-Za-z/!?]"
ENTITY = r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[a-z]{2,6}(?:quo)?);"
FORMULA_START = r"^[=+@＝＋＠]|^[-−－](?:[^\d]|.*[+*/^|(!=<>])"  # what a spreadsheet would run; -7.1% is none

_UNSEEN = (  # control and format characters but the line break, odd blanks, fillers, variation selectors
    r"\x00-\x09\x0B-\x1F\x7F-\xA0\xAD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F\u205F-\u206F"
    r"\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E0FFF"
)
_LOST = r"\uE000-\uF8FF\uFFFC-\uFFFF\U000F0000-\U0010FFFF"  # what a reader puts for what it cannot read; private ones
_RADICALS = r"\u2E80-\u2FDF\uF900-\uFA0D\uFA10\uFA12\uFA15-\uFA1E\uFA20\uFA22\uFA25\uFA26\uFA2A-\uFAFF"
_OTHER_LETTERS = r"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧνορυ\u0400-\u058F\u13A0-\u13FF"  # Greek ones that look Latin (not the µ of a unit), Cyrillic to Armenian
_MIXED = rf"[A-Za-z][{_OTHER_LETTERS}]|[{_OTHER_LETTERS}][A-Za-z]"
_NOTHING = (
    r"(?i)^(?:nan|none|null|nil|n/?a|<na>|nat|undefined|[-+]?inf(?:inity)?|[-–—−－_/\\.?？…]+|无|暂无|#+|"
    r"#(?:n/a|ref|value|name|null|num|spill|calc|div/0)[!?]?)$"
)

_Said = Callable[[re.Match[str]], tuple[str, str]]


def _code(found: re.Match[str]) -> str:
    return f"U+{ord(found[0]):04X}"


def _looks(found: re.Match[str]) -> tuple[str, str]:
    like = unicodedata.normalize("NFKC", found[0])
    return f"holds {_code(found)}, which only looks like {like if like != found[0] else 'a Chinese character'}", (
        "type the character itself"
    )


_HOLDS: tuple[tuple[re.Pattern[str], _Said], ...] = (
    (re.compile(f"[{_UNSEEN}]"), lambda f: (f"holds an invisible character ({_code(f)})", "take it out")),
    (re.compile(f"[{_LOST}]"), lambda f: (f"holds {_code(f)}, which stands for no letter", "write what stood there")),
    (re.compile(f"[{_RADICALS}]"), _looks),
    (
        re.compile(_MIXED),
        lambda f: (f"holds a word in letters of two alphabets ({f[0]!r})", "write it in the letters of one"),
    ),
    (re.compile(MARKUP), lambda f: ("holds markup", "write plain text, without < before a letter")),
    (re.compile(ENTITY), lambda f: (f"holds the entity {f[0]}", "write the character that it stands for")),
)
_SUSPECT = "|".join(
    [
        f"[{_UNSEEN}{_LOST}{_RADICALS}{_OTHER_LETTERS}&#\n\u3000]",
        MARKUP,
        FORMULA_START,
        _NOTHING.replace("(?i)", "(?i:") + ")",
    ]
)
_SUSPECTED = re.compile(_SUSPECT)


def wrong(frame: pl.DataFrame, column: str) -> dict[str, list[tuple[str, str]]]:
    """The cells of a column of text that hold what no cell may, each with what it holds and what to do."""
    if frame.height < FEW:
        odd = [cell for cell in distinct(frame[column]) if len(cell) > LONGEST or _SUSPECTED.search(cell)]
    else:
        cells = frame[column].unique().drop_nulls()
        odd = cells.filter(cells.str.contains(_SUSPECT) | (cells.str.len_chars() > LONGEST)).to_list()
    return {cell: said for cell in odd if (said := list(complaints(cell, column)))}


def complaints(cell: str, column: str = "") -> Iterator[tuple[str, str]]:
    """What a text of a column holds that none may, and what to do."""
    if re.search(_NOTHING, cell):
        advice = "leave the cell empty where there is nothing to say, else write what stood there before it was saved"
        yield f"{cell!r} {NOTHING}", advice
        return
    for pattern, said in _HOLDS:
        if found := pattern.search(cell):
            message, advice = said(found)
            yield f"{short(cell)} {message}", advice
    if column not in (*PROSE, *_PRINTED) and (found := re.search("[\n\u3000]", cell)):
        yield (
            f"{short(cell)} holds {'a line break' if found[0] == chr(10) else 'a wide blank (U+3000)'}",
            "write it on one line, with plain blanks",
        )
    if re.search(FORMULA_START, cell):
        yield f"{short(cell)} would run as a formula in a spreadsheet", "begin the cell with another character"
    if len(cell) > LONGEST and column not in PROSE:
        yield f"{short(cell)} has {len(cell):,} characters", f"expected {LONGEST:,} at most"


def short(cell: str) -> str:
    """A cell as a message quotes it."""
    return repr(cell if len(cell) <= 60 else cell[:60] + "...")
