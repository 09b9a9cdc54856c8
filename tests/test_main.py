"""The command line: what each command prints, its exit status, and one clear line for every bad input."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yearly_parks
from exhibit_parts import study_of
from unlooked import unwarned

import parkstudy
from parkstudy.__main__ import main
from parkstudy.errors import counted
from parkstudy.record.schema import KEPT, TABLES


def checked(faults: int, apart: int, folder: Path | None = None, **fewer: int) -> str:
    """The last line of a check, of tables with as many rows `fewer` as named."""
    with unwarned():
        study = parkstudy.load(folder)
    loaded = ", ".join(
        f"{getattr(study, name).height - fewer.get(name, 0)} {name}" for name in TABLES if name not in KEPT
    )
    return f"{counted(faults, 'fault')}; loaded: {loaded}; {counted(apart, 'row')} not loaded"


PARKS = ", ".join(study_of().parks["park_id"])


class Command:
    """Runs a command in this process and keeps what it said; `data` is what it said of the files it reads."""

    data: tuple[str, ...] = ()

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> tuple[int, list[str], list[str]]:
        """Exit status, lines of output, lines of errors without the one on the data."""
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        said = self._capsys.readouterr()
        errors = said.err.splitlines()
        self.data = tuple(line for line in errors if line.startswith("parkstudy: data: "))
        return status, said.out.splitlines(), [line for line in errors if line not in self.data]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


def test_check_finds_no_fault_in_the_shipped_data(command: Command) -> None:
    assert command("check") == (0, [checked(0, 0)], [])


def test_check_of_ones_own_parks_names_what_was_loaded(command: Command, awkward: Path) -> None:
    status, lines, errors = command("check", "--data", awkward)
    assert (status, errors) == (0, [])
    assert lines[-1].replace("0 faults, 16 warnings;", "0 faults;") == checked(0, 0, awkward)
    assert lines[-1].startswith("0 faults, 16 warnings; loaded: 7 parks, 8 sources, ")


def test_every_command_that_reads_data_says_which(command: Command, awkward: Path, tmp_path: Path) -> None:
    command("check")
    assert command.data == ("parkstudy: data: the shipped tables",)
    rest = "indicators.csv, subjects.csv, reference.csv, places.csv, statements.toml"
    report = ["report", "--dry-run", "10-coverage", "--out", str(tmp_path / "pages")]
    for words in (["check", "--data"], ["compare", "--data"], [*report, "--data"], [*report, "-p", "data"]):
        command(*words, awkward)
        assert command.data == (
            f"parkstudy: data: parks.csv, sources.csv, observations.csv of {awkward}; shipped: {rest}",
        )


def test_init_begins_a_folder_that_check_says_how_to_fill(command: Command, awkward: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    status, lines, errors = command("init", own, awkward / "no-tax-2021.txt")
    assert (status, len(lines), errors, command.data) == (0, 7, [], ())
    status, lines, _ = command("check", "--data", own)
    assert (status, len(lines)) == (1, 6)
    assert lines[-2] == "to acknowledge warnings, begin accepted.csv with the line file,key,code,reason"
    assert lines[-1].startswith("1 fault, 3 warnings; loaded: 1 parks, 1 sources, ")
    refused = f"{own} has parks.csv, sources.csv, observations.csv, study.toml already; nothing was changed: "
    assert command("init", own) == (2, [], [f"parkstudy: {refused}name a new or an empty folder"])


PLACE = "observations.csv:6:"  # the line of hengnan-2019-005, the growth of output
FAULTS = {
    "unknown unit": (
        {"reported_figure": "10.2吨"},
        "reported_figure: unknown unit '吨' in '10.2吨'; known units: % ha km2 m2 个 亩 人 人民币 件 元 元/亩 元人民币 "
        "元每亩 公顷 只 台 名 处 套 宗 家 平方公里 平方千米 平方米 平米 座 户 批 条 栋 种 美元 辆 间 项; "
        "copy the figure as it is printed, and nothing else",
    ),
    "a figure that cannot be read": (
        {"reported_figure": "很多"},
        "reported_figure: '很多' is not a figure; expected digits with a magnitude, a unit and bound words, "
        "such as 2亿余元 or 12.5%; copy the figure as it is printed, and nothing else",
    ),
    "a period that ends before it starts": (
        {"period_end": "2018-12-31"},
        "period_end: the period ends on 2018-12-31, before it starts on 2019-01-01; correct one of the two dates",
    ),
    "a wrong code": (
        {"population": "everybody"},
        "population: 'everybody' is not allowed; expected one of park, industry, above_scale, registered, unstated",
    ),
    "a formula": (
        {"note": "=HYPERLINK(1)"},
        "note: '=HYPERLINK(1)' would run as a formula in a spreadsheet; begin the cell with another character",
    ),
    "markup": (
        {"note": "<b>bold</b>"},
        "note: '<b>bold</b>' holds markup; write plain text, without < before a letter",
    ),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_bad_cell_is_one_line_with_its_place_and_the_rest_is_loaded(
    command: Command, copy_of_data: Any, kind: str
) -> None:
    cells, text = FAULTS[kind]
    copy_of_data.edit("observations", "hengnan-2019-005", **cells)
    assert command("check", "--data", copy_of_data.folder) == (1, [PLACE + text, checked(1, 1, observations=1)], [])


def test_an_unknown_park_is_one_line_and_sets_its_figures_apart(command: Command, copy_of_data: Any) -> None:
    study = study_of()
    gone = {
        name: getattr(study, name).filter(source_id="hengshan-2022").height for name in ("observations", "subjects")
    }
    copy_of_data.edit("sources", "hengshan-2022", park_id="hengsan")
    status, lines, errors = command("check", "--data", copy_of_data.folder)
    assert (status, errors) == (1, [])
    assert lines == [
        "sources.csv:3:park_id: unknown park_id 'hengsan'; did you mean 'hengshan'? add it to parks.csv or correct it",
        checked(1, 1 + sum(gone.values()), sources=1, **gone),
    ]


def test_a_duplicate_key_is_a_line_for_each_row(command: Command, copy_of_data: Any) -> None:
    copy_of_data.edit("parks", "shuangpai", park_id="hengnan")
    status, lines, _ = command("check", "--data", copy_of_data.folder)
    assert status == 1
    assert lines[:2] == [
        f"parks.csv:{line}:park_id: 'hengnan' is used twice; give each row an identifier of its own" for line in (2, 4)
    ]


def test_a_missing_column_is_one_line(command: Command, copy_of_data: Any) -> None:
    path = copy_of_data.path("parks")
    header, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(header.replace(",role,", ",rank,") + "\n" + rest, encoding="utf-8")
    status, lines, _ = command("check", "--data", copy_of_data.folder)
    assert status == 1
    assert lines[:2] == [
        "parks.csv:1:rank: unknown column; "
        "take it out; the table has park_id, name_zh, name_en, county_zh, county_en, province_zh, province_en, "
        "anonymised, role, note, note_zh",
        "parks.csv:1:role: the column is missing; add the column (its cells may be empty where allowed)",
    ]
    study = study_of()
    hanging = ("sources", "observations", "subjects", "places")
    gone = {name: getattr(study, name).height for name in hanging}
    assert lines[-1] == checked(2, 1 + sum(gone.values()), parks=study.parks.height, **gone)


def test_an_empty_file_is_one_line(command: Command, copy_of_data: Any) -> None:
    copy_of_data.path("reference").write_bytes(b"")
    study = study_of()
    places = study.places.height
    assert command("check", "--data", copy_of_data.folder) == (
        1,
        [
            "reference.csv: the file is empty; give it the header series, name_zh, name_en, scope, period_start, "
            "period_end, value, unit, bound, source_title, source_url, official, inferred, inferred_zh, note, note_zh",
            checked(1, 1 + places, reference=study.reference.height, places=places),
        ],
        [],
    )


def test_a_file_in_gbk_is_one_line(command: Command, copy_of_data: Any) -> None:
    path = copy_of_data.path("indicators")
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk", errors="replace"))
    status, lines, _ = command("check", "--data", copy_of_data.folder)
    assert status == 1
    assert re.fullmatch(
        r"indicators\.csv: saved by a spreadsheet as GBK \(byte 0x[0-9a-f]{2} is not UTF-8\): dates and percentages may have changed; .*",
        lines[0],
    )
    assert len(lines) == 2


def test_warnings_stop_nothing_and_are_said_until_they_are_acknowledged(
    command: Command, copy_of_data: Any, tmp_path: Path
) -> None:
    folder = copy_of_data.folder
    copy_of_data.edit("sources", "hengnan-2019", grade="")
    status, lines, _ = command("check", "--data", folder)
    assert (status, lines[1:]) == (
        0,
        [
            "to acknowledge warnings, begin accepted.csv with the line file,key,code,reason",
            checked(0, 0).replace("0 faults", "0 faults, 1 warning", 1),
        ],
    )
    said = [f"parkstudy: 1 warning in the data, listed by: parkstudy check --data {folder}"]
    report = ["report", "10-coverage", "--dry-run", "--out", str(tmp_path)]
    for words in (report, ["compare"], ["export", "sources", str(tmp_path / "sources.csv")]):
        status, _, errors = command(*words, "--data", folder)
        assert (status, errors) == (0, said)
    accepted = "file,key,code,reason\nsources.csv,hengnan-2019,no_grade,nobody knows where it stood\n"
    copy_of_data.path("accepted").write_text(accepted, encoding="utf-8")
    acknowledged = checked(0, 0).replace("0 faults", "0 faults, 1 warning acknowledged", 1)
    assert command("check", "--data", folder) == (0, [acknowledged], [])
    assert command("compare", "--data", folder)[2] == []


@pytest.mark.parametrize("words", [["report"], ["export", "observations", "x.csv"]], ids=["report", "export"])
def test_faulty_data_are_refused_with_every_fault(
    command: Command, copy_of_data: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    copy_of_data.edit("observations", "hengnan-2019-005", population="everybody")
    copy_of_data.edit("observations", "hengnan-2019-004", note="@SUM(1)")
    status, lines, errors = command(*words, "--data", copy_of_data.folder)
    assert (status, lines) == (1, [])
    assert errors == [
        "parkstudy: 2 faults in the data:",
        "observations.csv:5:note: '@SUM(1)' would run as a formula in a spreadsheet; "
        "begin the cell with another character",
        PLACE + FAULTS["a wrong code"][1],
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_export_writes_the_table_and_says_how_many_rows(command: Command, tmp_path: Path) -> None:
    file, rows = tmp_path / "x.parquet", study_of().observations.height
    assert command("export", "observations", file) == (0, [f"{rows} rows of observations in {file}"], [])
    assert pl.read_parquet(file).height == rows
    left = study_of().observations["period_end"].is_null().sum()
    file = tmp_path / "x.csv"
    told = f"{rows - left} rows of observations in {file}; {left} without a time left out, which SDMX cannot hold"
    assert command("export", "observations", file, "--sdmx") == (0, [told], [])


MISUSE = {
    "an unknown table": (
        ["export", "rates", "x.csv"],
        "unknown table 'rates'; expected one of observations, measures, comparisons, sources",
    ),
    "an unknown ending": (
        ["export", "observations", "x.xls"],
        "'x.xls' ends in '.xls'; expected one of .csv, .xlsx, .parquet, .bib",
    ),
    "a missing data folder": (
        ["check", "--data", "absent"],
        "no folder 'absent'; --data takes a folder with tables such as observations.csv",
    ),
    "a data folder without tables": (
        ["check", "--data", "."],
        "'.' holds no table; expected one or more of parks.csv, sources.csv, indicators.csv, observations.csv, "
        "subjects.csv, reference.csv, places.csv",
    ),
    "a missing folder of texts": (
        ["verify", "--sources", "absent"],
        "no folder 'absent'; --sources takes the folder that holds the texts",
    ),
    "an unknown parameter of a notebook": (
        ["report", "10-coverage", "-p", "prak", "hengnan"],
        "unknown parameter 'prak'; did you mean 'parks'? parameters of these notebooks: data, lang, parks, year",
    ),
    "each of a parameter that no notebook has": (
        ["report", "20-growth", "--each", "park"],
        "--each park: expected one of basis, data, lang, parks, price, year",
    ),
    "each of a parameter that is given": (
        ["report", "60-park-profile", "--each", "park", "-p", "park", "hengshan"],
        "--each park: is given a value already",
    ),
    "each of a parameter without a list": (
        ["report", "20-growth", "--each", "data"],
        "the values of parameter 'data' cannot be listed; those of measure, lang, parks, price, basis, rung, year, reading, park can",
    ),
    "a parameter given twice": (
        ["report", "20-growth", "-p", "parks", "hengnan", "-p", "parks", "hengshan"],
        "parameter 'parks' is given twice; give it once",
    ),
    "an unknown park": (
        ["report", "20-growth", "-p", "parks", "hengnan,hengsan"],
        f"parameter parks: unknown park 'hengsan'; did you mean 'hengshan'? known parks: {PARKS}",
    ),
}


@pytest.mark.parametrize("kind", MISUSE)
def test_a_wrong_call_is_one_line_and_leaves_nothing_behind(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    words, text = MISUSE[kind]
    monkeypatch.chdir(tmp_path)
    assert command(*words) == (2, [], [f"parkstudy: {text}"])
    assert list(tmp_path.iterdir()) == []


def test_a_file_into_a_folder_that_is_missing_is_a_wrong_call(command: Command, tmp_path: Path) -> None:
    status, lines, errors = command("export", "observations", tmp_path / "absent" / "x.csv")
    assert (status, lines, len(errors)) == (2, [], 1)
    folder = str(tmp_path / "absent")
    assert errors[0] == f"parkstudy: no folder {folder!r} for x.csv; make it first, or name another one"


def test_an_unknown_notebook_is_refused_with_a_suggestion(command: Command, tmp_path: Path) -> None:
    status, lines, errors = command("report", "20-grow", "--out", tmp_path / "pages")
    assert (status, lines, len(errors)) == (2, [], 1)
    assert errors[0].startswith("parkstudy: unknown notebook '20-grow'; did you mean '20-growth'? notebooks: ")
    assert not (tmp_path / "pages").exists()


FOUND = "a text is found as <source_id>.txt, or as any .txt with the SHA-256 of sources.csv"


def test_verify_proves_the_rows_whose_text_is_there(command: Command, awkward: Path) -> None:
    rows = parkstudy.load(awkward).observations.filter(pl.col("source_id") != "awkward-2021b").height
    assert command("verify", "--data", awkward, "--sources", awkward) == (
        0,
        [
            f"awkward-2021b: not checked, no text of it in {awkward}",
            FOUND,
            f"{rows} observations proven, 0 not, 1 source not checked",
        ],
        [],
    )


def test_verify_without_any_text_checks_nothing_and_says_so(command: Command, tmp_path: Path) -> None:
    status, lines, _ = command("verify", "--sources", tmp_path)
    assert status == 0
    assert re.fullmatch(r"0 observations proven, 0 not, \d+ sources not checked", lines[-1])
    assert lines[0] == f"hengnan-2019: not checked, no text of it in {tmp_path}"


def test_verify_says_which_figure_is_not_in_its_text(command: Command, awkward: Path, tmp_path: Path) -> None:
    for path in awkward.iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == "observations.csv":
            text = text.replace("64.2亿元", "64.3亿元")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    status, lines, _ = command("verify", "--data", tmp_path, "--sources", awkward)
    assert status == 1
    assert [line for line in lines if "no-tax-2021-001" in line]
    assert lines[-1].endswith(" observations proven, 1 not, 1 source not checked")


def test_verify_keeps_what_came_out_beside_the_record_and_nowhere_else(
    command: Command, awkward: Path, tmp_path: Path
) -> None:
    own, bare = tmp_path / "own", tmp_path / "bare"
    shutil.copytree(awkward, own)
    bare.mkdir()
    shutil.copy(awkward / "parks.csv", bare)
    rows = parkstudy.load(own).observations.filter(pl.col("source_id") != "awkward-2021b").height
    status, lines, _ = command("verify", "--data", own, "--sources", awkward, "--keep")
    assert (status, lines[-1]) == (0, f"{rows} rows kept in {own / 'verified.csv'}")
    before = (own / "verified.csv").read_bytes()
    command("verify", "--data", own, "--sources", awkward, "--keep")
    assert (own / "verified.csv").read_bytes() == before
    assert len(parkstudy.load(own).require_faultless().proven) == rows
    refused = (
        f"parkstudy: {bare} has no observations.csv of its own, and of the shipped one nothing is kept there; "
        "copy it into the folder first, or leave out --keep"
    )
    assert command("verify", "--data", bare, "--sources", bare, "--keep")[::2] == (2, [refused])


def test_the_version_is_printed(command: Command) -> None:
    assert command("--version") == (0, [f"parkstudy {parkstudy.__version__}"], [])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], "parkstudy: error: the following arguments are required: COMMAND"),
        (["verify"], "parkstudy verify: error: the following arguments are required: --sources"),
        (["export", "observations"], "parkstudy export: error: the following arguments are required: file"),
        (
            ["report", "--timeout", "soon"],
            "parkstudy report: error: argument --timeout: soon is no time; expected seconds, 1 or more",
        ),
        (["report", "-p", "parks"], "parkstudy report: error: argument -p: expected 2 arguments"),
        (["report", "--each"], "parkstudy report: error: argument --each: expected one argument"),
    ],
)
def test_a_call_that_cannot_be_read_ends_with_status_2(command: Command, words: list[str], text: str) -> None:
    status, lines, errors = command(*words)
    assert (status, lines, errors[-1]) == (2, [], text)


def test_a_language_that_is_none_is_refused(command: Command) -> None:
    status, lines, errors = command("report", "--lang", "de")
    assert (status, lines) == (2, [])
    form = r"parkstudy report: error: argument --lang: invalid choice: '?de'? \(choose from '?en'?, '?zh'?, '?all'?\)"
    assert re.fullmatch(form, errors[-1])


def test_an_unknown_command_is_refused(command: Command) -> None:
    status, _, errors = command("reprot")
    assert status == 2
    assert errors[-1].startswith("parkstudy: error: argument COMMAND: invalid choice: 'reprot'")


def test_every_command_has_its_help(command: Command) -> None:
    listed = "\n".join(command("--help")[1])
    names = re.findall(r"^    (\w+) {2,}", listed, re.MULTILINE)
    assert {"report", "check", "verify", "export"} <= set(names)
    for name in names:
        status, lines, errors = command(name, "--help")
        assert (status, errors) == (0, [])
        assert lines[0].startswith(f"usage: parkstudy {name} [-h]")


def test_the_status_of_an_error_is_its_own(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    class OddError(parkstudy.ParkstudyError):
        """An error that the command line has never heard of."""

        status = 7

    def fail(*_arguments: object) -> None:
        raise OddError("odd")

    monkeypatch.setattr("parkstudy.record.tables.load", fail)
    assert command("check") == (7, [], ["parkstudy: odd"])


def test_an_unexpected_error_is_not_hidden(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr("parkstudy.record.tables.load", fail)
    with pytest.raises(ZeroDivisionError, match=r"^a fault of ours$"):
        command("check")


def test_compare_lists_every_comparison_and_counts_them(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "comparisons.csv"
    status, lines, errors = command("compare", "--csv", file)
    assert (status, errors) == (0, [])
    assert lines[-1] == "9 higher; 10 lower; 0 depends; 3 not_distinguishable; 22 not_comparable"
    assert len(lines) == 1 + pl.read_csv(file).height
    (line,) = (line for line in lines if line.startswith("tax_per_area (nominal, annualised, control_plan)"))
    assert line.startswith("tax_per_area (nominal, annualised, control_plan): hengnan higher shuangpai [1 of 1; ")
    assert line.endswith("; sensitive to figures of few digits]")


def test_compare_takes_a_year_and_says_what_it_set_aside(command: Command, tmp_path: Path) -> None:
    yearly_parks.yearly(tmp_path)
    status, lines, errors = command("compare", "--data", tmp_path, "--year", "all")
    assert status == 0
    assert any(line.startswith("tax_per_output (nominal, reported, 2019): qinghe higher lanshan [") for line in lines)
    assert errors[-1] == "parkstudy: 1 text set aside: lanshan-2020a (another text of the year is taken)"
    status, _, errors = command("compare", "--data", tmp_path, "--year", "2031")
    assert (status, errors[-1]) == (
        2,
        "parkstudy: no text of 2031; years in which a text of these parks ends: 2019, 2020, 2021",
    )
    for year, height in (("latest", 24), ("all", 32)):
        command("export", "comparisons", tmp_path / "c.csv", "--data", tmp_path, "--year", year)
        assert pl.read_csv(tmp_path / "c.csv").height == height
    command("export", "measures", tmp_path / "m.csv", "--data", tmp_path)
    assert pl.read_csv(tmp_path / "m.csv")["SOURCE"].n_unique() == len(yearly_parks.TEXTS)


def test_compare_of_faulty_data_is_refused(command: Command, copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="x")
    status, lines, errors = command("compare", "--data", copy_of_data.folder)
    assert (status, lines) == (1, [])
    assert "hengnan-2019-005" in errors[0] or "observations.csv:6" in "\n".join(errors)
