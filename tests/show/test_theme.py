"""The theme: colours that are told apart on light and dark paper, and the bridge from polars to seaborn."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
import pytest
from cases import every
from exhibit_parts import study_of

from parkstudy.report.cards import card, chart_of
from parkstudy.show.catalogue import viewer
from parkstudy.show.live import asset
from parkstudy.show.svg import _measured
from parkstudy.show.theme import (
    ACCENT,
    FACE,
    FONT,
    MORE,
    NARROW,
    OTHER,
    PALETTE,
    PARK_COLOURS,
    WIDE,
    any_sign,
    drawing,
    font_file,
    park_colours,
    park_names,
    slant,
    stylesheet,
    to_plot,
    wide,
)  # fmt: skip
from parkstudy.show.view import View

OWN: dict[str, Any] = {
    "savefig.transparent": True, "savefig.facecolor": "red", "savefig.bbox": "tight", "savefig.pad_inches": 2, "savefig.dpi": 30,
    "lines.marker": "*", "lines.linestyle": ":", "font.weight": "bold", "font.family": ["serif"], "path.sketch": (1, 100, 2),
    "xtick.direction": "in", "xtick.minor.visible": True, "ytick.major.size": 9, "axes.formatter.use_locale": True,
    "text.usetex": True, "svg.id": "own", "svg.fonttype": "path", "figure.constrained_layout.use": True, "image.cmap": "hot",
}  # fmt: skip


def test_colours_of_the_palette_are_told_apart_by_their_light_side() -> None:
    lights = [light for light, _ in PALETTE.values()]
    shared = {light for light in lights if lights.count(light) > 1}
    assert shared == set()


@every("name", PALETTE)
def test_the_palette_is_written_in_small_hexadecimal_digits(name: str) -> None:
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in PALETTE[name])


@pytest.mark.parametrize("words", ["words", "园区产值", "שלום", "مرحبا بالعالم", "Ж Ω ộ", "works 🏭", "\U00020000"])
def test_words_of_any_script_are_measured_as_they_are_drawn_and_warn_of_nothing(words: str) -> None:
    with drawing(), any_sign():
        drawn = _measured(words, False, (FACE, OTHER), ("normal", "normal", 400, "normal"))[0]
    assert wide(f"{words}\n", 50.0) == pytest.approx(drawn / 2, rel=0.01)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@every("side", [0, 1])
@every("ground", ["paper", "wash"])
@every("name", ["ink", "muted", "accent"])
def test_words_stand_out_from_their_ground(name: str, ground: str, side: int) -> None:
    assert contrast(PALETTE[name][side], PALETTE[ground][side]) >= 4.5


@every("side", [0, 1])
@every("name", [name for name in PALETTE if name.startswith("park-")])
def test_parks_stand_out_from_the_paper(name: str, side: int) -> None:
    assert contrast(PALETTE[name][side], PALETTE["paper"][side]) >= 3


def test_the_accent_is_a_colour_of_the_palette() -> None:
    assert PALETTE["accent"][0] == ACCENT


def test_a_park_has_one_colour_by_its_place() -> None:
    assert list(park_colours(["a", "b", "c", "d", "e"]).values()) == list(PARK_COLOURS)
    more = park_names([str(n) for n in range(30)])
    assert len(set(more.values())) == len(PARK_COLOURS) + 1
    assert set(list(more.values())[len(PARK_COLOURS) :]) == {MORE}


def test_parks_that_share_a_colour_have_that_of_no_other_park_and_the_script_knows_the_others() -> None:
    assert PALETTE[MORE][0] not in PARK_COLOURS
    own = [int(name.removeprefix("park-")) for name in PALETTE if name.startswith("park-") and name != MORE]
    assert f"const COLOURS = {own}" in asset("marks.js")


def test_words_in_place_of_a_value_are_slanted_but_not_in_chinese() -> None:
    assert (slant("not reported"), slant("未列示")) == ("italic", "normal")


def test_the_bridge_gives_every_column_in_the_order_of_the_rows() -> None:
    given = to_plot(pl.DataFrame({"b": [3, 1, 2], "a": ["x", "y", "z"]}))
    assert {name: list(column) for name, column in given.items()} == {"b": [3, 1, 2], "a": ["x", "y", "z"]}


@pytest.mark.slow
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


def test_the_stylesheet_has_every_colour_on_both_sides() -> None:
    light, dark = stylesheet().split("@media")
    assert all(f"--{name}:{pair[0]};" in light and f"--{name}:{pair[1]};" in dark for name, pair in PALETTE.items())


def test_the_font_of_the_study_is_found() -> None:
    assert font_file().name == "NotoSansSC-Regular.ttf"


def drawings() -> list[object]:
    """A figure of every kind as it stands on a page, and a card."""
    view = viewer(study_of(), "en")
    chart = chart_of(View(study_of()), "spans", {})
    return [view(key).body for key in ("attainment", "spans", "areas", "coverage")] + [card("A", "b.", "made", chart)]


@pytest.mark.slow
def test_drawings_are_the_same_whatever_the_readers_own_settings_and_fonts_are_which_stay_as_they_were() -> None:
    import matplotlib as mpl
    import seaborn as sns
    from matplotlib import font_manager

    expected, known = drawings(), font_manager.fontManager.ttflist
    other = next(entry for entry in known if entry.name == "DejaVu Serif")
    namesake = font_manager.FontEntry(other.fname, FONT, weight=700)
    known.insert(0, namesake)
    try:
        with mpl.rc_context():
            sns.set_theme(style="darkgrid", context="poster")
            mpl.rcParams.update(OWN)
            before = dict(mpl.rcParams)
            assert drawings() == expected
            assert dict(mpl.rcParams) == before
    finally:
        known.remove(namesake)
