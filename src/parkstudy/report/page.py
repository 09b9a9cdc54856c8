"""From executed notebooks to HTML: a page each, with font, style, script and records inside.

What a page links, cites and lists is collected where its text is made: headings and links by the renderer of the Markdown, rules
and records from the exhibits.
"""

import functools
import html
import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from parkstudy import __version__
from parkstudy.record import used
from parkstudy.record.codes import labels
from parkstudy.report.citation import bibtex, citation
from parkstudy.report.furniture import TEMPLATE, archive, asset, furniture, policy, with_face
from parkstudy.report.glossary import GLOSSARY, Explaining, marked
from parkstudy.report.links import Links
from parkstudy.report.run import changed, exhibits, outputs
from parkstudy.show import live, provenance
from parkstudy.show.budget import RECORDS
from parkstudy.show.catalogue import CATALOGUE
from parkstudy.show.exhibit import PAGE
from parkstudy.show.table import Table
from parkstudy.show.view import View, park_mark
from parkstudy.words.numbers import number
from parkstudy.words.rules import cited, code_name, rule, rules
from parkstudy.words.speech import visible

_TEMPLATE = "page.html.j2"
_SCRIPTS = ("page", "view")  # behind `alive`, in one function
_TYPES = ("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/latex")  # the best first
_NOTEBOOK = re.compile(r"(\d\d-[a-z-]+)\.ipynb(#.*)?")
_PARK = re.compile(re.escape(str(park_mark("{}"))).replace(r"\{\}", '[^"]*'))  # what opens the name of a park
_PLACE, _WITHIN = (
    re.compile(r' id="([^"]*)"'),
    re.compile(r'<a href="#([^"]*)">(.*?)</a>'),
)  # rows that are cut have none
_ALL = "parkstudy export observations FILE.csv; parkstudy export measures FILE.csv"
_OPENS = re.compile(r'data-opens="([^"]*)"')
_LINKED = re.compile(r'(?<=<a )href="(\d\d-[a-z-]+)\.ipynb"')


class Page:
    """A page of the report: an executed notebook in the language of a view, with its title, question and answer.

    `facts` say how it was made; `park` is the name of the one park that it is about, empty where it is of several.
    """

    def __init__(self, stem: str, notebook: Any, view: View) -> None:
        self.stem, self.file, self.notebook, self.view = stem, f"{stem}.html", notebook, view
        self.facts: dict[str, Any] = notebook.metadata["parkstudy"]
        self.links = Links(stem, view.lang, self.facts["parameters"], view.study.first)
        park, named = self.facts.get("park", ""), self.facts.get("answer")
        self.park = visible(view.full_names.get(park, park))
        prose = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        first = next((source for source in prose if source.startswith("# ")), "")
        head, _, rest = first.removeprefix("# ").partition("\n")
        self.title, self.cited = (
            view.speech.mark(mark).join(filter(None, (head.strip(), self.park))) for mark in ("space", "colon")
        )
        self.question = re.sub(r"[*_`]|\[([^]]*)\]\([^)]*\)", r"\1", rest.strip().partition("\n\n")[0].strip())
        answers = (note["answer"] for _, note in exhibits(notebook) if note["entry"] == named)
        self.answer = visible(next(answers, ""))


class _Prose(IPythonRenderer):
    """The Markdown of a page: numbers its headings, leads to pages of the same data, names Chinese words as Chinese.

    Headings are numbered, so that a link to one leads to the same place in both languages. `heads` and `rules` are what the
    page has and names.
    """

    def __init__(self, page: Page) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self.page, self.marked = page, page.view.speech.marked
        self.heads: list[tuple[str, str]] = []
        self.rules = {code for _, note in exhibits(page.notebook) for code in note["rules"]}

    def text(self, text: str) -> str:
        return str(self.marked(html.unescape(text)))

    def codespan(self, text: str) -> str:
        return f"<code>{self.marked(text)}</code>"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if found := _NOTEBOOK.fullmatch(url):
            url = self.page.links.page(found[1]) + (found[2] or "")
        return str(super().link(text, url, title))

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        if level == 1 and self.page.park:
            text = f"{text} <span>{self.marked(self.page.park)}</span>"
        if level == 2:
            attrs["id"] = f"section-{len(self.heads) + 1}"
            self.heads.append((attrs["id"], text))
        return str(super().heading(text, level, **attrs))


def export(page: Page) -> str:
    """The page as HTML."""
    prose = _Prose(page)
    shown = _shown(page, prose)
    used.note("file", f"report/template/{_TEMPLATE}")  # which nbconvert reads
    body, _ = exporter().from_notebook_node(shown, resources={"page": _facts(page, prose)})
    return with_face(f"{body}\n", html.unescape(body))


@functools.cache
def exporter() -> Any:
    """nbconvert with the one template of this package: it extends none, so that no folder of a user's can stand in for it."""
    from nbconvert import TemplateExporter

    return TemplateExporter(  # type: ignore[no-untyped-call]
        template_paths=[str(TEMPLATE)], template_file=str(TEMPLATE / _TEMPLATE), file_extension=".html",
        default_preprocessors=[], filters={"best": _best},
    )  # fmt: skip


def _best(data: Mapping[str, str]) -> str:
    """The type of an output that a page shows."""
    return next((kind for kind in _TYPES if kind in data), "text/plain")


def first_figure(notebook: Any) -> tuple[Any, dict[str, Any]] | None:
    """The first figure of an executed notebook: its output, and what it says of itself; None where there is none."""
    drawn = (found for found in exhibits(notebook) if "image/svg+xml" in found[0].data)
    return next((found for found in drawn if found[1]["entry"] in CATALOGUE), None)


def _shown(page: Page, prose: _Prose) -> Any:
    """The notebook with the cells and outputs that a reader of the page needs, prose as HTML, parks that lead to their profiles."""
    markdown, leads, explained = MarkdownWithMath(renderer=prose), _leads(page), Explaining(page.view.lang)
    places = {place for output, _ in exhibits(page.notebook) for place in _PLACE.findall(output.data.get(PAGE, ""))}
    cells = []
    for cell in page.notebook.cells:
        if "notebook-only" in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            prose.rules.update(cited(cell.source))
            cells.append(changed(cell, source=explained(markdown.render(marked(cell.source)))))
        elif _outputs(cell):
            outputs = [_read(page, output, leads, places, explained) for output in _outputs(cell)]
            cells.append(changed(cell, outputs=outputs, metadata={**cell.metadata, "answers": _answers(cell)}))
    return changed(page.notebook, cells=cells)


def _read(page: Page, output: Any, leads: Mapping[str, str], places: set[str], explained: Explaining) -> Any:
    """An output as a reader of the page has it, without what an exhibit says of itself."""
    data, metadata = dict(output.data), {name: value for name, value in output.metadata.items() if name != "parkstudy"}
    if PAGE in data:
        named = _PARK.sub(lambda mark: leads.get(mark[0], mark[0]), data.pop(PAGE))
        linked = _LINKED.sub(lambda found: f'href="{page.links.page(found[1])}"', named)
        led = _WITHIN.sub(lambda found: found[0] if found[1] in places else found[2], linked)
        data["text/html"] = explained(led)
    return changed(output, data=data, metadata=metadata)


def _leads(page: Page) -> dict[str, str]:
    """What opens the name of a park, to the same as a link to its profile; a park of context has none, nor a page to itself."""
    files = {park: page.links.profile(park) for park in page.view.study.park_ids()}
    shown = {park: Markup(' href="{}"').format(file) for park, file in files.items() if file != page.file}
    return {mark: f"{mark[:-1]}{shown[park]}>" for park in shown for mark in [str(park_mark(park))]}


def _outputs(cell: Any) -> list[Any]:
    return [o for o in outputs(cell) if o.output_type in ("display_data", "execute_result")]


def _facts(page: Page, prose: _Prose) -> dict[str, Any]:
    """What the template says beside the cells."""
    facts, lang, words = page.facts, page.view.lang, labels("page", page.view.lang)
    mark = page.view.speech.marked
    study = page.view.study
    named = [facts["parameters"].get("data", ""), " ".join(filter(None, (study.version, study.created[:10])))]
    data = ", ".join([*filter(None, named), f"SHA-256 {study.data_hash[:12]}"])
    libraries = ", ".join(f"{name} {version}" for name, version in facts["libraries"].items())
    parameters = ", ".join(f"{name}={value}" for name, value in facts["parameters"].items())
    said = {"version": __version__, "data": study.edition, "parameters": parameters}
    records = provenance.held(_records(page), RECORDS)
    shown = {key for output, _ in exhibits(page.notebook) for key in _OPENS.findall(output.data.get(PAGE, ""))}
    parks = parks_of(page.notebook, page.view)
    script = live.facts(page.view)
    script["parks"] = [one for one in script["parks"] if one[0] in parks]
    before, behind = page.links.around()
    common = furniture(page.view, page.links.twin)
    cited = "" if page.stem.startswith("00-") else page.cited  # the overview is called what the study is
    versions = [(words[name], common[name]) for name in ("study", "authors", "licence") if common[name]]
    versions += [("parkstudy", __version__), (words["data"], data), ("Python", libraries)]
    return {
        **said, **common, "title": page.title, "navigation": page.links.navigation(), "before": before, "behind": behind,
        "question": page.question, "answer": page.answer, "index": page.links.index, "glossary": GLOSSARY[lang],
        "contents": [*prose.heads, *([("data", words["download"])] if facts.get("download") else []), ("about", words["about"])],
        "rules": [(code_name(code, lang), mark(rule(code, lang))) for code in rules(lang) if code in prose.rules],
        "limits": [mark(text) for text in labels("limit", lang).values()],
        "versions": [(mark(name), mark(text)) for name, text in versions], "parameters": mark(parameters),
        "citation": citation(page.view, cited, **said), "bibtex": bibtex(page.view, page.stem, cited, **said),
        "zip": f"parkstudy-{study.data_hash[:12]}.zip",
        "download": archive(page.view.study) if facts.get("download") else "",
        "setup": _setup(page.notebook), "script": _script(), "policy": policy(_script()),
        "furniture": live.embedded({**script, "stem": page.stem}),
        "records": live.embedded(records),
        "kept": "" if shown <= records.keys() else words["records_kept"].format(n=number(len(records)), commands=_ALL),
    }  # fmt: skip


def _records(page: Page) -> dict[str, Any]:
    """The records of a page, those behind its answers first, then those of its figures and notes, then those of its tables."""
    notes = [(_rank(note["entry"]), note["records"]) for _, note in exhibits(page.notebook)]
    ranked = sorted(notes, key=lambda found: found[0])  # of equal ones in the order of the page
    return {key: record for _, records in ranked for key, record in records.items()}


def _rank(entry: str) -> int:
    made = CATALOGUE.get(entry)
    return 0 if made and made.answers else 2 if isinstance(made, Table) else 1


def _script() -> str:
    """The script of every page, as one function."""
    parts = "\n".join([live.script(), *(asset(f"{name}.js") for name in _SCRIPTS)])
    return f"(() => {{\n{parts}}})();"


def parks_of(notebook: Any, view: View) -> list[str]:
    """The parks that the exhibits of an executed notebook show."""
    return live.parks_in("".join(output.data.get(PAGE, "") for output, _ in exhibits(notebook)), view)


def _answers(cell: Any) -> bool:
    """Whether a cell shows the answer, which its picture follows at once: its code stands with the code of the setup."""
    shown = (output.get("metadata", {}).get("parkstudy", {}).get("entry") for output in cell.get("outputs", []))
    return any(CATALOGUE[entry].answers for entry in shown if entry in CATALOGUE)


def _setup(notebook: Any) -> str:
    """The code without outputs, and of the answer; parameters as the page names them, so that a folder of one's own is no path here."""
    given = notebook.metadata["parkstudy"]["parameters"]
    named = "# Parameters\n" + "\n".join(f"{name} = {value!r}" for name, value in given.items())
    cells = [c for c in notebook.cells if c.cell_type == "code" and (not _outputs(c) or _answers(c))]
    return "\n\n".join(named if "injected-parameters" in c.metadata.get("tags", []) else c.source for c in cells)
