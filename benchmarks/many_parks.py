"""A large study: many parks of one text or more each, made from the shipped texts with figures of their own.

Each park takes one of the shipped work summaries in turn and prints its figures times factors of its own, with the same
digits behind the point and the same words around them: some figures then repeat from park to park, as printed ones do,
and most differ. Of several texts, one a year, the last is of the shipped text's year, and each earlier one is a year
before with figures somewhat lower or higher. The same number of parks and years gives the same bytes.
"""

from __future__ import annotations

import csv
import re
import sys
from decimal import Decimal
from pathlib import Path

from parkstudy.record.shipped import shipped_folder

Row = dict[str, str]

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_STEP = (5**0.5 - 1) / 2  # of the golden ratio: its multiples fill the line evenly, in no order


def make(folder: Path, parks: int, years: int = 1) -> Path:
    """Write the tables of a study of so many core parks, each with so many texts, into `folder`; the other tables are the shipped ones."""
    shipped = {name: _read(name) for name in ("parks", "places", "sources", "subjects", "observations", "indicators")}
    core = {row["park_id"]: row for row in shipped["parks"] if row["role"] == "core"}
    texts = [row for row in shipped["sources"] if row["park_id"] in core and row["kind"] == "work_summary"]
    made: dict[str, list[Row]] = {name: [] for name in ("parks", "places", "sources", "subjects", "observations")}
    for number in range(parks):
        text = texts[number % len(texts)]
        park, new = core[text["park_id"]], f"park-{number + 1:04}"
        names = {name: f"{park[name]} {number + 1}" for name in ("name_zh", "name_en")}
        made["parks"].append(park | names | {"park_id": new})
        made["places"] += [row | {"park_id": new} for row in shipped["places"] if row["park_id"] == park["park_id"]]
        for back in range(years):
            for name, rows in _text(shipped, text, new, number, back).items():
                made[name] += rows
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in made.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(shipped[name][0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _text(shipped: dict[str, list[Row]], text: Row, park: str, number: int, back: int) -> dict[str, list[Row]]:
    """The rows of a park's text so many years before the shipped one."""
    old, new = text["source_id"], f"{park}-{int(text['period_end'][:4]) - back}"
    units = {row["indicator"]: row["unit"] for row in shipped["indicators"]}
    dated = {name: _earlier(text[name], back) for name in ("title", "published", "period_start", "period_end")}
    figures = []
    for row in shipped["observations"]:
        if row["source_id"] == old:
            own = {key: row[key].replace(f"{old}-", f"{new}-") for key in ("observation_id", "part_of")}
            own |= {key: _earlier(row[key], back) for key in ("period_start", "period_end")}
            unit = units[row["indicator"]] if row["transformation"] == "level" else ""
            figure = _times(row["reported_figure"], _factor(number, unit, back))
            caveats = ";".join(one for one in row["caveats"].split(";") if one != "coarse_figure")  # seen by its digits
            figures.append(row | own | {"source_id": new, "reported_figure": figure, "caveats": caveats})
    subjects = [row | {"source_id": new} for row in shipped["subjects"] if row["source_id"] == old]
    return {
        "sources": [text | dated | {"source_id": new, "park_id": park}],
        "subjects": subjects,
        "observations": figures,
    }


def _earlier(words: str, years: int) -> str:
    """The words with each year in them so many years earlier; the last of February is the 28th."""
    moved = re.sub(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", lambda year: str(int(year[0]) - years), words)
    return moved.replace("-02-29", "-02-28") if years else moved


def _read(name: str) -> list[Row]:
    with (shipped_folder() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _factor(park: int, unit: str, back: int) -> Decimal:
    """What a park's levels in a unit (its percentages, without one) are times the shipped ones, 1 to 3 (1 to 1.5).

    A year earlier they are 4 to 14 percent lower (percentages half of that lower or higher). Figures in one unit have one
    factor, so that parts still make up their total as nearly as rounding lets them.
    """
    own = (park + 1) * _STEP * (1 + sum(unit.encode()) % 7)
    factor = 1 + (2 if unit else 0.5) * (own % 1)
    for year in range(1, back + 1):
        swing = (own + year * _STEP) % 1 - 0.5
        factor *= 0.91 + 0.1 * swing if unit else 1 + 0.1 * swing
    return Decimal(str(round(factor, 4)))


def _times(figure: str, factor: Decimal) -> str:
    """A printed figure with each number in it times a factor, as many digits behind the point; one in words stays."""

    def changed(number: re.Match[str]) -> str:
        step = Decimal(number[0]).as_tuple().exponent
        return str((Decimal(number[0]) * factor).quantize(Decimal(1).scaleb(int(step))))

    return _NUMBER.sub(changed, figure)


if __name__ == "__main__":
    make(Path(sys.argv[2]), int(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
