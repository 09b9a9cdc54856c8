"""From an executed notebook to one HTML file: the template of the study on nbconvert, with font, style, script and records inside."""

from __future__ import annotations

import functools
import html
import itertools
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from parkstudy import __version__
from parkstudy.method.study import Study
from parkstudy.record.tables import shipped
from parkstudy.report.run import answer, in_language, notes, title_and_question
from parkstudy.report.words import limits, spoken, words
from parkstudy.show import svg, theme
from parkstudy.show.provenance import LABELS, visible
from parkstudy.words import wording
from parkstudy.words.language import LANGUAGES, TAGS, said
from parkstudy.words.rules import RULES, cited, code_name

TEMPLATE = Path(__file__).resolve().parent / "template"
_HAN = re.compile(
    "[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*[\u3400-\u9fff][\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*"
)
_FACE, _CONTENTS, _RULES = "\ue000face\ue000", "\ue000contents\ue000", "\ue000rules\ue000"  # no text shown holds these
_SILENT = ("script", "style", "title", "svg", "pre", " lang=")  # whose words are no running text of the page


def export(notebook: Any, stem: str, study: Study, known: Mapping[str, str], profiles: Mapping[str, str]) -> str:
    """The page of an executed notebook.

    `known` gives the file of every page that a link may lead to, by its stem; `profiles` that of the profile of a park.
    """
    from nbconvert import HTMLExporter

    facts = notebook.metadata["parkstudy"]
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="template", extra_template_basedirs=[str(TEMPLATE.parent)], exclude_input=True,
        exclude_input_prompt=True, exclude_output_prompt=True, exclude_anchor_links=True,
    )  # fmt: skip
    page = _facts(notebook, facts, study, known)
    shown = _shown(notebook, facts["lang"])
    body, _ = exporter.from_notebook_node(shown, resources={"page": page})
    body = body.replace("</h1>", f" <span>{html.escape(page['of'])}</span></h1>", 1) if page["of"] else body
    body = _with_contents(body, page["words"]["contents"])
    body = _with_links(body, known, profiles)
    body = _with_names(body, study, {park: file for park, file in profiles.items() if file != f"{stem}.html"})
    body = _with_rules(body, facts["lang"])
    body = _with_language(body) if facts["lang"] == "en" else body
    return body.replace(_FACE, svg.face(html.unescape(body)), 1)


def style() -> str:
    """The style of every page and index: the palette, then the sheet."""
    return theme.stylesheet() + "\n" + (TEMPLATE / "style.css").read_text(encoding="utf-8")


def page_title(notebook: Any, study: Study) -> str:
    """The title of a page: the notebook's, with the park where the page is of one."""
    of = park_of(notebook, study)
    title, _ = title_and_question(notebook)
    return f"{title}{'' if study.lang == 'zh' else ' '}{of}" if of else title


def park_of(notebook: Any, study: Study) -> str:
    """The name of the one park that a page is about, else nothing."""
    park = notebook.metadata["parkstudy"].get("park", "")
    return visible(str(wording.park_names(study).get(park, park)))


def _facts(notebook: Any, facts: Mapping[str, Any], study: Study, known: Mapping[str, str]) -> dict[str, Any]:
    """What the template says beside the cells."""
    lang, (_, question) = facts["lang"], title_and_question(notebook)
    title = page_title(notebook, study)
    parameters = {name: value for name, value in facts["parameters"].items() if name != "lang"}
    records = {key: record for note in notes(notebook) for key, record in note["records"].items()}
    furniture = {
        "words": spoken(lang),
        "labels": {kind: [said(label, lang) for label in labels] for kind, labels in LABELS.items()},
        "parks": _parks(study),
    }
    return {
        "title": title, "question": question, "answer": answer(notebook), "of": park_of(notebook, study),
        "words": words(lang), "tag": TAGS[lang], "index": "index.html" if lang == "en" else "index.zh.html",
        "twin": _twin(facts, known), "limits": limits(lang), "versions": _versions(facts, lang),
        "citation": citation(title, facts, lang), "version": __version__, "data": facts["data_hash"][:12],
        "parameters": ", ".join(f"{name}={value}" for name, value in parameters.items()), "setup": _setup(notebook),
        "style": style(), "face": _FACE,
        "script": (TEMPLATE / "page.js").read_text(encoding="utf-8"), "contents": _CONTENTS, "rules": _RULES,
        "furniture": _json(furniture), "records": _json(records),
    }  # fmt: skip


def _json(value: Any) -> str:
    """JSON for a script element, which no text in it can end."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")


def _parks(study: Study) -> list[list[str]]:
    colours = {colour: f"park-{place}" for place, colour in enumerate(theme.PARK_COLOURS, 1)}
    of = theme.park_colours(study.all_parks)
    names = wording.short_names(study)  # of every park, because a name is short only if no other park has it
    return [[park, visible(names[park]), colours[of[park]]] for park in study.park_ids()]


def _twin(facts: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, str] | None:
    """The same page in the other language, if it is there."""
    other = "zh" if facts["lang"] == "en" else "en"
    file = known.get(facts["twin"])
    return {"file": file, "tag": TAGS[other], "name": LANGUAGES[other]} if file else None


def _versions(facts: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
    package = data_package()
    own = facts["parameters"].get("data")
    data = f"{package['version']} ({package['created'][:10]}), SHA-256 {facts['data_hash'][:12]}"
    if own:
        data = f"{own}, SHA-256 {facts['data_hash'][:12]}"
    libraries = ", ".join(f"{name} {version}" for name, version in facts["libraries"].items())
    texts = (("parkstudy", __version__), (words(lang)["data"], data), ("Python", libraries))
    return [(name, text) for name, text in texts]


@functools.cache
def data_package() -> dict[str, Any]:
    """The descriptor of the shipped data."""
    package: dict[str, Any] = json.loads((shipped("data") / "datapackage.json").read_text(encoding="utf-8"))
    return package


def citation(title: str, facts: Mapping[str, Any], lang: str) -> str:
    """How to cite a page: authors, year, title, study, versions of package and data, parameters."""
    year, data = data_package()["created"][:4], facts["data_hash"][:12]
    values = ", ".join(f"{name}={value}" for name, value in facts["parameters"].items() if name != "lang")
    if lang == "zh":
        shown = f"，参数{values}" if values else ""
        return f"parkstudy作者. {title}[R/OL]. parkstudy {__version__}，数据{data}{shown}，{year}."
    shown = f", parameters {values}" if values else ""
    title = title if title.endswith((".", "?", "!")) else f"{title}."
    return f"The parkstudy authors ({year}): {title} parkstudy {__version__}, data {data}{shown}."


def _setup(notebook: Any) -> str:
    """The code without outputs; parameters as the page names them, so that a folder of one's own is no path here."""
    given = notebook.metadata["parkstudy"]["parameters"]
    named = "# Parameters\n" + "\n".join(f"{name} = {value!r}" for name, value in given.items())
    cells = [c for c in notebook.cells if c.cell_type == "code" and not _outputs(c)]
    return "\n\n".join(named if "injected-parameters" in c.metadata.get("tags", []) else c.source for c in cells)


def _outputs(cell: Any) -> list[Any]:
    return [o for o in cell.outputs if o.output_type in ("display_data", "execute_result")]


def _shown(notebook: Any, lang: str) -> Any:
    """A copy with the cells and outputs that a reader of the page needs: prose of one language, and what the code shows."""
    import copy

    page = copy.deepcopy(notebook)
    for cell in page.cells:
        if cell.cell_type == "code":
            cell.outputs = _outputs(cell)
    page.cells = [
        cell for cell in in_language(page.cells, lang)
        if "notebook-only" not in cell.metadata.get("tags", []) and (cell.cell_type == "markdown" or cell.outputs)
    ]  # fmt: skip
    return page


def _with_contents(body: str, title: str) -> str:
    """The page with a list of its headings: beside the text on a wide screen, folded above it on a small one.

    Headings are numbered, so that a link to one leads to the same place in both languages.
    """
    number = itertools.count(1)
    body = re.sub(r"<h2>", lambda _: f'<h2 id="section-{next(number)}">', body)
    heads = re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', body)
    items = "".join(f'<li><a href="#{anchor}">{text}</a></li>' for anchor, text in heads)
    wide = f'<nav class="contents" aria-label="{title}"><p>{title}</p><ol>{items}</ol></nav>'
    folded = f"<details><summary>{title}</summary><ol>{items}</ol></details>"
    small = f'<nav class="contents-small" aria-label="{title}">{folded}</nav>'
    return body.replace(_CONTENTS, wide + small, 1)


def _with_links(body: str, known: Mapping[str, str], profiles: Mapping[str, str]) -> str:
    """The page with every mention of a park leading to its profile, where there is one; links to absent pages undone."""

    def park(match: re.Match[str]) -> str:
        file = profiles.get(match[1])
        return f'<a class="park" href="{file}"' if file else '<a class="park"'

    def page(match: re.Match[str]) -> str:
        return match[0] if match[1].removesuffix(".html") in known else match[2]

    body = re.sub(r'<a class="park" data-park="([^"]+)"', park, body)
    return re.sub(r'<a href="(\d\d-[a-z-]+(?:\.zh)?\.html)">(.*?)</a>', page, body)


def _with_rules(body: str, lang: str) -> str:
    """The page with the rules that its words name, each in a sentence."""
    named = cited(html.unescape(re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", " ", body, flags=re.S)))
    lines = "".join(
        f"<dt>{code_name(code, lang)}</dt><dd>{html.escape(said(RULES[code], lang))}</dd>" for code in named
    )
    title = f"<h3>{words(lang)['rules']}</h3>"
    return body.replace(_RULES, f"{title}<dl>{lines}</dl>" if named else "", 1)


def _with_names(body: str, study: Study, profiles: Mapping[str, str]) -> str:
    """The page with the parks that its sentences name leading to their profiles as well."""
    names = {name: park for name, park in _names(study).items() if park in profiles}
    if not names:
        return body
    either = "|".join(re.escape(html.escape(name)) for name in sorted(names, key=len, reverse=True))
    name = re.compile(rf"(?<![A-Za-z0-9-])(?:{either})(?![A-Za-z0-9-])")

    def linked(match: re.Match[str]) -> str:
        return f'<a class="park" href="{profiles[names[html.unescape(match[0])]]}">{match[0]}</a>'

    return _rewritten(
        body,
        (*_SILENT, ' class="sources"', "a", "thead", "h1", "h2", "h3", "nav", "dt", "summary"),
        lambda text: name.sub(linked, text),
    )


def _names(study: Study) -> dict[str, str]:
    """The short and the full name of every core park of the study, to its id."""
    short, full = wording.short_names(study), wording.park_names(study)
    return {names[park]: park for park in study.park_ids() for names in (short, full)}


def _with_language(body: str) -> str:
    """An English page with its Chinese words named as Chinese, for the voice of a screen reader and the choice of glyphs."""
    return _rewritten(body, _SILENT, lambda text: _HAN.sub(lambda run: f'<span lang="zh-Hans">{run[0]}</span>', text))


def _rewritten(body: str, silent: tuple[str, ...], change: Callable[[str], str]) -> str:
    """The page with `change` made to its words, but not inside the elements and attributes of `silent`."""
    pieces, inside, depth = [], "", 0
    for piece in re.split(r"(<[^>]*>)", body):
        tag = re.match(r"<(/?)([a-z][a-z0-9]*)", piece)
        if not tag:
            pieces.append(piece if inside else change(piece))
            continue
        pieces.append(piece)
        closing, name = tag.groups()
        if (
            not inside
            and not closing
            and name != "html"
            and (name in silent or any(mark in piece for mark in silent if " " in mark))
        ):
            inside, depth = name, 0
        if name == inside:
            depth += -1 if closing else 1
            inside = inside if depth else ""
    return "".join(pieces)
