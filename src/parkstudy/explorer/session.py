"""A session of the explorer: what a reader does, answered by plain functions.

`Session.act` takes a message, `{"n": 7, "do": "set", ...}`, and gives a reply, `{"n": 7, "panels": {...}, "error": "", "said": ""}`.
A panel (`top`, `left`, `view`, `drawer`, `found`, `bottom`, and `at`, where the reader stands) is in it where it is not as it was sent
before. Of one that was sent, only the parts are sent again that changed, so that a front end lays them over what it has; and of its
`parks` those that changed, as `changed`, `[{"id", "on", "why"}]`, while the list itself is the same. `start` sends everything whole;
`whole` in a reply is each of these panels as it is now, for who keeps them in the kernel.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from parkstudy.errors import did_you_mean
from parkstudy.explorer import again, figures
from parkstudy.explorer.acts import HANDLERS, MOST_KEPT, Kept, Message, SessionError, State, instead, settled
from parkstudy.explorer.choice import CLOSED, NONE, Choice, ChoiceError
from parkstudy.explorer.data import Opened, moved, renewed
from parkstudy.explorer.offers import effective, value_name
from parkstudy.explorer.questions import QuestionError
from parkstudy.explorer.room import kept_width, width_of
from parkstudy.export import ExportError
from parkstudy.panels.causes import cause
from parkstudy.record.chosen import UnknownParkError, UnknownYearError
from parkstudy.record.shipped import DataFolderError
from parkstudy.show.asked import Asked, UnknownMeasureError, known
from parkstudy.words.speech import visible


class Session:
    """What a reader has open: a state, and what was sent of it."""

    def __init__(self, data: Opened, choice: Choice) -> None:
        choice = replace(choice, data=data.folder)
        self.state = settled(State(data, choice, choice), choice)
        self._sent: dict[str, tuple[Any, dict[str, Any]]] = {}  # of a panel what it was made of, and the whole of it

    def act(self, message: Message) -> dict[str, Any]:
        """The reply to a message; one that cannot be followed changes nothing and says why."""
        number, before = message.get("n", 0), dict(self._sent)
        try:
            name = str(message.get("do", ""))
            state = replace(self.state, said="", file={}, moved=moved(self.state.data))
            state = self._do(name, state, message)
            if name == "start":
                self._sent.clear()
            panels = self._changed(state)
        except BaseException as error:  # also where a reader interrupts the kernel
            self._sent = before
            if not isinstance(error, Exception):
                raise
            return {"n": number, "panels": {}, **_failed(self.state, error)}
        if state.data is not self.state.data:
            renewed()
        self.state = state
        whole = {name: self._sent[name][1] for name in panels}
        found = {"n": number, "panels": panels, "whole": whole, "error": "", "cause": "", "said": state.said}
        return {**found, "file": dict(state.file)} if state.file else found

    def _do(self, name: str, state: State, message: Message) -> State:
        if name == "keep":
            return self._keep(state)
        if name == "file":
            return replace(state, file=_file(state, str(message["kind"])))
        if name not in HANDLERS:
            every = [*HANDLERS, "keep", "file"]
            raise ValueError(f"unknown act {name!r}; {did_you_mean(name, every)}acts: {', '.join(every)}")
        return HANDLERS[name](state, message)

    def _keep(self, state: State) -> State:
        """The view, pinned beside others."""
        view, asked = self.panel("view", state), known(state.data.offers.printed.study, state.choice.measure)
        shown = replace(effective(state.choice, asked), lang=Choice.lang)
        if any(one.choice == shown for one in state.kept):
            return replace(state, said=state.word("kept_already"))
        if not view.get("html"):
            raise SessionError(state.word("nothing_to_keep"))
        if len(state.kept) == MOST_KEPT:
            raise SessionError(state.word("kept_full"))
        width = kept_width(state.room) if view["tab"] == "figure" else width_of(state.room)
        one = Kept(state.data, shown, view["tab"], state.picked, width)
        return replace(state, kept=(*state.kept, one), said=state.word("kept_now"))

    def panel(self, name: str, state: State | None = None) -> dict[str, Any]:
        """A panel of a state as a front end shows it."""
        found: dict[str, Any] = _PANELS[name](state or self.state)
        return found

    def _changed(self, state: State) -> dict[str, dict[str, Any]]:
        """The parts of panels that are not as they were sent."""
        found = {}
        for name, rests_on in _rests_on(state).items():
            made_of, was = self._sent.get(name, (None, None))
            if made_of == rests_on:
                continue
            now = self.panel(name, state)
            self._sent[name] = (rests_on, now)
            if now != was:
                found[name] = now if was is None else _parts(now, was)
        return found


def _file(state: State, kind: str) -> dict[str, str]:
    """The view as a file of a kind: its rows, or its figure, of which the front end makes a PNG."""
    if state.choice.parks == NONE:
        raise SessionError(state.word("no_park"))
    asked = known(state.data.offers.printed.study, state.choice.measure)
    shown = effective(state.choice, asked)
    if kind in again.TYPES:
        return again.file(state.data.held, shown, asked, kind)
    if kind not in again.PICTURES:
        every = [*again.TYPES, *again.PICTURES]
        message = f"unknown kind of file {kind!r}; {did_you_mean(kind, every)}kinds: {', '.join(every)}"
        raise again.FileError(message).told("file_kind", given=kind, known=", ".join(every))
    return again.made(shown, kind, "image/svg+xml", state.data.picture(shown, state.picked))


def _asked(state: State) -> Asked:
    return known(state.data.offers.printed.study, state.choice.measure)


def _top(state: State) -> dict[str, Any]:
    return state.data.offers.top(state.choice, state.word(state.moved) if state.moved else "")


def _left(state: State) -> dict[str, Any]:
    return state.data.offers.left(state.choice, _asked(state))


def _view(state: State) -> dict[str, Any]:
    data, asked = state.data, _asked(state)
    shown, empty = effective(state.choice, asked), data.offers.unanswered(state.choice, asked)
    view = data.silent(shown, empty) if empty else data.view(shown, state.tab, state.picked, width_of(state.room))
    said = data.stated(stated, state.choice.lang) if (stated := _stated(state)) else ""
    told = [state.word(state.moved)] if state.moved else []  # which stays in sight when the panel of the data is closed
    told += filter(None, [instead(state)])
    return {
        **view,
        "stated": said,
        "instead": state.data.offers.views[state.choice.lang].speech.mark("space").join(told),
    }


def _drawer(state: State) -> dict[str, Any]:
    shown = effective(state.choice, _asked(state))
    return state.data.drawer(shown, state.key) if state.key else {"key": "", "title": "", "html": ""}


def _found(state: State) -> dict[str, Any]:
    offers = state.data.offers
    found = figures.sought(offers.printed, offers.views[state.choice.lang], state.sought)
    if found or not state.sought:
        return {"text": state.sought, "questions": found, "note": ""}
    return {"text": state.sought, **offers.wording(state.choice.lang).found(state.sought, state.choice.measure)}


def _bottom(state: State) -> dict[str, Any]:
    more = {
        "undo": bool(state.past),
        "redo": bool(state.ahead),
        "kept": [_kept(one, state.choice.lang) for one in state.kept],
    }
    found = state.data.offers.bottom(state.choice, _asked(state), **more)
    gone = state.word("data_gone") if state.moved == "data_gone" else ""  # no command can read them
    return {**found, "commands": [] if gone else found["commands"], "gone": gone}


def _kept(one: Kept, lang: str) -> dict[str, str]:
    """A kept view in a language."""
    shown = replace(one.choice, lang=lang)
    view = one.data.view(shown, one.tab, one.picked, one.width)
    return {"key": shown.key, **{name: view.get(name, "") for name in ("title", "sentence", "html")}}


def _at(state: State) -> dict[str, Any]:
    """Where a reader stands, by which a front end knows a view that it has drawn before: what is wanted now, after an undo and after a
    redo, the tab, the width; `more` says that the view hangs on other things, too: on parks that are picked out, on a statement.
    """
    back, forth = (found[place].values if found else None for found, place in ((state.past, -1), (state.ahead, 0)))
    more = bool(state.picked or _stated(state))
    width = width_of(state.room)
    return {"now": state.wanted.values, "back": back, "forth": forth, "tab": state.tab, "width": width, "more": more}


_PANELS: Mapping[str, Callable[[State], dict[str, Any]]] = {
    "top": _top, "left": _left, "view": _view, "drawer": _drawer, "found": _found, "bottom": _bottom, "at": _at,
}  # fmt: skip


def _rests_on(state: State) -> dict[str, tuple[Any, ...]]:
    """Panel to what it is made of."""
    data, choice = id(state.data), state.choice
    return {
        "top": (data, choice.lang, state.moved),
        "left": (data, choice),
        "view": (
            data,
            choice,
            state.tab,
            state.picked,
            _stated(state),
            state.refused,
            width_of(state.room),
            state.moved,
        ),
        "drawer": (data, choice, state.key),
        "found": (data, choice.lang, state.sought),
        "bottom": (data, choice, bool(state.past), bool(state.ahead), state.kept, state.moved),
        "at": (_at(state),),
    }


def _stated(state: State) -> str:
    """The statement that was taken, until something else than the language is chosen; it is no part of what a key names."""
    name, choice = state.stated or ("", state.choice)
    return name if replace(choice, lang=state.choice.lang) == state.choice else ""


_FIXED = itemgetter("id", "name", "full", "colour", "role", "also")  # of a park, whatever is chosen
_LIST = "parks"  # the part of which single lines are sent


def _parts(now: dict[str, Any], was: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a panel that changed; of a list of parks that is the same, the parks that changed."""
    found = {name: value for name, value in now.items() if name != _LIST and (name not in was or was[name] != value)}
    return found | _of_parks(now[_LIST], was.get(_LIST, ())) if _LIST in now else found


def _of_parks(now: Sequence[Mapping[str, Any]], was: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Of a list of parks nothing where it is as it was, the lines that changed, or the whole where it is another."""
    if len(now) == len(was):
        other = [(one, before) for one, before in zip(now, was, strict=True) if one is not before]
        if all(_FIXED(one) == _FIXED(before) for one, before in other):
            found = [{name: one[name] for name in ("id", "on", "why")} for one, before in other if one != before]
            return {"changed": found} if found else {}
    return {_LIST: now}


_SAID: Mapping[str, tuple[type[Exception], ...]] = {  # what a reader is told of errors of these kinds
    "no_such_folder": (DataFolderError,),
    "no_such_view": (ChoiceError, QuestionError, UnknownMeasureError, UnknownParkError, UnknownYearError),
    "no_file": (again.FileError, ExportError),
}


def _named(state: State, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a refused value is told with: the choice by its label, and each code that it may be with its name."""
    view, name = state.data.offers.views[state.choice.lang], values["name"]
    every = (f"{code} ({value_name(view, name, code)})" for code in CLOSED[name] if code)
    return {**values, "name": view.speech.label("parameter", name), "known": view.speech.mark("list").join(every)}


def _failed(state: State, error: Exception) -> dict[str, str]:
    """What a reader is told of an error: its own words where they are the explorer's, else a sentence, with the cause beside it."""
    if isinstance(error, SessionError):
        return {"error": str(error), "cause": visible(error.cause), "said": str(error)}
    if isinstance(error, ChoiceError) and error.code == "value":
        error.told("value", **_named(state, error.values))
    code = next((code for code, kinds in _SAID.items() if isinstance(error, kinds)), "not_done")
    said = state.word(code)
    return {"error": said, "cause": cause(error, state.choice.lang), "said": said}
