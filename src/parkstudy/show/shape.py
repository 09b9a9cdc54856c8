"""The shape of a drawing for a thumbnail: its marks alone, as large as a small picture needs them, and no word to read."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from parkstudy.show.svg import TIE, VARIABLES
from parkstudy.show.theme import ACCENT, INK, PALETTE, PAPER, RULE
from parkstudy.words.lines import columns

WIDTH, HEIGHT = 240, 104
_EDGE = 10.0  # around the marks
_LARGE = 5.0  # radius of a dot where few rows leave it the room
_APART = 6.0  # points between two rows of a drawing, at the least
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ROW, _CELL = re.compile("<tr.*?</tr>", re.S), re.compile("<t[hd].*?</t[hd]>", re.S)
_ROWS = 9  # the head and the first eight rows of a table
_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"


class _Mark(NamedTuple):
    """A mark in the units of its drawing; `kind` is dot, tick, line or area."""

    kind: str
    left: float
    top: float
    right: float
    bottom: float
    fill: str
    stroke: str


def table_shape(markup: str) -> str:
    """The first rows of a table of a page as a thumbnail: filled where a cell leads to a number, pale where it has words alone."""
    rows = [_CELL.findall(row) for row in _ROW.findall(markup)[1:_ROWS]]
    parts = []
    for place, row in enumerate(rows):
        wide, high = (WIDTH - 2 * _EDGE) / len(row), (HEIGHT - 2 * _EDGE) / len(rows)
        for column, cell in enumerate(row):
            fill = PALETTE["stated" if "href" in cell or "data-opens" in cell else "rule"][0]
            x, y = _EDGE + column * wide, _EDGE + place * high
            box = f'x="{x:.1f}" y="{y:.1f}" width="{wide - 3:.1f}" height="{high - 3:.1f}"'
            parts.append(f'<rect {box} fill="{_colour(fill)}"/>')
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(parts)}</svg>' if parts else ""


def shape(document: str) -> str:
    """A drawing as a thumbnail: what it ties to a park or a number, in the same places; else its lines of words, as bars."""
    drawing = ElementTree.fromstring(document)
    if not (marks := list(_marks(drawing)) or list(_lines(drawing))):
        return ""
    left, right = min(mark.left for mark in marks), max(mark.right for mark in marks)
    top, bottom = min(mark.top for mark in marks), max(mark.bottom for mark in marks)
    rows = _rows([(mark.top + mark.bottom) / 2 for mark in marks])
    drawn = any(mark.kind == "area" for mark in marks)  # whose height is a part of the picture; else rows stand evenly
    size = min(_LARGE, 0.42 * HEIGHT / len(rows))

    def across(x: float) -> float:
        return _EDGE + (x - left) / max(right - left, 1e-9) * (WIDTH - 2 * _EDGE)

    def down(y: float) -> float:
        first, last = (top, bottom) if drawn else (0.0, len(rows) - 1.0)
        place = y if drawn else min(range(len(rows)), key=lambda row: abs(rows[row] - y))
        return HEIGHT / 2 if last - first < 1 else _EDGE + (place - first) / (last - first) * (HEIGHT - 2 * _EDGE)

    rails = {round(down((m.top + m.bottom) / 2), 1) for m in marks if m.kind != "area"}
    parts = [_line(2, y, WIDTH - 2, y, RULE, 1) for y in sorted(rails)]
    for kind, x0, y0, x1, y1, fill, stroke in marks:
        x, y = across(x0), down(y0)
        if kind == "area":
            box = f'x="{x:.1f}" y="{y:.1f}" width="{across(x1) - x:.1f}" height="{down(y1) - y:.1f}"'
            parts.append(f'<rect {box} fill="{_colour(fill)}" stroke="{_colour(stroke or fill)}"/>')
        elif kind == "dot":
            look = f'fill="{_colour(fill)}" stroke="{_colour(stroke or fill)}" stroke-width="1.6"'
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" {look}/>')
        elif kind == "tick":
            parts.append(_line(x, y - 1.4 * size, x, y + 1.4 * size, stroke, 2))
        else:
            inside = stroke == PAPER  # of a hollow bar
            ends = (x + 1.5, across(x1) - 1.5) if inside else (x, max(across(x1), x + 1))
            parts.append(_line(ends[0], y, ends[1], down(y1), stroke, (0.9 if inside else 1.5) * size))
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(parts)}</svg>'


def _rows(places: Iterable[float]) -> list[float]:
    """The rows of marks; what stands closer is one."""
    rows: list[float] = []
    for place in sorted(places):
        if not rows or place - rows[-1] > _APART:
            rows.append(place)
    return rows


def _colour(colour: str) -> str:
    return VARIABLES.get(colour, colour)


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, width: float) -> str:
    ends = f'x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"'
    return f'<line {ends} stroke="{_colour(colour)}" stroke-width="{width:.1f}"/>'


def _marks(drawing: ElementTree.Element) -> Iterator[_Mark]:
    """What is tied, but for words."""
    narrow = {
        path.get("id", ""): _box(path.get("d", ""))[2] - _box(path.get("d", ""))[0] < 1
        for path in drawing.iterfind(f".//{_SVG}defs/{_SVG}path") if path.get("id")
    }  # fmt: skip
    around = {child: group for group in drawing.iter(f"{_SVG}g") for child in group}
    for group in drawing.iter(f"{_SVG}g"):
        if not group.get("id", "").startswith(TIE) or group.find(f".//{_SVG}text") is not None:
            continue
        markers = {path for defs in group.iter(f"{_SVG}defs") for path in defs}
        for element in group.iter():
            said = element.get("style") or (around[group].get("style") if group in around else "") or ""
            style = {name: value for name, mark, value in (pair.partition(":") for pair in said.split(";")) if mark}
            fill, stroke = style.get("fill", INK), style.get("stroke", "")
            if element.tag == f"{_SVG}use":
                x, y = float(element.get("x", 0)), float(element.get("y", 0))
                kind = "tick" if narrow.get(element.get(_LINK, "").removeprefix("#")) else "dot"
                yield _Mark(kind, x, y, x, y, fill, stroke)
            elif element.tag == f"{_SVG}path" and element not in markers and element.get("d"):
                yield _Mark("line" if fill == "none" else "area", *_box(element.get("d", "")), fill, stroke or PAPER)


def _lines(drawing: ElementTree.Element) -> Iterator[_Mark]:
    """The first lines of a table of words: a bar for the words, a dot for a sign."""
    width = float(drawing.get("viewBox", "0 0 1 1").split()[2])
    for text in drawing.iter(f"{_SVG}text"):
        style = dict(pair.split(":", 1) for pair in text.get("style", "").split(";") if ":" in pair)
        size, words = float(_NUMBER.findall(style.get("font-size", "9"))[0]), text.text or ""
        x, y = float(text.get("x", 0)), float(text.get("y", 0))
        if y > width * HEIGHT / WIDTH:
            continue
        if columns(words) == 1:
            yield _Mark("dot", x + size / 2, y - size / 2, x + size / 2, y - size / 2, ACCENT, ACCENT)
        elif words:
            fill = PALETTE["mark" if style.get("fill") == INK else "rule"][0]
            yield _Mark("area", x, y - size * 0.6, min(x + size * 0.45 * columns(words), width), y, fill, fill)


def _box(path: str) -> tuple[float, float, float, float]:
    numbers = [float(n) for n in _NUMBER.findall(path)] or [0.0, 0.0]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])
