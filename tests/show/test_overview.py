"""The overview: what the complete official texts give on growth, tax and land, and what comes out of it, for any parks."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import polars as pl
import pytest
from exhibit_parts import parts, sentences, shown, study_of, trust
from small_studies import small

from parkstudy.method.study import Study, load
from parkstudy.record.shipped import shipped_folder
from parkstudy.show.catalogue import viewer
from parkstudy.show.select import overview

STUDY = study_of()
ENGLISH = [
    "Only two parks, both in Hunan, print all three in a complete official text.",
    "Hengnan (2019) reports output growth of 10.2 %, 2.07–2.29 yuan of industrial tax per 100 yuan of output, and "
    "12,800–13,900 yuan of tax per mu of the area in force.",
    "Shuangpai (Jan–Nov 2017) reports 45.2 % for firms above the official size threshold; scaled to a year, 0.46–0.82 yuan "
    "and 5,000–8,600 yuan.",
    "The text with the higher growth shows less tax per output and per mu.",
    "The years and firms counted differ: this compares two texts, not two economies.",
    "Tax per mu is higher in Hengnan on all three shared areas; on the largest the ranges overlap, and figures of few digits "
    "decide.",
]  # fmt: skip
CHINESE = [
    "完整的官方总结中，同时列示三项的只有湖南省的两个园区。",
    "衡南（2019年）：产值增长10.2%，百元产值工业税收2.07～2.29元，按现行面积计亩均工业税收1.28万～1.39万元。",
    "双牌（2017年1—11月，规模以上工业企业）：产值增长45.2%，折合全年百元产值税收0.46～0.82元、亩均税收0.50万～0.86万元。",
    "公布增速较高的一份材料，百元产值税收和亩均税收较低。",
    "两份材料年份、企业范围不同，所比较的是材料，不是园区优劣。",
    "在双方均列示的三种面积口径下，衡南亩均税收均较高；按控规面积计，两者区间部分重叠，结果取决于有效数字较少的数据。",
]


def test_the_answer_is_the_one_that_was_asked_for() -> None:
    english, chinese = shown("overview-answer"), shown("overview-answer", "zh")
    assert sentences(english) == ENGLISH
    assert sentences(chinese) == CHINESE
    assert (english.answer, chinese.answer) == (" ".join(ENGLISH[:3]), "".join(CHINESE[:3]))
    assert trust(english) == (
        "Five texts; no sample, no ranking. In the text of Shuangpai, printed figures do not "
        "fit together in two places (page Statements). Texts of 2017, 2019, 2020, 2022 and 2023."
    )
    assert trust(chinese) == (
        "依据5份园区工作总结，并非抽样，不作排名。双牌的材料有两处数据前后不相吻合（见命题检验）。所涉年份：2017、2019、2020、2022和2023年。"
    )


@cache
def graded(source: str, grade: str) -> Study:
    """The shipped study with another grade for a text."""
    folder = Path(mkdtemp())
    sources = pl.read_csv(shipped_folder() / "sources.csv", infer_schema=False)
    changed = pl.when(pl.col("source_id") == source).then(pl.lit(grade)).otherwise("grade").alias("grade")
    sources.with_columns(changed).write_csv(folder / "sources.csv")
    return load(folder)


@cache
def few(name: str) -> Study:
    return small(name, Path(mkdtemp()))


def test_a_text_of_grade_c_is_in_no_answer_and_one_alone_is_set_beside_nothing() -> None:
    made = sentences(viewer(graded("shuangpai-2017", "C"))("overview-answer"))
    assert made[0] == "Only one park, in Hunan, prints all three in a complete official text."
    assert made[-1] == "No other complete official text gives all three, so that nothing is set beside these values."
    assert "Shuangpai" not in " ".join(made)


def test_a_text_of_grade_b_counts_and_a_value_says_how_it_is_of_a_year() -> None:
    made = sentences(viewer(graded("anon-2023-2023", "B"))("overview-answer"))
    assert made[0] == "Only three parks print all three in a complete text."
    assert "per 100 yuan of output (scaled to a year), and " in made[3]
    assert made[3].endswith(" of tax per mu of the total area (by its own forecast for the year).")
    assert (
        made[4]
        == "Output growth: Shuangpai higher than Hengnan, anon-2023 higher than Hengnan and Shuangpai higher than anon-2023."
    )
    assert made[-1].endswith("; 2 of 3 pairs cannot be ordered.")


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("one_park", "The park prints all three in a complete official text.", "of tax per mu of the area in force."),
        (
            "one_park_of_grade_c",
            "No complete official text prints growth of output, tax per output or tax per mu.",
            "What anonymised or re-posted texts give stands in the picture and in no headline.",
        ),
        (
            "without_area",
            "No park prints all three in a complete official text.",
            "The years and firms counted differ: this compares two texts, not two economies.",
        ),
        (
            "every_measure_refused",
            "No complete official text prints growth of output, tax per output or tax per mu.",
            "No complete official text prints growth of output, tax per output or tax per mu.",
        ),
    ],
)
def test_a_small_study_is_answered_with_what_it_has(name: str, first: str, last: str) -> None:
    made = sentences(viewer(few(name))("overview-answer"))
    assert made[0] == first
    assert made[-1].endswith(last)


def test_what_two_texts_share_is_decided_where_neither_gives_all_three() -> None:
    made = sentences(viewer(few("without_area"))("overview-answer"))
    assert "Not given in any of these texts: tax per mu." in made
    assert {"Output growth: higher in Shuangpai.", "Tax per output: higher in Hengnan."} <= set(made)


def test_every_order_in_the_answer_is_the_one_of_the_comparisons() -> None:
    between = overview.answer(STUDY).facts["between"]
    decided = STUDY.compare.rows(left="hengnan", right="shuangpai", price="nominal")
    assert all(one in decided for one in (between["growth"], between["per_output"]))
    areas = [one for one in decided if one.measure == "tax_per_area" and one.basis == "annualised"]
    assert between["areas"] == areas
    assert [one["rung"] for one in between["close"]] == [one.rung for one in areas if one.overlapping or one.sensitive]


def test_the_board_has_a_gap_where_a_text_is_silent_and_one_area_alone() -> None:
    rows = overview.board(STUDY).data
    assert rows.select("line", "gap").filter(pl.col("gap").is_not_null()).rows() == [
        ("hengshan", "not_reported"), ("hengshan", "other_concept"), ("hengshan", "not_reported"), ("anon-2023", "other_area"),
        ("anon-2020", "not_reported"), ("anon-2020", "not_reported"),
    ]  # fmt: skip
    assert rows.filter(column="tax_per_area")["rung"].drop_nulls().unique().to_list() == ["perimeter"]
    assert rows["ticks"].drop_nulls().to_list() == [[3.8], [11.1, 12.4], [1.0], [-5.2]]


def test_the_notes_say_what_each_park_leaves_out() -> None:
    said = parts(viewer(STUDY)("overview-notes"))[0].sentences
    assert said[0].startswith("Hengshan: growth of output is not reported; tax per output is not computed, because")
    assert said[-1].startswith("anon-2023 and anon-2020: the text is anonymised")
