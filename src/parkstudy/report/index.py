"""The pages beside the notebooks' own: the index that leads to all the others of a folder, and the glossary.

An index is made of what each page left of itself when it was made; no page and no notebook is read again.
"""

import re
from collections.abc import Sequence

from parkstudy import __version__
from parkstudy.record.codes import label, labels
from parkstudy.record.rows import gathered
from parkstudy.report.citation import bibtex, citation
from parkstudy.report.furniture import asset, filled, furniture, policy, with_face
from parkstudy.report.glossary import GLOSSARY, Explaining
from parkstudy.report.links import INDEX, Links, standard
from parkstudy.report.run import other
from parkstudy.report.task import Shown
from parkstudy.show.select.draft import drafted
from parkstudy.show.view import View
from parkstudy.words.lines import columns, shortened
from parkstudy.words.numbers import number

MANY = 30  # profiles and variants from which an index has groups and a search
_LISTS = '<section id="lists"></section>'  # an empty element, which no text can be
_FIRST, _LEAST = 160, 40  # columns for the figures of a profile: at most, and below which there is nothing to say
_ROOM, _LINK = 450_000, 130  # bytes for all profiles, and about those of the link and the name of one
_WHOLE = 1_000_000  # bytes of an index, at most
_PARTED = 12  # profiles of a province from which they stand by prefecture


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
    said = {"version": __version__, "data": view.study.edition, "parameters": ""}
    script, rows = asset("search.js"), drafted(view.study)
    first = next((page for page in kinds["pages"] if page["name"] == standard()[0]), None)
    text = Explaining(lang)(filled(
        "contents.html.j2", **{**furniture(view, INDEX[other(lang)] if len(own) < len(pages) else ""), **said},
        pages=kinds["pages"], first=first, first_name=Links("", lang, {}).name_of(first["name"]) if first else "", many=many,
        drafted=view.say("page.j2", "drafted", drafted=rows) if rows else "",
        counts={name: number(len(found)) for name, found in kinds.items() if found}, glossary=GLOSSARY[lang],
        download=download,
        zip=f"parkstudy-{view.study.data_hash[:12]}.zip", citation=citation(view, "", **said), bibtex=bibtex(view, "study", "", **said),
        own_style=asset("contents.css"), script=script, policy=policy(script if many else ""),
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
    text = filled(
        "glossary.html.j2", **furniture(view, GLOSSARY[other(lang)]), index=INDEX[lang], terms=terms, policy=policy()
    )
    return with_face(text, text)


def _lists(profiles: Sequence[Shown], variants: Sequence[Shown], view: View, many: bool) -> str:
    """Profiles and variants: a few profiles as names in the order of the study, many by place, with their first figures."""
    place = {park: number for number, park in enumerate(view.study.all_parks)}
    in_order = sorted(profiles, key=lambda page: place.get(page["park"], len(place)))
    provinces = []
    if many:
        # a Chinese character is 3 bytes and 2 columns
        room = min(_FIRST, (_ROOM // max(len(profiles), 1) - _LINK) * 2 // 3)
        rows = [
            {"name": page["park_name"], "said": _figures(page, room), **{n: page[n] for n in ("file", "province", "prefecture")}}
            for page in sorted(profiles, key=lambda page: page["order"])
        ]  # fmt: skip
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
    found = gathered(rows, lambda row: row[name])
    last = {"": found.pop("")} if "" in found else {}
    return found | last


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
