"""Heat maps on invented rows: a cell a state, tied to its park and its figure, however many parks there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import pytest
from exhibit_parts import study_of

from parkstudy.record.codes import codes
from parkstudy.show.grids import COLOURS, Grid
from parkstudy.show.select.shared import Selected
from parkstudy.show.theme import INK, NARROW, PALETTE, WIDE
from parkstudy.show.view import View

STUDY = study_of("awkward")  # of invented parks, which have a name; its figures are not used
STATES = [("stated", "part"), ("absent", "target")]  # of two quantities in two parks
GRID = Grid(key="try", words="coverage", select=lambda study: cells())


def cells(states: list[tuple[str, ...]] = STATES, parks: tuple[str, ...] = ("awkward", "no-tax")) -> Selected:
    """A line a quantity, the cells of a line in the order of the parks; what is not reported has no figure."""
    names = [("gross_industrial_output", "yoy"), ("tax_revenue", "level")]
    rows = [
        {"indicator": name, "transformation": kind, "park_id": park, "state": "otherwise" if how in codes("as_what") else how,
         "as_what": how if how in codes("as_what") else None,
         "observation_id": None if how == "absent" else f"{park}-{name[0]}"}
        for (name, kind), line in zip(names, states, strict=False)
        for park, how in zip(parks, line, strict=True)
    ]  # fmt: skip
    return Selected(pl.DataFrame(rows, infer_schema_length=None), of_measures=False)


Draw = Callable[..., Any]


@pytest.fixture
def draw() -> Iterator[Draw]:
    """The axes of the rows given, drawn."""
    import matplotlib.pyplot as plt

    def axes(rows: Selected, width: float = WIDE, lang: str = "en") -> Any:
        (ax,) = GRID.draw(View(STUDY, lang), rows, width).axes
        return ax

    yield axes
    plt.close("all")


def rgb(name: str) -> tuple[float, ...]:
    colour = PALETTE[name][0]
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


@pytest.mark.slow
def test_a_cell_has_the_colour_and_the_sign_of_its_state_and_opens_its_figure(draw: Draw) -> None:
    ax = draw(cells())
    (mesh,) = ax.collections
    wanted = [rgb("stated"), rgb("ahead"), rgb("paper"), rgb("ahead")]
    assert [tuple(face[:3]) for face in mesh.get_facecolors()] == wanted
    assert mesh.get_gid() == "ties|awkward|awkward-g;no-tax|no-tax-g;awkward|;no-tax|no-tax-t"
    said = [("●", INK), ("a part only", INK), ("–", INK), ("target only", INK)]
    assert [(text.get_text(), text.get_color()) for text in ax.texts] == said
    assert [text.get_gid() for text in ax.texts] == [
        "tie|awkward|awkward-g", "tie|no-tax|no-tax-g", "tie|awkward|", "tie|no-tax|no-tax-t",
    ]  # fmt: skip
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Gross industrial output, growth", "Tax paid"]
    assert [(label.get_text(), label.get_gid()) for label in ax.get_xticklabels()] == [
        (View(STUDY).names["awkward"], "tie|awkward|"), (View(STUDY).names["no-tax"], "tie|no-tax|"),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_telephone_has_room_for_signs_alone(draw: Draw) -> None:
    ax = draw(cells(), NARROW, "zh")
    assert [text.get_text() for text in ax.texts] == ["●", "△", "–", "△"]
    assert [label.get_text() for label in ax.get_xticklabels()] == [View(STUDY, "zh").names["awkward"], "无税园区"]


@pytest.mark.slow
def test_the_names_of_many_parks_and_those_on_a_telephone_stand_upright(draw: Draw) -> None:
    many = cells([("absent",) * 7], STUDY.all_parks)
    for rows, width, turned in ((cells(), WIDE, 0), (cells(), NARROW, 90), (many, WIDE, 90)):
        assert {label.get_rotation() for label in draw(rows, width).get_xticklabels()} == {turned}


def test_every_state_has_a_ground_and_a_sign_and_none_is_the_colour_of_a_park() -> None:
    assert codes("stated") == codes("stated_sign") == tuple(COLOURS)
    assert len(set(COLOURS.values())) == len(COLOURS)
    assert not [name for name in COLOURS.values() if name.startswith("park-")]


def test_the_values_of_a_map_in_words() -> None:
    header, lines = GRID.table(View(STUDY), cells())
    assert header == ["Indicator", *(View(STUDY).names[park] for park in ("awkward", "no-tax"))]
    assert [[getattr(cell, "text", cell) for cell in line] for line in lines] == [
        ["Gross industrial output, growth", "stated", "a part only"],
        ["Tax paid", "not reported", "target only"],
    ]
    assert [[cell.key for cell in line[1:]] for line in lines] == [
        ["awkward-g", "no-tax-g"], ["", "no-tax-t"],
    ]  # fmt: skip
