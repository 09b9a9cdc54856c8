"""Drawings: text stays text, ids and colours are those of the page, marks know their park and their number."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure

from parkstudy.show import svg, theme
from parkstudy.show.theme import INK

pytestmark = pytest.mark.slow  # drawing takes long

TEXT = "{http://www.w3.org/2000/svg}text"
STRANGE = {
    "script": "<script>alert(1)</script>",
    "attribute": 'id="x" href="#x" url(#x) id="tie|a|b" role="img"',
    "colour": f"{INK} #ffffff",
    "style": "a: b; c: 0.123456 <style>",
    "mathematics": r"$x_1$ \alpha {0} {{ name }} %s",
    "quotes": "'single' \"double\" &amp; &",
    "emoji": "works 🏭",
    "Chinese": "“难办”园区（二）",
    "300 characters": "a long name, " * 23 + "x",
}


def drawing(text: str = "words", act: Callable[[Any], object] | None = None, width: float = 2.0) -> str:
    """A small picture with a line in the ink, a text, and whatever `act` does to its axes."""
    import matplotlib.pyplot as plt

    with theme.drawing():
        figure, axes = plt.subplots(figsize=(width, 1))
        axes.plot([0, 1], [0.123456, 1], color=INK)
        axes.text(0, 0, text)
        if act:
            act(axes)
        return svg.drawn(figure)


def texts(document: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(document).iter(TEXT)]


def inline(document: str, prefix: str = "p-", alt: str = "alt") -> ElementTree.Element:
    """The fragment as a page reads it: its namespaces are those of HTML."""
    fragment = svg.inline(document, prefix, alt).replace("xlink:href", "href")
    return ElementTree.fromstring(fragment)


@pytest.mark.parametrize("kind", STRANGE)
def test_text_stays_the_text_it_was_in_the_document_and_in_the_page(kind: str) -> None:
    document = drawing(STRANGE[kind])
    assert STRANGE[kind] in texts(document)
    assert STRANGE[kind] in [node.text for node in inline(document).iter("text")]


def test_marks_that_turn_the_direction_of_writing_are_gone() -> None:
    document = drawing("a\u202edcba\u202c \u200fb\u2066c\u2069 \u05d0")
    assert "adcba bc \u05d0" in texts(document)


def test_ids_begin_with_the_prefix_and_so_does_what_refers_to_them() -> None:
    fragment = inline(drawing(), "own-")
    ids = {node.attrib["id"] for node in fragment.iter() if "id" in node.attrib}
    assert ids
    assert all(name.startswith("own-") for name in ids)
    markup = ElementTree.tostring(fragment, encoding="unicode")
    assert set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', markup))
    assert {one or other for one, other in re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', markup)} <= ids


def test_two_fragments_with_prefixes_of_their_own_share_no_id() -> None:
    one, two = (set(re.findall(r'\bid="([^"]+)"', svg.inline(drawing(), prefix, "alt"))) for prefix in ("a-", "b-"))
    assert one
    assert one.isdisjoint(two)


def test_every_colour_of_the_palette_follows_the_page_and_no_other_is_lost() -> None:
    fragment = svg.inline(drawing(act=lambda axes: axes.plot([0, 1], [1, 0], color="#123456")), "p-", "alt")
    assert f"var(--ink,{INK})" in fragment
    assert re.findall(r"(?<!,)#[0-9a-f]{6}", fragment) == ["#123456"]


def test_an_alternative_text_is_escaped() -> None:
    fragment = inline(drawing(), alt='"<b>" & more')
    assert (fragment.attrib["role"], fragment.attrib["aria-label"]) == ("img", '"<b>" & more')


def test_a_tied_mark_names_its_park_and_its_number() -> None:
    def act(axes: Any) -> None:
        svg.tie(axes.lines[0], "hengnan", "m-1")
        svg.tie(axes.texts[0], "shuangpai")

    tied = [node.attrib for node in inline(drawing(act=act)).iter() if "data-park" in node.attrib]
    assert [(mark["data-park"], mark.get("data-opens")) for mark in tied] == [("hengnan", "m-1"), ("shuangpai", None)]
    assert not [mark for mark in tied if "id" in mark]


def test_tying_gives_the_artist_back() -> None:
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    (line,) = axes.plot([0, 1])
    assert svg.tie(line, "a") is line
    plt.close(figure)


def test_a_document_has_no_clock_no_maker_no_comment_and_no_long_fraction() -> None:
    document = drawing()
    assert not re.search(r"<!--|metadata|Matplotlib|matplotlib|dc:date|<style", document)
    assert not re.search(r"\d\.\d{2,}", re.sub(r">[^<]*<", "><", document))


def test_a_document_is_the_same_twice_and_leaves_no_figure_open() -> None:
    import matplotlib.pyplot as plt

    assert drawing() == drawing()
    assert plt.get_fignums() == []


@pytest.mark.parametrize("layout", ["constrained", None])
def test_a_drawing_measured_first_is_the_one_that_matplotlib_draws_twice(layout: str | None) -> None:
    def made() -> Any:
        figure = Figure(figsize=(3, 2), layout=layout)
        axes = figure.subplots()
        axes.set_title("园区 of a long title that is wider than its figure", weight="bold", fontsize=11.3)
        axes.plot([0, 1], marker="|")
        axes.text(1, 1, "two\nlines", style="italic", rotation=30)
        return figure

    with theme.drawing():
        twice = io.StringIO()
        made().savefig(twice, format="svg", bbox_inches="tight", pad_inches=0.05)
        assert svg.drawn(made()) == svg._compact(twice.getvalue())


def test_ids_do_not_hang_on_the_last_bits_of_a_coordinate() -> None:
    def drawn(tiny: float) -> str:
        return drawing(act=lambda axes: axes.set_position((0.1, 0.1, 0.8 + tiny, 0.8)))

    one, other = drawn(0), drawn(1e-13)
    assert one == other
    assert set(re.findall(r'\bid="([^"]+)"', one)) <= {f"{kind}{place}" for kind in "pm" for place in range(9)}


def glyphs(css: str) -> set[int]:
    """The characters of the font in a style."""
    (coded,) = re.findall(r"url\(data:font/woff;base64,([A-Za-z0-9+/=]+)\)", css)
    return set(TTFont(io.BytesIO(base64.b64decode(coded))).getBestCmap())


def test_a_font_holds_the_letters_of_its_text_and_the_plain_latin_ones_only() -> None:
    assert glyphs(svg.face("园区 · é")) == {*range(32, 127), *map(ord, "园区·é")}


def test_a_font_is_small_and_the_same_twice() -> None:
    assert svg.face("园区") == svg.face("区园")
    assert len(svg.face("园区")) < 20_000


def test_a_font_that_was_read_before_gives_the_same_glyphs_once_and_is_read_anew_afterwards() -> None:
    svg._subset.cache_clear()
    expected = [svg.face("园区"), svg.face("高新")]
    svg._subset.cache_clear()
    svg.read_font()
    assert [svg.face("园区"), svg.face("高新")] == expected


def test_a_glyph_that_no_font_has_is_drawn_without_a_warning() -> None:
    assert "🏭" in drawing("🏭")


def test_every_dot_of_a_collection_and_every_line_is_tied_and_the_drawing_stays_whole() -> None:
    figure = Figure()
    ax = figure.subplots()
    ties = [("a", ""), ("b", "k"), ("c", "")]
    svg.tie_each(ax.scatter([1, 2, 3], [1, 2, 3], clip_on=False), ties)
    svg.tie_each(ax.hlines([1, 2, 3], [0, 1, 2], [2, 3, 4], clip_on=False), ties)
    document = svg.drawn(figure)
    ids = [group.get("id") for group in ElementTree.fromstring(document).iter() if "tie" in group.get("id", "")]
    assert sorted(ids) == sorted([f"tie|{park}|{key}" for park, key in ties] * 2)
