"""The notebook in which a folder of data is reviewed: a copy that opens on it and keeps what is written into it."""

import shutil
from pathlib import Path

from parkstudy.record.codes import LANGUAGES
from parkstudy.record.shipped import shipped
from parkstudy.recorder.session import Session
from parkstudy.report.run import RECORDER, stored


def recorder_notebook(
    folder: Path, data: str | Path, sources: str | Path, lang: str = LANGUAGES[0], reader: str = ""
) -> Path:
    """A notebook in `folder` that reviews `data` with its texts, `recorder.<name of the folder>.ipynb`; one that is there keeps its cells.

    Raises `NoTextError` or `RefusedError`, in words, where there is nothing that could be opened, `NotANotebookError` for a file in its
    place that is none.
    """
    import nbformat
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    top, texts = Path(data).resolve(), Path(sources).resolve()
    Session(top, texts, lang, reader)
    name = ".".join(filter(None, ("recorder", top.name, reader)))
    copy = folder / f"{name}.ipynb"
    own = shipped("notebooks") / ("" if lang == LANGUAGES[0] else lang) / f"{RECORDER}.ipynb"
    if not copy.exists():
        shutil.copyfile(own, copy)
    stored(copy)
    given = {"lang": lang, "data": str(top), "sources": str(texts), "reader": reader}
    changed = parameterize_notebook(load_notebook_node(str(copy)), given, comment="Data")
    changed.metadata.pop("papermill", None)
    nbformat.write(changed, copy)  # type: ignore[no-untyped-call]
    return copy
