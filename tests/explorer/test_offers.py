"""What is offered: who prints what, which values a measure refuses and by which rule, the questions, the view made again."""

from __future__ import annotations

import json
import os
import re
import shlex
from dataclasses import asdict
from pathlib import Path

import pytest
from cases import every
from explorer_sessions import chosen, session, values
from foreign_parks import foreign
from markupsafe import Markup

from parkstudy.explorer import again
from parkstudy.explorer.choice import Choice
from parkstudy.explorer.held import Held
from parkstudy.record.codes import codes
from parkstudy.report import build
from parkstudy.report.parameters import declared
from parkstudy.report.run import stored
from parkstudy.show.asked import ASKED
from parkstudy.show.catalogue import viewer
from parkstudy.show.digest import undrawn

pytestmark = pytest.mark.usefixtures("undrawn")


def items(one) -> dict[str, dict[str, object]]:
    return {item["key"]: item for group in one.panel("left")["measures"] for item in group["items"]}


def test_measures_stand_in_groups_with_what_they_are_and_how_many_parks_print_them(study) -> None:
    one = session()
    assert [group["name"] for group in one.panel("left")["measures"]] == ["Growth", "Tax", "Land", "Coverage"]
    found = items(one)
    assert found["tax_per_output"]["count"] == "3 of 5 parks have a value"
    assert found["tax_per_output"]["about"] == "yuan of tax for every 100 yuan of reported output"
    assert found["coverage"]["count"] == "5 of 5 parks have a text"
    assert not found["gross_industrial_output_level_change"]["there"]
    given = study.only("", "latest").measures.drop_nulls("low")
    for key, item in found.items():
        if ASKED[key].measure:
            assert item["n"] == given.filter(measure=key)["park_id"].n_unique()


def test_counts_are_of_the_parks_and_the_year_that_are_chosen() -> None:
    assert items(session(parks="hengnan,hengshan"))["tax_per_output"]["count"] == "1 of 2 parks has a value"
    assert items(session(year="2017"))["tax_per_output"]["n"] == 1
    assert items(session(measure="tax_per_area"))["tax_per_area"]["count"] == (
        "3 of 5 parks have a value, 2 with what is chosen below"
    )
    assert items(session(parks="none"))["tax_per_output"]["count"] == "No park is chosen."
    assert items(session(lang="zh"))["tax_per_output"]["count"] == "5个园区中3个有数值"


def test_a_park_that_prints_nothing_of_it_says_why() -> None:
    parks = {park["id"]: park for park in session(measure="tax_per_output").panel("left")["parks"]}
    assert parks["hengnan"] | {"full": ""} == {
        "id": "hengnan", "name": "Hengnan", "full": "", "role": "core", "colour": "park-1", "on": True, "why": "",
        "also": "衡南工业集中区 衡南县",
    }  # fmt: skip
    assert parks["hengshan"]["why"].startswith("the text reports revenue from technology, industry and trade")
    assert parks["xintian"]["role"] == "context"
    assert parks["xintian"]["colour"] == "mark"
    assert parks["anon-2023"]["also"] == "匿名园区（2023）"
    late = {park["id"]: park["why"] for park in session(year="2019").panel("left")["parks"]}
    assert late["hengshan"] == "no text of 2019"


def test_groups_of_parks_are_offered_where_they_part_them() -> None:
    assert session().panel("left")["groups"] == [
        {"value": "group:province_en=Hunan", "name": "Province: Hunan", "n": 3}
    ]
    (group,) = session(lang="zh").panel("left")["groups"]
    assert group["name"] == "省份：湖南省"
    one = session()
    chosen(one, parks=group["value"])
    assert one.panel("left")["group"] == group["value"]
    assert [park["id"] for park in one.panel("left")["parks"] if park["on"]] == ["hengnan", "hengshan", "shuangpai"]


@every(
    ("measure", "name", "value", "why"),
    [
        ("industrial_value_added_growth", "price", "real", "the published rate is at constant prices already"),
        ("tax_revenue_growth", "price", "real", "only the growth of output and revenue is put at constant prices"),
        ("gross_industrial_output_growth", "price", "real", ""),
        ("operating_revenue_level", "basis", "annualised", "the method has no share of a year for these months"),
        ("tax_per_output", "basis", "annualised", ""),
        ("tax_per_area", "rung", "approved", "no chosen text prints both this and such an area"),
        ("tax_per_area", "rung", "total", ""),
        ("taxpayer_concentration", "reading", "each", ""),
        ("tax_per_area", "year", "2020", "no chosen park prints this in 2020"),
        ("tax_per_area", "year", "2019", ""),
    ],
)
def test_a_value_that_a_measure_refuses_has_its_rule_in_words(measure: str, name: str, value: str, why: str) -> None:
    assert values(session(measure=measure), name)[value] == why


def test_what_is_refused_hangs_on_the_chosen_parks() -> None:
    one = session(measure="taxpayer_concentration", parks="hengnan")
    assert values(one, "reading")["each"] == "" or "two readings" in values(one, "reading")["each"]
    two = session(measure="tax_per_area", parks="hengnan,shuangpai")
    assert values(two, "rung")["total"] == "no chosen text prints both this and such an area"
    assert values(two, "year")["2023"] == "no text of the chosen parks ends in 2023"


def test_without_a_price_index_of_the_months_prices_are_refused_by_that_rule(copy_of_data) -> None:
    path = copy_of_data.folder / "reference.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0], *(line for line in lines[1:] if "ppi" not in line.lower())]) + "\n", "utf-8")
    one = session(copy_of_data.folder)
    assert values(one, "price")["real"] == "no producer price index of these months or around them was found"


@pytest.mark.parametrize("lang", codes("lang"))
def test_questions_are_in_the_words_that_readers_see_and_each_can_be_taken(lang: str, study) -> None:
    one = session(lang=lang)
    questions = one.panel("top")["questions"]
    assert len({question["id"] for question in questions}) == len(questions)
    kinds = [question["kind"] for question in questions]
    assert kinds.count("statement") == len(study.decisions)
    assert kinds.count("indicator") > 20
    for question in questions:
        assert question["text"]
        assert question["more"]
        assert not re.search("[a-z]+_[a-z]+", question["text"] + question["more"])
        if lang == "zh" and question["kind"] != "statement":
            assert not re.search("[A-Za-z]{4}", question["text"].replace("GDP", ""))
        assert one.act({"do": "take", "question": question["id"]})["error"] == ""


def test_an_indicator_chooses_its_best_measure_and_a_statement_what_it_declares() -> None:
    one = session()
    one.act({"do": "take", "question": "indicator:gross_industrial_output"})
    assert one.state.choice.measure == "gross_industrial_output_growth"
    for indicator, measure in (
        ("perimeter_area", "areas"),
        ("industrial_investment", "industrial_investment_per_area"),
        ("land_supplied", "figures"),
    ):
        one.act({"do": "take", "question": f"indicator:{indicator}"})
        assert one.state.choice.measure == measure
    one.act({"do": "take", "question": "statement:9"})
    assert one.state.choice == Choice("tax_per_output", parks="hengnan,shuangpai", basis="annualised")


def test_questions_are_found_by_id_by_the_other_language_and_by_printed_terms() -> None:
    for lang in ("en", "zh"):
        also = {one["id"]: one.get("also", "") for one in session(lang=lang).panel("top")["questions"]}
        assert also["indicator:gross_industrial_output"].startswith("gross_industrial_output ")
        assert "規模以上工業總產值" in also["indicator:gross_industrial_output"]
        assert "規模以上工業總產值" in also["measure:gross_industrial_output_growth"]
        assert ("亩" if lang == "en" else "per mu") in also["measure:tax_per_area"]


def test_commands_give_what_differs_and_name_the_notebook_that_is_there() -> None:
    one = session(measure="tax_per_output", basis="annualised", parks="hengnan,shuangpai", lang="zh")
    report, papermill, python = (command["text"] for command in one.panel("bottom")["commands"])
    assert shlex.split(report) == [
        "parkstudy", "report", "90-explorer", "-p", "measure", "tax_per_output", "-p", "parks", "hengnan,shuangpai",
        "-p", "basis", "annualised", "--lang", "zh",
    ]  # fmt: skip
    assert Path(shlex.split(papermill)[1]).is_file()
    assert "-r basis annualised" in papermill
    assert os.path.isabs(shlex.split(papermill)[1])
    compile(python, "view", "exec")
    assert "explore('tax_per_output', parks='hengnan,shuangpai', basis='annualised', lang='zh')" in python
    assert session(parks="none").panel("bottom")["commands"] == []


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(
            "tax_per_area", parks="group:province_en=Hunan", basis="annualised", rung="expanded", year="2019", lang="zh"
        ),
        Choice("taxpayer_concentration", reading="each"),
        Choice("gross_industrial_output_growth", price="real", year="all"),
        Choice("industrial_value_added_growth", parks="shuangpai,zibo-high-tech"),
        Choice("comparability"),
    ],
)
def test_commands_run_as_they_stand(choice: Choice) -> None:
    one = session(**asdict(choice))
    report, papermill, python = (command["text"] for command in one.panel("bottom")["commands"])
    words = shlex.split(report)
    given = dict(zip(words[words.index("-p") + 1 :: 3], words[words.index("-p") + 2 :: 3], strict=False))
    given.pop("lang", None)
    asked = build.asked(["90-explorer"], {k: v for k, v in given.items() if k in asdict(choice)}, lang=choice.lang)
    assert [task.parameters for task in asked] == [
        {name: value for name, value in choice.given.items() if name != "lang" and value != getattr(Choice, name)}
    ]
    known = declared(stored(Path(shlex.split(papermill)[1])))
    assert set(shlex.split(papermill)[4::3]) <= set(known)
    body, shown = python.rstrip().rsplit("\n", 1)
    world: dict[str, object] = {}
    with undrawn():
        exec(body, world)
        assert eval(shown, world).choice.measure == choice.measure
        assert eval(shown, world).answer


@pytest.mark.parametrize(("parks", "order"), [("hengnan,shuangpai", "Hengnan with"), ("", "Hengnan is")])
def test_a_page_of_the_view_says_what_the_view_says_beside_its_claim(parks: str, order: str) -> None:
    choice = Choice("tax_per_area", basis="annualised", rung="control_plan", parks=parks)
    with undrawn():
        made = again.exhibit(Held.of(), choice, ASKED[choice.measure])
    (first, said), *_ = made.states
    assert first["basis"] == "annualised"
    told = Markup(said.partition('<p class="note">')[2].partition("</p>")[0]).striptags()
    assert order in told
    assert "anges overlap, and " in told
    assert "compares documents" in told
    with undrawn():  # what a build compares pages by
        alone = viewer(Held.of().study.only(parks, "latest"), "en")(
            made.entry, **again.parameters(choice, ASKED[choice.measure])
        )
    assert made.digest == alone.digest
    assert "c/tax_per_area/hengnan/shuangpai/nominal/annualised/control_plan" in made.records  # which the order opens


def test_a_choice_that_does_not_act_is_in_no_key_and_no_command_but_comes_back() -> None:
    one = session(measure="tax_per_output", basis="annualised")
    chosen(one, measure="gross_industrial_output_growth")
    assert one.panel("bottom")["key"] == "gross_industrial_output_growth"
    chosen(one, measure="tax_per_output")
    assert one.panel("bottom")["key"] == "tax_per_output&basis=annualised"


def test_a_link_leads_to_a_page_only_where_it_is_there(tmp_path: Path) -> None:
    asked = ASKED["tax_per_output"]
    choice = Choice("tax_per_output", parks="hengnan,shuangpai", basis="annualised")
    pages, here = tmp_path / "reports", tmp_path / "notebooks" / "zh"
    pages.mkdir()
    here.mkdir(parents=True)
    assert again.page(choice, asked, here) is None
    (pages / "30-tax-quality.html").touch()
    found = again.page(choice, asked, here)
    assert found
    assert found["href"] == (
        "../../reports/30-tax-quality.html#tax-per-output&parks=hengnan,shuangpai&basis=annualised"
    )
    own = again.pages(choice, asked)[0]
    (pages / f"{own.stem}.html").touch()
    found = again.page(choice, asked, here)
    assert found
    assert found["href"] == f"../../reports/{own.stem}.html#tax-per-output"
    assert again.page(Choice("tax_per_output", year="2019"), asked, here) is None
    (pages / "30-tax-quality.2019.html").touch()
    found = again.page(Choice("tax_per_output", year="2019"), asked, here)
    assert found
    assert found["href"] == "../../reports/30-tax-quality.2019.html#tax-per-output"


def test_a_page_near_the_folder_of_the_data_is_linked_where_its_manifest_says_that_it_is_of_these(
    tmp_path: Path,
) -> None:
    here, data = tmp_path / "here", tmp_path / "own"
    pages = data / "reports"
    for one in (here, pages):
        one.mkdir(parents=True)
    choice = Choice("tax_per_output", data=str(data))
    (pages / "30-tax-quality.html").touch()
    assert again.page(choice, ASKED["tax_per_output"], here, "abc") is None
    for hash_, there in (("other", False), ("abc", True)):
        told = {"pages": [{"file": "30-tax-quality.html", "data_sha256": hash_}]}
        (pages / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
        found = again.page(choice, ASKED["tax_per_output"], here, "abc")
        assert (found is not None) is there
    assert found
    assert found["href"] == "../own/reports/30-tax-quality.html#tax-per-output"


def test_a_printed_figure_is_found_by_its_digits_and_its_row_and_record_are_shown() -> None:
    one = session()

    def found(text: str) -> list[str]:
        assert one.act({"do": "figures", "text": text})["error"] == ""
        return [question["id"] for question in one.panel("found")["questions"]]

    assert found("45.2")[0] == "figure:shuangpai-2017-018"
    assert found("5.2") == []
    assert found("50.6亿元") == found("５０．６ 亿元") == ["figure:shuangpai-2017-016"]
    assert found("双牌 21%") == found("21 Shuangpai output") == ["figure:shuangpai-2017-019"]
    assert found("growth") == []
    assert found("1 703") == found("1,703") == found("1703") != []
    assert found("500 400") == found("400-500亩") != []
    chosen(one, parks="hengnan")
    reply = one.act({"do": "take", "question": "figure:shuangpai-2017-018"})
    assert reply["error"] == ""
    assert one.state.choice.measure == "gross_industrial_output_growth"
    assert one.state.choice.parks == "hengnan,shuangpai"
    assert one.state.key == "shuangpai-2017-018"
    assert one.panel("found") == {"text": "", "questions": [], "note": ""}


_PLAIN = (
    ("en", "Which park grew fastest?", "measure:gross_industrial_output_growth", ""),
    ("en", "How much tax per mu in Hengnan?", "asked:tax_per_area&parks=hengnan", ""),
    ("en", "Hengnan tax revenue 2019", "asked:tax_revenue_level&year=2019&parks=hengnan", ""),
    ("en", "output growth Hengnan", "asked:gross_industrial_output_growth&parks=hengnan", ""),
    ("en", "real growth", "asked:gross_industrial_output_growth&price=real", ""),
    ("en", "jobs", "indicator:recruits", "The record has no such subject: jobs. Nearest to it:"),
    ("en", "GDP", "indicator:industrial_value_added", "The record has no such subject: GDP. Nearest to it:"),
    ("en", "profits", "measure:operating_revenue_level", "The record has no such subject: profits. Nearest to it:"),
    ("en", "emploees", "indicator:recruits", "The record has no such subject: emploees. Nearest to it:"),
    ("en", "unicorns", "", "The record has no such subject: unicorns."),
    ("zh", "哪个园区增长最快？", "measure:gross_industrial_output_growth", ""),
    ("zh", "衡南和双牌哪个亩均税收高", "asked:tax_per_area&parks=hengnan,shuangpai", ""),
    ("zh", "衡南2019年税收是多少", "asked:tax_revenue_level&year=2019&parks=hengnan", ""),
    ("zh", "就业", "indicator:recruits", "记录中没有“就业”这一内容，相近的有："),
)


def test_plain_questions_find_the_measure_with_the_parks_and_the_year_that_they_name() -> None:
    for lang in codes("lang"):
        one = session(lang=lang)
        for _, text, first, note in (case for case in _PLAIN if case[0] == lang):
            one.act({"do": "figures", "text": text})
            found = one.panel("found")
            assert ([question["id"] for question in found["questions"]] or [""])[0] == first, text
            assert found["note"] == note
            assert not first or one.act({"do": "take", "question": first})["error"] == ""


def test_a_word_leads_to_the_total_before_its_kin() -> None:
    leads = {one["id"]: one["leads"].split("|") for one in session().panel("top")["questions"] if "leads" in one}
    for word, first in (
        ("land", "measure:areas"),
        ("investment", "measure:fixed_asset_investment_level"),
        ("output", "measure:gross_industrial_output_level"),
        ("税收强度", "measure:tax_per_area"),
    ):
        assert [one for one, words in leads.items() if word in words] == [first]


def test_a_park_of_other_data_is_known_by_the_beginning_of_its_name(tmp_path) -> None:
    foreign(tmp_path)
    one = session(tmp_path)
    one.act({"do": "figures", "text": "How much tax per mu in Qingtan?"})
    question = one.panel("found")["questions"][0]
    assert (question["text"], question["more"]) == ("Tax per mu", "Qingtan Economic Zone")
    one.act({"do": "take", "question": question["id"]})
    assert (one.state.choice.measure, one.state.choice.parks) == ("tax_per_area", "qingtan")


def test_every_figure_can_be_taken(study) -> None:
    one = session()
    for key in study.observations["observation_id"]:
        assert one.act({"do": "take", "question": f"figure:{key}"})["error"] == "", key


def test_the_page_that_its_command_makes_is_the_last_and_of_a_measure_without_an_exhibit_the_first() -> None:
    stems = [
        page.stem
        for page in again.pages(Choice("taxpayer_concentration", reading="each"), ASKED["taxpayer_concentration"])
    ]
    assert stems == ["30-tax-quality.each", "90-explorer.taxpayer_concentration.each"]
    (first, *_) = again.pages(Choice("tax_buoyancy", lang="zh"), ASKED["tax_buoyancy"])
    assert first.stem == "90-explorer.zh.tax_buoyancy"
    assert again.pages(Choice(), ASKED[Choice().measure])[-1].stem == "90-explorer"
    assert again.pages(Choice(parks="none"), ASKED[Choice().measure]) == []


def test_of_foreign_parks_and_in_chinese_everything_is_said_and_is_json(tmp_path: Path) -> None:
    foreign(tmp_path)
    for lang in codes("lang"):
        one = session(tmp_path, lang=lang)
        payload = one.act({"do": "start"})["panels"]
        assert json.loads(json.dumps(payload)) == payload
        assert len(payload["left"]["parks"]) == len(one.state.data.offers.printed.study.parks)
        for key in items(one):
            chosen(one, measure=key)
            assert "{" not in json.dumps(one.panel("left"), ensure_ascii=False).replace('{"', "")
