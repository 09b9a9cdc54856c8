"""What a page leaves for the indexes that list it, so that they need neither the page nor its notebook again."""

from typing import TypedDict

from parkstudy.record.codes import codes
from parkstudy.report.page import Page, first_figure
from parkstudy.report.parameters import closed
from parkstudy.report.run import exhibits
from parkstudy.report.task import Shown
from parkstudy.show.asked import name_of
from parkstudy.show.exhibit import PAGE
from parkstudy.show.shape import shape, table_shape
from parkstudy.show.view import View
from parkstudy.words.lines import shortened
from parkstudy.words.speech import visible

_CHANGED = 60  # columns for the parameters of a variant


def shown(page: Page) -> Shown:
    """All that an index needs of a page."""
    view, changed, park = page.view, _changed(page), page.facts.get("park", "")
    return {
        "file": page.file, "name": page.links.name, "lang": view.lang, "title": page.title, "question": page.question,
        "answer": page.answer, "park": park, "park_name": page.park, "short_name": visible(view.names.get(park, "")),
        **place(view, park), "changed": changed, "thumbnail": "" if page.park or changed else _thumbnail(page),
    }  # fmt: skip


class Place(TypedDict):
    """What an index says of the place of a park; `order` sorts it among the others."""

    province: str
    prefecture: str
    order: str


def place(view: View, park: str) -> Place:
    """Where a park lies: its province, and the widest of its places that lies within it."""
    found = view.study.parks.filter(park_id=park).to_dicts()
    if not found:
        return {"province": "", "prefecture": "", "order": ""}
    province, listed = found[0]["province_en"] or "", view.study.places.filter(park_id=park)["scope"].to_list()
    within = ["", *listed[: listed.index(province)]][-1] if province in listed else ""
    order = "\t".join(name or "\uffff" for name in (province, within, found[0]["name_en"]))
    name = visible(found[0][f"province_{view.lang}"] or "")
    return {"province": name, "prefecture": visible(view.scopes.get(within, within)), "order": order}


def _changed(page: Page) -> str:
    """The parameters that make a page a variant of another, in words."""
    view = page.view
    given = {name: value for name, value in page.facts["parameters"].items() if name not in ("park", "data")}
    said = [
        view.speech.mark("colon").join((view.label("parameter", name), _value(view, name, value)))
        for name, value in given.items()
    ]
    return shortened(view.speech.mark("semicolon").join(said), _CHANGED)


def _value(view: View, name: str, value: str) -> str:
    if value in closed(name):
        return view.label(name, value)
    if name == "measure":
        return name_of(view, value)
    if name == "year" and value in codes("year_word"):
        return view.label("year_word", value)
    parts = (part.strip().rpartition("=")[2] for part in value.split(","))  # of a group its value
    return visible(view.speech.mark("list").join(view.names.get(part, part) for part in parts))


def _thumbnail(page: Page) -> str:
    """The shape of the picture of a page, else of its first table; empty where it has neither."""
    if found := first_figure(page.notebook):
        return shape(found[0].data["image/svg+xml"])
    tables = (output.data[PAGE] for output, _ in exhibits(page.notebook) if "<table" in output.data.get(PAGE, ""))
    return table_shape(next(tables, ""))
