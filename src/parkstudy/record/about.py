"""What a study calls itself: `study.toml`, each key declared once, read with every fault that is in it.

The file may say less than all, and a folder of one's own needs none: what is not said is empty, and nothing is printed of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from parkstudy.errors import did_you_mean
from parkstudy.record.cells import complaints
from parkstudy.record.reading import Fault, toml

FILE = "study.toml"
_ADDRESS = re.compile(r"https?://\S+|[^\s@]+@[^\s@]+\.[^\s@]+")


def _line(value: Any) -> bool:
    """A text on one line that holds nothing that no cell may."""
    return isinstance(value, str) and value == " ".join(value.split()) and not (value and list(complaints(value)))


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(name and _line(name) for name in value)


def _said(
    description: str, expected: str = "a text on one line", fits: Callable[[Any], bool] = _line, default: Any = ""
) -> Any:
    return field(default=default, metadata={"description": description, "expected": expected, "fits": fits})


_NAMES = "a list of names, such as ['A. Author']"


@dataclass(frozen=True, kw_only=True)
class About:
    """Title, question and notes in both languages, authors, contact, licence; empty where nothing is said."""

    title_en: str = _said("Title of the study in English; given with its twin in Chinese")
    title_zh: str = _said("Title of the study in Chinese")
    question_en: str = _said("What the study asks, in English; given with its twin in Chinese")
    question_zh: str = _said("What the study asks, in Chinese")
    authors: tuple[str, ...] = _said("Authors, as they are cited", _NAMES, _names, ())
    authors_zh: tuple[str, ...] = _said(
        "Authors, as a Chinese page cites them; the same where it is empty", _NAMES, _names, ()
    )
    contact: str = _said(
        "Where to report an error; empty where there is no address", "an e-mail address, an address that begins with http, or ''",
        lambda value: value == "" or (isinstance(value, str) and bool(_ADDRESS.fullmatch(value))),
    )  # fmt: skip
    licence: str = _said(
        "Licence of the data and the pages, by its SPDX identifier", "an identifier such as CC-BY-4.0",
        lambda value: isinstance(value, str) and bool(re.fullmatch(r"[A-Za-z0-9.+-]*", value)),
    )  # fmt: skip
    notes_en: str = _said("What else is to be said, in English; given with its twin in Chinese")
    notes_zh: str = _said("What else is to be said, in Chinese")

    def said(self, name: str, lang: str) -> Any:
        """What it says under a name in a language: `title`, `question`, `notes`, `authors`."""
        if name == "authors":
            return (self.authors_zh if lang == "zh" else ()) or self.authors
        return getattr(self, f"{name}_{lang}")


_FIELDS = [(one.name, one) for one in fields(About)]
KEYS: dict[str, dict[str, Any]] = {name: dict(one.metadata) for name, one in _FIELDS}


def read(path: Path) -> tuple[About, list[Fault]]:
    """What the file says, and every fault in it; a key with a fault says nothing."""
    text, given, faults = toml(path, "write TOML in UTF-8")

    def add(key: str, message: str, advice: str) -> None:
        line = next((n for n, one in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[*{re.escape(key)}\b", one)), 0)
        faults.append(Fault(path.name, line, key, message, advice))

    for key, value in given.items():
        if key not in KEYS:
            add(key, "no key of a study", f"{did_you_mean(key, KEYS)}keys: {', '.join(KEYS)}")
        elif not KEYS[key]["fits"](value):
            add(key, f"{value!r} is not allowed", f"write {KEYS[key]['expected']}")
    for key in (key for key in KEYS if key.endswith("_en")):
        pair = (key, key.removesuffix("en") + "zh")
        here, gone = pair if given.get(pair[0]) else pair[::-1]
        if given.get(here) and not given.get(gone):
            add(here, f"is given without {gone}", f"write {gone} too, or leave out both")
    if given.get("authors_zh") and not given.get("authors"):
        add("authors_zh", "is given without authors", "write authors too, or leave out both")
    wrong = {fault.column for fault in faults}
    sound: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in given.items() if key in KEYS and key not in wrong
    }
    return About(**sound), faults


def unsaid() -> str:
    """A file that says nothing yet: each key commented out with what it is for."""
    head = "# What the study calls itself. Take the # from a line to say it; of what is not said, the pages print nothing.\n"
    keys = [
        f"# {name} = {'[]' if one.default == () else chr(34) * 2}  # {KEYS[name]['description']}"
        for name, one in _FIELDS
    ]
    return head + "\n".join(keys) + "\n"
