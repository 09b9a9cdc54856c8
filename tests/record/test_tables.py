"""The dataset: normalisation, the overlay, rows set apart, and parks chosen."""

from __future__ import annotations

import shutil

import polars as pl
import pytest

from parkstudy.record.chosen import UnknownParkError
from parkstudy.record.schema import ACCEPTED, TABLES
from parkstudy.record.shipped import DataFolderError, shipped, shipped_folder
from parkstudy.record.tables import (
    DataFaultsError,
    Tables,
    identity,
    load,
    normal_quantity,
)


def row_of(study: Tables, observation_id: str) -> dict:
    return study.observations.row(by_predicate=pl.col("observation_id") == observation_id, named=True)


def test_money_is_left_in_its_currency():
    assert normal_quantity("4101万美元", "level", "CNY").unit == "USD"
    assert normal_quantity("2.56亿元", "level", "USD").unit == "CNY"
    assert normal_quantity("19.8万元/亩", "level", "CNY/mu").unit == "CNY/mu"


def test_coarse_figure_is_added_where_the_coder_left_it_out(copy_of_data):
    copy_of_data.edit("observations", "hengnan-2019-004", caveats="not_final")
    rows = load(copy_of_data.folder, Tables)
    assert row_of(rows, "hengnan-2019-004")["caveats"] == ["coarse_figure", "not_final"]


def test_a_table_in_the_folder_takes_the_place_of_the_shipped_one_and_a_missing_one_is_shipped(awkward, study):
    own = load(awkward, Tables)
    assert own.park_ids() == ["awkward", "only-forecasts", "no-tax", "no-area", "single-row", "anon-2021"]
    assert own.park_ids("context") == ["neighbour"]
    assert own.indicators.equals(study.indicators)
    assert own.reference.equals(study.reference)


def test_names_and_places_of_other_parks_are_left_out_where_a_folder_has_parks_of_its_own(awkward):
    own = load(awkward, Tables)
    assert (own.faults, own.faulty.height) == ((), 0)
    assert (own.places.height, own.subjects.height) == (0, 0)
    assert own.places.columns == ["park_id", "scope"]


def test_names_and_places_of_the_parks_that_a_folder_keeps_are_kept(copy_of_data, study):
    for table in ("places", "subjects"):
        copy_of_data.path(table).unlink()
    for table in ("parks", "sources", "observations"):
        lines = copy_of_data.path(table).read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line.startswith(("hengnan", "anon-2020"))]
        copy_of_data.path(table).write_text("\n".join([lines[0], *kept]) + "\n", encoding="utf-8")
    own = load(copy_of_data.folder, Tables)
    assert own.faults == ()
    assert own.places.rows() == [
        ("hengnan", "Hengyang"), ("hengnan", "Hunan"), ("hengnan", "national"), ("anon-2020", "national"),
    ]  # fmt: skip
    assert own.subjects.equals(study.only("hengnan,anon-2020").subjects)


def test_a_place_or_name_of_a_folder_for_what_it_does_not_have_is_a_fault(copy_of_data):
    with copy_of_data.path("places").open("a", encoding="utf-8") as file:
        file.write("hengnam,Hunan\nhengshan,Hunnan\n")
    with copy_of_data.path("subjects").open("a", encoding="utf-8") as file:
        file.write("hengnan-2091,zone:old,老区,old zone\n")
    found = load(copy_of_data.folder, Tables)
    assert [str(fault) for fault in found.faults] == [
        "places.csv:13:park_id: unknown park_id 'hengnam'; did you mean 'hengnan'? add it to parks.csv or correct it",
        "places.csv:14:scope: unknown scope 'Hunnan'; did you mean 'Hunan'? add it to reference.csv or correct it",
        "subjects.csv:42:source_id: unknown source_id 'hengnan-2091'; did you mean 'hengnan-2019'? "
        "add it to sources.csv or correct it",
    ]
    assert (found.places.height, found.subjects.height) == (11, 40)


def test_a_place_or_name_given_twice_is_a_fault_of_both_rows(copy_of_data):
    for table, row in (("places", "hengnan,Hunan"), ("subjects", "hengnan-2019,zone:old,旧区,old area")):
        with copy_of_data.path(table).open("a", encoding="utf-8") as file:
            file.write(row + "\n")
    advice = "is used twice; give each key one row"
    assert copy_of_data.faults() == [
        *(f"places.csv:{line}:park_id: ('hengnan', 'Hunan') {advice}" for line in (3, 13)),
        *(f"subjects.csv:{line}:source_id: ('hengnan-2019', 'zone:old') {advice}" for line in (7, 42)),
    ]


def test_a_missing_folder_is_named(tmp_path):
    folder = tmp_path / "nowhere"
    with pytest.raises(DataFolderError) as error:
        load(folder, Tables)
    assert str(error.value) == f"no folder {str(folder)!r}; --data takes a folder with tables such as observations.csv"


def test_a_folder_without_tables_is_told_their_names(tmp_path):
    (tmp_path / "notes.csv").touch()
    names = "parks.csv, sources.csv, indicators.csv, observations.csv, subjects.csv, reference.csv, places.csv"
    with pytest.raises(DataFolderError) as error:
        load(tmp_path, Tables)
    assert str(error.value) == f"{str(tmp_path)!r} holds no table; expected one or more of {names}"


def test_a_travelling_folder_that_is_not_there_is_named():
    with pytest.raises(DataFolderError) as error:
        shipped("no such folder")
    expected = "the folder 'no such folder' that travels with parkstudy was not found; install the package again"
    assert str(error.value) == expected


def test_a_faulty_row_is_set_apart_with_its_reason_and_the_others_are_loaded(copy_of_data):
    copy_of_data.edit("observations", "hengnan-2019-004", reported_figure="55吨", bound="exactly")
    found = load(copy_of_data.folder, Tables)
    reason = "bound: 'exactly' is not allowed"
    assert found.faulty.rows() == [("observations", 5, "hengnan-2019-004", reason)]
    assert (len(found.faults), found.observations.height) == (2, 278)
    assert "hengnan-2019-004" not in found.observations["observation_id"]


def test_rows_that_hang_on_a_faulty_one_are_set_apart_with_it(copy_of_data):
    copy_of_data.edit("parks", "shuangpai", role="centre")
    found = load(copy_of_data.folder, Tables)
    assert [str(fault) for fault in found.faults] == [
        "parks.csv:4:role: 'centre' is not allowed; expected one of core, context"
    ]
    assert found.faulty.rows()[:4] == [
        ("parks", 4, "shuangpai", "role: 'centre' is not allowed"),
        ("sources", 4, "shuangpai-2017", "park_id: 'shuangpai' is itself set apart or unknown"),
        ("sources", 22, "shuangpai-2018", "park_id: 'shuangpai' is itself set apart or unknown"),
        ("observations", 82, "shuangpai-2017-001", "source_id: 'shuangpai-2017' is itself set apart or unknown"),
    ]
    assert (found.faulty.height, found.observations.height) == (1 + 2 + 28 + 6 + 3 + 3, 279 - 28 - 6)
    assert found.faulty.rows()[-3:] == [
        ("places", line, "shuangpai", "park_id: 'shuangpai' is itself set apart or unknown") for line in (8, 9, 10)
    ]
    assert "shuangpai" not in found.observations["park_id"]


def test_observations_of_a_faulty_indicator_are_set_apart(copy_of_data):
    copy_of_data.edit("indicators", "tax_revenue", unit="EUR")
    found = load(copy_of_data.folder, Tables)
    taxes = load(None, Tables).observations.filter(indicator="tax_revenue")["observation_id"].to_list()
    apart = found.faulty.filter(table="observations")
    assert apart["key"].to_list() == taxes
    assert apart["reason"].unique().to_list() == ["indicator: 'tax_revenue' is itself set apart or unknown"]


def test_an_unreadable_line_is_set_apart_without_a_key(copy_of_data):
    with copy_of_data.path("parks").open("a", encoding="utf-8") as file:
        file.write("short,row\n")
    found = load(copy_of_data.folder, Tables)
    assert found.faulty.rows() == [("parks", 22, None, "2 cells where the header has 11")]
    assert found.observations.height == 279


def test_a_table_that_cannot_be_read_leaves_the_rest_loaded(copy_of_data):
    copy_of_data.path("sources").write_bytes(b"")
    found = load(copy_of_data.folder, Tables)
    assert (found.parks.height, found.sources.height, found.observations.height) == (20, 0, 0)
    assert found.faulty.filter(table="observations").height == 279


def test_faults_are_sorted_by_file_and_line(copy_of_data):
    copy_of_data.edit("sources", "hengnan-2019", kind="blog")
    copy_of_data.edit("observations", "hengnan-2019-012", bound="exactly")
    copy_of_data.edit("observations", "hengnan-2019-002", bound="exactly")
    places = [(fault.file, fault.line) for fault in load(copy_of_data.folder, Tables).faults]
    assert places == [("observations.csv", 3), ("observations.csv", 13), ("sources.csv", 2)]


def test_faulty_data_are_refused_with_every_fault(copy_of_data):
    copy_of_data.edit("parks", "hengnan", role="centre", anonymised="no")
    with pytest.raises(DataFaultsError) as error:
        load(copy_of_data.folder, Tables).require_faultless()
    assert str(error.value) == (
        "2 faults in the data:\n"
        "parks.csv:2:anonymised: 'no' is not allowed; expected true or false\n"
        "parks.csv:2:role: 'centre' is not allowed; expected one of core, context"
    )
    assert [fault.column for fault in error.value.faults] == ["anonymised", "role"]


def test_yes_and_no_are_read_as_spreadsheets_write_them(copy_of_data):
    copy_of_data.edit("sources", "hengnan-2019", official="TRUE")
    copy_of_data.edit("parks", "hengnan", anonymised="False")
    found = load(copy_of_data.folder, Tables)
    assert found.faults == ()
    assert [row["official"] for row in found.rows("sources", source_id="hengnan-2019")] == [True]
    assert [row["anonymised"] for row in found.rows("parks", park_id="hengnan")] == [False]


def test_blanks_beside_the_semicolons_of_a_list_do_not_count(copy_of_data):
    copy_of_data.edit("observations", "hengnan-2019-001", caveats="unit_assumed ; base_unstated")
    found = load(copy_of_data.folder, Tables)
    assert found.faults == ()
    assert {*row_of(found, "hengnan-2019-001")["caveats"]} >= {"unit_assumed", "base_unstated"}


def test_an_indicator_in_dollars_leaves_yuan_as_they_are(copy_of_data):
    copy_of_data.edit("indicators", "fdi", unit="USD")
    found = load(copy_of_data.folder, Tables)
    row = row_of(found, "hengshan-2022-010")
    assert (found.faults, row["value"], row["unit"]) == ((), 2.56e8, "CNY")


def test_the_data_hash_changes_with_a_byte_and_what_names_a_study_with_any_byte_of_any_table(copy_of_data, study):
    assert load(copy_of_data.folder, Tables).data_hash == study.data_hash
    known = {identity(copy_of_data.folder)}
    for table in (name for name in TABLES if name != ACCEPTED):
        raw = copy_of_data.path(table).read_bytes()
        for changed in (raw + b"\n", raw[:-1] + b" ", raw[:-1], b"\xef\xbb\xbf" + raw):
            copy_of_data.path(table).write_bytes(changed)
            assert identity(copy_of_data.folder) not in known
            known.add(identity(copy_of_data.folder))
    assert load(copy_of_data.folder, Tables).data_hash != study.data_hash


def test_the_data_hash_does_not_depend_on_the_folder(tmp_path, study):
    for name in ("parks.csv", "study.toml"):
        shutil.copy(shipped_folder() / name, tmp_path)
    assert load(tmp_path, Tables).data_hash == study.data_hash


def test_only_keeps_the_parks_asked_for(study):
    two = study.only(" shuangpai, hengnan,shuangpai")
    assert two.parks["park_id"].to_list() == ["hengnan", "shuangpai"]
    assert two.sources["source_id"].to_list() == ["hengnan-2019", "shuangpai-2017", "shuangpai-2018", "hengnan-2019b"]
    assert two.observations.height == 44 + 28 + 6 + 9
    assert two.summaries().height == 44 + 28
    assert two.places["park_id"].unique(maintain_order=True).to_list() == ["hengnan", "shuangpai"]
    assert set(two.subjects["source_id"]) == {"hengnan-2019", "shuangpai-2017", "hengnan-2019b"}


def test_only_without_a_name_keeps_the_core_parks(awkward):
    own = load(awkward, Tables)
    assert own.only("").parks["park_id"].to_list() == own.park_ids()
    assert "neighbour" in own.parks["park_id"]


def test_the_core_parks_of_the_shipped_data_keep_their_news_and_drop_the_context(study):
    core = study.only("")
    assert core.parks["park_id"].to_list() == study.park_ids()
    assert core.observations.height == 181 + 6 + 9
    assert core.summaries().equals(study.summaries())
    assert core.all_parks == study.all_parks


def test_a_park_of_context_can_be_asked_for_by_name(study):
    one = study.only("xintian")
    assert (one.parks.height, one.observations.height, one.summaries().height) == (1, 10, 0)


@pytest.mark.parametrize(("park", "hint"), [("hengshn", "did you mean 'hengshan'? "), ("zzz", "")])
def test_an_unknown_park_is_refused_with_a_suggestion(study, park, hint):
    with pytest.raises(UnknownParkError) as error:
        study.only(f"hengnan,{park}")
    known = (
        "hengnan, hengshan, shuangpai, anon-2023, anon-2020, xintian, guilin-gaotie, fusui-asean, yiyang-high-tech, "
        "wuning, rongchang, shaoyang-xiangshang, longling, zengdu, changsha-etz, zibo-high-tech, bazhong, "
        "bengbu-high-tech, hengdong, jianghua"
    )
    assert str(error.value) == f"unknown park '{park}'; {hint}known parks: {known}"


def test_summaries_leave_news_and_pages_out(awkward):
    own = load(awkward, Tables)
    left_out = set(own.observations["source_id"]) - set(own.summaries()["source_id"])
    assert left_out == {"awkward-2021b", "neighbour-2021"}


def test_the_awkward_parks_load_without_a_fault_and_have_every_case(awkward):
    own = load(awkward, Tables)
    assert own.faults == ()
    rows = own.observations
    for column in ("bound", "transformation", "value_type", "population", "split"):
        assert set(rows[column].drop_nulls()) == set(rows.schema[column].categories), column
    assert set(rows["obs_status"].drop_nulls()) == {"A", "P", "F", "U"}
    assert set(rows["unit"]) == {"CNY", "USD", "CNY/mu", "mu", "km2", "m2", "percent", "count", "person", "ratio"}
    assert set(rows["subject"].str.extract(r"^(\w+)")) == {
        "park",
        "county",
        "zone",
        "sector",
        "group",
        "project",
        "firm",
    }
    assert rows.filter(pl.col("period_start").is_null() & pl.col("period_end").is_null()).height == 5
    assert rows.filter(pl.col("caveats").list.contains("contradicted")).height == 2
    assert own.parks["name_en"].str.len_chars().max() == 200


def test_the_awkward_parks_lack_what_they_should_lack(awkward):
    own = load(awkward, Tables)
    by_park = {park: rows for (park,), rows in own.observations.group_by("park_id")}
    dimensions = dict(own.indicators.select("indicator", "dimension").iter_rows())
    assert by_park["only-forecasts"]["value_type"].unique().to_list() == ["forecast"]
    assert "tax" not in {dimensions[name] for name in by_park["no-tax"]["indicator"]}
    assert "land" not in {dimensions[name] for name in by_park["no-area"]["indicator"]}
    assert by_park["single-row"].height == 1
