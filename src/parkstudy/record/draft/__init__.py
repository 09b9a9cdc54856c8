"""From a raw text to proposed rows: its figures found, named by rules that can be read, and each proven in its place."""

from parkstudy.record.draft.drafting import draft

__all__ = ["draft"]
