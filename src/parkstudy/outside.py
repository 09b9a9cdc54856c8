"""Outside figures: what news and other pages print on the parks of the study, and on other parks for context.

They support no verdict and are never chained to the texts' figures. An outside figure agrees, disagrees or cannot be
compared, and the reason is given; a park of context is listed, never ranked.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy.dataset import Study

Row = dict[str, Any]


def corroborations(study: Study) -> pl.DataFrame:
    """One row an outside figure on a core park: `answer` (agrees, disagrees, cannot be compared), `reason`, both ids."""
    own = study.summaries().to_dicts()
    core = study.park_ids()
    outside = study.observations.filter(pl.col("kind") != "work_summary", pl.col("park_id").is_in(core)).to_dicts()
    rows = []
    for figure in outside:
        answer, reason, other = _held_against(figure, own)
        rows.append({"observation_id": figure["observation_id"], "answer": answer, "reason": reason, "against": other})
    return pl.DataFrame(rows, schema=dict.fromkeys(("observation_id", "answer", "reason", "against"), pl.String))


def _held_against(figure: Row, own: list[Row]) -> tuple[str, str, str | None]:
    same = ("park_id", "indicator", "transformation", "subject")
    found = [row for row in own if all(row[key] == figure[key] for key in same)]
    found = [row for row in found if row["value_type"] == figure["value_type"]]
    if not found:
        return "cannot be compared", "the text prints no such figure", None
    ends = ("population", "period_start", "period_end")  # the figure of the text that is nearest in these is the one
    row = min(found, key=lambda own_row: [own_row[key] != figure[key] for key in ends])
    if row["population"] != figure["population"]:
        said = f"{row['population'].replace('_', ' ')} in the text, {figure['population'].replace('_', ' ')} outside"
        return "cannot be compared", f"populations differ: {said}", row["observation_id"]
    if (row["period_start"], row["period_end"]) == (figure["period_start"], figure["period_end"]):
        overlap = row["low"] <= figure["high"] and figure["low"] <= row["high"]
        return ("agrees" if overlap else "disagrees"), "same months and population", row["observation_id"]
    if _inside(figure, row) and row["transformation"] == "level":
        fits = figure["low"] <= row["high"]
        return (
            ("agrees" if fits else "disagrees"),
            "a part of the same year, not above its whole" if fits else "a part above its whole",
            row["observation_id"],
        )
    return "cannot be compared", "other months; never chained (G1)", row["observation_id"]


def _inside(part: Row, whole: Row) -> bool:
    ends = [row[key] for row in (part, whole) for key in ("period_start", "period_end")]
    return None not in ends and bool(
        whole["period_start"] <= part["period_start"] and part["period_end"] <= whole["period_end"]
    )


def context_figures(study: Study) -> pl.DataFrame:
    """The observations of the parks of context, in the order of the record."""
    parks = study.park_ids("context")
    return study.observations.filter(pl.col("park_id").is_in(parks))
