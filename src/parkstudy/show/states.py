"""The states of an exhibit: one for each combination of its parameters, as many as its page has room for."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, NamedTuple

from parkstudy.show.digest import digest, undrawn
from parkstudy.show.view import View

Choices = Mapping[str, str]


class Made(NamedTuple):
    """The states that are shown with their choices, the parameters that are not switched, and a digest of all."""

    built: list[Any]
    shown: list[Choices]
    left_out: list[str]
    digest: str


def made(
    state: Callable[[Mapping[str, str], int], Any],
    view: View,
    given: Choices,
    combinations: Sequence[Choices],
    room: float,
) -> Made:
    """Every combination that fits into `room` bytes: parameters are switched while all states are as large as the first, the first
    parameters before the last ones. What is left out counts for the digest, which must not hang on the size of drawings.
    """
    found = Made([], [], [], "")
    digests: list[str] = []
    for choices in combinations:
        view.begin()
        kept = all(choices[name] == combinations[0][name] for name in found.left_out)
        with nullcontext() if kept else undrawn():
            one = state({**given, **choices}, len(combinations))
        digests.append(one.digest)
        if kept:
            found.built.append(one)
            found.shown.append(choices)
        if len(digests) == 1:
            found.left_out.extend(_without(combinations, room / max(len(one.states[0][1].encode()), 1)))
    return found._replace(digest=digest(list(combinations), digests))


def _without(combinations: Sequence[Choices], most: float) -> list[str]:
    """The last parameters, without whose other values no more than `most` states are left."""
    left_out: list[str] = []
    for name in reversed(list(combinations[0])):
        left = {tuple(value for other, value in one.items() if other not in left_out) for one in combinations}
        if len(left) > max(most, 1):
            left_out.append(name)
    return left_out
