"""Interval dot plots on invented rows: the mark, the words and the place of every case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import polars as pl
import pytest
from exhibit_parts import study_of

from parkstudy.show.dots import Dots, on_scale
from parkstudy.show.exhibit import Selected
from parkstudy.show.theme import INK, MUTED, NARROW, PALETTE, PAPER, PARK_COLOURS, WIDE, style
from parkstudy.show.view import View

STUDY = study_of("awkward")  # of invented parks, which have a name and a colour; its figures are not used
OUTPUT, TAX, LEVEL = "gross_industrial_output_growth", "tax_revenue_growth", "gross_industrial_output_level"
COLOURS = dict(zip(STUDY.all_parks, PARK_COLOURS, strict=False))
ROW = {
    "park_id": "awkward", "measure": OUTPUT, "population": "park", "value_type": "reported result", "value": 10.0, "low": 9.5, "high": 10.5,
    "period_start": date(2021, 1, 1), "period_end": date(2021, 12, 31), "basis": "reported", "price": "nominal", "status": "A",
    "grade": "A", "flags": [], "key": "m-1",
}  # fmt: skip
REFUSED = {"value": None, "low": None, "high": None, "reason": "not_reported", "period_start": None, "period_end": None}
NUMBERS = dict.fromkeys(["band_low", "band_high", "target"], pl.Float64)
BESIDE = {**NUMBERS, "band_key": pl.String, "target_key": pl.String, "references": pl.List(pl.Float64),
          "reference_keys": pl.List(pl.String)}  # fmt: skip


def selected(*rows: dict[str, Any]) -> Selected:
    """Measure rows that differ from `ROW` by what is given; a column beside the measures only where a row has it."""
    given = {name for row in rows for name in row}
    schema = {**STUDY.measures.schema, **{name: kind for name, kind in BESIDE.items() if name in given}}
    return Selected(pl.DataFrame([{**dict.fromkeys(schema), **ROW, **row} for row in rows], schema=schema))


def entry(**more: Any) -> Dots:
    return Dots(key="try", words="dots", select=lambda study: selected(), **{"panels": (OUTPUT, TAX, LEVEL), **more})


def prepared(*rows: dict[str, Any], lang: str = "en", **more: Any) -> pl.DataFrame:
    return entry(**more).prepared(View(STUDY, lang), selected(*rows)).data


def said(lang: str = "en", **row: Any) -> str:
    return str(prepared(row, lang=lang)["said"][0])


Draw = Callable[..., list[Any]]


@pytest.fixture
def draw() -> Iterator[Draw]:
    """The axes of the rows given, drawn."""
    import matplotlib.pyplot as plt

    style()

    def axes(*rows: dict[str, Any], width: float = WIDE, **more: Any) -> list[Any]:
        kind, view = entry(**more), View(STUDY)
        return list(kind.draw(view, kind.prepared(view, selected(*rows)), width).axes)

    yield axes
    plt.close("all")


def marks(ax: Any, marker: str) -> list[Any]:
    return [line for line in ax.get_lines() if line.get_marker() == marker]


def spans(ax: Any) -> list[tuple[float, ...]]:
    """The lines between two ends."""
    return [tuple(map(float, line.get_xdata())) for line in ax.get_lines() if len(line.get_xdata()) == 2]


# Words


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({}, "10.0 (9.5–10.5) · whole park"),
        ({"value": 10.25, "low": 10.245, "high": 10.255}, "10.250 · whole park"),  # an interval that nobody sees
        ({"value": None}, "9.5–10.5 · whole park"),
        ({"value": 10.0, "high": float("inf")}, "at least 9.5 · whole park"),
        ({"value": -7.1, "low": -7.15, "high": -7.05}, "−7.10 (−7.15 to −7.05) · whole park"),
        ({"population": None}, "10.0 (9.5–10.5)"),
        ({"status": "P"}, "10.0 (9.5–10.5) · whole park · provisional"),
        ({"status": "A", "flags": ["coarse_figure"]}, "10.0 (9.5–10.5) · whole park"),  # said in the table alone
        ({"flags": ["implausible", "two_readings"]}, "10.0 (9.5–10.5) · whole park · out of range · two readings"),
        ({"status": "U", "flags": ["contradicted"]}, "10.0 (9.5–10.5) · whole park · contradicted"),  # once
        (REFUSED, "the text reports no such figure"),
    ],
)
def test_the_words_beside_a_mark_are_value_interval_population_and_doubts(row: dict[str, Any], words: str) -> None:
    assert said(**row) == words


def test_the_words_beside_a_mark_are_of_the_language() -> None:
    assert said("zh", status="P", flags=["implausible"]) == "10.0（9.5～10.5），全园区，初步数，待核实"
    assert said("zh", **REFUSED) == "材料未列示该数据"
    assert prepared({}, {**REFUSED, "park_id": "no-tax"}, lang="zh")["label"].to_list() == [
        "awkward，2021年",
        "无税园区",
    ]


def test_a_label_is_the_park_on_its_months_and_of_a_gap_the_park_alone() -> None:
    rows = ({"period_end": date(2021, 11, 30)}, {**REFUSED, "park_id": "no-tax"})
    assert prepared(*rows)["label"].to_list() == ["awkward, Jan–Nov 2021", "no-tax"]


def test_rows_stand_in_the_order_of_parks_panels_and_months() -> None:
    late, early = date(2021, 12, 31), date(2021, 6, 30)
    rows = [
        {"park_id": park, "measure": measure, "period_end": end, "key": f"{park} {measure[:3]} {end.month}"}
        for park in ("no-tax", "awkward")
        for measure in (TAX, OUTPUT)
        for end in (late, early)
    ]
    assert prepared(*rows)["key"].to_list() == [
        f"{park} {measure} {month}" for park in ("awkward", "no-tax") for measure in ("gro", "tax") for month in (6, 12)
    ]


def test_values_are_on_the_scale_of_their_axis() -> None:
    level = {"measure": LEVEL, "value": 5.5e9, "low": 5.45e9, "high": 5.55e9, "band_low": 6e9, "band_high": 6.5e9}
    ends = ("value", "low", "high", "band_low", "band_high")
    for lang, scale in (("en", [5.5, 5.45, 5.55, 6, 6.5]), ("zh", [55, 54.5, 55.5, 60, 65])):
        (row,) = on_scale(View(STUDY, lang), prepared(level)).to_dicts()
        assert [round(row[name], 6) for name in ends] == scale
    assert entry().prepared(View(STUDY), selected(level)).facts["unit"] == "billion yuan"


def test_the_table_has_a_panel_where_there_are_several_and_a_target_in_a_column_of_its_own() -> None:
    view = View(STUDY)
    one = entry(panels=(OUTPUT,))
    header, ((label, value),) = one.table(view, one.prepared(view, selected({})))
    assert header == ["Item", "Value"]
    assert [(cell.text, cell.park, cell.key) for cell in (label, value)] == [
        ("awkward, 2021", "awkward", ""), ("10.0 (9.5–10.5) · whole park", "", "m-1"),
    ]  # fmt: skip
    several, (aim,) = entry(), STUDY.measures.filter(measure="gross_industrial_output_growth_target").head(1).to_dicts()
    header, ((panel, _, rate, target),) = several.table(
        view, several.prepared(view, selected({"target": aim["value"], "target_key": aim["key"]}))
    )
    assert header == ["Panel", "Item", "Rate, percent", "Target, percent"]
    assert panel == "Growth of industrial output"
    assert [(cell.text, cell.key) for cell in (rate, target)] == [
        ("10.0 (9.5–10.5) · whole park", "m-1"), (view.rate(aim), aim["key"]),
    ]  # fmt: skip


# Marks


@pytest.mark.slow
def test_a_value_is_a_dot_on_the_line_of_its_interval_in_the_colour_of_its_park(draw: Draw) -> None:
    (ax,) = draw({}, {"park_id": "no-tax", "value": 20.0, "low": 19.0, "high": 21.0, "key": "m-2"})
    assert [(float(dot.get_xdata()[0]), dot.get_ydata()[0]) for dot in marks(ax, "o")] == [(10, 0), (20, 1)]
    assert spans(ax) == [(9.5, 10.5), (19, 21)]
    assert [dot.get_color() for dot in marks(ax, "o")] == [COLOURS["awkward"], COLOURS["no-tax"]]
    assert {line.get_gid() for line in ax.get_lines()} == {"tie|awkward|m-1", "tie|no-tax|m-2"}


@pytest.mark.slow
def test_grade_c_is_hollow_and_a_forecast_a_diamond(draw: Draw) -> None:
    full, hollow, forecast, both = (
        {"grade": grade, "value_type": kind} for kind in ("reported result", "forecast") for grade in ("A", "C")
    )
    (ax,) = draw(full, hollow, forecast, both)
    dots = [line for line in ax.get_lines() if line.get_marker() in ("o", "D")]
    assert [dot.get_marker() for dot in dots] == ["o", "o", "D", "D"]
    assert [dot.get_markerfacecolor() for dot in dots] == [COLOURS["awkward"], PAPER] * 2


@pytest.mark.slow
def test_an_interval_without_a_value_is_a_broad_pale_line(draw: Draw) -> None:
    (ax,) = draw({"value": None}, {})
    assert len(marks(ax, "o")) == 1
    pale, plain = [line for line in ax.get_lines() if len(line.get_xdata()) == 2]
    assert (pale.get_linewidth(), pale.get_alpha()) > (plain.get_linewidth(), 0)
    assert pale.get_alpha() < plain.get_alpha() == 1


@pytest.mark.slow
def test_what_is_open_above_ends_in_an_arrow_at_the_end_of_the_axis(draw: Draw) -> None:
    (ax,) = draw({"high": float("inf")})
    (arrow,) = marks(ax, ">")
    assert float(arrow.get_xdata()[0]) == ax.get_xlim()[1]
    assert spans(ax) == [(9.5, ax.get_xlim()[1])]


@pytest.mark.slow
def test_band_target_and_references_open_what_they_stand_for(draw: Draw) -> None:
    (ax,) = draw(
        {"band_low": 11.0, "band_high": 14.0, "band_key": "m-band", "target": 21.0, "target_key": "m-target",
         "references": [3.0, 4.0], "reference_keys": ["m-here", "m-there"]}
    )  # fmt: skip
    found = {
        line.get_gid().rpartition("|")[2]: (line.get_marker(), [float(x) for x in line.get_xdata()], line.get_color())
        for line in ax.get_lines()
    }
    own = COLOURS["awkward"]
    assert found == {
        "m-band": ("|", [11, 14], own),
        "m-target": ("|", [21], INK),
        "m-here": ("d", [3], PALETTE["mark"][0]),
        "m-there": ("d", [4], PALETTE["mark"][0]),
        "m-1": ("o", [10], own),
    }


@pytest.mark.slow
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_gap_is_said_in_words_and_has_no_mark(draw: Draw, width: float) -> None:
    (ax,) = draw({**REFUSED}, {"park_id": "no-tax"}, width=width)
    assert [dot.get_ydata()[0] for dot in marks(ax, "o")] == [1]
    (gap,) = (text for text in ax.texts if text.get_text() == "the text reports no such figure")
    assert (gap.xy, gap.get_style(), gap.get_color()) == ((ax.get_xlim()[0], 0), "italic", MUTED)


@pytest.mark.slow
@pytest.mark.parametrize(
    "row",
    [
        {},
        {"value": -7.1, "low": -7.15, "high": -7.05},
        {"value": 0.0, "low": 0.0, "high": 0.0},
        {"low": float("-inf"), "value": None},
        {"references": [-5.2, 30.0], "reference_keys": ["a", "b"]},
        {"band_low": 50.0, "band_high": 60.0, "band_key": "b"},
        {"target": 90.0, "target_key": "t"},
    ],
    ids=["plain", "negative", "zero", "open below", "references", "band", "target"],
)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_mark_stands_inside_an_axis_that_holds_zero(draw: Draw, width: float, row: dict[str, Any]) -> None:
    (ax,) = draw(row, width=width)
    left, right = ax.get_xlim()
    assert left <= 0 < right
    assert all(left <= x <= right for line in ax.get_lines() for x in line.get_xdata())


# Panels


@pytest.mark.slow
def test_a_concept_has_a_panel_with_an_axis_of_its_own(draw: Draw) -> None:
    rows: tuple[dict[str, Any], ...] = (
        {"measure": TAX, "value": 40.0, "low": 39.5, "high": 40.5},
        {},
        {"park_id": "no-tax"},
    )
    axes = draw(*rows)
    assert [ax.get_title(loc="left") for ax in axes] == ["Growth of industrial output", "Growth of tax paid"]
    assert [len(marks(ax, "o")) for ax in axes] == [2, 1]
    assert axes[0].get_xlim()[1] < axes[1].get_xlim()[1]
    assert [ax.get_xlabel() for ax in axes] == ["", "percent"]


@pytest.mark.slow
def test_a_shared_axis_holds_the_marks_of_every_panel(draw: Draw) -> None:
    first, last = draw({"value": 400.0, "low": 399.0, "high": 401.0}, {"measure": TAX}, shared=True)
    assert first.get_xlim() == last.get_xlim()
    assert last.get_xlim()[1] > 401


@pytest.mark.slow
def test_a_wide_column_has_the_labels_at_the_left_and_a_telephone_above_the_rows(draw: Draw) -> None:
    long = {"park_id": "neighbour", "period_end": date(2021, 11, 30)}
    (wide,), (narrow,) = (draw({}, long, width=width) for width in (WIDE, NARROW))
    labels = ["awkward, 2021", "Neighbour, Jan–Nov 2021"]
    assert [label.get_text() for label in wide.get_yticklabels()] == labels
    assert [label.get_gid() for label in wide.get_yticklabels()] == ["tie|awkward|m-1", "tie|neighbour|m-1"]
    words = "10.0 (9.5–10.5) · whole park"
    assert [text.get_text() for text in wide.texts] == [words, words]
    assert [text.xy for text in wide.texts] == [(10.5, 0), (10.5, 1)]  # behind the interval
    assert narrow.get_yticklabels() == []
    assert [text.get_text() for text in narrow.texts] == [labels[0], words, labels[1], words]
    assert {text.xy[0] for text in narrow.texts} == {narrow.get_xlim()[0]}
    assert [text.get_va() for text in narrow.texts] == ["bottom", "top"] * 2
