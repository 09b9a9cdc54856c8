"""BibTeX: the texts that the figures were read in, and the study that read them."""

import polars as pl

from parkstudy import __version__
from parkstudy.export import ExportError
from parkstudy.method.study import Study


def bibliography(study: Study, table: str, frame: pl.DataFrame) -> bytes:
    """The sources as entries of BibTeX, the study's own first. Raises `ExportError` for a table of anything else.

    An address is given where it is official; another page is named by its host, as read in a repost, as on the pages. A text that
    hides its park stays hidden: its entry has the name of the park in the study and the time that the text reports.
    """
    from parkstudy.report.citation import bibtex, text_entry
    from parkstudy.show.view import View

    if table != "sources":
        raise ExportError(f"a .bib file lists sources, not {table}; run: parkstudy export sources FILE.bib")
    view = View(study)
    own = bibtex(view, "study", "", version=__version__, data=study.edition, parameters="")
    return "\n\n".join([own, *(text_entry(view, row) for row in frame.iter_rows(named=True)), ""]).encode()
