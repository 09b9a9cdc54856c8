"""The look of the figures: palette, font, and the one bridge from polars to seaborn."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

INK = "#1f2933"
MUTED = "#64717f"
RULE = "#d5dbe1"
ACCENT = "#0b5c8a"
PAPER = "#ffffff"
PARK_COLOURS = (
    "#0072b2",
    "#d55e00",
    "#00795a",
    "#7a4fa3",
    "#5b6770",
)  # told apart by colour-blind readers, dark enough for text

WIDE, NARROW = 7.6, 3.7  # inches: the width of the page's column, and of a telephone


def style() -> None:
    """Set the font and the lines of every figure. Called by the figures; a notebook need not."""
    import matplotlib as mpl
    import seaborn as sns

    family = _register_font()
    sns.set_theme(style="white")
    mpl.rcParams.update(
        {
            "font.family": [family, "DejaVu Sans"],
            "font.size": 9, "axes.titlesize": 9.5, "axes.labelsize": 8.5, "xtick.labelsize": 8, "ytick.labelsize": 8.5,
            "axes.titlelocation": "left", "axes.edgecolor": RULE, "axes.labelcolor": MUTED,
            "text.color": INK, "xtick.color": MUTED, "ytick.color": INK, "axes.grid": True, "axes.grid.axis": "x",
            "grid.color": "#e8ecf0", "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
            "figure.facecolor": PAPER, "axes.facecolor": PAPER, "text.parse_math": False, "svg.fonttype": "path",
            "svg.hashsalt": "parkstudy", "axes.unicode_minus": True, "figure.dpi": 100,
        }
    )  # fmt: skip


def _register_font() -> str:
    """Noto Sans SC from the package zhplot. Importing zhplot would patch matplotlib, so only its file is used."""
    from matplotlib import font_manager

    spec = importlib.util.find_spec("zhplot")
    folders = list(spec.submodule_search_locations or []) if spec else []
    for path in (p for folder in folders for p in Path(folder).rglob("NotoSansSC-Regular.ttf")):
        if not any(entry.fname == str(path) for entry in font_manager.fontManager.ttflist):
            font_manager.fontManager.addfont(str(path))
        return "Noto Sans SC"
    return "sans-serif"


def to_plot(frame: pl.DataFrame) -> dict[str, Any]:
    """A frame as seaborn takes it: a mapping of columns. seaborn 0.13 refuses polars 2 frames.

    Categories come out in the order of the rows, not of an Enum: sort the frame before.
    """
    return frame.to_dict(as_series=True)


def park_colours(parks: Sequence[str]) -> dict[str, str]:
    """A colour a park, by its place in the study, so that a park has one colour on every page."""
    return {park: PARK_COLOURS[i % len(PARK_COLOURS)] for i, park in enumerate(parks)}
