"""The share card of a page: one picture with question, answer, key figure and source, for a chat."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

from parkstudy.show import svg, theme
from parkstudy.words import wording

WIDTH, MARGIN = 7.2, 0.4  # inches; 150 dots to the inch
_DOTS = 150
_MOST_ANSWER = 420  # characters; a longer answer belongs on the page


class _Block(NamedTuple):
    """Lines of text with their size in points, colour, and the height of a line in inches."""

    text: str
    size: float
    colour: str
    leading: float

    @property
    def height(self) -> float:
        return (self.text.count("\n") + 1) * self.leading + 0.18 if self.text else 0.0


def card(title: str, question: str, answer: str, source: str, picture: bytes | None) -> bytes:
    """The card as PNG, 1080 pixels wide; `picture` is the page's first figure as PNG, None for a page without one."""
    import matplotlib.pyplot as plt
    from matplotlib.patches import Rectangle

    theme.style()
    chart = plt.imread(io.BytesIO(picture)) if picture else None
    blocks = [
        _Block(_wrapped(title, 44), 17, theme.INK, 0.36),
        _Block(_wrapped(question, 68), 11, theme.MUTED, 0.25),
        _Block(_wrapped(wording.shortened(answer, _MOST_ANSWER), 60), 12.5, theme.INK, 0.29),
    ]
    text_height = sum(block.height for block in blocks)
    inner = WIDTH - 2 * MARGIN
    chart_height = 0.0 if chart is None else inner * chart.shape[0] / chart.shape[1]
    foot = _wrapped(source, 86)
    foot_height = 0.2 * (foot.count("\n") + 1) + 0.15
    height = 2 * MARGIN + text_height + chart_height + foot_height
    figure = plt.figure(figsize=(WIDTH, height), facecolor=theme.PAPER)
    figure.add_artist(Rectangle((0, 0), 0.012, 1, color=theme.ACCENT, transform=figure.transFigure))
    top = height - MARGIN
    for block in blocks:
        _write(figure, block.text, top / height, block.size, block.colour)
        top -= block.height
    if chart is not None:
        axes = figure.add_axes((MARGIN / WIDTH, (top - chart_height) / height, inner / WIDTH, chart_height / height))
        axes.imshow(chart, aspect="auto", interpolation="antialiased")
        axes.axis("off")
        top -= chart_height
    _write(figure, foot, (top - 0.12) / height, 8.5, theme.MUTED)
    buffer = io.BytesIO()
    with svg.any_sign():
        figure.savefig(buffer, format="png", dpi=_DOTS, metadata={"Software": None})
    plt.close(figure)
    return buffer.getvalue()


def _wrapped(text: str, columns: int) -> str:
    """The text in lines: Latin letters are narrower than half a Chinese one, so that more of them stand on a line."""
    return wording.wrapped(
        text, int(columns * 1.25) if text.isascii() or wording.columns(text) == len(text) else columns
    )


def _write(figure: Any, text: str, top: float, size: float, colour: str) -> None:
    figure.text(MARGIN / WIDTH, top, text, fontsize=size, color=colour, va="top", linespacing=1.35)
