"""What can be chosen for each field of a row: the closed lists of the schema, the indicators, and what the text itself offers."""

import contextlib
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from parkstudy.record.codes import label
from parkstudy.record.draft.lines import Line
from parkstudy.record.draft.spans import ALWAYS_PLAN
from parkstudy.record.draft.words import fits, terms
from parkstudy.record.quantities import QuantityError, parse
from parkstudy.record.schema import columns
from parkstudy.record.units import UNITS
from parkstudy.recorder.parts import KINDS, worded

Row = Mapping[str, str]
FIELDS = (
    "indicator", "reported_term", "reported_figure", "subject", "transformation", "share_of", "value_type", "population",
    "period_start", "period_end", "bound", "obs_status", "caveats", "part_of", "split", "note",
)  # fmt: skip
MANY = ("caveats", "part_of")  # several of a list, separated by ;
_AROUND = 5  # rows before and behind those of a paragraph
CLOSED = (
    "indicator",
    "population",
    "transformation",
    "value_type",
    "bound",
    "obs_status",
    "split",
    "share_of",
    "caveats",
    "part_of",
)


class Offer(NamedTuple):
    """A value that can be chosen and its name; `fit` where the figure speaks for it."""

    value: str
    name: str
    fit: bool = True


def offers(
    row: Row,
    line: Line | None,
    rows: Iterable[Row],
    indicators: Sequence[Row],
    parts: Mapping[str, str],
    lang: str,
    at: int = 0,
) -> dict[str, list[Offer]]:
    """Field to what can be chosen for it, best first; for fields of one's own words to what the text offers. The figure stands at
    character `at` of its line."""
    unit = _unit(row)
    own = [*rows]
    named = [Offer(one["indicator"], one[f"name_{lang}"], _fits(unit, row, one["unit"])) for one in indicators]
    named.sort(key=lambda offer: not offer.fit)
    found = {
        name: _closed(name, lang)
        for name in ("population", "transformation", "value_type", "bound", "obs_status", "split", "caveats")
    }
    whole = [Offer(code, label("recorder", f"of_{code}", lang)) for code in ("plan", "unstated")]
    return found | {
        "indicator": named,
        "share_of": [*whole, *(offer._replace(fit=True) for offer in named)],
        "subject": _subjects(row, own, parts, lang),
        "part_of": [
            Offer(one["observation_id"], f"{one['reported_term']} {one['reported_figure']}") for one in _near(row, own)
        ],
        "reported_term": [Offer(term, term) for term in _terms(row, line, indicators, at)],
        **{
            name: [Offer(day, day) for day in sorted({one[name] for one in own} - {""})]
            for name in ("period_start", "period_end")
        },
    }


def _closed(field: str, lang: str) -> list[Offer]:
    """A closed list of the schema, with an empty value first where the field may be empty."""
    column = columns("observations")[field]
    values = (column.metadata or {})["values"]
    group = "bound_word" if field == "bound" else values.group
    codes = [Offer(code, label(group, code, lang)) for code in values]
    return [Offer("", label("recorder", "nothing", lang)), *codes] if column.nullable and field not in MANY else codes


def _unit(row: Row) -> str:
    try:
        return parse(row["reported_figure"]).unit or ""
    except (QuantityError, KeyError):
        return ""


def _fits(unit: str, row: Row, wanted: str) -> bool:
    return (unit == "percent" and row.get("transformation") in ("yoy", "share")) or (
        wanted in UNITS and fits(unit, wanted)
    )


def _subjects(row: Row, rows: Sequence[Row], parts: Mapping[str, str], lang: str) -> list[Offer]:
    plain = [Offer(code, label("recorder", f"of_{code}", lang)) for code in ("park", "county")]
    there = dict.fromkeys([*parts, *(one["subject"] for one in rows), row.get("subject", "")])
    named = [Offer(one, worded(one, parts).partition(":")[2]) for one in there if one not in ("park", "county", "")]
    return [*plain, *named, *(Offer(f"{kind}:", label("recorder", f"of_{kind}", lang)) for kind in KINDS)]


def _near(row: Row, rows: Sequence[Row]) -> list[Row]:
    """The rows of its paragraph and those around it, of which it may be a part, and those it is one of: the likely ones first, which
    are levels of its indicator or at least in its unit, before it and near.
    """
    here = [n for n, one in enumerate(rows) if one["locator"] == row["locator"]] or [len(rows)]
    wanted = range(here[0] - _AROUND, here[-1] + _AROUND + 1)
    chosen = (row.get("part_of") or "").split(";")
    own = next((n for n, one in enumerate(rows) if one["observation_id"] == row.get("observation_id")), here[-1] + 1)
    unit = _unit(row)

    def unlikely(place: int) -> tuple[bool, ...]:
        one = rows[place]
        level = one["transformation"] == row.get("transformation") == "level"
        same = one["indicator"] == row.get("indicator")
        return one["observation_id"] not in chosen, not level, not same, _unit(one) != unit, place > own

    there = [n for n, one in enumerate(rows) if n != own and (n in wanted or one["observation_id"] in chosen)]
    return [rows[n] for n in sorted(there, key=lambda n: (*unlikely(n), abs(n - own)))]


def _terms(row: Row, line: Line | None, indicators: Sequence[Row], at: int) -> list[str]:
    """The terms of its paragraph, those that end nearest before character `at` first; of its indicator also shorter ones."""
    if line is None:
        return []
    own = next((one["terms_zh"].split(";") for one in indicators if one["indicator"] == row.get("indicator")), [])
    found = [(term.end, line.words[term.start : term.end]) for term in terms(line.plain, 0, len(line.plain))]
    found += [(line.words.rfind(term, 0, at) + len(term), term) for term in own if term and term in line.words[:at]]
    found += [(line.words.find(term) + len(term), term) for term in own if term and term in line.words]
    near = sorted(found, key=lambda one: (one[0] > at, abs(at - one[0]), -len(one[1])))
    return [*dict.fromkeys(term for _, term in near)]


def nearest_terms(line: Line, at: int, indicators: Sequence[Row]) -> dict[str, str]:
    """Indicator to the accepted term of it that stands nearest before character `at` of a line, else nearest behind it; the longer one
    of two that end at one place. Indicators without a term in the line are left out.
    """
    found = {}
    for one in indicators:
        terms_ = [term for term in one["terms_zh"].split(";") if term]
        ends = [
            (line.words.rfind(term, 0, at) + len(term), len(term), term) for term in terms_ if term in line.words[:at]
        ]
        behind = [(-line.words.find(term, at), len(term), term) for term in terms_ if term in line.words[at:]]
        if ends or behind:
            found[one["indicator"]] = max(ends or behind)[2]
    return found


def consequences(
    row: Row, changes: Mapping[str, str], kinds: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """What else changes with the cells that a reader changed, so that the row stays one that the rules allow.

    The bound follows the figure; of an indicator that is always a plan, such as contracts, an outturn becomes one; a target or plan has no
    status, an outturn or forecast one, of low reliability where the text is found to contradict it; only a share is of something; a
    stock (by `kinds`, indicator to kind) has no first day.
    """
    made = {**row, **changes}
    more: dict[str, str] = {}
    if "reported_figure" in changes and "bound" not in changes:
        with contextlib.suppress(QuantityError):
            more["bound"] = parse(
                changes["reported_figure"], "percent" if made["transformation"] != "level" else None
            ).bound
    contract = made["indicator"] in ALWAYS_PLAN and made["value_type"] == "outturn"
    if "indicator" in changes and "value_type" not in changes and contract:
        more |= {"value_type": "plan", "obs_status": ""}
    stock = kinds.get(made["indicator"]) == "stock" and made["transformation"] == "level"
    if "indicator" in changes and "period_start" not in changes and stock:
        more["period_start"] = ""
    if "value_type" in changes and "obs_status" not in changes:
        status = {"outturn": "A", "forecast": "P", "target": "", "plan": ""}.get(made["value_type"], "")
        more["obs_status"] = made["obs_status"] if status and made["obs_status"] else status
    if "transformation" in changes and "share_of" not in changes:
        more["share_of"] = (made["share_of"] or "unstated") if made["transformation"] == "share" else ""
    new = {*changes.get("caveats", "").split(";")} - {*(row.get("caveats") or "").split(";")}
    if "contradicted" in new and "obs_status" not in changes and made["value_type"] in ("outturn", "forecast"):
        more["obs_status"] = "U"
    if changes.get("part_of") and not made["split"]:
        more["split"] = "some"
    if changes.get("part_of") == "" and "split" not in changes:
        more["split"] = ""
    return {name: value for name, value in more.items() if value != row.get(name, "")}


def tidy(changes: Mapping[str, Any]) -> dict[str, str]:
    """The changes as cells: without blanks at the ends, what is many in the form of a list, nothing outside the declared columns."""
    known = columns("observations")
    found = {}
    for name, value in changes.items():
        if name not in known or name in ("observation_id", "source_id"):
            raise KeyError(name)
        many = (
            [*value] if isinstance(value, list | tuple) else re.split(";", str(value)) if name in MANY else [str(value)]
        )
        found[name] = ";".join(dict.fromkeys(filter(None, (one.strip() for one in many))))
    return found
