"""What leads to the pages: an index in each language, a card for each page, and a manifest of what they were made from.

All three are made from the executed notebooks in the folder, so that they hold for every page that lies beside them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from parkstudy import __version__
from parkstudy.method.study import Study
from parkstudy.report.cards import card
from parkstudy.report.pages import TEMPLATE, page_title, park_of, style
from parkstudy.report.run import answer, outputs, read, title_and_question
from parkstudy.report.words import words
from parkstudy.show import svg
from parkstudy.words.language import LANGUAGES, TAGS

_ATTRIBUTES = re.compile(r' (role|aria-label|data-park|data-opens)="[^"]*"')
_FACE = "\ue000face\ue000"  # no text shown holds it
INDEX = {"en": "index.html", "zh": "index.zh.html"}


def stored(target: Path) -> dict[str, Any]:
    """The executed notebooks of a folder, by the stem of their page."""
    return {path.stem: read(path) for path in sorted((target / "notebooks").glob("*.ipynb"))}


def write_card(notebook: Any, stem: str, study: Study, target: Path) -> None:
    """The share card of a page, beside it under the same name."""
    lang, facts = notebook.metadata["parkstudy"]["lang"], notebook.metadata["parkstudy"]
    line = f"{words(lang)['card_source']} parkstudy {__version__} · {words(lang)['data']} {facts['data_hash'][:12]} · {stem}.html"
    _, question = title_and_question(notebook)
    png = card(page_title(notebook, study), question, answer(notebook), line, _picture(notebook))
    _replace(target / f"{stem}.png", png)


def _picture(notebook: Any) -> bytes | None:
    coded = next((o["data"]["image/png"] for o in outputs(notebook) if "image/png" in o.get("data", {})), None)
    return base64.b64decode(coded) if coded else None


def write_index(target: Path, notebooks: dict[str, Any], lang: str, study: Study) -> None:
    """The index of the pages of one language: question, answer and thumbnail of each, profiles and variants by name."""
    from jinja2 import Environment, FileSystemLoader

    own = {stem: nb for stem, nb in notebooks.items() if nb.metadata["parkstudy"]["lang"] == lang}
    pages, profiles, variants = [], [], []
    for stem, notebook in own.items():
        _, question = title_and_question(notebook)
        entry = {"file": f"{stem}.html", "card": f"{stem}.png", "title": page_title(notebook, study)}
        facts = notebook.metadata["parkstudy"]
        changed = {k: v for k, v in facts["parameters"].items() if k not in ("lang", "park", "data")}
        if changed:
            shown = ", ".join(f"{name}={value}" for name, value in changed.items())
            variants.append({**entry, "title": f"{entry['title']} ({shown})"})
        elif facts.get("park"):
            profiles.append({**entry, "title": park_of(notebook, study), "park": facts["park"]})
        else:
            said = {"question": question, "answer": answer(notebook), "thumbnail": _thumbnail(notebook, stem)}
            pages.append({**entry, **said})
    profiles.sort(key=lambda entry: study.all_parks.index(entry["park"]) if entry["park"] in study.all_parks else -1)
    other = "zh" if lang == "en" else "en"
    there = any(nb.metadata["parkstudy"]["lang"] == other for nb in notebooks.values())
    twin = {"file": INDEX[other], "tag": TAGS[other], "name": LANGUAGES[other]} if there else None
    template = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True).get_template("contents.html.j2")
    hashes = sorted({nb.metadata["parkstudy"]["data_hash"][:12] for nb in own.values()})
    text = template.render(
        pages=pages, profiles=profiles, variants=variants, twin=twin, tag=TAGS[lang], words=words(lang), style=style(),
        face=_FACE, version=__version__, data=", ".join(hashes),
    )  # fmt: skip
    _replace(target / INDEX[lang], text.replace(_FACE, svg.face(text)).encode())


def _thumbnail(notebook: Any, stem: str) -> str:
    """The first figure of a page, its ids made its own and nothing in it to be opened."""
    bodies = (str(output.get("data", {}).get("text/html", "")) for output in outputs(notebook))
    found = next(
        (m[1] for m in (re.search(r'<div class="chart wide">(<svg.*?</svg>)', b, re.S) for b in bodies) if m), ""
    )
    found = re.sub(r"<[^>]*>", lambda tag: re.sub(_ATTRIBUTES, "", tag[0]), found)
    return svg.prefixed(found, f"{stem}-")


def write_manifest(target: Path, notebooks: dict[str, Any]) -> None:
    """`manifest.json`: for every page its parameters, versions, data and hash; no clock and no path of a machine."""
    pages = []
    for stem, notebook in notebooks.items():
        facts = notebook.metadata["parkstudy"]
        content = (target / f"{stem}.html").read_bytes()
        pages.append(
            {
                "file": f"{stem}.html", "sha256": hashlib.sha256(content).hexdigest(), "notebook": facts["notebook"],
                "language": TAGS[facts["lang"]], "parameters": facts["parameters"], "parkstudy": facts["version"],
                "data_sha256": facts["data_hash"], "libraries": facts["libraries"],
            }
        )  # fmt: skip
    _replace(target / "manifest.json", (json.dumps({"pages": pages}, ensure_ascii=False, indent=1) + "\n").encode())


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
