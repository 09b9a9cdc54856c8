"""Causes in the language of a reader."""

from __future__ import annotations

import ast
from pathlib import Path

from cases import every

import parkstudy
from parkstudy.errors import ParkstudyError
from parkstudy.panels.causes import cause
from parkstudy.record.codes import codes

SOURCES = sorted(Path(parkstudy.__file__).parent.rglob("*.py"))


def told() -> set[str]:
    """The codes that the package gives to its errors."""
    calls = (node for path in SOURCES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    named = (
        node for node in calls if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "told"
    )  # fmt: skip
    return {node.args[0].value for node in named if node.args and isinstance(node.args[0], ast.Constant)}


def test_every_code_of_an_error_has_words_and_every_word_an_error():
    assert told() == set(codes("cause")) - {"near", "own_words"}


@every(
    ("error", "lang", "said"),
    [
        (ParkstudyError("x").told("park", given="a", near="b"), "en", "unknown park 'a'; did you mean 'b'?"),
        (ParkstudyError("x").told("park", given="a", near="b"), "zh", "没有代码为“a”的园区，是否指“b”？"),
        (ParkstudyError("x").told("park", given="a{b}", near=""), "zh", "没有代码为“a{b}”的园区"),
        (ParkstudyError("no such thing"), "en", "no such thing"),
        (ParkstudyError("no such thing").told("of_no_list"), "en", "no such thing"),
        (ParkstudyError("no such thing"), "zh", "程序原文（英文）：no such thing"),
        (ZeroDivisionError("division by zero"), "zh", "程序原文（英文）：ZeroDivisionError: division by zero"),
        (KeyError(), "en", "KeyError"),
        (ParkstudyError("no such thing").told("no_words"), "zh", "程序原文（英文）：no such thing"),
        (ParkstudyError("no such park").told("park"), "en", "no such park"),
    ],
)
def test_a_cause_is_in_the_words_of_the_reader_and_what_is_not_is_marked(error: Exception, lang: str, said: str):
    assert cause(error, lang) == said
