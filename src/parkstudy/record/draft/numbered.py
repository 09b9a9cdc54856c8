"""The numbers of drafted rows: those that their figures have already in the folder, and new ones."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from parkstudy.record import decided
from parkstudy.record.draft.account import Drafted, Row, placed
from parkstudy.record.draft.lines import lines
from parkstudy.record.draft.place import Coded
from parkstudy.record.draft.same import what
from parkstudy.record.signs import squash


class Known(NamedTuple):
    """What the folder says of a text already: its source row, the rows recorded of it in their order, the names of its parts."""

    source: Row
    rows: list[Row]
    parts: Mapping[str, str] = MappingProxyType({})  # subject to name
    rejected: Sequence[decided.Decision] = ()  # what a reader rejected of it
    highest: int = 0  # the highest number that a row of it has or had
    places: Mapping[tuple[str, str, str], str] = MappingProxyType({})  # where a draft read which figure, to its row


def numbered(one: Drafted, known: Known, units: Mapping[str, str]) -> tuple[dict[int, str], list[Row], dict[str, str]]:
    """Ids for the rows of a text, and behind which recorded row a new one stands.

    A figure that is recorded in its place has the id of that row, whatever a reader made of it; one that is printed again that of the
    first. Of a text that was changed, a figure has that of the row that no longer stands where it did; see `_moved`.
    """
    numbers = [re.search(r"\d+$", row["observation_id"]) for row in known.rows]
    last = max((int(number[0]) for number in numbers if number), default=0)
    last = max(last, known.highest)
    there: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in known.rows:
        there[row["locator"], squash(row["reported_figure"])].append(row["observation_id"])
    by_key = {what(row, units): row["observation_id"] for row in reversed(known.rows)}
    recorded = {row["observation_id"] for row in known.rows}
    account: dict[int, str] = {}
    behind: dict[str, str] = {}
    rows: list[Row] = []
    latest = ""
    moved = _moved(one, units, {place for place, coded in enumerate(one.found) if _here(coded) in there})
    for place, coded in enumerate(one.found):
        here = there.get(_here(coded), [])
        drafted = known.places.get(placed(one.text, coded), "")
        if not here and drafted in recorded:  # printed again: the row is that of another place
            account[place] = drafted
        elif here:
            account[place] = latest = here.pop(0) if len(here) > 1 else here[0]
        elif place in moved:
            account[place] = latest = moved[place]
        elif coded.row is not None:
            key = what(coded.row, units)
            if key not in by_key:
                last += 1
                by_key[key] = f"{one.source_id}-{last:03}"
                behind[by_key[key]] = latest
                rows.append({"observation_id": by_key[key], "source_id": one.source_id, **coded.row})
            account[place] = by_key[key]
    return account, rows, behind


def _here(coded: Coded) -> tuple[str, str]:
    return coded.line.locator or "", coded.words


def astray(text: str, rows: Sequence[Row]) -> list[Row]:
    """The rows whose figures do not stand in the paragraphs that they name: the text was changed since."""
    words: dict[str, str] = defaultdict(str)
    for line in lines(text) if rows else ():
        words[line.locator or ""] += line.words
    return [row for row in rows if row["locator"] and squash(row["reported_figure"]) not in words[row["locator"]]]


def _moved(one: Drafted, units: Mapping[str, str], taken: Collection[int]) -> dict[int, str]:
    """Place of a figure to the row that went astray and is of it: what it says is the same, else its figure and its term are, and there
    are as many such rows as such figures, which are taken in their order.
    """
    found: dict[int, str] = {}
    free = {place: coded for place, coded in enumerate(one.found) if place not in taken} if one.gone else {}
    left = {row["observation_id"]: row for row in one.gone}
    by_key = {what(row, units): key for key, row in reversed(left.items())}
    for place, coded in free.items():
        key = by_key.get(what(coded.row, units), "") if coded.row else ""
        if key in left:
            found[place] = key
            del left[key]
    for figure, term in {(squash(row["reported_figure"]), squash(row["reported_term"])): None for row in left.values()}:
        rows = [
            key for key, row in left.items()
            if (squash(row["reported_figure"]), squash(row["reported_term"])) == (figure, term)
        ]  # fmt: skip
        places = [
            place for place, coded in free.items()
            if place not in found and coded.words == figure and term in coded.line.words
        ]  # fmt: skip
        if len(rows) == len(places):
            found |= dict(zip(places, rows, strict=True))
    return found
