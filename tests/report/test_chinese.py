"""The words of a Chinese page are Chinese: no English, no pinyin, one kind of bracket, but for names that have no other form."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cases import every
from exhibit_parts import study_of
from page_parts import parsed

from parkstudy.record import codes
from parkstudy.report.run import LIBRARIES

STUDY = study_of()
TITLES = sorted({*STUDY.reference["source_title"], *STUDY.sources["title"].drop_nulls()}, key=len, reverse=True)
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
SPARED = re.compile(  # what stands in Latin letters for a Chinese reader too
    r"parkstudy|Python|SHA-256|CC-BY|CSV|SVG|PNG|ZIP|PPI|SDMX|OECD|BibTeX|JupyterLab|Tab|Simonsohn|Halton|km²|R/OL|[0-9a-f]{12}"
    r"|(?:https?://)?[\w-]+(?:\.[\w-]+)+"  # the page a figure was read in; a file
    r"|[a-z0-9-]+-\d{4}[a-z]?-\d{3}"  # the id by which a reader reports an error
    r"|（英文）[^）；。]*"  # named as English
    rf"|(?:{'|'.join(LIBRARIES)}) \d|[a-z]+=[\w-]+"  # versions and parameters
)
BRACKETS = re.compile(r"[\u3400-\u9fff][(]|[)][\u3400-\u9fff]")


def latin(text: str) -> list[str]:
    """The Latin words of a text that are no names, and not printed in a title."""
    for title in TITLES:
        text = text.replace(title, "")
    return LATIN.findall(SPARED.sub("", text))


@pytest.mark.slow
def test_the_words_of_a_chinese_page_and_of_what_its_numbers_open_are_chinese(reports: Any) -> None:
    found: dict[str, set[str]] = {}
    for path in (path for path in reports["shipped"].everything if ".zh" in path.name):
        page = parsed(path)
        texts = [
            run.text for run in page.runs if not run.within("script", "style", "pre", "code") and run.language != "en"
        ]
        texts += page.attributes("aria-label")
        if path in reports["shipped"].pages:
            texts += [str(value) for record in page.records.values() for value in (record["title"], *record["values"])]
        found |= {text: {path.name, *words} for text in texts if (words := latin(text))}
    assert found == {}


@every(
    ("text", "found"),
    [
        ("工业总产值outturn", ["outturn"]),
        ("park hengnan", ["park", "hengnan"]),
        ("A级，PPI，hy.voc.com.cn，hengnan-2019-005", []),
        ("（英文）first phase", []),
    ],
)
def test_english_and_pinyin_are_found(text: str, found: list[str]) -> None:
    assert latin(text) == found


def test_chinese_labels_have_one_kind_of_bracket_and_none_of_the_words_that_judge() -> None:
    rows = [row for group in codes.table().values() for row in group.values()]
    words = [row[f"{form}_zh"] for row in rows for form in ("short", "long")]
    assert [text for text in words if BRACKETS.search(text)] == []
    assert [text for text in words if re.search("点名|存疑|高估|低估|虚报|实绩|粗略数", text)] == []
