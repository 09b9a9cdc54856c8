"""Where a number comes from: the record that a page opens behind it.

Every number on a page has a key: the id of an observation, the id of a reference row, or the key of a measure row; a verdict
has the key of its comparison. Its record says what was printed where, or by which formula from which inputs, with period,
population, status, interval and caveats; the inputs are keys again, down to the printed figures.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import polars as pl
from markupsafe import Markup

from parkstudy.method.compare import Comparison
from parkstudy.method.study import MEASURES
from parkstudy.method.tax import firms_of
from parkstudy.method.year import year_share
from parkstudy.record.codes import codes
from parkstudy.show.budget import CITED
from parkstudy.show.view import View
from parkstudy.words.rules import code_name, rule
from parkstudy.words.speech import plain, visible

KINDS = ("observation", "measure", "reference", "comparison")  # each has its labels in the group `record_<kind>`
Record = dict[str, Any]
Row = Mapping[str, Any]


def codes_of(kind: str) -> tuple[str, ...]:
    """What the values of a kind of record are, in their order: codes of its labels."""
    return codes(f"record_{kind}")


def labels(view: View) -> dict[str, list[str]]:
    """The labels of each kind of record, in the order of its values."""
    return {kind: [view.label(f"record_{kind}", code) for code in codes_of(kind)] for kind in KINDS}


def records(view: View, keys: Iterable[str], room: float = math.inf) -> dict[str, Record]:
    """The records of `keys`, in their order, each followed by what it rests on; a key that is in no table has none.

    A record is `kind`, `title`, `values` in the order of its labels (empty where there is nothing to say) and `inputs`, the
    keys it rests on. Of more than fit into `room` bytes these are the first.
    """

    def made(key: str) -> Record | None:
        kind = next((kind for kind in KINDS if key in view.rows[kind]), "")
        return _record(view, kind, view.rows[kind][key]) if kind else None

    return _first(keys, made, room)


def held(found: Mapping[str, Record], room: float) -> dict[str, Record]:
    """The first of some records that fit into `room` bytes, each with what it rests on."""
    return _first(found, found.get, room)


def _first(keys: Iterable[str], record_of: Callable[[str], Record | None], room: float) -> dict[str, Record]:
    kept: dict[str, Record] = {}
    for key in keys:
        whole: dict[str, Record] = {}
        waiting = [key]
        while waiting:
            one = waiting.pop()
            if one not in kept and one not in whole and (record := record_of(one)):
                whole[one] = record
                waiting += reversed(record["inputs"])
        room -= sum(len(json.dumps({one: record}, ensure_ascii=False).encode()) for one, record in whole.items())
        if room < 0:
            break
        kept |= whole
    return kept


def _record(view: View, kind: str, row: Any) -> Record:
    inputs = _compared(view, row) if kind == "comparison" else row.get("inputs", [])
    title, said = _SAID[kind](view, row)
    values = [said[code] for code in codes_of(kind)]
    shown = ["" if value is None or value is False else visible(str(value)) for value in values]
    url = _address(view, kind, row)
    return {"kind": kind, "title": visible(title), "values": shown, "inputs": inputs, **({"url": url} if url else {})}


def _address(view: View, kind: str, row: Row) -> str | None:
    """Where what is printed can be read: the page of a government or a statistics office, and no other."""
    if kind == "reference":
        return row["source_url"] if row["official"] else None
    if kind != "observation":
        return None
    source = view.sources[row["source_id"]]
    return source["url"] if source["official"] else None


def title_of(view: View, source: Row) -> str:
    """The title of a text, or why there is none: an anonymised park's is hidden, another was not given."""
    (park,) = view.study.rows("parks", park_id=source["park_id"])
    return source["title"] or view.speech.label("record", "hidden" if park["anonymised"] else "untitled")


def _observation(view: View, row: Row) -> tuple[str, Row]:
    say, name = view.speech, view.quantity(row)
    source = view.sources[row["source_id"]]
    title = title_of(view, source)
    grade = source["kind"] == "work_summary" and view.grade(source["grade"])
    return name + say.mark("colon") + row["reported_figure"], {
        "printed_term": row["reported_term"], "printed_figure": row["reported_figure"],
        "interval": view.bracketed(view.span(row), view.text("bound", row["bound"])),
        "indicator": name, "park": view.full_names[row["park_id"]], "part": view.part(row),
        "text": _parted(view, title, source["publisher"], source["published"], grade),
        "place_in_the_text": row["locator"],
        "proof": row["observation_id"] in view.study.proven and say.label("proof", "proven"),
        "period": view.period(row), "population": view.label("population", row["population"]),
        "type": _type(view, row), "status": _status(view, row["obs_status"]), "caveats": _caveats(view, row),
        "note": view.note(row), "id": row["observation_id"],
    }  # fmt: skip


def _measure(view: View, row: Row) -> tuple[str, Row]:
    say, known, measure = view.speech, bool(row["inputs"]), row["measure"]
    followed = MEASURES[measure].rule
    return view.text("measure", measure), {
        "value": view.value(row), "interval": view.span(row),
        "formula": _formula(view, row), "computed_as": how(view, row), "park": view.full_names[row["park_id"]],
        "period": say.period(row) if known or row["period_end"] else "",
        "population": view.label("population", row["population"]) if known else "",
        "area": _text(view, "rung", row["rung"]), "type": "" if computed(row) else _type(view, row), "status": _status(view, row["status"]),
        "grade": (row["grade"] or "no_grade" in row["flags"]) and view.grade(row["grade"]),
        "flags": view.reason(row) if row["reason"] else _each(view, row["flags"]),
        "rule": code_name(followed, view.lang) + say.mark("colon") + rule(followed, view.lang),
    }  # fmt: skip


def _formula(view: View, row: Row) -> str:
    """How a measure follows from figures; of one that is a printed figure only that it is."""
    printed = row["method"] == "as_printed" and row["price"] != "comparable" and row["measure"] in codes("formula")
    return view.speech.text("formula_of_flow", "growth") if printed else view.text("formula", row["measure"])


def _reference(view: View, row: Row) -> tuple[str, Row]:
    host, name = host_of(row["source_url"]), row[f"name_{view.lang}"]
    page = host if row["source_title"] == host else view.bracketed(view.titled(row["source_title"]), host)
    return name, {
        "value": view.published(row), "series": name, "scope": view.scope(row["scope"]),
        "period": view.speech.period(row), "page": _parted(view, page, _official(view, row)), "inferred": view.note(row, "inferred"),
        "note": view.note(row),
    }  # fmt: skip


def _comparison(view: View, one: Comparison) -> tuple[str, Row]:
    say, tipping = view.speech, one.tipping
    variant = [view.label("price", one.price), view.label("basis", one.basis), _text(view, "rung", one.rung), one.year]
    ways = [plain(view.say("facts.j2", "comparison_way", **way)) for way in _ways(one)]
    limits = [view.text("comparison_limit", limit) for limit in one.limits]
    return view.text("measure", one.measure), {
        "verdict": plain(view.say("facts.j2", "comparison_verdict", **vars(one))), "variant": _parted(view, *variant),
        "ways": say.mark("semicolon").join(ways), "limits": say.mark("semicolon").join(limits),
        "round_figures": one.sensitive and plain(view.say("facts.j2", "comparison_coarse", **vars(one))),
        "tipping": tipping and plain(view.say("facts.j2", "comparison_tipping", printed=tipping[0], lowest=tipping[1])),
        "reason": one.reason and plain(view.fact(one.reason)),
    }  # fmt: skip


def _ways(one: Comparison) -> list[dict[str, Any]]:
    """Each way of reading the data by what tells it from the others, with the park that is higher in it."""
    levels = [set(result.choices.items()) for result in one.results]
    if len(levels) < 2:
        return []
    same, sides = set.intersection(*levels), {"for": one.left, "against": one.right}
    chosen = [[level for name, level in r.choices.items() if (name, level) not in same] for r in one.results]
    return [{"chosen": own, "higher": sides.get(r.state)} for own, r in zip(chosen, one.results, strict=True)]


def _compared(view: View, one: Comparison) -> list[str]:
    """The values of both sides as measures, else the printed figures."""
    same = {"measure": one.measure, "price": one.price, "basis": one.basis}
    rows = view.study.measures.filter(
        pl.col("source_id").is_in([one.left_source, one.right_source]), pl.col("low").is_not_null(), **same
    )
    rows = rows.filter(rung=one.rung) if one.rung else rows
    return rows["key"].to_list() if rows["park_id"].n_unique() == 2 else list(one.inputs)


def _parted(view: View, *parts: str | None) -> str:
    return view.speech.mark("comma").join(part for part in parts if part)


def _official(view: View, row: Row) -> str:
    return view.speech.label("record", "official" if row["official"] else "repost")


def host_of(url: str | None) -> str:
    """The host of an address."""
    return (url or "").partition("//")[2].partition("/")[0]


def _text(view: View, group: str, code: str | None) -> str:
    return view.text(group, code) if code else ""


def _type(view: View, row: Row) -> str:
    """A value type and what it means."""
    code = row["value_type"]
    return view.label("value_type", code) + view.speech.mark("colon") + view.text("value_type", code) if code else ""


def computed(row: Row) -> bool:
    """True for what is computed from results: it is no reported result itself."""
    return row["status"] in ("E", "I") and row["value_type"] == "outturn"


def status_said(view: View, status: str) -> str:
    """The words for a status."""
    return view.label("obs_status", status) or view.text("obs_status", status)


def _status(view: View, status: str | None) -> str:
    """A status; a normal value needs none."""
    if status in ("E", "I"):
        return status_said(view, status)
    return "" if status == "A" else _text(view, "obs_status", status)


def _caveats(view: View, row: Row) -> str:
    """The caveats of a figure, and what the checks of its text found on it."""
    found = view.outcomes.get(row["observation_id"], [])
    counts = {outcome: found.count(outcome) for outcome in ("contradiction", "implausible") if outcome in found}
    said = [plain(view.say("facts.j2", "record_findings", outcome=outcome, count=n)) for outcome, n in counts.items()]
    return view.speech.mark("semicolon").join(filter(None, [_each(view, row["caveats"]), *said]))


def _each(view: View, flags: Iterable[str]) -> str:
    return view.speech.mark("semicolon").join(view.text("flag", flag) for flag in flags)


_SAID: dict[str, Callable[[View, Any], tuple[str, Row]]] = {
    "comparison": _comparison, "observation": _observation, "measure": _measure, "reference": _reference,
}  # fmt: skip


def how(view: View, row: Row) -> str:
    """How a row of the measures is computed; for a refused row in its short form, without what its inputs would say."""
    sides = zip(("part", "whole"), row["measure"].split("_per_"), strict=False)
    fields: dict[str, Any] = {side: view.label("term", code) for side, code in sides if code in codes("term")}
    fields |= {group: view.label(group, row[group]) for group in ("rung", "reading") if row[group]}
    scope = view.scope(row["subject"].removeprefix("reference:"))
    fields |= {"scope": scope, "firms": len(firms_of(row["subject"]))}
    printed = [view.rows["observation"][key] for key in row["inputs"] if key in view.rows["observation"]]
    if printed:
        populations = [input_["population"] for input_ in printed]
        fields |= {"populations": [view.label("population", code) for code in populations]}
        fields |= {"share": year_share(printed[0]), "name": view.indicators[printed[0]["indicator"]]}
    say = view.label if row["reason"] else view.text
    return say("method", row["method"]).format(**fields)


def input_name(view: View, key: str) -> str:
    """What an input is called in a row of a table: the printed figure with its place, or a reference with its span."""
    if row := view.rows["observation"].get(key):
        return view.bracketed(row["reported_figure"], row["locator"])
    if row := view.rows["reference"].get(key):
        place = _parted(view, view.scope(row["scope"]), view.speech.period(row))
        return view.bracketed(view.published(row), place)
    return key


def cite(view: View, inputs: Iterable[str]) -> list[str]:
    """The texts and pages behind observations and reference rows, in the order of the study; an official one is linked.

    A work summary is cited by its title, date and grade; a page that is no official one as read in a repost, by its
    title, or by host and period where it has none. Of more than `CITED` these are the first, and how many more there are.
    """
    wanted = list(dict.fromkeys(inputs))
    rows, references = view.rows["observation"], view.rows["reference"]
    ids = {rows[key]["source_id"] for key in wanted if key in rows}
    lines, hidden = [], {one for one, is_ in view.study.parks.select("park_id", "anonymised").iter_rows() if is_}
    for row in view.study.sources.filter(pl.col("source_id").is_in(sorted(ids))).iter_rows(named=True):
        title, name = row["title"], view.full_names[row["park_id"]]
        if row["kind"] != "work_summary":
            lines.append(_page(view, title or row["publisher"] or (None if row["url"] else name), row["url"], row))
            continue
        grade = view.speech.label("record", "grade" if row["grade"] else "no_grade").format(grade=row["grade"])
        details = _parted(view, row["published"], grade)
        untitled = f"{name}{view.speech.mark('colon')}{view.label('source_kind', row['kind'])}"
        lines.append(_linked(view, title or (name if row["park_id"] in hidden else untitled), row["url"], row, details))
    lines += [_page(view, row["source_title"], row["source_url"], row) for row in map(references.get, wanted) if row]
    told = list(dict.fromkeys(lines))
    more = [view.say("exhibit.j2", "sources_more", more=len(told) - CITED)] if len(told) > CITED else []
    return told[:CITED] + more


def _page(view: View, title: str | None, url: str | None, row: Row) -> str:
    named = view.titled(title) if title else _parted(view, host_of(url), view.speech.period(row))
    return _linked(view, named, url, row, _official(view, row))


def _linked(view: View, name: str, url: str | None, row: Row, details: str) -> str:
    """`name (details)`; the name leads to its address where that is official."""
    shown = view.speech.marked(name)
    if url and row["official"]:
        shown = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(url, shown)
    return shown + view.speech.marked(view.bracketed("", details)) if details else shown
