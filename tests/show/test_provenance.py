"""Provenance: every number leads, step by step, to printed figures or to a page of reference."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from typing import Any

import exhibit_parts as parts
import polars as pl
import pytest
from exhibit_parts import study_of

import parkstudy
from parkstudy.method.benchmarks import reference_id
from parkstudy.method.study import Study
from parkstudy.record.codes import LANGUAGES, codes
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.figure import Figure
from parkstudy.show.provenance import KINDS, cite, input_name, labels, records
from parkstudy.show.view import View
from parkstudy.words.speech import plain, visible

STUDY = study_of()
VIEWS = {(data, lang): View(study_of(data), lang) for data in parts.FOLDERS for lang in LANGUAGES}
EVERY_VIEW = pytest.mark.parametrize("view", VIEWS.values(), ids=map("-".join, VIEWS))
SIGNS = (
    "<script>alert(1)</script> a & b 'single' \"double\" `back` $x_1$ \\alpha 100 % {0} {{ name }} {% if %} %s 🏭👩\u200d🔬 "
    "abc \u202edcba\u202c \u200f\u05d0\u2066x\u2069 \ue000m-0123456789\ue002forged\ue003\ue004"
)
LONG = "a long name, " * 23 + "x"
HIDDEN = re.compile("[\ue000-\uf8ff\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200f]")


def values(view: View, key: str) -> dict[str, str]:
    """The values of a record by the codes of its labels."""
    record = records(view, [key])[key]
    return dict(zip(codes(f"record_{record['kind']}"), record["values"], strict=True))


# Records


def test_a_kind_of_record_is_labelled_in_both_languages() -> None:
    english, chinese = (labels(View(STUDY, lang)) for lang in LANGUAGES)
    assert list(english) == list(chinese) == list(KINDS)
    assert english["reference"] == ["Value", "Series", "Covers", "Period", "Page", "Inferred", "Note"]
    assert chinese["reference"][:2] == ["数值", "指标"]


def test_a_record_has_everything_it_rests_on_beside_it() -> None:
    (row,) = STUDY.measures.filter(park_id="hengnan", measure="tax_per_output", basis="reported").to_dicts()
    assert list(records(View(STUDY), [row["key"]])) == [row["key"], *row["inputs"]]
    assert len(row["inputs"]) == 2


def test_a_key_that_is_nowhere_has_no_record() -> None:
    assert records(View(STUDY), ["m-0000000000", "nothing", "ref:no/where/2019/2020"]) == {}


def test_a_rate_says_what_is_printed_where_and_what_it_means() -> None:
    assert values(View(STUDY), "hengnan-2019-005") == {
        "printed_term": "工业总产值", "printed_figure": "10.2%",
        "interval": "10.15–10.25 % (half a unit of the last digit either way; a count is exact)",
        "indicator": "Gross industrial output, growth", "park": "Hengnan Industrial Concentration Zone", "part": "",
        "text": "衡南工业集中区2019年度工作总结及2020年度工作思路, 衡南工业集中区管理委员会, 2020-01, "
        "A: complete text on a county government's site, issuer and date shown",
        "place_in_the_text": "一/(一)/p1", "proof": "verified",
        "period": "2019", "population": "whole park", "type": "reported result: done, or in force",
        "status": "provisional value",
        "caveats": "the figure of the year before is not printed; not final when the text was written", "note": "",
        "id": "hengnan-2019-005",
    }  # fmt: skip


def test_a_ratio_says_by_which_rule_it_is_computed_from_what() -> None:
    (row,) = STUDY.measures.filter(park_id="hengnan", measure="tax_per_output", basis="reported").to_dicts()
    found = values(View(STUDY, "zh"), row["key"])
    assert (found["value"], found["interval"], found["period"]) == ("2.18元", "2.07～2.29元", "2019年")
    assert found["rule"].startswith("T1：")


@EVERY_VIEW
def test_the_record_of_an_observation_says_all_that_its_row_holds(view: View) -> None:
    found = records(view, view.rows["observation"])
    names = codes("record_observation")
    for key, row in view.rows["observation"].items():
        record = dict(zip(names, found[key]["values"], strict=True))
        printed = ("reported_term", "reported_figure", "locator", "observation_id")
        shown = ("printed_term", "printed_figure", "place_in_the_text", "id")
        assert record["note"] == visible(view.note(row))
        assert [record[name] for name in shown] == [visible(row[name] or "") for name in printed]
        filled = {
            "proof": key in view.study.proven,
            "part": row["subject"] != "park",
            "status": row["obs_status"] not in (None, "A"),
        }
        assert {name: bool(record[name]) for name in filled} == {name: bool(value) for name, value in filled.items()}
        found_on = [
            f for f in view.study.findings if key in f.observations and f.outcome in ("contradiction", "implausible")
        ]
        assert bool(record["caveats"]) == bool(row["caveats"] or found_on)
        always = ("interval", "indicator", "park", "text", "period", "type", "population")
        assert all(record[name] for name in always), key
        assert found[key]["title"]


@EVERY_VIEW
def test_the_record_of_a_measure_says_all_that_its_row_holds(view: View) -> None:
    found = records(view, view.rows["measure"])
    names = codes("record_measure")
    for key, row in view.rows["measure"].items():
        record = dict(zip(names, found[key]["values"], strict=True))
        assert found[key]["inputs"] == row["inputs"]
        assert set(row["inputs"]) <= set(found)
        assert row["inputs"] or row["reason"], key
        filled = {"area": row["rung"], "grade": row["grade"], "status": row["status"] not in (None, "A")}
        filled["type"] = row["value_type"] and not (row["status"] in ("E", "I") and row["value_type"] == "outturn")
        assert {name: bool(record[name]) for name in filled} == {name: bool(value) for name, value in filled.items()}
        assert bool(record["interval"]) == (row["low"] is not None)
        assert bool(record["flags"]) == bool(row["flags"] or row["reason"])
        assert all(record[name] for name in ("value", "formula", "computed_as", "park", "rule")), key
        assert found[key]["title"]


@EVERY_VIEW
def test_a_reference_has_a_record_with_its_page(view: View) -> None:
    ids = [reference_id(row) for row in view.study.reference.iter_rows(named=True)]
    found = records(view, ids)
    assert set(found) == set(ids)
    assert all(all(record["values"][:5]) for record in found.values())


@pytest.mark.parametrize("data", parts.FOLDERS)
def test_a_record_is_filled_alike_in_both_languages(data: str) -> None:
    english, chinese = (
        records(view, [key for kind in KINDS for key in view.rows[kind]])
        for view in (VIEWS[data, lang] for lang in LANGUAGES)
    )
    assert english.keys() == chinese.keys()
    for key, record in english.items():
        other = chinese[key]
        assert (record["kind"], record["inputs"]) == (other["kind"], other["inputs"])
        assert [not value for value in record["values"]] == [not value for value in other["values"]], key


@EVERY_VIEW
def test_no_record_of_an_anonymised_park_holds_a_proper_name_an_address_or_a_date(view: View) -> None:
    hidden = set(view.study.parks.filter(pl.col("anonymised"))["park_id"])
    rows = view.study.parks.filter(~pl.col("anonymised")).to_dicts()
    columns = ("name_zh", "name_en", "county_zh", "county_en", "province_zh", "province_en")
    names = {row[column] for row in rows for column in columns if row[column]}
    ids = view.study.observations.filter(pl.col("park_id").is_in(hidden))["observation_id"].to_list()
    assert ids
    for record in records(view, ids).values():
        said = json.dumps(record, ensure_ascii=False)
        assert not [name for name in names if name in said]
        assert "http" not in said
        assert not re.search(r"\b\d{4}-\d{2}(-\d{2})?\b", record["values"][codes("record_observation").index("text")])


# Keys


def test_a_key_names_one_row_of_all_measures() -> None:
    keys = STUDY.measures["key"].to_list()
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"m-[0-9a-f]{10}", key) for key in keys)


def test_a_key_changes_with_the_figure_behind_it(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="9.75%")
    before, after = (study.measures.to_dicts() for study in (STUDY, parkstudy.load(copy_of_data.folder)))
    changed = [a["inputs"] for a, b in zip(before, after, strict=True) if a["key"] != b["key"]]
    assert changed
    assert all("hengnan-2019-005" in inputs for inputs in changed)


# Citations


def cited(lang: str, keys: list[str]) -> list[str]:
    return [plain(line) for line in cite(View(STUDY, lang), keys)]


def test_sources_are_cited_in_the_order_of_the_study_with_date_and_grade() -> None:
    inputs = ["anon-2020-2020-003", "shuangpai-2017-018", "hengnan-2019-005", "hengnan-2019-004"]
    assert cited("en", inputs) == [
        "衡南工业集中区2019年度工作总结及2020年度工作思路 (2020-01, grade A)",
        "双牌工业集中区2017年工作总结及2018年工作打算 (2017-12-29, grade A)",
        "Anonymised park (2020) (grade C)",
    ]
    assert cited("zh", inputs)[1:] == [
        "双牌工业集中区2017年工作总结及2018年工作打算（2017-12-29，A级）",
        "匿名园区（2020）（C级）",
    ]


def test_nothing_used_is_nothing_cited() -> None:
    assert cited("en", []) == cited("en", ["m-0000000000"]) == []


@pytest.mark.parametrize("official", [True, False])
def test_a_page_of_reference_is_cited_once_and_linked_where_it_is_official(official: bool) -> None:
    row = STUDY.reference.filter(official=official).drop_nulls("source_title").row(0, named=True)
    (line,) = cite(View(STUDY), [reference_id(row)] * 2)
    assert plain(line) == f"{row['source_title']} ({'official page' if official else 'read in a repost'})"
    assert re.findall('href="([^"]*)"', line) == ([row["source_url"]] if official else [])
    record = records(View(STUDY), [reference_id(row)])[reference_id(row)]
    assert record.get("url") == (row["source_url"] if official else None)


def test_the_address_of_a_text_stands_behind_its_figures_where_it_is_official() -> None:
    urls = dict(STUDY.sources.filter("official").select("source_id", "url").iter_rows())
    found = records(View(STUDY), STUDY.observations["observation_id"])
    for key, source in STUDY.observations.select("observation_id", "source_id").iter_rows():
        assert found[key].get("url") == urls.get(source), key
    assert any(urls.values())


def test_pages_of_reference_are_cited_in_the_order_in_which_they_are_used() -> None:
    rows = STUDY.reference.unique("source_title", keep="first", maintain_order=True).drop_nulls("source_title")
    keys = [reference_id(row) for row in rows.head(12).iter_rows(named=True)]
    lines = cited("en", keys)
    assert [line.rpartition(" (")[0] for line in lines] == rows.head(12)["source_title"].to_list()
    assert cited("en", keys[::-1]) == lines[::-1]


def test_an_input_is_named_by_its_place_or_by_its_scope_and_months() -> None:
    view = View(STUDY)
    assert input_name(view, "hengnan-2019-005") == "10.2% (一/(一)/p1)"
    row = STUDY.reference.filter(scope="national").row(0, named=True)
    assert f"({row['scope']}, " in input_name(view, reference_id(row))


# Whatever a name or a note holds


@cache
def hostile(bad: str) -> Study:
    """The study with names and notes that hold `bad`, past the checks of the loader."""
    study = STUDY.only("")
    names = {"name_zh": "甲", "name_en": "A ", "county_zh": "乙", "county_en": "B "}
    return replace(
        study,
        parks=_edited(study.parks, "hengnan", **{column: name + bad for column, name in names.items()}),
        observations=_edited(study.observations, "hengnan-2019-005", note=f"N {bad}", reported_term=f"R {bad}"),
        sources=_edited(study.sources, "hengnan-2019", title=f"T {bad}"),
    )


def _edited(frame: pl.DataFrame, key: str, **cells: str) -> pl.DataFrame:
    here = pl.col(frame.columns[0]) == key
    return frame.with_columns(
        pl.when(here).then(pl.lit(cell)).otherwise(pl.col(name)).alias(name) for name, cell in cells.items()
    )


def assert_is_text(study: Study, lang: str, keys: list[str], bad: str) -> None:
    show = viewer(study, lang)
    for key in keys:
        made = show(key, **({"park": "hengnan"} if "park" in CATALOGUE[key].takes else {}))
        assert "<script" not in made.body
        assert not re.search(r"&amp;(amp|lt|gt|quot|#\d+);", made.body)  # escaped once
        spoken = json.dumps(dict(made.records), ensure_ascii=False)
        assert not HIDDEN.search(made.body + spoken)
        assert parts.opened(made) - set(made.records) == set()
        if 'class="csv"' in made.body:
            assert not HIDDEN.search("".join(cell for row in parts.file_rows(made) for cell in row))
        assert key != "profile-table" or visible(f"N {bad}") in parts.words(made.body)
    if "profile-table" in keys:
        assert values(View(study, lang), "hengnan-2019-005")["note"].endswith(visible(f"N {bad}"))


WRITTEN = [key for key, entry in CATALOGUE.items() if not isinstance(entry, Figure)]


@pytest.mark.parametrize(
    ("bad", "lang"),
    [
        pytest.param(SIGNS, "en", id="signs", marks=pytest.mark.slow),  # `test_nasty.py` has others, and is fast
        pytest.param(SIGNS, "zh", id="signs in Chinese", marks=pytest.mark.thorough),
        pytest.param(LONG, "zh", id="300 characters", marks=pytest.mark.slow),
    ],
)
def test_whatever_a_name_or_a_note_holds_is_shown_as_text(bad: str, lang: str) -> None:
    assert_is_text(hostile(bad), lang, WRITTEN, bad)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_whatever_a_name_holds_is_drawn_as_text(lang: str) -> None:
    assert_is_text(hostile(SIGNS), lang, ["growth", "areas"], SIGNS)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_verdict_opens_its_comparison_and_that_the_two_values(study: Study, lang: str) -> None:
    view = View(study, lang)
    (tax,) = study.compare.rows("tax_per_output", "shuangpai", "anon-2023", basis="annualised")
    found = records(view, [tax.key])
    record = found[tax.key]
    said = dict(zip(labels(view)["comparison"], record["values"], strict=True))
    expected = {
        "en": (
            "Shuangpai and anon-2023 cannot be told apart",
            "scaled to a full year and as printed: anon-2023 is higher",
        ),
        "zh": ("双牌与匿名园区（2023）无法区分", "折合全年和按原文：匿名园区（2023）较高"),
    }[lang]
    verdict, _, ways, *_ = said.values()
    assert verdict == expected[0]
    assert ways.startswith(expected[1])
    assert len(ways.split("；" if lang == "zh" else "; ")) == tax.cells == 4
    kinds = [found[key]["kind"] for key in record["inputs"]]
    assert kinds == ["measure"] * 3  # one full-year band, and the band and the own forecast of the other park
    assert any(found[key]["kind"] == "observation" for key in found)


def test_a_comparison_that_is_refused_opens_the_printed_figures(study: Study) -> None:
    (tax,) = study.compare.rows("tax_per_output", "hengnan", "hengshan", basis="annualised")
    record = records(View(study, "en"), [tax.key])[tax.key]
    assert record["values"][0] == "Hengnan and Hengshan are not compared"
    assert "not output" in record["values"][5]
    assert set(record["inputs"]) == set(tax.inputs)


def test_a_printed_rate_has_no_formula_of_one_at_constant_prices() -> None:
    rows = STUDY.measures.filter(pl.col("low").is_not_null(), measure="gross_industrial_output_growth").to_dicts()
    found = {row["price"]: values(View(STUDY), row["key"])["formula"] for row in rows}
    assert found["nominal"] == "printed; not computed; its range is that of the printed digits"
    assert "producer prices" in found["real"]
