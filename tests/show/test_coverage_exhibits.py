"""Coverage: what the record supports, in sentences, maps and tables, in both languages; its texts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from exhibit_parts import claim, lines, opened, sentences, trust

import parkstudy
from parkstudy.method.study import Study
from parkstudy.record.codes import codes
from parkstudy.show.catalogue import CATALOGUE, COVERAGE, viewer
from parkstudy.show.dots import Figure
from parkstudy.show.exhibit import Table
from parkstudy.show.grids import COLOURS, Grid
from parkstudy.show.select import coverage
from parkstudy.show.theme import ACCENT, INK, NARROW, PALETTE, PAPER, WIDE
from parkstudy.show.view import View

GRADE_A = "A: complete text on a county government's site, issuer and date shown"
GRADE_C = "C: re-posted, anonymised or cut off"
EMPTY = "No park reports a figure for this exhibit."
TABLES = [entry.key for entry in COVERAGE if isinstance(entry, Table)]
FIGURES = [entry.key for entry in COVERAGE if isinstance(entry, Figure)]
MAPS = [entry.key for entry in COVERAGE if isinstance(entry, Grid)]
STRANGE = "\"O\" 'n' $x_1$ \\a {0} %s & 名"  # no longer than a name may be in a figure
HOSTILE = "\U0001f680 < script>alert(1)< /script> \"O\" 'n' $x_1$ {0} \u200f名" + "长" * 300


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


def test_the_sentences_count_pairs_texts_and_figures(core: Study) -> None:
    assert of_coverage(core) == [
        "Of 35 pairs of figures that both parks report, 0 agree in concept, population and months; 17 can be set side by side with "
        "limits, 18 cannot.",
        "5 texts: 2019, Jan–Nov 2022, Jan–Nov 2017, Jan–Nov 2023 and Jan–Jun 2020; 5 years and 3 lengths of span.",
        "2 of 5 texts re-posted, anonymised or cut off (grade C): in no headline.",
        "In 85 further pairs one or both report none.",
        "181 figures are recorded; 6 of them are contradicted by another figure of the same text.",
    ]
    assert trust(viewer(core)("coverage-takeaways")) == (
        "Rests on 5 texts that happened to be at hand (3 of grade A and 2 of grade C). No sample: nothing is inferred to other parks."
    )


def test_a_changed_record_changes_the_counts(core: Study, copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "shuangpai-2017", grade="C")
    copy_of_data.edit("observations", "hengnan-2019-005", caveats="base_unstated;contradicted", obs_status="U")
    before, after = of_coverage(core), of_coverage(parkstudy.load(copy_of_data.folder).only(""))
    assert after[4] == before[4].replace("; 6 of them", "; 7 of them")
    assert after[2] == before[2].replace("2 of 5", "3 of 5")


def test_figures_of_one_concept_population_and_months_agree(awkward: Any) -> None:
    said = of_coverage(parkstudy.load(awkward).only(""))
    assert said[0].startswith(
        "Of 21 pairs of figures that both parks report, 4 agree in concept, population and months; 7 can "
    )
    assert said[1].endswith("; 1 year and 3 lengths of span.")


def test_chinese_sentences_say_the_same_numbers_and_no_english(core: Study) -> None:
    english, chinese = of_coverage(core), of_coverage(core, "zh")
    for said, same in zip(chinese, english, strict=True):
        assert not re.search(r"[A-Za-z]{3,}|[\u4e00-\u9fff][,;:]", said)
        assert said.endswith("。")
        if "Jan" not in same:
            assert sorted(re.findall(r"\d+", said)) == sorted(re.findall(r"\d+", same))
    assert trust(viewer(core, "zh")("coverage-takeaways")).startswith("依据：手头可得的5份材料（A级3份、C级2份）。")


# What is selected


def test_spans_begin_at_their_first_month(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "shuangpai-2017", period_start="2017-04-01")
    selected = coverage.spans(parkstudy.load(copy_of_data.folder).only(""))
    assert list(selected.data.select("start", "months", "year").iter_rows()) == [
        (0, 12, 2019), (0, 11, 2022), (3, 8, 2017), (0, 11, 2023), (0, 6, 2020)
    ]  # fmt: skip
    assert selected.facts == {"years": 5, "full": 1}


def test_cells_are_of_the_figures_that_two_parks_report(core: Study) -> None:
    selected = coverage.cells(core)
    facts = selected.facts
    assert (facts["figures"], facts["most"], facts["parks"], facts["alone"], facts["shared"]) == (54, 4, 5, 42, 12)
    counts = {one["state"]: one["cells"] for one in facts["states"]}
    assert counts == {"full_year": 6, "part_year": 21, "point": 7, "ahead": 0, "parts": 2, "none": 24}
    assert selected.data.height == sum(counts.values()) == 60


def test_pairs_have_their_two_figures_and_every_reason(core: Study) -> None:
    facts = coverage.reasons(core).facts
    assert (facts["both"], facts["missing"]) == (35, 85)
    pair = facts["pairs"][0]
    assert (pair["parks"], pair["verdict"]) == (["hengnan", "shuangpai"], "not_comparable")
    assert [pair[side]["observation_id"] for side in ("first", "second")] == ["hengnan-2019-004", "shuangpai-2017-016"]
    assert [reason.code for reason in pair["reasons"]] == ["pair_spans_differ", "pair_populations_differ"]
    verdicts = {one["verdict"]: one["pairs"] for one in coverage.verdicts(core).facts["verdicts"]}
    assert verdicts == {"comparable": 0, "limits": 17, "not_comparable": 103}


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


def test_a_recorded_figure_stands_with_its_term_place_and_caveats(core: Study) -> None:
    found = lines(viewer(core)("observations"))
    assert len(found) == 85
    assert claim(viewer(core)("observations")) == "85 figures on growth, tax and land, as printed"
    assert list(found[0].values()) == [
        "Hengnan", "Gross industrial output", "工业总产值", "55亿元", "reported result", "2019", "whole park", "一/(一)/p1",
        "round figure, not final",
    ]  # fmt: skip
    assert found[3]["Indicator"] == "Tax paid (Deyi Electronics and Tianjin Bridge)"


def test_a_changed_figure_stands_in_the_table(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="9.75%")
    found = lines(viewer(parkstudy.load(copy_of_data.folder).only(""))("observations"))
    assert found[1]["Printed figure"] == "9.75%"


def test_a_pair_stands_with_its_figures_and_reasons(core: Study) -> None:
    exhibit = viewer(core)("comparability-reasons")
    found = lines(exhibit)
    assert claim(exhibit) == "Why 35 pairs of figures can or cannot be set side by side"
    assert "; 85 further pairs are not comparable" in exhibit.body
    assert not [row for row in found if "not reported as an outturn" in row["Reasons"] or not row["Reasons"]]
    (row,) = (
        row for row in found if list(row.values())[:2] == ["Gross industrial output, growth", "Hengnan – Shuangpai"]
    )
    assert list(row.values())[2:] == [
        "10.2% – 45.2%",
        "comparable only with the limits named",
        "spans differ: 2019 and Jan–Nov 2017; populations differ: park and above scale",
    ]
    assert '<tr data-park="hengnan shuangpai">' in exhibit.body
    assert '<a class="park" data-park="anon-2023">anon-2023</a>: grade C text' in exhibit.body


def test_a_text_stands_with_its_months_and_grade(core: Study) -> None:
    exhibit = viewer(core)("sources")
    found = lines(exhibit)
    assert [row["Quality of the source"] for row in found] == [GRADE_A, GRADE_A, GRADE_A, GRADE_C, GRADE_C]
    assert [row["Months reported"] for row in found[:3]] == ["2019", "Jan–Nov 2022", "Jan–Nov 2017"]
    hidden = {(row["Title"], row["Issuer"], row["Date"]) for row in found[3:]}
    assert hidden == {("(hidden: the text is anonymised)", "", "")}
    assert claim(exhibit) == f"5 texts; parkstudy {parkstudy.__version__}, data {core.data_hash[:12]}"
    assert claim(viewer(core.only("hengshan"))("sources")).startswith("1 text; ")


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
    assert faces == [_rgb(ACCENT)] * 3 + [_rgb(PAPER)] * 2
    copy_of_data.edit("sources", "shuangpai-2017", period_start="2017-04-01")
    moved = drawing(parkstudy.load(copy_of_data.folder).only(""), "spans").patches[2]
    assert (moved.get_x(), moved.get_width()) == (3, 8)


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


@pytest.mark.slow
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("key", MAPS)
def test_a_cell_of_a_map_has_the_colour_and_the_sign_of_its_code(core: Study, key: str, width: float) -> None:
    axes, entry = drawing(core, key, width), CATALOGUE[key]
    assert isinstance(entry, Grid)
    data, view = entry.select(core).data, View(core)
    found = data[entry.value].to_list()
    (mesh,) = axes.collections
    assert [tuple(face[:3]) for face in mesh.get_facecolors()] == [_rgb(PALETTE[COLOURS[code]][0]) for code in found]
    assert [text.get_text() for text in axes.texts] == [view.label(code, entry.signs) for code in found]
    light = [text.get_color() == PAPER for text in axes.texts]
    assert light == [COLOURS[code] == "park-1" for code in found]
    assert {text.get_color() for text in axes.texts} <= {PAPER, INK}
    rows = data.select("indicator", "transformation").unique(maintain_order=True)
    assert [text.get_text() for text in axes.get_yticklabels()] == [view.quantity(row) for row in rows.to_dicts()]
    assert len(axes.get_xticklabels()) == data.height // rows.height


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
def test_a_cell_of_the_map_of_pairs_knows_both_parks(core: Study) -> None:
    exhibit = viewer(core)("comparability")
    pairs = [f"{first} {second}" for first, second in exhibit.data.select("first", "second").iter_rows()]
    assert len(pairs) == 120
    wide = exhibit.body.partition('<div class="chart narrow"')[0]
    assert re.findall(r'<g data-park="([^"]*)"><path ', wide) == pairs


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
    [("en", STRANGE), ("en", HOSTILE), ("zh", HOSTILE), ("en", HOSTILE[:26]), ("zh", "\u200f\u202e")],
)
def test_a_park_with_a_strange_name_is_drawn_without_a_warning(copy_of_data: Any, lang: str, name: str) -> None:
    copy_of_data.edit("parks", "shuangpai", county_en=name, county_zh=name, name_en=name, name_zh=name)
    study = parkstudy.load(copy_of_data.folder)
    assert study.faults == ()
    for key in FIGURES:
        body = viewer(study, lang)(key).body
        assert body.count("<svg ") == 2
        assert not re.search("< script>|\u202e", body)
    if name == STRANGE:
        labels = [label.get_text() for label in drawing(study, "spans").get_yticklabels()]
        assert f"{STRANGE}, Jan–Nov 2017" in labels


def test_a_study_of_one_park_has_no_pair_to_draw(core: Study) -> None:
    alone = viewer(core.only("hengnan"))
    assert EMPTY in alone("comparability").body
    assert EMPTY in alone("comparability-reasons").body


def test_every_code_of_a_map_has_a_colour_and_a_sign() -> None:
    for group in ("coverage", "comparability"):
        assert codes(group) == codes(f"{group}_sign")
        assert len({COLOURS[code] for code in codes(group)}) == len(codes(group))
