"""A text whose paragraphs were broken at a width, as text copied from a PDF is, against the same text with a paragraph on a line each."""

import csv
import re
from pathlib import Path

import pytest

from parkstudy.record.draft import draft
from parkstudy.record.texts import paragraphs

TITLE = "青滩工业园区2021年工作总结"
PLAIN = (
    "2021年,青滩工业园区在各方支持下,扎实工作,园区经济社会发展取得新成效。园区实行一园三区管理。",
    "一、主要指标完成情况",
    "(一)经济运行稳中有升。2021年,园区完成工业总产值52.36亿元,同比增长7.4%;完成工业增加值13.27亿元,同比增长8.8%;"
    "完成税收1.63亿元,同比下降12.4%;期末从业人员8740人。",
    "分片区看:下河片区完成工业总产值26.14亿元,占园区的49.9%;上河片区完成工业总产值15.82亿元,占园区的30.2%。",
    "二、2022年工作计划",
    "2022年,园区力争实现工业总产值60亿元,增长14.6%;税收1.8亿元,新增规上企业8户。围绕上述目标,重点抓好项目建设和环境优化等工作。",
)


def broken(indent: str, width: int = 30) -> str:
    """The text with a line break every so many characters, numbers whole, the first line of each paragraph indented."""
    lines = [TITLE]
    for paragraph in PLAIN:
        line = indent
        for piece in re.findall(r"(?:[\d.%]+|.)[,。;:、)]*", paragraph):
            if len(line + piece) > width:
                lines, line = [*lines, line], ""
            line += piece
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("text", [broken(""), broken("    "), broken("\u3000\u3000").replace("\n", "\r\n")])
def test_the_paragraphs_of_a_broken_text_are_those_it_had(text: str) -> None:
    assert len(text.splitlines()) > 2 * len(PLAIN)
    assert paragraphs(text) == paragraphs("\n".join([TITLE, *PLAIN]))


def test_a_figure_is_read_over_the_break_and_stands_where_it_stands_in_the_file(tmp_path: Path) -> None:
    whole, text = "\n".join([TITLE, *PLAIN]), broken("    ", 31)
    assert re.search(r"\d[亿万]?\n[亿万元]", text)
    rows = {}
    for name, words in {"whole": whole, "broken": text}.items():
        path = tmp_path / f"{name}.txt"
        path.write_bytes(words.encode())
        draft([path], tmp_path / name)
        with (tmp_path / name / "observations.csv").open(encoding="utf-8-sig", newline="") as file:
            rows[name] = [list(row.values())[2:] for row in csv.DictReader(file)]
        with (tmp_path / name / "draft.csv").open(encoding="utf-8-sig", newline="") as file:
            said = [(words[int(one["start"]) : int(one["end"])], one["figure"]) for one in csv.DictReader(file)]
        assert all(" ".join(there.split()) == figure for there, figure in said)
    assert rows["broken"] == rows["whole"]
    assert len(rows["whole"]) > 12


LIST = [f"{n}月份,园区完成工业总产值{n + 3}.4亿元,同比增长{n}.6%,完成税收{n}120万元" for n in range(1, 7)]
PROSE = ["园区完成工业总产值52.36亿元,同比增长7.4%。全年引进项目{n}个,总投资{n}亿元,其中亿元以上"] * 3


@pytest.mark.parametrize(
    "lines",
    [
        [*LIST, "全年园区完成工业总产值52亿元,同比增长7.4%,完成税收3亿元。"],  # a list: none ends a sentence within it
        [line for line in PROSE for line in (line, "")],  # blank lines between them
        [line for n, line in enumerate(PROSE, 1) for line in (line, f"{n}、全年完成税收{n}亿元。")],  # items
        [line for line in PROSE for line in (line, "税收  3亿元  5%。")],  # cells
        [*PROSE, *["全年完成税收3亿元,同比增长7%。" * 4] * 2],  # paragraphs as long as they are
    ],
)
def test_lines_that_are_none_of_a_broken_paragraph_stay_apart(lines: list[str]) -> None:
    found = paragraphs("\n".join([TITLE, *lines]))
    assert list(found.values()) == [
        re.sub(r"\s", "", line) for line in lines if (line and "  " not in line) or "。" in line
    ]
