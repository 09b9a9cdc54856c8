"""The figure of a view as a file: it says what it shows, whatever tab is open."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from parkstudy.explorer import picture
from parkstudy.explorer.again import FileError
from parkstudy.explorer.answer import question
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.held import Held
from parkstudy.show import theme

DRAWN = '<svg viewBox="0 0 600 100"><g id="mark"><text>(drawn)</text></g></svg>'


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "_drawn", lambda *_: DRAWN)
    monkeypatch.setattr(picture.svg, "face", lambda _: "")


def lines(held: Held, choice: Choice, picked: tuple[str, ...] = ()) -> list[str]:
    made = picture.picture(question(held, choice, picked))
    root = ElementTree.fromstring(made)
    return [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (
            Choice(),
            ["Growth of industrial output", "Reported output growth: Hengnan 10.2 %",
             "Prices: as published; Year: latest text of each park", "(drawn)", "Growth as each text prints it.",
             "Source: work summaries of Hengnan, Shuangpai", "gross_industrial_output_growth"],
        ),
        (
            Choice("tax_per_area", rung="total", lang="zh"),
            ["亩均税收，按总面积计", "完整的官方材料均无数值", "面积口径：总面积；年份：各园区最新总结",
             "(drawn)", "算法：税收÷", "资料来源：匿名园区（2023）的工作总结，1份", "tax_per_area&rung=total&lang=zh"],
        ),
    ],
)  # fmt: skip
def test_a_picture_says_what_holds_what_is_chosen_where_it_is_from_and_its_key(
    shipped: Held, choice: Choice, said: list[str]
):
    text = re.sub(r"\s+", " ", " ".join(lines(shipped, choice)))
    places = [text.find(one) for one in said]
    assert -1 not in places
    assert places == sorted(places)


def test_a_picture_of_picked_parks_says_so_and_names_their_sources_and_no_folder(shipped: Held):
    text = " ".join(lines(shipped, Choice(data="/of/mine"), ("hengnan",)))
    assert "A figure of the 1 park that is picked out." in text
    assert "summaries of Hengnan; one text" in text
    assert "gross_industrial_output_growth" in text
    assert "mine" not in text


def test_no_line_of_it_is_wider_than_the_drawing(shipped: Held):
    text = "Not from complete official texts: one (2023), another. " * 9 + "材料所涉年份、月份和统计范围不同。" * 9
    block = picture._Block(text, 10.0, "#000000")
    broken = picture._lines(block, 600)
    assert len(broken) > 3
    assert picture._lines(block._replace(text="the text’s “own”"), 600) == [
        'the text\'s "own"'
    ]  # curly ones are as wide as a Han
    assert max(theme.wide(line, 10.0) for line in broken) <= 600
    assert "".join(broken).replace(" ", "") == block.text.replace(" ", "")


@pytest.mark.parametrize(
    ("choice", "code"), [(Choice("figures"), "no_figure"), (Choice("target_gap", parks="hengnan"), "no_rows")]
)
def test_a_view_without_a_figure_says_so(shipped: Held, choice: Choice, code: str):
    with pytest.raises(FileError) as refused:
        picture.picture(question(shipped, choice))
    assert refused.value.code == code
