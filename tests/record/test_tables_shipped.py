"""The shipped dataset: the figures of the five texts, its types, codes and files."""

from __future__ import annotations

import csv
import io
import math
from datetime import date

import polars as pl
import pytest
from cases import every

from parkstudy.record import schema
from parkstudy.record.schema import ACCEPTED, TABLES
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.tables import Tables, load

SHIPPED = [name for name in TABLES if name != ACCEPTED]  # the shipped data need no warning acknowledged

# Typed by hand from the texts: observation, printed figure, value, low, high, unit.
CORE_FIGURES = [
    ("hengnan-2019-001", "47.6亿", 4.76e9, 4.755e9, 4.765e9, "CNY"),
    ("hengnan-2019-004", "55亿元", 5.5e9, 5.45e9, 5.55e9, "CNY"),
    ("hengnan-2019-005", "10.2%", 10.2, 10.15, 10.25, "percent"),
    ("hengnan-2019-006", "1.2亿元", 1.2e8, 1.15e8, 1.25e8, "CNY"),
    ("hengnan-2019-007", "超过1500万元", 1.5e7, 1.5e7, math.inf, "CNY"),
    ("hengnan-2019-013", "5.99km²", 5.99, 5.985, 5.995, "km2"),
    ("hengnan-2019-026", "1145余亩", 1145, 1145, 1146, "mu"),
    ("hengnan-2019-032", "二十余个", 20, 20, 30, "count"),
    ("hengnan-2019-036", "400-500亩", None, 400, 500, "mu"),
    ("hengnan-2019-044", "2亿元", 2e8, 1.5e8, 2.5e8, "CNY"),
    ("hengshan-2022-001", "148.2032亿元", 1.482032e10, 1.4820315e10, 1.4820325e10, "CNY"),
    ("hengshan-2022-002", "5.27亿元", 5.27e8, 5.265e8, 5.275e8, "CNY"),
    ("hengshan-2022-003", "40.62亿元", 4.062e9, 4.0615e9, 4.0625e9, "CNY"),
    ("hengshan-2022-004", "17.67%", 17.67, 17.665, 17.675, "percent"),
    ("hengshan-2022-005", "94.46亿元", 9.446e9, 9.4455e9, 9.4465e9, "CNY"),
    ("hengshan-2022-020", "约1540亩", 1540, 1463, 1617, "mu"),
    ("shuangpai-2017-001", "2亿余元", 2e8, 2e8, 3e8, "CNY"),
    ("shuangpai-2017-004", "3.51平方公里", 3.51, 3.505, 3.515, "km2"),
    ("shuangpai-2017-016", "50.6亿元", 5.06e9, 5.055e9, 5.065e9, "CNY"),
    ("shuangpai-2017-017", "55亿元", 5.5e9, 5.45e9, 5.55e9, "CNY"),
    ("shuangpai-2017-018", "45.2%", 45.2, 45.15, 45.25, "percent"),
    ("shuangpai-2017-020", "14.1亿元", 1.41e9, 1.405e9, 1.415e9, "CNY"),
    ("shuangpai-2017-021", "8.6%", 8.6, 8.55, 8.65, "percent"),
    ("shuangpai-2017-023", "0.3亿元", 3e7, 2.5e7, 3.5e7, "CNY"),
    ("anon-2023-2023-002", "124.2亿元", 1.242e10, 1.2415e10, 1.2425e10, "CNY"),
    ("anon-2023-2023-003", "16.33%", 16.33, 16.325, 16.335, "percent"),
    ("anon-2023-2023-004", "1.52亿元", 1.52e8, 1.515e8, 1.525e8, "CNY"),
    ("anon-2023-2023-009", "140亿元", 1.4e10, 1.395e10, 1.405e10, "CNY"),
    ("anon-2023-2023-013", "11.23平方公里", 11.23, 11.225, 11.235, "km2"),
    ("anon-2020-2020-002", "44.08億元", 4.408e9, 4.4075e9, 4.4085e9, "CNY"),
    ("anon-2020-2020-003", "24%", 24, 23.5, 24.5, "percent"),
    ("anon-2020-2020-004", "35.45億元", 3.545e9, 3.5445e9, 3.5455e9, "CNY"),
    ("anon-2020-2020-005", "28%", 28, 27.5, 28.5, "percent"),
    ("anon-2020-2020-006", "500萬元", 5e6, 4.995e6, 5.005e6, "CNY"),
]


def cells(table: str) -> list[dict[str, str]]:
    with (shipped_folder() / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row_of(study: Tables, observation_id: str) -> dict:
    return study.observations.row(by_predicate=pl.col("observation_id") == observation_id, named=True)


def test_the_shipped_data_have_no_fault(study):
    assert list(load(None, Tables).faults) == []
    assert (study.faults, study.faulty.height) == ((), 0)
    assert study.require_faultless() is study


def test_every_shipped_row_is_loaded(study):
    assert study.observations.height == 181 + 98
    assert study.summaries()["park_id"].value_counts(sort=True).rows() == [
        ("anon-2023", 51),
        ("hengnan", 44),
        ("hengshan", 36),
        ("shuangpai", 28),
        ("anon-2020", 22),
    ]
    for table in SHIPPED:
        assert getattr(study, table).height == len(cells(table))


def test_the_figures_of_the_five_texts_come_first(study):
    kinds = study.observations["kind"].to_list()
    assert kinds[:181] == ["work_summary"] * 181
    assert "work_summary" not in kinds[181:]


def test_the_parks_are_known_by_their_role(study):
    assert study.park_ids() == ["hengnan", "hengshan", "shuangpai", "anon-2023", "anon-2020"]
    assert study.park_ids("context") == [
        "xintian", "guilin-gaotie", "fusui-asean", "yiyang-high-tech", "wuning", "rongchang", "shaoyang-xiangshang",
        "longling", "zengdu", "changsha-etz", "zibo-high-tech", "bazhong", "bengbu-high-tech", "hengdong", "jianghua",
    ]  # fmt: skip


@every(("key", "figure", "value", "low", "high", "unit"), CORE_FIGURES)
def test_a_core_figure_is_as_printed_and_normalised(study, key, figure, value, low, high, unit):
    row = row_of(study, key)
    assert (row["reported_figure"], row["unit"]) == (figure, unit)
    assert (row["value"], row["low"], row["high"]) == (value, low, high)


def test_a_core_figure_has_its_indicator_population_and_period(study):
    row = row_of(study, "shuangpai-2017-016")
    assert (row["indicator"], row["subject"], row["population"]) == ("gross_industrial_output", "park", "above_scale")
    assert (row["period_start"], row["period_end"]) == (date(2017, 1, 1), date(2017, 11, 30))
    assert (row["transformation"], row["value_type"], row["obs_status"]) == ("level", "outturn", "A")
    assert (row["park_id"], row["kind"], row["grade"]) == ("shuangpai", "work_summary", "A")


def test_columns_are_typed(study):
    types = study.observations.schema
    assert types["period_end"] == pl.Date
    assert types["value"] == types["low"] == types["high"] == pl.Float64
    assert types["part_of"] == types["caveats"] == pl.List(pl.String)
    assert types["value_type"] == pl.Enum(["outturn", "forecast", "target", "plan"])
    assert study.parks.schema["anonymised"] == study.sources.schema["official"] == pl.Boolean
    assert study.indicators.schema["terms_zh"] == pl.List(pl.String)
    assert study.reference.schema["value"] == pl.Float64


def test_each_table_has_the_columns_its_schema_declares(study):
    for table in SHIPPED:
        declared = list(schema.columns(table))
        assert [name for name in declared if name in cells(table)[0] or name not in schema.may_lack(table)] == [
            *cells(table)[0]
        ]
        assert getattr(study, table).columns[: len(declared)] == declared


def test_only_a_range_has_no_value_and_every_value_lies_in_its_interval(study):
    rows = study.observations
    assert rows.filter(pl.col("value").is_null())["bound"].unique().to_list() == ["range"]
    assert rows.filter(pl.col("value").is_not_null() & ~pl.col("value").is_between("low", "high")).height == 0
    assert rows.filter(pl.col("low") > pl.col("high")).height == 0


def test_a_level_is_in_the_unit_of_its_indicator_and_everything_else_in_percent(study):
    units = study.observations.join(study.indicators.select("indicator", declared="unit"), on="indicator")
    level = units.filter(pl.col("transformation") == "level")
    other = level.filter(pl.col("unit") != pl.col("declared"))
    assert other.select("observation_id", "reported_figure", "unit", "declared").rows() == [
        ("xintian-2018-009", "4101万美元", "USD", "CNY")  # money stays in the currency it is printed in
    ]
    assert units.filter(pl.col("transformation") != "level")["unit"].unique().to_list() == ["percent"]


def test_areas_are_converted_into_the_unit_of_the_indicator(study):
    row = row_of(study, "hengnan-2019-033")
    assert (row["reported_figure"], row["value"], row["unit"]) == ("6990亩", 4.66, "km2")
    assert (row["low"], row["high"]) == pytest.approx((6989.5 / 1500, 6990.5 / 1500))


def test_yuan_become_yuan_per_mu_for_an_indicator_per_mu(study):
    row = row_of(study, "hengnan-2019-039")
    assert (row["value"], row["low"], row["high"]) == (280_000, 266_000, 294_000)
    assert row["unit"] == "CNY/mu"


def test_the_stored_caveats_are_the_loaded_ones_in_their_order(study):
    stored = {row["observation_id"]: row["caveats"] for row in cells("observations")}
    loaded = {row["observation_id"]: ";".join(row["caveats"]) for row in study.summaries().iter_rows(named=True)}
    assert {key: stored[key] for key in loaded} == loaded


def test_coarse_figure_is_loaded_exactly_where_the_digits_say_so(study):
    for row in study.observations.iter_rows(named=True):
        coarse = row["significant"] <= 2 and row["unit"] not in ("count", "person") and row["bound"] != "range"
        assert ("coarse_figure" in row["caveats"]) == coarse, row["observation_id"]


def test_every_code_is_in_its_closed_list():
    for table in SHIPPED:
        for column, declared in schema.columns(table).items():
            if "values" not in declared.metadata:
                continue
            items = {item for row in cells(table) for item in row.get(column, "").split(";")} - {""}
            assert items <= set(declared.metadata["values"]), (table, column)


def test_a_part_names_wholes_of_its_own_source_and_says_whether_it_completes_them(study):
    home = dict(study.observations.select("observation_id", "source_id").iter_rows())
    parts = study.observations.filter(pl.col("part_of").list.len() > 0)
    assert parts.height == 30
    for row in parts.iter_rows(named=True):
        assert row["split"] in ("complete", "some")
        assert {home[whole] for whole in row["part_of"]} == {row["source_id"]}
    assert study.observations.filter(pl.col("split").is_not_null()).height == parts.height


def test_every_row_of_an_anonymised_park_hides_its_county(study):
    hidden = study.parks.filter("anonymised")
    assert hidden["park_id"].to_list() == ["anon-2023", "anon-2020"]
    places = ["county_zh", "county_en", "province_zh", "province_en"]
    assert hidden.select(pl.all_horizontal(pl.col(places).is_null()).all()).item()
    sources = study.sources.filter(pl.col("park_id").is_in(hidden["park_id"].implode()))
    assert sources.select(pl.all_horizontal(pl.col("title", "publisher", "url").is_null()).all()).item()
    rows = study.observations.filter(pl.col("park_id").is_in(hidden["park_id"].implode()))
    assert rows.height == 73
    assert rows.filter(pl.col("note").str.contains(r"\p{Han}")).height == 0
    assert (
        rows.filter(~pl.col("subject").str.contains(r"^(park|sector:[a-z-]+|(zone|group|project|firm):[\d+]+)$")).height
        == 0
    )
    assert rows.filter(~pl.col("locator").str.contains(r"^[一二三四五六七八九十\d()/]*p\d+$")).height == 0


def test_every_term_of_an_anonymised_park_is_an_accepted_one(study):
    hidden = study.parks.filter("anonymised")["park_id"].to_list()
    terms = dict(study.indicators.select("indicator", "terms_zh").iter_rows())
    strange = [
        (row["observation_id"], row["reported_term"])
        for row in study.observations.filter(pl.col("park_id").is_in(hidden)).iter_rows(named=True)
        if row["reported_term"] not in terms[row["indicator"]]
    ]
    assert strange == []


def test_identifiers_begin_with_the_source_and_the_park(study):
    prefix = pl.col("observation_id").str.head(-4)
    assert study.observations.filter(prefix != pl.col("source_id")).height == 0
    assert study.sources.filter(~pl.col("source_id").str.starts_with(pl.col("park_id"))).height == 0


@every("table", SHIPPED)
def test_a_shipped_file_is_plain_csv_with_lf_line_ends(table):
    raw = (shipped_folder() / f"{table}.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\n").writerows(rows)
    assert b"\r" not in raw
    assert again.getvalue().encode() == raw


def test_an_empty_folder_name_stands_for_the_shipped_data(study):
    assert load("", Tables).data_hash == study.data_hash


def test_every_part_of_a_park_has_a_name_in_both_languages(study):
    parts = study.observations.filter(~pl.col("subject").is_in(["park", "county"])).select("source_id", "subject")
    assert study.subjects.select("source_id", "subject").rows() == parts.unique(maintain_order=True).rows()
    assert study.subjects.filter(~pl.col("name_zh").str.contains(r"\p{Han}")).height == 0
    assert study.subjects.filter(pl.col("name_en").str.contains(r"\p{Han}")).height == 0
    for column in ("name_zh", "name_en"):
        assert study.subjects.select("source_id", column).is_duplicated().sum() == 0


def test_a_numbered_part_of_an_anonymised_text_is_named_by_its_number(study):
    numbered = study.subjects.filter(pl.col("subject").str.contains(r":\d"))
    assert numbered.height == 13
    words = {"zone": ("片区", "zone "), "group": ("项目组", "project group "), "project": ("项目", "project ")}
    for row in numbered.iter_rows(named=True):
        kind, _, count = row["subject"].partition(":")
        assert (row["name_zh"], row["name_en"]) == tuple(word + count for word in words[kind])


def test_every_core_park_lies_in_the_nation_and_an_anonymised_one_in_nothing_nearer(study):
    scopes = {park: rows["scope"].to_list() for (park,), rows in study.places.group_by("park_id", maintain_order=True)}
    assert scopes == {
        "hengnan": ["Hengyang", "Hunan", "national"],
        "hengshan": ["Hengyang", "Hunan", "national"],
        "shuangpai": ["Yongzhou", "Hunan", "national"],
        "anon-2023": ["national"],
        "anon-2020": ["national"],
    }
    assert list(scopes) == study.park_ids()
