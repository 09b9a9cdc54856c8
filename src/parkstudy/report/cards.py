"""The share card of a page: one picture that stands alone in a chat, with words that a telephone shows at 12 pixels or more.

It has the title and the answer of its page, the picture that stands behind the answer with its title and legend, and the source.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, takewhile
from typing import Any, NamedTuple

from parkstudy import __version__
from parkstudy.record.chosen import ALL, years_of
from parkstudy.record.codes import labels
from parkstudy.report.page import Page
from parkstudy.show import svg, theme
from parkstudy.show.catalogue import CATALOGUE
from parkstudy.show.figure import Figure
from parkstudy.show.select.shared import Selected
from parkstudy.show.view import View
from parkstudy.words.lines import columns, shortened, wrapped
from parkstudy.words.speech import plain

WIDTH, MARGIN, _GAP, _DOTS = 7.2, 0.3, 0.12, 150  # inches, and dots to the inch
_WORD, _TITLE = 16.0, 20.0  # points: 12 pixels and more where a card is 390 pixels wide
_TALLEST = 1.6  # height over width of a picture; the rows of a higher one are on the page
_MOST_ANSWER, _MOST_LEGEND = 420, 250  # columns; more belongs on the page
_SENTENCE = re.compile(r"(?<=\. )|(?<=。)")


Figured = tuple[str, Mapping[str, str]]  # a figure: its key and all its parameters


class Chart(NamedTuple):
    """A figure on a card: its title, picture, legend and source."""

    title: str
    picture: Any  # an image of PIL's
    legend: str
    source: str


def card_of(page: Page, figures: Iterable[Figured]) -> tuple[bytes, Figured | None]:
    """The card of a page, as PNG, and which of the figures it has: the first that has something to show."""
    view = view_of(page)
    charts = ((figure, chart) for figure in figures if (chart := chart_of(view, *figure)))
    shown, chart = next(charts, (None, None))
    made = f"parkstudy {__version__} · {labels('page', page.view.lang)['data']} {page.view.study.edition} · {page.file}"
    if chart is None:
        park = page.facts.get("park")
        made = "\n".join(filter(None, (source_of(view, [park] if park else []), made)))
    return card(page.title, page.answer or page.question, made, chart), shown


def view_of(page: Page) -> View:
    """The study of a page, of its parks and its year alone."""
    parks, year = page.facts.get("parks"), page.facts.get("year", ALL)
    return page.view if parks is None else View(page.view.study.only(parks, year), page.view.lang)


def chart_of(view: View, key: str, parameters: Mapping[str, str]) -> Chart | None:
    """A figure made again, in the narrow drawing, whose words stay large on a telephone; None where it has nothing to show."""
    entry = CATALOGUE[key]
    assert isinstance(entry, Figure)
    entry, selected = entry.chosen(view, parameters)
    if selected.data.height == 0:
        return None
    facts = entry.facts(selected, parameters)
    title, legend = (plain(entry.words_of(view, part, facts)) for part in ("claim", "caption"))
    picture, more = _picture(entry, view, selected)
    told = [_begun(legend, _MOST_LEGEND), labels("page", view.lang)["card_more"].format(n=more) if more else ""]
    space, own = view.speech.mark("space"), source_of(view, _shown(selected))
    elsewhere = labels("page", view.lang)["card_rates"] if any(key.startswith("ref:") for key in selected.keys) else ""
    return Chart(title, picture, space.join(filter(None, told)), space.join(filter(None, (own, elsewhere))))


def _picture(entry: Figure, view: View, selected: Selected) -> tuple[Any, int]:
    """The drawing as wide as a card has room for it, and how many of its rows it leaves to the page because it would be too high."""
    with theme.drawing():
        figure, more = entry.draw(view, selected, theme.NARROW), 0
        high = figure.get_size_inches()[1] / figure.get_size_inches()[0]
        if high > _TALLEST:
            shown, more = entry.begun(selected, _TALLEST / high)
            figure = entry.draw(view, shown, theme.NARROW)
        return _image(figure, WIDTH - 2 * MARGIN, svg.tight(theme.straightened(figure))), more


def _shown(selected: Selected) -> list[str]:
    return list(selected.data["park_id"].unique()) if "park_id" in selected.data.columns else []


def source_of(view: View, parks: Sequence[str] = (), only: Sequence[str] = ()) -> str:
    """Whose summaries are shown, those without a value too, and how many there are: of `parks`, without any of all; `only` these texts."""
    words, own = labels("page", view.lang), view.study.summaries()
    own = own.filter(own["park_id"].is_in(list(parks))) if parks else own
    own = own.filter(own["source_id"].is_in(list(only))) if only else own
    named = own["park_id"].unique(maintain_order=True).to_list()
    texts = [view.sources[source] for source in own["source_id"].unique()]
    years = years_of(texts)
    code = "card_text" if len(texts) == 1 else "card_texts" if len(years) < 2 else "card_texts_of_years"
    told = words[code].format(n=len(texts), first=min(years, default=""), last=max(years, default=""))
    return words["card_source"].format(parks=plain(view.listed(named)), texts=told) if named else ""


def _image(figure: Any, width: float, box: Any = None) -> Any:
    """A matplotlib figure, or a `box` of it in inches, as an image of PIL's on white, `width` inches wide on a card."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    buffer, across = io.BytesIO(), round(width * _DOTS)
    FigureCanvasAgg(figure)
    dots = (across + 0.5) / (box.width if box else figure.get_size_inches()[0])  # of the last dot, not less than it
    with theme.any_sign():
        figure.savefig(buffer, format="rgba", dpi=dots, facecolor=theme.PAPER, bbox_inches=box)
    size = across, len(buffer.getvalue()) // (4 * across)
    return Image.frombuffer("RGBA", size, buffer.getvalue(), "raw", "RGBA", 0, 1)


def _begun(text: str, most: int) -> str:
    """The sentences of a text that fit in a number of columns; of a first one that does not, its begin."""
    fitting = list(takewhile(lambda begun: columns(begun) <= most, accumulate(_SENTENCE.split(text))))
    return fitting[-1].strip() if fitting else shortened(text, most)


def card(title: str, answer: str, made: str, chart: Chart | None) -> bytes:
    """The card as PNG, 1080 pixels wide; `made` says by what, `chart` is None for a page without a figure."""
    from matplotlib.figure import Figure as Drawing
    from matplotlib.patches import Rectangle

    high = chart.picture.height / _DOTS if chart else 0.0
    above = [(title, _TITLE, theme.INK), (_begun(answer, _MOST_ANSWER), _WORD, theme.INK)]
    above += [(chart.title, _WORD, theme.ACCENT)] if chart else []
    below = [(text, _WORD, theme.MUTED) for text in ((chart.legend, chart.source, made) if chart else made.split("\n"))]
    blocks = [[(_wrapped(text, size), size, colour) for text, size, colour in part if text] for part in (above, below)]
    height = 2 * MARGIN + high + _GAP + sum(_taken(text, size) for part in blocks for text, size, _ in part)
    with theme.drawing():
        figure = Drawing(figsize=(WIDTH, height))
        figure.add_artist(Rectangle((0, 0), 0.01, 1, color=theme.ACCENT, transform=figure.transFigure))
        top, place = height - MARGIN, 0.0
        for part, drawn in zip(blocks, (high, 0.0), strict=True):
            for text, size, colour in part:
                look: dict[str, Any] = {"fontsize": size, "color": colour, "va": "top", "linespacing": 1.3}
                figure.text(MARGIN / WIDTH, top / height, text, **look)
                top -= _taken(text, size)
            if drawn:
                place = height - top
                top -= drawn + _GAP
        image = _image(figure, WIDTH)
    if chart:
        image.paste(chart.picture, (round(MARGIN * _DOTS), round(place * _DOTS)))
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, format="png", compress_level=3)  # higher ones are slower and no smaller
    return buffer.getvalue()


def _taken(text: str, size: float) -> float:
    """The height of a block of lines in inches, with the room below it."""
    return ((text.count("\n") + 1) * 1.52 + 0.6) * size / 72


def _wrapped(text: str, size: float) -> str:
    """The text in lines: Latin letters are narrower than half a Chinese one, so that more of them stand on a line."""
    text = theme.straight(text)
    half = int((WIDTH - 2 * MARGIN) * 72 / size * 2)  # columns of Chinese
    return wrapped(text, half if columns(text) == len(text) else int(half * 0.86))
