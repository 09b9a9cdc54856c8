"""Lines: the width of words, and where a line may break in English and in Chinese."""

from __future__ import annotations

import textwrap

from cases import every
from hypothesis import given
from hypothesis import strategies as st

from parkstudy.words.lines import columns, shortened, wrapped

LATIN = st.text("abc ,.-–%()0123456789", max_size=80)
MIXED = st.text("税收产值工业园区abc 0123456789，。；：（）“”%–—…", max_size=80)


@every(("text", "width"), [("", 0), ("tax", 3), ("税收", 4), ("（1—11月）", 10), ("e\u0301", 1)])
def test_a_chinese_character_takes_two_columns(text: str, width: int) -> None:
    assert columns(text) == width


@given(LATIN, st.integers(5, 60))
def test_text_without_chinese_is_wrapped_and_cut_as_ever(text: str, width: int) -> None:
    assert wrapped(text, width) == textwrap.fill(text, width)
    assert shortened(text, width) == textwrap.shorten(text, width, placeholder="…")


@given(MIXED, st.integers(8, 60))
def test_wrapping_loses_nothing_but_spaces_and_keeps_within_its_columns(text: str, width: int) -> None:
    made = wrapped(text, width)
    assert "".join(made.split()) == "".join(text.split())
    assert all(columns(line) <= width + 2 for line in made.split("\n"))  # a mark may hang over the end


@given(MIXED, st.integers(4, 60))
def test_a_shortened_text_is_a_beginning_within_its_columns(text: str, width: int) -> None:
    made = shortened(text, width)
    whole = " ".join(text.split())
    assert columns(made) <= width
    assert made == whole or (made.endswith("…") and whole.startswith(made[:-1]))


def test_no_chinese_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "税收÷同期产值（工业/全园区）为0.49–0.69%，折合全年（G5）为0.46–0.82%；“两种理解”并存，2017年1—11月 · 样本变动。"
    for width in range(12, 60):
        lines = wrapped(text, width).split("\n")
        assert not any(line[0] in "，。；：）”%·—–" or line[-1] in "（“" for line in lines), width


def test_a_chinese_line_breaks_between_characters_and_keeps_numbers_whole() -> None:
    assert wrapped("工业总产值增长45.2%，税收增长36.5%。", 16) == "工业总产值增长\n45.2%，税收增长\n36.5%。"
    assert wrapped("截至2019年末", 8) == "截至\n2019年末"
    assert shortened("工业总产值（规模以上）", 12) == "工业总产值…"
    assert shortened("工业 总产值", 20) == "工业 总产值"
