"""How a page is cited: as a line of text, and as BibTeX. What the study does not say of itself is left out of both."""

import re
from collections.abc import Mapping
from typing import Any

from parkstudy.show.provenance import host_of
from parkstudy.show.view import View
from parkstudy.words.speech import one_line, plain

_TEX = {  # an escaped brace would still be counted as one
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
}  # fmt: skip


def citation(view: View, page: str, **said: Any) -> str:
    """The line that cites a page by its title `page`, or the whole study without one."""
    return view.say("page.j2", "citation", **_facts(view, page), **said)


def bibtex(view: View, key: str, page: str, **said: Any) -> str:
    """The citation of a page as an entry of BibTeX, named by `key`. A name is kept as it is written, unless it is written `Last, First`."""
    facts = _facts(view, page)
    authors = [tex(name) if "," in name else f"{{{tex(name)}}}" for name in facts["authors"]]
    fields = {
        "author": " and ".join(authors), "title": f"{{{tex(facts['whole'])}}}", "year": facts["year"],
        "note": tex(plain(view.say("page.j2", "made", **said))),
    }  # fmt: skip
    return entry(f"parkstudy-{key}", fields)


def text_entry(view: View, row: Mapping[str, Any]) -> str:
    """A text, a row of `sources`, as an entry of BibTeX. An address is given where it is official; another page is named by its host."""
    url, host = row["url"] or "", host_of(row["url"])
    repost = f"{host}, {view.speech.label('record', 'repost')}" if host and not row["official"] else ""
    untitled = f"{view.full_names[row['park_id']]}: {view.label('source_kind', row['kind'])}"
    reports = f"reports {view.speech.period(row)}" if row["period_end"] else ""
    fields = {
        "author": f"{{{tex(row['publisher'])}}}" if row["publisher"] else "",
        "title": f"{{{tex(row['title'] or untitled)}}}",
        "year": (row["published"] or "")[:4],
        "howpublished": f"\\url{{{_safe(url)}}}" if url and row["official"] else "",
        "note": tex("; ".join(filter(None, (repost, row["published"] or "", reports)))),
    }
    return entry(row["source_id"], fields)


def _safe(url: str) -> str:
    """An address without the signs that would end a field; `\\url` takes all others as they are."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def entry(key: str, fields: Mapping[str, str]) -> str:
    """An entry of BibTeX, with its fields as TeX writes them; an empty one is left out."""
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)
    return f"@misc{{{key},\n{lines}}}"


def _facts(view: View, page: str) -> dict[str, Any]:
    called = view.study.about
    title = one_line(called.said("title", view.lang)) or view.speech.label("page", "untitled")
    year = view.study.created[:4] if called.authors else ""
    whole = title + view.speech.mark("colon") + page if page else title
    return {
        "authors": called.said("authors", view.lang),
        "year": year,
        "whole": whole,
        "ended": whole[-1:] in ".?!？！。",
    }


def tex(text: str) -> str:
    """A text as it is seen, on one line, with the signs escaped that TeX would read as its own."""
    return re.sub(r"[\\{}$&#%_~^]", lambda sign: _TEX.get(sign[0], "\\" + sign[0]), one_line(text))
