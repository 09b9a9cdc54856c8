"""A copy of the tables with rows added or dropped, and what the audit and the statements say of it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from unlooked import unwarned

import parkstudy
from parkstudy.method.audit import CHECKS, Finding
from parkstudy.method.audit.printed import PrintedText
from parkstudy.method.fact import Fact
from parkstudy.method.study import Study
from parkstudy.show.view import View
from parkstudy.words.speech import plain

Rows = list[dict[str, str]]


@contextmanager
def _rows(copy: Any, table: str) -> Iterator[Rows]:
    path = copy.path(table)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        header = list(reader.fieldnames or [])
    yield rows
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def drop(copy: Any, table: str, gone: Callable[[dict[str, str]], bool]) -> None:
    """Take the rows out for which `gone` is true; there must be some."""
    with _rows(copy, table) as rows:
        kept = [row for row in rows if not gone(row)]
        assert len(kept) < len(rows)
        rows[:] = kept


def append(copy: Any, table: str, like: str, **cells: str) -> None:
    """Append the row whose first cell is `like` with other `cells`, which name a new first cell."""
    with _rows(copy, table) as rows:
        (pattern,) = (row for row in rows if next(iter(row.values())) == like)
        assert set(cells) <= set(pattern)
        rows.append({**pattern, **cells})


def without_park(copy: Any, park: str) -> None:
    """Take out a park with its sources and observations, if it is there."""
    with _rows(copy, "sources") as sources:
        gone = {row["source_id"] for row in sources if row["park_id"] == park}
        sources[:] = [row for row in sources if row["park_id"] != park]
    with _rows(copy, "observations") as rows:
        rows[:] = [row for row in rows if row["source_id"] not in gone]
    with _rows(copy, "parks") as parks:
        parks[:] = [row for row in parks if row["park_id"] != park]


def edited(copy: Any, **figures: str) -> Study:
    """The faultless study of the copy, after other printed figures for observations: `hengnan_2019_004="56亿元"`."""
    for name, figure in figures.items():
        copy.edit("observations", name.replace("_", "-"), reported_figure=figure)
    with unwarned():
        return parkstudy.load(copy.folder).require_faultless()


def findings(study: Study, check: str, *ids: str) -> list[Finding]:
    """The findings of a family which name all these observations; of one inside a text that text alone is looked at."""
    if check in CHECKS and ids:
        (source,) = study.rows("sources", source_id=ids[0].rpartition("-")[0])
        found = list(CHECKS[check](PrintedText.by(study, source)))
    else:
        found = study.findings
    return [f for f in found if f.check == check and set(ids) <= set(f.observations)]


def outcome(study: Study, check: str, *ids: str) -> str:
    """The outcome of the only finding of a family which names these observations and no others."""
    (found,) = (f for f in findings(study, check, *ids) if set(f.observations) == set(ids))
    return found.outcome


def said(study: Study, fact: Fact, lang: str = "en") -> str:
    """What a fact says, without its marks."""
    return plain(View(study, lang).fact(fact))
