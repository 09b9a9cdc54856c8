"""Signs of a text narrowed: full-width and compatibility forms as the plain ones, numbers of another form left as they are."""

import re
import unicodedata

ROMANISATION = re.compile(r"\((?!(?:km|ha|cm|mm|kg|t)\))[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}\)")
_NUMBERS = ("Nd", "No")  # among them digits of other scripts, ① and ², which beside a digit would make another number
ALIKE = str.maketrans("−‐‑‒―〜∼○", "---——~~〇")  # dashes and circles that are printed for one another


def narrow(text: str) -> str:
    """`text` in normal form KC, but for numbers that are no figure in digits: they are left, and nothing reads them as one."""
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return text
    return unicodedata.normalize("NFC", "".join(pieces(text)))


def pieces(text: str) -> list[str]:
    """What becomes of each sign of `text`."""
    return [_piece(text, place, sign) for place, sign in enumerate(text)]


def _piece(text: str, place: int, sign: str) -> str:
    if sign.isascii():
        return sign
    plain = unicodedata.normalize("NFKC", sign)
    if unicodedata.category(sign) not in _NUMBERS or "０" <= sign <= "９":
        return plain
    if sign == "²" and text[place - 1 : place] in ("m", "M", "ｍ"):
        return plain
    apart = plain[-1] == ")" or (plain[-1] == "." and not text[place + 1 :].lstrip()[:1].isdigit())
    return plain if apart else sign  # the items ⑴ and ⒈


def clean(text: str) -> str:
    """`text` without byte-order mark and inserted romanisation (`區(qū)`), full-width forms narrowed; script unchanged."""
    return ROMANISATION.sub("", narrow(text.lstrip("\ufeff")))


def squash(text: str) -> str:
    """A line or cell as it is compared: cleaned and without blanks."""
    return re.sub(r"\s+", "", clean(text))
