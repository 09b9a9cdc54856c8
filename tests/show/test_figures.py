"""Figures: each one carries its claim, alternative text, caption, sources and data, whatever the study holds."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import polars as pl
import pytest
from notebook_cells import everywhere

import parkstudy
from parkstudy.method.study import Study
from parkstudy.show import figures
from parkstudy.show.exhibit import Exhibit
from parkstudy.show.theme import NARROW, PALETTE, PARK_COLOURS, WIDE, park_colours, to_plot

pytestmark = pytest.mark.slow  # drawing takes long

EMPTY = "No park reports a figure for this exhibit."
PLOTS = [name for name in figures.__all__ if name.startswith("plot_")]
STRANGE = "\"O\" 'n' $x_1$ \\a {0} %s & 名"  # no longer than a name may be in a figure
HOSTILE = "\U0001f680 < script>alert(1)< /script> \"O\" 'n' $x_1$ {0} \u200f名" + "长" * 300


class Parts(HTMLParser):
    """Claim, caption, pictures with their alternative texts, words and marks of one view of an exhibit."""

    def __init__(self, view: str) -> None:
        super().__init__()
        self.words: dict[str, str] = {}
        self.drawn: list[str] = []
        self.alts: list[str] = []
        self.marks: list[dict[str, str | None]] = []
        self._in: list[str] = []
        self.feed(view)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "svg":
            self.alts.append(found["aria-label"] or "")
        if tag == "g" and ("data-park" in found or "data-opens" in found):
            self.marks.append(found)
        if tag == "text":
            self.drawn.append("")
        self._in.append(found.get("class") or tag)

    def handle_endtag(self, tag: str) -> None:
        self._in.pop()

    def handle_data(self, data: str) -> None:
        if self._in[-1:] == ["text"]:
            self.drawn[-1] += data
        for name in self._in:
            self.words[name] = self.words.get(name, "") + data


def views(exhibit: Exhibit) -> list[Parts]:
    """Every state of an exhibit, read."""
    return [Parts(view) for _, view in exhibit.states]


def drawn_by(name: str) -> list[Any]:
    """What a figure function shows in the notebooks, where there is something to draw."""
    return [exhibit for found, exhibit in plotted() if found == name and EMPTY not in exhibit.body]


def plotted(**parameters: str) -> list[tuple[str, Any]]:
    """Name and exhibit of every figure of every notebook."""
    return [(one.function, one.exhibit) for one in everywhere(**parameters) if one.function in PLOTS]


class Drawn:
    """The figures that were saved while this fixture was at work, before they were closed."""

    def __init__(self) -> None:
        self.figures: list[Any] = []

    def axes(self) -> list[Any]:
        """The axes of the first exhibit in its first state, as it is drawn for a wide column."""
        return list(self.figures[0].axes)

    def dots(self) -> list[Any]:
        """The dots and diamonds of the first panel, row by row."""
        return [line for line in self.axes()[0].get_lines() if line.get_marker() in ("o", "D")]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    from matplotlib.figure import Figure

    seen, save = Drawn(), Figure.savefig

    def keep(self: Any, *arguments: Any, **options: Any) -> Any:
        seen.figures.append(self)
        return save(self, *arguments, **options)

    monkeypatch.setattr(Figure, "savefig", keep)
    return seen


def test_every_figure_is_shown_in_a_notebook() -> None:
    assert {name for name, _ in plotted()} == set(PLOTS)


@pytest.mark.parametrize("name", PLOTS)
def test_a_figure_carries_what_a_reader_needs_to_trust_it(name: str) -> None:
    assert drawn_by(name)
    for exhibit in drawn_by(name):
        assert exhibit.data.height > 0
        assert exhibit.answer == views(exhibit)[0].words["claim"] != ""
        for parts in views(exhibit):
            if EMPTY in parts.words["figure"]:
                continue
            assert len(parts.alts) == 2
            (alt,) = set(parts.alts)
            caption = parts.words["figcaption"].partition(" Sources: ")[0]
            assert len(alt) > 40
            assert re.search(r"\d", alt)
            assert alt not in (caption, parts.words["claim"])
            assert len(caption) > 40
            assert re.fullmatch(r"Sources: .+ \(.*grade [ABC]\).*\.", parts.words["sources"])
            assert re.fullmatch(r"Values \(\d+\)", parts.words["summary"])


@pytest.mark.parametrize("name", PLOTS)
def test_no_text_of_a_figure_shows_a_null_or_a_code(name: str) -> None:
    for parts in (view for exhibit in drawn_by(name) for view in views(exhibit)):
        texts = [parts.words["claim"], parts.words["figcaption"], *parts.drawn]
        assert not [text for text in texts if re.search(r"\b(None(?! of )|nan|inf|null|[a-z]+_[a-z_]+)\b", text)]
        assert not [alt for alt in parts.alts if re.search(r"\b(None(?! of )|nan|inf|null)\b", alt)]


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_mark_knows_its_park_and_opens_a_record(name: str, lang: str, study: Study) -> None:
    known = set(study.all_parks) | set(study.parks["park_id"])
    for exhibit in (exhibit for found, exhibit in plotted(lang=lang) if found == name and exhibit.svg):
        for parts in views(exhibit):
            assert {park for mark in parts.marks for park in (mark.get("data-park") or "").split()} <= known
            assert {mark["data-opens"] for mark in parts.marks if "data-opens" in mark} <= set(exhibit.records)
            assert parts.marks


@pytest.mark.parametrize("name", PLOTS)
def test_every_colour_is_one_of_the_palette(name: str) -> None:
    lights = {light for light, _ in PALETTE.values()}
    variables = {f"var(--{key},{light})" for key, (light, _) in PALETTE.items()}
    for exhibit in drawn_by(name):
        assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", exhibit.svg)) <= lights
        assert set(re.findall(r"(?:fill|stroke):\s*([^;\"#]+)", exhibit.svg)) <= {"none"}
        inline = "".join(re.findall(r"<svg .*?</svg>", exhibit.body, flags=re.S))
        assert set(re.findall(r"(?:fill|stroke):([^;\"]+)", inline)) <= {"none", *variables}


def test_a_chinese_figure_holds_no_english_words() -> None:
    allowed = r"PPI|CSV|km²|[GLT]\d+|[ABC](?=级)"
    found = plotted(lang="zh")
    assert {name for name, _ in found} == set(PLOTS)
    for _, exhibit in found:
        for parts in views(exhibit):
            caption = parts.words.get("figcaption", "").partition("资料来源：")[0]  # none, where no park has a figure
            for text in (parts.words["claim"], caption, *parts.alts, *parts.drawn, parts.words.get("details", "")):
                assert not re.search(r"[A-Za-z]{2}", re.sub(allowed, "", text)), text


def test_a_chinese_figure_shows_the_numbers_of_the_english_one() -> None:
    for (name, english), (_, chinese) in zip(plotted(), plotted(lang="zh"), strict=True):
        assert english.key == chinese.key
        assert [choices for choices, _ in english.states] == [choices for choices, _ in chinese.states]
        assert list(english.records) == list(chinese.records), name
        for one, other in zip(views(english), views(chinese), strict=True):
            opened = [[mark.get("data-opens") for mark in parts.marks] for parts in (one, other)]
            assert opened[0] == opened[1], name


@pytest.mark.parametrize("park", ["anon-2020"])
def test_figures_of_one_park_are_drawn_or_say_that_there_is_nothing(park: str) -> None:
    found = plotted(parks=park, park=park)
    assert {name for name, _ in found} == set(PLOTS)
    for _, exhibit in found:
        shown = exhibit.states[0][1]
        assert (exhibit.data.height > 0) == ("<svg " in shown) == (EMPTY not in shown)


def test_a_park_with_a_strange_name_is_drawn_without_a_warning(copy_of_data: Any, drawn: Drawn) -> None:
    copy_of_data.edit("parks", "shuangpai", county_en=STRANGE, name_en=STRANGE, name_zh=STRANGE)
    study = parkstudy.load(copy_of_data.folder)
    figures.plot_spans(study)
    assert f"{STRANGE}, Jan–Nov 2017" in [label.get_text() for label in drawn.axes()[0].get_yticklabels()]
    assert "<svg " in figures.plot_coverage(study).body
    assert "<svg " in figures.plot_comparability(study).body


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", [HOSTILE, HOSTILE[:26], "\u200f\u202e"])
def test_a_name_of_signs_without_a_glyph_is_drawn_as_text(copy_of_data: Any, lang: str, name: str) -> None:
    copy_of_data.edit("parks", "shuangpai", county_en=name, county_zh=name, name_en=name, name_zh=name)
    study = parkstudy.load(copy_of_data.folder, lang)
    assert study.faults == ()
    for exhibit in (
        figures.plot_spans(study),
        figures.plot_coverage(study),
        figures.plot_comparability(study),
    ):
        bundle, _ = exhibit._repr_mimebundle_()
        assert "image/png" in bundle
        assert "< script>" not in exhibit.body
        assert "\u202e" not in exhibit.body
    if name == HOSTILE[:26] and lang == "en":
        assert "\U0001f680 &lt; script&gt;" in exhibit.body


def test_a_study_of_one_park_has_no_pair_to_draw(study: Study) -> None:
    assert EMPTY in figures.plot_comparability(study.only("hengnan")).body


def test_the_map_of_coverage_has_a_letter_for_every_cell(study: Study, drawn: Drawn) -> None:
    exhibit = figures.plot_coverage(study)
    (ax,) = drawn.axes()
    assert len(ax.texts) == exhibit.data.height
    assert {text.get_text() for text in ax.texts} <= set("YMPf·–")
    printed = [key for key in exhibit.data["observation_id"] if key]
    opened = [mark["data-opens"] for mark in views(exhibit)[0].marks if "data-opens" in mark]
    assert sorted(opened) == sorted(4 * printed)  # a cell and its letter, wide and narrow
    assert set(printed) <= set(exhibit.records)


def test_the_map_of_pairs_has_a_sign_for_every_pair(study: Study, drawn: Drawn) -> None:
    exhibit = figures.plot_comparability(study)
    (ax,) = drawn.axes()
    signs = [text.get_text() for text in ax.texts]
    counts = dict(exhibit.data["verdict"].value_counts().iter_rows())
    assert len(signs) == exhibit.data.height == 120
    assert (signs.count("~"), signs.count("×"), signs.count("=")) == (counts["limits"], counts["not_comparable"], 0)
    parks = {mark["data-park"] for mark in views(exhibit)[0].marks}
    assert parks == {f"{first} {second}" for first, second in exhibit.data.select("first", "second").iter_rows()}


def test_the_bars_of_the_spans_are_the_months_that_the_texts_report(study: Study, drawn: Drawn) -> None:
    figures.plot_spans(study.only(""))
    bars = [(bar.get_x(), bar.get_width()) for bar in drawn.axes()[0].patches]
    assert bars == [(0, 12), (0, 11), (0, 11), (0, 11), (0, 6)]
