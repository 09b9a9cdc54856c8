"""What makes exhibits alive in a browser, on a page and in a shadow root of JupyterLab: one style, one script, and its facts.

The script is a function `alive(root, facts)` of a document or a shadow root; see `assets/alive.js`.
"""

from pathlib import Path
from typing import Any

from parkstudy.record import used
from parkstudy.record.codes import label, labels
from parkstudy.show import provenance, theme
from parkstudy.show.view import View
from parkstudy.words.speech import visible

ASSETS = Path(__file__).resolve().parent / "assets"
_PARTS = ("alive", "switches", "marks", "chips", "folds", "tables", "files", "keys")  # of one function, in their order
_HOSTS = ":host", ":host(.dark)"


def asset(name: str) -> str:
    """A file of the assets, as text."""
    used.note("file", f"show/assets/{name}")
    return (ASSETS / name).read_text(encoding="utf-8")


def style() -> str:
    """The style of a shadow root with exhibits, whose host has the class `dark` on a dark ground."""
    return theme.stylesheet(*_HOSTS) + "\n" + asset("exhibit.css")


def script() -> str:
    """The definition of `alive(root, facts)`, a function that makes the exhibits of a document or a shadow root alive."""
    parts = "\n".join(asset(f"{name}.js") for name in _PARTS)
    return f"const alive = (root, facts) => {{\n{parts}}};\n"


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
    colours = {park: f"park-{i % len(theme.PARK_COLOURS) + 1}" for i, park in enumerate(view.study.all_parks)}
    named = [(park, visible(view.names[park]), visible(view.full_names[park])) for park in view.study.park_ids()]
    return [[park, name, colours[park], *([full] if full != name else [])] for park, name, full in named]
