"""Texts that seem to be one of a folder, edited since it was entered: by their figures, or by their title."""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import dropwhile
from pathlib import Path

from parkstudy.record.reading import read
from parkstudy.record.signs import narrow, squash

_FEW, _SAME_TEXT = 5, 0.7  # longer figures of a text that tell it from others, and what share of them makes it the same
_UNLIKE = 0.3  # a smaller share, and two texts of one title are two
_NAMELESS = re.compile(r"园区|管理委员会|管委会|关于|工作|情况|总结|报告|度")

Line = tuple[int, int, str]  # of a drafted figure: where it stands, and as it is printed


def same_text(top: Path, new: Sequence[Path]) -> Iterator[str]:
    """What is said of new files that have most of the figures that a draft found in a text of the folder, or its title."""
    from parkstudy.record.draft.head import described

    if not new:
        return
    (digits, short), years, titles = _drafted(top), _years(top), _titles(top)
    by_digits: dict[str, list[str]] = {}
    for source, found in digits.items():
        for one in found if len(found) >= _FEW else ():
            by_digits.setdefault(one, []).append(source)
    for path in new:
        raw = path.read_bytes()
        words = raw.decode("utf-8-sig")
        own, said = _digits(words), described(words)
        shared = Counter(source for one in own for source in by_digits.get(one, ()))
        source, count = next(iter(shared.most_common(1)), ("", 0))
        alike = f"{count} of the {len(digits.get(source, ()))} longer figures"
        if not source or count < _SAME_TEXT * len(digits[source]):
            source, alike = titles.get(squash(said["title"]), ""), "the title"
            there = digits.get(source, set())
            if len(there) >= _FEW <= len(own) and len(there & own) < _UNLIKE * len(there):
                source = ""  # of another park, or of another part of the year
        if not source:
            of_year = {one: found for one, found in short.items() if years.get(one) == said.get("period_end", "")[:4]}
            source, alike = _in_place(words, of_year), "all figures but one"
        if source:
            yield (
                f"{path} has {alike} of {source}: it seems to be that text, edited since it was entered; if it is, put "
                f"{hashlib.sha256(raw).hexdigest()} into its row of sources.csv and draft it again: rows stay, new places are found; if it "
                "is another text, give it a row of its own there, with this sha256"
            )


def _in_place(words: str, short: Mapping[str, Sequence[Line]]) -> str:
    """The text with few longer figures that all stand here in their places, one that was mended apart; empty where there is none."""
    for source, lines in short.items():
        same = [figure for start, end, figure in lines if " ".join(words[start:end].split()) == figure]
        if len(same) >= max(len(lines) - 1, 1) and len(lines) > 1 and any(map(_digits, same)):
            return source
    return ""


def _titles(top: Path) -> dict[str, str]:
    """Title of a text to its source, of those that say a name before the year, as no other text has them."""
    found = {}
    for title, source in _cells(top, "title"):
        said = re.match(r"(.{4,}?)(?:19|20)\d\d", squash(title))
        if said and len(_NAMELESS.sub("", said[1])) > 1:
            found[squash(title)] = source
    return found


def _years(top: Path) -> dict[str, str]:
    """The year in which the span of a text ends."""
    return {source: day[:4] for day, source in _cells(top, "period_end")}


def _cells(top: Path, column: str) -> list[tuple[str, str]]:
    path = top / "sources.csv"
    rows = read("sources", path).frame.select(column, "source_id").rows() if path.is_file() else []
    return [(cell, source) for cell, source in rows if cell and source]


def _drafted(top: Path) -> tuple[dict[str, set[str]], dict[str, list[Line]]]:
    """The longer figures of each text that was drafted, and all figures of those that have few longer ones."""
    found: dict[str, set[str]] = {}
    short: dict[str, list[Line]] = {}
    path = top / "draft.csv"
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(dropwhile(str.isspace, file)):
                place = row["start"] or "", row["end"] or ""
                source, figure = row["source_id"], row["figure"] or ""
                if not source or not all(map(str.isdecimal, place)):
                    continue
                found.setdefault(source, set()).update(_digits(figure))
                if len(found[source]) < _FEW:
                    short.setdefault(source, []).append((int(place[0]), int(place[1]), figure))
    return found, {source: lines for source, lines in short.items() if 0 < len(found[source]) < _FEW}


def _digits(text: str) -> set[str]:
    """The numbers of a text of three digits and more that are no year."""
    found = re.findall(r"\d[\d,.]*\d", narrow(text))
    return {one for one in found if sum(sign.isdigit() for sign in one) > 2 and not re.fullmatch(r"(?:19|20)\d\d", one)}  # fmt: skip
