"""What makes exhibits alive in a browser, on a page and in a shadow root of JupyterLab: one style, one script, and its facts.

The script is a function `alive(root, facts)` of a document or a shadow root; see `assets/alive.js`.
"""

import functools
import json
import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from parkstudy.record import used
from parkstudy.record.codes import label, labels
from parkstudy.show import provenance, svg, theme
from parkstudy.show.digest import digest
from parkstudy.show.view import View
from parkstudy.words.speech import visible

_PARTS = ("alive", "switches", "marks", "chips", "folds", "tables", "files", "keys")  # of one function, in their order
_HOSTS = ":host", ":host(.dark)"
_LATIN = (
    "".join(map(chr, range(32, 127)))
    + "\u2013\u2014\u2026\u2018\u2019\u201c\u201d\u2212\u00b1\u00b2\u00b3\u00b7\u00d7\u2264\u2265"
)
_DRAWING, _TAG = re.compile(r"<svg\b.*?</svg>", re.S), re.compile(r"<[^>]*>")
_TIED, _HEAD = re.compile(r'data-park="([^"]*)"'), re.compile(r"<th\b[^>]*>(.*?)</th>", re.S)


def asset(name: str) -> str:
    """A file of the assets, as text."""
    return used.text(f"show/assets/{name}")


def style() -> str:
    """The style of a shadow root with exhibits, whose host has the class `dark` on a dark ground."""
    return theme.stylesheet(*_HOSTS) + "\n" + asset("exhibit.css")


def script() -> str:
    """The definition of `alive(root, facts)`, a function that makes the exhibits of a document or a shadow root alive."""
    parts = "\n".join(asset(f"{name}.js") for name in _PARTS)
    return f"const alive = (root, facts) => {{\n{parts}}};\n"


@functools.cache
def loader() -> str:
    """The script that a notebook shows once, without a trace to see: it makes every exhibit of the window alive.

    Another one with the same text does nothing, one of another version takes the place of the first.
    """
    face, sheet = latin(), "\n".join([style(), asset("notebook.css")])
    body = f'"use strict";\nconst STYLE = {embedded(sheet)}, FACE = {embedded(face)};\n{script()}{asset("shade.js")}{asset("notebook.js")}'
    version = digest(body)
    return (
        f'(() => {{\nif (window.parkstudy && window.parkstudy.version === "{version}") return;\n'
        f"if (window.parkstudy) window.parkstudy.leave();\n"
        f'window.parkstudy = {{ version: "{version}", leave: (() => {{\n{body}}})() }};\n}})();\n'
    )


def form(view: View, body: str, records: Mapping[str, provenance.Record]) -> str:
    """What the loader makes an exhibit of: a script element that nothing runs, and that is dropped with all its text where a notebook
    is not trusted.
    """
    shown = set(parks_in(body, view))
    told = facts(view)
    told |= {
        "parks": [one for one in told["parks"] if one[0] in shown],
        "records": records,
        "body": body,
        "face": face(body),
    }
    return f'<script type="application/json" class="parkstudy-data">{embedded(told)}</script>'


def embedded(value: Any) -> str:
    """JSON within a script element, which no text in it can end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("</", "<\\/").replace("<!", "\\u003c!")


def latin() -> str:
    """A CSS `@font-face` with the signs that every drawing may have."""
    return svg.face(_LATIN)


def signs(body: str) -> set[str]:
    """The signs of the drawings in `body` that the face of all has not."""
    return {sign for drawing in _DRAWING.findall(body) for sign in _TAG.sub("", drawing)} - {*_LATIN}


def face(body: str) -> str:
    """A CSS `@font-face` with the signs of the drawings in `body` that the face of all has not; empty where there are none."""
    return svg.face("".join(sorted(signs(body))), alone=True)


def tag(lang: str) -> str:
    """A language as a browser names it."""
    return label("lang", lang, lang, long=True)


def facts(view: View) -> dict[str, Any]:
    """What `alive` is told of the study but for the records: its words, the labels of records, the core parks, the language."""
    return {
        "words": labels("script", view.lang), "labels": provenance.labels(view), "parks": core_parks(view),
        "lang": tag(view.lang),
    }  # fmt: skip


def core_parks(view: View) -> list[list[str]]:
    """The core parks, each with its short name, the variable of its colour, and its full name where that is another."""
    colours = theme.park_names(view.study.all_parks)
    named = [(park, visible(view.names[park]), visible(view.full_names[park])) for park in view.study.park_ids()]
    return [[park, name, colours[park], *([full] if full != name else [])] for park, name, full in named]


def parks_in(body: str, view: View) -> list[str]:
    """The parks that HTML of exhibits shows: what it ties to a park, and columns that stand under the name of one."""
    tied = {park for parks in _TIED.findall(body) for park in parks.split()}
    heads = {Markup(head).striptags() for head in _HEAD.findall(body)}
    return [park for park, name in view.names.items() if park in tied or visible(name) in heads]
