"""The units of the study, read from `units.csv`: how a figure prints them, what is converted, how a reader sees them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Unit:
    """A unit: its printed words, its family (only within one is converted, by `size`), its names and scales.

    `figures` says how a text prints it: `rounded`, `whole` (a count is itself), or never: a unit of measures only.
    `scales` are (the least amount said on it, its factor, its word) from the largest. `axis` is the name by which a figure
    shows the unit, `factor` its scale there. Scales, names and the name of the axis are by language.
    """

    figures: str
    family: str
    size: int  # 0: nothing is converted
    printed: tuple[str, ...]
    name: dict[str, str]
    scales: dict[str, list[tuple[float, float, str]]]
    factor: float
    axis: dict[str, str]

    def scale(self, size: float, lang: str) -> tuple[float, str]:
        """The factor on which an amount of a size is said in a language, and the word for it."""
        return next(((factor, word) for least, factor, word in self.scales[lang] if size >= least), (1.0, ""))


@cache
def units() -> dict[str, Unit]:
    """Code to unit, in the order of the table."""
    both = ("en", "zh")
    with (Path(__file__).parent / "units.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["unit"]: Unit(
            figures=row["figures"],
            family=row["family"],
            size=int(row["size"] or 0),
            printed=tuple(filter(None, row["printed"].split(";"))),
            name={lang: row[f"name_{lang}"] for lang in both},
            scales={lang: _scales(row[f"scales_{lang}"]) for lang in both},
            factor=float(row["axis"]),
            axis={lang: row[f"axis_{lang}"] for lang in both},
        )
        for row in rows
    }


def _scales(cell: str) -> list[tuple[float, float, str]]:
    """The scales of a cell such as `1e8 亿;1e4 万`; one after `=` is for every amount."""
    pairs = (part.split(" ") for part in cell.removeprefix("=").split(";") if part)
    return [(0 if cell.startswith("=") else float(factor), float(factor), word) for factor, word in pairs]


UNITS = tuple(code for code, unit in units().items() if unit.figures)
WHOLE = tuple(code for code, unit in units().items() if unit.figures == "whole")
UNIT_OF_WORD = {word: code for code, unit in units().items() for word in unit.printed}


def comparable_units(first: str | None, second: str) -> bool:
    """True where a figure in one unit may stand for an indicator in the other: equal, or of one family."""
    families: dict[str | None, str] = {code: unit.family for code, unit in units().items()}
    return first == second or (bool(families.get(first)) and families[first] == families.get(second))


def sizes(first: str | None, second: str) -> tuple[int, int] | None:
    """The sizes of two units of one family; None where nothing is converted: there are no exchange rates here."""
    if first is None or not comparable_units(first, second):
        return None
    found = units()[first].size, units()[second].size
    return found if all(found) else None
