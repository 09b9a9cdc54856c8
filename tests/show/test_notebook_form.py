"""What a notebook shows of an exhibit: nothing that a front end without trust would take away or run together."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from exhibit_parts import Parts, shown

from parkstudy.show.exhibit import PAGE
from parkstudy.show.notebook import plain_form

TAGS = {
    "a", "b", "br", "details", "em", "figcaption", "figure", "img", "li", "p", "section", "sub", "summary", "sup", "table",
    "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"href", "src", "alt", "width", "scope"}  # no style and no `hidden`, which older JupyterLabs strip
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>words of the drawing</text></svg>'
STATE = (
    '<figure><p class="claim">A <span class="number" data-opens="m-1"><span lang="zh-Hans">名</span> 1 &lt; 2</span></p>'
    '<div class="chart wide"><svg role="img" aria-label="What it &quot;shows&quot;"><g data-park="a"><text>one</text><text>two</text>'
    '</g></svg></div><div class="chart narrow" hidden><svg><text>one</text></svg></div><div class="scroll" tabindex="0"><table><thead>'
    '<tr><th scope="col">Park</th></tr></thead><tbody><tr data-park="a"><th scope="row"><a class="park" data-park="a">A park</a></th>'
    '</tr></tbody></table></div><figcaption>Caption. <span class="legend">Legend.</span> <span class="sources">Sources: '
    '<a href="https://example.org/?a&amp;b">one</a>.</span></figcaption></figure><p class="files"><a class="csv" href="data:,">CSV</a>'
    "<button>SVG</button></p>"
)  # fmt: skip


class Sanitised(HTMLParser):
    """What a front end keeps that lets only some tags and attributes through, and the text of the others."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.kept, self.lost, self.scripts = "", [], []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":  # which goes with all that is in it
            return
        self.lost += [tag] if tag not in TAGS else [name for name, _ in attrs if name not in ATTRIBUTES]
        if tag == "a":
            assert dict(attrs).get("href", "").startswith("https://"), "a link that leads nowhere"
        self.kept += f"<{tag}>" if tag in TAGS else ""

    def handle_endtag(self, tag: str) -> None:
        self.kept += f"</{tag}>" if tag in TAGS else ""

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.scripts.append(data)
        else:
            self.kept += data


def test_only_words_a_picture_and_a_plain_table_are_left() -> None:
    made = plain_form(STATE, DRAWING)
    picture = Parts(made).all("src")
    assert [address[:26] for address in picture] == ["data:image/svg+xml;base64,"]
    assert made.replace(picture[0], "") == (
        '<figure><p><b>A 名 1 &lt; 2</b></p><img width="720" src="" alt="What it &quot;shows&quot;"><table><thead><tr><th>Park</th></tr>'
        '</thead><tbody><tr><th scope="row">A park</th></tr></tbody></table><figcaption>Caption. <br>Legend. <br>Sources: '
        '<a href="https://example.org/?a&amp;b">one</a>.</figcaption></figure>'
    )  # fmt: skip
    assert Sanitised(made).lost == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("key", ["tax-takeaways", "tax-table", "audit", "growth-checks"])
def test_an_exhibit_of_several_states_is_read_without_trust_as_one(key: str, lang: str) -> None:
    exhibit = shown(key, lang)
    bundle, _ = exhibit._repr_mimebundle_()
    read = Sanitised(bundle["text/html"])
    assert read.lost == []
    first, page = Parts(exhibit.states[0][1]), Parts(read.kept)
    assert page.rows == first.rows
    assert page.text == first.text.replace("CSV", "")
    assert bundle["text/plain"] == exhibit.answer
    assert exhibit.answer in page.text
    assert bundle[PAGE] == exhibit.body
    (told,) = map(json.loads, read.scripts)
    assert (told["body"], told["records"]) == (exhibit.body, exhibit.records)


@pytest.mark.slow
def test_a_figure_has_its_picture_and_its_values_and_no_label_of_the_drawing() -> None:
    exhibit = shown("tax-per-output")
    made = Parts(exhibit.plain)
    assert "svg" not in made.tags
    assert made.all("alt") == [Parts(exhibit.states[0][1]).all("aria-label")[0]]
    assert made.rows == Parts(exhibit.states[0][1]).rows
    assert Sanitised(exhibit.plain).lost == []
