"""The pages beside the notebooks' own: the index that leads to all the others of a folder, and the glossary."""

from collections.abc import Mapping

from parkstudy.record.codes import label, labels
from parkstudy.report.glossary import GLOSSARY
from parkstudy.report.links import INDEX
from parkstudy.report.page import TEMPLATE, Page, first_figure, furniture, with_face
from parkstudy.report.run import other
from parkstudy.show import svg


def index(pages: Mapping[str, Page], lang: str) -> str:
    """The index of the pages of one language: question, answer and thumbnail of each, profiles and variants by name."""
    from jinja2 import Environment, FileSystemLoader

    own = [page for page in pages.values() if page.view.lang == lang]
    kinds: dict[str, list[Page]] = {"pages": [], "profiles": [], "variants": []}
    for page in own:
        kinds["variants" if _changed(page) else "profiles" if page.park else "pages"].append(page)
    order = own[0].view.study.all_parks if own else []
    kinds["profiles"].sort(key=lambda page: order.index(page.facts["park"]) if page.facts["park"] in order else -1)
    template = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True).get_template("contents.html.j2")
    text = template.render(
        **kinds, **furniture(lang, INDEX[other(lang)] if len(own) < len(pages) else ""), changed=_changed,
        thumbnail=_thumbnail, words=labels("page", lang), glossary=GLOSSARY[lang],
        data=", ".join(sorted({page.facts["data_hash"][:12] for page in own})),
    )  # fmt: skip
    return with_face(text, text)


def glossary(lang: str) -> str:
    """The page of the words that the other pages explain."""
    from jinja2 import Environment, FileSystemLoader

    template = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True).get_template("glossary.html.j2")
    names = labels("glossary", lang, long=False)
    terms = [(code, name, label("glossary", code, lang, long=True)) for code, name in names.items()]
    text = template.render(
        **furniture(lang, GLOSSARY[other(lang)]), index=INDEX[lang], words=labels("page", lang), terms=terms
    )
    return with_face(text, text)


def _changed(page: Page) -> str:
    """The parameters that make a page a variant of another, as it names them."""
    given = page.facts["parameters"].items()
    return ", ".join(f"{name}={value}" for name, value in given if name not in ("park", "data"))


def _thumbnail(page: Page) -> str:
    """The first figure of a page, its ids made its own and nothing in it to be opened."""
    found = first_figure(page)
    return svg.inline(found[0].data["image/svg+xml"], f"{page.stem}-{found[1]['exhibit']}-0w-") if found else ""
