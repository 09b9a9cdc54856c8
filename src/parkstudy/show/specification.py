"""The specification chart: every statement, every cell, and how it is decided."""

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
        join, label = view.speech.join, view.label
        return header, [
            (join([d.statement.id, view.sentence(d.statement)], "  "), label(d.verdict, "verdict"), _support(view, d))
            for d in view.study.decisions
        ]

    def draw(self, view: View, selected: Selected, width: float) -> Any:
        """A dot a cell, the sentence beside its row or above it, the verdict at the right."""
        import matplotlib.pyplot as plt

        decisions, narrow = view.study.decisions, width <= NARROW
        size = (width, (0.5 if narrow else 0.36) * len(decisions) + 0.6)
        figure, ax = plt.subplots(figsize=size, layout="constrained")
        for place, d in enumerate(decisions):
            apart = 0.11 if len(d.results) > 1 else 0.0
            for i, result in enumerate(d.results):
                colour = PALETTE[_COLOURS[result.state]][0]
                look: dict[str, Any] = {
                    "color": colour,
                    "markerfacecolor": PAPER if d.grade_c else colour,
                    "markersize": 5,
                }
                (dot,) = ax.plot(100 * result.above, place + apart * (i % 3 - 1), "o", **look)
                view.tie(dot, _parks(view, [result]))
            view.tie(_verdict(view, ax, d, place, narrow), _parks(view, d.results))
        for share in (5, 95):
            ax.axvline(share, color=MUTED, linewidth=0.7, linestyle=":")
        for text, d in zip(_labels(view, ax, decisions, narrow), decisions, strict=True):
            view.tie(text, _parks(view, d.results))
        ax.set(xlim=(-4, 104), ylim=(len(decisions) - (0.6 if narrow else 0.4), -0.7), ylabel="")
        ax.set_xlabel(view.say("robustness.j2", "statements_axis"))
        ax.tick_params(length=0, labelsize=7 if narrow else 7.5)
        return figure


def _support(view: View, d: Decision) -> str:
    """How many cells are for the statement; nothing where there are none."""
    count = len(d.results)
    return view.speech.label("number", "short_of").format(count=d.support, of=count) if count else ""


def _labels(view: View, ax: Any, decisions: list[Decision], narrow: bool) -> list[Any]:
    """The sentence of each row: beside it, or above it on a telephone, whose width has no room for a column of labels."""
    wrap = 74 if narrow else 52
    named = [f"{d.statement.id}  {plain(view.sentence(d.statement))}" for d in decisions]
    lines = [wrapped(shortened(name, 2 * wrap), wrap) for name in named]
    ax.set_yticks([] if narrow else range(len(decisions)), [] if narrow else lines)
    look = {"textcoords": "offset points", "va": "bottom", "fontsize": 7, "color": INK}
    above = [ax.annotate(line, (-4, place), (0, 7), **look) for place, line in enumerate(lines) if narrow]
    return above or list(ax.get_yticklabels())


def _parks(view: View, results: Iterable[Any]) -> str:
    """The parks of the figures that cells rest on, in the order of the study, with a space between."""
    inputs = [key for result in results for key in result.inputs]
    found = set(view.study.summaries().filter(pl.col("observation_id").is_in(inputs))["park_id"])
    return " ".join(park for park in view.study.park_ids() if park in found)


def _verdict(view: View, ax: Any, d: Decision, place: int, narrow: bool) -> Any:
    """The verdict at the right; on a telephone where no dot stands, and without cells at the left."""
    words = view.speech.mark("comma").join(filter(None, (view.label(d.verdict, "verdict"), _support(view, d))))
    look = {"fontsize": 7 if narrow else 7.5, "color": INK if d.results else MUTED, "va": "center"}
    if not d.results:
        return ax.annotate(words, (7, place), style=slant(words), **look)
    if not narrow:
        return ax.annotate(words, (104, place), (4, 0), textcoords="offset points", annotation_clip=False, **look)
    shares = [100 * result.above for result in d.results]
    free = (at for at in (50, 26, 74) if all(abs(at - share) > 20 for share in shares))
    return ax.annotate(words, (next(free, 50), place), ha="center", **look)
