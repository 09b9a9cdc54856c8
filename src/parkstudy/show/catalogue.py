"""The catalogue of exhibits: every figure, table and list of takeaways there is, each declared once.

Pages, the explorer, profiles, tests and CONTRIBUTING read it; `viewer` shows an exhibit by its key.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from parkstudy.method.study import Study
from parkstudy.show.bars import SizeBars
from parkstudy.show.columns import MeasureTable
from parkstudy.show.dots import Dots
from parkstudy.show.exhibit import Entry, Exhibit, Takeaways
from parkstudy.show.select import land, tax
from parkstudy.show.view import View
from parkstudy.words.codes import codes

TAX = (
    Takeaways(key="tax-takeaways", words="tax", select=tax.sentences, obeys=("basis",)),
    Dots(
        key="tax-per-output", words="tax", select=tax.per_output, obeys=("basis",),
        panels=("tax_per_output", "tax_per_tit_revenue"),
    ),
    Dots(
        key="concentration", words="tax", select=tax.concentration, panels=("taxpayer_concentration",), detail="", shared=True
    ),
    MeasureTable(key="tax-table", words="tax", select=tax.every, obeys=("basis",)),
)  # fmt: skip



def _ladder(measure: str, *obeys: str) -> Dots:
    """Values of a measure per area, a panel a rung; the investment of a period is never a full year's."""
    bases = len(codes("basis")) if "basis" in obeys else 1
    return Dots(
        key=f"ladder-{measure.replace('_', '-')}" + ("-rung" if "rung" in obeys else ""), blocks="ladder", words="land",
        select=partial(land.ladder, measure=measure), panels=codes("rung"), panel="rung", obeys=obeys, shared=True,
        values={"rung": partial(land.switched_rungs, measure=measure, bases=bases)},
    )  # fmt: skip


LAND = (
    Takeaways(key="land-takeaways", words="land", select=land.sentences, obeys=("basis",)),
    *(_ladder(measure, "basis") for measure in ("tax_per_area", "output_per_area")),
    _ladder("tax_per_area", "rung", "basis"),
    _ladder("fixed_asset_investment_per_area"),
    SizeBars(key="areas", words="land", select=land.areas),
    MeasureTable(key="land-table", words="land", select=land.every, obeys=("basis",)),
)

CATALOGUE: dict[str, Entry] = {entry.key: entry for entry in (*TAX, *LAND)}


def viewer(study: Study, lang: str = "en") -> Callable[..., Exhibit]:
    """What shows a study in a language: a function of the key of an exhibit and its parameters.

    >>> view = viewer(load())
    >>> view("tax-per-output", basis="annualised")

    Raises `ValueError` for an unknown language, exhibit, parameter or value.
    """
    view = View(study, lang)

    def show(key: str, **parameters: str) -> Exhibit:
        if key not in CATALOGUE:
            raise ValueError(f"unknown exhibit {key!r}; exhibits: {', '.join(CATALOGUE)}")
        return CATALOGUE[key].show(view, **parameters)

    return show
