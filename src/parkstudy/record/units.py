"""The units of the study, read from `units.csv`: how a figure prints them, what is converted, how a reader sees them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Unit:
    """A unit: its printed words, its family (only within one is converted, by `size`), its names and scales.

    `scales` are (factor, word) from the largest; `fixed` where every amount is said on the one scale there is. `axis` is
    the factor and the name by which a figure shows the unit. Scales, names and the name of the axis are by language.
    """

    code: str
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
