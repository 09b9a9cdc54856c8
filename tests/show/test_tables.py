"""Tables: rows made from the data, every figure with its place in the text."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
import pytest
from exhibit_parts import claim, lines, opened, states
from notebook_cells import called, everywhere

import parkstudy
from parkstudy.method import growth, land, tax
from parkstudy.method.study import Study
from parkstudy.show import tables
from parkstudy.show.exhibit import Exhibit

FLAGS = "Flags or reason"
FLAGGED = ["table_growth", "table_checks", "table_tax", "table_land"]
TABLES = called("table_")
EMPTY = "No park reports a figure for this exhibit."
GRADE_A = "A: complete text on a county-government site, issuer and date shown"
GRADE_C = "C: re-posted, anonymised or cut off"


def made(name: str, **parameters: str) -> list[Exhibit]:
    """Every exhibit that a table function gives in a notebook."""
    return [one.exhibit for one in everywhere(**parameters) if one.function == name]


def test_every_table_of_the_module_is_shown_in_a_notebook() -> None:
    assert {name for name in vars(tables) if name.startswith("table_")} <= set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_rows_a_claim_a_caption_and_sources(name: str) -> None:
    assert made(name)
    for exhibit in made(name):
        assert lines(exhibit)
        assert claim(exhibit)
        assert re.search(
            r"<figcaption>[^<]{40,} (<span class=\"legend\">Flags: .+?</span> )?<span class=\"sources\">Sources: .+\.</span>",
            exhibit.body,
        )
        assert not re.search(r">[^<]*\b(hengnan|shuangpai|hengshan)\b[^<-]*<", exhibit.body)


@pytest.mark.parametrize("name", TABLES)
def test_a_chinese_table_has_no_english_words(name: str) -> None:
    ids = re.compile(
        r"(hengnan|hengshan|shuangpai|hengdong|anon-\d{4}|firm:|zone:|sector:|project:|group:)[\w:+-]*|parkstudy"
    )
    for exhibit in (one.exhibit for one in everywhere(lang="zh") if one.function == name):
        assert re.search("[\u4e00-\u9fff]", claim(exhibit))
        for row in (row for state in range(len(exhibit.states)) for row in lines(exhibit, state)):
            cells = [cell for head, cell in row.items() if head != "备注"]  # notes are data and stay as they are
            assert not [cell for cell in cells if re.search(r"[a-z]{2,} [a-z]{2,}", ids.sub("", cell))]
            assert all(re.search("[\u4e00-\u9fff]", head) for head in row)


@pytest.mark.parametrize("name", TABLES)
def test_every_state_and_language_opens_the_same_numbers(name: str) -> None:
    english = [one.exhibit for one in everywhere() if one.function == name]
    chinese = [one.exhibit for one in everywhere(lang="zh") if one.function == name]
    assert [opened(one) for one in english] == [opened(one) for one in chinese]
    assert [states(one) for one in english] == [states(one) for one in chinese]


@pytest.mark.parametrize("name", TABLES)
def test_a_row_of_a_park_leads_to_it(name: str) -> None:
    for exhibit in made(name):
        heads = {head for row in lines(exhibit) for head in row}
        view = exhibit.states[0][1].partition("<tbody>")[2]
        assert view.count("<tr data-park=") == (len(lines(exhibit)) if heads & {"Park", "Parks"} else 0)


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_shows_a_null_a_code_or_an_endless_number(name: str) -> None:
    for row in (row for exhibit in made(name) for row in lines(exhibit)):
        assert not [
            cell for cell in row.values() if re.search(r"\b(None(?! of )|nan|inf|null)\b|\d\.\d{6}|\[|\]", cell)
        ]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_one_park_has_rows_or_says_that_there_is_nothing(name: str) -> None:
    for exhibit in made(name, parks="anon-2020", park="anon-2020"):
        assert all(("<table>" in view) != (EMPTY in view) for _, view in exhibit.states)


def test_a_changed_figure_stands_in_the_table(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="9.75%")
    study = parkstudy.load(copy_of_data.folder)
    rows = lines(tables.table_growth(study, growth.measures(study)))
    (row,) = (row for row in rows if row["Park"] == "Hengnan" and row["Value"] == "9.75 %")
    assert row["Interval"] == "9.745–9.755"
    assert row["Printed (place in the text)"].startswith("9.75% (")


def test_a_rate_stands_with_interval_period_status_flags_and_place(study: Study) -> None:
    rows = lines(tables.table_growth(study, growth.measures(study)))
    (place,) = study.observations.filter(observation_id="hengnan-2019-005")["locator"]
    (row,) = (row for row in rows if row["Park"] == "Hengnan" and row["Value"] == "10.2 %")
    expected = {
        "Measure": "Growth of industrial output",
        "Interval": "10.15–10.25",
        "Period": "2019",
        "Method": "as printed",
        "Type and status": "outturn, provisional value",
        FLAGS: "provisional, base unstated",
        "Population": "whole park",
        "Printed (place in the text)": f"10.2% ({place})",
    }
    assert {name: row[name] for name in expected} == expected


def test_a_gap_is_said_in_words(study: Study) -> None:
    rows = lines(tables.table_growth(study, growth.measures(study)))
    gaps = [row for row in rows if row[FLAGS] == "the text reports no such figure"]
    assert len(gaps) == 17
    assert {row["Value"] for row in gaps} == {"not computed"}
    assert {row["Interval"] + row["Period"] + row["Printed (place in the text)"] for row in gaps} == {""}


def test_the_table_of_growth_obeys_the_price_and_keeps_every_gap(study: Study) -> None:
    nominal = tables.table_growth(study, growth.measures(study))
    real = tables.table_growth(study, growth.measures(study), "real")
    assert (states(nominal), states(real)) == (["price=nominal", "price=real"], ["price=real", "price=nominal"])
    gaps = [[row for row in lines(one) if row["Value"] == "not computed"] for one in (nominal, real)]
    assert gaps[0] == gaps[1]
    assert len(gaps[0]) == 17
    assert "constant prices" not in "".join(row["Rung or basis"] for row in lines(nominal))
    (row,) = (row for row in lines(real) if row["Park"] == "Shuangpai" and "output" in row["Measure"])
    assert (row["Value"], row["Interval"], row["Rung or basis"]) == (
        "interval only",
        "36.2–36.7",
        "as reported, constant prices",
    )
    assert lines(real, 1) == lines(nominal)


@pytest.mark.parametrize("make", [(tables.table_tax, tax), (tables.table_land, land)], ids=["tax", "land"])
def test_a_table_on_a_basis_drops_no_refusal_and_nothing_that_has_no_other_basis(study: Study, make: Any) -> None:
    table, module = make
    measures = module.measures(study)
    exhibit = table(study, measures)
    assert states(exhibit) == ["basis=reported", "basis=annualised"]
    shown = [lines(exhibit, state) for state in (0, 1)]
    refused = measures.filter(pl.col("reason").is_not_null()).height
    assert [sum(row["Value"] == "not computed" for row in rows) for rows in shown] == [refused, refused]
    seen = {tuple(row.values()) for rows in shown for row in rows}
    assert len(seen) == measures.height
    yearly = set(measures.filter(basis="annualised")["measure"].cast(pl.String))
    assert [
        row for row in shown[0] if row["Rung or basis"].endswith("full year") and row["Value"] != "not computed"
    ] == []
    others = measures.filter(~pl.col("measure").cast(pl.String).is_in(yearly), pl.col("low").is_not_null()).height
    assert sum("full year" not in row["Rung or basis"] and bool(row["Interval"]) for row in shown[1]) == others
    with pytest.raises(ValueError, match="unknown basis 'monthly'"):
        table(study, measures, "monthly")


def test_the_table_of_growth_counts_its_rates_and_gaps(study: Study) -> None:
    exhibit = tables.table_growth(study, growth.measures(study))
    gaps = exhibit.data["low"].null_count()
    assert claim(exhibit) == f"{exhibit.data.height - gaps} rates and targets, {gaps} gaps with their reason"
    assert len(lines(exhibit)) == exhibit.data.height


@pytest.mark.parametrize("park", ["hengnan", "anon-2020"])
def test_a_profile_holds_every_recorded_figure_of_its_park(study: Study, park: str) -> None:
    rows = lines(tables.table_profile(study, park))
    recorded = study.summaries().filter(park_id=park)
    assert sorted(row["Printed figure"] for row in rows) == sorted(recorded["reported_figure"])
    name = study.parks.filter(park_id=park)["name_en"][0]
    assert claim(tables.table_profile(study, park)) == f"All {recorded.height} recorded figures of {name}"


@pytest.mark.parametrize("name", FLAGGED)
def test_a_measure_without_a_value_gives_its_reason_and_one_with_a_value_its_interval(name: str) -> None:
    for row in (row for exhibit in made(name) for row in lines(exhibit)):
        refused = row["Value"] == "not computed"
        assert refused == (row["Interval"] == "") == (row["Printed (place in the text)"] == "")
        assert row[FLAGS] or not refused


@pytest.mark.parametrize("name", FLAGGED)
def test_every_flag_is_explained_under_its_table(name: str) -> None:
    for exhibit in made(name):
        legend = exhibit.states[0][1].partition('<span class="legend">Flags: ')[2].partition("</span>")[0]
        computed = [row for row in lines(exhibit) if row["Value"] != "not computed"]
        flags = {flag for row in computed for flag in row[FLAGS].split(", ") if flag}
        assert flags
        assert [flag for flag in flags if f"; {flag}: " not in f"; {legend}"] == []
