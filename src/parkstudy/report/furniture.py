"""What pages, indexes, the glossary and error pages have alike: style, font, words around, and all the data in one file."""

import base64
import hashlib
from pathlib import Path
from typing import Any

from markupsafe import Markup

from parkstudy import __version__
from parkstudy.method.study import Study
from parkstudy.record import package, used
from parkstudy.record.codes import label, labels
from parkstudy.report.run import other
from parkstudy.show import live, svg, theme
from parkstudy.show.view import View
from parkstudy.words.speech import one_line

TEMPLATE = Path(__file__).resolve().parent / "template"
_FACE = '<style id="face"></style>'  # an empty element, which no text can be
_INLINE = 120_000  # bytes of an address that holds all the data
ZIP = "data.zip"


def asset(name: str) -> str:
    """A file of the template's folder, as text."""
    return used.text(f"report/template/{name}")


def furniture(view: View, twin: str) -> dict[str, Any]:
    """What every page and index has: tag, style, version, what the study says of itself, and the link to the same in the other
    language, if there is one.
    """
    to, sheet = other(view.lang), live.asset("exhibit.css") + asset("page.css")
    link = {"file": twin, "tag": live.tag(to), "name": label("lang", to, to)} if twin else None
    words, called = labels("page", view.lang), view.study.about
    authors = called.said("authors", view.lang)
    address = called.contact if called.contact.startswith("http") else f"mailto:{called.contact}"
    link_to = Markup('<a href="{}">{}</a>').format(address, called.contact)
    tell = Markup(words["tell_to"]).format(link_to) if called.contact else words["tell_back"]
    return {
        "tag": live.tag(view.lang), "style": theme.stylesheet() + "\n" + sheet, "version": __version__, "twin": link, "words": words,
        "study": one_line(called.said("title", view.lang)) or words["untitled"], "asks": one_line(called.said("question", view.lang)),
        "notes": one_line(called.said("notes", view.lang)), "authors": view.speech.listing(authors) if authors else "",
        "licence": called.licence, "tell": Markup(words["tell"]).format(tell),
    }  # fmt: skip


def policy(script: str = "") -> Markup:
    """The content security policy of a page whose only script is this one: nothing is loaded, nothing else is run."""
    runs = f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" if script else "'none'"
    rest = "style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    return Markup(f"default-src 'none'; script-src {runs}; {rest}")  # nothing in it is markup


def archive(study: Study) -> str:
    """All the data in one file, as an address that works without a network; of much of it the name of a file beside the index."""
    address = "data:application/zip;base64," + base64.b64encode(package.archive(study)).decode("ascii")
    return address if len(address) <= _INLINE else ZIP


def with_face(body: str, text: str) -> str:
    """A finished page with the glyphs of `text`, which are known only now."""
    return body.replace(_FACE, f"{_FACE.removesuffix('</style>')}{svg.face(text)}</style>", 1)


def filled(template: str, **facts: Any) -> str:
    """A template that is no notebook's, filled."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True, undefined=StrictUndefined)
    return environment.get_template(template).render(**facts)
