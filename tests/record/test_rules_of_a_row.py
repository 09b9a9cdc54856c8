"""The rules on tables of a few rows: which column of which row each finds fault with, and with which of its neighbours none."""

from __future__ import annotations

from typing import Any

import polars as pl
from cases import every

from parkstudy.record.reading import Cells, Fault
from parkstudy.record.rules import check_together
from parkstudy.record.schema import LINE, columns

PARKS = [{"park_id": "a", "anonymised": "false", "county_en": "X"}, {"park_id": "h", "anonymised": "true"}]
SOURCES = [
    {"source_id": "a-2020", "park_id": "a", "kind": "work_summary", "title": "T"},
    {"source_id": "h-2020", "park_id": "h", "kind": "work_summary"},
    {"source_id": "a-2020n", "park_id": "a", "kind": "news"},
]
UNITS = {
    "tax_revenue": "CNY",
    "built_area": "km2",
    "firms": "count",
    "staff": "person",
    "price": "CNY/mu",
    "odd": "stone",
}
INDICATORS = [{"indicator": name, "unit": unit, "terms_zh": "税收;税"} for name, unit in UNITS.items()]
PLACES = [{"park_id": "a", "scope": "national"}, {"park_id": "h", "scope": "national"}]
REFERENCE = [{"series": "s", "scope": "national", "value": "1", "bound": "exact"}, {"series": "s", "scope": "Y"}]
ROW = {
    "observation_id": "a-2020-001", "source_id": "a-2020", "indicator": "tax_revenue", "subject": "park",
    "population": "park", "transformation": "level", "value_type": "outturn", "period_start": "2020-01-01",
    "period_end": "2020-12-31", "reported_term": "税", "reported_figure": "1.2亿元", "bound": "exact", "obs_status": "A",
    "locator": "p1",
}  # fmt: skip
OTHER = {**ROW, "observation_id": "a-2020-002", "reported_figure": "3亿元"}
HIDDEN = {**ROW, "observation_id": "h-2020-001", "source_id": "h-2020"}
SHARE = {"transformation": "share", "share_of": "plan", "reported_figure": "5%"}
GIVEN: dict[str, list[dict[str, Any]]] = {
    "parks": PARKS, "sources": SOURCES, "indicators": INDICATORS, "observations": [ROW, OTHER], "subjects": [],
    "places": PLACES, "reference": REFERENCE,
}  # fmt: skip


def faults(shipped: tuple[str, ...] = (), misnamed: tuple[str, ...] = (), **given: list[dict[str, Any]]) -> list[Fault]:
    """What the rules find in these tables, the others sound."""
    tables = {}
    for name, rows in {**GIVEN, **given}.items():
        lined = [{LINE: line, **row} for line, row in enumerate(rows, 2)]
        kinds = {LINE: pl.Int64, **dict.fromkeys(columns(name), pl.String)}
        tables[name] = Cells(name, f"{name}.csv", pl.DataFrame(lined, schema=kinds))
    check_together(tables, shipped, misnamed)
    return [fault for cells in tables.values() for fault in cells.faults]


def places_of(*found: Fault) -> list[str]:
    return [f"{fault.file.removesuffix('.csv')}:{fault.line}:{fault.column}" for fault in found]


def test_sound_tables_have_no_fault() -> None:
    assert faults() == []


OF_A_ROW: list[tuple[dict[str, Any], str]] = [  # what is changed in a sound row, and the columns at fault
    ({"observation_id": "b-2020-001"}, "observation_id"),
    ({"observation_id": "a-2020-x-001"}, "observation_id"),
    ({"observation_id": None}, ""),
    ({"source_id": "a-2020n", "observation_id": "a-2020n-001", "locator": None}, ""),
    ({"locator": None}, "locator"),
    ({"indicator": "odd"}, ""),  # a fault of the indicator
    ({"reported_figure": None}, ""),
    ({"reported_figure": "若干"}, "reported_figure"),
    ({"bound": "about"}, "bound"),
    ({"bound": "nearly"}, ""),  # a fault of the schema
    ({"bound": "about", "reported_figure": "约2亿元"}, ""),
    ({"reported_figure": "1.2亿"}, "caveats"),
    ({"reported_figure": "1.2亿", "caveats": "coarse_figure;unit_assumed"}, ""),
    ({"reported_figure": "1.2亿", "caveats": "coarse_figure"}, "caveats"),
    ({"reported_figure": "-1.2亿元"}, ""),
    ({"indicator": "built_area", "reported_figure": "-2亩"}, "reported_figure"),
    ({"indicator": "built_area", "reported_figure": "-0亩"}, ""),
    ({"indicator": "built_area", "reported_figure": "2亩"}, ""),
    ({"indicator": "built_area", "reported_figure": "2家"}, "reported_figure"),
    ({"indicator": "firms", "reported_figure": "-2家"}, "reported_figure"),
    ({"indicator": "firms", "reported_figure": "0家"}, ""),
    ({"indicator": "staff", "reported_figure": "-2人"}, "reported_figure"),
    ({"indicator": "price", "reported_figure": "27万元"}, ""),
    ({"indicator": "price", "reported_figure": "27万元/亩"}, ""),
    ({"indicator": "price", "reported_figure": "27亩"}, "reported_figure"),
    ({"reported_figure": "27万元/亩"}, "reported_figure"),
    ({"reported_figure": "2亿美元"}, ""),
    ({"indicator": "built_area", "transformation": "yoy", "reported_figure": "-5%"}, ""),
    ({"transformation": "yoy", "reported_figure": "2亿元"}, "reported_figure"),
    ({"transformation": "growth", "reported_figure": "5%"}, ""),  # a fault of the schema
    ({"period_end": None}, "period_end"),
    ({"period_start": None}, ""),
    ({"period_start": None, "period_end": None}, ""),
    ({"period_end": "2019-12-31"}, "period_end"),
    ({"period_end": "2020-01-01"}, ""),
    ({"period_end": "2019-13-01"}, ""),
    ({"period_start": "2020-13-01", "period_end": None}, ""),
    ({"obs_status": None}, "obs_status"),
    ({"value_type": "forecast", "obs_status": None}, "obs_status"),
    ({"value_type": "forecast", "obs_status": "F"}, ""),
    ({"value_type": "target", "obs_status": None}, ""),
    ({"value_type": "plan", "obs_status": None}, ""),
    ({"value_type": "target"}, "obs_status"),
    ({"value_type": "plan"}, "obs_status"),
    ({"obs_status": "O"}, "obs_status"),
    ({"obs_status": "L"}, "obs_status"),
    ({"obs_status": "Q"}, "obs_status"),
    ({"obs_status": "F"}, "obs_status"),
    (SHARE, ""),
    ({**SHARE, "share_of": "unstated"}, ""),
    ({**SHARE, "share_of": "firms"}, ""),
    ({**SHARE, "share_of": "sales"}, "share_of"),
    ({**SHARE, "share_of": None}, "share_of"),
    ({"share_of": "plan"}, "share_of"),
    ({"transformation": "yoy", "reported_figure": "5%", "share_of": "plan"}, "share_of"),
    ({"part_of": "a-2020-002", "split": "some"}, ""),
    ({"part_of": "a-2020-002"}, "split"),
    ({"split": "some"}, "split"),
    ({"part_of": "a-2020-001", "split": "some"}, "part_of"),
    ({"part_of": "a-2020-003", "split": "some"}, "part_of"),
    ({"part_of": "a-2020-002;a-2020-003", "split": "some"}, "part_of"),
    ({"part_of": "h-2020-001", "split": "some"}, "part_of"),
    ({"subject": "zone:river", "note": "某县", "reported_term": "另"}, ""),  # of a named park
]


@every(("cells", "at_fault"), OF_A_ROW)
def test_a_row_is_at_fault_in_its_column_or_not_at_all(cells: dict[str, Any], at_fault: str) -> None:
    found = faults(observations=[{**ROW, **cells}, OTHER, HIDDEN])
    assert places_of(*found) == [f"observations:2:{column}" for column in at_fault.split()]


SPOILT = "(a spreadsheet may have made"


@every(
    ("figure", "spoilt"),
    [("0.26", True), ("-0.26", True), ("0.95", True), ("1", False), ("1.5", False), ("-1.5", False), ("62", False)],
)
def test_a_percentage_that_a_spreadsheet_keeps_is_told_apart(figure: str, spoilt: bool) -> None:
    (found,) = faults(observations=[{**ROW, **SHARE, "reported_figure": figure}])
    assert (found.column, SPOILT in found.advice) == ("caveats", spoilt)
    (money,) = faults(observations=[{**ROW, "reported_figure": "0.26"}])
    assert SPOILT not in money.advice


OF_A_HIDDEN_ONE: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    ({"subject": "county"}, "subject"),
    ({"subject": "zone:river"}, "subject"),
    *(({"subject": subject}, "") for subject in ("zone:1", "sector:1", "group:1", "project:12", "firm:1+2", "sector:a-b")),
    ({"subject": None}, ""),
    ({"reported_term": "另"}, "reported_term"),
    ({"reported_term": None}, ""),
    ({"indicator": "none"}, "indicator"),
    ({"reported_figure": "某镇1亿元"}, "reported_figure reported_figure"),
    ({"reported_figure": "１亿余萬元", "bound": "at_least"}, "reported_figure"),  # unreadable, but no more than a figure
    ({"note": "某县"}, "note"),
    ({"note": "a county"}, ""),
]  # fmt: skip


@every(("cells", "at_fault"), OF_A_HIDDEN_ONE)
def test_a_row_of_a_hidden_park_names_nothing(cells: dict[str, Any], at_fault: str) -> None:
    found = faults(observations=[ROW, {**HIDDEN, **cells}])
    assert places_of(*found) == [f"observations:3:{column}" for column in at_fault.split()]


HIDING = ["county_zh", "county_en", "prefecture_zh", "prefecture_en", "province_zh", "province_en"]


def test_the_cells_that_would_name_a_hidden_place_are_empty() -> None:
    filled = [PARKS[0] | dict.fromkeys(HIDING, "x"), PARKS[1] | dict.fromkeys(HIDING, "x")]
    assert sorted(places_of(*faults(parks=filled))) == sorted(f"parks:3:{column}" for column in HIDING)
    named = dict.fromkeys(("title", "publisher", "url"), "x")
    texts = [SOURCES[0] | named, SOURCES[1] | named]
    found = faults(sources=texts, observations=[ROW])
    assert sorted(places_of(*found)) == ["sources:3:publisher", "sources:3:title", "sources:3:url"]
    assert places_of(*faults(places=[{"park_id": "a", "scope": "Y"}, {"park_id": "h", "scope": "Y"}])) == [
        "places:3:scope"
    ]


@every(
    ("source", "subject", "name", "at_fault"),
    [
        ("h-2020", "zone:1", "zone 1", ""), ("h-2020", "zone:1", "zones 1, 2 and 3", ""), ("h-2020", "firm:1+2", "firms 1 and 2", ""),
        ("h-2020", "group:1", "project group 1", ""), ("h-2020", "group:1", "groups 1", ""), ("h-2020", "sector:1", "sector 1", ""),
        ("h-2020", "project:1", "projects 1", ""), ("h-2020", "zone:1", "片区1", ""), ("h-2020", "sector:1", "行业1和2", ""),
        ("h-2020", "project:1", "项目组1、2", ""), ("h-2020", "firm:1", "企业1", ""), ("h-2020", "zone:1", "river zone", "name_en name_zh"),
        ("h-2020", "zone:1", "zone 1 by the river", "name_en name_zh"), ("h-2020", "zone:1", "河西片区1", "name_en name_zh"),
        ("h-2020", "zone:1", None, ""), ("h-2020", "sector:food", "food", ""), ("a-2020", "zone:1", "river zone", ""),
    ],
)  # fmt: skip
def test_a_part_by_its_number_has_a_number_for_a_name(
    source: str, subject: str, name: str | None, at_fault: str
) -> None:
    row = {"source_id": source, "subject": subject, "name_en": name, "name_zh": name}
    found = faults(subjects=[row], observations=[ROW, OTHER, HIDDEN])
    assert sorted(places_of(*found)) == [f"subjects:2:{column}" for column in at_fault.split()]


def test_what_is_printed_twice_is_one_figure_unless_a_part_of_its_key_differs() -> None:
    assert places_of(*faults(observations=[ROW, {**OTHER, "reported_figure": "1.2亿元"}])) == [
        "observations:2:reported_figure", "observations:3:reported_figure",
    ]  # fmt: skip
    others = [
        {"indicator": "price"}, {"subject": "zone:old"}, {"population": "industry"}, {"value_type": "forecast"},
        {"period_start": "2020-02-01"}, {"period_end": "2020-11-30"}, {"locator": "p2"},
    ]  # fmt: skip
    for cells in others:
        assert faults(observations=[ROW, {**OTHER, "reported_figure": "1.2亿元", **cells}]) == []


def test_one_value_is_no_range_and_no_span_runs_backwards() -> None:
    back = {"period_start": "2020-01-01", "period_end": "2019-12-31"}
    assert places_of(*faults(reference=[{**REFERENCE[0], "bound": "range"}])) == ["reference:2:bound"]
    assert places_of(*faults(reference=[{**REFERENCE[0], **back}])) == ["reference:2:period_end"]
    assert places_of(*faults(sources=[{**SOURCES[0], **back}, *SOURCES[1:]])) == ["sources:2:period_end"]


def test_what_is_named_in_another_table_stands_there() -> None:
    assert places_of(*faults(sources=[*SOURCES, {"source_id": "b-2020", "park_id": "b"}])) == ["sources:5:park_id"]
    assert places_of(*faults(observations=[ROW, {**OTHER, "indicator": "none"}])) == ["observations:3:indicator"]
    assert places_of(*faults(observations=[ROW, {**OTHER, "source_id": "none"}])) == ["observations:3:source_id"]
    assert places_of(*faults(places=[{"park_id": "b", "scope": "Z"}])) == ["places:2:park_id", "places:2:scope"]
    assert places_of(*faults(subjects=[{"source_id": "x", "subject": "zone:a"}])) == ["subjects:2:source_id"]
    (fault,) = faults(sources=[*SOURCES, {"source_id": "b-2020", "park_id": "b"}])
    assert (fault.message, fault.advice) == ("unknown park_id 'b'", "add it to parks.csv or correct it")


def test_what_hangs_on_an_empty_or_misnamed_table_is_no_fault_beside_it() -> None:
    nothing = {"parks": [], "sources": [], "observations": []}
    assert places_of(*faults(**nothing)) == ["parks:0:", "sources:0:", "observations:0:"]
    strange = [{**ROW, "indicator": "none", "share_of": "other", "transformation": "share", "reported_figure": "5%"}]
    assert places_of(*faults(observations=strange)) == ["observations:2:share_of", "observations:2:indicator"]
    assert faults(misnamed=("indicators",), observations=strange) == []
    assert faults(misnamed=("observations",), observations=strange) == [faults(observations=strange)[0]]
    whole = [{**ROW, "part_of": "a-2020-009", "split": "some"}]
    assert places_of(*faults(observations=whole)) == ["observations:2:part_of"]
    assert faults(misnamed=("observations",), observations=whole) == []


def test_tables_of_different_parks_are_one_fault_of_the_shipped_one() -> None:
    strange = [{**row, "park_id": f"b{place}"} for place, row in enumerate(SOURCES)]
    assert len(faults(sources=strange, observations=[ROW])) == 3
    (fault,) = faults(shipped=("sources",), sources=strange, observations=[ROW])
    assert (fault.file, fault.line, fault.column) == ("sources.csv", 0, "")
    assert fault.advice.endswith("(park_id 'b0', 'b1', 'b2' is not in parks.csv)")
    assert fault.message.endswith("does not fit parks.csv")
    (fault,) = faults(shipped=("parks",), sources=strange, observations=[ROW])
    assert (fault.file, fault.line) == ("parks.csv", 0)
    assert fault.message.endswith("does not fit sources.csv")
    half = [SOURCES[0], {**SOURCES[1], "park_id": "b"}]
    assert places_of(*faults(shipped=("parks",), sources=half, observations=[ROW])) == ["sources:3:park_id"]
    both = faults(shipped=("parks", "sources"), sources=strange, observations=[ROW])
    assert places_of(*both) == ["sources:2:park_id", "sources:3:park_id", "sources:4:park_id"]
