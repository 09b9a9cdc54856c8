"""What a browser is shown of a review: the part of the text that is near, with its marks; the rows of a paragraph, with their doubts."""

from collections.abc import Mapping, Sequence
from typing import Any

from parkstudy.record.codes import has, label, labels, table
from parkstudy.recorder.marks import SET_ASIDE, Entry, Mark
from parkstudy.recorder.offers import CLOSED, FIELDS, MANY, nearest_terms, offers
from parkstudy.recorder.parts import worded
from parkstudy.recorder.review import Review
from parkstudy.recorder.second import Comparison, Difference
from parkstudy.recorder.text import Piece
from parkstudy.words.said import said

BEFORE, BEHIND = 6_000, 9_000  # characters of the text that are near a place
_PERIOD = ("period_start", "period_end")
_USUAL = {"bound": "exact"}  # not shown of a row
DIGITS = {  # the key that opens a field, the same in every row
    name: "1234567890p"[n]
    for n, name in enumerate(("indicator", "reported_term", "reported_figure", "subject", "transformation", "period", "share_of",
                              "value_type", "population", "caveats", "part_of"))
}  # fmt: skip
_NO_FIGURE = frozenset((
    "date", "time", "document_number", "road", "rank", "address", "slogan", "paragraph_number", "part_of_a_word", "a_span_of_time",
    "digits_of_another_script", "a_threshold_that_only_names_a_class",
))  # fmt: skip
_PROVEN = ("not_proven", "fails_the_check")  # reasons behind whose colon stands what the proof or a rule says
_AFTER_KIND = 5  # the place of the period among the fields
Row = Mapping[str, str]


def near(review: Review, marks: Sequence[Mark], at: int) -> dict[str, Any]:
    """The pieces of the text around piece `at`, each in segments: plain words and figures with their state."""
    pieces = review.script.pieces
    first = last = min(max(at, 0), max(len(pieces) - 1, 0))
    while first > 0 and pieces[last].start - pieces[first - 1].start < BEFORE:
        first -= 1
    while last < len(pieces) - 1 and pieces[last + 1].end - pieces[at].start < BEHIND:
        last += 1
    shown = pieces[first : last + 1]
    return {"from": first, "pieces": [_piece(review, piece, marks) for piece in shown]}


def _piece(review: Review, piece: Piece, marks: Sequence[Mark]) -> dict[str, Any]:
    text, place = review.script.text, piece.start
    segments: list[dict[str, Any]] = []
    for mark in _inside(marks, piece):
        if mark.start > place:
            segments.append({"text": text[place : mark.start], "at": place})
        end = min(mark.end, piece.end)
        segments.append({"text": text[mark.start : end], "at": mark.start, **_mark(mark)})
        place = end
    segments.append({"text": text[place : piece.end], "at": place})
    return {"locator": piece.locator or "", "segments": segments}


def _inside(marks: Sequence[Mark], piece: Piece) -> Sequence[Mark]:
    return [mark for mark in marks if piece.start <= mark.start < piece.end]


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "state": mark.state,
        "key": mark.observation_id,
        "why": mark.reason,
        "doubt": mark.doubtful,
        "end": mark.end,
    }


def _reason(reason: str) -> tuple[str, str, str]:
    """Why a draft set a figure aside: its code of the list `aside`, the words before the first colon, what was found behind it."""
    head, _, rest = reason.partition(":")
    unit = head.removeprefix("unit ")
    if unit != head:
        head, rest = "unit", unit
    return "_".join("".join(sign if sign.isalnum() else " " for sign in head).split()), head, rest.strip()


def reason_words(reason: str, lang: str) -> str:
    """Why a draft set a figure aside, in a language, with what was found."""
    code, head, rest = _reason(reason)
    words = labels("aside", lang, long=False).get(code, head)
    if rest and code in _PROVEN:
        rest = said(rest, lang)
    return f"{words}{'：' if lang == 'zh' else ': '}{rest}" if rest else words


def may_be_a_row(mark: Mark) -> bool:
    """Whether a figure that has no row could have one: it is no date, number of a document or other thing that is never a figure."""
    return mark.state == SET_ASIDE and _reason(mark.reason)[0] not in _NO_FIGURE


class Names:
    """The names of a row's cells in a language."""

    def __init__(self, review: Review, lang: str) -> None:
        self.lang = lang
        self.indicators = review.checker.rows("indicators")
        self.named = {one["indicator"]: one[f"name_{lang}"] for one in self.indicators}
        self.fields = labels("row_field", lang, long=False)
        own = review.checker.rows("subjects", source_id=review.source_id)
        self.parts = {one["subject"]: one["name_zh"] for one in own}

    def cell(self, field: str, value: str) -> str:
        """A cell in words: the label of a code, the name of an indicator, of a part by the words of its text."""
        if not value:
            return ""
        if field in ("indicator", "share_of") and value in self.named:
            return self.named[value]
        if (field == "share_of" and value in ("plan", "unstated")) or (
            field == "subject" and value in ("park", "county")
        ):
            return label("recorder", f"of_{value}", self.lang)
        if field == "subject":
            words = worded(value, self.parts)
            return f"{words.partition(':')[2].replace('+', ', ')} ({value})" if words != value else value
        group = {"caveats": "flag", "bound": "bound_word"}.get(field, field)
        if field in CLOSED and has(group):
            known = table()[group]
            stop = "；" if self.lang == "zh" else "; "
            return stop.join(label(group, one, self.lang) if one in known else one for one in value.split(";"))
        return value

    def said(self, row: Row) -> str:
        """A row in one line, for who hears it."""
        period = "–".join(filter(None, (row["period_start"], row["period_end"])))
        cells = [self.cell(name, row[name]) for name in ("indicator", "subject", "transformation", "value_type")]
        return ", ".join(filter(None, (row["reported_figure"], *cells, period)))


def row_shown(review: Review, names: Names, entry: Entry, unproven: Mapping[str, str]) -> dict[str, Any]:
    """A row as it is shown: its state, its cells in words, the doubtful ones marked."""
    row, doubts = entry.row, {*entry.doubts, *(column for column, _ in review.unusual.get(entry.key, ()))}
    fields = [
        {
            "name": name, "label": names.fields[name], "shown": names.cell(name, row[name]), "doubt": name in doubts,
            "digit": DIGITS.get(name, ""),
        }
        for name in FIELDS
        if ((row[name] and _USUAL.get(name) != row[name]) or name in doubts) and name not in _PERIOD
    ]  # fmt: skip
    span = [row[name] for name in _PERIOD if row[name]]
    doubt = any(name in doubts for name in _PERIOD)
    period = {
        "name": "period", "label": names.fields["period"], "shown": " – ".join(span), "doubt": doubt, "digit": DIGITS["period"],
    }  # fmt: skip
    fields[_AFTER_KIND:_AFTER_KIND] = [period]
    return {
        "key": entry.key, "state": entry.state, "figure": entry.row["reported_figure"], "said": names.said(entry.row),
        "at": list(entry.span) if entry.span else [], "elsewhere": entry.elsewhere, "open": entry.open,
        "reason": entry.reason, "confidence": entry.confidence, "fields": fields,
        "unproven": "\n".join(_against(review, names.lang, entry, unproven)),
    }  # fmt: skip


def _against(review: Review, lang: str, entry: Entry, unproven: Mapping[str, str]) -> list[str]:
    """What the proof and the days say against a row, in words."""
    why = unproven.get(entry.key)
    proof = [label("recorder", "not_proven", lang).format(why=said(why, lang))] if why else []
    days = [said(one, lang) for _, one in review.unusual.get(entry.key, ())]
    return [*proof, *(label("recorder", "unusual", lang).format(why=one) for one in days)]


def form(
    review: Review, names: Names, row: Row, span: tuple[int, int] | None, doubts: Sequence[str], head: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields of a row to be filled in, each with what can be chosen."""
    found = review.script.line_of(span) if span else None
    line = found[0] if found else None
    given = offers(row, line, review.rows.values(), names.indicators, names.parts, names.lang, found[1] if found else 0)
    fields = [
        {
            "name": name, "label": names.fields[name], "value": row.get(name, ""), "doubt": name in doubts,
            "kind": "many" if name in MANY else "one" if name in CLOSED else "free",
            "offers": [[offer.value, offer.name, offer.fit] for offer in given.get(name, [])],
        }
        for name in FIELDS
    ]  # fmt: skip
    terms = nearest_terms(line, found[1], names.indicators) if found and line else {}
    return {**head, "figure": row["reported_figure"], "fields": fields, "terms": terms}


def compared(both: Comparison, names: Names) -> dict[str, Any]:
    """How two readers agree, field by field, and what is to be settled between them."""
    found = both.agreement()
    fields = [[names.fields[name], count] for name, count in found.same.items()]
    counts = {"first": found.first, "second": found.second, "both": found.both, "slug": found.slug}
    return {**counts, "fields": fields, "open": [_difference(one, both, names) for one in both.open()]}


def _difference(one: Difference, both: Comparison, names: Names) -> dict[str, Any]:
    review, key = (both.first, one.first_id) if one.first_id else (both.second, one.second_id)
    entry = review.entry(key)
    empty, whole = (label("recorder", code, names.lang) for code in ("nothing", "whole_row"))
    values = [names.cell(one.field, value) or empty for value in (one.first, one.second)]
    named = names.fields.get(one.field) or whole
    return {
        "difference": list(one),
        "label": named,
        "values": values,
        "figure": entry.row["reported_figure"],
        "at": list(entry.span or ()),
    }
