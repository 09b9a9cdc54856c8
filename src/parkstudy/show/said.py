"""Decisions and findings as a reader sees them: their words, and the frames of all of them in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from parkstudy.method.audit import OUTCOMES, Finding
from parkstudy.method.statements import Decision, as_frame
from parkstudy.show.view import View
from parkstudy.words.speech import plain

_GROUPS = {"land_rung": "rung", "reading": "reading"}  # whose words the levels of a choice have, where not `choice`


def choices_said(view: View, chosen: Mapping[str, str], *, ids: bool = False) -> str:
    """The choices of a cell, `price: real; span: months as printed`; parks by their short name, or by their id."""

    def level(key: str, code: str) -> str:
        if key == "park":
            return code if ids else view.names[code]
        if key == "reference":
            return view.speech.span_of_time(*map(date.fromisoformat, code.split("/")))
        return view.label(code, _GROUPS.get(key, "choice"))

    said = [f"{view.label(key, 'choice')}{view.speech.mark('colon')}{level(key, code)}" for key, code in chosen.items()]
    return view.speech.mark("semicolon").join(said)


def said_decisions(view: View, decisions: Sequence[Decision]) -> pl.DataFrame:
    """`statements.as_frame` with the sentences, and with choices and reasons in words; the view collects none of them."""
    quiet, frame = View(view.study, view.lang), as_frame(decisions)
    rows = [(d, r) for d in decisions for r in d.results or [None]]
    frame.insert_column(1, pl.Series("sentence", [plain(quiet.sentence(d.statement)) for d, _ in rows]))
    words: dict[str, list[str | None]] = {}
    words["reason"] = ["" if d.reason is None else plain(quiet.fact(d.reason)) for d, _ in rows]
    if "choices" in frame.columns:
        words["choices"] = [None if r is None else choices_said(quiet, r.choices, ids=True) for _, r in rows]
    return frame.with_columns(pl.Series(name, column) for name, column in words.items())


def consequence(view: View, check: str, outcome: str) -> str:
    """What a finding does to a comparison; what holds does nothing."""
    return "" if outcome == "holds" else view.text(check, "check")


def said_findings(view: View, findings: Iterable[Finding]) -> pl.DataFrame:
    """The findings as a frame: the outcome is a code; name, arithmetic and consequence are in the language of the view."""
    columns = ("check", "name", "source_id", "outcome", "observations", "arithmetic", "consequence")
    schema = dict.fromkeys(columns, pl.String) | {"outcome": pl.Enum(OUTCOMES), "observations": pl.List(pl.String)}
    rows = [
        (f.check, view.label(f.check, "check"), f.source_id, f.outcome, list(f.observations), plain(view.fact(f.arithmetic)),
         consequence(view, f.check, f.outcome))
        for f in findings
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")
