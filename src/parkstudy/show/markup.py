"""A table as HTML: its cells, its rows, and the box that the keyboard can reach and scroll."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from parkstudy.show.view import View
from parkstudy.words.speech import plain, visible

_RIGHT = ' class="num"'


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, the key of the number it shows, the number itself for sorting, the park it names.

    `park` holds two ids, separated by a space, where the row belongs to two parks; its text then marks each name itself.
    """

    text: object
    key: str = ""
    value: float | None = None
    park: str = ""


def lines_html(
    view: View, rows: Iterable[Sequence[object]], numeric: Sequence[bool], room: float = math.inf, beside: float = 0
) -> list[str]:
    """The lines of a table, a column set to the right where `numeric` says so; the first that fit into `room` bytes with so many
    `beside` each, one at least.
    """
    classes = [_RIGHT if right else "" for right in numeric]
    lines: list[str] = []
    for row in rows:
        line = _line(view, row, classes)
        room -= len(line.encode()) + beside
        if room < 0 and lines:
            break
        lines.append(line)
    return lines


def table_html(view: View, name: str, header: Sequence[str], lines: Iterable[str], numeric: Sequence[bool]) -> str:
    """A table of `lines_html` with a name, which the keyboard can reach and scroll."""
    heads = zip(numeric, map(view.speech.marked, header), strict=True)
    head = "".join(f'<th scope="col"{_RIGHT if right else ""}>{words}</th>' for right, words in heads)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(name)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def _line(view: View, row: Sequence[object], classes: Sequence[str]) -> str:
    """A line, which knows its park by the first cell that names one."""
    cells = [cell if isinstance(cell, Cell) else Cell("" if cell is None else cell) for cell in row]
    park = next((cell.park for cell in cells if cell.park), "")
    shown = []
    for place, (cell, css) in enumerate(zip(cells, classes, strict=True)):
        name, scope = ("th", ' scope="row"') if place == 0 else ("td", "")
        sort = "" if cell.value is None else f' data-value="{cell.value:.12g}"'
        shown.append(f"<{name}{scope}{css}{sort}>{_content(view, cell)}</{name}>")
    attribute = f' data-park="{escape(visible(park))}"' if park else ""
    return f"<tr{attribute}>{''.join(shown)}</tr>"


def _content(view: View, cell: Cell) -> Markup:
    if cell.key:
        return view.opens(cell.text, cell.key)
    if cell.park and not isinstance(cell.text, Markup):
        return view.park(cell.park, cell.text)
    text = view.speech.marked(cell.text)
    view.said.append(plain(text))
    return text
