"""What pages say of comparisons: who is higher, on what, and what stands beside it. The verdicts are those of `compare` alone."""

from collections.abc import Container, Iterable, Sequence
from itertools import combinations, groupby

import polars as pl

from parkstudy.method.compare import Comparison
from parkstudy.method.limits import LIMITS
from parkstudy.method.study import Study
from parkstudy.record.rows import Row, gathered
from parkstudy.show.select.shared import GIVEN, HEADLINE, many
from parkstudy.show.select.spread import by_group, spread

DIFFERENCES = ("years", "months", "population")  # the limits that a sentence names as what differs
MOST_PAIRS, MOST_VALUES = 3, 3  # that a page tells one by one
MOST_REFUSED = 6  # values that parks do not have, which a list tells one by one
MOST_NOTED = 15  # pairs that a list tells one by one: those of six parks


def decided(study: Study, measure: str, parks: Iterable[str], basis: str) -> list[Comparison]:
    """Each pair of parks on each area that both print: on a basis, or as full years where the months as printed differ.

    Of more than a few parks no pair is compared: they are counted and spread.
    """
    found: list[Comparison] = []
    for left, right in () if many(study) else combinations(dict.fromkeys(parks), 2):
        of_rung = {one.rung: one for one in study.compare.latest(measure, left, right, basis="annualised")}
        own = study.compare.latest(measure, left, right, basis=basis)
        found += [of_rung.get(one.rung, one) if one.verdict == "not_comparable" else one for one in own]
    return found


def orders(comparisons: Iterable[Comparison]) -> list[Row]:
    """The comparisons of each pair on a measure, as a sentence tells them: by verdict, each with its areas.

    A sentence says that it is of full years where the one before it is not, and one after another where its months are others
    (`moved`: a basis); of several pairs it names both parks.
    """
    every = list(comparisons)
    several = len({(one.left, one.right) for one in every}) > 1
    pairs = groupby(every, key=lambda one: (one.measure, one.left, one.right))
    told = [_pair(*key, list(found), several=several) for key, found in pairs]
    before = [False, *(pair["full_years"] for pair in told)]
    bases = [pair["on"] for pair in told]
    moved = ["" if one == other else one for other, one in zip([*bases[:1], *bases], bases, strict=False)]
    return [
        {**pair, "announced": pair["full_years"] and not said, "moved": on}
        for pair, said, on in zip(told, before, moved, strict=False)
    ]


def _pair(measure: str, left: str, right: str, found: Sequence[Comparison], *, several: bool) -> Row:
    kinds = gathered(found, lambda one: (one.verdict, one.higher))
    return {
        "measure": measure, "left": left, "right": right,
        "kinds": [{**_kind(same, len(found)), "several": several} for same in kinds.values()],
        "overlapping": [{"rung": one.rung, "sensitive": one.sensitive} for one in found if one.ordered and one.overlapping],
        "one_of_several": len(kinds) == 1 < len(found) and sum(one.overlapping for one in found) == 1,
        "limits": [limit for limit in LIMITS if any(limit in one.limits for one in found)],
        "full_years": any(one.ordered for one in found) and all(one.basis == "annualised" for one in found),
        "on": found[0].basis if len({one.basis for one in found}) == 1 else "",
        "same_months": any(one.ordered for one in found) and all(one.basis == "reported" for one in found),
        "turns": _turns(found),
    }  # fmt: skip


def _kind(same: Sequence[Comparison], of: int) -> Row:
    """The comparisons of a pair with one verdict: on which areas, every one that both print or some."""
    first = same[0]
    return {
        "verdict": first.verdict, "higher": first.higher, "lower": first.right if first.higher == first.left else first.left,
        "left": first.left, "right": first.right,
        "rungs": [one.rung for one in same if one.rung], "count": len(same), "every": len(same) == of,
        "cells": first.cells if len(same) == 1 else 0, "choices": list(first.depends_on), "reason": first.reason,
        "key": first.key if len(same) == 1 else "", "sensitive": first.sensitive and not first.overlapping and len(same) == 1,
    }  # fmt: skip


def _turns(found: Sequence[Comparison]) -> list[Row]:
    """By what factor the two values differ where their order rests on reported output (method, R7), area by area."""
    turning = [(one.rung, one.tipping) for one in found if one.tipping]
    return [{"rung": rung, "printed": printed, "corner": corner} for rung, (printed, corner) in turning]


def told(study: Study, rows: pl.DataFrame) -> Row:
    """The values that an answer tells one by one, the first apart; of many their spread, over all parks and by group."""
    several = rows.height > MOST_VALUES
    shown = rows.clear() if several else rows
    found = rows.to_dicts() if several else []
    spreads = {"spread": spread(found, len(study.park_ids())), "groups": by_group(study, found)}
    return {"first": shown.head(1).to_dicts(), "others": shown.tail(-1).to_dicts(), **spreads}


def pair_by_pair(comparisons: Iterable[Comparison]) -> list[Row]:
    """The comparisons of each pair, told under its names."""
    pairs = gathered(comparisons, lambda one: (one.left, one.right))
    return [told for found in pairs.values() for told in orders(found)]


def noted(comparisons: Iterable[Comparison]) -> Row:
    """The comparisons as a list tells them: pair by pair, of many pairs how many have which verdict, by measure."""
    every = list(comparisons)
    if len({(one.left, one.right) for one in every}) <= MOST_NOTED:
        return {"pairs": pair_by_pair(every), "tallies": []}
    told = []
    for measure in dict.fromkeys(one.measure for one in every):
        own = [one for one in every if one.measure == measure]
        told.append({"measure": measure, "count": len(own), "tallied": _tallied(own)})
    return {"pairs": [], "tallies": told}


def _tallied(comparisons: Iterable[Comparison]) -> list[Row]:
    """How many comparisons have which verdict, an order being one."""
    verdicts = ["ordered" if one.ordered else one.verdict for one in comparisons]
    return [{"verdict": verdict, "count": verdicts.count(verdict)} for verdict in dict.fromkeys(verdicts)]


def opening(comparisons: Sequence[Comparison]) -> Row:
    """What a page says first of comparisons: each pair, or of many pairs the number a verdict; and what differs between the texts."""
    many = len({(one.left, one.right) for one in comparisons}) > MOST_PAIRS
    told = [] if many else orders(comparisons)
    return {
        "orders": told, "by_measure": [list(pairs) for _, pairs in groupby(told, key=lambda pair: pair["measure"])],
        "tallied": _tallied(comparisons) if many else [],
        "differ": [limit for limit in DIFFERENCES if any(limit in one.limits for one in comparisons)],
    }  # fmt: skip


def refusals(rows: pl.DataFrame) -> Row:
    """Why parks have no value: `refused` park by park, of many `reasons` with the parks of each."""
    reasons = {
        reason: list(dict.fromkeys(own["park_id"])) for (reason,), own in rows.group_by("reason", maintain_order=True)
    }
    told = [{"reason": reason, "parks": parks} for reason, parks in reasons.items()]
    return (
        {"refused": [], "reasons": told} if rows.height > MOST_REFUSED else {"refused": rows.to_dicts(), "reasons": []}
    )


def reporting(study: Study, measure: str) -> list[str]:
    """The parks that report what a measure needs."""
    return [park for park in study.park_ids() if study.compare.state(park, measure) == "reported"]


def standing(study: Study, measure: str, variant: Container[str] | None = None, *, states: bool = True) -> Row:
    """On which texts a measure rests: parks whose complete official text gives it, parks of a lower grade, and those without.

    With the keys of a `variant` those that give it in this one count, and as `elsewhere` the parks that give it in another alone.
    Without `states` the parks without it are not told: of very many parks that takes long.
    """
    given = study.measures.filter(GIVEN, measure=measure)
    every = {*given["park_id"]}
    given = (
        given
        if variant is None
        else given.filter(pl.Series([key in variant for key in given["key"]], dtype=pl.Boolean))
    )
    official, there = set(given.filter(HEADLINE)["park_id"]), {*given["park_id"]}
    without = [study.compare.state(park, measure) for park in study.park_ids()] if states else []
    return {
        "official": len(official), "apart": len(there - official), "elsewhere": len(every - there),
        "other_concept": without.count("other_concept"), "not_reported": without.count("not_reported"),
    }  # fmt: skip


def of_lines(study: Study, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of a board, a line a park, period and reading, a column a measure; a gap has grade and months of its text.

    Where a park has several values of a measure, each further one stands on a line of its own.
    """
    own = study.sources.filter(kind="work_summary")
    gaps = own.select("source_id", of_text="grade", start="period_start", end="period_end")
    place = pl.col("park_id").cast(pl.Enum(study.parks["park_id"]))
    lines = rows.join(gaps, on="source_id", how="left", maintain_order="left").with_columns(
        period_start=pl.when(pl.col("period_end").is_not_null()).then("period_start").otherwise("start"),
        period_end=pl.coalesce("period_end", "end"),
        grade=pl.coalesce(pl.col("grade", "of_text").cast(pl.String)),
    )
    of_line = ("park_id", "period_end", "value_type", "subject", "reading")
    further = pl.int_range(pl.len()).over(*of_line, "measure", "rung")
    return lines.sort(place, "period_end", maintain_order=True, nulls_last=True).with_columns(
        line=pl.concat_str(*of_line, pl.when(further > 0).then(further), separator="|", ignore_nulls=True),
        column=pl.col("measure").cast(pl.String),
    )
