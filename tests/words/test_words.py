"""Words: every label and block is there in both languages and is used, and a template chooses and prints, nothing else."""

from __future__ import annotations

import ast
import csv
import json
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cases import every
from jinja2 import Environment, nodes

from parkstudy.record import codes

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/parkstudy"
WORDS = SOURCE / "words"
HAN = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,} +[A-Za-z]{2,}|[A-Za-z]+_[A-Za-z]+")
LOOSE = re.compile(r"[,;:] |[\u3400-\u9fff] | [\u3400-\u9fff]|[\u3400-\u9fff][,;:]")  # half-width marks, spaces

with (WORDS / "codes.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
TEMPLATES = {
    lang: {path.name: path.read_text("utf-8") for path in sorted((WORDS / lang).glob("*.j2"))}
    for lang in codes.LANGUAGES
}
EVERY_TEMPLATE = [(lang, name) for lang, files in TEMPLATES.items() for name in files]
LANGUAGE = Environment(extensions=[])


@cache
def tree(text: str) -> nodes.Template:
    return LANGUAGE.parse(text)


@cache
def python() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py")))


def blocks(text: str) -> list[str]:
    return [block.name for block in tree(text).find_all(nodes.Block)]


def macros(text: str) -> list[str]:
    return [macro.name for macro in tree(text).find_all(nodes.Macro)]


# Labels


def test_a_code_is_declared_once_in_one_run_of_its_group() -> None:
    twice = [pair for pair, n in Counter((row["group"], row["code"]) for row in ROWS).items() if n > 1]
    assert twice == []
    runs = [
        row["group"]
        for row, before in zip(ROWS, [{"group": ""}, *ROWS], strict=False)
        if row["group"] != before["group"]
    ]
    assert [group for group, n in Counter(runs).items() if n > 1] == []
    assert all(row["code"] for row in ROWS)


def faults_of(row: dict[str, str]) -> Iterator[str]:
    """What is wrong with the words of a code."""
    for form in ("short", "long"):
        english, chinese = row[f"{form}_en"], row[f"{form}_zh"]
        if bool(english) != bool(chinese) and (row["group"], row["code"]) != ("mark", "space"):
            yield "one language"
        if row["group"] != "lang" and "余" not in english and HAN.search(english):  # a printed word is quoted
            yield f"Chinese in {english!r}"
        own = re.sub(r"\{.*?\}|share_of", "", chinese)  # a column of the tables
        if ENGLISH.search(own) or LOOSE.search(own):
            yield f"English words or marks in {chinese!r}"
    if not row["short_en"] and not row["long_en"]:
        yield "no words"


def test_a_code_has_words_in_both_languages_which_keep_apart() -> None:
    assert [row for row in ROWS if None in row.values()] == []  # as many cells as columns
    assert [f"{row['group']},{row['code']}: {fault}" for row in ROWS for fault in faults_of(row)] == []


def test_a_code_without_words_or_with_those_of_the_other_language_is_told() -> None:
    row = {"group": "g", "code": "c", "short_en": "园 b", "short_zh": "", "long_en": "a", "long_zh": "two words, 区"}
    assert [*faults_of(row)] == ["one language", "Chinese in '园 b'", "English words or marks in 'two words, 区'"]
    assert [*faults_of(dict.fromkeys(row, ""))] == ["no words"]


# What is used: a code or a list that a call or a filter names, else the string of the code


def constant(node: Any) -> str | None:
    """The text of a constant, in Python or in a template."""
    return node.value if isinstance(node, ast.Constant | nodes.Const) and isinstance(node.value, str) else None


@cache
def parts() -> tuple[ast.AST, ...]:
    """Every node of the code of the package."""
    return tuple(node for module in python() for node in ast.walk(module))


@cache
def python_calls() -> tuple[tuple[str, list[ast.expr]], ...]:
    """Name and arguments of every call in the package."""
    calls = (node for node in parts() if isinstance(node, ast.Call))
    return tuple(
        (call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", ""), call.args)
        for call in calls
    )


def terms() -> set[str]:
    """The words of the glossary that templates and notebooks ask for."""
    found = {
        code
        for lang, name in EVERY_TEMPLATE
        for filter_ in tree(TEMPLATES[lang][name]).find_all(nodes.Filter)
        if filter_.name == "term" and (code := constant(filter_.node))
    }
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        found |= set(re.findall(r'<dfn id=\\"(\w+)\\">', path.read_text("utf-8")))
    return found


def test_every_term_that_is_asked_for_is_in_the_glossary() -> None:
    assert terms()
    assert terms() - set(codes.codes("glossary")) == set()
    assert set(codes.codes("hard_word")) - set(codes.codes("glossary")) == set()


@pytest.mark.parametrize("lang", codes.LANGUAGES)
def test_a_hard_word_has_the_form_of_its_name(lang: str) -> None:
    forms, names = codes.labels("hard_word", lang), codes.labels("glossary", lang, long=False)
    strange = {code for code, form in forms.items() if not re.search(form, names[code])}
    assert strange <= {"grade", "mu"}  # named by what they mean, or not used alone


@pytest.mark.parametrize("lang", codes.LANGUAGES)
def test_a_definition_opens_with_words_short_enough_to_stand_in_a_sentence(lang: str) -> None:
    from parkstudy.report.glossary import meaning

    found = {code: meaning(code, lang) for code in codes.codes("glossary")}
    assert [code for code, text in found.items() if not 4 <= len(text) <= (160 if lang == "en" else 60)] == []
    assert [code for code, text in found.items() if set("()（）") & set(text)] == []  # it stands in brackets


def template_calls() -> Iterator[tuple[str, list[nodes.Expr]]]:
    """Name and arguments of every filter in the templates, its group first, as a function in Python has it."""
    for lang, name in EVERY_TEMPLATE:
        for filter_ in tree(TEMPLATES[lang][name]).find_all(nodes.Filter):
            yield filter_.name, [*filter_.args, *([filter_.node] if filter_.node else [])]


@cache
def named() -> tuple[set[tuple[str, str]], set[str]]:
    """The pairs of group and code that are asked for by name, and the groups asked for as a whole."""
    pairs: set[tuple[str, str]] = set()
    whole: set[str] = set()
    for name, args in (*python_calls(), *template_calls()):
        if name in ("label", "text") and len(args) > 1:
            group, code = constant(args[0]), constant(args[1])
            if group and code:
                pairs.add((group, code))
        elif (name in ("codes", "labels") and args) or (name == "Labels" and len(args) == 1):
            group = constant(args[0])
            whole |= {group} if group else set()
            if isinstance(args[0], ast.JoinedStr) and (start := constant(args[0].values[0])):
                whole |= {group for group in codes.table() if group.startswith(start)}
    return pairs, whole


@cache
def strings() -> frozenset[str]:
    """Every string of code, templates, notebooks and data that may be a code or the name of a group."""
    found = {node.value for node in parts() if isinstance(node, ast.Constant)}
    for lang, name in EVERY_TEMPLATE:
        found |= {node.value for node in tree(TEMPLATES[lang][name]).find_all(nodes.Const)}
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
        found |= {text for cell in cells for text in re.findall(r"[\"']([^\"'\n]+)[\"']", "".join(cell["source"]))}
    for path in (ROOT / "data").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {part for row in csv.reader(file) for cell in row for part in (cell, *cell.split(";"))}
    for path in (ROOT / "data").glob("*.toml"):
        found |= set(leaves(tomllib.loads(path.read_text("utf-8"))))
    return frozenset(text for text in found if isinstance(text, str))


def leaves(value: Any) -> Iterator[str]:
    """Keys and texts of a tree of tables and lists."""
    if isinstance(value, dict):
        yield from value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from leaves(part)
    if isinstance(value, str):
        yield value


@cache
def made() -> tuple[re.Pattern[str], ...]:
    """The forms of the strings that code puts together around four letters or more, such as `..._growth`."""
    put_together = [node.values for node in parts() if isinstance(node, ast.JoinedStr)]
    forms = {"".join(re.escape(constant(part) or "") or "[a-z_]+" for part in values) for values in put_together}
    return tuple(re.compile(form) for form in sorted(forms) if re.search("[a-z]{4}", form.replace("[a-z_]+", "")))


def used(group: str, code: str) -> bool:
    """Whether a code is asked for: by name, with its whole list, or as a string where its group is asked with a variable."""
    pairs, whole = named()
    if (group, code) in pairs or group in whole:
        return True
    asked = group in strings() or group in codes.table()["parameter"]
    return asked and (code in strings() or code.isdecimal() or any(form.fullmatch(code) for form in made()))


def test_every_word_is_used() -> None:
    assert [f"{row['group']},{row['code']}" for row in ROWS if not used(row["group"], row["code"])] == []


def test_a_word_that_nothing_asks_for_is_found() -> None:
    assert used("mark", "comma")
    assert not used("mark", "no such " + "mark")
    assert not used("no such " + "group", "park")


def test_every_word_that_is_asked_for_by_name_is_there() -> None:
    pairs, _ = named()
    assert sorted(pair for pair in pairs if pair[1] not in codes.table().get(pair[0], {})) == []


# Templates


def test_both_languages_have_the_same_templates_blocks_and_macros() -> None:
    assert list(TEMPLATES["en"]) == list(TEMPLATES["zh"]) != []
    for name, text in TEMPLATES["en"].items():
        assert blocks(text) == blocks(TEMPLATES["zh"][name]), name
    assert macros(TEMPLATES["en"]["shared.j2"]) == macros(TEMPLATES["zh"]["shared.j2"])


COMPUTING = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg, nodes.Slice)
REDUCING = {
    "abs", "batch", "count", "dictsort", "filesizeformat", "float", "groupby", "int", "length", "map", "max", "min", "random",
    "reject", "rejectattr", "reverse", "round", "select", "selectattr", "slice", "sort", "sum", "unique", "wordcount",
    "divisibleby", "even", "ge", "gt", "greaterthan", "le", "lessthan", "lt", "odd",
    "index", "sorted", "values", "items", "keys", "pop", "append", "update",
}  # fmt: skip


def does(text: str) -> list[str]:
    """What a template does beside choosing by codes and printing."""
    template = tree(text)
    found = [
        type(node).__name__
        for node in template.find_all(COMPUTING)
        if isinstance(node, nodes.Slice) or not is_constant(node)
    ]
    for compare in template.find_all(nodes.Compare):
        (operand,) = compare.ops if len(compare.ops) == 1 else (None,)
        if operand is None or operand.op not in ("eq", "ne", "in", "notin"):
            found.append("Compare")
        elif operand.op in ("eq", "ne") and not (is_constant(operand.expr) or is_constant(compare.expr)):
            found.append(f"Compare with {type(operand.expr).__name__}")
    found += [node.name for node in template.find_all((nodes.Filter, nodes.Test)) if node.name in REDUCING]
    calls = [call.node for call in template.find_all(nodes.Call) if isinstance(call.node, nodes.Getattr)]
    return found + [node.attr for node in calls if node.attr in REDUCING]


def is_constant(node: nodes.Node) -> bool:
    """Whether an expression has no name in it."""
    return not isinstance(node, nodes.Name) and node.find(nodes.Name) is None


@every(("lang", "name"), EVERY_TEMPLATE)
def test_a_template_chooses_and_prints(lang: str, name: str) -> None:
    assert does(TEMPLATES[lang][name]) == []


@every(
    ("text", "found"),
    [
        ("{{ a + b }}", ["Add"]),
        ("{{ row.low * 100 }}", ["Mul"]),
        ("{{ -a }}", ["Neg"]),
        ("{{ rows[1:] }}", ["Slice"]),
        ("{% if a > 1 %}{% endif %}", ["Compare"]),
        ("{% if 1 < a < 3 %}{% endif %}", ["Compare"]),
        ("{% if a == b %}{% endif %}", ["Compare with Name"]),
        ("{% if row.low != row.high %}{% endif %}", ["Compare with Getattr"]),
        ("{{ rows|sort }}", ["sort"]),
        ("{% if rows|length %}{% endif %}", ["length"]),
        ("{% if a is gt 1 %}{% endif %}", ["gt"]),
        ("{{ text.count('a') }}", ["count"]),
        ("{% block a %}{% macro b(row) %}{{ row.low - row.high }}{% endmacro %}{% endblock %}", ["Sub"]),
        (
            "{% if kind == 'flow' and kind in ('flow', 'stock') and kind not in shared and not a is none %}{{ a ~ ' %' }}{% endif %}",
            [],
        ),
        ("{% for row in rows %}{{ (row.kind or 'flow')|label('kind') }}{{ on['values'] }}{% endfor %}{{ 2 - 1 }}", []),
    ],
)
def test_a_template_that_does_more_is_found(text: str, found: list[str]) -> None:
    assert does(text) == found


def test_every_block_is_rendered() -> None:
    from parkstudy.show.catalogue import CATALOGUE
    from parkstudy.show.counts import Counts
    from parkstudy.show.distribution import Distribution

    said = {pair for _, args in python_calls() for pair in pairwise([*map(constant, args), None])}
    any_block = {
        "facts.j2",
        *(f"{entry.kind}.j2" for entry in (*CATALOGUE.values(), Distribution, Counts)),
    }  # rendered by names that are made or kept
    any_block |= {template for template, block in said if template and block is None}
    unused = [
        (name, block) for name, text in TEMPLATES["en"].items() for block in blocks(text) if (name, block) not in said
    ]
    starts = tuple(text for text in strings() if len(text) > 4 and text.endswith("_"))  # f"statement_{kind}"
    unused = [
        (name, block) for name, block in unused
        if name not in any_block or (block not in strings() and not block.startswith(starts))
    ]  # fmt: skip
    for entry in CATALOGUE.values():
        page, start = f"{entry.words}.j2", f"{entry.blocks or entry.key.replace('-', '_')}_"
        unused = [(name, block) for name, block in unused if name != page or block.removeprefix(start) not in strings()]
    assert unused == []


def test_every_shared_macro_is_called() -> None:
    names = {name.name for lang, file in EVERY_TEMPLATE for name in tree(TEMPLATES[lang][file]).find_all(nodes.Name)}
    assert macros(TEMPLATES["en"]["shared.j2"])
    assert [macro for macro in macros(TEMPLATES["en"]["shared.j2"]) if macro not in names] == []


# Where Chinese stands

CHINESE = (
    "src/parkstudy/words/", "src/parkstudy/record/", "notebooks/zh/", "docs/method.zh.md", "data/", "tests/", "benchmarks/equivalent.csv",
)  # fmt: skip


def files() -> list[str]:
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no clone, so that no file is known to be of the repository")
    return sorted(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def test_chinese_stands_in_words_data_parsers_and_tests_alone() -> None:
    texts = {
        name: (ROOT / name).read_bytes().decode("utf-8", "replace") for name in files() if not name.startswith(CHINESE)
    }
    assert len(texts) > 20
    assert [name for name, text in texts.items() if "\0" not in text and HAN.search(text)] == []  # a picture is no text


def test_every_place_of_chinese_is_there() -> None:
    assert [place for place in CHINESE if not (ROOT / place).exists()] == []


def test_chinese_in_the_reader_of_rules_is_the_form_of_a_line_alone() -> None:
    """Words of a reader stand in tables and templates; a module of `words/` holds patterns and punctuation."""
    assert [
        line for line in (WORDS / "rules.py").read_text("utf-8").splitlines() if HAN.search(line) and "第" not in line
    ] == []
