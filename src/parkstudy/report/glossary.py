"""The words that a reader may not know: explained where they first stand on a page, and linked to the page that lists them."""

import re

from markupsafe import Markup

from parkstudy.record.codes import codes, label, labels
from parkstudy.words.speech import TERM

GLOSSARY = {"en": "glossary.html", "zh": "glossary.zh.html"}
_WORD = re.compile(r'<dfn id="(\w+)">(.*?)</dfn>', re.S)  # in the Markdown of a notebook
_TERM = re.compile(TERM.format(r"(\w+)", "(.*?)"), re.S)
_OPENED = re.compile(TERM.format(r"(\w+)", "").partition(">")[0])
_STATE = re.compile(r'(?=<div class="state")')
_TAG = re.compile(r"(<[^>]*>)")
_APART = re.compile(
    r"<(/?)(a|button|code|details|h\d|pre|script|style|summary|svg|thead|title)\b"
)  # nothing is explained in these
_INLINE = re.compile(r"^(?:\s|</?(?:a|b|em|span|strong)\b[^>]*>)+")
_BLOCK = re.compile(r"<(?:p|li|td|th|h\d|div|figcaption)\b")


def marked(prose: str) -> str:
    """The Markdown of a notebook with its words marked as those of exhibits. Raises `KeyError` for a word that is not there."""

    def mark(word: re.Match[str]) -> str:
        if word[1] not in codes("glossary"):
            raise KeyError(f"{word[2]}: the glossary has no {word[1]!r}; its words: {', '.join(codes('glossary'))}")
        return TERM.format(word[1], word[2])

    return _WORD.sub(mark, prose)


def meaning(code: str, lang: str) -> str:
    """What stands behind a word where it is first used: the first sentence of its definition, without its full stop."""
    return re.split(r"\. |。", label("glossary", code, lang, long=True))[0].removesuffix(".")


class Explaining:
    """A page as it is read: what it has explained so far."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.known: set[str] = set()
        self.hard = labels("hard_word", lang)

    def __call__(self, text: str) -> str:
        """The HTML of a cell with its hard words: a link and the meaning where one first stands, afterwards plain words.

        Hard are the words that the text marks, and those of the list `hard_word` wherever they stand. A state that is hidden
        explains what nothing seen before it has; what it explains is not seen, and so not known.
        """
        return "".join(self._state(piece) for piece in _STATE.split(text))

    def _state(self, piece: str) -> str:
        hidden = piece.startswith("<div") and piece.partition(">")[0].endswith(" hidden")
        known = set(self.known) if hidden else self.known

        def shown(mark: re.Match[str]) -> str:
            code, words = mark[1], mark[2]
            if code in known:
                return words
            known.add(code)
            before = Markup(_BLOCK.split(piece[: mark.start()])[-1].partition(">")[2]).striptags()
            inside = sum(before.count(c) for c in "(（") > sum(before.count(c) for c in ")）")
            form = self._form(_INLINE.sub("", piece[mark.end() :])[:1]) if inside else "means"
            note = label("page", form, self.lang)
            link = Markup('<a class="term" href="{}#{}">{}</a>').format(GLOSSARY[self.lang], code, Markup(words))
            return link + Markup('<span class="means">{}</span>').format(note.format(meaning(code, self.lang)))

        piece = self._marked(piece)
        return _TERM.sub(shown, piece)

    def _aside(self, code: str) -> str:
        """The word itself in brackets, marked as the text itself may mark one."""
        word = TERM.format(code, label("glossary", code, self.lang))
        return f'<span class="means">{label("mark", "open", self.lang)}{word}{label("mark", "close", self.lang)}</span>'

    @staticmethod
    def _form(behind: str) -> str:
        """How a meaning stands within brackets, by the character behind the word."""
        ends = {
            "": "means_inside",
            **dict.fromkeys(")）;；,，.。<", "means_inside"),
            **dict.fromkeys(":：", "means_before"),
        }
        return ends.get(behind, "means_between")

    def _marked(self, piece: str) -> str:
        """The piece with the first of each hard word that is not known marked, as the text itself may mark one."""
        waiting = {code: re.compile(form) for code, form in self.hard.items() if code not in self.known}
        pieces, depth, number, owed = _TAG.split(piece), 0, 0, list[str]()
        for place in range(len(pieces)):
            number += _within_number(pieces[place], number)
            if number == 0 and owed:  # what stands in a number is explained behind it
                pieces[place] += "".join(map(self._aside, owed))
                owed.clear()
            if own := _OPENED.match(pieces[place]):  # the text itself marks it
                waiting.pop(own[1], None)
            if apart := _APART.match(pieces[place]):
                depth += -1 if apart[1] else 1
            elif depth == 0 and not pieces[place].startswith("<"):
                for code in [code for code, form in waiting.items() if form.search(pieces[place])]:
                    form = waiting.pop(code)
                    if number:
                        owed.append(code)
                    else:
                        pieces[place] = form.sub(TERM.format(code, r"\g<0>"), pieces[place], count=1)
        return "".join(pieces)


def _within_number(tag: str, depth: int) -> int:
    """How far a tag leads into a number that opens, or out of it: no link may stand within what is pressed."""
    if tag == "</span>":
        return -1 if depth else 0
    return 1 if tag.startswith("<span") and (depth or "data-opens=" in tag) else 0
