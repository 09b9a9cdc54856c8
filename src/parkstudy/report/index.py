"""What leads to the pages: an index in each language, and a manifest of what they were made from.

Both are made from the executed notebooks in the folder, so that they hold for every page that lies beside them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from parkstudy import __version__
from parkstudy.report.cards import first_figure
from parkstudy.report.page import INDEX, TEMPLATE, Page, style, tag, twin, with_face
from parkstudy.report.run import other
from parkstudy.show import svg
from parkstudy.words.codes import labels


def index(pages: Mapping[str, Page], lang: str) -> str:
    """The index of the pages of one language: question, answer and thumbnail of each, profiles and variants by name."""
    from jinja2 import Environment, FileSystemLoader

    own = [page for page in pages.values() if page.view.lang == lang]
    kinds: dict[str, list[Page]] = {"pages": [], "profiles": [], "variants": []}
    for page in own:
        kinds["variants" if _changed(page) else "profiles" if page.park else "pages"].append(page)
    kinds["profiles"].sort(key=_place)
    there = INDEX[other(lang)] if len(own) < len(pages) else None
    template = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True).get_template("contents.html.j2")
    text = template.render(
        **kinds, changed=_changed, thumbnail=_thumbnail, twin=twin(lang, there), tag=tag(lang), words=labels("page", lang),
        style=style(), version=__version__,
        data=", ".join(sorted({page.facts["data_hash"][:12] for page in own})),
    )  # fmt: skip
    return with_face(text, text)


def _changed(page: Page) -> str:
    """The parameters that make a page a variant of another, as it names them."""
    given = page.facts["parameters"].items()
    return ", ".join(f"{name}={value}" for name, value in given if name not in ("park", "data"))


def _place(page: Page) -> int:
    parks, park = page.view.study.all_parks, page.facts["park"]
    return parks.index(park) if park in parks else -1


def _thumbnail(page: Page) -> str:
    """The first figure of a page, its ids made its own and nothing in it to be opened."""
    found = first_figure(page)
    if not found:
        return ""
    output, note = found
    return svg.inline(output.data["image/svg+xml"], f"{page.stem}-{note['exhibit']}-0w-")


def manifest(pages: Mapping[str, Page], folder: Path) -> str:
    """`manifest.json`: for every page its parameters, versions, data and hash; no clock and no path of a machine."""
    entries: list[dict[str, Any]] = [
        {
            "file": page.file, "sha256": hashlib.sha256((folder / page.file).read_bytes()).hexdigest(),
            "notebook": page.facts["notebook"], "language": tag(page.view.lang), "parameters": page.facts["parameters"],
            "parkstudy": page.facts["version"], "data_sha256": page.facts["data_hash"], "libraries": page.facts["libraries"],
        }
        for page in pages.values()
    ]  # fmt: skip
    return json.dumps({"pages": entries}, ensure_ascii=False, indent=1) + "\n"
