"""Where a number comes from: the record that a page opens behind it.

Every number on a page has a key: the id of an observation, the id of a reference row, or the key of a measure row. Its
record says what was printed where, or by which formula from which inputs, with period, population, status, interval and
caveats; the inputs are keys again, down to the printed figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from parkstudy.method.study import MEASURES
from parkstudy.show.how import how
from parkstudy.show.view import View
from parkstudy.words.codes import codes
from parkstudy.words.rules import code_name, rule
from parkstudy.words.speech import number, visible

KINDS = ("observation", "measure", "reference")  # each has its labels in the group `record_<kind>`
Record = dict[str, Any]


def labels(view: View) -> dict[str, list[str]]:
    """The labels of each kind of record, in the order of its values."""
    return {kind: [view.speech.label(f"record_{kind}", code) for code in codes(f"record_{kind}")] for kind in KINDS}


def records(view: View, keys: Iterable[str]) -> dict[str, Record]:
    """The records of `keys` and of everything they rest on; a key that is in no table has none.

    A record is `kind`, `title`, `values` in the order of its labels (empty where there is nothing to say) and `inputs`, the
    keys it rests on.
    """
    tables = (("measure", _measure), ("observation", _observation), ("reference", _reference))
    found: dict[str, Record] = {}
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        for kind, make in tables:
            if key in view.rows[kind]:
                found[key] = make(view, view.rows[kind][key])
        waiting += found.get(key, {}).get("inputs", [])
    return dict(sorted(found.items()))


def _record(kind: str, title: str, values: list[Any], inputs: list[str]) -> Record:
    shown = ["" if value is None else visible(str(value)) for value in values]
    return {"kind": kind, "title": visible(title), "values": shown, "inputs": inputs}


def _observation(view: View, row: dict[str, Any]) -> Record:
    say, name = view.speech, view.quantity(row)
    source = view.study.sources.row(by_predicate=pl.col("source_id") == row["source_id"], named=True)
    text = source["title"] or say.label("record", "hidden")
    parts = [text, source["publisher"], source["published"], source["grade"] and view.grade(source["grade"])]
    values = [
        row["reported_term"], row["reported_figure"], view.bracketed(say.span(row, 5), say.text("bound", row["bound"])), name,
        view.full_names[row["park_id"]], view.part(row),
        say.mark("comma").join(part for part in parts if part), row["locator"], say.period(row),
        say.label("population", row["population"]), _type(view, row["value_type"]), _text(view, "obs_status", row["obs_status"]),
        _each(view, row["caveats"]), row["note"], row["observation_id"],
    ]  # fmt: skip
    return _record("observation", name + say.mark("colon") + row["reported_figure"], values, [])


def _measure(view: View, row: dict[str, Any]) -> Record:
    say, known = view.speech, bool(row["inputs"])
    digits = 5 if len(row["inputs"]) == 1 else 3
    values = [
        view.value(row, digits), "" if row["low"] is None else say.span(row, digits), say.text("formula", row["measure"]),
        how(view, row), view.full_names[row["park_id"]], say.period(row) if known else "",
        say.label("population", row["population"]) if known else "", _text(view, "rung", row["rung"]),
        _type(view, row["value_type"]), _text(view, "obs_status", row["status"]), row["grade"] and view.grade(row["grade"]),
        say.text("reason", row["reason"]) if row["reason"] else _each(view, row["flags"]), _rule(view, MEASURES[row["measure"]].rule),
    ]  # fmt: skip
    return _record("measure", say.text("measure", row["measure"]), values, row["inputs"])


def _reference(view: View, row: dict[str, Any]) -> Record:
    host = _host(row["source_url"])
    page = host if row["source_title"] == host else view.bracketed(row["source_title"], host)
    name = row[f"name_{view.lang}"]
    values = [
        view.with_unit(number(row["value"], 6), row["unit"]), name, view.scope(row["scope"]), view.speech.period(row),
        page + view.speech.mark("comma") + _official(view, row["official"]), row["inferred"], row["note"],
    ]  # fmt: skip
    return _record("reference", name, values, [])


def _official(view: View, official: bool) -> str:
    return view.speech.label("record", "official" if official else "repost")


def _host(url: str | None) -> str:
    return (url or "").partition("//")[2].partition("/")[0]


def _type(view: View, value_type: str | None) -> str:
    """A value type and what it means."""
    if not value_type:
        return ""
    return (
        view.speech.label("value_type", value_type)
        + view.speech.mark("colon")
        + view.speech.text("value_type", value_type)
    )


def _text(view: View, group: str, code: str | None) -> str:
    return view.speech.text(group, code) if code else ""


def _each(view: View, flags: Iterable[str]) -> str:
    return view.speech.mark("semicolon").join(view.speech.text("flag", flag) for flag in flags)


def _rule(view: View, code: str) -> str:
    """A rule of the method, by its code and in a sentence."""
    return code_name(code, view.lang) + view.speech.mark("colon") + rule(code, view.lang)


def input_names(view: View) -> dict[str, str]:
    """What an input is called in a row of a table: the printed figure with its place, or a reference with its span."""
    names = {
        key: view.bracketed(row["reported_figure"], row["locator"]) for key, row in view.rows["observation"].items()
    }
    for key, row in view.rows["reference"].items():
        place = view.scope(row["scope"]) + view.speech.mark("comma") + view.speech.period(row)
        names[key] = view.bracketed(view.with_unit(number(row["value"], 6), row["unit"]), place)
    return names


def cite(view: View, inputs: Iterable[str]) -> list[str]:
    """The texts and pages behind observations and reference rows, in the order of the study.

    A work summary is cited by its title, date and grade; a page that is no official one as read in a repost, by its
    title, or by host and period where it has none.
    """
    wanted = list(dict.fromkeys(inputs))
    rows = view.rows["observation"]
    ids = {rows[key]["source_id"] for key in wanted if key in rows}
    lines = []
    for row in view.study.sources.filter(pl.col("source_id").is_in(sorted(ids))).iter_rows(named=True):
        name = view.full_names[row["park_id"]]
        if row["kind"] == "work_summary":
            grade = view.speech.label("record", "grade").format(grade=row["grade"]) if row["grade"] else None
            lines.append(_cited(view, row["title"] or name, [row["published"], grade]))
        else:
            title = row["title"] or row["publisher"] or (None if row["url"] else name)
            lines.append(_page(view, title, row["url"], row))
    references = view.rows["reference"]
    lines += [_page(view, row["source_title"], row["source_url"], row) for row in map(references.get, wanted) if row]
    return list(dict.fromkeys(lines))


def _cited(view: View, title: str, details: Iterable[str | None]) -> str:
    parts = view.speech.mark("comma").join(part for part in details if part)
    return view.bracketed(title, parts) if parts else title


def _page(view: View, title: str | None, url: str | None, row: dict[str, Any]) -> str:
    named = title or ", ".join(str(part) for part in (_host(url), row["period_end"]) if part)
    return _cited(view, named, [_official(view, row["official"])])
