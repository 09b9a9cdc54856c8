"""Exhibits: whatever a text holds is shown as text, and an exhibit without rows says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
import pytest
from cases import every
from exhibit_parts import Parts, file_rows, own_words, parts, sentences, study_of

from parkstudy.method.study import Study
from parkstudy.record.codes import LANGUAGES
from parkstudy.show.exhibit import PAGE, Entry, Exhibit, Notes, Takeaways
from parkstudy.show.figure import Figure, Values
from parkstudy.show.markup import Cell
from parkstudy.show.select.shared import Selected
from parkstudy.show.table import Table
from parkstudy.show.view import View

STUDY = study_of()
FIRST = STUDY.observations["observation_id"][0]  # of the first source
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
    "control and private characters": "a\x00b\x1b[0m\ue000m-1\ue002\uf8ff",
    "Chinese": "“难办”园区、(二)",
    "300 characters": "a long name, " * 23 + "x",
}
HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]")

TEMPLATE = """
{% block try_claim %}{{ claim }}{% if number %}{{ number|opens("m-1") }}{% endif %}{% endblock %}
{% block try_caption %}{{ caption }}{% if park %}{{ "p"|park(park) }}{% endif %}{% endblock %}
{% block try_legend %}{{ legend }}{% endblock %}
{% block try_alt %}{{ alt }}{% endblock %}
{% block try_sentences %}
{% for line in lines %}

  {{ line }}{% if number %}{{ number|opens("m-1") }}{% endif %}

{% endfor %}
{% endblock %}
{% block try_notes %}
{% for line in lines %}
{{ line }}
{% endfor %}
{% endblock %}
{% block longer_sentences %}first{% endblock %}
{% block longer_more %}and more{% endblock %}
{% block longer_trust %}{% endblock %}
{% block try_trust %}{{ trust }}{% endblock %}
"""
FACTS = {"claim": "claim", "caption": "caption", "alt": "alt", "lines": []} | dict.fromkeys(
    ("legend", "trust", "number", "park"), ""
)


@pytest.fixture(autouse=True, scope="module")
def words_of_the_test() -> Iterator[None]:
    with own_words(TEMPLATE):
        yield


@dataclass(frozen=True, kw_only=True)
class Drawing(Figure):
    """A figure of a small picture."""

    head: str = "Value"
    cell: object = "v"
    widths: list[float] | None = None

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        import matplotlib.pyplot as plt

        drawn, axes = plt.subplots(figsize=(width, 0.5))
        axes.plot([0, 1])
        if self.widths is not None:
            self.widths.append(width)
        return drawn

    def table(self, view: View, selected: Selected) -> Values:
        return ("Item", self.head), [("r", self.cell)]


def selecting(data: pl.DataFrame, inputs: Sequence[str], facts: dict[str, Any]) -> Callable[..., Selected]:
    return lambda study: Selected(data, {**FACTS, **facts}, inputs, of_measures=False)


def show(entry: Entry, study: Study = STUDY, lang: str = "en") -> Exhibit:
    return entry.show(View(study, lang))


def a_figure(
    data: pl.DataFrame = ROWS, inputs: Sequence[str] = (), head: str = "Value", cell: object = "v",
    widths: list[float] | None = None, **facts: str,
) -> Entry:  # fmt: skip
    select = selecting(data, inputs, facts)
    return Drawing(key="try", words="try", select=select, head=head, cell=cell, widths=widths)


def a_table(
    row: object = "row", cell: object = "cell", data: pl.DataFrame = ROWS, inputs: Sequence[str] = (), **facts: str
) -> Entry:
    return Table(
        key="try", words="try", select=selecting(data, inputs, facts), columns=("park", "value"), numeric=("value",),
        lines=lambda view, selected: [(row, cell)] * selected.data.height,
    )  # fmt: skip


def takeaways(*lines: str, trust: str = "", number: str = "") -> Entry:
    return Takeaways(
        key="try", words="try", select=selecting(ROWS, (), {"lines": lines, "trust": trust, "number": number})
    )


def titled(text: str) -> Study:
    """The study with `text` as the title of its first source."""
    first = STUDY.sources["source_id"][0]
    title = pl.when(pl.col("source_id") == first).then(pl.lit(text)).otherwise("title").alias("title")
    return replace(STUDY, sources=STUDY.sources.with_columns(title))


# Whatever a text holds

SLOTS: dict[str, Callable[[str], Exhibit]] = {
    "claim of an empty figure": lambda text: show(a_figure(NONE, claim=text)),
    "row head of a table": lambda text: show(a_table(row=text)),
    "cell of a table": lambda text: show(a_table(cell=text)),
    "number in a table": lambda text: show(a_table(cell=Cell(text, key="m-1"))),
    "key of a number": lambda text: show(a_table(cell=Cell("1", key=text))),
    "name of a park in a table": lambda text: show(a_table(row=Cell(text, park="p"))),
    "park of a row": lambda text: show(a_table(row=Cell("p", park=text))),
    "number in a claim": lambda text: show(a_table(number=text)),
    "park in a caption": lambda text: show(a_table(park=text)),
    "claim of a table": lambda text: show(a_table(claim=text)),
    "caption of a table": lambda text: show(a_table(caption=text)),
    "legend of a table": lambda text: show(a_table(legend=text)),
    "takeaway": lambda text: show(takeaways(text)),
    "second takeaway": lambda text: show(takeaways("first", text)),
    "trust": lambda text: show(takeaways("first", trust=text)),
}
DRAWN: dict[str, Callable[[str], Exhibit]] = {
    "claim of a figure": lambda text: show(a_figure(claim=text)),
    "alternative text": lambda text: show(a_figure(alt=text)),
    "caption of a figure": lambda text: show(a_figure(caption=text)),
    "head of the values of a figure": lambda text: show(a_figure(head=text)),
    "value of a figure": lambda text: show(a_figure(cell=text)),
}


def assert_is_text(made: Exhibit, harmless: Exhibit, text: str) -> None:
    found, expected = Parts(made.body), Parts(harmless.body)
    named = [name for name, _ in found.attributes]
    han = sum(value == "zh-Hans" for value in found.all("lang"))  # a run of Chinese on an English page
    assert len(found.tags) - found.tags.count("span") == len(expected.tags) - expected.tags.count("span")
    assert found.tags.count("span") == expected.tags.count("span") + han
    assert len(named) == len(expected.attributes) + han
    everything = found.text + "".join(value for _, value in found.attributes)
    assert HIDDEN.sub("", text) in everything
    assert not HIDDEN.search(everything)


@pytest.mark.parametrize("slot", SLOTS)
def test_a_text_in_any_slot_is_shown_and_never_markup(slot: str) -> None:
    text = " ".join(NASTY.values())
    assert_is_text(SLOTS[slot](text), SLOTS[slot]("harmless"), text)


@pytest.mark.parametrize("kind", NASTY)
def test_each_kind_of_text_is_shown_and_never_markup(kind: str) -> None:
    assert_is_text(SLOTS["cell of a table"](NASTY[kind]), SLOTS["cell of a table"]("harmless"), NASTY[kind])


def test_the_title_of_a_source_is_shown_and_never_markup() -> None:
    text = " ".join(NASTY.values())
    made, harmless = (show(a_table(inputs=[FIRST]), titled(title)) for title in (text, "harmless"))
    assert_is_text(made, harmless, text)


@pytest.mark.slow
@pytest.mark.parametrize("slot", DRAWN)
def test_a_text_in_any_slot_of_a_figure_is_shown_and_never_markup(slot: str) -> None:
    text = " ".join(NASTY.values())
    assert_is_text(DRAWN[slot](text), DRAWN[slot]("harmless"), text)


def test_a_line_break_in_a_name_ends_no_sentence() -> None:
    assert sentences(show(takeaways("a\nb", "c\r\nd"))) == ["a b", "c  d"]


# What a kind of exhibit holds


@every(
    ("lang", "words"),
    [("en", "No park reports a figure for this exhibit."), ("zh", "没有园区列示本图表所需的数据。")],
)
@every("entry", [a_figure(NONE), a_table(data=NONE)])
def test_an_exhibit_without_rows_says_so_and_is_not_drawn(entry: Entry, lang: str, words: str) -> None:
    empty = show(entry, lang=lang)
    assert empty.body == (
        '<div class="exhibit" id="try"><div class="state" data-when="">'
        f'<figure><p class="claim">claim</p><p class="empty">{words}</p></figure></div></div>'
    )
    assert (empty.svg, empty.answer) == ("", "claim")


def test_the_alternative_text_must_not_repeat_the_caption() -> None:
    text = "exhibit 'try': the alternative text repeats the caption; describe what the picture shows"
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        show(a_figure(alt="the <same>", caption="the <same>"))


@pytest.mark.slow
def test_a_figure_is_drawn_for_a_wide_column_and_for_a_telephone() -> None:
    import matplotlib.pyplot as plt

    widths: list[float] = []
    made = show(a_figure(widths=widths, alt='a "picture"'))
    page = Parts(made.body)
    assert page.tags.count("svg") == len(widths) == 2
    assert widths[0] > widths[1]
    assert page.all("aria-label") == ['a "picture"', 'a "picture"', "Values: claim"]
    assert made.svg.startswith("<svg ")
    assert plt.get_fignums() == []
    ids = page.all("id")
    assert len(ids) == len(set(ids)) == 3
    assert show(a_figure(alt='a "picture"')).body == made.body  # drawn again it is the same to the byte


@pytest.mark.slow
def test_the_claim_of_a_figure_is_its_answer_without_its_marks() -> None:
    assert show(a_figure(claim="A & B: ", number="1")).answer == "A & B: 1"


def test_the_lines_are_one_paragraph_which_is_the_answer() -> None:
    made = show(takeaways("first & foremost", "second", trust="three texts"))
    assert made.answer == "first & foremost second"
    assert made.states[0][1] == (
        '<section class="takeaways" aria-label="Takeaways"><p class="answer"><span class="sentence">first &amp; foremost'
        '</span> <span class="sentence">second</span></p><p class="trust"><em>'
        "three texts Texts of 2017, 2019, 2020, 2022 and 2023.</em></p></section>"
    )
    assert (made.key, made.entry) == ("takeaways", "try")


def test_chinese_sentences_follow_without_a_space_and_none_is_no_answer() -> None:
    made = show(takeaways("第一句。", "第二句。"), lang="zh")
    assert 'aria-label="要点"' in made.body
    assert made.answer == "第一句。第二句。"
    assert show(takeaways()).answer == ""


def test_more_is_a_second_paragraph_that_nobody_quotes() -> None:
    made = show(replace(takeaways("first"), blocks="longer"))
    assert made.answer == "first"
    assert '</p><p class="more"><span class="sentence">and more</span></p>' in made.body


def test_notes_are_a_list_and_no_answer() -> None:
    notes = Notes(key="try", words="try", select=selecting(ROWS, (), {"lines": ["one", "two"]}))
    assert (show(notes).states[0][1], show(notes).answer) == ('<ul class="notes"><li>one</li><li>two</li></ul>', "")
    empty = show(replace(notes, select=selecting(ROWS, (), {}))).states[0][1]
    assert empty == '<p class="empty">No park reports a figure for this exhibit.</p>'


def test_a_notebook_gets_plain_html_the_page_s_html_the_claim_as_text_and_the_records() -> None:
    made = show(takeaways("first ", number="1"))
    bundle, notes = made._repr_mimebundle_(include=None, exclude=None)
    assert bundle == {"text/html": bundle["text/html"], "text/plain": "first 1", PAGE: made.body}
    assert bundle["text/html"].startswith(made.plain + '<script type="application/json"')
    assert show(a_table())._repr_mimebundle_()[0]["text/plain"] == show(a_table()).answer != ""
    note = notes["parkstudy"]
    assert {name: note[name] for name in ("exhibit", "entry", "answer", "records", "rules")} == {
        "exhibit": "takeaways", "entry": "try", "answer": "first 1", "records": {}, "rules": [],
    }  # fmt: skip


# Tables


def test_a_table_marks_its_row_heads_and_its_numbers() -> None:
    body = show(a_table(row="Hengnan", cell="10.2")).body
    assert '<th scope="col">Park</th><th scope="col" class="num">Value</th>' in body
    assert '<tr><th scope="row">Hengnan</th><td class="num">10.2</td></tr>' in body
    assert '<th scope="col">园区</th><th scope="col" class="num">数值</th>' in show(a_table(), lang="zh").body


def test_a_cell_says_its_park_its_number_and_what_it_sorts_by() -> None:
    body = show(a_table(row=Cell("Hengnan", park="hengnan"), cell=Cell("at least 1/3", key="m-1", value=1 / 3))).body
    assert (
        '<tr data-park="hengnan"><th scope="row"><a class="park" data-park="hengnan">Hengnan</a></th>'
        '<td class="num" data-value="0.333333333333"><span class="number" data-opens="m-1">at least 1/3</span></td></tr>'
    ) in body


def test_a_row_of_two_parks_belongs_to_both_and_names_each() -> None:
    view = View(STUDY)
    names = view.speech.listing([view.park("hengnan"), view.park("shuangpai")])
    body = show(a_table(row=Cell(names, park="hengnan shuangpai"))).body
    assert '<tr data-park="hengnan shuangpai">' in body
    assert body.count('<a class="park" data-park=') == 2


@pytest.mark.parametrize("key", ["", "m-1"])
def test_a_minus_in_a_cell_is_the_sign_that_the_rest_of_the_page_has(key: str) -> None:
    for said in ("−7.1 %", "2 − 1", "−5.25 to −5.15"):
        assert parts(show(a_table(cell=Cell(said, key=key))))[0].rows[-1][-1] == said


def test_an_empty_cell_is_empty() -> None:
    assert '<td class="num"></td>' in show(a_table(cell=None)).body


def test_a_table_can_be_reached_by_the_keyboard_and_has_a_name() -> None:
    body = show(a_table(claim='more & "less" ', number="1")).body
    (label,) = re.findall(r'<div class="scroll" role="region" tabindex="0" aria-label="([^"]*)">', body)
    assert Parts(f'<p title="{label}">').all("title") == ['more & "less" 1']


def test_a_legend_stands_between_caption_and_sources() -> None:
    caption = parts(show(a_table(legend="flags")))[0].words["figcaption"]
    assert caption == "caption flags Sources: none."
    assert 'class="legend"' not in show(a_table()).body


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    entry = Table(
        key="try", words="try", select=selecting(ROWS, (), {}), columns=("park", "value"), lines=lambda *_: [["one"]]
    )
    with pytest.raises(ValueError, match=r"^zip\(\) argument 2 is longer than argument 1$"):
        show(entry)


# Sources and the file


def test_sources_are_named_in_the_language_of_the_view() -> None:
    english, chinese = (parts(show(a_table(inputs=[FIRST]), lang=lang))[0].words["sources"] for lang in LANGUAGES)
    assert english == "Sources: 衡南工业集中区2019年度工作总结及2020年度工作思路 (2020-01, grade A)."
    assert chinese == "资料来源：衡南工业集中区2019年度工作总结及2020年度工作思路（2020-01，A级）。"


def test_the_data_behind_an_exhibit_are_offered_under_its_key() -> None:
    made = show(a_table())
    assert 'download="try.csv"' in made.body
    assert file_rows(made) == [["a"], ["1"]]


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "@SUM(1)", "-x", "\tx", "\rx"])
def test_no_cell_of_the_file_of_an_exhibit_begins_a_formula(cell: str) -> None:
    _, first, *rest = file_rows(show(a_table(data=pl.DataFrame({"a": [cell, "-7.1%", "a=b"]}))))
    assert first[0].startswith("'")
    assert first[0].removeprefix("'").strip() == cell.strip()
    assert rest == [["-7.1%"], ["a=b"]]


@every("kind", NASTY)
def test_a_strange_text_comes_back_from_the_file_of_an_exhibit(kind: str) -> None:
    (_, (cell,)) = file_rows(show(a_table(data=pl.DataFrame({"a": [NASTY[kind]]}))))
    assert cell == HIDDEN.sub("", NASTY[kind])


def test_the_rows_of_an_exhibit_of_measures_are_those_its_marks_stand_for() -> None:
    keys = STUDY.measures["key"].to_list()
    data = pl.DataFrame(
        {"key": [keys[0], None], "band_key": [None, keys[1]], "target_key": [keys[2], keys[2]], "reference_keys": [[], [keys[3]]],
         "inputs": [[FIRST], []]}
    )  # fmt: skip
    entry = Table(
        key="try", words="try", select=lambda study: Selected(data, FACTS), columns=("park",), lines=lambda *_: [["x"]]
    )
    made = show(entry)
    head, *found = file_rows(made)
    assert head[0] == "PARK"
    assert "key" not in head
    assert len(found) == 4
    assert made.records == {}  # a row in the file opens nothing
    assert "2019年度工作总结" in parts(made)[0].words["sources"]


# What is collected


def test_what_opens_and_what_is_cited_is_collected_where_it_is_said() -> None:
    made = show(a_table(row="under T6", cell=Cell("1 (L2)", key=FIRST), claim="by G5 ", caption="not rule 5"))
    assert made.rules == ("G5", "T6", "L2")
    assert list(made.records) == [FIRST]
