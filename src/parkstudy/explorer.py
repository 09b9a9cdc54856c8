"""The explorer: widgets that drive the same exhibits as the pages.

In JupyterLab the widgets are alive; on an exported page, where no kernel answers, the default view stands as an
ordinary exhibit. One display bundle holds both, and each front end takes the one it can show.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parkstudy.method import growth, land, tax
from parkstudy.method.measures import RUNG_NAMES
from parkstudy.method.study import Study
from parkstudy.show import figures
from parkstudy.show.exhibit import Exhibit, escape
from parkstudy.words import wording
from parkstudy.words.language import Text

View = Callable[[Study, str], Exhibit]

VIEWS: dict[Text, View] = {
    Text("Published growth", "公布的增速"): lambda study, rung: figures.plot_growth(study, growth.measures(study)),
    Text("Growth beside targets", "增速与目标"): lambda study, rung: figures.plot_growth_targets(
        study, growth.measures(study)
    ),
    Text("Tax per reported output", "税收产值比"): lambda study, rung: figures.plot_tax_per_output(
        study, tax.measures(study)
    ),
    Text("Concentration of taxpayers", "纳税集中度"): lambda study, rung: figures.plot_concentration(
        study, tax.measures(study)
    ),
    Text("Tax per area", "亩均税收"): lambda study, rung: figures.plot_ladder(
        study, land.measures(study), "tax_per_area", rung
    ),
    Text("Output per area", "地均产值"): lambda study, rung: figures.plot_ladder(
        study, land.measures(study), "output_per_area", rung
    ),
    Text("Areas by rung", "各口径面积"): lambda study, rung: figures.plot_areas(study),
    Text("What is reported", "列示情况"): lambda study, rung: figures.plot_coverage(study),
    Text("Which pairs are comparable", "两两可比性"): lambda study, rung: figures.plot_comparability(study),
}
WITH_RUNG = ("Tax per area", "Output per area")


class Explorer:
    """Parks, measure and rung as widgets over one exhibit; what `explore` returns and a notebook shows."""

    def __init__(self, study: Study) -> None:
        import ipywidgets as widgets

        self.study = study
        names, say = wording.short_names(study), study.say
        wide = widgets.Layout(width="24rem")
        style = {"description_width": "5rem"}
        self.parks = widgets.SelectMultiple(
            options=[(names[p], p) for p in names],
            value=tuple(names),
            rows=len(names),
            description=say("Parks", "园区"),
            layout=wide,
            style=style,
        )
        self.measure = widgets.Dropdown(
            options=[(say(name), name) for name in VIEWS],
            description=say("Measure", "指标"),
            layout=wide,
            style=style,
        )
        self.rung = widgets.Dropdown(
            options=[(say("all rungs", "全部口径"), ""), *((say(name), rung) for rung, name in RUNG_NAMES.items())],
            description=say("Rung", "面积口径"),
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
        nothing = self.study.say("Choose at least one park.", "请至少选择一个园区。")
        self.shown.value = self.exhibit.body if self.parks.value else f"<p>{escape(nothing)}</p>"

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The widgets for a front end with a kernel, the exhibit for one without."""
        page, notes = self.exhibit._repr_mimebundle_()
        bundle = self.box._repr_mimebundle_(**options) or {}
        alive = bundle[0] if isinstance(bundle, tuple) else bundle
        return {**alive, **page}, notes


def explore(study: Study) -> Explorer:
    """The explorer of a study, for the last line of a notebook cell."""
    return Explorer(study)
