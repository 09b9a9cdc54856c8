"""Provenance: every number of every page leads, step by step, to printed figures or to a page of reference."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from typing import Any

import exhibit_parts as parts
import polars as pl
import pytest
from notebook_cells import NAMES, shown

import parkstudy
from parkstudy.method import growth, land, tax
from parkstudy.method.benchmarks import reference_id
from parkstudy.method.study import Study
from parkstudy.show import tables, takeaways
from parkstudy.show.exhibit import Exhibit
from parkstudy.show.provenance import LABELS, measure_key, records, visible, with_keys

LANGUAGES = ("en", "zh")
NASTY = {
    "script": "<script>alert(1)</script>",
    "quotes": "'single' \"double\" `back`",
    "mathematics": "$x_1$ \\alpha 100 %",
    "braces": "{0} {{ name }} {% if %} %s",
    "emoji": "🏭👩\u200d🔬",
    "right to left": "abc \u202edcba\u202c \u200f\u05d0\u2066x\u2069",
    "marks of old": "\ue000m-0123456789\ue002forged\ue003\ue004",
    "300 characters": "a long name, " * 23 + "x",
}


def frames(study: Study) -> list[pl.DataFrame]:
    """The measures of the study."""
    return [module.measures(study) for module in (growth, tax, land)]


def exhibits(name: str, lang: str) -> list[Exhibit]:
    return [one.exhibit for one in shown(name, lang=lang)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_a_page_has_a_record_down_to_what_is_printed(name: str, lang: str) -> None:
    for exhibit in exhibits(name, lang):
        assert parts.opened(exhibit) - set(exhibit.records) == set()
        for key, record in exhibit.records.items():
            assert set(record["inputs"]) <= set(exhibit.records), key
            assert len(record["values"]) == len(LABELS[record["kind"]]), key
            assert record["title"], key
            assert record["inputs"] or record["kind"] != "measure" or record["values"][5] == "", key


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_the_same_records_in_either_language(name: str) -> None:
    for english, chinese in zip(exhibits(name, "en"), exhibits(name, "zh"), strict=True):
        assert english.records.keys() == chinese.records.keys()
        for key, record in english.records.items():
            other = chinese.records[key]
            assert (record["kind"], record["inputs"]) == (other["kind"], other["inputs"])
            assert [not value for value in record["values"]] == [not value for value in other["values"]], key


def test_a_key_names_one_row_of_all_measures_in_either_language(study: Study) -> None:
    english = [key for frame in frames(study) for key in with_keys(frame)["key"]]
    chinese = [key for frame in frames(replace(study, lang="zh")) for key in with_keys(frame)["key"]]
    assert len(set(english)) == len(english)
    assert english == chinese
    assert all(re.fullmatch(r"m-[0-9a-f]{10}", key) for key in english)


def test_a_key_changes_with_the_figure_behind_it(study: Study, copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="9.75%")
    before, after = (growth.measures(s).to_dicts() for s in (study, parkstudy.load(copy_of_data.folder)))
    changed = [a["inputs"] for a, b in zip(before, after, strict=True) if measure_key(a) != measure_key(b)]
    assert changed
    assert all("hengnan-2019-005" in inputs for inputs in changed)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_record_of_an_observation_says_all_that_its_row_holds(study: Study, lang: str) -> None:
    found = records(replace(study, lang=lang), study.observations["observation_id"])
    labels = [str(label) for label in LABELS["observation"]]
    for row in study.observations.iter_rows(named=True):
        record = dict(zip(labels, found[row["observation_id"]]["values"], strict=True))
        assert record["Printed term"] == row["reported_term"]
        assert record["Printed figure"] == row["reported_figure"]
        assert record["Place in the text"] == (row["locator"] or "")
        assert record["Note"] == visible(row["note"] or "")
        assert record["Id"] == row["observation_id"]
        filled = {"Part": row["subject"] != "park", "Status": row["obs_status"], "Caveats": row["caveats"]}
        assert {name: bool(record[name]) for name in filled} == {name: bool(value) for name, value in filled.items()}
        always = ("Interval", "Indicator", "Park", "Text", "Period", "Type", "Population")
        assert all(record[name] for name in always), row["observation_id"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_record_of_a_measure_says_all_that_its_row_holds(study: Study, lang: str) -> None:
    spoken = replace(study, lang=lang)
    labels = [str(label) for label in LABELS["measure"]]
    for frame in frames(spoken):
        found = records(spoken, with_keys(frame)["key"], frame)
        for row in frame.iter_rows(named=True):
            whole = found[measure_key(row)]
            record = dict(zip(labels, whole["values"], strict=True))
            assert whole["inputs"] == row["inputs"]
            assert bool(record["Interval"]) == (row["low"] is not None)
            assert bool(record["Area"]) == (row["rung"] is not None)
            assert bool(record["Grade"]) == (row["grade"] is not None)
            assert bool(record["Status"]) == (row["status"] is not None)
            assert bool(record["Flags"]) == bool(row["flags"] or row["reason"])
            assert record["Computed as"] == (row["method"] or "")
            assert record["Value"]
            assert record["Formula"]
            assert record["Park"]
            assert record["Rule"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reference_has_a_record_with_its_page(study: Study, lang: str) -> None:
    ids = [reference_id(row) for row in study.reference.iter_rows(named=True)]
    found = records(replace(study, lang=lang), ids)
    assert set(found) == set(ids)
    assert all(all(record["values"][:5]) for record in found.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_record_of_an_anonymised_park_holds_a_proper_name_an_address_or_a_county(study: Study, lang: str) -> None:
    hidden = set(study.parks.filter(anonymised=True)["park_id"])
    rows = study.parks.filter(~pl.col("anonymised")).to_dicts()
    columns = ("name_zh", "name_en", "county_zh", "county_en", "province_zh", "province_en")
    names = {row[column] for row in rows for column in columns if row[column]}
    ids = study.observations.filter(pl.col("park_id").is_in(hidden))["observation_id"].to_list()
    for record in records(replace(study, lang=lang), ids).values():
        said = json.dumps(record, ensure_ascii=False)
        assert not [name for name in names if name in said]
        assert "http" not in said
        assert not re.search(r"\b\d{4}-\d{2}(-\d{2})?\b", " ".join(record["values"][6:7]))


def test_a_key_that_is_nowhere_has_no_record(study: Study) -> None:
    assert records(study, ["m-0000000000", "nothing", "ref:no/where/2019/2020"]) == {}


def awkward_exhibits(study: Study, bad: str, lang: str) -> list[Exhibit]:
    """Tables and takeaways of a study whose names and notes hold `bad`, past the checks of the loader."""
    study = study.only("")
    names = {"name_zh": "甲", "name_en": "A ", "county_zh": "乙", "county_en": "B "}
    study = replace(
        study,
        lang=lang,
        parks=_edited(study.parks, "hengnan", **{column: name + bad for column, name in names.items()}),
        observations=_edited(study.observations, "hengnan-2019-005", note=f"N {bad}", reported_term=f"R {bad}"),
        sources=_edited(study.sources, "hengnan-2019", title=f"T {bad}"),
    )
    rates, taxes = growth.measures(study), tax.measures(study)
    return [
        tables.table_observations(study),
        tables.table_comparability(study),
        tables.table_profile(study, "hengnan"),
        tables.table_sources(study),
        tables.table_growth(study, rates),
        takeaways.takeaways_growth(study, rates),
        takeaways.takeaways_tax(study, taxes),
        takeaways.takeaways_profile(study, "hengnan"),
    ]


def _edited(frame: pl.DataFrame, key: str, **cells: str) -> pl.DataFrame:
    here = pl.col(frame.columns[0]) == key
    return frame.with_columns(
        pl.when(here).then(pl.lit(cell)).otherwise(pl.col(name)).alias(name) for name, cell in cells.items()
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("bad", NASTY.values(), ids=NASTY)
def test_whatever_a_name_or_a_note_holds_is_shown_as_text(study: Study, bad: str, lang: str) -> None:
    made = awkward_exhibits(study, bad, lang)
    for exhibit in made:
        assert "<script" not in exhibit.body
        assert not re.search("[\ue000-\uf8ff\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200f]", exhibit.body)
        assert parts.opened(exhibit) - set(exhibit.records) == set()
        exhibit.body.encode()
        spoken = json.dumps(dict(exhibit.records), ensure_ascii=False)
        spoken.encode()
        assert not re.search("[\ue000-\uf8ff\u202a-\u202e\u2066-\u2069\u200f]", spoken)
        for coded in re.findall(r"base64,([\w+/=]+)", exhibit.body):
            base64.b64decode(coded).decode("utf-8-sig")
    profile = made[2]
    assert visible(f"N {bad}") in parts.words(profile.body).replace("\n", " ")
    assert profile.records["hengnan-2019-005"]["values"][13] == visible(f"N {bad}")


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "No park reports a figure"), ("zh", "没有园区列示本图表所需的数据。")]
)
def test_a_table_without_rows_says_so_in_words(awkward: Any, lang: str, said: str) -> None:
    study = parkstudy.load(awkward, lang).only("neighbour")
    for exhibit in (tables.table_observations(study), tables.table_comparability(study)):
        assert "<table" not in exhibit.body
        assert said in parts.words(exhibit.body)
