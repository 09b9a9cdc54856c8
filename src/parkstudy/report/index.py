"""The pages beside the notebooks' own: the index that leads to all the others of a folder, and the glossary."""

from collections.abc import Mapping
from typing import Any

from parkstudy import __version__
from parkstudy.record.codes import label, labels
from parkstudy.report.citation import bibtex, citation
from parkstudy.report.glossary import GLOSSARY, Explaining
from parkstudy.report.links import INDEX, standard
from parkstudy.report.page import TEMPLATE, Page, archive, first_figure, furniture, with_face
from parkstudy.report.run import exhibits, other
from parkstudy.show.exhibit import PAGE
from parkstudy.show.shape import shape, table_shape
from parkstudy.show.view import View


def index(pages: Mapping[str, Page], lang: str) -> str:
    """The index of the pages of one language: what the study is and answers, then every page, profile and variant."""
    own = [page for page in pages.values() if page.view.lang == lang]
    kinds: dict[str, list[Page]] = {"pages": [], "profiles": [], "variants": []}
    for page in own:
        kinds["variants" if _changed(page) else "profiles" if page.park else "pages"].append(page)
    view = own[0].view
    order = view.study.all_parks
    kinds["profiles"].sort(key=lambda page: order.index(page.facts["park"]) if page.facts["park"] in order else -1)
    said = {"version": __version__, "data": view.study.data_hash[:12], "parameters": ""}
    text = Explaining(lang)(filled(
        "contents.html.j2", **kinds, **{**furniture(view, INDEX[other(lang)] if len(own) < len(pages) else ""), **said},
        first=next((page for page in kinds["pages"] if page.links.name == standard()[0]), None), changed=_changed,
        thumbnail=_thumbnail, glossary=GLOSSARY[lang], download=archive(view.study), citation=citation(view, "", **said),
        bibtex=bibtex(view, "study", "", **said),
    ))  # fmt: skip
    return with_face(text, text)


def glossary(view: View) -> str:
    """The page of the words that the other pages explain."""
    lang, names = view.lang, labels("glossary", view.lang, long=False)
    terms = [(code, name, label("glossary", code, lang, long=True)) for code, name in names.items()]
    text = filled("glossary.html.j2", **furniture(view, GLOSSARY[other(lang)]), index=INDEX[lang], terms=terms)
    return with_face(text, text)


def filled(template: str, **facts: Any) -> str:
    """A template that is no notebook's, filled."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True, undefined=StrictUndefined)
    return environment.get_template(template).render(**facts)


def _changed(page: Page) -> str:
    """The parameters that make a page a variant of another, as it names them."""
    given = page.facts["parameters"].items()
    return ", ".join(f"{name}={value}" for name, value in given if name not in ("park", "data"))


def _thumbnail(page: Page) -> str:
    """The shape of the picture of a page, else of its first table; empty where it has neither."""
    if found := first_figure(page):
        return shape(found[0].data["image/svg+xml"])
    tables = (output.data[PAGE] for output, _ in exhibits(page.notebook) if "<table" in output.data.get(PAGE, ""))
    return table_shape(next(tables, ""))
