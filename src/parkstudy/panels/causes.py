"""Why something was not done, in the language of a reader: in words of the study where the error has a code, else in its own."""

from contextlib import suppress

from parkstudy.errors import ParkstudyError
from parkstudy.record.codes import codes, label
from parkstudy.words.speech import plain, visible


def cause(error: BaseException, lang: str) -> str:
    """The cause that an error names, from the group `cause`; what no code tells stands marked as the program's own words."""
    if isinstance(error, ParkstudyError) and error.code in codes("cause"):
        with suppress(LookupError):  # a code without words, or words about a value that the error does not have
            said = label("cause", error.code, lang).format(**error.values)
            near = error.values.get("near")
            return visible(plain(said + (label("cause", "near", lang).format(near=near) if near else "")))
    kind = "" if isinstance(error, ParkstudyError) else type(error).__name__
    return own_words(": ".join(filter(None, (kind, str(error)))), lang)


def own_words(said: str, lang: str) -> str:
    """Words of the program, which are English, marked as such for readers of another language."""
    return label("cause", "own_words", lang).format(said=visible(plain(said)))
