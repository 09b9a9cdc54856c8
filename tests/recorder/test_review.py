"""The review of one text without a browser: decisions, their proof, what is on disk, what others write meanwhile."""

import csv
import io
import os
import shutil
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parkstudy.__main__ import main
from parkstudy.record import decided
from parkstudy.record.draft import draft, drafting
from parkstudy.record.edited import NotEditedError, edited
from parkstudy.recorder import NoTextError, RefusedError, Review, parts
from parkstudy.recorder.offers import consequences
from parkstudy.recorder.text import Script, text_of

SOURCE = "qinghe-2021"


def key(number: int) -> str:
    return f"{SOURCE}-{number:03}"


def rows(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "observations.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["observation_id"]: row for row in csv.DictReader(file)}


def state(review: Review) -> dict[str, str]:
    return {one.key: one.state for one in review.entries}


def span(review: Review, figure: str) -> tuple[int, int]:
    return review.script.find(figure)


def test_every_figure_has_its_state_and_doubtful_fields_are_named(opened):
    review = opened()
    words = {review.script.text[one.start : one.end]: one for one in review.marks()}
    assert words["45.6亿元"].state == "proposed"
    assert words["3公里"][2:] == ("set_aside", "", "unit 公里", False)
    assert words["12个"].doubtful
    assert not words["45.6亿元"].doubtful
    doubts = {one.key: one.doubts for one in review.entries}
    assert doubts[key(7)] == ("period_end",)  # period_ambiguous
    assert doubts[key(9)] == ("indicator", "subject", "reported_term")  # a part, and a term of two signs
    assert review.progress() == {"proposed": 14, "decided": 0, "doubts": 10, "rows": 14}


def test_who_decides_nothing_changes_nothing(opened, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    opened()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_each_decision_is_on_disk_and_a_new_kernel_goes_on_from_it(opened, folder):
    review = opened()
    review.accept([key(1)])
    assert state(opened())[key(1)] == "accepted"
    review.correct(key(3), {"population": "unstated"})
    assert rows(folder)[key(3)]["population"] == "unstated"
    assert state(opened())[key(3)] == "corrected"
    review.reject(key(9), "one project")
    assert key(9) not in rows(folder)
    again = opened()
    assert (again.entry(key(9)).state, again.entry(key(9)).reason) == ("rejected", "one project")
    assert again.entry(key(9)).row["reported_figure"] == "5亿元"
    where = span(again, "5亿元。")[0]
    again.add((where, where + 3), again.propose((where, where + 3)).row)
    assert rows(folder)[key(15)]["subject"] == "project:1"
    assert list(rows(folder)).index(key(15)) == list(rows(folder)).index(key(8)) + 1  # in the order of the text
    assert state(opened())[key(15)] == "added"
    assert opened().progress() == {"proposed": 14, "decided": 3, "doubts": 8, "rows": 14}


@pytest.mark.parametrize(
    ("number", "changes", "follows"),
    [
        (8, {"reported_figure": "36亿元"}, {"bound": "exact"}),
        (8, {"value_type": "outturn"}, {"obs_status": "A"}),
        (1, {"value_type": "target"}, {"obs_status": ""}),
        (6, {"value_type": "outturn"}, {}),
        (2, {"transformation": "share"}, {"share_of": "unstated"}),
        (5, {"transformation": "yoy"}, {"share_of": ""}),
        (8, {"part_of": "a-001"}, {"split": "some"}),
        (1, {"indicator": "contracted_investment"}, {"value_type": "plan", "obs_status": ""}),
    ],
)
def test_a_correction_takes_along_what_follows_from_it(opened, number, changes, follows):
    assert consequences(opened().entry(key(number)).row, changes) == follows


@pytest.mark.parametrize(
    ("number", "changes", "said"),
    [
        (3, {"reported_figure": "45.6亿元"}, "not proven in its place: '45.6亿元' pairs with '规模工业总产值', not with '税收'"),
        (3, {"reported_term": "工业总产值"}, "not proven in its place: '1.2亿元' pairs with '税收', not with '工业总产值'"),
        (3, {"value_type": "forecast"}, "not proven in its place: no word of a forecast stands before '1.2亿元' in its sentence"),
        (3, {"population": "everybody"}, "population: 'everybody' is not allowed; expected one of park, industry"),
        (3, {"indicator": "enterprises"}, "reported_figure: '1.2亿元' is in CNY, but a level of enterprises is in count"),
        (3, {"period_end": "2021-02-30"}, "period_end: '2021-02-30' is not allowed; expected a date such as 2019-12-31"),
        (3, {"note": "=1+1"}, "note: '=1+1' would run as a formula in a spreadsheet; begin the cell with another character"),
        (3, {"population": "park"}, "nothing is changed in this row; accept it as it is"),
    ],
)  # fmt: skip
def test_what_is_not_valid_or_not_borne_out_is_refused_and_nothing_is_written(opened, folder, number, changes, said):
    before = rows(folder)
    with pytest.raises(RefusedError) as refused:
        opened().correct(key(number), changes)
    assert str(refused.value).startswith(said)
    assert rows(folder) == before
    assert not (folder / "review.csv").exists()


def test_no_row_is_rejected_without_a_reason_nor_a_whole_before_its_parts(opened, folder):
    review = opened()
    for reason in ("", " ", "=cmd", "<b>no</b>"):
        with pytest.raises(RefusedError, match="say in a few plain words why the figure is no row"):
            review.reject(key(1), reason)
    review.correct(key(9), {"part_of": key(8), "value_type": rows(folder)[key(8)]["value_type"]}, unproven=True)
    assert rows(folder)[key(9)]["split"] == "some"
    with pytest.raises(RefusedError, match=f"{key(8)} is the whole of {key(9)}; take it out of their part_of first"):
        review.reject(key(8), "no")


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("3公里", "is no figure: unknown unit"),
        ("实现工业总产值60亿元", "is no figure"),
        ("文件。\n三、明年打算\n力争", "is no part of one line"),
        ("2021年", "is no figure"),
    ],
)
def test_what_is_selected_must_be_a_figure_of_a_paragraph(opened, figure, said):
    review = opened()
    with pytest.raises(Exception, match=said):
        review.propose(span(review, figure))


def test_undo_and_redo_outlive_the_kernel_and_leave_the_file_as_it_was(opened, folder):
    before = (folder / "observations.csv").read_bytes()
    review = opened()
    review.accept([key(1), key(2)])
    review.correct(key(3), {"population": "unstated"})
    review.reject(key(9), "one project")
    after = (folder / "observations.csv").read_bytes()
    for _ in range(3):
        opened().undo()
    assert (folder / "observations.csv").read_bytes() == before
    assert set(state(opened()).values()) == {"proposed"}
    with pytest.raises(RefusedError, match="there is nothing to undo"):
        opened().undo()
    for _ in range(3):
        opened().redo()
    assert (folder / "observations.csv").read_bytes() == after
    assert [state(opened())[key(n)] for n in (1, 2, 3, 9)] == ["accepted", "accepted", "corrected", "rejected"]
    opened().undo()
    opened().accept([key(4)])
    with pytest.raises(RefusedError, match="there is nothing to redo"):
        opened().redo()


def test_whoever_is_stopped_between_the_two_files_finds_the_decision_carried_out(opened, folder, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr("parkstudy.recorder.state.write", stop)
        with pytest.raises(KeyboardInterrupt):
            opened().reject(key(9), "one project")
    assert key(9) in rows(folder)  # the log has it, the table not yet
    assert state(opened())[key(9)] == "rejected"
    assert key(9) not in rows(folder)


def test_a_look_of_another_review_waits_for_a_decision_that_is_being_taken(opened, folder, monkeypatch):
    one, other, append, looking = opened(), opened(), decided.append, []

    def between(*given):
        size = append(*given)
        looking.append(Thread(target=other.refresh))
        looking[0].start()
        looking[0].join(0.2)
        return size

    with monkeypatch.context() as slowly:
        slowly.setattr(decided, "append", between)
        one.reject(key(9), "one project")
    looking[0].join()
    assert key(9) not in rows(folder)
    assert state(one)[key(9)] == state(opened())[key(9)] == "rejected"
    opened().undo()
    assert key(9) in rows(folder)


def test_a_disk_that_fills_up_in_the_middle_of_a_decision_leaves_none_of_it(opened, folder, monkeypatch):
    review = opened()
    review.accept([key(1)])
    before = (folder / "review.csv").read_bytes()

    def full(file):
        os.ftruncate(file, len(before) + 300)  # one line and a half
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as closed:
        closed.setattr(os, "fsync", full)
        with pytest.raises(RefusedError, match=r"review\.csv cannot be written.*nothing was decided"):
            review.accept([key(2), key(3), key(4)])
    assert (folder / "review.csv").read_bytes() == before
    assert [state(opened())[key(n)] for n in (1, 2, 3)] == ["accepted", "proposed", "proposed"]


def test_a_draft_and_a_review_of_one_folder_give_no_number_twice(opened, drafted, folder, monkeypatch):
    table = folder / "observations.csv"
    table.write_bytes(b"".join(table.read_bytes().splitlines(keepends=True)[:-1]))  # so that the draft has a row to add
    (folder / "draft.csv").unlink()
    review, checked, adding = opened(), drafting._checked, []
    where = span(review, "1.5亿元")

    def add():
        with suppress(RefusedError):  # the draft has a row of it by then
            review.add(where, review.propose(where).row)

    def between(*given):
        found = checked(*given)
        adding.append(Thread(target=add))
        adding[0].start()
        adding[0].join(0.2)
        return found

    monkeypatch.setattr(drafting, "_checked", between)
    draft([drafted / "texts" / f"{SOURCE}.txt"], folder)
    adding[0].join()
    lines = [line.split(",")[0] for line in table.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len(set(lines)) == 1 + 14


def test_a_table_that_is_a_link_stays_one_and_keeps_who_may_read_it(opened, folder, tmp_path):
    table = (folder / "observations.csv").rename(tmp_path / "elsewhere.csv")
    table.chmod(0o640)
    (folder / "observations.csv").symlink_to(table)
    opened().reject(key(9), "one project")
    assert (folder / "observations.csv").is_symlink()
    assert table.stat().st_mode & 0o777 == 0o640
    assert key(9) not in table.read_text(encoding="utf-8")
    assert not [*tmp_path.glob(".*.new"), *folder.glob(".*.new")]


def test_an_id_that_stands_in_a_table_is_not_added_again(folder):
    table = (folder / "observations.csv").read_bytes()
    with pytest.raises(NotEditedError, match=f"'{key(3)}' stands in observations.csv by now; nothing was changed"):
        edited(table, "observations", added=[{"observation_id": key(3)}])


def test_half_a_line_of_the_log_was_never_decided(opened, folder):
    opened().accept([key(1)])
    with (folder / "review.csv").open("ab") as file:
        file.write(b"2,2026-01-01T00:00:00Z,qinghe-2021,accept,qinghe-20")
    opened().accept([key(2)])
    assert [state(opened())[key(n)] for n in (1, 2)] == ["accepted", "accepted"]
    assert [one.number for one in decided.read(folder)] == [1, 2]


def test_a_table_that_cannot_be_written_leaves_no_decision(opened, folder, monkeypatch):
    review = opened()

    def held(*_):
        raise PermissionError("the file is open in another program")

    with monkeypatch.context() as closed:
        closed.setattr("parkstudy.recorder.state.write", held)
        with pytest.raises(RefusedError, match=r"observations\.csv cannot be written"):
            review.reject(key(9), "one project")
    assert state(review)[key(9)] == state(opened())[key(9)] == "proposed"
    assert not decided.read(folder)


@pytest.mark.parametrize(
    ("subject", "parts_of", "used", "found"),
    [
        ("zone:乙片区", {}, ["park", "zone:1"], ("zone:2", {"zone:2": "乙片区"})),  # a row has it, without a name
        ("zone:甲 片區+甲片区", {"zone:1": "甲片区"}, [], ("zone:1+1", {})),
        ("firm:甲厂+丙厂", {"firm:2": "甲厂"}, ["firm:3+4"], ("firm:2+5", {"firm:5": "丙厂"})),
    ],
)
def test_a_part_has_one_number_and_a_number_one_part(subject, parts_of, used, found):
    assert parts.numbered(subject, parts_of, used) == found


def test_a_part_that_the_text_gives_has_no_number_of_one_without_a_name():
    assert parts.placed({"zone:3": "丙"}, ["zone:1", "firm:1+2", "park"]) == {
        "zone:1": "zone:1", "zone:2": "zone:2", "zone:3": "丙", "firm:1": "firm:1", "firm:2": "firm:2",
    }  # fmt: skip


def test_names_of_parts_are_written_with_their_decision_or_not_at_all(opened, folder, monkeypatch):
    review, table = opened(), folder / "subjects.csv"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def held(*_):
        raise PermissionError("the file is open in another program")

    for module in ("record.begin", "recorder.state"):  # first the table of names, then that of rows
        with monkeypatch.context() as closed:
            closed.setattr(f"parkstudy.{module}.write", held)
            with pytest.raises(RefusedError, match=r"cannot be written .*: nothing was decided"):
                review.correct(key(9), {"subject": "group:重大项目"})
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    review.correct(key(9), {"subject": "group:重大项目"})
    named = table.read_text(encoding="utf-8")
    assert named.endswith(f"{SOURCE},group:1,重大项目,group 1\n")
    review.undo()
    with monkeypatch.context() as stopped:
        stopped.setattr("parkstudy.recorder.state.write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            review.redo()
    table.write_bytes(before[table.name])  # whoever carries it out later names the part, too
    assert opened().rows[key(9)]["subject"] == "group:1"
    assert table.read_text(encoding="utf-8") == named


def test_a_name_that_is_there_is_not_written_again_and_a_short_row_is_left(opened, folder):
    review, table = opened(), folder / "subjects.csv"
    review.correct(key(9), {"subject": "group:重大项目"})
    named = table.read_bytes()
    review.undo()
    table.write_bytes(named + f"{SOURCE},zone:9\n".encode())  # by another program
    review.redo()
    assert table.read_bytes() == named + f"{SOURCE},zone:9\n".encode()
    review.undo()
    assert f"{SOURCE},zone:9\n" in table.read_text(encoding="utf-8")
    assert "重大项目" not in table.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_to_takes_no_decision(opened, folder, monkeypatch):
    review = opened()
    before = (folder / "observations.csv").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as closed:
        closed.setattr(decided, "append", full)
        with pytest.raises(
            RefusedError, match=r"review\.csv cannot be written \(.*No space left.*\): nothing was decided"
        ):
            review.reject(key(9), "one project")
    assert (folder / "observations.csv").read_bytes() == before
    review.reject(key(9), "one project")


def edit(folder: Path, observation: str, **cells: str) -> None:
    """Another program's edit: a spreadsheet that writes the table anew, with its own ends of lines."""
    found = rows(folder)
    found[observation] |= cells
    out = io.StringIO()
    writer = csv.DictWriter(out, list(found[observation]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(found.values())
    (folder / "observations.csv").write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())


def test_what_another_program_writes_meanwhile_is_kept_and_no_decision_goes_over_it(opened, folder):
    review = opened()
    seen = dict(review.entry(key(3)).row)
    review.accept([key(5)])
    edit(folder, key(3), note="looked up")
    edit(folder, key(5), caveats="two_readings")
    with pytest.raises(RefusedError, match=f"{key(3)} was changed by another program while it was shown"):
        review.accept([key(3)], seen)
    assert review.entry(key(3)).row["note"] == "looked up"
    review.reject(key(9), "one project")  # another row: both stand
    assert rows(folder)[key(3)]["note"] == "looked up"
    assert key(9) not in rows(folder)
    assert (folder / "observations.csv").read_bytes().count(b"\r\n") == 14  # in the form of the other program
    assert review.entry(key(5)).elsewhere  # accepted, but not as it is now: to be decided again
    assert review.entry(key(5)).open
    review.correct(key(8), {"caveats": ""})
    edit(folder, key(8), caveats="two_readings")
    with pytest.raises(RefusedError, match="changed by another program since; it stays as it is"):
        review.undo()


@pytest.mark.parametrize("raw", ["观测".encode("gbk"), b"", b"a,b\n1,2\n"])
def test_a_table_that_is_broken_meanwhile_is_not_written(opened, folder, raw):
    review = opened()
    (folder / "observations.csv").write_bytes(raw)
    with pytest.raises(RefusedError, match=r"observations\.csv.*mend it first: nothing was decided"):
        review.accept([key(1)])
    assert (folder / "observations.csv").read_bytes() == raw
    assert not (folder / "review.csv").exists()


def test_two_reviews_of_one_folder_see_each_other(opened, folder):
    one, other = opened(), opened()
    one.accept([key(1)])
    other.reject(key(9), "one project")
    assert one.refresh()
    assert state(one) == state(other)
    one.undo()
    assert key(9) in rows(folder)


def test_a_second_draft_leaves_decided_rows_and_proposes_no_rejected_one_again(opened, drafted, folder):
    review = opened()
    review.correct(key(3), {"population": "unstated"})
    review.reject(key(14), "no target of the park")
    before = rows(folder)
    draft([drafted / "texts" / f"{SOURCE}.txt"], folder)
    assert rows(folder) == before
    again = opened()
    assert [state(again)[key(n)] for n in (3, 14)] == ["corrected", "rejected"]
    assert "rejected by a reader: no target of the park" in (folder / "draft.csv").read_text(encoding="utf-8")


def test_rows_recorded_without_a_draft_are_found_in_the_text(opened, folder):
    (folder / "draft.csv").unlink()
    review = opened()
    assert set(state(review).values()) == {"added"}
    assert [review.script.text[slice(*one.span)] for one in review.entries][:3] == ["45.6亿元", "8.2%", "1.2亿元"]


# texts that are none, and long ones


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "the text is empty"),
        (b" \n\n", "the text is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", "not UTF-8"),
        ("园区产值12亿元。".encode("gbk"), "it reads as GBK"),
        ("园区产值12亿元。".encode("utf-16"), "not UTF-8"),
    ],
)
def test_a_file_that_is_no_text_is_answered_in_words(tmp_path, raw, said):
    (tmp_path / "a.txt").write_bytes(raw)
    with pytest.raises(NoTextError, match=said):
        text_of({"source_id": "a", "sha256": ""}, tmp_path)


def test_a_missing_text_and_an_unknown_source_are_answered_in_words(opened, folder, tmp_path):
    with pytest.raises(NoTextError, match=r"no text of 'qinghe-2021' in .*; put it there as qinghe-2021\.txt"):
        Review(folder, SOURCE, tmp_path)
    with pytest.raises(NoTextError, match="no folder"):
        Review(folder, SOURCE, tmp_path / "nowhere")
    with pytest.raises(RefusedError, match="has no source 'elsewhere'; enter its text: parkstudy draft TEXT --out"):
        Review(folder, "elsewhere", tmp_path)


def test_an_edited_text_is_named_and_only_what_still_fits_is_marked(drafted, folder, tmp_path):
    text = (drafted / "texts" / f"{SOURCE}.txt").read_text(encoding="utf-8")
    (tmp_path / f"{SOURCE}.txt").write_text("新的一行\n" + text, encoding="utf-8")
    review = Review(folder, SOURCE, tmp_path)
    (told,) = review.told
    assert told.startswith(
        f"{SOURCE}: {SOURCE}.txt has another SHA-256 than sources.csv: it was edited since it was entered"
    )
    assert f"put {review.text_sha256} into sources.csv and draft it again" in told
    words = [review.script.text[slice(*one.span)] for one in review.entries]
    assert words == [one.row["reported_figure"] for one in review.entries]


@pytest.mark.parametrize("text", ["没有数字的一段话。\n", "甲园区和乙园区。甲园区产值12亿元,乙园区产值15亿元。\n"])
def test_a_text_without_a_figure_and_one_of_two_parks_can_be_reviewed(tmp_path, text):
    (tmp_path / "two-2021.txt").write_text("2021年工作总结\n" + text, encoding="utf-8")
    draft([tmp_path / "two-2021.txt"], tmp_path / "data")
    review = Review(tmp_path / "data", "two-2021", tmp_path)
    assert review.progress()["decided"] == 0
    assert len(review.marks()) == text.count("亿元") + 1


def test_a_long_text_is_cut_into_pieces_that_lose_nothing():
    line = "园区完成税收1.2亿元,同比增长5%。" * 10_000
    script = Script(f"\ufeff{line}\n\n  一、短的\n{line[:500]}")
    assert max(one.end - one.start for one in script.pieces) <= 1200
    shown = "".join(script.text[one.start : one.end] for one in script.pieces)
    assert shown == script.text.replace("\n", "").replace("  ", "").replace("\ufeff", "")
    assert [script.piece_of(one.start) for one in script.pieces] == list(range(len(script.pieces)))


DECISIONS = st.lists(
    st.tuples(st.sampled_from(["accept", "correct", "reject", "undo", "redo", "edit"]), st.integers(1, 14), st.booleans()),
    max_size=8,
)  # fmt: skip


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DECISIONS)
def test_whatever_is_decided_the_disk_says_what_the_review_says(drafted, tmp_path_factory, decisions):
    folder = Path(shutil.copytree(drafted / "data", tmp_path_factory.mktemp("any") / "data"))
    review = Review(folder, SOURCE, drafted / "texts")
    notes = {}
    for action, number, yes in decisions:
        try:
            if action == "accept":
                review.accept([key(number)])
            elif action == "correct":
                review.correct(key(number), {"caveats": "two_readings" if yes else ""})
            elif action == "reject":
                review.reject(key(number), "no")
            elif action == "edit" and key(number) in rows(folder):
                notes[key(number)] = f"note {len(notes)}"
                edit(folder, key(number), note=notes[key(number)])
            elif action in ("undo", "redo"):
                getattr(review, action)()
        except RefusedError:
            pass
        again = Review(folder, SOURCE, drafted / "texts")
        review.refresh()
        assert state(again) == state(review)
        assert [*again.rows] == [*rows(folder)]
    for one, note in notes.items():
        if one in rows(folder):
            assert rows(folder)[one]["note"] == note


def test_a_row_that_is_right_beside_a_wrong_one_can_be_recorded_unproven_and_stays_a_doubt_until_it_is_proven(
    opened, folder
):
    review = opened()
    review.correct(key(14), {"reported_term": "力争"}, unproven=True)  # then 60亿元 would pair with 工业总产值 still
    assert key(14) in review.against
    doubts = review.progress()["doubts"]
    assert opened().progress()["doubts"] == doubts
    with pytest.raises(RefusedError, match="is not allowed"):
        review.correct(key(14), {"population": "everybody"}, unproven=True)
    review.correct(key(14), {"reported_term": "税收"})
    assert not review.against
    assert review.progress()["doubts"] == doubts - 1


def test_rows_that_nobody_decided_on_are_told_by_every_command_and_counted_like_any_other(opened, folder, capsys):
    review = opened()
    review.accept([key(n) for n in range(1, 12)])
    review.reject(key(12), "no")
    assert decided.undecided(folder) == {SOURCE: (2, 13)}
    main(["check", "--data", str(folder)])
    said = capsys.readouterr()
    how = f"review: parkstudy explore --record {folder} --sources DIR"
    line = f"2 proposed rows not decided on, counted like any other: {SOURCE} 2 of 13; {how}"
    assert said.err.splitlines()[-1] == f"parkstudy: {line}"
    review.accept([key(13), key(14)])
    assert decided.told(folder) == []
    table = (folder / "observations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "observations.csv").write_text("".join(table[:-1]), encoding="utf-8")
    gone = f"1 row that a draft proposed, neither there nor rejected: {key(14)}; draft the text again"
    assert decided.told(folder)[0].startswith(gone)
    (folder / "review.csv").write_text("a,b\n", encoding="utf-8")
    main(["check", "--data", str(folder)])
    assert "review.csv: expected the header number,at,source_id" in capsys.readouterr().err
