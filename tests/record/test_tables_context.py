"""The shipped context: parks beside the five and news on two of them, read in pages and never compared."""

from __future__ import annotations

import csv
from urllib.parse import urlsplit

import polars as pl
import pytest

from parkstudy.record import signs
from parkstudy.record.shipped import shipped_folder
from parkstudy.record.tables import Tables

# Typed by hand from the printed form: observation, printed figure, value, low, high, unit.
FIGURES = [
    ("xintian-2018-001", "95.13亿元", 9.513e9, 9.5125e9, 9.5135e9, "CNY"),
    ("xintian-2018-009", "4101万美元", 4.101e7, 4.1005e7, 4.1015e7, "USD"),
    ("guilin-gaotie-2018-009", "3.83億元", 3.83e8, 3.825e8, 3.835e8, "CNY"),
    ("yiyang-high-tech-2018-001", "約67.07平方公里", 67.07, 63.7165, 70.4235, "km2"),
    ("shaoyang-xiangshang-2016-001", "5000多人", 5000, 5000, 6000, "person"),
    ("shaoyang-xiangshang-2016-003", "突破2000万元", 2e7, 2e7, float("inf"), "CNY"),
    ("changsha-etz-2017-003", "近20万人", 2e5, float("-inf"), 2e5, "person"),
    ("bengbu-high-tech-2023-001", "2381亩", 2381, 2380.5, 2381.5, "mu"),
    ("shuangpai-2018-001", "51.23亿元", 5.123e9, 5.1225e9, 5.1235e9, "CNY"),
    ("hengnan-2019b-001", "4600万元", 4.6e7, 4.5995e7, 4.6005e7, "CNY"),
]


@pytest.fixture(scope="module")
def context(study: Tables) -> pl.DataFrame:
    """The observations that stand in no work summary."""
    return study.observations.filter(pl.col("kind") != "work_summary")


@pytest.mark.parametrize(("key", "figure", "value", "low", "high", "unit"), FIGURES)
def test_a_figure_of_context_is_as_printed_and_normalised(
    context: pl.DataFrame, key: str, figure: str, value: float, low: float, high: float, unit: str
) -> None:
    row = context.row(by_predicate=pl.col("observation_id") == key, named=True)
    assert (row["reported_figure"], row["unit"], row["value"]) == (figure, unit, value)
    assert (row["low"], row["high"]) == pytest.approx((low, high))


def test_every_park_of_context_has_one_page_and_the_core_parks_have_news(study: Tables) -> None:
    roles = dict(study.parks.select("park_id", "role").iter_rows())
    kinds = [(roles[park], kind) for park, kind in study.sources.select("park_id", "kind").iter_rows()]
    assert kinds == [("core", "work_summary")] * 5 + [("context", "page")] * 15 + [("core", "news")] * 2
    pages = study.sources.filter(kind="page")["park_id"].to_list()
    assert pages == study.park_ids("context")
    assert study.sources.filter(kind="news")["source_id"].to_list() == ["shuangpai-2018", "hengnan-2019b"]


def test_the_figures_of_context_are_counted(context: pl.DataFrame) -> None:
    assert context["kind"].value_counts(sort=True).rows() == [("page", 83), ("news", 15)]
    assert set(context["source_id"]) == set(context["observation_id"].str.head(-4))


def test_an_outturn_of_context_is_not_validated(context: pl.DataFrame) -> None:
    pairs = context.group_by("value_type", "obs_status").len().sort("len", "value_type").rows()
    assert sorted(pairs, key=str) == sorted([("outturn", "V", 86), ("forecast", "F", 6), ("target", None, 6)], key=str)


def test_no_figure_of_a_work_summary_is_marked_as_not_validated(study: Tables) -> None:
    assert study.summaries().filter(obs_status="V").height == 0


def test_context_has_no_grade_no_hash_no_locator_and_no_caveat_of_a_coder(study: Tables, context: pl.DataFrame) -> None:
    assert context.select(pl.all_horizontal(pl.col("grade", "locator", "note").is_null()).all()).item()
    others = study.sources.filter(pl.col("kind") != "work_summary")
    assert others.select(pl.all_horizontal(pl.col("sha256", "grade").is_null()).all()).item()
    with (shipped_folder() / "observations.csv").open(encoding="utf-8", newline="") as file:
        stored = {row["observation_id"]: row["caveats"] for row in csv.DictReader(file)}
    assert {stored[key] for key in context["observation_id"]} == {""}
    assert set(context["caveats"].explode().drop_nulls()) == {"coarse_figure"}  # the one that the digits give


def test_context_is_clean_of_romanisation_and_full_width_forms(study: Tables, context: pl.DataFrame) -> None:
    cells = [*context["reported_term"], *context["reported_figure"], *study.parks["name_zh"]]
    cells += study.sources["title"].drop_nulls().to_list()
    kept = [cell for cell in cells if signs.ROMANISATION.search(cell)]
    latin = [cell for cell in [*context["reported_term"], *context["reported_figure"]] if cell != signs.squash(cell)]
    assert (kept, latin) == ([], [])
    assert context.filter(pl.col("reported_term").str.contains(r"[A-Za-zā-ǜ()（）]")).height == 0


def test_a_page_is_official_exactly_where_its_host_is_a_government(study: Tables) -> None:
    pages = study.sources.filter(pl.col("url").is_not_null())
    assert pages.height == 17
    for row in pages.iter_rows(named=True):
        host = urlsplit(row["url"]).hostname or ""
        assert row["official"] == host.endswith(".gov.cn"), row["source_id"]
    assert pages.filter("official")["source_id"].to_list() == ["longling-2021"]


def test_a_page_that_is_not_official_says_that_it_is_a_repost_or_news(study: Tables) -> None:
    notes = study.sources.filter(pl.col("url").is_not_null()).select("source_id", "kind", "official", "note")
    for source, kind, official, note in notes.iter_rows():
        expected = {"page": None if official else "Read in a repost", "news": "Outside news; supports no verdict"}
        assert note == expected[kind], source


def test_only_the_five_parks_are_compared(study: Tables) -> None:
    from parkstudy.method import coverage

    assert set(coverage.cells(study)["park_id"]) == set(study.park_ids())
    assert coverage.cells(study).equals(coverage.cells(study.only("")))
    assert set(coverage.cells(study)["observation_id"].drop_nulls()) <= set(study.summaries()["observation_id"])


def test_no_park_of_context_is_anonymised_and_each_names_its_county(study: Tables) -> None:
    parks = study.parks.filter(role="context")
    assert not parks["anonymised"].any()
    assert parks.select("county_zh", "county_en", "province_zh", "province_en").null_count().row(0) == (0, 0, 0, 0)
