"""BibTeX: the texts that the figures were read in, and the study that read them."""

from typing import Any

import polars as pl

from parkstudy import __version__
from parkstudy.export import ExportError
from parkstudy.method.study import Study
from parkstudy.record.rows import Row


def bibliography(study: Study, table: str, frame: pl.DataFrame) -> bytes:
    """The sources as entries of BibTeX, the study's own first. Raises `ExportError` for a table of anything else.

    An address is given where it is official; another page is named by its host, as read in a repost, as on the pages. A text that
    hides its park stays hidden: its entry has the name of the park in the study and the time that the text reports.
    """
    from parkstudy.report.citation import bibtex
    from parkstudy.show.view import View

    if table != "sources":
        raise ExportError(f"a .bib file lists sources, not {table}; run: parkstudy export sources FILE.bib")
    view = View(study)
    own = bibtex(view, "study", "", version=__version__, data=study.edition, parameters="")
    return "\n\n".join([own, *(_source(view, row) for row in frame.iter_rows(named=True)), ""]).encode()


def _source(view: Any, row: Row) -> str:
    from parkstudy.report.citation import entry, tex
    from parkstudy.show.provenance import host_of

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
