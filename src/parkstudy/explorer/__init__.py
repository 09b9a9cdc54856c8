"""The explorer: widgets that drive the same exhibits as the pages.

In JupyterLab the widgets are alive; on an exported page, where no kernel answers, the default view stands as an
ordinary exhibit. One display bundle holds both, and each front end takes the one it can show.
"""

from typing import Any

from markupsafe import Markup

from parkstudy.explorer import again
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.measures import known
from parkstudy.method.study import Study, load
from parkstudy.record.codes import codes, label
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.exhibit import Exhibit
from parkstudy.show.view import View


class Explorer:
    """Parks, measure and rung as widgets over one exhibit; what `explore` returns and a notebook shows."""

    def __init__(self, study: Study, lang: str = "en") -> None:
        import ipywidgets as widgets

        self.study, self.lang = study, lang
        names = View(study, lang).names
        look = {"layout": widgets.Layout(width="24rem"), "style": {"description_width": "5rem"}}
        self.parks = widgets.SelectMultiple(
            options=[(name, park) for park, name in names.items()], value=tuple(names), rows=len(names),
            description=self._word("parks"), **look,
        )  # fmt: skip
        self.measure = widgets.Dropdown(
            options=[(label("exhibit", key, lang), key) for key in codes("exhibit")],
            description=self._word("measure"),
            **look,
        )
        self.rung = widgets.Dropdown(
            options=[(self._word("every_rung"), ""), *((label("rung", code, lang), code) for code in codes("rung"))],
            description=self._word("rung"), **look,
        )  # fmt: skip
        self.shown = widgets.HTML()
        self.box = widgets.VBox([widgets.HBox([self.parks, widgets.VBox([self.measure, self.rung])]), self.shown])
        for control in (self.parks, self.measure, self.rung):
            control.observe(self._redraw, names="value")
        self._redraw()

    def _word(self, code: str) -> str:
        return label("explorer", code, self.lang)

    def _exhibit(self) -> Exhibit:
        """The chosen exhibit, with the chosen area first where it is of several."""
        every = len(self.parks.value) == len(self.parks.options)
        view = viewer(self.study if every else self.study.only(",".join(self.parks.value)), self.lang)
        self.rung.disabled = "rung" not in CATALOGUE[self.measure.value].obeys
        if self.rung.disabled or not self.rung.value:
            return view(self.measure.value)
        return view(self.measure.value, rung=self.rung.value)

    def _redraw(self, _change: Any = None) -> None:
        if not self.parks.value:
            self.shown.value = Markup("<p>{}</p>").format(self._word("no_park"))
            return
        self.exhibit = self._exhibit()
        self.shown.value = self.exhibit.plain

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The widgets for a front end with a kernel, the exhibit for one without."""
        page, notes = self.exhibit._repr_mimebundle_()
        bundle = self.box._repr_mimebundle_(**options) or {}
        alive = bundle[0] if isinstance(bundle, tuple) else bundle
        return {**alive, **page}, notes


def explore(measure: Study | str = Choice.measure, *chosen: str, **named: str) -> Explorer:
    """The explorer of a study; or of the choices of its notebook, which `choice.Choice` names, for the last line of a cell."""
    if isinstance(measure, Study):
        return Explorer(measure, *chosen, **named)
    choice = Choice(measure, *chosen, **named)
    study = load(choice.data or None)
    made = Explorer(study.only(choice.parks, choice.year), choice.lang)
    made.exhibit = again.exhibit(study, choice, known(study, choice.measure))
    made.shown.value = made.exhibit.plain
    return made
