"""An .xlsx workbook of a table: the rows with their types, `notes` (columns, version, licence) and `codes` (their words)."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import polars as pl

from parkstudy import __version__
from parkstudy.errors import counted
from parkstudy.export import ExportError
from parkstudy.method.compare import COLUMNS
from parkstudy.method.measures import Measures
from parkstudy.method.study import Study
from parkstudy.record.as_csv import ENDS, TIME_PERIOD, runs, with_sdmx_names, with_text
from parkstudy.record.codes import LANGUAGES, has, label, labels
from parkstudy.record.package import LICENCES
from parkstudy.record.schema import columns
from parkstudy.record.tables import NORMALISED
from parkstudy.record.units import units

ROWS, CELL = 1_048_575, 32_767  # what a sheet holds under its header, and the signs that a cell holds
WIDEST = 60  # of a column, in signs
_PLACES = 20  # of faulty rows, that are named
NO_CLOCK = datetime(1980, 1, 1, tzinfo=UTC)
_GROUPS = {  # a column to the closed lists of its codes, those of its own name apart
    "status": ("obs_status",), "caveats": ("flag",), "flags": ("flag",), "verdict": ("comparison",),
    "limits": ("comparison_limit",), "reason": ("reason", "refusal", "choice", "no_value"),
    "price": ("price", "growth_price"), "kind": ("source_kind",), "subject": (),
}  # fmt: skip


def workbook(study: Study, table: str, frame: pl.DataFrame) -> bytes:
    """The workbook; the same bytes from the same rows. Raises `ExportError` where a sheet or a cell cannot hold them.

    Numbers and dates are such; an open end is the text `INF` or `-INF`. Text that would be run as a formula is text, with the mark
    by which a spreadsheet keeps it so when it is edited.
    """
    from xlsxwriter import Workbook

    rows = with_text(with_sdmx_names(frame))
    _fits(table, rows)
    made = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with Workbook(made, plain) as book:
        book.set_properties(
            {"created": NO_CLOCK, "title": study.about.title_en, "author": ", ".join(study.about.authors)}
        )
        _sheet(book, table, rows)
        notes = [*_head(study, table, frame), ("", ""), ("column", "meaning"), *_meanings(table, frame)]
        _sheet(book, "notes", _texts(("what", "text"), notes))
        _sheet(book, "codes", _texts(("column", "code", "English", "Chinese"), _codes(study, frame)))
    return made.getvalue()


def _fits(table: str, rows: pl.DataFrame) -> None:
    if rows.height > ROWS:
        raise ExportError(f"{rows.height} rows of {table}; a sheet holds {ROWS}: write .parquet or .csv").told(
            "sheet_rows", n=f"{rows.height:,}", most=f"{ROWS:,}"
        )
    for name in rows.select(pl.col(pl.String)).columns:
        longest = rows[name].str.len_chars().max()
        if isinstance(longest, int) and longest > CELL:
            message = f"{longest} signs in a cell of {name}; a cell holds {CELL}: write .parquet or .csv"
            raise ExportError(message).told("sheet_cell", column=name, n=f"{longest:,}", most=f"{CELL:,}")


def _texts(names: Iterable[str], rows: Iterable[tuple[str, ...]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), dict.fromkeys(names, pl.String), orient="row")


def _sheet(book: Any, name: str, frame: pl.DataFrame) -> None:
    """A sheet with a header that stays, its columns as wide as they need up to a limit."""
    numbers = [column for column, kind in frame.schema.items() if kind.is_float()]
    sheet = book.add_worksheet(name)
    frame.with_columns(pl.when(pl.col(numbers).is_finite()).then(pl.col(numbers))).write_excel(
        book, sheet, table_style="Table Style Light 1", freeze_panes=(1, 0),
        dtype_formats={pl.Float64: "General", pl.Int64: "General", pl.Date: "yyyy-mm-dd"},
    )  # fmt: skip
    kept = book.add_format({"quote_prefix": True})
    for place, column in enumerate(frame.columns):
        cell, text = pl.col(column), frame.select(pl.col(column).cast(pl.String))
        if column in numbers:
            for row, end in frame.with_row_index("_row").filter(cell.is_infinite()).select("_row", column).iter_rows():
                sheet.write_string(row + 1, place, ENDS[end])
        else:
            for row, words in text.with_row_index("_row").filter(runs(column)).iter_rows():
                sheet.write_string(row + 1, place, words, kept)
        wide = text.select((cell.str.len_bytes() + cell.str.len_chars()).max() / 2).item() or 0  # Han are two wide
        sheet.set_column(place, place, min(max(wide, len(column)) + 3, WIDEST))


def _head(study: Study, table: str, frame: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """What a reader of the file alone must know."""
    from parkstudy.report.citation import citation
    from parkstudy.show.view import View

    called, data = study.about, study.data_hash
    licence = (called.licence, *LICENCES.get(called.licence, ()))
    said = {"version": __version__, "data": study.edition, "parameters": ""}
    yield "study", called.title_en or label("page", "untitled", "en")
    yield "table", f"{table}, {counted(frame.height, 'row')}"
    yield "version", f"parkstudy {__version__}"
    yield "data", ", ".join(filter(None, (study.version, f"SHA-256 {data}")))
    if called.licence:
        yield "licence", ", ".join(licence)
    yield "cite as", str(citation(View(study), "", **said))
    if called.notes_en:
        yield "note", called.notes_en
    yield "cells", "an empty cell: not stated, or not applicable; lists are separated by ;"
    if study.faults:
        places = dict.fromkeys(":".join(filter(None, (one.file, str(one.line or "")))) for one in study.faults)
        left = ", ".join([*islice(places, _PLACES), *(["..."] if len(places) > _PLACES else [])])
        yield "faults", f"the data have faulty rows, which are left out and enter no figure: {left}"
    if "unit" in frame.columns:
        yield (
            "units",
            "of each row, in UNIT_MEASURE, and unscaled: in yuan, never in thousands; a tax in percent is yuan per 100 yuan",
        )


def _named(frame: pl.DataFrame) -> dict[str, str]:
    """Each column of the frame to its name in the sheet."""
    names = [name for name in frame.columns if name != "key"]
    return dict(zip(names, with_sdmx_names(frame).columns, strict=False))


def _meanings(table: str, frame: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """Each column of the sheet and what it is."""
    declared = {"measures": Measures.columns, "comparisons": dict[str, Any]}.get(table, lambda: columns(table))()
    meanings = {name: column.description or "" for name, column in declared.items()}
    meanings |= NORMALISED if table == "observations" else COLUMNS if table == "comparisons" else {}
    yield from ((shown, meanings[name]) for name, shown in _named(frame).items())
    if "period_end" in frame.columns:
        yield "TIME_PERIOD", TIME_PERIOD


def _codes(study: Study, frame: pl.DataFrame) -> Iterator[tuple[str, ...]]:
    """Each code that occurs, with its words in both languages: of the closed lists, and of the study's own tables."""
    from parkstudy.show.view import View

    own, views = _own(study), [View(study, lang) for lang in LANGUAGES]
    if "measure" in frame.columns:
        measures = frame["measure"].unique().to_list()
        own["measure"] = {code: tuple(view.text("measure", code) for view in views) for code in measures}
    for name, shown in _named(frame).items():
        groups = [group for group in _GROUPS.get(name, (name,)) if has(group)]
        words = {code: pair for group in reversed(groups) for code, pair in _words(group).items()} | own.get(name, {})
        if name == "reason":  # beside rows that are left out no text is silent
            words = {
                code: tuple(view.as_recorded(said) for view, said in zip(views, pair, strict=True))
                for code, pair in words.items()
            }
        cells = with_text(frame.select(name)).to_series()
        if not words or cells.dtype != pl.String:
            continue
        found = cells.drop_nulls().str.split(";").explode().unique(maintain_order=True)
        yield from ((shown, code, *words[code]) for code in found.to_list() if code in words)


def _words(group: str) -> dict[str, tuple[str, ...]]:
    said = [labels(group, lang) for lang in LANGUAGES]
    return {code: tuple(words[code] for words in said) for code in said[0]}


def _own(study: Study) -> dict[str, dict[str, tuple[str, ...]]]:
    """The names that the tables of the study and the list of units give to what stands in a column."""
    names = [f"name_{lang}" for lang in LANGUAGES]
    parks = {park: tuple(pair) for park, *pair in study.parks.select("park_id", *names).iter_rows()}
    return {
        **dict.fromkeys(("park_id", "left", "right"), parks),
        "indicator": {one: tuple(pair) for one, *pair in study.indicators.select("indicator", *names).iter_rows()},
        "subject": {one: tuple(pair) for one, *pair in study.subjects.select("subject", *names).iter_rows()},
        "unit": {code: tuple(unit.name[lang] for lang in LANGUAGES) for code, unit in units().items()},
    }
