"""The base of the errors that a caller can mend: the command line prints the message and ends with its status."""

from __future__ import annotations

from typing import ClassVar


class ParkstudyError(Exception):
    """`status` is the exit status: 2 for a wrong call, 1 for faults in the data or a failed notebook."""

    status: ClassVar[int] = 2
