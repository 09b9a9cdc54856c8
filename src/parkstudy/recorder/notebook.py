"""The notebook in which a folder of data is reviewed: a copy that opens on it and keeps what is written into it."""

from pathlib import Path

from parkstudy.lab.copies import Copy, copied
from parkstudy.record.codes import LANGUAGES
from parkstudy.record.shipped import shipped
from parkstudy.recorder.session import Session
from parkstudy.report.run import RECORDER


def recorder_notebook(
    folder: Path, data: str | Path, sources: str | Path, lang: str = LANGUAGES[0], reader: str = ""
) -> Copy:
    """The copy in `folder` that reviews `data` with its texts, `recorder[.zh].<name of the folder of data>[.<reader>].ipynb`.

    Raises `NoTextError` or `RefusedError`, in words, where there is nothing that could be opened.
    """
    top, texts = Path(data).resolve(), Path(sources).resolve()
    Session(top, texts, lang, reader)
    own = lang if lang != LANGUAGES[0] else ""
    name = ".".join(filter(None, ("recorder", own, top.name, reader, "ipynb")))
    given = {"lang": lang, "data": str(top), "sources": str(texts), "reader": reader}
    return copied(shipped("notebooks") / own / f"{RECORDER}.ipynb", folder / name, given)
