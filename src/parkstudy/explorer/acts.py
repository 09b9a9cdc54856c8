"""What a reader of the explorer does: each act is a plain function of the state and the message that gives the next state.

Where one raises, the session stays as it was.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from parkstudy.errors import ParkstudyError
from parkstudy.explorer import figures, rules
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.data import Opened, moved, opened, stamp
from parkstudy.explorer.offers import said, value_name
from parkstudy.explorer.questions import taken
from parkstudy.explorer.room import ROOM
from parkstudy.explorer.variants import ACTING
from parkstudy.panels.causes import own_words
from parkstudy.record.chosen import ALL, LATEST, UnknownYearError, texts_of
from parkstudy.record.shipped import DataFolderError
from parkstudy.record.tables import identity
from parkstudy.show.asked import known
from parkstudy.words.speech import visible

Message = Mapping[str, Any]
Refused = tuple[str, str, rules.Rule]  # a choice, its value, and the rule
MOST_KEPT, MOST_UNDONE = 4, 100
_FAULTS_TOLD = 3  # where data of which nothing can be shown are not opened


class SessionError(ParkstudyError, ValueError):
    """What cannot be done, in words for the reader; `cause` is what stands beside them."""

    def __init__(self, words: str, cause: str = "") -> None:
        super().__init__(words)
        self.cause = cause


class Kept(NamedTuple):
    """A view that is kept: its data, its choice, and the form it is shown in; its words come in the language that is chosen."""

    data: Opened
    choice: Choice
    tab: str
    picked: tuple[str, ...]
    width: float


@dataclass(frozen=True)
class State:
    """All that a session knows: the data, the choice, the tab and the number that are open, the parks picked out, what is kept, what
    can be undone and done again; `room` is the width of the answer in pixels; `said` is what the last act tells, `file` what it made,
    `stated` the statement that was taken with the choice that it set.

    `wanted` is what the reader has chosen, `choice` what the measure allows of it: a value that one measure refuses comes back with
    the next.
    """

    data: Opened
    choice: Choice
    wanted: Choice
    refused: tuple[Refused, ...] = ()
    tab: str = ""
    key: str = ""
    picked: tuple[str, ...] = ()
    stated: tuple[str, Choice] | None = None
    kept: tuple[Kept, ...] = ()
    past: tuple[Choice, ...] = ()
    ahead: tuple[Choice, ...] = ()
    moved: str = ""
    sought: str = ""
    room: float = ROOM
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
    data = state.data if wanted.data == state.choice.data else _usable(state, opened(wanted.data))
    printed, study = data.offers.printed, data.offers.printed.study
    asked = known(study, wanted.measure)
    wanted = replace(wanted, parks=_parks(data, wanted.parks))
    if wanted.year not in (LATEST, ALL, *printed.years):
        texts_of(study.sources, wanted.year)  # which says what years there are
        raise UnknownYearError(f"no text of {wanted.year} of a park that is compared").told(
            "year", given=wanted.year, known=", ".join(printed.years)
        )
    choice, rules_ = rules.settled(printed, asked, wanted, told)
    refused = tuple((name, getattr(wanted, name), rule) for name, rule in rules_.items())
    new = [one for one in refused if one[0] in told or one not in state.refused]
    wanted = replace(wanted, **{name: getattr(choice, name) for name, *_ in refused if name in told})
    found = replace(state, data=data, choice=choice, wanted=wanted, refused=refused)
    return replace(found, said=_instead(found, new))


def instead(state: State) -> str:
    """What the view shows in place of values that it cannot be shown with, in words; empty where there are none."""
    return _instead(state, state.refused)


def _instead(state: State, refused: Sequence[Refused]) -> str:
    view, choice = state.data.offers.views[state.choice.lang], state.choice
    words = [
        state.word(
            "fell_back", label=view.speech.label("parameter", name), value=value_name(view, name, value), why=said(view, rule),
            other=value_name(view, name, getattr(choice, name)),
        )
        for name, value, rule in refused
    ]  # fmt: skip
    return view.speech.mark("semicolon").join(words)


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
    same = replace(found.choice, lang=state.choice.lang) == state.choice
    return replace(
        found, past=(*state.past, state.wanted)[-MOST_UNDONE:], ahead=(), key="", stated=state.stated if same else None,
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
    question = str(message["question"])
    printed = state.data.offers.printed
    values = taken(printed, question)
    kind, _, name = question.partition(":")
    if kind == figures.KIND:  # which is seen, whatever parks were chosen, with its record
        park = printed.study.observations.filter(observation_id=name)["park_id"][0]
        there = printed.chosen(state.wanted.parks)
        values |= {} if park in there else {"parks": ",".join([*there, park])}
        return replace(_moved_to(state, state.wanted.changed(values), tuple(values)), key=name, sought="")
    found = _moved_to(state, state.wanted.changed(values), tuple(values))
    return replace(found, sought="", stated=(name, found.choice) if kind == "statement" else None)


def figures_(state: State, message: Message) -> State:
    """The figures that are looked for by their digits."""
    return replace(state, sought=str(message["text"]).strip())


def paste(state: State, message: Message) -> State:
    """The choice that a key names; the language and the data stay, where it names none. Refused where the data cannot show a part of it."""
    stays = {name: getattr(state.choice, name) for name in ("lang", "data")}
    if not str(message["key"]).strip():
        raise SessionError(state.word("key_empty", key=f"{Choice.measure}&year=all"))
    wanted = Choice.read(str(message["key"]), stays)
    found = _moved_to(state, wanted, tuple(wanted.given))
    asked = replace(wanted, parks=found.wanted.parks)
    _, refused = rules.settled(
        found.data.offers.printed, known(found.data.offers.printed.study, asked.measure), asked, (*asked.given,)
    )
    obeys = known(found.data.offers.printed.study, asked.measure).obeys
    refused |= {
        name: rules.Rule("not_possible", "no_effect") for name in ACTING if name in wanted.given and name not in obeys
    }
    if told := [name for name in refused if name in wanted.given]:
        view = found.data.offers.views[found.choice.lang]
        why = (
            found.word("not_here", label=view.speech.label("parameter", name), value=value_name(view, name, getattr(asked, name)),
                       why=said(view, refused[name]))
            for name in told
        )  # fmt: skip
        raise SessionError(found.word("key_refused"), view.speech.mark("semicolon").join(why))
    return replace(found, stated=None)


def tab(state: State, message: Message) -> State:
    """Another form of the answer."""
    return replace(state, tab=str(message["tab"]))


def fit(state: State, message: Message) -> State:
    """The width in pixels that the answer has; a drawing is made for it."""
    return replace(state, room=float(message["width"]))


def open_(state: State, message: Message) -> State:
    """The record behind a number; an empty key closes the drawer."""
    return replace(state, key=str(message["key"]))


def undo(state: State, _: Message) -> State:
    """The choice before the last one."""
    if not state.past:
        return replace(state, said=state.word("undo_none"))
    if gone := _gone(state, state.past[-1]):
        return replace(state, past=_not_of(state.past, state.past[-1].data), said=gone)
    found = settled(state, state.past[-1])
    return replace(found, past=state.past[:-1], ahead=(state.wanted, *state.ahead), key="", stated=None)


def redo(state: State, _: Message) -> State:
    """The choice that was undone last."""
    if not state.ahead:
        return replace(state, said=state.word("redo_none"))
    if gone := _gone(state, state.ahead[0]):
        return replace(state, ahead=_not_of(state.ahead, state.ahead[0].data), said=gone)
    found = settled(state, state.ahead[0])
    return replace(found, past=(*state.past, state.wanted), ahead=state.ahead[1:], key="", stated=None)


def _gone(state: State, wanted: Choice) -> str:
    """What is told of a choice whose data can no longer be opened; empty where they can."""
    try:
        if wanted.data != state.choice.data:
            _usable(state, opened(wanted.data))
    except (DataFolderError, SessionError):
        return state.word("undo_gone", name=visible(wanted.data))
    return ""


def _not_of(choices: tuple[Choice, ...], folder: str) -> tuple[Choice, ...]:
    return tuple(one for one in choices if one.data != folder)


def drop(state: State, message: Message) -> State:
    """A kept view is let go."""
    at = message["at"]
    if not (isinstance(at, int) and 0 <= at < len(state.kept)):
        raise ValueError(f"no kept view {at!r}; there are {len(state.kept)}")
    return replace(state, kept=(*state.kept[:at], *state.kept[at + 1 :]), said=state.word("dropped"))


def pick(state: State, message: Message) -> State:
    """Parks picked out among the chosen ones; others are left aside."""
    there = state.data.offers.printed.chosen(state.choice.parks)
    wanted = set(message["parks"])
    return replace(state, picked=tuple(park for park in there if park in wanted))


def data(state: State, message: Message) -> State:
    """Another folder of data, or for an empty text the shipped ones; measure, parks and year stay where they are there too."""
    folder = str(message["folder"]).strip()
    other = _usable(state, opened(folder))
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
    as_now = stamp(state.data.offers.printed.study)
    if identity(state.data.folder or None) == state.data.identity:
        state.data.stamp = as_now  # touched, and the same
        return replace(state, moved="", said=" ".join([state.word("data_same"), *_faults(state, state.data)]))
    other = _usable(state, opened(state.data.folder))
    found = _fitting(state, other)
    return replace(found, moved="", key="", said=" ".join([state.word("data_new"), *_faults(state, other)]))


def _usable(state: State, other: Opened) -> Opened:
    """The data, where they hold a park to compare. Raises `SessionError`."""
    if not other.offers.printed.core:
        faults = other.offers.printed.study.faults
        words = [state.word("data_no_park"), *_faults(state, other)]
        raise SessionError(" ".join(words), own_words("; ".join(map(str, faults[:_FAULTS_TOLD])), state.choice.lang))
    return other


def _faults(state: State, other: Opened) -> list[str]:
    faults = len(other.offers.printed.study.faults)
    said = state.word("fault_one" if faults == 1 else "fault_many", n=faults)
    return [state.word("data_faults", faults=said)] if faults else []


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
    "fit": fit, "start": start, "set": set_, "take": take, "tab": tab, "open": open_, "undo": undo, "redo": redo, "drop": drop,
    "paste": paste, "figures": figures_, "data": data, "check": check, "pick": pick,
}  # fmt: skip
