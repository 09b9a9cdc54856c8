"""The explorer: widgets that drive the same exhibits as the pages.

In JupyterLab the widgets are alive; on an exported page, where no kernel answers, the default view stands as an
ordinary exhibit. One display bundle holds both, and each front end takes the one it can show.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parkstudy import figures, growth, land, tax, wording
from parkstudy.dataset import Study
from parkstudy.exhibit import Exhibit, escape
from parkstudy.measures import RUNGS

View = Callable[[Study, str], Exhibit]

VIEWS: dict[str, View] = {
    "Published growth": lambda study, rung: figures.plot_growth(study, growth.measures(study)),
    "Growth beside targets": lambda study, rung: figures.plot_growth_targets(study, growth.measures(study)),
    "Tax per reported output": lambda study, rung: figures.plot_tax_per_output(study, tax.measures(study)),
    "Concentration of taxpayers": lambda study, rung: figures.plot_concentration(study, tax.measures(study)),
    "Tax per area": lambda study, rung: figures.plot_ladder(study, land.measures(study), "tax_per_area", rung),
    "Output per area": lambda study, rung: figures.plot_ladder(study, land.measures(study), "output_per_area", rung),
    "Areas by rung": lambda study, rung: figures.plot_areas(study),
    "What is reported": lambda study, rung: figures.plot_coverage(study),
    "Which pairs are comparable": lambda study, rung: figures.plot_comparability(study),
}
WITH_RUNG = ("Tax per area", "Output per area")


class Explorer:
    """Parks, measure and rung as widgets over one exhibit; what `explore` returns and a notebook shows."""

    def __init__(self, study: Study) -> None:
        import ipywidgets as widgets

        self.study = study
        names = wording.short_names(study)
        wide = widgets.Layout(width="24rem")
        style = {"description_width": "5rem"}
        self.parks = widgets.SelectMultiple(
            options=[(names[p], p) for p in names],
            value=tuple(names),
            rows=len(names),
            description="Parks",
            layout=wide,
            style=style,
        )
        self.measure = widgets.Dropdown(options=list(VIEWS), description="Measure", layout=wide, style=style)
        self.rung = widgets.Dropdown(
            options=[("all rungs", ""), *((wording.plain(r), r) for r in RUNGS)],
            description="Rung",
            layout=wide,
            style=style,
        )
        self.shown = widgets.HTML()
        self.box = widgets.VBox([widgets.HBox([self.parks, widgets.VBox([self.measure, self.rung])]), self.shown])
        for control in (self.parks, self.measure, self.rung):
            control.observe(self._redraw, names="value")
        self.exhibit = self._exhibit()
        self._show()

    def _exhibit(self) -> Exhibit:
        study = self.study.only(",".join(self.parks.value))
        return VIEWS[self.measure.value](study, self.rung.value)

    def _redraw(self, _change: Any) -> None:
        self.exhibit = self._exhibit()
        self._show()

    def _show(self) -> None:
        self.rung.disabled = self.measure.value not in WITH_RUNG
        self.shown.value = self.exhibit.body if self.parks.value else f"<p>{escape('Choose at least one park.')}</p>"

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The widgets for a front end with a kernel, the exhibit for one without."""
        page, notes = self.exhibit._repr_mimebundle_()
        bundle = self.box._repr_mimebundle_(**options) or {}
        alive = bundle[0] if isinstance(bundle, tuple) else bundle
        return {**alive, **page}, notes


def explore(study: Study) -> Explorer:
    """The explorer of a study, for the last line of a notebook cell."""
    return Explorer(study)
