"""The parts that rows are of, by the words of the text: a reader writes `group:` and the words behind it; the row holds a number, and
`subjects.csv` the words. A decision remembers the names that it wrote, so that undoing takes them back.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from parkstudy.record.begin import add
from parkstudy.record.decided import Decision
from parkstudy.scratch import write

KINDS = ("zone", "sector", "group", "project", "firm")
NAME = "name_zh of "  # before a subject, in the cells of a decision: the name that it wrote
_TABLE, _SLUG = "subjects.csv", re.compile(r"[a-z0-9-]+")


def numbered(subject: str, parts: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """A subject whose parts are named in words with the numbers that they have in `parts` (subject to name), or new ones, and the new
    names by their subjects; firms of one figure are joined by `+`.
    """
    kind, colon, words = subject.partition(":")
    if not colon or kind not in KINDS or not words.strip():
        return subject, {}
    known = {name: one.partition(":")[2] for one, name in parts.items() if one.startswith(f"{kind}:")}
    taken = [int(number) for number in known.values() if number.isdigit()]
    found, new = [], {}
    for name in filter(None, (one.strip() for one in re.split("[+＋]", words))):
        if _SLUG.fullmatch(name):
            found.append(name)
            continue
        if name not in known:
            taken.append(max(taken, default=0) + 1)
            known[name] = str(taken[-1])
            new[f"{kind}:{taken[-1]}"] = name
        found.append(known[name])
    return f"{kind}:{'+'.join(found)}", new


def worded(subject: str, parts: Mapping[str, str]) -> str:
    """A subject with the names of its parts for their numbers, where they have any."""
    kind, _, numbers = subject.partition(":")
    return f"{kind}:{'+'.join(parts.get(f'{kind}:{one}', one) for one in numbers.split('+'))}" if numbers else subject


def cells(names: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """New names as cells of a decision."""
    return {f"{NAME}{subject}": ("", name) for subject, name in names.items()}


def named(decisions: Iterable[Decision]) -> dict[str, str]:
    """The names that decisions wrote, by their subjects."""
    written = {name: new for one in decisions for name, (_, new) in one.cells.items() if name.startswith(NAME)}
    return {name.removeprefix(NAME): new for name, new in written.items()}


def put(folder: Path, source_id: str, names: Mapping[str, str], there: Iterable[str]) -> None:
    """Write names of parts of a text that `subjects.csv` does not have."""
    new = [
        {"source_id": source_id, "subject": one, "name_zh": name, "name_en": one.replace(":", " ")}
        for one, name in names.items() if one not in there
    ]  # fmt: skip
    if new:
        add(folder / _TABLE, "subjects", new)


def take_out(folder: Path, source_id: str, names: Mapping[str, str]) -> None:
    """Take rows with exactly these names out of `subjects.csv`, every other byte as it was."""
    path = folder / _TABLE
    raw = path.read_bytes() if path.is_file() else b""
    lines = list(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    records = csv.reader(lines)
    header = next(records, [])
    kept, place = lines[: records.line_num], records.line_num
    for record in records:
        row = dict(zip(header, record, strict=False))
        if row.get("source_id") != source_id or names.get(row.get("subject", "")) != row.get("name_zh"):
            kept += lines[place : records.line_num]
        place = records.line_num
    after = (raw[:3] if raw.startswith(b"\xef\xbb\xbf") else b"") + "".join(kept).encode()
    if after != raw:
        write(path, after)
