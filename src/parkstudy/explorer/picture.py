"""The figure of a view as a file that stands alone: what holds, what is chosen, the drawing, how it is read, the sources, and the key."""

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import polars as pl

from parkstudy import __version__
from parkstudy.explorer import rules, tabs
from parkstudy.explorer.again import FileError
from parkstudy.explorer.answer import Question, sentences, title
from parkstudy.explorer.offers import value_name
from parkstudy.explorer.room import WIDTH
from parkstudy.record.codes import labels
from parkstudy.show import svg, theme
from parkstudy.show.figure import Figure
from parkstudy.show.select.shared import Selected
from parkstudy.show.view import View
from parkstudy.words.lines import columns, wrapped
from parkstudy.words.speech import plain

_MARGIN, _LINE, _BLOCK = 14.0, 1.42, 0.55  # points; height of a line, and room below a block, in its letters
_TITLE, _HOLDS, _WORD = 12.0, 10.0, 8.5
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


class _Block(NamedTuple):
    text: str
    size: float
    colour: str
    weight: str = "normal"


def picture(question: Question) -> bytes:
    """The figure of a view as SVG, in the width of the screen. Raises `FileError` for a view without one."""
    if not question.shown:
        raise FileError("the view is a table and has no figure").told("no_figure")
    view, form, selected = tabs.pictured(question)
    if selected.data.height == 0:
        raise FileError("the view has no rows").told("no_rows")
    drawing = _drawn(view, form, selected)
    first, *rest = (plain(one) for one in sentences(question))
    above = [
        _Block(title(question), _HOLDS, theme.ACCENT),
        _Block(first, _TITLE, theme.INK, "bold"),
        _Block(view.speech.mark("space").join(rest), _HOLDS, theme.INK),
        _Block(_choices(question), _WORD, theme.MUTED),
    ]
    if question.picked:  # of which the drawing is, and not of all that the sentences are about
        above.append(_Block(plain(question.say("picked", count=len(question.picked))), _HOLDS, theme.INK))
    caption = plain(form.words_of(view, "caption", form.facts(selected, question.parameters)))
    below = [_Block(text, _WORD, theme.MUTED) for text in (caption, _source(question, selected), _made(question))]
    return svg.standalone(_document(drawing, above, below))


def _drawn(view: View, form: Figure, selected: Selected) -> str:
    with theme.drawing():
        return svg.drawn(form.draw(view, selected, WIDTH))


def _choices(question: Question) -> str:
    """The choices that act on the measure, each with its value."""
    speech = question.view.speech
    pairs = [
        (speech.label("parameter", name), value_name(question.view, name, getattr(question.choice, name)))
        for name in rules.acting(question.asked)
    ]
    said = speech.label("explorer", "group")
    return speech.mark("semicolon").join(said.format(column=name, value=value) for name, value in pairs)


def _source(question: Question, selected: Selected) -> str:
    """The texts that the figures of the drawing stand in; of a drawing without figures those of all parks in it."""
    from parkstudy.report.cards import source_of

    parks = list(question.picked or question.asking.parks)
    shown = pl.col("observation_id").is_in(selected.keys)
    texts = question.view.study.observations.filter(shown)["source_id"].unique().to_list()
    return source_of(question.view, parks, texts)


def _made(question: Question) -> str:
    """Program, edition and key; no folder of the machine on which the picture was made."""
    data = labels("page", question.choice.lang)["data"]
    return f"parkstudy {__version__} · {data} {question.study.edition} · {replace(question.choice, data='').key}"


def _document(drawing: str, above: Sequence[_Block], below: Sequence[_Block]) -> str:
    """The drawing between blocks of words, as an SVG document."""
    found = _SIZE.search(drawing)
    assert found
    width, height = map(float, found.groups())
    over, top = _set(above, width, _MARGIN)
    under, end = _set(below, width, top + height + _WORD)
    size = f"{width + 2 * _MARGIN:.1f}", f"{end + _MARGIN:.1f}"
    inside = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{size[0]}" height="{size[1]}" viewBox="0 0 {size[0]} {size[1]}">'
        f'{over}<g transform="translate({_MARGIN} {top:.1f})">{inside}</g>{under}</svg>'
    )


def _set(blocks: Sequence[_Block], width: float, top: float) -> tuple[str, float]:
    """Blocks of words in lines, one below the other from `top` on, and where they end."""
    lines = []
    for block in blocks:
        for line in _lines(block, width):
            top += block.size * _LINE
            look = f'font-size="{block.size}" font-weight="{block.weight}" fill="{block.colour}"'
            lines.append(f'<text x="{_MARGIN}" y="{top - 0.3 * block.size:.1f}" {look}>{html.escape(line)}</text>')
        top += block.size * _BLOCK if block.text else 0
    return "".join(lines), top


def _lines(block: _Block, width: float) -> list[str]:
    """The text in lines that are no wider than `width` in the font of the drawing."""
    block = block._replace(text=theme.straight(block.text))
    most = int(width / block.size * 2)  # columns, two a Chinese sign; Latin letters are of many widths
    while block.text and theme.wide(wrapped(block.text, most), block.size) > width and most > columns("    "):
        most -= 2
    return wrapped(block.text, most).splitlines() if block.text else []
