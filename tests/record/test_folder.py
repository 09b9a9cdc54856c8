"""A folder of data: how a new one begins, which files of it are read, and what only looks like one of them."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import foreign_parks
import pytest

from parkstudy.errors import ParkstudyError
from parkstudy.record import about, decided, folder
from parkstudy.record.begin import NewFolderError, begin
from parkstudy.record.draft import draft
from parkstudy.record.folder import strangers, told
from parkstudy.record.shipped import DataFolderError, shipped_folder
from parkstudy.record.tables import Tables, load


def text(path: Path, words: str = "产值5亿元。") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return path


def test_a_new_folder_has_a_row_and_the_hash_of_each_text_and_asks_for_the_rest(tmp_path):
    own = tmp_path / "own"
    given = text(tmp_path / "Linhe Park_2021年.txt", "产值5亿元。")
    assert begin(own, [given]) == [
        "Linhe Park_2021年.txt: park linhe-park, text linhe-park-2021, core, a work summary",
        f"{own}: parks.csv, sources.csv, observations.csv, study.toml; 1 park, 1 text",
        "to look at and fill in, in this order:",
        f"1. {own}/parks.csv: name_zh (of linhe-park made of the name of the file); name_en, made of the id; anonymised, true where the "
        "text hides its county; counties and provinces in both languages where pages shall name them",
        f"2. {own}/sources.csv: title, published, period_start and period_end; linhe-park-2021: no year is printed, so fill it in before "
        "the draft; publisher and url; official, true where a government or statistics office hosts the text; grade A (complete, on a "
        "county government's site), B (complete, elsewhere) or C",
        f"3. {own}/study.toml: title, question and authors of the study",
        f"next: `parkstudy draft TEXT ... --out {own}` proposes the rows of observations.csv (by hand: the manual is "
        f"{shipped_folder() / 'README.md'}); `parkstudy check --data {own}` lists what is still to be said (a warning that is right as it "
        f"stands is acknowledged in accepted.csv); then `parkstudy report --data {own}`",
    ]
    faults = [str(fault) for fault in load(own, Tables).faults]
    assert faults == [
        "observations.csv: the table has no row; add a row for each printed figure",
    ]
    assert [str(one) for one in load(own, Tables).warnings] == [
        "parks.csv:2:name_zh: warning: 'linhe-park' has no Chinese character; expected it in Chinese; write it in Chinese, or add to "
        "accepted.csv: parks.csv,linhe-park,script,<reason>",
        "sources.csv:2:grade: warning: the grade of 'linhe-park-2021' is not given; expected A (complete, on a county government's site), "
        "B (complete, elsewhere) or C (re-posted, anonymised or cut off), by rule Q1 of docs/method.md; "
        "fill it in, or add to accepted.csv: sources.csv,linhe-park-2021,no_grade,<reason>",
        *(
            f"sources.csv:2:{column}: warning: the {which} day of what 'linhe-park-2021' reports is not given; expected a date "
            "such as 2019-12-31; fill it in, or add to accepted.csv: sources.csv,linhe-park-2021,no_period,<reason>"
            for column, which in (("period_end", "last"), ("period_start", "first"))
        ),
        "sources.csv:2:title: warning: the title of 'linhe-park-2021' is not given; expected it as it is printed; fill it in, or add to "
        "accepted.csv: sources.csv,linhe-park-2021,no_title,<reason>",
    ]
    assert hashlib.sha256(given.read_bytes()).hexdigest() in (own / "sources.csv").read_text(encoding="utf-8")


def test_a_new_folder_once_filled_is_faultless_and_of_its_own_parks_alone(tmp_path):
    begin(tmp_path / "own", [text(tmp_path / "linhe-2021.txt")])
    fills = {
        "parks": "linhe,临河园区,Linhe Park,,,,,false,core,",
        "sources": "linhe-2021,linhe,work_summary,临河园区2021年总结,,,,false,2021-01-01,2021-12-31,"
        + "0" * 64
        + ",B,",
        "observations": "linhe-2021-001,linhe-2021,gross_industrial_output,park,unstated,level,outturn,2021-01-01,"
        "2021-12-31,产值,5亿元,exact,A,,,,,p1,",
    }
    for name, row in fills.items():
        path = tmp_path / "own" / f"{name}.csv"
        header = path.read_text(encoding="utf-8").splitlines()[0]
        path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    study = load(tmp_path / "own", Tables).require_faultless()
    assert (study.park_ids(), study.about, study.warnings) == (["linhe"], about.About(), ())


def test_a_drafted_folder_is_faultless_as_it_stands(tmp_path):
    own = tmp_path / "own"
    said = draft([text(tmp_path / "青潭2021.txt", "2021年工作总结\n2021年,园区工业总产值95.13亿元。\n")], own)
    assert said[1] == "to look at and fill in, in this order:"
    study = load(own, Tables).require_faultless()
    assert [one.column for one in study.warnings] == ["grade"]
    assert study.parks.select("name_zh", "name_en", "anonymised").rows() == [("青潭", "Park", False)]


EARLIER = "2021年,园区工业总产值95.13亿元,税收2.04亿元,投资12.7亿元,营业收入118亿元,用地3450亩。\n"


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        (EARLIER, EARLIER.replace("95.13", "95.14"), "4 of the 5 longer figures"),
        ("青潭园区2021年工作总结\n园区税收2亿元。\n", "青潭园区2021年工作总结\n园区税收3亿元。\n", "the title"),
    ],
)
def test_a_text_that_changed_under_another_name_gets_no_second_park(tmp_path, first, second, alike):
    own = tmp_path / "own"
    draft([text(tmp_path / "总结.txt", first)], own)
    changed = text(tmp_path / "总结(改).txt", second)
    sha256 = hashlib.sha256(changed.read_bytes()).hexdigest()
    before = (own / "sources.csv").read_bytes()
    with pytest.raises(NewFolderError) as refused:
        draft([changed], own)
    assert str(refused.value) == (
        f"{changed} has {alike} of park: it seems to be that text, edited since it was entered; if it is, put {sha256} into its row of "
        "sources.csv and draft it again: rows stay, new places are found; if it is another text, give it a row of its own there, with "
        "this sha256\nnothing was drafted"
    )
    assert (own / "sources.csv").read_bytes() == before
    was = hashlib.sha256((tmp_path / "总结.txt").read_bytes()).hexdigest()
    (own / "sources.csv").write_bytes(before.replace(was.encode(), sha256.encode()))
    assert draft([changed], own)[0].startswith("总结(改).txt: park: ")


def test_another_text_of_like_words_is_entered(tmp_path):
    own = tmp_path / "own"
    draft([text(tmp_path / "青潭2021.txt", EARLIER)], own)
    other = "2022年,园区工业总产值97.13亿元(上年95.13亿元),税收2.14亿元,投资13.7亿元,营业收入121亿元,用地3460亩。\n"
    assert draft([text(tmp_path / "青潭2022.txt", other)], own)[0].startswith("青潭2022.txt: park-2022: ")
    assert load(own, Tables).park_ids() == ["park"]
    assert draft(
        [text(tmp_path / "青潭2023.txt", "2023年,税收2亿元。\n"), text(tmp_path / "park-2024.txt", "2024年。\n")], own
    )
    assert load(own, Tables).sources["park_id"].to_list() == ["park"] * 4


def test_without_texts_a_new_folder_has_headers_and_keys_to_be_said(tmp_path):
    begin(tmp_path)
    assert [str(fault) for fault in load(tmp_path, Tables).faults] == [
        "observations.csv: the table has no row; add a row for each printed figure",
        "parks.csv: the table has no row; add a row for each park",
        "sources.csv: the table has no row; add a row for each text",
    ]
    lines = (tmp_path / "study.toml").read_text(encoding="utf-8").splitlines()[1:]
    said = tomllib.loads("\n".join(line.removeprefix("# ") for line in lines))
    assert list(said) == list(about.KEYS)
    assert not any(said.values())


def test_ids_are_safe_unique_and_none_of_the_shipped(tmp_path):
    names = [
        "a/衡南.txt",
        "b/衡南.txt",
        "hengnan-2019.txt",
        "a/x-2020.txt",
        "a/x 2021.txt",
        "b/x-2020.txt",
        "$(rm)_B.txt",
        "c/衡南高新区2019.txt",
        "d/衡南高新区.txt",
    ]
    given = [text(tmp_path / name, f"{number}。") for number, name in enumerate(names)]
    begin(tmp_path / "own", given)
    rows = (tmp_path / "own" / "sources.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [tuple(row.split(",")[:2]) for row in rows] == [
        ("park", "park"),
        ("park-2", "park-2"),
        ("hengnan-2-2019", "hengnan-2"),
        ("x-2020", "x"),
        ("x-2021", "x"),
        ("x-2-2020", "x-2"),
        ("rm-b", "rm-b"),
        ("high-tech-zone-2019", "high-tech-zone"),
        ("high-tech-zone-2", "high-tech-zone-2"),
    ]


def test_texts_are_of_one_park_by_their_names_without_the_year_and_not_by_their_ids(tmp_path):
    names = [
        "清河园区2020年总结",
        "清河园区2021年度总结",
        "清河园区2020-final",
        "兰山园区2021-final",
        "清河园区2021-final",
        "2019",
        "2020",
    ]
    begin(tmp_path / "own", [text(tmp_path / f"{name}.txt", f"{name}。") for name in names])
    rows = (tmp_path / "own" / "sources.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [tuple(row.split(",")[:2]) for row in rows] == [
        ("park-2020", "park"),
        ("park-2021", "park"),
        ("final-2020", "final"),
        ("final-2-2021", "final-2"),
        ("final-2021", "final"),
        ("park-2-2019", "park-2"),
        ("park-3-2020", "park-3"),
    ]


REFUSED = {
    "no such text": (None, "no text '{}'; expected a file of plain text (UTF-8)"),
    "GBK": ("产值。".encode("gbk"), "{}:1: not UTF-8: byte 0xb2 (it reads as GBK); save the text as UTF-8"),
    "empty": (b" \n", "{}: the text is empty; leave it out"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_text_is_refused_before_anything_is_written(tmp_path, kind):
    raw, message = REFUSED[kind]
    path = tmp_path / "a.txt"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(NewFolderError) as error:
        begin(tmp_path / "own", [path])
    assert str(error.value) == message.format(path)
    assert not (tmp_path / "own").exists()


def test_a_document_or_the_same_text_twice_is_refused(tmp_path):
    one, two, other = (text(tmp_path / name) for name in ("a.txt", "b.txt", "c.docx"))
    with pytest.raises(NewFolderError) as error:
        begin(tmp_path / "own", [one, two])
    assert str(error.value) == f"{two} is the same text as {one}; give it once"
    with pytest.raises(NewFolderError) as error:
        begin(tmp_path / "own", [other])
    expected = "the name does not end in .txt; save the text as plain text (UTF-8) under such a name"
    assert str(error.value) == f"{other}: {expected}"


def test_a_folder_with_tables_is_left_as_it_is(tmp_path):
    text(tmp_path / "parks.csv", "mine")
    text(tmp_path / "study.toml", "mine")
    with pytest.raises(NewFolderError) as error:
        begin(tmp_path)
    expected = "has parks.csv, study.toml already; nothing was changed: name a new or an empty folder"
    assert str(error.value) == f"{tmp_path} {expected}"
    assert (tmp_path / "parks.csv").read_text(encoding="utf-8") == "mine"
    with pytest.raises(NewFolderError) as error:
        begin(tmp_path / "parks.csv")
    assert str(error.value) == f"{tmp_path / 'parks.csv'} is a file; name a new or an empty folder"


MEANT = {
    "observations - 副本.csv": "observations.csv",
    "Observations.CSV": "observations.csv",
    "observations.xlsx": "observations.csv",
    "observations.csv.txt": "observations.csv",
    "obsevations.csv": "observations.csv",
    "observations": "observations.csv",
    "observations (2).csv": "observations.csv",
    "Copy of parks.csv": None,
    "sources.txt": "sources.csv",
    "park-2021.txt": None,
    "park.txt": None,
    "my notes.csv": None,
    "study.toml.txt": "study.toml",
    "statement.toml": "statements.toml",
    "study.xlsx": None,
    "parks.py": None,
    "~$parks.xlsx": None,
    "datapackage.json": None,
}


@pytest.mark.parametrize("name", MEANT)
def test_a_file_that_looks_like_one_of_a_study_is_named_with_what_was_expected(tmp_path, name):
    text(tmp_path / name)
    assert [one.expected for one in strangers(tmp_path)] == ([MEANT[name]] if MEANT[name] else [])


def test_a_command_says_what_it_reads_what_is_shipped_and_what_is_not_read(awkward, tmp_path):
    assert told(None) == ["data: the shipped tables"]
    for name in ("parks", "sources", "observations"):
        text(tmp_path / f"{name}.csv", (awkward / f"{name}.csv").read_text(encoding="utf-8"))
    text(tmp_path / "observations - 副本.csv")
    text(tmp_path / "parks.xlsx")
    rest = "indicators.csv, subjects.csv, reference.csv, places.csv, statements.toml"
    assert told(tmp_path) == [
        f"data: parks.csv, sources.csv, observations.csv of {tmp_path}; shipped: {rest}",
        f"'observations - 副本.csv' in {tmp_path} is not read; to use it, name it observations.csv",
        f"'parks.xlsx' in {tmp_path} is not read; to use it, save it as CSV (UTF-8) under the name parks.csv",
    ]
    assert load(tmp_path, Tables).faults == ()  # what is read is there


def test_a_misnamed_table_in_whose_place_the_shipped_one_would_be_read_is_a_fault(awkward, tmp_path):
    for name in ("parks", "sources", "observations"):
        text(tmp_path / f"{name}.csv", (awkward / f"{name}.csv").read_text(encoding="utf-8"))
    text(tmp_path / "refernce.csv")
    assert [str(fault) for fault in load(tmp_path, Tables).faults] == [
        "refernce.csv: not read: a table of a study has another name; name it reference.csv"
    ]


def test_a_folder_with_nothing_but_a_misnamed_table_says_its_name(tmp_path):
    text(tmp_path / "Observations.CSV")
    with pytest.raises(DataFolderError) as error:
        folder.files(tmp_path)
    expected = "parks.csv, sources.csv, indicators.csv, observations.csv, subjects.csv, reference.csv, places.csv"
    assert str(error.value) == (
        f"{str(tmp_path)!r} holds no table; expected one or more of {expected}; "
        "'Observations.CSV' is not read: name it observations.csv"
    )


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("observation.csv", "observations"),
        ("sourses.csv", "sources"),
        ("parks (1).csv", "parks"),
        ("Sources.xlsx", "sources"),
    ],
)
def test_a_renamed_table_is_one_fault_and_what_hangs_on_it_none(tmp_path, name, lost):
    foreign_parks.write(tmp_path)
    (tmp_path / f"{lost}.csv").rename(tmp_path / name)
    found = load(tmp_path, Tables)
    (fault,) = found.faults
    assert found.warnings == ()
    kind = "save it as CSV (UTF-8) under the name" if name.endswith("xlsx") else "name it"
    assert str(fault) == f"{name}: not read: a table of a study has another name; {kind} {lost}.csv"


def test_a_table_that_fits_neither_of_two_others_is_one_fault_before_all_others(tmp_path):
    foreign_parks.write(tmp_path)
    (tmp_path / "sources.csv").unlink()
    path = tmp_path / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("95.13亿元", "many"), encoding="utf-8")
    first, second = load(tmp_path, Tables).faults
    assert (first.file, first.line, second.file) == ("sources.csv", 0, "observations.csv")


UNSOUND = [
    ("observations", lambda raw: b"", "observations.csv: the file is empty; give it the header observation_id, "),
    (
        "draft",
        lambda raw: raw.replace(b",", b";"),
        "draft.csv: saved by a spreadsheet with semicolons between the cells: ",
    ),
    ("draft", lambda raw: raw.decode().encode("gb18030"), "draft.csv: saved by a spreadsheet as GBK (byte 0x"),
    ("parks", lambda raw: raw.decode().encode("gb18030"), "parks.csv: saved by a spreadsheet as GBK (byte 0x"),
    ("review", lambda raw: raw.decode().encode("gb18030"), "review.csv: saved by a spreadsheet as GBK (byte 0x"),
    ("observations", lambda raw: raw.partition(b"\n")[2], "observations.csv:1:observation_id: the column is missing; "),
]


@pytest.mark.parametrize(("table", "spoilt", "said"), UNSOUND)
def test_nothing_is_drafted_into_a_folder_with_a_table_that_cannot_be_read(tmp_path, table, spoilt, said):
    first, own = text(tmp_path / "青潭2021.txt", EARLIER), tmp_path / "own"
    draft([first], own)
    decided.append(own, [decided.Decision(1, "", "park-2021", "reject", reason="无")])
    (own / f"{table}.csv").write_bytes(spoilt((own / f"{table}.csv").read_bytes()))
    before = {path: path.read_bytes() for path in own.iterdir()}
    for file in (first, text(tmp_path / "白石2021.txt", "2021年,税收2亿元。\n")):
        with pytest.raises(ParkstudyError, match=re.escape(said)):
            draft([file], own)
    assert {path: path.read_bytes() for path in own.iterdir()} == before
    if table not in ("draft", "review"):
        assert any(str(fault).startswith(said) for fault in load(own, Tables).faults)


def test_rows_are_put_behind_a_header_that_stands_below_blank_lines(tmp_path):
    first, own = text(tmp_path / "青潭2021.txt", EARLIER), tmp_path / "own"
    draft([first], own)
    for name in ("observations", "draft", "sources"):
        (own / f"{name}.csv").write_bytes(b"\n\n" + (own / f"{name}.csv").read_bytes())
    rows = len(load(own, Tables).recorded)
    draft([text(tmp_path / "白石2021.txt", "2021年,税收2亿元。\n")], own)
    draft([first], own)
    assert load(own, Tables).recorded["reported_figure"].to_list()[rows:] == ["2亿元"]


def parks_of(own: Path) -> list[str]:
    """The park of each text of a folder."""
    return load(own, Tables).sources["park_id"].to_list()


def test_a_park_is_known_by_its_printed_name(tmp_path):
    said = "青山工业园区{0}年工作总结\n{0}年,园区税收{1}亿元。\n"
    own = tmp_path / "own"
    draft([text(tmp_path / "青山2023.txt", said.format(2023, "2.15"))], own)
    draft([text(tmp_path / "青山2024.txt", said.format(2024, "3.18"))], own)
    draft([text(tmp_path / "again.txt", said.format(2025, "4.17"))], own)
    assert parks_of(own) == ["industrial-park"] * 3
    assert load(own, Tables).sources["source_id"].to_list()[1:] == ["industrial-park-2024", "industrial-park-2025"]
    (own / "parks.csv").write_text(
        (own / "parks.csv").read_text(encoding="utf-8") + "other,青山工业园区,Other,,,,,false,context,\n",
        encoding="utf-8",
    )
    draft([text(tmp_path / "青山2026.txt", said.format(2026, "5.16"))], own)  # two parks have the name by now
    assert load(own, Tables).sources["park_id"].to_list()[3:] not in (["industrial-park"], ["other"])
    two = [
        text(tmp_path / "a" / "工作总结2024.txt", "甲县工业园区2024年工作总结\n"),
        text(tmp_path / "b" / "工作总结2023.txt", "乙县经济开发区2023年工作总结\n"),
    ]
    begin(tmp_path / "two", two)
    assert len({*parks_of(tmp_path / "two")}) == 2
    hidden = [
        text(tmp_path / f"{name}.txt", f"某县工业园区2024年工作总结\n税收{name}亿元。\n") for name in ("12", "34")
    ]
    begin(tmp_path / "hidden", hidden)
    assert len({*parks_of(tmp_path / "hidden")}) == 2


ALIKE = "园区管委会2024年工作总结\n2024年,园区工业总产值{}亿元,税收{}亿元,投资{}亿元,营业收入{}亿元,用地{}亩。\n"
SHORT = "工作总结\n\n园区实现工业总产值120.15亿元,税收{}亿元。2024年。\n"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (ALIKE.format(95.13, 2.14, 13.7, 121, 3460), ALIKE.format(95.14, 3.14, 14.7, 122, 3461), ""),
        (ALIKE.format(95.13, 2.14, 13.7, 121, 3460), ALIKE.format(95.13, 2.14, 13.7, 122, 3461), ""),
        (SHORT.format("3.25"), SHORT.format("3.26"), "all figures but one of park: it seems to be that text, edited"),
        (SHORT.format("3.25"), SHORT.format("3.26").replace("2024", "2025"), ""),
    ],
)
def test_a_text_is_that_of_another_only_where_its_figures_are(tmp_path, first, second, same):
    own = tmp_path / "own"
    draft([text(tmp_path / "甲.txt", first)], own)
    if same:
        with pytest.raises(NewFolderError, match=re.escape(same)):
            draft([text(tmp_path / "甲新.txt", second)], own)
    else:
        draft([text(tmp_path / "甲新.txt", second)], own)
        assert len(parks_of(own)) == 2


def test_the_steps_after_a_draft_are_three_whatever_the_texts_are_called(tmp_path):
    told = draft(
        [text(tmp_path / f"{number}.甲.txt", f"2021年,税收{number}2亿元。\n") for number in (1, 2)], tmp_path / "own"
    )
    assert [line.partition(":")[0] for line in told[2:-1]] == [
        "to look at and fill in, in this order",
        *(
            f"{number}. {tmp_path / 'own' / name}"
            for number, name in ((1, "parks.csv"), (2, "sources.csv"), (3, "study.toml"))
        ),
    ]
