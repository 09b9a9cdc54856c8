"""Labels: a code is said short or long, in either language, and told apart from its neighbours."""

from __future__ import annotations

import pytest
from cases import every

from parkstudy.record.codes import LANGUAGES, codes, label, labels, table
from parkstudy.record.rungs import AREAS


def test_the_languages_are_those_of_the_table() -> None:
    assert LANGUAGES == ("en", "zh")


@every(
    ("group", "code", "short", "long"),
    [
        ("population", "above_scale", ("firms above the size threshold", "规模以上工业企业"),
         ("industrial firms above the official size threshold", "规模以上工业企业")),
        ("population", "unstated", ("firms counted not stated", "统计范围未说明"),
         ("the sentence does not say which firms are counted", "原句未说明")),
        ("grade", "C", ("re-posted, anonymised or cut off", "转载、匿名或截断"),
         ("re-posted, anonymised or cut off", "转载、匿名或截断")),
        ("price", "real", ("constant prices", "扣除价格变动（全国PPI）"), ("constant prices", "扣除价格变动（全国PPI）")),
    ],
)  # fmt: skip
def test_an_empty_form_is_the_other_one(group: str, code: str, short: tuple[str, str], long: tuple[str, str]) -> None:
    assert tuple(label(group, code, lang) for lang in LANGUAGES) == short
    assert tuple(label(group, code, lang, long=True) for lang in LANGUAGES) == long


def test_a_list_has_the_order_of_its_rows() -> None:
    assert codes("basis") == ("reported", "annualised")
    assert codes("rung") == tuple(AREAS) == (
        "perimeter", "expanded", "control_plan", "total", "signed", "planned", "built_up", "approved",
    )  # fmt: skip
    assert labels("basis", "zh") == {"reported": "按原文时段", "annualised": "折合全年"}
    assert labels("grade", long=False)["A"] == "complete text on a county government's site, issuer and date shown"


def test_a_group_or_a_code_that_is_not_there_is_an_error() -> None:
    for call in (lambda: codes("no group"), lambda: label("no group", "a", "en"), lambda: label("price", "free", "en")):
        with pytest.raises(KeyError):
            call()


# Equal words are meant: the marks of a language, one formula of several measures, one heading of two columns.
ALIKE = {"formula", "column", "mark", "number", "period", "method"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_codes_of_a_list_share_their_words(lang: str) -> None:
    lists = {
        (group, long): list(labels(group, lang, long=long).values()) for group in table() for long in (False, True)
    }
    assert [group for group, words in lists.items() if group[0] not in ALIKE and len({*words}) < len(words)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_code_is_shown_to_a_reader(lang: str) -> None:
    groups = ("population", "value_type", "rung", "verdict", "flag", "measure", "reason")
    words = [text for group in groups for long in (False, True) for text in labels(group, lang, long=long).values()]
    assert [text for text in words if "_" in text or text != text.strip() or text.endswith(".")] == []
