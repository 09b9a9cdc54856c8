"""The figures of a line that is no paragraph: the cells of a table that came into a text as lines are read one by one."""

import re
from itertools import pairwise

from parkstudy.record.draft.figures import Printed, printed
from parkstudy.record.draft.lines import Line

_ENDS, _BEGINS = re.compile(r"[\d.%‰)—–-]"), re.compile(r"[\d.(+—–-]")


def in_cells(line: Line) -> list[Printed]:
    """The figures of a line that is no paragraph: none goes on over the blanks between two numbers."""
    blanks = [n for n in range(1, len(line.plain)) if line.starts[n] > line.ends[n - 1]]
    gaps = [n for n in blanks if _ENDS.match(line.plain[n - 1]) and _BEGINS.match(line.plain[n])]
    cells = pairwise([0, *gaps, len(line.plain)])
    return [one._replace(start=one.start + a, end=one.end + a) for a, b in cells for one in printed(line.plain[a:b])]
