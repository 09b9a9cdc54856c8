"""Share cards: one picture a page, of one width, with its words and its figure."""

from __future__ import annotations

import io
import re

import pytest
from built_pages import Reports
from exhibit_parts import shown, words
from page_parts import answer_of, parsed, squeezed
from PIL import Image

from parkstudy import load
from parkstudy.record.codes import label
from parkstudy.report.cards import Chart, card, chart_of
from parkstudy.show.view import View

pytestmark = pytest.mark.slow
MADE = "parkstudy · data 0123456789ab · 20-growth.html"


def opened(png: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(png))
    picture.load()
    return picture


def shades(picture: Image.Image) -> int:
    return len(picture.convert("RGB").getcolors(1 << 24) or [])


def coloured(width: int, height: int) -> Image.Image:
    """A picture of one strong colour."""
    return Image.new("RGB", (width, height), (200, 30, 40))


def test_a_card_is_1080_pixels_wide_and_not_blank() -> None:
    picture = opened(card("A title?", "An answer.", MADE, None))
    assert (picture.format, picture.width) == ("PNG", 1080)
    assert shades(picture) > 20


def test_a_card_shows_the_figure_of_its_page_whole() -> None:
    blank, strong = coloured(990, 1), coloured(990, 495)
    plain, drawn = (opened(card("A title?", "An answer.", MADE, Chart("", one, "", ""))) for one in (blank, strong))
    reds = {colour: count for count, colour in drawn.convert("RGB").getcolors(1 << 24) or []}[200, 30, 40]
    assert drawn.height > plain.height
    assert abs(drawn.height - plain.height - 494) <= 1
    assert reds == 990 * 495


def test_a_longer_answer_makes_a_higher_card_up_to_a_limit() -> None:
    heights = [opened(card("A title?", "word " * n, MADE, None)).height for n in (5, 60, 400, 4000)]
    assert heights[0] < heights[1] < heights[2] == heights[3]


@pytest.mark.parametrize(
    "text",
    ["$x_1$ {0} %s <b> & \\alpha", "园区“难办”，2019年；" * 8, "🏭 works", "x" * 300, ""],
    ids=["signs", "Chinese", "emoji", "300 characters", "nothing"],
)
def test_any_text_is_drawn_without_a_warning(text: str) -> None:
    picture = opened(card(text, text, text, Chart(text, coloured(9, 9), text, text)))
    assert picture.width == 1080
    edge = picture.convert("RGB").crop((1060, 0, 1080, picture.height))
    assert shades(edge) == 1  # nothing runs into the margin


def test_a_card_twice_is_the_same_to_the_byte() -> None:
    one, other = (card("A title?", "An answer.", MADE, Chart("A claim", coloured(400, 300), "", "")) for _ in range(2))
    assert one == other
    assert b"Software" not in one


def test_every_page_has_a_card_of_a_fitting_size(reports: Reports) -> None:
    for kind in ("shipped", "awkward"):
        for path in reports[kind].pages:
            with Image.open(path.with_suffix(".png")) as picture:
                assert (picture.format, picture.width) == ("PNG", 1080)
                assert 500 <= picture.height <= 2900, (path.name, picture.height)
                assert shades(picture) > 50


@pytest.mark.parametrize(
    ("name", "lang", "more"), [("overview", "en", False), ("statements", "zh", True), ("coverage", "en", False)]
)
def test_a_card_says_what_its_picture_shows_whose_texts_it_is_of_and_how_many(
    name: str, lang: str, more: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if more:  # than a picture so low can hold
        monkeypatch.setattr("parkstudy.report.cards._TALLEST", 0.7)
    chart = chart_of(View(load().only(""), lang), name, {})
    assert chart is not None
    assert chart.title == shown(name, lang).answer
    assert re.split("[.。…]", chart.legend)[0] in words(shown(name, lang).body)
    told = label("page", "card_more", lang).partition("{n}")
    assert (told[2] in chart.legend) is more
    assert label("page", "card_texts_of_years", lang).format(n=5, first=2017, last=2023) in chart.source
    size = chart.picture.size
    assert abs(size[0] - 990) <= 1  # as wide as a card has room for it: no dot of it is scaled
    assert size[1] < 2.1 * size[0]


def test_cards_of_two_pages_differ(reports: Reports) -> None:
    cards = [path.with_suffix(".png").read_bytes() for path in reports["shipped"].pages]
    assert len(set(cards)) == len(cards)


def test_a_page_says_to_a_chat_what_it_answers(reports: Reports) -> None:
    for path in reports["shipped"].pages:
        page = parsed(path)
        said = {e["property"] or e["name"]: squeezed(e["content"]) for e in page.all("meta")}
        assert said["og:title"] == squeezed(page.text("h1"))
        assert said["description"] in squeezed(page.text("p"))
        assert said["og:description"] == answer_of(page)
        assert bool(answer_of(page)) == (not path.name.startswith("90-"))
