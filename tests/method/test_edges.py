"""Zeros, open ends, ends that are one, odd spans: a fault or a refusal in words, never a traceback, never a value that is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import polars as pl
import pytest
import trial_studies
from foreign_parks import write
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from parkstudy.method.benchmarks import deflated, price_change
from parkstudy.method.declarations import looked_at
from parkstudy.method.study import Study, check, load
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period

FOUND = (Phase.explicit, Phase.generate)  # a study is small as it is, and shrinking one takes minutes
WIDE = {"deadline": None, "phases": FOUND, "suppress_health_check": list(HealthCheck)}


@contextmanager
def studied(data: st.DataObject, most: int) -> Iterator[Study]:
    """The study that the draws make; what is at fault in it is taken out."""
    folder = Path(mkdtemp(prefix="edges-"))
    try:
        trial_studies.made(lambda options: data.draw(st.sampled_from(list(options))), folder, most)
        yield trial_studies.sound(folder)
    finally:
        shutil.rmtree(folder)


@pytest.mark.slow
@settings(max_examples=2, **WIDE)
@given(st.data())
def test_a_study_at_the_edge_is_said_in_words(data):
    with studied(data, 3) as study:
        assert study.faults or trial_studies.looked_at(study) == []


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(10))
def test_studies_of_more_parks_at_the_edge_are_said_in_words_and_drawn(part):
    @seed(part)
    @settings(max_examples=5, **WIDE)
    @given(st.data())
    def every(data):
        with studied(data, 9) as study:
            assert study.faults or trial_studies.looked_at(study, drawn=("en", "zh")[part % 2]) == []

    every()


def changed(tmp_path: Path, table: str, column: str, *first: str) -> Path:
    """The six parks with other cells in the first rows."""
    write(tmp_path)
    frame = pl.read_csv(tmp_path / f"{table}.csv", infer_schema=False)
    cells = [*first, *frame[column].to_list()[len(first) :]]
    frame.with_columns(pl.Series(column, cells)).write_csv(tmp_path / f"{table}.csv")
    return tmp_path


DAYS = ["2022-02-30", "2021-02-29", "0000-01-01", "2021-13-01", "2021", "2021/06/01"]


@pytest.mark.parametrize(
    ("table", "column"), [("sources", "published"), ("sources", "period_end"), ("observations", "period_start")]
)
def test_a_day_that_there_is_not_is_a_fault(tmp_path, table, column):
    assert [(f.file, f.line, f.column) for f in check(changed(tmp_path, table, column, *DAYS))] == [
        (f"{table}.csv", line, column) for line in range(2, 2 + len(DAYS))
    ]


def test_a_text_may_be_published_in_a_month(tmp_path):
    assert check(changed(tmp_path, "sources", "published", "2021-02")) == []


@pytest.mark.slow
def test_of_a_level_below_zero_no_measure_is_made(tmp_path):
    study = load(changed(tmp_path, "observations", "reported_figure", "-5亿元"))
    assert study.faults == ()
    assert (
        study.measures.filter(pl.col("park_id") == "qingtan", measure="gross_industrial_output_level")[
            "value"
        ].to_list()
        == []
    )
    assert trial_studies.looked_at(study) == []


def test_an_output_of_about_zero_is_divided_by_nowhere(tmp_path):
    study = load(changed(tmp_path, "observations", "reported_figure", "0亿元"))
    own = study.measures.filter(pl.col("park_id") == "qingtan", pl.col("measure").str.starts_with("tax_per_output"))
    assert own["reason"].to_list() == ["reaches_zero"]
    reasons = {
        one.reason.code for one in study.compare.rows("tax_per_output", "qingtan", basis="annualised") if one.reason
    }
    assert "statement_reaches_zero" in reasons


def test_prices_that_fall_by_all_deflate_nothing(tmp_path):
    study = load(reference(tmp_path, "-100.0"))
    assert study.faults == ()
    assert price_change(study, Period.of({"period_start": None, "period_end": None})) is None
    real = study.measures.filter(pl.col("park_id") == "qingtan", measure="gross_industrial_output_growth", price="real")
    assert real["reason"].to_list() == ["no_price_index"]


def reference(folder: Path, value: str) -> Path:
    """The six parks beside the nation's producer prices of their year."""
    write(folder)
    head = "series,name_zh,name_en,scope,period_start,period_end,value,unit,bound,source_title,source_url,official,inferred,note"
    row = f"ppi_yoy,价格,prices,national,2021-01-01,2021-12-31,{value},%,exact,a page,https://example.org/,false,,"
    (folder / "reference.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    return folder


def test_a_rate_below_all_that_there_was_has_its_ends_in_order():
    found = deflated(Interval(-150.5, -149.5, -150.0), Interval(9.95, 10.05, 10.0))
    assert found.low < found.value < found.high


@pytest.mark.parametrize("right", ["nan", "inf", "-inf", "true"])
def test_a_threshold_is_a_number_that_there_is(tmp_path, right):
    path = tmp_path / "statements.toml"
    words = 'sentence_en = "{a} {right}"\nsentence_zh = "{a}{right}"'
    path.write_text(
        f'[[statement]]\nid = "1"\nkind = "threshold"\nmeasure = "tax_per_output"\nleft = "a"\nright = {right}\n{words}\n'
    )
    (fault,) = looked_at(path)[1]
    assert (fault.line, fault.advice) == (6, "expected a number, or year_share")
