"""Bar charts on invented rows: where a bar begins and ends, its colour, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import polars as pl
import pytest
from exhibit_parts import study_of
from matplotlib.colors import to_rgb

from parkstudy.show.bars import AreaBars, Bars, MonthBars, _in_lines
from parkstudy.show.select.shared import Selected
from parkstudy.show.theme import ACCENT, NARROW, PAPER, PARK_COLOURS, WIDE
from parkstudy.show.view import View

STUDY = study_of("awkward")  # of invented parks, which have a name and a colour; its figures are not used
AWKWARD, NO_TAX = (View(STUDY).names[park] for park in ("awkward", "no-tax"))
AREA = {"park_id": "awkward", "rung": "perimeter", "km2": 6.0, "low": 5.5, "high": 6.5, "grade": "A", "key": "a-1"}
SPAN = {
    "park_id": "awkward", "start": 0, "months": 12, "year": 2021, "grade": "A",
    "period_start": date(2021, 1, 1), "period_end": date(2021, 12, 31),
}  # fmt: skip
AREAS = AreaBars(key="areas", words="land", select=lambda study: selected(AREA))
MONTHS = MonthBars(key="spans", words="coverage", select=lambda study: selected(SPAN))


def selected(like: dict[str, Any], *changes: dict[str, Any]) -> Selected:
    return Selected(pl.DataFrame([{**like, **change} for change in changes or [{}]]), of_measures=False)


def looks(ax: Any) -> list[tuple[Any, ...]]:
    """Face and edge of every bar."""
    return [(tuple(bar.get_facecolor()[:3]), tuple(bar.get_edgecolor()[:3])) for bar in ax.patches]


Draw = Callable[..., Any]


@pytest.fixture
def draw() -> Iterator[Draw]:
    """The axes of the rows given, drawn."""
    import matplotlib.pyplot as plt

    def axes(kind: Bars, rows: Selected, width: float = WIDE) -> Any:
        view = View(STUDY)
        (ax,) = kind.draw(view, kind.prepared(view, rows), width).axes
        return ax

    yield axes
    plt.close("all")


@pytest.mark.slow
def test_an_area_is_a_bar_from_zero_with_its_interval_and_its_size(draw: Draw) -> None:
    ax = draw(AREAS, selected(AREA, {}, {"park_id": "no-tax", "km2": 13.0, "low": 12.5, "high": 13.5, "key": "a-2"}))
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 6), (0, 13)]
    assert [(list(line.get_xdata()), list(line.get_ydata())) for line in ax.get_lines()] == [
        ([5.5, 6.5], [0, 0]), ([12.5, 13.5], [1, 1]),
    ]  # fmt: skip
    assert [(text.get_text(), text.xy) for text in ax.texts] == [("6.0", (6.5, 0)), ("13.0", (13.5, 1))]
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        f"{AWKWARD}, area in force",
        f"{NO_TAX}, area in force",
    ]
    every = [ax.patches, ax.get_lines(), ax.texts, ax.get_yticklabels()]
    assert [[one.get_gid() for one in drawn] for drawn in every] == [["tie|awkward|a-1", "tie|no-tax|a-2"]] * 4
    assert ax.get_xlabel() == "km²"


@pytest.mark.slow
def test_an_area_has_the_colour_of_its_park_and_grade_c_is_hollow(draw: Draw) -> None:
    ax = draw(AREAS, selected(AREA, {}, {"park_id": "no-tax"}, {"park_id": "no-tax", "grade": "C"}))
    first, third = (to_rgb(PARK_COLOURS[STUDY.all_parks.index(park)]) for park in ("awkward", "no-tax"))
    assert looks(ax) == [(first, first), (third, third), (to_rgb(PAPER), third)]


@pytest.mark.slow
def test_the_size_of_an_area_without_an_upper_end_stands_at_its_bar(draw: Draw) -> None:
    ax = draw(AREAS, selected(AREA, {"high": float("inf")}))
    assert [text.xy for text in ax.texts] == [(6, 0)]


@pytest.mark.slow
def test_two_rows_of_one_name_are_two_bars(draw: Draw) -> None:
    assert len(draw(AREAS, selected(AREA, {}, {"key": "a-2"})).patches) == 2


@pytest.mark.slow
def test_a_span_is_a_bar_from_its_first_month_with_the_year_in_it(draw: Draw) -> None:
    ax = draw(MONTHS, selected(SPAN, {}, {"park_id": "no-tax", "start": 3, "months": 8, "year": 2017, "grade": "C"}))
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 12), (3, 8)]
    assert looks(ax) == [(to_rgb(ACCENT), to_rgb(ACCENT)), (to_rgb(PAPER), to_rgb(ACCENT))]
    assert [(text.get_text(), text.get_color()) for text in ax.texts] == [("2021", PAPER), ("2017", ACCENT)]
    assert [label.get_text() for label in ax.get_yticklabels()] == [f"{AWKWARD}, 2021", f"{NO_TAX}, 2021"]
    assert [bar.get_gid() for bar in ax.patches] == ["tie|awkward|", "tie|no-tax|"]


@pytest.mark.slow
@pytest.mark.parametrize(("width", "months"), [(WIDE, ["Jan", "Feb", "Mar"]), (NARROW, ["Jan", "Mar", "May"])])
def test_every_month_has_a_name_and_on_a_telephone_every_other(draw: Draw, width: float, months: list[str]) -> None:
    ax = draw(MONTHS, selected(SPAN), width)
    assert [label.get_text() for label in ax.get_xticklabels()][:3] == months
    assert ax.get_xlim() == (0, 12)


@pytest.mark.slow
def test_a_span_beyond_december_makes_the_axis_longer(draw: Draw) -> None:
    assert draw(MONTHS, selected(SPAN, {"start": 6, "months": 12})).get_xlim() == (0, 18)


@pytest.mark.parametrize(
    ("kind", "like", "header", "line"),
    [
        (AREAS, AREA, ["Park", "Which area", "km²"], [AWKWARD, "area in force", "6.0"]),
        (MONTHS, SPAN, ["Item", "Months", "Year"], [f"{AWKWARD}, 2021", 12, 2021]),
    ],
    ids=["areas", "months"],
)
def test_the_values_of_bars_in_words(kind: Bars, like: dict[str, Any], header: list[str], line: list[object]) -> None:
    view = View(STUDY)
    head, (cells,) = kind.table(view, kind.prepared(view, selected(like)))
    assert head == header
    assert [getattr(cell, "text", cell) for cell in cells] == line
    assert cells[0].park == "awkward"
    assert getattr(cells[-1], "key", "") == like.get("key", "")


def test_long_labels_are_whole_in_lines_of_equal_length_and_short_ones_stay_in_one() -> None:
    long = "Hengnan Industrial Co…Zone 1, area of the detailed plan"
    assert _in_lines([long, "Shuangpai, total area"], WIDE) == [
        "Hengnan Industrial Co…Zone 1,\narea of the detailed plan",
        "Shuangpai, total area",
    ]
    assert _in_lines([long[:44]], WIDE) == [long[:44]]
    assert _in_lines([long[:44]], NARROW) == ["Hengnan Industrial Co…Zone 1,\narea of the de"]
