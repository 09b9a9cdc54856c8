"""The review in a workbook: written, filled in, read back; every fault with its address, and then nothing taken."""

import csv
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from parkstudy.__main__ import main
from parkstudy.record.draft import draft
from parkstudy.recorder import RefusedError, Review
from parkstudy.recorder.batch import Wanted
from parkstudy.recorder.returned import ReturnedError, _all_or_none, taken
from parkstudy.recorder.workbook import COLUMNS, EDITED, LISTED, SHEET, made, sentence

SOURCE = "qinghe-2021"


def key(number: int) -> str:
    return f"{SOURCE}-{number:03}"


@pytest.fixture
def book(drafted: Path, folder: Path, tmp_path: Path) -> Path:
    """The workbook of the text."""
    made(folder, drafted / "texts", tmp_path / "review.xlsx")
    return tmp_path / "review.xlsx"


@pytest.fixture
def back(drafted: Path, folder: Path, book: Path) -> Callable[[], list[str]]:
    """What comes of the workbook as it is now."""
    return lambda: taken(folder, drafted / "texts", book)


class Filled:
    """The sheet of a workbook, as a reader fills it in; saved at the end of the block."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> "Filled":
        self.book = load_workbook(self.path)
        self.sheet = self.book[SHEET]
        return self

    def __exit__(self, *_: object) -> None:
        self.book.save(self.path)

    def row(self, named: str) -> int:
        """The row of an observation, or of a figure that is set aside."""
        ids, figures = COLUMNS.index("observation_id") + 1, COLUMNS.index("reported_figure") + 1
        rows = range(2, self.sheet.max_row + 1)
        return next(
            r
            for r in rows
            if named
            in (
                self.sheet.cell(r, ids).value,
                None if self.sheet.cell(r, ids).value else self.sheet.cell(r, figures).value,
            )
        )

    def put(self, named: str, **cells: object) -> int:
        """Fill in cells; gives the number of the row."""
        row = self.row(named)
        for name, value in cells.items():
            self.sheet.cell(row, COLUMNS.index(name) + 1).value = value
        return row


def rows(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        return {row["observation_id"]: row for row in csv.DictReader(file)}


def letter(name: str) -> str:
    place = COLUMNS.index(name)
    return chr(65 + place) if place < 26 else "A" + chr(65 + place - 26)


def test_the_sheet_holds_text_lists_and_locked_explanations(book):
    found = load_workbook(book)
    sheet = found[SHEET]
    assert found.sheetnames == [SHEET, "how", "codes"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert sheet.max_row == 1 + 14 + 5  # rows to decide, figures set aside
    assert sheet.protection.sheet
    for row in sheet.iter_rows(min_row=2):
        assert {cell.number_format for cell in row} == {"@"}
        assert {name for name, cell in zip(COLUMNS, row, strict=True) if not cell.protection.locked} == set(EDITED)
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert set(lists) == {f"{letter(name)}2:{letter(name)}20" for name in ("decision", *LISTED)}
    first, last = (
        int(part.rpartition("$")[2]) for part in lists[f"{letter('value_type')}2:{letter('value_type')}20"].split(":")
    )
    words = [tuple(cell.value for cell in row) for row in found["codes"].iter_rows(min_row=first, max_row=last)]
    assert [code for _, code, *_ in words] == ["outturn", "forecast", "target", "plan"]
    assert all(column == "value_type" and shown == f"{code} {en}" and zh for column, code, shown, en, zh in words)
    assert sheet.cell(7, COLUMNS.index("value_type") + 1).value in [shown for _, _, shown, *_ in words]


def test_a_sentence_has_its_figure_in_brackets():
    text = "园区增长8%。产值5亿元,税收1亿元;其他。"
    at = text.index("1亿元")
    assert sentence(text, (at, at + 3)) == "产值5亿元,税收【1亿元】;"


def test_merged_cells_are_named_and_nothing_is_taken(book, back, folder):
    before = rows(folder)
    with Filled(book) as filled:
        first = filled.put(key(1), decision="accept")
        filled.sheet.merge_cells(f"A{first}:A{first + 2}")
    with pytest.raises(ReturnedError, match=f"review!A{first}:A{first + 2}: merged cells, all empty but the first"):
        back()
    assert rows(folder) == before


def test_a_sheet_whose_stated_size_is_wrong_is_read_whole(book, back, folder):
    with Filled(book) as filled:
        filled.put(key(14), decision="accept")
    with ZipFile(book) as saved:
        parts = {name: saved.read(name) for name in saved.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', parts[sheet])
    with ZipFile(book, "w") as again:
        for name, content in parts.items():
            again.writestr(name, content)
    assert any("1 accept" in line for line in back())


def test_in_chinese_decisions_and_codes_have_their_words_and_are_read_back(drafted, folder, tmp_path):
    call = (folder, drafted / "texts", tmp_path / "zh.xlsx")
    made(*call, "zh")
    with Filled(call[2]) as sheet:
        row = sheet.put(key(1), decision="确认")
        assert sheet.sheet.cell(row, COLUMNS.index("value_type") + 1).value == "outturn 实际数"
        assert "灰色各列为说明" in sheet.book["how"]["A1"].value
        assert sheet.sheet.cell(1, 2).comment.text == "剔除的理由"
        head = [cell.value for cell in sheet.sheet[1]]
        assert head[:6] == ["审定", "剔除理由", "所在句", "审定状态", "请核对", "指标"]
        assert not [name for name in head if not re.search("[\u4e00-\u9fff]", name)]
        looks = [sheet.sheet.cell(r, 5).value or "" for r in range(2, sheet.sheet.max_row + 1)]
        assert any("(" in look for look in looks)
        assert {sheet.sheet.cell(r, 4).value for r in range(2, 21)} == {"待审", "未采用"}
        sheet.put(key(2), decision="更正", population="unstated 统计范围未说明", note="x")
        sheet.put(key(4), decision="剔除", reason="并非园区的实际数")
    assert taken(*call)[0] == "taken: 1 accept, 1 correct, 1 reject; 5 set aside; 11 undecided"
    assert rows(folder)[key(2)]["population"] == "unstated"


def test_a_part_is_named_in_words_in_a_workbook_too(book, back, folder):
    with Filled(book) as sheet:
        sheet.put(key(8), decision="correct", subject="group:重大项目")
        sheet.put(key(7), decision="correct", subject="group:重大项目")
    back()
    assert {rows(folder)[key(number)]["subject"] for number in (7, 8)} == {"group:1"}
    assert (folder / "subjects.csv").read_text(encoding="utf-8").count("重大项目") == 1


def test_an_undecided_workbook_changes_nothing(back, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert back() == ["taken: nothing new; 5 set aside; 14 undecided"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_decisions_are_taken_at_once_and_undone_at_once(book, back, folder, opened):
    before = rows(folder)
    with Filled(book) as sheet:
        sheet.put(key(1), decision="accept")
        sheet.put(key(2), decision="Correct", caveats="base_unstated", note="a note")
        sheet.put(key(4), decision="reject", reason="not of the park")
    assert back() == [
        "taken: 1 accept, 1 correct, 1 reject; 5 set aside; 11 undecided",
        f"every decision is kept in {folder / 'review.csv'}; the recorder takes them back with one undo a text",
    ]
    after = rows(folder)
    assert after[key(1)] == before[key(1)]
    assert after[key(2)] == {**before[key(2)], "caveats": "base_unstated", "note": "a note"}
    assert key(4) not in after
    states = {one.key: one.state for one in opened().entries}
    assert [states[key(n)] for n in (1, 2, 3, 4)] == ["accepted", "corrected", "proposed", "rejected"]
    opened().undo()
    assert rows(folder) == before


def test_days_that_are_far_from_the_text_are_told_when_they_are_taken(book, back, folder):
    with Filled(book) as sheet:
        sheet.put(key(1), decision="correct", period_end="2099-12-31")
    told = back()
    assert told[0].startswith("taken: 1 correct")
    assert told[1].startswith(
        f"{key(1)}: period_end: warning: an outturn to 2099-12-31 of a text that reports 2021-01-01"
    )
    assert rows(folder)[key(1)]["period_end"] == "2099-12-31"


def test_a_refusal_at_the_second_text_takes_the_first_one_back(opened, folder, monkeypatch):
    before, first, second = rows(folder), opened(), opened()
    monkeypatch.setattr(second, "take", lambda _: second.entry("nowhere"))
    wanted = [Wanted("reject", key(4), reason="not of the park")]
    with pytest.raises(RefusedError, match="no row 'nowhere'"):
        _all_or_none([(first, wanted), (second, [Wanted("accept", key(1))])])
    assert rows(folder) == before
    assert {one.state for one in opened().entries} == {"proposed"}


def test_a_workbook_read_twice_is_taken_once(book, back, folder):
    with Filled(book) as sheet:
        sheet.put(key(1), decision="accept")
        sheet.put(key(2), decision="correct", note="a note")
        sheet.put(key(4), decision="reject", reason="not of the park")
    back()
    before = (folder / "review.csv").read_bytes()
    assert back() == ["taken: nothing new; 3 done before; 5 set aside; 11 undecided"]
    assert (folder / "review.csv").read_bytes() == before


def test_a_figure_that_was_set_aside_gets_a_row(tmp_path):
    text = "青河工业园区2021年工作总结\n2021年,园区实现利润3.5亿元,完成税收1.2亿元,新修道路3公里。\n"
    (tmp_path / "qinghe-2021.txt").write_text(text, encoding="utf-8")
    draft([tmp_path / "qinghe-2021.txt"], tmp_path / "data")
    call = (tmp_path / "data", tmp_path, tmp_path / "review.xlsx")
    made(*call)
    with Filled(call[2]) as sheet:
        row = sheet.put("3公里", decision="add")
        sheet.put("3.5亿元", decision="add", indicator="operating_revenue", reported_term="利润", note="profit")
    with pytest.raises(ReturnedError) as error:
        taken(*call)
    assert str(error.value).startswith(f"{SHEET}!A{row}: '3公里' is no figure: unknown unit '公里'")
    assert len(rows(call[0])) == 1
    with Filled(call[2]) as sheet:
        sheet.put("3公里", decision=None)
    assert taken(*call)[0] == "taken: 1 add; 3 set aside; 1 undecided"
    (found,) = [one for one in rows(call[0]).values() if one["reported_figure"] == "3.5亿元"]
    assert (found["indicator"], found["reported_term"], found["bound"], found["locator"]) == (
        "operating_revenue",
        "利润",
        "exact",
        "p1",
    )
    assert taken(*call)[0] == "taken: nothing new; 1 done before; 3 set aside; 1 undecided"


def test_every_fault_has_the_address_of_its_cell_and_nothing_is_taken(book, back, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with Filled(book) as sheet:
        wrong = {
            sheet.put(key(1), decision="acept"): ("decision", "unknown decision 'acept'; did you mean 'accept'? expected accept, correct"),
            sheet.put(key(2), note="x"): ("note", "note is changed, but nothing is decided; choose correct, or put '' back"),
            sheet.put(key(3), decision="accept", note="x"): ("note", "note is changed, but the row is to be accepted; choose"),
            sheet.put(key(4), decision="reject"): ("decision", "say in a few plain words why the figure is no row"),
            sheet.put(key(5), decision="correct", reported_figure="93%"): ("reported_figure", "not proven in its place: the"),
            sheet.put(key(6), decision="correct", population="all"): ("population", "'all' is not allowed; expected one of"),
            sheet.put(key(8), decision="add"): ("decision", "add is not for this figure; choose accept, correct or reject: it has a row"),
            sheet.put("3公里", decision="accept"): ("decision", "accept is not for this figure; choose add, or nothing"),
            sheet.put(key(9), reason="why"): ("reason", "a reason without a decision; choose reject, or take it out"),
            sheet.put(key(10), decision="correct", period_end="2021-02-30"): ("period_end", "'2021-02-30' is not allowed"),
            sheet.put(key(12), decision="correct", subject="firm:<b>甲</b>"): ("subject", "'<b>甲</b>' holds markup"),
        }  # fmt: skip
        sheet.put(key(11), decision="accept")
        sheet.put(key(7), decision="correct")
    with pytest.raises(ReturnedError) as error:
        back()
    said = str(error.value).splitlines()
    assert said.pop() == f"11 faults in {book}; nothing was taken"
    assert len(said) == 11
    for line, (row, (column, words)) in zip(said, sorted(wrong.items()), strict=True):
        assert line.startswith(f"{SHEET}!{letter(column)}{row}: {words}"), line
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_a_spreadsheet_makes_of_cells_is_what_stood_there_or_is_named(book, back, folder):
    before = rows(folder)
    with Filled(book) as sheet:
        sheet.put(key(2), decision="accept", reported_figure=0.082, period_end=datetime(2021, 11, 30))
        sheet.put(key(1), start=48.0)
    assert back()[0].startswith("2 cells came back as a number or a date and stand as they were written (")
    assert rows(folder) == before
    with Filled(book) as sheet:
        row = sheet.put(
            key(3),
            decision="correct",
            reported_figure=0.12,
            period_start=datetime(2021, 2, 1),
            note="=1+1",
            subject=True,
        )
    with pytest.raises(ReturnedError) as error:
        back()
    made_of = "which the spreadsheet made of what was typed; type it again as text, such as"
    assert str(error.value).splitlines()[:4] == [
        f"{SHEET}!{letter('note')}{row}: note holds a formula; type what is printed, as text",
        f"{SHEET}!{letter('period_start')}{row}: period_start holds the date 2021-02-01, {made_of} 2021-12-31",
        f"{SHEET}!{letter('reported_figure')}{row}: reported_figure holds the number 0.12, {made_of} 10.2%",
        f"{SHEET}!{letter('subject')}{row}: subject holds the value True, {made_of} 10.2%",
    ]


def test_a_row_that_changed_meanwhile_is_never_overwritten(book, back, folder, opened):
    opened().correct(key(1), {"note": "by the recorder"})
    opened().reject(key(3), "by the recorder")
    with Filled(book) as sheet:
        row = sheet.put(key(1), decision="correct", note="by the workbook")
        other = sheet.put(key(3), decision="accept")
    before = (folder / "observations.csv").read_bytes()
    with pytest.raises(ReturnedError) as error:
        back()
    changed = "was changed since this workbook was written and stays as it is; write a new workbook and decide there"
    assert str(error.value).splitlines()[:2] == [
        f"{SHEET}!A{row}: {key(1)} {changed}",
        f"{SHEET}!A{other}: {key(3)} {changed}",
    ]
    assert (folder / "observations.csv").read_bytes() == before
    with Filled(book) as sheet:
        sheet.put(key(1), decision=None)
        sheet.put(key(3), decision=None)
    assert back() == ["taken: nothing new; 2 changed since, left as they are; 5 set aside; 12 undecided"]


def test_rows_that_are_sorted_moved_and_taken_out_are_found_again(book, back, folder):
    with Filled(book) as sheet:
        sheet.put(key(1), decision="accept")
        cells = [[cell.value for cell in row] for row in sheet.sheet.iter_rows(min_row=2)]
        for number, values in enumerate(reversed(cells), 2):
            for place, value in enumerate(values, 1):
                sheet.sheet.cell(number, place).value = value
        sheet.sheet.delete_rows(2, 3)
        sheet.sheet.insert_rows(4)
    assert back()[0].startswith("taken: 1 accept; ")


def test_rows_that_name_no_figure_of_the_text_are_faults(book, back):
    with Filled(book) as sheet:
        first = sheet.put(key(1), observation_id="other-001")
        second = sheet.put(key(2), source_id="othr")
        third = sheet.put(key(4), observation_id=key(3))
    with pytest.raises(ReturnedError) as error:
        back()
    assert [line.partition(":")[0] for line in str(error.value).splitlines()[:3]] == [
        f"{SHEET}!{letter('observation_id')}{first}", f"{SHEET}!{letter('source_id')}{second}",
        f"{SHEET}!{letter('observation_id')}{third}",
    ]  # fmt: skip


def test_a_file_that_is_no_workbook_of_a_review_says_so(back, book, tmp_path, folder, drafted):
    found = load_workbook(book)
    found[SHEET].delete_cols(1)
    found.save(book)
    with pytest.raises(ReturnedError, match=f"{SHEET}!1: the column 'decision' is missing"):
        back()
    found[SHEET].insert_rows(1)
    found[SHEET]["A2"] = "decision"
    found.save(book)
    with pytest.raises(
        ReturnedError, match=f"^{SHEET}!2: the header is not in row 1; take out the rows above it\n1 fault"
    ):
        back()
    found[SHEET].title = "other"
    found.save(book)
    with pytest.raises(ReturnedError, match="has no sheet 'review' but other, how, codes; write a new workbook"):
        back()
    book.write_bytes(b"no zip")
    with pytest.raises(ReturnedError, match="cannot be read"):
        back()
    with pytest.raises(ReturnedError, match=r"is no \.xlsx; save the workbook as \.xlsx"):
        taken(folder, drafted / "texts", tmp_path / "review.csv")


def test_a_text_edited_since_is_named_and_a_figure_that_moved_is_not_taken(drafted, folder, book, tmp_path, capsys):
    text = (drafted / "texts" / f"{SOURCE}.txt").read_text(encoding="utf-8").replace("86家", "87家")
    (tmp_path / f"{SOURCE}.txt").write_text("新的一行\n" + text, encoding="utf-8")
    named = f"{SOURCE}: {SOURCE}.txt has another SHA-256 than sources.csv: it was edited since it was entered"
    told = taken(folder, tmp_path, book)
    assert told[0].startswith(named)
    assert told[1] == "taken: nothing new; 5 changed since, left as they are; 14 undecided"
    assert made(folder, tmp_path, tmp_path / "new.xlsx")[0].startswith(named)
    with Filled(book) as sheet:
        row = sheet.put("3公里", decision="add")
    with pytest.raises(
        ReturnedError, match=f"review!{letter('start')}{row}: no figure of the draft stands there any more"
    ):
        taken(folder, tmp_path, book)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert main(["draft", str(tmp_path / f"{SOURCE}.txt"), "--out", str(folder)]) == 2
    assert capsys.readouterr().err.endswith("else give it another name\nnothing was drafted\n")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_of_a_cell_with_several_words_none_is_lost(book, back, folder):
    with Filled(book) as sheet:
        first = sheet.put(key(1), decision="correct", population="industry and services")
        second = sheet.put(key(6), decision="correct", caveats="coarse_figure unit_assumed")
    with pytest.raises(ReturnedError) as error:
        back()
    said = str(error.value).splitlines()
    assert said[0].startswith(f"review!{letter('population')}{first}: 'industry and services' is not allowed")
    assert said[1].startswith(f"review!{letter('caveats')}{second}: 'coarse_figure unit_assumed' is not allowed")
    with Filled(book) as sheet:
        sheet.put(key(1), population="unstated")
        sheet.put(key(6), caveats="coarse_figure ; two_readings")
    back()
    assert rows(folder)[key(1)]["population"] == "unstated"
    assert rows(folder)[key(6)]["caveats"] == "coarse_figure;two_readings"


def test_what_the_text_does_not_bear_out_can_be_recorded_as_such(book, back, folder, opened):
    with Filled(book) as sheet:
        sheet.put(key(1), decision="correct unproven", reported_term="产值额")
        idle = sheet.put(key(2), decision="correct")
        sheet.put("3公里", note="")
    told = back()
    assert told[0] == "taken: 1 correct; 5 set aside; 1 to correct without a change, left undecided; 12 undecided"
    assert told[1] == f"A{idle}: to be corrected, but no cell is changed: change one, or accept the row"
    assert told[2].startswith(f"{key(1)}: warning: not proven in its place: ")
    assert rows(folder)[key(1)]["reported_term"] == "产值额"
    assert opened().doubted(opened().entry(key(1)))


def test_a_text_that_is_left_out_is_a_fault_once_and_only_where_something_is_decided(book, back, folder):
    path = folder / "sources.csv"
    first, other = path.read_text(encoding="utf-8").splitlines()
    absent = re.sub("[0-9a-f]{64}", "0" * 64, other.replace(SOURCE, "other-2021"))
    path.write_text(f"{first}\n{other}\n{absent}\n", encoding="utf-8")
    with Filled(book) as sheet:
        for number in (4, 5, 6):
            sheet.put(key(number), source_id="other-2021")
        sheet.put(key(1), decision="accept")
    lost = "no text of 'other-2021' in "
    told = back()
    assert told[0].startswith(f"other-2021: left out: {lost}")
    assert told[1] == "taken: 1 accept; 5 set aside; 10 undecided"
    with Filled(book) as sheet:
        row = sheet.put(key(4), decision="accept")
        sheet.put(key(5), decision="accept")
    with pytest.raises(
        ReturnedError, match=f"^review!A{row}: a decision on a text that is left out: {lost}.*\n1 fault"
    ):
        back()


def test_the_command_writes_the_workbook_then_reads_it(drafted, folder, tmp_path, capsys):
    call = [
        "review",
        str(tmp_path / "r.xlsx"),
        "--data",
        str(folder),
        "--sources",
        str(drafted / "texts"),
        "--lang",
        "zh",
    ]
    assert main(call) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{tmp_path / 'r.xlsx'}：待审14行，未采用的数字5个；填写“审定”栏，保存后再运行同一命令"
    ]
    with Filled(tmp_path / "r.xlsx") as sheet:
        sheet.put(key(1), decision="accept")
    assert main(call) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[0] == "已采用：确认1；未采用5；未审13"
    assert "parkstudy: 13 proposed rows not decided on" in told.err  # counted after those that were just decided
    with Filled(tmp_path / "r.xlsx") as sheet:
        row = sheet.put(key(2), decision="接受")
        other = sheet.put(key(3), note="x")
    assert main(call) == 1
    said = capsys.readouterr().err.splitlines()[-3:]
    assert said[0].startswith(f"parkstudy: {SHEET}!A{row}: “审定”栏不能填“接受”；应为确认、更正、剔除、补录")
    assert said[1:] == [
        f"{SHEET}!{letter('note')}{other}: 备注有改动但未审定；请选更正，或恢复为“”",
        f"{tmp_path / 'r.xlsx'}共2处有误，均未采用",
    ]


def test_nothing_to_decide_is_said(drafted, folder, tmp_path, opened):
    review: Review = opened()
    review.accept([one.key for one in review.entries])
    (folder / "draft.csv").unlink()
    with pytest.raises(RefusedError, match="nothing is left to decide in"):
        made(folder, drafted / "texts", tmp_path / "none.xlsx")
    with pytest.raises(RefusedError, match="no text of"):
        made(folder, tmp_path, tmp_path / "none.xlsx")


def test_a_new_row_a_name_for_a_code_and_another_separator_are_understood(book, back, folder):
    with Filled(book) as sheet:
        sheet.sheet.cell(sheet.sheet.max_row + 1, 1).value = "add"
        new = sheet.sheet.max_row
    with pytest.raises(ReturnedError, match=f"review!A{new}: a row that this workbook did not have; choose add at"):
        back()
    with Filled(book) as sheet:
        sheet.sheet.cell(new, 1).value = None
        sheet.sheet.cell(1, 1).value = "Decision "
        sheet.put(key(1), decision="Correct", population="Firms counted not stated")
        sheet.put(key(6), decision="correct", caveats="coarse_figure， two_readings")
    back()
    assert rows(folder)[key(1)]["population"] == "unstated"
    assert rows(folder)[key(6)]["caveats"] == "coarse_figure;two_readings"


def test_a_cell_of_a_table_is_drafted_corrected_and_added_and_its_place_is_shown(tmp_path: Path) -> None:
    texts, folder, book = tmp_path / "texts", tmp_path / "data", tmp_path / "review.xlsx"
    texts.mkdir()
    table = "指标 单位 上年 完成\n工业总产值 亿元 110 154.3\n开票额 亿元 98 121.5\n"
    (texts / f"{SOURCE}.txt").write_text(f"2021年工作总结\n{table}2021年,园区税收5.2亿元。\n", encoding="utf-8")
    draft([texts / f"{SOURCE}.txt"], folder)
    made(folder, texts, book)
    with Filled(book) as filled:
        names = [
            filled.sheet.cell(row, COLUMNS.index("sentence") + 1).value for row in range(2, filled.sheet.max_row + 1)
        ]
        assert any("【121.5】" in name for name in names)
        filled.put(
            "121.5", decision="add", indicator="operating_revenue", reported_term="开票额", caveats="concept_inferred"
        )
    assert "1 add" in taken(folder, texts, book)[0]
    review = Review(folder, SOURCE, texts)
    added = next(row for row in review.rows.values() if row["reported_term"] == "开票额")
    assert (added["reported_figure"], added["locator"], added["value_type"]) == ("121.5亿元", "t1/r2", "outturn")
    assert not review.against
    entry = review.entry(added["observation_id"])
    assert entry.span
    assert review.script.text[slice(*entry.span)] == "121.5"
    with pytest.raises(RefusedError, match=r"'54.3亿元' stands in this paragraph only within another"):
        review.correct(
            next(key for key, row in review.rows.items() if row["reported_figure"] == "154.3亿元"),
            {"reported_figure": "54.3亿元"},
        )
    with pytest.raises(RefusedError, match=r"pairs with '工业总产值'|does not stand"):
        review.correct(added["observation_id"], {"reported_figure": "154.3亿元"})
