"""The catalogue of exhibits: every figure, table and list of takeaways there is, each declared once.

Pages, the explorer, profiles, tests and CONTRIBUTING read it; `viewer` shows an exhibit by its key.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from parkstudy.method.growth import RATES
from parkstudy.method.study import Study
from parkstudy.show import listed, printed
from parkstudy.show.bars import AreaBars, MonthBars
from parkstudy.show.columns import MeasureTable
from parkstudy.show.dots import Dots
from parkstudy.show.exhibit import Entry, Exhibit, Table, Takeaways
from parkstudy.show.grids import Grid
from parkstudy.show.select import coverage, growth, land, profile, robustness, tax
from parkstudy.show.specification import Specification
from parkstudy.show.view import View
from parkstudy.words.codes import codes

COVERAGE = (
    Takeaways(key="coverage-takeaways", words="coverage", select=coverage.sentences),
    MonthBars(key="spans", words="coverage", select=coverage.spans),
    Grid(
        key="coverage", words="coverage", select=coverage.cells, value="state", codes="coverage", signs="coverage_sign",
        across=("park_id",),
    ),
    Grid(
        key="comparability", words="coverage", select=coverage.verdicts, value="verdict", codes="comparability", signs="comparability_sign",
        across=("first", "second"),
    ),
    Table(
        key="comparability-reasons", words="coverage", select=coverage.reasons, columns=printed.PAIRS, lines=printed.pair_rows
    ),
    Table(
        key="observations", words="coverage", select=coverage.observations, columns=printed.OBSERVATIONS,
        lines=printed.observation_rows, numeric=("printed_figure",),
    ),
    Table(key="sources", words="coverage", select=coverage.sources, columns=printed.SOURCES, lines=printed.source_rows),
)  # fmt: skip

TAX = (
    Takeaways(key="tax-takeaways", words="tax", select=tax.sentences, obeys=("basis",)),
    Dots(
        key="tax-per-output", words="tax", select=tax.per_output, obeys=("basis",),
        panels=("tax_per_output", "tax_per_tit_revenue"),
    ),
    Dots(
        key="concentration", words="tax", select=tax.concentration, panels=("taxpayer_concentration",), detail="", shared=True
    ),
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
    *(_ladder(measure) for measure in ("tax_per_area", "output_per_area")),
    *(_ladder(measure, "rung") for measure in ("tax_per_area", "output_per_area")),
    AreaBars(key="areas", words="land", select=land.areas),
    MeasureTable(key="land-table", words="land", select=land.every, obeys=("basis",)),
)


def _levels(indicator: str) -> Dots:
    """The levels of an indicator, as reported or as full years."""
    measure = f"{indicator}_level"
    return Dots(
        key=f"levels-{indicator.replace('_', '-')}", blocks="levels", words="growth", obeys=("basis",), panels=(measure,),
        select=partial(growth.levels, measure=measure), shared=True,
    )  # fmt: skip


GROWTH = (
    Takeaways(key="growth-takeaways", words="growth", select=growth.sentences, obeys=("price",)),
    Dots(key="growth", words="growth", select=growth.published, obeys=("price",), panels=RATES),
    Dots(key="growth-targets", words="growth", select=growth.beside_targets, panels=RATES),
    *(_levels(indicator) for indicator in ("gross_industrial_output", "tax_revenue")),
    Dots(key="attainment", words="growth", select=growth.attainment, panels=("target_attainment",), shared=True),
    MeasureTable(key="growth-table", words="growth", select=growth.every, obeys=("price",)),
    MeasureTable(key="growth-checks", words="growth", select=growth.checks),
)

PROFILE = (
    Takeaways(key="profile-takeaways", words="profile", select=profile.sentences, takes=("park",)),
    Dots(key="profile", words="profile", select=profile.panels, takes=("park",), panels=profile.MEASURES),
    Table(
        key="profile-table", words="profile", select=profile.recorded, takes=("park",), columns=printed.PROFILE,
        lines=printed.profile_rows, numeric=("printed_figure",),
    ),
)  # fmt: skip
ROBUSTNESS = (
    Takeaways(key="statements-takeaways", words="robustness", select=robustness.sentences),
    Specification(key="statements", words="robustness", select=robustness.decided, file=listed.decision_file),
    Table(
        key="statements-table", words="robustness", select=robustness.decided, columns=listed.STATEMENTS, lines=listed.statement_rows,
        file=listed.decision_file,
        numeric=("tipping_point", "lowest_corner"),
    ),
    Table(
        key="cells", words="robustness", select=robustness.decided, columns=listed.CELLS, lines=listed.cell_rows,
        file=listed.decision_file,
        numeric=("margin", "above", "below"),
    ),
    Table(key="audit", words="robustness", select=robustness.findings, columns=listed.FINDINGS, lines=listed.finding_rows,
        file=listed.finding_file,
    ),
    Table(
        key="counts", words="robustness", select=robustness.counts, columns=listed.COUNTS, lines=listed.count_rows,
        numeric=listed.COUNTS[2:],
    ),
    Table(
        key="outside", words="robustness", select=robustness.outside_figures, columns=listed.OUTSIDE, lines=listed.outside_rows,
        numeric=("printed_figure", "in_the_text"),
    ),
    Table(
        key="context", words="robustness", select=robustness.context, columns=listed.CONTEXT, lines=listed.context_rows,
        numeric=("printed_figure",),
    ),
)  # fmt: skip


CATALOGUE: dict[str, Entry] = {entry.key: entry for entry in (*COVERAGE, *GROWTH, *TAX, *LAND, *ROBUSTNESS, *PROFILE)}


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
