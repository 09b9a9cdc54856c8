"""What can be asked, for the explorer: declared beside the exhibits that show it."""

from parkstudy.show.asked import ASKED, FIRST, GENERIC, GROUPS, Asked, UnknownMeasureError, asked_of, known, name_of

__all__ = ["ASKED", "FIRST", "GENERIC", "GROUPS", "Asked", "UnknownMeasureError", "asked_of", "known", "name_of"]
