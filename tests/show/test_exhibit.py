"""Exhibits: whatever a text holds is shown as text, and an exhibit without rows says so."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import polars as pl
import pytest

import parkstudy
from parkstudy.method.study import Study
from parkstudy.show.exhibit import Cell, Exhibit, escape, figure, names_park, opens, plain, rich, table, takeaways
from parkstudy.show.provenance import cite

STUDY = parkstudy.load()
CHINESE = replace(STUDY, lang="zh")
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
        return "".join(self.words) + "".join(value or "" for _, value in self.attributes)

    def all(self, name: str) -> list[str]:
        """The values of an attribute."""
        return [value or "" for key, value in self.attributes if key == name]


def draw(width: float) -> Any:
    """A small picture of that width."""
    import matplotlib.pyplot as plt

    drawn, _ = plt.subplots(figsize=(width, 0.5))
    return drawn


def titled(text: str) -> Study:
    """The study with `text` as the title of its first source."""
    first = STUDY.sources["source_id"][0]
    title = pl.when(pl.col("source_id") == first).then(pl.lit(text)).otherwise("title").alias("title")
    return replace(STUDY, sources=STUDY.sources.with_columns(title))


FIRST = STUDY.observations["observation_id"][0]  # of the first source


def a_figure(data: pl.DataFrame = ROWS, study: Study = STUDY, inputs: tuple[str, ...] = (), **texts: Any) -> Exhibit:
    given = {"key": "key", "claim": "claim", "alt": "alt", "caption": "caption"} | texts
    values = (("Row", texts.get("head", "Value")), [("r", texts.get("cell", "v"))])
    return figure(
        study, given["key"], given["claim"], texts.get("draw", draw), alt=given["alt"], caption=given["caption"],
        data=data, inputs=inputs, values=values,
    )  # fmt: skip


def a_table(
    head: object = "head", row: object = "row", cell: object = "cell", study: Study = STUDY, **texts: Any
) -> Exhibit:
    given = {"key": "key", "claim": "claim", "caption": "caption", "data": ROWS, "inputs": []} | texts
    return table(
        study, given["key"], given["claim"], (str(head), "second"), [(row, cell)],
        caption=given["caption"], data=given["data"], inputs=given["inputs"], numeric=("second",),
    )  # fmt: skip


SLOTS: dict[str, Callable[[str], Exhibit]] = {
    "key of a figure": lambda text: a_figure(NONE, key=text),
    "key of a table": lambda text: a_table(key=text),
    "claim of a figure": lambda text: a_figure(claim=text),
    "alternative text": lambda text: a_figure(alt=text),
    "caption of a figure": lambda text: a_figure(caption=text),
    "source of a figure": lambda text: a_figure(study=titled(text), inputs=(FIRST,)),
    "head of the values of a figure": lambda text: a_figure(head=text),
    "value of a figure": lambda text: a_figure(cell=text),
    "claim of an empty figure": lambda text: a_figure(NONE, claim=text),
    "head of a table": lambda text: a_table(head=text),
    "row head of a table": lambda text: a_table(row=text),
    "cell of a table": lambda text: a_table(cell=text),
    "number in a table": lambda text: a_table(cell=Cell(text, key="m-1")),
    "key of a number": lambda text: a_table(cell=Cell("1", key=text)),
    "name of a park in a table": lambda text: a_table(row=Cell(text, park="p")),
    "park of a row": lambda text: a_table(row=Cell("p", park=text)),
    "number in a claim": lambda text: a_table(claim=f"so {opens(text, 'm-1')}."),
    "park in a caption": lambda text: a_table(caption=f"in {names_park(text, 'p')}."),
    "claim of a table": lambda text: a_table(claim=text),
    "caption of a table": lambda text: a_table(caption=text),
    "source of a table": lambda text: a_table(study=titled(text), inputs=[FIRST]),
    "takeaway": lambda text: takeaways(STUDY, [text], ROWS),
    "second takeaway": lambda text: takeaways(STUDY, ["first", text], ROWS),
    "trust": lambda text: takeaways(STUDY, ["first"], ROWS, trust=text),
}


@pytest.mark.parametrize("slot", SLOTS)
@pytest.mark.parametrize("kind", NASTY)
def test_a_text_in_any_slot_is_shown_and_never_markup(slot: str, kind: str) -> None:
    harmless, nasty = Page(SLOTS[slot]("harmless").body), Page(SLOTS[slot](NASTY[kind]).body)
    assert nasty.tags == harmless.tags
    assert [name for name, _ in nasty.attributes] == [name for name, _ in harmless.attributes]
    assert DIRECTION.sub("", NASTY[kind]) in nasty.everything()
    assert not DIRECTION.search(nasty.everything())


@pytest.mark.parametrize("kind", NASTY)
def test_no_direction_override_reaches_a_page(kind: str) -> None:
    assert not DIRECTION.search(escape(NASTY[kind]))


def test_control_characters_are_dropped_and_line_ends_kept() -> None:
    assert escape("a\x00b\x1b[0m\nc") == "ab[0m\nc"


def test_numbers_are_escaped_as_text() -> None:
    assert escape(10.2) == "10.2"
    assert escape(None) == "None"


def test_a_mark_is_a_number_or_a_park_and_plain_takes_it_away() -> None:
    text = f"{names_park('A & B', 'a')} at {opens('10.2%', 'm-1')}, not more"
    assert rich(text) == (
        '<a class="park" data-park="a">A &amp; B</a> at <span class="number" data-opens="m-1">10.2%</span>, not more'
    )
    assert plain(text) == "A & B at 10.2%, not more"
    assert escape(text) == "A &amp; B at 10.2%, not more"


def test_the_marks_are_characters_that_no_file_can_hold() -> None:
    with pytest.raises(UnicodeEncodeError):
        opens("1", "k").encode()


def test_an_empty_cell_is_empty() -> None:
    made = table(STUDY, "key", "claim", ("a", "b"), [("x", None)], caption="", data=ROWS, numeric=("b",))
    assert '<td class="num"></td>' in made.body


@pytest.mark.parametrize(
    ("study", "words"),
    [(STUDY, "No park reports a figure for this exhibit."), (CHINESE, "没有园区列示本图表所需的数据。")],
    ids=["en", "zh"],
)
@pytest.mark.parametrize("kind", ["figure", "table"])
def test_an_exhibit_without_rows_says_so(kind: str, study: Study, words: str) -> None:
    if kind == "figure":
        empty = a_figure(NONE, study=study)
    else:
        empty = table(study, "key", "claim", ("head",), [], caption="caption", data=NONE, inputs=[])
    assert empty.body == (
        '<div class="exhibit" id="key"><div class="state" data-when="">'
        f'<figure><p class="claim">claim</p><p class="empty">{words}</p></figure></div></div>'
    )


def test_an_exhibit_without_rows_is_not_drawn() -> None:
    def fail(width: float) -> Any:
        raise AssertionError(width)

    assert a_figure(NONE, draw=fail).picture is None


def test_sources_are_named_in_the_language_of_the_study() -> None:
    assert "Sources: none." in a_table().body
    one, other = (a_table(study=study, inputs=[FIRST]).body for study in (STUDY, CHINESE))
    assert "(2020-01, grade A).</span>" in one
    assert "（2020-01，A级）。</span>" in other


def test_the_alternative_text_must_not_repeat_the_caption() -> None:
    text = "exhibit 'key': the alternative text repeats the caption; describe what the picture shows"
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        a_figure(alt="the same", caption="the same")


def test_a_figure_is_drawn_for_a_wide_column_and_for_a_telephone() -> None:
    import matplotlib.pyplot as plt

    widths: list[float] = []

    def drawing(width: float) -> Any:
        widths.append(width)
        return draw(width)

    page = Page(a_figure(draw=drawing).body)
    assert page.tags.count("svg") == len(widths) == 2
    assert widths[0] > widths[1]
    assert page.all("aria-label") == ["alt", "alt", "Values: claim"]
    assert plt.get_fignums() == []


def test_the_drawings_of_a_figure_share_no_id() -> None:
    def drawing(width: float) -> Any:
        drawn = draw(width)
        drawn.axes[0].plot([0, 1])
        return drawn

    ids = Page(a_figure(draw=drawing).body).all("id")
    assert len(ids) == 3
    assert len(set(ids)) == len(ids)


def test_a_figure_drawn_twice_is_the_same_to_the_byte() -> None:
    assert a_figure().body == a_figure().body


def test_the_claim_of_a_figure_is_its_answer_without_its_marks() -> None:
    assert a_figure(claim=f"so it is {opens('1', 'k')}").answer == "so it is 1"


def test_the_first_takeaway_is_the_answer() -> None:
    made = takeaways(STUDY, ["first & foremost", "second"], ROWS, trust="three texts")
    assert made.answer == "first & foremost"
    assert made.states[0][1] == (
        '<section class="takeaways" aria-label="Takeaways"><p class="answer">first &amp; foremost</p>'
        '<p class="trust">three texts</p><ul><li>second</li></ul></section>'
    )


def test_one_takeaway_is_no_list() -> None:
    body = takeaways(CHINESE, ["只有一条。"], ROWS).body
    assert 'aria-label="要点"' in body
    assert "<ul>" not in body


def test_no_takeaway_is_no_answer() -> None:
    assert takeaways(STUDY, [], ROWS).answer == ""


def test_a_notebook_gets_html_a_line_of_text_the_answer_and_the_records() -> None:
    made = takeaways(STUDY, [f"first {opens('1', FIRST)}"], ROWS)
    bundle, notes = made._repr_mimebundle_(include=None, exclude=None)
    assert bundle == {"text/html": made.body, "text/plain": "<exhibit takeaways, 1 rows>"}
    assert notes == {"parkstudy": {"exhibit": "takeaways", "answer": "first 1", "records": made.records}}
    assert list(made.records) == [FIRST]


def test_a_notebook_gets_a_figure_as_a_picture_as_well() -> None:
    from PIL import Image

    bundle, _ = a_figure()._repr_mimebundle_()
    with Image.open(io.BytesIO(base64.b64decode(bundle["image/png"]))) as picture:
        assert (picture.format, 800 < picture.width < 1300) == ("PNG", True), picture.size


def test_a_table_marks_its_row_heads_and_its_numbers() -> None:
    body = a_table(head="Park", row="Hengnan", cell="10.2").body
    assert '<th scope="col">Park</th><th scope="col" class="num">second</th>' in body
    assert '<tr><th scope="row">Hengnan</th><td class="num">10.2</td></tr>' in body


def test_a_cell_says_its_park_its_number_and_what_it_sorts_by() -> None:
    body = a_table(row=Cell("Hengnan", park="hengnan"), cell=Cell("at least 1/3", key="m-1", value=1 / 3)).body
    assert (
        '<tr data-park="hengnan"><th scope="row"><a class="park" data-park="hengnan">Hengnan</a></th>'
        '<td class="num" data-value="0.333333333333"><span class="number" data-opens="m-1">at least 1/3</span></td></tr>'
    ) in body


def test_a_row_of_two_parks_belongs_to_both_and_names_each() -> None:
    names = f"{names_park('A', 'a')} and {names_park('B', 'b')}"
    body = a_table(row=Cell(names, park="a b")).body
    assert '<tr data-park="a b">' in body
    assert body.count('<a class="park" data-park=') == 2


def test_a_table_can_be_reached_by_the_keyboard_and_has_a_name() -> None:
    body = a_table(claim=f"more {opens('1', 'k')} & less").body
    assert '<div class="scroll" role="region" tabindex="0" aria-label="more 1 &amp; less">' in body


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^zip\(\) argument 2 is longer than argument 1$"):
        table(STUDY, "key", "claim", ("a", "b"), [("only one",)], caption="", data=ROWS)


def rows_of(made: Exhibit) -> list[list[str]]:
    """The file that an exhibit offers, as a spreadsheet reads it."""
    (coded,) = re.findall(r'href="data:text/csv;base64,([A-Za-z0-9+/=]*)"', made.body)
    text = base64.b64decode(coded).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_data_behind_an_exhibit_are_offered_under_its_key() -> None:
    made = a_table(key="growth")
    assert 'download="growth.csv"' in made.body
    assert rows_of(made) == [["a"], ["1"]]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "@SUM(1)", "-x", "\tx", "\rx"])
def test_no_cell_of_the_file_of_an_exhibit_begins_a_formula(cell: str) -> None:
    _, first, *rest = rows_of(a_table(data=pl.DataFrame({"a": [cell, "-7.1%", "a=b"]})))
    assert first[0].split() == ["'" + cell.strip()] or first[0].split() == ["'", cell.strip()]
    assert rest == [["-7.1%"], ["a=b"]]


@pytest.mark.parametrize("kind", NASTY)
def test_a_strange_text_comes_back_from_the_file_of_an_exhibit(kind: str) -> None:
    (_, (cell,)) = rows_of(a_table(data=pl.DataFrame({"a": [NASTY[kind]]})))
    assert cell == DIRECTION.sub("", NASTY[kind])


def test_sources_are_cited_in_the_order_of_the_study_with_date_and_grade(study: Study) -> None:
    inputs = ["anon-2020-2020-003", "shuangpai-2017-018", "hengnan-2019-005", "hengnan-2019-004"]
    assert cite(study, inputs) == [
        "衡南工业集中区2019年度工作总结及2020年度工作思路 (2020-01, grade A)",
        "双牌工业集中区2017年工作总结及2018年工作打算 (2017-12-29, grade A)",
        "Anonymised park (2020) (grade C)",
    ]


def test_nothing_used_is_nothing_cited(study: Study) -> None:
    assert cite(study, []) == []
