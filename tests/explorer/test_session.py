"""A session: every handler, what it changes, what it says, and that an error changes nothing."""

from __future__ import annotations

import base64
import csv
import io
import shutil
from pathlib import Path

import pytest
from explorer_sessions import chosen, session, values
from markupsafe import Markup

from parkstudy.explorer import again
from parkstudy.explorer.answer import question
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.data import Opened
from parkstudy.explorer.room import WIDTH, width_of
from parkstudy.explorer.session import _parts
from parkstudy.record.shipped import shipped_folder
from parkstudy.show.theme import NARROW

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("undrawn")]


def test_a_reply_has_the_number_of_its_message_and_only_what_changed() -> None:
    one = session()
    whole = one.act({"n": 1, "do": "start"})
    assert whole["n"] == 1
    assert set(whole["panels"]) == {"top", "left", "view", "drawer", "found", "bottom", "at"}
    assert one.act({"n": 2, "do": "set", "choice": {}})["panels"] == {}
    reply = one.act({"n": 3, "do": "tab", "tab": "table"})
    assert reply["panels"] == {"view": {"tab": "table"}, "at": {"tab": "table"}}
    reply = chosen(one, measure="tax_per_output")
    assert set(reply["panels"]) == {"left", "view", "bottom", "at"}
    assert "parks" not in reply["panels"]["left"]
    changed = {park["id"]: park for park in reply["panels"]["left"]["changed"]}
    assert set(changed) == {"hengshan", "anon-2020"} or "hengshan" in changed
    assert reply["whole"]["left"]["parks"][0]["id"] == "hengnan"
    again = one.act({"n": 4, "do": "start"})
    assert "parks" in again["panels"]["left"]


def test_a_value_that_the_new_measure_refuses_falls_back_and_says_so() -> None:
    one = session(measure="gross_industrial_output_growth", price="real")
    reply = chosen(one, measure="tax_revenue_growth")
    assert one.state.choice.price == "nominal"
    assert reply["said"] == (
        "Prices: “constant prices” is not possible here (only the growth of output and revenue is put at constant prices); "
        "shown with “as published” instead"
    )
    assert one.panel("view")["instead"] == reply["said"]
    assert not chosen(one, measure="gross_industrial_output_growth")["panels"]["view"]["instead"]
    zh = session(measure="gross_industrial_output_growth", price="real", lang="zh")
    assert chosen(zh, measure="tax_revenue_growth")["said"].startswith("价格：此处不能选“扣除价格变动（全国PPI）”")


def test_an_area_that_no_chosen_text_prints_gives_way_to_the_one_that_most_do() -> None:
    one = session(measure="tax_per_area", rung="total", parks="anon-2023")
    assert one.state.choice.rung == "total"
    reply = chosen(one, parks="hengnan,shuangpai")
    assert one.state.choice.rung == "perimeter"
    assert "“total area” is not possible here" in reply["said"]


def test_a_value_that_does_not_go_with_what_another_gave_way_to_gives_way_too() -> None:
    one = session(measure="industrial_investment_per_area", rung="planned")
    chosen(one, year="2017")
    shown = one.state.choice
    again = session(measure=shown.measure, rung=shown.rung, year=shown.year)
    assert (shown.year, again.state.choice) == ("latest", shown)


def test_a_value_that_one_measure_refuses_comes_back_with_the_next_and_is_told_once() -> None:
    one = session(measure="gross_industrial_output_growth", price="real")
    assert "constant prices" in chosen(one, measure="tax_revenue_growth")["said"]
    assert chosen(one, parks="shuangpai")["said"] == ""
    assert one.panel("bottom")["key"] == "tax_revenue_growth&parks=shuangpai"
    chosen(one, measure="gross_industrial_output_growth")
    assert one.state.choice.price == "real"
    chosen(one, measure="tax_revenue_growth")
    assert "is not possible here" in chosen(one, price="real")["said"]  # asked for here, so that it is forgotten
    chosen(one, measure="gross_industrial_output_growth")
    assert one.state.choice.price == "nominal"


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"measure": "tax_per_ouput"}, "unknown measure 'tax_per_ouput'; did you mean 'tax_per_output'?"),
        ({"parks": "hengnam"}, "unknown park 'hengnam'; did you mean 'hengnan'?"),
        ({"parks": "group:size=large"}, "no park with size 'large'"),
        ({"year": "1999"}, "no text of 1999; years in which a text of these parks ends: 2017, 2019, 2020, 2022, 2023"),
        ({"year": "lastest"}, "unknown year 'lastest'; expected latest, all or a year; did you mean 'latest'?"),
        ({"colour": "red"}, "unknown choice 'colour'"),
        ({"basis": "yearly"}, "Months: no value 'yearly'; expected one of reported (as reported), annualised ("),
        ({"lang": "fr"}, "Language: no value 'fr'; expected one of en (English), zh (中文)"),
        ({"data": "/nowhere"}, "no folder '/nowhere'"),
    ],
)
def test_what_is_not_there_is_refused_in_words_and_nothing_changes(choice: dict[str, str], said: str) -> None:
    one = session(measure="tax_per_output")
    before = one.state
    reply = one.act({"n": 5, "do": "set", "choice": choice})
    assert reply["error"].endswith(", and everything is as it was.")
    assert said in reply["cause"]
    assert reply["panels"] == {}
    assert one.state == before


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"do": "data", "folder": "/nowhere"}, "该处没有可读取的数据，一切保持原样。"),
        ({"do": "paste", "key": "x"}, "现有数据没有这样的视图，一切保持原样。"),
        ({"do": "file", "kind": "pdf"}, "该视图无法保存为文件，一切保持原样。"),
        ({"do": "dance"}, "操作未成功，一切保持原样。"),
        ({"do": "paste", "key": "tax_per_ouput"}, "现有数据没有这样的视图，一切保持原样。"),
    ],
)
def test_in_chinese_what_went_wrong_is_said_in_chinese_with_the_cause_beside_it(
    message: dict[str, str], said: str
) -> None:
    reply = session(lang="zh").act(message)
    assert (reply["error"], reply["said"]) == (said, said)
    assert reply["cause"]
    if message.get("key") == "tax_per_ouput":
        assert reply["cause"] == "没有代码为“tax_per_ouput”的指标，是否指“tax_per_output”？"
    assert reply["cause"].startswith("程序原文（英文）：") is (message["do"] == "dance")


@pytest.mark.parametrize(
    "message", [{"do": "dance"}, {"do": "set"}, {"do": "drop", "at": 0}, {"do": "drop", "at": "x"}, {}, {"do": "take", "question": "x:y"},
                {"do": "paste", "key": ""}, {"do": "file", "kind": "pdf"}, {"do": "pick", "parks": 3}],
)  # fmt: skip
def test_a_message_that_cannot_be_followed_changes_nothing(message: dict[str, object]) -> None:
    one = session()
    before = one.state
    reply = one.act(message)
    assert reply["error"]
    assert one.state == before


def test_an_error_inside_a_drawing_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    one = session()
    one.act({"do": "start"})
    before = one.state

    def broken(*_: object) -> None:
        raise ZeroDivisionError("float division")

    monkeypatch.setattr(Opened, "view", broken)
    reply = one.act({"n": 9, "do": "set", "choice": {"measure": "tax_per_output"}})
    assert reply["cause"] == "ZeroDivisionError: float division"
    assert one.state == before
    monkeypatch.undo()
    import explorer_sessions as shown

    monkeypatch.setattr(Opened, "view", shown.view)
    assert set(chosen(one, measure="tax_per_output")["panels"]) == {"left", "view", "bottom", "at"}


def test_no_park_and_a_measure_that_none_prints_are_said_in_words() -> None:
    one = session(parks="none")
    assert one.panel("view")["empty"] == "Choose at least one park."
    chosen(one, parks="hengshan", measure="tax_per_output")
    said = one.panel("view")["empty"]
    assert said.startswith("None of the chosen parks has a value: the text reports revenue from technology")
    assert said.endswith("3 of the other parks have a value.")
    assert Markup(one.panel("view")["sentence"]).striptags() == said  # where an answer stands
    chosen(one, parks="hengshan,xintian,longling")
    assert "3 of the other parks have a value" in one.panel("view")["empty"]
    chosen(one, lang="zh", parks="none")
    assert one.panel("view")["empty"] == "请至少选择一个园区。"


def test_undo_and_redo_go_through_the_choices_and_end_in_words() -> None:
    one = session()
    assert one.act({"do": "undo"})["said"] == "Nothing to undo."
    chosen(one, measure="tax_per_output")
    chosen(one, basis="annualised")
    chosen(one, basis="annualised")  # which changes nothing
    one.act({"do": "undo"})
    assert one.state.choice == Choice("tax_per_output")
    one.act({"do": "undo"})
    assert one.state.choice == Choice()
    assert one.panel("bottom")["redo"]
    assert not one.panel("bottom")["undo"]
    one.act({"do": "redo"})
    one.act({"do": "redo"})
    assert one.state.choice == Choice("tax_per_output", basis="annualised")
    assert one.act({"do": "redo"})["said"] == "Nothing to redo."
    one.act({"do": "undo"})
    chosen(one, parks="hengnan")
    assert not one.panel("bottom")["redo"]


def test_what_can_be_undone_is_bounded() -> None:
    one = session()
    for turn in range(120):
        chosen(one, parks=("hengnan", "hengshan")[turn % 2])
    assert len(one.state.past) == 100


def test_up_to_four_views_are_kept_side_by_side() -> None:
    one = session()
    for basis, measure in (
        ("reported", "tax_per_output"),
        ("annualised", "tax_per_output"),
        ("reported", "areas"),
        ("reported", "spans"),
    ):
        chosen(one, measure=measure, basis=basis)
        assert one.act({"do": "keep"})["said"] == "Kept beside the others."
    assert one.act({"do": "keep"})["said"] == "This view is kept already."
    chosen(one, measure="coverage")
    assert one.act({"do": "keep"})["error"] == "Four views are kept. Drop one first."
    kept = one.panel("bottom")["kept"]
    assert [view["key"] for view in kept] == ["tax_per_output", "tax_per_output&basis=annualised", "areas", "spans"]
    assert set(kept[0]) == {"key", "title", "sentence", "html"}
    reply = one.act({"do": "drop", "at": 1})
    assert [view["key"] for view in reply["panels"]["bottom"]["kept"]] == ["tax_per_output", "areas", "spans"]
    one.act({"do": "paste", "key": kept[1]["key"]})
    assert one.state.choice == Choice("tax_per_output", basis="annualised")
    chosen(one, lang="zh")  # the words of what is kept come with the language
    assert one.panel("bottom")["kept"][0]["key"] == "tax_per_output&lang=zh"


def test_of_no_park_nothing_is_kept_and_nothing_saved() -> None:
    one = session(parks="none")
    assert one.act({"do": "keep"})["error"] == "There is no view to keep."
    assert one.act({"do": "file", "kind": "csv"})["error"] == "Choose at least one park."


def test_a_pasted_key_keeps_language_and_data() -> None:
    one = session(lang="zh")
    one.act({"do": "paste", "key": "tax_per_output&parks=hengnan"})
    assert one.state.choice == Choice("tax_per_output", parks="hengnan", lang="zh")


def test_a_key_that_the_data_cannot_show_is_refused_with_the_rule() -> None:
    one = session(measure="tax_per_area", parks="hengnan,shuangpai", rung="expanded")
    before = one.state
    reply = one.act({"do": "paste", "key": "tax_per_area&rung=built_up&parks=hengnan,shuangpai"})
    assert reply["error"] == "The data cannot show this key as it stands, and everything is as it was."
    assert reply["cause"].startswith("Area: “built-up area” is not possible here (no chosen text")
    assert reply["cause"].endswith(")")
    assert one.state == before


def test_a_number_opens_and_a_change_closes_it() -> None:
    one = session()
    assert (
        one.act({"do": "open", "key": "m-1"})["panels"]["drawer"]["key"] == "m-1" or one.panel("drawer")["key"] == "m-1"
    )
    chosen(one, measure="tax_per_output")
    assert one.panel("drawer")["key"] == ""


def test_a_statement_that_is_taken_is_judged_in_the_answer_until_something_else_is_chosen() -> None:
    one = session()
    one.act({"do": "take", "question": "statement:14"})
    judged = "“Hengnan has more tax per mu than Shuangpai”: holds in all three ways; figures of few digits decide in one of them "
    judged += "(area of the detailed plan). "
    assert Markup(one.panel("view")["stated"] + " ").striptags().startswith(judged.strip())
    key = one.panel("bottom")["key"]
    assert key == "tax_per_area&basis=annualised&parks=hengnan,shuangpai"  # the months that it is judged on
    assert one.panel("view")["sentence"] == key  # the same as whoever pastes the key is told
    chosen(one, lang="zh")
    assert "3种算法组合下均成立；其中1种（控规面积）的结果取决于有效数字较少的数据" in one.panel("view")["stated"]
    chosen(one, rung="expanded")
    one.act({"do": "undo"})
    assert one.panel("view")["stated"] == ""
    one.act({"do": "take", "question": "statement:14"})
    one.act({"do": "paste", "key": f"{key}&lang=zh"})
    assert one.panel("view")["stated"] == ""
    one.act({"do": "take", "question": "statement:12"})
    assert "不可比：其材料所列为技工贸总收入" in one.panel("view")["stated"]


def test_where_a_reader_stands_is_what_a_view_hangs_on() -> None:
    one = session()
    chosen(one, measure="tax_per_output")
    one.act({"do": "tab", "tab": "table"})
    chosen(one, measure="coverage", lang="zh")
    one.act({"do": "undo"})
    at = one.panel("at")
    assert [at["back"]["measure"], at["now"]["measure"], at["forth"]["measure"]] == [
        Choice.measure,
        "tax_per_output",
        "coverage",
    ]
    assert (at["now"]["lang"], at["forth"]["lang"], at["tab"], at["more"]) == ("en", "zh", "table", False)
    one.act({"do": "pick", "parks": [one.state.data.offers.printed.core[0]]})
    assert one.panel("at")["more"]  # of a part of the parks
    one.act({"do": "pick", "parks": []})
    one.act({"do": "take", "question": "statement:14"})
    assert one.panel("at")["more"]  # a statement is judged, too
    assert one.panel("at")["forth"] is None


def test_a_drawing_is_made_for_the_room_there_is_and_a_kept_one_for_the_room_beside_another() -> None:
    widths = [(room, width_of(room)) for room in (340, 590, 640, 700, 1026, 2000)]
    assert widths == [(340, NARROW), (590, NARROW), (640, 6.0), (700, 7.0), (1026, WIDTH), (2000, WIDTH)]
    one = session()
    one.act({"n": 1, "do": "tab", "tab": "figure"})
    before = one.panel("view")["html"]
    reply = one.act({"n": 2, "do": "fit", "width": 700})
    assert reply["panels"] == {"view": {"html": before.replace(" </p>", " 7.0</p>")}, "at": {"width": 7.0}}
    assert one.act({"n": 3, "do": "fit", "width": 740})["panels"] == {}
    one.act({"n": 4, "do": "fit", "width": 1026})
    one.act({"n": 5, "do": "keep"})
    assert one.panel("bottom")["kept"][0]["html"] == before.replace(" </p>", f" {NARROW}</p>")


def test_parks_are_picked_among_the_chosen() -> None:
    one = session(parks="hengnan,hengshan")
    reply = one.act({"do": "pick", "parks": ["hengshan", "shuangpai"]})
    assert one.state.picked == ("hengshan",)
    assert "hengshan" in reply["panels"]["view"]["html"] or "html" in reply["panels"]["view"]
    chosen(one, parks="hengnan")
    assert one.state.picked == ()


def test_the_rows_of_a_view_are_a_file_with_notes_and_codes() -> None:
    from openpyxl import load_workbook

    one = session(measure="tax_per_area", basis="annualised", parks="hengnan,shuangpai", rung="expanded")
    made = one.act({"do": "file", "kind": "csv"})["file"]
    text = base64.b64decode(made["base64"]).decode("utf-8-sig")
    assert made["name"] == "tax_per_area.basis=annualised.rung=expanded.parks=hengnan,shuangpai.csv"
    assert text.splitlines()[0].startswith("PARK,")
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == ["hengnan", "shuangpai"]
    xlsx = one.act({"do": "file", "kind": "xlsx"})["file"]
    book = load_workbook(io.BytesIO(base64.b64decode(xlsx["base64"])))
    assert book.sheetnames == ["measures", "notes", "codes"]
    assert book["measures"].max_row == len(text.splitlines())


def saved(one) -> list[dict[str, str]]:
    text = base64.b64decode(one.act({"do": "file", "kind": "csv"})["file"]["base64"]).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_file_has_the_rows_of_the_choices_and_a_reason_for_each_park_without_one() -> None:
    one = session(measure="tax_per_area")
    assert [(row["PARK"], row["basis"], row["rung"], row["reason"]) for row in saved(one)] == [
        ("hengnan", "reported", "perimeter", ""), ("hengshan", "reported", "", "no_area"),
        ("shuangpai", "reported", "perimeter", ""), ("anon-2023", "", "", "other_rung"),
        ("anon-2020", "reported", "", "no_tax"),
    ]  # fmt: skip
    chosen(one, measure="gross_industrial_output_growth")  # a forecast is a value of the table, too
    found = [(row["PARK"], row["VALUE_TYPE"]) for row in saved(one) if row["OBS_VALUE"]]
    assert found[-3:] == [("anon-2023", "outturn"), ("anon-2023", "forecast"), ("anon-2020", "outturn")]
    group = Choice("tax_per_area", parks="group:province_en=Hunan", data="/of/mine")
    assert again.file_name(group, "csv") == "tax_per_area.parks=group-province_en=Hunan.csv"
    assert len(again.file_name(Choice(parks=",".join(f"park-{n}" for n in range(99))), "csv")) < 140


# One's own data


def test_a_folder_is_opened_with_its_faults_and_the_rest_is_usable(copy_of_data) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", population="everybody")
    one = session(measure="tax_per_output", parks="hengnan,shuangpai")
    reply = one.act({"do": "data", "folder": str(copy_of_data.folder)})
    top = reply["panels"]["top"]["data"]
    [fault] = top["faults"]
    assert fault["where"].startswith("observations.csv:")
    assert fault["what"]
    assert fault["advice"]
    assert reply["said"].endswith("5. 1 fault: the faulty rows are left out, the rest is used.")
    assert one.state.choice.parks == "hengnan,shuangpai"
    assert one.state.choice.data == str(copy_of_data.folder)
    assert f"--data {copy_of_data.folder}" in one.panel("bottom")["commands"][0]["text"]
    one.act({"do": "undo"})
    assert one.state.choice.data == ""


def test_a_figure_whose_row_is_set_apart_is_not_one_that_the_text_does_not_report(copy_of_data) -> None:
    from openpyxl import load_workbook

    growth = "gross_industrial_output_growth"
    copy_of_data.edit("observations", "shuangpai-2017-018", population="everybody")
    one = session(copy_of_data.folder, measure=growth)
    parks = {park["id"]: park["why"] for park in one.panel("left")["parks"]}
    (fault,) = one.state.data.offers.printed.study.faults
    assert parks["shuangpai"] == f"a row of its text is faulty and not used ({fault.file}:{fault.line}; see Data)"
    assert values(one, "year")["2017"] == "the rows of 2017 that would give it are faulty and not used"
    asking = question(one.state.data.held, one.state.choice).asking
    assert asking.variant().gaps["shuangpai"]["gap"] == "set_apart"
    assert {row["PARK"]: row["reason"] for row in saved(one)}["shuangpai"] == "set_apart"
    book = load_workbook(io.BytesIO(base64.b64decode(one.act({"do": "file", "kind": "xlsx"})["file"]["base64"])))
    assert f"left out and enter no figure: {fault.file}:{fault.line}" in str([*book["notes"].values])
    assert "a row of its text is faulty and not used" in str([*book["codes"].values])
    chosen(one, measure="tax_revenue_growth")
    assert "faulty" not in str(one.panel("left")["parks"])
    assert one.panel("top")["data"]["left_out"] == "1 fault: the faulty rows are left out, the rest is used."
    copy_of_data.edit("observations", "hengnan-2019-006", indicator="tax_revenues")
    one.act({"do": "check"})
    chosen(one, measure="tax_per_output")  # a row of which nobody knows what it is may be this one
    assert {row["PARK"]: row["reason"] for row in saved(one)}["hengnan"] == "set_apart"


def test_of_very_many_faults_the_first_are_listed_and_the_command_that_lists_all(copy_of_data) -> None:
    path = copy_of_data.folder / "observations.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",park,", ",everybody,"), "utf-8")
    top = session(copy_of_data.folder).panel("top")["data"]
    assert top["fault_count"] > len(top["faults"]) == 200
    assert top["more"].endswith(f"parkstudy check --data {copy_of_data.folder}")


def test_other_parks_take_the_place_of_those_that_are_not_there(tmp_path: Path) -> None:
    from foreign_parks import foreign

    foreign(tmp_path)
    one = session(measure="tax_per_output", parks="hengnan,shuangpai", year="2019")
    assert one.act({"do": "data", "folder": str(tmp_path)})["error"] == ""
    assert one.state.choice == Choice("tax_per_output", data=str(tmp_path))


def test_a_folder_without_a_park_is_refused_in_every_way_and_a_step_into_one_that_is_gone_is_left_out(
    copy_of_data, tmp_path: Path
) -> None:
    (tmp_path / "bare").mkdir()
    header = (shipped_folder() / "parks.csv").read_text("utf-8-sig").splitlines()[0]
    (tmp_path / "bare" / "parks.csv").write_text(header + "\n", "utf-8")
    one = session()
    for message in (
        {"do": "set", "choice": {"data": f"{tmp_path / 'bare'}"}},
        {"do": "paste", "key": f"series&data={tmp_path / 'bare'}"},
    ):
        assert one.act(message)["error"].startswith("It has no park to compare")
    chosen(one, parks="hengnan")
    one.act({"do": "data", "folder": str(copy_of_data.folder)})
    one.act({"do": "data", "folder": ""})
    shutil.rmtree(copy_of_data.folder)
    assert one.act({"do": "undo"})["said"].startswith(f"The data in {copy_of_data.folder} can no longer be opened")
    one.act({"do": "undo"})
    assert one.state.choice == Choice(parks="hengnan")
    one.act({"do": "undo"})
    assert one.state.choice == Choice()


def test_data_that_change_while_they_are_read_are_read_again(copy_of_data, monkeypatch: pytest.MonkeyPatch) -> None:
    from parkstudy.explorer import data

    load, read = data.load, []

    def slow(folder: str) -> object:
        study = load(folder)
        if not read:
            copy_of_data.edit("observations", "hengnan-2019-005", population="everybody")
        read.append(study)
        return study

    monkeypatch.setattr(data, "load", slow)
    found = data.opened(str(copy_of_data.folder))
    assert len(read) == 2
    assert len(found.offers.printed.study.faults) == 1
    assert data.moved(found) == ""


def test_a_key_of_context_alone_or_of_nothing_says_so() -> None:
    one = session()
    reply = one.act({"do": "paste", "key": "tax_per_output&price=real"})  # which is not left out in silence
    assert reply["cause"] == "Prices: “constant prices” is not possible here (it makes no difference to this view)"
    reply = one.act({"do": "paste", "key": "tax_per_area&basis=yearly"})
    assert reply["cause"].startswith("Months: no value 'yearly'; expected one of reported (")
    assert one.act({"do": "paste", "key": " "})["error"].startswith("Paste the key of a view first")
    one.act({"do": "paste", "key": "tax_per_output&parks=xintian"})
    said = "For context alone, and not compared: Xintian County Industrial Park. Choose at least one other park."
    assert one.panel("view")["empty"] == said


def test_a_folder_that_is_none_or_holds_nothing_changes_nothing(tmp_path: Path) -> None:
    one = session(measure="tax_per_output")
    before = one.state
    assert "no folder" in one.act({"do": "data", "folder": str(tmp_path / "none")})["cause"]
    assert "holds no table" in one.act({"do": "data", "folder": str(tmp_path)})["cause"]
    assert one.state == before


def test_a_folder_without_a_core_park_is_refused_in_words(tmp_path: Path) -> None:
    header = (shipped_folder() / "parks.csv").read_text("utf-8-sig").splitlines()[0]
    (tmp_path / "parks.csv").write_text(header + "\n", "utf-8")
    one = session()
    reply = one.act({"do": "data", "folder": str(tmp_path)})
    assert reply["error"].startswith("It has no park to compare, so that nothing could be shown.")
    assert one.state.choice == Choice()
    (tmp_path / "parks.csv").write_text(header + "\n" + "x" + "," * header.count(",") + "\n", "utf-8")
    reply = one.act({"do": "data", "folder": str(tmp_path)})
    assert " faults: the faulty rows are left out" in reply["error"]
    assert reply["cause"].startswith("parks.csv:2:")


def test_files_that_change_are_told_and_read_when_asked_to_check(copy_of_data) -> None:
    one = session(copy_of_data.folder)
    assert one.act({"do": "check"})["said"] == "The data are as they were."
    copy_of_data.edit("observations", "hengnan-2019-005", population="everybody")
    reply = chosen(one, measure="tax_per_output")
    assert reply["panels"]["top"]["data"]["moved"] == "The files were changed since they were read: check again."
    reply = one.act({"do": "check"})
    assert reply["said"].startswith("The data were read again.")
    assert len(reply["panels"]["top"]["data"]["faults"]) == 1
    assert reply["panels"]["top"]["data"]["moved"] == ""
    assert one.state.choice.measure == "tax_per_output"


def test_a_folder_that_vanishes_stays_shown_as_it_was_read(copy_of_data) -> None:
    one = session(copy_of_data.folder)
    shutil.rmtree(copy_of_data.folder)
    reply = chosen(one, measure="tax_per_output")
    assert "no longer there" in reply["panels"]["top"]["data"]["moved"]
    assert "no longer there" in one.act({"do": "check"})["said"]
    view, bottom = one.panel("view"), one.panel("bottom")
    assert view["html"]
    assert view["instead"] == bottom["gone"] == "The folder is no longer there; what was read of it is still shown."
    assert bottom["commands"] == []  # which would read it


def test_of_many_parks_only_those_that_changed_are_sent(tmp_path: Path) -> None:
    from many_parks import make

    one = session(make(tmp_path, 30))
    whole = one.act({"do": "start"})["panels"]["left"]
    assert len([park for park in whole["parks"] if park["role"] == "core"]) == 30
    left = chosen(one, parks="park-0001,park-0002")["panels"]["left"]
    assert "parks" not in left
    assert {park["id"] for park in left["changed"]} == {f"park-{n:04}" for n in range(3, 31)}
    left = chosen(one, parks="park-0001,park-0002,park-0003")["panels"]["left"]
    assert [park["id"] for park in left["changed"]] == ["park-0003"]
    assert "groups" not in left
    counts = {item["key"]: item["count"] for group in left["measures"] for item in group["items"]}
    assert counts["coverage"] == "3 of 3 parks have a text"
    laid = {park["id"]: park for park in whole["parks"]} | {park["id"]: park for park in left["changed"]}
    assert laid["park-0003"]["on"]
    first, other = (
        one.state.data.offers._silent(f"{flow}_growth", "latest", "en")
        for flow in ("gross_industrial_output", "operating_revenue")
    )
    same = [(park, again) for park, again in zip(first, other, strict=True) if park["why"] == again["why"] != ""]
    assert same
    assert all(park is again for park, again in same)  # with one reason it is made once


def test_other_parks_of_the_same_number_are_sent_as_a_list_and_not_laid_over() -> None:
    park = dict.fromkeys(("id", "name", "full", "colour", "role", "also", "why"), "a") | {"on": True}
    for name in ("id", "name", "full", "colour", "role", "also"):
        other = {"parks": [{**park, name: "b"}]}
        assert _parts(other, {"parks": [park]}) == other
    assert _parts({"parks": [{**park, "why": "b"}]}, {"parks": [park]}) == {
        "changed": [{"id": "a", "on": True, "why": "b"}]
    }


@pytest.mark.parametrize("name", ["nothing_in_common", "every_measure_refused"])
def test_of_a_small_study_everything_is_answered_or_said_to_be_silent(name: str, tmp_path: Path, monkeypatch) -> None:
    from small_studies import small

    from parkstudy.show.digest import undrawn

    monkeypatch.undo()  # what answers is the real one, without its drawings
    monkeypatch.setattr("parkstudy.explorer.tabs.drawn", lambda *_: "")
    small(name, tmp_path)
    with undrawn():
        one = session(tmp_path)
        assert one.act({"do": "start"})["error"] == ""
        for key in one.state.data.offers.printed.asked:
            chosen(one, measure=key)
            view = one.panel("view")
            assert view["sentence"] or view["empty"]
