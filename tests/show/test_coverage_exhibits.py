"""Coverage: what the record supports, in sentences, maps and tables, in both languages; its texts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from exhibit_parts import claim, lines, opened, sentences, study_of, trust
from matplotlib.colors import to_rgb

import parkstudy
from parkstudy.method.study import Study
from parkstudy.show.catalogue import CATALOGUE, COVERAGE, viewer
from parkstudy.show.figure import Figure
from parkstudy.show.select import coverage
from parkstudy.show.table import Table
from parkstudy.show.theme import ACCENT, PALETTE, PAPER, WIDE
from parkstudy.show.view import View

GRADE_A = "A: complete text on a county government's site, issuer and date shown"
GRADE_C = "C: re-posted, anonymised or cut off"
EMPTY = "No park reports a figure for this exhibit."
TABLES = [entry.key for entry in COVERAGE if isinstance(entry, Table)]
FIGURES = [entry.key for entry in COVERAGE if isinstance(entry, Figure)]
STRANGE = "\"O\" 'n' $x_1$ \\a {0} %s & 名"  # no longer than a name may be in a figure
HOSTILE = "\U0001f680 < script>alert(1)< /script> \"O\" 'n' $x_1$ {0} 名" + "长" * 300


@pytest.fixture(scope="module")
def core(study: Study) -> Study:
    return study.only("")


def of_coverage(study: Study, lang: str = "en") -> list[str]:
    return sentences(viewer(study, lang)("coverage-takeaways"))


def drawing(study: Study, key: str, width: float = WIDE, lang: str = "en") -> Any:
    """The axes of a figure that is drawn once."""
    import matplotlib.pyplot as plt

    entry, view = CATALOGUE[key], View(study, lang)
    assert isinstance(entry, Figure)
    drawn = entry.draw(view, entry.prepared(view, entry.select(study)), width)
    plt.close(drawn)
    (axes,) = drawn.axes
    return axes


# Sentences


def test_the_answer_counts_figures_parks_and_questions(core: Study) -> None:
    assert of_coverage(core) == [
        "Five texts print 181 figures on 81 quantities. For the park as a whole, whichever firms a text counts, none of these is "
        "stated by all of them; growth of output is stated by 4, tax by 4, both tax and an area by 3.",
        "Growth, tax per output and tax per area can all be read for Hengnan and Shuangpai (complete official texts) and for "
        "anon-2023 (other texts); the area of anon-2023 is one that no other text shares.",
        "Which park is higher? Asked for ten pairs on four measures, 40 questions in all, 9 can be answered (4 of them from "
        "complete official texts), 2 stay open, 7 cannot be compared, and for 22 a text prints no such figure.",
    ]
    assert trust(viewer(core)("coverage-takeaways")) == (
        "5 texts, 2 of them anonymised or re-posted: no sample, no ranking. Texts of 2017, 2019, 2020, 2022 and 2023."
    )


def test_a_park_that_is_silent_on_growth_has_no_part_in_its_questions(core: Study, copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", subject="zone:old")
    before, after = (coverage.pairs(s).facts for s in (core, parkstudy.load(copy_of_data.folder).only("")))
    assert (after["silent"], after["ordered"]) == (before["silent"] + 3, before["ordered"] - 3)


def test_chinese_sentences_say_the_same_numbers_and_no_english(core: Study) -> None:
    english, chinese = of_coverage(core), of_coverage(core, "zh")
    for said, same in zip(chinese, english, strict=True):
        assert not re.search(r"[A-Za-z]{3,}|[\u4e00-\u9fff][,;:]", said)
        assert said.endswith("。")
        assert set(re.findall(r"\d+", same)) <= set(re.findall(r"\d+", said))  # English spells the small ones out


def test_one_park_has_nothing_to_be_compared_with(core: Study) -> None:
    said = of_coverage(core.only("hengshan"))
    assert said[1:] == [
        "Growth, tax per output and tax per area cannot all be read for any park.", "With one park there is nothing to compare."
    ]  # fmt: skip


def test_texts_without_a_common_measure_are_not_compared(core: Study) -> None:
    assert of_coverage(core.only("hengshan,anon-2020"))[-1] == (
        "No two of these texts print the same measure, so that none of them can be compared."
    )


# What is selected


def test_spans_begin_at_their_first_month(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "shuangpai-2017", period_start="2017-04-01")
    selected = coverage.spans(parkstudy.load(copy_of_data.folder).only(""))
    assert list(selected.data.select("start", "months", "year").iter_rows()) == [
        (0, 12, 2019), (0, 11, 2022), (3, 8, 2017), (0, 11, 2023), (0, 6, 2020)
    ]  # fmt: skip
    assert selected.facts == {"texts": 5, "spans": 0, "years": 5, "full": 1, "aside": [], "narrowed": False}


def test_cells_are_of_the_figures_that_two_parks_state(core: Study) -> None:
    selected = coverage.cells(core)
    facts = selected.facts
    assert (facts["figures"], facts["parks"], facts["shared"]) == (81, 5, 12)
    counts = {one["state"]: one["cells"] for one in facts["states"]}
    assert counts == {"stated": 34, "otherwise": 3, "absent": 23}
    assert selected.data.height == sum(counts.values()) == 60


def test_a_question_has_the_verdicts_of_its_comparisons_and_no_others(core: Study) -> None:
    for line in coverage.pairs(core).facts["lines"]:
        for question in line["questions"]:
            found = core.compare.rows(question["measure"], *line["parks"])
            decided = {(one.verdict, one.higher) for one in found if one.verdict != "not_comparable"}
            told = {(answer["verdict"], answer["higher"]) for answer in question["answers"]}
            assert told == (decided or {(one.verdict, one.higher) for one in found})
            assert (question["outcome"] == "silent") == bool(question["silent"]) == (not found)
            assert (question["outcome"] == "ordered") == (len(decided) == 1 and {h for _, h in decided} != {None})


# Tables


@pytest.mark.parametrize("key", TABLES)
def test_a_chinese_table_has_the_numbers_of_the_english_one(key: str, core: Study) -> None:
    english, chinese = (viewer(core, lang)(key) for lang in ("en", "zh"))
    assert opened(english) == opened(chinese)
    assert len(lines(english)) == len(lines(chinese)) > 0
    head = list(lines(chinese)[0])
    assert not re.search(
        "[A-Za-z]{3,}", " ".join([*head, claim(chinese).replace("parkstudy", "")]).replace(core.data_hash[:12], "")
    )


def test_a_pair_says_what_comes_out_on_each_measure(core: Study) -> None:
    found = {row["Parks"]: row for row in lines(viewer(core)("comparability"))}
    assert list(found)[:3] == [
        "Hengnan and Hengshan",
        "Hengnan and Shuangpai",
        "Hengshan and Shuangpai",
    ]  # complete texts first
    assert list(found["Hengnan and Shuangpai"].values())[1:] == [
        "Shuangpai higher", "Hengnan higher (as a full year)",
        "Hengnan higher on 3 areas (as a full year); on 1 of the 3 areas figures of few digits decide",
        "Shuangpai higher on 3 areas (as a full year)",
    ]  # fmt: skip
    assert found["Hengshan and anon-2020"]["Tax per area"] == "not reported by Hengshan and anon-2020"
    assert found["Shuangpai and anon-2023"]["Tax per output"] == (
        "anon-2023 higher (as reported); figures of few digits decide; cannot be told apart (as a full year) "
        "(in 3 of 4 ways anon-2023 is higher)"
    )
    assert found["Hengnan and Hengshan"]["Tax per output"].startswith("not comparable: Hengshan, Jan–Nov 2022: ")


def test_every_comparison_opens_its_record_and_says_its_limits(core: Study) -> None:
    exhibit = viewer(core)("comparisons")
    assert len(lines(exhibit)) == len(core.compare.rows()) == len(core.compare.by_key)
    assert opened(exhibit) == set(core.compare.by_key)
    overlapping = [
        row for row in lines(exhibit) if "the ranges overlap; figures of few digits decide" in row["Verdict"]
    ]
    assert [(row["Measure"], row["Parks"]) for row in overlapping] == [("Tax per mu", "Hengnan and Shuangpai")]
    assert not [row for row in lines(exhibit) if not row["What differs"]]
    support = {row["Verdict"]: row["Ways for it"] for row in lines(exhibit)}
    assert support["cannot be told apart"] == support["not comparable"] == ""  # what is no order has no support
    assert support["Hengnan higher"] == "4 of 4"


def test_a_text_stands_with_its_months_and_grade(core: Study) -> None:
    exhibit = viewer(core)("sources")
    found = lines(exhibit)
    assert [row["Quality of the source"] for row in found] == [GRADE_A, GRADE_A, GRADE_A, GRADE_C, GRADE_C]
    assert [row["Months reported"] for row in found[:3]] == ["2019", "Jan–Nov 2022", "Jan–Nov 2017"]
    hidden = {(row["Title"], row["Issuer"], row["Date"]) for row in found[3:]}
    assert hidden == {("(hidden: the text is anonymised)", "", "")}
    assert claim(exhibit) == f"5 texts; parkstudy {parkstudy.__version__}, data {core.edition}"
    assert claim(viewer(core.only("hengshan"))("sources")).startswith("1 text; ")


def test_a_title_that_is_not_given_is_not_said_to_be_hidden(core: Study) -> None:
    bare = replace(core, sources=core.sources.with_columns(title=pl.lit(None, pl.String)))
    titles = [row["Title"] for row in lines(viewer(bare)("sources"))]
    assert titles == 3 * ["(no title given)"] + 2 * ["(hidden: the text is anonymised)"]


def test_a_news_page_is_no_text_of_the_table(awkward: Any) -> None:
    study = parkstudy.load(awkward)
    found = lines(viewer(study)("sources"))
    assert len(found) == 6 < study.sources.height
    assert "Neighbouring county" not in [row["Park"] for row in found]


# Figures


@pytest.mark.slow
def test_the_bars_are_the_months_of_the_texts_and_hollow_for_grade_c(core: Study, copy_of_data: Any) -> None:
    axes = drawing(core, "spans")
    assert [(bar.get_x(), bar.get_width()) for bar in axes.patches] == [(0, 12), (0, 11), (0, 11), (0, 11), (0, 6)]
    assert [text.get_text() for text in axes.texts] == ["2019", "2022", "2017", "2023", "2020"]
    assert [bar.get_gid() for bar in axes.patches] == [f"tie|{park}|" for park in core.park_ids()]
    faces = [tuple(bar.get_facecolor()[:3]) for bar in axes.patches]
    assert faces == [to_rgb(ACCENT)] * 3 + [to_rgb(PAPER)] * 2
    copy_of_data.edit("sources", "shuangpai-2017", period_start="2017-04-01")
    moved = drawing(parkstudy.load(copy_of_data.folder).only(""), "spans").patches[2]
    assert (moved.get_x(), moved.get_width()) == (3, 8)


@pytest.mark.slow
def test_a_cell_of_the_map_of_coverage_opens_its_figure_and_knows_its_park(core: Study) -> None:
    exhibit = viewer(core)("coverage")
    data = exhibit.data.select("park_id", "observation_id").rows()
    cells = [f'data-park="{park}"' + (f' data-opens="{key}"' if key else "") for park, key in data]
    heads = [f'data-park="{park}"' for park in core.park_ids()]
    wide, narrow = exhibit.body.split('<div class="chart narrow"')
    for drawn in (wide, narrow):
        assert re.findall(r"<g (data-[^>]*)><path ", drawn) == cells  # what seaborn's mesh is made of
        assert re.findall(r'<g (data-park="[^"]*"(?: data-opens="[^"]*")?)><text', drawn) == heads + cells
    assert {key for _, key in data if key} <= set(exhibit.records)
    assert "ties|" not in exhibit.svg


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("key", FIGURES)
def test_a_figure_has_claim_alternative_text_caption_and_sources(key: str, lang: str, core: Study) -> None:
    exhibit = viewer(core, lang)(key)
    (alt,) = set(re.findall(r'<svg [^>]*aria-label="([^"]*)"', exhibit.body))
    english = " ".join([exhibit.answer, alt, *re.findall(r"<text[^>]*>([^<]*)<", exhibit.svg)])
    assert exhibit.answer not in ("", alt)
    assert ("Sources: " if lang == "en" else "资料来源：") in exhibit.body
    assert lang == "en" or not re.search("[A-Za-z]{3,}", english)
    assert set(re.findall("#[0-9a-f]{6}", exhibit.svg)) <= {light for light, _ in PALETTE.values()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "name"),
    [("en", STRANGE), ("en", HOSTILE), ("zh", HOSTILE), ("en", HOSTILE[:26])],
)
def test_a_park_with_a_strange_name_is_drawn_without_a_warning(copy_of_data: Any, lang: str, name: str) -> None:
    copy_of_data.edit("parks", "shuangpai", county_en=name, county_zh=name, name_en=name, name_zh=name)
    study = parkstudy.load(copy_of_data.folder)
    assert study.faults == ()
    for key in FIGURES:
        body = viewer(study, lang)(key).body
        assert body.count("<svg ") == 2
        assert "< script>" not in body
    if name == STRANGE:
        labels = [label.get_text() for label in drawing(study, "spans").get_yticklabels()]
        assert f"{STRANGE}, Jan–Nov 2017" in labels


def test_a_study_of_one_park_has_no_pair_to_show(core: Study) -> None:
    alone = viewer(core.only("hengnan"))
    assert EMPTY in alone("comparability").body
    assert EMPTY in alone("comparisons").body


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_open_and_explained_warnings_are_counted_beside_the_texts_where_there_are_any(
    copy_of_data: Any, lang: str
) -> None:
    for key in ("hengnan-2019", "hengshan-2022"):
        copy_of_data.edit("sources", key, grade="")
    copy_of_data.path("accepted").write_text(
        "file,key,code,reason\nsources.csv,hengnan-2019,no_grade,nobody knows where it stood\n", encoding="utf-8"
    )
    said = {
        "en": "1 warning of the check of the data is still open. 1 warning of the check of the data has been looked at and explained.",
        "zh": "数据审核提示尚有1项待核实。数据审核提示已有1项核实并说明理由。",
    }[lang]
    assert said in viewer(parkstudy.load(copy_of_data.folder), lang)("sources").body
    assert said[:9] not in viewer(study_of(), lang)("sources").body
