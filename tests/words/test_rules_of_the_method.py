"""The method: a rule is a line of a document in each language, every cited one is there, its numbers are those of the code."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from cases import every

from parkstudy.record import period as periods
from parkstudy.record.codes import codes, label
from parkstudy.record.period import Period, growth_margin
from parkstudy.words.rules import cited, code_name, read, rule, rules

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = {
    lang: (ROOT / "docs" / name).read_text("utf-8") for lang, name in (("en", "method.md"), ("zh", "method.zh.md"))
}
LINKS = {lang: re.findall(r"\]\(([^)\s]+)\)", document) for lang, document in DOCUMENTS.items()}
HAN = re.compile(r"[一-鿿]")
LOOSE = re.compile(r"[一-鿿]\s|\s[一-鿿]|[一-鿿][,;:?!()]|[,;:?!()] ?[一-鿿]")  # half-width marks, spaces
# Codes of any number, so that one without a rule is found too; sections only where the method is said to be meant.
CODE = re.compile(r"(?<![A-Za-z0-9_#])[GTLQRA]\d{1,2}(?![A-Za-z0-9_.])|(?<![A-Za-z0-9_#])[GTLQRA]\d{1,2}(?=\.(?!\d))")
SECTION = re.compile(r"(?:method, |\()sections? ([\d, and]+)|第 ?(\d+(?:、\d+)*) ?节")
CITING = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted(path for path in (ROOT / "src/parkstudy").rglob("*") if path.suffix in (".py", ".j2", ".csv")),
    *sorted((ROOT / "notebooks").rglob("*.ipynb")),
]


def words(path: Path) -> str:
    """The text of a file; of a notebook the sources of its cells, without identifiers and pictures."""
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8")
    return "\n".join("".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])


def numbered(letter: str, last: int) -> list[str]:
    return [f"{letter}{number}" for number in range(1, last + 1)]


def test_every_rule_of_the_method_is_there_in_the_order_of_the_pages() -> None:
    letters = {"G": 12, "T": 7, "L": 8, "Q": 7, "R": 9, "A": 17}
    sections = [f"section {number}" for number in (1, 5, 10, 11, 13)]
    assert list(rules()) == [code for letter, last in letters.items() for code in numbered(letter, last)] + sections


def test_both_languages_hold_the_same_rules_in_the_same_order() -> None:
    placed = [
        [re.sub(r"第(\d+)节", r"section \1", code) for code in re.findall(r"^- \*\*(.+?)\*\*", document, re.MULTILINE)]
        for document in DOCUMENTS.values()
    ]
    assert placed[0] == placed[1]
    assert list(rules("en")) == list(rules("zh"))


def test_every_check_of_the_audit_is_a_rule() -> None:
    assert [code for code in rules() if code.startswith("A")] == list(codes("check"))


def named(text: str) -> set[str]:
    """The rules and sections that a text names, whether they are there or not."""
    sections = {f"section {number}" for found in SECTION.finditer(text) for number in re.findall(r"\d+", found[0])}
    return set(CODE.findall(text)) | sections


def test_every_code_that_is_cited_is_a_rule() -> None:
    unknown = {str(path.relative_to(ROOT)): named(words(path)) - set(rules()) for path in CITING}
    assert {path: codes for path, codes in unknown.items() if codes} == {}
    assert named("method, section 99, and G77") - set(rules()) == {"section 99", "G77"}  # a test that could find one


def test_both_languages_say_a_rule_and_keep_apart() -> None:
    both = {code: (rule(code, "en"), rule(code, "zh")) for code in rules()}
    assert [code for code, (english, chinese) in both.items() if HAN.search(english) or not HAN.search(chinese)] == []
    assert [code for code, (_, chinese) in both.items() if LOOSE.search(chinese)] == []
    assert [code for code, (english, chinese) in both.items() if cited(english) != cited(chinese)] == []


def test_the_two_languages_have_the_same_numbers() -> None:
    for code in ("G3", "G5", "T3", "R8", "L8", "A8", "section 5"):
        numbers = [set(re.findall(r"\d+\.\d+", rule(code, lang))) for lang in ("en", "zh")]
        assert numbers[0] == numbers[1], code


def test_a_rule_is_its_words_without_code_and_reason() -> None:
    assert read("# Title\n\n- **L2** One rung. *Why:* unlike areas.\n- **G1** A base (L2). *Why:* it is.\n") == {
        "G1": "A base (L2).",
        "L2": "One rung.",
    }
    assert read("- **第5节** 年内占比。 *理由：* 各月份不同。") == {"section 5": "年内占比。"}


@every(
    "line",
    [
        "- One rung. *Why:* no code.",
        "- **X1** One rung. *Why:* no such letter.",
        "- **L2** One rung. No reason.",
        "- **L2** One rung. *Why:*",
        "- **L2**  *Why:* no text.",
        "- **L2** *Why:* no text.",
        "- **L1** One rung. *Why:* twice.\n- **L1** One rung. *Why:* twice.",
    ],
)
def test_a_line_that_is_no_rule_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match=r"^not a rule with a code of its own, a text and a reason: '- "):
        read(f"# Method\n\n{line}\n")


def test_a_rule_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="G99"):
        rule("G99", "en")


@pytest.mark.parametrize("lang", DOCUMENTS)
def test_a_document_holds_every_section_statement_and_rung(lang: str) -> None:
    document = DOCUMENTS[lang]
    assert re.findall(r"^## (\d+)\. ", document, re.MULTILINE) == [str(number) for number in range(1, 17)]
    assert re.findall(r"^\| (\d+) \| \S", document, re.MULTILINE) == [str(number) for number in range(1, 22)]
    assert re.findall(r"^\| `(\w+)` \| \S", document, re.MULTILINE) == list(codes("rung"))
    assert set(CODE.findall(document)) <= set(rules())


def test_both_documents_have_the_same_links_and_tables() -> None:
    (english, *links), (chinese, *linked) = LINKS["en"], LINKS["zh"]
    assert (english, chinese) == ("method.zh.md", "method.md")
    assert links == linked
    tables = [[line.count("|") for line in text.splitlines() if line.startswith("|")] for text in DOCUMENTS.values()]
    assert tables[0] == tables[1]


def test_a_link_of_the_document_leads_to_a_file_or_an_official_page() -> None:
    official = re.compile(r"https?://([\w.-]+\.)?(gov\.cn|bjdch\.gov\.cn|oecd\.org|doi\.org)/")
    for link in LINKS["en"]:
        assert official.match(link) if link.startswith("http") else (ROOT / "docs" / link).is_file(), link


def test_the_shares_of_the_year_are_those_of_the_code() -> None:
    for share in periods.YEAR_SHARES.values():
        assert f"{share.low}–{share.high}" in rule("section 5", "en")
    output, paid = periods.YEAR_SHARES["output", 11], periods.YEAR_SHARES["tax", 11]
    assert f"{output.low / paid.high:.2f}–{output.high / paid.low:.2f}" in rule("G5", "en")


def test_the_margins_are_those_of_the_code() -> None:
    year, months, half = (
        Period(date(2019, 1, 1), end) for end in (date(2019, 12, 31), date(2019, 11, 30), date(2019, 6, 30))
    )
    assert (growth_margin(year, months), growth_margin(year, half), growth_margin(year, year, True)) == (1.5, 6.0, 5.0)
    assert "1.5 points if the shorter span has 10 or 11 months, 6 for a half-year, 5 where" in rule("G3", "en")


def test_the_thresholds_are_those_of_the_code() -> None:
    from parkstudy.method import cells, land, tax

    assert f"{cells.POINTS:,} points" in rule("R8", "en")
    assert f"within {cells.AT_THRESHOLD} of" in rule("R8", "en")
    assert f"P+ ≥ {cells.HOLDS_FROM}" in rule("R4", "en")
    assert tax.LEAST_PEERS == 3
    assert "at least three" in rule("T1", "en")
    assert f"{land.MU_PER_KM2:,} mu" in label("formula", "tax_per_area", "en")


def test_the_tax_factor_is_that_of_the_code() -> None:
    from parkstudy.method.sides import UNSTATED_TAX_FACTOR

    assert f"{UNSTATED_TAX_FACTOR.low}–{UNSTATED_TAX_FACTOR.high}" in rule("T3", "en")


def test_the_rules_that_measures_name_are_there() -> None:
    from parkstudy.method.study import MEASURES

    assert {measure.rule for measure in MEASURES.values()} <= set(rules())


@every(
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
    assert [cited(code) for code in rules()] == [[code] for code in rules()]


@every(
    ("code", "lang", "name"),
    [("G5", "en", "G5"), ("G5", "zh", "G5"), ("section 5", "en", "section 5"), ("section 13", "zh", "第13节")],
)
def test_a_code_is_named_in_the_language_of_its_reader(code: str, lang: str, name: str) -> None:
    assert code_name(code, lang) == name
