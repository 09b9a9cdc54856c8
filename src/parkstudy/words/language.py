"""The two languages of the study: English, and Chinese beside it.

English is what the code, the data and the exports say; a `Text` is English that carries its Chinese. A study speaks one
language (`Study.lang`), and what it shows, words in its frames included, is said in it. Codes are never translated.
"""

from __future__ import annotations

LANGUAGES = {"en": "English", "zh": "中文"}
TAGS = {"en": "en", "zh": "zh-Hans"}  # BCP 47


class Text(str):
    """English words with the Chinese for them in `zh`; anywhere else an ordinary string."""

    zh: str

    __slots__ = ("zh",)

    def __new__(cls, en: str, zh: str) -> Text:
        """`en` and `zh` say the same."""
        text = super().__new__(cls, en)
        text.zh = zh
        return text

    def __reduce__(self) -> tuple[type[Text], tuple[str, str]]:
        """What a copy and a pickle are made from."""
        return Text, (str(self), self.zh)


def said(text: str, lang: str) -> str:
    """A text in a language; a plain string (a name, a printed term) is the same in both."""
    return text.zh if lang == "zh" and isinstance(text, Text) else str(text)
