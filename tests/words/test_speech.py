"""Speech: numbers, intervals, amounts, periods, lists and sentences as a reader of either language has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import pytest
from cases import every
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup

from parkstudy.record.codes import LANGUAGES
from parkstudy.record.units import units
from parkstudy.words import speech as module
from parkstudy.words.speech import Speech, counted, plain, speech, visible

EN, ZH = speech("en"), speech("zh")
BOTH = pytest.mark.parametrize("say", [EN, ZH], ids=LANGUAGES)


INTERVALS = [
    (10.15, 10.25, "10.15–10.25", "10.15～10.25"),
    (-2.35, -2.25, "−2.35 to −2.25", "−2.35～−2.25"),
    (34.0, 34.0, "34", "34"),
    (40.0, inf, "at least 40", "不低于40"),
    (-inf, 5.0, "at most 5", "不高于5"),
    (-inf, inf, "not known", "未知"),
]


@every(("low", "high", "english", "chinese"), INTERVALS)
def test_an_interval_has_the_mark_of_its_language(low: float, high: float, english: str, chinese: str) -> None:
    assert (EN.computed(low, high), ZH.computed(low, high)) == (english, chinese)


def test_a_point_is_one_number_and_chinese_says_the_scale_with_each_end() -> None:
    assert (EN.computed(5.05, word="%"), ZH.computed(5.05, word="%")) == ("5.05 %", "5.05%")
    assert (EN.computed(1.2788, 1.3924, "%"), ZH.computed(1.2788, 1.3924, "万")) == ("1.28–1.39 %", "1.28万～1.39万")


@every("unit", units())
def test_every_unit_has_chinese_words(unit: str) -> None:
    _, *words = ZH.scale(unit, 5e9)
    assert not any(sign.isascii() and sign.isalpha() for sign in "".join(words) + ZH.axis(unit))


@every(
    ("unit", "english", "chinese"),
    [
        ("percent", "percent", "%"),
        ("CNY/mu", "yuan per mu", "万元/亩"),
        ("CNY/km2", "million yuan per km²", "亿元/平方公里"),
        ("CNY_billions", "billion yuan", "亿元"),
        ("CNY_millions", "million yuan", "亿元"),
        ("per_100_of_output", "yuan per 100 yuan of output", "元"),
        ("ratio", "ratio", "比值"),
    ],
)
def test_an_axis_names_its_unit_and_its_scale(unit: str, english: str, chinese: str) -> None:
    assert (EN.axis(unit), ZH.axis(unit)) == (english, chinese)


@every(
    ("start", "end", "english", "chinese"),
    [
        (date(2017, 1, 1), date(2017, 11, 30), "Jan–Nov 2017", "2017年1—11月"),
        (date(2016, 1, 1), date(2020, 12, 31), "2016–2020", "2016—2020年"),
        (date(2020, 5, 16), date(2020, 5, 16), "16 May 2020", "2020年5月16日"),
        (None, date(2019, 12, 31), "31 Dec 2019", "2019年12月31日时点"),
        (None, None, "undated", "日期不明"),
    ],
)
def test_a_period_is_said_from_the_dates_of_its_row(
    start: date | None, end: date | None, english: str, chinese: str
) -> None:
    row = {"period_start": start, "period_end": end}
    assert (EN.period(row), ZH.period(row)) == (english, chinese)


@pytest.mark.parametrize(("count", "text"), [(0, "0 texts"), (1, "1 text"), (2, "2 texts")])
def test_a_noun_is_counted(count: int, text: str) -> None:
    assert counted(count, "text") == text


@every(
    ("words", "english", "chinese"),
    [
        ([], "none", "无"),
        (["甲"], "甲", "甲"),
        (["甲", "乙"], "甲 and 乙", "甲和乙"),
        (["甲", "乙", "丙"], "甲, 乙 and 丙", "甲、乙和丙"),
    ],
)
def test_words_are_listed_as_in_a_sentence(words: list[str], english: str, chinese: str) -> None:
    assert plain(EN.listing(words)) == english
    assert ZH.listing(iter(words)) == chinese


def test_what_a_text_prints_has_a_space_where_its_language_has_one() -> None:
    chinese, latin = ({"reported_term": term, "reported_figure": "2.5%"} for term in ("增长", "GDP"))
    assert [say.printed(row) for say in (EN, ZH) for row in (chinese, latin)] == [
        "增长 2.5%", "GDP 2.5%", "增长2.5%", "GDP 2.5%",
    ]  # fmt: skip


@every(
    ("county", "english", "chinese"),
    [
        ("Hengnan County", "Hengnan", None),
        ("Heshan District", "Heshan District", None),
        ("衡南县", None, "衡南"),
        ("赫山区", None, "赫山区"),
        ("江华瑶族自治县", None, "江华瑶族自治县"),
        ("郫县", None, "郫县"),
    ],
)
def test_a_county_is_said_without_the_word_for_it(county: str, english: str | None, chinese: str | None) -> None:
    assert english is None or EN.short_county(county) == english
    assert chinese is None or ZH.short_county(county) == chinese


def test_a_scope_has_words_of_its_own_or_none() -> None:
    assert [ZH.scope(code) for code in ("national", "Hunan", "Yongzhou", "Atlantis")] == [
        "全国",
        "湖南省",
        "永州市",
        "",
    ]
    assert EN.scope("national") == "national"


@every("lang", ["", "fr", "EN", None])
def test_a_language_that_the_study_does_not_speak_is_refused(lang: Any) -> None:
    with pytest.raises(ValueError, match=f"^unknown language {lang!r}; expected one of en, zh$"):
        speech(lang)


# What is printed is escaped once


NASTY = "<b onclick=\"x('y')\">&amp;</b>"


@BOTH
def test_words_are_escaped_once(say: Speech) -> None:
    once = say.marked(NASTY)
    assert "<b" not in once
    assert once.unescape() == NASTY
    assert say.marked(once) == once
    assert say.join([NASTY, once], "<").unescape() == f"{NASTY}<{NASTY}"
    assert say.listing([NASTY]) == once
    assert plain(once) == NASTY


def test_chinese_words_are_named_on_an_english_page_alone() -> None:
    assert EN.marked("a “难办”（二）, 乙 <") == (
        'a “<span lang="zh-Hans">难办</span>”<span lang="zh-Hans">（二）</span>, <span lang="zh-Hans">乙</span> &lt;'
    )
    assert ZH.marked("a “难办” <") == "a “难办” &lt;"


@every(
    ("text", "shown"),
    [
        ("a\x00b\x1b[0m\nc", "ab[0m\nc"),
        ("a\tb\rc\u2028d", "a b c d"),
        ("1\u00a0000", "1\u00a0000"),
        ("abc \u202edcba\u202c \u200f\u05d0\u2066x\u2069", "abc dcba \u05d0x"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("\ue000mark\uf8ff", "mark"),
        (10.2, "10.2"),
    ],
)
def test_what_would_turn_or_hide_its_neighbours_is_dropped(text: object, shown: str) -> None:
    assert visible(text) == shown
    assert ZH.marked(text) == shown.replace("\n", " ")  # a line of a block is a sentence


def test_plain_words_have_neither_marks_nor_entities() -> None:
    assert plain(Markup('<a href="x">A &amp; B</a> at <span>10.2%</span>')) == "A & B at 10.2%"
    assert plain("A <b> & B") == "A <b> & B"


# Sentences


class Asked:
    """A view that says of a park its id in capitals, and that opens nothing."""

    def name(self, park: str) -> str:
        return park.upper()


def rendered(template: str, values: Mapping[str, Any]) -> Markup:
    """The block `b` of a template, said in English."""
    own = Speech("en")
    own.templates.loader = DictLoader({"t.j2": template, "shared.j2": ""})
    return own.render(Asked(), "t.j2", "b", values)


def test_a_block_is_said_of_its_values_and_its_view() -> None:
    text = "{% block b %} {{ park|name }}: {{ computed(low, 2.0) }} {{ words }} {% endblock %}"
    assert rendered(text, {"park": "p", "low": 1.0, "words": NASTY}) == f"P: 1.0–2.0 {Markup.escape(NASTY)}"


def test_a_macro_sees_the_view_and_is_not_escaped_again() -> None:
    text = "{% block b %}{% macro told(row) %}{{ row|name }} & {% endmacro %}{{ rows|each(told)|join('; ') }}{% endblock %}"
    assert rendered(text, {"rows": ["<a>", "b"]}) == "&lt;A&gt; &; B &"


@pytest.mark.parametrize("text", ["{{ missing }}", "{% if missing %}x{% endif %}", "{{ row.missing }}"])
def test_a_name_that_is_not_given_is_an_error(text: str) -> None:
    with pytest.raises(UndefinedError, match="missing"):
        rendered(f"{{% block b %}}{text}{{% endblock %}}", {"row": {}})


def test_a_sentence_that_fails_leaves_no_view_behind() -> None:
    with pytest.raises(UndefinedError):
        rendered("{% block b %}{{ missing }}{% endblock %}", {})
    with pytest.raises(LookupError):
        module._VIEW.get()


@BOTH
def test_every_template_is_a_file_that_can_be_read(say: Speech) -> None:
    names = sorted(path.name for path in (Path(module.__file__).parent / say.lang).glob("*.j2"))
    assert names == sorted(say.templates.list_templates())
    assert all(say.templates.get_template(name) for name in names)
    assert say.has("exhibit.j2", "sources")
    assert not say.has("exhibit.j2", "no_such_block")


def test_a_large_number_at_the_foot_of_an_axis_has_the_word_of_its_scale() -> None:
    assert [EN.foot(one) for one in (0.0, 5000.0, 2.5e6, 4e9)] == ["0", "5,000", "2.5 million", "4 billion"]
    assert [ZH.foot(one) for one in (0.0, 4e9)] == ["0", "40亿"]
