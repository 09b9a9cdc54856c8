"""The look of the study: one palette with a light and a dark side, the font, and the one bridge from polars to seaborn."""

import functools
import importlib.util
import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from parkstudy.words.speech import HAN

PALETTE = {
    "ink": ("#1f2933", "#e8ecf0"),
    "muted": ("#5a6672", "#a9b4bf"),
    "rule": ("#d5dbe1", "#3b454f"),
    "grid": ("#e8ecf0", "#28313a"),
    "wash": ("#f5f7f9", "#1d242b"),
    "paper": ("#ffffff", "#14191e"),
    "accent": ("#0b5c8a", "#74bbe4"),
    "park-1": ("#0072b2", "#5aaee6"),
    "park-2": ("#d55e00", "#ff8f4a"),
    "park-3": ("#00795a", "#3fc29a"),
    "park-4": ("#7a4fa3", "#b997df"),
    "park-5": ("#5b6770", "#a6b1bb"),
    "park-more": ("#303a45", "#d0d7de"),
    "stated": ("#9cc9d3", "#2a5f6b"),
    "ahead": ("#f3e3b3", "#625420"),
    "open": ("#c9a227", "#e0bd4c"),
    "mark": ("#8a96a3", "#8591a0"),
}  # name: on light paper, on dark paper; told apart by colour-blind readers, the parks dark (or light) enough for text

INK, MUTED, RULE, GRID, PAPER, ACCENT = (PALETTE[n][0] for n in ("ink", "muted", "rule", "grid", "paper", "accent"))
MORE = "park-more"  # the colour that all parks share for which the palette has none of their own
PARK_COLOURS = tuple(light for name, (light, _) in PALETTE.items() if name.startswith("park-") and name != MORE)
FONT, FACE = "Noto Sans SC", "Noto Sans SC of parkstudy"  # in a page; in a drawing
OTHER = "DejaVu Sans"  # in a drawing, for what the first lacks
_THE_MACHINES = {"backend", "backend_fallback", "interactive"}  # settings that say where a figure is shown, not how

_EM = 100  # a size at which letters are measured
_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
WIDE, NARROW = 7.2, 3.7  # inches: the width of the page's column, and of a telephone


@contextmanager
def drawing() -> Iterator[None]:
    """Draw in the style of the study, whatever the user's own is; what the user draws afterwards is as before."""
    import matplotlib as mpl

    style = _style()
    with mpl.rc_context():
        dict.update(mpl.rcParams, style)  # type: ignore[misc]  # they have been checked: not again, setting by setting
        yield


@functools.cache
def _style() -> dict[str, Any]:
    """matplotlib's own defaults, seaborn's theme over them, the font and the lines of every figure over both."""
    import matplotlib as mpl
    import seaborn as sns

    _add_font()
    with mpl.rc_context():
        dict.update(mpl.rcParams, {n: value for n, value in dict.items(mpl.rcParamsDefault) if n not in _THE_MACHINES})
        sns.set_theme(style="white", palette=list(PARK_COLOURS))
        mpl.rcParams.update(
            {
                "font.family": [FACE, OTHER],
                "font.size": 9, "axes.titlesize": 9.5, "axes.labelsize": 8.5, "xtick.labelsize": 8, "ytick.labelsize": 8.5,
                "axes.titlelocation": "left", "axes.edgecolor": RULE, "axes.labelcolor": MUTED,
                "text.color": INK, "xtick.color": MUTED, "ytick.color": INK, "axes.grid": True, "axes.grid.axis": "x",
                "grid.color": GRID, "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
                "figure.facecolor": "none", "axes.facecolor": "none", "text.parse_math": False, "svg.fonttype": "none",
                "svg.hashsalt": "parkstudy", "axes.unicode_minus": True, "figure.dpi": 100,
            }
        )  # fmt: skip
        return {name: value for name, value in dict.items(mpl.rcParams) if name not in _THE_MACHINES}


def _add_font() -> None:
    """Make the font known to matplotlib by a name that no font of the machine has, which may have other faces and widths."""
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    # bold is the page's: the font has no such face
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    known = font_manager.fontManager.ttflist
    if not any(entry.name == FACE for entry in known):
        known.append(replace(font_manager.ttfFontProperty(FT2Font(str(font_file()))), name=FACE))


def font_file() -> Path:
    """Noto Sans SC from the package zhplot. Importing zhplot would patch matplotlib, so only its file is used.

    Raises `FileNotFoundError` if the package is not installed whole.
    """
    spec = importlib.util.find_spec("zhplot")
    folders = list(spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        for path in sorted(Path(folder).rglob("NotoSansSC-Regular.ttf")):
            return path
    raise FileNotFoundError("NotoSansSC-Regular.ttf of the package zhplot was not found; install zhplot again")


@contextmanager
def any_sign() -> Iterator[None]:
    """Draw and measure without a warning what no font at hand has a glyph for: an emoji in a name is the browser's to show."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from", category=UserWarning)
        yield


def wide(lines: str, size: float) -> float:
    """The width of the widest of some lines in the fonts of a drawing, in the unit of their size."""
    return max((_width(line) * size for line in lines.splitlines()), default=0.0)


@functools.lru_cache(maxsize=4096)
def _width(line: str) -> float:
    from matplotlib.font_manager import findfont, get_font

    font = get_font([str(font_file()), findfont(OTHER)])
    font.set_size(_EM, 72)
    with any_sign():
        font.set_text(line)
    return float(font.get_width_height()[0]) / 64 / _EM


def straight(words: str) -> str:
    """Words whose quotes and apostrophes are straight, where they are all Latin: the font has curly ones as wide as a Chinese sign."""
    return words if HAN.search(words) else words.translate(_STRAIGHT)


def straightened(figure: Any) -> Any:
    """A figure with `straight` words."""
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        if (said := text.get_text()) and (now := straight(said)) != said:
            text.set_text(now)
    return figure


def letters(width: float) -> float:
    """The size in points that a page shows as twelve pixels, in a drawing of a width in inches."""
    return 9.5 if width <= NARROW else 9.1


def slant(words: str) -> str:
    """The style of words that stand in the place of a value: italic, but Chinese stands upright."""
    return "normal" if HAN.search(words) else "italic"


def to_plot(frame: pl.DataFrame) -> dict[str, Any]:
    """A frame as seaborn takes it, a mapping of columns (0.13 refuses polars 2): sort it before, an Enum gives no order."""
    return frame.to_dict(as_series=True)


def park_names(parks: Sequence[str]) -> dict[str, str]:
    """The name of its colour in the palette a park, by its place in the study, so that a park has one colour on every page.

    No two parks have the same colour of their own: those behind the last one share `MORE`, and are told apart by their names.
    """
    return {park: f"park-{place}" if place <= len(PARK_COLOURS) else MORE for place, park in enumerate(parks, 1)}


def park_colours(parks: Sequence[str]) -> dict[str, str]:
    """A colour a park, on light paper, as `park_names` gives it."""
    return {park: PALETTE[name][0] for park, name in park_names(parks).items()}


def stylesheet(light: str = ":root", dark: str = "") -> str:
    """The palette as CSS variables of what the selector `light` selects: light, dark where the reader's device is dark, or where
    the selector `dark` holds if there is one, light again on paper.
    """
    sides = ["".join(f"--{name}:{pair[side]};" for name, pair in PALETTE.items()) for side in (0, 1)]
    scheme, where, at_night = (
        ("light", "screen", f"{dark}{{color-scheme:dark;")
        if dark
        else ("light dark", "screen and (prefers-color-scheme:dark)", f"{light}{{")
    )
    return f"{light}{{color-scheme:{scheme};{sides[0]}}}\n@media {where}{{{at_night}{sides[1]}}}}}"
