"""The review as a panel of a notebook."""

from pathlib import Path

from parkstudy.panels.panel import Panel
from parkstudy.recorder.session import Session


def review(folder: str | Path, sources: str | Path, lang: str = "en", reader: str = "", source_id: str = "") -> Panel:
    """The review of a folder of data with its texts, for the last line of a notebook cell.

    `reader` names the set of a second reader, who records blind; `source_id` the text that is opened first. Raises `NoTextError`
    or `RefusedError`, in words, where no text can be opened.
    """
    session = Session(folder, sources, lang, reader, source_id)
    return Panel(session.act, session.panels(), Path(__file__).with_name("recorder"), lang=lang)
