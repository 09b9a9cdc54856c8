"""Pages that were never built, for what is made from records alone."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from parkstudy.report.task import Shown


def put(out: Path, stem: str, lang: str = "en", *, text: str = "a page", **shown: str) -> None:
    """A page of a few bytes with the record of one, written after it."""
    texts = {
        **dict.fromkeys(Shown.__annotations__, ""),
        "file": f"{stem}.html",
        "lang": lang,
        "name": stem.partition(".")[0],
    }
    texts |= {"title": stem, "question": "A question?", **shown}
    page = {
        "file": f"{stem}.html", "notebook": stem.partition(".")[0], "language": lang, "parameters": {}, "parkstudy": "0",
        "data_sha256": "0", "libraries": {},
    }  # fmt: skip
    record = {"page": page, "shown": texts, "files": {f"{stem}.html": sha256(text.encode()).hexdigest()}, "inputs": {}}
    (out / ".built").mkdir(parents=True, exist_ok=True)
    (out / f"{stem}.html").write_text(text, encoding="utf-8")
    (out / ".built" / f"{stem}.json").write_text(json.dumps(record), encoding="utf-8")
