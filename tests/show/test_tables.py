"""Tables: rows made from the data, every figure with its place in the text."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
import pytest
from exhibit_parts import claim, lines, opened, states
from notebook_cells import called, everywhere

import parkstudy
from parkstudy.method import land, tax
from parkstudy.method.study import Study
from parkstudy.show import tables
from parkstudy.show.exhibit import Exhibit

FLAGS = "Flags or reason"
FLAGGED = ["table_tax", "table_land"]
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


def test_the_table_of_observations_prints_the_figure_its_term_and_its_place(study: Study) -> None:
    rows = lines(tables.table_observations(study, ("tax",)))
    recorded = study.summaries().join(study.indicators, on="indicator", maintain_order="left").filter(dimension="tax")
    assert [row["Printed figure"] for row in rows] == recorded["reported_figure"].to_list()
    assert [row["Place in the text"] for row in rows] == recorded["locator"].to_list()
    assert [row["Printed term"] for row in rows] == recorded["reported_term"].to_list()
    assert claim(tables.table_observations(study, ("tax",))) == f"{len(rows)} figures on tax, as printed"


def test_the_table_of_observations_says_of_what_a_figure_is(study: Study) -> None:
    rows = lines(tables.table_observations(study, ("tax", "land")))
    parts = [row["Indicator"] for row in rows if "(" in row["Indicator"].partition(",")[0]]
    assert any(re.search(r"\((zone|firm):[a-z0-9+-]+\)$", part) for part in parts)


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


def test_the_table_of_pairs_leaves_out_what_a_park_does_not_report(study: Study) -> None:
    exhibit = tables.table_comparability(study)
    rows = lines(exhibit)
    assert not [row for row in rows if "not reported as an outturn" in row["Reasons"]]
    assert all(row["Reasons"] for row in rows)
    assert claim(exhibit) == f"Why {len(rows)} pairs of figures can or cannot be set side by side"
    assert f"; {120 - len(rows)} further pairs are not comparable" in exhibit.body


def test_the_table_of_pairs_says_every_reason(study: Study) -> None:
    (row,) = (
        row
        for row in lines(tables.table_comparability(study))
        if (row["Indicator"], row["Parks"]) == ("Gross industrial output, growth", "Hengnan – Shuangpai")
    )
    assert row["Verdict"] == "comparable only with the limits named"
    assert row["Printed figures"] == "10.2% – 45.2%"
    assert row["Reasons"] == ("spans differ: 2019 and Jan–Nov 2017; populations differ: park and above scale")


def test_the_table_of_sources_names_each_text_with_its_grade(study: Study) -> None:
    core = study.only("")
    rows = lines(tables.table_sources(core))
    assert [row["Grade"] for row in rows] == [GRADE_A, GRADE_A, GRADE_A, GRADE_C, GRADE_C]
    assert [row["Months reported"] for row in rows[:3]] == ["2019", "Jan–Nov 2022", "Jan–Nov 2017"]
    assert claim(tables.table_sources(core)) == (
        f"5 texts; parkstudy {parkstudy.__version__}, data {study.data_hash[:12]}"
    )


def test_an_anonymised_text_has_no_title_issuer_or_date(study: Study) -> None:
    rows = lines(tables.table_sources(study.only("")))[3:]
    hidden = {(row["Title"], row["Issuer"], row["Date"]) for row in rows}
    assert hidden == {("(hidden: the text is anonymised)", "", "")}


def test_a_news_page_is_no_text_of_the_table(awkward: Any) -> None:
    study = parkstudy.load(awkward)
    rows = lines(tables.table_sources(study))
    assert len(rows) == study.sources.filter(pl.col("kind") == "work_summary").height
    assert "Neighbouring county" not in [row["Park"] for row in rows]
