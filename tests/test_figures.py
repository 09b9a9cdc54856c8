"""Figures: each one carries its claim, alternative text, caption, sources and data, whatever the study holds."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import polars as pl
import pytest
from notebook_cells import everywhere

import parkstudy
from parkstudy import figures, growth
from parkstudy.dataset import Study
from parkstudy.exhibit import escape
from parkstudy.theme import NARROW, PARK_COLOURS, WIDE, park_colours, to_plot

pytestmark = pytest.mark.slow  # drawing takes long

EMPTY = "No park reports a figure for this exhibit."
PLOTS = [name for name in figures.__all__ if name.startswith("plot_")]
STRANGE = "\"O\" 'n' $x_1$ \\a {0} %s & 名"  # no longer than a name may be in a figure


class Parts(HTMLParser):
    """Claim, alternative text, caption and pictures of an exhibit's body."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.words: dict[str, str] = {}
        self.images: list[dict[str, str | None]] = []
        self._in: list[str] = []
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.images.append(dict(attrs))
        elif tag != "source":
            self._in.append(dict(attrs).get("class") or tag)

    def handle_endtag(self, tag: str) -> None:
        self._in.pop()

    def handle_data(self, data: str) -> None:
        for name in self._in:
            self.words[name] = self.words.get(name, "") + data


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

    def axes(self, exhibit: int = -1) -> list[Any]:
        """The axes of an exhibit as it is drawn for a wide column."""
        return list(self.figures[2 * exhibit].axes)

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
        parts = Parts(exhibit.body)
        (image,) = parts.images
        caption = parts.words["figcaption"].partition(" Sources: ")[0]
        assert exhibit.data.height > 0
        assert exhibit.answer == parts.words["claim"] != ""
        assert len(image["alt"] or "") > 40
        assert re.search(r"\d", image["alt"] or "")
        assert image["alt"] not in (caption, exhibit.answer)
        assert len(caption) > 40
        assert re.fullmatch(r"Sources: .+ \(.*grade [ABC]\).*\.", parts.words["sources"])


@pytest.mark.parametrize("name", PLOTS)
def test_no_text_of_a_figure_shows_a_null_or_a_code(name: str) -> None:
    for exhibit in drawn_by(name):
        parts = Parts(exhibit.body)
        texts = [parts.words["claim"], parts.words["figcaption"]]
        assert not [text for text in texts if re.search(r"\b(None(?! of )|nan|inf|null|[a-z]+_[a-z_]+)\b", text)]
        assert not re.search(r"\b(None(?! of )|nan|inf|null)\b", parts.images[0]["alt"] or "")


@pytest.mark.parametrize("park", ["anon-2020"])
def test_figures_of_one_park_are_drawn_or_say_that_there_is_nothing(park: str) -> None:
    found = plotted(parks=park, park=park)
    assert {name for name, _ in found} == set(PLOTS)
    for _, exhibit in found:
        assert (exhibit.data.height > 0) == ("<img " in exhibit.body) == (EMPTY not in exhibit.body)


def test_a_park_with_a_strange_name_is_drawn_without_a_warning(copy_of_data: Any, drawn: Drawn) -> None:
    copy_of_data.edit("parks", "shuangpai", county_en=STRANGE, name_en=STRANGE, name_zh=STRANGE)
    study = parkstudy.load(copy_of_data.folder)
    figures.plot_spans(study)
    assert f"{STRANGE}, Jan–Nov 2017" in [label.get_text() for label in drawn.axes()[0].get_yticklabels()]
    exhibit = figures.plot_growth(study, growth.measures(study))
    assert f"{escape(STRANGE)}, Jan–Nov 2017" in exhibit.body
    assert "<img " in figures.plot_coverage(study).body
    assert "<img " in figures.plot_comparability(study).body


def test_a_study_without_rates_says_so(awkward: Any) -> None:
    study = parkstudy.load(awkward).only("single-row")
    measures = growth.measures(study)
    for plot in (figures.plot_growth, figures.plot_growth_targets):
        assert f'<p class="empty">{EMPTY}</p>' in plot(study, measures).body


def test_a_study_of_one_park_has_no_pair_to_draw(study: Study) -> None:
    assert EMPTY in figures.plot_comparability(study.only("hengnan")).body


def test_a_growth_figure_leaves_no_drawing_open(study: Study) -> None:
    import matplotlib.pyplot as plt

    figures.plot_growth(study, growth.measures(study))
    assert plt.get_fignums() == []


def test_a_figure_is_the_same_to_the_byte_when_it_is_drawn_again(study: Study) -> None:
    measures = growth.measures(study)
    assert figures.plot_growth(study, measures).body == figures.plot_growth(study, measures).body


def test_every_rate_of_output_has_a_row_of_its_own_in_the_order_of_the_parks(study: Study, drawn: Drawn) -> None:
    figures.plot_growth(study, growth.measures(study))
    output = drawn.axes()[0]
    assert [label.get_text() for label in output.get_yticklabels()] == [
        "Hengnan, 2019",
        "Shuangpai, Jan–Nov 2017",
        "anon-2023, Jan–Nov 2023",
        "anon-2023, 2023",
        "anon-2020, Jan–Jun 2020",
    ]


def test_dots_stand_at_the_rates_and_lines_at_their_intervals(study: Study, drawn: Drawn) -> None:
    figures.plot_growth(study, growth.measures(study))
    spans = [
        tuple(round(float(x), 6) for x in line.get_xdata())
        for line in drawn.axes()[0].get_lines()
        if len(line.get_xdata()) == 2
    ]
    assert [float(dot.get_xdata()[0]) for dot in drawn.dots()] == [10.2, 45.2, 16.33, 21.2, 24.0]
    assert spans == [(10.15, 10.25), (45.15, 45.25), (16.325, 16.335), (21.15, 21.25), (23.5, 24.5)]


def test_texts_of_grade_c_are_hollow_and_a_forecast_is_a_diamond(study: Study, drawn: Drawn) -> None:
    figures.plot_growth(study, growth.measures(study))
    assert [dot.get_markerfacecolor() == "white" for dot in drawn.dots()] == [False, False, True, True, True]
    assert [dot.get_marker() for dot in drawn.dots()] == ["o", "o", "o", "D", "o"]


def test_every_rate_stands_inside_its_axes(study: Study, drawn: Drawn) -> None:
    figures.plot_growth(study, growth.measures(study))
    for ax in drawn.axes():
        left, right = ax.get_xlim()
        assert all(left <= x <= right for line in ax.get_lines() for x in line.get_xdata())


def test_a_rate_stands_beside_the_target_of_its_own_quantity(study: Study) -> None:
    beside = figures.growth_beside_target(study, growth.measures(study))
    assert beside.select("park_id", "measure", "value", "target").rows() == [
        ("shuangpai", "gross_industrial_output_growth", 45.2, 21.0),
        ("shuangpai", "industrial_value_added_growth", 8.6, 8.0),
        ("shuangpai", "tax_revenue_growth", 36.5, 20.0),
    ]
    assert beside["inputs"].to_list()[0] == ["shuangpai-2017-018", "shuangpai-2017-019"]


def test_no_grade_c_rate_stands_in_the_claim_of_growth(study: Study) -> None:
    claim = figures.plot_growth(study, growth.measures(study)).answer
    assert re.findall(r"[0-9.]+ %", claim) == ["10.2 %", "45.2 %"]
    alone = study.only("anon-2023,anon-2020")
    assert "%" not in figures.plot_growth(alone, growth.measures(alone)).answer


def test_the_map_of_coverage_has_a_letter_for_every_cell(study: Study, drawn: Drawn) -> None:
    exhibit = figures.plot_coverage(study)
    (ax,) = drawn.axes()
    assert len(ax.texts) == exhibit.data.height
    assert {text.get_text() for text in ax.texts} <= set("YMPf·–")


def test_the_map_of_pairs_has_a_sign_for_every_pair(study: Study, drawn: Drawn) -> None:
    exhibit = figures.plot_comparability(study)
    (ax,) = drawn.axes()
    signs = [text.get_text() for text in ax.texts]
    counts = dict(exhibit.data["verdict"].value_counts().iter_rows())
    assert len(signs) == exhibit.data.height == 120
    assert (signs.count("~"), signs.count("×"), signs.count("=")) == (counts["limits"], counts["not_comparable"], 0)


def test_the_bars_of_the_spans_are_the_months_that_the_texts_report(study: Study, drawn: Drawn) -> None:
    figures.plot_spans(study.only(""))
    bars = [(bar.get_x(), bar.get_width()) for bar in drawn.axes()[0].patches]
    assert bars == [(0, 12), (0, 11), (0, 11), (0, 11), (0, 6)]


def test_a_park_has_one_colour_by_its_place(study: Study) -> None:
    colours = park_colours(study.park_ids())
    assert list(colours.values()) == list(PARK_COLOURS)
    assert list(park_colours([str(n) for n in range(7)]).values())[5:] == list(PARK_COLOURS[:2])


def test_the_bridge_gives_every_column_in_the_order_of_the_rows() -> None:
    given = to_plot(pl.DataFrame({"b": [3, 1, 2], "a": ["x", "y", "z"]}))
    assert {name: list(column) for name, column in given.items()} == {"b": [3, 1, 2], "a": ["x", "y", "z"]}


def test_seaborn_draws_what_the_bridge_gives() -> None:
    import matplotlib.pyplot as plt
    import seaborn as sns

    _, ax = plt.subplots()
    sns.barplot(data=to_plot(pl.DataFrame({"k": ["b", "a"], "v": [3.0, 1.0]})), x="k", y="v", ax=ax)
    heights, labels = [bar.get_height() for bar in ax.patches], [label.get_text() for label in ax.get_xticklabels()]
    plt.close("all")
    assert (heights, labels) == ([3.0, 1.0], ["b", "a"])


def test_the_narrow_drawing_fits_a_telephone() -> None:
    assert NARROW < 390 / 96 < WIDE
