"""How a page is cited: as a line of text, and as BibTeX. What the study does not say of itself is left out of both."""

import re
from collections.abc import Mapping
from typing import Any

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
    """The same as an entry of BibTeX. A name is kept as it is written, unless it is written `Last, First`."""
    facts = _facts(view, page)
    authors = [tex(name) if "," in name else f"{{{tex(name)}}}" for name in facts["authors"]]
    fields = {
        "author": " and ".join(authors), "title": f"{{{tex(facts['whole'])}}}", "year": facts["year"],
        "note": tex(plain(view.say("page.j2", "made", **said))),
    }  # fmt: skip
    return entry(f"parkstudy-{key}", fields)


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
