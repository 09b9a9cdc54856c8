"""A workbook of a review read back: every cell looked at, every fault with its address, and then all decisions taken, or none."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from parkstudy.errors import ParkstudyError, counted, did_you_mean
from parkstudy.record import decided
from parkstudy.record.codes import LANGUAGES
from parkstudy.record.verified import row_sha256
from parkstudy.recorder.batch import Wanted, against, take
from parkstudy.recorder.marks import ACCEPTED, ADDED, CORRECTED, REJECTED, SET_ASIDE, fits
from parkstudy.recorder.offers import FIELDS
from parkstudy.recorder.review import Review
from parkstudy.recorder.state import EMPTY, RefusedError
from parkstudy.recorder.typed import Said, cell_text, plain
from parkstudy.recorder.workbook import (
    ACTIONS,
    COLUMNS,
    DECISION,
    PLACE,
    REASON,
    SHEET,
    UNPROVEN,
    code_of,
    heads,
    reviews,
)
from parkstudy.words.said import said

_UNCHANGED = "to correct without a change, left undecided"
_LEFT = "changed since, left as they are"
_NEEDED = (DECISION, REASON, *FIELDS, *PLACE)


class ReturnedError(ParkstudyError):
    """A workbook of which nothing was taken: each fault with the address of its cell, one a line."""

    status = 1


class _Line(NamedTuple):
    """A row of the sheet as it came back: its number, its cells, what was wrong with them, what a spreadsheet made and is undone."""

    row: int
    cells: Mapping[str, str]
    was: Mapping[str, str]


def taken(folder: str | Path, sources: str | Path, path: Path, lang: str = LANGUAGES[0]) -> list[str]:
    """Take the decisions of a workbook; gives what was done. Raises `ReturnedError` with every fault, and then nothing is written."""
    sheet = _sheet(path)
    at = _columns(path, sheet)
    if not Path(folder).is_dir():
        return _taken(folder, sources, path, sheet, at, lang)
    with decided.locked(folder):
        return _taken(folder, sources, path, sheet, at, lang)


def _taken(
    folder: str | Path, sources: str | Path, path: Path, sheet: Any, at: Mapping[str, str], lang: str
) -> list[str]:
    found, without, told = reviews(folder, sources)
    by_source = {review.source_id: review for review in found}
    faults: list[Said] = []
    mended: list[str] = []
    wanted: dict[str, list[tuple[int, Wanted]]] = {source: [] for source in by_source}
    seen: Counter[str] = Counter()
    unchanged: list[str] = []
    for line in _lines(sheet, at, by_source, without, faults, mended):
        review = by_source[line.cells["source_id"]]
        if any(one.row == line.row for one in faults):  # what was meant is not known
            continue
        read = _read(review, line)
        faults += read.said
        if read.decision:
            wanted[review.source_id].append((line.row, read.decision))
        elif not read.said:
            seen[read.why] += 1
            unchanged += [f"{at[DECISION]}{line.row}"] if read.why == _UNCHANGED else []
    for source, decisions in wanted.items():
        rows = [row for row, _ in decisions]
        for one in against(by_source[source], [decision for _, decision in decisions]):
            faults.append(Said(rows[one.place], one.column if one.column in at else DECISION, one.said))
    if faults:
        raise ReturnedError("\n".join([
            *(f"{sheet.title}!{at[one.column]}{one.row}: {said(one.words, lang)}" for one in sorted(set(faults))),
            said(f"{counted(len(set(faults)), 'fault')} in {path}; nothing was taken", lang),
        ]))  # fmt: skip
    counts = _all_or_none([(by_source[source], [one for _, one in some]) for source, some in wanted.items() if some])
    kept = f"every decision is kept in {Path(folder) / 'review.csv'}; the recorder takes them back with one undo a text"
    doubted = [
        f"{key}: warning: not proven in its place: {why}"
        for source, some in wanted.items()
        if any(one.unproven for _, one in some)
        for key, why in by_source[source].against.items()
    ]
    far = [
        f"{key}: {column}: warning: {why}"
        for source, some in wanted.items()
        for key in by_source[source].unusual
        if key in {one.key for _, one in some}
        for column, why in by_source[source].unusual[key]
    ]
    idle = (
        [f"{', '.join(unchanged)}: to be corrected, but no cell is changed: change one, or accept the row"]
        if unchanged
        else []
    )
    done = _told(counts, seen, mended, lang)
    lines = [*told, *done, *idle, *doubted, *far, *([kept] if counts else [])]
    return [said(line, lang) for line in lines]


def _all_or_none(wanted: Sequence[tuple[Review, Sequence[Wanted]]]) -> Counter[str]:
    """Take the decisions on each text and count them by action; where those on one are refused, take back those before it."""
    counts: Counter[str] = Counter()
    for place, (review, decisions) in enumerate(wanted):
        try:
            counts.update(line.action for line in take(review, decisions))
        except BaseException:
            for before, _ in wanted[:place]:
                before.undo()
            raise
    return counts


def _told(counts: Mapping[str, int], seen: Mapping[str, int], mended: Sequence[str], lang: str) -> Iterator[str]:
    if mended:
        some = ", ".join(mended[:5])
        yield f"{counted(len(mended), 'cell')} came back as a number or a date and stand as they were written ({some})"
    done = [f"{counts[action]} {action}" for action in ACTIONS if counts[action]] or ["nothing new"]
    left = [f"{seen[what]} {what.replace('_', ' ')}" for what in sorted(seen)]
    if lang == LANGUAGES[0]:
        yield f"taken: {'; '.join([', '.join(done), *left])}"
    else:
        yield said("; ".join([f"taken: {done[0]}", *done[1:], *left]), lang)


def _sheet(path: Path) -> Any:
    from openpyxl import load_workbook

    if path.suffix.lower() != ".xlsx":
        raise ReturnedError(f"{path} is no .xlsx; save the workbook as .xlsx")
    try:
        book = load_workbook(path)
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise ReturnedError(
            f"{path} cannot be read ({error}); save it as .xlsx, without a password, and close it"
        ) from error
    named = {one.strip().lower(): one for one in book.sheetnames}
    if SHEET not in named:
        raise ReturnedError(f"{path} has no sheet {SHEET!r} but {', '.join(book.sheetnames)}; write a new workbook")
    sheet = book[named[SHEET]]
    if merged := sorted(map(str, sheet.merged_cells.ranges)):
        raise ReturnedError(
            f"{sheet.title}!{', '.join(merged)}: merged cells, all empty but the first; take the merging back and fill in each row"
        )
    return sheet


def _columns(path: Path, sheet: Any) -> dict[str, str]:
    """Column to its letter. Raises `ReturnedError` for each that is missing or stands there twice."""
    names = {words.lower(): name for lang in LANGUAGES for name, words in heads(lang).items()}
    typed = [(str(cell.value).strip().lower(), cell.column_letter) for cell in sheet[1] if cell.value is not None]
    found = [(names.get(words, words), letter) for words, letter in typed]
    count = Counter(name for name, _ in found)
    wrong = [
        f"{sheet.title}!{letter}1: the column {name!r} stands there twice; take one out"
        for name, letter in found
        if count[name] > 1 and name in COLUMNS
    ]
    missing = [name for name in _NEEDED if name not in count]
    heads_at = next(
        (cell.row for row in sheet.iter_rows(2, 20) for cell in row if names.get(str(cell.value)) == DECISION), 0
    )
    if heads_at and DECISION in missing:
        wrong, missing = [f"{sheet.title}!{heads_at}: the header is not in row 1; take out the rows above it"], []
    wrong += [
        f"{sheet.title}!1: the column {name!r} is missing; "
        f"{'nobody can fill it in again' if name in PLACE else 'write its name above it, or'}"
        f"{': undo that it was taken out, or' if name in PLACE else ''} write a new workbook"
        for name in missing
    ]
    if wrong:
        raise ReturnedError("\n".join([*wrong, f"{counted(len(wrong), 'fault')} in {path}; nothing was taken"]))
    return {name: letter for name, letter in found if name in COLUMNS}


def _lines(
    sheet: Any,
    at: Mapping[str, str],
    by_source: Mapping[str, Review],
    without: Mapping[str, str],
    faults: list[Said],
    mended: list[str],
) -> Iterator[_Line]:
    """The rows that name a figure of a text under review; what is wrong with the others, and with cells, is added to `faults`."""
    known: dict[tuple[str, ...], int] = {}
    codes = code_of(next(iter(by_source.values())))
    asides = {
        source: {(line["start"], line["end"]): line["figure"] for line in review.account if fits(review.script, line)}
        for source, review in by_source.items()
    }
    for row in range(2, sheet.max_row + 1):
        raw = {name: sheet[f"{letter}{row}"] for name, letter in at.items()}
        if all(cell.value is None or str(cell.value).strip() == "" for cell in raw.values()):
            continue
        place = {name: plain(raw[name].value) for name in PLACE}
        source, key = place["source_id"], place["observation_id"]
        identity = (source, key, "" if key else place["start"])
        if source in without:  # said once, and only where something is decided
            if plain(raw[DECISION].value) and not any(without[source] in one.words for one in faults):
                faults.append(Said(row, DECISION, f"a decision on a text that is left out: {without[source]}"))
        elif source not in by_source:
            why = f"no text {source!r} is under review; {did_you_mean(source, by_source)}do not change the grey cells"
            new = "a row that this workbook did not have; choose add at a figure that is set aside, or add a row in the recorder"
            faults.append(Said(row, "source_id" if source else DECISION, why if source else new))
        elif key and key not in {one.key for one in by_source[source].entries}:
            faults.append(Said(row, "observation_id", f"no row {key!r} in this text; do not change the grey cells"))
        elif not key and not (place["start"].isdigit() and place["end"].isdigit()):
            why = "the place of the figure is gone; copy no rows here, a row is added for a figure of the text"
            faults.append(Said(row, "start", why))
        elif known.setdefault(identity, row) != row:
            why = f"the same figure stands in row {known[identity]}; take one of them out"
            faults.append(Said(row, "observation_id" if key else "start", why))
        else:
            figure = asides[source].get((place["start"], place["end"]), "")
            was = by_source[source].rows.get(key, EMPTY) if key else {**EMPTY, "reported_figure": figure}
            cells = {
                name: cell_text(raw[name], was.get(name, ""), name, row, faults, mended, codes)
                for name in (DECISION, REASON, *FIELDS)
            }
            yield _Line(row, {**cells, **place}, {name: was.get(name, "") for name in FIELDS})


class _Read(NamedTuple):
    """What a row of the sheet comes to: a decision, or why there is none (a word that is counted), or what is wrong with it."""

    decision: Wanted | None = None
    why: str = ""
    said: Sequence[Said] = ()


def _read(review: Review, line: _Line) -> _Read:
    cells, key = line.cells, line.cells["observation_id"]
    action = line.cells[DECISION].lower()
    unproven, action = action in UNPROVEN, UNPROVEN.get(action, action)
    if wrong := _no_decision(line, key, action):
        return _Read(said=[Said(line.row, DECISION, wrong)])
    row = review.rows.get(key)
    if key and (row is None or row_sha256(row) != cells["seen"]):
        return _read_elsewhere(review, line, action)
    if not key and not line.was["reported_figure"]:
        moved = "no figure of the draft stands there any more: its text or draft was changed; write a new workbook and decide there"
        return _Read(said=[Said(line.row, "start", moved)]) if action else _Read(why=_LEFT)
    changed = {name: cells[name] for name in FIELDS if cells[name] != line.was[name]}
    if not action or (action in ("accept", "reject") and changed):
        said = [Said(line.row, name, words) for name, words in _undecided(line, key, action, changed)]
        return _Read(why="undecided" if key else SET_ASIDE, said=said)
    span = None if key else (int(cells["start"]), int(cells["end"]))
    added = any(entry.span == span and entry.state == ADDED for entry in review.entries) if span else False
    before = added or (action == "accept" and review.entry(key).state == ACCEPTED)
    if before or (action == "correct" and not changed):
        return _Read(why="done before" if before else _UNCHANGED)
    filled = changed if key else {name: cell for name, cell in changed.items() if cell}
    return _Read(Wanted(action, key, filled, cells[REASON], span, cells["seen"], unproven))


def _no_decision(line: _Line, key: str, action: str) -> str:
    """What is wrong with the word of a decision."""
    if action not in ("", *ACTIONS):
        hint = did_you_mean(action, ACTIONS)
        return f"unknown decision {line.cells[DECISION]!r}; {hint}expected {', '.join([*ACTIONS, *UNPROVEN]).replace('_', ' ')}, or nothing"
    if action and (action == "add") == bool(key):
        other = "accept, correct or reject: it has a row" if key else "add, or nothing: it is set aside and has no row"
        return f"{action} is not for this figure; choose {other}"
    return ""


def _undecided(
    line: _Line, key: str, action: str, changed: Sequence[str] | Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """What was filled in without a decision that takes it: column and words."""
    now = f"the row is to be {action}ed" if action else "nothing is decided"
    for name in changed:
        yield (
            name,
            f"{name} is changed, but {now}; choose {'correct' if key else 'add'}, or put {line.was[name]!r} back",
        )
    if line.cells[REASON] and not action:
        yield REASON, "a reason without a decision; choose reject, or take it out"


def _read_elsewhere(review: Review, line: _Line, action: str) -> _Read:
    """A row that is not as the workbook was written of: by a decision of this workbook before, else it is left as it is."""
    key, state = line.cells["observation_id"], review.entry(line.cells["observation_id"]).state
    same = all(line.cells[name] == line.was[name] for name in FIELDS)
    if (action == "correct" and state == CORRECTED and same) or (action == "reject" and state == REJECTED):
        return _Read(why="done before")
    if not action:
        return _Read(why=_LEFT)
    words = (
        f"{key} was changed since this workbook was written and stays as it is; write a new workbook and decide there"
    )
    return _Read(said=[Said(line.row, DECISION, words)])


__all__ = ["RefusedError", "ReturnedError", "taken"]
