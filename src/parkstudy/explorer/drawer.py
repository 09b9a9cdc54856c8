"""What stands behind a number or a mark, as the drawer of the explorer shows it: its record, what it rests on as a tree, what the
checks of the texts found on its figures, and how it is cited. What a record holds is said in `provenance` and nowhere else.
"""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from parkstudy import __version__
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.held import Held
from parkstudy.method.audit import OUTCOMES
from parkstudy.report.citation import bibtex, citation, text_entry
from parkstudy.show import provenance
from parkstudy.show.provenance import Record
from parkstudy.show.view import View

_PRINTED = ("observation", "reference")
_OF_YEAR = "@"  # parts the year of a comparison of another variant from its key


def of_year(key: str, year: str) -> str:
    """The key of a comparison of the texts of another year than the one that is shown."""
    return f"{year}{_OF_YEAR}{key}" if key and year else key


def opened(held: Held, choice: Choice, key: str) -> dict[str, str]:
    """The payload `drawer` for the key of a number, a mark or a verdict; words where there is no record of it."""
    found: dict[str, str] = held.kept(
        ("drawer", choice.parks, choice.year, choice.lang, key), lambda: _opened(held, choice, key)
    )
    return found


def _opened(held: Held, choice: Choice, key: str) -> dict[str, str]:
    year, _, own = key.rpartition(_OF_YEAR)
    compared = own.startswith("c/")
    study = held.base(year or choice.year).study if compared else held.study
    view = held.view(study, choice.lang)
    if compared and own not in study.compare.by_key:
        _compare(view, own)
    found = provenance.records(view, [own])
    if own not in found:
        words = view.say("answer.j2", "no_record")
        return {"key": key, "title": str(words), "html": f'<p class="empty">{words}</p>'}
    record = found[own]
    parts = [_list(view, record), _tree(view, found, own), _findings(held, view, found), _cited(view, found, own)]
    return {"key": key, "title": record["title"], "html": "".join(parts)}


def _compare(view: View, key: str) -> None:
    """Make a comparison again whose key is all that is left of it; nothing for a key of another form, or of parks that are gone."""
    parts = key.split("/")[1:]
    known = view.study.park_ids()
    if len(parts) in (6, 7) and {parts[1], parts[2]} <= {*known}:
        measure, left, right, price, basis, rung, *_ = parts
        for one in view.study.compare.rows(measure, left, right, price=price, basis=basis):
            if (one.rung or "") == rung:
                view.study.compare.by_key[one.key] = one


def _list(view: View, record: Record) -> str:
    """The labels and values of a record; an official page is linked."""
    names = provenance.labels(view)[record["kind"]]
    marked = view.speech.marked
    rows = [
        Markup("<dt>{}</dt><dd>{}</dd>").format(marked(name), marked(value))
        for name, value in zip(names, record["values"], strict=True)
        if value
    ]
    if record.get("url"):
        link = Markup('<a href="{0}" rel="noopener noreferrer" target="_blank">{1}</a>').format(
            record["url"], record["url"].split("/")[2]
        )
        rows.append(Markup("<dt>{}</dt><dd>{}</dd>").format(view.speech.label("script", "official"), link))
    return f"<dl>{''.join(rows)}</dl>"


def _tree(view: View, found: Mapping[str, Record], key: str) -> str:
    """What a number rests on, each figure with what it rests on itself, down to what is printed."""
    branches = _branches(view, found, key, (key,))
    return _part(view, "rests", f'<ul class="tree">{branches}</ul>') if branches else ""


def _branches(view: View, found: Mapping[str, Record], key: str, seen: tuple[str, ...]) -> str:
    made, every = [], [one for one in dict.fromkeys(found[key]["inputs"]) if one in found and one not in seen]
    titles = [found[one]["title"] for one in every]
    for one, title in zip(every, titles, strict=True):
        said = _of_which(view, found[one], title) if titles.count(title) > 1 else title
        below = _branches(view, found, one, (*seen, one))
        inside = _list(view, found[one]) + (f"<ul>{below}</ul>" if below else "")
        made.append(f"<li><details><summary>{view.speech.marked(said)}</summary>{inside}</details></li>")
    return "".join(made)


def _of_which(view: View, record: Record, title: str) -> str:
    """A title that stands beside an equal one, with the park and the time that tell them apart."""
    named = dict(zip(provenance.codes_of(record["kind"]), record["values"], strict=True))
    told = view.speech.mark("comma").join(filter(None, (named.get("park"), named.get("period"))))
    return view.speech.label("explorer", "group").format(column=title, value=told) if told else title


def _findings(held: Held, view: View, found: Mapping[str, Record]) -> str:
    """What the checks of the texts found on the figures behind it, in words; that none touches them."""
    on_figures = held.findings_on
    of_figures = {id(one): one for key in found for one in on_figures.get(key, ())}
    every = sorted(of_figures.values(), key=lambda one: OUTCOMES.index(one.outcome))
    if not every:
        return _part(view, "checks", f"<p>{view.say('answer.j2', 'checks_none')}</p>")
    items = "".join(f"<li>{view.say('answer.j2', 'checked', one=one)}</li>" for one in every)
    return _part(view, "checks", f'<ul class="checks">{items}</ul>')


def _cited(view: View, found: Mapping[str, Record], key: str) -> str:
    """How it is cited: the figure with its text, and the study that quotes or computes it."""
    record = found[key]
    figures = [one for one, of in found.items() if of["kind"] in _PRINTED]
    row = view.rows["observation"].get(key) if record["kind"] == "observation" else None
    named = dict(zip(provenance.codes_of(record["kind"]), record["values"], strict=True))
    study = citation(view, "", version=__version__, data=view.study.edition, parameters="")
    sources = view.speech.join(provenance.cite(view, figures), view.speech.mark("semicolon"))
    said = view.say("answer.j2", "cited", row=row, record=record, named=named, sources=sources, study=study)
    entries = [
        bibtex(view, "study", "", version=__version__, data=view.study.edition, parameters=""),
        *_texts(view, found),
    ]
    tex = Markup('<details><summary>BibTeX</summary><pre class="cite" tabindex="0">{}</pre></details>').format(
        "\n\n".join(entries)
    )
    return _part(view, "cite", f'<p class="cite">{said}</p>{tex}')


def _texts(view: View, found: Mapping[str, Record]) -> list[str]:
    """The texts of the figures behind it as entries of BibTeX, each once."""
    rows = (view.rows["observation"].get(key) for key, of in found.items() if of["kind"] == "observation")
    wanted = dict.fromkeys(row["source_id"] for row in rows if row)
    return [text_entry(view, view.sources[text]) for text in wanted]


def _part(view: View, name: str, inside: Any) -> str:
    """A part of the drawer under its heading."""
    return f'<section class="of-record"><h3>{view.say("answer.j2", f"head_{name}")}</h3>{inside}</section>'
