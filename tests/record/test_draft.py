"""The draft of texts: what is found, how it is named, what is set aside; invented texts, and those at hand beside the repository."""

import csv
import hashlib
import json
import re
import runpy
from pathlib import Path

import pytest
from cases import every

from parkstudy.__main__ import main
from parkstudy.record import begin, decided, terms
from parkstudy.record.begin import NewFolderError
from parkstudy.record.draft import draft, drafting
from parkstudy.record.draft.figures import printed
from parkstudy.record.draft.head import described
from parkstudy.record.draft.lines import lines
from parkstudy.record.draft.one import term_of
from parkstudy.record.draft.times import frame, times
from parkstudy.record.proof import prove
from parkstudy.record.reading import read
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.tables import Tables, load
from parkstudy.record.terms import meanings

SHARED = Path(__file__).parents[3] / "shared"
TEXT = """青滩县工业园区2021年工作总结

一、运行情况
2021年,园区完成规模工业总产值95.13亿元,同比增长12.4%;规模工业增加值、工业投资同比分别增长8.3%和23.5%;实缴税金3460万元,占年度任务的104.2%。
园区规划面积约8.6平方公里,吸纳就业1600多人。1-11月引进项目21个,总投资66亿元;其中甲乙药业投资5000万元。全县工业总产值300亿元。
完成道路硬化12公里,石方约12600方,增长2个百分点。投资5000万元以上项目8个。
二、2022年工作打算
力争工业总产值达到110亿元。
全年计划征地800亩。
"""


def drafted(
    folder: Path, text: str = TEXT, name: str = "qingtan-2021"
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows and the account of a text."""
    file = folder / f"{name}.txt"
    file.write_bytes(text.encode())
    draft([file], folder / "data")
    return table(folder / "data" / "observations.csv"), table(folder / "data" / "draft.csv")


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, str]], list[dict[str, str]], Path]:
    """The draft of the text above, and its folder."""
    folder = tmp_path_factory.mktemp("draft")
    return *drafted(folder), folder


def row(rows: list[dict[str, str]], figure: str) -> dict[str, str]:
    """The row of a figure."""
    return next(one for one in rows if one["reported_figure"] == figure)


@pytest.mark.parametrize(
    ("figure", "indicator", "form", "kind", "subject", "population", "end"),
    [
        ("95.13亿元", "gross_industrial_output", "level", "outturn", "park", "above_scale", "2021-12-31"),
        ("12.4%", "gross_industrial_output", "yoy", "outturn", "park", "above_scale", "2021-12-31"),
        ("8.3%", "industrial_value_added", "yoy", "outturn", "park", "above_scale", "2021-12-31"),
        ("23.5%", "industrial_investment", "yoy", "outturn", "park", "park", "2021-12-31"),
        ("3460万元", "tax_revenue", "level", "outturn", "park", "park", "2021-12-31"),
        ("104.2%", "tax_revenue", "share", "outturn", "park", "park", "2021-12-31"),
        ("约8.6平方公里", "planned_area", "level", "outturn", "park", "park", "2021-12-31"),
        ("1600多人", "employees", "level", "outturn", "park", "park", "2021-12-31"),
        ("21个", "projects_signed", "level", "outturn", "park", "unstated", "2021-11-30"),
        ("66亿元", "contracted_investment", "level", "plan", "park", "unstated", "2021-11-30"),
        ("300亿元", "gross_industrial_output", "level", "outturn", "county", "unstated", "2021-11-30"),
        ("110亿元", "gross_industrial_output", "level", "target", "park", "unstated", "2022-12-31"),
        ("800亩", "land_requisitioned", "level", "plan", "park", "unstated", "2022-12-31"),
    ],
)
def test_each_figure_is_named(
    sample: tuple, figure: str, indicator: str, form: str, kind: str, subject: str, population: str, end: str
) -> None:
    found = row(sample[0], figure)
    got = [found[c] for c in ("indicator", "transformation", "value_type", "subject", "population", "period_end")]
    assert got == [indicator, form, kind, subject, population, end]


def test_a_part_is_numbered_and_has_its_printed_name(sample: tuple) -> None:
    assert row(sample[0], "5000万元")["subject"] == "project:1"
    (part,) = table(sample[2] / "data" / "subjects.csv")
    assert (part["subject"], part["name_zh"], part["name_en"]) == ("project:1", "甲乙药业", "project 1")


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        ("2021年", "date"),
        ("1-11月", "date"),
        ("12公里", "unit 公里"),
        ("约12600方", "unit 方"),
        ("2个百分点", "growth in points, no rate"),
        ("5000万元以上", "a threshold that only names a class"),
    ],
)
def test_what_is_no_quantity_of_the_study_is_set_aside_with_the_reason(sample: tuple, figure: str, reason: str) -> None:
    found = next(one for one in sample[1] if one["figure"] == figure)
    assert (found["state"], found["observation_id"], found["reason"]) == ("set_aside", "", reason)


def test_a_quantity_that_no_indicator_names_is_set_aside_by_its_name(tmp_path: Path) -> None:
    _, account = drafted(tmp_path, "2021年,园区财政总收入5.71亿元,增长24.4%。\n")
    assert [one["reason"] for one in account[1:]] == ["no_indicator:财政总收入"] * 2


def test_how_many_are_new_is_no_number_of_those_there_are(tmp_path: Path) -> None:
    text = "2021年,新增入园企业38家,年末入园企业159家。新增20家入驻企业。现有在园企业180家、新增5家。\n"
    rows, account = drafted(tmp_path, text)
    assert [row["reported_figure"] for row in rows] == ["159家", "180家"]
    new = "how many are new, where the indicator is of how many there are"
    assert [one["reason"] for one in account if one["figure"] in ("38家", "20家")] == [new] * 2


def test_every_figure_is_accounted_for_in_its_place_and_every_row_is_proven(sample: tuple) -> None:
    rows, account, _ = sample
    for one in account:
        assert TEXT[int(one["start"]) : int(one["end"])] == one["figure"]
    covered = {place for one in account for place in range(int(one["start"]), int(one["end"]))}
    assert all(match.start() in covered for match in re.finditer(r"\d+", TEXT))
    assert {one["observation_id"] for one in account if one["state"] == "proposed"} == {
        r["observation_id"] for r in rows
    }
    units = dict(read("indicators", shipped_folder() / "indicators.csv").frame.select("indicator", "unit").iter_rows())
    assert prove(rows, TEXT, units) == []


def test_places_are_characters_of_the_file_whatever_its_line_ends_mark_and_script(tmp_path: Path) -> None:
    text = "2021年,\r\n工業園區(qū)完成規(guī)模工業(yè)總產值５５億元,同比增長(zhǎng)8%。\r\n"
    rows, account = drafted(tmp_path, "\ufeff" + text)
    level = next(one for one in account if one["state"] == "proposed")
    assert text[int(level["start"]) : int(level["end"])] == "５５億元"
    assert [(one["indicator"], one["reported_term"], one["reported_figure"]) for one in rows] == [
        ("gross_industrial_output", "規模工業總產值", "55億元"),
        ("gross_industrial_output", "規模工業總產值", "8%"),
    ]
    assert "damaged_text" in rows[0]["caveats"].split(";")


def test_the_same_figure_printed_again_adds_no_row(tmp_path: Path) -> None:
    rows, account = drafted(tmp_path, "2021年,园区工业总产值95亿元。\n2021年,园区工业总产值95亿元。\n")
    assert len(rows) == 1
    assert [one["observation_id"] for one in account if one["state"] == "proposed"] == [rows[0]["observation_id"]] * 2
    file, data = tmp_path / "qingtan-2021.txt", tmp_path / "data"
    for corrected in ("95亿元", "94亿元"):  # as it was drafted, then as a reader left it
        path = data / "observations.csv"
        path.write_text(path.read_text(encoding="utf-8").replace("95亿元", corrected), encoding="utf-8")
        assert "0 new rows" in draft([file], data)[0]
        assert table(data / "draft.csv") == account


def test_the_name_of_a_batch_of_projects_has_no_time_and_no_verb(tmp_path: Path) -> None:
    drafted(tmp_path, "2021年工作总结\n\n今年共实施重点项目36个,计划总投资112亿元。\n")
    assert [one["name_zh"] for one in table(tmp_path / "data" / "subjects.csv")] == ["重点项目"]


def test_a_figure_printed_again_in_another_unit_adds_no_row(tmp_path: Path) -> None:
    rows, account = drafted(
        tmp_path, "2021年,园区税收收入5.86亿元。\n2021年,园区税收收入58600万元,税收收入58603万元。\n"
    )
    assert [row["reported_figure"] for row in rows] == ["5.86亿元", "58603万元"]
    assert [one["observation_id"][-3:] for one in account if one["observation_id"]] == ["001", "001", "002"]


def test_the_term_of_an_indicator_that_a_reader_names_stands_before_the_figure_in_its_sentence() -> None:
    text = "2021年,园区产值9亿元。税收较上年明显增长,一举迈上3.2亿元。\n"
    start = text.index("3.2")
    named = {name: term_of(text, (start, start + 5), name) for name in ("tax_revenue", "gross_industrial_output")}
    assert named == {"tax_revenue": "税收", "gross_industrial_output": ""}


def test_a_row_of_a_part_whose_name_the_check_faults_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unnamed = {"source_id": "qingtan-2021", "subject": "project:1", "name_zh": "", "name_en": "project 1"}
    monkeypatch.setattr(drafting, "_named", lambda *_: [unnamed])
    rows, account = drafted(tmp_path, "2021年,园区工业总产值95亿元。\n2021年,甲乙药业项目总投资5000万元。\n")
    assert [row["reported_figure"] for row in rows] == ["95亿元"]
    assert account[-1]["reason"] == "fails the check: subject: the text prints no name of the part"
    assert not load(tmp_path / "data", Tables).faults


def test_a_second_draft_leaves_reviewed_rows_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "qingtan-2021.txt"
    file.write_text(TEXT, encoding="utf-8")
    draft([file], tmp_path / "data")
    path = tmp_path / "data" / "observations.csv"
    reviewed = path.read_text(encoding="utf-8").replace("yoy,outturn", "yoy,forecast", 1)
    reviewed = "\n".join(line for line in reviewed.split("\n") if ",95.13亿元," not in line)
    path.write_text(reviewed, encoding="utf-8")
    told = draft([file], tmp_path / "data")
    assert "1 new row" in told[0]
    first, new, *rest = path.read_text(encoding="utf-8").split("\n")
    assert "\n".join([first, *rest]) == reviewed
    assert re.match("qingtan-2021-015,.*,95.13亿元,", new)  # where the text has it
    left = {"numbering", "part_names"}  # of what a draft and its review did themselves
    path.write_text("\n".join(line for line in rest if ":1," not in line), encoding="utf-8")
    path.write_text(f"{first}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    assert left.isdisjoint(one.code for one in load(tmp_path / "data", Tables).warnings)
    (tmp_path / "data" / "draft.csv").unlink()
    assert left.issubset(one.code for one in load(tmp_path / "data", Tables).warnings)


def test_a_second_draft_keeps_what_a_reader_made_of_a_figure_and_the_names_of_parts(tmp_path: Path) -> None:
    file = tmp_path / "qingtan-2021.txt"
    file.write_text(TEXT, encoding="utf-8")
    draft([file], tmp_path / "data")
    path, parts = tmp_path / "data" / "observations.csv", tmp_path / "data" / "subjects.csv"
    reviewed = path.read_text(encoding="utf-8").replace("planned_area", "total_area")
    path.write_text("\n".join(line for line in reviewed.split("\n") if "5000万元" not in line), encoding="utf-8")
    named = parts.read_text(encoding="utf-8")
    (tmp_path / "again.txt").write_text(TEXT, encoding="utf-8")
    draft([file, tmp_path / "again.txt"], tmp_path / "data")
    rows, account = table(path), table(tmp_path / "data" / "draft.csv")
    assert [row["indicator"] for row in rows].count("planned_area") == 0
    area = next(one for one in account if one["figure"] == "约8.6平方公里")
    assert area["observation_id"] == row(rows, "约8.6平方公里")["observation_id"]
    assert row(rows, "5000万元")["subject"] == "project:1"
    assert parts.read_text(encoding="utf-8") == named
    assert len({(one["start"], one["observation_id"]) for one in account}) == len(account)


def test_a_figure_of_another_park_is_set_aside(tmp_path: Path) -> None:
    rows, account = drafted(tmp_path, "2021年,青滩县工业园区工业总产值55亿元。白石县经济开发区工业总产值30亿元。\n")
    assert [one["reported_figure"] for one in rows] == ["55亿元"]
    assert account[-1]["reason"] == "of another park: 白石县经济开发区"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the text is empty; leave it out"),
        ("产值55亿元。".encode("gbk"), "not UTF-8: byte 0xb2 (it reads as GBK); save the text as UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "not UTF-8: byte 0x89 (it is a picture); save"),
        ("产值55亿元。".encode("utf-16"), "not UTF-8: byte 0xff (it reads as UTF-16); save"),
    ],
)
def test_a_text_that_is_none_is_refused_and_nothing_is_written(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    with pytest.raises(NewFolderError, match=re.escape(said)):
        draft([file], tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_text_without_a_figure_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "calm.txt").write_text("一切都好。\n", encoding="utf-8")
    assert main(["draft", str(tmp_path / "calm.txt"), "--out", str(tmp_path / "data")]) == 0
    assert capsys.readouterr().out.startswith("calm.txt: calm: no figure stands in it\nto look at and fill in, ")
    undated = tmp_path / "undated.txt"
    undated.write_text("青河工业园区\n园区完成税收1.2亿元。\n", encoding="utf-8")
    assert main(["draft", str(undated), "--out", str(tmp_path / "undated")]) == 0
    aside = "set aside 1 (1 no year stands in the text); fill in period_start and period_end of it in sources.csv and draft it again"
    assert aside in capsys.readouterr().out


def test_a_text_describes_itself_as_far_as_it_is_printed() -> None:
    assert described(TEXT + "\n2021年12月15日\n") == {
        "title": "青滩县工业园区2021年工作总结", "name_zh": "青滩县工业园区", "county_zh": "青滩县",
        "published": "2021-12-15", "period_start": "2021-01-01", "period_end": "2021-12-31",
    }  # fmt: skip
    verb = described("2020年宜春市调整经济开发区范围,宜春经济开发区产值5亿元。\n")
    assert verb["name_zh"] == "宜春经济开发区"
    head = "关于澧川经济开发区2021年度工作总结的报告\n来源:澧川经开区管委会 发布时间:2022-01-12 浏览次数:318次\n2021年,产值5亿元。\n"
    issued = described(head)
    assert (issued["name_zh"], issued["publisher"], issued["published"]) == (
        "澧川经济开发区",
        "澧川经开区管委会",
        "2022-01-12",
    )
    assert "publisher" not in described("2021年,园区税收来源:工业。\n2021年,产值5亿元,税收5亿元。\n")
    assert described("一切都好。") == {"title": "", "name_zh": "", "county_zh": ""}


@every(
    ("words", "start", "end"),
    [
        ("1-11月", "2021-01-01", "2021-11-30"),
        ("上半年", "2021-01-01", "2021-06-30"),
        ("前三季度", "2021-01-01", "2021-09-30"),
        ("三季度", "2021-07-01", "2021-09-30"),
        ("截至10月底", "None", "2021-10-31"),
        ("今年以来", "2021-01-01", "2021-12-20"),
        ("去年", "2020-01-01", "2020-12-31"),
        ("目前", "None", "2021-12-20"),
        ("2020年1-6月", "2020-01-01", "2020-06-30"),
        ("10月份以来", "2021-10-01", "2021-12-20"),
        ("2月", "2021-02-01", "2021-02-28"),
        ("5月3日", "2021-05-03", "2021-05-03"),
    ],
)
def test_a_time_is_read(words: str, start: str, end: str) -> None:
    own = frame(["2021年工作总结", "2021年12月20日"])
    assert own is not None
    ((_, _, time),) = times(f"{words},园区", own, 2021)
    assert (str(time.start), str(time.end)) == (start, end)


def test_a_month_in_words_is_read() -> None:
    own = frame(["2021年工作总结"])
    assert own is not None
    words = [*"一二三四五六七八九十", "十一", "十二"]
    ends = [time.end.month for word in words for _, _, time in times(f"2021年一至{word}月,园区", own, 2021)]
    assert ends == [*range(1, 13)]


@every(
    ("words", "unit", "aside"),
    [
        ("约1600多人", "person", ""), ("至少3个", "count", ""), ("接近20亿元", "CNY", ""), ("400-500亩", "mu", ""),
        ("二十余个", "count", ""), ("数十家", "", "in words, not a number"), ("三成", "percent", ""),
        ("[2018]8号", "", "document number"), ("500强", "", "rank"), ("“1355”", "", "slogan"), ("3‰", "percent", ""),
        ("三成五", "percent", ""), ("百分之十二点五", "percent", ""), ("5个月", "", "unit 个月"), ("-5%", "percent", ""),
        ("5人次", "", "unit 人次"), ("30元/平方米", "", "unit 元/平方米"), ("5万欧元", "", "unit 欧元"), ("3个亿", "", "unit 个亿"),
        ("不低于8%", "percent", ""), ("不超过5亿元", "CNY", ""), ("下降了5.2%", "percent", ""), ("上百家", "count", ""),
        ("2千3百万元", "CNY", ""), ("12亿零500万元", "CNY", ""), ("五千万元", "CNY", ""), ("二十三家", "count", ""),
        ("1333.33公顷", "ha", ""), ("19.8万元/亩", "CNY/mu", ""),
    ],
)  # fmt: skip
def test_a_figure_is_found(words: str, unit: str, aside: str) -> None:
    ((start, end, got, why),) = printed(words)
    assert (words[start:end], got, why) == (words, unit, aside)


def test_every_term_means_an_indicator_of_the_study_or_says_that_it_means_none() -> None:
    known = set(read("indicators", shipped_folder() / "indicators.csv").frame["indicator"])
    assert {one.indicator for several in meanings().values() for one in several} - known == {""}
    with Path(terms.__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        assert all(line["source"] for line in csv.DictReader(file))


def test_a_line_keeps_its_length_in_simplified_script() -> None:
    assert all(
        len(line.words) == len(line.plain) == len(line.starts) for line in lines("規(guī)模工業總產值後發展。\n")
    )


@pytest.mark.skipif(
    not (SHARED / "score_draft.py").is_file(), reason="the texts with known figures are not at hand (../shared/corpus)"
)
def test_texts_with_known_figures_are_read_as_well_as_before(tmp_path: Path) -> None:
    score = runpy.run_path(str(SHARED / "score_draft.py"))

    def here(
        command: str, text: str, name: str, folder: Path
    ) -> tuple[dict[str, dict[str, str]], list[dict[str, str]], float]:
        rows, account = drafted(tmp_path / name, text, name) if not (tmp_path / name).mkdir() else ([], [])
        return {one["observation_id"]: one for one in rows}, account, 0.0

    score["corpus"].__globals__["draft"] = here
    first = tmp_path / "first.jsonl"
    texts = (SHARED / "corpus" / "texts.jsonl").read_text(encoding="utf-8").splitlines()[:8]
    first.write_text("\n".join(texts), encoding="utf-8")
    counts = score["corpus"](first, "", 0)
    assert counts["digit runs accounted for"] == counts["digit runs"] > 0
    assert counts["found"] >= 0.97 * counts["labels"]
    assert counts["and period right"] >= 0.75 * counts["labels"]
    assert all(json.loads(one)["id"] for one in texts)


def test_a_figure_is_printed_in_its_row_as_in_the_text(tmp_path: Path) -> None:
    text = "某县工业园区2021年工作总结\n2021年,园区规划面积38 km²,建成区面积１２km²。\n"
    assert [
        row.printed(row.words.index(figure), row.words.index(figure) + len(figure))
        for row in lines(text)[1:]
        for figure in ("38km2", "12km2")
    ] == ["38 km²", "12km²"]


def test_the_date_of_a_text_may_be_in_words_and_its_year_bare() -> None:
    told = frame(["某园区“十二五”工作总结及2016年工作要点", "园区完成产值3亿元。", "二〇一五年十二月二十五日"])
    assert told
    assert (told.end.year, str(told.published)) == (2015, "2015-12-25")
    bare = frame(["数说某园区2023:产值268.9亿元。"])
    assert bare
    assert bare.end.year == 2023
    months = frame(["某工业园区2016年1-7月", "完成产值3亿元。"])
    assert months
    assert months.published is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2024年6月31日", "None"),  # a misprint
        ("指标2024年12月2024年1-12月", "None"),
        ("2024年10月2024年园区", "None"),
        ("2024年10月", "2024-10-31"),
        ("2024年10月5日", "2024-10-05"),
        ("发布时间:2024-10-05 09:30", "2024-10-05"),
        ("2024-10-0509:30", "2024-10-05"),
    ],
)
def test_the_date_of_a_text_is_one_of_the_calendar_and_no_head_of_a_table(line: str, day: str) -> None:
    told = frame(["某园区2024年工作总结", "2024年,园区完成产值3亿元。", line])
    assert told
    assert str(told.published) == day


def test_a_text_is_entered_with_its_folder_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def enter(top: Path, texts: list[Path]) -> begin.Sources:
        held.append({top.resolve()} & decided._HELD.folders)
        return begin.enter(top, texts)

    monkeypatch.setattr(drafting, "enter", enter)
    drafted(tmp_path)
    assert held == [{(tmp_path / "data").resolve()}]


def test_a_changed_text_doubles_no_row_and_says_which_stand_elsewhere(tmp_path: Path) -> None:
    before, _ = drafted(tmp_path)
    data, file = tmp_path / "data", tmp_path / "qingtan-2021.txt"
    path, was = data / "observations.csv", hashlib.sha256(file.read_bytes()).hexdigest()
    path.write_text(path.read_text(encoding="utf-8").replace("planned_area", "total_area"), encoding="utf-8")
    reviewed = path.read_bytes()
    head, rest = TEXT.split("情况\n", 1)
    file.write_text(
        f"{head}情况\n现将园区一年来的工作情况报告如下,请予审议,并请各位代表提出意见。\n{rest.replace('95.13', '96.13', 1)}",
        encoding="utf-8",
    )
    sources = (data / "sources.csv").read_text(encoding="utf-8")
    now = hashlib.sha256(file.read_bytes()).hexdigest()
    (data / "sources.csv").write_text(sources.replace(was, now), encoding="utf-8")
    told = draft([file], data)[0]
    count, gone = len(before), sum(one["locator"].startswith("一/") for one in before)
    assert "1 new row; set aside" in told
    assert f"; {gone} recorded rows no longer where the text had them: `parkstudy verify` lists what to correct" in told
    there = {one["observation_id"]: one for one in table(path)}
    assert [there[one["observation_id"]]["reported_figure"] for one in before] == [
        one["reported_figure"] for one in before
    ]
    assert [one for one in there if one not in {row["observation_id"] for row in before}] == [
        f"qingtan-2021-{count + 1:03}"
    ]
    lost = row(before, "95.13亿元")["observation_id"]
    left = [one for one in table(data / "draft.csv") if one["observation_id"] == lost]
    assert [(one["start"], one["state"]) for one in left] == [("", "proposed")]
    assert decided.undecided(data) == {"qingtan-2021": (count + 1, count + 1)}
    assert reviewed.count(b"total_area") == path.read_bytes().count(b"total_area")


def test_a_year_in_the_head_of_a_table_is_accounted_for_once(tmp_path: Path) -> None:
    _, account = drafted(
        tmp_path,
        "青山工业园区工作总结\n\n指标\t2023年(亿元)\t2024年(亿元)\n工业总产值\t110.15\t120.25\n税收\t3.15\t3.25\n",
    )
    assert [one["figure"] for one in account] == ["2023年", "2024年", "110.15", "120.25", "3.15", "3.25"]
