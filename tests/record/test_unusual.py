"""Warnings: each raised by a case with its whole text, acknowledged by a line with a reason and by nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import foreign_parks
import pytest

from parkstudy.record.codes import codes
from parkstudy.record.tables import Tables, load
from parkstudy.record.unusual import ALL_RULES, HEADER, RULES

TO = "or add to accepted.csv: "
GRADES = (
    "A (complete, on a county government's site), B (complete, elsewhere) or C (re-posted, anonymised or cut off), "
    "by rule Q1 of docs/method.md"
)
UNUSUAL: dict[str, tuple[str, str, dict[str, str], str]] = {
    "no_text": (
        "parks", "xintian", {"role": "core"},
        "parks.csv:7:park_id: warning: the study compares 'xintian' and has no work summary of it; expected one or more in "
        f"sources.csv; add the text, or make the role context, {TO}parks.csv,xintian,no_text,<reason>",
    ),
    "no_period": (
        "sources", "hengnan-2019", {"period_start": ""},
        "sources.csv:2:period_start: warning: the first day of what 'hengnan-2019' reports is not given; expected a date such as "
        f"2019-12-31; fill it in, {TO}sources.csv,hengnan-2019,no_period,<reason>",
    ),
    "no_grade": (
        "sources", "hengnan-2019", {"grade": ""},
        f"sources.csv:2:grade: warning: the grade of 'hengnan-2019' is not given; expected {GRADES}; "
        f"fill it in, {TO}sources.csv,hengnan-2019,no_grade,<reason>",
    ),
    "long_source": (
        "sources", "hengnan-2019", {"period_start": "2018-12-31"},
        "sources.csv:2:period_end: warning: 'hengnan-2019' reports 2018-12-31 to 2019-12-31; expected twelve months at most; "
        f"correct the dates, {TO}sources.csv,hengnan-2019,long_source,<reason>",
    ),
    "second_of_year": (
        "sources", "hengnan-2019b", {"kind": "work_summary", "grade": "B"},
        "sources.csv:23:period_end: warning: 'hengnan-2019b' is a further summary of hengnan for 2019, beside 'hengnan-2019'; "
        f"expected one a year; correct the dates or the park, {TO}sources.csv,hengnan-2019b,second_of_year,<reason>",
    ),
    "same_text": (
        "sources", "anon-2020-2020", {"sha256": "cdfbf09ab8ff5fb89b169bf6fcea2090be4800c472cc67388a92f3093f5cc3fb"},
        "sources.csv:6:sha256: warning: 'anon-2020-2020' of anon-2020 is the same text as 'hengnan-2019' of hengnan; expected one "
        f"row a text; take one of them out, {TO}sources.csv,anon-2020-2020,same_text,<reason>",
    ),
    "no_figure": (
        "sources", "longling-2021", {"kind": "work_summary", "grade": "B"},
        "sources.csv:14:source_id: warning: no figure of 'longling-2021' is recorded; expected one or more in observations.csv; "
        f"record its figures, or take the text out, {TO}sources.csv,longling-2021,no_figure,<reason>",
    ),
    "shipped_id": (
        "parks", "hengnan", {"name_zh": "青滩园区"},
        "parks.csv:2:park_id: warning: 'hengnan' is the park_id of a shipped row with the name_zh '衡南工业集中区', whose places, names "
        "of parts and statements are taken for it; expected an id of its own; choose another id, in every table, "
        f"{TO}parks.csv,hengnan,shipped_id,<reason>",
    ),
    "far_period": (
        "observations", "hengnan-2019-001", {"period_end": "2020-12-31"},
        "observations.csv:2:period_end: warning: an outturn to 2020-12-31 of a text that reports 2019-01-01 to 2019-12-31; "
        "expected no result of a later day without the caveat not_final; correct the date, the value_type or the caveats, "
        f"{TO}observations.csv,hengnan-2019-001,far_period,<reason>",
    ),
}  # fmt: skip


def warned(folder: Path) -> list[str]:
    return [str(one) for one in load(folder, Tables).warnings]


def test_each_code_has_one_rule_and_words():
    assert sorted(ALL_RULES) == sorted(codes("warning"))
    assert {*RULES, "far_period"} == {*UNUSUAL, "unverified"}  # those of rows and tables stand in test_unusual_rows.py


def test_the_shipped_data_warn_of_nothing_and_acknowledge_nothing(study):
    assert (study.warnings, study.acknowledged, study.accepted.height) == ((), (), 0)


@pytest.mark.parametrize("code", UNUSUAL)
def test_what_is_unusual_is_one_line_with_its_place_and_no_fault(copy_of_data: Any, code: str) -> None:
    table, key, cells, text = UNUSUAL[code]
    copy_of_data.edit(table, key, **cells)
    if code == "no_figure":
        path = copy_of_data.path("observations")
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith(key)), encoding="utf-8")
    assert text in warned(copy_of_data.folder)


def test_a_figure_may_be_of_a_year_before_its_text_of_its_date_or_planned_for_later(copy_of_data: Any) -> None:
    copy_of_data.path("verified").unlink()
    before = {"period_start": "2018-01-01", "period_end": "2018-12-31"}
    copy_of_data.edit("observations", "hengnan-2019-001", **before)
    copy_of_data.edit(
        "observations", "hengnan-2019-002", period_end="2020-01-31"
    )  # the month in which the text was written
    copy_of_data.edit("observations", "hengnan-2019-009", period_end="2035-12-31")  # a plan
    copy_of_data.edit("sources", "hengnan-2019", url="https://a.gov.cn/1", sha256="")
    assert warned(copy_of_data.folder) == []
    copy_of_data.edit("observations", "hengnan-2019-001", **{name: "2017" + date[4:] for name, date in before.items()})
    copy_of_data.edit(
        "sources", "hengshan-2022", url="https://a.gov.cn/1"
    )  # two hashes or one: by the address the same
    assert [one.split("; ")[0] for one in warned(copy_of_data.folder)] == [
        "observations.csv:2:period_start: warning: 2017-01-01 is more than a year before the start of a text that reports "
        "2019-01-01 to 2019-12-31",
        "sources.csv:3:url: warning: 'hengshan-2022' of hengshan is the same text as 'hengnan-2019' of hengnan",
    ]


def test_a_line_with_a_reason_acknowledges_one_warning(copy_of_data: Any) -> None:
    for key in ("hengnan-2019", "hengshan-2022"):
        copy_of_data.edit("sources", key, grade="")
    accept(copy_of_data, "sources.csv,hengnan-2019,no_grade,the site is gone and nobody knows")
    found = load(copy_of_data.folder, Tables)
    assert (found.faults, [one.key for one in found.warnings]) == ((), ["hengshan-2022"])
    assert [(one.key, one.code) for one in found.acknowledged] == [("hengnan-2019", "no_grade")]


def accept(copy: Any, *lines: str) -> None:
    copy.path("accepted").write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")


FAULTY = {
    "sources.csv,hengnan-2019,grade,as it is": "accepted.csv:2:code: 'grade' is not allowed; expected one of "
    f"{', '.join(codes('warning'))}; what has no such code is a fault, and no fault is acknowledged",
    "text.csv,hengnan-2019,no_grade,as it is": "accepted.csv:2:file: 'text.csv' is not allowed; expected one of parks.csv, sources.csv, "
    "indicators.csv, observations.csv, subjects.csv, reference.csv, places.csv",
    "sources.csv,hengnan-2091,no_grade,as it is": "accepted.csv:2:key: no row 'hengnan-2091' in sources.csv; "
    "did you mean 'hengnan-2019'? write the first cell of a row of sources.csv",
    "sources.csv,hengnan-2019,no_grade,": "accepted.csv:2:reason: the cell is empty; expected the reason in words",
    "sources.csv,hengnan-2019,no_grade,<reason>": "accepted.csv:2:reason: '<reason>' holds markup; write plain text, without < before "
    "a letter",
    "sources.csv,hengnan-2019,no_grade,as it is": "accepted.csv:2:code: acknowledges nothing: 'hengnan-2019' has no warning no_grade; "
    "take the line out",
    "sources.csv,hengshan-2022,no_grade,as it is": "accepted.csv:2:code: 'hengshan-2022' has no such warning but a fault; "
    "a fault cannot be acknowledged: correct sources.csv:3",
}  # fmt: skip


@pytest.mark.parametrize("line", FAULTY)
def test_a_line_that_acknowledges_no_warning_is_a_fault(copy_of_data: Any, line: str) -> None:
    copy_of_data.edit("sources", "hengshan-2022", official="yes")
    accept(copy_of_data, line)
    assert copy_of_data.faults() == [
        FAULTY[line],
        "sources.csv:3:official: 'yes' is not allowed; expected true or false",
    ]


def test_two_lines_on_one_warning_are_a_fault(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "hengnan-2019", grade="")
    accept(copy_of_data, *["sources.csv,hengnan-2019,no_grade,nobody knows"] * 2)
    said = "file: ('sources.csv', 'hengnan-2019', 'no_grade') is used twice; give each key one row"
    assert copy_of_data.faults() == [f"accepted.csv:{line}:{said}" for line in (2, 3)]


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("parks", "sources.csv: the folder has none, and the shipped one, which is read in its place, does not fit parks.csv; put a "
         "sources.csv of the same parks into the folder (park_id 'hengnan', 'hengshan', 'shuangpai' is not in parks.csv)"),
        ("observations", "sources.csv: the folder has none, and the shipped one, which is read in its place, does not fit "
         "observations.csv; put a sources.csv of the same parks into the folder (source_id 'qingtan-2021', 'baishi-2021', "
         "'luoxi-2021' is not in sources.csv)"),
    ],
)  # fmt: skip
def test_a_folder_with_one_table_of_other_parks_is_one_fault(tmp_path: Path, kept: str, said: str) -> None:
    foreign_parks.write(tmp_path)
    for path in tmp_path.glob("*.csv"):
        if path.stem != kept:
            path.unlink()
    found = load(tmp_path, Tables)
    assert ([str(fault) for fault in found.faults], found.warnings) == ([said], ())


def test_a_line_for_a_warning_that_a_fault_elsewhere_keeps_from_being_looked_for_stays(copy_of_data: Any) -> None:
    copy_of_data.edit("parks", "xintian", role="core")
    accept(copy_of_data, "parks.csv,xintian,no_text,its text is expected")
    assert copy_of_data.faults() == []
    copy_of_data.edit("observations", "hengnan-2019-001", bound="exactly")
    assert [one.split(": ")[0] for one in copy_of_data.faults()] == ["observations.csv:2:bound"]


@pytest.mark.parametrize("start", ["0000-01-01", "0001-01-01", "9999-01-01"])
def test_a_slip_in_a_year_is_a_fault_and_stops_no_rule(copy_of_data: Any, start: str) -> None:
    copy_of_data.edit("sources", "hengnan-2019", period_start=start, period_end=start[:4] + "-12-31")
    expected = "is not allowed; expected a date such as 2019-12-31, of a year from 1900 to 2100"
    assert [one for one in copy_of_data.faults() if one.startswith("sources")] == [
        f"sources.csv:2:period_end: '{start[:4]}-12-31' {expected}",
        f"sources.csv:2:period_start: '{start}' {expected}",
    ]
