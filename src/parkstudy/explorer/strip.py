"""Every variant of what is asked, in words: what each chooses, what comes out in it, and why nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from parkstudy.explorer.variants import MOST_PARKS, Variant, margins
from parkstudy.record.codes import codes
from parkstudy.show.view import View
from parkstudy.words.speech import plain

if TYPE_CHECKING:
    from parkstudy.explorer.answer import Question


def strip(question: Question) -> list[dict[str, Any]]:
    """Every variant as a cell: what it chooses, what it is called, what comes out in it, and why nothing does."""
    varying = [name for name, values in question.asking.every.items() if len(values) > 1]
    found = []
    for one in question.variants:
        found.append({
            "choice": {name: one.choice[name] for name in varying}, "label": label(question, one.choice, varying),
            "verdict": one.verdict, "words": outcome(question, one), "on": one.on, "why": why(question, one),
            "note": note(question, one),
        })  # fmt: skip
    return found


def label(question: Question, choice: Mapping[str, str], varying: Iterable[str]) -> str:
    """What tells a variant from the others; of the only one its choices."""
    view = question.view
    names = list(varying) or [name for name in choice if name != "year"] or list(choice)
    return view.speech.mark("comma").join(_named(view, name, choice[name]) for name in names)


def _named(view: View, name: str, value: str) -> str:
    if name == "year":
        return view.label("year_word", value) if value in codes("year_word") else value
    if name == "reading":
        return view.label("reading", value) if value else view.speech.label("explorer", "every_reading")
    return view.label("switch" if value in codes("switch") else name, value)


def outcome(question: Question, one: Variant) -> str:
    """What comes out in a variant, in few words."""
    orders = question.chosen.orders
    same = "" if one.on or not one.orders else "same" if one.orders == orders else "other" if one.turns(orders) else ""
    tallied = [{"verdict": verdict, "count": count} for verdict, count in one.tally.items()]
    lone = next(iter(one.values)) if len(one.values) == 1 else ""
    facts = {
        "one": one.decided[0] if len(one.decided) == 1 else None,
        "verdict": one.verdict,
        "tallied": tallied,
        "same": same,
        "values": question.asking.fitting(lone, one.choice) if lone else [],
        "count": len(one.values),
        "lone": lone,
    }
    return plain(question.say("variant_words", **facts))


def why(question: Question, one: Variant) -> str:
    """Why a variant shows nothing: the reason of the first park; empty where a park has a value."""
    row = next(iter(one.gaps.values()), None)
    return plain(question.say("variant_why", reason=None, row=row)) if row and not one.values else ""


def note(question: Question, one: Variant) -> str:
    """Why two parks with a value are not compared in a variant, which margin leaves them undecided, or why the others have none."""
    if one.one and (points := margins([one.one])):
        return plain(question.say("margin", margins=points))
    if not one.values or (one.one and one.one.results) or (one.verdict != "silent" and not one.one):
        return ""
    reason = one.one.reason if one.one else None
    gaps = [None] if reason else list(one.gaps.values())[:MOST_PARKS]
    told = (plain(question.say("variant_why", reason=reason, row=row)) for row in gaps)
    return question.view.speech.mark("semicolon").join(told)
