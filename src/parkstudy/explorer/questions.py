"""The questions that can be asked: every measure, every printed figure, every declared statement, in the words that readers see."""

from collections.abc import Iterator, Mapping
from typing import Any

from parkstudy.errors import ParkstudyError, did_you_mean, nearest
from parkstudy.explorer import figures, wording
from parkstudy.explorer.printed import Printed
from parkstudy.explorer.variants import compared
from parkstudy.method.declarations import Statement
from parkstudy.method.measures import of_flow
from parkstudy.record.codes import LANGUAGES, codes
from parkstudy.record.rungs import AREAS
from parkstudy.show.asked import ASKED, FIRST, name_of
from parkstudy.show.view import View
from parkstudy.words.speech import plain, visible

_FIGURES, _TEXTS = "figures", "coverage"  # what shows a figure that enters no measure, and which texts print what


class QuestionError(ParkstudyError, ValueError):
    """A question that the study does not have."""


def questions(printed: Printed, view: View) -> list[dict[str, str]]:
    """All of them in the language of the view: `id`, `kind` and what it is `called`, `text`, and `more`, what is chosen with it; `also` is
    what finds it besides: its id, its name in the other language, the terms that texts print, other words for it; `leads` are words for
    a subject that it stands first for, between bars.
    """
    every = [*_measures(printed, view), *_indicators(printed, view), *_statements(printed, view)]
    leads, words = wording.led(one["id"] for one in every)
    for one in every:
        one["called"] = view.speech.label("question_kind", one["kind"])
        if own := words.get(one["id"]):
            one["also"] = " ".join([one["also"], *own])
        if own := leads.get(one["id"]):
            one["leads"] = "|".join(["", *own, ""])
    return every


def taken(printed: Printed, question: str) -> dict[str, str]:
    """The choices that a question sets. Raises `QuestionError`."""
    kind, _, name = question.partition(":")
    if kind == "measure" and name in printed.asked:
        return {"measure": name}
    if kind == "indicator" and name in set(printed.study.indicators["indicator"]):
        return {"measure": _of_indicator(printed, name)}
    if kind == "statement" and name in (declared := _declared(printed)):
        return _chosen(printed, declared[name])
    if kind == figures.KIND and (values := figures.chosen(printed, name)):
        return values
    if kind == wording.KIND and (values := wording.chosen(printed, name)):
        return values
    known = [one["id"] for one in questions(printed, View(printed.study, LANGUAGES[0]))]
    message = f"unknown question {question!r}; {did_you_mean(question, known)}expected one of those offered"
    raise QuestionError(message).told("question", given=question, near=nearest(question, known))


def _measures(printed: Printed, view: View) -> Iterator[dict[str, str]]:
    from parkstudy.explorer.offers import about

    other, terms = _other(view), _terms(printed)
    for key in printed.asked:
        also = " ".join([key, name_of(other, key), *terms.get(of_flow(key)[0], ())])
        found = {"id": f"measure:{key}", "kind": "measure", "text": name_of(view, key), "more": about(view, key)}
        yield {**found, "also": also}


def _indicators(printed: Printed, view: View) -> Iterator[dict[str, str]]:
    there, other, terms = set(printed.study.summaries()["indicator"]), _other(view), _terms(printed)
    for indicator, name in view.indicators.items():
        if indicator in there:
            key = taken(printed, f"indicator:{indicator}")["measure"]
            more = name_of(view, key)
            also = visible(" ".join([indicator, other.indicators[indicator], *terms[indicator]]))
            yield {
                "id": f"indicator:{indicator}", "kind": "indicator", "text": visible(name), "more": more, "also": also,
            }  # fmt: skip


def _other(view: View) -> View:
    """The study in the other language."""
    return View(view.study, next(lang for lang in LANGUAGES if lang != view.lang))


def _terms(printed: Printed) -> dict[str, list[str]]:
    """Indicator to the terms that texts print for it."""
    return {
        one: list(terms or ()) for one, terms in printed.study.indicators.select("indicator", "terms_zh").iter_rows()
    }


def _statements(printed: Printed, view: View) -> Iterator[dict[str, str]]:
    if printed.study.pairwise:
        return
    for decision in printed.study.decisions:
        text = visible(plain(view.sentence(decision)))
        more = view.speech.label("explorer", "statement").format(id=visible(decision.statement.id))
        yield {"id": f"statement:{decision.statement.id}", "kind": "statement", "text": text, "more": more}


def _declared(printed: Printed) -> Mapping[str, Statement]:
    study = printed.study
    return {} if study.pairwise else {one.statement.id: one.statement for one in study.decisions}


def _chosen(printed: Printed, statement: Statement) -> dict[str, str]:
    """Measure, parks and choices as a statement declares them; of one without a measure, what its figure or its parks print."""
    measure = statement.measure or _of_check(printed, statement)
    found: dict[str, Any] = {"measure": measure}
    if parks := dict.fromkeys(statement.parks):
        found["parks"] = ",".join(parks)
    if "basis" in ASKED[measure].obeys and _of_years(printed, statement, list(parks)):
        found["basis"] = codes("basis")[-1]
    return found


def _of_years(printed: Printed, statement: Statement, parks: list[str]) -> bool:
    """Whether a statement is judged on full years: the ways to one make its cells, or its parks are compared on no other months."""
    if "year_fraction" in statement.choices or len(parks) != len(("left", "right")) or not compared(statement.measure):
        return "year_fraction" in statement.choices
    found = printed.study.compare.latest(statement.measure, *parks)
    return {one.basis for one in found if one.results} == {codes("basis")[-1]}


def _of_check(printed: Printed, statement: Statement) -> str:
    """What shows a statement that is a check or a refusal: the measure of its indicator, else which texts print what."""
    if statement.indicator:
        return _of_indicator(printed, statement.indicator)
    return _TEXTS if statement.kind == "refused" or not statement.check else FIRST


def _of_indicator(printed: Printed, indicator: str) -> str:
    """What shows an indicator best: an area among the areas, else its own growth or level, else a measure that rests on it."""
    if indicator in {area.indicator for area in AREAS.values()}:
        return "areas"
    return next(iter(printed.by_indicator.get(indicator, ())), _FIGURES)
