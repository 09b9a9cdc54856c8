"""Many parks: answers that count and spread, figures that change form, and no pair computed."""

from __future__ import annotations

import re
import statistics
from datetime import date
from pathlib import Path
from typing import Any

import many_parks
import polars as pl
import pytest

from parkstudy.method.compare import Comparisons
from parkstudy.method.study import Study, load
from parkstudy.show.catalogue import CATALOGUE, viewer
from parkstudy.show.digest import undrawn
from parkstudy.show.figure import Figure
from parkstudy.show.select import growth, overview, shared
from parkstudy.show.select.shared import FEW, size
from parkstudy.show.select.spread import by_group, quantile, spread

PARKS = FEW + 10
ANSWERS = [key for key, entry in CATALOGUE.items() if entry.answers and "park" not in entry.takes]
FORMS = [key for key, entry in CATALOGUE.items() if isinstance(entry, Figure)]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load(many_parks.make(tmp_path_factory.mktemp("forms"), PARKS)).require_faultless()


@pytest.fixture
def no_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("a pair of many parks is compared")

    monkeypatch.setattr(Comparisons, "rows", refused)


def row(park: str, value: float, year: int = 2020, **more: Any) -> dict[str, Any]:
    ends = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "method": "as_printed"}
    own = {
        "park_id": park,
        "value": value,
        "low": value - 1,
        "high": value + 1,
        "measure": "m",
        "unit": "%",
        "grade": "A",
    }
    return {**own, **ends, "key": park, **more}


def test_quartiles_are_those_of_definition_7() -> None:
    values = [7.0, 1.0, 4.0, 4.5, 19.0, 2.25]
    found = [quantile(values, share) for share in (0.25, 0.5, 0.75)]
    assert found == pytest.approx(statistics.quantiles(values, n=4, method="inclusive"))
    assert quantile([3.0, float("inf")], 0) == 3
    assert quantile([float("-inf"), 3.0], 0.5) == float("-inf")
    assert quantile([float("-inf"), float("inf")], 0.5) == float("-inf")
    assert quantile([5.0], 0.75) == 5


def test_the_spread_of_printed_figures_is_exact_and_of_computed_ones_a_range() -> None:
    rows = [row(f"p{place}", float(place)) for place in range(9)]
    found = spread(rows, 12)
    assert found is not None
    assert (found["parks"], found["of"], found["lowest"]["park_id"], found["highest"]["park_id"]) == (9, 12, "p0", "p8")
    assert (found["median"]["value"], found["half"]["first"]["value"], found["half"]["third"]["value"]) == (4, 2, 6)
    ranged = spread([{**one, "method": "tax_per_output"} for one in rows], 12)
    assert ranged is not None
    assert (ranged["median"]["value"], ranged["median"]["low"], ranged["median"]["high"]) == (None, 3, 5)
    assert (ranged["half"]["within"]["low"], ranged["half"]["within"]["high"]) == (1, 7)
    assert spread([{**rows[0], "low": None}], 12) is None


def test_of_several_values_of_a_park_and_year_the_first_of_the_last_months_counts() -> None:
    half = row("p", 3.0, period_end=date(2020, 6, 30))
    first, other = row("p", 8.3), row("p", 11.3)
    found = spread([half, first, other, row("p", 5.0, period_end=None)], 1)
    assert found is not None
    assert (found["given"], found["highest"], found["lowest"]["value"]) == (2, first, 5)


def test_a_tie_at_an_end_and_the_years_are_counted() -> None:
    rows = [row(f"p{place}", 5.0, 2019 + place % 2) for place in range(3)] + [row(f"q{p}", 9.0, 2020) for p in range(4)]
    found = spread(rows, 7)
    assert found is not None
    assert (found["lowest_more"], found["highest_more"], found["several_years"]) == (2, 3, True)
    assert found["years"] == []  # one year has three parks or more, so that there is nothing to tell apart


def test_groups_need_two_of_three_parks(many: Study) -> None:
    parks = many.park_ids()
    rows = [row(park, float(place)) for place, park in enumerate(parks)]
    found = by_group(many, rows)
    assert found is None or found["count"] >= 2
    assert by_group(many, rows[:2]) is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_answer_gives_numbers_and_names_and_compares_no_pair(many: Study, lang: str, no_pair: None) -> None:
    many.__dict__.pop("compare", None)
    for key in ANSWERS:
        if key in ("statements-takeaways", "figures-takeaways"):
            continue
        said = viewer(many, lang)(key)
        assert len(re.findall(r"\d", said.answer)) > 3, key
        assert len(said.answer) < 2000, key
    answered = viewer(many, lang)("growth-answer").answer
    assert str(PARKS) in answered


def test_a_figure_of_many_parks_is_a_distribution_with_its_summary(many: Study, no_pair: None) -> None:
    with undrawn():
        for key in FORMS:
            if CATALOGUE[key].words in ("robustness", "profile", "figures"):
                continue
            made = viewer(many)(key)
            assert made.answer, key
            assert made.body.count("<tr") < 200, key
            assert len(made.body) < 400_000, key


@pytest.mark.slow
def test_a_mark_knows_its_park_and_a_named_one_its_number(tmp_path: Path) -> None:
    study = load(many_parks.make(tmp_path, 200))
    made = viewer(study)("overview")
    drawn = re.findall(r"<svg .*?</svg>", made.body, flags=re.S)
    assert len(made.svg) < 150_000
    for one in drawn:
        assert len(set(re.findall(r'data-park="([^"]+)"', one))) == 160  # parks with a value: 40 texts print none
        assert set(re.findall(r'data-opens="([^"]+)"', one)) <= set(made.records)
    assert 'class="chart wide many"' in made.body


def test_a_park_with_texts_of_several_years_has_a_value_a_year() -> None:
    rows = [row("p", 4.0, 2019), row("p", 6.0, 2020), row("q", 8.0, 2020)]
    found = spread(rows, 5)
    assert found is not None
    assert (found["parks"], found["given"], found["repeated"], found["median"]["value"]) == (2, 3, True, 6)


def test_the_reasons_for_gaps_leave_no_park_out(many: Study) -> None:
    on_picture = (
        overview.board(many).data.filter(pl.col("low").is_not_null(), column="tax_per_area")["park_id"].to_list()
    )
    gaps = [one for one in overview.notes(many).facts["gaps"] if one["measure"] == "tax_per_area"]
    assert {one["gap"] for one in gaps} >= {"other_area"}
    assert sorted([*on_picture, *(park for one in gaps for park in one["parks"])]) == sorted(many.park_ids())


def test_few_parks_of_many_years_take_the_form_of_many_on_a_page_of_all_years(tmp_path: Path) -> None:
    every = load(many_parks.make(tmp_path, FEW // 5 + 1, 5))
    latest = every.only("", "latest")
    assert (size(every), shared.many(every)) == (5 * (FEW // 5 + 1), True)
    assert (size(latest), shared.many(latest)) == (FEW // 5 + 1, False)
    with undrawn():
        for study, drawn in ((every, True), (latest, False)):
            assert ("parks print what each measure needs" in viewer(study)("comparability").answer) is drawn
            assert ("too many to set each against each other" in viewer(study)("statements-takeaways").answer) is drawn
    assert viewer(every)("statements-takeaways").answer.startswith(
        f"The study holds {size(every)} texts of {FEW // 5 + 1} parks"
    )


def test_answer_and_pictures_of_areas_of_many_parks_are_in_one_state(many: Study) -> None:
    with undrawn():
        for key in ("land-takeaways", "land", "land-output", "land-alone", "land-table"):
            asked = {
                name: value
                for name, value in {"rung": "expanded", "basis": "annualised"}.items()
                if name in CATALOGUE[key].obeys
            }
            made = viewer(many)(key, **asked)
            assert (len(made.states), made.axes, made.parameters) == (1, (), asked), key
            assert "Not drawn here" not in made.body, key


def test_rates_of_many_parks_are_shown_less_their_targets(tmp_path: Path) -> None:
    study = load(many_parks.make(tmp_path, 60))
    data = growth.beside_targets(study).data.filter(measure="gross_industrial_output_growth")
    less = statistics.median(data["value"] - data["target"])
    with undrawn():
        made, told = viewer(study)("growth-targets"), viewer(study, "zh")("growth-targets").answer
    assert made.answer.startswith(
        f"Growth of industrial output less the target in the same text: median {round(less, 2):g} points in 12 parks"
    )
    assert f"与同一材料所列目标之差：12个园区，中位数{round(less, 2):g}个百分点" in told


def test_the_months_of_many_texts_count_texts_spans_and_years(many: Study) -> None:
    with undrawn():
        claim = viewer(many)("spans").answer
    assert claim.startswith(f"{PARKS} texts cover 5 spans of months in 5 different years; 8 cover all twelve months")


def test_a_table_that_counts_many_parks_names_their_texts(many: Study) -> None:
    assert "Sources: none" not in viewer(many)("comparability").body
