"""The method: every cited rule can be looked up, in both languages, with the numbers that the code uses."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from parkstudy.method import audit as consistency
from parkstudy.method import cells, land, statements, tax
from parkstudy.method.measures import MEASURES, RUNGS
from parkstudy.record import period as periods
from parkstudy.record.period import Period, growth_margin
from parkstudy.words.language import said
from parkstudy.words.rules import FORMULAS, RULES, cited, code_name

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs/method.md").read_text(encoding="utf-8")
HAN = re.compile(r"[一-鿿]")
ASCII_PUNCTUATION = re.compile(r"[一-鿿]\s|\s[一-鿿]|[一-鿿][,;:?!()]|[,;:?!()] ?[一-鿿]")
# Codes of any number, so that one without a rule is found too; sections only where the method is said to be meant.
CODE = re.compile(r"(?<![A-Za-z0-9_#])[GTLQRA]\d{1,2}(?![A-Za-z0-9_.])|(?<![A-Za-z0-9_#])[GTLQRA]\d{1,2}(?=\.(?!\d))")
SECTION = re.compile(r"(?:method, |\()sections? ([\d, and]+)|第 ?(\d+(?:、\d+)*) ?节")


def pages() -> list[Path]:
    """Everything that cites the method to a reader or a developer."""
    return [
        ROOT / "README.md",
        *sorted((ROOT / "src/parkstudy").rglob("*.py")),
        *sorted(ROOT.glob("notebooks/*.ipynb")),
    ]


def words(path: Path) -> str:
    """The text of a file; of a notebook the sources of its cells, without identifiers and pictures."""
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8")
    return "\n".join("".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])


def numbered(letter: str, last: int) -> set[str]:
    return {f"{letter}{number}" for number in range(1, last + 1)}


def test_every_rule_of_the_method_is_there() -> None:
    codes = numbered("T", 7) | numbered("L", 8) | numbered("Q", 7) | numbered("R", 9) | numbered("A", 14)
    growth = numbered("G", 12)
    assert {code for code in RULES if not code.startswith("section")} == codes | growth


def test_every_check_of_the_audit_is_a_rule() -> None:
    assert [code for code in RULES if re.fullmatch(r"A\d+", code)] == list(consistency.CHECKS)


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_every_code_that_is_cited_is_a_rule(path: Path) -> None:
    text = words(path)
    sections = {f"section {number}" for found in SECTION.finditer(text) for number in re.findall(r"\d+", found[0])}
    assert (set(CODE.findall(text)) | sections) - set(RULES) == set()


def test_the_rules_that_measures_name_are_there() -> None:
    assert {measure.rule for measure in MEASURES.values()} <= set(RULES)


def test_every_measure_has_a_formula() -> None:
    assert list(FORMULAS) == list(MEASURES)


@pytest.mark.parametrize("text", [*RULES.values(), *FORMULAS.values()], ids=[*RULES, *FORMULAS])
def test_both_languages_are_there_and_keep_apart(text: str) -> None:
    chinese = said(text, "zh")
    assert not HAN.search(text)
    assert HAN.search(chinese)
    assert not ASCII_PUNCTUATION.search(chinese)


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_its_place_in_the_document_in_the_same_words(code: str) -> None:
    if code.startswith("section "):
        section = re.search(
            rf"^## {code.removeprefix('section ')}\. .*?(?=^## |\Z)", DOCUMENT, re.DOTALL | re.MULTILINE
        )
        assert section
        assert RULES[code] in section[0]
    else:
        assert f"\n- **{code}** {RULES[code]} *Why:* " in DOCUMENT


def test_the_two_languages_cite_the_same_rules_and_numbers() -> None:
    for code, text in RULES.items():
        assert cited(said(text, "zh")) == cited(text), code
    for code in ("G3", "G5", "T3", "R8", "L8", "A8", "section 5"):
        numbers = [set(re.findall(r"\d+\.\d+", said(RULES[code], lang))) for lang in ("en", "zh")]
        assert numbers[0] == numbers[1], code


def test_the_document_holds_every_statement_rung_and_section() -> None:
    for statement in statements.STATEMENTS:
        assert f"\n| {statement.id} | {said(statement.sentence, 'en')} | " in DOCUMENT
    assert [rung for rung in RUNGS if f"\n| `{rung}` | " not in DOCUMENT] == []
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. ", DOCUMENT, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_code_of_the_document_is_a_rule() -> None:
    assert set(CODE.findall(DOCUMENT)) - set(RULES) == set()


def test_the_links_of_the_document_lead_to_files_or_official_pages() -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", DOCUMENT)
    assert links
    for link in links:
        if link.startswith("http"):
            assert re.match(r"https?://([\w.-]+\.)?(gov\.cn|bjdch\.gov\.cn|oecd\.org|doi\.org)/", link), link
        else:
            assert (ROOT / "docs" / link).is_file(), link


def test_the_shares_of_the_year_are_those_of_the_code() -> None:
    for share in periods.YEAR_SHARES.values():
        assert f"{share.low}–{share.high}" in RULES["section 5"]
    output, paid = periods.YEAR_SHARES["output", 11], periods.YEAR_SHARES["tax", 11]
    assert f"{output.low / paid.high:.2f}–{output.high / paid.low:.2f}" in RULES["G5"]


def test_the_margins_are_those_of_the_code() -> None:
    year, months, half = (
        Period(date(2019, 1, 1), end) for end in (date(2019, 12, 31), date(2019, 11, 30), date(2019, 6, 30))
    )
    assert (growth_margin(year, months), growth_margin(year, half), growth_margin(year, year, True)) == (1.5, 6.0, 5.0)
    assert "1.5 points if the shorter span has 10 or 11 months, 6 for a half-year, 5 where" in RULES["G3"]


def test_the_thresholds_are_those_of_the_code() -> None:
    factor = statements.UNSTATED_TAX_FACTOR
    assert f"{factor.low}–{factor.high}" in RULES["T3"]
    assert f"{cells.POINTS:,} points" in RULES["R8"]
    assert f"within {cells.AT_THRESHOLD} of" in RULES["R8"]
    assert f"P+ ≥ {cells.HOLDS_FROM}" in RULES["R4"]
    assert tax.LEAST_PEERS == 3
    assert "at least three" in RULES["T1"]
    assert f"{land.MU_PER_KM2:,} mu" in FORMULAS["tax_per_area"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("raw and as a full year (G5).", ["G5"]),
        ("(method, L2, A11)", ["L2", "A11"]),
        ("T6: its text reports revenue; see R2 to R8, and G1", ["G1", "T6", "R2", "R8"]),
        ("share of the year (section 5)", ["section 5"]),
        ("method, sections 11 and 13; Section 10", ["section 10", "section 11", "section 13"]),
        ("按年内占比折合（第5节），见G5、A11", ["G5", "A11", "section 5"]),
        ("见第11、13节和第 10 节", ["section 10", "section 11", "section 13"]),
        ("G5 and again G5", ["G5"]),
        ("grade A, grade C; A级、C级", []),
        ("G13 and T0, section 99, A1B, XA1, #A11, R2.5", []),
        ("Q1 2023, 2023-Q1 and Q2 2020", []),
        ("anon-2023, 2017-01-01/P11M, section 7 of an act", []),
        ("", []),
    ],
)
def test_the_rules_cited_in_a_text_are_found_in_their_order(text: str, codes: list[str]) -> None:
    assert cited(text) == codes


def test_every_code_is_found_by_its_own_name() -> None:
    assert [cited(code) for code in RULES] == [[code] for code in RULES]


@pytest.mark.parametrize(
    ("code", "lang", "name"),
    [("G5", "en", "G5"), ("G5", "zh", "G5"), ("section 5", "en", "section 5"), ("section 13", "zh", "第13节")],
)
def test_a_code_is_named_in_the_language_of_its_reader(code: str, lang: str, name: str) -> None:
    assert code_name(code, lang) == name
