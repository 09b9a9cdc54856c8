"""Statements as they are declared: `statements.toml`, read with every fault that is in it."""

import math
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parkstudy.errors import ParkstudyError, did_you_mean
from parkstudy.method.audit import CHECKS
from parkstudy.method.sides import QUANTITIES, rests_on_output
from parkstudy.record.folder import STATEMENTS
from parkstudy.record.reading import Fault, toml
from parkstudy.record.shipped import shipped_folder

_SIDES, _SENTENCE = {"id", "kind", "measure", "left", "right"}, {"sentence_en", "sentence_zh"}
_KEYS = {  # kind to the keys that it must have, and those that it may have
    "pair": (_SIDES, {"right_measure", "choices", *_SENTENCE}),
    "reference": (_SIDES, {"choices", *_SENTENCE}),
    "threshold": (_SIDES, {"choices", *_SENTENCE}),
    "check": ({"id", "kind", "check", "left", *_SENTENCE}, {"indicator"}),
    "refused": ({"id", "kind", "rule", "reason_en", "reason_zh", *_SENTENCE}, {"left"}),
}
_LONE = ("taxpayer_concentration", "target_attainment")  # measures that are set against a threshold alone
Wrong = tuple[str, str, str]  # key that is wrong, what is wrong with it, what was expected


class StatementsError(ParkstudyError, ValueError):
    """Statements that are not declared as they must be: the message says where, what is wrong and what was expected, of all."""

    status = 1


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A declaration. `left` are parks; `right` is a park, a scope (`nearest`: of the left park), a number or `year_share`.

    Without a sentence of its own it has the one of its kind and measure. In one of its own `{park}` is the name of a park, `{left}`
    those of the left parks, `{right}` what is on the right: it names each park, and prints the number, that is tested.
    """

    id: str
    kind: str
    measure: str = ""
    left: tuple[str, ...] = ()
    right: str | float = ""
    right_measure: str = ""
    choices: tuple[str, ...] = ()
    check: str = ""
    indicator: str = ""
    rule: str = ""
    sentence_en: str = ""
    sentence_zh: str = ""
    reason_en: str = ""
    reason_zh: str = ""

    @property
    def parks(self) -> tuple[str, ...]:
        """The parks it speaks of."""
        return (*self.left, str(self.right)) if self.kind == "pair" else self.left

    @property
    def tipping(self) -> bool:
        """True for an order of ratios that rest on reported output (method, R7)."""
        return self.kind == "pair" and rests_on_output(self.measure)


def read(path: Path | None = None, parks: Collection[str] = ()) -> tuple[Statement, ...]:
    """The statements of a file (of the shipped one), about `parks` alone where some are given. Raises `StatementsError` with all faults."""
    found, faults = looked_at(path or shipped_folder() / STATEMENTS, parks)
    if faults:
        raise StatementsError("\n".join(map(str, faults)))
    return found


def looked_at(path: Path, parks: Collection[str] = ()) -> tuple[tuple[Statement, ...], list[Fault]]:
    """The statements of a file that are declared as they must be, and every fault of the others."""
    text, tables, wrong = toml(path, "expected TOML in UTF-8")
    wrong += [Fault(path.name, 0, "", said, expected) for _, said, expected in _among("table", tables, {"statement"})]
    declared = tables.get("statement", [])
    if not (isinstance(declared, list) and all(isinstance(table, dict) for table in declared)):
        return (), [
            *wrong,
            Fault(path.name, 0, "", "statement is no list of tables", "expected [[statement]] above each"),
        ]
    lines, found = _lines(text), dict[str, Statement]()
    for place, table in enumerate(declared):
        named, at = f"statement {table.get('id', f'in place {place + 1}')}", lines[place] if place < len(lines) else {}
        one, faults = _declared(table, parks)
        if one and one.id in found:
            faults.append(("id", "this id stands above already", "expected another one"))
        for key, said, expected in faults:
            where = f"{named}, {key}" if key in _SENTENCE else named
            wrong.append(Fault(path.name, at.get(key, at.get("", 0)), where, said, expected))
        if one and not faults:
            found[one.id] = one
    return tuple(found.values()), sorted(wrong)


def _lines(text: str) -> list[dict[str, int]]:
    """Key to its line, of each statement; under an empty key the line on which it begins."""
    found: list[dict[str, int]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"\s*\[\[\s*statement\s*\]\]", line):
            found.append({"": number})
        elif found and (key := re.match(r"\s*([A-Za-z0-9_-]+)\s*=", line)):
            found[-1].setdefault(key[1], number)
    return found


def _among(what: str, given: Iterable[Any], known: Iterable[str], key: str = "") -> Iterator[Wrong]:
    """What of the given is not known; under `key`, or each under its own name."""
    known = sorted(known)
    for one in given:
        if one not in known:
            hint = did_you_mean(str(one), known)
            yield key or str(one), f"unknown {what} {one!r}", f"{hint}expected {', '.join(known) or 'none'}"


def _declared(table: dict[str, Any], parks: Collection[str]) -> tuple[Statement | None, list[Wrong]]:
    """A statement and every fault of its declaration; none where its kind is unknown."""
    if faults := list(_among("kind", [table.get("kind")], _KEYS, "kind")):
        return None, faults
    needed, more = _KEYS[table["kind"]]
    faults = list(_among("key", table, needed | more))
    missing = sorted(needed - table.keys())
    faults += [("", f"no {key}", f"expected one in a statement of the kind {table['kind']}") for key in missing]
    values: dict[str, Any] = {}
    for key in [key for key in table if key in needed | more]:
        if expected := _not_a_value(table["kind"], key, table[key]):
            faults.append((key, f"{key} is {table[key]!r}", f"expected {expected}"))
        else:
            texts = table[key] if isinstance(table[key], list) else [table[key]]
            values[key] = tuple(texts) if key in ("left", "choices") else table[key]
    found = Statement(**{"id": "", **values})
    faults += _of_measure(found) if found.measure else []
    faults += _among("check", filter(None, [found.check]), CHECKS, "check")
    for key in ("left", "right") if parks else ():
        of_key = [park for park in found.parks if park and (park in found.left) == (key == "left")]
        faults += _among("park", of_key, parks, key)
    sides_known = {"left", "right"}.isdisjoint(key for key, _, _ in faults)
    for key in sorted(_SENTENCE & values.keys()) if sides_known else ():
        faults += _of_sentence(key, found, values[key])
    return found, faults


def _not_a_value(kind: str, key: str, value: Any) -> str:
    """What was expected of the value of a key; empty where it is as it must be."""
    texts = value if isinstance(value, list) and key in ("left", "choices") else [value]
    number = kind == "threshold" and key == "right" and isinstance(value, int | float) and not isinstance(value, bool)
    number = number and math.isfinite(value)
    several = kind != "reference" and key == "left" and len(texts) > 1
    if not several and texts and (number or all(isinstance(text, str) and text for text in texts)):
        return ""
    threshold = kind == "threshold" and key == "right"
    return "one park" if several else "a number, or year_share" if threshold else "a text"


def _of_sentence(key: str, found: Statement, sentence: str) -> Iterator[Wrong]:
    """Faults of a sentence that names other parks than are tested, or does not print the number that is."""
    named = set(re.findall(r"\{([^{}]*)\}", sentence))
    whole = {"left", "right"} if found.right != "" else {"left"}
    yield from _among("name in brackets", sorted(named), {*found.parks, *whole}, key)
    sides = {*named, *(found.left if "left" in named else ()), *([found.right] if "right" in named else [])}
    for park in found.parks:
        if park not in sides:
            yield key, f"does not name {{{park}}}, which is tested", "expected each park of the statement"
    if found.kind == "threshold" and "right" not in named:
        yield key, "does not print the threshold that is tested", "expected {right} in the sentence"


def _of_measure(found: Statement) -> Iterator[Wrong]:
    """Faults of a measure that its kind of statement does not take, of its choices and of its threshold."""
    fitting = [name for name in QUANTITIES if found.kind != "pair" or name not in _LONE]
    fitting = [name for name in fitting if found.kind != "reference" or QUANTITIES[name].series]
    if unknown := list(_among("measure", [found.measure], fitting, "measure")):
        yield from unknown
        return
    varied = set(QUANTITIES[found.measure].choices)
    if found.right_measure:
        growths = [name for name in fitting if name.endswith("_growth")]
        if unknown := list(_among("right_measure", [found.right_measure], growths, "right_measure")):
            yield from unknown
            return
        varied &= {*QUANTITIES[found.right_measure].choices}
    yield from _among(
        "choice", found.choices, varied | ({"reference"} if found.kind == "reference" else set()), "choices"
    )
    if "land_rung" in varied and "land_rung" not in found.choices:
        yield "", "no choice land_rung", "expected it, for every rung of both parks is a cell (L4)"
    if found.kind == "threshold" and isinstance(found.right, str) and found.right:
        yield from _among("right side", [found.right], ["year_share"], "right")
