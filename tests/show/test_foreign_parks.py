"""Six parks that are none of the shipped ones: what their exhibits say, and what they must not say."""

from __future__ import annotations

import re
from pathlib import Path

import foreign_parks
import polars as pl
import pytest
from exhibit_parts import said, sentences

from parkstudy.method.study import Study, load
from parkstudy.record.shipped import shipped_folder
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.exhibit import Exhibit
from parkstudy.show.figure import Figure
from parkstudy.show.select import growth, land
from parkstudy.show.tables import said_findings
from parkstudy.show.view import View
from parkstudy.words.speech import plain

pytestmark = pytest.mark.slow

WORDS = [key for key, entry in CATALOGUE.items() if not isinstance(entry, Figure)]
NOTHING = re.compile(
    r"(?<![\d.,])0 (?!of|%)[a-z]+|(?<![\d.,])0[个份项种对](?!百分点)|\bNone\b|\b1 times\b|(?<![\d.])1倍"
)


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return foreign_parks.foreign(tmp_path_factory.mktemp("foreign"))


def shown(study: Study, key: str, lang: str) -> Exhibit:
    given = {"park": study.park_ids()[0]} if "park" in CATALOGUE[key].takes else {}
    return viewer(study, lang)(key, **given)


def words(exhibit: Exhibit) -> str:
    return re.sub(r"<[^>]+>", " ", exhibit.body)


BOTH = pytest.mark.parametrize("lang", ["en", "zh"])


@BOTH
def test_no_exhibit_names_a_shipped_park_or_shows_an_id_for_a_name(six: Study, lang: str) -> None:
    shipped = load(shipped_folder())
    names = {
        name
        for view in (View(shipped, "en"), View(shipped, "zh"))
        for name in (*view.names.values(), *view.full_names.values())
    }
    foreign = re.compile("|".join(map(re.escape, [*names, *shipped.all_parks, *six.all_parks])))
    for key in WORDS:
        found = foreign.findall(words(shown(six, key, lang)))
        assert not found, key


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_not_there_is_said_in_words(six: Study, lang: str) -> None:
    for key in ("statements-table", "cells", "outside", "context", "figures", "statements-takeaways"):
        found = NOTHING.findall(words(shown(six, key, lang)))
        assert not found, key


def test_an_implied_plan_has_the_unit_of_what_was_done(six: Study) -> None:
    plans = six.measures.filter(measure="implied_plan").drop_nulls("low")
    view = View(six)
    said = [(row["unit"], view.amount(row)) for row in plans.iter_rows(named=True)]
    assert said == [
        ("count", "5.00"), ("CNY", "221.7 million yuan"), ("mu", "800 mu"), ("person", "12.5 thousand people"),
    ]  # fmt: skip
    arithmetic = said_findings(view, [f for f in six.findings if f.check == "A11"])["arithmetic"]
    assert [plain(one).partition(" = ")[2] for one in arithmetic] == [
        "a plan of 4.98–5.03, which is not printed",
        "a plan of 2.211–2.223 亿元, which is not printed",
        "a plan of 794–806 mu, which is not printed",
        "a plan of 11,900–13,100 people, which is not printed",
    ]


def test_rates_on_other_months_are_named_once(six: Study) -> None:
    said = words(shown(six, "growth-notes", "en"))
    assert said.count("different numbers of months") == 1
    for lang, once in (("en", "this is no ranking"), ("zh", "不表示名次")):
        facts = {**growth.board(six, "nominal").facts, "height": 6}
        caption = CATALOGUE["growth"].words_of(View(six, lang), "caption", facts)
        assert once in caption.lower()
        assert "ther years" not in caption
        assert "年份" not in caption


def test_a_park_with_one_area_is_no_times_as_large_as_itself(six: Study) -> None:
    claim = CATALOGUE["areas"].words_of(View(six), "claim", land.areas(six).facts)
    assert claim == "5 parks with an area; none prints two of different size"


def graded(folder: Path, grade: str) -> Study:
    """The six parks with texts of one grade, empty for none."""
    folder.mkdir()
    foreign_parks.write(folder)
    path = folder / "sources.csv"
    text = re.sub(r",[ABC]?,$", f",{grade},", path.read_text(encoding="utf-8"), flags=re.M)
    path.write_text(text, encoding="utf-8")
    return load(folder).require_faultless()


ANSWERS = (
    "coverage-takeaways",
    "growth-answer",
    "tax-takeaways",
    "land-takeaways",
    "overview-answer",
    "statements-takeaways",
)
NAMED = re.compile(r"[^.。]*(?:anonymised|grade|等级|匿名)[^.。]*")


@BOTH
def test_texts_of_grade_b_stand_in_every_headline_and_others_in_none(tmp_path: Path, lang: str) -> None:
    studies = {grade: graded(tmp_path / f"of{grade}", grade) for grade in ("A", "B", "C", "")}
    answers = {grade: [words(shown(study, key, lang)) for key in ANSWERS] for grade, study in studies.items()}
    assert answers["B"] == answers["A"]
    assert [NAMED.sub("", said) for said in answers[""]] == [NAMED.sub("", said) for said in answers["C"]]
    assert answers["C"] != answers["A"]
    apart = {grade: plain(View(study, lang).say("board.j2", "apart")) for grade, study in studies.items()}
    assert apart[""] == ("Apart: texts that are of no stated grade" if lang == "en" else "另列：未注明等级的材料")
    assert apart["C"] == (
        "Apart: texts that are anonymised, re-posted or cut off" if lang == "en" else "另列：匿名、转载或不完整的材料"
    )


def test_what_rests_on_a_text_of_no_stated_grade_says_so(six: Study) -> None:
    row = six.measures.filter(park_id="heyuan", measure="gross_industrial_output_growth", price="nominal").row(
        0, named=True
    )
    assert (row["grade"], "no_grade" in row["flags"], "grade_c" in row["flags"]) == (None, True, False)
    both = six.compare.rows("gross_industrial_output_growth", "qingtan", "heyuan")
    assert {(one.grade, "no_grade" in one.limits, "grade" in one.limits) for one in both} == {(None, True, False)}
    assert plain(View(six).grade(None)) == "grade not stated"


def test_a_share_of_a_target_names_its_quantity_where_there_are_several(six: Study) -> None:
    english = said(six, "attainment", "claim")
    assert english.startswith("Qingtan Economic Zone, 2021: 105 % of the year's target of projects signed")
    assert "Luoxi High-tech Zone, Jan–Nov 2021: 88 % of the year's target of gross industrial output" in english
    plans = six.measures.filter(pl.col("low").is_not_null(), measure="implied_plan").to_dicts()
    assert [View(six, "zh").measure(row) for row in plans][:2] == [
        "由计划完成比例推算的计划数（新增规模以上企业数）", "由计划完成比例推算的计划数（税收）",
    ]  # fmt: skip


def test_a_profile_says_no_years_that_differ_and_no_parks_of_context_where_there_are_none(six: Study) -> None:
    shown = viewer(six)("facts", park="qingtan").states[0][1]
    assert "Grey: the same figure of other parks, for the same firms. Where no strip stands" in shown


def test_parks_of_one_name_are_told_apart_by_their_ids_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alike = {"heyuan": ("洛溪高新区", "Luoxi High-tech Zone", *foreign_parks._PARKS["heyuan"][2:])}
    monkeypatch.setattr(foreign_parks, "_PARKS", foreign_parks._PARKS | alike)
    view = View(foreign_parks.foreign(tmp_path), "zh")
    assert {view.full_names[park] for park in ("luoxi", "heyuan")} == {"洛溪高新区（luoxi）", "洛溪高新区（heyuan）"}
    assert view.full_names["nanshan"] == "南山园区"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_decision_of_the_overview_and_of_the_statements_is_one_of_compare(six: Study, lang: str) -> None:
    known = {one.key for one in six.compare.rows()}
    for key, at_least in (("overview-answer", 7), ("pairs", 32)):
        opened = set(re.findall(r'data-opens="(c/[^"]+)"', shown(six, key, lang).body))
        assert len(opened) >= at_least, key
        assert opened <= known, key


def test_sums_of_a_small_study_are_on_a_scale_of_their_own_and_one_for_all(tmp_path: Path) -> None:
    foreign_parks.write(tmp_path)
    path = tmp_path / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("亿元", "万元"), encoding="utf-8")
    small, measure = load(tmp_path), "gross_industrial_output_level"
    rows = small.measures.filter(measure=measure, basis="reported", value_type="outturn")
    said = {lang: [View(small, lang).amount(row) for row in rows.iter_rows(named=True)] for lang in ("en", "zh")}
    assert (said["en"][:2], said["zh"][:2]) == (["951.3 thousand yuan", "952 thousand yuan"], ["95.13万元", "95.2万元"])
    assert all(one.endswith(" thousand yuan") for one in said["en"])
    assert View(small).unit(measure) == "thousand yuan"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "does not tell Qingtan Economic Zone and Baishi Industrial Park apart; over a full year it is higher in Luoxi High-tech "
               "Zone than in Qingtan Economic Zone; it is higher in Luoxi"),
        ("zh", "青滩经济开发区与白石产业园无法区分；折合全年，洛溪高新区高于青滩经济开发区；洛溪高新区高于白石产业园。"),
    ],
)  # fmt: skip
def test_a_sentence_on_several_pairs_says_where_the_months_change(six: Study, lang: str, told: str) -> None:
    assert told in sentences(viewer(six, lang)("tax-takeaways"))[1]


def test_where_all_pairs_are_ordered_it_says_all(six: Study) -> None:
    assert "All three pairs can be ordered;" in words(shown(six, "growth-answer", "en"))
    assert "两两比较共3对，均可分出高低；" in words(shown(six, "growth-answer", "zh"))
    assert "Growth of industrial output gives an order in 3 of 3 comparisons, tax per 100 yuan" in words(
        shown(six, "statements-takeaways", "en")
    )
