"""What is said in Chinese of faults and refusals: by the messages as the code has them, and by the table itself."""

import ast
import csv
import inspect
import re
from string import Formatter
from types import ModuleType

from cases import every

from parkstudy.record import cells, numerals, proof, quantities, rules
from parkstudy.record.draft import one
from parkstudy.recorder import batch, review, second, state
from parkstudy.recorder import text as texts
from parkstudy.words import said as table
from parkstudy.words.said import known, said

SAID_BY = {  # of each module: what raises or yields a message of one row
    proof: ("yield", "return"), quantities: ("QuantityError",), numerals: ("NumeralError",), one: ("NoFigureError",),
    rules: ("yield",), review: ("RefusedError",), batch: ("RefusedError",), state: ("RefusedError",), cells: ("yield",),
    second: ("RefusedError",), texts: ("NoTextError",),
}  # fmt: skip
VALUES = {  # what stands in a gap of a message of the code
    "wanted": "target", "kind": "outturn", "form": "yoy", "unit": "CNY", "found": "CNY", "LONGEST": "2,000", "action": "undo",
    "key": "qinghe-2021-003", "one.key": "qinghe-2021-003", "spoiled[0]": "qinghe-2021-003", "status": "'A'", "whole": "'plan'",
    "row['population']": "'park'", "row['bound']": "'about'", "quantity.bound": "'exact'", "row['value_type']": "target",
    "row['transformation']": "yoy", "'a' if growth else 'no'": "a", "' or '.join(said)": "forecast", "HIDDEN": rules.HIDDEN,
    "'a line break' if found[0] == chr(10) else 'a wide blank (U+3000)'": "a line break",
    "self.broken": "observations.csv:3:bound: the cell is empty; fill it in", "error": "'3' has two units; expected one, such as 5%",
    "against[key]": "the text has no such paragraph; it has p1", "against[spoiled[0]]": "the text has no such paragraph; it has p1",
}  # fmt: skip


def rows() -> list[dict[str, str]]:
    with open(table.__file__.replace(".py", ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def messages(module: ModuleType, kinds: tuple[str, ...]) -> list[str]:
    """The texts that a module raises, yields or returns, their gaps filled in."""
    found = []
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        value = getattr(node, "value", None) if isinstance(node, (ast.Yield, ast.Return)) else None
        wanted = {ast.Yield: "yield", ast.Return: "return"}.get(type(node), name)
        several = value.elts if isinstance(value, ast.Tuple) else [value]
        for text in node.args[:1] if name in kinds else several if wanted in kinds else []:
            parts = text.values if isinstance(text, ast.JoinedStr) else [text] if isinstance(text, ast.Constant) else []
            filled = "".join(map(filled_in, parts))
            if re.search("[a-z] [a-z]", filled) and " at " not in filled:  # a finding with its place
                found.append(filled)
    return found


def filled_in(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    name = ast.unparse(part.value)
    return VALUES.get(name) or ("'3亿元'" if part.conversion == ord("r") or name in ("figure", "short(cell)") else "x")


@every("module", SAID_BY)
def test_every_message_of_one_row_has_chinese_words(module):
    found = messages(module, SAID_BY[module])
    assert found
    assert [message for message in found if not known(message)] == []


def test_each_line_of_the_table_has_the_gaps_of_the_english():
    def gaps(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert [row["en"] for row in rows() if not gaps(row["zh"]) <= gaps(row["en"])] == []
    assert len({row["en"] for row in rows()}) == len(rows()) > 100


@every(
    ("english", "chinese"),
    [
        ("reported_term: the cell is empty; fill it in", "原文用语：未填写；请填写"),
        ("the sentence does not say the population 'park'", "句中没有说明统计范围为全园区"),
        ("'5亿' is in CNY, not in percent", "“5亿”的单位是元，不是%"),
        ("value_type: 'x' is not allowed; expected one of outturn, plan", "数据性质：不能填“x”；应为下列之一：实际数、规划数"),
        (
            "a.txt:3: not UTF-8: byte 0xff (it reads as UTF-16); save the text as UTF-8 and draft it again",
            "a.txt第3行不是UTF-8编码（字节0xff，应为UTF-16），请另存为UTF-8并重新形成初稿",
        ),
        ("what nobody has said; fill it in", "what nobody has said; fill it in"),
    ],
)  # fmt: skip
def test_a_message_is_said_whole_or_stays_as_it_is(english, chinese):
    assert said(english, "zh") == chinese
    assert said(english, "en") == english


def test_a_message_of_many_clauses_is_looked_at_once():
    clauses = "; ".join(["nothing is left to accept here"] + [f"no words {number}" for number in range(25)])
    looked = table._line.cache_info().misses
    assert not known(clauses)
    assert table._line.cache_info().misses - looked <= 30
    one, stop = (
        "leave the cell empty where there is nothing to say, else write what stood there before it was saved",
        "; ",
    )
    assert said(stop.join([one] * 12), "zh") == "；".join([said(one, "zh")] * 12) != stop.join([one] * 12)
