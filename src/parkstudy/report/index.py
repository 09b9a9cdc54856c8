"""The pages beside the notebooks' own: the index that leads to all the others of a folder, and the glossary.

An index is made of what each page left of itself when it was made (`shown`); no page and no notebook is read again.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from parkstudy import __version__
from parkstudy.record.codes import label, labels
from parkstudy.report.citation import bibtex, citation
from parkstudy.report.furniture import TEMPLATE, asset, furniture, with_face
from parkstudy.report.gather import Shown
from parkstudy.report.glossary import GLOSSARY, Explaining
from parkstudy.report.links import INDEX, Links, standard
from parkstudy.report.parameters import closed
from parkstudy.report.run import exhibits, other
from parkstudy.show.exhibit import PAGE
from parkstudy.show.shape import shape, table_shape
from parkstudy.show.view import View
from parkstudy.words.lines import columns, shortened
from parkstudy.words.numbers import number
from parkstudy.words.speech import visible

if TYPE_CHECKING:
    from parkstudy.report.page import Page

MANY = 30  # profiles and variants from which an index has groups and a search
_LISTS = '<section id="lists"></section>'  # an empty element, which no text can be
_CHANGED = 60  # columns for the parameters of a variant
_FIRST, _LEAST = 160, 40  # columns for the figures of a profile: at most, and below which there is nothing to say
_ROOM, _LINK = 450_000, 130  # bytes for all profiles, and about those of the link and the name of one
_WHOLE = 1_000_000  # bytes of an index, at most
_PARTED = 12  # profiles of a province from which they stand by prefecture


def shown(page: "Page") -> Shown:
    """All that an index needs of a page."""
    view, changed, park = page.view, _changed(page), page.facts.get("park", "")
    return {
        "file": page.file, "name": page.links.name, "lang": view.lang, "title": page.title, "question": page.question,
        "answer": page.answer, "park": park, "park_name": page.park, "short_name": visible(view.names.get(park, "")),
        **_place(view, park), "changed": changed, "thumbnail": "" if page.park or changed else _thumbnail(page),
    }  # fmt: skip


class _Place(TypedDict):
    province: str
    prefecture: str
    order: str


def _place(view: View, park: str) -> _Place:
    """Where a park lies: its province, and the widest of its places that lies within it."""
    found = view.study.parks.filter(park_id=park).to_dicts()
    if not found:
        return {"province": "", "prefecture": "", "order": ""}
    province, listed = found[0]["province_en"] or "", view.study.places.filter(park_id=park)["scope"].to_list()
    within = ["", *listed[: listed.index(province)]][-1] if province in listed else ""
    order = "\t".join(name or "\uffff" for name in (province, within, found[0]["name_en"]))
    name = visible(found[0][f"province_{view.lang}"] or "")
    return {"province": name, "prefecture": visible(view.scopes.get(within, within)), "order": order}


def index(pages: Sequence[Shown], view: View, download: str) -> str:
    """The index of the pages of the view's language: what the study is and answers, then every page, profile and variant.

    `pages` are those of all languages; `download` is the address of all the data in one file. From `MANY` profiles and
    variants on, profiles stand by province and prefecture, each with its first figures, and a field searches everything.
    """
    lang, own = view.lang, [page for page in pages if page["lang"] == view.lang]
    kinds: dict[str, list[Shown]] = {"pages": [], "profiles": [], "variants": []}
    for page in own:
        kinds["variants" if page["changed"] else "profiles" if page["park_name"] else "pages"].append(page)
    many = len(kinds["profiles"]) + len(kinds["variants"]) >= MANY
    said = {"version": __version__, "data": view.study.data_hash[:12], "parameters": ""}
    first = next((page for page in kinds["pages"] if page["name"] == standard()[0]), None)
    text = Explaining(lang)(filled(
        "contents.html.j2", **{**furniture(view, INDEX[other(lang)] if len(own) < len(pages) else ""), **said},
        pages=kinds["pages"], first=first, first_name=Links("", lang, {}).name_of(first["name"]) if first else "", many=many,
        counts={name: number(len(found)) for name, found in kinds.items() if found}, glossary=GLOSSARY[lang],
        download=download, citation=citation(view, "", **said), bibtex=bibtex(view, "study", "", **said),
        own_style=asset("contents.css"), script=asset("search.js"),
    ))  # fmt: skip
    lists = _lists(kinds["profiles"], kinds["variants"], view, many)
    whole = text.replace(_LISTS, lists, 1)
    faced = with_face(whole, whole)
    # of thousands of names the glyphs alone would be too much: most systems have them
    return faced if len(faced.encode()) < _WHOLE else with_face(whole, text)


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


def _changed(page: "Page") -> str:
    """The parameters that make a page a variant of another, in words."""
    view = page.view
    given = {name: value for name, value in page.facts["parameters"].items() if name not in ("park", "data")}
    said = [
        view.speech.mark("colon").join((view.label(name, "parameter"), _value(view, name, value)))
        for name, value in given.items()
    ]
    return shortened(view.speech.mark("semicolon").join(said), _CHANGED)


def _value(view: View, name: str, value: str) -> str:
    if value in closed(name):
        return view.label(value, name)
    return visible(view.speech.mark("list").join(view.names.get(part, part) for part in value.split(",")))


def _thumbnail(page: "Page") -> str:
    """The shape of the picture of a page, else of its first table; empty where it has neither."""
    from parkstudy.report.page import first_figure

    if found := first_figure(page):
        return shape(found[0].data["image/svg+xml"])
    tables = (output.data[PAGE] for output, _ in exhibits(page.notebook) if "<table" in output.data.get(PAGE, ""))
    return table_shape(next(tables, ""))


def _lists(profiles: Sequence[Shown], variants: Sequence[Shown], view: View, many: bool) -> str:
    """Profiles and variants: a few profiles as names in the order of the study, many by place, with their first figures."""
    place = {park: number for number, park in enumerate(view.study.all_parks)}
    in_order = sorted(profiles, key=lambda page: place.get(page["park"], len(place)))
    provinces = []
    if many:
        room = min(
            _FIRST, (_ROOM // max(len(profiles), 1) - _LINK) * 2 // 3
        )  # a Chinese character is 3 bytes and 2 columns
        rows = [
            {
                "file": page["file"],
                "name": page["park_name"],
                "said": _figures(page, room),
                "province": page["province"],
                "prefecture": page["prefecture"],
            }
            for page in sorted(profiles, key=lambda page: page["order"])
        ]
        for name, found in _by("province", rows).items():
            parts = _by("prefecture", found)
            parted = len(found) >= _PARTED and len(parts) > 1
            provinces.append((name, number(len(found)), parts if parted else {"": found}))
    return filled(
        "lists.html.j2", profiles=in_order, provinces=provinces, many=many, words=labels("page", view.lang), number=number,
        variants=[{"file": page["file"], "name": view.bracketed(page["title"], page["changed"])} for page in variants],
    )  # fmt: skip


def _by(name: str, rows: Sequence[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """Rows by a value, in the order in which values first stand; those without it last."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(row)
    return {**{key: own for key, own in found.items() if key}, **{key: own for key, own in found.items() if not key}}


def _figures(page: Shown, room: int) -> str:
    """The first sentence of an answer behind the name that it begins with, as far as `room` columns hold its clauses."""
    if room < _LEAST:
        return ""
    sentence = re.split(
        r"(?<=\.) |(?<=。)", page["answer"].removeprefix(page["short_name"]).lstrip(" ,，:："), maxsplit=1
    )[0]
    sentence = sentence.rstrip(".。")
    if columns(sentence) <= room:
        return sentence
    held = ""
    for clause in re.findall(r".+?(?:; |；|$)", sentence):
        if columns(held + clause) > room:
            break
        held += clause
    return held.rstrip("; ；") + "…" if held else shortened(sentence, room)
