"""The words for the measures of a flow that has none of its own: made from the name of the flow."""

from typing import Any

from parkstudy.method import measures
from parkstudy.record.codes import codes
from parkstudy.words.speech import within

_RULES = {"measure": "measure_of_flow", "formula": "formula_of_flow"}  # what to say of a measure, to the words for it


def of_flow(view: Any, measure: str, group: str, *, long: bool = False) -> str:
    """The words of a group for a measure, such as `Growth of exports and imports`; empty where the group has its own or no rule."""
    flow, kind = measures.of_flow(measure)
    if not flow or group not in _RULES or measure in codes(group):
        return ""
    name, said = view.indicators.get(flow, flow), view.speech.text if long else view.speech.label
    return str(said(_RULES[group], kind)).format(name=within(name), Name=name)


def concept(view: Any, measure: str) -> str:
    """The name of the flow that a measure is of."""
    name: str = view.indicators[measures.of_flow(measure)[0]]
    return name
