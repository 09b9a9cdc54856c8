"""Figures as inline SVG: text stays text, colours follow the page, marks know their park and their number.

matplotlib writes a document; a page needs a fragment whose ids meet no other fragment's. A mark is tied to its park and to
the number behind it by `tie`, which travels through matplotlib as the id of the artist.
"""

import base64
import functools
import html
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from parkstudy.show.theme import FACE, FONT, OTHER, PALETTE, PAPER, any_sign, font_file, straightened

TIE, _TIES = "tie|", "ties|"
VARIABLES = {light: f"var(--{name},{light})" for name, (light, _) in PALETTE.items()}
_BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_TAG = re.compile(r"<[^>]*>")
_COLLECTION = re.compile(  # a mesh holds its cells, a collection what its dots share and a group of them
    rf'<g id="{re.escape(_TIES)}([^"]*)">(\s*(?:<defs>.*?</defs>)?\s*(?:<g>.*?</g>|.*?))\s*</g>', re.S
)
_IDS = re.compile(r'(?:(?<=\bid=")(?!tie\|)|(?<=href="#)|(?<=url\(#))[^")]+')  # where they are given, and used


def tie(artist: Any, park: str = "", key: str = "") -> Any:
    """Tie an artist to its park and to the key of the number it stands for; returns the artist."""
    artist.set_gid(f"{TIE}{park}|{key}")
    return artist


def tie_each(mesh: Any, ties: Iterable[tuple[str, str]]) -> None:
    """Tie every cell of a mesh, or dot of a collection, to its park and key; matplotlib gives an id to the whole of it only."""
    mesh.set_gid(_TIES + ";".join("|".join(tie) for tie in ties))


def drawn(figure: Any) -> str:
    """A matplotlib figure as an SVG document without date, comments and machine-made numbers; the figure is closed."""
    from matplotlib import pyplot

    buffer = io.StringIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with any_sign():
        straightened(figure)
        figure.savefig(buffer, format="svg", metadata=nothing, bbox_inches=tight(figure))
    pyplot.close(figure)  # if it was opened there
    return _compact(buffer.getvalue())


def tight(figure: Any) -> Any:
    """The box of what a figure shows, in inches: measured, where matplotlib's own would draw everything once to know it."""
    canvas = _canvas()(figure)
    figure.dpi = canvas.fixed_dpi
    if engine := figure.get_layout_engine():
        engine.execute(figure)
        figure.set_layout_engine(None)  # as long as there is one, the figure is drawn to be laid out again
    return figure.get_tightbbox(canvas.get_renderer()).padded(0.05)


@functools.cache
def _canvas() -> Any:
    """matplotlib's canvas of SVG, but that words are measured once: most are in several states, and in both widths."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG

    class Renderer(RendererSVG):
        def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
            faces = prop.get_style(), prop.get_variant(), prop.get_weight(), prop.get_stretch()
            scale = prop.get_size_in_points() / 100
            width, height, descent = _measured(s, ismath, tuple(prop.get_family()), faces)
            return width * scale, height * scale, descent * scale

    class Canvas(FigureCanvasSVG):
        def get_renderer(self, to: Any = None, **more: Any) -> Any:
            return Renderer(*self.figure.bbox.size, to or io.StringIO(), **more)  # type: ignore[no-untyped-call]

        def print_svg(self, filename: Any, *, metadata: Any = None, **_: Any) -> None:
            self.figure.dpi = self.fixed_dpi
            renderer = self.get_renderer(filename, metadata=metadata)
            self.figure.draw(renderer)
            renderer.finalize()

    return Canvas


@functools.lru_cache(maxsize=4096)
def _measured(words: str, ismath: Any, family: Sequence[str], faces: Sequence[Any]) -> tuple[float, float, float]:
    """Width, height and descent of words at a hundred points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    style, variant, weight, stretch = faces
    look = FontProperties(family=list(family), style=style, variant=variant, weight=weight, stretch=stretch, size=100)
    width, height, descent = text_to_path.get_text_width_height_descent(words, look, ismath)
    return width, height, descent


def _compact(text: str) -> str:
    text = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", text[text.index("<svg") :], flags=re.S)
    text = re.sub(_COLLECTION, _each_tied, text)
    text = _BIDI.sub("", text)  # a mark that turns the direction of writing would turn its neighbours as well
    text = re.sub(_TAG, _compact_tag, text)
    text = re.sub(r'<path d="[^"]*" style="fill:none"/>', "", text)  # grounds that nobody sees
    text = re.sub(r">\s+<", "><", text)
    return _renumbered(re.sub(r"<defs></defs>", "", text).strip())


def _each_tied(mesh: re.Match[str]) -> str:
    """The cells of a mesh, or the dots of a collection, each in a group with an id of its own; what all of them share is said once."""
    shared = "".join(re.findall(r"<defs>.*?</defs>", mesh[2], flags=re.S))
    marks = re.findall(r"<(?:path|use)[^>]*/>", mesh[2].replace(shared, "") if shared else mesh[2])
    styles = set(re.findall(r' style="[^"]*"', "".join(marks)))
    (style,) = styles if len(styles) == 1 and all(' style="' in mark for mark in marks) else ("",)
    each = [mark.replace(style, "") for mark in marks] if style else marks
    tied = "".join(f'<g id="{TIE}{tie}">{mark}</g>' for tie, mark in zip(mesh[1].split(";"), each, strict=True))
    return f"{shared}<g{style}>{tied}</g>" if style else shared + tied


def _renumbered(text: str) -> str:
    """The ids by their order: matplotlib makes them from unrounded coordinates, whose last bits differ between two runs."""
    found: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        return found.setdefault(match[0], f"{match[0][0]}{len(found)}")

    return re.sub(_TAG, lambda tag: re.sub(_IDS, number, tag[0]), text)


def _compact_tag(match: re.Match[str]) -> str:
    """A tag with coordinates to a tenth of a point, without what is default; the words between tags are not touched."""
    tag = re.sub(r"\s+", " ", match[0]).replace(f"font-family: '{FACE}', '{OTHER}'; ", "")
    tag = re.sub(r'<g id="(?!tie\|)[^"]*"', "<g", tag)  # nothing refers to a group
    tag = re.sub(r' transform="rotate\(-0 [^"]*"', "", tag)
    tag = re.sub(r"-?\d+\.\d{2,}", lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), tag)
    return tag.replace(": ", ":").replace("; ", ";").replace(' "', '"').replace(" />", "/>")


def inline(document: str, prefix: str, alt: str) -> str:
    """The document as a fragment for a page: ids begin with `prefix`, `alt` is its text for who cannot see it."""
    size = re.search(r'viewBox="([^"]*)"', document)
    inside = document[document.index(">") + 1 :]
    body = re.sub(_TAG, lambda tag: re.sub(_IDS, lambda own: prefix + own[0], _alive(tag)), inside)
    spoken = f' role="img" aria-label="{html.escape(alt)}"'
    return f'<svg viewBox="{size[1] if size else "0 0 1 1"}" style="overflow:visible"{spoken}>{body}'


def _alive(match: re.Match[str]) -> str:
    """A tag with colours that follow the page, and with the names of its park and its number if it is tied to them."""
    tag = re.sub(r' id="tie\|([^|"]*)\|([^"]*)"', _tied, match[0])
    return re.sub(r"#[0-9a-f]{6}\b", lambda m: VARIABLES.get(m[0], m[0]), tag)


def _tied(match: re.Match[str]) -> str:
    park, key = match.groups()
    return "".join(f' {name}="{value}"' for name, value in (("data-park", park), ("data-opens", key)) if value)


def standalone(document: str) -> bytes:
    """The document as a file of its own: on white, with the glyphs it uses."""
    look = f'{face(document)}text{{font-family:"{FONT}",sans-serif}}*{{stroke-linejoin:round}}'
    body = on_white(document, look)
    body = re.sub(_TAG, lambda tag: re.sub(r' id="tie\|[^"]*"', "", tag[0]), body)
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + body).encode()


def on_white(document: str, style: str) -> str:
    """The document on white, with a style."""
    ground = f'<style>{style}</style><rect width="100%" height="100%" fill="{PAPER}"/>'
    return document.replace(">", f">{ground}", 1)


def face(text: str, alone: bool = False) -> str:
    """A CSS `@font-face` with the glyphs of the study's font that `text` uses, as WOFF inside the page.

    With `alone` it has these and not the usual Latin ones beside them, stands beside other faces of the same font, and is empty
    where there is nothing to show.
    """
    if alone and not text:
        return ""
    glyphs = "".join(sorted({*text} if alone else {*text, *map(chr, range(32, 127))}))
    span = f";unicode-range:{','.join(f'U+{ord(sign):X}' for sign in glyphs)}" if alone else ""
    return f'@font-face{{font-family:"{FONT}";src:url(data:font/woff;base64,{_subset(glyphs)}) format("woff"){span}}}'


@functools.lru_cache(maxsize=32)
def _subset(glyphs: str) -> str:
    from fontTools import subset

    options = subset.Options(flavor="woff", layout_features=[], hinting=False, name_IDs=[], notdef_outline=True)
    with _WAITING.pop() if _WAITING else _font() as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=glyphs)
        subsetter.subset(font)
        font.flavor = "woff"
        buffer = io.BytesIO()
        font.save(buffer)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


_WAITING: list[Any] = []


def read_font() -> None:
    """Read the font for the next that asks for glyphs, in this process or one that it forks."""
    font = _font()
    for name in ("cmap", "glyf", "hmtx"):
        assert font[name]
    font.getBestCmap()
    _WAITING[:] = [font]


def _font() -> Any:
    """The font as fontTools takes it apart; from memory, as a file that is open in two processes has one place where it is read."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(font_file().read_bytes()), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    font.setGlyphOrder([".notdef", *(f"glyph{place}" for place in range(1, font["maxp"].numGlyphs))])  # it has no names
    for table in {"GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG"}.intersection(font.keys()):
        del font[table]
    return font
