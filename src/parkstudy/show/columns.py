"""Tables of measures: each value with its interval, its flags and the printed figures behind it, each gap with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from parkstudy.show.exhibit import Cell, Selected, Table
from parkstudy.show.how import how
from parkstudy.show.provenance import input_names
from parkstudy.show.view import View
from parkstudy.words.codes import codes

HEADER = (
    "park", "measure", "value", "interval", "rung_or_basis", "period", "method", "population", "type_and_status", "flags_or_reason",
    "printed",
)  # fmt: skip


def measure_rows(view: View, selected: Selected) -> list[list[object]]:
    """The cells of every measure row, by `HEADER`."""
    printed = input_names(view)
    return [_line(view, row, printed) for row in selected.data.iter_rows(named=True)]


def _line(view: View, row: dict[str, Any], printed: Mapping[str, str]) -> list[object]:
    say, key, known = view.speech, row["key"], bool(row["inputs"])
    digits = 5 if row["method"] == "as_printed" else 3
    span = "" if row["low"] is None else say.amount_interval(row["low"], row["high"], row["unit"], digits)
    flags = say.mark("list").join(say.label("flag", flag) for flag in row["flags"])
    return [
        Cell(view.names[row["park_id"]], park=row["park_id"]),
        say.label("measure", row["measure"]),
        Cell(view.value(row, digits), key=key, value=row["value"]),
        Cell(span, key=key if span else "", value=row["low"]),
        _basis(view, row),
        say.period(row) if known else "",
        how(view, row),
        say.label("population", row["population"]) if known else "",
        _type_and_status(view, row) if known else "",
        say.text("reason", row["reason"]) if row["reason"] else flags,
        say.join([view.opens(printed.get(i, i), i) for i in row["inputs"]], say.mark("semicolon")),
    ]


def _basis(view: View, row: dict[str, Any]) -> str:
    say = view.speech
    parts = [say.label("rung", row["rung"])] if row["rung"] else []
    parts.append(say.label("basis", row["basis"]))
    if row["price"] == "real":
        parts.append(say.label("price", "real"))
    kind, _, scope = row["subject"].partition(":")
    if kind == "reference":
        parts.append(view.scope(scope))
    return say.mark("comma").join(parts)


def _type_and_status(view: View, row: dict[str, Any]) -> str:
    told = row["status"] in (None, "A") or (row["status"], row["value_type"]) == (
        "F",
        "forecast",
    )  # normal, or said by the type
    parts = [view.speech.label("value_type", row["value_type"])] if row["value_type"] else []
    return view.speech.mark("comma").join(parts if told else [*parts, view.speech.text("obs_status", row["status"])])


@dataclass(frozen=True, kw_only=True)
class MeasureTable(Table):
    """A table of measure rows; its legend explains the flags that stand in it."""

    kind = "measures"
    columns: tuple[str, ...] = HEADER
    lines: Any = measure_rows
    numeric: tuple[str, ...] = ("value", "interval")

    def facts(self, view: View, selected: Selected) -> dict[str, Any]:
        """How many rows have a value, and which flags they carry."""
        data = selected.data
        given = data.filter(pl.col("low").is_not_null()).height
        carried = set(data["flags"].explode().drop_nulls())
        flags = [flag for flag in codes("flag") if flag in carried]
        return {**super().facts(view, selected), "given": given, "gaps": data.height - given, "flags": flags}
