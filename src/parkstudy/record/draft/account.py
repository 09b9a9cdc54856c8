"""The account of a draft: a line for every printed figure of a text, and what is told of it in one sentence."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import dropwhile
from pathlib import Path
from typing import Any, NamedTuple

from parkstudy.errors import counted
from parkstudy.record import decided
from parkstudy.record.draft.place import NO_YEAR, Coded

FILE = decided.DRAFT
COLUMNS = ("source_id", "start", "end", "figure", "state", "observation_id", "reason", "confidence")

Row = dict[str, Any]


class Drafted(NamedTuple):
    """A text as it was read: its source, its figures, the new rows, the names of the parts they are of."""

    source_id: str
    text: str
    found: list[Coded]
    account: dict[int, str]  # place in `found` to the id of its row
    rows: list[Row]
    parts: list[Row]
    behind: Mapping[str, str]  # new row to the recorded one that stands before it in the text, if any
    gone: Sequence[Row] = ()  # recorded rows that no longer stand where they did
    left: Sequence[Row] = ()  # recorded rows that an earlier draft proposed, and that are found nowhere now


def account(path: Path, drafted: Sequence[Drafted]) -> str:
    """`draft.csv`: the lines of these texts in the place of their earlier ones, those of others as they are."""
    mine = {one.source_id for one in drafted}
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            writer.writerows(
                row for row in csv.DictReader(dropwhile(str.isspace, file)) if row.get("source_id") not in mine
            )
    writer.writerows(row for one in drafted for row in lines_of(one))
    return out.getvalue()


def proposed(path: Path, sources: Set[str]) -> dict[str, dict[tuple[str, str, str], str]]:
    """Which row an earlier account of some sources gives to the figure in a place; nothing where there is none."""
    found: dict[str, dict[tuple[str, str, str], str]] = {source: {} for source in sources}
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(dropwhile(str.isspace, file)):
                if (source := row.get("source_id") or "") in sources and row.get("observation_id"):
                    found[source].setdefault((row["start"], row["end"], row["figure"]), row["observation_id"])
    return found


def placed(text: str, coded: Coded) -> tuple[str, str, str]:
    """Where a figure stands in its text, and its words there, as the account writes them."""
    start, end = coded.line.span(coded.place.start, coded.place.end)
    return str(start), str(end), " ".join(text[start:end].split())


def lines_of(one: Drafted) -> Iterator[Row]:
    """The lines of a text, one a printed figure in its order; then, without a place, rows that nobody may have decided on."""
    for place, coded in enumerate(one.found):
        row = {
            "source_id": one.source_id,
            **dict(zip(("start", "end", "figure"), placed(one.text, coded), strict=True)),
        }
        if key := one.account.get(place):
            yield row | {"state": "proposed", "observation_id": key, "reason": "", "confidence": coded.confidence}
        else:
            yield row | {"state": "set_aside", "observation_id": "", "reason": coded.reason, "confidence": ""}
    for row in one.left:
        yield {
            "source_id": one.source_id, "start": "", "end": "", "figure": row["reported_figure"], "state": "proposed",
            "observation_id": row["observation_id"], "reason": "", "confidence": "low",
        }  # fmt: skip


def told(path: Path, one: Drafted) -> str:
    """A text in a sentence: how many figures it has, how many rows are new, what was set aside most often, what is to be filled in."""
    gone = f"{counted(len(one.gone), 'recorded row')} no longer where the text had {'it' if len(one.gone) == 1 else 'them'}"
    moved = f"; {gone}: `parkstudy verify` lists what to correct" if one.gone else ""
    if not one.found:
        return f"{path.name}: {one.source_id}: no figure stands in it{moved}"
    aside = Counter(coded.reason.partition(":")[0] for place, coded in enumerate(one.found) if place not in one.account)
    why = ", ".join(f"{number} {reason}" for reason, number in aside.most_common(4))
    figures = f"{counted(len(one.found), 'figure')}, {counted(len(one.rows), 'new row')}"
    hint = "; fill in period_start and period_end of it in sources.csv and draft it again" if aside[NO_YEAR] else ""
    return f"{path.name}: {one.source_id}: {figures}; set aside {sum(aside.values())}{f' ({why})' if why else ''}{moved}{hint}"
