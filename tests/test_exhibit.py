"""Exhibits: whatever a text holds is shown as text, and an exhibit without rows says so."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, cite, escape, figure, table, takeaways

ROWS = pl.DataFrame({"a": [1]})
NONE = ROWS.clear()
NASTY = {
    "script": "<script>alert(1)</script>",
    "closing tags": '"></figure></section><img src=x onerror="alert(1)">',
    "quotes": "'single' \"double\" `back`",
    "mathematics": "$x_1$ \\alpha 100 % #1",
    "braces": "{0} {{ name }} {% if %} %s %(a)s",
    "entity": "&lt;b&gt; &amp; &#60;",
    "emoji": "🏭👩\u200d🔬",
    "right to left": "abc \u202edcba\u202c \u200f\u05d0\u2066x\u2069",
    "Chinese": "“难办”园区、(二)",
    "300 characters": "a long name, " * 23 + "x",
}
DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Page(HTMLParser):
    """Tags, attributes and text of a piece of HTML."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(body)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def everything(self) -> str:
        return "".join(self.words) + "".join(value or "" for name, value in self.attributes if name != "srcset")


def draw(width: float) -> Any:
    """A small picture of that width."""
    import matplotlib.pyplot as plt

    drawn, _ = plt.subplots(figsize=(width, 0.5))
    return drawn


def a_figure(data: pl.DataFrame = ROWS, **texts: Any) -> Exhibit:
    given = {"key": "key", "claim": "claim", "alt": "alt", "caption": "caption", "sources": ["source"]} | texts
    return figure(
        given["key"], given["claim"], draw, alt=given["alt"], caption=given["caption"],
        sources=given["sources"], data=data,
    )  # fmt: skip


def a_table(head: str = "head", row: str = "row", cell: str = "cell", **texts: Any) -> Exhibit:
    given = {"key": "key", "claim": "claim", "caption": "caption", "sources": ["source"]} | texts
    return table(
        given["key"], given["claim"], (head, "second"), [(row, cell)],
        caption=given["caption"], sources=given["sources"], data=ROWS, numeric=("second",),
    )  # fmt: skip


SLOTS: dict[str, Callable[[str], Exhibit]] = {
    "key of a figure": lambda text: a_figure(NONE, key=text),
    "claim of a figure": lambda text: a_figure(claim=text),
    "alternative text": lambda text: a_figure(alt=text),
    "caption of a figure": lambda text: a_figure(caption=text),
    "source of a figure": lambda text: a_figure(sources=[text]),
    "claim of an empty figure": lambda text: a_figure(NONE, claim=text),
    "caption of an empty figure": lambda text: a_figure(NONE, caption=text),
    "head of a table": lambda text: a_table(head=text),
    "row head of a table": lambda text: a_table(row=text),
    "cell of a table": lambda text: a_table(cell=text),
    "claim of a table": lambda text: a_table(claim=text),
    "caption of a table": lambda text: a_table(caption=text),
    "source of a table": lambda text: a_table(sources=[text]),
    "takeaway": lambda text: takeaways("takeaways", [text], ROWS),
}


@pytest.mark.parametrize("slot", SLOTS)
@pytest.mark.parametrize("kind", NASTY)
def test_a_text_in_any_slot_is_shown_and_never_markup(slot: str, kind: str) -> None:
    plain, nasty = Page(SLOTS[slot]("plain").body), Page(SLOTS[slot](NASTY[kind]).body)
    assert nasty.tags == plain.tags
    assert [name for name, _ in nasty.attributes] == [name for name, _ in plain.attributes]
    assert DIRECTION.sub("", NASTY[kind]) in nasty.everything()


@pytest.mark.parametrize("kind", NASTY)
def test_no_direction_override_reaches_a_page(kind: str) -> None:
    assert not DIRECTION.search(escape(NASTY[kind]))


def test_control_characters_are_dropped_and_line_ends_kept() -> None:
    assert escape("a\x00b\x1b[0m\nc") == "ab[0m\nc"


def test_numbers_are_escaped_as_text() -> None:
    assert escape(10.2) == "10.2"
    assert escape(None) == "None"


def test_an_empty_cell_is_empty() -> None:
    made = table("key", "claim", ("a", "b"), [("x", None)], caption="", sources=[], data=ROWS, numeric=("b",))
    assert '<td class="num"></td>' in made.body


@pytest.mark.parametrize(
    "empty",
    [
        a_figure(NONE),
        table("key", "claim", ("head",), [], caption="caption", sources=["source"], data=NONE),
    ],
    ids=["figure", "table"],
)
def test_an_exhibit_without_rows_says_so(empty: Exhibit) -> None:
    assert empty.body == (
        '<figure class="exhibit" id="key"><p class="claim">claim</p>'
        '<p class="empty">No park reports a figure for this exhibit.</p>'
        '<figcaption>caption <span class="sources">Sources: source.</span></figcaption></figure>'
    )
    assert empty.answer == ""


def test_an_exhibit_without_rows_is_not_drawn() -> None:
    def fail(width: float) -> Any:
        raise AssertionError(width)

    figure("key", "claim", fail, alt="alt", caption="caption", sources=[], data=NONE)


def test_an_exhibit_without_sources_says_none() -> None:
    assert "Sources: none." in a_table(sources=[]).body


def test_sources_are_listed_in_their_order() -> None:
    assert '<span class="sources">Sources: b; a.</span>' in a_table(sources=["b", "a"]).body


def test_the_alternative_text_must_not_repeat_the_caption() -> None:
    text = "exhibit 'key': the alternative text repeats the caption; describe what the picture shows"
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        a_figure(alt="the same", caption="the same")


def test_a_figure_is_drawn_for_a_wide_column_and_for_a_telephone() -> None:
    import matplotlib.pyplot as plt

    widths = []

    def drawing(width: float) -> Any:
        widths.append(width)
        return draw(width)

    page = Page(figure("key", "claim", drawing, alt="alt", caption="caption", sources=[], data=ROWS).body)
    pictures = [v or "" for name, v in page.attributes if name in ("src", "srcset")]
    assert len(widths) == len(pictures) == 2
    assert widths[0] > widths[1]
    assert plt.get_fignums() == []


def test_the_pictures_are_well_formed_drawings_without_a_clock() -> None:
    encoded = re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", a_figure().body)
    drawings = [base64.b64decode(code).decode() for code in encoded]
    assert len(drawings) == 2
    for drawing in drawings:
        ElementTree.fromstring(drawing[drawing.index("<svg") :])
        assert "dc:date" not in drawing
        assert "Matplotlib" not in drawing


def test_a_figure_drawn_twice_is_the_same_to_the_byte() -> None:
    assert a_figure().body == a_figure().body


def test_the_claim_of_a_figure_is_its_answer() -> None:
    assert a_figure(claim="so it is").answer == "so it is"


def test_the_first_takeaway_is_the_answer() -> None:
    made = takeaways("takeaways", ["first & foremost", "second"], ROWS)
    assert made.answer == "first & foremost"
    assert made.body == (
        '<section class="takeaways" aria-label="Takeaways"><ul>'
        "<li>first &amp; foremost</li><li>second</li></ul></section>"
    )


def test_no_takeaway_is_no_answer() -> None:
    assert takeaways("takeaways", [], ROWS).answer == ""


def test_a_notebook_gets_html_a_line_of_text_and_the_answer() -> None:
    made = takeaways("takeaways", ["first"], ROWS)
    bundle, notes = made._repr_mimebundle_(include=None, exclude=None)
    assert bundle == {"text/html": made.body, "text/plain": "<exhibit takeaways, 1 rows>"}
    assert notes == {"parkstudy": {"exhibit": "takeaways", "answer": "first"}}


def test_a_table_marks_its_row_heads_and_its_numbers() -> None:
    body = a_table(head="Park", row="Hengnan", cell="10.2").body
    assert '<th scope="col" class="">Park</th><th scope="col" class="num">second</th>' in body
    assert '<tr><th scope="row">Hengnan</th><td class="num">10.2</td></tr>' in body


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^zip\(\) argument 2 is longer than argument 1$"):
        table("key", "claim", ("a", "b"), [("only one",)], caption="", sources=[], data=ROWS)


def test_sources_are_cited_in_the_order_of_the_study_with_date_and_grade(study: Study) -> None:
    inputs = ["anon-2020-2020-003", "shuangpai-2017-018", "hengnan-2019-005", "hengnan-2019-004"]
    assert cite(study, inputs) == [
        "衡南工业集中区2019年度工作总结及2020年度工作思路 (2020-01, grade A)",
        "双牌工业集中区2017年工作总结及2018年工作打算 (2017-12-29, grade A)",
        "Anonymised park (2020) (grade C)",
    ]


def test_nothing_used_is_nothing_cited(study: Study) -> None:
    assert cite(study, []) == []
