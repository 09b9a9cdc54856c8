"""What is said of faults, refusals and doubts, in the language of a reader: English as it is raised, Chinese by `said.csv`.

A line of `said.csv` is an English message and the same in Chinese, with the same gaps. `{q1}` is a quoted value, `{x1}` any words,
`{n1}` a number, `{id}` the id of a row, `{said}` a message again, `{fault}` one with its file and line; other names are groups of
`codes.csv`, whose code is said by its label (`{column}`: the name of a field, `{codes}`: several, `{expected}`: what no other line
says). A number behind `_` keeps two of a kind apart.
"""

import csv
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from parkstudy.record.codes import LANGUAGES, has, label, table
from parkstudy.record.units import units

_GAP = re.compile(r"\{(\w+?)(_?\d*)\}")
_FORMS = {
    "q": r"'[^']*'|\"[^\"]*\"",
    "id": r"[a-z0-9-]+-\d{3,}",
    "n": r"[\d,]+",
    "column": r"[a-z_]+",
    "codes": r"[\w, -]+",
    "fault": r"[\w.]+\.csv(?::\w*)*: .+",
}
_GROUPS = {"bound": "bound_word", "column": "row_field", "caveats": "flag"}
_NONE: Mapping[str, str] = MappingProxyType({})
_Named = tuple[tuple[str, str], ...]  # indicators and their names


def said(message: str, lang: str, names: Mapping[str, str] = _NONE) -> str:
    """A message in a language, line by line; what `said.csv` does not have stays as it is. `names` are those of indicators."""
    if lang == LANGUAGES[0]:
        return message
    named = tuple(names.items())
    return "\n".join(_line(line, lang, named) or line for line in message.split("\n"))


def known(message: str) -> bool:
    """Whether every line of a message has words in every language."""
    return all(_line(line, LANGUAGES[1], ()) is not None for line in message.split("\n"))


@lru_cache(maxsize=4096)  # what stands behind each of several stops is looked at once
def _line(line: str, lang: str, names: _Named) -> str | None:
    if (words := _whole(line, lang, names)) is not None:
        return words
    head, stop, rest = line.partition("; ")
    while stop:
        first = _whole(head, lang, names)
        second = _line(rest, lang, names) if first is not None else None
        if second is not None:
            return f"{first}；{second}"
        more, stop, rest = rest.partition("; ")
        head = f"{head}; {more}"
    return None


def _whole(line: str, lang: str, names: _Named) -> str | None:
    """A message that one line of `said.csv` says."""
    for pattern, gaps, words in _patterns():
        if found := pattern.fullmatch(line):
            values = {gap: _value(kind, found[gap], lang, names) for gap, kind in gaps.items()}
            if None not in values.values():
                return words.format(**values)
    return None


def _value(kind: str, found: str, lang: str, names: _Named) -> str | None:
    """A gap filled in; None where it is not what the gap asks for."""
    bare = found[1:-1] if found[:1] in "'\"" and found[-1:] == found[:1] and len(found) > 1 else found
    ways: dict[str, Callable[[], str | None]] = {
        "q": lambda: f"“{bare}”",
        "x": lambda: found,
        "id": lambda: found,
        "n": lambda: found,
        "expected": lambda: found,
        "said": lambda: _line(found, lang, names),
        "fault": lambda: _placed(found, lang, names),
        "codes": lambda: "、".join(_coded(one.strip(), lang) for one in found.split(",")),
        "unit": lambda: units()[bare].name[lang] or "计数" if bare in units() else bare,
        "indicator": lambda: dict(names).get(bare, bare),
        "share": lambda: dict(names).get(bare, bare),
    }
    return ways.get(kind, lambda: _label(_GROUPS.get(kind, kind), bare, lang))()


def _placed(fault: str, lang: str, names: _Named) -> str | None:
    place, _, rest = fault.partition(": ")
    words = _line(rest, lang, names)
    return None if words is None else f"{place}：{words}"


def _coded(code: str, lang: str) -> str:
    groups = ("transformation", "value_type", "population", "bound_word", "obs_status", "split", "flag")
    return next((words for group in groups if (words := _label(group, code, lang))), code)


def _label(group: str, code: str, lang: str) -> str | None:
    return label(group, code, lang) if has(group) and code in table()[group] else None


@cache
def _patterns() -> list[tuple[re.Pattern[str], dict[str, str], str]]:
    """Each line as a pattern, its gaps with their kinds, and its Chinese words; the one with most words of its own first."""
    with Path(__file__).with_name("said.csv").open(encoding="utf-8", newline="") as file:
        lines = [(row["en"], row["zh"]) for row in csv.DictReader(file)]
    lines.sort(key=lambda line: -len(_GAP.sub("", line[0])))
    return [(_pattern(en), {gap[0][1:-1]: gap[1] for gap in _GAP.finditer(en)}, zh) for en, zh in lines]


def _pattern(message: str) -> re.Pattern[str]:
    place, pieces = 0, []
    for gap in _GAP.finditer(message):
        pieces += [re.escape(message[place : gap.start()]), f"(?P<{gap[0][1:-1]}>{_FORMS.get(gap[1], '.+?')})"]
        place = gap.end()
    return re.compile("".join([*pieces, re.escape(message[place:])]))
