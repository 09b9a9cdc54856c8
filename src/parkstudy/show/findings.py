"""What the audit found, in words."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from parkstudy.method.audit import OUTCOMES, Finding
from parkstudy.show.view import View
from parkstudy.words.speech import plain


def said_findings(view: View, findings: Iterable[Finding]) -> pl.DataFrame:
    """The findings as a frame: `check, name, source_id, outcome, observations, arithmetic, consequence`.

    The outcome is a code; name, arithmetic and consequence are in the language of the view. What holds has none.
    """
    schema = dict.fromkeys(
        ("check", "name", "source_id", "outcome", "observations", "arithmetic", "consequence"), pl.String
    )
    rows = [
        {
            "check": f.check,
            "name": view.speech.label("check", f.check),
            "source_id": f.source_id,
            "outcome": f.outcome,
            "observations": list(f.observations),
            "arithmetic": plain(view.fact(f.arithmetic)),
            "consequence": "" if f.outcome == "holds" else view.speech.text("check", f.check),
        }
        for f in findings
    ]
    return pl.DataFrame(rows, schema=schema | {"outcome": pl.Enum(OUTCOMES), "observations": pl.List(pl.String)})
