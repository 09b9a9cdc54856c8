"""The parts that rows are of, by the words of the text: a reader writes `group:` and the words behind it; the row holds a number, and
`subjects.csv` the words. A decision remembers the names that it wrote, and those of readers that no row has any more with it, so that
undoing takes them back.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from parkstudy.record.begin import add
from parkstudy.record.decided import Cells, Decision
from parkstudy.record.draft.lines import simple
from parkstudy.record.signs import squash
from parkstudy.scratch import write

KINDS = ("zone", "sector", "group", "project", "firm")
NAME = "name_zh of "  # before a subject, in the cells of a decision: the name that it wrote
_LAST = 999  # a higher number was written by hand, and counts nothing
FILE, _SLUG = "subjects.csv", re.compile(r"[a-z0-9-]+")


def numbered(subject: str, parts: Mapping[str, str], used: Iterable[str] = ()) -> tuple[str, dict[str, str]]:
    """A subject whose parts are named in words with the numbers that they have in `parts` (subject to name), or new ones, and the new
    names by their subjects; firms of one figure are joined by `+`. A name in other script or with other blanks is the same name; what
    is among the subjects `used` is no new number, named or not.
    """
    kind, colon, words = subject.partition(":")
    if not colon or kind not in KINDS or not words.strip():
        return subject, {}
    known = {_same(name): one.partition(":")[2] for one, name in parts.items() if one.startswith(f"{kind}:")}
    there = (one.partition(":")[2] for one in each([*parts, *used]) if one.startswith(f"{kind}:"))
    taken = [int(number) for number in there if number.isdigit()]
    found, new = [], {}
    for name in filter(None, (one.strip() for one in re.split("[+＋]", words))):
        if _SLUG.fullmatch(name):
            found.append(name)
            continue
        if _same(name) not in known:
            taken.append(max(taken, default=0) + 1)
            known[_same(name)] = str(taken[-1])
            new[f"{kind}:{taken[-1]}"] = name
        found.append(known[_same(name)])
    return f"{kind}:{'+'.join(found)}", new


def _same(name: str) -> str:
    """A name as it is compared."""
    return "".join(map(simple, squash(name)))


def each(subjects: Iterable[str]) -> set[str]:
    """The single parts that subjects are of, several firms of one figure one by one."""
    found = (one.partition(":") for one in subjects)
    return {f"{kind}{colon}{part}" for kind, colon, parts in found for part in parts.split("+")}


def worded(subject: str, parts: Mapping[str, str]) -> str:
    """A subject with the names of its parts for their numbers, where they have any."""
    kind, _, numbers = subject.partition(":")
    return f"{kind}:{'+'.join(parts.get(f'{kind}:{one}', one) for one in numbers.split('+'))}" if numbers else subject


def placed(parts: Mapping[str, str], used: Iterable[str]) -> dict[str, str]:
    """The names of parts by their numbers from 1 on; one without a name, that a row may have, stands for itself."""
    last: dict[str, int] = {}
    for kind, _, number in (one.partition(":") for one in each([*parts, *used])):
        if number.isdigit() and int(number) <= _LAST:
            last[kind] = max(last.get(kind, 0), int(number))
    every = (f"{kind}:{number}" for kind, most in last.items() for number in range(1, most + 1))
    return {one: parts.get(one, one) for one in every}


def cells(names: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """New names as cells of a decision."""
    return {f"{NAME}{subject}": ("", name) for subject, name in names.items()}


def named(decisions: Iterable[Decision]) -> dict[str, tuple[str, str]]:
    """The names that decisions changed, by their subjects: what stood there before and what stands there now."""
    return {
        name.removeprefix(NAME): both
        for one in decisions for name, both in one.cells.items() if name.startswith(NAME)
    }  # fmt: skip


def without(decisions: list[Decision], names: Mapping[str, str]) -> list[Decision]:
    """Decisions that also take names out; the last of them remembers it."""
    gone: Cells = {f"{NAME}{subject}": (name, "") for subject, name in names.items()}
    return [*decisions[:-1], decisions[-1]._replace(cells={**decisions[-1].cells, **gone})] if names else decisions


def change(folder: Path, source_id: str, names: Mapping[str, tuple[str, str]], there: Iterable[str]) -> bytes | None:
    """Write and take out names of parts; gives what `subjects.csv` was, None where there was none.

    Raises `OSError`, `UnicodeDecodeError` and what `begin.add` raises, with nothing changed.
    """
    path = folder / FILE
    before = path.read_bytes() if path.is_file() else None
    try:
        put(folder, source_id, {subject: new for subject, (_, new) in names.items() if new}, there)
        if gone := {subject: old for subject, (old, new) in names.items() if not new}:
            take_out(folder, source_id, gone)
    except BaseException:
        restore(folder, before)
        raise
    return before


def restore(folder: Path, before: bytes | None) -> None:
    """Make `subjects.csv` what it was before a change of names."""
    path = folder / FILE
    with suppress(OSError):
        if before is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != before:
            write(path, before)


def naming(source_id: str, subject: str, name: str) -> dict[str, str]:
    """The row of `subjects.csv` that names a part."""
    return {"source_id": source_id, "subject": subject, "name_zh": name, "name_en": subject.replace(":", " ")}


def put(folder: Path, source_id: str, names: Mapping[str, str], there: Iterable[str]) -> None:
    """Write names of parts of a text that `subjects.csv` does not have."""
    if new := [naming(source_id, one, name) for one, name in names.items() if one not in there]:
        add(folder / FILE, "subjects", new)


def take_out(folder: Path, source_id: str, names: Mapping[str, str]) -> None:
    """Take rows with exactly these names out of `subjects.csv`, every other byte as it was."""
    path = folder / FILE
    raw = path.read_bytes() if path.is_file() else b""
    lines = list(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    records = csv.reader(lines)
    header = next(records, [])
    kept, place = lines[: records.line_num], records.line_num
    for record in records:
        row = dict(zip(header, record, strict=False))
        subject = row.get("subject", "")
        if row.get("source_id") != source_id or subject not in names or names[subject] != row.get("name_zh"):
            kept += lines[place : records.line_num]
        place = records.line_num
    after = (raw[:3] if raw.startswith(b"\xef\xbb\xbf") else b"") + "".join(kept).encode()
    if after != raw:
        write(path, after)
