"""Statements as a reader sees them: the sentence of each, and the choices of its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
from markupsafe import Markup

from parkstudy.method.statements import Decision, Statement, as_frame
from parkstudy.show.view import View
from parkstudy.words.speech import plain

_GROUPS = {"land_rung": "rung", "reading": "reading"}  # whose words the levels of a choice have, where not `choice`


def sentence(view: View, statement: Statement) -> Markup:
    """What a statement says; a park that the study does not hold has its id for a name."""

    def name(park: str) -> Markup:
        return view.park(park) if park in view.names else view.speech.marked(park)

    own = {"en": statement.sentence_en, "zh": statement.sentence_zh}[view.lang]
    if own:
        parts = re.split(r"\{([^{}]+)\}", own)  # words, park, words, ...
        return view.speech.join(name(part) if place % 2 else part for place, part in enumerate(parts))
    left = view.speech.listing(map(name, statement.left))
    right = name(str(statement.right)) if statement.kind == "pair" else statement.right
    return view.say("facts.j2", f"statement_{statement.kind}", measure=statement.measure, left=left, right=right)


def choices_said(view: View, chosen: Mapping[str, str], *, ids: bool = False) -> str:
    """The choices of a cell, `price: real; span: months as printed`; parks by their short name, or by their id."""

    def level(key: str, code: str) -> str:
        if key == "park":
            return code if ids else view.names[code]
        if key == "reference":
            return view.speech.span_of_time(*map(date.fromisoformat, code.split("/")))
        return view.label(code, _GROUPS.get(key, "choice"))

    said = [f"{view.label(key, 'choice')}{view.speech.mark('colon')}{level(key, code)}" for key, code in chosen.items()]
    return view.speech.mark("semicolon").join(said)


def said_decisions(view: View, decisions: Sequence[Decision]) -> pl.DataFrame:
    """`statements.as_frame` with the sentences, and with choices and reasons in words; the view collects none of them."""
    quiet, frame = View(view.study, view.lang), as_frame(decisions)
    rows = [(d, r) for d in decisions for r in d.results or [None]]
    frame.insert_column(1, pl.Series("sentence", [plain(sentence(quiet, d.statement)) for d, _ in rows]))
    words: dict[str, list[str | None]] = {}
    words["reason"] = ["" if d.reason is None else plain(quiet.fact(d.reason)) for d, _ in rows]
    if "choices" in frame.columns:
        words["choices"] = [None if r is None else choices_said(quiet, r.choices, ids=True) for _, r in rows]
    return frame.with_columns(pl.Series(name, column) for name, column in words.items())
