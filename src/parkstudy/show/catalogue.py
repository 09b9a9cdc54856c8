"""The catalogue of exhibits: every figure, table and list of takeaways there is, each declared once.

Pages, the explorer, profiles, tests and CONTRIBUTING read it; `viewer` shows an exhibit by its key.
"""

from __future__ import annotations

from collections.abc import Callable

from parkstudy.method.study import Study
from parkstudy.show.columns import MeasureTable
from parkstudy.show.dots import Dots
from parkstudy.show.exhibit import Entry, Exhibit, Takeaways
from parkstudy.show.select import tax
from parkstudy.show.view import View

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

CATALOGUE: dict[str, Entry] = {entry.key: entry for entry in (*TAX,)}


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
