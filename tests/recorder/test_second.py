"""A second reader: recorded blind, compared field by field as `data/README.md` does it, settled one by one."""

import csv
from pathlib import Path

import pytest

from parkstudy.recorder import RefusedError, Review
from parkstudy.recorder.second import FIELDS, Comparison, agreement, begin_second, differences, paired

SOURCE = "qinghe-2021"


def key(number: int) -> str:
    return f"{SOURCE}-{number:03}"


def a_row(number: int, figure: str, place: str = "p1", **cells: str) -> dict[str, str]:
    return {
        **dict.fromkeys(FIELDS, ""),
        "observation_id": key(number),
        "locator": place,
        "reported_figure": figure,
        **cells,
    }


FIRST = [
    a_row(1, "12亿元", indicator="tax_revenue", subject="park", caveats="two_readings;coarse_figure"),
    a_row(2, "8%", indicator="tax_revenue", subject="zone:old", obs_status="A"),
    a_row(3, "8%", indicator="enterprises", subject="park", obs_status="A"),
    a_row(4, "5 家", indicator="enterprises", subject="firm:a"),
    a_row(5, "7家", indicator="enterprises"),
]
SECOND = [
    a_row(1, "12亿元", indicator="tax_revenue", subject="park", caveats="coarse_figure;two_readings"),
    a_row(2, "8%", indicator="enterprises", subject="park", obs_status="P"),
    a_row(3, "8%", indicator="tax_revenue", subject="zone:north", obs_status="A"),
    a_row(4, "5家", indicator="employees", subject="park"),
    a_row(5, "7家", place="p2", indicator="enterprises"),
]


def test_agreement_counts_the_rows_of_both_and_in_each_field_those_that_are_the_same():
    found = agreement(paired(FIRST, SECOND))
    assert (found.first, found.second, found.both, found.slug) == (5, 5, 4, 1)
    assert {name: count for name, count in found.same.items() if count < 4} == {
        "indicator": 3,
        "subject": 2,
        "obs_status": 3,
    }
    assert found.same["caveats"] == 4  # in whatever order


def test_two_rows_of_one_figure_are_paired_by_what_they_share():
    pairs = {one["observation_id"]: other["observation_id"] for one, other in paired(FIRST, SECOND) if one and other}
    assert pairs == {key(1): key(1), key(2): key(3), key(3): key(2), key(4): key(4)}


def test_differences_name_the_field_both_values_and_the_rows_that_one_alone_has():
    found = [one[:3] for one in differences(paired(FIRST, SECOND))]
    assert found == [
        ("subject", "zone:old", "zone:north"),
        ("obs_status", "A", "P"),
        ("indicator", "enterprises", "employees"),
        ("subject", "firm:a", "park"),
        ("row", "7家", ""),
        ("row", "", "7家"),
    ]


def test_a_figure_that_one_reader_has_wider_is_one_row_with_a_difference():
    spans = {key(1): (10, 15)}, {key(1): (9, 15)}
    pairs = paired([a_row(1, "36亿元")], [a_row(1, "约36亿元", bound="about")], spans)
    assert [one[:3] for one in differences(pairs)] == [
        ("reported_figure", "36亿元", "约36亿元"),
        ("bound", "", "about"),
    ]
    assert agreement(pairs).both == 0  # not the same figure


def test_the_second_set_is_blind_and_is_settled_row_by_row(opened, drafted, folder):
    first = opened()
    first.correct(key(3), {"population": "unstated"})
    first.reject(key(9), "one project")
    first.accept([key(1)])
    own = begin_second(folder, SOURCE, drafted / "texts", "second")
    second = Review(own, SOURCE, drafted / "texts")
    assert own == folder / "readers" / "second"
    assert second.progress()["decided"] == 0
    assert second.rows[key(3)]["population"] == "park"  # as the draft has it, not as the first reader
    assert key(9) in second.rows
    second.correct(key(4), {"caveats": "two_readings"})
    second.reject(key(14), "no")
    assert begin_second(folder, SOURCE, drafted / "texts", "second") == own  # begun once
    second.refresh()
    both = Comparison(first, second)
    assert both.agreement()[:3] == (13, 13, 12)
    assert [(one.field, one.first_id, one.second_id) for one in both.open()] == [
        ("population", key(3), key(3)),
        ("caveats", key(4), key(4)),
        ("row", "", key(9)),
        ("row", key(14), ""),
    ]
    population, caveats, missing, spare = both.open()
    both.settle(population, second=False)
    both.settle(caveats, second=True)
    both.settle(missing, second=True)
    both.settle(spare, second=True)
    assert both.open() == []
    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["observation_id"]: row for row in csv.DictReader(file)}
    assert rows[key(3)]["population"] == "unstated"
    assert rows[key(4)]["caveats"] == "two_readings"
    assert rows[key(15)]["reported_figure"] == "5亿元"
    assert key(14) not in rows
    again = Comparison(Review(folder, SOURCE, drafted / "texts"), second)
    assert again.open() == []
    again.first.undo()
    assert [one.field for one in again.open()] == ["row"]


def test_a_difference_can_be_settled_for_the_first_reader_whatever_it_is(opened, drafted, folder):
    begin_second(folder, SOURCE, drafted / "texts", "b", drafted=False)
    both = Comparison(opened(), Review(folder / "readers" / "b", SOURCE, drafted / "texts"))
    assert {one.field for one in both.open()} == {"row"}
    assert len(both.open()) == 14
    for one in both.open():
        both.settle(one, second=False)
    assert both.open() == []
    assert len(both.first.rows) == 14


@pytest.mark.parametrize("name", ["", "../up", "A B", "a.b", "a\n"])
def test_a_name_that_is_none_of_a_folder_is_refused(folder: Path, drafted: Path, name: str):
    with pytest.raises(RefusedError, match="is no name of a reader, and of a folder; use letters, digits and -"):
        begin_second(folder, SOURCE, drafted / "texts", name)
    assert not (folder / "readers").exists()
