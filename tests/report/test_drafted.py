"""What is a draft that nobody has decided on: said by every page and index, which are out of date once it is decided."""

from __future__ import annotations

from typing import Any

import pytest

import parkstudy
from parkstudy.record import decided
from parkstudy.record.decided import Decision
from parkstudy.report.calls import Call
from parkstudy.report.index import index
from parkstudy.report.rows import PAGE, Rows
from parkstudy.show.view import View
from parkstudy.words.speech import FOLDER

pytestmark = pytest.mark.slow

SOURCE = "hengnan-2019"
ROWS = (f"{SOURCE}-005", f"{SOURCE}-006")
SAID = {"en": "2 recorded rows of th", "zh": "2条记录为草稿，尚未经人工核对。"}
BESIDE = {
    "en": "2 of the {n} figures here are a draft that nobody has checked.",
    "zh": "此处{n}个数据中有2个为草稿，尚未经人工核对。",
}
LACKS = {
    "en": ("the text reports no such figure", "the record has no such figure"),
    "zh": ("材料未列示该数据", "本研究未收录该数据"),
}


def answer(study: Any, lang: str, park: str = "") -> str:
    """The answer of a page, of one park where one is named."""
    view = parkstudy.viewer(study, lang)
    return str((view("profile-takeaways", park=park) if park else view("growth-answer")).body)


@pytest.fixture
def folder(copy_of_data: Any) -> Any:
    """The shipped data, two rows of which are a draft."""
    lines = [f"proposed,{row},{SOURCE}" for row in ROWS]
    (copy_of_data.folder / "draft.csv").write_text("\n".join(["state,observation_id,source_id", *lines, ""]), "utf-8")
    return copy_of_data.folder


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_and_an_index_say_how_many_rows_are_a_draft_until_they_are_decided(folder: Any, lang: str) -> None:
    study = parkstudy.load(folder)
    pages = [Call("sources", {}, lang, ()), Call("sources", {}, lang, (("only", "hengshan", "latest"),))]
    before, text = Rows(study).every(pages, lang, {}, []), index([], View(study, lang), "data.zip")
    assert SAID[lang] in parkstudy.viewer(study, lang)("sources").body
    assert SAID[lang] not in parkstudy.viewer(study.only("hengshan"), lang)("sources").body
    assert SAID[lang] in text
    assert BESIDE[lang].format(n=study.observations.filter(kind="work_summary").height) in answer(study, lang)
    assert BESIDE[lang][-9:] not in answer(study.only("hengshan"), lang)
    assert BESIDE[lang].format(n=study.observations.filter(source_id=SOURCE).height) in answer(study, lang, "hengnan")
    assert BESIDE[lang][-9:] not in answer(study, lang, "hengshan")
    assert View(study, lang).text("reason", "not_reported") == LACKS[lang][1]
    assert View(study.only("hengshan"), lang).text("reason", "not_reported") == LACKS[lang][0]
    said = "".join(path.read_text("utf-8").split("{% block unread %}")[0] for path in (FOLDER / lang).glob("*.j2"))
    held = said + (FOLDER / "codes.csv").read_text("utf-8")
    assert [one for one, _ in View(study, lang).unread if one not in held] == []
    decided.append(folder, [Decision(1, "", SOURCE, "accept", row) for row in ROWS])
    after = Rows(study).every(pages, lang, {}, [])
    assert {name for name in after if after[name] != before[name]} == {pages[0].name, PAGE}
    assert BESIDE[lang][-9:] not in answer(study, lang)
    assert View(study, lang).text("reason", "not_reported") == LACKS[lang][0]
    assert SAID[lang] not in parkstudy.viewer(study, lang)("sources").body + index([], View(study, lang), "data.zip")
