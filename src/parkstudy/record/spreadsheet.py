"""What a spreadsheet does to a table as it saves it: another encoding or separator, dates and percentages in other forms.

The cause is one fault of the file, named before its symptoms and in their place: none of the rows is read.
"""

import csv
import io
import re
from collections.abc import Collection, Sequence

import polars as pl

from parkstudy.record.schema import columns

CHANGED = "dates and percentages may have changed"
NOT_READ = "none of its rows was read"
_VERIFY = f"then hold its figures against their texts (parkstudy verify); {NOT_READ}"
_SAVE = "save it as CSV UTF-8 with commas"
_DATE = (
    r"^(?:[0-9]{1,4}[/.][0-9]{1,2}[/.][0-9]{1,4}|[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{5}|"
    r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{2,4}|[A-Z][a-z]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2} 0?0:00.*)$"
)
_BARE = r"^-?[0-9]*\.?[0-9]+(?:[eE][+-][0-9]+)?$"
_SEVERAL, _MOST = 3, 0.5  # from how many cells, and from which share of a column, on it is the file and not a slip

Said = tuple[str, str]


def encoding(raw: bytes) -> Said | None:
    """What is wrong with a file that is saved as UTF-16 or GBK, and what to do; None for any other."""
    how = ""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw[:400].count(0) > len(raw[:400]) // 4:
        how = "UTF-16"
    else:
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError as error:
            if "\ufffd" not in raw.decode("gb18030", errors="replace"):
                how = f"GBK (byte 0x{raw[error.start]:02x} is not UTF-8)"
    return (f"saved by a spreadsheet as {how}: {CHANGED}", f"{_SAVE}, {_VERIFY}") if how else None


def separator(text: str, known: Collection[str]) -> Said | None:
    """What is wrong with a file whose header has the columns that are `known` between semicolons or tabs; None for any other."""
    first = text.partition("\n")[0].rstrip("\r")
    for mark, said in ((";", "semicolons"), ("\t", "tabs")):
        if len({*known} & set(next(csv.reader(io.StringIO(first), delimiter=mark), []))) > 1:
            return f"saved by a spreadsheet with {said} between the cells: {CHANGED}", f"{_SAVE}, {_VERIFY}"
    return None


def trimmed(row: list[str], width: int) -> list[str]:
    """A row without the empty cells that stand behind its first `width` ones."""
    while len(row) > width and not row[-1].strip():
        row = row[:-1]
    return row


def saved(frame: pl.DataFrame, name: str) -> Said | None:
    """What is wrong with a table most of whose dates or growth rates have the form that a spreadsheet gives them; None for any other."""
    dates = [
        key for key, column in columns(name).items() if key == "published" or (column.metadata or {})["type"] == "date"
    ]
    cells = (
        pl.concat([frame[key].drop_nulls().rename("cell") for key in dates])
        if dates
        else pl.Series("cell", [], pl.String)
    )
    signs = [("date", cells.filter(cells.str.contains(_DATE)), cells.len(), "expected 2019-12-31")]
    if name == "observations":
        told = pl.col("transformation").is_in(["yoy", "share"]) & ~pl.col("caveats").fill_null("").str.contains(
            "unit_assumed"
        )
        rates = frame.filter(told)["reported_figure"].drop_nulls()
        signs.append(("percentage", rates.filter(rates.str.contains(_BARE)), rates.len(), "expected 10.2%"))
    found = [
        f"{odd.len()} of {total} {noun}s have such forms as {odd[0]!r} ({expected})"
        for noun, odd, total, expected in signs
        if odd.len() >= max(_SEVERAL, _MOST * total)
    ]
    if not found:
        return None
    return f"saved by a spreadsheet: {CHANGED}: {'; '.join(found)}", f"write them as they were, as text, {_VERIFY}"


def wide_percentages(figures: Sequence[str]) -> bool:
    """Whether percentages look as a spreadsheet writes them: all with two decimals, and some that end in a zero."""
    found = [match[1] for figure in figures if (match := re.search(r"\.(\d+)[%％]", figure))]
    bare = sum(bool(re.search(r"(?<![.\d])\d+[%％]", figure)) for figure in figures)
    return (
        not bare
        and len(found) >= _SEVERAL + 2
        and {*map(len, found)} == {2}
        and any(one.endswith("0") for one in found)
    )
