"""Growth: what the rates say and do not say, in sentences, tables and dot plots, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from exhibit_parts import claim, lines, opened, prepared, said, sentences, states, trust

import parkstudy
from parkstudy.method.growth import MEASURES
from parkstudy.method.study import Study
from parkstudy.show.catalogue import CATALOGUE, GROWTH, viewer
from parkstudy.show.dots import Dots
from parkstudy.show.exhibit import Exhibit
from parkstudy.show.select import growth
from parkstudy.show.theme import PAPER, WIDE
from parkstudy.show.view import View

FLAGS = "Caveats or reason"
LEVELS = "levels-gross-industrial-output"
STRANGE = "\"O\" 'n' $x_1$ \\a {0} %s & 名"  # no longer than a name may be in a figure
EMPTY = "No park reports a figure for this exhibit."
FIGURES = [entry.key for entry in GROWTH if isinstance(entry, Dots)]
WORDED = ["growth-takeaways", "growth-table", "growth-checks"]


def of_growth(study: Study, price: str = "nominal", lang: str = "en") -> list[str]:
    return sentences(viewer(study, lang)("growth-takeaways", price=price))


@pytest.fixture(scope="module")
def table(study: Study) -> Exhibit:
    return viewer(study)("growth-table")


@pytest.fixture(scope="module")
def axes(study: Study) -> list[Any]:
    """The axes of the published rates, drawn for a wide column."""
    import matplotlib.pyplot as plt

    entry, view = CATALOGUE["growth"], View(study)
    assert isinstance(entry, Dots)
    drawn = entry.draw(view, entry.prepared(view, entry.select(study, price="nominal")), WIDE)
    plt.close(drawn)
    return list(drawn.axes)


def dots(ax: Any) -> list[Any]:
    """The dots and diamonds of a panel, row by row."""
    return [line for line in ax.get_lines() if line.get_marker() in ("o", "D")]


def test_the_sentences_say_what_the_five_texts_print(study: Study) -> None:
    first, second, *_ = of_growth(study)
    official = (
        r"Complete official texts publish output growth of Hengnan 10\.2 % \(10\.15–10\.25; 2019.*\) "
        r"and Shuangpai 45\.2 % \(45\.15–45\.25; Jan–Nov 2017.*\)"
    )
    apart = (
        r"Apart from them, texts of grade C .*print anon-2023 16\.33 % \(16\.325–16\.335; Jan–Nov 2023.*\) "
        r"and anon-2020 24 % \(23\.5–24\.5; Jan–Jun 2020.*\)\."
    )
    assert re.match(official, first)
    assert re.fullmatch(apart, second)
    assert "not ranked" in first


def test_the_chinese_sentences_say_the_same_figures(study: Study) -> None:
    first, second, *_ = of_growth(study.only(""), lang="zh")
    assert first == (
        "官方完整材料公布的工业总产值增速：衡南为10.2%（10.15～10.25；2019年，全园区），"
        "双牌为45.2%（45.15～45.25；2017年1—11月，规模以上工业企业）；不作排序。"
    )
    assert second.startswith("另据C级材料（转载或匿名），")


@pytest.mark.parametrize(
    ("cells", "before", "after"),
    [
        ({"reported_figure": "9.75%"}, "Hengnan 10.2 % (10.15–10.25; 2019", "Hengnan 9.75 % (9.745–9.755; 2019"),
        ({"reported_figure": "-7.1%"}, "Hengnan 10.2 % (10.15–10.25; 2019", "Hengnan −7.1 % (−7.15 to −7.05; 2019"),
        (
            {"period_end": "2019-06-30"},
            "Hengnan 10.2 % (10.15–10.25; 2019",
            "Hengnan 10.2 % (10.15–10.25; Jan–Jun 2019",
        ),
        (
            {"reported_figure": "10%以上", "bound": "at_least"},
            "Hengnan 10.2 % (10.15–10.25; 2019",
            "Hengnan at least 10 % (2019",
        ),
    ],
)
def test_a_changed_figure_changes_the_first_sentence(
    study: Study, copy_of_data: Any, cells: dict[str, str], before: str, after: str
) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", **cells)
    first = of_growth(study)[0]
    assert before in first
    assert of_growth(parkstudy.load(copy_of_data.folder))[0] == first.replace(before, after)


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ("45.2%", "Shuangpai: 3 of 3 rates are above the target printed beside them;"),
        ("20.9%", "Shuangpai: 2 of 3 rates are above the target printed beside them;"),
    ],
)
def test_rates_above_their_targets_are_counted(copy_of_data: Any, figure: str, sentence: str) -> None:
    copy_of_data.edit("observations", "shuangpai-2017-018", reported_figure=figure)
    study = parkstudy.load(copy_of_data.folder)
    assert [text for text in of_growth(study) if text.startswith(sentence)]
    assert growth.beside_targets(study).facts["above"] == int(sentence[11])


def test_two_rates_on_different_spans_are_ordered_only_beyond_the_margin(study: Study) -> None:
    sentence = (
        "Hengnan and Shuangpai report spans of different length; rates on them are ordered only beyond 1.5 points"
    )
    assert sentence in " ".join(of_growth(study))
    assert growth.sentences(study, "nominal").facts["margins"] == [{"parks": ["hengnan", "shuangpai"], "points": 1.5}]


def test_two_rates_on_one_span_need_no_margin(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", period_end="2019-11-30")
    assert growth.sentences(parkstudy.load(copy_of_data.folder), "nominal").facts["margins"] == []


def test_output_and_value_added_are_said_to_be_two_concepts(study: Study, copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "shuangpai-2017-021", reported_figure="8.9%")
    sentence = (
        "Shuangpai prints 45.2 % for output (current prices) and 8.6 % for value added (real) on the same months: "
        "two concepts, shown apart; the gap is a question about the data."
    )
    assert sentence in of_growth(study)
    assert sentence.replace("8.6", "8.9") in of_growth(parkstudy.load(copy_of_data.folder))


def test_two_concepts_on_different_months_are_not_set_side_by_side(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "shuangpai-2017-021", period_end="2017-06-30")
    assert growth.sentences(parkstudy.load(copy_of_data.folder), "nominal").facts["concepts"] == []


def test_a_park_without_a_rate_of_output_is_named(study: Study) -> None:
    assert "Hengshan: no growth rate of output is published." in of_growth(study)
    assert "Hengshan" not in " ".join(of_growth(study.only("hengnan,shuangpai")))


def test_a_grade_c_moves_a_park_out_of_the_first_sentence(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "shuangpai-2017", grade="C")
    first, second, *_ = of_growth(parkstudy.load(copy_of_data.folder))
    assert "45.2" not in first
    assert "Shuangpai 45.2 % (45.15–45.25; Jan–Nov 2017" in second


def test_texts_of_grade_c_alone_open_with_what_no_official_text_says(study: Study) -> None:
    alone = study.only("anon-2023,anon-2020")
    for price in ("nominal", "real"):
        assert of_growth(alone, price)[0] == "No complete official text publishes a growth rate of output."
    assert said(alone, "growth", "claim", price="nominal") == (
        "No complete official text publishes a growth rate of output"
    )


def test_growth_at_constant_prices_says_what_was_published(study: Study) -> None:
    first, apart, *_ = of_growth(study, "real")
    assert first == (
        "Real output growth in complete official texts: Hengnan 10.43–10.64 % (2019, whole park; published 10.2 %) and "
        "Shuangpai 36.2–36.7 % (Jan–Nov 2017, firms above the size threshold; published 45.2 %); they are not ranked."
    )
    assert "published 16.33 %" in apart
    assert of_growth(study, "real")[2:] == of_growth(study)[2:]


def test_a_rate_without_a_price_index_is_not_set_at_constant_prices(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", period_start="1990-01-01", period_end="1990-12-31")
    study = parkstudy.load(copy_of_data.folder).only("hengnan")
    assert of_growth(study, "real")[:2] == [
        "No growth rate of output in a complete official text can be set at constant prices.",
        "Hengnan: no rate at constant prices, because no producer price index of these months or around them was found.",
    ]
    assert of_growth(study, "real", "zh")[1].startswith("衡南：无不变价增速，原因是未见")
    assert "constant prices" not in " ".join(of_growth(study))


def test_a_study_without_any_rate_says_so(awkward: Any) -> None:
    study = parkstudy.load(awkward).only("neighbour")
    assert of_growth(study) == ["No park publishes a growth rate."]
    assert of_growth(study, lang="zh") == ["没有园区公布增速。"]


@pytest.mark.parametrize(("price", "counts"), [("nominal", "9 values"), ("real", "7 values")])
def test_the_line_on_trust_counts_the_values_of_its_prices(study: Study, price: str, counts: str) -> None:
    line = trust(viewer(study.only(""))("growth-takeaways", price=price))
    assert line.startswith(f"Rests on {counts} from texts of ")
    assert "17 further ones are not published or cannot be computed." in line


@pytest.mark.parametrize("key", ["growth-takeaways", "growth-table"])
def test_words_and_tables_switch_prices_and_refuse_an_unknown_one(study: Study, key: str) -> None:
    show = viewer(study)
    assert states(show(key)) == ["price=nominal", "price=real"]
    assert states(show(key, price="real")) == ["price=real", "price=nominal"]
    with pytest.raises(ValueError, match=r"^unknown price 'constant'; expected one of nominal, real$"):
        show(key, price="constant")


@pytest.mark.parametrize("key", WORDED)
def test_chinese_words_open_the_same_numbers_and_hold_no_english(study: Study, key: str) -> None:
    english, chinese = (viewer(study.only(""), lang)(key) for lang in ("en", "zh"))
    assert opened(english) == opened(chinese)
    for state in range(len(chinese.states)):
        words = sentences(chinese, state) or [claim(chinese, state)]
        assert len(words) == len(sentences(english, state) or [""])
        assert not [text for text in words if re.search(r"[A-Za-z]{3,}|[\u4e00-\u9fff][,;:]", text)]


@pytest.mark.parametrize("key", FIGURES)
@pytest.mark.parametrize("part", ["claim", "alt", "caption"])
def test_chinese_words_of_a_figure_hold_no_english(study: Study, key: str, part: str) -> None:
    obeys = CATALOGUE[key].obeys
    for value in {"price": ("nominal", "real"), "basis": ("reported", "annualised")}[obeys[0]] if obeys else ("",):
        words = said(study.only(""), key, part, "zh", **dict.fromkeys(obeys, value))
        assert re.search("[\u4e00-\u9fff]", words)
        assert not re.search(r"[A-Za-z]{2}", re.sub(r"PPI|G\d", "", words))
        assert not re.search(r"\b(None|nan|inf)\b", words)


def test_a_rate_stands_with_interval_period_status_flags_and_place(study: Study, table: Exhibit) -> None:
    (place,) = study.observations.filter(observation_id="hengnan-2019-005")["locator"]
    (row,) = (row for row in lines(table) if row["Park"] == "Hengnan" and row["Value"] == "10.2 %")
    expected = {
        "Measure": "Growth of industrial output",
        "Range": "10.15–10.25",
        "Period": "2019",
        "Method": "as printed",
        "Type and status": "reported result, provisional value",
        FLAGS: "provisional, base not stated",
        "Firms counted": "whole park",
        "Printed (place in the text)": f"10.2% ({place})",
    }
    assert {name: row[name] for name in expected} == expected


def test_a_changed_figure_stands_in_the_table(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="9.75%")
    rows = lines(viewer(parkstudy.load(copy_of_data.folder))("growth-table"))
    (row,) = (row for row in rows if row["Park"] == "Hengnan" and row["Value"] == "9.75 %")
    assert row["Range"] == "9.745–9.755"
    assert row["Printed (place in the text)"].startswith("9.75% (")


def test_a_gap_is_said_in_words(table: Exhibit) -> None:
    gaps = [row for row in lines(table) if row[FLAGS] == "the text reports no such figure"]
    assert len(gaps) == 17
    assert {row["Value"] for row in gaps} == {"not computed"}
    assert {row["Range"] + row["Period"] + row["Printed (place in the text)"] for row in gaps} == {""}


def test_the_table_obeys_the_price_and_keeps_every_gap(table: Exhibit) -> None:
    nominal, real = lines(table), lines(table, 1)
    gaps = [[row for row in rows if row["Value"] == "not computed"] for rows in (nominal, real)]
    assert gaps[0] == gaps[1]
    assert "constant prices" not in "".join(row["Area or months"] for row in nominal)
    (row,) = (row for row in real if row["Park"] == "Shuangpai" and "output" in row["Measure"])
    assert (row["Value"], row["Range"], row["Area or months"]) == (
        "interval only",
        "36.2–36.7 %",
        "as reported, constant prices",
    )


def test_the_table_counts_its_rates_and_gaps(table: Exhibit) -> None:
    gaps = table.data["low"].null_count()
    assert claim(table) == f"{table.data.height - gaps} rates and targets, {gaps} gaps with their reason"
    assert len(lines(table)) == table.data.height


def test_what_is_derived_is_in_the_other_table_and_nothing_is_in_both(study: Study, table: Exhibit) -> None:
    checks = viewer(study)("growth-checks").data
    real = study.measures.filter(price="real").height
    assert not set(checks["key"]) & set(table.data["key"])
    every = study.measures.filter(pl.col("measure").is_in(list(MEASURES))).height
    assert checks.height + table.data.height + real == every


@pytest.mark.parametrize("key", ["growth-table", "growth-checks"])
def test_a_measure_has_its_interval_or_its_reason_and_every_flag_is_explained(study: Study, key: str) -> None:
    exhibit = viewer(study)(key)
    legend = exhibit.states[0][1].partition('<span class="legend">Flags: ')[2].partition("</span>")[0]
    for row in lines(exhibit):
        refused = row["Value"] == "not computed"
        assert refused == (row["Range"] == "") == (row["Printed (place in the text)"] == "")
        assert row[FLAGS] or not refused
        assert refused or all(f"; {flag}: " in f"; {legend}" for flag in row[FLAGS].split(", ") if flag)


def test_a_rate_stands_beside_the_target_of_its_own_quantity(study: Study) -> None:
    beside = growth.beside_targets(study).data
    assert beside.select("park_id", "measure", "value", "target").rows() == [
        ("shuangpai", "gross_industrial_output_growth", 45.2, 21.0),
        ("shuangpai", "industrial_value_added_growth", 8.6, 8.0),
        ("shuangpai", "tax_revenue_growth", 36.5, 20.0),
    ]
    assert beside["inputs"].to_list()[0] == ["shuangpai-2017-018", "shuangpai-2017-019"]


@pytest.mark.parametrize(
    "cells",
    [{"period_start": "2018-01-01", "period_end": "2018-12-31"}, {"population": "park"}],
    ids=["year", "population"],
)
def test_a_target_of_another_year_or_population_stands_beside_no_rate(copy_of_data: Any, cells: dict[str, str]) -> None:
    copy_of_data.edit("observations", "shuangpai-2017-019", **cells)
    beside = growth.beside_targets(parkstudy.load(copy_of_data.folder)).data
    assert beside["measure"].to_list() == ["industrial_value_added_growth", "tax_revenue_growth"]


def test_a_target_has_a_column_of_its_own(study: Study) -> None:
    entry, view = CATALOGUE["growth-targets"], View(study)
    assert isinstance(entry, Dots)
    header, rows = entry.table(view, prepared(study, "growth-targets"))
    assert header == ["Panel", "Item", "Rate, percent", "Target, percent"]
    cells: list[Any] = list(rows[0])
    assert cells[0] == "Growth of industrial output"
    assert [cell.text for cell in cells[1:]] == [
        "Shuangpai, Jan–Nov 2017", "45.2 · firms above the size threshold · out of range", "21",
    ]  # fmt: skip
    assert cells[2].key != cells[3].key


def test_no_grade_c_rate_stands_in_the_claim(study: Study) -> None:
    assert re.findall(r"[0-9.]+ %", said(study, "growth", "claim", price="nominal")) == ["10.2 %", "45.2 %"]


def test_rates_at_constant_prices_keep_real_ones_and_leave_tax_out(study: Study) -> None:
    data = prepared(study, "growth", price="real").data
    assert set(data["price"]) == {"real", "comparable"}
    assert set(data["measure"]) == {
        "gross_industrial_output_growth", "operating_revenue_growth", "industrial_value_added_growth",
    }  # fmt: skip
    answer = said(study, "growth", "claim", price="real")
    assert "a scenario" in answer
    assert re.findall(r"[0-9.]+[-–][0-9.]+ %|[0-9.]+ %", answer) == ["10.53 %", "36.2–36.7 %"]


def test_a_deflated_rate_and_a_forecast_have_no_reference_beside_them(study: Study) -> None:
    real = growth.published(study, "real").data
    assert real.filter(price="real")["references"].null_count() == real.filter(price="real").height > 0
    nominal = growth.published(study, "nominal").data.filter(measure="gross_industrial_output_growth")
    assert nominal.filter(value_type="forecast")["references"].to_list() == [None]
    assert dict(nominal.filter(value_type="outturn").select("park_id", "references").iter_rows()) == {
        "hengnan": [3.8], "shuangpai": [11.1, 12.4], "anon-2023": [1.0, 1.1], "anon-2020": [-5.2],
    }  # fmt: skip


def test_levels_as_full_years_stand_beside_the_raw_value(study: Study) -> None:
    found = dict(prepared(study, LEVELS, basis="annualised").data.select("park_id", "said").iter_rows())
    assert re.search(r"5\.51–5\.72 .*· raw 5\.06 \(Jan–Nov 2017\)$", found["shuangpai"])
    assert re.search(r"7\.9–10\.3 .*· raw 4\.408 \(Jan–Jun 2020\)$", found["anon-2020"])
    chinese = dict(prepared(study, LEVELS, "zh", basis="annualised").data.select("park_id", "said").iter_rows())
    assert chinese["anon-2020"].endswith("，原值44.08（2020年1—6月）")
    assert said(study, LEVELS, "claim", basis="annualised").startswith("Industrial output, as full years: 4 values on ")


def test_levels_as_reported_are_the_printed_ones(study: Study) -> None:
    data = prepared(study, LEVELS, basis="reported").data
    assert data.filter(pl.col("low").is_not_null())["value"].to_list() == pytest.approx(
        [55e8, 50.6e8, 124.2e8, 140e8, 44.08e8]
    )
    assert said(study, LEVELS, "claim", basis="reported") == (
        "Industrial output, as reported: 5 values on 5 different spans"
    )


def test_a_level_is_held_against_the_share_of_the_year_of_its_months(study: Study) -> None:
    (row,) = growth.attainment(study).data.to_dicts()
    assert (row["band_low"], row["band_high"]) == pytest.approx((88.5, 91.7))
    band = study.measures.row(by_predicate=pl.col("key") == row["band_key"], named=True)
    assert (band["measure"], band["inputs"][0]) == ("year_share", row["inputs"][0])
    assert "its months stand for 88.5–91.7 % of a year" in said(study, "attainment", "claim")


@pytest.mark.parametrize("make", [growth.beside_targets, growth.attainment], ids=["targets", "attainment"])
def test_a_study_without_targets_selects_no_row(study: Study, make: Callable[..., Any]) -> None:
    assert make(study.only("anon-2020")).data.height == 0


def test_a_study_without_rates_says_so(awkward: Any) -> None:
    show = viewer(parkstudy.load(awkward).only("single-row"))
    for key in ("growth", "growth-targets"):
        assert f'<p class="empty">{EMPTY}</p>' in show(key).body


@pytest.mark.slow
def test_every_rate_of_output_has_a_row_of_its_own_in_the_order_of_the_parks(axes: list[Any]) -> None:
    assert [label.get_text() for label in axes[0].get_yticklabels()] == [
        "Hengnan, 2019",
        "Shuangpai, Jan–Nov 2017",
        "anon-2023, Jan–Nov 2023",
        "anon-2023, 2023",
        "anon-2020, Jan–Jun 2020",
    ]


@pytest.mark.slow
def test_dots_stand_at_the_rates_and_lines_at_their_intervals(axes: list[Any]) -> None:
    spans = [
        tuple(round(float(x), 6) for x in line.get_xdata())
        for line in axes[0].get_lines()
        if len(line.get_xdata()) == 2
    ]
    assert [float(dot.get_xdata()[0]) for dot in dots(axes[0])] == [10.2, 45.2, 16.33, 21.2, 24.0]
    assert spans == [(10.15, 10.25), (45.15, 45.25), (16.325, 16.335), (21.15, 21.25), (23.5, 24.5)]


@pytest.mark.slow
def test_texts_of_grade_c_are_hollow_and_a_forecast_is_a_diamond(axes: list[Any]) -> None:
    found = dots(axes[0])
    assert [dot.get_markerfacecolor() == PAPER for dot in found] == [False, False, True, True, True]
    assert [dot.get_marker() for dot in found] == ["o", "o", "o", "D", "o"]


@pytest.mark.slow
def test_every_rate_stands_inside_its_axes(axes: list[Any]) -> None:
    for ax in axes:
        left, right = ax.get_xlim()
        assert all(left <= x <= right for line in ax.get_lines() for x in line.get_xdata())


@pytest.mark.slow
@pytest.mark.parametrize("key", FIGURES)
def test_a_figure_opens_the_same_records_in_both_languages(study: Study, key: str) -> None:
    import matplotlib.pyplot as plt

    english, chinese = (viewer(study.only(""), lang)(key) for lang in ("en", "zh"))
    assert english.records.keys() == chinese.records.keys()
    assert opened(english) == opened(chinese)
    assert states(english) == states(chinese)
    assert plt.get_fignums() == []
    names = [name for name in ("key", "target_key", "band_key", "reference_keys") if name in english.data.columns]
    drawn = {key for name in names for key in english.data[name].explode().drop_nulls()}
    assert drawn <= opened(english) <= set(english.records)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "column", "titles"),
    [
        (
            "growth-targets", "target_key",
            {"Target for the growth of industrial output", "Target for the growth of industrial value added",
             "Target for the growth of tax paid"},
        ),
        (
            "growth", "reference_keys",
            {"Reference: growth of industrial revenue, firms above the size threshold",
            "Reference: growth of value added, firms above the size threshold"},
        ),
        ("attainment", "band_key", {"Share of a year that these months make up"}),
    ],
)  # fmt: skip
def test_a_target_a_reference_and_a_band_open_what_they_stand_for(
    study: Study, key: str, column: str, titles: set[str]
) -> None:
    exhibit = viewer(study)(key)
    assert {exhibit.records[one]["title"] for one in exhibit.data[column].explode().drop_nulls()} == titles


@pytest.mark.slow
def test_a_figure_is_the_same_to_the_byte_when_it_is_drawn_again(study: Study) -> None:
    assert viewer(study)("growth").body == viewer(study)("growth").body


@pytest.mark.slow
def test_a_park_with_a_strange_name_is_drawn_as_text(copy_of_data: Any) -> None:
    copy_of_data.edit("parks", "shuangpai", county_en=STRANGE, name_en=STRANGE, name_zh=STRANGE)
    exhibit = viewer(parkstudy.load(copy_of_data.folder))("growth")
    assert f"{STRANGE}, Jan–Nov 2017" in [row["Item"] for row in lines(exhibit)]
    assert "<svg " in exhibit.body
