"""Reading a table: every kind of fault of a file with its whole text, and the other rows read all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from parkstudy.record import reading
from parkstudy.record.reading import Cells, Fault, read
from parkstudy.record.schema import columns

PARKS = "park_id,name_zh,name_en,county_zh,county_en,province_zh,province_en,anonymised,role,note"
GOOD = "good,好园区,Good park,,,,,false,core,"
FINE = "fine,美园区,Fine park,,,,,false,context,"
REFERENCE = (
    "series,name_zh,name_en,scope,period_start,period_end,value,unit,bound,"
    "source_title,source_url,official,inferred,note"
)
SOURCES = "source_id,park_id,kind,title,publisher,published,url,official,period_start,period_end,sha256,grade,note"


CHANGED = "dates and percentages may have changed"
RESAVE = "save it as CSV UTF-8 with commas, then hold its figures against their texts (parkstudy verify); none of its rows was read"


def read_bytes(folder: Path, raw: bytes, table: str = "parks") -> Cells:
    path = folder / f"{table}.csv"
    path.write_bytes(raw)
    return read(table, path)


def read_lines(folder: Path, *lines: str, table: str = "parks") -> Cells:
    return read_bytes(folder, "".join(line + "\n" for line in lines).encode(), table)


def texts(cells: Cells) -> list[str]:
    return [str(fault) for fault in cells.faults]


def parks(cells: Cells) -> list[str]:
    return cells.frame["park_id"].to_list()


def test_a_good_file_has_no_fault_and_every_row_its_line(tmp_path):
    cells = read_lines(tmp_path, PARKS, GOOD, "", FINE)
    assert texts(cells) == []
    assert cells.frame.columns == ["_line", *columns("parks")]
    assert cells.frame.select("_line", "park_id").rows() == [(2, "good"), (4, "fine")]
    assert not cells.unread


def test_empty_cells_are_null_and_blanks_around_cells_are_dropped(tmp_path):
    cells = read_lines(tmp_path, PARKS, " good , 好园区 ,Good park,  ,,,,false,core,\u3000")
    assert cells.frame.select("park_id", "name_zh", "county_zh", "note").rows() == [("good", "好园区", None, None)]


def test_a_file_may_lack_the_chinese_twin_of_a_note_and_may_have_it(tmp_path):
    without = read_lines(tmp_path, PARKS, GOOD)
    header, row = f"{PARKS},note_zh", f"{GOOD},备注"
    assert (texts(without), without.frame["note_zh"].to_list()) == ([], [None])
    assert read_lines(tmp_path, header, row).frame["note_zh"].to_list() == ["备注"]
    assert texts(read_lines(tmp_path, PARKS.removesuffix(",note"), GOOD.rpartition(",")[0])) != []


@pytest.mark.parametrize("raw", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b",,,,\n,,,,\n"])
def test_a_file_with_nothing_in_it_is_told_its_header(tmp_path, raw):
    cells = read_bytes(tmp_path, raw)
    assert texts(cells) == [f"parks.csv: the file is empty; give it the header {', '.join(columns('parks'))}"]
    assert cells.frame.is_empty()
    assert cells.unread


def test_a_header_alone_is_an_empty_table(tmp_path):
    cells = read_lines(tmp_path, PARKS)
    assert (texts(cells), cells.frame.height) == ([], 0)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_and_either_line_end_are_accepted(tmp_path, mark, end):
    cells = read_bytes(tmp_path, (mark + end.join([PARKS, GOOD, FINE]) + end).encode())
    assert texts(cells) == []
    assert parks(cells) == ["good", "fine"]


def test_columns_may_stand_in_any_order(tmp_path):
    names, cells = PARKS.split(","), GOOD.split(",")
    found = read_lines(tmp_path, ",".join(names[::-1]), ",".join(cells[::-1]))
    assert (texts(found), parks(found)) == ([], ["good"])


def test_gbk_is_named_even_where_its_bytes_are_letters_to_a_latin_reader(tmp_path):
    raw = f"{PARKS}\n{GOOD}\n".encode("gbk")
    assert "ºÃÔ°Çø" in raw.decode("latin-1")
    cells = read_bytes(tmp_path, raw)
    assert texts(cells) == [f"parks.csv: saved by a spreadsheet as GBK (byte 0xba is not UTF-8): {CHANGED}; {RESAVE}"]
    assert cells.frame.is_empty()


def test_another_encoding_is_placed_at_its_first_bad_byte_behind_a_byte_order_mark_too(tmp_path):
    expected = ["parks.csv:3: not UTF-8: byte 0xff; save the file as UTF-8; none of its rows was read"]
    raw = f"{PARKS}\n{GOOD}\n".encode() + b"\xff\xff\n"
    assert texts(read_bytes(tmp_path, raw)) == expected
    assert texts(read_bytes(tmp_path, b"\xef\xbb\xbf" + raw)) == expected


def test_a_missing_column_is_named(tmp_path):
    cells = read_lines(tmp_path, PARKS.replace(",role", ""), GOOD.replace(",core", ""))
    advice = "add the column (its cells may be empty where allowed)"
    assert texts(cells) == [f"parks.csv:1:role: the column is missing; {advice}"]
    assert cells.frame.is_empty()


def test_an_unknown_column_gets_the_list_of_known_ones(tmp_path):
    cells = read_lines(tmp_path, PARKS + ",zzz", GOOD + ",")
    advice = f"take it out; the table has {PARKS.replace(',', ', ')}"
    assert texts(cells) == [f"parks.csv:1:zzz: unknown column; {advice}"]


def test_a_misspelt_column_gets_a_suggestion_from_both_sides(tmp_path):
    assert texts(read_lines(tmp_path, PARKS.replace("name_zh", "nam_zh"), GOOD)) == [
        "parks.csv:1:name_zh: the column is missing; rename the column 'nam_zh'",
        "parks.csv:1:nam_zh: unknown column; did you mean 'name_zh'?",
    ]


def test_a_column_may_not_stand_there_twice(tmp_path):
    cells = read_lines(tmp_path, PARKS + ",note", GOOD + ",")
    assert texts(cells) == ["parks.csv:1:note: the column stands there twice; take one of them out"]


@pytest.mark.parametrize(("row", "count"), [("bad,坏园区", 2), (f"bad,{GOOD}x", 11)])
def test_a_row_with_the_wrong_number_of_cells_is_left_out_and_the_others_are_read(tmp_path, row, count):
    cells = read_lines(tmp_path, PARKS, GOOD, row, FINE)
    advice = "put text that holds a comma in double quotes, and give every column a cell"
    assert texts(cells) == [f"parks.csv:3: {count} cells where the header has 10; {advice}"]
    assert parks(cells) == ["good", "fine"]
    assert cells.unread


def test_an_unclosed_quote_is_placed_where_its_row_begins_and_the_rows_before_it_are_read(tmp_path):
    cells = read_lines(tmp_path, PARKS, GOOD, 'bad,"坏园区,Bad park,,,,,false,core,', FINE)
    advice = "close every double quote; the rows after it were not read"
    assert texts(cells) == [f"parks.csv:3: not a CSV row: unexpected end of data; {advice}"]
    assert parks(cells) == ["good"]


def test_lines_are_counted_through_a_cell_with_line_breaks(tmp_path):
    cells = read_lines(
        tmp_path, PARKS, 'good,好园区,Good park,,,,,false,core,"a\nb\nc"', "Bad,坏园区,Bad park,,,,,false,core,"
    )
    assert texts(cells) == ["parks.csv:5:park_id: 'Bad' is not allowed; expected the form ^[a-z0-9]+(-[a-z0-9]+)*$"]


CELLS = [
    ("name_zh", "", "the cell is empty; expected text"),
    ("park_id", "Bad Park", "'Bad Park' is not allowed; expected the form ^[a-z0-9]+(-[a-z0-9]+)*$"),
    ("province_en", '"A, B"', "'A, B' is not allowed; expected text without a comma"),
    ("role", "centre", "'centre' is not allowed; expected one of core, context"),
    ("anonymised", "no", "'no' is not allowed; expected true or false"),
    (
        "note",
        "-2+3+cmd|' /C calc'!A0",
        "\"-2+3+cmd|' /C calc'!A0\" would run as a formula in a spreadsheet; begin the cell with another character",
    ),
    ("name_en", "=1+1", "'=1+1' would run as a formula in a spreadsheet; begin the cell with another character"),
    ("note", "+cmd", "'+cmd' would run as a formula in a spreadsheet; begin the cell with another character"),
    ("note", "@SUM(A1)", "'@SUM(A1)' would run as a formula in a spreadsheet; begin the cell with another character"),
    ("note", "-A1", "'-A1' would run as a formula in a spreadsheet; begin the cell with another character"),
    ("name_zh", "<b>甲</b>", "'<b>甲</b>' holds markup; write plain text, without < before a letter"),
    ("note", "x <!-- y", "'x <!-- y' holds markup; write plain text, without < before a letter"),
    ("note", "<" + "a" * 80, f"'<{'a' * 59}...' holds markup; write plain text, without < before a letter"),
]


@pytest.mark.parametrize(("column", "cell", "message"), CELLS)
def test_a_faulty_cell_is_placed_and_the_other_rows_are_read(tmp_path, column, cell, message):
    row = GOOD.split(",")
    row[PARKS.split(",").index(column)] = cell
    cells = read_lines(tmp_path, PARKS, FINE, ",".join(row))
    assert texts(cells) == [f"parks.csv:3:{column}: {message}"]
    assert cells.frame.height == 2
    assert not cells.unread


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("name_en", "Good\u200b park", "'Good\\u200b park' holds an invisible character (U+200B); take it out"),
        ("county_zh", "好\u00a0县", "'好\\xa0县' holds an invisible character (U+00A0); take it out"),
        ("note", "a\x07b", "'a\\x07b' holds an invisible character (U+0007); take it out"),
        ("name_zh", "好\ufffd区", "'好\ufffd区' holds U+FFFD, which stands for no letter; write what stood there"),
        ("note", "x\ue000", "'x\\ue000' holds U+E000, which stands for no letter; write what stood there"),
        ("name_zh", "⼯业园", "'⼯业园' holds U+2F2F, which only looks like 工; type the character itself"),
        ("name_en", "Pаrk", "'Pаrk' holds a word in letters of two alphabets ('Pа'); write it in the letters of one"),
        ("note", "a&nbsp;b", "'a&nbsp;b' holds the entity &nbsp;; write the character that it stands for"),
        *(
            (column, word, f"'{word}' is a word for nothing; leave the cell empty where there is nothing to say, else write what stood "
             "there before it was saved")
            for column, word in (("name_zh", "nan"), ("county_en", "#REF!"), ("note", "None"), ("province_zh", "—"), ("note", "N/A"))
        ),
        ("name_zh", "好\u3000区", "'好\\u3000区' holds a wide blank (U+3000); write it on one line, with plain blanks"),
        ("county_en", '"Good\nCounty"', "'Good\\nCounty' holds a line break; write it on one line, with plain blanks"),
        ("name_en", "x" * 2001, f"'{'x' * 60}...' has 2,001 characters; expected 2,000 at most"),
    ],
)  # fmt: skip
def test_what_no_cell_may_hold_is_named_once(tmp_path, column, cell, message):
    row = GOOD.split(",")
    row[PARKS.split(",").index(column)] = cell
    assert texts(read_lines(tmp_path, PARKS, ",".join(row))) == [f"parks.csv:2:{column}: {message}"]


@pytest.mark.parametrize(
    "note", ["ISO 9001 and -5 %", "R&D; B&B", "Μια πόλη", "пруд", "5 μm", "衡南　园区", "no", "x" * 3000, "𠀀"]
)
def test_odd_but_honest_words_are_no_fault(tmp_path, note):
    assert texts(read_lines(tmp_path, PARKS, GOOD + note)) == []


@pytest.mark.parametrize(
    ("column", "cell"),
    [("park_id", "good１"), ("period_end", "２０２０-12-31"), ("published", "2020-1２")],
)
def test_full_width_digits_are_no_digits_of_a_key_or_a_date(tmp_path, column, cell):
    row = {"source_id": "good-2020", "park_id": "good", "kind": "page", "official": "false", column: cell}
    found = read_lines(tmp_path, SOURCES, ",".join(row.get(c, "") for c in SOURCES.split(",")), table="sources")
    assert [text.split("; ")[0] for text in texts(found)] == [f"sources.csv:2:{column}: '{cell}' is not allowed"]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_another_separator_is_named_and_nothing_else(tmp_path, mark):
    said = {";": "semicolons", "\t": "tabs"}[mark]
    found = read_lines(tmp_path, *(line.replace(",", mark) for line in (PARKS, GOOD, FINE)))
    assert texts(found) == [f"parks.csv: saved by a spreadsheet with {said} between the cells: {CHANGED}; {RESAVE}"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named_and_nothing_else(tmp_path, encoding):
    found = read_bytes(tmp_path, f"{PARKS}\n{GOOD}\n".encode(encoding))
    assert texts(found) == [f"parks.csv: saved by a spreadsheet as UTF-16: {CHANGED}; {RESAVE}"]


def test_dates_that_a_spreadsheet_wrote_are_one_fault_of_the_file_and_one_of_them_is_a_slip(tmp_path):
    rows = [f"good-{year},good,page,,,,,false,{year}/1/1,{year}/12/31,,," for year in (2019, 2020)]
    as_text = "write them as they were, as text, then hold its figures against their texts (parkstudy verify); none of its rows was read"
    assert texts(read_lines(tmp_path, SOURCES, *rows, table="sources")) == [
        f"sources.csv: saved by a spreadsheet: {CHANGED}: 4 of 4 dates have such forms as '2019/1/1' (expected 2019-12-31); {as_text}"
    ]
    (slip,) = texts(read_lines(tmp_path, SOURCES, rows[0].replace("2019/12/31", "2019-12-31"), table="sources"))
    assert slip.startswith("sources.csv:2:period_start: '2019/1/1' is not allowed; expected a date")


def test_growth_rates_that_a_spreadsheet_wrote_as_fractions_are_one_fault_of_the_file(tmp_path):
    header = ",".join(columns("observations")).removesuffix(",note_zh")
    row = "x-2020-00{},x-2020,tax_revenue,park,park,yoy,outturn,,2020-12-31,税收,{},exact,A,,,,,p1,"
    rows = [row.format(number, figure) for number, figure in enumerate(("0.102", "0.05", "0.2", "7%"), 1)]
    (said,) = texts(read_lines(tmp_path, header, *rows, table="observations"))
    assert said.startswith(
        f"observations.csv: saved by a spreadsheet: {CHANGED}: 3 of 4 percentages have such forms as '0.102' (expected"
    )
    assert not texts(read_lines(tmp_path, header, *rows[2:], table="observations"))  # two may be printed so


def test_rows_that_a_spreadsheet_padded_or_clipped_are_read(tmp_path):
    rows = [f"good-{n},好园区,Good park,,,,,false,core" for n in range(4)]
    padded = read_lines(tmp_path, PARKS + ",,", *(f"{row},,,," for row in rows))
    assert (texts(padded), padded.frame.height) == ([], 4)
    clipped = read_lines(tmp_path, PARKS, *rows[:3], GOOD)
    assert (texts(clipped), parks(clipped)) == ([], ["good-0", "good-1", "good-2", "good"])


def test_many_rows_of_a_wrong_length_are_one_fault(tmp_path):
    found = read_lines(tmp_path, PARKS, GOOD, *["bad,坏园区"] * 7)
    advice = "put text that holds a comma in double quotes, and give every column a cell; the other rows were read"
    assert texts(found) == [
        f"parks.csv: 7 rows do not have the 10 cells of the header, the first on lines 3, 4, 5, 6, 7; {advice}"
    ]
    assert parks(found) == ["good"]


@pytest.mark.parametrize("cell", ["-7.1%", "a < b", "1<2", "$x$ {y} \\alpha 🏭", "甲=乙"])
def test_a_negative_figure_and_odd_signs_are_neither_formula_nor_markup(tmp_path, cell):
    assert texts(read_lines(tmp_path, PARKS, GOOD + cell)) == []


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("period_end", "2020-02-30", "a date such as 2019-12-31, of a year from 1900 to 2100"),
        ("period_end", "2020-2-3", "a date such as 2019-12-31, of a year from 1900 to 2100"),
        ("period_start", "2020", "a date such as 2019-12-31, of a year from 1900 to 2100"),
        ("period_start", "0000-01-01", "a date such as 2019-12-31, of a year from 1900 to 2100"),
        ("period_end", "2101-01-01", "a date such as 2019-12-31, of a year from 1900 to 2100"),
        ("published", "0202-01", "a date such as 2018-01-03 or 2020-01, of a year from 1900 to 2100"),
        ("published", "2020", "a date such as 2018-01-03 or 2020-01, of a year from 1900 to 2100"),
        ("published", "2020-13", "a date such as 2018-01-03 or 2020-01, of a year from 1900 to 2100"),
        ("url", "example.org", "an address that begins with http"),
        ("sha256", "abc", "64 hexadecimal digits"),
        ("kind", "blog", "one of work_summary, news, page"),
        ("grade", "D", "one of A, B, C"),
    ],
)
def test_a_cell_of_the_wrong_form_is_told_the_right_one(tmp_path, column, cell, expected):
    row = {"source_id": "good-2020", "park_id": "good", "kind": "page", "official": "false", column: cell}
    cells = read_lines(tmp_path, SOURCES, ",".join(row.get(c, "") for c in SOURCES.split(",")), table="sources")
    assert texts(cells) == [f"sources.csv:2:{column}: '{cell}' is not allowed; expected {expected}"]


def test_every_fault_of_a_row_is_reported_in_one_run(tmp_path):
    cells = read_lines(tmp_path, PARKS, "Bad,,<b>,,,,,no,centre,=1")
    assert sorted(texts(cells)) == [
        "parks.csv:2:anonymised: 'no' is not allowed; expected true or false",
        "parks.csv:2:name_en: '<b>' holds markup; write plain text, without < before a letter",
        "parks.csv:2:name_zh: the cell is empty; expected text",
        "parks.csv:2:note: '=1' would run as a formula in a spreadsheet; begin the cell with another character",
        "parks.csv:2:park_id: 'Bad' is not allowed; expected the form ^[a-z0-9]+(-[a-z0-9]+)*$",
        "parks.csv:2:role: 'centre' is not allowed; expected one of core, context",
    ]


def test_an_identifier_used_twice_is_a_fault_of_both_rows(tmp_path):
    cells = read_lines(tmp_path, PARKS, GOOD, FINE, GOOD)
    assert texts(cells) == [
        "parks.csv:2:park_id: 'good' is used twice; give each row an identifier of its own",
        "parks.csv:4:park_id: 'good' is used twice; give each row an identifier of its own",
    ]


def test_a_key_of_several_columns_used_twice_is_a_fault_of_both_rows(tmp_path):
    row = "yoy,增速,growth,national,2020-01-01,2020-12-31,{},%,exact,Page,https://example.org,false,,"
    other = row.replace("national", "Hunan")
    cells = read_lines(tmp_path, REFERENCE, row.format(1), other.format(1), row.format("-2.5"), table="reference")
    message = "('yoy', 'national', '2020-01-01', '2020-12-31') is used twice; give each key one row"
    assert texts(cells) == [f"reference.csv:2:series: {message}", f"reference.csv:4:series: {message}"]


@pytest.mark.parametrize("value", ["1,5", "1e5", "-", "一"])
def test_a_number_is_plain_digits(tmp_path, value):
    row = f'yoy,增速,growth,national,,,"{value}",%,exact,Page,https://example.org,false,,'
    assert texts(read_lines(tmp_path, REFERENCE, row, table="reference")) == [
        f"reference.csv:2:value: '{value}' is not allowed; expected a number such as 12.5"
    ]


def test_a_list_has_neither_blank_items_nor_unknown_codes(tmp_path):
    header = ",".join(columns("observations")).removesuffix(",note_zh")
    row = "x-2020-001,x-2020,tax_revenue,park,park,level,outturn,,,税收,2亿元,exact,A,a;;b,some,,unit_assumed;odd,p1,"
    cells = read_lines(tmp_path, header, row, table="observations")
    caveats = (
        "contradicted, two_readings, period_ambiguous, base_unstated, concept_unstated, concept_inferred, "
        "mixed_concept, sample_change, coarse_figure, not_final, pending_approval, unit_assumed, damaged_text"
    )
    assert texts(cells) == [
        "observations.csv:2:part_of: 'a;;b' is not allowed; expected texts separated by ;",
        "observations.csv:2:caveats: 'unit_assumed;odd' is not allowed; "
        f"expected codes out of {caveats}, separated by ;",
    ]


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault("a.csv", 0, "", "m", "do"), "a.csv: m; do"),
        (Fault("a.csv", 3, "", "m", "do"), "a.csv:3: m; do"),
        (Fault("a.csv", 3, "c", "m", "do"), "a.csv:3:c: m; do"),
    ],
)
def test_a_fault_names_its_place_as_far_as_it_has_one(fault, text):
    assert str(fault) == text


def test_faults_that_a_reader_adds_are_not_those_of_the_next_one(tmp_path):
    read_lines(tmp_path, PARKS, GOOD).add(2, "role", "unknown", "correct it")
    assert texts(read_lines(tmp_path, PARKS, GOOD)) == []


def test_a_table_that_changed_is_read_as_it_is_now(tmp_path):
    assert [parks(read_lines(tmp_path, PARKS, row)) for row in (GOOD, FINE, GOOD)] == [["good"], ["fine"], ["good"]]


def test_a_small_table_is_read_once_and_a_large_one_anew_and_the_same(tmp_path, monkeypatch):
    kept = read_lines(tmp_path, PARKS, GOOD)
    monkeypatch.setattr(reading, "SMALL", 1)
    anew = read_lines(tmp_path, PARKS, GOOD)
    assert anew.frame is not kept.frame
    assert anew.frame.equals(kept.frame)
    monkeypatch.undo()
    assert read_lines(tmp_path, PARKS, GOOD).frame is kept.frame
