"""The answer to a choice: the sentence that holds, what comes out in every variant, and a tab with figure, table, variants or audit.

A tab is made when it is asked for. Nothing is computed here: the rows are those of the measures, the verdicts those of `compare`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from markupsafe import Markup

from parkstudy.explorer import asides, tabs
from parkstudy.explorer.asides import MOST_ORDERS, PRINTED
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.held import Held
from parkstudy.explorer.room import WIDTH
from parkstudy.explorer.strip import label, outcome, strip
from parkstudy.explorer.variants import MOST_PARKS, Asking, Variant, compared, margins
from parkstudy.method.growth import OF_ANY
from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.record.rows import Row
from parkstudy.show.asked import Asked, known, name_of
from parkstudy.show.catalogue import CATALOGUE
from parkstudy.show.exhibit import Entry
from parkstudy.show.figure import Figure
from parkstudy.show.select.orders import DIFFERENCES
from parkstudy.show.select.robustness import compared as sides_of
from parkstudy.show.select.robustness import told_of
from parkstudy.show.select.shared import Selected
from parkstudy.show.view import View
from parkstudy.words.speech import plain

_DOUBTS = ("concept", "grade", "no_grade")  # limits of a comparison that are no difference of years, months, firms
_STATE = ("price", "basis", "rung")
_OF_VALUE = ("period_start", "period_end", "basis", "status", "population", "park_id")  # that a side has of its row


@dataclass(frozen=True)
class Question:
    """A choice with what it asks, of which study; what its parts have in common is made once."""

    held: Held
    choice: Choice
    asked: Asked
    picked: tuple[str, ...] = ()
    width: float = WIDTH  # of the drawing, in inches

    @cached_property
    def study(self) -> Study:
        """The study of the chosen parks and texts."""
        return self.held.chosen(self.choice.parks, self.choice.year)

    @cached_property
    def view(self) -> View:
        """It, in the language of the choice; of all years where the exhibit is."""
        return self.held.view(self.study.all_years if self.entry.all_years else self.study, self.choice.lang)

    @cached_property
    def entry(self) -> Entry:
        """The exhibit of the catalogue that shows it."""
        return CATALOGUE[self.asked.entry]

    @cached_property
    def parameters(self) -> dict[str, str]:
        """What is given to the exhibit."""
        every = self.choice.values
        return {**{name: every[name] for name in self.entry.obeys}, **self.asked.parameters(every)}

    @cached_property
    def asking(self) -> Asking:
        """What is asked of which parks; a park of context is compared with none."""
        return Asking(self.held, self.choice, self.asked, self.study.park_ids())

    @cached_property
    def outside(self) -> list[str]:
        """The chosen parks that would be compared and have no text of the year that is chosen."""
        there = {*self.study.park_ids()}
        chosen = self.held.parks_of(self.choice.parks)
        return [park for park in chosen if park in self.held.core and park not in there]

    @cached_property
    def variants(self) -> list[Variant]:
        """Every variant."""
        return self.asking.variants()

    @cached_property
    def chosen(self) -> Variant:
        """The variant that is chosen."""
        return next((one for one in self.variants if one.on), None) or self.asking.variant()

    @cached_property
    def measured(self) -> list[Row]:
        """The values of the chosen variant with the gaps, park by park."""
        return tabs.values_and_gaps(self)

    @cached_property
    def shown(self) -> tuple[Figure, Selected] | None:
        """The figure and what it shows; None for an exhibit that is none."""
        return self.entry.chosen(self.view, self.parameters) if isinstance(self.entry, Figure) else None

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What every sentence may print."""
        acts = [name for name in self.asking.every if name in _STATE]
        return {"measure": self.asked.measure, "choice": self.choice.values, "acts": acts}

    def say(self, block: str, **facts: Any) -> Markup:
        """A sentence of the explorer."""
        return self.view.say("answer.j2", block, **{**self.facts, **facts})


def answer(
    held: Held, choice: Choice, tab: str = "", picked: Sequence[str] = (), width: float = WIDTH
) -> dict[str, Any]:
    """The payload `view` of a choice: `title`, `sentence` (HTML), `strip` (a cell a variant), `tabs` (`value, name, count`), the one of
    them that is shown (`tab`) as `html`, the one shown `first`, and `empty`, the words where nothing is shown.

    What was answered before is given again; of the choices those count that act on what is asked. Raises `UnknownMeasureError`,
    `UnknownParkError`, `UnknownYearError`.
    """
    asked = known(held.study, choice.measure)
    acting = [getattr(choice, name) for name in ("price", "basis", "rung", "reading") if name in asked.obeys]
    key = (choice.measure, choice.parks, choice.year, *acting, choice.lang, tab, tuple(picked), width)
    found: dict[str, Any] = held.kept(key, lambda: _answer(replace(question(held, choice, picked), width=width), tab))
    return found


def question(held: Held, choice: Choice, picked: Sequence[str] = ()) -> Question:
    """A choice as a question of a study. Raises `UnknownMeasureError`."""
    return Question(held, choice, known(held.study, choice.measure), tuple(picked))


def _answer(question: Question, tab: str) -> dict[str, Any]:
    if not question.study.parks.height:
        words = str(question.say("no_park"))
        return {
            "title": "",
            "sentence": words,
            "strip": [],
            "tabs": [],
            "tab": "",
            "html": "",
            "first": "",
            "empty": words,
        }
    made = tabs.every(question)
    first = next(iter(made))
    if question.shown and tabs.lines(question) > tabs.MANY_LINES:
        first = "table"
    tab = tab if tab in made else first
    said = map(Markup('<span class="sentence">{}</span>').format, sentences(question))
    sentence = question.view.speech.join(said, question.view.speech.mark("space"))
    return {
        "title": title(question), "sentence": str(sentence), "strip": strip(question),
        "tabs": [{"value": name, "name": question.view.label("explorer_tab", name), "count": count()} for name, (count, _) in made.items()],
        "tab": tab, "html": made[tab][1](), "first": first, "empty": "",
    }  # fmt: skip


def stated(held: Held, statement: str, lang: str) -> str:
    """A declared statement with its verdict, in a sentence; empty where the study does not have it."""
    found = next((one for one in held.study.decisions if one.statement.id == statement), None)
    if not found:
        return ""
    told = told_of(held.study, found)
    turned = [way for way in told["ways"] if way["coarse"] != way["state"]]
    turned = turned if len(turned) < len(told["ways"]) and all(way["chosen"] for way in turned) else []
    said = held.view(held.study, lang).say("answer.j2", "stated", d=told, turned=turned, turns=len(turned))
    return str(Markup('<span class="sentence">{}</span>').format(said))


def title(question: Question) -> str:
    """What a view is of."""
    if question.asked.measure:
        return plain(question.say("title"))
    return name_of(question.view, question.asked.key)


def sentences(question: Question) -> Iterable[Markup]:
    """The sentence that holds, and what stands beside it."""
    if not question.asked.measure:
        yield claim(question)
        yield from _outside(question)
        return
    chosen, parks = question.chosen, question.asking.parks
    if chosen.one:
        yield from _pair(question, chosen)
        yield from asides.doubted(question, chosen)
        yield from _elsewhere(question, chosen)
    elif len(parks) < 3 and len(chosen.values) == 1:
        yield from _alone(question, chosen)
    elif chosen.values:
        yield from _several(question, chosen)
    yield from _outside(question)
    if chosen.gaps and not chosen.one:
        yield question.say("gaps", given=bool(chosen.values), several=len(parks) > 1, found=asides.reasons(chosen.gaps))


def claim(question: Question) -> Markup:
    """What the exhibit claims of the chosen parks, as a sentence."""
    if not question.shown:
        selected = question.entry.select(question.view.study, **question.parameters)
        facts = {**selected.facts, **question.parameters, "height": selected.data.height}
        said = question.entry.words_of(question.view, "claim", facts)
    else:
        form, selected = question.shown
        facts = form.facts(selected, question.parameters)
        nothing = [] if selected.data.height else form.sentences(question.view, "nothing", facts)
        said = question.view.speech.join(nothing) or form.words_of(question.view, "claim", facts)
    stop = question.view.speech.mark("stop")
    return said if str(said).endswith(stop) else said + Markup(stop)


def _outside(question: Question) -> Iterable[Markup]:
    """Which of the chosen parks have no text of the year."""
    if parks := question.outside:
        every = question.held.view(question.held.study, question.choice.lang)  # for the study of the year has them not
        yield question.say("outside_year", parks=every.listed(parks))


def _pair(question: Question, chosen: Variant) -> Iterable[Markup]:
    """The decision on two parks, with both values, and what limits it."""
    one = chosen.one
    assert one
    rows = sides_of(question.study, one)["sides"]
    left, right = (
        {"park": park, "row": _side(rows[side], chosen.values.get(park))}
        for side, park in (("left", one.left), ("right", one.right))
    )
    differ = [limit for limit in DIFFERENCES if limit in one.limits]
    doubtful = any(limit in one.limits for limit in _DOUBTS)
    ways = "once" if one.cells == 1 else "all" if one.cells_for == one.cells else "some"
    varied = [name for name in codes("choice") if len({result.choices.get(name) for result in one.results}) > 1]
    apart, reason = margins([one]), asides.begun(question.view.fact(one.reason)) if one.reason else ""
    yield question.say("pair", one=one, left=left, right=right, ways=ways, varied=varied, margins=apart, reason=reason)
    given: list[Any] = [side["row"] for side in (left, right) if side["row"]]
    yield from asides.whose(question, given)
    if limits := question.say("pair_limits", one=one, differ=differ, doubtful=doubtful):
        yield limits


def _elsewhere(question: Question, chosen: Variant) -> Iterable[Markup]:
    """The first variant in which more pairs of parks are compared than in the chosen one."""
    held = _compared(chosen)
    found = next((one for one in question.variants if _compared(one) > held), None)
    if found and held < len(chosen.decided):
        varying = [name for name, values in question.asking.every.items() if len(values) > 1]
        yield question.say("elsewhere", label=label(question, found.choice, varying), words=outcome(question, found))


def _compared(variant: Variant) -> int:
    """How many of its pairs are compared."""
    return sum(bool(pair.results) for pair in variant.decided)


def _side(row: Row | None, value: Row | None) -> Row | None:
    """A side of a decision as a row with its period: that of its measure, where it is one; else the value of the park."""
    if row is None:
        return value and {**value, "printed": value["method"] in PRINTED}
    period = {name: (value or {}).get(name) for name in _OF_VALUE}
    return {**period, **row}


def _alone(question: Question, chosen: Variant) -> Iterable[Markup]:
    """The value of one park, with its interval and its limits."""
    (row,) = chosen.values.values()
    fits = [one for one in question.asking.fitting(row["park_id"], chosen.choice) if one["key"] != row["key"]]
    flags = [flag for flag in codes("flag") if flag in row["flags"]]
    printed, any_ = row["method"] in PRINTED and row["price"] != "real", question.asked.measure in OF_ANY
    yield question.say("one", row=row, printed=printed, named=any_ and row["inputs"])
    if limits := question.say("one_limits", flags=flags, more=len(fits)):
        yield limits


def _several(question: Question, chosen: Variant) -> Iterable[Markup]:
    """What the exhibit claims of the parks, and how their pairs come out."""
    yield claim(question)
    yield from asides.spread_of(question, chosen)
    yield from asides.whose(question, chosen.values.values())
    yield from asides.apart(question, chosen)
    yield from asides.doubted(question, chosen)
    if chosen.verdict == "pairs":
        differ = [limit for limit in DIFFERENCES if any(limit in one.limits for one in chosen.decided)]
        tallied = [{"verdict": verdict, "count": count} for verdict, count in chosen.tally.items()]
        orders = [one for one in chosen.decided if one.ordered]
        open_ = [one for one in chosen.decided if one.verdict == "not_distinguishable"]
        facts = {
            "orders": orders if len(orders) <= MOST_ORDERS else [], "undecided": open_ if len(open_) <= MOST_ORDERS else [],
            "margins": margins(open_), "reasons": asides.refusals(question, chosen.decided), "differ": differ,
        }  # fmt: skip
        lone = chosen.decided[0] if len(chosen.decided) == 1 else None
        yield question.say("pairs", count=len(chosen.decided), tallied=tallied, lone=lone, **facts)
        yield from _elsewhere(question, chosen)
    elif compared(question.asked.measure) and len(question.asking.parks) > MOST_PARKS:
        yield question.say("many", most=MOST_PARKS)
    elif len(chosen.values) > 1 and not compared(question.asked.measure):
        yield question.say("unordered")
