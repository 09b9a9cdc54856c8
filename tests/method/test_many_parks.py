"""What it costs grows with the parks and no faster: counted, never timed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import many_parks
import polars as pl
import pytest

from parkstudy.method import coverage, outside, tax
from parkstudy.method.study import Study, load
from parkstudy.record.quantities import normal_quantity, parse

FEW, MANY = 5, 20


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Study]:
    folders = {n: many_parks.make(tmp_path_factory.mktemp("many"), n) for n in (FEW, MANY)}
    return lambda parks: load(folders[parks]).require_faultless()


def _everything(study: Study) -> None:
    assert study.findings
    assert study.measures.height
    assert study.compare.rows(left=study.park_ids()[0])
    assert coverage.cells(study).height
    assert study.left_out
    outside.answers(study)


def test_the_maker_writes_the_same_bytes_again_and_figures_of_each_park_s_own(
    tmp_path: Path, studies: Callable[[int], Study]
) -> None:
    study = studies(MANY)
    again = many_parks.make(tmp_path, MANY)
    assert all(path.read_bytes() == study.files[path.name].read_bytes() for path in again.iterdir())
    assert len(study.park_ids()) == study.sources.height == MANY
    of_one_text = study.observations.filter(pl.col("observation_id").str.ends_with("-002"))["reported_figure"]
    assert of_one_text.n_unique() > MANY // 2
    assert study.observations["reported_figure"].is_duplicated().any()


def test_the_maker_writes_a_text_a_year_whose_figures_move_and_keep_their_digits(tmp_path: Path) -> None:
    study = load(many_parks.make(tmp_path, FEW, 3)).require_faultless()
    assert study.sources.height == 3 * FEW
    for park in study.park_ids():
        ends = [row["period_end"] for row in study.rows("sources", park_id=park)]
        assert [end.year for end in ends] == [ends[0].year - back for back in range(3)]
        last, before, _ = (
            study.rows("observations", source_id=row["source_id"]) for row in study.rows("sources", park_id=park)
        )
        pairs = list(zip(last, before, strict=True))
        assert all(
            new["reported_figure"].partition(".")[1] == old["reported_figure"].partition(".")[1] for new, old in pairs
        )
        assert all(new["period_end"].year == old["period_end"].year + 1 for new, old in pairs if new["period_end"])
        assert any(new["value"] != old["value"] for new, old in pairs)


def test_each_distinct_figure_is_parsed_once(studies: Callable[[int], Study]) -> None:
    parse.cache_clear()
    normal_quantity.cache_clear()
    figures = studies(MANY).observations.join(studies(MANY).indicators, on="indicator")
    of_percent = pl.col("transformation").is_in(["yoy", "share"])
    asked = pl.when(of_percent).then(pl.lit("percent")).otherwise(pl.col("unit_right"))
    assert parse.cache_info().misses == figures.select("reported_figure", asked.cast(pl.String)).n_unique()
    _everything(studies(MANY))
    parsed = parse.cache_info().misses
    _everything(studies(MANY))
    assert parse.cache_info().misses == parsed


def test_no_frame_is_filtered_for_each_park(studies: Callable[[int], Study], monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def counted(name: str) -> Callable[..., Any]:
        original = getattr(pl.DataFrame, name)
        return lambda *args, **kwargs: calls.append(name) or original(*args, **kwargs)

    for name in ("filter", "to_dicts", "iter_rows", "row", "select", "group_by", "sort"):
        monkeypatch.setattr(pl.DataFrame, name, counted(name))
    counts = []
    for parks in (FEW, MANY):
        study = studies(parks)
        calls.clear()
        _everything(study)
        counts.append(sorted(calls))
    assert counts[0] == counts[1]


def test_the_rows_of_a_park_are_grouped_once_and_are_those_of_the_table(studies: Callable[[int], Study]) -> None:
    study = studies(MANY)
    for park in study.park_ids():
        found = study.rows("observations", park_id=park)
        assert found is study.rows("observations", park_id=park)
        ids = study.observations.filter(park_id=park)["observation_id"].to_list()
        assert [row["observation_id"] for row in found] == ids
    assert study.rows("observations", park_id="nowhere") == []
    everything = [
        {**row, "caveats": [*row["caveats"]], "part_of": [*row["part_of"]]} for row in study.rows("observations")
    ]
    assert everything == study.observations.to_dicts()


class _Counting(dict[str, Any]):
    """A row that counts, with all others, how often a low end is read."""

    read = 0

    def __getitem__(self, key: str) -> Any:
        type(self).read += key == "low"
        return super().__getitem__(key)


def test_the_peers_of_a_ratio_are_not_looked_for_among_all_rows(studies: Callable[[int], Study]) -> None:
    study = studies(FEW)
    ratio = study.measures.filter(measure="tax_per_output", basis="reported").drop_nulls("low").row(0, named=True)
    reads = []
    for parks in (100, 200):
        rows = [_Counting(ratio, park_id=str(n), low=float(n), high=n + 0.5, flags=[]) for n in range(parks)]
        _Counting.read = 0
        flagged = tax.with_peers(study, rows)
        reads.append(_Counting.read)
        assert [row["park_id"] for row in flagged if row["flags"]] == ["0", str(parks - 1)]
    assert reads[1] <= 2.1 * reads[0]
