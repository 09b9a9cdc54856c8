"""Lines of text: how wide words are, where a line may break, in English and in Chinese."""

import textwrap
import unicodedata
from itertools import accumulate, takewhile

_CLOSING = frozenset("、，。；：！？）】》〉」』”’%…·—–,.;:!?)]")  # never at the start of a line
_OPENING = frozenset("（【《〈「『“‘([")  # never at its end


def columns(text: str) -> int:
    """Display width: a wide character, such as a Chinese one, takes two columns, a combining one none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if _wide(c) else 1 for c in text)


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def wrapped(text: str, width: int) -> str:
    """The text in lines of at most `width` columns; Chinese may break between any two characters, English as usual."""
    if not any(map(_wide, text)):
        return textwrap.fill(text, width)
    lines, line = [], ""
    for piece in _pieces(text, width):
        if line.strip() and columns((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return "\n".join([*lines, line.rstrip()] if line.strip() else lines)


def shortened(text: str, width: int) -> str:
    """The text in one line of at most `width` columns, cut with `…` where it is longer."""
    if not any(map(_wide, text)):
        return textwrap.shorten(text, width, placeholder="…")
    text = " ".join(text.split())
    if columns(text) <= width:
        return text
    fitting = takewhile(lambda line: columns(line) < width, accumulate(_pieces(text, width - 1)))
    return "".join([*fitting][-1:]).rstrip("".join(_OPENING) + "、，；： ") + "…"


def ends(text: str, width: int, end: int = 8) -> str:
    """The text in at most `width` columns, cut in its middle where it is longer: what is alike may differ in its last words."""
    if columns(text) <= width:
        return text
    first, last = ([*accumulate(way)] for way in (text, text[::-1]))
    kept = max((part for part in last if columns(part) <= end), key=len, default="")[::-1]
    kept = kept.partition(" ")[2] or kept
    return (
        max((part for part in first if columns(part) < width - columns(kept)), key=len, default="").rstrip()
        + "…"
        + kept
    )


def _pieces(text: str, width: int) -> list[str]:
    """What may not be broken: a run without wide characters or spaces, a wide character with its punctuation."""
    pieces: list[str] = []
    for c in " ".join(text.split()):
        last = pieces[-1] if pieces else " "
        if c in _CLOSING and last == " " and len(pieces) > 1 and columns(pieces[-2]) + 2 <= width:
            pieces[-2:] = [f"{pieces[-2]} {c}"]  # a dot between spaces ends its line
        elif " " in (c, last) or not _clings(last[-1], c):
            pieces.append(c)
        elif columns(last + c) <= width or (c in _CLOSING and columns(last) <= width):  # a mark may hang over the end
            pieces[-1] += c
        else:
            pieces.append(c)
    return pieces


def _clings(before: str, after: str) -> bool:
    """True where no line may break between two characters: a number keeps its unit, a mark its word."""
    narrow = not _wide(before) and not _wide(after)
    return (
        narrow
        or "～" in (before, after)
        or (before in "万亿" and after == "元")
        or after in _CLOSING
        or before in _OPENING
        or (before.isdecimal() and _wide(after))
    )
