"""A panel: a widget whose truth is in the kernel.

What a reader does comes as a message `{"n": 7, "do": name, ...}` to one plain function, the handler; what it returns goes back:
`{"panels": {name: payload, only those that changed}, "error": "", "cause": "", "said": "for who hears it", "file": {...}}`;
of a payload that is a mapping only the parts that changed may be sent.
A view that is opened later, moved, or opened again after the page was loaded anew, starts from all payloads as they are now.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from parkstudy.panels.causes import cause
from parkstudy.record.codes import label, labels
from parkstudy.show import live, svg
from parkstudy.show.exhibit import Exhibit

HERE = Path(__file__).resolve().parent

Message = Mapping[str, Any]
Handler = Callable[[Message], Mapping[str, Any]]


class Panel(anywidget.AnyWidget):
    """A panel over a handler; a notebook cell shows it by its last line.

    `screen` names the files `<name>.js` and `<name>.css` that draw the payloads, or a folder of such; `first` is the exhibit of the
    first view, which stands where no kernel answers: in an export, in a notebook that is not trusted, and in one opened again.
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
            reply = {"error": label("panel", "failed", self.lang), "cause": cause(error, self.lang)}
        self._lay(
            reply.pop("whole", reply.get("panels", {}))
        )  # what is sent in parts may be given as a whole beside them
        return {"n": message.get("n", 0), "panels": {}, "error": "", "cause": "", "said": "", **reply}

    def show(self, **panels: Any) -> None:
        """Send payloads that no message asked for."""
        self._lay(panels)
        self.send({"n": 0, "panels": panels, "error": "", "cause": "", "said": ""})

    def _lay(self, panels: Mapping[str, Any]) -> None:
        """Lay what changed over what there is: in place, for it is sent as a reply, and as a whole only to a page loaded anew."""
        for name, now in panels.items():
            was = self.panels.get(name)
            self.panels[name] = {**was, **now} if isinstance(was, dict) and isinstance(now, dict) else now

    def _receive(self, _widget: Any, message: Message, _buffers: Any) -> None:
        if message.get("do") == "face":  # a browser without a Chinese font
            with suppress(Exception):  # where none can be cut the boxes stay, and the panel lives
                self.send({"face": svg.face("".join(sorted({*str(message.get("signs", ""))})), alone=True)})
        else:
            self.send(self.act(message))

    def _ipython_display_(self) -> None:
        """Two outputs: what stands where no kernel answers, and the panel, which takes its place as soon as it is alive."""
        from IPython.display import display

        page, notes = self.standing()
        display(page, metadata=notes, raw=True)  # type: ignore[no-untyped-call]
        bundle, _ = self._repr_mimebundle_() or ({}, {})
        display({**bundle, "text/html": "", "text/plain": ""}, raw=True)  # type: ignore[no-untyped-call]

    def standing(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What stands where no kernel answers: the first view, else how to get one; data and metadata of an output."""
        asleep = label("panel", "asleep", self.lang)
        page, notes = self.first._repr_mimebundle_() if self.first else ({"text/plain": asleep}, {})
        shown = page.get("text/html", f"<p>{asleep}</p>")
        style = (HERE / "first.css").read_text(encoding="utf-8")
        return {**page, "text/html": f'{shown}<span class="parkstudy-first"></span><style>{style}</style>'}, notes


@cache
def script(screen: Path) -> str:
    """The module that a browser loads: what every panel has, then script and style of one, `<name>.js` and `<name>.css`, or all of
    a folder in the order of their names.
    """
    own = sorted(screen.iterdir()) if screen.is_dir() else [screen.with_suffix(ending) for ending in (".js", ".css")]
    parts = {
        ending: [HERE / f"panel{ending}", *(path for path in own if path.suffix == ending)]
        for ending in (".js", ".css")
    }
    sheet, code = ("\n".join(path.read_text(encoding="utf-8") for path in parts[ending]) for ending in (".css", ".js"))
    style = json.dumps(f"{live.style()}\n{sheet}")
    return f"const STYLE = {style};\n{live.script()}\n{live.asset('shade.js')}\n{code}\nexport default panel(screen, options);\n"
