"""Rows that are set apart as faulty: a text whose figure stands in one is not one that does not print it."""

from collections.abc import Container, Iterable
from contextlib import suppress
from typing import NamedTuple

import polars as pl

from parkstudy.method.measures import of_flow
from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.record.reading import read
from parkstudy.record.schema import LINE

_RATES = ("growth", "growth_target")
_TABLE = "observations"


class Apart(NamedTuple):
    """A row that is set apart: its text, what it is of, and where it stands (`observations.csv:6`); `indicator` is empty, and `rate`
    None, where the fault is that nobody knows.
    """

    text: str
    indicator: str
    rate: bool | None
    where: str
    measures: frozenset[str]

    def enters(self, measure: str) -> bool:
        """Whether a measure would rest on it, or may: of its flow, or of another kind that rests on its quantity elsewhere."""
        flow, kind = of_flow(measure)
        if flow:
            of = not self.indicator or flow == self.indicator
            return of and (kind not in _RATES or self.rate is not False)
        return not self.indicator or measure in self.measures


def of(study: Study) -> dict[str, list[Apart]]:
    """Park to the rows of its texts that are set apart, as their file has them now."""
    lines = study.faulty.filter(table=_TABLE)["line"].to_list()
    found: dict[str, list[Apart]] = {}
    if not lines or f"{_TABLE}.csv" not in study.files:
        return found
    resting, known = _resting(study), {*study.indicators["indicator"]}
    parks = dict(study.sources.select("source_id", "park_id").iter_rows())
    with suppress(OSError):  # a file that is gone since
        cells = read(_TABLE, study.files[f"{_TABLE}.csv"])
        rows = cells.frame.filter(pl.col(LINE).is_in(lines))
        for line, text, indicator, kind in rows.select(LINE, "source_id", "indicator", "transformation").iter_rows():
            if text in parks:
                of = indicator if indicator in known else ""
                rate = kind == "yoy" if kind in codes("transformation") else None
                one = Apart(text, of, rate, f"{cells.file}:{line}", resting.get(of, frozenset()))
                found.setdefault(parks[text], []).append(one)
    return found


def told(every: Iterable[Apart], texts: Container[str], measure: str) -> str:
    """Where the rows stand that a measure of some texts lacks, `observations.csv:6, observations.csv:9`; empty where none."""
    return ", ".join(one.where for one in every if one.text in texts and one.enters(measure))


def _resting(study: Study) -> dict[str, frozenset[str]]:
    """Indicator to the measures that rest on it in some text."""
    inputs = study.measures.select("measure", key="inputs").explode("key")
    figures = study.observations.select("indicator", key="observation_id")
    found = inputs.join(figures, on="key").group_by("indicator").agg(pl.col("measure").unique())
    return {indicator: frozenset(measures) for indicator, measures in found.iter_rows()}
