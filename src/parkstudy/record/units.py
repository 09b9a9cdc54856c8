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
    `scales` are (factor, word) from the largest; `fixed` where every amount is said on the one scale there is. `axis` is
    the factor and the name by which a figure shows the unit. Scales, names and the name of the axis are by language.
    """

    code: str
    figures: str
    family: str
    size: int | None
    printed: tuple[str, ...]
    name: dict[str, str]
    scales: dict[str, tuple[tuple[float, str], ...]]
    fixed: dict[str, bool]
    factor: float
    axis: dict[str, str]

    def scale(self, size: float, lang: str) -> tuple[float, str]:
        """The factor on which an amount of a size is said in a language, and the word for it."""
        scales = self.scales[lang]
        if self.fixed[lang]:
            return scales[0]
        return next(((factor, word) for factor, word in scales if size >= factor), (1.0, ""))


@cache
def units() -> dict[str, Unit]:
    """Code to unit, in the order of the table."""
    with (Path(__file__).parent / "units.csv").open(encoding="utf-8", newline="") as file:
        return {row["unit"]: _unit(row) for row in csv.DictReader(file)}


def _unit(row: dict[str, str]) -> Unit:
    both = ("en", "zh")
    return Unit(
        code=row["unit"],
        figures=row["figures"],
        family=row["family"],
        size=int(row["size"]) if row["size"] else None,
        printed=tuple(filter(None, row["printed"].split(";"))),
        name={lang: row[f"name_{lang}"] for lang in both},
        scales={lang: _scales(row[f"scales_{lang}"]) for lang in both},
        fixed={lang: row[f"scales_{lang}"].startswith("=") for lang in both},
        factor=float(row["axis"]),
        axis={lang: row[f"axis_{lang}"] for lang in both},
    )


def _scales(cell: str) -> tuple[tuple[float, str], ...]:
    pairs = (part.split(" ") for part in cell.removeprefix("=").split(";") if part)
    return tuple((float(factor), word) for factor, word in pairs)


UNITS = tuple(code for code, unit in units().items() if unit.figures)
WHOLE = tuple(code for code, unit in units().items() if unit.figures == "whole")
UNIT_OF_WORD = {word: unit.code for unit in units().values() for word in unit.printed}


def comparable_units(first: str | None, second: str) -> bool:
    """True where a figure in one unit may stand for an indicator in the other: equal, or of one family."""
    families: dict[str | None, str] = {code: unit.family for code, unit in units().items()}
    return first == second or (bool(families.get(first)) and families[first] == families.get(second))


def sizes(first: str | None, second: str) -> tuple[int, int] | None:
    """The sizes of two units of one family; None where nothing is converted: there are no exchange rates here."""
    if first is None or not comparable_units(first, second):
        return None
    size, other = units()[first].size, units()[second].size
    return None if size is None or other is None else (size, other)
