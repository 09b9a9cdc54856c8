"""The declared tables: what each column takes and refuses, what may be empty or left out, what hangs on what."""

from __future__ import annotations

import polars as pl
from cases import every

from parkstudy.record import schema
from parkstudy.record.schema import FOREIGN_KEYS, TABLES, UNIQUE_KEYS, columns, may_lack

SUBJECTS = ["park", "county", "zone:a", "sector:a-1", "group:x", "project:y", "firm:a", "firm:a+b", "firm:a+b-c+1"]
NO_SUBJECTS = ["parks", "zone:", "zone:A", "zone:a+b", "firm:+", "firm:a+", "Park", "mine:a", "zone:旧", "xpark"]
DAYS = ["1900-01-01", "1999-12-31", "2019-12-31", "2020-02-29", "2099-02-28", "2100-01-01"]
NO_DAYS = [
    "1899-12-31",
    "2101-01-01",
    "2019-02-29",
    "2019-1-1",
    "2019-12",
    "2019-12-31x",
    "20191231",
    "2019-13-01",
    "x2019-12-31",
    "2019",
]
HASH = "0123456789abcdef" * 4
TAKES: dict[tuple[str, str], tuple[list[str], list[str]]] = {  # what a column takes, and what it refuses
    ("parks", "park_id"): (["a", "a-b", "a1-2-b"], ["A", "-a", "a-", "a--b", "a_b", "区"]),
    ("parks", "county_en"): (["X County"], ["A, B", ","]),
    ("parks", "anonymised"): (["true", "false"], ["TRUE", "yes", "1"]),
    ("parks", "role"): (["core", "context"], ["Core", "other"]),
    ("indicators", "indicator"): (["a", "a_b", "a1"], ["a-b", "A", "_a", "a__b", "a_"]),
    ("indicators", "terms_zh"): (["税收", "税收;税"], [";税", "税;", "税;;收", ";"]),
    ("indicators", "unit"): (["CNY", "mu", "percent"], ["points", "元"]),
    ("sources", "period_start"): (DAYS, NO_DAYS),
    ("reference", "period_end"): (DAYS, NO_DAYS),
    ("sources", "published"): (
        ["2018-01-03", "2020-01", "2020-12", "2020-12-31", "2020-10"],
        [
            "2020",
            "2020-13",
            "2020-00",
            "2021-02-30",
            "2020-1",
            "2018-01-32",
            "1899-01",
            "2020-01-00",
            "2020-04-31",
            "2020-01-3",
        ],
    ),
    ("sources", "sha256"): ([HASH], [HASH[1:], HASH + "a", HASH.upper(), "g" * 64]),
    ("sources", "url"): (["http://a.b", "https://a.b/c?d"], ["ftp://a", "http://a b", "https://", "see http://b"]),
    ("observations", "observation_id"): (
        ["a-001", "a-2020-b-123"],
        ["a-01", "a-0001", "a_001", "A-001", "-001", "a001"],
    ),
    ("observations", "source_id"): (["a-2020"], ["a_2020"]),
    ("observations", "subject"): (SUBJECTS, NO_SUBJECTS),
    ("subjects", "subject"): (SUBJECTS, NO_SUBJECTS),
    ("observations", "share_of"): (["plan", "unstated", "tax_revenue"], ["Plan", "a-b", "a b"]),
    ("observations", "locator"): (
        ["p1", "一/p1", "一/(二)/1/p12", "十一/p3", "(十)/p1", "t1/r2", "t1/r2/c3"],
        ["1", "p", "一/1", "(1)/p1", "p1/一", "page", "一p1", "xp1", "p1x", "t1", "一/t1/r1", "t1/c1", "t1/r1/p1"],
    ),
    ("observations", "part_of"): (["a-001", "a-001;a-002"], [";a", "a;", "a;;b"]),
    ("observations", "bound"): (["exact", "about", "at_least", "at_most", "range"], ["Exact", "open"]),
    ("observations", "transformation"): (["level", "yoy", "share"], ["growth"]),
    ("observations", "value_type"): (["outturn", "forecast", "target", "plan"], ["actual"]),
    ("observations", "caveats"): (
        [*schema.CAVEATS, "coarse_figure;not_final"],
        ["coarse", "coarse_figure;x", "coarse_figure; not_final", "a;coarse_figure"],
    ),
    ("reference", "series"): (["a_b"], ["a-b"]),
    ("reference", "value"): (["12.5", "-3", "0"], ["1,234", "12.", "1e5", ".5", "+3", "--3", "3x"]),
    ("verified", "row_sha256"): ([HASH], [HASH[1:]]),
    ("verified", "observation_id"): (["a-001"], ["a-01"]),
    ("accepted", "file"): (
        [f"{name}.csv" for name in TABLES if name not in ("verified", "accepted")],
        ["verified.csv", "accepted.csv", "parks"],
    ),
}


@every(("table", "column"), TAKES)
def test_a_column_takes_what_it_is_for_and_nothing_else(table: str, column: str) -> None:
    good, bad = TAKES[table, column]
    form = columns(table)[column].check
    assert isinstance(form, dict)
    cells = pl.DataFrame({"cell": [*good, *bad]}).with_columns(form["form"](pl.col("cell")).alias("taken"))
    assert dict(cells.iter_rows()) == dict.fromkeys(good, True) | dict.fromkeys(bad, False)


REQUIRED = {  # what may not be empty, keys among them
    "parks": "park_id name_zh name_en anonymised role",
    "sources": "source_id park_id kind official",
    "indicators": "indicator name_zh name_en terms_zh dimension kind unit definition_en definition_zh definition_source",
    "observations": "observation_id source_id indicator subject population transformation value_type reported_term "
    "reported_figure bound",
    "subjects": "source_id subject name_zh name_en",
    "reference": "series name_zh name_en scope value unit bound source_title source_url official",
    "places": "park_id scope",
    "verified": "observation_id row_sha256 text_sha256 result",
    "accepted": "file key code reason",
}
KEYS = {
    "parks": "park_id",
    "sources": "source_id",
    "indicators": "indicator",
    "observations": "observation_id",
    "verified": "observation_id",
}
MAY_LACK = {
    "parks": "prefecture_zh prefecture_en zone_kind size note_zh",
    "sources": "note_zh",
    "observations": "note_zh",
    "reference": "inferred_zh note_zh",
}


@every("table", TABLES)
def test_what_may_be_empty_is_the_key_or_left_out(table: str) -> None:
    declared = columns(table)
    assert {name for name, column in declared.items() if not column.nullable} == {*REQUIRED[table].split()}
    assert [name for name, column in declared.items() if column.primary_key] == KEYS.get(table, "").split()
    assert may_lack(table) == MAY_LACK.get(table, "").split()


def test_the_kinds_of_cells_are_those_that_a_spreadsheet_would_change() -> None:
    kinds: dict[str, set[str]] = {}
    for table in TABLES:
        for name, column in columns(table).items():
            assert column.metadata
            kinds.setdefault(column.metadata["type"], set()).add(name)
    assert kinds["boolean"] == {"anonymised", "official"}
    assert kinds["date"] == {"period_start", "period_end"}
    assert kinds["list"] == {"terms_zh", "part_of", "caveats"}
    assert kinds["number"] == {"value"}
    assert kinds.keys() == {"boolean", "date", "list", "number", "string"}


def test_what_hangs_on_what_and_what_may_not_come_twice() -> None:
    assert FOREIGN_KEYS == {
        "sources": {"park_id": ("parks", "park_id")},
        "observations": {"source_id": ("sources", "source_id"), "indicator": ("indicators", "indicator")},
        "subjects": {"source_id": ("sources", "source_id")},
        "places": {"park_id": ("parks", "park_id"), "scope": ("reference", "scope")},
        "verified": {"observation_id": ("observations", "observation_id")},
    }
    assert UNIQUE_KEYS == {
        "subjects": ["source_id", "subject"],
        "reference": ["series", "scope", "period_start", "period_end"],
        "places": ["park_id", "scope"],
        "accepted": ["file", "key", "code"],
    }
    assert [*TABLES] == [
        "parks",
        "sources",
        "indicators",
        "observations",
        "subjects",
        "reference",
        "places",
        "verified",
        "accepted",
    ]
    assert (schema.OPTIONAL, schema.KEPT) == (("subjects", "places"), ("verified", "accepted"))
    assert schema.COMPLETE == ("A", "B")
    assert schema.OUTPUT_SOLD == ("销售产值", "工业销售产值")
    assert schema.CAVEATS == (
        "contradicted", "two_readings", "period_ambiguous", "base_unstated", "concept_unstated", "concept_inferred",
        "mixed_concept", "sample_change", "coarse_figure", "not_final", "pending_approval", "unit_assumed", "damaged_text",
    )  # fmt: skip


def test_a_column_says_what_is_expected_in_it() -> None:
    expected = {
        name: column.metadata and column.metadata["expected"] for name, column in columns("observations").items()
    }
    assert expected["observation_id"] == "the form ^[a-z0-9]+(-[a-z0-9]+)*-[0-9]{3}$"
    assert expected["bound"] == "one of exact, about, at_least, at_most, range"
    assert expected["period_end"] == "a date such as 2019-12-31, of a year from 1900 to 2100"
    assert expected["part_of"] == "texts separated by ;"
    assert expected["reported_term"] == "text"
    assert expected["locator"] == "a place such as 一/(二)/1/p1"
    code = columns("accepted")["code"].metadata
    assert code
    assert code["expected"].endswith("; what has no such code is a fault, and no fault is acknowledged")
    assert code["values"]


def test_every_column_has_a_title_of_its_own_in_its_table() -> None:
    for table in TABLES:
        titles = [column.description for column in columns(table).values()]
        assert all(titles), table
        assert len({*titles}) == len(titles), table
