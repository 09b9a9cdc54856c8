"""Outside figures: what news and other pages print on the parks of the study, and on other parks for context.

They support no verdict and are never chained to the texts' figures. An outside figure agrees, disagrees or cannot be
compared, and the reason is given; a park of context is listed, never ranked.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy.record.tables import Tables
from parkstudy.words.language import Text, said
from parkstudy.words.wording import UNSTATED_ZH, population_zh

Row = dict[str, Any]

ANSWERS = {
    "agrees": Text("agrees", "相符"),
    "disagrees": Text("disagrees", "不相符"),
    "cannot be compared": Text("cannot be compared", "不可比"),
}


def corroborations(study: Tables) -> pl.DataFrame:
    """One row an outside figure on a core park: `answer` (a key of `ANSWERS`), `reason` in words, both ids."""
    own = study.summaries().to_dicts()
    core = study.park_ids()
    outside = study.observations.filter(pl.col("kind") != "work_summary", pl.col("park_id").is_in(core)).to_dicts()
    rows = []
    for figure in outside:
        answer, reason, other = _held_against(figure, own)
        words = {"reason": said(reason, study.lang), "against": other}
        rows.append({"observation_id": figure["observation_id"], "answer": answer, **words})
    return pl.DataFrame(rows, schema=dict.fromkeys(("observation_id", "answer", "reason", "against"), pl.String))


def _held_against(figure: Row, own: list[Row]) -> tuple[str, Text, str | None]:
    same = ("park_id", "indicator", "transformation", "subject")
    found = [row for row in own if all(row[key] == figure[key] for key in same)]
    found = [row for row in found if row["value_type"] == figure["value_type"]]
    if not found:
        return "cannot be compared", Text("the text prints no such figure", "材料未列示该数据"), None
    ends = ("population", "period_start", "period_end")  # the figure of the text that is nearest in these is the one
    row = min(found, key=lambda own_row: [own_row[key] != figure[key] for key in ends])
    if row["population"] != figure["population"]:
        en = [r["population"].replace("_", " ") for r in (row, figure)]
        zh = [population_zh(r["population"]) for r in (row, figure)]
        zh = [words if words == UNSTATED_ZH else f"为{words}" for words in zh]
        reason = Text(
            f"populations differ: {en[0]} in the text, {en[1]} outside",
            f"统计范围不同：材料{zh[0]}，外部数据{zh[1]}",
        )
        return "cannot be compared", reason, row["observation_id"]
    if (row["period_start"], row["period_end"]) == (figure["period_start"], figure["period_end"]):
        overlap = row["low"] <= figure["high"] and figure["low"] <= row["high"]
        reason = Text("same months and population", "所涉月份和统计范围相同")
        return ("agrees" if overlap else "disagrees"), reason, row["observation_id"]
    if _inside(figure, row) and row["transformation"] == "level":
        fits = figure["low"] <= row["high"]
        within = Text("a part of the same year, not above its whole", "同年部分月份的数据，未超过总数")
        above = Text("a part above its whole", "部分月份的数据超过总数")
        return ("agrees", within, row["observation_id"]) if fits else ("disagrees", above, row["observation_id"])
    reason = Text("other months; never chained (G1)", "所涉月份不同，不作链接推算（G1）")
    return "cannot be compared", reason, row["observation_id"]


def _inside(part: Row, whole: Row) -> bool:
    ends = [row[key] for row in (part, whole) for key in ("period_start", "period_end")]
    return None not in ends and bool(
        whole["period_start"] <= part["period_start"] and part["period_end"] <= whole["period_end"]
    )


def context_figures(study: Tables) -> pl.DataFrame:
    """The observations of the parks of context, in the order of the record."""
    parks = study.park_ids("context")
    return study.observations.filter(pl.col("park_id").is_in(parks))
