"""The units of the study, read from `units.csv`: how a figure prints them, what is converted, how a reader sees them."""

from functools import cache
from typing import NamedTuple

from parkstudy.record.used import table


class Unit(NamedTuple):
    """A unit: its printed words, its family (only within one is converted, by `size`), its names and scales.

    `figures` says how a text prints it: `rounded`, `whole` (a count is itself), or never: a unit of measures only.
    `scales` are `1e9 billion;1e6 million` from the largest, one after `=` for every amount: a unit in which a measure is shown
    has at most that one, so that its values stand on one scale. `axis` is the name at an axis, where it is another one. Scales
    and names are by language.
    """

    figures: str
    family: str
    size: int  # 0: nothing is converted
    printed: tuple[str, ...]
    name: dict[str, str]
    scales: dict[str, str]
    axis: dict[str, str]

    def scale(self, lang: str, size: float = 0) -> tuple[float, str]:
        """The factor on which an amount of a size is said in a language, and the word for it."""
        always = self.scales[lang].startswith("=")
        for scale in filter(None, self.scales[lang].removeprefix("=").split(";")):
            factor, word = scale.split(" ")
            if always or size >= float(factor):
                return float(factor), word
        return 1.0, ""


@cache
def units() -> dict[str, Unit]:
    """Code to unit, in the order of the table."""
    found = {}
    for row in table("record/units.csv"):
        printed, size = tuple(filter(None, row["printed"].split(";"))), int(row["size"] or 0)
        name, scales, axis = ({lang: row[f"{n}_{lang}"] for lang in ("en", "zh")} for n in ("name", "scales", "axis"))
        found[row["unit"]] = Unit(row["figures"], row["family"], size, printed, name, scales, axis)
    return found


UNITS = tuple(code for code, unit in units().items() if unit.figures)
WHOLE = tuple(code for code, unit in units().items() if unit.figures == "whole")
UNIT_OF_WORD = {word: code for code, unit in units().items() for word in unit.printed}


@cache
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
