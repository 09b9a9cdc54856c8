"""What the exhibits on the record itself select: who reports what, which pairs may be set side by side, and the texts."""

import polars as pl

from parkstudy import __version__
from parkstudy.method import coverage
from parkstudy.method.study import Study
from parkstudy.record.period import Period
from parkstudy.show.exhibit import Selected
from parkstudy.show.select.shared import printed, tally, texts

DIMENSIONS = ("growth", "tax", "land")  # whose figures the page lists one by one
_QUANTITY = ("indicator", "transformation")
_BOTH = pl.col("reported") == "both"


def sentences(study: Study) -> Selected:
    """How many pairs of figures may be set side by side, what the texts cover, and how many figures contradict another."""
    pairs, own, figures = coverage.comparability(study), texts(study), study.summaries()
    both, dated = pairs.filter(_BOTH), own.filter(pl.col("period_end").is_not_null()).to_dicts()
    grades = [one for one in tally(own, "grade") if one["count"]]
    facts = {
        **{one["verdict"]: one["pairs"] for one in tally(both, "verdict", "pairs", "comparability")},
        "both": both.height, "missing": pairs.height - both.height,
        "dated": dated, "dated_count": len(dated), "years": len({row["period_end"].year for row in dated}),
        "lengths": len({Period.of(row).months for row in dated}),
        "texts": own.height, "grades": grades, "grade_c": own.filter(grade="C").height,
        "figures": figures.height, "contradicted": figures.filter(pl.col("caveats").list.contains("contradicted")).height,
    }  # fmt: skip
    return Selected(pairs, facts)


def spans(study: Study) -> Selected:
    """The months of a year that each text reports, from the `start` of the first one."""
    rows = texts(study).filter(pl.col("period_start").is_not_null())
    data = rows.select(
        "park_id", "period_start", "period_end",
        start=pl.col("period_start").dt.month().cast(pl.Int64) - 1,
        months=pl.Series([Period.of(row).months or 0 for row in rows.iter_rows(named=True)], dtype=pl.Int64),
        year=pl.col("period_end").dt.year(),
        grade="grade",
    )  # fmt: skip
    facts = {"years": data["year"].n_unique(), "full": data.filter(months=12).height}
    return Selected(data, facts, printed(study), measures=False)


def cells(study: Study) -> Selected:
    """What each text holds of the figures that two or more parks report."""
    found = coverage.cells(study)
    held = found.group_by(_QUANTITY, maintain_order=True).agg(parks=pl.col("state").is_in(coverage.REPORTED).sum())
    shared = held.filter(pl.col("parks") >= 2)
    data = found.join(shared, on=_QUANTITY, how="semi", maintain_order="left")
    facts = {
        "figures": held.height, "most": max(held["parks"], default=0), "parks": len(study.park_ids()),
        "alone": held.height - shared.height, "shared": shared.height, "states": tally(data, "state", "cells", "coverage"),
    }  # fmt: skip
    return Selected(data, facts, printed(study), measures=False)


def verdicts(study: Study) -> Selected:
    """The verdict on every pair of parks for the figures that two or more report."""
    pairs = coverage.comparability(study)
    facts = {
        "both": pairs.filter(_BOTH).height, "comparable": pairs.filter(verdict="comparable").height,
        "verdicts": tally(pairs, "verdict", "pairs", "comparability"),
    }  # fmt: skip
    return Selected(pairs, facts, printed(study), measures=False)


def reasons(study: Study) -> Selected:
    """Every pair of figures that both parks report, with the reasons for its verdict."""
    pairs = coverage.comparability(study)
    figures = {row["observation_id"]: row for row in study.summaries().iter_rows(named=True)}
    kinds = dict(study.indicators.select("indicator", "kind").iter_rows())
    shown = []
    for pair in pairs.filter(_BOTH).iter_rows(named=True):
        first, second = (figures[pair[f"{side}_observation"]] for side in ("first", "second"))
        verdict, why = coverage.reasons_of(first, second, kinds[pair["indicator"]])
        parks = [pair["first"], pair["second"]]
        shown.append({"first": first, "second": second, "parks": parks, "verdict": verdict, "reasons": why})
    facts = {"pairs": shown, "both": len(shown), "missing": pairs.height - len(shown)}
    return Selected(pairs, facts, printed(study), measures=False)


def observations(study: Study) -> Selected:
    """Every recorded figure of the dimensions that are compared most."""
    dimensions = study.indicators.select("indicator", "dimension")
    rows = study.summaries().join(dimensions, on="indicator", maintain_order="left")
    rows = rows.filter(pl.col("dimension").is_in(DIMENSIONS))
    return Selected(rows, {"dimensions": DIMENSIONS}, rows["observation_id"].to_list(), measures=False)


def sources(study: Study) -> Selected:
    """The texts, the version that computed the page, and the hash of its data."""
    facts = {"version": __version__, "data": study.data_hash[:12]}
    return Selected(texts(study), facts, printed(study), measures=False)
