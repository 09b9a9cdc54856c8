"""A study: the tables of what is printed, with what follows from them, computed once and kept.

`load` gives a `Study`; a measure, a finding or a decision is asked of it, so that none can be of other tables.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import polars as pl

from parkstudy.method import audit, compare, coverage, growth, land, pairwise, statements, tax
from parkstudy.method.measures import Declared, frame
from parkstudy.record import tables
from parkstudy.record.reading import Fault
from parkstudy.record.shared import shared
from parkstudy.record.tables import Tables

MEASURES = Declared({**growth.MEASURES, **tax.MEASURES, **land.MEASURES})


@dataclass(frozen=True, eq=False)
class Study(Tables):
    """The tables with `findings` of the audit, `measures`, `coverage`, `compare`, `decisions`: codes and numbers, no language."""

    @cached_property
    def findings(self) -> list[audit.Finding]:
        """Every relation that can be tested inside the texts; see `audit`."""
        if self.origin is None:
            return audit.audit(self)
        own = set(self.sources["source_id"])
        return [finding for finding in self.origin.findings if finding.source_id in own]

    @cached_property
    def measures(self) -> pl.DataFrame:
        """Every measure of the core parks, by the columns of `measures.Measures`: growth, then tax, then land.

        Those of chosen parks and texts are rows of the whole study's: a measure is of one text, and its peers are all of its study.
        """
        if self.origin is not None:
            return self._of_own_texts(self.origin.measures)
        marked = audit.carried(self, self.findings)
        return frame([*growth.rows(marked), *tax.rows(marked), *land.rows(marked)], MEASURES)

    def _of_own_texts(self, measures: pl.DataFrame) -> pl.DataFrame:
        """The rows of the texts of the study; a rate that none of them publishes is no gap."""
        texts, parks = self.sources["source_id"].implode(), pl.Series(self.park_ids(), dtype=pl.String).implode()
        own = pl.col("source_id").is_in(texts) | pl.col("source_id").is_null()
        rows = measures.filter(own, pl.col("park_id").is_in(parks))
        method, reason = growth.NO_RATE
        gap = (pl.col("method") == method) & (pl.col("reason").eq_missing(reason))
        rates = rows.filter(~gap, method=method, value_type="outturn")["measure"].unique().implode()
        return rows.filter(~gap | pl.col("measure").is_in(rates))

    @cached_property
    def compare(self) -> compare.Comparisons:
        """What comes out for two parks on one measure; made when asked for, and kept."""
        return compare.Comparisons(self)

    @cached_property
    def coverage(self) -> pl.DataFrame:
        """What each text holds of each quantity; see `coverage`."""
        return coverage.cells(self)

    @cached_property
    def decisions(self) -> list[statements.Decision]:
        """The declared statements on parks of the study, decided; where there is none, every pair of few parks: see `pairwise`."""
        if self.pairwise:
            return pairwise.decisions(self, self.compare)
        return statements.decide(self, findings=self.findings)

    @cached_property
    def pairwise(self) -> bool:
        """Whether no statement is declared for the parks of the study, so that its decisions are those on every pair."""
        return not statements.declared(self)[0]

    @cached_property
    def left_out(self) -> int:
        """How many declared statements speak of parks that are not in the study."""
        return statements.declared(self)[1]


def load(folder: str | Path | None = None, **gone: object) -> Study:
    """The study of the shipped dataset, or of `folder` laid over it, its statements checked as well; see `tables.load`."""
    if gone:
        raise TypeError(f"load takes a folder, not {', '.join(gone)}; a language is chosen by viewer(study, lang)")
    return shared(lambda: tables.identity(folder), lambda: _loaded(folder), _computed)


def _loaded(folder: str | Path | None) -> Study:
    study = tables.load(folder, Study)
    return replace(study, faults=tuple(sorted({*study.faults, *statements.faults_of(study)})))


def _computed(study: Study) -> bool:
    """Compute what nearly every page asks of a study, so that it is kept with it; not for one that has faults."""
    return not study.faults and all(isinstance(asked, pl.DataFrame) for asked in (study.measures, study.coverage))


def check(folder: str | Path | None = None) -> list[Fault]:
    """Every fault of the dataset, sorted by file and line; see `load`."""
    return list(load(folder).faults)
