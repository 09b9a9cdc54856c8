"""Tables that came into a text as lines: a row is read as one sentence of its heads and cells, which proves them as one proves a figure.

Under `指标 单位 目标 完成` the row `税收 亿元 4.2 2.04` reads `税收|目标|4.2亿元;税收|完成|2.04亿元。` and has the place `t1/r1`; where a
cell is a line of its own, the cell has one (`t1/r1/c4`). The words are those of the first cell of the row, of the head of the column and of
the cell, with the unit that the head, the first cell, a column of units or the line above the table prints. Nothing is guessed: a cell
without a unit, or of which the heads do not say what it is, stands alone and proves nothing; lines that have not as many cells as the head
are no rows, and a table of two heads is none.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from parkstudy.record.quantities import QuantityError, parse
from parkstudy.record.signs import squash

_LEAST, _MOST = 3, 12  # cells of a row
_LONGEST = 24  # characters of a head
_SPLITS = (re.compile(r"\t"), re.compile(r"\|"), re.compile(r"[^\S\u3000]{2,}|\u3000+"), re.compile(r"\s"))
SEVERAL = re.compile(r"\S(?:\s{2,}|\t|\|)\S")  # cells beside one another
_ENDS = re.compile("[。!?;]")
_NUMBER = re.compile(r"[约近超逾]?[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[余多]?")
_NAMED = re.compile(r"(?P<name>.*?)(?:\((?:单位[::])?(?P<unit>[^()]+)\)|(?P<sign>[±+]?[%‰]))?")
_ABOVE = re.compile(r"单位[::]?\(?(?P<unit>[^():;,、]+?)\)?$")
_RATIO = re.compile(
    "(?<!新)增(?!加?值)|减|同比|环比|[±+]|比重|比例|占比|率$|[进幅]度|[位名]次|排[位名]"
)  # heads of what is no amount
FIRST_HEAD = re.compile(r"(?:序号|.*指标.*|项目|.*名称|[园片]区|区域|行业|产业|类别|年[份度]|企业|单位)")
_NUMBERS, _UNITS, _YEARS = ("序号", "编号", "序"), ("单位", "计量单位"), ("年份", "年度")
_ITEM = re.compile(r"\d{1,2}[、.]?")
_ROUNDED = re.compile(r"[-+]?\d{1,3}"), re.compile(r"\d{3}(?!\d)")


class Cell(NamedTuple):
    """A cell: its words as they are compared, the line it stands in and its place there."""

    words: str
    line: int
    start: int
    end: int


class Piece(NamedTuple):
    """Words of a line that a table was read into: those at a place of it, or (not `own`) words of a head that are read there."""

    words: str
    start: int
    end: int
    own: bool = True


class Read(NamedTuple):
    """A line of a table as it is read: its place, its pieces in order, where in them a figure stands alone, with what it is of; the
    head of the names of the rows."""

    place: str
    pieces: Sequence[Piece]
    alone: Mapping[int, str]
    head: str

    @property
    def words(self) -> str:
        """The sentence."""
        return "".join(piece.words for piece in self.pieces)


@lru_cache(maxsize=4)
def tables(text: str) -> Mapping[int, Read]:
    """The lines of a text that are rows of tables, by their number; kept for the last texts."""
    raw = text.splitlines()
    found: dict[int, Read] = {}
    count = place = 0
    while place < len(raw):
        rows = _in_lines(raw, place, found) or _in_cells(raw, place)
        if rows:
            count += 1
            found |= {read[0]: read[1] for read in _read(raw, rows, f"t{count}")}
            place = rows[-1][-1].line
        place += 1
    return MappingProxyType(found)


def _in_lines(raw: Sequence[str], place: int, known: Container[int]) -> list[list[Cell]]:
    """The rows of the table whose head is a line, the head first; none where it is no head of one. `known` are rows of those before."""
    for split in _SPLITS:
        head = _cells(raw[place], place, split)
        if not (_is_head(head) and _LEAST <= len(head) <= _MOST):
            continue
        rows, even = [head], True
        for number in range(place + 1, len(raw)):
            if not squash(raw[number]) or re.fullmatch(r"[\s|:+-]+", raw[number]):
                continue
            cells = _cells(raw[number], number, split)
            if len(cells) < _LEAST or _ENDS.search(squash(raw[number])):
                break
            if len(cells) == len(head) and _is_row(cells, head):
                rows.append(cells)
            elif len(rows) == 1:
                break
            else:
                even = False
        if split is _SPLITS[-1] and not (even and len(rows) > 2):  # a number may have a blank in it
            rows = [row for row in rows if not _torn(row)]
        if len(rows) > 1 and not _two_heads(raw, place, split, known):
            return rows
    return []


def _two_heads(raw: Sequence[str], place: int, split: re.Pattern[str], known: Container[int]) -> bool:
    """Whether the line above the head of a table has cells, too, of which the columns would be."""
    above = next((n for n in range(place - 1, -1, -1) if squash(raw[n])), None)
    words = squash(raw[above]) if above is not None else ""
    if above is None or above in known or "单位" in words or _ENDS.search(words):
        return False
    return len(_cells(raw[above], above, split)) > 1


def _in_cells(raw: Sequence[str], place: int) -> list[list[Cell]]:
    """The rows of the table whose head begins in a line and whose cells stand on a line each; none where it can be read in two ways."""
    if not FIRST_HEAD.fullmatch(squash(raw[place])):
        return []
    cells = []
    for number in range(place, len(raw)):
        if not (words := squash(raw[number])):
            continue
        if len(words) > _LONGEST or _ENDS.search(words) or SEVERAL.search(raw[number]):
            break
        cells.append(Cell(words, number, 0, len(raw[number])))
    found = [rows for width in range(_LEAST, _MOST + 1) if (rows := _of_width(cells, width))]
    return found[0] if len(found) == 1 else []


def _of_width(cells: Sequence[Cell], width: int) -> list[list[Cell]]:
    """The rows of so many cells, none where these are no table of at least two rows whose columns hold one kind of cell each."""
    rows = [list(cells[n : n + width]) for n in range(0, len(cells) - width + 1, width)]
    if not rows or not _is_head(rows[0]):
        return []
    kinds = [_NUMBER.match(one.words) is not None for one in rows[1]] if len(rows) > 1 else []
    kept = rows[:1]
    for row in rows[1:]:
        alike = all(
            (_NUMBER.match(one.words) is not None) == kind or one.words in "-—/"
            for one, kind in zip(row, kinds, strict=True)
        )
        if not (_is_row(row, rows[0]) and alike):
            break
        kept.append(row)
    return kept if len(kept) > 2 else []


def _is_head(cells: Sequence[Cell]) -> bool:
    words = [cell.words for cell in cells]
    names = [_named(one) for one in words]
    plain = all(one and len(one) <= _LONGEST and not _NUMBER.fullmatch(one) and not _ENDS.search(one) for one in words)
    return plain and len(set(names)) == len(names)


def _is_row(cells: Sequence[Cell], head: Sequence[Cell]) -> bool:
    """Whether cells are a row of the table with a head: a name, behind its number where the head says so, then figures."""
    words = [cell.words for cell in cells]
    first = 1 if _ITEM.fullmatch(words[0]) and head[0].words in _NUMBERS else 0
    named = not re.match(r"[-+\d]", words[first]) or re.match(r"(?:19|20)\d\d(?:年|$)|\d{1,2}[、.]\D", words[first])
    return bool(words[first] and named and any(re.search(r"\d", one) for one in words[first + 1 :]))


def _torn(cells: Sequence[Cell]) -> bool:
    """Whether two cells with one blank between them may be one number."""
    words = [cell.words for cell in cells]
    return any(_ROUNDED[0].fullmatch(a) and _ROUNDED[1].match(b) for a, b in pairwise(words))


def _cells(line: str, number: int, split: re.Pattern[str]) -> list[Cell]:
    begin, stop = (
        len(line) - len(line.lstrip(" \u3000|" if split is _SPLITS[1] else " \u3000")),
        len(line.rstrip(" \u3000|\r\n")),
    )
    ends = [match.span() for match in split.finditer(line, begin, stop)]
    spans = zip([begin, *(end for _, end in ends)], [*(start for start, _ in ends), stop], strict=True)
    return [Cell(squash(line[a:b]), number, *_trimmed(line, a, b)) for a, b in spans]


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    words = line[start:end]
    start += len(words) - len(words.lstrip())
    return start, max(start, start + len(words.strip()))


def _named(words: str) -> tuple[str, str]:
    """The name and the unit of a head; brackets around what is no unit are of its name."""
    found = _NAMED.fullmatch(words)
    unit = (found["unit"] or found["sign"] or "").lstrip("±+") if found else ""
    return (found["name"], unit) if found and _is_unit(unit) else (words, "")


def _is_unit(words: str) -> bool:
    if not words or words[0] in "0123456789.,":  # which would go on with a number
        return False
    try:
        return parse(f"1{words}").printed_unit and parse(f"1{words}").bound == "exact"
    except QuantityError:
        return False


def _read(raw: Sequence[str], rows: Sequence[Sequence[Cell]], table: str) -> Iterator[tuple[int, Read]]:
    """The lines of a table, but its head, as they are read."""
    above = _unit_above(raw, rows[0][0].line)
    heads = [_named(cell.words) for cell in rows[0]]
    for number, row in enumerate(rows[1:], 1):
        said = list(_of_row(row, heads, above))
        head = heads[int(bool(_ITEM.fullmatch(row[0].words)))][0]
        if row[0].line == row[-1].line:
            yield row[0].line, _sentence(f"{table}/r{number}", row, said, head)
            continue
        for one in said:
            stop = Piece("。", one.cell.end, one.cell.end, own=False)
            place = f"{table}/r{number}/c{row.index(one.cell) + 1}"
            yield one.cell.line, Read(place, [*one.heads, *one.pieces, stop], {0: one.alone} if one.alone else {}, head)


class _Said(NamedTuple):
    """A figure of a row: its cell, the heads read before it, its own words, and what it is of where it stands alone."""

    cell: Cell
    heads: Sequence[Piece]
    pieces: Sequence[Piece]
    alone: str


def _sentence(place: str, row: Sequence[Cell], said: Sequence[_Said], head: str) -> Read:
    """A row as one sentence, a clause a figure; a figure that stands alone is a sentence of its own, in which no term stands."""
    numbered = _ITEM.fullmatch(row[0].words)
    name = row[1] if numbered else row[0]
    pieces = (
        [Piece(row[0].words, row[0].start, row[0].end), Piece("、", row[0].end, row[0].end, own=False)]
        if numbered
        else []
    )
    alone: dict[int, str] = {}
    before = True  # whether the figure before stands alone
    for number, one in enumerate(said):
        heads = one.heads
        if number == 0:
            first = heads[0].words if heads else _named(name.words)[0]
            pieces.append(Piece(_named(name.words)[0], name.start, name.end))
            added = first.removeprefix(pieces[-1].words)  # 年
            heads = [Piece(added, name.end, name.end, own=False), *heads[1:]]
        if number or one.alone:
            sign = "。" if one.alone or before else ";"
            pieces.append(Piece(sign, one.cell.start, one.cell.start, own=False))
        pieces += heads
        if one.alone:
            alone[sum(len(piece.words) for piece in pieces)] = one.alone
        pieces += one.pieces
        before = bool(one.alone)
    return Read(place, [*pieces, Piece("。", row[-1].end, row[-1].end, own=False)], alone, head)


def _of_row(row: Sequence[Cell], heads: Sequence[tuple[str, str]], above: str) -> Iterator[_Said]:
    """The figures of a row, in order."""
    columns = [name for name, _ in heads]
    key = int(bool(_ITEM.fullmatch(row[0].words)))
    name, unit = _named(row[key].words)
    name += "年" if columns[key] in _YEARS and re.fullmatch(r"\d{4}", name) else ""
    units = next((place for place, column in enumerate(columns) if column in _UNITS), -1)
    of_row = unit or (row[units].words if units >= 0 and _is_unit(row[units].words) else "") or above
    for place, cell in enumerate(row):
        if place <= key or not re.search(r"\d", cell.words):
            continue
        column, own = heads[place]
        printed, bare = own or of_row, _NUMBER.fullmatch(cell.words)
        no_amount = _RATIO.search(column) or _RATIO.search(name)
        unsaid = not column or not printed or (no_amount and printed not in "%‰")
        figure = [Piece(cell.words, cell.start, cell.end)]
        if (bare and unsaid) or place == units:
            yield _Said(cell, (), figure, f"{name}, {column or own}")
            continue
        said = [
            Piece(f"{words}|" if n else f"{words}", cell.start, cell.start, own=False)
            for n, words in enumerate((name, f"|{column}"))
        ]
        if bare:
            figure.append(Piece(printed, cell.end - 1, cell.end, own=False))
        yield _Said(cell, said, figure, "")


def _unit_above(raw: Sequence[str], head: int) -> str:
    """The unit that one of the two lines above a table gives for all of it; none where it gives several."""
    lines = [words for n in range(head - 1, -1, -1) if (words := squash(raw[n]))][:2]
    found = next((unit["unit"] for words in lines if not _ENDS.search(words) and (unit := _ABOVE.search(words))), "")
    return found if _is_unit(found) else ""
