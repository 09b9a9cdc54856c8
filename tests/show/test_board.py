"""The table-chart: lines, gaps in words, one axis a column, what stands apart, and letters that a reader can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from cases import every
from exhibit_parts import own_words, parts, study_of

from parkstudy.show import svg
from parkstudy.show.board import Board
from parkstudy.show.select.shared import Selected
from parkstudy.show.sheet import Axis
from parkstudy.show.theme import NARROW, WIDE, drawing
from parkstudy.show.view import View

TEMPLATE = """
{% block try_claim %}claim{% endblock %}
{% block try_caption %}caption{% endblock %}
{% block try_alt %}alt of {{ height }} rows{% endblock %}
{% block try_under %}under {{ row.line }}{% endblock %}
{% block try_value %}{% if row.column == "verdict" %}higher{% else %}{{ row|rate }}{% endif %}{% endblock %}
{% block try_below %}{% if row.band_key is defined and row.band_key %}as a year{% endif %}{% endblock %}
{% block try_tick %}nation{% endblock %}
{% block try_head %}{{ column }}{% endblock %}
{% block try_unit %}{% endblock %}
{% block try_group %}group {{ group }}{% endblock %}
{% block try_apart %}apart{% endblock %}
"""
STUDY = study_of()
RATES = STUDY.measures.filter(pl.col("low").is_not_null(), measure="gross_industrial_output_growth", price="nominal")
RATIOS = STUDY.measures.filter(pl.col("low").is_not_null(), measure="tax_per_output")
REFERENCES = STUDY.measures.filter(pl.col("value").is_not_null(), measure="reference_revenue_growth")


@pytest.fixture(autouse=True, scope="module")
def words_of_the_test() -> Iterator[None]:
    with own_words(TEMPLATE):
        yield


def cell(line: str, column: str, row: dict[str, Any] | None, grade: str = "A", **more: Any) -> dict[str, Any]:
    """A cell of a board from a measure row; a gap without one."""
    own = {name: (row or {}).get(name) for name in ("key", "measure", "unit", "value", "low", "high")}
    return {"line": line, "column": column, "park_id": line, "grade": grade, **own, **more}


def rate(park: str, **more: Any) -> dict[str, Any]:
    row = RATES.row(by_predicate=(pl.col("park_id") == park) & (pl.col("value_type") == "outturn"), named=True)
    return cell(park, "growth", row, row["grade"], **more)


def board(*cells: dict[str, Any], **more: Any) -> Board:
    columns = tuple(dict.fromkeys(one["column"] for one in cells))
    names = list(dict.fromkeys(name for one in cells for name in one))
    kinds: Any = {
        **dict.fromkeys(names, pl.String),
        **dict.fromkeys(("value", "low", "high", "band_low", "band_high"), pl.Float64),
    }
    kinds |= {"ticks": pl.List(pl.Float64), "tick_keys": pl.List(pl.String)}
    frame = pl.DataFrame(
        [{name: one.get(name) for name in names} for one in cells], schema={name: kinds[name] for name in names}
    )
    return Board(key="try", words="try", select=lambda _: Selected(frame, {}, []), columns=columns, **more)


def drawn(entry: Board, width: float = WIDE) -> str:
    view = View(STUDY)
    with drawing():
        return svg.drawn(entry.draw(view, entry.prepared(view, entry.select(STUDY)), width))


def table(entry: Board) -> list[list[str]]:
    """The rows of the values in words."""
    view = View(STUDY)
    selected = entry.prepared(view, entry.select(STUDY))
    said = entry.table(view, selected)[1]
    return [[re.sub("<[^>]+>", "", str(getattr(one, "text", one))) for one in row] for row in said]


def test_a_line_says_its_values_and_a_gap_why_there_is_none() -> None:
    said = table(board(rate("hengnan"), cell("hengnan", "tax", None), cell("hengshan", "growth", None)))
    assert said == [
        ["Hengnan (under hengnan)", "10.2", "not reported"],
        ["Hengshan (under hengshan)", "not reported", ""],
    ]


def test_lines_of_grade_c_stand_last_and_groups_stay_in_their_order() -> None:
    cells = [rate("anon-2023", group="b"), rate("hengnan", group="b"), rate("shuangpai", group="a")]
    assert [row[:2] for row in table(board(*cells))] == [
        ["group b", "Hengnan (under hengnan)"], ["group b", "anon-2023 (under anon-2023)"], ["group a", "Shuangpai (under shuangpai)"],
    ]  # fmt: skip


def test_a_picture_that_is_begun_ends_with_a_whole_group() -> None:
    parks = ["hengnan", "shuangpai", "anon-2023"]
    cells = [rate(park, group=group) for group in ("a", "b") for park in parks]
    for lines, grouped, kept in ((cells, True, 3), ([rate(park) for park in parks], False, 2)):
        entry = board(*lines)
        shown, left = entry.begun(entry.select(STUDY), 0.84)
        assert (shown.data.height, left) == (kept, len(lines) - kept), grouped


def test_a_column_of_words_needs_no_value_and_a_band_and_a_reference_are_told() -> None:
    band = {"band_low": 1.0, "band_high": 2.0, "band_key": RATIOS["key"][0]}
    tick = {"ticks": [3.8], "tick_keys": [REFERENCES["key"][0]]}
    entry = board(rate("hengnan", **band, **tick), cell("hengnan", "verdict", None), wordy=("verdict",))
    assert table(entry) == [["Hengnan (under hengnan)", "10.2; as a year; nation", "higher"]]


@every(
    ("spans", "least", "most"),
    [([(2.0, 4.0)], 0, 4), ([(-5.0, -2.0), (3.0, 8.0)], -5, 8), ([(1.0, float("inf"))], 0, 1), ([], 0, 1)],
)
def test_an_axis_holds_zero_and_every_finite_end(spans: list[tuple[float, float]], least: float, most: float) -> None:
    axis = Axis.of(
        View(STUDY), [{"measure": "year_share", "unit": "percent", "low": low, "high": high} for low, high in spans]
    )
    assert (axis.least, axis.most) == (least, most)
    assert all(least <= at <= most for at in axis.named)
    assert bool(axis.named) == bool(spans)
    assert (axis.share(least), axis.share(most), axis.share(float("inf"))) == (0, 1, 1)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "shown"), [(WIDE, 717), (NARROW, 355)])
def test_values_have_fourteen_pixels_and_no_word_less_than_twelve(width: float, shown: float) -> None:
    document = drawn(board(rate("hengnan"), rate("anon-2023"), cell("hengshan", "growth", None)), width)
    across = float(re.search(r'viewBox="0 0 ([\d.]+)', document)[1])  # type: ignore[index]
    sizes = {
        words: float(size) * shown / across
        for size, words in re.findall(r"font-size:([\d.]+)px[^>]*>([^<]+)<", document)
    }
    assert sizes["10.2"] >= 14
    assert min(sizes.values()) >= 12
    assert "apart" in sizes


@pytest.mark.slow
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_single_column_has_its_marks_beside_the_values_and_several_have_them_below(width: float) -> None:
    view = View(STUDY)
    for several in (False, True):
        entry = board(rate("hengnan"), *([cell("hengnan", "tax", None)] if several else []))
        (ax,) = entry.draw(view, entry.prepared(view, entry.select(STUDY)), width).axes
        (value,) = (text for text in ax.texts if text.get_text() == "10.2")
        (mark,) = (line for line in ax.lines if line.get_marker() == "o")
        x, baseline = value.get_position()
        assert bool(mark.get_ydata()[0] > baseline) is several
        assert several or mark.get_xdata()[0] > x + 4 * 7


@pytest.mark.slow
def test_every_mark_is_tied_to_its_number_and_a_gap_has_none() -> None:
    entry = board(rate("hengnan"), rate("anon-2023"), cell("hengshan", "growth", None))
    shown = entry.show(View(STUDY))
    marks = {(mark["data-park"], mark.get("data-opens", "")) for mark in parts(shown)[0].marks}
    keys = {park: rate(park)["key"] for park in ("hengnan", "anon-2023")}
    assert marks == {*keys.items(), ("hengnan", ""), ("anon-2023", ""), ("hengshan", "")}
    assert set(keys.values()) <= set(shown.records)
