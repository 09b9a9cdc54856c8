"""The kinds of area of the study, its rungs, read from `rungs.csv`: which figure of a text is the area of each.

A rung is compared with itself alone (method, L2): no order and no size is known of one against another. Its words stand in
`codes.csv`, in the same order.
"""

from typing import NamedTuple

from parkstudy.record.used import table


class Rung(NamedTuple):
    """The area of a rung: its indicator, the value types that may give it, the first that a text prints, and what kind of part
    of a park it is of, where it is not of the whole one (L6).
    """

    indicator: str
    value_types: tuple[str, ...]
    part: str


AREAS = {
    row["rung"]: Rung(row["indicator"], tuple(row["value_types"].split(";")), row["part"])
    for row in table("record/rungs.csv")
}
WHOLE = tuple(code for code, rung in AREAS.items() if not rung.part)  # those of a whole park, which are compared
