"""An exhibit: a figure, a table or a list of takeaways with what a reader needs to trust it.

Every exhibit carries its claim, caption, sources and data. It shows itself as HTML in a notebook and on an exported
page alike; all text is escaped here, so that nothing from a data file is ever markup.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from parkstudy.benchmarks import reference_id
from parkstudy.dataset import Study
from parkstudy.theme import NARROW, WIDE, style


@dataclass(frozen=True)
class Exhibit:
    """What a notebook cell shows.

    `body` is HTML made by this module; `data` the rows behind it; `answer` one sentence that the index may quote;
    `svg` the wide drawing of a figure.
    """

    key: str
    body: str
    data: pl.DataFrame
    answer: str = ""
    svg: bytes = b""

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        bundle = {"text/html": self.body, "text/plain": f"<exhibit {self.key}, {self.data.height} rows>"}
        return bundle, {"parkstudy": {"exhibit": self.key, "answer": self.answer}}


def escape(text: object) -> str:
    """`text` for HTML; control characters and direction overrides are dropped."""
    shown = "".join(
        " " if c.isspace() and c not in "\n\u00a0" else c
        for c in str(text)
        if c.isprintable() or c.isspace() or c == "\u200d"
    )
    return html.escape(shown)


def figure(
    key: str,
    claim: str,
    draw: Callable[[float], Any],
    *,
    alt: str,
    caption: str,
    sources: Sequence[str],
    data: pl.DataFrame,
) -> Exhibit:
    """A figure drawn twice, for a wide column and for a telephone, by `draw(width in inches)`.

    An exhibit without rows says so in words instead. Raises `ValueError` if the alternative text repeats the caption.
    """
    if alt == caption:
        raise ValueError(f"exhibit {key!r}: the alternative text repeats the caption; describe what the picture shows")
    if data.height == 0:
        return Exhibit(
            key,
            _frame(key, claim, '<p class="empty">No park reports a figure for this exhibit.</p>', caption, sources),
            data,
        )
    style()
    wide, narrow = (_svg(draw(width)) for width in (WIDE, NARROW))
    picture = (
        f'<picture><source media="(max-width: 600px)" srcset="{_data_uri(narrow)}">'
        f'<img src="{_data_uri(wide)}" alt="{escape(alt)}"></picture>'
    )
    return Exhibit(key, _frame(key, claim, picture, caption, sources), data, answer=claim, svg=wide)


def table(
    key: str,
    claim: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    caption: str,
    sources: Sequence[str],
    data: pl.DataFrame,
    numeric: Sequence[str] = (),
) -> Exhibit:
    """A table with one row header a line; columns named in `numeric` are set to the right."""
    rows = list(rows)
    if not rows:
        return Exhibit(
            key,
            _frame(key, claim, '<p class="empty">No park reports a figure for this exhibit.</p>', caption, sources),
            data,
        )
    classes = ["num" if name in numeric else "" for name in header]
    head = "".join(f'<th scope="col" class="{c}">{escape(name)}</th>' for name, c in zip(header, classes, strict=True))
    lines = "".join(f"<tr>{_line(row, classes)}</tr>" for row in rows)
    body = (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(claim)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>"
    )
    return Exhibit(key, _frame(key, claim, body, caption, sources), data)


def _line(row: Sequence[object], classes: Sequence[str]) -> str:
    first, *rest = (escape("" if cell is None else cell) for cell in row)
    cells = "".join(f'<td class="{c}">{cell}</td>' for cell, c in zip(rest, classes[1:], strict=True))
    return f'<th scope="row">{first}</th>{cells}'


def takeaways(key: str, sentences: Sequence[str], data: pl.DataFrame) -> Exhibit:
    """Sentences made by code from `data`, as the list that opens a page; the first one is the page's answer."""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    body = f'<section class="takeaways" aria-label="Takeaways"><ul>{items}</ul></section>'
    return Exhibit(key, body, data, answer=sentences[0] if sentences else "")


def _frame(key: str, claim: str, body: str, caption: str, sources: Sequence[str]) -> str:
    cited = "; ".join(escape(source) for source in sources)
    return (
        f'<figure class="exhibit" id="{escape(key)}"><p class="claim">{escape(claim)}</p>{body}'
        f'<figcaption>{escape(caption)} <span class="sources">Sources: {cited or "none"}.</span></figcaption></figure>'
    )


def _svg(drawn: Any) -> bytes:
    import matplotlib.pyplot as plt

    buffer = io.BytesIO()
    drawn.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight", pad_inches=0.05)
    plt.close(drawn)
    return buffer.getvalue()


def _data_uri(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")


def cite(study: Study, inputs: Iterable[str]) -> list[str]:
    """The texts and pages behind observations and reference rows, in the order of the study.

    A work summary is cited by its title, date and grade; a page that is no official one as read in a repost, by its
    title, or by host and period where it has none.
    """
    wanted = list(inputs)
    ids = set(study.observations.filter(pl.col("observation_id").is_in(wanted))["source_id"])
    names = dict(study.parks.select("park_id", "name_en").iter_rows())
    lines = []
    for row in study.sources.filter(pl.col("source_id").is_in(sorted(ids))).iter_rows(named=True):
        if row["kind"] == "work_summary":
            details = [row["published"], f"grade {row['grade']}" if row["grade"] else None]
            lines.append(_cited(row["title"] or names[row["park_id"]], details))
        else:
            title = row["title"] or row["publisher"] or (None if row["url"] else names[row["park_id"]])
            lines.append(_page(title, row["url"], row["period_end"], row["official"]))
    references = (
        {reference_id(r): r for r in study.reference.iter_rows(named=True)}
        if any(i.startswith("ref:") for i in wanted)
        else {}
    )
    for row in (references[i] for i in dict.fromkeys(wanted) if i in references):
        lines.append(_page(row["source_title"], row["source_url"], row["period_end"], row["official"]))
    return list(dict.fromkeys(lines))


def _cited(title: str, details: Iterable[str | None]) -> str:
    said = ", ".join(part for part in details if part)
    return f"{title} ({said})" if said else title


def _page(title: str | None, url: str | None, period_end: object, official: bool) -> str:
    host = (url or "").partition("//")[2].partition("/")[0]
    named = title or ", ".join(str(part) for part in (host, period_end) if part)
    return _cited(named, ["official page" if official else "read in a repost"])
