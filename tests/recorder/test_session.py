"""The review as a browser drives it: messages, payloads, what is said and what is refused; without a browser."""

import json
import re

import nbformat
import pytest

from parkstudy.__main__ import main
from parkstudy.record import unusual_figures, unusual_names, unusual_tables
from parkstudy.record.codes import LANGUAGES, codes, label, labels
from parkstudy.record.draft import carried, coding, doers, figures, rows, subjects, tabled
from parkstudy.record.unusual import Warned
from parkstudy.recorder import NoTextError, faults
from parkstudy.recorder.offers import consequences
from parkstudy.recorder.session import Session
from parkstudy.recorder.window import reason_words

SOURCE = "qinghe-2021"


def key(number: int) -> str:
    return f"{SOURCE}-{number:03}"


@pytest.fixture
def session(folder, drafted):
    made = Session(folder, drafted / "texts")
    made.panels()
    return made


def do(session: Session, name: str, **more):
    """What is answered, as it is sent."""
    return json.loads(json.dumps(session.act({"do": name, **more})))


def test_it_opens_on_the_first_row_and_goes_on_to_the_next_that_is_open(session):
    assert session.key == key(1)
    said = do(session, "accept")["said"]
    assert (
        said
        == "45.6亿元 is accepted. Now: 8.2%, Gross industrial output, the park, growth, reported result, 2021-01-01–2021-11-30."
    )
    assert session.key == key(2)
    do(session, "accept_all")
    assert session.review.progress()["decided"] == 6
    assert session.key == key(7)
    assert do(session, "accept_all")["panels"]["top"]["progress"] == {
        "proposed": 14,
        "decided": 11,
        "doubts": 2,
        "rows": 14,
    }


def test_rows_figures_and_doubts_are_walked_in_the_order_of_the_text(session):
    walked = [do(session, "go", to="doubt") and session.key for _ in range(3)]
    assert walked == [key(3), key(4), key(5)]
    do(session, "go", to="row", back=True)
    assert session.key == key(4)
    do(session, "go", to="mark")
    do(session, "go", to="mark", back=True)
    assert session.key == key(4)
    shown = do(session, "find", words="3公里")["panels"]["rows"]["aside"]
    assert shown["why"] == "the study has no unit: 公里"
    assert do(session, "find", words="无此文字")["error"] == "These words do not stand in the text."


def test_a_form_offers_valid_codes_alone_and_a_refusal_leaves_it_open(session):
    form = do(session, "edit", key=key(3))["panels"]["rows"]["form"]
    fields = {one["name"]: one for one in form["fields"]}
    assert [value for value, _, _ in fields["population"]["offers"]] == [*codes("population")]
    assert [value for value, _, fit in fields["indicator"]["offers"] if fit][:2] == [
        "gross_industrial_output",
        "industrial_value_added",
    ]
    assert not dict((value, fit) for value, _, fit in fields["indicator"]["offers"])["enterprises"]
    assert {name for name, one in fields.items() if one["doubt"]} == {"indicator", "reported_term"}
    answer = do(session, "save", cells={"reported_term": "工业总产值"})
    assert answer["error"].startswith("not proven in its place")
    assert session.edited
    assert do(session, "save", cells={"population": "unstated"})["said"].startswith("1.2亿元 is corrected. Now: 5%")
    assert session.edited is None


def test_a_row_is_added_for_words_that_are_selected_and_that_hold_one_figure(session):
    place = session.review.script.text.index("3000余万元")
    do(session, "reject", key=key(12), reason="twice")
    form = do(session, "add", at=[place - 2, place + 9])["panels"]["rows"]["form"]
    assert form["figure"] == "3000余万元"
    assert do(session, "save", cells={})["said"].startswith("3000余万元 has a row.")
    assert session.review.rows[key(15)]["indicator"] == "project_investment"


def test_a_row_that_another_program_changed_is_shown_as_it_is_before_it_can_be_decided(session, folder):
    path = folder / "observations.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",exact,A,,,,,一/p1,", ",exact,A,,,,unit_assumed,一/p1,"),
        encoding="utf-8",
    )
    answer = do(session, "accept", key=key(1))
    assert f"{key(1)} was changed by another program while it was shown" in answer["error"]
    assert "error" not in do(session, "accept", key=key(1))


def test_an_unknown_message_changes_nothing(session):
    assert do(session, "rm") == {"error": "unknown message 'rm'", "panels": {}}


def test_days_that_are_far_from_the_text_stay_a_doubt_when_the_row_is_decided(session):
    doubts = session.review.progress()["doubts"]
    do(session, "edit", key=key(1))
    do(session, "save", cells={"period_end": "2099-12-31"})
    assert session.review.entry(key(1)).state == "corrected"
    assert session.review.progress()["doubts"] == doubts + 1
    do(session, "go", key=key(1))
    shown = next(row for row in session.panels()["rows"]["rows"] if row["key"] == key(1))
    assert shown["unproven"].startswith("Unusual: an outturn to 2099-12-31 of a text that reports 2021-01-01 to 2021-")
    assert [one["name"] for one in shown["fields"] if one["doubt"]] == ["period"]
    do(session, "go", to="row", back=True)
    do(session, "go", to="doubt")
    assert session.key == key(1)


def test_a_number_opens_the_same_field_in_every_row(session):
    shown = [{one["name"]: one["digit"] for one in row["fields"]} for row in session.panels()["rows"]["rows"]]
    assert len(shown) > 3
    assert {name: digit for row in shown for name, digit in row.items()}["period"] == "6"
    assert len({(name, digit) for row in shown for name, digit in row.items()}) == len({*shown[0]}.union(*shown))


def test_the_term_before_a_figure_that_is_selected_with_it_is_filled_in(session):
    where = session.review.script.find("新修道路3公里")
    with pytest.MonkeyPatch.context() as patch:
        given, propose = session.review.propose(session.review.script.find("3000余万元")), session.review.propose
        given.row["reported_term"] = ""
        figure = session.review.script.find("3公里")
        patch.setattr(session.review, "propose", lambda span: given if span == figure else propose(span))
        form = do(session, "add", at=where)["panels"]["rows"]["form"]
    assert next(one["value"] for one in form["fields"] if one["name"] == "reported_term") == "新修道路"
    answer = do(session, "save", cells={"indicator": "", "reported_term": ""})
    assert answer["error"].splitlines()[0] == "Indicator: the cell is empty; fill it in"
    assert answer["field"] == "indicator"


def test_what_is_missing_is_said_in_the_language_of_the_reader(folder, drafted):
    session = Session(folder, drafted / "texts", "zh")
    session.panels()
    assert do(session, "reject", key=key(1), reason=" ")["error"] == "请填写剔除的理由。"
    assert do(session, "undo")["error"] == "没有可撤销的操作。"
    do(session, "accept", key=key(1))
    assert do(session, "undo")["said"].startswith("已撤销对45.6亿元的审定。")


def test_what_is_wrong_with_a_reader_or_a_code_is_said_once_and_without_a_pattern(session, folder, drafted):
    table = folder / "sources.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([*lines, lines[1].replace(SOURCE, "other-2021", 1)]) + "\n", encoding="utf-8")
    with pytest.raises(NoTextError) as refused:
        Session(folder, drafted / "texts", reader="../李四")
    assert str(refused.value) == (
        "'../李四' is no name of a reader, and of a folder; use letters, digits and -, such as second"
    )
    assert Session(folder, drafted / "texts", reader="李四").panels()["top"]["reader"] == "李四"
    do(session, "edit", key=key(1))
    said = do(session, "save", cells={"indicator": "Enterprises"})["error"]
    assert said.startswith("Indicator: ")
    assert "expected the form" not in said
    assert "\n" not in said


def test_a_table_that_lost_its_header_has_its_message_alone(session, folder):
    table = folder / "observations.csv"
    do(session, "reject", key=key(1), reason="no result")
    table.write_bytes(table.read_bytes().partition(b"\n")[2])
    panels = do(session, "go", at=list(session.review.script.find("8.2%")))["panels"]
    assert panels["rows"]["aside"] is None


def test_what_was_found_in_a_text_does_not_stay_when_another_is_opened(session):
    do(session, "faults")
    assert do(session, "source", id=SOURCE)["panels"]["lists"] == {"faults": None, "both": None}


def test_what_did_not_change_is_not_sent_again(session):
    do(session, "go", to="row")
    assert set(do(session, "go", to="row")["panels"]) == {"text", "rows"}
    assert do(session, "look") == {"panels": {}, "said": ""}


def test_faults_are_listed_with_their_rows(session, folder):
    path = folder / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("45.6亿元", "46.6亿元"), encoding="utf-8")
    listed = do(session, "faults")["panels"]["lists"]["faults"]
    assert [one["key"] for one in listed["verify"]["found"]] == [key(1)]
    assert {one["text"].split(":")[0] for one in listed["check"]["found"]} == {"sources.csv"}
    assert listed["audit"]["found"][0]["text"].startswith("percentage of a plan: ")
    parks = folder / "parks.csv"
    parks.write_text(parks.read_text(encoding="utf-8").replace(",false,", ",,"), encoding="utf-8")
    listed = do(session, "faults")["panels"]["lists"]["faults"]
    assert {one["text"].split(":")[0] for one in listed["check"]["found"]} == {"parks.csv", "sources.csv"}
    assert (
        listed["audit"]["found"][0]["text"]
        == "The audit begins once the rows of the park and of its text have no fault."
    )


def test_two_readers_are_compared_and_settled_by_messages(session, folder, drafted):
    blind = Session(folder, drafted / "texts", reader="second")
    blind.panels()
    do(blind, "reject", key=key(9), reason="no")
    assert session.panels()["top"]["readers"] == ["second"]
    found = do(session, "compare", reader="second")["panels"]["lists"]["both"]
    assert (found["first"], found["second"], found["both"]) == (14, 13, 13)
    assert dict(found["fields"])["Indicator"] == 13
    (one,) = found["open"]
    answer = do(session, "compare", reader="second", difference=one["difference"], take="first")
    assert answer["panels"]["lists"]["both"]["open"] == []
    assert (
        do(session, "compare", reader="second", difference=one["difference"], take="first")["error"]
        == "This difference is settled."
    )


def test_a_folder_without_a_text_says_what_to_do(folder, tmp_path):
    with pytest.raises(NoTextError, match=r"no text of 'qinghe-2021' in .*; put it there as qinghe-2021\.txt"):
        Session(folder, tmp_path)
    (folder / "sources.csv").unlink()
    with pytest.raises(NoTextError, match=r"no text is entered in .*: parkstudy draft TEXT --out"):
        Session(folder, tmp_path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_of_the_draft_has_words_in_both_languages(lang):
    """The reasons stand in the code of the draft; each is found by its words up to a colon."""
    from inspect import getsource

    text = "".join(map(getsource, (coding, figures, rows, subjects)))
    said = set(re.findall(r'reason(?: = |=)f?"([^"{]+)', text)) | {reason for reason, _ in figures._ASIDE}
    said |= set(re.findall(r'(?:return|else|if last else) f?"((?:a|no|in) [^"{]+)', text)) | {
        "unit 公里",
        "not proven: x",
        "rejected by a reader: x",
        carried.CHANGE,
        carried.BASE,
        doers.ANOTHER,
        doers.ANOTHER_OR_PART,
        subjects.NO_ONE,
        tabled.OF_TOTAL,
    }
    assert len(said) > 20
    words = {reason: reason_words(reason, lang) for reason in said}
    assert [reason for reason, shown in words.items() if lang == "zh" and not re.search("[\u4e00-\u9fff]", shown)] == []
    assert len({*words.values()}) == len({reason.partition(":")[0] for reason in said})


def test_the_command_opens_a_copy_of_the_notebook_and_keeps_what_was_written_into_it(
    folder, drafted, tmp_path, monkeypatch, capsys
):
    started = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("parkstudy.lab.opening.open_lab", lambda path, *_, **__: started.append(path) or 0)
    call = ["explore", "--record", str(folder), "--sources", str(drafted / "texts"), "--no-browser"]
    for lang, title in (("zh", "# 审定初稿"), ("en", "# Review a draft")):
        assert main([*call, "--lang", lang]) == 0
        found = nbformat.read(started[-1], 4)
        nbformat.validate(found)
        assert found.cells[0].source.startswith(title)
    assert [path.name for path in started] == ["recorder.zh.data.ipynb", "recorder.data.ipynb"]
    found.cells.append(nbformat.v4.new_markdown_cell("mine"))
    nbformat.write(found, started[-1])
    assert main(call) == 0
    again = nbformat.read(started[-1], 4)
    assert again.cells[-1].source == "mine"
    assert f'data = "{folder}"' in "".join(cell.source for cell in again.cells)
    capsys.readouterr()
    assert main([*call[:3], "--sources", str(tmp_path)]) == 1
    assert "no text of 'qinghe-2021'" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(call[:3])
    assert "give both" in capsys.readouterr().err


def test_the_notebooks_are_twins_stored_without_outputs_and_no_page_is_made_of_them():
    from notebook_cells import FOLDERS

    from parkstudy import report

    english, chinese = (nbformat.read(FOLDERS[lang] / "80-recorder.ipynb", 4) for lang in LANGUAGES)
    for one, other in zip(english.cells, chinese.cells, strict=True):
        assert (one.cell_type, one.id, one.metadata) == (other.cell_type, other.id, other.metadata)
        if one.cell_type == "code":
            assert other.source == one.source.replace('lang = "en"', 'lang = "zh"')
            assert not one.outputs
            assert one.execution_count is None
    assert "80-recorder" not in report.notebooks()


def test_in_chinese_a_warning_is_said_by_what_it_means_and_the_values_that_it_names():
    said = "coarse_figure on '1.23亿元', of 3 significant digits; expected two at most"
    warned = Warned("observations.csv", 3, "caveats", key(1), "contradiction", said, "make the two agree")
    words = label("warning", "contradiction", "zh", long=True)
    assert faults._words(warned, "zh").startswith(f"observations.csv第3行，提示，提醒：{words}（“1.23亿元”）；")
    assert faults._words(warned, "en") == str(warned)
    assert {*labels("warning")} >= {*unusual_figures.RULES, *unusual_names.RULES, *unusual_tables.RULES}


def test_in_chinese_a_refusal_is_said_in_chinese(folder, drafted):
    session = Session(folder, drafted / "texts", "zh")
    session.panels()
    do(session, "edit", key=key(3))
    answer = do(session, "save", cells={"reported_term": "工业总产值"})
    assert answer["error"].splitlines() == [
        "未能核实，未保存：",
        "在原文相应位置未能核实：与“1.2亿元”相配的用语是“税收”，不是“工业总产值”",
    ]
    assert (answer["cause"], answer["field"]) == ("", "reported_term")
    assert answer["unproven"]
    assert do(session, "find", words="无此文字")["error"] == "原文中没有这些文字。"
    shown = json.dumps(session.panels(), ensure_ascii=False)
    assert not re.search(r'"(label|shown|said|why)": "[a-z][a-z ]+"', shown)


def test_what_follows_from_a_cell_of_a_new_row_comes_with_it(session):
    do(session, "add", at=session.review.script.find("3公里"))
    answer = do(session, "save", cells={"indicator": "built_area", "reported_term": "新修道路", "value_type": "target"})
    assert "Status" not in answer["error"]


def test_a_refusal_names_the_field_that_it_is_about(session):
    do(session, "edit", key=key(3))
    assert do(session, "save", cells={"value_type": "target"})["field"] == "value_type"
    assert do(session, "save", cells={"population": "registered"})["field"] == "population"
    assert do(session, "save", cells={"reported_term": "产值"})["field"] == "reported_term"
    assert do(session, "save", cells={"period_end": "2020-01-01"})["field"] == "period_end"


def test_the_next_figure_without_a_row_is_no_date(session):
    found = []
    for _ in range(3):
        do(session, "go", to="aside")
        found.append(session.review.script.text[slice(*session.at)])
    assert found[0] == "3公里"
    assert found == found[:1] * 3


def test_a_new_part_is_named_in_the_words_of_the_text_and_goes_when_that_is_undone(session, folder):
    def parts() -> list[str]:
        return [
            line.split(",", 1)[1] for line in (folder / "subjects.csv").read_text(encoding="utf-8").splitlines()[1:]
        ]

    before = parts()
    do(session, "edit", key=key(9))
    do(session, "save", cells={"subject": "group:五亿元以上项目"})
    assert session.review.rows[key(9)]["subject"] == "group:1"
    assert parts() == [*before, "group:1,五亿元以上项目,group 1"]
    do(session, "undo")
    assert parts() == before
    offered = {
        one["name"]: one["offers"] for one in do(session, "edit", key=key(9))["panels"]["rows"]["form"]["fields"]
    }
    assert "group:1" not in [value for value, *_ in offered["subject"]]  # it has no name any more
    do(session, "redo")
    assert parts() == [*before, "group:1,五亿元以上项目,group 1"]
    do(session, "edit", key=key(8))
    do(session, "save", cells={"subject": "group:五亿元以上项目"})  # the name is there, and so is its number
    assert session.review.rows[key(8)]["subject"] == "group:1"
    do(session, "edit", key=key(7))
    do(session, "save", cells={"subject": "firm:甲厂+乙厂"})
    assert session.review.rows[key(7)]["subject"] == "firm:1+2"
    assert parts()[-2:] == ["firm:1,甲厂,firm 1", "firm:2,乙厂,firm 2"]
    do(session, "edit", key=key(7))
    do(session, "save", cells={"subject": "firm:乙厂"})  # of a name that no row has any more nothing stays
    assert parts()[-1:] == ["firm:2,乙厂,firm 2"]
    assert not [one for one in parts() if one.startswith("firm:1,")]
    do(session, "undo")
    assert sorted(parts()[-2:]) == ["firm:1,甲厂,firm 1", "firm:2,乙厂,firm 2"]
    do(session, "edit", key=key(7))
    refused = do(session, "save", cells={"subject": "firm:<b>甲</b>"})
    assert (refused["error"], refused["field"]) == (
        "Of what: '<b>甲</b>' holds markup; write plain text, without < before a letter",
        "subject",
    )
    assert "2,100 characters" in do(session, "save", cells={"subject": f"firm:{'甲' * 2100}"})["error"]
    assert session.review.rows[key(7)]["subject"] == "firm:1+2"


def test_terms_and_wholes_are_offered_nearest_first(session):
    form = do(session, "edit", key=key(4))["panels"]["rows"]["form"]
    offered = {one["name"]: [offer[1] for offer in one["offers"]] for one in form["fields"]}
    assert offered["reported_term"][0].endswith("税收")
    assert form["terms"]["tax_revenue"] == "税收"


def test_the_last_correction_is_taken_over_into_another_row_but_for_its_term(session):
    assert "No row was corrected before" in do(session, "again", key=key(2))["error"]
    do(session, "edit", key=key(1))
    do(session, "save", cells={"subject": "sector:轻工", "note": "a note"})
    assert session.key == key(2)
    assert "error" not in do(session, "again", key=key(2))
    one, other = (session.review.rows[key(number)] for number in (1, 2))
    assert (other["subject"], other["note"], one["subject"]) == (one["subject"], "", "sector:1")
    assert other["transformation"] == "yoy"
    assert "nothing is changed in this row" in do(session, "again", key=key(2))["error"]
    do(session, "undo")
    do(session, "undo")
    assert "No row was corrected before" in do(session, "again", key=key(2))["error"]
    do(session, "redo")
    assert "error" not in do(session, "again", key=key(2))


def test_only_firms_are_joined_in_one_figure(session):
    do(session, "edit", key=key(1))
    error = do(session, "save", cells={"subject": "sector:轻工+食品"})["error"]
    assert (
        error
        == "Of what: firms alone are joined by +; name other parts of one figure together as a group, such as group:A、B"
    )
    assert "error" not in do(session, "save", cells={"subject": "group:轻工、食品"})


def test_a_stock_has_no_first_day(session):
    do(session, "edit", key=key(1))
    do(session, "save", cells={"indicator": "enterprises"}, unproven=True)
    before = session.review.rows[key(1)]
    assert before["period_start"] == "2021-01-01"  # refused, as nothing is recorded in another unit
    assert session.review.kinds()["enterprises"] == "stock"
    kinds = session.review.kinds()
    assert consequences(before, {"indicator": "enterprises"}, kinds)["period_start"] == ""
    assert "period_start" not in consequences(before, {"indicator": "tax_revenue"}, kinds)
