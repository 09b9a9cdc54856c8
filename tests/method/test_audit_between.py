"""The checks between texts of one park: what they find, what they leave alone, and what that costs."""

from __future__ import annotations

from pathlib import Path

import many_parks
import pytest
from foreign_parks import foreign

from parkstudy.method import audit
from parkstudy.method.audit import between
from parkstudy.method.study import Study, load


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return foreign(tmp_path_factory.mktemp("years"), years=True)


def _found(study: Study, check: str) -> dict[str, audit.Finding]:
    return {found.observations[0]: found for found in study.findings if found.check == check}


def _edited(folder: Path, before: str, after: str) -> Study:
    foreign(folder, years=True)
    path = folder / "observations.csv"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    return load(folder).require_faultless()


def test_one_text_a_park_has_nothing_between_texts(study: Study) -> None:
    assert not [found for found in study.findings if found.check in audit.BETWEEN]


def test_a_printed_rate_is_held_against_the_level_of_the_earlier_text(years: Study) -> None:
    found = _found(years, "A15")
    assert {key: one.outcome for key, one in found.items()} == {
        "qingtan-2019-002": "holds",
        "qingtan-2019-004": "ambiguous",
        "baishi-2021-002": "ambiguous",
        "luoxi-2021-002": "holds",
        "luoxi-2021-005": "holds",
    }
    gap = found["baishi-2021-002"]
    assert (gap.source_id, gap.marked) == ("baishi-2021", ())
    assert gap.observations == ("baishi-2021-002", "baishi-2021-001", "baishi-2020-001")
    change = gap.arithmetic.values["change"].values
    assert (change["low"], change["high"]) == pytest.approx((100 * (95.15 / 91.45 - 1), 100 * (95.25 / 91.35 - 1)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("luoxi-2020,gross_industrial_output,park,above_scale,level,outturn", "luoxi-2020,gross_industrial_output,park,park,level,outturn"),
        ("level,outturn,2020-01-01,2020-11-30,规模以上工业总产值,56.2", "level,outturn,2020-01-01,2020-10-31,规模以上工业总产值,56.2"),
    ],
    ids=["other firms", "other months"],
)  # fmt: skip
def test_levels_of_other_firms_or_months_are_not_chained(tmp_path: Path, before: str, after: str) -> None:
    study = _edited(tmp_path, before, after)
    assert "luoxi-2021-002" not in _found(study, "A15")
    changes = study.measures.filter(measure="gross_industrial_output_level_change", park_id="luoxi")
    assert changes["reason"].to_list() == ["no_second_level"] * 2  # of either text


def test_a_level_is_chained_past_one_of_other_firms_that_ends_between(tmp_path: Path) -> None:
    row = "baishi-2021-001,baishi-2021,gross_industrial_output,park,above_scale,level,outturn,2021-01-01,2021-12-31"
    other = row.replace("-001,", "-009,").replace("above_scale", "park").replace("2021-12-31", "2021-06-30")
    study = _edited(tmp_path, row, f"{other},工业总产值,50亿元,exact,A,,,,,p1,\n{row}")
    changes = study.measures.filter(measure="gross_industrial_output_level_change", park_id="baishi")
    assert changes["inputs"].to_list() == [["baishi-2021-001", "baishi-2020-001"], []]


def test_a_rate_at_comparable_prices_is_not_the_change_of_levels(tmp_path: Path) -> None:
    study = _edited(tmp_path, "gross_industrial_output", "industrial_value_added")
    assert {*_found(study, "A15")} == {"luoxi-2021-005", "qingtan-2019-004"}  # rates of tax


@pytest.mark.parametrize(("figure", "outcome"), [("91.40亿元", "holds"), ("90.8亿元", "ambiguous")])
def test_a_figure_that_two_texts_print_is_kept_from_both(tmp_path: Path, figure: str, outcome: str) -> None:
    row = "baishi-2021-001,baishi-2021,gross_industrial_output,park,above_scale,level,outturn,2021-01-01,2021-12-31"
    again = row.replace("-001,", "-009,").replace("2021-01-01,2021-12-31", "2020-01-01,2020-12-31")
    study = _edited(tmp_path, row, f"{again},规模以上工业总产值,{figure},exact,A,,,,,p1,\n{row}")
    found = _found(study, "A16")["baishi-2021-009"]
    assert (found.outcome, found.observations) == (outcome, ("baishi-2021-009", "baishi-2020-001"))
    assert "contradicted" not in study.rows("observations", observation_id="baishi-2021-009")[0]["caveats"]


def test_a_target_stands_beside_what_the_text_after_reports(years: Study) -> None:
    found = _found(years, "A17")
    assert {one.outcome for one in found.values()} == {"observed"}
    assert [one.observations for one in found.values()] == [
        ("qingtan-2019-001", "qingtan-2018-002"),
        ("qingtan-2019-002", "qingtan-2018-003"),
        ("baishi-2021-001", "baishi-2020-003"),
    ]
    reached = found["qingtan-2019-001"].arithmetic.values["reached"].values
    assert (reached["low"], reached["high"]) == pytest.approx((100 * 78.35 / 80, 100 * 78.45 / 80))
    assert found["qingtan-2019-002"].arithmetic.values["reached"] is None


def test_a_target_of_eleven_months_stands_beside_their_share_of_the_year(tmp_path: Path) -> None:
    forecast = "level,forecast,2020-01-01,2020-12-31,规模以上工业总产值,62亿元,exact,F"
    target = "level,target,2021-01-01,2021-12-31,规模以上工业总产值,66亿元,exact,"
    study = _edited(tmp_path, forecast, target)
    values = _found(study, "A17")["luoxi-2021-001"].arithmetic.values
    assert (values["share"].values["low"], values["share"].values["high"]) == (88.5, 91.7)


def test_the_checks_between_texts_cost_what_the_texts_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, asked = between.ParkTexts.of, list[int]()
    monkeypatch.setattr(between.ParkTexts, "of", lambda texts, row: asked.append(1) or read(texts, row))
    costs = []
    for years in (5, 10):
        study = load(many_parks.make(tmp_path / str(years), 5, years))
        asked.clear()
        assert list(between.between(study))
        costs.append(len(asked))
    assert costs[1] <= 2.3 * costs[0]
