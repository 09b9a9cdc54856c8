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
from parkstudy.method import coverage, growth, land, tax
from parkstudy.method.study import Study
from parkstudy.show import takeaways
from parkstudy.show.exhibit import Exhibit

PAGES = [name for name in NAMES if not any("explore(" in cell.source for cell in read(name).cells)]
MAKERS = called("takeaways_")


def of_growth(study: Study, price: str = "nominal") -> list[str]:
    return sentences(takeaways.takeaways_growth(study, growth.measures(study), price))


def of_tax(study: Study) -> list[str]:
    return sentences(takeaways.takeaways_tax(study, tax.measures(study)))


def of_land(study: Study, basis: str = "annualised") -> list[str]:
    return sentences(takeaways.takeaways_land(study, land.measures(study), basis))


def test_the_sentences_on_growth_say_what_the_five_texts_print(study: Study) -> None:
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


@pytest.mark.parametrize(
    ("cells", "before", "after"),
    [
        ({"reported_figure": "9.75%"}, "Hengnan 10.2 % (10.15–10.25; 2019", "Hengnan 9.75 % (9.745–9.755; 2019"),
        ({"reported_figure": "-7.1%"}, "Hengnan 10.2 % (10.15–10.25; 2019", "Hengnan −7.1 % (−7.15–−7.05; 2019"),
        (
            {"period_end": "2019-06-30"},
            "Hengnan 10.2 % (10.15–10.25; 2019",
            "Hengnan 10.2 % (10.15–10.25; Jan–Jun 2019",
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
    found = of_growth(parkstudy.load(copy_of_data.folder))
    assert [text for text in found if text.startswith(sentence)]


def test_two_rates_on_different_spans_are_ordered_only_beyond_the_margin(study: Study) -> None:
    sentence = (
        "Hengnan and Shuangpai report spans of different length; rates on them are ordered only beyond 1.5 points"
    )
    assert sentence in " ".join(of_growth(study))


def test_two_rates_on_one_span_need_no_margin(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", period_end="2019-11-30")
    assert "spans of different length" not in " ".join(of_growth(parkstudy.load(copy_of_data.folder)))


def test_output_and_value_added_are_said_to_be_two_concepts(study: Study, copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "shuangpai-2017-021", reported_figure="8.9%")
    sentence = (
        "Shuangpai prints 45.2 % for output (current prices) and 8.6 % for value added (real) on the same months: "
        "two concepts, shown apart; the gap is a question about the data."
    )
    assert sentence in of_growth(study)
    assert sentence.replace("8.6", "8.9") in of_growth(parkstudy.load(copy_of_data.folder))


def test_a_park_without_a_rate_of_output_is_named(study: Study) -> None:
    assert "Hengshan: no growth rate of output is published." in of_growth(study)
    assert "Hengshan" not in " ".join(of_growth(study.only("hengnan,shuangpai")))


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


@pytest.mark.parametrize("make", [of_growth], ids=["growth"])
def test_a_grade_c_moves_a_park_out_of_the_first_sentence(
    copy_of_data: Any, make: Callable[[Study], list[str]]
) -> None:
    copy_of_data.edit("sources", "shuangpai-2017", grade="C")
    first, *rest = make(parkstudy.load(copy_of_data.folder))
    assert "45.2" not in first
    assert "Shuangpai 45.2 % (45.15–45.25; Jan–Nov 2017" in rest[0]


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


def test_growth_at_constant_prices_says_what_was_published(study: Study) -> None:
    first, apart, *_ = of_growth(study, "real")
    assert first == (
        "Real output growth in complete official texts: Hengnan 10.4–10.6 % (2019, whole park; published 10.2 %) and "
        "Shuangpai 36.2–36.7 % (Jan–Nov 2017, above-scale firms; published 45.2 %); they are not ranked."
    )
    assert "published 16.33 %" in apart
    assert of_growth(study, "real")[2:] == of_growth(study)[2:]


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda s, v: takeaways.takeaways_growth(s, growth.measures(s), v), ["price=nominal", "price=real"]),
        (lambda s, v: takeaways.takeaways_tax(s, tax.measures(s), v), ["basis=reported", "basis=annualised"]),
        (lambda s, v: takeaways.takeaways_land(s, land.measures(s), v), ["basis=reported", "basis=annualised"]),
    ],
    ids=["growth", "tax", "land"],
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


@pytest.mark.parametrize(
    ("park", "first"),
    [
        ("hengshan", "Hengshan High-tech Zone reports Jan–Nov 2022; 36 figures are recorded: "),
        ("anon-2020", "Anonymised park (2020) reports Jan–Jun 2020; 22 figures are recorded: "),
    ],
)
def test_a_profile_says_what_its_text_covers_and_its_grade(study: Study, park: str, first: str) -> None:
    found = sentences(takeaways.takeaways_profile(study, park))
    grade = study.sources.filter(park_id=park)["grade"][0]
    assert found[0].startswith(first)
    assert found[1].startswith(f"Grade {grade}: ")


def test_a_study_without_any_rate_says_so(awkward: Any) -> None:
    study = parkstudy.load(awkward).only("neighbour")
    assert of_growth(study) == ["No park publishes a growth rate."]
