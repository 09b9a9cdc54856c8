"""A view made again: as a page of the report, by Papermill, in Python; the page of the report that shows it, and its rows as a file."""

import base64
import hashlib
import json
import os
import re
import shlex
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

import polars as pl
from markupsafe import Markup

from parkstudy.errors import ParkstudyError
from parkstudy.explorer.choice import NONE, Choice
from parkstudy.explorer.held import Held
from parkstudy.explorer.variants import Asking
from parkstudy.method.study import Study
from parkstudy.report.links import defaults_of
from parkstudy.report.run import notebooks, page_stem
from parkstudy.report.unfinished import MANIFEST
from parkstudy.show import budget
from parkstudy.show.asked import GENERIC, Asked
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.exhibit import Exhibit
from parkstudy.show.figure import Figure
from parkstudy.show.provenance import records
from parkstudy.show.view import View
from parkstudy.words.rules import cited
from parkstudy.words.speech import plain

NOTEBOOK = "90-explorer"
_TABLE = "measures"  # the sheet of a workbook
_PAGES = "reports"  # the folder of the pages, where none is named
_NO_NAME, _LONGEST = re.compile(r"[^\w.,=-]+"), 120  # signs of a name of a file
_CLAIM = '<p class="claim">'
_ABOVE = 3  # folders: a notebook lies in `notebooks/zh`, the pages beside `notebooks`
TYPES = {
    "csv": "text/csv;charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # of the rows
PICTURES = "svg", "png"  # of the figure; the front end makes dots of lines


class FileError(ParkstudyError, ValueError):
    """A file of a kind that is not made, or of a view that has no rows."""


def commands(choice: Choice) -> list[dict[str, str]]:
    """The view as commands that run as they stand, from the working folder; none where no park is chosen."""
    if choice.parks == NONE:
        return []
    return [
        {"kind": "report", "name": "parkstudy report", "text": _report(choice)},
        {"kind": "papermill", "name": "papermill", "text": _papermill(choice)},
        {"kind": "python", "name": "Python", "text": _python(choice)},
    ]


def _report(choice: Choice) -> str:
    words = ["parkstudy", "report", NOTEBOOK]
    for name, value in choice.given.items():
        if name not in ("lang", "data"):
            words += ["-p", name, value]
    words += ["--lang", choice.lang] if choice.lang != Choice.lang else []
    return shlex.join(words + (["--data", choice.data] if choice.data else []))


def _papermill(choice: Choice) -> str:
    words = ["papermill", _notebook(choice.lang), f"{NOTEBOOK}.{choice.measure}.ipynb"]
    for name, value in choice.given.items():
        if name != "lang":  # the notebook of a language has its own
            words += ["-r", name, value]  # as text: a year is no number
    return shlex.join(words)


@cache
def _notebook(lang: str) -> str:
    """The path of the notebook of a language, which stands in every folder."""
    return os.path.abspath(notebooks(lang)[NOTEBOOK])


def _python(choice: Choice) -> str:
    given = ", ".join(
        [repr(choice.measure), *(f"{name}={value!r}" for name, value in choice.given.items() if name != "measure")]
    )
    return f"from parkstudy import explore\n\nshown = explore({given})\nprint(shown.answer)\nshown\n"


def parameters(choice: Choice, asked: Asked) -> dict[str, str]:
    """The parameters of the entry of the catalogue that shows the view."""
    return asked.parameters(choice.values)


def exhibit(held: Held, choice: Choice, asked: Asked) -> Exhibit:
    """The view as an exhibit with the switches of a page, as it stands where no kernel answers; below the claim of each state stands
    what the explorer says beside it, which follows from the same rows: the digest is that of the exhibit alone.
    """
    made = viewer(held.study.only(choice.parks, choice.year), choice.lang)(asked.entry, **parameters(choice, asked))
    if not asked.measure or not made.body:
        return made
    states, found, rules = [], dict(made.records), [*made.rules]
    for choices, html in made.states:
        view, said = _beside(
            held, replace(choice, **{name: choices[name] for name in choices if name in choice.values})
        )
        found |= records(view, list(view.opened), budget.RECORDS)
        rules += cited(str(said))
        above, mark, below = html.partition(_CLAIM)
        inside, end, rest = below.partition("</p>")
        states.append(
            (choices, f'{above}{mark}{inside}{end}<p class="note">{said}</p>{rest}' if mark and said else html)
        )
    return replace(made, states=tuple(states), records=found, rules=tuple(dict.fromkeys(rules)))


def answer(held: Held, choice: Choice) -> str:
    """All that the explorer says to a choice, without markup."""
    from parkstudy.explorer.answer import question, sentences

    asking = question(held, choice)
    if not asking.study.parks.height:
        return plain(asking.say("no_park"))
    return plain(asking.view.speech.join(sentences(asking), asking.view.speech.mark("space")))


def _beside(held: Held, choice: Choice) -> tuple[View, Markup]:
    """What the explorer says of a choice beside the claim, with the view whose numbers it opens."""
    from parkstudy.explorer.answer import claim, question, sentences

    asking = question(held, choice)
    claimed = str(claim(asking))
    asking.view.begin()
    said = [one for one in sentences(asking) if str(one) != claimed]
    return asking.view, asking.view.speech.join(said, asking.view.speech.mark("space"))


class _Page(NamedTuple):
    """A page: its file, and what its address says of the view."""

    stem: str
    state: str


def page(choice: Choice, asked: Asked, folder: Path | None = None, own: str = "") -> dict[str, str] | None:
    """The page that shows the view, of those that lie in the folder of pages near the working folder, or near the folder of the data
    where their manifest says that they were made of these (`own` is the hash of the data); None where there is none.

    A page of its topic made with the parameters of the view comes before the standard one in that state, and these before the page that
    the command of the view makes, unless the view is on no page of a topic.
    """
    here = (folder or Path()).resolve()
    places = [(here, *here.parents[:_ABOVE])]
    if choice.data:
        data = Path(choice.data).resolve()
        places.append((data, data.parent))
    for nears, named in zip(places, (choice, replace(choice, data="")), strict=False):
        there = [found for near in nears if (found := near / _PAGES).is_dir()]
        shown = pages(named, asked) if there else []
        for near in there:
            made_of = _made_of(near, own) if named is not choice else None
            for one in shown:
                file = near / f"{one.stem}.html"
                if file.is_file() and (made_of is None or file.name in made_of):
                    href = quote(Path(os.path.relpath(file, here)).as_posix())
                    state = f"#{one.state}" if one.state else ""
                    return {"href": href + state, "name": file.name, "path": f"{file}"}
    return None


def _made_of(folder: Path, own: str) -> frozenset[str]:
    """The pages of a folder that were made of the data with a hash, as its manifest says."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return frozenset(one["file"] for one in told["pages"] if one["data_sha256"] == own)
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def pages(choice: Choice, asked: Asked) -> list[_Page]:
    """The pages that show a view, the best one first, whether they are there or not; none where no park is chosen."""
    if choice.parks == NONE:
        return []
    own = {name: value for name, value in choice.given.items() if name != "lang" and value != getattr(Choice, name)}
    alone = _Page(page_stem(NOTEBOOK, choice.lang, own), "")
    topic = _of_topic(choice, asked)
    return [alone, *topic] if asked.entry == GENERIC else [*topic, alone]


def _of_topic(choice: Choice, asked: Asked) -> list[_Page]:
    """The page of the topic with every parameter of the view, then the one of its year and data in the state of the view."""
    known = defaults_of(asked.notebook)
    own = {name: value for name, value in choice.given.items() if name in known and name != "lang"}
    whole = {name: value for name, value in own.items() if name in ("year", "data")}
    rest = {name: value for name, value in own.items() if name not in whole}
    anchor = "" if asked.entry == GENERIC else CATALOGUE[asked.entry].anchor or asked.entry
    found = [_Page(page_stem(asked.notebook, choice.lang, own), anchor)] if rest else []
    if "reading" in rest or "group:" in rest.get("parks", ""):
        return found  # which no reader of the standard page can choose
    state = [anchor, *(f"{name}={value}" for name, value in rest.items())]
    return [*found, _Page(page_stem(asked.notebook, choice.lang, whole), "&".join(filter(None, state)))]


def files(choice: Choice, asked: Asked) -> list[dict[str, str]]:
    """The files that can be saved of a view, its rows and its figure; `why` is the code of what stands against one."""
    none = "" if isinstance(CATALOGUE[asked.entry], Figure) else "no_figure"
    every = {**dict.fromkeys(TYPES, ""), **dict.fromkeys(PICTURES, none)}
    return [{"kind": kind, "name": file_name(choice, kind), "why": why} for kind, why in every.items()]


def file_name(choice: Choice, kind: str) -> str:
    """The name of a file of the view: its key, in signs that every system takes; the folder of the data is left out."""
    stem = _NO_NAME.sub("-", unquote(replace(choice, data="").key).replace("&", "."))
    if len(stem) > _LONGEST:
        stem = f"{stem[:_LONGEST]}-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"
    return f"{stem}.{kind}"


def file(held: Held, choice: Choice, asked: Asked, kind: str) -> dict[str, str]:
    """The rows behind the view as a file, see `made`. Raises `FileError`."""
    from parkstudy.export.files import FORMS

    frame, narrowed = rows(held, choice, asked)
    return made(choice, kind, TYPES[kind], FORMS[f".{kind}"](narrowed, _TABLE, frame))


def made(choice: Choice, kind: str, type_: str, content: bytes) -> dict[str, str]:
    """A file of the view: `name`, `type`, `base64`."""
    return {"name": file_name(choice, kind), "type": type_, "base64": base64.b64encode(content).decode()}


def rows(held: Held, choice: Choice, asked: Asked) -> tuple[pl.DataFrame, Study]:
    """The rows behind the view, and the study that they are of: of a measure the values that its table lists, and for each chosen park
    without one the row that says why. Raises `FileError` where there are none.
    """
    entry = CATALOGUE[asked.entry]
    narrowed = held.study.only(choice.parks, choice.year)
    view = View(narrowed.all_years if entry.all_years else narrowed, choice.lang)
    view.begin()
    selected = entry.select(view.study, **entry.first(view, parameters(choice, asked)))
    frame = entry.rows_behind(view, selected)
    if {"measure", "park_id", "low", "reason"} <= {*frame.columns} and asked.measure:
        frame = _as_listed(frame, Asking(held, choice, asked, narrowed.park_ids()))
    if frame.is_empty():
        raise FileError("the view has no rows").told("no_rows")
    return frame, narrowed


def _as_listed(frame: pl.DataFrame, asking: Asking) -> pl.DataFrame:
    """The rows of the measure as the table has them, park by park, with every reason that the exhibit has beside a value; what it has
    of other measures and parks stands behind them as it is.
    """
    chosen, measure = asking.variant(), asking.asked.measure
    own = frame.filter(pl.col("park_id").is_in(list(asking.parks)), measure=measure)
    refused = own.filter(pl.col("low").is_null())
    found = []
    for park in asking.parks:
        gap = chosen.gaps.get(park)
        why = refused.filter(park_id=park) if not gap or not gap["gap"] else refused.clear()
        found += [*asking.fitting(park, chosen.choice), *why.to_dicts()]
        if gap and why.is_empty():
            found.append({**gap, "measure": measure, "subject": "park", "reason": gap["gap"] or gap["reason"]})
    listed = [{name: row.get(name) for name in frame.columns} for row in found]
    return pl.concat(
        [pl.DataFrame(listed, frame.schema), frame.join(own, on=frame.columns, how="anti", nulls_equal=True)]
    )
