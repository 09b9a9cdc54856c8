"""What speaks against the record of one text now: the faults of `check`, the findings of `verify`, the contradictions of `audit`."""

import re
from typing import Any

from parkstudy.method.study import Study
from parkstudy.record.codes import LANGUAGES, label, labels
from parkstudy.record.reading import Fault
from parkstudy.record.schema import LINE
from parkstudy.record.tables import load
from parkstudy.record.unusual import Warned
from parkstudy.recorder.review import Review
from parkstudy.words.said import known, said

_MOST = 40  # of a kind that are listed


def faults(review: Review, lang: str) -> dict[str, Any]:
    """By command what it finds in this text, each with the row that it is about, if it is about one; `more` counts what is not listed."""
    study = load(review.folder, Study)
    proven = [{"key": key, "text": said(why, lang)} for key, why in review.against.items()]
    found = {"check": _checked(review, study, lang), "verify": proven, "audit": _audited(review, study, lang)}
    return {name: {"found": some[:_MOST], "more": max(len(some) - _MOST, 0)} for name, some in found.items()}


def _checked(review: Review, study: Study, lang: str) -> list[dict[str, str]]:
    """Faults and warnings of the rows of the text, of its source and of its park, and those of a file as a whole."""
    own = {*review.rows, review.source_id, review.source["park_id"]}
    found = []
    told: list[Fault | Warned] = [*study.faults, *study.warnings]
    for one in told:
        name = one.file.removesuffix(".csv")
        known = name in ("observations", "sources", "parks", "subjects")
        frame = review.checker.table(name).frame if known else None
        key = next(iter(frame.filter(frame[LINE] == one.line)[:, 1]), "") if frame is not None else ""
        if key in own or not one.line:
            found.append({"key": key if key in review.rows else "", "text": _words(one, lang)})
    return found


def _words(one: Fault | Warned, lang: str) -> str:
    """A fault or a warning in a language: in English with file and line, else with the field by its name."""
    if lang == LANGUAGES[0]:
        return str(one)
    column = labels("row_field", lang, long=False).get(one.column, one.column)
    code = "fault_in" if isinstance(one, Fault) else "warning_in"
    message = f"{one.message}; {one.advice}"
    words = said(message, lang)
    if isinstance(one, Warned) and not known(message):  # what such a warning means, with the values that this one names
        values = "、".join(f"“{value[1:-1]}”" for value in re.findall("'[^']+'", message))
        words = label("warning", one.code, lang, long=True) + (f"（{values}）" if values else "")
    return label("recorder", code, lang).format(file=one.file, line=one.line, column=column, said=words)


def _audited(review: Review, study: Study, lang: str) -> list[dict[str, str]]:
    from parkstudy.show.tables import said_findings
    from parkstudy.show.view import View

    park = review.source["park_id"]
    if park not in study.park_ids():
        return [{"key": "", "text": label("recorder", "audit_waits", lang)}]
    chosen = study.only(park)
    findings = said_findings(View(chosen, lang), chosen.findings)
    return [
        {"key": next(iter(ids), ""), "text": f"{row['name']}: {row['arithmetic']}"}
        for row in findings.iter_rows(named=True)
        if row["outcome"] != "holds" and (ids := [one for one in row["observations"] if one in review.rows])
    ]
