"""An exhibit as a notebook shows it: its claim, its picture and a plain table, which stay what they are where nothing is trusted.

JupyterLab takes SVG, scripts and unknown attributes out of a notebook that it does not trust, and nothing there answers a click:
so there is one state, no control, no drawing but as a picture, and no word that only a style keeps from its neighbour. In a
trusted one the loader, which the notebook shows once and nobody sees, makes every exhibit alive.
"""

import base64
import re
import sys
from html import escape
from html.parser import HTMLParser
from typing import Any

from parkstudy.show import LOADER, live, svg

_KEPT = {
    "p", "figure", "figcaption", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "em", "details", "summary", "section",
    "sub", "sup",
}  # fmt: skip
_VOID = {"br", "img", "input", "hr"}
_LINES = {"legend", "sources"}  # classes of what stands on a line of its own
_STRONG = {"answer", "claim"}
_DRAWN = re.compile(r"(<svg\b[^>]*>).*?(?=</svg>)", re.S)  # what is in a drawing takes long to read, and is dropped


class _Plain(HTMLParser):
    def __init__(self, picture: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._picture, self._ends = picture, [""]
        self._dropped = 0  # how deep inside a drawing or a control

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        if tag in _VOID:
            return
        if self._dropped or "files" in classes or tag == "svg":
            self._dropped += 1
            if tag == "svg" and self._picture:
                alt = escape(given.get("aria-label", ""))
                self.parts.append(f'<img width="720" src="{self._picture}" alt="{alt}">')
                self._picture = ""
            return
        self.parts.append("<br>" if classes & _LINES else "")
        link = given.get("href", "") if tag == "a" else ""
        kept = tag in _KEPT or link.startswith(("http:", "https:"))
        more = f' href="{escape(link)}"' if kept and link else ' scope="row"' if given.get("scope") == "row" else ""
        strong = "b>" if classes & _STRONG else ""
        self.parts.append(f"<{tag}{more}>{strong and '<' + strong}" if kept else "")
        self._ends.append(f"{strong and '</' + strong}</{tag}>" if kept else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self._dropped:
            self._dropped -= 1
        else:
            self.parts.append(self._ends.pop())

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self.parts.append(escape(data, quote=False))


def plain_form(view: str, drawing: str) -> str:
    """One state of an exhibit as plain HTML; `drawing` is its picture as an SVG document, empty where it has none."""
    reader = _Plain(_picture(drawing) if drawing else "")
    reader.feed(_DRAWN.sub(r"\1", view))
    reader.close()
    return "".join(reader.parts)


def _picture(document: str) -> str:
    """The document as an address, on white, in a font that the reader has."""
    body = svg.on_white(document, "text{font-family:sans-serif}")
    return "data:image/svg+xml;base64," + base64.b64encode(body.encode()).decode()


_brought: dict[str, Any] = {}  # the cell of this kernel that shows the loader


def bring() -> None:
    """Put the loader into the output of the cell that is running, once a notebook; nothing where no notebook runs.

    The cell that did so does it again when it is run again.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    kernel = getattr(shell, "kernel", None)
    if shell is None or kernel is None or not (parent := kernel.get_parent()):
        return
    if parent["header"]["msg_type"] != "execute_request":  # a widget's handler may ask for a viewer as well
        return
    cell = parent.get("metadata", {}).get("cellId") or parent["content"]["code"]
    if _brought.setdefault("cell", cell) == cell and _brought.get("request") != parent["header"]["msg_id"]:
        _brought["request"] = parent["header"]["msg_id"]
        shell.display_pub.publish(
            {"text/html": f'<script class="parkstudy-loader">{live.loader()}</script>'}, {LOADER: True}
        )
