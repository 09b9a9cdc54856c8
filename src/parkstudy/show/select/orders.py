"""What pages say of comparisons: who is higher, on what, and what stands beside it. The verdicts are those of `compare` alone."""

from collections.abc import Iterable, Sequence
from itertools import combinations, groupby
from typing import Any

from parkstudy.method.compare import Comparison
from parkstudy.method.study import Study
from parkstudy.show.select.shared import GIVEN, Row

DIFFERENCES = ("years", "months", "population")  # the limits that a sentence names as what differs
MOST_PAIRS = 3  # that sentences tell one by one


def decided(study: Study, measure: str, parks: Iterable[str], basis: str) -> list[Comparison]:
    """Each pair of parks on each area that both print: on a basis, or as full years where the months as printed differ."""
    found: list[Comparison] = []
    for left, right in combinations(dict.fromkeys(parks), 2):
        of_rung = {one.rung: one for one in study.compare.rows(measure, left, right, basis="annualised")}
        own = study.compare.rows(measure, left, right, basis=basis)
        found += [of_rung.get(one.rung, one) if one.verdict == "not_comparable" else one for one in own]
    return found


def orders(comparisons: Iterable[Comparison]) -> list[Row]:
    """The comparisons of each pair on a measure, as a sentence tells them: by verdict, each with its areas."""
    pairs = groupby(comparisons, key=lambda one: (one.measure, one.left, one.right))
    return [_pair(*key, list(found)) for key, found in pairs]


def _pair(measure: str, left: str, right: str, found: Sequence[Comparison]) -> Row:
    kinds: dict[Any, list[Comparison]] = {}
    for one in found:
        kinds.setdefault((one.verdict, one.higher), []).append(one)
    tips = [one.tipping for one in found if one.tipping]
    return {
        "measure": measure, "left": left, "right": right, "of": len(found),
        "kinds": [_kind(verdict, higher, same, len(found)) for (verdict, higher), same in kinds.items()],
        "touching": [{"rung": one.rung, "sensitive": one.sensitive} for one in found if one.ordered and one.touching],
        "differ": [limit for limit in DIFFERENCES if any(limit in one.limits for one in found)],
        "limits": list(dict.fromkeys(limit for one in found for limit in one.limits)),
        "full_years": all(one.basis == "annualised" for one in found),
        "tipping": {"printed": min(tips)[0], "corner": min(tip[1] for tip in tips)} if tips else None,
    }  # fmt: skip


def _kind(verdict: str, higher: str | None, same: Sequence[Comparison], of: int) -> Row:
    """The comparisons of a pair with one verdict; `other` is the lower park where one is higher."""
    first = same[0]
    return {
        "verdict": verdict, "higher": higher, "other": higher and ({first.left, first.right} - {higher}).pop(),
        "left": first.left, "right": first.right, "measure": first.measure,
        "rungs": [one.rung for one in same if one.rung], "count": len(same), "every": len(same) == of,
        "cells": first.cells if len(same) == 1 else 0, "cells_for": first.cells_for,
        "choices": list(first.depends_on), "reason": first.reason,
    }  # fmt: skip


def opening(pairs: Sequence[Row], parks: Sequence[str]) -> Row:
    """What an answer says of the comparisons of its parks: each pair, or of many the number a verdict; and what differs."""
    verdicts = [kind["verdict"] for pair in pairs for kind in pair["kinds"]]
    counted = {verdict: verdicts.count(verdict) for verdict in dict.fromkeys(verdicts)}
    return {
        "orders": pairs if len(parks) <= MOST_PAIRS else [],
        "tallied": [{"verdict": verdict, "count": count} for verdict, count in counted.items()] if len(parks) > MOST_PAIRS else [],
        "differ": [limit for limit in DIFFERENCES if any(limit in pair["differ"] for pair in pairs)],
        "alone": len(parks) == 1,
    }  # fmt: skip


def standing(study: Study, measure: str) -> Row:
    """On which texts a measure rests: parks whose complete official text gives it, parks of a lower grade, and those without."""
    given = study.measures.filter(GIVEN, measure=measure)
    official = set(given.filter(grade="A")["park_id"])
    states = [study.compare.state(park, measure) for park in study.park_ids()]
    return {
        "official": len(official), "apart": len({*given["park_id"]} - official),
        "other_concept": states.count("other_concept"), "not_reported": states.count("not_reported"),
    }  # fmt: skip
