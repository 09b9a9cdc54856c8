"""The catalogue of exhibits: every figure, table and list of takeaways there is, each declared once.

Pages, the explorer, profiles, tests and CONTRIBUTING read it; `viewer` shows an exhibit by its key.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from parkstudy.method.growth import RATES
from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.show import profiles, record_tables, tables
from parkstudy.show.bars import AreaBars, MonthBars
from parkstudy.show.board import Board
from parkstudy.show.dots import Dots
from parkstudy.show.dumbbell import Dumbbell
from parkstudy.show.exhibit import Entry, Exhibit, Notes, Takeaways
from parkstudy.show.grids import Grid
from parkstudy.show.select import coverage, figures, growth, land, overview, profile, robustness, tax
from parkstudy.show.specification import Specification
from parkstudy.show.tables import MeasureTable, said_decisions, said_findings, table
from parkstudy.show.view import View

OVERVIEW = (
    Takeaways(key="overview-answer", words="overview", select=overview.answer),
    Board(key="overview", words="overview", select=overview.board, columns=overview.MEASURES),
    Notes(key="overview-notes", words="overview", select=overview.notes),
)

COVERAGE = (
    Takeaways(key="coverage-takeaways", words="coverage", select=coverage.sentences),
    MonthBars(key="spans", words="coverage", select=coverage.spans),
    Grid(key="coverage", words="coverage", select=coverage.cells),
    table(record_tables.PAIRS, "lines", key="comparability", words="coverage", select=coverage.pairs),
    table(record_tables.COMPARISONS, "comparisons", key="comparisons", words="coverage", select=coverage.comparisons),
    table(tables.SOURCES, key="sources", words="coverage", select=coverage.sources),
)  # fmt: skip

TAX = (
    Takeaways(key="tax-takeaways", words="tax", select=tax.sentences, obeys=("basis",)),
    Dots(key="tax-per-output", words="tax", select=tax.per_output, obeys=("basis",), panels=tax.PER_OUTPUT),
    Dots(key="concentration", words="tax", select=tax.concentration, panels=("taxpayer_concentration",), detail="", shared=True),
    MeasureTable(key="tax-table", words="tax", select=tax.every, obeys=("basis",)),
)  # fmt: skip


def _ladder(measure: str, *switched: str) -> Dots:
    """Values of a measure per area, a panel a rung."""
    return Dots(
        key="-".join(["ladder", *measure.split("_"), *switched]), blocks="ladder", words="land",
        select=partial(land.ladder, measure=measure), panels=codes("rung"), panel="rung", obeys=(*switched, "basis"),
        values={"rung": partial(land.switched_rungs, measure=measure)}, shared=True,
    )  # fmt: skip


LAND = (
    Takeaways(key="land-takeaways", words="land", select=land.sentences, obeys=("basis",)),
    *(_ladder(measure, *switched) for switched in ((), ("rung",)) for measure in land.PER_AREA),
    AreaBars(key="areas", words="land", select=land.areas),
    MeasureTable(key="land-table", words="land", select=land.every, obeys=("basis",)),
)


def _levels(indicator: str) -> Board:
    """The levels of an indicator, as reported or as full years."""
    measure = f"{indicator}_level"
    return Board(
        key=f"levels-{indicator.replace('_', '-')}", blocks="levels", words="growth", obeys=("basis",), columns=(measure,),
        select=partial(growth.levels, measure=measure),
    )  # fmt: skip


GROWTH = (
    Takeaways(key="growth-answer", words="growth", select=growth.answer, takes=("price",)),
    Dumbbell(key="growth", words="growth", select=growth.board, obeys=("price",), columns=(growth.OUTPUT,)),
    Notes(key="growth-notes", words="growth", select=growth.notes, takes=("price",)),
    Board(key="growth-concepts", words="growth", select=growth.concepts, obeys=("price",), columns=RATES[1:]),
    Dumbbell(key="growth-targets", words="growth", select=growth.beside_targets, columns=(growth.RATE,)),
    *(_levels(indicator) for indicator in ("gross_industrial_output", "tax_revenue")),
    Board(key="attainment", words="growth", select=growth.attainment, columns=("target_attainment",)),
    MeasureTable(key="growth-table", words="growth", select=growth.every, obeys=("price",)),
    MeasureTable(key="growth-checks", words="growth", select=growth.checks),
)

PROFILE = (
    Takeaways(key="profile-takeaways", words="profile", select=profile.sentences, takes=("park",)),
    table(profiles.FACTS, "lines", key="facts", words="profile", select=profile.facts, takes=("park",)),
    table(tables.PROFILE, key="profile-table", words="profile", select=profile.recorded, takes=("park",)),
)

FIGURES = (
    Takeaways(key="figures-takeaways", words="figures", select=figures.sentences),
    record_tables.Matrix(key="matrix", words="figures", select=figures.matrix),
    table(record_tables.FIGURES, "rows", key="figures", words="figures", select=figures.every),
)

_DECISIONS: Any = {"words": "robustness", "file": lambda view, _: said_decisions(view, view.study.decisions)}
ROBUSTNESS = (
    Takeaways(key="statements-takeaways", words="robustness", select=robustness.sentences),
    Specification(key="statements", select=robustness.decided, **_DECISIONS),
    table(tables.STATEMENTS, "decisions", key="statements-table", select=robustness.decided, **_DECISIONS),
    table(tables.CELLS, "rows", key="cells", select=robustness.cells, **_DECISIONS),
    table(tables.FINDINGS, "findings", key="audit", words="robustness", select=robustness.findings,
          file=lambda view, _: said_findings(view, view.study.findings)),
    table(tables.COUNTS, key="counts", words="robustness", select=robustness.counts),
    table(tables.OUTSIDE, "answers", key="outside", words="robustness", select=robustness.outside_figures),
    table(tables.CONTEXT, key="context", words="robustness", select=robustness.context),
)  # fmt: skip


CATALOGUE: dict[str, Entry] = {
    entry.key: entry for entry in (*OVERVIEW, *COVERAGE, *GROWTH, *TAX, *LAND, *ROBUSTNESS, *PROFILE, *FIGURES)
}


def viewer(study: Study, lang: str = "en") -> Callable[..., Exhibit]:
    """What shows a study in a language: a function of the key of an exhibit and its parameters.

    >>> view = viewer(load())
    >>> view("tax-per-output", basis="annualised")

    Raises `ValueError` for an unknown language, exhibit, parameter or value.
    """
    view = View(study, lang)

    def show(key: str, **parameters: str) -> Exhibit:
        if key not in CATALOGUE:
            raise ValueError(f"unknown exhibit {key!r}; exhibits: {', '.join(CATALOGUE)}")
        return CATALOGUE[key].show(view, **parameters)

    return show
