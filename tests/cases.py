"""Many cases in one test: `every` stands where `pytest.mark.parametrize` would, for cases that take less time than a test of its own.

A test has a set-up, a report and a message from its worker, some 4 ms; a case here has none of them. All cases run: the failure of
the first is raised, with its case and those of the others in its notes.
"""

from __future__ import annotations

import functools
import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import pytest

Test = Callable[..., None]
T = TypeVar("T")
PARAM = type(pytest.param())


def every(names: str | tuple[str, ...], values: Iterable[Any]) -> Callable[[Test], Test]:
    """The test with each of the values for the arguments of those names; a `pytest.param` with a mark stays a test of its own."""
    given = (names,) if isinstance(names, str) else names
    alone = isinstance(names, str)
    found = [one if isinstance(one, PARAM) else pytest.param(*([one] if alone else one)) for one in values]
    together = [one.values for one in found if not one.marks]
    apart = [pytest.param([one.values], id=one.id, marks=one.marks) for one in found if one.marks]
    assert found

    def of(test: Test) -> Test:
        asked = [one for one in inspect.signature(test).parameters.values() if one.name not in given]
        if not apart:
            return _named(lambda **fixtures: _run(test, given, together, fixtures), test, asked)
        one = inspect.Parameter("cases", inspect.Parameter.KEYWORD_ONLY)
        run = _named(lambda cases, **fixtures: _run(test, given, cases, fixtures), test, [*asked, one])
        return pytest.mark.parametrize("cases", [pytest.param(together, id="others"), *apart] if together else apart)(
            run
        )

    return of


def layers(cases: Iterable[T], row: Callable[[T], object]) -> list[list[T]]:
    """The cases in as few lists as there are of one row: those of a list edit rows of their own, in one copy of the data."""
    found: list[list[T]] = []
    seen: Counter[object] = Counter()
    for case in cases:
        place = seen[row(case)]
        seen[row(case)] += 1
        found += [[]] if place == len(found) else []
        found[place].append(case)
    return found


def _run(test: Test, names: Sequence[str], cases: Iterable[Sequence[Any]], fixtures: dict[str, Any]) -> None:
    failed: list[tuple[BaseException, Sequence[Any]]] = []
    for case in cases:
        try:
            test(**fixtures, **dict(zip(names, case, strict=True)))
        except (Exception, pytest.fail.Exception) as error:
            failed.append((error, case))
    if failed:
        first = failed[0][0]
        first.add_note("\n".join(f"with {dict(zip(names, case, strict=True))}" for _, case in failed))
        raise first


def _named(run: Test, test: Test, asked: list[inspect.Parameter]) -> Test:
    """What runs a test, under its name, asking for these fixtures."""
    functools.update_wrapper(run, test)
    del run.__wrapped__  # type: ignore[attr-defined]  # pytest would ask it for its arguments
    run.__signature__ = inspect.Signature(asked)  # type: ignore[attr-defined]
    return run
