"""An exhibit: a figure, a table or a list of takeaways with what a reader needs to trust it.

Every exhibit carries its claim, caption, sources, data and the records behind its numbers, in one state or in several that
a reader of the page can switch. It shows itself as HTML in a notebook and on an exported page alike; all text is escaped
here, so that nothing from a data file is ever markup.
"""

from __future__ import annotations

import base64
import html
import io
import itertools
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from parkstudy.export import csv_text
from parkstudy.record.study import Study
from parkstudy.report.parameters import AXES
from parkstudy.show import svg
from parkstudy.show.provenance import Record, cite, measure_key, records, visible
from parkstudy.show.theme import NARROW, PAPER, WIDE, style
from parkstudy.words.language import said

MOST_STATES = 6
TALLEST = 1.6  # height over width of a picture that a telephone shows whole
_NUMBER, _PARK, _SAYS, _END, _STATE = (chr(0xD800 + n) for n in range(5))  # surrogates: no text file can hold them
_MARKED = re.compile(f"([{_NUMBER}{_PARK}])([^{_SAYS}{_END}]*){_SAYS}([^{_END}]*){_END}")


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, the key of the number it shows, the number itself for sorting, the park it names.

    `park` holds two ids, separated by a space, where the row belongs to two parks; its text then marks each name itself.
    """

    text: object
    key: str = ""
    value: float | None = None
    park: str = ""


@dataclass(frozen=True)
class Exhibit:
    """What a notebook cell shows.

    `states` are its views as HTML made by this module, the shown one first; `data` the rows behind that one; `answer` one
    sentence that the index may quote; `svg` the wide drawing of a figure as a document; `records` what its numbers open.
    """

    key: str
    states: tuple[tuple[Mapping[str, str], str], ...]
    data: pl.DataFrame
    answer: str = ""
    svg: str = ""
    records: Mapping[str, Record] = field(default_factory=dict)
    axes: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    picture: Callable[[], bytes] | None = None

    @property
    def body(self) -> str:
        """The exhibit as HTML; every state but the first is hidden until a reader switches to it."""
        views = []
        for place, (choices, view) in enumerate(self.states):
            when = " ".join(f"{name}={value}" for name, value in choices.items())
            hidden = " hidden" if place else ""
            views.append(
                f'<div class="state" data-when="{escape(when)}"{hidden}>{view.replace(_STATE, str(place))}</div>'
            )
        axes = f' data-axes="{escape(json.dumps(self.axes, ensure_ascii=False))}"' if self.axes else ""
        return f'<div class="exhibit" id="{escape(self.key)}"{axes}>{"".join(views)}</div>'

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle: dict[str, Any] = {"text/html": self.body}
        if self.picture:
            bundle["image/png"] = base64.b64encode(self.picture()).decode("ascii")
        bundle["text/plain"] = f"<exhibit {self.key}, {self.data.height} rows>"
        return bundle, {"parkstudy": {"exhibit": self.key, "answer": self.answer, "records": dict(self.records)}}


def opens(text: object, key: str) -> str:
    """`text` as a number that opens the record of `key` on a page; `plain` takes the mark away again."""
    return f"{_NUMBER}{key}{_SAYS}{text}{_END}"


def names_park(text: object, park: str) -> str:
    """`text` as the name of a park, which leads to its profile on a page."""
    return f"{_PARK}{park}{_SAYS}{text}{_END}"


def plain(text: object) -> str:
    """`text` without the marks of `opens` and `names_park`."""
    return _MARKED.sub(r"\3", str(text))


def escape(text: object) -> str:
    """`text` for HTML, unmarked; control characters and direction overrides are dropped."""
    return html.escape(visible(plain(text)))


def rich(text: object) -> str:
    """`text` as HTML with its marks as buttons and links; everything else is escaped."""
    pieces, end = [], 0
    for match in _MARKED.finditer(str(text)):
        pieces.append(escape(str(text)[end : match.start()]))
        pieces.append(_number(match[2], match[3]) if match[1] == _NUMBER else _park(match[2], match[3]))
        end = match.end()
    return "".join([*pieces, escape(str(text)[end:])])


def _number(key: str, text: str) -> str:
    return f'<span class="number" data-opens="{escape(key)}">{escape(text)}</span>'


def _park(park: str, text: str) -> str:
    return f'<a class="park" data-park="{escape(park)}">{escape(text)}</a>'


def figure(
    study: Study,
    key: str,
    claim: str,
    draw: Callable[[float], Any],
    *,
    alt: str,
    caption: str,
    data: pl.DataFrame,
    inputs: Iterable[str] | None = None,
    measures: pl.DataFrame | None = None,
    titles: Mapping[str, str] | None = None,
    values: tuple[Sequence[str], Sequence[Sequence[object]]] | None = None,
) -> Exhibit:
    """A figure drawn twice, for a wide column and for a telephone, by `draw(width in inches)`, with its values in words.

    `inputs` are the keys behind it (those in the column `inputs` of `data`, if not given), `measures` the frame whose rows its
    marks stand for, `values` header and rows of the table under it; if not given, they are the `label`, `said` and `key`
    of `data`, with the panel where `titles` names several. An
    exhibit without rows says so in words instead. Raises `ValueError` if the alternative text repeats the caption.
    """
    if alt == caption:
        raise ValueError(f"exhibit {key!r}: the alternative text repeats the caption; describe what the picture shows")
    keys = _inputs(data) if inputs is None else list(inputs)
    if data.height == 0:
        return _without_rows(study, key, claim, data)
    style()
    wide, narrow = (svg.drawn(draw(width)) for width in (WIDE, NARROW))
    charts = "".join(
        f'<div class="chart {name}"{hidden}>{svg.inline(document, f"{key}-{_STATE}{name[0]}-", html.unescape(escape(alt)))}</div>'
        for name, hidden, document in (("wide", "", wide), ("narrow", " hidden", narrow))
    )
    header, rows = values or _said(study, data, titles or {})
    body = charts + _details(study, claim, header, rows)
    view = _frame(study, claim, body, caption, keys, _csv(data, measures), key)
    return _exhibit(study, key, view, data, measures, answer=plain(claim), svg=wide, picture=lambda: _png(draw))


def table(
    study: Study,
    key: str,
    claim: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    caption: str,
    data: pl.DataFrame,
    inputs: Iterable[str] | None = None,
    measures: pl.DataFrame | None = None,
    numeric: Sequence[str] = (),
    legend: str = "",
) -> Exhibit:
    """A table with one row header a line; columns named in `numeric` are set to the right. A cell is a text or a `Cell`.

    `legend` explains words of the cells, a word and a colon before it: a reader of a page folds it away like the sources.
    """
    rows = list(rows)
    keys = _inputs(data) if inputs is None else list(inputs)
    if not rows:
        return _without_rows(study, key, claim, data)
    body = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(claim)}">{_table(header, rows, numeric)}</div>'
    return _exhibit(
        study, key, _frame(study, claim, body, caption, keys, _csv(data, measures), key, legend), data, measures
    )


def takeaways(
    study: Study, sentences: Sequence[str], data: pl.DataFrame, measures: pl.DataFrame | None = None, trust: str = ""
) -> Exhibit:
    """Sentences made by code from `data`, as the list that opens a page; the first one is the page's answer.

    `trust` says in a line on how much the answer rests.
    """
    first, *rest = [rich(sentence) for sentence in sentences] or [""]
    items = "".join(f"<li>{sentence}</li>" for sentence in rest)
    rests = f'<p class="trust">{rich(trust)}</p>' if trust else ""
    label = study.say("Takeaways", "要点")
    view = (
        f'<section class="takeaways" aria-label="{label}"><p class="answer">{first}</p>{rests}'
        f"{f'<ul>{items}</ul>' if items else ''}</section>"
    )
    return _exhibit(study, "takeaways", view, data, measures, answer=plain(sentences[0]) if sentences else "")


def switched(study: Study, build: Callable[..., Exhibit], **obeys: tuple[str, Sequence[str]]) -> Exhibit:
    """One exhibit in every state of the parameters it obeys: `name=(value shown, all values)`.

    `build` takes the parameters by name and gives the exhibit of one state. Raises `ValueError` for a value that is none of
    the parameter, and for more than six states.
    """
    for name, (shown, _) in obeys.items():
        if shown not in AXES[name][1]:
            raise ValueError(f"unknown {name} {shown!r}; expected one of {', '.join(AXES[name][1])}")
    orders = {name: (shown, *(v for v in values if v != shown)) for name, (shown, values) in obeys.items()}
    combinations = [dict(zip(orders, values, strict=True)) for values in itertools.product(*orders.values())]
    if len(combinations) > MOST_STATES:
        raise ValueError(f"{len(combinations)} states of {', '.join(orders)}; an exhibit has {MOST_STATES} at most")
    built = [build(**choices) for choices in combinations]
    axes = tuple(_axis(name, tuple(values), study.lang) for name, (_, values) in obeys.items() if len(values) > 1)
    return replace(
        built[0],
        states=tuple((choices, one.states[0][1]) for choices, one in zip(combinations, built, strict=True)),
        records={key: record for one in built for key, record in one.records.items()},
        axes=axes,
    )


def _axis(name: str, values: tuple[str, ...], lang: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    label, words = AXES[name]
    return name, said(label, lang), tuple((value, said(words[value], lang)) for value in values)


def _exhibit(
    study: Study, key: str, view: str, data: pl.DataFrame, measures: pl.DataFrame | None, **more: Any
) -> Exhibit:
    keys = dict.fromkeys(re.findall(r'data-opens="([^"]+)"', view))
    return Exhibit(key, (({}, view),), data, records=records(study, keys, measures), **more)


def _without_rows(study: Study, key: str, claim: str, data: pl.DataFrame) -> Exhibit:
    """The exhibit in words: no caption, which would describe what is not there."""
    words = study.say("No park reports a figure for this exhibit.", "没有园区列示本图表所需的数据。")
    view = f'<figure><p class="claim">{rich(claim)}</p><p class="empty">{words}</p></figure>'
    return _exhibit(study, key, view, data, None, answer=plain(claim))


def _inputs(data: pl.DataFrame) -> list[str]:
    return [i for inputs in data["inputs"].drop_nulls() for i in inputs] if "inputs" in data.columns else []


def _table(header: Sequence[str], rows: Sequence[Sequence[object]], numeric: Sequence[str] = ()) -> str:
    classes = [' class="num"' if name in numeric else "" for name in header]
    head = "".join(f'<th scope="col"{c}>{escape(name)}</th>' for name, c in zip(header, classes, strict=True))
    lines = "".join(_line(row, classes) for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _line(row: Sequence[object], classes: Sequence[str]) -> str:
    cells = [cell if isinstance(cell, Cell) else Cell("" if cell is None else cell) for cell in row]
    park = next((cell.park for cell in cells if cell.park), "")
    shown = []
    for place, (cell, css) in enumerate(zip(cells, classes, strict=True)):
        name, scope = ("th", ' scope="row"') if place == 0 else ("td", "")
        sort = "" if cell.value is None else f' data-value="{cell.value:.12g}"'
        shown.append(f"<{name}{scope}{css}{sort}>{_content(cell)}</{name}>")
    attribute = f' data-park="{escape(park)}"' if park else ""
    return f"<tr{attribute}>{''.join(shown)}</tr>"


def _content(cell: Cell) -> str:
    if cell.key:
        return _number(cell.key, plain(cell.text))
    marked = _MARKED.search(str(cell.text))  # the names of two parks, each with its own mark
    return _park(cell.park, plain(cell.text)) if cell.park and not marked else rich(cell.text)


def _said(
    study: Study, data: pl.DataFrame, titles: Mapping[str, str]
) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
    """Header and rows of the values of a figure, from the words that are drawn beside its marks."""
    header = [study.say("Row", "行"), study.say("Value", "数值")]
    rows: list[list[object]] = [
        [Cell(row["label"], park=row["park_id"]), Cell(row["said"], key=row["key"])]
        for row in data.iter_rows(named=True)
    ]
    if len(titles) > 1:
        header = [study.say("Panel", "分图"), *header]
        rows = [[titles[panel], *row] for panel, row in zip(data["panel"], rows, strict=True)]
    return header, rows


def _details(study: Study, claim: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    title = study.say(f"Values ({len(rows)})", f"数值（{len(rows)}项）")
    label = escape(study.say(f"Values: {plain(claim)}", f"数值：{plain(claim)}"))
    inside = f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">{_table(header, rows)}</div>'
    return f'<details class="values"><summary>{title}</summary>{inside}</details>'


def _csv(data: pl.DataFrame, measures: pl.DataFrame | None) -> str:
    """The rows behind an exhibit as CSV: those of the measure frame that its marks stand for, else its own."""
    if measures is None:
        return csv_text(data)
    names = [name for name in ("key", "target_key", "band_key", "reference_keys") if name in data.columns]
    wanted = {key for name in names for key in data[name].explode().drop_nulls()} if names else None
    rows = [wanted is None or measure_key(row) in wanted for row in measures.iter_rows(named=True)]
    return csv_text(measures.filter(pl.Series(rows, dtype=pl.Boolean)))


def _frame(
    study: Study, claim: str, body: str, caption: str, keys: list[str], csv: str, key: str, legend: str = ""
) -> str:
    cited = study.say("; ", "；").join(escape(source) for source in cite(study, keys))
    sources = study.say(f"Sources: {cited or 'none'}.", f"资料来源：{cited or '无'}。")
    coded = base64.b64encode(("\ufeff" + visible(csv)).encode()).decode("ascii")
    link = (
        f'<p class="files"><a class="csv" download="{escape(key)}.csv" href="data:text/csv;base64,{coded}">CSV</a></p>'
    )
    explained = f'<span class="legend">{rich(legend)}</span> ' if legend else ""
    return (
        f'<figure><p class="claim">{rich(claim)}</p>{body}'
        f'<figcaption>{rich(caption)} {explained}<span class="sources">{sources}</span></figcaption></figure>{link if csv else ""}'
    )


def _png(draw: Callable[[float], Any]) -> bytes:
    """The figure as a picture: the narrow drawing, whose words stay large on a telephone, unless it is a long strip."""
    import matplotlib.pyplot as plt

    drawn = draw(NARROW)
    width, height = drawn.get_size_inches()
    if height > TALLEST * width:
        plt.close(drawn)
        drawn = draw(WIDE)
    buffer = io.BytesIO()
    look = {"facecolor": PAPER, "metadata": {"Software": None}, "bbox_inches": "tight", "pad_inches": 0.05}
    with svg.any_sign():
        drawn.savefig(buffer, format="png", dpi=1000 / drawn.get_size_inches()[0], **look)
    plt.close(drawn)
    return buffer.getvalue()
