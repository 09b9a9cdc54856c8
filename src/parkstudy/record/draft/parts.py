"""Parts and wholes: which row the text itself makes a part of another one, and whether the parts make up the whole.

A part stands behind 其中 in the sentence of its whole, or in one that begins with it; or it is one of several parts of one kind, be it
without that word, which add up to the whole exactly; or it is how far one place has come of what is to be done there.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from parkstudy.record.draft.lines import begin
from parkstudy.record.draft.place import FULL_STOP, Coded
from parkstudy.record.quantities import parse
from parkstudy.record.schema import REST_NAMED

_PART = "其中"
_WIDER = {  # what a figure may be a part of beside one of its own indicator
    "industrial_investment": ("fixed_asset_investment",),
    "infrastructure_investment": ("fixed_asset_investment",),
    "technical_renovation_investment": ("fixed_asset_investment", "industrial_investment"),
    "above_scale_enterprises": ("enterprises",),
}
_STAGES = {  # of one place: how far it has come to what of it
    "relocation_agreements": ("households_to_relocate",),
    "households_valued": ("households_to_relocate",),
    "relocation_in_negotiation": ("households_to_relocate",),
    "relocated_households": ("households_to_relocate", "relocation_agreements"),
    "signed_land": ("planned_area",),
    "remaining_land": ("planned_area",),
}


class _Level(NamedTuple):
    """A proposed level: its id, its figure, its row, its value where the figure is exact."""

    key: str
    coded: Coded
    row: Mapping[str, Any]
    value: Decimal | None

    @property
    def kind(self) -> str:
        return str(self.row["subject"]).partition(":")[0]


def parts_of(levels: Sequence[tuple[str, Coded]], units: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Id of a part to that of its whole and to `complete` or `some`, of rows in the order of the text."""
    read = [_level(key, coded, units) for key, coded in levels if coded.row and coded.row["transformation"] == "level"]
    named: dict[str, str] = {}
    for place, part in enumerate(read):
        whole = next(
            (one for one in reversed(read[:place]) if _holds(one, part) and _said(one, part) and _alike(one, part)),
            None,
        )
        if whole:
            named[part.key] = whole.key
    by_key = {one.key: one for one in read}
    found: dict[str, tuple[str, str]] = {}
    for whole_key, parts in _lists(named, by_key).items():
        split = "complete" if _complete(by_key[whole_key[0]], parts) else "some"
        found |= {part.key: (whole_key[0], split) for part in parts}
    return found | _staged(read) | _summed([one for one in read if one.key not in named], read)


def _staged(read: Sequence[_Level]) -> dict[str, tuple[str, str]]:
    """What was done at a place of what there is to do, each of the nearest such figure before it in the paragraph."""
    found: dict[str, list[_Level]] = defaultdict(list)
    by_key = {one.key: one for one in read}
    for place, part in enumerate(read):
        of = _STAGES.get(part.row["indicator"], ())
        whole = (one for one in reversed(read[:place]) if one.row["indicator"] in of and _beside(one, part))
        if one := next(whole, None):
            found[one.key].append(part)
    return {
        part.key: (key, "complete" if _rest(parts) and _adds_up(by_key[key], parts) else "some")
        for key, parts in found.items()
        for part in parts
    }


def _beside(whole: _Level, part: _Level) -> bool:
    return whole.coded.line is part.coded.line and whole.row["subject"] == part.row["subject"]


def _level(key: str, coded: Coded, units: Mapping[str, str]) -> _Level:
    row = coded.row or {}
    quantity = parse(coded.words, units[row["indicator"]])
    exact = quantity.bound == "exact" and quantity.value is not None
    return _Level(key, coded, row, Decimal(str(quantity.value)) if exact else None)


def _holds(whole: _Level, part: _Level) -> bool:
    """Whether one may hold the other: the park a part of it, all firms the larger ones, fixed assets those of industry."""
    one, other = whole.row, part.row
    if one["indicator"] in _WIDER.get(other["indicator"], ()):
        return bool(one["subject"] == other["subject"])
    if one["indicator"] != other["indicator"] or one["locator"] is None:
        return False
    narrower = other["population"] in ("above_scale", "industry") and one["population"] != other["population"]
    return (":" in other["subject"] and ":" not in one["subject"]) or (one["subject"] == other["subject"] and narrower)


def _said(whole: _Level, part: _Level) -> bool:
    """Whether 其中 stands between them, in the sentence of the whole or at the head of that of the part."""
    if whole.coded.line is not part.coded.line:
        return False
    plain, at = part.coded.line.plain, part.coded.place.start
    sentence = begin(FULL_STOP, plain, at)
    if plain.startswith(_PART, sentence):
        return whole.coded.place.start >= begin(FULL_STOP, plain, max(sentence - 1, 0))
    return whole.coded.place.start >= sentence and _PART in plain[whole.coded.place.end : at]


def _lists(named: Mapping[str, str], by_key: Mapping[str, _Level]) -> dict[tuple[str, str, str], list[_Level]]:
    """The parts of one kind and one indicator that each whole has."""
    found: dict[tuple[str, str, str], list[_Level]] = defaultdict(list)
    for key, whole in named.items():
        part = by_key[key]
        found[whole, part.kind, part.row["indicator"]].append(part)
    return found


def _complete(whole: _Level, parts: Sequence[_Level]) -> bool:
    return len(parts) > 1 and (_rest(parts) or _adds_up(whole, parts))


def _rest(parts: Sequence[_Level]) -> bool:
    """Whether one of them is called what is left."""
    ahead = (one.coded.line.plain[max(0, one.coded.place.start - 12) : one.coded.place.start] for one in parts)
    return any(word in words for words in ahead for word in REST_NAMED)


def _adds_up(whole: _Level, parts: Sequence[_Level]) -> bool:
    return whole.value is not None and sum(part.value or Decimal("NaN") for part in parts) == whole.value


def _summed(parts: Sequence[_Level], read: Sequence[_Level]) -> dict[str, tuple[str, str]]:
    """The lists of parts without 其中 that add up to a figure of the park before them."""
    lists: dict[tuple[Any, ...], list[_Level]] = defaultdict(list)
    for part in parts:
        if ":" in part.row["subject"]:
            same = (part.row[name] for name in ("indicator", "value_type", "period_start", "period_end", "locator"))
            lists[(part.kind, *same)].append(part)
    found: dict[str, tuple[str, str]] = {}
    for several in lists.values():
        before = read[: read.index(several[0])]
        held = (
            one for one in reversed(before) if all(_holds(one, part) for part in several) and _alike(one, several[0])
        )
        whole = next((one for one in held if _adds_up(one, several)), None)
        if whole and len(several) > 1:
            found |= {part.key: (whole.key, "complete") for part in several}
    return found


def _alike(whole: _Level, part: _Level) -> bool:
    """Whether both are of one span and one kind; of an outturn a part may still be expected."""
    kinds = {whole.row["value_type"], part.row["value_type"]}
    spans = all(whole.row[name] == part.row[name] for name in ("period_start", "period_end"))
    return spans and (len(kinds) == 1 or kinds == {"outturn", "forecast"})
