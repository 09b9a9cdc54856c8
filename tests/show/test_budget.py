"""What a page holds of many parks: rows, files, sources and states that do not fit are left out, counted, and named with a command."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import polars as pl
import pytest
from exhibit_parts import shown as of_catalogue
from exhibit_parts import study_of
from many_parks import make
from yearly_parks import yearly

import parkstudy
from parkstudy.method.study import Study
from parkstudy.show.budget import AROUND, CITED, EXHIBITS, SPREAD, Shares, fitting
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.commands import command
from parkstudy.show.exhibit import Exhibit
from parkstudy.show.provenance import cite, held, records
from parkstudy.show.select.shared import FEW
from parkstudy.show.table import Table
from parkstudy.show.view import View


@cache
def many() -> Study:
    return parkstudy.load(make(Path(mkdtemp(prefix="many-")), FEW + 10))


def shown(key: str, lang: str = "en") -> Exhibit:
    return viewer(many(), lang)(key)


def cuts(exhibit: Exhibit) -> list[str]:
    return [re.sub("<[^>]+>", "", cut) for cut in re.findall('<p class="cut">(.*?)</p>', exhibit.body)]


def rows(exhibit: Exhibit) -> list[str]:
    """The rows of its tables without their heads."""
    return re.findall(r"<tr(?! *><th scope=\"col\")[^>]*>(?!<th scope=\"col\").*?</tr>", exhibit.body, re.DOTALL)


def test_a_table_that_does_not_fit_holds_the_first_rows_park_by_park_and_names_the_command_that_gives_all() -> None:
    found, every = shown("figures"), many().observations.height
    assert 0 < len(rows(found)) < every
    assert found.answer.endswith(f"as printed; {len(rows(found))} of them on this page")
    said = f"The first {len(rows(found))} of {every:,} rows, park by park in the order of the study, here and in the CSV. All of them: "
    assert cuts(found)[0] == f"{said}parkstudy export observations FILE.csv --data DIR"
    parks = re.findall(r'<tr data-park="([^"]*)"', found.body)
    assert list(dict.fromkeys(parks)) == many().park_ids()[: len(set(parks))]
    assert len(found.body.encode()) < CATALOGUE["figures"].share.table(len(many().park_ids())) + AROUND


def test_the_file_of_a_cut_table_holds_the_rows_that_the_page_shows() -> None:
    found = shown("figures", "zh")
    (file,) = re.findall(r'href="data:text/csv;base64,([^"]*)"', found.body)
    held = pl.read_csv(base64.b64decode(file), infer_schema=False)
    keys = re.findall(r'data-opens="([^"]*)"', "".join(rows(found)))
    assert held["observation_id"].to_list() == list(dict.fromkeys(keys))
    (said,) = cuts(found)
    assert f"排在前面的{held.height}行，CSV文件同此。" in said


def test_a_file_of_any_rows_holds_the_first_that_fit() -> None:
    frame = pl.DataFrame({"a": ["x" * 97] * 100})
    assert tuple(fitting(frame, room)[1] for room in (1e6, 2000, 1)) == (100, 15, 1)


def test_records_are_kept_whole_in_the_order_in_which_they_are_asked_for() -> None:
    view = View(many())
    keys = many().measures.filter(pl.col("low").is_not_null())["key"].to_list()[:40]
    every = records(view, keys)
    few = records(view, keys, 20_000)
    assert list(few) == list(every)[: len(few)] == list(held(every, 20_000))
    assert 0 < len(few) < len(every)
    assert all(one in few for record in few.values() for one in record["inputs"])


def test_sources_of_many_texts_are_counted_behind_the_first() -> None:
    of_study = View(many(), "en")
    told = cite(of_study, [*many().observations["observation_id"], *of_study.rows["reference"]])
    assert len(told) == CITED + 1
    assert re.fullmatch(r"and \d+ more", told[-1])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_many_parks_are_counted_by_what_they_print_alike_and_by_quantity(lang: str) -> None:
    alike = many().measures.filter(
        pl.col("low").is_not_null(), measure="tax_per_area", basis="reported", value_type="outturn", rung="perimeter"
    ).select("park_id", pl.col("period_end").dt.month(), "population")  # fmt: skip
    found = shown("comparisons", lang)
    most = alike.unique().group_by("period_end", "population").len()["len"].max()
    assert any(f">{most}<" in row for row in rows(found))
    assert "parkstudy compare --park" in found.body
    stated = many().coverage.filter(indicator="tax_revenue", transformation="level", state="stated").height
    assert any(f'data-value="{stated}">{stated}<' in row for row in rows(shown("matrix", lang)))
    assert not many().compare.by_key  # nothing pairwise was computed


def test_with_many_parks_the_tables_have_what_the_small_figures_leave() -> None:
    assert Shares(2, 3).table(FEW) == EXHIBITS / 5 - AROUND
    assert Shares(2, 3).table(FEW + 1) == (EXHIBITS - 2 * SPREAD) / 4 - AROUND


@pytest.mark.parametrize(
    "key", [key for key, entry in CATALOGUE.items() if isinstance(entry, Table) and not entry.takes]
)
def test_no_table_of_the_shipped_study_is_cut(key: str) -> None:
    assert 'class="cut"' not in of_catalogue(key).body


@pytest.mark.parametrize(
    ("parks", "year", "words", "said"),
    [
        ("", "all", "compare --csv FILE.csv", "compare --csv FILE.csv --year all"),
        ("", "latest", "compare --csv FILE.csv", "compare --csv FILE.csv"),
        ("", "latest", "export measures FILE.csv", "export measures FILE.csv --year latest"),
        ("", "all", "export measures FILE.csv", "export measures FILE.csv"),
        ("", "2019", "report NOTEBOOK -p basis annualised", "report NOTEBOOK -p basis annualised -p year 2019"),
        (
            "group:province=Jiangxi", "all", "report NOTEBOOK -p basis annualised",
            "report NOTEBOOK -p basis annualised -p parks group:province=Jiangxi -p year all",
        ),
        ("donggang", "latest", "report 10-coverage -p parks ID,ID", "report 10-coverage -p parks ID,ID"),
        ("qinghe", "all", "audit --csv FILE.csv", "audit --csv FILE.csv"),
    ],
)  # fmt: skip
def test_a_command_gives_the_parks_the_years_and_the_data_of_its_page(
    tmp_path: Path, parks: str, year: str, words: str, said: str
) -> None:
    assert command(yearly(tmp_path).only(parks, year), words) == f"parkstudy {said} --data DIR"


def test_every_kind_of_entry_says_that_its_values_are_cut() -> None:
    view = View(study_of(), "en")
    for key in ("growth", "series", "figures", "areas"):
        assert "The first 3 of 1,000 rows" in CATALOGUE[key].cut(view, 3, 1000), key
