"""Where no statement is declared for the parks of a study, the decisions of `compare` on every pair are its statements.

They say what came out, so that none of them was fixed before its result: pages count them as pairs, never as statements that held.
"""

import math

from parkstudy.method.basis import basis_of
from parkstudy.method.cells import Result
from parkstudy.method.compare import Comparison, Comparisons
from parkstudy.method.declarations import Statement
from parkstudy.method.statements import Decision
from parkstudy.record.tables import Tables

FEW = 30  # so many parks are compared and shown one by one; more are counted and spread
_TURNED = {"for": "against", "against": "for", "higher": "lower", "lower": "higher"}


def decisions(study: Tables, comparisons: Comparisons) -> list[Decision]:
    """A decision for each of the `plain` comparisons, the side that is higher (or is so more often) said first.

    None for more than `FEW` parks: their pairs are asked for park by park.
    """
    if len(study.park_ids()) > FEW:
        return []
    return [_decision(study, str(place), one) for place, one in enumerate(plain(comparisons), 1)]


def plain(comparisons: Comparisons) -> list[Comparison]:
    """Each pair on each measure and area that both print: as published, of the same months, else as full years.

    Of parks with several texts in the latest year that both have.
    """
    found: dict[tuple[str | None, ...], Comparison] = {}
    rows = comparisons.rows(price="nominal")
    for one in (row for row in rows if row.year == comparisons.of_latest(row.left, row.right).year):
        of_pair = (one.measure, one.left_source, one.right_source, one.rung)
        reason = found[of_pair].reason if of_pair in found else None
        if of_pair not in found or (reason and reason.code == "comparison_months_differ"):
            found[of_pair] = one
    return list(found.values())


def _decision(study: Tables, name: str, one: Comparison) -> Decision:
    turned = one.leaning == one.right
    left, right = (one.right, one.left) if turned else (one.left, one.right)
    results = tuple(map(_turned, one.results)) if turned else one.results
    choices = tuple(results[0].choices) if results else ()
    printed, corner = one.tipping or (None, None)
    of_words = {"higher": "holds", "lower": "reversed"}
    verdict, coarse = (_TURNED.get(said, said) if turned else said for said in (one.verdict, one.coarse_verdict))
    statement = Statement(id=name, kind="pair", measure=one.measure, left=(left,), right=right, choices=choices)
    return Decision(
        statement, of_words.get(verdict, verdict), of_words.get(coarse, coarse), one.depends_on, results,
        support=[result.state for result in results].count("for"),
        coarse_support=[result.coarse_state for result in results].count("for"), ratio=printed, lowest_ratio=corner,
        reason=None if results else one.reason, basis=basis_of(study, one.inputs, statement.parks), comparison=one,
    )  # fmt: skip


def _turned(result: Result) -> Result:
    """The result of a cell said of the other side: what was above is below, and ratios are inverted."""
    return result._replace(
        above=result.below, below=result.above, left=result.right, right=result.left, ratio=_inverse(result.ratio),
        lowest_ratio=_inverse(result.highest_ratio), highest_ratio=_inverse(result.lowest_ratio),
        state=_TURNED.get(result.state, result.state), coarse_state=_TURNED.get(result.coarse_state, result.coarse_state),
    )  # fmt: skip


def _inverse(ratio: float) -> float:
    return 1 / ratio if ratio else math.inf
