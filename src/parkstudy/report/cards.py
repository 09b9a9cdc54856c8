"""The share card of a page: one picture with question, answer, key figure and source, for a chat."""

import functools
import io
from typing import Any

from parkstudy import __version__
from parkstudy.method.study import Study
from parkstudy.record.codes import labels
from parkstudy.report.page import Page, first_figure
from parkstudy.show import svg, theme
from parkstudy.show.catalogue import CATALOGUE
from parkstudy.show.figure import Figure
from parkstudy.show.view import View
from parkstudy.words.lines import columns, shortened, wrapped

WIDTH, MARGIN = 7.2, 0.4  # inches; 150 dots to the inch
TALLEST = 1.6  # height over width of a picture that a telephone shows whole
_MOST_ANSWER = 420  # characters; a longer answer belongs on the page


def card_of(page: Page) -> bytes:
    """The card of a page, as PNG."""
    words, found = labels("page", page.view.lang), first_figure(page)
    data = f"{words['data']} {page.facts['data_hash'][:12]}"
    source = f"{words['card_source']} parkstudy {__version__} · {data} · {page.file}"
    return card(page.title, page.question, page.answer, source, _picture(page, found[1]) if found else None)


def _picture(page: Page, note: dict[str, Any]) -> bytes:
    """A figure made again: the narrow drawing, whose words stay large on a telephone, unless it is a long strip."""
    import matplotlib.pyplot as plt

    entry, parks = CATALOGUE[note["entry"]], page.facts.get("parks")
    assert isinstance(entry, Figure)
    view = View(page.view.study if parks is None else _of_parks(page.view.study, parks), page.view.lang)
    selected = entry.prepared(view, entry.select(view.study, **note["parameters"]))
    theme.style()
    figure = entry.draw(view, selected, theme.NARROW)
    width, height = figure.get_size_inches()
    if height > TALLEST * width:
        plt.close(figure)
        figure = entry.draw(view, selected, theme.WIDE)
    dots = 1000 / figure.get_size_inches()[0]
    return _png(figure, dpi=dots, facecolor=theme.PAPER, bbox_inches="tight", pad_inches=0.05)


@functools.lru_cache(maxsize=2)
def _of_parks(study: Study, parks: str) -> Study:
    return study.only(parks)


def _png(figure: Any, **look: Any) -> bytes:
    import matplotlib.pyplot as plt

    buffer = io.BytesIO()
    with svg.any_sign():
        figure.savefig(buffer, format="png", metadata={"Software": None}, **look)
    plt.close(figure)
    return buffer.getvalue()


def card(title: str, question: str, answer: str, source: str, picture: bytes | None) -> bytes:
    """The card as PNG, 1080 pixels wide; `picture` is the page's first figure as PNG, None for a page without one."""
    import matplotlib.pyplot as plt
    from matplotlib.patches import Rectangle

    theme.style()
    chart = plt.imread(io.BytesIO(picture)) if picture else None
    blocks = [  # text, its size in points, colour, and the height of a line in inches
        (_wrapped(title, 44), 17.0, theme.INK, 0.36),
        (_wrapped(question, 68), 11.0, theme.MUTED, 0.25),
        (_wrapped(shortened(answer, _MOST_ANSWER), 60), 12.5, theme.INK, 0.29),
    ]
    heights = [(text.count("\n") + 1) * leading + 0.18 if text else 0.0 for text, _, _, leading in blocks]
    inner = WIDTH - 2 * MARGIN
    chart_height = 0.0 if chart is None else inner * chart.shape[0] / chart.shape[1]
    foot = _wrapped(source, 86)
    height = 2 * MARGIN + sum(heights) + chart_height + 0.2 * (foot.count("\n") + 1) + 0.15
    figure = plt.figure(figsize=(WIDTH, height), facecolor=theme.PAPER)
    figure.add_artist(Rectangle((0, 0), 0.012, 1, color=theme.ACCENT, transform=figure.transFigure))
    top = height - MARGIN
    for (text, size, colour, _), taken in zip(blocks, heights, strict=True):
        _write(figure, text, top / height, size, colour)
        top -= taken
    if chart is not None:
        axes = figure.add_axes((MARGIN / WIDTH, (top - chart_height) / height, inner / WIDTH, chart_height / height))
        axes.imshow(chart, aspect="auto", interpolation="antialiased")
        axes.axis("off")
        top -= chart_height
    _write(figure, foot, (top - 0.12) / height, 8.5, theme.MUTED)
    return _png(figure, dpi=150)


def _wrapped(text: str, width: int) -> str:
    """The text in lines: Latin letters are narrower than half a Chinese one, so that more of them stand on a line."""
    return wrapped(text, int(width * 1.25) if columns(text) == len(text) else width)


def _write(figure: Any, text: str, top: float, size: float, colour: str) -> None:
    figure.text(MARGIN / WIDTH, top, text, fontsize=size, color=colour, va="top", linespacing=1.35)
