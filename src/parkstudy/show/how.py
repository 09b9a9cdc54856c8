"""How a measure is computed, said from the code of its row: what varies is read from its columns and its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parkstudy.method.tax import firms_of
from parkstudy.method.year import year_share
from parkstudy.show.view import View
from parkstudy.words.codes import codes


def how(view: View, row: Mapping[str, Any]) -> str:
    """How a row of the measures is computed; for a refused row in its short form, without what its inputs would say."""
    say = view.speech.label if row["reason"] else view.speech.text
    return say("method", row["method"]).format(**_fields(view, row))


def _fields(view: View, row: Mapping[str, Any]) -> dict[str, Any]:
    say = view.speech.label
    sides = zip(("part", "whole"), row["measure"].split("_per_"), strict=False)
    fields: dict[str, Any] = {side: say("term", code) for side, code in sides if code in codes("term")}
    fields |= {group: say(group, row[group]) for group in ("rung", "reading") if row[group]}
    fields |= {
        "row": row,
        "scope": view.scope(row["subject"].removeprefix("reference:")),
        "firms": len(firms_of(row["subject"])),
    }
    printed = [view.rows["observation"][key] for key in row["inputs"] if key in view.rows["observation"]]
    if printed:
        populations = [input_["population"] for input_ in printed]
        fields |= {"populations": [say("population", code) for code in populations]}
        fields |= {"codes": [code.replace("_", " ") for code in populations], "share": year_share(printed[0])}
        fields |= {"indicator": printed[0]["indicator"], "name": view.indicators[printed[0]["indicator"]]}
    return fields
