"""The scale on which sums of money are shown: that of their measure, unless the sums of the study are far from it."""

from collections.abc import Callable

import polars as pl

from parkstudy.method.study import MEASURES, Study

_MONEY = ("CNY_billions", "CNY_millions", "CNY_thousands")
_LITTLE, _MUCH = 0.1, 10_000  # between them the largest value of a measure is read with ease


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
