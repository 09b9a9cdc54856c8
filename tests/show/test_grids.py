"""Heat maps on invented rows: a cell a code, tied to its parks and its figure, however many parks there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import pytest
from exhibit_parts import study_of

from parkstudy.show.exhibit import Selected
from parkstudy.show.grids import Grid
from parkstudy.show.theme import INK, NARROW, PALETTE, PAPER, WIDE
from parkstudy.show.view import View

STUDY = study_of("awkward")  # of invented parks, which have a name; its figures are not used
SINGLE, PAIR = ("park_id",), ("first", "second")
STATES: list[tuple[str, ...]] = [("full_year", "part_year"), ("none", "ahead")]  # of two indicators in two parks


def cells(states: list[tuple[str, ...]] = STATES, parks: tuple[str, ...] = ("awkward", "no-tax")) -> Selected:
    """A line an indicator, the cells of a line in the order of the parks; what is not reported has no figure."""
    names = [("gross_industrial_output", "yoy"), ("tax_revenue", "level")]
    rows = [
        {"indicator": name, "transformation": kind, "park_id": park, "state": state,
         "observation_id": None if state == "none" else f"{park}-{name[0]}"}
        for (name, kind), line in zip(names, states, strict=False)
        for park, state in zip(parks, line, strict=True)
    ]  # fmt: skip
    return Selected(pl.DataFrame(rows), measures=False)


def grid(**more: Any) -> Grid:
    given = {"value": "state", "codes": "coverage", "signs": "coverage_sign", "across": SINGLE}
    return Grid(key="try", words="coverage", select=lambda study: cells(), **{**given, **more})


Draw = Callable[..., Any]


@pytest.fixture
def draw() -> Iterator[Draw]:
    """The axes of the rows given, drawn."""
    import matplotlib.pyplot as plt

    def axes(kind: Grid, rows: Selected, width: float = WIDE, lang: str = "en") -> Any:
        (ax,) = kind.draw(View(STUDY, lang), rows, width).axes
        return ax

    yield axes
    plt.close("all")


def rgb(name: str) -> tuple[float, ...]:
    colour = PALETTE[name][0]
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


@pytest.mark.slow
def test_a_cell_has_the_colour_and_the_sign_of_its_code_and_opens_its_figure(draw: Draw) -> None:
    ax = draw(grid(), cells())
    (mesh,) = ax.collections
    assert [tuple(face[:3]) for face in mesh.get_facecolors()] == [
        rgb("park-1"),
        rgb("part"),
        rgb("paper"),
        rgb("ahead"),
    ]
    assert mesh.get_gid() == "ties|awkward|awkward-g;no-tax|no-tax-g;awkward|;no-tax|no-tax-t"
    assert [(text.get_text(), text.get_color()) for text in ax.texts] == [
        ("Y", PAPER),
        ("M", INK),
        ("–", INK),
        ("f", INK),
    ]
    assert [text.get_gid() for text in ax.texts] == [
        "tie|awkward|awkward-g", "tie|no-tax|no-tax-g", "tie|awkward|", "tie|no-tax|no-tax-t",
    ]  # fmt: skip
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Gross industrial output, growth", "Tax paid"]
    assert [(label.get_text(), label.get_gid()) for label in ax.get_xticklabels()] == [
        ("awkward", "tie|awkward|"), ("no-tax", "tie|no-tax|"),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_chinese_map_has_chinese_signs_and_names(draw: Draw) -> None:
    ax = draw(grid(), cells(), lang="zh")
    assert [text.get_text() for text in ax.texts] == ["年", "月", "–", "预"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["awkward", "无税园区"]


@pytest.mark.slow
def test_the_names_of_many_parks_and_those_on_a_telephone_stand_upright(draw: Draw) -> None:
    many = cells([("none",) * 7], STUDY.all_parks)
    for rows, width, turned in ((cells(), WIDE, 0), (cells(), NARROW, 90), (many, WIDE, 90)):
        assert {label.get_rotation() for label in draw(grid(), rows, width).get_xticklabels()} == {turned}


@pytest.mark.slow
def test_a_map_of_pairs_names_both_parks_and_ties_each_cell_to_both(draw: Draw) -> None:
    rows = [
        {"indicator": "tax_revenue", "transformation": "level", "first": first, "second": second, "verdict": verdict}
        for first, second, verdict in (("awkward", "no-tax", "comparable"), ("awkward", "single-row", "limits"))
    ]
    pairs = grid(value="verdict", codes="comparability", signs="comparability_sign", across=PAIR)
    ax = draw(pairs, Selected(pl.DataFrame(rows), measures=False))
    assert [label.get_text() for label in ax.get_xticklabels()] == ["awkward – no-tax", "awkward – single-row"]
    assert [text.get_gid() for text in ax.texts] == ["tie|awkward no-tax|", "tie|awkward single-row|"]
    assert [text.get_text() for text in ax.texts] == ["=", "~"]


def test_the_values_of_a_map_in_words() -> None:
    header, lines = grid().table(View(STUDY), cells())
    assert header == ["Indicator", "awkward", "no-tax"]
    assert [[getattr(cell, "text", cell) for cell in line] for line in lines] == [
        ["Gross industrial output, growth", "outturn, full year", "outturn, part of a year"],
        ["Tax paid", "not reported", "only a forecast, target or plan"],
    ]
    assert [[cell.key for cell in line[1:]] for line in lines] == [
        ["awkward-g", "no-tax-g"], ["", "no-tax-t"],
    ]  # fmt: skip
