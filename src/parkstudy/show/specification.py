"""The specification chart: every statement, every cell, and how it is decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from parkstudy.method.statements import Decision
from parkstudy.show.dots import Figure, Values
from parkstudy.show.exhibit import Selected
from parkstudy.show.theme import INK, MUTED, NARROW, PALETTE, PAPER, slant
from parkstudy.show.view import View
from parkstudy.words.lines import shortened, wrapped
from parkstudy.words.speech import plain

_COLOURS = {"for": "park-1", "open": "open", "against": "park-2"}


@dataclass(frozen=True, kw_only=True)
class Specification(Figure):
    """The share of admissible values that make a statement true, one dot a cell, one row a statement."""

    kind = "specification"

    def table(self, view: View, selected: Selected) -> Values:
        """Statement, verdict and cells for it."""
        header = [view.speech.label("column", code) for code in ("statement", "verdict", "cells_for")]
        return header, [
            (
                view.speech.join([d.statement.id, view.sentence(d.statement)], "  "), view.label(d.verdict, "verdict"),
                _support(view, d),
            )
            for d in view.study.decisions
        ]  # fmt: skip

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """A dot a cell, the sentence beside its row or above it, the verdict at the right."""
        import matplotlib.pyplot as plt

        decisions, narrow = view.study.decisions, width <= NARROW
        figure, ax = plt.subplots(
            figsize=(width, (0.5 if narrow else 0.36) * len(decisions) + 0.6), layout="constrained"
        )
        for place, decision in enumerate(decisions):
            _dots(view, ax, decision, place)
            view.tie(_verdict(view, ax, decision, place, narrow), _parks(view, decision.results))
        for share in (5, 95):
            ax.axvline(share, color=MUTED, linewidth=0.7, linestyle=":")
        _label(view, ax, decisions, narrow)
        ax.set(xlim=(-4, 104), ylim=(len(decisions) - (0.6 if narrow else 0.4), -0.7), ylabel="")
        ax.set_xlabel(view.say("robustness.j2", "statements_axis"))
        ax.tick_params(length=0, labelsize=7 if narrow else 7.5)
        return figure


def _named(view: View, decision: Decision) -> str:
    return f"{decision.statement.id}  {plain(view.sentence(decision.statement))}"


def _support(view: View, decision: Decision) -> str:
    """How many cells are for the statement; nothing where there are none."""
    count = len(decision.results)
    return view.speech.label("number", "short_of").format(count=decision.support, of=count) if count else ""


def _dots(view: View, ax: Any, decision: Decision, place: int) -> None:
    apart = 0.11 if len(decision.results) > 1 else 0.0
    for i, result in enumerate(decision.results):
        colour = PALETTE[_COLOURS[result.state]][0]
        look = {"color": colour, "markerfacecolor": PAPER if decision.grade_c else colour, "markersize": 5}
        (dot,) = ax.plot(100 * result.above, place + apart * (i % 3 - 1), "o", **look)
        view.tie(dot, _parks(view, [result]))


def _label(view: View, ax: Any, decisions: list[Decision], narrow: bool) -> None:
    """The sentence of each row: beside it, or above it on a telephone, whose width has no room for a column of labels."""
    wrap = 74 if narrow else 52
    lines = [wrapped(shortened(_named(view, d), 2 * wrap), wrap) for d in decisions]
    if narrow:
        ax.set_yticks([])
        look = {"textcoords": "offset points", "va": "bottom", "fontsize": 7, "color": INK}
        texts = [ax.annotate(line, (-4, place), (0, 7), **look) for place, line in enumerate(lines)]
    else:
        ax.set_yticks(range(len(decisions)), lines)
        texts = ax.get_yticklabels()
    for text, decision in zip(texts, decisions, strict=True):
        view.tie(text, _parks(view, decision.results))


def _parks(view: View, results: Iterable[Any]) -> str:
    """The parks of the figures that cells rest on, in the order of the study, with a space between."""
    inputs = [key for result in results for key in result.inputs]
    found = set(view.study.summaries().filter(pl.col("observation_id").is_in(inputs))["park_id"])
    return " ".join(park for park in view.study.park_ids() if park in found)


def _verdict(view: View, ax: Any, decision: Decision, place: int, narrow: bool) -> Any:
    words, count = view.label(decision.verdict, "verdict"), len(decision.results)
    if count:
        words += view.speech.mark("comma") + view.speech.label("number", "short_of").format(
            count=decision.support, of=count
        )
    look = {"fontsize": 7 if narrow else 7.5, "color": INK if count else MUTED, "va": "center"}
    if count and not narrow:
        return ax.annotate(words, (104, place), (4, 0), textcoords="offset points", annotation_clip=False, **look)
    if count:
        shares = [100 * result.above for result in decision.results]
        free = (at for at in (50, 26, 74) if all(abs(at - share) > 20 for share in shares))
        return ax.annotate(words, (next(free, 50), place), ha="center", **look)
    return ax.annotate(words, (7, place), style=slant(words), **look)
