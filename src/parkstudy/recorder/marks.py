"""The state of every figure and every row of a text: what a draft said of it, what a reader decided, what stands in the table now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parkstudy.record.decided import Decision, History
from parkstudy.record.schema import columns
from parkstudy.record.verified import row_sha256
from parkstudy.recorder.text import Script, Span

PROPOSED, ACCEPTED, CORRECTED, REJECTED, SET_ASIDE, ADDED = STATES = (
    "proposed", "accepted", "corrected", "rejected", "set_aside", "added",
)  # fmt: skip
DECIDED = (ACCEPTED, CORRECTED, REJECTED)
_OF_ACTION = {"accept": ACCEPTED, "correct": CORRECTED, "reject": REJECTED, "add": ADDED}
OF_FIELD = {  # a caveat to the field that a reader should look at
    "period_ambiguous": "period_end", "two_readings": "subject", "concept_inferred": "indicator", "concept_unstated": "indicator",
    "mixed_concept": "indicator", "contradicted": "reported_figure", "unit_assumed": "reported_figure",
    "pending_approval": "value_type", "not_final": "obs_status", "damaged_text": "reported_term", "sample_change": "population",
}  # fmt: skip
_NEARLY = ("not proven", "fails the check")  # set aside although a row was made of it


class Mark(NamedTuple):
    """A printed figure with its state, the row it is of, and what was said of it where it has none."""

    start: int
    end: int
    state: str
    observation_id: str = ""
    reason: str = ""
    doubtful: bool = False


@dataclass(frozen=True)
class Entry:
    """A row under review: its cells as they are now (as they were, if rejected), its state, where its figure stands, its doubtful fields.

    `elsewhere` tells that it is not as it was decided: another program changed it or took it out.
    """

    row: Mapping[str, str]
    state: str
    span: Span | None
    doubts: tuple[str, ...] = ()
    reason: str = ""
    confidence: str = ""
    elsewhere: bool = False

    @property
    def key(self) -> str:
        """The id of the row."""
        return self.row["observation_id"]

    @property
    def open(self) -> bool:
        """Whether somebody must still decide on it."""
        return self.state == PROPOSED or self.elsewhere


def doubtful(row: Mapping[str, str], confidence: str) -> tuple[str, ...]:
    """The fields of a proposed row that a reader should look at first.

    Caveats name theirs; a draft that was not sure inferred the time, the part, or took a general term or one of another clause.
    """
    fields = {OF_FIELD[caveat] for caveat in row["caveats"].split(";") if caveat in OF_FIELD}
    if confidence in ("medium", "low"):
        fields |= {"subject"} if ":" in row["subject"] else set()
        fields |= {"reported_term", "indicator"} if len(row["reported_term"]) < 3 or not fields else set()
    return tuple(name for name in row if name in fields)


def entries(
    script: Script, rows: Mapping[str, Mapping[str, str]], account: Sequence[Mapping[str, str]], history: History
) -> list[Entry]:
    """Every row of a text, in the order of the text; those that are found nowhere in it stand last."""
    last = history.last()
    drafted: dict[str, Mapping[str, str]] = {}
    for line in account:
        if line["observation_id"]:
            drafted.setdefault(line["observation_id"], line)
    spans = script.where(rows.values()) | {key: _span(line) for key, line in drafted.items() if fits(script, line)}
    spans |= {key: (one.start, one.end) for key, one in last.items() if one.start >= 0}
    rejected = {key: _restored(one) for key, one in last.items() if key not in rows}
    found = []
    for key, row in {**rows, **rejected}.items():
        decision = last.get(key)
        line = drafted.get(key, {})
        confidence = line.get("confidence", "")
        state = _OF_ACTION[decision.action] if decision else PROPOSED if line.get("state") == PROPOSED else ADDED
        moved = bool(decision) and (key in rows) == (state == REJECTED)
        moved |= bool(decision) and key in rows and decision.row_sha256 != row_sha256(dict(row))  # type: ignore[union-attr]
        seen = state in DECIDED and not moved
        doubts = () if seen else doubtful(row, confidence)
        reason = decision.reason if decision else ""
        found.append(Entry(row, state, spans.get(key), doubts, reason, confidence, moved))
    return sorted(found, key=lambda one: one.span or (len(script.text), 0))


def _restored(decision: Decision) -> dict[str, str]:
    """The row that a decision took out, or that another program took out since."""
    side = 0 if decision.action == "reject" else 1
    empty = dict.fromkeys(columns("observations"), "")
    cells = {name: pair[side] for name, pair in decision.cells.items() if name in empty}
    return {**empty, **cells, "observation_id": decision.observation_id}


def _span(line: Mapping[str, str]) -> Span:
    return int(line["start"]), int(line["end"])


def fits(script: Script, line: Mapping[str, str]) -> bool:
    """Whether a line of a draft speaks of the text as it is: its figure stands where the line says."""
    try:
        start, end = _span(line)
    except (TypeError, ValueError):
        return False
    return bool(line["figure"]) and " ".join(script.text[start:end].split()) == line["figure"]


def marks(script: Script, found: Sequence[Entry], account: Sequence[Mapping[str, str]]) -> list[Mark]:
    """Every figure of a text, in order: with the state of its row, or set aside with the reason of the draft."""
    by_key = {entry.key: entry for entry in found}
    at: dict[Span, Mark] = {}
    for line in account:
        if not fits(script, line):
            continue
        entry = by_key.get(line["observation_id"])
        if entry is None:
            at.setdefault(
                _span(line), Mark(*_span(line), SET_ASIDE, "", line["reason"], line["reason"].startswith(_NEARLY))
            )
        else:
            at[_span(line)] = Mark(
                *_span(line), entry.state, entry.key, entry.reason, bool(entry.open and entry.doubts)
            )
    for entry in found:
        if entry.span:
            if at.get(entry.span) and at[entry.span].state not in (SET_ASIDE, REJECTED):
                continue  # a second row of the figure
            at[entry.span] = Mark(*entry.span, entry.state, entry.key, entry.reason, bool(entry.open and entry.doubts))
    return _apart(sorted(at.values()))


def _apart(found: Sequence[Mark]) -> list[Mark]:
    """The marks without those that lie over another one that a row stands for."""
    kept: list[Mark] = []
    for mark in found:
        while kept and kept[-1].end > mark.start and kept[-1].state == SET_ASIDE and mark.state != SET_ASIDE:
            kept.pop()
        if not kept or kept[-1].end <= mark.start:
            kept.append(mark)
    return kept
