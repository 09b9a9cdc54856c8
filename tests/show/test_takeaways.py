"""Takeaways: the sentences follow from the data, and a text of grade C never opens a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from exhibit_parts import opened, sentences, states, trust
from notebook_cells import NAMES, called, read, shown

import parkstudy
from parkstudy.method import coverage, land, tax
from parkstudy.method.study import Study
from parkstudy.show import takeaways
from parkstudy.show.exhibit import Exhibit

PAGES = [name for name in NAMES if not any("explore(" in cell.source for cell in read(name).cells)]
MAKERS = called("takeaways_")


def of_tax(study: Study) -> list[str]:
    return sentences(takeaways.takeaways_tax(study, tax.measures(study)))


def of_land(study: Study, basis: str = "annualised") -> list[str]:
    return sentences(takeaways.takeaways_land(study, land.measures(study), basis))


def of_coverage(study: Study) -> list[str]:
    return sentences(takeaways.takeaways_coverage(study))


def test_the_sentences_on_coverage_count_what_is_recorded(study: Study) -> None:
    core = study.only("")
    counts = dict(coverage.comparability(core)["verdict"].value_counts().iter_rows())
    contradicted = core.summaries().filter(pl.col("caveats").list.contains("contradicted")).height
    first, *rest = of_coverage(core)
    assert re.search(r"\b0 (of \d+ pairs .*)?agree in concept, population and months", first)
    assert f"; {counts['limits']} can be set side by side with limits, " in first
    assert "2019, Jan–Nov 2022, Jan–Nov 2017, Jan–Nov 2023 and Jan–Jun 2020" in rest[0]
    assert "5 years and 3 lengths of span" in rest[0]
    assert re.match(
        rf"{core.summaries().height} .*figures are recorded; {contradicted} of them are contradicted", rest[3]
    )
    assert re.match(r"2 of (the )?5 texts ", rest[1])
    assert trust(takeaways.takeaways_coverage(core)).startswith(
        "Rests on 5 texts that happened to be at hand (3 of grade A and 2"
    )


def test_a_changed_record_changes_the_counts_of_coverage(study: Study, copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "shuangpai-2017", grade="C")
    copy_of_data.edit("observations", "hengnan-2019-005", caveats="base_unstated;contradicted", obs_status="U")
    before, after = of_coverage(study), of_coverage(parkstudy.load(copy_of_data.folder))
    number = int(re.findall(r"; (\d+) of them", before[4])[0])
    assert after[4] == before[4].replace(f"; {number} of them", f"; {number + 1} of them")
    assert after[2].startswith("3 of ")
    assert after[2].removeprefix("3 of ") == before[2].removeprefix("2 of ")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_with_takeaways_and_the_first_is_its_answer(name: str) -> None:
    exhibits = [one for one in shown(name) if one.function in MAKERS]
    assert len(exhibits) == 1
    assert shown(name)[0] == exhibits[0]
    assert exhibits[0].exhibit.answer == sentences(exhibits[0].exhibit)[0]
    assert len(sentences(exhibits[0].exhibit)) > 1


@pytest.mark.parametrize("name", PAGES)
def test_no_text_of_grade_c_stands_in_the_first_sentence_of_a_page(name: str, study: Study) -> None:
    hidden = study.parks.filter(anonymised=True)
    names = [*hidden["park_id"], *hidden["name_en"]]
    (first,) = (one.exhibit.answer for one in shown(name) if one.function in MAKERS)
    assert not [name for name in names if name in first]


def test_a_grade_c_moves_a_park_out_of_the_first_sentence(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "shuangpai-2017", grade="C")
    assert "45.2" not in of_coverage(parkstudy.load(copy_of_data.folder))[0]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("park", ["", "anon-2020"])
def test_no_sentence_shows_a_null_a_code_or_an_endless_number(name: str, park: str) -> None:
    chosen = {"parks": park, "park": park} if park else {}
    for one in (one for one in shown(name, **chosen) if one.function in MAKERS):
        bad = re.compile(r"\b(None(?! of )|nan|inf|null|[a-z]+_[a-z_]+)\b|\d\.\d{5}|\[|\]")
        assert not [text for text in sentences(one.exhibit) if bad.search(text)]


@pytest.mark.parametrize("name", PAGES)
def test_the_wording_neither_praises_nor_blames_nor_names_a_cause(name: str) -> None:
    loaded = re.compile(
        r"\b(achieved?|boasts?|drives?|driven|thanks to|because of|best|worst|efficient|inflated|n/a)\b", re.I
    )
    found = [text for one in shown(name) if one.function in MAKERS for text in sentences(one.exhibit)]
    assert not [text for text in found if loaded.search(text)]


def test_the_sentences_on_tax_say_what_two_official_texts_give(study: Study, copy_of_data: Any) -> None:
    form = r"Tax per unit of reported output in complete official texts: Hengnan .*2\.07–2\.29.* and Shuangpai .*0\.494–0\.692"
    assert re.match(form, of_tax(study)[0])
    copy_of_data.edit("observations", "hengnan-2019-006", reported_figure="2.4亿元")
    assert re.match(form.replace(r"2\.07–2\.29", r"4\.23–4\.5"), of_tax(parkstudy.load(copy_of_data.folder))[0])


def test_a_park_whose_tax_has_no_output_beside_it_is_refused_with_the_reason(study: Study) -> None:
    assert (
        "Hengshan: not comparable, because the text reports revenue from technology, industry and trade, which is not "
        "output (T6)."
    ) in of_tax(study)
    assert "anon-2020: not comparable, because the text reports no tax of the whole park." in of_tax(study)


def test_the_sentences_on_land_name_the_shared_rungs_and_both_parks(study: Study) -> None:
    first, tax_per_area, output_per_area, *_ = of_land(study, "annualised")
    assert re.search(r"3 rungs .*shared by two parks \(perimeter, expanded and control plan\)", first)
    assert re.search(r"perimeter Hengnan 1\.28–1\.39\b.*?, Shuangpai 0\.499–0\.865\b", tax_per_area)
    assert re.search(r"perimeter Hengnan 9\.09–9\.27\b.*?, Shuangpai 15\.7–16\.3\b", output_per_area)


def test_the_reported_months_of_land_stand_with_their_band_and_in_no_order(study: Study) -> None:
    first, populations, rungs, *rest = of_land(study, "reported")
    assert first == (
        "Tax per area (perimeter, 10,000 CNY a mu) in complete official texts: Hengnan 1.28–1.39 (industry, 2019) and "
        "Shuangpai 0.474–0.666 (above-scale firms, Jan–Nov 2017; as a full year 0.499–0.865)."
    )
    assert "no ranking of the parks" in populations
    assert rungs.startswith("3 rungs shared by two parks")
    assert not [
        text for text in (first, *rest) if re.search(r"\b(more|less|higher|lower|first|highest|lowest)\b", text)
    ]
    assert "as a full year 15.7–16.3" in " ".join(rest)


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda s, v: takeaways.takeaways_tax(s, tax.measures(s), v), ["basis=reported", "basis=annualised"]),
        (lambda s, v: takeaways.takeaways_land(s, land.measures(s), v), ["basis=reported", "basis=annualised"]),
    ],
    ids=["tax", "land"],
)
def test_takeaways_switch_and_refuse_an_unknown_value(
    study: Study, make: Callable[..., Exhibit], found: list[str]
) -> None:
    name, _, last = found[1].partition("=")
    assert states(make(study, found[0].partition("=")[2])) == found
    assert states(make(study, last)) == found[::-1]
    with pytest.raises(ValueError, match=f"unknown {name} 'x'; expected one of "):
        make(study, "x")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_with_a_short_answer_and_with_what_it_rests_on(name: str, lang: str) -> None:
    (one,) = (one for one in shown(name, lang=lang) if one.function in MAKERS)
    for state in range(len(one.exhibit.states)):
        assert len(sentences(one.exhibit, state)[0]) <= (205 if lang == "en" else 120)
        assert 20 <= len(trust(one.exhibit, state)) <= 200


@pytest.mark.parametrize("name", PAGES)
def test_chinese_takeaways_say_the_same_numbers_and_no_english(name: str) -> None:
    (english,) = (one.exhibit for one in shown(name) if one.function in MAKERS)
    (chinese,) = (one.exhibit for one in shown(name, lang="zh") if one.function in MAKERS)
    assert opened(english) == opened(chinese)
    for state in range(len(chinese.states)):
        said = [*sentences(chinese, state), trust(chinese, state)]
        assert len(said) == len(sentences(english, state)) + 1
        assert not [
            text for text in said if re.search(r"[A-Za-z]{3,}", text) or re.search("[\u4e00-\u9fff][,;:]", text)
        ]
        assert all(text.endswith("。") for text in said)


def test_a_rung_of_one_park_is_not_compared(study: Study) -> None:
    assert re.fullmatch(r"No two .*stand on one rung\.", of_land(study.only("hengnan,anon-2023"))[0])
