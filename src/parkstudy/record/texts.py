"""A text behind the record: cleaned, and cut into paragraphs with locators.

Nothing here changes a text's script or repairs it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from parkstudy.record.broken import wholes
from parkstudy.record.flat import tables
from parkstudy.record.signs import squash

_NUMERAL = "[一二三四五六七八九十]+"
_HEADING = re.compile(rf"^(?:({_NUMERAL})、|(\({_NUMERAL}\))|(\d{{1,2}})(?:、|\.(?!\d)))")  # a group a level
SENTENCE_END = re.compile(r"[。!?;]")
_TITLE_MOST = 30  # a heading of up to so many characters, its one sentence end at its close, is a title
_CLAUSES = re.compile("[,:]")
_FIGURE = re.compile(  # with a unit, as no title of a section has one
    r"\d[\d.,]*[余餘多]?[十百千万萬亿億]*[余餘多]?(?:元|美元|亩|畝|[个個家户戶人项項]|%|平方|公[顷頃]|㎡|m2|km2)"
)


@lru_cache(maxsize=4)
def paragraphs(text: str) -> Mapping[str, str]:
    """Locator to paragraph, kept for the last texts: a review holds every correction against the same one.

    Lines without a sentence end (titles, dates, menus, headings alone) are no paragraphs, but for one of several clauses with a figure,
    and the row of a table, which is read as a sentence of its heads and cells.
    """
    rows, raw = tables(text), text.splitlines()
    found = {
        place: rows[whole.start].words if whole.start in rows else squash("\n".join(raw[whole.start : whole.stop]))
        for whole, place in located(text)
        if place
    }
    return MappingProxyType(found)


def located(text: str) -> list[tuple[range, str | None]]:
    """The numbers of the lines of a text, those of a broken paragraph together, with the locator; None for what is no paragraph."""
    found: list[tuple[range, str | None]] = []
    marks = ["", "", ""]
    raw = text.splitlines()
    count, rows = 0, tables(text)
    for whole in wholes(raw, rows):
        if whole.start in rows:
            found.append((whole, rows[whole.start].place))
            continue
        line = squash("\n".join(raw[whole.start : whole.stop]))
        heading = _HEADING.match(line)
        if heading and (level := heading.lastindex):
            marks[level - 1 :] = [heading[level], *[""] * (3 - level)]
            count = 0
        ends = [match.end() for match in SENTENCE_END.finditer(line)]
        figure = _FIGURE.search(line, heading.end() if heading else 0)
        title = heading and len(line) <= _TITLE_MOST and not figure
        paragraph = any(end < len(line) for end in ends) if title else bool(ends or (figure and _CLAUSES.search(line)))
        count += paragraph
        found.append((whole, "/".join([*filter(None, marks), f"p{count}"]) if paragraph else None))
    return found
