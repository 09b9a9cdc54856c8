"""The base of the errors that a caller can mend: the command line prints the message and ends with its status."""

import difflib
from collections.abc import Iterable, Mapping
from typing import ClassVar, Self

_NAMED = 30  # names that a message lists


class ParkstudyError(Exception):
    """`status` is the exit status: 2 for a wrong call, 1 for faults in the data or a failed notebook.

    `code` is a label of the group `cause` that tells it in every language with `values`, where a panel can meet it.
    """

    status: ClassVar[int] = 2
    code: str = ""
    values: Mapping[str, object] = {}

    def told(self, code: str, **values: object) -> Self:
        """The error with its code; `near` among the values is the known name nearest to the one given."""
        self.code, self.values = code, values
        return self


def counted(number: int, noun: str) -> str:
    """`1 fault`, `2,000 faults`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def nearest(given: str, known: Iterable[str]) -> str:
    """The known name nearest to the one given; empty if none is near."""
    return next(iter(difflib.get_close_matches(given, list(known), 1)), "")


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """`did you mean 'x'? ` for the known name nearest to the one given, with a space behind; empty if none is near."""
    near = nearest(given, known)
    return f"did you mean {near!r}? " if near else ""


def listed(names: Iterable[str], most: int = _NAMED) -> str:
    """The names with commas; of more than a message can hold the first, and how many more there are."""
    known = list(names)
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return ", ".join(known[:most]) + more
