"""A large study: many parks of one text each, made from the shipped texts with figures of their own.

Each park takes one of the shipped work summaries in turn and prints its figures times factors of its own, with the same
digits behind the point and the same words around them: some figures then repeat from park to park, as printed ones do,
and most differ. The same number of parks gives the same bytes.
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


def make(folder: Path, parks: int) -> Path:
    """Write the tables of a study of so many core parks into `folder`; the other tables are the shipped ones."""
    shipped = {name: _read(name) for name in ("parks", "places", "sources", "subjects", "observations", "indicators")}
    units = {row["indicator"]: row["unit"] for row in shipped["indicators"]}
    core = {row["park_id"]: row for row in shipped["parks"] if row["role"] == "core"}
    texts = [row for row in shipped["sources"] if row["park_id"] in core and row["kind"] == "work_summary"]
    made: dict[str, list[Row]] = {name: [] for name in ("parks", "places", "sources", "subjects", "observations")}
    for number in range(parks):
        text = texts[number % len(texts)]
        old, new = text["source_id"], f"park-{number + 1:04}"
        park, source = core[text["park_id"]], f"{new}-{text['period_end'][:4]}"
        names = {name: f"{park[name]} {number + 1}" for name in ("name_zh", "name_en")}
        made["parks"].append(park | names | {"park_id": new})
        made["places"] += [row | {"park_id": new} for row in shipped["places"] if row["park_id"] == park["park_id"]]
        made["sources"].append(text | {"source_id": source, "park_id": new})
        made["subjects"] += [row | {"source_id": source} for row in shipped["subjects"] if row["source_id"] == old]
        for row in shipped["observations"]:
            if row["source_id"] == old:
                own = {key: row[key].replace(f"{old}-", f"{source}-") for key in ("observation_id", "part_of")}
                unit = units[row["indicator"]] if row["transformation"] == "level" else ""
                figure = _times(row["reported_figure"], _factor(number, unit))
                made["observations"].append(row | own | {"source_id": source, "reported_figure": figure})
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in made.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(shipped[name][0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _read(name: str) -> list[Row]:
    with (shipped_folder() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _factor(park: int, unit: str) -> Decimal:
    """What a park's levels in a unit (its percentages, without one) are times the shipped ones, 1 to 3 (1 to 1.5).

    Figures in one unit have one factor, so that parts still make up their total as nearly as rounding lets them.
    """
    place = (park + 1) * _STEP * (1 + sum(unit.encode()) % 7) % 1
    return Decimal(str(round(1 + (2 if unit else 0.5) * place, 4)))


def _times(figure: str, factor: Decimal) -> str:
    """A printed figure with each number in it times a factor, as many digits behind the point; one in words stays."""

    def changed(number: re.Match[str]) -> str:
        step = Decimal(number[0]).as_tuple().exponent
        return str((Decimal(number[0]) * factor).quantize(Decimal(1).scaleb(int(step))))

    return _NUMBER.sub(changed, figure)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
