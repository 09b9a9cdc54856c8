"""Printed figures that are looked for by their digits, with the name of a park, a quantity or a term if wanted, as texts print them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from parkstudy.explorer.printed import Printed
from parkstudy.record.chosen import ALL, LATEST
from parkstudy.record.codes import LANGUAGES
from parkstudy.record.rows import Row
from parkstudy.show.asked import ASKED
from parkstudy.show.view import View
from parkstudy.words.speech import visible

KIND, _MOST = "figure", 20  # that are given; who looks for one of more adds a word
_PRINTED = ("as_printed", "as_reported")
_NOT_OF_NUMBER = re.compile(r"[\s,]")
_IN_THREES = re.compile(r"(?<![\d.,])\d{1,3}(?:\s\d{3})+(?!\d)")  # a number whose digits blanks part


def sought(printed: Printed, view: View, text: str) -> list[dict[str, str]]:
    """The figures with the digits of `text`, of what its other words name, as questions; those printed just so stand first.

    A number is found as a whole: `5.2` finds 5.2 % and not 45.2 %, `1 703` finds 1,703. None for a text without a digit.
    """
    return _sought(printed, view, _IN_THREES.sub(_joined, text)) or _sought(printed, view, text)


def _sought(printed: Printed, view: View, text: str) -> list[dict[str, str]]:
    words = [_bare(word) for word in text.split()]
    numbers = [word for word in words if re.search(r"\d", word)]
    if not numbers:
        return []
    others = [View(printed.study, lang) for lang in LANGUAGES if lang != view.lang]
    wanted, found = [_whole(number) for number in numbers], []
    for place, figure in enumerate(printed.figures):
        if all(number.search(figure) for number in wanted):
            row = printed.study.observations.row(place, named=True)
            if _named(row, [view, *others], set(words) - {*numbers}):
                found.append(row)
    order = {park: place for place, park in enumerate([*printed.core, *printed.context])}
    found.sort(key=lambda row: ("".join(numbers) not in _exact(row), order.get(row["park_id"], len(order))))
    return [_question(view, row) for row in found[:_MOST]]


def _question(view: View, row: Row) -> dict[str, str]:
    figure, name = row["reported_figure"], view.indicators[row["indicator"]]
    more = view.speech.mark("comma").join([view.names[row["park_id"]], view.period(row)])
    return {
        "id": f"{KIND}:{row['observation_id']}", "kind": KIND, "text": visible(f"{figure} {name}"), "more": visible(more),
        "called": view.speech.label("question_kind", KIND),
    }  # fmt: skip


def bare(figures: Iterable[str | None]) -> list[str]:
    """Figures as they are looked through."""
    return [_bare(figure or "") for figure in figures]


def _joined(number: re.Match[str]) -> str:
    return re.sub(r"\s", "", number[0])


def _bare(text: str) -> str:
    return _NOT_OF_NUMBER.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _exact(row: Row) -> tuple[str, str]:
    """The figure as it is printed, and its digits alone."""
    figure = _bare(row["reported_figure"])
    return figure, re.sub(r"[^\d.]", "", figure)


def _whole(number: str) -> re.Pattern[str]:
    """What finds a number in a figure where it does not go on at either end."""
    before = r"(?<![\d.])" if number[0].isdecimal() else ""
    behind = r"(?!\.?\d)" if number[-1].isdecimal() else ""
    return re.compile(f"{before}{re.escape(number)}{behind}")


def _named(row: Row, views: list[View], words: set[str]) -> bool:
    """Whether figure, park, quantity or printed term have the words."""
    if not words:
        return True
    names = [name for view in views for name in (view.names[row["park_id"]], view.indicators[row["indicator"]])]
    said = _bare(" ".join([row["reported_figure"], row["reported_term"] or "", *names]))
    return all(word in said for word in words)


def chosen(printed: Printed, key: str) -> dict[str, str] | None:
    """The choices of the view that shows a figure: of the first measure that it is the value of, else that it enters; None for a
    figure that the study does not have.
    """
    rows = printed.study.observations.filter(observation_id=key)
    if rows.is_empty():
        return None
    row = next(_measures(printed, key), None)
    found = {"measure": row["measure"] if row else "figures"}
    obeys = ASKED[found["measure"]].obeys
    if row and row["rung"] and "rung" in obeys:
        found["rung"] = row["rung"]
    latest = printed.of(LATEST).study.sources["source_id"]
    if "year" in obeys and rows["source_id"][0] not in set(latest):
        found["year"] = ALL
    return found


def _measures(printed: Printed, key: str) -> Iterator[dict[str, Any]]:
    """The values that rest on a figure: those that are it first, then those of the fewest figures."""
    own = printed.study.measures.filter(pl.col("inputs").list.contains(key), pl.col("low").is_not_null())
    own = own.filter(pl.col("measure").is_in(list(printed.asked)))
    own = own.sort(~pl.col("method").is_in(_PRINTED), pl.col("inputs").list.len(), maintain_order=True)
    yield from own.iter_rows(named=True)
