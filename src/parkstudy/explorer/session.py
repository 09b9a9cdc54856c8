"""A session of the explorer: what a reader does, answered by plain functions.

`Session.act` takes a message, `{"n": 7, "do": "set", ...}`, and gives a reply, `{"n": 7, "panels": {...}, "error": "", "said": ""}`.
A panel (`top`, `left`, `view`, `drawer`, `bottom`) is in it where it is not as it was sent before. Of a panel that was sent, only the
parts are sent again that changed, so that a front end lays them over what it has; and of its `parks` those that changed, as
`changed`, `[{"id", "on", "why"}]`, while the list itself is the same. `start` sends everything whole; `whole` in a reply is each of these
panels as it is now, for who keeps them in the kernel.

A handler takes the state and the message and gives the next state; where one raises, everything stays as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from parkstudy.errors import ParkstudyError, did_you_mean
from parkstudy.explorer import again, rules
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.data import Opened, moved, opened
from parkstudy.explorer.measures import known
from parkstudy.explorer.offers import effective, said, value_name
from parkstudy.explorer.questions import taken
from parkstudy.record.chosen import ALL, LATEST, UnknownYearError, texts_of
from parkstudy.record.tables import identity
from parkstudy.words.speech import plain, visible

Message = Mapping[str, Any]
MOST_KEPT, MOST_UNDONE = 4, 100


class SessionError(ParkstudyError, ValueError):
    """What cannot be done, in words for the reader."""


@dataclass(frozen=True)
class State:
    """All that a session knows: the data, the choice, the tab and the number that are open, the parks picked out, what is kept, what
    can be undone and done again; `said` is what the last act tells, `file` what it made.

    `wanted` is what the reader has chosen, `choice` what the measure allows of it: a value that one measure refuses comes back with
    the next.
    """

    data: Opened
    choice: Choice
    wanted: Choice
    refused: tuple[tuple[str, str], ...] = ()
    tab: str = ""
    key: str = ""
    picked: tuple[str, ...] = ()
    kept: tuple[Mapping[str, str], ...] = ()
    past: tuple[Choice, ...] = ()
    ahead: tuple[Choice, ...] = ()
    moved: str = ""
    said: str = ""
    file: Mapping[str, str] = field(default_factory=dict)

    def word(self, code: str, **values: object) -> str:
        """A sentence of the explorer in the language of the choice."""
        return _word(self.data, self.choice, code, **values)


Handler = Callable[[State, Message], State]


def settled(state: State, wanted: Choice, told: tuple[str, ...] = ()) -> State:
    """The state with a choice that the data can show: checked, and values that the measure refuses replaced, which is said once.

    A refused value of the choices that were `told` to the session is not kept in mind. Raises what is wrong with it: an unknown
    measure, park or year.
    """
    data = state.data if wanted.data == state.choice.data else opened(wanted.data)
    printed, study = data.offers.printed, data.offers.printed.study
    asked = known(study, wanted.measure)
    wanted = replace(wanted, parks=_parks(data, wanted.parks))
    if wanted.year not in (LATEST, ALL, *printed.years):
        texts_of(study.sources, wanted.year)  # which says what years there are
        raise UnknownYearError(f"no text of {wanted.year} of a park that is compared")
    choice, rules_ = rules.settled(printed, asked, wanted, told)
    refused = {name: getattr(wanted, name) for name in rules_}
    view = data.offers.views[choice.lang]
    words = [
        _word(
            data, choice, "fell_back", label=view.speech.label("parameter", name), value=value_name(view, name, value),
            why=said(view, rules_[name]), other=value_name(view, name, getattr(choice, name)),
        )
        for name, value in refused.items() if name in told or (name, value) not in state.refused
    ]  # fmt: skip
    wanted = replace(wanted, **{name: getattr(choice, name) for name in refused if name in told})
    return replace(
        state, data=data, choice=choice, wanted=wanted, refused=tuple(refused.items()),
        said=view.speech.mark("semicolon").join(words),
    )  # fmt: skip


def _word(data: Opened, choice: Choice, code: str, **values: object) -> str:
    return data.offers.views[choice.lang].speech.label("explorer", code).format(**values)


def _parks(data: Opened, asked: str) -> str:
    """The parks of a choice as a key has them: nothing for all core parks, ids in the order of the study, groups as they stand."""
    printed = data.offers.printed
    chosen = printed.chosen(asked)
    if list(chosen) == printed.core:
        return ""
    return asked if "group:" in asked or not chosen else ",".join(chosen)


def _moved_to(state: State, wanted: Choice, told: tuple[str, ...] = ()) -> State:
    """The state with another choice, which can be undone."""
    found = settled(state, wanted, told)
    if (found.choice, found.wanted) == (state.choice, state.wanted):
        return found
    there = set(found.data.offers.printed.chosen(found.choice.parks))
    return replace(
        found, past=(*state.past, state.wanted)[-MOST_UNDONE:], ahead=(), key="",
        picked=tuple(park for park in state.picked if park in there),
    )  # fmt: skip


def start(state: State, _: Message) -> State:
    """Everything, as a front end needs it that has nothing yet."""
    return state


def set_(state: State, message: Message) -> State:
    """Other values of the choice."""
    values = dict(message["choice"])
    return _moved_to(state, state.wanted.changed(values), tuple(values))


def take(state: State, message: Message) -> State:
    """What a question chooses: a measure, or measure, parks and choices of a declared statement."""
    values = taken(state.data.offers.printed, str(message["question"]))
    return _moved_to(state, state.wanted.changed(values), tuple(values))


def paste(state: State, message: Message) -> State:
    """The choice that a key names; the language and the data stay, where it names none."""
    stays = {name: getattr(state.choice, name) for name in ("lang", "data")}
    wanted = Choice.read(str(message["key"]), stays)
    return _moved_to(state, wanted, tuple(wanted.given))


def tab(state: State, message: Message) -> State:
    """Another form of the answer."""
    return replace(state, tab=str(message["tab"]))


def open_(state: State, message: Message) -> State:
    """The record behind a number; an empty key closes the drawer."""
    return replace(state, key=str(message["key"]))


def undo(state: State, _: Message) -> State:
    """The choice before the last one."""
    if not state.past:
        return replace(state, said=state.word("undo_none"))
    found = settled(state, state.past[-1])
    return replace(found, past=state.past[:-1], ahead=(state.wanted, *state.ahead), key="")


def redo(state: State, _: Message) -> State:
    """The choice that was undone last."""
    if not state.ahead:
        return replace(state, said=state.word("redo_none"))
    found = settled(state, state.ahead[0])
    return replace(found, past=(*state.past, state.wanted), ahead=state.ahead[1:], key="")


def drop(state: State, message: Message) -> State:
    """A kept view is let go."""
    at = message["at"]
    if not (isinstance(at, int) and 0 <= at < len(state.kept)):
        raise SessionError(f"no kept view {at!r}; there are {len(state.kept)}")
    return replace(state, kept=(*state.kept[:at], *state.kept[at + 1 :]), said=state.word("dropped"))


def pick(state: State, message: Message) -> State:
    """Parks picked out among the chosen ones; others are left aside."""
    there = state.data.offers.printed.chosen(state.choice.parks)
    wanted = set(message["parks"])
    return replace(state, picked=tuple(park for park in there if park in wanted))


def data(state: State, message: Message) -> State:
    """Another folder of data, or for an empty text the shipped ones; measure, parks and year stay where they are there too."""
    folder = str(message["folder"]).strip()
    other = opened(folder)
    _usable(state, other)
    found = _fitting(state, other)
    name = found.data.offers.top(found.choice)["data"]["name"]
    told = [state.word("data_opened", name=name, n=len(other.offers.printed.core)), *_faults(state, other)]
    past = (*state.past, state.wanted)[-MOST_UNDONE:]
    return replace(found, past=past, ahead=(), picked=(), key="", moved="", said=" ".join(told))


def check(state: State, _: Message) -> State:
    """The data once more, as they are now."""
    how = moved(state.data)
    if how == "data_gone":
        return replace(state, moved=how, said=state.word(how))
    if identity(state.data.folder or None) == state.data.identity:
        return replace(state, moved="", said=" ".join([state.word("data_same"), *_faults(state, state.data)]))
    other = opened(state.data.folder)
    _usable(state, other)
    found = _fitting(state, other)
    return replace(found, moved="", key="", said=" ".join([state.word("data_new"), *_faults(state, other)]))


def _usable(state: State, other: Opened) -> None:
    if not other.offers.printed.core:
        raise SessionError(state.word("data_no_park"))


def _faults(state: State, other: Opened) -> list[str]:
    faults = len(other.offers.printed.study.faults)
    return [state.word("data_faults", n=faults)] if faults else []


def _fitting(state: State, other: Opened) -> State:
    """The state on other data: of what these do not have the standard value is chosen."""
    wanted = replace(state.wanted, data=other.folder)
    state = replace(state, data=other, choice=replace(state.choice, data=other.folder))
    for less in ((), ("parks",), ("parks", "year"), ("parks", "year", "measure")):
        try:
            return settled(state, replace(wanted, **{name: getattr(Choice, name) for name in less}))
        except ParkstudyError:
            if len(less) == len(("parks", "year", "measure")):
                raise
    raise AssertionError


HANDLERS: Mapping[str, Handler] = {
    "start": start, "set": set_, "take": take, "tab": tab, "open": open_, "undo": undo, "redo": redo, "drop": drop,
    "paste": paste, "data": data, "check": check, "pick": pick,
}  # fmt: skip


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
        except Exception as error:
            self._sent = before
            return {"n": number, "panels": {}, **_failed(self.state, error)}
        self.state = state
        whole = {name: self._sent[name][1] for name in panels}
        found = {"n": number, "panels": panels, "whole": whole, "error": "", "cause": "", "said": state.said}
        return {**found, "file": dict(state.file)} if state.file else found

    def _do(self, name: str, state: State, message: Message) -> State:
        if name == "keep":
            return self._keep(state)
        if name == "file":
            asked = known(state.data.offers.printed.study, state.choice.measure)
            shown = effective(state.choice, asked)
            made = again.file(state.data.offers.printed.study, shown, asked, str(message["kind"]))
            return replace(state, file=made)
        if name not in HANDLERS:
            every = [*HANDLERS, "keep", "file"]
            raise SessionError(f"unknown act {name!r}; {did_you_mean(name, every)}acts: {', '.join(every)}")
        return HANDLERS[name](state, message)

    def _keep(self, state: State) -> State:
        """The view, pinned beside others."""
        view, key = self.panel("view", state), self.panel("bottom", state)["key"]
        if any(one["key"] == key for one in state.kept):
            return replace(state, said=state.word("kept_already"))
        if not view.get("html"):
            raise SessionError(state.word("nothing_to_keep"))
        if len(state.kept) == MOST_KEPT:
            raise SessionError(state.word("kept_full"))
        one = {"key": key, **{name: view.get(name, "") for name in ("title", "sentence", "html")}}
        return replace(state, kept=(*state.kept, one), said=state.word("kept_now"))

    def panel(self, name: str, state: State | None = None) -> dict[str, Any]:
        """A panel of a state as a front end shows it."""
        state = state or self.state
        offers, asked = state.data.offers, known(state.data.offers.printed.study, state.choice.measure)
        shown = effective(state.choice, asked)
        if name == "top":
            return offers.top(state.choice, state.word(state.moved) if state.moved else "")
        if name == "left":
            return offers.left(state.choice, asked)
        if name == "bottom":
            more = {"undo": bool(state.past), "redo": bool(state.ahead), "kept": list(state.kept)}
            return offers.bottom(state.choice, asked, **more)
        if name == "drawer":
            return state.data.drawer(shown, state.key) if state.key else {"key": "", "title": "", "html": ""}
        if empty := offers.unanswered(state.choice, asked):
            return state.data.silent(shown, empty)
        return state.data.view(shown, state.tab, state.picked)

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


def _rests_on(state: State) -> dict[str, tuple[Any, ...]]:
    """Panel to what it is made of."""
    data, choice = id(state.data), state.choice
    return {
        "top": (data, choice.lang, state.moved),
        "left": (data, choice),
        "view": (data, choice, state.tab, state.picked),
        "drawer": (data, choice, state.key),
        "bottom": (data, choice, bool(state.past), bool(state.ahead), state.kept),
    }


def _parts(now: dict[str, Any], was: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a panel that changed; of a list of parks that is the same, the parks that changed."""
    found = {name: value for name, value in now.items() if name not in was or was[name] != value}
    if "parks" in found and [park["id"] for park in was["parks"]] == [park["id"] for park in now["parks"]]:
        fixed = ("id", "name", "full", "colour", "role")
        pairs = list(zip(now["parks"], was["parks"], strict=True))
        if all(one[name] == other[name] for one, other in pairs for name in fixed):
            del found["parks"]
            found["changed"] = [
                {name: one[name] for name in ("id", "on", "why")} for one, other in pairs if one != other
            ]
    return found


def _failed(state: State, error: Exception) -> dict[str, str]:
    """What a reader is told of an error: its own words where it has some, else what kind it is."""
    cause = visible(plain(str(error) if isinstance(error, ParkstudyError) else f"{type(error).__name__}: {error}"))
    said = state.word("not_done", cause=cause)
    return {"error": said, "cause": cause, "said": said}
