"""How an amount is shown: the digits of a printed figure, and the scale of sums of money."""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from parkstudy.method.study import MEASURES, Study
from parkstudy.record.quantities import normal_quantity
from parkstudy.record.units import comparable_units
from parkstudy.words.numbers import last_digit

_MONEY = ("CNY_billions", "CNY_millions", "CNY_thousands")
_LITTLE, _MUCH = 0.1, 10_000  # between them the largest value of a measure is read with ease

Rows = Mapping[str, Mapping[str, Any]]  # kind of row to its rows by their key, as a view has them


def step(rows: Rows, row: Mapping[str, Any]) -> Decimal | None:
    """The unit of the last printed digit of an observation, or of a measure that is one printed figure; None for what is computed."""
    if "reported_figure" in row:
        return _of_figure(row, row)
    inputs = rows["measure"].get(row.get("key", ""), row).get("inputs") or []
    if len(inputs) != 1:
        return None
    if reference := rows["reference"].get(inputs[0]):
        return last_digit(reference["printed"]) if reference["value"] == row["value"] else None
    figure = rows["observation"].get(inputs[0])
    return figure and _of_figure(figure, row)


def _of_figure(source: Mapping[str, Any], row: Mapping[str, Any]) -> Decimal | None:
    """The unit of the last digit of a figure in the unit of a row; None where the row is not that figure."""
    if not comparable_units(source["unit"], row["unit"]):
        return None
    figure = normal_quantity(source["reported_figure"], source["transformation"], source["unit"])
    figure = figure if source["unit"] == row["unit"] else figure.to(row["unit"])
    same = _alike(figure.value, row["value"]) and _alike(figure.high, row["high"])
    return figure.step if same else None


def _alike(first: Decimal | None, second: float | None) -> bool:
    if first is None or second is None:
        return first is None and second is None
    return math.isclose(first, second)


def fitting_units(study: Study, factor: Callable[[str], float]) -> dict[str, str]:
    """Measure to the unit in which all its values are shown, where its largest one does not fit the declared one; `factor` of a unit."""
    ends = [pl.when(pl.col(end).is_finite()).then(pl.col(end).abs()) for end in ("value", "low", "high")]
    tops = dict(study.measures.group_by("measure").agg(pl.max_horizontal(end.max() for end in ends)).iter_rows())
    found = {}
    for measure in (name for name, one in MEASURES.items() if one.shown in _MONEY and tops.get(name)):
        sizes = {unit: tops[measure] / factor(unit) for unit in _MONEY}
        if not _LITTLE <= sizes[MEASURES[measure].shown] < _MUCH:
            found[measure] = next((unit for unit in _MONEY if sizes[unit] >= 1), _MONEY[-1])
    return found
