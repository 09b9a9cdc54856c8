"""The review of a draft as a workbook: one sheet to edit, a row each proposed figure and each that is set aside, with its sentence.

Cells to fill in hold text, so that no spreadsheet makes a number of `10.2%` or a date of `2021-12-31`; what explains them is locked;
codes are chosen from lists whose words stand on a sheet of their own.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from parkstudy.errors import counted
from parkstudy.record.codes import LANGUAGES, label, labels, table
from parkstudy.record.schema import columns
from parkstudy.record.verified import row_sha256
from parkstudy.recorder.checking import Checker
from parkstudy.recorder.marks import OF_FIELD, SET_ASIDE, Entry
from parkstudy.recorder.offers import CLOSED, FIELDS, MANY, offers
from parkstudy.recorder.review import Review
from parkstudy.recorder.state import RefusedError
from parkstudy.recorder.text import NoTextError, Span
from parkstudy.recorder.window import may_be_a_row, reason_words
from parkstudy.scratch import write
from parkstudy.words.said import said

SHEET, HELP, CODES = "review", "how", "codes"
DECISION, REASON = "decision", "reason"
ACTIONS = ("accept", "correct", "reject", "add")
UNPROVEN = {"correct_unproven": "correct", "add_unproven": "add"}  # recorded though the text does not bear it out
PLACE = ("locator", "observation_id", "source_id", "start", "end", "seen")  # by which a row is found again
COLUMNS = (DECISION, REASON, "sentence", "state", "look_at", *FIELDS, *PLACE)
EDITED = (DECISION, REASON, *FIELDS)
LISTED = tuple(name for name in CLOSED if name not in MANY)
_SENTENCE = re.compile(r"[。!?;！？；\n]")
_LONGEST = 400  # characters of a sentence on either side of its figure
_WIDTHS = {
    "sentence": 60, REASON: 24, "look_at": 20, "indicator": 34, "transformation": 16, "share_of": 20, "value_type": 22,
    "population": 24, "obs_status": 18, "reported_term": 18, "reported_figure": 16, "caveats": 24, "note": 24, "seen": 4,
    "source_id": 14, "observation_id": 18,
}  # fmt: skip
_WIDTH, _ROW, _A3 = 13, 48, 8


class Line(NamedTuple):
    """A row of the sheet: the cells by column, and the columns in doubt."""

    cells: Mapping[str, str]
    doubts: Sequence[str]


def reviews(folder: str | Path, sources: str | Path) -> tuple[list[Review], dict[str, str], list[str]]:
    """The texts of a folder that can be reviewed, why the others cannot, and what is told of all. Raises `RefusedError` without any."""
    found: list[Review] = []
    without: dict[str, str] = {}
    told: list[str] = []
    for source in Checker(Path(folder)).rows("sources", kind="work_summary"):
        try:
            found.append(review := Review(folder, source["source_id"], sources))
            told += review.told
        except NoTextError as error:
            without[source["source_id"]] = str(error)
            told.append(f"{source['source_id']}: left out: {error}")
    if not found:
        raise RefusedError(
            "\n".join([*told, f"no text of {folder} can be reviewed; put the texts that were drafted into {sources}"])
        )
    return found, without, told


def heads(lang: str) -> dict[str, str]:
    """Column to what stands above it: its name, in another language its words."""
    if lang == LANGUAGES[0]:
        return {name: name for name in COLUMNS}
    fields, own = labels("row_field", lang, long=False), labels("workbook", lang, long=False)
    return {name: own.get(name) or fields[name] for name in COLUMNS}


def lines(review: Review, lang: str) -> list[Line]:
    """The rows of a text that are undecided, and its figures that are set aside, in the order of the text; dates and such last."""
    open_ = [one for one in review.entries if one.open and one.key in review.rows]
    end = (len(review.script.text), 0)
    found = [((False, *(one.span or end)), _row(review, one, lang)) for one in open_]
    for mark in review.marks():
        if mark.state == SET_ASIDE:
            span = (mark.start, mark.end)
            found.append(((not may_be_a_row(mark), *span), _aside(review, span, reason_words(mark.reason, lang))))
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _row(review: Review, one: Entry, lang: str) -> Line:
    row, own = one.row, (*FIELDS, "locator", "observation_id", "source_id")
    found = {"state": "proposed", "look_at": _look_at(review, one, lang), "seen": row_sha256(dict(row))}
    return Line({**{name: row[name] for name in own}, **found, **_place(review, one.span)}, one.doubts)


def _look_at(review: Review, one: Entry, lang: str) -> str:
    """The fields in doubt, each with why, and what the proof and the days say against the row."""
    unsure, found = label("workbook", "unsure", lang), []
    for name in one.doubts:
        why = [label("flag", code, lang) for code in one.row["caveats"].split(";") if OF_FIELD.get(code) == name]
        found.append(f"{heads(lang)[name]} ({', '.join(why) or unsure})")
    against = [review.against[one.key]] if one.key in review.against else []
    against += [words for _, words in review.unusual.get(one.key, ())]
    return "; ".join([*found, *(said(words, lang) for words in against)])


def _aside(review: Review, span: Span, why: str) -> Line:
    figure = " ".join(review.script.text[slice(*span)].split())
    found = {"state": SET_ASIDE, "look_at": why, "reported_figure": figure, "source_id": review.source_id}
    return Line({**found, **_place(review, span)}, ())


def _place(review: Review, span: Span | None) -> dict[str, str]:
    if span is None:
        return {}
    return {"start": str(span[0]), "end": str(span[1]), "sentence": sentence(review.script.text, span)}


def sentence(text: str, span: Span) -> str:
    """The sentence around a figure, the figure in brackets."""
    start = max(
        (found.end() for found in _SENTENCE.finditer(text, max(0, span[0] - _LONGEST), span[0])),
        default=max(0, span[0] - _LONGEST),
    )
    close = _SENTENCE.search(text, span[1], span[1] + _LONGEST)
    end = close.end() if close else min(len(text), span[1] + _LONGEST)
    return f"{text[start : span[0]]}【{text[slice(*span)]}】{text[span[1] : end]}".strip()


def made(folder: str | Path, sources: str | Path, path: Path, lang: str = "en") -> list[str]:
    """Write the workbook of a folder's undecided rows; gives what was done. Raises `RefusedError` where nothing is undecided."""
    found, _, told = reviews(folder, sources)
    rows = [line for review in found for line in lines(review, lang)]
    if not rows:
        raise RefusedError(f"nothing is left to decide in {folder}")
    write(path, _book(rows, list(_codes(found[0], lang)), lang))
    asked = sum(line.cells["state"] != SET_ASIDE for line in rows)
    aside = counted(len(rows) - asked, "figure")
    how = f"{path}: {counted(asked, 'row')} to decide, {aside} set aside; fill in {DECISION}, save, and run the same command again"
    return [said(line, lang) for line in (*told, how)]


def _codes(review: Review, lang: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Each column that has a list, its codes, how the list has them, and their words in both languages."""
    indicators = review.checker.rows("indicators")
    by_lang = [offers({"reported_figure": ""}, None, (), indicators, {}, lang) for lang in LANGUAGES]
    for name in (*LISTED, "caveats"):
        words = [{offer.value: offer.name for offer in by[name]} for by in by_lang]
        for code in filter(None, words[0]):
            first, second = (names[code] for names in words)
            yield name, code, f"{code} {first if lang == LANGUAGES[0] else second}", first, second
    for action, word in decision_words(LANGUAGES[1]).items():
        plain = action.replace("_", " ")
        yield DECISION, action, plain if lang == LANGUAGES[0] else word, plain, word


def code_of(review: Review) -> dict[tuple[str, str], str]:
    """Column and name of a code, in any language or as a list has it, to the code."""
    found: dict[tuple[str, str], str] = {}
    for lang in LANGUAGES:
        for column, code, *names in _codes(review, lang):
            found |= {(column, name.lower()): code for name in (code, *names)}
    return found


def decision_words(lang: str) -> dict[str, str]:
    """What can be decided, and the word for it."""
    words = {action: label("recorder", "edit" if action == "correct" else action, lang) for action in ACTIONS}
    words |= {"add": label("recorder", "add_one", lang)}
    return words | {said: label("workbook", said, lang) for said in UNPROVEN}


def _book(rows: Sequence[Line], codes: Sequence[tuple[str, str, str, str, str]], lang: str) -> bytes:
    from xlsxwriter import Workbook

    from parkstudy.export.workbook import NO_CLOCK

    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with Workbook(out, plain) as book:
        book.set_properties({"created": NO_CLOCK, "title": "review"})
        sheet, how, listed = (book.add_worksheet(name) for name in (SHEET, HELP, CODES))
        _review_sheet(book, sheet, rows, {(name, code): shown for name, code, shown, *_ in codes}, lang)
        _lists(sheet, codes, len(rows))
        lines_ = label("workbook", "how", lang).split("\\n")
        for place, line in enumerate(lines_):
            how.write_string(place, 0, line)
        for place, name in enumerate(COLUMNS, len(lines_) + 1):
            how.write_string(place, 0, heads(lang)[name])
            how.write_string(place, 1, _meaning(name, lang))
        how.set_column(0, 0, 18)
        how.set_column(1, 1, 120)
        for place, cells in enumerate([("column", "code", "as listed", "English", "Chinese"), *codes]):
            for column, cell in enumerate(cells):
                listed.write_string(place, column, cell)
        listed.set_column(0, 4, 32)
        listed.freeze_panes(1, 0)
    return out.getvalue()


def _meaning(name: str, lang: str) -> str:
    """What a column is: of one that the schema has its description, in another language its name."""
    if name in table()["workbook"]:
        return label("workbook", name, lang, long=True)
    described = columns("observations")[name].description or ""
    return described if lang == LANGUAGES[0] else labels("row_field", lang, long=False).get(name, described)


def _review_sheet(book: Any, sheet: Any, rows: Sequence[Line], shown: Mapping[tuple[str, str], str], lang: str) -> None:
    """The sheet to edit: text in every cell, what is locked in grey, what is in doubt in yellow."""
    shape = {"num_format": "@", "valign": "top"}
    head, grey = (
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({**shape, "text_wrap": True, "bg_color": "#eeeeee"}),
    )
    short = book.add_format({**shape, "bg_color": "#eeeeee", "shrink": True})
    free = book.add_format({**shape, "locked": False})
    doubt = book.add_format({**shape, "locked": False, "bg_color": "#fff2b3"})
    for place, name in enumerate(COLUMNS):
        sheet.write_string(0, place, heads(lang)[name], head)
        sheet.write_comment(0, place, _meaning(name, lang))
        sheet.set_column(place, place, _WIDTHS.get(name, _WIDTH), grey if name not in EDITED else free)
    states = labels("review_state", lang, long=False)
    for number, line in enumerate(rows, 1):
        sheet.set_row(number, _ROW)
        for place, name in enumerate(COLUMNS):
            look = (short if name == "seen" else grey) if name not in EDITED else doubt if name in line.doubts else free
            cell = line.cells.get(name, "")
            cell = shown.get((name, cell), cell) if name in LISTED else states[cell] if name == "state" else cell
            if cell:
                sheet.write_string(number, place, cell, look)
            else:
                sheet.write_blank(number, place, None, look)
    sheet.freeze_panes(1, 3)
    sheet.set_landscape()  # on paper as wide as a sheet, with its head on each
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    allowed = ("autofilter", "format_columns", "format_rows", "format_cells")
    sheet.protect("", dict.fromkeys(allowed, True))


def _lists(sheet: Any, codes: Sequence[tuple[str, str, str, str, str]], rows: int) -> None:
    """A list of the valid codes at each column that has one."""
    for name in (DECISION, *LISTED):
        places = [place for place, (column, *_) in enumerate(codes, 2) if column == name]
        at = COLUMNS.index(name)
        sheet.data_validation(1, at, rows, at, {
            "validate": "list", "source": f"={CODES}!$C${places[0]}:$C${places[-1]}", "error_title": name,
            "error_message": f"choose one of the list; what the codes mean stands on the sheet {CODES}",
        })  # fmt: skip
