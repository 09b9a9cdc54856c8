"""Sessions of the explorer for tests: what answers a choice is drawn elsewhere, and stands here as its key."""

from __future__ import annotations

from functools import cache
from typing import Any

from parkstudy.explorer.choice import Choice
from parkstudy.explorer.data import Opened, opened
from parkstudy.explorer.room import WIDTH
from parkstudy.explorer.session import Session


def view(_self: Opened, choice: Choice, tab: str, picked: Any, width: float) -> dict[str, Any]:
    html = f"<p>{choice.key} {','.join(picked)} {width if width != WIDTH else ''}</p>"
    return {"title": choice.measure, "sentence": choice.key, "html": html, "tab": tab, "empty": ""}


def drawer(_self: Opened, choice: Choice, key: str) -> dict[str, Any]:
    return {"key": key, "title": choice.measure, "html": ""}


@cache
def shipped() -> Opened:
    return opened("")


def session(folder: Any = "", **choice: str) -> Session:
    return Session(opened(str(folder)) if folder else shipped(), Choice(**choice))


def chosen(session: Session, **choice: str) -> dict[str, Any]:
    """The reply to other values of the choice, which must be taken."""
    reply = session.act({"n": 1, "do": "set", "choice": choice})
    assert reply["error"] == ""
    return reply


def values(session: Session, name: str) -> dict[str, str]:
    """Each value of a choice that is offered, with the rule that refuses it."""
    offered = {one["name"]: one["values"] for one in session.panel("left")["choices"]}
    return {value["value"]: value["why"] for value in offered[name]}
