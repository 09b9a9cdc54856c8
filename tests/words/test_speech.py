"""Speech: numbers, intervals, amounts, periods, lists and sentences as a reader of either language has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup

from parkstudy.record.codes import LANGUAGES
from parkstudy.record.units import units
from parkstudy.words import speech as module
from parkstudy.words.speech import Speech, counted, number, plain, speech, visible

EN, ZH = speech("en"), speech("zh")
BOTH = pytest.mark.parametrize("say", [EN, ZH], ids=LANGUAGES)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10.2, "10.2"),
        (16.33, "16.33"),
        (24.0, "24"),
        (0, "0"),
        (-7.1, "−7.1"),
        (0.1 + 0.2, "0.3"),
        (9.9996, "10"),
        (0.0012345, "0.001234"),
        (1234.56, "1,235"),
        (5.06e9, "5,060,000,000"),
        (inf, "∞"),
        (-inf, "−∞"),
    ],
)
def test_a_number_has_no_more_digits_than_it_bears(value: float, text: str) -> None:
    assert number(value) == text


def test_a_number_takes_as_many_digits_as_asked() -> None:
    assert (number(17.665, 5), number(17.665, 2), number(123_456, 2)) == ("17.665", "18", "123,456")


CLOSED = [
    (10.15, 10.25, "10.15–10.25"),
    (17.665, 17.675, "17.665–17.675"),
    (-2.35, -2.25, "−2.35–−2.25"),
    (34.0, 34.0, "34"),
    (None, None, ""),
    (None, 5.0, ""),
    (5.0, None, ""),
]


@BOTH
@pytest.mark.parametrize(("low", "high", "text"), CLOSED)
def test_a_closed_interval_is_the_same_in_both_languages(
    say: Speech, low: float | None, high: float | None, text: str
) -> None:
    assert say.interval(low, high) == text


@pytest.mark.parametrize(
    ("low", "high", "english", "chinese"),
    [(40.0, inf, "at least 40", "不低于40"), (-inf, 5.0, "at most 5", "不高于5")],
)
def test_an_open_interval_is_said_with_its_end(low: float, high: float, english: str, chinese: str) -> None:
    assert (EN.interval(low, high), ZH.interval(low, high)) == (english, chinese)


@pytest.mark.parametrize(
    ("value", "low", "high", "english", "chinese"),
    [
        (10.2, 10.15, 10.25, "10.2", "10.2"),
        (None, 8.0, 10.0, "8–10", "8–10"),
        (40.0, 40.0, inf, "at least 40", "不低于40"),
        (5.0, -inf, 5.0, "at most 5", "不高于5"),
    ],
)
def test_a_rate_is_its_value_or_its_interval(
    value: float | None, low: float, high: float, english: str, chinese: str
) -> None:
    row = {"value": value, "low": low, "high": high}
    assert (EN.rate(row), ZH.rate(row)) == (english, chinese)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (5.06e9, "CNY", "5.06 billion CNY"),
        (5.0649e9, "CNY", "5.06 billion CNY"),
        (1.2345e8, "CNY", "123 million CNY"),
        (4.6e4, "CNY", "46 thousand CNY"),
        (-4.6e4, "CNY", "−46 thousand CNY"),
        (13_400, "CNY/mu", "13,400 CNY per mu"),
        (1.2e9, "CNY/km2", "1.2 billion CNY per km2"),
        (999, "CNY", "999 CNY"),
        (2.1818, "percent", "2.18 %"),
        (-3.4, "points", "−3.4 points"),
        (3.6842, "ratio", "3.68"),
    ],
)
def test_a_computed_amount_has_three_digits_and_its_unit(value: float, unit: str, text: str) -> None:
    assert EN.amount(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "digits", "text"),
    [
        (5.06e9, "CNY", 3, "50.6亿元"),
        (1e8, "CNY", 3, "1亿元"),
        (9.99e7, "CNY", 4, "9,990万元"),
        (46_000, "CNY", 3, "4.6万元"),
        (999, "CNY", 3, "999元"),
        (13_400, "CNY/mu", 3, "1.34万元/亩"),
        (9_400, "CNY/mu", 3, "0.94万元/亩"),
        (1.2e9, "CNY/km2", 3, "12亿元/平方公里"),
        (4.5e7, "CNY/km2", 3, "0.45亿元/平方公里"),
        (4.101e7, "USD", 4, "4,101万美元"),
        (2.1818, "percent", 3, "2.18%"),
        (-3.4, "points", 3, "−3.4个百分点"),
        (3.6842, "ratio", 3, "3.68"),
        (34, "count", 3, "34"),
        (800, "person", 3, "800人"),
        (699, "mu", 3, "699亩"),
        (120, "ha", 3, "120公顷"),
        (5.99, "km2", 3, "5.99平方公里"),
        (125, "m2", 3, "125平方米"),
    ],
)
def test_a_chinese_amount_has_the_units_of_chinese_statistics(value: float, unit: str, digits: int, text: str) -> None:
    assert ZH.amount(value, unit, digits) == text


@pytest.mark.parametrize("unit", units())
def test_every_unit_has_a_chinese_amount(unit: str) -> None:
    assert not any(sign.isascii() and sign.isalpha() for sign in ZH.amount(5.0, unit))


@pytest.mark.parametrize(
    ("low", "high", "unit", "english", "chinese"),
    [
        (5.0649e9, 5.2e9, "CNY", "5.06–5.2 billion", "50.6–52亿元"),
        (9.5e8, 1.25e9, "CNY", "0.95–1.25 billion", "9.5–12.5亿元"),
        (9.5e7, 1.25e8, "CNY", "95–125 million", "0.95–1.25亿元"),
        (12_345, 13_456, "CNY/mu", "12,345–13,456", "1.23–1.35万元/亩"),
        (0.4912, 0.6881, "percent", "0.491–0.688", "0.491–0.688%"),
        (1.5e7, inf, "CNY", "at least 15 million", "不低于1,500万元"),
        (-inf, 6e8, "CNY", "at most 600 million", "不高于6亿元"),
        (8.0, 10.0, "points", "8–10", "8–10个百分点"),
    ],
)
def test_both_ends_of_an_amount_stand_on_one_scale(
    low: float, high: float, unit: str, english: str, chinese: str
) -> None:
    assert (EN.amount_interval(low, high, unit), ZH.amount_interval(low, high, unit)) == (english, chinese)


def test_what_is_printed_keeps_its_digits() -> None:
    assert EN.amount(1.482032e10, "CNY", 7) == "14.82032 billion CNY"
    assert EN.amount_interval(4.0615e9, 4.0625e9, "CNY", 5) == "4.0615–4.0625 billion"


def test_a_span_has_its_unit_in_both_languages() -> None:
    row = {"low": 4.0615e9, "high": 4.0625e9, "unit": "CNY"}
    assert (EN.span(row, 5), ZH.span(row, 5)) == ("4.0615–4.0625 billion CNY", "40.615–40.625亿元")
    assert EN.span({"low": 1.0, "high": 2.0, "unit": "ratio"}, 3) == "1–2"


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("lang", ["", "fr", "EN", None])
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


@pytest.mark.parametrize(
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
    text = "{% block b %} {{ park|name }}: {{ interval(low, 2.0) }} {{ words }} {% endblock %}"
    assert rendered(text, {"park": "p", "low": 1.0, "words": NASTY}) == f"P: 1–2 {Markup.escape(NASTY)}"


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
