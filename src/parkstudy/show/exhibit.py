"""An exhibit: an answer, a figure, a table or a list of notes, with what a reader needs to trust it.

An `Entry` of the catalogue declares one; `show` makes it from a view, in one state or in several that a reader of the page can
switch. An exhibit carries its claim, caption, sources, data and the records behind its numbers, and shows itself as HTML in a
notebook and on an exported page alike. Words come from the templates: block `growth_claim` of `growth.j2` for the part `claim`
of the entry `growth`, else the block `claim` of the template of its kind. All text is escaped there or here, so that nothing
from a data file is ever markup.
"""

import base64
import itertools
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import ne
from typing import Any, ClassVar

import polars as pl
from markupsafe import Markup, escape

from parkstudy.record.as_csv import BYTE_ORDER_MARK
from parkstudy.record.codes import codes
from parkstudy.show import budget, live, states
from parkstudy.show.commands import command
from parkstudy.show.digest import digest
from parkstudy.show.notebook import plain_form
from parkstudy.show.provenance import Record, cite, records
from parkstudy.show.select import draft, years
from parkstudy.show.select.shared import Selected, size
from parkstudy.show.view import View
from parkstudy.words.rules import cited
from parkstudy.words.speech import plain, visible

PAGE = "application/vnd.parkstudy.exhibit+html"  # the type under which a notebook keeps what a page of the report shows
STATE = "\x00"  # where the number of a state enters the ids of its drawing; no text shown holds it


@dataclass(frozen=True)
class Exhibit:
    """What a notebook cell shows.

    `states` are its views as HTML made by this module, the shown one first; `data` the rows behind that one; `answer` the
    words of it that the index and a card may quote; `svg` the wide drawing of a figure as a document; `records` what its numbers open;
    `rules` the codes of the method that its words name; `entry` and `parameters` what its first state was made from; `digest` is
    equal where the same would be shown again; `view` is what it was made from, for a notebook that makes it alive.
    """

    key: str
    states: tuple[tuple[Mapping[str, str], str], ...]
    data: pl.DataFrame
    answer: str = ""
    svg: str = ""
    records: Mapping[str, Record] = field(default_factory=dict)
    axes: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    rules: tuple[str, ...] = ()
    entry: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    view: View | None = field(default=None, repr=False, compare=False)

    @property
    def body(self) -> str:
        """The exhibit as HTML, every state but the first hidden until a reader switches to it; nothing where it shows nothing."""
        views = []
        for place, (choices, view) in enumerate(self.states):
            when = " ".join(f"{name}={value}" for name, value in choices.items()) + ('" hidden' if place else '"')
            views.append(f'<div class="state" data-when="{when}>{view.replace(STATE, str(place))}</div>')
        axes = f' data-axes="{escape(json.dumps(self.axes, ensure_ascii=False))}"' if self.axes else ""
        shown = any(view for _, view in self.states)
        return f'<div class="exhibit" id="{self.key}"{axes}>{"".join(views)}</div>' if shown else ""

    @property
    def plain(self) -> str:
        """The exhibit as a notebook shows it that is not trusted: its first state without controls."""
        return plain_form(self.states[0][1], self.svg)

    def __repr__(self) -> str:
        return f"<exhibit {self.key}, {self.data.height} rows>"

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        alive = live.form(self.view, self.body, self.records) if self.view and self.body else ""
        bundle = {
            "text/html": self.plain + alive,
            "text/plain": self.answer or repr(self),
            PAGE: self.body,
        }
        bundle |= {"image/svg+xml": self.svg} if self.svg else {}
        note = {"exhibit": self.key, "entry": self.entry, "parameters": dict(self.parameters), "answer": self.answer}
        note |= {"records": dict(self.records), "rules": list(self.rules), "digest": self.digest}
        return bundle, {"parkstudy": note}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A declaration of the catalogue: `key`, the template of its `words`, what it selects, and the parameters it obeys.

    `select` takes a study and the parameters by name and gives what one state shows. `obeys` are switched on a page, in
    every value that `values` gives for the study, else in all of the parameter's; `takes` are given by the caller alone.
    `anchor` is the id on a page and `blocks` the name of the blocks of its words, where they are not the key; `file` gives
    the embedded table, where it is not the rows selected. `answers` tells that it answers a page; `share` is what it may take of
    one, and `whole_by` the command that gives all that it shows; `all_years` tells that it shows the texts of all of them.
    """

    kind: ClassVar[str]
    sheds: ClassVar[bool] = False  # states that do not fit

    key: str
    words: str
    select: Callable[..., Selected]
    obeys: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    values: Mapping[str, Callable[..., Sequence[str]]] = field(default_factory=dict)
    anchor: str = ""
    blocks: str = ""
    file: Callable[[View, Selected], pl.DataFrame] | None = None
    answers: bool = False
    share: budget.Shares = budget.ALONE
    whole_by: str = "export measures FILE.csv"
    all_years: bool = False

    def show(self, view: View, **parameters: str) -> Exhibit:
        """The exhibit in every state of the parameters it obeys, the one asked for first.

        Raises `ValueError` for a parameter that the entry neither obeys nor takes, a value that is none of its parameter,
        and for more than six states.
        """
        every, given, combinations = self._asked(view, parameters)
        view = replace(view, study=view.study.all_years) if self.all_years else view
        room = self.share.figure(size(view.study)) if self.sheds else math.inf
        made = states.made(partial(self.state, view), view, given, combinations, room)
        switched = {name: values for name, values in every.items() if name not in made.left_out}
        views = [one.states[0][1] for one in made.built]
        if len(set(views)) == 1 < len(views):  # a switch would change nothing
            switched, views = {}, views[:1]
        views[0] += self._unshown(view, {name: every[name] for name in made.left_out}, combinations[0])
        choices = [{name: one[name] for name in switched} for one in made.shown[: len(views)]]
        first: Exhibit = made.built[0]
        return replace(
            first, states=tuple(zip(choices, views, strict=True)), digest=made.digest,
            records={key: record for one in made.built for key, record in one.records.items()},
            rules=tuple(dict.fromkeys(rule for one in made.built for rule in one.rules)),
            axes=tuple(_axis(view, name, values) for name, values in switched.items() if len(values) > 1),
            parameters={**given, **combinations[0]}, view=view,
        )  # fmt: skip

    def first(self, view: View, parameters: Mapping[str, str]) -> dict[str, str]:
        """All parameters of the state that is shown first of those asked for. Raises what `show` raises for them."""
        _, given, combinations = self._asked(view, parameters)
        return {**given, **combinations[0]}

    def _asked(
        self, view: View, parameters: Mapping[str, str]
    ) -> tuple[dict[str, Sequence[str]], dict[str, str], list[dict[str, str]]]:
        """What each parameter can be switched to, what is given by the caller alone, and the states, the one asked for first."""
        known = (*self.obeys, *self.takes)
        if unknown := [name for name in parameters if name not in known]:
            own = ", ".join(known) or "none"
            raise ValueError(f"exhibit {self.key!r} has no parameter {unknown[0]!r}; its parameters: {own}")
        every: dict[str, Sequence[str]] = {name: self._values(view, name, parameters.get(name)) for name in self.obeys}
        orders = [sorted(values, key=partial(ne, parameters.get(name))) for name, values in every.items()]
        combinations = [dict(zip(every, choices, strict=True)) for choices in itertools.product(*orders)]
        if len(combinations) > budget.MOST_STATES:
            raise ValueError(
                f"{len(combinations)} states of {', '.join(every)}; an exhibit has {budget.MOST_STATES} at most"
            )
        given = {name: _given(view, name, value) for name, value in parameters.items() if name in self.takes}
        return every, given, combinations

    def _unshown(self, view: View, left_out: Mapping[str, Sequence[str]], shown: Mapping[str, str]) -> str:
        """What says in which values a figure is not drawn, and how a page with one of them is made."""
        others = {name: [value for value in every if value != shown[name]] for name, every in left_out.items()}
        axes = [_axis(view, name, values) for name, values in others.items() if values]
        if not axes:
            return ""
        (first, _, ((value, _), *_)), *_ = axes
        told = [{"parameter": label, "others": [words for _, words in values]} for _, label, values in axes]
        whole = command(view.study, f"report NOTEBOOK -p {first} {value}")
        return f'<p class="cut">{view.say("exhibit.j2", "cut_states", axes=told, command=whole)}</p>'

    def _values(self, view: View, name: str, shown: str | None) -> Sequence[str]:
        """Every value of a parameter that the page can be switched to, in the order of the parameter."""
        every = codes(name)
        if shown is not None and shown not in every:
            raise ValueError(f"unknown {name} {shown!r}; expected one of {', '.join(every)}")
        return self.values[name](view.study, shown or every[0]) if name in self.values else every

    def state(self, view: View, parameters: Mapping[str, str], of: int = 1) -> Exhibit:
        """The exhibit in one state of so many that share its room."""
        raise NotImplementedError

    def block(self, part: str) -> str:
        """The name of the block of its own that says a part of its words."""
        return f"{self.blocks or self.key.replace('-', '_')}_{part}"

    def words_of(self, view: View, part: str, facts: Mapping[str, Any]) -> Markup:
        """A part of its words: of its own block, else of the block of its kind."""
        name = self.block(part)
        own = view.speech.has(f"{self.words}.j2", name)
        template, block = (self.words, name) if own else (self.kind, part)
        return view.say(f"{template}.j2", block, **{**facts, "command": partial(command, view.study)})

    def sentences(self, view: View, part: str, facts: Mapping[str, Any]) -> list[Markup]:
        """The lines of a block of its own, each of which is a sentence; none where there is no such block."""
        template, block = f"{self.words}.j2", self.block(part)
        facts = {**facts, "command": partial(command, view.study)}
        said = view.say(template, block, **facts) if view.speech.has(template, block) else ""
        return [Markup(line.strip()) for line in said.splitlines() if line.strip()]

    def exhibit(self, view: View, body: str, selected: Selected, made_from: str = "", **more: Any) -> Exhibit:
        """One state from its HTML: with the records of the numbers in it and the rules that its words name.

        `made_from` is its digest, where that is not of the HTML and the records.
        """
        opened, rules = records(view, list(view.opened), budget.RECORDS), tuple(cited("\n".join(view.said)))
        shown = body.replace(view.study.edition, "")  # which is printed, and says nothing of what is shown
        return Exhibit(
            self.anchor or self.key, (({}, body),), selected.data, records=opened, rules=rules, entry=self.key,
            digest=digest(made_from or (shown, opened), selected.data.height), **more,
        )  # fmt: skip

    def cut(self, view: View, shown: int, every: int, part: str = "cut", **more: bool) -> str:
        """What says that the first rows stand for more, and which command gives all; nothing where they are all."""
        if shown >= every:
            return ""
        asked: dict[str, Any] = {"by_park": False, "filed": False}
        asked |= {"command": command(view.study, self.whole_by), **more}
        said = view.say("exhibit.j2", part, shown=f"{shown:,}", every=f"{every:,}", **asked)
        return f'<p class="cut">{said}</p>'

    def rows_behind(self, view: View, selected: Selected) -> pl.DataFrame:
        """The rows behind it, of which its file is made."""
        return self.file(view, selected) if self.file else _behind(view, selected)

    def framed(
        self, view: View, selected: Selected, inside: str, claim: Markup, caption: Markup, room: float, legend: str = "",
        kept: pl.DataFrame | None = None,
    ) -> str:  # fmt: skip
        """What stands around a figure or a table: claim, caption, sources, and a file of the rows `kept`, else of the rows
        behind it that fit its part of `room` bytes.
        """
        below = self.explained(view, selected, caption, legend)
        behind = self.rows_behind(view, selected) if kept is None else kept
        rows, held = budget.fitting(behind, room * budget.FILE if kept is None else math.inf)
        file = f"data:text/csv;base64,{base64.b64encode(visible(rows).encode(BYTE_ORDER_MARK)).decode()}"
        link = f'<p class="files"><a class="csv" download="{self.anchor or self.key}.csv" href="{file}">CSV</a></p>'
        said = f'<figure><p class="claim">{claim}</p>{inside}{below}</figure>'
        return said + link + self.cut(view, held, behind.height, "cut_file")

    def explained(self, view: View, selected: Selected, caption: Markup, legend: str = "") -> str:
        """What stands below a figure or a table: how it is read, its legend, and the texts and pages behind it."""
        listed = view.speech.join(cite(view, selected.keys), view.speech.mark("semicolon"))
        told = f'<span class="legend">{legend}</span> ' if legend else ""
        return f'<figcaption>{caption} {told}<span class="sources">{view.say("exhibit.j2", "sources", cited=listed)}</span></figcaption>'

    def without_rows(self, view: View, selected: Selected, claim: Markup) -> Exhibit:
        """The exhibit in words, those of its block `..._nothing` if it has some: no caption, which would describe what is not there."""
        own = view.speech.join(self.sentences(view, "nothing", selected.facts), view.speech.mark("space"))
        nothing = own or view.say("exhibit.j2", "nothing")
        body = f'<figure><p class="claim">{claim}</p><p class="empty">{nothing}</p></figure>'
        return self.exhibit(view, body, selected, answer=plain(claim))


@dataclass(frozen=True, kw_only=True)
class Takeaways(Entry):
    """The answer that opens a page, from the data: the lines of the block `..._sentences`, a sentence each, as one paragraph.

    That paragraph is what the index, the card and a chat quote. The lines of `..._more`, if there is one, are a second
    paragraph, and the block `..._trust` says in a line on how much the answer rests.
    """

    kind = "takeaways"
    anchor: str = "takeaways"
    answers: bool = True

    def state(self, view: View, parameters: Mapping[str, str], of: int = 1) -> Exhibit:
        """The answer of one state."""
        selected = self.select(view.study, **parameters)
        facts = {**selected.facts, **parameters}
        answer, more = (self._paragraph(view, part, facts) for part in ("sentences", "more"))
        told = years.told(view.study, parameters.get("park", ""))
        of_years = view.say(
            "exhibit.j2", "years", **told, here=self.words == "coverage"
        )  # which names what is left out
        drafted = view.say("exhibit.j2", "draft", **draft.told(view.study, parameters.get("park", "")))
        rests = (self.words_of(view, "trust", facts), of_years, drafted)
        trust = view.speech.join(filter(None, rests), view.speech.mark("space"))
        more = Markup('<p class="more">{}</p>').format(more) if more else Markup()
        trusted = Markup('<p class="trust"><em>{}</em></p>').format(trust) if trust else Markup()
        body = (
            f'<section class="takeaways" aria-label="{view.say("exhibit.j2", "takeaways")}"><p class="answer">{answer}</p>'
            f"{more}{trusted}</section>"
        )
        return self.exhibit(view, body, selected, answer=plain(answer))

    def _paragraph(self, view: View, part: str, facts: Mapping[str, Any]) -> Markup:
        sentence = Markup('<span class="sentence">{}</span>')
        return view.speech.join(map(sentence.format, self.sentences(view, part, facts)), view.speech.mark("space"))


@dataclass(frozen=True, kw_only=True)
class Notes(Entry):
    """What else is to be said, as a list: a line of the block `..._notes` an item."""

    kind = "notes"

    def state(self, view: View, parameters: Mapping[str, str], of: int = 1) -> Exhibit:
        """The list of one state."""
        selected = self.select(view.study, **parameters)
        items = "".join(f"<li>{line}</li>" for line in self.sentences(view, "notes", {**selected.facts, **parameters}))
        nothing = "" if items else f'<p class="empty">{view.say("exhibit.j2", "nothing")}</p>'
        return self.exhibit(view, nothing or f'<ul class="notes">{items}</ul>', selected)


def _given(view: View, name: str, value: str) -> str:
    """What a caller gives: a park, which is the first one where none is named, or one of a closed list, which may be left open."""
    if name == "park":
        return value or view.study.first
    if name == "reading" and value and value not in codes(name):
        raise ValueError(f"unknown {name} {value!r}; expected one of {', '.join(codes(name))}")
    return value


def _axis(view: View, name: str, values: Sequence[str]) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    label, short = view.speech.label, codes("switch")
    named = tuple((value, label("switch" if value in short else name, value)) for value in values)
    return name, label("parameter", name), named


def _behind(view: View, selected: Selected) -> pl.DataFrame:
    """The rows behind an exhibit: those of the measures that its marks stand for, else its own."""
    data = selected.data
    if not selected.of_measures:
        return data.drop("label", strict=False)
    names = [name for name in ("key", "target_key", "band_key", "reference_keys") if name in data.columns]
    wanted = {key for name in names for key in data[name].explode().drop_nulls()}
    return view.study.whole.measures.filter(pl.col("key").is_in(wanted)).drop("key")
