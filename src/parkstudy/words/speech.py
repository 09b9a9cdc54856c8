"""Amounts, periods, lists and sentences in one language.

A sentence is a block of a template in `en/` or `zh/`; what it prints is escaped, and what it marks (a number that opens, a
park, Chinese words on an English page) is `markupsafe.Markup`. A template prints what it is given: a name that it was not
given is an error.
"""

import contextlib
import functools
import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from parkstudy.errors import counted
from parkstudy.record import codes
from parkstudy.record.period import Period
from parkstudy.record.units import units
from parkstudy.record.used import note
from parkstudy.words.numbers import Written, number, times, written

FOLDER = Path(__file__).parent
_LARGE = 1e6  # from which a number at an axis is said with the word of its scale
TERM = '<a class="term" data-term="{}">{}</a>'  # a word of the glossary, which a page explains
_PARTED = re.compile(
    "([0-9A-Za-z]) (</a>)?(?=[，。；：、）（”])"
)  # a space that parts a name from a number, before a mark
_MARKS = "[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*"
HAN = re.compile(f"{_MARKS}[\u3400-\u9fff]{_MARKS}")


def visible(text: object) -> str:
    """`text` without control characters, private-use ones and direction overrides, which would turn their neighbours."""
    said = str(text)
    if said.isprintable():  # as nearly all of it is
        return said
    return "".join(
        " " if c.isspace() and c not in "\n\u00a0" else c
        for c in said
        if c.isprintable() or c.isspace() or c == "\u200d"
    )


def one_line(text: object) -> str:
    """`text` as it is seen, on one line: a name, wherever it stands."""
    return visible(text).replace("\n", " ")


def plain(text: object) -> str:
    """Words without their marks, for an attribute, a picture or a file."""
    return text.striptags() if isinstance(text, Markup) else str(text)


class _Compiled(FileSystemBytecodeCache):
    """Templates as they are compiled, beside the modules as Python keeps them: to compile those of a language takes half a second.

    They are of one state of this module, whose options are compiled into them. Where nothing may be written, none is kept.
    """

    def __init__(self) -> None:
        state = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
        super().__init__(str(FOLDER / "__pycache__"), f"template-%s-{state}.cache")

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with contextlib.suppress(OSError):
                super().dump_bytecode(bucket)


class Speech:
    """One language: labels, numbers and sentences."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.templates = Environment(
            loader=FileSystemLoader([FOLDER / lang]), autoescape=True, undefined=StrictUndefined, finalize=self._finalized,
            trim_blocks=True, lstrip_blocks=True, optimized=False, bytecode_cache=_Compiled(),
        )  # fmt: skip
        own = (
            self.period, self.listing, self.join, self.printed, self.spelled, self.term, within, number, times, plain, each, counted,
        )  # fmt: skip
        of_view = (
            "opens", "park", "listed", "full_name", "quantity", "scope", "fact", "name", "rate", "on_axis", "band", "concept", "of_what",
            "reason", "amount", "span", "bare", "measured", "size", "unit", "sentence", "level", "part",
        )  # fmt: skip
        filters = {filter_.__name__: filter_ for filter_ in own} | {name: _of_view(name) for name in of_view}
        self.templates.filters |= filters | {name: _of_code(name) for name in ("label", "text")}
        self.templates.globals |= {"computed": self.computed, "computed_in": self.computed_in}
        self.templates.globals |= {"lower_grades": lambda: _VIEW.get().lower_grades}
        shared = vars(self.templates.get_template("shared.j2").module)
        self.templates.globals |= {name: macro for name, macro in shared.items() if not name.startswith("_")}

    def label(self, group: str, code: str) -> str:
        """The short words for a code."""
        return codes.label(group, code, self.lang)

    def text(self, group: str, code: str) -> str:
        """The long words for a code."""
        return codes.label(group, code, self.lang, long=True)

    def mark(self, name: str) -> str:
        """A punctuation mark with its spaces, such as `comma` or `semicolon`."""
        return codes.label("mark", name, self.lang)

    def marked(self, text: object) -> Markup:
        """`text` for a page: escaped, and on an English page its Chinese words named as Chinese, for voice and glyphs.

        A line break in it is a space, as in HTML: a line of a block is a sentence.
        """
        if isinstance(text, Markup):
            return text
        safe = escape(one_line(text))
        if self.lang == "zh":
            return safe
        return Markup(HAN.sub(lambda run: f'<span lang="zh-Hans">{run[0]}</span>', safe))

    @pass_context  # not called while a template is compiled: what is read is read by the block that says it
    def _finalized(self, _: Any, text: object) -> Markup:
        return self.marked(text)

    def render(self, view: Any, template: str, block: str, values: Mapping[str, Any]) -> Markup:
        """A block of a template, filled with `values`; `view` knows the names of the study.

        Raises `jinja2.UndefinedError` for a name that is not given.
        """
        self._note(template, block)
        found = self.templates.get_template(template)
        before = _VIEW.set(view)
        try:
            return Markup(_PARTED.sub(r"\1\2", "".join(found.blocks[block](found.new_context(dict(values)))).strip()))
        finally:
            _VIEW.reset(before)

    def has(self, template: str, block: str) -> bool:
        """Whether a template has a block."""
        self._note(template, block)
        return block in self.templates.get_template(template).blocks

    def _note(self, template: str, block: str) -> None:
        note("block", f"{self.lang}/{template}/{block}")

    def parted(self, name: str) -> str:
        """A name with a space behind it where a number might follow at once: in Chinese one that ends in a digit or a letter."""
        return f"{name} " if self.lang == "zh" and name[-1:].isascii() and name[-1:].isalnum() else name

    def join(self, parts: Iterable[object], mark: str = "") -> Markup:
        """Words one after another with `mark` between them."""
        return Markup(self.marked(mark)).join(self.marked(part) for part in parts)

    def listing(self, parts: Iterable[object]) -> Markup:
        """Words as `a, b and c`, in Chinese as `甲、乙和丙`."""
        items = [self.marked(part) for part in parts]
        if len(items) < 2:
            return items[0] if items else self.marked(self.mark("none"))
        return self.join([self.join(items[:-1], self.mark("list")), items[-1]], self.mark("and"))

    def printed(self, row: Mapping[str, Any]) -> str:
        """Term and figure as a text prints them; in Chinese a space parts them only behind a Latin letter."""
        term, figure = row["reported_term"], row["reported_figure"]
        return f"{term} {figure}" if self.lang == "en" or term[-1:].isascii() else f"{term}{figure}"

    def interval(self, ends: Written, word: str = "") -> str:
        """An interval as `10.15–10.25`, `at least 40`, `at most 5`; one number where both ends are it.

        `word` follows each end, `1.28万～1.39万`, where a language says it with each; in English once.
        """
        each_end = word if self.lang == "zh" else ""
        low, high = (None if end is None else end + each_end for end in (ends.low, ends.high))
        if high is None and low is None:
            return self.label("number", "unknown")
        if high is None or low is None:
            said = self.label("number", "at_least" if high is None else "at_most").format(end=low or high)
        elif low == high:
            said = low
        else:
            said = self.label("number", "to" if low.startswith("−") else "range").format(low=low, high=high)
        return said if each_end or not word else f"{said} {word}"

    def computed(self, low: float, high: float | None = None, word: str = "") -> str:
        """An interval that is no row, as the method computes it; `low` alone is a point."""
        return self.interval(written(low, low if high is None else high), word)

    def computed_in(self, unit: str, low: float, high: float | None = None) -> str:
        """A computed interval or point with its unit behind it, on the scale of one."""
        _, word, name = self.scale(unit)
        return self.with_unit(self.computed(low, high, word), name)

    def scale(self, unit: str, size: float = 0) -> tuple[float, str, str]:
        """The factor on which amounts of a unit are said, the word that Chinese says with each end, and the rest of the unit."""
        factor, word = units()[unit].scale(self.lang, size)
        name = units()[unit].name[self.lang]
        return (factor, name, "") if name == "%" and not word else (factor, word, name)

    def foot(self, value: float) -> str:
        """A number at the foot of an axis, a large one with the word of its scale: `40`, `4 billion`."""
        factor, word, _ = self.scale("CNY", abs(value)) if abs(value) >= _LARGE else (1.0, "", "")
        return self.with_unit(number(value / factor), word)

    def axis(self, unit: str) -> str:
        """A unit as an axis names it: `million yuan`, `percent`; in Chinese `万元/亩`."""
        _, word, name = self.scale(unit)
        return units()[unit].axis[self.lang] or (word + name if self.lang == "zh" else f"{word} {name}".strip())

    def with_unit(self, said: str, *unit: str) -> str:
        """A number and its unit: in English apart, in Chinese not."""
        return ("" if self.lang == "zh" else " ").join(filter(None, (said, *unit)))

    def spelled(self, count: int) -> str:
        """A small number as a word, a larger one in digits."""
        return self.label("cardinal", str(count)) if str(count) in codes.codes("cardinal") else number(count)

    def term(self, code: str, words: object = "") -> Markup:
        """A word of the glossary, or `words` for it: a page explains it where it first stands. Raises `KeyError`."""
        name = codes.label("glossary", code, self.lang)
        return Markup(TERM).format(code, self.marked(words or name))

    def scope(self, code: str) -> str:
        """What a benchmark covers; empty where the scope has no words of its own (a province has the name of the tables)."""
        return self.label("scope", code) if code in codes.codes("scope") else ""

    def short_county(self, name: str) -> str:
        """A county without the word for it, unless in Chinese one character would be left or the county is an autonomous one."""
        if self.lang == "en":
            return name.removesuffix(" County")
        stem = name.removesuffix("县")
        return name if len(stem) < 2 or stem.endswith("自治") else stem

    def period(self, row: Mapping[str, Any]) -> str:
        """The period of a row as a reader says it: `2019`, `Jan–Nov 2017`, `31 Dec 2019`; `2017年1—11月` in Chinese."""
        return self.span_of_time(row["period_start"], row["period_end"])

    def span_of_time(self, start: date | None, end: date | None) -> str:
        """A span from `start` to `end`; a point in time without `start`."""
        months = {
            f"{name}_month": self.label("month", str(day.month))
            for name, day in (("first", start), ("last", end))
            if day
        }
        return self.label("period", Period(start, end).kind).format(start=start, end=end, **months)


@functools.cache
def speech(lang: str) -> Speech:
    """The speech of a language. Raises `ValueError` for one that the study does not speak."""
    if lang not in codes.LANGUAGES:
        raise ValueError(f"unknown language {lang!r}; expected one of {', '.join(codes.LANGUAGES)}")
    return Speech(lang)


def within(name: object) -> str:
    """A name within a sentence: its first letter small, unless it begins with an acronym."""
    said = str(name)
    return said[:1].lower() + said[1:] if said[1:2].islower() else said


def capital(words: str) -> str:
    """Words that begin a line: their first letter large."""
    return words[:1].upper() + words[1:]


def each(items: Iterable[Any], say: Callable[..., Markup], *more: Any) -> list[Markup]:
    """What a macro says of each item."""
    return [say(item, *more).strip() for item in items]


_VIEW: ContextVar[Any] = ContextVar("view")  # the one whose words are being said: macros and filters ask it for names


def _of_view(name: str) -> Callable[..., Any]:
    """A filter that is a method of the view."""

    def filter_(value: Any, *more: Any) -> Any:
        return getattr(_VIEW.get(), name)(value, *more)

    return filter_


def _of_code(name: str) -> Callable[[str, str], str]:
    """A filter that is a method of the view for a group and a code: behind the code, as in `code|label("measure")`."""

    def filter_(code: str, group: str) -> str:
        return str(getattr(_VIEW.get(), name)(group, code))

    return filter_
