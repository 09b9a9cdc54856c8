"""What speaks against the record of one text now: the faults of `check`, the findings of `verify`, the contradictions of `audit`."""

from typing import Any

from parkstudy.method.study import Study
from parkstudy.record.codes import label
from parkstudy.record.reading import Fault
from parkstudy.record.schema import LINE
from parkstudy.record.tables import load
from parkstudy.record.unusual import Warned
from parkstudy.recorder.review import Review

_MOST = 40  # of a kind that are listed


def faults(review: Review, lang: str) -> dict[str, Any]:
    """By command what it finds in this text, each with the row that it is about, if it is about one; `more` counts what is not listed."""
    study = load(review.folder, Study)
    proven = [{"key": key, "text": said} for key, said in review.against.items()]
    found = {"check": _checked(review, study), "verify": proven, "audit": _audited(review, study, lang)}
    return {name: {"found": some[:_MOST], "more": max(len(some) - _MOST, 0)} for name, some in found.items()}


def _checked(review: Review, study: Study) -> list[dict[str, str]]:
    """Faults and warnings of the rows of the text, of its source and of its park, and those of a file as a whole."""
    own = {*review.rows, review.source_id, review.source["park_id"]}
    found = []
    said: list[Fault | Warned] = [*study.faults, *study.warnings]
    for one in said:
        name = one.file.removesuffix(".csv")
        known = name in ("observations", "sources", "parks", "subjects")
        frame = review.checker.table(name).frame if known else None
        key = next(iter(frame.filter(frame[LINE] == one.line)[:, 1]), "") if frame is not None else ""
        if key in own or not one.line:
            found.append({"key": key if key in review.rows else "", "text": str(one)})
    return found


def _audited(review: Review, study: Study, lang: str) -> list[dict[str, str]]:
    from parkstudy.show.tables import said_findings
    from parkstudy.show.view import View

    park = review.source["park_id"]
    if park not in study.park_ids():
        return [{"key": "", "text": label("recorder", "audit_waits", lang)}]
    chosen = study.only(park)
    said = said_findings(View(chosen, lang), chosen.findings)
    return [
        {"key": next(iter(ids), ""), "text": f"{row['name']}: {row['arithmetic']}"}
        for row in said.iter_rows(named=True)
        if row["outcome"] != "holds" and (ids := [one for one in row["observations"] if one in review.rows])
    ]
