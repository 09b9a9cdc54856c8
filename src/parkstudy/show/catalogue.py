"""The catalogue of exhibits: every figure, table and list of takeaways there is, each declared once.

Pages, the explorer, profiles, tests and CONTRIBUTING read it; `viewer` shows an exhibit by its key.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import polars as pl

from parkstudy.method.study import Study
from parkstudy.show import profiles, record_tables, tables
from parkstudy.show.bars import AreaBars, MonthBars
from parkstudy.show.board import Board
from parkstudy.show.budget import Shares
from parkstudy.show.dumbbell import Against, Dumbbell
from parkstudy.show.exhibit import Entry, Exhibit, Notes, Takeaways
from parkstudy.show.figure import Figure
from parkstudy.show.grids import Grid
from parkstudy.show.measured import Measured
from parkstudy.show.notebook import bring
from parkstudy.show.select import coverage, figures, growth, land, measured, overview, profile, robustness, series, tax
from parkstudy.show.select.shared import MAIN, Selected, many
from parkstudy.show.series import Series
from parkstudy.show.table import Table
from parkstudy.show.tables import MeasureTable, said_decisions, said_findings, table
from parkstudy.show.verdicts import COMPARED, VerdictTable
from parkstudy.show.view import View

OVERVIEW = (
    Takeaways(key="overview-answer", words="overview", select=overview.answer),
    Board(key="overview", words="overview", select=overview.board, columns=MAIN),
    Notes(key="overview-notes", words="overview", select=overview.notes),
)

# the command that gives all that a table shows
_COMPARED: Any = {"whole_by": "compare --csv FILE.csv"}
_RECORDED: Any = {"whole_by": "export observations FILE.csv"}
_AUDITED: Any = {"whole_by": "audit --csv FILE.csv"}

COVERAGE = (
    Takeaways(key="coverage-takeaways", words="coverage", select=coverage.sentences),
    MonthBars(key="spans", words="coverage", select=coverage.spans),
    Grid(key="coverage", words="coverage", select=coverage.cells),
    table(record_tables.PAIRS, "lines", key="comparability", words="coverage", select=coverage.pairs, **_COMPARED),
    record_tables.Comparable(key="comparisons", words="coverage", select=coverage.comparisons, **_COMPARED),
    table(tables.SOURCES, key="sources", words="coverage", select=coverage.sources, whole_by="export sources FILE.csv"),
)  # fmt: skip

_READ: Any = {"takes": ("reading",)}  # how a sentence with two readings is read: a page has one way, or both
TAX = (
    Takeaways(key="tax-takeaways", words="tax", select=tax.sentences, obeys=("basis",), **_READ),
    Board(key="tax-per-output", words="tax", select=tax.per_output, obeys=("basis",), columns=("tax_per_output",)),
    Board(key="concentration", words="tax", select=tax.concentration, columns=("taxpayer_concentration",), **_READ),
    Notes(key="tax-notes", blocks="tax", words="tax", select=tax.notes, obeys=("basis",)),
    MeasureTable(key="tax-table", words="tax", select=tax.every, obeys=("basis",), **_READ),
)  # fmt: skip

_ON_AN_AREA: Any = {
    "words": "land",
    "obeys": ("rung", "basis"),
    "values": {"rung": land.switched_rungs, "basis": land.switched_bases},
}
_ON_A_BASIS: Any = {"words": "land", "obeys": ("basis",), "values": {"basis": land.switched_bases}}
_OF_AREAS: Any = {"blocks": "land", **_ON_A_BASIS}
LAND = (
    Takeaways(key="land-takeaways", select=land.sentences, **_ON_AN_AREA),
    Board(key="land", select=land.per_area, columns=land.PER_AREA, **_ON_AN_AREA),
    Board(
        key="land-output", select=partial(land.per_area, measure="output_per_area"), columns=land.PER_AREA, **_OF_AREAS
    ),
    Board(key="land-alone", select=land.alone, columns=land.PER_AREA, **_OF_AREAS),
    AreaBars(key="areas", words="land", select=land.areas),
    Notes(key="land-notes", blocks="land", words="land", select=land.notes),
    MeasureTable(key="land-table", select=land.every, **_ON_A_BASIS),
)


def _levels(indicator: str) -> Board:
    """The levels of an indicator, as reported or as full years."""
    measure = f"{indicator}_level"
    return Board(
        key=f"levels-{indicator.replace('_', '-')}", blocks="levels", words="growth", obeys=("basis",), columns=(measure,),
        select=partial(growth.levels, measure=measure),
    )  # fmt: skip


GROWTH = (
    Takeaways(key="growth-answer", words="growth", select=growth.answer, obeys=("price",)),
    Dumbbell(key="growth", words="growth", select=growth.board, obeys=("price",), columns=(growth.OUTPUT,)),
    Notes(key="growth-notes", words="growth", select=growth.notes, obeys=("price",)),
    Board(key="growth-concepts", words="growth", select=growth.concepts, obeys=("price",)),
    Against(key="growth-targets", words="growth", select=growth.beside_targets, columns=(growth.RATE,)),
    *(_levels(indicator) for indicator in ("gross_industrial_output", "tax_revenue")),
    Series(key="series", words="growth", select=series.of_parks, all_years=True, **_RECORDED),
    Board(key="attainment", words="growth", select=growth.attainment, columns=("target_attainment",)),
    MeasureTable(key="growth-table", words="growth", select=growth.every, obeys=("price",)),
    MeasureTable(key="growth-checks", words="growth", select=growth.checks),
)

PROFILE = (
    Takeaways(key="profile-takeaways", words="profile", select=profile.sentences, takes=("park",)),
    profiles.Facts(key="facts", words="profile", select=profile.facts, takes=("park",), **_RECORDED),
    Series(key="park-series", words="profile", select=series.of_park, takes=("park",), all_years=True, **_RECORDED),
    table(tables.PROFILE, key="profile-table", words="profile", select=profile.recorded, takes=("park",), **_RECORDED),
)

FIGURES = (
    Takeaways(key="figures-takeaways", words="figures", select=figures.sentences),
    record_tables.Matrix(key="matrix", words="figures", select=figures.matrix, **_RECORDED),
    table(
        record_tables.FIGURES, "rows", key="figures", words="figures", select=figures.every, by_park=True, **_RECORDED
    ),
)

ANY = (Measured(key="measure", words="measure", select=measured.values, obeys=measured.CHOICES, takes=("measure",)),)


def _decisions(view: View, selected: Selected) -> pl.DataFrame:
    """The decisions that an exhibit shows, in words."""
    return said_decisions(view, [row["decision"] for row in selected.facts["decisions"]])


def _findings(view: View, selected: Selected) -> pl.DataFrame:
    """The findings, in words; of many parks as codes, as a page holds few of them."""
    return selected.data if many(view.study) else said_findings(view, view.study.findings)


_DECISIONS: Any = {"words": "robustness", "file": _decisions, "whole_by": _COMPARED["whole_by"]}
ROBUSTNESS = (
    Takeaways(key="statements-takeaways", words="robustness", select=robustness.sentences),
    VerdictTable(key="statements", select=robustness.official, **_DECISIONS),
    table(COMPARED, "rows", key="pairs", words="robustness", select=robustness.pairs, **_COMPARED),
    VerdictTable(key="statements-apart", blocks="statements", select=robustness.apart, **_DECISIONS),
    table(tables.STATEMENTS, "decisions", key="statements-table", select=robustness.decided, **_DECISIONS),
    table(tables.CELLS, "rows", key="cells", select=robustness.cells, **_DECISIONS),
    table(tables.FINDINGS, "findings", key="audit", words="robustness", select=robustness.findings, all_years=True,
          file=_findings, **_AUDITED),
    table(tables.COUNTS, key="counts", words="robustness", select=robustness.counts, **_AUDITED),
    table(tables.OUTSIDE, "answers", key="outside", words="robustness", select=robustness.outside_figures, **_RECORDED),
    table(tables.CONTEXT, key="context", words="robustness", select=robustness.context, **_RECORDED),
)  # fmt: skip


def _sharing(page: Sequence[Entry]) -> Iterator[Entry]:
    """The exhibits of a page, its room shared out among its figures and tables."""
    share = Shares(*(sum(isinstance(entry, kind) for entry in page) for kind in (Figure, Table)))
    return (replace(entry, share=share) for entry in page)


CATALOGUE: dict[str, Entry] = {
    entry.key: entry
    for page in (OVERVIEW, COVERAGE, GROWTH, TAX, LAND, ROBUSTNESS, PROFILE, FIGURES, ANY) for entry in _sharing(page)
}  # fmt: skip


def viewer(study: Study, lang: str = "en") -> Callable[..., Exhibit]:
    """What shows a study in a language: a function of the key of an exhibit and its parameters.

    >>> view = viewer(load())
    >>> view("tax-per-output", basis="annualised")

    In a notebook the exhibits are alive from here on. Raises `ValueError` for an unknown language, exhibit, parameter or value.
    """
    view = View(study, lang)
    bring()

    def show(key: str, **parameters: str) -> Exhibit:
        if key not in CATALOGUE:
            raise ValueError(f"unknown exhibit {key!r}; exhibits: {', '.join(CATALOGUE)}")
        return CATALOGUE[key].show(view, **parameters)

    return show
