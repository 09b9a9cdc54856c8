"""A refusal as a reader is told of it: in words, in the language of the reader, with the field that it is about."""

import re

from parkstudy.errors import ParkstudyError
from parkstudy.record.codes import LANGUAGES, label
from parkstudy.record.draft.one import NoFigureError
from parkstudy.recorder.offers import FIELDS
from parkstudy.recorder.state import RefusedError, UnprovenError
from parkstudy.recorder.window import Names
from parkstudy.words.said import known, said

_COLUMN = re.compile(r"^([a-z_]+)(?=: )", re.M)


_FIELDS = {  # of what the proof says, the field that it is about; the term else
    r"no word of a plan": "share_of", r"no word of a|is a (forecast|target)": "value_type", "growth rate": "transformation",
    "the population": "population", r"is a fall|the figure|is in \w+, not in": "reported_figure",
}  # fmt: skip


def _unproven(english: str) -> str:
    return next((field for words, field in _FIELDS.items() if re.search(words, english)), "reported_term")


class SaidError(RefusedError):
    """A refusal in the language of the reader."""


def refusal(error: ParkstudyError, lang: str, names: Names) -> dict[str, str]:
    """Why something was refused (`error`), the field to mend (`field`), and in another language the English where it has no words."""
    english = str(error)
    if isinstance(error, SaidError):
        return {"error": english}
    column = _COLUMN.match(english)
    field = (
        column[1] if column and column[1] in FIELDS else _unproven(english) if isinstance(error, UnprovenError) else ""
    )
    if lang == LANGUAGES[0]:
        return {"error": _COLUMN.sub(lambda one: names.fields.get(one[0], one[0]), english), "field": field}
    kind = "unproven" if isinstance(error, UnprovenError) else "figure" if isinstance(error, NoFigureError) else "rule"
    words = "\n".join([label("recorder", f"refused_{kind}", lang), said(english, lang, names.named)])
    return {"error": words, "cause": "" if known(english) else english, "field": field}
