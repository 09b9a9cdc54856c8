"""The review of drafted rows: a text beside its rows, decisions that are on disk at once, two readers compared."""

from parkstudy.recorder.review import Review
from parkstudy.recorder.state import RefusedError
from parkstudy.recorder.text import NoTextError

__all__ = ["NoTextError", "RefusedError", "Review"]
