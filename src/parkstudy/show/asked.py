"""What can be asked of a study: each measure and each exhibit of coverage, by the key that the parameter `measure` takes.

A measure of a flow that is not named here has what its kind has, as `method.measures.Declared` gives it a unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from parkstudy.errors import ParkstudyError, did_you_mean, listed, nearest
from parkstudy.method import growth, land, tax
from parkstudy.method.measures import OF_FLOW, of_flow
from parkstudy.method.study import Study
from parkstudy.show.view import View
from parkstudy.words.speech import visible

GROUPS = ("growth", "tax", "land", "coverage")
GENERIC = "measure"  # the entry of the catalogue that shows any measure
_OF_AN_ENTRY = ("price", "basis", "rung", "reading")  # the others choose the study


class UnknownMeasureError(ParkstudyError, ValueError):
    """A key of nothing that can be asked."""


@dataclass(frozen=True)
class Asked:
    """What can be asked: its key, its group, the `entry` of the catalogue that shows it with what is `given` to it, the choices that
    act on it, and the topic notebook that shows it too.

    `measure` is the measure whose rows tell which parks print it; empty for an exhibit that is of texts or figures.
    """

    key: str
    group: str
    entry: str
    given: Mapping[str, str] = field(default_factory=dict)
    obeys: tuple[str, ...] = ("year",)
    notebook: str = ""
    measure: str = ""

    def parameters(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """The parameters of its entry, of all that is chosen."""
        return {**self.given, **{name: chosen[name] for name in self.obeys if name in _OF_AN_ENTRY}}


_NOTEBOOKS = {"growth": "20-growth", "tax": "30-tax-quality", "land": "40-land-efficiency", "coverage": "10-coverage"}
_OF_KIND = {"growth": ("price", "year"), "level": ("basis", "year")}  # the choices that act on a measure of a flow
_ENTRIES = {  # the measures that have an exhibit of their own
    "gross_industrial_output_growth": "growth",
    "gross_industrial_output_level": "levels-gross-industrial-output",
    "tax_revenue_level": "levels-tax-revenue",
    "target_attainment": "attainment",
    "tax_per_output": "tax-per-output",
    "taxpayer_concentration": "concentration",
}  # fmt: skip
_OBEYS = {
    **dict.fromkeys(("tax_per_output", "tax_per_tit_revenue"), ("basis", "year")),
    "taxpayer_concentration": ("reading", "year"),
    **dict.fromkeys(("tax_per_area", "output_per_area"), ("basis", "rung", "year")),
    **{f"{indicator}_per_area": ("rung", "year") for indicator in land.INVESTMENTS},
}
_BESIDE = ("reference_revenue_growth", "reference_value_added_growth")  # stand beside a rate and are asked with it


def _of_measure(measure: str, group: str) -> Asked:
    """A measure in the exhibit of its own, else in the generic one."""
    flow, kind = of_flow(measure)
    obeys = _OF_KIND.get(kind, ("year",)) if flow else _OBEYS.get(measure, ("year",))
    entry = _ENTRIES.get(measure, GENERIC)
    given = {"measure": measure} if entry == GENERIC else {}
    return Asked(measure, group, entry, given, obeys, _NOTEBOOKS[group], measure)


def _named() -> dict[str, Asked]:
    """Every key that the program knows by name, group by group."""
    flows = {flow: "tax" if flow == "tax_revenue" else "growth" for flow in growth.NAMED}
    kinds = ("growth", "growth_target", "level", "level_change", "implied_base")
    groups = {f"{flow}_{kind}": group for kind in kinds for flow, group in flows.items()}
    groups |= {measure: "growth" for measure in growth.MEASURES if measure not in (*groups, *_BESIDE)}
    groups |= dict.fromkeys(tax.MEASURES, "tax") | dict.fromkeys(land.MEASURES, "land")
    found = [_of_measure(measure, group) for measure, group in groups.items()]
    found += [
        Asked("growth_targets", "growth", "growth-targets", notebook=_NOTEBOOKS["growth"]),
        Asked("series", "growth", "series", obeys=(), notebook=_NOTEBOOKS["growth"]),
        Asked("areas", "land", "areas", notebook=_NOTEBOOKS["land"]),
        *(Asked(key, "coverage", key, notebook=_NOTEBOOKS["coverage"]) for key in ("coverage", "comparability")),
        Asked("spans", "coverage", "spans", notebook=_NOTEBOOKS["coverage"]),
        Asked("figures", "coverage", "figures", notebook="70-figures"),
    ]
    return {one.key: one for group in GROUPS for one in found if one.group == group}


class _Known(dict[str, Asked]):
    """Key to what can be asked; a measure of a flow that has no name here is one of its kind. Raises `KeyError`."""

    def __missing__(self, key: str) -> Asked:
        if not of_flow(key)[0]:
            raise KeyError(key)
        return _of_measure(key, "growth")


ASKED = _Known(_named())
FIRST = next(iter(ASKED))  # what is asked where nothing is chosen


def asked_of(study: Study) -> dict[str, Asked]:
    """Key to what can be asked of a study, group by group: of flows, the measures that any of its texts could have."""
    study = study.whole if isinstance(study.whole, Study) else study
    there = dict.fromkeys(study.measures["measure"].unique(maintain_order=True))
    found = {key: one for key, one in ASKED.items() if not of_flow(key)[0] or key in there}
    taxes = set(study.indicators.filter(dimension=growth.TAXES)["indicator"])
    for key in there:
        if key not in found and key not in _BESIDE:
            own = ASKED[key]
            found[key] = replace(own, group="tax" if of_flow(key)[0] in taxes else own.group)
    return {one.key: one for group in GROUPS for one in found.values() if one.group == group}


def known(study: Study, key: str) -> Asked:
    """What a key asks of a study. Raises `UnknownMeasureError`."""
    flow, kind = of_flow(key)
    if key in ASKED or (flow in set(study.indicators["indicator"]) and kind in OF_FLOW):
        return ASKED[key]
    there = list(asked_of(study))
    message = f"unknown measure {key!r}; {did_you_mean(key, there)}measures: {listed(there)}"
    raise UnknownMeasureError(message).told("measure", given=key, near=nearest(key, there))


def name_of(view: View, key: str) -> str:
    """The name of what can be asked, as readers see it."""
    return visible(view.label("measure", key) if ASKED[key].measure else view.speech.label("asked", key))
