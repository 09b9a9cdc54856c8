"""The exhibit that shows any measure: a line a value, with its interval, and the reason where a text has none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from parkstudy.errors import did_you_mean, listed
from parkstudy.method.study import MEASURES, Study
from parkstudy.show.board import Board
from parkstudy.show.select import measured
from parkstudy.show.select.shared import GIVEN
from parkstudy.show.view import View


@dataclass(frozen=True, kw_only=True)
class Measured(Board):
    """A board of the measure that the parameter `measure` names: without one of the first of the study.

    A choice is switched on a page where it acts on the measure; of the areas the one asked for is shown.
    """

    def _asked(
        self, view: View, parameters: Mapping[str, str]
    ) -> tuple[dict[str, Sequence[str]], dict[str, str], list[dict[str, str]]]:
        measure = parameters.get("measure") or measured.first(view.study)
        held = set(view.study.whole.measures["measure"])
        if measure not in held and not _declared(measure):
            raise ValueError(
                f"unknown measure {measure!r}; {did_you_mean(measure, held)}measures: {listed(sorted(held))}"
            )
        acts = measured.acting(view.study.measures.filter(GIVEN, measure=measure))
        values = {name: partial(_switched, every=() if name == "rung" else acts.get(name, ())) for name in self.obeys}
        return Board._asked(replace(self, values=values), view, {**parameters, "measure": measure})


def _declared(measure: str) -> bool:
    try:
        return bool(MEASURES[measure])
    except KeyError:
        return False


def _switched(_: Study, shown: str, *, every: Sequence[str]) -> Sequence[str]:
    """What a choice can be switched to: every value where it acts, else what is shown alone."""
    return every if shown in every else [shown]
