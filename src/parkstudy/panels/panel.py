"""A panel: a widget whose truth is in the kernel.

What a reader does comes as a message `{"n": 7, "do": name, ...}` to one plain function, the handler; what it returns goes back:
`{"panels": {name: payload, only those that changed}, "error": "", "cause": "", "said": "for who hears it", "file": {...}}`.
A view that is opened later, moved, or opened again after the page was loaded anew, starts from all payloads as they are now.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from parkstudy.record.codes import label, labels
from parkstudy.show.exhibit import Exhibit

HERE = Path(__file__).resolve().parent
WIDGET = "application/vnd.jupyter.widget-view+json"

Message = Mapping[str, Any]
Handler = Callable[[Message], Mapping[str, Any]]


class Panel(anywidget.AnyWidget):  # type: ignore[misc]
    """A panel over a handler; a notebook cell shows it by its last line.

    `screen` is the folder and name of the files `<name>.js` and `<name>.css` that draw the payloads; `first` is the exhibit of
    the first view, which stands where no kernel answers: in an export, and in a notebook that is not trusted.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    panels = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(
        self, handler: Handler, panels: Mapping[str, Any], screen: Path, first: Exhibit | None = None, lang: str = "en"
    ) -> None:
        self.handler, self.first, self.lang = handler, first, lang
        super().__init__(_esm=script(screen), panels=dict(panels), words=labels("panel", lang, long=False))
        self.on_msg(self._receive)

    def act(self, message: Message) -> dict[str, Any]:
        """What is sent back for a message: what the handler returns, or its error in words with the panels as they were."""
        try:
            reply = dict(self.handler(message))
        except (Exception, KeyboardInterrupt) as error:  # the panel stays alive, whatever happens behind it
            cause = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            reply = {"error": label("panel", "failed", self.lang), "cause": cause}
        # in place: it is sent as a reply (in parts, where the handler gives the `whole` apart), and whole only to a new page
        self.panels.update(reply.pop("whole", reply.get("panels", {})))
        return {"n": message.get("n", 0), "panels": {}, "error": "", "cause": "", "said": "", **reply}

    def show(self, **panels: Any) -> None:
        """Send payloads that no message asked for."""
        self.panels.update(panels)
        self.send({"n": 0, "panels": panels, "error": "", "cause": "", "said": ""})

    def _receive(self, _widget: Any, message: Message, _buffers: Any) -> None:
        self.send(self.act(message))

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The panel for a front end with a kernel, the first view for one without."""
        page, notes = self.first._repr_mimebundle_() if self.first else ({}, {})
        bundle, _ = super()._repr_mimebundle_(**options)
        return {**bundle, **page}, notes


@cache
def script(screen: Path) -> str:
    """The module that a browser loads: what every panel has, then the script and the style of one."""
    from parkstudy.show import theme

    common = (HERE / "panel.js").read_text(encoding="utf-8")
    own = screen.with_suffix(".js").read_text(encoding="utf-8")
    sheets = [(HERE / "panel.css"), screen.with_suffix(".css")]
    style = "\n".join([_palette(theme.PALETTE), *(sheet.read_text(encoding="utf-8") for sheet in sheets)])
    return f"const STYLE = {json.dumps(style)};\n{common}\n{own}\nexport default panel(screen, options);\n"


def _palette(palette: Mapping[str, tuple[str, str]]) -> str:
    """The colours of the study, by the theme of the notebook."""
    light, dark = ("".join(f"--{name}:{pair[side]};" for name, pair in palette.items()) for side in (0, 1))
    return f":host{{color-scheme:light;{light}}}\n:host(.dark){{color-scheme:dark;{dark}}}"
