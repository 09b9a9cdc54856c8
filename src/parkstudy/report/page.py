"""From executed notebooks to HTML: a page each, with font, style, script and records inside, and the index that leads to them.

What a page links, cites and lists is collected where its text is made: headings and links by the renderer of the Markdown, rules
and records from the exhibits.
"""

import copy
import html
import json
import re
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from parkstudy import __version__
from parkstudy.record.codes import label, labels
from parkstudy.record.tables import shipped
from parkstudy.report.glossary import GLOSSARY, Explaining, linked
from parkstudy.report.run import exhibits, other
from parkstudy.show import provenance, svg, theme
from parkstudy.show.catalogue import CATALOGUE
from parkstudy.show.view import View, park_mark
from parkstudy.words.rules import cited, code_name, rules
from parkstudy.words.speech import TERM, visible

TEMPLATE = Path(__file__).resolve().parent / "template"
INDEX = {"en": "index.html", "zh": "index.zh.html"}
_FACE = '<style id="face"></style>'  # an empty element, which no text can be
_PAGE = re.compile(r"\d\d-[a-z-]+(?:\.zh)?\.html")


class Page:
    """A page of the report: an executed notebook in the language of a view, with its title, question and answer.

    `facts` say how it was made; `park` is the name of the one park that it is about, empty where it is of several.
    """

    def __init__(self, stem: str, notebook: Any, view: View) -> None:
        self.stem, self.file, self.notebook, self.view = stem, f"{stem}.html", notebook, view
        self.facts: dict[str, Any] = notebook.metadata["parkstudy"]
        park, named = self.facts.get("park", ""), self.facts.get("answer")
        self.park = visible(view.full_names.get(park, park))
        prose = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        first = next((source for source in prose if source.startswith("# ")), "")
        head, _, rest = first.removeprefix("# ").partition("\n")
        self.title = view.speech.mark("space").join(filter(None, (head.strip(), self.park)))
        self.question = re.sub(r"[*_`]|\[([^]]*)\]\([^)]*\)", r"\1", rest.strip().partition("\n\n")[0].strip())
        answers = (note["answer"] for _, note in exhibits(notebook) if note["entry"] == named)
        self.answer = visible(next(answers, ""))


class _Prose(IPythonRenderer):
    """The Markdown of a page: numbers its headings, undoes links to absent pages, names Chinese words as Chinese.

    Headings are numbered, so that a link to one leads to the same place in both languages. `heads` and `rules` are what the
    page has and names.
    """

    def __init__(self, page: Page, known: Container[str]) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self.page, self.known, self.marked = page, known, page.view.speech.marked
        self.heads: list[tuple[str, str]] = []
        self.rules = {code for _, note in exhibits(page.notebook) for code in note["rules"]}

    def text(self, text: str) -> str:
        return str(self.marked(html.unescape(text)))

    def codespan(self, text: str) -> str:
        return f"<code>{self.marked(text)}</code>"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if code := linked(url):
            return TERM.format(code, text)
        absent = _PAGE.fullmatch(url) and url.removesuffix(".html") not in self.known
        return text if absent else str(super().link(text, url, title))

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        if level == 1 and self.page.park:
            text = f"{text} <span>{self.marked(self.page.park)}</span>"
        if level == 2:
            attrs["id"] = f"section-{len(self.heads) + 1}"
            self.heads.append((attrs["id"], text))
        return str(super().heading(text, level, **attrs))


def export(page: Page, known: Mapping[str, str], profiles: Mapping[str, str]) -> str:
    """The page as HTML.

    `known` gives the file of every page that a link may lead to, by its stem; `profiles` that of the profile of a park.
    """
    from nbconvert import HTMLExporter

    prose = _Prose(page, known)
    shown = _shown(page, prose, profiles)
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="template", extra_template_basedirs=[str(TEMPLATE.parent)], exclude_input=True,
        exclude_input_prompt=True, exclude_output_prompt=True, exclude_anchor_links=True,
        filters={"markdown2html": lambda rendered: rendered, "marked": page.view.speech.marked},
    )  # fmt: skip
    body, _ = exporter.from_notebook_node(shown, resources={"page": _facts(page, known, prose)})
    return _with_face(body, html.unescape(body))


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
        **kinds, **_same(lang, INDEX[other(lang)] if len(own) < len(pages) else None), changed=_changed,
        thumbnail=_thumbnail, words=labels("page", lang), glossary=GLOSSARY[lang],
        data=", ".join(sorted({page.facts["data_hash"][:12] for page in own})),
    )  # fmt: skip
    return _with_face(text, text)


def glossary(lang: str) -> str:
    """The page of the words that the other pages explain."""
    from jinja2 import Environment, FileSystemLoader

    template = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True).get_template("glossary.html.j2")
    terms = [
        (code, name, label("glossary", code, lang, long=True))
        for code, name in labels("glossary", lang, long=False).items()
    ]
    text = template.render(
        **_same(lang, GLOSSARY[other(lang)]), index=INDEX[lang], words=labels("page", lang), terms=terms
    )
    return _with_face(text, text)


def _changed(page: Page) -> str:
    """The parameters that make a page a variant of another, as it names them."""
    given = page.facts["parameters"].items()
    return ", ".join(f"{name}={value}" for name, value in given if name not in ("park", "data"))


def first_figure(page: Page) -> tuple[Any, dict[str, Any]] | None:
    """The first figure of a page: its output in the notebook, and what it says of itself; None where there is none."""
    drawn = (found for found in exhibits(page.notebook) if "image/svg+xml" in found[0].data)
    return next((found for found in drawn if found[1]["entry"] in CATALOGUE), None)


def _thumbnail(page: Page) -> str:
    """The first figure of a page, its ids made its own and nothing in it to be opened."""
    found = first_figure(page)
    return svg.inline(found[0].data["image/svg+xml"], f"{page.stem}-{found[1]['exhibit']}-0w-") if found else ""


def tag(lang: str) -> str:
    """A language as a browser names it."""
    return label("lang", lang, lang, long=True)


def _same(lang: str, twin: str | None) -> dict[str, Any]:
    """What every page and index has: tag, style, version, and the link to the same in the other language, if it is there."""
    to, sheet = other(lang), (TEMPLATE / "style.css").read_text(encoding="utf-8")
    link = {"file": twin, "tag": tag(to), "name": label("lang", to, to)} if twin else None
    return {"tag": tag(lang), "style": theme.stylesheet() + "\n" + sheet, "version": __version__, "twin": link}


def _with_face(body: str, text: str) -> str:
    """A finished page with the glyphs of `text`, which are known only now."""
    return body.replace(_FACE, f"{_FACE.removesuffix('</style>')}{svg.face(text)}</style>", 1)


def _shown(page: Page, prose: _Prose, profiles: Mapping[str, str]) -> Any:
    """A copy with the cells and outputs that a reader of the page needs, prose as HTML, parks that lead to their profiles."""
    shown, markdown = copy.deepcopy(page.notebook), MarkdownWithMath(renderer=prose)
    explained = Explaining(page.view.lang)
    cells = [cell for cell in shown.cells if "notebook-only" not in cell.metadata.get("tags", [])]
    shown.cells = [cell for cell in cells if cell.cell_type == "markdown" or _outputs(cell)]
    for cell in shown.cells:
        if cell.cell_type == "markdown":
            prose.rules.update(cited(cell.source))
            cell.source = explained(markdown.render(cell.source))
            continue
        cell.outputs = _outputs(cell)
        for data in (output.data for output in cell.outputs if "text/html" in output.data):
            for park in page.view.study.all_parks:
                to = Markup(' href="{}"').format(profiles[park]) if park in profiles else ""
                data["text/html"] = data["text/html"].replace(park_mark(park), f'<a class="park"{to}>')
            data["text/html"] = explained(data["text/html"])
    return shown


def _outputs(cell: Any) -> list[Any]:
    return [o for o in cell.get("outputs", []) if o.output_type in ("display_data", "execute_result")]


def _facts(page: Page, known: Mapping[str, str], prose: _Prose) -> dict[str, Any]:
    """What the template says beside the cells."""
    facts, lang, words = page.facts, page.view.lang, labels("page", page.view.lang)
    package = json.loads((shipped("data") / "datapackage.json").read_text(encoding="utf-8"))
    data = facts["parameters"].get("data") or f"{package['version']} ({package['created'][:10]})"
    libraries = ", ".join(f"{name} {version}" for name, version in facts["libraries"].items())
    parameters = ", ".join(f"{name}={value}" for name, value in facts["parameters"].items())
    said = {"title": page.title, "version": __version__, "data": facts["data_hash"][:12], "parameters": parameters}
    records = {key: record for _, note in exhibits(page.notebook) for key, record in note["records"].items()}
    furniture = {"words": labels("script", lang), "labels": provenance.labels(page.view), "parks": _parks(page.view)}
    return {
        **said, **_same(lang, known.get(facts["twin"])), "question": page.question, "answer": page.answer, "words": words,
        "index": INDEX[lang], "glossary": GLOSSARY[lang], "contents": [*prose.heads, ("about", words["about"])],
        "rules": [(code_name(code, lang), text) for code, text in rules(lang).items() if code in prose.rules],
        "limits": list(labels("limit", lang).values()),
        "versions": [("parkstudy", __version__), (words["data"], f"{data}, SHA-256 {said['data']}"), ("Python", libraries)],
        "citation": page.view.say("page.j2", "citation", year=package["created"][:4], ended=page.title[-1:] in ".?!", **said),
        "setup": _setup(page.notebook), "script": (TEMPLATE / "page.js").read_text(encoding="utf-8"),
        "furniture": _json(furniture), "records": _json(records),
    }  # fmt: skip


def _json(value: Any) -> str:
    """JSON for a script element, which no text in it can end."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")


def _parks(view: View) -> list[list[str]]:
    """The core parks, each with its short name and the variable of its colour."""
    colours = {park: f"park-{i % len(theme.PARK_COLOURS) + 1}" for i, park in enumerate(view.study.all_parks)}
    return [[park, visible(view.names[park]), colours[park]] for park in view.study.park_ids()]


def _setup(notebook: Any) -> str:
    """The code without outputs; parameters as the page names them, so that a folder of one's own is no path here."""
    given = notebook.metadata["parkstudy"]["parameters"]
    named = "# Parameters\n" + "\n".join(f"{name} = {value!r}" for name, value in given.items())
    cells = [c for c in notebook.cells if c.cell_type == "code" and not _outputs(c)]
    return "\n\n".join(named if "injected-parameters" in c.metadata.get("tags", []) else c.source for c in cells)
